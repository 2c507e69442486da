"""A form that another sign-in made old: nothing is recorded, and it is shown again with what was filled in."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from pipeline.store import drafts
from pipeline.store.posts import storable
from review import proof
from review.access import Outdated, Visit, anybody
from review.bringing import put_back
from review.case import case_page
from review.deciding import Filled
from review.errors import CASE_PAGE, Fields, nowhere, says, sent_by
from review.names import N_
from review.opened import open_case
from review.refusals import Problem

FORGED = N_("This form was out of date, so nothing was recorded. Go back, reload the page and send it again.")
AGAIN = N_(
    "This form was out of date, as you signed in anew since, so nothing was recorded. What you filled in stands here"
    " again: look it over and send it once more."
)


async def shown_again(request: Request, error: Exception) -> Response:
    """The page of a form that is out of date, filled in as it was sent by the same person; of another form what was
    written, to be copied."""
    return await run_in_threadpool(_answer, request, await sent_by(request), isinstance(error, Outdated))


def _answer(request: Request, sent: Fields, own: bool) -> Response:
    with request.app.state.pool.lend() as db:
        shown = _filled(anybody(request, db), sent) if own and sent else None
    if shown is None or shown.status_code == 303:
        return says(request, 403, FORGED, sent=sent)
    shown.status_code = 404 if shown.status_code == 404 else 403
    return shown


def _filled(visit: Visit, sent: Fields) -> Response | None:
    """The page that a form stands on, with what was sent; None where it can't show all that was written, or was asked
    for by the script, which shows no page."""
    if "quiet" in sent or "left" in sent:
        return None
    sent = {name: [storable(one) for one in said] for name, said in sent.items()}
    problem, path = Problem(visit.say.gettext(AGAIN)), visit.request.url.path
    found = CASE_PAGE.match(path)
    if found is None:
        return put_back(visit, path, sent, problem=problem)
    case_id, written = int(found[1]), {"text"} if found[2] else {"seen", "word", "into"}
    if written.isdisjoint(sent) or not visit.decides:
        return None
    if gone := nowhere(visit, case_id, sent):
        return gone
    if found[2]:
        passage = proof.Written(**{name: sent[name][0] for name in proof.FIELDS if name in sent})
        return proof.passages_page(visit, case_id, problem=problem, written=passage)
    return _of_case(visit, case_id, sent, problem)


def _of_case(visit: Visit, case_id: int, sent: Fields, problem: Problem) -> Response | None:
    practice = bool(visit.request.query_params.get("practice"))
    opened = open_case(visit, case_id, practice=practice)
    # the form of the verdict has all its fields, another none
    kept = {} if opened.practice or "seen" in sent else drafts.draft(visit.db, visit.name, case_id)
    filled = Filled.of_draft({**kept, **sent})
    unshown = opened.blind and (filled.wording or filled.explanation)
    if opened.closed or unshown or practice != opened.practice:
        return None
    return case_page(visit, opened, filled, problem=problem, sent=sent)
