"""What leaves the home as files: cases, reasons, and verdicts as ClaimReview for others to find."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.claimreview import claim_review
from pipeline.research import tables
from pipeline.research.snapshots import safe
from pipeline.store import report

ALWAYS = "9999"


class ExportRefused(Exception):
    """An export that can't be made as asked; the message says what to give."""


def write_rows(rows: Sequence[Mapping[str, Any]], path: Path) -> int:
    """Rows as a table, no cell of a CSV a formula, all of them or none; returns how many."""
    if path.suffix.lower() == ".csv":
        rows = [{name: safe(tables.cell(value)) for name, value in row.items()} for row in rows]
    tables.write(path, rows)
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
