"""A model's card and its evaluation as pages a person reads: Markdown, and one HTML page with its plots inside."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import numpy as np

from classifier import policy
from classifier.checking.laying import AGAINST, BY_LOGIC
from classifier.entailment.verdict import LABELS
from classifier.evaluation import plots
from classifier.evaluation.causes import Cause, worse
from classifier.evaluation.comparing import only_orders
from classifier.evaluation.gate import Measure, Verdict, corpus_of
from classifier.evaluation.measuring import Measured
from classifier.judging import LEVEL, ROUNDS, Figure
from classifier.learning import curve
from classifier.policy import DECIDES

BAR = re.compile(r"(?<!\\)\|")  # between two cells
CAUSES = 8  # of each suite that a card tells, the worst first
MEANS = {  # each figure, for a reader who hasn't measured it
    "claims/auc_given": "a false claim stands above a true one, each beside the passage that settles it; 0.5 is chance",
    "claims/auc_found": "a false claim stands above a true one, each beside the evidence found for it; 0.5 is chance",
    "claims/false_flagged": "of false claims, those flagged",
    "claims/true_flagged": "of true claims, those flagged; less is better",
    "retrieval/right_in_5": "what settles a claim is among five that a search by its text finds, parties not counted",
    "matching/perturbed_first": "a claim found false, without diacritics and a word in eight, is known again first",
    "kind/claim_f1": "F1 of what is read as a claim",
    "kind/kept_from_claim": "texts of this kind that aren't read as a claim",
    "rights/any_f1": "F1 of what is read as about any right",
    "rights/macro_f1": "the mean F1 of the codes that ten texts or more are about",
    "rights/f1": "F1 of one code",
    "rights/any_calibration_error": "how far the likeliest right's probability is off; less is better",
    "protected/flagged": "how many texts that may never be flagged are, a count; its interval is of as many such texts",
    "protected/kept_from_claim": "texts that may never be flagged and aren't read as a claim",
    "mirror/mean_signed_gap": "how far p(refuted) of either voice lies above the other's, in the mean; 0 is fair",
    "mirror/largest_gap": "the widest such gap of one claim in two voices; a maximum has no interval",
    "mirror/claim_gap": "how much oftener either voice is read as a claim; 0 is fair",
    "obfuscated/same_outcome": "texts that come out alike, clean and in a noisy spelling",
    "obfuscated/mean_gap": "how far p(refuted) moves with the spelling; less is better",
    "verdict/macro_f1": "the mean F1 of supported, refuted and not_enough_info",
    "verdict/auc_refuted_supported": "a refuted claim stands above a supported one; 0.5 is chance",
    "verdict/precision_at_0.8": "of pairs with p(refuted) of 0.8 or more, those that are refuted",
    "verdict/recall_at_0.8": "of refuted pairs, those with p(refuted) of 0.8 or more",
    "verdict/calibration_error": "how far p(refuted) is off; less is better",
    "verdict/unaccented_loss": "macro-F1 lost when claims lack their diacritics and capitals; less is better",
}
SIDES = {"a": "of our pairs the state's side", "b": "of our pairs its critics' side"}  # of a mirror pair
INTERVALS = (
    f"n counts rows. Intervals are of {LEVEL:.0%}, by {ROUNDS:,} resamples with seed 0 in which the rows of a pair or"
    " an article stay together; Wilson's of a share whose resamples reach none or all, or agree. One"
    " without a width (an AUC or F1 of 1, a difference of 0) says that no row differs, not that none would. Of claims,"
    " close ones are worded like their passage, paraphrased ones aren't, unaccented ones lack their diacritics."
)


WRONG = (
    "Wrong is, of claims_found, a false claim that isn't flagged or a true one that is; of claims_given, one read the"
    " other way beside its own passage; of the others, another answer than the row's. Rows may carry several causes;"
    " texts stay in their corpus."
)


def figures(measures: Sequence[Measure]) -> dict[str, dict[str, Any]]:
    """Figures as the card keeps them: by key, rounded so that a card is the same on every machine; of a gap that leans
    to a side the signed mean of a - b as well."""
    return {
        m.key: _numbers(m.figure) | ({"signed": _numbers(m.signed)} if m.leans else {})
        for m in sorted(measures, key=lambda m: m.key)
    }


def out_of_fold(card: Mapping[str, Any]) -> dict[str, Figure]:
    """A card's figures of a verdict out of fold; those of a card made before they had intervals have none."""
    told = dict(card.get("figures", {}).get("out_of_fold", {}))
    n, none = int(told.pop("n", 0)), float("nan")
    return {
        name: Figure(**one) if isinstance(one, Mapping) else Figure(one, none, none, n) for name, one in told.items()
    }


