"""The facts table, data/facts.toml: what Viet Nam has joined and what its main laws say, as passages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from classifier import files
from classifier.comparison.polarity import GROUPS
from classifier.errors import BadEvidence
from classifier.evidence.retrieval import Passage
from classifier.policy import RIGHTS, ROLES
from classifier.text.figures import DIGITS, SCALES

NEEDED = {"id": str, "rights": list, "text": str, "source": str, "role": str, "as_of": date}
OPTIONAL = {"valid_from": date, "valid_to": date}
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# what a fact turns on: words that deny, except, bound or bind, and numbers in words
TURNING = frozenset((*", ".join(GROUPS.values()).split(", "), *DIGITS, *SCALES))
_WORDS = re.compile(r"\w+(?:[.,/]\w+)*")


@dataclass(frozen=True, slots=True)
class Fact:
    """One row; as_of is the day up to which we know it to be so, valid_* when it began and ceased to be."""

    id: str
    rights: tuple[str, ...]
    text: str
    source: str
    role: str
    as_of: date
    valid_from: date | None = None
    valid_to: date | None = None


def load(path: Path) -> list[Fact]:
    """Every fact of the file in its order; raises BadEvidence naming the first row that can't be used, and why."""
    table = files.table_of(path, "a facts table")
    if set(table) != {"fact"} or not isinstance(table["fact"], list):
        raise BadEvidence(f"{path} must hold [[fact]] rows and nothing else")
    facts = [_fact(row, f"{path}, fact {number}") for number, row in enumerate(table["fact"], 1)]
    if twice := [name for name, times in Counter(fact.id for fact in facts).items() if times > 1]:
        raise BadEvidence(f"{path}: two facts are called {twice[0]}; give each its own id")
    return facts


@lru_cache(maxsize=1)
def shipped() -> tuple[Fact, ...]:
    """The facts that ship."""
    return tuple(load(files.shipped("data", "facts.toml")))


@lru_cache(maxsize=1)
def rights_of() -> dict[str, tuple[str, ...]]:
    """The rights that each shipped fact is about, by the id of its passage."""
    return {f"fact:{fact.id}": fact.rights for fact in shipped()}


def shipped_passages() -> list[Passage]:
    """The facts that ship, as passages."""
    return passages(shipped())


def passages(facts: Iterable[Fact]) -> list[Passage]:
    """Facts as passages "fact:<id>", dated by the day they began to hold, so that time-aware search can use them."""
    return [
        Passage(
            eid=f"fact:{fact.id}",
            text=fact.text,
            source=fact.source,
            role=fact.role,
            date=(fact.valid_from or fact.as_of).isoformat(),
            kind="fact",
            valid_from=_iso(fact.valid_from),
            valid_to=_iso(fact.valid_to),
        )
        for fact in facts
    ]


def only_reworded(one: Passage, other: Passage) -> bool:
    """Whether two wordings of a fact have the same role, time in force, figures and turning words.

    Figures of the source, as the year of a law, count for nothing: the text may name it or not.
    """
    sources = {*_WORDS.findall(f"{one.source} {other.source}".lower())}
    weighed = [(said.role, said.valid_from, said.valid_to, _turning(said.text, sources)) for said in (one, other)]
    return weighed[0] == weighed[1]


def _turning(text: str, sources: set[str]) -> Counter[str]:
    """How often each figure and each turning word stands in a text."""
    words = _WORDS.findall(text.lower())
    whole = f" {' '.join(words)} "
    figures = Counter(word for word in words if word[0].isdigit() and word not in sources)
    return figures + Counter({word: whole.count(f" {word} ") for word in TURNING})


def _fact(row: Any, where: str) -> Fact:
    if not isinstance(row, dict):
        raise BadEvidence(f"{where} isn't a table of keys")
    where = f"{where} ({row['id']})" if isinstance(row.get("id"), str) else where
    if (problem := next(_problems(row), None)) is not None:
        raise BadEvidence(f"{where}: {problem}")
    return Fact(**{**row, "rights": tuple(row["rights"])})


def _problems(row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a row, the first thing first."""
    for key, kind in NEEDED.items():
        if key not in row:
            yield f"{key} is missing"
        elif type(row[key]) is not kind or not row[key]:
            yield f"{key} must be a non-empty {_name(kind)}"
    for key in (key for key in row if key not in NEEDED):
        if key not in OPTIONAL:
            yield f"{key} isn't a key of the facts table"
        elif type(row[key]) is not date:
            yield f"{key} must be a {_name(date)}"
    if not ID.fullmatch(row["id"]):
        yield "id must be lower-case words joined by hyphens, like crc-ratification"
    for code in row["rights"]:
        if code not in RIGHTS:
            yield f"{code!r} isn't a rights code; use {', '.join(RIGHTS)}"
    if row["role"] not in ROLES:
        yield f"role must be one of {', '.join(sorted(ROLES))}"
    if "valid_from" in row and "valid_to" in row and row["valid_to"] < row["valid_from"]:
        yield "valid_to is before valid_from"


def _name(kind: type) -> str:
    return {str: "text", list: "list", date: "day like 2025-11-30"}[kind]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
