"""A case as its page shows it, and what all pages of the desk have."""

import html
import re
import time

import pytest
from desk_visit import World, text_of
from desk_world import add_post, add_score, beside, open_with, slot

from pipeline.indexing import passage_of
from pipeline.records import EvidenceRow, NewPost, PassageRow, later
from pipeline.store import (
    cases,
    decisions,
    desk,
    evidence,
    holds,
    posts,
    reading,
)

INDEPENDENT, PRIMARY, PARTY = "fact:an-phu-2024", "law:tre-em-11", "news:so-an-phu"


def test_case_marks_the_differing_words_in_claim_and_evidence(world: World) -> None:
    page = world.anybody("lan").get(f"/case/{world.cases['children']}").text
    assert page.count('<mark class="slot">1.200<span class="sr"> (bằng chứng nói khác)</span></mark>') == 2
    assert page.count('<mark class="slot" lang="vi">1.200</mark>') == 1  # beside the passage's own number
    assert '<mark class="slot">12</mark> trẻ em' in page
    said = " ".join(page.split())
    for words in (
        "đã sửa 1 lần",
        "nay không còn truy cập được",
        "<ins>gần</ins>",
        "Tài liệu gốc",
        "Lời của bên liên quan",
    ):
        assert words in said


def test_a_post_shows_its_last_edit_and_any_other_when_asked(world: World) -> None:
    post = add_post(world.db, "kenh-gio-nui", "sua", "Có một em.", title="Xóm núi")
    for title, text in (("Xóm núi", "Có hai em."), ("Xóm biển", "Có hai em.")):
        add_post(world.db, "kenh-gio-nui", "sua", text, title=title)
    cases.join_case(world.db, world.cases["children"], post)
    lan, path = world.anybody("lan"), f"/case/{world.cases['children']}/post/{post}"
    page = lan.get(path).text
    assert "<del>núi</del> <ins>biển</ins>" in page
    assert "<ins>hai</ins>" not in page
    assert 'href="?edit=1#edit-1"' in page
    page = lan.get(path, edit=1).text
    assert "<del>một</del> <ins>hai</ins>" in page
    assert "<ins>biển</ins>" not in page


def test_a_post_that_went_and_came_back_is_not_said_to_be_edited(world: World) -> None:
    post = add_post(world.db, "kenh-gio-nui", "ve", "Có một em.", title="Xóm núi")
    cases.join_case(world.db, world.cases["treaty"], post)
    lan, case = world.anybody("lan"), f"/case/{world.cases['treaty']}"
    for said, edits in (("Có một em.", 0), ("Có hai em.", 1), ("Có hai em.", 1)):
        posts.mark_gone(world.db, "https://kenh-gio-nui.example/ve")
        add_post(world.db, "kenh-gio-nui", "ve", said, title="Xóm núi")
        page = lan.get(case).text
        assert ("đã sửa 1 lần" in page, "<ins>hai</ins>" in page) == (edits == 1, edits == 1)
        for path in (f"{case}/posts", case):
            assert "đã sửa 2 lần" not in lan.get(path).text
    page = lan.get(f"{case}/post/{post}")
    assert text_of(page).count("Bài đã có lại, vẫn như cũ.") == 2
    assert "<del>một</del> <ins>hai</ins>" in page.text


def test_posts_of_a_case_come_in_the_order_they_were_published(world: World) -> None:
    claim, case = "Bến đò Gò Nổi thuê trẻ em.", world.cases["treaty"]
    days = [f"2026-11-{day:02}T05:00:00.000Z" for day in (21, 22, 23)]
    for n, day in enumerate(reversed(days)):  # a timeline lists the newest first
        cases.join_case(world.db, case, add_post(world.db, "kenh-gio-nui", f"ben-{n}", claim, published=day))
    assert [post.published for post in reading.case_posts(world.db, case)][1:] == days


