"""Counts over time: verdicts by right, what the random sample says, two readers side by side, corrections."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlite_utils import Database

from pipeline.records import RIGHTS, VIET_NAM, Flag, Moment, VerdictIfAny, here, now, stamp
from pipeline.store.cases import read_in
from pipeline.store.pieces import ERASED
from pipeline.store.scores import standing_of

_MONTH = "strftime('%Y-%m', {0}, '+7 hours')"  # by the clock of Viet Nam
MONTHS = 12  # that are told, the present one among them


@dataclass(frozen=True, slots=True)
class Month:
    """Cases decided in one month, by verdict, and by right for those found false or misleading."""

    month: str
    verdicts: Counter[str]
    rights: Counter[str]


def months(db: Database) -> list[Month]:
    """The last months that have verdicts, oldest first; one that a second reader awaits or disputes isn't one yet."""
    rows = db.conn.execute(
        f"SELECT {_MONTH.format('since')}, verdict, rights_bits, count(*) FROM standings"
        " WHERE state = 'decided' AND since >= ? GROUP BY 1, 2, 3",
        [_earliest()],
    ).fetchall()
    found: dict[str, Month] = {}
    for month, verdict, bits, n in rows:
        one = found.setdefault(month, Month(month, Counter(), Counter()))
        one.verdicts[verdict] += n
        if verdict in ("false", "misleading"):
            one.rights.update({right: n for i, right in enumerate(RIGHTS) if bits >> i & 1})
    return [found[month] for month in sorted(found)]


def _earliest() -> str:
    """When the first of the months that are told began: part of a month would tell less than there was."""
    today = here(now())
    year, month = divmod(today.year * 12 + today.month - MONTHS, 12)
    return stamp(datetime(year, month + 1, 1, tzinfo=VIET_NAM))


def audit_sample(db: Database) -> list[tuple[str, int, int, int]]:
    """For each month the posts drawn at random, how many have a verdict, how many of these false or misleading.

    Also those posts count that the model suspects, or that came to a case for other reasons: they were drawn like the
    rest, and without them the share would come out too small. Each counts once, with the verdict on what it said before
    an edit where what it says now has none. Oldest month first.
    """
    since, drawn = _earliest(), 1 << list(Flag).index(Flag.AUDIT)
    return db.conn.execute(
        "WITH drawn AS (SELECT cp.post_id, s.first_seen FROM standings s JOIN case_posts cp ON cp.case_id = s.case_id"
        " WHERE s.reasons_bits & :drawn <> 0 AND s.posts = 1 AND s.first_seen >= :since"
        " UNION ALL SELECT p.id, p.first_seen FROM standings s"
        " JOIN case_posts cp ON cp.case_id = s.case_id JOIN posts p ON p.id = cp.post_id"
        f" JOIN scores x ON x.id = {standing_of('p.id')} WHERE s.reasons_bits & :drawn <> 0"
        " AND s.posts > 1 AND p.first_seen >= :since"
        " AND x.reasons LIKE '%\"AUDIT\"%')"
        f" SELECT {_MONTH.format('drawn.first_seen')}, count(*), count(t.verdict),"
        " coalesce(sum(t.verdict IN ('false', 'misleading')), 0) FROM drawn"
        f" LEFT JOIN standings t ON t.case_id = {read_in('drawn.post_id')} AND t.state = 'decided'"
        " GROUP BY 1 ORDER BY 1",
        {"drawn": drawn, "since": since},
    ).fetchall()


# Cases read twice, each once: by its first blind reading, as later readers may have seen what came before, beside the
# first verdict as it stood at that moment. A slip put right by then isn't what was read; what is taken back later, when
# each knows the other's, was said all the same. One that somebody had asked for by then isn't drawn at random.
READ_TWICE = (
    "SELECT b.id, b.case_id, b.at, f.verdict AS first, b.verdict AS second FROM decisions b JOIN decisions f ON f.id ="
    " (SELECT max(x.id) FROM decisions x WHERE x.case_id = b.case_id AND x.action = 'decide' AND x.blind = 0"
    " AND x.id < b.id AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id AND u.id < b.id))"
    " WHERE b.id IN (SELECT min(id) FROM decisions WHERE blind = 1 GROUP BY case_id)"
    " AND NOT EXISTS (SELECT 1 FROM decisions d JOIN second_readings a ON a.decision_id = d.id"
    " WHERE d.case_id = b.case_id AND d.id < b.id AND a.drawn = 0)"
)