def _numbers(figure: Figure) -> dict[str, float | int]:
    names = ("value", "low", "high") if figure.span or not np.isfinite(figure.value) else ("value",)
    rounded = {name: round(getattr(figure, name), 4) for name in names}
    return {name: value if np.isfinite(value) else -1.0 for name, value in rounded.items()} | {"n": figure.n}


def markdown(
    card: Mapping[str, Any],
    measures: Sequence[Measure] = (),
    verdict: Verdict | None = None,
    *,
    causes: Mapping[str, Sequence[Cause]] | None = None,
    minds: Sequence[str] = (),
    parts: Mapping[str, str] | None = None,
) -> str:
    """The card as Markdown; causes are the errors of each suite, grouped, minds what its figures must be read with,
    parts what stands in place of its own."""
    lines = [f"# Model {named(card['version'], parts or {})}\n", _about(card), ""]
    lines += [f"**Mind**: {one}\n" for one in minds]
    if verdict is not None:
        lines += [f"**Gate: {'passed' if verdict.passed else 'failed'}.**\n", *(f"- {one}" for one in verdict.failures)]
        lines += [f"- waived: {one}" for one in verdict.waived]
        lines += _unmeasured(verdict)
    lines += ["\n## Thresholds\n", "| of | from | decides |", "|---|---|---|"]
    lines += [f"| {name} | {value:.4g} | {DECIDES.get(name, '')} |" for name, value in card["thresholds"].items()]
    lines += [
        "\n## Figures\n",
        "| part | what | slice | value | 95 % interval | n | corpus |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {m.part} | {m.what} | {_cell(m.slice)} | {m.figure.value:.3f} | {m.figure.span} | {m.figure.n} |"
        f" {_cell(m.corpus)} |"
        for m in measures
    ]
    told = [one for one in dict.fromkeys(f"{m.part}/{m.what}" for m in measures) if one in MEANS]
    lines += ["", *(f"- {sentence}" for m in measures if (sentence := leaning(m)))]
    lines += [f"\n{INTERVALS}\n", "| figure | is |", "|---|---|", *(f"| {one} | {MEANS[one]} |" for one in told)]
    lines += _causes(causes or {})
    lines += ["\n## Trained on\n", "| file | sha256 |", "|---|---|"]
    lines += [f"| {_cell(name)} | `{digest[:16]}…` |" for name, digest in card.get("data", {}).items()]
    lines += ["\n## Rows\n", "| | n |", "|---|---|", *(f"| {k} | {n} |" for k, n in card.get("rows", {}).items())]
    kept = card.get("verdict_of")
    whose = f"the verdict of {kept} on what that version" if kept else "on what it"
    lines += [f"\n## Out of fold, {whose} was trained on\n", "| figure | value | 95 % interval | n | is |"]
    lines += ["|---|---|---|---|---|", *(
        f"| {name} | {one.value:.3f} | {one.span} | {one.n} | {MEANS.get(f'verdict/{name}', '')} |"
        for name, one in out_of_fold(card).items()
    )]  # fmt: skip
    lines += _curve(card)
    return "\n".join(lines) + f"\n\n{LIMITS}\n"


def named(version: str, parts: Mapping[str, str]) -> str:
    """A version, with what stands in place of its parts: figures of both together are not those of the version."""
    told = ", ".join(f"{part} by {said}" for part, said in parts.items())
    return f"{version} with {told}" if told else version


def leaning(measure: Measure) -> str:
    """Which side a gap between two voices favours, told with its sign: the one that is refuted, or read as a claim,
    less; "" for a figure that leans to none."""
    if not measure.leans:
        return ""
    told = measure.signed
    favoured = "b" if measure.leans == "a" else "a"
    chance = "; 0 lies within, so it may be chance" if told.low <= 0 <= told.high else ""
    return (
        f"{measure.part} {measure.what} @ {measure.corpus}: a - b is {told.value:+.4f} ({told.low:+.4f} to"
        f" {told.high:+.4f}), which favours {favoured}, {SIDES[favoured]}{chance}."
    )


def _unmeasured(verdict: Verdict) -> list[str]:
    """A line for each corpus that isn't here, with how many floors are set on it."""
    missing = Counter(map(corpus_of, verdict.unmeasured))
    return [
        f"- not measured, for {corpus} isn't here (--on FOLDER): {n} floor{'s'[: n > 1]}"
        for corpus, n in sorted(missing.items())
    ]


