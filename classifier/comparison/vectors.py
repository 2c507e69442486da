"""Word vectors, rarity and part of speech of Vietnamese words, learned from news by counting and one decomposition."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelRefused
from classifier.files import arrays_of, packed_words, unpacked_words
from classifier.text import fold, tokenize

FILE = "vectors.npz"
WORDS, SIZE, WINDOW = 20_000, 64, 5
TAGS = ("?", "N", "V", "A", "Np", "M", "R", "P", "L", "E", "C", "T")  # underthesea's, the rare ones joined in "?"
SYLLABLES = 12_000
TAGGED = 25_000  # texts whose parts of speech are told
KEPT = 10_000
SMOOTHING = 0.75  # of context counts, so that rare contexts don't win (Levy, Goldberg and Dagan 2015)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vectors:
    """What is known of words: rows of unit length, inverse document frequency (nats), and the likeliest tag."""

    rows: dict[str, int]
    matrix: Floats  # (words, SIZE), unit rows
    tags: NDArray[np.uint8]  # (words,), index in TAGS
    syllable_idf: dict[str, float]  # of folded syllables
    rarest: float  # idf of what was never seen
    _sums: dict[str, Floats] = field(default_factory=dict, compare=False, repr=False)  # of unknown phrases, some KEPT

    def tag(self, word: str) -> str:
        """The likeliest part of speech of a lower-case word; of an unknown phrase, that of its first syllable."""
        row = self.rows.get(word, -1)
        if row < 0 and " " in word:
            row = self.rows.get(word.split(" ", 1)[0], -1)
        return TAGS[self.tags[row]] if row >= 0 else "?"

    def rarity(self, syllable: str) -> float:
        """Inverse document frequency of a folded syllable or number."""
        return self.syllable_idf.get(syllable, self.rarest)

    def of(self, words: Sequence[str]) -> Floats:
        """Unit vectors (n, SIZE) of lower-case words; an unknown phrase is the sum of its syllables, else zero."""
        rows = [self.rows.get(word, -1) for word in words]
        found: Floats = self.matrix[np.array(rows, dtype=np.intp)]
        if rows and min(rows) < 0:
            for at, row in enumerate(rows):
                if row < 0:
                    found[at] = self._sum(words[at])
        return found

    def _sum(self, word: str) -> Floats:
        """The vector of a word that has no row."""
        if word not in self._sums:
            if len(self._sums) >= KEPT:
                self._sums.clear()
            known = [self.rows[one] for one in word.split(" ") if one in self.rows] if " " in word else []
            total = self.matrix[known].sum(axis=0) if known else np.zeros(self.matrix.shape[1], dtype=np.float32)
            self._sums[word] = total / max(float(np.linalg.norm(total)), 1e-9)
        return self._sums[word]


def train(texts: Iterable[str], *, seed: int) -> Vectors:
    """Learn from texts: counts in a window, positive PMI, a truncated decomposition; tags from the first TAGGED."""
    from underthesea import pos_tag

    tokens: list[list[str]] = []
    tags: dict[str, Counter[str]] = defaultdict(Counter)
    for at, text in enumerate(texts):
        kept = re.sub(r"\S{200,}|https?://\S+", " ", text)
        tokens.append([word.lower() for word in tokenize(kept)])
        if at < TAGGED:
            for word, tag in pos_tag(kept):
                tags[word.lower()][tag] += 1
    return learn(tokens, tags, seed=seed)


def learn(tokens: Sequence[Sequence[str]], tags: dict[str, Counter[str]], *, seed: int) -> Vectors:
    """The same from texts already cut into lower-case words, and tag counts of words."""
    seen = Counter(word for text in tokens for word in text if any(letter.isalpha() for letter in word))
    words = [word for word, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:WORDS]]
    rows = {word: row for row, word in enumerate(words)}
    folded = Counter(one for text in tokens for one in {fold(part) for word in text for part in word.split()})
    common = sorted(folded.items(), key=lambda item: (-item[1], item[0]))[:SYLLABLES]
    best = [_best(tags.get(word, Counter())) for word in words]
    return Vectors(
        rows=rows,
        matrix=_unit(_decompose(_counts(tokens, rows), seed=seed)),
        tags=np.array(best, dtype=np.uint8),
        syllable_idf={one: float(np.log(len(tokens) / n)) for one, n in common},
        rarest=float(np.log(len(tokens))),
    )


def _best(counts: Counter[str]) -> int:
    """Index of the most counted tag."""
    if not counts:
        return 0
    tag = min(counts, key=lambda one: (-counts[one], one))
    tag = {"Nc": "N", "Nu": "N", "Ny": "Np", "Nb": "Np", "CC": "C", "I": "T"}.get(tag, tag)
    return TAGS.index(tag) if tag in TAGS else 0


def _counts(tokens: Sequence[Sequence[str]], rows: dict[str, int]) -> Any:
    """Symmetric co-occurrence counts within WINDOW words, nearer ones weighing more."""
    from scipy import sparse

    flat = np.fromiter((rows.get(w, -1) for text in tokens for w in (*text, *[""] * WINDOW)), dtype=np.int32)
    total = sparse.csr_matrix((len(rows), len(rows)), dtype=np.float32)
    for step in range(1, WINDOW + 1):
        one, two = flat[:-step], flat[step:]
        both = (one >= 0) & (two >= 0)
        weight = np.full(int(both.sum()), (WINDOW + 1 - step) / WINDOW, dtype=np.float32)
        total = total + sparse.csr_matrix((weight, (one[both], two[both])), shape=total.shape)
    return (total + total.T).tocsr()


def _decompose(counts: Any, *, seed: int) -> Floats:
    """Left singular vectors of the positive PMI matrix, scaled by the roots of the singular values."""
    from scipy import sparse
    from sklearn.utils.extmath import randomized_svd
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    pairs = counts.tocoo()
    totals = np.asarray(counts.sum(axis=1)).ravel()
    smooth = totals**SMOOTHING
    pmi = np.log(pairs.data * smooth.sum() / (totals[pairs.row] * smooth[pairs.col] + 1e-12))
    kept = pmi > 0
    matrix = sparse.csr_matrix((pmi[kept].astype(np.float32), (pairs.row[kept], pairs.col[kept])), shape=counts.shape)
    with threadpool_limits(1):  # several threads add in another order, and the file would differ
        left, values, _ = randomized_svd(matrix, min(SIZE, counts.shape[0] - 1), n_iter=5, random_state=seed)
    return np.asarray(left * np.sqrt(values), dtype=np.float32)


def _unit(matrix: Floats) -> Floats:
    """Rows of unit length, through the 8 bits they are stored in, so that a saved and a fresh model agree."""
    return _from_bytes(_to_bytes(matrix))


def _to_bytes(matrix: Floats) -> NDArray[np.int8]:
    largest = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-9)
    return np.asarray(np.rint(matrix / largest * 127), dtype=np.int8)


def _from_bytes(stored: NDArray[np.int8]) -> Floats:
    wide = stored.astype(np.float32)
    return np.asarray(wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def save(vectors: Vectors, directory: Path) -> None:
    """Write vectors.npz; the same vectors give the same bytes."""
    np.savez_compressed(
        directory / FILE,
        matrix=_to_bytes(vectors.matrix),
        tags=vectors.tags,
        words=packed_words(vectors.rows),
        syllables=packed_words(vectors.syllable_idf),
        syllable_idf=np.array(list(vectors.syllable_idf.values()), dtype=np.float32),
        rarest=np.float64(vectors.rarest),
    )


def load(directory: Path) -> Vectors:
    """Read what save wrote; raises ModelRefused where the file is missing or damaged."""
    with arrays_of(directory / FILE) as stored:
        words, syllables = unpacked_words(stored["words"]), unpacked_words(stored["syllables"])
        vectors = Vectors(
            rows={word: row for row, word in enumerate(words)},
            matrix=_from_bytes(stored["matrix"]),
            tags=stored["tags"],
            syllable_idf=dict(zip(syllables, stored["syllable_idf"].tolist(), strict=True)),
            rarest=float(stored["rarest"]),
        )
    if not len(vectors.rows) == len(vectors.matrix) == len(vectors.tags):
        raise ModelRefused(f"{directory / FILE} doesn't fit together: restore it or retrain")
    return vectors
