"""Decision trees of scikit-learn laid flat in arrays: the same numbers, a tenth of the file, no start-up cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
ROWS = 512  # rows walked at once: the working arrays stay within the cache


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees one after another; a leaf points at itself, so that all rows can take the same number of steps."""

    feature: NDArray[np.uint16]
    threshold: Floats  # go left where the value is at most this
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats  # (nodes, outputs)
    roots: NDArray[np.int32]
    depth: int

    def total(self, rows: Floats) -> NDArray[np.float64]:
        """Sum of the leaf values over all trees, (n, outputs), for float32 rows (n, features)."""
        found = np.empty((len(rows), self.value.shape[1]))
        for start in range(0, len(rows), ROWS):
            part = rows[start : start + ROWS]
            node = np.broadcast_to(self.roots, (len(part), len(self.roots))).copy()
            at = np.arange(len(part))[:, None]
            for _ in range(self.depth):
                low = part[at, self.feature[node]] <= self.threshold[node]
                node = np.where(low, self.left[node], self.right[node])
            found[start : start + ROWS] = self.value[node].sum(axis=1, dtype=np.float64)
        return found

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """What a file keeps, by name; depth isn't kept but counted again."""
        names = ("feature", "threshold", "left", "right", "value", "roots")
        return {f"{prefix}_{name}": getattr(self, name) for name in names}


def from_arrays(stored: Any, prefix: str) -> Forest:
    """Build a forest from the arrays of a file; raises ValueError where they don't describe trees."""
    names = ("feature", "threshold", "left", "right", "value", "roots")
    feature, threshold, left, right, value, roots = (stored[f"{prefix}_{name}"] for name in names)
    nodes = len(feature)
    at = np.arange(nodes)
    if not len(threshold) == len(left) == len(right) == len(value) == nodes or (roots < 0).any():
        raise ValueError("trees of unequal arrays")
    if (left < at).any() or (right < at).any() or max(left.max(), right.max(), roots.max()) >= nodes:
        raise ValueError("a tree that isn't one")
    return Forest(feature, threshold, left, right, value, roots, _depth(left, right, roots))


def boosted(model: Any) -> Forest:
    """A fitted HistGradientBoostingClassifier of three or more classes; add its baseline to the total."""
    trees = []
    for step in model._predictors:
        for output, predictor in enumerate(step):
            nodes = predictor.nodes
            value = np.zeros((len(nodes), len(step)))
            value[:, output] = np.where(nodes["is_leaf"], nodes["value"], 0)
            trees.append((nodes["is_leaf"] != 0, nodes["feature_idx"], nodes["num_threshold"], nodes["left"],
                          nodes["right"], value))  # fmt: skip
    return _joined(trees)


def averaged(model: Any) -> Forest:
    """A fitted forest classifier of scikit-learn; its total is the mean of the trees' class shares."""
    trees = []
    for one in model.estimators_:
        tree = one.tree_
        value = tree.value[:, 0, :] / tree.value[:, 0, :].sum(axis=1, keepdims=True) / len(model.estimators_)
        leaf = tree.children_left < 0
        trees.append((leaf, tree.feature, tree.threshold, tree.children_left, tree.children_right, value))
    return _joined(trees)


def _joined(trees: Iterable[Sequence[Any]]) -> Forest:
    """Trees put one after another; the nodes of each keep scikit-learn's order, parents before children."""
    parts: list[list[NDArray[Any]]] = [[], [], [], [], []]
    roots, start = [], 0
    for leaf, feature, threshold, left, right, value in trees:
        at = np.arange(len(leaf))
        parts[0].append(np.where(leaf, 0, feature).astype(np.uint16))
        parts[1].append(np.where(leaf, np.float32(0), _rounded_down(np.asarray(threshold, dtype=np.float64))))
        parts[2].append((np.where(leaf, at, left) + start).astype(np.int32))
        parts[3].append((np.where(leaf, at, right) + start).astype(np.int32))
        parts[4].append(np.where(leaf[:, None], value, 0).astype(np.float32))
        roots.append(start)
        start += len(leaf)
    feature, threshold, left, right, value = (np.concatenate(part) for part in parts)
    starts = np.array(roots, dtype=np.int32)
    return Forest(feature, threshold, left, right, value, starts, _depth(left, right, starts))


def _rounded_down(threshold: NDArray[np.float64]) -> Floats:
    """The largest float32 not above each: float32 values then compare as they do with the float64."""
    near = threshold.astype(np.float32)
    return np.where(near > threshold, np.nextafter(near, np.float32(-np.inf)), near)


def _depth(left: NDArray[np.int32], right: NDArray[np.int32], roots: NDArray[np.int32]) -> int:
    """Most steps from a root to a leaf."""
    level, depth = np.unique(roots), 0
    while True:
        level = level[left[level] != level]
        if not len(level):
            return depth
        level, depth = np.unique(np.concatenate([left[level], right[level]])), depth + 1
