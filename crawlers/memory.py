"""An intake that keeps no page past its process: for looking at sources without storing anything of them."""

from crawlers.items import Fetch, Health, Intake, Outcome, Robots, Settled, Taken, Visit
from crawlers.sources import Source


class MemoryIntake:
    """crawlers.items.Intake in memory; what it saw is in `settled`.

    What hosts ask of us is asked of, and pauses are told to, the intake that is `kept`, when there is one.
    """

    def __init__(self, kept: Intake | None = None) -> None:
        self.settled: list[Settled] = []
        self._kept = kept
        self._visits: dict[tuple[str, str], Visit] = {}
        self._stamps: dict[tuple[str, str], str] = {}
        self._robots: dict[str, Robots] = {}
        self._pauses: dict[str, str] = {}
        self._health: dict[str, Health] = {}

    def due(self, source_id: str, *, now: str, limit: int) -> list[Fetch]:
        """Nothing is left from earlier runs."""
        return []

    def waiting(self, source_id: str, *, now: str) -> int:
        """Nothing is left for later ones either."""
        return 0

    def visit(self, fetch: Fetch) -> Visit:
        """What this run learnt of a page."""
        return self._visits.get((fetch.source_id, fetch.url), Visit())

    def settle(self, done: Settled, *, now: str) -> Taken:
        """Count items as new, and plan each listed page once."""
        self.settled.append(done)
        self._visits[done.fetch.source_id, done.fetch.url] = done.visit
        reading = done.reading
        planned = [fetch for fetch in reading.follow if self._is_new(fetch)]
        outcomes = [Outcome.NEW] * len(reading.items) + list(reading.dropped)
        outcomes += [Outcome.KNOWN] * (len(reading.follow) - len(planned))
        planned += [fetch for fetch in reading.more if self._is_new(fetch)]
        planned += [reading.then] if reading.then is not None else []
        if reading.older is not None and (planned or reading.items):
            planned.append(reading.older)
        return Taken((*outcomes, *([done.outcome] if done.outcome is not None else [])), tuple(planned))

    def robots(self, origin: str) -> Robots | None:
        """A robots.txt read in this run, or kept."""
        return self._robots.get(origin) or (self._kept.robots(origin) if self._kept else None)

    def keep_robots(self, robots: Robots) -> None:
        """Keep a robots.txt for this run."""
        self._robots[robots.origin] = robots

    def paused_until(self, host: str) -> str:
        """A pause asked for in this run, or before it."""
        return max(self._pauses.get(host, ""), self._kept.paused_until(host) if self._kept else "")

    def pause(self, host: str, until: str) -> None:
        """Leave a host alone until then."""
        self._pauses[host] = until
        if self._kept:
            self._kept.pause(host, until)

    def health(self, source_id: str) -> Health:
        """How a source did in this run."""
        return self._health.get(source_id, Health())

    def keep_health(self, source: Source, health: Health) -> None:
        """Keep how a source did."""
        self._health[source.id] = health

    def end_early(self) -> None:
        """There is no run to close."""

    def _is_new(self, fetch: Fetch) -> bool:
        seen = fetch.source_id, fetch.url  # each source for itself: what one lists says nothing of another
        stamp = self._stamps.get(seen)
        self._stamps[seen] = fetch.stamp
        return stamp is None or fetch.stamp not in ("", stamp)
