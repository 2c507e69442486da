"""Two things of a claim that stand each in the other's place by its evidence: "từ 21 tuổi đi bầu, từ 18 tuổi ứng cử"
beside "từ 18 tuổi đi bầu, từ 21 tuổi ứng cử", or "dân công nhận, chủ tịch bầu" beside "dân bầu, chủ tịch công nhận".

All words of such a claim stand in the evidence, so that nothing but who or what each is said of tells it apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

from classifier.comparison.items import counting, is_word_for_word, strength, words_of
from classifier.comparison.numbers import Quantity
from classifier.comparison.pairing import Pair, Side
from classifier.comparison.rivals import is_said

MOST, TABLE = 12, 60  # numbers of a kind in a claim, and in evidence: of more no two are told apart
DEED = (2, 3, 4)  # syllables that two texts share behind who does it
NAMED = 2  # syllables by which somebody is known
NOUNS = frozenset({"N", "Np", "?"})
MODALS = frozenset({"phải", "có", "được", "cũng", "sẽ"})
BESIDE = 3  # syllables between two who are named side by side

Words = frozenset[str]


def exchanged(pair: Pair) -> bool:
    """Whether two numbers, or those who do two things or who do a thing to whom, are exchanged in a claim."""
    return not is_word_for_word(pair) and (_numbers(pair) or _doers(pair))


def _numbers(pair: Pair) -> bool:
    mine, theirs = counting(pair.claim), counting(pair.evidence)
    for kind, unit in {(one.kind, unit) for one in mine for unit in (one.unit, "")}:  # "": whatever they count
        said, told = (
            _parted(side, [one for one in numbers if one.kind == kind and unit in (one.unit, "")])
            for side, numbers in ((pair.claim, mine), (pair.evidence, theirs))
        )
        if not said or not told or len(said) > MOST:
            continue
        topic = said[0][1] & told[0][1]  # both begin with it: it may be what all is about, or of the first alone
        for about in (Words(), topic):
            ours, others = ([(number, words - about) for number, words in parted] for parted in (said, told))
            if any(_crossed(one, two, others) for one, two in combinations(ours, 2)):
                return True
    return False


def _crossed(one: tuple[Quantity, Words], two: tuple[Quantity, Words], told: list[tuple[Quantity, Words]]) -> bool:
    """Whether by all places of two numbers in the evidence each has words of what the claim says the other is of."""
    (first, ours), (second, others) = one, two
    if is_said(first, [second]) or not ours - others or not others - ours:
        return False
    places = [[words for number, words in told if is_said(number, [wanted])] for wanted in (first, second)]
    found = list[tuple[bool, bool]]()
    for mine, theirs in product(*places):
        a, b, c, d = ours - others, others - ours, mine - theirs, theirs - mine
        same, cross = len(a & c) + len(b & d), (len(a & d), len(b & c))
        if same or any(cross):
            found.append((same < sum(cross), all(cross)))
    # a word of one of them alone may stand anywhere
    return all(crosses for crosses, _ in found) and any(both for _, both in found)


def _parted(side: Side, numbers: Sequence[Quantity]) -> list[tuple[Quantity, Words]]:
    """Numbers, each with the words that stand with it: up to what parts it from its neighbours most; between two cuts
    of one strength words may be of either number, and count for none."""
    numbers = numbers[:TABLE]
    text, edges = side.text, list[tuple[int, int]]()
    for one, two in pairwise(numbers):
        cuts = [(strength(text, at), at) for at in range(one.at[1], two.at[0] + 1)]
        most = max(cuts)[0] if cuts else 0
        strongest = [at for strong, at in cuts if strong == most]
        edges.append((strongest[0], strongest[-1]) if most else (-1, -1))
    parted, places = list[tuple[Quantity, Words]](), {at for one in numbers for at in range(*one.at)}
    for at, number in enumerate(numbers):
        start = _edge(side, numbers, edges, at, back=True)
        end = _edge(side, numbers, edges, at, back=False)
        parted.append((number, words_of(side, start, end, apart=places)))
    return parted


def _edge(side: Side, numbers: Sequence[Quantity], edges: list[tuple[int, int]], at: int, *, back: bool) -> int:
    """Where the words of a number begin or end; those that nothing parts have the same."""
    step = -1 if back else 1
    near = at - 1 if back else at
    while 0 <= near < len(edges) and edges[near][0] < 0:
        near += step
    if 0 <= near < len(edges):
        return edges[near][1 if back else 0]
    text = side.text
    place = numbers[0].at[0] if back else numbers[-1].at[1]
    while 0 < place < len(text) and not text.opens(place):
        place += step
    return place


def _doers(pair: Pair) -> bool:
    """Whether what is done by one in the evidence is done in the claim by another, who there does what the other does,
    or to whom it is done there."""
    found = list(_done(pair))
    said = {(by, at) for by, _, at, _ in found}
    if any((one[1], two[2]) in said and one[0] == two[1] for one in found for two in found if one[2] != two[2]):
        return True
    words = pair.claim.text.lower
    return any(
        _behind(pair.claim, other, at, end) and not _listed(pair.evidence, " ".join(words[at - NAMED - 1 : at]), other)
        for _, other, at, end in found
    )


def _done(pair: Pair) -> Iterator[tuple[str, str, int, int]]:
    """What both say of different people, each of whom the other text names too: by whom in the claim, by whom in the
    evidence, and where it begins and ends in the claim."""
    claim, evidence = pair.claim.text.lower, pair.evidence.text.lower
    named = [{" ".join(two) for two in pairwise(text)} for text in (claim, evidence)]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(NAMED, len(evidence)):
        for size in DEED:
            places[evidence[at : at + size]].append(at)
    for at in range(NAMED, len(claim)):
        by = _named(pair.claim, at)
        for size in DEED if by in named[1] else ():  # of what several do, more of the words
            others = {_named(pair.evidence, one) for one in places.get(claim[at : at + size], ())}
            if len(others) == 1 and by not in others and others <= named[0]:
                yield by, others.pop(), at, at + size
                break


def _named(side: Side, at: int) -> str:
    """Who is named right before what is done at a place: two syllables of its clause, the last of a noun."""
    text = side.text
    first, last = side.words[side.word_of[at]], side.words[side.word_of[at - 1]]
    if first.tag not in ("V", "N") and text.lower[at] not in MODALS:
        return ""
    if last.tag not in NOUNS or last.at[1] != at or text.clause[at - NAMED] != text.clause[at]:
        return ""
    return " ".join(text.lower[at - NAMED : at])


def _behind(side: Side, name: str, start: int, end: int) -> bool:
    """Whether somebody is named behind what is done from start to end, in its clause, and not before it there."""
    text = side.text
    here = [at for at in range(len(text)) if text.clause[at] == text.clause[start]]
    before, behind = (
        {" ".join(two) for two in pairwise(text.lower[part])}
        for part in (slice(here[0], start), slice(end, here[-1] + 1))
    )
    return name in behind - before


def _listed(side: Side, one: str, two: str) -> bool:
    """Whether two are named side by side: "người bị tạm giữ, người bị tạm giam"."""
    line, words = " ".join(side.text.lower), rf"(?: \w+){{0,{BESIDE}}} "
    return any(re.search(rf"\b{first}{words}{then}\b", line) for first, then in ((one, two), (two, one)))
