"""Labels as files: reproducible snapshots with a data statement and digests, in the layouts other tools read."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from classifier.atomic import built
from classifier.factuality.asking import asked_about
from classifier.files import sha256
from pipeline.records import EPOCH_MS, REASONS, RIGHTS, ROLES, Verdict, of_milliseconds, stamp, zoned
from pipeline.research import tables
from pipeline.store import Database
from pipeline.store.labels import Labelled, labels

FORMAT_VERSION = 1
REPEATED = ("factcheck:", "decision:")  # evidence that repeats the claim it judges, also in snapshots made long ago
STATEMENT, DIGESTS = "statement.md", "digests.json"
FILES = {
    "jsonl": "labels.jsonl", "csv": "labels.csv", "parquet": "labels.parquet", "labelstudio": "labelstudio.json",
    "argilla": "argilla.jsonl",
}  # fmt: skip
FORMATS = tuple(FILES)
NEEDED = ("id", "text", "claim", "verdict", "reason", "evidence", "case", "decided_at", "audit")
TRUTHS = {"true": True, "1": True, "1.0": True, "đúng": True, "false": False, "0": False, "0.0": False, "sai": False}


class SnapshotRefused(Exception):
    """A snapshot that can't be made or read; the message says why."""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label as every layout carries it; no person, no address, no outlet."""

    id: str  # v<version>-d<decision>: the same label has the same id in every snapshot
    text: str
    claim: str
    verdict: str
    reason: str
    rights: tuple[str, ...]
    evidence: tuple[Mapping[str, str], ...]  # eid, role, text
    case: int
    decided_at: str
    audit: bool


def rows(db: Database, *, view: str = "latest", until: str = "") -> list[LabelRow]:
    """The labels of a view up to a moment, in the order of their cases."""
    return [_row(one) for one in labels(db, view=view, until=until)]


def _row(one: Labelled) -> LabelRow:
    """A label with its text as a model reads it: of what people brought in what it asks about."""
    text = asked_about(one.text).strip() if one.brought else one.text
    held = tuple({"eid": eid, "role": role, "text": text} for eid, role, text in one.evidence)
    return LabelRow(
        f"v{one.version_id}-d{one.decision_id}", text, one.claim, one.verdict, one.reason,
        tuple(code for code in RIGHTS if code in json.loads(one.rights)), held, one.case_id, one.decided_at, one.audit,
    )  # fmt: skip


def write(
    found: Sequence[LabelRow],
    folder: Path,
    *,
    formats: Sequence[str],
    view: str,
    until: str,
    when_whole: Callable[[], object] = lambda: None,
) -> dict[str, str]:
    """Write a snapshot, whole or not at all; the same labels give the same bytes. Returns sha256 by file.

    when_whole: done once all is written, before the folder is in its place.
    """
    unknown = [one for one in formats if one not in FORMATS]
    if unknown:
        raise SnapshotRefused(f"There is no layout {unknown[0]}; choose of {', '.join(FORMATS)}.")
    if folder.exists() and any(folder.iterdir()):
        raise SnapshotRefused(f"{folder} isn't empty; a snapshot is never written over.")
    plain = [asdict(row) for row in found]
    with built(folder) as work:
        for one in formats:
            _WRITERS[one](work / FILES[one], plain)
        (work / STATEMENT).write_text(statement(found, view=view, until=until), encoding="utf-8")
        digests = {path.name: sha256(path) for path in sorted(work.iterdir())}
        told = {"format": FORMAT_VERSION, "view": view, "until": until, "rows": len(plain), "files": digests}
        (work / DIGESTS).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        when_whole()
    return digests


def _write_csv(path: Path, plain: Sequence[dict[str, Any]]) -> None:
    tables.write_csv(path, tables.guarded(plain), [one.name for one in fields(LabelRow)])


def _write_parquet(path: Path, plain: Sequence[dict[str, Any]]) -> None:
    tables.write_parquet(path, plain, [one.name for one in fields(LabelRow)])


