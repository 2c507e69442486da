"""What is here of an address: how its words are known again, what would go with it, and what would be left."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from pipeline.records import OWN_WORDS, reading_text
from pipeline.store.database import number_of
from pipeline.store.desk import spellings
from pipeline.store.pieces import ERASED
from pipeline.store.posts import composed
from pipeline.store.scores import standing_of


class EraseRefused(Exception):
    """An erasure of something that is no address; the message says what is wanted."""


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
    anew: bool = False  # likewise a case whose claim goes
    kept: tuple[str, ...] = ()  # what other posts of its cases say with such words in it, longest first: it stays whole

    def in_(self, text: str, *, beside: bool) -> bool:
        """Whether a text that somebody wrote, beside the post or on another case, quotes the address or its words."""
        # to another page; what a feed or Facebook hung on it leads to this
        goes_on = r"(?![?&](?:utm_|(?:fbclid|mibextid|rdid|igsh|zarsrc)=))[/?&=%.:;,~+-]*\w"
        text = composed(text)
        if re.search(rf"{re.escape(composed(self.url))}(?!{goes_on})", text):
            return True
        parts, kept = (*self.own, *(self.quoted if beside else self.claims)), [*map(composed, self.kept)]
        return any(without(text, composed(part), kept, "") != text for part in parts)

    def within(self, last: Mapping[str, int]) -> "Words":
        """The same for a file in which numbers past the last of each table are those of other posts."""
        versions, cases = (
            tuple(one for one in numbers if one <= last.get(table, one))
            for table, numbers in (("versions", self.versions), ("cases", self.cases))
        )
        post = self.post if self.post <= last.get("posts", self.post) else -1
        renumbered, anew = versions != self.versions, cases != self.cases
        return replace(self, post=post, versions=versions, cases=cases, renumbered=renumbered, anew=anew)


def without(text: str, part: str, kept: Sequence[str], instead: str) -> str:
    """A text with something instead of a part, but for where that lies within what is kept, longest first."""
    if part not in text:
        return text
    for one in kept:
        if len(one) > len(part) and part in one and one in text:
            return one.join(without(piece, part, kept, instead) for piece in text.split(one))
    return text.replace(part, instead)


LEAST_OWN, LEAST_QUOTED = 40, 15  # characters; shorter ones are nobody's own


def words_of(db: Database, url: str) -> Words:
    """What an address holds now, to be found in files too; raises EraseRefused."""
    check_address(url)
    versions = db.conn.execute(
        "SELECT v.id, v.title, v.lead, v.text FROM versions v JOIN posts p ON p.id = v.post_id WHERE p.url = ?", [url]
    ).fetchall()
    post = number_of(db, "SELECT coalesce(max(id), -1) FROM posts WHERE url = ?", [url])
    claims = [claim for _, claim in _claims_lost(db, post)] + _own_claims(db, post)
    quoted = list(claims)
    for passage in db.conn.execute("SELECT title, text FROM passages WHERE url = ?", [url]).fetchall():
        quoted += passage
    quoted += [claim for (claim,) in db.conn.execute("SELECT claim FROM factchecks WHERE url = ?", [url]).fetchall()]
    own = {part for _, *parts in versions for part in parts if len(part) >= LEAST_OWN}
    said = _longest({part for part in quoted if len(part) >= LEAST_QUOTED and part != ERASED})
    return Words(
        url, tuple(row[0] for row in versions), tuple(sorted(own)), said, post,
        tuple(sorted({claim for claim in claims if len(claim) >= LEAST_OWN})), *_verdicts_gone(db, post),
        kept=_kept(db, post, (*own, *said)),
    )  # fmt: skip


def _longest(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(parts, key=len, reverse=True))


def _kept(db: Database, post: int, words: Sequence[str]) -> tuple[str, ...]:
    """Texts and claims of other posts of a post's cases that hold any of its words within longer ones, where their own
    erasure would know them again."""
    others = (
        " FROM versions v {} WHERE v.let_go = '' AND v.post_id IN (SELECT cp.post_id FROM memberships m"
        " JOIN case_posts cp ON cp.case_id = m.case_id AND cp.post_id <> m.post_id WHERE m.post_id = :post)"
    )
    sql = f"SELECT v.title, v.lead, v.text{others.format('')}"
    held = {one for row in db.conn.execute(sql, {"post": post}) for one in (*row, reading_text(*row))}
    held = {one for one in held if len(one) >= LEAST_OWN}
    for table in ("scores", "shadow_scores"):
        sql = f"SELECT s.claim{others.format(f'JOIN {table} s ON s.version_id = v.id')}"
        held |= {claim for (claim,) in db.conn.execute(sql, {"post": post})}
    return _longest(one for one in held if any(part in one and part != one for part in words))


def _verdicts_gone(db: Database, post: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The cases whose verdicts are told no more once a post is gone, and what was told of them."""
    gone = {case_id: claim for case_id, claim, instead, _ in claims_of(db, post) if claim != instead == ERASED}
    said = set(gone.values())
    for case_id in gone:
        for row in db.conn.execute("SELECT wording, explanation FROM decisions WHERE case_id = ?", [case_id]):
            said.update(row)
    return tuple(gone), _longest(said - {""})


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


