"""How a line of the benchmarks is measured: a ratio in one run, the median of several rounds, and the noise."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"  # the team's data, beside the checkout
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One measured line: what, the figure, its spread over the rounds, what it should reach, and a remark."""

    name: str
    value: float
    unit: str = "×"
    noise: float = 0.0  # half the spread between the quartiles, as a share of the median
    reach: float | None = None
    least: bool = True  # reach is the least wanted; False: the most
    note: str = ""

    @property
    def held(self) -> bool:
        """Whether the figure reaches what it should; True when nothing was asked."""
        return self.reach is None or (self.value >= self.reach if self.least else self.value <= self.reach)

    def __str__(self) -> str:
        asked = "" if self.reach is None else f"  {'≥' if self.least else '≤'} {self.reach:g} {self.mark}"
        return f"{self.name:<58} {self.value:>10,.2f} {self.unit:<8} ±{self.noise:>4.0%}{asked}  {self.note}".rstrip()

    @property
    def mark(self) -> str:
        """✓ where the figure is reached, ✗ where it isn't."""
        return "✓" if self.held else "✗"


def seconds(work: Callable[[], Any]) -> float:
    """Processor seconds of one call: what others do on the machine at the same time counts little."""
    start = time.process_time()
    work()
    return time.process_time() - start


def of_samples(name: str, samples: Sequence[float], **more: Any) -> Line:
    """A line from the figures of several rounds."""
    middle = statistics.median(samples)
    quarters = statistics.quantiles(samples, n=4) if len(samples) > 1 else [middle] * 3
    return Line(name, middle, noise=(quarters[2] - quarters[0]) / 2 / middle if middle else 0.0, **more)
