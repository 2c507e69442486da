"""Letting texts and rows go after their time; what was done stays written."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from pipeline.records import now
from pipeline.store import runs
from pipeline.store.database import number_of, write
from pipeline.store.scores import standing_of

# pages tried last before a moment that nobody will ask for: due no more, or of a source that is off; but for those that
# tell under which other address an article is known
_PAST = (
    "step = 'page' AND fetched_at < :before AND (next_visit = '' OR next_visit < :before"
    " AND source_id NOT IN (SELECT id FROM sources WHERE off = 0))"
    " AND NOT EXISTS (SELECT 1 FROM sightings s WHERE s.page_url = fetches.url)"
)

# versions seen before a moment, so many of them, and those that say of a post with such a text that it is gone; CROSS
# JOIN keeps SQLite from reading all that are kept for these few
_OLD = (
    "WITH old AS (SELECT v.id, v.post_id FROM versions v WHERE v.let_go = '' AND v.seen_at < ?"
    " AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.post_id = v.post_id) ORDER BY v.seen_at LIMIT ?)"
    " SELECT id FROM old UNION SELECT g.id FROM old CROSS JOIN versions g ON g.post_id = old.post_id AND g.gone = 1"
    " AND g.let_go = '' AND g.id > old.id AND NOT EXISTS"
    " (SELECT 1 FROM versions w WHERE w.post_id = old.post_id AND w.id > old.id AND w.id < g.id AND w.gone = 0)"
)


def old_texts(db: Database, *, before: str, limit: int) -> list[int]:
    """Versions seen before then, of posts that were never in a case, whose text is still here; one that only says that
    the post is gone repeats its text, and goes with it."""
    return [number for (number,) in db.conn.execute(_OLD, [before, limit])]


def count_old_texts(db: Database, *, before: str) -> int:
    """How many texts old_texts would name in all."""
    return number_of(db, f"SELECT count(*) FROM ({_OLD})", [before, -1])


# of a post the moments at which something was settled on what it said: when it joined a case, when that was decided
_MOMENTS = (
    "SELECT at FROM memberships WHERE post_id = :post UNION"
    " SELECT d.at FROM memberships m JOIN decisions d ON d.case_id = m.case_id WHERE m.post_id = :post"
)
# the scores that counted at such a moment, or do now: by when the text was seen, and by when it was scored
_COUNTED = (
    f"SELECT {standing_of(':post')} UNION SELECT {standing_of(':post', by='t.at')} FROM moments t"
    " UNION SELECT (SELECT x.id FROM versions w JOIN scores x ON x.version_id = w.id WHERE w.post_id = :post"
    " AND x.scored_at <= t.at ORDER BY w.id DESC, x.id DESC LIMIT 1) FROM moments t"
)
_SURPLUS = (
    f"WITH moments (at) AS MATERIALIZED ({_MOMENTS}), own AS (SELECT * FROM versions WHERE post_id = :post)"
    " SELECT v.id FROM own v WHERE v.let_go = '' AND v.id > (SELECT min(id) FROM own)"
    " AND v.id NOT IN (SELECT id FROM own ORDER BY id DESC LIMIT :newest)"
    " AND v.id NOT IN (SELECT max(y.id) FROM moments t JOIN own y ON y.seen_at <= t.at GROUP BY t.at, y.gone)"
    f" AND v.id NOT IN (SELECT version_id FROM scores WHERE id IN ({_COUNTED}))"
    " AND NOT EXISTS (SELECT 1 FROM scores s JOIN cases c ON c.score_id = s.id WHERE s.version_id = v.id) ORDER BY v.id"
)


def surplus_texts(db: Database, *, newest: int, limit: int = -1) -> list[int]:
    """Versions of posts that are edited very often, whose text is still here: neither the first, nor among so many
    newest, nor what a case was opened on, a verdict was given on, or a post joined with."""
    often = "SELECT post_id FROM versions GROUP BY post_id HAVING count(*) > ? + 1"
    found: list[int] = []
    for (post,) in db.conn.execute(often, [newest]).fetchall():
        found += [number for (number,) in db.conn.execute(_SURPLUS, {"post": post, "newest": newest})]
        if 0 <= limit <= len(found):
            return found[:limit]
    return found


def let_go(db: Database, version_ids: Sequence[int]) -> None:
    """Take the words out of versions and of all that repeats them; digests, dates and scores stay."""
    with write(db):
        for version_id in version_ids:
            db.conn.execute("DELETE FROM versions_fts WHERE rowid = ?", [version_id])
            db.conn.execute(
                "UPDATE versions SET title = '', lead = '', text = '', let_go = ? WHERE id = ?", [now(), version_id]
            )
            db.conn.execute(
                "UPDATE fetches SET title = '' WHERE url = (SELECT p.url FROM posts p JOIN versions v"
                " ON v.post_id = p.id WHERE v.id = ?)",
                [version_id],
            )
            _silence_scores(db, version_id)


def old_headlines(db: Database, *, before: str, dry: bool) -> int:
    """Forget (or only count) the titles of pages that were to be read before then and weren't, as of a source that is
    off: no text came that would be let go with them."""
    due = "title <> '' AND next_visit <> '' AND next_visit < ?"
    if dry:
        return number_of(db, f"SELECT count(*) FROM fetches WHERE {due}", [before])
    with write(db):
        return db.conn.execute(f"UPDATE fetches SET title = '' WHERE {due}", [before]).rowcount


def _silence_scores(db: Database, version_id: int) -> None:
    """Scores without the words they quote. They can't be edited, so each is put back under its own number."""
    db.conn.execute("PRAGMA defer_foreign_keys=ON")
    for (number,) in db.conn.execute("SELECT id FROM scores WHERE version_id = ?", [version_id]).fetchall():
        put_back(db, "scores", number, claim="", detail="{}")
        unquote(db, "score_id", number)
    for (number,) in db.conn.execute("SELECT id FROM shadow_scores WHERE version_id = ?", [version_id]).fetchall():
        put_back(db, "shadow_scores", number, claim="")
    db.conn.execute(
        "DELETE FROM fingerprints WHERE post_id = (SELECT post_id FROM versions WHERE id = ?) AND NOT EXISTS"
        " (SELECT 1 FROM versions v WHERE v.post_id = fingerprints.post_id AND v.let_go = '')",
        [version_id],
    )


