"""Verdicts through the pages: refused, recorded, taken back, reopened, and what was filled in."""

import dataclasses
import html
import re
import sqlite3

import pytest
from desk_visit import SURE, World, text_of, toast_of
from desk_world import add_post, add_score, against, beside, open_with

from pipeline.records import NewDecision, NewPost, PassageRow, Verdict
from pipeline.store import (
    cases,
    decisions,
    drafts,
    erasure,
    evidence,
    golden,
    holds,
    moves,
    people,
    posts,
    reading,
)
from review.deciding import Filled

INDEPENDENT, PRIMARY, PARTY = "fact:an-phu-2024", "law:tre-em-11", "news:so-an-phu"
NOTE = "Còn phải hỏi lại thư viện xã"
NEW = {"text": "Khu Bãi Dâu chưa ra quy định nào.", "source": "Báo Sông Hương", "role": "independent"}


def test_verdict_on_a_single_passage_asks_once_more(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    asked = lan.decide(case, "false", "wrong_number", INDEPENDENT, sure="")
    assert asked.status_code == 422
    asked = lan.decide(case, "misleading", "wrong_number", INDEPENDENT, sure="")
    assert "chỉ dựa vào một đoạn" in text_of(asked)
    assert "bị rút lại" not in text_of(asked)  # what is withdrawn reopens whatever rests on it
    assert lan.decide(case, "misleading", "wrong_number", INDEPENDENT, PRIMARY, sure="").status_code == 303


@pytest.mark.parametrize(
    ("relation", "eid", "verdict", "asked"),
    [
        ("contradicts", PRIMARY, "false", False),
        ("contradicts", PRIMARY, "misleading", False),
        ("related", PRIMARY, "false", True),  # which the machine doesn't read so
        ("supports", PRIMARY, "misleading", True),
        ("contradicts", INDEPENDENT, "false", True),
    ],
)  # fmt: skip
def test_whoever_was_told_of_a_single_passage_isnt_asked_where_it_is_a_record_that_says_so(
    world: World, relation: str, eid: str, verdict: str, asked: bool
) -> None:
    claim, lan = "Luật cho nhận trẻ em 12 tuổi vào xưởng gạch.", world.anybody("lan")
    post = add_post(world.db, "kenh-gio-nui", "hon-soi", claim)
    found = (beside(eid, relation), beside(PARTY, "supports"))  # a party's says nothing against it
    score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), found=found)
    case = open_with(world.db, post, score, claim)
    reason = {"false": "fabricated", "misleading": "outdated"}[verdict]
    untold = lan.decide(case, verdict, reason, eid, sure="")  # as without a script, where no line tells of it
    assert (untold.status_code, "chỉ dựa vào một đoạn" in text_of(untold)) == (422, True)
    answer = lan.decide(case, verdict, reason, eid, sure="", warned="1")
    assert ("chỉ dựa vào một đoạn" in text_of(answer)) == asked
    assert answer.status_code == (422 if asked else 303)


def test_a_record_written_down_here_is_asked_about_where_it_stands_alone(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    lan.post(f"/case/{case}/evidence", **{**NEW, "role": "primary"})
    (eid,) = [row["eid"] for row in world.db.query("SELECT eid FROM passages WHERE eid LIKE 'desk:%'")]
    asked = lan.decide(case, "false", "fabricated", eid, sure="", warned="1")
    assert (asked.status_code, "chỉ dựa vào một đoạn" in text_of(asked)) == (422, True)


@pytest.mark.parametrize(
    ("verdict", "reason", "ticked", "other", "role", "asked"),
    [
        ("false", "fabricated", "contradicts", "supports", PRIMARY, True),
        ("true", "confirmed_by_record", "supports", "contradicts", PRIMARY, True),
        ("false", "fabricated", "contradicts", "related", PRIMARY, False),
        ("false", "fabricated", "contradicts", "supports", PARTY, False),  # whose word settles nothing, on either side
        ("true", "confirmed_by_record", "supports", "contradicts", PARTY, False),
    ],
)  # fmt: skip
def test_a_passage_left_unticked_that_says_the_opposite_is_asked_about(
    world: World, verdict: str, reason: str, ticked: str, other: str, role: str, asked: bool
) -> None:
    lan, claim = world.anybody("lan"), "Xưởng gạch Hòn Sỏi nhận trẻ em từ 12 tuổi."
    post = add_post(world.db, "kenh-gio-nui", "hon-soi", claim)
    found = (beside(INDEPENDENT, ticked), beside(role, other))
    score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), found=found)
    case = open_with(world.db, post, score, claim)
    answer = lan.decide(case, verdict, reason, INDEPENDENT, sure="")
    assert ("nói ngược với kết luận này mà chưa được chọn" in text_of(answer)) == asked
    assert ('<a href="#passage-2">2: ' in answer.text) == asked  # which one it is
    both = text_of(lan.decide(case, verdict, reason, INDEPENDENT, role, sure=""))
    assert "nói ngược với kết luận này" not in both


@pytest.mark.parametrize("also", [INDEPENDENT, PARTY, "news:xa", "news:lap"])
def test_neither_a_partys_passage_nor_the_same_one_twice_makes_one_passage_two(world: World, also: str) -> None:
    said = evidence.passage(world.db, INDEPENDENT).text  # type: ignore[union-attr]
    xa = PassageRow("news:xa", "Xã nói không có.", "Xã Gò Nổi", "party")
    evidence.put_passages(world.db, [xa, PassageRow("news:lap", said, "Mái Hiên", "independent")])  # beside no case
    lan, case = world.anybody("lan"), world.cases["children"]
    asked = lan.decide(case, "misleading", "wrong_number", INDEPENDENT, also, sure="")
    assert asked.status_code == 422
    assert "chỉ dựa vào một đoạn trích không phải lời của bên liên quan" in text_of(asked)
    token = people.make_token(world.db, "lan", label="x")
    body = {"verdict": "misleading", "reason": "wrong_number", "evidence": [INDEPENDENT, also]}
    made = lan.client.post(
        f"/api/v1/cases/{case}/decisions", json=body, headers={"authorization": f"Bearer {token}"}
    ).json()
    assert "only one passage" in made["warning"]


