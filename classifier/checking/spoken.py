"""The part of a text that a passage speaks of, without the clauses that stand around it.

"Trời ơi, mới biết luôn: 16 tuổi là được kết hôn, bà con nhớ nha" says one thing that can be checked. Told with all its
words no passage seems near it.
"""

from collections.abc import Iterator, Sequence

from classifier.checking.fitting import SUMMED
from classifier.evidence.retrieval import Hit, PassageIndex
from classifier.logic.agreeing import breached
from classifier.orthography import spelling
from classifier.text import Span, fold
from classifier.text.clauses import clauses
from classifier.text.letters import WORD
from classifier.text.patterns import either

SHORTEST = 20  # characters of a part
TELLING = 4, 3  # one in so many of a passage's syllables, its rarest, tells of it, however many others are of the same
MOST = 20  # sentences read

# what a clause in front limits the rest to: "ở vùng sâu, vùng xa, …", "riêng lao động nữ, …"
LIMITS = either(
    r"[^\w]*(?:(?:đối )?với(?! (?:tôi|mình|em|tui|mấy|lại|cả nhà)\b)|riêng|nếu|trường hợp|trừ|khi nào"
    r"|(?:ở|tại) (?:các |những |nơi )?(?:vùng|nơi|địa bàn|khu vực|miền|biên giới|hải đảo|xã|đảo))\b"
)
# a bound by itself, of what the clause in front tells
BOUND = either(r"[^\w]*(?:không quá|tối đa|tối thiểu|ít nhất|nhiều nhất|chậm nhất|cao nhất|thấp nhất)\b")


def parts(text: str, index: PassageIndex, hit: Hit) -> Iterator[Span]:
    """Of each sentence the span from the first to the last clause that says a telling syllable of a passage, or a
    number, with those in front that limit it or that it bounds, by fewer and by more of its syllables; none that is the
    whole text."""
    held = {word: index.rarity(word) for word in set(WORD.findall(index.outline(hit).line)) if not word[0].isdigit()}
    rarest = sorted(held, key=lambda word: (-held[word], word))
    cuts, tried = list(clauses(text)[:MOST]), set[Span]()
    for share in TELLING:
        telling = set(rarest[: len(rarest) // share])
        for cut in cuts:
            span = _part(text, cut, telling)
            if span and span not in tried and SHORTEST <= span[1] - span[0] < len(text.strip()):
                tried.add(span)
                yield span


def _part(text: str, cut: Sequence[Span], telling: set[str]) -> Span | None:
    speaking = [span for span in cut if _speaks(text[slice(*span)], telling)]
    if not speaking:
        return None
    start, end = speaking[0][0], speaking[-1][1]
    before = ((first, text[first:last]) for first, last in cut if first < start)
    start = next((first for first, clause in before if LIMITS.match(clause)), start)
    for first, _ in reversed([span for span in cut if span[1] <= start]):
        if not BOUND.match(text[start:end]):
            break
        start = first
    # "…, vi phạm luật" isn't cut off
    return start, cut[-1][1] if breached(text[start : cut[-1][1]]) else end


def _speaks(clause: str, telling: set[str]) -> bool:
    meant = spelling.meant(clause)
    if SUMMED.search(meant):  # "cả bốn chu kỳ cộng lại, …" says what is counted
        return True
    return any(word[0].isdigit() or word in telling for word in WORD.findall(fold(meant)))
