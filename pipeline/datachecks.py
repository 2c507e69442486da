"""What is wrong with a data set before it teaches anything: copies, leaks between its parts, labels that look wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from classifier import fingerprint
from pipeline.datasets import SetRow, key

SHOWN = 20  # examples kept of each finding
MOST_IN_BAND = 200  # rows sharing a band beyond this are boilerplate; comparing them all would take for ever
MOST_WORDS = 300
GAIN = 0.1  # of the rows more are right by guessing from the source: then a model can learn the source instead


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its name, how many rows it concerns, a sentence, and ids of examples."""

    what: str  # exact_copies, near_copies, conflicting_labels, shared_groups, told_by_source, later_in_train, …
    n: int
    sentence: str
    examples: tuple[tuple[str, ...], ...] = ()


def check(rows: Sequence[SetRow], *, noise: bool = True, seed: int = 0) -> list[Finding]:
    """Every check that the columns of a set allow; only findings that concern at least one row."""
    found = [_copies(rows), _conflicts(rows), _near(rows), _groups(rows), _sources(rows), _time(rows)]
    if noise:
        found.append(doubtful(rows, seed=seed))
    return [one for one in found if one.n]


def _across(ids: Iterable[tuple[str, str]]) -> bool:
    return len({part for _, part in ids if part}) > 1


def _copies(rows: Sequence[SetRow]) -> Finding:
    """The same text (and evidence) in two parts."""
    same: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        same[key(f"{row.text}\n{row.evidence}")].append((row.id, row.part))
    leaking = [ids for ids in same.values() if _across(ids)]
    n = sum(map(len, leaking))
    return Finding("exact_copies", n, f"{n} rows have an exact copy in another part.", _examples(leaking))


def _conflicts(rows: Sequence[SetRow]) -> Finding:
    """The same text with two labels."""
    same: dict[str, list[SetRow]] = defaultdict(list)
    for row in rows:
        if row.label:
            same[key(f"{row.text}\n{row.evidence}")].append(row)
    split = [[(row.id, row.part) for row in held] for held in same.values() if len({row.label for row in held}) > 1]
    n = sum(map(len, split))
    return Finding("conflicting_labels", n, f"{n} rows say the same and are labelled differently.", _examples(split))


def _near(rows: Sequence[SetRow]) -> Finding:
    """Nearly the same text in two parts: by shared near-duplicate keys, then by the words themselves."""
    held: dict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for band in fingerprint.bands(row.text):
            held[band].append(at)
    pairs: set[tuple[int, int]] = set()
    for members in held.values():
        if 1 < len(members) <= MOST_IN_BAND:
            pairs.update((a, b) for i, a in enumerate(members) for b in members[i + 1 :] if _parted(rows[a], rows[b]))
    near = [(a, b) for a, b in sorted(pairs) if fingerprint.similar(rows[a].text, rows[b].text) >= fingerprint.NEAR]
    n = len({at for pair in near for at in pair})
    examples = tuple((rows[a].id, rows[b].id) for a, b in near[:SHOWN])
    return Finding("near_copies", n, f"{n} rows have a near copy in another part.", examples)


def _parted(one: SetRow, two: SetRow) -> bool:
    return bool(one.part and two.part) and one.part != two.part and key(one.text) != key(two.text)


def _groups(rows: Sequence[SetRow]) -> Finding:
    """Rows of one article, cluster or premise on both sides of a split."""
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        if row.group and row.group not in ("unknown", "-1"):
            held[row.group].append((row.id, row.part))
    leaking = [ids for ids in held.values() if _across(ids)]
    n = sum(map(len, leaking))
    return Finding(
        "shared_groups", n, f"{n} rows share their article or cluster with another part.", _examples(leaking)
    )


