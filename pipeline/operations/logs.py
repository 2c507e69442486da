"""Log lines: one event a line, with the ids of what it is about, and nothing about people."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from classifier.text.redact import redact
from pipeline.settings import LogSettings

# what a line may hold; anything else is left out, so that no text or author gets in by accident
FIELDS = frozenset({
    "event", "level", "timestamp", "logger", "run", "source", "sources", "job", "process", "code", "seconds", "n",
    "outcome", "step", "said", "subject", "text", "next", "desk", "key", "signal", "minutes",
})  # fmt: skip
LONGEST = 600  # characters of a value
ADDRESS = re.compile(r"(https?://[^/\s\"'<>]+)/[^\s\"'<>]*")
USER = re.compile(r"(?<=://)[^/\s\"'<>]*@")  # with a password, in an address


def clean(text: str) -> str:
    """A value as a log may hold it: hosts without pages and users, no phone, mail, ID or bank numbers, not too long."""
    return redact(ADDRESS.sub(r"\1/…", USER.sub("", text))).text[:LONGEST]


def without_people(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out fields that aren't known, and clean the ones that are; of an error its kind and its place are said."""
    if broke := _broke(event.get("exc_info")):
        event["said"] = f"{event['said']} ({broke})" if event.get("said") else broke
    kept = {name: value for name, value in event.items() if name in FIELDS or name.startswith("_")}
    return {name: clean(value) if isinstance(value, str) else value for name, value in kept.items()}


def _broke(exc_info: Any) -> str:
    """Which error it was and where, without its words: those may be about people."""
    told = sys.exc_info() if exc_info is True else exc_info
    error = told[1] if isinstance(told, tuple) else told
    if not isinstance(error, BaseException):
        return ""
    frames = list(traceback.walk_tb(error.__traceback__))
    place = [f" at {Path(frame.f_code.co_filename).name}:{line}" for frame, line in frames[-1:]]
    return type(error).__name__ + "".join(place)


def set_up(settings: LogSettings) -> None:
    """Write log lines to the error stream; those of the libraries take the same way."""
    as_json = settings.form == "json" or (settings.form == "auto" and not sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else structlog.dev.ConsoleRenderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_people, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.level.upper())
    for name in ("apscheduler", "uvicorn", "alerts"):  # two are noisy; the third is told of whatever the level
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
