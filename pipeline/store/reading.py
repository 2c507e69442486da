"""What a case page shows: the posts that make the claim, the score it rests on, earlier verdicts on like claims."""

import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from pipeline.records import BROUGHT, EvidenceRow, Moment, Published, Role, ScoreRow, State, VerdictIfAny, Version
from pipeline.store import cases, pieces, posts, scores
from pipeline.store.database import number_of

LOOKED_AT = 50  # posts of a case among which the telling one is sought: they all make the same claim
NEAR_AT_MOST = 1500  # posts with a near-duplicate key in common that are looked at
FEWEST, MOST_WORDS = 5, 40  # words of a claim that is looked for word for word
PEEK = 400  # characters of a post shown in the list of those that repeat the claim
FAR, LEAD = 60, 30  # characters: a claim that begins further on than FAR is shown with the LEAD before it


@dataclass(frozen=True, slots=True)
class CasePost:
    """A post of a case, as its list shows it."""

    post_id: int
    url: str
    source_id: str
    source: str
    kind: str  # of the source
    role: Role  # of the source
    title: str
    peek: str  # of its text the beginning, or from a few words before a claim that stands further on
    published: Published
    first_seen: Moment
    gone: bool
    versions: int  # with words of their own: a post that went and came back as it was has one
    judged: int  # the version that the verdict of a decided case was given on, else the last with words
    edited: bool  # it no longer makes the claim that verdict was given on
    later: bool  # it joined a decided case since the verdict was given
    said_at: tuple[str, ...]  # of what people brought in: the pages they said it was from


@dataclass(frozen=True, slots=True)
class Telling:
    """The post a case is read from, with the score that counts."""

    version: Version
    score_id: int  # 0 where no score is of the case's claim
    score: ScoreRow | None
    span: tuple[int, int]  # where the claim stands in the version's reading; (0, 0) where it doesn't
    beside: str = ""  # the sentence that was read in place of the one a person chose
    edited: bool = False  # since this version


_ENDS = " .…!?,;:"  # what a claim may end in is no part of it
# a sign such as "%" or "?" belongs to what is said, a comma between words doesn't
_WORDS = re.compile(r"""(?:[-−–](?=\d))?\w+(?:[.,:/-]\w+)*|[^\w\s.,;:!…"'“”‘’«»()\[\]–—-]""")


def worded_same(one: str, other: str) -> bool:
    """Whether two claims are one but for capitals and what ends them: what is marked in one stands there in the
    other."""
    one, other = (claim.casefold().rstrip(_ENDS) for claim in (one, other))
    return one == other


def says_same(one: str, other: str) -> bool:
    """Whether two texts are one but for capitals, blanks, commas and the like, where a tone is written, and diacritics
    that some words of one lack, one of which is no word without them: any other letter that a slip took, as of "tù" in
    "đi tu", may be the matter itself."""
    from classifier.text.letters import needs_diacritic  # brings patterns

    words = [_WORDS.findall(unicodedata.normalize("NFC", text).casefold()) for text in (one, other)]
    if len(words[0]) != len(words[1]):
        return False
    left_off = [_plainer(*pair) for pair in zip(*words, strict=True) if not _toned_same(*pair)]
    return not left_off or (all(left_off) and any(map(needs_diacritic, left_off)))


def _toned_same(one: str, other: str) -> bool:
    """Whether two words are one but for where its tone is written."""
    letters = (sorted(unicodedata.normalize("NFD", word)) for word in (one, other))
    return one == other or (posts.bare(one) == posts.bare(other) and next(letters) == next(letters))


def _plainer(one: str, other: str) -> str:
    """Which of two words is the other without its diacritics; "" for neither."""
    plain = posts.bare(one)
    return plain if plain == posts.bare(other) and plain in (one, other) else ""


# The text of a post from its beginning, or from whole words before the claim of its case, else its own, where that
# stands far on.
_PEEK = f"""
(SELECT iif(k > {FAR}, '… ' || substr(v.text, k - {LEAD} + instr(substr(v.text, k - {LEAD}, {LEAD}), ' '), {PEEK}),
            substr(v.text, 1, {PEEK}))
 FROM (SELECT coalesce(nullif(instr(v.text, c.claim), 0),
              (SELECT instr(v.text, x.claim) FROM scores x WHERE x.id = {scores.standing_of("cp.post_id")})) AS k))
"""


