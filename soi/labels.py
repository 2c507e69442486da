"""What a researcher types about data: import and check sets, export labels, the audit sample, what to label next."""

import json
import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from soi.days import moment
from soi.front import HomeOption, JsonOption, LanguageOption, Refused, begun, open_db, open_home, steps_shown, table
from soi.training import SeedOption

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.home import Home
    from pipeline.store import Database

commands = typer.Typer()
data = typer.Typer(no_args_is_help=True, help="Data sets: brought in with a card, checked, or refused.")
export = typer.Typer(no_args_is_help=True, help="What leaves the home as files.")
commands.add_typer(data, name="data")
commands.add_typer(export, name="export")


def _moment(word: str) -> str:
    """A day or moment as somebody typed it, as the tables write it."""
    try:
        return moment(word) if word else word
    except ValueError as error:
        raise Refused(str(error)) from None


SinceOption = Annotated[str, typer.Option("--since", help="From this day or moment (ISO, UTC) on.", callback=_moment)]
UntilOption = Annotated[str, typer.Option("--until", help="Before this day or moment (ISO, UTC).", callback=_moment)]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over what is there.")]


def _pairs(given: list[str] | None) -> dict[str, str]:
    """OURS=THEIRS options as a dictionary."""
    found = {}
    for one in given or []:
        name, equals, value = one.partition("=")
        if not equals:
            raise Refused(f'"{one}" should be NAME=VALUE.')
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

    place = open_home(home).root / "data" / "sets"
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
    print(datasets.markdown(datasets.import_set(place, path, known, beside=beside)))


@data.command()
def card(name: str, home: HomeOption = None) -> None:
    """The card of an imported set: licence, what its label means, known leaks."""
    from pipeline.research import datasets

    place = open_home(home).root / "data" / "sets" / name
    told = datasets.load_card(place)
    print(datasets.markdown(told))
    print(datasets.checked(place, told))


@data.command("list")
def list_sets(home: HomeOption = None) -> None:
    """The sets a home has, and the public ones we know."""
    from pipeline.research import datasets, publicsets

    here = {path.name: datasets.load_card(path) for path in datasets.imported(open_home(home).root / "data" / "sets")}
    rows = [[c.name, c.rows, c.use, c.licence, begun(c.means, 80)] for c in here.values()]
    rows += [[k.name, 0, k.use, k.licence, begun(k.means, 80)] for k in publicsets.KNOWN if k.name not in here]
    table("Data sets", ["name", "rows here", "may teach", "licence", "what the label means"], rows)


