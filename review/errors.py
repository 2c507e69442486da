"""What a person sees when something can't be done: one sentence, and the way on."""

import contextlib
import json
import logging
import re
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from pipeline.store import Database, cases
from pipeline.store.database import StoreError, explain, is_of_the_machine
from pipeline.store.holds import HoldRefused
from pipeline.store.people import PersonRefused
from pipeline.store.posts import storable
from review import deeds
from review.access import (
    ATTEMPT_MINUTES,
    TURN_SECONDS,
    VISIT_COOKIE,
    Busy,
    Locked,
    NotAllowed,
    SignInNeeded,
    TokenNeeded,
    TooManyTries,
    Visit,
    anybody,
    from_here,
    inside,
    language_of,
    of_desk,
)
from review.names import N_
from review.pages import go, page, seal_visit
from review.refusals import MERGED, MergedAway, Problem, Refused, TooMany
from review.words import words

CASE_PAGE = re.compile("/case/([0-9]{1,15})(/evidence)?(?![^/])")  # what is half written on these is put back
OTHER_PAGE = re.compile("/bring|/posts/([0-9]{1,15})/case")  # and on these, which no draft keeps
Fields = Mapping[str, list[str]]  # of a form
SOME_LATER = 600  # seconds till the hour that has passed holds less, mostly
KEPT_MOST = 200_000  # characters of a half-written form that travel through the sign-in page; a note has 20,000

SENTENCES = {
    400: N_("The desk couldn't read that request."),
    403: N_("Your role doesn't include this page."),
    404: N_("There is nothing at this address."),
    405: N_("This page can't be used that way."),
    409: N_("That can't be done any more; look at the case again."),
    413: N_("That is too much at once."),
    422: N_("Something in the form was missing or not as expected."),
    500: N_("Something went wrong on our side. It is written in the log; what you sent was not recorded."),
    429: N_("Too many wrong tries. Wait a quarter of an hour, or ask for a login link."),
}
NO_ROLE = "Your role doesn't include this."  # to a program, which has no page before it
LOCKED = "The desk is locked: no token works till an administrator opens it on its page."
SEND_ONE = "Send a token: Authorization: Bearer soi_…"
NO_GOOD = "This token is unknown, has ended or was taken back."  # which of these is told to nobody
NOT_JSON = "Send JSON, with Content-Type: application/json."
METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
BUSY = N_("Many people are signing in at this moment. Try again in a few seconds.")
TOO_LONG = N_("“{field}” takes at most {most} characters; nothing was recorded.")
FIELDS = {  # what people write at length, as the forms call it
    "note": N_("Note"), "text": N_("Its words, exactly"), "source": N_("Source"), "url": N_("Address"),
    "date": N_("Date"), "word": N_("A word for whoever reads on"), "changed": N_("What has changed?"),
    "explanation": N_("Explanation for readers"), "label": N_("What it is for"), "display": N_("Name to show"),
    "wording": N_("The claim, worded for readers"), "words": N_("Other words of the post"),
}  # fmt: skip
WRITTEN = ("note", "wording", "explanation", "source", "text", "words", "url", "word", "changed")  # shown, to be copied
FULL = N_("The disk is full or can't be written to, so nothing was recorded. Tell whoever runs this desk.")
LOCKED_STORE = N_("Another program holds the database, so nothing was recorded. Try again in a few minutes.")
HELD = N_("{who} has this case in hand.")
ANOTHERS = N_(
    "Somebody else wrote this before their session ended, so it isn't filled in for you, and nothing was recorded."
)


def says(
    request: Request,
    status: int,
    sentence: str = "",
    *,
    sent: Fields | None = None,
    who: str = "",
    field: str = "",
    most: int = 0,
    gone: MergedAway | None = None,
) -> Response:
    """An error as a page, or as JSON for the API; of what was `sent` it shows what somebody wrote and may want back.

    Not for the event loop: that somebody was seen is written, and would stop all while another writes.
    A sentence of HELD is about `who`, one of TOO_LONG about a `field` that takes `most` characters.
    """
    if request.url.path.startswith("/api/"):
        said = sentence or {**SENTENCES, 403: NO_ROLE}.get(status) or HTTPStatus(status).phrase
        said = gone.told(said) if gone else said.format(who=who) if who else said
        return JSONResponse({"detail": said}, status)
    with _reader(request) as visit:
        said = visit.say.gettext(sentence or SENTENCES.get(status) or SENTENCES[400])
        if who or field:
            said = said.format(who=visit.called(who), field=visit.say.name(FIELDS, field), most=visit.say.number(most))
        return _error_page(visit, status, said, sent or {}, back=_case_page(visit, status), gone=gone)


