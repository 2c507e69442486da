"""Cases: which posts make the same claim, and where each case stands."""

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pipeline.records import BROUGHT, RIGHTS, SOURCE_KINDS, Flag, QueueItem, now
from pipeline.store.database import number_of, word_of, write
from pipeline.store.pieces import ERASED
from pipeline.store.posts import bare
from pipeline.store.scores import standing_of

# Of a case that a person opened: a score says something of it that was made of the very sentence they chose.
OF_ITS_CLAIM = "(c.by_hand = 0 OR s.claim = c.claim)"
GIVEN = ("decided", "second", "disputed")  # states of a case that has a verdict
BEGINNING = 300  # characters of a text that stand as the claim of its case where the machine reads none
MERGE = "m.action = 'merge' AND NOT EXISTS (SELECT 1 FROM case_moves u WHERE u.undoes = m.id)"  # of a move m
# A case, and those that were merged into it: what people put beside them goes with their posts.
WHOLE = (
    "WITH RECURSIVE whole (id) AS (SELECT ? UNION SELECT m.from_case FROM whole w JOIN case_moves m"
    f" ON m.to_case = w.id AND {MERGE})"
)
LOOKED_FOR, LIKELY = 60, 50  # words by which a case of a claim is looked for, and how many are compared
NEAR_AT_MOST = 1_000  # posts with a near-duplicate key in common that are looked at: 10 ms if all differ in a number
# What weighs most in the order: a claim found false before, then one that evidence contradicts, then one that only
# spreads; how likely it is false and how far it spread may outweigh a reason.
REASON_WEIGHT = {
    Flag.REPEATS_REFUTED: 3.0,
    Flag.CONTRADICTS_EVIDENCE: 2.0,
    Flag.UNSUPPORTED_SPREADING: 1.0,
    Flag.BY_HAND: 1.0,
    Flag.AUDIT: 0.0,
}


def set_bands(db: Database, post_id: int, bands: Iterable[int]) -> None:
    """Keep the near-duplicate keys of a post's claim in place of earlier ones."""
    with write(db):
        db.conn.execute("DELETE FROM fingerprints WHERE post_id = ?", [post_id])
        db.conn.executemany(
            "INSERT OR IGNORE INTO fingerprints (band, post_id) VALUES (?, ?)", [(band, post_id) for band in bands]
        )


def near_posts(db: Database, bands: Iterable[int], *, not_post: int) -> Iterator[tuple[int, str, str]]:
    """Posts that share a near-duplicate key, as (post, claim, source), the newest first: candidates, to be checked word
    by word and read no further than need be."""
    keys = list(bands)
    marks = ",".join("?" * len(keys))
    yield from db.conn.execute(
        f"SELECT f.post_id, s.claim, p.source_id FROM (SELECT DISTINCT post_id FROM fingerprints WHERE band IN"
        f" ({marks}) AND post_id <> ? ORDER BY post_id DESC LIMIT ?) f JOIN posts p ON p.id = f.post_id"
        f" JOIN scores s ON s.id = {standing_of('f.post_id')}",
        [*keys, not_post, NEAR_AT_MOST],
    )


def worded_like(db: Database, claim: str, *, testimony: bool) -> list[tuple[int, str, str]]:
    """Cases whose claim shares most words with a claim, as (case, claim, state): to be checked word by word.
    Testimonies are looked for apart."""
    words = list(dict.fromkeys(re.findall(r"\w+", bare(claim))))[:LOOKED_FOR]
    return db.conn.execute(
        "SELECT s.case_id, c.claim, s.state FROM claims_fts f JOIN cases c ON c.id = f.rowid"
        " JOIN standings s ON s.case_id = c.id WHERE claims_fts MATCH ? AND (s.lane = 'testimony') = ?"
        " ORDER BY rank, f.rowid LIMIT ?",
        [" OR ".join(f'"{word}"' for word in words) or '""', testimony, LIKELY],
    ).fetchall()


