"""A home's own rows of what goes against its passages: files like those of data/contraries/, read and checked."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from classifier.errors import BadEvidence
from classifier.evidence import facts
from classifier.logic.contraries import (
    LONGEST,
    Contrary,
    Rows,
    eid_of,
    index_of,
    made_of,
    parsed,
    shipped_common,
    shipped_texts,
    standing,
    wording_of,
)
from classifier.logic.phrases import SHARED, Phrases
from classifier.orthography.spelling import plain
from classifier.policy import RIGHTS
from classifier.text import fold, sentences

MOST_ROWS, MOST_BYTES = 5_000, 2_000_000  # of all files of a home
# with <words> put in: letters of a group and of a whole home, gaps of a phrase (each is tried with every other), and
# words within words
MOST_LETTERS, MOST_IN_ALL, MOST_GAPS, DEEPEST = 100_000, 20_000_000, 8, 20
# gaps of a phrase that has the same on both sides of one: of a text that says it over and over each is tried with every
# other indeed, which took over a minute with four
MOST_REPEATED = 2
SIZES = (("group", "letters"), ("phrase", "gaps (…)"), ("group", "words within words"))
KINDS = {"words": dict, "rights": dict, "contrary": list}


@dataclass(frozen=True, slots=True)
class RowsFile:
    """A file of rows: its name, its text, and the passages that its rows count for, id to text."""

    name: str
    text: str
    texts: Mapping[str, str]


def facts_of(name: str, text: str) -> tuple[str, ...]:
    """The facts that the rows of a file name, each once; raises BadEvidence for what is no such file."""
    if not (rows := parsed(name, text, KINDS).get("contrary", [])):
        raise BadEvidence(f"{name} holds no [[contrary]] row; `soi evidence remove {name}` takes a file back")
    return tuple(dict.fromkeys(str(row["fact"]) for row in rows if isinstance(row, dict) and row.get("fact")))


def read(file: RowsFile, *, left: bool = False) -> tuple[list[Contrary], dict[str, tuple[str, ...]]]:
    """The rows of a file and the rights that its passages are about; raises BadEvidence naming the first that can't be
    used, and why. left: rows on a passage that isn't there are left out."""
    table = parsed(file.name, file.text, KINDS)
    common, never = shipped_common()
    wording = wording_of(file.name, table, common)
    named = f"{file.name} {hashlib.sha256(file.text.encode()).hexdigest()[:8]}"
    found = list[Contrary]()
    for at, row in enumerate(table.get("contrary", []), 1):
        if left and isinstance(row, dict) and eid_of(str(row.get("fact")), file.texts) not in file.texts:
            continue
        one = made_of(row, wording, never, f"{file.name}, contrary {at}", file.texts)
        found.append(replace(one, where=f"{named}, contrary {at}"))
        for group in (*one.said, one.unless[0]):
            _check_size(group, f"{file.name}, contrary {at}")
    return found, dict(_rights(file, table.get("rights", {}), left=left))


def _check_size(group: Phrases, where: str) -> None:
    for found, most, of in zip(_size(group), (MOST_LETTERS, MOST_GAPS, DEEPEST), SIZES, strict=True):
        if found > most:
            raise BadEvidence(
                f"{where}: with its <words> put in a {of[0]} has {found:,} {of[1]}, at most {most:,} pass"
            )
    for said, _ in group.parts():
        if _gaps(said, group) > MOST_REPEATED and (twice := _on_both_sides(said, group)):
            raise BadEvidence(
                f"{where}: “{said}” has “{twice}” on both sides of a gap (…), and over {MOST_REPEATED} gaps; say it in"
                " groups of their own"
            )


def _gaps(said: str, group: Phrases) -> int:
    """How many gaps a phrase of a group has with its shared words put in."""
    return said.count("…") + sum(said.count(f"<{name}>") * _size(forms)[1] for name, forms in group.shared.items())


