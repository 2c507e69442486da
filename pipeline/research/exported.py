"""Files that `soi export` and `soi data` wrote: where they lie, and how an erasure is carried into them."""

import contextlib
import errno
import glob
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from classifier.atomic import beside, clear_beside
from classifier.errors import ClassifierError
from classifier.files import added_to
from pipeline.home import Home
from pipeline.records import now
from pipeline.research import datasets, snapshots, tables
from pipeline.research.snapshots import LabelRow
from pipeline.store.erasable import LEAST_QUOTED, Words, without
from pipeline.store.evidence import crawled_eid
from pipeline.store.pieces import ERASED

AFTER = frozenset(" \t\r\n\"'<>,;)]}\\|")  # what may come after an address
REFUSED = (ClassifierError, snapshots.SnapshotRefused, datasets.SetRefused, tables.TableRefused)
Value = Any  # what a cell holds: text, numbers, lists and objects of them


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What an erasure did to one exported file or snapshot."""

    path: Path
    rows: int  # taken out, or without words now
    left: str = ""  # why it couldn't be done; the operator's to do


def note(home: Home, path: Path) -> None:
    """Remember that a file or a snapshot was written, so that an erasure finds it; inside the home it moves with it."""
    place, root = path.resolve(), home.root.resolve()
    place = place.relative_to(root) if place.is_relative_to(root) else place
    _add(home, {"path": str(place), "at": now()})


def note_restore(home: Home, last: Mapping[str, int]) -> None:
    """Remember that a backup is brought back that gave the numbers up to these: later ones are given anew."""
    _add(home, {"restored": now(), "last": dict(last)})


def _add(home: Home, line: dict[str, Value]) -> None:
    with added_to(home.exports) as file:
        file.write(f"{json.dumps(line, ensure_ascii=False)}\n")


def noted(home: Home) -> dict[Path, dict[str, int]]:
    """Every place something was exported to, and every snapshot and imported set inside the home.

    Each with the last numbers of tables that are the store's own still: it may have been written before a restore.
    """
    found: dict[Path, dict[str, int]] = {}
    ever: dict[str, int] = {}
    with contextlib.suppress(FileNotFoundError):
        for text in home.exports.read_text(encoding="utf-8", errors="replace").split("\n"):
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                if "restored" in (line := json.loads(text)):
                    for last in (ever, *found.values()):
                        last |= {table: min(n, last.get(table, n)) for table, n in line["last"].items()}
                else:
                    found[_moved(home, home.root.resolve() / line["path"])] = {}
    for depth in ("*", "*/*"):
        for path in home.root.glob(f"{depth}/{snapshots.DIGESTS}"):
            found.setdefault(path.parent.resolve(), ever)
    return found | {path.resolve(): {} for path in datasets.imported(home.sets)}


def _moved(home: Home, path: Path) -> Path:
    """Where a place noted is now: one of a home that was moved since has the same end."""
    ends = (home.root.resolve().joinpath(*path.parts[first:]) for first in range(1, len(path.parts)))
    return path if _is_there(path) else next((place for place in ends if _is_there(place)), path)


def _is_there(path: Path) -> bool:
    """Whether something is at a place; where nobody may look, or its disk doesn't answer, something may be."""
    try:
        path.stat()
    except OSError as error:
        return error.errno not in (errno.ENOENT, errno.ENOTDIR)
    return True


def missing(home: Home) -> list[Path]:
    """Places noted where nothing is now."""
    return [path for path in noted(home) if not _is_there(path)]


def left_before(home: Home) -> list[Path]:
    """What exports that were killed left under an earlier Soi: `.NAME.<number>` beside a place or within it. Nothing
    tells it from somebody's own file of such a name, so it is only named."""
    found = set[Path]()
    for path in noted(home):
        with contextlib.suppress(OSError):  # where nobody may look, or a disk doesn't answer
            found.update(path.parent.glob(f".{glob.escape(path.name)}.*"))
            found.update(path.glob(".*.*"))
    return sorted(path for path in found if path.suffix[1:].isdecimal())


def clean(home: Home, words: Words) -> list[Cleaned]:
    """Take an erased post out of every exported file that holds it; those that can't be are named with the reason."""
    done = []
    for path, last in noted(home).items():
        with contextlib.suppress(OSError):  # where nobody may look, or a disk doesn't answer: told below
            clear_beside(path)
        if not _is_there(path):
            continue
        try:
            path.stat()
            rows = _cleaner(path)(path, words.within(last))
        except (*REFUSED, OSError, ValueError) as error:
            if _holds(path, words):
                done.append(Cleaned(path, 0, str(error)))
            continue
        if rows:
            done.append(Cleaned(path, rows))
    return done


def _cleaner(path: Path) -> Callable[[Path, Words], int]:
    if not path.is_dir():
        return _clean_file
    return _clean_set if (path / datasets.ROWS).exists() else _clean_snapshot


def _holds(path: Path, words: Words) -> bool:
    """Whether the files of a place, read as ours or not, hold the address or the words."""
    try:
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    except OSError:
        return True
    told = tuple(part for part in words.told if len(part) >= LEAST_QUOTED)
    marks = [mark.encode() for mark in (words.url, *_both(words.own), *_both(words.quoted), *_both(told))]
    for file in files:
        try:
            held = file.read_bytes()
        except OSError:
            return True
        if any(mark in held for mark in marks):
            return True
    return False


