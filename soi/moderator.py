"""What a moderator types."""

import json
import re
from typing import TYPE_CHECKING, Annotated

import typer

from soi.front import (
    HomeOption,
    JsonOption,
    LanguageOption,
    PortOption,
    Refused,
    begun,
    open_db,
    open_home,
    open_whole,
    print_shown,
    table,
)
from soi.people import users

if TYPE_CHECKING:
    from pipeline.store import Database
    from review.answer import Brief
    from review.words import Words

commands = typer.Typer()
commands.add_typer(users, name="users")


@commands.command()
def cases(
    home: HomeOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Undecided cases, the one most worth an hour first."""
    from pipeline.store import cases as store
    from review.names import FLAGS

    db = open_db(open_home(home), to_read=True)
    items = store.queue(db, limit=limit)
    if as_json:
        for item in items:
            print(json.dumps(
                {"case": item.case_id, "first_post": _first(db, item.case_id), "claim": item.claim,
                 "reasons": item.reasons, "rights": item.rights, "priority": item.priority, "p_refuted": item.p_refuted,
                 "slot": item.slot, "posts": item.posts, "sources": item.sources, "state": item.state,
                 "lane": item.lane},
                ensure_ascii=False))  # fmt: skip
        return
    if not items:
        print("No case waits for a decision.")
        return
    rows: list[list[object]] = []
    for item in items:
        unflagged = "testimony" if item.lane == "testimony" else "no flag"
        why = "; ".join(FLAGS.get(reason, reason) for reason in item.reasons) or unflagged
        first, rights = _first(db, item.case_id) or "", " ".join(item.rights)
        rows.append([item.case_id, first, why, item.slot, rights, item.posts, item.sources, begun(item.claim)])
    columns = ["case", "first post", "why", "differs", "rights", "posts", "sources", "claim"]
    table("Cases", columns, rows, spared={"first post", "differs", "sources"})


def _first(db: "Database", case: int) -> int | None:
    """The number of a case's first post, as `soi explain` takes it; None where all are of other cases now."""
    from pipeline.store import cases as store

    return next(iter(store.posts_of(db, case)), None)


@commands.command()
def posts(
    words: Annotated[list[str], typer.Argument(help="Words of the text, or a part of the address.")],
    home: HomeOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Posts that hold some words or have an address, with the numbers that `soi explain` takes."""
    from pipeline.store import cases as cases_store
    from pipeline.store import posts as store
    from pipeline.store.searching import at_address, search

    db, said = open_db(open_home(home), to_read=True), " ".join(words)
    # a word with a dot or a slash inside is more likely an address than a text's
    look = (at_address, search) if re.search(r"\w[./]\S", said) else (search, at_address)
    numbers = next((them for way in look if said.strip() and (them := list(way(db, said, limit=limit)))), [])
    found = [post for number in numbers if (post := store.post_by(db, str(number)))]
    told: list[dict[str, object]] = [
        {"post": post.post_id, "case": cases_store.case_of(db, post.post_id), "source": post.source_id,
         "url": post.url, "text": begun(post.title or post.text)} for post in found
    ]  # fmt: skip
    if as_json:
        for row in told:
            print(json.dumps(row, ensure_ascii=False))
    elif told:
        table("Posts", list(told[0]), [["" if value is None else value for value in row.values()] for row in told])
    else:
        print("No post holds all these words, nor has such an address.")


@commands.command()
def review(
    home: HomeOption = None,
    port: PortOption = None,
) -> None:
    """Open the review desk on this machine."""
    from soi.desk import open_desk

    open_desk(open_whole(home), port=port)


@commands.command()
def brief(
    case: Annotated[int, typer.Argument(help="Number of a decided case.")],
    home: HomeOption = None,
    language: LanguageOption = "vi",
) -> None:
    """A one-page rebuttal of a decided case, as Markdown; the desk shows it as a page and for print."""
    from review.answer import markdown
    from review.words import words

    say, place = words(language), open_home(home)
    found = answered(open_db(place, to_read=True), case, say=say)
    written = markdown(found, say=say, desk=place.settings().desk)
    print_shown(written)


def answered(db: "Database", case: int, *, say: "Words") -> "Brief":
    """What is told of a decided case; raises Refused where nothing is."""
    from pipeline.store import moves
    from review.answer import brief as write_brief

    found = write_brief(db, case, say=say)
    if found is None:
        if there := moves.went_to(db, case):
            raise Refused(f"the posts of case {case} went to case {there}; name that one.")
        raise Refused(f"case {case} isn't there, was erased or has no standing verdict; `soi cases` lists what waits.")
    return found
