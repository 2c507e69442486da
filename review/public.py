"""The pages and files that answer to the world."""

import json

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from pipeline.store import trends
from review import answer
from review.access import Visit
from review.desk import Number, Person
from review.pages import page
from review.words import LANGUAGES, Words, words

router = APIRouter()


def _tongue(visit: Visit, lang: str) -> Words:
    return words(lang) if lang in LANGUAGES else visit.say


def _brief(visit: Visit, case_id: int, say: Words) -> answer.Brief:
    found = answer.brief(visit.db, case_id, say=say)
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/case/{case_id}/brief")
def brief(visit: Person, case_id: Number, lang: str = "") -> Response:
    """The one-page rebuttal, fit to be printed."""
    say = _tongue(visit, lang)
    found = _brief(visit, case_id, say)
    read_in = Visit(visit.request, visit.db, visit.settings, visit.person, visit.secret, say)
    return page(read_in, "brief.html", brief=found)


@router.get("/case/{case_id}/brief.md")
def brief_markdown(visit: Person, case_id: Number, lang: str = "") -> Response:
    """The rebuttal as Markdown."""
    say = _tongue(visit, lang)
    text = answer.markdown(_brief(visit, case_id, say), say=say)
    return Response(text, media_type="text/markdown; charset=utf-8")


@router.get("/case/{case_id}/claimreview.json")
def claim_review(visit: Person, case_id: Number, lang: str = "") -> Response:
    """The verdict for machines."""
    say = _tongue(visit, lang)
    found = answer.claim_review(_brief(visit, case_id, say), say=say, base=str(visit.request.base_url))
    return Response(json.dumps(found, ensure_ascii=False, indent=1), media_type="application/ld+json")


@router.get("/case/{case_id}/reasons.json")
def reasons(visit: Person, case_id: Number, lang: str = "") -> Response:
    """The statement of reasons."""
    say = _tongue(visit, lang)
    return JSONResponse(answer.reasons(_brief(visit, case_id, say), say=say))


@router.get("/corrections.atom")
def corrections(visit: Person, lang: str = "") -> Response:
    """Verdicts that changed."""
    feed = answer.corrections(trends.corrections(visit.db), say=_tongue(visit, lang), base=str(visit.request.base_url))
    return Response(feed, media_type="application/atom+xml")