def unquote(db: Database, column: str, value: object) -> None:
    """Evidence of scores without the words of claim and evidence that differ, put back as scores are."""
    columns = "id, score_id, rank, eid, role, relation, p, slot"
    rows = db.conn.execute(f"DELETE FROM evidence WHERE {column} = ? RETURNING {columns}", [value]).fetchall()
    db.conn.executemany(f"INSERT INTO evidence ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def put_back(db: Database, table: str, number: int, **instead: str) -> None:
    """A row that can't be edited, taken out and put back under its number with other words."""
    cursor = db.conn.execute(f"SELECT * FROM {table} WHERE id = ?", [number])
    names = [column[0] for column in cursor.description]
    row = {**dict(zip(names, cursor.fetchone(), strict=True)), **instead}
    db.conn.execute(f"DELETE FROM {table} WHERE id = ?", [number])
    db.conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def old_rows(db: Database, *, before: str, dry: bool) -> dict[str, int]:
    """Forget (or only count) runs, settled alerts and spent logins from before then."""
    wheres = {
        "run_outcomes": "run_id IN (SELECT id FROM runs WHERE started_at < ? AND status <> 'running')",
        "runs": "started_at < ? AND status <> 'running'",
        "alert_messages": "alert_id IN (SELECT id FROM alerts WHERE resolved_at <> '' AND resolved_at < ?)",
        "alerts": "resolved_at <> '' AND resolved_at < ?",
        "sessions": "expires_at < ?",
        "login_links": "expires_at < ?",
        "login_attempts": "at < ?",
    }
    if dry:
        return {t: number_of(db, f"SELECT count(*) FROM {t} WHERE {where}", [before]) for t, where in wheres.items()}
    with write(db):
        return {t: db.conn.execute(f"DELETE FROM {t} WHERE {where}", [before]).rowcount for t, where in wheres.items()}


def old_pages(db: Database, *, before: str) -> list[str]:
    """Pages read to their end before then: what their servers told us of them is of no use any more. One that a list
    still names is read anew, once."""
    return [url for (url,) in db.conn.execute(f"SELECT url FROM fetches WHERE {_PAST}", {"before": before})]


def let_pages_go(db: Database, urls: Sequence[str], *, before: str) -> int:
    """Forget such pages, but for those that were made due meanwhile; how many went."""
    with write(db):
        gone = f"DELETE FROM fetches WHERE url = :url AND {_PAST}"
        return sum(db.conn.execute(gone, {"url": url, "before": before}).rowcount for url in urls)


def drop_unfinished(index: Path) -> None:
    """Remove the evidence indexes that processes were making when they were killed."""
    for left in index.parent.glob(f"{index.stem}.*"):
        if left.suffix[1:].isdigit() and not runs.lives(left.suffix[1:]):
            shutil.rmtree(left, ignore_errors=True)
