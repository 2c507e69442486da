"""A claim that no crawl collected: brought in by hand, read as any post, put before a person."""

import re
from dataclasses import replace
from typing import Any

import pytest
from desk_visit import World, text_of
from desk_world import add_score, against, beside
from test_review_api import Caller
from test_steps import AGE, FALSE, model
from typer.testing import CliRunner

from pipeline.records import BROUGHT, NewPost, QueueItem, ScoreRow, now
from pipeline.research import snapshots
from pipeline.settings import DeskSettings, ScoreSettings
from pipeline.steps import bench_of, file_batch
from pipeline.store import (
    audit,
    cases,
    copies,
    decisions,
    desk,
    drafts,
    erasure,
    evidence,
    labels,
    notes,
    posts,
    reading,
    report,
    retention,
    runs,
    scores,
    tips,
)
from review import answer, deeds, refusals
from review.names import FLAGS
from review.words import words as words_in
from soi.front import app

CLAIM = "Xã Gò Nổi cấm trẻ em khuyết tật học trường công lập từ năm 2026."
ADDRESS = "https://mang-xa-hoi.example/bai/77"


def bring(world: World, text: str, url: str = "", name: str = "lan") -> Any:
    return world.anybody(name).post("/bring", text=text, url=url)


def scored(world: World, **settings: Any) -> dict[str, int]:
    """What the worker does with what waits, beside the evidence of the home; counts by outcome."""
    bench = replace(bench_of(world.home, world.db, model()), settings=ScoreSettings(**settings))
    with runs.run(world.db, "score") as run_id:
        return dict(file_batch(world.db, posts.unscored(world.db, "", limit=50), bench, run_id=run_id))


def case_at(world: World, where: Any) -> QueueItem:
    """The case that the page after bringing in leads to."""
    page = world.anybody("lan").client.get(where.headers["location"])
    item = cases.case(world.db, int(page.url.path.rpartition("/")[2]))
    assert item is not None
    return item


def test_a_claim_that_no_crawl_collected_is_read_as_any_post_and_comes_before_a_person(world: World) -> None:
    scored(world)
    before, collected = desk.listing(world.db, desk.Filters()).matching, labels.population(world.db)
    assert "/bring?q=https" in world.anybody("lan").get("/", q=ADDRESS).text
    assert f'value="{ADDRESS}"' in world.anybody("lan").get("/bring", q=ADDRESS).text
    sent = bring(world, f"  {CLAIM} Gọi 0912 345 678.\r\n", f"{ADDRESS}?utm_source=zalo")
    waits = world.anybody("lan").get(sent.headers["location"])
    assert (waits.status_code, "Máy đang đọc" in waits.text) == (202, True)
    # who goes by keyboard has time to reach what the page offers: it is read anew where no script can ask for the case
    assert "refresh" not in waits.headers
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in waits.text
    counted = scored(world, audit_share=1.0)
    assert sum(counted.values()) == runs.last_runs(world.db, limit=1)[0].inputs
    item = case_at(world, sent)
    assert (item.claim, item.posts, item.state, "BY_HAND" in item.reasons) == (CLAIM, 1, "new", True)
    (post,) = reading.case_posts(world.db, item.case_id)
    (version,) = posts.versions_of(world.db, post.post_id)
    assert (post.url[:8], post.said_at, post.source_id) == ("by-hand:", (ADDRESS,), BROUGHT)
    assert "0912" not in version.text
    assert ADDRESS in text_of(world.anybody("lan").get(f"/case/{item.case_id}/post/{post.post_id}"))
    assert [one.case_id for one in desk.listing(world.db, desk.Filters(q=ADDRESS)).items] == [item.case_id]
    assert "do người kiểm chứng đưa vào" in text_of(world.anybody("lan").get(f"/case/{item.case_id}"))
    assert words_in("vi").name(FLAGS, "BY_HAND") in text_of(world.anybody("lan").get("/", q="truong cong lap"))
    assert desk.listing(world.db, desk.Filters()).matching == before + 1
    # the random sample is of what crawls collect, and nothing is kept of who told, or who brought it, but in the log
    assert "AUDIT" not in item.reasons
    assert world.db.execute("SELECT person FROM memberships WHERE post_id = ?", [post.post_id]).fetchall() == [("",)]
    assert labels.population(world.db) == collected
    line = next(one for one in audit.entries(world.db) if one["action"] == "bring in")
    assert (line["person"], line["action"], line["subject"]) == ("lan", "bring in", str(post.post_id))


@pytest.mark.parametrize("text", [
    "Tôi nghĩ việc cấm trẻ em khuyết tật đi học là điều đáng xấu hổ.",
    "Vì sao xã Gò Nổi cấm trẻ em khuyết tật đi học?",
    "Giá cà phê tăng nhẹ.", "The village bans disabled children.", "1",
])  # fmt: skip
def test_what_is_brought_in_opens_a_case_whatever_it_is_and_is_never_flagged_for_it(world: World, text: str) -> None:
    sent = bring(world, text)
    scored(world)
    item = case_at(world, sent)
    assert (item.reasons, item.p_refuted, item.lane, item.claim) == (("BY_HAND",), 0.0, "claims", text)
    lan = world.anybody("lan")
    page = lan.get(f"/case/{item.case_id}").text
    assert ('value="false"' in page, 'value="unverifiable"' in page, "chưa nguồn nào xác nhận" in page) == (
        True, True, False,
    )  # fmt: skip
    assert "Cần kiểm chứng" not in text_of(lan.get("/", reason="BY_HAND"))
    lan.decide(item.case_id, "opinion", "view", sure="")
    assert cases.case(world.db, item.case_id).verdict == "opinion"  # type: ignore[union-attr]


