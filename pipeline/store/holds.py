"""Holds: one case, one person, for a while; none is stuck because every hold runs out."""

from dataclasses import dataclass, replace

from sqlite_utils import Database

from pipeline.records import Moment, later, now
from pipeline.store import drafts
from pipeline.store.database import write
from pipeline.store.posts import written


class HoldRefused(Exception):
    """Somebody else holds the case; the message names them."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Who has a case in hand, and until when."""

    case_id: int
    person: str
    kind: str  # reading, parked (put aside by its reader), handed (given to them by somebody else)
    since: Moment
    until: Moment
    note: str = ""
    given_by: str = ""  # who handed it over


_COLUMNS = "case_id, person, kind, since, until, note, given_by"
# read on a clock that was ahead, a hold would last for as long as it was set back
_IN_FORCE = "holds.until > ? AND (holds.kind <> 'reading' OR holds.since <= ?)"
PARKED_HOURS = 24
PARKED_AT_MOST = 20  # cases by one person: what is put aside or handed over is out of everybody's queue


def _now() -> tuple[str, str]:
    """The values of the marks of _IN_FORCE."""
    return (at := now()), at


def holder(db: Database, case_id: int) -> Hold | None:
    """The hold on a case that is in force now."""
    asked = f"SELECT {_COLUMNS} FROM holds WHERE case_id = ? AND {_IN_FORCE}"
    row = db.conn.execute(asked, [case_id, *_now()]).fetchone()
    return Hold(*row) if row else None


def take(db: Database, case_id: int, person: str, *, minutes: float) -> Hold:
    """Hold a case for reading, or renew one's own hold; returns whatever hold is in force, maybe another's.

    What one put aside stays so for its day, with its word, and so does from now on what one was handed.
    """
    hold = holder(db, case_id)
    if hold and hold.person != person:
        return hold
    if hold and hold.kind != "handed" and hold.until > later(minutes=minutes * 0.8):
        return hold
    if hold and hold.kind != "reading":
        return _accept(db, hold, until=later(minutes=minutes))
    with write(db):
        db.conn.execute(
            "INSERT INTO holds (case_id, person, kind, since, until) VALUES (?, ?, 'reading', ?, ?)"
            " ON CONFLICT (case_id) DO UPDATE SET person = excluded.person, kind = 'reading', until = excluded.until,"
            " since = CASE WHEN holds.person = excluded.person THEN min(holds.since, excluded.since)"
            " ELSE excluded.since END,"
            f" note = '', given_by = '' WHERE NOT ({_IN_FORCE}) OR holds.person = excluded.person",
            [case_id, person, now(), later(minutes=minutes), *_now()],
        )
        hold = holder(db, case_id)
    assert hold is not None  # noqa: S101  # either ours of this moment or one that was in force
    return hold


def _accept(db: Database, hold: Hold, *, until: str) -> Hold:
    """Read on what was handed to one or put aside: near its end for as long as it is read."""
    kept = replace(hold, kind="parked", until=max(hold.until, until))
    with write(db):
        db.conn.execute(
            "UPDATE holds SET kind = 'parked', until = ? WHERE case_id = ? AND person = ?",
            [kept.until, hold.case_id, hold.person],
        )
    return kept


def leave(db: Database, person: str, *, but: int = 0) -> None:
    """End somebody's holds on what they only opened and filled nothing in on; the rows stay, to say who left them."""
    if not any(hold.kind == "reading" and hold.case_id != but for hold in held_by(db, person)):
        return
    with write(db):
        db.conn.execute(
            f"{drafts.FILLED} UPDATE holds SET until = ? WHERE person = ? AND kind = 'reading' AND until > ?"
            " AND case_id <> ? AND case_id NOT IN (SELECT id FROM filled)",
            [person, now(), person, now(), but],
        )


def require(db: Database, case_id: int, person: str) -> None:
    """Raise HoldRefused when somebody else has the case in hand."""
    hold = holder(db, case_id)
    if hold and hold.person != person:
        raise HoldRefused(hold.person)


def release(db: Database, case_id: int, *, person: str = "") -> bool:
    """Give a case back (whoever holds it, when no person is named)."""
    with write(db):
        gone = db.conn.execute("DELETE FROM holds WHERE case_id = ? AND ? IN ('', person)", [case_id, person]).rowcount
    return bool(gone)


def give_back(db: Database, case_id: int, person: str) -> bool:
    """Give back unread what one has in hand; the row stays, so that another case comes next."""
    with write(db):
        ended = db.conn.execute(
            "UPDATE holds SET kind = 'reading', until = ?, note = '', given_by = ''"
            " WHERE case_id = ? AND person = ? AND until > ?",
            [now(), case_id, person, now()],
        ).rowcount
    return bool(ended)


