"""What the desk answers to the world, what it says in two languages, and its charts."""

import csv
import json
import re
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from desk_visit import World, text_of
from desk_world import CLAIM, add_post, add_score, beside, open_with
from markupsafe import Markup

from classifier.comparison import slots
from classifier.evaluation import causes
from crawlers.items import Outcome
from pipeline.claimreview import FIELDS, claim_review
from pipeline.operations.metrics import HEALTHS
from pipeline.records import REASONS as STORE_REASONS
from pipeline.records import (
    RIGHTS,
    VIET_NAM,
    EvidenceRow,
    FactCheckRow,
    Flag,
    NewDecision,
    NewPost,
    PassageRow,
    ScoreRow,
    StepOutcome,
    Verdict,
    here,
    now,
    stamp,
)
from pipeline.research.tables import write_rows
from pipeline.settings import DeskSettings
from pipeline.store import cases, decisions, drafts, evidence, factchecks, people, posts, reading, shippedfacts, trends
from pipeline.store.erasure import erase
from review import answer, charts, names, show, words
from review.deciding import Filled

REVIEW = Path(words.__file__).parent


def exported(world: World, language: str = "vi") -> list[dict[str, Any]]:
    say = words.words(language)
    return list(answer.claim_reviews(world.db, say=say, desk=world.home.settings().desk, since="", until="9999"))


@pytest.fixture
def decided(world: World) -> World:
    world.anybody("lan").decide(
        world.cases["children"],
        "false",
        "contradicted_by_record",
        "fact:an-phu-2024",
        "news:so-an-phu",
        note="Riêng tư",
    )
    return world


def test_a_rebuttal_asked_for_while_its_verdict_is_taken_back_is_none(
    decided: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, history = decided.cases["children"], decisions.history

    def meanwhile(db: Any, case_id: int) -> Any:
        decisions.undo(db, 1, person="lan")
        return history(db, case_id)

    monkeypatch.setattr(decisions, "history", meanwhile)
    assert answer.brief(decided.db, case, say=words.words("vi")) is None


def test_brief_says_claim_verdict_evidence_and_what_is_not_known_in_both_languages(decided: World) -> None:
    lan, case = decided.anybody("lan"), decided.cases["children"]
    assert 'href="#history-title"' in lan.get(f"/case/{case}").text  # where it can be taken back
    page = lan.get(f"/case/{case}/brief")
    assert f'<a href="/case/{case}">Vụ {case}</a>' in page.text
    said = text_of(page)
    for part in (
        "Sai. Trái với tài liệu gốc.",
        "12 trẻ em",
        "Bên liên quan nói về mình",
        "mọi đoạn trích xác nhận hay nói khác đều từ một nguồn",
    ):
        assert part in said
    english = text_of(lan.get(f"/case/{case}/brief", lang="en"))
    assert "False. A record says otherwise." in english
    kept = repr(answer.brief(decided.db, case, say=words.words("en")))
    assert "Riêng tư" not in said + english + kept  # a note is for colleagues
    assert "lan" not in re.sub(r"Soi.*?Đăng xuất", "", said).split()


def let_ship(world: World) -> None:
    """Have the facts of the seeded desk as those that came with Soi."""
    facts = {row.eid: "2026-06-30" for row in evidence.listed(world.db, "fact:", limit=0)}
    shippedfacts.bring(world.db, facts, lambda eids, moved: (0, 0, set()), table="of the test")


@pytest.mark.parametrize(
    ("language", "remark", "cited"),
    [
        ("vi", "Soi tóm tắt, không phải nguyên văn của nguồn:", "Tổ chức Mái Hiên, theo tóm tắt của Soi"),
        ("en", "Summed up by Soi, not in the words of the source:", "Tổ chức Mái Hiên, as summed up by Soi"),
    ],
)
def test_a_fact_that_ships_is_told_as_summed_up_and_quoted_nowhere(
    world: World, language: str, remark: str, cited: str
) -> None:
    lan, case, fact, law = world.anybody("lan"), world.cases["children"], "Theo báo cáo thường niên", "Người sử dụng"
    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024", "law:tre-em-11")

    def told(path: str, **query: str) -> str:
        return str(lan.get(f"/case/{case}{path}", lang=language, **query).text)

    assert remark not in told("/brief") + told("/brief.md") + told("/reasons.json")
    let_ship(world)
    lan.client.cookies.set("soi_language", language)
    for page in (told(""), told("/brief"), told("/evidence", q="an phú")):
        assert re.search(rf'<p class="found">{remark}</p>\s*<div [^>]*class="summary">{fact}', page)
        assert re.search(rf"<blockquote[^>]*>{law}", page)  # imported law stays a quotation
        assert not re.search(rf"<blockquote[^>]*>{fact}", page)
    assert f"- {answer._quoted(remark)} {fact}" in told("/brief.md")
    assert "- Người sử dụng" in told("/brief.md")
    facts = {one["eid"]: one["text"] for one in json.loads(told("/reasons.json"))["facts"]}
    assert facts["fact:an-phu-2024"].startswith(f"{remark} {fact}")
    assert facts["law:tre-em-11"].startswith(law)
    named = [one["name"] for one in json.loads(told("/claimreview.json"))["citation"]]
    assert named == [cited, "Luật Lao động An Phú, Điều 11"]


def test_a_verdict_on_no_passage_says_so_and_not_that_the_store_has_none(world: World) -> None:
    lan, ticked = world.anybody("lan"), "Kết luận này không dựa vào đoạn trích nào."
    near, none_near = "không có đoạn trích nào gần", "Kho bằng chứng không có đoạn trích nào gần với khẳng định này"
    for case, said, unsaid in (("children", ticked, near), ("spreading", none_near, ticked)):
        number = world.cases[case]
        lan.decide(number, "unverifiable", "no_evidence_yet")
        pages = [text_of(lan.get(f"/case/{number}/{path}", lang="vi")) for path in ("brief", "brief.md")]
        for page in (*pages, " ".join(lan.get(f"/case/{number}/reasons.json", lang="vi").json()["not_known"])):
            assert said in page
            assert unsaid not in page


def test_where_no_passage_compares_the_model_says_that_it_cannot_tell(world: World) -> None:
    post = add_post(world.db, "song-huong", "khac", "Trẻ em ở đây được nghỉ.")
    score = add_score(world.db, post, "Trẻ em ở đây được nghỉ.", reasons=("AUDIT",), found=(beside("law:tre-em-11"),))
    case = open_with(world.db, post, score, "Trẻ em ở đây được nghỉ.")
    said = text_of(world.anybody("lan").get(f"/case/{case}"))
    assert "Mô hình không biết có đoạn trích nào ở đây đủ để kết luận hay không" in said
    assert "không đoạn nào đủ để kết luận" not in said


def test_markdown_brief_links_its_evidence_and_cannot_be_broken_out_of(decided: World) -> None:
    text = decided.anybody("lan").get(f"/case/{decided.cases['children']}/brief.md").text
    assert text.startswith("# Sai: Năm 2024 có 1.200 trẻ em")
    assert "](https://mai-hien.example/bao-cao-2024)" in text
    assert answer._quoted("1. www.a.example https://a.example &rlm;") == r"1\. www\.a.example https:\//a.example \&rlm;"
    assert show.plain("giá \ue00041\ue001 đồng").count("hidden-sign") == 2  # as they are, and not as a number
    assert answer._quoted("[x](javascript:1) <b> # *") == r"\[x\]\(javascript:1\) \<b\> \# \*"
    assert answer._web("javascript:alert(1)") == ""
    assert answer._web("https://a.example/b_(1)?x=)") == "https://a.example/b_%281%29?x=%29"
    assert answer._quoted("- ICCPR-OP2") == r"\- ICCPR-OP2"


def test_brief_of_an_open_case_says_that_it_is_looked_at(world: World) -> None:
    lan, claim = world.anybody("lan"), cases.case(world.db, 1).claim  # type: ignore[union-attr]
    for lang, said in (("vi", "hoặc xem xét lại"), ("en", "The desk is looking at this case")):
        people.set_prefs(world.db, "lan", {"language": lang})
        for path in ("brief", "brief.md", "claimreview.json", "reasons.json"):
            answered = lan.get(f"/case/1/{path}")
            assert (answered.status_code, said in answered.text, claim in answered.text) == (404, True, False)
            assert said not in lan.get(f"/case/99999/{path}").text


def test_a_feed_says_how_its_letters_are_written(decided: World) -> None:
    assert "charset=utf-8" in decided.anybody("lan").get("/corrections.atom").headers["content-type"]


def test_claim_review_is_what_schema_org_asks_for(decided: World) -> None:
    found = json.loads(decided.anybody("lan").get(f"/case/{decided.cases['children']}/claimreview.json").text)
    assert found["@type"] == "ClaimReview"
    assert found["claimReviewed"].startswith("Năm 2024")
    assert found["reviewRating"] == {
        "@type": "Rating", "alternateName": "Sai", "ratingValue": 1, "worstRating": 1, "bestRating": 5
    }  # fmt: skip
    assert len(found["itemReviewed"]["appearance"]) == 4
    made = decisions.history(decided.db, decided.cases["children"])[0]
    assert found["datePublished"] == here(made.at).date().isoformat()
    assert found["itemReviewed"]["datePublished"] == "2026-11-20"  # the post's own day
    assert "citation" in found
    assert not {"url", "author"} & set(found)  # the desk's own pages need a sign-in, and nobody is named who answers


def test_a_citation_keeps_an_address_that_markdown_cannot_hold(world: World) -> None:
    lan, case, url = world.anybody("lan"), world.cases["children"], "https://so-xa.example/Hoa_(xa)"
    lan.post(f"/case/{case}/evidence", text="Xã Hoa có hai trường.", source="Sổ xã", role="independent", url=url)
    (eid,) = world.db.conn.execute("SELECT eid FROM case_evidence WHERE case_id = ?", [case]).fetchone()
    lan.decide(case, "false", "contradicted_by_record", eid)
    assert lan.get(f"/case/{case}/claimreview.json").json()["citation"] == [
        {"@type": "CreativeWork", "name": "Sổ xã", "url": url}
    ]
    assert url not in lan.get(f"/case/{case}/brief.md").text


@pytest.mark.parametrize("spelled", ["https://so-xa.example/hoa", "http://so-xa.example/hoa/?fbclid=1"])
def test_a_passage_whose_address_was_erased_is_not_written_down_again(world: World, spelled: str) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    erase(world.db, "https://so-xa.example/hoa", person="an", reason="theo yêu cầu")
    told = {"text": "Xã Hoa có hai trường.", "source": "Sổ xã", "role": "independent", "url": spelled}
    refused = lan.post(f"/case/{case}/evidence", **told)
    assert (refused.status_code, "đã được xóa theo yêu cầu" in refused.text) == (422, True)
    assert not world.db.conn.execute("SELECT 1 FROM passages WHERE text = ?", [told["text"]]).fetchone()
    assert lan.post(f"/case/{case}/evidence", **told | {"url": "https://so-xa.example/hoa-2"}).status_code == 303


def test_whoever_answers_is_named_with_where_the_rebuttal_stands(tmp_path: Path) -> None:
    told = '[desk]\nsecond_reader_share = 0.0\npublisher = "Nhóm Đọc Lại"\ncontact = "viet@doc-lai.example"\n'
    world = World(tmp_path / "home", settings=told + 'publish_url = "https://doc-lai.example/tra-loi/"\n')
    lan, case = world.anybody("lan"), world.cases["treaty"]
    own = {"text": "Tin ấy là sai.", "source": "Nhóm", "url": "https://www.doc-lai.example/tra-loi/4", "date": ""}
    for told in (own, own | {"source": "nhóm đọc lại", "url": ""}):
        refused = lan.post(f"/case/{case}/evidence", **told, role="independent")
        assert refused.status_code == 422
        assert "lời của chính nhóm kiểm chứng" in refused.text
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    for path in ("brief", "brief.md"):
        assert "Nhóm Đọc Lại · viet@doc" in lan.get(f"/case/{case}/{path}").text
    for sent in (f"https://doc-lai.example/tra-loi/{case}", f"www.doc-lai.example/tra-loi/{case}/"):
        assert lan.get("/", q=sent).url.path == f"/case/{case}"
    assert lan.get("/", q=f"https://khac.example/tra-loi/{case}").url.path == "/"
    assert lan.get("/", q=f"https://doc-lai.example/bai/{case}").url.path == "/"
    found = lan.get(f"/case/{case}/claimreview.json").json()
    assert found["url"] == f"https://doc-lai.example/tra-loi/{case}"
    assert found["author"] == {
        "@type": "Organization",
        "name": "Nhóm Đọc Lại",
        "url": "https://doc-lai.example/tra-loi",
    }
    told = lan.get(f"/case/{case}/reasons.json", lang="en").json()
    named = ("Nhóm Đọc Lại", "viet@doc-lai.example", f"https://doc-lai.example/tra-loi/{case}", "en")
    assert (told["publisher"], told["contact"], told["page"], told["language"]) == named
    assert told["redress"].startswith("Write to Nhóm Đọc Lại · viet@doc-lai.example with evidence;")
    assert told["redress"].endswith("the case is opened again and read anew.")  # by whom isn't promised
    world.close()


def test_an_address_to_object_at_is_a_link_where_it_is_one(tmp_path: Path) -> None:
    told = (
        '[desk]\nsecond_reader_share = 0.0\npublisher = "Nhóm Đọc-Lại"\ncontact = "https://doc-lai.example/phan-hoi"\n'
    )
    world = World(tmp_path / "home", settings=told)
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    assert '· <a href="https://doc-lai.example/phan-hoi"' in lan.get(f"/case/{case}/brief").text
    assert "Nhóm Đọc-Lại · <https://doc-lai.example/phan-hoi>" in lan.get(f"/case/{case}/brief.md").text
    world.close()


def test_the_page_of_a_rebuttal_that_is_not_signed_in_full_says_what_is_not_set(tmp_path: Path) -> None:
    for settings, lacks in (
        ("", "desk.publisher, desk.contact"),
        ('publisher = "Bàn Sông"\n', "desk.contact"),
        ('publisher = "Bàn Sông"\ncontact = "song@ban.example"\n', ""),
    ):
        world = World(tmp_path / f"home-{lacks}", settings=f"[desk]\nsecond_reader_share = 0.0\n{settings}")
        lan, case = world.anybody("lan"), world.cases["treaty"]
        lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
        page = lan.get(f"/case/{case}/brief").text
        assert (f'<p class="notice no-print">Chưa đặt: {lacks}. ' in page, "Chưa đặt" in page) == (bool(lacks),) * 2
        assert "Chưa đặt" not in lan.get(f"/case/{case}/brief.md").text
        world.close()


def test_no_answer_leads_to_a_testimony_that_stands_among_claims(world: World) -> None:
    lan, case, claim = world.anybody("lan"), world.cases["children"], "Tôi từng làm ở lò gạch ấy."
    post = add_post(world.db, "dien-dan-ben-song", "ke-ve-lo-gach", claim)
    add_score(world.db, post, claim, reasons=(), kind="testimony")
    cases.join_case(world.db, case, post)
    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024", "law:tre-em-11")
    said = "".join(lan.get(f"/case/{case}/{path}").text for path in ("brief", "claimreview.json"))
    assert ("lo-gach" in said, "ke-ve-lo-gach" in said) == (True, False)
    (row,) = exported(world)
    assert len(row["itemReviewed"]["appearance"]) == 4
    with world.db.atomic():  # scored again, and all of it is testimony now
        world.db.conn.execute("UPDATE standings SET lane = 'testimony' WHERE case_id = ?", [case])
    assert exported(world) == []
    assert lan.get(f"/case/{case}/claimreview.json").status_code == 404
    assert "lo-gach" not in lan.get(f"/case/{case}/brief").text


def test_files_show_hidden_characters_by_their_number_as_pages_do(world: World) -> None:
    claim = "Trẻ em \u202ecó\u200b việc."
    post = add_post(world.db, "song-huong", "an", claim)
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("AUDIT",)), claim)
    lan = world.anybody("lan")
    passage = {"text": "Xã ấy không\u202e có.", "source": "Sổ\u200b xã", "url": "https://so.example/1"}
    lan.post(f"/case/{case}/evidence", role="independent", **passage)
    lan.post(f"/case/{case}/evidence", role="party", **passage)
    eids = [e.eid for e in reading.evidence_for(world.db, case, score_id=0)]
    lan.decide(case, "false", "contradicted_by_record", *eids)
    world.wait(minutes=30)
    world.anybody("tuan").post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.decide(case, "misleading", "exaggerated", *eids, explanation="Số \u202ethật\u061c là 12.")
    assert "Số [U+202E]thật[U+061C] là 12." in lan.get("/corrections.atom").text
    for path in ("brief.md", "reasons.json", "claimreview.json", "corrections.atom"):
        place = f"/{path}" if path.endswith("atom") else f"/case/{case}/{path}"
        said = lan.get(place).text.replace("\\", "")
        assert "[U+202E]có[U+200B] việc." in said
        assert ("Sổ[U+200B] xã" in said) == ("atom" not in path)
        assert not show.CONTROLS.search(said.replace("\n", ""))


