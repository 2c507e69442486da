"""What a verdict was given on, sealed: the claim, its wording, the posts and the words of the evidence it names.

Each seal is made with a random salt of its own, which an erasure takes away: from then on nothing can be tried against
the seal, which stays, as the digest that the log has of the verdict is made of the seals too.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from sqlite_utils import Database

from pipeline.store import cases, pieces
from pipeline.store.database import number_of, word_of
from pipeline.store.posts import composed, digest_of

CLAIM, WORDING, POSTS, EVIDENCE = "claim", "wording", "posts", "evidence"  # the last two with what they are of

encoded = json.JSONEncoder(ensure_ascii=False).encode  # made once: hundreds of thousands are sealed at a look
KEPT = 4_096  # pieces of evidence whose words are at hand at a look: most verdicts name one that others name too

_WORDS = "d.case_id, d.at, d.wording, coalesce(c.claim, '')"

# the posts of a case as they stood there by a membership, each with its newest text by a version
_JUDGED = """
SELECT m.post_id, v.id, v.digest, v.let_go, v.title, v.lead, v.text FROM memberships m
LEFT JOIN versions v ON v.id = (SELECT max(x.id) FROM versions x WHERE x.post_id = m.post_id AND x.id <= :version)
WHERE m.case_id = :case AND m.id <= :member
  AND NOT EXISTS (SELECT 1 FROM memberships n WHERE n.post_id = m.post_id AND n.id > m.id AND n.id <= :member)
ORDER BY m.post_id
"""

# cases that stand by the one thing that ever became of them, a verdict that nobody was to read again
_BY_ONE = """
SELECT d.case_id FROM decisions d JOIN standings s ON s.case_id = d.case_id
WHERE (s.state, s.verdict, s.decider) = ('decided', d.verdict, d.person) AND d.action = 'decide' AND d.blind = 0
  AND NOT EXISTS (SELECT 1 FROM decisions o WHERE (o.case_id = d.case_id AND o.id <> d.id) OR o.undoes = d.id)
  AND NOT EXISTS (SELECT 1 FROM second_readings r WHERE r.decision_id = d.id)
