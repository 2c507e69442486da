"""What a researcher types to judge a model: evaluate, compare, inspect, and their tables."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from soi.front import HomeOption, Refused, begun, open_home, print_shown, steps_shown, table
from soi.training import CurveOption, no_curve_of, sources_of

if TYPE_CHECKING:
    from classifier.evaluation.measuring import Measured
    from pipeline.home import Home
    from pipeline.research.trials import Trial

commands = typer.Typer()
OnOption = Annotated[
    list[Path] | None, typer.Option("--on", help="A folder of measuring sets beside our own; may be given again.")
]


def folders(home: "Home", given: Sequence[Path] | None) -> list[Path]:
    """The folders of measuring sets named, else those of the settings; what in them is nearly one is told."""
    from classifier.evaluation.corpora import TEXTS, files_of, passed_over

    found = sources_of(home, given, home.settings().research.corpora)
    names = f"names begin with {', '.join(TEXTS)} and end in .jsonl, or with vifactcheck and end in .csv.gz."
    for path in found:
        if not path.is_dir():
            raise Refused(f"{path} is no folder.")
        over = ", ".join(passed_over(path))
        if not any(files_of(path)):
            raise Refused(f"{path} holds nothing to measure on{f', nor is {over}' if over else ''}: {names}")
        if over:
            typer.echo(f"Not measured in {path}: {over}; {names}", err=True)
    return found


@commands.command()
def evaluate(
    model: Annotated[str, typer.Option("--model", help="The version to measure; the live one by default.")] = "",
    on: OnOption = None,
    set_floors: Annotated[bool, typer.Option("--set-floors", help="Pin floors from these figures.")] = False,
    why: Annotated[str, typer.Option("--why", help="The reason floors are lowered or a corpus changed.")] = "",
    waive: Annotated[
        bool, typer.Option("--waive", help="With --set-floors: leave, in writing, for red lines not reached yet.")
    ] = False,
    card: Annotated[bool, typer.Option("--card", help="Write the figures into the version's own card.")] = False,
    learning_curve: CurveOption = False,
    data: Annotated[
        list[Path] | None, typer.Option("--data", help="With --learning-curve: what the version learned from.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Measure a model and hold it against the floors; fails where the gate does."""
    from classifier.atomic import made
    from classifier.loading import read_card
    from pipeline.registry import model_folder
    from pipeline.research import trials

    place = open_home(home).require_kept()
    version = model or live(place)
    extra, folder = folders(place, on), model_folder(place, version)
    no_curve_of(read_card(folder).get("readers_of", "") if learning_curve else "")
    if set_floors:  # before minutes go into it
        trials.check_floors(place, folder, extra)
    with made(place.evaluations):  # a home that can't be written to says so first
        found = trial(place, version, extra)
        if set_floors:
            from pipeline.records import now

            trials.set_floors(place, found, extra, why=why, at=now()[:10], waive=waive)
            found = trials.held(place, found, extra)
            print(f"Floors are in {place.models / 'floors.json'}.")
        show(found)
        if learning_curve:
            _draw_curve(place, found.folder, data)
        if card:
            trials.write_figures(found)
        print(f"Report: {trials.write_report(place, found) / 'card.html'}")
    if not found.verdict.passed:
        raise typer.Exit(1)


def _draw_curve(home: "Home", folder: Path, data: list[Path] | None) -> None:
    from pipeline.research import learning, trials

    with steps_shown("Drawing") as tell:
        tell("gathering", 0, 0)
        material = learning.gather(sources_of(home, data, home.settings().research.data), words=False)
        points = trials.draw_curve(folder, material, on_step=tell)
    if not points:
        print("There are too few texts with a kind and with rights to draw a learning curve.")


def live(home: "Home") -> str:
    """The version that is live."""
    from pipeline.home import DEFAULT
    from pipeline.store import models
    from pipeline.store.database import open_to_read

    return models.live_version(open_to_read(home.database)) if home.has_database else DEFAULT


def trial(home: "Home", version: str, extra: Sequence[Path]) -> "Trial":
    """Measure a version, with the steps shown."""
    from pipeline.research import trials

    with steps_shown(f"Measuring {version}") as tell:
        return trials.trial(home, version, extra, on_step=tell)


