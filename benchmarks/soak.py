"""A soak on replayed news: `python -m benchmarks.soak --minutes 30 --replay ../shared/replay`; prints what it saw.

The replay shows a new item at each outlet every few seconds, so the moment of publication of each is known; sources are
looked at as often as --every says, far more often than Soi would ask a real site.
"""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path

from crawlers.sources import Source, write
from pipeline.home import Home
from pipeline.operations.metrics import memory_of
from pipeline.operations.state import read_state
from pipeline.store import alerts, copies, open_store, posts, watching
from soi.facts import import_facts

HOSTS = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
SHOWN_AT_ONCE = 30  # items the replay shows from its start; the others follow one by one


def main() -> None:
    """Run the soak and print its table."""
    asked = arguments()
    with tempfile.TemporaryDirectory() as name:
        home = make_home(Path(name), asked)
        serve = [sys.executable, str(asked.replay / "serve.py"), "--port", str(asked.port), "--rate", f"{asked.rate:g}",
                 "--faults", f"{asked.faults:g}", "--crawl-delay", "0"]  # fmt: skip
        replay = subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        began = time.time()
        time.sleep(1)
        if replay.poll() is not None:
            sys.exit(f"The replay ended at once: is port {asked.port} taken? Name another with --port.")
        command = [sys.executable, "-m", "soi", "run", "--home", name, "--port", "0"]
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        with (asked.log or Path(os.devnull)).open("wb") as log:
            soi = subprocess.Popen(command, stderr=log, env=environment)
            try:
                memory, numbers = attend(home, soi, asked, until=began + asked.minutes * 60)
            finally:
                soi.send_signal(signal.SIGTERM)
                begun = time.monotonic()
                code = soi.wait()
                replay.terminate()
                replay.wait()
        print(f"ended with code {code} in {time.monotonic() - begun:.1f} s")
        show(home, memory, numbers, began=began, asked=asked)


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--replay", type=Path, default=Path("../shared/replay"))
    parser.add_argument("--rate", type=float, default=5, help="seconds between two new items of an outlet")
    parser.add_argument("--faults", type=float, default=0.05)
    parser.add_argument("--every", type=float, default=60, help="seconds between two looks at a source")
    parser.add_argument("--port", type=int, default=8800)
    parser.add_argument("--log", type=Path, default=None)
    return parser.parse_args()


def make_home(root: Path, asked: argparse.Namespace) -> Home:
    """A home that watches the replayed outlets."""
    home = Home(root)
    home.settings_file.write_text("[schedule]\ntick = 1\ncheck = '* * * * *'\n")
    import_facts(open_store(home.database))
    for host in HOSTS:
        url = f"http://{host}:{asked.port}/rss/moi-nhat.rss"
        write(home.sources, Source(host.rpartition(".")[2], host, "feed", url, delay=0.0, allow_private=True))
    return home


def attend(
    home: Home, soi: "subprocess.Popen[bytes]", asked: argparse.Namespace, *, until: float
) -> tuple[dict[str, list[int]], list[int]]:
    """Look at the memory of each process every second, keep the sources due, read the numbers; until then."""
    memory: dict[str, list[int]] = {}
    numbers: list[int] = []
    looked = scraped = 0.0
    while time.time() < until and soi.poll() is None:
        time.sleep(1)
        state = read_state(home)
        processes = {"run": soi.pid, **{name: job.pid for name, job in state.jobs.items() if job.pid}}
        held = {
            name: memory_of(pid) + (name != "run") * sum(map(memory_of, below(pid))) for name, pid in processes.items()
        }
        for name, size in {**held, "all of it": sum(held.values())}.items():
            if size:
                memory.setdefault(name, []).append(size)
        if time.time() - looked > asked.every:
            looked = time.time()
            with closing(open_store(home.database)) as db:
                db.execute("UPDATE sources SET next_check = ''")
        if state.desk.startswith("http") and time.time() - scraped > 10:
            scraped = time.time()
            with urllib.request.urlopen(f"{state.desk}/metrics", timeout=20) as answer:
                numbers.append(len(answer.read()))
    return memory, numbers


