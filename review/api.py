"""The JSON API: what the pages do, by token, described by /api/openapi.json."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks, Depends, Path, Query, Request
from fastapi.responses import Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, field_validator
from starlette.exceptions import HTTPException

from pipeline.claimreview import for_pages
from pipeline.records import CaseEvent, EvidenceRow, PassageRow, QueueItem, ScoreRow, Verdict, Version
from pipeline.store import (
    Database,
    audit,
    cases,
    decisions,
    desk,
    drafts,
    evidence,
    factchecks,
    golden,
    moves,
    people,
    posts,
    reading,
    tips,
    trends,
)
from pipeline.store.desk import Filters
from pipeline.store.holds import Hold
from pipeline.store.notes import Note
from pipeline.store.pieces import ERASED
from review import answer, chosen, deeds, refusals, shapes
from review.access import Locked, NotAllowed, SignInNeeded, Visit, language_of, lend_store
from review.deciding import Filled, doubts_of, keep_filled, record, stood_again, take_back
from review.errors import NO_ROLE
from review.opened import history_of, open_case, unseen
from review.pages import LONGEST_TYPED, Number, lines
from review.pulse import Agreed, Share, agreement
from review.queue import A_PAGE, CHOICES, LONGEST_ADDRESS, Lane, Searched, case_named, collected, filters_of, searched
from review.words import Words, words


class Problem(BaseModel):
    """Why something wasn't done, in a sentence."""

    detail: str


class Fault(BaseModel):
    """A value that is missing or not as expected."""

    loc: list[str | int] = Field(description="Where it stands: body, query or path, then its name")
    msg: str
    type: str


class Faults(BaseModel):
    """What was wrong with the values sent, or a sentence."""

    detail: list[Fault] | str


WHY = {
    400: "The body can't be read.",
    401: "No token was sent, or one that is unknown or has ended; or the desk is locked.",
    403: NO_ROLE,
    404: "There is nothing of this number or name; of a case that was merged away, where its posts are.",
    405: "This address isn't used that way; Allow names the ways.",
    409: "A rule of the desk stands against it, which the sentence tells; or the case has changed.",
    413: "The body is larger than a megabyte.",
    415: "The body isn't said to be JSON.",
    422: "A value is missing or not as expected.",
    500: "Something went wrong on our side; it is written in the log.",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"model": Faults if code == 422 else Problem, "description": said} for code, said in WHY.items()
}
_WAIT = {"description": "In how many seconds it is worth another try", "schema": {"type": "integer"}}
OFTEN: dict[int | str, dict[str, Any]] = {
    429: {"model": Problem, "description": "Too often, or too many at a time.", "headers": {"Retry-After": _WAIT}}
}
router = APIRouter(prefix="/api/v1", tags=["desk"], responses=PROBLEMS)


def of_token(request: Request, db: Database, token: str) -> Visit:
    """Whoever a token speaks for; nobody while the desk is locked, which an administrator opens on its page."""
    person = people.token_person(db, token.strip()) if token.isascii() else None
    if person is None:
        raise SignInNeeded
    if audit.locked(db):
        raise Locked
    return Visit(request, db, request.app.state.settings, person, "", words(language_of(request, person)))


def by_token(
    request: Request,
    db: Annotated[Database, Depends(lend_store)],
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
) -> Visit:
    """Whoever the token of a call speaks for."""
    return of_token(request, db, given.credentials if given else "")


Caller = Annotated[Visit, Depends(by_token)]


def reader(visit: Caller) -> Visit:
    """A caller whose role may decide."""
    if not visit.decides:
        raise NotAllowed
    return visit


Reader = Annotated[Visit, Depends(reader)]
Name = Annotated[str, Path(min_length=1, max_length=40)]


def tongue(language: Literal["vi", "en"] = "vi") -> Words:
    """The language that an answer to the world is written in."""
    return words(language)


Tongue = Annotated[Words, Depends(tongue)]


class Body(BaseModel):
    """A body without surprises."""

    model_config = ConfigDict(extra="forbid")
    _lines = field_validator("*", mode="before")(lines)


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


class Opened(BaseModel):
    """A case, and whether it is new."""

    case: int
    opened: bool


class BroughtIn(BaseModel):
    """A post that was brought in and is in no case: the next scoring opens it, and the same call tells of it then."""

    post: int


class Made(BaseModel):
    """The number of a new decision, and what there is to be careful about."""

    decision: int
    warning: str = ""