def readings(db: Database) -> list[tuple[str, str, str]]:
    """Cases read twice, as (month, first verdict, blind verdict), oldest first."""
    return db.conn.execute(
        f"SELECT {_MONTH.format('at')}, first, second FROM ({READ_TWICE}) WHERE at >= ? ORDER BY id",
        [_earliest()],
    ).fetchall()


def live_model(db: Database) -> dict[str, object] | None:
    """The model in use, since when and why."""
    return next(iter(db.query("SELECT * FROM live_model")), None)


@dataclass(frozen=True, slots=True)
class Correction:
    """A verdict that took another's place, was taken back, or was given or stands again after that."""

    id: int
    case_id: int
    claim: str  # as its readers are told it; in the post's words where that verdict was taken back
    at: Moment  # when the change came to stand
    before: VerdictIfAny  # empty, as is what came after, while a second reader is to know of neither
    after: VerdictIfAny  # the same as before: upheld; empty: taken back, and the case is open again
    decided: bool  # a verdict stands on the case now
    explanation: str = ""  # what the later verdict says to its readers, unless it was taken back
    reworded: bool = False  # upheld, and its readers are told it in other words


# When a verdict d came to stand: one for which a blind reading was drawn or asked, when that agreed.
_STOOD_AT = (
    "coalesce((SELECT min(b.at) FROM second_readings a JOIN decisions b ON b.case_id = a.case_id AND b.blind = 1"
    " AND b.id > a.decision_id AND b.verdict = d.verdict WHERE a.decision_id = d.id), d.at)"
)
# A slip that was put right so soon was no verdict that anybody could have relied on.
SLIP_MINUTES = 10
_SLIP = (
    "EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = {0}.id"
    f" AND julianday(u.at) - julianday({{0}}.at) < {SLIP_MINUTES} / 1440.0)"
)
# The blind second reading b that agreed with a first verdict.
_AGREED = (
    "decisions b WHERE b.blind = 1 AND b.verdict = {0}.verdict AND b.id ="
    " (SELECT min(n.id) FROM decisions n WHERE n.case_id = {0}.case_id AND n.id > {0}.id)"
)
# A first verdict that stood: no slip, and not before its blind second reading, if one was asked with it, agreed.
_STOOD = (
    f"{{0}}.action = 'decide' AND {{0}}.blind = 0 AND NOT {_SLIP}"
    " AND NOT EXISTS (SELECT 1 FROM second_readings a WHERE a.decision_id = {0}.id AND a.asked_at <= {0}.at"
    f" AND NOT EXISTS (SELECT 1 FROM {_AGREED} AND NOT {_SLIP.format('b')}))"
)