def test_a_claim_that_the_machine_misreads_is_judged_by_a_person_who_is_asked_once_more(world: World) -> None:
    evidence.put_passages(world.db, [AGE])
    by_page, by_program = (
        bring(world, text)
        for text in (
            "Cứ bị tạm giữ một cái là gạch tên khỏi danh sách cử tri liền.",
            "Bị khởi tố là coi như có tội rồi, khỏi chờ tòa.",
        )
    )
    scored(world)
    item, other, lan = case_at(world, by_page), case_at(world, by_program), world.anybody("lan")
    assert cases.no_claims(world.db, [item.case_id, other.case_id]) == {item.case_id, other.case_id}
    asked = lan.decide(item.case_id, "false", "contradicted_by_record", AGE.eid, sure="")
    assert (asked.status_code, cases.case(world.db, item.case_id).state) == (422, "new")  # type: ignore[union-attr]
    for said in ("chỉ kết luận đúng, sai hay gây hiểu lầm về điều kiểm chứng được", "Vẫn lưu kết luận"):
        assert said in text_of(asked)
    assert "chỉ dựa vào một đoạn trích" in text_of(asked)  # all there is to ask, at once
    lan.decide(item.case_id, "false", "contradicted_by_record", AGE.eid)
    named = {"verdict": "false", "reason": "contradicted_by_record", "evidence": [AGE.eid]}
    made = Caller(world).post(f"/cases/{other.case_id}/decisions", named)
    assert (made.status_code, "opinion is free" in made.json()["warning"]) == (201, True)
    for one in (item, other):
        assert cases.case(world.db, one.case_id).verdict == "false"  # type: ignore[union-attr]


def test_passages_beside_what_is_read_as_no_claim_say_nothing_of_it(world: World) -> None:
    told = "Theo tôi luật phải cho tạm giữ tới 40 ngày."
    sent = bring(world, told)
    number = int(sent.headers["location"].split("/")[2])
    found = (against("fact:tam-giu", told, "number", "40 ngày", "3 ngày"), beside("news:luat-su-hanh", "supports"))
    score = add_score(world.db, number, told, reasons=(), p=0.3, kind="opinion", found=found)
    case = cases.open_case(world.db, number, claim=told, score_id=score, by_hand=True)
    page = world.anybody("lan").get(f"/case/{case}")
    said = text_of(page)
    assert "Máy không đọc ra khẳng định nào" in said
    assert said.count("Có thể liên quan") == 2
    assert not any(words in said for words in ("Nói khác", "Nói giống", "bằng chứng nói khác"))
    assert not any(words in page.text for words in ('class="slot', "contradicts"))
    read = Caller(world, "tuan").get(f"/cases/{case}").json()
    assert {one["relation"] for one in read["evidence"]} == {"related"}
    assert (read["case"]["slot"], read["case"]["p_refuted"]) == ("", 0)  # nor does a list of cases


def test_where_no_claim_is_the_page_speaks_of_none(world: World) -> None:
    said = []
    for told, sentence in (("Tôi nghĩ xã nên mở thêm phòng đọc.", ""), ("Theo tôi xã nên mở chợ sớm hơn.", "all")):
        number = int(bring(world, told).headers["location"].split("/")[2])
        score = add_score(world.db, number, told if sentence else "", reasons=(), kind="opinion")
        case = cases.open_case(world.db, number, claim=told, score_id=score if sentence else None, by_hand=True)
        said.append(text_of(world.anybody("lan").get(f"/case/{case}")))
        assert "Máy không đọc ra khẳng định nào" in said[-1]
        beside = said[-1].partition("Bằng chứng nói gì")[2].partition("Tìm hoặc thêm bằng chứng")[0]
        assert "khẳng định này" not in beside
    assert "Chưa tìm bằng chứng nào cho những chữ này." in said[0]
    assert "Không có đoạn trích nào gần với những chữ này." in said[1]


def test_a_claim_of_which_no_sentence_was_picked_is_to_be_checked_and_not_said_to_hold_none(world: World) -> None:
    told = "Bắt 500 người viết báo trong năm."
    sent = bring(world, told)
    number = int(sent.headers["location"].split("/")[2])
    case = cases.open_case(
        world.db, number, claim=told, score_id=add_score(world.db, number, "", reasons=()), by_hand=True
    )
    said = text_of(world.anybody("lan").get(f"/case/{case}"))
    assert "Cần kiểm chứng: chưa nguồn nào xác nhận hay bác bỏ." in said
    assert "Mô hình không chọn câu nào trong bài này để đối chiếu với bằng chứng." in said
    assert "không thấy khẳng định nào" not in said


def test_testimony_that_is_brought_in_comes_to_its_lane(world: World) -> None:
    sent = bring(world, "Tôi bị công an xã giữ ba ngày và không ai cho tôi gọi về cho mẹ tôi.")
    scored(world)
    item = case_at(world, sent)
    assert (item.lane, item.reasons) == ("testimony", ("BY_HAND",))


def test_what_evidence_contradicts_is_told_as_that_and_as_brought_in_and_counts_as_a_persons_wish(world: World) -> None:
    evidence.put_passages(world.db, [AGE])
    scored(world)
    opened = report.opened_by(world.db, "2020", now())
    sent = bring(world, FALSE)
    assert scored(world)["flagged"] == 1
    item = case_at(world, sent)
    assert item.reasons == ("CONTRADICTS_EVIDENCE", "BY_HAND")
    after = report.opened_by(world.db, "2020", "2100")
    assert after["lane or person"] == opened.get("lane or person", 0) + 1
    assert after["model"] == opened["model"]


