"""What the desk tells of its weeks."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from desk_visit import World, text_of
from desk_world import add_post, add_score, open_with
from test_review_api import Caller

from pipeline.records import VIET_NAM, here, now, stamp
from pipeline.store import cases, trends, watching, weeks

CITED = ("true", "confirmed_by_record", "fact:cong-uoc", "fact:an-phu-2024")


def monday(ago: int = 0) -> datetime:
    """Midnight of this week's Monday in Viet Nam, or of one some weeks ago."""
    today = here(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday(), weeks=ago)


def opened(world: World, case: int, at: datetime) -> None:
    """Let a case have been opened at a moment."""
    with world.db.atomic():
        world.db.conn.execute("UPDATE cases SET opened_at = ? WHERE id = ?", [stamp(at), case])


def stands_since(world: World, case: int, at: datetime) -> None:
    """Let a verdict stand since a moment."""
    with world.db.atomic():
        world.db.conn.execute("UPDATE standings SET since = ? WHERE case_id = ?", [stamp(at), case])


def test_a_week_begins_on_monday_by_the_clock_of_viet_nam_and_eight_are_told(world: World) -> None:
    for case in world.cases.values():
        opened(world, case, monday(30))
    assert [one.begins for one in weeks.weeks(world.db)] == [f"{monday():%Y-%m-%d}"]  # nothing happened, and it is told
    ids = list(world.cases.values())
    second = timedelta(seconds=1)
    opened(world, ids[0], monday(7))
    opened(world, ids[1], monday(7) - second)  # before the eight
    opened(world, ids[2], monday(1))
    opened(world, ids[3], monday(1) - second)
    told = weeks.weeks(world.db)
    assert [one.came_in for one in told] == [1, 0, 0, 0, 0, 1, 1, 0]
    assert [(one.begins, one.ends) for one in told[-2:]] == [
        (f"{monday(ago):%Y-%m-%d}", f"{monday(ago) + timedelta(days=6):%Y-%m-%d}") for ago in (1, 0)
    ]
    assert monday().tzinfo == VIET_NAM


def test_a_week_tells_verdicts_that_stand_cases_reopened_and_verdicts_that_gave_way_to_others(world: World) -> None:
    lan, tuan = world.anybody("lan"), world.anybody("tuan")
    decided, changed, upheld = (world.cases[name] for name in ("audit", "treaty", "party"))
    lan.decide(decided, *CITED)
    lan.decide(changed, "false", "contradicted_by_record", "fact:cong-uoc")
    lan.decide(upheld, "unverifiable", "no_evidence_yet")
    world.wait(minutes=trends.SLIP_MINUTES + 1)
    cases.refresh(world.db, upheld)
    for case in (changed, upheld):
        tuan.post(f"/case/{case}/reopen", changed="Có bản khác")
    (week,) = weeks.weeks(world.db)[-1:]
    assert (week.verdicts, week.reopened, week.corrected) == ({"true": 1}, 2, 0)
    lan.decide(changed, "true", "confirmed_by_record", "fact:cong-uoc")
    lan.decide(upheld, "unverifiable", "no_evidence_yet")
    week = weeks.weeks(world.db)[-1]
    assert (week.verdicts, week.reopened) == ({"true": 2, "unverifiable": 1}, 2)
    assert (week.corrected, len(trends.corrections(world.db))) == (1, 4)  # not those taken back or upheld
    stands_since(world, decided, monday(1))
    assert [one.verdicts.total() for one in weeks.weeks(world.db)[-2:]] == [1, 2]


def test_corrections_of_before_the_eight_weeks_are_none_of_theirs(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    world.wait(minutes=30)
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.decide(case, "true", "confirmed_by_record", "fact:cong-uoc")
    assert weeks.weeks(world.db)[-1].corrected == 1
    world.wait(minutes=60 * 24 * 7 * (weeks.WEEKS + 1))
    assert len(trends.corrections(world.db)) == 2
    assert sum(one.corrected + one.reopened for one in weeks.weeks(world.db)) == 0


def test_what_was_taken_out_again_came_not_in(world: World) -> None:
    lan = world.anybody("lan")
    before = weeks.weeks(world.db)[-1].came_in
    sent = lan.post("/bring", text="Xã An Phú mở chợ đêm bên sông từ tháng tới.", url="")
    number = int(sent.headers["location"].split("/")[2])
    score = add_score(world.db, number, "Xã An Phú mở chợ đêm bên sông từ tháng tới.", reasons=("BY_HAND",))
    case = open_with(world.db, number, score, "Xã An Phú mở chợ đêm bên sông từ tháng tới.")
    assert weeks.weeks(world.db)[-1].came_in == before + 1
    lan.get(f"/case/{case}")
    lan.post(f"/case/{case}/out")
    assert weeks.weeks(world.db)[-1].came_in == before


def test_the_weeks_are_told_on_the_page_and_to_programs_alike(world: World) -> None:
    lan = world.anybody("lan")
    lan.decide(world.cases["audit"], *CITED)
    waits, week = watching.waiting(world.db), weeks.weeks(world.db)[-1]
    assert waits == len(world.cases) - 1
    page = lan.get("/trends")
    said = text_of(page)
    assert f"Tuần này có {week.came_in} vụ mới, 1 vụ đã kết luận; {waits} vụ đang chờ" in said
    row = page.text.partition('class="month">')[2].partition("</tr>")[0]
    day = f"{monday().day}/{monday().month}/{monday().year}"
    assert re.findall(r">([^<>\s]+)<", f">{row}<")[:5] == [day, str(week.came_in), "1", "–", "–"]
    read = Caller(world, "lan").get("/trends/weeks").json()
    assert (read["waiting"], read["weeks"][-1]["begins"]) == (waits, week.begins)
    assert (read["weeks"][-1]["came_in"], read["weeks"][-1]["verdicts"]) == (week.came_in, {"true": 1})
    add_post(world.db, "song-huong", "khong-vu", "Bài không thuộc vụ nào.")
    assert weeks.weeks(world.db)[-1] == week


def test_a_verdict_that_a_second_reader_awaits_is_in_no_week_yet(tmp_path: Path) -> None:
    world = World(tmp_path / "home", settings="[desk]\nsecond_reader_share = 1.0\n")
    try:
        lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"]
        lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
        assert weeks.weeks(world.db)[-1].verdicts.total() == 0
        waits = watching.waiting(world.db)
        tuan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
        assert weeks.weeks(world.db)[-1].verdicts == {"false": 1}
        assert watching.waiting(world.db) == waits - 1
    finally:
        world.close()
