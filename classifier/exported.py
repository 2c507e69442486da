"""Models that others trained and exported (ONNX) with their tokenizers, opened to read one text, or one pair of texts,
at a time; needs the neural extra.

Unpadded and alone a text has the same numbers as among others, bit for bit, also where a quantised model scales by all
it is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from classifier.errors import ModelRefused, install, refusing
from classifier.files import sha256

TOKENS = 256  # read of a text, or of a claim and its evidence together
CHARACTERS = 8 * TOKENS  # cut before the tokenizer sees it, whose time grows with the whole; Vietnamese has 4 a token
INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})


@dataclass(frozen=True, slots=True)
class Exported:
    """An opened graph and its tokenizer.

    most: tokens that are read. source: sha256 of its files, by which what was fitted on it knows it again.
    """

    session: Any
    tokenizer: Any
    most: int
    source: Mapping[str, Sequence[str]]

    def output(self, rank: int) -> str:
        """The name of its first output of a rank, "" where it has none or takes other inputs than token ids."""
        takes = {one.name for one in self.session.get_inputs()}
        found = next((one.name for one in self.session.get_outputs() if len(one.shape) == rank), "")
        return found if {"input_ids"} <= takes <= INPUTS else ""

    def last_token(self) -> int:
        """The largest id its tokenizer gives."""
        return max(self.tokenizer.get_vocab().values(), default=0)


def run(session: Any, output: str, tokens: Sequence[int], types: Sequence[int] = ()) -> Any:
    """One output for the ids of one text's tokens, and of which text of a pair each is (the first where none is told);
    raises what the runtime raises."""
    ids = np.array([tokens], dtype=np.int64)
    kinds = np.array([types], dtype=np.int64) if len(types) else np.zeros_like(ids)
    fed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": kinds}
    (found,) = session.run([output], {one.name: fed[one.name] for one in session.get_inputs()})
    return found


def cut(text: str) -> str:
    """What a tokenizer is shown of a text: as much as is read, and nothing that is no Unicode."""
    return text[:CHARACTERS].encode("utf-8", "replace").decode()


def open_exported(folder: Path, what: str, *, threads: int) -> Exported:
    """The graph and tokenizer in a folder: model.onnx, there or in onnx/, and tokenizer.json.

    Raises ModelRefused, in one sentence, without the neural extra, and when a file is missing or can't be read.
    """
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError:
        raise ModelRefused(f"A {what} needs onnxruntime and tokenizers; {install('neural')}.") from None
    graph = next((path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.exists()), None)
    words = folder / "tokenizer.json"
    if graph is None or not words.exists():
        lacks = "tokenizer.json" if graph else "model.onnx (there or in onnx/)"
        raise ModelRefused(f"{folder} lacks {lacks}, so it is no exported {what}; export one into it.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = threads
    options.log_severity_level = 4  # what goes wrong is said once, by us
    with refusing(f"The {what} in {folder} can't be read ({{error}}); export it again."):
        session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(words))
        tokenizer.no_padding()
        most = min(TOKENS, (tokenizer.truncation or {}).get("max_length", TOKENS))
        tokenizer.enable_truncation(most, strategy="longest_first")
    # weights beyond 2 GB stand beside the graph, in files named after it
    files = {"encoder": filter(Path.is_file, sorted(graph.parent.glob(f"{graph.name}*"))), "tokenizer": [words]}
    source = {name: [sha256(path) for path in paths] for name, paths in files.items()}
    return Exported(session, tokenizer, most, source)
