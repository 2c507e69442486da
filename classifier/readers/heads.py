"""One reading of a batch for the readers, and the linear heads that weigh it.

Features are hashed n-grams (grams.py) beside cue words and outward form (cues.py). A head is one column of weights
with a Platt calibration learned out of fold. It learns n-grams the louder the rarer they are and the more they tell of
what it looks for (inverse document frequency; log-count ratios, Wang and Manning, 2012). Weights are kept as signed
bytes, for the n-grams that matter.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelRefused, refusing
from classifier.files import save_arrays
from classifier.readers.cues import FILE, Cues, cue_matrix, save_cues, stored_cues
from classifier.readers.encoder import Embedded, Encoder
from classifier.readers.grams import BITS, gram_matrix, tokens
from classifier.text.ragged import even

FORMAT = 3
FOLDS = 5
# one standard deviation of a cue beside n-gram families of unit length; 0.03 to 0.06 are within 0.002
CUE_WEIGHT = 0.04
CLOSE = 0.1  # of the solver; 0.01 gives the same precision and takes half as long again
# n-grams that a reader keeps, those that move its texts most: all of them are 0.004 better, and 2 MB more
MOST_GRAMS = 150_000
LEAST_RARE = 0.05  # inverse document frequency of an n-gram that is everywhere
OFFSET = 3.0  # size of a set's offset column, large enough that regularisation leaves it free
# inverse regularisation of a correction: with no texts beside them 12 misread are learned, as at 10, and of 579 others
# 3 are read otherwise instead of 23; at 0.3 four of the 12 stay misread
CORRECTION = 1.0
CUE_LIMIT = 4.0  # standard deviations beyond which a cue says nothing more

Features = Cues | Embedded  # what a text is read for beside n-grams
Matrix = NDArray[np.float32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """Features of n texts: n-grams, CSR (n, 2**BITS), and raw cues, CSR (n, d), both float64."""

    grams: Any
    cues: Any

    def take(self, rows: NDArray[np.int64]) -> "Reading":
        """The reading of the texts at these places (m,)."""
        return Reading(self.grams[rows], self.cues[rows])


@dataclass(frozen=True, slots=True)
class Lesson:
    """What n texts teach: targets (n, h), weights (n,), the set each is of, and the cues that may be looked at.

    sets (n,): 0 for texts whose probabilities matter and set the calibration, other numbers for sets that only
    teach. seen (d,): 1 for a cue the heads may use, 0 for one hidden from them.
    """

    targets: NDArray[np.bool_]
    weights: Floats
    sets: NDArray[np.int64]
    seen: Matrix

    def take(self, rows: NDArray[np.int64]) -> "Lesson":
        """The lesson of the texts at these places (m,)."""
        return Lesson(self.targets[rows], self.weights[rows], self.sets[rows], self.seen)


@dataclass(frozen=True, slots=True)
class Apart:
    """The n judged texts as heads see them that did not learn from them: logits and targets (n, h), weights and the
    fold each was held out in (n,)."""

    logits: Floats
    targets: NDArray[np.bool_]
    weights: Floats
    fold: NDArray[np.int64]

    def crossed(self, heads: "Heads") -> Iterator[tuple[NDArray[np.bool_], Floats]]:
        """For each fold which texts are in it, and p (n, h) of all calibrated on those that aren't."""
        for number in np.unique(self.fold):
            mine = self.fold == number
            fitted = calibrate(heads, self.logits[~mine], self.targets[~mine], self.weights[~mine])
            yield mine, calibrated(self.logits, fitted)


@dataclass(frozen=True, slots=True)
class Heads:
    """Linear heads: of the n-grams in rows (k,) a table (k, h) int8 times scale (h,), cue weights (d, h), bias and
    calibration (h,)."""

    rows: NDArray[np.int32]
    table: NDArray[np.int8]
    scale: Matrix
    cues: Matrix
    bias: Matrix
    spread: Matrix
    slope: Matrix
    shift: Matrix


class Weights:
    """The n-gram weights of heads side by side, (k + 1, h) float64 with a last row of nothing, and the row of each of
    2**BITS n-grams: a text's rows are fetched once for all heads."""

    def __init__(self, *heads: Heads) -> None:
        known = np.unique(np.concatenate([one.rows for one in heads]))
        self.place = np.full(1 << BITS, len(known), dtype=np.int32)
        self.place[known] = np.arange(len(known), dtype=np.int32)
        self.weights = np.zeros((len(known) + 1, sum(len(one.bias) for one in heads)))
        end = 0
        for one in heads:
            begin, end = end, end + len(one.bias)
            self.weights[self.place[one.rows], begin:end] = np.multiply(one.table, one.scale, dtype=np.float64)

    def of(self, grams: Any) -> Floats:
        """What the n-grams of n texts, CSR (n, 2**BITS), say to each head, (n, h)."""
        from scipy import sparse

        shape = grams.shape[0], len(self.weights)
        known = sparse.csr_matrix((grams.data, self.place[grams.indices], grams.indptr), shape=shape)
        return np.asarray(known @ self.weights)


