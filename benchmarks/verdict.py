"""The verdict: with gold and with found evidence, without diacritics, on another data set, and the time it takes.

Run as `python -m benchmarks.verdict [model folder] [--ablation]` with the team's ../shared beside the checkout.
"""

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_curve, roc_auc_score

from benchmarks import world
from benchmarks.measure import SHARED
from benchmarks.retrieval import articles, pool
from classifier.checking.repeats import RefutedClaim, RefutedClaims
from classifier.comparison.alignment import features_of
from classifier.comparison.groups import GENERAL
from classifier.entailment.verdict import LABELS, VerdictModel, load_with
from classifier.evidence.choose import choose
from classifier.evidence.retrieval import PassageIndex
from classifier.judging import bootstrap, calibration_error, macro_f1
from classifier.loading import load_lexicon
from classifier.text import fold, normalise

Floats = NDArray[np.float64]


def report(name: str, labels: Sequence[str], proba: Floats) -> float:
    """Print macro-F1 with a bootstrap interval, AUC, calibration, and what a high p(refuted) is worth."""
    y = np.array([LABELS.index(label) for label in labels])
    f1 = bootstrap(macro_f1, y, proba.argmax(axis=1))
    settled = y != 2
    auc = roc_auc_score(y[settled] == 1, (proba[:, 1] / (proba[:, 0] + proba[:, 1]))[settled])
    precision, recall, _ = precision_recall_curve(y == 1, proba[:, 1])
    best, width = precision[recall >= 0.35].max(), recall[precision >= 0.8].max()
    high_p = proba[:, 1] >= 0.8
    print(f"{name}, n={len(y)}: macro-F1 {f1.value:.3f} [{f1.span}], AUC refuted/supported {auc:.3f}")
    print(
        f"  ECE of p(refuted) {calibration_error(y == 1, proba[:, 1]):.3f}; at recall 0.35 precision {best:.2f}, ",
        end="",
    )
    print(f"at precision 0.8 recall {width:.2f}; p >= 0.8: precision {(y[high_p] == 1).mean():.2f}, ", end="")
    print(f"recall {(high_p & (y == 1)).sum() / (y == 1).sum():.2f}")
    return f1.value


def found(model: VerdictModel, index: PassageIndex, dev: pd.DataFrame, *, own: bool) -> Floats:
    """Probabilities with the evidence found among news and all quoted passages, with or without the row's own."""
    pairs = []
    for row in dev.itertuples():
        hits = [h for h in index.search(str(row.statement), 20) if own or h.passage.eid != f"row:{row.Index}"]
        pairs.append((str(row.statement), choose(str(row.statement), hits).text))
    return model.predict_proba(pairs)


def other_set() -> pd.DataFrame:
    """Generated answers about encyclopedia passages, which the model never saw the like of."""
    table = pd.read_csv(SHARED / "datasets" / "vihallu.csv.gz").sample(800, random_state=0)
    names = {"SUPPORTED": "supported", "REFUTED": "refuted", "NEI": "not_enough_info"}
    return table.assign(
        label=table["verdict"].map(names),
        claim=table["claim"].map(normalise),
        evidence=table["evidence"].map(normalise),
    )


