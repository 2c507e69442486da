"""Cases split and merged, and posts moved between them."""

import re

import pytest
from desk_visit import World, text_of, toast_of
from desk_world import add_post, add_score, open_with

from pipeline.store import (
    cases,
    decisions,
    drafts,
    erasure,
    holds,
    moves,
    pieces,
    posts,
    trends,
)

INDEPENDENT, PRIMARY = "fact:an-phu-2024", "law:tre-em-11"
NOTE = "Còn phải hỏi lại thư viện xã"


def test_split_and_merge_move_posts_and_are_undone(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    before = cases.posts_of(world.db, case)
    lan.post(f"/case/{case}/split", post=[str(before[-1])])
    move = moves.moves_of(world.db, case)[0]
    assert cases.posts_of(world.db, case) == before[:-1]
    assert cases.posts_of(world.db, move.to_case) == before[-1:]
    back = lan.post(f"/move/{move.id}/undo").headers["location"]
    assert cases.posts_of(world.db, case) == before
    assert f"các bài từ vụ {move.to_case} đã về lại đây" in toast_of(lan.get(back))
    assert "các bài từ vụ" not in toast_of(world.anybody("tuan").get(back))
    assert cases.case(world.db, move.to_case) is None
    merged = lan.post(f"/case/{case}/merge", into=str(world.cases["party"]))
    assert len(cases.posts_of(world.db, world.cases["party"])) == len(before) + 1
    assert f'action="/move/{moves.moves_of(world.db, case)[0].id}/undo"' in toast_of(
        lan.get(merged.headers["location"])
    )
    for page in (lan.get(f"/case/{case}"), lan.get("/", q=f"#{case}")):
        assert page.url.path == f"/case/{world.cases['party']}"  # an old link leads to the posts
        assert f"Các bài của vụ {case} nay nằm trong vụ {world.cases['party']}." in toast_of(page)
    assert "nay nằm trong vụ" not in text_of(lan.get(f"/case/{world.cases['treaty']}?merged={case}"))
    lan.post(f"/move/{moves.moves_of(world.db, case)[0].id}/undo")
    assert cases.posts_of(world.db, case) == before


def test_no_undoing_of_a_move_is_offered_that_can_only_be_refused(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    lan.post(f"/case/{case}/split", post=[str(cases.posts_of(world.db, case)[-1])])
    (move,) = moves.moves_of(world.db, case)
    for one in (case, move.to_case):
        assert f'action="/move/{move.id}/undo"' in lan.get(f"/case/{one}").text
    lan.decide(case, "unverifiable", "not_public")
    for one in (case, move.to_case):
        assert f'action="/move/{move.id}/undo"' not in lan.get(f"/case/{one}").text
    assert lan.post(f"/move/{move.id}/undo").status_code == 409


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


def test_a_split_is_taken_back_only_after_a_later_merge_of_what_stayed(world: World) -> None:
    lan, case, into = world.anybody("lan"), world.cases["children"], world.cases["spreading"]
    own = cases.posts_of(world.db, case)
    lan.post(f"/case/{case}/split", post=[str(own[-1])])
    lan.post(f"/case/{case}/merge", into=into)
    merge, split = moves.moves_of(world.db, case)
    refused = lan.post(f"/move/{split.id}/undo")
    assert (refused.status_code, "sau đó đã được chuyển tiếp" in text_of(refused)) == (409, True)
    assert (cases.case(world.db, case), cases.whole(world.db, into)) == (None, {case, into})
    for move in (merge, split):
        assert lan.post(f"/move/{move.id}/undo").status_code == 303
    assert (cases.posts_of(world.db, case), cases.whole(world.db, into)) == (own, {into})


def test_moves_are_offered_only_where_they_are_taken(world: World) -> None:
    lan, case, into = world.anybody("lan"), world.cases["children"], world.cases["spreading"]
    offered = re.compile(rf'Tách hoặc gộp|/case/{case}/merge"')
    page = lan.get(f"/case/{case}").text
    assert len(offered.findall(page)) == 2
    assert ('<a class="tap" href="#aside">Gộp vào vụ khác</a>' in page, '<details id="aside">' in page) == (True, True)
    lan.decide(case, "false", "contradicted_by_record", INDEPENDENT, PRIMARY)
    assert offered.findall(lan.get(f"/case/{case}").text) == []
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.post(f"/case/{case}/merge", into=into)
    undo = f'action="/move/{moves.moves_of(world.db, into)[0].id}/undo"'
    assert undo in lan.get(f"/case/{into}").text
    lan.decide(into, "opinion", "view", second="1")  # nothing is moved while it waits
    for name in ("lan", "minh"):
        page = world.anybody(name).get(f"/case/{into}").text
        assert (offered.findall(page), undo in page) == (["Tách hoặc gộp"], False)


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


def test_a_split_is_taken_back_from_under_no_later_verdict(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    posts_before = cases.posts_of(world.db, case)
    lan.decide(case, "false", "contradicted_by_record", INDEPENDENT, PRIMARY)
    moves.split(world.db, case, [posts_before[-1]], person="lan")  # as an earlier version let people do
    lan.post(f"/move/{moves.moves_of(world.db, case)[0].id}/undo")  # they are only put back where they were
    assert cases.posts_of(world.db, case) == posts_before
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.post(f"/case/{case}/split", post=[str(posts_before[-1])])
    lan.decide(case, "false", "contradicted_by_record", INDEPENDENT, PRIMARY)
    assert lan.post(f"/move/{moves.moves_of(world.db, case)[0].id}/undo").status_code == 409


def test_a_merge_is_taken_back_from_under_no_later_verdict(world: World) -> None:
    lan, case, other = world.anybody("lan"), world.cases["children"], world.cases["party"]
    lan.post(f"/case/{other}/merge", into=str(case))
    posts_before, move = cases.posts_of(world.db, case), moves.moves_of(world.db, case)[0]
    undo = f"/move/{move.id}/undo"
    assert undo in lan.get(f"/case/{case}").text
    lan.decide(case, "false", "contradicted_by_record", INDEPENDENT, PRIMARY)
    assert undo not in lan.get(f"/case/{case}").text
    refused = lan.post(undo)
    assert (refused.status_code, "hãy mở lại rồi mới chuyển bài đi" in text_of(refused)) == (409, True)
    assert cases.posts_of(world.db, case) == posts_before
    lan.post(f"/case/{case}/reopen", changed="Có bản khác")
    assert lan.post(undo).status_code == 303


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


@pytest.mark.parametrize("moved", ["merged", "split"])
def test_posts_put_back_into_a_case_whose_claim_was_erased_bring_theirs(world: World, moved: str) -> None:
    lan, case = world.anybody("lan"), world.cases["spreading"]
    item, (*others, last) = cases.case(world.db, case), cases.posts_of(world.db, case)
    assert item
    if moved == "merged":
        lan.post(f"/case/{case}/merge", into=world.cases["party"])
        gone = others[:1]
    else:
        lan.post(f"/case/{case}/split", post=[str(last)])
        gone = others
    for version in [posts.versions_of(world.db, post)[0] for post in gone]:
        erasure.erase(world.db, version.url, person="chi", reason="trên giấy")
    assert lan.post(f"/move/{moves.moves_of(world.db, case)[0].id}/undo").status_code == 303
    assert item.claim in text_of(lan.get(f"/case/{case}"))
    lan.decide(case, "unverifiable", "no_evidence_yet")
    assert lan.get(f"/case/{case}/brief").status_code == 200
    assert (case, item.claim) in [one[:2] for one in cases.worded_like(world.db, item.claim, testimony=False)]


def _with_a_question_alone(world: World, *, decided: bool = False) -> int:
    """A case whose claim was erased, and in which a question is left."""
    into = world.cases["audit"]
    question = add_post(world.db, "kenh-gio-nui", "hoi", "Ai biết phòng đọc mở mấy giờ?")
    add_score(world.db, question, "", reasons=(), kind="question")
    cases.join_case(world.db, into, question)
    if decided:
        world.anybody("lan").decide(into, "false", "contradicted_by_record", "fact:cong-uoc")
        world.anybody("lan").post(f"/case/{into}/reopen", changed="Có bản khác")
    erasure.erase(world.db, "https://song-huong.example/thu-vien", person="chi", reason="trên giấy")
    return into


def _claim(world: World, case_id: int) -> str:
    item = cases.case(world.db, case_id)
    return item.claim if item else ""


@pytest.mark.parametrize("chosen", ["", "Nghe nói nhà nước cấm sách."])
def test_a_case_without_a_claim_takes_that_of_posts_merged_into_it_till_they_are_put_back(
    world: World, chosen: str
) -> None:
    lan, case, into = world.anybody("lan"), world.cases["treaty"], _with_a_question_alone(world)
    if chosen:
        post = add_post(world.db, "brought", "x", f"{chosen} Thật không?")
        score = add_score(world.db, post, "", reasons=(), kind="question")
        case = cases.open_case(world.db, post, claim=chosen, score_id=score, person="lan", by_hand=True)
    claim = _claim(world, case)
    assert lan.post(f"/case/{case}/merge", into=into).status_code == 303
    assert _claim(world, into) == claim
    assert lan.post(f"/move/{moves.moves_of(world.db, case)[0].id}/undo").status_code == 303
    assert (_claim(world, case), _claim(world, into)) == (claim, pieces.ERASED)
    assert into not in [one for one, *_ in cases.worded_like(world.db, claim, testimony=False)]


def test_a_verdict_on_a_claim_that_was_erased_is_told_of_no_other(world: World) -> None:
    lan, case, into = world.anybody("lan"), world.cases["treaty"], _with_a_question_alone(world, decided=True)
    refused = lan.post(f"/case/{case}/merge", into=into)
    assert (refused.status_code, "hãy gộp vụ ấy vào vụ này" in text_of(refused)) == (409, True)
    assert _claim(world, into) == pieces.ERASED
    assert lan.post(f"/case/{into}/merge", into=case).status_code == 303


@pytest.mark.parametrize("named", ["{}", " {} ", "#{}", "Vụ {}", "http://desk.test/case/{}"])
def test_a_case_to_merge_into_is_named_as_a_search_names_it(world: World, named: str) -> None:
    lan, case, into = world.anybody("lan"), world.cases["children"], world.cases["party"]
    assert "pattern=" not in lan.get(f"/case/{case}").text.partition('name="into"')[2].partition(">")[0]
    merged = lan.post(f"/case/{case}/merge", into=named.format(into))
    assert merged.headers["location"].startswith(f"/case/{into}?moved=")
    assert cases.case(world.db, case) is None


@pytest.mark.parametrize("named", ["99999", "#0", "0", "-3", "vụ kia", "{}"])
def test_a_number_to_merge_into_that_names_no_other_case_is_answered_with_what_to_give_and_the_way_back(
    world: World, named: str
) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    refused = lan.post(f"/case/{case}/merge", into=named.format(case))
    assert (refused.status_code, "hãy ghi con số ở phía trên khẳng định" in text_of(refused)) == (409, True)
    assert f'href="/case/{case}"' in refused.text
    assert cases.posts_of(world.db, case)


def test_a_case_to_merge_into_that_was_merged_away_is_found_where_its_posts_went(world: World) -> None:
    lan, gone, into = world.anybody("lan"), world.cases["party"], world.cases["treaty"]
    lan.post(f"/case/{gone}/merge", into=into)
    merged = lan.post(f"/case/{world.cases['children']}/merge", into=gone)
    assert merged.headers["location"].startswith(f"/case/{into}?moved=")


def test_no_posts_are_split_off_a_decided_case_until_it_is_reopened(world: World) -> None:
    lan, tuan, case = world.anybody("lan"), world.anybody("tuan"), world.cases["children"]
    lan.decide(case, "misleading", "wrong_number", INDEPENDENT, PRIMARY)
    before = cases.posts_of(world.db, case)
    refused = tuan.post(f"/case/{case}/split", post=before[:3])  # from a page that was open before
    assert (refused.status_code, "hãy mở lại rồi mới chuyển bài đi" in text_of(refused)) == (409, True)
    assert cases.posts_of(world.db, case) == before
    tuan.post(f"/case/{case}/reopen", changed="Ba bài nói chuyện khác")
    assert tuan.post(f"/case/{case}/split", post=before[:3]).status_code == 303


def test_a_merge_says_which_case_is_held(world: World) -> None:
    lan, tuan, (a, b) = world.anybody("lan"), world.anybody("tuan"), (world.cases["children"], world.cases["treaty"])
    lan.get(f"/case/{b}")
    refused = tuan.post(f"/case/{a}/merge", into=b)
    assert (refused.status_code, "đang giữ vụ mà bạn muốn gộp vào" in text_of(refused)) == (409, True)
    assert "lan đang giữ vụ này" in text_of(tuan.post(f"/case/{b}/merge", into=a))


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