def test_a_told_breach_is_called_false_by_law_alone_only_when_asked_once_more(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    asked = lan.decide(case, "false", "contradicted_by_record", PRIMARY, sure="")
    assert (asked.status_code, "điều luật cấm vẫn có thể xảy ra" in text_of(asked)) == (422, True)
    assert decisions.history(world.db, case) == []
    asked = lan.decide(case, "misleading", "wrong_number", PRIMARY, sure="")
    assert "điều luật cấm" not in text_of(asked)
    assert lan.decide(case, "false", "contradicted_by_record", PRIMARY, INDEPENDENT, sure="").status_code == 303


def test_an_answer_to_one_question_answers_no_other(world: World) -> None:
    lan, case, told = world.anybody("lan"), world.cases["children"], "Theo báo cáo chỉ có 12 em."
    passages = (INDEPENDENT, PRIMARY)
    lan.decide(case, "false", "contradicted_by_record", *passages, explanation=told)
    lan.post(f"/case/{case}/reopen", changed="Có báo cáo mới")
    asked = lan.decide(case, "false", "contradicted_by_record", PRIMARY, explanation=told, sure="")
    assert "Bạn đã kết luận vụ này trước" in text_of(asked)
    assert "chỉ dựa vào một đoạn" in text_of(asked)
    sure = html.unescape(re.findall(r'name="sure" value="([^"]*)"', asked.text)[0])
    asked = lan.decide(case, "true", "confirmed_by_record", PRIMARY, explanation=told, sure=sure)
    assert (asked.status_code, "vẫn là của một kết luận khác" in text_of(asked)) == (422, True)
    asked = lan.decide(case, "false", "repeats_refuted", PRIMARY, explanation=told, sure=sure)
    assert (asked.status_code, "không có bài kiểm chứng" in text_of(asked)) == (422, True)
    assert len(decisions.history(world.db, case)) == 2
    sure = sure.replace("\n", "\r\n")  # as a browser sends it
    made = lan.decide(case, "false", "contradicted_by_record", PRIMARY, explanation=told, sure=sure)
    assert made.status_code == 303


@pytest.mark.parametrize(
    ("verdict", "reason", "relations", "asked"),
    [
        ("true", "confirmed_by_record", ("contradicts", "related"), "“Nói khác” mà không có đoạn nào “Nói giống”"),
        ("true", "confirmed_by_record", ("contradicts", "supports"), ""),
        ("true", "confirmed_by_record", ("supports", "related"), "ai trả cho ai"),
        ("true", "confirmed_by_record", ("related", "related"), ""),
        ("false", "contradicted_by_record", ("related", "supports"), "“Nói giống” mà không có đoạn nào “Nói khác”"),
        ("false", "contradicted_by_record", ("contradicts", "supports"), ""),
        ("misleading", "missing_context", ("supports", "supports"), ""),
    ],
)  # fmt: skip
def test_a_verdict_against_what_the_passages_ticked_say_is_asked_about(
    world: World, verdict: str, reason: str, relations: tuple[str, str], asked: str
) -> None:
    lan, claim, eids = world.anybody("lan"), "Xưởng gạch Hòn Sỏi nhận trẻ em từ 12 tuổi.", (INDEPENDENT, PRIMARY)
    found = (*map(beside, eids, relations), beside(PARTY, "supports"))
    post = add_post(world.db, "kenh-gio-nui", "hon-soi", claim)
    score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), found=found)
    case = open_with(world.db, post, score, claim)
    answer = lan.decide(case, verdict, reason, *eids, sure="")
    assert answer.status_code == (422 if asked else 303)
    assert asked in text_of(answer)
    assert not asked or lan.decide(case, verdict, reason, *eids).status_code == 303


