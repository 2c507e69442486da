"""What people say that a fact of our table contradicts, data/contraries/: in which words, with which numbers.

The verdict sees but other words where somebody tells a rule falsely in his own ("nghỉ đẻ giờ có 4 tháng thôi"). Whoever
writes a fact knows what is said against it: those words and numbers are looked for in a claim, and where all of them
stand together and nothing that would make it true stands beside them, the fact contradicts it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
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
from classifier.logic.heard import NOT, Found, Said, read_of, words_of
from classifier.logic.phrases import MASK, SHARED, Phrases, Wording
from classifier.logic.places import names_abroad
from classifier.text import Span, restore, sentences
from classifier.text.patterns import both

NEEDED = {"fact": str, "like": str, "said": list, "against": str}
LONGEST = 2_000  # characters of a text
# among what excuses a row: it lets those be who call a law unconstitutional
UNCONSTITUTIONAL = re.compile(r"\b(?:vi hiến|trái hiến pháp)\b|(?:^|\|) *(?:là )?vi phạm *(?:\||$)")
WIDEST = 30  # words that what is said together stands in
# what a group begins with that tells what may or must be: denied, it turns a row round though another group carries it
MODAL = re.compile(
    r"(?:(?:(?:có|toàn|mất) )?quyền|(?:(?:co|toan|mat) )?quyen|được|phải|bị|buộc|phép|duoc|phai|bi|buoc|phep)\b"
)
# … or what it tells whole: "đâu phải quá 30 ngày là hết quyền"
WHOLE = re.compile(r"\b(?:là|thì|cũng) ")

_NOW = (
    rf"(?:(?:mà|còn|thì) )?(?:(?:kể )?từ (?:(?:đầu|giữa|cuối) )?(?:(?:ngày|tháng|năm) )?[{MASK}]|từ nay\b"
    r"|(?:bây )?giờ\b|(?:hiện )?nay\b)"
)
# what was so before what is told behind it: "trước phải lên huyện, từ 1/7/2025 thì ra xã"
BEFORE = both(
    r"(?:^|[.!?]\s)\W*(?:hồi |lúc )?trước (?!(?:khi|hết|tiên|mắt|mặt|tòa|pháp luật|sau|lúc)\b)[^,.;:!?]+[,;] "
    rf"(?={_NOW})"
    # or is told to be over: "hết thời chỉ cấm sau 22 giờ"; not "hết thời hạn"
    r"|(?<!chưa )\b(?:hết|qua|đâu còn|không còn|chẳng còn)(?: rồi)? (?:cái )?(?:thời|cái cảnh|cái chuyện)"
    r" (?!gian|hạn|hiệu|điểm|kỳ|vụ|hồi)[^,.;:!?]+"
)

# the head of a part that tells of another case: "đủ tuổi thì được, trẻ em thì không"; not "…, trẻ em thì cũng vậy"
OTHER_CASE = both(
    r"[,;] ?(?:(?:còn|chứ|nhưng) )?([^,.;:!?]+?) (?:thì|(?<!luật )(?<!định )(?<!tư )mới)\b(?! (?:cũng|vẫn|lại|y)\b)"
)
HEAD = 2  # words of such a head before the case
LIMITING = re.compile(r"\bch[ỉi]\b")  # "chỉ cấm bán, còn người lớn hút thì không sao" is one whole


@dataclass(frozen=True, slots=True)
class Contrary:
    """What contradicts a fact: phrases of which one of each group is said, and none of `unless`. The last group carries
    the contradiction; `against` are the fact's own words that it goes against. What is quoted isn't said."""

    eid: str  # of the fact's passage
    like: str  # such a claim
    said: tuple[Phrases, ...]
    unless: tuple[Phrases, ...]  # its own, and what holds for all
    against: str
    order: tuple[int, ...]  # of the groups, that first whose words news has least
    telling: tuple[frozenset[str], ...]  # of each group, words of which it needs one
    where: str = ""  # of a home's own: its file and number

    def may_stand_in(self, words: frozenset[str]) -> bool:
        """Whether folded words hold those of a phrase of each group."""
        said = self.said
        for at in self.order:  # noqa: SIM110  # of a hundred rows a text, a loop takes two thirds
            if not said[at].may_stand_in(words):
                return False
        return True

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
        if self._is_of_another(said, spans):
            return None
        if len(said.text[start:end].split()) > WIDEST or said.is_past(spans.values()):
            return None
        if any(one.start() <= last[0] < one.end() for one in BEFORE[said.bare].finditer(said.text)):
            return None
        if said.judges_law(last) and any(map(_lets_critics_be, self.unless)):
            return None
        if any(self._tells_of_two(said, one, spans) for one in OTHER_CASE[said.bare].finditer(said.text, last[1])):
            return None
        meant = (said.restored or said).text
        telling = [
            one for one in spans.values() if one == last or MODAL.match(said.text, *one) or WHOLE.search(meant, *one)
        ]
        return None if any(said.denies(one, spans.values()) for one in telling) else last

    def _is_of_another(self, said: Said, spans: Mapping[int, Span]) -> bool:
        """Whether what carries the contradiction is told of something else than what a row is about, which is named
        only behind it: "thẻ thì công an cấp, còn giấy đi bầu thì xã cấp"."""
        if (parts := said.before_another(spans[len(spans) - 1])) is None:
            return False
        first, rest = parts
        named = [spans[at] for at, group in enumerate(self.said) if first.find(group) is None]
        rules = any(MODAL.match(said.text, *one) or NOT.search(said.text, *one) for one in named)
        return bool(named) and not rules and rest.find(self.said[-1]) is None

    def _tells_of_two(self, said: Said, head: re.Match[str], spans: Mapping[int, Span]) -> bool:
        """Whether what a row asks for is told but of one case, save the case itself, at the head of what is told of
        another behind."""
        start, end = head.span(1)
        behind = {at: first for at, (first, _) in spans.items() if first >= head.start()}
        at_head = all(first < end and len(said.text[start:first].split()) <= HEAD for first in behind.values())
        if not at_head or LIMITING.search(said.text, 0, head.start()):
            return False
        before, after = replace(said, text=said.text[: head.start()]), replace(said, text=said.text[start:])
        return any(before.find(self.said[at]) is None for at in behind) and after.find(self.said[-1]) is None


def _lets_critics_be(unless: Phrases) -> bool:
    """Whether what a law is said to do is no claim to a row where it is called unconstitutional: then in no other words
    for that, and neither where it is called constitutional."""
    return bool(UNCONSTITUTIONAL.search(unless.written)) or any(map(_lets_critics_be, unless.shared.values()))


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What goes against facts: the rows that ship, and a home's own on its passages."""

    own: tuple[Contrary, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)  # of the passages they are on, by id
    rights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # that those are about
    seal: str = ""  # a word for all of it