def test_the_same_words_are_one_post_and_a_claim_that_has_a_case_joins_it(world: World) -> None:
    evidence.put_passages(world.db, [AGE])
    sent, again = bring(world, FALSE), bring(world, f" {FALSE}\n", name="tuan")
    assert sent.headers["location"] == again.headers["location"]
    scored(world)
    item = case_at(world, sent)
    other = bring(world, FALSE.rstrip(".") + " nhé", ADDRESS)
    assert scored(world) == {"joined": 1}
    assert case_at(world, other).case_id == item.case_id
    told = bring(world, FALSE)
    assert world.anybody("lan").post(told.headers["location"]).headers["location"] == f"/case/{item.case_id}"


TICKET = "Giá vé xe buýt Bến Phà tăng gấp đôi từ tháng sau."  # no right is read in it


@pytest.mark.parametrize(("first", "other", "verdict", "joins"), [
    (TICKET, f"Nóng hổi: {TICKET[0].lower()}{TICKET[1:-1]} nhé!", ("unverifiable", "no_evidence_yet"), True),
    (TICKET, f"Nghe nói {TICKET[0].lower()}{TICKET[1:-1]} nhé!", ("unverifiable", "no_evidence_yet"), False),
    (TICKET, f"{TICKET[:-1]}, vé tháng giữ nguyên.", ("not_rights", "other_topic"), False),  # tells more
    ("Tôi nghĩ việc cấm trẻ em đi học là điều đáng xấu hổ.", "Tôi nghĩ việc cấm trẻ em đi học là điều đáng xấu hổ quá",
     ("opinion", "view"), True),
])  # fmt: skip
def test_a_claim_that_a_case_makes_joins_it_whatever_is_read_of_it_and_once_decided_where_it_tells_no_less_or_more(
    world: World, first: str, other: str, verdict: tuple[str, str], joins: bool
) -> None:
    scored(world)
    sent = [bring(world, first)]
    scored(world)
    item, lan = case_at(world, sent[0]), world.anybody("lan")
    no_claim = cases.no_claims(world.db, [item.case_id])
    sent.append(bring(world, f"{other} "))
    assert scored(world) == {"joined": 1}
    assert cases.no_claims(world.db, [item.case_id]) == no_claim
    lan.decide(item.case_id, *verdict)
    sent.append(bring(world, f"{other} ạ"))
    sent.append(bring(world, TICKET.replace("gấp đôi", "gấp ba")))
    scored(world)
    assert [case_at(world, one).case_id == item.case_id for one in sent] == [True, True, joins, False]


@pytest.mark.parametrize("asked", [
    "{}, có đúng không?", "Có đúng là {} không ạ?", "Ad ơi cho em hỏi: {}. Tin này có thật không?",
    "Nghe nói {} phải không mọi người", "Nghe bảo {}, đúng không?", "{} hả ad?", "{}?",
])  # fmt: skip
@pytest.mark.parametrize("claim", [FALSE[:-1], TICKET[:-1]])
def test_a_question_whether_something_is_so_opens_a_case_of_what_it_asks_about(
    world: World, claim: str, asked: str
) -> None:
    evidence.put_passages(world.db, [AGE])
    text = asked.format(f"{claim[0].lower()}{claim[1:]}")
    sent = bring(world, text)
    scored(world)
    item, lan = case_at(world, sent), world.anybody("lan")
    assert claim[1:] in item.claim
    assert not any(word in item.claim.lower() for word in ("không", "hỏi", "nghe"))
    assert ("CONTRADICTS_EVIDENCE" in item.reasons) == (claim in FALSE)
    assert 'value="false"' in lan.get(f"/case/{item.case_id}").text
    (post,) = cases.posts_of(world.db, item.case_id)
    _, score = scores.latest_score(world.db, post) or (0, None)
    assert score
    assert text[score.claim_start : score.claim_end] == score.claim
    told = bring(world, f"{claim}.")
    scored(world)
    assert case_at(world, told).case_id == item.case_id


def test_what_is_brought_in_joins_no_testimony_and_a_testimony_no_claim(world: World) -> None:
    told = "Tôi bị công an xã giữ ba ngày và không ai cho tôi gọi về cho mẹ tôi."
    sent = bring(world, told)
    scored(world)
    lived = case_at(world, sent).case_id
    assert lived in [case for case, *_ in cases.worded_like(world.db, told, testimony=True)]
    assert lived not in [case for case, *_ in cases.worded_like(world.db, told, testimony=False)]


def test_a_case_that_stands_on_what_was_brought_in_alone_counts_no_source(world: World) -> None:
    claim = "Từ tháng sau, công nhân nữ ở khu Bến Phà mang thai sẽ bị cắt hợp đồng lao động."
    sent = bring(world, claim)
    assert reading.worded_alike(world.db, claim) == reading.Alike()  # it waits to be read
    scored(world)
    item = case_at(world, sent)
    assert (item.posts, item.sources) == (1, 0)
    assert {one.sources for one in labels.candidates(world.db) if one.case_id == item.case_id} == {1}  # a weight is
    for page in (f"/case/{item.case_id}", "/?q=Ben+Pha"):
        said = text_of(world.anybody("lan").get(page))
        assert "1 bài, do người kiểm chứng đưa vào" in said
        assert "từ 1 nguồn" not in said


def test_bringing_in_makes_no_claim_spread(world: World) -> None:
    claim = "Từ tháng sau, công nhân nữ ở khu Bến Phà mang thai sẽ bị cắt hợp đồng lao động."
    posts.take_post(world.db, NewPost("song-huong", "https://song-huong.example/ben-pha", claim))
    scored(world)
    sent = bring(world, claim)
    scored(world, spreading_sources=2)
    posts.take_post(world.db, NewPost("song-huong", "https://song-huong.example/lai-ben-pha", claim))
    scored(world, spreading_sources=2)
    item = case_at(world, sent)
    assert item.reasons == ("BY_HAND",)
    assert (item.posts, item.sources) == (3, 1)  # the collected copies stand in the case