def case_of(db: Database, post_id: int) -> int | None:
    """The case a post belongs to now."""
    row = db.conn.execute(
        "SELECT case_id FROM memberships WHERE post_id = ? ORDER BY id DESC LIMIT 1", [post_id]
    ).fetchone()
    return row[0] if row else None


def whole(db: Database, case_id: int) -> set[int]:
    """A case, and those that were merged into it."""
    return {one for (one,) in db.conn.execute(f"{WHOLE} SELECT id FROM whole", [case_id])}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands: its case, with the case's claim and state."""

    case_id: int
    claim: str
    edited: bool  # since it joined: what it says now may be another claim
    state: str
    alone: bool
    read: int  # the version that was scored when it joined, or by the verdict if that came later; 0 for none
    read_as: str  # the claim of that score
    lane: str
    by_hand: bool  # its claim is what a person chose


_PLACE = """
SELECT m.case_id, c.claim, EXISTS (SELECT 1 FROM versions v WHERE v.post_id = m.post_id AND v.seen_at > m.joined_at),
       coalesce(t.state, ''),
       NOT EXISTS (SELECT 1 FROM case_posts o WHERE o.case_id = m.case_id AND o.post_id <> m.post_id),
       coalesce(s.version_id, 0), coalesce(s.claim, ''), coalesce(t.lane, ''), c.by_hand
FROM case_posts m JOIN cases c ON c.id = m.case_id LEFT JOIN standings t ON t.case_id = c.id
LEFT JOIN scores s ON s.id = (
    SELECT x.id FROM versions v JOIN scores x ON x.version_id = v.id
    WHERE v.post_id = m.post_id AND x.scored_at <= max(m.joined_at, coalesce(t.judged_at, ''))
    ORDER BY v.id DESC, x.id DESC LIMIT 1)
WHERE m.post_id = ?
"""


def place_of(db: Database, post_id: int) -> Place | None:
    """Where a post stands now; None when it is in no case."""
    row = db.conn.execute(_PLACE, [post_id]).fetchone()
    if row is None:
        return None
    case_id, claim, edited, state, alone, read, read_as, lane, by_hand = row
    return Place(case_id, claim, bool(edited), state, bool(alone), read, read_as, lane, bool(by_hand))


def open_case(
    db: Database, *post_ids: int, claim: str, score_id: int | None, person: str = "", by_hand: bool = False
) -> int:
    """A new case with its first posts."""
    with write(db):
        row = db.conn.execute(
            "INSERT INTO cases (opened_at, claim, score_id, by_hand) VALUES (?, ?, ?, ?) RETURNING id",
            [now(), claim, score_id, int(by_hand)],
        ).fetchone()
        join_case(db, row[0], *post_ids, person=person)
    return int(row[0])


def claim_anew(db: Database, case_id: int, *post_ids: int, claim: str, score_id: int | None) -> bool:
    """Let a case be of what its post says now, with other posts that say so; False where somebody decided it before
    or put evidence beside it.

    That is of the claim it had, and so is what was learned from it. The post joins once more: with what it says.
    """
    with write(db):
        rests = " UNION ALL ".join(
            f"SELECT 1 FROM {table} WHERE case_id = :id" for table in ("decisions", "case_evidence")
        )
        if db.conn.execute(rests, {"id": case_id}).fetchone():
            return False
        set_claim(db, case_id, claim, score_id)
        join_case(db, case_id, *post_ids)
    return True


def set_claim(db: Database, case_id: int, claim: str, score_id: int | None) -> None:
    """Put another claim in place of a case's, to be found by it; ERASED for none."""
    db.conn.execute("UPDATE cases SET claim = ?, score_id = ? WHERE id = ?", [claim, score_id, case_id])
    db.conn.execute("DELETE FROM claims_fts WHERE rowid = ?", [case_id])
    if claim != ERASED:
        db.conn.execute("INSERT INTO claims_fts (rowid, claim) VALUES (?, ?)", [case_id, bare(claim)])


