"""The audit log, each line sealed by the hash of the one before, and the panic lock."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from pipeline.records import now
from pipeline.store import seals
from pipeline.store.database import number_of, word_of, write
from pipeline.store.posts import storable, written

WORDS_ERASED = "words erased"  # the action of a line on words that a verdict was given on and that went by an erasure


def note(db: Database, person: str, action: str, *, subject: object = "", detail: str = "") -> None:
    """Write down what somebody did; subject is what it was done to."""
    with write(db):
        last = word_of(db, "SELECT hash FROM audit ORDER BY id DESC LIMIT 1")
        parts = [now(), storable(person), action, storable(str(subject)), storable(detail)]
        db.conn.execute(
            "INSERT INTO audit (at, person, action, subject, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
            [*parts, seals.seal(last, *parts)],
        )


def first_broken(db: Database, *, after: int = 0, upto: int = 0) -> int | None:
    """The number of the first line whose seal doesn't fit, None when the log holds: all of it, or the lines between.

    A part holds when each of its lines follows from the one before it, the line `after` being taken as it is.
    """
    before, expected = seal_of(db, after), after + 1
    for line, at, person, action, subject, detail, seal in db.conn.execute(
        "SELECT id, at, person, action, subject, detail, hash FROM audit WHERE id > ? AND (? = 0 OR id <= ?)"
        " ORDER BY id",
        [after, upto, upto],
    ):
        if line != expected or seal != seals.seal(before, at, person, action, subject, detail):
            return int(line)
        before, expected = seal, line + 1
    return None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the whole log found."""

    first_broken: int | None  # the first line whose seal doesn't fit
    # verdicts and reopenings that aren't as the log has them: changed, put in, taken out, or taken back
    decisions: tuple[int, ...]
    words: tuple[tuple[int, str], ...]  # verdicts with what isn't as it was then: claim, wording, posts, an id
    cases: tuple[int, ...]  # cases that stand otherwise than their verdicts and reopenings say
    lines: int
    seal: str  # of the last line: a log that was cut off or written anew hasn't got it there


def check(db: Database) -> Checked:
    """Look through the whole log, and hold the verdicts against it."""
    with db.atomic():  # nothing comes in between
        lines, seal = db.conn.execute(
            "SELECT coalesce(max(id), 0), coalesce((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), '') FROM audit"
        ).fetchone()
        erased = db.conn.execute("SELECT detail FROM audit WHERE action = ?", [WORDS_ERASED]).fetchall()
        words = tuple(seals.changed_words(db, {detail for (detail,) in erased}))
        return Checked(first_broken(db), tuple(_not_as_logged(db)), words, tuple(seals.misplaced(db)), lines, seal)


def seal_of(db: Database, line: int) -> str:
    """The seal of a line, "" where there is none."""
    return word_of(db, "SELECT hash FROM audit WHERE id = ?", [line])


def mark_of(db: Database, decision: int) -> str:
    """How a line of the log names a verdict: its number, and the digest of all that is never changed of it and of the
    seals of what it was given on."""
    (said,) = _verdicts(db, decision)
    return said


def _verdicts(db: Database, first: int, last: int | None = None) -> list[str]:
    """The marks of the verdicts from one number to another."""
    span = [first, first if last is None else last]
    between = "WHERE decision_id BETWEEN ? AND ? ORDER BY decision_id"
    named = _by_verdict(db, f"SELECT decision_id, eid, role FROM decision_evidence {between}, rank, eid", span)
    # none of verdicts of earlier versions
    sealed = _by_verdict(db, f"SELECT decision_id, what, seal FROM decision_words {between}, what", span)
    rows = db.conn.execute(
        "SELECT id, case_id, person, at, verdict, reason, note, blind, explanation, salt FROM decisions"
        " WHERE action = 'decide' AND id BETWEEN ? AND ? ORDER BY id",
        span,
    )
    return [
        f"#{row[0]} {seals.seal('', seals.encoded([*row, named(row[0]), *filter(None, [sealed(row[0])])]))}"
        for row in rows
    ]


