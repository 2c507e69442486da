"""What a researcher types about versions: shadow, retune, promote, roll back, list."""

import contextlib
from collections.abc import Sequence
from typing import Annotated

import typer

from pipeline.records import counted
from soi.front import (
    HomeOption,
    Refused,
    TypedByOption,
    open_db,
    open_home,
    open_whole,
    progress,
    reasoned,
    table,
)
from soi.measuring import OnOption, folders, live, show, trial

commands = typer.Typer()


@commands.command()
def shadow(
    version: Annotated[str, typer.Argument(help="The challenger.")],
    limit: Annotated[int, typer.Option(min=0, help="Posts at most; 0 for all.")] = 0,
    home: HomeOption = None,
) -> None:
    """Let a challenger score the live posts beside the champion; the queue doesn't see it."""
    from pipeline.indexing import open_index, with_rows
    from pipeline.locks import at_work
    from pipeline.registry import load
    from pipeline.research import shadow as beside
    from pipeline.store.models import live_version

    place = open_home(home, to_write=True).require_made()
    model = load(place, version)
    with at_work(place), progress() as bar:
        db = open_db(place)
        if version == live_version(db):
            raise Refused(f"{version} is the live model, which has no shadow; name a challenger.")
        task, model = bar.add_task(f"Shadow of {version}", total=None), with_rows(db, model)
        n = beside.run(db, model, open_index(place, db, model), limit=limit,
                       on_progress=lambda done, total: bar.update(task, completed=done, total=total))  # fmt: skip
    print(f"{version} scored {counted(n, 'post')}. `soi compare {live(place)} {version}` shows the difference.")


@commands.command()
def retune(
    version: Annotated[str, typer.Argument(help="The version whose parts are kept.")],
    name: Annotated[str, typer.Option("--name", help="Name of the new version.")],
    why: Annotated[str, typer.Option("--why", help="The reason, kept in the card.", callback=reasoned)],
    refuted: Annotated[float | None, typer.Option(min=0.5, max=1, help="The threshold of refuted.")] = None,
    budget: Annotated[int | None, typer.Option(min=1, help="Or: flags a day that people can read.")] = None,
    home: HomeOption = None,
) -> None:
    """A version with the same parts and another threshold of refuted: given, or from a review budget."""
    from classifier.evaluation import cards
    from classifier.learning.training import rethreshold
    from pipeline.registry import check_name, model_folder, scored_alike
    from pipeline.store import labels

    place = open_home(home, to_write=True)
    check_name(place, name)
    p, days, part = list[float](), 1, place.settings().parts.get("verdict", "")
    if budget is not None or place.has_database:
        db = open_db(place, to_read=budget is None)
        p, days = labels.against_by_day(db, scored_alike(place, db, version), part=part)
    if budget is not None and not p:
        beside = f" with {part} in its place" if part else ""
        raise Refused(
            f"no claim about rights was scored by {version}'s verdict{beside} yet, so there is no budget to divide: run"
            " `soi score` while it is live, or give --refuted."
        )
    allowed = (p, budget * days) if budget is not None else None
    card = rethreshold(
        model_folder(place, version), place.models / name, version=name, why=why, refuted=refuted, budget=allowed
    )
    print(f"{name}: refuted from {card['thresholds']['refuted']:.4f}. `soi promote {name}` sends it through the gate.")
    if p:
        print(_reached(p, days, card["thresholds"]["refuted"], budget or 0))
    if sentence := cards.unreached(card) or cards.above_rows(card):
        print(sentence)


def _reached(p: Sequence[float], days: int, threshold: float, budget: int) -> str:
    """How many claims a day reach a threshold, and where that leaves part of a review budget."""
    from classifier.policy import LEAST_REFUTED

    flags = sum(one >= threshold for one in p) / days
    told = f"By the scores of this home about {flags:.1f} claims a day reach it"
    unused = threshold <= LEAST_REFUTED and flags < budget
    return f"{told}; no threshold lies lower, so {budget} a day aren't to be had." if unused else f"{told}."


@commands.command()
def promote(
    version: Annotated[str, typer.Argument(help="The version to make live.")],
    on: OnOption = None,
    note: Annotated[str, typer.Option("--note", help="Why, for the history.")] = "",
    person: TypedByOption = "",
    home: HomeOption = None,
) -> None:
    """Make a version live, if it passes the gate."""
    from classifier.evaluation import cards
    from pipeline import registry
    from pipeline.home import card_of
    from pipeline.locks import alone, at_work
    from pipeline.research import trials
    from pipeline.store import open_store
    from pipeline.store.models import live_version

    place = open_whole(home)
    with contextlib.ExitStack() as held:
        held.enter_context(at_work(place))  # else a backup brought back meanwhile wouldn't know of it
        db = open_store(place.database)  # first, as it says whether a home can't be written to
        held.enter_context(alone(place, "promote"))
        place.evaluations.mkdir(parents=True, exist_ok=True)  # a home that can't be written to says so first
        registry.check_same(place, db, version)
        parts = registry.in_place(place, version)  # measuring takes minutes, in which soi.toml may change
        before = live_version(db)
        if version == before and not registry.unpassed(place, db, version):
            registry.stand_by_live(db)  # which one that was killed may have left undone
            raise Refused(f"{version} is live already; `soi evaluate` measures it.")
        if sentence := cards.sampled(card_of(registry.model_folder(place, version))):
            raise Refused(f"{version} isn't promoted. {sentence}")
        found = trial(place, version, folders(place, on))
        show(found)
        print(f"Report: {trials.write_report(place, found) / 'card.html'}")
        if not found.verdict.passed:
            still = f"{before} stays live" if version != before else "put [parts] of soi.toml back as it was"
            raise Refused(f"{version} isn't promoted: the gate fails; {still}.")
        registry.promote(place, db, version, person=person, note=note, parts=parts)
    back = "`soi rollback` goes back" if version != before else "to go back, put [parts] of soi.toml back as it was"
    print(f"{cards.named(version, found.parts)} is live. `soi score` scores with it; {back}.")


@commands.command()
def rollback(
    note: Annotated[str, typer.Option("--note", help="Why, for the history.")] = "",
    person: TypedByOption = "",
    home: HomeOption = None,
) -> None:
    """Make the version before the live one live again, in one step."""
    from pipeline import registry
    from pipeline.locks import alone

    place = open_home(home)
    db = open_db(place)
    with alone(place, "promote"):
        print(f"{registry.rollback(place, db, person=person, note=note)} is live again.")


@commands.command()
def models(home: HomeOption = None) -> None:
    """Every version there is, which one is live, and what became of it."""
    from pipeline.registry import history

    place = open_home(home)
    table("Models", ["version", "live", "promoted (UTC)", "note"], history(place))
