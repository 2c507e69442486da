"""What is wrong with a data set before it teaches anything: copies, leaks between its parts, labels given away."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from classifier.text import fingerprint
from pipeline.records import zoned
from pipeline.research.datasets import CHECKED, SetRow, key, teaches
from pipeline.research.findings import GAIN, NO_GROUP, Finding, Found, name_of

DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,].*)?")  # as days are written in Vietnam
MOST_IN_BAND = 200  # rows sharing a band beyond this are boilerplate; comparing them all would take for ever

Progress = Callable[[str, int, int], None]


def check(rows: Sequence[SetRow], *, noise: bool = True, on_step: Progress | None = None) -> list[Finding]:
    """Every check in its order: with rows where something was found, with a sentence alone where it wasn't made."""
    from pipeline.research import datanoise

    checks: list[Callable[[], Finding]] = [
        lambda: copies(rows), lambda: repeats(rows), lambda: ids(rows), lambda: near_copies(rows),
        lambda: conflicts(rows), lambda: groups(rows), lambda: told_by_source(rows), lambda: later_in_train(rows),
        lambda: datanoise.told_by_claim(rows),
    ]  # fmt: skip
    checks += [lambda: datanoise.doubtful(rows)] if noise else []
    found = []
    for at, one in enumerate(checks):
        found.append(one())
        if on_step:
            on_step(found[-1].what, at + 1, len(checks))
    return found


def keep(place: Path, found: Sequence[Finding], *, digest: str) -> None:
    """Keep what was found beside the set's card, which then tells it."""
    told = {"digest": digest, "found": {one.what: one.sentence for one in found if one.n}}
    told["clean"] = [one.what for one in found if one.made and not one.n]
    (place / CHECKED).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _unparted(what: str, rows: Sequence[SetRow]) -> Finding | None:
    """A check between parts that can't be made."""
    if not all(teaches(row.part) for row in rows):
        return None
    return Finding(what, (), "no part of the set is measured on (--map part=COLUMN).")


def _leaks(held: Iterable[list[SetRow]], why: str) -> tuple[Found, ...]:
    """Rows of the parts measured on that stand in one group with a row of another part, or of none."""
    return tuple(
        Found(row, f"{why} {name_of(other)}")
        for members in held
        for row, other in _apart(members, "part")
        if not teaches(row.part)
    )


def _apart(rows: Sequence[SetRow], name: str) -> Iterator[tuple[SetRow, SetRow]]:
    """Each row with the first that differs from it in its part, or label; none where all are of one."""
    first: dict[str, SetRow] = {}
    for row in rows:
        first.setdefault(getattr(row, name), row)
    for row in rows:
        other = next((one for held, one in first.items() if held != getattr(row, name)), None)
        if other is not None:
            yield row, other


def _alike(rows: Sequence[SetRow]) -> list[list[SetRow]]:
    """Rows of the same text and evidence together, where there are several."""
    same: dict[str, list[SetRow]] = defaultdict(list)
    for row in rows:
        same[_key(row)].append(row)
    return [members for members in same.values() if len(members) > 1]


def _key(row: SetRow) -> str:
    return key(f"{row.text}\n{row.evidence}")


def copies(rows: Sequence[SetRow]) -> Finding:
    """The same text (and evidence) in two parts."""
    what = "exact_copies"
    if (skipped := _unparted(what, rows)) is not None:
        return skipped
    found = _leaks(_alike(rows), "the same as")
    return Finding(
        what, found, f"{len(found)} rows that are measured on stand in another part too, word for word.",
        "Leave them out of what you measure on: they ask what was learned by heart.",
    )  # fmt: skip


def repeats(rows: Sequence[SetRow]) -> Finding:
    """The same text (and evidence) again within a part; what is learned from is one."""
    found = []
    for members in _alike(rows):
        first: dict[str, SetRow] = {}
        for row in members:
            part = "" if teaches(row.part) else row.part
            if part in first:
                found.append(Found(row, f"the same as {name_of(first[part])}"))
            first.setdefault(part, row)
    return Finding(
        "repeated_rows", tuple(found), f"{len(found)} rows repeat an earlier one of their part.",
        "Keep one of each, or it counts as often as it stands there.",
    )  # fmt: skip


def ids(rows: Sequence[SetRow]) -> Finding:
    """One id for several rows of a part: findings, and whoever corrects them, can't tell these apart."""
    times = Counter(map(name_of, rows))
    found = [Found(row, f"one of {times[name_of(row)]} rows so called") for row in rows if times[name_of(row)] > 1]
    return Finding(
        "repeated_ids", tuple(found), f"{len(found)} rows share their id with another of their part.",
        "Give each an id of its own, or name another column (--map id=COLUMN), and import the set again.",
    )  # fmt: skip


