"""Claims of our own about public passages: what each passage makes of them, in legal words and in people's own.

data/pairs.jsonl holds `{"claim", "passage", "label", "style", "edit"}`: our sentence, the digest of the passage it
speaks of, whether that supports or refutes it, how near its wording is, and in what the false one of two differs. The
passages stay where their publishers put them: articles of law in the folder
law/, items of news.jsonl.gz. A claim whose passage isn't given is left out.
"""

from collections.abc import Iterator
from pathlib import Path

from classifier.errors import ClassifierError
from classifier.evidence import lawtext
from classifier.evidence.retrieval import Passage
from classifier.files import json_lines, unpacked
from classifier.learning.material import PairRow
from classifier.readers.seeding import digest, news

WEIGHT = 0.5  # beside 1 for a pair of a published set


def pairs(path: Path, folder: Path) -> list[PairRow]:
    """The claims of a file beside their passages, found in a folder of public sets, in the file's order."""
    told = list(_rows(path))
    wanted = {passage for _, passage, _ in told}
    held = dict(_passages(folder, wanted))
    return [
        PairRow(claim, held[passage], label, f"written:{passage}", WEIGHT, own=True)
        for claim, passage, label in told
        if passage in held
    ]


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    for number, row in json_lines(path):
        try:
            yield str(row["claim"]), str(row["passage"]), str(row["label"])
        except KeyError:
            raise ClassifierError(f"{path.name}, line {number}: isn't a claim with its passage and label.") from None


def law(folder: Path) -> Iterator[Passage]:
    """The passages of every file of law in a folder of public sets."""
    for path in filter(Path.is_file, sorted(folder.glob("law/*"))):
        constitution = "" if path.suffix == ".gz" else "Hiến pháp 2013"
        yield from lawtext.passages(unpacked(path).decode("utf-8", "replace"), constitution=constitution)


def _passages(folder: Path, wanted: set[str]) -> Iterator[tuple[str, str]]:
    for passage in law(folder):
        if (name := digest(passage.text)) in wanted:
            yield name, passage.text
    for title, summary in news(folder):
        text = f"{title}\n{summary}"
        if (name := digest(text)) in wanted:
            yield name, text