def _write_labelstudio(path: Path, plain: Sequence[dict[str, Any]]) -> None:
    """Tasks with the verdict and the rights as choices, for a labelling config with `verdict` and `rights`."""
    tasks = [
        {
            "data": {key: row[key] for key in row if key not in ("verdict", "reason", "rights")},
            "annotations": [{"result": [
                _choice("verdict", [row["verdict"]]), _choice("reason", [row["reason"]]),
                *([_choice("rights", row["rights"])] if row["rights"] else []),
            ]}],
        }
        for row in plain
    ]  # fmt: skip
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _choice(name: str, choices: list[str]) -> dict[str, Any]:
    return {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": choices}}


def _write_argilla(path: Path, plain: Sequence[dict[str, Any]]) -> None:
    """Records of Argilla 2: fields, metadata, and a submitted response a question."""
    records = [
        {
            "id": row["id"], "fields": {"text": row["text"], "claim": row["claim"]},
            "metadata": {"case": row["case"], "decided_at": row["decided_at"], "audit": row["audit"],
                         "evidence": json.dumps(row["evidence"], ensure_ascii=False)},
            "responses": {name: [{"value": row[name], "status": "submitted"}]
                          for name in ("verdict", "reason", "rights")},
        }
        for row in plain
    ]  # fmt: skip
    tables.write_jsonl(path, records)


_WRITERS = {
    "jsonl": tables.write_jsonl, "csv": _write_csv, "parquet": _write_parquet, "labelstudio": _write_labelstudio,
    "argilla": _write_argilla,
}  # fmt: skip


def read(path: Path) -> list[LabelRow]:
    """Labels of a snapshot's folder or of one of its files, whatever the layout; raises SnapshotRefused."""
    if path.is_dir():
        _verify(path)
        path = next((path / FILES[one] for one in FORMATS if (path / FILES[one]).exists()), path / FILES["jsonl"])
    try:
        told = list(enumerate(tables.read(path), start=1))
        told.sort(key=lambda one: _changed(one[1]) if "annotation_id" in one[1] else "")  # a row an answer
        return [row for at, one in told if (row := _read(one, path, at)) is not None]
    except tables.TableRefused as error:
        raise SnapshotRefused(str(error)) from None


def _read(one: Mapping[str, Any], path: Path, at: int) -> LabelRow | None:
    """A row of any layout as a label, None where nobody answered; raises SnapshotRefused, which names the row."""
    if one and all(value is None or value == "" for value in one.values()):
        return None  # as spreadsheets leave them at the end
    try:
        row = _plain(one)
        return None if row is None else _from_layout(row, guarded=".csv" in path.name)
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as error:
        data = one.get("data")
        name = (data if isinstance(data, dict) else one).get("id") or f"in row {at}"
        deep = "it is nested too deep" if isinstance(error, RecursionError) else error
        why = f"it lacks {error}" if isinstance(error, KeyError) else deep
        raise SnapshotRefused(
            f"{path.name} isn't a file of labels as `soi export labels` writes it (label {name}: {why})."
        ) from None


def _verify(folder: Path) -> None:
    try:
        told = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise SnapshotRefused(f"{folder} has no {DIGESTS}, so it is no snapshot of labels.") from None
    files = told.get("files") if isinstance(told, dict) else None
    if not isinstance(files, dict):
        raise SnapshotRefused(f"{folder / DIGESTS} names no files, so this is no snapshot of labels.")
    for name, digest in files.items():
        if not (folder / name).is_file() or sha256(folder / name) != digest:
            raise SnapshotRefused(f"{name} isn't the file that {DIGESTS} names; take the snapshot again.")


def _plain(row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """A row of any layout as a plain one; None for a task that nobody answered, or whose answer was thrown away."""
    if "annotations" in row:
        ordered = sorted(row["annotations"] or (), key=_changed)
        given = [one["result"] for one in ordered if not one.get("was_cancelled")]
        told = [{one["from_name"]: _chosen(one) for one in result if _chosen(one)} for result in given]
        said = next((one for one in reversed(told) if "verdict" in one), None)
        if said is None:
            return None
        chosen = {"verdict": said["verdict"][0], "reason": said.get("reason", [""])[0]}
        return {**row["data"], **chosen, "rights": said.get("rights", [])}
    if "responses" in row:
        kept = {
            name: [one["value"] for one in answers or () if one and one.get("status", "submitted") == "submitted"]
            for name, answers in (row["responses"] or {}).items()
        }
        said = {name: [one for one in values if one is not None] for name, values in kept.items()}
        last = {name: values[-1] for name, values in said.items() if values}
        if "verdict" not in last:
            return None
        return {"id": row["id"], **row["fields"], **row["metadata"], "reason": "", "rights": [], **last}
    if "verdict.responses" in row:
        raise ValueError("Argilla's records are laid flat here; write them by records.to_json()")
    if "annotation_id" in row:  # CSV and JSON-MIN of Label Studio hold no question that wasn't answered
        return {"reason": "", **row}
    return row


def _changed(answer: Mapping[str, Any]) -> str:
    """When an answer of Label Studio was last changed, for the order of several; "" where it doesn't say."""
    return str(answer.get("updated_at") or "")


def _chosen(result: Mapping[str, Any]) -> list[str]:
    """The choices of a result of Label Studio; [] for a comment, a relation and whatever else it may hold."""
    return list((result.get("value") or {}).get("choices") or ())


def _from_layout(row: Mapping[str, Any], *, guarded: bool) -> LabelRow:
    """A plain row as a label, `guarded` or not; raises KeyError, ValueError or TypeError for a wrong one."""
    if lacking := [name for name in NEEDED if name not in row]:
        raise ValueError(f"it lacks {', '.join(map(repr, lacking))}; a table of other columns is for `soi data import`")
    text, claim, reason = (_words(row[name], name) for name in ("text", "claim", "reason"))
    reason = reason.strip()
    text, claim = (tables.unguarded(text), tables.unguarded(claim)) if guarded else (text, claim)
    said = _word(row["verdict"])  # a spreadsheet makes TRUE or ĐÚNG of true, and a table in Python True
    said = {"đúng": "true", "sai": "false"}.get(said, said)
    if said not in list(Verdict):
        raise ValueError(f"verdict should be {_or(list(Verdict))}, not {said[:40]!r}")
    verdict = Verdict(said)
    return LabelRow(
        str(row["id"]), text, claim, str(verdict), reason if reason in REASONS[verdict] else "",
        tuple(_right(code) for code in _codes(row.get("rights"))),
        tuple(_passage(one) for one in _parsed(row["evidence"], "evidence")), _number(row["case"]),
        _moment(row["decided_at"]), _truth(row["audit"]),
    )  # fmt: skip


def _codes(value: Any) -> list[Any]:
    """Codes of rights: a list, or as Label Studio's CSV and JSON-MIN hold them, nothing, a bare word or its choices."""
    if value is None or value == "":
        return []
    if value in RIGHTS:
        return [value]
    found = _unpacked(value, "rights")
    return _parsed(found.get("choices") if isinstance(found, dict) else found, "rights")


def _right(code: Any) -> str:
    """A code of rights, in whatever letters."""
    if (known := _words(code, "a right").upper()) not in RIGHTS:
        raise ValueError(f"a right should be {_or(RIGHTS)}, not {code[:40]!r}")
    return known


def _passage(one: Any) -> Mapping[str, str]:
    """A piece of evidence as a label names it."""
    if not isinstance(one, dict):
        raise TypeError("a piece of evidence should be an object of eid, role and text")
    for name in ("eid", "role", "text"):
        _words(one[name], f"{name} of evidence")
    if one["role"] not in ROLES:
        raise ValueError(f"role of evidence should be {_or(ROLES)}, not {one['role'][:40]!r}")
    return one


def _or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _number(value: Any) -> int:
    """The number of a case, from which a table with an empty cell makes 1.0."""
    word = str(value).removesuffix(".0")
    if not word.isdecimal():
        raise ValueError(f"case should be a number, not {str(value)[:40]!r}")
    return int(word)


def _truth(value: Any) -> bool:
    """Whether a cell holds, as tables write it; in Vietnamese spreadsheets ĐÚNG or SAI."""
    word = _word(value)
    if word not in TRUTHS:
        raise ValueError(f"audit should be true or false, not {str(value)[:40]!r}")
    return TRUTHS[word]


def _word(value: Any) -> str:
    """A cell of one word, however it is written: macOS takes ĐÚNG apart."""
    return normalize("NFC", str(value).strip()).lower()


def _moment(value: Any) -> str:
    """When a label was decided, as the tables write it; of UTC where no zone is told. pandas makes a moment of it, and
    of that in JSON milliseconds since 1970."""
    try:
        if isinstance(value, int) and value >= EPOCH_MS:
            value = of_milliseconds(value)
        found = value if isinstance(value, datetime) else datetime.fromisoformat(_words(value, "decided_at"))
        return stamp(zoned(found))
    except (ValueError, OverflowError, OSError):  # no date, or none that a calendar or a clock reaches
        raise ValueError(f"decided_at should be a moment such as 2026-11-27T08:00Z, not {str(value)[:40]!r}") from None


def _words(value: Any, name: str) -> str:
    """A value that must be text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} should be text, not {json.dumps(value, default=str)[:40]}")
    return value


def _parsed(value: Any, name: str) -> list[Any]:
    """A list, or the JSON of one that a flat table holds, whose emptied cell is an empty one."""
    found = _unpacked(value or "[]", name) if isinstance(value, str) else value
    if not isinstance(found, list | tuple):
        raise TypeError(f"{name} should be a list, not {json.dumps(value, default=str)[:40]}")
    return list(found)


def _unpacked(value: Any, name: str) -> Any:
    """What the JSON of a cell says; anything but text is that itself."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(
            f"{name} should be a list as JSON writes it, its words in double quotation marks, not {value[:40]!r}"
        ) from None


def statement(found: Sequence[LabelRow], *, view: str, until: str) -> str:
    """The data statement: what these labels are, how they came about, and what they mustn't be used for."""
    verdicts = Counter(row.verdict for row in found)
    random = sum(row.audit for row in found)
    table = "\n".join(f"| {verdict} | {verdicts[verdict]} |" for verdict in map(str, Verdict) if verdicts[verdict])
    span = f"{min(r.decided_at for r in found)[:10]} to {max(r.decided_at for r in found)[:10]}" if found else "none"
    kinds = {"latest": "the latest standing verdict of each case", "agreed": "verdicts that a second reader, who"
             " did not see the first, gave alike", "disputed": "verdicts that a second reader, who did not see the"
             " first, gave otherwise"}  # fmt: skip
    lost = sum(any(not one["text"] and not one["eid"].startswith(REPEATED) for one in row.evidence) for row in found)
    without = (
        f"\n- **Without their evidence.** {lost} texts were judged by a passage that changed or went since; its text is"
        " empty\n  here, and teaches no verdict."
    )
    return f"""# Labels of Vietnamese posts about human rights

{len(found)} texts of {len({row.case for row in found})} cases: {kinds[view]}{f", decided by {until}" if until else ""}.
Decided {span}. Drawn at random (the audit sample): {random}; otherwise (by a model's suspicion, as testimony, or
brought to the desk): {len(found) - random}.

| verdict | texts |
|---|---|
{table}

- **What a label is.** What one moderator found after comparing a claim with evidence, for every post that makes it.
  `false` and `misleading` name evidence that isn't a party's own statement.
- **How they were chosen.** Labels that a model asked for show what it suspects; only the random part says how common
  a thing is.
- **What is left out.** Verdicts that a blind second reader has yet to read. Names of writers and moderators,
  addresses and outlets; phone, e-mail, ID and bank numbers were replaced before the texts were stored. Texts erased on
  request or let go by age or number are gone from later snapshots.{without if lost else ""}
- **Before you pass them on.** Texts are verbatim: they may name people whom they tell of, testimony is among them, and
  whoever searches for their words may find who wrote them. Publish ids and verdicts without the texts, or read each
  text first.
- **Rights** are what the model of the day read, not a person's finding.
- **Not for** profiling people, ranking outlets, or a model that says "false" without evidence in view.
"""
