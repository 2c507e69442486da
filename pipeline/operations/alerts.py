"""From findings to messages: each trouble told once, reminded of while it stands, and told when it is over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.operations.channels import Channel, ChannelError, PartlyRefused
from pipeline.records import after
from pipeline.settings import AlertSettings
from pipeline.store import Database
from pipeline.store import alerts as store


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong now; the key says what it is about, so that it is one thing however often it is seen."""

    key: str
    severity: str  # warning, critical
    text: str
    advice: str


WORDS = {"opened": "New", "reminder": "Still so", "resolved": "Over"}


def update(
    db: Database, findings: Sequence[Finding], *, at: str, settings: AlertSettings, channels: Sequence[Channel]
) -> None:
    """Open what is new, remind of what stands, close what has been gone for the settling time."""
    names = [channel.name for channel in channels]
    for finding in findings:
        store.see(db, finding.key, finding.severity, finding.text, finding.advice, at=at, channels=names)
    seen = {finding.key for finding in findings}
    settled = after(at, minutes=-settings.settle_minutes)
    remind = after(at, hours=-settings.remind_hours)
    for alert in store.open_alerts(db):
        if alert.key not in seen:
            if alert.seen_at <= settled or alert.seen_at > at:  # seen while the clock was ahead
                instead = [finding.text for finding in findings if source_of(finding.key) == source_of(alert.key) != ""]
                store.resolve(db, alert.id, at=at, channels=names, instead=" ".join(instead))
        elif not remind < store.last_said(db, alert.id) <= at:  # said while the clock was ahead
            store.say(db, alert.id, "reminder", at=at, channels=names)


def source_of(key: str) -> str:
    """The source that a key is about, "" where it is about none."""
    return key.split(".", 2)[2] if key.startswith("source.") else ""


def deliver(db: Database, channels: Sequence[Channel], *, at: str) -> dict[str, str]:
    """Send what waits, in as few messages as a channel takes it; says what went wrong where.

    What fails is tried again next time; what some were sent isn't, and is told of.
    """
    problems: dict[str, str] = {}
    for channel in channels:
        problem, shut = "", False
        for batch in _batches(store.unsent(db, channel.name), channel):
            try:
                if not shut:
                    channel.send(*compose(batch), [_fields(message) for message in batch])
            except ChannelError as error:
                problem, shut = str(error), not isinstance(error, PartlyRefused)
            store.settle(db, [message.id for message in batch], at="" if shut else at, problem=problem)
        if problem:
            problems[channel.name] = problem
    return problems


def _batches(waiting: Sequence[store.Message], channel: Channel) -> Iterator[list[store.Message]]:
    """Messages in their order, as many together as a channel takes; one that is too long by itself goes alone."""
    batch: list[store.Message] = []
    for message in waiting:
        if batch and len("\n".join(compose([*batch, message]))) > channel.size:
            yield batch
            batch = []
        batch.append(message)
    if batch:
        yield batch


def compose(messages: Sequence[store.Message]) -> tuple[str, str]:
    """Subject and body for some messages."""
    counts = {what: sum(message.what == what for message in messages) for what in WORDS}
    subject = "[Soi] " + ", ".join(f"{n} {WORDS[what].lower()}" for what, n in counts.items() if n)
    return subject, "\n\n".join(_paragraph(message) for message in messages)


def _paragraph(message: store.Message) -> str:
    alert = message.alert
    if message.what == "resolved":
        return f"Over: {alert.text}\nFrom {_minute(alert.opened_at)} to {_minute(alert.resolved_at)} UTC."
    return (
        f"{WORDS[message.what]} ({alert.severity}): {alert.text}\nSince {_minute(alert.opened_at)} UTC. {alert.advice}"
    )


def _fields(message: store.Message) -> dict[str, str]:
    """A message for a program; a repeat has the same id, also where a restored store counts messages anew."""
    alert = message.alert
    return {
        "id": f"{message.id}-{message.made_at}", "what": message.what, "at": message.made_at, "key": alert.key,
        "severity": alert.severity, "text": alert.text, "advice": alert.advice, "since": alert.opened_at,
        "until": alert.resolved_at,
    }  # fmt: skip


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def try_channels(
    channels: Sequence[Channel],
    subject: str = "[Soi] a test",
    body: str = "This is a test of Soi's alerts; nothing is wrong.",
) -> dict[str, str]:
    """Say something through every channel, past the store; for each `sent`, or what went wrong."""
    results: dict[str, str] = {}
    for channel in channels:
        try:
            channel.send(subject, body, [])
            results[channel.name] = "sent"
        except ChannelError as error:
            results[channel.name] = str(error)
    return results
