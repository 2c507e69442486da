"""What an operator types to let Soi run by itself, and to hear of trouble."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Container
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from crawlers.signals import ending
from soi.failing import keep_trace
from soi.front import HomeOption, PortOption, open_db, open_home, open_whole, table

if TYPE_CHECKING:
    import uvicorn

    from pipeline.home import Home
    from pipeline.operations.running import Running
    from pipeline.store import Database

commands = typer.Typer()
alerts = typer.Typer(no_args_is_help=True, help="What is wrong, and who is told.")
commands.add_typer(alerts, name="alerts")


class DeskEnded(Exception):
    """The desk ended by itself; the message says where to look."""


@commands.command()
def run(
    home: HomeOption = None,
    desk: Annotated[bool, typer.Option(help="Serve the desk too.")] = True,
    port: PortOption = None,
) -> None:
    """Crawl, score, watch, back up and serve the desk, until SIGTERM or Ctrl-C."""
    import pipeline.store
    from pipeline.locks import alone, at_work
    from pipeline.operations.logs import set_up
    from pipeline.operations.running import Running

    place = open_whole(home)
    set_up(place.settings().log)
    with alone(place, "run"):  # or it is told who is
        pass
    pipeline.store.open_store(place.database).close()  # a schema is brought up to date under nobody's `soi run`
    with alone(place, "run"), at_work(place):
        running = Running(place, pid=os.getpid())
        running.begin()
        try:
            _until_asked(place, running, desk=desk, port=port)
        finally:
            running.end()
            running.log.info("ended")


def _until_asked(home: "Home", running: "Running", *, desk: bool, port: int | None) -> None:
    """Tick until a signal comes; the clock that counts is the one nobody can set."""
    stop = threading.Event()

    def asked(number: int, _: object) -> None:
        running.log.info("asked to end", signal=signal.Signals(number).name)
        stop.set()

    for number in ending():
        signal.signal(number, asked)
    server = _serve(home, running, port=port, stop=stop) if desk else None
    try:
        while not stop.is_set():
            running.tick()
            stop.wait(running.settings.tick)
    finally:
        if server is not None:
            server.should_exit = True
    if running.state.desk == "ended":
        raise DeskEnded("the desk ended by itself, so all of it was ended; the lines above say why.")


def _serve(home: "Home", running: "Running", *, port: int | None, stop: threading.Event) -> "uvicorn.Server":
    """The desk in a thread of its own, with the numbers beside it."""
    import uvicorn

    from pipeline.operations.metrics import router
    from pipeline.settings import origin
    from review.app import create_app, listen, settle
    from review.connections import BACKLOG, Prompt

    settings = home.settings().desk
    app = create_app(home, keep_trace=partial(keep_trace, root=home.root))
    app.include_router(router(home))
    asked = settings.port if port is None else port
    sock = listen(settings.host, asked)
    config = uvicorn.Config(
        app, http=Prompt, backlog=BACKLOG, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=3,
    )  # fmt: skip
    server = uvicorn.Server(config)
    settle()
    found = sock.getsockname()[1]
    address = origin(settings.host, found)
    running.state = replace(running.state, desk=address, taken=asked if asked not in {0, found} else 0)
    if running.state.taken:
        running.log.warning("another program has the desk's port: the desk took the next", port=asked, desk=address)
    running.log.info("the desk is open", desk=address)
    if sys.stdout.isatty():
        from pipeline.store import open_store
        from review.access import first_login_link

        with contextlib.closing(open_store(home.database)) as db:
            print(f"Log in once with {first_login_link(db, address)}", flush=True)

    def serve() -> None:
        try:
            server.run(sockets=[sock])
        finally:
            if not stop.is_set():
                running.state = replace(running.state, desk="ended")
                stop.set()

    threading.Thread(target=serve, name="desk", daemon=True).start()
    return server


def watch_posts(home: "Home") -> None:
    """Score what lands until SIGTERM or Ctrl-C."""
    import structlog

    from pipeline.operations.logs import set_up
    from pipeline.worker import watch
    from soi.facts import bring_facts

    set_up(home.settings().log)
    if brought := bring_facts(home):
        structlog.get_logger("worker").info("brought in what this Soi knows", said=brought)
    stop = threading.Event()
    for number in ending():
        signal.signal(number, lambda *_: stop.set())
    watch(home, stop=stop)


def show_running(home: "Home", db: "Database", *, listed: Container[str] | None) -> None:
    """What `soi run` is at, how its jobs did and when they come next, how quick it is, and what is wrong."""
    from pipeline.records import now
    from pipeline.store import alerts as store
    from pipeline.store import clock
    from soi.keep import in_doubt

    at = now()
    _show_jobs(home, db, at=at, listed=listed)
    if (sure := clock.last_sure(db, at=at)) != at:
        print(in_doubt(sure, at=at))
    _show_speeds(db, at=at)
    wrong = [[a.severity, a.opened_at[:16], a.text] for a in store.open_alerts(db)]
    if wrong:
        table("Wrong now (`soi alerts list`)", ["", "since (UTC)", "what"], wrong)


def _show_jobs(home: "Home", db: "Database", *, at: str, listed: Container[str] | None) -> None:
    """How each job of `soi run` ended last and when it comes next, and what keeps them from going well."""
    from pipeline.inforce import HomeError
    from pipeline.operations import schedule
    from pipeline.operations.state import outdated, read_state, run_process
    from pipeline.settings import ScheduleSettings
    from pipeline.store import watching

    state, pid, old = read_state(home), run_process(home), outdated(home)
    zone, unread = "UTC", ""
    try:
        zone = home.settings().schedule.timezone
    except HomeError as error:
        unread = str(error)
    on = [source for source in watching.sources(db) if listed is None or source.id in listed]
    due = min((source.next_check for source in on), default="")  # crawls have no time of their own
    # a person may have done by hand what a job does
    steps = {job.name: job.step for job in schedule.jobs(ScheduleSettings()) if job.step} | {"crawl": "crawl"}
    done = {name: watching.last_whole(db, step) for name, step in steps.items()}
    rows: list[list[object]] = []
    for name, job in sorted(state.jobs.items()):
        in_time = job.ended if job.ended <= at else ""  # else by a clock that was ahead; its run was put earlier
        last = max(in_time, done.get(name, "")) or job.ended or "never"
        ended = "at it" if job.pid and pid is not None else last[:16]
        wrong_with = "" if job.code in {0, None} else job.said
        rows.append([name, ended, wrong_with, _in_zone(due if name == "crawl" else job.next, zone)])
    working = "`soi run`: " + ("not at work" if pid is None else f"process {pid or 'unknown'}, desk {state.desk}")
    if rows:
        table(working, ["job", "last end (UTC)", "what went wrong", f"next ({zone})"], rows)
    else:
        print(working)
    if unread:
        print(unread, "Under `soi run` each job fails until it is put right.", sep="\n", file=sys.stderr)
    if old:
        print(old, file=sys.stderr)


def _show_speeds(db: "Database", *, at: str) -> None:
    """How quick posts came to the queue in the day before a moment."""
    from pipeline.records import after
    from pipeline.store import watching

    since = after(at, hours=-24)
    speeds = [
        [name, *(f"{seconds:.1f}" if found.n else "" for seconds in (found.p50, found.p95, found.p99)), found.n]
        for name, found in (
            ("publication to queue", watching.to_queue(db, since=since)),
            ("landing to score", watching.to_score(db, since=since)),
        )
    ]
    table("Seconds, in the last day", ["from – to", "p50", "p95", "p99", "posts"], speeds)


def _in_zone(at: str, zone: str) -> str:
    """A moment to the minute, as clocks of the zone show it."""
    return f"{datetime.fromisoformat(at).astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if at else ""


@alerts.command("check")
def check(home: HomeOption = None) -> None:
    """Look for trouble now, and tell what is new, still so, or over."""
    from pipeline.locks import alone
    from pipeline.operations.alerts import deliver, update
    from pipeline.operations.channels import channels
    from pipeline.operations.logs import set_up
    from pipeline.operations.state import CHECK
    from pipeline.operations.watch import look
    from pipeline.operations.watch_sources import ask_again
    from pipeline.records import now
    from pipeline.store import copies, runs

    place = open_home(home)
    settings, at = place.settings(), now()
    set_up(settings.log)
    db, ways = open_db(place), channels(settings.alerts, desk=settings.desk.address)
    with alone(place, CHECK):  # two would tell everything twice
        runs.close_left(db, here=True)  # a full disk keeps a step from telling its own end
        found = look(place, db, at=at)
        ask_again(db)
        update(db, found, at=at, settings=settings.alerts, channels=ways)
        problems = deliver(db, ways, at=at)
        copies.checkpoint(db)
    rows = [[f.severity, f.text, f.advice] for f in found]
    table("Wrong now", ["", "what", "what to do"], rows or [["", "nothing", ""]])
    for channel, problem in problems.items():
        print(f"{channel}: {problem}", file=sys.stderr)


@alerts.command("test")
def try_them(home: HomeOption = None) -> None:
    """Send a test through every channel that the settings open; one that arrives ends the alert about its channel."""
    from pipeline.operations.alerts import try_channels
    from pipeline.operations.channels import channels, unready
    from pipeline.operations.logs import set_up
    from pipeline.store import alerts as store

    place = open_home(home)
    settings = place.settings()
    set_up(settings.log)
    ways, wrong = channels(settings.alerts, desk=settings.desk.address), unready(settings.alerts)
    results = try_channels(ways)
    table("Channels", ["channel", "result"], [[name, result] for name, result in results.items()])
    for said, advice in wrong:
        print(f"{said}. {advice}", file=sys.stderr)
    good = [name for name, result in results.items() if result == "sent"]
    if place.has_database and store.undelivered(open_db(place, to_read=True), good):
        store.reached(open_db(place), good)
    if wrong or any(result != "sent" for result in results.values()):
        raise typer.Exit(1)


@alerts.command("list")
def list_them(home: HomeOption = None) -> None:
    """The newest alerts, open and over."""
    from pipeline.store import alerts as store

    db = open_db(open_home(home), to_read=True)
    rows = [
        [a.opened_at[:16], a.resolved_at[:16] or "open", a.severity, a.text] for a in store.last_alerts(db, limit=30)
    ]
    table("Alerts", ["from (UTC)", "to (UTC)", "", "what"], rows)
