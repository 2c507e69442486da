"""What a home's own rows would flag of our texts that may not be flagged: protected ones, true claims, and one voice of
two that say the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from classifier.evaluation.corpora import rows
from classifier.evidence.facts import shipped_passages
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.files import shipped
from classifier.loading import Model
from classifier.logic.contraries import Rows, index_of
from classifier.logic.heard import words_of
from classifier.logic.ownrows import place
from classifier.orthography.spelling import plain
from classifier.scoring import Item, score

PROTECTED, TRUE, MIRROR = "protected text", "true claim", "claim in one voice and not in the other"
ANOTHER = "another row or figure"
SHOWN = 160  # letters of a text


@dataclass(frozen=True, slots=True)
class Harm:
    """A row, what it would flag, and the first such text of how many."""

    row: str
    what: str
    text: str
    n: int = 1

    @property
    def told(self) -> str:
        """A sentence."""
        return f"{self.row} would flag {self.n} {self.what}{'s' * (self.n > 1)}, such as “{self.text[:SHOWN]}”."


def harms(
    model: Model, passages: Sequence[Passage], *, on_step: Callable[[int, int], None] = lambda done, total: None
) -> list[Harm]:
    """What a model's own rows would flag, beside the facts that ship and the passages that the rows are on."""
    own = index_of(model.rows.own)
    near = [(what, pair) for what, pair in held() if any(any(own.may_stand_in(_words(text))) for text in pair)]
    flagging = _flagging(model, passages, [text for _, pair in near for text in pair])
    found = dict[tuple[str, str], Harm]()
    for at, (what, pair) in enumerate(near):
        on_step(at, len(near))
        said = [next(flagging) for _ in pair]
        if what == MIRROR and all(said):
            continue
        for text, row in zip(pair, said, strict=True):
            if row and (what == PROTECTED or row != ANOTHER):
                before = found.get((row, what))
                found[row, what] = replace(before, n=before.n + 1) if before else Harm(row, what, text)
    return list(found.values())


def unflagged(model: Model, passages: Sequence[Passage], rows: Rows) -> list[str]:
    """Where those of some rows stand whose own `like`, posted by itself, would not be flagged."""
    flagging = _flagging(model, passages, [one.like for one in rows.own])
    return [place(one.where) for one, row in zip(rows.own, flagging, strict=True) if not row]


def _flagging(model: Model, passages: Sequence[Passage], texts: Sequence[str]) -> Iterator[str]:
    """Of each text where the own row stands by which it is flagged, ANOTHER where none did it, "" where it isn't."""
    known = {passage.eid: passage for passage in (*shipped_passages(), *passages)}
    index = PassageIndex.build(known.values(), concepts=model.lexicon.index_terms)
    for said in score(model, (Item("", text) for text in texts), index=index):
        yield (place(str(said.detail["row"])) if "row" in said.detail else ANOTHER) if said.flagged else ""


def _words(text: str) -> frozenset[str]:
    """The words of a text, and of what it is read as."""
    return words_of(plain(text)) | words_of(text)


def held() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts of the gate that may not be flagged, each with what it is, those of a pair together."""
    for path in sorted(shipped("data", "gate").glob("*.jsonl")):
        suite = path.name.partition(".")[0]
        for row in rows(path):
            if suite == "protected":
                yield PROTECTED, (row["text"],)
            elif suite == "claims" and row["truth"] == "true":
                yield TRUE, (row["text"],)
            elif suite == "mirror":
                yield MIRROR, (row["a"], row["b"])
