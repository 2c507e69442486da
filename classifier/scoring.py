"""One text in, one Score out: read it, find its claim, lay evidence beside it, and say why it stands before a person.

The same text, evidence and model give the same Score, bit for bit. Nothing here is told who speaks or where.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from classifier import policy
from classifier.checking import claims, leaning, typed
from classifier.checking.laying import (
    BORNE,
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
    role_of,
    said_of,
    status,
    status_of,
    unrefuted,
    unsettled,
)
from classifier.checking.match import Match, RefutedClaims
from classifier.checking.scored import Asked, Item, Score
from classifier.checking.spoken import parts
from classifier.checking.standing import by_stance
from classifier.comparison.alignment import rounded
from classifier.entailment.verdict import LABELS
from classifier.evidence import facts, ranking
from classifier.evidence.retrieval import Hit, Passage, PassageIndex
from classifier.factuality import asking, attribution, framing
from classifier.loading import Model, uncollected
from classifier.logic import contraries, joining
from classifier.logic.superlatives import tells_place
from classifier.orthography import spelling
from classifier.policy import KINDS, RIGHTS, Row
from classifier.readers import both as readers
from classifier.readers.kind import name as kind_name
from classifier.readers.rights import codes
from classifier.text import Alignment, align, sentences
from classifier.text.figures import DIGITS
from classifier.text.letters import WORD

__all__ = ["Item", "Score", "asserts", "compare", "find", "score"]

MAX_TEXT = 20_000  # characters read of a post; longer ones are cut, and the claim of a post stands early
SPOKEN = 0.95  # probability that a passage speaks of a claim whose treaty and status it tells
CLAIMS = 5  # sentences of a post laid beside evidence, until one is refuted
FEW = 15  # passages put in order for a claim that can't be flagged by what it says itself
# treaties whose short name alone is read as no right; what a claim is about is then what its fact is
TREATY = re.compile(r"\b(?:ICCPR|ICESCR|I?CERD|CEDAW|CRC|CRPD|UNCAT|OPCAT|OPAC|OPSC|OPIC|ICRMW|ICPPED)\b")
LEAST_ANY_RIGHT = 0.03  # below this, nothing that goes against a fact is looked for either: it takes a millisecond
MIN_ANY_RIGHT = 0.06  # below this no evidence is looked up: three quarters of news, and it couldn't be flagged
_ENDS = " .!…"  # a copy ends with another of them as well as not


def score(
    model: Model,
    items: Iterable[Item],
    *,
    index: PassageIndex,
    refuted: RefutedClaims | None = None,
    batch: int = 64,
) -> Iterator[Score]:
    """Score texts in order, `batch` at a time; any string of any length gives one Score."""
    stream = iter(items)
    while block := list(islice(stream, batch)):
        ways = [typed.one_way(item.text[:MAX_TEXT]) for item in block]
        read = [replace(item, text=way.text) if way else item for item, way in zip(block, ways, strict=True)]
        with uncollected():
            scored = list(_score_block(model, read, index, refuted))
        for item, way, one in zip(block, ways, scored, strict=True):
            yield typed.as_typed(one, item.text, way) if way else one


def _score_block(
    model: Model, block: Sequence[Item], index: PassageIndex, refuted: RefutedClaims | None
) -> Iterator[Score]:
    """Read a block together, find the claims of those about rights together, then go through them one by one."""
    texts = [item.text[:MAX_TEXT] for item in block]
    clean = [attribution.unattributed(asking.told(spelling.meant(text))) for text in texts]
    reading = readers.read(model.rights, model.kind, clean)
    about = [
        at
        for at, (said, row) in enumerate(zip(clean, reading.rights, strict=True))
        if said.strip() and (max(row) >= MIN_ANY_RIGHT or _names_right(said, max(row)))
    ]
    found = claims.find_claims([texts[at] for at in about], kind=model.kind, rights=model.rights, limit=CLAIMS)
    spans = {
        at: one or ([_whole(texts[at])] if joining.told(clean[at]).whole else [])
        for at, one in zip(about, found, strict=True)
    }
    rows = zip(block, clean, reading.rights, _kinds(model, clean, reading.kind), strict=True)
    plain = [_read_only(model, item, said, rights, kind) for item, said, rights, kind in rows]
    asked = [_asked(model, plain[at], texts[at], spans[at][:1], block[at].before) for at in about]
    first, parts_of = _against_evidence(model, asked, index, refuted)
    scored = dict(zip(about, first, strict=True))
    further = [
        (at, _asked(model, plain[at], texts[at], [span], block[at].before))
        for at in about
        if _may_flag_yet(model, scored[at])
        for span in spans[at][1:]
    ]
    further += [(at, part) for at, part in zip(about, parts_of, strict=True) if part and not scored[at].flagged]
    for at, other in _refuted_ones(model, further, index, refuted):
        if not scored[at].flagged:  # of several the sentence worth most
            scored[at] = other
    for at, item in enumerate(block):
        if not clean[at].strip():
            yield Score(item.id, "other", (), 0.0, False, text_ok=False, model=model.version)
        elif at not in scored:
            yield plain[at]
        elif spans[at] or scored[at].flagged:
            yield scored[at]
        else:
            beside = tuple(replace(one, slots=()) for one in scored[at].evidence)  # they lie in a claim that isn't kept
            yield replace(scored[at], claim="", claim_start=0, claim_end=0, evidence=beside)


def _names_right(said: str, p: float) -> bool:
    """Whether a text speaks of a treaty or, where it may be about a right at all, says what goes against a fact: both
    are about rights however they read."""
    if TREATY.search(said) or joining.told(said).statuses:
        return True
    return p >= LEAST_ANY_RIGHT and bool(contraries.contradicting(said))


def _may_flag_yet(model: Model, first: Score) -> bool:
    """Whether another sentence of a text may be refuted, where the one worth most isn't."""
    kind = first.read_as("p_kind")
    return bool(first.rights) and not first.flagged and policy.is_checkable(kind, model.thresholds)


