"""Opening the review desk from the command line."""

import contextlib
from functools import partial

from pipeline.home import Home
from pipeline.locks import at_work
from pipeline.operations.state import opened
from pipeline.settings import origin
from pipeline.store import open_store
from soi.failing import keep_trace


def open_desk(home: Home, *, port: int | None) -> None:
    """Serve the desk on loopback until Ctrl-C; prints where, and a one-time login link."""
    from review.access import first_login_link
    from review.app import listen, serve

    settings = home.settings().desk

    def ready() -> None:
        known.enter_context(opened(home, url))
        print(f"The desk is open at {url}")
        print(f"Log in once with {link}")
        print("Ctrl-C ends it.", flush=True)

    with at_work(home), contextlib.ExitStack() as known:
        with contextlib.closing(open_store(home.database)) as db:  # first: no desk opens that can't be written to
            sock = known.enter_context(listen(settings.host, settings.port if port is None else port))
            url = origin(settings.host, sock.getsockname()[1])
            link = first_login_link(db, url)
        serve(home, sock, on_ready=ready, keep_trace=partial(keep_trace, root=home.root))
