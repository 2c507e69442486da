"""What a page takes and gives: who asks, and a template in the reader's language with nothing unescaped."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Form, Query
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BeforeValidator

from pipeline.store.people import DECIDING
from pipeline.store.reading import worded_same
from review import care, names, show
from review.access import SESSION_HOURS, VISIT_COOKIE, ActingRole, Role, Visit, acting, of_desk, signed_in
from review.refusals import Problem, Refused
from review.words import LANGUAGES, as_shown, own_word, words

HERE = Path(__file__).parent

Person = Annotated[Visit, Depends(signed_in)]
Anyone = Annotated[Visit, Depends(acting)]  # with a form of ours
Actor = Annotated[Visit, Depends(ActingRole(*DECIDING))]  # who may decide
Reader = Annotated[Visit, Depends(Role(*DECIDING))]  # likewise, on the page of a form that is theirs alone
Number = Annotated[int, InPath(ge=1, le=2**53)]  # of a row


def _page_number(given: object) -> int:
    """A page's number as an address names it; the first page for what isn't one."""
    text = str(given)
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def lines(given: object) -> object:
    """A form's text with its line breaks as the browser counted them: it sends two characters for each."""
    return given.replace("\r\n", "\n") if isinstance(given, str) else given


LONGEST_TYPED = 20_000  # characters of a field; what is too long for its use is told beside it
LongText = Annotated[str, Form(max_length=LONGEST_TYPED), BeforeValidator(lines)]
PageNo = Annotated[int, Query(alias="page"), BeforeValidator(_page_number)]


def last_page(n: int, size: int) -> int:
    """The number of the last page of n things."""
    return max(1, -(-n // size))


@lru_cache(maxsize=1)
def stamp() -> str:
    """A short word that changes with the static files, so that browsers may keep them for ever."""
    files = sorted((HERE / "static").iterdir())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]


@lru_cache(maxsize=len(LANGUAGES))
def environment(language: str) -> Environment:
    """The templates in one language."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, finalize=show.shown,
        lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    env.filters["typed"] = show.typed
    say = words(language)
    env.install_gettext_callables(say.gettext, say.ngettext, newstyle=True, pgettext=say.pgettext)  # type: ignore[attr-defined]
    env.globals.update(show=show, care=care, names=names, as_shown=as_shown, own_word=own_word)
    env.globals.update(stamp=stamp(), language=language, worded_same=worded_same)
    return env


def page(visit: Visit, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page; the language is the visitor's."""
    text = environment(visit.say.language).get_template(template).render(visit=visit, say=visit.say, **context)
    return HTMLResponse(text, status_code=status)


def said_of(visit: Visit, refused: Refused) -> Problem:
    """Why a form is shown again, in its reader's language."""
    return Problem(" ".join(map(visit.say.gettext, (str(refused), *refused.also))), refused.fields)


def go(path: str) -> RedirectResponse:
    """Send the browser to a page of ours after a form."""
    return RedirectResponse(path, status_code=303)


def set_cookie(visit: Visit, response: Response, name: str, value: str, *, hours: float = SESSION_HOURS) -> None:
    """A cookie that scripts can't read and other sites can't make the browser send."""
    response.set_cookie(
        name, value, max_age=int(hours * 3600), httponly=True, samesite="lax", path="/",
        secure=visit.settings.secure_cookies or visit.request.url.scheme == "https",
    )  # fmt: skip


def seal_visit(visit: Visit, response: Response, secret: str) -> None:
    """Give a browser the secret that its sign-in form is sealed with."""
    set_cookie(visit, response, of_desk(VISIT_COOKIE, visit.request), secret, hours=24)
