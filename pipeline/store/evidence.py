"""What claims are compared with: passages, and claims found false."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlite_utils import Database

from pipeline.records import PassageRow, after, now
from pipeline.settings import DeskSettings
from pipeline.store import decisions, factchecks, pieces
from pipeline.store.database import number_of, word_of, write
from pipeline.store.posts import bare, composed, storable, url_digest, written
from pipeline.store.searching import RANKED, SHOWN, holding, terms_of

NEAREST = 200  # of those, among which what holds the words as they were typed is put first
# SQLite's BM25 is the lower the better. Decrees say again, at length, what the law they carry out says: they count
# for a tenth less, so that the law itself isn't the thirteenth hit.
_LIKENESS = (
    "f.bm25 * iif(p.kind = 'law' AND (p.source GLOB 'Nghị định*' OR p.source GLOB 'Thông tư*'"
    " OR p.source GLOB 'Quyết định*'), 0.9, 1.0)"
)
WORDED_AT = "iif(worded_at = '', added_at, worded_at)"  # since when a passage has its words
COLUMNS = "eid, text, source, role, kind, title, url, date, valid_from, valid_to, source_id"


def crawled_eid(source_id: str, url: str) -> str:
    """The id of a passage from a page: labels, notes and audit lines name it, where no erasure reaches."""
    return f"{source_id}:{url_digest(url)[:16]}"


def as_kept(db: Database, p: PassageRow) -> PassageRow:
    """A crawled passage under the id it has here: what a source that is off left at its address is its own now, and so
    is what was taken back of that."""
    row = db.conn.execute(
        "SELECT eid FROM passages WHERE eid = ? OR (url = ? AND url <> ''"
        " AND (source_id = ? OR source_id IN (SELECT id FROM sources WHERE off = 1)))"
        " ORDER BY eid <> ?, source_id <> ?, id DESC",
        [p.eid, p.url, p.source_id, p.eid, p.source_id],
    ).fetchone()
    if row:
        return replace(p, eid=row[0])
    off = [crawled_eid(source, p.url) for (source,) in db.conn.execute("SELECT id FROM sources WHERE off = 1")]
    return replace(p, eid=next((eid for eid in off if p.url and is_taken_back(db, eid)), p.eid))


def since_changed(db: Database, p: PassageRow, day: str) -> PassageRow:
    """A passage that nobody dates, with the day it was changed; while its words stay, so does the day it has."""
    asked = "SELECT date FROM passages WHERE eid = ? AND text = ?"
    row = db.conn.execute(asked, [p.eid, as_stored(p).text]).fetchone()
    return replace(p, date=row[0] if row else day)


def same(old: PassageRow, new: PassageRow) -> bool:
    """Whether a passage has the words and the role it had."""
    return (composed(old.text), old.role) == (composed(new.text), new.role)


def put_passages(
    db: Database,
    passages: Iterable[PassageRow],
    *,
    said: Mapping[str, str] | None = None,
    same: Callable[[PassageRow, PassageRow], bool] = same,
) -> tuple[int, int, set[int]]:
    """Add passages, or bring known ones (same eid) up to date; returns (added, changed, the cases reopened).

    said: by eid what people say of passages, {} where nothing is said of them. A search finds a passage by these words
    too; they are kept nowhere else. The role told last is the one that a passage has
    again once it is no more taken for this desk's own.
    same: whether a verdict that rests on a passage as it was stands beside it as it is.
    """
    added, changed, reopened = 0, 0, set[int]()
    with write(db):
        at = change_time(db)
        for p in map(as_stored, passages):
            values = [p.eid, p.text, p.source, p.role, p.kind, p.title, p.url, p.date]
            values += [p.valid_from, p.valid_to, p.source_id]
            db.conn.execute("UPDATE passages SET role_before = '' WHERE eid = ? AND role_before <> ''", [p.eid])
            old = db.conn.execute(f"SELECT {COLUMNS} FROM passages WHERE eid = ?", [p.eid]).fetchone()
            if old is None:
                db.conn.execute(
                    f"INSERT INTO passages ({COLUMNS}, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [*values, at],
                )
                added += 1
            elif list(old) != values:
                if not same(PassageRow(*old), p):
                    reopened.update(decisions.reopen_resting_on(db, p.eid, why="evidence_changed"))
                elif old[1] != p.text:
                    _keep_former_words(db, p.eid, until=at)
                db.conn.execute(
                    "UPDATE passages SET (text, source, role, kind, title, url, date, valid_from, valid_to, source_id,"
                    " added_at, worded_at) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                    f" iif(text = ?, {WORDED_AT}, '')) WHERE eid = ?",
                    [*values[1:], at, p.text, p.eid],
                )
                changed += 1
            if said is not None or old is None or list(old) != values:
                _make_searchable(db, p, (said or {}).get(p.eid, ""))
    return added, changed, reopened


def _keep_former_words(db: Database, eid: str, *, until: str) -> None:
    """Keep what a passage said so far where a verdict rests on it."""
    db.conn.execute(
        f"INSERT INTO former_words (eid, text, since, until) SELECT eid, text, {WORDED_AT}, ?"
        " FROM passages WHERE eid = ? AND eid IN (SELECT eid FROM decision_evidence)",
        [until, eid],
    )


def change_time(db: Database) -> str:
    """Now, or just after the last change there was where the clock was set back: an index finds by it what is new."""
    return _just_after(word_of(db, "SELECT max(added_at) FROM passages"))


def _just_after(last: str) -> str:
    return max(now(), after(last, milliseconds=1)) if last else now()


def as_stored(p: PassageRow) -> PassageRow:
    """A passage as it may be written: numbers and addresses of persons taken out; those in a law are an office's."""
    kept = composed if p.kind == "law" else written
    return replace(p, text=kept(p.text), source=kept(p.source), title=kept(p.title))