def _error_page(
    visit: Visit, status: int, said: str, sent: Fields, *, back: str = "", gone: MergedAway | None = None
) -> Response:
    """A page with the sentence of an error, what was `sent`, and the way `back`: of a case that is `gone`, to the one
    that its posts are in."""
    if gone:
        said, back = gone.told(said), f"/case/{gone.into}"
    words = _written(visit, sent)
    return page(visit, "error.html", status=status, sentence=said, code=status, words=words, back=back)


def _case_page(visit: Visit, status: int) -> str:
    """The case that a form stands on, or under which somebody found nothing; "" where there is none."""
    found = CASE_PAGE.match(visit.request.url.path)
    if found is None:
        return ""
    there = visit.person and cases.case(visit.db, int(found[1])) if status == 404 else visit.request.method == "POST"
    return f"/case/{found[1]}{practised(visit.request)}" if there else ""


@contextlib.contextmanager
def _reader(request: Request) -> Iterator[Visit]:
    """Whoever is to read an error; nobody in particular where the store doesn't tell who that is."""
    with contextlib.ExitStack() as lent:
        try:
            visit = anybody(request, lent.enter_context(request.app.state.pool.lend()))
        except (StoreError, sqlite3.Error):
            say = words(language_of(request, None))
            visit = Visit(request, Database(memory=True), request.app.state.settings, None, "", say)
        yield visit


async def sign_in_page(request: Request, error: Exception) -> Response:
    """The sign-in page in place of what was asked for; what was half written on a case travels with it."""
    if request.url.path.startswith("/api/"):
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        said = NO_GOOD if scheme.lower() == "bearer" and token.strip() else SEND_ONE
        said = LOCKED if isinstance(error, Locked) else said
        return JSONResponse({"detail": said}, 401, {"WWW-Authenticate": "Bearer"})
    kept = ""
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method == "POST":
        target = _page_of(request.url.path) + practised(request)
        # of no other form is anything put back: it may hold a password
        if (CASE_PAGE.fullmatch(target) or OTHER_PAGE.fullmatch(target)) and _of_ours(request):
            form = await request.form()
            # with the seal, which tells whose page it was
            fields = {key: form.getlist(key) for key in form if key not in ("seen", "shown")}
            kept = json.dumps({k: [str(v) for v in vs] for k, vs in fields.items()}, ensure_ascii=False)[:KEPT_MOST]

    def asked() -> Response:
        with request.app.state.pool.lend() as db:
            return login_page(anybody(request, db), target=inside(target), kept=kept, status=401)

    response = await run_in_threadpool(asked)
    if isinstance(error, TokenNeeded) and request.headers.get("sec-fetch-mode") != "navigate":
        response.headers["WWW-Authenticate"] = 'Basic realm="Soi", charset="UTF-8"'  # a browser would ask in a window
    return response


def _of_ours(request: Request) -> bool:
    """Whether a form isn't another site's, as far as the browser tells: that would put its words before a reader."""
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none") and from_here(request)


def _page_of(path: str) -> str:
    """The page a form stands on; the queue where its address names none."""
    found = CASE_PAGE.match(path) or OTHER_PAGE.fullmatch(path) or re.match("/(people|account)(?![^/])", path)
    return found[0] if found else "/"


def practised(request: Request) -> str:
    """What the address of a case's page ends in while its verdict is practised: without it, the page tells that."""
    return "?practice=1" if request.query_params.get("practice") else ""


async def _refused(request: Request, error: Exception) -> Response:
    """What can't be done like this, or is in somebody else's hands, with what was written."""
    if isinstance(error, HoldRefused):
        return await run_in_threadpool(says, request, 409, HELD, who=str(error), sent=await sent_by(request))
    return await run_in_threadpool(says, request, 409, str(error), sent=await sent_by(request))


