"""Model versions: registered, promoted, rolled back; which one is live is a view."""

import contextlib
import hashlib
import json
import re
import sys
from collections.abc import Mapping, Set
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from classifier.atomic import under_way
from classifier.errors import ModelRefused
from classifier.files import names_code
from classifier.loading import Model, check_refuted, limits_of, load_model, read_card
from pipeline.home import DEFAULT, Home, card_of, card_version
from pipeline.records import ScoreRow
from pipeline.store import Database, labels, models, scores, write
from pipeline.store.database import open_to_read
from pipeline.store.posts import written

WENT_BACK = "rollback from"
FEW = 64  # posts at a time that stand anew, so that who else writes waits a moment at most


class RegistryError(Exception):
    """A model version that can't be put to use; the message says what to do."""


def live_model(home: Home, db: Database, *, version: str = "") -> Model:
    """Load the live model, or the version named, its files checked against its card.

    Raises ModelRefused, and RegistryError where it is another model than was put to use under its name, or never passed
    the gate with what stands in place of its parts.
    """
    folder = model_folder(home, version := version or models.live_version(db))
    _refuse_another(home, db, version, read_card(folder))
    if wrong := unpassed(home, db, version):  # asked first: no code runs that never passed
        raise RegistryError(wrong)
    return load(home, version)


def scored_with(home: Home, db: Database, score: ScoreRow) -> Model:
    """Load the version that made a score, with those parts in place that it was made with and soi.toml still names: no
    row of the store says which code runs.
    """
    made, named = score.detail.get("parts"), home.settings().parts.items()
    parts = {name: said for name, said in named if isinstance(made, dict) and made.get(name) == said}
    model = load(home, score.model, parts=parts)
    _refuse_another(home, db, score.model, model.card)
    return model


def load(home: Home, version: str, *, parts: Mapping[str, str] | None = None) -> Model:
    """Load a version, its files checked against its card, with what soi.toml puts in place, or the parts given.

    Raises ModelRefused and RegistryError.
    """
    told = home.settings().parts if parts is None else parts
    return replace(load_model(model_folder(home, version), parts=home.placed(told)), parts=dict(told))


def in_place(home: Home, version: str) -> str:
    """What soi.toml puts in place of a version's parts, as a promotion keeps it: with a digest of the files of both."""
    told = dict(home.settings().parts)
    if not told:
        return "{}"
    folders = [model_folder(home, version), *(Path(at) for at in home.parts.values() if not names_code(at))]
    files = [read_card(folder)["files"] for folder in folders]
    sealed = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    return json.dumps({**told, "sealed": sealed[:16]}, ensure_ascii=False, sort_keys=True)


def unpassed(home: Home, db: Database, version: str) -> str:
    """What to do where a version never passed the gate with the parts that stand in place of its own now, else ""."""
    parts = in_place(home, version)
    ships = home.model(version) == home.model(DEFAULT)
    if (ships and parts == "{}") or models.promoted_with(db, version, parts):
        return ""
    beside = f"{_with(home)} in place" if home.settings().parts else "without a part in place of its own"
    away = "".join(map(_missing, home.settings().parts.values()))
    back = f"put [parts] of soi.toml back as it was{' or take it out' * ships}.{away}"
    return f"{version} hasn't passed the gate as it is now {beside}: `soi promote {version}` sends it there, or {back}"


def _missing(part: str) -> str:
    """What to do where the package of a part's code is found nowhere, else ""; it is looked for, and none of it run."""
    package = part.partition(":")[0].partition(".")[0]
    if not names_code(part) or package in ("", *sys.modules) or find_spec(package):
        return ""
    return f" There is no module {package} here: install it beside Soi, or name its folder in PYTHONPATH."


def _with(home: Home) -> str:
    told = " and ".join(f"{name} = {said}" for name, said in home.settings().parts.items())
    return f"with {told}" if told else ""


def model_folder(home: Home, version: str) -> Path:
    """Where a version's files are; raises RegistryError when there is no such version, or the folder holds another."""
    folder = home.model(version)
    if not folder.is_dir():
        raise RegistryError(f"There is no model {version} in {home.models}; `soi models` lists those there are.")
    held = card_version(folder)  # scores name it by its card
    if held not in ("", version) and folder != home.model(DEFAULT):
        raise RegistryError(f"The folder {folder} holds model {held}; give it that name back.")
    return folder


