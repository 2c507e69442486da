"""Passages laid beside a claim: which one settles, what of it is compared, how it relates, and which slots differ."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from classifier import policy
from classifier.checking import fitting
from classifier.checking.fitting import Beside
from classifier.checking.marking import as_shown, carried, faced, kind_of
from classifier.checking.ruled import read_ruled, ruled
from classifier.comparison.alignment import untelling
from classifier.comparison.arithmetic import off_rate
from classifier.comparison.exchanges import exchanged
from classifier.comparison.items import crossed
from classifier.comparison.pairing import pair
from classifier.comparison.rivals import swapped
from classifier.comparison.slots import Slot, opposed, slots_of, telling
from classifier.entailment.verdict import NOTHING
from classifier.evidence.choose import Chosen, choose, excerpt, of_now
from classifier.evidence.retrieval import Hit, Passage
from classifier.factuality.denials import calls_untrue
from classifier.loading import Model
from classifier.logic import (
    casewise,
    contraries,
    denied,
    instances,
    instruments,
    joining,
    lawful,
    outcomes,
    setting,
    superlatives,
    upended,
    withheld,
)
from classifier.logic.another import another, of_others
from classifier.logic.events import another_event, another_place, another_term
from classifier.logic.exempt import has_its_own
from classifier.orthography import spelling
from classifier.text import Alignment, Span, align, normalise, sentences
from classifier.text.patterns import either

SHOWN = 5  # passages laid beside a claim: more than a person reads
SLOTS = 5  # differences told of one
MAX_CLAIM, MAX_PASSAGE = 600, 6_000  # characters laid side by side; pairing costs their product

REFUTED, BORNE, PARTLY, AGAINST = "refuted", "borne out", "partly", "against"
BY_LOGIC = {BORNE: (0.95, 0.025, 0.025), REFUTED: (0.025, 0.95, 0.025)}  # verdicts on a treaty's status
BY_LOGIC |= {AGAINST: (0.03, 0.86, 0.11)}  # known to go against a fact: not all of it is false
FIGURES = ("number", "date", "quantifier")  # slots that hold a figure, or say how one is meant
# what keeps a passage from contradicting a claim, or from bearing it out, as its verdict has it
HELD = {
    "case": "the claim is a case of it, says it otherwise, or differs in nothing that can be shown",
    "words": "only words differ, no figure, and the verdict isn't sure enough for that",
    "contrary": "it tells the contrary, or of another place, outcome or item",
    "matter": "it speaks of another country, time, law, treaty, body or thing",
    "report": "the text reports what is done, which no rule refutes",
    "unheld": "the writer doesn't hold the claim true, or the text makes none",
    "nearer": "a nearer passage bears the claim out or counts something else",
    "borne": "another passage bears the claim out",
}
OUTWEIGHS = 0.93  # p(supported) from which another passage unsettles what a row of a fact knows to be false
SURE = 0.96  # p(refuted) from which mere words that no row of a fact knows contradict it
SHORTENED = re.compile(r"[A-ZĐ]{2}")  # UBND, VN
# before what so many come to at a rate, where no part of them is left out and nobody gives more
GRANTED = either(
    r"^(?!.*\b(?:trong đó|hơn luật|thỏa thuận|(?:công ty|chủ|sếp) cho)\b).*\b(?:được|hưởng|nhận|lãnh)(?: \w+)? \d"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage beside the claim: how it relates, how sure that is, and which slots differ."""

    eid: str
    role: str
    relation: str
    p: float
    slot: str = ""
    slots: tuple[Slot, ...] = ()
    text: str = ""
    held: str = ""  # of HELD, why it is only related though the verdict says more; "" otherwise


Laid = tuple[policy.Finding, Evidence]


def lay_all(model: Model, found: Sequence[tuple[str, Sequence[Hit], int]]) -> list[list[Laid]]:
    """Lay passages beside claims, given as (MAX_CLAIM of a claim at most, hits, how many to lay): first the one that
    settles (never a party's), then the others as they were found.

    The one that settles is read with at most three sentences of its whole article; the others are shown, each with its
    own relation, and settle nothing: a verdict averaged or searched over many passages is near chance.
    """
    cut = [_beside(model, claim, hits, most) for claim, hits, most in found]
    pairs = [(mine, text) for mine, rows in cut for _, text in rows if text]
    verdicts = iter(said_of(model, pairs))  # all at once: each call costs as much as five rows do
    return [
        _unless_borne(
            model,
            mine,
            [(hit, _laid(model, claim, hit, text, next(verdicts)) if text else _elsewhere(hit)) for hit, text in rows],
        )
        for (claim, _, _), (mine, rows) in zip(found, cut, strict=True)
    ]


