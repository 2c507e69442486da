"""What every table and column is, from data/schema.toml: for Datasette and for docs/tables.md alike; the latter tells
the columns of exported files too, from data/exports.toml."""

import re
from pathlib import Path

import tomli

from classifier.files import shipped

MARKS = "<!-- tables: made by `python -m pipeline.research.describe` -->", "<!-- end of tables -->"


def tables(file: str = "schema.toml") -> dict[str, tuple[str, dict[str, str]]]:
    """(sentence, {column: sentence}) of each table and view, or of each file of exports.toml."""
    told = tomli.loads(shipped("data", file).read_text(encoding="utf-8"))
    return {name: (rows["_"], {k: v for k, v in rows.items() if k != "_"}) for name, rows in told.items()}


def markdown() -> str:
    """Every table and exported file with its columns."""
    parts = []
    for name, (sentence, columns) in (tables() | tables("exports.toml")).items():
        rows = "".join(f"| `{column}` | {words} |\n" for column, words in columns.items())
        parts.append(f"### `{name}`\n{sentence}\n" + (f"\n| column | is |\n|---|---|\n{rows}" if rows else ""))
    return "\n".join(parts)


def renewed(text: str) -> str:
    """A page with the tables between its marks made anew."""
    body = f"{MARKS[0]}\n\n{markdown()}\n{MARKS[1]}"
    return re.sub(f"{re.escape(MARKS[0])}.*{re.escape(MARKS[1])}", lambda _: body, text, flags=re.S)


if __name__ == "__main__":
    page = Path("docs/tables.md")
    page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
