"""The queue: what waits, by what a person filters for, and which case is theirs next."""

import re
import secrets
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, BackgroundTasks, Form, Query
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from pipeline.records import LANES, RIGHTS, SOURCE_KINDS, STATES, QueueItem, Verdict
from pipeline.store import audit, cases, decisions, desk, drafts, golden, holds, moves, posts, tips
from pipeline.store.database import in_passing
from pipeline.store.desk import Filters
from pipeline.store.holds import Hold
from pipeline.store.posts import bare, written
from review import chosen, deeds, refusals
from review.access import Visit, address_parts, of_desk
from review.errors import OTHER_PAGE, Fields, too_long
from review.names import N_
from review.pages import (
    Actor,
    Anyone,
    LongText,
    Number,
    PageNo,
    Person,
    Reader,
    go,
    last_page,
    page,
    said_of,
    set_cookie,
)
from review.refusals import Problem
from review.words import midnight

router = APIRouter()
A_PAGE = 40  # cases a page: an hour's worth, and light
LONGEST_WORDS, LONGEST_ADDRESS = 200, 2000  # characters searched: a Vietnamese letter takes up to nine in an address
LONGEST_COOKIE = 3000  # characters: browsers keep no longer one than 4,096
QUEUE_COOKIE = "soi_queue"  # the filters of the queue as the browser last saw it: what the next case is taken from

CHOICES = {
    "lane": LANES, "state": STATES, "right": RIGHTS, "reason": desk.FLAGS,
    "kind": SOURCE_KINDS, "age": tuple(desk.AGES), "spread": desk.SPREADS, "verdict": tuple(Verdict),
    "order": ("priority", "oldest"),
}  # fmt: skip

Lane = Literal["claims", "testimony", "audit"]
Searched = Annotated[str, Query(max_length=LONGEST_ADDRESS)]


def searched(q: str) -> str:
    """What is searched: words as many as are looked for, an address as a whole."""
    q = " ".join(q.split())
    return q[: LONGEST_ADDRESS if " " not in q and desk.spellings(q) else LONGEST_WORDS]


def filters_of(given: dict[str, str]) -> Filters:
    """The filters an address names; a value that isn't one of the choices is none, nor a verdict on the undecided."""
    chosen = {name: given.get(name, "") for name in CHOICES}
    known = {name: value for name, value in chosen.items() if value in CHOICES[name]}
    if known.get("state") != "decided":
        known.pop("verdict", None)
    return Filters(**known, q=searched(given.get("q", "")))


def address_of(filters: Filters, **changes: Any) -> str:
    """The queue's address with these filters."""
    query = _query(replace(filters, **changes))
    return f"/?{query}" if query else "/"


def address_of_view(filters: Filters) -> str:
    """The address of filters as it may be kept: what is searched without numbers and addresses of persons."""
    return address_of(filters, q=written(filters.q))


def _query(filters: Filters, **more: object) -> str:
    """Filters as the query of an address, and what else it should say."""
    plain, named = Filters(), {name: getattr(filters, name) for name in (*CHOICES, "q")}
    return urlencode({**{name: value for name, value in named.items() if value != getattr(plain, name)}, **more})


def last_filters(visit: Visit, lane: str = "") -> Filters:
    """The filters of the queue as this browser last saw it; all of a lane where that was another one."""
    seen = filters_of(dict(parse_qsl(visit.request.cookies.get(of_desk(QUEUE_COOKIE, visit.request), ""))))
    return seen if lane in ("", seen.lane) else Filters(lane=lane)


