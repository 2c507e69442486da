"""Decision trees of scikit-learn laid flat in arrays: the same numbers, a tenth of the file, no start-up cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
ROWS = 64  # rows walked at once: the working arrays stay within the cache
NAMES = ("feature", "threshold", "left_on", "right_on", "value", "roots")
STEPS = 4  # steps between two looks at which walks have ended


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees one after another; a leaf leads to itself, so that a walk may go on from there."""

    feature: Ints
    threshold: Floats  # go left where the value is at most this
    child: Ints  # left and right of every node by turns
    value: Floats  # (nodes, outputs)
    roots: Ints

    def total(self, rows: Floats) -> NDArray[np.float64]:
        """Sum of the leaf values over all trees, (n, outputs), for float32 rows (n, features)."""
        found = np.empty((len(rows), self.value.shape[1]))
        for start in range(0, len(rows), ROWS):
            part = rows[start : start + ROWS]
            leaves = self._leaves(part).reshape(len(part), len(self.roots))
            # tree by tree for all rows: the same sums as row by row, added in longer strides
            found[start : start + ROWS] = self.value.take(leaves.T, axis=0).sum(axis=0, dtype=np.float64)
        return found

    def _leaves(self, rows: Floats) -> Ints:
        """The leaf that each row comes to in each tree, (n * trees,)."""
        flat, (count, width) = np.ascontiguousarray(rows).ravel(), rows.shape
        found = np.tile(self.roots, count)
        node, row = found, np.repeat(np.arange(count) * width, len(self.roots))
        left = np.arange(len(found))  # walks that haven't ended: half of a deep tree's rows are done early
        while len(left):
            for _ in range(STEPS):
                right = ~(flat.take(row + self.feature.take(node)) <= self.threshold.take(node))
                node = self.child.take(2 * node + right)
            found[left] = node
            on = np.flatnonzero(self.child.take(2 * node) != node)
            left, node, row = left[on], node[on], row[on]
        return found

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """What a file keeps, by names that begin with the prefix; children as their distance from their node, which
        compresses to half of what their places do."""
        feature, roots = self.feature.astype(np.uint16), self.roots.astype(np.int32)
        at = np.arange(len(feature))
        left, right = ((self.child[side::2] - at).astype(np.int32) for side in (0, 1))
        arrays: tuple[NDArray[Any], ...] = (feature, self.threshold, left, right, self.value, roots)
        return {f"{prefix}_{name}": array for name, array in zip(NAMES, arrays, strict=True)}


def from_arrays(stored: Any, prefix: str) -> Forest:
    """Build a forest from the arrays of a file; raises ValueError where they don't describe trees."""
    feature, threshold, left, right, value, roots = (stored[f"{prefix}_{name}"] for name in NAMES)
    nodes = len(feature)
    if not len(threshold) == len(left) == len(right) == len(value) == nodes or (roots < 0).any():
        raise ValueError("trees of unequal arrays")
    at = np.arange(nodes)
    left, right = at + left, at + right
    if (
        (left < at).any()
        or (right < at).any()
        or ((left == at) != (right == at)).any()
        or max(left.max(), right.max(), roots.max()) >= nodes
    ):
        raise ValueError("a tree that isn't one")
    return _forest(feature, threshold, left, right, value, roots)


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
    return _forest(feature, threshold, left, right, value, np.array(roots))


def _forest(
    feature: NDArray[Any],
    threshold: Floats,
    left: NDArray[Any],
    right: NDArray[Any],
    value: Floats,
    roots: NDArray[Any],
) -> Forest:
    """Children side by side, numbers as wide as numpy indexes by."""
    child = np.stack([left, right], axis=1).ravel().astype(np.intp)
    return Forest(feature.astype(np.intp), threshold, child, value, roots.astype(np.intp))


def _rounded_down(threshold: NDArray[np.float64]) -> Floats:
    """The largest float32 not above each: float32 values then compare as they do with the float64."""
    near = threshold.astype(np.float32)
    return np.where(near > threshold, np.nextafter(near, np.float32(-np.inf)), near)