def ablation(model: VerdictModel, table: pd.DataFrame) -> None:
    """Print macro-F1 of boosted trees, cross-validated by article, as groups are added and left out."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.model_selection import GroupKFold, cross_val_predict

    train = table[table["part"] == "train"]
    rows, _ = model.read(list(zip(train["statement"], train["evidence"], strict=True)))
    y = np.array([LABELS.index(label) for label in train["label"]])
    folds = list(GroupKFold(5, shuffle=True, random_state=1).split(rows, y, train["url"]))
    every = features_of(model.extras)
    groups = [*GENERAL, *model.extras]
    columns = {group.name: [every.index(name) for name in group.features] for group in groups}

    def score(names: Sequence[str]) -> str:
        kept = rows[:, [at for name in names for at in columns[name]]]
        trees = HistGradientBoostingClassifier(
            max_iter=150, learning_rate=0.06, max_leaf_nodes=12, max_features=0.3, random_state=0
        )
        proba = cross_val_predict(trees, kept, y, cv=folds, method="predict_proba")
        both = y != 2
        auc = roc_auc_score(y[both] == 1, (proba[:, 1] / (proba[:, 0] + proba[:, 1]))[both])
        return f"macro-F1 {macro_f1(y, proba.argmax(axis=1)):.3f}, AUC {auc:.3f}"

    names = [group.name for group in groups]
    for at in range(len(names)):
        without = [name for name in names if name != names[at]]
        print(f"  up to {names[at]:9} {score(names[: at + 1])};  all but {names[at]:9} {score(without)}")


def repeats(model: VerdictModel, table: pd.DataFrame, dev: pd.DataFrame) -> None:
    """Print how often a known claim is found first again: from copies with errors, and from the words of its source."""
    rows = [RefutedClaim(f"row:{row.Index}", str(row.statement), "independent") for row in table.itertuples()]
    known = RefutedClaims.build(rows, verdict=model)
    draw = random.Random(0)
    picked = dev.sample(200, random_state=0)
    copies = [(f"row:{row.Index}", _worn(str(row.statement), draw)) for row in picked.itertuples()]
    told = dev[dev["label"] == "supported"].sample(150, random_state=0)
    retold = [(f"row:{row.Index}", str(row.evidence)) for row in told.itertuples()]
    true = table[table["label"] == "supported"]
    article = {f"row:{row.Index}": row.url for row in true.itertuples()}
    for name, queries in (("copies with errors", copies), ("in the words of the evidence", retold)):
        found = [(known.match(query, k=1), eid) for eid, query in queries]
        first = [bool(one) and one[0].eid == eid for one, eid in found]
        like = [bool(one) and article.get(one[0].eid, "") == article.get(eid) for one, eid in found]
        print(f"known claim found first, {name}, n={len(first)} among {len(table)}: {np.mean(first):.3f}; "
              f"it or another true one of its article: {np.mean(np.logical_or(first, like)):.3f}")  # fmt: skip


def _worn(text: str, draw: random.Random) -> str:
    """A copy with a tenth of the words lost, swapped or without diacritics, and all of them in one copy of three."""
    words = text.split()
    for _ in range(max(1, len(words) // 10)):
        at = draw.randrange(len(words) - 1)
        one, two = words[at : at + 2]
        words[at : at + 2] = draw.choice([(two, one), ("", two), (fold(one), two)])
    worn = " ".join(words)
    return fold(worn) if draw.random() < 1 / 3 else worn


def speed(model: VerdictModel, pairs: Sequence[tuple[str, str]]) -> None:
    """Print the time of a pair, in a batch and alone, and of the models without the reading."""
    model.predict_proba(pairs[:50])
    start = time.perf_counter()
    read = model.read(pairs)
    middle = time.perf_counter()
    model.proba_read(read)
    end = time.perf_counter()
    alone = time.perf_counter()
    for pair in pairs[:100]:
        model.predict_proba([pair])
    last = time.perf_counter()
    n = len(pairs)
    print(f"reading and features {(middle - start) / n * 1e6:.0f} us a pair, models {(end - middle) / n * 1e6:.0f} us; "
          f"one pair alone {(last - alone) * 1e4:.0f} us")  # fmt: skip


def main() -> None:
    """Everything but the ablation; that too where asked for."""
    folder = next((Path(one) for one in sys.argv[1:] if not one.startswith("--")), world.MODEL)
    start = time.perf_counter()
    model = load_with(folder, load_lexicon())
    print(f"loaded in {time.perf_counter() - start:.3f} s")
    table = articles()
    dev = table[table["part"] == "dev"]
    pairs = list(zip(dev["statement"], dev["evidence"], strict=True))
    gold = report("gold evidence", dev["label"], model.predict_proba(pairs))
    plain = report("claims without diacritics", dev["label"], model.predict_proba([(fold(a), b) for a, b in pairs]))
    both = [(fold(claim), fold(evidence)) for claim, evidence in pairs]
    report("both sides without diacritics", dev["label"], model.predict_proba(both))
    print(f"lost without diacritics: {gold - plain:.3f}")
    index = PassageIndex.build(pool(table))
    report("found evidence, own quote in the pool", dev["label"], found(model, index, dev, own=True))
    report("found evidence, own quote taken out", dev["label"], found(model, index, dev, own=False))
    other = other_set()
    proba = model.predict_proba(list(zip(other["claim"], other["evidence"], strict=True)))
    report("another data set (ViHallu)", other["label"], proba)
    repeats(model, table, dev)
    speed(model, pairs)
    if "--ablation" in sys.argv:
        ablation(model, table)


if __name__ == "__main__":
    main()
