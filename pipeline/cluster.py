"""Work on an existing Dask scheduler: the same functions on its workers, and everything still lands in one SQLite file.

Nothing but the model's files, passages and texts goes out; nothing but scores comes back. A worker that dies loses
nothing: what it held is done again elsewhere, and a batch is written only when all of it has come back.
"""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from classifier.match import RefutedClaim, RefutedClaims
from classifier.retrieval import Passage, PassageIndex
from classifier.scoring import Item, Model, Score, load_model
from classifier.scoring import score as score_texts
from pipeline import steps
from pipeline.records import Version
from pipeline.store import evidence, posts, runs
from pipeline.store.database import write

TRIES = 3  # a batch is tried again so often when its worker dies
AHEAD = 16  # batches out at a time: enough for several workers, and little to lose


class ClusterRefused(Exception):
    """A scheduler that can't be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Kit:
    """All a worker needs to score: the model's files, the passages and refuted claims; named by its digest."""

    digest: str
    files: Mapping[str, bytes]
    passages: bytes  # JSON lines
    refuted: bytes  # JSON lines of [eid, text, role]


@contextmanager
def connect(address: str, *, timeout: float = 10.0) -> Iterator[Any]:
    """A client of the scheduler at tcp://host:port; raises ClusterRefused in one sentence."""
    try:
        import distributed
    except ImportError:
        raise ClusterRefused("Work on a cluster needs the cluster extra: install soi[cluster].") from None
    try:
        client = _made(distributed, address, timeout)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterRefused(f"There is no Dask scheduler at {address} ({type(error).__name__}).") from None
    try:
        if not client.scheduler_info()["workers"]:
            raise ClusterRefused(f"The scheduler at {address} has no workers; start `dask worker {address}`.")
        yield client
    finally:
        client.close()


def _made(library: Any, address: str, timeout: float) -> Any:
    return library.Client(address, timeout=timeout, set_as_default=False)


def pack(folder: Path, passages: Sequence[Passage], refuted: Sequence[tuple[str, str, str]]) -> Kit:
    """A kit of a model's folder and the evidence."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    lines = "\n".join(json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) for one in passages).encode()
    claims = "\n".join(json.dumps(list(one), ensure_ascii=False) for one in refuted).encode()
    seal = hashlib.sha256()
    for name, content in [*files.items(), ("passages", lines), ("refuted", claims)]:
        seal.update(name.encode() + hashlib.sha256(content).digest())
    return Kit(seal.hexdigest(), files, lines, claims)


@lru_cache(maxsize=2)
def _open(digest: str, folder: str) -> tuple[Model, PassageIndex, RefutedClaims]:
    """The model, index and refuted claims of an unpacked kit, once a process."""
    place = Path(folder)
    model = load_model(place / "model")
    passages = [Passage(**json.loads(line)) for line in _lines(place / "passages")]
    claims = [RefutedClaim(*json.loads(line)) for line in _lines(place / "refuted")]
    index = PassageIndex.build(passages, concepts=model.lexicon.index_terms)
    return model, index, RefutedClaims.build(claims, verdict=model.verdict)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


def score_kit(kit: Kit, items: Sequence[Item]) -> list[Score]:
    """Score items with a kit: what a worker runs, and what one machine runs alone."""
    place = Path(tempfile.gettempdir()) / f"soi-kit-{kit.digest[:24]}"
    if not (place / "whole").exists():
        _unpack(kit, place)
    model, index, refuted = _open(kit.digest, str(place))
    return list(score_texts(model, items, index=index, refuted=refuted, batch=max(1, len(items))))


def _unpack(kit: Kit, place: Path) -> None:
    """Lay a kit out beside its place, then move it there, so that two processes never see half of one."""
    part = Path(tempfile.mkdtemp(prefix="soi-kit-", dir=place.parent))
    (part / "model").mkdir()
    for name, content in kit.files.items():
        (part / "model" / Path(name).name).write_bytes(content)
    (part / "passages").write_bytes(kit.passages)
    (part / "refuted").write_bytes(kit.refuted)
    (part / "whole").touch()
    try:
        part.rename(place)
    except OSError:  # another process was quicker; its copy is the same
        import shutil

        shutil.rmtree(part, ignore_errors=True)


def score_batches(client: Any, kit: Kit, batches: Sequence[Sequence[Item]]) -> Iterator[list[Score]]:
    """Scores of each batch, in order, from the cluster's workers."""
    there = client.scatter(kit, broadcast=True, hash=False)
    futures = [client.submit(score_kit, there, list(batch), pure=False, retries=TRIES) for batch in batches]
    for future in futures:
        yield future.result()
        future.release()


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
    passages = [steps.passage_of(row) for row in evidence.passages(db)]
    refuted = [(eid, text, role) for eid, text, role, _, _ in evidence.refuted_claims(db)]
    kit = pack(folder, passages, refuted)
    total = posts.count_unscored(db, bench.model.version)
    total = min(total, limit) if limit else total
    size, done = bench.settings.batch, Counter[str]()
    with runs.run(db, "score") as run_id:
        while done.total() < total:
            ahead = min(size * AHEAD, total - done.total())
            waiting = list(posts.unscored(db, bench.model.version, limit=ahead))
            if not waiting:
                break
            batches = [waiting[at : at + size] for at in range(0, len(waiting), size)]
            items = [[item_of(version) for version in batch] for batch in batches]
            for batch, scored in zip(batches, score_batches(client, kit, items), strict=True):
                done.update(_file(db, batch, scored, bench, run_id))
                if on_progress:
                    on_progress(done.total(), total)
    return done


def item_of(version: Version) -> Item:
    """A version as the classifier scores it."""
    return Item(str(version.id), version.reading, before=version.published or version.seen_at)


def _file(
    db: Database, batch: Sequence[Version], scored: Sequence[Score], bench: steps.Bench, run_id: int
) -> Counter[str]:
    """One batch written in one transaction, all of it or nothing."""
    counts: Counter[tuple[str, str]] = Counter()
    with write(db):
        for version, result in zip(batch, scored, strict=True):
            counts[version.source_id, str(steps.file_score(db, version, result, bench))] += 1
        runs.add_outcomes(db, run_id, counts)
    found: Counter[str] = Counter()
    for (_, outcome), n in counts.items():
        found[outcome] += n
    return found


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