# Whether a post's newest version v reads otherwise than its version j, and lacks a claim that a person chose by their
# very words; and the claims of like kind that scores read in both, where one of v might be the one of j still.
_POSTS = f"""
SELECT cp.post_id, p.url, p.source_id, coalesce(s.name, p.source_id), coalesce(s.kind, ''), coalesce(s.role, ''),
       v.title, {_PEEK}, p.published, p.first_seen, v.gone,
       (SELECT count(*) FROM versions x WHERE x.post_id = p.id AND x.gone = 0 AND x.digest <> coalesce(
           (SELECT w.digest FROM versions w WHERE w.post_id = p.id AND w.id < x.id ORDER BY w.id DESC LIMIT 1), '')),
       j.id, j.digest <> v.digest AND NOT (c.by_hand AND instr(v.title || ' ' || v.lead || ' ' || v.text, c.claim)),
       coalesce(cp.joined_at > t.judged_at, 0),
       (SELECT json_group_array(url) FROM told_pages WHERE post_id = p.id),
       (SELECT json_group_array(json_array(a.claim, b.claim)) FROM versions w JOIN scores a ON a.version_id = w.id
        JOIN scores b ON b.version_id = j.id AND b.kind = a.kind WHERE w.post_id = v.post_id AND w.digest = v.digest
        AND j.digest <> v.digest AND NOT c.by_hand AND a.claim <> ''
        AND coalesce(json_extract(a.detail, '$.asserted'), 1))
FROM case_posts cp JOIN cases c ON c.id = cp.case_id JOIN posts p ON p.id = cp.post_id
JOIN versions v ON v.id = (SELECT max(id) FROM versions WHERE post_id = p.id)
LEFT JOIN standings t ON t.case_id = c.id AND t.state = 'decided'
JOIN versions j ON j.id = coalesce((SELECT max(x.id) FROM versions x WHERE x.post_id = p.id AND x.gone = 0
    AND x.seen_at <= max(coalesce(t.judged_at, '{cases.NEVER}'), cp.joined_at)), v.id)
LEFT JOIN sources s ON s.id = p.source_id
"""


# Posts whose address may be told to the world: nobody is led to whoever tells of their own life, nor to where only
# whoever brought a text in says that it stood, nor told that a post was where it was erased.
TOLD = (
    f"coalesce((SELECT x.kind FROM scores x WHERE x.id = {scores.standing_of('p.id')}), '') <> 'testimony'"
    f" AND p.source_id <> '{BROUGHT}' AND p.url NOT LIKE 'erased:%'"
)


def case_posts(
    db: Database, case_id: int, *, limit: int = 20, offset: int = 0, told: bool = False, but: Collection[int] = ()
) -> list[CasePost]:
    """The posts of a case `but` some, the first published first, or first seen where its page names no day; with `told`
    none but those TOLD."""
    which = f" AND {TOLD}" if told else ""
    rows = db.conn.execute(
        f"{_POSTS} WHERE cp.case_id = ? AND p.id NOT IN (SELECT value FROM json_each(?)){which}"
        " ORDER BY coalesce(datetime(p.published), datetime(p.first_seen)),"
        " p.first_seen, p.id LIMIT ? OFFSET ?",
        [case_id, json.dumps(list(but)), limit, offset],
    )
    return [_post(row) for row in rows]


def spread(db: Database, case_id: int) -> tuple[int, int]:
    """How many posts a case has now, and in how many sources: a decided one may have lost some to edits since."""
    found, sources = db.conn.execute(
        "SELECT count(*), count(DISTINCT nullif(p.source_id, ?)) FROM case_posts cp JOIN posts p ON p.id = cp.post_id"
        " WHERE cp.case_id = ?",
        [BROUGHT, case_id],
    ).fetchone()
    return int(found), int(sources)


def case_post(db: Database, case_id: int, post_id: int) -> CasePost | None:
    """One post, only when it belongs to the case."""
    row = db.conn.execute(_POSTS + "WHERE cp.case_id = ? AND p.id = ?", [case_id, post_id]).fetchone()
    return _post(row) if row else None


def _post(row: tuple[Any, ...]) -> CasePost:
    found, claims = CasePost(*row[:-1]), json.loads(row[-1])
    edited = bool(found.edited) and not any(worded_same(*pair) or says_same(*pair) for pair in claims)
    # SQLite has no truth, only 0 and 1
    told = tuple(json.loads(row[-2]))
    return replace(found, gone=bool(found.gone), edited=edited, later=bool(found.later), said_at=told)


