"""Soi killed at random moments, and what must hold afterwards. `python tests/kills.py 200` prints the table."""

import contextlib
import gzip
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawl_once import command
from small_site import ended, start_ready, typed_apart

from crawlers.sources import Source, write
from pipeline.home import Home
from pipeline.operations.backup import restore
from pipeline.operations.rotation import backups
from pipeline.records import NewDecision, NewPost, Verdict
from pipeline.store import cases, copies, decisions, open_store, posts, runs
from soi.demo_world import open_world

OLD = Path(__file__).with_name("soi-m003.db.gz")

SUMS = """
SELECT r.id FROM runs r WHERE r.inputs <> (SELECT coalesce(sum(n), 0) FROM run_outcomes WHERE run_id = r.id)
"""
SCORED = "SELECT (SELECT count(*) FROM scores), (SELECT coalesce(sum(inputs), 0) FROM runs WHERE step = 'score')"
OPEN = "WHERE status = 'running'"
HALF = "SELECT count(*) FROM posts p WHERE NOT EXISTS (SELECT 1 FROM versions v WHERE v.post_id = p.id)"


# these two print a line only after its commit: that is the acknowledgement


def land(path: str, first: int) -> None:
    """Posts one after another."""
    db = open_store(Path(path))
    for n in range(first, first + 5000):
        url = f"https://bao.example/{n}"
        posts.take_post(db, NewPost("bao", url, f"Luật cho trẻ 12 tuổi làm công nhân, bài số {n}."))
        print(url, flush=True)
        time.sleep(0.01)


def decide(path: str, first: int) -> None:
    """Cases that are opened and decided one after another, some of them undone."""
    db = open_store(Path(path))
    for n in range(first, first + 5000):
        posts.take_post(db, NewPost("ban", f"https://ban.example/{n}", f"Điều đã nói số {n}."))
        post = posts.post_by(db, f"https://ban.example/{n}")
        assert post
        case = cases.open_case(db, post.post_id, claim=f"điều đã nói số {n}", score_id=None)
        number = decisions.decide(db, NewDecision(case, "an", Verdict.OPINION, "view"))
        print(number, flush=True)
        if n % 3 == 0:
            print(decisions.undo(db, number, person="an"), flush=True)


def migrate(path: str) -> None:
    """An old database brought up to now."""
    open_store(Path(path))


def act(step: str, given: tuple[Any, ...], out: str) -> None:
    """One step, with whatever it starts in a group of its own, that can be killed at once."""
    os.setsid()
    if step in ACTS:
        with open(out, "wb") as file:
            os.dup2(file.fileno(), sys.stdout.fileno())
        ACTS[step](*given)
    else:
        command([*step.split(), *given], out, os.devnull)


ACTS: dict[str, Callable[..., None]] = {"land": land, "decide": decide, "migrate": migrate}


