"""What tests begin with, and what every test leaves as it found it."""

import logging
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from filled import empty_file, filled_home, store_at
from hypothesis import settings
from small_site import Site, site
from sqlite_utils import Database

from pipeline.home import Home

if TYPE_CHECKING:
    from desk_visit import World

    from classifier.semantics.lexicon import Lexicon


# workers and commands inherit it: on two processors the threads of two fits wait for each other more than they work
os.environ.setdefault("OMP_NUM_THREADS", "1")
# no test tells how quick something is, and what is loaded at the first example takes longer than Hypothesis allows
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

LONGEST = (
    "review_browser", "flow", "survives", "farcrawl", "review_together", "review_api", "watch", "models", "cluster",
    "training", "encoder", "crossencoder", "schedule", "review_answer", "review_access", "withdrawn", "notebooks",
    "wheel", "contraries", "discover", "replay", "parts", "readers", "review_desk", "repeatable", "steps", "search",
    "shares", "segment", "seeding", "learned", "scoring", "turns",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first: a worker gets whole files, and a long one last keeps all waiting."""
    place = {f"test_{name}": at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with something of everything in it."""
    return filled_home(tmp_path / "home")


@pytest.fixture(scope="session")
def empty() -> Path:
    """The file of an empty store, to be copied."""
    return empty_file()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """The empty store of a home in tmp_path."""
    opened = store_at(Home(tmp_path).database)
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


def thinned(folder: Path, into: Path, part: slice) -> Path:
    """A folder of JSON lines with a part of each file's lines; of one suite's ("claims.jsonl", "claims.told.jsonl") the
    first."""
    for path in (path for path in folder.glob("*.jsonl") if "." not in path.stem):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (into / path.name).write_text("".join(lines[part]), encoding="utf-8")
    return into


@pytest.fixture(scope="module")
def learns_little(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Of what ships to learn from, one line in nineteen: enough where a test isn't about what a model knows, and of no
    run of five rows the same one."""
    from classifier.files import shipped
    from pipeline.research import learning

    data = thinned(shipped("data"), tmp_path_factory.mktemp("data"), slice(None, None, 19))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning, "shipped", lambda *parts: data.joinpath(*parts[1:]))
        yield data


@pytest.fixture(scope="module")
def ranks_by_little() -> Iterator[None]:
    """A training's ranker learns from a hundred questions of each kind, not 1,800: enough where a test isn't about the
    order of passages."""
    from classifier.evidence import ranking

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "train", partial(ranking.train, asked=100))
        yield


@pytest.fixture(scope="module")
def judged_by_little(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Of the gate's rows that ship, a dozen of each suite, and intervals of few resamples: enough where a test isn't
    about how good a model is."""
    from classifier import judging
    from classifier.files import shipped
    from pipeline.research import trials

    gate = thinned(shipped("data", "gate"), tmp_path_factory.mktemp("gate"), slice(12))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trials, "shipped", lambda *parts: gate if parts == ("data", "gate") else shipped(*parts))
        patch.setattr(judging, "ROUNDS", 50)
        yield gate


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
