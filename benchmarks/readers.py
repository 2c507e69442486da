"""From raw text to the probabilities of the rights and kind readers, against stock parts doing a reader's work."""

from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import ROUNDS, Line, of_samples, seconds
from benchmarks.tokens import NEWS, lines
from classifier import kind, readers, rights, segment
from classifier.text import normalise

MODEL = Path(__file__).parents[1] / "models" / "default"
LEARNT, POSTS, ARTICLES = 400, 300, 60


def run() -> list[Line]:
    """Ratios on short posts and on articles, and how far one text alone differs from the same text in a batch."""
    if not NEWS.exists() or not (MODEL / "rights.npz").exists():
        return []
    known = rights.load(MODEL), kind.load(MODEL)
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
