"""Pages are read in other processes, each with a deadline."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawlers import wire
from crawlers.items import Fetch, Look, Outcome, Page, Reading
from crawlers.sources import Source
from crawlers.workers import NoWorker, Workers

SOURCE = Source("bao", "Báo", "feed", "http://a.test/rss")
FETCH = Fetch("bao", "http://a.test/1.html", step="page")
TEXT = "Ủy ban xã cho biết trẻ em dưới sáu tuổi trên địa bàn được khám bệnh miễn phí."


def page(body: str) -> Page:
    return Page("http://a.test/1.html", "text/html", f"<html><body><article>{body}</article></body></html>".encode())


def children() -> set[int]:
    mine = Path(f"/proc/self/task/{os.getpid()}/children")
    return {int(pid) for pid in mine.read_text().split()} if mine.exists() else set()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc")
def test_a_process_that_reads_pages_holds_none_of_the_settings_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOI_ALERTS__SMTP_PASSWORD", "m4tkhau")

    async def held() -> list[bytes]:
        workers = Workers(count=1, deadline=20)
        before = children()
        try:
            await workers.read(SOURCE, FETCH, page(f"<p>{TEXT}</p>"))
            return [Path(f"/proc/{pid}/environ").read_bytes() for pid in children() - before]
        finally:
            await workers.close()

    (environ,) = asyncio.run(held())
    assert b"PYTHONPATH=" in environ
    assert b"SOI_" not in environ


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    async def both() -> tuple[Reading, Reading]:
        workers = Workers(count=1, deadline=4)
        try:
            slow = page("".join(f"<p>{TEXT} lần {n}</p>" for n in range(80_000)))
            return await workers.read(SOURCE, FETCH, slow), await workers.read(SOURCE, FETCH, page(f"<p>{TEXT}</p>"))
        finally:
            await workers.close()

    before = children()
    slow, good = asyncio.run(both())
    assert slow.missed is Outcome.TOO_SLOW
    assert [getattr(item, "text", "") for item in good.items] == [TEXT]
    assert children() <= before


def test_what_a_page_may_be_is_told_by_a_worker_with_the_same_deadline() -> None:
    async def both() -> list[Look]:
        workers = Workers(count=1, deadline=2)
        try:
            feed = b'<rss version="2.0"><channel><title>Tin</title><item><title>a</title></item></channel></rss>'
            bodies = (b'<rss version="2.0"><channel><item>' + b"<a>" * 800_000, feed)
            return [await workers.look(Page("http://a.test/rss", "application/rss+xml", body)) for body in bodies]
        finally:
            await workers.close()

    slow, good = asyncio.run(both())
    assert (slow.missed, slow.kind) == (Outcome.TOO_SLOW, "")
    assert good == Look("feed", "Tin")


def test_a_worker_that_dies_costs_one_page() -> None:
    async def killed() -> tuple[Reading, Reading]:
        workers = Workers(count=1, deadline=20)
        try:
            await workers.read(SOURCE, FETCH, page(f"<p>{TEXT}</p>"))
            process = next(iter(workers._all))
            slow = page("".join(f"<p>{TEXT} lần {n}</p>" for n in range(80_000)))
            reading = asyncio.ensure_future(workers.read(SOURCE, FETCH, slow))
            await asyncio.sleep(0.3)
            process.kill()
            return await reading, await workers.read(SOURCE, FETCH, page(f"<p>{TEXT}</p>"))
        finally:
            await workers.close()

    broken, good = asyncio.run(killed())
    assert broken.missed is Outcome.BROKEN
    assert len(good.items) == 1


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("crawlers.workers.START_SECONDS", 0.01, "isn't ready after 0 seconds"),
        ("sys.executable", "/bin/false", "ends at once"),
        ("sys.executable", "/nowhere/python", "No such file or directory"),
    ],
)
def test_a_worker_that_does_not_start_is_ended_and_no_fault_of_a_page(
    name: str, value: object, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unstarted() -> set[int]:
        workers = Workers(count=1, deadline=20)
        try:
            for _ in range(2):
                with pytest.raises(NoWorker, match=why):
                    await workers.read(SOURCE, FETCH, page(f"<p>{TEXT}</p>"))
            with pytest.raises(NoWorker, match=why):
                await workers.look(page(f"<p>{TEXT}</p>"))
            return children()
        finally:
            await workers.close()

    monkeypatch.setattr(name, value)
    before = children()
    assert asyncio.run(unstarted()) <= before


def test_a_page_that_hangs_ends_its_reader_when_nobody_is_there_to() -> None:
    code = "from crawlers import settings; settings.EXTRACT_SECONDS = -3; from crawlers.worker import main; main()"
    slow = page("".join(f"<p>{TEXT} lần {n}</p>" for n in range(80_000)))
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert wire.read_frame(worker.stdout) == ("ready", b"")  # type: ignore[arg-type]
        worker.stdin.write(wire.pack_task(page(f"<p>{TEXT}</p>"), SOURCE, FETCH))
        worker.stdin.flush()
        assert wire.read_frame(worker.stdout)  # type: ignore[arg-type]
        time.sleep(2.5)  # whoever waits for work isn't ended
        worker.stdin.write(wire.pack_task(slow, SOURCE, FETCH))
        worker.stdin.flush()
        assert worker.wait(60) == -signal.SIGALRM


def test_pages_are_read_side_by_side() -> None:
    async def many() -> list[Reading]:
        workers = Workers(count=2, deadline=20)
        try:
            return await asyncio.gather(*(workers.read(SOURCE, FETCH, page(f"<p>{TEXT} {n}</p>")) for n in range(10)))
        finally:
            await workers.close()

    texts = [getattr(reading.items[0], "text", "") for reading in asyncio.run(many())]
    assert texts == [f"{TEXT} {n}" for n in range(10)]


def test_nothing_of_the_folder_a_crawl_is_typed_in_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def read() -> Reading:
        workers = Workers(count=1, deadline=20)
        try:
            return await workers.read(SOURCE, FETCH, page(f"<p>{TEXT}</p>"))
        finally:
            await workers.close()

    (tmp_path / "trafilatura.py").write_text("open('was_run', 'w')")
    monkeypatch.chdir(tmp_path)
    assert len(asyncio.run(read()).items) == 1
    assert not (tmp_path / "was_run").exists()
