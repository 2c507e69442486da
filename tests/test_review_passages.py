"""Passages beside a case: found, written down, put there and taken away."""

import dataclasses
import re
from typing import Any

import pytest
from desk_visit import World, text_of, toast_of
from desk_world import add_post, add_score, against, beside, open_with

from pipeline.records import PassageRow
from pipeline.store import (
    audit,
    cases,
    decisions,
    drafts,
    erasure,
    evidence,
    moves,
    reading,
)
from review import proof
from review.words import words

PRIMARY = "law:tre-em-11"
NOTE = "Còn phải hỏi lại thư viện xã"
NEW = {"text": "Khu Bãi Dâu chưa ra quy định nào.", "source": "Báo Sông Hương", "role": "independent"}


def test_a_case_says_that_somebody_put_a_passage_beside_it(world: World) -> None:
    lan, claim = world.anybody("lan"), "Trạm xá Gò Nổi đã đóng cửa từ tháng 3."
    post = add_post(world.db, "kenh-gio-nui", "tram-xa", f"{claim} Ai biết thì nói.")
    add_score(world.db, post, claim, reasons=(), found=(beside("fact:tam-giu"),))
    case = lan.post(f"/posts/{post}/case", claim=claim).headers["location"]
    assert "Cần kiểm chứng: chưa nguồn nào xác nhận hay bác bỏ." in text_of(lan.get(case))
    lan.post(f"{case}/evidence", eid="fact:cong-uoc")
    assert "Cần kiểm chứng: 1 đoạn trích do người kiểm chứng thêm vào." in text_of(lan.get(case))
    lan.post(f"{case}/evidence", eid="fact:tam-giu")  # which the machine found too, and could tell nothing from
    assert "Cần kiểm chứng: 2 đoạn trích do người kiểm chứng thêm vào." in text_of(lan.get(case))


def test_a_search_for_evidence_opens_with_what_holds_words_of_the_claim_and_stands_not_beside_it_yet(
    world: World,
) -> None:
    lan, claim = world.anybody("lan"), "Theo nguồn tin riêng của nhóm chúng tôi hôm qua thì thời hạn tạm giữ là 9 ngày."
    post = add_post(world.db, "kenh-gio-nui", "tam-giu-9", claim)
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    opened = lan.get(f"/case/{case}/evidence")
    assert f'value="{claim}"' in opened.text  # to be cut down to what is sought
    told = text_of(opened)
    sought = "Thời hạn tạm giữ là 3 ngày"  # which the claim tells of from its 13th word on
    assert told.index("có một phần các từ của khẳng định") < told.index(sought)
    assert "Không đoạn trích nào" not in told
    lan.post(f"/case/{case}/evidence", eid="fact:tam-giu")
    assert sought not in text_of(lan.get(f"/case/{case}/evidence"))
    assert sought in text_of(lan.get(f"/case/{case}/evidence", q="tạm giữ"))
    lan.post("/account/prefs", fold="graphic")
    shut = world.cases["children"]
    with world.db.atomic():
        world.db["cases"].update(shut, {"claim": "Ba người bị đánh chết ở xưởng gạch An Phú."})
    assert "đánh chết" not in lan.get(f"/case/{shut}/evidence").text
    erasure.erase(world.db, "https://kenh-gio-nui.example/tam-giu-9", person="chi", reason="trên giấy")
    assert "của khẳng định" not in text_of(lan.get(f"/case/{case}/evidence"))


