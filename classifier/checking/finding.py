"""The passages laid beside a claim, found among all and put in order."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from classifier import policy
from classifier.checking.laying import BORNE, BY_LOGIC, SHOWN, status
from classifier.evidence import ranking
from classifier.evidence.retrieval import Hit, PassageIndex
from classifier.loading import Model
from classifier.logic import contraries, joining
from classifier.logic.superlatives import tells_place

SPOKEN = 0.95  # probability that a passage speaks of a claim whose treaty and status it tells


def find(
    model: Model, index: PassageIndex, claim: str, *, before: str = "", among: int = ranking.CANDIDATES
) -> list[Hit]:
    """The SHOWN passages most likely to speak of a normalised claim, and the SHOWN of those that may settle it, best
    first, each with that probability: however many parties say a thing, they don't crowd out what settles it."""
    against = contraries.contradicting(claim, model.rows)
    hits = _telling(model, claim, _ranked(model, index, claim, before, among, against), against)
    settling = [hit for hit in hits[SHOWN:] if hit.passage.role in policy.SETTLING]
    lacking = SHOWN - sum(hit.passage.role in policy.SETTLING for hit in hits[:SHOWN])
    return [*hits[:SHOWN], *settling[:lacking]]


def _ranked(
    model: Model, index: PassageIndex, claim: str, before: str, among: int, against: Mapping[str, str]
) -> list[Hit]:
    """What is found for a claim, in order. By what people say of them facts come before each other, and never before
    law or news: of these we know less that people say, or nothing."""
    found = _passages_for(index, claim, before, among, against, said=True)
    ranked = model.ranker.rank(index, claim, found)
    if all(map(_is_fact, found)):
        return ranked
    plain = _passages_for(index, claim, before, among, against, said=False)
    slots = model.ranker.rank(index, claim, [replace(hit, said="") if _is_fact(hit) else hit for hit in plain])
    facts = {hit.passage.eid: hit for order in (slots, ranked) for hit in filter(_is_fact, order)}
    order = dict.fromkeys(hit.passage.eid for one in (ranked, slots) for hit in filter(_is_fact, one))
    first = map(facts.__getitem__, order)
    return [replace(next(first), score=slot.score) if _is_fact(slot) else slot for slot in slots]


def _is_fact(hit: Hit) -> bool:
    return hit.passage.kind == "fact"


def _passages_for(
    index: PassageIndex, claim: str, before: str, among: int, against: Mapping[str, str], *, said: bool
) -> list[Hit]:
    """Passages for a claim, and those that tell of a treaty's status or that it goes against."""
    found = index.search_uncrowded(claim, among, before or None, roles=policy.SETTLING, least=SHOWN, said=said)
    if asked := joining.query(claim):
        known = {hit.passage.eid for hit in found}
        also = index.search(asked, SHOWN, before or None, roles=policy.SETTLING, said=said)
        found = found + [hit for hit in also if hit.passage.eid not in known]
    known = {hit.passage.eid for hit in found}
    for eid in (eid for eid in against if eid not in known):
        also = index.search(against[eid], 1, before or None, roles=policy.SETTLING, said=said)
        found = found + [hit for hit in also if hit.passage.eid == eid]
    return found


def _telling(model: Model, claim: str, hits: list[Hit], against: Collection[str]) -> list[Hit]:
    """Hits with those first that settle a normalised claim by logic, as facts do that it goes against: they do speak
    of it."""
    all_of_them = joining.told(claim).statuses or tells_place(claim)
    if not all_of_them and not against:
        return hits
    told = {
        hit.passage.eid: status(model, claim, hit.passage)
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