def _make_searchable(db: Database, p: PassageRow, said: str) -> None:
    """Index a passage with its source, as the name and article of a law, and what people say of it."""
    (number,) = db.conn.execute("SELECT id FROM passages WHERE eid = ?", [p.eid]).fetchone()
    db.conn.execute("DELETE FROM passages_fts WHERE rowid = ?", [number])
    words = [bare(f"{p.title}\n{p.source}"), bare(storable(f"{p.text}\n{said}"))]
    db.conn.execute("INSERT INTO passages_fts (rowid, title, text) VALUES (?, ?, ?)", [number, *words])


def passages(db: Database) -> Iterator[PassageRow]:
    """Every passage that has words, in the order it came."""
    for row in db.conn.execute(f"SELECT {COLUMNS} FROM passages WHERE NOT {pieces.OUT} ORDER BY id"):
        yield PassageRow(*row)


def passages_since(db: Database, moment: str) -> Iterator[PassageRow]:
    """Passages with words that came or changed at a moment or later."""
    wanted = f"added_at >= ? AND NOT {pieces.OUT}"
    for row in db.conn.execute(f"SELECT {COLUMNS} FROM passages WHERE {wanted} ORDER BY id", [moment]):
        yield PassageRow(*row)


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages there are at a moment."""

    n: int = 0
    last: int = 0  # the number of the last one that came
    changed_at: str = ""  # when the last one came or changed
    lost: int = 0  # a number that grows when any goes

    @property
    def stamp(self) -> str:
        """A short word that changes whenever they do, so that an index knows when it is stale."""
        return f"{self.n}-{self.last}-{self.changed_at}-{self.lost}"


def passages_now(db: Database) -> Passages:
    """How the passages stand."""
    n, last, changed_at = db.conn.execute(
        "SELECT count(*), coalesce(max(id), 0), coalesce(max(added_at), '') FROM passages"
    ).fetchone()
    return Passages(n, last, changed_at, _last_loss(db))


def _last_loss(db: Database) -> int:
    """A number that grows whenever evidence is erased or taken back: others may come meanwhile, and be as many."""
    return number_of(
        db,
        "SELECT (SELECT coalesce(max(id), 0) FROM erasures)"
        " + (SELECT coalesce(max(+id), 0) FROM audit WHERE action = 'evidence_remove')",  # + or it reads back the log
    )


def refuted_stamp(db: Database) -> str:
    """A short word that changes whenever the claims found false do: what may change them is too much to be counted."""
    return hashlib.sha256("\n".join(map("\t".join, refuted_claims(db))).encode()).hexdigest()[:16]


def passage(db: Database, eid: str) -> PassageRow | None:
    """One passage by its id."""
    row = db.conn.execute(f"SELECT {COLUMNS} FROM passages WHERE eid = ?", [eid]).fetchone()
    return PassageRow(*row) if row else None


def is_taken_back(db: Database, eid: str) -> bool:
    """Whether a person took a passage back, and none brought it in again since: what its page shows doesn't."""
    row = db.conn.execute("SELECT text FROM passages WHERE eid = ?", [eid]).fetchone()
    if row and row[0] != pieces.TAKEN_BACK:
        return False
    asked = "SELECT 1 FROM audit WHERE action = 'evidence_remove' AND subject = ? AND person <> 'soi'"
    return db.conn.execute(asked, [eid]).fetchone() is not None


