"""The JSON API: what the pages do, by token, described by /api/openapi.json."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks, Query
from fastapi.responses import Response
from pydantic import ConfigDict, Field
from starlette.exceptions import HTTPException

from pipeline.claimreview import for_pages
from pipeline.records import PassageRow, Verdict
from pipeline.store import (
    cases,
    decisions,
    desk,
    drafts,
    evidence,
    factchecks,
    golden,
    moves,
    posts,
    reading,
    tips,
    trends,
    watching,
    weeks,
)
from pipeline.store.pieces import ERASED
from review import answer, chosen, deeds, refusals, shapes
from review.access import Visit
from review.calls import OFTEN, PROBLEMS, Body, Caller, Reader, Sought, Tongue
from review.deciding import Filled, doubts_of, keep_filled, record, stood_again, take_back
from review.opened import drawn, history_of, open_case, unseen
from review.pages import LONGEST_TYPED, Number
from review.pulse import Agreed, Share, agreement
from review.queue import A_PAGE, Searched, collected
from review.words import Words

router = APIRouter(prefix="/api/v1", tags=["desk"], responses=PROBLEMS)


_EXPLANATION, _WORDING = "For readers; public", "The claim for readers, else in the post's words"


class DraftIn(Body):
    """What is filled in so far; empty to forget it."""

    verdict: Verdict | Literal[""] = ""
    reason: str = Field("", max_length=60)
    evidence: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=50)
    note: str = Field("", max_length=LONGEST_TYPED)
    explanation: str = Field("", max_length=LONGEST_TYPED, description=_EXPLANATION)
    wording: str = Field("", max_length=LONGEST_TYPED, description=_WORDING)
    second: bool = Field(False, description="Ask for a second person to read it blind before it counts")


class DecisionIn(DraftIn):
    """A verdict with its reason and evidence."""

    verdict: Verdict
    reason: str = Field(max_length=60)
    explanation: str = Field("", max_length=decisions.EXPLAINED_AT_MOST, description=_EXPLANATION)
    wording: str = Field("", max_length=decisions.WORDED_AT_MOST, description=_WORDING)
    seen: int | None = Field(
        None, ge=0, le=2**53, description="Last event known of the case; newer ones refuse this one"
    )
    shown: dict[str, str] | None = Field(
        None, description="As the case gave it: a claim, or evidence named, that was changed since refuses this one"
    )


class PracticeIn(Body):
    """A verdict to be compared and not recorded."""

    verdict: Verdict


class Tip(Body):
    """A collected post, by its number or its address; or the words of a claim that no crawl collected: one of them is
    needed."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": [name], "properties": {name: {"type": kind, "minLength": 1}}}
                for name, kind in {"post": "integer", "url": "string", "text": "string"}.items()
            ]
        }
    )

    post: int | None = Field(None, ge=1, le=2**53)
    url: str = Field("", max_length=2000)
    text: str = Field(
        "", max_length=tips.BROUGHT_LONGEST, description="Words to bring in, where no post at the address is collected"
    )
    claim: str = Field(
        "", max_length=chosen.LONGEST, description="Words of the post that are the claim; else the machine's reading"
    )


@router.get("/cases")
def list_cases(visit: Caller, filters: Sought, page: Annotated[int, Query(ge=1, le=1000)] = 1) -> shapes.Queue:
    """The queue, filtered, forty cases a page, with how many cases each choice of a filter would show. What is decided
    between two calls moves the rest: read from page 1 again until nothing new comes."""
    found = desk.listing(visit.db, filters, limit=A_PAGE, offset=(page - 1) * A_PAGE)
    return shapes.Queue(
        matching=found.matching, in_lane=found.in_lane, oldest=found.oldest, cut=found.cut,
        counts=desk.counts(visit.db, filters, found=found.found), cases=[unseen(visit, item) for item in found.items],
        collected=collected(visit, filters, found), next=page + 1 if page * A_PAGE < found.matching else None,
    )  # fmt: skip


@router.post(
    "/cases", status_code=201, responses=OFTEN | {200: {"model": shapes.Opened}, 202: {"model": shapes.BroughtIn}}
)
def open_by_hand(visit: Reader, body: Tip, response: Response) -> shapes.Opened | shapes.BroughtIn:
    """Open a case on a collected post; 200 with the case it stands in where it has one. A `text` that isn't collected
    is brought in: 202 until it is read, then as above."""
    if not (body.post or body.url or body.text):
        raise HTTPException(422, "Give a `post`, its `url` or a `text` to bring in.")
    post = body.post or (deeds.bring_in(visit, text=body.text, url=body.url) if body.text else None)
    post = post or desk.post_at(visit.db, body.url)
    if post is None:
        raise HTTPException(404, refusals.NO_POST)
    try:
        case, opened = deeds.open_by_hand(visit, post, body.claim)
    except refusals.Unread:
        if not body.text:
            raise
        response.status_code = 202
        return shapes.BroughtIn(post=post)
    response.status_code = 201 if opened else 200
    return shapes.Opened(case=case, opened=opened)


