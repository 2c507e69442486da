"""Passages written down as JSON lines: one reading of them for the store, for a pipe and for measuring."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from classifier.errors import BadEvidence
from classifier.evidence.told import OF_CLAIMS, PASSAGE_KINDS, is_day, untold_kind
from classifier.files import unpacked
from classifier.policy import ROLES
from classifier.text.redact import redact

WORDS = ("eid", "text", "source", "role", "date", "kind", "valid_from", "valid_to", "url")
NEEDED = 'needs a JSON object with "eid" and "text".'
BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how PDF, .docx and .doc begin

Words = dict[str, str]  # what a line tells of a passage, by the names of WORDS


def text_of(path: Path) -> str:
    """The text of a file of evidence, packed or not; raises BadEvidence."""
    try:
        raw = unpacked(path)
        if raw.startswith(BINARY):
            raise BadEvidence(f"{path.name}: PDF and Word files aren't read; save it as plain text first.")
        return raw.decode("utf-8-sig")
    except ValueError as error:
        raise BadEvidence(f"{path.name} isn't readable as UTF-8 text ({error}).") from None


def read(path: Path, *, measured: bool = False) -> Iterator[tuple[int, Words]]:
    """The passage of each line, with the line's number; raises BadEvidence naming the first that is none.

    Where nobody says whose word a passage is, its role is ""; where claims are measured by it, it is independent if it
    comes from a web address, else primary.
    """
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if line.strip():
            try:
                words = _words(json.loads(line), measured)
            except (ValueError, RecursionError):
                raise BadEvidence(f"{path.name}, line {number}: isn't valid JSON.") from None
            except BadEvidence as error:
                raise BadEvidence(f"{path.name}, line {number}: {error}") from None
            yield number, words


def _words(row: Any, measured: bool) -> Words:
    """One line's passage; raises BadEvidence."""
    if not isinstance(row, dict):
        raise BadEvidence(NEEDED)
    for name in (name for name in row if name not in WORDS):
        for near in (word for word in WORDS if word not in row and one_slip(name.lower(), word)):
            raise BadEvidence(f'there is no "{name}"; did you mean "{near}"?')
    if "eid" not in row or "text" not in row:
        raise BadEvidence(NEEDED)
    words = {name: "" if row.get(name) is None else row[name] for name in WORDS}
    for name, word in words.items():
        if not isinstance(word, str) or not _whole(word):
            raise BadEvidence(f'"{name}" must be a text of whole characters.')
    for name in ("eid", "text"):
        if not words[name].strip():
            raise BadEvidence(f'"{name}" is empty.')
    role = words["role"] or (_untold_role(words["source"]) if measured else "")
    if role not in ("", *ROLES):
        raise BadEvidence(f'role must be primary, independent or party, not "{role}".')
    for name in ("date", "valid_from", "valid_to"):
        if words[name] and not is_day(words[name]):
            raise BadEvidence(f'"{name}" must be a day such as 2025-11-30, not "{words[name]}".')
    if words["valid_to"] and words["valid_to"][:10] < words["valid_from"][:10]:
        raise BadEvidence('"valid_to" is before "valid_from".')
    return _kinded(words | {"role": role})


def _untold_role(source: str) -> str:
    return "independent" if source.startswith("http") else "primary"


def _kinded(words: Words) -> Words:
    """A passage's words with the kind that is meant where none is told; raises BadEvidence for an unknown one."""
    told = words["kind"]
    if told in OF_CLAIMS:
        raise BadEvidence(
            f"a {told}'s text is the claim over again and no evidence of it; name a fact-check's page as a source of"
            " kind factcheck, and decide claims of your own at the desk."
        )
    if told not in ("", *PASSAGE_KINDS):
        raise BadEvidence(f'"kind" must be one of {", ".join(PASSAGE_KINDS)}, not "{told}".')
    if told or not (meant := untold_kind(words["role"], words["source"])):
        return words
    # who doesn't say that it is law doesn't vouch either for its numbers being an office's
    return words | {"kind": meant, "text": redact(unicodedata.normalize("NFC", words["text"])).text}


def _whole(word: str) -> bool:
    """Whether SQLite can hold a text: without NUL and half characters."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in word


def one_slip(name: str, word: str) -> bool:
    """Whether two names are at most one letter apart: left out, put in, another, or two that changed places."""
    short, long = sorted((name, word), key=len)
    alike = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    a, b = short[alike:], long[alike:]
    return a[1:] == b[1:] or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
