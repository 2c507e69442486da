"""The rights lexicon, data/lexicon.toml: what a text speaks of in any words, and what it allows or forbids."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from classifier.errors import BadEvidence
from classifier.files import table_of
from classifier.text.letters import fold
from classifier.text.reading import UNIT

RULES = ("wider", "opposite", "rival", "deontic", "folded")
PLAIN = "plain"  # the section, and the one concept, of words that are none
BARE_SHARE = 0.1  # fewer marked syllables than this, and a text was typed without diacritics
GAP = 3  # syllables that {} in a pattern may stand for
READ = 20_000  # characters of a text that are read
_STOP = re.compile(r"[.!?;:\n…](?=\s|$)|\n")
_PARTS = re.compile(rf"\{{\}}|{UNIT.pattern}")
_LATE_I = re.compile(r"(?<=^[hklmst])(?:i|í|ì|ỉ|ĩ|ị)$|(?<=^qu)(?:i|í|ì|ỉ|ĩ|ị)$")  # lí, kĩ, mĩ are lý, kỹ, mỹ
_TO_Y = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")

Node = dict[str, Any]  # syllable -> Node, "" -> id of the form that ends here, "{}" -> Node behind a gap


@dataclass(frozen=True, slots=True)
class Concept:
    """A form found: the concept (or the deontic kind) it stands for, and its characters in the text."""

    id: str
    start: int
    end: int
    first: int  # syllables, half-open
    last: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as syllables: lower case with y for a lone final i, where they stand, and the sentence they are in."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sentence: tuple[int, ...]
    bare: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concept groups and deontic patterns ready for matching; made by load()."""

    kinds: Mapping[str, str]
    _forms: Node
    _bare_forms: Node
    _cues: Node
    _bare_cues: Node
    _opposites: Mapping[str, frozenset[str]] = field(repr=False)
    _rivals: Mapping[str, frozenset[str]] = field(repr=False)
    _above: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        """Read the lexicon; raises BadEvidence in one sentence when it can't be read or contradicts itself."""
        return _built(table_of(path, "a lexicon"), path)

    def concepts(self, text: str) -> list[Concept]:
        """What a normalised text speaks of, the longest form first at each place, never overlapping."""
        return [one for one in self.words_in(cut(text)) if self.kinds[one.id] != PLAIN]

    def words_in(self, text: Cut) -> list[Concept]:
        """Concepts, and the plain words that only look as if they held one, so that nothing is read into these."""
        return _matches(text, self._bare_forms if text.bare else self._forms)

    def cues(self, text: str) -> list[Concept]:
        """Deontic cues of a normalised text: permission, ban, duty, exemption, entitlement, denial, negation ..."""
        return self.cues_in(cut(text))

    def cues_in(self, text: Cut) -> list[Concept]:
        """The same for a text already cut."""
        return _matches(text, self._bare_cues if text.bare else self._cues)

    def opposites(self, concept: str) -> frozenset[str]:
        """Concepts that turn a statement round when they stand in this one's place."""
        return self._opposites.get(concept, frozenset())

    def rivals(self, concept: str) -> frozenset[str]:
        """Concepts that exclude this one in the same place: another actor, stage, punishment or document."""
        return self._rivals.get(concept, frozenset())

    def above(self, concept: str) -> tuple[str, ...]:
        """Wider concepts that this one is a kind of."""
        return self._above.get(concept, ())

    def wordings(self) -> dict[str, list[str]]:
        """Every form of each concept, in the order of the file, but for those with a gap."""
        found: dict[str, list[str]] = {}
        for form, name in _flat(self._forms):
            found.setdefault(name, []).append(form)
        return found

    def index_terms(self, text: str) -> list[str]:
        """Concept tokens to search by beside the words, "c:<id>", each wider concept as "w:<id>".

        Forms inside a longer form count too: who asks for a complaint's time limit also asks about complaints.
        """
        pieces = cut(text)
        root = self._bare_forms if pieces.bare else self._forms
        ends = _everywhere(pieces, root)
        plain = {at for start, (end, form) in enumerate(ends) if form == PLAIN for at in range(start, end)}
        found = [form for at, (_, form) in enumerate(ends) if form and at not in plain]
        return [f"c:{one}" for one in found] + [f"w:{wide}" for one in found for wide in self.above(one)]


def cut(text: str) -> Cut:
    """Cut a normalised text into syllables; at most READ characters of it."""
    text = text[:READ]
    found = list(UNIT.finditer(text))
    stops = [match.start() for match in _STOP.finditer(text)]
    spans = tuple([match.span() for match in found])
    words = tuple([_spelling(match.group()) for match in found])
    sentence = tuple([bisect_left(stops, start) for start, _ in spans])
    marked = len(words) - sum(map(str.isascii, words))
    bare = bool(words) and marked < BARE_SHARE * sum(map(str.isalpha, words))
    return Cut(words, spans, sentence, bare)


@lru_cache(maxsize=65_536)
def _spelling(word: str) -> str:
    """Lower case, and one spelling for a lone final i or y, which Vietnamese writes either way."""
    return _LATE_I.sub(lambda match: match.group().translate(_TO_Y), word.lower())


def _matches(text: Cut, root: Node) -> list[Concept]:
    """Longest forms from left to right, none across the end of a sentence; a longer one that starts inside wins."""
    found, at, words = [], 0, text.words
    ends = _everywhere(text, root)
    while at < len(words):
        end, form = ends[at]
        if form and not any(ends[inner][0] - inner > end - at for inner in range(at + 1, end)):
            found.append(Concept(form, text.spans[at][0], text.spans[end - 1][1], at, end))
            at = end
        else:
            at += 1
    return found


