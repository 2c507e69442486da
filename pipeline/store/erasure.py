"""Taking an address and its words out of every table, on request; what was done stays written."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from sqlite_utils import Database

from crawlers.urls import alike
from pipeline.records import OWN_WORDS, TAKEN_OUT, now
from pipeline.store import audit, cases, decisions
from pipeline.store.copies import checkpoint, merge_search
from pipeline.store.database import write
from pipeline.store.desk import address_as_kept, spellings
from pipeline.store.evidence import change_time, withdraw_check
from pipeline.store.pieces import ERASED, TAKEN_BACK, WITHDRAWN, parse_eid
from pipeline.store.posts import bare, storable, url_digest, written
from pipeline.store.retention import let_go, put_back, unquote
from pipeline.store.scores import standing_of


class EraseRefused(Exception):
    """An erasure of something that is no address; the message says what is wanted."""


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


@dataclass(frozen=True, slots=True)
class Words:
    """How what is to be erased is known again in a file: as read before it is gone."""

    url: str
    versions: tuple[int, ...]
    own: tuple[str, ...]  # texts: a row that holds one is of the post itself, as is one that holds the address
    quoted: tuple[str, ...]  # claims, passages and fact-checks that rows of others may quote
    post: int = -1  # its number: a row that names it is of the post itself
    claims: tuple[str, ...] = ()  # the longer claims of those quoted: known for the post's on any case
    cases: tuple[int, ...] = ()  # whose claim goes with no other in its place: their verdicts are told to nobody
    told: tuple[str, ...] = ()  # those claims, and how verdicts worded and explained them
    renumbered: bool = False  # whether a version of the post has another number in the file, or none

    def in_(self, text: str, *, beside: bool) -> bool:
        """Whether a text that somebody wrote, beside the post or on another case, quotes the address or its words."""
        # to another page; what a feed or Facebook hung on it leads to this
        goes_on = r"(?![?&](?:utm_|(?:fbclid|mibextid|rdid|igsh|zarsrc)=))[/?&=%.:;,~+-]*\w"
        if re.search(rf"{re.escape(self.url)}(?!{goes_on})", text):
            return True
        return any(part in text for part in (*self.own, *(self.quoted if beside else self.claims)))

    def within(self, last: Mapping[str, int]) -> "Words":
        """The same for a file in which numbers past the last of each table are those of other posts."""
        versions, cases = (
            tuple(one for one in numbers if one <= last.get(table, one))
            for table, numbers in (("versions", self.versions), ("cases", self.cases))
        )
        post = self.post if self.post <= last.get("posts", self.post) else -1
        return replace(self, post=post, versions=versions, cases=cases, renumbered=versions != self.versions)


def last_numbers(db: Database) -> dict[str, int]:
    """The highest number given in each table whose numbers leave the store."""
    tables = ("posts", "versions", "cases")
    return {one: db.conn.execute(f"SELECT coalesce(max(id), 0) FROM {one}").fetchone()[0] for one in tables}


LEAST_OWN, LEAST_QUOTED = 40, 15  # characters; shorter ones are nobody's own


def words_of(db: Database, url: str) -> Words:
    """What an address holds now, to be found in files too; raises EraseRefused."""
    _check_address(url)
    versions = db.conn.execute(
        "SELECT v.id, v.title, v.lead, v.text FROM versions v JOIN posts p ON p.id = v.post_id WHERE p.url = ?", [url]
    ).fetchall()
    (post,) = db.conn.execute("SELECT coalesce(max(id), -1) FROM posts WHERE url = ?", [url]).fetchone()
    claims = [claim for _, claim in _claims_lost(db, post)] + _own_claims(db, post)
    quoted = list(claims)
    for passage in db.conn.execute("SELECT title, text FROM passages WHERE url = ?", [url]).fetchall():
        quoted += passage
    quoted += [claim for (claim,) in db.conn.execute("SELECT claim FROM factchecks WHERE url = ?", [url]).fetchall()]
    own = {part for _, *parts in versions for part in parts if len(part) >= LEAST_OWN}
    return Words(
        url, tuple(row[0] for row in versions), tuple(sorted(own)),
        tuple(sorted({part for part in quoted if len(part) >= LEAST_QUOTED and part != ERASED}, key=len, reverse=True)),
        post, tuple(sorted({claim for claim in claims if len(claim) >= LEAST_OWN})), *_told(db, post),
    )  # fmt: skip


def _told(db: Database, post: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The cases whose verdicts are told no more once a post is gone, and what was told of them."""
    gone = {case_id: claim for case_id, claim, instead, _ in _claims_of(db, post) if claim != instead == ERASED}
    said = set(gone.values())
    for case_id in gone:
        for row in db.conn.execute("SELECT wording, explanation FROM decisions WHERE case_id = ?", [case_id]):
            said.update(row)
    return tuple(gone), tuple(sorted(said - {""}, key=len, reverse=True))