def _by_verdict(db: Database, asked: str, span: list[int]) -> Callable[[int], list[Any]]:
    """What belongs to verdicts, each asked for after those with lower numbers: rows of (verdict, …) in that order."""
    groups = groupby(db.conn.execute(asked, span), key=itemgetter(0))
    at = [next(groups, None)]

    def of(number: int) -> list[Any]:
        while at[0] and at[0][0] < number:
            at[0] = next(groups, None)
        return [row[1:] for row in at[0][1]] if at[0] and at[0][0] == number else []

    return of


def _not_as_logged(db: Database) -> list[int]:
    """Verdicts from the first on that the log has a digest of: those whose line, or whose taking back, isn't there; and
    reopenings without a line, or lines without theirs, since each has one."""
    sealed = "SELECT min(id) FROM audit WHERE action = 'decide' AND detail LIKE '#% %'"
    told = db.conn.execute(
        f"SELECT action, detail FROM audit WHERE action IN ('decide', 'undo') AND detail GLOB '#[0-9]*'"
        f" AND id >= ({sealed}) ORDER BY id"
    ).fetchall()
    first = _number(told[0][1]) if told else 2**63 - 1
    undone = db.conn.execute("SELECT undoes FROM decisions WHERE action = 'undo' AND id > ?", [first]).fetchall()
    here = {("decide", mark) for mark in _verdicts(db, first, 2**63 - 1)} | {("undo", f"#{n}") for (n,) in undone}
    reopened = db.conn.execute("SELECT 'reopen', detail FROM audit WHERE action = 'reopen' AND detail <> ''").fetchall()
    begun = [number_of(db, "SELECT min(decision_id) FROM decision_words"), *(_number(mark) for _, mark in reopened)]
    since = min(filter(None, begun), default=2**63 - 1)
    again = db.conn.execute("SELECT id FROM decisions WHERE action = 'reopen' AND id >= ?", [since]).fetchall()
    here |= {("reopen", f"#{n}") for (n,) in again}
    return sorted({_number(mark) for _, mark in here ^ {*told, *reopened}})


def words_erased(db: Database, person: str, what: str, *, case_id: int = 0, decision_id: int = 0) -> None:
    """Let nothing be tried any more against the seals of words that went, of one verdict, of those of a case, or of
    all; and write down of each that it isn't held to them."""
    for case, number, gone in seals.let_go(db, what, case_id=case_id, decision_id=decision_id):
        note(db, person, WORDS_ERASED, subject=case, detail=seals.mark(number, gone))


def called(db: Database, decision: int) -> str:
    """What a person is told of a verdict or a reopening: its number, and its case where it is there."""
    row = db.conn.execute("SELECT case_id, action FROM decisions WHERE id = ?", [decision]).fetchone()
    if row is None:
        return f"verdict no. {decision} (gone)"
    return f"{'reopening' if row[1] == 'reopen' else 'verdict'} no. {decision} (case {row[0]})"


def _number(mark: str) -> int:
    return int(re.findall("[0-9]+", mark)[0])


def entries(db: Database, *, limit: int = 100, before: int = 0) -> list[dict[str, object]]:
    """Newest lines first, older than a line when one is named."""
    return list(db.query("SELECT * FROM audit WHERE ? = 0 OR id < ? ORDER BY id DESC LIMIT ?", [before, before, limit]))


def last_deed(db: Database, subject: object) -> tuple[str, str]:
    """Who did what to something last, as far as it is among the thousand newest lines; empty where it isn't."""
    row = db.conn.execute(
        "SELECT person, action FROM audit WHERE subject = ? AND id > (SELECT max(id) FROM audit) - 1000"
        " ORDER BY id DESC LIMIT 1",
        [str(subject)],
    ).fetchone()
    return (str(row[0]), str(row[1])) if row else ("", "")


def lock(db: Database, person: str, *, locked: bool, reason: str = "") -> None:
    """Lock the desk for everybody but admins, or open it again."""
    reason = written(reason)
    with write(db):
        db.conn.execute(
            "INSERT INTO locks (at, person, locked, note) VALUES (?, ?, ?, ?)",
            [now(), person, int(locked), reason],
        )
        note(db, person, "lock" if locked else "unlock", detail=reason)


def locked(db: Database) -> bool:
    """Whether the desk is locked now."""
    return bool(number_of(db, "SELECT locked FROM locks ORDER BY id DESC LIMIT 1"))
