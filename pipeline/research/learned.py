"""Which texts a version learned from, by digest, so that none of them judges it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.files import sha256
from classifier.measuring import rows
from classifier.seeding import digest
from classifier.spelling import meant
from classifier.training import CARD, Material

FILE = "learned.npz"
BITS = 40  # of a digest: among a million texts that weren't learned from, one would pass for learned one time in twelve
JUDGED = ("claims", "posts", "protected")  # corpora that hold answers; mirror and obfuscated hold a model to itself


def note(folder: Path, material: Material) -> int:
    """Keep the digests of a material's labelled texts and claims in a version's folder; returns how many."""
    texts = [*(row.text for row in material.texts), *(row.claim for row in material.pairs)]
    known = np.unique(_names(texts))
    np.savez_compressed(folder / FILE, gaps=np.diff(known, prepend=np.uint64(0)))
    return len(known)


def judges(folder: Path, corpora: Sequence[Path]) -> list[str]:
    """A sentence for each corpus that asks about texts the version in a folder learned from; [] where none does.

    A posts file that it learned from as a whole is left out: its figures are those of cross-validation. Versions
    made before this was kept can't be checked.
    """
    if not (folder / FILE).exists():
        return []
    with np.load(folder / FILE, allow_pickle=False) as held:
        known = np.cumsum(held["gaps"], dtype=np.uint64)
    whole = set(json.loads((folder / CARD).read_text(encoding="utf-8")).get("data", {}).values())
    found = []
    for path in _asked(corpora):
        if sha256(path) in whole:
            continue
        asked = [str(row["text"]) for row in rows(path)]
        seen = [np.isin(_names(texts), known) for texts in (asked, map(meant, asked))]  # as written, or as it is read
        if n := int(np.logical_or(*seen).sum()):
            what = f"{n} of the {len(asked)} texts of {path.name} are texts that {folder.name} learned from"
            found.append(f"{what}; measure it on rows that it never saw.")
    return found


def _names(texts: Iterable[str]) -> NDArray[np.uint64]:
    """The first BITS of each text's digest."""
    return np.array([int(digest(text), 16) >> (64 - BITS) for text in texts], dtype=np.uint64)


def _asked(corpora: Sequence[Path]) -> Iterator[Path]:
    for folder in corpora:
        for suite in JUDGED:
            yield from sorted(folder.glob(f"{suite}*.jsonl"))
