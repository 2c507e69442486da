"""What people say that a fact of our table contradicts, data/contraries/: in which words, with which numbers.

The verdict sees but other words where somebody tells a rule falsely in his own ("nghỉ đẻ giờ có 4 tháng thôi"). Whoever
writes a fact knows what is said against it: those words and numbers are looked for in a claim, and where all of them
stand together and nothing that would make it true stands beside them, the fact contradicts it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from math import inf
from pathlib import Path
from typing import Any

import tomli

from classifier import files
from classifier.errors import BadEvidence
from classifier.evidence import facts
from classifier.evidence.retrieval import Passage
from classifier.factuality import practice
from classifier.logic.heard import Found, Said, read_of, words_of
from classifier.logic.phrases import SHARED, Phrases, Wording
from classifier.logic.places import names_abroad
from classifier.text import Span, restore, sentences

NEEDED = {"fact": str, "like": str, "said": list, "against": str}
LONGEST = 2_000  # characters of a text
# among what excuses a row: it lets those be who call a law unconstitutional
UNCONSTITUTIONAL = re.compile(r"\b(?:vi hiến|trái hiến pháp)\b|(?:^|\|) *(?:là )?vi phạm *(?:\||$)")
WIDEST = 30  # words that what is said together stands in
# what a group begins with that tells what may or must be: denied, it turns a row round though another group carries it
MODAL = re.compile(r"(?:(?:(?:có|toàn) )?quyền|(?:(?:co|toan) )?quyen|được|phải|bị|buộc|phép|duoc|phai|bi|buoc|phep)\b")


@dataclass(frozen=True, slots=True)
class Contrary:
    """What contradicts a fact: phrases of which one of each group is said, and none of `unless`. The last group carries
    the contradiction; `against` are the fact's own words that it goes against. What is quoted isn't said."""

    fact: str
    like: str  # such a claim
    said: tuple[Phrases, ...]
    unless: tuple[Phrases, ...]  # its own, and what holds for all
    against: str
    order: tuple[int, ...]  # of the groups, that first whose words news has least
    telling: tuple[frozenset[str], ...]  # of each group, words of which it needs one

    def may_stand_in(self, words: frozenset[str]) -> bool:
        """Whether folded words hold those of a phrase of each group."""
        return all(any(phrase.may_stand_in(words) for phrase in self.said[at]) for at in self.order)

    def stands_in(self, said: Said) -> Span | None:
        """Where a claim says what carries the contradiction, with all that goes with it near by."""
        if not self.may_stand_in(said.words):
            return None
        found: dict[int, Found] = {}
        for at in self.order:
            if (here := said.find(self.said[at])) is None:
                return None
            found[at] = here
        if any(said.excused(unless, found.values()) for unless in self.unless):
            return None
        spans = {at: span for at, (_, span) in found.items()}
        start, end = min(start for start, _ in spans.values()), max(end for _, end in spans.values())
        last = spans[len(spans) - 1]
        if len(said.text[start:end].split()) > WIDEST or said.is_past(spans.values()):
            return None
        if said.judges_law(last) and any(map(_lets_critics_be, self.unless)):
            return None
        telling = [one for one in spans.values() if one == last or MODAL.match(said.text, *one)]
        return None if any(said.denies(one, spans.values()) for one in telling) else last


def _lets_critics_be(unless: Phrases) -> bool:
    """Whether what a law is said to do is no claim to a row where it is called unconstitutional: then in no other words
    for that, and neither where it is called constitutional."""
    return bool(UNCONSTITUTIONAL.search(unless.written)) or any(map(_lets_critics_be, unless.shared.values()))


def against(claim: str, passage: Passage) -> tuple[Span, Span] | None:
    """Where a claim, as it is meant, says what a fact of our table contradicts, and where the fact does; None where it
    doesn't, or where the passage isn't worded as our table is."""
    if not knows(passage):
        return None
    said = read_of(claim)
    for contrary in shipped()[passage.eid]:
        if (span := contrary.stands_in(said)) is not None and _is_here(contrary, claim, span):
            at = passage.text.index(contrary.against)
            return span, (at, at + len(contrary.against))
    return None


def knows(passage: Passage) -> bool:
    """Whether it is told what contradicts a passage: a fact of our table, worded as it is there."""
    return passage.eid in shipped() and passage.text == _texts()[passage.eid]


def wording(claim: str, eid: str) -> frozenset[str]:
    """The folded words of the rows by which a claim, as it is meant, goes against a fact."""
    said = read_of(claim)
    rows = (one for one in shipped().get(eid, ()) if one.stands_in(said))
    return frozenset(chain.from_iterable(_all_words(group) for row in rows for group in row.said))


def _all_words(group: Phrases) -> Iterator[str]:
    for phrase in group:
        yield from phrase.words
        for forms in phrase.shared:
            yield from _all_words(forms)


@lru_cache(maxsize=2_048)  # of the texts of a block, their sentences and claims
def contradicting(claim: str) -> Mapping[str, str]:
    """The facts of our table, id to text, that contradict what a text says, as it is meant, in its beginning."""
    claim = claim[:LONGEST]
    spans = ((one, one.stands_in(read_of(claim))) for one in _index().may_stand_in(words_of(claim)))
    found = {f"fact:{one.fact}" for one, span in spans if span and _is_here(one, claim, span)}
    return {eid: _texts()[eid] for eid in sorted(found)}


def _is_here(contrary: Contrary, claim: str, span: Span) -> bool:
    """Whether the sentence that says it names no other country and reports no practice, unless such a claim does."""
    whole = next((claim[start:end] for start, end in sentences(claim) if start <= span[0] < end), claim)
    return all(not tells(whole) or tells(contrary.like) for tells in (names_abroad, practice.reports))


def load(folder: Path) -> list[Contrary]:
    """The rows of every .toml of a folder, each file with its own shared words; what a file has as `never`, and its
    words, hold for all. Raises BadEvidence naming the first row that can't be used, and why."""
    tables = {one: _table(one) for one in sorted(folder.glob("*.toml"))}
    common = Wording()
    never = list[Phrases]()
    for one, table in tables.items():
        if "never" in table:
            common = _wording(one, table, common)
            try:
                never.append(common.phrases(table["never"]))
            except ValueError as error:
                raise BadEvidence(f"{one}, never: {error}") from error
    return [
        _contrary(row, wording, never, f"{one}, contrary {at}")
        for one, table in tables.items()
        for wording in [_wording(one, table, common)]
        for at, row in enumerate(table.get("contrary", []), 1)
    ]