def read(texts: Sequence[str], cues: Features) -> Reading:
    """Features of texts as spelling.meant gives them, their ends made even."""
    texts = [even(text) for text in texts]
    found = tokens(texts)
    if not isinstance(cues, Embedded):
        return Reading(gram_matrix(found), cue_matrix(texts, found, cues))
    from scipy import sparse

    columns = [cue_matrix(texts, found, cues.cues), sparse.csr_matrix(cues.encoder.embed(texts), dtype=np.float64)]
    return Reading(gram_matrix(found), sparse.hstack(columns, format="csr"))


def scaled(cues: Any, spread: Matrix) -> Any:
    """Cues, CSR (n, d), in standard deviations from nothing, cut at CUE_LIMIT and made as loud as the n-grams."""
    away = cues.copy()
    away.data = np.clip(away.data / spread[away.indices], -CUE_LIMIT, CUE_LIMIT) * CUE_WEIGHT
    return away


def scores(reading: Reading, heads: Heads, grams: Floats | None = None) -> Floats:
    """Uncalibrated logits (n, h); grams (n, h) is what Weights of the heads give for reading.grams, where known."""
    grams = Weights(heads).of(reading.grams) if grams is None else grams
    return np.asarray(grams + scaled(reading.cues, heads.spread) @ heads.cues + heads.bias)


def calibrated(logits: Floats, heads: Heads) -> Floats:
    """Probabilities (n, h) of each head on its own."""
    return 1.0 / (1.0 + np.exp(-np.clip(heads.slope * logits + heads.shift, -30, 30)))


def fit_heads(reading: Reading, lesson: Lesson, *, c: float, seed: int, most: int = MOST_GRAMS) -> Heads:
    """Fit one logistic head a column of targets (n, h); the calibration is left as identity.

    Each set of texts beside the judged ones gets an offset of its own, which is then thrown away: how often a set
    speaks of rights says how it was gathered, and must not be learned from its outward form.
    """
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    targets, used = lesson.targets, np.unique(reading.grams.indices)
    grams = reading.grams[:, used]
    grams.sum_duplicates()  # one entry a text of each n-gram: texts are counted, not occurrences
    spread = _spread(reading.cues)
    cues = scaled(reading.cues, spread) @ sparse.diags(lesson.seen.astype(np.float64))
    offsets = [(lesson.sets == number) * OFFSET for number in np.unique(lesson.sets) if number]
    aside = np.stack(offsets, axis=1) if offsets else np.zeros((len(targets), 0))
    both = sparse.hstack([grams, cues, sparse.csr_matrix(aside)]).tocsr()
    both.sum_duplicates()  # fitting would, and part its arrays from these
    plain, width, end = both.data, grams.shape[1], grams.shape[1] + cues.shape[1]
    table = np.zeros((width, targets.shape[1]), dtype=np.float32)
    cue_weights = np.zeros((cues.shape[1], targets.shape[1]), dtype=np.float32)
    bias = np.zeros(targets.shape[1], dtype=np.float32)
    loud = np.ones(both.shape[1])
    for head in range(targets.shape[1]):
        model = LogisticRegression(C=c, solver="liblinear", dual=True, tol=CLOSE, max_iter=400, random_state=seed)
        if targets[:, head].all() or not targets[:, head].any():
            bias[head] = 6.0 if targets[:, head].all() else -6.0
            continue
        loud[:width] = _telling(grams, targets[:, head])
        both.data = plain * loud[both.indices]
        model.fit(both, targets[:, head], sample_weight=lesson.weights)
        table[:, head] = model.coef_[0, :width] * loud[:width]
        cue_weights[:, head] = model.coef_[0, width:end]
        bias[head] = model.intercept_[0]
    kept = _moving(grams, table, most)
    return _quantised(table[kept], used[kept].astype(np.int32), cue_weights, bias, spread)