def test_a_decided_case_is_read_as_it_was_judged_whatever_became_of_its_post(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    time.sleep(0.01)
    post = add_post(world.db, "tin-mien-bien", "cong-uoc", "Trẻ em bị cấm đến trường.", title="Mười năm một công ước")
    other = add_score(world.db, post, "Trẻ em bị cấm đến trường.", reasons=("CONTRADICTS_EVIDENCE",))
    cases.open_case(world.db, post, claim="Trẻ em bị cấm đến trường.", score_id=other)
    for state in ("decided", "reopened"):
        said = text_of(lan.get(f"/case/{case}"))
        assert cases.case(world.db, case).state == state  # type: ignore[union-attr]
        assert "Nói khác" in said
        assert "Đã được sửa sau đó; trước khi sửa, bài viết:" in said
        assert "Những bài nói điều này 0 bài Không còn bài nào" in said
        assert "Chưa có mô hình nào đọc vụ này" not in said
        if state == "decided":
            decisions.reopen(world.db, case, person="lan", note="")


def test_a_case_is_named_by_its_claim_in_its_tab_and_not_where_that_is_folded(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    named = "Công ước về quyền của người khuyết tật được phê chuẩn"
    assert f"<title>Vụ {case}: {named}" in lan.get(f"/case/{case}").text
    claim = "Họ đánh đập, tra tấn, giết người man rợ ở Gò Nổi."
    post = add_post(world.db, "song-huong", "man-ro", claim)
    harsh = open_with(world.db, post, add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    lan.post("/account/prefs", fold="graphic")
    assert f"<title>Vụ {harsh} · Soi</title>" in lan.get(f"/case/{harsh}").text


def test_a_claim_that_begins_in_the_title_of_its_post_has_one_place_to_lead_to(world: World) -> None:
    lan, title, goes_on = world.anybody("lan"), "Gò Nổi mở lớp đêm", "cho 40 em nghỉ học."
    post = add_post(world.db, "song-huong", "lop-dem", goes_on, title=title)
    claim = posts.versions_of(world.db, post)[-1].reading
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    page = lan.get(f"/case/{case}/post/{post}").text
    assert page.count('class="the-claim"') == 2
    assert page.count('id="claim"') == 1


def test_the_post_stands_right_after_what_speaks_to_the_claim_and_before_what_may_only_be_related(
    world: World,
) -> None:
    lan = world.anybody("lan")

    def order(name: str) -> list[str]:
        page = lan.get(f"/case/{world.cases[name]}").text
        return re.findall(r'id="(passage-\d+|post-title|evidence-title|related-title)"', page)

    assert order("detention") == ["evidence-title", "passage-1", "post-title", "related-title", "passage-2"]
    assert order("treaty") == ["evidence-title", "passage-1", "post-title"]
    assert order("spreading") == ["post-title", "evidence-title"]
    lan.post(f"/case/{world.cases['spreading']}/evidence", eid="law:tre-em-11")  # put there by hand
    assert order("spreading") == ["evidence-title", "passage-1", "post-title"]


def test_a_claim_that_differs_in_a_capital_or_its_full_stop_is_the_same_and_marked(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    claim = cases.case(world.db, case).claim  # type: ignore[union-attr]
    for other, same in ((claim[0].lower() + claim[1:-1], True), (claim.replace("phê chuẩn", "ký"), False)):
        with world.db.atomic():
            world.db.conn.execute("UPDATE cases SET claim = ? WHERE id = ?", [other, case])
        page = lan.get(f"/case/{case}").text
        assert ("không phải câu ở trên" in page) != same
        heading = page.partition("<h1")[2].partition("</h1>")[0]
        assert ('<mark class="slot">năm 2020<' in heading) == same


def test_words_that_carry_the_claim_are_marked_in_it_and_in_its_post_and_listed_for_who_sees_no_marks(
    world: World,
) -> None:
    claim = "Ở Gò Nổi có 7 trẻ em bị tạm giữ mà không được gặp mẹ."
    told = [[claim.find(word), claim.find(word) + len(word)] for word in ("trẻ em", "tạm giữ", "không được gặp")]
    post = add_post(world.db, "kenh-gio-nui", "tre", f"Mới nghe. {claim} Xót quá.")
    score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), detail={"telling": told})
    page = world.anybody("lan").get(f"/case/{open_with(world.db, post, score, claim)}")
    for word in ("trẻ em", "tạm giữ", "không được gặp"):
        assert page.text.count(f'<mark class="tells">{word}</mark>') == 2
    assert "Các từ chính của khẳng định: trẻ em, tạm giữ, không được gặp." in text_of(page)
    # a score from before such words were kept still has its numbers marked, unless evidence differs there
    assert '<mark class="tells">2024</mark>' in world.anybody("lan").get(f"/case/{world.cases['children']}").text


def test_verdicts_on_like_words_come_before_those_that_rest_on_the_same_evidence(world: World) -> None:
    lan, case, made = world.anybody("lan"), world.cases["children"], {}
    for name, claim in (
        ("same", "Xưởng gạch An Phú không có em nào bỏ học."),
        ("party", "Sở Lao động nói thật."),
        ("words", "Năm 2023 có 1.200 trẻ em ở tỉnh An Phú phải nghỉ học để đi làm ở xưởng gạch."),
    ):
        post = add_post(world.db, "song-huong", name, claim)
        made[name] = open_with(world.db, post, add_score(world.db, post, claim, reasons=("AUDIT",)), claim)
    cases.set_bands(world.db, cases.posts_of(world.db, made["words"])[0], [11])
    lan.decide(made["same"], "false", "contradicted_by_record", "fact:an-phu-2024")
    lan.decide(made["party"], "true", "confirmed_by_record", "news:so-an-phu", "fact:cong-uoc")
    lan.decide(made["words"], "misleading", "wrong_number", "fact:tam-giu")
    told = reading.telling(world.db, case)
    assert told

    def found() -> list[int]:
        beside = reading.evidence_for(world.db, case, score_id=told.score_id)
        return [one.case_id for one in reading.like(world.db, case, beside) if one.state == "decided"]

    assert found() == [made["words"], made["same"]]
    page = lan.get(f"/case/{case}").text
    assert 0 < page.index(f'"/case/{made["words"]}"') < page.index(f'"/case/{made["same"]}"')
    evidence.add_to_case(world.db, case, "fact:cong-uoc", person="lan")
    assert found() == [made["words"], made["party"], made["same"]]
    for n in range(11):
        claim = f"Xưởng gạch thứ {n} không có em nào bỏ học."
        post = add_post(world.db, "song-huong", f"them-{n}", claim)
        more = open_with(world.db, post, add_score(world.db, post, claim, reasons=("AUDIT",)), claim)
        lan.decide(more, "false", "contradicted_by_record", "fact:an-phu-2024")
        made[str(n)] = more
    assert found() == [made["words"], *(made[str(n)] for n in range(10, 1, -1))]
    for n in range(11):
        decisions.undo(world.db, decisions.history(world.db, made[str(n)])[0].id, person="lan")
    assert found() == [made["words"], made["party"], made["same"]]
    decisions.undo(world.db, decisions.history(world.db, made["same"])[0].id, person="lan")
    assert found() == [made["words"], made["party"]]


@pytest.mark.parametrize("kind", ["claim", "testimony"])
def test_verdicts_that_rest_on_the_passage_nearest_to_a_claim_are_told_whatever_it_says_of_that(
    world: World, kind: str
) -> None:
    lan, said = world.anybody("lan"), "Bị tạm giữ thì tối đa ba ngày, gia hạn thêm hai lần."
    post = add_post(world.db, "song-huong", "ba-ngay", said)
    found = (beside("fact:tam-giu", p=0.3), beside("law:tre-em-11", p=0.2))
    case = open_with(world.db, post, add_score(world.db, post, said, reasons=(), found=found, kind=kind), said)
    lan.decide(world.cases["detention"], "false", "contradicted_by_record", "fact:tam-giu")
    lan.decide(world.cases["children"], "false", "contradicted_by_record", "law:tre-em-11")
    page = lan.get(f"/case/{case}").text
    assert (f'"/case/{world.cases["detention"]}"' in page) == (kind == "claim")
    assert f'"/case/{world.cases["children"]}"' not in page


def test_evidence_that_was_laid_beside_another_wording_says_beside_which(world: World) -> None:
    lan, kept, other = world.anybody("lan"), world.cases["party"], "Ở Gò Nổi có 7 trẻ em bị tạm giữ."
    said = "Được đối chiếu với khẳng định theo câu chữ của bài viết"
    assert said not in text_of(lan.get(f"/case/{kept}"))
    post = add_post(world.db, "song-huong", "tam-giu-7", other)
    mixed = open_with(world.db, post, add_score(world.db, post, other, reasons=("CONTRADICTS_EVIDENCE",)), other)
    lan.post(f"/case/{mixed}/merge", into=str(kept))
    shown = text_of(lan.get(f"/case/{kept}"))
    assert f"{said}, không phải câu ở trên: {other}" in shown


def test_a_model_that_read_a_text_twice_is_named_once_with_what_it_said_last(world: World) -> None:
    claim = "Ở Gò Nổi có 7 trẻ em bị tạm giữ."
    post = add_post(world.db, "song-huong", "tam-giu-7", claim)
    first = add_score(world.db, post, claim, reasons=("UNSUPPORTED_SPREADING",), p=0.21)
    case = open_with(world.db, post, first, claim)
    add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), p=0.93)
    raw = text_of(world.anybody("lan").get(f"/case/{case}"))
    assert re.findall(r"2026\.1: (\S+)", raw) == ["0,93"]


