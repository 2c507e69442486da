"""Cases opened by hand on collected posts."""

import re
import time

import pytest
from desk_visit import World, text_of
from desk_world import add_post, add_score, against

from pipeline.settings import DeskSettings
from pipeline.store import (
    audit,
    cases,
    scores,
)
from review import answer, chosen
from review.words import words as words_in


def test_a_case_is_opened_by_hand_on_a_collected_post_that_no_case_holds(world: World) -> None:
    lan, claim = world.anybody("lan"), "Trạm xá Gò Nổi đã đóng cửa từ tháng 3."
    post = add_post(world.db, "kenh-gio-nui", "tram-xa", f"{claim} Ai biết thì nói.", title="Chuyện trạm xá")
    assert lan.post(f"/posts/{post}/case").status_code == 409  # nothing has read it yet
    number = add_score(world.db, post, claim, reasons=(), p=0.97)
    for words in ("tram xa go noi", "https://kenh-gio-nui.example/tram-xa"):
        page = lan.get("/", q=words)
        assert f'action="/posts/{post}/case"' in page.text
        assert "Kênh Gió Núi · 20/11/2026" in text_of(page)
    assert "/posts/" not in lan.get("/", q="xưởng gạch").text  # a case is found
    assert f'action="/posts/{post}/case"' not in world.anybody("oanh").get("/", q="tram xa").text
    opened = lan.post(f"/posts/{post}/case", claim=claim).headers["location"]
    item = cases.case(world.db, int(opened.rpartition("/")[2]))
    assert item is not None
    assert (item.claim, item.reasons, item.lane, item.state) == (claim, ("BY_HAND",), "claims", "new")
    assert scores.score_by_id(world.db, number).flagged is False  # type: ignore[union-attr]
    said = text_of(lan.get(opened))
    assert ("Cần kiểm chứng" in said, "có thể sai" in said.lower()) == (True, False)
    assert "Cần kiểm chứng · Do người kiểm chứng mở" in text_of(lan.get("/", q="tram xa"))
    assert lan.post(f"/posts/{post}/case").headers["location"] == opened
    told = [(row["person"], row["action"], row["subject"]) for row in audit.entries(world.db, limit=1)]
    assert told == [("lan", "open case", str(item.case_id))]
    assert "mở một vụ" in text_of(world.anybody("chi").get("/people/log"))


@pytest.mark.parametrize("kind", ["opinion", "question", "other", "testimony"])
def test_what_is_no_claim_is_opened_by_hand_in_its_own_lane_or_not_at_all(world: World, kind: str) -> None:
    lan, words = world.anybody("lan"), "Tôi thấy trạm xá Gò Nổi nên mở cửa lại."
    post = add_post(world.db, "kenh-gio-nui", "tram-xa", words)
    add_score(world.db, post, words, reasons=(), kind=kind)
    page, answer = lan.get("/", q="tram xa"), lan.post(f"/posts/{post}/case", claim=words)
    if kind == "testimony":
        opened = cases.case(world.db, int(answer.headers["location"].rpartition("/")[2]))
        assert opened is not None
        assert opened.lane == "testimony"
    else:
        assert (answer.status_code, "Soi không xét" in text_of(answer)) == (409, True)
        assert ("Soi không xét" in text_of(page), f"/posts/{post}/case" in page.text) == (True, False)


