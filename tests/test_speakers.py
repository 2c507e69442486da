"""Who is named as saying what somebody brings in: neither kept nor told to the world."""

import unicodedata

import pytest
from desk_visit import World, text_of
from desk_world import add_score, open_with
from test_bringing import CLAIM, bring

from pipeline.store import cases, erasure, posts, tips
from review import speakers


@pytest.mark.parametrize(
    "text",
    [
        f"Nguyễn A: {CLAIM}",
        f"Trần Thị Bích Ngọc : {CLAIM}",
        f"> anh_hai: {CLAIM}",
        f"@gio.nui: {CLAIM}",
        f"[Quote=anh_hai]{CLAIM}[/Quote]",
        f'[QUOTE="Gió Núi, post: 12, member: 3"]\n{CLAIM}\n[/QUOTE]',
        f"Gió Núi viết:\n{CLAIM}",
        unicodedata.normalize("NFD", f"Nguyễn A: {CLAIM}"),
    ],
)
def test_the_name_of_who_wrote_it_is_not_kept(text: str) -> None:
    assert speakers.unnamed(text) == CLAIM


@pytest.mark.parametrize(
    "text",
    [
        f"Hà Nội: {CLAIM}", f"Tin nóng: {CLAIM}", f"Bộ Giáo dục: {CLAIM}", "Hoàng Sa: đảo có 3 trường học.",
        "Trần nhà: hư hỏng.", f"Ông Lê Văn Sạn nói: {CLAIM}", "Phan Rang: cấm xe.", "Mức phạt: 5 triệu đồng.",
        unicodedata.normalize("NFD", CLAIM),
    ],
)  # fmt: skip
def test_places_offices_and_headings_stay_part_of_a_claim(text: str) -> None:
    assert speakers.unnamed(text) == text


def test_a_pasted_thread_is_kept_line_by_line_without_its_names(world: World) -> None:
    where = bring(world, f"Nguyễn A: {CLAIM}\nTrần B: thiệt hả trời")
    number = int(where.headers["location"].split("/")[2])
    assert posts.versions_of(world.db, number)[-1].text == f"{CLAIM}\nthiệt hả trời"
    assert tips.brought_waiting(world.db)[0].post_id == number
    assert bring(world, "Nguyễn A:").status_code == 422  # a name alone says nothing


def test_what_was_erased_with_its_name_before_names_were_taken_out_does_not_come_in_again(world: World) -> None:
    text = f"Nguyễn A: {CLAIM}"
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
