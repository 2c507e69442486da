"""One crawl as small_site asks for it; imported once in a server process from which each crawl is forked."""

import asyncio
import dataclasses
import gc
import importlib
import json
import multiprocessing
import os
import signal
import sys
import traceback
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import tomli

LATER = ("crawlers.run", "crawlers.watch", "pipeline.intake", "pipeline.store", "scrapy.crawler", "soi.front")
if "pytest" not in sys.modules:  # other tests of its process may train
    LATER += ("pipeline.rescoring",)  # what scores, for commands: three seconds
    LATER += ("crawlers.worker", "trafilatura")  # what reads pages
for heavy in LATER:
    importlib.import_module(heavy)
sys.modules["soi.front"].app()  # imports every command


def _load_what_scrapy_loads() -> None:
    from scrapy.settings import default_settings
    from scrapy.utils.misc import load_object

    for group in ("DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE", "EXTENSIONS_BASE"):
        for path in getattr(default_settings, group):
            load_object(path)


_load_what_scrapy_loads()
gc.freeze()  # what is imported stays: no fork need look through it


PYTHON = sys.executable


def _read_pages() -> None:
    """What a process does that was to become one that reads pages: read them, with what it has imported."""
    from crawlers.worker import main

    try:
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # whoever started it waits for that
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        sys.stdin = os.fdopen(0)
        main()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _fork_readers() -> None:
    """Start what reads pages without a new Python, which imports for longer than a crawl of a few pages takes;
    tests/test_workers.py starts it as it is started elsewhere."""
    if sys.executable == PYTHON:  # else a test says what is started
        asyncio.create_subprocess_exec = partial(asyncio.create_subprocess_exec, preexec_fn=_read_pages)


def run(task: dict[str, Any], out: str) -> None:
    """Crawl and write the report; the reactor starts once in a process."""
    _fork_readers()
    from crawlers import guard
    from crawlers.run import crawl
    from crawlers.sources import Source
    from pipeline.intake import open_intake
    from pipeline.settings import DeskSettings
    from pipeline.store import open_store

    sources = [Source(**source) for source in task["sources"]]
    if task["options"].pop("public", False):  # as if all that is near were: a site may lead to another one then
        guard.is_public = guard.is_reachable
    db, desk = open_store(Path(task["db"])), DeskSettings(**task["options"].pop("desk", {}))
    with open_intake(db, sources, desk=desk) as intake:
        report = crawl(sources, intake, **task["options"])
    status = {source.source_id: source.status for source in report.sources}
    told = {
        "counts": report.counts, "inputs": report.inputs, "stopped": report.stopped, "status": status,
        "left": {source.source_id: source.left for source in report.sources},
    }  # fmt: skip
    Path(out).write_text(json.dumps(told), encoding="utf-8")


def discover(task: dict[str, Any], out: str) -> None:
    """Find or check sources and write what was found."""
    _fork_readers()
    from crawlers import discover, probe
    from crawlers.discover import DiscoverError, check, find
    from crawlers.sources import Source
    from pipeline.intake import StoreIntake
    from pipeline.store import open_store

    told: Any
    discover.NEAR_DELAY = task.get("delay", discover.NEAR_DELAY)
    probe.EXTRACT_SECONDS = task.get("seconds", probe.EXTRACT_SECONDS)
    try:
        kept = StoreIntake(open_store(Path(task["db"])), run_id=0) if "db" in task else None
        if "find" in task:
            asked = {"contact": task.get("contact", ""), "allow_private": task.get("allow_private", True)}
            sources = find(task["find"], **asked, kept=kept)
            told = [dataclasses.asdict(source) for source in sources]
        else:
            found = check([Source(**s) for s in task["check"]], contact="", kept=kept)
            told = [dataclasses.asdict(finding) for finding in found]
    except DiscoverError as error:
        told = {"error": str(error)}
    Path(out).write_text(json.dumps(told), encoding="utf-8")


def command(words: list[str], out: str, err: str) -> None:
    """What is typed after `soi`, what it says and complains of into two files."""
    from soi.front import main

    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        with open(path, "wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    sys.argv = ["soi", *words]
    main()


def in_background(words: list[str], out: str, err: str) -> None:
    """The same as a script's & starts it, which shuts its ears to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    command(words, out, err)


def _told(part: Any) -> list[str]:
    """All texts in a part of the demo's world."""
    parts = part.values() if isinstance(part, dict) else part
    return [part] if isinstance(part, str) else [text for each in parts for text in _told(each)]


def stand_by(asked: Connection) -> None:
    """Read what scoring needs, which takes longer than to score, patterns of what the demo says included; then fork a
    process for each call that is asked for, tell its number and, once it is over, its exit code."""
    from ours import facts_index, model

    from classifier.scoring import Item, score
    from soi import demo_world

    texts = _told(tomli.loads(Path(demo_world.__file__).with_name("demo.toml").read_text(encoding="utf-8")))
    list(score(model(), [Item(text, text) for text in texts], index=facts_index()))
    while True:
        try:
            call, given = asked.recv()
        except EOFError:
            return
        process = multiprocessing.get_context("fork").Process(target=call, args=given)
        process.start()
        asked.send(process.pid)
        process.join()
        asked.send(process.exitcode)