def scored_alike(home: Home, db: Database, version: str) -> list[str]:
    """The versions that scored here by the very verdict of one, as its probabilities are compared with no other's;
    raises ModelRefused for one that can't be used."""
    own = _verdict_in(read_card(model_folder(home, version))["files"])
    return [one for one in labels.models_that_scored(db) if _verdict_in(_files_of(home, db, one)) == own]


def _files_of(home: Home, db: Database, version: str) -> Mapping[str, str]:
    """The digests in a version's card as it was put to use, else as its folder has it; {} where neither tells."""
    kept = models.card(db, version) if home.model(version) != home.model(DEFAULT) else ""
    try:
        return dict((json.loads(kept) if kept else card_of(home.model(version)))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _verdict_in(files: Mapping[str, str]) -> list[str | None]:
    """The digests of the files by which a version compares a claim with evidence."""
    from classifier.entailment import meaning, verdict  # dear to load

    return [files.get(name) for name in (verdict.FILE, meaning.FILE)]


def check_name(home: Home, version: str) -> None:
    """Raise RegistryError for a name that a new version can't have."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", version):
        raise RegistryError(f"A version's name is letters, digits, '.', '_' and '-', not {version!r}.")
    if home.model(version).exists():
        raise RegistryError(f"There is a model {version} already; give another --name.")
    if under_way(home.model(version)):
        raise RegistryError(f"A model {version} is being made; wait for it to end, or give another --name.")
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


def promote(
    home: Home, db: Database, version: str, *, person: str = "", note: str = "", parts: str | None = None
) -> None:
    """Make a version live by one more row, with the parts that stood in place as it passed the gate (those of now).

    What another score counts of from then on stands by that one, decided or not.
    """
    before = scores.counting(db) if models.live_version(db) != version else set()
    with write(db):
        register(home, db, version)
        parts = in_place(home, version) if parts is None else parts
        models.promote(db, version, person=person, note=written(note), parts=parts)
    stand_by_live(db, but=before)


def stand_by_live(db: Database, *, but: Set[tuple[int, int]] = frozenset()) -> None:
    """Let posts that several models scored stand by the score that counts, `but` those that stand by that one already;
    without them, to bring to its end what a promotion was cut off at behind its row."""
    from pipeline.filing import stand_again  # loads what scores, which a list of versions does without

    changed = sorted(post_id for post_id, _ in scores.counting(db) - but)
    for at in range(0, len(changed), FEW):
        stand_again(db, changed[at : at + FEW])


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
        live_model(home, db, version=version)
    except (ModelRefused, RegistryError) as error:
        return str(error)
    return ""


def history(home: Home) -> list[tuple[str, str, str, str]]:
    """Every version there is as (version, live or not, when promoted last, note), the one that ships first; the note of
    one that would be refused, as a folder without a card, says why.
    """
    own = sorted(path.name for path in home.models.glob("[!.]*") if path.is_dir())
    versions = list(dict.fromkeys([DEFAULT, *own]))
    with contextlib.ExitStack() as until:
        db = until.enter_context(contextlib.closing(open_to_read(home.database))) if home.has_database else None
        last = {v: (at, note) for v, at, note in models.promotions(db)} if db else {}
        live = models.live_version(db) if db else DEFAULT
        wrong = {v: _wrong_with(home, db, v, live=v == live) for v in versions}
    told = [(v, f"live {_with(home)}".strip() if v == live else "", *last.get(v, ("", ""))) for v in versions]
    return [(v, is_live, at, f"REFUSED: {wrong[v]}" if wrong[v] else note) for v, is_live, at, note in told]


def _wrong_with(home: Home, db: Database | None, version: str, *, live: bool) -> str:
    """Why a version would be refused by its files and card, a live one by its parts too; "" where it wouldn't."""
    try:
        check_refuted(version, limits_of(read_card(model_folder(home, version))))
        if db:
            check_same(home, db, version)
        if live and home.settings().parts:
            load(home, version)  # a part that can't be made passes no gate
        return unpassed(home, db, version) if db and live else ""
    except (ModelRefused, RegistryError) as error:
        return str(error)