@pytest.mark.parametrize("where", ["title", "lead", "text"])
def test_the_claim_is_marked_where_it_stands_in_title_lead_or_text(world: World, where: str) -> None:
    claim = "Ở Gò Nổi có 7 trẻ em bị tạm giữ."
    told = [[claim.index("tạm giữ"), claim.index("tạm giữ") + len("tạm giữ")]]
    parts = {"title": "Chuyện ở bến đò", "lead": "Nghe từ chiều.", "text": "Trời mưa. Đò đông người.", where: claim}
    url = "https://kenh-gio-nui.example/ben-do"
    posts.take_post(world.db, NewPost("kenh-gio-nui", url, published="2026-11-20T08:00:00.000Z", **parts))
    post = posts.post_by(world.db, url).post_id  # type: ignore[union-attr]
    score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), detail={"telling": told})
    lan, case = world.anybody("lan"), open_with(world.db, post, score, claim)
    page = lan.get(f"/case/{case}").text.partition('id="post-title"')[2].partition("</section>")[0]
    shown = claim.replace("tạm giữ", '<mark class="tells">tạm giữ</mark>')
    begin, end = (f'<span class="sr">{said}</span>' for said in ("(bắt đầu khẳng định) ", " (hết khẳng định)"))
    assert f'<mark class="the-claim">{begin}{shown}{end}</mark>' in page
    title = re.search(r'<p class="headline"[^>]*>(.*?)</p>', page)
    assert title
    assert ("the-claim" in title[1]) == (where == "title")
    assert _seen(title[1]) == parts["title"]
    full = lan.get(f"/case/{case}/post/{post}").text
    for words in parts.values():
        assert words in _seen(page)
        assert words in _seen(full)
    assert f'href="/case/{case}/post/{post}#claim"' in lan.get(f"/case/{case}").text
    assert full.count(f'<mark class="the-claim" id="claim">{begin}{claim}{end}</mark>') == 1


def _seen(page: str) -> str:
    """What is to be seen of a piece of a page: without its tags, and what is only read aloud."""
    return html.unescape(re.sub("<[^>]+>", "", re.sub('<span class="sr">[^<]*</span>', "", page)))


@pytest.mark.parametrize("where", [0, 19_980, 45_000])
def test_a_long_post_opens_at_the_part_that_holds_the_claim(world: World, where: int) -> None:
    claim, filling = "Ở Gò Nổi có 7 trẻ em bị tạm giữ.", "Chợ sớm đông người. " * 3_000
    post = add_post(world.db, "kenh-gio-nui", "dai", f"{filling[:where]}{claim} {filling[where:]}", title="Chợ sớm")
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    lan, path, part = world.anybody("lan"), f"/case/{case}/post/{post}", where // 20_000
    assert f"Phần {part + 1} trên 4" in text_of(lan.get(path))
    marks = [re.findall('<mark class="the-claim" id="claim">.*?</mark>', lan.get(path, part=n).text) for n in range(4)]
    assert "".join(_seen(mark) for found in marks for mark in found) == claim
    assert f'href="?part={part}#claim"' in lan.get(path, part=3).text
    lan.post("/account/prefs", fold="all")
    assert 'id="claim"' not in lan.get(path).text  # a link to it would unfold what somebody folded


