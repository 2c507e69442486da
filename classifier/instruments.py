"""Which law or treaty a claim speaks of: what the Constitution says isn't settled by a treaty, or by another code."""

import re

from classifier.lexicon import Lexicon
from classifier.retrieval import Passage
from classifier.spelling import plain

KNOWN = frozenset(["ccpr", "cescr", "cedaw", "cerd", "crc", "cat", "crpd", "cmw", "ced", "udhr", "constitution"])
LAW = re.compile(r"\bBộ luật ([A-ZĐ]\w* \w+)|(?<!Bộ )\bLuật (?=[A-ZĐ]|\d)")
LONGEST = 60  # characters of an instrument's name
ARTICLE = r"(?:(?:điểm \w+ |khoản \d+ )*điều \d+ (?:của |trong )?)"
HEAD = re.compile(rf"[^\w]*(?:theo )?{ARTICLE}?", re.IGNORECASE)
CITED = re.compile(ARTICLE, re.IGNORECASE)


def cited(claim: str, lexicon: Lexicon) -> frozenset[str]:
    """The instruments that a claim names, where one is named at its head or by an article; none otherwise."""
    said = plain(claim)
    starts = [match.end() for match in (HEAD.match(said), *CITED.finditer(said)) if match]
    speaks = any(0 in _named(said[start : start + LONGEST], lexicon) for start in starts)
    return frozenset(_named(said, lexicon).values()) if speaks else frozenset()


def apart(instruments: frozenset[str], passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a passage, by its words or its source, is of other instruments than those, as far as can be told."""
    told = set(_named(f"{passage.text}\n{passage.source}", lexicon).values()) if instruments else set()
    if told - KNOWN:
        told.add("")  # "Luật Lao động" may be a code
    return bool(told) and told.isdisjoint(instruments)


def _named(text: str, lexicon: Lexicon) -> dict[int, str]:
    """The instruments that a text names, by where: concepts of the lexicon, codes of law by name, other laws as ""."""
    found = {one.start: one.id for one in lexicon.concepts(text) if one.id in KNOWN}
    return found | {one.start(): (one[1] or "").lower() for one in LAW.finditer(text)}
