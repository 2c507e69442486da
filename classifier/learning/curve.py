"""The learning curve of the readers: how good they are after a tenth, a fifth … of their texts, on texts never seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from classifier import judging
from classifier.errors import ClassifierError
from classifier.judging import Figure
from classifier.learning import fits
from classifier.learning.material import Material, Settings, folds_by_matter
from classifier.readers.cues import Cues
from classifier.readers.seeding import MEASURED, Labelled

SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)  # of the texts that may be learned from
FOLDS = 3  # each text is asked about once, by readers that learned from none of its fold, nor of what is on its matter
LEAST_HELD = 50  # texts to be asked about, below which the curve would be noise

Answers = Sequence[Any]  # one of each text asked about: whether it is about rights, or its kind


@dataclass(frozen=True, slots=True)
class Task:
    """One reader, one fold held out, one share of the rest learned from."""

    part: str  # rights or kind
    share: float
    fold: int


@dataclass(frozen=True, slots=True)
class Point:
    """A reader's figure after learning from n texts (the mean over the folds)."""

    part: str
    what: str
    share: float
    texts: int
    figure: Figure


def tasks() -> list[Task]:
    """Everything that has to be fitted, the dearest first so that no core waits at the end."""
    return [
        Task(part, share, fold) for share in reversed(SHARES) for part in ("kind", "rights") for fold in range(FOLDS)
    ]


def answer(task: Task, *, material: Material, settings: Settings, cues: Cues, seed: int) -> tuple[int, Answers]:
    """How many texts were learned from, and what the reader says of the fold held out; () when it can't be fitted.

    A share too small to learn from has no reader and so no point on the curve.
    """
    learn, held = split(material, task, seed)
    part = replace(material, texts=learn)
    texts = [row.text for row in held]
    try:
        if task.part == "rights":
            codes = fits.fit_rights(part, settings, cues, seed).predict(texts)
            return len(learn), [bool(row.any()) for row in codes]
        return len(learn), [str(kind) for kind in fits.fit_kind(part, settings, cues, seed).predict(texts)]
    except ClassifierError:
        return len(learn), ()


def split(material: Material, task: Task, seed: int) -> tuple[list[Labelled], list[Labelled]]:
    """Texts to learn from and texts to ask about: smaller shares lie inside larger ones, and sets keep their mix."""
    asked = _asked(material, task.part)
    fold = folds_by_matter(asked, FOLDS, seed=seed)
    held = [row for row, at in zip(asked, fold, strict=True) if at == task.fold]
    matters = {row.matter or row.text for row in held}
    free = [row for row in material.texts if (row.matter or row.text) not in matters and _is_labelled(row, task.part)]
    order = np.random.default_rng([seed, task.fold]).permutation(len(free))
    taken: set[int] = set()
    for number in sorted({row.part for row in free}):
        members = [int(at) for at in order if free[at].part == number]
        taken.update(members[: max(1, round(task.share * len(members)))])
    return [free[at] for at in sorted(taken)], held


def _asked(material: Material, part: str) -> list[Labelled]:
    """The texts that figures are made of: those set aside for measuring, all where there are too few of them."""
    told = [row for row in material.texts if _is_labelled(row, part)]
    measured = [row for row in told if row.part == MEASURED]
    return measured if len(measured) >= LEAST_HELD else told


def _is_labelled(row: Labelled, part: str) -> bool:
    return (row.rights if part == "rights" else row.kind) is not None


def points(material: Material, answers: Iterable[tuple[Task, tuple[int, Answers]]], *, seed: int) -> list[Point]:
    """The curve out of all answers, whatever order they came in."""
    known = dict(answers)
    found = []
    for part in ("rights", "kind"):
        for share in SHARES:
            mine = [(task, known[task]) for task in (Task(part, share, fold) for fold in range(FOLDS))]
            if all(said for _, (_, said) in mine):
                found += list(_points(material, part, share, mine, seed))
    return found


def _points(
    material: Material, part: str, share: float, mine: Sequence[tuple[Task, tuple[int, Answers]]], seed: int
) -> Iterator[Point]:
    texts = round(sum(n for _, (n, _) in mine) / len(mine))
    truth: list[Any] = []
    said: list[Any] = []
    for task, (_, answers) in mine:
        held = split(material, task, seed)[1]
        truth += [bool(row.rights) if part == "rights" else row.kind for row in held]
        said += answers
    real, told = np.array(truth), np.array(said)
    if part == "rights":
        yield Point(part, "any_f1", share, texts, judging.bootstrap(judging.f1, real, told))
    else:
        yield Point(part, "claim_f1", share, texts, judging.bootstrap(judging.f1, real == "claim", told == "claim"))
        yield Point(part, "macro_f1", share, texts, judging.bootstrap(judging.macro_f1, real, told))


def enough(material: Material) -> bool:
    """Whether there are texts enough to draw a curve of both readers."""
    return all(len(_asked(material, part)) >= LEAST_HELD for part in ("rights", "kind"))


def learning_curve(
    material: Material,
    *,
    settings: Settings,
    cues: Cues,
    seed: int,
    run: Callable[..., Iterable[Any]],
) -> list[Point]:
    """The whole curve; `run(tasks, answer)` yields (task, answer) in any order."""
    if not enough(material):
        return []
    judge = partial(answer, material=material, settings=settings, cues=cues, seed=seed)
    return points(material, run(tasks(), judge), seed=seed)


def as_record(found: Sequence[Point]) -> list[dict[str, Any]]:
    """Points as a card keeps them, rounded so that a card is the same on every machine."""
    return [
        asdict(one) | {"figure": {name: round(value, 4) for name, value in asdict(one.figure).items()}} for one in found
    ]


def of_card(card: Mapping[str, Any]) -> list[Point]:
    """The points a card keeps, [] where it keeps none."""
    kept = card.get("figures", {}).get("learning_curve", [])
    return [Point(**{**one, "figure": Figure(**one["figure"])}) for one in kept]
