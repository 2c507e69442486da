"""One reading of Vietnamese, for training and scoring alike; what other programs use of it is named here."""

from classifier.text.reading import (
    READING_VERSION,
    Alignment,
    Edit,
    Span,
    align,
    by_sentence,
    fold,
    normalise,
    sentences,
    tokenize,
    worded,
    words,
)

__all__ = [
    "READING_VERSION",
    "Alignment",
    "Edit",
    "Span",
    "align",
    "by_sentence",
    "fold",
    "normalise",
    "sentences",
    "tokenize",
    "worded",
    "words",
]
