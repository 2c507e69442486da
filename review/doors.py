"""In and out: signing in, by password or one-time link, out, and the choice of language."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from pipeline.store import audit, drafts, people
from review import access
from review.access import LANGUAGE_COOKIE, SESSION_COOKIE, VISIT_COOKIE, Visit, anybody, check_form, inside, of_desk
from review.bringing import put_back
from review.errors import CASE_PAGE, door, kept_fields, login_page, nowhere, of_another
from review.pages import go, set_cookie
from review.queue import QUEUE_COOKIE
from review.refusals import Problem
from review.words import LANGUAGES, words

router = APIRouter()


def at_door(visit: Annotated[Visit, Depends(anybody)]) -> Visit:
    """Whoever comes, as one not signed in, with the secret that the forms at the door are sealed with."""
    return replace(visit, person=None, secret=visit.request.cookies.get(of_desk(VISIT_COOKIE, visit.request), ""))


@router.get("/login")
def login_form(visit: Annotated[Visit, Depends(anybody)], next: str = "/") -> Response:
    """The sign-in form."""
    return go(inside(next)) if visit.person else login_page(visit, target=inside(next))


@router.post("/login")
def login(
    request: Request,
    visit: Annotated[Visit, Depends(at_door)],
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    seal: Annotated[str, Form()] = "",
    target: Annotated[str, Form()] = "/",
    kept: Annotated[str, Form()] = "",
) -> Response:
    """Sign in by password; what was half written before the session ended is put back to the same person: as a draft of
    its case, or in its form where no draft keeps it."""
    check_form(visit, seal)
    address, known = request.client.host if request.client else "", people.known_as(visit.db, name.strip())
    token = access.sign_in(visit.db, known, password, address=address)
    if token is None:
        _, request.state.name = visit.say.gettext, name.strip()
        problem = Problem(_("That name and password don't go together."), ("password",))
        return _kept_out(visit, problem, target=inside(target), kept=kept)
    back, fields, person = inside(target), kept_fields(kept), people.person(visit.db, known)
    signed = replace(visit, person=person, secret=token, say=words(access.language_of(request, person)))
    return _let_in(visit, _kept(signed, back, fields) or go(back), token)


def _kept_out(visit: Visit, problem: Problem, *, target: str = "/", kept: str = "") -> Response:
    """The sign-in form and why; of a desk that is locked that alone."""
    if audit.locked(visit.db):
        problem = Problem(visit.say.gettext("The desk is locked; only an administrator can come in."))
    return login_page(visit, target=target, kept=kept, problem=problem, status=401)


def _let_in(visit: Visit, response: Response, token: str) -> Response:
    """Where somebody goes, with a session of theirs and without the queue of whoever was here before."""
    set_cookie(visit, response, of_desk(SESSION_COOKIE, visit.request), token)
    response.delete_cookie(of_desk(QUEUE_COOKIE, visit.request))
    return response


def _kept(visit: Visit, back: str, fields: dict[str, list[str]]) -> Response | None:
    """Keep what was half written on a case as a draft, else show it; None where the page it stood on shows it, or
    nothing was. What another person wrote is shown alone: the form's seal tells whose page it stood on."""
    seals = fields.pop("seal", [])
    if not fields:
        return None
    if any(not seal.endswith(visit.mark) for seal in seals):
        return of_another(visit, back, fields)
    of_case = CASE_PAGE.fullmatch(back)
    if of_case is None:
        return put_back(visit, back, fields)
    gone = nowhere(visit, int(of_case[1]), fields)
    if gone is None:
        drafts.amend_draft(visit.db, visit.name, int(of_case[1]), fields)
    return gone


@router.get("/login/once")
def login_once_form(visit: Annotated[Visit, Depends(anybody)], token: str = "") -> Response:
    """The button that a link which works once leads to: a chat that looks at the link for a preview presses none."""
    return door(visit, "once.html", token=token)


@router.post("/login/once")
def login_once(
    visit: Annotated[Visit, Depends(at_door)], token: Annotated[str, Form()] = "", seal: Annotated[str, Form()] = ""
) -> Response:
    """Sign in by a link that works once."""
    check_form(visit, seal)
    session = access.sign_in_once(visit.db, token)
    if session is None:
        _ = visit.say.gettext
        return _kept_out(visit, Problem(_("This link was used already or is too old; ask for a new one.")))
    return _let_in(visit, go("/"), session)


@router.post("/logout")
def logout(request: Request, visit: Annotated[Visit, Depends(access.acting)]) -> Response:
    """Sign out."""
    people.end_session(visit.db, request.cookies.get(of_desk(SESSION_COOKIE, request), ""))
    audit.note(visit.db, visit.name, "sign-out")
    response = go("/login")
    response.delete_cookie(of_desk(SESSION_COOKIE, request))
    response.delete_cookie(of_desk(QUEUE_COOKIE, request))
    return response


@router.post("/language")
def language(
    visit: Annotated[Visit, Depends(anybody)],
    to: Annotated[str, Form()] = "vi",
    back: Annotated[str, Form()] = "/",
    kept: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
    seal: Annotated[str, Form()] = "",
) -> Response:
    """Read the desk in another language; changes nothing else, so it needs no seal, but for what was half written."""
    chosen = to if to in LANGUAGES else LANGUAGES[0]
    if visit.person:
        people.set_prefs(visit.db, visit.name, {"language": chosen})
    if kept and not visit.person:
        check_form(visit, seal)
        response = login_page(replace(visit, say=words(chosen)), target=inside(back), kept=kept)
    elif token:
        response = door(replace(visit, say=words(chosen)), "once.html", token=token)
    else:
        response = go(inside(back))
    set_cookie(visit, response, LANGUAGE_COOKIE, chosen, hours=24 * 365)
    return response