def _on_both_sides(said: str, group: Phrases) -> str:
    """What stands on both sides of a gap of a phrase by itself, "" where nothing does."""
    seen = set[str]()
    for part in map(str.strip, said.split("…")):
        forms = _forms(group.shared[part[1:-1]]) if SHARED.fullmatch(part) else {fold(part)} - {""}
        if twice := seen & forms:
            return min(twice)
        seen |= forms
    return ""


@lru_cache(maxsize=1_000)
def _forms(group: Phrases) -> frozenset[str]:
    """The phrases of a group, folded, those of shared words alone in their place."""
    said = [one for one, _ in group.parts()]
    inner = (_forms(group.shared[one[1:-1]]) for one in said if SHARED.fullmatch(one))
    return frozenset(map(fold, said)).union(*inner)


@lru_cache(maxsize=1_000)
def _size(group: Phrases) -> tuple[int, int, int]:
    """How many letters a group has with its shared words put in, how many gaps one of its phrases, and how deep words
    stand within words."""
    inner = {f"<{name}>": _size(forms) for name, forms in group.shared.items()}
    letters, most = len(group.written), 0
    for said, _ in group.parts():
        letters += sum(said.count(name) * size[0] for name, size in inner.items())
        most = max(most, _gaps(said, group))
    return letters, most, max((depth for *_, depth in inner.values()), default=0) + 1


def _rights(file: RowsFile, told: Mapping[str, object], *, left: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rights of passages by their id."""
    for fact, codes in told.items():
        eid = eid_of(fact, file.texts)
        if eid not in file.texts:
            if left:
                continue
            raise BadEvidence(f"{file.name}, {fact} of [rights]: no row is on it")
        if eid in facts.rights_of():
            raise BadEvidence(f"{file.name}, {fact} of [rights]: a fact that ships has its own")
        if not isinstance(codes, list) or not codes or any(code not in RIGHTS for code in codes):
            raise BadEvidence(f"{file.name}, {fact} of [rights]: it must be a list of {', '.join(RIGHTS)}")
        yield eid, tuple(codes)


def joined(files: Iterable[RowsFile], *, seal: str = "", left: bool = False) -> Rows:
    """The rows of all files beside those that ship; raises BadEvidence where they can't be used."""
    own, rights = list[Contrary](), dict[str, tuple[str, ...]]()
    for file in files:
        try:
            rows, about = read(file, left=left)
        except RecursionError:
            raise BadEvidence(f"{file.name}: its [words] stand too deep within each other") from None
        own, rights = own + rows, rights | about
    texts = {eid: text for file in files for eid, text in file.texts.items()}
    return Rows(tuple(own), texts, rights, seal)


def check_limits(rows: Rows) -> None:
    """Raise BadEvidence where a home would have too many rows."""
    if len(rows.own) > MOST_ROWS:
        raise BadEvidence(f"That makes {len(rows.own):,} rows; a home may have {MOST_ROWS:,} of its own.")
    letters = sum(_size(group)[0] for one in rows.own for group in (*one.said, one.unless[0]))
    if letters > MOST_IN_ALL:
        raise BadEvidence(f"With <words> put in all rows have {letters:,} letters; a home may have {MOST_IN_ALL:,}.")


def check(rows: Rows) -> None:
    """Raise BadEvidence naming the first row that doesn't match its own `like`, or matches what a fact says."""
    for one in rows.own:
        if not any(standing(plain(one.like[:LONGEST]), index_of((one,)))):
            raise BadEvidence(f"{place(one.where)}: it doesn't match its own like, “{one.like}”")
    index = index_of(rows.own)
    for eid, text in {**shipped_texts(), **rows.texts}.items():
        for said in (text[start:end] for start, end in sentences(text)):
            if row := next(standing(plain(said), index), None):
                raise BadEvidence(f"{place(row.where)}: it matches what {eid} itself says, “{said[:200]}”")


def place(where: str) -> str:
    """Where a row stands without the digest of its file."""
    name, _, number = where.rpartition(", ")
    return f"{name.rpartition(' ')[0]}, {number}"
