"""Work on an existing Dask scheduler: the same functions on its workers, and everything still lands in one SQLite file.

Nothing but the model's files, passages and texts goes out; nothing but scores comes back. A worker that dies loses
nothing: what it held is done again elsewhere, and a batch is written only when all of it has come back.
"""

import hashlib
import json
import os
import shutil
import stat
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import tee
from pathlib import Path
from typing import Any

from classifier.checking.repeats import RefutedClaims
from classifier.errors import install
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.files import led_out
from classifier.loading import Model, load_model
from classifier.logic.ownrows import RowsFile
from classifier.scoring import Item, Score
from classifier.scoring import score as score_texts
from pipeline import filing, indexing, steps
from pipeline.records import Version
from pipeline.store import Database, evidence

TRIES = 3  # a batch is tried again so often when its worker dies, or all of them
BACK = 600.0  # seconds in which a machine that started anew is back
KILLED = "Every worker that read a batch of texts died over it, perhaps for want of memory; what has landed stays."
LOST = "The cluster lost the workers that were at it; what has landed stays, and the same command goes on."
PART = "part-"  # how what is being laid out is named
UNPACKED = 3600.0  # seconds after which whoever was at a kit has laid it out, or was killed
AHEAD, AHEAD_OF_EACH = 8, 4  # batches out at a time, at least and for each worker: none waits, and little is lost


class ClusterRefused(Exception):
    """A scheduler that can't be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Kit:
    """All a worker needs to score: the model's files, the passages, refuted claims and a home's own rows; named by its
    digest."""

    digest: str
    files: Mapping[str, bytes]
    passages: bytes  # JSON lines
    refuted: bytes  # JSON lines of [eid, text, role]
    rows: bytes = b""  # JSON lines of [name, text, texts]


@contextmanager
def connect(address: str, *, timeout: float = 10.0) -> Iterator[Any]:
    """A client of the scheduler at tcp://host:port; raises ClusterRefused in one sentence."""
    try:
        import distributed
    except ImportError:
        raise ClusterRefused(f"Work on a cluster needs the cluster extra; {install('cluster')}.") from None
    try:
        client: Any = distributed.Client(address, timeout=timeout, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterRefused(f"There is no Dask scheduler at {address} ({type(error).__name__}).") from None
    try:
        client.wait_for_workers(1, timeout=timeout)
    except TimeoutError:
        client.close()
        raise ClusterRefused(f"The scheduler at {address} has no workers; start `dask worker {address}`.") from None
    try:
        yield client
    finally:
        client.close()


def as_completed(client: Any, futures: Iterable[Any]) -> Iterator[Any]:
    """Futures of the client as they end, well or not."""
    from distributed import as_completed as ended

    yield from ended(list(futures), loop=client.loop)  # type: ignore[no-untyped-call]


def pack(
    folder: Path, passages: Sequence[Passage], refuted: Sequence[tuple[str, str, str]], rows: Sequence[RowsFile] = ()
) -> Kit:
    """A kit of a model's folder and the evidence; raises ClusterRefused where a link in the folder leads out of it."""
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    if said := next(filter(None, (led_out(path, folder) for path in paths)), ""):
        raise ClusterRefused(said)
    files = {path.name: path.read_bytes() for path in paths}
    lines = "\n".join(json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) for one in passages).encode()
    claims = "\n".join(json.dumps(list(one), ensure_ascii=False) for one in refuted).encode()
    told = "\n".join(json.dumps([one.name, one.text, dict(one.texts)], ensure_ascii=False) for one in rows).encode()
    seal = hashlib.sha256()
    for name, content in [*files.items(), ("passages", lines), ("refuted", claims), ("rows", told)]:
        seal.update(name.encode() + hashlib.sha256(content).digest())
    return Kit(seal.hexdigest(), files, lines, claims, told)


@lru_cache(maxsize=2)
def _open(folder: str) -> tuple[Model, PassageIndex, RefutedClaims]:
    """The model, index and refuted claims of an unpacked kit, which names its folder; once a process."""
    place = Path(folder)
    rows = [RowsFile(*json.loads(line)) for line in _lines(place / "rows")]
    model = replace(load_model(place / "model"), rows=indexing.rows_of(rows, seal=place.name))
    passages = [Passage(**json.loads(line)) for line in _lines(place / "passages")]
    claims = map(json.loads, _lines(place / "refuted"))
    return model, indexing.build_index(passages, model), indexing.build_refuted(claims, model)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


def score_kit(kit: Kit, items: Sequence[Item]) -> list[Score]:
    """Score items with a kit: what a worker runs, and what one machine runs alone. Nothing where a text breaks it."""
    place = _kits() / kit.digest[:24]
    if not (place / "whole").exists():
        _unpack(kit, place)
    model, index, refuted = _open(str(place))
    try:
        return list(score_texts(model, items, index=index, refuted=refuted, batch=max(1, len(items))))
    except steps.MACHINE:
        raise
    except Exception:  # steps tells the text from the rest of its batch, and writes it down
        return []


def _kits() -> Path:
    """Where kits are laid out: in a folder that nobody else can put one into, or swap."""
    place = Path(tempfile.gettempdir()) / f"soi-kit-{os.getuid()}"
    with suppress(FileExistsError):
        place.mkdir(mode=0o700)
    held = place.lstat()
    own = stat.S_ISDIR(held.st_mode) and held.st_uid == os.getuid() and not held.st_mode & 0o077
    return place if own else Path(_own_folder().name)


