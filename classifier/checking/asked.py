"""A claim as evidence is looked up for it, and whether its writer holds it true."""

from dataclasses import dataclass, replace

from classifier.checking import leaning
from classifier.checking.claims import ClaimSpan
from classifier.checking.laying import MAX_CLAIM
from classifier.checking.scored import Score
from classifier.factuality import asking, attribution, framing
from classifier.factuality.instead import instead
from classifier.loading import Model
from classifier.logic import contraries
from classifier.orthography import spelling
from classifier.text import sentences

MAX_TEXT = 20_000  # characters read of a post; longer ones are cut, and the claim of a post stands early
QUOTED = 5  # sentences that one claim may be of
_ENDS = " .!…"  # a copy ends with another of them as well as not


@dataclass(frozen=True, slots=True)
class Asked:
    """A read text that evidence is looked up for: its claim, the day it was said, and whether it is held true."""

    plain: Score
    span: ClaimSpan
    before: str
    asserted: bool
    text: str  # that it stands in, as it is read
    of: str = ""  # the law or treaty it speaks of and names before it
    part: bool = False  # its claim is the part of a sentence that a passage speaks of


def as_asked(model: Model, plain: Score, text: str, claim: ClaimSpan | None, before: str) -> Asked:
    """A text's claim, all it states where there is none, as evidence is looked up for it: without who says it and what
    it answers, nor what its writer takes back before it where that is known to be false, or he holds the whole."""
    claim = claim or whole(text)
    held = _is_held(text, claim)
    if (at := instead(claim.text)) and (held or contraries.contradicting(spelling.plain(claim.text[at:]), model.rows)):
        claim, left = replace(claim, start=claim.start + at, text=claim.text[at:]), text[: claim.start]
        held = _is_held(left + text[claim.start :], replace(claim, start=len(left)))
    start, end = attribution.core(claim.text)
    span = replace(claim, start=claim.start + start, end=claim.start + end, text=claim.text[start:end])
    of = leaning.instrument(text[: claim.start], span.text[:MAX_CLAIM], model.lexicon)
    return Asked(plain, span, before, held, text, of)


def _is_held(text: str, claim: ClaimSpan) -> bool:
    """Whether a writer holds a claim of his text true, but for a name for whoever would say otherwise."""
    return holds(text, claim.start, claim.start + attribution.undefied(claim.text))


def holds(text: str, start: int, end: int) -> bool:
    """Whether a writer holds what he says at a place true, here and now."""
    return framing.asserted(text, (start, end)) and not leaning.beyond(text, start, end)


def whole(text: str) -> ClaimSpan:
    """What evidence is laid beside where no sentence of a text stands out as a claim."""
    start, end = asking.stated(text)
    return ClaimSpan(start, end, text[start:end], 0.0)


def asserts(text: str, claim: str) -> bool:
    """Whether whole sentences of a text are a claim word for word, but for the mark before it and at its end, and are
    held true there."""
    text, claim = text[:MAX_TEXT], _unmarked(claim)
    spans = [(*span, _unmarked(text[slice(*span)])) for span in sentences(text)]
    for at in range(len(spans)):
        for end in range(at, min(at + QUOTED, len(spans))):
            if _unmarked(text[spans[at][0] : spans[end][1]]) == claim:
                return not any(asking.asks(said) or not holds(text, *span) for *span, said in spans[at : end + 1])
    return False


def _unmarked(said: str) -> str:
    """Words without the mark of a list before them and the marks behind them."""
    mark = attribution.BULLET.match(said)
    return said[mark.end() if mark else 0 :].strip().rstrip(_ENDS)
