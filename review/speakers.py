"""What a text that is brought in tells of who wrote it: what surely does is taken out; the rest is asked about."""

import re

from pipeline.store.posts import composed

_MARK = re.compile(  # the one that begins a quote names its writer, in whose name a bracket may stand
    r"[ \t]*\[/?quote(?:\s*=\s*\"[^\"\n]*\"[^\]\n]*|[=\s][^\]\n]*)?\][ \t]*", re.IGNORECASE
)
_PERHAPS = re.compile(  # no time, no address
    r"^[^\S\n]*(?:[^\s:：]+[^\S\n]+){0,6}[^\s:：]+(?:[^\S\n]*(?:(?<!\d)[:：](?!//)|[:：](?![\d/]))|(?<![.!?…])\n)",
    re.MULTILINE,
)


def unnamed(text: str) -> str:
    """A text without a forum's marks of quotes, which name who wrote them: each ends its line.

    A name before a colon stays: nothing tells who says something from whom or which place it is said of.
    """
    read = composed(text)
    left = _MARK.sub("\n", read)
    return text if left == read else left.strip()


def may_name(claim: str) -> bool:
    """Whether a line of a claim begins with what may be a person's name: a few words alone or before a colon."""
    return bool(_PERHAPS.search(claim))
