"""A piece of evidence by its id, whatever it is: a passage, a fact-check or an earlier decision."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from sqlite_utils import Database

from pipeline.records import EvidenceRow

ERASED = "(erased on request)"
TAKEN_BACK = "(taken back)"
GONE = f"('{ERASED}', '{TAKEN_BACK}')"  # texts that stand for a passage without words
WITHDRAWN = "withdrawn"  # kind of a fact that ships no more: its words are kept for who reads a decision that names it
OUT = f"(text IN {GONE} OR kind = '{WITHDRAWN}')"  # a passage that no claim is compared with
# whether a passage is a fact that ships or shipped: told in Soi's words, not in those of its source
SUMMARY = f"(kind = '{WITHDRAWN}' OR eid IN (SELECT b.eid FROM brought b))"
# of a passage e.eid, where it was only reworded since a moment :at
FORMER_WORDS = "(SELECT text FROM former_words w WHERE w.eid = e.eid AND w.since <= :at AND w.until > :at)"
_NUMBERED = re.compile(r"(factcheck|decision):([1-9][0-9]{0,14})")  # as it is written down, and SQLite can count so far


def verdict_of(case: str) -> str:
    """SQL for the number of the last verdict on a case that wasn't taken back, blind readings aside."""
    return f"(SELECT max(sd.id) FROM standing_decisions sd WHERE sd.case_id = {case} AND sd.blind = 0)"


# An earlier decision speaks for itself only where it could carry a verdict alone: on another case, as the verdict on
# truth that stands there, and resting on something that is neither a party's nor a decision again. Else it is the
# desk's own word, as a party's; of another case, one that stands no more (taken back, replaced, reopened) has no role.
STANDS = (
    "(EXISTS (SELECT 1 FROM standings t WHERE t.case_id = d.case_id AND t.state = 'decided')"
    f" AND d.id = {verdict_of('d.case_id')})"
)
_ROLE = f"""
CASE WHEN c.claim = '{ERASED}' THEN ''
     WHEN EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id) THEN ''
     WHEN d.case_id <> :case_id AND NOT {STANDS} THEN ''
     WHEN d.case_id <> :case_id AND d.verdict IN ('false', 'misleading', 'true')
      AND EXISTS (SELECT 1 FROM decision_evidence e WHERE e.decision_id = d.id AND e.role <> 'party'
                  AND e.eid NOT LIKE 'decision:%') THEN 'independent' ELSE 'party' END
"""
# who checked, and with them in brackets who says so, until their own page is read
TOLD_BY = (
    "publisher || iif(page_url = '', ifnull((SELECT ' (' || s.name || ')' FROM sources s WHERE s.id = source_id"
    " AND s.name <> publisher), ''), '')"
)
# What was erased, withdrawn or taken back has no role either: it carries no verdict any more. A decision that a blind
# reader is to know nothing of isn't there, nor is a second reading ever a piece of evidence.
_SHOWN = {
    "passage": f"SELECT iif({OUT}, '', role), text, source, date, url, title, valid_from, valid_to,"
    f" coalesce((SELECT b.as_of FROM brought b WHERE b.eid = passages.eid), ''), {SUMMARY}"
    " FROM passages WHERE eid = :key",
    "factcheck": "SELECT iif(url LIKE 'erased:%' OR withdrawn_at <> '', '', role), claim,"
    f" {TOLD_BY}, published, url, rating, '', '', '', 0 FROM factchecks WHERE id = :key",
    "decision": f"SELECT {_ROLE}, c.claim, '', d.at, '', d.verdict, '', '', '', 0 FROM decisions d"
    " JOIN cases c ON c.id = d.case_id WHERE d.id = :key AND d.action = 'decide' AND d.blind = 0"
    " AND NOT EXISTS (SELECT 1 FROM standings t WHERE t.case_id = d.case_id AND t.state = 'second')",
}


def parse_eid(eid: str) -> tuple[str, str | int]:
    """What an id names: a `factcheck` or a `decision` by its number, else a `passage` by the id itself."""
    found = _NUMBERED.fullmatch(eid)
    return (found[1], int(found[2])) if found else ("passage", eid)


def piece(db: Database, eid: str, *, case_id: int = 0) -> EvidenceRow | None:
    """A piece of evidence by itself, with its role for a case; None when there is none of that id."""
    kind, key = parse_eid(eid)
    row = db.conn.execute(_SHOWN[kind], {"key": key, "case_id": case_id}).fetchone()
    if row is None:
        return None
    role, *told, summary = row
    names = ("text", "source", "date", "url", "title", "valid_from", "valid_to", "as_of")
    return EvidenceRow(eid, "related", 0.0, role=role, summary=bool(summary), **dict(zip(names, told, strict=True)))


def for_readers(db: Database, row: EvidenceRow) -> EvidenceRow:
    """The same with the claim of an earlier verdict as its readers were told it, where they were told other words."""
    kind, number = parse_eid(row.eid)
    if kind != "decision" or row.text == ERASED:
        return row
    worded = db.conn.execute("SELECT wording FROM decisions WHERE id = ? AND wording <> ''", [number]).fetchone()
    return replace(row, text=worded[0], slots=()) if worded else row


def mark(*words: str) -> str:
    """A short word for what somebody is shown: by it a verdict formed on other words is told."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def mark_of(row: EvidenceRow) -> str:
    """The same of a piece of evidence: what its page tells of it, but for its role, which a verdict is held to anew."""
    return mark(row.text, row.title, row.source, row.date, row.valid_from, row.valid_to)


def gone_among(db: Database, eids: Iterable[str]) -> set[str]:
    """Which pieces of evidence carry nothing any more: erased, withdrawn or taken back since they were read."""
    return {eid for eid in set(eids) if not ((found := piece(db, eid)) and found.role)}
