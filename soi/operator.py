"""What an operator types."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.records import counted, now
from soi.evidence import commands as evidence
from soi.front import (
    ClusterOption,
    HomeOption,
    PortOption,
    Refused,
    agreed,
    erase_again,
    not_as_root,
    open_db,
    open_home,
    open_whole,
    progress,
    say_unwatched,
    table,
)

if TYPE_CHECKING:
    from crawlers.run import Report
    from crawlers.sources import Source
    from pipeline.home import Home
    from pipeline.intake import StoreIntake

NONE_ON = "no source is on; turn one on in sources.toml, or name one."

commands = typer.Typer()
sources = typer.Typer(no_args_is_help=True, help="Places watched, and places evidence is taken from.")
commands.add_typer(sources, name="sources")
commands.add_typer(evidence, name="evidence")


@commands.command()
def init(home: HomeOption = None) -> None:
    """Make a home folder: settings, sources, and the facts table as first evidence."""
    from classifier.files import shipped
    from crawlers import sources as listed
    from crawlers.toml import dead_link
    from pipeline.home import Home
    from pipeline.locks import at_work
    from pipeline.operations.rotation import cut_off
    from pipeline.store import open_store
    from soi.facts import import_facts, stay_removed

    place = Home((home or Path.cwd()).resolve())
    not_as_root(place, making=True)
    place.root.mkdir(parents=True, exist_ok=True)
    with at_work(place):
        if left := cut_off(place):
            raise Refused(" ".join(left))
        fresh = not place.has_database
        if not fresh:
            open_store(place.database).close()  # one of a newer Soi is refused before anything is written
        for path, origin in ((place.sources, listed.shipped()), (place.settings_file, shipped("soi", "example.toml"))):
            if said := dead_link(path):
                print(said)
            elif not path.exists():
                listed.put(path, origin.read_text(encoding="utf-8"))
                print(f"Wrote {path}")
        db = open_store(place.database)
        new, stays = import_facts(db), stay_removed(db)
        place.remember_list()
        erase_again(place)
    if fresh:
        print(f"Wrote {place.database} with {new.added} new facts.")
    elif new.added or new.changed or new.gone:
        brought = f"Brought {new.added} new and {new.changed} changed facts into {place.database}"
        print(f"{brought}, and took back {new.gone}{new.told}{stays}.")
    else:
        print(f"{place.database} is there already, with every fact{stays}.")
    print("Next: read sources.toml, set crawl.contact in soi.toml, then `soi sources check` and `soi crawl`.")


def _own_sources(home: "Home") -> None:
    """Give a home that has none its own copy of the list that ships."""
    from crawlers.sources import put

    not_as_root(home, making=True)
    home.require_made()
    if not home.has_sources:
        put(home.sources, home.source_list.read_text(encoding="utf-8"))
        home.remember_list()


def load_sources(home: "Home") -> list["Source"]:
    """The sources of a home: its own file, else the list that ships."""
    from crawlers.sources import load

    return load(home.source_list, every=home.settings().crawl.every)


def pick(all_sources: list["Source"], names: list[str] | None) -> list["Source"]:
    """The sources to crawl: those named, else all that aren't off."""
    from crawlers.sources import nearest

    if not names:
        return [source for source in all_sources if not source.off]
    known = {source.id: source for source in all_sources}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Refused(
            f"there is no source {unknown[0]}{nearest(unknown[0], known) or '; `soi sources list` shows them.'}"
        )
    return [known[name] for name in names]


