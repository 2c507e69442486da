"""The pages and files that answer to the world."""

import base64
import contextlib
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from pipeline.claimreview import for_pages
from review import answer
from review.access import SignInNeeded, TokenNeeded, Visit, anybody
from review.api import answered
from review.calls import of_token
from review.names import N_
from review.pages import Number, PageNo, Person, page
from review.words import LANGUAGES, Words, words

LOOKED_AT = N_("The desk is looking at this case, or at it again; its answer stands here once there is a verdict.")
router = APIRouter()


def subscriber(request: Request, visit: Annotated[Visit, Depends(anybody)]) -> Visit:
    """Somebody signed in, or a feed reader that sends a token: as Bearer, or as the password of HTTP Basic."""
    if visit.person:
        return visit
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        with contextlib.suppress(ValueError):
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
    try:
        return of_token(request, visit.db, given)
    except SignInNeeded:
        raise TokenNeeded from None


def _tongue(visit: Visit, lang: str) -> Words:
    return words(lang) if lang in LANGUAGES else visit.say


@router.get("/case/{case_id}/brief")
def brief(visit: Person, case_id: Number, lang: str = "") -> Response:
    """The one-page rebuttal, fit to be printed."""
    say = _tongue(visit, lang)
    found = answered(visit, case_id, say, none=LOOKED_AT)
    corrected = answer.corrected(found, say=say)
    few = answer.few(found, say=say)
    return page(replace(visit, say=say), "brief.html", brief=found, corrected=corrected, few=few, object=answer.OBJECT)


@router.get("/case/{case_id}/brief.md")
def brief_markdown(visit: Person, case_id: Number, lang: str = "") -> Response:
    """The rebuttal as Markdown."""
    say = _tongue(visit, lang)
    text = answer.markdown(answered(visit, case_id, say, none=LOOKED_AT), say=say, desk=visit.settings)
    return Response(text, media_type="text/markdown; charset=utf-8")


@router.get("/case/{case_id}/claimreview.json")
def claim_review(visit: Person, case_id: Number, lang: str = "") -> Response:
    """The verdict for machines."""
    say = _tongue(visit, lang)
    written = answered(visit, case_id, say, none=LOOKED_AT)
    if not written.on_truth:
        raise HTTPException(404)
    found = answer.claim_review(written, say=say, desk=visit.settings)
    return Response(for_pages(found), media_type="application/ld+json")


@router.get("/case/{case_id}/reasons.json")
def reasons(visit: Person, case_id: Number, lang: str = "") -> Response:
    """The statement of reasons."""
    say = _tongue(visit, lang)
    return JSONResponse(answer.reasons(answered(visit, case_id, say, none=LOOKED_AT), say=say, desk=visit.settings))


@router.get("/corrections.atom")
def corrections(visit: Annotated[Visit, Depends(subscriber)], lang: str = "", page_no: PageNo = 1) -> Response:
    """Verdicts that changed, a page at a time; feed readers sign in with a token."""
    feed = answer.corrections(
        answer.corrections_page(visit.db, page_no), say=_tongue(visit, lang), page=page_no, lang=lang,
        desk=visit.settings, host=str(visit.request.base_url),
    )  # fmt: skip
    return Response(feed, media_type="application/atom+xml; charset=utf-8")