@data.command()
def check(
    name: str,
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
    place = within.root / "data" / "sets" / name
    rows = list(datasets.load(place))
    with steps_shown(f"Checking {name}") as tell:
        found = datachecks.check(rows, noise=noise, on_step=tell)
    datachecks.keep(place, found, digest=datasets.load_card(place).digest)
    print(f"{name}: {len(rows)} rows{_parts(rows)}")
    for one in found:
        if one.n:
            print(f"\n{one.what}: {one.sentence}\n  {one.advice}")
            for row in one.rows[:show]:
                print(f"  - {row.name} ({row.note}): {begun(row.row.text)}")
    clean = [one.what for one in found if one.made and not one.n]
    print(f"\nNothing found by: {', '.join(clean)}." if clean else "")
    for one in found:
        if not one.made:
            print(f"Not checked: {one.what}, because {one.sentence}")
    if into:
        table_rows = [{"finding": one.what, "id": row.row.id, "part": row.row.part, "note": row.note,
                       "text": row.row.text} for one in found for row in one.rows]  # fmt: skip
        print(f"{_give(within, lambda: table_rows, into, force=True)} rows in {into}.")
    elif any(one.n > show for one in found):
        print("All of them go into a file with --into FILE.csv.")


def _parts(rows: "Sequence[Any]") -> str:
    """The parts of a set and their sizes, for the head of a report."""
    counts = Counter(row.part for row in rows if row.part)
    return f" ({', '.join(f'{part} {n}' for part, n in counts.most_common())})" if counts else ", not parted"


@export.command("labels")
def export_labels(
    folder: Annotated[Path, typer.Argument(help="A new folder for the snapshot.")],
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
    table(f"{len(rows)} labels until {at}", ["file", "sha256"], [[file, digest] for file, digest in files.items()])


def _give(home: "Home", rows: "Callable[[], Sequence[Mapping[str, Any]]]", path: Path, *, force: bool) -> int:
    """Write rows to a file and remember where before they are there, so that an erasure finds them; how many.

    An erasure comes before the rows are read or once the file is in its place, never between.
    """
    from pipeline.locks import EXPORTS, in_turn
    from pipeline.research import exported
    from pipeline.research.tables import write_rows

    _ask(path, force=force)
    with in_turn(home, EXPORTS, shared=True):
        return write_rows(rows(), path, when_whole=lambda: exported.note(home, path))


def _ask(path: Path, *, force: bool) -> None:
    """Raise Refused for a file that nobody asked to write over."""
    if path.exists() and not force:
        raise Refused(f"{path} is there already; --force writes over it.")


@export.command("cases")
def export_cases(
    path: Annotated[Path, typer.Argument(help="A .csv, .jsonl or .parquet file.")],
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """Every case with where it stands."""
    from pipeline.store import report

    place = open_home(home)
    db = open_db(place)
    n = _give(place, lambda: report.all_cases(db), path, force=force)
    print(f"{n} cases in {path}")


@export.command("reasons")
def export_reasons(
    path: Annotated[Path, typer.Argument(help="A .csv, .jsonl or .parquet file.")],
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """Every reason given, with the claim, the passage beside it and the slot that differs."""
    from pipeline.store import report

    place = open_home(home)
    db = open_db(place)
    n = _give(place, lambda: report.reasons_of(db), path, force=force)
    print(f"{n} rows in {path}")


@export.command("claimreview")
def export_claimreview(
    path: Annotated[Path, typer.Argument(help="A .jsonl file.")],
    publisher: Annotated[str, typer.Option(help="Who publishes the verdicts, else desk.publisher.")] = "",
    url: Annotated[str, typer.Option(help="Where your fact-checks stand on the web, else desk.publish_url.")] = "",
    language: LanguageOption = "vi",
    since: SinceOption = "",
    until: UntilOption = "",
    force: ForceOption = False,
    home: HomeOption = None,
) -> None:
    """Standing verdicts on truth as ClaimReview, for search engines and other fact-checkers."""
    from pipeline.store.labels import FOREVER
    from review.answer import claim_reviews
    from review.words import words

    place = open_home(home)
    desk = place.settings().desk
    names = {"publisher": publisher or desk.publisher, "publish_url": url or desk.publish_url}
    if not names["publisher"] or not names["publish_url"].startswith(("http://", "https://")):
        raise Refused("Set desk.publisher and desk.publish_url, or name who publishes (--publisher) and where (--url).")
    told = desk.model_copy(update=names)
    db, say = open_db(place), words(language)

    def rows() -> list[dict[str, Any]]:
        return list(claim_reviews(db, say=say, desk=told, since=since, until=until or FOREVER))

    print(f"{_give(place, rows, path, force=force)} verdicts in {path}")


@export.command("transparency")
def export_transparency(
    folder: Annotated[Path, typer.Argument(help="Where the report goes.")],
    language: LanguageOption = "vi",
    since: SinceOption = "",
    until: UntilOption = "",
    home: HomeOption = None,
) -> None:
    """A period's report, from the first post or case on, in Markdown, HTML and JSON, small cells withheld."""
    from pipeline.records import now
    from pipeline.research import transparency
    from pipeline.store.report import began
    from review import words

    db, named = open_db(open_home(home), to_read=True), {}
    for names in (words.FLAGS, words.RIGHTS, words.KINDS, words.VERDICTS, words.REASONS):
        named.update(names)
    told = words.words(language)
    say = transparency.Say(language, told.gettext, told.number, told.decimal, told.day)
    report = transparency.build(db, since=since or began(db), until=until or now(), say=say)
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
    _ask(path, force=force)
    write(path)
    # not --immutable: Datasette hands an immutable database out whole, people and secrets with it
    print(f"datasette serve {place.database} --metadata {path}")


@commands.command()
def audit(
    since: SinceOption = "",
    until: UntilOption = "",
    width: Annotated[float, typer.Option(min=0.001, max=0.5, help="Plus or minus this much is wanted.")] = 0.05,
    mark: Annotated[
        list[str] | None, typer.Option("--mark", help="POST=SIDE: state_critical, state_favourable or neutral.")
    ] = None,
    person: Annotated[str, typer.Option(envvar="USER", help="Who marks.", show_default=False)] = "",
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What the random sample says of all posts: prevalence, recall and false flags, by right and by side."""
    from pipeline.research import audit as auditing
    from pipeline.store import labels

    db = open_db(open_home(home), to_read=True)
    _mark(db, _pairs(mark), person)
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
    title = f"{told.drawn} of {told.population} posts were drawn; {told.read} are read"
    table(title, ["what", "of", "share", "95% interval", "counted", f"labels more for ±{width:g}"], shown)
    if not told.complete:
        print(f"{told.drawn - told.read} drawn posts wait in the audit lane: until they are read, shares may be off.")


def _mark(db: "Database", marks: "Mapping[str, str]", person: str) -> None:
    """Keep the sides that posts take, all of them or none."""
    from pipeline.store import labels, posts

    for post, side in marks.items():
        if side not in labels.SIDES or not post.isdigit():
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
    db = open_db(open_home(home), to_read=True)
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