def _table(path: Path) -> dict[str, Any]:
    try:
        table = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError, RecursionError) as error:
        raise BadEvidence(f"{path} can't be read as contraries: {error}") from error
    kinds = {"never": str, "words": dict, "contrary": list}
    if any(not isinstance(value, kinds.get(key, ())) for key, value in table.items()):
        raise BadEvidence(f"{path} must hold never, [words] and [[contrary]] rows and nothing else")
    if not all(isinstance(one, str) for one in table.get("words", {}).values()):
        raise BadEvidence(f"{path}: each of [words] must be a text, its forms parted by |")
    return table


def _wording(path: Path, table: Mapping[str, Any], common: Wording) -> Wording:
    """The shared words of a file beside the common ones."""
    wording = Wording(dict(common.shared))
    for name, forms in table.get("words", {}).items():
        try:
            wording.shared[name] = wording.phrases(forms)
        except ValueError as error:
            raise BadEvidence(f"{path}, {name} of [words]: {error}") from error
    return wording


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, tuple[Contrary, ...]]:
    """What contradicts each fact that ships, by the id of its passage."""
    found: dict[str, tuple[Contrary, ...]] = {}
    for one in load(files.shipped("data", "contraries")):
        found[f"fact:{one.fact}"] = (*found.get(f"fact:{one.fact}", ()), one)
    return found


