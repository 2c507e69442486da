"""Settings of a backup that whoever made it could harm with: held back till a person who knows it takes them."""

import contextlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

from classifier.files import names_code
from crawlers import toml
from pipeline.home import Home
from pipeline.inforce import HomeError, read_toml

WHOLE = "soi.toml.from-backup"  # beside soi.toml: all that the backup said
HARMLESS = {"remind_hours", "settle_minutes"}  # of [alerts]: the others say where words and passwords go
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
ALL = "all of it, as it can't be read"


def hold_back(home: Home, brought: Path) -> list[str]:
    """Take out of a backup's settings those that run code, send out or let in and aren't in force here already, whose
    place those of here take; returns them. The file as it was goes beside the home's.
    """
    if not brought.exists():
        return []
    try:
        told = read_toml(brought)
    except HomeError:
        shutil.move(brought, home.root / WHOLE)
        return [ALL]
    here = dict[str, Any]()
    with contextlib.suppress(HomeError):  # those of here can't be read: they are put aside
        here = read_toml(home.settings_file)
    held = [(table, name) for table, keys in told.items() if isinstance(keys, dict) for name in keys]
    held = [(table, name) for table, name in held if _harms(table, name, told[table][name])]
    held = [(table, name) for table, name in held if _of(here, table, name) != told[table][name]]
    if not held:
        return []
    said = [f"{table}.{name} = {told[table][name]!r}" for table, name in held]
    whole = brought.read_bytes()
    for table, name in held:
        del told[table][name]
        if (ours := _of(here, table, name)) is not None:
            told[table][name] = ours
    try:
        text = f"# What a backup said, but for what was held back: that is in {WHOLE}.\n{_written(told)}"
        as_meant = toml.tables(text, name=WHOLE, refused=ValueError) == told
    except (TypeError, ValueError):
        as_meant = False
    if as_meant:
        brought.write_text(text, encoding="utf-8")
    else:  # no settings that could be in force
        brought.unlink()
        said = [ALL]
    (home.root / WHOLE).write_bytes(whole)
    return said


def _harms(table: str, name: str, value: Any) -> bool:
    match table, name:
        case "parts", _:
            return names_code(str(value))
        case "alerts", _:
            return name not in HARMLESS
        case "keep", "backups":
            return Path(str(value).strip()).is_absolute()
        case "desk", "host":
            return value not in LOOPBACK
        case "desk", "address":  # login links begin so
            return bool(value)
    return False


def _of(told: dict[str, Any], table: str, name: str) -> Any:
    keys = told.get(table)
    return keys.get(name) if isinstance(keys, dict) else None


def _written(told: dict[str, Any]) -> str:
    """Settings as TOML, which writes texts, numbers, switches and lists of them as JSON does."""
    alone = {name: value for name, value in told.items() if not isinstance(value, dict)}
    tables = {name: value for name, value in told.items() if isinstance(value, dict)}
    parts = [alone, *tables.values()]
    heads = ["", *(f"[{_key(name)}]\n" for name in tables)]
    lines = ["".join(f"{_key(name)} = {_json(value)}\n" for name, value in part.items()) for part in parts]
    return "\n".join(f"{head}{line}" for head, line in zip(heads, lines, strict=True))


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _json(name)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
