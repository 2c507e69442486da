"""The queue, a case and the verdict, through the pages."""

import dataclasses
import html
import re
import sqlite3
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from desk_visit import BASE, World, text_of
from desk_world import add_post, add_score, against, beside, open_with

from pipeline.indexing import passage_of
from pipeline.records import EvidenceRow, NewDecision, NewPost, PassageRow, Verdict, later
from pipeline.settings import DeskSettings
from pipeline.store import (
    audit,
    cases,
    decisions,
    desk,
    drafts,
    erasure,
    evidence,
    golden,
    holds,
    moves,
    people,
    posts,
    reading,
    retention,
    scores,
    trends,
)
from pipeline.store.desk import Filters
from review import answer, chosen, proof, show
from review.words import words as words_in

INDEPENDENT, PRIMARY, PARTY = "fact:an-phu-2024", "law:tre-em-11", "news:so-an-phu"


def test_queue_puts_the_case_most_worth_an_hour_first_and_says_why(world: World) -> None:
    said = text_of(world.anybody("lan").get("/"))
    assert said.index("1.200 trẻ em") < said.index("người khuyết tật được phê chuẩn") < said.index("khu Bãi Dâu")
    assert "Khả năng sai rất cao · Bằng chứng nói khác về con số 4 bài từ 4 nguồn" in said
    assert "Chưa tìm thấy bằng chứng" in said


def test_lanes_keep_testimony_and_the_random_sample_apart(world: World) -> None:
    lan = world.anybody("lan")
    assert "cho tôi gọi về cho mẹ" not in lan.get("/").text
    testimony = text_of(lan.get("/", lane="testimony"))
    assert "cho tôi gọi về cho mẹ" in testimony
    assert "Không thể kiểm chứng từ bên ngoài" in testimony
    assert "phòng đọc chữ nổi" in lan.get("/", lane="audit").text


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"right": "CRPD"}, "khuyết tật", 4),
        ({"reason": "UNSUPPORTED_SPREADING"}, "Bãi Dâu", 4),
        ({"spread": "several"}, "1.200", 4),
        ({"kind": "telegram"}, "Gò Nổi", 2),
        ({"q": "bai dau"}, "Bãi Dâu", 4),
        ({"q": "BÃI DÂU"}, "Bãi Dâu", 4),
        *(
            ({"q": address}, "Gò Nổi", 4)
            for address in (
                "https://kenh-gio-nui.example/go-noi",
                "http://kenh-gio-nui.example/go-noi/",
                "kenh-gio-nui.example/go-noi#binh-luan",
                "Xem https://kenh-gio-nui.example/go-noi?fbclid=abc&utm_source=zalo.",
            )
        ),
        ({"q": "quan nuoc"}, "Phạm Minh Kha", 4),  # only in the post, not in the claim
    ],
)
def test_a_filter_shows_what_it_names_and_says_what_it_hides(
    world: World, query: dict, shown: str, hidden: int
) -> None:
    page = world.anybody("lan").get("/", **query)
    said = text_of(page)
    assert shown in said
    assert f"Bộ lọc đang che {hidden} vụ khác" in said


def test_counts_of_a_filter_are_what_choosing_it_shows(world: World) -> None:
    for name in ("right", "reason", "kind", "spread", "age", "state"):
        for value, n in desk.counts(world.db, Filters(lane="claims", kind="forum" if name == "right" else ""))[
            name
        ].items():
            chosen = Filters(**{"lane": "claims", "kind": "forum" if name == "right" else "", name: value})
            assert desk.listing(world.db, chosen).matching == n == len(desk.listing(world.db, chosen).items), (
                name,
                value,
            )


def test_cases_in_somebodys_hands_are_a_state_to_filter_by(world: World) -> None:
    holds.take(world.db, world.cases["treaty"], "tuan", minutes=10)
    lan = world.anybody("lan")
    assert "Đang có người giữ (1)" in text_of(lan.get("/"))
    said = text_of(lan.get("/", state="reading"))
    assert "khuyết tật được phê chuẩn" in said
    assert "Bộ lọc đang che 4 vụ khác" in said
    assert "Không có vụ nào khớp" in text_of(lan.get("/", state="reading", q="bai dau"))


