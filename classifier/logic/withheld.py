"""Whether evidence bears out that somebody may not do what a claim says he may not.

A law that protects a right is full of denials: "Luật cấm cản trở người khuyết tật kết hôn", "Không được sa thải lao
động nữ vì nghỉ thai sản". The verdict sees a denial on both sides and much in common. So who says that some people
have not a right is borne out only where the evidence denies that very act, to people it names.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from classifier.semantics.deontic import Meaning, read, state
from classifier.semantics.lexicon import Concept, Lexicon
from classifier.text.patterns import either

DENIALS = frozenset(["ban", "denial"])  # cues, of which those count that hold one of the words below: not "bị phạt"
NOT = frozenset(["khong", "chang", "cha", "cam", "khoi", "dung", "het", "dau"])  # folded
PERSON = "person"  # a kind of concept
BINDING = frozenset(["employer", "nobody"])  # of whom a ban tells what others are spared
MORE = frozenset(["qua", "tren", "hon"])  # behind an act that isn't denied but bounded, folded
NEAR = 3  # syllables behind a denial in which the act begins
# between a denial and an act that isn't denied by it but the reason, the protection or the state it tells of
SPARED = either(r"\b(?:vì|do|cản trở|ngăn cản|kỳ thị|phân biệt(?: đối xử)?|từ chối|người đang)\b")


def unborne(claim: str, evidence: str, lexicon: Lexicon) -> bool:
    """Whether a normalised claim denies some people an act that normalised evidence doesn't deny, or denies to others
    alone."""
    said = read(claim, lexicon)
    if (found := next(_denied(said, lexicon), None)) is None:
        return False
    holders, act = found
    shown = read(evidence, lexicon)
    if not any(_is_denied(shown, *span) for span in _places(said, act, shown)):
        return True
    named = _people(shown.concepts, lexicon)
    return bool(named) and not holders & named


def _denied(said: Meaning, lexicon: Lexicon) -> Iterator[tuple[frozenset[str], Concept]]:
    """The people whom a claim denies something, by their concepts, and what."""
    sentence = said.cut.sentence
    for cue in _denials(said):
        around = [one for one in said.concepts if sentence[one.first] == sentence[cue.first]]
        holders = _people((one for one in around if one.last <= cue.first), lexicon)
        act = next((one for one in around if one.last > cue.last), None)
        if act is None or lexicon.kinds[act.id] == PERSON or act.first - cue.last > NEAR:
            continue
        if holders - BINDING and MORE.isdisjoint(said.folded[act.last : act.last + 1]):
            yield holders, act


def _denials(text: Meaning) -> list[Concept]:
    return [one for one in text.cues if one.id in DENIALS and not NOT.isdisjoint(text.folded[one.first : one.last])]


def _people(concepts: Iterable[Concept], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(one.id for one in concepts if lexicon.kinds[one.id] == PERSON)


def _places(said: Meaning, act: Concept, shown: Meaning) -> Iterator[tuple[int, int]]:
    """Where evidence tells of an act, by its concept or by two neighbouring syllables of it."""
    yield from ((one.first, one.last) for one in shown.concepts if one.id == act.id)
    pairs = set(pairwise(said.folded[act.first : act.last]))
    yield from ((at, at + 2) for at, pair in enumerate(pairwise(shown.folded)) if pair in pairs)


def _is_denied(shown: Meaning, first: int, last: int) -> bool:
    """Whether evidence denies what it tells of at syllables first to last, and not something done because of it."""
    if any(one.first <= first < one.last < last for one in _denials(shown)):  # "không được bầu"
        return True
    if state(shown, first, last).sign > 0:
        return False
    spans, sentence = shown.cut.spans, shown.cut.sentence
    here = [one for one in _denials(shown) if sentence[one.first] == sentence[first]]
    before = [one for one in here if one.first < last]
    if not before:  # "đình công không được trả lương" denies something else, "mang thai hộ bị cấm" doesn't
        return any("cam" in shown.folded[one.first : one.last] for one in here)
    return not SPARED.search(shown.text, spans[before[-1].last - 1][1], spans[first][0])
