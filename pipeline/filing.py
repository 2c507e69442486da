"""Between the classifier and the store: a text as it is scored, its score as it is kept, and the case it comes to."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from classifier import policy
from classifier.checking.copies import adds_nothing, same_claim
from classifier.checking.telling import telling_words
from classifier.factuality.asking import asked_about
from classifier.loading import Model
from classifier.scoring import Item, Score, asserts
from classifier.text import fingerprint
from pipeline.records import BROUGHT, EvidenceRow, Flag, ScoreRow, StepOutcome, Version, here
from pipeline.settings import ScoreSettings
from pipeline.store import Database, cases, scores
from pipeline.store.database import write

REPEATED = ("claim", "testimony")  # kinds whose copies share a case
NEAR = 200  # posts of a claim that are looked at to know it again
DECIDED = "decided"  # the state of a case that nobody reads again unasked
OPENS_A_CASE = frozenset({StepOutcome.FLAGGED, StepOutcome.SPREADING, StepOutcome.AUDITED, StepOutcome.TESTIMONY})
# a post whose case has a verdict stands before a person again for these alone: a draw and a testimony are read once
LEAVES_A_VERDICT = frozenset({StepOutcome.FLAGGED, StepOutcome.SPREADING, StepOutcome.JOINED})


def item_of(version: Version) -> Item:
    """A version as the classifier scores it: by the day in Viet Nam, whose laws begin and end at its midnight.

    Of what somebody brought in, that is what it asks about.
    """
    text = asked_about(version.reading) if version.source_id == BROUGHT else version.reading
    return Item(str(version.id), text, before=day_of(version.published or version.seen_at))


def day_of(at: str) -> str:
    """The day in Viet Nam of a moment."""
    return here(at).date().isoformat()


def drawn_for_audit(url: str, share: float) -> bool:
    """Whether a post belongs to the random sample: by a hash of its address, so the draw can be repeated."""
    return int.from_bytes(hashlib.sha256(b"audit:" + url.encode()).digest()[:8]) < share * 2**64


def _drawn(db: Database, version: Version, share: float) -> bool:
    """Whether a post is in the audit sample: what its first score was drawn for, or not, it stays.

    The sample is of what crawls collect, not of what people bring in.
    """
    if version.source_id == BROUGHT:
        return False
    drawn = scores.first_reasons(db, version.post_id)
    return drawn_for_audit(version.url, share) if drawn is None else Flag.AUDIT in drawn


def file_score(db: Database, version: Version, result: Score, model: Model, settings: ScoreSettings) -> StepOutcome:
    """Write one score and put its post where it belongs; says where that was."""
    bands = bands_of(result)
    near = _near(db, version.post_id, result.claim, bands)
    asked = policy.asks(
        unsupported=result.unsupported,
        spread=len(({source for _, source in near} | {version.source_id}) - {BROUGHT}),
        least=settings.spreading_sources,
        audit=_drawn(db, version, settings.audit_share),
    )
    result = replace(result, reasons=(*result.reasons, *map(str, asked)))
    places = {post: cases.place_of(db, post) for post, _ in near}
    stand = _closest_first(filter(None, places.values()), result.claim)
    joined = next((place.case_id for place in stand if _holds(place, version, result)), None)
    if version.source_id == BROUGHT:
        joined = joined or _case_making(db, _claim_of(version, result), result.kind)
    outcome = _outcome(result, joined, brought=version.source_id == BROUGHT)
    score_id = scores.add_score(db, score_row(version, model, result), outcome=outcome)
    cases.set_bands(db, version.post_id, bands)
    free = [post for post, place in places.items() if place is None]
    _place(db, version, result, outcome, joined=joined, near=free, score_id=score_id)
    return outcome


def _closest_first(places: Iterable[cases.Place], claim: str) -> list[cases.Place]:
    """Cases that a post may belong to: the decided first, since what holds there is closer, then those of its very
    claim, as a person may have split it off."""
    stand = list(places)
    claims = {place.case_id: place.claim for place in stand}
    alike = {case for case, said in claims.items() if len(claims) > 1 and adds_nothing(claim, said)}
    return sorted(stand, key=lambda place: (place.state != DECIDED, place.case_id not in alike))


def _holds(place: cases.Place, version: Version, said: Score) -> bool:
    """Whether a post's case is of the claim that the post makes now: an edit may have made it another.

    A testimony's copy joins testimony alone: no verdict of true or false reaches it. A person who opens a case may have
    chosen another sentence of the post, which its copies say word for word and hold true. A case that has a verdict is
    joined by what tells no more and no less than what was read there.
    """
    if said.kind == "testimony" and place.lane != "testimony":
        return False
    read = place.state in cases.GIVEN
    if read and not place.by_hand:
        mine = (place.claim,) if place.edited else (place.claim, place.read_as)
        return any(adds_nothing(said.claim, one) for one in mine)
    same = adds_nothing if read else same_claim
    if not (place.edited or place.by_hand) or same(said.claim, place.claim):
        return True
    return place.by_hand and asserts(version.reading, place.claim)


def bands_of(said: Score | ScoreRow) -> tuple[int, ...]:
    """The near-duplicate keys that a post is found by: those of its claim, where that is about rights and held true.

    Those of a testimony are below zero: it is found by no claim, and finds none.
    """
    if said.kind not in REPEATED or not said.rights or not said.detail.get("asserted", True):
        return ()
    keys = fingerprint.bands(said.claim)
    return tuple(keys if said.kind == "claim" else (-1 - key for key in keys))


def stand_again(db: Database, post_ids: Iterable[int]) -> None:
    """Let posts stand by the score that counts now, where another model scored them last."""
    with write(db):
        concerned = set()
        for post_id in post_ids:
            if found := scores.latest_score(db, post_id):
                cases.set_bands(db, post_id, bands_of(found[1]))
            concerned.add(cases.case_of(db, post_id))
        for case_id in filter(None, concerned):  # once each: that reads all its posts
            cases.refresh(db, case_id)


def _near(db: Database, post_id: int, claim: str, bands: Sequence[int]) -> list[tuple[int, str]]:
    """The last posts that make nearly the same claim, as (post, source)."""
    found = cases.near_posts(db, bands, not_post=post_id)
    return list(islice(((post, source) for post, other, source in found if same_claim(claim, other)), NEAR))


def _claim_of(version: Version, result: Score) -> str:
    """What a case of a post is of: what the machine reads as its claim, else its title or its beginning; of testimony
    its beginning: a headline over it may be anybody's words."""
    asked = version.source_id == BROUGHT and result.kind == "claim"
    said = asked_about(version.text).strip() if asked else version.text
    begins = said[: cases.BEGINNING]
    return result.claim or (begins if result.kind == "testimony" else "") or version.title or begins