def _own_claims(db: Database, post: int) -> list[str]:
    """What models took for a post's claim, but for what another post of its cases says word for word."""
    return [
        claim
        for table in ("scores", "shadow_scores")
        for (claim,) in db.conn.execute(
            f"SELECT DISTINCT s.claim FROM versions v JOIN {table} s ON s.version_id = v.id WHERE v.post_id = ?"
            " AND s.claim NOT IN (SELECT o.claim FROM memberships m JOIN case_posts cp ON cp.case_id = m.case_id"
            f" AND cp.post_id <> m.post_id JOIN scores o ON o.id = {standing_of('cp.post_id')} WHERE m.post_id = ?)",
            [post, post],
        ).fetchall()
    ]


def erased(db: Database, urls: Sequence[str]) -> set[str]:
    """Which addresses were erased, in whatever spelling, so that they aren't taken in again."""
    if not db.conn.execute("SELECT EXISTS (SELECT 1 FROM erasures)").fetchone()[0]:
        return set()
    asked = "SELECT 1 FROM erasures WHERE url_digest IN (SELECT value FROM json_each(?))"
    return {url for url in urls if db.conn.execute(asked, [json.dumps([*map(url_digest, alike(url))])]).fetchone()}


def was_erased(db: Database, url: str) -> bool:
    """Whether the address that somebody gives was erased, however they spell it; "" never was."""
    return bool(url and erased(db, [address_as_kept(url), *spellings(url)[:2]]))


def erasures(db: Database) -> list[Erasure]:
    """What was erased, oldest first."""
    rows = db.conn.execute("SELECT url_digest, at, person, reason, what FROM erasures ORDER BY id")
    return [Erasure(*row) for row in rows]


def held(db: Database, url: str) -> list[tuple[str, str, str]]:
    """What is here of an address, and would go with it, as (what, number or id, its words); raises EraseRefused."""
    _check_address(url)
    (post,) = db.conn.execute("SELECT coalesce(max(id), -1) FROM posts WHERE url = ?", [url]).fetchone()
    rows = db.conn.execute(
        "SELECT 'version', id, coalesce(nullif(title, ''), text) FROM versions WHERE post_id = ?"
        " UNION ALL SELECT 'passage', eid, coalesce(nullif(title, ''), text) FROM passages WHERE url = ?"
        " UNION ALL SELECT 'fact-check', id, claim FROM factchecks WHERE url = ?"
        " UNION ALL SELECT 'fetch', source_id, title FROM fetches WHERE url = ?",
        [post, url, url, url],
    ).fetchall()
    rows += [("claim of case", case_id, claim) for case_id, claim in _claims_lost(db, post)]
    words = words_of(db, url)
    rows += [("note", number, text) for number, text in _notes_lost(db, words)]
    rows += [("wording", number, text) for number, text in _wordings_lost(db, words)]
    return [(what, str(which), said) for what, which, said in rows]


