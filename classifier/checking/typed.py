"""A text typed in any way is scored in one: letters in parts, hidden marks and odd blanks would be counted, too."""

import unicodedata
from dataclasses import replace

from classifier.checking.scored import Score
from classifier.comparison.slots import Slot
from classifier.text import Alignment, Edit
from classifier.text.reading import composed, follow, heaps, is_usual, plain_letters, struck

PICTURED = "\u200d\ufe0f"  # what stands in a picture tells what it is


def one_way(text: str) -> Alignment | None:
    """A text with each letter one sign and plain blanks; None where it is so already. Letters drawn like others and
    pictures stay."""
    if is_usual(text):
        return None
    read = follow(text, (_blanks, heaps, struck, composed))
    return read if read.text != text else None


def _blanks(text: str) -> list[Edit]:
    """Hidden marks go, blanks and line ends are plain ones."""
    edits = plain_letters(text)
    return [one for one in edits if not one[2].strip() and not _in_picture(text, one[0], one[1])]


def _in_picture(text: str, start: int, end: int) -> bool:
    """Whether a mark joins or dresses a picture."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return text[start:end] in PICTURED and any(unicodedata.category(sign) in ("So", "Sk", "Me") for sign in beside)


def as_typed(score: Score, text: str, read: Alignment) -> Score:
    """The Score of a text read one way, its claim and differences in the letters of the text as it was typed."""
    if not score.claim:
        return score
    start, end = read.original_span(score.claim_start, score.claim_end)

    def led_back(slot: Slot) -> Slot:
        first, last = read.original_span(*(score.claim_start + at for at in slot.claim_span))
        same = slot.claim_text == score.claim[slice(*slot.claim_span)]
        words = text[first:last] if same else slot.claim_text
        return replace(slot, claim_span=(first - start, last - start), claim_text=words)

    evidence = tuple(replace(one, slots=tuple(map(led_back, one.slots))) for one in score.evidence)
    return replace(score, claim=text[start:end], claim_start=start, claim_end=end, evidence=evidence)