# Evidence that a desk may have published itself: people's under its name, any at its address; found by indexes alone,
# as each crawl asks. SQLite takes only the letters of English for the same in capitals.
_MAYBE_OWN = """
SELECT p.eid, p.url, iif(p.source_id = '', p.source, ''), 'party' FROM passages p WHERE p.role <> 'party' AND p.id IN (
    SELECT id FROM passages WHERE :name <> '' AND source_id = '' AND source LIKE '%' || :name || '%'
    UNION SELECT id FROM passages WHERE :host <> '' AND (url LIKE '%' || :host || '%' OR url GLOB '*[^ -~]*'))
"""


def take_own(db: Database, desk: DeskSettings) -> None:
    """Bring evidence in line with what this desk published itself, as its settings tell now.

    Of that a passage is a party's, and a fact-check withdrawn; what is no longer of it is in force, or has its source's
    role again: of what people brought the one it had before.
    """
    moment = change_time(db)
    name = re.sub(r"[^0-9A-Za-z]+", "%", composed(desk.publisher))
    taken = db.conn.execute(_MAYBE_OWN, {"name": name, "host": desk.own_host})
    given = db.conn.execute(
        "SELECT p.eid, p.url, iif(p.source_id = '', p.source, ''), coalesce(s.role, p.role_before) AS own"
        " FROM passages p LEFT JOIN sources s"
        " ON s.id = p.source_id WHERE p.role = 'party' AND own NOT IN ('', 'party') AND p.url NOT LIKE 'erased:%'"
    )
    changed = [(eid, role) for eid, url, said_by, role in taken if desk.published(url, publisher=said_by)]
    changed += [(eid, role) for eid, url, said_by, role in given if not desk.published(url, publisher=said_by)]
    for eid, role in changed:
        db.conn.execute(
            "UPDATE passages SET role_before = iif(source_id = '' AND ? = 'party', role, ''), role = ?,"
            f" worded_at = {WORDED_AT}, added_at = ? WHERE eid = ?",
            [role, role, moment, eid],
        )
        decisions.reopen_resting_on(db, eid, why="evidence_changed")
    factchecks.take_own(db, desk)


def take_role(db: Database, source_id: str, role: str) -> None:
    """Give what was crawled from a source the role that the source has now; what rests on it is reopened."""
    moments = change_time(db), now()
    tables = (
        ("passages", "eid", f"worded_at = {WORDED_AT}, added_at"),
        ("factchecks", "'factcheck:' || id", "seen_at"),
    )
    for (table, eid, at), moment in zip(tables, moments, strict=True):
        changed = db.conn.execute(
            f"UPDATE {table} SET role = ?, {at} = ? WHERE source_id = ? AND role <> ? RETURNING {eid}",
            [role, moment, source_id, role],
        ).fetchall()
        for (one,) in changed:
            decisions.reopen_resting_on(db, one, why="evidence_changed")


def refuted_claims(db: Database, *, until: str = "9999") -> Iterator[tuple[str, str, str]]:
    """Claims found false by a moment, as (eid, claim, role): by fact-checks, and by decisions made here.

    A verdict counts once its case is decided: not while a second reader is to know nothing of it, nor once reopened.
    """
    yield from db.conn.execute(
        "SELECT 'factcheck:' || id, claim, role FROM factchecks WHERE verdict = 'false' AND seen_at <= ?"
        " AND (withdrawn_at = '' OR withdrawn_at > ?) ORDER BY id",
        [until, until],
    )
    yield from db.conn.execute(
        "SELECT 'decision:' || d.id, c.claim, 'independent' FROM standing_decisions d JOIN cases c ON c.id = d.case_id"
        " JOIN standings s ON s.case_id = c.id WHERE d.verdict = 'false' AND d.blind = 0 AND s.since <= ?"
        f" AND c.claim <> ? AND {pieces.STANDS}"
        " ORDER BY d.id",
        [until, pieces.ERASED],
    )