def test_a_line_break_of_two_characters_is_one_wherever_it_comes_from_and_shown(world: World) -> None:
    lan, case, token = world.anybody("lan"), world.cases["treaty"], people.make_token(world.db, "lan", label="thử")
    passage = {"text": "Dòng một của luật.\r\nDòng hai.", "source": "Báo X", "role": "independent"}

    def send(path: str, body: dict[str, Any]) -> Any:
        return lan.client.post(f"/api/v1/cases/{case}{path}", json=body, headers={"Authorization": f"Bearer {token}"})

    eid = send("/evidence", passage).json()["eid"]
    lan.post(f"/case/{case}/evidence", **passage)  # as a browser sends it
    assert reading.put_by_people(world.db, case) == {eid}
    assert send("/notes", {"text": "Một\r\nhai"}).json()["text"] == "Một\nhai"
    body = {"verdict": "false", "reason": "contradicted_by_record", "evidence": ["fact:cong-uoc", eid]}
    assert send("/decisions", {**body, "explanation": "Câu một.\r\nCâu hai."}).status_code == 201
    for path in ("", "/brief", "/brief.md", "/claimreview.json", "/reasons.json"):
        assert "000D" not in lan.get(f"/case/{case}{path}").text
    post = add_post(world.db, "song-huong", "hai-dong", "Một câu.\r\nCâu hai.")  # as a crawl may keep it
    cases.join_case(world.db, case, post)
    assert "000D" not in lan.get(f"/case/{case}").text
    assert str(show.plain("a\r\nb\rc")) == 'a\nb<span class="hidden-sign">[U+000D]</span>c'


@pytest.mark.parametrize("verdict", [("false", "fabricated"), ("unverifiable", "no_evidence_yet")])
def test_a_claim_review_is_the_same_from_the_desk_and_in_a_file_and_ends_no_script_of_a_page(
    world: World, tmp_path: Path, verdict: tuple[str, str]
) -> None:
    claim = "Lò\u202e gạch </script><script>đóng\u2028 cửa."
    post = add_post(world.db, "song-huong", "lo", claim)
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("AUDIT",)), claim)
    lan = world.anybody("lan")
    for eid in ("law:tre-em-11", "fact:an-phu-2024"):
        lan.post(f"/case/{case}/evidence", eid=eid)
    lan.decide(case, *verdict, "law:tre-em-11", "fact:an-phu-2024")
    token = {"authorization": f"Bearer {people.make_token(world.db, 'lan', label='test')}"}
    for language in ("en", "vi"):
        write_rows(exported(world, language), tmp_path / f"{language}.jsonl")
        api = f"/api/v1/cases/{case}/{{}}?language={language}"
        told = [
            lan.get(f"/case/{case}/claimreview.json", lang=language).text,
            lan.client.get(api.format("claimreview"), headers=token).text,
            (tmp_path / f"{language}.jsonl").read_text(encoding="utf-8"),
        ]
        for text in told:
            assert not {"<", "\u2028", "\u202e"} & {*text}
            assert json.loads(text) == json.loads(told[0])
        assert json.loads(told[0])["inLanguage"] == language
        reasons = lan.client.get(api.format("reasons"), headers=token).json()
        assert reasons == lan.get(f"/case/{case}/reasons.json", lang=language).json()
        assert lan.client.get(api.format("brief") + "x", headers=token).status_code == 422
    assert json.loads(told[0])["claimReviewed"].startswith("Lò[U+202E] gạch </script><script>")


