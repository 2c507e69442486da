"""A case that has two numbers of a rule's list: "hợp đồng 30 tháng thì báo trước 30 ngày" beside "30 ngày với hợp đồng
12 đến 36 tháng, 3 ngày với hợp đồng dưới 12 tháng"."""

from collections.abc import Sequence

from classifier.logic.bounds import bounds, same
from classifier.logic.instances import adds
from classifier.logic.signs import parted
from classifier.semantics.deontic import Meaning, read
from classifier.semantics.lexicon import Lexicon
from classifier.semantics.ranges import Range

FORBIDS = frozenset({"ban", "denial", "protection"})


def paired(claim: str, rule: str, lexicon: Lexicon) -> bool:
    """Whether a claim tells, two by two, a case inside a bound of one item of a rule with that item's own number, and
    no word more; nothing is told where either forbids."""
    mine, theirs = read(claim, lexicon), read(rule, lexicon)
    if not mine.numbers or len(mine.numbers) % 2 or any(one.low != one.high for one in mine.numbers):
        return False
    if mine.denies or adds(mine, theirs, mine.numbers):
        return False
    items = list(_items(theirs))
    twos = zip(mine.numbers[::2], mine.numbers[1::2], strict=True)
    return all(any(_is_of(one, two, item) or _is_of(two, one, item) for item in items) for one, two in twos)


def _items(rule: Meaning) -> list[list[Range]]:
    """The bounds of each part of a rule's sentences that forbid nothing."""
    banned = {rule.cut.sentence[one.first] for one in rule.cues if one.id in FORBIDS}
    found: list[list[Range]] = []
    last = 0
    for one in bounds(rule):
        if not found or parted(rule, last - 1, one.first):
            found.append([])
        last = one.last
        if rule.cut.sentence[one.first] not in banned:
            found[-1].append(one)
    return found


def _is_of(case: Range, number: Range, item: Sequence[Range]) -> bool:
    """Whether an item has a bound with a case inside, and a number besides that is the other."""
    inside = [one for one in item if one.unit == case.unit and one.low < one.high and one.low <= case.value <= one.high]
    return any(same(number, one) for one in item if one.low == one.high and inside)
