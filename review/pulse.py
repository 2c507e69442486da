"""Pulse: is everything running? Trends: what has been found over time. Charts with their tables beside them."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from pipeline.records import RIGHTS
from pipeline.store import alerts, runs, trends, watching
from pipeline.store.people import later
from review import words
from review.access import Role, Visit
from review.agreement import cohen, krippendorff, wilson
from review.charts import Bar, Point, bars, line
from review.desk import Person
from review.pages import page

router = APIRouter()
Watcher = Annotated[Visit, Depends(Role("operator", "lead"))]


@router.get("/pulse")
def pulse(visit: Watcher) -> Response:
    """Sources, steps, backlog, and the time from publication to the queue."""
    say, states = visit.say, watching.case_states(visit.db)
    waiting = [(lane, state, n) for lane, state, n in states if state != "decided" and n]
    lines = [
        Bar(f"{say.name(words.LANES, lane)}: {say.name(words.STATES, state)}", n, say.number(n))
        for lane, state, n in waiting
    ]
    sources = watching.sources(visit.db)
    return page(
        visit, "pulse.html", sources=sources, health=Counter(s.health for s in sources).most_common(),
        waiting=waiting, chart=bars(lines, title=say.gettext("Cases that wait, by lane and state")),
        runs=runs.last_runs(visit.db, limit=8), latency=watching.to_queue(visit.db, since=later(hours=-24 * 7)),
        model=trends.live_model(visit.db), alerts=alerts.open_alerts(visit.db),
    )  # fmt: skip


@router.get("/trends")
def over_time(visit: Person) -> Response:
    """Cases by right and verdict, the share that the random sample gives, and how far readers agree."""
    say = visit.say
    months = trends.months(visit.db)
    totals: Counter[str] = Counter()
    for month in months:
        totals.update(month.rights)
    most = totals.most_common(2)
    most = most if len(most) == 1 or (most and most[0][1] > most[1][1]) else []
    lines = [Bar(say.name(words.RIGHTS, right), totals[right], say.number(totals[right])) for right in RIGHTS]
    sample = [Share(month, n, bad) for month, n, bad in trends.audit_sample(visit.db)]
    agreed = agreement(trends.readings(visit.db))
    return page(
        visit, "trends.html", months=months, sample=sample, agreed=agreed, totals=totals,
        most=say.name(words.RIGHTS, most[0][0]) if most else "",
        rights_chart=bars(lines, title=say.gettext("False or misleading, by right")),
        sample_chart=line([Point(s.month, s.share, s.low, s.high) for s in sample], title=say.gettext(
            "Share of the random sample found false or misleading")) if sample else "",
        agreed_chart=line([Point(a.month, a.kappa, a.kappa, a.kappa) for a in agreed], bottom=-1, title=say.gettext(
            "Agreement of two readers, month by month")) if agreed else "",
    )  # fmt: skip


class Share:
    """What a month's random sample says of all posts, with the interval it lies in."""

    def __init__(self, month: str, n: int, bad: int) -> None:
        self.month, self.n, self.bad = month, n, bad
        self.share = bad / n if n else 0.0
        self.low, self.high = wilson(bad, n)


class Agreed:
    """How far readers agreed in a month."""

    def __init__(self, month: str, pairs: list[tuple[str, str]]) -> None:
        self.month, self.n = month, len(pairs)
        self.same = sum(a == b for a, b in pairs)
        self.kappa, self.alpha = cohen(pairs) or 0.0, krippendorff(pairs) or 0.0


def agreement(readings: list[tuple[str, int, str, str]]) -> list[Agreed]:
    """Readings of two people by month; nobody is named or ranked."""
    by_month: dict[str, list[tuple[str, str]]] = {}
    for month, _, first, second in readings:
        by_month.setdefault(month, []).append((first, second))
    return [Agreed(month, pairs) for month, pairs in sorted(by_month.items())]
