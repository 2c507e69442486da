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
from pipeline.home import Home
from pipeline.store import open_store
from review import access
from review.app import create_app

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


def say(what: str, times: Times) -> bool:
    """One line of figures; whether it meets the goal."""
    worst, work = p99(times.wall), p99(times.work)
    print(
        f"{what:50} p50 {statistics.median(times.wall):6.1f}  p99 {worst:6.1f} ms  (processor p99 {work:6.1f} ms)"
        f"  {GOAL_MS / worst:5.1f} x the goal"
    )
    return worst <= GOAL_MS


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
        form = {"seal": seal[1], "seen": seen[1], "verdict": "unverifiable", "reason": "no_evidence_yet", "note": "x"}
        with times.one():
            answer = self.client.post(f"{case}/decide", data=form, follow_redirects=False)
        assert answer.status_code == 303, answer.status_code


def measure(home: Home, *, wanted: int, n: int) -> bool:
    """Print the figures; whether all goals are met."""
    db = open_store(home.database)
    if not any(person.name == "bench" for person in access.list_users(db)):
        access.add_user(db, "bench", role="lead")
    met = True
    with TestClient(create_app(home)) as client:
        client.cookies.set(access.SESSION_COOKIE, access.open_session(db, "bench", how="bench") or "")
        one = Moderator(client, wanted)
        everything = Times()
        for query in QUERIES:
            times = timed(lambda query=query: one.open(query), n // 4)  # type: ignore[misc]
            everything.wall += times.wall
            everything.work += times.work
            met &= say(f"queue {query}", times)
        met &= say("queue, all of these", everything)
        met &= say("case, any", timed(one.any_case, n))
        met &= say("case, the largest", timed(lambda: one.open("/case/1"), n // 4))
        made = Times()
        for _ in range(n):
            one.decide(made)
        met &= say("decide", made)
        met &= weights(one)
    db.close()
    return met


def weights(one: Moderator) -> bool:
    """Bytes of the heaviest page met, and of what every page brings along."""
    along = sum(len(one.client.get(f"/static/{name}").content) for name in ("desk.css", "desk.js", "soi.svg")) / 1000
    print(f"heaviest page {one.kb:.0f} kB and {along:.0f} kB of style and script; the goal is {GOAL_KB:.0f} kB")
    return one.kb + along <= GOAL_KB


def main() -> int:
    """Fill a home (or use a kept one) and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("-n", type=int, default=400, help="requests of each kind")
    parser.add_argument("--keep", type=Path, help="folder to keep the database in, and to use again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(given.keep or Path(folder))
        if not home.database.exists():
            db = open_store(home.database)
            fill(db, posts=given.posts, wanted=given.cases)
            db.close()
        return 0 if measure(home, wanted=given.cases, n=given.n) else 1


if __name__ == "__main__":
    raise SystemExit(main())