def join_case(db: Database, case_id: int, *post_ids: int, person: str = "") -> None:
    """Put posts into a case, out of the ones they were in."""
    with write(db):
        touched = {case_id} | {before for post_id in post_ids if (before := case_of(db, post_id))}
        db.conn.executemany(
            "INSERT INTO memberships (post_id, case_id, at, person) VALUES (?, ?, ?, ?)",
            [(post_id, case_id, now(), person) for post_id in post_ids],
        )
        for one in touched:
            refresh(db, one)


def posts_of(db: Database, case_id: int) -> list[int]:
    """The posts of a case, oldest first."""
    return [
        r[0] for r in db.conn.execute("SELECT post_id FROM case_posts WHERE case_id = ? ORDER BY post_id", [case_id])
    ]


# of a case d.case_id: whether the words of all its posts were erased and its claim with them, and nothing is left to be
# read anew or told; a claim that others made too is told on
WORDLESS = (
    f"((SELECT claim FROM cases WHERE id = d.case_id) = '{ERASED}' AND NOT EXISTS (SELECT 1 FROM case_posts cp"
    " JOIN posts p ON p.id = cp.post_id WHERE cp.case_id = d.case_id AND p.url NOT LIKE 'erased:%'))"
)


def wordless(db: Database, case_id: int) -> bool:
    """Whether all words of a case were erased: were it opened again, nobody could read or find it."""
    return bool(number_of(db, f"SELECT {WORDLESS} FROM (SELECT ? AS case_id) d", [case_id]))


def no_claims(db: Database, case_ids: Iterable[int], *, by_hand: bool = True) -> set[int]:
    """Which of some cases, of those that people opened or of all, are of what the machine reads as no claim, and nobody
    chose another sentence of: a verdict on its truth is asked for once more."""
    rows = db.conn.execute(
        "SELECT c.id FROM json_each(?) l JOIN cases c ON c.id = l.value JOIN case_posts cp ON cp.case_id = c.id"
        f" JOIN scores s ON s.id = {standing_of('cp.post_id')} JOIN versions v ON v.id = s.version_id"
        " WHERE c.by_hand >= ? GROUP BY c.id"
        " HAVING NOT (max(s.kind = 'claim' OR json_type(s.detail, '$.failed') IS NOT NULL) OR c.by_hand"
        " AND min(c.claim <> coalesce(nullif(s.claim, ''), nullif(v.title, ''), substr(v.text, 1, ?))))",
        [json.dumps(list(case_ids)), int(by_hand), BEGINNING],
    )
    return {case_id for (case_id,) in rows}


# The posts m of a :case; after the moment that its verdict :stands since, also those that an edit took from it.
MEMBERS = """
memberships m WHERE m.case_id = :case AND NOT EXISTS (SELECT 1 FROM memberships n WHERE n.post_id = m.post_id
    AND n.id > m.id AND (n.at <= :stands OR n.case_id = m.case_id OR n.person <> '' AND n.id = (
        SELECT min(x.id) FROM memberships x WHERE x.post_id = m.post_id AND x.id > m.id)))
"""
NEVER = "9"  # after every moment: what no verdict was given on is read as it is now
# of a post m the score of what it said when the verdict was given, :judged then, or when it joined
SCORE_JUDGED = standing_of("m.post_id", by="max(:judged, m.at)")


def judged_at(db: Database, case_id: int) -> str:
    """When the verdict on a decided case was given, by the first who read it; NEVER for any other."""
    return word_of(db, "SELECT judged_at FROM standings WHERE case_id = ? AND state = 'decided'", [case_id]) or NEVER