def near_copies(rows: Sequence[SetRow]) -> Finding:
    """Nearly the same text in two parts: by shared near-duplicate keys, then by the words themselves."""
    what = "near_copies"
    if (skipped := _unparted(what, rows)) is not None:
        return skipped
    held: dict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for band in fingerprint.bands(row.text):
            held[band].append(at)
    pairs: set[tuple[int, int]] = set()
    for members in held.values():
        if 1 < len(members) <= MOST_IN_BAND:
            pairs.update((a, b) for i, a in enumerate(members) for b in members[i + 1 :] if _parted(rows[a], rows[b]))
    found: dict[int, Found] = {}
    for a, b in sorted(pairs):
        alike = fingerprint.similar(rows[a].text, rows[b].text)
        if alike >= fingerprint.NEAR:
            for one, two in ((a, b), (b, a)):
                if not teaches(rows[one].part):
                    found.setdefault(one, Found(rows[one], f"{alike:.0%} the same as {name_of(rows[two])}"))
    return Finding(
        what, tuple(found.values()), f"{len(found)} rows that are measured on nearly stand in another part too.",
        "Leave them out of what you measure on, or put each family of copies into one part.",
    )  # fmt: skip


def _parted(one: SetRow, two: SetRow) -> bool:
    """Whether two rows, one of them measured on, stand in two parts and aren't exact copies."""
    measured = not (teaches(one.part) and teaches(two.part))
    return measured and one.part != two.part and _key(one) != _key(two)


def conflicts(rows: Sequence[SetRow]) -> Finding:
    """The same text (and evidence) with two labels."""
    found = tuple(
        Found(row, f"labelled {row.label}; {name_of(other)} says {other.label}")
        for members in _alike([row for row in rows if row.label])
        for row, other in _apart(members, "label")
    )
    return Finding(
        "conflicting_labels", found, f"{len(found)} rows say the same and are labelled differently.",
        "Read them and keep one label, or leave both out.",
    )  # fmt: skip


def groups(rows: Sequence[SetRow]) -> Finding:
    """Rows of one article, cluster or premise on both sides of a split; a pair without one is of its passage."""
    what = "shared_groups"
    if (skipped := _unparted(what, rows)) is not None:
        return skipped
    held: dict[str, list[SetRow]] = defaultdict(list)
    for row in rows:
        if family := row.evidence if row.group in NO_GROUP else row.group:
            held[family].append(row)
    if not held:
        return Finding(what, (), "no column names the article or cluster of a row (--map group=COLUMN).")
    found = _leaks(held.values(), "of one group with")
    return Finding(
        what, found, f"{len(found)} rows that are measured on share their article or cluster with another part.",
        "Split by that column instead: figures on these rows are too good.",
    )  # fmt: skip


def told_by_source(rows: Sequence[SetRow]) -> Finding:
    """Labels that the other rows of the same source give away: what import refuses, in a weaker degree."""
    what = "told_by_source"
    told = [row for row in rows if row.source and row.label]
    if not told:
        return Finding(what, (), "no column names the outlet or page of a labelled row (--map source=COLUMN).")
    usual = Counter(row.label for row in told)
    by_source: dict[str, Counter[str]] = defaultdict(Counter)
    for row in told:
        by_source[row.source][row.label] += 1
    right = [row for row in told if _usual(by_source[row.source], row.label) == row.label]
    plain = sum(_usual(usual, row.label) == row.label for row in told)
    if (len(right) - plain) / len(told) < GAIN:
        return Finding(what)
    return Finding(
        what, tuple(Found(row, f"labelled {row.label}, as {row.source} usually is") for row in right),
        f"{len(right)} of {len(told)} labels can be told from the source alone, {plain} without it; a model that sees"
        " the source's manner would learn who publishes.",
        "Don't learn from this label; or take as many rows of each label from every source.",
    )  # fmt: skip


def _usual(counts: Counter[str], own: str) -> str:
    """The commonest label of the others: a row's own doesn't count; "" where there is no other."""
    others = counts - Counter({own: 1})
    return max(sorted(others), key=lambda label: others[label], default="")


def later_in_train(rows: Sequence[SetRow]) -> Finding:
    """Training rows that are younger than the first row measured on: they tell of a future that wasn't known."""
    what = "later_in_train"
    if (skipped := _unparted(what, rows)) is not None:
        return skipped
    unread = next((row.time for row in rows if row.time.strip() and _moment(row.time) is None), "")
    unread = f" '{unread[:40]}' is no day as 2025-01-20 or 20/01/2025." if unread else ""
    stamped = [(row, moment) for row in rows if (moment := _moment(row.time)) is not None]
    tested = [moment for row, moment in stamped if not teaches(row.part)]
    if not tested:
        return Finding(what, (), f"no row that is measured on tells its time (--map time=COLUMN).{unread}")
    begins = min(tested)
    late = tuple(Found(row, row.time) for row, moment in stamped if teaches(row.part) and moment > begins)
    if unread and not late:
        return Finding(what, (), f"not every time can be read, and none of those that can is late.{unread}")
    return Finding(
        what, late, f"{len(late)} training rows are later than the first row they are tested on.{unread}",
        "Split by time: a model in use never knows what comes after.",
    )  # fmt: skip


def _moment(time: str) -> float | None:
    with suppress(ValueError):
        return float(time)
    if day := DAY_FIRST.fullmatch(time.strip()):
        time = f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}"
    with suppress(ValueError):
        return zoned(datetime.fromisoformat(time.strip())).timestamp()
    return None