def correct_heads(
    heads: Heads, reading: Reading, targets: Floats, sample_weight: Floats, logits: Floats, *, seen: Matrix
) -> Heads:
    """Heads moved as far as texts they read wrongly ask for; targets (n, h) are probabilities.

    logits (n, h) are calibrated. Weights are drawn to those there are instead of to nothing, and no bias is learned:
    a handful of texts says little of how common a thing is.
    """
    from scipy import sparse
    from scipy.optimize import minimize
    from scipy.special import expit

    used = np.unique(reading.grams.indices)
    grams = reading.grams[:, used]
    cues = scaled(reading.cues, heads.spread) @ sparse.diags(seen.astype(np.float64))
    both = sparse.hstack([grams, cues]).tocsr()
    moved = np.zeros((both.shape[1], targets.shape[1]), dtype=np.float32)
    for head, slope in enumerate(heads.slope.astype(np.float64)):
        away, wanted = logits[:, head], targets[:, head]

        def loss(
            by: Floats, away: Floats = away, wanted: Floats = wanted, slope: float = slope
        ) -> tuple[float, Floats]:
            said = away + slope * (both @ by)
            off = CORRECTION * sample_weight * (expit(said) - wanted) * slope
            missed = sample_weight @ (np.logaddexp(0, said) - wanted * said)
            return float(by @ by / 2 + CORRECTION * missed), by + both.T @ off

        moved[:, head] = minimize(loss, np.zeros(both.shape[1]), jac=True, method="L-BFGS-B").x
    kept = _moving(grams, moved[: len(used)], MOST_GRAMS)
    rows = np.union1d(heads.rows, used[kept]).astype(np.int32)
    table = np.zeros((len(rows), moved.shape[1]), dtype=np.float32)
    table[np.searchsorted(rows, heads.rows)] = heads.table * heads.scale
    table[np.searchsorted(rows, used[kept])] += moved[kept]
    found = _quantised(table, rows, heads.cues + moved[len(used) :], heads.bias, heads.spread)
    return replace(found, slope=heads.slope, shift=heads.shift)


def _telling(grams: Any, target: NDArray[np.bool_]) -> Floats:
    """How loud each n-gram of n texts is learned, (grams,): the rarer it occurs, and the more it parts those in target
    from the rest. Together they stay about as loud as they are."""
    of_target, width = np.repeat(target, np.diff(grams.indptr)), grams.shape[1]
    every = np.bincount(grams.indices, minlength=width)
    mine = np.bincount(grams.indices[of_target], minlength=width)
    rare = np.maximum(np.log(len(target) / np.maximum(every, 1)), LEAST_RARE) ** 0.7
    here, there = ((1.0 + count) / (2.0**BITS + count.sum()) for count in (mine, every - mine))
    loud = rare * (1.0 + np.abs(np.log(here / there)))
    length = (grams.data**2).sum()
    return np.asarray(loud * np.sqrt(length / ((grams.data * loud[grams.indices]) ** 2).sum()) if length else loud)


def _moving(grams: Any, table: Matrix, most: int) -> NDArray[np.int64]:
    """The n-grams, in order, that move the logits of these texts most, at most so many."""
    size = np.sqrt(np.bincount(grams.indices, weights=grams.data**2, minlength=grams.shape[1]))
    moved = np.abs(table).max(axis=1) * size
    order = np.argsort(-moved, kind="stable")[:most]
    return np.sort(order[moved[order] > 0])


def _spread(cues: Any) -> Matrix:
    """Standard deviation of each column of a CSR, and a little more, so that a rare cue isn't blown up."""
    mean = np.asarray(cues.mean(axis=0)).ravel()
    square = np.asarray(cues.multiply(cues).mean(axis=0)).ravel()
    return np.asarray(np.sqrt(np.maximum(square - mean**2, 0)) + 0.05, dtype=np.float32)


def calibrate(heads: Heads, logits: Floats, targets: NDArray[np.bool_], weights: Floats) -> Heads:
    """Heads with Platt's slope and shift of each, from logits and targets (n, h) and weights (n,) of texts that they
    didn't learn from; one whose targets are all alike keeps its own."""
    from sklearn.linear_model import LogisticRegression

    slope, shift = heads.slope.copy(), heads.shift.copy()
    for head in range(targets.shape[1]):
        if targets[:, head].all() or not targets[:, head].any():
            continue
        model = LogisticRegression(C=10.0).fit(logits[:, [head]], targets[:, head], sample_weight=weights)
        slope[head], shift[head] = max(float(model.coef_[0, 0]), 0.05), float(model.intercept_[0])
    return replace(heads, slope=slope, shift=shift)


def lesson_of(
    targets: NDArray[np.bool_], sample_weight: Floats | None, sets: NDArray[np.int64] | None, seen: Matrix
) -> Lesson:
    """A lesson of n texts that weigh alike and all set the thresholds, unless sample_weight or sets (n,) say otherwise;
    targets (n, h), seen (d,)."""
    n = len(targets)
    weights = np.ones(n) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
    numbers = np.zeros(n, dtype=np.int64) if sets is None or (sets != 0).all() else sets
    return Lesson(targets, weights, numbers, seen)


