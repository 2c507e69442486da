"""Which words of a post are the claim of a case that somebody opens: its sentences, and words that stand in it."""

import re

from pipeline.store.posts import bare, composed
from review.show import CONTROLS

LONGEST = 1200  # characters of a claim
MOST = 300  # sentences to choose from; of a longer post words can be pasted
Span = tuple[int, int]

# as the classifier cuts: "TS." and "TP." end no sentence
_SHORTENED = r"(?<!\b(?:TP|Tp|tp|TS|Ts|GS|BS|LS|Mr|Ms|Dr|St|tr|vs|No))(?<!\b(?:ThS|PGS|Mrs))(?<!\bTh\.S)"
_END = re.compile(rf"(?:(?<=\w\w)|(?<=[%)\]”\"»])){_SHORTENED}[.!?…]+[\"”’»)\]]*(?=\s)|\n\s*")
_MARK = re.compile(r"(?:[-–—*+]\s|[•·▪●■◦►➤→✓✔])\s*")  # what a line of a list begins with
_PART = re.compile(r"\w+|\s+|[^\w\s]")


def sentences(text: str, *, read: Span = (0, 0)) -> list[Span]:
    """Where the sentences of a text stand, without marks of lists; the one that was `read` as it was read."""
    found, start = [], 0
    for end in [*(stop.end() for stop in _END.finditer(text)), len(text)]:
        span = _bare(text, start, end)
        if any(letter.isalnum() for letter in text[slice(*span)]):
            found.append(span)
        start = end
    if read[0] < read[1]:
        found = sorted([*(one for one in found if not (one[0] <= read[0] and read[1] <= one[1])), read])
    return found


def _bare(text: str, start: int, end: int) -> Span:
    """A part of a text without the white space around it and the mark before it."""
    end = start + len(text[start:end].rstrip())
    start = end - len(text[start:end].lstrip())
    mark = _MARK.match(text, start, end)
    return (mark.end() if mark else start), end


def holding(text: str, spans: list[Span], words: str) -> Span | None:
    """The first of some parts of a text that holds all the words, with or without their diacritics."""
    wanted = set(re.findall(r"\w+", bare(words)))
    said = ((span, set(re.findall(r"\w+", bare(text[slice(*span)])))) for span in spans)
    return next((span for span, held in said if wanted and wanted <= held), None)


def found_in(text: str, words: str) -> str:
    """Words as they stand in a text, whatever white space parts them, however their letters are made up and without
    the hidden characters that no page lets copy; "" where they don't."""
    hidden, words = {at for sign in CONTROLS.finditer(text) for at in range(*sign.span())}, CONTROLS.sub("", words)
    for left_out in (hidden, {at for at in hidden if not text[at].isspace()}):  # a line's end is read too
        places = [at for at in range(len(text)) if at not in left_out]
        seen = "".join(text[at] for at in places)
        held, before = _parted(seen), len(seen) - len(seen.lstrip())
        for said in map(_parted, (words, composed(words))):
            at = held.find(said) if words.strip() else -1
            if at >= 0:
                parts, first = list(_PART.finditer(seen, before)), held.count("\0", 0, at)
                start, end = parts[first].start(), parts[first + said.count("\0") - 2].end()
                return text[places[start] : places[end - 1] + 1]
    return ""


def _parted(text: str) -> str:
    """A text with a mark around each part, so that words are found whole by one look: a pattern over white space would
    take as long as the text times the words."""
    return "\0".join(["", *_PART.findall(" ".join(text.split())), ""])
