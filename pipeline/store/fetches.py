"""The plan of fetches: what is to be read, what earlier answers let us say, what hosts and sources asked of us."""

import json
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from crawlers.items import Fetch, Health, Robots, Visit
from crawlers.settings import EVERY_CAP, REVISIT_HOURS, STAMPED_DAYS
from crawlers.sources import Source
from crawlers.visits import NOTICE, may_change
from pipeline.records import MISSES, now
from pipeline.settings import DeskSettings
from pipeline.store import evidence, factchecks
from pipeline.store.database import number_of, word_of, write

_VISIT = "etag, last_modified, body_hash, fetched_at, unconditional_at, first_at, visits, failures, misses"

# what a page is read for, the most telling the highest
_FOR = (
    "iif(fetches.step = 'page', ifnull((SELECT 2 * (kind = 'factcheck') + (use = 'evidence') FROM sources"
    " WHERE id = {}.source_id AND off = 0), 0), 0)"
)
_MORE, _LESS = (f"({_FOR.format('excluded')} {sign} {_FOR.format('fetches')})" for sign in "><")
_SINCE = "abs(julianday(:at) - julianday(fetches.fetched_at))"  # days
# each time again under another stamp with the same words: its list dates it by the moment, or by views
_CALM = (
    "(fetches.step = 'page' AND fetches.outcome IN ('unchanged', 'known')"
    f" AND {_SINCE} < min({STAMPED_DAYS}, fetches.visits / {len(REVISIT_HOURS)}))"
)
# it is asked for in its own time: a list that calls it changed at each look would have all of a site that is down read
_NOTICED = "(fetches.detail = :notice AND fetches.next_visit > :at)"
_PLAN = (
    "INSERT INTO fetches (url, source_id, step, stamp, title, published, depth, fetched_at, next_visit)"
    " VALUES (:url, :source_id, :step, :stamp, :title, :published, :depth, '', :at) ON CONFLICT (url) DO UPDATE SET"
    " source_id = excluded.source_id, stamp = excluded.stamp, title = excluded.title,"
    " published = iif(excluded.published <> '', excluded.published, fetches.published),"
    + "".join(f" {name} = iif({_MORE}, '', fetches.{name})," for name in ("etag", "last_modified", "body_hash"))
    + f" visits = iif({_MORE}, 0, fetches.visits), next_visit = excluded.next_visit, failures = 0"
    f" WHERE :again OR {_MORE} OR (NOT {_LESS} AND NOT {_NOTICED} AND ("
    f"excluded.stamp <> '' AND excluded.stamp <> fetches.stamp AND NOT ifnull({_CALM}, 0)"
    f" OR fetches.outcome = 'gone' AND fetches.next_visit = '' AND {_SINCE} >= 1)) RETURNING 1"
)

UNREAD_BYTES = 80_000_000  # of the disk, that wait of one source: 50,000 addresses of 200 characters take 65 of them
# about what a page that waits takes in the table and its two indexes, each of which holds the address, a longer one on
# a page of its own; whatever its title (intake.TITLE), so that the index alone can tell
_BYTES = "700 + 3 * octet_length(url) + 3 * iif(octet_length(url) > :page / 8, :page, 0)"
_WAITING = "FROM fetches WHERE source_id = :source AND next_visit <> ''"
_UNASKED = f"{_WAITING} AND fetched_at = ''"

_READ = "kind, url, use"  # of a source: where it is read, and as what
_AS_NEW = "health = 'new', health_since = '', weight = 0, last_problem = '', next_check = ''"
_EVERY_ANEW = (  # one that is due stays due
    "interval_s = :every, next_check = CASE WHEN next_check <= :at THEN next_check ELSE strftime('%Y-%m-%dT%H:%M:%fZ',"
    f" last_checked, '+' || min({int(EVERY_CAP * 60)}, :every * (1 + weight)) || ' seconds') END"
)


