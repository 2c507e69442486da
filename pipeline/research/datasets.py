"""Data sets brought into a home: mapped to one form, with a card that says what the labels mean, or refused."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from math import isnan
from pathlib import Path
from typing import Any
from unicodedata import normalize

from classifier.atomic import made, replaced
from classifier.files import sha256
from classifier.policy import KINDS
from crawlers.urls import host_of
from pipeline.research import publicsets, tables
from pipeline.research.publicsets import COLUMNS, REFUSED, USES, VERDICTS, KnownSet, Layout

ROWS, CARD, CHECKED = "rows.jsonl", "card.json", "checked.json"
NAME = re.compile(r"\w[\w.-]*")  # a set's name is its folder's
FOLLOWS = 0.98  # of rows carry their source's one label: then the label is the source
LEAST_SOURCES, LEAST_ROWS = 4, 10  # fewer sources may each have one label by chance, unless two have so many rows
TAUGHT = ("", "train", "training")  # parts that are learned from
NOTHING = ("NaN", "nan", "<NA>")  # what a cell of a table may hold for nothing
COLUMNS_TOLD = 20  # of a file that lacks one; JSON laid by columns has one for each row
OF_LABELS = {"eid", "role", "text"}  # what a snapshot of labels tells of a piece of evidence
INVERTED = 0.8  # of the texts two sets share carry swapped labels


class SetRefused(Exception):
    """A data set that isn't taken; the message says why."""


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row of any data set in our one form; what isn't known is empty."""

    id: str
    text: str
    label: str = ""
    evidence: str = ""
    part: str = ""
    group: str = ""  # rows of one article, cluster or premise: never split between parts
    source: str = ""  # outlet or page; used to check the label, never to learn from
    time: str = ""


@dataclass(frozen=True, slots=True)
class SetCard:
    """What must be known of a data set before it is used."""

    name: str
    use: str
    licence: str
    means: str
    leaks: str
    rows: int
    skipped: int  # rows without a text or label
    labels: Mapping[str, int]
    parts: Mapping[str, int]
    columns: Mapping[str, str]  # ours: theirs
    digest: str  # sha256 of rows.jsonl
    bare: Mapping[str, int] = field(default_factory=dict)  # labels to learn a verdict from that have no evidence


def rows_of(table: Iterable[Mapping[str, Any]], layout: Layout) -> Iterator[SetRow | None]:
    """Rows in our form; None for a row that has no text or no label."""
    for number, row in enumerate(table, start=1):
        values = {ours: _value(row, names) for ours, names in layout.columns.items()}
        label = normalize("NFC", values.get("label", "").strip())
        label = layout.labels.get(label.lower(), label)
        text = values.get("text", "").strip()
        wanted = "label" in layout.columns
        if not text or (wanted and not label):
            yield None
            continue
        part = values.get("part", "").strip().lower()
        yield SetRow(**{**values, "id": values.get("id") or str(number), "text": text, "label": label, "part": part})


def teaches(part: str) -> bool:
    """Whether rows of a part may be learned from: train, or none told; any other is measured on, whatever its name."""
    return part.strip().lower() in TAUGHT


def _value(row: Mapping[str, Any], names: Sequence[str]) -> str:
    name = next((name for name in names if not _missing(row.get(name))), None)
    found = "" if name is None else row[name]
    if isinstance(found, bytes):  # as Parquet of some writers holds texts
        found = found.decode("utf-8", "replace")
    elif isinstance(found, list) and all(isinstance(one, str) for one in found):
        found = " ".join(found)
    elif isinstance(held := _unpacked(found), list | dict):
        if isinstance(held, list) and all(isinstance(one, dict) and one.keys() == OF_LABELS for one in held):
            raise SetRefused(f"The column {name} is of a snapshot of labels; give the folder to `soi train --data`.")
        raise SetRefused(f"The column {name} holds lists or objects, not texts; write each as one text.")
    word = str(int(found)) if isinstance(found, bool) else str(found)
    return word.encode("utf-8", "replace").decode()  # half a character, as JSON cut in two has, is none


def _unpacked(cell: Any) -> Any:
    """A cell as it is, or the objects that it holds written as JSON, as tables without lists keep them."""
    if isinstance(cell, str) and re.match(r"\s*(\[\s*)?\{", cell):
        with suppress(ValueError, RecursionError):
            return json.loads(cell)
    return cell


