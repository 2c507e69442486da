"""What a researcher types about data: import and check sets, the audit sample, what to label next."""

import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.records import counted
from soi.exports import ForceOption, SinceOption, UntilOption, give, in_order
from soi.front import (
    HomeOption,
    JsonOption,
    Refused,
    TypedByOption,
    begun,
    open_db,
    open_home,
    print_shown,
    steps_shown,
    table,
)
from soi.training import SeedOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.store import Database

SetArgument = Annotated[str, typer.Argument(help="The set, as `soi data list` names it.")]
commands = typer.Typer()
data = typer.Typer(no_args_is_help=True, help="Data sets: brought in with a card, checked, or refused.")
commands.add_typer(data, name="data")


def _pairs(given: list[str] | None) -> dict[str, str]:
    """OURS=THEIRS options as a dictionary."""
    found = {}
    for one in given or []:
        name, equals, value = one.partition("=")
        if not equals:
            raise Refused(f'"{one}" should be NAME=VALUE.')
        if name in found:
            raise Refused(f'"{name}" is given twice; nothing was done.')
        found[name] = value
    return found


@data.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="CSV, TSV, JSON, JSON lines, Parquet, or a Hugging Face folder.")],
    name: Annotated[str, typer.Option("--name", help="A public set we know, or a name for yours.")],
    columns: Annotated[list[str] | None, typer.Option("--map", help="Our column = theirs: text=statement.")] = None,
    labels: Annotated[
        list[str] | None, typer.Option("--label", help="Their label = ours: SUPPORTED=supported.")
    ] = None,
    use: Annotated[str, typer.Option(help="What it may teach: verdict, kind, style or text; text if none.")] = "",
    licence: Annotated[str, typer.Option(help="Its licence, as its authors state it.")] = "",
    means: Annotated[str, typer.Option(help="What its label really means.")] = "",
    leaks: Annotated[str, typer.Option(help="What is known to leak.")] = "",
    label_follows: Annotated[
        str, typer.Option(help="outlet, page, loyalty or keyword, where the label was given that way.")
    ] = "",
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """Bring a data set in, with a card; or refuse it, with the reason."""
    from pipeline.research import datasets, publicsets

    place = open_home(home, to_write=True).require_kept().sets
    known = publicsets.known(name)
    mapping, words = _pairs(columns), _pairs(labels)
    about = {"use": use, "licence": licence, "means": means, "leaks": leaks, "label_follows": label_follows}
    if known is None or label_follows:
        known = datasets.generic(name, mapping, words, about)
    elif said := next((one for one, value in about.items() if value), ""):
        raise Refused(f"{known.name} is a public set with a card of ours; --{said} goes with another --name.")
    else:
        known = datasets.remapped(known, mapping, words)
    if place / known.name in datasets.imported(place) and not force:
        raise Refused(f"there is a set {known.name} already; --force replaces it, --name gives this one another name.")
    beside = [other for other in datasets.imported(place) if other.name != known.name]
    print_shown(datasets.markdown(datasets.import_set(place, path, known, beside=beside)))


@data.command()
def card(name: SetArgument, home: HomeOption = None) -> None:
    """The card of an imported set: licence, what its label means, known leaks."""
    from pipeline.research import datasets

    place = open_home(home).sets / name
    told = datasets.load_card(place)
    print_shown(datasets.markdown(told))
    print_shown(datasets.checked(place, told))


@data.command("list")
def list_sets(home: HomeOption = None) -> None:
    """The sets a home has, and the public ones we know."""
    from pipeline.research import datasets, publicsets

    here = {path.name: datasets.load_card(path) for path in datasets.imported(open_home(home).sets)}
    rows = [[c.name, c.rows, c.use, c.licence, begun(c.means, 80)] for c in here.values()]
    rows += [[k.name, 0, k.use, k.licence, begun(k.means, 80)] for k in publicsets.KNOWN if k.name not in here]
    table("Data sets", ["name", "rows here", "may teach", "licence", "what the label means"], rows)


@data.command()
def check(
    name: SetArgument,
    noise: Annotated[bool, typer.Option(help="Look for doubtful labels too (needs the research extra).")] = True,
    into: Annotated[
        Path | None, typer.Option("--into", help="A .csv, .jsonl or .parquet file for every row that was found.")
    ] = None,
    show: Annotated[int, typer.Option(min=0, help="Rows of each finding that are shown.")] = 3,
    home: HomeOption = None,
) -> None:
    """Copies, leaks between parts, and labels that look wrong."""
    from pipeline.research import datachecks, datasets

    within = open_home(home)
    place = within.sets / name
    rows = list(datasets.load(place))
    with steps_shown(f"Checking {name}") as tell:
        found = datachecks.check(rows, noise=noise, on_step=tell)
    datachecks.keep(place, found, digest=datasets.load_card(place).digest)
    print_shown(f"{name}: {counted(len(rows), 'row')}{_parts(rows)}")
    for one in found:
        if one.n:
            print_shown(f"\n{one.what}: {one.sentence}\n  {one.advice}")
            for row in one.rows[:show]:
                print_shown(f"  - {row.name} ({row.note}): {begun(row.row.text)}")
    clean = [one.what for one in found if one.made and not one.n]
    print_shown(f"\nNothing found by: {', '.join(clean)}." if clean else "")
    for one in found:
        if not one.made:
            print_shown(f"Not checked: {one.what}, because {one.sentence}")
    if into:
        table_rows = [{"finding": one.what, "id": row.row.id, "part": row.row.part, "note": row.note,
                       "text": row.row.text} for one in found for row in one.rows]  # fmt: skip
        n = give(within, lambda: table_rows, into, force=True, names=("finding", "id", "part", "note", "text"))
        print(f"{counted(n, 'row')} in {into}.")
    elif any(one.n > show for one in found):
        print("All of them go into a file with --into FILE.csv.")


