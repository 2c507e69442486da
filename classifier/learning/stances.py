"""What the reader of stances learns from: claims stood by, denied and commented on, in our own words.

data/stances.jsonl holds them by matter, `{"matter", "fact", "stance", "text"}`; fact names the row of data/facts.toml
that refutes the claim, or is "". Beside them stand the claims of data/everyday.jsonl, bare, and those of
data/contrasts.jsonl in the voices of either side: loud words around a claim aren't a denial. What else these files hold
on a matter comments on it.

Of all these some come once more among asides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import ClassifierError
from classifier.evidence import facts
from classifier.factuality import attribution
from classifier.files import json_lines
from classifier.readers import asides
from classifier.readers.asides import Asides
from classifier.readers.seeding import OPINIONS, TELLINGS, Drawn
from classifier.readers.stance import COMMENT, DENY, STANCES, SUPPORT, Told, known_words, told

FILE = "stances.jsonl"


@dataclass(frozen=True, slots=True)
class Stance:
    """A claim in its text, the stance to it, and the fact or matter whose texts no fold may part."""

    told: Told
    stance: str
    group: str


def load(data: Path, *, drawn: Drawn = iter) -> list[Stance]:
    """All that a folder of data teaches, or the matters drawn of it, [] without the file; raises ClassifierError naming
    the first row that isn't as described."""
    if not (data / FILE).exists():
        return []
    evidence = {passage.eid.removeprefix("fact:"): known_words(passage.text) for passage in facts.shipped_passages()}
    around = asides.load(data)
    return [*_ours(data, evidence, drawn, around), *_loud(data, evidence, drawn, around)]


def _ours(data: Path, evidence: dict[str, frozenset[str]], drawn: Drawn, around: Asides) -> Iterator[Stance]:
    """Our texts in each stance, and everyday claims, with opinions, testimonies and questions on their matters."""
    by_matter: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: {name: [] for name in STANCES})
    for number, row in json_lines(data / FILE):
        if row.get("stance") not in STANCES or not isinstance(row.get("text"), str) or not row.get("matter"):
            raise ClassifierError(f"line {number} of {FILE} needs a matter, a text and one of {STANCES} as its stance")
        if row.get("fact", "") not in {"", *evidence}:
            raise ClassifierError(f"line {number} of {FILE} names the fact {row['fact']}, which facts.toml hasn't")
        by_matter[row["matter"], row.get("fact", "")][row["stance"]].append(row["text"])
    for _, row in json_lines(data / "everyday.jsonl"):
        by_matter[row["matter"], ""][SUPPORT if row["kind"] == "claim" else COMMENT].append(row["text"])
    for (matter, fact), said in drawn(by_matter.items()):
        about = known_words(*said[SUPPORT])
        about = about & known_words(*said[DENY]) if said[DENY] else about
        for stance, texts in said.items():
            yield from _stances(around.among(texts), stance, evidence[fact] if fact else about, about, fact or matter)


def _loud(data: Path, evidence: dict[str, frozenset[str]], drawn: Drawn, around: Asides) -> Iterator[Stance]:
    """Claims on facts in several voices, true and false ones, and opinions in the same voices."""
    for _, row in drawn(json_lines(data / "contrasts.jsonl")):
        if fact := row.get("fact"):
            known = evidence[fact]
            for stance, voices in ((SUPPORT, TELLINGS), (COMMENT, OPINIONS)):
                said = around.among(row[voice] for voice in voices if voice in row)
                yield from _stances(said, stance, known, known, fact)


def _stances(
    texts: Iterable[str], stance: str, known: frozenset[str], about: frozenset[str], group: str
) -> Iterator[Stance]:
    return (Stance(told(text, known, about=about, meant=attribution.meant), stance, group) for text in texts)
