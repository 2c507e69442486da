"""The queue: what waits, by what a person filters for, and which case is theirs next."""

import re
import secrets
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import JSONResponse, Response

from pipeline.records import LANES, RIGHTS, SOURCE_KINDS, STATES, QueueItem, Verdict
from pipeline.store import cases, decisions, desk, drafts, golden, holds, moves
from pipeline.store.database import in_passing
from pipeline.store.desk import Filters
from pipeline.store.holds import Hold
from pipeline.store.posts import bare, written
from review import deeds
from review.access import Visit, address_parts, of_desk
from review.pages import Actor, Anyone, PageNo, Person, go, last_page, page, set_cookie
from review.toasts import number_in, toast
from review.words import midnight

router = APIRouter()
A_PAGE = 40  # cases a page: an hour's worth, and light
LONGEST_WORDS, LONGEST_ADDRESS = 200, 2000  # characters searched: a Vietnamese letter takes up to nine in an address
LONGEST_COOKIE = 3000  # characters: browsers keep no longer one than 4,096
QUEUE_COOKIE = "soi_queue"  # the queue as last seen: its filters, from which the next case is taken, and its page

CHOICES = {
    "lane": LANES, "state": STATES, "right": RIGHTS, "reason": desk.FLAGS,
    "kind": SOURCE_KINDS, "age": tuple(desk.AGES), "spread": desk.SPREADS, "verdict": tuple(Verdict),
    "order": ("priority", "oldest", "again"),
}  # fmt: skip

Lane = Literal["claims", "testimony", "audit"]
Searched = Annotated[str, Query(max_length=LONGEST_ADDRESS)]


def searched(q: str) -> str:
    """What is searched: words as many as are looked for, an address as a whole."""
    q = " ".join(q.split())
    return q[: LONGEST_ADDRESS if " " not in q and desk.spellings(q) else LONGEST_WORDS]


def filters_of(given: dict[str, str]) -> Filters:
    """The filters an address names; a value that isn't one of the choices is none, nor what only the decided have."""
    chosen = {name: given.get(name, "") for name in CHOICES}
    known = {name: value for name, value in chosen.items() if value in CHOICES[name]}
    if known.get("state") != "decided":
        known.pop("verdict", None)
        known = {name: value for name, value in known.items() if value != "again"}
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
    seen = filters_of(_last_seen(visit))
    return seen if lane in ("", seen.lane) else Filters(lane=lane)


def place_of(visit: Visit, case_id: int) -> str:
    """The address of a case's line in the queue as this browser last saw it."""
    seen = _last_seen(visit)
    number = number_in(seen.get("page", ""))
    return f"/?{_query(filters_of(seen), **({'page': number} if number else {}))}#case-{case_id}"


def _last_seen(visit: Visit) -> dict[str, str]:
    return dict(parse_qsl(visit.request.cookies.get(of_desk(QUEUE_COOKIE, visit.request), "")))


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
    pages = last_page(listing.matching, A_PAGE)
    if page_no > pages:
        return go(f"/?{_query(filters, page=pages)}")
    shown = [item.case_id for item in listing.items]
    held = holds.held(visit.db, shown)
    response = page(
        visit, "queue.html", filters=filters, listing=listing, held=held, page_no=page_no, a_page=A_PAGE, pages=pages,
        disputed=desk.disputed(visit.db) if visit.may("lead") and filters.state != "disputed" else {},
        counts=desk.counts(visit.db, filters, found=listing.found), choices=CHOICES, newest=desk.newest_case(visit.db),
        mine=_mine(visit), views=drafts.saved_views(visit.db, visit.name),
        address=lambda **kw: address_of(filters, **kw), numbered=cases.case(visit.db, number_in(filters.q)),
        nowhere=number_named(visit, filters.q) is not None,
        toast=toast(visit), rest="rest" in visit.request.query_params, all_taken="none" in visit.request.query_params,
        collected=collected(visit, filters, listing),
        no_claims=cases.no_claims(visit.db, shown), again=desk.came_again(visit.db, shown), longest=LONGEST_ADDRESS,
    )  # fmt: skip
    kept = filters if len(_query(filters)) < LONGEST_COOKIE else replace(filters, q="")
    seen = _query(kept, **({"page": page_no} if page_no > 1 else {}))
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
    ours, told = _host(parts.netloc) in ("", *map(_host, own)), address_parts(visit.settings.publish_url)
    found = re.match(r"/case/(\d+)\b", parts.path) if ours else None
    at, published = (_host(one.netloc).removeprefix("www.") for one in (parts, told))
    if published and at == published:  # where its answer stands
        found = found or re.fullmatch(rf"{re.escape(told.path.rstrip('/'))}/(\d+)/?", parts.path)
    found = found or re.fullmatch(r"(?:#|(?:vu|case) #?)(\d+)", bare(q))
    return number_in(found[1]) if found else None


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
    """What the person was handed, and what they put aside; what they are reading shows in the queue itself."""
    found = [hold for hold in holds.held_by(visit.db, visit.name) if hold.kind != "reading"]
    return with_cases(visit, sorted(found, key=lambda hold: not hold.given_by))


def with_cases(visit: Visit, held: list[Hold]) -> list[tuple[Hold, QueueItem]]:
    """Holds with their cases; without one whose case was merged away or erased."""
    found = [(hold, cases.case(visit.db, hold.case_id)) for hold in held]
    return [(hold, item) for hold, item in found if item]


@router.get("/live")
def live(visit: Person, after: Annotated[int, Query(ge=0, le=2**53)] = 0, lane: Lane = "claims") -> Response:
    """How many cases are newer than the newest one a page showed."""
    n = desk.came_after(visit.db, after, lane)
    text = visit.say.ngettext("{n} new case", "{n} new cases", n).format(n=visit.say.number(n))
    return JSONResponse({"new": n, "text": text})


@router.get("/next")
@router.get("/views")
@router.get("/decision/{number}/undo")
@router.get("/move/{number}/undo")
def back_to_queue(visit: Person) -> Response:
    """The queue: a page that refused a deed has such an address."""
    return go("/")


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
    limit = int(visit.pref("limit", 0))
    today = decisions.made_since(visit.db, visit.name, midnight())
    return page(
        visit, "mine.html", made=made, mine=_mine(visit), given=given, half=half, passages=passages, limit=limit,
        today=today,
    )  # fmt: skip


def half_filled(visit: Visit) -> list[QueueItem]:
    """The cases on which somebody filled something in and didn't send it; where they decide nothing more, more than a
    verdict: words can still be kept there."""
    found = [cases.case(visit.db, number) for number in drafts.half_filled(visit.db, visit.name)]
    return [item for item in found if item and (not deeds.closed(item, visit.who) or _words(visit, item))]


def _words(visit: Visit, item: QueueItem) -> bool:
    kept = drafts.drafted(visit.db, visit.name, item.case_id)
    return any(kept.get(name) for name in ("note", "changed", "text"))
