"""What a cross-encoder for natural language inference (ONNX) says of a claim beside its evidence, as one more group of
the verdict's features; needs the neural extra.

It is somebody's own, frozen: the verdict learns how far to trust it. The evidence is its premise, the claim its
hypothesis.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.comparison.alignment import Extra
from classifier.errors import ModelRefused, refusing
from classifier.exported import TOKENS, cut, open_exported, run
from classifier.files import sha256

CONFIG = "config.json"
GROUP = "cross_encoder"
INFERENCES = ("entailment", "neutral", "contradiction")
FEATURES = tuple(f"{GROUP}_{name}" for name in INFERENCES)
LEAST = 1e-4  # probability below which another power of ten says nothing


@dataclass(frozen=True, slots=True)
class CrossEncoder:
    """A loaded cross-encoder. order: the places of INFERENCES among its outputs. source: sha256 of its files."""

    session: Any
    tokenizer: Any
    output: str
    order: tuple[int, ...]
    source: Mapping[str, Sequence[str]]

    def infer(self, evidence: str, claim: str) -> NDArray[np.float32]:
        """Log-probabilities (3,) of INFERENCES, none below log(LEAST); alike where it gives no finite numbers."""
        read = self.tokenizer.encode(cut(evidence), cut(claim))
        logits = self.logits(read.ids, read.type_ids) if read.ids else np.zeros(len(INFERENCES))
        if not np.isfinite(logits).all():  # half precision may overflow
            logits = np.zeros(len(INFERENCES))
        raised = np.exp(logits - logits.max())
        return np.asarray(np.log(np.maximum(raised / raised.sum(), LEAST)), dtype=np.float32)

    def logits(self, tokens: Sequence[int], types: Sequence[int]) -> NDArray[np.float64]:
        """Its outputs (3,) for the ids of a pair's tokens, in the order of INFERENCES; raises what the runtime does."""
        found = run(self.session, self.output, tokens, types)
        if found.shape != (1, len(INFERENCES)):
            raise ValueError(f"{found.shape} for one pair")
        return np.asarray(found[0], dtype=np.float64)[list(self.order)]

    def group(self) -> Extra:
        """Its inferences as features of the verdict."""
        return Extra(GROUP, FEATURES, lambda claim, evidence: self.infer(evidence, claim))


def load_cross_encoder(folder: Path, *, threads: int = 1) -> CrossEncoder:
    """The cross-encoder in a folder: model.onnx, there or in onnx/, tokenizer.json, and config.json, whose id2label
    says which output is entailment, which neutral and which contradiction.

    Raises ModelRefused as open_exported does, and when the model isn't of this shape.
    """
    made, order = open_exported(folder, "cross-encoder", threads=threads), _order(folder)
    source = {**made.source, "labels": [sha256(folder / CONFIG)]}
    found = CrossEncoder(made.session, made.tokenizer, made.output(2), order, source)
    last = made.last_token()
    with refusing(
        f"The model in {folder} doesn't take input_ids (with attention_mask and token_type_ids at most) of up to"
        f" {TOKENS} tokens of a pair of texts and give {len(INFERENCES)} numbers; export a cross-encoder that was"
        " trained for natural language inference."
    ):  # as long as can be, of the rarest word, or the first pair that is so would be what fails
        if not found.output:
            raise ValueError("no such output")
        found.logits([last] * made.most, [0] * made.most)
        found.infer("Một câu.", "Một câu khác.")
    return found


def _order(folder: Path) -> tuple[int, ...]:
    """The places of INFERENCES among the outputs; raises ModelRefused where config.json doesn't name each once."""
    try:
        told = json.loads((folder / CONFIG).read_text(encoding="utf-8"))["id2label"]
        names = {str(name).lower(): int(at) for at, name in told.items()}
        order = tuple(names[name] for name in INFERENCES)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        order = ()
    if sorted(order) != list(range(len(INFERENCES))):
        raise ModelRefused(
            f"{CONFIG} in {folder} doesn't say which of three outputs is {', which '.join(INFERENCES)}; bring the"
            " one (id2label) that the cross-encoder was published with."
        )
    return order
