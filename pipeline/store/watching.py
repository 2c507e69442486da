"""What the watch reads: sources, rhythms, backlogs, latencies, distributions, each bounded; and looks made due."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.records import Moment, after
from pipeline.store import clock
from pipeline.store.database import word_of, write
from pipeline.store.retention import put_back

JUMP = 60.0  # seconds a clock may be set without anybody noticing
NEWEST = 100_000  # versions looked at for the backlog and the latencies: two days of a national outlet set


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source is, and since when."""

    id: str
    name: str
    health: str
    since: Moment
    problem: str
    last_checked: Moment
    last_success: Moment
    next_check: Moment
    interval_s: int
    asked_since: Moment


@dataclass(frozen=True, slots=True)
class Unread:
    """Pages of a source that were asked for and never read, by what became of them, and since when."""

    outcomes: Counter[str]
    since: str


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds at the 50th, 95th and 99th of a hundred, over n posts."""

    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    n: int = 0


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits, and since when the longest."""

    n: int = 0
    since: str = ""


def sources(db: Database) -> list[SourceState]:
    """Every source that is on."""
    rows = db.conn.execute(
        "SELECT id, name, health, health_since, last_problem, last_checked, last_success, next_check, interval_s,"
        " coalesce((SELECT nullif(first_at, '') FROM fetches WHERE url = sources.url), health_since)"
        " FROM sources WHERE off = 0 ORDER BY id"
    )
    return [SourceState(*row) for row in rows]


def last_new(db: Database, source_id: str) -> str:
    """When a source last brought a post that wasn't known."""
    return word_of(db, "SELECT max(first_seen) FROM posts WHERE source_id = ?", [source_id])


def new_by_day(db: Database, *, since: str, source_id: str = "") -> dict[str, Counter[str]]:
    """New posts of each source, or of one, by the day they were first seen."""
    one = " AND source_id = ?" if source_id else ""
    rows = db.conn.execute(
        f"SELECT source_id, substr(first_seen, 1, 10), count(*) FROM posts WHERE first_seen >= ?{one} GROUP BY 1, 2",
        [since, source_id] if source_id else [since],
    )
    return _by_source(rows)


def pages(db: Database, *, since: str) -> dict[str, Counter[str]]:
    """What each source's pages came to that were asked for since then, each once by its last word.

    One that was read before and hasn't changed since is left out.
    """
    rows = db.conn.execute(
        "SELECT source_id, outcome, count(*) FROM fetches WHERE next_visit <> '' AND step <> 'index'"
        " AND fetched_at >= ? AND (first_at >= ? OR outcome NOT IN ('known', 'unchanged')) GROUP BY 1, 2",
        [since, since],
    )
    return _by_source(rows)


def outcomes(db: Database, *, since: str, until: str) -> dict[str, Counter[str]]:
    """Crawl outcomes of each source between two moments."""
    rows = db.conn.execute(
        "SELECT o.source_id, o.outcome, sum(o.n) FROM runs r JOIN run_outcomes o ON o.run_id = r.id"
        " WHERE r.step = 'crawl' AND r.started_at >= ? AND r.started_at < ? GROUP BY 1, 2",
        [since, until],
    )
    return _by_source(rows)