def test_kept_counts_follow_every_change_of_a_case(world: World) -> None:
    lan = world.anybody("lan")
    lan.decide(world.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc")
    world.anybody("minh").post(f"/case/{world.cases['children']}/merge", into=world.cases["party"])
    kept = set(world.db.conn.execute("SELECT * FROM standing_counts WHERE n <> 0"))
    counted = set(
        world.db.conn.execute(
            "SELECT lane, state, reasons_bits, rights_bits, kinds_bits, spread, count(*) FROM standings"
            " GROUP BY 1, 2, 3, 4, 5, 6"
        )
    )
    assert kept == counted
    for table, columns in (("by_right", "1, 2, 3, 4, 6"), ("by_kind", "1, 2, 5")):
        small = set(world.db.conn.execute(f"SELECT * FROM standing_counts_{table} WHERE n <> 0"))
        named = ("lane", "state", "reasons_bits", "rights_bits", "kinds_bits", "spread")
        chosen = ", ".join(named[int(i) - 1] for i in columns.split(", "))
        assert small == set(world.db.conn.execute(f"SELECT {chosen}, count(*) FROM standings GROUP BY {chosen}"))


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
        decisions.undo(world.db, decisions.history(world.db, made[str(n)])[0]["id"], person="lan")
    assert found() == [made["words"], made["party"], made["same"]]
    decisions.undo(world.db, decisions.history(world.db, made["same"])[0]["id"], person="lan")
    assert found() == [made["words"], made["party"]]


def test_evidence_that_was_laid_beside_another_wording_says_beside_which(world: World) -> None:
    lan, kept, other = world.anybody("lan"), world.cases["party"], "Ở Gò Nổi có 7 trẻ em bị tạm giữ."
    said = "Được đối chiếu với khẳng định của bài viết bên dưới"
    assert said not in text_of(lan.get(f"/case/{kept}"))
    post = add_post(world.db, "song-huong", "tam-giu-7", other)
    mixed = open_with(world.db, post, add_score(world.db, post, other, reasons=("CONTRADICTS_EVIDENCE",)), other)
    lan.post(f"/case/{mixed}/merge", into=str(kept))
    shown = text_of(lan.get(f"/case/{kept}"))
    assert f"{said}, có câu chữ khác với khẳng định ở trên: {other}" in shown


def test_a_model_that_read_a_text_twice_is_named_once_with_what_it_said_last(world: World) -> None:
    claim = "Ở Gò Nổi có 7 trẻ em bị tạm giữ."
    post = add_post(world.db, "song-huong", "tam-giu-7", claim)
    first = add_score(world.db, post, claim, reasons=("AUDIT",), p=0.21)
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


def test_verdict_on_a_single_passage_asks_once_more(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    asked = lan.decide(case, "false", "wrong_number", INDEPENDENT, sure="")
    assert asked.status_code == 422
    asked = lan.decide(case, "misleading", "wrong_number", INDEPENDENT, sure="")
    assert "chỉ dựa vào một đoạn" in text_of(asked)
    assert lan.decide(case, "misleading", "wrong_number", INDEPENDENT, PRIMARY, sure="").status_code == 303


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
    assert '<span class="who">Tuấn Kiệt</span>' in lan.get(f"/case/{case}").text


def test_whoever_reads_along_sees_the_verdict_of_a_decided_case(world: World) -> None:
    case = world.cases["treaty"]
    world.anybody("lan").decide(case, "true", "confirmed_by_record", "fact:cong-uoc")
    page = world.anybody("oanh").get(f"/case/{case}")
    assert "Đúng. lan, vừa xong" in text_of(page)
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
    assert lan.post(f"/decision/{made['id']}/undo").status_code == 303
    history = decisions.history(world.db, case)
    assert [row["action"] for row in history] == ["decide", "undo"]
    assert cases.case(world.db, case).state == "new"  # type: ignore[union-attr]
    assert lan.post(f"/decision/{made['id']}/undo").status_code == 409


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
        f"/case/{case}/decide", verdict="true", reason="confirmed_by_record", seen="0", note="Tôi thấy khác", sure="1"
    )
    assert late.status_code == 422
    assert "Có người đã kết luận vụ này khi bạn đang mở" in text_of(late)
    assert "Tôi thấy khác" in text_of(late)
    assert len(decisions.history(world.db, case)) == 1


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
    post = cases.posts_of(world.db, case)[0]
    erasure.erase(world.db, posts.versions_of(world.db, post)[-1].url, person="chi", reason="trên giấy")
    page = lan.get(f"/case/{case}")
    assert re.search("<h1[^>]*>Đã xóa theo yêu cầu</h1>", page.text)
    assert f'{post}#claim"><span class="quiet">Đã xóa theo yêu cầu</span></a>' in page.text
    assert "erased on request" not in page.text
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


def test_a_case_is_not_reopened_without_a_reason(world: World) -> None:
    case, minh = world.cases["treaty"], world.anybody("minh")
    minh.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    refused = minh.post(f"/case/{case}/reopen", changed="   ")
    assert (refused.status_code, "phải có lý do" in text_of(refused)) == (409, True)
    headers = {"authorization": f"Bearer {people.make_token(world.db, 'minh', label='x')}"}
    for body in ({}, {"note": " \n"}):
        assert minh.client.post(f"/api/v1/cases/{case}/reopen", json=body, headers=headers).status_code == 409
    assert cases.case(world.db, case).state == "decided"  # type: ignore[union-attr]


def test_split_and_merge_move_posts_and_are_undone(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    before = cases.posts_of(world.db, case)
    lan.post(f"/case/{case}/split", post=[str(before[-1])])
    move = moves.moves_of(world.db, case)[0]
    assert cases.posts_of(world.db, case) == before[:-1]
    assert cases.posts_of(world.db, move.to_case) == before[-1:]
    lan.post(f"/move/{move.id}/undo")
    assert cases.posts_of(world.db, case) == before
    assert cases.case(world.db, move.to_case) is None
    merged = lan.post(f"/case/{case}/merge", into=str(world.cases["party"]))
    assert len(cases.posts_of(world.db, world.cases["party"])) == len(before) + 1
    assert f'action="/move/{moves.moves_of(world.db, case)[0].id}/undo"' in _toast(lan.get(merged.headers["location"]))
    assert lan.get(f"/case/{case}").url.path == f"/case/{world.cases['party']}"  # an old link leads to the posts
    lan.post(f"/move/{moves.moves_of(world.db, case)[0].id}/undo")
    assert cases.posts_of(world.db, case) == before


def test_posts_that_moved_on_are_not_taken_back_and_old_links_follow_them(world: World) -> None:
    lan, (a, b, c) = world.anybody("lan"), (world.cases[name] for name in ("children", "detention", "treaty"))
    lan.post(f"/case/{a}/merge", into=b)
    lan.post(f"/case/{b}/merge", into=c)
    second, first = moves.moves_of(world.db, b)
    refused = lan.post(f"/move/{first.id}/undo")
    assert (refused.status_code, "sau đó đã được chuyển tiếp" in text_of(refused)) == (409, True)
    assert lan.get(f"/case/{a}").url.path == f"/case/{c}"
    with world.db.atomic():  # an earlier version wrote such an undoing down
        world.db["case_moves"].insert({"at": "2026", "person": "lan", "action": "undo", "from_case": b, "to_case": a,
                                       "posts": "[]", "undoes": None})  # fmt: skip
    assert lan.get(f"/case/{a}").url.path == f"/case/{c}"
    for move in (second, first):
        assert lan.post(f"/move/{move.id}/undo").status_code == 303
    assert [cases.case(world.db, case).posts for case in (a, b, c)] == [4, 1, 1]  # type: ignore[union-attr]


@pytest.mark.parametrize("gone", [False, True])
def test_an_old_link_follows_the_posts_that_left_after_a_split_was_taken_back(world: World, gone: bool) -> None:
    lan, case, into = world.anybody("lan"), world.cases["spreading"], world.cases["treaty"]
    own = cases.posts_of(world.db, case)
    lan.post(f"/case/{case}/split", post=[str(own[0])])
    (move,) = moves.moves_of(world.db, case)
    lan.post(f"/move/{move.id}/undo")
    if gone:
        for version in [posts.versions_of(world.db, post)[0] for post in own]:
            erasure.erase(world.db, version.url, person="chi", reason="trên giấy")
        assert lan.get(f"/case/{case}").status_code == lan.get(f"/case/{move.to_case}").status_code == 404
        return
    cases.join_case(world.db, into, *own)  # as an edit does that makes another case's claim
    assert lan.get(f"/case/{case}").url.path == lan.get(f"/case/{move.to_case}").url.path == f"/case/{into}"


@pytest.mark.parametrize(
    ("name", "verdict", "reason", "words"),
    [("testimony", "false", "contradicted_by_record", "được để riêng"),
     ("party", "false", "contradicted_by_record", "hãy mở lại vụ ấy trước"),
     ("party", "opinion", "view", "hãy mở lại vụ ấy trước")],
)  # fmt: skip
def test_no_posts_are_merged_under_a_verdict_that_was_not_given_on_them(
    world: World, name: str, verdict: str, reason: str, words: str
) -> None:
    lan, into = world.anybody("lan"), world.cases["treaty"]
    lan.decide(into, verdict, reason, "fact:cong-uoc")
    refused = lan.post(f"/case/{world.cases[name]}/merge", into=into)
    assert (refused.status_code, words in text_of(refused)) == (409, True)
    lan.post(f"/case/{into}/reopen", changed="Gộp với vụ khác")
    assert lan.post(f"/case/{world.cases[name]}/merge", into=into).status_code == (409 if name == "testimony" else 303)


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
    assert not any(words in said for words in ("Nói khác", "Xác nhận", "bằng chứng nói khác", "Điều bằng chứng nói"))
    assert not any(words in page.text for words in ('class="slot', "contradicts"))


def test_a_case_says_that_somebody_put_a_passage_beside_it(world: World) -> None:
    lan, claim = world.anybody("lan"), "Trạm xá Gò Nổi đã đóng cửa từ tháng 3."
    post = add_post(world.db, "kenh-gio-nui", "tram-xa", f"{claim} Ai biết thì nói.")
    add_score(world.db, post, claim, reasons=(), found=(beside("fact:tam-giu"),))
    case = lan.post(f"/posts/{post}/case").headers["location"]
    assert "Cần kiểm chứng: chưa nguồn nào xác nhận hay bác bỏ." in text_of(lan.get(case))
    lan.post(f"{case}/evidence", eid="fact:cong-uoc")
    assert "Cần kiểm chứng: 1 đoạn trích do người kiểm chứng thêm vào." in text_of(lan.get(case))
    lan.post(f"{case}/evidence", eid="fact:tam-giu")  # which the machine found too, and could tell nothing from
    assert "Cần kiểm chứng: 2 đoạn trích do người kiểm chứng thêm vào." in text_of(lan.get(case))


def test_a_split_is_taken_back_from_under_no_later_verdict(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    posts_before = cases.posts_of(world.db, case)
    lan.decide(case, "false", "contradicted_by_record", INDEPENDENT, PRIMARY)
    lan.post(f"/case/{case}/split", post=[str(posts_before[-1])])
    lan.post(f"/move/{moves.moves_of(world.db, case)[0].id}/undo")  # they are only put back where they were
    assert cases.posts_of(world.db, case) == posts_before
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.post(f"/case/{case}/split", post=[str(posts_before[-1])])
    lan.decide(case, "false", "contradicted_by_record", INDEPENDENT, PRIMARY)
    assert lan.post(f"/move/{moves.moves_of(world.db, case)[0].id}/undo").status_code == 409


def test_a_split_is_not_taken_back_from_under_whoever_has_either_case_in_hand(world: World) -> None:
    case, lan, tuan = world.cases["spreading"], world.anybody("lan"), world.anybody("tuan")
    lan.post(f"/case/{case}/split", post=cases.posts_of(world.db, case)[-1:])
    move = moves.moves_of(world.db, case)[0]
    for held in (move.to_case, case):
        lan.get("/")
        tuan.get(f"/case/{held}")
        refused = lan.post(f"/move/{move.id}/undo")
        assert (refused.status_code, "tuan đang giữ vụ này" in text_of(refused)) == (409, True)
    tuan.get("/")
    assert lan.post(f"/move/{move.id}/undo").status_code == 303


def test_a_decided_case_loses_its_last_posts_only_once_it_is_reopened(world: World) -> None:
    lan, tuan = world.anybody("lan"), world.anybody("tuan")
    case, into, whole = world.cases["children"], world.cases["party"], world.cases["spreading"]
    lan.post(f"/case/{whole}/split", post=[str(cases.posts_of(world.db, whole)[-1])])
    split = moves.moves_of(world.db, whole)[0]
    for one, takes_away in ((case, f"/case/{case}/merge"), (split.to_case, f"/move/{split.id}/undo")):
        lan.decide(one, "unverifiable", "no_evidence_yet")
        world.wait(minutes=30)
        refused = lan.post(takes_away, into=into)  # from a tab that was open before
        assert (refused.status_code, "Hãy mở lại vụ này trước" in text_of(refused)) == (409, True)
        assert lan.get(f"/case/{one}/brief").status_code == 200
        tuan.post(f"/case/{one}/reopen", changed="Có bản khác")
        assert lan.post(takes_away, into=into).status_code == 303
        assert cases.case(world.db, one) is None
        (told,) = trends.corrections(world.db, case_id=one)
        assert (told.before, told.after, told.decided) == ("unverifiable", "", False)


def test_a_merge_says_which_case_is_held(world: World) -> None:
    lan, tuan, (a, b) = world.anybody("lan"), world.anybody("tuan"), (world.cases["children"], world.cases["treaty"])
    lan.get(f"/case/{b}")
    refused = tuan.post(f"/case/{a}/merge", into=b)
    assert (refused.status_code, "đang giữ vụ mà bạn muốn gộp vào" in text_of(refused)) == (409, True)
    assert "lan đang giữ vụ này" in text_of(tuan.post(f"/case/{b}/merge", into=a))


def test_a_verdict_is_reopened_when_the_case_it_rests_on_is_merged_away(world: World) -> None:
    first, second = world.cases["treaty"], world.cases["party"]
    number = decisions.decide(
        world.db, NewDecision(first, "lan", Verdict.FALSE, "contradicted_by_record", ("fact:cong-uoc",))
    )
    decisions.decide(world.db, NewDecision(second, "lan", Verdict.FALSE, "repeats_refuted", (f"decision:{number}",)))
    moves.merge(world.db, first, world.cases["children"], person="lan")
    assert cases.case(world.db, second).state == "reopened"  # type: ignore[union-attr]
    assert decisions.history(world.db, second)[-1]["note"] == f"evidence_taken_back: decision:{number}"


def _toast(page: Any) -> str:
    return str(page.text.partition('<div class="toast"')[2].partition("</div>")[0])


def test_the_next_case_is_one_of_those_that_the_queue_shows(world: World) -> None:
    lan = world.anybody("lan")
    within = re.search(r'name="within" value="([^"]*)"', lan.get("/?right=CEDAW&state=new").text)
    assert within
    taken = lan.post("/next", within=html.unescape(within[1]))
    assert taken.headers["location"] == f"/case/{world.cases['spreading']}"
    page = lan.get(taken.headers["location"])
    assert "Vụ kế tiếp lấy theo bộ lọc của bạn" in text_of(page)
    assert 'class="to-queue" href="/?state=new&amp;right=CEDAW"' in page.text
    gone = lan.decide(world.cases["spreading"], "unverifiable", "no_evidence_yet").headers["location"]
    assert gone.startswith("/?state=new&right=CEDAW&done=")  # nothing else matches: back to the same queue
    lan.get("/")
    assert lan.post("/next").headers["location"] == f"/case/{world.cases['children']}"


def test_a_case_opened_and_left_comes_again_when_nothing_else_is_free_and_else_the_queue_says_why(world: World) -> None:
    lan, tuan = world.anybody("lan"), world.anybody("tuan")
    testimony = f"/case/{world.cases['testimony']}"
    assert lan.post("/next", within="lane=testimony").headers["location"] == testimony
    assert lan.post("/next", within="lane=testimony").headers["location"] == testimony
    nothing = tuan.post("/next", within="lane=testimony").headers["location"]
    assert nothing == "/?lane=testimony&none=1"
    assert "bạn chưa nhận được vụ nào" in text_of(tuan.get(nothing))


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
    lan.post(f"/decision/{decisions.history(world.db, case)[-1]['id']}/undo")
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


def test_the_case_that_shows_what_was_filled_in_before_a_merge_is_under_mine_and_stays_in_hand(world: World) -> None:
    lan, minh = world.anybody("lan"), world.anybody("minh")
    one, two, three = (world.cases[name] for name in ("party", "spreading", "children"))
    lan.get(f"/case/{one}")
    lan.post(f"/case/{one}/draft", note=NOTE, quiet="1")
    world.db.execute("DELETE FROM holds")
    for case, into in ((one, two), (two, three)):
        assert minh.post(f"/case/{case}/merge", into=into).status_code == 303
    world.db.execute("DELETE FROM holds")
    assert drafts.half_filled(world.db, "lan") == [three]
    assert f'href="/case/{three}"' in lan.get("/mine").text
    lan.get(f"/case/{three}")
    lan.get("/")
    assert [hold.case_id for hold in holds.held_by(world.db, "lan")] == [three]
    world.db.execute("DELETE FROM holds")
    for move in moves.moves_of(world.db, two):
        moves.undo(world.db, move.id, person="minh")
    assert drafts.half_filled(world.db, "lan") == [one]


@pytest.mark.parametrize(
    ("later", "note"), [("gõ dở", "ghi chú đầu\n\ngõ dở"), ("ghi chú đầu, viết thêm", "ghi chú đầu, viết thêm")]
)
def test_a_second_window_is_told_of_the_verdict_and_takes_nothing_from_its_undoing(
    world: World, later: str, note: str
) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", note="ghi chú đầu")
    for name, visitor in (("lan", lan), ("tuan", tuan)):
        assert visitor.post(f"/case/{case}/draft", note=later, quiet="1").status_code == 409
        assert drafts.drafted(world.db, name, case)["note"] == later
    lan.post(f"/decision/{decisions.last_event(world.db, case)}/undo")
    assert drafts.draft(world.db, "lan", case) == {
        "verdict": ["false"], "reason": ["contradicted_by_record"], "evidence": ["fact:cong-uoc"], "note": [note]
    }  # fmt: skip


def test_open_cases_with_like_words_are_named_for_merging(world: World) -> None:
    claim = "Năm 2024 có 1.300 trẻ em ở tỉnh An Phú phải đi làm."
    post = add_post(world.db, "tin-mien-bien", "gan-giong", claim)
    other = open_with(world.db, post, add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    cases.set_bands(world.db, post, [11])
    page = world.anybody("lan").get(f"/case/{world.cases['children']}")
    assert f"Vụ {other} : {claim}".replace(" :", ":") in text_of(page)
    assert f'<option value="{other}">' in page.text


@pytest.mark.parametrize("chosen", [[], ["all"], ["999999"]])
def test_a_split_of_nothing_everything_or_a_strangers_post_is_refused(world: World, chosen: list[str]) -> None:
    case = world.cases["children"]
    own = cases.posts_of(world.db, case)
    named = [str(p) for p in own] if chosen == ["all"] else chosen
    assert world.anybody("lan").post(f"/case/{case}/split", post=named).status_code == 409
    assert cases.posts_of(world.db, case) == own


def test_a_case_says_how_many_posts_of_no_case_have_its_words(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["audit"]
    claim = "Thư viện xã Gò Nổi mở thêm phòng đọc chữ nổi cho người khiếm thị"
    assert "Nguyên văn câu này" not in text_of(lan.get(f"/case/{case}"))
    for n, source in enumerate(("kenh-gio-nui", "kenh-gio-nui", "tin-mien-bien")):
        add_post(world.db, source, f"chep-{n}", f"Nghe nói: {claim.upper()}! Hay quá.")
    add_post(world.db, "tin-mien-bien", "khac", claim.replace("khiếm thị", "cao tuổi"))
    page = lan.get(f"/case/{case}")
    assert "Nguyên văn câu này còn có trong 3 bài từ 2 nguồn chưa thuộc vụ nào" in text_of(page)
    assert text_of(page).count(f"Nghe nói: {claim.upper()}! Hay quá.") == 3
    assert page.text.count("Mở vụ từ bài này") == 3
    post = re.search(r'action="(/posts/\d+/case)"', page.text)[1]
    assert lan.get(post, q=claim[:200]).status_code == 409  # the machine hasn't read it yet
    assert "Nguyên văn câu này" not in text_of(lan.get(f"/case/{world.cases['children']}"))


def test_evidence_is_found_without_diacritics_and_put_beside_the_case(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    assert "phải nghỉ học để đi làm ở xưởng gạch" in text_of(lan.get(f"/case/{case}/evidence", q="xuong gach"))
    none = lan.get(f"/case/{case}/evidence", q="nghi de o lo")  # no promise to find a law by how people speak of it
    assert 'placeholder="Từ ngữ trong đoạn trích"' in none.text
    assert "từ ngữ của luật" in text_of(none)
    some = text_of(lan.get(f"/case/{case}/evidence", q="nghỉ học vì lũ"))
    assert some.index("từ ngữ của luật") < some.index("có một phần các từ này") < some.index("phải nghỉ học để đi làm")
    assert "có một phần" not in text_of(lan.get(f"/case/{case}/evidence"))
    check = lan.get(f"/case/{case}/evidence", q="nước uống Miền Biển")
    assert "Đã được kiểm chứng, kết luận “Sai”: Nước uống ở An Phú" in text_of(check)
    assert 'name="eid" value="factcheck:1"' in check.text
    lan.post(f"/case/{case}/evidence", eid=PRIMARY)
    assert "Luật Lao động An Phú" in lan.get(f"/case/{case}").text
    made = lan.post(
        f"/case/{case}/evidence", text="Khu Bãi Dâu chưa ra quy định nào.", source="Báo Sông Hương", role="independent",
        url="https://song-huong.example/bai-dau", date="2026-11-21",
    )  # fmt: skip
    assert made.status_code == 303
    said = text_of(lan.get(f"/case/{case}"))
    assert said.index("Khu Bãi Dâu chưa ra quy định nào.") < said.index("Luật Lao động An Phú")  # the latest first
    for url in ("javascript:alert(1)", "https://zalo.me/0912345678"):
        said = lan.post(f"/case/{case}/evidence", text="x", source="y", role="primary", url=url)
        assert said.status_code == 422
    assert "Địa chỉ này chứa số điện thoại, số định danh" in text_of(said)
    lan.post(f"/case/{case}/evidence/draft", text="x", url=url)
    assert drafts.drafted(world.db, "lan", case) == {"text": "x"}


def test_a_passage_that_stands_beside_the_case_is_not_offered_again_and_leads_to_its_source(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    offered = r'name="eid" value="([^"]+)"'
    found = lan.get(f"/case/{case}/evidence", q="trẻ em")
    assert re.findall(offered, found.text) == ["factcheck:1"]  # three stand beside it
    assert text_of(found).count("Đã có trong vụ này") == 3
    assert 'href="https://mai-hien.example/bao-cao-2024"' in found.text
    lan.post(f"/case/{case}/evidence", eid="factcheck:1")
    assert text_of(lan.get(f"/case/{case}/evidence", q="trẻ em")).count("Đã có trong vụ này") == 4


NEW = {"text": "Khu Bãi Dâu chưa ra quy định nào.", "source": "Báo Sông Hương", "role": "independent"}


def written(world: World, case: int) -> str:
    """The id of the passage last put beside a case."""
    rows = world.db.conn.execute("SELECT eid FROM case_evidence WHERE case_id = ? ORDER BY at", [case]).fetchall()
    return str(rows[-1][0])


@pytest.mark.parametrize("name", ["lan", "minh"])
def test_what_was_written_down_is_withdrawn_by_its_writer_or_a_lead_and_what_rests_on_it_reopens(
    world: World, name: str
) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["spreading"]
    lan.post(f"/case/{case}/evidence", **NEW, date="2026-11-21")
    eid = written(world, case)
    lan.decide(case, "false", "contradicted_by_record", eid)
    for path in (f"/case/{case}", f"/case/{case}/evidence?q=quy+dinh"):
        assert "Rút lại đoạn trích này" in text_of(world.anybody(name).get(path))
        assert "Rút lại đoạn trích này" not in text_of(tuan.get(path))
    assert tuan.post(f"/case/{case}/evidence/withdraw", eid=eid).status_code == 403
    assert cases.case(world.db, case).state == "decided"  # type: ignore[union-attr]
    gone = world.anybody(name).post(f"/case/{case}/evidence/withdraw", eid=eid)
    assert cases.case(world.db, case).state == "reopened"  # type: ignore[union-attr]
    # a verdict names it, without its words
    assert "Đoạn trích này đã được rút lại." in text_of(lan.get(f"/case/{case}"))
    assert evidence.find_passages(world.db, "bai dau") == []
    assert {"person": name, "action": "evidence_remove", "subject": eid}.items() <= audit.entries(world.db)[0].items()
    form = world.anybody(name).get(gone.headers["location"].partition("#")[0])
    assert f">{NEW['text']}</textarea>" in form.text  # to be put right
    assert 'value="2026-11-21"' in form.text
    for path in ("evidence/withdraw", "evidence"):
        again = lan.post(f"/case/{case}/{path}", eid=eid)
        assert again.status_code == 404
        assert "Không có đoạn trích này, hoặc đoạn trích đã được rút lại." in text_of(again)
    assert evidence.put_beside(world.db, eid) == [(case, "lan")]


def test_who_wrote_a_passage_is_known_though_it_is_put_beside_an_earlier_case_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted(world.cases.values())[:2]
    monkeypatch.setattr(evidence, "now", lambda: "2026-11-25T01:00:00.000Z")
    for case, person in ((second, "lan"), (first, "tuan")):
        evidence.add_to_case(world.db, case, "desk:a", person=person)
    assert evidence.put_beside(world.db, "desk:a") == [(second, "lan"), (first, "tuan")]


def test_passages_put_beside_a_case_go_with_its_posts_when_it_is_merged_and_come_back(world: World) -> None:
    lan, tuan = world.anybody("lan"), world.anybody("tuan")
    case, into = world.cases["spreading"], world.cases["party"]
    lan.post(f"/case/{case}/evidence", **NEW)
    eid = written(world, case)
    lan.post(f"/case/{case}/evidence", eid=PRIMARY)
    lan.post(f"/case/{case}/merge", into=into)
    assert {eid, PRIMARY} <= {row.eid for row in reading.evidence_for(world.db, into, score_id=0)}
    assert reading.put_by_people(world.db, into) == {eid, PRIMARY}
    page = lan.get(f"/case/{into}").text
    assert page.count(f"/case/{into}/evidence/unlink") == page.count(f"/case/{into}/evidence/withdraw") == 1
    assert tuan.post(f"/case/{into}/evidence/unlink", eid=PRIMARY).status_code == 403
    assert (
        lan.post(f"/case/{into}/evidence/unlink", eid=eid).status_code == 403
    )  # it was written there: it is withdrawn
    assert lan.post(f"/case/{into}/evidence/unlink", eid=PRIMARY).status_code == 303
    assert reading.put_by_people(world.db, into) == {eid}
    lan.post(f"/move/{moves.moves_of(world.db, case)[0].id}/undo")
    assert [reading.put_by_people(world.db, one) for one in (into, case)] == [set(), {eid}]


def test_a_passage_put_beside_a_case_is_taken_from_it_again_and_stays_elsewhere(world: World) -> None:
    lan, tuan, minh = map(world.anybody, ("lan", "tuan", "minh"))
    case, other = world.cases["spreading"], world.cases["party"]
    lan.post(f"/case/{other}/evidence", **NEW)
    for eid in (PRIMARY, written(world, other)):
        for who in (lan, minh):
            tuan.post(f"/case/{case}/evidence", eid=eid)
            assert 'name="eid"' in lan.get(f"/case/{case}/evidence", q="quy dinh").text
            assert "Gỡ khỏi vụ này" not in text_of(world.anybody("oanh").get(f"/case/{case}"))
            refused = lan.post(f"/case/{case}/evidence/unlink", eid=eid)
            assert (refused.status_code, "mới gỡ ra được" in text_of(refused)) == (403, True)
            taker = tuan if who is lan else minh
            assert "Gỡ khỏi vụ này" in text_of(taker.get(f"/case/{case}"))
            taker.post(f"/case/{case}/evidence/unlink", eid=eid)
            assert evidence.put_beside(world.db, eid) == ([] if eid == PRIMARY else [(other, "lan")])
            assert audit.entries(world.db)[0]["action"] == "evidence unlinked"
            gone = taker.post(f"/case/{case}/evidence/unlink", eid=eid)
            assert (gone.status_code, "không còn trong vụ này" in text_of(gone)) == (404, True)
        assert evidence.passage(world.db, eid)
    assert minh.post(f"/case/{other}/evidence/unlink", eid=written(world, other)).status_code == 403
    refused = tuan.post(f"/case/{case}/evidence/withdraw", eid=PRIMARY)  # nobody wrote it down here
    assert (refused.status_code, "người đã ghi đoạn trích này" in text_of(refused)) == (403, True)


def test_the_same_passage_sent_again_is_one_passage(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    for text in (NEW["text"], f" {NEW['text']}\n"):
        lan.post(f"/case/{case}/evidence", {**NEW, "text": text})
    assert len(evidence.listed(world.db, "desk:", limit=0)) == 1
    assert [entry["action"] for entry in audit.entries(world.db)].count("evidence added") == 1
    lan.post(f"/case/{case}/evidence", {**NEW, "source": "Tin Miền Biển"})
    assert len(evidence.listed(world.db, "desk:", limit=0)) == 2


def test_all_words_of_a_long_passage_can_be_read_wherever_it_is_shown(world: World) -> None:
    lan, case, last = world.anybody("lan"), world.cases["spreading"], "Sau cùng, khu Bãi Dâu bỏ lệ phí qua phà."
    text = "Biên bản ghi lời từng người dự họp về bến phà. " * 60 + last
    lan.post(f"/case/{case}/evidence", {**NEW, "text": text})
    assert last in lan.get(f"/case/{case}/evidence", q="bo le phi").text
    assert last in lan.get(f"/case/{case}").text
    lan.decide(case, "false", "contradicted_by_record", written(world, case))
    assert last in lan.get(f"/case/{case}/brief").text
    assert " … — Báo Sông Hương" in lan.get(f"/case/{case}/brief.md").text
    assert "Toàn bộ đoạn" not in text_of(lan.get(f"/case/{world.cases['children']}"))


def test_a_passage_that_begins_with_a_page_of_blanks_is_found_and_shown(world: World) -> None:
    said = "\n" * 720 + "Điều lệ trường học cấm nghỉ học."
    evidence.put_passages(world.db, [PassageRow("law:dieu-le", said, "Công báo", "primary")])
    found = world.anybody("lan").get("/case/1/evidence", q="dieu le truong hoc")
    assert (found.status_code, "Điều lệ trường học cấm nghỉ học." in found.text) == (200, True)


def test_a_passage_on_another_matter_is_not_shown_as_saying_otherwise(world: World) -> None:
    claim = "Ở Gò Nổi có 7 trẻ em bị tạm giữ."
    post = add_post(world.db, "kenh-gio-nui", "tam-giu", claim)
    differs = against("fact:tam-giu", claim, "number", "7", "3 ngày")
    other = {**differs.slots[0], "kind": "other", "claim_text": "trẻ em", "evidence_text": "Thời hạn"}
    found = (beside("law:tre-em-11"), dataclasses.replace(differs, slots=(*differs.slots, other)))
    score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), found=found)
    case = open_with(world.db, post, score, claim)
    page = world.anybody("lan").get(f"/case/{case}")
    assert "Nói khác:" not in text_of(page)
    assert text_of(page).count("Có thể liên quan Luật") + text_of(page).count("Có thể liên quan Bộ luật") == 2
    assert 'class="slot' not in page.text


def test_saved_view_comes_back_and_is_forgotten(world: World) -> None:
    lan = world.anybody("lan")
    kept = lan.post("/views", name="Trẻ em trên Telegram", query="/?right=CRC&kind=telegram")
    assert kept.headers["location"] == "/?right=CRC&kind=telegram"
    assert 'href="/?right=CRC&amp;kind=telegram">Trẻ em trên Telegram</a>' in lan.get("/").text
    lan.post("/views", name="Trẻ em trên Telegram", query="/", forget="1")
    assert "Trẻ em trên Telegram" not in lan.get("/").text


def test_a_view_or_token_whose_name_had_a_number_taken_out_is_kept_whole_and_forgotten(world: World) -> None:
    lan, named, said = world.anybody("lan"), "gọi lại cho bà Ngân theo số 0912345678", "theo số [số điện thoại]"
    lan.post("/account/token", label=f"{named}, máy ở phòng trực")
    token = {"Authorization": f"Bearer {people.make_token(world.db, 'lan', label='')}"}
    assert f"{said}, máy ở phòng trực" in str(people.tokens(world.db, "lan"))
    for forget in (
        lambda name: lan.post("/views", name=name, forget="1"),
        lambda name: world.running.delete(f"/api/v1/views/{name}", headers=token),
    ):
        lan.post("/views", name=named, query="right=CRC")
        ((kept, _),) = drafts.saved_views(world.db, "lan")
        assert kept.endswith(said)
        forget(kept)
        assert drafts.saved_views(world.db, "lan") == []


def test_new_cases_are_said_aloud_where_they_are_told(world: World) -> None:
    assert '<span role="status"><a id="live"' in world.anybody("lan").get("/").text


def test_live_count_tells_of_cases_that_came_since(world: World) -> None:
    lan = world.anybody("lan")
    newest = desk.newest_case(world.db)
    assert lan.get("/live", after=newest).json()["new"] == 0
    first = posts.post_by(world.db, "https://kenh-gio-nui.example/go-noi")
    cases.open_case(world.db, first.post_id, claim="Điều mới", score_id=None)  # type: ignore[union-attr]
    assert (
        lan.get("/live", after=newest, lane="audit").json()["new"] + lan.get("/live", after=newest).json()["new"] == 1
    )


def test_empty_states_say_what_is_so_and_what_to_do(world: World) -> None:
    lan = world.anybody("lan")
    none = text_of(lan.get("/", q="khongcochunaynhuvay"))
    assert ("Không có vụ nào khớp" in none, "Vụ đợi lâu nhất" in none) == (True, False)
    assert "Chưa có kết luận nào" in text_of(lan.get("/mine"))
    assert "Lỗi 404 Không có gì ở địa chỉ này" in text_of(lan.get("/khong-co"))
    for path in ("/case/999", "/case/abc", "/case/99999999999999999999999", "/case/1/post/999"):
        assert lan.get(path).status_code == 404


def test_refusals_say_what_is_the_matter(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["treaty"]
    lan.get(f"/case/{case}")
    assert "lan đang giữ vụ này" in text_of(tuan.post(f"/case/{case}/hand"))
    for number, words in (("999", "Không có vụ nào khác mang số ấy"), ("không phải số", "còn thiếu hoặc không đúng")):
        refused = lan.post(f"/case/{case}/merge", into=number)
        assert words in text_of(refused)
        assert f'<a href="/case/{case}">Về lại vụ</a>' in refused.text
    assert "ít nhất một bài nhưng không phải tất cả" in text_of(lan.post(f"/case/{case}/split"))
    lan.decide(case, "unverifiable", "no_evidence_yet")
    made = decisions.history(world.db, case)[0]["id"]
    assert lan.post(f"/decision/{made}/undo").status_code == 303
    assert "đã được rút lại từ trước" in text_of(lan.post(f"/decision/{made}/undo"))
    bad = {"text": "Chữ", "source": "Báo", "role": "primary", "date": "2026-13-01"}
    assert "năm-tháng-ngày, như 2026-11-25" in text_of(lan.post(f"/case/{case}/evidence", **bad))


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
        lan.post(f"/decision/{decisions.history(world.db, case)[-1]['id']}/undo")
    lan.decide(case, "opinion", "view")
    assert decisions.made_since(world.db, "lan", later(hours=-1)) == 1
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


def test_whoever_gave_the_verdict_of_a_reopened_case_is_asked_before_giving_the_new_one(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["spreading"]
    told = "nên để một người khác xem xét"
    lan.decide(case, "unverifiable", "no_evidence_yet")
    lan.post(f"/decision/{decisions.history(world.db, case)[-1]['id']}/undo")
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


def test_golden_case_is_compared_and_not_recorded(world: World) -> None:
    minh, lan, case = world.anybody("minh"), world.anybody("lan"), world.cases["treaty"]
    minh.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    assert minh.post(f"/case/{case}/golden", on="1").status_code == 303
    page = lan.get(f"/case/{case}", practice="1")
    assert "minh" not in text_of(page).split("Kết luận")[0]
    answer = lan.post(
        f"/case/{case}/decide?practice=1", verdict="true", reason="confirmed_by_record",
        evidence="fact:cong-uoc", sure="1",
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
    assert "Đoạn trích mà kết luận dựa vào đã thay đổi: fact:cong-uoc" in text_of(lan.get(f"/case/{case}"))
    lan.client.post("/language", data={"to": "en"})
    assert "A passage that the verdict rests on was changed: fact:cong-uoc" in text_of(lan.get(f"/case/{case}"))


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
    number = decisions.history(world.db, first)[0]["id"]
    lan.post(f"/case/{second}/evidence", eid=f"decision:{number}")
    lan.decide(second, "false", "repeats_refuted", f"decision:{number}")
    assert cases.case(world.db, second).state == "decided"  # type: ignore[union-attr]
    lan.post(f"/decision/{number}/undo")
    assert cases.case(world.db, second).state == "reopened"  # type: ignore[union-attr]


def test_every_post_of_a_large_case_can_be_reached(world: World) -> None:
    case = world.cases["children"]
    page = text_of(world.anybody("lan").get(f"/case/{case}/posts"))
    for source in ("Báo Sông Hương", "Diễn đàn Bến Sông", "Kênh Gió Núi", "Tin Miền Biển"):
        assert source in page


NOTE = "Còn phải hỏi lại thư viện xã"


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
    assert "Chính bạn đã kết luận vụ này ở cửa sổ khác" in text_of(again)


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
    other.post(f"/decision/{decisions.history(world.db, case)[-1]['id']}/undo")
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
        ("true", "confirmed_by_independent", (INDEPENDENT, "news:luat-su-hanh"), False),
        ("true", "confirmed_by_independent", (PRIMARY, "fact:cong-uoc", PARTY), True),
        ("false", "repeats_refuted", (INDEPENDENT, PRIMARY), True),
        ("false", "repeats_refuted", ("factcheck:1", PRIMARY), False),
    ],
)
def test_a_reason_that_names_what_is_not_ticked_is_asked_about(
    world: World, verdict: str, reason: str, evidence: tuple[str, ...], asked: bool
) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    answer = lan.decide(case, verdict, reason, *evidence, sure="")
    assert answer.status_code == (422 if asked else 303)
    missing = {"confirmed_by_independent": "nguồn độc lập", "repeats_refuted": "bài kiểm chứng hay kết luận trước"}
    named = missing.get(reason, "tài liệu gốc")
    assert (f"trong các đoạn trích đã chọn không có {named} nào" in text_of(answer)) == asked
    assert decisions.history(world.db, case) == [] or not asked
    assert lan.decide(case, verdict, reason, *evidence).status_code == 303 or not asked


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


def test_what_is_put_aside_stays_so_for_its_day_whatever_is_filled_in_or_looked_at(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["party"]
    lan.get(f"/case/{case}")
    gone = lan.post(f"/case/{case}/hand", word="Chờ biên bản").headers["location"]
    lan.post(f"/case/{case}/draft", note=NOTE, left="1")  # what a page sends when it is left
    assert "Chờ biên bản" in text_of(lan.get(f"/case/{case}"))
    lan.post(f"/case/{case}/draft", note=NOTE, quiet="1")
    hold = holds.holder(world.db, case)
    assert (hold.kind, hold.until > later(hours=23)) == ("parked", True)  # type: ignore[union-attr]
    for path in ("/", "/mine"):
        assert "tạm gác: Chờ biên bản" in text_of(lan.get(path))
    assert gone.endswith(f"aside={case}")
    page = lan.get(gone)
    assert "Đã tạm gác một ngày: Vụ" in text_of(page)
    undo = re.search(r'action="([^"]*)"[^>]*>.{0,120}<button id="undo" name="again"', page.text)
    assert undo
    assert lan.post(undo[1], again="1").headers["location"] == f"/case/{case}"
    lan.get(f"/case/{case}")
    assert holds.holder(world.db, case).kind == "reading"  # type: ignore[union-attr]


@pytest.mark.parametrize(("minutes", "renewed"), [(1, 20_000), (10, 120_000)])
def test_a_case_is_renewed_while_one_works_well_before_its_hold_ends(
    tmp_path: Path, minutes: int, renewed: int
) -> None:
    world = World(tmp_path / "home", f"[desk]\nhold_minutes = {minutes}\n")
    assert f'data-renew="{renewed}"' in world.anybody("lan").get("/case/1").text
    world.close()


def test_only_what_one_opened_last_or_filled_in_stays_in_hand(world: World) -> None:
    lan = world.anybody("lan")
    first, second, third = (world.cases[name] for name in ("children", "treaty", "spreading"))
    for case in (first, second, third):
        lan.get(f"/case/{case}")
    assert [hold.case_id for hold in holds.held_by(world.db, "lan")] == [third]
    lan.post(f"/case/{third}/draft", note=NOTE, quiet="1")
    lan.get(f"/case/{first}")
    lan.get("/")
    assert [hold.case_id for hold in holds.held_by(world.db, "lan")] == [third]
    assert world.anybody("tuan").post("/next").headers["location"] == f"/case/{first}"
    lan.post(f"/case/{second}/draft", note=NOTE, quiet="1")  # its page is still open in another window
    assert {hold.case_id for hold in holds.held_by(world.db, "lan")} == {second, third}
    assert lan.post(f"/case/{first}/draft", note=NOTE, quiet="1").status_code == 409


def test_taking_the_next_goes_through_the_queue_and_holds_one_case(world: World) -> None:
    lan = world.anybody("lan")
    taken = [lan.post("/next").headers["location"] for _ in range(4)]
    assert len(set(taken)) == 4
    assert len(holds.held_by(world.db, "lan")) == 1


def test_a_handed_case_shows_its_word_and_gives_way_to_the_next(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["party"]
    gone = lan.post(f"/case/{case}/hand", to="tuan", word="Bạn quen vùng này").headers["location"]
    assert "Đã chuyển cho tuan: Vụ" in text_of(lan.get(gone))
    assert 'name="again"' not in lan.get(gone).text
    assert tuan.post("/next").headers["location"] == f"/case/{case}"
    assert "Bạn quen vùng này" in text_of(tuan.get(f"/case/{case}"))
    assert tuan.post("/next").headers["location"] != f"/case/{case}"
    assert holds.holder(world.db, case).person == "tuan"  # type: ignore[union-attr]
    freed = world.anybody("minh").post(f"/case/{case}/release", free="1").headers["location"]
    assert "Đã trả lại, ai cũng nhận được: Vụ" in text_of(world.anybody("minh").get(freed))


def test_a_session_that_ends_while_handing_over_brings_the_word_back_and_leaves_the_note_alone(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["party"]
    lan.post(f"/case/{case}/draft", note=NOTE, quiet="1")
    seal = lan.seal()
    with world.db.atomic():
        world.db.conn.execute("DELETE FROM sessions")
    asked = lan.client.post(f"/case/{case}/hand", data={"seal": seal, "to": "tuan", "word": "Xem giúp"})
    kept = html.unescape(re.search(r'name="kept" value="([^"]*)"', asked.text)[1])  # type: ignore[index]
    lan.sign_in("lan", target=f"/case/{case}", kept=kept)
    page = lan.get(f"/case/{case}").text
    assert f">{NOTE}</textarea>" in page
    assert 'name="word" maxlength="500" value="Xem giúp"' in page
    assert '<option value="tuan" selected>tuan</option>' in page
    lan.post(f"/case/{case}/hand", to="tuan", word="Xem giúp")
    assert drafts.drafted(world.db, "lan", case) == {"note": NOTE}


def test_a_decided_case_leads_with_the_verdict_of_a_person(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "true", "confirmed_by_record", "fact:cong-uoc")
    said = text_of(lan.get(f"/case/{case}"))
    assert "Khả năng sai rất cao" not in said
    queue = lan.get("/?state=decided")
    assert "Đúng · lan, vừa xong" in text_of(queue)
    for words in ("Khả năng sai rất cao", "vừa đến", "Vụ đợi lâu nhất"):
        assert words not in text_of(queue)
    assert 'id="take-next"' not in queue.text  # what it would hand out isn't what the page shows


def test_the_longest_waiting_is_told_of_a_lane_and_not_of_what_a_filter_shows(world: World) -> None:
    lan, waits = world.anybody("lan"), "Vụ đợi lâu nhất: chờ 9 ngày."
    with world.db.atomic():
        world.db.conn.execute(
            "UPDATE standings SET since = ? WHERE case_id = ?", [later(days=-9), world.cases["detention"]]
        )
    assert waits in text_of(lan.get("/"))
    for narrowed in ("right=CRPD", "q=duoc", "state=new", "age=day"):
        said = text_of(lan.get(f"/?{narrowed}"))
        assert ("chờ kết luận" in said, "Vụ đợi lâu nhất" in said) == (True, False)


def test_the_number_of_a_case_opens_it_and_a_search_says_where_else_it_finds_something(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "unverifiable", "no_evidence_yet")
    for number in (case, world.cases["testimony"]):
        assert lan.get("/", q=f"#{number}").url.path == f"/case/{number}"
    assert "Không có vụ nào khớp" in text_of(lan.get("/", q="#999"))
    for said in (
        "Vụ {}",
        "vu {}",
        "VỤ #{}",
        "Case {}",
        f"{BASE}/case/{{}}?done=1#note",
        "desk.test/case/{}",
        "/case/{}/brief",
        "HTTPS://Desk.Test:443/case/{}",
    ):
        assert lan.get("/", q=said.format(case)).url.path == f"/case/{case}"
    for said in ("https://elsewhere.example/case/{}", "vụ {} người", "Vụ 999", "/case/{}abc"):
        assert lan.get("/", q=said.format(case)).url.path == "/"
    assert "1.200 trẻ em" in text_of(lan.get("/", q="2024"))
    post = add_post(world.db, "kenh-gio-nui", "lop", f"Có {case} lớp học.")
    found = open_with(world.db, post, add_score(world.db, post, "lớp học", reasons=("AUDIT",)), f"Có {case} lớp học.")
    page = lan.get("/", q=str(case), lane="audit")  # a word like others, and beside what it finds the case
    assert f'href="/case/{found}"' in page.text
    assert f"Vụ {case}: {cases.case(world.db, case).claim}" in text_of(page)  # type: ignore[union-attr]
    page = lan.get("/", q="khuyet tat duoc phe chuan")
    assert "Tìm thấy ở chỗ khác: Khẳng định, đã kết luận (1)" in text_of(page)
    assert "/?state=decided&amp;q=khuyet" in page.text


def test_a_search_shows_what_it_found_before_the_filters_and_names_the_decided_it_leaves_out(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "unverifiable", "no_evidence_yet")
    post = add_post(world.db, "kenh-gio-nui", "lai", "Công ước về người khuyết tật là chuyện cũ.")
    open_with(
        world.db, post, add_score(world.db, post, "cũ", reasons=("CONTRADICTS_EVIDENCE",)), "Công ước ấy là chuyện cũ."
    )
    page = lan.get("/", q="công ước")
    assert "<details>" in page.text  # the filters stay folded
    assert "Tìm thấy ở chỗ khác: Khẳng định, đã kết luận (1)" in text_of(page)
    assert "Tìm thấy ở chỗ khác: Khẳng định (1)" in text_of(lan.get("/", q="công ước", state="decided"))
    assert "<details open>" in lan.get("/", q="công ước", right="CRC").text
    assert "Tìm thấy ở chỗ khác" not in text_of(lan.get("/"))


def test_the_decided_are_listed_by_their_verdicts_the_latest_first(world: World) -> None:
    lan = world.anybody("lan")
    for name, verdict, reason in (
        ("spreading", "unverifiable", "no_evidence_yet"),
        ("treaty", "false", "contradicted_by_record"),
        ("detention", "not_rights", "other_topic"),
    ):
        lan.decide(world.cases[name], verdict, reason, *(["fact:cong-uoc"] if verdict == "false" else []))
    page = lan.get("/", state="decided")
    assert re.findall(r'claim-link" href="/case/(\d+)', page.text) == [
        str(world.cases[name]) for name in ("detention", "treaty", "spreading")
    ]
    assert "Sai (1)" in text_of(page)
    waiting = desk.counts(world.db, Filters())["state"]["new"]
    assert waiting > 0
    assert "Kết luận mới nhất trước" in text_of(page)
    only = lan.get("/", state="decided", verdict="false")
    assert re.findall(r'claim-link" href="/case/(\d+)', only.text) == [str(world.cases["treaty"])]
    assert "1 vụ đã kết luận" in text_of(only)
    assert lan.post("/next", within="state=decided&verdict=false").headers["location"].startswith("/case/")
    counted = desk.counts(world.db, Filters(state="decided", verdict="false"))
    assert counted["right"]["CRPD"] == 1
    assert (counted["state"]["new"], counted["state"]["decided"]) == (waiting, 1)
    assert f"Mới ({waiting})" in text_of(only)  # another state has no verdict to choose
    assert lan.get("/", state="new", verdict="false").text.count("claim-link") == waiting
    holds.take(world.db, world.cases["children"], "tuan", minutes=10)
    assert desk.counts(world.db, Filters(state="decided", verdict="false"))["state"]["reading"] == 1


def test_counts_of_a_verdict_read_the_index_of_the_decided(world: World) -> None:
    asked: list[str] = []
    world.db.conn.set_trace_callback(asked.append)
    desk.counts(world.db, Filters(state="decided", verdict="false"))
    world.db.conn.set_trace_callback(None)
    read = [query for query in asked if "FROM standings s" in query and "first_seen" not in query]
    assert read
    for query in read:
        plan = str(world.db.conn.execute(f"EXPLAIN QUERY PLAN {query}").fetchall())
        assert "INDEX standings_decided (lane=?" in plan, query


def test_a_filter_of_verdicts_tells_nothing_of_a_first_verdict_that_is_read_blind(tmp_path: Path) -> None:
    world = World(tmp_path / "blind", "[desk]\nsecond_reader_share = 1.0\n")
    lan = world.anybody("lan")
    lan.decide(world.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc")
    for state in ("", "second", "decided"):
        seen, other = (desk.counts(world.db, Filters(state=state, verdict=verdict)) for verdict in ("false", "true"))
        assert seen == other
        assert desk.listing(world.db, Filters(state=state, verdict="false")).matching == 0
    assert "claim-link" not in world.anybody("tuan").get("/", state="decided", verdict="false").text
    assert "claim-link" in lan.get("/", state="second", verdict="true").text  # there it is no filter
    world.close()


def test_words_typed_with_diacritics_find_what_was_written_without_any(world: World) -> None:
    lan = world.anybody("lan")
    for n, said in enumerate(("Lao dong nu sap mat viec.", "Lao động nữ sắp mất việc.", "Lao động nụ sắp mất việc.")):
        post = add_post(world.db, "kenh-gio-nui", f"nu-{n}", said)
        open_with(world.db, post, add_score(world.db, post, said, reasons=("CONTRADICTS_EVIDENCE",)), said)
    found = text_of(lan.get("/", q="lao động nữ"))
    assert "2 vụ chờ kết luận" in found
    assert "Lao động nụ" not in found


def test_a_collected_post_that_an_address_finds_is_shown_from_its_beginning(world: World) -> None:
    add_post(world.db, "kenh-gio-nui", "dai", f"Mở đầu của bài. {'Một câu dài. ' * 40}Tìm ở gio-nui.example nhé.")
    assert "Mở đầu của bài." in text_of(world.anybody("lan").get("/", q="https://kenh-gio-nui.example/dai"))


def test_an_address_is_sought_and_brought_in_as_a_whole_however_long_its_letters_make_it(world: World) -> None:
    slug = quote("người-dân-xã-gò-nổi-kể-lại-chuyện-trẻ-em-phải-nghỉ-học-để-đi-làm-ở-xưởng-gạch")
    url, lan = f"https://song-huong.example/{slug}", world.anybody("lan")
    add_post(world.db, "song-huong", slug, "Một bài về chuyện khác hẳn.", title="Chuyện làng gạch")
    assert len(url) > 200
    assert "Chuyện làng gạch" in text_of(lan.get("/", q=url))
    token = people.make_token(world.db, "lan", label="thử")
    asked = {"params": {"q": url}, "headers": {"Authorization": f"Bearer {token}"}}
    told = world.running.get("/api/v1/cases", **asked).json()
    assert [one["title"] for one in told["collected"]] == ["Chuyện làng gạch"]
    asked["params"] = {"q": "chữ " * 60}
    assert world.running.get("/api/v1/cases", **asked).status_code == 422
    assert f'value="{url}2"' in lan.get("/bring", q=f"{url}2").text
    assert 'name="url" type="url" maxlength="2000" value=""' in lan.get("/bring", q=f"{url}{'2' * 2000}"[:2000]).text
    for q in (f"{url}{'a' * 2000}", f"https://x.example/{'ặ' * 1900}"):
        shown = lan.get("/", q=q)
        assert (shown.status_code, len(shown.headers.get("set-cookie", "")) < 4096) == (200, True)
        assert lan.post("/next", within=re.search('name="within" value="([^"]*)"', shown.text)[1]).status_code == 303  # type: ignore[index]


def test_a_page_beyond_the_last_or_before_the_first_is_one_of_those(world: World) -> None:
    lan = world.anybody("lan")
    for odd in ("99", "0", "-1", "x", "9" * 30):
        page = lan.get("/", page=odd)
        assert page.status_code == 200
        assert "1.200 trẻ em" in text_of(page)
        assert lan.get(f"/case/{world.cases['children']}/posts", page=odd).text.count('class="facts') == 4


def test_every_post_of_a_large_case_can_be_split_off_and_told_from_its_likes(world: World) -> None:
    lan, claim = world.anybody("lan"), "Bến phà Gò Nổi cấm người đi xe lăn."
    made = [
        add_post(world.db, "kenh-gio-nui", f"pha-{n}", f"{claim} Người thứ {n} kể.", title="Bến phà") for n in range(25)
    ]
    case = open_with(world.db, made[0], add_score(world.db, made[0], claim, reasons=("AUDIT",)), claim)
    for post in made[1:]:
        cases.join_case(world.db, case, post)
    assert "Chọn trong mọi bài của vụ này" in text_of(lan.get(f"/case/{case}"))
    page = lan.get(f"/case/{case}/posts")
    assert page.text.count('name="post"') == 25
    assert f"Bến phà: {claim} Người thứ 24 kể." in text_of(page)
    lan.post(f"/case/{case}/split", post=[str(made[24])])
    assert cases.posts_of(world.db, case) == made[:24]
    holds.release(world.db, case)
    world.anybody("tuan").get(f"/case/{case}")
    assert 'name="post"' not in lan.get(f"/case/{case}/posts").text  # somebody else has it in hand


def test_a_passage_has_no_role_and_no_coming_date_and_a_half_written_one_is_kept(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    assert '<option value="">Chọn một</option>' in lan.get(f"/case/{case}/evidence").text
    new = {"text": "Khu Bãi Dâu chưa ra quy định nào.", "source": "Báo Sông Hương", "role": "independent"}
    late = lan.post(f"/case/{case}/evidence", **new, date="2099-12-31")
    assert late.status_code == 422
    assert "Ngày ấy chưa đến" in text_of(late)
    lan.post(f"/case/{case}/draft", note=NOTE, quiet="1")
    lan.post(f"/case/{case}/evidence/draft", text="Khu Bãi Dâu")
    assert ">Khu Bãi Dâu</textarea>" in lan.get(f"/case/{case}/evidence", q="xuong gach").text
    lan.post(f"/case/{case}/evidence", **new)
    assert drafts.drafted(world.db, "lan", case) == {"note": NOTE}


@pytest.mark.parametrize(
    ("role", "source", "kind"),
    [
        ("primary", "Xã Gò Nổi", "fact"),
        ("primary", "Quy chế xã Gò Nổi, Điều 4", "law"),
        ("independent", "Bộ luật Gò Nổi, Điều 4", "news"),
        ("party", "Xã Gò Nổi", "news"),
    ],
)
def test_a_primary_passage_is_written_down_as_law_or_a_fact(world: World, role: str, source: str, kind: str) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    text = "Người đủ 16 tuổi được tự mình qua phà; hỏi 0912 345 678."
    for _ in range(2):
        lan.post(f"/case/{case}/evidence", text=text, source=source, role=role, date="2026-01-02")
    (row,) = evidence.listed(world.db, "desk:", limit=0)
    assert row.kind == kind
    assert "0912" not in row.text


@pytest.mark.parametrize("date", ["02025-02-11", "20255-02-11", "25 tháng 11 năm 2026"])
def test_a_date_that_is_none_loses_nothing_of_the_passage(world: World, date: str) -> None:
    lan, said = world.anybody("lan"), {"text": "Xưởng đã đóng cửa.", "source": "Báo Sông Hương", "role": "independent"}
    refused = lan.post("/case/1/evidence", said, date=date)
    assert (refused.status_code, ">Xưởng đã đóng cửa.</textarea>" in refused.text) == (422, True)
    assert lan.post("/case/1/evidence/draft", said, date=date).status_code == 204


@pytest.mark.parametrize("field", [{"evidence": ["x"] * 51}, {"explanation": "x" * 601}, {"seen": "bốn"}])
def test_a_form_with_one_field_amiss_gives_back_what_was_written_beside_it(world: World, field: dict[str, Any]) -> None:
    refused = world.anybody("lan").post("/case/1/decide", field, note="Gọi lại chị Hạnh.")
    assert (refused.status_code, "Gọi lại chị Hạnh." in refused.text) == (422, True)


def test_a_passage_may_say_the_last_day_on_which_it_holds(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    new = {"text": "Phí qua phà Gò Nổi là 2.000 đồng.", "source": "Xã Gò Nổi", "role": "primary", "date": "2026-01-02"}
    early = lan.post(f"/case/{case}/evidence", **new, valid_to="2026-01-01")
    assert early.status_code == 422
    assert "Ngày cuối có giá trị lại trước ngày của đoạn trích" in text_of(early)
    assert 'name="valid_to" type="date" value="2026-01-01"' in early.text
    lan.post(f"/case/{case}/evidence", **new, valid_to="2099-12-31")
    lan.post(f"/case/{case}/evidence", **new)  # of which nobody knows how long it holds: another passage
    assert text_of(lan.get(f"/case/{case}")).count("2.000 đồng") >= 2
    assert "có giá trị đến hết 31/12/2099" in text_of(lan.get(f"/case/{case}"))
    held = {row.valid_to for row in evidence.listed(world.db, "desk:", limit=0)}
    assert held == {"", "2099-12-31"}


@pytest.mark.parametrize("path", ["evidence", "evidence/draft"])
def test_a_passage_put_down_and_one_half_written_are_read_by_the_same_form(world: World, path: str) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    longest = {"text": 20_000, "source": 200, "role": 40, "url": 2000, "date": 40, "valid_to": 40}
    assert tuple(longest) == proof.FIELDS
    for name, most in longest.items():
        assert lan.post(f"/case/{case}/{path}", {name: "x" * (most + 1)}).status_code == 422
    assert drafts.drafted(world.db, "lan", case) == {}
    half = {**{name: f"nửa {name}" for name in ("text", "source", "url")}, "role": "party", "date": "2026-02-3"}
    said = lan.post(f"/case/{case}/{path}", half)
    page = (said if path == "evidence" else lan.get(f"/case/{case}/evidence")).text
    assert ">nửa text</textarea>" in page
    assert '<option value="party" selected>' in page
    assert all(f'value="{half[name]}"' in page for name in ("source", "url", "date"))


def test_words_of_others_say_their_language_and_run_left_to_right_whatever_letter_they_begin_with(
    world: World,
) -> None:
    lan, claim = world.anybody("lan"), "مرحبا: xã Gò Nổi có 7 trẻ em bị tạm giữ."
    post = add_post(world.db, "kenh-gio-nui", "chu-la", claim)
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    lan.client.post("/language", data={"to": "en"})
    assert f'<bdi lang="vi" dir="ltr">{claim}</bdi>' in lan.get("/").text
    page = lan.get(f"/case/{case}").text
    assert '<h1 class="claim" lang="vi" dir="ltr">' in page
    assert '<div class="others-words" lang="vi" dir="ltr">' in page
    assert '<blockquote lang="vi" dir="ltr">' in lan.get(f"/case/{world.cases['children']}").text


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


def test_a_view_is_forgotten_by_its_own_button(world: World) -> None:
    lan = world.anybody("lan")
    lan.post("/views", name="Trẻ em", query="/?right=CRC")
    assert re.search(
        r'name="name" value="Trẻ em"><a href="/\?right=CRC">Trẻ em</a> <button[^>]*name="forget"', lan.get("/").text
    )
    lan.post("/views", name=f"{'Trẻ em' * 6} và tuổi lao động", query="/?right=CRC")  # cut at a space
    for name, _ in drafts.saved_views(world.db, "lan"):
        lan.post("/views", name=name, forget="1")
    assert drafts.saved_views(world.db, "lan") == []


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
    opened = lan.post(f"/posts/{post}/case").headers["location"]
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
    page, answer = lan.get("/", q="tram xa"), lan.post(f"/posts/{post}/case")
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
    ticked = re.findall(r'value="([^"]*)" checked', asked)
    assert ticked == ["Trạm xá Gò Nổi đã đóng cửa từ tháng 3."]
    assert 'value="Công ước 87 đã được phê chuẩn."' in asked  # without the mark of its list
    assert re.findall(r'value="([^"]*)" checked', lan.get(f"/posts/{post}/case").text) == [read]
    refused = lan.post(f"/posts/{post}/case", claim=ticked[0], words="Trạm xá Gò Nổi mở cửa")
    assert (refused.status_code, "Bài không có đúng những chữ này" in text_of(refused)) == (422, True)
    opened = lan.post(f"/posts/{post}/case", claim=ticked[0], words="").headers["location"]
    item = cases.case(world.db, int(opened.rpartition("/")[2]))
    assert item is not None
    assert (item.claim, item.reasons, item.p_refuted, item.slot) == (ticked[0], ("BY_HAND",), 0.0, "")
    page = lan.get(opened)
    assert re.search(
        rf'<mark class="the-claim"[^>]*><span class="sr">[^<]*</span>{re.escape(ticked[0])}<span', page.text
    )
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


def test_collected_posts_show_what_was_found_the_newest_published_first(world: World) -> None:
    long = "Chuyện làng gạch bên sông dài lắm. " * 40
    for n, day in ((1, "20"), (2, "22"), (3, "21")):
        add_post(
            world.db, "kenh-gio-nui", f"dai-{n}", f"{long}Trạm xá Gò Nổi đã đóng cửa. {long}",
            published=f"2026-11-{day}T08:00:00.000Z",
        )  # fmt: skip
    found = desk.collected(world.db, "tram xa go noi")
    assert [one.day[8:10] for one in found] == ["22", "21", "20"]
    for n, at in enumerate(("T06:00:00+07:00", "T00:00:00+07:00", "T23:30:00Z", "T22:00:00Z")):
        day = "27" if at.endswith("07:00") else "26"
        add_post(world.db, "kenh-gio-nui", f"gio-{n}", "Đò Bến Sông chìm.", published=f"2026-11-{day}{at}")
    told = [one.day[8:16] for one in desk.collected(world.db, "do ben song")]
    assert told == ["26T23:30", "27T06:00", "26T22:00", "27T00:00"]
    assert all("Trạm xá Gò Nổi đã đóng cửa." in show.head(one.peek, 280) for one in found)
    assert all(one.peek.startswith("… ") for one in found)
    add_post(world.db, "kenh-gio-nui", "ten", "🔥🔥", title="Cầu treo Gò Nổi hỏng")
    assert [one.peek for one in desk.collected(world.db, "cau treo go noi")] == ["🔥🔥"]


def test_posts_in_no_case_are_listed_ten_at_most_and_none_whose_text_was_let_go(world: World) -> None:
    for n in range(12):
        post = add_post(world.db, "kenh-gio-nui", f"cau-treo-{n}", f"Cầu treo xã Gò Nổi hỏng nhịp {n}.")
        add_score(world.db, post, "Cầu treo xã Gò Nổi hỏng.", reasons=())
    assert len(desk.collected(world.db, "cau treo")) == desk.COLLECTED_AT_MOST
    retention.let_go(
        world.db, [row[0] for row in world.db.conn.execute("SELECT id FROM versions WHERE text LIKE 'Cầu%'")]
    )
    assert desk.collected(world.db, "cau treo https://kenh-gio-nui.example/cau-treo-1") == []
    assert world.anybody("lan").post(f"/posts/{post}/case").status_code == 404


def test_a_search_typed_with_diacritics_finds_other_words_only_where_none_is_written_so(world: World) -> None:
    lan = world.anybody("lan")

    def case(name: str, said: str, claim: str = "") -> int:
        post = add_post(world.db, "kenh-gio-nui", name, f"{said} Tin từ xã Gò Nổi.")
        number = add_score(world.db, post, claim or said, reasons=())
        return cases.open_case(world.db, post, claim=claim or said, score_id=number)

    shot = case("ban-chim", "Dân quân Bàu Sen BẮN hai người.")
    friend = case("ban-be", "Nhóm bạn ở Bàu Sen bị phạt.")
    inside = case("trong-bai", "Ở Bàu Sen có người bị bắn.", claim="Tin từ xã Gò Nổi.")
    assert set(desk.search(world.db, "bắn bàu sen")[0]) == {shot, inside}
    assert desk.search(world.db, unicodedata.normalize("NFD", "bạn Bau Sen"))[0] == [friend]
    for words in ("ban bau sen", "bán bàu sen"):  # nobody writes the last one
        assert set(desk.search(world.db, words)[0]) == {shot, friend, inside}
    bare = case("ban-tran", "Dan quan Bau Sen ban nguoi.")
    assert set(desk.search(world.db, "bắn bàu sen")[0]) == {shot, inside, bare}
    assert set(desk.search(world.db, "bán bàu sen")[0]) == {shot, friend, inside, bare}  # one bare text hides none
    page = text_of(lan.get("/", q="bắn bàu sen"))
    assert ("BẮN hai người" in page, "Nhóm bạn" in page) == (True, False)
    old, new = case("uy-ban-1", "Uỷ ban xã Hoà Lộc họp."), case("uy-ban-2", "ỦY BAN xã Hòa Lộc họp.")
    for words in ("uỷ ban", "ủy ban", "HOÀ LỘC", "hòa lộc"):  # two ways to write one word
        assert set(desk.search(world.db, words)[0]) == {old, new}


def test_evidence_in_english_comes_not_before_other_words_for_want_of_diacritics(world: World) -> None:
    texts = ("Hai bên bàn về cầu treo.", "Bạn đi cầu treo.", "The US ban, as of cau treo.")
    rows = [PassageRow(f"fact:ban-{n}", text, "Kho", "independent", "fact") for n, text in enumerate(texts)]
    evidence.put_passages(world.db, rows)
    found = [row.eid for row in evidence.find_passages(world.db, "ban cau treo")]
    typed = [row.eid for row in evidence.find_passages(world.db, "bàn cau treo")]
    assert typed == ["fact:ban-0", *(eid for eid in found if eid != "fact:ban-0")]


def test_a_search_says_that_it_looked_no_further_where_other_words_filled_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "FOUND_AT_MOST", 3)

    def case(name: str, said: str, claim: str) -> int:
        post = add_post(world.db, "kenh-gio-nui", name, said)
        return cases.open_case(world.db, post, claim=claim, score_id=add_score(world.db, post, claim, reasons=()))

    case("nghi-0", "Tin xã.", "Xã Bàu Sen cho nghỉ lễ.")
    assert desk.search(world.db, "nghỉ lễ")[1] is False
    for n in range(3):
        case(f"nghi-{n + 1}", "Đại biểu.", f"Đại biểu nghị lễ khoá {n}.")
    last = case("nghi-4", "Tin xã.", "Xã Gò Nổi cho nghỉ lễ.")
    assert desk.search(world.db, "nghỉ lễ") == ([last], True)
    for n in range(4):  # posts whose texts hold the words, most in no case
        add_post(world.db, "kenh-gio-nui", f"chop-{n}", "Đại biểu nghị lệ.")
    assert desk.search(world.db, "nghỉ lệ") == (desk.search(world.db, "nghi le")[0], True)


def test_a_title_before_a_name_ends_no_sentence_to_choose_from() -> None:
    text = "TS. Lan và PGS. Minh ở TP. Hoà Lộc, Q. 1, gặp ThS. Đào. Hai người bị bắt ở đồn CSGT. Thôi. Hết"
    cut = [text[slice(*span)] for span in chosen.sentences(text)]
    assert cut == [
        "TS. Lan và PGS. Minh ở TP. Hoà Lộc, Q. 1, gặp ThS. Đào.", "Hai người bị bắt ở đồn CSGT.", "Thôi.", "Hết"
    ]  # fmt: skip


def test_head_is_answered_as_get_is_without_the_page(world: World) -> None:
    lan = world.anybody("lan")
    for path in ("/", "/corrections.atom", "/static/desk.css", "/api/v1/cases", "/nowhere"):
        got, head = lan.client.get(path), lan.client.head(path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.headers["cache-control"] == got.headers["cache-control"]
    assert world.anybody().client.head("/corrections.atom").status_code == 401
    assert lan.client.head("/login/once?token=x").status_code == 200
    assert lan.client.head("/next").status_code == 405


def test_head_takes_no_case_in_hand_and_leaves_none(world: World) -> None:
    lan = world.anybody("lan")
    first, second = (item.case_id for item in cases.queue(world.db)[:2])
    lan.get(f"/case/{first}")
    for path in ("/", f"/case/{second}"):
        assert lan.client.head(path).status_code == 200
        assert [hold.case_id for hold in holds.held_by(world.db, "lan")] == [first]