def test_a_verdicts_day_is_the_day_in_viet_nam() -> None:
    told = claim_review(
        claim="Một điều.", verdict="unverifiable", words="Chưa rõ", at="2026-11-25T18:30:00.000Z", language="vi",
        publisher="Nhóm", address="", page="", posts=[("https://a.example", "2026-11-20"), ("javascript:1", "")],
        evidence=[],
    )  # fmt: skip
    assert told["datePublished"] == "2026-11-26"
    assert told["itemReviewed"]["datePublished"] == "2026-11-20"
    assert [one["url"] for one in told["itemReviewed"]["appearance"]] == ["https://a.example"]
    assert "ratingValue" not in told["reviewRating"]


def test_a_fact_check_is_quoted_as_what_was_checked_never_as_what_is_so(world: World) -> None:
    lan, case, quoted = world.anybody("lan"), world.cases["spreading"], "Nước uống ở An Phú làm trẻ em mất trí nhớ."
    lan.post(f"/case/{case}/evidence", eid="factcheck:1")
    lan.post(f"/case/{case}/evidence", eid="fact:an-phu-2024")
    ruled = f"Đã được kiểm chứng, kết luận “Sai”: {quoted}"
    assert ruled in text_of(lan.get(f"/case/{case}"))
    lan.decide(case, "false", "repeats_refuted", "factcheck:1", "fact:an-phu-2024")
    said = text_of(lan.get(f"/case/{case}/brief"))
    assert said.index("Sự thật") < said.index("12 trẻ em") < said.index("Đã được kiểm chứng") < said.index(quoted)
    assert said.count(quoted) == 1
    texts = [fact["text"] for fact in lan.get(f"/case/{case}/reasons.json").json()["facts"]]
    assert [ruled in text for text in texts] == [True, False]
    assert f"Đã được kiểm chứng, kết luận “Sai”: {quoted} — " in lan.get(f"/case/{case}/brief.md").text