def _by_source(rows: Iterable[tuple[str, str, int]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for source, outcome, n in rows:
        found[source][outcome] = n
    return found


def unread(db: Database, *, since: str) -> dict[str, Unread]:
    """What waits to be asked for again of the sources that had no page read since then."""
    found: dict[str, Unread] = {}
    rows = db.conn.execute(
        "SELECT source_id, outcome, count(*), min(nullif(first_at, '')) FROM fetches"
        " WHERE next_visit <> '' AND step <> 'index' AND visits = 0 AND outcome NOT IN ('', 'gone')"
        " AND source_id NOT IN (SELECT source_id FROM fetches WHERE next_visit <> '' AND step <> 'index'"
        " AND visits > 0 AND failures = 0 AND fetched_at >= ?) GROUP BY 1, 2",
        [since],
    )
    for source, outcome, n, first in rows:
        before = found.get(source, Unread(Counter(), ""))
        found[source] = Unread(
            before.outcomes + Counter({outcome: n}), min(filter(None, (before.since, first)), default="")
        )
    return found


def unread_lists(db: Database, *, since: str, before: str) -> list[tuple[str, str]]:
    """Sources whose index was read and none of the lists that it names since then, though asked; and the last word.

    Those whose first look at a list was before a moment. A list with a moment for its stamp isn't asked until that
    moves: read before, it counts, unless another such moved and can't be read.
    """
    rows = db.conn.execute(
        "SELECT f.source_id, f.outcome, max(f.fetched_at) FROM fetches f JOIN sources s ON s.id = f.source_id"
        " WHERE f.step = 'index' AND f.depth > 0 AND f.fetched_at >= :since AND f.outcome NOT IN ('listed',"
        " 'unchanged') AND f.first_at <= :before AND s.kind IN ('sitemap', 'factcheck', 'evidence') AND s.off = 0"
        " AND s.health IN ('ok', 'slow') AND NOT EXISTS (SELECT 1 FROM fetches g WHERE g.source_id = f.source_id"
        " AND g.step = 'index' AND g.depth > 0 AND g.outcome IN ('listed', 'unchanged')"
        " AND (g.fetched_at >= :since OR length(g.stamp) > 10 AND length(f.stamp) <= 10)) GROUP BY 1",
        {"since": since, "before": before},
    )
    return [(source_id, outcome) for source_id, outcome, _ in rows]


def bare_lists(db: Database, detail: str, *, since: str, before: str) -> list[tuple[str, str]]:
    """Sources whose own list, read since then, has no entry, as the detail says, and had none before; and since when.

    That is known to a day: by when it was last read whole, as a list without an entry never is.
    """
    had = "coalesce(nullif(f.unconditional_at, ''), f.first_at)"
    return db.conn.execute(
        f"SELECT s.id, {had} FROM sources s JOIN fetches f ON f.url = s.url AND f.source_id = s.id"
        " WHERE s.off = 0 AND s.health IN ('ok', 'slow') AND f.step = 'index' AND f.outcome = 'listed' AND f.detail = ?"
        f" AND f.fetched_at >= ? AND {had} <= ? ORDER BY 1",
        [detail, since, before],
    ).fetchall()


def overflowing(db: Database, *, since: str) -> list[tuple[str, int]]:
    """Sources whose lists named more since then than is kept for one, and how many pages were let go unread."""
    asked = "SELECT id, overflow FROM sources WHERE off = 0 AND overflow_at >= ? ORDER BY 1"
    return db.conn.execute(asked, [since]).fetchall()


def unscored(db: Database) -> Backlog:
    """Current versions, of the newest ones, that no model has scored."""
    row = db.conn.execute(
        "SELECT count(*), coalesce(min(v.seen_at), '') FROM versions v WHERE v.id > (SELECT coalesce(max(id), 0) - ?"
        " FROM versions) AND v.gone = 0 AND v.let_go = ''"
        " AND NOT EXISTS (SELECT 1 FROM versions w WHERE w.post_id = v.post_id AND w.id > v.id)"
        " AND NOT EXISTS (SELECT 1 FROM scores s WHERE s.version_id = v.id)",
        [NEWEST],
    ).fetchone()
    return Backlog(*row)


def undecided(db: Database) -> Backlog:
    """Cases of claims that wait for a decision."""
    row = db.conn.execute(
        "SELECT count(*), coalesce(min(since), '') FROM standings WHERE lane = 'claims' AND undecided = 1"
    ).fetchone()
    return Backlog(*row)


def to_queue(db: Database, *, since: str) -> Latency:
    """From publication to the queue: posts published after their source was first read, first scored since then."""
    rows = db.conn.execute(
        "SELECT (julianday(s.scored_at) - julianday(p.published)) * 86400 FROM scores s"
        " JOIN versions v ON v.id = s.version_id JOIN posts p ON p.id = v.post_id"
        " WHERE s.scored_at >= ? AND s.id > (SELECT coalesce(max(id), 0) - ? FROM scores)"
        " AND NOT EXISTS (SELECT 1 FROM scores e WHERE e.version_id = v.id AND e.id < s.id)"
        " AND v.id = (SELECT min(id) FROM versions WHERE post_id = p.id) AND julianday(p.published) >="
        " julianday((SELECT min(first_seen) FROM posts f WHERE f.source_id = p.source_id)) ORDER BY 1",
        [since, NEWEST],
    )
    return _latency([row[0] for row in rows])


def to_score(db: Database, *, since: str) -> Latency:
    """From landing to the first score, of what landed since then."""
    rows = db.conn.execute(
        "SELECT (julianday(s.scored_at) - julianday(v.seen_at)) * 86400 FROM scores s"
        " JOIN versions v ON v.id = s.version_id WHERE s.scored_at >= ? AND v.seen_at >= ?"
        " AND NOT EXISTS (SELECT 1 FROM scores e WHERE e.version_id = v.id AND e.id < s.id)"
        " AND s.id > (SELECT coalesce(max(id), 0) - ? FROM scores) ORDER BY 1",
        [since, since, NEWEST],
    )
    return _latency([row[0] for row in rows])


def _latency(seconds: Sequence[float]) -> Latency:
    if not seconds:
        return Latency()
    last = len(seconds) - 1
    p50, p95, p99 = (round(max(0.0, seconds[round(share * last)]), 3) for share in (0.5, 0.95, 0.99))
    return Latency(p50, p95, p99, len(seconds))


def part(kind: str, p_refuted: float) -> str:
    """The part of a distribution of scores that one belongs to: its kind and hundredth, up to nine, as score_shares
    counts them; what nothing is laid beside stands in the middle of one."""
    return f"{kind} {min(9, int(p_refuted * 100 + 0.5))}"


def score_shares(db: Database, model: str, *, after: str = "") -> Counter[str]:
    """How a model's scores fall into hundredths, by kind: the newest ones, or with `after` the first ones after then.

    Of a text it scored again, beside other evidence, the first.
    """
    order, moment = ("ASC", after) if after else ("DESC", "")
    rows = db.conn.execute(
        "SELECT kind || ' ' || min(9, CAST(p_refuted * 100 + 0.5 AS INTEGER)), count(*) FROM (SELECT kind, p_refuted"
        " FROM scores s WHERE scored_at >= ? AND model = ? AND NOT EXISTS (SELECT 1 FROM scores e WHERE"
        " e.version_id = s.version_id AND e.model = s.model AND e.id < s.id)"
        f" ORDER BY scored_at {order} LIMIT 5000) GROUP BY 1",
        [moment, model],
    )
    return Counter(dict(rows.fetchall()))


def first_run(db: Database) -> str:
    """When anything first ran here."""
    return word_of(db, "SELECT started_at FROM runs ORDER BY id LIMIT 1")


def last_run(db: Database) -> str:
    """The latest moment at which anything began here, by a clock that may have been set back since; "" for never."""
    return word_of(db, "SELECT max(started_at) FROM runs")


def live_since(db: Database) -> str:
    """When the live model was promoted; the beginning of time for the one that ships."""
    return word_of(db, "SELECT at FROM live_model") or "0001-01-01T00:00:00.000Z"


def last_scorer(db: Database) -> tuple[str, str]:
    """The model that scored last, and when; empty when none did."""
    row = db.conn.execute("SELECT model, scored_at FROM scores ORDER BY id DESC LIMIT 1").fetchone()
    return (str(row[0]), str(row[1])) if row else ("", "")


def last_whole(db: Database, step: str) -> str:
    """When the newest run of a step began that came to an end by itself; one that was cut off isn't one."""
    return word_of(
        db,
        "SELECT started_at FROM runs WHERE step = ? AND status IN ('done', 'failed') ORDER BY id DESC LIMIT 1",
        [step],
    )


def totals_between(db: Database, *, after: int, upto: int) -> Counter[tuple[str, str, str]]:
    """Counts by (step, source, outcome) of the runs numbered after one and up to another."""
    rows = db.conn.execute(
        "SELECT r.step, o.source_id, o.outcome, sum(o.n) FROM runs r JOIN run_outcomes o ON o.run_id = r.id"
        " WHERE r.id > ? AND r.id <= ? GROUP BY 1, 2, 3",
        [after, upto],
    )
    return Counter({(step, source, outcome): n for step, source, outcome, n in rows})


def settled_upto(db: Database) -> tuple[int, int]:
    """The last run before which every run has ended, and the last run of all."""
    row = db.conn.execute(
        "SELECT coalesce((SELECT min(id) - 1 FROM runs WHERE status = 'running' AND id > (SELECT max(id) - 1000 FROM"
        " runs)), (SELECT max(id) FROM runs), 0), coalesce((SELECT max(id) FROM runs), 0)"
    ).fetchone()
    return int(row[0]), int(row[1])


def case_states(db: Database) -> list[tuple[str, str, int]]:
    """How many cases stand where, as (lane, state, n)."""
    rows = db.conn.execute("SELECT lane, state, sum(n) FROM standing_counts GROUP BY 1, 2 HAVING sum(n) > 0")
    return rows.fetchall()


def waiting(db: Database) -> int:
    """How many cases have no verdict that stands."""
    return sum(n for _, state, n in case_states(db) if state != "decided")


_PLANNED = (  # what is planned, lasts, is counted or was read, and which of it was on a clock that was ahead
    ("sources", "next_check", "(last_checked > ?1 OR next_check IN (SELECT paused_until FROM hosts))"),
    ("sources", "last_success", "true"),
    ("sources", "health_since", "true"),
    ("fetches", "next_visit", "(fetched_at > ?1 OR fetched_at = '')"),
    ("hosts", "paused_until", "true"),
    ("holds", "until", "(since > ?1 OR kind = 'reading')"),  # one that is renewed keeps when it began
    ("holds", "since", "true"),
    ("sessions", "expires_at", "created_at > ?1"),
    ("sessions", "created_at", "true"),
    ("sessions", "seen_at", "true"),
    ("login_links", "expires_at", "julianday(expires_at) > julianday(?1) + 1"),  # they last a day
    ("login_attempts", "at", "true"),
    ("fetches", "first_at", "true"),
    ("fetches", "unconditional_at", "true"),
    ("robots", "fetched_at", "true"),
    *(("alerts", column, "true") for column in ("opened_at", "seen_at", "resolved_at")),
    *(("alert_messages", column, "true") for column in ("made_at", "sent_at")),
    ("posts", "first_seen", "true"),
    (
        "versions",
        "seen_at",
        "let_go = '' AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.post_id = versions.post_id)",
    ),
    *(("standings", column, "true") for column in ("first_seen", "last_seen")),
    *(("runs", column, "true") for column in ("started_at", "ended_at")),  # what was moved isn't moved again
)
_EARLIER = "strftime('%Y-%m-%dT%H:%M:%fZ', {}, ?2)"


def bring_forward(db: Database, *, at: str, back: float) -> int:
    """Where the clock was set back by so many seconds, what was planned on it before comes as much earlier, and so does
    what ends by it (holds, sessions, links) and what was seen by it (pages, posts, trouble). Looks that are then still
    further ahead than any rhythm allows are due now. How many times were changed.

    Texts of posts that were in a case, and their scores, keep their times: what was edited since it joined, or since a
    verdict, is told by these, and when that was can't be changed.
    """
    done, by = 0, [_ahead_since(db, at=at, back=back), f"-{back:.0f} seconds"]
    with write(db):
        if back > 0:
            done += _scored_earlier(db, by)
        for table, column, planned in _PLANNED if back > 0 else ():
            done += db.conn.execute(
                f"UPDATE {table} SET {column} = {_EARLIER.format(column)} WHERE {column} > ?1 AND {planned}", by
            ).rowcount
        done += db.conn.execute(
            "UPDATE sources SET next_check = ? WHERE julianday(next_check) > julianday(?) + 1.01", [at, at]
        ).rowcount
        done += db.conn.execute(
            "UPDATE hosts SET paused_until = '' WHERE paused_until <> ''"
            " AND julianday(paused_until) > julianday(?) + 1.01",
            [at],
        ).rowcount
    return int(done)


def _ahead_since(db: Database, *, at: str, back: float) -> str:
    """From when on times were written by the clock that was ahead. One that is set back further than it should be comes
    before what the right one wrote last, which isn't to be a year old by that, and let go."""
    until = after(at, seconds=back)
    before = clock.last_sure(db, at=until)
    return at if before == until else max(at, after(before, seconds=clock.GAP))


def _scored_earlier(db: Database, by: Sequence[str]) -> int:
    """bring_forward of scores, which can't be edited; how many."""
    done = 0
    for table in ("scores", "shadow_scores"):
        rows = db.conn.execute(
            f"SELECT s.id, {_EARLIER.format('s.scored_at')} FROM {table} s JOIN versions v ON v.id = s.version_id"
            " WHERE s.scored_at > ?1 AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.post_id = v.post_id)",
            by,
        ).fetchall()
        db.conn.execute("PRAGMA defer_foreign_keys=ON")
        for number, moment in rows:
            put_back(db, table, number, scored_at=moment)
        done += len(rows)
    return done


def after_set_back(db: Database, *, at: str) -> int:
    """bring_forward by as much as the latest run lies ahead, if by more than a clock is set at times."""
    last = last_run(db)
    ahead = (datetime.fromisoformat(last) - datetime.fromisoformat(at)).total_seconds() if last else 0.0
    return bring_forward(db, at=at, back=ahead if ahead > JUMP else 0.0)


def due_now(db: Database, source_ids: Sequence[str]) -> None:
    """Make the time of some sources come now."""
    with write(db):
        db.conn.executemany("UPDATE sources SET next_check = '' WHERE id = ?", [(one,) for one in source_ids])
