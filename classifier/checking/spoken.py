"""The part of a text that a passage speaks of, without the clauses that stand around it.

"Trời ơi, mới biết luôn: 16 tuổi là được kết hôn, bà con nhớ nha" says one thing that can be checked. Told with all its
words no passage seems near it.
"""

from collections.abc import Iterator

from classifier.checking.laying import SUMMED
from classifier.evidence.retrieval import Hit, PassageIndex
from classifier.logic.agreeing import breached
from classifier.orthography import spelling
from classifier.text import fold
from classifier.text.clauses import clauses
from classifier.text.letters import WORD
from classifier.text.patterns import either, of

SHORTEST = 20  # characters of a part
TELLING = 2.8  # nats: of a million passages fewer than one in sixteen hold such a syllable
RAREST = 4  # one in so many of a passage's syllables tells what it is of, however many others are of the same matter
MOST = 20  # sentences read

# what a clause in front limits the rest to: "ở vùng sâu, vùng xa, …", "riêng lao động nữ, …"
LIMITS = either(
    r"[^\w]*(?:(?:đối )?với(?! (?:tôi|mình|em|tui|mấy|lại|cả nhà)\b)|riêng|nếu|trường hợp|trừ|khi nào"
    r"|(?:ở|tại) (?:các |những |nơi )?(?:vùng|nơi|địa bàn|khu vực|miền|biên giới|hải đảo|xã|đảo))\b"
)

Span = tuple[int, int]


def parts(text: str, index: PassageIndex, hit: Hit) -> Iterator[Span]:
    """Of each sentence the span from the first to the last clause that says a telling syllable of a passage, or a
    number, with those in front that limit it; none that is the whole text."""
    telling = _telling(set(WORD.findall(index.outline(hit).line)), index)
    for cut in clauses(text)[:MOST]:
        speaking = [span for span in cut if _speaks(text[slice(*span)], telling)]
        if speaking:
            start, end = speaking[0][0], speaking[-1][1]
            start = next((span[0] for span in cut if span[0] < start and _limits(text[slice(*span)])), start)
            end = cut[-1][1] if breached(text[start : cut[-1][1]]) else end  # "…, vi phạm luật" isn't cut off
            if end - start >= SHORTEST and end - start < len(text.strip()):
                yield start, end


def _limits(clause: str) -> bool:
    return bool(of(LIMITS, clause).match(clause))


def _telling(held: set[str], index: PassageIndex) -> set[str]:
    """Of a passage's syllables those that few passages hold, and its own rarest."""
    rarity = {word: index.rarity(word) for word in held if not word[0].isdigit()}
    rarest = sorted(rarity.values(), reverse=True)[: len(rarity) // RAREST]
    return {word for word, nats in rarity.items() if nats >= min([TELLING, *rarest[-1:]])}


def _speaks(clause: str, telling: set[str]) -> bool:
    meant = spelling.meant(clause)
    if of(SUMMED, meant).search(meant):  # "cả bốn chu kỳ cộng lại, …" says what is counted
        return True
    return any(word[0].isdigit() or word in telling for word in WORD.findall(fold(meant)))
