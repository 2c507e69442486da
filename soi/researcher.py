"""What a researcher types, and what other programs pipe through."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from soi.front import ClusterOption, HomeOption, Refused, open_db, open_home, open_whole, shown, table

if TYPE_CHECKING:
    from classifier.evidence.retrieval import Passage
    from classifier.loading import Model
    from classifier.scoring import Item, Score
    from pipeline.home import Home
    from pipeline.records import EvidenceRow, ScoreRow, Version
    from pipeline.store import Database
    from soi.pipe import Line

commands = typer.Typer()
ModelOption = Annotated[str | None, typer.Option("--model", help="A model version; the live one by default.")]

NOT_SCORED = {  # what a line to score may hold in vain
    "evidence": "passages stand in a file (--evidence), and `soi verify` reads a claim with its evidence",
    "role": "it is told of a passage, in a file (--evidence)",
}
NOT_VERIFIED = dict.fromkeys(("date", "role"), "the evidence is laid beside the claim as it is; `soi score` goes by it")
PRINTED = 2000  # characters of a post in a table
LIKELY = 0.5


@commands.command()
def score(
    home: HomeOption = None,
    stdin: Annotated[
        bool, typer.Option("--stdin", help='Score JSON lines {"id","text","date"} instead of the home.')
    ] = False,
    evidence: Annotated[
        Path | None, typer.Option(help='With --stdin: compare with these {"eid","text","source","role","date"} alone.')
    ] = None,
    model: ModelOption = None,
    limit: Annotated[int, typer.Option(min=0, help="Score at most so many posts; 0 for all.")] = 0,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and score what lands within a second or two.")] = False,
    cluster: ClusterOption = "",
) -> None:
    """Score what isn't scored yet, or texts from a pipe."""
    from pipeline.locks import at_work

    given = {"--evidence": evidence, "--model": model, "--limit": limit, "--cluster": cluster, "--stdin": stdin}
    _only("--watch" if watch else "--stdin" if stdin else "", [name for name, value in given.items() if value])
    if watch:
        from soi.watch import watch_posts

        watch_posts(open_whole(home))
        return
    if stdin:
        score_pipe(open_home(home), evidence, model)
        return
    place = open_whole(home)
    _only_live(place, model)
    with at_work(place):
        _bring_facts(place)
        from soi.scoring import run_score

        counts = run_score(place, limit=limit, version=model or "", cluster=cluster)
    table("Scored", ["outcome", "n"], [[outcome, n] for outcome, n in sorted(counts.items())] or [["nothing new", 0]])


def _bring_facts(home: "Home") -> None:
    """Bring in what a newer Soi knows, and say so where it is anything."""
    from soi.facts import bring_facts

    if brought := bring_facts(home):
        typer.echo(f"Brought in {brought}.", err=True)


TAKES = {"--watch": (), "--stdin": ("--stdin", "--evidence", "--model"), "": ("--model", "--limit", "--cluster")}


def _only(way: str, given: list[str]) -> None:
    """Raise Refused for an option that a way of scoring would pass over."""
    for name in given:
        if name not in TAKES[way]:
            raise Refused(f"{name} can't go with {way}; leave one of them out." if way else f"{name} needs --stdin.")


def _only_live(home: "Home", version: str | None) -> None:
    """Raise Refused for a version whose scores would stand in the queue without it being promoted."""
    from pipeline.registry import model_folder
    from pipeline.store import models, open_store

    if version:
        model_folder(home, version)  # raises for one that isn't there
        if version != models.live_version(open_store(home.database)):
            raise Refused(f"{version} isn't the live model; `soi shadow {version}` scores with it beside the queue.")