@dataclass(frozen=True, slots=True)
class Alike:
    """Posts of no case that hold a claim word for word, and in how many sources they stand."""

    posts: tuple[int, ...] = ()
    sources: int = 0


def worded_alike(db: Database, claim: str) -> Alike:
    """Which posts that belong to no case hold a claim word for word; fewer than FEWEST words say too little, and of
    very many posts the newest NEAR_AT_MOST are looked at. What people brought in and the machine hasn't read yet stands
    in no source."""
    words = re.findall(r"\w+", posts.bare(posts.storable(claim)))[:MOST_WORDS]
    if len(words) < FEWEST:
        return Alike()
    rows = db.conn.execute(
        "SELECT DISTINCT p.id, p.source_id FROM (SELECT rowid FROM versions_fts"
        " WHERE versions_fts MATCH ? ORDER BY rowid DESC LIMIT ?) f JOIN versions v ON v.id = f.rowid"
        " JOIN posts p ON p.id = v.post_id WHERE v.id ="
        " (SELECT max(x.id) FROM versions x WHERE x.post_id = p.id AND x.gone = 0)"
        " AND NOT EXISTS (SELECT 1 FROM case_posts cp WHERE cp.post_id = p.id) AND p.source_id <> ?",
        [f'"{" ".join(words)}"', NEAR_AT_MOST, BROUGHT],
    ).fetchall()
    return Alike(tuple(post for post, _ in rows), len({source for _, source in rows}))


def telling(db: Database, case_id: int) -> Telling | None:
    """The post to read a case from: of those that make its claim, the one whose score says most against it; a decided
    case as it was judged, whatever was edited since.

    Where a person chose the claim, a score of another sentence tells where it stands alone.
    """
    at, columns = cases.judged_at(db, case_id), f"s.id, s.version_id, v.post_id, c.claim, {cases.OF_ITS_CLAIM} AS own"
    row = db.conn.execute(
        f"SELECT {columns} FROM (SELECT case_id, post_id, at FROM {cases.MEMBERS} LIMIT {LOOKED_AT}) m"
        " JOIN cases c ON c.id = m.case_id"
        f" JOIN scores s ON s.id = {cases.SCORE_JUDGED} JOIN versions v ON v.id = s.version_id"
        " ORDER BY own DESC, c.by_hand AND instr(v.text, c.claim) > 0 DESC, s.p_refuted DESC, s.worth DESC, m.post_id"
        " LIMIT 1",
        {"case": case_id, "judged": at, "stands": at},
    ).fetchone()
    if row is None:  # edits took all its posts before it was decided: the score that it was opened with
        row = db.conn.execute(
            f"SELECT {columns} FROM cases c JOIN scores s ON s.id = c.score_id JOIN versions v ON v.id = s.version_id"
            " WHERE c.id = ?",
            [case_id],
        ).fetchone()
    if row is None:
        return None
    score = scores.score_by_id(db, row[0])
    versions = posts.versions_of(db, row[2])
    version = next((v for v in versions if v.id == row[1]), None)
    if score is None or version is None:
        return None
    edited = any(v.id > version.id and not says_same(v.reading, version.reading) for v in versions)
    if row[4]:
        return Telling(version, row[0], score, (score.claim_start, score.claim_end), edited=edited)
    start = version.reading.find(row[3])
    span = (start, start + len(row[3])) if start >= 0 else (0, 0)
    return Telling(version, 0, None, span, score.claim, edited)


def evidence_for(
    db: Database, case_id: int, *, score_id: int, named: bool = True, untold: Collection[int] = ()
) -> tuple[EvidenceRow, ...]:
    """The passages to read a case with: what people added and verdicts named, but for those `untold`, the latest first,
    then the score's."""
    found = tuple(_for_case(db, row, case_id) for row in scores.evidence_of(db, score_id))
    known = {row.eid for row in found}
    rows = db.conn.execute(
        f"{cases.WHOLE} SELECT eid FROM (SELECT eid, at FROM case_evidence WHERE case_id IN whole UNION ALL"
        " SELECT e.eid, d.at FROM decisions d JOIN decision_evidence e ON e.decision_id = d.id"
        " WHERE d.case_id = ? AND ? AND d.id NOT IN (SELECT value FROM json_each(?)))"
        " GROUP BY eid ORDER BY max(at) DESC, eid",
        [case_id, case_id, int(named), json.dumps(list(untold))],
    ).fetchall()
    added = [pieces.piece(db, eid, case_id=case_id) for (eid,) in rows if eid not in known]
    return tuple(row for row in added if row) + found