def test_words_that_are_collected_at_their_address_lead_to_that_post_or_its_case(world: World) -> None:
    address = "http://song-huong.example/lo-gach/?fbclid=1"
    known = bring(world, "trẻ em ở tỉnh An Phú \n phải nghỉ học", address).headers["location"]
    assert world.anybody("lan").get(known).url.path == f"/case/{world.cases['children']}"
    assert tips.brought_since(world.db, "2020") == 0
    posts.take_post(world.db, NewPost("song-huong", ADDRESS, f"Bà con xôn xao. {CLAIM}"))
    unread = world.anybody("lan").get(bring(world, CLAIM, ADDRESS).headers["location"])
    assert (unread.status_code, "sau lần chấm điểm tới mới mở vụ được" in text_of(unread)) == (409, True)
    other = bring(world, CLAIM, address)
    scored(world)
    assert case_at(world, other).claim == CLAIM  # the post there says something else


@pytest.mark.parametrize(("text", "url", "said"), [
    ("", "", "Hãy ghi nguyên văn"), (" \x00\n", "", "Hãy ghi nguyên văn"), ("\u200b", "", "Hãy ghi nguyên văn"),
    ("0912345678", "", "Hãy ghi nguyên văn"), ("\u2192 lan@thu.example, 0912 345 678", "", "Hãy ghi nguyên văn"),
    (ADDRESS, "", "Soi không tự mở địa chỉ"), ("mang-xa-hoi.example/bai/77 👆", ADDRESS, "Soi không tự mở địa chỉ"),
    (CLAIM, "javascript:alert(1)", "https://"),
    (CLAIM, "https://zalo.me/0912345678", "một người"), (CLAIM, "https://da-xoa.example/1", "đã được xóa theo yêu cầu"),
])  # fmt: skip
def test_what_cannot_be_brought_in_is_refused_with_a_sentence_and_stays_filled_in(
    world: World, text: str, url: str, said: str
) -> None:
    erasure.erase(world.db, "https://da-xoa.example/1", person="chi", reason="")
    refused = bring(world, text, url)
    assert (refused.status_code, said in text_of(refused), url in refused.text) == (422, True, True)
    assert tips.brought_since(world.db, "2020") == 0


def test_of_what_is_too_long_nothing_is_cut_off_and_the_form_says_how_much_it_takes(world: World) -> None:
    lan, (long, claim) = world.anybody("lan"), (f"{words} {CLAIM}" for words in ("Mở đầu. " * 620, "Mở đầu. " * 145))
    post = int(bring(world, CLAIM).headers["location"].split("/")[2])
    add_score(world.db, post, CLAIM, reasons=())
    forms = ("/bring", "text", long, "5.000"), (f"/posts/{post}/case", "words", claim, "1.200")
    for path, field, words, most in forms:
        assert f"tối đa {most} ký tự" in text_of(lan.get(path))
        assert re.search(f'name="{field}"[^>]* maxlength="20000"', lan.get(path).text)
        refused = lan.post(path, {field: words})
        assert (refused.status_code, f"dài nhất là {most} ký tự; chưa lưu gì" in text_of(refused)) == (422, True)
        assert f"{words}</textarea>" in refused.text
    assert (tips.brought_since(world.db, "2020"), cases.case_of(world.db, post)) == (1, None)


def test_an_address_is_brought_in_as_it_is_searched_too_without_its_scheme(world: World) -> None:
    number = int(bring(world, CLAIM, ADDRESS.removeprefix("https://")).headers["location"].split("/")[2])
    assert world.db.execute("SELECT url FROM told_pages WHERE post_id = ?", [number]).fetchall() == [(ADDRESS,)]
    assert f"đưa một khẳng định vào bài số {number}" in text_of(world.anybody("chi").get("/people/log"))


def test_who_may_not_decide_brings_nothing_in_and_an_hour_takes_so_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bring(world, CLAIM, name="oanh").status_code == 403
    assert world.anybody("lan").client.post("/bring", data={"text": CLAIM}).status_code == 403  # without its seal
    monkeypatch.setattr(deeds, "BROUGHT_AT_MOST", 2)
    assert [bring(world, CLAIM, page).status_code for page in (ADDRESS, f"{ADDRESS}8")] == [303, 303]
    for text, page in ((f"{CLAIM} Hai.", ""), (CLAIM, f"{ADDRESS}9")):
        refused = bring(world, text, page)
        assert (refused.status_code, "Trong một giờ qua" in text_of(refused)) == (422, True)


def test_nobody_uses_up_what_all_may_bring_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f" {deeds.BROUGHT_BY_ONE} claims" in refusals.MANY_OF_YOURS
    monkeypatch.setattr(deeds, "BROUGHT_BY_ONE", 2)
    told = [bring(world, CLAIM, f"{ADDRESS}{n}") for n in range(3)]
    assert ([one.status_code for one in told], "bạn đã đưa vào 80" in text_of(told[2])) == ([303, 303, 422], True)
    assert bring(world, CLAIM, f"{ADDRESS}3", name="tuan").status_code == 303


