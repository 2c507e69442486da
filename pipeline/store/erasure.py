"""Taking an address and its words out of every table, on request; what was done stays written."""

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlsplit

from sqlite_utils import Database

from crawlers.urls import alike
from pipeline.records import OWN_WORDS, TAKEN_OUT, now
from pipeline.store import audit, cases, decisions, factchecks, seals
from pipeline.store.copies import checkpoint, merge_search
from pipeline.store.database import number_of, write
from pipeline.store.desk import address_as_kept, spellings
from pipeline.store.erasable import (
    ALONE,
    ON_ITS_CASES,
    Words,
    brought_from,
    check_address,
    claims_of,
    notes_left,
    notes_lost,
    wordings_lost,
    words_of,
)
from pipeline.store.evidence import change_time
from pipeline.store.pieces import ERASED, TAKEN_BACK, WITHDRAWN, parse_eid
from pipeline.store.posts import storable, url_digest, written
from pipeline.store.retention import let_go, put_back, unquote


@dataclass(frozen=True, slots=True)
class Erased:
    """How much an erasure took away, and how much it had to leave."""

    versions: int = 0
    cases: int = 0
    passages: int = 0
    factchecks: int = 0
    fetches: int = 0
    notes_left: int = 0  # notes and explanations on such a case: a person's own words, to be looked at
    notes: int = 0  # notes that quoted it, or were of it alone
    left: tuple[tuple[int, str], ...] = ()  # those left, each with its case
    reopened: tuple[int, ...] = ()  # cases whose verdict rested on what went


@dataclass(frozen=True, slots=True)
class Erasure:
    """The record of an erasure; of one that broke off, or that an older list names, only its digest is known."""

    url_digest: str
    at: str = ""
    person: str = ""
    reason: str = "carried over"
    what: str = "{}"


def erased(db: Database, urls: Sequence[str]) -> set[str]:
    """Which addresses were erased, in whatever spelling, so that they aren't taken in again."""
    if not number_of(db, "SELECT EXISTS (SELECT 1 FROM erasures)"):
        return set()
    asked = "SELECT 1 FROM erasures WHERE url_digest IN (SELECT value FROM json_each(?))"
    return {url for url in urls if db.conn.execute(asked, [json.dumps([*map(url_digest, alike(url))])]).fetchone()}


# addresses that something is known by
HELD = " UNION ALL ".join(f"SELECT url FROM main.{table}" for table in ("posts", "passages", "factchecks"))


def holds(db: Database, url: str) -> bool:
    """Whether a post, a passage or a fact-check is known by an address, in whatever spelling."""
    asked = f"SELECT 1 FROM ({HELD}) WHERE url IN (SELECT value FROM json_each(?))"
    return db.conn.execute(asked, [json.dumps(alike(url))]).fetchone() is not None


def was_erased(db: Database, url: str) -> bool:
    """Whether the address that somebody gives was erased, however they spell it; "" never was."""
    return bool(url and erased(db, [address_as_kept(url), *spellings(url)[:2]]))


def erasures(db: Database) -> list[Erasure]:
    """What was erased, oldest first."""
    rows = db.conn.execute("SELECT url_digest, at, person, reason, what FROM erasures ORDER BY id")
    return [Erasure(*row) for row in rows]


def erase(db: Database, url: str, *, person: str, reason: str) -> Erased:
    """Take an address and its words out of every table, and write down that it was done; raises EraseRefused.

    The search indexes hold the words until merge_search.
    """
    check_address(url)
    digest, reason = url_digest(url), written(reason)
    with write(db):
        done = _erase(db, url, digest, person=person)
        db.conn.execute(
            "INSERT OR IGNORE INTO erasures (url_digest, at, person, reason, what) VALUES (?, ?, ?, ?, ?)",
            [digest, now(), storable(person), reason, json.dumps(_counts(done))],
        )
        audit.note(db, person, "erase", subject=digest, detail=reason)
    return done


class _OnlyAsked(Exception):
    """Breaks an erasure off that was done to see what comes of it."""


def would_reopen(db: Database, url: str) -> set[int]:
    """The cases that erasing an address would reopen: it is done, and undone in the same transaction."""
    found = set[int]()
    with suppress(_OnlyAsked), write(db):
        found.update(_erase(db, url, url_digest(url), person="").reopened)
        raise _OnlyAsked
    return found


