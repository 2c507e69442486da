"""Numbers for Prometheus, and whether Soi is alive and ready; read from the store, so that any process can tell."""

import contextlib
import hmac
import os
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import PROCESS_COLLECTOR, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from crawlers.urls import host_of
from pipeline.home import Home
from pipeline.inforce import HomeError
from pipeline.operations.rotation import last_backup
from pipeline.operations.state import read_state, unwritable
from pipeline.operations.watch import drift
from pipeline.records import after, now
from pipeline.store import Database, StoreError, alerts, models, open_store, posts, watching
from pipeline.store.database import try_writing

TEXT = "text/plain; version=0.0.4; charset=utf-8"
PATIENCE = 3.0  # seconds in which another writer's turn may end; who asks waits hardly longer
OWN_NAMES = frozenset({"127.0.0.1", "::1", "localhost"})
HEALTHS = ("new", "ok", "slow", "failing", "blocked", "gone", "paused")


class StoreCollector:
    """Reads the store at each scrape; runs that have ended are added up once."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._backups = home.backups
        self._lock = threading.Lock()
        self._settled: Counter[tuple[str, str, str]] = Counter()
        self._upto = 0

    def collect(self) -> Iterator[Metric]:
        """Every number; prometheus_client calls this."""
        yield from self._files()
        with contextlib.closing(open_store(self.home.database, read_only=True)) as db:
            yield self._outcomes(db)
            yield from _sources(db)
            yield from _work(db)
            yield _gauge(
                "soi_model_drift", "Population stability index of the live model's scores", drift(self.home, db)
            )
        yield from self._jobs()

    def _outcomes(self, db: Database) -> Metric:
        family = CounterMetricFamily(
            "soi_outcomes", "What became of every input of every step", labels=["step", "source", "outcome"]
        )
        with self._lock:
            settled, last = watching.settled_upto(db)
            self._settled += watching.totals_between(db, after=self._upto, upto=settled)
            self._upto = max(self._upto, settled)
            totals = self._settled + watching.totals_between(db, after=self._upto, upto=last)
        for labels, n in sorted(totals.items()):
            family.add_metric(list(labels), n)
        return family

    def _files(self) -> Iterator[Metric]:
        database = self.home.database
        wal = database.with_name(database.name + "-wal")
        for name, text, path in (
            ("soi_database_bytes", "Size of the database", database),
            ("soi_wal_bytes", "Size of its write-ahead log", wal),
        ):
            yield _gauge(name, text, path.stat().st_size if path.exists() else 0)
        yield _gauge("soi_disk_free_bytes", "Free space on its disk", shutil.disk_usage(database.parent).free)
        with contextlib.suppress(HomeError):  # while soi.toml can't be read they are where they were
            self._backups = self.home.backups
        last = last_backup(self._backups)
        yield _gauge(
            "soi_last_backup_timestamp_seconds", "When the last backup was made", last.timestamp() if last else 0
        )

    def _jobs(self) -> Iterator[Metric]:
        state = read_state(self.home)
        failures = GaugeMetricFamily("soi_job_failures", "Failures of a job in a row", labels=["job"])
        memory = GaugeMetricFamily("soi_memory_bytes", "Memory a process holds", labels=["process"])
        for name, job in sorted(state.jobs.items()):
            failures.add_metric([name], job.failures)
            if job.code is None and job.pid:
                memory.add_metric([name], memory_of(job.pid))
        if state.pid:
            memory.add_metric(["run"], memory_of(state.pid))
        yield from (failures, memory)


def memory_of(pid: int) -> int:
    """Bytes that a process holds in memory; 0 when it is gone or the system doesn't say."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _sources(db: Database) -> Iterator[Metric]:
    health = GaugeMetricFamily(
        "soi_source_health", "1 for the word that fits a source now", labels=["source", "health"]
    )
    success = GaugeMetricFamily(
        "soi_source_last_success_timestamp_seconds",
        "When a source was last read; of one that never was, when it was first asked", labels=["source"],
    )  # fmt: skip
    for state in watching.sources(db):
        for word in HEALTHS:
            health.add_metric([state.id, word], int(state.health == word))
        if since := state.last_success or state.asked_since:
            success.add_metric([state.id], datetime.fromisoformat(since).timestamp())
    yield from (health, success)


