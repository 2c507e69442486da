"""How much politeness, safety and bookkeeping cost: our crawl against bare Scrapy, on nginx on loopback.

    python -m benchmarks.crawl [--pages 3000] [--memory-pages 20000]

Each run has a process of its own; runs are alternated and the best of each is compared, because a busy machine
only ever makes them slower. Prints ratios, which travel between machines; absolute figures don't.
"""

import argparse
import contextlib
import hashlib
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HOSTS = 4  # 127.0.0.1 to .4
SENTENCE = "Ủy ban xã cho biết trẻ em dưới sáu tuổi được khám bệnh miễn phí tại trạm y tế, trừ ngày lễ. "
PAST = "2020-01-01T00:00:00.000Z"


def small(number: int) -> bytes:
    """A page of 1.5 kB."""
    page = f"<html lang='vi'><head><title>Tin {number}</title></head><body><p>{SENTENCE * 9} {number}</p></body></html>"
    return page.encode()[:1500].ljust(1500)


def large(number: int) -> bytes:
    """An article of about 110 kB, markup included, as outlets write them."""
    text = "".join(f"<p class='Normal' data-id='{n}'>{SENTENCE * 3} {number}-{n}</p>" for n in range(20))
    menu = "".join(f"<li class='item'><a class='link' href='/muc/{n}'>Mục {n}</a></li>" for n in range(1500))
    head = f"<head><title>Tin {number}</title></head>"
    body = f"<ul>{menu}</ul><article><h1>Tin {number}</h1>{text}</article>"
    return f"<html lang='vi'>{head}<body>{body}</body></html>".encode()