def _refuted_ones(
    model: Model, further: Sequence[tuple[int, Asked]], index: PassageIndex, refuted: RefutedClaims | None
) -> Iterator[tuple[int, Score]]:
    """Of further sentences and parts, each with its text's place in the block, those that are flagged. Most have no
    passage near them, which is told at a third of the price."""
    further = [(at, one) for at, one in further if one.asserted]
    looked, _ = _against_evidence(model, [one for _, one in further], index, refuted, few=True)
    found = [one for one, seen in zip(further, looked, strict=True) if seen.flagged]
    said, _ = _against_evidence(model, [one for _, one in found], index, refuted)
    yield from ((at, score) for (at, _), score in zip(found, said, strict=True) if score.flagged)


def _kinds(model: Model, clean: Sequence[str], kinds: np.ndarray) -> np.ndarray:
    """The kinds read of texts, of those in which a writer says who he is without that."""
    bare = {at: left for at, said in enumerate(clean) if (left := attribution.introduced(said)) != said}
    if bare:
        kinds = kinds.copy()
        kinds[list(bare)] = readers.read(model.rights, model.kind, list(bare.values())).kind
    return kinds


def _read_only(model: Model, item: Item, said: str, rights: np.ndarray, kind: np.ndarray) -> Score:
    """What the readers alone say of a text; one that only asks or wishes claims nothing, whatever it presumes."""
    if unstating := asking.unstating(said):
        kind = kind * (np.arange(len(KINDS)) != 0) + kind[0] * (np.arange(len(KINDS)) == KINDS.index(unstating))
    elif joining.told(said).whole:  # that and nothing else is a claim, in whatever words
        kind = np.eye(len(KINDS))[policy.CLAIM]
    detail: dict[str, object] = {"p_kind": _named(KINDS, kind), "p_rights": _named(RIGHTS, rights)}
    named = kind_name(kind, model.kind.claim_threshold_)
    held = codes(rights, model.rights.thresholds_, model.rights.any_threshold_)
    return Score(item.id, named, held, policy.UNTOLD, False, model=model.version, detail=detail)


