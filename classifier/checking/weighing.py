"""Claims weighed beside the evidence found for them, and what comes of each as a Score."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

import numpy as np

from classifier import policy
from classifier.checking.asked import Asked, as_asked
from classifier.checking.finding import find
from classifier.checking.fitting import Beside, follows_alike, is_case, tells_case
from classifier.checking.laying import (
    BY_LOGIC,
    MAX_CLAIM,
    MAX_PASSAGE,
    PARTLY,
    SHOWN,
    Evidence,
    Laid,
    apart_from,
    differences,
    first_slot,
    lay_all,
    of_another,
    role_of,
    said_of,
    status_of,
    unborne,
    unrefuted,
    unsettled,
)
from classifier.checking.repeats import Match, RefutedClaims
from classifier.checking.ruled import ruled
from classifier.checking.scored import Score, named
from classifier.checking.spoken import parts
from classifier.checking.standing import by_stance
from classifier.comparison import rivals
from classifier.comparison.pairing import pair
from classifier.comparison.slots import Slot
from classifier.entailment.verdict import LABELS
from classifier.evidence import facts, ranking
from classifier.evidence.retrieval import Hit, Passage, PassageIndex
from classifier.evidence.told import cites_article
from classifier.factuality import attribution, practice
from classifier.loading import Model
from classifier.logic import contraries, instances
from classifier.orthography import spelling
from classifier.policy import RIGHTS, Row
from classifier.readers import both as readers
from classifier.readers.rights import codes
from classifier.text import Alignment, align, fold, sentences
from classifier.text.figures import DIGITS
from classifier.text.letters import WORD

FEW = 15  # passages put in order for a claim that can't be flagged by what it says itself

Found = tuple[str, list[Hit], int]  # a claim, the passages found for it, and how many of them to lay beside it


def look_up(model: Model, asked: Sequence[Asked], index: PassageIndex, *, few: bool = False) -> list[Found]:
    """The evidence for the claims of texts. few: of few passages those that are near enough to settle a claim; that
    tells which are worth the whole look."""
    found: list[Found] = []
    for one in asked:
        said = one.span.text[:MAX_CLAIM]
        claim = ruled(model, said)
        # what neither is read as about rights nor goes against a fact can't be flagged: one passage orders it
        wholly = (one.plain.rights or contraries.contradicting(claim, model.rows)) and not few
        among, most = (ranking.CANDIDATES, SHOWN) if wholly else (FEW, 1)
        hits = find(model, index, claim, before=one.before, among=among)
        if few:
            hits = [hit for hit in hits if hit.near >= model.thresholds.near and hit.passage.role in policy.SETTLING]
        found.append((said, hits, most))
    return found


def weigh(model: Model, asked: Sequence[Asked], found: Sequence[Found], refuted: RefutedClaims | None) -> list[Score]:
    """Read texts with what was found laid beside their claims; the claims of a block are weighed together."""
    laid = [
        _muted(model, one, claim, hits, beside)
        for one, (claim, hits, _), beside in zip(asked, found, lay_all(model, found), strict=True)
    ]
    rows = _about(model, [one.plain.read_as("p_rights") for one in asked], laid)
    held = [codes(row, model.rights.thresholds_, model.rights.any_threshold_) for row in rows]
    # nothing else can be flagged
    said = [claim if mine and one.asserted else "" for one, (claim, *_), mine in zip(asked, found, held, strict=True)]
    matched = _repeats(model, set(filter(None, said)), refuted)
    repeated = [matched.get(claim, []) for claim in said]
    settling = [_settling(*pair) for pair in zip(laid, repeated, strict=True)]
    scored = [_judged(model, *each) for each in zip(asked, laid, rows, held, repeated, settling, strict=True)]
    for at, one in list(by_stance(model, asked, scored, settling, rows)):
        beside, again = (
            (laid[at], repeated[at]) if one.asserted else ([unsettled(*pair, "unheld") for pair in laid[at]], [])
        )
        scored[at] = _judged(model, one, beside, rows[at], held[at], again, _settling(beside, again))
    return scored


def spoken_of(model: Model, index: PassageIndex, one: Asked, hits: Sequence[Hit]) -> Asked | None:
    """A text asked for by the part of it that the first passage which may settle it speaks of, where none speaks of the
    claim as it stands, and a reader of stances can tell whether its writer stands by that part."""
    settling = [hit for hit in hits if hit.passage.role in policy.SETTLING]
    kind = one.plain.read_as("p_kind")
    if not (model.stance and settling and one.asserted and policy.may_be_claim(kind)) or any(
        hit.near >= model.thresholds.near for hit in settling
    ):
        return None
    near = {
        (start, end): model.ranker.rank(index, spelling.plain(one.text[start:end][:MAX_CLAIM]), settling[:1])[0].near
        for start, end in parts(one.text, index, settling[0])
    }
    start, end = max(near, key=near.__getitem__, default=(0, 0))
    if near.get((start, end), 0.0) < model.thresholds.near:
        return None
    span = replace(one.span, start=start, end=end, text=one.text[start:end])
    part = as_asked(model, one.plain, one.text, span, one.before)
    return replace(part, part=True)


def _muted(model: Model, asked: Asked, claim: str, hits: Sequence[Hit], laid: Sequence[Laid]) -> list[Laid]:
    """What is laid beside a claim, with findings that count for nothing turned into "related": all, where its writer
    doesn't hold it true; those of passages on another matter; of laws and facts those that contradict a report of what
    is done, and further off those that contradict what the first bears out, or a number that it has otherwise or lets
    be."""
    passages = {hit.passage.eid: hit.passage for hit in hits}
    binding = {eid for eid, passage in passages.items() if passage.kind in ("law", "fact")}
    apart = apart_from(model, f"{asked.of}: {claim}" if asked.of else claim)

    def why(at: int, finding: policy.Finding, evidence: Evidence) -> str:
        passage = passages[evidence.eid]
        if not asked.asserted:
            return "unheld"
        against = evidence.relation == "contradicts" and evidence.eid in binding
        if against and _is_report(asked, finding, passage):
            return "report"
        return "matter" if (not at or evidence.relation != "related") and apart(passage) else ""

    kept = [(one, why(at, *one)) for at, one in enumerate(laid)]
    held = [unsettled(*one, reason) if reason else one for one, reason in kept]
    if not (held and held[0][1].eid in binding):
        return held
    first, *further = held
    return [
        first,
        *(unsettled(*one, "nearer") if one[1].eid in binding and _beyond(first, one[1]) else one for one in further),
    ]


def _is_report(asked: Asked, finding: policy.Finding, rule: Passage) -> bool:
    """Whether the sentence that a claim is cut from reports a practice, which a rule doesn't refute. Where the claim by
    itself does too, a row that knows it is of such claims."""
    text, span = asked.text, asked.span
    whole = next((text[start:end] for start, end in sentences(text) if start <= span.start < end), span.text)
    said = spelling.plain(whole)
    if not practice.reports(said) or _in_words_of(said, rule):
        return False
    return not (finding.known and practice.reports(spelling.plain(span.text)))


def _in_words_of(sentence: str, rule: Passage) -> bool:
    """Whether a sentence has no word but figures that a rule hasn't: its "tình trạng nghiện" is what the rule is on.
    Who tells of somebody has other words."""
    told = set(WORD.findall(fold(spelling.plain(rule.text[:MAX_PASSAGE]))))
    return all(word in told or word[0].isdigit() for word in WORD.findall(fold(sentence)))


def _beyond(nearest: Laid, other: Evidence) -> bool:
    """Whether a passage contradicts what a nearer one bears out, sets another number against the same one of the
    claim's, or against one that the nearer lets be: it counts something else."""
    finding, first = nearest
    if other.relation != "contradicts":
        return False
    if first.relation == "supports":
        return True
    if first.relation == "related":
        return other.slot == "number" and finding.verdict[policy.REFUTED] == 0.0 < finding.verdict[policy.SUPPORTED]
    if other.slot != "number" or not first.slots:
        return False
    (said, told), (again, counted) = (
        (set(WORD.findall(text.lower())) for text in (one.slots[0].claim_text, one.slots[0].evidence_text))
        for one in (first, other)
    )
    figures = {word for word in told | counted if word[0].isdigit() or word in DIGITS}
    return bool(said & again) and not told & counted & figures and bool(told & figures and counted & figures)