def test_a_program_asks_for_a_tips_case_till_it_is_read_without_bringing_it_in_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeds, "BROUGHT_AT_MOST", 2)
    lan, tip = Caller(world), {"text": CLAIM, "url": ADDRESS}
    asked = [lan.post("/cases", body) for body in (tip, tip, {"text": f" {CLAIM}"}, {**tip, "url": f"{ADDRESS}#a"})]
    assert {(answer.status_code, answer.json()["post"]) for answer in asked} == {(202, asked[0].json()["post"])}
    assert tips.brought_since(world.db, "2020") == 1
    assert lan.post("/cases", {**tip, "url": f"{ADDRESS}8"}).status_code == 202  # another page is kept too
    refused = lan.post("/cases", {"text": f"{CLAIM} Hai."})
    assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (429, True)
    assert "as it takes in an hour" in refused.json()["detail"]
    scored(world)
    assert lan.post("/cases", tip).json() == {"case": lan.post("/cases", tip).json()["case"], "opened": False}
    assert tips.brought_since(world.db, "2020") == 2


def test_words_that_were_let_go_are_brought_in_anew(world: World) -> None:
    post = int(bring(world, CLAIM).headers["location"].split("/")[2])
    retention.let_go(world.db, [version.id for version in posts.versions_of(world.db, post)])
    assert int(bring(world, CLAIM).headers["location"].split("/")[2]) == post
    assert tips.brought_since(world.db, "2020") == 2


def test_what_is_brought_in_is_shown_as_text(world: World) -> None:
    text = f'<script>alert("1")</script> {CLAIM} \u202e<b>'
    sent = bring(world, text)
    scored(world)
    page = world.anybody("lan").get(f"/case/{case_at(world, sent).case_id}").text
    assert "<script>alert" not in page
    assert "\u202e" not in page


def counted(world: World) -> dict[str, int]:
    """What a report tells of posts, scores, cases and reasons."""
    by_reason, by_right, by_kind = report.flags(world.db, "2020", "2100")
    rights = {f"by right: {right}": n for right, n in by_right.items()}
    return report.volumes(world.db, "2020", "2100") | by_reason | by_kind | rights


def test_what_was_brought_in_by_mistake_is_taken_out_and_may_come_again(world: World) -> None:
    scored(world)
    told = (counted(world), report.opened_by(world.db, "2020", "2100"))
    for _ in range(2):
        sent = bring(world, f"{CLAIM} Zvukop.")
        scored(world)
        item, lan = case_at(world, sent), world.anybody("lan")
        add_score(world.db, *cases.posts_of(world.db, item.case_id), CLAIM, reasons=("CONTRADICTS_EVIDENCE",))
        assert counted(world)["cases opened"] == told[0]["cases opened"] + 1
        assert counted(world)["by right: CRC"] == told[0].get("by right: CRC", 0) + 1
        assert "/out" in lan.get(f"/case/{item.case_id}").text
        assert world.anybody("tuan").post(f"/case/{item.case_id}/out").status_code == 409  # lan has it in hand
        lan.post(f"/case/{item.case_id}/note", note=f"Xem: {CLAIM}")
        assert "Đã lấy ra; không giữ lại gì." in text_of(
            lan.client.get(lan.post(f"/case/{item.case_id}/out").headers["location"])
        )
        assert cases.case(world.db, item.case_id) is None
        kept = "\n".join(world.db.conn.iterdump())
        assert CLAIM not in kept
        assert (counted(world), report.opened_by(world.db, "2020", "2100")) == told
        files = b"".join(file.read_bytes() for file in world.home.database.parent.glob("soi.db*"))
        assert b"zvukop" not in files.lower()
        words = "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, versions_fts, row)"
        world.db.conn.execute(words)
        assert world.db.conn.execute("SELECT term FROM temp.words WHERE term = 'zvukop'").fetchall() == []
        world.db.conn.execute("DROP TABLE temp.words")
        assert desk.listing(world.db, desk.Filters(q="truong cong lap go noi")).matching == 0
    sent = bring(world, CLAIM, ADDRESS)
    scored(world)
    item = case_at(world, sent)
    lan.decide(item.case_id, "unverifiable", "no_evidence_yet")
    assert lan.post(f"/case/{item.case_id}/out").status_code == 409
    assert world.anybody("lan").post(f"/case/{world.cases['treaty']}/out").status_code == 409


def test_what_a_colleague_has_a_part_in_is_not_taken_out_with_ones_own(world: World) -> None:
    first = bring(world, CLAIM, ADDRESS, "tuan")
    scored(world)
    item, tuan, lan = case_at(world, first), world.anybody("tuan"), world.anybody("lan")
    sent = bring(world, f"{CLAIM}!", f"{ADDRESS}8")
    scored(world)
    assert case_at(world, sent).case_id == item.case_id
    assert "Nội dung của vụ này cùng 2 bài trong đó sẽ mất" in text_of(lan.get(f"/case/{item.case_id}"))
    refused = lan.post(f"/case/{item.case_id}/out")
    assert (refused.status_code, "tách bài của bạn ra" in text_of(refused)) == (409, True)
    own = max(cases.posts_of(world.db, item.case_id))
    lan.post(f"/case/{item.case_id}/split", post=own)
    split = cases.case_of(world.db, own)
    assert lan.post(f"/case/{split}/out").status_code == 303
    lan.post(f"/case/{item.case_id}/release")
    world.anybody("minh").post(f"/case/{item.case_id}/note", note="Đã gọi cho trường.")
    tuan.get(f"/case/{item.case_id}")
    refused = tuan.post(f"/case/{item.case_id}/out")
    assert (refused.status_code, "vụ được giữ lại" in text_of(refused)) == (409, True)  # of one post none is split off


