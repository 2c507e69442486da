"""What an operator types to bring in evidence, look at it and take it back."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from classifier.evidence.retrieval import Passage
    from classifier.logic.ownrows import RowsFile

commands = typer.Typer(no_args_is_help=True, help="Passages that claims are compared with.")


@commands.command("import")
def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Law (.md, .txt) or passages (.jsonl), packed (.gz) or not; rows (.toml) on passages."),
    ] = None,
    home: HomeOption = None,
    title: Annotated[str, typer.Option(help="Name of a law in plain text; of the file by default.")] = "",
    since: Annotated[str, typer.Option(help="First day in force of a law in plain text, as 2025-11-30.")] = "",
    why: Annotated[str, typer.Option(help="Why rows may flag a claim that Soi holds true; the log keeps it.")] = "",
    person: TypedByOption = "",
) -> None:
    """Bring passages into the store: law files by article, JSON lines, and the facts table that ships.

    Law is read as codified, or as plain text in which each article begins a line with "Điều N."; a line of JSON is
    {"eid", "text"} with "source", "role", "date", "kind", "valid_from", "valid_to" and "url" as you have them. Rows say
    what goes against a passage, in the form of data/contraries/; a file takes the place of one of its name. Nothing is
    written where any of the files isn't right, or a row would flag a protected text.
    """
    from classifier.evidence.told import is_day
    from pipeline.indexing import rows_off
    from pipeline.locks import at_work
    from pipeline.store import contraries, open_store, write
    from soi.facts import import_files

    toml = [path for path in files or [] if path.suffix.lower() == ".toml"]
    others = [path for path in files or [] if path not in toml]
    if (title or since) and len(others) != 1:
        raise Refused("--title and --since speak of one file; import the laws one by one.")
    if why and not toml:
        raise Refused("--why speaks of rows, and none of the files is one (.toml).")
    if since and not is_day(since):
        raise Refused(f'--since must be a day such as 2025-11-30, not "{since}".')
    place = open_whole(home)
    desk = place.settings().desk
    brought, told_of_rows = list["RowsFile"](), list[str]()
    with at_work(place), progress() as bar:
        db = open_store(place.database)

        def ready(given: "Mapping[str, Passage]") -> None:
            if toml:
                from soi.contraries import read_rows, try_rows  # dear to load, as it scores

                task = bar.add_task("Trying the rows on what may not be flagged", total=None)
                brought.extend(read_rows(db, toml, given))
                told_of_rows.extend(try_rows(
                    place, db, brought, given, why=why.strip(),
                    on_step=lambda done, total: bar.update(task, completed=done, total=total),
                ))  # fmt: skip

        reading = bar.track(others, description="Reading")
        rows = import_files(db, reading, desk=desk, title=title, since=since, ready=ready)
        with write(db):
            for file in brought:
                contraries.put(db, file.name, file.text, file.texts, person=person, why=why.strip())
    columns = ["file", "added", "changed", "taken for issued with it"][: 4 if any(row[3] for row in rows) else 3]
    table("Evidence", columns, [row[: len(columns)] for row in rows])
    told_of_rows += [
        f"Rows of {name} count no more on {', '.join(off)}: worded anew or gone; mend them and import {name} again."
        for name, off in rows_off(db).items()
    ]
    for told in (*(told for *_, told in rows), told_of_rows):
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


@commands.command("rows")
def list_rows(home: HomeOption = None) -> None:
    """The files of rows there are, and the passages for which theirs count no more."""
    from classifier.errors import BadEvidence
    from classifier.logic import ownrows
    from pipeline.indexing import row_files
    from pipeline.store import contraries

    db = open_db(open_home(home), to_read=True)
    rows = list[list[object]]()
    for one, file in zip(contraries.files(db), row_files(db), strict=True):
        off = ", ".join(sorted(one.worded.keys() - file.texts.keys()))
        try:
            rows.append([one.name, one.brought_at, len(ownrows.read(file, left=True)[0]), len(file.texts), off])
        except BadEvidence as error:  # by a newer Soi
            rows.append([one.name, one.brought_at, 0, 0, str(error)])
    table(
        "Rows that count",
        ["file", "brought (UTC)", "rows", "passages", "not, as it is gone, worded anew or not understood"],
        rows,
    )


@commands.command()
def remove(
    ids: Annotated[
        list[str], typer.Argument(help="Ids as `soi evidence list` shows them, factcheck:N, or a file of rows.")
    ],
    home: HomeOption = None,
    person: TypedByOption = "",
) -> None:
    """Take passages or fact-checks back: no claim is compared with them, and verdicts that rest on them are reopened.

    A fact-check (factcheck:N) keeps its words, and stays taken back whatever its page shows later.
    """
    from pipeline.store import contraries, erasure, pieces
    from pipeline.store.database import write

    place = open_home(home)
    db = open_db(place)
    files = {one.name for one in contraries.files(db)} & set(ids)
    for eid in (one for one in ids if one not in files):
        kind, _ = pieces.parse_eid(eid)
        if kind == "decision":
            raise Refused(f"{eid} is a verdict, which is taken back at the desk; nothing was removed.")
        if pieces.piece(db, eid) is None:
            told = "fact-check" if kind == "factcheck" else "passage"
            raise Refused(f"there is no {told} {eid}; `soi evidence list` shows passages, and nothing was removed.")
    with write(db):
        reopened = erasure.remove_evidence(db, [eid for eid in ids if eid not in files], person=person)
        for name in sorted(files):
            contraries.remove(db, name, person=person)
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
    from pipeline.store import shippedfacts, write
    from soi.facts import import_facts, shipped_ids

    place = open_home(home)
    with at_work(place):
        db = open_db(place)
        left = set(shippedfacts.removed(db)) & shipped_ids()
        for eid in ids:
            if eid not in left:
                told = f"removed here: {', '.join(sorted(left))}" if left else "none was removed here"
                raise Refused(f"{eid} is no fact that ships and was removed ({told}); nothing was brought back.")
        with write(db):
            shippedfacts.restore(db, dict.fromkeys(ids), person=person)
            new = import_facts(db)  # with what else a newer Soi has
    print(f"Brought back: {', '.join(dict.fromkeys(ids))}{new.told}.")