def _missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, or NaN, which pandas writes into JSON instead, or names in a CSV."""
    return value is None or (isnan(value) if isinstance(value, float) else value in NOTHING)


def import_set(folder: Path, path: Path, known: KnownSet, *, beside: Sequence[Path] = ()) -> SetCard:
    """Bring a set into folder/<name>/; raises SetRefused with the reason. `beside` are sets imported before."""
    if not NAME.fullmatch(known.name):
        raise SetRefused(f'"{known.name}" can\'t be a name: letters, digits, dots, dashes and underscores can.')
    table = list(tables.read(path))
    if not table:
        raise SetRefused(f"{path.name} holds no row, so there is nothing to bring in.")
    theirs = list(dict.fromkeys(name for row in table for name in row))
    _refuse_missing(path.name, theirs, known)
    here = {ours: names for ours, names in known.layout.columns.items() if not set(theirs).isdisjoint(names)}
    found = list(rows_of(table, replace(known.layout, columns=here)))
    rows = [row for row in found if row is not None]
    if not rows:
        raise SetRefused(f"{path.name} holds no row with a text and a label.")
    _refuse_unteachable(known, rows)
    refuse_source_labels(known.name, rows)
    for other in beside:
        _refuse_inverted(known.name, rows, other)
    return _write(folder / known.name, known, rows, skipped=len(found) - len(rows), theirs=theirs)


def _write(place: Path, known: KnownSet, rows: Sequence[SetRow], *, skipped: int, theirs: Sequence[str]) -> SetCard:
    columns = {c: next((n for n in names if n in theirs), "") for c, names in known.layout.columns.items()}
    about = SetCard(
        known.name, known.use, known.licence, known.means, known.leaks, 0, skipped, {}, {},
        {ours: name for ours, name in columns.items() if name}, "",
    )  # fmt: skip
    return put(place, about, rows)


def put(place: Path, about: SetCard, rows: Sequence[SetRow]) -> SetCard:
    """Write the rows of a set, and its card with their numbers and digest; the card as it is then."""
    lines = _lines(rows)
    card = replace(
        about,
        rows=len(rows),
        labels=dict(sorted(Counter(row.label for row in rows if row.label).items())),
        parts=dict(sorted(Counter(row.part for row in rows if row.part).items())),
        digest=_digest(lines),
        bare=_bare(rows) if about.use == "verdict" else {},
    )
    # the card is in its place first: an erasure that is killed between the two is known by it
    with made(place), replaced(place / ROWS) as its_rows, replaced(place / CARD) as its_card:
        its_rows.write_text(lines, encoding="utf-8")
        its_card.write_text(json.dumps(asdict(card), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return card


def _bare(rows: Iterable[SetRow]) -> dict[str, int]:
    """How many rows to learn from carry each label without an evidence to compare with."""
    return dict(sorted(Counter(row.label for row in rows if teaches(row.part) and not row.evidence).items()))


def _lines(rows: Iterable[SetRow]) -> str:
    return "".join(json.dumps(asdict(row), ensure_ascii=False, sort_keys=True) + "\n" for row in rows)


def digest_of(rows: Iterable[SetRow]) -> str:
    """What the card of these rows says of them."""
    return _digest(_lines(rows))


def _digest(lines: str) -> str:
    return hashlib.sha256(lines.encode()).hexdigest()


def _refuse_missing(name: str, theirs: Sequence[str], known: KnownSet) -> None:
    """Refuse a file without a text, or without a column that somebody mapped by its name."""
    for ours in dict.fromkeys(("text", *known.asked)):
        names = known.layout.columns.get(ours, ())
        if not set(theirs) & set(names):
            has = ", ".join(map(str, theirs[:COLUMNS_TOLD])) + ", …"[: 3 * (len(theirs) > COLUMNS_TOLD)]
            raise SetRefused(
                f"{name} has no column {' or '.join(names) or 'for ' + ours}; it has {has}. Name one with"
                f" --map {ours}=COLUMN."
            )


def _refuse_unteachable(known: KnownSet, rows: Sequence[SetRow]) -> None:
    """Refuse a set of which no row could teach what it is said to teach."""
    pairs, words = known.use == "verdict", _labels(known.use)
    if words and not any(row.label in words and (row.evidence or not pairs) for row in rows):
        wanted = ("an evidence and " if pairs else "") + "a label of " + ", ".join(words)
        labels = ", ".join(sorted({row.label for row in rows})[:6]) or "none"
        raise SetRefused(
            f"{known.name} can't teach a {known.use}: no row has {wanted} (its labels are {labels})."
            f" Map its columns with --map and its labels with --label THEIRS=OURS, or choose another --use."
        )


def _labels(use: str) -> list[str]:
    """The labels that teach what a set is for; none where no label counts."""
    return sorted({"verdict": set(VERDICTS.values()), "kind": set(KINDS)}.get(use, set()))


def refuse_source_labels(name: str, rows: Sequence[SetRow]) -> None:
    """Refuse a set whose label can be read off who published the row, by the source as it is told or by its site."""
    told = [(row.source, row.label) for row in rows if row.source and row.label]
    labels = Counter(row.label for row in rows if row.label)
    usual = max(labels.values(), default=0) / max(1, labels.total())
    pure = max(_pure(told), _pure([(host_of(source), label) for source, label in told if host_of(source)]))
    if len(labels) > 1 and pure >= FOLLOWS > usual:
        raise SetRefused(f"{name} is refused: {pure:.0%} of its rows carry their source's one label, so "
                         + REFUSED["by_outlet"])  # fmt: skip


def _pure(told: Iterable[tuple[str, str]]) -> float:
    """The share of rows that carry their source's one label; 0 for too few sources to say so."""
    by_source: dict[str, Counter[str]] = defaultdict(Counter)
    for source, label in told:
        by_source[source][label] += 1
    several = [counts for counts in by_source.values() if counts.total() >= 2]
    if len(several) < LEAST_SOURCES and sum(counts.total() >= LEAST_ROWS for counts in several) < 2:
        return 0.0
    return sum(max(counts.values()) for counts in several) / sum(counts.total() for counts in several)


