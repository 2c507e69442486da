"""The steps that join the stages: posts into scores, scores into cases."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import structlog

from classifier import policy
from classifier.checking.copies import same_claim
from classifier.checking.repeats import RefutedClaims
from classifier.checking.telling import telling_words
from classifier.errors import ModelRefused
from classifier.evidence.retrieval import PassageIndex
from classifier.factuality.asking import asked_about
from classifier.loading import Model
from classifier.scoring import Item, Score, asserts
from classifier.scoring import score as score_texts
from classifier.text import fingerprint
from pipeline.home import Home
from pipeline.indexing import open_index, open_refuted
from pipeline.records import BROUGHT, EvidenceRow, Flag, ScoreRow, StepOutcome, Version, here
from pipeline.settings import ScoreSettings
from pipeline.store import Database, cases, evidence, pieces, posts, runs, scores
from pipeline.store.database import write

Progress = Callable[[int, int], None]
Read = Callable[[Iterable[list[Version]]], Iterable[tuple[list[Version], list[Score]]]]
REPEATED = ("claim", "testimony")  # kinds whose copies share a case
MACHINE = (sqlite3.Error, MemoryError, OSError)  # trouble of the store or the machine, not of the text: it passes
NEAR = 200  # posts of a claim that are looked at to know it again


@dataclass(frozen=True, slots=True)
class Bench:
    """All that scoring needs beside the posts."""

    model: Model
    index: PassageIndex
    refuted: RefutedClaims
    settings: ScoreSettings
    evidence: str = ""  # evidence.stamp() from before index and refuted were read


def bench_of(home: Home, db: Database, model: Model) -> Bench:
    """A model with the evidence and the settings of the moment."""
    stamp = evidence.stamp(db)
    return Bench(model, open_index(home, db, model), open_refuted(db, model), home.settings().score, stamp)


def score_posts(
    db: Database, bench: Bench, *, limit: int = 0, on_progress: Progress | None = None, read: Read | None = None
) -> Counter[str]:
    """Score every current version this model hasn't scored yet and file it; counts by outcome.

    `read` gives batches with their scores, in order, where this process isn't to make them; without scores where they
    couldn't be made there.
    """
    total = posts.count_unscored(db, bench.model.version)
    total = min(total, limit) if limit else total
    done: Counter[str] = Counter()
    with runs.run(db, "score") as run_id:
        batches = _unscored(db, bench, total)
        for batch, scored in read(batches) if read else ((one, []) for one in batches):
            done.update(file_all(db, batch, bench, run_id=run_id, scored=scored))
            if on_progress:
                on_progress(done.total(), total)
    return done


def _unscored(db: Database, bench: Bench, total: int) -> Iterator[list[Version]]:
    """Batches of what isn't scored yet, oldest first, so many in all."""
    last = 0
    while batch := posts.unscored(db, bench.model.version, limit=min(bench.settings.batch, total), after=last):
        last, total = batch[-1].id, total - len(batch)
        yield batch


def file_all(
    db: Database, batch: Sequence[Version], bench: Bench, *, run_id: int, scored: Sequence[Score] = ()
) -> Counter[str]:
    """File a batch by the scores given, or score it first; a text on which that breaks is written down as failed."""

    def file(part: Sequence[Version]) -> Counter[str]:
        if scored and part is batch:
            return file_scored(db, part, scored, bench, run_id=run_id)
        return file_batch(db, part, bench, run_id=run_id)

    def fail(version: Version, said: str) -> Counter[str]:
        detail = {"failed": said, **_parts_of(bench.model)}
        row = ScoreRow(version.id, bench.model.version, "other", (), 0.0, False, detail=detail)
        with write(db):
            scores.add_score(db, row, outcome=StepOutcome.FAILED)
            return runs.add_outcomes(db, run_id, Counter({(version.source_id, StepOutcome.FAILED): 1}))

    return past_broken(batch, file, fail)


def past_broken(
    batch: Sequence[Version], file: Callable[[Sequence[Version]], Counter[str]],
    fail: Callable[[Version, str], Counter[str]],
) -> Counter[str]:  # fmt: skip
    """File a batch, one by one where it breaks; what breaks by itself fails, with the error's name."""
    try:
        return file(batch)
    except MACHINE:
        raise
    except Exception as error:
        if len(batch) == 1:
            told = {"source": batch[0].source_id, "post": batch[0].post_id, "said": said_of(error)}
            structlog.get_logger("score").error("a post can't be scored", **told)
            return fail(batch[0], type(error).__name__)
    return sum((past_broken([version], file, fail) for version in batch), Counter[str]())


