"""Posts and their versions: taken in and read back."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlite_utils import Database

from pipeline.records import NewPost, Version, now
from pipeline.store import pieces
from pipeline.store.database import number_of, write
from pipeline.store.scores import standing_of

if TYPE_CHECKING:
    from classifier.text.redact import Redacted

ROWS = 500  # looked up or written by one statement

Row = tuple[object, ...]


def storable(text: str) -> str:
    """The text without NUL and lone surrogates, which SQLite can't hold."""
    if _is_readable(text) and "\x00" not in text:
        return text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def composed(text: str) -> str:
    """The same with each letter and its marks as one sign (NFC), as crawled texts have them: some keyboards write a
    letter and its tone apart, and PDFs hold them so."""
    return unicodedata.normalize("NFC", storable(text))


def url_digest(url: str) -> str:
    """What may be kept of an address for good: enough to know it again, too little to read it."""
    return hashlib.sha256(storable(url).encode()).hexdigest()


def written(text: str) -> str:
    """What somebody writes down at the desk as it may be kept: numbers and addresses of persons taken out."""
    return redacted(text)[0]


def left_of(text: str) -> str:
    """The same without the marks that stand for what was taken out."""
    from classifier.text.redact import SHOWN

    kept = written(text)
    for mark in SHOWN.values():
        kept = kept.replace(mark, "")
    return kept


def redacted(text: str) -> tuple[str, int]:
    """What is kept of a text, and how much was taken out."""
    kept = _redact(composed(text))
    return kept.text, sum(kept.counts.values())


def as_typed(text: str) -> str:
    """The same with letters and marks that were typed apart left so."""
    return _redact(storable(text)).text


def _redact(text: str) -> "Redacted":
    from classifier.text.redact import redact  # brings patterns, which reading the store doesn't need

    return redact(text)


def web_address(url: str) -> str:
    """An address of the web with its scheme in small letters, as pages link it; "" for what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    whole = url.lower().startswith(("http://", "https://")) and parts.hostname
    return f"{parts.scheme}{url[len(parts.scheme) :]}" if whole else ""


def leads_to_person(url: str) -> bool:
    """Whether an address is a person's own page, or holds a number or an e-mail address of a person."""
    from classifier.text.redact import leads_to_person  # brings patterns, which reading the store doesn't need

    return leads_to_person(url)


def bare(text: str) -> str:
    """Words as they are indexed and searched: small letters without diacritics, and no soft hyphen within them."""
    from classifier.text.letters import fold  # brings patterns, which reading the store doesn't need

    return fold(visible(text))


def visible(text: str, *, instead: str = "") -> str:
    """A text without its invisible marks, which would part its words, or with something in their place."""
    if text.isascii():
        return text
    from classifier.text.letters import INVISIBLE  # brings patterns, which reading the store doesn't need

    return re.sub(f"[{INVISIBLE}]", instead, text)


def bare_words(text: str) -> list[str]:
    """The words of a text as they are searched, one by one."""
    return re.findall(r"\w+", bare(storable(text)))


def _words(post: NewPost) -> tuple[str, str, str, str]:
    """Title, lead and text as they can be stored, and the digest of them."""
    parts = post.title, post.lead, post.text
    try:
        stored = "".join(parts).encode()
    except UnicodeError:
        stored = b"\x00"
    if b"\x00" in stored:
        parts = storable(post.title), storable(post.lead), storable(post.text)
    return *parts, digest_of(*parts)


def digest_of(title: str, lead: str, text: str) -> str:
    """The digest of what a version says."""
    return hashlib.sha256("\x1f".join((title, lead, text)).encode()).hexdigest()[:32]


def take_post(db: Database, post: NewPost, *, at: str = "") -> str:
    """take_posts of one post."""
    return take_posts(db, [post], at=at)[0]


