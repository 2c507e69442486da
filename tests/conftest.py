"""What tests begin with, and what every test leaves as it found it."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from filled import filled_home
from small_site import Site, site
from sqlite_utils import Database

from pipeline.home import Home
from pipeline.store import open_store

if TYPE_CHECKING:
    from desk_visit import World

    from classifier.lexicon import Lexicon


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with something of everything in it."""
    return filled_home(tmp_path / "home")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """The empty store of a home in tmp_path."""
    opened = open_store(Home(tmp_path).database)
    yield opened
    opened.close()


@pytest.fixture
def world(tmp_path: Path) -> "Iterator[World]":
    """A seeded desk with its people."""
    from desk_visit import World  # brings the web's parts, which most tests don't need

    made = World(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def web() -> Iterator[Site]:
    """A small site on loopback."""
    with site() as served:
        yield served


@pytest.fixture(scope="session")
def lexicon() -> "Lexicon":
    """The one that ships."""
    from classifier.loading import load_lexicon

    return load_lexicon()


@pytest.fixture(autouse=True)
def logs_left_alone() -> Iterator[None]:
    """A command under test sends its log lines to an error stream that is gone after it: later lines would break."""
    yield
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter):
            root.removeHandler(handler)
            root.setLevel(logging.WARNING)
            structlog.reset_defaults()
