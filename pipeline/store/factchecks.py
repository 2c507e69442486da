"""Fact-checks: what others found of a claim, as their pages show it, and no more once those don't."""

from sqlite_utils import Database

from crawlers.urls import site_of
from pipeline.records import FactCheckRow, PassageRow, after, now
from pipeline.settings import DeskSettings
from pipeline.store import decisions
from pipeline.store.database import write
from pipeline.store.pieces import TOLD_BY
from pipeline.store.posts import as_typed, bare_words
from pipeline.store.searching import RANKED, SHOWN

MISSES = 3  # looks in which its page shows a fact-check no more, by which it is withdrawn
MISSED_ANEW = 24  # hours: before them a page that missed a fact-check counts no second time: works take a day or two
AWAITED_DAYS = 30  # in which a page that lost a fact-check is looked at for its return


def take(db: Database, check: FactCheckRow) -> str:
    """Write a fact-check, or another finding of a known one, without numbers and addresses of persons; says `new`,
    `edited` or `known`.

    It stays the first source's while that is on, however others list it, and a party's where it stands with one. What
    its own page says goes before what others say of it, whichever source read it there.
    """
    claim, rating, publisher = map(as_typed, (check.claim, check.rating, check.publisher))
    with write(db):
        old = db.conn.execute(
            "SELECT rating, verdict, role, publisher, source_id, page_url FROM factchecks WHERE url = ? AND claim = ?",
            [check.url, claim],
        ).fetchone()
        said = rating, check.verdict, check.role, publisher, check.source_id
        if old and old[4] != check.source_id and not (check.page_url and _is_off(db, old[4])):
            said = *said[:2], *old[2:5]
        if party := _party(db, check, said[4], was="" if old is None or old[2] != "party" else old[4]):
            said = *said[:2], "party", said[3], party
        heard = not old or check.page_url or (old[4] == check.source_id and not old[5])
        if old and (not heard or old[:5] == said):
            return "edited" if _shown_again(db, check, claim) else "known"
        (number,) = db.conn.execute(
            "INSERT INTO factchecks (rating, verdict, role, publisher, source_id, url, claim, published, seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url, claim) DO UPDATE SET rating = excluded.rating,"
            " verdict = excluded.verdict, role = excluded.role, publisher = excluded.publisher,"
            " source_id = excluded.source_id,"
            " seen_at = iif((rating, verdict, role) = (excluded.rating, excluded.verdict, excluded.role),"
            " seen_at, excluded.seen_at) RETURNING id",  # what was known at a moment stays so
            [*said, check.url, claim, check.published, now()],
        ).fetchone()
        _shown_again(db, check, claim)
        if old and old[:3] != said[:3]:
            decisions.reopen_resting_on(db, f"factcheck:{number}", why="evidence_changed")
    return "edited" if old else "new"


def _is_off(db: Database, source_id: str) -> bool:
    return db.conn.execute("SELECT 1 FROM sources WHERE id = ? AND off = 1", [source_id]).fetchone() is not None


def _party(db: Database, check: FactCheckRow, owner: str, *, was: str) -> str:
    """The source that a fact-check is a party's word by, though its `owner` be none; "" for none.

    That is a party on whose site it stands, or one that read it at its own page; where it `was` such a one's, it stays
    so. On the owner's own site it is what the owner is.
    """
    there = _at(db, site_of(check.url))
    if owner in there:
        return ""
    read_there = check.source_id if check.page_url and check.role == "party" else ""
    return was or next((one for one, role in there.items() if role == "party"), read_there)


def _at(db: Database, host: str) -> dict[str, str]:
    """The sources of a site, whether they are on or off, with their roles."""
    rows = db.conn.execute("SELECT id, url, role FROM sources ORDER BY id").fetchall()
    return {one: role for one, url, role in rows if host and site_of(url) == host}


def take_parties(db: Database) -> None:
    """Make a party's word what stands on a party's site, as sources tell now, though others listed it; what rests on
    it is reopened."""
    if not db.conn.execute("SELECT 1 FROM sources WHERE role = 'party' LIMIT 1").fetchone():
        return
    sites: dict[str, dict[str, str]] = {}
    for number, url, owner in db.conn.execute(
        "SELECT id, url, source_id FROM factchecks WHERE role <> 'party' AND url NOT LIKE 'erased:%'"
    ).fetchall():
        host = site_of(url)
        there = sites[host] if host in sites else sites.setdefault(host, _at(db, host))
        party = next((one for one, role in there.items() if role == "party"), "")
        if party and owner not in there:
            db.conn.execute(
                "UPDATE factchecks SET role = 'party', source_id = ?, seen_at = ? WHERE id = ?", [party, now(), number]
            )
            decisions.reopen_resting_on(db, f"factcheck:{number}", why="evidence_changed")


# what people took back stays so
_BACK = "missed = 0, missed_at = '', withdrawn_at = iif(missed > 0, '', withdrawn_at)"