@pytest.mark.parametrize(
    ("verdict", "reason"), [("false", "repeats_refuted"), ("unverifiable", "conflicting_evidence")]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_markdown_has_the_headings_of_the_page_and_what_stands_under_them(
    world: World, verdict: str, reason: str, language: str
) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    lan.post(f"/case/{case}/evidence", eid="factcheck:1")
    lan.decide(case, verdict, reason, "factcheck:1", "fact:an-phu-2024", "news:so-an-phu")
    page = lan.get(f"/case/{case}/brief", lang=language).text
    text = lan.get(f"/case/{case}/brief.md", lang=language).text
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == re.findall(r"<h2>(.*?)</h2>", page)
    so, checked, party, *_, seen = re.split(r"^## .*$", text, flags=re.MULTILINE)[1:]
    assert ("12 trẻ em" in so, "mất trí nhớ" in so, "mất trí nhớ" in checked) == (True, False, True)
    assert "Sở Lao động An Phú khẳng định" in party
    assert len(re.findall("^- ", seen, re.MULTILINE)) == 4
    for part in ("Báo Sông Hương", "20", "<https://song-huong.example/lo-gach>", "kenh-gio-nui.example/lo-gach-1"):
        assert part in seen
    gone = {"vi": "(nay không còn truy cập được)", "en": "(no longer reachable)"}[language]
    assert seen.count(gone) == page.count(gone) == 1


@pytest.mark.parametrize(
    ("verdict", "reason", "heading"),
    [
        ("true", "confirmed_by_record", "Sự thật"), ("misleading", "outdated", "Sự thật"),
        ("unverifiable", "conflicting_evidence", "Bằng chứng nói gì"), ("opinion", "view", "Bằng chứng nói gì"),
    ],
)  # fmt: skip
def test_a_passage_is_called_the_truth_only_under_a_verdict_that_says_what_is_so(
    world: World, verdict: str, reason: str, heading: str
) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    lan.decide(case, verdict, reason, "fact:an-phu-2024", "news:so-an-phu")
    page = lan.get(f"/case/{case}/brief").text
    assert re.findall("<h2>(Sự thật|Bằng chứng nói gì)</h2>", page) == [heading]


def test_a_line_of_many_months_names_only_as_many_as_fit() -> None:
    points = [charts.Point(f"{n}/2026", 0.5, 0.4, 0.6) for n in range(1, 13)]
    drawn = charts.line(points, title="x", ticks=("a", "b", "c"))
    assert re.findall(r">(\d+)/2026<", drawn) == ["2", "4", "6", "8", "10", "12"]


def test_an_opinion_or_testimony_is_no_claim_to_be_reviewed_in_public(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["testimony"]
    lan.decide(case, "testimony", "own_experience")
    page = lan.get(f"/case/{case}/brief")
    assert "Lời kể." in text_of(page)
    for path in ("brief", "brief.md", "reasons.json"):
        assert "dien-dan-ben-song.example" not in lan.get(f"/case/{case}/{path}").text  # nobody is led to the writer
    assert "claimreview" not in page.text
    assert lan.get(f"/case/{case}/claimreview.json").status_code == 404


def test_statement_of_reasons_names_facts_tells_parties_apart_and_shows_a_pseudonym(decided: World) -> None:
    found = decided.anybody("lan").get(f"/case/{decided.cases['children']}/reasons.json").json()
    assert [fact["eid"] for fact in found["facts"]] == ["fact:an-phu-2024"]
    assert [fact["eid"] for fact in found["statements_of_parties"]] == ["news:so-an-phu"]
    assert "12 trẻ em" in found["facts"][0]["text"]
    assert found["statements_of_parties"][0].keys() == found["facts"][0].keys()
    assert (found["publisher"], found["page"], found["replaces"]) == ("", "", None)
    assert found["redress"].startswith("Hãy gửi bằng chứng cho nhóm kiểm chứng này;")
    assert found["redress"].endswith("vụ sẽ được mở lại và xem xét lại từ đầu.")
    assert found["automated_decision"] is False
    assert found["decided_by"].startswith("reader-")
    assert "lan" not in json.dumps(found, ensure_ascii=False).split('"')


def test_corrections_feed_tells_of_verdicts_that_changed_and_of_no_others(decided: World) -> None:
    lan, case = decided.anybody("lan"), decided.cases["children"]
    atom = "{http://www.w3.org/2005/Atom}"

    def titles() -> list[str]:
        feed = ElementTree.fromstring(lan.get("/corrections.atom").content)
        return [entry.find(f"{atom}title").text for entry in feed.findall(f"{atom}entry")]  # type: ignore[union-attr, misc]

    def links() -> list[int]:
        feed = ElementTree.fromstring(lan.get("/corrections.atom").content)
        found = [entry.find(f"{atom}link").get("href") for entry in feed.findall(f"{atom}entry")]  # type: ignore[union-attr]
        return [lan.get(str(link).removeprefix("http://desk.test")).status_code for link in found]

    assert titles() == []
    decided.wait(minutes=trends.SLIP_MINUTES)
    lan.post(f"/decision/{decisions.history(decided.db, case)[0].id}/undo")
    assert titles()[0].startswith("Sai → đã rút lại")
    assert links() == [200]
    lan.decide(case, "misleading", "exaggerated", "fact:an-phu-2024")
    assert titles()[0].startswith("Sai → Gây hiểu lầm: Năm 2024")
    assert len(titles()) == 2
    assert links() == [200, 200]
    for path in ("brief", "brief.md"):
        assert "trước đó kết luận là “Sai”" in lan.get(f"/case/{case}/{path}").text
    assert lan.get(f"/case/{case}/reasons.json").json()["replaces"] == {"verdict": "false", "words": "Sai"}
    decided.wait(minutes=60 * 48)
    lan.post(f"/case/{case}/reopen", changed="Sửa lời giải thích")
    lan.decide(case, "misleading", "exaggerated", "fact:an-phu-2024", explanation="Số thật là 12.")
    decided.wait(minutes=60 * 48)
    lan.post(f"/case/{case}/reopen", changed="Đọc lại")  # neither notice goes when nothing changes once more
    lan.decide(case, "misleading", "exaggerated", "fact:an-phu-2024", explanation="Số thật là 12.")
    for path in ("brief", "brief.md"):
        told = lan.get(f"/case/{case}/{path}").text
        days = re.findall(r"(?:Đính chính|Sửa lời) ngày ([\d/]+)", told)
        assert len(set(days)) == 2, told
    reasons = lan.get(f"/case/{case}/reasons.json").json()
    assert (reasons["replaces"]["verdict"], reasons["reworded"][:4]) == ("false", "2026")


def test_a_verdict_is_explained_to_readers_wherever_it_is_told_and_taken_back_with_it(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    said, escaped = "Báo cáo ghi <b>12</b> em.\n\nGọi 0912 345 678.", r"Báo cáo ghi \<b\>12\</b\> em."

    def told(path: str) -> str:
        return str(lan.get(f"/case/{case}/{path}").text)

    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024", explanation=said)
    assert "Báo cáo ghi &lt;b&gt;12&lt;/b&gt; em." in told("brief")
    assert escaped in told("brief.md")
    assert json.loads(told("claimreview.json"))["reviewBody"].startswith("Báo cáo ghi <b>12</b> em.\n\n")
    assert json.loads(told("reasons.json"))["explanation"] in exported(world)[0]["reviewBody"]
    assert "0912" not in "".join(told(path) for path in ("brief", "brief.md", "claimreview.json", "reasons.json"))
    world.wait(minutes=trends.SLIP_MINUTES)
    lan.post(f"/decision/{decisions.history(world.db, case)[0].id}/undo")
    assert "Báo cáo ghi &lt;b&gt;12" in lan.get(f"/case/{case}").text  # filled in again, and in the history
    assert said.splitlines()[0] in Filled.of_draft(drafts.draft(world.db, "lan", case)).explanation
    lan.decide(case, "misleading", "exaggerated", "fact:an-phu-2024", explanation="Số thật là 12.")
    assert "Số thật là 12." in lan.get("/corrections.atom").text
    assert "Báo cáo ghi" not in lan.get("/corrections.atom").text + told("brief")
    assert [row.explanation[:7] for row in decisions.history(world.db, case)] == ["Báo cáo", "", "Số thật"]
    assert lan.decide(world.cases["treaty"], "opinion", "view", explanation="x" * 601).status_code == 422


def test_a_claim_is_told_to_readers_as_the_verdict_words_it_and_stays_at_the_desk_as_it_was_posted(
    world: World,
) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    claim, worded = CLAIM, "Năm 2024, 1.200 trẻ em An Phú <b>nghỉ học</b> vào xưởng gạch"
    paths = ("brief", "brief.md", "claimreview.json", "reasons.json")

    def told() -> str:
        return "".join(str(lan.get(f"/case/{case}/{path}").text) for path in paths)

    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024", wording=f" {worded}\n ")
    assert (claim in told(), "&lt;b&gt;nghỉ học" in told(), "<b>nghỉ học" in lan.get(f"/case/{case}/brief").text) == (
        False, True, False,
    )  # fmt: skip
    assert lan.get(f"/case/{case}/claimreview.json").json()["claimReviewed"] == worded
    assert exported(world)[0]["claimReviewed"] == worded
    page = lan.get(f"/case/{case}").text
    assert ("&lt;b&gt;nghỉ học" in page, "phải nghỉ học để đi làm" in page) == (True, True)
    assert claim in [text for _, text, _ in evidence.refuted_claims(world.db)]  # what others are compared with
    world.wait(minutes=trends.SLIP_MINUTES)
    lan.post(f"/decision/{decisions.history(world.db, case)[0].id}/undo")
    assert Filled.of_draft(drafts.draft(world.db, "lan", case)).wording == worded
    feed = lan.get("/corrections.atom").text
    assert ("nghỉ học&lt;/b&gt;" in feed, claim in feed) == (False, True)  # taken back with its verdict
    lan.decide(case, "misleading", "exaggerated", "fact:an-phu-2024")
    assert claim in told()
    assert claim in lan.get("/corrections.atom").text
    assert lan.decide(world.cases["treaty"], "opinion", "view", wording="x" * 301).status_code == 422
    lan.decide(world.cases["treaty"], "opinion", "view", wording="\u200b")
    assert decisions.history(world.db, world.cases["treaty"])[0].wording == ""


def test_a_verdict_without_an_explanation_has_no_empty_one(decided: World) -> None:
    lan, case = decided.anybody("lan"), decided.cases["children"]
    assert "reviewBody" not in lan.get(f"/case/{case}/claimreview.json").json()
    assert 'class="explanation"' not in lan.get(f"/case/{case}/brief").text


def test_every_correction_can_be_had_a_page_at_a_time_under_an_id_of_this_desk_alone(tmp_path: Path) -> None:
    world = World(tmp_path / "home", settings='[desk]\naddress = "https://desk.example"\n')
    case, put = world.cases["children"], "INSERT INTO decisions (case_id, person, at, action, verdict, reason) VALUES"
    with world.db.atomic():
        for n in range(52):  # a verdict, and 51 that took its place
            verdict = ("false", "misleading")[n % 2]
            row = [case, f"2026-03-04T05:{n:02}:00Z", verdict]
            world.db.conn.execute(f"{put} (?, 'lan', ?, 'decide', ?, 'fabricated')", row)
    lan, atom = world.anybody("lan"), "{http://www.w3.org/2005/Atom}"
    token = {"authorization": f"Bearer {people.make_token(world.db, 'lan', label='test')}"}
    ids, calls = [], []
    for page in (1, 2, 3):
        feed = ElementTree.fromstring(lan.get("/corrections.atom", page=page, lang="en").content)
        assert feed.findtext(f"{atom}id") == "https://desk.example/corrections.atom"
        ids.append([entry.findtext(f"{atom}id") for entry in feed.findall(f"{atom}entry")])
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{atom}link")}
        own = "https://desk.example/corrections.atom?lang=en"
        assert links["self"] == (own if page == 1 else f"{own}&page={page}")
        assert links.get("next") == (f"{own}&page=2" if page == 1 else None)
        calls.append(lan.client.get(f"/api/v1/corrections?page={page}", headers=token).json())
    assert [*map(len, ids)] == [*map(len, calls)] == [50, 1, 0]
    assert len({*ids[0], *ids[1]}) == 51
    assert ids[1] == [f"https://desk.example/corrections.atom#{calls[1][0]['id']}-2026-03-04"]
    assert feed.findtext(f"{atom}updated") == "1970-01-01T00:00:00Z"  # polled anew, an empty feed is the same
    world.close()


def test_a_verdict_given_again_after_a_reopening_is_told_to_be_upheld_and_corrects_nothing(decided: World) -> None:
    lan, case = decided.anybody("lan"), decided.cases["children"]
    decided.wait(minutes=30)
    for _ in range(2):
        decided.anybody("tuan").post(f"/case/{case}/reopen", changed="Có bản khác")
        lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024")
    told = trends.corrections(decided.db)
    assert [(one.before, one.after) for one in told] == [("false", "false"), ("false", "")] * 2
    feed = lan.get("/corrections.atom").text
    assert feed.index("Sai → giữ nguyên sau khi vụ được mở lại: ") < feed.index("Sai → đã rút lại")
    assert "False → upheld after the case was opened again: " in lan.get("/corrections.atom", lang="en").text
    assert "Đính chính" not in text_of(lan.get(f"/case/{case}/brief"))


def test_claim_review_and_the_feed_tell_what_was_corrected_and_when_a_verdict_was_put_in_other_words(
    decided: World, tmp_path: Path
) -> None:
    lan, case = decided.anybody("lan"), decided.cases["children"]
    reviewed = f"/case/{case}/claimreview.json"
    assert not {"dateModified", "correction"} & set(lan.get(reviewed).json())
    decided.wait(minutes=30)
    decided.anybody("tuan").post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024", explanation="Sổ ghi 12 em.")
    assert [one.reworded for one in trends.corrections(decided.db)] == [True, False]
    assert "Sai → giữ nguyên nhưng viết lại sau khi vụ được mở lại: " in lan.get("/corrections.atom").text
    found = lan.get(reviewed).json()
    assert found["dateModified"] == here(decisions.history(decided.db, case)[-1].at).date().isoformat()
    assert "kết luận vẫn như trước" in found["correction"]
    decided.wait(minutes=30)
    lan.post(f"/case/{case}/reopen", changed="Đọc nhầm")
    lan.decide(case, "misleading", "missing_context", "fact:an-phu-2024")
    assert "“Sai”" in lan.get(reviewed).json()["correction"]
    told = exported(decided, "vi")
    write_rows(told, tmp_path / "all.csv", names=FIELDS)
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [tuple(row) for row in rows] == [FIELDS] * len(told)
    assert {row["correction"] for row in rows} == {one.get("correction", "") for one in told}


def test_a_claim_of_many_posts_has_the_first_of_all_dates_and_names_that_post(world: World) -> None:
    claim, case = "Bến đò Gò Nổi thuê trẻ em.", 0
    days = ["2026-11-14T22:00:00.000Z", "2026-11-15T04:00:00+07:00", "", *["2026-11-18T05:00:00.000Z"] * 24]
    for n, day in reversed([*enumerate(days)]):  # a feed lists the newest first
        posts.take_post(world.db, NewPost("song-huong", f"https://b.example/{n}", f"{claim} Lần {n}.", published=day))
        post = posts.post_by(world.db, f"https://b.example/{n}").post_id  # type: ignore[union-attr]
        score = add_score(world.db, post, claim, reasons=("AUDIT",))
        if case:
            cases.join_case(world.db, case, post)
        else:
            case = open_with(world.db, post, score, claim)
    lan = world.anybody("lan")
    lan.post(f"/case/{case}/evidence", eid="law:tre-em-11")
    lan.decide(case, "false", "fabricated", "law:tre-em-11")
    reviewed = lan.get(f"/case/{case}/claimreview.json").json()["itemReviewed"]
    assert reviewed["datePublished"] == "2026-11-15"  # in Viet Nam
    named = [post["url"] for post in reviewed["appearance"]]
    assert named[:2] == ["https://b.example/1", "https://b.example/0"]
    assert len(named) == answer.MOST_SEEN


def test_a_post_edited_since_the_verdict_is_told_so_and_exported_in_the_words_that_were_judged(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    claim = cases.case(world.db, case).claim  # type: ignore[union-attr]
    lan.post(f"/case/{case}/evidence", eid="law:tre-em-11")
    lan.decide(case, "false", "fabricated", "law:tre-em-11")
    time.sleep(0.01)
    add_post(world.db, "song-huong", "bai-dau-0", f"Đính chính: tôi viết “{claim}” là sai, xin lỗi.", title="Bãi Dâu")
    same = add_post(world.db, "dien-dan-ben-song", "bai-dau-1", f"Tin nhắn lan khắp xóm: {claim}", title="Bãi Dâu")
    add_score(world.db, same, claim, reasons=("UNSUPPORTED_SPREADING",))
    edited, other, third = (f"https://{name}.example/bai-dau-{n}" for n, name in enumerate(
        ("song-huong", "dien-dan-ben-song", "kenh-gio-nui")))  # fmt: skip
    brief = text_of(lan.get(f"/case/{case}/brief", lang="en"))
    assert brief.count("(edited since)") == 1
    assert f"(edited since) {edited}" in brief
    assert f"(edited since) <{edited}>" in lan.get(f"/case/{case}/brief.md", lang="en").text
    seen = lan.get(f"/case/{case}/claimreview.json").json()["itemReviewed"]["appearance"]
    assert [one["url"] for one in seen] == [other, third]
    page = text_of(lan.get(f"/case/{case}"))
    assert (page.count("đã sửa 1 lần"), page.count("đã sửa sau kết luận")) == (2, 1)
    found = answer.brief(world.db, case, say=words.words("vi"))
    assert found is not None
    rows = {row["url"]: row["text"] for row in answer.case_rows(world.db, found, say=words.words("vi"))}
    assert "Đính chính" not in str(rows[edited])
    assert claim in str(rows[edited])
    decisions.reopen(world.db, case, person="lan", note="")
    assert "đã sửa sau kết luận" not in text_of(lan.get(f"/case/{case}"))


def test_a_rebuttal_says_that_only_some_of_the_places_are_named(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    claim = cases.case(world.db, case).claim  # type: ignore[union-attr]
    for n in range(7):
        post = add_post(world.db, "song-huong", f"them-{n}", f"Nghe nói: {claim}")
        add_score(world.db, post, claim, reasons=())
        cases.join_case(world.db, case, post)
    lan.post(f"/case/{case}/evidence", eid="law:tre-em-11")
    lan.decide(case, "false", "fabricated", "law:tre-em-11")
    for path in ("brief", "brief.md"):
        assert "8 of 10 posts, the earliest first" in lan.get(f"/case/{case}/{path}", lang="en").text
    small = world.cases["treaty"]
    lan.decide(small, "false", "contradicted_by_record", "fact:cong-uoc")
    assert "the earliest first" not in lan.get(f"/case/{small}/brief", lang="en").text


def test_no_answer_holds_an_address_with_the_number_of_a_person(world: World) -> None:
    at, claim = "https://rao.example/ban-nha-0912345678.html", "Nhà ở Gò Nổi thuê trẻ em."
    posts.take_post(world.db, NewPost("song-huong", f"{at}?x", claim))
    post = posts.post_by(world.db, f"{at}?x").post_id  # type: ignore[union-attr]
    case = open_with(world.db, post, add_score(world.db, post, claim, reasons=("AUDIT",)), claim)
    crawled = [PassageRow(f"song-huong:{at}{n}", "Không có.", "Sổ", role, url=f"{at}{n}", source_id="song-huong")
               for n, role in enumerate(("independent", "party"))]  # fmt: skip
    evidence.put_passages(world.db, crawled)
    factchecks.take(world.db, FactCheckRow("ban", f"{at}#kc", "Nhà ấy", "Sai", "false"))
    lan = world.anybody("lan")
    (check,) = world.db.conn.execute("SELECT 'factcheck:' || max(id) FROM factchecks").fetchone()
    eids = [*(row.eid for row in crawled), check]
    for eid in eids:
        lan.post(f"/case/{case}/evidence", eid=eid)
    lan.decide(case, "false", "contradicted_by_record", *eids)
    for path in ("brief", "brief.md", "reasons.json", "claimreview.json"):
        said = lan.get(f"/case/{case}/{path}")
        # "0912" alone may be of a digest
        assert (said.status_code, "0912345678" in said.text.replace("\\", "")) == (200, False)
    assert len(lan.get(f"/case/{case}/reasons.json").json()["facts"]) == 2


def test_a_verdict_that_stands_again_is_told_as_what_the_one_taken_back_became(decided: World) -> None:
    tuan, case = decided.anybody("tuan"), decided.cases["children"]

    def told() -> list[tuple[str, str]]:
        return [(one.before, one.after) for one in trends.corrections(decided.db, case_id=case)]

    def gives(verdict: Verdict, reason: str, wording: str = "") -> int:
        decided.wait(minutes=trends.SLIP_MINUTES)
        made = NewDecision(case, "tuan", verdict, reason, ("fact:an-phu-2024",), wording=wording)
        return decisions.decide(decided.db, made)

    number = gives(Verdict.MISLEADING, "exaggerated", "Nói quá.")
    decided.wait(minutes=trends.SLIP_MINUTES)
    tuan.post(f"/decision/{number}/undo")
    assert told() == [("misleading", "false"), ("false", "misleading")]
    feed = tuan.get("/corrections.atom").text
    assert ("Gây hiểu lầm → Sai" in feed, "mở lại" in feed, "Nói quá." in feed) == (True, False, False)
    assert tuan.get(f"/case/{case}/reasons.json").json()["decision"]["verdict"] == "false"
    second, third = gives(Verdict.FALSE, "fabricated"), gives(Verdict.MISLEADING, "exaggerated")
    for undone in (third, second):  # the last gives way to another of the same verdict, of which nothing is told
        decided.wait(minutes=trends.SLIP_MINUTES)
        tuan.post(f"/decision/{undone}/undo")
    assert told()[:2] == [("misleading", "false"), ("false", "misleading")]
    assert len(told()) == 4
    decided.anybody("minh").post(f"/case/{case}/reopen", changed="Có bản khác")
    assert told()[0] == ("false", "")
    gives(Verdict.TRUE, "confirmed_by_record")
    assert told()[0] == ("false", "true")


def test_a_full_last_page_of_corrections_names_no_next_one() -> None:
    one = trends.Correction(1, 1, "Ở đây có 7 trường.", "2026-03-04T05:00:00Z", "false", "true", decided=True)
    for n, links in ((answer.A_PAGE, 1), (answer.A_PAGE + 1, 2)):
        feed = answer.corrections([one] * n, say=words.words("vi"), desk=DeskSettings(address="https://desk.example"))
        assert len(re.findall(rb'<link rel="', feed)) == links
        assert b"<name>Soi</name>" in feed
        assert feed.count(b"<entry>") == answer.A_PAGE


def test_corrections_are_signed_by_the_publisher_and_lead_to_where_it_publishes() -> None:
    one = trends.Correction(7, 3, "Ở đây có 7 trường.", "2026-03-04T05:00:00Z", "false", "true", decided=True)
    desk = DeskSettings(address="https://desk.example", publisher="Bàn Sông", publish_url="https://song.example/soi/")
    feed = answer.corrections([one], say=words.words("vi"), desk=desk).decode()
    assert "<author><name>Bàn Sông</name></author>" in feed
    assert '<link href="https://song.example/soi/3" />' in feed
    assert "<id>https://desk.example/corrections.atom#7-2026-03-04</id>" in feed


def test_a_slip_put_right_at_once_is_no_correction(decided: World) -> None:
    lan, case = decided.anybody("lan"), decided.cases["children"]
    lan.post(f"/decision/{decisions.history(decided.db, case)[-1].id}/undo")
    assert trends.corrections(decided.db) == []
    lan.decide(case, "misleading", "exaggerated", "fact:an-phu-2024")
    assert trends.corrections(decided.db) == []
    assert "Đính chính" not in lan.get(f"/case/{case}/brief").text
    decided.wait(minutes=60)
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.decide(case, "true", "confirmed_by_record", "law:tre-em-11")
    assert [(one.before, one.after) for one in trends.corrections(decided.db, case_id=case)] == [
        ("misleading", "true"), ("misleading", "")
    ]  # fmt: skip
    assert trends.corrections(decided.db, case_id=decided.cases["treaty"]) == []


def test_a_retraction_stays_told_without_its_verdict_while_a_second_reader_is_awaited(decided: World) -> None:
    lan, tuan, case = decided.anybody("lan"), decided.anybody("tuan"), decided.cases["children"]

    def told() -> list[tuple[str, str]]:
        return [(one.before, one.after) for one in trends.corrections(decided.db, case_id=case)]

    decided.wait(minutes=30)
    tuan.post(f"/case/{case}/reopen", changed="Có bản khác")
    assert told() == [("false", "")]
    lan.decide(case, "true", "confirmed_by_record", "law:tre-em-11", second="1", explanation="Số ấy đúng.")
    feed = tuan.get("/corrections.atom").text
    assert told() == [("", "")]
    assert "<title>Kết luận trước không còn hiệu lực; vụ đang được xem xét lại: " in feed
    assert ("Sai" in feed, "Số ấy đúng" in feed) == (False, False)
    tuan.decide(case, "misleading", "exaggerated", "law:tre-em-11")
    assert told() == [("false", "")]  # the readers differ, and neither is blind any more


def test_of_a_case_that_awaits_a_second_reader_only_that_a_verdict_fell_is_told_in_its_own_words(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["children"]
    for verdict, reason in (("false", "contradicted_by_record"), ("true", "confirmed_by_record")):
        lan.decide(case, verdict, reason, "law:tre-em-11", wording="Tin bịa: 1.200 trẻ bỏ học")
        world.wait(minutes=30)
        tuan.post(f"/case/{case}/reopen", changed="Có bản khác")
    before = trends.corrections(world.db)
    lan.decide(case, "misleading", "exaggerated", "law:tre-em-11", second="1", wording="Thiếu: 1.200 trẻ bỏ học")
    (one,) = trends.corrections(world.db)
    assert (one.id, one.claim) == (before[0].id, cases.case(world.db, case).claim)  # type: ignore[union-attr]
    assert "1.200 trẻ bỏ học" not in tuan.get("/corrections.atom").text.replace(one.claim, "")
    assert len(before) == 3


def test_a_withdrawn_verdict_is_one_correction(decided: World) -> None:
    lan, case = decided.anybody("lan"), decided.cases["children"]
    decided.wait(minutes=30)
    decided.anybody("tuan").post(f"/case/{case}/reopen", changed="Nguồn sửa lại số")
    assert "/decision/1/undo" not in lan.get("/mine").text + lan.get(f"/case/{case}").text
    refused = lan.post("/decision/1/undo")
    assert (refused.status_code, "hoặc vụ đã được mở lại" in text_of(refused)) == (409, True)
    with decided.db.atomic():  # an earlier version took a verdict back that a reopening had ended
        decided.db.conn.execute(
            "INSERT INTO decisions (case_id, person, at, action, undoes) VALUES (?, 'lan', ?, 'undo', 1)", [case, now()]
        )
    assert [(one.id, one.before, one.after) for one in trends.corrections(decided.db)] == [(2, "false", "")]


@pytest.mark.parametrize(
    ("second", "told"),
    [(("unverifiable", "no_evidence_yet"), [("unverifiable", "")]), (("opinion", "view"), []), ((), [])],
)
def test_a_verdict_that_its_second_reader_did_not_share_never_stood(
    tmp_path: Path, second: tuple[str, ...], told: list[tuple[str, str]]
) -> None:
    world = World(tmp_path / "home", settings="[desk]\nsecond_reader_share = 1.0\n")
    lan, tuan, minh, case = (*(world.anybody(name) for name in ("lan", "tuan", "minh")), world.cases["treaty"])
    lan.decide(case, "unverifiable", "no_evidence_yet")
    world.wait(minutes=30)
    if not second:  # nobody but its reader has seen it
        lan.post("/decision/1/undo")
    elif tuan.decide(case, *second) and second[0] == "opinion":  # a lead's word is the first that stands
        minh.decide(case, "opinion", "view")
        assert "Đính chính" not in text_of(lan.get(f"/case/{case}/brief"))
    else:
        minh.post(f"/case/{case}/reopen", changed="Có bản khác")
    assert [(one.before, one.after) for one in trends.corrections(world.db)] == told
    world.close()


@pytest.mark.parametrize(
    ("second", "minutes", "told"), [("false", 30, [("false", "")]), ("false", 5, []), ("true", 30, [])]
)
def test_a_verdict_that_was_public_is_corrected_where_its_second_reading_is_taken_back(
    tmp_path: Path, second: str, minutes: int, told: list[tuple[str, str]]
) -> None:
    world = World(tmp_path / "home", settings="[desk]\nsecond_reader_share = 1.0\n")
    lan, tuan, minh, case = (*(world.anybody(name) for name in ("lan", "tuan", "minh")), world.cases["children"])
    reasons = {"false": "contradicted_by_record", "true": "confirmed_by_record"}
    lan.decide(case, "false", reasons["false"], "law:tre-em-11")
    tuan.decide(case, second, reasons[second], "law:tre-em-11")
    assert trends.corrections(world.db) == []
    world.wait(minutes=minutes)
    blind = decisions.history(world.db, case)[-1].id
    tuan.post(f"/decision/{blind}/undo")
    assert [(one.before, one.after) for one in trends.corrections(world.db)] == told
    world.wait(minutes=30)
    minh.decide(case, "misleading", "exaggerated", "law:tre-em-11")  # a lead settles it
    settled = [("false", "misleading")] if told else []
    assert [(one.before, one.after) for one in trends.corrections(world.db)] == settled + told
    assert len(ElementTree.fromstring(lan.get("/corrections.atom").content).findall("{*}entry")) == len(settled + told)
    world.close()


def test_trends_name_a_right_as_the_most_frequent_only_from_several_cases(decided: World) -> None:
    lan = decided.anybody("lan")
    assert "thường là về: Quyền trẻ em" not in text_of(lan.get("/trends"))
    for n in range(4):
        claim = f"Xưởng số {n} ở Gò Nổi thuê trẻ em."
        post = add_post(decided.db, "kenh-gio-nui", f"xuong-{n}", claim)
        case = open_with(decided.db, post, add_score(decided.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
        lan.decide(case, "false", "contradicted_by_record", "law:tre-em-11")
    assert "thường là về: Quyền trẻ em" in text_of(lan.get("/trends"))


def test_the_history_names_the_passages_a_verdict_rests_on(decided: World) -> None:
    page = decided.anybody("minh").get(f"/case/{decided.cases['children']}").text
    said = page.partition('id="history-title"')[2]
    place = re.search(r'id="passage-(\d)">\s*<h3[^>]*><span[^>]*>[^<]*</span> <span[^>]*>Tổ chức Mái Hiên', page)
    assert place
    assert f'<a href="#passage-{place[1]}"><bdi lang="vi" dir="ltr">Tổ chức Mái Hiên</bdi>, 14/2/2025</a>; <a' in said
    assert '<bdi lang="vi" dir="ltr">Sở Lao động An Phú</bdi>' in said


def test_corrections_feed_is_read_by_a_feed_reader_with_a_token(world: World) -> None:
    reader, token = world.anybody().client, people.make_token(world.db, "lan", label="feed")
    feeds = [
        reader.get("/corrections.atom", auth=("lan", token)),
        reader.get("/corrections.atom", headers={"authorization": f"Bearer {token}"}),
    ]
    assert [feed.status_code for feed in feeds] == [200, 200]
    assert ElementTree.fromstring(feeds[0].content).tag.endswith("feed")
    for wrong in ("Basic !!", "Basic bGFuOnNhaQ==", "Bearer soi_x", "Basic /w=="):
        assert reader.get("/corrections.atom", headers={"authorization": wrong}).status_code == 401


def test_a_feed_asks_its_reader_for_the_token_and_no_page_does(world: World) -> None:
    nobody = world.anybody().client
    asked = nobody.get("/corrections.atom").headers["www-authenticate"]
    assert asked == 'Basic realm="Soi", charset="UTF-8"'
    for path, mode in (("/corrections.atom", "navigate"), ("/trends", "cors"), ("/case/1/brief", "cors")):
        page = nobody.get(path, headers={"sec-fetch-mode": mode})
        assert (page.status_code, "www-authenticate" in page.headers) == (401, False)
        assert "</form>" in page.text


def _messages() -> set[tuple[str, ...]]:
    keywords = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "many": (1, 2)}
    kinds = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
    options = {"templates/**.html": {"silent": "false", "encoding": "utf-8"}}
    found = [*extract_from_dir(str(REVIEW), kinds, options, keywords=keywords)]
    report = REVIEW.parent / "pipeline" / "research"  # what it says for the public is said in the desk's languages
    found += extract_from_dir(str(report), [("transparency.py", "python")], keywords=keywords)
    return {message if isinstance(message, tuple) else (message,) for _, _, message, _, _ in found}


def test_every_word_of_the_desk_is_said_in_vietnamese() -> None:
    with (REVIEW / "translations" / "vi.po").open("rb") as lines:
        catalogue = read_po(lines)
    said = {(m.id if isinstance(m.id, tuple) else (m.id,)) for m in catalogue if m.id and m.string and not m.fuzzy}
    assert not (left := _messages() - said), f"say these in review/translations/vi.po: {sorted(left)}"
    for message in catalogue:
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            names = re.findall(
                r"%\((\w+)\)s|\{(\w+)\}", str(message.id[-1] if isinstance(message.id, tuple) else message.id)
            )
            for name in names:
                assert (f"%({name[0]})s" if name[0] else f"{{{name[1]}}}") in text, message.id


def test_every_word_of_the_store_has_words_and_every_verdict_its_own_key() -> None:
    assert set(names.VERDICTS) == set(names.KEYS) == set(Verdict)
    assert set(names.REASONS) == {reason for reasons in STORE_REASONS.values() for reason in reasons}
    assert set(names.FLAGS) == set(Flag)
    assert set(names.HEALTH) == set(HEALTHS)
    assert {*Outcome, *StepOutcome} <= set(names.OUTCOMES)
    assert set(names.RIGHTS) == set(RIGHTS)
    assert set(names.SLOTS) == set(slots.KINDS) == {*causes.SLOTS, "other"}
    for language in words.LANGUAGES:
        say = words.words(language)
        keys = [say.key(verdict) for verdict in Verdict]
        assert len(set(keys)) == len(keys)
        assert not set(keys) & set("gzhqjk?/.123456789") - {"k"}  # k walks the queue, where no verdict is chosen


@pytest.mark.parametrize(
    ("p", "words_for_it"),
    [(0.95, "Khả năng sai rất cao"), (0.8, "Khả năng sai rất cao"), (0.5, "Khả năng sai cao"), (0.2, "Có thể sai")],
)
def test_a_number_is_said_in_words(p: float, words_for_it: str) -> None:
    assert words.words("vi").chance(p) == words_for_it


@pytest.mark.parametrize(
    ("reasons", "slot", "said"),
    [
        (("REPEATS_REFUTED",), "", ""),
        (("REPEATS_REFUTED", "CONTRADICTS_EVIDENCE"), "negation", "Bằng chứng nói ngược lại"),
        (("CONTRADICTS_EVIDENCE", "AUDIT"), "actor", "Bằng chứng nói khác về chủ thể · Mẫu ngẫu nhiên"),
        (("CONTRADICTS_EVIDENCE",), "", "Bằng chứng nói khác"),
        (("CONTRADICTS_EVIDENCE",), "other", "Bằng chứng nói khác"),
    ],
)
def test_a_line_of_the_queue_says_nothing_twice(world: World, reasons: tuple[str, ...], slot: str, said: str) -> None:
    item = cases.case(world.db, world.cases["children"])
    assert item
    assert words.words("vi").why(replace(item, reasons=reasons, slot=slot)) == said


def test_the_day_from_which_a_passage_holds_is_told_from_the_day_it_is_of(world: World) -> None:
    evidence.put_passages(world.db, [
        PassageRow("law:a", "Đò nghỉ.", "Luật Đò 2020, Điều 9", "primary", date="2021-01-01", valid_from="2021-01-01"),
        PassageRow("law:b", "Đò nghỉ.", "Luật Đò 2020, Điều 8", "primary", date="2020-06-05", valid_from="2021-01-01"),
    ])  # fmt: skip
    lan, case = world.anybody("lan"), world.cases["spreading"]
    lan.post(f"/case/{case}/evidence", eid="law:a")
    lan.post(f"/case/{case}/evidence", eid="law:b")
    lan.decide(case, "true", "confirmed_by_record", "law:a", "law:b")
    for path in ("", "/brief", "/brief.md", "/evidence?q=dò nghỉ"):
        told = re.findall("Điều ([89]).{0,3}, ([^ ]* ?[0-9/]+2[0-9/]+)", text_of(lan.get(f"/case/{case}{path}")))
        assert {("9", "từ 1/1/2021"), ("8", "5/6/2020")} <= set(told), path


@pytest.mark.parametrize(("language", "known"), [("vi", "theo những gì biết đến 30/6/2026"),
                                                 ("en", "as known up to 30 June 2026")])  # fmt: skip
def test_the_day_up_to_which_a_fact_that_ships_is_known_is_told_with_its_dates(
    world: World, language: str, known: str
) -> None:
    since = PassageRow("fact:a", "Đò nghỉ.", "Luật Đò 2020", "primary", date="2021-01-01", valid_from="2021-01-01")
    undated = replace(since, eid="fact:b", source="Luật Đò 2019", date="2026-06-30", valid_from="")
    evidence.put_passages(world.db, [since, undated])
    lan, case = world.anybody("lan"), world.cases["spreading"]
    lan.post(f"/case/{case}/evidence", eid="fact:a")
    lan.post(f"/case/{case}/evidence", eid="fact:b")
    lan.decide(case, "true", "confirmed_by_record", "fact:a", "fact:b")
    assert known not in lan.get(f"/case/{case}/brief.md", lang=language).text
    let_ship(world)
    lan.client.cookies.set("soi_language", language)
    day = words.words(language).dated(since)
    for path, query in (("", {}), ("/brief", {}), ("/brief.md", {}), ("/evidence", {"q": "dò nghỉ"})):
        told = text_of(lan.get(f"/case/{case}{path}", lang=language, **query))
        assert f"2020, {day}, {known}" in told, path
        assert f"2019, {known}" in told, path  # its date is no other
    facts = lan.get(f"/case/{case}/reasons.json").json()["facts"]
    assert [(one["valid_from"], one["as_of"]) for one in facts] == [("2021-01-01", "2026-06-30"), ("", "2026-06-30")]


def test_the_dates_of_facts_are_told_to_programs_as_days(world: World) -> None:
    at, lan, case = "2026-01-02T20:00:00Z", world.anybody("lan"), world.cases["spreading"]
    evidence.put_passages(world.db, [
        PassageRow("news:a", "Đò nghỉ.", "Báo Đò", "independent", date=at),
        PassageRow("news:b", "Đò không chạy.", "Báo Sông", "independent", date="1990-02-28"),
        PassageRow("news:c", "Đò thôi chạy.", "Báo Bến", "independent"),
    ])  # fmt: skip
    factchecks.take(world.db, FactCheckRow("ban", "https://ban.example/1", "Đò", "Đúng", "true", published=at))
    (check,) = world.db.conn.execute("SELECT 'factcheck:' || max(id) FROM factchecks").fetchone()
    eids = ["news:a", "news:b", "news:c", check]
    for eid in eids:
        lan.post(f"/case/{case}/evidence", eid=eid)
    lan.decide(case, "true", "confirmed_by_independent", *eids)
    days = {"news:a": "2026-01-03", "news:b": "1990-02-28", "news:c": "", check: "2026-01-03"}
    facts = lan.get(f"/case/{case}/reasons.json").json()["facts"]
    assert {one["eid"]: one["date"] for one in facts} == days, "of a moment the day in Viet Nam, as the page tells it"
    say = words.words("vi")
    rows = answer.case_rows(world.db, answer.brief(world.db, case, say=say), say=say)  # type: ignore[arg-type]
    assert {one["eid"]: one["at"] for one in rows if one["what"] == "evidence"} == days


def test_the_last_day_on_which_a_passage_holds_is_told_wherever_it_stands(world: World) -> None:
    law = PassageRow("law:a", "Đò nghỉ.", "Luật Đò 2020", "primary", date="2021-01-01", valid_to="2026-06-30")
    law = replace(law, valid_from=law.date)
    evidence.put_passages(world.db, [law, replace(law, eid="law:b", source="Luật Đò 2019", date="", valid_from="")])
    lan, case = world.anybody("lan"), world.cases["spreading"]
    lan.post(f"/case/{case}/evidence", eid="law:a")
    lan.post(f"/case/{case}/evidence", eid="law:b")
    lan.decide(case, "true", "confirmed_by_record", "law:a", "law:b")
    for path in ("", "/brief", "/brief.md", "/evidence?q=dò nghỉ"):
        told = text_of(lan.get(f"/case/{case}{path}"))
        assert "2020, từ 1/1/2021, có giá trị đến hết 30/6/2026" in told, path
        assert "2019, có giá trị đến hết 30/6/2026" in told, path
    (first, _) = lan.get(f"/case/{case}/reasons.json").json()["facts"]
    assert (first["date"], first["valid_from"], first["valid_to"]) == ("2021-01-01", "2021-01-01", "2026-06-30")


@pytest.mark.parametrize("how", ["undone", "reopened", "replaced", "own"])
def test_a_verdict_that_carries_none_is_told_as_nobodys_denial(world: World, how: str) -> None:
    lan, first = world.anybody("lan"), world.cases["treaty"]
    lan.decide(first, "false", "contradicted_by_record", "fact:cong-uoc", "law:tre-em-11")
    number = decisions.history(world.db, first)[0].id
    post = add_post(world.db, "song-huong", "lai", "Nghe nói công ước ấy bị bác.")
    found = (EvidenceRow(f"decision:{number}", "contradicts", 0.99, role="independent"),)
    score = add_score(world.db, post, "Nghe nói công ước ấy bị bác.", reasons=("REPEATS_REFUTED",), found=found)
    case = first if how == "own" else open_with(world.db, post, score, "Nghe nói công ước ấy bị bác.")
    if how == "undone":
        lan.post(f"/decision/{number}/undo")
    if how in ("reopened", "own"):
        lan.post(f"/case/{first}/reopen", changed="Có bản khác")
    if how == "own":
        cases.join_case(world.db, first, post)
    if how == "replaced":
        record = ("confirmed_by_record", ("fact:cong-uoc",))
        decisions.decide(world.db, NewDecision(first, "tuan", Verdict.TRUE, *record))
    said = text_of(lan.get(f"/case/{case}"))
    assert ("kết luận “Sai”, nhưng sau đó đã được rút lại hoặc thay thế:" in said) == (how != "own")
    assert "bên liên quan phủ nhận" not in said
    assert "Mới chỉ có bên liên quan" not in said
    evidence_told = said[said.index("Bằng chứng nói gì") : said.index("Trong bài")]
    assert "Lời của bên liên quan" not in evidence_told
    if how == "own":  # named beside what carries the verdict, it is told as what was found here before
        lan.decide(first, "false", "contradicted_by_record", "fact:cong-uoc", f"decision:{number}")
        brief = text_of(lan.get(f"/case/{first}/brief"))
        assert "Bên liên quan nói" not in brief
        assert "Lời của bên liên quan" not in brief
        assert "kết luận “Sai”:" in brief
        assert lan.get(f"/case/{first}/reasons.json").json()["statements_of_parties"] == []


def test_voices_tell_parties_from_sources() -> None:
    found = tuple(
        EvidenceRow(str(i), relation, 0.9, role=role, source=f"Nguồn {i}")
        for i, (relation, role) in enumerate(
            [
                ("contradicts", "primary"),
                ("contradicts", "independent"),
                ("supports", "independent"),
                ("contradicts", "party"),
            ]
        )
    )
    assert words.words("vi").voices(found) == "2 nguồn nói khác, 1 nguồn nói giống, bên liên quan phủ nhận"
    assert words.words("en").voices(()) == "no source confirms or refutes it yet"


def _otherwise(eid: str, source: str, *kinds: str) -> EvidenceRow:
    slots = tuple({"kind": kind, "claim_text": "1998", "evidence_text": "2015"} for kind in kinds)
    return EvidenceRow(eid, "contradicts", 0.9, "primary", slots=slots, source=source, date="2026-01-01")


def test_a_passage_on_another_matter_is_not_counted_among_those_that_say_otherwise() -> None:
    say = words.words("en")
    check = EvidenceRow("factcheck:1", "contradicts", 0.9, "independent", source="Báo A", date="2026-01-01")
    treaty, ilo = _otherwise("fact:crpd", "Liên Hợp Quốc", "date"), _otherwise("fact:ilo", "ILO", "date", "other")
    assert say.voices((check, treaty, ilo)) == "2 sources say otherwise"
    assert say.voices((check, ilo, treaty)) == "3 sources say otherwise"  # the claim was read with the first passage
    assert "Parties aside, all that speaks to the claim comes from one source." in say.unknown(
        score_of(), (treaty, ilo)
    )
    related = EvidenceRow("fact:cat", "related", 0.4, "primary")
    assert say.voices((related, ilo)) == "no source confirms or refutes it yet"
    assert any("can't tell whether any" in line for line in say.unknown(score_of(), (related, ilo)))
    assert say.unsettled((related, ilo), near=True) == [
        "Parties aside, all that speaks to the claim comes from one source."
    ]  # a person named it


def test_two_articles_of_one_law_are_one_source() -> None:
    say = words.words("en")
    found = tuple(
        _otherwise(f"law:{n}", f"Bộ luật Lao động 2019{part}")
        for n, part in enumerate((", điều 139", ", điều 137", ", Điều 5, khoản 1", ", chương IV", ""))
    )
    assert say.voices(found) == "1 source says otherwise"
    assert "Parties aside, all that speaks to the claim comes from one source." in say.unknown(score_of(), found)
    assert say.voices((*found, _otherwise("law:9", "Luật Trẻ em 2016, điều 26"))) == "2 sources say otherwise"
    nameless = (_otherwise("fact:a", ""), _otherwise("fact:b", ""))
    assert say.voices(nameless) == "2 sources say otherwise"


def score_of() -> ScoreRow:
    return ScoreRow(1, "m1", "claim", ("CRC",), 0.9, True)


def test_times_are_said_as_people_say_them() -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    vi, en = words.words("vi"), words.words("en")
    assert vi.ago("2026-11-25T11:59:40.000Z", now=now) == "vừa xong"
    assert vi.waited("2026-11-25T09:00:00.000Z", now=now) == "chờ 3 giờ"
    assert en.ago("2026-11-20T12:00:00.000Z", now=now) == "5 days ago"
    assert vi.day("2026-03-05") == "5/3/2026"
    assert en.day("2026-03-05") == "5 March 2026"
    assert vi.moment("2026-11-24T18:05:00.000Z") == "01:05 25/11/2026"
    assert en.left("2026-11-25T12:09:40.000Z", now=now) == "10 minutes"
    assert words.midnight(now) == "2026-11-24T17:00:00.000Z"
    assert vi.moment("không rõ") == "không rõ"
    assert vi.number(1234567) == "1.234.567"


def test_marks_survive_overlaps_bad_spans_and_escaping() -> None:
    assert show.marked("a<b>c", [(1, 4)]) == Markup('a<mark class="slot">&lt;b&gt;</mark>c')
    assert show.marked("abcdef", [(0, 3), (2, 5), (9, 12), (-1, 2), (4, 4)]) == Markup(
        '<mark class="slot">abcde</mark>f'
    )
    row = EvidenceRow(
        "x", "contradicts", 1, slots=({"kind": "number", "claim": "lạ", "evidence": [0, 1]},), text="12 em"
    )
    assert show.slot_spans(row, "claim") == []
    assert show.passage(row) == Markup('<mark class="slot">1</mark>2 em')


def test_words_replaced_are_shown_only_where_nothing_plainer_differs() -> None:
    number: dict[str, object] = {"kind": "number", "claim": [0, 1], "claim_text": "9", "evidence_text": "8"}
    other: dict[str, object] = {"kind": "other", "claim": [2, 5], "claim_text": "lạ", "evidence_text": "quen"}
    both = EvidenceRow("x", "contradicts", 1, slots=(number, other))
    assert show.slot_pairs(both) == [("number", "9", "8")]
    assert show.claim_slots([both]) == [(0, 1)]
    assert show.slot_pairs(EvidenceRow("x", "contradicts", 1, slots=(other,))) == [("other", "lạ", "quen")]


def test_long_passage_is_cut_around_the_words_that_differ() -> None:
    text = "trước " * 800 + "MƯỜI HAI" + " sau" * 800
    at = text.index("MƯỜI HAI")
    row = EvidenceRow("x", "contradicts", 1, slots=({"evidence": [at, at + 8]},), text=text)
    shown = show.passage(row)
    assert '<mark class="slot">MƯỜI HAI</mark>' in shown
    assert len(shown) < 2000
    assert shown.startswith("… ")


def test_diff_shows_what_went_and_what_came() -> None:
    assert show.diff("có 12 em nhỏ", "có 1.200 em nhỏ") == Markup("có <del>12</del> <ins>1.200</ins> em nhỏ")
    assert show.diff("<b> x", "<i> x") == Markup("<del>&lt;b&gt;</del> <ins>&lt;i&gt;</ins> x")
    assert show.diff("a " * 2000, "b " * 2000) is None
    assert show.diff("a " * 1500, "a b " * 750) is None  # its work grows with the pairs of like words
    assert show.diff("a " * 200, "a b " * 200)


def test_hidden_signs_are_shown_by_number_and_towers_are_cut() -> None:
    assert show.plain("a\u202eb") == Markup('a<span class="hidden-sign">[U+202E]</span>b')
    assert len(show.plain("e" + "\u0301" * 500)) == 4
    assert show.plain("Nguyễn Thị Ổn ặ") == "Nguyễn Thị Ổn ặ"
    assert "U+0041" not in show.plain("\ue00041\ue001")
    claim = "Trẻ em mười hai tuổi được nhận vào xưởng gạch làm việc ban đêm"
    towers = "".join(letter if letter == " " else letter + "\u0336" * 28 for letter in claim)
    assert show.head(towers, len(claim) * 4) == towers
    assert show.plain(show.head(towers, 60)) == show.plain(towers)[:56].rsplit(None, 1)[0]
    assert show.head("á" + "\u0336" * 400 + claim, 300) == "á" + "\u0336" * 400 + claim


def test_charts_escape_labels_and_write_numbers_beside_the_marks() -> None:
    drawn = charts.bars([charts.Bar("<b>Trẻ em</b>", 3, "3 vụ"), charts.Bar("Không", 0, "0")], title='"t"')
    assert "&lt;b&gt;Trẻ em" in drawn
    assert "3 vụ" in drawn
    assert "style=" not in drawn
    assert 'width="100.0"' in drawn
    ElementTree.fromstring(str(drawn))
    ElementTree.fromstring(
        str(charts.line([charts.Point("2026-11", 0.1, 0.0, 0.3)], title="t", ticks=("<0", "½", "1")))
    )


def test_trends_write_numbers_alike_in_table_and_words(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["audit"]
    lan.decide(case, "false", "fabricated", "fact:cong-uoc")
    columns = ", ".join(c.name for c in world.db["standings"].columns if c.name != "case_id")
    with world.db.atomic():  # a thousand more, drawn and decided likewise
        many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1099)"
        world.db.execute(f"{many} INSERT INTO cases (id, opened_at, claim) SELECT 1000 + i, '2026', 'x' FROM n")
        world.db.execute(
            f"{many} INSERT INTO standings (case_id, {columns}) SELECT 1000 + i, {columns} FROM n, standings s"
            " WHERE s.case_id = ?", [case],
        )  # fmt: skip
        world.db.executescript(f"""
        {many} INSERT INTO posts (id, source_id, url, first_seen) SELECT 1000 + i, 'bao', 'n' || i, '2026' FROM n;
        {many} INSERT INTO memberships (post_id, case_id, at) SELECT 1000 + i, 1000 + i, '2026' FROM n;
        {many} INSERT INTO decisions (case_id, person, at, action, verdict)
            SELECT 1000 + i, 'lan', '2026-11', 'decide', 'false' FROM n;
        """)
    page = lan.get("/trends").text
    assert "1.100 trên 1.100 bài" in page
    assert "1.100</td>" in page
    assert "1100</td>" not in page


def test_trends_give_the_prevalence_of_the_random_sample_with_its_interval(world: World) -> None:
    lan = world.anybody("lan")
    lan.decide(world.cases["party"], "unverifiable", "no_evidence_yet")
    world.wait(minutes=60 * 24 * 400)
    cases.refresh(world.db, world.cases["party"])
    assert "Mười hai tháng qua chưa có kết luận nào" in text_of(lan.get("/trends"))
    lan.decide(world.cases["audit"], "false", "fabricated", "fact:cong-uoc")
    said = text_of(lan.get("/trends"))
    assert "1 trên 1 bài chọn ngẫu nhiên là sai hoặc gây hiểu lầm" in said
    assert "có từ 20,7 đến 100,0 bài như thế" in said
    assert "mà chưa có kết luận" not in said
    assert "Quyền người khuyết tật" in said


def test_a_month_begins_by_the_clock_of_viet_nam(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["audit"]
    lan.decide(case, "true", "confirmed_by_record", "fact:cong-uoc", "fact:an-phu-2024")
    month = now()[:7]
    night = (datetime.fromisoformat(f"{month}-01T00:00:00Z") - timedelta(hours=3)).isoformat()  # 4 in the morning there
    with world.db.atomic():
        world.db.conn.execute("UPDATE standings SET since = ?, first_seen = ? WHERE case_id = ?", [night, night, case])
    assert [one.month for one in trends.months(world.db)] == [month]
    assert [row[0] for row in trends.audit_sample(world.db)] == [month]


def test_trends_tell_twelve_whole_months(world: World) -> None:
    lan, today = world.anybody("lan"), here(now())
    began = datetime(today.year - (today.month < 12), today.month % 12 + 1, 1, tzinfo=VIET_NAM)
    cited = ("true", "confirmed_by_record", "fact:cong-uoc", "fact:an-phu-2024")
    for name, at in (("audit", began), ("treaty", began - timedelta(seconds=1))):
        lan.decide(world.cases[name], *cited)
        with world.db.atomic():
            world.db.conn.execute(
                "UPDATE standings SET since = :at, first_seen = :at, reasons_bits = :drawn WHERE case_id = :case",
                {"at": stamp(at), "drawn": 1 << list(Flag).index(Flag.AUDIT), "case": world.cases[name]},
            )
    assert [(one.month, one.verdicts.total()) for one in trends.months(world.db)] == [(f"{began:%Y-%m}", 1)]
    assert [row[:2] for row in trends.audit_sample(world.db)] == [(f"{began:%Y-%m}", 1)]


def test_a_drawn_post_counts_in_the_sample_whatever_else_brought_it_to_a_case(world: World) -> None:
    lan, claim = world.anybody("lan"), "Tỉnh An Phú đóng cửa cả 40 lớp học."
    first = add_post(world.db, "song-huong", "lop-hoc", claim)
    both = ("CONTRADICTS_EVIDENCE", "AUDIT")
    case = open_with(world.db, first, add_score(world.db, first, claim, reasons=both), claim)
    for n, reasons in enumerate((("CONTRADICTS_EVIDENCE",), both)):  # two more posts, one of them drawn
        post = add_post(world.db, "kenh-gio-nui", f"lop-hoc-{n}", f"Nghe nói: {claim}")
        add_score(world.db, post, claim, reasons=reasons)
        cases.join_case(world.db, case, post)
    assert [row[1:] for row in trends.audit_sample(world.db)] == [(3, 0, 0)]
    lan.decide(case, "false", "fabricated", "fact:cong-uoc")
    assert [row[1:] for row in trends.audit_sample(world.db)] == [(3, 2, 2)]
    said = text_of(lan.get("/trends"))
    assert "2 trên 2 bài chọn ngẫu nhiên là sai hoặc gây hiểu lầm" in said
    assert "Còn 1 bài đã chọn mà chưa có kết luận" in said