class Queue(BaseModel):
    """A page of the queue and what is around it."""

    matching: int
    in_lane: int = Field(description="All that the lane holds to be decided")
    oldest: str = Field(description="UTC: since when the longest-waiting of the lane has waited, whatever is filtered")
    cut: bool = Field(description="The search found more than it looked through")
    counts: dict[str, dict[str, int]]
    cases: list[QueueItem]
    collected: list[desk.Collected] = Field(description="Posts in no case that hold what is sought, where no case does")


@dataclass(frozen=True, slots=True)
class Passage(EvidenceRow):
    """A passage beside a case; the offsets of its slots point into its reading."""

    reading: str = ""


@dataclass(frozen=True, slots=True)
class PostVersion(Version):
    """A version of a post; the offsets of a score point into its reading: title, lead and text."""

    reading: str = ""


class CaseFile(BaseModel):
    """A case with what one needs to read it."""

    case: QueueItem
    evidence: list[Passage]
    closed: str = Field(
        description="Why you can't decide it: role, held, free, waiting, lead, decided; empty when you can"
    )
    blind: bool = Field(description="You read it second: earlier verdicts are out of sight")
    seen: int = Field(description="To be sent with a decision: a newer event refuses that")
    shown: dict[str, str] = Field(
        description="Likewise: marks of the claim (under an empty name) and of its evidence as told here"
    )
    hold: Hold | None
    posts: list[reading.CasePost] = Field(description="The first twenty")
    history: list[CaseEvent] = Field(description="What was decided, the oldest first")
    score: ScoreRow | None
    practice: bool
    earlier: list[reading.Like] = Field(description="Decided cases like it")
    alike: list[reading.Like] = Field(description="Undecided ones")
    unknown: list[str] = Field(description="What the model doesn't know, in your language")
    moves: list[moves.Move]
    notes: list[Note]


class PostFile(BaseModel):
    """A post of a case with all its versions."""

    post: reading.CasePost
    versions: list[PostVersion]


class Practised(BaseModel):
    """A practice reading beside the golden verdict; it decides nothing."""

    said: Verdict
    meant: Verdict


OF_SEARCH = "Words (200 characters), a post's address, or a case as people name it"


def _choice(name: str, **told: Any) -> Any:
    """One of a filter's values, or none."""
    return Query(pattern=f"^({'|'.join(CHOICES[name])})?$", **told)


def filters_named(given: Mapping[str, str]) -> Filters:
    """The filters that a program names; a misspelt one is refused, as it would hide nothing."""
    for name in given.keys() - {*CHOICES, "q", "page"}:
        raise HTTPException(422, f"There is no filter {name}.")
    for name, value in given.items():
        if value and value not in CHOICES.get(name, (value,)):
            raise HTTPException(422, f"The filter {name} is one of {', '.join(CHOICES[name])}.")
    q = given.get("q", "")
    if len(kept := searched(q)) < len(" ".join(q.split())):
        raise HTTPException(422, f"The search takes at most {len(kept)} characters of words.")
    return filters_of({**given, "state": "decided" if given.get("verdict") else given.get("state", "")})


def sought(
    request: Request,
    visit: Caller,
    lane: Lane = "claims",
    state: Annotated[str, _choice("state")] = "",
    right: Annotated[str, _choice("right")] = "",
    reason: Annotated[str, _choice("reason")] = "",
    kind: Annotated[str, _choice("kind")] = "",
    age: Annotated[str, _choice("age")] = "",
    spread: Annotated[str, _choice("spread")] = "",
    verdict: Annotated[str, _choice("verdict", description="Of the decided cases, whatever the state")] = "",
    order: Literal["priority", "oldest"] = "priority",
    q: Annotated[str, Query(max_length=LONGEST_ADDRESS, description=OF_SEARCH)] = "",
) -> Filters:
    """The filters that a call names."""
    filters = filters_named({
        **request.query_params, "lane": lane, "state": state, "right": right, "reason": reason, "kind": kind,
        "age": age, "spread": spread, "verdict": verdict, "order": order, "q": q,
    })  # fmt: skip
    named = case_named(visit, filters.q)
    return replace(filters, q=f"#{named}") if named else filters


Sought = Annotated[Filters, Depends(sought)]


@router.get("/cases")
def list_cases(visit: Caller, filters: Sought, page: Annotated[int, Query(ge=1, le=1000)] = 1) -> Queue:
    """The queue, filtered, forty cases a page, with how many cases each choice of a filter would show. What is decided
    between two calls moves the rest: read from page 1 again until nothing new comes."""
    found = desk.listing(visit.db, filters, limit=A_PAGE, offset=(page - 1) * A_PAGE)
    return Queue(
        matching=found.matching, in_lane=found.in_lane, oldest=found.oldest, cut=found.cut,
        counts=desk.counts(visit.db, filters, found=found.found), cases=[unseen(visit, item) for item in found.items],
        collected=collected(visit, filters, found),
    )  # fmt: skip


