"""What leaves the home as files: labels, cases, reasons, ClaimReview, the public's report, Datasette's metadata."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.records import counted
from soi.front import HomeOption, LanguageOption, Refused, open_db, open_home, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.home import Home
    from pipeline.store import Database

commands = typer.Typer()
export = typer.Typer(no_args_is_help=True, help="What leaves the home as files.")
commands.add_typer(export, name="export")

ENDINGS = frozenset({
    ".md", ".html", ".json", ".jsonl", ".csv", ".tsv", ".parquet", ".yaml", ".yml", ".txt", ".pdf", ".docx", ".odt",
    ".xlsx", ".ods", ".zip", ".tar", ".gz", ".tgz",
})  # fmt: skip


def _moment(word: str) -> str:
    """A day as it was typed, a longer moment as the tables write it; raises Refused for what is neither."""
    from classifier.evidence.told import DAY, moment_of
    from pipeline.records import stamp, zoned

    found = moment_of(word)
    if not word or (found and DAY.fullmatch(word)):  # no period is asked for, or a day
        return word
    with suppress(OverflowError):  # before the year 1 in UTC
        if found and DAY.match(word):
            return stamp(zoned(found))
    raise Refused(f'"{word}" is no day such as 2025-11-30, nor a moment such as 2025-11-30T08:00Z.')


SinceOption = Annotated[str, typer.Option("--since", help="From this day or moment (ISO, UTC) on.", callback=_moment)]
UntilOption = Annotated[str, typer.Option("--until", help="Before this day or moment (ISO, UTC).", callback=_moment)]
RowsArgument = Annotated[Path, typer.Argument(help="A .csv, .jsonl or .parquet file.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over what is there.")]


def _folder(path: Path) -> Path:
    """A folder that files go into; what reads as a file's name, or a pipe's, would be made a folder so called."""
    if not path.is_dir() and (path.name == "-" or path.suffix.lower() in ENDINGS):
        raise Refused(f"several files go into a folder here, and {path.name} is no name of one; type another.")
    return path


def in_order(since: str, until: str) -> None:
    """Raise Refused for a period in which nothing can lie: what is told of it would all be none."""
    from pipeline.records import now

    if since and (since > (until or now()) or since == until):
        raise Refused(f"nothing lies between {since} and {until or 'now'}; --since is the earlier of the two.")


@export.command("labels")
def export_labels(
    folder: Annotated[Path, typer.Argument(help="A new folder for the snapshot.", callback=_folder)],
    layout: Annotated[
        list[str] | None,
        typer.Option("--layout", help="jsonl, csv, parquet, labelstudio, argilla; may be given again."),
    ] = None,
    view: Annotated[str, typer.Option(help="latest, agreed (by a blind second reader) or disputed.")] = "latest",
    until: UntilOption = "",
    home: HomeOption = None,
) -> None:
    """A snapshot of the labels, with a data statement and digests; the same moment gives the same bytes."""
    from pipeline.locks import EXPORTS, in_turn
    from pipeline.records import now
    from pipeline.research import exported, snapshots
    from pipeline.store.labels import VIEWS

    if view not in VIEWS:
        raise Refused(f"there is no view {view}; choose {', '.join(VIEWS)}.")
    if until > (at := now()):
        raise Refused(f"{until} hasn't come yet, so nobody knows what was decided by then.")
    at = until or at
    place = open_home(home)
    db = open_db(place)
    with in_turn(place, EXPORTS, shared=True):
        rows = snapshots.rows(db, view=view, until=at)
        files = snapshots.write(
            rows, folder, formats=layout or ["jsonl", "csv"], view=view, until=at,
            when_whole=lambda: exported.note(place, folder),
        )  # fmt: skip
    table(
        f"{counted(len(rows), 'label')} until {at}",
        ["file", "sha256"],
        [[file, digest] for file, digest in files.items()],
    )


def give(
    home: "Home",
    rows: "Callable[[], Sequence[Mapping[str, Any]]]",
    path: Path,
    *,
    force: bool,
    names: "Sequence[str]" = (),
) -> int:
    """Write rows to a file and remember where before they are there, so that an erasure finds them; how many.

    An erasure comes before the rows are read or once the file is in its place, never between.
    """
    from pipeline.locks import EXPORTS, in_turn
    from pipeline.research import exported
    from pipeline.research.tables import write_rows

    _ask(path, force=force)
    with in_turn(home, EXPORTS, shared=True):
        return write_rows(rows(), path, names=names, when_whole=lambda: exported.note(home, path))


def _ask(path: Path, *, force: bool) -> None:
    """Raise Refused for a file that nobody asked to write over."""
    if path.exists() and not force:
        raise Refused(f"{path} is there already; --force writes over it.")


def _give_all(
    noun: str,
    query: "Callable[[Database], Sequence[Mapping[str, Any]]]",
    path: Path,
    *,
    force: bool,
    home: Path | None,
    names: "Sequence[str]",
) -> None:
    """Write what a query finds in a home to a file, and say how many of the noun that is."""
    place = open_home(home)
    db = open_db(place)
    n = give(place, lambda: query(db), path, force=force, names=names)
    print(f"{counted(n, noun)} in {path}")


@export.command("cases")
def export_cases(
    path: RowsArgument,
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """Every case with where it stands."""
    from pipeline.store import report

    _give_all("case", report.all_cases, path, force=force, home=home, names=report.OF_A_CASE)


@export.command("case")
def export_case(
    case: Annotated[int, typer.Argument(help="Number of a decided case.")],
    path: RowsArgument,
    language: LanguageOption = "vi",
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """One decided case to hand on: its verdict and what that took the place of, its evidence and its posts."""
    from review.answer import case_rows
    from review.words import words
    from soi.moderator import answered

    place, say = open_home(home), words(language)
    db = open_db(place)
    n = give(place, lambda: case_rows(db, answered(db, case, say=say), say=say), path, force=force)
    print(f"{counted(n, 'row')} in {path}")


@export.command("reasons")
def export_reasons(
    path: RowsArgument,
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """Every reason given, with the claim, the passage beside it and the slot that differs."""
    from pipeline.store import report

    _give_all("row", report.reasons_of, path, force=force, home=home, names=report.OF_A_REASON)


@export.command("decisions")
def export_decisions(
    path: RowsArgument,
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """Every verdict, undoing and reopening: when and by whom, on which evidence, and its line of the log."""
    from pipeline.store import report

    _give_all("row", report.decisions_of, path, force=force, home=home, names=report.OF_A_DECISION)


@export.command("claimreview")
def export_claimreview(
    path: RowsArgument,
    publisher: Annotated[str, typer.Option(help="Who publishes the verdicts, else desk.publisher.")] = "",
    url: Annotated[str, typer.Option(help="Where your fact-checks stand on the web, else desk.publish_url.")] = "",
    language: LanguageOption = "vi",
    since: SinceOption = "",
    until: UntilOption = "",
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """Standing verdicts on truth as ClaimReview, for search engines and other fact-checkers."""
    from pipeline.claimreview import FIELDS
    from pipeline.settings import link_base
    from pipeline.store.labels import FOREVER
    from review.answer import claim_reviews
    from review.words import words

    in_order(since, until)
    place = open_home(home)
    desk = place.settings().desk
    try:
        names = {"publisher": publisher or desk.publisher, "publish_url": link_base(url) or desk.publish_url}
    except ValueError as error:
        raise Refused(f"--url: {error}.") from None
    if not all(names.values()):
        raise Refused("Set desk.publisher and desk.publish_url, or name who publishes (--publisher) and where (--url).")
    told = desk.model_copy(update=names)
    db, say = open_db(place), words(language)

    def rows() -> list[dict[str, Any]]:
        return list(claim_reviews(db, say=say, desk=told, since=since, until=until or FOREVER))

    print(f"{counted(give(place, rows, path, force=force, names=FIELDS), 'verdict')} in {path}")


@export.command("transparency")
def export_transparency(
    folder: Annotated[Path, typer.Argument(help="The folder that the report goes into.", callback=_folder)],
    language: LanguageOption = "vi",
    since: SinceOption = "",
    until: UntilOption = "",
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """A period's report, from the first post or case on, in Markdown, HTML and JSON, small cells withheld."""
    from pipeline.records import now
    from pipeline.research import transparency
    from pipeline.store.report import began
    from review import names
    from review.words import words

    for name in transparency.FILES:
        _ask(folder / name, force=force)
    db, named = open_db(open_home(home), to_read=True), {}
    for vocabulary in (names.FLAGS, names.RIGHTS, names.KINDS, names.VERDICTS, names.REASONS):
        named.update(vocabulary)
    told = words(language)
    say = transparency.Say(language, told.gettext, told.number, told.decimal, told.day)
    in_order(since := since or began(db), until)
    report = transparency.build(db, since=since, until=until or now(), say=say)
    for path in transparency.write(report, folder, name=lambda code: named.get(code, code)):
        print(path)


@export.command("datasette")
def export_datasette(
    path: Annotated[Path, typer.Argument(help="A .yaml or .json file.")],
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """The description of tables, columns, facets and canned queries that Datasette shows beside the database."""
    from pipeline.research.readingroom import write

    place = open_home(home)
    if path.suffix.lower() not in {".yaml", ".yml", ".json"}:
        raise Refused(f"{path.name} should end in .yaml or .json.")
    _ask(path, force=force)
    write(path)
    # not --immutable: Datasette hands an immutable database out whole, people and secrets with it
    print(f"datasette serve {place.database} --metadata {path}")
