"""How far the clock is believed, as the runs tell it."""

import pytest
from filled import PLAIN_URL, filled_home
from typer.testing import CliRunner

from pipeline.operations.doctor import examine
from pipeline.records import later
from pipeline.store import clock, open_store, posts
from soi.front import app

DAY, MONTHS = 24.0, 24.0 * 100
BY_DAY = [DAY * 2 + n for n in range(9)][::-1]  # a day's work, the day before yesterday
STOOD = [hours for n in range(30) for hours in [MONTHS + n]][::-1]  # a day and more, up to four months ago


def runs_of(db, ages):
    """Runs that began so many hours ago, in the order of their numbers."""
    db.execute("DELETE FROM run_outcomes")
    db.execute("DELETE FROM runs")
    for hours in ages:
        db["runs"].insert({"step": "crawl", "started_at": later(hours=-hours), "status": "done"})


@pytest.mark.parametrize(("ages", "sure"), [
    ([], 0.0),
    ([*STOOD, MONTHS - 24, MONTHS - 48, 40, 3, 2, 1, 0.5], MONTHS - 48),  # a clock that jumped while runs went on
    (STOOD, MONTHS),  # nothing ran for months
    ([*STOOD, 10, 0.1, 0.05], MONTHS),  # a restart, or two
    ([*STOOD, 49, 48.9], MONTHS),  # the machine was off: nobody saw the clock
    ([*STOOD, 30, 25, 20, 15, 10, 5], 0.0),  # it was right: it has gone on for a day
    ([*STOOD, 24 * 60, 24 * 60 - 1, 2, 1], MONTHS),  # it jumped twice
    ([3, 2, -MONTHS, 1], 0.0),  # it was ahead and was set back
    ([*STOOD, 2, -5, 1], MONTHS),  # it was ahead, and was set back by too little
    ([100, 75, 50, 400_000, 25, 1], 0.0),  # it began before Soi was made
    ([MONTHS, *BY_DAY, MONTHS, 2, 1], MONTHS),  # it starts each day long behind, and is off at night
    ([MONTHS, *BY_DAY, MONTHS, *range(30, 0, -4)], 0.0),  # and was left on for a night
    ([n * 10 * DAY for n in range(9, -1, -1)], 3 * 10 * DAY),  # a machine that is on for an hour in ten days
])  # fmt: skip
def test_the_clock_is_believed_once_it_has_gone_on_for_a_day(tmp_path, ages, sure):
    db = open_store(filled_home(tmp_path).database)
    runs_of(db, ages)
    assert later(hours=-sure - 0.1) < clock.last_sure(db) < later(hours=-sure + 0.1)


def test_old_texts_and_backups_wait_out_a_doubtful_clock_over_restarts_and_go_after_a_day(tmp_path):
    home = filled_home(tmp_path)
    db = open_store(home.database)
    runs_of(db, [MONTHS * 2])
    ((last,),) = db.execute("SELECT started_at FROM runs").fetchall()
    db.execute("UPDATE versions SET seen_at = ?", [later(hours=-MONTHS * 2 - 1)])
    home.backups.mkdir()
    then = later(hours=-MONTHS * 2 - 1)[:19].replace("-", "").replace(":", "")
    by_hand, aside = home.backups / f"soi-{then}Z-kept.tar.gz", home.database.with_name(f"soi.db.before-{then}Z")
    for path in (by_hand, aside):
        path.touch()

    def kept() -> list[bool]:
        for args in (["backup", "--daily"], ["prune"], ["prune", "--compact"]):
            said[args[-1]] = CliRunner().invoke(app(), [*args, "--home", str(home.root)]).output
        return [posts.post_by(db, PLAIN_URL).text != "", by_hand.exists(), aside.exists()]

    said: dict[str, str] = {}
    assert [kept(), kept()] == [[True] * 3] * 2
    doubt = f"The clock is 200 days ahead of the last run before ({last[:13]}"
    assert [doubt in said[one] for one in ("--daily", "prune", "--compact")] == [True] * 3
    assert doubt in CliRunner().invoke(app(), ["status", "--home", str(home.root)]).output
    (told,) = [check for check in examine(home) if check.what == "clock"]
    assert (told.state, told.found.startswith(doubt), "do nothing" in told.advice) == ("odd", True, True)
    db.execute("DELETE FROM runs WHERE started_at > ?", [later(hours=-1)])
    for hours in (30, 24, 18, 12, 6):
        db["runs"].insert({"step": "crawl", "started_at": later(hours=-hours), "status": "done"})
    assert kept() == [False] * 3
    assert "Let go: " in said["--daily"]
    assert not any("The clock is" in words for words in said.values())
    assert [check.state for check in examine(home) if check.what == "clock"] == ["ok"]