def said_of(error: Exception) -> str:
    """What is told of an error that a text led to: our own words, but of any other its name, as it may quote it."""
    refused = isinstance(error, ModelRefused)
    return posts.written(str(error)) if refused else f"it can't be read ({type(error).__name__})"


def file_batch(db: Database, batch: Sequence[Version], bench: Bench, *, run_id: int) -> Counter[str]:
    """Score a batch, then write scores, cases and counts in one transaction: all of it or nothing."""
    return file_scored(db, batch, _scored(batch, bench), bench, run_id=run_id)


def _scored(batch: Sequence[Version], bench: Bench) -> list[Score]:
    items = [item_of(version) for version in batch]
    return list(score_texts(bench.model, items, index=bench.index, refuted=bench.refuted, batch=len(items)))


def item_of(version: Version) -> Item:
    """A version as the classifier scores it: by the day in Viet Nam, whose laws begin and end at its midnight.

    Of what somebody brought in, that is what it asks about.
    """
    text = asked_about(version.reading) if version.source_id == BROUGHT else version.reading
    return Item(str(version.id), text, before=_day(version.published or version.seen_at))


def _day(at: str) -> str:
    return here(at).date().isoformat()


def file_scored(
    db: Database, batch: Sequence[Version], scored: Sequence[Score], bench: Bench, *, run_id: int
) -> Counter[str]:
    """Write the scores of a batch, wherever they were made, with cases and counts, in one transaction.

    What another process scored or let go meanwhile is passed over, as is a text whose edit was scored; what cites
    evidence that was erased or taken back meanwhile is left to be scored beside the rest, and counts then.
    """
    counts: Counter[tuple[str, str]] = Counter()
    with write(db):
        done = scores.settled_among(db, [version.id for version in batch], bench.model.version)
        gone = _gone_of(db, scored)
        for version, result in zip(batch, scored, strict=True):
            if version.id not in done and not _cites(result, gone):
                counts[version.source_id, file_score(db, version, result, bench)] += 1
        return runs.add_outcomes(db, run_id, counts)


def file_again(db: Database, batch: Sequence[Version], bench: Bench, *, run_id: int) -> Counter[str]:
    """Score texts again that this model scored beside other evidence; a row is added where it tells anything new."""
    scored = _scored(batch, bench)
    counts: Counter[tuple[str, str]] = Counter()
    with write(db):
        there = posts.undecided_among(db, [version.id for version in batch])  # not erased or decided meanwhile
        gone = _gone_of(db, scored)
        for version, result in zip(batch, scored, strict=True):
            _, before = scores.latest_score(db, version.post_id) or (0, None)
            same = version.id not in there or before is None or _told(before) == _told(result)
            outcome = StepOutcome.UNCHANGED if same or _cites(result, gone) else file_score(db, version, result, bench)
            counts[version.source_id, outcome] += 1
        return runs.add_outcomes(db, run_id, counts)


def _gone_of(db: Database, scored: Sequence[Score]) -> set[str]:
    """What scores cite that was erased or taken back while they were made: its words aren't written again."""
    return pieces.gone_among(db, (one.eid for said in scored for one in said.evidence))


def _cites(said: Score, eids: set[str]) -> bool:
    return any(one.eid in eids for one in said.evidence)


def _told(said: Score | ScoreRow) -> tuple[object, ...]:
    """What of a score people act upon: passages that merely speak of something like it come and go."""
    beside = {(one.eid, one.relation) for one in said.evidence if one.relation != "related"}
    return said.kind, set(said.rights), said.flagged, policy.FLAGS & set(said.reasons), beside


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


