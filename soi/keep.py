"""What an operator types to keep things, let them go, and bring them back."""

import json
import os
from dataclasses import asdict, astuple
from functools import reduce
from itertools import chain
from operator import add
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.records import counted
from soi.front import (
    HomeOption,
    JsonOption,
    Refused,
    TypedByOption,
    begun,
    cases_named,
    not_as_root,
    open_db,
    open_home,
    print_shown,
    progress,
    reasoned,
    table,
)

if TYPE_CHECKING:
    from pipeline.home import Home
    from pipeline.operations.retention import Everywhere
    from pipeline.store import Database
    from pipeline.store.erasure import Erased

CALLED = {  # tables whose names aren't the words
    "run_outcomes": "outcomes of runs",
    "fetches": "pages read to their end",
    "alert_messages": "messages of alerts",
    "login_links": "login links",
    "login_attempts": "attempts to log in",
}

commands = typer.Typer()


@commands.command()
def backup(
    home: HomeOption = None,
    daily: Annotated[
        bool, typer.Option("--daily", help="One of the day's: a later one of that day replaces it.")
    ] = False,
) -> None:
    """Make a backup while Soi works, prove it by bringing it back, and let old ones go."""
    from pipeline.operations.backup import make_backup
    from pipeline.records import now

    place = open_home(home)
    with progress() as bar:
        bar.add_task("Backing up", total=None)
        made = make_backup(place, daily=daily)
    posts, decisions = made.contents["posts"], made.contents["decisions"]
    print(
        f"{made.path} ({made.size / 1e6:.1f} MB): {counted(posts, 'post')} and"
        f" {counted(decisions, 'decision')}, brought back and compared."
    )
    for path in made.dropped:
        _say(place, f"Let go: {path.name}", as_usual=True)
    if made.sure:
        _say(place, in_doubt(made.sure, at=now()))


@commands.command()
def restore(
    archive: Annotated[Path, typer.Argument(help="A backup, as `soi backup` made it.")],
    home: HomeOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Put aside the database that is there, and what else differs.")
    ] = False,
    identity: Annotated[Path | None, typer.Option(help="File with the age key of an encrypted backup.")] = None,
) -> None:
    """Bring a backup back, into an empty folder or over a home that is put aside."""
    from pipeline.home import Home
    from pipeline.inforce import SECRETS
    from pipeline.operations.backup import of_another
    from pipeline.operations.backup import restore as bring_back
    from pipeline.operations.heldback import WHOLE
    from pipeline.operations.retention import COPY_DAYS, unerased

    place = Home((home or Path.cwd()).resolve())
    not_as_root(place, making=True)
    listed = place.erased_list
    known = listed.exists() or place.has_database
    done = bring_back(place, archive, force=force, identity=identity)
    found = done.contents
    posts, decisions = counted(found["posts"], "post"), counted(found["decisions"], "decision")
    print(f"Brought back {posts} and {decisions} into {place.root}.")
    if done.aside:
        named = ", ".join(str(path.relative_to(place.root)) for path in done.aside)
        print_shown(f"Put aside for {COPY_DAYS} days, as the backup brought its own: {named}.")
    if done.held:
        print_shown(
            "Held back, as it runs code, says where alerts and backups go, or where the desk is reached:"
            f" {', '.join(done.held)}. If the backup is yours,"
            f" `mv {quote(str(place.root / WHOLE))} {quote(str(place.settings_file))}` takes its settings whole."
        )
    if not (place.root / SECRETS).exists():
        print_shown(f"Secrets are in no backup: bring {SECRETS} of the home that it was made in, where it had one.")
    if done.foreign:
        print_shown(
            f"Made as Soi makes it, or taken out where Soi has none: {', '.join(done.foreign)}. Somebody changed the"
            " database in the backup: look at `soi users list` and `soi log`, or use another backup."
        )
    if not known:
        print(
            f"What was erased after the backup was made isn't known here and is back: put {listed.name} of the home"
            f" that it was made in into {listed.parent} and bring it back once more with --force, or erase that again."
        )
    for path in unerased(place):
        print_shown(f"Put aside, may hold what was erased: {path}. It goes after {COPY_DAYS} days; or delete it.")
    _say_who_may_sign_in(open_db(place))
    if other := of_another(place, place.backups):
        print(f"No backup is made here yet: {other}")


