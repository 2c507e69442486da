"""Texts as people leave them: how one begins and ends, shouted or without diacritics, says nothing of what it is."""

import random

from classifier import spelling
from classifier.letters import fold

ENDINGS = ("", "", ".", "!", "!!", "!!!", "...", " 😡😡", " nhé", " luôn", " nha mn", " mọi người ơi")
SHOUTED, BARE, SMALL = 0.15, 0.35, 0.5  # share in capitals, without diacritics, with a small first letter


def ragged(text: str, chance: random.Random) -> str:
    """A text with another beginning and end, read again as any text is; a question keeps its mark."""
    said = text.rstrip()
    if not said.endswith("?"):
        said = said.rstrip(".!… ")
    if chance.random() < SMALL:
        said = said[:1].lower() + said[1:]
    said += chance.choice(ENDINGS)
    how = chance.random()
    if how < SHOUTED:
        said = said.upper()
    elif how < SHOUTED + BARE:
        said = fold(said)
    return spelling.plain(said)