@router.delete("/posts/{post_id}")
def take_out_unread(visit: Reader, post_id: Number, after: BackgroundTasks) -> shapes.BroughtIn:
    """Take out what was brought in by mistake and is in no case yet, words and all."""
    deeds.take_out_unread(visit, post_id, after)
    return shapes.BroughtIn(post=post_id)


@router.get("/posts/{post_id}/sentences")
def sentences(visit: Caller, post_id: Number, q: Searched = "") -> list[deeds.Sentence]:
    """The sentences of a post in no case, to choose the claim from; the one that holds the words `q` comes first."""
    if known := cases.case_of(visit.db, post_id):
        raise HTTPException(409, f"Post {post_id} is in case {known}.")
    return deeds.sentences_of(visit, post_id, q=q)[1]


@router.get("/cases/{case_id}")
def get_case(visit: Caller, case_id: Number, practice: bool = False) -> shapes.CaseFile:
    """A case with its evidence and posts; opening it takes it in hand, as on the page. Golden ones can be practised."""
    opened = open_case(visit, case_id, practice=practice)
    blind, like = opened.blind, reading.like(visit.db, case_id, opened.evidence)
    return shapes.CaseFile(
        case=opened.item, evidence=[shapes.Passage(**asdict(e), reading=e.reading) for e in opened.evidence],
        closed=opened.closed, blind=opened.blind, seen=opened.seen,
        shown=opened.shown, hold=opened.hold,
        posts=reading.case_posts(visit.db, case_id), score=None if drawn(opened.item) else opened.score,
        history=opened.history,
        practice=opened.practice, earlier=[] if blind else [one for one in like if one.state == "decided"],
        alike=[one for one in like if one.state != "decided"],
        unknown=visit.say.unknown(opened.score, opened.evidence, beside=opened.beside),
        moves=moves.moves_of(visit.db, case_id), notes=opened.notes, otherwise=opened.otherwise,
    )  # fmt: skip