def _say_who_may_sign_in(db: "Database") -> None:
    """Who is let in again by a backup that was brought back."""
    from pipeline.store import audit, people

    let_in = [person for person in people.people(db) if not person.off]
    tokens = sum(len(people.tokens(db, person.name)) for person in let_in)
    print(
        f"Sessions and login links ended. May sign in, as when the backup was made: {len(let_in)}; tokens that work:"
        f" {tokens}. Whoever was kept out since is let in again. Look at `soi users list`; `soi users off NAME` keeps"
        " somebody out."
    )
    if audit.locked(db):
        print(
            "The desk is locked: those who aren't administrators can't sign in, and no token works till one opens it."
        )
    if waiting := [person.name for person in let_in if not person.has_password]:
        print(f"Without a password, so only by a new link (`soi users link NAME`): {', '.join(waiting)}.")


@commands.command()
def prune(
    home: HomeOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    compact: Annotated[bool, typer.Option("--compact", help="Also give the freed space back to the disk.")] = False,
) -> None:
    """Let go of texts and records whose time has come."""
    from pipeline.locks import alone, at_work
    from pipeline.operations import retention
    from pipeline.records import now
    from pipeline.store import clock, copies, runs

    place, at = open_home(home), now()
    db, keep = open_db(place, to_read=dry_run), place.settings().keep
    sure = clock.last_sure(db, at=at)
    if dry_run:
        done = retention.prune(db, keep, at=sure, dry=True)
    else:
        with alone(place, "prune"), at_work(place), runs.run(db, "tidy" if compact else "prune"), progress() as bar:
            task = bar.add_task("Letting go", total=None)
            done = retention.prune(db, keep, at=sure, on_progress=lambda n, of: bar.update(task, completed=n, total=of))
            if compact:
                bar.update(task, description="Compacting")
                before, after = copies.tidy(db)
                print(f"The database went from {before / 1e6:.1f} to {after / 1e6:.1f} MB.")
    rows = [[f"texts older than {counted(keep.post_days, 'day')}, never a case", done.texts]]
    often = f"of posts edited often, but the first, the newest {retention.NEWEST} and those judged"
    rows += [[f"versions {often}", done.versions]]
    rows += [[f"headlines of pages left unread for {counted(keep.post_days, 'day')}", done.headlines]]
    long = counted(keep.run_days, "day")
    rows += [[f"{CALLED.get(name, name)} older than {long}", n] for name, n in done.rows.items()]
    rows += [[path.name, 1] for path in retention.old_copies(place, at=sure, dry=dry_run)]
    table("Would go" if dry_run else "Gone", ["what", "how many"], rows)
    if sure != at:
        _say(place, in_doubt(sure, at=at))


def in_doubt(sure: str, *, at: str) -> str:
    """What is said where the clock isn't believed."""
    from pipeline.store import clock

    return ". ".join(clock.in_doubt(sure, at=at))


def _say(place: "Home", said: str, *, as_usual: bool = False) -> None:
    """Say what a person should see: in the log where `soi run` is who listens, as a warning unless it is `as_usual`."""
    import structlog

    from pipeline.operations.children import FOLLOW
    from pipeline.operations.logs import set_up

    print(said)
    if FOLLOW in os.environ:
        set_up(place.settings().log)
        log = structlog.get_logger("keep")
        (log.info if as_usual else log.warning)(said)