@commands.command()
def crawl(
    only: Annotated[
        list[str] | None, typer.Argument(help="Ids of the sources to crawl; all that are on by default.")
    ] = None,
    home: HomeOption = None,
    due: Annotated[bool, typer.Option("--due", help="Only sources whose own time has come.")] = False,
    max_pages: Annotated[
        int | None, typer.Option(min=1, max=1_000_000, help="Pages fetched from one source, at most.")
    ] = None,
    max_minutes: Annotated[float, typer.Option(min=0, help="Stop after this long; 0 for no limit.")] = 0,
    cluster: ClusterOption = "",
) -> None:
    """Fetch what is new from the sources, politely."""
    from crawlers.run import CrawlRefused, nobody_to_reach, without_contact
    from pipeline.locks import alone, at_work
    from pipeline.operations.logs import set_up
    from pipeline.store import open_store, watching

    place = open_whole(home)
    set_up(place.settings().log)
    chosen = pick(load_sources(place), only)
    if closed := [source.id for source in chosen if source.off]:
        raise Refused(f"{closed[0]} is off, nothing was crawled; `soi sources off {closed[0]} --on` turns it on.")
    if not chosen:
        raise Refused(NONE_ON)
    refused = nobody_to_reach(chosen, contact=place.settings().crawl.contact)
    if left_to_run(place, [source for source in chosen if source not in refused], due=due):
        if refused:
            raise CrawlRefused(without_contact(refused))
        return
    # two crawls would ask one host at a time twice; those of `soi run` share the place, as it keeps their hosts apart
    with alone(place, "crawl", shared=bool(os.environ.get("SOI_CHILD"))), at_work(place):
        if not os.environ.get("SOI_CHILD"):
            with contextlib.closing(open_store(place.database)) as db:
                watching.after_set_back(db, at=now())
        if due:
            chosen = due_among(place, chosen)
        refused = [source for source in refused if source in chosen]
        chosen = [source for source in chosen if source not in refused] or chosen  # the others don't wait for it
        if cluster:
            from soi.farcrawl import crawl_on

            found, through = crawl_on(place, chosen, cluster, max_pages=max_pages, max_minutes=max_minutes)
            title = f"Crawled on {cluster}" + ("" if through else ", stopped before the end")
            table(title, ["outcome", "n"], [[outcome, n] for outcome, n in sorted(found.items())])
        else:
            report = run_crawl(place, chosen, max_pages=max_pages, max_minutes=max_minutes)
            show_report(report)
            through = not report.stopped
    if not through:
        raise typer.Exit(130)
    if refused:
        raise CrawlRefused(without_contact(refused))


def left_to_run(home: "Home", chosen: list["Source"], *, due: bool) -> bool:
    """Where `soi run` is at work, leave the crawl to it: two crawls would ask one host at a time twice."""
    from pipeline.operations.state import run_process
    from pipeline.store import open_store, watching

    pid = None if os.environ.get("SOI_CHILD") else run_process(home)
    if pid is None:
        return False
    if not due:
        watching.due_now(open_store(home.database), [source.id for source in chosen])
    if chosen:
        print(
            f"`soi run` (process {pid or 'unknown'}) crawls them at its next look; `soi status` shows what came of it."
        )
    return True


def due_among(home: "Home", chosen: list["Source"]) -> list["Source"]:
    """The sources whose own time has come."""
    from pipeline.store import fetches, open_store

    db = open_store(home.database)
    fetches.put_sources(db, chosen, own=home.settings().desk)
    ids = fetches.due_sources(db, at=now())
    return [source for source in chosen if source.id in ids]


def run_crawl(
    home: "Home", chosen: list["Source"], *, max_pages: int | None = None, max_minutes: float = 0
) -> "Report":
    """Crawl with a progress bar a source, or where nobody watches a line at its end; every outcome lands in the store
    with its item."""
    from crawlers.run import crawl as crawl_sources
    from crawlers.watch import Progress as Step
    from pipeline.intake import open_intake
    from pipeline.store import open_store

    whole, db = home.settings(), open_store(home.database)
    settings = whole.crawl
    with open_intake(db, chosen, desk=whole.desk) as intake, progress() as bar:
        tasks = {source.id: bar.add_task(source.name, total=None) for source in chosen}

        def on_progress(step: Step) -> None:
            bar.update(tasks[step.source_id], completed=step.done, total=step.done + step.waiting)
            if not step.waiting:
                say_unwatched(bar, f"Crawled {step.source_id}: {counted(step.done, 'page')} asked for")

        return crawl_sources(
            chosen, intake, contact=settings.contact, on_progress=on_progress,
            max_pages=max_pages or settings.max_pages, max_minutes=max_minutes,
        )  # fmt: skip


