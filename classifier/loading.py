"""A model's folder made into its parts, every file checked against its card; an operator's own parts in their place."""

import contextlib
import gc
import importlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from classifier import policy
from classifier.errors import ModelRefused
from classifier.evidence import ranking
from classifier.files import names_code, sha256, shipped
from classifier.logic.contraries import SHIPPED, Rows
from classifier.semantics.lexicon import Lexicon
from classifier.text import READING_VERSION, neutral

CARD = "card.json"
SEALED = (".npz", ".xz", ".json")  # files of a model that hold what it learned: a card names all but itself
PARTS = {
    "rights": "classifier.readers.rights",
    "kind": "classifier.readers.kind",
    "stance": "classifier.readers.stance",
    "verdict": "classifier.entailment.verdict",
}
LIMITS = {  # thresholds of a card in whose place those of a part of somebody's own come, where it has some
    "rights": {"rights": "any_threshold_"},
    "kind": {"claim": "claim_threshold_"},
    "verdict": {"refuted": "refuted_threshold_", "supported": "supported_threshold_"},
}


@dataclass(frozen=True, slots=True)
class Model:
    """The parts of one model version, and the thresholds its gate chose."""

    version: str
    card: Mapping[str, Any]
    rights: Any
    kind: Any
    verdict: Any
    lexicon: Lexicon
    thresholds: policy.Thresholds
    ranker: ranking.Ranker = ranking.PLAIN
    stance: Any = None  # None for a version made before there were stances
    # the cards of parts put in place of its own
    replaced: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)  # those, as soi.toml names them
    rows: Rows = SHIPPED  # what goes against facts

    def card_of(self, part: str) -> Mapping[str, Any]:
        """The card that says what a part learned from; {} for one of somebody's own code."""
        return self.replaced.get(part, self.card)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage: a loaded model stays, and what a batch leaves is looked through once, after it."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


@uncollected()
def load_model(folder: Path, *, parts: Mapping[str, str] | None = None) -> Model:
    """The model in a folder, every file checked against its card; `parts` names replacements: a dotted path, or the
    folder of a reader that classifier.learning.probe fitted.

    Raises ModelRefused, in one sentence, when a file is missing, changed, newer than this program or not to be trusted.
    """
    card = read_card(folder)
    lexicon = load_lexicon()
    own = {name: partial(_own, name, folder, lexicon) for name in PARTS}
    replaced = {name: _replacement(name, said, own.get(name)) for name, said in (parts or {}).items()}
    loaded = {name: replaced[name][0] if name in replaced else own[name]() for name in PARTS}
    limits = limits_of(card)
    new = [
        (limit, getattr(loaded[name], held, None)) for name in replaced for limit, held in LIMITS.get(name, {}).items()
    ]
    limits = replace(limits, **{limit: float(given) for limit, given in new if given is not None})
    check_refuted(card["version"], limits)
    return Model(
        card["version"], card, loaded["rights"], loaded["kind"], loaded["verdict"], lexicon, limits,
        ranking.load(folder), loaded["stance"],
        {name: told for name, (_, told) in replaced.items()},
    )  # fmt: skip


def check_refuted(version: str, limits: policy.Thresholds) -> None:
    """Raise ModelRefused for a threshold of refuted that no model may score by."""
    if limits.refuted < policy.LEAST_REFUTED:
        raise ModelRefused(
            f"Model {version} would call refuted what is likelier not; set its threshold to at least"
            f" {policy.LEAST_REFUTED}."
        )


def limits_of(card: Mapping[str, Any]) -> policy.Thresholds:
    """The thresholds of a card; raises ModelRefused for what can't be read as such."""
    try:
        return policy.Thresholds.of(card)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelRefused(f"The card of model {card['version']} is damaged ({error}); bring it back.") from None


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon that ships, beside the code or in a wheel."""
    return Lexicon.load(shipped("data", "lexicon.toml"))


def read_card(folder: Path) -> dict[str, Any]:
    """A model's card, after checking that every file is what the card says; raises ModelRefused."""
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        files: dict[str, str] = dict(card["files"].items())
        version, reading, wording = card["version"], card["reading"], card.get("wording", neutral.VERSION)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ModelRefused(
            f"{folder} holds no readable {CARD}, so it isn't used; train again or bring it back."
        ) from None
    for what, its, ours in (("reading", reading, READING_VERSION), ("wording", wording, neutral.VERSION)):
        if its != ours:
            helps = "upgrade Soi" if str(its).isdecimal() and int(its) > int(ours) else "retrain it"
            raise ModelRefused(f"Model {version} was trained with {what} {its}, this Soi reads with {ours}; {helps}.")
    named = {*files, CARD}
    if loose := sorted(path.name for path in folder.iterdir() if path.suffix in SEALED and path.name not in named):
        raise ModelRefused(
            f"{loose[0]} of model {version} isn't named in its card, so it isn't used; take the file away."
        )
    for name, sealed in files.items():
        try:
            found = sha256(folder / name)
        except OSError:
            raise ModelRefused(
                f"Model {version} lacks its file {name}, so it isn't used; bring the file back."
            ) from None
        if found != sealed:
            raise ModelRefused(
                f"{name} of model {version} isn't the file its card names, so it isn't used; bring that one back."
            )
    return card


def _own(name: str, folder: Path, lexicon: Lexicon) -> Any:
    """A part as the version in a folder holds it."""
    module = importlib.import_module(PARTS[name])
    return module.load_with(folder, lexicon) if name == "verdict" else module.load(folder)


def _replacement(name: str, dotted: str, own: Callable[[], Any] | None) -> tuple[Any, Mapping[str, Any]]:
    """An estimator named in soi.toml as package.module:factory, or by its folder, and its card, {} for code.

    own loads the part it replaces, for what scoring needs beside probabilities.
    """
    if own is None:
        raise ModelRefused(f"There is no model part {name}; soi.toml can replace {', '.join(PARTS)}.")
    if not names_code(dotted):
        from classifier.learning import probe

        return probe.load(Path(dotted), name)
    from classifier import foreign

    module, _, attribute = dotted.partition(":")
    try:
        with foreign.aside():
            part = getattr(importlib.import_module(module), attribute)()
    except (Exception, SystemExit) as error:  # whatever somebody's own code raises
        away = isinstance(error, ModuleNotFoundError) and error.name in (module, module.partition(".")[0])
        do = "install it beside Soi, or name its folder in PYTHONPATH" if away else "name it package.module:factory"
        raise ModelRefused(f"The {name} part {dotted} can't be made ({foreign.said_by(error)}); {do}.") from None
    return foreign.wrapped(part, name, dotted, own), {}