@router.post("/cases", status_code=201, responses=OFTEN | {200: {"model": Opened}, 202: {"model": BroughtIn}})
def open_by_hand(visit: Reader, body: Tip, response: Response) -> Opened | BroughtIn:
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
        return BroughtIn(post=post)
    response.status_code = 201 if opened else 200
    return Opened(case=case, opened=opened)


@router.delete("/posts/{post_id}")
def take_out_unread(visit: Reader, post_id: Number, after: BackgroundTasks) -> BroughtIn:
    """Take out what was brought in by mistake and is in no case yet, words and all."""
    deeds.take_out_unread(visit, post_id, after)
    return BroughtIn(post=post_id)


@router.get("/posts/{post_id}/sentences")
def sentences(visit: Caller, post_id: Number, q: Searched = "") -> list[deeds.Sentence]:
    """The sentences of a post in no case, to choose the claim from; the one that holds the words `q` comes first."""
    if known := cases.case_of(visit.db, post_id):
        raise HTTPException(409, f"Post {post_id} is in case {known}.")
    return deeds.sentences_of(visit, post_id, q=q)[1]


@router.get("/cases/{case_id}")
def get_case(visit: Caller, case_id: Number, practice: bool = False) -> CaseFile:
    """A case with its evidence and posts; opening it takes it in hand, as on the page. Golden ones can be practised."""
    opened = open_case(visit, case_id, practice=practice)
    blind, like = opened.blind, reading.like(visit.db, case_id, opened.evidence)
    return CaseFile(
        case=opened.item, evidence=[Passage(**asdict(e), reading=e.reading) for e in opened.evidence],
        closed=opened.closed, blind=opened.blind, seen=opened.seen,
        shown=opened.shown, hold=opened.hold,
        posts=reading.case_posts(visit.db, case_id), score=opened.score,
        history=opened.history,
        practice=opened.practice, earlier=[] if blind else [one for one in like if one.state == "decided"],
        alike=[one for one in like if one.state != "decided"],
        unknown=visit.say.unknown(opened.score, opened.evidence, beside=opened.beside),
        moves=moves.moves_of(visit.db, case_id), notes=opened.notes,
    )  # fmt: skip


@router.get("/cases/{case_id}/posts")
def posts_of_case(
    visit: Caller, case_id: Number, page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> list[reading.CasePost]:
    """Every post of a case, a hundred a page."""
    deeds.existing(visit, case_id)
    return reading.case_posts(visit.db, case_id, limit=100, offset=(page - 1) * 100)


@router.get("/cases/{case_id}/posts/{post_id}")
def post_of_case(visit: Caller, case_id: Number, post_id: Number) -> PostFile:
    """A post with all its versions; offsets of a score point into a version's `reading`: title, lead and text."""
    deeds.existing(visit, case_id)
    found = reading.case_post(visit.db, case_id, post_id)
    if found is None:
        raise HTTPException(404, f"There is no post {post_id} in case {case_id}.")
    versions = [PostVersion(**asdict(one), reading=one.reading) for one in posts.versions_of(visit.db, post_id)]
    return PostFile(post=found, versions=versions)


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
    return {"markdown": answer.markdown(found, say=say, signed=visit.settings.signature)}


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
def add_decision(visit: Reader, case_id: Number, body: DecisionIn) -> Made:
    """Record a verdict."""
    opened = open_case(visit, case_id)
    if opened.closed:
        raise HTTPException(409, f"This case is closed to you: {opened.closed}.")
    filled = _filled(body)
    warning = " ".join(doubts_of(visit, opened, filled))
    try:
        return Made(decision=record(visit, opened, filled, body.seen, body.shown), warning=warning)
    except decisions.DecisionRefused as refused:
        raise HTTPException(409, str(refused)) from None  # well formed, and against a rule of the desk


@router.post("/cases/{case_id}/practice")
def practise(visit: Reader, case_id: Number, body: PracticeIn) -> Practised:
    """Give a verdict on a golden case to test one's own eye; nobody else sees how it went."""
    meant = golden.read(visit.db, case_id, person=visit.name, verdict=body.verdict)
    if meant is None:
        raise HTTPException(404, f"Case {case_id} isn't golden.")
    return Practised(said=body.verdict, meant=Verdict(meant))


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


def _sample(share: Share) -> dict[str, Any]:
    return {"drawn": share.drawn, "n": share.n, "false_or_misleading": share.bad, "low": share.low, "high": share.high}


def _agreed(one: Agreed) -> dict[str, Any]:
    return {"n": one.n, "same": one.same, "kappa": one.kappa, "alpha": one.alpha}