@dataclass
class World:
    """A home under fire, and all that it acknowledged."""

    home: Home
    rng: random.Random
    posts: set[str] = field(default_factory=set)
    decisions: set[int] = field(default_factory=set)
    kills: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)  # kills that fell into the work itself, not its start
    usual: dict[str, float] = field(default_factory=dict)  # seconds a step takes when it is left alone

    def start(self, step: str, out: str) -> int:
        """The number of a process that does a step; forked from one that has imported and read what it needs, or most
        kills fell into that."""
        given: tuple[Any, ...] = ("--home", str(self.home.root))
        if step in {"land", "decide"}:
            given = str(self.home.database), self.rng.randrange(10**9)
        elif step == "migrate":
            old = self.home.root / "old.db"
            for path in self.home.root.glob("old.db*"):
                path.unlink()
            old.write_bytes(gzip.decompress(OLD.read_bytes()))
            given = (str(old),)
        return start_ready(act, step, given, out)

    def learn(self) -> None:
        """See how long each step takes here and now, or the moments aren't spread over the whole of it."""
        start_ready(id, 0)  # that is over once the process they are forked from is ready
        assert ended(120) == 0
        for step in ("crawl", "score", "backup", "prune", "migrate"):
            started = time.monotonic()
            self.start(step, os.devnull)
            assert ended(120) == 0, step
            self.usual[step] = time.monotonic() - started
        # these go on for ever: a while at work, or as long as two crawls that Soi starts by itself
        self.usual |= dict.fromkeys(("land", "decide"), 2 * self.usual["migrate"])
        started = time.monotonic()
        alone = [sys.executable, "-m", "soi", "crawl", "--home", str(self.home.root)]
        subprocess.run(alone, capture_output=True, check=True)
        self.usual["run --no-desk"] = 2 * (time.monotonic() - started)

    def strike(self, step: str) -> None:
        """Start a step, kill it at a random moment, note what it acknowledged."""
        started, usual, runs_before = time.monotonic(), self.usual[step], self._last_run()
        with tempfile.NamedTemporaryFile() as out:
            process = self.start(step, out.name)
            code = ended(self.rng.uniform(0.15 * usual, usual))
            if killed := code is None:
                self.kills[step] += 1
            else:
                self.ended[step] += 1
                self.usual[step] = time.monotonic() - started
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
            if killed:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)  # where it had no group of its own yet
                assert ended(120) is not None
            said = out.read().decode()
        whole = said[: said.rfind("\n") + 1].split()
        if step == "land":
            self.posts.update(whole)
        elif step == "decide":
            self.decisions.update(map(int, whole))
        at_work = whole or (any(self.home.root.glob("old.db.before-*")) and step == "migrate")
        self.cut[step] += bool(killed and (at_work or self._last_run(OPEN) > runs_before))

    def _last_run(self, which: str = "") -> int:
        with contextlib.closing(sqlite3.connect(self.home.database)) as db:
            (number,) = db.execute(f"SELECT coalesce(max(id), 0) FROM runs {which}").fetchone()
        return int(number)

    def wrong(self, step: str) -> list[str]:
        """Everything that doesn't hold after a kill."""
        if step == "migrate":
            return self._wrong_after_migration()
        found = copies.problems(self.home.database)
        with contextlib.closing(open_store(self.home.database)) as db:
            for table in copies.FTS:
                db.conn.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 0)")
            db.conn.rollback()
            have = {url for (url,) in db.conn.execute("SELECT url FROM posts")}
            found += [f"{len(self.posts - have)} acknowledged posts are gone"] if self.posts - have else []
            made = {number for (number,) in db.conn.execute("SELECT id FROM decisions")}
            lost = self.decisions - made
            found += [f"{len(lost)} acknowledged decisions are gone"] if lost else []
            found += [f"run {run}: counts don't add up" for (run,) in db.conn.execute(SUMS)]
            scores, inputs = db.conn.execute(SCORED).fetchone()
            found += [f"{scores} scores and {inputs} inputs of scoring"] if scores != inputs else []
            found += ["a post without a text"] if db.conn.execute(HALF).fetchone()[0] else []
        return found

    def _wrong_after_migration(self) -> list[str]:
        """The interrupted upgrade goes on at the next start, and the old file is kept whole."""
        old = self.home.root / "old.db"
        with contextlib.closing(open_store(old)) as db:
            held = posts.counts(db)["posts"], len(list(db.query("SELECT * FROM labels")))
        found = copies.problems(old) + ([] if held == (2, 1) else [f"the old database holds {held}"])
        # a number at its end is the process that was killed while it copied
        kept = [path for path in self.home.root.glob("old.db.before-*") if not re.search(r"\.\d+(-|$)", path.name)]
        assert kept
        return found + [problem for path in kept for problem in copies.problems(path)]


STEPS = ("land", "decide", "crawl", "score", "backup", "prune", "migrate", "run --no-desk")


def under_fire(home: Home, *, kills: int, seed: int) -> World:
    """Kill Soi so many times; raises AssertionError at the first thing that doesn't hold."""
    world = World(home, random.Random(seed))
    open_store(home.database).close()
    home.settings_file.write_text("[score]\nbatch = 4\n[schedule]\ntick = 0.2\n")
    with open_world() as entries:
        for entry in entries:
            write(home.sources, Source(**{**entry, "delay": 0.0}))
        world.learn()
        n = 0
        while world.kills.total() < kills and n < 4 * kills:
            step = STEPS[n % len(STEPS)]
            n += 1
            world.strike(step)
            found = world.wrong(step)
            assert not found, (step, found)
        _go_on(world)
    return world


def _left(home: Home) -> bool:
    """Whether what a killed `soi run` had started is still ending: such a crawl has the place to itself."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            if os.fsencode(home.root) in path.read_bytes().split(b"\0"):
                return True
    return False


def _go_on(world: World) -> None:
    """After all of it, everything still works to its end."""
    home, limit = world.home, time.monotonic() + 60
    while _left(home) and time.monotonic() < limit:
        time.sleep(0.05)
    for step in ("crawl", "score", "backup"):
        done = typed_apart(home.root, step, scores=step == "score")
        assert done.returncode == 0, (step, done.stderr)
    assert not world.wrong("score")
    with contextlib.closing(open_store(home.database)) as db:
        assert posts.count_unscored(db, "") == 0
        assert {row.status for row in runs.last_runs(db, limit=1000)} <= {"done", "stopped", "running"}
        held = posts.counts(db)
    with tempfile.TemporaryDirectory() as name:
        found = restore(Home(Path(name)), list(backups(home.backups))[-1]).contents
    assert {part: found[part] for part in held} == held


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        begun = time.monotonic()
        result = under_fire(Home(Path(place)), kills=int(sys.argv[1]), seed=int(sys.argv[2]) if sys.argv[2:] else 1)
        print(f"{'step':14}{'killed':>8}{'at work':>9}{'ended by itself':>17}{'usual, s':>10}")
        for name in STEPS:
            counts = f"{result.kills[name]:8}{result.cut[name]:9}{result.ended[name]:17}"
            print(f"{name:14}{counts}{result.usual[name]:10.1f}")
        print(f"{result.kills.total()} kills, {result.cut.total()} of them at work; {len(result.posts)} posts and "
              f"{len(result.decisions)} decisions acknowledged")  # fmt: skip
        print(f"sqlite {sqlite3.sqlite_version}, load {os.getloadavg()[0]:.0f}")
        print(f"all held, in {time.monotonic() - begun:.0f} s")