def _asked(model: Model, plain: Score, text: str, found: Sequence[claims.ClaimSpan], before: str) -> Asked:
    """A text's claim as evidence is looked up for it: without who says it and what it answers."""
    claim = found[0] if found else _whole(text)
    start, end = attribution.core(claim.text)
    span = replace(claim, start=claim.start + start, end=claim.start + end, text=claim.text[start:end])
    earlier = text[: claim.start]
    held = _holds(text, claim.start, claim.end)
    of = leaning.instrument(earlier, span.text[:MAX_CLAIM], model.lexicon)
    return Asked(plain, span, before, held, text, of)


def _holds(text: str, start: int, end: int) -> bool:
    """Whether a writer holds what he says at a place true, here and now."""
    return framing.asserted(text, (start, end)) and not leaning.beyond(text, start, end)


def asserts(text: str, claim: str) -> bool:
    """Whether whole sentences of a text are a claim word for word, but for the mark before it and at its end, and are
    held true there."""
    text, claim = text[:MAX_TEXT], _unmarked(claim)
    spans = [(*span, _unmarked(text[slice(*span)])) for span in sentences(text)]
    for at in range(len(spans)):
        for end in range(at, min(at + CLAIMS, len(spans))):
            if _unmarked(text[spans[at][0] : spans[end][1]]) == claim:
                return not any(asking.asks(said) or not _holds(text, *span) for *span, said in spans[at : end + 1])
    return False


def _unmarked(said: str) -> str:
    """Words without the mark of a list before them and the marks behind them."""
    mark = attribution.BULLET.match(said)
    return said[mark.end() if mark else 0 :].strip().rstrip(_ENDS)


def _whole(text: str) -> claims.ClaimSpan:
    """What evidence is laid beside where no sentence of a text stands out as a claim."""
    start, end = asking.stated(text)
    return claims.ClaimSpan(start, end, text[start:end], 0.0)


def _against_evidence(
    model: Model, asked: Sequence[Asked], index: PassageIndex, refuted: RefutedClaims | None, *, few: bool = False
) -> tuple[list[Score], list[Asked | None]]:
    """Read texts with evidence laid beside their claims; the claims of a block are weighed together. Beside the Scores
    the part of each text that is worth a further look, if any. few: only what is near enough to settle a claim is laid,
    of few passages; that tells which are worth the whole look."""
    found: list[tuple[str, list[Hit], int]] = []
    parts_of: list[Asked | None] = []
    for one in asked:
        claim = spelling.plain(one.span.text[:MAX_CLAIM])
        # what neither is read as about rights nor goes against a fact can't be flagged: one passage orders it
        whole = (one.plain.rights or contraries.contradicting(claim)) and not few
        among, most = (ranking.CANDIDATES, SHOWN) if whole else (FEW, 1)
        hits = find(model, index, claim, before=one.before, among=among)
        parts_of.append(None if few else _spoken_of(model, index, one, hits))
        if few:
            hits = [hit for hit in hits if hit.near >= model.thresholds.near and hit.passage.role in policy.SETTLING]
        found.append((one.span.text, hits, most))
    laid = [
        _held_to(model, one, hits, beside)
        for one, (_, hits, _), beside in zip(asked, found, lay_all(model, found), strict=True)
    ]
    rows = _about(model, [one.plain.read_as("p_rights") for one in asked], laid)
    held = [codes(row, model.rights.thresholds_, model.rights.any_threshold_) for row in rows]
    # nothing else can be flagged
    said = [one.span.text[:MAX_CLAIM] if mine and one.asserted else "" for one, mine in zip(asked, held, strict=True)]
    matched = _repeats(model, set(filter(None, said)), refuted)
    repeated = [matched.get(claim, []) for claim in said]
    scored = [_judged(model, *each) for each in zip(asked, laid, rows, held, repeated, strict=True)]
    settling = [_settling(*pair) for pair in zip(laid, repeated, strict=True)]
    for at, one in by_stance(model, asked, scored, settling, rows):
        beside, again = (laid[at], repeated[at]) if one.asserted else ([unsettled(*pair) for pair in laid[at]], [])
        scored[at] = _judged(model, one, beside, rows[at], held[at], again)
    return scored, parts_of


