"""The words of a claim that carry it: the topics it names, its numbers, and what turns it into a ban or a denial."""

import re

from classifier.loading import load_lexicon
from classifier.orthography.spelling import read
from classifier.text import Span

MAX_CLAIM = 2000  # characters that are looked at
TURNS = frozenset({"ban", "denial", "negation", "exemption"})  # cues that turn a statement round
NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*(?:\s?%)?")


def telling_words(claim: str) -> list[Span]:
    """Half-open spans in the claim as it was given, in order and apart; any string is accepted."""
    claim = claim[:MAX_CLAIM]
    mine = read(claim)
    lexicon = load_lexicon()
    named = [*lexicon.concepts(mine.text), *(cue for cue in lexicon.cues(mine.text) if cue.id in TURNS)]
    found = [mine.original_span(one.start, one.end) for one in named]
    found += [number.span() for number in NUMBER.finditer(claim)]
    return _apart(found)


def _apart(spans: list[Span]) -> list[Span]:
    """Spans that overlap joined into one."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