def _too_many(request: Request, error: Exception, *, wait: float, sentence: str = "") -> Response:
    """That it was too often, and in how many seconds it is worth another try."""
    answer = says(request, 429, sentence or str(error))
    answer.headers["Retry-After"] = str(int(wait))
    return answer


def _person_refused(request: Request, error: Exception) -> Response:
    """To a program a rule of the desk stands against it; a page shows the form as wrong."""
    return says(request, 409 if request.url.path.startswith("/api/") else 422, str(error))


async def sent_by(request: Request) -> Fields:
    """The form that somebody sent, but for its seal; nothing of a body that can't be read, or of another site's."""
    if request.method != "POST" or request.url.path.startswith("/api/") or not _of_ours(request):
        return {}
    try:
        form = await request.form()
    except HTTPException:
        return {}
    return {key: [str(value) for value in form.getlist(key)] for key in form if key != "seal"}


def too_long(visit: Visit, field: str, most: int) -> Problem:
    """That a field of a form holds more than it takes, said beside it: nothing is cut off."""
    said = visit.say.gettext(TOO_LONG).format(field=visit.say.name(FIELDS, field), most=visit.say.number(most))
    return Problem(said, (field,))


def _written(visit: Visit, fields: Fields) -> str:
    """What somebody wrote at length in a form, to be copied; each text under its name where there are several."""
    words = [(name, value) for name in WRITTEN for value in fields.get(name, ()) if value.strip()]
    alone = len({name for name, _ in words}) == 1
    called = {name: "" if alone else f"{visit.say.name(FIELDS, name)}:\n" for name, _ in words}
    return "\n\n".join(called[name] + value for name, value in words)[:KEPT_MOST]


def kept_fields(kept: str) -> dict[str, list[str]]:
    """The fields of a half-written form that travelled through the sign-in page; none where it isn't one."""
    try:
        fields = json.loads(kept or "{}")
    except (ValueError, RecursionError):
        return {}
    named = fields.items() if isinstance(fields, dict) else ()
    return {  # as a page can show it: JSON spells halves of characters too
        storable(key): [storable(str(value)) for value in values if value]
        for key, values in named
        if isinstance(values, list)
    }


def login_page(
    visit: Visit, *, target: str, kept: str = "", problem: Problem | None = None, status: int = 200
) -> Response:
    """The sign-in form; what was half written is shown too: it doesn't follow whoever signs in by a link."""
    words = _written(visit, kept_fields(kept))
    return door(visit, "login.html", status=status, target=target, kept=kept, problem=problem, words=words)


def nowhere(visit: Visit, case_id: int, fields: Fields) -> Response | None:
    """What was half written for a case that is gone, to be copied; None where the case is there."""
    try:
        deeds.existing(visit, case_id)
    except HTTPException as gone:
        merged = gone if isinstance(gone, MergedAway) else None
        return _error_page(visit, 404, visit.say.gettext(gone.detail), fields, gone=merged)
    return None


def of_another(visit: Visit, target: str, fields: Fields) -> Response:
    """What somebody else had half written on a page when their session ended, to be copied."""
    found = CASE_PAGE.match(target)
    said, back = visit.say.gettext(ANOTHERS), f"/case/{found[1]}" if found else ""
    return _error_page(visit, 403, said, fields, back=back)


def door(visit: Visit, template: str, *, status: int = 200, **context: object) -> Response:
    """A page with a form for whoever isn't signed in, sealed for this browser, and never by a session's token."""
    secret = visit.request.cookies.get(of_desk(VISIT_COOKIE, visit.request)) or secrets.token_urlsafe(24)
    response = page(replace(visit, person=None, secret=secret), template, status=status, **context)
    seal_visit(visit, response, secret)
    return response


