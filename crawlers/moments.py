"""How a moment is written wherever it is kept, and the zone of the pages that are read."""

from datetime import UTC, datetime, timedelta, timezone

VIET_NAM = timezone(timedelta(hours=7))  # without summer time since 1975; what a page means that names no zone


def stamp(moment: datetime) -> str:
    """A moment as it is stored: UTC, milliseconds, Z; text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