@contextlib.contextmanager
def nginx(root: Path) -> Iterator[int]:
    """An nginx that serves a folder, without validators, so that every page is sent whole."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    temp = "\n".join(
        f"{name}_temp_path {root}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = root / "nginx.conf"
    config.write_text(
        f"daemon off; pid {root}/pid; error_log {root}/error.log; worker_processes 1; user root;\n"
        f"events {{ worker_connections 512; }}\n"
        f"http {{ access_log off; etag off; if_modified_since off; keepalive_requests 1000000; {temp}\n"
        f"server {{ listen 0.0.0.0:{port}; root {root}/www; default_type text/html; charset utf-8; }} }}\n"
    )
    process = subprocess.Popen([program, "-p", str(root), "-c", str(config), "-e", str(root / "error.log")])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def urls(port: int, folder: str, pages: int) -> list[str]:
    """Addresses of pages, by turns on the hosts."""
    return [f"http://127.0.0.{n % HOSTS + 1}:{port}/{folder}/{n}.html" for n in range(pages)]


def bare(port: int, folder: str, pages: int, *, extract: bool) -> dict[str, float]:
    """Scrapy as it comes, without delays; with trafilatura in the callback when asked."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess
    from trafilatura import bare_extraction

    class Bare(scrapy.Spider):
        name = "bare"
        seen = 0

        async def start(self) -> Any:
            for url in urls(port, folder, pages):
                yield scrapy.Request(url)

        def parse(self, response: Any) -> None:
            Bare.seen += 1
            if extract:
                bare_extraction(
                    response.text, url=response.url, fast=True, include_comments=False, include_tables=False
                )

    off = {"TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "LOG_LEVEL": "ERROR"}
    process = AsyncCrawlerProcess(off)
    process.crawl(Bare)
    wall, cpu = time.perf_counter(), own_cpu()
    process.start()
    return {"pages": Bare.seen, "wall": time.perf_counter() - wall, "cpu": own_cpu() - cpu}


def ours(port: int, folder: str, pages: int, *, extract: bool) -> dict[str, Any]:
    """The real crawl into a real store; without extraction the pages are known and unchanged."""
    import scrapy.crawler  # noqa: F401  # as in bare(), what is imported once isn't counted

    import crawlers.watch  # noqa: F401
    from crawlers.run import crawl
    from crawlers.sources import Source
    from pipeline.intake import open_intake
    from pipeline.store import open_store

    sources = [
        Source(
            id=f"o{n}", name="o", kind="feed", url=f"http://127.0.0.{n + 1}:{port}/rss", delay=0.0, allow_private=True
        )
        for n in range(HOSTS)
    ]
    sizes: list[int] = []

    def watch(_: Any) -> None:
        watch.done += 1  # type: ignore[attr-defined]
        if watch.done % max(pages // 40, 1) == 0:  # type: ignore[attr-defined]
            sizes.append(resident())

    watch.done = 0  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder_of_db:
        db = open_store(Path(folder_of_db) / "soi.db")
        with open_intake(db, sources) as intake:
            plan(db, port, folder, pages, extract=extract)
            wall, cpu = time.perf_counter(), own_cpu()
            report = crawl(sources, intake, max_pages=pages + 1, on_progress=watch, deadline=60.0)
            spent = {"wall": time.perf_counter() - wall, "cpu": own_cpu() - cpu}
    return {"pages": report.inputs, "counts": {str(k): v for k, v in report.counts.items()}, "sizes": sizes, **spent}


def plan(db: Any, port: int, folder: str, pages: int, *, extract: bool) -> None:
    """Make every page due, with the hash of its body when it is to be found unchanged."""
    make = {"small": small, "large": large}[folder]
    rows = []
    for number, url in enumerate(urls(port, folder, pages)):
        digest = "" if extract else hashlib.blake2b(make(number), digest_size=16).hexdigest()
        rows.append((url, f"o{number % HOSTS}", digest, PAST))
    with db.conn:
        db.conn.executemany(
            "INSERT INTO fetches (url, source_id, body_hash, next_visit, fetched_at, step)"
            " VALUES (?, ?, ?, ?, '', 'page')",
            rows,
        )


def own_cpu() -> float:
    """CPU seconds of this process alone, its workers not counted."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def resident() -> int:
    """Bytes of memory this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def child(task: dict[str, Any]) -> dict[str, Any]:
    """One run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.crawl", "--child", json.dumps(task)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def best(runs: list[dict[str, Any]], *, by: str) -> float:
    """The least seconds a page took."""
    return min(run[by] / run["pages"] for run in runs)


def more(port: int, kind: str, few: int, many: int, rounds: int) -> tuple[float, dict[str, Any]]:
    """CPU seconds that each further page takes, start-up left out; and the last run."""
    task = {"kind": kind, "port": port, "folder": "large", "extract": True}
    short = min(child(task | {"pages": few})["cpu"] for _ in range(rounds))
    runs = [child(task | {"pages": many}) for _ in range(rounds)]
    return (min(run["cpu"] for run in runs) - short) / (many - few), runs[-1]


def measure(port: int, pages: int, memory_pages: int, rounds: int) -> None:
    """Run everything and print it."""
    plain, full = [], []
    for _ in range(rounds):
        plain.append(child({"kind": "bare", "port": port, "folder": "small", "pages": pages, "extract": False}))
        full.append(child({"kind": "ours", "port": port, "folder": "small", "pages": pages, "extract": False}))
    ratio = best(plain, by="wall") / best(full, by="wall")
    cpu = best(plain, by="cpu") / best(full, by="cpu")
    print(f"pages of 1.5 kB, no extraction: {ratio:.2f} of bare Scrapy's requests/s (goal 0.85); by CPU {cpu:.2f}")
    print(f"  bare {1 / best(plain, by='wall'):.0f}/s, ours {1 / best(full, by='wall'):.0f}/s; {full[-1]['counts']}")
    many = max(pages // 10, 50)
    inline, _ = more(port, "bare", 4, many, rounds)
    away, last = more(port, "ours", 4, many, rounds)
    print(f"pages of 110 kB, extracted: the event loop's CPU is {away / inline:.2f} of inline extraction's (goal 0.33)")
    print(f"  a page {1000 * inline:.1f} ms inline, {1000 * away:.1f} ms ours; {last['counts']}")
    run = child({"kind": "ours", "port": port, "folder": "small", "pages": memory_pages, "extract": False})
    sizes = run["sizes"]
    early, late = sizes[len(sizes) // 4], sizes[-1]
    growth = 100 * (late - early) / early
    held = f"{early / 1e6:.0f} MB after a quarter, {late / 1e6:.0f} MB at the end ({growth:+.1f} %)"
    print(f"memory over {memory_pages} pages: {held}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--memory-pages", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        task = json.loads(given.child)
        run = {"bare": bare, "ours": ours}[task.pop("kind")]
        print(json.dumps(run(**task)))
        return
    with tempfile.TemporaryDirectory(prefix="soi-bench-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        for name, make, count in (
            ("small", small, max(given.pages, given.memory_pages)),
            ("large", large, max(given.pages // 10, 50)),
        ):
            (root / "www" / name).mkdir(parents=True)
            for number in range(count):
                (root / "www" / name / f"{number}.html").write_bytes(make(number))
        with nginx(root) as port:
            measure(port, given.pages, given.memory_pages, given.rounds)


if __name__ == "__main__":
    main()