def test_a_refusal_is_said_at_the_top_of_the_page_too_and_leads_to_the_form(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    for refused, words in (
        (lan.decide(case, "", ""), "Hãy chọn một kết luận"),
        (lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", sure=""), "chỉ dựa vào một đoạn"),
    ):
        header = refused.text.partition("<header>")[2].partition("</header>")[0]
        assert words in header
        assert '<a href="#decide">' in header
    assert "at-top" not in lan.get(f"/case/{case}").text


def test_whoever_reads_along_sees_the_verdict_of_a_decided_case(world: World) -> None:
    case = world.cases["treaty"]
    world.anybody("lan").decide(case, "true", "confirmed_by_record", "fact:cong-uoc")
    page = world.anybody("oanh").get(f"/case/{case}")
    assert "Đúng. lan, vừa xong" in text_of(page)
    day = r"\d\d:\d\d \d+/\d+/\d{4}"
    assert re.search(rf'vừa xong\.</span></span> <span class="printed">{day}\.</span>', page.text)  # paper stays
    assert f'href="/case/{case}/brief"' in page.text
    assert "Khả năng sai rất cao" not in text_of(page)
    assert "/reopen" not in page.text


def test_a_text_is_measured_with_its_line_breaks_as_the_browser_counts_them(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    long = "\r\n".join(["x" * 99] * 200)  # 19.999 characters to a browser
    new = {"source": "Báo Sông Hương", "role": "independent"}
    assert lan.post(f"/case/{case}/evidence", **new, text=long).status_code == 303
    assert lan.post(f"/case/{case}/draft", note=long, quiet="1").status_code == 204
    assert drafts.drafted(world.db, "lan", case)["note"] == long.replace("\r\n", "\n")
    assert lan.decide(case, "opinion", "view", note=long).status_code == 303
    assert lan.post(f"/case/{case}/reopen", changed=long).status_code == 303
    refused = lan.post(f"/case/{case}/evidence", **new, text=f"{long}xx")
    assert (refused.status_code, "“Nguyên văn” dài nhất là 20.000 ký tự" in text_of(refused)) == (422, True)
    assert "x</textarea>" in refused.text  # what was written, to be copied


@pytest.mark.parametrize(
    ("field", "name", "most"), [("wording", "Khẳng định, viết lại", 300), ("explanation", "Giải thích", 600)]
)
def test_what_readers_are_told_is_as_long_as_it_is_kept_and_refused_beside_its_form(
    world: World, field: str, name: str, most: int
) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    number = "STK 0123456789"  # longer by what is kept in its place
    for words, why in (
        ("x" * (most + 1), f"dài nhất là {most} ký tự; chưa"),
        ("a " * (most // 2 - 8) + number, "đã che; chưa lưu gì"),
    ):
        refused = lan.decide(case, "opinion", "view", **{field: words})
        assert (refused.status_code, decisions.history(world.db, case)) == (422, [])
        assert re.search(f"“{name}[^”]*” dài nhất", text_of(refused))
        assert why in text_of(refused)
        assert f"{words}</textarea>" in refused.text
    form = lan.get(f"/case/{case}").text
    assert re.search(f'name="{field}"[^>]* maxlength="20000"', form)  # nothing is cut off when it is pasted
    assert lan.decide(case, "opinion", "view", **{field: "a " * (most // 2 - 20) + number}).status_code == 303
    (made,) = decisions.history(world.db, case)
    lan.post(f"/decision/{made.id}/undo")
    again = Filled.of_draft(drafts.draft(world.db, "lan", case))
    assert "0123456789" not in str(getattr(made, field))
    assert lan.decide(case, "opinion", "view", **{field: getattr(again, field)}).status_code == 303


def test_a_case_decided_at_the_moment_it_is_opened_is_shown_as_decided(world: World) -> None:
    case = world.cases["treaty"]
    world.db.conn.execute(  # somebody decides it between the look at it and the hold
        "CREATE TRIGGER meanwhile BEFORE INSERT ON holds BEGIN UPDATE standings SET state = 'decided',"
        " verdict = 'true', decider = 'tuan' WHERE case_id = NEW.case_id; END"
    )
    page = world.anybody("lan").get(f"/case/{case}").text
    assert 'id="record"' not in page
    assert 'name="changed"' in page
    assert holds.holder(world.db, case) is None


def test_nobody_takes_a_decided_case_in_hand(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "opinion", "view")
    refused = lan.post(f"/case/{case}/hold")
    assert (refused.status_code, "không chờ bạn kết luận" in text_of(refused)) == (409, True)
    headers = {"authorization": f"Bearer {people.make_token(world.db, 'lan', label='x')}"}
    assert lan.client.post(f"/api/v1/cases/{case}/hold", headers=headers).status_code == 409
    assert holds.holder(world.db, case) is None


def test_decision_goes_on_to_the_next_case_and_can_be_taken_back_with_both_entries_kept(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    gone = lan.decide(case, "false", "contradicted_by_record", INDEPENDENT, PRIMARY, note="Báo cáo ghi 12.")
    assert gone.headers["location"].startswith(f"/case/{world.cases['treaty']}?done=")
    assert "Đã lưu: Sai." in text_of(lan.get(gone.headers["location"]))
    made = decisions.history(world.db, case)[0]
    assert cases.case(world.db, case).state == "decided"  # type: ignore[union-attr]
    assert lan.post(f"/decision/{made.id}/undo").status_code == 303
    history = decisions.history(world.db, case)
    assert [row.action for row in history] == ["decide", "undo"]
    assert cases.case(world.db, case).state == "new"  # type: ignore[union-attr]
    assert lan.post(f"/decision/{made.id}/undo").status_code == 409


def test_history_is_never_edited_in_place(world: World) -> None:
    world.anybody("lan").decide(world.cases["children"], "false", "fabricated", INDEPENDENT, PRIMARY)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        world.db.conn.execute("UPDATE decisions SET verdict = 'true'")


def test_a_verdict_refuses_to_double_one_given_meanwhile(world: World) -> None:
    case = world.cases["treaty"]
    lan = world.anybody("lan")
    lan.get(f"/case/{case}")
    holds.release(world.db, case)
    world.anybody("tuan").decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    late = lan.post(
        f"/case/{case}/decide", verdict="true", reason="confirmed_by_record", seen="0", note="Tôi thấy khác", sure=SURE
    )
    assert late.status_code == 422
    assert "Có người đã kết luận vụ này khi bạn đang mở" in text_of(late)
    assert "Tôi thấy khác" in text_of(late)
    assert len(decisions.history(world.db, case)) == 1


CHANGED = "Bài đã sửa: chuyện khác hẳn ở một nơi khác."


def _edit(world: World, post: int) -> None:
    said = posts.versions_of(world.db, post)[-1]
    posts.take_post(world.db, NewPost(said.source_id, said.url, CHANGED, title="Sửa"))


def test_an_edit_of_a_post_that_was_split_off_before_refuses_no_verdict(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["spreading"]
    off = cases.posts_of(world.db, case)[-1]
    lan.post(f"/case/{case}/split", post=str(off))
    lan.post(f"/case/{case}/release")
    seen = re.search(r'name="seen" value="(\d+)"', tuan.get(f"/case/{case}").text)
    _edit(world, off)
    sent = {"verdict": "unverifiable", "reason": "no_evidence_yet", "seen": seen and seen[1]}
    assert tuan.post(f"/case/{case}/decide", **sent).status_code == 303


@pytest.mark.parametrize("merged", [False, True])
def test_a_verdict_is_refused_for_what_became_of_its_case_and_told_just_that(world: World, merged: bool) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["spreading"]
    post = cases.posts_of(world.db, case)[-1]
    if merged:
        lan.post(f"/case/{world.cases['party']}/merge", into=case)
        lan.post(f"/case/{case}/release")
    seen = re.search(r'name="seen" value="(\d+)"', tuan.get(f"/case/{case}").text)
    sent = {"verdict": "unverifiable", "reason": "no_evidence_yet", "seen": seen and seen[1]}
    _edit(world, post)
    assert "Có bài của vụ này được sửa" in text_of(tuan.post(f"/case/{case}/decide", **sent))
    score = add_score(world.db, post, CHANGED, reasons=("AUDIT",))
    open_with(world.db, post, score, CHANGED)  # as scoring does with what an edit made another claim
    refused = tuan.post(f"/case/{case}/decide", **sent)
    assert (refused.status_code, decisions.history(world.db, case)) == (422, [])
    assert "Vụ này đã thay đổi khi bạn đang mở" in text_of(refused)


def test_a_verdict_is_refused_where_its_claim_became_another_posts_while_the_form_was_open(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.post(f"/case/{world.cases['party']}/merge", into=str(case))
    sent = {"verdict": "misleading", "reason": "outdated", "evidence": "fact:cong-uoc", "sure": SURE, **lan.read(case)}
    before = cases.case(world.db, case).claim  # type: ignore[union-attr]
    (url,) = next(
        world.db.query(
            "SELECT p.url FROM cases c JOIN scores s ON s.id = c.score_id JOIN versions v ON v.id = s.version_id"
            " JOIN posts p ON p.id = v.post_id WHERE c.id = ?",
            [case],
        )
    ).values()
    erasure.erase(world.db, url, person="oanh", reason="chủ bài yêu cầu")
    assert cases.case(world.db, case).claim not in (before, erasure.ERASED)  # type: ignore[union-attr]
    refused = lan.post(f"/case/{case}/decide", sent)
    assert (refused.status_code, "Vụ này đã thay đổi khi bạn đang mở" in text_of(refused)) == (422, True)
    assert decisions.history(world.db, case) == []
    assert lan.post(f"/case/{case}/decide", {**sent, **lan.read(case)}).status_code == 303  # read anew


def test_a_verdict_is_refused_where_a_passage_it_names_says_otherwise_since_the_form_was_opened(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    token = people.make_token(world.db, "lan", label="x")
    bearer, path = {"authorization": f"Bearer {token}"}, f"/api/v1/cases/{case}"
    sent = {"verdict": "misleading", "reason": "wrong_number", "sure": SURE, **lan.read(case)}
    shown = lan.client.get(path, headers=bearer).json()["shown"]
    was = evidence.passage(world.db, INDEPENDENT)
    assert was
    evidence.put_passages(world.db, [dataclasses.replace(was, text=was.text.replace("12 trẻ", "1.200 trẻ"))])
    named = {"evidence": [INDEPENDENT, PRIMARY]}
    refused = lan.post(f"/case/{case}/decide", {**sent, **named})
    assert (refused.status_code, "Có đoạn bạn đã chọn được sửa khi bạn đang mở" in text_of(refused)) == (422, True)
    body = {"verdict": "misleading", "reason": "wrong_number", "shown": shown, **named}
    told = lan.client.post(f"{path}/decisions", json=body, headers=bearer)
    assert (told.status_code, "was changed while you had it open" in told.json()["detail"]) == (409, True)
    assert decisions.history(world.db, case) == []
    assert lan.post(f"/case/{case}/decide", {**sent, "evidence": [PRIMARY]}).status_code == 303  # rests on it no more


def test_what_is_practised_on_a_case_that_is_golden_no_more_is_told_so_and_kept_nowhere(world: World) -> None:
    minh, tuan, case = world.anybody("minh"), world.anybody("tuan"), world.cases["treaty"]
    minh.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    minh.post(f"/case/{case}/golden", on="1")
    sent = {"verdict": "true", "reason": "confirmed_by_record", "evidence": "fact:cong-uoc", "note": NOTE, "sure": SURE}
    sent["seen"] = str(decisions.last_event(world.db, case))
    for deed in ("golden", "reopen"):
        minh.post(f"/case/{case}/{deed}", changed="Có bản khác")
        told = tuan.post(f"/case/{case}/decide?practice=1", sent)
        assert (told.status_code, "không còn là vụ mẫu" in text_of(told)) == (422, True)
        assert NOTE in text_of(told)
        assert drafts.draft(world.db, "tuan", case) == {}
    assert [one.person for one in decisions.history(world.db, case)] == ["minh", "minh"]


@pytest.mark.parametrize("left", [False, True])
def test_a_case_whose_claim_was_erased_is_golden_no_more(world: World, left: bool) -> None:
    minh, tuan, case = world.anybody("minh"), world.anybody("tuan"), world.cases["treaty"]
    if left:
        cases.join_case(world.db, case, add_post(world.db, "kenh-gio-nui", "hoi", "Ai biết điều ấy?"))
    minh.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    minh.post(f"/case/{case}/golden", on="1")
    assert golden.unread(world.db, "tuan") == case
    erasure.erase(world.db, "https://tin-mien-bien.example/cong-uoc", person="chi", reason="trên giấy")
    assert golden.unread(world.db, "tuan") is None
    told = tuan.post(f"/case/{case}/decide?practice=1", verdict="opinion", reason="view", **tuan.read(case))
    assert "không còn là vụ mẫu" in text_of(told)
    assert f"/case/{case}/golden" not in minh.get(f"/case/{case}").text
    refused = minh.post(f"/case/{case}/golden", on="1")
    assert (refused.status_code, "đã bị xóa theo yêu cầu" in text_of(refused)) == (409, True)


def test_label_covers_every_post_of_the_case_and_later_ones(world: World) -> None:
    case = world.cases["children"]
    world.anybody("lan").decide(case, "false", "contradicted_by_record", INDEPENDENT, PRIMARY)
    n = len(list(world.db.query("SELECT * FROM labels WHERE case_id = ?", [case])))
    assert n == 4
    moved = cases.posts_of(world.db, world.cases["party"])[0]
    cases.join_case(world.db, case, moved)
    assert len(list(world.db.query("SELECT * FROM labels WHERE case_id = ?", [case]))) == n + 1


def test_decided_case_is_reopened_with_a_reason_and_comes_back(world: World) -> None:
    case, minh = world.cases["treaty"], world.anybody("minh")
    minh.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    assert "Công ước" not in text_of(minh.get("/")).split("Đã lưu")[0]
    minh.post(f"/case/{case}/reopen", changed="Có bản mới của văn bản")
    assert cases.case(world.db, case).state == "reopened"  # type: ignore[union-attr]
    assert "Được mở lại" in text_of(minh.get("/", state="reopened"))
    again = minh.post(f"/case/{case}/reopen", changed="Có bản mới của văn bản")
    assert (again.status_code, "Vụ này đang mở rồi" in text_of(again)) == (409, True)
    assert ">Có bản mới của văn bản</textarea>" in again.text  # to be copied
    assert len(decisions.history(world.db, case)) == 2


def test_a_reopened_case_is_filled_in_as_its_verdict_stood_but_for_the_verdict(world: World) -> None:
    case, minh, lan = world.cases["treaty"], world.anybody("minh"), world.anybody("lan")
    said = {"wording": "Việt Nam chưa phê chuẩn công ước.", "explanation": "Đã phê chuẩn năm 2015."}
    minh.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", note="gọi lại chị Hạnh", **said)
    assert "kết luận trước" not in text_of(minh.get(f"/case/{case}"))
    minh.post(f"/case/{case}/reopen", changed="Có bản mới của văn bản")
    page = minh.get(f"/case/{case}").text
    assert all(f">{words}</textarea>" in page for words in (*said.values(), "gọi lại chị Hạnh"))
    assert re.search('value="fact:cong-uoc"[^>]*checked', page)
    assert not re.search('name="(verdict|reason)"[^>]*checked', page)
    assert "Đã điền lại theo kết luận trước" in page
    minh.post(f"/case/{case}/release")
    page = lan.get(f"/case/{case}").text
    assert f">{said['wording']}</textarea>" in page
    assert ">gọi lại chị Hạnh</textarea>" not in page  # a colleague's note is theirs
    lan.decide(case, "false", "fabricated", "fact:cong-uoc")
    assert "kết luận trước" not in text_of(lan.get(f"/case/{case}"))


@pytest.mark.parametrize("late", ["decide", "draft"])
def test_the_form_of_a_verdict_that_comes_once_more_is_no_draft(world: World, late: str) -> None:
    case, minh = world.cases["treaty"], world.anybody("minh")
    form = {"verdict": "false", "reason": "contradicted_by_record", "evidence": ["fact:cong-uoc"], "sure": SURE,
            "note": "gọi chị Hạnh,\r\nsố 0912 345 678", "wording": "Việt Nam chưa phê chuẩn công ước.", "second": "1",
            **minh.read(case)}  # fmt: skip
    assert minh.post(f"/case/{case}/decide", form).status_code == 303
    again = {**form, "quiet": "1", "note": "gọi chị"} if late == "draft" else form
    assert minh.post(f"/case/{case}/{late}", again).status_code == (303 if late == "decide" else 409)
    assert drafts.draft(world.db, "minh", case) == {}
    other = {**form, "verdict": "misleading", "note": "gọi chị Hạnh hay chị Mai"}
    assert minh.post(f"/case/{case}/{late}", other).status_code >= 400
    assert drafts.draft(world.db, "minh", case) == {
        "verdict": ["misleading"], "reason": ["contradicted_by_record"], "note": ["gọi chị Hạnh hay chị Mai"]
    }  # fmt: skip


@pytest.mark.parametrize("said", [{"explanation": "Sai "}, {"wording": "?"}, {"note": "Sai\u0301"}], ids=str)
def test_a_word_or_sign_of_a_verdict_that_comes_once_more_is_no_draft(world: World, said: dict[str, str]) -> None:
    case, minh = world.cases["treaty"], world.anybody("minh")
    form = {"verdict": "false", "reason": "contradicted_by_record", "evidence": ["fact:cong-uoc"], "sure": SURE}
    assert minh.post(f"/case/{case}/decide", {**form, **said, **minh.read(case)}).status_code == 303
    assert minh.post(f"/case/{case}/draft", {**form, **said, "quiet": "1"}).status_code == 409
    assert drafts.draft(world.db, "minh", case) == {}


def test_a_passage_unticked_for_another_verdict_in_a_second_window_stays_so_after_the_undo(world: World) -> None:
    case, minh = world.cases["treaty"], world.anybody("minh")
    form = {"verdict": "false", "reason": "contradicted_by_record", "sure": SURE, **minh.read(case)}
    for verdict, *eids in (("false", "fact:cong-uoc", "news:luat-su-hanh"), ("misleading", "fact:cong-uoc")):
        minh.post(f"/case/{case}/decide", {**form, "verdict": verdict, "evidence": eids})
    minh.post(f"/decision/{decisions.history(world.db, case)[0].id}/undo")
    kept = drafts.draft(world.db, "minh", case)
    assert (kept["verdict"], kept["evidence"]) == (["misleading"], ["fact:cong-uoc"])


def test_a_note_for_colleagues_is_told_from_the_words_for_readers_in_the_history(world: World) -> None:
    case, lan = world.cases["treaty"], world.anybody("lan")
    lan.decide(
        case, "false", "fabricated", "fact:cong-uoc", note="Đã gọi kho lưu trữ.", explanation="Phê chuẩn năm 2015."
    )
    lan.post(f"/case/{case}/reopen", changed="Có bản mới")
    said = text_of(world.anybody("tuan").get(f"/case/{case}"))
    assert "Cho bạn đọc: Phê chuẩn năm 2015. Ghi chú cho đồng nghiệp: Đã gọi kho lưu trữ." in said
    assert "Ghi chú cho đồng nghiệp: Có bản mới" not in said


def test_what_a_reopened_case_was_filled_in_with_outlasts_a_word_typed_into_one_field(world: World) -> None:
    case, lan = world.cases["treaty"], world.anybody("lan")
    said = {"wording": "Việt Nam chưa phê chuẩn công ước.", "explanation": "Đã phê chuẩn năm 2015."}
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", **said)
    lan.post(f"/case/{case}/reopen", changed="Có bản mới của văn bản")
    lan.get(f"/case/{case}")
    assert drafts.draft(world.db, "lan", case) == {}  # who only looks keeps nothing in hand
    same = ["verdict", "reason", "evidence", "wording", "explanation"]  # as the page names what it hasn't changed
    lan.post(f"/case/{case}/draft", note="mới", evidence=["fact:cong-uoc"], **said, same=same, quiet="1")
    page = lan.get(f"/case/{case}").text
    assert all(f">{words}</textarea>" in page for words in (*said.values(), "mới"))
    assert re.search('value="fact:cong-uoc"[^>]*checked', page)
    lan.post(f"/case/{case}/draft", note="", explanation="", wording="", quiet="1")
    page = lan.get(f"/case/{case}").text
    assert not any(f">{words}</textarea>" in page for words in (*said.values(), "mới"))
    assert not re.search('value="fact:cong-uoc"[^>]*checked', page)


def test_a_note_kept_on_the_case_brings_nothing_back_that_was_emptied_beside_it(world: World) -> None:
    case, lan = world.cases["treaty"], world.anybody("lan")
    kept = {"explanation": "Đã phê chuẩn.", "evidence": ["fact:cong-uoc"], "verdict": "false", "reason": "fabricated"}
    lan.get(f"/case/{case}")
    lan.post(f"/case/{case}/draft", kept, quiet="1")
    lan.post(f"/case/{case}/note", note="Hỏi lại.", explanation="", verdict="false", reason="fabricated", seen="0")
    assert drafts.draft(world.db, "lan", case) == {"verdict": ["false"], "reason": ["fabricated"]}


def test_a_case_whose_words_were_erased_keeps_its_page_and_its_verdict_and_is_answered_to_nobody(world: World) -> None:
    case, lan = world.cases["treaty"], world.anybody("lan")
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    lan.post(f"/case/{case}/note", note="Hỏi chị Hạnh.")
    assert 'id="post-title"' in lan.get(f"/case/{case}").text
    post = cases.posts_of(world.db, case)[0]
    erasure.erase(world.db, posts.versions_of(world.db, post)[-1].url, person="chi", reason="trên giấy")
    page = lan.get(f"/case/{case}")
    assert re.search("<h1[^>]*>Đã xóa theo yêu cầu</h1>", page.text)
    assert f'{post}#claim"><span class="quiet">Đã xóa theo yêu cầu</span></a>' in page.text
    assert "erased on request" not in page.text
    assert 'id="post-title"' not in page.text  # nothing would stand under it
    ways = (f"case/{case}/reopen", "decision/1/undo", f"case/{case}/brief")
    assert not any(f'="/{way}"' in text for way in ways for text in (page.text, lan.get("/mine").text))
    for way, said in ((f"case/{case}/reopen", {"changed": "Có bản mới"}), ("decision/1/undo", {})):
        refused = lan.post(f"/{way}", said)
        assert (refused.status_code, "không còn gì để xem xét lại" in text_of(refused)) == (409, True)
    erasure.remove_evidence(world.db, ["fact:cong-uoc"], person="chi")
    assert cases.case(world.db, case).state == "decided"  # type: ignore[union-attr]
    for file in ("brief", "brief.md", "reasons.json", "claimreview.json"):
        told = lan.get(f"/case/{case}/{file}")
        assert (told.status_code, "không còn được công bố" in text_of(told)) == (404, True)


def test_all_that_keeps_a_verdict_from_being_recorded_is_said_at_once_and_what_was_typed_stays(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    typed = {"wording": "k" * 301, "explanation": "g" * 601}
    answered = lan.decide(case, "false", "", PARTY, **typed)
    said = text_of(answered)
    assert answered.status_code == 422
    for told in ("ãy chọn lý do", "không phải lời của bên liên quan", "dài nhất là 300 ký tự", "dài nhất là 600 ký tự"):
        assert told in said, told
    assert answered.text.count('aria-invalid="true"') == 2
    assert all(value in answered.text for value in typed.values())
    assert re.search(r'id="problem"[^>]* autofocus', answered.text)  # of several faults the sentences are read first
    assert not re.search(r"<textarea[^>]* autofocus", answered.text)
    answered = lan.decide(case, "false", "fabricated", PARTY, wording=typed["wording"])
    assert re.search(r'<p class="problem"[^>]*>[^<]*bên liên quan[^<]*300 ký tự', answered.text)


def test_a_case_is_not_reopened_without_a_reason(world: World) -> None:
    case, minh = world.cases["treaty"], world.anybody("minh")
    minh.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    refused = minh.post(f"/case/{case}/reopen", changed="   ")
    assert (refused.status_code, "phải có lý do" in text_of(refused)) == (409, True)
    headers = {"authorization": f"Bearer {people.make_token(world.db, 'minh', label='x')}"}
    for body in ({}, {"note": " \n"}):
        assert minh.client.post(f"/api/v1/cases/{case}/reopen", json=body, headers=headers).status_code == 409
    assert cases.case(world.db, case).state == "decided"  # type: ignore[union-attr]


def test_a_form_made_before_a_post_was_edited_decides_nothing_and_says_why(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    seen = re.search(r'name="seen" value="(\d+)"', lan.get(f"/case/{case}").text)
    (post,) = cases.posts_of(world.db, case)
    source, url = world.db.conn.execute("SELECT source_id, url FROM posts WHERE id = ?", [post]).fetchone()
    assert posts.take_post(world.db, NewPost(source, url, "Đính chính: bài trước viết nhầm.")) == "edited"
    form = {"verdict": "unverifiable", "reason": "no_evidence_yet", "seen": seen[1], "note": "Chưa đọc bản sửa"}
    refused = lan.post(f"/case/{case}/decide", form)
    assert (refused.status_code, "Có bài của vụ này được sửa" in text_of(refused)) == (422, True)
    assert "Chưa đọc bản sửa" in refused.text
    assert lan.decide(case, "unverifiable", "no_evidence_yet").status_code == 303


def test_a_form_made_before_posts_were_moved_in_decides_nothing(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"]
    seen = re.search(r'name="seen" value="(\d+)"', lan.get(f"/case/{case}").text)
    assert seen
    lan.get("/case/" + str(world.cases["children"]))  # what one only opened is free again
    assert tuan.post(f"/case/{world.cases['party']}/merge", into=case).status_code == 303
    tuan.post(f"/case/{case}/release")
    form = {"verdict": "unverifiable", "reason": "no_evidence_yet", "seen": seen[1], "note": "Chưa đọc bài mới"}
    refused = lan.post(f"/case/{case}/decide", form)
    assert (refused.status_code, "Có bài được chuyển vào vụ này" in text_of(refused)) == (422, True)
    assert "Chưa đọc bài mới" in refused.text
    with pytest.raises(decisions.DecisionRefused):
        decisions.decide(world.db, NewDecision(case, "lan", Verdict.OPINION, "view", ()), seen=int(seen[1]))
    assert lan.decide(case, "unverifiable", "no_evidence_yet").status_code == 303


def test_testimony_is_offered_no_verdict_on_truth_and_refused_one(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["testimony"]
    page = lan.get(f"/case/{case}").text
    assert set(re.findall(r'name="verdict" value="(\w+)"', page)) == {
        "unverifiable", "opinion", "testimony", "not_rights"
    }  # fmt: skip
    refused = lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", "law:tre-em-11")
    assert (refused.status_code, "Không kết luận lời kể" in text_of(refused)) == (422, True)
    assert decisions.history(world.db, case) == []


def test_passages_beside_testimony_are_there_to_be_read_and_say_nothing_of_it(world: World) -> None:
    told = "Tôi bị tạm giữ 40 ngày ở đồn, mẹ không được vào."
    found = (against("fact:tam-giu", told, "number", "40 ngày", "3 ngày"), beside("news:luat-su-hanh", "supports"))
    post = add_post(world.db, "dien-dan-ben-song", "ke-40", f"{told} Giờ vẫn run.")
    score = add_score(world.db, post, told, reasons=(), p=0.3, kind="testimony", found=found)
    case = open_with(world.db, post, score, told)
    page = world.anybody("lan").get(f"/case/{case}")
    said = text_of(page)
    assert "Để đọc thêm" in said
    assert said.count("Có thể liên quan") == 2
    assert not any(words in said for words in ("Nói khác", "Nói giống", "bằng chứng nói khác", "Điều bằng chứng nói"))
    assert not any(words in page.text for words in ('class="slot', "contradicts"))


def test_a_verdict_is_reopened_when_the_case_it_rests_on_is_merged_away(world: World) -> None:
    first, second = world.cases["treaty"], world.cases["party"]
    number = decisions.decide(
        world.db, NewDecision(first, "lan", Verdict.FALSE, "contradicted_by_record", ("fact:cong-uoc",))
    )
    decisions.decide(world.db, NewDecision(second, "lan", Verdict.FALSE, "repeats_refuted", (f"decision:{number}",)))
    moves.merge(world.db, first, world.cases["children"], person="lan")
    assert cases.case(world.db, second).state == "reopened"  # type: ignore[union-attr]
    assert decisions.history(world.db, second)[-1].note == f"evidence_taken_back: decision:{number}"


def test_what_is_filled_in_outlasts_a_look_elsewhere_and_is_there_again_after_undoing(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    lan.get(f"/case/{case}")
    looked = lan.post(f"/case/{case}/draft", verdict="false", reason="fabricated", evidence=[PRIMARY], note="Dở dang")
    assert looked.headers["location"] == f"/case/{case}/evidence"
    assert lan.post(f"/case/{case}/draft", evidence=[PRIMARY] * 51, quiet="1").status_code == 422
    lan.post(f"/case/{case}/evidence", text="Xưởng đã đóng cửa.", source="Báo Sông Hương", role="independent")
    page = lan.get(f"/case/{case}").text
    assert ">Dở dang</textarea>" in page
    assert re.search(rf'value="{PRIMARY}"[^>]*checked', page)
    assert "điền được giữ lại" not in text_of(world.anybody("tuan").get(f"/case/{case}"))
    assert world.anybody("tuan").post(f"/case/{case}/draft", note="x", quiet="1").status_code == 409
    lan.decide(case, "false", "fabricated", PRIMARY, note="Gửi nhầm")
    assert drafts.draft(world.db, "lan", case) == {}
    lan.post(f"/decision/{decisions.history(world.db, case)[-1].id}/undo")
    page = lan.get(f"/case/{case}").text
    assert ">Gửi nhầm</textarea>" in page
    assert re.search(r'value="false"[^>]*checked', page)
    assert re.search(r'value="fabricated"[^>]*checked', page)


def test_what_was_filled_in_on_a_case_that_is_merged_away_stands_in_the_other(world: World) -> None:
    lan, one, other = world.anybody("lan"), world.cases["party"], world.cases["spreading"]
    for case, note in ((one, "gọi cho Sở"), (other, "hỏi ở chợ")):
        lan.get(f"/case/{case}")
        lan.post(f"/case/{case}/draft", note=note, quiet="1")
    world.db.execute("DELETE FROM holds")
    world.anybody("tuan").post(f"/case/{one}/merge", into=other)
    assert ">hỏi ở chợ\n\ngọi cho Sở</textarea>" in lan.get(f"/case/{one}").text
    lan.decide(other, "unverifiable", "no_evidence_yet")
    assert world.db.execute("SELECT count(*) FROM drafts").fetchone() == (0,)


def test_golden_case_is_compared_and_not_recorded(world: World) -> None:
    minh, lan, case = world.anybody("minh"), world.anybody("lan"), world.cases["treaty"]
    minh.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    made = minh.post(f"/case/{case}/golden", on="1").headers["location"]
    assert "Vụ này giờ là vụ mẫu." in toast_of(minh.get(made))
    page = lan.get(f"/case/{case}", practice="1")
    assert "minh" not in text_of(page).split("Kết luận")[0]
    read = world.anybody("oanh").get(f"/case/{case}", practice="1").text
    assert ('id="record"' in page.text, 'id="record"' in read) == (True, False), "whose role decides nothing only reads"
    answer = lan.post(
        f"/case/{case}/decide?practice=1", verdict="true", reason="confirmed_by_record",
        evidence="fact:cong-uoc", sure=SURE,
        seen=str(decisions.last_event(world.db, case)),
    )  # fmt: skip
    assert "said=true" in answer.headers["location"]
    assert len(decisions.history(world.db, case)) == 1
    assert "0 trên 1 lần" in text_of(lan.get("/account"))
    assert golden.unread(world.db, "tuan") == case
    minh.post(f"/case/{case}/reopen", changed="Có bản khác")
    assert golden.unread(world.db, "tuan") is None
    assert golden.read(world.db, case, person="tuan", verdict=Verdict.FALSE) is None
    minh.decide(case, "misleading", "outdated", "fact:cong-uoc")
    assert not golden.is_golden(world.db, case)  # it tells the old answer to nobody
    back = minh.post(f"/decision/{decisions.history(world.db, case)[-1].id}/undo").headers["location"]
    assert "Đã rút lại kết luận." in toast_of(minh.get(back))


def test_what_was_taken_back_is_told_to_whoever_did_it_and_only_till_the_next_deed(world: World) -> None:
    minh, lan, case, told = world.anybody("minh"), world.anybody("lan"), world.cases["treaty"], "Đã rút lại kết luận."
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    back = lan.post(f"/decision/{decisions.history(world.db, case)[0].id}/undo").headers["location"]
    assert (told in toast_of(lan.get(back)), told in toast_of(minh.get(back))) == (True, False)
    assert told not in toast_of(lan.get(back.replace(str(case), str(world.cases["children"]))))
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    assert told not in toast_of(lan.get(back))
    made = minh.post(f"/case/{case}/golden", on="1").headers["location"]
    minh.post(f"/case/{case}/golden", on="")
    assert toast_of(minh.get(made)) == ""


def test_changed_evidence_reopens_the_verdicts_that_rest_on_it(world: World) -> None:
    from desk_world import PASSAGES

    from pipeline.store import evidence

    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    fact = next(p for p in PASSAGES if p.eid == "fact:cong-uoc")
    evidence.put_passages(world.db, [dataclasses.replace(fact, title="Tên mới, lời cũ")])
    assert cases.case(world.db, case).state == "decided"  # type: ignore[union-attr]
    evidence.put_passages(world.db, [dataclasses.replace(fact, text="Công ước được phê chuẩn năm 2014.")])
    assert cases.case(world.db, case).state == "reopened"  # type: ignore[union-attr]
    assert "Đoạn trích mà kết luận dựa vào đã thay đổi hoặc được rút lại: Kho lưu trữ điều ước" in text_of(
        lan.get(f"/case/{case}")
    )
    lan.client.post("/language", data={"to": "en"})
    assert "A passage that the verdict rests on was changed or withdrawn: Kho lưu trữ điều ước" in text_of(
        lan.get(f"/case/{case}")
    )


def test_a_verdict_is_shown_with_the_words_it_was_given_on(world: World) -> None:
    from desk_world import PASSAGES

    from pipeline.store import evidence

    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    fact = next(p for p in PASSAGES if p.eid == "fact:cong-uoc")
    new = dataclasses.replace(fact, text=f"Theo sổ: {fact.text}")
    evidence.put_passages(world.db, [new], same=lambda old, new: True)
    assert cases.case(world.db, case).state == "decided"  # type: ignore[union-attr]
    assert f"Nguyên văn lúc ra kết luận, sau đó chỉ đổi cách viết: {fact.text}" in text_of(lan.get(f"/case/{case}"))


def test_undoing_a_verdict_reopens_those_that_took_it_as_evidence(world: World) -> None:
    lan, first, second = world.anybody("lan"), world.cases["treaty"], world.cases["party"]
    lan.decide(first, "false", "contradicted_by_record", "fact:cong-uoc")
    number = decisions.history(world.db, first)[0].id
    lan.post(f"/case/{second}/evidence", eid=f"decision:{number}")
    lan.decide(second, "false", "repeats_refuted", f"decision:{number}")
    assert cases.case(world.db, second).state == "decided"  # type: ignore[union-attr]
    lan.post(f"/decision/{number}/undo")
    assert cases.case(world.db, second).state == "reopened"  # type: ignore[union-attr]


def test_a_refused_verdict_loses_nothing_and_its_address_leads_to_the_case(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    refused = lan.post(f"/case/{case}/decide", note=NOTE, evidence=[PRIMARY])
    assert refused.status_code == 422
    assert f'name="back" value="/case/{case}/decide"' in refused.text  # what a change of language goes back to
    page = lan.get(f"/case/{case}/decide")
    assert page.url.path == f"/case/{case}"
    assert f">{NOTE}</textarea>" in page.text
    assert re.search(rf'value="{PRIMARY}"[^>]*checked', page.text)


def test_a_note_is_kept_when_somebody_else_has_taken_or_decided_the_case(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"]
    lan.get(f"/case/{case}")
    holds.release(world.db, case)
    tuan.get(f"/case/{case}")
    assert lan.post(f"/case/{case}/decide", note=NOTE).status_code == 422
    assert NOTE in lan.get(f"/case/{case}").text
    tuan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    page = lan.get(f"/case/{case}").text
    assert f"required>{NOTE}</textarea>" in page  # to be kept on the case
    assert 'name="changed" rows="3" required></textarea>' in page  # a note is no reason to reopen
    assert NOTE not in tuan.get(f"/case/{case}").text


def test_recording_twice_from_two_windows_says_that_one_did_it_oneself(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "unverifiable", "no_evidence_yet")
    again = lan.post(f"/case/{case}/decide", verdict="opinion", reason="view", seen="0")
    assert again.status_code == 422
    assert "Trong lúc đó chính bạn đã kết luận vụ này" in text_of(again)


def test_a_verdict_sent_twice_on_a_slow_line_is_one_and_goes_on_as_after_recording(world: World) -> None:
    lan, case, said = world.anybody("lan"), world.cases["treaty"], {"note": f" {NOTE}\r\nHai.", "wording": "Một  câu."}
    chosen = {"verdict": "unverifiable", "reason": "not_public", "evidence": ["fact:cong-uoc"]}
    sent = {**chosen, **lan.read(case), **said}
    made = [lan.post(f"/case/{case}/decide", sent).headers["location"] for _ in range(2)]
    (only,) = decisions.history(world.db, case)
    assert all(f"done={only.id}" in location for location in made)
    for other in ({"reason": "sources_conflict"}, {"evidence": []}, {"note": "Khác"}, {"second": "1"}):
        assert lan.post(f"/case/{case}/decide", {**sent, **other}).status_code == 422
    lan.post(f"/decision/{only.id}/undo")
    assert lan.post(f"/case/{case}/decide", sent).status_code == 422  # it was taken back meanwhile
    anew = {**sent, **lan.read(case), "second": "1"}
    made = [lan.post(f"/case/{case}/decide", anew).headers["location"] for _ in range(2)]
    assert all(f"done={decisions.history(world.db, case)[-1].id}" in location for location in made)


@pytest.mark.parametrize("by", ["lan", "tuan"])
def test_a_window_left_open_over_an_undo_or_a_reopening_is_told_of_that(world: World, by: str) -> None:
    lan, other, case = world.anybody("lan"), world.anybody(by), world.cases["treaty"]
    told = "một kết luận đã được rút lại hoặc vụ đã được mở lại"

    def late() -> str:
        lan.get(f"/case/{case}")
        late = lan.post(f"/case/{case}/decide", verdict="opinion", reason="view", seen="0", note=NOTE)
        assert (late.status_code, NOTE in late.text) == (422, True)
        return text_of(late)

    other.decide(case, "unverifiable", "no_evidence_yet")
    other.post(f"/decision/{decisions.history(world.db, case)[-1].id}/undo")
    holds.release(world.db, case)
    assert (told in late(), "đã kết luận vụ này" in late()) == (True, False)
    holds.release(world.db, case)
    other.decide(case, "unverifiable", "no_evidence_yet")
    assert (told in late(), "đã kết luận vụ này" in late()) == (False, True)
    other.post(f"/case/{case}/reopen", changed="Có văn bản mới")
    assert (told in late(), "đã kết luận vụ này" in late()) == (True, False)


@pytest.mark.parametrize(
    ("verdict", "reason", "evidence", "asked"),
    [
        ("false", "contradicted_by_record", (INDEPENDENT, "news:luat-su-hanh"), True),
        ("true", "confirmed_by_record", ("factcheck:1", INDEPENDENT), True),
        ("false", "contradicted_by_record", (INDEPENDENT, PRIMARY), False),
        ("true", "confirmed_by_independent", (PRIMARY, "news:luat-su-hanh"), False),
        ("true", "confirmed_by_independent", (PRIMARY, "fact:cong-uoc", PARTY), True),
        ("false", "contradicted_by_independent", (INDEPENDENT, "news:luat-su-hanh"), False),
        ("false", "contradicted_by_independent", (PRIMARY, "fact:cong-uoc", PARTY), True),
        ("false", "repeats_refuted", (INDEPENDENT, PRIMARY), True),
        ("false", "repeats_refuted", ("factcheck:1", PRIMARY), False),
    ],
)
def test_a_reason_that_names_what_is_not_ticked_is_asked_about(
    world: World, verdict: str, reason: str, evidence: tuple[str, ...], asked: bool
) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    answer = lan.decide(case, verdict, reason, *evidence, sure="")
    assert answer.status_code == (422 if asked else 303)
    missing = dict.fromkeys(("confirmed_by_independent", "contradicted_by_independent"), "nguồn độc lập")
    missing |= {"repeats_refuted": "bài kiểm chứng hay kết luận trước"}
    named = missing.get(reason, "tài liệu gốc")
    assert (f"trong các đoạn trích đã chọn không có {named} nào" in text_of(answer)) == asked
    assert decisions.history(world.db, case) == [] or not asked
    assert lan.decide(case, verdict, reason, *evidence).status_code == 303 or not asked


def test_evidence_that_disagrees_is_asked_about_where_fewer_than_two_passages_are_ticked(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    for named in ((), (PRIMARY, PRIMARY)):
        answer = lan.decide(case, "unverifiable", "conflicting_evidence", *named, sure="")
        assert (answer.status_code, "chưa chọn đến hai đoạn trích" in text_of(answer)) == (422, True)
    assert decisions.history(world.db, case) == []
    assert lan.decide(case, "unverifiable", "conflicting_evidence", PRIMARY, PARTY, sure="").status_code == 303


@pytest.mark.parametrize(("case", "asked"), [("treaty", True), ("party", False), ("testimony", False)])
def test_no_evidence_so_far_is_asked_about_where_a_passage_speaks_that_is_no_partys(
    world: World, case: str, asked: bool
) -> None:
    lan, number = world.anybody("lan"), world.cases[case]
    answer = lan.decide(number, "unverifiable", "no_evidence_yet", sure="")
    assert (answer.status_code, "chưa có bằng chứng, nhưng" in text_of(answer)) == (
        (422, True) if asked else (303, False)
    )
    assert lan.decide(number, "unverifiable", "not_public", sure="").status_code == 303 or not asked


DENIED = "Sở khẳng định thông tin có trẻ em làm việc ở xưởng gạch là tin giả, bịa đặt."


@pytest.mark.parametrize(
    ("text", "source", "role", "asked"),
    [
        (DENIED, "Cổng thông tin tỉnh An Phú", "primary", True),
        (DENIED, "Cổng thông tin tỉnh An Phú", "independent", True),
        (DENIED, "Luật An toàn An Phú, Điều 5", "primary", False),
        (DENIED, "Sở Lao động An Phú", "party", False),
        ("Trong năm 2024, đoàn kiểm tra gặp 12 em ở xưởng gạch.", "Cổng thông tin tỉnh An Phú", "primary", False),
    ],
)
def test_a_passage_written_down_that_calls_something_untrue_is_asked_about_unless_it_is_a_partys_or_law(
    world: World, text: str, source: str, role: str, asked: bool
) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    lan.post(f"/case/{case}/evidence", text=text, source=source, role=role)
    (eid,) = [row.eid for row in reading.evidence_for(world.db, case, score_id=0) if row.eid.startswith("desk:")]
    answer = lan.decide(case, "false", "fabricated", eid, INDEPENDENT, PRIMARY, sure="")
    said = "đây có phải lời của bên liên quan không?" in text_of(answer)
    assert (answer.status_code, said) == ((422, True) if asked else (303, False))


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://www.facebook.com/nguyen.van.thu.99/posts/1", True),
        ("https://mai-hien.example/bao-cao/2024", False),
        ("", False),
    ],
)
def test_a_passage_written_down_on_an_account_is_asked_about_as_its_address_is_published(
    world: World, url: str, asked: bool
) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    lan.post(f"/case/{case}/evidence", text="Trong năm 2024 có 12 em.", source="Hội", role="independent", url=url)
    (eid,) = [row.eid for row in reading.evidence_for(world.db, case, score_id=0) if row.eid.startswith("desk:")]
    answer = lan.decide(case, "false", "fabricated", eid, INDEPENDENT, PRIMARY, sure="")
    said = "nêu tên một tài khoản" in text_of(answer)
    assert (answer.status_code, said) == ((422, True) if asked else (303, False))


@pytest.mark.parametrize(
    "deed", ["note", "merge", "split", "hand", "hand/undo", "release", "reopen", "golden", "draft", "out"]
)
def test_a_refusal_loaded_anew_leads_back_to_its_case(world: World, deed: str) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    world.anybody("tuan").get(f"/case/{case}")
    assert lan.post(f"/case/{case}/{deed}", note=" ").status_code in (303, 403, 409, 422)
    assert lan.get(f"/case/{case}/{deed}").url.path == f"/case/{case}"
    assert lan.get(f"/case/{case}/khac").status_code == 404


def test_what_was_written_for_a_case_that_is_gone_or_held_can_be_copied(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    for path in ("/case/999/note", "/case/999/decide", "/case/999/hand", "/case/999/reopen", "/khong-co"):
        gone = lan.post(path, note=NOTE, word=NOTE, changed=NOTE)
        assert (gone.status_code, f"{NOTE}</textarea>" in gone.text) == (404, True), path
        assert "/case/999" not in gone.text
    sent = {"note": NOTE, "seal": lan.seal()}
    other = lan.client.post("/case/999/note", data=sent, headers={"sec-fetch-site": "cross-site"})
    assert (other.status_code, NOTE in other.text) == (404, False)
    world.anybody("tuan").get(f"/case/{case}")
    held = lan.post(f"/case/{case}/hand", to="minh", word=NOTE)
    assert (held.status_code, f"{NOTE}</textarea>" in held.text) == (409, True)


@pytest.fixture
def edited(world: World) -> tuple[int, int]:
    """A case found false, and that of what its only post was edited into."""
    claim, other = (
        "Từ năm 2027 tỉnh An Phú cấm trẻ em nghèo học lớp mười.",
        "Hôm nay tỉnh An Phú mưa ở mười hai huyện.",
    )
    post = add_post(world.db, "song-huong", "sua", claim)
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    evidence = ("law:tre-em-11", "fact:an-phu-2024")
    assert world.anybody("lan").decide(case, "false", "contradicted_by_record", *evidence).status_code == 303
    add_post(world.db, "song-huong", "sua", other)
    return case, open_with(world.db, post, add_score(world.db, post, other, reasons=("AUDIT",)), other)


@pytest.mark.parametrize("how", ["reopened", "undone", "evidence"])
def test_a_case_whose_last_post_was_edited_away_can_be_decided_anew_once_its_verdict_is_taken_back(
    world: World, edited: tuple[int, int], how: str
) -> None:
    (case, other), lan, minh = edited, world.anybody("lan"), world.anybody("minh")
    if how == "reopened":
        assert minh.post(f"/case/{case}/reopen", changed="Bạn đọc gửi nghị quyết").status_code == 303
    elif how == "undone":
        assert lan.post(f"/decision/{decisions.history(world.db, case)[0].id}/undo").status_code == 303
        assert drafts.half_filled(world.db, "lan") == [case]
    else:
        assert erasure.remove_evidence(world.db, ["fact:an-phu-2024"], person="chi") == [case]
    waiting = {item.case_id: item.state for item in cases.queue(world.db)}
    assert (waiting[case], waiting[other]) == ("new" if how == "undone" else "reopened", "new")
    page = text_of(minh.get(f"/case/{case}"))
    assert "các bài từng nói đã được sửa" in page
    assert ("Gộp vào vụ ấy" in page, "Đưa vào nhầm" in page) == (False, False), "no post of it is anybody's to move"
    assert minh.post(f"/case/{case}/merge", into=other).status_code == 409
    assert minh.post(f"/case/{case}/out").status_code == 409
    assert minh.decide(case, "misleading", "missing_context", "law:tre-em-11").status_code == 303
    item = cases.case(world.db, case)
    assert item is not None
    assert (item.state, item.verdict, item.decider) == ("decided", "misleading", "minh")
    assert minh.get(f"/case/{case}/brief").status_code == 200
    assert case not in {one.case_id for one in cases.queue(world.db)}


def test_a_case_edited_away_that_is_reopened_waits_on_after_a_merge_into_it_is_taken_back(
    world: World, edited: tuple[int, int]
) -> None:
    (case, _), lan = edited, world.anybody("lan")
    assert lan.post(f"/case/{case}/reopen", changed="Bạn đọc gửi nghị quyết").status_code == 303
    assert lan.post(f"/case/{world.cases['party']}/merge", into=case).status_code == 303
    (move,) = moves.moves_of(world.db, case)
    assert lan.post(f"/move/{move.id}/undo").status_code == 303
    assert {item.case_id: item.state for item in cases.queue(world.db)}[case] == "reopened"
    assert lan.client.get(f"/case/{case}", follow_redirects=False).status_code == 200


def test_a_case_edited_away_that_is_reopened_leaves_the_queue_once_its_claim_is_erased(
    world: World, edited: tuple[int, int]
) -> None:
    case, other = edited
    decisions.reopen(world.db, case, person="minh", note="")
    erasure.erase(world.db, "https://song-huong.example/sua", person="chi", reason="chủ bài yêu cầu")
    assert {case, other}.isdisjoint(item.case_id for item in cases.queue(world.db))
