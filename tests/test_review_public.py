"""What readers are told once a post was erased, of earlier verdicts, after a merge, and of what hides in a text."""

import json
from pathlib import Path

import pytest
from desk_visit import World, text_of
from desk_world import CLAIM, add_post, add_score

from pipeline.records import PassageRow
from pipeline.store import cases, decisions, evidence, trends
from pipeline.store.erasure import erase
from review import care, show


def test_no_answer_says_where_or_when_an_erased_post_stood(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    early = add_post(world.db, "dien-dan-ben-song", "som", f"Nghe nói {CLAIM}", published="2026-10-03T08:00:00.000Z")
    add_score(world.db, early, CLAIM, reasons=("CONTRADICTS_EVIDENCE",))
    cases.join_case(world.db, case, early)
    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024")
    erase(world.db, "https://dien-dan-ben-song.example/som", person="chi", reason="trên giấy")
    told = "".join(str(lan.get(f"/case/{case}/{path}").text) for path in ("brief", "brief.md", "claimreview.json"))
    assert ("erased:" in told, "3/10/2026" in told, "2026-10-03" in told) == (False, False, False)
    assert "https://song-huong.example/lo-gach" in told


def test_the_corrections_of_an_erased_claim_say_so_and_lead_to_no_rebuttal(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    for verdict in ("false", "misleading"):
        lan.decide(case, verdict, "contradicted_by_record" if verdict == "false" else "exaggerated", "fact:cong-uoc")
        world.wait(minutes=trends.SLIP_MINUTES)
        if verdict == "false":
            lan.post(f"/case/{case}/reopen", changed="Có bản khác")
            world.wait(minutes=trends.SLIP_MINUTES)
    erase(world.db, "https://tin-mien-bien.example/cong-uoc", person="chi", reason="trên giấy")
    feed = lan.get("/corrections.atom").text
    assert "Sai → Gây hiểu lầm: Đã xóa theo yêu cầu" in feed
    assert "<summary>Đã xóa theo yêu cầu</summary>" in feed
    assert f"/case/{case}/brief" not in feed


def test_an_earlier_verdict_is_cited_by_name_and_in_the_words_its_readers_were_told(world: World) -> None:
    lan, case, earlier = world.anybody("lan"), world.cases["children"], world.cases["treaty"]
    worded = "Công ước được phê chuẩn năm nào?"
    post = cases.case(world.db, earlier).claim  # type: ignore[union-attr]
    lan.decide(earlier, "false", "contradicted_by_record", "fact:cong-uoc", wording=worded)
    eid = f"decision:{decisions.history(world.db, earlier)[0].id}"
    lan.post(f"/case/{case}/evidence", eid=eid)
    lan.decide(case, "false", "repeats_refuted", eid, "fact:an-phu-2024")
    paths = ("brief", "brief.md", "claimreview.json", "reasons.json")
    told = {path: str(lan.get(f"/case/{case}/{path}").text) for path in paths}
    for path, text in told.items():
        assert "Kết luận trước của nhóm kiểm chứng" in text, path
        assert (worded in text, post in text) == (path != "claimreview.json", False), path
    assert all(one["name"] for one in json.loads(told["claimreview.json"])["citation"])
    assert post in text_of(lan.get(f"/case/{case}"))  # at the desk as it was posted


def test_an_earlier_verdict_is_led_to_where_it_is_cited_and_its_answer_where_answers_are_published(
    tmp_path: Path,
) -> None:
    told = 'second_reader_share = 0.0\npublish_url = "https://song.example/soi/"\n'
    world = World(tmp_path / "home", settings=f"[desk]\n{told}")
    lan, case, earlier = world.anybody("lan"), world.cases["children"], world.cases["treaty"]
    lan.decide(earlier, "false", "contradicted_by_record", "fact:cong-uoc")
    made = decisions.history(world.db, earlier)[0].id
    lan.post(f"/case/{case}/evidence", eid=f"decision:{made}")
    lan.decide(case, "false", "repeats_refuted", f"decision:{made}", "fact:an-phu-2024")
    assert f'<a href="/case/{earlier}">Vụ {earlier}<' in lan.get(f"/case/{case}").text
    assert f'<a href="/case/{earlier}/brief">' in lan.get(f"/case/{case}/brief").text
    page = f"https://song.example/soi/{earlier}"
    assert f"]({page})" in lan.get(f"/case/{case}/brief.md").text
    cited = lan.get(f"/case/{case}/claimreview.json").json()["citation"]
    assert [one["url"] for one in cited if "Kết luận trước" in one["name"]] == [page]
    facts = lan.get(f"/case/{case}/reasons.json").json()["facts"]
    assert [one["url"] for one in facts if one["eid"] == f"decision:{made}"] == [page]
    lan.post(f"/decision/{made}/undo")
    assert page not in lan.get(f"/case/{case}/brief.md").text
    world.close()


def test_an_earlier_verdict_is_no_independent_source_and_what_it_rests_on_is_told_with_it(world: World) -> None:
    lan, case, earlier = world.anybody("lan"), world.cases["children"], world.cases["treaty"]
    lan.decide(earlier, "false", "contradicted_by_record", "fact:cong-uoc", "news:so-an-phu")
    eid = f"decision:{decisions.history(world.db, earlier)[0].id}"
    lan.post(f"/case/{case}/evidence", eid=eid)
    asked = text_of(lan.decide(case, "true", "confirmed_by_independent", eid, "law:tre-em-11", sure=""))
    assert "không có nguồn độc lập nào" in asked
    assert lan.decide(case, "false", "repeats_refuted", eid).status_code == 303
    for path in ("brief", "brief.md"):
        told = text_of(lan.get(f"/case/{case}/{path}"))
        so, checked = told.index("Sự thật"), told.index("Đã được kiểm chứng")
        assert so < told.index("phê chuẩn ngày 5 tháng 2 năm 2015") < checked
        assert (
            checked < told.index(f"Kết luận trước của nhóm kiểm chứng, vụ {earlier}") < told.index("Bên liên quan nói")
        )
        assert "Nguồn độc lập" not in told
        assert "mọi đoạn trích xác nhận hay nói khác đều từ một nguồn" in told  # the verdict is no second one
    said = lan.get(f"/case/{case}/reasons.json").json()
    assert [(one["eid"], one["role"]) for one in said["facts"]] == [(eid, ""), ("fact:cong-uoc", "primary")]
    assert [one["eid"] for one in said["statements_of_parties"]] == ["news:so-an-phu"]
    cited = json.loads(lan.get(f"/case/{case}/claimreview.json").text)["citation"]
    assert [one["name"] for one in cited][1:] == ["Kho lưu trữ điều ước"]
    shown = lan.get(f"/case/{case}").text.partition("Kết luận trước của nhóm kiểm chứng")[2]
    assert "Nguồn độc lập" not in shown.partition("</h3>")[0]


def test_a_passage_whose_source_nobody_told_is_not_passed_off_as_a_verdict_of_this_desk(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    said = "Công ước được phê chuẩn ngày 5 tháng 2 năm 2015 theo bản lưu."
    evidence.put_passages(world.db, [PassageRow("mine:1", said, "", "primary", date="2015-02-05")])
    lan.post(f"/case/{case}/evidence", eid="mine:1")
    lan.decide(case, "false", "contradicted_by_record", "mine:1")
    paths = ("", "/brief", "/brief.md", "/claimreview.json", "/reasons.json")
    told = {path: str(lan.get(f"/case/{case}{path}").text) for path in paths}
    assert [path for path, text in told.items() if "Kết luận trước của nhóm" in text] == []
    assert "mine:1" in told[""]
    assert json.loads(told["/claimreview.json"])["citation"] == []
    assert f"- {said} — 5/2/2015 (" in told["/brief.md"]
    assert '<p class="facts quiet">5/2/2015 · ' in told["/brief"]


def corrected_by_merge(world: World, case: int, into: int) -> None:
    """A case found false is reopened and merged into one that is then found true."""
    lan = world.anybody("lan")
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    world.wait(minutes=trends.SLIP_MINUTES)
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.post(f"/case/{case}/merge", into=str(into))
    lan.decide(into, "true", "confirmed_by_record", "fact:cong-uoc")


def test_the_first_verdict_on_a_case_corrects_that_of_one_that_was_merged_into_it(world: World) -> None:
    lan, case, into = world.anybody("lan"), world.cases["treaty"], world.cases["party"]
    corrected_by_merge(world, case, into)
    told = [(one.case_id, one.before, one.after) for one in trends.corrections(world.db)]
    assert told == [(into, "false", "true"), (case, "false", "")]
    assert "trước đó kết luận là “Sai”" in text_of(lan.get(f"/case/{case}/brief"))
    assert lan.get(f"/case/{case}/reasons.json").json()["replaces"]["verdict"] == "false"


def test_a_verdict_changes_its_own_case_whatever_was_merged_into_that(world: World) -> None:
    lan, case, into = world.anybody("lan"), world.cases["treaty"], world.cases["children"]
    lan.decide(into, "false", "contradicted_by_record", "fact:an-phu-2024")
    lan.decide(case, "true", "confirmed_by_record", "fact:cong-uoc")
    world.wait(minutes=trends.SLIP_MINUTES)
    for one in (case, into):
        lan.post(f"/case/{one}/reopen", changed="Có bản khác")
    assert lan.post(f"/case/{case}/merge", into=str(into)).status_code == 303
    lan.decide(into, "true", "confirmed_by_record", "fact:an-phu-2024")
    told = [(one.case_id, one.before, one.after) for one in trends.corrections(world.db)]
    assert told == [(into, "false", "true"), (into, "false", ""), (case, "true", "")]


def test_no_later_merge_changes_what_a_verdict_before_it_corrected(world: World) -> None:
    lan, case, into = world.anybody("lan"), world.cases["treaty"], world.cases["children"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    world.wait(minutes=trends.SLIP_MINUTES)
    lan.decide(into, "true", "confirmed_by_record", "fact:an-phu-2024")
    for one in (case, into):
        lan.post(f"/case/{one}/reopen", changed="Có bản khác")
    before = lan.get("/corrections.atom").text
    assert lan.post(f"/case/{case}/merge", into=str(into)).status_code == 303
    assert lan.get("/corrections.atom").text == before
    assert "Sai → Đúng" not in before


def test_a_correction_outlasts_the_merge_it_came_by(world: World) -> None:
    lan, case, into = world.anybody("lan"), world.cases["treaty"], world.cases["party"]
    corrected_by_merge(world, case, into)
    lan.post(f"/case/{into}/reopen", changed="Có bản khác")
    told = [(one.case_id, one.before, one.after) for one in trends.corrections(world.db)]
    assert lan.post("/move/1/undo").status_code == 303
    assert [(one.case_id, one.before, one.after) for one in trends.corrections(world.db)] == told
    assert (into, "false", "true") in told


@pytest.mark.parametrize(
    "sign", "\u034f\u115f\u180e\u200b\u200c\u200d\u2028\u206a\u3164\ufe01\ufe0f\uffa0\ufffa\U000e0041\U000e01ef"
)
def test_whatever_hides_in_a_text_is_told_by_its_number_and_hides_no_violence(sign: str) -> None:
    number = f"[U+{ord(sign):04X}]"
    for text in (f"Không{sign} đúng", f"gi{sign}ết", f"{sign}{sign}", f"1{sign}"):
        assert show.spelled(text) == text.replace(sign, number)
    assert care.folds("graphic", f"bị gi{sign}ết") == "graphic"


@pytest.mark.parametrize(
    "blank", [" ", "\n", "\r\n", "\r", "\t", "  ", "\xa0", "\x0c", "\x85", "\u2028", "\u2003", "\u200b\n"]
)
def test_violence_is_folded_whatever_blank_or_line_end_its_words_stand_between(blank: str) -> None:
    for text in (f"thấy xác{blank}chết bên sông", f"bị{blank}giết{blank}rồi"):
        assert care.folds("graphic", text) == "graphic"
    assert care.folds("graphic", f"không{blank}sao") == ""


@pytest.mark.parametrize(("text", "folded"), [
    ("Cong an xa danh chet mot nguoi dan roi hiep dam vo anh ta", True), ("bi tra tan ca nha", True),
    ("CÔNG AN XÃ BẮN CHẾT 2 NGƯỜI DÂN", True), ("rồi chặt xác họ", True), ("bị đánh hội đồng", True),
    ("tu tu roi se biet, treo co ngay le, con cho tin", False), ("từ từ, treo cờ, cắt cỏ", False),
    ("Việt Nam phê chuẩn Công ước chống tra tấn", False), ("Điều 20 cấm\ntra tấn", False),
    ("Cong uoc chong tra tan", False), ("Công ước chống tra tấn có rồi mà vẫn bị tra tấn", True),
])  # fmt: skip
def test_violence_is_folded_without_diacritics_too_and_a_treaty_against_it_is_not(text: str, folded: bool) -> None:
    assert bool(care.folds("graphic", text)) == folded


def test_a_picture_made_of_several_signs_is_shown_as_it_is_and_hides_no_more() -> None:
    pictures = "👨‍👩‍👧 ❤️‍🔥 🏳️‍🌈 👩🏽‍⚕️ 1️⃣ #️⃣ ©️ ☎︎ ‼️ ❤️yêu"
    assert show.spelled(pictures) == pictures
    assert show.spelled("❤\ufe0f\ufe0f 👨\u200d\u200d👧") == "❤\ufe0f[U+FE0F] 👨[U+200D][U+200D]👧"


def test_a_signed_rebuttal_tells_its_reader_how_to_object(tmp_path: Path) -> None:
    world = World(tmp_path / "home", settings='[desk]\nsecond_reader_share = 0.0\npublisher = "Bàn Sông"\n')
    lan, case, told = world.anybody("lan"), world.cases["treaty"], "Ai không đồng ý có thể gửi bằng chứng"
    lan.decide(case, "opinion", "view")
    for path in ("brief", "brief.md"):
        assert told in lan.get(f"/case/{case}/{path}").text
    world.close()
