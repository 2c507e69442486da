"""Decisions: recorded with their evidence, undone by another row, never edited."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from pipeline.records import NEEDS_EVIDENCE, REASONS, CaseEvent, Moment, NamedEvidence, NewDecision, State, Verdict, now
from pipeline.store import audit, cases, pieces, seals
from pipeline.store.database import number_of, word_of, write
from pipeline.store.posts import bare, written

_FOLLOWED = "EXISTS (SELECT 1 FROM standing_decisions s WHERE s.case_id = d.case_id AND s.blind = 0 AND s.id > d.id)"
_REPLACED = (  # another verdict took this one's place, or the case was reopened: taking it back would change nothing
    f"({_FOLLOWED}"
    " OR EXISTS (SELECT 1 FROM decisions r WHERE r.case_id = d.case_id AND r.action = 'reopen' AND r.id > d.id))"
)
_FLAGS = {"blind", "undone", "replaced", "followed", "erased"}

EXPLAINED_AT_MOST = 600  # characters: two or three sentences for readers
WORDED_AT_MOST = 300  # characters: one sentence


class DecisionRefused(Exception):
    """A verdict that can't be recorded as it is; the message says what is missing."""


# A case's posts, each for as long as it stood there: it left, or joined once more with what it said then, by `next`.
_THERE = (
    "WITH there AS (SELECT m.post_id, m.at AS came, n.id AS next, coalesce(n.at, '9') AS went FROM memberships m"
    " LEFT JOIN memberships n ON n.id ="
    " (SELECT min(x.id) FROM memberships x WHERE x.post_id = m.post_id AND x.id > m.id) WHERE m.case_id = :case)"
)
_EDITS = (
    "FROM there JOIN versions v ON v.post_id = there.post_id AND v.gone = 0"
    " AND v.seen_at > there.came AND v.seen_at <= there.went AND v.digest <> coalesce((SELECT x.digest FROM versions x"
    " WHERE x.post_id = v.post_id AND x.id < v.id ORDER BY x.id DESC LIMIT 1), '')"  # gone and back it is as it was
)


def last_event(db: Database, case_id: int) -> int:
    """A number that grows with all that is decided on a case, moved into it, edited in it and gone from it; what a form
    was filled in against. A post that joins grows nothing: it says what the case does."""
    return number_of(
        db,
        f"{_THERE} SELECT (SELECT coalesce(max(id), 0) FROM decisions WHERE case_id = :case)"
        " + (SELECT coalesce(max(id), 0) FROM case_moves WHERE to_case = :case)"
        # of all posts that ever were in it, so that the sum never falls
        f" + (SELECT coalesce(max(v.id), 0) {_EDITS}) + (SELECT coalesce(max(next), 0) FROM there)",
        {"case": case_id},
    )


def changed_at(db: Database, case_id: int) -> tuple[str, str]:
    """When a post was last edited while it stood in a case, and when one last left it; "" for never."""
    edited, left = db.conn.execute(
        f"{_THERE} SELECT (SELECT coalesce(max(v.seen_at), '') {_EDITS}),"
        " (SELECT coalesce(max(went), '') FROM there WHERE next IS NOT NULL)",
        {"case": case_id},
    ).fetchone()
    return str(edited), str(left)


def decide(
    db: Database,
    decision: NewDecision,
    *,
    seen: int | None = None,
    shown: Mapping[str, str] | None = None,
    second_share: float = 0.0,
    second: bool = False,
) -> int:
    """Record a verdict; raises DecisionRefused with what is missing. Returns the decision's number.

    `seen` is the last event the person knew of: a verdict given since then refuses theirs instead of doubling it, and
    posts that were moved in or edited are decided by nobody who hasn't seen them. `shown` are the marks of the claim
    (under "") and of the evidence as that person read them. `second_share` of the verdicts is drawn for a blind second
    reader, and surely one that takes the place of a drawn one; `second` asks for one anyway.
    """
    decision = as_kept(decision)
    with write(db):
        roles, at = _check(db, decision, seen, shown or {}), now()
        again = second_share and any(by_draw(db, number) for number in unread(db, decision.case_id))
        second_share = 1.0 if again else second_share
        row = db.conn.execute(
            "INSERT INTO decisions (case_id, person, at, action, verdict, reason, note, blind, explanation, wording,"
            " salt) VALUES (?, ?, ?, 'decide', ?, ?, ?, ?, ?, ?, lower(hex(randomblob(16)))) RETURNING id",
            [decision.case_id, decision.person, at, decision.verdict, decision.reason]
            + [decision.note, int(decision.blind), decision.explanation, decision.wording],
        ).fetchone()
        db.conn.executemany(
            "INSERT INTO decision_evidence (decision_id, eid, role, rank) VALUES (?, ?, ?, ?)",
            [(row[0], eid, role, rank) for rank, (eid, role) in enumerate(roles.items())],
        )
        seals.seal_words(db, row[0])
        make_searchable(db, row[0])
        # the draw is secret and made after the verdict, so that nobody can decide with more care only when watched
        drawn = secrets.SystemRandom().random() < second_share
        if not decision.blind and (drawn or second):
            ask_second(db, row[0], at=at, drawn=drawn)  # the verdict's own moment: no snapshot may lie between the two
        cases.refresh(db, decision.case_id)
        reopen_beyond(db, [decision.case_id])
    return int(row[0])


