"""What the readers learn from: our own sentences, and public texts named by digest and read by us.

data/seed.jsonl holds sentences of our own, `{"text", "kind", "rights"}`. data/voices.jsonl holds opinions, testimonies,
questions and satire of our own, likewise, on the matters of the claims in data/pairs.jsonl: a claim and a voice on it
in the same words differ in nothing but what makes one a claim. data/contrasts.jsonl holds contrast sets: one claim in
several voices, of either side and of none, and opinions in the same voices, so that no voice is taken for a kind.
data/readings.jsonl holds our reading of public texts, `{"digest", "kind", "rights"}`: the texts themselves stay where
their publishers put them, and rows whose text isn't given are left out.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from classifier.errors import ClassifierError
from classifier.files import json_lines, text_of
from classifier.orthography import spelling
from classifier.policy import KINDS, RIGHTS
from classifier.readers import lawtalk
from classifier.text import fold

# DECIDED: at a desk
MEASURED, OWN, READ, RETOLD, VOICED, CONTRASTED, EVERYDAY, DECIDED, IMPORTED = range(9)
SHIPPED = (OWN, READ, RETOLD, VOICED, CONTRASTED, EVERYDAY)  # what readers that are learned anew learn from in any case
RETOLD_COUNT, RETOLD_WEIGHT, RETOLD_SEED = 240, 0.3, 11  # frames repeat themselves, so each counts little
OWN_WEIGHT, READ_WEIGHT = 0.8, 0.5  # beside 1 for a measured text; twice or half as much changes F1 by under 0.01
VOICED_WEIGHT = 0.5
EVERYDAY_WEIGHT = 0.5
TELLINGS = ("official", "everyday", "critical", "supporter")  # voices of one claim in a contrast set
OPINIONS = ("opinion_everyday", "opinion_critical", "opinion_supporter")  # beside them, on the same matter

Drawn = Callable[[Iterable[Any]], Iterator[Any]]  # which of some rows are read

_NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text as it is read (spelling.meant) with what it is about and how it speaks; None where we don't say."""

    text: str
    kind: str | None
    rights: tuple[str, ...] | None
    weight: float = 1.0
    part: int = MEASURED  # MEASURED texts set calibration and thresholds; where they are few, SHIPPED ones too
    matter: str = ""  # of a contrast set, passage or case whose texts differ in little; no fold parts such


def digest(text: str) -> str:
    """A name for a text that survives white space, punctuation, case and diacritics: 16 hex digits."""
    return sha256(_NOT_WORD.sub(" ", fold(text)).strip().encode("utf-8", "replace")).hexdigest()[:16]


def load_seed(path: Path, *, weight: float = 1.0, drawn: Drawn = iter) -> list[Labelled]:
    """Read our own sentences; raises ClassifierError for the first that isn't as described."""
    return [labelled(row, weight=weight, part=OWN) for row in drawn(_rows(path))]


def load_voices(data: Path, *, drawn: Drawn = iter) -> list[Labelled]:
    """Our voices, and of our claims on the same matters the true ones; raises ClassifierError likewise."""
    told = _rows(data / "pairs.jsonl", needs=("claim", "label", "passage", "rights"))
    said = [row for row in told if row["label"] == "supported"]
    claims = [
        {"text": row["claim"], "kind": "claim", "rights": row["rights"], "matter": row["passage"]} for row in said
    ]
    rows = drawn([*_rows(data / "voices.jsonl"), *claims])
    return [labelled(row, weight=VOICED_WEIGHT, part=VOICED) for row in rows]


def load_contrasts(path: Path, *, drawn: Drawn = iter) -> list[Labelled]:
    """Our contrast sets, the claims and opinions of a row each a text; raises ClassifierError likewise."""
    kinds = {**dict.fromkeys(TELLINGS, "claim"), **dict.fromkeys(OPINIONS, "opinion")}
    told = ({**row, "text": row[voice], "kind": kinds[voice]} for row in _rows(path) for voice in kinds if voice in row)
    return [labelled(row, weight=VOICED_WEIGHT, part=CONTRASTED) for row in drawn(told)]


def load_everyday(path: Path, *, drawn: Drawn = iter) -> list[Labelled]:
    """What people say of a matter every day, with its kind; raises ClassifierError likewise."""
    return [labelled(row, weight=EVERYDAY_WEIGHT, part=EVERYDAY) for row in drawn(_rows(path))]


def load_readings(path: Path, texts: Iterable[str], *, weight: float = 1.0, drawn: Drawn = iter) -> list[Labelled]:
    """Join our readings to the texts they name; texts we did not read are passed over. Raises ClassifierError
    likewise."""
    told = {str(row["digest"]): row for row in drawn(_rows(path, needs=("digest",)))}
    found: dict[str, Labelled] = {}
    for text in texts:
        name = digest(text)
        if name in told and name not in found:
            found[name] = labelled({**told[name], "text": text}, weight=weight, part=READ)
    return [found[name] for name in told if name in found]


