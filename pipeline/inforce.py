"""The settings in force: soi.toml, the secrets beside it and SOI_* variables, and where each comes from."""

import difflib
import json
import os
from pathlib import Path
from shlex import quote
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_settings import InitSettingsSource, PydanticBaseSettingsSource, SettingsError

from crawlers import toml
from pipeline.settings import Section, Settings

SECRETS = "secrets.toml"  # beside soi.toml, readable by its owner alone
SECRET_NAMES = frozenset({"alerts.smtp_password", "alerts.webhook_url", "watch.metrics_token"})
VARIABLES = frozenset({"home", "child", "kills"})  # SOI_* variables that aren't settings

SHAPES = {  # of a value, by what pydantic's name of an error begins with
    "tuple": 'a list, as ["one", "two"]', "string": "a text, in quotes", "bool": "true or false", "float": "a number",
    "int": "a whole number",
    "model": "a table, under its name in brackets", "dict": "a table, under its name in brackets",
}  # fmt: skip


class HomeError(Exception):
    """The home folder can't be used as it is; the message says what to do."""


def load_settings(path: Path) -> Settings:
    """Settings of a soi.toml (defaults where there is none); a typo is an error with the nearest name."""
    _check_names(path)

    class InForce(Settings):
        @classmethod
        def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[PydanticBaseSettingsSource, ...]:
            """The environment outranks the secrets' file, which outranks the settings' file; nothing else is read."""
            files = (InitSettingsSource(cls, read_toml(file)) for file in (path.with_name(SECRETS), path))
            return sources["env_settings"], *files

    try:
        return InForce()
    except ValidationError as error:
        where = [str(part) for part in error.errors()[0]["loc"]]
        raise HomeError(f"{_set_in(path, *where[:2]) or path.name}: {_first_problem(error)}") from None
    except SettingsError as error:
        raise HomeError(_unread() or f"{error}.") from None


def _check_names(path: Path) -> None:
    """Refuse secrets where others can read them, and SOI_* variables that nothing reads."""
    secrets = path.with_name(SECRETS)
    for section, keys in read_toml(path).items():
        if told := [key for key in keys if f"{section}.{key}" in SECRET_NAMES] if isinstance(keys, dict) else []:
            raise HomeError(
                f"{path.name}: {section}.{told[0]} is a secret; put it in {SECRETS} (mode 600) beside it, or in"
                f" SOI_{section.upper()}__{told[0].upper()}."
            )
    if secrets.exists() and secrets.stat().st_mode & 0o077:
        raise HomeError(f"{secrets} can be read by others; `chmod 600 {quote(str(secrets))}` and try again.")
    for variable in sorted(os.environ):
        name = variable.upper().removeprefix("SOI_").lower()
        section = name.partition("__")[0]
        if variable.upper().startswith("SOI_") and section not in {*Settings.model_fields, *VARIABLES}:
            near = difflib.get_close_matches(name, [*_names(), *VARIABLES], n=1)
            hint = f" Did you mean SOI_{near[0].upper()}?" if near else " `soi settings` lists them all."
            raise HomeError(f"Nothing reads the variable {variable}.{hint}")


def _names() -> list[str]:
    """Every setting as a variable without its SOI_ names it."""
    defaults = Settings.model_construct()
    return [
        "__".join(filter(None, (section, key)))
        for section in Settings.model_fields
        for key in getattr(type(getattr(defaults, section)), "model_fields", [""])
    ]


def _unread() -> str:
    """One sentence for the first variable that should hold JSON and doesn't."""
    defaults = Settings.model_construct()
    for variable in sorted(os.environ):
        name = variable.upper()
        section, _, key = name.removeprefix("SOI_").lower().partition("__")
        value = getattr(defaults, section, None) if name.startswith("SOI_") else None
        value = getattr(value, key, None) if key else value
        if not isinstance(value, Section | dict | tuple):
            continue
        try:
            json.loads(os.environ[variable])
        except ValueError:
            if key:
                return f'{variable}: {section}.{key} is a list, which is written \'["one", "two"]\' in a variable.'
            return f"{variable}: [{section}] is a table; write {name}__NAME=VALUE for what is to be set in it."
    return ""


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as it stands, empty where there is none; raises HomeError for one that can't be read."""
    if not os.path.lexists(path):
        return {}
    return toml.tables(toml.text_of(path, refused=HomeError), name=path.name, refused=HomeError)


def _set_in(path: Path, section: str, key: str = "") -> str:
    """Where a setting comes from: its variable (a table's may be several), or its file's name; "" for a default."""
    table, known = f"SOI_{section}".upper(), {name.upper(): value for name, value in os.environ.items()}
    variable = f"{table}__{key}".upper() if key else table
    if found := sorted(name for name in known if name == variable or (not key and name.startswith(f"{variable}__"))):
        return ", ".join(found)
    if key and key in (json.loads(known.get(table) or "{}") or ()):  # a variable may hold a whole table
        return table
    for file in (path.with_name(SECRETS), path):
        given = read_toml(file).get(section)
        if given is not None and (not key or (isinstance(given, dict) and key in given)):
            return file.name
    return ""


def _first_problem(error: ValidationError) -> str:
    """One sentence for the first thing pydantic found wrong."""
    problem: dict[str, Any] = dict(error.errors()[0])
    where = [str(part) for part in problem["loc"]]
    if where == ["source"]:
        return "[[source]] belongs into sources.toml."
    if problem["type"] == "extra_forbidden":
        is_table = len(where) == 1 and isinstance(problem["input"], dict)
        model: Any = Settings
        for part in where[:-1]:
            model = model.model_fields[part].annotation
        near = difflib.get_close_matches(where[-1], list(model.model_fields), n=1)
        meant = f"[{near[0]}]" if near and is_table else "".join(near)
        hint = f" Did you mean {meant}?" if near else " `soi settings` lists them all."
        return f"there is no {f'table [{where[0]}]' if is_table else 'setting ' + '.'.join(where)}.{hint}"
    said = problem["msg"].removeprefix("Value error, ").replace("Input should", "it should", 1)
    if (kind := problem["type"].partition("_")[0]) in SHAPES:
        said = f"it should be {SHAPES[kind]}"
    return f"{'.'.join(where)}: {said}."


def explain_settings(path: Path) -> list[tuple[str, str, str, str]]:
    """Every setting as (name, value in force, where it comes from, its sentence)."""
    settings = load_settings(path)
    rows = []
    for name, value in settings:
        if not isinstance(value, Section):
            rows.append((name, str(value), _set_in(path, name) or "default", _sentence(Settings, name)))
            continue
        for key, inner in value:
            whence = _set_in(path, name, key) or "default"
            rows.append((f"{name}.{key}", str(inner), whence, _sentence(type(value), key)))
    return rows


def _sentence(model: type[BaseModel], name: str) -> str:
    return model.model_fields[name].description or ""