def make_searchable(db: Database, decision_id: int) -> None:
    """Let a case be found by what a verdict says to its readers, in place of what it said before an erasure."""
    words = word_of(db, "SELECT trim(wording || ' ' || explanation) FROM decisions WHERE id = ?", [decision_id])
    db.conn.execute("DELETE FROM told_fts WHERE rowid = ?", [decision_id])
    if words:
        db.conn.execute("INSERT INTO told_fts (rowid, words) VALUES (?, ?)", [decision_id, bare(words)])


def as_kept(decision: NewDecision) -> NewDecision:
    """A verdict with its words as they are written down: without numbers and addresses of persons, which may make them
    longer."""
    wording = " ".join(decision.wording.split()) if any(map(str.isalnum, decision.wording)) else ""
    return replace(
        decision,
        note=written(decision.note),
        explanation=written(decision.explanation.strip()),
        wording=written(wording),
    )


def unread(db: Database, case_id: int, *, but: str = "") -> set[int]:
    """The verdicts on a case, and on those merged into it, that a second reader was to read, now taken back or
    reopened, with nobody having read it blind since, and no later verdict that stood at once having shown them to all:
    where one of them was drawn, the next one is surely. Without those of somebody who knows them, as their own."""
    rows = db.conn.execute(
        f"{cases.WHOLE} SELECT s.decision_id FROM second_readings s JOIN decisions u ON u.undoes = s.decision_id"
        " OR (u.case_id = s.case_id AND u.action = 'reopen' AND u.id > s.decision_id) WHERE s.case_id IN whole"
        " AND NOT EXISTS (SELECT 1 FROM decisions g WHERE g.id = s.decision_id AND g.person = ?)"
        # its case, and those it was merged into, each from when on
        " AND NOT EXISTS (WITH RECURSIVE since (id, at) AS (SELECT s.case_id, '' UNION SELECT m.to_case, m.at FROM"
        f" since o JOIN case_moves m ON m.from_case = o.id AND m.at >= o.at AND {cases.MERGE}) SELECT 1 FROM since o"
        " JOIN decisions b ON b.case_id = o.id AND b.at >= o.at AND b.id > s.decision_id WHERE b.action = 'decide'"
        " AND (b.blind = 1 OR NOT EXISTS (SELECT 1 FROM second_readings x WHERE x.decision_id = b.id)))",
        [case_id, but],
    )
    return {number for (number,) in rows}


def _check(db: Database, decision: NewDecision, seen: int | None, shown: Mapping[str, str]) -> dict[str, str]:
    """The roles of the evidence named, or DecisionRefused."""
    item = cases.case(db, decision.case_id)
    if item is None:
        raise DecisionRefused(f"There is no case {decision.case_id}.")
    if seen is not None and last_event(db, decision.case_id) != seen:
        raise DecisionRefused("This case was decided, or posts came, left or were edited, while you had it open.")
    if shown.get("", claimed := pieces.mark(item.claim)) != claimed:
        raise DecisionRefused("The claim of this case was changed while you had it open.")
    if len(decision.explanation) > EXPLAINED_AT_MOST:
        raise DecisionRefused(f"The explanation for readers takes at most {EXPLAINED_AT_MOST} characters.")
    if len(decision.wording) > WORDED_AT_MOST:
        raise DecisionRefused(f"The claim as readers are told it takes at most {WORDED_AT_MOST} characters.")
    if item.lane == "testimony" and decision.verdict in NEEDS_EVIDENCE:
        raise DecisionRefused("What people tell of their own lives gets no verdict of true, false or misleading.")
    if decision.reason not in REASONS[decision.verdict]:
        raise DecisionRefused(
            f"A verdict of {decision.verdict} needs one of these reasons: {', '.join(REASONS[decision.verdict])}."
        )
    roles = _roles(db, decision, shown)
    if decision.verdict in NEEDS_EVIDENCE and not any(role != "party" for role in roles.values()):
        raise DecisionRefused(f"A verdict of {decision.verdict} needs evidence that isn't a party's own statement.")
    return roles


