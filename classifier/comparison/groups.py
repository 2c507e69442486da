"""The feature groups of the verdict, in the order of their columns."""

from collections.abc import Callable
from dataclasses import dataclass

from classifier.comparison.context import CONTEXT, context
from classifier.comparison.kin import KIN, kin
from classifier.comparison.matters import NAMES, NUMBERS, TURNS, names, numbers, turns
from classifier.comparison.pairing import Pair
from classifier.comparison.vectors import Vectors
from classifier.comparison.wording import MEANING, OVERLAP, SPEECH, TILING, meaning, overlap, speech, tiling


@dataclass(frozen=True, slots=True)
class Group:
    """A feature group: compare gives one value per name, in order."""

    name: str
    features: tuple[str, ...]
    compare: Callable[[Pair, Vectors], list[float]]


GENERAL = (
    Group("overlap", OVERLAP, overlap),
    Group("tiling", TILING, tiling),
    Group("speech", SPEECH, speech),
    Group("numbers", NUMBERS, numbers),
    Group("names", NAMES, names),
    Group("turns", TURNS, turns),
    Group("meaning", MEANING, meaning),
    Group("context", CONTEXT, context),
    Group("kin", KIN, kin),
)
