"""Tips: claims that no crawl collected, brought in by hand."""

from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.records import BROUGHT, OWN_WORDS, NewPost
from pipeline.store.cases import WHOLE
from pipeline.store.database import number_of, write
from pipeline.store.posts import as_typed, redacted, storable, take_post, url_digest, written

BROUGHT_SHOWN = 10  # texts that were brought in and wait, in their list
BROUGHT_LONGEST = 5_000  # characters of what is brought in: a claim, not a page


def _bare(text: str) -> str:
    """A text without the blanks around it, be they behind signs that aren't kept."""
    return storable(text).strip()


def brought_address(text: str) -> str:
    """What a text that was brought in is known by: its words, wherever it was said to be from."""
    return f"{OWN_WORDS}{url_digest(written(_bare(text)))}"


def known_as(text: str) -> list[str]:
    """What a text may have been brought in and erased by: its words, and those just as they were typed: marks apart
    counted once."""
    return [brought_address(text), f"{OWN_WORDS}{url_digest(as_typed(_bare(text)))}"]


def bring_in(db: Database, text: str, page: str) -> int:
    """Write a text that somebody brought to the desk, redacted as posts are; returns the post's number.

    The next scoring opens its case. The same words brought twice are one post; who told of them isn't kept. The pages
    it was said to be from are nobody's word but theirs, and all kept: it goes with any of them that is erased.
    """
    (words, n), address = redacted(_bare(text)), brought_address(text)
    with write(db):
        take_post(db, NewPost(BROUGHT, address, words, language="", redactions=n))
        (number,) = db.conn.execute("SELECT id FROM posts WHERE url = ?", [address]).fetchone()
        if page:
            db.conn.execute("INSERT OR IGNORE INTO told_pages (post_id, url) VALUES (?, ?)", [number, page])
    return int(number)


def brought_before(db: Database, text: str, page: str) -> int | None:
    """The post of a text that was brought in already, from the page too that is named, if any; its words are there."""
    asked = (
        "SELECT p.id FROM posts p JOIN versions v ON v.id = (SELECT max(id) FROM versions WHERE post_id = p.id)"
        " WHERE p.url = ? AND v.gone = 0 AND v.let_go = ''"
        " AND (? = '' OR EXISTS (SELECT 1 FROM told_pages t WHERE t.post_id = p.id AND t.url = ?))"
    )
    found = db.conn.execute(asked, [brought_address(text), page, page]).fetchone()
    return found and int(found[0])


def brought_since(db: Database, at: str, *, person: str = "") -> int:
    """How often something was brought in by hand since a moment, by anybody or one `person`, known words, whose page is
    kept too, among it."""
    asked = "SELECT count(*) FROM audit WHERE action = 'bring in' AND at >= ? AND ? IN ('', person)"
    return number_of(db, asked, [at, person])


def is_brought(db: Database, post_id: int) -> bool:
    """Whether a post was brought in by hand, and neither taken out nor erased since."""
    asked = "SELECT 1 FROM posts WHERE id = ? AND source_id = ? AND url NOT LIKE 'erased:%'"
    return db.conn.execute(asked, [post_id, BROUGHT]).fetchone() is not None


def who_brought(db: Database, post_id: int) -> set[str]:
    """Those who brought a post in."""
    asked = "SELECT DISTINCT person FROM audit WHERE action = 'bring in' AND subject = ?"
    return {str(name) for (name,) in db.conn.execute(asked, [str(post_id)])}


@dataclass(frozen=True, slots=True)
class Brought:
    """A text that was brought in by hand and has no verdict yet."""

    post_id: int
    text: str
    first_seen: str
    case_id: int | None  # None till it is read


def brought_waiting(db: Database) -> list[Brought]:
    """The last texts that were brought in and wait, for the machine or for a verdict, the newest first; whoever brought
    them stands in the log alone."""
    rows = db.conn.execute(
        "SELECT p.id, v.text, p.first_seen, c.case_id FROM posts p"
        " JOIN versions v ON v.id = (SELECT max(id) FROM versions WHERE post_id = p.id)"
        " LEFT JOIN case_posts c ON c.post_id = p.id LEFT JOIN standings s ON s.case_id = c.case_id"
        " WHERE p.source_id = ? AND v.gone = 0 AND v.let_go = '' AND p.url NOT LIKE 'erased:%'"
        " AND coalesce(s.state, '') <> 'decided' ORDER BY p.id DESC LIMIT ?",
        [BROUGHT, BROUGHT_SHOWN],
    )
    return [Brought(*row) for row in rows]


def only_brought(db: Database, case_id: int) -> bool:
    """Whether all posts of a case were brought in by hand, and no case that one of them was in was ever decided."""
    asked = (
        "SELECT count(*) > 0 AND NOT coalesce(max(p.source_id <> ? OR EXISTS (SELECT 1 FROM memberships m"
        " JOIN decisions d ON d.case_id = m.case_id WHERE m.post_id = p.id)), 0)"
        " FROM case_posts c JOIN posts p ON p.id = c.post_id WHERE c.case_id = ?"
    )
    return bool(number_of(db, asked, [BROUGHT, case_id]))


def nothing_collected(db: Database, case_id: int) -> bool:
    """Whether all posts that a case has were brought in by hand."""
    asked = (
        "SELECT count(*) > 0 AND NOT coalesce(max(p.source_id <> ?), 0)"
        " FROM case_posts c JOIN posts p ON p.id = c.post_id WHERE c.case_id = ?"
    )
    return bool(number_of(db, asked, [BROUGHT, case_id]))


def others_share(db: Database, case_id: int, person: str) -> bool:
    """Whether a colleague brought in a post of a case that holds several, or left a note or a passage on it."""
    asked = (
        f"{WHOLE} SELECT EXISTS (SELECT 1 FROM case_notes WHERE case_id IN whole AND person <> ?)"
        " OR EXISTS (SELECT 1 FROM case_evidence WHERE case_id IN whole AND person <> ?)"
        " OR (SELECT count(*) > 1 FROM case_posts WHERE case_id = ?) AND EXISTS (SELECT 1 FROM case_posts c"
        " JOIN audit a ON a.action = 'bring in' AND a.subject = CAST(c.post_id AS TEXT)"
        " WHERE c.case_id = ? AND a.person <> ?)"
    )
    return bool(number_of(db, asked, [case_id, person, person, case_id, case_id, person]))
