"""Who is named as saying what somebody brings in: not kept where a mark tells it, else asked about."""

import unicodedata

import pytest
from desk_visit import World, text_of
from desk_world import add_post, add_score, open_with
from test_bringing import CLAIM, bring

from pipeline.store import cases, erasure, posts, tips
from review import speakers


@pytest.mark.parametrize(
    "text",
    [
        f"[Quote=anh_hai]{CLAIM}[/Quote]",
        f'[QUOTE="Gió Núi, post: 12, member: 3"]\n{CLAIM}\n[/QUOTE]',
        f'[QUOTE="[BĐ]Gió Núi, post: 12"] {CLAIM} [/QUOTE]',
        unicodedata.normalize("NFD", f"[quote=Gió Núi]{CLAIM}[/quote]"),
    ],
)
def test_the_name_in_a_mark_of_a_quote_is_not_kept(text: str) -> None:
    assert speakers.unnamed(text) == CLAIM


def test_a_quote_and_its_answer_stay_apart_without_their_marks() -> None:
    text = "[quote=a]Từ năm 2027 cấm sinh con[/quote] không đúng đâu.\n\n[QUOTE=b]Thiệt hả[/QUOTE][QUOTE=c]Bịa[/QUOTE]"
    said = [line for line in speakers.unnamed(text).split("\n") if line]
    assert said == ["Từ năm 2027 cấm sinh con", "không đúng đâu.", "Thiệt hả", "Bịa"]


@pytest.mark.parametrize(
    "text",
    [
        f"Hà Nội: {CLAIM}", f"Bộ Giáo dục: {CLAIM}", f"Bộ Giáo dục viết:\n{CLAIM}", f"Vợ tôi nói:\n{CLAIM}",
        f"Nghị_định_100: {CLAIM}", f"@bogiaoduc: {CLAIM}", "Vũ Quang: 300 hộ mất đất\nLê Thủy: 40 người chết",
        "Lê Văn Sạn: 20 năm tù\nTrần Thị Bến: 16 năm tù", f"Nguyễn A: {CLAIM}\nTrần B: thiệt hả trời",
        unicodedata.normalize("NFD", CLAIM),
    ],
)  # fmt: skip
def test_who_says_something_and_whom_it_is_said_of_stay_part_of_a_claim(text: str) -> None:
    assert speakers.unnamed(text) == text


@pytest.mark.parametrize(
    "before",
    ["Nguyễn A: ", "Nguyễn\xa0A: ", "Nguyễn  A:", "Nguyễn A： ", "Chị Trần Thị Bích Ngọc : ", "Luật sư Nguyễn Văn A: ",
     "- TS. Nguyễn A: ", "@gio.nui: ", "Gió Núi\n", "Thiệt hả trời, nói vậy mà cũng tin cho được sao?\nTrần B: "],
)  # fmt: skip
def test_a_claim_with_a_name_before_its_words_may_name_somebody(before: str) -> None:
    assert speakers.may_name(before + CLAIM)


@pytest.mark.parametrize(
    "claim", [CLAIM, f"{CLAIM}\nBịa hết.\n{CLAIM}", "Từ 10:30 cấm xe.", "https://bao.example/1 cấm xe."]
)
def test_a_claim_without_one_names_nobody(claim: str) -> None:
    assert not speakers.may_name(claim)


def test_a_collected_post_is_known_by_its_words_with_the_marks_of_a_quote_and_without(world: World) -> None:
    text = f"[quote=a]{CLAIM}[/quote] Bịa."
    known = add_post(world.db, "kenh-gio-nui", "thread", text)
    (url,) = world.db.execute("SELECT url FROM posts WHERE id = ?", [known]).fetchone()
    assert bring(world, text, url).headers["location"].split("/")[2] == str(known)
    assert bring(world, CLAIM, url).headers["location"].split("/")[2] == str(known)
    assert bring(world, f"[quote=a]{CLAIM}[/quote]", url).headers["location"].split("/")[2] == str(known)


def test_of_a_pasted_quote_its_words_alone_come_in(world: World) -> None:
    where = bring(world, f"[quote=Gió Núi]{CLAIM}[/quote]\nthiệt hả trời")
    number = int(where.headers["location"].split("/")[2])
    assert "Gió Núi" not in posts.versions_of(world.db, number)[-1].text
    assert tips.brought_waiting(world.db)[0].post_id == number
    assert bring(world, "[quote=Gió Núi][/quote]").status_code == 422  # a name alone says nothing


def test_what_was_erased_with_its_marks_before_these_were_taken_out_does_not_come_in_again(world: World) -> None:
    text = f"[quote=a]{CLAIM}[/quote]"
    number = tips.bring_in(world.db, text, "")
    (url,) = world.db.execute("SELECT url FROM posts WHERE id = ?", [number]).fetchone()
    erasure.erase(world.db, url, person="chi", reason="")
    assert bring(world, text).status_code == 422


def test_a_verdict_is_asked_for_once_more_where_its_claim_may_begin_with_a_name(world: World) -> None:
    lan, told = world.anybody("lan"), "nếu đó là tên một người thường"
    claim = f"Chị Sáu: {CLAIM}"
    number = int(bring(world, claim).headers["location"].split("/")[2])
    case = open_with(world.db, number, add_score(world.db, number, claim, reasons=()), claim)
    asked = lan.decide(case, "unverifiable", "no_evidence_yet", sure="")
    assert (asked.status_code, told in text_of(asked)) == (422, True)
    assert lan.decide(case, "unverifiable", "no_evidence_yet", sure="", wording=CLAIM).status_code == 303
    assert CLAIM in text_of(lan.get(f"/case/{case}/brief"))
    assert "Chị Sáu" not in text_of(lan.get(f"/case/{case}/brief"))
    assert cases.case(world.db, case).claim == claim  # type: ignore[union-attr]
