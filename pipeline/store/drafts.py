"""What somebody at the desk keeps: views of the queue, and what was filled in on a case and not sent."""

import json
from typing import Any

from sqlite_utils import Database

from pipeline.records import now
from pipeline.store.alphabet import alphabetical
from pipeline.store.cases import MERGE, WHOLE
from pipeline.store.database import write
from pipeline.store.posts import leads_to_person, storable, written

LISTED = 20  # cases with something half filled in
_WRITTEN = " || ".join(f"coalesce(json_extract(fields, '$.{name}[0]'), '')" for name in ("note", "changed", "text"))
FILLED = (  # the cases that show what a person filled in and didn't send: theirs, and those that they were merged into
    f"WITH RECURSIVE filled (id, at, words) AS (SELECT case_id, at, {_WRITTEN} FROM drafts WHERE person = ? UNION"
    f" SELECT m.to_case, f.at, f.words FROM filled f JOIN case_moves m ON m.from_case = f.id AND {MERGE})"
)


def save_view(db: Database, person: str, name: str, query: str) -> None:
    """Keep a set of filters under a name; an empty query forgets it."""
    with write(db):
        if not query:
            db.conn.execute("DELETE FROM saved_views WHERE person = ? AND name = ?", [person, storable(name)])
            return
        db.conn.execute(
            "INSERT OR REPLACE INTO saved_views (person, name, query) VALUES (?, ?, ?)", [person, written(name), query]
        )


def saved_views(db: Database, person: str) -> list[tuple[str, str]]:
    """Somebody's views as (name, query), by name."""
    rows = db.conn.execute("SELECT name, query FROM saved_views WHERE person = ?", [person])
    return sorted(((name, query) for name, query in rows), key=lambda view: alphabetical(view[0]))


def keep_draft(db: Database, person: str, case_id: int, fields: dict[str, object]) -> None:
    """Keep what somebody had filled in on a case and not sent, in place of that on cases merged into it; nothing filled
    in forgets it."""
    kept = {name: _as_kept(name, value) for name, value in fields.items()}
    with write(db):
        db.conn.execute(f"{WHOLE} DELETE FROM drafts WHERE case_id IN whole AND person = ?", [case_id, person])
        if fields:
            db.conn.execute(
                "INSERT INTO drafts (person, case_id, fields, at) VALUES (?, ?, ?, ?)",
                [person, case_id, json.dumps(kept, ensure_ascii=False), now()],
            )


def _as_kept(name: str, value: object) -> object:
    """A field of a draft as it may be kept: the words of a person as what they send; ids as they are, and addresses
    unless one would be refused for whom it leads to."""
    kept = storable if name in ("evidence", "url") else written
    said = [kept(str(one)) for one in value] if isinstance(value, list) else []
    return [one for one in said if not leads_to_person(one)] if name == "url" else said


def amend_draft(db: Database, person: str, case_id: int, fields: dict[str, list[str]]) -> None:
    """Put some fields of a draft in place of what it held of them; an empty one is forgotten."""
    with write(db):
        amended: dict[str, object] = {**draft(db, person, case_id), **fields}
        keep_draft(db, person, case_id, {name: value for name, value in amended.items() if value})


def draft(db: Database, person: str, case_id: int) -> dict[str, object]:
    """What somebody had filled in on a case and not sent, and beside it on those merged into it: all their notes."""
    rows = db.conn.execute(
        f"{WHOLE} SELECT fields FROM drafts WHERE case_id IN whole AND person = ? ORDER BY case_id = ?, case_id",
        [case_id, person, case_id],
    ).fetchall()
    found: dict[str, Any] = {}
    for fields in (json.loads(row[0]) for row in rows):
        notes = [one["note"][0] for one in (fields, found) if one.get("note")]
        found |= fields | ({"note": ["\n\n".join(notes)]} if len(notes) > 1 else {})
    return found


def half_filled(db: Database, person: str) -> list[int]:
    """The cases on which somebody filled something in last and didn't send it, the latest first; of decided ones those
    on which it is more than a verdict: what they wrote can still be kept there."""
    rows = db.conn.execute(
        f"{FILLED} SELECT f.id FROM filled f JOIN standings s ON s.case_id = f.id AND (s.undecided OR f.words <> '')"
        " GROUP BY f.id ORDER BY max(f.at) DESC, f.id LIMIT ?",
        [person, LISTED],
    )
    return [case_id for (case_id,) in rows]


def drafted(db: Database, person: str, case_id: int) -> dict[str, str]:
    """A draft with the first value of each field, as a form's fields have them."""
    fields = draft(db, person, case_id)
    return {name: str(value[0]) for name, value in fields.items() if isinstance(value, list) and value}
