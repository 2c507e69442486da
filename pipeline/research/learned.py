"""Which texts a version learned from, by digest, so that none of them judges it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.corpora import files_of, rows
from classifier.factuality.asking import asked_about
from classifier.files import save_arrays, sha256
from classifier.learning.figures import crossed_files
from classifier.learning.material import Material
from classifier.orthography.spelling import meant
from classifier.readers.seeding import digest
from pipeline.home import card_of
from pipeline.research import tables

FILE = "learned.npz"
BITS = 40  # of a digest: among a million texts that weren't learned from, one would pass for learned one time in twelve
JUDGED = {  # corpora that hold answers, and what they are asked against; mirror and obfuscated hold a model to itself
    "claims": "gaps", "posts": "gaps", "protected": "gaps", "vifactcheck": "pairs",
}  # fmt: skip


def note(folder: Path, material: Material, verdict_of: Path | None = None, readers_of: Path | None = None) -> int:
    """Keep the digests of a material's labelled texts and claims in a version's folder; returns how many.

    The claims of its pairs stand by themselves too: a statement that taught a reader alone may still ask a verdict.
    A verdict kept from another version knows what it learned there, and so do readers that were corrected; where that
    tells nothing, neither does this one.
    """
    judged, read = (None if folder_of is None else _known(folder_of) for folder_of in (verdict_of, readers_of))
    if judged == {} or read == {}:
        return 0
    said = (*(row.text for row in material.texts), *(row.told.whole for row in (*material.stances, *material.posts)))
    texts, claims = _names(said), _names(row.claim for row in material.pairs)
    if judged:
        claims = np.concatenate([claims, judged.get("pairs", judged["gaps"])])
    if read:
        texts = np.concatenate([texts, read["gaps"]])
    known = {"gaps": np.concatenate([texts, claims]), "pairs": claims}
    held = {name: np.unique(names) for name, names in known.items()}
    gaps = {name: np.diff(names, prepend=np.uint64(0)) for name, names in held.items()}
    save_arrays(folder / FILE, gaps)
    return len(held["gaps"])


def _known(folder: Path) -> dict[str, NDArray[np.uint64]]:
    """The digests that a version keeps of what it learned from; {} where it keeps none."""
    if not (folder / FILE).exists():
        return {}
    with np.load(folder / FILE, allow_pickle=False) as held:
        return {name: np.cumsum(held[name], dtype=np.uint64) for name in held.files}


def judges(folder: Path, corpora: Sequence[Path]) -> list[str]:
    """A sentence for each corpus that asks about texts the version in a folder learned from; [] where none does.

    A posts file that it learned from as a whole is left out: its figures are those of cross-validation, which there are
    none of where a correction alone learned from it. A version that doesn't name what it learned from can't be judged,
    nor can one that learned from a share of its data; one made before pairs were named apart isn't asked about them.
    """
    if (sample := card_of(folder).get("sample", 1)) < 1:
        return [
            f"{folder.name} learned from {sample:.1%} of its data, to see that it works; train it without --sample for"
            " a version that can be judged and promoted."
        ]
    if not (known := _known(folder)):
        return [f"{folder.name} has no {FILE}, so nothing tells what it learned from; train it again by `soi train`."]
    whole = crossed_files(card_of(folder))
    found = []
    for path, name in _asked(corpora):
        if name not in known or (name == "gaps" and sha256(path) in whole):
            continue
        asked = _texts(path)
        seen = [np.isin(_names(texts), known[name]) for texts in (asked, map(meant, asked))]  # as written, or as read
        if n := int(np.logical_or(*seen).sum()):
            what = f"{n} of the {len(asked)} texts of {path.name} are texts that {folder.name} learned from"
            found.append(f"{what}; measure it on rows that it never saw.")
    return found


def taught(folders: Iterable[Path], texts: Iterable[str]) -> list[Path]:
    """The folders of models or parts that learned from any of the texts, or of their questions what these ask about."""
    said = {text for text in texts if text.strip()}
    names, found = _names([*said, *(asked_about(text).strip() for text in said)]), []
    for folder in sorted(folders):
        with suppress(Exception):  # damage raises one of a dozen types, and a damaged version scores nothing
            if any(np.isin(names, known).any() for known in _known(folder).values()):
                found.append(folder)
    return found


def _names(texts: Iterable[str]) -> NDArray[np.uint64]:
    """The first BITS of each text's digest."""
    return np.array([int(digest(text), 16) >> (64 - BITS) for text in texts], dtype=np.uint64)


def _asked(corpora: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for folder in corpora:
        for suite, path in files_of(folder):
            if suite in JUDGED:
                yield path, JUDGED[suite]


def _texts(path: Path) -> list[str]:
    """The texts that a corpus asks about: of pairs the claims of the dev part."""
    if path.name.endswith(".jsonl"):
        return [str(row["text"]) for row in rows(path)]
    return [str(row["statement"]) for row in tables.read(path) if row["part"] == "dev"]