def _causes(found: Mapping[str, Sequence[Cause]]) -> list[str]:
    """Errors by cause as a table, the ids of examples beside them; nothing where none were grouped."""
    if not any(worse(causes, CAUSES) for causes in found.values()):
        return []
    head = ["\n## Errors by cause\n", f"{WRONG}\n"]
    head += ["| suite | cause | wrong | of | of the others | for example |", "|---|---|---|---|---|---|"]
    return [*head, *(
        f"| {_cell(suite)} | {_cell(one.cause)} | {one.wrong} | {one.n} | {share(one.elsewhere)} |"
        f" {_cell(', '.join(one.ids))} |"
        for suite, causes in found.items() for one in worse(causes, CAUSES)
    )]  # fmt: skip


def _cell(text: str) -> str:
    """What a file or a row names, so that it neither ends its cell nor its line."""
    return " ".join(text.split()).replace("|", r"\|")


def cause_record(one: Cause) -> dict[str, Any]:
    """A cause as JSON holds it; a share of nothing is null."""
    elsewhere = round(one.elsewhere, 4) if np.isfinite(one.elsewhere) else None
    return {"cause": one.cause, "wrong": one.wrong, "n": one.n, "elsewhere": elsewhere, "ids": list(one.ids)}


def share(value: float) -> str:
    """A share in per cent, "" for a share of nothing."""
    return f"{value:.0%}" if np.isfinite(value) else ""


def _curve(card: Mapping[str, Any]) -> list[str]:
    """The learning curve of the readers as a table; nothing where none was drawn."""
    points = curve.of_card(card)
    if not points:
        return []
    lines = ["\n## Learning curve\n", "| part | what | share of texts | texts | value | 95 % interval | n |"]
    return [*lines, "|---|---|---|---|---|---|---|", *(
        f"| {one.part} | {one.what} | {one.share:.0%} | {one.texts} | {one.figure.value:.3f} | {one.figure.span} |"
        f" {one.figure.n} |" for one in points
    )]  # fmt: skip


LIMITS = """## What it is for, and what not

It puts checkable claims about human rights before a person, with evidence beside them. It never decides, and its
probability is that of the evidence at hand refuting the claim: without evidence it says nothing of truth. It reads
"worded alike" better than "means the same"; quantifiers, modality and swapped roles are its weak places. Not for
ranking people or outlets, and not for texts in other languages."""


def _about(card: Mapping[str, Any]) -> str:
    told = f"Reading {card['reading']}, seed {card.get('seed', 0)}"
    told += f"; made from {card['from']}: {card['why']}." if card.get("from") else "."
    sentences = (
        made_with(card),
        sampled(card),
        verdict_kept(card),
        unreached(card),
        above_rows(card),
        readers_kept(card),
    )
    return " ".join(filter(None, (told, *sentences)))


def made_with(card: Mapping[str, Any]) -> str:
    """The libraries that a version was trained by; "" for one made before that was kept."""
    told = ", ".join(f"{name} {version}" for name, version in card.get("made_with", {}).items())
    return f"Trained with {told}." if told else ""


def sampled(card: Mapping[str, Any]) -> str:
    """What a version that learned from a share of its data is good for; "" for one that learned from all."""
    share = card.get("sample", 1)
    return "" if share == 1 else f"Learned from {share:.1%} of its data, to see that it works: it is never promoted."


def unreached(card: Mapping[str, Any]) -> str:
    """What a version never does whose verdict was nowhere as precise as was asked, or was set so; "" for another."""
    if card["thresholds"].get("refuted", 0) < 1:
        return ""
    if card.get("from"):
        return "Its threshold of refuted is 1, so nothing is called refuted by evidence. `soi retune` lowers it."
    return (
        "No threshold was as precise out of fold as --precision asks, so nothing is called refuted by evidence: put"
        " labels right (`soi data check`), give more pairs, or ask for less."
    )


def above_rows(card: Mapping[str, Any]) -> str:
    """What a version misses whose threshold lies above what is known to go against a fact; "" for another."""
    known, least = BY_LOGIC[AGAINST][policy.REFUTED], card["thresholds"].get("refuted", 0)
    if not known < least < 1:
        return ""
    just = "just " * (round(least, 4) == known)  # of one that a budget put past a score
    return (
        f"Its threshold of refuted ({least:.4f}) lies {just}above {known}, as which a claim counts that is known to go"
        " against a fact: none is flagged by that. `soi retune` lowers it."
    )


def verdict_kept(card: Mapping[str, Any]) -> str:
    """Whose verdict a version keeps, and what therefore had no effect; "" for one of its own."""
    if not (kept := card.get("verdict_of")):
        return ""
    return (
        f"Verdict kept from {kept}: the pairs were too few for one, so they taught nothing, none were generated, and"
        " --precision had no effect."
    )


