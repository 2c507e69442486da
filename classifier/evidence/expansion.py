"""What people say instead of a law's words, searched beside these: passages expanded with words of our own.

data/expansions.jsonl holds `{"law", "of", "said"}`: an article or clause as it is cited, the keys of its sentences, and
how people speak of it. A passage is known by its sentences, however its text was cut; one that was amended since isn't
found by what people said of the old. A claim is searched by these words, never compared with them; nobody sees them.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from classifier import files
from classifier.errors import BadEvidence
from classifier.text.letters import fold

LEAST = 6  # syllables of a sentence that tells a passage from others
_CUT = re.compile(r"\n|(?<=[.;:])\s+")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}|[a-zđ])[.)]\s*", re.IGNORECASE)
_APART = re.compile(r"[\W_]+")


def keys(text: str) -> list[str]:
    """Names of the sentences of a text that tell it from others: 10 hex digits, the same however it is spelled."""
    pieces = (_APART.sub(" ", fold(_NUMBER.sub("", piece))).strip() for piece in _CUT.split(text))
    told = (piece for piece in pieces if piece.count(" ") >= LEAST - 1)
    return list(dict.fromkeys(sha256(piece.encode("utf-8", "replace")).hexdigest()[:10] for piece in told))


class Expansions:
    """What people say of passages, by the keys of their sentences."""

    def __init__(self, rows: Iterable[tuple[list[str], str]]) -> None:
        self._said: dict[str, list[str]] = {}
        for named, said in rows:
            for name in named:
                self._said.setdefault(name, []).append(said)

    def __len__(self) -> int:
        return len(self._said)

    def of(self, text: str) -> str:
        """Everything people say of a passage, "" where nothing is known."""
        return " . ".join(dict.fromkeys(said for key in keys(text) for said in self._said.get(key, ())))


def load(path: Path) -> Expansions:
    """Read expansions; raises BadEvidence naming the first line that isn't one."""
    return Expansions(_rows(path))


def _rows(path: Path) -> Iterator[tuple[list[str], str]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                yield [str(key) for key in row["of"]], str(row["said"])
            except (ValueError, KeyError, TypeError):
                raise BadEvidence(f"{path.name} line {number} isn't what people say of some sentences.") from None


@lru_cache(maxsize=1)
def shipped() -> Expansions:
    """Those that ship, beside the code or in a wheel; read when the first passage is indexed."""
    return load(files.shipped("data", "expansions.jsonl"))