def show_report(report: "Report") -> None:
    """The table of what became of everything, by source and outcome."""
    outcomes = list(report.counts)
    rows = [
        [s.source_id, *(s.counts.get(outcome, 0) for outcome in outcomes), s.inputs, s.left, s.status]
        for s in report.sources
    ]
    left = sum(s.left for s in report.sources)
    rows.append(["all", *(report.counts[outcome] for outcome in outcomes), report.inputs, left, ""])
    title = f"Crawled in {report.seconds:.1f} s" + (", stopped before the end" if report.stopped else "")
    table(title, ["source", *(str(o) for o in outcomes), "inputs", "left for later", "health"], rows)


@commands.command()
def status(home: HomeOption = None) -> None:
    """What there is, what the last runs did, and how the sources are."""
    from pipeline.operations.watch_sources import advice
    from pipeline.store import fetches, posts, runs
    from soi.watch import show_running

    place = open_home(home)
    db = open_db(place, to_read=True)
    table("In the store", ["what", "how many"], [[name, n] for name, n in posts.counts(db).items()])
    rows: list[list[object]] = []
    for run in runs.last_runs(db):
        words = ", ".join(f"{n} {outcome}" for outcome, n in sorted(run.outcomes.items(), key=lambda kv: -kv[1]))
        rows.append([run.started_at[:19], run.step, run.status, run.inputs, words])
    table("Last runs", ["started (UTC)", "step", "ended", "inputs", "outcomes"], rows)
    listed = _listed(place)
    health = [
        [row["id"], row["health"], str(row["health_since"])[:16],
         "being read now" if row["reading"] else str(row["next_check"])[:16], row["last_problem"],
         advice(str(row["id"]), str(row["health"]), str(row["last_problem"]))]
        for row in fetches.all_health(db, of=listed)
    ]  # fmt: skip
    known = {row[0] for row in health}
    health += [[one, "new", "", "", "", ""] for one in sorted(listed or ()) if one not in known]
    table("Sources", ["source", "health", "since (UTC)", "next check (UTC)", "last problem", "what to do"], health)
    show_running(place, db, listed=listed)


def _listed(home: "Home") -> set[str] | None:
    """The sources that are on by the home's own list, which the store may not know yet; None where none can be read."""
    from crawlers.sources import SourcesError, load

    with contextlib.suppress(SourcesError):
        return {source.id for source in load(home.sources) if not source.off}
    return None


@sources.command("list")
def list_sources(home: HomeOption = None) -> None:
    """Every source with its kind, use and role."""
    rows = [
        [s.id, "off" if s.off else "on", s.kind, s.use, s.role, s.url, s.note] for s in load_sources(open_home(home))
    ]
    table("Sources", ["id", "on", "kind", "use", "role", "url", "note"], rows)


@sources.command()
def check(
    only: Annotated[list[str] | None, typer.Argument(help="Ids; all that are on by default.")] = None,
    home: HomeOption = None,
) -> None:
    """Try each source once, and a page that it lists, and say in words what is wrong and what to do."""
    from crawlers.discover import check as check_source
    from crawlers.run import CrawlRefused, nobody_to_reach, without_contact
    from pipeline.operations.logs import set_up

    place = open_home(home)
    set_up(place.settings().log)
    contact = place.settings().crawl.contact
    chosen = pick(load_sources(place), only)
    if not chosen:
        raise Refused(NONE_ON)
    refused = nobody_to_reach(chosen, contact=contact)
    chosen = [source for source in chosen if source not in refused] or chosen
    with asking(place) as kept, progress() as bar:
        task = bar.add_task("Checking", total=len(chosen))
        # all at once: the reactor starts once in a process, and hosts are asked side by side
        found = check_source(
            chosen, contact=contact, kept=kept, on_progress=lambda step: bar.advance(task, not step.waiting)
        )
    rows = [
        [f.source_id, "ok" if f.ok else "no", ": ".join(filter(None, (f.status, f.detail))), f.article, f.advice]
        for f in found
    ]
    table("Sources checked", ["source", "ok", "what came back", "one page of it", "what to do"], rows)
    if refused:
        raise CrawlRefused(without_contact(refused))
    if not all(row[1] == "ok" for row in rows):
        raise typer.Exit(1)


