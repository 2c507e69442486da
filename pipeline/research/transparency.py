"""A period's report for the public: what the machine pointed at, what people found, who was wronged, what is held."""

import html
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from classifier.atomic import replaced
from classifier.intervals import wilson
from pipeline.agreement import cohen, cohen_span
from pipeline.records import REASONS, Verdict
from pipeline.research import audit
from pipeline.store import Database, labels, report

Name = Callable[[str], str]
FILES = ("transparency.md", "transparency.html", "transparency.json")
LEAST = 5  # a smaller cell could point at one person or post, so it isn't printed


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for "translated later"
    """Mark a text for translation where it is written."""
    return text


@dataclass(frozen=True, slots=True)
class Say:
    """How a language says sentences, whole numbers, decimals (value, places) and days; the code's own unless told."""

    language: str = "en"
    gettext: Callable[[str], str] = str
    number: Callable[[int], str] = "{:,}".format
    decimal: Callable[[float, int], str] = "{:.{}f}".format
    day: Callable[[str], str] = "{:.10}".format

    def percent(self, share: float, places: int = 0) -> str:
        """0.125 as 12.5%."""
        return f"{self.decimal(100 * share, places)}%"


ENGLISH = Say()
VOLUME = N_("How much")
ROWS = (  # the codes of rows that the desk has no words for
    N_("posts first seen"), N_("versions read"), N_("scores made"), N_("cases opened"), N_("verdicts given"),
    N_("posts held now"), N_("texts let go by age, number or request"), N_("addresses erased on request"), N_("model"),
    N_("random sample"), N_("lane or person"), N_("state_critical"), N_("state_favourable"), N_("neutral"),
)  # fmt: skip
SHARES = {"prevalence": N_("prevalence"), "recall": N_("recall"), "false_flag_rate": N_("false flag rate")}
WITHHELD = N_(
    "Cells of 1 to {most}, and cells that would give those away, are withheld. A post may have several reasons and"
    " rights, so those tables add up to more than the posts."
)


@dataclass(frozen=True, slots=True)
class Table:
    """Counts under a title; a hidden cell is None."""

    title: str
    rows: Mapping[str, int | None]
    total: int | None
    overlaps: bool = False  # what is counted may stand in several rows: their sum counts it as often


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report says."""

    since: str
    until: str
    tables: tuple[Table, ...]
    sentences: tuple[str, ...]
    say: Say = ENGLISH


def suppress(counts: Mapping[str, int], *, besides: Collection[str] = ()) -> tuple[dict[str, int | None], int | None]:
    """Counts and their sum with cells of 1 to LEAST-1 hidden, some besides, and no hidden cell that the sum gives away.

    Where it would the next smallest goes with them; with nothing else to hide the sum isn't printed.
    """
    total = sum(counts.values())
    hidden = {name for name, n in counts.items() if 0 < n < LEAST or name in besides}
    rest = sorted(((n, name) for name, n in counts.items() if name not in hidden and n), reverse=True)
    while rest and _gives_away([counts[name] for name in hidden]):
        hidden.add(rest.pop()[1])
    shown = {name: None if name in hidden else n for name, n in counts.items()}
    told = not _gives_away([counts[name] for name in hidden])
    return shown, total if told else None


def _gives_away(hidden: Sequence[int]) -> bool:
    """Whether their sum leaves hidden cells hardly anything to be: all nearly as small, or as large, as they can be."""
    n, total = len(hidden), sum(hidden)
    most = (LEAST - 2) * n if all(cell < LEAST for cell in hidden) else total
    return n > 0 and not (n > 1 and max(LEAST, 2 * n) <= total <= most)


def suppress_nested(
    counts: Mapping[str, int], inner: Mapping[str, Mapping[str, int]]
) -> tuple[tuple[dict[str, int | None], int | None], dict[str, int | None]]:
    """Counts with their sum, and those inside each of them, hidden so that neither gives a small one of the other away:
    each count is the sum of those inside it. Inside a hidden one all are, those of 0 too: how many aren't bounds it."""
    within = {name: suppress(cells) for name, cells in inner.items()}
    outer, total = suppress(counts, besides={name for name, (_, whole) in within.items() if whole is None})
    shown: dict[str, int | None] = {}
    for name, (cells, _) in within.items():
        shown |= cells if outer.get(name) is not None else dict.fromkeys(cells)
    return (outer, total), shown