def install(app: FastAPI) -> None:
    """Give every error its page."""
    app.add_exception_handler(NotAllowed, lambda request, _: says(request, 403))
    app.add_exception_handler(TooManyTries, partial(_too_many, wait=ATTEMPT_MINUTES * 60))
    app.add_exception_handler(Busy, partial(_too_many, wait=TURN_SECONDS, sentence=BUSY))
    app.add_exception_handler(TooMany, partial(_too_many, wait=SOME_LATER))
    app.add_exception_handler(Exception, _broken)
    app.add_exception_handler(SignInNeeded, sign_in_page)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HoldRefused, _refused)
    app.add_exception_handler(PersonRefused, _person_refused)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(MergedAway, _merged)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(sqlite3.OperationalError, _unwritten)


async def _plain(request: Request, error: Exception) -> Response:
    """What the error says for itself, else the sentence of its number: others' words are for programs alone. What was
    written for a case that is gone can be copied."""
    status = getattr(error, "status_code", 500)
    detail = str(getattr(error, "detail", ""))
    if not request.url.path.startswith("/api/") and (status == 400 or detail == HTTPStatus(status).phrase):
        detail = ""  # of what can't be read only others' parsers speak
    sent = await sent_by(request) if status == 404 else {}
    answer = await run_in_threadpool(says, request, status, detail, sent=sent)
    answer.headers.update(getattr(error, "headers", None) or {})
    if "allow" in answer.headers:
        answer.headers["allow"] = _allowed(request)
    return answer


def _allowed(request: Request) -> str:
    """The methods of all routes of an address; the error itself names those of the first."""
    routes, scope = request.app.routes, request.scope
    allowed = {m for m in METHODS for route in routes if route.matches({**scope, "method": m})[0] is Match.FULL}
    return ", ".join(sorted(allowed))


async def _merged(request: Request, error: Exception) -> Response:
    """A page of a case that was merged away leads to the same of the other one, whose page says so; what was sent to it
    can be copied."""
    assert isinstance(error, MergedAway)  # noqa: S101  # installed for these alone
    here, there = f"/case/{error.case_id}", f"/case/{error.into}"
    if request.method in ("GET", "HEAD") and request.url.path.startswith(here):
        told = f"merged={error.case_id}" if request.url.path == here else ""
        query = "&".join(filter(None, (request.url.query, told)))
        return go(request.url.path.replace(here, there, 1) + (f"?{query}" if query else ""))
    sent = await sent_by(request)
    return await run_in_threadpool(says, request, 404, MERGED, sent=sent, gone=error)


async def _unwritten(request: Request, error: Exception) -> Response:
    """A full disk, or a store that another program holds: who wrote something gets it back; the log says which."""
    if not (isinstance(error, sqlite3.OperationalError) and is_of_the_machine(error)):
        raise error
    logging.getLogger(__name__).error(explain(request.app.state.pool.path, error))
    said = LOCKED_STORE if "locked" in str(error) else FULL
    return await run_in_threadpool(says, request, 503, said, sent=await sent_by(request))


def _broken(request: Request, error: Exception) -> Response:
    """A bug of ours: its trace is kept before anything else can break."""
    request.app.state.keep_trace(error)
    return says(request, 500)


async def _invalid(request: Request, error: Exception) -> Response:
    """What is missing, too long or not as expected; with what was written, whichever field it was."""
    if request.url.path.startswith("/api/") and isinstance(error, RequestValidationError):
        if any(p["type"] == "model_attributes_type" and isinstance(p["input"], bytes) for p in error.errors()):
            return JSONResponse({"detail": NOT_JSON}, 415)
        problems = [{"loc": list(p["loc"]), "msg": p["msg"], "type": p["type"]} for p in error.errors()]
        return JSONResponse({"detail": problems}, 422)
    sent = await sent_by(request)
    found = error.errors() if isinstance(error, RequestValidationError) else []
    long = next((p for p in found if p["type"] == "string_too_long" and p["loc"][-1] in FIELDS), None)
    if long:
        field, most = str(long["loc"][-1]), long["ctx"]["max_length"]
        sent = sent or {field: [str(long["input"])]}
        return await run_in_threadpool(says, request, 422, TOO_LONG, sent=sent, field=field, most=most)
    # a number in the address that is no number names a page that isn't there
    places = {p["loc"][0] for p in found}
    return await run_in_threadpool(says, request, 404 if "path" in places else 422, sent=sent)