SHIPPED = Rows()


def against(claim: str, passage: Passage, rows: Rows = SHIPPED) -> tuple[Span, Span] | None:
    """Where a claim, as it is meant, says what a fact contradicts, and where the fact does; None where it doesn't, or
    where the passage isn't worded as the rows have it."""
    if not knows(passage, rows) or (found := _first(claim, passage.eid, rows)) is None:
        return None
    contrary, span = found
    at = passage.text.index(contrary.against)
    return span, (at, at + len(contrary.against))


def groups(claim: str, passage: Passage, rows: Rows = SHIPPED) -> list[Span]:
    """Where a claim that goes against a fact says each of what its row asks for, in the row's order."""
    found, said = _first(claim, passage.eid, rows), read_of(claim)
    return [here[1] for group in (found[0].said if found else ()) if (here := said.find(group)) is not None]


def _first(claim: str, eid: str, rows: Rows) -> tuple[Contrary, Span] | None:
    """The first row by which a claim goes against a fact, and what of it does."""
    said = read_of(claim)
    for contrary in _by_fact(rows).get(eid, ()):
        if (span := contrary.stands_in(said)) is not None and _is_here(contrary, claim, span):
            return contrary, span
    return None


def own_row(claim: str, eid: str, rows: Rows) -> str:
    """Where the row stands by which a claim goes against a fact, "" for one that ships."""
    found = _first(claim, eid, rows) if rows.own else None
    return found[0].where if found else ""