def put_sources(
    db: Database, sources: Sequence[Source], *, whole: bool = False, own: DeskSettings | None = None
) -> None:
    """Bring the table of sources in line with the source files, and evidence with their roles.

    One that is read from elsewhere, or as something else, is as good as new now, and due; another `every` is counted
    from the last look. Else health is left as it is. whole says that these are all there are: any other source of the
    table is off from now on. own: tells what this desk published itself, which is evidence of nobody else.
    """
    with write(db):
        before = roles(db)
        for source in sources:
            if reread_if_changed(db, source.id, (source.kind, source.url, source.use)):
                db.conn.execute(f"UPDATE sources SET {_AS_NEW} WHERE id = ?", [source.id])
        if whole:
            ids = json.dumps([source.id for source in sources])
            db.conn.execute("UPDATE sources SET off = 1 WHERE id NOT IN (SELECT value FROM json_each(?))", [ids])
        db.conn.executemany(
            f"UPDATE sources SET {_EVERY_ANEW} WHERE id = :id AND every_s NOT IN (0, :every)",
            [{"id": s.id, "every": int(s.every * 60), "at": now()} for s in sources],
        )
        db.conn.executemany(
            "INSERT INTO sources (id, name, kind, url, use, role, note, off, interval_s, every_s)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?9, ?9) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
            " kind = excluded.kind, url = excluded.url, use = excluded.use, role = excluded.role, note = excluded.note,"
            " off = excluded.off, every_s = excluded.every_s",
            [(s.id, s.name, s.kind, s.url, s.use, s.role, s.note, int(s.off), int(s.every * 60)) for s in sources],
        )
        for source in sources:
            if before.get(source.id, ("", source.role))[1] != source.role:
                evidence.take_role(db, source.id, source.role)
        factchecks.take_parties(db)
        if own:
            evidence.take_own(db, own)


def reread_if_changed(db: Database, source_id: str, read_as: tuple[str, str, str]) -> bool:
    """Says whether the store has another kind, address or use of a source than this.

    Where it is of another kind, or for another use, what answers said the one way is nothing the other way: no list
    passes for unchanged, and its pages are due where there is something else to find on them.
    """
    row = db.conn.execute(f"SELECT {_READ} FROM sources WHERE id = ?", [source_id]).fetchone()
    if row is None or row == read_as:
        return False
    (kind, _, use), (other_kind, _, other_use) = row, read_as
    if (kind, use) != (other_kind, other_use):
        otherwise = use != other_use or "factcheck" in (kind, other_kind)
        db.conn.execute(
            "UPDATE fetches SET etag = '', last_modified = '', body_hash = '', stamp = '', visits = 0, failures = 0,"
            " misses = 0, next_visit = iif(step = 'page' AND ?, ?, next_visit) WHERE source_id = ?",
            [otherwise, now(), source_id],
        )
    return True


def due_sources(db: Database, *, at: str) -> set[str]:
    """Sources that are on and whose next look has come."""
    rows = db.conn.execute("SELECT id FROM sources WHERE off = 0 AND next_check <= ?", [at])
    return {source_id for (source_id,) in rows}


def last_looks(db: Database) -> dict[str, str]:
    """When each source was last looked at; "" for never."""
    return dict(db.conn.execute("SELECT id, last_checked FROM sources").fetchall())


def roles(db: Database) -> dict[str, tuple[str, str]]:
    """Name and role of every source."""
    return {row[0]: (row[1], row[2]) for row in db.conn.execute("SELECT id, name, role FROM sources")}


