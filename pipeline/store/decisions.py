"""Decisions: recorded with their evidence, undone by another row, never edited."""

from sqlite_utils import Database

from pipeline.records import NEEDS_EVIDENCE, REASONS, NewDecision, now
from pipeline.store import cases
from pipeline.store.database import write
from pipeline.store.posts import storable


class DecisionRefused(Exception):
    """A verdict that can't be recorded as it is; the message says what is missing."""


def role_of(db: Database, eid: str) -> str | None:
    """The role of a piece of evidence, None when there is none of that id."""
    kind, _, number = eid.partition(":")
    if kind == "factcheck" and number.isdigit():
        row = db.conn.execute("SELECT role FROM factchecks WHERE id = ?", [int(number)]).fetchone()
    elif kind == "decision" and number.isdigit():
        row = db.conn.execute("SELECT 'independent' FROM standing_decisions WHERE id = ?", [int(number)]).fetchone()
    else:
        row = db.conn.execute("SELECT role FROM passages WHERE eid = ?", [eid]).fetchone()
    return str(row[0]) if row else None


def decide(db: Database, decision: NewDecision) -> int:
    """Record a verdict; raises DecisionRefused with what is missing. Returns the decision's number."""
    with write(db):
        if cases.case(db, decision.case_id) is None:
            raise DecisionRefused(f"There is no case {decision.case_id}.")
        if decision.reason not in REASONS[decision.verdict]:
            raise DecisionRefused(
                f"A verdict of {decision.verdict} needs one of these reasons: {', '.join(REASONS[decision.verdict])}."
            )
        roles = {eid: role_of(db, eid) for eid in decision.evidence}
        missing = [eid for eid, role in roles.items() if role is None]
        if missing:
            raise DecisionRefused(f"There is no evidence {missing[0]}.")
        if decision.verdict in NEEDS_EVIDENCE and not any(role != "party" for role in roles.values()):
            raise DecisionRefused(f"A verdict of {decision.verdict} needs evidence that isn't a party's own statement.")
        row = db.conn.execute(
            "INSERT INTO decisions (case_id, person, at, action, verdict, reason, note, blind)"
            " VALUES (?, ?, ?, 'decide', ?, ?, ?, ?) RETURNING id",
            [decision.case_id, decision.person, now(), decision.verdict, decision.reason]
            + [storable(decision.note), int(decision.blind)],
        ).fetchone()
        db.conn.executemany(
            "INSERT INTO decision_evidence (decision_id, eid, role) VALUES (?, ?, ?)",
            [(row[0], eid, role) for eid, role in roles.items()],
        )
        cases.refresh(db, decision.case_id)
    return int(row[0])


def undo(db: Database, decision_id: int, *, person: str) -> int:
    """Take a decision back by a further row; raises DecisionRefused when it was taken back already."""
    with write(db):
        row = db.conn.execute("SELECT case_id FROM standing_decisions WHERE id = ?", [decision_id]).fetchone()
        if row is None:
            raise DecisionRefused(f"Decision {decision_id} isn't there, or was taken back already.")
        new = db.conn.execute(
            "INSERT INTO decisions (case_id, person, at, action, undoes) VALUES (?, ?, ?, 'undo', ?) RETURNING id",
            [row[0], person, now(), decision_id],
        ).fetchone()
        cases.refresh(db, row[0])
    return int(new[0])


def reopen(db: Database, case_id: int, *, person: str, note: str) -> int:
    """Put a decided case back into the queue ; the decision stays in its history."""
    with write(db):
        row = db.conn.execute(
            "INSERT INTO decisions (case_id, person, at, action, note) VALUES (?, ?, ?, 'reopen', ?) RETURNING id",
            [case_id, person, now(), storable(note)],
        ).fetchone()
        cases.refresh(db, case_id)
    return int(row[0])


def history(db: Database, case_id: int) -> list[dict[str, object]]:
    """Everything that was decided on a case, oldest first, with the evidence each decision named."""
    rows = list(
        db.query(
            "SELECT d.*, EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id) AS undone FROM decisions d"
            " WHERE d.case_id = ? ORDER BY d.id",
            [case_id],
        )
    )
    for row in rows:
        row["evidence"] = list(
            db.query("SELECT eid, role FROM decision_evidence WHERE decision_id = ? ORDER BY eid", [row["id"]])
        )
    return rows
