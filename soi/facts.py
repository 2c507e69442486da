"""Evidence from files into the store."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from classifier.errors import BadEvidence
from classifier.retrieval import Passage


def import_facts(db: Database) -> tuple[int, int]:
    """The facts table that ships; returns (added, changed)."""
    from classifier.facts import load, passages
    from pipeline.home import shipped
    from pipeline.steps import import_evidence

    return import_evidence(db, list(passages(load(shipped("data", "facts.toml")))))


def import_file(db: Database, path: Path) -> tuple[int, int]:
    """A file of passages (.jsonl) or of law by article; returns (added, changed)."""
    from classifier.lawtext import passages
    from pipeline.steps import import_evidence

    if path.name.removesuffix(".gz").endswith(".jsonl"):
        return import_evidence(db, list(read_passages(path)))
    name = path.name.removesuffix(".gz").lower()
    constitution = {"constitution": "Hiến pháp 2013", "since": "2014-01-01"} if "constitution" in name else {}
    found = passages(_text(path), **constitution)
    if not found:
        raise BadEvidence(f"{path.name} holds no article of law that could be read; give codified law or .jsonl.")
    return import_evidence(db, found)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as error:
        raise BadEvidence(f"{path.name} isn't readable as UTF-8 text ({error}).") from None


def read_passages(path: Path) -> Iterator[Passage]:
    """Passages of a JSON-lines file: {"eid", "text", "source", "role", "date"}; raises BadEvidence naming the line."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            eid, text = row["eid"], row["text"]
        except (ValueError, KeyError, TypeError):
            raise BadEvidence(f'{path.name}, line {number}: needs a JSON object with "eid" and "text".') from None
        if not isinstance(eid, str) or not isinstance(text, str):
            raise BadEvidence(f'{path.name}, line {number}: "eid" and "text" must be texts.')
        role = row.get("role") or "independent"
        if role not in ("primary", "independent", "party"):
            raise BadEvidence(f'{path.name}, line {number}: role must be primary, independent or party, not "{role}".')
        words = {name: str(row.get(name) or "") for name in ("source", "date", "kind", "valid_from", "valid_to")}
        yield Passage(eid=eid, text=text, role=role, **words)