def _roles(db: Database, decision: NewDecision, shown: Mapping[str, str]) -> dict[str, str]:
    roles: dict[str, str] = {}
    for eid in decision.evidence:
        found = pieces.piece(db, eid, case_id=decision.case_id)
        if found is None or not found.role:
            raise DecisionRefused(f"There is no evidence {eid}.")
        if shown.get(eid, as_it_is := pieces.mark_of(found)) != as_it_is:
            raise DecisionRefused(f"Evidence {eid} was changed while you had it open.")
        roles[eid] = found.role
    return roles


def ask_second(db: Database, decision_id: int, *, at: str = "", drawn: bool = True) -> None:
    """Ask for a blind second reading of a decision, from now or from a given moment on."""
    with write(db):
        db.conn.execute(
            "INSERT OR IGNORE INTO second_readings (decision_id, case_id, asked_at, drawn)"
            " SELECT id, case_id, ?, ? FROM decisions WHERE id = ?",
            [at or now(), int(drawn), decision_id],
        )
        (case_id,) = db.conn.execute("SELECT case_id FROM decisions WHERE id = ?", [decision_id]).fetchone()
        cases.refresh(db, case_id)
        reopen_beyond(db, [case_id])


def by_draw(db: Database, decision_id: int) -> bool | None:
    """Whether chance, or whoever gave a verdict, asked for a blind reading of it; None where nobody did."""
    row = db.conn.execute("SELECT drawn FROM second_readings WHERE decision_id = ?", [decision_id]).fetchone()
    return bool(row[0]) if row else None


def decision(db: Database, decision_id: int) -> CaseEvent | None:
    """One decision with its evidence, and whether it was taken back."""
    found = _events(db, "d.id = ?", decision_id)
    return found[0] if found else None


def cases_of(db: Database, eids: Iterable[str], *, decided: bool = False) -> dict[str, int]:
    """The case of each verdict of this desk among some ids of evidence; with `decided` of those that have one now."""
    told = [pieces.parse_eid(eid) for eid in eids]
    rows = db.conn.execute(
        "SELECT 'decision:' || d.id, d.case_id FROM decisions d JOIN standings t ON t.case_id = d.case_id"
        " WHERE d.id IN (SELECT value FROM json_each(?)) AND (t.state = 'decided' OR NOT ?)",
        [json.dumps([number for kind, number in told if kind == "decision"]), decided],
    ).fetchall()
    return dict(rows)


def given_anew(db: Database, eid: str) -> str:
    """The verdict that stands, as evidence, on the case of one that does no more, where it says the same; "" where it
    doesn't, and while a second reader is to know of neither."""
    kind, number = pieces.parse_eid(eid)
    if kind != "decision":
        return ""
    return word_of(
        db,
        "SELECT 'decision:' || n.id FROM decisions d JOIN standings t ON t.case_id = d.case_id AND t.state = 'decided'"
        f" JOIN decisions n ON n.id = {pieces.verdict_of('d.case_id')}"
        " WHERE d.id = ? AND n.id > d.id AND n.verdict = d.verdict",
        [number],
    )


def to_give_again(db: Database, decision_id: int, *, person: str) -> list[int]:
    """The cases that wait since an earlier verdict on the same case, which says what this one does, was taken back:
    each is given again as it was; as far as somebody is told of them."""
    rows = db.conn.execute(
        "SELECT DISTINCT r.case_id FROM decisions n JOIN decisions d ON d.case_id = n.case_id AND d.verdict = n.verdict"
        " AND d.id < n.id JOIN decisions r ON r.note = 'evidence_taken_back: decision:' || d.id AND r.person = 'soi'"
        " AND r.action = 'reopen' WHERE n.id = ?"
        " AND r.id = (SELECT max(l.id) FROM decisions l WHERE l.case_id = r.case_id) ORDER BY 1",
        [decision_id],
    ).fetchall()
    return [case_id for (case_id,) in rows if not unread(db, case_id, but=person)]