@router.get("/")
def queue(visit: Person, page_no: PageNo = 1) -> Response:
    """Cases by priority, with what the filters hide; #number, *Vụ* and number, its address or that of a post opens a
    case, a number alone is a word like others, with the case offered beside what it finds."""
    filters = filters_of(dict(visit.request.query_params))
    if case_named(visit, filters.q):
        return go(f"/case/{number_named(visit, filters.q)}")
    if at := _case_at(visit, filters.q):
        return go(f"/case/{at}")
    if not visit.only_looks:
        with in_passing(visit.db):
            holds.leave(visit.db, visit.name)
    listing = desk.listing(visit.db, filters, limit=A_PAGE, offset=(page_no - 1) * A_PAGE)
    if page_no > last_page(listing.matching, A_PAGE):
        return go(f"/?{_query(filters, page=last_page(listing.matching, A_PAGE))}")
    held = holds.held(visit.db, [item.case_id for item in listing.items])
    response = page(
        visit, "queue.html", filters=filters, listing=listing, held=held, page_no=page_no, a_page=A_PAGE,
        counts=desk.counts(visit.db, filters, found=listing.found), choices=CHOICES, newest=desk.newest_case(visit.db),
        mine=_mine(visit), views=drafts.saved_views(visit.db, visit.name),
        address=lambda **kw: address_of(filters, **kw), numbered=cases.case(visit.db, _number(filters.q)),
        nowhere=number_named(visit, filters.q) is not None,
        toast=toast(visit), rest="rest" in visit.request.query_params, all_taken="none" in visit.request.query_params,
        collected=collected(visit, filters, listing),
        no_claims=cases.no_claims(visit.db, [item.case_id for item in listing.items]), longest=LONGEST_ADDRESS,
    )  # fmt: skip
    seen = _query(filters) if len(_query(filters)) < LONGEST_COOKIE else _query(replace(filters, q=""))
    if seen != visit.request.cookies.get(of_desk(QUEUE_COOKIE, visit.request), ""):
        set_cookie(visit, response, of_desk(QUEUE_COOKIE, visit.request), seen)
    return response


def case_named(visit: Visit, q: str) -> int:
    """The case that a search names; of one that was merged away, where its posts went; 0 for none."""
    number = number_named(visit, q) or 0
    return number if cases.case(visit.db, number) else moves.went_to(visit.db, number) or 0


def _case_at(visit: Visit, q: str) -> int:
    """The one case of what stands at an address; 0 where it has none or several, or more than the address is sought."""
    at = desk.cases_at(visit.db, q) if " " not in q else []
    return at[0] if len(at) == 1 else 0


def number_named(visit: Visit, q: str) -> int | None:
    """The number of a case, there or not, as people send it on: #12, Vụ 12, case 12 or the address of its page."""
    parts = address_parts(q if re.match(r"(?i)https?://|/", q) else f"//{q}")
    own = (visit.request.url.netloc, address_parts(visit.settings.address).netloc)
    ours = _host(parts.netloc) in ("", *map(_host, own))
    found = re.match(r"/case/(\d+)\b", parts.path) if ours else None
    found = found or re.fullmatch(r"(?:#|(?:vu|case) #?)(\d+)", bare(q))
    return _number(found[1]) if found else None


def case_meant(visit: Visit, text: str) -> int:
    """The case that somebody names where a case is asked for: by its number alone, or as a search does; 0 for none."""
    return case_named(visit, f"#{text.strip()}") or case_named(visit, text.strip())


def _host(netloc: str) -> str:
    """A host in small letters, without a port that goes without saying."""
    return re.sub(r":(80|443)?$", "", netloc.lower())


def collected(visit: Visit, filters: Filters, listing: desk.Listing) -> list[desk.Collected]:
    """Posts in no case that hold what is searched, where no case does."""
    if not filters.q or listing.matching or listing.elsewhere:
        return []
    return desk.collected(visit.db, filters.q)


def _mine(visit: Visit) -> list[tuple[Hold, QueueItem]]:
    """What the person was handed or parked; what they are reading shows in the queue itself."""
    return with_cases(visit, [hold for hold in holds.held_by(visit.db, visit.name) if hold.kind != "reading"])


def with_cases(visit: Visit, held: list[Hold]) -> list[tuple[Hold, QueueItem]]:
    """Holds with their cases; without one whose case was merged away or erased."""
    found = [(hold, cases.case(visit.db, hold.case_id)) for hold in held]
    return [(hold, item) for hold, item in found if item]