def _refuse_inverted(name: str, rows: Sequence[SetRow], other: Path) -> None:
    """Refuse a copy of a set we have whose two labels were swapped."""
    card = load_card(other)
    ours, told = publicsets.known(card.name), {key(row.text): row.label for row in load(other) if row.label}
    named = ours.layout.labels if ours else {}  # a copy may carry the labels as they were published
    both = [
        (told[k], named.get(row.label.lower(), row.label)) for row in rows if row.label and (k := key(row.text)) in told
    ]
    words = {one for one, _ in both} & {two for _, two in both}  # labels of another question aren't swapped
    shared = [pair for pair in both if words.issuperset(pair)]
    if len(shared) < 20:
        return
    differing = Counter(pair for pair in shared if pair[0] != pair[1])
    if sum(differing.values()) / len(shared) >= INVERTED:
        raise SetRefused(
            f"{name} is refused: {sum(differing.values())} of the {len(shared)} texts it shares with"
            f" {card.name} carry another label there; one of the two is inverted."
        )


def key(text: str) -> str:
    """A text's name for exact comparison, blind to case and white space."""
    return hashlib.sha256(" ".join(text.lower().split()).encode("utf-8", "replace")).hexdigest()


def generic(name: str, mapping: Mapping[str, str], labels: Mapping[str, str], about: Mapping[str, str]) -> KnownSet:
    """A set we have no card of, described by who imports it; raises SetRefused while its meaning isn't said."""
    use = about.get("use") or "text"
    if use not in USES:
        raise SetRefused(f"A set is for one of {', '.join(USES)}, not {use}.")
    if follows := about.get("label_follows", ""):
        if f"by_{follows}" not in REFUSED:
            known = ", ".join(one.removeprefix("by_") for one in REFUSED)
            raise SetRefused(f"A label may be said to follow one of {known}, not {follows}.")
        raise SetRefused(f"{name} is refused: {REFUSED[f'by_{follows}']}")
    if not about.get("means") or not about.get("licence"):
        raise SetRefused("Say what the label really means (--means) and the licence (--licence); a card needs both.")
    leaks = about.get("leaks") or "not looked into"
    # what is called as ours is ours; a text needs no label, so none is left out for want of one
    layout = Layout({ours: (ours,) for ours in COLUMNS if ours != "label" or use != "text"})
    return remapped(KnownSet(name, use, about["licence"], about["means"], leaks, layout), mapping, labels)