def put_by_people(db: Database, case_id: int) -> set[str]:
    """The evidence that people put beside a case, or beside one that was merged into it."""
    rows = db.conn.execute(f"{cases.WHOLE} SELECT eid FROM case_evidence WHERE case_id IN whole", [case_id])
    return {eid for (eid,) in rows}


def _for_case(db: Database, row: EvidenceRow, case_id: int) -> EvidenceRow:
    """Evidence of a score in the role it has here.

    An earlier decision may have been made on this very case; what is gone, erased or taken back since has none.
    """
    found = pieces.piece(db, row.eid, case_id=case_id)
    if found and found.role and pieces.parse_eid(row.eid)[0] != "decision":
        return row
    role = found.role if found else ""
    return replace(row, role=role, slots=row.slots if role else ())


@dataclass(frozen=True, slots=True)
class Like:
    """A case like this one: decided, with its verdict, or open."""

    case_id: int
    claim: str
    state: State
    verdict: VerdictIfAny  # empty unless decided
    at: Moment


# Keys are of the sentence that was read: they find no case of another one.
_FOUND_BY = (
    f"(c.by_hand = 0 OR EXISTS (SELECT 1 FROM scores x WHERE x.id = {scores.standing_of('cp.post_id')}"
    " AND x.claim = c.claim))"
)


# Decided cases whose standing verdict rests on some :eids, or on what people put beside this one.
_RESTS_ALIKE = f"""
SELECT case_id, 1 AS rests FROM (SELECT d.case_id FROM standing_decisions d CROSS JOIN standings t
    ON t.case_id = d.case_id WHERE t.state = 'decided' AND d.case_id <> :case
    AND d.id IN (SELECT decision_id FROM decision_evidence WHERE role <> 'party' AND eid IN
        (SELECT value FROM json_each(:eids) UNION SELECT eid FROM case_evidence WHERE case_id = :case))
    AND d.id = {pieces.verdict_of("d.case_id")}
    ORDER BY d.id DESC LIMIT 10)
"""


def like(db: Database, case_id: int, evidence: Sequence[EvidenceRow]) -> list[Like]:
    """Cases whose posts share a near-duplicate key with this one's, then those that rest on the same evidence: on what
    speaks to its claim, or on the passage nearest to that, though not to what people tell of their own lives; decided
    ones first, ten of them and ten open ones at most."""
    own_life = number_of(db, "SELECT lane = 'testimony' FROM standings WHERE case_id = ?", [case_id])
    nearest = [row.eid for row in evidence if row.p and not row.checked][: 0 if own_life else 1]
    speaking = json.dumps([*nearest, *(row.eid for row in evidence if row.relation != "related")])
    rows = db.conn.execute(
        "SELECT case_id, claim, state, iif(undecided, '', verdict), since FROM (SELECT s.*, c.claim, row_number() OVER"
        " (PARTITION BY s.undecided ORDER BY min(found.rests), s.since DESC) AS place FROM"
        " (SELECT cp.case_id, 0 AS rests FROM (SELECT DISTINCT post_id FROM"
        " (SELECT f2.post_id FROM (SELECT DISTINCT f1.band FROM"
        f" (SELECT cp.post_id FROM case_posts cp JOIN cases c ON c.id = cp.case_id WHERE cp.case_id = :case"
        f" AND {_FOUND_BY} LIMIT 3) own"
        " JOIN fingerprints f1 ON f1.post_id = own.post_id) b JOIN fingerprints f2 ON f2.band = b.band"
        f" LIMIT {NEAR_AT_MOST})) near"
        " JOIN case_posts cp ON cp.post_id = near.post_id JOIN cases c ON c.id = cp.case_id"
        f" WHERE {_FOUND_BY} UNION ALL {_RESTS_ALIKE}) found"
        " JOIN standings s ON s.case_id = found.case_id JOIN cases c ON c.id = s.case_id"
        " WHERE s.case_id <> :case GROUP BY s.case_id) WHERE place <= 10 ORDER BY undecided, place",
        {"case": case_id, "eids": speaking},
    )
    return [Like(*row) for row in rows]


def models_of(db: Database, version_id: int) -> list[tuple[str, float, str]]:
    """What each model version last said of a text, newest last, as (model, p_refuted, kind)."""
    return db.conn.execute(
        "SELECT model, p_refuted, kind FROM scores"
        " WHERE id IN (SELECT max(id) FROM scores WHERE version_id = ? GROUP BY model) ORDER BY id",
        [version_id],
    ).fetchall()