def _case_making(db: Database, claim: str, kind: str) -> int | None:
    """The case that makes a claim already, whatever is read of it; a testimony's is another's testimony."""
    found = cases.worded_like(db, claim, testimony=kind == "testimony")
    said = [(case_id, state, adds_nothing(claim, other)) for case_id, other, state in found if same_claim(claim, other)]
    said.sort(key=lambda one: (one[1] != DECIDED, not one[2]))
    return next((case_id for case_id, state, alike in said if alike or state not in cases.GIVEN), None)


def _outcome(result: Score, joined: int | None, *, brought: bool) -> StepOutcome:
    """The one word for what became of a post; what was `brought` in joins a case whatever it is read as."""
    if not result.text_ok:
        return StepOutcome.EMPTY
    if joined and (brought or (result.kind in REPEATED and result.rights)):
        return StepOutcome.JOINED
    if result.flagged:
        return StepOutcome.FLAGGED
    if Flag.UNSUPPORTED_SPREADING in result.reasons:
        return StepOutcome.SPREADING
    if Flag.AUDIT in result.reasons:
        return StepOutcome.AUDITED
    if not result.rights:
        return StepOutcome.NOT_RIGHTS
    if result.kind == "testimony":
        return StepOutcome.TESTIMONY
    return StepOutcome.TO_CHECK if result.kind == "claim" else StepOutcome.PROTECTED


