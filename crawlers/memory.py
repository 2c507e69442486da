"""An intake that keeps nothing past its process: for looking at sources without storing anything."""

from crawlers.items import Fetch, Health, Outcome, Robots, Settled, Taken, Visit


class MemoryIntake:
    """crawlers.items.Intake in memory; what it saw is in `settled`."""

    def __init__(self) -> None:
        self.settled: list[Settled] = []
        self._visits: dict[str, Visit] = {}
        self._stamps: dict[str, str] = {}
        self._robots: dict[str, Robots] = {}
        self._pauses: dict[str, str] = {}
        self._health: dict[str, Health] = {}

    def due(self, source_id: str, *, now: str, limit: int) -> list[Fetch]:
        """Nothing is left from earlier runs."""
        return []

    def visit(self, fetch: Fetch) -> Visit:
        """What this run learnt of a page."""
        return self._visits.get(fetch.url, Visit())

    def settle(self, done: Settled, *, now: str) -> Taken:
        """Count items as new, and plan each listed page once."""
        self.settled.append(done)
        self._visits[done.fetch.url] = done.visit
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
        """A robots.txt read in this run."""
        return self._robots.get(origin)

    def keep_robots(self, robots: Robots) -> None:
        """Keep a robots.txt for this run."""
        self._robots[robots.origin] = robots

    def paused_until(self, host: str) -> str:
        """A pause asked for in this run."""
        return self._pauses.get(host, "")

    def pause(self, host: str, until: str) -> None:
        """Leave a host alone for this run."""
        self._pauses[host] = until

    def health(self, source_id: str) -> Health:
        """How a source did in this run."""
        return self._health.get(source_id, Health())

    def keep_health(self, source_id: str, health: Health) -> None:
        """Keep how a source did."""
        self._health[source_id] = health

    def _is_new(self, fetch: Fetch) -> bool:
        stamp = self._stamps.get(fetch.url)
        self._stamps[fetch.url] = fetch.stamp
        return stamp is None or fetch.stamp not in ("", stamp)