def knows(passage: Passage, rows: Rows = SHIPPED) -> bool:
    """Whether it is told what contradicts a passage: one that rows are on, worded as they have it."""
    return passage.eid in _by_fact(rows) and passage.text == _texts(rows)[passage.eid]


def wording(claim: str, eid: str, rows: Rows = SHIPPED) -> frozenset[str]:
    """The folded words of the rows by which a claim, as it is meant, goes against a fact."""
    said = read_of(claim)
    found = (one for one in _by_fact(rows).get(eid, ()) if one.stands_in(said))
    return frozenset(chain.from_iterable(_all_words(group) for row in found for group in row.said))


def _all_words(group: Phrases) -> Iterator[str]:
    for phrase in group:
        yield from phrase.words
        for forms in phrase.shared:
            yield from _all_words(forms)


@lru_cache(maxsize=2_048)  # of the texts of a block, their sentences and claims
def contradicting(claim: str, rows: Rows = SHIPPED) -> Mapping[str, str]:
    """The facts, id to text, that contradict what a text says, as it is meant, in its beginning."""
    found = {one.eid for one in standing(claim[:LONGEST], _index(rows))}
    return {eid: _texts(rows)[eid] for eid in sorted(found)}


def standing(claim: str, index: "Index") -> Iterator[Contrary]:
    """The rows of an index that say what a text says, as it is meant."""
    for one in index.may_stand_in(words_of(claim)):
        if (span := one.stands_in(read_of(claim))) and _is_here(one, claim, span):
            yield one


def _is_here(contrary: Contrary, claim: str, span: Span) -> bool:
    """Whether the sentence that says it names no other country and reports no practice, unless such a claim does."""
    whole = next((claim[start:end] for start, end in sentences(claim) if start <= span[0] < end), claim)
    return all(not tells(whole) or tells(contrary.like) for tells in (names_abroad, practice.reports))


def load(folder: Path) -> list[Contrary]:
    """The rows of every .toml of a folder, each file with its own shared words; what a file has as `never`, and its
    words, hold for all. Raises BadEvidence naming the first row that can't be used, and why."""
    tables = {one: _table(one) for one in sorted(folder.glob("*.toml"))}
    common, never = _common(tables)
    return [
        made_of(row, wording, never, f"{one}, contrary {at}", shipped_texts())
        for one, table in tables.items()
        for wording in [wording_of(one, table, common)]
        for at, row in enumerate(table.get("contrary", []), 1)
    ]


def _common(tables: Mapping[Path, Mapping[str, Any]]) -> tuple[Wording, list[Phrases]]:
    """The words that rows of all files share, and what excuses all."""
    common = Wording()
    never = list[Phrases]()
    for one, table in tables.items():
        if "never" in table:
            common = wording_of(one, table, common)
            try:
                never.append(common.phrases(table["never"]))
            except ValueError as error:
                raise BadEvidence(f"{one}, never: {error}") from error
    return common, never


@lru_cache(maxsize=1)
def shipped_common() -> tuple[Wording, list[Phrases]]:
    """The same of the file that ships."""
    path = files.shipped("data", "contraries", "never.toml")
    return _common({path: _table(path)})


def _table(path: Path) -> dict[str, Any]:
    try:
        return parsed(path, path.read_text(encoding="utf-8"), {"never": str, "words": dict, "contrary": list})
    except (OSError, UnicodeDecodeError) as error:
        raise BadEvidence(f"{path} can't be read as contraries: {error}") from error