def test_a_colleagues_note_and_draft_stay_where_a_case_is_merged_split_and_taken_out(world: World) -> None:
    other = bring(world, "Từ năm 2027 tỉnh An Phú phạt tiền nhà nào sinh con thứ ba.", name="tuan")
    first, told, lan = bring(world, CLAIM), "Đã gọi cho trường lúc 9 giờ.", world.anybody("lan")
    scored(world)
    item, into = case_at(world, first), case_at(world, other).case_id
    world.anybody("tuan").post(f"/case/{item.case_id}/note", note=told)
    drafts.keep_draft(world.db, "tuan", item.case_id, {"text": ["Nghị quyết số 5 nói gì."]})
    own = min(cases.posts_of(world.db, item.case_id))
    assert lan.post(f"/case/{item.case_id}/merge", into=into).status_code == 303
    assert lan.post(f"/case/{into}/split", post=own).status_code == 303
    assert lan.post(f"/case/{cases.case_of(world.db, own)}/out").status_code == 303
    assert [note.text for note in notes.notes_of(world.db, into)] == [told]
    assert drafts.draft(world.db, "tuan", into) == {"text": ["Nghị quyết số 5 nói gì."]}
    assert into in drafts.half_filled(world.db, "tuan")


@pytest.mark.parametrize("read", [True, False])
def test_what_is_taken_out_takes_no_words_of_others_along_that_quote_it(world: World, read: bool) -> None:
    tuan, case = world.anybody("tuan"), world.cases["children"]
    tuan.post(f"/case/{case}/note", note=f"Chép từ thư: {CLAIM}")
    drafts.keep_draft(world.db, "tuan", world.cases["treaty"], {"note": [CLAIM]})
    assert tuan.decide(case, "unverifiable", "no_evidence_yet", wording=CLAIM).status_code == 303
    world.anybody("lan").post(f"/case/{case}/note", note=f"Tôi đưa vào: {CLAIM}")
    sent = bring(world, CLAIM)
    if read:
        scored(world)
        assert world.anybody("lan").post(f"/case/{case_at(world, sent).case_id}/out").status_code == 303
    else:
        assert world.anybody("lan").post(f"{sent.headers['location'].removesuffix('/case')}/out").status_code == 303
    told = [note.text for note in notes.notes_of(world.db, case)]
    assert told == [f"Chép từ thư: {CLAIM}", "(erased on request)"], "one's own words go, a colleague's stay"
    assert drafts.draft(world.db, "tuan", world.cases["treaty"]) == {"note": [CLAIM]}
    assert decisions.history(world.db, case)[-1].wording == CLAIM


def test_what_quotes_words_that_were_taken_out_is_erased_once_they_are_brought_in_again(world: World) -> None:
    tuan, case = world.anybody("tuan"), world.cases["children"]
    tuan.post(f"/case/{case}/note", note=f"Chép từ thư: {CLAIM}")
    drafts.keep_draft(world.db, "tuan", world.cases["treaty"], {"note": [CLAIM]})
    assert tuan.decide(case, "unverifiable", "no_evidence_yet", wording=CLAIM).status_code == 303
    sent = bring(world, CLAIM)
    assert world.anybody("lan").post(f"{sent.headers['location'].removesuffix('/case')}/out").status_code == 303
    address = tips.brought_address(CLAIM)
    words = ["erase", address, "--reason", "người viết yêu cầu", "--home", str(world.home.root)]
    said = CliRunner().invoke(app(), [*words, "--dry-run"]).output
    assert f"No text is kept under {address}" in said
    assert "found once they are brought in again" in said
    bring(world, CLAIM)
    assert "Erased under" in CliRunner().invoke(app(), words).output
    assert CLAIM not in "\n".join(world.db.conn.iterdump())


def test_what_waits_is_shown_with_its_words_and_listed_until_it_has_a_verdict(world: World) -> None:
    scored(world)
    where = bring(world, f"{CLAIM} Gọi 0912 345 678.").headers["location"]
    number = where.split("/")[2]
    for name in ("lan", "tuan"):
        waits = text_of(world.anybody(name).get(where))
        assert (CLAIM in waits, "0912" in waits, f"số {number}" in waits) == (True, False, True)
        listed = world.anybody(name).get("/bring")
        assert (CLAIM in text_of(listed), f'href="{where}"' in listed.text) == (True, True)
        assert "lan" not in text_of(listed).split("chưa có kết luận")[1].split()
    scored(world)
    item, lan = case_at(world, bring(world, f"{CLAIM} Gọi 0912 345 678.")), world.anybody("lan")
    assert f'href="/case/{item.case_id}"' in lan.get("/bring").text
    lan.decide(item.case_id, "unverifiable", "no_evidence_yet")
    assert CLAIM not in text_of(lan.get("/bring"))


def test_what_waits_is_taken_out_before_it_is_read(world: World) -> None:
    scored(world)
    sent, lan, tuan = bring(world, CLAIM), world.anybody("lan"), world.anybody("tuan")
    where = sent.headers["location"].removesuffix("/case")
    assert f'action="{where}/out"' in lan.get(f"{where}/case").text
    assert world.anybody("oanh").post(f"{where}/out").status_code == 403
    told = "Đã lấy ra; không giữ lại gì."
    for number in (1, where.split("/")[2]):
        assert told not in text_of(lan.get(f"/bring?out={number}"))
    there = lan.post(f"{where}/out").headers["location"]
    assert [told in text_of(one.get(there)) for one in (lan, tuan)] == [True, False]
    assert (CLAIM in "\n".join(world.db.conn.iterdump()), CLAIM in lan.get("/bring").text) == (False, False)
    assert audit.entries(world.db)[0]["action"] == "take out unread"
    assert lan.post(f"{where}/out").status_code == 404  # sent twice
    assert lan.get(f"{where}/case").status_code == 404
    assert f"đã đưa vào bài số {where.split('/')[2]}" in text_of(world.anybody("chi").get("/people/log"))
    assert scored(world) == {}
    number = int(bring(world, CLAIM).headers["location"].split("/")[2])
    assert Caller(world).send("DELETE", f"/posts/{number}").json() == {"post": number}
    read = bring(world, CLAIM).headers["location"].removesuffix("/case")
    scored(world)
    refused = lan.post(f"{read}/out").headers["location"]
    told = "Chưa lấy ra: máy vừa đọc xong, khẳng định đã nằm trong vụ này."
    assert told in text_of(lan.get(refused))
    assert told not in text_of(lan.get(f"/case/{world.cases['treaty']}?out=no"))
    assert Caller(world).send("DELETE", f"/{read.strip('/')}").status_code == 409
    (collected,) = world.db.execute("SELECT min(id) FROM posts").fetchone()
    assert lan.post(f"/posts/{collected}/out").status_code == 404