def test_a_part_that_a_post_does_not_reach_any_more_is_its_last_one(world: World) -> None:
    post = add_post(world.db, "kenh-gio-nui", "dai", f"{'Chợ sớm đông người. ' * 1_500}Hết chợ.")
    case = open_with(world.db, post, add_score(world.db, post, "Hết chợ.", reasons=("AUDIT",)), "Hết chợ.")
    said = text_of(world.anybody("lan").get(f"/case/{case}/post/{post}", part=9))
    assert "Phần 2 trên 2" in said
    assert "Hết chợ." in said


def test_a_post_is_marked_where_its_own_words_make_the_claim_of_the_case(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    other = "Ở An Phú 1.200 em bỏ học đi làm gạch."
    post = add_post(world.db, "song-huong", "khac", f"Nghe kể. {other} Thương.")
    add_score(world.db, post, other, reasons=("CONTRADICTS_EVIDENCE",))
    cases.join_case(world.db, case, post)
    path = f"/case/{case}/post/{post}"
    assert f'id="claim"><span class="sr">(bắt đầu khẳng định) </span>{other}<' in lan.get(path).text
    add_post(world.db, "song-huong", "khac", "Nghe kể chuyện khác rồi.")  # not scored yet
    assert "the-claim" not in lan.get(path).text


def test_a_passage_is_marked_where_it_differs_though_its_title_was_read_before_it(world: World) -> None:
    from pipeline.store import evidence

    row = PassageRow(
        "news:lop", "Lớp có 12 em.", "Báo Sông Hương", "independent", kind="news", title="Lớp học bên sông"
    )
    evidence.put_passages(world.db, [row])
    claim, at = "Lớp học bên sông có 90 em.", passage_of(row).text.index("12 em")
    slot = {
        "kind": "number",
        "claim_text": "90 em",
        "evidence_text": "12 em",
        "claim": [20, 25],
        "evidence": [at, at + 5],
    }
    post = add_post(world.db, "kenh-gio-nui", "lop", claim)
    found = (EvidenceRow("news:lop", "contradicts", 0.9, role="independent", slot="number", slots=(slot,)),)
    score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), found=found)
    page = world.anybody("lan").get(f"/case/{open_with(world.db, post, score, claim)}").text
    assert 'Lớp học bên sông\nLớp có <mark class="slot">12 em</mark>.</blockquote>' in page


@pytest.mark.parametrize(("verdict", "reason"), [("false", "fabricated"), ("true", "confirmed_by_record")])
def test_verdict_on_truth_is_blocked_without_evidence_and_by_a_partys_word_alone(
    world: World, verdict: str, reason: str
) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    for named in ((), (PARTY,)):
        answer = lan.decide(case, verdict, reason, *named, note="Ghi chú còn nguyên")
        assert answer.status_code == 422
        assert "cần ít nhất một đoạn trích không phải lời của bên liên quan" in text_of(answer)
        assert "Ghi chú còn nguyên" in answer.text
    assert decisions.history(world.db, case) == []


def test_others_see_people_by_the_name_to_show(world: World) -> None:
    for name, shown in (("lan", "Lan Anh <b>"), ("tuan", "Tuấn Kiệt")):
        world.db["users"].update(name, {"display": shown})
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"]
    page = lan.get(f"/case/{case}")
    assert '<option value="tuan">Tuấn Kiệt</option>' in page.text
    told = [tuan.get(f"/case/{case}"), tuan.get("/"), tuan.post(f"/case/{case}/hand"), tuan.decide(case, "", "")]
    for page, words in zip(told, ("đang giữ vụ này", "đang đọc", "đang giữ vụ này", "đang giữ vụ này"), strict=True):
        assert f"Lan Anh <b> {words}" in text_of(page).replace("&lt;b&gt;", "<b>")
    gone = lan.post(f"/case/{case}/hand", to="tuan").headers["location"]
    for path, words in (
        (gone, "Đã chuyển cho Tuấn Kiệt"),
        ("/mine", "chờ Tuấn Kiệt"),
        (f"/case/{case}", "không chuyển cho Tuấn Kiệt nữa"),
    ):
        assert words in text_of(lan.get(path))
    tuan.decide(case, "unverifiable", "no_evidence_yet")
    for path in (f"/case/{case}", "/?state=decided"):
        assert "Tuấn Kiệt, vừa xong" in text_of(lan.get(path))
    assert '<span class="who no-print">Tuấn Kiệt</span>' in lan.get(f"/case/{case}").text