"""


def seal(before: str, *parts: str) -> str:
    """A digest of some words and of what goes before them, as a list in JSON: its parts alone are spelled quicker."""
    return hashlib.sha256(f"[{', '.join(map(encoded, (before, *parts)))}]".encode()).hexdigest()


def seal_words(db: Database, decision_id: int) -> None:
    """Seal what a verdict that is just given is given on."""
    member, version = (number_of(db, f"SELECT max(id) FROM {table}") for table in ("memberships", "versions"))
    named = db.conn.execute("SELECT eid FROM decision_evidence WHERE decision_id = ?", [decision_id]).fetchall()
    eids = [eid for (eid,) in named if pieces.parse_eid(eid)[0] != "decision"]  # which has a claim sealed of its own
    words = db.conn.execute(
        f"SELECT {_WORDS} FROM decisions d LEFT JOIN cases c ON c.id = d.case_id WHERE d.id = ?", [decision_id]
    ).fetchone()
    for what in (CLAIM, WORDING, f"{POSTS} {member} {version}", *(f"{EVIDENCE} {eid}" for eid in eids)):
        salt = secrets.token_hex(16)
        db.conn.execute(
            "INSERT INTO decision_words (decision_id, what, salt, seal) VALUES (?, ?, ?, ?)",
            [decision_id, what, salt, seal(salt, _said(db, what, words, partial(_evidence, db)))],
        )


def _said(db: Database, what: str, words: Sequence[Any], told: Callable[[str, str], str]) -> str:
    """The words of a verdict, given as _WORDS, that a seal is over, as they are now; told: what evidence says."""
    case_id, at, wording, claim = words
    kind, _, of = what.partition(" ")
    if kind == CLAIM:
        return str(claim)
    if kind == WORDING:
        return str(wording)
    if kind == POSTS:
        rows = _judged(db, case_id, what)
        return json.dumps(
            [(post, number, digest if number is None or gone or digest == digest_of(*words) else "another text")
             for post, number, digest, gone, *words in rows]
        )  # fmt: skip
    return told(of, at)


def _evidence(db: Database, eid: str, at: str) -> str:
    """What a passage said at a time, or a fact-check says."""
    name, key = pieces.parse_eid(eid)
    if name == "factcheck":
        row = db.conn.execute("SELECT claim, verdict, rating FROM factchecks WHERE id = ?", [key]).fetchone()
        return json.dumps(row, ensure_ascii=False)
    text = f"SELECT coalesce({pieces.FORMER_WORDS}, text) FROM passages e WHERE eid = :eid"
    return composed(word_of(db, text, {"eid": eid, "at": at}))


def changed_words(db: Database, erased: Collection[str]) -> Iterator[tuple[int, str]]:
    """Which words of which verdicts aren't those they were given on, but for those that the log says were `erased`.

    Evidence is held to that while the verdict stands and is told: whatever changes it lawfully reopens the case.
    """
    standing = (
        f"SELECT {pieces.verdict_of('d.case_id')} FROM standings d WHERE d.state IN {cases.GIVEN} AND d.verdict <> ''"
        f" AND NOT {cases.WORDLESS}"
    )
    reworded = {eid for (eid,) in db.conn.execute("SELECT DISTINCT eid FROM former_words")}
    known = lru_cache(KEPT)(partial(_evidence, db))

    def told(eid: str, at: str) -> str:
        return known(eid, at if eid in reworded else "")

    rows = db.conn.execute(
        f"SELECT w.decision_id, w.what, w.salt, w.seal, {_WORDS} FROM decision_words w JOIN decisions d"
        " ON d.id = w.decision_id LEFT JOIN cases c ON c.id = d.case_id"
        f" WHERE w.what NOT GLOB '{EVIDENCE} *' OR w.salt = '' OR d.id IN ({standing}) ORDER BY w.decision_id, w.what"
    )
    for number, what, salt, sealed, *words in rows:
        if mark(number, what) in erased if not salt else sealed == seal(salt, _said(db, what, words, told)):
            continue
        kind, _, of = what.partition(" ")
        yield number, of if kind == EVIDENCE else kind


def over_post(db: Database, post: int) -> list[tuple[int, str]]:
    """The seals over what a post said among others, which can still be tried: of which verdicts, and what they name."""
    rows = db.conn.execute(
        "SELECT w.decision_id, w.what, d.case_id FROM decision_words w JOIN decisions d ON d.id = w.decision_id"
        " WHERE w.what GLOB ? AND w.salt <> '' AND d.case_id IN (SELECT case_id FROM memberships WHERE post_id = ?)",
        [f"{POSTS} *", post],
    ).fetchall()
    return [
        (number, what) for number, what, case_id in rows if any(row[0] == post for row in _judged(db, case_id, what))
    ]


def _judged(db: Database, case_id: int, what: str) -> list[tuple[Any, ...]]:
    member, _, version = what.partition(" ")[2].partition(" ")
    return db.conn.execute(_JUDGED, {"case": case_id, "member": member, "version": version}).fetchall()


def mark(decision_id: int, what: str) -> str:
    """How a line of the log names words of a verdict."""
    return f"#{decision_id} {what}"


def let_go(db: Database, what: str, *, case_id: int = 0, decision_id: int = 0) -> list[tuple[int, int, str]]:
    """Take away what seals of some words can be tried by: of one verdict, of those of a case, or of all; returns
    (case, verdict, what) of each."""
    return db.conn.execute(
        "UPDATE decision_words SET salt = '' WHERE salt <> '' AND what = :what AND decision_id IN (SELECT id FROM"
        " decisions WHERE :case IN (0, case_id) AND :one IN (0, id)) RETURNING"
        " (SELECT case_id FROM decisions WHERE id = decision_id), decision_id, what",
        {"what": what, "case": case_id, "one": decision_id},
    ).fetchall()


def misplaced(db: Database) -> Iterator[int]:
    """Cases that stand otherwise than their verdicts, undos and reopenings say, or nowhere though they are decided.

    Most have one verdict and stand by it, which one look at all of them tells; the events of the others are read.
    """
    rows = db.conn.execute(
        "SELECT c.id, s.state, s.verdict, s.decider FROM cases c LEFT JOIN standings s ON s.case_id = c.id"
        " WHERE ((s.state, s.verdict, s.decider) <> ('new', '', '') OR c.id IN (SELECT case_id FROM decisions))"
        f" AND c.id NOT IN ({_BY_ONE}) ORDER BY c.id"
    ).fetchall()
    posts = f"SELECT EXISTS (SELECT 1 FROM {cases.MEMBERS})"
    for case_id, *here in rows:
        told = cases.by_events(db, case_id)
        if here[0] is None:  # as of one that was merged, or has no text any more
            of_it = {"case": case_id, "stands": told["judged_at"]}
            if told["state"] == "decided" and db.conn.execute(posts, of_it).fetchone()[0]:
                yield case_id
        elif here != [told["state"], told["verdict"], told["decider"]]:
            yield case_id