def remapped(known: KnownSet, mapping: Mapping[str, str], labels: Mapping[str, str]) -> KnownSet:
    """A set with some columns and labels named otherwise; raises SetRefused for a column that is none of ours."""
    unknown = [column for column in mapping if column not in COLUMNS]
    if unknown:
        raise SetRefused(f"There is no column {unknown[0]}; map {', '.join(COLUMNS)}.")
    named = {ours: (normalize("NFC", theirs),) for ours, theirs in mapping.items()}
    words = {normalize("NFC", theirs.strip()).lower(): ours for theirs, ours in labels.items()}
    columns, words = {**known.layout.columns, **named}, {**known.layout.labels, **words}
    return replace(known, layout=Layout(columns, words), asked=tuple(mapping))


def load(place: Path) -> Iterator[SetRow]:
    """Rows of an imported set; raises SetRefused when they aren't those of its card."""
    check(place)
    yield from as_they_are(place)


def check(place: Path) -> None:
    """Raise SetRefused when the rows of an imported set aren't those of its card."""
    card = load_card(place)
    if sha256(place / ROWS) != card.digest:
        raise SetRefused(f"{place / ROWS} was changed since it was imported; import it again.")


def as_they_are(place: Path) -> Iterator[SetRow]:
    """Rows of an imported set, be they those of its card or not."""
    for line in (place / ROWS).read_bytes().decode("utf-8").split("\n"):
        if line:
            yield SetRow(**json.loads(line))


def load_card(place: Path) -> SetCard:
    """The card of an imported set."""
    try:
        return SetCard(**json.loads((place / CARD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        raise SetRefused(f"There is no data set in {place}; `soi data import` makes one.") from None


def imported(folder: Path) -> list[Path]:
    """Folders of the sets a home has, by name."""
    return sorted(path.parent for path in folder.glob(f"*/{CARD}"))


def checked(place: Path, card: SetCard) -> str:
    """What `soi data check` found in these very rows, for the end of the card."""
    try:
        told = json.loads((place / CHECKED).read_text(encoding="utf-8"))
        if told["digest"] != card.digest:
            raise ValueError("other rows")
        found = "".join(f"- {what}: {sentence}\n" for what, sentence in told["found"].items()) or "- nothing\n"
        clean = ", ".join(told["clean"]) or "none"
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return "**Checked**: not yet; `soi data check` looks for copies, leaks and doubtful labels.\n"
    return f"**Checked**, and found:\n\n{found}\nNothing found by: {clean}.\n"


def markdown(card: SetCard) -> str:
    """A card as a page."""
    counted = "".join(f"| {label} | {n} |\n" for label, n in card.labels.items())
    labels = f"| label | rows |\n|---|---|\n{counted}\n" if counted else ""
    if (words := _labels(card.use)) and (mute := [label for label in card.labels if label not in words]):
        n = sum(card.labels[label] for label in mute)
        labels += (
            f"**Teach nothing**: {n} rows labelled {', '.join(mute[:6])}{', …' if mute[6:] else ''}; import the set"
            f" again with --label THEIRS=OURS (ours: {', '.join(words)}), unless that is meant.\n\n"
        )
    parts = ", ".join(f"{part} {n}" for part, n in card.parts.items()) or "none given"
    held, bare = sum(n for part, n in card.parts.items() if not teaches(part)), sum(card.bare.values())
    parts += f" ({card.rows - held - bare} rows to learn from, {held} to measure on)" if card.parts else ""
    if bare:
        of = ", ".join(f"{label} {n}" for label, n in card.bare.items())
        labels += (
            f"**Teach nothing**: {bare} of {card.rows - held} rows to learn from, as they have no evidence ({of});"
            " where cells were merged, write it into every row and import the set again.\n\n"
        )
    columns = ", ".join(f"{ours} ← {theirs}" for ours, theirs in card.columns.items())
    return (
        f"# {card.name}\n\n{card.rows} rows ({card.skipped} left out for want of a text or label); parts: {parts}.\n\n"
        f"**Licence**: {card.licence}\n\n**What the label means**: {card.means}\n\n**Known leaks**: {card.leaks}\n\n"
        f"**May teach**: {card.use}\n\n{labels}Columns: {columns}.\n"
        f"sha256 of its rows: `{card.digest}`\n"
    )