def _judged(
    model: Model,
    asked: Asked,
    laid: list[Laid],
    rights: list[float],
    held: tuple[str, ...],
    repeated: list[Laid],
    settling: list[policy.Finding],
) -> Score:
    """One claim with what lies beside it, as a Score."""
    plain, span = asked.plain, asked.span
    kind = plain.read_as("p_kind")
    reasons = policy.reasons(kind, rights, settling, model.thresholds)
    against = max((finding.verdict[policy.REFUTED] for finding in settling), default=0.0)
    shown = tuple(evidence for _, evidence in repeated + laid)
    known = next((finding.eid for finding in settling if finding.known), "")
    row = known and contraries.own_row(ruled(model, span.text[:MAX_CLAIM]), known, model.rows)
    return replace(
        plain,
        p_refuted=_p_refuted(kind, rights, settling),
        flagged=policy.flagged(reasons),
        reasons=tuple(str(reason) for reason in reasons),
        claim=span.text,
        claim_start=span.start,
        claim_end=span.end,
        worth=span.worth,
        evidence=shown,
        rights=held,
        unsupported=policy.unsupported(
            (one.relation for one in shown if one.role in policy.SETTLING),
            claim=plain.kind == "claim" and asked.asserted,
            about_rights=bool(held),
        ),
        detail={**plain.detail, "p_against": against, "near": laid[0][0].near if laid else 0.0}
        | ({} if rights == plain.read_as("p_rights") else {"p_rights_beside": named(RIGHTS, rights)})
        | ({"row": row} if row else {})
        | ({} if asked.asserted else {"asserted": False}),
    )


def _settling(laid: Sequence[Laid], repeated: Sequence[Laid]) -> list[policy.Finding]:
    """What may settle a claim: what it repeats, and the first passage beside it."""
    return [finding for finding, _ in (*repeated, *laid[:1]) if finding.role in policy.SETTLING]


