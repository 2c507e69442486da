"""The desk at a million posts and a hundred thousand cases: latencies of queue, case and decide, and page weights.

    python -m benchmarks.desk [--posts 1000000] [--cases 100000] [--keep FOLDER]

Times are of whole requests inside the application (routing, SQL, template), one after another.
"""

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from benchmarks.desk_world import fill
from benchmarks.measure import Line
from pipeline.home import Home
from pipeline.store import open_store, people
from review import access
from review.app import create_app, settle

POSTS = 1_000_000
CASES = 100_000
GOAL_MS = 50.0
GOAL_KB = 100.0
QUERIES = (
    "/", "/?right=CAT", "/?right=CRC&kind=forum", "/?reason=UNSUPPORTED_SPREADING&spread=many", "/?age=month",
    "/?state=decided", "/?order=oldest", "/?q=xuong+gach", "/?q=benh+vien&right=CRPD", "/?page=20", "/?lane=audit",
)  # fmt: skip


@dataclass(slots=True)
class Times:
    """Milliseconds of some calls: by the clock, and of the processor, to which other programs add nothing."""

    wall: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time one call."""
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.wall.append((time.perf_counter() - began) * 1000)
        self.work.append((time.process_time() - worked) * 1000)


def timed(act: Callable[[], Any], n: int) -> Times:
    """Times of n calls, the first few left out: they open files and compile templates."""
    for _ in range(3):
        act()
    times = Times()
    for _ in range(n):
        with times.one():
            act()
    return times


def p99(times: Sequence[float]) -> float:
    """The time that 99 of 100 stay under."""
    return statistics.quantiles(times, n=100)[98]


def line(what: str, times: Times) -> Line:
    """The 99th of a hundred in processor time; by the clock in the remark, where a busy machine shows."""
    clock = f"by the clock p50 {statistics.median(times.wall):.0f}, p99 {p99(times.wall):.0f} ms"
    return Line(f"desk: {what}, p99", p99(times.work), unit="ms", reach=GOAL_MS, least=False, note=clock)


class Moderator:
    """Somebody signed in, who opens and decides."""

    def __init__(self, client: TestClient, wanted: int) -> None:
        self.client, self.rng, self.wanted, self.kb = client, random.Random(3), wanted, 0.0

    def open(self, path: str) -> str:
        """A page; the heaviest is remembered."""
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        self.kb = max(self.kb, len(answer.content) / 1000)
        return answer.text

    def any_case(self) -> str:
        """A case at random."""
        return self.open(f"/case/{self.rng.randrange(1, self.wanted)}")

    def decide(self, times: Times) -> None:
        """Take the next case and decide it; the decision alone is timed."""
        seal = re.search(r'name="seal" value="(\w+)"', self.open("/mine"))
        assert seal
        case = self.client.post("/next", data={"seal": seal[1]}).url.path
        seen = re.search(r'name="seen" value="(\d+)"', self.open(case))
        assert seen
        form = {"seal": seal[1], "seen": seen[1], "verdict": "unverifiable", "reason": "not_public", "note": "x"}
        with times.one():
            answer = self.client.post(f"{case}/decide", data=form, follow_redirects=False)
        assert answer.status_code == 303, answer.status_code


def measure(home: Home, *, wanted: int, n: int) -> Iterator[Line]:
    """The figures of a filled home."""
    db = open_store(home.database)
    if not any(person.name == "bench" for person in people.people(db)):
        access.add_user(db, "bench", role="lead")
    with TestClient(create_app(home)) as client:
        client.cookies.set(access.SESSION_COOKIE, access.open_session(db, "bench", how="bench") or "")
        one = Moderator(client, wanted)
        one.open("/")
        settle()  # as the served desk does
        everything = Times()
        for query in QUERIES:
            times = timed(lambda query=query: one.open(query), n // 4)  # type: ignore[misc]
            everything.wall += times.wall
            everything.work += times.work
            yield line(f"queue {query}", times)
        yield line("queue, all of these", everything)
        yield line("case, any", timed(one.any_case, n))
        yield line("case, the largest", timed(lambda: one.open("/case/1"), n // 4))
        made = Times()
        for _ in range(n):
            one.decide(made)
        yield line("decide", made)
        along = sum(len(client.get(f"/static/{name}").content) for name in ("desk.css", "desk.js", "soi.svg")) / 1000
        heaviest = one.kb + along
        yield Line("desk: heaviest page with its style and script", heaviest, unit="kB", reach=GOAL_KB, least=False)
    db.close()


def run(*, keep: Path | None = None, posts: int = POSTS, wanted: int = CASES, n: int = 400) -> Iterator[Line]:
    """Fill a home (or use a kept one) and measure, at the size that the desk is made for or another."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(keep or Path(folder))
        if not home.database.exists():
            db = open_store(home.database)
            fill(db, posts=posts, wanted=wanted)
            db.close()
        yield from measure(home, wanted=wanted, n=n)


def main() -> int:
    """The lines, over a home of any size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("-n", type=int, default=400, help="requests of each kind")
    parser.add_argument("--keep", type=Path, help="folder to keep the database in, and to use again")
    given = parser.parse_args()
    missed = 0
    for found in run(keep=given.keep, posts=given.posts, wanted=given.cases, n=given.n):
        print(found, flush=True)
        missed += not found.held
    return int(missed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