def _counts(done: Erased) -> dict[str, int]:
    """What is kept of an erasure: how much went."""
    return {name: n for name, n in asdict(done).items() if isinstance(n, int)}


def erase_again(db: Database, gone: Iterable[Erasure], *, person: str) -> int:
    """Erase addresses known by digest alone, as what an older backup brought back; their records come back too, in one
    transaction: nothing is recorded as erased that is there still."""
    wanted = {one.url_digest: one for one in gone}

    def back(urls: Iterable[str]) -> list[str]:
        return [url for url in urls if any(url_digest(one) in wanted for one in alike(url))] if wanted else []

    before = set(_all_urls(db))
    known = back(sorted(before))  # a minute for a million, for which others may write
    with write(db):
        db.conn.executemany(
            "INSERT OR IGNORE INTO erasures (url_digest, at, person, reason, what) VALUES (?, ?, ?, ?, ?)",
            [(d, one.at or now(), one.person or person, one.reason, one.what) for d, one in wanted.items()],
        )
        known += back(set(_all_urls(db)) - before)
        urls = list(dict.fromkeys(one for url in known for one in (*brought_from(db, url), url)))
        for url in urls:
            erase(db, url, person=person, reason="erased before; it was here again")
    merge_search(db)
    checkpoint(db)
    return len(urls)


def _all_urls(db: Database) -> Iterator[str]:
    for (url,) in db.conn.execute("SELECT url FROM (SELECT url FROM posts UNION SELECT url FROM passages UNION"
                                  " SELECT url FROM fetches UNION SELECT url FROM factchecks UNION"
                                  " SELECT thread_url FROM posts UNION SELECT url FROM told_pages)"
                                  " WHERE url LIKE 'http%' OR url LIKE ?",
                                  [f"{OWN_WORDS}%"]).fetchall():  # fmt: skip
        yield url


def _erase(db: Database, url: str, digest: str, *, person: str) -> Erased:
    words, instead = words_of(db, url), f"erased:{digest}"
    left, last = notes_left(db, words), number_of(db, "SELECT max(id) FROM decisions")
    _forget_headlines(db, url)
    versions, erased, lost = _erase_post(db, words, instead, person=person)
    db.conn.execute("UPDATE posts SET thread_url = '' WHERE thread_url = ?", [url])  # of answers to it
    db.conn.execute("DELETE FROM told_pages WHERE url = ?", [url])
    db.conn.execute("DELETE FROM sightings WHERE url = ? OR page_url = ?", [url, url])
    fetches = db.conn.execute("DELETE FROM fetches WHERE url = ?", [url]).rowcount
    checks = db.conn.execute(
        "UPDATE factchecks SET claim = ? || ' ' || id, rating = '', verdict = 'unknown', url = ?, page_url = ''"
        " WHERE url = ? RETURNING id",
        [ERASED, instead, url],
    ).fetchall()
    db.conn.execute("UPDATE factchecks SET page_url = '' WHERE page_url = ?", [url])
    for (check,) in checks:
        unquote(db, "eid", f"factcheck:{check}")
        audit.words_erased(db, person, f"{seals.EVIDENCE} factcheck:{check}")
        decisions.reopen_resting_on(db, f"factcheck:{check}", why="evidence_changed")
    passages = _erase_passages(db, url, instead, person=person)
    reopened = db.conn.execute(
        "SELECT DISTINCT case_id FROM decisions WHERE id > ? AND action = 'reopen' ORDER BY 1", [last]
    ).fetchall()
    return Erased(versions, erased, passages, len(checks), fetches, len(left), lost, tuple(left),
                  tuple(case_id for (case_id,) in reopened))  # fmt: skip


def _forget_headlines(db: Database, url: str) -> None:
    """Take an address's titles out of the plan, where others led to it too; what those pages hold is read anew."""
    db.conn.execute(
        "UPDATE fetches SET title = '', etag = '', last_modified = '', body_hash = '' WHERE next_visit <> ''"
        " AND title IN (SELECT v.title FROM versions v JOIN posts p ON p.id = v.post_id WHERE p.url = :url UNION"
        " SELECT title FROM passages WHERE url = :url UNION SELECT title FROM fetches WHERE url = :url)"
        " AND title <> ''",
        {"url": url},
    )


