"""Several people at one desk: holds, second readers, disagreement, and twenty of them at once on the real server."""

import collections
import html
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from desk_visit import BASE, SURE, Visitor, World, text_of, toast_of
from desk_world import CLAIM, add_post, add_score

from classifier.intervals import wilson
from pipeline.agreement import cohen, cohen_span, krippendorff, krippendorff_span
from pipeline.inforce import HomeError
from pipeline.records import VIET_NAM, EvidenceRow, NewDecision, Verdict, here, later, now
from pipeline.research import readingroom
from pipeline.store import (
    audit,
    cases,
    decisions,
    drafts,
    erasure,
    evidence,
    holds,
    open_store,
    people,
    pieces,
    report,
    trends,
)
from review import access, refusals, shapes
from review.pulse import agreement
from soi.desk import open_desk


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[World]:
    """A desk where every verdict is read by a second person."""
    made = World(tmp_path / "home", settings="[desk]\nsecond_reader_share = 1.0\n")
    yield made
    made.close()


def test_who_gives_a_case_back_unread_is_offered_another_till_none_is_left(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["children"]
    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024", "law:tre-em-11")
    offered: list[str] = []
    while len({*offered}) == len(offered):
        offered.append(tuan.post("/next").headers["location"])
        tuan.post(f"{offered[-1]}/release")
    assert (offered[0], offered[-1], len(offered)) == (f"/case/{case}", f"/case/{case}", 5)  # it is to be read blind
    assert lan.post("/next").headers["location"] != f"/case/{case}"  # its own giver
    assert watched.anybody("minh").post("/next").headers["location"] == f"/case/{case}"


def test_a_case_in_second_reading_is_neither_merged_away_nor_split(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["children"]
    own, other = cases.posts_of(watched.db, case), watched.cases["spreading"]
    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024", "law:tre-em-11")
    refused = [lan.post(f"/case/{case}/split", post=[str(own[-1])]), lan.post(f"/case/{case}/merge", into=other)]
    refused += [tuan.post(f"/case/{case}/merge", into=other), tuan.post(f"/case/{other}/merge", into=case)]
    assert [answer.status_code for answer in refused] == [409] * 4
    assert all("đang chờ người đọc thứ hai hoặc trưởng nhóm" in text_of(answer) for answer in refused)
    tuan.decide(case, "true", "confirmed_by_record", "fact:an-phu-2024", "law:tre-em-11")
    assert lan.post(f"/case/{case}/merge", into=other).status_code == 409  # readers differ: a lead's turn
    assert cases.posts_of(watched.db, case) == own
    assert watched.anybody("minh").post(f"/case/{case}/merge", into=other).status_code == 303


def test_a_verdict_given_again_as_it_was_is_not_drawn_anew_and_one_on_other_grounds_is(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["children"]
    grounds = ("false", "contradicted_by_record", "fact:an-phu-2024", "law:tre-em-11")

    def given(*verdict: str) -> str:
        lan.post(f"/case/{case}/reopen", changed="Sửa chính tả")
        lan.decide(case, *verdict, explanation=f"Số thật là {len(verdict)}.")
        return str(cases.case(watched.db, case).state)  # type: ignore[union-attr]

    lan.decide(case, *grounds)
    assert lan.post(f"/decision/{decisions.history(watched.db, case)[0].id}/undo").status_code == 303
    lan.decide(case, *grounds)  # nobody had read it: taking it back saves nobody the draw
    assert cases.case(watched.db, case).state == "second"  # type: ignore[union-attr]
    tuan.decide(case, *grounds)
    assert [given(*grounds), given(*grounds[:3], "fact:cong-uoc", "law:tre-em-11")] == ["decided", "second"]


def test_hold_runs_out_and_the_case_goes_to_whoever_comes(world: World) -> None:
    assert holds.take(world.db, 1, "lan", minutes=10).person == "lan"
    assert holds.take(world.db, 1, "tuan", minutes=10).person == "lan"
    with world.db.atomic():
        world.db.conn.execute("UPDATE holds SET until = '2020-01-01T00:00:00.000Z'")
    assert holds.take(world.db, 1, "tuan", minutes=10).person == "tuan"


def test_a_case_that_was_opened_by_a_clock_that_is_set_back_meanwhile_is_free(world: World) -> None:
    case, db = world.cases["children"], world.db

    def open_later_than_now() -> None:
        world.anybody("lan").get(f"/case/{case}")
        with db.atomic():
            db.conn.execute("UPDATE holds SET since = ?, until = ?", [later(hours=5), later(hours=5, minutes=10)])

    open_later_than_now()
    assert (holds.holder(db, case), holds.held(db, [case]), holds.in_hand(db)) == (None, {}, [])
    kept = holds.take(db, case, "lan", minutes=10)  # who reads it goes on
    assert (kept.since <= now(), kept.until < later(minutes=11)) == (True, True)
    open_later_than_now()
    assert holds.next_case(db, "tuan", minutes=10) == case
    assert [hold.case_id for hold in holds.held_by(db, "tuan")] == [case]
    assert holds.held_by(db, "lan") == []


def test_working_renews_the_hold(world: World) -> None:
    lan = world.anybody("lan")
    lan.get("/case/1")
    with world.db.atomic():
        world.db.conn.execute("UPDATE holds SET until = ?", [later(minutes=2)])
    assert lan.post("/case/1/hold", quiet="1").status_code == 204
    assert holds.holder(world.db, 1).until > later(minutes=8)  # type: ignore[union-attr]


def test_a_case_handed_over_by_name_comes_first_for_them(world: World) -> None:
    lan, tuan = world.anybody("lan"), world.anybody("tuan")
    lan.post(f"/case/{world.cases['party']}/hand", to="tuan", word="Bạn quen vùng này")
    said = text_of(tuan.get("/"))
    assert "lan chuyển: Bạn quen vùng này" in said
    assert tuan.post("/next").headers["location"] == f"/case/{world.cases['party']}"
    assert "lan chuyển vụ này cho bạn. Bạn quen vùng này" in text_of(tuan.get(f"/case/{world.cases['party']}"))
    assert "lan chuyển: Bạn quen vùng này" in text_of(tuan.get("/mine"))  # also once it was opened
    for nobody in ("khongco", "oanh"):  # an operator gives no verdicts: the case would wait a day for nothing
        assert lan.post("/case/1/hand", to=nobody).status_code == 409
        assert holds.holder(world.db, 1).person == "lan"  # type: ignore[union-attr]


def test_nobody_empties_the_queue_by_putting_all_of_it_aside(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lan, (first, second, third) = world.anybody("lan"), sorted(item.case_id for item in cases.queue(world.db))[:3]
    assert refusals.MANY_ASIDE.startswith(f"{holds.PARKED_AT_MOST} ")
    monkeypatch.setattr(holds, "PARKED_AT_MOST", 2)
    assert [lan.post(f"/case/{case}/hand").status_code for case in (first, second, first)] == [303] * 3
    refused = lan.post(f"/case/{third}/hand")
    assert (refused.status_code, "đã tạm gác hoặc chuyển đi 20 vụ" in text_of(refused)) == (409, True)
    assert lan.post(f"/case/{third}/hand", to="tuan").status_code == 409  # nor by filling others' hands
    lan.post(f"/case/{first}/release")
    assert lan.post(f"/case/{third}/hand").status_code == 303


def test_the_queue_begins_with_three_cases_in_hand_those_handed_over_first_and_mine_has_all(world: World) -> None:
    lan, tuan = world.anybody("lan"), world.anybody("tuan")
    for name in ("children", "treaty", "detention"):
        lan.post(f"/case/{world.cases[name]}/hand")
    lan.get("/")  # gives back what came next
    tuan.post(f"/case/{world.cases['party']}/hand", to="lan")

    def named(path: str) -> list[str]:
        return re.findall(r'<li><a href="/case/(\d+)">', lan.get(path).text)

    every = {str(world.cases[name]) for name in ("children", "treaty", "detention", "party")}
    assert (len(named("/")), named("/")[0], set(named("/")) < every) == (3, str(world.cases["party"]), True)
    assert "và 1 vụ nữa" in text_of(lan.get("/"))
    assert (set(named("/mine")), "vụ nữa" in text_of(lan.get("/mine"))) == (every, False)


def test_the_queue_tells_a_case_put_aside_or_handed_over_from_one_that_is_read(world: World) -> None:
    lan, minh = world.anybody("lan"), world.anybody("minh")

    def told() -> str:
        return next(one for one in minh.get("/").text.split("<li>") if 'href="/case/1"' in one)

    lan.get("/case/1")
    assert "lan đang đọc" in told()
    lan.post("/case/1/hand")
    assert ("lan đang giữ" in told(), "lan đang đọc" in told()) == (True, False)
    lan.post("/case/1/hand", to="tuan")
    assert ("đang chờ tuan" in told(), "tuan đang đọc" in told()) == (True, False)
    world.anybody("tuan").get("/case/1")
    assert "tuan đang giữ" in told()


def test_a_handed_case_whose_post_was_erased_gives_way_to_the_next(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["detention"]
    lan.post(f"/case/{case}/hand", to="tuan", word="xem giúp")
    (post,) = cases.posts_of(world.db, case)
    url = world.db.conn.execute("SELECT url FROM posts WHERE id = ?", [post]).fetchone()[0]
    erasure.erase(world.db, url, person="chi", reason="trên giấy")
    following = tuan.post("/next").headers["location"]
    assert following != f"/case/{case}"
    assert tuan.get(following).status_code == 200


def test_a_hand_over_is_taken_back_at_once_or_under_mine_until_it_is_taken_up(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["party"]
    after = lan.post(f"/case/{case}/hand", to="tuan", word="Bạn quen vùng này").headers["location"]
    undo = f'action="/case/{case}/hand/undo"'
    for path in (after, "/mine", f"/case/{case}"):
        assert undo in lan.get(path).text
    assert "đang chờ tuan: Bạn quen vùng này" in text_of(lan.get("/mine"))
    for path in (f"/?aside={case}", "/mine"):  # whom it was handed to gives it back, and takes nothing back
        assert undo not in tuan.get(path).text
    back = lan.post(f"/case/{case}/hand/undo").headers["location"]
    assert holds.holder(world.db, case) is None
    assert "Đã rút lại việc chuyển vụ; lời nhắn vẫn còn trong các ghi chú." in toast_of(lan.get(back))
    assert 'name="word" maxlength="500" value="Bạn quen vùng này"' in lan.get(f"/case/{case}").text
    assert holds.holder(world.db, case).person == "lan"  # type: ignore[union-attr]
    assert "lan chuyển" not in text_of(tuan.get("/"))
    assert undo not in lan.get("/mine").text
    told = [(row["action"], row["detail"]) for row in audit.entries(world.db, limit=2)]
    assert told == [("undo hand over", "tuan"), ("hand over", "tuan")]
    assert "rút lại việc chuyển một vụ" in text_of(world.anybody("chi").get("/people/log"))


def test_the_log_tells_whose_case_a_lead_freed_and_whose_deed_they_took_back(world: World) -> None:
    lan, minh = world.anybody("lan"), world.anybody("minh")
    case, other, third = (world.cases[name] for name in ("party", "treaty", "children"))

    def last() -> tuple[object, ...]:
        row = audit.entries(world.db, limit=1)[0]
        return row["person"], row["action"], row["subject"], row["detail"]

    lan.get(f"/case/{case}")
    minh.post(f"/case/{case}/release", free="1")
    assert last() == ("minh", "free", str(case), "lan")
    assert f"trả về hàng đợi vụ người khác đang giữ Vụ {case} lan" in text_of(world.anybody("chi").get("/people/log"))
    minh.get(f"/case/{case}")
    minh.post(f"/case/{case}/release", free="1")  # their own
    assert last() == ("minh", "release", str(case), "")
    lan.post(f"/case/{case}/hand", to="tuan")
    minh.post(f"/case/{case}/hand/undo")
    assert last() == ("minh", "undo hand over", str(case), "lan → tuan")
    lan.post(f"/case/{other}/merge", into=third)
    lan.post(f"/case/{third}/release")
    minh.post("/move/1/undo")
    assert last() == ("minh", "undo move", str(third), f"into {other} (lan)")


@pytest.mark.parametrize("deed", ["undo", "reopen"])
def test_who_takes_a_verdict_back_or_reopens_its_case_is_told_which_others_that_reopened(
    world: World, deed: str
) -> None:
    lan, first, second, third = world.anybody("lan"), *(world.cases[one] for one in ("treaty", "party", "children"))
    false = (Verdict.FALSE, "contradicted_by_record", ("fact:cong-uoc",))
    number = behind = decisions.decide(world.db, NewDecision(first, "lan", *false))
    for case in (second, third):  # one behind the other
        resting = (Verdict.FALSE, "repeats_refuted", (f"decision:{behind}", "fact:cong-uoc"))
        behind = decisions.decide(world.db, NewDecision(case, "tuan", *resting))
    path = f"/decision/{number}/undo" if deed == "undo" else f"/case/{first}/reopen"
    there = lan.post(path, changed="Có bản khác").headers["location"]
    told = ", ".join(f'<a href="/case/{case}">Vụ {case}</a>' for case in sorted((second, third)))
    assert f"kết luận dựa vào kết luận ở đây: {told}." in toast_of(lan.get(there))
    decisions.decide(world.db, NewDecision(first, "lan", *false))
    again = lan.post(f"/case/{first}/reopen", changed="Có bản nữa").headers["location"]
    assert "Vụ này đã được mở lại.</p>" in toast_of(lan.get(again))  # that was open by then


def test_what_rested_on_a_verdict_that_was_given_again_is_given_again_by_one_press(world: World) -> None:
    lan, first, second = world.anybody("lan"), world.cases["treaty"], world.cases["party"]
    false = (Verdict.FALSE, "contradicted_by_record", ("fact:cong-uoc",))
    number = decisions.decide(world.db, NewDecision(first, "lan", *false))
    resting = (Verdict.FALSE, "repeats_refuted", (f"decision:{number}", "fact:cong-uoc"))
    decisions.decide(world.db, NewDecision(second, "lan", *resting, explanation="Năm ấy chưa ai ký."))
    lan.post(f"/case/{first}/reopen", changed="Có bản khác")
    assert "Kết luận lại như cũ" not in text_of(lan.get(f"/case/{second}"))
    given = lan.decide(first, "false", "contradicted_by_record", "fact:cong-uoc").headers["location"]
    again = decisions.history(world.db, first)[-1].id
    told = f'kết luận lại như cũ: <a href="/case/{second}">Vụ {second}</a>.'
    assert (told in toast_of(lan.get(given)), told in toast_of(world.anybody("tuan").get(given))) == (True, False)
    page = lan.get(f"/case/{second}").text
    assert "Kết luận lại như cũ: Sai" in page
    form = page[page.index("<form", page.index("</header>")) :]
    form = next(one for one in form.split("<form")[1:] if "Kết luận lại như cũ" in one)
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form.partition("</form>")[0]):
        sent.setdefault(name, []).append(html.unescape(value))
    answered = lan.client.post(f"/case/{second}/decide", data=sent, follow_redirects=False)
    if answered.status_code == 422:  # asked once more, as the one before was one's own
        sent["sure"] = [SURE]
        answered = lan.client.post(f"/case/{second}/decide", data=sent, follow_redirects=False)
    assert answered.status_code == 303
    made = decisions.history(world.db, second)[-1]
    assert (made.verdict, made.reason, made.explanation) == ("false", "repeats_refuted", "Năm ấy chưa ai ký.")
    assert told not in toast_of(lan.get(given))  # none waits any more
    assert {e.eid for e in made.evidence} == {f"decision:{again}", "fact:cong-uoc"}
    lan.post(f"/case/{first}/reopen", changed="Lại có bản khác")
    decisions.decide(world.db, NewDecision(first, "lan", Verdict.TRUE, "confirmed_by_record", ("fact:cong-uoc",)))
    assert "Kết luận lại như cũ" not in text_of(lan.get(f"/case/{second}"))


def test_who_reopens_a_case_is_told_that_it_is_open_and_nobody_else(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"]
    lan.decide(case, "unverifiable", "no_evidence_yet")
    there = lan.post(f"/case/{case}/reopen", changed="Có bản khác").headers["location"]
    told = "Vụ này đã được mở lại."
    assert (told in toast_of(lan.get(there)), told in toast_of(tuan.get(there))) == (True, False)
    lan.client.post("/language", data={"to": "en"})
    assert "The case is open again." in toast_of(lan.get(there))


def test_notes_stay_on_the_case_in_order_through_hand_overs_merges_and_the_verdict(world: World) -> None:
    lan, tuan, minh, case = world.anybody("lan"), world.anybody("tuan"), world.anybody("minh"), world.cases["party"]
    kept = {"verdict": "unverifiable", "reason": "not_public", "explanation": "Chưa ai công bố."}
    after = lan.post(f"/case/{case}/note", kept, note="Đã gọi Sở, số 0912 345 678, hẹn thứ hai.")
    assert after.headers["location"] == f"/case/{case}?told=note#notes-title"
    assert "Đã lưu ghi chú vào vụ." in toast_of(lan.get(after.headers["location"]))
    form = lan.get(f"/case/{case}").text
    assert re.search(r'value="unverifiable"[^>]*checked', form)
    assert ("Chưa ai công bố.</textarea>" in form, 'maxlength="20000"></textarea>' in form) == (True, True)
    lan.post(f"/case/{case}/hand", to="tuan", word="Bạn gọi tiếp <Mái Hiên> nhé")
    tuan.post(f"/case/{case}/hand", to="minh", word="Mái Hiên không nghe máy")
    world.anybody("minh").get(f"/case/{case}")
    tuan.post(f"/case/{case}/note", note="Họ gọi lại rồi")  # in another's hands
    tuan.post(f"/case/{case}/note", note="Họ gọi lại rồi ")
    minh.post(f"/case/{case}/merge", into=world.cases["spreading"])
    minh.decide(world.cases["spreading"], "unverifiable", "not_public")
    for path in (f"/case/{world.cases['spreading']}", f"/case/{case}"):
        said = text_of(tuan.get(path))
        at = [said.find(words) for words in ("hẹn thứ hai", "<Mái Hiên> nhé", "không nghe máy", "Họ gọi lại rồi")]
        assert at == sorted(at)
        assert -1 not in at
        assert said.count("Họ gọi lại rồi") == 1
    assert "0912" not in said
    public = "".join(
        tuan.get(f"/case/{world.cases['spreading']}/{path}").text
        for path in ("brief", "brief.md", "reasons.json", "claimreview.json")
    )
    assert "Mái Hiên" not in public
    told = [(row["person"], row["action"], row["detail"]) for row in audit.entries(world.db) if row["action"] == "note"]
    assert set(told) == {("lan", "note", ""), ("tuan", "note", "")}
    assert "viết ghi chú vào một vụ" in text_of(world.anybody("chi").get("/people/log"))
    assert lan.post("/case/1/note", note=" ").status_code == 409
    long = lan.post("/case/1/note", note="x" * 2001, explanation="Chưa ai công bố.")
    assert (long.status_code, "“Ghi chú” dài nhất là 2.000 ký tự" in text_of(long)) == (422, True)
    for form in (long.text, lan.get("/case/1").text):  # to be shortened, then and later
        assert re.search(f'<textarea name="note" id="note"[^>]*>{"x" * 2001}</textarea>', form)
        assert "Chưa ai công bố.</textarea>" in form
    decided = world.cases["spreading"]
    long = lan.post(f"/case/{decided}/note", note="x" * 2001)
    assert (long.status_code, "dài nhất là 2.000 ký tự" in text_of(long)) == (422, True)
    assert re.search(f'<textarea name="note"[^>]* maxlength="2000"[^>]*>{"x" * 2001}</textarea>', long.text)
    lan.post(f"/case/{decided}/note", note="x" * 2000)
    assert "x" * 2001 not in lan.get(f"/case/{decided}").text
    assert world.anybody("oanh").post("/case/1/note", note="Của người vận hành").status_code == 403
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        world.db.conn.execute("UPDATE case_notes SET text = ''")


def test_a_second_reader_sees_no_note_but_their_own_until_they_have_read(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["treaty"]
    lan.post(f"/case/{case}/note", note="Bản gốc ghi 2015")
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", explanation="Sổ ghi năm 2015.")
    lan.post(f"/case/{case}/note", note="Tôi chắc là sai")
    tuan.post(f"/case/{case}/note", note="Cần xem bản dịch")
    said = text_of(tuan.get(f"/case/{case}"))
    assert [words in said for words in ("Bản gốc ghi", "Tôi chắc", "Sổ ghi", "bản dịch")] == [False] * 3 + [True]
    assert 'name="explanation"' not in tuan.get(f"/case/{case}").text  # a second reading is told to nobody outside
    assert "Bản gốc ghi 2015" in text_of(lan.get(f"/case/{case}"))
    tuan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    assert "Bản gốc ghi 2015" in text_of(tuan.get(f"/case/{case}"))
    assert "Sổ ghi năm 2015." in text_of(tuan.get(f"/case/{case}/brief"))


def test_a_hand_over_that_was_taken_up_or_is_anothers_is_not_taken_back(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["party"]
    assert "Không có lần chuyển nào" in text_of(lan.post(f"/case/{case}/hand/undo"))
    lan.post(f"/case/{case}/hand", to="tuan")
    assert "Không có lần chuyển nào" in text_of(tuan.post(f"/case/{case}/hand/undo"))
    assert holds.holder(world.db, case).kind == "handed"  # type: ignore[union-attr]
    tuan.get(f"/case/{case}")
    refused = lan.post(f"/case/{case}/hand/undo")
    assert (refused.status_code, "tuan đang giữ vụ này" in text_of(refused)) == (409, True)
    assert f'action="/case/{case}/hand/undo"' not in lan.get("/mine").text + lan.get(f"/case/{case}").text
    tuan.post(f"/case/{case}/hand", to="lan")
    assert world.anybody("minh").post(f"/case/{case}/hand/undo").status_code == 303  # a lead's word
    assert holds.holder(world.db, case) is None
    with world.db.atomic():  # a day later nobody is waited for
        holds.hand(world.db, case, "lan", to="tuan")
        world.db.conn.execute("UPDATE holds SET until = '2020-01-01T00:00:00.000Z'")
    assert lan.post(f"/case/{case}/hand/undo").status_code == 409
    assert holds.take(world.db, case, "minh", minutes=10).given_by == ""


def test_second_reader_is_blind_and_agreement_settles_the_case(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", note="Bản gốc ghi 2015")
    assert cases.case(watched.db, case).state == "second"  # type: ignore[union-attr]
    (made,) = decisions.history(watched.db, case)
    assert "Còn chờ người đọc thứ hai: vụ này được rút thăm" in text_of(lan.get(f"/?done={made.id}"))
    assert "chờ người đọc thứ hai" in text_of(lan.get(f"/case/{case}"))
    assert lan.decide(case, "true", "confirmed_by_record").status_code == 422
    page = tuan.get(f"/case/{case}").text
    said = text_of(tuan.get(f"/case/{case}"))
    assert "mà không biết họ kết luận gì" in said
    assert "Bản gốc ghi 2015" not in said
    assert not re.search(r'value="fact:cong-uoc"[^>]*checked', page)
    watched.wait(minutes=3 * 24 * 60)
    watched.anybody("tuan").decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    assert cases.case(watched.db, case).state == "decided"  # type: ignore[union-attr]
    assert [row.blind for row in decisions.history(watched.db, case)] == [0, 1]
    for page in (f"/case/{case}", "/?state=decided"):
        assert "lan, 3 ngày trước" in text_of(watched.anybody("minh").get(page))  # not when tuan agreed


@pytest.mark.parametrize(
    "page",
    ["/", "/case/{}", "/case/{}/brief", "/case/{}/brief.md", "/case/{}/reasons.json", "/case/{}/claimreview.json",
     "/case/{}/posts", "/case/{}/evidence", "/?state=second", "/?q=%23{}", "/?state=decided", "/mine", "/trends",
     "/pulse", "/corrections.atom", "/people/log"],
)  # fmt: skip
def test_no_page_tells_a_second_reader_the_first_verdict(watched: World, page: str) -> None:
    case = watched.cases["treaty"]
    first = watched.anybody("lan")
    first.decide(case, "unverifiable", "not_public")
    first.post(f"/decision/{decisions.last_event(watched.db, case)}/undo")  # so that there is a correction, too
    first.decide(case, "misleading", "outdated", "fact:cong-uoc", note="Ghi chú của lan")
    said = watched.anybody("chi").get(page.format(case)).text  # an administrator may be the second reader, and sees all
    assert "Ghi chú của lan" not in said
    assert not re.search(r"Gây hiểu lầm</(strong|em|p)|misleading (#|&|\")|→ Gây hiểu lầm", said)
    assert not re.search(r'"verdict": ?"misleading"', said)


@pytest.mark.parametrize("practice", [False, True])
def test_a_verdict_that_a_copy_was_read_beside_is_out_of_sight_of_a_blind_reader(
    watched: World, practice: bool
) -> None:
    case, record = watched.cases["children"], ("false", "contradicted_by_record", "fact:an-phu-2024", "law:tre-em-11")
    watched.anybody("lan").decide(case, *record)
    watched.anybody("tuan").decide(case, *record)
    (number, *_) = (one.id for one in decisions.history(watched.db, case))
    post = add_post(watched.db, "tin-mien-bien", "lai", f"Lại nghe: {CLAIM}")
    found = (
        EvidenceRow(f"decision:{number}", "contradicts", 0.99, role="independent"),
        EvidenceRow("law:tre-em-11", "related", 0.4, role="primary"),
    )
    add_score(watched.db, post, CLAIM, reasons=("REPEATS_REFUTED",), p=0.99, found=found)
    cases.join_case(watched.db, case, post)
    if practice:
        watched.anybody("minh").post(f"/case/{case}/golden", on="1")
    else:
        watched.anybody("minh").post(f"/case/{case}/reopen", changed="Có bản khác")
        watched.anybody("lan").decide(case, *record, "fact:cong-uoc")
        assert cases.case(watched.db, case).state == "second"  # type: ignore[union-attr]
    chi, token = watched.anybody("chi"), people.make_token(watched.db, "chi", label="thử")
    told = chi.client.get(f"/api/v1/cases/{case}?practice=true", headers={"Authorization": f"Bearer {token}"}).text
    queue = "" if practice else text_of(chi.get("/", state="second"))
    for said in (told, text_of(chi.get(f"/case/{case}", practice="1")), queue):
        for tells in (f"decision:{number}", "REPEATS_REFUTED", "Từng xuất hiện", "Đã được kiểm chứng"):
            assert tells not in said
    assert "Điều 11" in told


def test_nothing_that_leaves_the_desk_tells_a_first_verdict_while_a_second_reader_is_awaited(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["treaty"]

    def told() -> tuple[str, list[str], list[object]]:
        row = next(row for row in report.all_cases(watched.db) if row["case_id"] == case)
        given = (row["verdict_reason"], row["wording"], row["explanation"])
        assert given == (("contradicted_by_record", "Đã phê chuẩn.", "Năm 2015.") if row["verdict"] else ("", "", ""))
        assert bool(row["decided_at"]) == bool(row["verdict"])
        known = [eid for eid, *_ in evidence.refuted_claims(watched.db) if eid.startswith("decision:")]
        return str(row["verdict"]), known, [r["case_id"] for r in report.published(watched.db, "", "9999")]

    said = {"wording": "Đã phê chuẩn.", "explanation": "Năm 2015."}
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", **said)
    assert told() == ("", [], [])
    tuan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    assert told() == ("false", ["decision:1"], [case])
    tuan.post(f"/case/{case}/reopen", changed="Có bản khác")
    assert told() == ("", [], [])  # an open case's old verdict refutes nothing elsewhere


def test_a_first_verdict_is_no_evidence_while_a_second_reader_is_awaited(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["treaty"]
    lan.decide(case, "misleading", "outdated", "fact:cong-uoc")
    named = NewDecision(watched.cases["party"], "tuan", Verdict.FALSE, "repeats_refuted", ("decision:1",))
    for beside in (case, watched.cases["party"]):
        assert tuan.post(f"/case/{beside}/evidence", eid="decision:1").status_code == 404
        evidence.add_to_case(watched.db, beside, "decision:1", person="tuan")  # as one that was put there before
        assert "Kết luận trước của nhóm kiểm chứng" not in text_of(tuan.get(f"/case/{beside}"))
    with pytest.raises(decisions.DecisionRefused, match="There is no evidence decision:1"):
        decisions.decide(watched.db, named)
    tuan.decide(case, "misleading", "outdated", "fact:cong-uoc")
    assert pieces.piece(watched.db, "decision:1").title == "misleading"  # type: ignore[union-attr]
    assert pieces.piece(watched.db, "decision:2") is None  # a second reading speaks for no other case


def test_a_drawn_verdict_that_is_taken_back_and_given_again_is_read_a_second_time(tmp_path: Path) -> None:
    world = World(tmp_path / "home", settings="[desk]\nsecond_reader_share = 0.000000001\n")
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"]

    def decided(by: Visitor) -> str:
        by.decide(case, "unverifiable", "no_evidence_yet")
        return cases.case(world.db, case).state  # type: ignore[union-attr]

    assert decided(lan) == "decided"
    decisions.ask_second(world.db, 1)
    lan.post("/decision/1/undo")
    assert decided(lan) == "second"
    assert decided(tuan) == "decided"
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    assert decided(lan) == "decided"  # it was read blind since
    world.close()


@pytest.mark.parametrize("then", ["nothing more", "another merged into it", "merged into another"])
def test_a_drawn_verdict_is_read_a_second_time_when_it_is_given_anew_on_a_case_merged_with_its_own(
    tmp_path: Path, then: str
) -> None:
    world = World(tmp_path / "home", settings="[desk]\nsecond_reader_share = 0.000000001\n")
    lan, (case, into, third) = world.anybody("lan"), (world.cases[one] for one in ("treaty", "audit", "spreading"))

    def decided(by: str, one: int) -> str:
        world.anybody(by).decide(one, "unverifiable", "no_evidence_yet")
        return cases.case(world.db, one).state  # type: ignore[union-attr]

    assert decided("lan", case) == "decided"
    decisions.ask_second(world.db, 1)
    lan.post("/decision/1/undo")
    assert decided("lan", into) == "decided"  # of another claim yet: it shows the drawn verdict to nobody
    lan.post(f"/case/{into}/reopen", changed="Có bản khác")
    lan.post(f"/case/{case}/merge", into=into)
    assert decided("lan", into) == "second"
    assert decided("tuan", into) == "decided"
    lan.post(f"/case/{into}/reopen", changed="Có bản khác")
    if then != "nothing more":
        away, into = (third, into) if then == "another merged into it" else (into, third)
        lan.post(f"/case/{away}/merge", into=into)
    assert decided("lan", into) == "decided"  # it was read blind since
    world.close()


def test_a_drawn_verdict_whose_case_its_reader_reopens_by_the_evidence_is_read_a_second_time(tmp_path: Path) -> None:
    world = World(tmp_path / "home", settings="[desk]\nsecond_reader_share = 0.000000001\n")
    lan, case = world.anybody("lan"), world.cases["children"]
    lan.post(f"/case/{case}/evidence", text="Có mười hai em.", source="Báo Sông Hương", role="independent")
    (eid,) = world.db.execute("SELECT eid FROM passages WHERE eid LIKE 'desk:%'").fetchone()
    lan.decide(case, "false", "contradicted_by_record", eid, "law:tre-em-11")
    decisions.ask_second(world.db, 1)
    lan.post(f"/case/{case}/evidence/withdraw", eid=eid)
    lan.decide(case, "false", "contradicted_by_record", "law:tre-em-11")
    assert cases.case(world.db, case).state == "second"  # type: ignore[union-attr]
    world.close()


@pytest.mark.parametrize(("name", "told"), [("lan", True), ("minh", False)])
def test_who_withdraws_a_passage_is_told_that_their_own_verdict_reopened_before_its_second_reading_and_nobody_else(
    watched: World, name: str, told: bool
) -> None:
    lan, case, somebody = watched.anybody("lan"), watched.cases["children"], watched.anybody(name)
    lan.post(f"/case/{case}/evidence", text="Có mười hai em.", source="Báo Sông Hương", role="independent")
    (eid,) = watched.db.execute("SELECT eid FROM passages WHERE eid LIKE 'desk:%'").fetchone()
    lan.decide(case, "false", "contradicted_by_record", eid, "law:tre-em-11")
    lan.post(f"/case/{case}/release")
    gone = somebody.post(f"/case/{case}/evidence/withdraw", eid=eid)
    page = text_of(somebody.get(gone.headers["location"].partition("#")[0]))
    named = f"Được mở lại vì kết luận dựa vào đoạn này: Vụ {case}."
    assert ("Đoạn trích đã được rút lại" in page, named in page) == (True, told)  # else what rested on it would be told
    assert decisions.reopened_by(watched.db, eid, person=name) == [case] * told


@pytest.mark.parametrize("undone", [True, False])
def test_a_verdict_that_is_drawn_anew_is_seen_by_nobody_who_may_read_it_blind(watched: World, undone: bool) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["treaty"]
    token = people.make_token(watched.db, "tuan", label="x")
    at, of_tuan = f"/api/v1/cases/{case}", {"authorization": f"Bearer {token}"}
    said = {"note": "hỏi bà Ngân", "wording": "Công ước phê chuẩn năm 2020.", "explanation": "Báo ghi nhầm năm."}
    lan.post(f"/case/{case}/evidence", text="Phê chuẩn năm 2015.", source="Công báo", role="primary")
    lan.post(f"/case/{case}/note", note="Hỏi kho lưu trữ.")
    eid = next(row["eid"] for row in watched.db.query("SELECT eid FROM passages WHERE eid LIKE 'desk:%'"))
    lan.decide(case, "misleading", "wrong_number", eid, "law:tre-em-11", **said)
    lan.post(f"/case/{case}/note", note="Sai năm thì chắc rồi.")
    if undone:
        lan.post("/decision/1/undo")
    else:
        lan.post(f"/case/{case}/evidence/withdraw", eid=eid)
    assert "Gây hiểu lầm · Sai con số" in text_of(lan.get(f"/case/{case}"))  # its giver
    lan.post(f"/case/{case}/release")
    for reader in (tuan, watched.anybody("minh"), watched.anybody("oanh")):
        page = text_of(reader.get(f"/case/{case}"))
        assert "Nội dung kết luận này chỉ hiện sau khi có người đọc độc lập" in page
        hidden = ("· Sai con số", *said.values(), "Luật Lao động An Phú", "được rút lại: ", "Sai năm thì chắc rồi.")
        for told in hidden:
            assert told not in page, told
        assert "Hỏi kho lưu trữ." in page  # before the verdict, it was there for anybody
        reader.post(f"/case/{case}/release")
    found = tuan.client.get(at, headers=of_tuan).json()
    assert [note["text"] for note in found["notes"]] == ["Hỏi kho lưu trữ."]
    assert [found["history"][0][name] for name in ("verdict", "note", "evidence")] == ["", "", []]
    assert found["history"][1]["note"] == ("" if undone else "evidence_changed")
    assert "law:tre-em-11" not in [one["eid"] for one in found["evidence"]]
    tuan.post(f"/case/{case}/draft", quiet="1")
    assert drafts.drafted(watched.db, "tuan", case) == {}
    tuan.post(f"/case/{case}/release")
    lan.decide(case, "misleading", "wrong_number", "fact:cong-uoc")
    assert "Bạn đọc mà không biết họ kết luận gì" in text_of(tuan.get(f"/case/{case}"))
    tuan.decide(case, "misleading", "wrong_number", "fact:cong-uoc")
    assert text_of(tuan.get(f"/case/{case}")).count("· Sai con số") == 3


def test_nobody_chooses_a_second_reader_or_splits_what_waits_for_one(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["children"]
    lan.decide(case, "unverifiable", "no_evidence_yet")
    refused = lan.post(f"/case/{case}/hand", to="tuan", word="Tôi thấy chưa rõ")
    assert (refused.status_code, "không ai chọn người đọc ấy" in text_of(refused)) == (409, True)
    assert holds.holder(watched.db, case) is None
    shown = tuan.get(f"/case/{case}").text
    assert ("không ai chọn người đọc ấy" in shown, '<select name="to">' in shown) == (True, False)
    token = people.make_token(watched.db, "tuan", label="thử")
    asked = {"headers": {"Authorization": f"Bearer {token}"}, "url": f"/api/v1/cases/{case}/hand"}
    for to in ("lan", "minh", "oanh", "khongco"):  # else the one name refused would tell who read it first
        assert "không ai chọn người đọc ấy" in text_of(tuan.post(f"/case/{case}/hand", to=to))
        said = tuan.client.post(**asked, json={"to": to})
        assert (said.status_code, said.json()["detail"]) == (409, refusals.NO_CHOICE)
    assert holds.holder(watched.db, case).person == "tuan"  # type: ignore[union-attr]
    before = cases.posts_of(watched.db, case)
    for page in (tuan.get(f"/case/{case}"), tuan.get(f"/case/{case}/posts")):
        assert not re.search(rf'action="/case/{case}/(split|merge)"', page.text)
        assert not re.search("Tách hoặc gộp|Tạm gác, chuyển, gộp", text_of(page))
    assert "Tạm gác hoặc trả lại" in shown
    refused = tuan.post(f"/case/{case}/split", post=[str(before[0])])
    assert (refused.status_code, cases.posts_of(watched.db, case)) == (409, before)
    assert tuan.post(f"/case/{case}/hand", word="Mai đọc tiếp").status_code == 303
    assert holds.holder(watched.db, case).kind == "parked"  # type: ignore[union-attr]


def test_a_second_reader_of_a_reopened_case_sees_the_passage_put_there_and_not_the_reason(watched: World) -> None:
    lan, tuan, minh = watched.anybody("lan"), watched.anybody("tuan"), watched.anybody("minh")
    case, why, law = watched.cases["treaty"], "Bạn đọc gửi luật, hóa ra kết luận trước sai", "law:tre-em-11"
    lan.decide(case, "opinion", "view")
    tuan.decide(case, "opinion", "view")
    form = text_of(lan.get(f"/case/{case}"))
    assert "Người đọc thứ hai không thấy lý do này" in form
    lan.post(f"/case/{case}/evidence", eid=law)
    lan.post(f"/case/{case}/reopen", changed=why)
    minh.decide(case, "misleading", "outdated", "fact:cong-uoc", law)
    page = tuan.get(f"/case/{case}")
    assert "đọc lần hai" in text_of(page)
    assert (why in text_of(page), f'value="{law}"' in page.text) == (False, True)


def test_disagreement_goes_to_a_lead_whose_word_settles_it(watched: World) -> None:
    lan, tuan, minh = watched.anybody("lan"), watched.anybody("tuan"), watched.anybody("minh")
    case = watched.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    tuan.decide(case, "misleading", "outdated", "fact:cong-uoc")
    assert cases.case(watched.db, case).state == "disputed"  # type: ignore[union-attr]
    assert "Hai người đọc kết luận khác nhau. Trưởng nhóm sẽ kết luận." in text_of(tuan.get(f"/case/{case}"))
    assert tuan.decide(case, "misleading", "exaggerated", "fact:cong-uoc").status_code == 422
    said = text_of(minh.get(f"/case/{case}"))
    assert "Kết luận của bạn là cuối cùng. lan: Sai (Trái với tài liệu gốc; 1 đoạn trích);" in said
    assert "tuan: Gây hiểu lầm (Từng đúng, nay không còn; 1 đoạn trích)." in said
    minh.decide(case, "misleading", "outdated", "fact:cong-uoc")
    assert (cases.case(watched.db, case).state, cases.case(watched.db, case).verdict) == ("decided", "misleading")  # type: ignore[union-attr]


def test_mine_says_of_each_verdict_what_became_of_it(watched: World) -> None:
    lan, tuan, minh, case = *(watched.anybody(name) for name in ("lan", "tuan", "minh")), watched.cases["treaty"]

    def became(reader: Visitor) -> list[str]:
        told = re.findall(r'<p class="facts"><strong>.*?</p>', reader.get("/mine").text, re.DOTALL)
        return ["".join(re.findall("<em>· (.*?)</em>", one)) for one in told]

    lan.decide(case, "unverifiable", "no_evidence_yet")
    assert became(lan) == ["chờ người khác đọc"]
    tuan.decide(case, "opinion", "view")
    assert became(lan) == became(tuan) == ["chờ trưởng nhóm kết luận"]
    minh.decide(case, "opinion", "view")
    assert became(lan) == became(tuan) == ["đã bị thay bằng kết luận sau"]
    assert became(minh) == [""]
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    assert became(minh) == ["vụ đã được mở lại"]
    minh.client.post("/language", data={"to": "en"})
    lan.post(f"/case/{case}/release")
    minh.decide(case, "not_rights", "other_topic")
    assert became(minh) == ["waits for somebody else to read it", "a later verdict took its place"]
    minh.post("/decision/5/undo")
    assert became(minh) == ["taken back", "the case was reopened"]
    other = watched.cases["party"]
    lan.decide(other, "opinion", "view")
    lan.post(f"/case/{other}/release")
    tuan.decide(other, "opinion", "view")
    tuan.post(f"/decision/{decisions.history(watched.db, other)[-1].id}/undo")  # nobody disagreed
    assert became(lan)[0] == "chờ trưởng nhóm kết luận"


def test_a_lead_who_is_a_party_to_the_dispute_is_asked_before_settling_it(watched: World) -> None:
    lan, minh, chi, case = *(watched.anybody(name) for name in ("lan", "minh", "chi")), watched.cases["treaty"]
    told, own = "Bạn là một trong hai người đã kết luận khác nhau", ("opinion", "view")
    lan.decide(case, "not_rights", "other_topic")
    assert minh.decide(case, *own, sure="").status_code == 303  # reads blind: party to nothing yet
    asked = minh.decide(case, *own, sure="")
    assert (asked.status_code, told in text_of(asked), "Vẫn lưu kết luận" in text_of(asked)) == (422, True, True)
    minh.post(f"/case/{case}/release")
    assert chi.decide(case, *own, sure="").status_code == 303
    chi.post("/decision/3/undo")
    assert chi.decide(case, *own, sure="").status_code == 303  # who settled it, and puts a slip right, is none
    chi.post("/decision/5/undo")
    holds.release(watched.db, case)
    assert minh.decide(case, *own).status_code == 303  # asked, and sure


def test_a_lead_is_told_in_the_queue_what_waits_for_them_and_nobody_else(watched: World) -> None:
    lan, tuan, minh = (watched.anybody(name) for name in ("lan", "tuan", "minh"))
    for name in ("treaty", "audit"):
        lan.decide(watched.cases[name], "opinion", "view")
        assert "chờ bạn kết luận" not in text_of(minh.get("/"))  # read by one so far
        lan.post(f"/case/{watched.cases[name]}/release")
    for name in ("treaty", "audit"):
        tuan.decide(watched.cases[name], "not_rights", "other_topic")
        tuan.post(f"/case/{watched.cases[name]}/release")
    told = minh.get("/?right=CRC")
    assert "chờ bạn kết luận: Khẳng định (1) · Mẫu ngẫu nhiên (1)." in text_of(told)
    for lane, name in (("claims", "treaty"), ("audit", "audit")):
        (link,) = re.findall(rf'href="(/\?lane={lane}&amp;state=disputed)#found"', told.text)
        shown = minh.get(html.unescape(link))
        assert re.findall(r'id="case-(\d+)"', shown.text) == [str(watched.cases[name])]
        assert "chờ bạn kết luận" not in text_of(shown)
    assert "chờ bạn kết luận" not in text_of(lan.get("/"))


def test_why_a_case_was_reopened_stands_over_its_evidence(world: World) -> None:
    lan, tuan, case, why = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"], "Bạn đọc gửi công báo"
    lan.decide(case, "opinion", "view")
    lan.post(f"/case/{case}/reopen", changed=why)
    header = tuan.get(f"/case/{case}").text.partition("<header>")[2].partition("</header>")[0]
    assert "Lý do mở lại:" in header
    assert why in header
    tuan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    assert "Lý do mở lại" not in tuan.get(f"/case/{case}").text
    erasure.remove_evidence(world.db, ["fact:cong-uoc"], person="chi")
    assert "Lý do mở lại: Đoạn trích mà kết luận dựa vào" in text_of(lan.get(f"/case/{case}"))


def test_a_blind_reader_who_differs_is_told_so(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["treaty"]
    lan.decide(case, "opinion", "view")
    sent = tuan.decide(case, "unverifiable", "not_public").headers["location"]
    told = toast_of(tuan.get(sent))
    assert "Hai người đọc kết luận khác nhau. Trưởng nhóm sẽ kết luận." in told
    assert "Nếu hoàn tác" not in told


def test_a_reader_who_was_asked_for_was_not_drawn(world: World) -> None:
    sent = world.anybody("lan").decide(world.cases["treaty"], "opinion", "view", second="1").headers["location"]
    told = toast_of(world.anybody("lan").get(sent))
    assert "Còn chờ người đọc thứ hai." in told


def test_a_blind_reader_is_told_that_an_undone_reading_goes_to_a_lead_and_nothing_waits_to_be_sent(
    watched: World,
) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["treaty"]
    told = "Nếu hoàn tác, trưởng nhóm sẽ kết luận"
    assert told not in toast_of(lan.get(lan.decide(case, "opinion", "view").headers["location"]))
    assert f"</a>. {told}." in toast_of(tuan.get(tuan.decide(case, "opinion", "view").headers["location"]))
    assert "kết luận khác nhau" not in toast_of(tuan.get(f"/?done={decisions.history(watched.db, case)[1].id}"))
    for page in ("/mine", f"/case/{case}"):  # as where it can be undone later
        assert (told in tuan.get(page).text, told in lan.get("/mine").text) == (True, False)
    number = decisions.history(watched.db, case)[1].id
    tuan.post(f"/decision/{number}/undo")
    assert cases.case(watched.db, case).state == "disputed"  # type: ignore[union-attr]
    assert "Đã điền, chưa gửi" not in text_of(tuan.get("/mine"))
    tuan.post(f"/case/{case}/draft", note="Hỏi lại chị Hạnh", quiet="1")
    assert "Đã điền, chưa gửi" in text_of(tuan.get("/mine"))  # a note can be kept there yet


def test_whoever_gave_the_verdict_that_stood_is_asked_after_one_that_nobody_read_and_the_desk_ended(
    world: World,
) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["children"]
    lan.decide(case, "false", "contradicted_by_record", "law:tre-em-11")
    tuan.post(f"/case/{case}/reopen", changed="Đọc lại")
    tuan.decide(case, "true", "confirmed_by_record", "fact:an-phu-2024", second="1")
    erasure.remove_evidence(world.db, ["fact:an-phu-2024"], person="chi")
    asked = lan.decide(case, "false", "contradicted_by_record", "law:tre-em-11", sure="")
    assert (asked.status_code, "Bạn đã kết luận vụ này trước khi nó được mở lại" in text_of(asked)) == (422, True)


def test_a_reader_whom_a_lead_overruled_is_asked_before_putting_their_verdict_back(watched: World) -> None:
    lan, tuan, minh, case = *(watched.anybody(name) for name in ("lan", "tuan", "minh")), watched.cases["treaty"]
    lan.decide(case, "opinion", "view")
    tuan.decide(case, "not_rights", "other_topic")
    minh.decide(case, "opinion", "view")
    tuan.post(f"/case/{case}/reopen", changed="Đọc lại")
    asked = tuan.decide(case, "not_rights", "other_topic", sure="")
    assert (asked.status_code, "Bạn đã kết luận vụ này trước khi nó được mở lại" in text_of(asked)) == (422, True)
    tuan.post(f"/case/{case}/release")
    chi = watched.anybody("chi")
    assert chi.decide(case, "opinion", "view", sure="").status_code == 303  # who gave none isn't asked


def test_a_dispute_is_filled_in_with_the_first_readers_words_for_the_public_and_nothing_else(watched: World) -> None:
    lan, tuan, minh, chi = (watched.anybody(name) for name in ("lan", "tuan", "minh", "chi"))
    case, told = watched.cases["treaty"], "lời dành cho bạn đọc của người đọc đầu"
    said = {"wording": "Việt Nam chưa phê chuẩn công ước.", "explanation": "Đã phê chuẩn năm 2015."}
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", note="gọi lại chị Hạnh", **said)
    assert told not in text_of(tuan.get(f"/case/{case}"))
    tuan.decide(case, "misleading", "outdated", "fact:cong-uoc")
    tuan.post(f"/case/{case}/draft", left="1")  # a page that is left late
    assert drafts.draft(watched.db, "tuan", case) == {}
    page = minh.get(f"/case/{case}")
    assert all(f">{words}</textarea>" in page.text for words in said.values())
    assert (told in text_of(page), ">gọi lại chị Hạnh</textarea>" in page.text) == (True, False)
    assert not re.search('name="(verdict|reason|evidence)"[^>]*checked', page.text)
    minh.post(f"/case/{case}/draft", wording="", explanation="", quiet="1")
    assert not any(f">{words}</textarea>" in minh.get(f"/case/{case}").text for words in said.values())
    minh.post(f"/case/{case}/release")
    lan.post("/decision/1/undo")
    assert not any(f">{words}</textarea>" in chi.get(f"/case/{case}").text for words in said.values())


@pytest.mark.parametrize("reopened", [False, True])
def test_an_explanation_of_another_verdict_goes_out_only_when_one_is_sure_of_it(watched: World, reopened: bool) -> None:
    lan, tuan, minh, chi = (watched.anybody(name) for name in ("lan", "tuan", "minh", "chi"))
    case, told = watched.cases["treaty"], "vẫn là của một kết luận khác"
    passages = ("fact:tam-giu", "law:tre-em-11")
    false, outdated = ("false", "contradicted_by_record", *passages), ("misleading", "outdated", *passages)
    said = "Sai: công ước được phê chuẩn năm 2015.\r\nXem bản gốc."
    lan.decide(case, *false, explanation=said)
    tuan.decide(case, *(false if reopened else outdated))
    if reopened:
        lan.post(f"/case/{case}/reopen", changed="Có bản mới của văn bản")
    asked = minh.decide(case, *outdated, explanation=said, sure="")
    assert (asked.status_code, told in text_of(asked)) == (422, True)
    assert minh.decide(case, *outdated, explanation="Năm ấy mới có hiệu lực.", sure="").status_code == 303
    minh.post(f"/decision/{decisions.history(watched.db, case)[-1].id}/undo")
    minh.post(f"/case/{case}/release")
    assert chi.decide(case, *false, explanation=said, sure="").status_code == 303


def test_a_disputed_case_is_handed_only_to_who_may_decide_it(watched: World) -> None:
    minh, case = watched.anybody("minh"), watched.cases["treaty"]
    watched.anybody("lan").decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    watched.anybody("tuan").decide(case, "misleading", "outdated", "fact:cong-uoc")
    shown = minh.get(f"/case/{case}").text
    assert '<option value="chi">chi</option>' in shown
    assert '<option value="tuan">tuan</option>' not in shown
    refused = minh.post(f"/case/{case}/hand", to="tuan")
    assert refused.status_code == 409
    assert f'href="/case/{case}"' in refused.text
    assert holds.holder(watched.db, case).person == "minh"  # type: ignore[union-attr]
    assert minh.post(f"/case/{case}/hand", to="chi").status_code == 303


def test_who_is_no_lead_any_more_has_no_dispute_in_hand_and_gets_none_next(watched: World) -> None:
    access.add_user(watched.db, "hoa", role="lead")
    minh, case, other = watched.anybody("minh"), watched.cases["treaty"], watched.cases["spreading"]
    watched.anybody("lan").decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    watched.anybody("tuan").decide(case, "misleading", "outdated", "fact:cong-uoc")
    for one in (case, other):
        assert minh.post(f"/case/{one}/hand", to="hoa").status_code == 303
    watched.anybody("chi").post("/people/change", name="hoa", role="moderator", do="role")
    assert [hold.case_id for hold in holds.held_by(watched.db, "hoa")] == [other]
    holds.hand(watched.db, case, "minh", to="hoa")  # as an earlier Soi left it
    assert watched.anybody("hoa").post("/next").headers["location"].startswith(f"/case/{other}")


def test_a_second_reader_who_takes_their_verdict_back_is_blind_no_more(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", note="Bản gốc ghi 2015")
    tuan.decide(case, "misleading", "outdated", "fact:cong-uoc")
    assert "Bản gốc ghi 2015" in text_of(tuan.get(f"/case/{case}"))
    tuan.post(f"/decision/{decisions.last_event(watched.db, case)}/undo")
    assert cases.case(watched.db, case).state == "disputed"  # type: ignore[union-attr]
    assert tuan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc").status_code == 422
    assert watched.anybody("minh").decide(case, "misleading", "outdated", "fact:cong-uoc").status_code == 303
    assert _pairs(watched) == [[("false", "misleading")]] * 3


def _pairs(world: World) -> list[list[tuple[str, str]]]:
    """What two readers said of the same case, as Trends, the report for the public and the reading room count it."""
    told = world.db.conn.execute(readingroom.QUERIES["two_readers"][1]).fetchall()
    return [
        [(first, second) for _, first, second in trends.readings(world.db)],
        report.second_readings(world.db, "", "9999"),
        [(first, second) for first, second, n in told for _ in range(n)],
    ]


def test_whoever_asks_for_a_second_reader_gets_one_whose_reading_counts_in_no_agreement(world: World) -> None:
    lan, tuan, minh, case = *(world.anybody(name) for name in ("lan", "tuan", "minh")), world.cases["treaty"]
    tick = '<input type="checkbox" name="second" value="1">'
    assert tick in lan.get(f"/case/{case}").text
    refused = lan.decide(case, "false", "fabricated", "fact:cong-uoc", second="1", sure="")
    assert tick.replace(">", " checked>") in refused.text
    lan.decide(case, "opinion", "view", second="1")
    assert cases.case(world.db, case).state == "second"  # type: ignore[union-attr]
    page = tuan.get(f"/case/{case}").text
    assert ("Ý kiến</strong>" in page, tick in page) == (False, False)
    tuan.decide(case, "not_rights", "other_topic")
    assert tick not in minh.get(f"/case/{case}").text
    assert _pairs(world) == [[], [], []]
    assert "Trong các vụ chọn ngẫu nhiên cho người đọc thứ hai, chưa vụ nào" in text_of(tuan.get("/trends"))
    minh.decide(case, "opinion", "view", second="1")
    assert cases.case(world.db, case).state == "decided"  # type: ignore[union-attr]  # a lead's word is final


def test_asking_for_a_reader_of_a_reopened_case_takes_no_earlier_reading_out_of_the_agreement(watched: World) -> None:
    lan, tuan, minh = (watched.anybody(name) for name in ("lan", "tuan", "minh"))
    case = watched.cases["treaty"]
    lan.decide(case, "opinion", "view")
    tuan.decide(case, "not_rights", "other_topic")
    minh.decide(case, "opinion", "view")
    minh.post(f"/case/{case}/reopen", changed="Có bản khác")
    again = NewDecision(case, "lan", Verdict.OPINION, "view", (), "", False)
    decisions.decide(watched.db, again, second_share=0.0, second=True)
    assert _pairs(watched) == [[("opinion", "not_rights")]] * 3


def test_a_verdict_that_a_later_one_showed_to_all_is_hidden_no_more(world: World) -> None:
    lan, tuan, minh = (world.anybody(name) for name in ("lan", "tuan", "minh"))
    case, said = world.cases["treaty"], "Sổ ghi năm 2015."
    lan.decide(case, "misleading", "outdated", "fact:cong-uoc", second="1", note=said)
    lan.post("/decision/1/undo")
    lan.post(f"/case/{case}/release")
    assert said not in text_of(tuan.get(f"/case/{case}"))
    tuan.decide(case, "opinion", "view")
    assert said in text_of(minh.get(f"/case/{case}"))
    minh.post(f"/case/{case}/reopen", changed="Có bản khác")
    page = text_of(world.anybody("oanh").get(f"/case/{case}"))
    assert (said in page, "chỉ hiện sau khi có người đọc" in page) == (True, False)


def test_a_verdict_that_was_drawn_counts_though_a_second_reader_was_asked_for_too(watched: World) -> None:
    lan, tuan, case = watched.anybody("lan"), watched.anybody("tuan"), watched.cases["treaty"]
    lan.decide(case, "opinion", "view", second="1")
    tuan.decide(case, "not_rights", "other_topic")
    assert _pairs(watched) == [[("opinion", "not_rights")]] * 3


def test_a_verdict_that_is_taken_back_asks_for_its_second_reader_again(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    tick = '<input type="checkbox" name="second" value="1" checked>'
    lan.decide(case, "opinion", "view", second="1")
    lan.post("/decision/1/undo")
    assert tick in lan.get(f"/case/{case}").text
    lan.decide(case, "opinion", "view")
    lan.post("/decision/3/undo")
    assert tick not in lan.get(f"/case/{case}").text


def test_a_second_reader_asked_for_by_mistake_is_not_drawn_when_the_verdict_is_given_without(tmp_path: Path) -> None:
    world = World(tmp_path / "home", settings="[desk]\nsecond_reader_share = 0.000000001\n")
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "opinion", "view", second="1")
    lan.post("/decision/1/undo")
    lan.decide(case, "opinion", "view")
    assert cases.case(world.db, case).state == "decided"  # type: ignore[union-attr]
    world.close()


def test_no_verdict_is_drawn_where_nobody_else_may_read_it(watched: World) -> None:
    with watched.db.atomic():
        watched.db.conn.execute("UPDATE users SET off = 1 WHERE name IN ('tuan', 'minh', 'chi')")
    watched.anybody("lan").decide(watched.cases["treaty"], "opinion", "view")
    assert cases.case(watched.db, watched.cases["treaty"]).state == "decided"  # type: ignore[union-attr]


def test_nobody_is_asked_for_a_second_reader_where_there_is_none(world: World) -> None:
    with world.db.atomic():
        world.db.conn.execute("UPDATE users SET off = 1 WHERE name IN ('tuan', 'minh', 'chi')")
    lan, case = world.anybody("lan"), world.cases["treaty"]
    bearer = {"authorization": f"Bearer {people.make_token(world.db, 'lan', label='test')}"}
    assert 'name="second"' not in lan.get(f"/case/{case}").text
    asked = lan.decide(case, "opinion", "view", second="1")  # from a page that was open before
    assert (asked.status_code, "không có người thứ hai để đọc" in text_of(asked)) == (422, True)
    body = {"verdict": "opinion", "reason": "view", "second": True}
    told = lan.client.post(f"/api/v1/cases/{case}/decisions", json=body, headers=bearer)
    assert (told.status_code, told.json()["detail"]) == (409, refusals.NO_READER)
    assert cases.case(world.db, case).state == "new"  # type: ignore[union-attr]
    assert lan.decide(case, "opinion", "view").status_code == 303


@pytest.mark.parametrize("second", [("not_rights", "other_topic"), ("opinion", "view")])
def test_a_first_reader_who_takes_their_verdict_back_after_the_second_reading_leaves_it_to_a_lead(
    watched: World, second: tuple[str, str]
) -> None:
    lan, tuan, minh = (watched.anybody(name) for name in ("lan", "tuan", "minh"))
    case = watched.cases["treaty"]

    def state() -> tuple[str, str]:
        item = cases.case(watched.db, case)
        assert item
        return item.state, item.verdict

    lan.decide(case, "opinion", "view")
    tuan.decide(case, *second)
    lan.post("/decision/1/undo")
    assert state() == ("disputed", "")
    assert lan.decide(case, "opinion", "view").status_code == 422
    assert "Một trong hai người đọc đã rút lại kết luận của mình. Trưởng nhóm" in text_of(tuan.get(f"/case/{case}"))
    assert "0 đoạn trích, đã rút lại); tuan: " in text_of(minh.get(f"/case/{case}"))
    minh.decide(case, "opinion", "view")
    assert state() == ("decided", "opinion")
    minh.post("/decision/4/undo")
    assert state() == ("disputed", "")
    minh.decide(case, "opinion", "view")
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    assert state() == ("reopened", "")
    lan.decide(case, "not_rights", "other_topic")
    tuan.decide(case, "opinion", "view")
    lan.post("/decision/8/undo")  # the lead's earlier verdict stands, and was reopened: this isn't what is awaited
    assert state() == ("disputed", "")


def test_a_disagreement_counts_once_and_whoever_takes_their_verdict_back(watched: World) -> None:
    lan, tuan, minh = (watched.anybody(name) for name in ("lan", "tuan", "minh"))
    case = watched.cases["treaty"]
    lan.decide(case, "unverifiable", "not_public")
    lan.post("/decision/1/undo")  # a slip: nobody read it
    lan.decide(case, "opinion", "view")
    assert _pairs(watched) == [[], [], []]
    tuan.decide(case, "not_rights", "other_topic")
    differ = [[("opinion", "not_rights")]] * 3
    assert _pairs(watched) == differ
    lan.post("/decision/3/undo")
    tuan.post("/decision/4/undo")
    assert _pairs(watched) == differ
    minh.decide(case, "opinion", "view")
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.decide(case, "opinion", "view")
    tuan.decide(case, "opinion", "view")  # who has seen the first round isn't blind any more
    assert _pairs(watched) == differ


def test_a_verdict_that_a_later_one_replaced_is_not_taken_back(watched: World) -> None:
    lan, tuan, minh = (watched.anybody(name) for name in ("lan", "tuan", "minh"))
    case = watched.cases["treaty"]
    lan.decide(case, "opinion", "view")
    tuan.decide(case, "not_rights", "other_topic")
    assert 'action="/decision/1/undo"' in lan.get(f"/case/{case}").text
    minh.decide(case, "opinion", "view")
    for visitor, number in ((lan, 1), (tuan, 2)):
        pages = visitor.get("/mine").text + visitor.get(f"/case/{case}").text + visitor.get(f"/?done={number}").text
        assert f'action="/decision/{number}/undo"' not in pages
        refused = visitor.post(f"/decision/{number}/undo")
        assert (refused.status_code, "Một kết luận sau đã thay" in text_of(refused)) == (409, True)
    assert [row.action for row in decisions.history(watched.db, case)] == ["decide"] * 3
    assert minh.post("/decision/3/undo").status_code == 303
    assert lan.post("/decision/1/undo").status_code == 303
    assert "đã được rút lại từ trước" in text_of(lan.post("/decision/1/undo"))


def test_nobody_is_given_their_own_case_to_read_a_second_time(watched: World) -> None:
    lan, case = watched.anybody("lan"), watched.cases["children"]
    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024", "law:tre-em-11")
    given: set[int | None] = set()
    while (found := holds.next_case(watched.db, "lan", minutes=10)) not in given:  # then it is one she has in hand
        given.add(found)
    assert len(given) > 2
    assert case not in given
    assert holds.next_case(watched.db, "tuan", minutes=10) == case


def test_undoing_a_watched_verdict_takes_the_second_reading_with_it(watched: World) -> None:
    lan, case = watched.anybody("lan"), watched.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    lan.post(f"/decision/{decisions.history(watched.db, case)[0].id}/undo")
    assert cases.case(watched.db, case).state == "new"  # type: ignore[union-attr]


def test_agreement_is_shown_by_month_and_names_nobody(watched: World) -> None:
    lan, tuan = watched.anybody("lan"), watched.anybody("tuan")
    lan.decide(watched.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc")
    tuan.decide(watched.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc")
    assert len(trends.readings(watched.db)) == 1
    said = text_of(watched.anybody("minh").get("/trends"))
    assert "Cohen κ" in said
    assert "có chưa đến mười vụ, thì không nêu (–)" in said
    assert "tuan" not in said


def test_agreement_tells_twelve_whole_months(watched: World) -> None:
    for name in ("lan", "tuan"):
        watched.anybody(name).decide(watched.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc")
    today = here(now())
    began = datetime(today.year - (today.month < 12), today.month % 12 + 1, 1, tzinfo=VIET_NAM)
    watched.wait(minutes=(today - began).total_seconds() / 60 - 1)
    assert [row[0] for row in trends.readings(watched.db)] == [f"{began:%Y-%m}"]
    watched.wait(minutes=2)
    assert trends.readings(watched.db) == []


def test_kappa_and_alpha_match_values_worked_out_by_hand() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert cohen(pairs) == pytest.approx(0.4)  # 0.7 seen, 0.5 by chance
    # alpha: 15 of 50 pairs differ; 55 a and 45 b among 100: expected 2 * 55 * 45 / (100 * 99) = 0.5
    assert krippendorff(pairs) == pytest.approx(1 - 0.3 / 0.5)
    for low, high in (cohen_span(pairs), krippendorff_span(pairs)):
        # by hand, from the spread of kappa (Fleiss, Cohen and Everitt 1969): 0.4 ± 1.96 * 0.129
        assert (low, high) == (pytest.approx(0.4 - 0.253, abs=0.06), pytest.approx(0.4 + 0.253, abs=0.06))
    assert cohen_span(pairs) == cohen_span(pairs[::-1])  # seeded
    assert (cohen_span(pairs[15:24]), cohen_span([("a", "a"), ("b", "b")] * 9)) == (None, None)
    assert cohen([]) is None
    assert (cohen([("a", "a")] * 3), krippendorff([("a", "a")] * 3)) == (None, None)
    (month,) = agreement([("2026-11", "false", "false")] * 3)
    assert (month.n, month.same, month.kappa, month.alpha) == (3, 3, None, None)
    differ = [("2026-11", "false", "true")] + [("2026-11", "true", "true")] * 8
    assert [one.kappa is None for n in (1, 2) for one in agreement(differ * n)] == [True, False]  # few tell nothing
    assert shapes.Agreement.model_validate(month, from_attributes=True).kappa is None  # as the API tells it
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(5, 100)
    assert (round(low, 4), round(high, 4)) == (0.0215, 0.1118)


SERVE = """
import sys
from pathlib import Path
from pipeline.home import Home
from review.app import listen, serve
sock = listen("127.0.0.1", int(sys.argv[2]))
url = f"http://127.0.0.1:{sock.getsockname()[1]}"
serve(Home(Path(sys.argv[1])), sock, on_ready=lambda: print(url, flush=True), keep_trace=print)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[World, str]]:
    """The real server in a process of its own, at a port that was taken."""
    world = World(tmp_path / "home")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(world.home.root), "18650"],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert process.stdout is not None
    yield world, process.stdout.readline().strip()
    process.terminate()
    assert process.wait(60) in (0, -15)
    world.close()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_the_desk_ends_well_when_it_is_told_to_or_its_terminal_is_closed(tmp_path, number):
    World(tmp_path / "home").close()
    minding = "import signal, soi; signal.signal(signal.SIGHUP, signal.SIG_DFL); soi.main()"  # under nohup too
    argv = [sys.executable, "-c", minding, "review", "--home", str(tmp_path / "home"), "--port", "18655"]
    with subprocess.Popen(
        argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    ) as process:
        try:
            assert any("Ctrl-C" in line for line in process.stdout)
            process.send_signal(number)
            said = process.communicate(timeout=60)[1]
        finally:
            process.kill()
    assert (process.returncode, said) == (0, "")


def _work(url: str, token: str, made: list[tuple[str, str]], problems: list[str]) -> None:
    """One moderator: takes cases and decides them until there are none."""
    session = f"{access.SESSION_COOKIE}_{url.rpartition(':')[2]}"
    with httpx.Client(base_url=url, cookies={session: token}, timeout=60) as client:
        seal = re.search(r'name="seal" value="(\w+)"', client.get("/mine").text)
        while True:
            answer = client.post("/next", data={"seal": seal[1] if seal else ""})
            case = answer.headers["location"]
            if not case.startswith("/case/"):
                return
            seen = re.search(r'name="seen" value="(\d+)"', client.get(case).text)
            if seen is None:
                problems.append(f"{case} was given and is closed")
                return
            form = {
                "seal": seal[1] if seal else "",
                "seen": seen[1],
                "verdict": "unverifiable",
                "reason": "not_public",
            }
            answer = client.post(f"{case}/decide", data=form)
            if answer.status_code != 303:
                problems.append(f"{case}: {answer.status_code}")
                return
            made.append((token, case))
            following = answer.headers["location"]
            if following.startswith("/case/"):  # given along with the answer: back, so that others may have it
                client.post(f"{following.split('?')[0]}/release", data={"seal": seal[1] if seal else ""})


def test_twenty_moderators_at_once_lose_and_double_nothing(server: tuple[World, str]) -> None:
    world, url = server
    first = cases.posts_of(world.db, world.cases["party"])[0]
    with world.db.atomic():
        for i in range(40):
            case = cases.open_case(world.db, first, claim=f"Điều {i}", score_id=None)
            world.db.conn.execute(
                "INSERT INTO posts (source_id, url, first_seen) VALUES ('song-huong', ?, '2026-11-20T00:00:00.000Z')",
                [f"https://x/{i}"],
            )
            post = world.db.conn.execute("SELECT max(id) FROM posts").fetchone()[0]
            world.db.conn.execute(
                "INSERT INTO versions (post_id, text, digest, seen_at) VALUES (?, 'Bài', 'd', '2026-11-20')",
                [post],
            )
            cases.join_case(world.db, case, post)
    world.db.conn.execute("UPDATE standings SET lane = 'claims'")
    world.db.conn.commit()
    waiting = {row[0] for row in world.db.conn.execute("SELECT case_id FROM standings WHERE lane = 'claims'")}
    for i in range(20):
        access.add_user(world.db, f"m{i}")
    tokens = [access.open_session(world.db, f"m{i}", how="test") or "" for i in range(20)]
    made: list[tuple[str, str]] = []
    problems: list[str] = []
    threads = [threading.Thread(target=_work, args=(url, token, made, problems)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert problems == []
    db = open_store(world.home.database)
    stored = collections.Counter(
        row[0] for row in db.conn.execute("SELECT case_id FROM decisions WHERE action = 'decide'")
    )
    assert set(stored.values()) == {1}
    assert stored.total() == len(made)
    left = {row[0] for row in db.conn.execute("SELECT case_id FROM standings WHERE lane = 'claims' AND undecided")}
    assert left | set(stored) >= waiting
    assert left == set()
    db.close()


def test_taken_port_gives_way_to_the_next_free_one(tmp_path: Path) -> None:
    from review.app import listen

    first = listen("127.0.0.1", 18_600)
    second = listen("127.0.0.1", first.getsockname()[1])
    assert second.getsockname()[1] > first.getsockname()[1]
    first.close()
    second.close()


@pytest.mark.parametrize("host", ["khong-co.invalid", "127.0.0.1:8765", "203.0.113.7"])
def test_a_desk_that_has_nowhere_to_listen_says_what_to_set(host: str) -> None:
    from review.app import listen

    with pytest.raises(HomeError, match=rf"{re.escape(host)}.*set desk.host"):
        listen(host, 18_600)


def test_a_desk_that_has_nowhere_to_listen_leaves_no_login_link(tmp_path: Path) -> None:
    world = World(tmp_path / "home")
    with pytest.raises(HomeError, match="can't listen"):
        open_desk(world.home, port=70_000)
    assert not people.open_links(world.db)


def test_login_link_of_the_served_desk_opens_it(server: tuple[World, str]) -> None:
    world, url = server
    assert url.startswith("http://127.0.0.1:186")
    assert BASE not in url
    with httpx.Client(follow_redirects=True, base_url=url) as client:
        assert "Hàng đợi" in Visitor(client).follow(access.first_login_link(world.db, url)).text  # type: ignore[arg-type]


SECRETS = ("0901234567", "001099012345", "a.b@mail.vn", "0988777666")
SAID = "Hỏi chị Hoa 0901234567, cccd 001099012345; a.b@mail.vn, 0988777666"


def test_whatever_people_write_at_the_desk_holds_no_numbers_of_persons(world: World) -> None:
    case, lan, chi = world.cases["children"], world.anybody("lan"), world.anybody("chi")
    fields = {"verdict": "false", "reason": "contradicted_by_record", "evidence": ["fact:an-phu-2024", "law:tre-em-11"]}
    lan.post(f"/case/{case}/draft", **fields, note=SAID, explanation=SAID, wording=SAID)
    assert "[số điện thoại]" in lan.get(f"/case/{case}").text
    lan.post(f"/case/{case}/evidence/draft", text=SAID, source=SAID, role="independent", url="", date="")
    lan.post(f"/case/{case}/note", note=SAID)
    kept = dump(world)
    told = {"note": SAID, "explanation": SAID, "wording": SAID}
    lan.post(f"/case/{case}/decide", **fields, **told, seen=decisions.last_event(world.db, case))
    lan.post(f"/case/{case}/reopen", changed=SAID)
    lan.get(f"/case/{case}")
    lan.post(f"/case/{case}/hand", to="tuan", word=SAID)
    lan.post("/views", name="Vụ 0901234567", query=f"/?q={SAID}")
    lan.post("/account/token", label="của 0901234567")
    lan.sign_in("0901234567")
    chi.post("/people/lock", locked="1", reason=SAID)
    people.add(world.db, "binh", role="lead", display="Bình 0901234567")
    assert [one.action for one in decisions.history(world.db, case)] == ["decide", "reopen"]
    assert audit.locked(world.db)
    for whole in (kept, dump(world)):
        assert [secret for secret in SECRETS if secret in whole] == []


def dump(world: World) -> str:
    """All that the store holds."""
    return "\n".join(world.db.conn.iterdump())


def test_a_verdict_that_waited_for_its_second_reader_is_of_the_period_in_which_it_came_to_stand(watched: World) -> None:
    (lan, tuan, db), case = (watched.anybody("lan"), watched.anybody("tuan"), watched.db), watched.cases["children"]
    reading = ("contradicted_by_record", "fact:an-phu-2024", "law:tre-em-11")
    claim = cases.case(db, case).claim  # type: ignore[union-attr]

    def told(since: str, until: str) -> tuple[list[object], int]:
        return [row["case_id"] for row in report.published(db, since, until)], sum(
            report.false_by_right(db, since, until).values()
        )

    lan.decide(case, "true", "confirmed_by_record", *reading[1:])
    tuan.decide(case, "true", "confirmed_by_record", *reading[1:])
    decisions.reopen(db, case, person="minh", note="")
    lan.decide(case, "false", *reading)
    watched.wait(60)
    monday = now()
    tuan.decide(case, "false", *reading)
    assert told("", monday) == ([], 0)
    assert told(monday, "9999") == ([case], 1)
    assert claim not in {one for _, one, _ in evidence.refuted_claims(db, until=monday)}
    assert claim in {one for _, one, _ in evidence.refuted_claims(db)}
    (corrected, *_) = trends.corrections(db)
    assert ((corrected.before, corrected.after), corrected.at > monday) == (("true", "false"), True)
    feed = lan.get("/corrections.atom").text
    assert set(re.findall("<updated>([^<]+)", feed)) >= {corrected.at}
    assert re.search("<updated>([^<]+)", feed)[1] == corrected.at  # type: ignore[index]