@dataclass(frozen=True, slots=True)
class _Index:
    """Rows by the words of which their groups need one: for each place of a group a bit for each row by word, "" for
    rows that have no group there."""

    rows: tuple[Contrary, ...]
    places: tuple[Mapping[str, int], ...]

    def may_stand_in(self, words: frozenset[str]) -> Iterator[Contrary]:
        """The rows whose words folded words may hold; a hundred of three thousand need be looked at."""
        left = -1
        for by_word in self.places:
            here = 0
            for word in words:
                here |= by_word.get(word, 0)
            left &= here
        while left:
            last = left & -left
            left ^= last
            row = self.rows[last.bit_length() - 1]
            if row.may_stand_in(words):
                yield row


@lru_cache(maxsize=1)
def _index() -> _Index:
    rows = tuple(chain.from_iterable(shipped().values()))
    places: list[dict[str, int]] = [{} for _ in range(max(len(row.telling) for row in rows))]
    for at, row in enumerate(rows):
        for place, by_word in enumerate(places):
            for word in row.telling[place] if place < len(row.telling) else [""]:
                by_word[word] = by_word.get(word, 0) | 1 << at
    return _Index(rows, tuple(places))


@cache
def _telling(group: Phrases) -> frozenset[str]:
    """Of each phrase the word that news has least, of one that is shared forms alone theirs; "" where it has none."""
    return frozenset(chain.from_iterable(_of_phrase(said, words, group) for said, words in group.parts()))


def _of_phrase(said: str, words: list[str], group: Phrases) -> Iterable[str]:
    shared = [] if words else [_telling(group.shared[name]) for name in SHARED.findall(said)]
    return min(shared, key=_seen_any) if shared else [min(words, key=_seen, default="")]


def _seen_any(words: Iterable[str]) -> float:
    """How often news has any of folded words."""
    return sum(map(_seen, words))


def _seen(word: str) -> float:
    """How often news has a folded word; always, where there is none."""
    return restore.shipped().frequency.get(word, 0) if word else inf


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, str]:
    return {passage.eid: passage.text for passage in facts.shipped_passages()}


def _contrary(row: Any, wording: Wording, never: Iterable[Phrases], where: str) -> Contrary:
    if (problem := next(_problems(row), None)) is not None:
        raise BadEvidence(f"{where}: {problem}")
    try:
        said = tuple(map(wording.phrases, row["said"]))
        unless = wording.phrases(row.get("unless", ""))
    except ValueError as error:
        raise BadEvidence(f"{where} ({row['fact']}): {error}") from error
    telling = tuple(map(_telling, said))
    order = sorted(range(len(said)), key=lambda at: _seen_any(telling[at]))
    return Contrary(row["fact"], row["like"], said, (unless, *never), row["against"], tuple(order), telling)


def _problems(row: Any) -> Iterator[str]:
    """What is wrong with a row, the first thing first."""
    if not isinstance(row, dict):
        yield "isn't a table of keys"
    for key, kind in NEEDED.items():
        if not isinstance(row.get(key), kind) or not row[key]:
            yield f"{key} must be a non-empty {'list' if kind is list else 'text'}"
    for key in sorted(row.keys() - NEEDED.keys() - {"unless"}):
        yield f"{key} isn't a key of a contrary"
    if not isinstance(row.get("unless", ""), str):
        yield "unless must be a text, its phrases parted by |"
    if any(not isinstance(group, str) or not group.strip(" |") for group in row["said"]):
        yield "said must hold texts, each with a phrase"
    text = _texts().get(f"fact:{row['fact']}")
    if text is None:
        yield f"there is no fact {row['fact']}"
    elif row["against"] not in text:
        yield f"{row['against']!r} isn't said in the fact {row['fact']}"