@router.get("/posts/{post_id}/case")
def choose_claim(visit: Reader, post_id: Number, q: Searched = "") -> Response:
    """The sentences of a collected post, to say which of them is the claim of its case."""
    return _choose(visit, post_id, q=q)


@router.get("/bring")
def bring_form(visit: Reader, q: Searched = "") -> Response:
    """Where a claim is brought in that no crawl collected; an address that was searched is filled in, if not cut."""
    url = q if len(q) < LONGEST_ADDRESS and desk.address_as_kept(q) else ""
    return _bring_page(visit, url=url)


def _bring_page(
    visit: Visit, *, url: str, text: str = "", problem: Problem | None = None, restored: bool = False
) -> Response:
    return page(
        visit, "bring.html", status=422 if problem else 200, text=text, url=url, problem=problem, post=None,
        waiting=tips.brought_waiting(visit.db), longest=tips.BROUGHT_LONGEST, toast=toast(visit), restored=restored,
    )  # fmt: skip


def put_back(visit: Visit, target: str, fields: Fields, *, problem: Problem | None = None) -> Response | None:
    """The page of a form that no draft keeps, with what was half written in it and a `problem` or that it is back; None
    where it is another page, or can't be shown, as to whose role it isn't for."""
    text, url, words, q = (next(iter(fields.get(name, ())), "") for name in ("text", "url", "words", "q"))
    found = OTHER_PAGE.fullmatch(target)
    if found is None or not visit.decides:
        return None
    if not found[1]:
        return _bring_page(visit, text=text, url=url, problem=problem, restored=not problem)
    try:
        q = q[:LONGEST_ADDRESS]
        return _choose(visit, int(found[1]), q=q, words=words, problem=problem, restored=not problem)
    except (HTTPException, refusals.Refused):
        return None