def parsed(path: Path | str, text: str, kinds: Mapping[str, type]) -> dict[str, Any]:
    """The table of a file, which may hold nothing but what is of these kinds."""
    try:
        table = tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError) as error:
        raise BadEvidence(f"{path} can't be read as contraries: {error}") from error
    if any(not isinstance(value, kinds.get(key, ())) for key, value in table.items()):
        named = {"str": "{}", "dict": "[{}]", "list": "[[{}]] rows"}
        *others, last = [named[kind.__name__].format(name) for name, kind in kinds.items()]
        raise BadEvidence(f"{path} must hold {', '.join(others)} and {last} and nothing else")
    if not all(isinstance(one, str) for one in table.get("words", {}).values()):
        raise BadEvidence(f"{path}: each of [words] must be a text, its forms parted by |")
    return table


def wording_of(path: Path | str, table: Mapping[str, Any], common: Wording) -> Wording:
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
        found[one.eid] = (*found.get(one.eid, ()), one)
    return found


@lru_cache(maxsize=2)
def _by_fact(rows: Rows) -> Mapping[str, tuple[Contrary, ...]]:
    """What contradicts each fact, by the id of its passage."""
    if not rows.own:
        return shipped()
    found = dict(shipped())
    for one in rows.own:
        found[one.eid] = (*found.get(one.eid, ()), one)
    return found


@dataclass(frozen=True, slots=True)
class Index:
    """Rows by the words of which their groups need one: for each place of a group a bit for each row by word, "" for
    rows that have no group there."""

    rows: tuple[Contrary, ...]
    places: tuple[Mapping[str, int], ...]

    def may_stand_in(self, words: frozenset[str]) -> Iterator[Contrary]:
        """The rows whose words folded words may hold; a hundred of three thousand need be looked at."""
        left = (1 << len(self.rows)) - 1
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


@lru_cache(maxsize=2)
def _index(rows: Rows) -> Index:
    return index_of(tuple(chain.from_iterable(_by_fact(rows).values())))


def index_of(rows: tuple[Contrary, ...]) -> Index:
    """Rows by their words."""
    places: list[dict[str, int]] = [{} for _ in range(max((len(row.telling) for row in rows), default=0))]
    for at, row in enumerate(rows):
        for place, by_word in enumerate(places):
            for word in row.telling[place] if place < len(row.telling) else [""]:
                by_word[word] = by_word.get(word, 0) | 1 << at
    return Index(rows, tuple(places))


@lru_cache(maxsize=1_000)  # shared words are asked for again and again; rows that are replaced aren't held
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
def shipped_texts() -> Mapping[str, str]:
    """The facts that ship, in the wording that ships, by the id of their passages."""
    return {passage.eid: passage.text for passage in facts.shipped_passages()}


@lru_cache(maxsize=2)
def _texts(rows: Rows) -> Mapping[str, str]:
    return {**rows.texts, **shipped_texts()}


def eid_of(fact: str, texts: Mapping[str, Any]) -> str:
    """The id of the passage that a row is on: as it says, or one of our facts by its short name."""
    return fact if fact in texts else f"fact:{fact}"


def made_of(row: Any, wording: Wording, never: Iterable[Phrases], where: str, texts: Mapping[str, str]) -> Contrary:
    """A row on one of the texts, by id; raises BadEvidence with where it stands and what is wrong with it."""
    if (problem := next(_problems(row, texts), None)) is not None:
        raise BadEvidence(f"{where}: {problem}")
    try:
        said = tuple(map(wording.phrases, row["said"]))
        unless = wording.phrases(row.get("unless", ""))
    except ValueError as error:
        raise BadEvidence(f"{where} ({row['fact']}): {error}") from error
    telling = tuple(map(_telling, said))
    order = sorted(range(len(said)), key=lambda at: _seen_any(telling[at]))
    eid = eid_of(row["fact"], texts)
    return Contrary(eid, row["like"], said, (unless, *never), row["against"], tuple(order), telling)


def _problems(row: Any, texts: Mapping[str, str]) -> Iterator[str]:
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
    text = texts.get(eid_of(row["fact"], texts))
    if text is None:
        yield f"there is no fact {row['fact']}"
    elif row["against"] not in text:
        yield f"{row['against']!r} isn't said in the fact {row['fact']}"