def show(found: "Trial") -> None:
    """Print the figures, the errors by cause, and what the gate says."""
    from classifier.evaluation.cards import leaning, named

    rows: list[list[object]] = []
    for m in found.measured.measures:
        rows.append([m.part, m.what, m.slice, f"{m.figure.value:.3f}", m.figure.span, m.figure.n, m.corpus])
    columns = ["part", "what", "slice", "value", "95% interval", "n", "corpus"]
    table(f"Model {named(found.version, found.parts)}", columns, rows)
    for sentence in filter(None, map(leaning, found.measured.measures)):
        print_shown(sentence)
    show_causes(found.measured)
    for sentence in found.minds:
        print_shown(f"MIND: {sentence}")
    for sentence in found.verdict.failures:
        print_shown(f"FAILS: {sentence}")
    for sentence in found.verdict.waived:
        print_shown(f"WAIVED: {sentence}")
    if found.verdict.unmeasured:
        print(f"{len(found.verdict.unmeasured)} floors were not measured: their corpora aren't here (--on FOLDER).")
    print("The gate passes." if found.verdict.passed else "The gate fails.")


@commands.command()
def compare(
    first: Annotated[str, typer.Argument(help="The champion.")],
    second: Annotated[str, typer.Argument(help="The challenger.")],
    on: OnOption = None,
    home: HomeOption = None,
) -> None:
    """Two models on the same rows: paired bootstrap, McNemar, slices, calibration, examples, speed and size."""
    from classifier.evaluation import cards, comparing
    from pipeline.registry import load
    from pipeline.research import trials

    place = open_home(home)
    extra = folders(place, on)
    for version in (first, second):
        load(place, version)  # one that can't be loaded is said before minutes go into the other
    if parts := place.settings().parts:
        print_shown(cards.named("Both are measured", parts) + ", in place of their own.")
    measured = []
    for version in (first, second):
        with steps_shown(f"Measuring {version}") as tell:
            measured.append(trials.measure(place, version, extra, on_step=tell))
    for version, (folder, figures) in zip((first, second), measured, strict=True):
        for sentence in trials.judged(place, folder, figures, extra).failures:
            print_shown(f"FAILS, {version}: {sentence}")
    _show_contests(comparing.compare((first, measured[0][1]), (second, measured[1][1])))
    told = [sentence for folder, figures in measured for sentence in trials.corrected(place, folder, figures)]
    for sentence in (*trials.untold(place), *told):
        print_shown(f"MIND: {sentence}")
    _show_cost(place, (first, second), [folder for folder, _ in measured])
    if place.has_database:
        _show_shadow(place, first, second)


def _show_contests(found: Any) -> None:
    rows: list[list[object]] = []
    for one in found.contests:
        gap, test = one.difference, one.mcnemar
        calibration = "{:.3f} → {:.3f}".format(*one.calibration) if one.calibration else ""
        right = f"{test.only_first} / {test.only_second}, p={test.p:.3g}" if test else ""
        rows.append([one.suite, one.metric, f"{gap.value:+.3f} ({gap.low:+.3f} to {gap.high:+.3f})", one.word,
                     right, calibration])  # fmt: skip
    columns = [
        "suite",
        "metric",
        f"{found.second} less {found.first}",
        "so",
        "only first / second right",
        "calibration",
    ]
    table(f"{found.first} against {found.second}", columns, rows)
    if many := found.many():
        print_shown(many)
    slices = [[key, f"{a.value:.3f}", f"{b.value:.3f}", b.n] for key, a, b in found.slices]
    table("Slices", ["figure", found.first, found.second, "n"], slices)
    for one in found.contests:
        causes = one.causes[:10]
        if causes:
            table(f"{one.suite}: errors by cause", ["cause", "rows", found.first, found.second], causes)
        for word, examples in (("won", one.won), ("lost", one.lost)):
            shown = [[e.id, e.truth, e.first, e.second, begun(e.text)] for e in examples]
            if shown:
                table(f"{one.suite}: {word}", ["row", "true", found.first, found.second, "text"], shown)