def _erase_post(db: Database, words: Words, instead: str, *, person: str, whose: str = "") -> tuple[int, int, int]:
    """Take a post's words out, with claims, notes and drafts that were of it alone, and its address; how many versions,
    claims and notes went. Where it is one person's to take out, what others wrote stays."""
    post = words.post
    lost = notes_lost(db, words, whose=whose)
    for number, _ in [] if whose else wordings_lost(db, words):
        db.conn.execute("UPDATE decisions SET wording = '' WHERE id = ?", [number])
        decisions.make_searchable(db, number)
        audit.words_erased(db, person, seals.WORDING, decision_id=number)
    _forget_unsent(db, words, whose=whose)
    versions = [v for (v,) in db.conn.execute("SELECT id FROM versions WHERE post_id = ?", [post]).fetchall()]
    let_go(db, versions)
    forget_digests(db, post, person=person)
    erased = _erase_claims(db, post, person=person)
    for number, _ in lost:
        put_back(db, "case_notes", number, text=ERASED)
    db.conn.execute("UPDATE posts SET url = ?, thread_url = '', section = '' WHERE id = ?", [instead, post])
    db.conn.execute("DELETE FROM told_pages WHERE post_id = ?", [post])
    if case_id := cases.case_of(db, post):
        cases.refresh(db, case_id)  # without any text it leaves the queue
    return len(versions), erased, len(lost)


def forget_digests(db: Database, post: int, *, person: str) -> None:
    """Put chance in place of the digests of what a post said and let go the seals over them: a guess at a short text
    could be tried by either."""
    for number, what in seals.over_post(db, post):
        audit.words_erased(db, person, what, decision_id=number)
    for (digest,) in db.conn.execute("SELECT DISTINCT digest FROM versions WHERE post_id = ?", [post]).fetchall():
        instead = secrets.token_hex(16)  # one for all versions that said the same: else it would seem to be edited
        db.conn.execute("UPDATE versions SET digest = ? WHERE post_id = ? AND digest = ?", [instead, post, digest])


def take_out(db: Database, post_ids: Iterable[int], *, person: str) -> None:
    """Take posts out that were brought in by mistake, as an erasure would, but for what others than that person wrote;
    they may be brought in or crawled again. What was erased already is passed over.

    The search indexes hold the words until merge_search.
    """
    with write(db):
        for post in post_ids:
            (url,) = db.conn.execute("SELECT url FROM posts WHERE id = ?", [post]).fetchone()
            if url.startswith("erased:"):
                continue
            instead = f"{TAKEN_OUT}{url_digest(f'{url} {now()} {post}')}"
            _erase_post(db, words_of(db, url), instead, person=person, whose=person)


# whether what was filled in on a case is shown on another
_SHOWN_ON = f"case_id IN (SELECT m.from_case FROM case_moves m WHERE {cases.MERGE})"


def _forget_unsent(db: Database, words: Words, *, whose: str) -> None:
    """Drop what people (`whose`, or all) filled in and didn't send, searches that they saved, and the words of
    hand-overs, as notes are; a hand-over stands. What others filled in goes where no case shows it any more."""
    marks, post = f"{ON_ITS_CASES}, {ALONE}, {_SHOWN_ON}", {"post": words.post}
    drafts = db.conn.execute(f"SELECT person, case_id, fields, {marks} FROM drafts", post).fetchall()
    for person, case_id, kept, beside, alone, shown in drafts:
        fields = json.loads(kept)
        theirs = whose in ("", person)
        quoting = theirs and any(words.in_(one, beside=beside) for said in fields.values() for one in said)
        if quoting or (alone and (theirs or not shown)):
            db.conn.execute("DELETE FROM drafts WHERE person = ? AND case_id = ?", [person, case_id])
    for person, name, query in db.conn.execute("SELECT person, name, query FROM saved_views").fetchall():
        theirs = whose in ("", person)
        if theirs and any(words.in_(said, beside=False) for _, said in parse_qsl(urlsplit(query).query)):
            db.conn.execute("DELETE FROM saved_views WHERE person = ? AND name = ?", [person, name])
    worded_by = "iif(given_by = '', person, given_by)"
    held = db.conn.execute(f"SELECT {worded_by}, case_id, note, {marks} FROM holds WHERE note <> ''", post)
    for person, case_id, note, beside, alone, shown in held.fetchall():
        theirs = whose in ("", person)
        if (theirs and words.in_(note, beside=beside)) or (alone and (theirs or not shown)):
            db.conn.execute("UPDATE holds SET note = '' WHERE case_id = ?", [case_id])


