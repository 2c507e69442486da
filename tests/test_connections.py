"""The desk under more connections than it has use for."""

import asyncio
import contextlib
import http.client
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from pipeline.home import Home
from pipeline.store import open_store
from review import connections
from review.app import listen

HALF = b"GET / HTTP/1.1\r\nX: "


def opened(port: int, said: bytes) -> socket.socket:
    """A connection that said so much."""
    made = socket.create_connection(("127.0.0.1", port), timeout=60)
    made.sendall(said)
    return made


def asked(port: int) -> int:
    """What the desk answers to who isn't signed in."""
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    there.request("GET", "/login")
    return there.getresponse().status


@pytest.mark.parametrize("word", ["review", "run"])
def test_a_thousand_connections_that_ask_for_nothing_keep_nobody_out(tmp_path, word):
    home = Home(tmp_path)
    open_store(home.database).close()
    home.sources.touch()
    shell = 'ulimit -n 600; exec "$@"'  # less than they are
    command = ["sh", "-c", shell, "sh", sys.executable, "-m", "soi", word, "--home", str(tmp_path), "--port", "0"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as desk,
        contextlib.ExitStack() as idle,
    ):
        try:
            assert desk.stdout
            port = next(
                int(found[1] or found[2])
                for line in desk.stdout
                if (found := re.search(r"open.* at http.*:(\d+)|\"desk\": ?\"http://127.0.0.1:(\d+)", line))
            )
            for number in range(1000):
                with contextlib.suppress(ConnectionError):
                    idle.enter_context(opened(port, HALF))
                if number % 250 == 249:
                    assert asked(port) == 200
        finally:
            desk.terminate()
        assert "Too many open files" not in desk.stdout.read()


async def answer(scope, receive, send) -> None:
    """All that is sent, read, and nothing said of it."""
    if scope["path"] == "/slow":
        await asyncio.sleep(2 * connections.IN_TIME)
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 204})
    await send({"type": "http.response.body"})


@pytest.fixture
def port(monkeypatch) -> Iterator[int]:
    """A server's whose patience is short."""
    monkeypatch.setattr(connections, "IN_TIME", 1.0)
    config = uvicorn.Config(answer, http=connections.Prompt, lifespan="off", log_config=None, timeout_keep_alive=600)
    server, sock = uvicorn.Server(config), listen("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    yield sock.getsockname()[1]
    server.should_exit = True
    thread.join()


WHOLE = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize(
    "said", [b"", HALF, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", WHOLE + HALF]
)
def test_a_connection_on_which_no_whole_request_comes_in_time_is_closed(port, said):
    with opened(port, said) as one:
        got = b""
        with contextlib.suppress(ConnectionResetError):
            while more := one.recv(4096):
                got += more
        assert got.count(b"204 No Content") == said.count(WHOLE)


def test_an_answer_may_take_longer_than_a_request(port):
    with opened(port, WHOLE.replace(b"/", b"/slow", 1)) as one:
        assert b"204 No Content" in one.recv(4096)
