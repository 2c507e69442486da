"""The desk as a web application: put together here, and served."""

import contextlib
import gc
import signal
import socket
from collections.abc import AsyncIterator, Callable

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.home import Home
from pipeline.inforce import HomeError
from pipeline.store import people
from pipeline.store.pool import Pool
from review import (
    account,
    api,
    api_own,
    api_people,
    api_together,
    bringing,
    case,
    doors,
    errors,
    outdated,
    pages,
    proof,
    public,
    pulse,
    queue,
    together,
)
from review.access import Forged
from review.connections import BACKLOG, Prompt

MOST_BYTES = 1_000_000  # of a request: a note is long at ten thousand
PORTS_TRIED = 50

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class Guard:
    """Security headers on every answer, nothing kept by caches, no body larger than the desk has use for; HEAD is
    answered as GET is, by the head alone, and takes no case in hand."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        headers = {**HEADERS, **({"strict-transport-security": "max-age=31536000"} if secure else {})}
        self.headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and its answer back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        only_head = scope["method"] == "HEAD"
        scope = {**scope, "method": "GET", "only_head": True} if only_head else scope
        length = dict(scope["headers"]).get(b"content-length", b"")
        told = int(length) if length.isdigit() else 0
        static, seen = scope["path"].startswith("/static/"), told if told > MOST_BYTES else 0

        async def counted() -> Message:
            nonlocal seen
            message: Message = {} if seen > MOST_BYTES else await receive()
            seen += len(message.get("body", b""))
            if seen > MOST_BYTES:
                raise HTTPException(413, errors.SENTENCES[413])
            return message

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                lasting = static and message["status"] in (200, 304)  # an error's page names whoever reads it
                cache = b"public, max-age=31536000, immutable" if lasting else b"no-store"
                kept = [pair for pair in message.get("headers", []) if pair[0] != b"cache-control"]
                message["headers"] = [*kept, *self.headers, (b"cache-control", cache)]
            await send({**message, "body": b""} if only_head and message["type"] == "http.response.body" else message)

        await self.app(scope, counted, sealed)


class Desk(FastAPI):
    """The application with the guard around all of it, what Starlette answers to a failure of ours included."""

    def build_middleware_stack(self) -> ASGIApp:
        """Starlette's parts, guarded."""
        return Guard(super().build_middleware_stack(), secure=self.state.settings.secure_cookies)


def create_app(home: Home, *, keep_trace: Callable[[Exception], object] = lambda _: None) -> FastAPI:
    """The desk over a home's database; `keep_trace` writes down what breaks in it."""
    pool = Pool(home.database)
    settings = home.settings().desk

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        pool.close()

    app = Desk(
        title="Soi", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json", lifespan=lifespan,
        description=(
            "What the desk's pages do, by token: `Authorization: Bearer soi_…`. A token is made under one's name, and"
            f" ends after {people.TOKEN_DAYS} days; of one that has ended the answer is 401."
        ),
    )  # fmt: skip
    app.state.pool, app.state.settings, app.state.keep_trace = pool, settings, keep_trace
    errors.install(app)
    app.add_exception_handler(Forged, outdated.shown_again)
    for part in (doors, queue, bringing, case, together, proof, public, pulse, account):
        app.include_router(part.router, include_in_schema=False)
    for spoken in (api, api_together, api_own, api_people):
        app.include_router(spoken.router)
    # these alone are packed: how small a page packs that holds a seal and what an address says would tell of the seal
    app.mount("/static", GZipMiddleware(StaticFiles(directory=pages.HERE / "static")), name="static")
    return app


def listen(host: str, port: int) -> socket.socket:
    """A listening socket at the port, or at the next one that is free; raises HomeError where there is none."""
    why, family = "", socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, candidate))
            sock.listen(128)
        except OSError as error:
            sock.close()
            why = why or str(error.strerror)
            continue
        return sock
    said = f"the desk can't listen at {host}, port {port} ({why}), nor at one of the next {PORTS_TRIED - 1}"
    raise HomeError(f"{said}; set desk.host to 127.0.0.1, or another desk.port.")


def settle() -> None:
    """What is loaded by now stays: without this a full garbage collection stops a request for a tenth of a second."""
    gc.collect()
    gc.freeze()


class _Announcing(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        settle()
        self.ready()


def serve(
    home: Home, sock: socket.socket, *, on_ready: Callable[[], None], keep_trace: Callable[[Exception], object]
) -> None:
    """Serve the desk at a listening socket until Ctrl-C, SIGTERM or the end of its terminal; `on_ready` comes once it
    answers."""
    app = create_app(home, keep_trace=keep_trace)
    config = uvicorn.Config(
        app, http=Prompt, backlog=BACKLOG, log_level="warning", access_log=False, server_header=False
    )
    server = _Announcing(config, ready=on_ready)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # a terminal that closes; uvicorn minds the others
        signal.signal(signal.SIGHUP, server.handle_exit)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises on what ended it, once all is answered
        server.run(sockets=[sock])
