"""The command itself: the options that commands share, homes opened, what is printed, and the three users' commands."""

import atexit
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command_name

from pipeline.records import COMMAND_LINE
from soi.failing import sentence

if TYPE_CHECKING:
    from rich.progress import Progress
    from typer.models import CommandInfo

    from pipeline.home import Home
    from pipeline.store import Database

TIDYING = 10.0  # seconds in which a command that was told to end isn't told again
PIPED = 160  # columns of a table that goes into a file or a pipe
NARROW = 120  # columns of a terminal; below that a table leaves out what can be looked up elsewhere
MANY = 1_000  # texts or rows of a step from which on it may take minutes

_NAMED: ContextVar[Path | None] = ContextVar("named", default=None)  # the home of the command at hand


class Refused(Exception):
    """A command that can't do what it was asked; the message says why and what to do."""


def _name(home: Path | None) -> Path | None:
    """Remember which home was named, for the trace of a bug."""
    _NAMED.set(home)
    return home


def reasoned(why: str) -> str:
    """A reason that is kept for good, which mustn't be blank."""
    if not why.strip():
        raise Refused("the reason is kept, so it can't be blank; nothing was done.")
    return why


def _typed_by(claimed: str) -> str:
    """Who does a thing that goes into the record for good: whoever types can give any name, and it is kept as that."""
    return f"{COMMAND_LINE} ({name})" if (name := " ".join(claimed.split())) else COMMAND_LINE


def _spoken(language: str) -> str:
    """A language that answers are written in."""
    from review.words import LANGUAGES

    if language not in LANGUAGES:
        raise Refused(f"There is no language {language}; Soi writes in {' and '.join(LANGUAGES)}.")
    return language


HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", envvar="SOI_HOME", help="The home folder; the working folder when not given.", show_default=False,
        callback=_name, is_eager=True,  # before what another option refuses
    ),
]  # fmt: skip
LanguageOption = Annotated[str, typer.Option("--language", help="vi or en.", callback=_spoken)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON lines instead of a table.")]
TypedByOption = Annotated[
    str,
    typer.Option(
        "--person", help="Your name; the record has it in brackets, after who it knows did it: the command line.",
        show_default=False, callback=_typed_by,
    ),
]  # fmt: skip
ClusterOption = Annotated[str, typer.Option("--cluster", help="A Dask scheduler, tcp://host:port, to work on.")]
PortOption = Annotated[int | None, typer.Option(help="Port of the desk; a taken one gives way to the next free one.")]


def open_home(path: Path | None, *, to_write: bool = False) -> "Home":
    """The home that --home, SOI_HOME or the working folder names; `to_write` what needs no database too."""
    from pipeline.home import Home

    home = Home(path or Path.cwd()).require()
    not_as_root(home, making=to_write)
    return home


def open_whole(path: Path | None) -> "Home":
    """The same, to write its store: one that is made, as no typing in another folder makes it a home.

    Raises Refused where its store was here and is gone: no empty one takes its place.
    """
    home = open_home(path, to_write=True)
    _refuse_lost(home)
    _refuse_away(home)
    erase_again(home)
    return home.require_made()


def erase_again(home: "Home") -> None:
    """Take out what was erased here and came back with a store that doesn't know of it, and keep all such out."""
    from pipeline.locks import at_work
    from pipeline.operations.retention import recall

    if not (home.is_made and home.erased_list.exists()):  # the list alone is put there before a restore
        return
    with at_work(home):
        back = recall(home)
    if back:
        typer.echo(f"Erased before and back with an earlier database, so erased again: {back}.", err=True)


def _refuse_lost(home: "Home") -> None:
    """Raise Refused where the database is gone and backups of it, or half a restore, are there."""
    if home.has_database:
        return
    from pipeline.operations.rotation import lost

    if said := lost(home, home.backups):
        raise Refused(" ".join(said))


def _refuse_away(home: "Home") -> None:
    """Raise Refused to a job of `soi run` where the database that was there is away: no folder is made in its place."""
    if os.environ.get("SOI_CHILD") and not home.has_database:
        raise Refused(f"{home.no_database}; mount its disk.")


def not_as_root(home: "Home", *, making: bool) -> None:
    """Raise Refused for root in another user's home, or folder where one is made: that user couldn't write to it."""
    import pwd

    place = home.root if making and not home.has_database else home.database
    owner = place.stat().st_uid if os.geteuid() == 0 and place.exists() else 0
    if owner:
        try:
            name = pwd.getpwuid(owner).pw_name
        except KeyError:
            name = str(owner)
        raise Refused(f"{home.root} is {name}'s, and what root makes in it is closed to {name}; type it as {name}.")


def open_db(home: "Home", *, to_read: bool = False) -> "Database":
    """The store of a home, which has to be there; one that can't be written may be opened `to_read`.

    Raises Busy to whoever would write while `soi restore` puts another one in its place.
    """
    from pipeline.locks import at_work
    from pipeline.store.database import open_store, open_to_read

    if to_read:
        _refuse_lost(home)
        return open_to_read(home.database)
    not_as_root(home, making=True)
    _refuse_away(home)
    home.require_made()
    with at_work(home):
        _refuse_lost(home)
        if home.has_database:
            erase_again(home)
        return open_store(home.database, create=False)


def agreed(question: str) -> bool:
    """Whether whoever types agrees; raises Refused where nobody can answer."""
    try:
        if sys.stdin is not None:
            return typer.confirm(question)
    except typer.Abort as aborted:
        if not isinstance(aborted.__context__, EOFError):  # Ctrl-C
            raise
    raise Refused("nobody is there to answer, so nothing was written; --yes writes it without asking.")


def progress() -> "Progress":
    """A progress bar on the error stream, quiet when nobody watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


def say_unwatched(bar: "Progress", line: str) -> None:
    """A line on the error stream where nobody watches a progress bar; not under `soi run`, which tells its jobs' last
    words as what is wrong with them."""
    if bar.disable and not os.environ.get("SOI_CHILD"):
        print(line, file=sys.stderr)


@contextmanager
def steps_shown(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar that names the step at hand; where nobody watches, lines on the error stream: one for each step,
    and of a step through MANY one for each tenth."""
    with progress() as bar:
        task, told = bar.add_task(title, total=None), ("", 0)

        def tell(step: str, done: int, total: int) -> None:
            nonlocal told
            bar.update(task, description=f"{title}: {step}", completed=done, total=total)
            here = step, 10 * done // total if total >= MANY else 0
            if bar.disable and here != told:
                told = here
                print(f"{title}: {step}" + f", {done} of {total}" * (total >= MANY), file=sys.stderr)

        yield tell


def table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, spared: Collection[str] = ()
) -> None:
    """Print a table, or "none"; numbers are set to the right, and nothing in a cell steers the terminal.

    A narrow terminal is `spared` some columns, for the rest to be read.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED  # a file has no edge to fold at; long texts still fold
    kept = [place for place, column in enumerate(columns) if console.width >= NARROW or column not in spared]
    laid = Table(box=None, pad_edge=False, header_style="bold")
    for place in kept:
        numeric = bool(rows) and all(isinstance(row[place], int | float) for row in rows)
        laid.add_column(columns[place], justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        laid.add_row(*(Text(shown(str(row[place]))) for place in kept))
    console.print(Text(title, style="italic"))  # Rich's own title is folded to the table's width
    console.print(laid if rows else "none")  # columns over nothing look like a table that was lost


def shown(text: str) -> str:
    """A text fit for a terminal: what would steer it, hide, or turn the reading direction is written as JSON does."""
    from review.show import CONTROLS

    return CONTROLS.sub(lambda found: json.dumps(found[0])[1:-1], text)


def print_shown(text: str, *, err: bool = False) -> None:
    """Print what may hold words of files that others made, line by line: nothing in it steers the terminal."""
    print("\n".join(map(shown, text.split("\n"))), file=sys.stderr if err else sys.stdout)


def cases_named(ids: Sequence[int]) -> str:
    """case 3, cases 3, 4."""
    return f"case{'s' * (len(ids) != 1)} {', '.join(map(str, ids))}"


def begun(text: str, most: int = 90) -> str:
    """The beginning of a text for one cell or line, cut between words, which a mark tells."""
    from review.show import head

    flat = " ".join(text.split())
    begin = head(flat, most)
    return begin if begin == flat else f"{begin} …"


def _version(asked: bool) -> None:
    """Print which Soi is installed, and end."""
    if asked:
        from crawlers.settings import VERSION

        print(f"soi {VERSION}")
        raise typer.Exit


def _whole(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which Soi is installed, and end.")
    ] = False,
) -> None:
    """What `soi` takes before a command."""


def app(asked: str = "") -> typer.Typer:
    """Every command, gathered from the file of its user; the one that is `asked` for alone where there is such a one,
    as to make out what all of them take is longer than most are at work."""
    from soi import (
        exports,
        keep,
        labels,
        measuring,
        moderator,
        operator,
        probing,
        researcher,
        training,
        versions,
        watch,
    )

    whole = typer.Typer(
        no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False,
        rich_markup_mode="markdown",  # or words in brackets are taken for markup and lost
        help="Soi puts likely false claims about human rights before a person, with the evidence beside them.",
    )  # fmt: skip
    whole.callback()(_whole)
    for part in (
        operator, watch, keep, moderator, researcher, training, measuring, versions, probing, labels, exports,
    ):  # fmt: skip
        whole.registered_commands += part.commands.registered_commands
        whole.registered_groups += part.commands.registered_groups
    commands = [one for one in whole.registered_commands if _name_of(one) == asked]
    groups = [one for one in whole.registered_groups if one.name == asked]
    if commands or groups:
        whole.registered_commands, whole.registered_groups = commands, groups
    return whole


def _name_of(command: "CommandInfo") -> str:
    """What is typed for a command."""
    return command.name or get_command_name(command.callback.__name__ if command.callback else "")


def _mind_signals() -> None:
    """Let SIGTERM and a terminal that closes end a command as Ctrl-C does; a second one, which comes as a rule while
    what is unfinished is taken away, ends nothing for a while."""
    from crawlers.signals import ending

    until = 0.0

    def end(*_: object) -> None:
        nonlocal until
        if time.monotonic() >= until:
            until = time.monotonic() + TIDYING
            raise KeyboardInterrupt

    for number in ending():
        if number != signal.SIGINT:
            signal.signal(number, end)


def _leave() -> None:
    """Close the stores that are open, and leave all else to the system: to look through what was loaded once more and
    take it apart took a fifth of a command."""
    if sqlite := sys.modules.get("sqlite3"):
        for one in gc.get_objects():
            if type(one) is sqlite.Connection:
                with suppress(sqlite.ProgrammingError):  # another thread's
                    one.close()
    gc.freeze()


def main() -> None:
    """Run a command; whatever goes wrong is said in one sentence."""
    gc.set_threshold(100_000, 20, 20)  # what a start reads stays: looking through it over and over took a tenth of it
    for stream in (sys.stdin, sys.stdout):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "replace")
    _mind_signals()
    atexit.register(_leave)
    if os.environ.get("SOI_CHILD"):
        from pipeline.operations.children import follow_parent

        follow_parent()
    try:
        app(*sys.argv[1:2])()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        raise SystemExit(130) from None
    except SystemExit as end:
        # Typer makes an exit of both, in silence
        if isinstance(end.__context__, BrokenPipeError):  # the reader has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        if isinstance(getattr(end.__context__, "__cause__", None), KeyboardInterrupt):
            print("Stopped.", file=sys.stderr)
        raise
    except Exception as error:
        print_shown(sentence(error, root=_NAMED.get() or Path(os.environ.get("SOI_HOME", "."))), err=True)
        raise SystemExit(getattr(error, "exit_code", 2)) from None
