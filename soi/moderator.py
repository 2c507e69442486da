"""What a moderator types."""

import json
from typing import Annotated

import typer

from soi.front import HomeOption, JsonOption, open_home, table

commands = typer.Typer()

PRESSING = {
    "REPEATS_REFUTED": "repeats a refuted claim",
    "CONTRADICTS_EVIDENCE": "evidence says otherwise",
    "UNSUPPORTED_SPREADING": "spreading, no evidence yet",
    "AUDIT": "random sample",
}


@commands.command()
def cases(
    home: HomeOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Undecided cases, the one most worth an hour first."""
    from pipeline.store import cases as store
    from pipeline.store import open_store

    db = open_store(open_home(home).database, create=False)
    items = store.queue(db, limit=limit)
    if as_json:
        for item in items:
            print(json.dumps(
                {"case": item.case_id, "claim": item.claim, "reasons": item.reasons, "rights": item.rights,
                 "priority": item.priority, "p_refuted": item.p_refuted, "slot": item.slot, "posts": item.posts,
                 "sources": item.sources, "state": item.state, "lane": item.lane},
                ensure_ascii=False))  # fmt: skip
        return
    if not items:
        print("No case waits for a decision.")
        return
    rows: list[list[object]] = []
    for item in items:
        why = "; ".join(PRESSING.get(reason, reason) for reason in item.reasons) or item.lane
        rows.append([item.case_id, why, item.slot, " ".join(item.rights), item.posts, item.sources, item.claim[:90]])
    table("Cases", ["case", "why", "differs", "rights", "posts", "sources", "claim"], rows)


@commands.command()
def review(
    home: HomeOption = None,
    port: Annotated[
        int | None, typer.Option(help="Port of the desk; a taken one gives way to the next free one.")
    ] = None,
) -> None:
    """Open the review desk on this machine."""
    from soi.desk import open_desk

    open_desk(open_home(home), port=port)