def test_refusals_say_what_is_the_matter(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"]
    lan.get(f"/case/{case}")
    assert "lan đang giữ vụ này" in text_of(tuan.post(f"/case/{case}/hand"))
    for number in ("999", "không phải số", f"#{case}"):
        refused = lan.post(f"/case/{case}/merge", into=number)
        assert "Không có vụ nào khác như thế" in text_of(refused)
        assert f'<a href="/case/{case}">Về lại vụ</a>' in refused.text
    assert "ít nhất một bài nhưng không phải tất cả" in text_of(lan.post(f"/case/{case}/split"))
    lan.decide(case, "unverifiable", "no_evidence_yet")
    made = decisions.history(world.db, case)[0].id
    assert lan.post(f"/decision/{made}/undo").status_code == 303
    assert "đã được rút lại từ trước" in text_of(lan.post(f"/decision/{made}/undo"))
    bad = {"text": "Có mười hai em.", "source": "Báo", "role": "primary", "date": "2026-13-01"}
    assert "năm-tháng-ngày, như 2026-11-25" in text_of(lan.post(f"/case/{case}/evidence", **bad))


def test_what_is_not_there_under_a_case_leads_back_to_the_case(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    back = f'<a href="/case/{case}">Về lại vụ</a>'
    for page in ("brief", "claimreview.json", "reasons.json", "post/999"):
        found = lan.get(f"/case/{case}/{page}")
        assert (found.status_code, back in found.text) == (404, True)
    away = lan.post(f"/case/{case}/evidence/unlink", eid="fact:tam-giu")
    assert (away.status_code, back in away.text) == (404, True)
    for page in ("999", "999/brief", "abc/brief"):
        found = lan.get(f"/case/{page}")
        assert (found.status_code, "Về lại vụ" in found.text) == (404, False)
    assert "Về lại vụ" not in world.anybody().get(f"/case/{case}/nothing").text


def test_changing_the_language_keeps_the_filters(world: World) -> None:
    page = world.anybody("lan").get("/", right="CRC", q='"><script>').text
    assert 'name="back" value="/?right=CRC&amp;q=%22%3E%3Cscript%3E"' in page


def test_care_folds_the_post_and_only_texts_with_violent_words_when_asked(world: World) -> None:
    lan = world.anybody("lan")
    claim = "Anh Kha bị đánh đập ở đồn."
    post = add_post(world.db, "kenh-gio-nui", "don", f"{claim} Thấy vũng máu.")
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    lan.post("/account/prefs", fold="graphic")
    assert "có lời bạo lực hoặc xúc phạm, thu gọn theo lựa chọn của bạn" in lan.get(f"/case/{case}").text
    assert "thu gọn theo lựa chọn của bạn" in lan.get(f"/case/{case}/post/{post}").text
    assert "thu gọn" not in lan.get(f"/case/{world.cases['children']}").text
    lan.get(f"/case/{case}")
    for path in ("/", f"/case/{case}/posts", f"/case/{case}/evidence"):  # a line of a list isn't shown either
        assert "đánh đập" not in lan.get(path).text
        assert "thu gọn theo lựa chọn của bạn" in lan.get(path).text
    assert f"<h1>Vụ {case}</h1>" in lan.get(f"/case/{case}").text
    assert f"{claim}</p></details>" in lan.get(f"/case/{case}").text
    lan.post("/account/prefs", fold="all")
    all_folded = lan.get(f"/case/{world.cases['children']}").text
    assert all_folded.count("thu gọn theo lựa chọn của bạn") == 4  # three passages, the post
    lan.post("/account/prefs", fold="")
    assert "thu gọn" not in lan.get(f"/case/{case}").text


def _unfolded(page: str) -> str:
    return re.sub(r'<details class="folded">.*?</details>', "", page, flags=re.DOTALL)


@pytest.mark.parametrize("fold", ["graphic", "all"])
def test_care_folds_what_an_edit_changed_and_what_differs(world: World, fold: str) -> None:
    lan, said = world.anybody("lan"), "bị đánh chết"
    claim, text = "Ông Lê Văn B qua đời vì bệnh tim ở đồn.", f"Ông Lê Văn B {said} ở đồn, theo biên bản."
    evidence.put_passages(world.db, [PassageRow("x:9", text, "Toà án An Phú", "primary", date="2025-01-01")])
    slots = ({**slot("actor", claim, "qua đời vì bệnh tim", text, said)},)
    found = (EvidenceRow("x:9", "contradicts", 0.9, role="primary", slot="actor", slots=slots),)
    post = add_post(world.db, "song-huong", "b1", f"{claim} Nhiều người hỏi.", title="Vụ ông B")
    score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), found=found)
    case = open_with(world.db, post, score, claim)
    add_post(world.db, "song-huong", "b1", f"{claim} Nhiều người hỏi. Có người nói ông {said}.", title="Vụ ông B")
    lan.post("/account/prefs", fold=fold)
    for path in (f"/case/{case}", f"/case/{case}/post/{post}"):
        page = lan.get(path).text
        assert said in page
        shown = _unfolded(page)
        shown = re.sub(r"<details><summary>Lần sửa.*?</details>", "", shown) if fold == "all" else shown
        assert said not in shown
    assert "<summary>Chủ thể</summary>" in lan.get(f"/case/{case}").text


def test_care_folds_words_of_violence_in_what_the_desk_says_itself_and_nothing_else_of_it(world: World) -> None:
    lan, said = world.anybody("lan"), "bị đánh chết"
    text = f"Thư viện xã mở thêm phòng đọc ở An Phú. Hôm sau ông B {said} bên sông."
    post = add_post(world.db, "song-huong", "b2", text, title="Tin xã")
    add_score(world.db, post, f"Hôm sau ông B {said} bên sông.", reasons=())
    claim = "Thư viện xã mở thêm phòng đọc ở An Phú."
    case = cases.open_case(world.db, post, claim=claim, score_id=None, person="lan", by_hand=True)
    lan.post(f"/case/{case}/note", note=f"Hỏi vì sao ông {said}.")
    told = {name: f"Biên bản nói ông {said}, {name}." for name in ("wording", "explanation", "note")}
    lan.decide(case, "unverifiable", "not_public", **told)
    lan.post("/account/prefs", fold="graphic")
    for path in (f"/case/{case}", f"/case/{case}/brief"):
        page = lan.get(path).text
        assert f"{said}, explanation." in page
        assert said not in _unfolded(page)
    lan.post("/account/prefs", fold="all")
    assert "Mô hình đã đọc một câu khác" not in _unfolded(lan.get(f"/case/{case}").text)  # a post's words
    assert f"{said}, explanation." in _unfolded(lan.get(f"/case/{case}").text)  # neither a passage nor a post


