"""Sentences that people put around what they say, and that tell nothing of how they stand to it.

data/asides.jsonl holds them, `{"place": "before" | "behind" | "either", "text"}`. A reader of stances learns from some
texts once more among them, each stance alike, or "Chia sẻ cho mọi người cùng biết." would pass for a denial.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import ClassifierError
from classifier.files import json_lines

FILE = "asides.jsonl"
AMONG = 0.3  # share of the texts that come once more
BESIDE = 0.5  # chance of such a text to have one before it, and one behind
_ENDED = re.compile(r"[.!?…]\s*$")


@dataclass(frozen=True, slots=True)
class Asides:
    """Those that may stand before a text and behind it; none of either where there is no file."""

    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    def around(self, text: str) -> str:
        """A text with asides before or behind it, "" for most texts; the same for the same text."""
        chance = random.Random(text)
        if not self.before or not self.behind or chance.random() >= AMONG:
            return ""
        first = chance.choice(self.before) if chance.random() < BESIDE else ""
        last = chance.choice(self.behind) if not first or chance.random() < BESIDE else ""
        said = list(filter(None, (first, text, last)))
        return "".join(one + (chance.choice(" \n") if _ENDED.search(one) else "\n") for one in said).strip()

    def among(self, texts: Iterable[str]) -> Iterator[str]:
        """Texts, and some of them once more."""
        for text in texts:
            yield text
            if again := self.around(text):
                yield again


def load(data: Path) -> Asides:
    """Those of a folder of data; raises ClassifierError naming the first row that isn't as described."""
    found: dict[str, list[str]] = {"before": [], "behind": [], "either": []}
    for number, row in json_lines(data / FILE) if (data / FILE).exists() else ():
        if not isinstance(row.get("text"), str) or row.get("place") not in list(found):
            raise ClassifierError(f"line {number} of {FILE} needs a text and one of {', '.join(found)} as its place")
        found[row["place"]].append(row["text"])
    return Asides((*found["before"], *found["either"]), (*found["behind"], *found["either"]))