def _clean_snapshot(folder: Path, words: Words) -> int:
    """A snapshot written anew without the erased rows: same layouts, view and moment, new digests."""
    before = snapshots.read(folder)
    kept = [row for row in before if not (_is_of(row.id, words) or (words.renumbered and _is_own(row.text, words)))]
    after = [_without(row, words) for row in kept]
    if after == before:
        return 0
    told = json.loads((folder / snapshots.DIGESTS).read_text(encoding="utf-8"))
    layouts = [one for one, name in snapshots.FILES.items() if name in told["files"]]
    with beside(folder) as work:
        shutil.copymode(folder, work)  # whoever may not read a snapshot doesn't read what takes its place
        snapshots.write(after, work / "new", formats=layouts, view=told["view"], until=told["until"])
        # the digests last: a snapshot that was left half exchanged is refused, not read
        for file in sorted((work / "new").iterdir(), key=lambda file: file.name == snapshots.DIGESTS):
            shutil.copymode(folder / file.name, file)
            file.replace(folder / file.name)
    return len(before) - len(kept) + _differing(kept, after)


def _clean_set(folder: Path, words: Words) -> int:
    """An imported set written anew, with its card; what its check found is told no more, as it is of other rows."""
    if not _holds(folder, words):  # a set may be large, and nearly all hold nothing of a home's
        return 0
    clear_beside(folder / datasets.ROWS)
    before = list(datasets.as_they_are(folder))
    kept = [row for row in before if not _is_own(asdict(row), words)]
    after = [datasets.SetRow(**_blank(asdict(row), words)) for row in kept]
    if datasets.digest_of(after) != datasets.load_card(folder).digest:  # else one that was killed had written the card
        datasets.check(folder)
    if after == before:
        return 0
    datasets.put(folder, datasets.load_card(folder), after)
    return len(before) - len(kept) + _differing(kept, after)


def _is_of(row_id: str, words: Words) -> bool:
    return row_id.removeprefix("v").partition("-d")[0] in {str(number) for number in words.versions}


def _without(row: LabelRow, words: Words) -> LabelRow:
    held = {field.name: _blank(getattr(row, field.name), words) for field in fields(row)}
    evidence = tuple(one | {"eid": _id_now(one["eid"], words.url)} for one in held["evidence"])
    return replace(row, **{**held, "rights": row.rights, "evidence": evidence})


def _id_now(eid: str, url: str) -> str:
    """The id of a passage without the address that it held in snapshots made long ago."""
    return crawled_eid(source, url) if (source := eid.removesuffix(f":{url}")) != eid else eid


def _clean_file(path: Path, words: Words) -> int:
    """One table written anew, all at once; how many of its rows changed or went."""
    before: list[dict[str, Value]] = list(tables.read(path))
    kept = [row for row in before if not (_is_posts(row, words) or _is_own(row, words))]
    after = [_blank(row | _untold(row, words), words) for row in kept]
    if after == before:
        return 0
    tables.write(path, after, names=list(before[0]))
    return len(before) - len(kept) + _differing(kept, after)


def _is_posts(row: dict[str, Value], words: Words) -> bool:
    """Whether a row is of the post by its number, or is the ClaimReview of a case whose claim goes."""
    review = "claimReviewed" in row and _tells(str(row.get("url")).rpartition("/")[2], row["claimReviewed"], words)
    return review or str(row.get("post_id")) == str(words.post)


def _untold(row: dict[str, Value], words: Words) -> dict[str, Value]:
    """The claim of a case that has none any more, and how a verdict was told on it: a row tells neither."""
    gone = _tells(str(row.get("case_id")), row.get("claim"), words)
    instead = {"claim": ERASED, "wording": "", "explanation": ""}
    return {name: value for name, value in instead.items() if gone and name in row}


def _tells(number: str, said: Value, words: Words) -> bool:
    """Whether a row is told of a case whose claim goes: another one may be worded alike, so by words only where it has
    no number, or maybe another."""
    numbered = number.isdecimal() and not words.anew
    return number in map(str, words.cases) or (not numbered and said in words.told)


def _differing(before: Sequence[Value], after: Sequence[Value]) -> int:
    return sum(old != new for old, new in zip(before, after, strict=True))


def _both(marks: Sequence[str]) -> Iterator[str]:
    """Each text as it is and as JSON inside a cell writes it."""
    for mark in marks:
        yield mark
        if (quoted := json.dumps(mark, ensure_ascii=False)[1:-1]) != mark:
            yield quoted


def _is_own(value: Value, words: Words) -> bool:
    """Whether a value holds the address, not one that goes on from it, or a text."""
    if isinstance(value, str):
        ends = (value[found.end() : found.end() + 1] for found in re.finditer(re.escape(words.url), value))
        said = any(_without_part(value, mark, words) != value for mark in _both(words.own))
        return said or any(not end or end in AFTER for end in ends)
    if isinstance(value, dict):
        return any(_is_own(one, words) for one in value.values())
    return isinstance(value, list | tuple) and any(_is_own(one, words) for one in value)


def _without_part(value: str, mark: str, words: Words) -> str:
    return without(value, mark, tuple(_both(words.kept)), ERASED) if mark in value else value


def _blank(value: Value, words: Words) -> Value:
    """A value without the words that other rows quote of what was erased."""
    if isinstance(value, str):
        for mark in _both(words.quoted):
            value = _without_part(value, mark, words)
        return value
    if isinstance(value, dict):
        return {name: _blank(one, words) for name, one in value.items()}
    return [_blank(one, words) for one in value] if isinstance(value, list | tuple) else value
