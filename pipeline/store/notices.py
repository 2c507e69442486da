"""Pages that say something else than what was asked for: a site's notice (maintenance, consent) in their place."""

import hashlib
import re
from datetime import datetime

from sqlite_utils import Database

from crawlers.items import Fetch, Passage, Post, Visit
from crawlers.settings import NOTICE_UNREAD_DAYS
from crawlers.visits import NOTICE as PUT_ASIDE
from crawlers.visits import has_said, older
from pipeline.store import pieces
from pipeline.store.posts import bare, bare_words, storable

NOTICE = 600  # characters: a longer page is taken for an article, but in place of what is evidence
TITLED = 4  # words of a title by which a page is known for another's
RUN = 3  # words: a text that was edited has some runs of them still
KEPT = 0.1  # of its runs that a text has at least that was edited
_CORRECTS = re.compile(  # in small letters without diacritics: what an outlet says of an article of its own
    r"\b(?:dinh chinh|cai chinh|(?:rut|thu hoi|go)(?: bo| lai)? (?:bai|tin)|sai su that)\b"
)


def words_digest(item: Post | Passage) -> str:
    """What tells the same notice at another look, or in place of another page, where it may bear another number."""
    words = [word for word in bare_words(f"{item.title}\n{item.text}") if word.isalpha()]
    return hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()


def is_notice(db: Database, fetch: Fetch, item: Post | Passage, visit: Visit, at: datetime) -> bool:
    """Whether what a page says is to be put aside: neither what it said before nor what its list calls it.

    That is taken after all where it corrects or takes back what was there, and once the page has said it at each look
    since NOTICE_HOURS and no other page does. One that was never read, and says something else at each look, is taken
    after NOTICE_UNREAD_DAYS where it is the only one of its source: nothing that it said before could be lost.
    """
    if not _is_other(db, fetch, item) or _CORRECTS.search(bare(storable(f"{item.title}\n{item.text}"))):
        return False
    words = words_digest(item)
    if not visit.visits and older(visit.first_at, at, 24 * NOTICE_UNREAD_DAYS):
        aside = "SELECT url FROM fetches WHERE source_id = ? AND next_visit <> '' AND detail = ? LIMIT 2"
        if db.conn.execute(aside, [fetch.source_id, PUT_ASIDE]).fetchall() == [(fetch.url,)]:
            return False
    if not has_said(visit, words, at):
        return True
    asked = "SELECT 1 FROM fetches WHERE next_visit <> '' AND body_hash = ? AND url <> ?"
    return db.conn.execute(asked, [words, fetch.url]).fetchone() is not None


def _is_other(db: Database, fetch: Fetch, item: Post | Passage) -> bool:
    if len(item.text) >= NOTICE and isinstance(item, Post):
        return False  # whatever it is in place of, a claim in it is to be found
    before = _before(db, fetch, item)
    if before is None:
        called = {word for word in bare_words(fetch.title) if word.isalpha()}  # an address in place of a title is none
        said = set(bare_words(f"{item.title}\n{item.text}"))
        return len(item.text) < NOTICE and len(called) >= TITLED and len(called & said) < len(called) / 4
    title, text = before
    if text == item.text or _is_like(item.title, title) or _is_like(item.title, fetch.title):
        return False
    runs = _runs(item.text)
    return len(runs & _runs(text)) < KEPT * len(runs)


def _before(db: Database, fetch: Fetch, item: Post | Passage) -> tuple[str, str] | None:
    """Title and text that a page had when it was read last, where it was and its words are here still."""
    if isinstance(item, Passage):
        # facts that name it as where they are from say it in words of their own
        query = f"SELECT title, text FROM passages WHERE url = ? AND source_id <> '' AND text NOT IN {pieces.GONE}"
        row = db.conn.execute(f"{query} ORDER BY source_id <> ?", [item.url, item.source_id]).fetchone()
    else:
        row = db.conn.execute(
            "SELECT title, text FROM current_posts WHERE url = ?1 OR url IN (SELECT url FROM sightings"
            " WHERE page_url = ?2) ORDER BY url <> ?1",
            [item.url, fetch.url],
        ).fetchone()
    return (row[0], row[1]) if row and row[1] else None


def _is_like(title: str, other: str) -> bool:
    """Whether two titles have half of their words in common."""
    ours, theirs = set(bare_words(title)), set(bare_words(other))
    return 2 * len(ours & theirs) >= max(len(ours), len(theirs))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = bare_words(text)
    return {tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}