def made_since(db: Database, person: str, at: str) -> int:
    """How many cases have a standing verdict that somebody gave since a moment: a slip put right counts once."""
    return number_of(
        db,
        "SELECT count(DISTINCT case_id) FROM (SELECT case_id, at FROM standing_decisions WHERE person = ?"
        " ORDER BY id DESC LIMIT 1000) WHERE at >= ?",
        [person, at],
    )


@dataclass(frozen=True, slots=True)
class Recent:
    """A verdict of one's own, with the state of its case. `followed` says that a later verdict took its place: else,
    where it was replaced, the case is open; `erased` that the words of its case are, and it isn't taken back any more.
    """

    id: int
    case_id: int
    at: Moment
    verdict: Verdict
    reason: str
    blind: bool
    claim: str
    undone: bool
    replaced: bool
    followed: bool
    state: State
    erased: bool


def recent(db: Database, person: str) -> list[Recent]:
    """Somebody's last decisions, newest first, with the claim, and what became of each."""
    rows = db.query(
        "SELECT d.id, d.case_id, d.at, d.verdict, d.reason, d.blind, c.claim, EXISTS (SELECT 1 FROM decisions u"
        f" WHERE u.undoes = d.id) AS undone, {_REPLACED} AS replaced, {_FOLLOWED} AS followed,"
        " coalesce((SELECT state FROM standings t WHERE t.case_id = d.case_id), '') AS state,"
        f" {cases.WORDLESS} AS erased FROM decisions d JOIN cases c ON c.id = d.case_id"
        " WHERE d.person = ? AND d.action = 'decide' ORDER BY d.id DESC LIMIT 10",
        [person],
    )
    return [Recent(**_yes_or_no(row) | {"verdict": Verdict(row["verdict"])}) for row in rows]


def undo(db: Database, decision_id: int, *, person: str) -> int:
    """Take a decision back by a further row; raises DecisionRefused when it was taken back or replaced already."""
    with write(db):
        row = db.conn.execute(
            f"SELECT case_id FROM standing_decisions d WHERE id = ? AND NOT {_REPLACED}", [decision_id]
        ).fetchone()
        if row is None:
            raise DecisionRefused(f"Decision {decision_id} isn't there, was taken back already, replaced or reopened.")
        new = db.conn.execute(
            "INSERT INTO decisions (case_id, person, at, action, undoes) VALUES (?, ?, ?, 'undo', ?) RETURNING id",
            [row[0], person, now(), decision_id],
        ).fetchone()
        cases.refresh(db, row[0])
        reopen_resting_on(db, f"decision:{decision_id}", why="evidence_taken_back")
        reopen_beyond(db, [row[0]])
    return int(new[0])


def reopen(db: Database, case_id: int, *, person: str, note: str) -> int:
    """Put a decided case back into the queue, and those whose verdict rests on its own; the history keeps them.

    Raises DecisionRefused when the case is open already.
    """
    with write(db):
        item = cases.case(db, case_id)
        if item is None or item.state != "decided":
            raise DecisionRefused(f"Case {case_id} is open already.")
        number = _open_again(db, case_id, person=person, note=written(note))
        reopen_beyond(db, [case_id])
    return number


def _open_again(db: Database, case_id: int, *, person: str, note: str) -> int:
    row = db.conn.execute(
        "INSERT INTO decisions (case_id, person, at, action, note) VALUES (?, ?, ?, 'reopen', ?) RETURNING id",
        [case_id, person, now(), note],
    ).fetchone()
    audit.note(db, person, "reopen", subject=case_id, detail=f"#{row[0]}")
    cases.refresh(db, case_id)
    return int(row[0])


def reopen_beyond(db: Database, changed: list[int]) -> None:
    """Reopen what rests on verdicts of cases that don't stand: others took their place, or the case is open or gone."""
    given = f"SELECT d.id FROM standing_decisions d WHERE d.case_id = ? AND d.blind = 0 AND NOT {pieces.STANDS}"
    for case_id in changed:
        for (number,) in db.conn.execute(given, [case_id]).fetchall():
            reopen_resting_on(db, f"decision:{number}", why="evidence_taken_back", but=case_id)