def test_what_waits_is_taken_out_by_whoever_alone_brought_it_in_or_a_lead(world: World) -> None:
    scored(world)
    where = bring(world, CLAIM, name="tuan").headers["location"].removesuffix("/case")
    lan, tuan = world.anybody("lan"), world.anybody("tuan")
    assert f"{where}/out" not in lan.get(f"{where}/case").text
    assert f"{where}/out" in tuan.get(f"{where}/case").text
    refused = lan.post(f"{where}/out")
    assert (refused.status_code, "chỉ người duy nhất đã đưa vào" in text_of(refused)) == (403, True)
    assert Caller(world).send("DELETE", f"/{where.strip('/')}").status_code == 403
    bring(world, CLAIM, f"{ADDRESS}9")  # lan has a part in it now
    assert tuan.post(f"{where}/out").status_code == 403
    assert world.anybody("minh").post(f"{where}/out").status_code == 303  # a lead


@pytest.mark.parametrize("by_program", [False, True])
def test_nobody_waits_for_the_merge_that_takes_the_words_out_of_the_index(
    world: World, monkeypatch: pytest.MonkeyPatch, by_program: bool
) -> None:
    happened, app = list[str](), world.app
    sent = bring(world, CLAIM)
    scored(world)
    case_id = case_at(world, sent).case_id
    monkeypatch.setattr(copies, "merge_search", lambda _: happened.append("merged"))

    async def watched(scope: Any, receive: Any, send: Any) -> None:
        async def answer(message: Any) -> None:
            happened.append(message["type"])
            await send(message)

        await app(scope, receive, answer)

    world.app = watched  # type: ignore[assignment]
    if by_program:
        Caller(world).send("DELETE", f"/cases/{case_id}")
    else:
        world.anybody("lan").post(f"/case/{case_id}/out")
    assert happened[-2:] == ["http.response.body", "merged"]


def test_what_was_decided_once_is_not_taken_out_from_the_case_it_was_merged_into(world: World) -> None:
    sent = bring(world, CLAIM)
    other = bring(world, "Huyện Trà Sơn bắt buộc phụ nữ nghỉ việc sau khi sinh con thứ hai từ năm 2026.")
    scored(world)
    one, into, lan = case_at(world, sent).case_id, case_at(world, other).case_id, world.anybody("lan")
    lan.decide(one, "unverifiable", "no_evidence_yet")
    lan.post(f"/decision/{decisions.history(world.db, one)[0].id}/undo")
    lan.get(f"/case/{one}")
    lan.post(f"/case/{one}/merge", into=into)
    assert "/out" not in lan.get(f"/case/{into}").text
    assert lan.post(f"/case/{into}/out").status_code == 409


def test_what_a_crawl_reads_later_at_its_address_is_a_post_of_its_own(world: World) -> None:
    sent = bring(world, CLAIM, ADDRESS)
    unread = bring(world, "Tôi nghĩ việc cấm trẻ em khuyết tật đi học là điều đáng xấu hổ.", f"{ADDRESS}8")
    for address, text in ((ADDRESS, f"Bà con xôn xao. {CLAIM}"), (f"{ADDRESS}8", "Vui lòng đăng nhập để xem tiếp.")):
        assert posts.take_post(world.db, NewPost("song-huong", address, text)) == "new"
    scored(world)
    item = case_at(world, sent)
    assert [post.source for post in reading.case_posts(world.db, item.case_id)] == [BROUGHT, "Báo Sông Hương"]
    assert (item.claim, item.reasons, item.kinds) == (CLAIM, ("BY_HAND",), ("feed",))
    assert case_at(world, unread).posts == 1


def test_a_snapshot_holds_what_a_text_that_was_brought_in_asks_about(world: World) -> None:
    asked, lan = bring(world, f"Mọi người cho hỏi {CLAIM[:-1]}, có đúng không ạ?"), world.anybody("lan")
    scored(world)
    case_id = case_at(world, asked).case_id
    lan.decide(case_id, "false", "contradicted_by_record", "fact:cong-uoc")
    (row,) = [row for row in snapshots.rows(world.db) if row.case == case_id]
    assert (row.text, row.claim) == (CLAIM[:-1], CLAIM[:-1])