def notes_left(db: Database, url: str) -> list[tuple[int, str]]:
    """What people wrote on the cases of an address and an erasure leaves, to be read: each with its case."""
    words = words_of(db, url)
    lost = {*(f"note {n}" for n, _ in _notes_lost(db, words)), *(f"wording {n}" for n, _ in _wordings_lost(db, words))}
    rows = db.conn.execute(
        "SELECT case_id, iif((note || explanation) <> '', 'decision ', 'wording ') || id FROM decisions"
        f" WHERE (note || explanation || wording) <> '' AND person <> 'soi' AND {_ON_ITS_CASES}"
        f" UNION ALL SELECT case_id, 'note ' || id FROM case_notes WHERE text <> '{ERASED}' AND {_ON_ITS_CASES}",
        {"post": words.post},
    ).fetchall()
    return [(case_id, what) for case_id, what in rows if what not in lost]


def beside(db: Database, url: str) -> list[str]:
    """Other addresses of an article: the one its page names as its own, the one it was read at, and those that texts
    are known by which people brought in as from it.

    Not a list's: an article that was taken down may lead to its section's page.
    """
    rows = db.conn.execute(
        "SELECT s.url, s.page_url FROM sightings s JOIN fetches f ON f.url = s.page_url AND f.step = 'page'"
        " WHERE (s.url = ? OR s.page_url = ?)"
        " AND NOT EXISTS (SELECT 1 FROM fetches l WHERE l.url = s.url AND l.step <> 'page')",
        [url, url],
    ).fetchall()
    return [other for row in rows for other in row if other != url] + _brought_from(db, url)


def _brought_from(db: Database, page: str) -> list[str]:
    """What texts are known by that people brought in as from a page, however they spelled its address."""
    pages = [page, *spellings(page)]
    asked = f"SELECT post_id FROM told_pages WHERE url IN ({', '.join('?' * len(pages))})"
    return [url for (url,) in db.conn.execute(f"SELECT url FROM posts WHERE id IN ({asked})", pages).fetchall()]


def _check_address(url: str) -> None:
    if not url.startswith(("http://", "https://", OWN_WORDS)):  # what came from a file has the address ""
        raise EraseRefused(f'"{url}" is no web address; give the one that the post or passage has, with its https://.')


def erase(db: Database, url: str, *, person: str, reason: str) -> Erased:
    """Take an address and its words out of every table, and write down that it was done; raises EraseRefused.

    The search indexes hold the words until merge_search.
    """
    _check_address(url)
    digest, reason = url_digest(url), written(reason)
    with write(db):
        done = _erase(db, url, digest)
        db.conn.execute(
            "INSERT OR IGNORE INTO erasures (url_digest, at, person, reason, what) VALUES (?, ?, ?, ?, ?)",
            [digest, now(), storable(person), reason, json.dumps(_counts(done))],
        )
        audit.note(db, person, "erase", subject=digest, detail=reason)
    return done


def _counts(done: Erased) -> dict[str, int]:
    """What is kept of an erasure: how much went."""
    return {name: n for name, n in asdict(done).items() if isinstance(n, int)}


def erase_again(db: Database, gone: Iterable[Erasure], *, person: str) -> int:
    """Erase addresses known by digest alone, which an older backup brought back; their records come back too."""
    wanted = {one.url_digest: one for one in gone}
    with write(db):
        db.conn.executemany(
            "INSERT OR IGNORE INTO erasures (url_digest, at, person, reason, what) VALUES (?, ?, ?, ?, ?)",
            [(d, one.at or now(), one.person or person, one.reason, one.what) for d, one in wanted.items()],
        )
    known = [url for url in _all_urls(db) if any(url_digest(one) in wanted for one in alike(url))] if wanted else []
    urls = list(dict.fromkeys(one for url in known for one in (*_brought_from(db, url), url)))
    for url in urls:
        erase(db, url, person=person, reason="erased before; a backup brought it back")
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