def _sources(rows: Sequence[SetRow]) -> Finding:
    """Labels that the other rows of the same source give away: what import refuses, in a weaker degree."""
    told = [row for row in rows if row.source and row.label]
    usual = Counter(row.label for row in told)
    by_source: dict[str, Counter[str]] = defaultdict(Counter)
    for row in told:
        by_source[row.source][row.label] += 1
    right = [row for row in told if _usual(by_source[row.source], row.label) == row.label]
    plain = sum(_usual(usual, row.label) == row.label for row in told)
    if not told or (len(right) - plain) / len(told) < GAIN:
        return Finding("told_by_source", 0, "")
    sentence = (
        f"{len(right)} of {len(told)} labels can be told from the source alone, {plain} without it; a model that sees"
        " the source's manner would learn who publishes."
    )
    return Finding("told_by_source", len(right), sentence, tuple((row.id, row.source) for row in right[:SHOWN]))


def _usual(counts: Counter[str], own: str) -> str:
    """The commonest label of the others: a row's own doesn't count; "" where there is no other."""
    others = counts - Counter({own: 1})
    return max(sorted(others), key=lambda label: others[label], default="")


def _time(rows: Sequence[SetRow]) -> Finding:
    """Training rows that are younger than the youngest test row's start: they tell of a future that wasn't known."""
    stamped = [(row, moment) for row in rows if (moment := _moment(row.time)) is not None]
    tested = [moment for row, moment in stamped if row.part in ("test", "dev", "validation", "valid")]
    if not tested:
        return Finding("later_in_train", 0, "")
    begins = min(tested)
    late = [row.id for row, moment in stamped if row.part == "train" and moment > begins]
    sentence = f"{len(late)} training rows are later than the first row they are tested on."
    return Finding("later_in_train", len(late), sentence, tuple((one,) for one in late[:SHOWN]))


def _moment(time: str) -> float | None:
    from datetime import UTC, datetime

    try:
        return float(time)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def doubtful(rows: Sequence[SetRow], *, seed: int = 0, folds: int = 5) -> Finding:
    """Labels that a plain model, which never saw them, is sure are another one (cleanlab's confident learning)."""
    told = [row for row in rows if row.label]
    counts = Counter(row.label for row in told)
    if len(counts) < 2 or min(counts.values()) < folds:
        return Finding("doubtful_labels", 0, "")
    try:
        from cleanlab.filter import find_label_issues
    except ImportError:
        return Finding("doubtful_labels", len(told), "Not looked for: that needs cleanlab; install soi[research].")
    import numpy as np

    names = sorted(counts)
    labels = np.array([names.index(row.label) for row in told])
    said = _out_of_fold(told, labels, seed=seed, folds=folds)
    ranked = find_label_issues(labels, said, return_indices_ranked_by="self_confidence", n_jobs=1)
    examples = tuple((told[at].id, told[at].label, names[int(said[at].argmax())]) for at in ranked[:SHOWN])
    return Finding(
        "doubtful_labels", len(ranked),
        f"{len(ranked)} labels look wrong to a model that never saw them; read them before you train.", examples,
    )  # fmt: skip


def _out_of_fold(told: Sequence[SetRow], labels: Any, *, seed: int, folds: int) -> Any:
    """Probabilities of each row by a model fitted on the other folds; rows of a group stay together where known."""
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict

    texts = [" ".join(f"{row.text} {row.evidence}".split()[:MOST_WORDS]) for row in told]
    matrix = HashingVectorizer(ngram_range=(1, 2), n_features=1 << 17, alternate_sign=False).fit_transform(texts)
    groups = [row.group or row.id for row in told]
    grouped = len(set(groups)) >= folds * 4 and len(set(groups)) < len(groups)
    split = GroupKFold(folds) if grouped else StratifiedKFold(folds, shuffle=True, random_state=seed)
    model = LogisticRegression(C=4.0, max_iter=200)
    return cross_val_predict(
        model, matrix, labels, groups=groups if grouped else None, cv=split, method="predict_proba"
    )


def _examples(found: Sequence[Sequence[tuple[str, str]]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(f"{part or '-'}:{one}" for one, part in ids[:4]) for ids in found[:SHOWN])
