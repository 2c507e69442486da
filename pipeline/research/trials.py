"""A model through the gate: measured on every corpus at hand, held against the floors, its report written."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from classifier.evaluation import cards, gate, measuring, ownrows
from classifier.evaluation.gate import Floors, Verdict
from classifier.evaluation.measuring import Measured
from classifier.evaluation.plots import PlotsMissing
from classifier.evidence import facts
from classifier.files import names_code, shipped
from classifier.learning import curve
from classifier.learning.figures import crossed_files
from classifier.learning.material import Material, Settings
from classifier.learning.training import write_card
from classifier.loading import load_model
from classifier.readers.cues import load_cues
from pipeline.cluster import run_trials
from pipeline.home import Home, card_of
from pipeline.indexing import passage_of, with_rows
from pipeline.registry import model_folder
from pipeline.research import learned
from pipeline.store import contraries, evidence
from pipeline.store.database import open_to_read

Progress = Callable[[str, int, int], None]
Parts = Mapping[str, str] | None  # what stands in place of a version's own, as soi.toml names it; None: as it does now


@dataclass(frozen=True, slots=True)
class Trial:
    """A model version measured and judged."""

    version: str
    folder: Path
    measured: Measured
    verdict: Verdict
    minds: tuple[str, ...] = ()  # what its figures must be read with
    parts: Mapping[str, str] = field(default_factory=dict)  # what stood in place of its own, as soi.toml names it


def corpora(extra: Sequence[Path]) -> list[Path]:
    """The folders measured on: our own sentences that ship, and those named."""
    return [shipped("data", "gate"), *extra]


def floors(home: Home, measured: Measured) -> Floors:
    """The home's own floors, else those that ship, which hold of a corpus too that came new or anew with an upgrade."""
    own, ships = home.models / "floors.json", gate.read(shipped("models", "floors.json"))
    return gate.renewed(gate.read(own), ships, corpora=measured.corpora) if own.exists() else ships


def measure(
    home: Home, version: str, extra: Sequence[Path], *, parts: Parts = None, on_step: Progress | None = None
) -> tuple[Path, Measured]:
    """Every figure of a version on the corpora at hand."""
    folder = model_folder(home, version)
    model = load_model(folder, parts=_placed(home, parts))
    known = facts.shipped_passages()
    return folder, measuring.measure(model, corpora(extra), facts=known, on_step=on_step)


def trial(home: Home, version: str, extra: Sequence[Path], *, on_step: Progress | None = None) -> Trial:
    """Measure a version and hold it against the floors; one that is asked about what it learned from fails."""
    parts = home.settings().parts  # measuring takes minutes, in which soi.toml may change
    folder, measured = measure(home, version, extra, parts=parts, on_step=on_step)
    return held(home, Trial(version, folder, measured, Verdict(()), parts=parts), extra)


def held(home: Home, found: Trial, extra: Sequence[Path]) -> Trial:
    """A trial with what the gate says by the floors as they are, and with what its figures must be read with."""
    minds = (
        *untold(home, found.parts), *corrected(home, found.folder, found.measured, found.parts),
        *upgraded(home, found.measured),
    )  # fmt: skip
    verdict = judged(home, found.folder, found.measured, extra, found.parts)
    return replace(found, verdict=verdict, minds=minds)


def _placed(home: Home, parts: Parts) -> dict[str, str]:
    return home.parts if parts is None else home.placed(dict(parts))


def judged(home: Home, folder: Path, measured: Measured, extra: Sequence[Path], parts: Parts = None) -> Verdict:
    """What the gate says of a version's figures by the floors, of texts it learned from, and of the home's own rows."""
    found = gate.judge(measured.measures, floors(home, measured), corpora=measured.corpora)
    own = by_own_rows(home, folder, parts)
    return replace(found, failures=(*asked_again(home, folder, extra, parts), *own, *found.failures))


def by_own_rows(home: Home, folder: Path, parts: Parts = None) -> list[str]:
    """A sentence for each row of the home's own by which a version would flag protected texts."""
    if not home.has_database:
        return []
    with closing(open_to_read(home.database)) as db:
        if not contraries.seal(db):
            return []
        model = with_rows(db, load_model(folder, parts=_placed(home, parts)))
        passages = [passage_of(row) for eid in model.rows.texts if (row := evidence.passage(db, eid))]
    return [one.told for one in ownrows.harms(model, passages) if one.what == ownrows.PROTECTED]


def asked_again(home: Home, folder: Path, extra: Sequence[Path], parts: Parts = None) -> list[str]:
    """A sentence for each corpus that asks about texts a version, or a reader put in place of its own, learned from."""
    places = [folder, *(Path(said) for said in _placed(home, parts).values() if not names_code(said))]
    return [sentence for place in places for sentence in learned.judges(place, corpora(extra))]


def untold(home: Home, parts: Parts = None) -> list[str]:
    """A sentence for each part of somebody's own code in place of a version's: it may know by heart what it is asked.

    It may be measured and used, but no figure of it becomes a floor that others are held to.
    """
    return [
        f"{said} stands in place of {name}, and nothing tells what it learned from: its figures may be of texts that"
        " it knows by heart, and no floor is set by them."
        for name, said in _placed(home, parts).items()
        if names_code(said)
    ]


