"""A period's report for the public: what the machine pointed at, what people found, who was wronged, what is held."""

import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlite_utils import Database

from pipeline.agreement import cohen, wilson
from pipeline.research import audit
from pipeline.store import labels, report

Name = Callable[[str], str]
LEAST = 5  # a smaller cell could point at one person or post, so it isn't printed


@dataclass(frozen=True, slots=True)
class Table:
    """Counts under a title; a hidden cell is None."""

    title: str
    rows: Mapping[str, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report says."""

    since: str
    until: str
    tables: tuple[Table, ...]
    sentences: tuple[str, ...]


def suppress(counts: Mapping[str, int], *, least: int = LEAST) -> tuple[dict[str, int | None], int | None]:
    """Counts and their sum with cells of 1 to least-1 hidden, and no hidden cell left that the sum gives away.

    When one cell alone is hidden the next smallest goes with it; with nothing else to hide the sum isn't printed.
    """
    total = sum(counts.values())
    hidden = {name for name, n in counts.items() if 0 < n < least}
    if len(hidden) == 1 or (hidden and sum(counts[name] for name in hidden) < least):
        rest = sorted((n, name) for name, n in counts.items() if name not in hidden and n)
        hidden |= {rest[0][1]} if rest else set()
    shown = {name: None if name in hidden else n for name, n in counts.items()}
    return shown, None if len(hidden) == 1 or 0 < total < least else total


def suppress_nested(
    counts: Mapping[str, int], inner: Mapping[str, Mapping[str, int]]
) -> tuple[dict[str, int | None], int | None]:
    """Counts inside each of the cells `counts`, hidden so that the outer table gives no small one away either."""
    outer, total = suppress(counts)
    shown: dict[str, int | None] = {}
    for name, cells in inner.items():
        whole = outer.get(name) is not None
        shown |= suppress(cells)[0] if whole else {cell: None if n else 0 for cell, n in cells.items()}
    return shown, total


def build(db: Database, *, since: str, until: str) -> Report:
    """The report of a period, from one ISO moment on, before another."""
    by_reason, by_right, by_kind = report.flags(db, since, until)
    by_verdict, reasons = report.verdicts(db, since, until)
    opened = report.opened_by(db, since, until)
    counted = (
        ("Posts a reason was given for, by reason", by_reason), ("The same, by right", by_right),
        ("The same, by kind of source", by_kind), ("Verdicts of people", by_verdict),
        ("Cases found false or misleading, by right", report.false_by_right(db, since, until)),
        ("Who put cases before people", opened),
    )  # fmt: skip
    tables = (
        *(Table(title, *suppress(counts)) for title, counts in counted),
        Table("Reasons of those verdicts", *suppress_nested(by_verdict, reasons)),
    )
    volumes = report.volumes(db, since, until)
    volume = Table("How much", {name: None if 0 < n < LEAST else n for name, n in volumes.items()}, None)
    sentences = (*_automation(opened), *_agreement(report.second_readings(db, since, until)))
    sentences += (*_reversals(report.reversals(db, since, until)), *_audit(db, since, until))
    return Report(since, until, (volume, *tables), sentences)


def _automation(opened: Mapping[str, int]) -> list[str]:
    total = sum(opened.values())
    said = "No verdict was given by a machine: every one was a person's."
    if total < LEAST or None in suppress(opened)[0].values():
        return [said, "How many cases a model's suspicion put before people can't be told without telling a few apart."]
    return [said, f"A model's suspicion put {opened.get('model', 0) / total:.0%} of the cases before people."]


def _agreement(pairs: Sequence[tuple[str, str]]) -> list[str]:
    if len(pairs) < LEAST:
        return ["Too few verdicts were read by a second person to say how often two agree."]
    alike = sum(one == two for one, two in pairs)
    told = f"Of {len(pairs)} verdicts read blind by a second person,"
    if 0 < alike < LEAST or 0 < len(pairs) - alike < LEAST:
        return [f"{told} fewer than {LEAST} came out {'alike' if alike < LEAST else 'otherwise'}."]
    return [f"{told} {alike / len(pairs):.0%} came out alike (kappa {cohen(pairs):.2f})."]


def _reversals(hours: Sequence[float]) -> list[str]:
    if not hours:
        return ["No verdict was reversed."]
    if len(hours) < LEAST:
        return [f"Fewer than {LEAST} verdicts were reversed."]
    return [f"{len(hours)} verdicts were reversed, half of them within {median(hours):.1f} hours."]


def _audit(db: Database, since: str, until: str) -> list[str]:
    rows = labels.audited(db, since=since, until=until)
    told = audit.sample(rows, population=labels.population(db, since=since, until=until))
    read = f"fewer than {LEAST}" if 0 < told.read < LEAST else told.read
    said = f"{told.drawn} of {told.population} posts were drawn at random; {read} of them were read."
    if 0 < told.drawn < LEAST:
        return ["Fewer posts were drawn at random than can be told."]
    found = [one for one in audit.estimates(rows) if one.slice in ("all", *labels.SIDES)]
    return [said, *(line for what in dict.fromkeys(one.what for one in found) for line in _shares(what, found))]


def _shares(what: str, found: Sequence[audit.Estimate]) -> list[str]:
    """One share over all and by side; where it would tell a small count, only what it is at most or at least."""
    figures = {one.slice: one.figure for one in found if one.what == what}
    hits = {name: round(figure.value * figure.n) if figure.n else 0 for name, figure in figures.items()}
    others = {name: figure.n - hits[name] for name, figure in figures.items()}
    few, many = _untold(hits), _untold(others)
    said = []
    for name, figure in figures.items():
        if figure.n < LEAST * 4:
            continue
        if name in few:
            told = "" if name in many else f"at most {wilson(max(hits[name], LEAST - 1), figure.n)[1]:.1%}"
        elif name in many:
            told = f"at least {wilson(figure.n - max(others[name], LEAST - 1), figure.n)[0]:.1%}"
        else:
            told = f"{figure.value:.1%} (95 % interval {figure.low:.1%} to {figure.high:.1%})"
        where = "" if name == "all" else f" ({name})"
        said += [f"Estimated {what.replace('_', ' ')}{where}: {told}."] if told else []
    return said


def _untold(counts: Mapping[str, int]) -> set[str]:
    """Slices whose count is small, or would give away another's; posts whose side nobody told are a slice too."""
    sides = {name: n for name, n in counts.items() if name != "all"}
    shown, _ = suppress({**sides, "": counts["all"] - sum(sides.values())})
    return {name for name, n in shown.items() if n is None} | ({"all"} if 0 < counts["all"] < LEAST else set())


def write(found: Report, folder: Path, *, name: Name = str) -> list[Path]:
    """The report as transparency.md and .html, where `name` gives the words for a code, and .json with the codes."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"md": markdown(found, name), "html": page(found, name), "json": as_json(found)}
    paths = [folder / f"transparency.{ending}" for ending in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def _cell(value: int | None) -> str:
    return "withheld" if value is None else str(value)


def _lines(table: Table, name: Name) -> list[tuple[str, str]]:
    rows = [(name(code), _cell(value)) for code, value in table.rows.items()] or [("nothing", "0")]
    return rows if table.title == "How much" else [*rows, ("all", _cell(table.total))]


def markdown(found: Report, name: Name = str) -> str:
    """The report as Markdown."""
    parts = [f"# Transparency report, {found.since[:10]} to {found.until[:10]}\n"]
    parts += [f"- {sentence}" for sentence in found.sentences]
    for table in found.tables:
        parts += [
            f"\n## {table.title}\n",
            "| | n |",
            "|---|---|",
            *(f"| {row} | {n} |" for row, n in _lines(table, name)),
        ]
    parts.append(f"\nCells of 1 to {LEAST - 1}, and cells that would give those away, are withheld. A post may have"
                 " several reasons and rights, so those tables add up to more than the posts.\n")  # fmt: skip
    return "\n".join(parts)


def page(found: Report, name: Name = str) -> str:
    """The report as one page of HTML that loads nothing."""
    body = [f"<h1>Transparency report, {found.since[:10]} to {found.until[:10]}</h1><ul>"]
    body += [f"<li>{html.escape(sentence)}</li>" for sentence in found.sentences] + ["</ul>"]
    for table in found.tables:
        rows = "".join(f"<tr><th scope=row>{html.escape(row)}</th><td>{n}</td></tr>" for row, n in _lines(table, name))
        body.append(f"<h2>{html.escape(table.title)}</h2><table>{rows}</table>")
    style = "body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto}th{text-align:left;padding-right:2em}"
    head = f'<meta charset="utf-8"><title>Transparency report</title><style>{style}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(body)}</body></html>\n'


def as_json(found: Report) -> str:
    """The report as JSON; a withheld cell is null."""
    tables = [{"title": t.title, "rows": dict(t.rows), "total": t.total} for t in found.tables]
    told = {"since": found.since, "until": found.until, "sentences": list(found.sentences), "tables": tables}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
