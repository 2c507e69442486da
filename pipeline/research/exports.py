"""Rows that leave the home as files: cases, reasons, and verdicts as ClaimReview for others to find."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.research import tables
from pipeline.research.snapshots import safe


def write_rows(rows: Sequence[Mapping[str, Any]], path: Path) -> int:
    """Rows as a table, no cell of a CSV a formula, all of them or none; returns how many."""
    if path.suffix.lower() == ".csv":
        rows = [{name: safe(tables.cell(value)) for name, value in row.items()} for row in rows]
    tables.write(path, rows)
    return len(rows)