@commands.command()
def erase(
    url: Annotated[
        str, typer.Argument(help="The address to erase, as the post or passage has it, or as people share it.")
    ],
    reason: Annotated[
        str | None,
        typer.Option(
            help="Why, or the number of a ticket; kept with the record for good. No names. Only --dry-run needs none."
        ),
    ] = None,
    home: HomeOption = None,
    person: TypedByOption = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would go.")] = False,
) -> None:
    """Erase an address and its words everywhere, on request, and keep a record that it was done."""
    from pipeline.locks import EXPORTS, at_work, in_turn, lock_file
    from pipeline.operations import retention
    from pipeline.store.erasable import held, notes_left, words_of
    from pipeline.store.erasure import Erased, would_reopen

    if reason is None and not dry_run:
        raise Refused("say why with --reason: it is kept with the record; nothing was done.")
    why = "" if reason is None else reasoned(reason)
    place = open_home(home)
    with at_work(place):
        db = open_db(place)  # to list what would be reopened it is done, and undone
        here = {address: held(db, address) for address in _addresses(db, url.strip())}
        named = ", ".join([address for address, rows in here.items() if rows] or list(here)[:1])
        rows = [[what, which, begun(words, 120)] for held_here in here.values() for what, which, words in held_here]
        if dry_run:
            _tell_would_go(named, rows)
            if reopened := {case for address in here for case in would_reopen(db, address)}:
                print(f"Would be reopened, as their verdict rests on it: {cases_named(sorted(reopened))}.")
            _tell_notes({note for address in here for note in notes_left(db, words_of(db, address))})
            return
        said = {text for address in here for text in _texts_at(db, address)}
        with in_turn(place, EXPORTS, on_wait=lambda: _tell_wait(lock_file(place, EXPORTS))):
            # those beside come first: they can't be found by the one typed once it is gone
            found = [retention.erase(place, db, address, person=person, reason=why) for address in reversed(here)]
    done = Erased(*(reduce(add, parts) for parts in zip(*(astuple(one.store) for one in found), strict=True)))
    _tell_erased(named, done, texts=any(what != "fetch" for what, *_ in rows))
    _tell_notes(set(done.left))
    _tell_left(place, found)
    _tell_taught(place, said)


def _tell_would_go(named: str, rows: list[list[str]]) -> None:
    """What an erasure would take."""
    print(f"Would go with {named}: {counted(len(rows), 'row')}")  # not as a title, which is folded
    table("", ["what", "number or id", "words"], rows)
    if all(what == "fetch" for what, *_ in rows):
        print(
            f"No text is kept under {named}. `soi posts` finds known addresses; what quotes words that were"
            " taken out at the desk is found once they are brought in again, and goes with them."
        )


def _tell_erased(named: str, done: "Erased", *, texts: bool) -> None:
    """What an erasure took from the store; `texts`: whether any was kept under the address."""
    if texts:
        print(
            f"Erased under {named}: versions {done.versions}, passages {done.passages}, fact-checks {done.factchecks}, "
            f"cases whose claim went {done.cases}; it won't be taken in again."
        )
    else:
        print(
            f"No text is kept under {named}, so none went; none will be taken in under it."
            " `soi posts` finds known addresses."
        )
    if done.reopened:
        print(f"Reopened, as their verdict rests on it: {cases_named(sorted(set(done.reopened)))}.")


def _texts_at(db: "Database", url: str) -> set[str]:
    """What an address says, as a model may have learned it."""
    from pipeline.store import posts
    from pipeline.store.erasable import words_of

    words, post = words_of(db, url), posts.post_by(db, url)
    read = [version.reading for version in posts.versions_of(db, post.post_id)] if post else []
    return {*words.own, *words.quoted, *read}


def _tell_taught(place: "Home", said: set[str]) -> None:
    """Which versions of the model, and which parts fitted beside them, learned from what was erased: nothing takes it
    out of them."""
    from pipeline.research.learned import taught

    if found := taught(place.models.glob("*"), said):
        print_shown(
            f"Learned from it: {', '.join(one.name for one in found)}. Train another without it (`soi train` on labels"
            f" exported anew), promote that one, and delete the folder in {place.models}."
        )
    used = set(map(Path, place.parts.values()))
    if fitted := taught(place.readers, said):
        named = ", ".join(f"{one} (named in [parts])" if one in used else str(one) for one in fitted)
        print_shown(
            f"Learned from it by `soi probe`: {named}. Fit it again without it, under another --name, on labels"
            " exported anew; put that in its place in [parts] of soi.toml where it is named there, `soi promote` the"
            " live version, and delete the folder."
        )


def _tell_wait(lock: Path) -> None:
    named = f"`fuser {quote(str(lock))}` names its process"
    typer.echo(f"An export is being written: the erasure comes after it ({named}).", err=True)


