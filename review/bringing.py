"""Where a claim is brought in that no crawl collected, and where it is chosen from the sentences of a post."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from pipeline.store import cases, desk, posts, tips
from review import chosen, deeds, refusals
from review.access import Visit
from review.errors import OTHER_PAGE, Fields, too_long
from review.pages import Actor, LongText, Number, Person, Reader, go, page, said_of
from review.queue import LONGEST_ADDRESS, Searched
from review.refusals import Problem
from review.toasts import toast

router = APIRouter()


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
        out = deeds.may_take_out_unread(visit, post_id)
        return page(visit, "bring.html", status=202, post=waiting, toast=None, problem=None, out=out)
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


@router.get("/posts/{post_id}/out")
def back_to_choosing(visit: Person, post_id: Number) -> Response:
    """The page whose form takes a post out, or its case: a page that refused it has such an address."""
    return go(f"/posts/{post_id}/case")


@router.post("/posts/{post_id}/out")
def take_out_unread(visit: Actor, post_id: Number, after: BackgroundTasks) -> Response:
    """Take out what was brought in by mistake, before the machine reads it; what it read stays, which its case says."""
    try:
        deeds.take_out_unread(visit, post_id, after)
    except refusals.Refused:
        return go(f"/case/{cases.case_of(visit.db, post_id)}?out=no")
    return go(f"/bring?out={post_id}")