def load_measured(path: Path) -> list[Labelled]:
    """Read texts that were labelled twice, `{"text", "kind", "rights", "rights_disputed"}`; they set thresholds. Raises
    ClassifierError naming the first line that isn't as described.

    Rights two readers differed on are left unsaid.
    """
    found: list[Labelled] = []
    for number, row in json_lines(path):
        try:
            found.append(labelled({**row, "rights": None} if row.get("rights_disputed") else row))
        except ClassifierError as error:
            raise ClassifierError(f"{path.name}, line {number}: {error}") from None
    return found


def gather(
    data: Path, *, datasets: Path | None = None, measured: Path | None = None, share: float = 1.0, seed: int = 0
) -> list[Labelled]:
    """Everything the shipped readers learn from; without datasets and measured, our own sentences alone.

    A public text that also stands among the measured ones is left out, so that no text counts twice. Of
    all but these a share is drawn by the seed, before they are read: that takes longest.
    """
    random = np.random.default_rng(seed)

    def drawn(rows: Iterable[Any]) -> Iterator[Any]:
        return (row for row in rows if random.random() < share)

    judged = load_measured(measured) if measured else []
    known = {digest(row.text) for row in judged}
    texts = public_texts(datasets) if datasets else iter(())
    told = load_readings(data / "readings.jsonl", texts, weight=READ_WEIGHT, drawn=drawn) if datasets else []
    read = [row for row in told if digest(row.text) not in known]
    retold = [
        Labelled(spelling.meant(text), "claim", (code,), RETOLD_WEIGHT, RETOLD)
        for text, code in drawn(lawtalk.sentences(RETOLD_COUNT, seed=RETOLD_SEED))
    ]
    own = load_seed(data / "seed.jsonl", weight=OWN_WEIGHT, drawn=drawn)
    contrasts = load_contrasts(data / "contrasts.jsonl", drawn=drawn)
    everyday = load_everyday(data / "everyday.jsonl", drawn=drawn)
    return [*judged, *own, *load_voices(data, drawn=drawn), *contrasts, *everyday, *retold, *read]


def labelled(row: Mapping[str, object], *, weight: float = 1.0, part: int = MEASURED) -> Labelled:
    """A row of JSON as a Labelled with its text as it is read; raises ClassifierError for an unknown kind or code."""
    text, kind, rights = row.get("text"), row.get("kind"), row.get("rights")
    if not isinstance(text, str) or not (kind is None or kind in KINDS):
        raise ClassifierError(f"a row needs a text and one of {KINDS} as its kind: {str(row)[:80]}")
    if rights is not None and not (isinstance(rights, list) and all(right in RIGHTS for right in rights)):
        raise ClassifierError(f"rights must be a list of {RIGHTS}: {str(row)[:80]}")
    matter, said = str(row.get("matter", "")), None if kind is None else str(kind)
    return Labelled(spelling.meant(text), said, _codes(rights), weight, part, matter=matter)


def news(folder: Path) -> Iterator[tuple[str, str]]:
    """Title and summary of every news item in the datasets folder, none where it holds no news; raises ClassifierError
    naming the first line that isn't one."""
    path = folder / "news.jsonl.gz"
    for number, item in json_lines(path) if path.exists() else ():
        title, summary = item.get("title"), item.get("summary")
        if not (isinstance(title, str) and isinstance(summary, str)):
            raise ClassifierError(f"{path.name}, line {number}: isn't a news item with its title and summary.")
        yield title, summary


def public_texts(folder: Path) -> Iterator[str]:
    """Every text our readings may name, from the files of the datasets folder that are there; raises ClassifierError
    likewise."""
    yield from (f"{title}. {summary}" for title, summary in news(folder))
    csv.field_size_limit(1 << 24)
    for name, column in (("victsd", "text"), ("reintel", "text"), ("vifactcheck", "statement")):
        path = folder / f"{name}.csv.gz"
        if path.exists():
            lines = io.StringIO(text_of(path), newline="")
            for number, row in enumerate(csv.DictReader(lines), 1):
                if row.get(column) is None:
                    raise ClassifierError(f"{path.name}, row {number}: has no {column}.")
                yield row[column]


def _codes(rights: object) -> tuple[str, ...] | None:
    """Codes in the order of RIGHTS, or None."""
    return None if rights is None else tuple(code for code in RIGHTS if code in rights)  # type: ignore[operator]


def _rows(path: Path, *, needs: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines; raises ClassifierError naming the first that can't be read or lacks a key."""
    for number, row in json_lines(path):
        if missing := [key for key in needs if key not in row]:
            raise ClassifierError(f"{path.name}, line {number}: lacks {', '.join(missing)}.")
        yield row
