"""What the calls of the JSON API share: who calls, which cases are meant, and what is said where one isn't heeded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, field_validator
from starlette.exceptions import HTTPException

from pipeline.store import Database, audit, people
from pipeline.store.desk import Filters
from review.access import Locked, NotAllowed, SignInNeeded, Visit, language_of, lend_store
from review.errors import NO_ROLE
from review.pages import lines
from review.queue import CHOICES, LONGEST_ADDRESS, Lane, case_named, filters_of, searched
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
    decided = given.get("verdict") or given.get("order") == "again"
    return filters_of({**given, "state": "decided" if decided else given.get("state", "")})


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
    order: Annotated[
        Literal["priority", "oldest", "again"],
        Query(description="`again`: of the decided cases, those that a post joined last since the verdict"),
    ] = "priority",
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
