"""The part of the store that a crawl of some sources needs, cut out for another machine, and brought back after it.

It is held in memory alone: a file would outlive a process that is killed, with texts that no erasure reaches.
"""

import contextlib
import json
from collections import Counter
from pathlib import Path

from sqlite_utils import Database

from crawlers.urls import alike
from pipeline.records import FactCheckRow, PassageRow, now
from pipeline.store import copies, erasure, evidence, factchecks, fetches, runs
from pipeline.store.database import StoreError, open_in_memory, write
from pipeline.store.posts import make_searchable, url_digest

LARGEST = 3 * 2**29  # bytes of a cut: SQLite hands on two gigabytes at most, and a crawl adds to it

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


def cut(home: Path, ids: str) -> bytes:
    """A store of its own with all that a crawl of some sources (a JSON list of ids) looks up; raises StoreError where
    that is too much."""
    with contextlib.closing(open_in_memory()) as db:
        # only read: a copy takes seconds, for which nobody else could write
        db.conn.execute("ATTACH ? AS home", [f"{home.resolve().as_uri()}?mode=ro"])
        with write(db):
            for table, where in _CUT.items():
                columns = ", ".join(row[1] for row in db.conn.execute(f"PRAGMA main.table_info({table})"))
                db.conn.execute(
                    f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM home.{table} WHERE {where}",
                    {"ids": ids},
                )
        db.conn.execute("DETACH home")
        if (size := copies.size(db)) > LARGEST:
            raise StoreError(f"what a crawl looks up of it takes {size >> 20} MB, too much to send; crawl it here")
        return db.conn.serialize()


def bring_back(db: Database, far: bytes, run_id: int, ids: str) -> tuple[Counter[str], bool]:
    """Bring what a far crawl found into the store in one transaction; returns its outcomes, and if it got through.

    Posts are known by their address and their newest text, so a crawl that came back twice, or overlapped another, adds
    nothing twice. What was erased while it was out is taken out of the far store first.
    """
    db.conn.execute("ATTACH ':memory:' AS far")
    try:
        db.conn.deserialize(far, name="far")
        _erase_led(db)
        with write(db):
            _forget_erased(db)
            _posts(db)
            _passages(db)
            _checks(db)
            _visits(db)
            for source_id in json.loads(ids):
                fetches.let_go_unasked(db, source_id, at=now())  # what was let go there is here still
            _health(db, ids)  # after these, which were counted there
            stopped = db.conn.execute("SELECT 1 FROM far.runs WHERE status = 'stopped'").fetchone()
            counts = db.conn.execute("SELECT source_id, outcome, sum(n) FROM far.run_outcomes GROUP BY 1, 2").fetchall()
            told = Counter({(source, outcome): n for source, outcome, n in counts})
            return runs.add_outcomes(db, run_id, told), stopped is None
    finally:
        db.conn.execute("DETACH far")


# Where an address of the far store stands, with what hangs on it before it.
_ERASE = (
    "DELETE FROM far.versions WHERE post_id IN (SELECT id FROM far.posts WHERE url = :url)",
    "DELETE FROM far.fingerprints WHERE post_id IN (SELECT id FROM far.posts WHERE url = :url)",
    *(f"DELETE FROM far.{table} WHERE url = :url" for table in ("posts", "passages", "factchecks", "fetches")),
    "UPDATE far.posts SET thread_url = '' WHERE thread_url = :url",
    "UPDATE far.factchecks SET page_url = '' WHERE page_url = :url",
    "DELETE FROM far.sightings WHERE url = :url OR page_url = :url",
)


def _erase_led(db: Database) -> None:
    """Erase here too what a far crawl erased, as it only leads to what was, but for addresses that something of other
    sources is known by here, which it didn't take along."""
    led = db.conn.execute(
        "SELECT url_digest, at, person, reason, what FROM far.erasures"
        " WHERE url_digest NOT IN (SELECT url_digest FROM main.erasures)"
    ).fetchall()
    if led:
        urls = db.conn.execute(erasure.HELD).fetchall()
        held = {url_digest(one) for (url,) in urls for one in alike(url)}
        gone = [erasure.Erasure(*row) for row in led if row[0] not in held]
        erasure.erase_again(db, gone, person="soi")


def _forget_erased(db: Database) -> None:
    rows = db.conn.execute(
        "SELECT url FROM far.posts UNION SELECT url FROM far.passages UNION SELECT url FROM far.factchecks"
        " UNION SELECT url FROM far.fetches UNION SELECT url FROM far.sightings"
        " UNION SELECT page_url FROM far.sightings UNION SELECT thread_url FROM far.posts"
    ).fetchall()
    for url in erasure.erased(db, [url for (url,) in rows]):
        for statement in _ERASE:
            db.conn.execute(statement, {"url": url})