def take_posts(db: Database, found: Sequence[NewPost], *, at: str = "") -> list[str]:
    """Write posts, or new versions of known ones; says of each `new`, `edited`, `known`, `empty` or `unreadable`.

    All are looked up, and all written, by one statement: each costs as much as several rows. A post's day is the first
    that its page names; one that is there is never replaced.
    """
    at = at or now()
    said: list[str] = []
    fresh: list[Row] = []
    versions: list[tuple[Any, ...]] = []
    days: list[Row] = []
    with write(db):
        urls = [post.url for post in found]
        known = _known(db, urls if _is_readable(*urls) else [url for url in urls if _is_readable(url)])
        last_post, last_version = (number_of(db, f"SELECT max(id) FROM {table}") for table in ("posts", "versions"))
        for post in found:
            title, lead, text, digest = _words(post)
            rest = (post.published, post.section, post.language, post.thread_url)
            if not (text.strip() or title.strip()):
                said.append("empty")
                continue
            number, newest, gone, day = known.get(post.url, (0, "", 0, ""))
            if not number and not _is_readable(post.source_id, post.url, *rest):
                said.append("unreadable")
                continue
            if number and post.published and not day and _is_readable(post.published):
                days.append((post.published, number))
            if number and newest == digest and not gone:
                said.append("known")
                continue
            said.append("edited" if number else "new")
            if not number:
                number = last_post + len(fresh) + 1
                fresh.append((number, post.source_id, post.url, *rest, at))
            known[post.url] = number, digest, 0, day or post.published
            versions.append((last_version + len(versions) + 1, number, title, lead, text, digest, post.redactions, at))
        _insert(db, "posts", "id, source_id, url, published, section, language, thread_url, first_seen", fresh)
        _insert(db, "versions", "id, post_id, title, lead, text, digest, redactions, seen_at", versions)
        db.conn.executemany("UPDATE posts SET published = ? WHERE id = ? AND published = ''", days)
        make_searchable(db, [(row[0], row[2], row[4]) for row in versions])
    return said


def make_searchable(db: Database, rows: Sequence[tuple[int, str, str]]) -> None:
    """Put titles and texts into the search index under the numbers of their versions.

    They are folded here, all at once: SQLite's tokenizer would do it letter by letter, for half of what indexing costs.
    """
    for first in range(0, len(rows), ROWS):
        part = rows[first : first + ROWS]
        words = bare("\x00".join(chain.from_iterable(row[1:] for row in part))).split("\x00")
        numbers = [row[0] for row in part]
        _insert(db, "versions_fts", "rowid, title, text", list(zip(numbers, words[::2], words[1::2], strict=True)))


def _is_readable(*words: str) -> bool:
    """Whether SQLite can hold them."""
    try:
        "".join(words).encode()
    except UnicodeError:
        return False
    return True


def _known(db: Database, urls: Sequence[str]) -> dict[str, tuple[int, str | None, int | None, str]]:
    """Of posts at these addresses the number, of their newest version the digest and whether it says it is gone, and
    their day."""
    found: dict[str, tuple[int, str | None, int | None, str]] = {}
    for first in range(0, len(urls), ROWS):
        part = urls[first : first + ROWS]
        rows = db.conn.execute(
            "SELECT p.url, p.id, v.digest, v.gone, p.published FROM posts p LEFT JOIN versions v"
            " ON v.id = (SELECT max(id) FROM versions WHERE post_id = p.id)"
            f" WHERE p.url IN ({', '.join('?' * len(part))})",
            part,
        )
        found |= {url: (number, digest, gone, day) for url, number, digest, gone, day in rows}
    return found


def _insert(db: Database, table: str, columns: str, rows: Sequence[Row]) -> None:
    """Write rows, ROWS by one statement."""
    marks = f"({', '.join('?' * len(columns.split(',')))})"
    for first in range(0, len(rows), ROWS):
        part = rows[first : first + ROWS]
        values = ", ".join([marks] * len(part))
        db.conn.execute(f"INSERT INTO {table} ({columns}) VALUES {values}", list(chain.from_iterable(part)))


def mark_gone(db: Database, url: str) -> bool:
    """Add the version that says the post is no longer there; False when there is no such post or it's gone already."""
    with write(db):
        row = db.conn.execute(
            "SELECT post_id, title, lead, text, digest, gone FROM current_posts WHERE url = ?", [url]
        ).fetchone()
        if row is None or row[5]:
            return False
        (version,) = db.conn.execute(
            "INSERT INTO versions (post_id, title, lead, text, digest, gone, seen_at) VALUES (?, ?, ?, ?, ?, 1, ?)"
            " RETURNING id",
            [*row[:5], now()],
        ).fetchone()
        make_searchable(db, [(version, row[1], row[3])])
    return True


# what _version reads, of a version v and its post p
_VERSION = "v.id, p.id, p.source_id, p.url, v.title, v.text, p.published, v.seen_at, v.gone, v.lead"


def _version(row: tuple[Any, ...]) -> Version:
    return Version(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], bool(row[8]), row[9])


# by the versions' own numbers, so that what was scored long ago isn't looked at again for each batch
_UNSCORED = """
FROM versions v JOIN posts p ON p.id = v.post_id WHERE v.id > ? AND v.gone = 0 AND v.let_go = ''
AND NOT EXISTS (SELECT 1 FROM versions w WHERE w.post_id = v.post_id AND w.id > v.id)
AND NOT EXISTS (SELECT 1 FROM scores s WHERE s.version_id = v.id AND ? IN ('', s.model))
"""


def unscored(db: Database, model: str, *, limit: int, after: int = 0) -> list[Version]:
    """The oldest current versions numbered after one that a model (any one, for "") hasn't scored yet."""
    rows = db.conn.execute(f"SELECT {_VERSION} {_UNSCORED} ORDER BY v.id LIMIT ?", [after, model, limit]).fetchall()
    return [_version(row) for row in rows]


