"""Posts of a case that tell more or less than its claim: named before the verdict, split off by one click."""

import json
import re
import time

import pytest
from desk_visit import World, text_of, toast_of
from desk_world import add_post, add_score, open_with
from starlette.requests import Request

from pipeline.records import NewDecision, Verdict
from pipeline.settings import DeskSettings
from pipeline.store import cases, decisions, labels, moves, people, wordings
from pipeline.store.erasure import erase
from review import answer, show
from review.access import Visit
from review.deciding import Filled, record
from review.opened import open_case
from review.words import words as words_in

CLAIM = "Chủ xưởng muối xứ Mây giữ sổ của người làm thuê ca đêm."
MORE, ALSO = CLAIM.replace("làm thuê", "làm thuê mồ côi"), f"Bên trại giống, {CLAIM}"
INDEPENDENT, PRIMARY = "fact:an-phu-2024", "law:tre-em-11"


def told(world: World, *claims: str, case: int = 0, url: str = "muoi") -> tuple[int, list[int]]:
    """A case of the first of these claims, or one that is there, with a post of each."""
    made = []
    for number, claim in enumerate(claims):
        post = add_post(world.db, "song-huong", f"{url}-{number}", f"Nghe kể lại. {claim}")
        score = add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",))
        if case:
            cases.join_case(world.db, case, post)
        else:
            case = open_with(world.db, post, score, claim)
        made.append(post)
    return case, made


def test_what_posts_tell_otherwise_is_named_before_a_verdict_and_asked_about_once_more(world: World) -> None:
    lan = world.anybody("lan")
    case, _ = told(world, CLAIM, f"Chia sẻ gấp: {CLAIM}", CLAIM.upper(), MORE, MORE, ALSO)
    page = lan.get(f"/case/{case}")
    assert "2 cách diễn đạt khác" in text_of(page)
    assert "<ins>mồ côi</ins>" in page.text
    for verdict, reason, asked in (("false", "fabricated", True), ("unverifiable", "not_public", False)):
        answered = lan.decide(case, verdict, reason, INDEPENDENT, PRIMARY, sure="")
        assert (
            "nói thêm, nói bớt hoặc đổi thứ tự so với khẳng định, mà kết luận cũng tính" in text_of(answered)
        ) == asked
        assert answered.status_code == (422 if asked else 303)
        form = answered.text.partition('id="doubts"')[2].partition("</fieldset>")[0]
        assert ('<a href="#otherwise">' in form) == asked


def test_of_many_wordings_those_that_differ_most_stand_in_the_case_and_all_on_a_page(
    world: World,
) -> None:
    ends = ("a", "ang", "o", "ong")
    hamlets = [f"{one}{two}" for one in ("b", "ch", "đ", "g", "l", "m") for two in ends]
    told_in = [CLAIM.replace("ca đêm", f"ca đêm ở xóm {word}") for word in hamlets]
    far = CLAIM.replace("ca đêm", "ca đêm ở xóm dừa bên sông và không trả lại")
    case, made = told(world, CLAIM, *told_in, far, MORE, MORE)
    lan = world.anybody("lan")
    page, rest = lan.get(f"/case/{case}"), lan.get(f"/case/{case}/wordings")
    shown, all_of = (re.findall(r'name="worded" value="([0-9]+)"', one.text) for one in (page, rest))
    assert (len(shown), len(all_of)) == (20, 26)
    assert (shown, all_of[0], all_of[-1]) == (all_of[:20], str(made[25]), str(made[26]))
    assert f'href="/case/{case}/wordings"' in page.text
    assert "Xem cả 26 cách diễn đạt" in text_of(page)
    assert "2 bài từ 1 nguồn" in text_of(rest)
    went = lan.post(f"/case/{case}/split", worded=all_of[-1], there="1").headers["location"]
    assert went.startswith(f"/case/{case}/wordings?page=1&moved=")
    assert "Đã tách thành" in toast_of(lan.get(went))
    assert len(wordings.told_otherwise(world.db, case)) == 25
    assert "Không bài nào" in text_of(lan.get(f"/case/{world.cases['children']}/wordings"))