def build(db: Database, *, since: str, until: str, say: Say = ENGLISH) -> Report:
    """The report of a period, from one ISO moment on, before another, in a language."""
    by_reason, by_right, by_kind = report.flags(db, since, until)
    given, reasons = report.verdicts(db, since, until)
    opened = report.opened_by(db, since, until)
    counted = (
        (N_("Posts a reason was given for, by reason"), by_reason, True), (N_("The same, by right"), by_right, True),
        (N_("The same, by kind of source"), by_kind, False),
        (N_("Cases found false or misleading, by right"), report.false_by_right(db, since, until), True),
        (N_("Who put cases before people"), opened, False),
    )  # fmt: skip
    possible = {verdict: dict.fromkeys(REASONS[Verdict(verdict)], 0) | cells for verdict, cells in reasons.items()}
    by_verdict, cells = suppress_nested(given, possible)
    why = {reason: n for reason, n in cells.items() if n != 0}
    tables = [Table(title, *suppress(counts), overlaps) for title, counts, overlaps in counted]
    tables.insert(3, Table(N_("Verdicts of people"), *by_verdict))
    tables.append(Table(N_("Reasons of those verdicts"), why, by_verdict[1]))
    untold = {name for name, total in (("verdicts given", by_verdict[1]), ("cases opened", suppress(opened)[1]))
              if total is None}  # fmt: skip
    volumes = report.volumes(db, since, until).items()
    volume = Table(VOLUME, {name: None if 0 < n < LEAST or name in untold else n for name, n in volumes}, None)
    sentences = (*_automation(opened, say), *_agreement(report.second_readings(db, since, until), say))
    sentences += (*_reversals(report.reversals(db, since, until), say), *_audit(db, since, until, say))
    return Report(since, until, (volume, *tables), sentences, say)


def _automation(opened: Mapping[str, int], say: Say) -> list[str]:
    _, total = say.gettext, sum(opened.values())
    said = _("No verdict was given by a machine: every one was a person's.")
    if total < LEAST or None in suppress(opened)[0].values():
        return [
            said,
            _("How many cases a model's suspicion put before people can't be told without telling a few apart."),
        ]
    share = say.percent(opened.get("model", 0) / total)
    return [said, _("A model's suspicion put {share} of the cases before people.").format(share=share)]


def _agreement(pairs: Sequence[tuple[str, str]], say: Say) -> list[str]:
    _, n = say.gettext, len(pairs)
    if n < LEAST:
        return [_("Too few verdicts drawn for a second reader were read to say how often two agree.")]
    alike = sum(one == two for one, two in pairs)
    told = _("Of {n} verdicts drawn and read blind by a second person, {share} came out alike (kappa {kappa}).")
    if 0 < alike < LEAST:
        told = _("Of {n} verdicts drawn and read blind by a second person, fewer than {least} came out alike.")
    elif 0 < n - alike < LEAST:
        told = _("Of {n} verdicts drawn and read blind by a second person, fewer than {least} came out otherwise.")
    if (found := cohen(pairs)) is None:
        told = _("Of {n} verdicts drawn and read blind by a second person, all were the same, so kappa can't be told.")
    kappa = "" if found is None else say.decimal(found, 2)
    if span := cohen_span(pairs):
        low, high = (say.decimal(end, 2) for end in span)
        kappa = _("{kappa}, 95% interval {low} to {high}").format(kappa=kappa, low=low, high=high)
    return [told.format(n=say.number(n), least=LEAST, share=say.percent(alike / n), kappa=kappa)]


def _reversals(hours: Sequence[float], say: Say) -> list[str]:
    _ = say.gettext
    if not hours:
        return [_("No verdict was reversed.")]
    if len(hours) < LEAST:
        return [_("Fewer than {least} verdicts were reversed.").format(least=LEAST)]
    told = _("{n} verdicts were reversed, half of them within {hours} hours.")
    return [told.format(n=say.number(len(hours)), hours=say.decimal(median(hours), 1))]


def _audit(db: Database, since: str, until: str, say: Say) -> list[str]:
    _, rows = say.gettext, labels.audited(db, since=since, until=until)
    told = audit.sample(rows, population=labels.population(db, since=since, until=until))
    if 0 < told.drawn < LEAST:
        return [_("Fewer posts were drawn at random than can be told.")]
    few = 0 < told.read < LEAST
    said = _("{drawn} of {population} posts were drawn at random; {read} of them were read.").format(
        drawn=say.number(told.drawn), population=say.number(told.population),
        read=_("fewer than {least}").format(least=LEAST) if few else say.number(told.read),
    )  # fmt: skip
    found = [one for one in audit.estimates(rows) if one.slice in ("all", *labels.SIDES)]
    return [said, *(line for what in dict.fromkeys(one.what for one in found) for line in _shares(what, found, say))]


