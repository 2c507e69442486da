"""The gate: the least a model must be, pinned with the digest of what it was measured on.

models/floors.json holds the floors. A floor is lowered only with a written reason, which stays in the file; a corpus
that isn't the one a floor was set on fails the gate instead of passing it by accident.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from classifier.atomic import replaced
from classifier.errors import ClassifierError
from classifier.judging import Figure

FORMAT = 1
SLACK = 0.5  # of an interval's worse half that a retrain may lose: one as good passes, one clearly worse doesn't
Direction = Literal["at_least", "at_most"]
WAYS: Mapping[str, Direction] = {"at_least": "at_least", "at_most": "at_most"}  # by the words of a file

# Lines that no floor may move: (part, what) -> the most or least that passes.
RED_LINES: Mapping[tuple[str, str], tuple[Direction, float]] = {
    ("protected", "flagged"): ("at_most", 0.0),
    ("mirror", "mean_signed_gap"): ("at_most", 0.01),
    ("mirror", "largest_gap"): ("at_most", 0.10),
    ("obfuscated", "same_outcome"): ("at_least", 0.95),
}
NEVER_WAIVED = frozenset({("protected", "flagged")})


class FloorsRefused(ClassifierError):
    """Floors that can't be read, or that may not be set."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a model: which part, what was measured, on which slice of which corpus.

    leans: of a gap told without its sign, the side ("a" or "b") that lies above the other; "" where neither does.
    """

    part: str
    what: str
    slice: str
    figure: Figure
    corpus: str
    direction: Direction = "at_least"
    leans: str = ""

    @property
    def signed(self) -> Figure:
        """A gap of a - b with its sign: what leans to b lies below 0."""
        value, low, high, n = self.figure.value, self.figure.low, self.figure.high, self.figure.n
        return Figure(-value, -high, -low, n) if self.leans == "b" else self.figure

    @property
    def key(self) -> str:
        """The name a floor is pinned to."""
        return f"{self.part}/{self.what}/{self.slice}@{self.corpus}"


def corpus_of(key: str) -> str:
    """The corpus that the name of a floor ends with; a file's own name may hold an @."""
    return key.partition("@")[2]


@dataclass(frozen=True, slots=True)
class Floor:
    """The least (or most) that a figure may be."""

    value: float
    direction: Direction = "at_least"

    def holds(self, value: float) -> bool:
        """Whether a value passes; what couldn't be measured doesn't."""
        if not math.isfinite(value):
            return False
        return value >= self.value - 1e-9 if self.direction == "at_least" else value <= self.value + 1e-9

    def stricter_than(self, other: "Floor") -> bool:
        """Whether this floor lets less through than another."""
        return self.value > other.value if self.direction == "at_least" else self.value < other.value


@dataclass(frozen=True, slots=True)
class Waiver:
    """A red line that a model doesn't reach yet: how far it may be off, and the reason, in writing."""

    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Floors:
    """All floors, the corpora they were measured on (sha256 by name), why any was lowered, and what is waived."""

    floors: Mapping[str, Floor]
    corpora: Mapping[str, str]
    lowered: tuple[Mapping[str, Any], ...] = ()
    waivers: Mapping[str, Waiver] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says: each failure, floors not measured for want of their corpus, red lines crossed by leave."""

    failures: tuple[str, ...]
    unmeasured: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the model may go live."""
        return not self.failures