def test_what_a_wording_adds_is_marked_without_the_signs_and_capitals_beside_it() -> None:
    marked = show.diff(CLAIM, f"Nghe đâu chủ xưởng {CLAIM.removeprefix('Chủ xưởng ')[:-1]}, ở bến.", key=show.as_said)
    assert re.findall("<(ins|del)>(.*?)</", str(marked)) == [("ins", "Nghe đâu"), ("ins", "ở bến.")]
    assert "<del>" in str(show.diff(CLAIM, CLAIM[:-1]))  # an edit is told to the letter


def test_posts_of_one_wording_are_split_off_by_one_click(world: World) -> None:
    lan = world.anybody("lan")
    case, made = told(world, CLAIM, MORE, MORE, ALSO)
    page = lan.get(f"/case/{case}").text
    assert f'name="worded" value="{made[1]}"' in page
    went = lan.post(f"/case/{case}/split", worded=str(made[1])).headers["location"]
    (move,) = moves.moves_of(world.db, case)
    assert (list(move.posts), cases.case(world.db, move.to_case).claim) == (made[1:3], MORE)  # type: ignore[union-attr]
    assert f'action="/move/{move.id}/undo"' in toast_of(lan.get(went))
    lan.post(f"/case/{case}/split", worded=str(made[3]))
    assert [wordings.told_otherwise(world.db, one) for one in (case, move.to_case)] == [[], []]
    assert "Cách diễn đạt khác" not in text_of(lan.get(f"/case/{case}"))
    assert lan.decide(case, "false", "fabricated", INDEPENDENT, PRIMARY, sure="").status_code == 303


def test_a_program_is_told_of_them_and_warned(world: World) -> None:
    case, made = told(world, CLAIM, MORE, MORE)
    head = {"authorization": f"Bearer {people.make_token(world.db, 'lan', label='x')}"}
    client = world.anybody().client
    found = client.get(f"/api/v1/cases/{case}", headers=head).json()
    assert found["otherwise"] == [{"claim": MORE, "posts": made[1:], "sources": 1, "later": False}]
    body = {"verdict": "false", "reason": "fabricated", "evidence": [INDEPENDENT, PRIMARY]}
    answered = client.post(f"/api/v1/cases/{case}/decisions", json=body, headers=head)
    assert "more or less than the claim" in answered.json()["warning"]


def test_no_verdict_covers_words_that_came_while_the_case_was_open(world: World) -> None:
    lan, named = world.anybody("lan"), (INDEPENDENT, PRIMARY)
    case, _ = told(world, CLAIM)
    read = lan.read(case)
    told(world, CLAIM.lower(), f"Chia sẻ gấp: {CLAIM}", case=case, url="chep")
    assert lan.read(case) == read
    told(world, MORE, case=case, url="sau")
    answered = lan.decide(case, "false", "fabricated", *named, **read)
    assert (answered.status_code, "Vụ này đã thay đổi" in text_of(answered)) == (422, True)
    head = {"authorization": f"Bearer {people.make_token(world.db, 'lan', label='x')}"}
    body = {"verdict": "false", "reason": "fabricated", "evidence": named, "shown": json.loads(read["shown"])}
    path = f"/api/v1/cases/{case}/decisions"
    assert world.anybody().client.post(path, json=body, headers=head).status_code == 409
    assert lan.decide(case, "false", "fabricated", *named).status_code == 303


def test_nor_such_as_came_between_its_reading_and_its_writing(world: World) -> None:
    case, _ = told(world, CLAIM)
    lan = people.person(world.db, "lan")
    visit = Visit(Request({"type": "http", "headers": []}), world.db, DeskSettings(), lan, "", words_in("vi"))
    filled = Filled("false", "fabricated", (INDEPENDENT, PRIMARY))
    opened = open_case(visit, case)
    told(world, CLAIM.upper(), case=case, url="chep")
    told(world, MORE, case=case, url="sau")
    for shown in (None, {}, opened.shown):
        with pytest.raises(decisions.DecisionRefused):
            record(visit, opened, filled, None, shown)
    assert record(visit, open_case(visit, case), filled, None)