def _everywhere(text: Cut, root: Node) -> list[tuple[int, str]]:
    """For each syllable, the longest form that starts there: where it ends, and its id ("" for none)."""
    return [_longest(text, root, at) if word in root else (at, "") for at, word in enumerate(text.words)]


def _longest(text: Cut, node: Node, at: int) -> tuple[int, str]:
    """Where the longest form that starts here ends, and its id; "" when none does."""
    best, form, start = at, "", at
    while True:
        if "" in node:
            best, form = at, node[""]
        if at >= len(text.words) or text.sentence[at] != text.sentence[start]:
            return best, form
        if "{}" in node:
            for later in range(at + 1, min(at + GAP, len(text.words)) + 1):
                if later < len(text.words) and text.sentence[later] != text.sentence[start]:
                    break
                end, behind = _longest(text, node["{}"], later)
                if behind and end > best:
                    return end, behind
        if text.words[at] not in node:
            return best, form
        node, at = node[text.words[at]], at + 1


def _built(table: dict[str, Any], path: Path) -> Lexicon:
    """A lexicon from its table, checked for ids and forms that clash."""
    kinds: dict[str, str] = {}
    forms: list[tuple[str, str]] = []
    for section, rows in table.items():
        if section in RULES:
            continue
        for name, said in _rows(rows, f"{path}, [{section}]"):
            if name in kinds:
                raise BadEvidence(f"{path}: the concept {name} stands in [{kinds[name]}] and in [{section}]")
            kinds[name] = section
            forms += [(form, name) for form in said]
    safe = {word for _, said in _rows(table.get("folded", {}), f"{path}, [folded]") for word in said}
    cues = [(form, kind) for kind, said in _rows(table.get("deontic", {}), f"{path}, [deontic]") for form in said]
    wider = _known(table.get("wider", {}), kinds, f"{path}, [wider]")
    rival = _known(table.get("rival", {}), kinds, f"{path}, [rival]")
    pairs = [
        tuple(pair.split("/")) for _, said in _rows(table.get("opposite", {}), f"{path}, [opposite]") for pair in said
    ]
    for pair in pairs:
        if len(pair) != 2 or not kinds.keys() >= set(pair):
            raise BadEvidence(f"{path}, [opposite]: {'/'.join(pair)} must be two concepts joined by a slash")
    return Lexicon(
        kinds=kinds,
        _forms=_trie(forms, path),
        _bare_forms=_trie(_folded(forms, safe), path),
        _cues=_trie(cues, path),
        _bare_cues=_trie(_folded(cues, safe), path),
        _opposites=_within(pairs),
        _rivals=_within(rival.values()),
        _above=_upward(wider),
    )


def _flat(node: Node, before: str = "") -> Iterator[tuple[str, str]]:
    """Forms of a tree without a gap, each with its id."""
    for word, below in node.items():
        if word == "":
            yield before, below
        elif word != "{}":
            yield from _flat(below, f"{before} {word}".strip())


def _rows(rows: Any, where: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of a section: a name, and the list that its text holds, cut at commas."""
    if not isinstance(rows, dict):
        raise BadEvidence(f'{where} must hold lines like name = "form, form"')
    for name, said in rows.items():
        if not isinstance(said, str) or not said.strip():
            raise BadEvidence(f"{where}: {name} must be a text of forms divided by commas")
        yield name, [" ".join(form.split()) for form in said.split(",") if form.strip()]


def _known(rows: Any, kinds: Mapping[str, str], where: str) -> dict[str, list[str]]:
    found = dict(_rows(rows, where))
    for name, said in found.items():
        for one in said:
            if one not in kinds:
                raise BadEvidence(f"{where}: {name} names {one}, which is no concept of this lexicon")
    return found


def _trie(forms: Iterable[tuple[str, str]], path: Path) -> Node:
    """Forms as a tree of syllables; raises BadEvidence when one form belongs to two concepts."""
    root: Node = {}
    for form, name in forms:
        node = root
        for word in _PARTS.findall(form):
            node = node.setdefault(_spelling(word), {})
        if node is root:
            raise BadEvidence(f"{path}: {name} has a form without a letter, {form!r}")
        if node.setdefault("", name) != name:
            raise BadEvidence(f"{path}: {form!r} belongs to {node['']} and to {name}; keep it in one")
    return root


def _folded(forms: Iterable[tuple[str, str]], safe: set[str]) -> Iterator[tuple[str, str]]:
    """Forms as typed without diacritics, leaving out single syllables and pairs that then mean several things."""
    meanings: dict[str, set[str]] = {}
    for form, name in forms:
        meanings.setdefault(fold(form), set()).add(name)
    for form, names in meanings.items():
        sure = " " in form or form in safe or not form.isalpha()
        if sure and len(names) == 1:
            yield form, next(iter(names))


def _within(sets: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
    """For each member of a set, the others."""
    found: dict[str, set[str]] = {}
    for members in sets:
        for one in members:
            found.setdefault(one, set()).update(other for other in members if other != one)
    return {name: frozenset(others) for name, others in found.items()}


def _upward(wider: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for wide, members in wider.items():
        for one in members:
            found[one] = (*found.get(one, ()), wide)
    return found
