"""What people say instead of a law's or a fact's words, searched beside these: passages expanded with words of our own.

data/expansions.jsonl holds `{"law", "of", "said"}`: an article or clause as it is cited, the keys of its sentences, and
how people speak of it. A passage is known by its sentences, however its text was cut; one that was amended since isn't
found by what people said of the old. data/sayings.jsonl holds `{"fact", "said"}`, a fact by its id. A claim is searched
by these words, never compared with them; nobody sees them, and some are wrong on purpose, as people are.
"""

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
    """What people say of passages, by the keys of their sentences or by their id."""

    def __init__(self, rows: Iterable[tuple[list[str], str]]) -> None:
        self._said: dict[str, list[str]] = {}
        for named, said in rows:
            for name in named:
                self._said.setdefault(name, []).append(said)

    def __len__(self) -> int:
        return len(self._said)

    def of(self, names: Iterable[str]) -> str:
        """Everything people say of a passage with such keys or id, "" where nothing is known."""
        return " . ".join(dict.fromkeys(said for name in names for said in self._said.get(name, ())))


def load(*paths: Path) -> Expansions:
    """Read expansions; raises ClassifierError naming the first line that isn't one."""
    return Expansions(row for path in paths for row in _rows(path))


def _rows(path: Path) -> Iterator[tuple[list[str], str]]:
    for number, row in files.json_lines(path):
        try:
            yield [f"fact:{row['fact']}"] if "fact" in row else [str(key) for key in row["of"]], str(row["said"])
        except (KeyError, TypeError):
            raise BadEvidence(f"{path.name}, line {number}: isn't what people say of a fact or of law.") from None


def shipped_files() -> tuple[Path, Path]:
    """Where what people say of law stands, and of facts, beside the code or in a wheel."""
    return files.shipped("data", "expansions.jsonl"), files.shipped("data", "sayings.jsonl")


@lru_cache(maxsize=1)
def shipped() -> Expansions:
    """Those that ship; read when the first passage is indexed."""
    return load(*shipped_files())
