"""What is scored and what comes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from classifier.checking.laying import Evidence


@dataclass(frozen=True, slots=True)
class Item:
    """A text to score; `before` (ISO day or time) is when it was said: later evidence isn't held against it."""

    id: str
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What a model says of a text; offsets point into the text as it was given."""

    id: str
    kind: str
    rights: tuple[str, ...]
    p_refuted: float
    flagged: bool
    reasons: tuple[str, ...] = ()
    claim: str = ""
    claim_start: int = 0
    claim_end: int = 0
    worth: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    unsupported: bool = False  # a rights claim with no settling passage for or against it
    text_ok: bool = True
    model: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)

    def read_as(self, what: str) -> list[float]:
        """The probabilities a reader gave: of "p_kind" in the order of KINDS, of "p_rights" in that of RIGHTS."""
        return list(self.detail[what].values())  # type: ignore[attr-defined]


def named(names: Sequence[str], row: Iterable[float]) -> dict[str, float]:
    """Probabilities as a Score keeps them, which read_as gives back."""
    return dict(zip(names, map(float, row), strict=True))