# The verdict that stands again where one is taken back that had taken its place: the last on the case before that, by
# what wasn't taken back before a decision d, unless the case was opened again in between.
_AGAIN = (
    "(SELECT r.id FROM decisions r WHERE r.action = 'decide' AND r.id = (SELECT max(y.id) FROM decisions y"
    " WHERE y.case_id = {0}.case_id AND y.id < {0}.id AND (y.action = 'reopen' OR y.action = 'decide' AND y.blind = 0)"
    " AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = y.id AND u.id < d.id))"
    f" AND {_STOOD.format('r')})"
)
# The verdict before a decision d: the last on its case, else on those that had been merged into it by then, but for one
# that was taken back for another to stand again. What was merged later, or taken apart again, changes nothing that was
# told.
_BEFORE = (
    "(SELECT coalesce(max(x.id) FILTER (WHERE x.case_id = d.case_id), max(x.id)) FROM decisions x WHERE x.case_id IN"
    " (WITH RECURSIVE whole (id) AS (SELECT d.case_id UNION SELECT m.from_case FROM whole w JOIN case_moves m"
    " ON m.to_case = w.id AND m.action = 'merge' AND m.at <= d.at"
    " AND NOT EXISTS (SELECT 1 FROM case_moves u WHERE u.undoes = m.id AND u.at <= d.at))"
    f" SELECT id FROM whole) AND x.id < d.id AND {_STOOD.format('x')}"
    " AND NOT (EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id AND u.id < d.id)"
    f" AND EXISTS {_AGAIN.format('x')}))"
)
# Whether a deed ended a verdict p that stood, itself or with the blind reading that it stood by.
_ENDED = f"({{0}}.action = 'reopen' OR {{0}}.undoes = p.id OR {{0}}.undoes = (SELECT b.id FROM {_AGREED.format('p')}))"
_TAKEN_BACK = (  # between a verdict that stood and what came later
    "EXISTS (SELECT 1 FROM decisions t WHERE t.case_id IN (d.case_id, p.case_id) AND t.id > p.id AND t.id < d.id"
    f" AND {_ENDED.format('t')})"
)


def corrections(
    db: Database, *, case_id: int = 0, since: str = "", limit: int | None = 50, offset: int = 0
) -> list[Correction]:
    """Verdicts that stood and changed (on one case, or 0 for all), each change once, newest first; also one that was
    taken back and is given again, as it would be told to be taken back for ever, and one that stands again. With
    `since` no earlier ones; those that `limit` None asks for are all.

    While a second reader is to know nothing of them, a case's last is told alone, without verdict or wording. A case
    whose posts went elsewhere keeps its own, which a first verdict on the case that it was merged into corrects.
    """
    rows = db.conn.execute(
        f"SELECT d.id, d.case_id, iif(c.claim = '{ERASED}', c.claim,"
        " coalesce((SELECT w.wording FROM decisions w WHERE w.id = coalesce(a.id, p.id)"
        " AND w.wording <> '' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = w.id)), c.claim)),"
        f" {_STOOD_AT}, p.verdict AS before,"
        f" coalesce(a.verdict, '') AS after, coalesce(s.state = 'decided', 0), iif(c.claim = '{ERASED}'"
        " OR EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = a.id), '', coalesce(a.explanation, '')),"
        " coalesce(a.verdict = p.verdict AND (a.wording, a.explanation) <> (p.wording, p.explanation), 0),"
        " coalesce(s.state = 'second', 0), c.claim"
        " FROM decisions d JOIN cases c ON c.id = d.case_id LEFT JOIN standings s ON s.case_id = d.case_id"
        f" JOIN decisions p ON p.id = {_BEFORE} LEFT JOIN decisions a ON a.id = CASE d.action WHEN 'decide' THEN d.id"
        f" WHEN 'undo' THEN iif(d.undoes = p.id, {_AGAIN.format('p')}, NULL) END"
        f" WHERE {'d.case_id' if case_id else '0'} = :case"
        # a deed of before may stand only since a later one, if it was to be read twice
        " AND (d.at >= :since OR d.id IN (SELECT decision_id FROM second_readings))"
        f" AND iif(d.action = 'decide', (before <> after OR {_TAKEN_BACK}) AND {_STOOD.format('d')},"
        f" before <> after AND {_ENDED.format('d')} AND NOT {_TAKEN_BACK}) ORDER BY d.id DESC",
        {"case": case_id, "since": since},
    )
    found = (one for one in _as_corrections(rows) if one.at >= since)
    return list(islice(found, offset, None if limit is None else offset + limit))


def _as_corrections(rows: Iterable[tuple[Any, ...]]) -> Iterator[Correction]:
    """Corrections as they come; of a case that awaits a second reader the first alone, in its own words."""
    awaiting: set[int] = set()
    for *told, awaited, claim in rows:
        one = replace(Correction(*told), decided=bool(told[6]), reworded=bool(told[8]))
        if not awaited:
            yield one
        elif one.case_id not in awaiting:
            awaiting.add(one.case_id)
            yield replace(one, claim=claim, before="", after="", explanation="", reworded=False)