def _spoken_of(model: Model, index: PassageIndex, one: Asked, hits: Sequence[Hit]) -> Asked | None:
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
    part = _asked(model, one.plain, one.text, [span], one.before)
    return replace(part, part=True)


def _held_to(model: Model, asked: Asked, hits: Sequence[Hit], laid: Sequence[Laid]) -> list[Laid]:
    """What is laid beside a claim: nothing speaks for or against one that its writer doesn't hold true, and no passage
    that speaks of something else; no law or fact further off contradicts what one bears out, or a number of which one
    has another."""
    passages = {hit.passage.eid: hit.passage for hit in hits}
    binding = {eid for eid, passage in passages.items() if passage.kind in ("law", "fact")}
    claim = asked.span.text[:MAX_CLAIM]
    apart = apart_from(model, f"{asked.of}: {claim}" if asked.of else claim)
    held = [
        unsettled(finding, evidence)
        if not asked.asserted or ((not at or evidence.relation != "related") and apart(passages[evidence.eid]))
        else (finding, evidence)
        for at, (finding, evidence) in enumerate(laid)
    ]
    if not (held and held[0][1].eid in binding):
        return held
    first, *further = held
    return [
        first,
        *(unsettled(*one) if one[1].eid in binding and _beyond(first, one[1]) else one for one in further),
    ]


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
    model: Model, asked: Asked, laid: list[Laid], rights: list[float], held: tuple[str, ...], repeated: list[Laid]
) -> Score:
    """One claim with what lies beside it, as a Score."""
    plain, span = asked.plain, asked.span
    kind = plain.read_as("p_kind")
    settling = _settling(laid, repeated)
    reasons = policy.reasons(kind, rights, settling, model.thresholds)
    against = max((finding.verdict[policy.REFUTED] for finding in settling), default=0.0)
    shown = tuple(evidence for _, evidence in repeated + laid)
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
        | ({} if rights == plain.read_as("p_rights") else {"p_rights_beside": _named(RIGHTS, rights)})
        | ({} if asked.asserted else {"asserted": False}),
    )


def _settling(laid: Sequence[Laid], repeated: Sequence[Laid]) -> list[policy.Finding]:
    """What may settle a claim: what it repeats, and the first passage beside it."""
    return [finding for finding, _ in (*repeated, *laid[:1]) if finding.role in policy.SETTLING]


def _p_refuted(kind: Row, rights: Row, settling: Sequence[policy.Finding]) -> float:
    """The highest that a settling passage gives; UNTOLD where there is none."""
    told = [policy.p_refuted(kind, rights, one.verdict, near=one.near) for one in settling]
    return max(told, default=policy.UNTOLD)