def _show_cost(home: "Home", versions: tuple[str, str], places: list[Path]) -> None:
    from classifier.evaluation import comparing
    from classifier.evaluation.corpora import rows
    from classifier.evidence import facts
    from classifier.files import shipped
    from classifier.loading import load_model
    from classifier.scoring import Item, score
    from pipeline.indexing import build_index

    texts = [row["text"] for name in ("protected", "claims") for row in rows(shipped("data", "gate", f"{name}.jsonl"))]
    known = facts.shipped_passages()

    def runner(folder: Path) -> Callable[[list[str]], object]:
        model = load_model(folder, parts=home.parts)
        index = build_index(known, model)
        return lambda held: list(score(model, [Item("", text) for text in held], index=index))

    timed = comparing.speed(runner(places[0]), runner(places[1]), texts)
    sizes = [sum(path.stat().st_size for path in folder.iterdir()) for folder in places]
    lines = [
        [version, f"{us:.0f}", f"{size / 1e6:.2f}"] for version, us, size in zip(versions, timed, sizes, strict=True)
    ]
    table("Cost", ["model", "µs a text", "MB"], lines)


def _show_shadow(home: "Home", first: str, second: str) -> None:
    from pipeline.research import shadow
    from pipeline.store.database import open_to_read

    found = shadow.beside(open_to_read(home.database), first, second)
    if found.n:
        print(f"On {found.n} live posts: flagged {found.flagged[0]} by {first}, {found.flagged[1]} by {second},"
              f" {found.flagged_by_one} by one alone; another kind for {found.kinds_differ};"
              f" p(refuted) {found.mean_gap:.3f} apart.")  # fmt: skip
    for version, verdicts in zip((first, second), found.found, strict=True):
        if verdicts:
            told = ", ".join(f"{n} {verdict or 'not decided'}" for verdict, n in sorted(verdicts.items()))
            print(f"Flagged by {version} alone, and what people found: {told}.{_by_heart(home, version)}")


def _by_heart(home: "Home", version: str) -> str:
    """A warning where a model learned from verdicts of a desk, "" otherwise."""
    from pipeline.home import card_of
    from pipeline.registry import model_folder

    card = card_of(model_folder(home, version))
    if not any(name.startswith("labels/") for name in card.get("data", {})):
        return ""
    return " It learned from labels of a desk: what it says of those posts may be learned by heart."


@commands.command()
def inspect(
    model: Annotated[str, typer.Option("--model", help="The version to look into; the live one by default.")] = "",
    on: OnOption = None,
    home: HomeOption = None,
) -> None:
    """What a model goes by: the readers' cue weights, importance of the verdict's features, errors by cause."""
    from classifier.evaluation import inspecting
    from classifier.evaluation.corpora import read
    from classifier.readers.cues import Cues
    from pipeline.registry import load
    from pipeline.research import trials

    place = open_home(home)
    version = model or live(place)
    found = load(place, version)
    for name, reader in (("rights", found.rights), ("kind", found.kind)):
        if not isinstance(getattr(reader, "cues", None), Cues):
            continue  # a part put in its place has no cues that could be shown
        told = inspecting.cue_weights(reader, reader.cues)
        shown = [[head, ", ".join(f"{cue} {weight:+.2f}" for cue, weight in cues)] for head, cues in told.items()]
        table(f"What the {name} reader goes by", ["head", "cues and their weights"], shown)
    extra = folders(place, on)
    claims = [
        row
        for path in trials.corpora(extra)
        for file in sorted(path.glob("claims*.jsonl"))
        for row in read(file, "claims")
    ]
    pairs = [(row["text"], row["evidence"]) for row in claims]
    labels = ["refuted" if row["truth"] == "false" else "supported" for row in claims]
    if hasattr(found.verdict, "read"):  # one put in its place has no feature groups that could be shuffled
        heavy = [
            [one.group, one.features, f"{one.drop:+.3f} ± {one.spread:.3f}"]
            for one in inspecting.importance(found.verdict, pairs, labels)
        ]
        table(f"Macro-F1 lost on {len(pairs)} claims when a group is shuffled", ["group", "features", "loss"], heavy)
    with steps_shown("Measuring") as tell:
        _, measured = trials.measure(place, version, extra, on_step=tell)
    show_causes(measured, most=20)


def show_causes(measured: "Measured", *, most: int = 5) -> None:
    """Errors by cause, of each suite those first that hold more errors than elsewhere."""
    from classifier.evaluation.cards import share
    from classifier.evaluation.causes import worse

    shown = [
        [suite, one.cause, one.wrong, one.n, f"{one.wrong / one.n:.0%}", share(one.elsewhere), " ".join(one.ids)]
        for suite, held in measured.causes().items()
        for one in worse(held, most)
    ]
    if shown:
        columns = ["suite", "cause", "wrong", "of", "that is", "of the others", "for example"]
        table("Errors by cause (a row may carry several)", columns, shown)