def test_care_folds_the_word_of_a_hand_over_and_a_colleagues_words_that_are_filled_in(world: World) -> None:
    lan, tuan, said = world.anybody("lan"), world.anybody("tuan"), "bị đánh chết"
    told = {name: f"Biên bản nói ông {said}, {name}." for name in ("wording", "explanation")}
    handed, case = world.cases["party"], world.cases["treaty"]
    lan.get(f"/case/{handed}")
    lan.post(f"/case/{handed}/hand", to="tuan", word=f"Có ảnh người {said}.")
    lan.decide(case, "unverifiable", "not_public", **told)
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.post(f"/case/{case}/release")
    for visitor in (lan, tuan):
        visitor.post("/account/prefs", fold="graphic")
    pages = [lan.get("/mine"), *map(tuan.get, ("/", "/mine", f"/case/{handed}", f"/case/{case}"))]
    assert [said in _unfolded(page.text) for page in pages] == [False] * len(pages)
    assert all(words in pages[-1].text for words in told.values())
    tuan.get("/")
    assert said in lan.get(f"/case/{case}").text.partition('name="wording"')[2]
    assert told["wording"] in _unfolded(lan.get(f"/case/{case}").text)  # one's own stay open to be written on
    tuan.post("/account/prefs", fold="")
    assert f'<q lang="vi" dir="ltr">Có ảnh người {said}.</q>' in tuan.get("/").text


def test_english_is_one_button_away_and_stays(world: World) -> None:
    lan = world.anybody("lan")
    assert lan.get("/").text.startswith('<!doctype html>\n<html lang="vi"')
    lan.client.post("/language", data={"to": "en", "back": "/mine"})
    said = text_of(lan.get("/"))
    assert "Very likely false · Evidence says otherwise about the number 4 posts in 4 sources" in said
    assert '<html lang="en"' in world.anybody("lan").get("/").text


def test_care_folds_passages_and_stops_at_the_days_limit(world: World) -> None:
    lan = world.anybody("lan")
    lan.post("/account/prefs", fold="all", limit="1", break_minutes="50")
    page = lan.get(f"/case/{world.cases['children']}").text
    assert "thu gọn theo lựa chọn của bạn" in page
    assert 'data-break="50"' in page
    gone = lan.decide(world.cases["children"], "unverifiable", "no_evidence_yet")
    assert gone.headers["location"].startswith("/?done=")
    assert "giới hạn tự đặt cho hôm nay" in text_of(lan.get(gone.headers["location"]))


