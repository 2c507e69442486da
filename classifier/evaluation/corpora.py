"""Corpora that a model is measured on, every row checked before anything is measured: a typo is no wrong answer."""

import csv
import io
import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from classifier.entailment.verdict import LABELS
from classifier.errors import ClassifierError
from classifier.evidence.lines import one_slip
from classifier.evidence.lines import read as passage_lines
from classifier.evidence.retrieval import Passage
from classifier.files import json_lines, unpacked
from classifier.policy import KINDS, RIGHTS

TEXTS = {  # what each row of a corpus says, by what the file's name begins with
    "posts": ("text",), "claims": ("text", "eid", "evidence"), "protected": ("text",), "mirror": ("a", "b"),
    "obfuscated": ("clean", "noisy"),
}  # fmt: skip
EVIDENCE = "evidence.jsonl"  # the passages that a folder's claims are laid beside
COLUMNS = ("part", "statement", "evidence", "label", "url")  # of vifactcheck.csv.gz
SUITES = {**dict.fromkeys(TEXTS, ".jsonl"), "vifactcheck": ".csv.gz"}  # how a measured file's name begins, and ends
TABLES = (".json", ".jsonl", ".ndjson", ".csv", ".gz")  # endings of what is likely meant to be measured
TRUTHS = ("true", "false")
ALIKE = "same_claim_two_voices"  # a mirror pair whose gaps are held to the red line, as one of no kind is
MIRRORS = (ALIKE, "same_form_two_sides")
SLICES = ("paraphrased", "diacritics")  # by which claims are told apart: true or false
TOLD = ("edit", "register", "how", "stance")  # what rows may say of themselves

Row = dict[str, Any]


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a folder that are measured on, each with its suite."""
    for suite, ending in SUITES.items():
        yield from ((suite, path) for path in sorted(folder.glob(f"{suite}*{ending}")))


def passed_over(folder: Path) -> list[str]:
    """The names in a folder that are nearly those of what is measured on."""
    measured = {path.name for _, path in files_of(folder)}
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix in TABLES and path.name not in measured and any(_near(path.name.lower(), one) for one in SUITES)
    )


def _near(name: str, suite: str) -> bool:
    return name.startswith(suite) or one_slip(name.partition(".")[0], suite)


def rows(path: Path) -> list[Row]:
    """JSON lines of a corpus."""
    return [row for _, row in json_lines(path)]


def read(path: Path, suite: str, *, eids: Collection[str] | None = None) -> list[Row]:
    """The rows of a corpus, each with an id; raises ClassifierError naming the first line that isn't as described, or
    is a claim whose passage is none of those named by their eids."""
    if suite not in TEXTS:
        return _pairs(path)
    held = dict[str, tuple[int, Row]]()
    for number, row in json_lines(path):
        if wrong := _wrong(row, suite) or _unfound(row, suite, eids):
            raise ClassifierError(f"{path.name}, line {number}: {wrong}.")
        name = str(number if row.get("id") is None else row["id"])
        earlier, _ = held.setdefault(name, (number, row | {"id": name}))
        if earlier != number:
            raise ClassifierError(
                f'{path.name}, line {number}: the row of line {earlier} is called "{name}" too; give each "id" once,'
                " or leave it out, for the line's number."
            )
    if not held:
        raise ClassifierError(f"{path.name} holds no row, so nothing can be measured on it.")
    return [row for _, row in held.values()]


def passages(folder: Path) -> list[Passage]:
    """What a folder's evidence.jsonl holds, [] where there is none; raises ClassifierError naming the first line that
    isn't as described."""
    path = folder / EVIDENCE
    held = dict[str, Passage]()
    for number, words in passage_lines(path, measured=True) if path.exists() else ():
        one = Passage(**{name: word for name, word in words.items() if name != "url"})
        if held.setdefault(one.eid, one).text != one.text:
            raise ClassifierError(f'{path.name}, line {number}: "{one.eid}" has another text in an earlier line.')
    return list(held.values())


def _wrong(row: Row, suite: str) -> str:
    """What of a row isn't as docs/researcher.md describes it, "" where all is."""
    if lacks := _lacks(row, TEXTS[suite]):
        return lacks
    if suite == "claims" and row.get("truth") not in TRUTHS:
        return _among("truth", TRUTHS, row)
    if suite == "claims" and not _texts(row.get("eid_alt") or []):
        return '"eid_alt" must be a list of texts'
    if slips := [name for name in SLICES if suite == "claims" and not isinstance(row.get(name, True), bool | None)]:
        return f'"{slips[0]}" must be true, false or null'
    if suite == "mirror" and row.get("kind") not in (None, *MIRRORS):
        return _among("kind", (*MIRRORS, None), row)
    if others := [name for name in ("kind", *TOLD) if not isinstance(row.get(name), str | None)]:
        return f'"{others[0]}" must be a text'
    if suite == "posts":
        if "kind" not in row or row["kind"] not in (None, *KINDS):
            return _among("kind", (*KINDS, None), row)
        told = row.get("rights")
        if not row.get("rights_disputed") and not (isinstance(told, list) and all(code in RIGHTS for code in told)):
            return f'"rights" must be a list of {", ".join(RIGHTS)}'
    return ""


def _unfound(row: Row, suite: str, eids: Collection[str] | None) -> str:
    """That a claim's passage stands nowhere: it could only be measured as not found."""
    if suite != "claims" or eids is None or any(eid in eids for eid in (row["eid"], *(row.get("eid_alt") or ()))):
        return ""
    return f'no passage of {EVIDENCE} beside it, nor a fact of ours, is called "{row["eid"]}"'


def _lacks(row: Row, names: Sequence[str]) -> str:
    """Which texts of a row are none, "" where all are there."""
    lacking = [f'"{name}"' for name in names if not isinstance(row.get(name), str) or not row[name].strip()]
    what = "a text that isn't empty" if len(lacking) == 1 else "texts that aren't empty"
    return f"{' and '.join(lacking)} must be {what}" if lacking else ""


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _among(name: str, words: Sequence[str | None], row: Row) -> str:
    *said, last, found = (json.dumps(one, ensure_ascii=False) for one in (*words, row.get(name)))
    return f'"{name}" must be {", ".join(said)} or {last}, not {found}'


def _pairs(path: Path) -> list[Row]:
    """The pairs of a verdict corpus that are measured on: those of its dev part."""
    csv.field_size_limit(1 << 24)
    try:
        reader = csv.DictReader(io.StringIO(unpacked(path).decode("utf-8-sig"), newline=""), restval="")
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        numbered = [(number, row) for number, row in enumerate(reader, 1) if row.get("part") == "dev"]
    except (OSError, ValueError, csv.Error) as error:
        raise ClassifierError(f"{path.name} can't be read ({error}).") from None
    if missing:
        raise ClassifierError(f"{path.name} has no column {', '.join(missing)}; it needs {', '.join(COLUMNS)}.")
    for number, row in numbered:
        if row["label"] not in LABELS:
            raise ClassifierError(
                f'{path.name}, row {number}: "label" must be one of {", ".join(LABELS)}, not {row["label"]}.'
            )
        if lacks := _lacks(row, ("statement", "evidence")):
            raise ClassifierError(f"{path.name}, row {number}: {lacks}.")
    if not numbered:
        raise ClassifierError(f"{path.name} has no row of the part dev, so nothing can be measured on it.")
    return [row for _, row in numbered]