def _erase(db: Database, url: str, digest: str) -> Erased:
    instead = f"erased:{digest}"
    row = db.conn.execute("SELECT id FROM posts WHERE url = ?", [url]).fetchone()
    post = row[0] if row else -1
    left, last = notes_left(db, url), _last_decision(db)
    versions, erased, lost = _erase_post(db, url, post, instead)
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
        decisions.reopen_resting_on(db, f"factcheck:{check}", why="evidence_changed")
    passages = _erase_passages(db, url, instead)
    reopened = db.conn.execute(
        "SELECT DISTINCT case_id FROM decisions WHERE id > ? AND action = 'reopen' ORDER BY 1", [last]
    ).fetchall()
    return Erased(versions, erased, passages, len(checks), fetches, len(left), lost, tuple(left),
                  tuple(case_id for (case_id,) in reopened))  # fmt: skip


def _last_decision(db: Database) -> int:
    return int(db.conn.execute("SELECT coalesce(max(id), 0) FROM decisions").fetchone()[0])


def _erase_post(db: Database, url: str, post: int, instead: str) -> tuple[int, int, int]:
    """Take a post's words out, with claims, notes and drafts that were of it alone, and its address; how many versions,
    claims and notes went."""
    words = words_of(db, url)  # they go next
    lost = _notes_lost(db, words)
    for number, _ in _wordings_lost(db, words):
        db.conn.execute("UPDATE decisions SET wording = '' WHERE id = ?", [number])
    _forget_unsent(db, words)
    versions = [v for (v,) in db.conn.execute("SELECT id FROM versions WHERE post_id = ?", [post]).fetchall()]
    let_go(db, versions)
    erased = _erase_claims(db, post)
    for number, _ in lost:
        put_back(db, "case_notes", number, text=ERASED)
    db.conn.execute("UPDATE posts SET url = ?, thread_url = '', section = '' WHERE id = ?", [instead, post])
    db.conn.execute("DELETE FROM told_pages WHERE post_id = ?", [post])
    if case_id := cases.case_of(db, post):
        cases.refresh(db, case_id)  # without any text it leaves the queue
    return len(versions), erased, len(lost)


def take_out(db: Database, post_ids: Iterable[int]) -> None:
    """Take posts out that were brought in by mistake, as an erasure would; they may be brought in or crawled again.

    The search indexes hold the words until merge_search.
    """
    with write(db):
        for post in post_ids:
            (url,) = db.conn.execute("SELECT url FROM posts WHERE id = ?", [post]).fetchone()
            _erase_post(db, url, post, f"{TAKEN_OUT}{url_digest(f'{url} {now()} {post}')}")


_ON_ITS_CASES = "case_id IN (SELECT case_id FROM memberships WHERE post_id = :post)"
# a row on a case of the post's that holds no other text
_ALONE = (
    f"{_ON_ITS_CASES} AND case_id NOT IN (SELECT m.case_id FROM memberships m JOIN posts p ON p.id = m.post_id"
    " WHERE m.post_id <> :post AND p.url NOT LIKE 'erased:%')"
)


def _notes_lost(db: Database, words: Words) -> list[tuple[int, str]]:
    """Notes that go with a post: those that quote it, and all on cases that hold no other text."""
    return _lost(db, words, f"id, text, {_ON_ITS_CASES}, {_ALONE} FROM case_notes WHERE text <> '{ERASED}'")


def _wordings_lost(db: Database, words: Words) -> list[tuple[int, str]]:
    """Likewise how verdicts word their claims for readers."""
    return _lost(db, words, f"id, wording, {_ON_ITS_CASES}, {_ALONE} FROM decisions WHERE wording <> ''")