def due(db: Database, source_id: str, *, at: str, limit: int) -> list[Fetch]:
    """Pages of a source that are to be read by now, the longest due first: those that never were, and up to half of the
    limit of those to be read again, so that what is new waits behind none of these."""
    asked = (
        "SELECT source_id, url, step, stamp, title, published, depth FROM fetches WHERE source_id = ?"
        " AND next_visit <> '' AND next_visit <= ? AND (visits > 0) = ? ORDER BY next_visit, url LIMIT ?"
    )
    again = db.conn.execute(asked, [source_id, at, True, (limit + 1) // 2]).fetchall()
    unread = db.conn.execute(asked, [source_id, at, False, limit - len(again)]).fetchall()
    return [Fetch(*row) for row in (*unread, *again)]


def waiting(db: Database, source_id: str, *, at: str) -> int:
    """How many pages of a source are to be read by now."""
    asked = "SELECT count(*) FROM fetches WHERE source_id = ? AND next_visit <> '' AND next_visit <= ?"
    return number_of(db, asked, [source_id, at])


def planned_origins(db: Database, source_ids: Iterable[str]) -> dict[str, set[str]]:
    """Scheme and host of all pages that are to be read, now or later, by the source they are of."""
    found: dict[str, set[str]] = {}
    rows = db.conn.execute(
        "SELECT DISTINCT source_id, substr(url, 1, 8 + instr(substr(url, 9), '/')) FROM fetches"
        " WHERE next_visit <> '' AND source_id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(source_ids))],
    )
    for source_id, origin in rows:
        found.setdefault(source_id, set()).add(origin)
    return found


def visit(db: Database, fetch: Fetch) -> Visit:
    """What is known of a page; of a list that another source read, nothing: its entries were never this one's."""
    row = db.conn.execute(
        f"SELECT {_VISIT} FROM fetches WHERE url = ? AND (? <> 'index' OR source_id = ?)",
        [fetch.url, fetch.step, fetch.source_id],
    ).fetchone()
    return Visit(*row) if row else Visit()


def plan(db: Database, fetches: Sequence[Fetch], *, at: str, always: bool = False) -> list[Fetch]:
    """Make listed pages due when they're new or have another stamp (or always); returns the ones made due.

    A page is read for the source that made it due last; where it was read for watching, for fact-checks or evidence
    too, once, and then for these. One that is gone is due daily while it is listed. What a source that is off now left
    unread counts as new.
    """
    made = []
    for fetch in fetches:
        db.conn.execute(
            "DELETE FROM fetches WHERE url = ? AND source_id <> ? AND visits = 0 AND next_visit <> ''"
            " AND source_id NOT IN (SELECT id FROM sources WHERE off = 0)",
            [fetch.url, fetch.source_id],
        )
        values = {name: getattr(fetch, name) for name in Fetch.__dataclass_fields__}
        if db.conn.execute(
            _PLAN, values | {"at": at, "notice": NOTICE, "again": always or may_change(fetch)}
        ).fetchone():
            made.append(fetch)
    return made


def let_go_unasked(db: Database, source_id: str, *, at: str) -> int:
    """Let the longest due go of what a source's lists named and nobody asked for yet, beyond UNREAD_BYTES; how many.

    A list that names other addresses at each look would fill the disk. One that names them still has them back. An
    eighth goes at once, so that few looks have to count them.
    """
    values: dict[str, object] = {"source": source_id, "page": number_of(db, "PRAGMA page_size"), "at": at}
    for some in (_WAITING, _UNASKED):  # what the index tells alone first
        if (unread := number_of(db, f"SELECT sum({_BYTES}) {some}", values)) <= UNREAD_BYTES:
            return 0
    gone, over = [], unread - UNREAD_BYTES * 7 // 8
    for url, size in db.conn.execute(f"SELECT url, {_BYTES} {_UNASKED} ORDER BY next_visit, url", values):
        if over <= 0:
            break
        gone.append([url])
        over -= size
    db.conn.executemany("DELETE FROM fetches WHERE url = ?", gone)
    db.conn.execute(
        "UPDATE sources SET overflow = :gone + iif(julianday(:at) - julianday(overflow_at) < 1, overflow, 0),"
        " overflow_at = :at WHERE id = :source",
        values | {"gone": len(gone)},
    )
    return len(gone)


def keep_visit(db: Database, fetch: Fetch, seen: Visit, *, due_at: str, outcome: str, detail: str) -> None:
    """Write down an attempt: what it lets us say next time, and when that is.

    The title a listing gave stays until the page is due no more. A page without text that didn't change has none still.
    """
    db.conn.execute(
        f"INSERT INTO fetches (url, source_id, step, stamp, title, published, depth, {_VISIT},"
        " next_visit, outcome, detail)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
        " source_id = excluded.source_id, title = excluded.title, etag = excluded.etag,"
        " last_modified = excluded.last_modified,"
        " body_hash = excluded.body_hash,"
        " fetched_at = excluded.fetched_at, unconditional_at = excluded.unconditional_at, first_at = excluded.first_at,"
        " visits = excluded.visits, failures = excluded.failures, misses = excluded.misses,"
        " next_visit = excluded.next_visit, detail = excluded.detail, outcome ="
        " iif(excluded.outcome = 'unchanged' AND fetches.outcome = 'empty', 'empty', excluded.outcome)",
        [
            *(fetch.url, fetch.source_id, fetch.step, fetch.stamp, fetch.title if due_at else "", fetch.published),
            fetch.depth,
            *(seen.etag, seen.last_modified, seen.body_hash, seen.fetched_at, seen.unconditional_at, seen.first_at),
            *(seen.visits, seen.failures, seen.missed, due_at, outcome, detail),
        ],
    )


def saw(db: Database, page_url: str, urls: Iterable[str]) -> None:
    """Note which of the posts that are kept a page shows."""
    db.conn.executemany(
        "INSERT INTO sightings (url, page_url) SELECT url, ? FROM posts WHERE url = ?"
        " ON CONFLICT (url) DO UPDATE SET page_url = excluded.page_url, missed = 0"
        " WHERE page_url <> excluded.page_url OR missed <> 0",
        [(page_url, url) for url in urls],
    )


def missing(db: Database, page_url: str, shown: Iterable[str]) -> list[str]:
    """Count the posts a page used to show and doesn't now; returns those missed often enough to be gone."""
    known = {url for (url,) in db.conn.execute("SELECT url FROM sightings WHERE page_url = ?", [page_url])}
    return _missed(db, known - set(shown))


def missing_between(db: Database, source_id: str, shown: Sequence[str], there: Iterable[str] = ()) -> list[str]:
    """The same for a timeline: a source's posts from between the oldest and the newest shown that aren't there."""
    marks = ",".join("?" * len(shown))
    known = {
        url
        for (url,) in db.conn.execute(
            "SELECT p.url FROM posts p JOIN sightings s ON s.url = p.url,"
            " (SELECT min(datetime(published)) AS oldest, max(datetime(published)) AS newest FROM posts"
            f" WHERE published <> '' AND url IN ({marks})) shown WHERE p.source_id = ?"
            # by day first, in any time zone, which the index can tell
            " AND p.published <> '' AND p.published > date(shown.oldest, '-1 day')"
            " AND p.published < date(shown.newest, '+2 days')"
            " AND datetime(p.published) > shown.oldest AND datetime(p.published) < shown.newest",
            [*shown, source_id],
        )
    }
    return _missed(db, known - {*shown, *there})


def has_lost(db: Database, page_url: str, shown: Iterable[str]) -> bool:
    """Whether a page shows a post no more that it showed the last time."""
    rows = db.conn.execute("SELECT url FROM sightings WHERE page_url = ? AND missed = 0", [page_url])
    return not {url for (url,) in rows} <= set(shown)


def is_awaited(db: Database, url: str, *, at: str) -> bool:
    """Whether a page is to be read by now, or was tried in vain and is to be tried again."""
    asked = "SELECT 1 FROM fetches WHERE url = ? AND next_visit <> '' AND (next_visit <= ? OR failures > 0)"
    return db.conn.execute(asked, [url, at]).fetchone() is not None


def _missed(db: Database, urls: Iterable[str]) -> list[str]:
    gone = []
    for url in urls:
        row = db.conn.execute(
            "UPDATE sightings SET missed = missed + 1 WHERE url = ? RETURNING missed", [url]
        ).fetchone()
        if row[0] == MISSES:
            gone.append(url)
    return sorted(gone)


def robots(db: Database, origin: str) -> Robots | None:
    """The robots.txt last read from an origin."""
    row = db.conn.execute("SELECT origin, status, body, fetched_at FROM robots WHERE origin = ?", [origin]).fetchone()
    return Robots(*row) if row else None


def keep_robots(db: Database, kept: Robots) -> None:
    """Keep a robots.txt."""
    with write(db):
        db.conn.execute(
            "INSERT OR REPLACE INTO robots (origin, status, body, fetched_at) VALUES (?, ?, ?, ?)",
            [kept.origin, kept.status, kept.body, kept.fetched_at],
        )


def paused_until(db: Database, host: str) -> str:
    """When a host may be asked again, "" when at once."""
    return word_of(db, "SELECT paused_until FROM hosts WHERE host = ?", [host])


def pause(db: Database, host: str, until: str) -> None:
    """Leave a host alone until then."""
    with write(db):
        db.conn.execute(
            "INSERT INTO hosts (host, paused_until) VALUES (?, ?)"
            " ON CONFLICT (host) DO UPDATE SET paused_until = max(paused_until, excluded.paused_until)",
            [host, until],
        )


def health(db: Database, source_id: str) -> Health:
    """How a source was doing at its last crawl."""
    row = db.conn.execute(
        "SELECT health, weight, interval_s / 60.0, last_success, last_problem, next_check FROM sources WHERE id = ?",
        [source_id],
    ).fetchone()
    if row is None or row[0] == "new":
        return Health()
    return Health(*row)


def all_health(db: Database, *, of: Iterable[str] | None = None) -> list[dict[str, object]]:
    """Every source that is on, or those of these ids that are known, with its health, those in trouble first; `reading`
    says that a crawl is at its pages."""
    rows = db.query(
        "SELECT id, name, health, health_since, weight, interval_s, next_check, last_checked, last_success,"
        " last_problem, ifnull(began > last_checked, 0) AS reading FROM sources LEFT JOIN (SELECT o.source_id,"
        " max(r.started_at) AS began FROM runs r CROSS JOIN run_outcomes o ON o.run_id = r.id WHERE r.step = 'crawl'"
        " AND r.status = 'running' GROUP BY 1) ON source_id = id"
        " WHERE iif(:of = '', off = 0, id IN (SELECT value FROM json_each(:of)))"
        " ORDER BY health IN ('ok', 'slow', 'new'), id",
        {"of": "" if of is None else json.dumps(list(of))},
    )
    return list(rows)


def keep_health(db: Database, source: Source, now_is: Health, *, at: str) -> None:
    """Write down how a source is doing; since when is kept while the word stays the same.

    Of one that is read from elsewhere, or as something else, since this look began: only that it was looked at.
    """
    with write(db):
        if reread_if_changed(db, source.id, (source.kind, source.url, source.use)):
            db.conn.execute("UPDATE sources SET last_checked = ? WHERE id = ?", [at, source.id])
            return
        db.conn.execute(
            "UPDATE sources SET health_since = CASE WHEN health = ? THEN health_since ELSE ? END, health = ?,"
            " weight = ?, interval_s = ?, last_success = ?, last_problem = ?, next_check = ?, last_checked = ?"
            " WHERE id = ?",
            [
                *(now_is.status, at, now_is.status, now_is.failure_weight, round(now_is.every * 60)),
                *(now_is.last_success, now_is.last_error, now_is.next_at, at, source.id),
            ],
        )