def test_a_slip_put_right_counts_once_toward_the_days_limit(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    lan.post("/account/prefs", limit="2")
    for verdict, reason in (("unverifiable", "no_evidence_yet"), ("unverifiable", "not_public"), ("opinion", "view")):
        gone = lan.decide(case, verdict, reason)
        assert gone.headers["location"].startswith("/case/")
        lan.post(f"/decision/{decisions.history(world.db, case)[-1].id}/undo")
    lan.decide(case, "opinion", "view")
    assert decisions.made_since(world.db, "lan", later(hours=-1)) == 1
    assert "Hôm nay đã kết luận 1 vụ; giới hạn bạn tự đặt là 2." in text_of(lan.get("/mine"))
    assert "giới hạn bạn tự đặt" not in text_of(world.anybody("tuan").get("/mine"))
    gone = lan.decide(world.cases["audit"], "not_rights", "other_topic")
    assert "giới hạn tự đặt cho hôm nay" in text_of(lan.get(gone.headers["location"]))


def test_practice_goes_on_after_a_refusal_and_no_way_from_it_leads_to_the_verdict(world: World) -> None:
    minh, lan, case = world.anybody("minh"), world.anybody("lan"), world.cases["children"]
    minh.decide(case, "misleading", "wrong_number", INDEPENDENT)
    minh.post(f"/case/{case}/golden", on="1")
    page = lan.get(f"/case/{case}?practice=1")
    assert not any(words in page.text for words in (f'href="/case/{case}/evidence"', f'action="/case/{case}/draft'))
    assert "Áp dụng cho mọi bài trong vụ" not in text_of(page)
    sent = re.search(r'<form id="decide" method="post" action="([^"]+)"', page.text)
    assert sent
    refused = lan.post(sent[1], verdict="misleading", seen=str(decisions.last_event(world.db, case)))
    assert refused.status_code == 422
    (back,) = set(re.findall(r'name="back" value="([^"]+)"', refused.text))
    ways = re.findall(rf'href="(/case/{case}[/?][^"]*)"', page.text)
    from_post = {way for post in ways for way in re.findall(rf'href="(/case/{case}[^"/]*)"', lan.get(post).text)}
    stale = lan.client.post(sent[1], data={"seal": "x"})
    assert f'href="/case/{case}?practice=1"' in stale.text
    assert from_post == {f"/case/{case}?practice=1"}
    for again in (sent[1], back, *from_post):
        shown = lan.get(again)
        assert ('id="decide"' in shown.text, "minh" in text_of(shown)) == (True, False), again
    lan.client.cookies.clear()
    ended = lan.client.post(sent[1], data={"seal": "x"})
    assert f'name="target" value="/case/{case}?practice=1"' in ended.text


def test_who_only_reads_has_no_empty_part_of_the_page_for_a_verdict(world: World) -> None:
    oanh, case = world.anybody("oanh"), world.cases["audit"]
    assert "<aside" not in oanh.get(f"/case/{case}").text
    world.anybody("lan").decide(case, "opinion", "view")
    assert "<aside" in oanh.get(f"/case/{case}").text


def test_what_somebody_had_filled_in_is_shown_to_be_copied_when_their_role_gives_no_verdicts_any_more(
    world: World,
) -> None:
    lan, case = world.anybody("lan"), world.cases["audit"]
    wrote = {"wording": "Viết lại.", "explanation": "Lời giải thích.", "note": "Hỏi chị Hạnh."}
    lan.post(f"/case/{case}/draft", quiet="1", **wrote)
    with world.db.atomic():
        world.db.conn.execute("UPDATE users SET role = 'operator' WHERE name = 'lan'")
    shown = world.anybody("lan").get(f"/case/{case}").text
    assert [f"{said}</textarea>" in shown for said in wrote.values()] == [True] * 3
    assert '<form id="decide"' not in shown


def test_whoever_gave_the_verdict_of_a_reopened_case_is_asked_before_giving_the_new_one(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["spreading"]
    told = "nên để một người khác xem xét"
    lan.decide(case, "unverifiable", "no_evidence_yet")
    lan.post(f"/decision/{decisions.history(world.db, case)[-1].id}/undo")
    assert lan.decide(case, "opinion", "view", sure="").status_code == 303  # a slip is put right unasked
    lan.post(f"/case/{case}/reopen", changed="Bạn đọc gửi văn bản mới")
    asked = lan.decide(case, "unverifiable", "not_public", sure="")
    assert (asked.status_code, told in text_of(asked), "Vẫn lưu kết luận" in text_of(asked)) == (422, True, True)
    holds.release(world.db, case)
    assert tuan.decide(case, "unverifiable", "not_public", sure="").status_code == 303
    tuan.post(f"/case/{case}/reopen", changed="Có văn bản khác")
    assert lan.decide(case, "opinion", "view", sure="").status_code == 303  # the last verdict wasn't theirs
    lan.post(f"/case/{case}/reopen", changed="Lại có văn bản khác")
    assert lan.decide(case, "opinion", "satire").status_code == 303  # asked, and sure


@pytest.mark.parametrize("kind", ["opinion", "question", "other", "claim"])
def test_a_verdict_on_truth_of_a_drawn_post_that_is_read_as_no_claim_is_asked_for_once_more(
    world: World, kind: str
) -> None:
    told, lan = "Theo tôi thư viện xã Gò Nổi nên mở cửa cả ngày chủ nhật.", world.anybody("lan")
    post = add_post(world.db, "song-huong", "chu-nhat", told)
    number = add_score(world.db, post, told, reasons=("AUDIT",), p=0.05, kind=kind, found=(beside(PRIMARY),))
    case = open_with(world.db, post, number, told)
    hint = "chỉ kết luận đúng, sai hay gây hiểu lầm về điều kiểm chứng được"
    for page in (lan.get(f"/case/{case}"), lan.get("/", lane="audit")):  # the sample is read without a hint
        assert not any(words in text_of(page) for words in (hint, "Máy không đọc ra khẳng định nào"))
    answer = lan.decide(case, "false", "fabricated", INDEPENDENT, PRIMARY, sure="")
    assert (answer.status_code, hint in text_of(answer)) == ((303, False) if kind == "claim" else (422, True))
    if kind == "opinion":
        assert lan.decide(case, "opinion", "view", sure="").status_code == 303  # what it is read as, unasked


def test_a_drawn_post_is_read_without_anything_of_what_the_machine_makes_of_it(world: World) -> None:
    """Whether its score and evidence speak against it or for it, page and answer are the same, and so is its place."""
    lan, told, seen = world.anybody("lan"), "Thư viện xã Gò Nổi mở cửa cả ngày chủ nhật.", []
    for n, (p, relation, eids) in enumerate([
        (0.97, "contradicts", (PRIMARY, INDEPENDENT)), (0.02, "supports", (INDEPENDENT, PRIMARY)),
    ]):  # fmt: skip
        post = add_post(world.db, "song-huong", f"chu-nhat-{n}", told)
        found = tuple(beside(eid, relation) for eid in eids)
        case = open_with(world.db, post, add_score(world.db, post, told, reasons=("AUDIT",), p=p, found=found), told)
        page = re.search(r'(?s)<section aria-labelledby="evidence-title">.*?</section>', lan.get(f"/case/{case}").text)
        assert "Con số đằng sau nhận định" not in text_of(lan.get(f"/case/{case}"))
        item = desk.listing(world.db, desk.Filters(lane="audit")).items
        seen.append((page[0].replace(f"/case/{case}", ""), {one.priority for one in item if one.case_id == case}))
    assert seen[0] == seen[1]
    lan.decide(case, "unverifiable", "not_public")
    assert cases.case(world.db, case).p_refuted == 0.02  # told once it is decided


def test_every_post_of_a_large_case_can_be_reached(world: World) -> None:
    case = world.cases["children"]
    page = text_of(world.anybody("lan").get(f"/case/{case}/posts"))
    for source in ("Báo Sông Hương", "Diễn đàn Bến Sông", "Kênh Gió Núi", "Tin Miền Biển"):
        assert source in page


def test_a_post_that_came_long_ago_is_not_said_to_have_just_come_when_its_case_is_reopened(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "opinion", "view")
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    for path in (f"/case/{case}", "/?state=reopened"):
        said = text_of(lan.get(path))
        assert ("chờ chưa đến một phút" in said, "vừa đến" in said) == (True, False)


def test_a_decided_case_leads_with_the_verdict_of_a_person(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "true", "confirmed_by_record", "fact:cong-uoc")
    said = text_of(lan.get(f"/case/{case}"))
    assert "Khả năng sai rất cao" not in said
    queue = lan.get("/?state=decided")
    assert "Đúng · lan, vừa xong" in text_of(queue)
    for words in ("Khả năng sai rất cao", "chờ chưa đến một phút", "Vụ chờ lâu nhất"):
        assert words not in text_of(queue)
    assert 'id="take-next"' not in queue.text  # what it would hand out isn't what the page shows


def test_each_tick_says_which_passage_it_is_for(world: World) -> None:
    said = text_of(world.anybody("lan").get(f"/case/{world.cases['children']}"))
    assert "Dùng làm căn cứ: 1, Tổ chức Mái Hiên" in said
    assert "Dùng làm căn cứ: 2, Luật Lao động An Phú, Điều 11" in said


def test_a_long_claim_is_cut_between_words_and_unfolds(world: World) -> None:
    claim = "Xưởng gạch Bến Sông nhận 12 trẻ em mà không hỏi nhà trường, " * 30
    post = add_post(world.db, "kenh-gio-nui", "dai", claim)
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("AUDIT",)), claim.strip())
    page = world.anybody("lan").get(f"/case/{case}").text
    shown = re.search(r'<h1 class="claim long"[^>]*>(.*?) …</h1>', page, re.DOTALL)
    assert shown
    first = re.sub("<[^>]+>", "", shown[1])
    assert claim.startswith(first)
    assert claim[len(first)] == " "
    assert page.partition("Toàn bộ khẳng định")[2].partition("</details>")[0].count("Xưởng gạch Bến Sông") == 30