_FACTS = f"""
SELECT m.post_id, p.source_id, coalesce(src.kind, ''), p.first_seen,
       coalesce(iif({OF_ITS_CLAIM} AND s.kind = 'claim', s.p_refuted, 0), 0),
       coalesce(iif({OF_ITS_CLAIM}, s.reasons, '[]'), '[]'), coalesce(s.rights, '[]'),
       coalesce(iif({OF_ITS_CLAIM}, s.worth, 0), 0), coalesce(s.kind, ''),
       coalesce((SELECT slot FROM evidence e WHERE e.score_id = s.id AND {OF_ITS_CLAIM} AND s.kind = 'claim'
                 AND e.relation = 'contradicts' ORDER BY rank LIMIT 1), ''),
       p.url NOT LIKE 'erased:%',
       (SELECT min(d.case_id IS m.case_id) FROM evidence e
        LEFT JOIN decisions d ON e.eid GLOB 'decision:*' AND d.id = CAST(substr(e.eid, 10) AS INTEGER)
        WHERE e.score_id = s.id AND (e.eid GLOB 'decision:*' OR e.eid GLOB 'factcheck:*'))
FROM (SELECT * FROM {MEMBERS}) m JOIN cases c ON c.id = m.case_id JOIN posts p ON p.id = m.post_id
LEFT JOIN sources src ON src.id = p.source_id
LEFT JOIN scores s ON s.id = {SCORE_JUDGED}
"""


def refresh(db: Database, case_id: int) -> None:
    """Work out anew where a case stands from its posts, scores and decisions; the row holds nothing of its own."""
    with write(db):
        events = by_events(db, case_id)
        judged = events["judged_at"] or NEVER
        stands = judged if events["state"] == "decided" else NEVER
        rows = db.conn.execute(_FACTS, {"case": case_id, "judged": judged, "stands": stands}).fetchall()
        if not rows or (events["state"] != "decided" and not any(row[10] for row in rows)):  # no text to read
            if _left_by_edit(db, case_id, events["state"]):
                db.conn.execute(
                    "UPDATE standings SET (state, verdict, decider, since, judged_at)"
                    " = (:state, :verdict, :decider, :since, :judged_at) WHERE case_id = :case_id",
                    {**events, "case_id": case_id},
                )
            else:
                db.conn.execute("DELETE FROM standings WHERE case_id = ?", [case_id])
            return
        (by_hand,) = db.conn.execute("SELECT by_hand FROM cases WHERE id = ?", [case_id]).fetchone()
        row = {**events, **_standing(rows, by_hand=bool(by_hand)), "case_id": case_id}
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        # an upsert, because REPLACE would delete the row behind the back of the trigger that keeps the counts
        db.conn.execute(
            f"INSERT INTO standings ({names}) VALUES ({marks}) ON CONFLICT (case_id) DO UPDATE SET"
            f" ({names}) = ({', '.join('excluded.' + name for name in row)})",
            list(row.values()),
        )


# how posts left a case
_LEFT = """
FROM memberships m JOIN memberships n ON n.id = (
    SELECT min(x.id) FROM memberships x WHERE x.post_id = m.post_id AND x.id > m.id)
WHERE m.case_id = ? AND n.case_id <> m.case_id
"""
# a case m.case_id that was emptied by hand: a split leaves a post
_MERGED_AWAY = f"SELECT 1 FROM case_moves o WHERE o.from_case = m.case_id AND {MERGE.replace('m.', 'o.')}"


def _left_by_edit(db: Database, case_id: int, state: str) -> bool:
    """Whether a post of a case left it by an edit, not by a person's hand: the verdict on what it said stands. Taken
    back, before that or after, it is to be given anew while its claim is known, if no posts were merged away.
    """
    anew = "AND EXISTS (SELECT 1 FROM decisions d WHERE d.case_id = m.case_id)"
    anew += f" AND NOT EXISTS ({_MERGED_AWAY}) AND (SELECT claim FROM cases c WHERE c.id = m.case_id) <> ?"
    asked, values = ("", [case_id]) if state == "decided" else (anew, [case_id, ERASED])
    return bool(number_of(db, f"SELECT EXISTS (SELECT 1 {_LEFT} AND n.person = '' {asked})", values))


