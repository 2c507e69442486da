"""What the queue asks of the store: filters, their counts, search."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from crawlers.urls import alike, canonical
from pipeline.records import (
    LANES,
    RIGHTS,
    SOURCE_KINDS,
    STATES,
    Flag,
    Published,
    QueueItem,
    Verdict,
    later,
    reading_text,
)
from pipeline.store import cases, holds
from pipeline.store.database import number_of, word_of
from pipeline.store.pieces import ERASED, verdict_of
from pipeline.store.posts import bare, storable, visible
from pipeline.store.reading import PEEK
from pipeline.store.scores import standing_of
from pipeline.store.searching import holding, is_bare, terms_of, with_names

FLAGS = tuple(str(flag) for flag in Flag)
AGES = {"day": 24, "week": 24 * 7, "month": 24 * 30}  # hours
SPREADS = ("one", "few", "several", "many")  # 1, 2 to 3, 4 to 9, 10 or more sources
NEAR, BEFORE = 200, 60  # characters that found words stand within, and shown before them
COLLECTED_AT_MOST = 10  # posts in no case that are named where no case is found
FOUND_AT_MOST = 500  # cases a search looks through; the page says when there were more

# versions whose text holds all the words, the newest
_HOLDING = "SELECT rowid FROM versions_fts WHERE versions_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
# what the verdicts that stand say to their readers
_TOLD = f"""
SELECT d.case_id, d.wording || char(10) || d.explanation FROM told_fts f JOIN decisions d ON d.id = f.rowid
JOIN standings t ON t.case_id = d.case_id AND t.state = 'decided' JOIN cases c ON c.id = d.case_id
WHERE told_fts MATCH ? AND d.id = {verdict_of("d.case_id")} AND c.claim <> '{ERASED}' ORDER BY f.rowid DESC LIMIT ?
"""
_LISTED = "SELECT value FROM json_each(?)"
_VERDICT = "iif(state = 'decided', verdict, '')"  # the first verdict on a case that is read blind tells nobody
_SINCE = "FROM case_posts p WHERE p.case_id = s.case_id AND p.joined_at > s.judged_at"  # joined since a verdict
_BITS = {"right": ("rights_bits", RIGHTS), "reason": ("reasons_bits", FLAGS), "kind": ("kinds_bits", SOURCE_KINDS)}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a moderator wants to see; empty means everything that is still to be decided."""

    lane: str = "claims"
    state: str = ""
    right: str = ""
    reason: str = ""
    kind: str = ""
    age: str = ""
    spread: str = ""
    verdict: str = ""  # of the decided alone
    q: str = ""
    order: str = "priority"  # priority, of the decided the latest verdict; oldest; again, of the decided alone

    def narrows(self) -> dict[str, str]:
        """The filters that hide something, by name."""
        names = ("state", "right", "reason", "kind", "age", "spread", "verdict", "q")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the queue and the words around it."""

    items: list[QueueItem]
    matching: int
    in_lane: int  # all that the lane holds to be decided
    oldest: str  # since when the longest-waiting of the lane has waited, whatever is filtered
    cut: bool = False  # the search found more than it looked through
    found: list[int] | None = None  # all cases that the search found, in whatever lane; None where nothing is sought
    elsewhere: tuple[tuple[Filters, int], ...] = ()  # where else the search finds something, and how many cases


def _where(filters: Filters, *, without: str = "") -> tuple[str, list[object]]:
    """The condition for filters, leaving one facet out where its own counts are wanted."""
    terms: list[str] = ["lane = ?"]
    values: list[object] = [filters.lane]
    if filters.state not in ("", "reading") and without != "state":
        terms.append("+state = ?")
        values.append(filters.state)
    elif without != "state":
        terms.append("state <> 'decided'")
    for name, (column, order) in _BITS.items():
        value = getattr(filters, name)
        if value and name != without:
            terms.append(f"{column} & ? <> 0")
            values.append(1 << order.index(value))
    if filters.spread and without != "spread":
        terms.append("spread = ?")
        values.append(SPREADS.index(filters.spread))
    if filters.verdict and without != "verdict":
        terms.append(f"{_VERDICT} = ?")
        values.append(filters.verdict)
    return " AND ".join(terms), values


def _rows(filters: Filters, found: list[int] | None, *, facet: str = "") -> tuple[str, list[object]]:
    """Where counts come from: the smallest kept sum that has the columns, or the rows where none has."""
    if found is not None or filters.age or filters.verdict or facet == "verdict":
        columns = "lane, state, verdict, reasons_bits, rights_bits, kinds_bits, spread"
        (table, values), (age, since) = _standings(found), _of_age(filters)
        terms, values = ["lane = ?"], [*values, filters.lane]
        if filters.state == "decided":
            terms.append("state = 'decided'")
            if filters.verdict:
                terms.append("verdict = ?")
                values.append(filters.verdict)
            if found is None and not filters.age:
                table += " INDEXED BY standings_decided"  # it has all the columns; SQLite would rather read rows
        return f"(SELECT {columns}, 1 AS n FROM {table} WHERE {' AND '.join(terms)}{age})", [*values, *since]
    needed = {*filters.narrows(), facet} - {"", "state"}  # `reading` comes with a list of its cases
    if needed <= {"kind"}:
        return "standing_counts_by_kind", []
    return ("standing_counts" if "kind" in needed else "standing_counts_by_right"), []


def _of_age(filters: Filters) -> tuple[str, list[object]]:
    """The condition of an age: none of the kept sums has it."""
    return (" AND first_seen > ?", [later(hours=-AGES[filters.age])]) if filters.age else ("", [])


def _standings(found: list[int] | None) -> tuple[str, list[object]]:
    """The standings, or only those of the cases that a search found; CROSS keeps SQLite from reading all of them."""
    if found is None:
        return "standings s", []
    return "json_each(?) f CROSS JOIN standings s ON s.case_id = f.value", [json.dumps(found)]


def listing(db: Database, filters: Filters, *, limit: int = 50, offset: int = 0) -> Listing:
    """A page of the queue; the line about what is hidden needs the two totals."""
    searched, cut = _searched(db, filters.q)
    found = _in_hand(db, searched) if filters.state == "reading" else searched
    where, values = _where(filters)
    # the plus signs keep SQLite from walking a whole lane in order where a date leaves only few rows to sort
    plus = "+" if filters.age else ""
    decided = f" AND {plus}undecided = {int(filters.state != 'decided')}"
    where += decided
    age, since = _of_age(filters)
    table, named = _standings(found)
    first = "since DESC" if filters.state == "decided" else "priority DESC"
    if filters.state == "decided" and filters.order == "again":
        first = f"(SELECT max(p.joined_at) {_SINCE}) DESC, {first}"
        where = where.removesuffix(decided) + " AND state = 'decided'"
        if found is None:
            table += " INDEXED BY standings_judged"  # all decided are looked at, and it is smaller than their rows
    order = "since, s.case_id" if filters.order == "oldest" else f"{first}, s.case_id"
    shown = db.conn.execute(  # their numbers alone are put in order
        f"SELECT s.case_id FROM {table} WHERE {where}{age} ORDER BY {order} LIMIT ? OFFSET ?",
        [*named, *values, *since, limit, offset],
    ).fetchall()
    columns = cases.ITEM.replace("case_id", "s.case_id")
    rows = db.conn.execute(
        f"SELECT {columns} FROM json_each(?) f CROSS JOIN standings s ON s.case_id = f.value"
        " JOIN cases c ON c.id = s.case_id ORDER BY f.key",
        [json.dumps([case_id for (case_id,) in shown])],
    ).fetchall()
    matching = _within(db, filters, found)
    elsewhere = _elsewhere(db, filters, searched, matching) if filters.q else ()
    items, in_lane = [cases.item(row) for row in rows], waiting(db, filters.lane)
    oldest = word_of(db, "SELECT min(since) FROM standings WHERE lane = ? AND undecided = 1", [filters.lane])
    return Listing(items, matching, in_lane, oldest, cut, searched, elsewhere)


def came_again(db: Database, case_ids: Sequence[int]) -> dict[int, int]:
    """Of some cases, how many posts joined the decided ones since their verdict was given, where any did."""
    rows = db.conn.execute(
        f"SELECT s.case_id, (SELECT count(*) {_SINCE}) AS n FROM standings s WHERE s.state = 'decided' AND n > 0"
        " AND s.case_id IN (SELECT value FROM json_each(?))",
        [json.dumps(case_ids)],
    )
    return dict(rows.fetchall())


def _elsewhere(
    db: Database, filters: Filters, found: list[int] | None, matching: int
) -> tuple[tuple[Filters, int], ...]:
    """Where else a search finds cases: other lanes and the decided; here too, where filters hide them all."""
    table, values = _standings(found)
    rows = db.conn.execute(f"SELECT lane, undecided, count(*) FROM {table} GROUP BY 1, 2", values).fetchall()
    held = {Filters(lane=lane, state="" if undecided else "decided", q=filters.q): n for lane, undecided, n in rows}
    if matching:
        held.pop(Filters(lane=filters.lane, state="decided" if filters.state == "decided" else "", q=filters.q), None)
    return tuple(sorted(held.items(), key=lambda one: (LANES.index(one[0].lane), one[0].state)))


def among(db: Database, filters: Filters) -> holds.Among:
    """What the next case is chosen from: what these filters show, as far as it can still be decided."""
    if filters.state in ("reading", "decided"):
        filters = replace(filters, state="", verdict="")
    found, _ = _searched(db, filters.q)
    (table, named), (where, values), (age, since) = _standings(found), _where(filters), _of_age(filters)
    order = "s.since, s.case_id" if filters.order == "oldest" else "s.priority DESC, s.case_id"
    return holds.Among(table, tuple(named), where + age, (*values, *since), order)


def _searched(db: Database, words: str) -> tuple[list[int] | None, bool]:
    """The cases a search found, None where nothing is sought; and whether it was cut."""
    return search(db, words) if words else (None, False)


def _in_hand(db: Database, found: list[int] | None) -> list[int]:
    """The cases that somebody has in hand, of those found where something was sought."""
    held = holds.in_hand(db)
    return held if found is None else sorted({*held} & {*found})


def waiting(db: Database, lane: str) -> int:
    """How many cases of a lane are still to be decided."""
    return number_of(db, "SELECT sum(n) FROM standing_counts_by_kind WHERE lane = ? AND state <> 'decided'", [lane])


def disputed(db: Database) -> dict[str, int]:
    """How many cases of each lane wait for a lead, as two readers came to different verdicts; of those where any do."""
    rows = db.conn.execute(
        "SELECT lane, sum(n) FROM standing_counts_by_kind WHERE state = 'disputed' GROUP BY lane HAVING sum(n) > 0"
    )
    found = dict(rows.fetchall())
    return {lane: found[lane] for lane in LANES if lane in found}


def counts(db: Database, filters: Filters, *, found: list[int] | None = None) -> dict[str, dict[str, int]]:
    """For each filter, how many cases each of its values would show with the other filters as they are; of those that a
    listing with the same search has found."""
    searched = _searched(db, filters.q)[0] if found is None else found
    held = _in_hand(db, searched)
    found = held if filters.state == "reading" else searched
    any_verdict = replace(filters, verdict="")  # with another state no verdict is chosen
    result: dict[str, dict[str, int]] = {}
    columns = {"state": "state", "spread": "spread", **{name: column for name, (column, _) in _BITS.items()}}
    if filters.state == "decided":
        columns["verdict"] = _VERDICT
    for name, column in columns.items():
        others = replace(any_verdict if name == "state" else filters, **{name: ""})
        table, inner = _rows(others, searched if name == "state" else found, facet=name)
        where, values = _where(others, without=name)
        rows = db.conn.execute(
            f"SELECT {column}, sum(n) FROM {table} WHERE {where} GROUP BY 1 HAVING sum(n) > 0", [*inner, *values]
        ).fetchall()
        result[name] = _spell(name, rows)
    if filters.state == "decided" and filters.verdict:
        result["state"]["decided"] = result["verdict"][filters.verdict]
    result["state"]["reading"] = _within(db, replace(any_verdict, state="reading"), held)
    result["age"] = {age: _within(db, replace(filters, age=age), found) for age in AGES}
    result["lane"] = {lane: waiting(db, lane) for lane in LANES}
    return result


def _spell(name: str, rows: list[tuple[object, int]]) -> dict[str, int]:
    """Counts by bits as counts by word."""
    if name in ("state", "verdict"):
        return {word: sum(n for value, n in rows if value == word) for word in (STATES if name == "state" else Verdict)}
    if name == "spread":
        return {word: sum(n for value, n in rows if value == i) for i, word in enumerate(SPREADS)}
    return {word: sum(n for value, n in rows if int(str(value)) >> i & 1) for i, word in enumerate(_BITS[name][1])}


def _within(db: Database, filters: Filters, found: list[int] | None) -> int:
    table, inner = _rows(filters, found)
    where, values = _where(filters)
    return number_of(db, f"SELECT sum(n) FROM {table} WHERE {where}", [*inner, *values])


def search(db: Database, words: str) -> tuple[list[int], bool]:
    """Cases whose claim, posts or words for readers hold all the words, or the case of a #number or an address; and
    whether it was cut.

    Where some hold the words with the diacritics they were typed with, those and what was written without any.
    """
    number = words.strip().removeprefix("#")
    if number != words.strip() and number.isdecimal() and len(number) < 16:
        return [int(number)], False
    if at := cases_at(db, words):
        return at, False
    terms = terms_of(words)
    if not terms:
        return [], False
    claims = db.conn.execute(
        "SELECT c.id, c.claim FROM claims_fts f JOIN cases c ON c.id = f.rowid WHERE claims_fts MATCH ?"
        " ORDER BY f.rowid DESC LIMIT ?",
        [terms, FOUND_AT_MOST + 1],
    ).fetchall()
    told = db.conn.execute(_TOLD, [terms, FOUND_AT_MOST + 1]).fetchall()
    as_typed = holding(words)
    marked = not as_typed("")
    read = "title, lead, text" if marked else "''"  # texts only where they are looked at
    texts = db.conn.execute(
        f"SELECT post_id, {read} FROM versions WHERE id IN ({_HOLDING})", [terms, FOUND_AT_MOST + 1]
    ).fetchall()

    def such(fits: Callable[[str], object]) -> list[int]:
        posts = [post for post, *parts in texts if fits("\n".join(parts))]
        return [case for case, said in (*claims, *told) if fits(said)] + _cases_of(db, _LISTED, [json.dumps(posts)])

    found = such(as_typed)
    if marked:
        found = found + such(is_bare) if found else such(lambda _: True)
    found = list(dict.fromkeys(found))
    return found[:FOUND_AT_MOST], max(len(claims), len(told), len(texts), len(found)) > FOUND_AT_MOST


def cases_at(db: Database, words: str) -> list[int]:
    """The cases of the posts that stand, or are said to have stood, at the addresses among words."""
    addresses = [address for word in words.split() for address in spellings(word)]
    marks = ", ".join("?" * len(addresses))
    named = f"SELECT id FROM posts WHERE url IN ({marks}) UNION SELECT post_id FROM told_pages WHERE url IN ({marks})"
    return _cases_of(db, named, [*addresses, *addresses]) if addresses else []


@dataclass(frozen=True, slots=True)
class Collected:
    """A collected post that stands in no case."""

    post_id: int
    source: str
    day: Published  # or when it was first seen
    title: str
    peek: str
    kind: str  # as it was read; empty when it wasn't yet


def collected(db: Database, words: str, *, among: Sequence[int] = ()) -> list[Collected]:
    """The newest posts in no case that hold all the words, or stand at an address among them; or of those among which
    one knows them to be."""
    terms = terms_of(words)
    if not terms or (words.lstrip().startswith("#") and not among):
        return []
    at = among or [post for word in words.split() if (post := post_at(db, word))]
    found = f"SELECT value FROM json_each('{json.dumps(at)}')"
    if not at:
        found = f"SELECT post_id FROM versions WHERE id IN ({_HOLDING})"
    rows = db.conn.execute(
        "SELECT p.id, coalesce(s.name, p.source_id), coalesce(nullif(p.published, ''), p.first_seen) AS day, v.title,"
        f" v.lead, v.text, coalesce((SELECT kind FROM scores WHERE id = {standing_of('p.id')}), '')"
        " FROM posts p JOIN versions v ON v.id = (SELECT max(id) FROM versions WHERE post_id = p.id)"
        " LEFT JOIN sources s ON s.id = p.source_id"
        f" WHERE p.id IN ({found}) AND v.let_go = '' AND NOT EXISTS (SELECT 1 FROM case_posts c WHERE c.post_id = p.id)"
        " ORDER BY datetime(day) DESC, p.id DESC LIMIT ?",
        [*([] if at else [terms, FOUND_AT_MOST]), COLLECTED_AT_MOST],
    )
    return [
        Collected(
            post,
            source,
            day,
            title,
            _around(reading_text("", lead, text), "" if at and not among else with_names(words)),
            kind,
        )
        for post, source, day, title, lead, text, kind in rows
    ]


def _around(text: str, words: str) -> str:
    """The part of a text that holds most of the words, the first of such; its beginning where it holds none."""
    text = visible(text)
    wanted, found = set(re.findall(r"\w+", bare(words))), list(re.finditer(r"\w+", text))
    hits = [(one.start(), word) for one in found if (word := bare(one[0])) in wanted]
    most, start = 0, 0
    for n, (at, _) in enumerate(hits):
        held = len({word for place, word in hits[n : n + NEAR] if place < at + NEAR})
        if held > most:
            most, start = held, at
        if most == len(wanted):
            break
    if start < BEFORE:
        return text[:PEEK]
    start = text.find(" ", start - BEFORE, start) + 1 or start
    return f"… {text[start : start + PEEK]}"


def post_at(db: Database, address: str) -> int | None:
    """The number of the post collected at an address, in any of the spellings in which people send it on."""
    spelled = spellings(address)
    row = db.conn.execute(f"SELECT id FROM posts WHERE url IN ({', '.join('?' * len(spelled))})", spelled).fetchone()
    return int(row[0]) if row else None


def address_as_kept(url: str) -> str:
    """A web address as posts have it; "" for what is none."""
    return canonical(storable(url.strip()))


def spellings(word: str) -> list[str]:
    """The addresses a word may mean, as posts have them."""
    word = storable(word).strip("<>\"'“”.,;")
    rest = word.partition("://")[2] if word.lower().startswith(("http://", "https://")) else word
    if "." not in rest.partition("/")[0] or (rest == word and "/" not in word):
        return []
    whole = canonical(f"https://{rest}")
    return [word, *(alike(whole) if whole else ())]


def _cases_of(db: Database, posts: str, values: list[object]) -> list[int]:
    """The cases that posts belong to now, given a query for the posts."""
    rows = db.conn.execute(
        "SELECT DISTINCT case_id FROM memberships m WHERE post_id IN ("
        f"{posts}) AND case_id IS NOT NULL AND id = (SELECT max(id) FROM memberships WHERE post_id = m.post_id)",
        values,
    )
    return [row[0] for row in rows]


def newest_case(db: Database) -> int:
    """The number of the newest case: what came after it is new."""
    return number_of(db, "SELECT max(id) FROM cases")


def came_after(db: Database, case_id: int, lane: str) -> int:
    """How many cases of a lane are newer than one."""
    return number_of(
        db, "SELECT count(*) FROM (SELECT 1 FROM standings WHERE case_id > ? AND lane = ? LIMIT 1000)", [case_id, lane]
    )