def score_pipe(home: "Home", evidence: Path | None, version: str | None) -> None:
    """Answer each line {"id","text","date"} with one line, in order; an unreadable one gets a line that says why.

    A text without a date is of today, or of the newest passage in the file of evidence where that is later.
    """
    from classifier.scoring import score as score_texts
    from pipeline.indexing import passage_of
    from pipeline.records import here, now
    from pipeline.store.database import can_write
    from soi.facts import read_passages, told_of
    from soi.held import HeldEvidence
    from soi.pipe import answers, run

    with answers() as out:
        given: list[Passage] | None = None
        if evidence is not None:
            rows = list(read_passages(evidence, roleless := list[str]()))
            for sentence in told_of(evidence, roleless, len(rows)):
                typer.echo(sentence, err=True)
            last = {row.eid: row for row in rows}
            if twice := {row.eid for row in rows if row.text != last[row.eid].text}:
                typer.echo(f"{evidence.name}: of {len(twice)} ids with two texts, the later line counts.", err=True)
            given = [passage_of(row) for row in last.values()]
        elif home.has_database and can_write(home.database):
            _bring_facts(home)
        held = HeldEvidence(home, version, given)
        newest = max((passage.date for passage in given or ()), default="")

        def answer(lines: list["Line"]) -> list[dict[str, Any]]:
            day = max(here(now()).date().isoformat(), newest)
            items = [_item(line, day) for line in lines]
            scores = score_texts(held.model, items, index=held.index, refuted=held.refuted)
            return [_as_record(line, found) for line, found in zip(lines, scores, strict=True)]

        run(answer, out, needed=("text",), days=("date",), unread=NOT_SCORED, size=64, look=held.look)


def _item(line: "Line", day: str) -> "Item":
    """A line's text, said on its day, or on this: evidence that isn't in force then isn't held against it."""
    from classifier.scoring import Item

    return Item("", "") if line.error else Item("", line.record["text"], line.record.get("date") or day)


def _as_record(line: Any, found: "Score") -> dict[str, Any]:
    return {
        "id": line.record.get("id"), "kind": found.kind, "rights": list(found.rights), "p_refuted": found.p_refuted,
        "flagged": found.flagged, "reasons": list(found.reasons), "claim": found.claim,
        "evidence": [
            {"eid": e.eid, "role": e.role, "relation": e.relation, "p": e.p, "slot": e.slot, "held": e.held}
            for e in found.evidence
        ],
        "model": found.model,
    }  # fmt: skip


@commands.command()
def verify(
    stdin: Annotated[bool, typer.Option("--stdin", help='Compare JSON lines {"id","claim","evidence"}.')] = False,
    home: HomeOption = None,
    model: ModelOption = None,
) -> None:
    """Compare claims with evidence given beside them, from a pipe.

    Evidence that speaks of something else tells nothing: "not_enough_info".
    """
    from classifier.scoring import compare
    from soi.held import HeldModel
    from soi.pipe import answers, run

    if not stdin:
        raise Refused('give --stdin and pipe in JSON lines {"id","claim","evidence"}.')
    with answers() as out:
        held = HeldModel(open_home(home), model)

        def answer(lines: list["Line"]) -> list[dict[str, Any]]:
            pairs = [("", "") if line.error else (line.record["claim"], line.record["evidence"]) for line in lines]
            found = zip(lines, compare(held.model, pairs), strict=True)
            return [{"id": line.record.get("id"), "p": p, "slot": slot, "held": why} for line, (p, slot, why) in found]

        run(answer, out, needed=("claim", "evidence"), filled=True, unread=NOT_VERIFIED, size=64, look=held.look)