@router.post("/bring")
def bring_in(
    visit: Actor,
    text: LongText = "",
    url: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Bring a claim in; the machine reads it first, unless the post at its address is known."""
    if len(text) > tips.BROUGHT_LONGEST:
        return _bring_page(visit, text=text, url=url, problem=too_long(visit, "text", tips.BROUGHT_LONGEST))
    try:
        return go(f"/posts/{deeds.bring_in(visit, text=text, url=url)}/case")
    except refusals.Refused as refused:
        return _bring_page(visit, text=text, url=url, problem=said_of(visit, refused))


def _choose(
    visit: Visit, post_id: int, *, q: str, words: str = "", problem: Problem | None = None, restored: bool = False
) -> Response:
    known = cases.case_of(visit.db, post_id)
    if known:
        return go(f"/case/{known}")
    try:
        post, said = deeds.sentences_of(visit, post_id, q=q)
    except refusals.Unread:
        if not tips.is_brought(visit.db, post_id):
            raise
        waiting = posts.versions_of(visit.db, post_id)[-1]
        return page(visit, "bring.html", status=202, post=waiting, toast=None, problem=None)
    return page(
        visit, "choose.html", status=422 if problem else 200, post=post, q=q, words=words, problem=problem,
        said=said[: chosen.MOST], more=len(said) > chosen.MOST, longest=chosen.LONGEST, restored=restored,
    )  # fmt: skip


@router.post("/posts/{post_id}/case")
def open_by_hand(
    visit: Actor,
    post_id: Number,
    claim: Annotated[str, Form(max_length=20_000)] = "",
    words: LongText = "",
    q: Annotated[str, Form(max_length=LONGEST_ADDRESS)] = "",
) -> Response:
    """Open a case on a collected post, or go to the one it stands in; what was pasted comes before what was ticked, and
    nothing is opened where neither was."""
    if len(words) > chosen.LONGEST:
        return _choose(visit, post_id, q=q, words=words, problem=too_long(visit, "words", chosen.LONGEST))
    if not words.strip() and not claim:
        return _choose(visit, post_id, q=q, problem=Problem(visit.say.gettext(refusals.UNCHOSEN)))
    try:
        return go(f"/case/{deeds.open_by_hand(visit, post_id, words.strip() or claim)[0]}")
    except refusals.ClaimRefused as refused:
        return _choose(visit, post_id, q=q, words=words, problem=said_of(visit, refused))


@router.post("/posts/{post_id}/out")
def take_out_unread(visit: Actor, post_id: Number, after: BackgroundTasks) -> Response:
    """Take out what was brought in by mistake, before the machine reads it; what it read stays, which its case says."""
    try:
        deeds.take_out_unread(visit, post_id, after)
    except refusals.Refused:
        return go(f"/case/{cases.case_of(visit.db, post_id)}?out=no")
    return go(f"/bring?out={post_id}")


@router.get("/live")
def live(visit: Person, after: Annotated[int, Query(ge=0, le=2**53)] = 0, lane: Lane = "claims") -> Response:
    """How many cases are newer than the newest one a page showed."""
    n = desk.came_after(visit.db, after, lane)
    text = visit.say.ngettext("{n} new case", "{n} new cases", n).format(n=visit.say.number(n))
    return JSONResponse({"new": n, "text": text})


@router.post("/next")
def next_case(visit: Actor, within: Annotated[str, Form(max_length=9 * LONGEST_ADDRESS + 1000)] = "") -> Response:
    """The next case worth an hour that nobody has in hand, of those that the queue shows."""
    return go(next_address(visit, filters_of(dict(parse_qsl(within)))))


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next for a person: a case, a golden one to practise on, or a rest."""

    case: int | None = None
    practice: bool = False
    rest: bool = False  # the limit they set for the day is reached


def choose_next(visit: Visit, filters: Filters) -> Next:
    """Hold the next case, unless today's limit is reached or a golden case is drawn."""
    minutes, limit = visit.settings.hold_minutes, int(visit.pref("limit", 0))
    if limit and decisions.made_since(visit.db, visit.name, midnight()) >= limit:
        return Next(rest=True)
    trial = golden.unread(visit.db, visit.name) if visit.pref("practice") and secrets.randbelow(10) == 0 else None
    if trial:
        return Next(trial, practice=True)
    among = desk.among(visit.db, filters)
    found = holds.next_case(visit.db, visit.name, minutes=minutes, among=among, lead=visit.may("lead"))
    holds.leave(visit.db, visit.name, but=found or 0)
    return Next(found)


def next_address(visit: Visit, filters: Filters, **query: object) -> str:
    """Where the next case is; the queue, saying why, when there is none."""
    found = choose_next(visit, filters)
    if found.case is None:
        return f"/?{_query(filters, **query, **{'rest' if found.rest else 'none': 1})}"
    words = {**query, **({"practice": 1} if found.practice else {})}
    return f"/case/{found.case}?{urlencode(words)}" if words else f"/case/{found.case}"


@router.post("/views")
def save_view(
    visit: Anyone,
    name: Annotated[str, Form()] = "",
    query: Annotated[str, Form()] = "",
    forget: Annotated[str, Form()] = "",
) -> Response:
    """Keep the present filters under a name, or forget a view."""
    address = address_of_view(filters_of(dict(parse_qsl(query.removeprefix("/?")))))
    name = name.strip() if forget else name.strip()[:40].strip()  # where a number was taken out it is longer
    if not name:
        return go(address)
    drafts.save_view(visit.db, visit.name, name, "" if forget else address)
    return go("/?told=forgotten" if forget else f"{address}{'&' if '?' in address else '?'}told=view")


@router.get("/mine")
def mine(visit: Person) -> Response:
    """What one was handed, put aside, handed over or half filled in, and one's last decisions.

    What one did can be taken back.
    """
    made, given = decisions.recent(visit.db, visit.name), with_cases(visit, holds.handed_by(visit.db, visit.name))
    half = half_filled(visit)
    passages = {item.case_id for item in half if drafts.drafted(visit.db, visit.name, item.case_id).get("text")}
    return page(visit, "mine.html", made=made, mine=_mine(visit), given=given, half=half, passages=passages)


def half_filled(visit: Visit) -> list[QueueItem]:
    """The cases on which somebody filled something in and didn't send it; where they decide nothing more, more than a
    verdict: words can still be kept there."""
    found = [cases.case(visit.db, number) for number in drafts.half_filled(visit.db, visit.name)]
    return [item for item in found if item and (not deeds.closed(item, visit.who) or _words(visit, item))]


def _words(visit: Visit, item: QueueItem) -> bool:
    kept = drafts.drafted(visit.db, visit.name, item.case_id)
    return any(kept.get(name) for name in ("note", "changed", "text"))


TOLD = {  # by what an address says: the deed in the audit log, and its words
    "verdict": ("undo", N_("The verdict is taken back.")),
    "hand": ("undo hand over", N_("The hand-over is taken back.")),
    "word": ("undo hand over", N_("The hand-over is taken back; its word stays among the notes.")),
    "aside": ("release", N_("It is in your hands again.")),
    "aside-word": ("release", N_("It is in your hands again; its word stays among the notes.")),
    "reopened": ("reopen", N_("The case is open again.")),
    "beside": ("evidence added", N_("The passage stands beside the case.")),
    "unlinked": ("evidence unlinked", N_("The passage is taken from the case.")),
    "note": ("note", N_("The note is kept on the case.")),
    "golden": ("golden", N_("This is a golden case now.")),
    "ordinary": ("not golden", N_("This is an ordinary case again.")),
}  # fmt: skip
TOLD_OF_VIEWS = {"view": N_("The view is kept."), "forgotten": N_("The view is forgotten.")}  # which no log has


def toast(visit: Visit, case_id: int = 0) -> dict[str, object] | None:
    """What this person just did, to be taken back while it is fresh, or took back; or how a practice reading went."""
    given = visit.request.query_params
    said, meant = given.get("said", ""), given.get("meant", "")
    if said in set(Verdict) and meant in set(Verdict):
        return {"said": said, "meant": meant}
    if not case_id and (of_view := TOLD_OF_VIEWS.get(given.get("told", ""))):
        return {"told": of_view, "reopened": []}
    deed, words = TOLD.get(given.get("told", ""), ("", ""))
    if deed and audit.last_deed(visit.db, case_id) == (visit.name, deed):
        beside = decisions.reopened_beside(visit.db, case_id, person=visit.name) if deed in ("undo", "reopen") else []
        return {"told": words, "reopened": beside}
    if given.get("out") == "no" and any(tips.is_brought(visit.db, post) for post in cases.posts_of(visit.db, case_id)):
        return {"out": False}
    taken = audit.last_deed(visit.db, _number(given.get("out", "")))
    if taken in {(visit.name, "take out"), (visit.name, "take out unread")}:
        return {"out": True}
    if merged := _merged(visit, _number(given.get("merged", "")), case_id):
        return {"merged": merged}
    freed = _number(given.get("freed", ""))
    if freed and not holds.holder(visit.db, freed):
        return {"freed": freed}
    if not visit.decides:  # the rest tells of what one may take back
        return None
    hold = holds.holder(visit.db, _number(given.get("aside", "")))
    if hold and visit.name == {"handed": hold.given_by, "parked": hold.person}.get(hold.kind):
        return {"hold": hold}
    moved = moves.move(visit.db, _number(given.get("moved", "")))
    if moved and moved.person == visit.name and not moved.undone:
        return {"move": moved}
    found = decisions.decision(visit.db, _number(given.get("done", "")))
    mine = found is not None and found.person == visit.name and not (found.undone or found.replaced)
    return {"made": found} if mine else None


def _merged(visit: Visit, number: int, into: int) -> str:
    """That the posts of a case are in the one its old address led to; "" where they aren't."""
    if not number or moves.went_to(visit.db, number) != into:
        return ""
    return refusals.MergedAway(number, into).told(visit.say.gettext(refusals.MERGED))


def _number(text: str) -> int:
    """A row's number in an address; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
