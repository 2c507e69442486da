"""The queue: its order, filters, views and searches, and the case that comes next."""

import html
import re
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest
from desk_visit import BASE, World, text_of, toast_of
from desk_world import add_post, add_score, open_with

from pipeline.records import PassageRow, later
from pipeline.store import (
    cases,
    desk,
    drafts,
    evidence,
    holds,
    people,
    posts,
    retention,
)
from pipeline.store.desk import Filters
from pipeline.store.erasure import erase
from review import show
from review.queue import LONGEST_ADDRESS, LONGEST_WORDS

NOTE = "Còn phải hỏi lại thư viện xã"


def test_queue_puts_the_case_most_worth_an_hour_first_and_says_why(world: World) -> None:
    said = text_of(world.anybody("lan").get("/"))
    assert said.index("1.200 trẻ em") < said.index("người khuyết tật được phê chuẩn") < said.index("khu Bãi Dâu")
    assert "Khả năng sai rất cao · Bằng chứng nói khác về con số 4 bài từ 4 nguồn" in said
    assert "Chưa tìm thấy bằng chứng" in said


def test_an_empty_search_offers_all_once(world: World) -> None:
    lan = world.anybody("lan")
    assert lan.get("/", q="không đâu có chữ này").text.count("Hiện tất cả") == 1
    assert lan.get("/", right="CRPD").text.count("Hiện tất cả") == 1
    assert lan.get("/", state="decided", q="không đâu có").text.count("Hiện tất cả") == 1


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
                "Xem kenh-gio-nui.example/go-noi#binh-luan",
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