def test_evidence_is_found_without_diacritics_and_put_beside_the_case(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    assert "phải nghỉ học để đi làm ở xưởng gạch" in text_of(lan.get(f"/case/{case}/evidence", q="xuong gach"))
    none = lan.get(f"/case/{case}/evidence", q="nghi de o lo")  # no promise to find a law by how people speak of it
    assert 'placeholder="Từ ngữ trong đoạn trích"' in none.text
    assert "từ ngữ của luật" in text_of(none)
    some = text_of(lan.get(f"/case/{case}/evidence", q="nghỉ học vì lũ"))
    assert some.index("từ ngữ của luật") < some.index("có một phần các từ này") < some.index("phải nghỉ học để đi làm")
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
        said = lan.post(f"/case/{case}/evidence", text="Có mười hai em.", source="y", role="primary", url=url)
        assert said.status_code == 422
    assert "Địa chỉ này chứa số điện thoại, số định danh" in text_of(said)
    lan.post(f"/case/{case}/evidence/draft", text="x", url=url)
    assert drafts.drafted(world.db, "lan", case) == {"text": "x"}


def test_a_passage_of_fewer_than_four_words_is_refused_at_its_field_and_the_form_says_so(world: World) -> None:
    lan, path = world.anybody("lan"), f"/case/{world.cases['spreading']}/evidence"
    said = lan.post(path, text="Luật Lao động", source="Công báo", role="primary")
    assert (said.status_code, "ít nhất bốn chữ" in text_of(said)) == (422, True)
    assert "Luật Lao động</textarea>" in said.text
    form = text_of(lan.get(path))
    assert ("từ bốn chữ đến 20.000 ký tự" in form, form.count("không bắt buộc")) == (True, 2)
    assert lan.post(path, text="Luật Lao động cấm.", source="Công báo", role="primary").status_code == 303


def test_what_is_done_about_a_passage_or_a_verdict_is_told_apart_by_ear(world: World) -> None:
    lan, case, into = world.anybody("lan"), world.cases["spreading"], world.cases["children"]
    lan.post(f"/case/{case}/evidence", text="Chưa ra quy định nào.", source="Báo Sông Hương", role="independent")
    page = text_of(lan.get(f"/case/{case}"))
    for deed in ("Dùng làm căn cứ", "Rút lại đoạn trích này", "Rút lại"):
        assert f"{deed}: 1, Báo Sông Hương" in page
    lan.post(f"/case/{case}/evidence", eid=PRIMARY)
    assert "Gỡ khỏi vụ này: 1, Luật Lao động An Phú" in text_of(lan.get(f"/case/{case}"))
    assert re.search(r"Mở nguồn: \d, ", text_of(lan.get(f"/case/{into}")))
    lan.decide(case, "opinion", "view")
    at = decisions.history(world.db, case)[-1].at
    assert f"Hoàn tác: Ý kiến, {words('vi').moment(at)}" in text_of(lan.get(f"/case/{case}"))
    lan.post(f"/decision/{decisions.history(world.db, case)[-1].id}/undo")
    lan.post(f"/case/{case}/merge", into=into)
    assert f"Hoàn tác: gộp vụ {case} vào vụ {into}" in text_of(lan.get(f"/case/{into}"))


def test_a_passage_that_stands_beside_the_case_is_not_offered_again_and_leads_to_its_source(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    offered = r'name="eid" value="([^"]+)"'
    found = lan.get(f"/case/{case}/evidence", q="trẻ em")
    assert re.findall(offered, found.text) == ["factcheck:1"]  # three stand beside it
    assert text_of(found).count("Đã có trong vụ này") == 3
    assert 'href="https://mai-hien.example/bao-cao-2024"' in found.text
    lan.post(f"/case/{case}/evidence", eid="factcheck:1")
    assert text_of(lan.get(f"/case/{case}/evidence", q="trẻ em")).count("Đã có trong vụ này") == 4


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
    why = f"Đoạn trích mà kết luận dựa vào đã thay đổi hoặc được rút lại: {NEW['source']}"
    assert why in text_of(lan.get(f"/case/{case}"))  # by its source: nobody knows its id
    assert evidence.find_passages(world.db, "bai dau") == []
    line = {"person": name, "action": "evidence_remove", "subject": eid, "detail": f"#{case}"}
    assert line.items() <= audit.entries(world.db)[0].items()
    assert f"bỏ một đoạn trích {eid} (Vụ {case})" in text_of(world.anybody("chi").get("/people/log"))
    form = world.anybody(name).get(gone.headers["location"].partition("#")[0])
    assert f">{NEW['text']}</textarea>" in form.text  # to be put right
    assert 'value="2026-11-21"' in form.text
    assert "Đoạn trích đã được rút lại; nguyên văn" in text_of(form)
    assert f'vì kết luận dựa vào đoạn này: <a href="/case/{case}">' in form.text
    assert "Đoạn trích đã được rút lại;" not in text_of(tuan.get(gone.headers["location"].partition("#")[0]))
    assert "Những gì bạn đã điền" not in text_of(form)
    for path in ("evidence/withdraw", "evidence"):
        again = lan.post(f"/case/{case}/{path}", eid=eid)
        assert again.status_code == 404
        assert "Không có đoạn trích này, hoặc đoạn trích đã được rút lại." in text_of(again)
    assert evidence.put_beside(world.db, eid) == [(case, "lan")]


def test_of_the_many_cases_that_a_withdrawn_passage_reopened_some_are_named_and_the_rest_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "MOST_NAMED", 1)
    lan, both = world.anybody("lan"), [world.cases["spreading"], world.cases["children"]]
    lan.post(f"/case/{both[0]}/evidence", **NEW)
    eid = written(world, both[0])
    lan.post(f"/case/{both[1]}/evidence", eid=eid)
    for case in both:
        lan.decide(case, "false", "contradicted_by_record", eid)
    gone = lan.post(f"/case/{both[0]}/evidence/withdraw", eid=eid)
    told = text_of(lan.get(gone.headers["location"].partition("#")[0]))
    assert f"Được mở lại vì kết luận dựa vào đoạn này: Vụ {min(both)} và 1 vụ nữa." in told


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
    away = lan.post(f"/case/{into}/evidence/unlink", eid=PRIMARY).headers["location"]
    assert "Đoạn trích đã được gỡ khỏi vụ." in toast_of(lan.get(away.partition("#")[0]))
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


def test_a_passage_put_beside_a_case_leaves_what_the_law_says_otherwise(world: World) -> None:
    claim = "Ở Gò Nổi có người bị tạm giữ 7 ngày."
    post = add_post(world.db, "kenh-gio-nui", "tam-giu", claim)
    differs = against("fact:tam-giu", claim, "other", "7 ngày", "3 ngày")
    score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), found=(differs,))
    case, lan = open_with(world.db, post, score, claim), world.anybody("lan")
    assert "1 nguồn nói khác" in text_of(lan.get(f"/case/{case}"))
    lan.post(f"/case/{case}/evidence", {**NEW, "text": "Biên bản họp thôn không ghi việc tạm giữ."})
    page = lan.get(f"/case/{case}")
    assert "1 nguồn nói khác" in text_of(page)
    assert "Nói khác Bộ luật" in text_of(page)
    assert 'class="slot' in page.text


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