def hand(db: Database, case_id: int, person: str, *, to: str, note: str = "") -> None:
    """Park a case (`to` oneself) or hand it over by name, for a day; raises HoldRefused when another has it."""
    with write(db):
        require(db, case_id, person)
        kind, giver = ("parked", "") if to == person else ("handed", person)
        db.conn.execute(
            f"INSERT OR REPLACE INTO holds ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [case_id, to, kind, now(), later(hours=PARKED_HOURS), written(note), giver],
        )


def set_aside_by(db: Database, person: str, *, but: int) -> int:
    """How many cases somebody put aside, or handed over to whoever hasn't taken them up yet, `but` one."""
    aside = [hold for hold in held_by(db, person) if hold.kind == "parked"]
    return sum(hold.case_id != but for hold in [*aside, *handed_by(db, person)])


def take_back(db: Database, case_id: int, *, person: str = "") -> Hold | None:
    """End a hand-over (made by `person`, when one is named) that hasn't been taken up yet; None where there is none."""
    with write(db):
        hold = holder(db, case_id)
        if hold is None or hold.kind != "handed" or person not in ("", hold.given_by):
            return None
        db.conn.execute("DELETE FROM holds WHERE case_id = ?", [case_id])
    return hold


def handed_by(db: Database, person: str) -> list[Hold]:
    """What somebody handed over and nobody has taken up yet."""
    rows = db.conn.execute(
        f"SELECT {_COLUMNS} FROM holds WHERE given_by = ? AND kind = 'handed' AND until > ? ORDER BY since",
        [person, now()],
    )
    return [Hold(*row) for row in rows]


def held(db: Database, case_ids: list[int]) -> dict[int, Hold]:
    """The holds in force on some cases."""
    marks = ",".join("?" * len(case_ids))
    asked = f"SELECT {_COLUMNS} FROM holds WHERE case_id IN ({marks}) AND {_IN_FORCE}"
    rows = db.conn.execute(asked, [*case_ids, *_now()])
    return {row[0]: Hold(*row) for row in rows}


def in_hand(db: Database) -> list[int]:
    """Every case that somebody has in hand now, is asked to read, or has put aside."""
    return [row[0] for row in db.conn.execute(f"SELECT case_id FROM holds WHERE {_IN_FORCE} ORDER BY case_id", _now())]


def held_by(db: Database, person: str) -> list[Hold]:
    """What somebody has in hand, parked or was handed."""
    rows = db.conn.execute(
        f"SELECT {_COLUMNS} FROM holds WHERE person = ? AND {_IN_FORCE} ORDER BY since", [person, *_now()]
    )
    return [Hold(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Among:
    """The cases that the next one is chosen from, as parts of a query over `standings s`."""

    table: str = "standings s"
    named: tuple[object, ...] = ()  # values of the table's marks
    where: str = "lane = ?"
    values: tuple[object, ...] = ("claims",)
    order: str = "s.priority DESC, s.case_id"


def next_case(
    db: Database, person: str, *, minutes: float, among: Among | None = None, lead: bool = False
) -> int | None:
    """Hold the undecided case most worth an hour that nobody has in hand.

    What one was handed comes first; what one has opened and left comes last, when nothing else is free.
    """
    among = among or Among()
    with write(db):
        handed = db.conn.execute(
            "SELECT h.case_id FROM holds h JOIN standings s ON s.case_id = h.case_id AND s.undecided = 1"
            " WHERE h.person = ? AND h.kind = 'handed' AND h.until > ? AND (s.state <> 'disputed' OR ?)"
            " ORDER BY h.since LIMIT 1",
            [person, now(), int(lead)],
        ).fetchone()
        # first what nobody has, then what the person opened: two walks in order are quicker than one that sorts
        opened = later(minutes=-minutes)
        row = handed or _first(db, among, person, opened, lead=lead)
        row = row or _first(db, among, person, opened, lead=lead, own=True)
        if row is None:
            return None
        take(db, row[0], person, minutes=minutes)
    return int(row[0])


def _first(db: Database, among: Among, person: str, opened: str, *, lead: bool, own: bool = False) -> tuple[int] | None:
    """The first case that somebody may decide: one nobody has, or one that they read now or left after `opened`."""
    mine = "person = ? AND kind = 'reading' AND until > ?"
    held = f"SELECT 1 FROM holds WHERE holds.case_id = s.case_id AND ({mine}{'' if own else f' OR {_IN_FORCE}'})"
    free = f"EXISTS ({held})" if own else f"NOT EXISTS ({held})"
    row: tuple[int] | None = db.conn.execute(
        f"SELECT s.case_id FROM {among.table} WHERE {among.where} AND s.undecided = 1 AND {free}"
        " AND NOT (s.state = 'second' AND s.decider = ?) AND (s.state <> 'disputed' OR ?)"
        f" ORDER BY {among.order} LIMIT 1",
        [*among.named, *among.values, person, opened, *(() if own else _now()), person, int(lead)],
    ).fetchone()
    return row
