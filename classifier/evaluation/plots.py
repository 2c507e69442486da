"""Pictures of how a model does: precision and recall, reliability, confusion, slices, learning (the research extra)."""

import io
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from classifier.errors import ClassifierError, install
from classifier.evaluation.gate import Measure
from classifier.intervals import wilson
from classifier.judging import reliability
from classifier.learning.curve import Point


class PlotsMissing(ClassifierError):
    """matplotlib isn't installed."""


def _drawn(draw: Callable[[Any], None], *, width: float = 5.0, height: float = 4.0) -> str:
    """An SVG of one pair of axes; the same figures give the same text."""
    try:
        import matplotlib
    except ImportError:
        raise PlotsMissing(f"Plots need the research extra; {install('research')}.") from None
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "soi", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.add_subplot())
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def precision_recall(truth: Any, p: Any, *, of: str) -> str:
    """Precision against recall over all thresholds, as SVG; `of` is what was asked, for the title."""
    from sklearn.metrics import average_precision_score, precision_recall_curve

    precision, recall, _ = precision_recall_curve(truth, p)

    def draw(axes: Any) -> None:
        axes.step(recall, precision, where="post")
        axes.axhline(np.mean(truth), linestyle=":", color="grey")  # what chance reaches
        axes.set(xlabel="recall", ylabel="precision", xlim=(0, 1), ylim=(0, 1.02))
        axes.set_title(f"{of}\naverage precision {average_precision_score(truth, p):.3f}, n={len(truth)}")

    return _drawn(draw)


def reliability_diagram(truth: Any, p: Any, *, of: str) -> str:
    """What was said against what was true, by tenths, each with its interval, as SVG: few rows show little."""
    found = reliability(truth, p)
    spans = np.array([wilson(one.true * one.n, one.n) for one in found]).T

    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
        said, true = (np.array([getattr(one, name) for one in found]) for name in ("said", "true"))
        off = np.clip([true - spans[0], spans[1] - true], 0, None)
        axes.errorbar(said, true, yerr=off, marker="o", linestyle="", capsize=3)
        for one in found:
            axes.annotate(str(one.n), (one.said, one.true), textcoords="offset points", xytext=(4, -9), fontsize=7)
        axes.set(xlabel="probability said", ylabel="share that is so", xlim=(0, 1), ylim=(0, 1.02))
        axes.set_title(f"{of}\nreliability by tenths, with 95 % intervals, n={len(truth)}")

    return _drawn(draw)


def confusion(truth: Sequence[str], said: Sequence[str], labels: Sequence[str], *, of: str) -> str:
    """Counts of truth against what was said, as SVG."""
    pairs = Counter(zip(truth, said, strict=True))
    counts = np.array([[pairs[row, column] for column in labels] for row in labels])

    def draw(axes: Any) -> None:
        axes.imshow(counts, cmap="Blues")
        axes.set_xticks(range(len(labels)), labels, rotation=30, ha="right")
        axes.set_yticks(range(len(labels)), labels)
        axes.set(xlabel="said", ylabel="true", title=f"{of}: confusion, n={len(truth)}")
        for (row, column), n in np.ndenumerate(counts):
            axes.text(column, row, str(n), ha="center", va="center", color="white" if n > counts.max() / 2 else "black")

    return _drawn(draw)


def slices(measures: Sequence[Measure]) -> str:
    """Figures with their intervals, one line each, as SVG; a count has no place among shares."""
    shown = [m for m in measures if np.isfinite(m.figure.value) and not m.figure.high > 1]

    def draw(axes: Any) -> None:
        places = np.arange(len(shown))[::-1]
        values = np.array([m.figure.value for m in shown])
        spans = np.abs(np.array([[m.figure.low, m.figure.high] for m in shown]).T.reshape(2, -1) - values)
        axes.errorbar(values, places, xerr=np.nan_to_num(spans), fmt="o", markersize=3, capsize=2)
        axes.set_yticks(places, [f"{m.part} {m.what} ({m.slice}) @ {m.corpus}" for m in shown])
        axes.set(title="figures with 95 % intervals", ylim=(-1, max(len(shown), 1)))
        axes.tick_params(axis="x", top=True, labeltop=True)  # a page or two above the lower ones
        axes.grid(axis="x", alpha=0.3)

    return _drawn(draw, width=8.5, height=1.2 + 0.22 * len(shown))


def learning_curve(points: Sequence[Point]) -> str:
    """Figures against texts learned from, one line a figure with its 95 % band, as SVG."""
    lines = list(dict.fromkeys((one.part, one.what) for one in points))

    def draw(axes: Any) -> None:
        for part, what in lines:
            mine = [one for one in points if (one.part, one.what) == (part, what)]
            texts = [one.texts for one in mine]
            axes.plot(texts, [one.figure.value for one in mine], marker="o", markersize=3, label=f"{part} {what}")
            axes.fill_between(texts, [one.figure.low for one in mine], [one.figure.high for one in mine], alpha=0.15)
        axes.set(xlabel="texts learned from", ylabel="figure, texts never seen", xlim=(0, None), title="learning curve")
        axes.legend(loc="lower right")

    return _drawn(draw)