def below(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [*map(int, found), *(one for child in found for one in below(int(child)))]


def latencies(home: Home, *, began: float, rate: float) -> list[float]:
    """Seconds from the moment the replay showed an item to its first score, of the items that came one by one."""
    found = []
    with closing(open_store(home.database)) as db:
        rows = db.execute(
            "SELECT p.url, min(s.scored_at) FROM posts p JOIN versions v ON v.post_id = p.id"
            " JOIN scores s ON s.version_id = v.id GROUP BY p.id"
        )
        for url, scored in rows:
            number = re.search(r"/bai/(\d+)\.html", url)
            if number and int(number[1]) >= SHOWN_AT_ONCE:
                shown = began + (int(number[1]) - SHOWN_AT_ONCE + 1) * rate
                found.append(datetime.fromisoformat(scored).timestamp() - shown)
    return sorted(found)


def missed(found: int, *, lasted: float, asked: argparse.Namespace) -> int:
    """How many items that were shown long enough before the end have no score."""
    long_ago = lasted - asked.every - 30
    return max(0, len(HOSTS) * int(long_ago / asked.rate) - found)


def show(
    home: Home, memory: dict[str, list[int]], numbers: list[int], *, began: float, asked: argparse.Namespace
) -> None:
    """Print memory, latencies, sums and alerts."""
    print(
        f"{asked.minutes:g} minutes at --rate {asked.rate:g} --faults {asked.faults:g}, looks every {asked.every:g} s"
    )
    print(f"{'memory, MB':20}{'start':>8}{'median':>8}{'end':>8}{'most':>8}{'samples':>9}")
    for name, sizes in sorted(memory.items()):
        figures = (sizes[0], statistics.median(sizes), sizes[-1], max(sizes))
        print(f"{name:20}" + "".join(f"{figure / 1e6:8.0f}" for figure in figures) + f"{len(sizes):9}")
    seconds = latencies(home, began=began, rate=asked.rate)
    if seconds:
        p50, p95, p99 = (seconds[round(share * (len(seconds) - 1))] for share in (0.5, 0.95, 0.99))
        print(f"publication to queue, s: p50 {p50:.1f}  p95 {p95:.1f}  p99 {p99:.1f}  (n {len(seconds)})")
        word = "held" if p95 <= asked.every + 30 else "NOT held"
        print(f"p95 at most the interval and 30 s ({asked.every + 30:g} s): {word}")
        print("shown, and never scored:", missed(len(seconds), lasted=asked.minutes * 60, asked=asked))
    with closing(open_store(home.database)) as db:
        landing = watching.to_score(db, since="2000")
        print(f"landing to score, s: p50 {landing.p50}  p95 {landing.p95}  p99 {landing.p99}  (n {landing.n})")
        for (step,) in db.execute("SELECT DISTINCT step FROM runs").fetchall():
            totals: Counter[str] = Counter()
            for (of, _, outcome), n in watching.totals_between(db, after=0, upto=10**9).items():
                if of == step:
                    totals[outcome] += n
            (inputs,) = db.execute("SELECT coalesce(sum(inputs), 0) FROM runs WHERE step = ?", [step]).fetchone()
            print(f"{step}: {totals.total()} outcomes, {inputs} inputs: {dict(totals.most_common())}")
        held, waiting = posts.counts(db)["posts"], posts.count_unscored(db, "")
        print(f"posts {held}, unscored {waiting}, reads of /metrics {len(numbers)}")
        raised = alerts.last_alerts(db, limit=20)
        print("alerts raised:", len(raised))
        for alert in raised:
            print(f"alert {alert.key}: {alert.text} ({alert.opened_at[11:16]} to {alert.resolved_at[11:16] or 'now'})")
    print("database:", copies.problems(home.database) or "whole")


if __name__ == "__main__":
    main()