def said_of(model: Model, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    """Verdicts (n, 3) on normalised (claim, evidence) texts, those on which nothing can be told at NOTHING."""
    bare = [untelling(claim, evidence, vectors=model.verdict.vectors) for claim, evidence in pairs]
    return np.where(np.array(bare, dtype=bool)[:, None], NOTHING, model.verdict.predict_proba(pairs))


def _unless_borne(model: Model, mine: str, rows: Sequence[tuple[Hit, Laid]]) -> list[Laid]:
    """What is laid beside a claim, the first passage settling nothing where another bears the claim out against it:
    surely, where the claim is known to be false, else by having the number that differs, unless logic settles it or it
    isn't what the first one's rate comes to."""
    laid = [one for _, one in rows]
    if not laid or laid[0][1].relation != "contradicts":
        return laid
    finding, first = laid[0]
    others = [one for one in laid[1:] if one[1].role in policy.SETTLING]
    if finding.known:
        borne = any(evidence.relation == "supports" and evidence.p >= OUTWEIGHS for _, evidence in others)
    else:
        borne = (
            any(_has_numbers(first, *other) for other in others)
            and status(model, mine, rows[0][0].passage) is None
            and not off_rate(pair(mine, _meant(first.text), vectors=model.verdict.vectors))
        )
    return [unsettled(finding, first, "borne"), *laid[1:]] if borne else laid


def _has_numbers(first: Evidence, finding: policy.Finding, other: Evidence) -> bool:
    """Whether a claim differs from one passage in numbers or days that another has, which doesn't refute it; a digit
    alone stands anywhere."""
    supported, refuted, _ = finding.verdict
    apart = [slot.claim_text for slot in first.slots if slot.kind in ("number", "date")]
    has = all(re.search(rf"(?<![\d.,]){re.escape(one)}(?![\d]|[.,]\d)", other.text) for one in apart)
    return (
        bool(apart) and has and all(len(one) > 1 for one in apart) and (supported > 0.5 or supported > refuted == 0.0)
    )


def _beside(model: Model, claim: str, hits: Sequence[Hit], most: int) -> tuple[str, list[tuple[Hit, str]]]:
    """A claim as it is meant, and each passage to be shown beside it with what of it is compared, as it is meant too:
    "" where nothing is, since it neither settles nor speaks of the claim."""
    mine = ruled(model, claim)
    theirs = {hit.passage.eid: of_now(_meant(hit.passage.text[:MAX_PASSAGE]), mine) for hit in hits}
    settling = [hit for hit in hits if hit.passage.role in policy.SETTLING]
    read = [replace(hit, passage=replace(hit.passage, text=theirs[hit.passage.eid])) for hit in settling]
    chosen, apart = choose(mine, read), apart_from(model, claim)

    def is_apart(passage: Passage) -> bool:
        return another_term(mine, theirs[passage.eid]) or apart(passage)

    if tells := next((hit for hit in settling if status(model, mine, hit.passage) in BY_LOGIC), None):
        chosen = Chosen(tells.passage.eid, excerpt(mine, theirs[tells.passage.eid]))
    elif any(hit.passage.eid == chosen.eid and is_apart(hit.passage) for hit in settling):
        speaks = [one for one, hit in zip(read, settling, strict=True) if not is_apart(hit.passage)]
        chosen = choose(mine, speaks) if speaks else chosen
    order = sorted(hits, key=lambda hit: hit.passage.eid != chosen.eid)[:most]
    texts = [
        excerpt(mine, theirs[hit.passage.eid]) if hit.near >= model.thresholds.near or not at else ""
        for at, hit in enumerate(order)
    ]
    if chosen.eid:
        texts[0] = chosen.text
    return mine, list(zip(order, texts, strict=True))


def status(model: Model, claim: str, passage: Passage) -> str | None:
    """What a passage makes of what a claim, as it is meant, says of a treaty's status, see status_of; else AGAINST
    where it says what is known to go against a fact, but not by a figure that the fact's own bounds let be."""
    told = None
    lasting = passage.kind in ("fact", "law")
    if joining.told(claim).statuses or superlatives.tells_place(claim):
        told = status_of(claim, _meant(passage.text[:MAX_PASSAGE]), lasting=lasting)
    elif lasting and instruments.in_force(claim, _meant(passage.text[:MAX_PASSAGE])):
        told = REFUTED
    found = contraries.against(claim, passage, model.rows) if told not in BY_LOGIC else None
    if found is None:
        return told
    rule = _meant(passage.text[:MAX_PASSAGE])
    if lawful.finds_right(claim, rule, found[0], model.lexicon) or lawful.lacks(claim, rule, model.lexicon):
        return told
    if (unlawful := lawful.found_unlawful(claim)) and contraries.against(unlawful, passage, model.rows):
        return told
    return AGAINST


def status_of(claim: str, evidence: str, *, lasting: bool = True) -> str | None:
    """Whether what a claim says of a treaty's status is REFUTED by normalised evidence, BORNE out where it says nothing
    else, or PARTLY; None where either doesn't tell it. So is which in order Viet Nam joined it."""
    if placed := superlatives.placed(claim, evidence):
        return BORNE if placed[0] else REFUTED
    borne = joining.borne(claim, evidence, lasting=lasting)
    if borne and casewise.other_day(claim.lower(), evidence.lower()):
        joins = joining.told(claim)
        return REFUTED if joins.whole and all(one.act == joining.JOIN for one in joins.statuses) else None
    return None if borne is None else REFUTED if not borne else BORNE if joining.told(claim).whole else PARTLY


def _meant(passage: str) -> str:
    """A passage as it is meant. Evidence is shortened by capitals alone; to look for more takes eight times as long."""
    return spelling.plain(passage) if SHORTENED.search(passage) else normalise(passage)


def _meant_back(passage: str) -> Alignment:
    """The same with the way back to the passage."""
    return spelling.read(passage) if SHORTENED.search(passage) else align(passage)


def _elsewhere(hit: Hit) -> Laid:
    """A passage that speaks of something else: it neither supports nor contradicts, whatever a verdict would say."""
    role, passage = role_of(hit.passage.role), hit.passage
    evidence = Evidence(passage.eid, role, "related", 1.0 - hit.near, text=passage.text)
    return policy.Finding(passage.eid, role, (0.0, 0.0, 1.0), near=hit.near), evidence


def _laid(model: Model, claim: str, hit: Hit, shown: str, p: np.ndarray) -> Laid:
    """One passage beside the claim, as the policy sees it and as a person does."""
    passage, said = hit.passage, ruled(model, claim)
    told = status(model, said, passage)
    beside = cache(partial(pair, said, shown, vectors=model.verdict.vectors))
    row = _row(said, passage, told, p, beside)
    # a passage that speaks of something else neither supports nor contradicts, however sure the verdict is
    near = hit.near >= model.thresholds.near
    relation: policy.Relation = policy.relation(row, model.thresholds) if near else "related"
    differing = () if relation == "related" else _differing(model, claim, passage, shown, told, beside)
    open_, held = told not in BY_LOGIC, ""
    if open_ and relation == "supports" and _tells_another(model, said, passage, shown, differing, beside):
        relation, row, held = "related", unborne(row), "contrary"
    elif open_ and relation == "contradicts" and _lets_be(model, claim, said, passage, shown, differing, beside):
        relation, row, held = "related", unrefuted(row), "case"
    elif (
        open_
        and relation == "contradicts"
        and (held := _doubtful(model, said, row, passage, shown, beside, differing, told))
    ):
        refuted = model.thresholds.refuted - policy.EDGE
        relation, row = "related", (row[policy.SUPPORTED], refuted, 1.0 - row[policy.SUPPORTED] - refuted)
    if relation != "contradicts":
        differing = ()
    sure = {"contradicts": row[policy.REFUTED], "supports": row[policy.SUPPORTED]}.get(relation, row[2])
    role = role_of(passage.role)
    shown_slots = as_shown(telling(differing), claim, passage.text, talked=said != spelling.plain(claim))
    evidence = Evidence(passage.eid, role, relation, sure, first_slot(differing), shown_slots, passage.text, held)
    return policy.Finding(passage.eid, role, row, near=hit.near, known=told == AGAINST), evidence


def _row(said: str, passage: Passage, told: str | None, p: np.ndarray, beside: Beside) -> Sequence[float]:
    """The verdict on a claim beside a passage: what is told by logic or a rate, else what the reader says."""
    if told in BY_LOGIC:
        return BY_LOGIC[told]
    granted = told is None and passage.kind in ("law", "fact") and GRANTED.search(said)
    if granted and off_rate(beside()):
        return BY_LOGIC[AGAINST]
    return unrefuted(p) if told == PARTLY else tuple(p.tolist())


def _differing(
    model: Model, claim: str, passage: Passage, shown: str, told: str | None, beside: Beside
) -> tuple[Slot, ...]:
    """The slots in which a claim differs from a passage."""
    mine = read_ruled(model, claim)
    if told == AGAINST:
        return _contrary_slot(model, mine, passage)
    return differences(mine, _meant_back(passage.text[:MAX_PASSAGE]), shown, beside)


def _tells_another(
    model: Model, said: str, passage: Passage, shown: str, differing: Sequence[Slot], beside: Beside
) -> bool:
    """Whether a passage that seems to bear a claim out tells another thing, or the contrary; who calls a claim untrue
    repeats it."""
    if passage.kind not in ("law", "fact") and calls_untrue(shown) != calls_untrue(said):
        return True
    laid = beside()  # which puts the diacritics back of what has none
    if upended.upended(laid.claim.text.text, laid.evidence.text.text):
        return True
    apart = any(map(opposed, differing)) and not instances.agrees(said, shown, model.lexicon)
    if denied.turned(said, shown) and not fitting.tells_case(model, said, shown, beside, differing):
        return True
    return apart or withheld.unborne(said, shown, model.lexicon) or of_another(said, shown, beside)


def of_another(claim: str, evidence: str, beside: Beside) -> bool:
    """Whether normalised evidence tells of another outcome, frequency or place than a claim, or has its number of
    others or of another item, and so bears it out in nothing."""
    apart = outcomes.apart(claim, evidence) or another_place(claim, evidence)
    return apart or swapped(beside()) or crossed(beside()) or exchanged(beside())


def _lets_be(
    model: Model, claim: str, said: str, passage: Passage, shown: str, differing: Sequence[Slot], beside: Beside
) -> bool:
    """Whether a passage that seems to refute a claim doesn't: "nữ 16 tuổi chưa được kết hôn" isn't refuted by "từ đủ
    18 tuổi". A flag must explain itself: where nothing differs that a reader can be shown, nothing contradicts."""
    told = telling(differing)
    if not told or another_term(said, shown):
        return True
    kinds = {slot.kind for slot in told}
    if "number" in kinds and another_event(said, passage):
        return True
    if (unlawful := lawful.found_unlawful(said)) and _is_against(model, unlawful, passage, shown):
        return True
    if "date" in kinds and "negation" not in kinds and joining.resolved(said, shown):
        return True
    whole = _meant(passage.text[:MAX_PASSAGE]) if passage.kind in ("law", "fact") else ""
    return fitting.fits(model, claim, said, shown, whole, differing, beside)


def _is_against(model: Model, said: str, passage: Passage, shown: str) -> bool:
    """Whether a passage is against what is said, as it is meant."""
    if status(model, said, passage) == AGAINST:
        return True
    return int(said_of(model, [(said, shown)])[0].argmax()) == policy.REFUTED


def _doubtful(
    model: Model,
    said: str,
    row: Sequence[float],
    passage: Passage,
    shown: str,
    beside: Beside,
    differing: Sequence[Slot],
    told: str | None,
) -> str:
    """What of HELD makes it doubtful that a fact is contradicted, "" for nothing: that no more than words stands
    against it, none of those that are known to go against it, of which as many bear it out as don't unless the verdict
    is surer than that; or that a case's figure does, which isn't known to be against a bound."""
    figures = any(
        slot.kind in FIGURES or (re.search(r"\d", slot.claim_text) and re.search(r"\d", slot.evidence_text))
        for slot in telling(differing)
    )
    if not figures and row[policy.REFUTED] < SURE and contraries.knows(passage, model.rows):
        return "words"
    rules = (shown, _meant(passage.text[:MAX_PASSAGE]))
    of_rule = told is None and passage.kind in ("law", "fact")
    return "case" if of_rule and fitting.is_unclear(model, said, rules, beside, differing) else ""


def differences(mine: Alignment, their: Alignment, shown: str, beside: Beside) -> tuple[Slot, ...]:
    """The slots that differ, their spans in the claim and the passage as they were written."""
    found = _status_slot(mine.text, shown) or slots_of(beside())

    def written(claim: Span, evidence: Span) -> tuple[Span, Span]:
        return mine.original_span(*claim), _in_passage(their, shown, evidence)

    placed = list[Slot]()
    for slot in found[:SLOTS]:
        claimed, told = written(slot.claim_span, slot.evidence_span)
        both = faced(beside(), slot) if slot.alone else None
        placed.append(replace(slot, claim_span=claimed, evidence_span=told, faced=both and written(*both)))
    return tuple(placed)


def _status_slot(mine: str, shown: str) -> list[Slot]:
    """What tells one treaty's status differently, or the place in the order of who joined it."""
    if (placed := superlatives.placed(mine, shown)) and not placed[0]:
        kind, (claimed, told) = "number", placed[1:]
    elif spans := joining.against(mine, shown):
        kind, claimed, told = spans
    elif days := (
        (joining.told(mine).statuses or instruments.in_force(mine, shown))
        and casewise.other_day(mine.lower(), shown.lower())
    ):
        kind, (claimed, told) = "date", days
    else:
        return []
    return [Slot(kind, claimed, told, mine[slice(*claimed)], shown[slice(*told)])]


def _contrary_slot(model: Model, mine: Alignment, passage: Passage) -> tuple[Slot, ...]:
    """What is known to go against a fact, as it was written, and the fact's own words."""
    if (spans := contraries.against(mine.text, passage, model.rows)) is None:
        return ()
    beside = pair(mine.text, passage.text, vectors=model.verdict.vectors)
    shown, (start, end) = carried(beside, contraries.groups(mine.text, passage, model.rows))
    told = passage.text[slice(*spans[1])]
    kinds = {s.kind for s in slots_of(beside) if s.claim_span[0] < end and start < s.claim_span[1]}
    kind = kind_of(mine.text[start:end], told, kinds, instruments.YEAR.findall(passage.text))
    return (Slot(kind, mine.original_span(*shown), spans[1], mine.text[slice(*shown)], told),)


def _in_passage(their: Alignment, shown: str, span: tuple[int, int]) -> tuple[int, int]:
    """Where a span of an excerpt lies in its passage: by the sentence it begins in, to its end, as the next may be of
    elsewhere; (0, 0) when it can't be told."""
    start, end = next(((a, b) for a, b in sentences(shown) if a <= span[0] < b), span)
    text = their.text.replace("\n", " ")  # lines chosen one after the other are joined by a blank
    at = max(text.find(shown[start:end]), of_now(text).find(shown[start:end]))
    if at < 0:
        return (0, 0)
    return their.original_span(at + span[0] - start, at + min(span[1], end) - start)


def apart_from(model: Model, claim: str) -> Callable[[Passage], bool]:
    """Whether a passage speaks of another country, time, law, treaty, body or thing than a claim."""
    cited, said = instruments.cited(claim, model.lexicon), ruled(model, claim)
    named = joining.told(said).named

    def apart(passage: Passage) -> bool:
        meant = _meant(passage.text[:MAX_PASSAGE])
        if (
            setting.apart(claim, passage)
            or instruments.apart(cited, passage, model.lexicon)
            or instruments.other_body(said, passage.text)
            or (named and joining.apart(said, meant))
        ):
            return True
        # news tells the rest elsewhere, a fact or an article of law nowhere
        return passage.kind in ("law", "fact") and (
            joining.of_no_treaty(said, meant)
            or another(said, passage.text, passage.source)
            or of_others(said, passage.text, model.lexicon)
            or has_its_own(said, passage.text[:MAX_PASSAGE])
            or instruments.other_day(said, passage)
            or instruments.other_year(said, passage)
            or (passage.kind == "law" and setting.changes(said))
        )

    return apart


def unsettled(finding: policy.Finding, evidence: Evidence, held: str) -> Laid:
    """A passage that settles nothing of what a claim says, however alike their words: as if nothing were found. held:
    why, of HELD."""
    if evidence.relation != "related":
        evidence = replace(evidence, relation="related", p=finding.verdict[2], slot="", slots=(), held=held)
    return replace(finding, verdict=(0.0, policy.PRIOR, 1 - policy.PRIOR), known=False), evidence


def unclaimed(evidence: Evidence) -> Evidence:
    """A passage as it lies beside a text of which no claim is kept: nothing is there to be contradicted."""
    if evidence.relation != "contradicts":
        return replace(evidence, slots=())
    return replace(evidence, relation="related", p=1.0 - evidence.p, slot="", slots=(), held="unheld")


def unrefuted(row: Sequence[float] | np.ndarray) -> tuple[float, float, float]:
    """A verdict where what differs is no contradiction after all."""
    supported, refuted, untold = map(float, row)
    return supported, 0.0, refuted + untold


def unborne(row: Sequence[float] | np.ndarray) -> tuple[float, float, float]:
    """A verdict where what seems to bear a claim out tells another thing."""
    refuted = float(row[policy.REFUTED])
    return 0.0, refuted, 1.0 - refuted


def role_of(role: str) -> policy.Role:
    """A role as the policy knows it; anything else is no more than a party's word."""
    return "primary" if role == "primary" else "independent" if role == "independent" else "party"


def first_slot(found: Sequence[Slot]) -> str:
    return next((slot.kind for slot in telling(found)), "")