def read_in(post: str) -> str:
    """SQL for the case whose verdict stands on what a post says, else on what it said before an edit; else where it
    is. What it said was read where the case had a verdict by then: another one that was given since is on that too."""
    first = "SELECT min(d.at) FROM decisions d WHERE d.case_id = m.case_id AND d.action = 'decide' AND d.blind = 0"
    later = "FROM memberships n WHERE n.post_id = m.post_id AND n.id > m.id"
    return (
        "coalesce((SELECT m.case_id FROM memberships m JOIN standings t ON t.case_id = m.case_id"
        f" AND t.state = 'decided' WHERE m.post_id = {post}"
        f" AND NOT EXISTS (SELECT 1 {later} AND (n.at <= ({first}) OR n.case_id = m.case_id))"
        f" AND coalesce((SELECT n.person {later} ORDER BY n.id LIMIT 1), '') = '' ORDER BY m.id DESC LIMIT 1),"
        f" (SELECT o.case_id FROM case_posts o WHERE o.post_id = {post}))"
    )


def bits(words: Iterable[str], order: tuple[str, ...]) -> int:
    """A set of words as a number with one bit a word; a word that isn't in the order counts as the last one."""
    return sum({1 << (order.index(word) if word in order else len(order) - 1) for word in words})


def _standing(rows: list[tuple[Any, ...]], *, by_hand: bool) -> dict[str, object]:
    """What the queue shows and orders by, from the posts of a case and their newest scores."""
    p_refuted, worth = max(row[4] for row in rows), max(row[7] for row in rows)
    given = {r for row in rows for r in json.loads(row[5]) if not (row[11] and r == Flag.REPEATS_REFUTED)}
    given |= {str(Flag.BY_HAND)} if by_hand else set()  # above: that a copy repeats this case is no news of it
    if given & {Flag.CONTRADICTS_EVIDENCE, Flag.REPEATS_REFUTED}:  # there is evidence
        given.discard(Flag.UNSUPPORTED_SPREADING)
    reasons = sorted(given, key=lambda r: -REASON_WEIGHT.get(Flag(r), 0))
    rights, kinds = sorted({code for row in rows for code in json.loads(row[6])}), {row[2] for row in rows} - {""}
    sources = len({row[1] for row in rows} - {BROUGHT})  # whoever brings a text in is none
    slot = next((row[9] for row in rows if row[9]), "")
    lane = "audit" if reasons == [Flag.AUDIT] else "claims"
    if all(row[8] == "testimony" for row in rows):
        lane = "testimony"
    priority = max((REASON_WEIGHT[Flag(r)] for r in reasons), default=0.0)
    priority += 0.3 * math.log2(sources or 1) + 0.1 * math.log2(len(rows))
    if lane != "audit":  # the order of what was drawn at random is no hint at what the machine makes of it
        priority += p_refuted + 0.2 * worth
    return {
        "lane": lane, "priority": round(priority, 6), "p_refuted": p_refuted, "slot": slot,
        "reasons": json.dumps(reasons), "rights": json.dumps(rights), "kinds": json.dumps(sorted(kinds)),
        "reasons_bits": bits(reasons, tuple(Flag)), "rights_bits": bits(rights, RIGHTS),
        "kinds_bits": bits(kinds, SOURCE_KINDS), "posts": len(rows), "sources": sources,
        "first_seen": min(row[3] for row in rows), "last_seen": max(row[3] for row in rows),
    }  # fmt: skip


# The newest first verdict that stands, or was taken back after a blind reading of it, when both had seen both.
_FIRST = """
SELECT d.id, d.verdict, d.person, d.at, coalesce(u.at, '') FROM decisions d LEFT JOIN decisions u ON u.undoes = d.id
WHERE d.case_id = ? AND d.action = 'decide' AND d.blind = 0 AND (u.id IS NULL OR EXISTS (
    SELECT 1 FROM second_readings a JOIN decisions b ON b.case_id = a.case_id AND b.blind = 1
    WHERE a.decision_id = d.id AND b.id > d.id AND b.id < u.id))
ORDER BY d.id DESC LIMIT 1
"""