def _shown_again(db: Database, check: FactCheckRow, claim: str) -> bool:
    """Note that its own page shows a fact-check; says whether it did no more before."""
    if not check.page_url:
        return False
    key = [check.url, claim]
    asked = "SELECT missed > 0 AND withdrawn_at <> '' FROM factchecks WHERE url = ? AND claim = ?"
    (was_withdrawn,) = db.conn.execute(asked, key).fetchone()
    db.conn.execute(
        f"UPDATE factchecks SET page_url = ?, page_hash = ?, {_BACK} WHERE url = ? AND claim = ?",
        [check.page_url, check.page_hash, *key],
    )
    return bool(was_withdrawn)


def miss(
    db: Database, page_url: str, page_hash: str, *, source_id: str, at: str, same: bool = False, for_good: bool = False
) -> None:
    """Count the fact-checks that their page, read for a source of fact-checks, shows no more; withdraw those missed
    MISSES times, MISSED_ANEW apart, and at once where its site says that it is gone `for_good`.

    page_hash is of what the page says, "" where it is gone. Of a page that is the `same` as when it was read last,
    those are missed again that were missed then, and the others are back.
    """
    if same:
        db.conn.execute(
            f"UPDATE factchecks SET {_BACK} WHERE page_url = ? AND page_hash = ? AND missed > 0", [page_url, page_hash]
        )
    rows = db.conn.execute(
        "UPDATE factchecks SET missed = missed + 1, missed_at = ? WHERE page_url = ? AND (? = '' OR page_hash <> ?)"
        " AND withdrawn_at = '' AND (missed > 0 OR NOT ?) AND (missed_at <= ? OR ?)"
        " AND EXISTS (SELECT 1 FROM sources WHERE id = ? AND kind = 'factcheck') RETURNING id, missed",
        [at, page_url, page_hash, page_hash, same, after(at, hours=-MISSED_ANEW), for_good, source_id],
    ).fetchall()
    for number, missed in rows:
        if for_good or missed >= MISSES:
            withdraw(db, number, missed=missed)


def next_look(db: Database, page_url: str, *, at: str) -> str:
    """When a page that shows a fact-check no more is looked at again, for AWAITED_DAYS; else "".

    A day after it was missed, to be sure, and daily from then on, as it may come back.
    """
    rows = db.conn.execute(
        "SELECT missed_at, withdrawn_at FROM factchecks WHERE page_url = ? AND missed > 0 AND missed_at > ?",
        [page_url, after(at, days=-AWAITED_DAYS)],
    ).fetchall()
    anew = [after(missed_at, hours=MISSED_ANEW) for missed_at, withdrawn_at in rows if not withdrawn_at]
    return min([due for due in anew if due > at], default=after(at, days=1) if rows else "")


def withdraw(db: Database, number: int, *, missed: int = 0, own: bool = False) -> list[int]:
    """Lay a fact-check beside nothing any more; returns the cases that are reopened, as their verdict rests on it.

    That is for good, but where its page missed it, or it is taken for this desk's `own`.
    """
    with write(db):
        db.conn.execute(
            "UPDATE factchecks SET withdrawn_at = iif(withdrawn_at = '', ?, withdrawn_at), missed = ?, own = ?"
            " WHERE id = ?",
            [now(), missed, own, number],
        )
        return decisions.reopen_resting_on(db, f"factcheck:{number}", why="evidence_withdrawn")


def take_own(db: Database, desk: DeskSettings) -> None:
    """Withdraw what this desk published itself, as its settings tell now, and put what is no longer of it in force."""
    checks = db.conn.execute(
        "SELECT id, url, publisher, own FROM factchecks WHERE (withdrawn_at = '' OR own) AND url NOT LIKE 'erased:%'"
    ).fetchall()
    for number, url, publisher, own in checks:
        mine = desk.published(url, publisher=publisher)
        if mine and not own:
            withdraw(db, number, own=True)
        elif own and not mine:
            db.conn.execute("UPDATE factchecks SET withdrawn_at = '', own = 0 WHERE id = ?", [number])


def find(db: Database, words: str) -> list[PassageRow]:
    """Fact-checks that hold all the words in their claim or publisher, the newest first, parties' last: the claim that
    was checked as the text, how it came out as the title. The last RANKED that came are looked through."""
    sought = set(bare_words(words))
    if not sought:
        return []
    rows = db.conn.execute(
        f"SELECT 'factcheck:' || id, claim, {TOLD_BY}, role, 'factcheck', rating, url, published FROM factchecks"
        " WHERE withdrawn_at = '' AND url NOT LIKE 'erased:%' ORDER BY id DESC LIMIT ?",
        [RANKED],
    )
    found = [row for row in rows if sought <= set(bare_words(f"{row[1]} {row[2]}"))]
    return [PassageRow(*row) for row in sorted(found, key=lambda row: row[3] == "party")[:SHOWN]]
