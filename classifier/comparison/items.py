"""Items of a list in evidence, and whether a claim says of one of them what is told of another: "cụ 100 tuổi được chủ
tịch tỉnh chúc thọ" beside "100 tuổi được Chủ tịch nước chúc thọ; 90 tuổi được chủ tịch tỉnh chúc thọ"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from classifier.comparison.numbers import Quantity
from classifier.comparison.pairing import Pair, Side, within
from classifier.comparison.rivals import NUMBER_KINDS, is_said, told_numbers
from classifier.text.figures import NAMES
from classifier.text.syllables import Syllables

JOINS = frozenset(["và", "còn"])  # they part two items as a comma does
SCOPES = frozenset(["all", "some"])  # groups of cues by which items differ as by their numbers
# which is told first: "vụ thường không quá 90 ngày" beside "30 ngày; vụ đặc biệt phức tạp … 90 ngày"
USUAL = re.compile(r"\b(?:vụ|việc|đơn|hợp|loại)(?: bình)? thường\b")
OWN = 2  # words of an item from which on a claim is of it, as usual as it says it is
OF = "trong"  # between a part and its whole: "bảy trong chín"
SENTENCE, SEMICOLON, COMMA = 3, 2, 1  # how strongly a text is cut

Place = tuple[int, int]  # half-open, of syllables
Told = tuple[Place, list[Place], list[Place], list[Place]]


def crossed(pair: Pair) -> bool:
    """Whether a number, "mọi" or "một số" of a claim stands in its evidence in other items alone than the one that the
    claim speaks of, by the words that are theirs alone; or is the whole of which the evidence tells a part."""
    return not is_word_for_word(pair) and (
        _is_whole(pair) or any(_is_of_another(pair, *told) for told in (*_counted(pair), *_scoped(pair)))
    )


def is_word_for_word(pair: Pair) -> bool:
    """Whether the evidence has the whole claim: what is told in it is told of the same."""
    return " ".join(pair.claim.text.lower) in " ".join(pair.evidence.text.lower)


def _is_whole(pair: Pair) -> bool:
    """Whether a number of the claim is the whole of a part in the evidence alone, and the claim tells no part."""
    mine, theirs, words = counting(pair.claim), counting(pair.evidence), pair.evidence.text.lower
    if OF in pair.claim.text.lower:
        return False
    parts = {two.at[1] + 1: two for two in theirs if words[two.at[1] : two.at[1] + 1] == (OF,)}
    same = [[two for two in theirs if is_said(one, [two])] for one in mine]
    return any(
        found and all(two.at[0] in parts and not is_said(parts[two.at[0]], mine) for two in found) for found in same
    )


def _counted(pair: Pair) -> Iterator[Told]:
    """Each number of the claim but those of dates and articles, where the evidence has such as count the same, which of
    them are the same, and which the claim doesn't tell."""
    mine, theirs = counting(pair.claim), counting(pair.evidence)
    for one in (one for one in mine if one.kind not in NUMBER_KINDS):
        listed = [two for two in theirs if one.rivals(two)]
        same = [two.at for two in listed if is_said(one, [two])]
        yield one.at, [two.at for two in listed], same, [two.at for two in listed if not is_said(two, mine)]


def _scoped(pair: Pair) -> Iterator[Told]:
    """Each scope of the claim and those of the evidence likewise."""
    mine, theirs = ([cue for cue in side.cues if cue.group in SCOPES] for side in (pair.claim, pair.evidence))
    told = {cue.group for cue in mine}
    for one in mine:
        same = [cue.at for cue in theirs if cue.group == one.group]
        yield one.at, [cue.at for cue in theirs], same, [cue.at for cue in theirs if cue.group not in told]


def _is_of_another(pair: Pair, told: Place, listed: list[Place], same: list[Place], others: list[Place]) -> bool:
    """Whether the claim has words of an item with another number, and none that the items with its own have beside."""
    if not same or not others:
        return False
    words, own = pair.claim.text.lower, dict(zip(listed, _items(pair.evidence, listed), strict=True))
    said = {*words[: told[0]], *words[told[1] :]}
    usual = USUAL.search(" ".join(words)) and listed[0] not in same
    if usual and all(len((own[one] - own[listed[0]]) & said) < OWN for one in same):
        return True
    return any(all((own[two] - own[one]) & said and not (own[one] - own[two]) & said for one in same) for two in others)


def _items(side: Side, places: Sequence[Place]) -> list[frozenset[str]]:
    """What the item that each place is in has of its own; nothing where no two are parted."""
    text = side.text
    cuts = [cut for one, two in pairwise(places) if (cut := _cut(text, one[1], two[0]))[0]]
    if not cuts:
        return [frozenset()] * len(places)
    (first, second), last, begins = cuts[0], min(cuts[-1][0], SEMICOLON), places[0][0]
    lead = next(at for at, _ in places if at >= second) - second  # what leads further to the first leads to all
    start = next((at for at in range(begins, begins - lead, -1) if strength(text, at) >= first), begins - lead)
    end = next((at for at in range(places[-1][1], len(text)) if strength(text, at) > last), len(text))
    edges = [start, *(at for _, at in cuts), end]
    opens = next((at for at in range(start, 0, -1) if text.opens(at)), 0)
    units = {number.at[1] for number in side.numbers}  # which number all items
    items = [words_of(side, *item, apart=units) - {*text.lower[opens:start]} for item in pairwise(edges)]
    return [items[bisect_right(edges, at) - 1] for at, _ in places]


def _cut(text: Syllables, start: int, end: int) -> tuple[int, int]:
    """The strongest cut between two numbers, the last one of these, and where; 0 where there is none."""
    return max((strength(text, at), at) for at in range(start, end + 1))


def counting(side: Side) -> list[Quantity]:
    """The numbers of a text, but for those that are names: "vùng II"."""
    return [one for one in told_numbers(side) if not (one.kind == "ordinal" and one.unit in NAMES)]


def strength(text: Syllables, at: int) -> int:
    """How strongly a text is cut before a syllable."""
    if text.opens(at):
        return SENTENCE
    if ";" in text.text[text.spans[at - 1][1] : text.spans[at][0]]:
        return SEMICOLON
    return COMMA if text.clause[at] != text.clause[at - 1] or text.lower[at] in JOINS else 0


def words_of(side: Side, start: int, end: int, *, apart: Set[int]) -> frozenset[str]:
    """The syllables of the content words of a range, and its figures, but those at places apart."""
    lower = side.text.lower
    words = (word for word in within(side.words, (start, end)) if word.content or lower[word.at[0]][0].isdigit())
    return frozenset(lower[at] for word in words for at in range(*word.at) if start <= at < end and at not in apart)