def by_events(db: Database, case_id: int) -> dict[str, str]:
    """State and since when, verdict, who gave it and when, from the decisions alone."""
    last = db.conn.execute(_FIRST, [case_id]).fetchone()
    reopened = db.conn.execute(
        "SELECT id, at FROM decisions WHERE case_id = ? AND action = 'reopen' ORDER BY id DESC LIMIT 1", [case_id]
    ).fetchone()
    if last is None:
        (opened,) = db.conn.execute("SELECT opened_at FROM cases WHERE id = ?", [case_id]).fetchone()
        return _event("reopened", since=reopened[1]) if reopened else _event("new", since=opened)
    if reopened and reopened[0] > last[0]:
        return _event("reopened", since=reopened[1])
    number, verdict, decider, at, taken_back = last
    state, since = _second_state(db, case_id, number, verdict, at=at, taken_back=taken_back)
    told = {} if taken_back else {"verdict": verdict, "decider": decider}
    return _event(state, since=since, judged_at=at, **told)


def _event(state: str, *, since: str, verdict: str = "", decider: str = "", judged_at: str = "") -> dict[str, str]:
    return {"state": state, "verdict": verdict, "decider": decider, "since": since, "judged_at": judged_at}


def _second_state(
    db: Database, case_id: int, decision_id: int, verdict: str, *, at: str, taken_back: str
) -> tuple[str, str]:
    """`second` while a blind reading is awaited, `disputed` when it came out otherwise or either was taken back after
    it, else `decided`; and since when.

    Once somebody has read blind the first verdict is out of its hiding: were their reading taken back, nobody would be
    blind any more, so the case goes to a lead.
    """
    asked = db.conn.execute("SELECT asked_at FROM second_readings WHERE decision_id = ?", [decision_id]).fetchone()
    if asked is None:
        return "decided", at
    blind = db.conn.execute(
        "SELECT verdict, at, coalesce((SELECT u.at FROM decisions u WHERE u.undoes = d.id), '') FROM decisions d"
        " WHERE case_id = ? AND action = 'decide' AND blind = 1 AND id > ? ORDER BY id DESC LIMIT 1",
        [case_id, decision_id],
    ).fetchone()
    if blind is None:
        return "second", asked[0]
    second, read_at, withdrawn = blind
    if second != verdict:
        return "disputed", read_at
    ended = min(filter(None, (taken_back, withdrawn)), default="")
    return ("disputed", ended) if ended else ("decided", read_at)


ITEM = (
    "case_id, claim, reasons, rights, priority, posts, sources, first_seen, last_seen, state, verdict, p_refuted, slot,"
    " kinds, lane, since, decider, judged_at"
)


def item(row: tuple[object, ...]) -> QueueItem:
    """A row of ITEM as a line of the queue."""
    fields = dict(zip(ITEM.replace(" ", "").split(","), row, strict=True))
    for name in ("reasons", "rights", "kinds"):
        fields[name] = tuple(json.loads(str(fields[name])))
    return QueueItem(**fields)  # type: ignore[arg-type]  # the columns are named after the fields


def queue(db: Database, *, limit: int = 50) -> list[QueueItem]:
    """Undecided cases, the one most worth an hour first."""
    rows = db.conn.execute(
        f"SELECT {ITEM.replace('case_id', 'c.id')} FROM cases c JOIN standings s ON s.case_id = c.id WHERE s.undecided"
        " ORDER BY s.priority DESC, c.id LIMIT ?",
        [limit],
    )
    return [item(row) for row in rows]


def case(db: Database, case_id: int) -> QueueItem | None:
    """One case, decided or not."""
    row = db.conn.execute(
        f"SELECT {ITEM.replace('case_id', 'c.id')} FROM cases c JOIN standings s ON s.case_id = c.id WHERE c.id = ?",
        [case_id],
    ).fetchone()
    return item(row) if row else None
