"""How far the machine's clock is believed, as the runs tell it: by one that is ahead everything is old."""

from datetime import datetime

from sqlite_utils import Database

from pipeline.records import now

MADE = "2026-01-01"  # a clock before this is wrong: Soi wasn't made yet
DAY = 86400.0  # seconds
GAP = 7 * DAY  # seconds without a run, or a jump of the clock, after which it may be the clock that is wrong
DOUBT = DAY  # seconds that it must have gone on for since, so that it can be set
PAUSE = DOUBT / 4  # what a pause between two runs counts for at most: nobody sees the clock of a machine that is off
JUMPS = 3  # looked back over: where every pause is a GAP, what is let go lags by so many, not for ever


def last_sure(db: Database, *, at: str = "") -> str:
    """Up to when the clock is believed: now, or, until it went on for DOUBT after a GAP, the last run before that.

    What is let go by its age goes by this moment. The GAP is seen in the runs, so no restart makes it forgotten.
    Runs go by their numbers: in the order of their times two clocks that were ahead to the same days would seem one.
    """
    sure = later = at or now()
    stood, jumps = 0.0, 0
    for (started,) in db.conn.execute("SELECT started_at FROM runs WHERE started_at > ? ORDER BY id DESC", [MADE]):
        gone = (datetime.fromisoformat(later) - datetime.fromisoformat(started)).total_seconds()
        if gone < 0:
            continue  # by a clock that was set back since
        if gone > GAP:
            sure, stood, jumps = started, 0.0, jumps + 1
        else:
            stood += min(gone, PAUSE)
        if jumps == JUMPS or stood >= DOUBT:
            break
        later = started
    return sure


def in_doubt(sure: str, *, at: str) -> tuple[str, str]:
    """What is said where the clock is believed only up to an earlier moment, and what to do."""
    days = int((datetime.fromisoformat(at) - datetime.fromisoformat(sure)).total_seconds() // DAY)
    return (
        f"The clock is {days} days ahead of the last run before ({sure[:16]} UTC)",
        "Set it if it is wrong. If it is right, do nothing: once it has gone on for a day, old texts and backups are"
        " let go again.",
    )