def judge(measures: Sequence[Measure], floors: Floors, *, corpora: Mapping[str, str]) -> Verdict:
    """Hold figures against the red lines and the floors; corpora are the digests of what was measured on."""
    failures = [
        f"{name} isn't the corpus the floors were set on (sha256 {found[:12]}…, not {floors.corpora[name][:12]}…)."
        for name, found in sorted(corpora.items())
        if name in floors.corpora and floors.corpora[name] != found
    ]
    crossed = [(measure, sentence) for measure in measures if (sentence := _red_line(measure))]
    failures += [sentence for measure, sentence in crossed if not _waived(measure, floors)]
    waived = [f"{line} {floors.waivers[one.key].why}" for one, line in crossed if _waived(one, floors)]
    by_key = {measure.key: measure for measure in measures}
    unmeasured = []
    for key, floor in sorted(floors.floors.items()):
        measure = by_key.get(key)
        if measure is not None:
            if not _is_red_line(measure) and not floor.holds(measure.figure.value):
                failures.append(_below(measure, floor))
        elif corpus_of(key) in corpora:
            failures.append(f"{key} has a floor of {floor.value:.3f} and wasn't measured, though its corpus is there.")
        else:
            unmeasured.append(key)
    return Verdict(tuple(failures), tuple(unmeasured), tuple(waived))


def _is_red_line(measure: Measure) -> bool:
    return measure.slice == "all" and (measure.part, measure.what) in RED_LINES


def _waived(measure: Measure, floors: Floors) -> bool:
    """Whether a red line may be crossed as far as this, by a written leave; flagging protected texts never may."""
    waiver = floors.waivers.get(measure.key)
    if waiver is None or (measure.part, measure.what) in NEVER_WAIVED:
        return False
    return Floor(waiver.value, measure.direction).holds(measure.figure.value)


def waive(floors: Floors, measures: Iterable[Measure], *, why: str) -> Floors:
    """Floors with leave for the red lines that these figures cross, as far as they do and no farther; raises
    FloorsRefused without a reason."""
    if not why.strip():
        raise FloorsRefused("A red line is waived only with a reason (--why).")
    crossed = [m for m in measures if _red_line(m) and (m.part, m.what) not in NEVER_WAIVED]
    given = {m.key: Waiver(_edge(m), why) for m in crossed if math.isfinite(m.figure.value)}
    return replace(floors, waivers={**floors.waivers, **given})


def _edge(measure: Measure) -> float:
    """A figure rounded to the side that still lets it through."""
    up = measure.direction == "at_most"
    return (math.ceil if up else math.floor)(measure.figure.value * 1000) / 1000


def _red_line(measure: Measure) -> str:
    if not _is_red_line(measure):
        return ""
    direction, limit = RED_LINES[measure.part, measure.what]
    if Floor(limit, direction).holds(measure.figure.value):
        return ""
    words = "at least" if direction == "at_least" else "at most"
    return (
        f"Red line: {measure.part} {measure.what} on {measure.corpus} is {measure.figure.value:.4g},"
        f" {words} {limit:.4g} passes."
    )


def _below(measure: Measure, floor: Floor) -> str:
    words = "below its floor" if floor.direction == "at_least" else "above its ceiling"
    return f"{measure.key} is {measure.figure.value:.4f}, {words} of {floor.value:.4f} ({measure.figure})."


def raised(
    old: Floors, measures: Iterable[Measure], *, corpora: Mapping[str, str], why: str = "", at: str = ""
) -> Floors:
    """New floors from a model's figures: the value less SLACK of its interval's lower half.

    Without a reason floors only rise, new ones are added and a corpus stays what it was; raises FloorsRefused when a
    corpus with floors has changed. With a reason they are set as measured, and the reason is kept. A waiver ends where
    its red line holds, which is noted too.
    """
    measures, why = list(measures), why.strip()
    wanted = {m.key: _floor(m) for m in measures if math.isfinite(m.figure.value)}
    lower = [key for key, floor in wanted.items() if key in old.floors and old.floors[key].stricter_than(floor)]
    changed = [name for name, found in corpora.items() if old.corpora.get(name, found) != found]
    if changed and not why:
        raise FloorsRefused(f"{changed[0]} has changed since the floors were set; say why they are set anew (--why).")
    kept, lower = ({}, lower) if why else ({key: old.floors[key] for key in lower}, [])
    dropped = [key for key in old.floors if corpus_of(key) in changed and key not in wanted]
    ended = [m.key for m in measures if m.key in old.waivers and not _red_line(m)]
    note = {
        "at": at, "why": why, "corpora": sorted(changed), "dropped": sorted(dropped),
        "floors": {key: [old.floors[key].value, wanted[key].value] for key in sorted(lower)}, "waivers": sorted(ended),
    }  # fmt: skip
    held = {key: floor for key, floor in old.floors.items() if key not in dropped}
    waivers = {key: one for key, one in old.waivers.items() if key not in ended}
    lowered = (*old.lowered, note) if lower or changed or ended else old.lowered
    return Floors({**held, **wanted, **kept}, {**old.corpora, **corpora}, lowered, waivers)