def find(
    model: Model, index: PassageIndex, claim: str, *, before: str = "", among: int = ranking.CANDIDATES
) -> list[Hit]:
    """The SHOWN passages most likely to speak of a normalised claim, and the SHOWN of those that may settle it, best
    first, each with that probability: however many parties say a thing, they don't crowd out what settles it."""
    found = index.search_uncrowded(claim, among, before or None, roles=policy.SETTLING, least=SHOWN)
    if asked := joining.query(claim):
        known = {hit.passage.eid for hit in found}
        also = index.search(asked, SHOWN, before or None, roles=policy.SETTLING)
        found = found + [hit for hit in also if hit.passage.eid not in known]
    against, known = contraries.contradicting(claim), {hit.passage.eid for hit in found}
    for eid in (eid for eid in against if eid not in known):
        also = index.search(against[eid], 1, before or None, roles=policy.SETTLING)
        found = found + [hit for hit in also if hit.passage.eid == eid]
    hits = _telling(claim, model.ranker.rank(index, claim, found), against)
    settling = [hit for hit in hits[SHOWN:] if hit.passage.role in policy.SETTLING]
    lacking = SHOWN - sum(hit.passage.role in policy.SETTLING for hit in hits[:SHOWN])
    return [*hits[:SHOWN], *settling[:lacking]]


def _telling(claim: str, hits: list[Hit], against: Collection[str]) -> list[Hit]:
    """Hits with those first that settle a normalised claim by logic, as facts do that it goes against: they do speak
    of it."""
    all_of_them = joining.told(claim).statuses or tells_place(claim)
    if not all_of_them and not against:
        return hits
    told = {
        hit.passage.eid: status(claim, hit.passage)
        for hit in hits
        if hit.passage.role in policy.SETTLING and (all_of_them or hit.passage.eid in against)
    }

    def place(hit: Hit) -> tuple[bool, bool, bool]:
        found = told.get(hit.passage.eid)
        return found not in BY_LOGIC, found in BY_LOGIC and hit.passage.role != "primary", found == BORNE

    return [
        replace(hit, near=max(hit.near, SPOKEN)) if told.get(hit.passage.eid) in BY_LOGIC else hit
        for hit in sorted(hits, key=place)
    ]


def _about(model: Model, own: Sequence[list[float]], laid: Sequence[list[Laid]]) -> list[list[float]]:
    """p(each right) of claims: what each says itself, or what the passage is about that holds most of its words. A
    right that the table of facts names of such a passage is as likely as naming it takes: how sure it is isn't told."""
    near = [at for at, found in enumerate(laid) if found and found[0][0].near >= model.thresholds.near]
    texts = [spelling.plain(laid[at][0][1].text[:MAX_PASSAGE]) for at in near]
    read = readers.read(model.rights, model.kind, texts).rights if texts else ()
    named = [facts.rights_of().get(laid[at][0][1].eid, ()) for at in near]
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
    return (finding, evidence) if one.p >= thresholds.refuted else unsettled(finding, evidence)


def compare(model: Model, pairs: Sequence[tuple[str, str]]) -> list[tuple[dict[str, float], str]]:
    """Verdicts on (claim, evidence) pairs as given: p by label, and the kind of the first slot that differs or ""."""
    laid = [(align(claim[:MAX_CLAIM]), align(evidence[:MAX_PASSAGE])) for claim, evidence in pairs]
    said = said_of(model, [(mine.text, their.text) for mine, their in laid])
    return [_compared(model, mine, their, p) for (mine, their), p in zip(laid, said, strict=True)]


def _compared(model: Model, mine: Alignment, their: Alignment, p: np.ndarray) -> tuple[dict[str, float], str]:
    """The verdict on a pair as it holds: no refutation by a number told roughly."""
    told = status_of(mine.text, their.text)
    p = np.array(BY_LOGIC[told]) if told in BY_LOGIC else p
    if p.argmax() != policy.REFUTED:
        return _named(LABELS, p), ""
    differing = differences(model, mine, their, their.text)
    fits = told == PARTLY or (
        told is None and not differing and rounded(mine.text, their.text, vectors=model.verdict.vectors)
    )
    return _named(LABELS, unrefuted(p) if fits else p), "" if told == PARTLY else first_slot(differing)


def _named(names: Sequence[str], row: Iterable[float]) -> dict[str, float]:
    return dict(zip(names, map(float, row), strict=True))