def _lost(db: Database, words: Words, written: str) -> list[tuple[int, str]]:
    rows = db.conn.execute(f"SELECT {written}", {"post": words.post}).fetchall()
    return [(number, text) for number, text, beside, alone in rows if alone or words.in_(text, beside=beside)]


def _forget_unsent(db: Database, words: Words) -> None:
    """Drop what people filled in and didn't send, searches that they saved, and the words of hand-overs, as notes are;
    a hand-over stands."""
    marks, post = f"{_ON_ITS_CASES}, {_ALONE}", {"post": words.post}
    drafts = db.conn.execute(f"SELECT person, case_id, fields, {marks} FROM drafts", post).fetchall()
    for person, case_id, kept, beside, alone in drafts:
        fields = json.loads(kept)
        if alone or any(words.in_(one, beside=beside) for said in fields.values() for one in said):
            db.conn.execute("DELETE FROM drafts WHERE person = ? AND case_id = ?", [person, case_id])
    for person, name, query in db.conn.execute("SELECT person, name, query FROM saved_views").fetchall():
        if any(words.in_(said, beside=False) for _, said in parse_qsl(urlsplit(query).query)):
            db.conn.execute("DELETE FROM saved_views WHERE person = ? AND name = ?", [person, name])
    held = db.conn.execute(f"SELECT case_id, note, {marks} FROM holds WHERE note <> ''", post)
    for case_id, note, beside, alone in held.fetchall():
        if alone or words.in_(note, beside=beside):
            db.conn.execute("UPDATE holds SET note = '' WHERE case_id = ?", [case_id])


def _claims_of(db: Database, post: int) -> list[tuple[int, str, str, int | None]]:
    """Cases whose claim are a post's words, as (case, claim, the claim that takes its place, the score of that).

    Such are also those that were split off with the claim of its case, where no other post of theirs holds it.
    """
    rows = db.conn.execute(
        "WITH own AS (SELECT c.id, c.claim FROM cases c LEFT JOIN scores s ON s.id = c.score_id"
        " LEFT JOIN versions v ON v.id = s.version_id WHERE v.post_id = ?"
        " OR EXISTS (SELECT 1 FROM memberships m WHERE m.case_id = c.id AND m.post_id = ?) AND NOT EXISTS"
        " (SELECT 1 FROM memberships m JOIN posts p ON p.id = m.post_id WHERE m.case_id = c.id AND m.post_id <> ?"
        " AND p.url NOT LIKE 'erased:%')) SELECT id, claim FROM own UNION SELECT c.id, c.claim FROM cases c"
        " WHERE c.claim IN (SELECT claim FROM own WHERE claim <> ?) AND NOT EXISTS (SELECT 1 FROM memberships m"
        " JOIN versions v ON v.post_id = m.post_id WHERE m.case_id = c.id AND m.post_id <> ?"
        " AND instr(v.title || ' ' || v.lead || ' ' || v.text, c.claim) > 0)",
        [post, post, post, ERASED, post],
    ).fetchall()
    return [(case_id, claim, *_claim_beside(db, case_id, post, claim)) for case_id, claim in rows]


def _claim_beside(db: Database, case_id: int, post: int, claim: str) -> tuple[str, int | None]:
    """The claim of another post of a case and its score: in the same words where one says them, never a testimony."""
    row = db.conn.execute(
        f"SELECT s.claim, s.id FROM case_posts cp JOIN scores s ON s.id = {standing_of('cp.post_id')}"
        " WHERE cp.case_id = ? AND cp.post_id <> ? AND s.claim <> '' AND s.kind <> 'testimony'"
        " ORDER BY s.claim = ? DESC, s.p_refuted DESC, s.worth DESC, cp.post_id LIMIT 1",
        [case_id, post, claim],
    ).fetchone()
    return (row[0], row[1]) if row else (ERASED, None)


def _claims_lost(db: Database, post: int) -> list[tuple[int, str]]:
    """Cases whose claim goes with a post, and the claim."""
    return [(case_id, claim) for case_id, claim, instead, _ in _claims_of(db, post) if claim != instead]