def test_a_sentence_that_a_person_chose_stands_in_its_posts_whatever_was_read(world: World) -> None:
    post = add_post(world.db, "song-huong", "khac", f"{CLAIM} Trời mưa to ở bến sông suốt ba ngày liền.")
    add_score(world.db, post, "Trời mưa to ở bến sông suốt ba ngày liền.", reasons=())
    case = cases.open_case(world.db, post, claim=CLAIM, score_id=None, by_hand=True)
    assert wordings.told_otherwise(world.db, case) == []
    longer, made = told(world, CLAIM.rstrip("."), f"{CLAIM.rstrip('.')} bên trại giống", url="cut")
    assert [one.posts for one in wordings.told_otherwise(world.db, longer)] == [(made[1],)]


def test_what_joined_a_decided_case_by_an_older_rule_has_no_label_and_is_named_nowhere(world: World) -> None:
    case, made = told(world, CLAIM, MORE)
    time.sleep(0.01)  # the store tells milliseconds apart
    decisions.decide(world.db, NewDecision(case, "lan", Verdict.FALSE, "fabricated", (INDEPENDENT,)))
    time.sleep(0.01)
    _, later = told(world, CLAIM, MORE, ALSO, case=case, url="sau")
    (other,) = wordings.told_otherwise(world.db, case)[:-1]
    assert (other.claim, other.posts, other.later) == (ALSO, (later[2],), True)
    assert wordings.unread(world.db, case) == {later[2]}
    read = {one.version_id for one in labels.labels(world.db) if one.case_id == case}
    assert len(read) == len(made) + 2
    found = answer.brief(world.db, case, say=words_in("vi"))
    assert found
    assert {post.post_id for post in found.seen_at} == {*made, *later[:2]}
    assert "hãy mở lại vụ rồi tách bài ấy ra" in text_of(world.anybody("lan").get(f"/case/{case}"))


def test_copies_of_what_was_read_keep_their_label_however_much_stands_beside(world: World) -> None:
    """Of one wording in many posts, and of the last of more wordings than later ones are laid beside."""
    ends = ("a", "ang", "o", "ong", "u", "ung", "i")
    hamlets = [f"{one}{two}" for one in ("b", "ch", "đ", "g", "l", "m", "s", "t") for two in ends]
    many = [CLAIM.replace("ca đêm", f"ca đêm ở xóm {hamlet}") for hamlet in hamlets]
    copied, _ = told(world, *[CLAIM] * 55, MORE)
    varied, _ = told(world, CLAIM, *many, url="xom")
    time.sleep(0.01)  # the store tells milliseconds apart
    for case in (copied, varied):
        decisions.decide(world.db, NewDecision(case, "lan", Verdict.FALSE, "fabricated", (INDEPENDENT,)))
    time.sleep(0.01)
    for case, said in ((copied, MORE), (varied, many[-1])):
        told(world, said, case=case, url=f"sau-{case}")
        assert wordings.unread(world.db, case) == set()
        taken = [one for one in labels.labels(world.db) if one.case_id == case]
        assert len(taken) == len(cases.posts_of(world.db, case))


def test_a_wording_whose_post_was_erased_is_named_no_more_and_its_page_says_why(world: World) -> None:
    case, made = told(world, CLAIM, MORE, ALSO)
    (url,) = world.db.conn.execute("SELECT url FROM posts WHERE id = ?", [made[1]]).fetchone()
    erase(world.db, url, person="chi", reason="trên giấy")
    lan = world.anybody("lan")
    assert [one.claim for one in wordings.told_otherwise(world.db, case)] == [ALSO]
    for path in ("", "/wordings", "/posts", f"/post/{made[1]}"):
        page = text_of(lan.get(f"/case/{case}{path}"))
        assert ("mồ côi" in page, "erased" in page) == (False, False), path
    assert "Đã xóa theo yêu cầu" in page