def file_score(db: Database, version: Version, result: Score, bench: Bench) -> StepOutcome:
    """Write one score and put its post where it belongs; says where that was."""
    bands = bands_of(result)
    near = _near(db, version.post_id, result.claim, bands)
    asked = policy.asks(
        unsupported=result.unsupported,
        spread=len(({source for _, source in near} | {version.source_id}) - {BROUGHT}),
        least=bench.settings.spreading_sources,
        audit=_drawn(db, version, bench.settings.audit_share),
    )
    result = replace(result, reasons=(*result.reasons, *map(str, asked)))
    places = {post: cases.place_of(db, post) for post, _ in near}
    joined = next((place.case_id for place in places.values() if place and _holds(place, version, result)), None)
    if version.source_id == BROUGHT:
        joined = joined or _case_making(db, _claim_of(version, result), result.kind)
    outcome = _outcome(result, joined, brought=version.source_id == BROUGHT)
    score_id = scores.add_score(db, score_row(version, bench.model, result), outcome=outcome)
    cases.set_bands(db, version.post_id, bands)
    free = [post for post, place in places.items() if place is None]
    _place(db, version, result, outcome, joined=joined, near=free, score_id=score_id)
    return outcome


def _holds(place: cases.Place, version: Version, said: Score) -> bool:
    """Whether a post's case is of the claim that the post makes now: an edit may have made it another.

    A testimony's copy joins testimony alone: no verdict of true or false reaches it. A person who opens a case may have
    chosen another sentence of the post, which its copies say word for word and hold true.
    """
    if said.kind == "testimony" and place.lane != "testimony":
        return False
    if not (place.edited or place.by_hand) or same_claim(said.claim, place.claim):
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
    return next((case_id for case_id, other in found if same_claim(claim, other)), None)


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


OPENS_A_CASE = frozenset({StepOutcome.FLAGGED, StepOutcome.SPREADING, StepOutcome.AUDITED, StepOutcome.TESTIMONY})
# a post whose case has a verdict stands before a person again for these alone: a draw and a testimony are read once
LEAVES_A_VERDICT = frozenset({StepOutcome.FLAGGED, StepOutcome.SPREADING, StepOutcome.JOINED})


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
    if version.id <= current.read or same_claim(claim, current.claim) or same_claim(claim, current.read_as):
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
        **_parts_of(model),
        **({} if version.published else {"day": item_of(version).before}),
    }


def _parts_of(model: Model) -> dict[str, object]:
    return {"parts": dict(model.parts)} if model.parts else {}


def _said(score: ScoreRow) -> dict[str, object]:
    """All that a score says, by name, without what others than its model add.

    The words marked for people come from the lexicon as it is now, and two of the reasons from the desk.
    """
    names = ("kind", "rights", "flagged", "p_refuted", "claim", "claim_start", "claim_end", "worth")
    found = {name: getattr(score, name) for name in names}
    found["reasons"] = [reason for reason in score.reasons if reason in policy.FLAGS]
    found |= {name: value for name, value in score.detail.items() if name not in ("telling", "day")}
    found["evidence"] = [one.eid for one in score.evidence]
    return found | {one.eid: (one.relation, one.role, one.p, one.slot) for one in score.evidence}


def slot_dict(slot: Any) -> dict[str, object]:
    """A slot as it is stored and shown: its kind, and the words on both sides with their places."""
    return {
        "kind": slot.kind, "claim": list(slot.claim_span), "evidence": list(slot.evidence_span),
        "claim_text": slot.claim_text, "evidence_text": slot.evidence_text,
    }  # fmt: skip


def recompute(
    home: Home, db: Database, model: Model, version: Version, stored: ScoreRow
) -> dict[str, tuple[object, object]]:
    """Score a version again with the model that scored it, beside the evidence of now.

    Gives what isn't the same, bit for bit, by its name: as stored, and as it is now.
    """
    item, index, refuted = item_of(version), open_index(home, db, model), open_refuted(db, model)
    # an earlier Soi noted no day: it may have read a page by the one it was seen on that names its own since
    days = [stored.detail["day"]] if "day" in stored.detail else [item.before, _day(version.seen_at)]
    items = [replace(item, before=str(day)) for day in dict.fromkeys(days)]
    scored = score_texts(model, items, index=index, refuted=refuted)
    return min((_differs(stored, score_row(version, model, again)) for again in scored), key=len)


def _differs(stored: ScoreRow, again: ScoreRow) -> dict[str, tuple[object, object]]:
    """What two scores of a text say each in its own way, by name."""
    then, today = _said(stored), _said(again)
    return {name: (then.get(name), today.get(name)) for name in {**then, **today} if then.get(name) != today.get(name)}