def verdict_anew(card: Mapping[str, Any], base: Mapping[str, Any]) -> str:
    """That the verdict of a version's base isn't used, and what either was learned from."""
    learned, before = (
        sum(n for name, n in one["rows"].items() if name in {f"pairs_{label}" for label in LABELS})
        for one in (card, base)
    )
    of = "" if base.get("verdict_of") else f", from {before:,} pairs,"
    now, was = card["thresholds"]["refuted"], base["thresholds"]["refuted"]
    return (
        f"The verdict is learned anew, from {learned:,} pairs; that of {base['version']}{of} isn't used: refuted is"
        f" called from {now:.4f} on, and was from {was:.4f}."
    )


def readers_kept(card: Mapping[str, Any]) -> str:
    """Whose readers a version corrects, and by how much; "" for readers learned anew."""
    if not (kept := card.get("readers_of")):
        return ""
    steps = card.get("corrected") or [card["rows"]]
    told = [f"by {one['texts_with_rights']} and {one['texts_with_kind']} texts" for one in steps]
    if len(steps) > 1:
        told = [f"{step} ({one['version']})" for step, one in zip(told, steps, strict=True)]
    return (
        f"Rights and kind are those of {kept}, corrected {', then '.join(told)}; their thresholds and cross-validated"
        f" figures are those of {kept}."
    )


def pictures(measured: Measured, card: Mapping[str, Any]) -> dict[str, str]:
    """SVGs by name, those of a suite with its corpus (suite@corpus); raises PlotsMissing without the research extra."""
    found = {"slices": plots.slices(measured.measures)}
    if points := curve.of_card(card):
        found["learning-curve"] = plots.learning_curve(points)
    for name, said in measured.answers.items():
        suite = name.partition("@")[0]
        if suite in ("verdict", "kind"):
            labels = list(LABELS) if suite == "verdict" else sorted(set(said.truth) | set(said.said))
            found[f"confusion-{name}"] = plots.confusion(said.truth, said.said, labels, of=name)
        if said.p and suite in ("verdict", "any_right", "claims_found"):
            truth = np.array(said.truth) == "refuted" if suite == "verdict" else np.array(said.truth, dtype=bool)
            if 0 < truth.sum() < len(truth) and min(said.p) >= 0:
                found[f"precision-recall-{name}"] = plots.precision_recall(truth, said.p, of=name)
                if not only_orders(suite):
                    found[f"reliability-{name}"] = plots.reliability_diagram(truth, said.p, of=name)
    return found


def links(names: Iterable[str]) -> str:
    """The plots for the end of the Markdown, as the files beside it."""
    shown = "\n\n".join(f"![{name}]({quote(name)}.svg)" for name in names)
    return f"\n## Plots\n\n{shown}\n" if shown else ""


def page(text: str, images: Mapping[str, str]) -> str:
    """Markdown of markdown() as one HTML page that loads nothing, the pictures inside it."""
    body: list[str] = []
    table: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            cells = [cell.strip().replace(r"\|", "|") for cell in BAR.split(line.strip("|"))]
            table += [cells] if not all(set(cell) <= {"-"} and cell for cell in cells) else []
            continue
        if table:
            body.append(_table(table))
            table = []
        body.append(_line(line))
    written = re.sub("(?:<li>.*?</li>)+", r"<ul>\g<0></ul>", "".join(body))
    drawn = "".join(
        f"<figure>{svg[svg.find('<svg') :]}<figcaption>{html.escape(name)}</figcaption></figure>"
        for name, svg in images.items()
    )
    style = (
        "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
        "table{display:block;overflow-x:auto}td,th{padding:.1em .8em;text-align:left}svg{max-width:100%;height:auto}"
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Model card</title>'
    head += f"<style>{style}</style>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{written}{drawn}</body></html>\n'


def _table(rows: Sequence[Sequence[str]]) -> str:
    of = ("th", *["td"] * (len(rows) - 1))
    cells = [
        "".join(f"<{tag}>{html.escape(cell.strip('`'))}</{tag}>" for cell in row)
        for tag, row in zip(of, rows, strict=True)
    ]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _line(line: str) -> str:
    if line.startswith("#"):
        level = len(line) - len(line.lstrip("#"))
        return f"<h{level}>{html.escape(line.lstrip('# '))}</h{level}>"
    if line.startswith("- "):
        return f"<li>{html.escape(line[2:])}</li>"
    return f"<p>{html.escape(line.replace('**', ''))}</p>" if line.strip() else ""