def _p_refuted(kind: Row, rights: Row, settling: Sequence[policy.Finding]) -> float:
    """The highest that a settling passage gives; UNTOLD where there is none."""
    told = [policy.p_refuted(kind, rights, one.verdict, near=one.near) for one in settling]
    return max(told, default=policy.UNTOLD)


def _about(model: Model, own: Sequence[list[float]], laid: Sequence[list[Laid]]) -> list[list[float]]:
    """p(each right) of claims: what each says itself, or what the passage is about that holds most of its words. A
    right that the table of facts names of such a passage is as likely as naming it takes: how sure it is isn't told."""
    near = [at for at, found in enumerate(laid) if found and found[0][0].near >= model.thresholds.near]
    texts = [spelling.plain(laid[at][0][1].text[:MAX_PASSAGE]) for at in near]
    read = readers.rights_in(model.rights, model.kind, texts) if texts else ()
    table_of = {**facts.rights_of(), **model.rows.rights}
    named = [table_of.get(laid[at][0][1].eid, ()) for at in near]
    least = [max(float(p), model.rights.any_threshold_) for p in model.rights.thresholds_]
    rows = {
        at: [
            max(float(p), enough) if right in table else float(p)
            for right, p, enough in zip(RIGHTS, row, least, strict=True)
        ]
        for at, row, table in zip(near, read, named, strict=True)
    }
    return [
        [max(pair) for pair in zip(mine, rows[at], strict=True)] if at in rows else mine for at, mine in enumerate(own)
    ]


def _repeats(model: Model, claims: set[str], refuted: RefutedClaims | None) -> dict[str, list[Laid]]:
    """Claims found false before that each of these says again, or is like."""
    if refuted is None or not claims:
        return {}
    said = sorted(claims)
    matched = dict(zip(said, refuted.match_all(said), strict=True))
    return {claim: _repeated_ones(model, claim, [one for one in found if one.same]) for claim, found in matched.items()}


def _repeated_ones(model: Model, claim: str, found: Sequence[Match]) -> list[Laid]:
    """Of claims found false before those that are of the same country, time, law, treaty and body as this one."""
    if not found:
        return []
    apart = apart_from(model, claim)
    return [_repeated(one, model.thresholds) for one in found if not apart(Passage(one.eid, one.text))]


def _repeated(one: Match, thresholds: policy.Thresholds) -> Laid:
    """A claim found false as it lies beside one that repeats it; where that isn't sure it settles nothing."""
    finding = policy.Finding(one.eid, role_of(one.role), (0.0, one.p, 1.0 - one.p), repeats=True)
    evidence = Evidence(one.eid, role_of(one.role), "contradicts", one.p, text=one.text)
    return (finding, evidence) if one.p >= thresholds.refuted else unsettled(finding, evidence, "words")


def compare(model: Model, pairs: Sequence[tuple[str, str]]) -> list[tuple[dict[str, float], str, str]]:
    """Verdicts on (claim, evidence) pairs as given: p by label, the kind of the first slot that differs or "", and what
    of HELD keeps the evidence from telling what the verdict has, or ""."""
    laid = [(align(claim[:MAX_CLAIM]), align(evidence[:MAX_PASSAGE])) for claim, evidence in pairs]
    said = said_of(model, [(mine.text, their.text) for mine, their in laid])
    return [_compared(model, mine, their, p) for (mine, their), p in zip(laid, said, strict=True)]


def _compared(model: Model, mine: Alignment, their: Alignment, p: np.ndarray) -> tuple[dict[str, float], str, str]:
    """The verdict on a pair as it holds: no refutation by a number told roughly or that follows from the evidence's, or
    of a case of a rule by that rule, no support by what tells of another thing."""
    told = status_of(mine.text, their.text)
    p = np.array(BY_LOGIC[told]) if told in BY_LOGIC else p
    beside = cache(partial(pair, mine.text, their.text, vectors=model.verdict.vectors))
    if p.argmax() != policy.REFUTED:
        apart = p.argmax() == policy.SUPPORTED and of_another(mine.text, their.text, beside)
        return named(LABELS, unborne(p) if apart else p), "", "contrary" if apart else ""
    differing = differences(mine, their, their.text, beside)
    fits = told == PARTLY
    if told is None:
        fits = follows_alike(differing, beside()) or (not differing and any(rivals.fitting(beside())))
        fits = fits or _is_case(model, mine.text, their.text, beside, differing)
    return (named(LABELS, unrefuted(p)), "", "case") if fits else (named(LABELS, p), first_slot(differing), "")


def _is_case(model: Model, claim: str, evidence: str, beside: Beside, differing: Sequence[Slot]) -> bool:
    """Whether a claim, without who says it, tells a case of evidence that is a rule: an article of law, or what allows
    or forbids a thing within bounds; a sentence passed on somebody is one of an article alone."""
    said = claim[slice(*attribution.core(claim))]
    if cites_article(evidence):
        return is_case(model, said, evidence, beside, differing)
    return instances.is_rule(evidence, model.lexicon) and tells_case(model, said, evidence, beside, differing)