def test_whoever_opens_a_case_by_hand_chooses_which_sentence_of_the_post_it_is_about(world: World) -> None:
    lan, read = world.anybody("lan"), "Năm 2024 có 1.200 trẻ em ở xã Gò Nổi nghỉ học."
    text = f"Bà con kể chuyện. {read} Trạm xá Gò Nổi đã đóng cửa từ tháng 3.\n– Công ước 87 đã được phê chuẩn."
    post = add_post(world.db, "dien-dan-ben-song", "bai-6", text, title="Bài dài 6")
    add_score(
        world.db, post, read, reasons=("AUDIT",), found=(against("fact:an-phu-2024", read, "number", "1.200", "12"),)
    )
    asked = lan.get(f"/posts/{post}/case", q="tram xa go noi").text
    sought = "Trạm xá Gò Nổi đã đóng cửa từ tháng 3."
    offered = re.findall(r'name="claim" value="([^"]*)"', asked)
    assert (offered[:2], "checked" in asked) == ([sought, read], False)  # what was searched isn't what was read
    unchosen = lan.post(f"/posts/{post}/case", q="tram xa go noi")
    assert (unchosen.status_code, "Hãy chọn câu nào" in text_of(unchosen)) == (422, True)
    assert 'value="Công ước 87 đã được phê chuẩn."' in asked  # without the mark of its list
    for q in ("", "1200 trẻ em go noi", "lời không có trong bài"):
        assert re.findall(r'value="([^"]*)" checked', lan.get(f"/posts/{post}/case", q=q).text) == [read]
    refused = lan.post(f"/posts/{post}/case", claim=sought, words="Trạm xá Gò Nổi mở cửa")
    assert (refused.status_code, "Bài không có đúng những chữ này" in text_of(refused)) == (422, True)
    opened = lan.post(f"/posts/{post}/case", claim=sought, words="").headers["location"]
    item = cases.case(world.db, int(opened.rpartition("/")[2]))
    assert item is not None
    assert (item.claim, item.reasons, item.p_refuted, item.slot) == (sought, ("BY_HAND",), 0.0, "")
    page = lan.get(opened)
    assert re.search(rf'<mark class="the-claim"[^>]*><span class="sr">[^<]*</span>{re.escape(sought)}<span', page.text)
    assert 'id="passage-1"' not in page.text  # what the machine found was found for another sentence
    assert "Mô hình đã đọc một câu khác của bài này" in text_of(page)
    assert "Con số phía sau" not in text_of(page)
    lan.decide(item.case_id, "unverifiable", "no_evidence_yet")
    told = answer.brief(world.db, item.case_id, say=words_in("en"))
    assert told is not None
    assert answer.reasons(told, say=words_in("en"), desk=DeskSettings())["automated_detection"] is False
    assert "No passage in the evidence store is close" not in " ".join(told.unknown)


def test_the_title_of_a_thread_is_no_claim_where_the_machine_found_none(world: World) -> None:
    lan, post = world.anybody("lan"), add_post(world.db, "dien-dan-ben-song", "6", "Cầu treo hỏng.", title="Bài dài 6")
    add_score(world.db, post, "", reasons=())
    assert "checked" not in lan.get(f"/posts/{post}/case").text
    assert lan.post(f"/posts/{post}/case").status_code == 422
    opened = lan.post(f"/posts/{post}/case", words="Cầu treo\n hỏng").headers["location"]
    assert cases.case(world.db, int(opened.rpartition("/")[2])).claim == "Cầu treo hỏng"  # type: ignore[union-attr]


def test_a_title_before_a_name_ends_no_sentence_to_choose_from() -> None:
    text = "TS. Lan và PGS. Minh ở TP. Hoà Lộc, Q. 1, gặp ThS. Đào. Hai người bị bắt ở đồn CSGT. Thôi. Hết"
    cut = [text[slice(*span)] for span in chosen.sentences(text)]
    assert cut == [
        "TS. Lan và PGS. Minh ở TP. Hoà Lộc, Q. 1, gặp ThS. Đào.", "Hai người bị bắt ở đồn CSGT.", "Thôi.", "Hết"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Hôm qua,\n cầu treo \u00a0 hỏng. Thôi.", "cầu treo hỏng.", "cầu treo \u00a0 hỏng."),
        ("Cầu treo hỏng.Xã chưa sửa.", "Cầu treo hỏng.", "Cầu treo hỏng."),
        ("Cầu treo hỏng.Xã chưa sửa.", "Cầu treo hỏng. Xã", ""), ("Cầu treo hỏng", "treo hỏn", ""),
        ("ba cầu treo", "a cầu", ""), ("Cầu treo", " ", ""),
        ("\u200b Giam 1\xad2\u200b phụ nữ\u200b.", "12 phụ nữ", "1\xad2\u200b phụ nữ"),
        ("Giam 12\u200b phụ nữ.", "12\u200b phụ nữ.", "12\u200b phụ nữ."),
        ("Cầu treo\u2028hỏng.", "treo hỏng", "treo\u2028hỏng"), ("Cầu treo.\u2028Xã", "treo.Xã", "treo.\u2028Xã"),
    ],
)  # fmt: skip
def test_words_are_found_whole_whatever_white_space_parts_them(text: str, words: str, found: str) -> None:
    assert chosen.found_in(text, words) == found


@pytest.mark.parametrize("end", ["", "b"])
def test_looking_for_many_words_in_a_long_post_is_quick(end: str) -> None:
    text, words = "a " * 50_000 + end, "a " * 1000 + "b"
    began = time.process_time()
    assert chosen.found_in(text, words) == (words if end else "")
    assert time.process_time() - began < 10  # which took minutes
