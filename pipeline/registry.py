"""Model versions: registered, promoted, rolled back; which one is live is a view."""

import contextlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from classifier.errors import ModelRefused
from classifier.loading import Model, limits_of, load_model, read_card
from pipeline.home import DEFAULT, Home, card_version
from pipeline.store import Database, models, write
from pipeline.store.database import open_to_read
from pipeline.store.posts import written

WENT_BACK = "rollback from"


class RegistryError(Exception):
    """A model version that can't be put to use; the message says what to do."""


def live_model(home: Home, db: Database, *, version: str = "") -> Model:
    """Load the live model, or the version named, its files checked against its card.

    Raises ModelRefused, and RegistryError where it is another model than was put to use under its name.
    """
    model = load(home, version := version or models.live_version(db))
    _refuse_another(home, db, version, model.card)
    return model


def load(home: Home, version: str) -> Model:
    """Load a version, its files checked against its card; raises ModelRefused and RegistryError."""
    return load_model(model_folder(home, version), parts=home.parts)


def model_folder(home: Home, version: str) -> Path:
    """Where a version's files are; raises RegistryError when there is no such version, or the folder holds another."""
    folder = home.model(version)
    if not folder.is_dir():
        raise RegistryError(f"There is no model {version} in {home.models}; `soi models` lists those there are.")
    held = card_version(folder)  # scores name it by its card
    if held not in ("", version) and folder != home.model(DEFAULT):
        raise RegistryError(f"The folder {folder} holds model {held}; give it that name back.")
    return folder


def check_name(home: Home, version: str) -> None:
    """Raise RegistryError for a name that a new version can't have."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", version):
        raise RegistryError(f"A version's name is letters, digits, '.', '_' and '-', not {version!r}.")
    if home.model(version).exists():
        raise RegistryError(f"There is a model {version} already; give another --name.")
    if home.has_database:
        with contextlib.closing(open_to_read(home.database)) as db:
            if models.card(db, version):
                raise RegistryError(f"{version} was put to use, and its scores name it; give another --name.")


def check_same(home: Home, db: Database, version: str) -> None:
    """Raise RegistryError where a version was put to use with other files or thresholds: its scores name that one.

    Raises ModelRefused for files that aren't those of its card.
    """
    folder = model_folder(home, version)
    if models.card(db, version) and folder != home.model(DEFAULT):
        _refuse_another(home, db, version, read_card(folder))


def _refuse_another(home: Home, db: Database, version: str, now: Mapping[str, Any]) -> None:
    before = models.card(db, version)
    if not before or home.model(version) == home.model(DEFAULT):  # the one that ships changes with Soi
        return
    told = json.loads(before)
    if any(told.get(what) != now.get(what) for what in ("files", "thresholds")):
        raise RegistryError(
            f"{version} was another model when it was put to use, and its scores name that one: bring it back, or give"
            f" the one there now a name of its own by `soi retune {version} --name NEW --refuted"
            f" {limits_of(now).refuted} --why …`, which `soi promote NEW` makes live."
        )


def register(home: Home, db: Database, version: str) -> None:
    """Write down a version and its card, once; raises RegistryError where that name is another model's."""
    check_same(home, db, version)
    card = (model_folder(home, version) / "card.json").read_text(encoding="utf-8")
    json.loads(card)
    models.register(db, version, card)


def promote(home: Home, db: Database, version: str, *, person: str = "", note: str = "") -> None:
    """Make a version live by one more row."""
    with write(db):
        register(home, db, version)
        models.promote(db, version, person=person, note=written(note))


def rollback(home: Home, db: Database, *, person: str = "", note: str = "") -> str:
    """Make the version before the live one live again; returns it. Going back twice goes back two versions.

    Raises RegistryError where there is none, and where it can't be loaded: then with the next earlier one that can.
    """
    standing: list[str] = []
    for version, _, why in models.promotions(db):
        went = f"{WENT_BACK} {standing[-1]}" if standing else ""
        # a person's own note may begin like one of ours
        if went and version == [DEFAULT, *standing][-2] and why.partition(": ")[0] == written(went):
            standing.pop()
        if not standing or standing[-1] != version:
            standing.append(str(version))
    if not standing or standing == [DEFAULT]:
        raise RegistryError("There is no earlier model to go back to.")
    before, *earlier = dict.fromkeys([*reversed(standing[:-1]), DEFAULT])
    if problem := _unfit(home, db, before):
        if problem == _unfit(home, db, standing[-1]):  # a part of one's own, say, which comes with every version
            raise RegistryError(f"{standing[-1]} stays live: {problem}")
        sound = next((one for one in earlier if one != standing[-1] and not _unfit(home, db, one)), "")
        advice = f" `soi promote {sound}` makes the one before it live." if sound else ""
        raise RegistryError(f"{standing[-1]} stays live, for {before} can't be used: {problem}{advice}")
    promote(
        home, db, before, person=person, note=": ".join(filter(None, (f"{WENT_BACK} {standing[-1]}", note.strip())))
    )
    return before


def _unfit(home: Home, db: Database, version: str) -> str:
    """Why a version can't score, "" where it can."""
    try:
        check_same(home, db, version)
        load(home, version)
    except (ModelRefused, RegistryError) as error:
        return str(error)
    return ""


def history(home: Home) -> list[tuple[str, str, str, str]]:
    """Every version there is as (version, live or not, when promoted last, note), the one that ships first."""
    own = sorted(path.parent.name for path in home.models.glob("[!.]*/card.json")) if home.models.is_dir() else []
    versions = list(dict.fromkeys([DEFAULT, *own]))
    if not home.has_database:
        return [(version, "live" if version == DEFAULT else "", "", "") for version in versions]
    with contextlib.closing(open_to_read(home.database)) as db:
        last = {v: (at, note) for v, at, note in models.promotions(db)}
        live = models.live_version(db)
    return [(v, "live" if v == live else "", *last.get(v, ("", ""))) for v in versions]