def count_unscored(db: Database, model: str) -> int:
    """How many current versions a model hasn't scored yet."""
    return number_of(db, f"SELECT count(*) {_UNSCORED}", [0, model])


_UNDECIDED = """
FROM versions v JOIN posts p ON p.id = v.post_id WHERE v.id < ? AND v.seen_at >= ? AND v.gone = 0 AND v.let_go = ''
AND NOT EXISTS (SELECT 1 FROM versions w WHERE w.post_id = v.post_id AND w.id > v.id)
AND NOT EXISTS (SELECT 1 FROM case_posts c JOIN standings d ON d.case_id = c.case_id
                WHERE c.post_id = v.post_id AND d.undecided = 0)
"""


def outdated(db: Database, model: str, *, since: str, before: int, limit: int) -> list[Version]:
    """The newest current versions numbered below one and seen since then that another model has scored last.

    Those whose case is decided are left as they are.
    """
    by_another = "(SELECT s.model FROM scores s WHERE s.version_id = v.id ORDER BY s.id DESC LIMIT 1) <> ?"
    return _undecided(db, by_another, [before, since, model, limit])


def scored_before(
    db: Database, model: str, *, since: str, before: int, until: str, limit: int, such: str = ""
) -> list[Version]:
    """Likewise those whose standing score was made by a model before a moment."""
    scored = f"EXISTS (SELECT 1 FROM scores s WHERE s.id = {standing_of('v.post_id')} AND s.version_id = v.id"
    scored += f" AND s.model = ? AND s.scored_at < ?{such})"
    return _undecided(db, scored, [before, since, model, until, limit])


def claims_laid(db: Database, model: str, *, since: str, before: int, until: str, limit: int) -> list[Version]:
    """Of these the claims that were laid beside evidence."""
    such = " AND s.kind = 'claim' AND json_type(s.detail, '$.near') IS NOT NULL"
    return scored_before(db, model, since=since, before=before, until=until, limit=limit, such=such)


def beside_undone(db: Database, *, before: int, limit: int) -> list[Version]:
    """Those, seen whenever, whose standing score rests on a verdict of this desk that stands no more."""
    such = (
        "v.id IN (SELECT x.version_id FROM evidence e JOIN decisions d ON d.id = CAST(substr(e.eid, 10) AS INTEGER)"
        " JOIN scores x ON x.id = e.score_id JOIN versions w ON w.id = x.version_id"
        " WHERE e.eid >= 'decision:' AND e.eid < 'decision;' AND e.relation <> 'related'"
        f" AND x.id = {standing_of('w.post_id')} AND NOT {pieces.STANDS})"
    )
    return _undecided(db, such, [before, "", limit])


def undecided_among(db: Database, version_ids: Sequence[int]) -> set[int]:
    """Which of some versions are current, have their words and stand in no decided case."""
    among = f"v.id IN ({','.join('?' * len(version_ids))})"
    found = _undecided(db, among, [1 << 62, "", *version_ids, len(version_ids)])
    return {version.id for version in found}


def _undecided(db: Database, such: str, values: list[object]) -> list[Version]:
    query = f"SELECT {_VERSION} {_UNDECIDED} AND {such} ORDER BY v.id DESC LIMIT ?"
    rows = db.conn.execute(query, values).fetchall()
    return [_version(row) for row in rows]


def newest(db: Database) -> int:
    """The number of the newest version of any post."""
    return number_of(db, "SELECT max(id) FROM versions")


def post_by(db: Database, key: str) -> Version | None:
    """The current version of a post named by its number or its URL."""
    column = "post_id" if key.isdigit() else "url"
    row = db.conn.execute(
        "SELECT version_id, post_id, source_id, url, title, text, published, seen_at, gone, lead FROM current_posts"
        f" WHERE {column} = ?",
        [key],
    ).fetchone()
    return _version(row) if row else None


def versions_of(db: Database, post_id: int) -> list[Version]:
    """Every version of a post, oldest first."""
    rows = db.conn.execute(
        f"SELECT {_VERSION} FROM versions v JOIN posts p ON p.id = v.post_id WHERE p.id = ? ORDER BY v.id", [post_id]
    ).fetchall()
    return [_version(row) for row in rows]


def counts(db: Database) -> dict[str, int]:
    """How much there is of everything, for `soi status`."""
    tables = ("posts", "versions", "passages", "factchecks", "scores", "cases", "decisions")
    wanted = {"sources": "sources WHERE off = 0", **{table: table for table in tables}}
    return {what: number_of(db, f"SELECT count(*) FROM {rows}") for what, rows in wanted.items()}