@router.get("/cases/{case_id}/posts")
def posts_of_case(
    visit: Caller, case_id: Number, page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> list[reading.CasePost]:
    """Every post of a case, a hundred a page."""
    deeds.existing(visit, case_id)
    return reading.case_posts(visit.db, case_id, limit=100, offset=(page - 1) * 100)


@router.get("/cases/{case_id}/posts/{post_id}")
def post_of_case(visit: Caller, case_id: Number, post_id: Number) -> shapes.PostFile:
    """A post with all its versions; offsets of a score point into a version's `reading`: title, lead and text."""
    deeds.existing(visit, case_id)
    found = reading.case_post(visit.db, case_id, post_id)
    if found is None:
        raise HTTPException(404, f"There is no post {post_id} in case {case_id}.")
    versions = [shapes.PostVersion(**asdict(one), reading=one.reading) for one in posts.versions_of(visit.db, post_id)]
    return shapes.PostFile(post=found, versions=versions)


def answered(visit: Visit, case_id: int, say: Words, *, none: str = "No verdict stands on this case.") -> answer.Brief:
    """The rebuttal of a case; a 404 with the sentence for `none`, or that its claim was erased."""
    item = deeds.existing(visit, case_id)
    found = answer.brief(visit.db, case_id, say=say)
    if found is None:
        raise HTTPException(404, answer.UNTOLD if item.claim == ERASED else none)
    return found


@router.get("/cases/{case_id}/brief", response_model=shapes.Markdown)
def brief(visit: Caller, case_id: Number, say: Tongue) -> dict[str, str]:
    """The rebuttal on one page, as Markdown."""
    found = answered(visit, case_id, say)
    return {"markdown": answer.markdown(found, say=say, desk=visit.settings)}


@router.get("/cases/{case_id}/draft")
def get_draft(visit: Caller, case_id: Number) -> DraftIn:
    """What one had filled in on a case and not sent, also of a verdict one took back; of a reopened or disputed case
    what the page is filled in with."""
    item, draft = deeds.existing(visit, case_id), drafts.draft(visit.db, visit.name, case_id)
    kept = Filled.of_draft({**draft, **stood_again(visit, item, history_of(visit, item), draft)})
    known: Verdict | Literal[""] = Verdict(kept.verdict) if kept.verdict in set(Verdict) else ""
    return DraftIn.model_construct(
        verdict=known,
        reason=kept.reason[:60],
        evidence=[eid[:200] for eid in kept.evidence[:50]],
        note=kept.note[:LONGEST_TYPED],
        explanation=kept.explanation[:LONGEST_TYPED],
        wording=kept.wording[:LONGEST_TYPED],
        second=bool(kept.second),
    )


def _filled(body: DecisionIn | DraftIn) -> Filled:
    told = body.note, body.explanation, body.wording
    return Filled(body.verdict, body.reason, tuple(body.evidence), *told, "1" * body.second)


@router.put("/cases/{case_id}/draft")
def keep_draft(visit: Reader, case_id: Number, body: DraftIn) -> DraftIn:
    """Keep what is filled in, and the case in hand; the answer is what is kept."""
    deeds.existing(visit, case_id)
    keep_filled(visit, case_id, _filled(body))
    return get_draft(visit, case_id)


@router.post("/cases/{case_id}/decisions", status_code=201)
def add_decision(visit: Reader, case_id: Number, body: DecisionIn) -> shapes.Made:
    """Record a verdict."""
    opened = open_case(visit, case_id)
    if opened.closed:
        raise HTTPException(409, f"This case is closed to you: {opened.closed}.")
    filled = _filled(body)
    warning = " ".join(doubts_of(visit, opened, filled))
    try:
        return shapes.Made(decision=record(visit, opened, filled, body.seen, body.shown), warning=warning)
    except decisions.DecisionRefused as refused:
        raise HTTPException(409, str(refused)) from None  # well formed, and against a rule of the desk


@router.post("/cases/{case_id}/practice")
def practise(visit: Reader, case_id: Number, body: PracticeIn) -> shapes.Practised:
    """Give a verdict on a golden case to test one's own eye; nobody else sees how it went."""
    meant = golden.read(visit.db, case_id, person=visit.name, verdict=body.verdict)
    if meant is None:
        raise HTTPException(404, f"Case {case_id} isn't golden.")
    return shapes.Practised(said=body.verdict, meant=Verdict(meant))


@router.post("/decisions/{decision_id}/undo")
def undo_decision(visit: Reader, decision_id: Number) -> shapes.TakenBack:
    """Take a verdict back; those that rest on it are reopened."""
    case_id = take_back(visit, decision_id)
    return shapes.TakenBack(case=case_id, reopened=decisions.reopened_beside(visit.db, case_id, person=visit.name))


@router.get("/cases/{case_id}/claimreview", response_model=dict[str, Any])
def claim_review(visit: Caller, case_id: Number, say: Tongue) -> Response:
    """The verdict as schema.org ClaimReview, where it is one on truth; its author is desk.publisher, if set."""
    found = answered(visit, case_id, say)
    if not found.on_truth:
        raise HTTPException(404, "No verdict on truth stands on this case.")
    told = answer.claim_review(found, say=say, desk=visit.settings)
    return Response(for_pages(told), media_type="application/json")


@router.get("/cases/{case_id}/reasons", response_model=shapes.Statement)
def statement_of_reasons(visit: Caller, case_id: Number, say: Tongue) -> dict[str, Any]:
    """The statement of reasons of the verdict."""
    found = answered(visit, case_id, say)
    return answer.reasons(found, say=say, desk=visit.settings)


@router.get("/evidence")
def search_evidence(visit: Caller, q: Annotated[str, Query(max_length=200)] = "") -> list[PassageRow]:
    """Passages and fact-checks that hold all the words."""
    return evidence.find_passages(visit.db, q) + factchecks.find(visit.db, q)


@router.get("/corrections")
def corrections(visit: Caller, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> list[trends.Correction]:
    """Verdicts that changed, newest first, fifty a page; /corrections.atom is the same as a feed."""
    return answer.corrections_page(visit.db, page)[: answer.A_PAGE]


@router.get("/trends", response_model=list[shapes.Month])
def trends_by_month(visit: Caller) -> list[dict[str, Any]]:
    """Cases by verdict and right, month by month; with the random sample, its interval, and how far readers agree."""
    sample = {s.month: s for s in (Share(*row) for row in trends.audit_sample(visit.db))}
    agreed = {a.month: a for a in agreement(trends.readings(visit.db))}
    found = {m.month: m for m in trends.months(visit.db)}
    return [
        {
            "month": month, "verdicts": dict(found[month].verdicts) if month in found else {},
            "rights": dict(found[month].rights) if month in found else {},
            "sample": _sample(sample[month]) if month in sample else None,
            "agreement": _agreed(agreed[month]) if month in agreed else None,
        }
        for month in sorted({*found, *sample, *agreed})
    ]  # fmt: skip


@router.get("/trends/weeks", response_model=shapes.Weeks)
def trends_by_week(visit: Caller) -> dict[str, Any]:
    """What came in, was decided, reopened and corrected week by week, and how many cases wait now."""
    return {"waiting": watching.waiting(visit.db), "weeks": weeks.weeks(visit.db)}


def _sample(share: Share) -> dict[str, Any]:
    return {"drawn": share.drawn, "n": share.n, "false_or_misleading": share.bad, "low": share.low, "high": share.high}


def _agreed(one: Agreed) -> dict[str, Any]:
    return {"n": one.n, "same": one.same, "kappa": one.kappa, "alpha": one.alpha, "kappa_span": one.kappa_span,
            "alpha_span": one.alpha_span}  # fmt: skip