def renewed(own: Floors, shipped: Floors, *, corpora: Mapping[str, str]) -> Floors:
    """Floors of a home, but of a corpus that ships and came new or anew with an upgrade those that ship with it; what
    is lost by that is noted, as what is lowered for a reason is."""
    anew = {name for name, found in corpora.items() if own.corpora.get(name) != found == shipped.corpora.get(name)}
    if not anew:
        return own
    held = {key: one for key, one in own.floors.items() if corpus_of(key) not in anew}
    came = {key: one for key, one in shipped.floors.items() if corpus_of(key) in anew}
    lower = [key for key, one in came.items() if key in own.floors and own.floors[key].stricter_than(one)]
    note = {
        "at": "", "why": "came with an upgrade", "corpora": sorted(anew),
        "dropped": sorted(own.floors.keys() - held.keys() - came.keys()),
        "floors": {key: [own.floors[key].value, came[key].value] for key in sorted(lower)}, "waivers": [],
    }  # fmt: skip
    waivers = {key: one for key, one in own.waivers.items() if corpus_of(key) not in anew}
    waivers |= {key: one for key, one in shipped.waivers.items() if corpus_of(key) in anew}
    now = {**own.corpora, **{name: corpora[name] for name in anew}}
    return Floors(held | came, now, (*own.lowered, note), waivers)


def _floor(measure: Measure) -> Floor:
    """Where the floor of a figure lies; that of a red line is the line."""
    if _is_red_line(measure):
        direction, limit = RED_LINES[measure.part, measure.what]
        return Floor(limit, direction)
    value, low, high = measure.figure.value, measure.figure.low, measure.figure.high
    if measure.direction == "at_most":
        return Floor(round(value + SLACK * max(high - value, 0.0), 4), "at_most")
    return Floor(round(value - SLACK * max(value - low, 0.0), 4), "at_least")


def read(path: Path) -> Floors:
    """Floors of a file, none where there is no file; raises FloorsRefused when it can't be read."""
    if not path.exists():
        return Floors({}, {})
    try:
        return parse(path.read_text(encoding="utf-8"), name=path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise FloorsRefused(f"{path.name} can't be read ({type(error).__name__}); bring it back from git.") from None


def parse(text: str, *, name: str) -> Floors:
    """Floors of a file's text; raises FloorsRefused when it isn't what write() writes."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise FloorsRefused(f"{name} was written by another version of Soi; upgrade Soi.")
        floors = {key: Floor(float(one["value"]), WAYS[one["direction"]]) for key, one in told["floors"].items()}
        waivers = {key: Waiver(float(one["value"]), str(one["why"])) for key, one in told["waivers"].items()}
        return Floors(floors, dict(told["corpora"]), tuple(told["lowered"]), waivers)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FloorsRefused(f"{name} can't be read ({type(error).__name__}); bring it back from git.") from None


def write(path: Path, floors: Floors) -> None:
    """Floors as a file whose lines stay in order, so that a change shows in a diff; whole or not at all."""
    told = {
        "format": FORMAT, "corpora": dict(sorted(floors.corpora.items())),
        "floors": {key: asdict(floor) for key, floor in sorted(floors.floors.items())},
        "waivers": {key: asdict(one) for key, one in sorted(floors.waivers.items())},
        "lowered": list(floors.lowered),
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced(path) as unfinished:
        unfinished.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