def test_head_is_answered_as_get_is_without_the_page(world: World) -> None:
    lan = world.anybody("lan")
    for path in ("/", "/corrections.atom", "/static/desk.css", "/api/v1/cases", "/nowhere"):
        got, head = lan.client.get(path), lan.client.head(path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.headers["cache-control"] == got.headers["cache-control"]
    assert world.anybody().client.head("/corrections.atom").status_code == 401
    assert lan.client.head("/login/once?token=x").status_code == 200
    assert lan.client.head("/logout").status_code == 405


def test_the_address_of_a_form_opened_as_a_page_leads_to_where_the_form_is(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    for path, there in {
        f"/case/{case}/decide": f"/case/{case}", f"/case/{case}/hold?practice=1": f"/case/{case}?practice=1",
        "/account/token/revoke": "/account", "/next": "/", "/views": "/", "/decision/1/undo": "/",
        "/move/1/undo": "/", "/posts/1/out": "/posts/1/case",
    }.items():  # fmt: skip
        answer = lan.client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, there)
    chi = world.anybody("chi").client.get("/people/lock", follow_redirects=False)
    assert (chi.status_code, chi.headers["location"]) == (303, "/people")
    assert lan.client.get("/api/v1/next").status_code == 405


@pytest.mark.parametrize(
    "asked", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}]
)
def test_no_other_site_and_nothing_fetched_ahead_takes_a_case_in_hand_or_leaves_one(
    world: World, asked: dict[str, str]
) -> None:
    lan, tuan = world.anybody("lan"), world.anybody("tuan")
    first, second = (item.case_id for item in cases.queue(world.db)[:2])
    lan.get(f"/case/{first}")
    for path in ("/", f"/case/{second}"):
        assert lan.client.get(path, headers=asked).status_code == 200
        assert [hold.case_id for hold in holds.held_by(world.db, "lan")] == [first]
    offered = lan.client.get(f"/case/{second}", headers=asked)
    assert (f'<a href="/case/{second}">Nhận vụ này</a>' in offered.text, 'id="decide"' in offered.text) == (True, False)
    assert "1.200 trẻ em" in lan.client.get(f"/case/{world.cases['children']}", headers=asked).text
    assert 'id="decide"' in lan.client.get(f"/case/{first}", headers=asked).text  # has it in hand
    assert "lan đang giữ vụ này" in text_of(tuan.client.get(f"/case/{first}", headers=asked))
    lan.client.get(f"/case/{second}", headers={"Sec-Fetch-Site": "same-origin"})
    assert [hold.case_id for hold in holds.held_by(world.db, "lan")] == [second]


def test_head_takes_no_case_in_hand_and_leaves_none(world: World) -> None:
    lan = world.anybody("lan")
    first, second = (item.case_id for item in cases.queue(world.db)[:2])
    lan.get(f"/case/{first}")
    for path in ("/", f"/case/{second}"):
        assert lan.client.head(path).status_code == 200
        assert [hold.case_id for hold in holds.held_by(world.db, "lan")] == [first]


def test_a_post_whose_claim_stands_far_on_is_listed_from_a_few_words_before_it(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    claim = "Trạm xá Gò Nổi đã đóng cửa từ tháng ba."
    for n, begin in enumerate(("Bác chiều chợ kể chuyện làng mình. " * 3, "Nghe nói ")):
        post = add_post(world.db, "song-huong", f"cho-{n}", f"{begin}{claim} Ai biết thì nói.")
        add_score(world.db, post, claim, reasons=())
        cases.join_case(world.db, case, post)
    page = text_of(lan.get(f"/case/{case}"))
    assert page.count(f"… chợ kể chuyện làng mình. {claim} Ai") == 2  # among its posts, and to be split off
    assert page.count(f"Nghe nói {claim} Ai biết") == 2
