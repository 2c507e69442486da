"""An estimator of somebody's own in the place of a part: what it answers is checked, what it lacks is lent."""

import contextlib
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.entailment.verdict import LABELS, VerdictModel
from classifier.errors import ModelRefused
from classifier.policy import KINDS, RIGHTS
from classifier.readers.kind import KindReader
from classifier.readers.rights import RightsReader
from classifier.readers.stance import STANCES, StanceReader, Told

COLUMNS = {"rights": RIGHTS, "kind": KINDS, "stance": STANCES, "verdict": LABELS}
OURS = {"rights": RightsReader, "kind": KindReader, "stance": StanceReader, "verdict": VerdictModel}
LENT = {  # what scoring asks of a part beside probabilities
    "rights": ("any_threshold_", "thresholds_"),
    "kind": ("claim_threshold_",),
    "stance": ("deny_threshold_", "comment_threshold_", "support_threshold_"),
    "verdict": ("vectors", "extras"),
}
# lent by none: where a part has them, they stand for those of the version's card
OFFERED = {"verdict": ("refuted_threshold_", "supported_threshold_")}
ONE = (*LENT["stance"], *OFFERED["verdict"], "any_threshold_", "claim_threshold_")
THRESHOLDS = {**dict.fromkeys(ONE, ()), "thresholds_": (len(RIGHTS),)}  # with their shapes
SHARED = ("kind", "stance", "verdict")  # a text is of one kind; it may be about several rights
ROUNDED = 0.01  # that a sum may be off by, as half precision is
TEXT = "Xã Suối Mây đã mở 12 lớp học cho trẻ em."
ASKED = {  # what a part is asked about, by its name and on trial; the others about a text
    "stance": ("claim in its text", Told((), TEXT, (), frozenset())),
    "verdict": ("pair of texts", (TEXT, TEXT)),
}


def aside() -> contextlib.AbstractContextManager[Any]:
    """What somebody's own code prints goes to the error stream: on the other one stand our answers."""
    return contextlib.redirect_stdout(sys.stderr)


def said_by(error: BaseException) -> str:
    """What somebody's own code raised, on one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


class Foreign:
    """An estimator as a part: probabilities (n, columns), and what it has itself or is lent by the version's own."""

    def __init__(self, estimator: Any, part: str, said: str, own: Callable[[], Any], *, has: Mapping[str, Any]) -> None:
        self._estimator, self._part, self._said = estimator, part, f"The {part} part {said}"
        lacks = [name for name in LENT[part] if name not in has]
        lender = own() if lacks else None
        if lacks and lender is None:
            raise ModelRefused(f"{self._said} has no {lacks[0]}, and neither has this version; give it one.")
        self._advice = "; fit it first, on what docs/researcher.md says it is given"
        for name, value in (*has.items(), *((name, getattr(lender, name)) for name in lacks)):
            setattr(self, name, value)

    def try_out(self) -> None:
        """Let it answer once; raises ModelRefused, as predict_proba does."""
        self.predict_proba([ASKED.get(self._part, ("text", TEXT))[1]])
        self._advice = ""  # one that answered is fitted

    def predict_proba(self, asked: Sequence[Any]) -> NDArray[np.float64]:
        """Probabilities (n, c) of n texts or pairs, in the order of our c words for the part, by which `classes_` of an
        estimator are put.

        Raises ModelRefused for another shape, for other words, for what is no probability, and for whatever the
        estimator raises.
        """
        names = COLUMNS[self._part]
        if not len(asked):
            return np.zeros((0, len(names)))
        try:
            with aside():
                given = self._estimator.predict_proba(list(asked))
                found = np.asarray(given.toarray() if hasattr(given, "toarray") else given, dtype=np.float64)
                said = getattr(given, "columns", getattr(self._estimator, "classes_", None))
                told = [] if said is None else [_worded(one) for one in said]
        except (Exception, SystemExit) as error:  # whatever somebody's own code raises
            what = ASKED.get(self._part, ("text",))[0]
            raise ModelRefused(f"{self._said} can't read a {what} ({said_by(error)}){self._advice}.") from None
        if found.ndim == 3 or (found.ndim == 2 and len(found) > len(asked) and not len(found) % len(asked)):
            twice = found.shape[-1] if found.ndim == 3 else len(found) // len(asked)
            raise ModelRefused(
                f"{self._said} gives {twice} answers for each {ASKED.get(self._part, ('text',))[0]}; let it give one,"
                f" a row of {len(names)}: a probability for each of {', '.join(names)}."
            )
        if found.shape != (len(asked), len(names)):
            raise ModelRefused(
                f"{self._said} gives {found.shape} for {len(asked)} asked, not"
                f" ({len(asked)}, {len(names)}): a probability for each of {', '.join(names)}."
            )
        if not ((found >= 0) & (found <= 1)).all():
            raise ModelRefused(f"{self._said} gives numbers that are no probabilities.")
        if self._part in SHARED and (np.abs(found.sum(axis=1) - 1) > ROUNDED).any():
            raise ModelRefused(f"{self._said} gives probabilities that don't add up to 1.")
        classes = [str(one) for one in told if isinstance(one, str)]
        if told and not classes and self._part in SHARED:
            raise ModelRefused(
                f"{self._said} numbers its columns, which doesn't tell what they are; fit it on {', '.join(names)}."
            )
        if classes and set(classes) != set(names):
            raise ModelRefused(f"{self._said} calls its columns {', '.join(classes)}; fit it on {', '.join(names)}.")
        return found[:, [classes.index(name) for name in names]] if classes else found


def _worded(name: Any) -> Any:
    """The name of a column as a word, where numpy or HDF5 kept it as bytes."""
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name


def wrapped(estimator: Any, part: str, said: str, own: Callable[[], Any]) -> Any:
    """An estimator fit to stand for a part, tried on one text; a part of our own kind as it is, once it was tried.

    own loads the version's own part, for what the estimator lacks. Raises ModelRefused.
    """
    try:
        with aside():
            names = [name for name in (*LENT[part], *OFFERED.get(part, ())) if hasattr(estimator, name)]
            has, answers = {name: getattr(estimator, name) for name in names}, hasattr(estimator, "predict_proba")
    except (Exception, SystemExit) as error:  # what it computes when it is asked for
        raise ModelRefused(
            f"The {part} part {said} can't be looked into ({said_by(error)}); make it ready before it is given."
        ) from None
    for name, given in has.items():
        if name in THRESHOLDS and not _serves(given, THRESHOLDS[name]):
            wanted = f"{len(RIGHTS)} numbers" if THRESHOLDS[name] else "a number"
            raise ModelRefused(f"{name} of the {part} part {said} isn't {wanted} above 0 and at most 1.")
    if not answers:
        raise ModelRefused(f"The {part} part {said} has no predict_proba, so it can't take that place.")
    found = Foreign(estimator, part, said, own, has=has)
    found.try_out()
    return estimator if isinstance(estimator, OURS[part]) else found


def _serves(given: Any, shape: tuple[int, ...]) -> bool:
    """Whether thresholds are numbers of a shape, each above 0 and at most 1."""
    try:
        found = np.asarray(given)
    except Exception:  # rows of unlike length, or a tensor that lies elsewhere
        return False
    return found.shape == shape and found.dtype.kind in "fiu" and bool(((found > 0) & (found <= 1)).all())
