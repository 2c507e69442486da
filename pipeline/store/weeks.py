"""A week at the desk: what came in, what was decided, reopened and corrected."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from pipeline.records import VIET_NAM, here, now, stamp
from pipeline.store.report import A_CASE
from pipeline.store.trends import corrections

WEEKS = 8  # that are told, the present one among them
_WEEK = "date({0}, '+7 hours', 'weekday 0', '-6 days')"  # its Monday, by the clock of Viet Nam


@dataclass(frozen=True, slots=True)
class Week:
    """What happened at the desk from a Monday to a Sunday."""

    begins: str  # its Monday
    ends: str  # its Sunday
    came_in: int  # cases opened, by a crawl or by hand
    verdicts: Counter[str]  # that stand now, since that week; one that a second reader awaits or disputes isn't one yet
    reopened: int  # cases, whoever reopened them
    corrected: int  # cases whose verdict gave way to another; one taken back or upheld has none in its place


def weeks(db: Database) -> list[Week]:
    """The last weeks, oldest first, from the first in which anything happened; the present one always."""
    monday = here(now()).date() - timedelta(days=here(now()).weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    since = stamp(datetime(first.year, first.month, first.day, tzinfo=VIET_NAM))
    came_in, reopened = (
        Counter[str](dict(db.conn.execute(f"SELECT {_WEEK.format(at)}, {counted} GROUP BY 1", [since]).fetchall()))
        for at, counted in (
            ("c.opened_at", f"count(*) FROM cases c WHERE c.opened_at >= ? AND {A_CASE}"),
            ("at", "count(DISTINCT case_id) FROM decisions WHERE action = 'reopen' AND at >= ?"),
        )
    )
    decided: dict[str, Counter[str]] = {}
    for begins, verdict, n in db.conn.execute(
        f"SELECT {_WEEK.format('since')}, verdict, count(*) FROM standings WHERE state = 'decided' AND since >= ?"
        " GROUP BY 1, 2",
        [since],
    ):
        decided.setdefault(begins, Counter())[verdict] = n
    changed = corrections(db, since=since, limit=None)
    corrected = Counter(
        week for week, _ in {(_monday(one.at), one.case_id) for one in changed if one.before != one.after != ""}
    )
    told = [
        Week(begins, str(day + timedelta(days=6)), came_in[begins], decided.get(begins, Counter()), reopened[begins],
             corrected[begins])
        for day in (first + timedelta(weeks=i) for i in range(WEEKS)) for begins in [str(day)]
    ]  # fmt: skip
    while len(told) > 1 and not (told[0].came_in or told[0].verdicts or told[0].reopened or told[0].corrected):
        told.pop(0)
    return told


def _monday(at: str) -> str:
    day = here(at).date()
    return str(day - timedelta(days=day.weekday()))
