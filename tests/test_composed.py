"""Words typed on a keyboard that writes a letter and its marks apart, or pasted from a PDF: they are the same words."""

import unicodedata
from dataclasses import replace

from desk_visit import World, text_of
from desk_world import add_score

from pipeline.records import OWN_WORDS, NewDecision, NewPost, PassageRow, Verdict
from pipeline.store import cases, decisions, erasure, evidence, notes, posts, searching
from review import care

CLAIM = "Anh Phạm Minh Kha bị tạm giữ 40 ngày mà không được gặp gia đình."
RECORD = "Báo cáo ghi nhận mười hai trẻ em phải nghỉ học trong năm 2024 ở An Phú."


def apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_an_erasure_knows_words_that_were_typed_with_their_marks_apart(world: World) -> None:
    other = world.cases["treaty"]
    for name, words in (("lan", CLAIM), ("tuan", apart(CLAIM))):
        world.anybody(name).post(f"/case/{other}/note", note=f"So với: {words}")
    with world.db.atomic():  # as an earlier version kept it
        world.db["case_notes"].insert({"case_id": other, "at": "2026", "person": "lan", "text": apart(CLAIM)})
    erasure.erase(world.db, "https://dien-dan-ben-song.example/tam-giu", person="chi", reason="trên giấy")
    assert [note.text for note in notes.notes_of(world.db, other)] == [erasure.ERASED] * 3


def test_one_passage_is_one_however_its_letters_were_typed(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    for words in (RECORD, apart(RECORD)):
        lan.post(f"/case/{case}/evidence", text=words, source="Tổ chức Mái Hiên", role="independent")
    (eid,) = [row["eid"] for row in world.db.query("SELECT eid FROM passages WHERE eid LIKE 'desk:%'")]
    law = PassageRow("law:moi", apart("Trẻ em được đi học."), "Luật An Phú", "primary", kind="law")
    evidence.put_passages(world.db, [law])
    assert evidence.passage(world.db, law.eid) == replace(law, text="Trẻ em được đi học.")
    with world.db.atomic():  # as an earlier version kept it
        world.db.execute("UPDATE passages SET text = ? WHERE eid = 'news:luat-su-hanh'", [apart(RECORD)])
    asked = lan.decide(case, "misleading", "wrong_number", eid, "news:luat-su-hanh", sure="")
    assert "chỉ dựa vào một đoạn" in text_of(asked)


def test_a_passage_that_comes_again_with_its_letters_made_up_reopens_nothing(world: World) -> None:
    case, (row,) = world.cases["treaty"], [p for p in evidence.passages(world.db) if p.eid == "fact:cong-uoc"]
    with world.db.atomic():
        world.db.execute("UPDATE passages SET text = ? WHERE eid = ?", [apart(row.text), row.eid])
    decisions.decide(world.db, NewDecision(case, "lan", Verdict.FALSE, "contradicted_by_record", (row.eid,)))
    assert evidence.put_passages(world.db, [row]) == (0, 1, set())


def test_the_same_words_are_brought_in_once(world: World) -> None:
    lan = world.anybody("lan")
    assert len({lan.post("/bring", text=words).headers["location"] for words in (RECORD, apart(RECORD))}) == 1


def test_words_typed_with_their_marks_apart_that_an_earlier_version_erased_are_not_brought_in_again(
    world: World,
) -> None:
    url = f"{OWN_WORDS}{posts.url_digest(apart(RECORD))}"  # as it knew them
    erasure.erase(world.db, url, person="chi", reason="trên giấy")
    assert world.anybody("lan").post("/bring", text=apart(RECORD)).status_code == 422


def test_violence_is_folded_however_it_was_typed() -> None:
    assert care.folds("graphic", apart("Nạn nhân bị hiếp dâm.")) == "graphic"


def test_a_claim_is_found_in_its_post_however_it_is_typed(world: World) -> None:
    lan, claim = world.anybody("lan"), "Trạm xá Gò Nổi đã đóng cửa từ tháng 3."
    for n, (text, words) in enumerate(((claim, apart(claim)), (apart(claim), apart(claim)))):
        url = f"https://kenh-gio-nui.example/tram-xa-{n}"
        posts.take_post(world.db, NewPost("kenh-gio-nui", url, f"{text} Ai biết thì nói."))
        (post,) = searching.at_address(world.db, url, limit=1)
        add_score(world.db, post, text, reasons=())
        opened = lan.post(f"/posts/{post}/case", claim="", words=words)
        assert opened.status_code == 303
        assert cases.case(world.db, int(opened.headers["location"].rpartition("/")[2])).claim == text  # type: ignore[union-attr]
