"""The part of the store that a crawl of some sources needs, cut out for another machine, and brought back after it."""

from pathlib import Path

from sqlite_utils import Database

from pipeline.store.database import open_store, write
from pipeline.store.posts import make_searchable

# What a crawl reads of its sources: {table: condition}; :ids is a JSON list of source ids.
_MINE = "source_id IN (SELECT value FROM json_each(:ids))"
_CUT = {
    "sources": "id IN (SELECT value FROM json_each(:ids))",
    "fetches": _MINE,
    "posts": _MINE,
    "versions": f"post_id IN (SELECT id FROM home.posts WHERE {_MINE}) AND id IN (SELECT max(id) FROM home.versions"
    " GROUP BY post_id)",
    "sightings": f"page_url IN (SELECT url FROM home.fetches WHERE {_MINE})",
    "passages": _MINE,
    "factchecks": _MINE,
    "hosts": "1",
    "robots": "1",
    "erasures": "1",
}


def cut(home: Path, ids: str, into: Path) -> None:
    """A store of its own with all that a crawl of some sources (a JSON list of ids) looks up."""
    db = open_store(into)
    db.conn.execute("ATTACH ? AS home", [str(home)])
    with write(db):
        for table, where in _CUT.items():
            columns = ", ".join(row[1] for row in db.conn.execute(f"PRAGMA main.table_info({table})"))
            db.conn.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM home.{table} WHERE {where}", {"ids": ids}
            )
    db.conn.execute("DETACH home")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def bring_back(db: Database, far: Path, run_id: int, ids: str) -> dict[str, int]:
    """Bring what a far crawl found into the store in one transaction; returns its outcomes.

    Posts are known by their address, so a crawl that came back twice, or overlapped another, adds nothing twice.
    """
    db.conn.execute("ATTACH ? AS far", [str(far)])
    try:
        with write(db):
            _posts(db)
            _evidence(db)
            for table in ("fetches", "sightings", "robots", "hosts"):
                columns = ", ".join(row[1] for row in db.conn.execute(f"PRAGMA main.table_info({table})"))
                db.conn.execute(f"INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM far.{table}")
            _health(db, ids)
            return _outcomes(db, run_id)
    finally:
        db.conn.execute("DETACH far")


def _posts(db: Database) -> None:
    """New posts, then every text whose digest isn't the newest one known, in the order they were read."""
    db.conn.execute(
        "INSERT INTO main.posts (source_id, url, published, section, language, thread_url, first_seen)"
        " SELECT source_id, url, published, section, language, thread_url, first_seen FROM far.posts f"
        " WHERE NOT EXISTS (SELECT 1 FROM main.posts m WHERE m.url = f.url) ORDER BY f.id"
    )
    (known,) = db.conn.execute("SELECT coalesce(max(id), 0) FROM main.versions").fetchone()
    db.conn.execute(
        "INSERT INTO main.versions (post_id, title, lead, text, digest, redactions, gone, seen_at)"
        " SELECT p.id, v.title, v.lead, v.text, v.digest, v.redactions, v.gone, v.seen_at FROM far.versions v"
        " JOIN far.posts f ON f.id = v.post_id JOIN main.posts p ON p.url = f.url"
        " WHERE NOT EXISTS (SELECT 1 FROM main.versions m WHERE m.post_id = p.id AND m.seen_at >= v.seen_at)"
        " ORDER BY v.id"
    )
    make_searchable(db, db.conn.execute("SELECT id, title, text FROM main.versions WHERE id > ?", [known]).fetchall())


def _evidence(db: Database) -> None:
    db.conn.execute(
        "INSERT INTO main.passages (eid, kind, role, source_id, source, url, title, text, date, valid_from, valid_to,"
        " added_at) SELECT eid, kind, role, source_id, source, url, title, text, date, valid_from, valid_to, added_at"
        " FROM far.passages WHERE 1 ORDER BY id ON CONFLICT (eid) DO UPDATE SET text = excluded.text,"
        " title = excluded.title, date = excluded.date, added_at = excluded.added_at WHERE text <> excluded.text"
    )
    db.conn.execute(
        "INSERT INTO main.factchecks (source_id, url, claim, rating, verdict, publisher, role, published, seen_at)"
        " SELECT source_id, url, claim, rating, verdict, publisher, role, published, seen_at FROM far.factchecks"
        " WHERE 1 ORDER BY id ON CONFLICT (url, claim) DO UPDATE SET rating = excluded.rating,"
        " verdict = excluded.verdict, seen_at = excluded.seen_at WHERE rating <> excluded.rating"
    )


def _health(db: Database, ids: str) -> None:
    names = "health, health_since, weight, interval_s, next_check, last_checked, last_success, last_problem"
    db.conn.execute(
        f"UPDATE main.sources SET ({names}) = (SELECT {names} FROM far.sources f WHERE f.id = main.sources.id)"
        " WHERE id IN (SELECT value FROM json_each(?)) AND id IN (SELECT id FROM far.sources)",
        [ids],
    )


def _outcomes(db: Database, run_id: int) -> dict[str, int]:
    rows = db.conn.execute("SELECT source_id, outcome, sum(n) FROM far.run_outcomes GROUP BY 1, 2").fetchall()
    found: dict[str, int] = {}
    for source, outcome, n in rows:
        db.conn.execute(
            "INSERT INTO main.run_outcomes (run_id, source_id, outcome, n) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (run_id, source_id, outcome) DO UPDATE SET n = n + excluded.n",
            [run_id, source, outcome, n],
        )
        found[outcome] = found.get(outcome, 0) + n
    db.conn.execute("UPDATE main.runs SET inputs = inputs + ? WHERE id = ?", [sum(found.values()), run_id])
    return found
