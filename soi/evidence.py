"""What an operator types to bring in evidence, look at it and take it back."""

from pathlib import Path
from typing import Annotated

import typer

from soi.front import (
    HomeOption,
    Refused,
    TypedByOption,
    begun,
    cases_named,
    open_db,
    open_home,
    open_whole,
    print_shown,
    progress,
    table,
)

commands = typer.Typer(no_args_is_help=True, help="Passages that claims are compared with.")


@commands.command("import")
def import_(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Law (.md, .txt) or passages (.jsonl), packed (.gz) or not.")
    ] = None,
    home: HomeOption = None,
    title: Annotated[str, typer.Option(help="Name of a law in plain text; of the file by default.")] = "",
    since: Annotated[str, typer.Option(help="First day in force of a law in plain text, as 2025-11-30.")] = "",
) -> None:
    """Bring passages into the store: law files by article, JSON lines, and the facts table that ships.

    Law is read as codified, or as plain text in which each article begins a line with "Điều N."; a line of JSON is
    {"eid", "text"} with "source", "role", "date", "kind", "valid_from", "valid_to" and "url" as you have them. Nothing
    is written where any of the files isn't right.
    """
    from classifier.evidence.told import is_day
    from pipeline.locks import at_work
    from pipeline.store import open_store
    from soi.facts import import_files

    if (title or since) and len(files or []) != 1:
        raise Refused("--title and --since speak of one file; import the laws one by one.")
    if since and not is_day(since):
        raise Refused(f'--since must be a day such as 2025-11-30, not "{since}".')
    place = open_whole(home)
    desk = place.settings().desk
    with at_work(place), progress() as bar:
        reading = bar.track(files or [], description="Reading")
        rows = import_files(open_store(place.database), reading, desk=desk, title=title, since=since)
    columns = ["file", "added", "changed", "taken for issued with it"][: 4 if any(row[3] for row in rows) else 3]
    table("Evidence", columns, [row[: len(columns)] for row in rows])
    for *_, told in rows:
        for sentence in told:
            print_shown(sentence)


@commands.command()
def search(words: Annotated[list[str], typer.Argument(help="A claim, or any words.")], home: HomeOption = None) -> None:
    """The passages nearest to some words."""
    from pipeline.indexing import open_index
    from pipeline.registry import load
    from pipeline.store.models import live_version

    place = open_home(home)
    db = open_db(place, to_read=True)
    model = load(place, live_version(db))  # which scores nothing here, so the gate has no say
    hits = open_index(place, db, model).search(" ".join(words), k=10)
    rows = [[h.passage.eid, h.passage.role, h.passage.date, h.passage.source, begun(h.passage.text, 120)] for h in hits]
    if rows:
        table("Passages", ["id", "role", "date", "source", "text"], rows)
    else:
        print("No passage is near these words; `soi evidence list` shows those there are.")


@commands.command("list")
def list_evidence(
    begins: Annotated[str, typer.Argument(help="How the ids begin; all by default.")] = "",
    home: HomeOption = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many, the newest first; 0 for all.")] = 50,
) -> None:
    """The passages there are."""
    from pipeline.store import evidence as passages

    db = open_db(open_home(home), to_read=True)
    found = passages.listed(db, begins, limit=limit)
    rows = [[p.eid, p.role, p.kind, p.date, p.source, begun(p.text, 80)] for p in found]
    table(
        f"{len(rows)} of {passages.passages_now(db).n} passages",
        ["id", "role", "kind", "date", "source", "text"],
        rows,
    )


@commands.command()
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids as `soi evidence list` shows them, or factcheck:N.")],
    home: HomeOption = None,
    person: TypedByOption = "",
) -> None:
    """Take passages or fact-checks back: no claim is compared with them, and verdicts that rest on them are reopened.

    A fact-check (factcheck:N) keeps its words, and stays taken back whatever its page shows later.
    """
    from pipeline.store import erasure, pieces

    place = open_home(home)
    db = open_db(place)
    for eid in ids:
        kind, _ = pieces.parse_eid(eid)
        if kind == "decision":
            raise Refused(f"{eid} is a verdict, which is taken back at the desk; nothing was removed.")
        if pieces.piece(db, eid) is None:
            told = "fact-check" if kind == "factcheck" else "passage"
            raise Refused(f"there is no {told} {eid}; `soi evidence list` shows passages, and nothing was removed.")
    reopened = erasure.remove_evidence(db, ids, person=person)
    (place.index / "stamp").unlink(missing_ok=True)  # so that the evidence index is made anew without them
    print(f"Removed: {', '.join(dict.fromkeys(ids))}.")
    if reopened:
        print(f"Reopened, as their verdict rests on them: {cases_named(reopened)}.")


@commands.command()
def restore(
    ids: Annotated[list[str], typer.Argument(help="Ids of facts that ship, as fact:crc-ratification.")],
    home: HomeOption = None,
    person: TypedByOption = "",
) -> None:
    """Bring facts that ship back which were removed here, as this Soi has them; of these no verdict is reopened."""
    from pipeline.locks import at_work
    from pipeline.store import brought, write
    from soi.facts import import_facts, shipped_ids

    place = open_home(home)
    with at_work(place):
        db = open_db(place)
        left = set(brought.removed(db)) & shipped_ids()
        for eid in ids:
            if eid not in left:
                told = f"removed here: {', '.join(sorted(left))}" if left else "none was removed here"
                raise Refused(f"{eid} is no fact that ships and was removed ({told}); nothing was brought back.")
        with write(db):
            brought.restore(db, dict.fromkeys(ids), person=person)
            new = import_facts(db)  # with what else a newer Soi has
    print(f"Brought back: {', '.join(dict.fromkeys(ids))}{new.told}.")