@commands.command()
def explain(
    post: Annotated[str, typer.Argument(help="A post's number or its URL.")],
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """The whole chain behind a post's score, computed again and compared with what was stored."""
    from classifier.policy import DECIDES
    from pipeline.registry import scored_with
    from pipeline.store import posts, scores

    place = open_home(home)
    db = open_db(place, to_read=True)
    current = posts.post_by(db, post)
    found = scores.latest_score(db, current.post_id) if current else None
    if current is None or found is None:
        raise Refused(
            f"there is no scored post {post}; `soi posts WORDS` finds a post's number by its words or address."
        )
    stored = found[1]
    version = next(one for one in posts.versions_of(db, current.post_id) if one.id == stored.version_id)
    model = scored_with(place, db, stored)
    again, differs, fails = _again(place, db, model, version, stored)
    helds = [_held(row, again) for row in stored.evidence]
    limits, same, kept = _limits(model), not differs, not {"flagged", "reasons"} & set(differs)
    if as_json:
        changed = {name: {"then": then, "now": now} for name, (then, now) in differs.items()}
        as_stored = asdict(stored)
        for row, why in zip(as_stored["evidence"], helds, strict=True):
            row["held"] = why
        told = {"text": version.reading, "stored": as_stored, "thresholds": limits, "same": same,
                "flag_and_reasons_stay": kept, "differs": changed, **({"fails": fails} if fails else {})}  # fmt: skip
        print(shown(json.dumps(told, ensure_ascii=False, default=str)))
        return
    _print_text(version.reading)
    came = f"fails again: {fails}" if fails else "the same, bit for bit" if same else "differs"
    _print_chain(stored, again=came)
    shares = [[name, f"{limits[name]:.6f}", decides] for name, decides in DECIDES.items()]
    table("Thresholds", ["of", "from", "decides"], shares)
    table("A right is named", ["right", "from"], [[code, f"{p:.6f}"] for code, p in limits["each_right"].items()])
    _print_evidence(stored, helds)
    if not same:
        rows = [[name, _plain(then), _plain(now)] for name, (then, now) in differs.items()]
        beside = " and without a part it was made with" if "parts" in differs else ""
        table(f"Differs beside the evidence of now{beside}", ["what", "then", "now"], rows)
        print("The flag and its reasons stay." if kept else "The flag or its reasons would be others now.")


def _again(
    home: "Home", db: "Database", model: "Model", version: "Version", stored: "ScoreRow"
) -> tuple["Score | None", dict[str, tuple[object, object]], str]:
    """A score as it is computed again, None for a text that breaks it, what differs, and what it breaks by, or ""."""
    from pipeline.steps import MACHINE, recompute, said_of

    try:
        return *recompute(home, db, model, version, stored), ""
    except Exception as error:
        if isinstance(error, MACHINE) or "failed" not in stored.detail:
            raise
        return None, {}, said_of(error)


def _held(row: "EvidenceRow", again: "Score | None") -> str | None:
    """What holds a passage back from saying what its verdict does, None where it isn't told as stored any more."""
    same = (row.eid, row.relation, row.p)
    return next((e.held for e in (again.evidence if again else ()) if (e.eid, e.relation, e.p) == same), None)


def _plain(value: object) -> str:
    """A value as it is compared, every digit of it; nothing for what isn't there."""
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _limits(model: "Model") -> dict[str, Any]:
    """Where a probability of this model becomes a word of its score, and from where on it names each right."""
    from classifier.policy import RIGHTS

    least = model.rights.any_threshold_
    each = {code: max(float(p), least) for code, p in zip(RIGHTS, model.rights.thresholds_, strict=True)}
    return {**asdict(model.thresholds), "each_right": each}


def _print_text(text: str) -> None:
    """What the model read; nothing of where it stood or who wrote it, which the model doesn't see either."""
    more = f" … ({len(text) - PRINTED} characters more; --json gives all)" if len(text) > PRINTED else ""
    table("Text", ["as it was read"], [[text[:PRINTED] + more or "let go"]])


def _print_chain(row: "ScoreRow", *, again: str) -> None:
    lines = [
        ["model", row.model], ["kind", row.kind], ["rights", " ".join(row.rights) or "none"],
        ["claim", row.claim or "none"], ["p(refuted)", f"{row.p_refuted:.6f}"],
        ["reasons", " ".join(row.reasons) or "none"], ["flagged", "yes" if row.flagged else "no"],
        ["computed again", again],
    ]  # fmt: skip
    lines += [[str(name), _of_detail(row, name, value)] for name, value in row.detail.items()]
    table("Score", ["what", "is"], lines)


def _of_detail(row: "ScoreRow", name: str, value: object) -> str:
    """A number behind a score, or the claim's words in place of where they stand in it."""
    if name == "telling" and isinstance(value, list):
        value = [row.claim[start:end] for start, end in value]
    return json.dumps(value, ensure_ascii=False)


def _print_evidence(row: "ScoreRow", helds: Sequence[str | None]) -> None:
    from classifier.checking.laying import HELD

    rows = [
        [e.eid, e.role, e.relation, f"{e.p:.4f}", held or "", _differences(e), e.text]
        for e, held in zip(row.evidence, helds, strict=True)
    ]
    table("Evidence", ["id", "role", "relation", "p", "held", "differs", "text"], rows)
    if any(e.relation == "related" and 0.0 < e.p < LIKELY for e in row.evidence):
        print("p of related is that a passage tells neither: where it is low, the verdict leans, not surely enough.")
    for held in dict.fromkeys(filter(None, helds)):
        print(f"held by {held}: {HELD[held]}.")


def _differences(row: "EvidenceRow") -> str:
    return "; ".join(
        f"{slot['kind']}: {slot['claim_text'] or '—'} ↔ {slot['evidence_text'] or '—'}" for slot in row.telling
    )
