"""What a researcher types to make a model: train, search."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from soi.front import ClusterOption, HomeOption, Refused, open_home, steps_shown, table

if TYPE_CHECKING:
    from classifier.learning.material import Material
    from pipeline.home import Home
    from pipeline.research.search import Trial

commands = typer.Typer()
NAMED = 20  # cases that are told by their numbers
DataOption = Annotated[list[Path] | None, typer.Option("--data", help="Folders of data, as for train.")]
SeedOption = Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Seed of everything that is drawn.")]
CurveOption = Annotated[
    bool, typer.Option("--learning-curve", help="Draw the readers' learning curve into the card; takes minutes.")
]


def sources_of(home: "Home", given: Sequence[Path] | None, setting: Sequence[str]) -> list[Path]:
    """What to learn from: the folders and files of labels named, else those of the settings."""
    found = list(given) if given else [home.root / name for name in setting]
    missing = [path for path in found if not path.exists()]
    if missing:
        imported = home.root / "data" / "sets" / missing[0]
        meant = f" The imported set of that name is {imported}." if imported.exists() else ""
        raise Refused(f"there is no folder or file {missing[0]}.{meant}")
    return found


@commands.command()
def train(
    data: Annotated[
        list[Path] | None,
        typer.Option(
            "--data", help="Public sets, an imported set, a snapshot or a file of labels; may be given again."
        ),
    ] = None,
    name: Annotated[
        str, typer.Option("--name", help="Name of the version; made of its data and settings if none.")
    ] = "",
    seed: SeedOption = 0,
    base: Annotated[
        str,
        typer.Option(
            help="Version whose word vectors are taken where the data holds no news, and "
            "its verdict where the pairs are too few for one."
        ),
    ] = "",
    best: Annotated[
        Path | None, typer.Option("--settings", help="Settings found by `soi search`, a JSON file.")
    ] = None,
    precision: Annotated[
        float | None, typer.Option(min=0.5, max=0.999, help="Precision the threshold of refuted is aimed at.")
    ] = None,
    sample: Annotated[
        float,
        typer.Option(
            min=0.001,
            max=1,
            help="Learn from this share alone, such as 0.05, to see soon that it works; never promoted.",
        ),
    ] = 1.0,
    learning_curve: CurveOption = False,
    home: HomeOption = None,
) -> None:
    """Train a model version from folders of data; the same data and seed give the same bytes."""
    from classifier.files import shipped
    from classifier.learning import training
    from classifier.learning.material import Settings, sampled, version_name
    from classifier.loading import load_lexicon, read_card
    from classifier.readers.cues import load_cues
    from pipeline import registry
    from pipeline.home import DEFAULT
    from pipeline.research import learned, learning, shares, trials
    from pipeline.research.search import read_settings

    place = open_home(home)
    if name:
        registry.check_name(place, name)
    if base:
        training.check_base(registry.model_folder(place, base))  # gathering takes minutes
    wanted = place.settings().research
    settings = replace(read_settings(best) if best else Settings(), precision=precision or wanted.precision)
    with steps_shown("Training") as tell:
        tell("gathering", 0, 0)
        sources = sources_of(place, data, wanted.data)
        material, notes = learning.gather(sources, share=sample, seed=seed), list(_of_labels(sources))
        if sample < 1:
            material, settings = sampled(material, settings, sample, seed=seed)
        given = registry.model_folder(place, base or DEFAULT) if base or not material.words else None
        no_curve_of(given.name if given and learning_curve and training.corrects(material, given) else "")
        version = name or version_name(material, settings, seed, base=given)
        card = training.train(
            material, place.models / version, version=version, seed=seed, settings=settings, base=given, on_step=tell,
            cues=load_cues(shipped("data", "cues.toml")), lexicon=load_lexicon(), note=learned.note,
        )  # fmt: skip
        if material.words:
            shares.note_shares(place.models / version, material.words, on_progress=partial(tell, "shares of scores"))
        if learning_curve:
            trials.draw_curve(place.models / version, material, on_step=tell)
    for sentence in notes:
        print(sentence)
    _tell_trained(card, read_card(given) if given else None)


def _tell_trained(card: Mapping[str, Any], base: Mapping[str, Any] | None) -> None:
    """What a version learned from and how well, beside the base that something was taken of."""
    from classifier.evaluation import cards

    table(f"Model {card['version']}", ["what", "n"], [[what, n] for what, n in card["rows"].items()])
    print(cards.readers_kept(card) or "Rights and kind are learned anew.")
    if sentence := cards.verdict_kept(card) or (cards.verdict_anew(card, base) if base else ""):
        print(sentence)
    if "verdict_of" not in card:
        rows = [[what, f"{one.value:.3f}", one.span, one.n] for what, one in cards.out_of_fold(card).items()]
        table("Out of fold", ["figure", "value", "95 % interval", "n"], rows)
    limits = [[what, f"{value:.4f}"] for what, value in card["thresholds"].items()]
    table("Thresholds", ["what", "value"], limits)
    for sentence in filter(None, (cards.unreached(card), cards.above_rows(card))):
        print(sentence)
    if sentence := cards.sampled(card):
        print(f"{sentence} Without --sample it learns from all.")
    else:
        print(f"Next: `soi evaluate --model {card['version']}`, then `soi promote {card['version']}`.")


def no_curve_of(base: str) -> None:
    """Raise Refused where a curve would be drawn of a version that corrects the readers of another; "" for none."""
    if base:
        raise Refused(
            f"a learning curve is drawn of readers learned anew, and these are {base}'s, corrected; name the public"
            " texts too (--data), or leave --learning-curve out."
        )


def _of_labels(sources: Sequence[Path]) -> Iterator[str]:
    """What is to be said of the labels among the data: how many teach nothing, where two files differ, and which
    contradict another."""
    from pipeline.agreement import cohen, cohen_span
    from pipeline.research import learning

    if mute := learning.mute(sources):
        yield f"{mute} labels teach nothing: they have no text, or are not_rights without the reason other_topic."
    for one, two, pairs, cases in learning.differing(sources):
        kappa = cohen(pairs)
        agree = "" if kappa is None else f"; Cohen's kappa {kappa:.2f}"
        if span := cohen_span(pairs):
            agree += f", 95% interval {span[0]:.2f} to {span[1]:.2f}"
        yield (
            f"{sum(a != b for a, b in pairs)} of {len(pairs)} texts that both hold are labelled otherwise in"
            f" {one} than in {two} ({_cases(cases)}{agree}): the label decided last counts, and of two of one"
            " moment that of the file named last."
        )
    if contrary := learning.contrary(sources):
        yield (
            f"{len(contrary)} labels contradict another on the same text, or claim and passage"
            f" ({_cases(list(dict.fromkeys(row.case for row in contrary)))}): each teaches its kind, and of a claim"
            " beside a passage the one decided last counts."
        )


def _cases(numbers: Sequence[int]) -> str:
    """Cases by their numbers, so many that a person reads them."""
    more = f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
    return f"cases {', '.join(map(str, numbers[:NAMED]))}{more}"


def _at_work(jobs: int) -> int:
    if not jobs:
        raise Refused("with 0 processes nothing is tried; give --jobs a number, or -1 for all cores.")
    return jobs


@commands.command()
def search(
    part: Annotated[str, typer.Argument(help="The part to search settings for: rights, kind or verdict.")],
    data: DataOption = None,
    trials: Annotated[int, typer.Option(min=1, help="Settings tried in all; those in the file count.")] = 20,
    into: Annotated[Path, typer.Option("--into", help="File of trials; a search goes on where it stopped.")] = Path(
        "data/search.jsonl"
    ),
    seed: SeedOption = 0,
    jobs: Annotated[int, typer.Option(help="Processes at a time; -1 for all cores.", callback=_at_work)] = -1,
    cluster: ClusterOption = "",
    home: HomeOption = None,
) -> None:
    """Try settings of a part by cross-validation, on all cores or a cluster; resumable."""
    from pipeline.research import learning
    from pipeline.research import search as searching

    place = open_home(home)
    path = into if into.is_absolute() else place.root / into
    with steps_shown("Searching") as tell:
        tell("gathering", 0, 0)
        material = learning.gather(sources_of(place, data, place.settings().research.data), words=False)
        found = searching.run(material, part, path, trials=trials, seed=seed, jobs=jobs, address=cluster, on_step=tell)
    rows = [[f"{one.score:.4f}", str(one.settings)] for one in found[:10]]
    table(f"Best settings of {part} ({path})", ["score", "settings"], rows)
    print(_lead(found, material, part))


def _lead(found: "Sequence[Trial]", material: "Material", part: str) -> str:
    """How far the best of some trials lies from the settings that stand now."""
    from pipeline.research import search as searching

    best, now = found[0], next(one for one in found if one.settings == searching.draw(part, 0, 0))
    if best == now:
        return "None of them lies above the settings that stand now."
    if (gap := searching.lead(best, now, material=material, part=part)) is None:
        return (
            "How far the best lies from the settings that stand now can't be told: of trials of before, the file keeps"
            " nothing that was said of each row. Search into another (--into) to be told."
        )
    shown = "" if gap.low > 0 else ", so no difference is shown"
    return (
        f"The best lies {gap.value:+.4f} ({gap.low:+.4f} to {gap.high:+.4f}) from the settings that stand now{shown};"
        f" the best of {len(found)} looks better than it is."
    )
