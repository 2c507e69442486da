"""Alerts that are open or over, and the messages about them that were or weren't delivered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.records import Moment
from pipeline.store.database import word_of, write
from pipeline.store.posts import storable


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that is wrong, from when to when."""

    id: int
    key: str
    severity: str  # warning, critical
    text: str
    advice: str
    opened_at: Moment
    seen_at: Moment
    resolved_at: Moment = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be said about an alert through one channel."""

    id: int
    what: str  # opened, reminder, resolved
    made_at: str
    alert: Alert


_ALERT = "a.id, a.key, a.severity, a.text, a.advice, a.opened_at, a.seen_at, a.resolved_at"


def open_alerts(db: Database) -> list[Alert]:
    """What is wrong now, the longest first."""
    rows = db.conn.execute(f"SELECT {_ALERT} FROM alerts a WHERE resolved_at = '' ORDER BY id")
    return [Alert(*row) for row in rows]


def last_alerts(db: Database, *, limit: int) -> list[Alert]:
    """The newest alerts, open or over."""
    return [Alert(*r) for r in db.conn.execute(f"SELECT {_ALERT} FROM alerts a ORDER BY id DESC LIMIT ?", [limit])]


def see(db: Database, key: str, severity: str, text: str, advice: str, *, at: str, channels: Sequence[str]) -> None:
    """Open an alert, or note that an open one still stands."""
    with write(db):
        done = db.conn.execute(
            "UPDATE alerts SET seen_at = ?, severity = ?, text = ?, advice = ? WHERE key = ? AND resolved_at = ''",
            [at, severity, storable(text), storable(advice), key],
        ).rowcount
        if done:
            return
        row = db.conn.execute(
            "INSERT INTO alerts (key, severity, text, advice, opened_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)"
            " RETURNING id",
            [key, severity, storable(text), storable(advice), at, at],
        ).fetchone()
        say(db, row[0], "opened", at=at, channels=channels)


def resolve(db: Database, alert_id: int, *, at: str, channels: Sequence[str], instead: str = "") -> None:
    """Close an alert; its words say what is wrong instead, where something is."""
    more = storable(f" Since then: {instead}") if instead else ""
    with write(db):
        db.conn.execute("UPDATE alerts SET resolved_at = ?, text = text || ? WHERE id = ?", [at, more, alert_id])
        say(db, alert_id, "resolved", at=at, channels=channels)


def say(db: Database, alert_id: int, what: str, *, at: str, channels: Sequence[str]) -> None:
    """Put a message about an alert into every channel's box."""
    with write(db):
        db.conn.executemany(
            "INSERT INTO alert_messages (alert_id, channel, what, made_at) VALUES (?, ?, ?, ?)",
            [(alert_id, channel, what, at) for channel in channels],
        )


def last_said(db: Database, alert_id: int) -> str:
    """When an alert was last spoken of."""
    return word_of(db, "SELECT made_at FROM alert_messages WHERE alert_id = ? ORDER BY id DESC LIMIT 1", [alert_id])


def unsent(db: Database, channel: str) -> list[Message]:
    """Messages a channel still has to deliver, oldest first."""
    rows = db.conn.execute(
        f"SELECT m.id, m.what, m.made_at, {_ALERT} FROM alert_messages m JOIN alerts a ON a.id = m.alert_id"
        " WHERE m.channel = ? AND m.sent_at = '' ORDER BY m.id LIMIT 100",
        [channel],
    )
    return [Message(row[0], row[1], row[2], Alert(*row[3:])) for row in rows]


def settle(db: Database, message_ids: Sequence[int], *, at: str = "", problem: str = "") -> None:
    """Note that messages were sent (with a time), and why they weren't, or not to all."""
    with write(db):
        db.conn.executemany(
            "UPDATE alert_messages SET sent_at = ?, tries = tries + 1, problem = ? WHERE id = ?",
            [(at, storable(problem), message_id) for message_id in message_ids],
        )


def reached(db: Database, channels: Sequence[str]) -> None:
    """Note that these channels deliver again: what was wrong with them is over."""
    with write(db):
        db.conn.executemany(
            "UPDATE alert_messages SET problem = '' WHERE channel = ? AND problem <> ''",
            [(channel,) for channel in channels],
        )


def undelivered(db: Database, channels: Sequence[str]) -> dict[str, tuple[int, str]]:
    """How many messages each of these channels couldn't deliver, or of the last ones not to all, and why."""
    rows = db.conn.execute(
        "SELECT channel, count(*), max(problem) FROM alert_messages m WHERE problem <> '' AND (sent_at = '' OR sent_at"
        " = (SELECT max(sent_at) FROM alert_messages n WHERE n.channel = m.channel))"
        " AND channel IN (SELECT value FROM json_each(?)) GROUP BY channel",
        [json.dumps(channels)],
    )
    return {channel: (n, problem) for channel, n, problem in rows}