def _work(db: Database) -> Iterator[Metric]:
    """Posts, backlog, latencies, cases, alerts, the live model."""
    at, model = now(), models.live_version(db)
    yield _gauge("soi_versions", "Versions of posts ever taken in", posts.newest(db))
    waiting = watching.unscored(db)
    since = datetime.fromisoformat(at) - datetime.fromisoformat(waiting.since or at)
    yield _gauge("soi_backlog_posts", "Posts that wait to be scored", waiting.n)
    yield _gauge("soi_backlog_seconds", "How long the oldest of them waits", since.total_seconds())
    for name, text, latency in (
        ("soi_queue_latency_seconds", "From publication to the queue, last day", watching.to_queue),
        ("soi_score_latency_seconds", "From landing to the score, last day", watching.to_score),
    ):
        quantiles = Metric(name, text, "summary")
        found = latency(db, since=after(at, hours=-24))
        for quantile, value in (("0.5", found.p50), ("0.95", found.p95), ("0.99", found.p99)):
            quantiles.add_sample(name, {"quantile": quantile}, value)
        yield quantiles
    cases = GaugeMetricFamily("soi_cases", "Cases by lane and state", labels=["lane", "state"])
    for lane, state, n in watching.case_states(db):
        cases.add_metric([lane, state], n)
    yield cases
    open_now = Counter(alert.severity for alert in alerts.open_alerts(db))
    family = GaugeMetricFamily("soi_alerts_open", "Alerts that stand", labels=["severity"])
    for severity in ("warning", "critical"):
        family.add_metric([severity], open_now[severity])
    yield family
    info = GaugeMetricFamily("soi_model_info", "The model that scores now", labels=["version"])
    info.add_metric([model], 1)
    yield info


def readiness(home: Home) -> list[str]:
    """What keeps Soi from its work, in sentences; empty when it is ready."""
    wrong = []
    try:
        open_store(home.database, read_only=True).close()
        try_writing(home.database, seconds=PATIENCE)
    except StoreError as error:
        wrong.append(str(error))
    if (why := unwritable(home)) is not None:
        wrong.append(f"The data folder can't be written to ({why.strerror}).")
    return wrong


def may_read(request: Request, token: str, *, named: str) -> bool:
    """Whether a request may see the numbers: with the token; where none is set, straight from this machine, by a name
    that is this machine's or the one `named`: any other may be of a web page that had it lead here."""
    if token:  # a proxy on this machine that adds no header would look like this machine
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    forwarded = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "x-real-ip"))
    here = request.client is not None and request.client.host in {"127.0.0.1", "::1"}
    return here and not forwarded and host_of(f"//{request.headers.get('host', '')}") in OWN_NAMES | {named} - {""}


def router(home: Home) -> APIRouter:
    """/metrics, /healthz and /readyz, to be put beside the desk."""
    routes, registry = APIRouter(), CollectorRegistry(auto_describe=False)
    registry.register(PROCESS_COLLECTOR)
    collector: Any = StoreCollector(home)
    registry.register(collector)
    settings = home.settings()
    token, named = settings.watch.metrics_token.get_secret_value(), host_of(settings.desk.address)

    @routes.get("/metrics", include_in_schema=False)
    def metrics(request: Request) -> Response:
        if not may_read(request, token, named=named):
            return Response("The numbers need watch.metrics_token.\n", 401, media_type="text/plain")
        try:
            return Response(generate_latest(registry), media_type=TEXT)
        except (StoreError, OSError) as error:  # the second: of a data folder that is away with its disk
            return Response(f"{error}\n", 503, media_type="text/plain")

    @routes.get("/healthz", include_in_schema=False)
    def healthz() -> Response:
        return Response("ok\n", media_type="text/plain")

    @routes.get("/readyz", include_in_schema=False)
    def readyz() -> Response:
        wrong = readiness(home)
        return Response("\n".join(wrong or ["ready"]) + "\n", 503 if wrong else 200, media_type="text/plain")

    return routes
