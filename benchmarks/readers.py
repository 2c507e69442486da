"""From raw text to the probabilities of the rights and kind readers, against stock parts doing a reader's work."""

import math
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from benchmarks import world
from benchmarks.measure import ROUNDS, Line, of_samples, seconds
from benchmarks.tokens import NEWS, lines
from classifier.readers import both as readers
from classifier.readers import grams, heads, kind, rights
from classifier.text import fold, normalise, segment
from classifier.text.ragged import even

LEARNT, POSTS, ARTICLES = 400, 300, 60


def run() -> list[Line]:
    """Ratios on short posts and on articles, and how far one text alone differs from the same text in a batch."""
    if not NEWS.exists():
        return []
    known = rights.load(world.MODEL), kind.load(world.MODEL)
    stock = _stock()
    short = list(islice(lines(step=61), POSTS))
    long = [" ".join(islice(lines(step=997, first=at), 14)) for at in range(ARTICLES)]
    alone = max(
        float(np.abs(_ours(known, [text])[0] - row).max())
        for text, row in zip(short[:40], _ours(known, short[:40]), strict=True)
    )
    return [
        _ratio("readers, short posts, against stock parts", known, stock, short),
        _ratio("readers, articles, against stock parts", known, stock, long),
        Line("readers, one text alone against a batch", alone, unit="", reach=1e-9, least=False),
        *_against_sklearn(known, short[:40]),
    ]


def _ratio(name: str, known: tuple[Any, Any], stock: Any, texts: list[str]) -> Line:
    ratios, rate = [], 0.0
    for _ in range(ROUNDS):
        fast = seconds(lambda: _ours(known, texts))
        ratios.append(seconds(lambda: stock.predict_proba(texts)) / fast)
        rate = len(texts) / fast
    return of_samples(name, ratios, reach=10, note=f"{rate:,.0f} texts/s")


def _ours(known: tuple[Any, Any], texts: list[str]) -> Any:
    read = readers.read(*known, [normalise(text) for text in texts])
    return np.hstack([read.rights, read.kind])


def _against_sklearn(known: tuple[Any, Any], texts: list[str]) -> Iterator[Line]:
    """How far each head's probabilities are from scikit-learn's with the same weights and double precision, its n-grams
    counted one by one in plain Python."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    plain = [normalise(text) for text in texts]
    reading = heads.read(plain, known[0].cues)
    vector = DictVectorizer(dtype=np.float64)
    counted = vector.fit_transform([_counted(even(text)) for text in plain])
    rows = np.array(vector.feature_names_, dtype=np.int64)
    for name, reader in zip(("rights", "kind"), known, strict=True):
        mine = reader.heads_
        cues = heads.scaled(reading.cues, mine.spread)
        model = LogisticRegression()
        model.classes_ = np.arange(len(mine.bias))
        weights = reader.weights_
        model.coef_ = np.vstack([weights.weights[weights.place[rows]], mine.cues]).T
        model.intercept_ = mine.bias.astype(np.float64)
        theirs = heads.calibrated(model.decision_function(hstack([counted, cues]).tocsr()), mine)
        ours = heads.calibrated(heads.scores(reading, mine, weights.of(reading.grams)), mine)
        yield Line(
            f"readers, {name}, from scikit-learn's own", float(np.abs(ours - theirs).max() * 1e9), unit="e-9",
            reach=1, least=False,
        )  # fmt: skip


def _counted(text: str) -> dict[str, float]:
    """The n-grams of a text by row of the table, counted by the definition in classifier.readers.grams."""
    told = grams.words(text)
    folded = [fold(word) for word in told]
    limit = 2**64 - 1
    step, mix = int(grams._STEP), int(grams._MIX)
    families = (
        (_numbered([grams._EDGE, *map(grams.word_code, told), grams._EDGE]), range(1, grams.WRITTEN + 1)),
        (_numbered([grams._EDGE, *map(grams.word_code, folded), grams._EDGE]), range(1, grams.FOLDED + 1)),
        (list(map(ord, f" {' '.join(folded)} ")), grams.LETTERS),
    )
    found: Counter[str] = Counter()
    for family, (codes, lengths) in enumerate(families):
        rows = []
        for place, length in enumerate(lengths):
            for at in range(len(codes) - length + 1):
                code = codes[at]
                for other in codes[at + 1 : at + length]:
                    code = (code * step & limit) ^ other
                code = ((code ^ (10 * family + place) * 0x1F123BB5) * mix) & limit
                code = ((code ^ code >> 29) * step) & limit
                rows.append(str(code >> (64 - grams.BITS)))
        for row in rows:
            found[row] += 1 / math.sqrt(len(rows))  # type: ignore[assignment]
    return dict(found)


def _numbered(codes: list[bytes]) -> list[int]:
    return [int.from_bytes(code, "little") for code in codes]


def _stock() -> Any:
    """Words and letters counted by scikit-learn on underthesea's tokens, thirteen logistic regressions on top."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline, make_union

    features = make_union(
        TfidfVectorizer(tokenizer=segment.stock(), token_pattern=None, ngram_range=(1, 2)),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)),
    )
    texts = list(islice(lines(step=211), LEARNT))
    drawn = np.random.default_rng(0).integers(0, 2, (len(texts), 13))  # only the time of it counts
    return make_pipeline(features, OneVsRestClassifier(LogisticRegression(max_iter=50))).fit(texts, drawn)