def corrected(home: Home, folder: Path, measured: Measured, parts: Parts = None) -> list[str]:
    """A sentence for each corpus on which figures of readers that were corrected are those of their base."""
    card = card_of(folder)
    if "readers_of" not in card or {"rights", "kind"} <= set(_placed(home, parts)):
        return []
    return [
        f"{folder.name} has the readers of {card['readers_of']}, corrected: their figures on {name} are of before the"
        " correction, or of now where that is worse, though they know those texts by heart."
        for name, digest in measured.corpora.items()
        if name.startswith("posts") and digest in crossed_files(card)
    ]


def upgraded(home: Home, measured: Measured) -> list[str]:
    """A sentence for each corpus whose floors of this home hold no longer, as it came anew with an upgrade."""
    before, now = gate.read(home.models / "floors.json").corpora, floors(home, measured).corpora
    return [
        f"{name} came anew with an upgrade: it is held to the floors that came with it, no longer to those that this"
        " home had set; `soi evaluate --set-floors` sets its own anew."
        for name, digest in before.items()
        if now[name] != digest
    ]


def check_floors(home: Home, folder: Path, extra: Sequence[Path]) -> None:
    """Raise FloorsRefused for a version that no floor is set by, whatever its figures."""
    if sentences := [*untold(home), *asked_again(home, folder, extra)]:
        raise gate.FloorsRefused(sentences[0])


def set_floors(home: Home, found: Trial, extra: Sequence[Path], *, why: str, at: str, waive: bool = False) -> Floors:
    """Floors from a trial's figures, written to the home; raises FloorsRefused where they may not be set."""
    check_floors(home, found.folder, extra)
    old = floors(home, found.measured)
    new = gate.raised(old, found.measured.measures, corpora=found.measured.corpora, why=why, at=at)
    new = gate.waive(new, found.measured.measures, why=why) if waive else new
    gate.write(home.models / "floors.json", new)
    return new


def write_report(home: Home, found: Trial) -> Path:
    """card.md, card.html, evaluation.json and the plots of a trial, in data/evaluations/<version>/."""
    card = card_of(found.folder)
    card["thresholds"] = {**card["thresholds"], **found.measured.thresholds}
    place = home.evaluations / found.version
    place.mkdir(parents=True, exist_ok=True)
    causes = found.measured.causes()
    text = cards.markdown(
        card, found.measured.measures, found.verdict, causes=causes, minds=found.minds, parts=found.parts
    )
    try:
        images = cards.pictures(found.measured, card)
    except PlotsMissing:
        images = {}
    for name, svg in images.items():
        (place / f"{name}.svg").write_text(svg, encoding="utf-8")
    (place / "card.md").write_text(text + cards.links(images), encoding="utf-8")
    (place / "card.html").write_text(cards.page(text, images), encoding="utf-8")
    told = {
        "version": found.version, "verdict_of": card.get("verdict_of", found.version),
        "parts": dict(found.parts), "minds": list(found.minds),
        "passed": found.verdict.passed, "failures": list(found.verdict.failures),
        "unmeasured": list(found.verdict.unmeasured), "waived": list(found.verdict.waived),
        "corpora": found.measured.corpora,
        "figures": cards.figures(found.measured.measures), "thresholds": card["thresholds"],
        "errors": {suite: [cards.cause_record(one) for one in held] for suite, held in causes.items()},
        "learning_curve": curve.as_record(curve.of_card(card)), "plots": {name: f"{name}.svg" for name in images},
    }  # fmt: skip
    (place / "evaluation.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return place


def draw_curve(folder: Path, material: Material, *, jobs: int = -1, on_step: Progress | None = None) -> int:
    """Draw a version's learning curve with its own settings and seed, on all cores, into its card; returns its points.

    The card keeps the digests of what the curve was drawn from, for that may not be all the version learned from.
    """
    card = card_of(folder)
    known = {one.name for one in fields(Settings)}
    settings = Settings(**{name: value for name, value in card["settings"].items() if name in known})
    cues, done, whole = load_cues(shipped("data", "cues.toml")), 0, len(curve.tasks())

    def run(tasks: Sequence[curve.Task], judge: Callable[[curve.Task], Any]) -> Iterator[Any]:
        nonlocal done
        for found in run_trials(tasks, judge, jobs=jobs):
            done += 1
            if on_step:
                on_step("learning curve", done, whole)
            yield found

    points = curve.learning_curve(material, settings=settings, cues=cues, seed=card["seed"], run=run)
    if not points:
        return 0  # the card keeps the curve it has
    card = card_of(folder)  # drawing takes minutes, in which figures may have come into it
    told = {"learning_curve": curve.as_record(points), "learning_curve_data": dict(sorted(material.digests.items()))}
    write_card(folder, {**card, "figures": {**card.get("figures", {}), **told}})
    return len(points)


def write_figures(found: Trial) -> None:
    """Keep a trial's figures and the corpora's digests in the version's own card."""
    card = card_of(found.folder)
    figures = {name: one for name, one in card.get("figures", {}).items() if name not in ("minds", "parts")}
    figures |= {"measured": cards.figures(found.measured.measures)}
    figures |= {"minds": list(found.minds)} if found.minds else {}
    figures |= {"parts": dict(found.parts)} if found.parts else {}
    write_card(found.folder, {**card, "figures": figures, "corpora": dict(sorted(found.measured.corpora.items()))})
