"""Rows that leave the home as files: cases, reasons, and verdicts as ClaimReview for others to find."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from classifier.files import replaced
from pipeline.claimreview import for_pages
from pipeline.research import tables
from pipeline.research.snapshots import safe


class ExportRefused(Exception):
    """An export that can't be made as asked; the message says what to give."""


def write_rows(rows: Sequence[Mapping[str, Any]], path: Path) -> int:
    """Rows as CSV, JSON lines or Parquet, by the file's ending, all of them or none; returns how many."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".jsonl", ".parquet"):
        raise ExportRefused(f"{path.name} should end in .csv, .jsonl or .parquet.")
    with replaced(path) as unfinished:
        if ending == ".parquet":
            tables.write_parquet(unfinished, rows)
        elif ending == ".jsonl":
            unfinished.write_text("".join(f"{for_pages(row)}\n" for row in rows), encoding="utf-8")
        else:
            plain = [{name: safe(tables.cell(value)) for name, value in row.items()} for row in rows]
            tables.write_csv(unfinished, plain, list(rows[0]) if rows else [])
    return len(rows)