def _parts(rows: "Sequence[Any]") -> str:
    """The parts of a set and their sizes, for the head of a report."""
    counts = Counter(row.part for row in rows if row.part)
    return f" ({', '.join(f'{part} {n}' for part, n in counts.most_common())})" if counts else ", not parted"


@commands.command()
def audit(
    since: SinceOption = "",
    until: UntilOption = "",
    width: Annotated[float, typer.Option(min=0.001, max=0.5, help="Plus or minus this much is wanted.")] = 0.05,
    mark: Annotated[
        list[str] | None, typer.Option("--mark", help="POST=SIDE: state_critical, state_favourable or neutral.")
    ] = None,
    person: TypedByOption = "",
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What the random sample says of all posts: prevalence, recall and false flags, by right and by side."""
    from pipeline.research import audit as auditing
    from pipeline.store import labels

    in_order(since, until)
    db = open_db(open_home(home), to_read=not mark)
    _mark(db, marks := _pairs(mark), person)
    rows = labels.audited(db, since=since, until=until)
    told = auditing.sample(rows, population=labels.population(db, since=since, until=until))
    found = auditing.estimates(rows, half=width)
    if as_json:
        for one in found:
            print(json.dumps({"what": one.what, "slice": one.slice, "n": one.figure.n, "more": one.more,
                              **{k: _number(getattr(one.figure, k)) for k in ("value", "low", "high")}}))  # fmt: skip
        return
    shown = [
        [
            o.what,
            o.slice,
            f"{o.figure.value:.1%}" if o.figure.n else "",  # a share of nothing is none
            f"{o.figure.low:.1%} to {o.figure.high:.1%}",
            o.sentence,
            "" if o.more is None else o.more,
        ]
        for o in found
    ]
    if marks:
        print(f"{counted(len(marks), 'post')} {'is' if len(marks) == 1 else 'are'} marked.")
    title = f"{told.drawn} of {told.population} posts were drawn; {told.read} are read"
    table(title, ["what", "of", "share", "95% interval", "counted", f"labels more for ±{width:g}"], shown)
    if not told.complete:
        print(f"{told.drawn - told.read} drawn posts wait in the audit lane: until they are read, shares may be off.")


def _mark(db: "Database", marks: "Mapping[str, str]", person: str) -> None:
    """Keep the sides that posts take, all of them or none."""
    from pipeline.store import labels, posts

    for post, side in marks.items():
        if side not in labels.SIDES or not re.fullmatch(r"[1-9][0-9]*", post):
            raise Refused(
                f"{post}={side}? Mark a post's number as one of {', '.join(labels.SIDES)}: --mark 12=neutral."
            )
        if posts.post_by(db, post) is None:
            raise Refused(f"there is no post {post}; nothing was marked.")
    for post, side in marks.items():
        labels.mark_side(db, int(post), side, person=person)


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None  # a share of nothing is null


@commands.command()
def sample(
    n: Annotated[int, typer.Argument(min=1, help="How many posts to label next.")] = 20,
    share: Annotated[
        list[str] | None, typer.Option("--share", help="STRATEGY=SHARE: uncertainty, diversity, value, random.")
    ] = None,
    seed: SeedOption = 0,
    open_cases: Annotated[
        bool, typer.Option("--open", help="Open a case for each that has none, so that the desk can decide it.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What to label next: the doubtful, the different, the weighty and the random, mixed by share."""
    from pipeline.research import sampling
    from pipeline.store import labels

    try:
        shares = {name: float(value) for name, value in _pairs(share).items()} or dict(sampling.SHARES)
    except ValueError:
        raise Refused("a share is a number: --share random=0.5.") from None
    db = open_db(open_home(home), to_read=not open_cases)
    chosen = sampling.choose(labels.candidates(db), n, shares=shares, seed=seed)
    if open_cases:
        chosen = [(brought, why) for one, why in chosen if (brought := labels.bring_to_desk(db, one))]
    if as_json:
        for one, why in chosen:
            print(
                json.dumps({"post": one.post_id, "case": one.case_id, "why": why, "text": one.text}, ensure_ascii=False)
            )
        return
    rows = [[o.post_id, o.case_id or "", why, f"{o.p_against:.2f}", begun(o.text)] for o, why in chosen]
    table("To label next", ["post", "case", "asked for by", "p_against", "text"], rows)
    if any(one.case_id is None for one, _ in chosen):
        print("Posts without a case can't be decided yet: --open brings them to the desk.")
