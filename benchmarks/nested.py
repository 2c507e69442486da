"""Nested cross-validation of the readers on the texts that were labelled twice.

Run as `python -m benchmarks.nested [seed]` with the team's ../shared beside the checkout; half an hour on one core.
The gate's own figures are crossed: weights, calibration and thresholds of other folds. Here each outer fold is kept
from all of them, and a whole reader is fitted without it.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.measure import SHARED
from classifier.files import shipped
from classifier.judging import Figure
from classifier.learning import fits
from classifier.learning.figures import of_kinds, of_rights
from classifier.learning.material import Material, Settings, folds_by_matter
from classifier.readers.cues import load_cues
from classifier.readers.rights import flags
from classifier.readers.seeding import MEASURED, Labelled
from pipeline.research import learning

FOLDS = 5


def answers(material: Material, asked: Sequence[Labelled], fit: Callable[[Material], Any], seed: int) -> Any:
    """What readers say of the asked texts, each by one fitted without the matters of its fold, (n,) or (n, 8)."""
    fold = folds_by_matter(asked, FOLDS, seed=seed)
    said: list[Any] = [None] * len(asked)
    for number in range(FOLDS):
        held = np.flatnonzero(fold == number)
        out = {asked[at].matter or asked[at].text for at in held}
        reader = fit(replace(material, texts=[row for row in material.texts if (row.matter or row.text) not in out]))
        for at, one in zip(held, reader.predict([asked[at].text for at in held]), strict=True):
            said[at] = one
        print(f"  fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return np.array(said)


def figures(material: Material, seed: int) -> Iterator[tuple[str, Figure]]:
    """Each figure by part/what/slice, with its interval."""
    cues, settings = load_cues(shipped("data", "cues.toml")), Settings()
    measured = [row for row in material.texts if row.part == MEASURED]
    told = [row for row in measured if row.rights is not None]
    about = answers(material, told, lambda one: fits.fit_rights(one, settings, cues, seed), seed)
    yield from of_rights(flags(row.rights for row in told), about).items()
    spoken = [row for row in measured if row.kind is not None]
    said = answers(material, spoken, lambda one: fits.fit_kind(one, settings, cues, seed), seed)
    yield from of_kinds(np.array([row.kind for row in spoken]), said == "claim").items()


def main() -> None:
    """Gather, fit and print."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    material = learning.gather([SHARED / "datasets", SHARED / "gold"], words=False)
    for name, found in figures(material, seed):
        print(f"{name}: {found}", flush=True)


if __name__ == "__main__":
    main()