def _erase_claims(db: Database, post: int) -> int:
    """Cases whose claim are this post's words get another of their posts' in its place, or none; how many lose it."""
    rows = _claims_of(db, post)
    for case_id, _, claim, score in rows:
        db.conn.execute("UPDATE cases SET claim = ?, score_id = coalesce(?, score_id) WHERE id = ?",
                        [claim, score, case_id])  # fmt: skip
        db.conn.execute("DELETE FROM claims_fts WHERE rowid = ?", [case_id])
        if score:
            db.conn.execute("INSERT INTO claims_fts (rowid, claim) VALUES (?, ?)", [case_id, bare(claim)])
        for (number,) in db.conn.execute("SELECT id FROM decisions WHERE case_id = ?", [case_id]).fetchall():
            unquote(db, "eid", f"decision:{number}")
            if claim == ERASED:
                decisions.reopen_resting_on(db, f"decision:{number}", why="evidence_changed", but=case_id)
    return sum(before != claim for _, before, claim, _ in rows)


def _erase_passages(db: Database, url: str, instead: str) -> int:
    """Passages of an address: deleted, or left without words where a decision names them."""
    passages = db.conn.execute("SELECT id, eid FROM passages WHERE url = ?", [url]).fetchall()
    for passage, eid in passages:
        _drop_passage(db, passage, eid, text=ERASED, url=instead)
        decisions.reopen_resting_on(db, eid, why="evidence_changed")
    return len(passages)


def _is_named(db: Database, eid: str) -> bool:
    """Whether a decision names a piece of evidence."""
    return bool(db.conn.execute("SELECT EXISTS (SELECT 1 FROM decision_evidence WHERE eid = ?)", [eid]).fetchone()[0])


def _drop_passage(db: Database, passage: int, eid: str, *, text: str, url: str) -> None:
    """Delete a passage, or leave it with other words where a decision names it."""
    if _is_named(db, eid):
        unquote(db, "eid", eid)
        db.conn.execute("DELETE FROM former_words WHERE eid = ?", [eid])
        db.conn.execute(
            "UPDATE passages SET text = ?, title = '', url = ?, date = '', valid_from = '', valid_to = '',"
            " added_at = ? WHERE id = ?",
            [text, url, change_time(db), passage],
        )
    else:
        db.conn.execute("DELETE FROM evidence WHERE eid = ?", [eid])
        db.conn.execute("DELETE FROM case_evidence WHERE eid = ?", [eid])
        db.conn.execute("DELETE FROM passages WHERE id = ?", [passage])


def remove_evidence(db: Database, eids: Sequence[str], *, person: str, readable: bool = False) -> list[int]:
    """Take passages back: deleted, or left without words where a decision names them; returns the cases reopened.

    Fact-checks keep their words and are withdrawn, whatever their page shows later. Unknown ids are passed over.
    readable: what is left keeps its words, but no claim is compared with it.
    """
    reopened: list[int] = []
    with write(db):
        for eid in eids:
            kind, key = parse_eid(eid)
            if kind == "factcheck":
                reopened += withdraw_check(db, int(key))
                audit.note(db, person, "evidence_remove", subject=eid)
                continue
            row = db.conn.execute("SELECT id, url FROM passages WHERE eid = ?", [eid]).fetchone()
            if row:
                if readable and _is_named(db, eid):
                    db.conn.execute(
                        "UPDATE passages SET kind = ?, added_at = ? WHERE id = ?", [WITHDRAWN, change_time(db), row[0]]
                    )
                else:
                    _drop_passage(db, row[0], eid, text=TAKEN_BACK, url=row[1])
                reopened += decisions.reopen_resting_on(db, eid, why="evidence_changed")
                audit.note(db, person, "evidence_remove", subject=eid)
    return reopened