def _tell_notes(left: set[tuple[int, str]]) -> None:
    """Where what people wrote about an erased text stays."""
    where = cases_named(sorted({case for case, _ in left}))
    if len(left) == 1:
        print(f"1 note or explanation on {where} is left; read it, it can't be edited.")
    elif left:
        print(f"{len(left)} notes and explanations on {where} are left; read them, they can't be edited.")


def _tell_left(place: "Home", found: "list[Everywhere]") -> None:
    """What an erasure did to files, and which may hold the text still."""
    from pipeline.operations.rotation import kept_for
    from pipeline.research.exported import left_before, missing

    for file in chain.from_iterable(one.files for one in found):
        told = f"Left to you: {file.path} holds it ({file.left})"
        print(told if file.left else f"Taken out of {file.path}: {counted(file.rows, 'row')}.")
    for path in missing(place):
        print(f"Not found, may hold it where it was moved to: {path}")
    for path in left_before(place):
        print(f"Left by an export that was killed under an earlier Soi, may hold it: {path}")
    copies = found[-1].copies
    for path in copies:
        print(f"Made before now, may hold it: {path}")
    if copies:
        days = kept_for(place.settings().keep)
        print(
            f"While one is made each day, backups give way after {days} days at most; delete them if that is too late."
        )
    if found[-1].logged:
        print(
            "Another program is reading the database, so its log may hold it a while longer: `soi run` empties that"
            " every few minutes, else `soi prune` does."
        )
    print("What was copied elsewhere from an export, only its keeper can delete.")


def _addresses(db: "Database", url: str) -> list[str]:
    """What to erase for an address that was typed: the addresses it means, the typed one and its page where they hold a
    text, other spellings of these that are here, and those beside them."""
    from crawlers.pasted import meant
    from crawlers.urls import alike, canonical
    from pipeline.store.erasable import beside, held

    asked = list(meant(url)) or [url]
    for address in (url, canonical(url)):
        if address.startswith(("http://", "https://")) and any(what != "fetch" for what, *_ in held(db, address)):
            asked.append(address)
    asked += [other for address in asked for other in alike(address) if held(db, other)]
    return list(dict.fromkeys([*asked, *(other for address in asked for other in beside(db, address))]))


@commands.command()
def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Look at everything Soi stands on and say what to do about what is wrong."""
    from pipeline.home import Home
    from pipeline.operations.doctor import examine

    found = examine(Home((home or Path.cwd()).resolve()))
    if as_json:
        for check in found:
            print(json.dumps(asdict(check)))
    else:
        rows = [[check.state, check.what, check.found, check.advice] for check in found]
        table("Doctor", ["", "what", "found", "what to do"], rows)
    if any(check.state == "bad" for check in found):
        raise typer.Exit(1)


@commands.command()
def log(
    home: HomeOption = None,
    line: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Only show the seal of this line.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Check the log of what people did, from its first line on, and hold verdicts and what they rest on against it."""
    from pipeline.store import audit

    db = open_db(open_home(home), to_read=True)
    if line:
        seal = audit.seal_of(db, line)
        print(json.dumps({"line": line, "seal": seal}) if as_json else f"Line {line}: {seal or 'there is none'}")
        raise typer.Exit(0 if seal else 1)
    found = audit.check(db)
    if as_json:
        print(json.dumps(asdict(found)))
    else:
        print(
            f"The chain is broken at line {found.first_broken}: something was changed after it was written."
            if found.first_broken
            else f"{counted(found.lines, 'line')}, each following from the one before."
        )
        if found.decisions:
            named = ", ".join(audit.called(db, number) for number in found.decisions)
            print(f"Verdicts that aren't as they were logged: {named}.")
        for number, what in found.words:
            print(f"Not as it was when it was given: {what} of {audit.called(db, number)}.")
        if found.cases:
            print(f"Cases that stand otherwise than their verdicts say: {', '.join(map(str, found.cases))}.")
        if found.lines:
            print(f"Line {found.lines}: {found.seal}")
            print("Keep that elsewhere: a log that was cut off or written anew has no such line.")
    if found.first_broken or found.decisions or found.words or found.cases:
        raise typer.Exit(1)
