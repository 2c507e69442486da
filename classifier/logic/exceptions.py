"""An exception that a rule makes, and whether a claim speaks of it."""

import re
from collections.abc import Sequence

from classifier.semantics import deontic
from classifier.text.letters import WORD, fold
from classifier.text.patterns import either, is_bare

EXCEPT = re.compile(r"\b(?:trừ(?: phi| khi| trường hợp)?|ngoại trừ)\b([^.;]*)", re.IGNORECASE)
INCLUDED = re.compile(r", kể cả ([^,.;]*)(?=,)", re.IGNORECASE)  # an aside, which a denial in it doesn't leave
BY_LAW_FIRST = either(r"^theo (?:các )?(?:bộ luật|luật|pháp luật|quy định)\b[^,;.\d]*(?:\b(?:19|20)\d\d)?, *")
# at the end of a claim: by which law, or unless when
LAST = either(r"(?:,? theo (?:các )?(?:bộ luật|luật|pháp luật|quy định)\b|, (?:trừ|ngoại trừ)\b)[^,;.\d]*[^\w]*$")
# "như người khác", "như người cao tuổi"
LIKE = either(r" (?:giống |y )?như (?:mọi |các |bao )?người \w+(?: \w+)?[^\w]*$")
COMMON = deontic.COMMON | {"trường", "hợp", "vài", "khác", "phép", "luật"}  # they tell no exception
RUN = 3  # syllables in a row by which a claim speaks of an exception, or of somebody


def unexcepted(claim: str, rule: str) -> str:
    """A rule without the exceptions, and whom it includes besides, of which a claim doesn't speak."""
    for aside in (EXCEPT, INCLUDED):
        rule = aside.sub(lambda one: one[0] if speaks(claim, one) else "", rule)
    return rule


def alone(claim: str) -> str:
    """A claim without the law that it names at its head or end, and there its own exception or whom it likens it to."""
    by_law = BY_LAW_FIRST.search(claim)
    last = LIKE.search(claim) or LAST.search(claim)
    return claim[by_law.end() if by_law else 0 : last.start() if last else None]


def speaks(claim: str, exception: re.Match[str], group: int = 1) -> bool:
    """Whether a claim has syllables in a row of an exception that stand nowhere else in its rule: three, or two that
    each do so."""
    rest = f"{exception.string[: exception.start()]} . {exception.string[exception.end() :]}"
    said, theirs, others = (_words(text, bare=is_bare(claim)) for text in (claim, exception[group], rest))
    if runs(said, RUN) & (runs(theirs, RUN) - runs(others, RUN)):
        return True
    known = {*others, *map(fold, COMMON)} if is_bare(claim) else {*others, *COMMON}
    return any(known.isdisjoint(two) for two in runs(said, 2) & runs(theirs, 2))


def _words(text: str, *, bare: bool) -> list[str]:
    return WORD.findall(fold(text) if bare else text.lower())


def runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    """Words in a row, so many of them."""
    return set(zip(*(words[at:] for at in range(length)), strict=False))
