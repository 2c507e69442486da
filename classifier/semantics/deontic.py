"""What a text says of an act: allowed or forbidden, due or not, granted or denied, suffered or spared."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from classifier.semantics.lexicon import PLAIN, Concept, Cut, Lexicon, cut
from classifier.semantics.ranges import Range, percents, ranges
from classifier.text.letters import fold

KINDS = ("permission", "ban", "duty", "exemption", "entitlement", "denial", "protection", "suffering")
SCOPES = ("except", "only", "all", "some")
SIGNS = {"permission": 1, "duty": 1, "entitlement": 1, "suffering": 1}
SIGNS |= {"ban": -1, "exemption": -1, "denial": -1, "protection": -1, "negation": -1}
AXES = {"permission": "may", "ban": "may", "entitlement": "may", "denial": "may"}
AXES |= {"duty": "must", "exemption": "must", "protection": "suffer", "suffering": "suffer"}
REACH = 14  # syllables over which a cue governs what follows it
COMMON_SYLLABLES = """và của các những là có cho với trong theo về tại từ khi thì mà ở do để này đó được bị không phải
một người việc quy định pháp luật nếu hoặc cũng đã sẽ đang rồi nha nhé ạ à nhỉ đấy thôi ai gì nào như cái"""
COMMON = frozenset(COMMON_SYLLABLES.split())
BACK = 4  # syllables over which a cue governs what stands before it ("... là bắt buộc")
HEADING = 16  # syllables; a longer line without a cue of its own is no heading


@dataclass(frozen=True, slots=True)
class Meaning:
    """A text read for meaning: its syllables, concepts, cues outside them, numbers, and what its headings say."""

    text: str  # as it was cut, its numbers written out: the places are in it
    cut: Cut
    folded: tuple[str, ...]  # its syllables without diacritics
    concepts: tuple[Concept, ...]
    cues: tuple[Concept, ...]
    scopes: tuple[Concept, ...]
    numbers: tuple[Range, ...]
    headings: tuple[str, ...]  # per sentence: the kind that the heading above it lays on it, or ""
    ids: frozenset[str]  # of its concepts
    content: frozenset[str]  # folded syllables that carry content
    pairs: frozenset[tuple[str, str]]  # neighbouring folded syllables

    @property
    def denies(self) -> bool:
        """Whether any of its cues forbids, spares or denies."""
        return any(SIGNS[one.id] < 0 for one in self.cues)

    def above(self, sentence: int) -> str:
        """The kind that the heading above a sentence lays on it, "" for none."""
        return self.headings[sentence] if sentence < len(self.headings) else ""


@dataclass(frozen=True, slots=True)
class State:
    """How an act stands: the kind of its nearest cue ("" for none), that cue's sign, and all cues' signs together."""

    kind: str
    sign: int
    product: int


def read(text: str, lexicon: Lexicon) -> Meaning:
    """Read a normalised text."""
    text = percents(text)
    pieces = cut(text)
    words = lexicon.words_in(pieces)
    inside = {at: one for one in words for at in range(one.first, one.last)}
    cues = [one for one in lexicon.cues_in(pieces) if not _swallowed(one, inside)]
    acts = tuple(one for one in cues if one.id in SIGNS)
    folded = tuple(fold(" ".join(pieces.words)).split(" ") if pieces.words else ())
    concepts = tuple(one for one in words if lexicon.kinds[one.id] != PLAIN)
    return Meaning(
        text=text,
        cut=pieces,
        folded=folded,
        concepts=concepts,
        cues=acts,
        scopes=tuple(one for one in cues if one.id in SCOPES),
        numbers=tuple(ranges(pieces)),
        headings=_headings(pieces, acts, text),
        ids=frozenset(one.id for one in concepts),
        content=frozenset(bare for word, bare in zip(pieces.words, folded, strict=True) if word not in COMMON),
        pairs=frozenset(pairwise(folded)),
    )


def state(meaning: Meaning, first: int, last: int) -> State:
    """How the act at syllables first to last stands: by cues before it in its sentence, else behind it, else above.

    The reader of meaning learned from this. The rules of logic ask logic.signs.sign_at, which leaves out cues that only
    bound a number and counts those alone that follow each other.
    """
    sentence = meaning.cut.sentence[first]
    near = [one for one in meaning.cues if meaning.cut.sentence[one.first] == sentence]
    before = [one for one in near if one.first < first and (first - one.last <= REACH) and not first < one.last < last]
    after = [one for one in near if 0 <= one.first - last <= BACK]
    ruling = before or after[:1]
    if ruling:
        nearest = ruling[-1]
        return State(nearest.id, SIGNS[nearest.id], prod(SIGNS[one.id] for one in ruling))
    above = meaning.above(sentence)
    return State(above, SIGNS.get(above, 1), SIGNS.get(above, 1))


def opposed(one: State, other: State) -> bool:
    """Whether both speak on one axis (may, must, suffer) and say the contrary."""
    return _on_one_axis(one, other) and one.sign != other.sign


def agreed(one: State, other: State) -> bool:
    """Whether both speak on one axis and say the same."""
    return _on_one_axis(one, other) and one.sign == other.sign


def _on_one_axis(one: State, other: State) -> bool:
    axis = AXES.get(one.kind)
    return axis is not None and axis == AXES.get(other.kind)


def _swallowed(cue: Concept, inside: dict[int, Concept]) -> bool:
    """Whether a cue is but part of a longer word, as "không" in "không có tội" and in "hàng không"."""
    held = inside.get(cue.first)
    if held is not None and held.id == PLAIN:
        return True
    return held is not None and held is inside.get(cue.last - 1) and held.last - held.first > cue.last - cue.first


def _headings(pieces: Cut, cues: Sequence[Concept], text: str) -> tuple[str, ...]:
    """For each sentence the kind of the heading or list opening above it: a short line with a cue, no item itself."""
    count = pieces.sentence[-1] + 1 if pieces.sentence else 0
    sizes, opens, item = [0] * count, [False] * count, [False] * count
    for at, sentence in enumerate(pieces.sentence):
        sizes[sentence] += 1
        opens[sentence] = text[pieces.spans[at][1] : pieces.spans[at][1] + 2].lstrip()[:1] == ":"
        if sizes[sentence] == 1:
            item[sentence] = len(pieces.words[at]) == 1 or pieces.words[at].isdecimal()
    said = {pieces.sentence[one.first]: one.id for one in cues if one.id != "negation"}
    found, above = [], ""
    for sentence in range(count):
        found.append(above)
        listed = item[sentence] or (sentence > 0 and item[sentence - 1] and sizes[sentence - 1] == 1)
        if said.get(sentence) and sizes[sentence] <= HEADING and (opens[sentence] or not listed):
            above = said[sentence]
    return tuple(found)
