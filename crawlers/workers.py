"""The worker processes that read pages, off the event loop and with a deadline for each page."""

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

from crawlers import wire
from crawlers.items import Fetch, Look, Outcome, Page, Reading
from crawlers.sources import Source
from crawlers.worker import TOO_MUCH

START_SECONDS = 60.0  # for a worker to be ready; it imports the extractor first, so that no page pays for that


class NoWorker(Exception):
    """A worker that doesn't start, which is no page's fault; the message says why and what to do."""


class Workers:
    """A few processes, started when first needed; one that hangs is killed and replaced.

    Whoever has a page read is raised NoWorker where none starts.
    """

    def __init__(self, *, count: int, deadline: float) -> None:
        self._deadline = deadline
        self._free: asyncio.LifoQueue[Process | None] = asyncio.LifoQueue()
        self._all: set[Process] = set()
        for _ in range(count):
            self._free.put_nowait(None)

    async def read(self, source: Source, fetch: Fetch, page: Page) -> Reading:
        """What a page holds; TOO_SLOW past its deadline, BROKEN when the page brought its worker down."""
        try:
            return wire.unpack_reading(await self._given(wire.pack_task(page, source, fetch)))
        except _Unread as error:
            return Reading(missed=error.outcome, why=str(error))

    async def look(self, page: Page) -> Look:
        """Likewise what a page may be, that is of no source yet."""
        try:
            return wire.unpack_look(await self._given(wire.pack_task(page)))
        except _Unread as error:
            return Look(missed=error.outcome, why=str(error))

    async def _given(self, task: bytes) -> Any:
        """What the next free worker answers."""
        process = await self._free.get()
        try:
            if process is None or process.returncode is not None:
                process = await self._started()
            async with asyncio.timeout(self._deadline):
                return await _ask(process, task)
        except BaseException as error:  # it may be amid an answer
            await self._end(process)
            process = None
            if isinstance(error, TimeoutError):
                why = f"reading it took over {self._deadline:.0f} seconds"
                raise _Unread(Outcome.TOO_SLOW, why) from None
            if isinstance(error, asyncio.IncompleteReadError | ConnectionError):
                raise _Unread(Outcome.BROKEN, TOO_MUCH) from None
            raise
        finally:
            self._free.put_nowait(process)

    async def close(self) -> None:
        """End every worker."""
        for process in list(self._all):
            await self._end(process)

    async def _started(self) -> Process:
        try:
            return await self._start()
        except TimeoutError:
            why = f"it isn't ready after {START_SECONDS:.0f} seconds"
        except (asyncio.IncompleteReadError, ConnectionError):
            why = "it ends at once, and what it says itself stands above"
        except OSError as error:
            why = str(error)
        raise NoWorker(
            f"the process that reads pages doesn't start: {why}. Mend that and try again; what is unread stays due."
        )

    async def _start(self) -> Process:
        here = str(Path(__file__).parents[1])  # so that it starts from any folder, installed or not
        # settings, and with them secrets, are nothing to who reads pages of strangers
        ours = {name: value for name, value in os.environ.items() if not name.upper().startswith("SOI_")}
        path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH", ""))))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "crawlers.worker"),  # -P: no file of the folder we are in is a module
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
            env={**ours, "PYTHONPATH": path},
        )
        self._all.add(process)
        try:
            async with asyncio.timeout(START_SECONDS):
                await _answer(process)
        except BaseException:
            await self._end(process)
            raise
        return process

    async def _end(self, process: Process | None) -> None:
        if process is not None:
            self._all.discard(process)
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class _Unread(Exception):
    """No worker could read the page."""

    def __init__(self, outcome: Outcome, why: str) -> None:
        super().__init__(why)
        self.outcome = outcome


async def _ask(process: Process, task: bytes) -> Any:
    if process.stdin is None:
        raise ConnectionError("a worker without pipes")
    process.stdin.write(task)
    await process.stdin.drain()
    return await _answer(process)


async def _answer(process: Process) -> Any:
    if process.stdout is None:
        raise ConnectionError("a worker without pipes")
    head, rest = wire.HEAD.unpack(await process.stdout.readexactly(wire.HEAD.size))
    return json.loads((await process.stdout.readexactly(head + rest))[:head])