def _place(
    db: Database, version: Version, result: Score, outcome: StepOutcome, *, joined: int | None, near: Sequence[int],
    score_id: int | None,
) -> None:  # fmt: skip
    """Open a case, join one, or stand a post's case anew after an edit.

    What somebody brought in comes before a person whatever its score: that is their wish, and no suspicion. Near posts
    of a case that opens made its claim before, and are in none. What stood before a person undecided goes on to,
    whatever it was edited into.
    """
    current = cases.place_of(db, version.post_id)
    claim = _claim_of(version, result)
    own = (version.post_id, *near)
    if current and not (joined != current.case_id and _edited_away(current, version, claim, outcome)):
        cases.refresh(db, current.case_id)
    elif joined and outcome is StepOutcome.JOINED:
        cases.join_case(db, joined, version.post_id)
    elif current and current.alone and cases.claim_anew(db, current.case_id, *own, claim=claim, score_id=score_id):
        return
    elif current or outcome in OPENS_A_CASE or version.source_id == BROUGHT:
        cases.open_case(db, *own, claim=claim, score_id=score_id, by_hand=version.source_id == BROUGHT)


def _edited_away(current: cases.Place, version: Version, claim: str, outcome: StepOutcome) -> bool:
    """Whether an edit that nobody has judged makes a post another claim than its case, and than it was put there for.

    A verdict that a second reader or a lead is still to look at keeps its last post: else they had nothing to read. So
    does a claim that a person chose, while the post has it.
    """
    if current.by_hand and current.claim in version.reading:
        return False
    same = adds_nothing if current.state == DECIDED else same_claim
    if version.id <= current.read or same(claim, current.claim) or same(claim, current.read_as):
        return False
    if current.state not in cases.GIVEN:
        return True
    return outcome in LEAVES_A_VERDICT and (current.state == "decided" or not current.alone)


def score_row(version: Version, model: Model, result: Score) -> ScoreRow:
    """A score of the classifier as a row of the store."""
    rows = tuple(
        EvidenceRow(e.eid, e.relation, e.p, e.role, e.slot, tuple(slot_dict(s) for s in e.slots))
        for e in result.evidence
    )
    return ScoreRow(
        version.id, model.version, result.kind, result.rights, result.p_refuted, result.flagged, result.reasons,
        result.claim, result.claim_start, result.claim_end, result.worth, _detail(version, model, result), rows,
    )  # fmt: skip


def _detail(version: Version, model: Model, result: Score) -> dict[str, object]:
    """The numbers behind a score, the words of its claim that carry it, which people see marked, and the day it was
    read by where the page names none: it may name one later; and what stood in place of parts of its model."""
    told = [list(span) for span in telling_words(result.claim)]
    added = {"telling": told} if told else {}
    return {
        **result.detail,
        **added,
        **parts_of(model),
        **({} if version.published else {"day": item_of(version).before}),
    }


def parts_of(model: Model) -> dict[str, object]:
    """What stood in place of parts of a model, as a score's detail tells it."""
    return {"parts": dict(model.parts)} if model.parts else {}


def slot_dict(slot: Any) -> dict[str, object]:
    """A slot as it is stored and shown: its kind, and the words on both sides with their places."""
    return {
        "kind": slot.kind, "claim": list(slot.claim_span), "evidence": list(slot.evidence_span),
        "claim_text": slot.claim_text, "evidence_text": slot.evidence_text,
    }  # fmt: skip
