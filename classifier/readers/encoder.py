"""Sentences as the numbers of an exported encoder (ONNX), for readers that learn on them; needs the neural extra.

Readers see them beside n-grams and cues, not in their place: alone they say less of what a text is about.

Texts go through one at a time and unpadded: a text then has the same numbers alone as among others, bit for bit, also
where a quantised encoder scales by all it is given, and the mean over its tokens is the masked mean.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelRefused, install
from classifier.files import sha256
from classifier.readers.cues import Cues

TOKENS = 256  # read of a text; the claim of a post stands early
CHARACTERS = 8 * TOKENS  # cut before the tokenizer sees it, whose time grows with the whole; Vietnamese has 4 a token
WIDEST = 8192  # numbers a token; more of them are odds of words
INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})


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
            ids = self.tokenizer.encode(text[:CHARACTERS].encode("utf-8", "replace").decode()).ids
            mean = self.layer(ids).mean(axis=0, dtype=np.float64) if ids else rows[at]
            size = np.linalg.norm(mean)
            if np.isfinite(size) and size > 0:  # half precision may overflow: such a text says nothing
                rows[at] = mean * (np.sqrt(self.width) / size)
            if self.tell:
                self.tell(at + 1, len(texts))
        return rows

    def layer(self, tokens: Sequence[int]) -> NDArray[np.floating[Any]]:
        """The last layer for the ids of one text's tokens, (tokens, width); raises what the runtime raises."""
        ids = np.array([tokens], dtype=np.int64)
        fed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        asked = {one.name: fed[one.name] for one in self.session.get_inputs()}
        (layer,) = self.session.run([self.output], asked)
        if layer.ndim != 3 or layer.shape[:2] != ids.shape:
            raise ValueError(f"{layer.shape} for {ids.shape} tokens")
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

    Raises ModelRefused, in one sentence, without the neural extra, when a file is missing or can't be read, and when
    the graph doesn't take token ids and give the numbers of each token.
    """
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError:
        raise ModelRefused(f"A sentence encoder needs onnxruntime and tokenizers; {install('neural')}.") from None
    graph = next((path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.exists()), None)
    words = folder / "tokenizer.json"
    if graph is None or not words.exists():
        lacks = "tokenizer.json" if graph else "model.onnx (there or in onnx/)"
        raise ModelRefused(f"{folder} lacks {lacks}, so it is no exported sentence encoder; export one into it.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = threads
    options.log_severity_level = 4  # what goes wrong is said once, by us
    try:
        session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(words))
        tokenizer.no_padding()
        most = min(TOKENS, (tokenizer.truncation or {}).get("max_length", TOKENS))
        tokenizer.enable_truncation(most)
    except Exception as error:  # any damage, whatever the library calls it, is one refusal
        raise ModelRefused(
            f"The encoder in {folder} can't be read ({type(error).__name__}); export it again."
        ) from None
    output = next((one.name for one in session.get_outputs() if len(one.shape) == 3), "")
    if not {"input_ids"} <= {one.name for one in session.get_inputs()} <= INPUTS or not output:
        raise _no_encoder(folder)
    # weights beyond 2 GB stand beside the graph, in files named after it
    files = {"encoder": sorted(graph.parent.glob(f"{graph.name}*")), "tokenizer": [words]}
    source = {name: [sha256(path) for path in paths] for name, paths in files.items()}
    found = Encoder(session, tokenizer, output, 1, source)
    last = max(tokenizer.get_vocab().values(), default=0)
    try:
        width = found.layer([last] * most).shape[1]  # or the first long post, or rare word, would be what fails
    except Exception:
        raise _no_encoder(folder) from None
    if not 1 < width <= WIDEST:
        raise _no_encoder(folder)
    return replace(found, width=width)


def _no_encoder(folder: Path) -> ModelRefused:
    return ModelRefused(
        f"The model in {folder} doesn't take input_ids (with attention_mask and token_type_ids at most) of up to"
        f" {TOKENS} tokens of its tokenizer.json and give an embedding of each; export a sentence encoder with its"
        " token embeddings as output."
    )
