"""A small web site on loopback whose answers a test writes by hand, and a crawl of it in a process of its own."""

import atexit
import contextlib
import json
import multiprocessing
import os
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import crawl_once
import pytest


@dataclass
class Answer:
    """What a path answers; `tag` makes it answer 304 to the same tag."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    tag: str = ""
    cut: bool = False  # promise more than comes


@dataclass
class Site:
    """Routes by path, and every request seen: (time, path, headers)."""

    host: str
    port: int
    scheme: str = "http"
    routes: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    hits: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)

    @property
    def root(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"

    def paths(self, *, robots: bool = False) -> list[str]:
        return [path for _, path, _ in self.hits if robots or path != "/robots.txt"]

    def article(self, path: str, text: str, *, title: str = "", tag: str = "") -> None:
        title = title or f"Tin ở {path}"
        page = (
            f'<html lang="vi"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article>'
        )
        self.routes[path] = Answer(f"{page}</body></html>".encode(), headers={"Content-Type": "text/html"}, tag=tag)

    def feed(self, *paths: str, tag: str = "", path: str = "/rss") -> None:
        items = "".join(
            f"<item><title>Tin {p}</title><link>{p if '//' in p or ':' in p else self.root + p}</link></item>"
            for p in paths
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
        self.routes[path] = Answer(body.encode(), headers={"Content-Type": "application/rss+xml"}, tag=tag)

    def source(self, **values: Any) -> dict[str, Any]:
        base = {"id": "bao", "name": "Báo", "kind": "feed", "url": f"{self.root}/rss", "use": "watch"}
        return base | {"role": "independent", "allow_private": True, "delay": 0} | values


@contextlib.contextmanager
def site(host: str = "127.0.0.1", *, certificate: Path | None = None) -> Iterator[Site]:
    """A site; with a PEM file of a key and its certificate, over TLS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.hits.append((time.monotonic(), self.path, dict(self.headers)))
            route = served.routes.get(self.path) or served.routes.get(self.path.split("?")[0])
            answer = route() if callable(route) else route or Answer(b"?", 404)
            status, body = answer.status, answer.body
            if answer.tag and self.headers.get("If-None-Match") == answer.tag:
                status, body = 304, b""
            with contextlib.suppress(ConnectionError):
                self.send_response(status)
                for name, value in (answer.headers | ({"ETag": answer.tag} if answer.tag else {})).items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body) + 1000 * answer.cut))
                self.end_headers()
                self.wfile.write(body)
            self.close_connection = answer.cut

        def log_message(self, *args: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A visitor that goes away in the middle, or refuses our certificate, is no news."""

    server = Server((host, 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # the handshake in the thread of the request, or one that fails would hold up the others
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    served = Site(f"[{host}]" if ":" in host else host, server.server_address[1], "https" if certificate else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


@cache
def forked() -> Any:
    """Processes forked from one that has imported what a crawl needs, which costs more than a crawl.

    Older Pythons don't tell it sys.path, and what it doesn't find it goes without, silently.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crawl_once"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        forkserver.ensure_running()
    return context


@cache
def standing_by() -> Any:
    """The line to a process that has also read what scoring needs, and forks from itself what it is asked for."""
    ours, its = forked().Pipe()
    forked().Process(target=crawl_once.stand_by, args=(its,)).start()
    its.close()
    atexit.register(ours.close)  # before processes that aren't over are waited for
    return ours


def start_ready(call: Callable[..., None], *given: object) -> int:
    """Start a call in a process that has read what scoring needs; its number. One at a time."""
    standing_by().send((call, given))
    return int(standing_by().recv())


def ended(within: float) -> int | None:
    """The exit code of the process started so last, or None where it isn't over within so many seconds."""
    return int(standing_by().recv()) if standing_by().poll(within) else None


def start_crawl(db: Path, sources: list[dict[str, Any]], **options: Any) -> Any:
    """A crawl into a database, in a process of its own: the reactor starts once in a process."""
    context = forked()
    task = {"db": str(db), "sources": sources, "options": {"workers": 1} | options}
    process = context.Process(target=crawl_once.run, args=(task, f"{db}.json"))
    process.start()
    return process


def crawl(db: Path, sources: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    """Crawl and wait; the report, whose counts are checked to sum to its inputs."""
    process = start_crawl(db, sources, **options)
    process.join(120)
    assert process.exitcode == 0
    report: dict[str, Any] = json.loads(Path(f"{db}.json").read_text(encoding="utf-8"))
    assert sum(report["counts"].values()) == report["inputs"]
    return report


def typed_apart(root: Path, *words: str, scores: bool = False) -> "subprocess.CompletedProcess[str]":
    """A command typed in a home, in a process of its own that needn't import what a crawl needs, nor read what scoring
    does where it scores."""
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place, "out"), Path(place, "err")
        given = [*words, "--home", str(root)], str(out), str(err)
        if scores:
            start_ready(crawl_once.command, *given)
            code = ended(120)
        else:
            process = forked().Process(target=crawl_once.command, args=given)
            process.start()
            process.join(120)
            code = process.exitcode
        assert code is not None, f"{words} isn't over in two minutes"
        return subprocess.CompletedProcess(words, code, out.read_text(), err.read_text())