def test_an_erasure_of_the_page_it_was_said_to_be_from_takes_it_too(world: World) -> None:
    bring(world, CLAIM)
    elsewhere = f"{ADDRESS}0"
    for page in (elsewhere, ADDRESS, ADDRESS):  # told later, by others
        sent = bring(world, CLAIM, page)
    scored(world)
    item = case_at(world, sent)
    (post,) = reading.case_posts(world.db, item.case_id)
    for page in post.said_at:
        assert page in text_of(world.anybody("lan").get(f"/case/{item.case_id}/post/{post.post_id}"))
        assert [one.case_id for one in desk.listing(world.db, desk.Filters(q=page)).items] == [item.case_id]
    assert post.said_at == (ADDRESS, elsewhere)
    done = CliRunner().invoke(
        app(), ["erase", f"{ADDRESS}/?fbclid=1", "--reason", "chủ bài", "--home", str(world.home.root)]
    )
    assert (done.exit_code, "versions 1," in done.output) == (0, True)
    held = "\n".join(world.db.conn.iterdump())
    assert not any(words in held for words in (CLAIM, ADDRESS))
    assert cases.case(world.db, item.case_id) is None
    for text, url in (
        (CLAIM, ""),
        (f"{CLAIM} Hai.", ADDRESS),
        (f"{CLAIM} Ba.", ADDRESS.replace("https", "http") + "/"),
    ):
        assert bring(world, text, url).status_code == 422


def test_a_backup_brings_no_text_back_that_went_with_its_page(world: World) -> None:
    gone = [erasure.Erasure(posts.url_digest(ADDRESS))]
    for page in (f"{ADDRESS}0", ADDRESS):
        bring(world, CLAIM, page)
    erasure.erase_again(world.db, gone, person="chi")
    assert CLAIM not in "\n".join(world.db.conn.iterdump())


def test_what_a_person_brought_in_was_not_detected_by_a_machine_though_that_reads_it(world: World) -> None:
    evidence.put_passages(world.db, [AGE])
    sent = bring(world, FALSE)
    scored(world)
    item = case_at(world, sent)
    assert len(item.reasons) > 1  # the machine has something to say of it
    world.anybody("lan").decide(item.case_id, "false", "contradicted_by_record", AGE.eid)
    told = answer.brief(world.db, item.case_id, say=words_in("en"))
    assert told is not None
    assert answer.reasons(told, say=words_in("en"), desk=DeskSettings())["automated_detection"] is False


def test_the_world_is_not_told_that_or_from_where_a_claim_was_brought_in(world: World) -> None:
    evidence.put_passages(world.db, [AGE])
    sent = bring(world, FALSE)
    bring(world, FALSE.rstrip(".") + " nhé", ADDRESS)
    posts.take_post(world.db, NewPost("song-huong", "https://song-huong.example/9", FALSE))
    scored(world)
    item, lan = case_at(world, sent), world.anybody("lan")
    lan.decide(item.case_id, "false", "contradicted_by_record", AGE.eid)
    told = answer.brief(world.db, item.case_id, say=words_in("en"))
    assert told is not None
    assert answer.reasons(told, say=words_in("en"), desk=DeskSettings())["automated_detection"] is True  # one was
    review = answer.claim_review(told, say=words_in("en"), desk=DeskSettings())
    assert review["itemReviewed"]["appearance"] == [{"@type": "CreativeWork", "url": "https://song-huong.example/9"}]
    page = lan.get(f"/case/{item.case_id}/brief").text
    assert not [word for word in ("by-hand", "by hand", "đưa vào", ADDRESS) if word in page]


def test_a_text_without_an_address_is_erased_by_the_one_it_is_kept_under(world: World) -> None:
    bring(world, CLAIM)
    scored(world)
    item = case_at(world, bring(world, CLAIM))
    (post,) = cases.posts_of(world.db, item.case_id)
    (url,) = world.db.execute("SELECT url FROM posts WHERE id = ?", [post]).fetchone()
    assert url in world.anybody("lan").get(f"/case/{item.case_id}/post/{post}").text
    assert erasure.erase(world.db, url, person="chi", reason="").versions == 1
    assert bring(world, CLAIM).status_code == 422


def test_a_text_that_could_not_be_read_is_opened_by_choosing_its_sentence(world: World) -> None:
    sent = bring(world, CLAIM)
    number = int(sent.headers["location"].split("/")[2])
    (version,) = posts.versions_of(world.db, number)
    row = ScoreRow(version.id, "2026.1", "other", (), 0.0, False, detail={"failed": "ValueError"})
    scores.add_score(world.db, row, outcome="failed")
    lan = world.anybody("lan")
    assert lan.get(sent.headers["location"]).status_code == 200
    lan.post(sent.headers["location"], claim=CLAIM)
    item = case_at(world, sent)
    assert item.claim == CLAIM
    assert not cases.no_claims(world.db, [item.case_id])  # a person found one


def test_a_program_brings_a_claim_in_by_the_same_call_and_hears_of_its_case_by_it(world: World) -> None:
    lan = Caller(world)
    body = {"text": CLAIM, "url": ADDRESS}
    first, second = lan.post("/cases", body), lan.post("/cases", body)
    assert (first.status_code, second.status_code, first.json()) == (202, 202, second.json())
    scored(world)
    made = lan.post("/cases", body)
    assert (made.status_code, made.json()["opened"]) == (200, False)
    assert lan.send("DELETE", f"/cases/{made.json()['case']}").json() == {"case": made.json()["case"]}
    assert lan.post("/cases", {"text": CLAIM, "url": "ftp://x.example/"}).status_code == 409
    assert Caller(world, "oanh").post("/cases", body).status_code == 403


def test_a_second_claim_of_a_post_whose_case_is_decided_is_brought_in_by_its_words_alone(world: World) -> None:
    evidence.put_passages(world.db, [AGE])
    case = world.cases["children"]
    world.anybody("lan").decide(case, "false", "contradicted_by_record", "fact:an-phu-2024")
    sent = bring(world, FALSE)
    scored(world)
    item = case_at(world, sent)
    assert (item.case_id != case, item.claim, item.state) == (True, FALSE, "new")