def last_numbers(db: Database) -> dict[str, int]:
    """The highest number given in each table whose numbers leave the store."""
    tables = ("posts", "versions", "cases")
    return {one: number_of(db, f"SELECT max(id) FROM {one}") for one in tables}


def held(db: Database, url: str) -> list[tuple[str, str, str]]:
    """What is here of an address, and would go with it, as (what, number or id, its words); raises EraseRefused."""
    words = words_of(db, url)
    rows = db.conn.execute(
        "SELECT 'version', id, coalesce(nullif(title, ''), text) FROM versions WHERE post_id = ?"
        " UNION ALL SELECT 'passage', eid, coalesce(nullif(title, ''), text) FROM passages WHERE url = ?"
        " UNION ALL SELECT 'fact-check', id, claim FROM factchecks WHERE url = ?"
        " UNION ALL SELECT 'fetch', source_id, title FROM fetches WHERE url = ?",
        [words.post, url, url, url],
    ).fetchall()
    rows += [("claim of case", case_id, claim) for case_id, claim in _claims_lost(db, words.post)]
    rows += [("note", number, text) for number, text in notes_lost(db, words)]
    rows += [("wording", number, text) for number, text in wordings_lost(db, words)]
    return [(what, str(which), said) for what, which, said in rows]


def notes_left(db: Database, words: Words) -> list[tuple[int, str]]:
    """What people wrote on the cases of an address and an erasure leaves, to be read: each with its case."""
    lost = {*(f"note {n}" for n, _ in notes_lost(db, words)), *(f"wording {n}" for n, _ in wordings_lost(db, words))}
    rows = db.conn.execute(
        "SELECT case_id, iif((note || explanation) <> '', 'decision ', 'wording ') || id FROM decisions"
        f" WHERE (note || explanation || wording) <> '' AND person <> 'soi' AND {ON_ITS_CASES}"
        f" UNION ALL SELECT case_id, 'note ' || id FROM case_notes WHERE text <> '{ERASED}' AND {ON_ITS_CASES}",
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
    return [other for row in rows for other in row if other != url] + brought_from(db, url)


def brought_from(db: Database, page: str) -> list[str]:
    """What texts are known by that people brought in as from a page, however they spelled its address."""
    pages = [page, *spellings(page)]
    asked = f"SELECT post_id FROM told_pages WHERE url IN ({', '.join('?' * len(pages))})"
    return [url for (url,) in db.conn.execute(f"SELECT url FROM posts WHERE id IN ({asked})", pages).fetchall()]


def check_address(url: str) -> None:
    """Raise EraseRefused for what no post or passage is known by."""
    if not url.startswith(("http://", "https://", OWN_WORDS)):  # what came from a file has the address ""
        raise EraseRefused(f'"{url}" is no web address; give the one that the post or passage has, with its https://.')


ON_ITS_CASES = "case_id IN (SELECT case_id FROM memberships WHERE post_id = :post)"
# a row on a case of the post's that holds no other text
ALONE = (
    f"{ON_ITS_CASES} AND case_id NOT IN (SELECT m.case_id FROM memberships m JOIN posts p ON p.id = m.post_id"
    " WHERE m.post_id <> :post AND p.url NOT LIKE 'erased:%')"
)


def notes_lost(db: Database, words: Words, *, whose: str = "") -> list[tuple[int, str]]:
    """Notes (`whose`, or all) that go with a post: those that quote it, and all on cases that hold no other text."""
    those = f"text <> '{ERASED}' AND :whose IN ('', person)"
    return _lost(db, words, f"id, text, {ON_ITS_CASES}, {ALONE} FROM case_notes WHERE {those}", whose=whose)


def wordings_lost(db: Database, words: Words) -> list[tuple[int, str]]:
    """Likewise how verdicts word their claims for readers."""
    return _lost(db, words, f"id, wording, {ON_ITS_CASES}, {ALONE} FROM decisions WHERE wording <> ''")


def _lost(db: Database, words: Words, written: str, **values: str) -> list[tuple[int, str]]:
    rows = db.conn.execute(f"SELECT {written}", {"post": words.post, **values}).fetchall()
    return [(number, text) for number, text, beside, alone in rows if alone or words.in_(text, beside=beside)]


def claims_of(db: Database, post: int) -> list[tuple[int, str, str, int | None]]:
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
    return [(case_id, claim, *claim_beside(db, case_id, but=post, like=claim)) for case_id, claim in rows]


def claim_beside(db: Database, case_id: int, *, but: int = -1, like: str = "") -> tuple[str, int | None]:
    """The claim of a post (`but` one) of a case and its score: in words like these where one says them, never a
    testimony; ERASED for none."""
    row = db.conn.execute(
        f"SELECT s.claim, s.id FROM case_posts cp JOIN scores s ON s.id = {standing_of('cp.post_id')}"
        " WHERE cp.case_id = ? AND cp.post_id <> ? AND s.claim <> '' AND s.kind <> 'testimony'"
        " ORDER BY s.claim = ? DESC, s.p_refuted DESC, s.worth DESC, cp.post_id LIMIT 1",
        [case_id, but, like],
    ).fetchone()
    return (row[0], row[1]) if row else (ERASED, None)


def _claims_lost(db: Database, post: int) -> list[tuple[int, str]]:
    """Cases whose claim goes with a post, and the claim."""
    return [(case_id, claim) for case_id, claim, instead, _ in claims_of(db, post) if claim != instead]