@lru_cache(maxsize=1)
def _own_folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder of this process alone, which goes with it."""
    return tempfile.TemporaryDirectory(prefix="soi-kit-")


def _unpack(kit: Kit, place: Path) -> None:
    """Lay a kit out beside its place, then move it there, so that two processes never see half of one."""
    part = Path(tempfile.mkdtemp(prefix=PART, dir=place.parent))
    (part / "model").mkdir()
    for name, content in kit.files.items():
        (part / "model" / Path(name).name).write_bytes(content)
    (part / "passages").write_bytes(kit.passages)
    (part / "refuted").write_bytes(kit.refuted)
    (part / "rows").write_bytes(kit.rows)
    (part / "whole").touch()
    try:
        part.rename(place)
    except OSError:  # another process was quicker, and may read its copy by now, which is the same
        if not (place / "whole").exists():  # or a cleaner of old files left some of it in the way
            shutil.rmtree(place, ignore_errors=True)
            with suppress(OSError):
                part.rename(place)
        shutil.rmtree(part, ignore_errors=True)
    others = set(place.parent.iterdir()) - {place}  # evidence that may be erased by now
    beside = place.parent.parent.glob(f"{place.parent.name}-*")  # … as an earlier Soi laid it out
    for old in (*others, *beside):
        with suppress(OSError):  # another process has just moved it
            if PART not in old.name or old.stat().st_mtime < time.time() - UNPACKED:
                shutil.rmtree(old, ignore_errors=True)


def score_batches(client: Any, kit: Kit, batches: Iterable[Sequence[Item]]) -> Iterator[list[Score]]:
    """Scores of each batch, in order, from the cluster's workers; batches are taken as workers come free.

    Raises ClusterRefused where all workers die and none comes back, and where a batch kills whoever reads it.
    """
    out = _Out(client, kit)
    ahead = max(AHEAD, AHEAD_OF_EACH * len(client.nthreads()))
    for batch in batches:
        out.put(list(batch))
        if len(out.batches) >= ahead:
            yield out.taken()
    while out.batches:
        yield out.taken()


class _Out:
    """Batches that are out, oldest first, and the kit they need: only workers have it, so it is lost with the last of
    those that got it, and what is out with it."""

    def __init__(self, client: Any, kit: Kit) -> None:
        self.client, self.kit = client, kit
        self.batches: deque[tuple[list[Item], Any]] = deque()
        self._send_kit()

    def put(self, batch: list[Item]) -> None:
        """Send a batch out."""
        future = self.client.submit(score_kit, self._there, batch, pure=False, retries=TRIES)
        self.batches.append((batch, future))

    def taken(self) -> list[Score]:
        """The scores of the oldest batch that is out."""
        from distributed import KilledWorker

        for _ in range(TRIES):
            future = self.batches[0][1]
            with suppress(CancelledError):
                try:
                    found: list[Score] = future.result()
                except KilledWorker:  # it was at work on several that died: it would kill the others too
                    raise ClusterRefused(KILLED) from None
                self.batches.popleft()
                future.release()
                return found
            self._send_kit()
            again, self.batches = self.batches, deque()
            for batch, _ in again:
                self.put(batch)
        raise ClusterRefused(LOST)

    def _send_kit(self) -> None:
        """Give the kit to every worker, once there is one."""
        try:
            self.client.wait_for_workers(1, timeout=BACK)
            self._there = self.client.scatter(self.kit, broadcast=True, hash=False)
        except (TimeoutError, OSError):
            raise ClusterRefused(LOST) from None


def score_posts(
    db: Database,
    bench: steps.Bench,
    folder: Path,
    client: Any,
    *,
    limit: int = 0,
    on_progress: steps.Progress | None = None,
) -> Counter[str]:
    """steps.score_posts with the texts read on the cluster; cases are filed here, in the same order."""
    passages = list(indexing.indexable(evidence.passages(db)))
    kit = pack(folder, passages, list(evidence.refuted_claims(db)), indexing.row_files(db))

    def read(batches: Iterable[list[Version]]) -> Iterable[tuple[list[Version], list[Score]]]:
        out, back = tee(batches)
        return zip(back, score_batches(client, kit, ([*map(filing.item_of, batch)] for batch in out)), strict=False)

    return steps.score_posts(db, bench, limit=limit, on_progress=on_progress, read=read)


def run_trials(
    trials: Sequence[Any], run: Callable[[Any], Any], *, address: str = "", jobs: int = -1
) -> Iterator[tuple[Any, Any]]:
    """(trial, result) as results come, on all cores or on a cluster: scikit-learn's joblib speaks both."""
    from joblib import Parallel, delayed, parallel_config

    def work() -> Iterator[tuple[Any, Any]]:
        parallel = Parallel(n_jobs=jobs, return_as="generator_unordered")
        yield from parallel(delayed(_paired)(run, trial) for trial in trials)

    if not address:
        yield from work()
        return
    with connect(address) as client, client.as_current(), parallel_config(backend="dask"):
        yield from work()


def _paired(run: Callable[[Any], Any], trial: Any) -> tuple[Any, Any]:
    return trial, run(trial)