def test_a_half_written_passage_outlasts_the_verdict_and_its_undoing(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    half = {"text": "Sổ của tỉnh ghi 14 em nghỉ học.", "source": "Tỉnh An Phú"}
    lan.post(f"/case/{case}/evidence/draft", **half)
    lan.post(f"/case/{case}/draft", note=NOTE, quiet="1")
    lan.decide(case, "false", "contradicted_by_record", "law:tre-em-11", "fact:an-phu-2024")
    assert (drafts.drafted(world.db, "lan", case), drafts.half_filled(world.db, "lan")) == (half, [case])
    assert f">{half['text']}</textarea>" in lan.get(f"/case/{case}/evidence").text
    assert f'<li><a href="/case/{case}/evidence">' in lan.get("/mine").text
    lan.post(f"/decision/{decisions.history(world.db, case)[-1].id}/undo")
    assert drafts.drafted(world.db, "lan", case) == half | {
        "verdict": "false", "reason": "contradicted_by_record", "evidence": "law:tre-em-11"
    }  # fmt: skip


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


@pytest.mark.parametrize("path", ["/case/1/evidence", "/bring"])
@pytest.mark.parametrize("url", ["vbpl example/dieu-110", "http://", "https:///dieu-110"])
def test_what_is_no_whole_address_is_refused_by_the_desk_and_in_its_language(world: World, path: str, url: str) -> None:
    lan = world.anybody("lan")
    assert 'type="url"' not in lan.get(path).text  # which a browser refuses in its own
    refused = lan.post(path, NEW, url=url)
    assert "bắt đầu bằng https:// hoặc http://" in text_of(refused)
    assert f">{NEW['text']}</textarea>" in refused.text


def test_an_address_in_capitals_leads_to_its_source(world: World) -> None:
    lan = world.anybody("lan")
    lan.post("/case/1/evidence", NEW, url="HTTPS://vbpl.example/Dieu-110")
    assert '<a href="https://vbpl.example/Dieu-110"' in lan.get("/case/1").text


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
    children = lan.get(f"/case/{world.cases['children']}").text
    assert '<blockquote lang="vi" dir="ltr">' in children
    for said in ("evidence says otherwise", "the claim begins", "the claim ends"):  # the desk's own among them
        assert f'(<span lang="en">{said}</span>)' in children
    lan.decide(world.cases["treaty"], "unverifiable", "no_evidence_yet", "fact:cong-uoc")
    for path, source in (
        ("posts", "Tin Miền Biển"), ("post/6", "Tin Miền Biển"), ("brief", "Kho lưu trữ điều ước"),
    ):  # fmt: skip
        page = lan.get(f"/case/{world.cases['treaty']}/{path}").text
        assert re.search(rf'<(span|a) lang="vi" dir="ltr"[^>]*>{source}<', page), path
    assert '<td lang="vi" dir="ltr">Tin Miền Biển</td>' in world.anybody("chi").get("/pulse", lang="en").text


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"url": "mang.example/7"}, ["url"]),
        ({"text": " ", "role": ""}, ["text", "role"]),
        ({"date": "2999-01-01"}, ["date"]),
        ({"date": "hôm qua", "valid_to": "mai"}, ["date", "valid_to"]),
    ],
)
def test_what_is_wrong_is_said_at_its_field_where_the_focus_goes(
    world: World, changed: dict[str, str], wrong: list[str]
) -> None:
    page = world.anybody("lan").post(f"/case/{world.cases['spreading']}/evidence", {**NEW, **changed}).text
    fields = [tag for tag in re.findall(r"<(?:input|textarea|select)[^>]*>", page) if 'aria-invalid="true"' in tag]
    assert [re.findall(r'name="(\w+)"', tag) for tag in fields] == [[name] for name in wrong]
    assert all('aria-describedby="problem"' in tag for tag in fields)
    assert re.findall(r"<[^>]* autofocus[^>]*>", page.partition("<dialog")[0]) == fields[:1]
    before = page.partition('id="problem"')[2].partition("</p>")[2]
    assert re.findall(r'name="(\w+)"', before)[0] == wrong[0]
    assert "<title>Lỗi: " in page


def test_what_is_wrong_with_no_field_of_a_form_takes_the_focus_itself(world: World) -> None:
    page = (
        world.anybody("lan")
        .post(f"/case/{world.cases['spreading']}/decide", note="Ghi chú.")
        .text.partition("<dialog")[0]
    )
    assert re.findall(r"<[^>]* autofocus[^>]*>", page) == [
        '<p class="problem" role="alert" id="problem" tabindex="-1" autofocus>'
    ]


def test_all_that_keeps_a_passage_from_being_written_down_is_said_at_once_and_what_was_typed_stays(
    world: World,
) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    typed = {"text": "Ba chữ thôi", "source": "", "role": "", "url": "không phải địa chỉ", "date": "25/11/2026"}
    answered = lan.post(f"/case/{case}/evidence", typed)
    said = text_of(answered)
    assert answered.status_code == 422
    for told in ("cần có nguyên văn, nguồn và vai trò", "ít nhất bốn", "2026-11-25"):
        assert told in said, told
    assert answered.text.count('aria-invalid="true"') == 5
    assert all(value in answered.text for value in typed.values())
    assert world.db.conn.execute("SELECT count(*) FROM case_evidence WHERE case_id = ?", [case]).fetchone() == (0,)
