"""Splitting posts out of a case and merging two cases; each can be taken back, and every step stays on record."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pipeline.records import Moment, now
from pipeline.store import audit, cases, decisions, scores, seals
from pipeline.store.database import number_of, word_of, write
from pipeline.store.erasable import claim_beside
from pipeline.store.pieces import ERASED


class MoveRefused(Exception):
    """Posts can't be moved like this; the message says why."""


@dataclass(frozen=True, slots=True)
class Move:
    """Posts that went from one case to another."""

    id: int
    at: Moment
    person: str
    action: str  # split, merge, undo
    from_case: int
    to_case: int
    posts: tuple[int, ...]
    undone: bool = False


_COLUMNS = "m.id, m.at, m.person, m.action, m.from_case, m.to_case, m.posts, u.id IS NOT NULL"
_MOVES = f"SELECT {_COLUMNS} FROM case_moves m LEFT JOIN case_moves u ON u.undoes = m.id"


def _move(row: tuple[Any, ...]) -> Move:
    number, at, person, action, from_case, to_case, posts, undone = row
    return Move(number, at, person, action, from_case, to_case, tuple(json.loads(posts)), bool(undone))


def move(db: Database, move_id: int) -> Move | None:
    """One split or merge."""
    row = db.conn.execute(f"{_MOVES} WHERE m.id = ?", [move_id]).fetchone()
    return _move(row) if row else None


def moves_of(db: Database, case_id: int) -> list[Move]:
    """The splits and merges that touched a case, newest first."""
    rows = db.conn.execute(
        f"{_MOVES} WHERE m.from_case = ? OR m.to_case = ? ORDER BY m.id DESC LIMIT 20", [case_id, case_id]
    )
    return [_move(row) for row in rows]


def went_to(db: Database, case_id: int) -> int | None:
    """Where the posts of a case that has none any more went last."""
    if cases.case(db, case_id) is not None:
        return None
    row = db.conn.execute(  # by a person's hand, or by an edit that took its last post to another case
        "SELECT n.case_id FROM memberships m JOIN case_posts n ON n.post_id = m.post_id"
        " JOIN standings s ON s.case_id = n.case_id"
        " WHERE m.case_id = ? AND n.case_id <> m.case_id ORDER BY m.id DESC LIMIT 1",
        [case_id],
    ).fetchone()
    return int(row[0]) if row else None


def split(db: Database, case_id: int, posts: Sequence[int], *, person: str) -> Move:
    """Take posts out of a case into a new one; something must stay."""
    with write(db):
        own = set(cases.posts_of(db, case_id))
        moved = sorted(set(posts) & own)
        if not moved or len(moved) != len(set(posts)) or set(moved) == own:
            raise MoveRefused("A split takes some of a case's posts, not none and not all.")
        score_id, score = scores.latest_score(db, moved[0]) or (None, None)
        (old_claim,) = db.conn.execute("SELECT claim FROM cases WHERE id = ?", [case_id]).fetchone()
        (new_case,) = db.conn.execute(
            "INSERT INTO cases (opened_at, claim, score_id, by_hand)"
            " SELECT ?, ?, ?, by_hand FROM cases WHERE id = ? RETURNING id",
            [now(), (score.claim if score else "") or old_claim, score_id, case_id],
        ).fetchone()
        return _write(db, "split", case_id, new_case, moved, person=person)


def merge(db: Database, case_id: int, into: int, *, person: str) -> Move:
    """Put all posts of a case into another one."""
    with write(db):
        if case_id == into or cases.case(db, into) is None or cases.case(db, case_id) is None:
            raise MoveRefused("A case is merged into another one that exists.")
        if _claim(db, into) == ERASED and decisions.history(db, into):  # they would be told as of another claim
            raise MoveRefused("Nothing is merged into a case that was decided and whose claim was erased since.")
        return _write(db, "merge", case_id, into, cases.posts_of(db, case_id), person=person)


def undo(db: Database, move_id: int, *, person: str) -> Move:
    """Put the posts back where they came from, those of them that are still where they went."""
    with write(db):
        done = move(db, move_id)
        if done is None or done.undone or done.action == "undo":
            raise MoveRefused(f"Move {move_id} isn't there, or was taken back already.")
        if moved_on(db, done):
            raise MoveRefused(f"The posts of move {move_id} have moved on.")
        lent = done.action == "merge" and _is_lent(db, done)
        back = _write(db, "undo", done.to_case, done.from_case, _still(db, done), person=person, undoes=move_id)
        if lent and cases.posts_of(db, done.to_case):
            audit.words_erased(db, person, seals.CLAIM, case_id=done.to_case)
            cases.set_claim(db, done.to_case, *claim_beside(db, done.to_case))
            cases.refresh(db, done.to_case)
        return back


def _still(db: Database, done: Move) -> list[int]:
    """The posts of a move that are still where they went."""
    return sorted(set(done.posts) & set(cases.posts_of(db, done.to_case)))


def moved_on(db: Database, done: Move) -> bool:
    """Whether no post of a move is left where it went, or the case they came from was merged away later: put back, they
    would stand in a part of another."""
    later = f"SELECT EXISTS (SELECT 1 FROM case_moves m WHERE m.from_case = ? AND m.id > ? AND {cases.MERGE})"
    return not _still(db, done) or bool(number_of(db, later, [done.from_case, done.id]))


def _is_lent(db: Database, done: Move) -> bool:
    """Whether a case has its claim from posts that a merge brought and that never stood there before."""
    lent = (
        "SELECT EXISTS (SELECT 1 FROM cases c JOIN scores s ON s.id = c.score_id JOIN versions v ON v.id = s.version_id"
        " WHERE c.id = :case AND v.post_id IN (SELECT value FROM json_each(:posts)) AND NOT EXISTS (SELECT 1"
        " FROM memberships m WHERE m.case_id = c.id AND m.post_id = v.post_id AND m.at < :at))"
    )
    return bool(number_of(db, lent, {"case": done.to_case, "posts": json.dumps(done.posts), "at": done.at}))


def _write(
    db: Database,
    action: str,
    from_case: int,
    to_case: int,
    posts: Sequence[int],
    *,
    person: str,
    undoes: int | None = None,
) -> Move:
    at = now()
    cases.join_case(db, to_case, *posts, person=person)
    _claim_again(db, to_case, merged=from_case if action == "merge" else None, person=person)
    (number,) = db.conn.execute(
        "INSERT INTO case_moves (at, person, action, from_case, to_case, posts, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " RETURNING id",
        [at, person, action, from_case, to_case, json.dumps(list(posts)), undoes],
    ).fetchone()
    if cases.case(db, from_case) is None:
        decisions.reopen_beyond(db, [from_case])
    return Move(number, at, person, action, from_case, to_case, tuple(posts))


def _claim_again(db: Database, case_id: int, *, merged: int | None, person: str) -> None:
    """Give a case whose claim was erased that of the case merged into it, or of a post that is in it now: nobody asked
    to erase what that says."""
    if _claim(db, case_id) != ERASED:
        return
    row = db.conn.execute(
        "SELECT claim, score_id FROM cases WHERE id = ? AND claim <> ? AND score_id IS NOT NULL", [merged, ERASED]
    ).fetchone()
    claim, score_id = row or claim_beside(db, case_id)
    if score_id:
        audit.words_erased(db, person, seals.CLAIM, case_id=case_id)  # a verdict was given without any claim
        cases.set_claim(db, case_id, claim, score_id)
        cases.refresh(db, case_id)


def _claim(db: Database, case_id: int) -> str:
    return word_of(db, "SELECT claim FROM cases WHERE id = ?", [case_id])