def _shares(what: str, found: Sequence[audit.Estimate], say: Say) -> list[str]:
    """One share over all and by side; where it would tell a small count, only what it is at most or at least."""
    _, figures = say.gettext, {one.slice: one.figure for one in found if one.what == what}
    hits = {name: round(figure.value * figure.n) if figure.n else 0 for name, figure in figures.items()}
    others = {name: figure.n - hits[name] for name, figure in figures.items()}
    few, many = _untold(hits), _untold(others)
    said = []
    for name, figure in figures.items():
        if figure.n < LEAST * 4:
            continue
        if name in few:
            most = wilson(max(hits[name], LEAST - 1), figure.n)[1]
            told = "" if name in many else _("at most {share}").format(share=say.percent(most, 1))
        elif name in many:
            least = wilson(figure.n - max(others[name], LEAST - 1), figure.n)[0]
            told = _("at least {share}").format(share=say.percent(least, 1))
        else:
            low, high = say.percent(figure.low, 1), say.percent(figure.high, 1)
            told = _("{share} (95% interval {low} to {high})").format(
                share=say.percent(figure.value, 1), low=low, high=high
            )
        where = "" if name == "all" else f" ({_(name)})"
        line = _("Estimated {what}: {told}.").format(what=f"{_(SHARES[what])}{where}", told=told)
        said += [line] if told else []
    return said


def _untold(counts: Mapping[str, int]) -> set[str]:
    """Slices whose count is small, or would give away another's; posts whose side nobody told are a slice too."""
    sides = {name: n for name, n in counts.items() if name != "all"}
    shown, total = suppress({**sides, "": counts["all"] - sum(sides.values())})
    return {name for name, n in shown.items() if n is None} | ({"all"} if total is None else set())


def write(found: Report, folder: Path, *, name: Name = str) -> list[Path]:
    """The report as FILES: Markdown and HTML, where `name` gives the words for a code, and JSON with the codes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / file for file in FILES]
    for path, text in zip(paths, (markdown(found, name), page(found, name), as_json(found)), strict=True):
        with replaced(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
    return paths


def _lines(found: Report, table: Table, name: Name) -> list[tuple[str, str]]:
    _ = found.say.gettext

    def cell(value: int | None) -> str:
        return _("withheld") if value is None else found.say.number(value)

    rows = [(_(name(code)), cell(value)) for code, value in table.rows.items()] or [(_("nothing"), cell(0))]
    total = _("sum of the rows, which overlap") if table.overlaps else _("all")
    return rows if table.title == VOLUME else [*rows, (total, cell(table.total))]


def _title(found: Report) -> str:
    said = found.say.gettext("Transparency report, {since} to {until}")
    return said.format(since=found.say.day(found.since), until=found.say.day(found.until))


def markdown(found: Report, name: Name = str) -> str:
    """The report as Markdown."""
    _ = found.say.gettext
    parts = [f"# {_title(found)}\n"]
    parts += [f"- {sentence}" for sentence in found.sentences]
    for table in found.tables:
        parts += [
            f"\n## {_(table.title)}\n",
            "| | n |",
            "|---|---|",
            *(f"| {row} | {n} |" for row, n in _lines(found, table, name)),
        ]
    parts.append(f"\n{_(WITHHELD).format(most=LEAST - 1)}\n")
    return "\n".join(parts)


def page(found: Report, name: Name = str) -> str:
    """The report as one page of HTML that loads nothing."""
    _, title = found.say.gettext, html.escape(_title(found))
    body = [f"<h1>{title}</h1><ul>"]
    body += [f"<li>{html.escape(sentence)}</li>" for sentence in found.sentences] + ["</ul>"]
    for table in found.tables:
        lines = ((html.escape(row), n) for row, n in _lines(found, table, name))
        rows = "".join(f"<tr><th scope=row>{row}</th><td>{n}</td></tr>" for row, n in lines)
        body.append(f"<h2>{html.escape(_(table.title))}</h2><table>{rows}</table>")
    body.append(f"<p>{html.escape(_(WITHHELD).format(most=LEAST - 1))}</p>")
    style = "body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto}th{text-align:left;padding-right:2em}"
    head = f'<meta charset="utf-8"><title>{title}</title><style>{style}</style>'
    lang = found.say.language
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{"".join(body)}</body></html>\n'


def as_json(found: Report) -> str:
    """The report as JSON; a withheld cell is null."""
    tables = [{"title": t.title, "rows": dict(t.rows), "total": t.total, "overlaps": t.overlaps} for t in found.tables]
    told: dict[str, object] = {"language": found.say.language, "since": found.since, "until": found.until}
    told |= {"sentences": found.sentences, "tables": tables}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