def reopen_resting_on(db: Database, eid: str, *, why: str, but: int = 0) -> list[int]:
    """Reopen the decided cases (`but` one) whose verdict rests on a piece of evidence; returns them. One whose words
    were erased, its claim among them, stays as it is: there is nothing to read anew, and its verdict is told to nobody.

    The note is a code of REOPENINGS in review/names.py and the evidence's id, so that each reader gets it in their own
    language.
    """
    with write(db):
        rows = db.conn.execute(
            "SELECT DISTINCT d.case_id FROM decision_evidence e JOIN decisions d ON d.id = e.decision_id"
            " JOIN standings s ON s.case_id = d.case_id WHERE e.eid = ? AND d.blind = 0"
            f" AND s.state IN {cases.GIVEN} AND d.id = {pieces.verdict_of('d.case_id')} AND d.case_id <> ?"
            f" AND NOT {cases.WORDLESS}",
            [eid, but],
        ).fetchall()
        opened = [case_id for (case_id,) in rows]
        for case_id in opened:
            _open_again(db, case_id, person="soi", note=f"{why}: {eid}")
        reopen_beyond(db, opened)
    return opened


def reopened_by(db: Database, eid: str, *, person: str) -> list[int]:
    """The cases reopened as a piece of evidence changed or went, and behind these, without those of which somebody
    isn't to be told what their verdict rested on: it waits for a blind reader, who may be they, and isn't their own."""
    begun = "SELECT id, case_id FROM decisions WHERE person = 'soi' AND action = 'reopen' AND note = ?"
    return _reopened(db, begun, f"evidence_changed: {eid}", person=person)


def reopened_beside(db: Database, case_id: int, *, person: str) -> list[int]:
    """The other cases that the last undoing or reopening of a case reopened, as their verdicts rested on its own or on
    one that did; as far as somebody is told of them."""
    begun = "SELECT max(id), case_id FROM decisions WHERE case_id = ? AND action IN ('undo', 'reopen')"
    return [one for one in _reopened(db, begun, case_id, person=person) if one != case_id]


def _reopened(db: Database, begun: str, value: str | int, *, person: str) -> list[int]:
    """The cases of some reopenings, and those that these reopened in their turn, as far as somebody is told of them."""
    rows = db.conn.execute(
        f"WITH RECURSIVE opened (id, case_id) AS ({begun} UNION SELECT r.id, r.case_id FROM opened o"
        " JOIN decisions d ON d.case_id = o.case_id AND d.id < o.id JOIN decisions r"
        " ON r.note = 'evidence_taken_back: decision:' || d.id AND r.person = 'soi' AND r.action = 'reopen'"
        " AND r.id > o.id) SELECT DISTINCT case_id FROM opened WHERE id > 0 ORDER BY 1",
        [value],
    ).fetchall()
    return [case_id for (case_id,) in rows if not unread(db, case_id, but=person)]


def history(db: Database, case_id: int) -> list[CaseEvent]:
    """Everything that was decided on a case, oldest first, with the evidence each decision named, in that order."""
    return _events(db, "d.case_id = ?", case_id)


def _events(db: Database, where: str, number: int) -> list[CaseEvent]:
    rows = db.query(
        "SELECT d.id, d.case_id, d.person, d.at, d.action, d.verdict, d.reason, d.note, d.undoes, d.explanation,"
        " d.wording, d.blind, EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id) AS undone,"
        f" {_REPLACED} AS replaced FROM decisions d WHERE {where} ORDER BY d.id",
        [number],
    )
    return [CaseEvent(**_yes_or_no(row), evidence=_named(db, row["id"], row["at"])) for row in rows]


def _yes_or_no(row: dict[str, Any]) -> dict[str, Any]:
    """A row as its record has it: what SQLite keeps as 1 or 0 is a yes or a no."""
    return {name: bool(value) if name in _FLAGS else value for name, value in row.items()}


def _named(db: Database, decision_id: int, at: str) -> tuple[NamedEvidence, ...]:
    rows = db.conn.execute(
        f"SELECT eid, role, coalesce({pieces.FORMER_WORDS}, '') FROM decision_evidence e"
        " WHERE decision_id = :id ORDER BY rank, eid",
        {"id": decision_id, "at": at},
    )
    return tuple(NamedEvidence(*row) for row in rows.fetchall())