def test_the_address_of_a_post_leads_to_its_case_wherever_that_stands(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["party"]
    for _ in range(2):
        for address in (
            "https://kenh-gio-nui.example/go-noi", "http://kenh-gio-nui.example/go-noi/",
            "kenh-gio-nui.example/go-noi#binh-luan",
        ):  # fmt: skip
            assert lan.get("/", q=address, lane="audit").url.path == f"/case/{case}"
        lan.decide(case, "unverifiable", "not_public")


def test_what_is_found_in_another_lane_alone_is_not_said_to_match_nothing(world: World) -> None:
    page = text_of(world.anybody("lan").get("/", q="phòng đọc chữ nổi"))
    assert "Ở đây không có; xem phía trên." in page
    assert "Không có vụ nào khớp" not in page
    assert "hoặc tìm bằng ít từ hơn" not in page


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
    assert "Ở đây không có; xem phía trên." in text_of(lan.get("/", state="reading", q="bai dau"))


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


def test_the_next_case_is_one_of_those_that_the_queue_shows(world: World) -> None:
    lan = world.anybody("lan")
    within = re.search(r'name="within" value="([^"]*)"', lan.get("/?right=CEDAW&state=new").text)
    assert within
    taken = lan.post("/next", within=html.unescape(within[1]))
    assert taken.headers["location"] == f"/case/{world.cases['spreading']}"
    page = lan.get(taken.headers["location"])
    assert "Vụ kế tiếp lấy theo bộ lọc của bạn" in text_of(page)
    assert 'class="to-queue" href="/?state=new&amp;right=CEDAW#case-' in page.text
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


def test_saved_view_comes_back_and_is_forgotten(world: World) -> None:
    lan = world.anybody("lan")
    kept = lan.post("/views", name="Trẻ em trên Telegram", query="/?right=CRC&kind=telegram")
    assert kept.headers["location"] == "/?right=CRC&kind=telegram&told=view"
    assert "Đã lưu bộ lọc này." in toast_of(lan.get(kept.headers["location"]))
    assert 'href="/?right=CRC&amp;kind=telegram#found">Trẻ em trên Telegram</a>' in lan.get("/").text
    forgotten = lan.post("/views", name="Trẻ em trên Telegram", query="/", forget="1")
    assert "Trẻ em trên Telegram" not in lan.get("/").text
    assert "Đã bỏ bộ lọc này." in toast_of(lan.get(forgotten.headers["location"]))


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
    assert lan.get("/live", after=newest, lane="rumours").status_code == 422


def test_an_empty_lane_says_where_cases_wait_and_nothing_of_verdicts(world: World) -> None:
    lan = world.anybody("lan")
    for name in ("children", "detention", "treaty", "party", "spreading"):
        lan.decide(world.cases[name], "unverifiable", "no_evidence_yet")
    said = text_of(lan.get("/"))
    assert "Luồng này không có vụ nào chờ. Lần thu thập tới sẽ đưa vụ mới vào đây. Đang chờ ở luồng khác:" in said
    assert "Mẫu ngẫu nhiên (1)" in said


def test_a_search_takes_in_no_more_than_is_looked_for_so_that_no_address_grows_past_what_a_server_reads(
    world: World,
) -> None:
    lan = world.anybody("lan")
    for path, most in (("/", LONGEST_ADDRESS), (f"/case/{world.cases['treaty']}/evidence", LONGEST_WORDS)):
        assert re.findall(r'<input type="search"[^>]* maxlength="(\d+)"', lan.get(path).text) == [str(most)]


def test_empty_states_say_what_is_so_and_what_to_do(world: World) -> None:
    lan = world.anybody("lan")
    none = text_of(lan.get("/", q="khongcochunaynhuvay"))
    assert ("Không có vụ nào khớp" in none, "Vụ chờ lâu nhất" in none) == (True, False)
    assert "Chưa có kết luận nào" in text_of(lan.get("/mine"))
    assert "Lỗi 404 Không có gì ở địa chỉ này" in text_of(lan.get("/khong-co"))
    for path in ("/case/999", "/case/abc", "/case/99999999999999999999999", "/case/1/post/999"):
        assert lan.get(path).status_code == 404


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
    undo = re.search(r'action="([^"]*)"[^>]*>.{0,120}<button id="undo"[^>]* name="again"', page.text)
    assert undo
    told = lan.post(undo[1], again="1").headers["location"]
    back = lan.get(told)
    assert "Vụ này đã về lại tay bạn; lời nhắn vẫn còn trong các ghi chú." in text_of(back)
    assert 'name="word" maxlength="500" value="Chờ biên bản"' in back.text
    assert holds.holder(world.db, case).kind == "reading"  # type: ignore[union-attr]


@pytest.mark.parametrize("giver", ["lan", "minh"])
def test_what_is_put_aside_keeps_its_word_and_its_reader_near_the_end_of_its_day_too(world: World, giver: str) -> None:
    lan, case = world.anybody("lan"), world.cases["party"]
    world.anybody(giver).post(f"/case/{case}/hand", to="lan", word="Chờ biên bản")
    with world.db.atomic():
        world.db.execute("UPDATE holds SET until = ?", [later(minutes=7)])
    assert "Chờ biên bản" in text_of(lan.get(f"/case/{case}"))
    lan.get("/")
    hold = holds.holder(world.db, case)
    assert hold
    assert (hold.person, hold.kind, hold.note) == ("lan", "parked", "Chờ biên bản")
    assert hold.given_by == ("" if giver == "lan" else giver)
    assert later(minutes=8) < hold.until < later(minutes=11)  # as long as it is read


def test_what_is_put_aside_stays_so_where_cases_are_held_for_a_day(tmp_path: Path) -> None:
    world = World(tmp_path / "home", "[desk]\nhold_minutes = 1440\n")
    lan, case = world.anybody("lan"), world.cases["party"]
    lan.post(f"/case/{case}/hand", to="lan", word="Chờ biên bản")
    with world.db.atomic():
        world.db.execute("UPDATE holds SET until = ?", [later(hours=18)])
    lan.get(f"/case/{case}")
    assert "tạm gác: Chờ biên bản" in text_of(lan.get("/"))
    world.close()


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


def test_the_longest_waiting_is_told_of_a_lane_and_not_of_what_a_filter_shows(world: World) -> None:
    lan, waits = world.anybody("lan"), "Vụ chờ lâu nhất: 9 ngày."
    with world.db.atomic():
        world.db.conn.execute(
            "UPDATE standings SET since = ? WHERE case_id = ?", [later(days=-9), world.cases["detention"]]
        )
    assert waits in text_of(lan.get("/"))
    for narrowed in ("right=CRPD", "q=duoc", "state=new", "age=day"):
        said = text_of(lan.get(f"/?{narrowed}"))
        assert ("chờ kết luận" in said, "Vụ chờ lâu nhất" in said) == (True, False)


def test_the_number_of_a_case_opens_it_and_a_search_says_where_else_it_finds_something(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["treaty"]
    lan.decide(case, "unverifiable", "no_evidence_yet")
    for number in (case, world.cases["testimony"]):
        assert lan.get("/", q=f"#{number}").url.path == f"/case/{number}"
    for said, told in (("#999", True), ("vụ 999", True), (f"{BASE}/case/999", True), ("999", False), ("abc", False)):
        assert ("Không có vụ nào như thế" in text_of(lan.get("/", q=said))) == told
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
    found = lan.get("/", q=str(case), state="new", right="CERD")
    assert ("Không có vụ nào khác khớp." in text_of(found), "Không có vụ nào khớp." in text_of(found)) == (True, False)
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


def test_what_spread_again_lately_is_put_in_order_by_indexes_alone(world: World) -> None:
    asked: list[str] = []
    world.db.conn.set_trace_callback(asked.append)
    desk.listing(world.db, Filters(state="decided", order="again"))
    world.db.conn.set_trace_callback(None)
    (ordered,) = [query for query in asked if "max(p.joined_at)" in query]
    plan = str(world.db.conn.execute(f"EXPLAIN QUERY PLAN {ordered}").fetchall())
    assert "s USING COVERING INDEX standings_judged (lane=?)" in plan
    assert "m USING COVERING INDEX memberships_joined (case_id=? AND at>?)" in plan


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
    assert (
        'name="url" inputmode="url" maxlength="2000" value=""' in lan.get("/bring", q=f"{url}{'2' * 2000}"[:2000]).text
    )
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


def test_which_of_how_many_pages_of_the_queue_one_is_on_stands_below_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.queue.A_PAGE", 2)
    lan = world.anybody("lan")
    assert "Trang 1/3 Tiếp →" in text_of(lan.get("/"))
    assert "← Trước Trang 2/3 Tiếp →" in text_of(lan.get("/?page=2"))
    assert "← Trước Trang 3/3" in text_of(lan.get("/?page=3"))
    assert "Tiếp →" not in text_of(lan.get("/?page=3"))


def test_a_view_is_forgotten_by_its_own_button(world: World) -> None:
    lan = world.anybody("lan")
    lan.post("/views", name="Trẻ em", query="/?right=CRC")
    assert re.search(
        r'name="name" value="Trẻ em"><a href="/\?right=CRC#found">Trẻ em</a> <button[^>]*name="forget"',
        lan.get("/").text,
    )
    lan.post("/views", name=f"{'Trẻ em' * 6} và tuổi lao động", query="/?right=CRC")  # cut at a space
    for name, _ in drafts.saved_views(world.db, "lan"):
        lan.post("/views", name=name, forget="1")
    assert drafts.saved_views(world.db, "lan") == []


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


def test_a_page_of_the_queue_searches_once_for_its_list_and_its_counts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, asked, search = world.anybody("lan"), list[str](), desk.search
    monkeypatch.setattr(desk, "search", lambda db, words: asked.append(words) or search(db, words))
    for q in ("tạm giữ", "không đâu có"):
        lan.get("/", q=q)
    assert asked == ["tạm giữ", "không đâu có"]


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


def test_pages_of_the_queue_are_told_apart_by_their_titles(world: World) -> None:
    lan = world.anybody("lan")
    paths = ("/", "/?lane=testimony", "/?state=decided", "/?q=gach", f"/case/{world.cases['children']}/post/1")
    titles = [re.findall("<title>(.*?)</title>", lan.get(path).text)[0] for path in paths]
    assert len(set(titles)) == len(titles)
    assert 'aria-label="Các trang"' not in lan.get("/").text


def test_what_joins_a_decided_case_is_counted_and_marked_and_the_last_such_comes_first_where_asked(
    world: World,
) -> None:
    lan, (first, last) = world.anybody("lan"), (world.cases["spreading"], world.cases["treaty"])
    lan.decide(first, "not_rights", "other_topic")
    lan.decide(last, "not_rights", "other_topic")
    assert "từ khi kết luận" not in text_of(lan.get("/", state="decided")) + text_of(lan.get(f"/case/{first}"))
    claim = cases.case(world.db, first).claim  # type: ignore[union-attr]
    post = add_post(world.db, "song-huong", "lai-dang", claim, title="Lại đăng")
    cases.join_case(world.db, first, post)
    page = lan.get("/", state="decided", order="again")
    assert re.findall(r'claim-link" href="/case/(\d+)', page.text) == [str(first), str(last)]
    assert "Mới lan lại trước" in text_of(page)
    assert text_of(page).count("1 bài từ khi kết luận") == 1
    latest = lan.get("/", state="decided")
    assert re.findall(r'claim-link" href="/case/(\d+)', latest.text) == [str(last), str(first)]
    for path in (f"/case/{first}", f"/case/{first}/posts"):
        listed = lan.get(path).text.partition('<ol class="posts"')[2].partition("</ol>")[0]
        mark = listed.rpartition("<li")[2]
        assert "Lại đăng" in mark
        assert lan.get(path).text.count("nhập vào sau kết luận") == mark.count("nhập vào sau kết luận") == 1
    assert "1 bài từ khi kết luận" in text_of(lan.get(f"/case/{first}"))
    lan.post(f"/case/{first}/reopen", changed="Lan lại")
    again = text_of(lan.get("/", order="again")) + text_of(lan.get(f"/case/{first}"))
    assert "sau kết luận" not in again
    assert "từ khi kết luận" not in again


def test_a_case_is_found_by_what_its_standing_verdict_says_to_readers_and_by_no_other(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]

    def found(words: str) -> list[int]:
        return desk.search(world.db, words)[0]

    lan.decide(case, "not_rights", "other_topic", wording="Xưởng may ở bến đò đuổi thợ.", explanation="Chẳng ai đuổi.")
    assert [found(words) for words in ("bến đò", "ben do duoi tho", "chẳng ai đuổi", "bến đỏ")] == [[case]] * 4
    world.anybody("minh").post(f"/case/{case}/reopen", changed="Có bản khác")
    assert found("bến đò") == []
    lan.decide(case, "not_rights", "other_topic", wording="Câu khác hẳn.")
    assert (found("bến đò"), found("khác hẳn")) == ([], [case])
    for number, name in enumerate(("song-huong", "dien-dan-ben-song", "kenh-gio-nui")):
        erase(world.db, f"https://{name}.example/bai-dau-{number}", person="chi", reason="trên giấy")
    assert found("khác hẳn") == []
    assert world.db.conn.execute("SELECT count(*) FROM told_fts WHERE told_fts MATCH 'khac'").fetchone() == (0,)