def _erase_claims(db: Database, post: int, *, person: str) -> int:
    """Cases whose claim are this post's words get another of their posts' in its place, or none; how many lose it."""
    rows = claims_of(db, post)
    for case_id, before, claim, score in rows:
        if claim != before:
            audit.words_erased(db, person, seals.CLAIM, case_id=case_id)
        kept = number_of(db, "SELECT score_id FROM cases WHERE id = ?", [case_id]) or None
        cases.set_claim(db, case_id, claim, score or kept)
        for (number,) in db.conn.execute("SELECT id FROM decisions WHERE case_id = ?", [case_id]).fetchall():
            unquote(db, "eid", f"decision:{number}")
            if claim == ERASED:
                decisions.reopen_resting_on(db, f"decision:{number}", why="evidence_changed", but=case_id)
        cases.refresh(db, case_id)  # what is said of a case that a person opened is said of its claim
    return sum(before != claim for _, before, claim, _ in rows)


def _erase_passages(db: Database, url: str, instead: str, *, person: str) -> int:
    """Passages of an address: deleted, or left without words where a decision names them."""
    passages = db.conn.execute("SELECT id, eid FROM passages WHERE url = ?", [url]).fetchall()
    for passage, eid in passages:
        _drop_passage(db, passage, eid, text=ERASED, url=instead, person=person)
        decisions.reopen_resting_on(db, eid, why="evidence_changed")
    return len(passages)


def _is_named(db: Database, eid: str) -> bool:
    """Whether a decision names a piece of evidence."""
    return bool(number_of(db, "SELECT EXISTS (SELECT 1 FROM decision_evidence WHERE eid = ?)", [eid]))


def _drop_passage(db: Database, passage: int, eid: str, *, text: str, url: str, person: str) -> None:
    """Delete a passage, or leave it with other words where a decision names it."""
    if _is_named(db, eid):
        unquote(db, "eid", eid)
        audit.words_erased(db, person, f"{seals.EVIDENCE} {eid}")
        db.conn.execute("DELETE FROM former_words WHERE eid = ?", [eid])
        db.conn.execute(
            "UPDATE passages SET text = ?, title = '', url = ?, date = '', valid_from = '', valid_to = '',"
            " added_at = ? WHERE id = ?",
            [text, url, change_time(db), passage],
        )
    else:
        told = db.conn.execute(
            "SELECT DISTINCT cp.case_id FROM evidence e JOIN scores s ON s.id = e.score_id JOIN versions v"
            " ON v.id = s.version_id JOIN case_posts cp ON cp.post_id = v.post_id"
            " WHERE e.eid = ? AND e.relation = 'contradicts'",
            [eid],
        ).fetchall()
        db.conn.execute("DELETE FROM evidence WHERE eid = ?", [eid])
        db.conn.execute("DELETE FROM case_evidence WHERE eid = ?", [eid])
        db.conn.execute("DELETE FROM passages WHERE id = ?", [passage])
        for (case_id,) in told:  # the slot in which it differs
            cases.refresh(db, case_id)


def remove_evidence(
    db: Database, eids: Sequence[str], *, person: str, readable: bool = False, case_id: int = 0
) -> list[int]:
    """Take passages back: deleted, or left without words where a decision names them; returns the cases reopened.

    Fact-checks keep their words and are withdrawn, whatever their page shows later. Unknown ids are passed over.
    readable: what is left keeps its words, but no claim is compared with it. The log names the case it was done on.
    """
    reopened, where = list[int](), f"#{case_id}" if case_id else ""
    with write(db):
        for eid in eids:
            kind, key = parse_eid(eid)
            if kind == "factcheck":
                reopened += factchecks.withdraw(db, int(key))
                audit.note(db, person, "evidence_remove", subject=eid, detail=where)
                continue
            row = db.conn.execute("SELECT id, url FROM passages WHERE eid = ?", [eid]).fetchone()
            if row:
                if readable and _is_named(db, eid):
                    db.conn.execute(
                        "UPDATE passages SET kind = ?, added_at = ? WHERE id = ?", [WITHDRAWN, change_time(db), row[0]]
                    )
                else:
                    _drop_passage(db, row[0], eid, text=TAKEN_BACK, url=row[1], person=person)
                reopened += decisions.reopen_resting_on(db, eid, why="evidence_changed")
                audit.note(db, person, "evidence_remove", subject=eid, detail=where)
    return reopened