@contextlib.contextmanager
def asking(home: "Home") -> Iterator["StoreIntake | None"]:
    """Ask hosts outside a crawl: in their turns, as one does, and no crawl beside it; what they ask for is kept."""
    from pipeline.intake import StoreIntake
    from pipeline.locks import Busy, alone, at_work
    from pipeline.store import open_store

    not_as_root(home, making=True)
    home.require_made()
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(alone(home, "crawl"))
        except Busy:
            said = "a crawl is under way here, and hosts are asked by one at a time; try again in a minute or two"
            raise Busy(f"{said}. An entry written into sources.toml by hand is taken at once.") from None
        held.enter_context(at_work(home))
        yield StoreIntake(open_store(home.database), run_id=0) if home.has_database else None


@sources.command()
def add(
    url: Annotated[str, typer.Argument(help="Address of a site, feed, forum, channel or fact-check desk.")],
    home: HomeOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write the first entry without asking.")] = False,
    allow_private: Annotated[bool, typer.Option(help="The site is on a private address of your own.")] = False,
    id_: Annotated[str, typer.Option("--id", help="Its id; made from the address by default.")] = "",
    name: Annotated[str, typer.Option(help="What people read; what the site calls itself by default.")] = "",
    role: Annotated[str, typer.Option(help="primary, independent or party; party by default.")] = "",
    use: Annotated[str, typer.Option(help="watch or evidence; watch by default.")] = "",
    every: Annotated[str, typer.Option(help="How often it is looked at to begin with: 30m, 2h, 1d.")] = "",
) -> None:
    """Find a site's feed or sitemap and its kind, show the entry, then write it to sources.toml."""
    from crawlers.discover import find
    from crawlers.sources import changed, entry, free_id, read_otherwise, write

    place = open_home(home)
    there = load_sources(place)
    known = {source.url: source.id for source in there}
    with asking(place) as kept:
        found = find(url, contact=place.settings().crawl.contact, allow_private=allow_private, kept=kept)[0]
    if found.url in known:
        raise Refused(f"{found.url} is there already, as {known[found.url]}; nothing was added.")
    typed = {"name": name, "role": role, "use": use, "every": every}
    given = {"id": id_ or free_id(found, known.values())} | {key: value for key, value in typed.items() if value}
    found = changed(found, given)
    print(entry(found))
    if others := read_otherwise(found, there):
        print(
            f"{', '.join(others)} reads the same site for something else; a page that both list is read for one alone."
        )
    if not role:
        print("Its role is taken as party, which settles no verdict alone; --role says otherwise.")
    if yes or agreed(f"Write this to {place.sources}?"):
        _own_sources(place)
        write(place.sources, found)
        print(f"Added {found.id}.")


@sources.command()
def off(
    ids: Annotated[list[str], typer.Argument(help="Ids of sources.")],
    home: HomeOption = None,
    on: Annotated[bool, typer.Option("--on", help="Turn them on again.")] = False,
) -> None:
    """Turn sources off, or on again."""
    from crawlers.sources import turn

    place = open_home(home)
    pick(load_sources(place), ids)
    _own_sources(place)
    for source_id in ids:
        turn(place.sources, source_id, off=not on)
        print(f"{source_id} is {'on' if on else 'off'}.")


@commands.command()
def settings(home: HomeOption = None) -> None:
    """Every setting in force, with where it comes from and what it does."""
    from pipeline.inforce import explain_settings

    table("Settings", ["name", "value", "from", "what it does"], explain_settings(open_home(home).settings_file))


@commands.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Print a summary and end, without the desk.")] = False,
    home: Annotated[
        Path | None,
        typer.Option(
            "--home",
            envvar="SOI_HOME",
            show_default=False,
            help="The folder that demo/ is made in; the working folder when not given.",
        ),
    ] = None,
    port: PortOption = None,
) -> None:
    """The whole road on a small invented world, in a home of its own (demo/): crawl, read, compare, open the desk."""
    from pipeline.home import Home
    from soi.demo import run_demo

    place = Home((home or Path.cwd()).resolve() / "demo")
    not_as_root(place, making=True)  # whoever types it first in a checkout has it, whosever that is
    run_demo(place, once=once, port=port)
