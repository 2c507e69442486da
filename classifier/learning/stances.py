"""What the reader of stances learns from: claims stood by, denied and commented on, in our own words.

data/stances.jsonl holds them by matter, `{"matter", "fact", "stance", "text"}`; fact names the row of data/facts.toml
that refutes the claim, or is "". Beside them stand the claims of data/everyday.jsonl, bare, and those of
data/contrasts.jsonl in the voices of either side: loud words around a claim aren't a denial. What else these files hold
on a matter comments on it. Of all these some come once more among asides.

data/posts.jsonl holds whole posts on facts alike, from which the reader learns how its answers are to be weighed; a row
may name as "claim" the words of its text that say it. What was written together, as the head of a matter's name says,
shares turns of phrase that tell a stance: no fold parts it.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
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

FILE, POSTS = "stances.jsonl", "posts.jsonl"


@dataclass(frozen=True, slots=True)
class Stance:
    """A claim in its text, the stance to it, and the fact or matter whose texts no fold may part."""

    told: Told
    stance: str
    group: str


def columns(rows: Sequence[Stance]) -> tuple[list[Told], list[str], list[str]]:
    """Rows as a reader of stances learns from them."""
    return [row.told for row in rows], [row.stance for row in rows], [row.group for row in rows]


def load(data: Path, *, drawn: Drawn = iter) -> list[Stance]:
    """All that a folder of data teaches, or the matters drawn of it, [] without the file; raises ClassifierError naming
    the first row that isn't as described."""
    if not (data / FILE).exists():
        return []
    evidence, around = _evidence(), asides.load(data)
    return [*_ours(data, evidence, drawn, around), *_loud(data, evidence, drawn, around)]


def load_posts(data: Path, *, drawn: Drawn = iter) -> list[Stance]:
    """The whole posts of a folder of data, or those on the matters drawn; as load says."""
    if not (data / POSTS).exists():
        return []
    evidence = _evidence()
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(data / POSTS, evidence):
        found[row["matter"]].append(row)
    return [_of_post(row, evidence) for _, rows in drawn(found.items()) for row in rows]


def _of_post(row: dict[str, str], evidence: dict[str, frozenset[str]]) -> Stance:
    """What a row of whole posts teaches: its claim where it names one."""
    start = row["text"].find(row["claim"]) if row.get("claim") else -1
    span = None if start < 0 else (start, start + len(row["claim"]))
    known = evidence.get(row.get("fact", ""), frozenset())
    said = told(row["text"], known, meant=attribution.meant, span=span)
    return Stance(said, row["stance"], row["matter"].partition("-")[0])


def _evidence() -> dict[str, frozenset[str]]:
    """The words of each fact."""
    return {passage.eid.removeprefix("fact:"): known_words(passage.text) for passage in facts.shipped_passages()}


def _by_matter(path: Path, evidence: Container[str]) -> dict[tuple[str, str], dict[str, list[str]]]:
    """The texts of a file by their matter and fact, and by stance."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: {name: [] for name in STANCES})
    for row in _rows(path, evidence):
        found[row["matter"], row.get("fact", "")][row["stance"]].append(row["text"])
    return found


def _rows(path: Path, evidence: Container[str]) -> Iterator[dict[str, str]]:
    """The rows of a file; raises ClassifierError naming the first that isn't as described."""
    for number, row in json_lines(path):
        where = f"line {number} of {path.name}"
        if row.get("stance") not in STANCES or not isinstance(row.get("text"), str) or not row.get("matter"):
            raise ClassifierError(f"{where} needs a matter, a text and one of {STANCES} as its stance")
        if (fact := row.get("fact", "")) and fact not in evidence:
            raise ClassifierError(f"{where} names the fact {fact}, which facts.toml hasn't")
        if (claim := row.get("claim", "")) and claim not in row["text"]:
            raise ClassifierError(f"{where} has a claim that doesn't stand in its text")
        yield row


def _ours(data: Path, evidence: dict[str, frozenset[str]], drawn: Drawn, around: Asides) -> Iterator[Stance]:
    """Our texts in each stance, and everyday claims, with opinions, testimonies and questions on their matters."""
    by_matter = _by_matter(data / FILE, evidence)
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