def save_heads(heads: Heads, cues: Features, extra: dict[str, Any], directory: Path, name: str) -> None:
    """Write name.npz and name.json; the same heads give the same bytes."""
    directory.mkdir(parents=True, exist_ok=True)
    arrays = {field: getattr(heads, field) for field in Heads.__slots__}
    arrays["rows"] = np.diff(heads.rows, prepend=np.int32(0))  # gaps, which compress to a third
    save_arrays(directory / f"{name}.npz", arrays)
    encoder = {} if isinstance(cues, Cues) else {name: list(sums) for name, sums in cues.encoder.source.items()}
    source = encoder | save_cues(cues if isinstance(cues, Cues) else cues.cues, directory)
    told = {"format": FORMAT, "bits": BITS, "cues": source, **extra}
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    (directory / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def load_heads(
    directory: Path, name: str, *, heads: int, needs: Sequence[str], encoder: Encoder | None = None
) -> tuple[Heads, Features, dict[str, Any]]:
    """Read what save_heads wrote; raises ModelRefused when missing, damaged, newer or of another shape or encoder."""
    with refusing(f"{name} in {directory.name} can't be read ({{error}}); restore it"):
        told = json.loads((directory / f"{name}.json").read_text(encoding="utf-8"))
        if told["format"] != FORMAT or told["bits"] != BITS:
            raise ModelRefused(f"{name} in {directory.name} was written by another version of Soi; train it again")
        if missing := [key for key in (*needs, "strength", "seed") if key not in told]:
            raise ModelRefused(f"{name} in {directory.name} lacks {', '.join(missing)}; restore it or train it again")
        if encoder and told["cues"] != {**encoder.source, FILE: told["cues"].get(FILE)}:
            raise ModelRefused(
                f"{name} in {directory.name} was fitted on another encoder or tokenizer; bring it back or fit again"
            )
        stored = stored_cues(directory, told["cues"])
        cues = Embedded(stored, encoder) if encoder else stored
        with np.load(directory / f"{name}.npz", allow_pickle=False) as held:
            arrays = {field: held[field] for field in Heads.__slots__}
        arrays["rows"] = np.cumsum(arrays["rows"], dtype=np.int64)
    _check(arrays, cues, heads=heads, name=name)
    return Heads(**{**arrays, "rows": arrays["rows"].astype(np.int32)}), cues, told


def thresholds_of(name: str, told: Mapping[str, Any], key: str, count: int) -> Floats:
    """Thresholds (count,) of what load_heads read of a reader; raises ModelRefused unless each is above 0 and at most
    1."""
    try:
        found = np.array(told[key], dtype=np.float64)
    except (TypeError, ValueError):
        found = np.zeros(0)
    if found.reshape(-1).shape != (count,) or not ((found > 0) & (found <= 1)).all():
        raise ModelRefused(f"{name} is damaged: {key} isn't {count} above 0 and at most 1; restore it")
    return found.reshape(-1)


def _check(arrays: dict[str, Any], cues: Features, *, heads: int, name: str) -> None:
    """Refuse arrays whose shapes or numbers could not have come from save_heads."""
    wanted = {
        "scale": (heads,), "bias": (heads,), "slope": (heads,), "shift": (heads,),
        "cues": (cues.width, heads), "spread": (cues.width,),
    }  # fmt: skip
    for field, shape in wanted.items():
        held = arrays[field]
        if held.shape != shape or held.dtype.kind != "f" or not np.isfinite(held).all():
            raise ModelRefused(f"{name} is damaged: {field} is not {shape} of finite numbers; restore it")
    if (arrays["spread"] <= 0).any():
        raise ModelRefused(f"{name} is damaged: spread isn't above 0; restore it")
    rows, table = arrays["rows"], arrays["table"]
    ordered = (rows[:1] >= 0).all() and (np.diff(rows) > 0).all() and (rows[-1:] < 1 << BITS).all()
    if table.dtype != np.int8 or table.shape != (*rows.shape, heads) or not ordered:
        raise ModelRefused(f"{name} is damaged: its n-grams don't fit their weights; restore it")


def _quantised(table: Matrix, rows: NDArray[np.int32], cues: Matrix, bias: Matrix, spread: Matrix) -> Heads:
    """Heads with the table of some n-grams as signed bytes, the largest weight of a head being 127."""
    scale = np.maximum(np.abs(table).max(axis=0, initial=0), 1e-9) / 127
    count = table.shape[1]
    return Heads(
        rows=rows,
        table=np.rint(table / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        cues=cues,
        bias=bias,
        spread=spread,
        slope=np.ones(count, dtype=np.float32),
        shift=np.zeros(count, dtype=np.float32),
    )
