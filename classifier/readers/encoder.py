"""Sentences as the numbers of an exported encoder (ONNX), for readers that learn on them; needs the neural extra.

Readers see them beside n-grams and cues, not in their place: alone they say less of what a text is about.

Texts go through one at a time and unpadded, so the mean over a text's tokens is the masked mean.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelRefused
from classifier.exported import TOKENS, cut, open_exported, run
from classifier.readers.cues import Cues

WIDEST = 8192  # numbers a token; more of them are odds of words


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded encoder.

    width: numbers of an embedding. source: sha256 of its files, by which a reader knows it again. tell: called with
    texts done and texts in all.
    """

    session: Any
    tokenizer: Any
    output: str
    width: int
    source: Mapping[str, Sequence[str]]
    tell: Callable[[int, int], None] | None = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, width) mean of the last layer over the tokens of each text, its length the root of width, so that a
        column is about one; zeros for a text without tokens."""
        rows = np.zeros((len(texts), self.width), dtype=np.float32)
        for at, text in enumerate(texts):
            ids = self.tokenizer.encode(cut(text)).ids
            mean = self.layer(ids).mean(axis=0, dtype=np.float64) if ids else rows[at]
            size = np.linalg.norm(mean)
            if np.isfinite(size) and size > 0:  # half precision may overflow: such a text says nothing
                rows[at] = mean * (np.sqrt(self.width) / size)
            if self.tell:
                self.tell(at + 1, len(texts))
        return rows

    def layer(self, tokens: Sequence[int]) -> NDArray[np.floating[Any]]:
        """The last layer for the ids of one text's tokens, (tokens, width); raises what the runtime raises."""
        layer = run(self.session, self.output, tokens)
        if layer.ndim != 3 or layer.shape[:2] != (1, len(tokens)):
            raise ValueError(f"{layer.shape} for {len(tokens)} tokens")
        return np.asarray(layer[0])


@dataclass(frozen=True, slots=True)
class Embedded:
    """Cues, and an encoder's numbers as columns behind theirs."""

    cues: Cues
    encoder: Encoder

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.cues.width + self.encoder.width

    @property
    def source(self) -> dict[str, Sequence[str]]:
        """What the columns are known by again."""
        return {**self.cues.source, **self.encoder.source}

    def topical(self) -> NDArray[np.float32]:
        """(width,): 1 for a column that may say what a text is about, as all of an encoder's may."""
        return self._with_all(self.cues.topical())

    def manner(self) -> NDArray[np.float32]:
        """(width,): 1 for a column that may say how a text speaks."""
        return self._with_all(self.cues.manner())

    def _with_all(self, seen: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.concatenate([seen, np.ones(self.encoder.width, dtype=np.float32)])


def load_encoder(folder: Path, *, threads: int = 1) -> Encoder:
    """The encoder in a folder: model.onnx, there or in onnx/, and tokenizer.json.

    Raises ModelRefused as open_exported does, and when the graph doesn't take token ids and give the numbers of each
    token.
    """
    made = open_exported(folder, "sentence encoder", threads=threads)
    found = Encoder(made.session, made.tokenizer, made.output(3), 1, made.source)
    try:  # as long as can be, of the rarest word, or the first post that is so would be what fails
        width = found.layer([made.last_token()] * made.most).shape[1] if found.output else 0
    except MemoryError:
        raise
    except Exception:
        width = 0
    if not 1 < width <= WIDEST:
        raise ModelRefused(
            f"The model in {folder} doesn't take input_ids (with attention_mask and token_type_ids at most) of up to"
            f" {TOKENS} tokens of its tokenizer.json and give an embedding of each; export a sentence encoder with its"
            " token embeddings as output."
        )
    return replace(found, width=width)
