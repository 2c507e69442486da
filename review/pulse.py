"""Pulse: is everything running? Trends: what has been found over time. Charts with their tables beside them."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from markupsafe import Markup

from classifier.intervals import wilson
from pipeline.agreement import FEW, Span, cohen, cohen_span, krippendorff, krippendorff_span
from pipeline.records import RIGHTS, later
from pipeline.store import alerts, runs, trends, watching, weeks
from pipeline.store.people import WATCHING
from review import names
from review.access import Role, Visit
from review.charts import Bar, Point, bars, line
from review.pages import Person, page
from review.words import Words

router = APIRouter()
MOST_FROM = 5  # cases of a right from which on it may be named as the most frequent
Watcher = Annotated[Visit, Depends(Role(*WATCHING))]


@router.get("/pulse")
def pulse(visit: Watcher) -> Response:
    """Sources, steps, backlog, and the time from publication to the queue."""
    say, states = visit.say, watching.case_states(visit.db)
    waiting = [(lane, state, n) for lane, state, n in states if state != "decided" and n]
    lines = [
        Bar(f"{say.name(names.LANES, lane)}: {say.name(names.STATES, state)}", n, say.number(n))
        for lane, state, n in waiting
    ]
    sources, latency = watching.sources(visit.db), watching.to_queue(visit.db, since=later(hours=-24 * 7))
    health = Counter(s.health for s in sources).most_common()
    last = runs.last_runs(visit.db)
    steps: dict[str, runs.Run] = {}
    for run in last:
        steps.setdefault(run.step, run)
    return page(
        visit, "pulse.html", sources=sources, health=dict(health), waiting=waiting,
        chart=bars(lines, title=say.gettext("Cases that wait, by lane and state")),
        health_chart=bars([Bar(say.name(names.HEALTH, word), n, say.number(n)) for word, n in health],
                          title=say.gettext("Sources by health")),
        steps=[(run, _outcomes(say, run)) for run in steps.values()], runs=last, latency=latency,
        latency_chart=bars(_speeds(say, latency), title=say.gettext("From publication to the queue")),
        model=trends.live_model(visit.db), alerts=alerts.open_alerts(visit.db),
    )  # fmt: skip


def _outcomes(say: Words, run: runs.Run) -> Markup:
    """What became of a run's items, as bars."""
    found = sorted(run.outcomes.items(), key=lambda pair: -pair[1])
    title = say.gettext("What became of the items")
    return bars([Bar(say.name(names.OUTCOMES, word), n, say.number(n)) for word, n in found], title=title)


def _speeds(say: Words, latency: watching.Latency) -> list[Bar]:
    _ = say.gettext
    named = ((_("half of the posts"), latency.p50), (_("95 of 100"), latency.p95), (_("99 of 100"), latency.p99))
    return [Bar(label, seconds, say.minutes(seconds)) for label, seconds in named]


@router.get("/trends")
def over_time(visit: Person) -> Response:
    """Cases by right and verdict, the share that the random sample gives, and how far readers agree."""
    say = visit.say
    months = trends.months(visit.db)
    totals: Counter[str] = Counter()
    for month in months:
        totals.update(month.rights)
    most = totals.most_common(2)
    # a headline from a handful of cases would say of the world what chance said
    most = most if most and most[0][1] >= MOST_FROM and (len(most) == 1 or most[0][1] > most[1][1]) else []
    lines = [Bar(say.name(names.RIGHTS, right), totals[right], say.number(totals[right])) for right in RIGHTS]
    by_month = [
        Bar(say.month(m.month), m.verdicts.total(), say.gettext("{part} of {all}").format(
            part=say.number(_bad(m)), all=say.number(m.verdicts.total())), _bad(m)) for m in months
    ]  # fmt: skip
    drawn = [Share(*row) for row in trends.audit_sample(visit.db)]
    sample = [share for share in drawn if share.n]
    whole = Share("", *(sum(getattr(s, of) for s in drawn) for of in ("drawn", "n", "bad")))
    agreed = agreement(trends.readings(visit.db))
    return page(
        visit, "trends.html", weeks=weeks.weeks(visit.db), waiting=watching.waiting(visit.db), months=months,
        sample=sample, whole=whole, agreed=agreed, totals=totals, rights=RIGHTS,
        most=say.name(names.RIGHTS, most[0][0]) if most else "", bad=[_bad(m) for m in months],
        rights_chart=bars(lines, title=say.gettext("False or misleading, by right")),
        months_chart=bars(by_month, title=say.gettext("Verdicts by month; dark: false or misleading")),
        sample_chart=_sample_chart(say, sample) if sample else "",
        agreed_chart=_agreed_chart(say, agreed) if any(month.kappa is not None for month in agreed) else "",
    )  # fmt: skip


def _bad(month: trends.Month) -> int:
    return month.verdicts["false"] + month.verdicts["misleading"]


def _sample_chart(say: Words, sample: list["Share"]) -> Markup:
    """Each month's share with its interval; the axis ends where the intervals do, or near."""
    top = next(top for top in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0) if top >= max(s.high for s in sample) or top == 1)
    places = 1 if top < 0.05 else 0
    half, whole = (say.gettext("{n} of 100").format(n=say.decimal(100 * v, places)) for v in (top / 2, top))
    return line(
        [Point(say.month(s.month), s.share, s.low, s.high) for s in sample], top=top,
        ticks=(say.gettext("none"), half, whole),
        title=say.gettext("Share of the random sample found false or misleading"),
    )  # fmt: skip


def _agreed_chart(say: Words, agreed: list["Agreed"]) -> Markup:
    _ = say.gettext
    return line(
        [Point(say.month(a.month), a.kappa, *(a.kappa_span or (a.kappa, a.kappa)))
         for a in agreed if a.kappa is not None], bottom=-1,
        ticks=(_("opposite"), _("as by chance"), _("in full")), title=_("Agreement of two readers, month by month"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """What a month's random sample says of all posts, with its interval; of the posts drawn n are decided."""

    month: str
    drawn: int
    n: int
    bad: int

    @property
    def share(self) -> float:
        """How many of the decided are bad."""
        return self.bad / self.n if self.n else 0.0

    @property
    def low(self) -> float:
        """The lower end of its interval."""
        return wilson(self.bad, self.n)[0]

    @property
    def high(self) -> float:
        """The upper end."""
        return wilson(self.bad, self.n)[1]


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far readers agreed in a month."""

    month: str
    n: int
    same: int
    kappa: float | None  # None where it can't be told or of few cases, as is alpha
    alpha: float | None
    kappa_span: Span | None = None  # what it lies between, 95 times of a hundred; None where that can't be told
    alpha_span: Span | None = None


def agreement(readings: list[tuple[str, str, str]]) -> list[Agreed]:
    """Readings of two people by month; nobody is named or ranked. One case would say what chance said."""
    by_month: dict[str, list[tuple[str, str]]] = {}
    for month, first, second in readings:
        by_month.setdefault(month, []).append((first, second))
    return [
        Agreed(
            month,
            len(pairs),
            sum(a == b for a, b in pairs),
            cohen(pairs) if len(pairs) >= FEW else None,
            krippendorff(pairs) if len(pairs) >= FEW else None,
            cohen_span(pairs),
            krippendorff_span(pairs),
        )
        for month, pairs in sorted(by_month.items())
    ]
