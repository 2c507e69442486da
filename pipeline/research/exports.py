"""What leaves the home as files: cases, reasons, and verdicts as ClaimReview for others to find."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from classifier.files import replaced
from pipeline.claimreview import claim_review
from pipeline.research import tables
from pipeline.research.snapshots import safe
from pipeline.store import report

ALWAYS = "9999"


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
            tables.write_jsonl(unfinished, rows)
        else:
            plain = [{name: safe(tables.cell(value)) for name, value in row.items()} for row in rows]
            tables.write_csv(unfinished, plain, list(rows[0]) if rows else [])
    return len(rows)


def claim_reviews(
    db: Database, *, publisher: str, url: str, named: Mapping[str, str], since: str = "", until: str = ""
) -> list[dict[str, Any]]:
    """ClaimReview objects of cases with a standing verdict on truth; the claim's writer and the moderator stay unnamed.

    `named` has the verdicts in Vietnamese, the language of the claims.
    Only posts on the open web are named as appearances, so that private and erased ones aren't spread.
    """
    if not publisher or not url.startswith(("http://", "https://")):
        raise ExportRefused("Name who publishes (--publisher) and the address your fact-checks stand at (--url).")
    rows: Any = report.published(db, since, until or ALWAYS)
    return [
        claim_review(
            claim=row["claim"], verdict=row["verdict"], words=named[row["verdict"]], at=row["at"], language="vi",
            publisher=publisher, address=url, page=f"{url.rstrip('/')}/{row['case_id']}", posts=row["posts"],
            evidence=[(link, source) for _, link, source in row["evidence"]],
        )
        for row in rows
    ]  # fmt: skip