def _posts(db: Database) -> None:
    """New posts and days that were missing, then each later text that isn't the one before it, as they were read."""
    db.conn.execute(
        "INSERT INTO main.posts (source_id, url, published, section, language, thread_url, first_seen)"
        " SELECT source_id, url, published, section, language, thread_url, first_seen FROM far.posts f"
        " WHERE NOT EXISTS (SELECT 1 FROM main.posts m WHERE m.url = f.url) ORDER BY f.id"
    )
    db.conn.execute(
        "UPDATE main.posts SET published = f.published FROM far.posts f"
        " WHERE f.url = main.posts.url AND main.posts.published = '' AND f.published <> ''"
    )
    (known,) = db.conn.execute("SELECT coalesce(max(id), 0) FROM main.versions").fetchone()
    rows = db.conn.execute(
        "SELECT p.id, v.title, v.lead, v.text, v.digest, v.redactions, v.gone, v.seen_at, n.digest, n.gone"
        " FROM far.versions v JOIN far.posts f ON f.id = v.post_id JOIN main.posts p ON p.url = f.url"
        " LEFT JOIN main.versions n ON n.id = (SELECT max(id) FROM main.versions WHERE post_id = p.id)"
        " WHERE NOT EXISTS (SELECT 1 FROM main.versions m WHERE m.post_id = p.id AND m.seen_at >= v.seen_at)"
        " ORDER BY v.id"
    ).fetchall()
    newest: dict[int, tuple[str, int]] = {}
    for post, title, lead, text, digest, redactions, gone, seen_at, *before in rows:
        if newest.get(post, tuple(before)) == (digest, gone):
            continue
        newest[post] = (digest, gone)
        db.conn.execute(
            "INSERT INTO main.versions (post_id, title, lead, text, digest, redactions, gone, seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [post, title, lead, text, digest, redactions, gone, seen_at],
        )
    make_searchable(db, db.conn.execute("SELECT id, title, text FROM main.versions WHERE id > ?", [known]).fetchall())


def _passages(db: Database) -> None:
    """Passages that came or changed out there, as if they were read here now.

    One that was taken along is here as it was, or was taken back meanwhile.
    """
    passages = db.conn.execute(
        f"SELECT {evidence.COLUMNS}, added_at FROM far.passages"
        " WHERE added_at >= (SELECT coalesce(min(started_at), '') FROM far.runs) ORDER BY id"
    ).fetchall()
    rows = [(evidence.as_kept(db, PassageRow(*row)), added_at) for *row, added_at in passages]
    later = "SELECT 1 FROM main.passages WHERE eid = ? AND added_at >= ?"
    rows = [row for row in rows if not db.conn.execute(later, [row[0].eid, row[1]]).fetchone()]
    evidence.put_passages(db, [row for row, _ in rows if not evidence.is_taken_back(db, row.eid)])


def _checks(db: Database) -> None:
    """Fact-checks that came or changed out there, likewise, then what looks at those known here told of them."""
    checks = db.conn.execute(
        "SELECT source_id, url, claim, rating, verdict, publisher, published, role, page_url, page_hash"
        " FROM far.factchecks f"
        " WHERE NOT EXISTS (SELECT 1 FROM main.factchecks m WHERE m.url = f.url AND m.claim = f.claim"
        " AND m.seen_at >= f.seen_at) ORDER BY id"
    ).fetchall()
    for row in checks:
        factchecks.take(db, FactCheckRow(*row))
    looks = db.conn.execute(
        "SELECT m.id, f.page_url, f.page_hash, f.missed, f.missed_at, f.withdrawn_at, f.own, m.withdrawn_at"
        " FROM far.factchecks f JOIN main.factchecks m ON m.url = f.url AND m.claim = f.claim"
        " WHERE (m.withdrawn_at = '' OR m.missed > 0)"
        " AND (f.page_url <> '' OR f.withdrawn_at <> '')"  # a page that only repeats it tells nothing
        " AND (f.page_url, f.page_hash, f.missed, f.missed_at, f.withdrawn_at, f.own)"
        " <> (m.page_url, m.page_hash, m.missed, m.missed_at, m.withdrawn_at, m.own)"
    ).fetchall()
    for number, page_url, page_hash, missed, missed_at, withdrawn_at, own, before in looks:
        db.conn.execute(
            "UPDATE main.factchecks SET (page_url, page_hash, missed, missed_at, withdrawn_at, own)"
            " = (?, ?, ?, ?, ?, ?) WHERE id = ?",
            [page_url, page_hash, missed, missed_at, withdrawn_at, own, number],
        )
        if withdrawn_at and not before:
            factchecks.withdraw(db, number, missed=missed, own=own)


def _visits(db: Database) -> None:
    """What servers told the crawl, unless something later is known here."""
    for table in ("fetches", "robots", "sightings"):
        key, *others = (row[1] for row in db.conn.execute(f"PRAGMA main.table_info({table})"))
        columns, rest = ", ".join([key, *others]), ", ".join(others)
        later = f" WHERE excluded.fetched_at >= {table}.fetched_at" if "fetched_at" in others else ""
        db.conn.execute(
            f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM far.{table} WHERE 1 ON CONFLICT ({key})"
            f" DO UPDATE SET ({rest}) = ({', '.join('excluded.' + name for name in others)}){later}"
        )
    for host, until in db.conn.execute("SELECT host, paused_until FROM far.hosts").fetchall():
        fetches.pause(db, host, until)


def _health(db: Database, ids: str) -> None:
    """How sources did, but for those that were changed here while the crawl was out: they are due."""
    names = "health, health_since, weight, interval_s, next_check, last_checked, last_success, last_problem,"
    names += " overflow, overflow_at"
    rows = db.conn.execute(
        f"SELECT id, kind, url, use, {names} FROM far.sources WHERE id IN (SELECT value FROM json_each(?))", [ids]
    ).fetchall()
    marks = ", ".join("?" * len(names.split(", ")))
    for source_id, kind, url, use, *values in rows:
        if not fetches.reread_if_changed(db, source_id, (kind, url, use)):
            db.conn.execute(f"UPDATE main.sources SET ({names}) = ({marks}) WHERE id = ?", [*values, source_id])