def find_passages(db: Database, words: str, *, some: bool = False) -> list[PassageRow]:
    """Passages that hold all the words (or `some`) in their text or source, with or without their diacritics: parties'
    last, then by BM25, the best first; of the NEAREST, those first that hold the words as they were typed.

    Of very common words the last RANKED passages that came are ranked, not all.
    """
    terms = terms_of(words, some=some)
    if not terms:
        return []
    columns = ", ".join(f"p.{name}" for name in COLUMNS.split(", "))
    rows = db.conn.execute(
        f"SELECT {columns}, b.eid IS NOT NULL, coalesce(b.as_of, '') FROM"
        f" (SELECT p.id, p.role = 'party' AS party, {_LIKENESS} AS likeness FROM"
        " (SELECT rowid, bm25(passages_fts) AS bm25 FROM passages_fts WHERE passages_fts MATCH ?"
        f" ORDER BY rowid DESC LIMIT ?) f JOIN passages p ON p.id = f.rowid WHERE p.text NOT IN {pieces.GONE}"
        f" AND p.kind <> '{pieces.WITHDRAWN}'"
        " ORDER BY party, likeness, p.date DESC, p.id LIMIT ?) best JOIN passages p ON p.id = best.id"
        " LEFT JOIN brought b ON b.eid = p.eid ORDER BY best.party, best.likeness, p.date DESC, p.id",
        [terms, RANKED, NEAREST],
    )
    as_typed = holding(words)
    found = (replace(PassageRow(*row), summary=bool(ships), as_of=as_of) for *row, ships, as_of in rows)
    return sorted(found, key=lambda p: (p.role == "party", not as_typed(f"{p.title}\n{p.source}\n{p.text}")))[:SHOWN]


def listed(db: Database, prefix: str, *, limit: int) -> list[PassageRow]:
    """Passages whose id begins with some letters, the newest first; all of them for a limit of 0."""
    rows = db.conn.execute(
        f"SELECT {COLUMNS} FROM passages WHERE substr(eid, 1, ?) = ? ORDER BY id DESC LIMIT ?",
        [len(prefix), prefix, limit or -1],
    )
    return [PassageRow(*row) for row in rows]


def same_written(db: Database, passage: PassageRow) -> str:
    """The id of a passage that was written down at the desk before, word for word and from the same source, or ""."""
    p = as_stored(passage)
    return word_of(
        db,
        "SELECT eid FROM passages WHERE eid >= 'desk:' AND eid < 'desk;'"
        " AND (text, source, role, url, date, valid_to) = (?, ?, ?, ?, ?, ?) ORDER BY id",
        [p.text, p.source, p.role, p.url, p.date, p.valid_to],
    )


def add_to_case(db: Database, case_id: int, eid: str, *, person: str) -> bool:
    """Put a piece of evidence beside a case, later than beside any other; says whether it wasn't there yet."""
    with write(db):
        at = _just_after(word_of(db, "SELECT max(at) FROM case_evidence WHERE eid = ?", [eid]))
        added = db.conn.execute(
            "INSERT OR IGNORE INTO case_evidence (case_id, eid, person, at) VALUES (?, ?, ?, ?)",
            [case_id, eid, person, at],
        )
    return added.rowcount > 0


def take_from_case(db: Database, case_id: int, eid: str) -> None:
    """Take a piece of evidence from a case that somebody put it beside."""
    with write(db):
        db.conn.execute("DELETE FROM case_evidence WHERE case_id = ? AND eid = ?", [case_id, eid])


def put_beside(db: Database, eid: str) -> list[tuple[int, str]]:
    """The cases a piece of evidence was put beside and who did it, the first one first: who wrote a passage down."""
    return db.conn.execute("SELECT case_id, person FROM case_evidence WHERE eid = ? ORDER BY at", [eid]).fetchall()
