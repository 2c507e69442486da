"""Scoring a home: every post ends in one counted outcome, whatever it holds, and cases follow from claims."""

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from filled import store_at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ours import model

from classifier.evidence import expansion
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.scoring import Score, score
from pipeline import indexing, rescoring
from pipeline.filing import drawn_for_audit, item_of, stand_again
from pipeline.home import Home
from pipeline.indexing import import_evidence, keep_up, open_index
from pipeline.records import FactCheckRow, NewDecision, NewPost, PassageRow, ScoreRow, StepOutcome, Verdict, now
from pipeline.rescoring import Rechecking, Rescoring, scoring_of
from pipeline.settings import ScoreSettings
from pipeline.steps import Bench, bench_of, file_again, file_batch, file_scored, recompute, score_posts
from pipeline.store import (
    cases,
    decisions,
    desk,
    evidence,
    factchecks,
    labels,
    models,
    moves,
    open_store,
    posts,
    reading,
    report,
    runs,
    scores,
    write,
)
from pipeline.store.erasure import erase, remove_evidence

AGE = PassageRow(
    "fact:work", "Bộ luật Lao động năm 2019 quy định tuổi lao động tối thiểu là đủ 15 tuổi.", "Bộ luật Lao động",
    "primary",
    date="2021-01-01",
)  # fmt: skip
FALSE = "Bộ luật Lao động năm 2019 quy định tuổi lao động tối thiểu là đủ 12 tuổi."
TRUE = FALSE.replace("12", "15")
SENTENCES = (
    FALSE,
    TRUE,
    FALSE.upper(),
    "Tôi thấy luật này quá nhẹ.",
    "Giá cà phê tăng nhẹ.",
    "Hồi đó công an xã đánh tôi.",
    "😀",
    "?",
)


def scored(home: Home, texts: list[str], *, share: float = 0.0, batch: int = 3):
    db = store_at(home.database)
    evidence.put_passages(db, [AGE])
    for number, text in enumerate(texts):
        posts.take_post(db, NewPost(f"s{number % 4}", f"https://s.example/{number}", text))
    bench = replace(bench_of(home, db, model()), settings=ScoreSettings(batch=batch, audit_share=share))
    return db, bench, score_posts(db, bench)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(SENTENCES) | st.text(min_size=1, max_size=60), min_size=1, max_size=9),
    st.integers(1, 5), st.sampled_from([0.0, 0.5, 1.0]),
)  # fmt: skip
def test_outcomes_sum_to_the_posts_and_to_the_scores(tmp_path_factory, texts, batch, share):
    home = Home(tmp_path_factory.mktemp("steps"))
    db, bench, counts = scored(home, texts, share=share, batch=batch)
    stored = posts.counts(db)["posts"]
    assert counts.total() == stored == posts.counts(db)["scores"]
    assert set(counts) <= set(StepOutcome)
    run = runs.last_runs(db, limit=1)[0]
    assert run.inputs == stored == sum(run.outcomes.values())
    assert score_posts(db, bench).total() == 0
    db.close()


def test_a_false_claim_opens_a_case_a_copy_joins_it_and_its_contrary_does_not(tmp_path: Path):
    db, _, counts = scored(Home(tmp_path), [FALSE, FALSE.rstrip(".") + " nhé", TRUE])
    assert counts[StepOutcome.FLAGGED] == 1
    assert counts[StepOutcome.JOINED] == 1
    (item,) = cases.queue(db)
    assert (item.posts, item.sources, item.slot) == (2, 2, "number")
    assert cases.posts_of(db, item.case_id) == [1, 2]


def test_who_takes_a_claim_back_has_no_part_in_its_case_nor_is_counted_as_spreading_it(tmp_path: Path):
    denials = [f"{FALSE} Đây là tin giả.", f"TIN GIẢ\n{FALSE}", f"Hiểu lầm: {FALSE}", f"{FALSE} Sai bét!"]
    db, _, counts = scored(Home(tmp_path), [denials[0], FALSE, *denials[1:], FALSE.upper()], batch=1)
    assert (counts[StepOutcome.FLAGGED], counts[StepOutcome.JOINED], counts[StepOutcome.TO_CHECK]) == (1, 1, 4)
    (item,) = cases.queue(db)
    assert cases.posts_of(db, item.case_id) == [2, 6]
    db.close()


def told(db, source: str, url: str, claim: str, *, seen: int = 3, more: str = "", **values: object) -> StepOutcome:
    """What becomes of a post that lands with a score, in a desk that asks at so many sources; it says `more` too."""
    posts.take_posts(db, [NewPost(source, f"https://{source}.example/{url}", f"{claim}. {more}".strip())])
    version = posts.post_by(db, f"https://{source}.example/{url}")
    said = {"kind": "claim", "rights": ("CRC",), "p_refuted": 0.1, "flagged": False, "claim": claim, "detail": {},
            "claim_end": len(claim), "unsupported": True, **values}  # fmt: skip
    bench = Bench(model(), None, None, ScoreSettings(audit_share=0.0, spreading_sources=seen))
    run_id = runs.start_run(db, "score")
    (outcome,) = file_scored(db, [version], [Score(str(version.id), **said)], bench, run_id=run_id).elements()
    assert runs.outcomes_of(db, run_id).total() == 1
    return StepOutcome(outcome)


SPREADS = "Từ năm 2025 mọi trẻ em dưới mười sáu tuổi ở tỉnh An Phú bị cấm đến trường công lập"


def test_a_case_that_opens_takes_in_the_posts_that_made_its_claim_before(db):
    assert told(db, "x", "1", SPREADS, kind="opinion") == StepOutcome.PROTECTED
    assert told(db, "y", "1", SPREADS, kind="testimony") == StepOutcome.TESTIMONY
    said = [told(db, source, "2", SPREADS) for source in "abcd"]
    assert said == [StepOutcome.TO_CHECK, StepOutcome.TO_CHECK, StepOutcome.SPREADING, StepOutcome.JOINED]
    item = next(item for item in cases.queue(db) if item.lane == "claims")
    assert (item.posts, item.sources) == (4, 4)
    assert cases.posts_of(db, item.case_id) == [3, 4, 5, 6]
    assert [one.posts for one in cases.queue(db) if one.lane == "testimony"] == [1]


def test_a_decided_case_is_joined_by_what_tells_neither_more_nor_less_alone(db):
    """What tells more stands beside it, and its own copies go there."""
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", SPREADS, flagged=True)
    elsewhere = f"Ở trại trẻ Gò Nổi, {SPREADS}"
    assert told(db, "b", "1", elsewhere, flagged=True) == StepOutcome.JOINED  # nobody has read it yet
    falsely(db, 1)
    assert told(db, "c", "1", f"Chia sẻ gấp: {SPREADS}", flagged=True) == StepOutcome.JOINED
    assert told(db, "d", "1", elsewhere, flagged=True) == StepOutcome.JOINED  # was read in it
    further = SPREADS.replace("ở tỉnh", "tộc người Mây ở tỉnh")
    assert told(db, "e", "1", further, seen=9) == StepOutcome.TO_CHECK
    assert told(db, "f", "1", further, flagged=True) == StepOutcome.FLAGGED
    assert told(db, "g", "1", SPREADS, flagged=True) == StepOutcome.JOINED
    assert told(db, "h", "1", further, flagged=True) == StepOutcome.JOINED
    assert [cases.posts_of(db, case) for case in (1, 2)] == [[1, 2, 3, 4, 7], [5, 6, 8]]


def test_a_decided_case_is_joined_by_what_is_only_cried_around_it_and_not_by_hearsay(db):
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", SPREADS, flagged=True)
    falsely(db, 1)
    for source, around in (("b", "Nóng! {}. Mọi người chia sẻ gấp!!!"), ("c", "Đau lòng quá: {} 😡")):
        assert told(db, source, "1", around.format(SPREADS), flagged=True) == StepOutcome.JOINED
    assert told(db, "d", "1", f"Nghe nói {SPREADS}", flagged=True) == StepOutcome.FLAGGED
    assert cases.posts_of(db, 1) == [1, 2, 3]


def test_copies_go_to_the_case_of_their_very_words_once_those_were_split_off(db):
    other = f"Ở trại trẻ Gò Nổi, {SPREADS}"
    said = [told(db, "a", "1", SPREADS, flagged=True), told(db, "b", "1", other, flagged=True)]
    assert said == [StepOutcome.FLAGGED, StepOutcome.JOINED]
    assert moves.split(db, 1, [2], person="an").to_case == 2
    for source in "cd":
        assert told(db, source, "1", other, flagged=True) == StepOutcome.JOINED
        assert told(db, source, "2", SPREADS, flagged=True) == StepOutcome.JOINED
    assert [cases.posts_of(db, case) for case in (1, 2)] == [[1, 4, 6], [2, 3, 5]]


def test_a_case_that_waits_for_its_second_reader_takes_no_more_than_the_first_one_read(db):
    told(db, "a", "1", SPREADS, flagged=True)
    decisions.decide(db, NewDecision(1, "an", Verdict.UNVERIFIABLE, "not_public"), second=True)
    assert told(db, "b", "1", SPREADS.replace("trẻ em", "trẻ em mồ côi"), flagged=True) == StepOutcome.FLAGGED
    assert told(db, "c", "1", SPREADS.upper(), flagged=True) == StepOutcome.JOINED
    assert (cases.case(db, 1).state, cases.posts_of(db, 1), cases.posts_of(db, 2)) == ("second", [1, 3], [2])


TOLD = "Tôi bị quản đốc xưởng mộc Gò Nổi giữ lại hai ngày và không được gọi về cho mẹ"


def test_copies_of_a_testimony_share_its_case_and_no_claim_does(db):
    said = [told(db, *at, kind="testimony") for at in (("a", "1", TOLD), ("b", "1", f"{TOLD} nhé"), ("c", "1", TOLD))]
    assert said == [StepOutcome.TESTIMONY, StepOutcome.JOINED, StepOutcome.JOINED]
    assert told(db, "d", "1", TOLD, flagged=True) == StepOutcome.FLAGGED  # read as a claim, it stands by itself
    assert [item.posts for item in cases.queue(db) if item.lane == "testimony"] == [3]
    assert told(db, "e", "1", TOLD.replace("hai ngày", "ba ngày"), kind="testimony") == StepOutcome.TESTIMONY


def test_the_case_of_a_testimony_is_called_by_its_own_words_and_not_by_the_headline(db):
    for n, (kind, text) in enumerate((("testimony", TOLD), ("testimony", ""), ("opinion", TOLD))):
        url = f"https://a.example/{n}"
        posts.take_posts(db, [NewPost("a", url, text, title="Chuyện của nhà mình")])
        said = Score(str(n), kind=kind, rights=("CAT",), p_refuted=0.1, flagged=False, claim="", detail={})
        bench = Bench(model(), None, None, ScoreSettings(audit_share=1.0))
        file_scored(db, [posts.post_by(db, url)], [said], bench, run_id=runs.start_run(db, "score"))
    assert [item.claim for item in sorted(cases.queue(db), key=lambda item: item.case_id)] == [
        TOLD, "Chuyện của nhà mình", "Chuyện của nhà mình",
    ]  # fmt: skip


def test_a_testimony_joins_no_case_that_was_decided_as_a_claim(db):
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", TOLD, flagged=True)
    falsely(db, 1)
    assert edited(db, "a", f"{TOLD} nhé", kind="testimony") != StepOutcome.JOINED
    assert told(db, "b", "1", TOLD, kind="testimony") == StepOutcome.TESTIMONY
    assert cases.posts_of(db, 1) == [1]


CLOSED = "Từ năm 2027 mọi tu sĩ ở tỉnh Hòa Lộc bị buộc phải đăng ký tạm trú trước khi tụng kinh"


def test_a_post_that_makes_what_another_was_edited_into_has_no_part_in_that_ones_case(db):
    told(db, "a", "1", SPREADS, flagged=True)
    decisions.decide(db, NewDecision(1, "an", Verdict.UNVERIFIABLE, "not_public"))
    time.sleep(0.01)  # the store tells milliseconds apart
    assert told(db, "a", "1", CLOSED) == StepOutcome.TO_CHECK
    assert told(db, "b", "1", CLOSED, flagged=True) == StepOutcome.FLAGGED
    assert told(db, "c", "1", CLOSED) == StepOutcome.JOINED
    assert [(item.case_id, item.claim, item.posts) for item in cases.queue(db)] == [(2, CLOSED, 2)]
    assert list(db.query("SELECT post_id, text FROM labels")) == [{"post_id": 1, "text": f"{SPREADS}."}]


def test_a_decided_post_that_is_edited_into_another_suspect_claim_stands_before_a_person_and_its_verdict_stays(
    tmp_path: Path,
):
    db = open_store(tmp_path / "soi.db")
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", SPREADS, flagged=True)
    decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (AGE.eid,)))
    label = list(db.query("SELECT * FROM labels"))
    time.sleep(0.01)
    assert told(db, "a", "1", f"Hôm nay báo viết lại: {SPREADS}", flagged=True) == StepOutcome.FLAGGED
    assert cases.queue(db) == []  # the same claim
    assert told(db, "a", "1", CLOSED, flagged=True) == StepOutcome.FLAGGED
    (item,) = cases.queue(db)
    assert (item.case_id, item.claim, cases.posts_of(db, 2)) == (2, CLOSED, [1])
    assert cases.case(db, 1).state == "decided"
    assert [claim for _, claim, *_ in evidence.refuted_claims(db)] == [SPREADS]
    assert list(db.query("SELECT * FROM labels")) == label
    assert [(found.case_id, found.text) for found in labels.labels(db)] == [(1, f"{SPREADS}.")]
    decisions.decide(db, NewDecision(2, "an", Verdict.TRUE, "confirmed_by_record", (AGE.eid,)))
    assert [(row["text"], row["verdict"]) for row in db.query("SELECT * FROM labels ORDER BY case_id")] == [
        (f"{SPREADS}.", "false"), (f"{CLOSED}.", "true"),
    ]  # fmt: skip
    db.close()


def test_no_edit_takes_a_verdict_down_nor_does_what_people_do_with_the_case_it_led_to(db):
    evidence.put_passages(db, [AGE])
    for source, claim in (("a", SPREADS), ("b", CLOSED), ("c", FALSE)):
        told(db, source, "1", claim, flagged=True)
    for case in (1, 2):
        decisions.decide(db, NewDecision(case, "an", Verdict.FALSE, "contradicted_by_record", (AGE.eid,)))
    time.sleep(0.01)
    lane = cases.case(db, 1).lane
    told(db, "a", "1", "Tôi bị đuổi khỏi trường hôm qua", kind="testimony")
    assert (cases.case(db, 1).state, cases.case(db, 1).lane) == ("decided", lane)
    assert lane != "testimony"
    told(db, "b", "1", f"{CLOSED} và ở các tỉnh bên cạnh từ tháng sau, theo một văn bản khác của bộ", flagged=True)
    moved = cases.case_of(db, 2)
    if moved != 2:
        moves.merge(db, moved, 3, person="an")
    cases.refresh(db, 2)
    assert {row["case_id"] for row in db.query("SELECT case_id FROM labels")} == {1, 2}
    assert moves.went_to(db, 2) in (None, cases.case_of(db, 2))


def edited(db, source: str, claim: str, **values: object) -> StepOutcome:
    """What becomes of a source's post that is edited into another claim, a moment later."""
    time.sleep(0.01)
    return told(db, source, "1", claim, **values)


def falsely(db, case_id: int, *, blind: bool = False, second_share: float = 0.0) -> int:
    time.sleep(0.01)
    decision = NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", (AGE.eid,), blind=blind)
    return decisions.decide(db, decision, second_share=second_share)


def test_a_case_nobody_decided_is_of_what_its_post_says_now(db):
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", SPREADS, flagged=True)
    told(db, "b", "1", CLOSED)
    assert edited(db, "a", CLOSED, flagged=True) == StepOutcome.FLAGGED
    assert [(item.case_id, item.claim, item.posts) for item in cases.queue(db)] == [(1, CLOSED, 2)]
    assert (desk.search(db, "tụng kinh"), desk.search(db, "trường công lập")) == (([1], False), ([1], False))
    assert db.conn.execute("SELECT rowid FROM claims_fts WHERE claims_fts MATCH 'truong'").fetchall() == []
    assert edited(db, "c", SPREADS) == StepOutcome.TO_CHECK
    assert edited(db, "d", CLOSED) == StepOutcome.JOINED
    falsely(db, 1)
    assert {claim for _, claim, *_ in evidence.refuted_claims(db)} == {CLOSED}
    assert {(label.text, label.claim) for label in labels.labels(db)} == {(f"{CLOSED}.", CLOSED)}


def test_a_case_that_somebody_put_evidence_beside_keeps_its_claim(db):
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", SPREADS, flagged=True)
    evidence.add_to_case(db, 1, AGE.eid, person="an")
    assert edited(db, "a", CLOSED, flagged=True) == StepOutcome.FLAGGED
    assert (cases.case(db, 1), cases.case(db, 2).claim) == (None, CLOSED)


def test_a_post_edited_into_another_claim_leaves_the_others_of_an_undecided_case(db):
    evidence.put_passages(db, [AGE])
    for source in "abc":
        told(db, source, "1", SPREADS, flagged=True)
    told(db, "d", "1", CLOSED, flagged=True)
    assert edited(db, "a", "Tôi thấy cần chờ công bố chính thức", kind="opinion", rights=()) == StepOutcome.NOT_RIGHTS
    assert edited(db, "b", CLOSED, flagged=True) == StepOutcome.JOINED
    assert [cases.posts_of(db, number) for number in (1, 2, 3)] == [[3], [2, 4], [1]]
    assert {item.case_id for item in cases.queue(db)} == {1, 2, 3}  # whatever it says now, nobody has looked at it
    falsely(db, 1)
    assert [(label.case_id, label.text) for label in labels.labels(db)] == [(1, f"{SPREADS}.")]


def test_an_edit_undoes_no_merge_that_people_made(db):
    told(db, "a", "1", SPREADS, flagged=True)
    told(db, "b", "1", CLOSED, flagged=True)
    moves.merge(db, 2, 1, person="an")
    edited(db, "b", f"Hôm nay báo viết lại: {CLOSED}", flagged=True)
    assert cases.posts_of(db, 1) == [1, 2]
    edited(db, "b", FALSE, flagged=True)
    assert (cases.posts_of(db, 1), cases.case(db, 3).claim) == ([1], FALSE)


def test_a_copy_that_lands_later_joins_the_case_that_a_person_opened_on_another_sentence(db):
    chosen = "Trạm xá Gò Nổi đã đóng cửa từ tháng 3"
    told(db, "a", "1", SPREADS, more=chosen)
    cases.open_case(db, 1, claim=chosen, score_id=1, person="an", by_hand=True)
    assert told(db, "b", "1", SPREADS, more=chosen) == StepOutcome.JOINED
    assert told(db, "c", "1", SPREADS, seen=9) == StepOutcome.TO_CHECK  # says nothing of what was chosen
    assert told(db, "d", "1", SPREADS, more=f"\n- {chosen}!") == StepOutcome.JOINED
    assert cases.posts_of(db, 1) == [1, 2, 4]


@pytest.mark.parametrize("chosen", [
    "Trạm xá Gò Nổi đóng cửa từ tháng 3. Dân phải sang xã bên",  # two sentences to a reader of Vietnamese
    "1. Trạm xá Gò Nổi đã đóng cửa",
])  # fmt: skip
def test_a_copy_joins_by_all_that_was_chosen_though_it_be_cut_otherwise(db, chosen):
    told(db, "a", "1", SPREADS, more=chosen)
    cases.open_case(db, 1, claim=chosen, score_id=1, person="an", by_hand=True)
    assert told(db, "b", "1", SPREADS, more=f"{chosen}.") == StepOutcome.JOINED
    denied = f"{chosen}. Tin trên là bịa đặt."
    assert told(db, "c", "1", SPREADS, more=denied, seen=9) == StepOutcome.TO_CHECK


@pytest.mark.parametrize(
    "said",
    ["Không đúng là {}.", "Tin {} là bịa đặt.", "Xin hỏi có phải {} không?", "{}?", "{}0 tới.",
     "{}. Tin trên là bịa đặt.", "Tin giả:\n{}.", "Nếu {} thì dân khổ."],
)  # fmt: skip
def test_a_copy_that_does_not_hold_the_chosen_sentence_true_joins_no_case_of_it(db, said):
    chosen = "Trạm xá Gò Nổi đã đóng cửa từ tháng 3"
    told(db, "a", "1", SPREADS, more=chosen)
    cases.open_case(db, 1, claim=chosen, score_id=1, person="an", by_hand=True)
    assert told(db, "b", "1", SPREADS, more=said.format(chosen), seen=9) == StepOutcome.TO_CHECK
    assert cases.posts_of(db, 1) == [1]


def test_a_reopened_case_whose_post_is_edited_away_waits_with_its_claim_and_what_was_learned_from_it(db):
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", SPREADS, flagged=True)
    falsely(db, 1)
    moment, learned = now(), list(labels.labels(db))
    time.sleep(0.01)
    decisions.reopen(db, 1, person="an", note="")
    edited(db, "a", CLOSED, flagged=True)
    assert {item.case_id: (item.state, item.claim) for item in cases.queue(db)} == {
        1: ("reopened", SPREADS), 2: ("new", CLOSED)
    }  # fmt: skip
    assert list(labels.labels(db, until=moment)) == learned
    falsely(db, 1)
    assert [(item.case_id, item.claim) for item in cases.queue(db)] == [(2, CLOSED)]


def test_a_verdict_that_waits_for_its_second_reader_keeps_a_post_to_read(db):
    evidence.put_passages(db, [AGE])
    for source in "ab":
        told(db, source, "1", SPREADS, flagged=True)
    falsely(db, 1, second_share=1.0)
    for source in "ab":
        edited(db, source, CLOSED, flagged=True)
    assert [cases.posts_of(db, number) for number in (1, 2)] == [[2], [1]]
    assert (cases.case(db, 1).state, cases.case(db, 2).state) == ("second", "new")
    falsely(db, 1, blind=True)
    assert cases.case(db, 1).state == "decided"
    assert [label.text for label in labels.labels(db)] == [f"{SPREADS}."] * 2


def test_what_an_edit_leaves_behind_is_in_the_lane_of_its_verdict(db):
    evidence.put_passages(db, [AGE])
    for source in "ab":
        told(db, source, "1", SPREADS, flagged=True, reasons=("CONTRADICTS_EVIDENCE",))
    falsely(db, 1)
    edited(db, "a", "Tôi bị đuổi khỏi trường hôm qua", kind="testimony")
    edited(db, "b", CLOSED, flagged=True)
    assert (cases.posts_of(db, 1), cases.case(db, 1).lane) == ([1], "claims")
    assert [row["claim"] for row in report.published(db, "", "9999")] == [SPREADS]


def test_a_verdict_keeps_the_rights_reasons_and_spread_it_was_given_with(db):
    evidence.put_passages(db, [AGE])
    for source in "abc":
        told(db, source, "1", SPREADS, rights=("CAT",), flagged=True, reasons=("CONTRADICTS_EVIDENCE",))
    falsely(db, 1)

    def told_of() -> tuple[object, ...]:
        case = cases.case(db, 1)
        rows = [row for row in report.all_cases(db) if row["case_id"] == 1]
        return case.rights, case.reasons, case.lane, case.posts, case.sources, report.false_by_right(db, "", "9"), rows

    given = told_of()
    edited(db, "a", "Luật Giáo dục quy định giáo dục tiểu học là bắt buộc", kind="opinion", rights=("CRC",))
    edited(db, "b", CLOSED, flagged=True)
    assert (cases.posts_of(db, 1), cases.case_of(db, 2)) == ([1, 3], 2)
    assert told_of() == given
    assert told(db, "d", "1", SPREADS, rights=("CAT",)) == StepOutcome.JOINED
    assert (cases.case(db, 1).posts, cases.case(db, 1).rights) == (4, ("CAT",))
    decisions.reopen(db, 1, person="an", note="")
    assert (cases.case(db, 1).posts, cases.case(db, 1).rights) == (3, ("CAT", "CRC"))


def test_of_a_claim_that_a_person_chose_its_very_words_tell_whether_a_post_still_makes_it(db):
    evidence.put_passages(db, [AGE])
    chosen = "Trạm xá Gò Nổi đã đóng cửa từ tháng 3"
    told(db, "a", "1", SPREADS, more=chosen)
    cases.open_case(db, 1, claim=chosen, score_id=1, person="an", by_hand=True)
    falsely(db, 1)
    for claim, more, gone_from in ((CLOSED, chosen, False), (SPREADS, "", True), (SPREADS, chosen, False)):
        edited(db, "a", claim, more=more)
        (post,) = reading.case_posts(db, 1)
        assert (post.edited, post.judged) == (gone_from, 1)


def test_what_evidence_speaks_against_is_not_said_to_spread_without_any(db):
    for source in "ab":
        told(db, source, "1", SPREADS, seen=2)
    assert cases.case(db, 1).reasons == ("UNSUPPORTED_SPREADING",)
    told(db, "c", "1", SPREADS, seen=2, flagged=True, reasons=("CONTRADICTS_EVIDENCE",))
    assert cases.case(db, 1).reasons == ("CONTRADICTS_EVIDENCE",)
    assert desk.counts(db, desk.Filters())["reason"]["UNSUPPORTED_SPREADING"] == 0


def test_an_edit_that_was_scored_only_after_the_verdict_stands_before_a_person_too(db):
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", SPREADS, flagged=True)
    time.sleep(0.01)
    posts.take_post(db, NewPost("a", "https://a.example/1", f"{CLOSED}."))
    falsely(db, 1)
    edited(db, "a", CLOSED, flagged=True)
    assert [(item.case_id, item.claim) for item in cases.queue(db)] == [(2, CLOSED)]


def test_a_claim_is_known_again_among_hundreds_that_differ_in_a_number(db):
    told(db, "a", "1", f"{SPREADS} 7", flagged=True)
    with write(db):
        for number in range(100, 350):
            told(db, "b", str(number), f"{SPREADS} {number}")
    assert told(db, "c", "1", f"{SPREADS} 7") == StepOutcome.JOINED


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Cấm trẻ em, khuyết tật vào", "cấm trẻ em  khuyết tật vào.", True),
    ("Hoà nhịp truong “làng”", "Hòa nhịp trường làng", True),
    ("phap luat da cấm", "pháp luật đã cấm", True), ("tăng 5%", "tăng 5", False), ("1,5 triệu", "15 triệu", False),
    ("ngày 12/10", "ngày 1210", False), ("-5 độ", "5 độ", False), ("–5 độ", "5 độ", False),
    ("12–15 tuổi", "12, 15 tuổi", False), ("Cấm trẻ em vào?", "Cấm trẻ em vào.", False),
    ("bị bắt đi tu", "bị bắt đi tù", False), ("500 nam", "500 năm", False), ("không được vào", "được vào", False),
    ("bán dâu", "bán dầu", False), ("đã câm", "đã cấm", False), ("đủ 12 tuổi", "đủ 13 tuổi", False),
])  # fmt: skip
def test_a_mended_slip_is_no_other_claim_but_what_may_be_the_matter_is(one, other, same):
    assert reading.says_same(one, other) is reading.says_same(other, one) is same


def test_a_slip_that_is_mended_in_a_post_is_not_said_to_be_an_edit_of_what_was_judged(db):
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", SPREADS.replace("trường", "truong"), flagged=True)
    falsely(db, 1)
    edited(db, "a", SPREADS, flagged=True)
    assert "truong" in cases.case(db, 1).claim
    assert (reading.case_posts(db, 1)[0].edited, reading.telling(db, 1).edited) == (False, False)
    edited(db, "a", CLOSED, flagged=True)
    assert reading.telling(db, 1).edited


def test_a_post_whose_claim_only_ends_otherwise_or_stands_in_capitals_still_makes_it(db):
    evidence.put_passages(db, [AGE])
    told(db, "a", "1", SPREADS, flagged=True)
    falsely(db, 1)
    for claim, gone_from in ((f"{SPREADS}.", False), (f"{SPREADS} …", False), (SPREADS.upper(), False), (CLOSED, True)):
        edited(db, "a", claim)
        assert [post.edited for post in reading.case_posts(db, 1)] == [gone_from]


def test_after_a_rollback_the_model_gone_back_to_has_its_say_again(db):
    bench = Bench(model(), None, None, ScoreSettings())
    for source in "ab":
        told(db, source, "1", SPREADS, unsupported=False)
    for name in ("default", "xau"):
        models.register(db, name, "{}")
    for version_id in (1, 2):  # as a promoted model that is wrong would leave them
        wrong = ScoreRow(version_id, "xau", "claim", ("CCPR",), 0.99, True, ("CONTRADICTS_EVIDENCE",), CLOSED)
        scores.add_score(db, wrong, outcome="flagged")
        cases.set_bands(db, version_id, ())
    models.promote(db, "xau", person="an", note="", parts="{}")
    case_id = cases.open_case(db, 1, claim=CLOSED, score_id=None)
    assert [(item.p_refuted, item.reasons) for item in cases.queue(db)] == [(0.99, ("CONTRADICTS_EVIDENCE",))]
    models.promote(db, "default", person="an", note="", parts="{}")
    assert scores.latest_score(db, 1)[1].model == "default"
    again = Rescoring(db, bench)
    assert again.step(bench)
    assert not again.step(bench)
    assert (cases.case(db, case_id).p_refuted, cases.case(db, case_id).reasons) == (0.1, ())
    assert cases.posts_of(db, case_id) == [1]
    assert told(db, "c", "1", SPREADS, seen=3) == StepOutcome.JOINED  # found by the claim that counts
    assert runs.last_runs(db, limit=1)[0].step == "score"


def test_a_case_stands_anew_once_however_many_of_its_posts_do(db):
    evidence.put_passages(db, [AGE])
    for source in "abc":
        told(db, source, "1", SPREADS, rights=("CAT",), flagged=True, reasons=("CONTRADICTS_EVIDENCE",))
    assert cases.posts_of(db, 1) == [1, 2, 3]
    said: list[str] = []
    db.conn.set_trace_callback(said.append)
    stand_again(db, [1, 2, 3])
    db.conn.set_trace_callback(None)
    assert sum("LEFT JOIN sources src" in one for one in said) == 1  # its posts were read


def test_a_claim_that_a_fact_check_refuted_is_recognised(tmp_path: Path):
    home = Home(tmp_path)
    factchecks.take(store_at(home.database), CHECK)
    db, _, counts = scored(home, [f"{CHECKED}."])
    assert counts[StepOutcome.FLAGGED] == 1
    assert cases.queue(db)[0].reasons == ("REPEATS_REFUTED",)


CHECKED = "Việt Nam đã rút khỏi Công ước về quyền trẻ em"
CHECK = FactCheckRow("desk", "https://desk.example/1", CHECKED, "Sai", "false")


def recheck(home: Home, db) -> dict[str, int]:
    """What becomes of earlier claims beside the evidence of the moment."""
    bench = replace(bench_of(home, db, model()), settings=ScoreSettings(audit_share=0.0))
    counts = Rechecking(db, bench).all(bench)
    run = runs.last_runs(db, limit=1)[0]
    if run.step == "recheck":
        assert run.status == "done"
        assert run.inputs == sum(run.outcomes.values())
        assert Rechecking(db, bench).done
    assert counts == {word: n for word, n in run.outcomes.items() if word != "unchanged"} or not counts
    return dict(counts)


def test_a_fact_check_that_comes_after_what_it_checks_brings_it_to_a_person(tmp_path: Path):
    home = Home(tmp_path)
    db, bench, counts = scored(home, [f"{CHECKED}.", TRUE, "Giá cà phê tăng nhẹ."])
    assert counts[StepOutcome.FLAGGED] == 0
    assert recheck(home, db) == {}
    assert runs.last_runs(db, limit=1)[0].outcomes == {"unchanged": 3}  # nothing told by which program all was scored
    before = db.conn.execute("SELECT * FROM scores ORDER BY id").fetchall()
    factchecks.take(db, CHECK)
    assert recheck(home, db) == {"flagged": 1}
    assert runs.last_runs(db, limit=1)[0].outcomes == {"flagged": 1, "unchanged": 1}  # claims alone
    (case,) = cases.queue(db)
    assert (case.reasons, cases.posts_of(db, case.case_id)) == (("REPEATS_REFUTED",), [1])
    assert db.conn.execute("SELECT * FROM scores ORDER BY id LIMIT ?", [len(before)]).fetchall() == before
    assert [e.eid for e in scores.latest_score(db, 1)[1].evidence][:1] == ["factcheck:1"]
    assert recheck(home, db) == {}
    assert score_posts(db, bench).total() == 0  # what was scored again isn't unscored
    db.close()


def test_a_post_stays_drawn_or_not_as_it_was_when_it_was_first_scored(tmp_path: Path):
    home = Home(tmp_path)
    db, bench, counts = scored(home, [f"{CHECKED}.", TRUE], share=1.0)
    assert counts == {StepOutcome.AUDITED: 2}
    posts.take_post(db, NewPost("s9", "https://s.example/9", "Giá cà phê tăng nhẹ."))
    never = replace(bench, settings=ScoreSettings(audit_share=0.0))
    assert score_posts(db, never).total() == 1
    factchecks.take(db, CHECK)
    assert recheck(home, db) == {"flagged": 1}
    assert scores.latest_score(db, 1)[1].reasons == ("REPEATS_REFUTED", "AUDIT")
    posts.take_post(db, NewPost("s9", "https://s.example/9", "Giá cà phê giảm nhẹ."))
    assert score_posts(db, bench).total() == 1  # by a share that would have drawn it
    assert scores.latest_score(db, 3)[1].reasons == ()
    db.close()


def test_a_fact_check_that_is_put_right_takes_what_rested_on_it_down(tmp_path: Path):
    home = Home(tmp_path)
    factchecks.take(store_at(home.database), CHECK)
    db, _, _ = scored(home, [f"{CHECKED}."])
    assert cases.queue(db)[0].reasons == ("REPEATS_REFUTED",)
    time.sleep(0.01)
    factchecks.take(db, replace(CHECK, rating="Đúng", verdict="true"))
    assert list(recheck(home, db)) == ["to_check"]
    assert (cases.queue(db)[0].reasons, cases.queue(db)[0].lane) == ((), "claims")  # nobody drew it
    assert not scores.latest_score(db, 1)[1].flagged
    db.close()


def test_evidence_that_comes_or_goes_is_laid_beside_what_was_seen_before(tmp_path: Path):
    home = Home(tmp_path)
    db, _, _ = scored(home, [FALSE])
    assert scores.latest_score(db, 1)[1].flagged
    time.sleep(0.01)
    remove_evidence(db, [AGE.eid], person="an")
    assert list(recheck(home, db)) == ["to_check"]
    assert not scores.latest_score(db, 1)[1].flagged
    time.sleep(0.01)
    evidence.put_passages(db, [replace(AGE, eid="fact:again")])
    assert list(recheck(home, db)) == ["flagged"]
    assert cases.queue(db)[0].reasons == ("CONTRADICTS_EVIDENCE",)
    assert len(cases.queue(db)) == 1
    db.close()


def test_what_was_laid_beside_a_verdict_that_stands_no_more_is_scored_again_once(tmp_path: Path):
    home = Home(tmp_path)
    db, _, _ = scored(home, [f"{CHECKED}."])
    case_id = cases.open_case(db, 1, claim=CHECKED, score_id=None)
    evidence.put_passages(db, [replace(AGE, eid="so:x", text="Việt Nam là thành viên Công ước về quyền trẻ em.")])
    made = decisions.decide(db, NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", ("so:x",)))
    around = ("Có phải {} không?", "Theo tôi, {} là quá đáng.", "Đề nghị nói rõ vì sao {}.", "{}.")
    posts.take_posts(db, [NewPost("z", f"https://z.example/{n}", s.format(CHECKED)) for n, s in enumerate(around)])
    assert score_posts(db, bench_of(home, db, model())).total() == 4
    laid = "SELECT count(*) FROM evidence WHERE eid = ?"
    assert db.conn.execute(laid, [f"decision:{made}"]).fetchone() == (3,)
    decisions.undo(db, made, person="an")
    assert recheck(home, db)
    assert posts.beside_undone(db, before=posts.newest(db) + 1, limit=9) == []
    db.close()


def breaks_on_the_broken(model, items, **rest):
    if any("hỏng" in item.text for item in items):
        raise RecursionError("a text nobody thought of")
    return score(model, items, **rest)


def test_a_text_that_breaks_the_reader_is_written_down_and_the_others_are_scored(tmp_path: Path, monkeypatch):
    home = Home(tmp_path)
    monkeypatch.setattr("pipeline.steps.score_texts", breaks_on_the_broken)
    db, bench, counts = scored(home, [FALSE, "Một bài hỏng.", "Giá cà phê tăng nhẹ.", SENTENCES[3]])
    assert (counts.total(), counts[StepOutcome.FAILED], counts[StepOutcome.FLAGGED]) == (4, 1, 1)
    assert runs.last_runs(db, limit=1)[0].status == "done"
    assert scores.latest_score(db, 2)[1].detail == {"failed": "RecursionError"}
    assert score_posts(db, bench).total() == 0
    db.close()


def test_what_cant_be_scored_again_is_counted_and_its_earlier_score_stands(tmp_path: Path, monkeypatch):
    home = Home(tmp_path)
    broken = f"{CHECKED} từ năm 2019, một bài hỏng."
    db, _, _ = scored(home, [f"{CHECKED}.", broken])
    before = scores.latest_score(db, 2)
    factchecks.take(db, CHECK)
    monkeypatch.setattr("pipeline.steps.score_texts", breaks_on_the_broken)
    assert recheck(home, db) == {"flagged": 1, "failed": 1}
    assert scores.latest_score(db, 2) == before
    db.close()


def test_what_is_decided_or_was_seen_long_ago_isnt_laid_beside_new_evidence(tmp_path: Path, db):
    home = Home(tmp_path)
    posts.take_post(db, NewPost("a", "https://s.example/old", f"{CHECKED}."), at="2020-01-01")
    scored(home, [f"{CHECKED}."])
    case_id = cases.open_case(db, 2, claim=CHECKED, score_id=None)
    decisions.decide(db, NewDecision(case_id, "an", Verdict.OPINION, "view"))
    factchecks.take(db, CHECK)
    assert recheck(home, db) == {}
    assert db.conn.execute("SELECT count(*) FROM scores").fetchone() == (2,)


def test_what_was_erased_decided_or_taken_down_meanwhile_gets_no_further_score(tmp_path: Path):
    home = Home(tmp_path)
    db, _, _ = scored(home, [f"{CHECKED}.", f"{CHECKED} từ năm 2019.", f"{CHECKED} từ năm 2020."])
    factchecks.take(db, CHECK)
    bench = replace(bench_of(home, db, model()), settings=ScoreSettings(audit_share=0.0))
    batch = [posts.post_by(db, str(number)) for number in (1, 2, 3)]
    case_id = cases.open_case(db, 2, claim=CHECKED, score_id=None)
    decisions.decide(db, NewDecision(case_id, "an", Verdict.OPINION, "view"))
    erase(db, "https://s.example/0", person="an", reason="x")
    posts.mark_gone(db, "https://s.example/2")
    counts = file_again(db, batch, bench, run_id=runs.start_run(db, "recheck"))
    assert counts == {StepOutcome.UNCHANGED: 3}
    assert db.conn.execute("SELECT count(*) FROM scores").fetchone() == (3,)
    assert "rút khỏi" not in "".join(map(str, db.conn.execute("SELECT * FROM scores WHERE version_id = 1").fetchall()))
    db.close()


def test_words_that_a_post_says_no_more_are_not_scored_after_those_that_it_says_now(tmp_path: Path):
    home = Home(tmp_path)
    db, bench, _ = scored(home, [])
    posts.take_post(db, NewPost("s", "https://s.example/0", FALSE))
    before = posts.post_by(db, "1")
    run_id = runs.start_run(db, "score")
    posts.take_post(db, NewPost("s", "https://s.example/0", TRUE))
    assert file_batch(db, [posts.post_by(db, "1")], bench, run_id=run_id).total() == 1  # by another process
    looked_for = set(db.conn.execute("SELECT band FROM fingerprints").fetchall())
    assert file_batch(db, [before], bench, run_id=run_id) == {}
    assert set(db.conn.execute("SELECT band FROM fingerprints").fetchall()) == looked_for != set()
    assert db.conn.execute("SELECT count(*) FROM cases").fetchone() == (0,)
    db.close()


TAKES_WORDS_AWAY = {
    "erased": lambda db: erase(db, "https://bao.example/luat", person="an", reason="x"),
    "taken back": lambda db: remove_evidence(db, ["bao:luat"], person="an"),
}


@pytest.mark.parametrize("take_away", TAKES_WORDS_AWAY.values(), ids=TAKES_WORDS_AWAY)
def test_words_of_evidence_that_goes_while_a_post_is_scored_are_not_written_back(tmp_path: Path, take_away):
    home = Home(tmp_path)
    db, _, _ = scored(home, [FALSE])
    remove_evidence(db, [AGE.eid], person="an")
    evidence.put_passages(db, [replace(AGE, eid="bao:luat", url="https://bao.example/luat", role="independent")])
    posts.take_post(db, NewPost("x", "https://s.example/moi", FALSE.rstrip(".") + " đấy."))
    bench = replace(bench_of(home, db, model()), settings=ScoreSettings(audit_share=0.0))
    first, landed = (posts.post_by(db, number) for number in ("1", "2"))
    run_id = runs.start_run(db, "score")
    take_away(db)
    assert file_batch(db, [landed], bench, run_id=run_id) == {}
    assert file_again(db, [first], bench, run_id=run_id) == {StepOutcome.UNCHANGED: 1}
    assert db.conn.execute("SELECT count(*) FROM evidence WHERE eid = 'bao:luat'").fetchone() == (0,)
    assert score_posts(db, bench_of(home, db, model())).total() == 1  # beside what there is
    assert posts.count_unscored(db, "") == 0
    db.close()


def test_after_a_rollback_the_evidence_of_now_is_laid_beside_claims_once_more(tmp_path: Path):
    home = Home(tmp_path)
    db, _, _ = scored(home, [f"{CHECKED}."])
    factchecks.take(db, CHECK)
    other = replace(bench_of(home, db, model()), model=replace(model(), version="khac"))
    assert Rescoring(db, other).step(other)
    models.register(db, "khac", "{}")
    models.promote(db, "khac", person="an", note="", parts="{}")
    Rechecking(db, other).all(other)
    assert scores.latest_score(db, 1)[1].flagged
    models.register(db, "default", "{}")
    models.promote(db, "default", person="an", note="", parts="{}")
    assert not scores.latest_score(db, 1)[1].flagged  # scored before there was the fact-check
    assert recheck(home, db) == {"flagged": 1}
    db.close()


def test_a_post_that_could_not_be_scored_at_first_is_drawn_like_any_other(tmp_path: Path, db):
    home = Home(tmp_path)
    posts.take_post(db, NewPost("s", "https://s.example/0", TRUE))
    scores.add_score(db, ScoreRow(1, "khac", "other", (), 0.0, False, detail={"failed": "E"}), outcome="failed")
    assert labels.population(db) == 0
    db, _, counts = scored(home, [], share=1.0)
    assert counts == {StepOutcome.AUDITED: 1}
    assert (len(labels.audited(db)), labels.population(db)) == (1, 1)


def test_a_look_back_that_was_cut_short_is_done_again(tmp_path: Path):
    home = Home(tmp_path)
    db, _, _ = scored(home, [f"{CHECKED} từ năm {year}." for year in range(2000, 2012)])
    factchecks.take(db, CHECK)
    bench = replace(bench_of(home, db, model()), settings=ScoreSettings(audit_share=0.0))
    cut = Rechecking(db, bench)
    assert cut.step(bench)
    cut.end()
    assert runs.last_runs(db, limit=1)[0].status == "stopped"
    assert not Rechecking(db, bench).done
    db.close()


def test_what_an_upgraded_program_reads_otherwise_is_scored_again(tmp_path: Path):
    home = Home(tmp_path)
    db, _, _ = scored(home, [FALSE, TRUE, "Giá cà phê tăng nhẹ."])
    assert list(recheck(home, db)) == []
    row = scores.latest_score(db, 1)[1]
    older = replace(row, kind="opinion", flagged=False, reasons=(), rights=(), evidence=(), detail={})
    scores.add_score(db, older, outcome="none")
    before = runs.note_of_last(db, "recheck").rpartition(" ")[0]
    with write(db):
        db.conn.execute("UPDATE runs SET note = ? WHERE step = 'recheck'", [f"{before} 0123456789abcdef"])
    time.sleep(0.01)
    assert recheck(home, db) == {"flagged": 1}
    assert scores.latest_score(db, 1)[1].flagged
    assert runs.last_runs(db, limit=1)[0].outcomes == {"flagged": 1, "unchanged": 2}
    assert recheck(home, db) == {}
    db.close()


@pytest.mark.parametrize("let_go", [False, True])
def test_an_upgrade_is_noticed_where_there_was_nothing_to_score_again_or_its_run_is_let_go(tmp_path: Path, let_go):
    home = Home(tmp_path)
    db = store_at(home.database)
    assert recheck(home, db) == {}
    with write(db):
        db.conn.execute("UPDATE runs SET note = replace(note, ?, 'before') WHERE step = 'recheck'", [scoring_of()])
        if let_go:
            db.conn.execute("DELETE FROM runs")
    assert let_go or runs.note_of_last(db, "recheck").endswith(" before")
    posts.take_post(db, NewPost("s", "https://s.example/0", FALSE))
    evidence.put_passages(db, [AGE])
    scores.add_score(db, ScoreRow(1, "default", "opinion", (), 0.0, False), outcome="none")
    time.sleep(0.01)
    assert recheck(home, db) == {"flagged": 1}
    assert runs.note_of_last(db, "recheck").endswith(scoring_of())
    db.close()


def test_a_partys_fact_check_settles_nothing(tmp_path: Path):
    home = Home(tmp_path)
    factchecks.take(store_at(home.database), replace(CHECK, role="party"))
    _, _, counts = scored(home, [f"{CHECKED}."])
    assert counts[StepOutcome.FLAGGED] == 0


def test_a_law_ends_at_midnight_in_viet_nam_whatever_clock_a_feed_goes_by(db):
    moments = ("2026-11-01T06:30:00+07:00", "2026-10-31T23:30:00+00:00", "2026-11-01", "")
    for number, moment in enumerate(moments):
        post = NewPost("s", f"https://s.example/{number}", TRUE, published=moment)
        posts.take_post(db, post, at="2026-10-31T18:00:00.000Z")
    read = [item_of(version).before for version in posts.unscored(db, "default", limit=9)]
    assert read == ["2026-11-01"] * 4


def test_a_score_is_computed_again_by_the_day_it_was_given_though_the_page_names_its_own_later(tmp_path: Path):
    home = Home(tmp_path)
    db, bench, counts = scored(home, [FALSE])
    assert counts[StepOutcome.FLAGGED] == 1
    before_the_law = NewPost("s0", "https://s.example/0", FALSE, published="2020-05-01T00:00:00+07:00")
    assert posts.take_post(db, before_the_law) == "known"
    (version,) = posts.versions_of(db, 1)
    _, stored = scores.latest_score(db, 1)
    again, differs = recompute(home, db, bench.model, version, stored)
    assert (again.p_refuted, differs) == (stored.p_refuted, {})
    by_its_own = replace(stored, detail={**stored.detail, "day": "2020-05-01"})
    assert set(recompute(home, db, bench.model, version, by_its_own)[1]) > {"flagged", "evidence"}


@pytest.mark.parametrize("named_before", [True, False])
def test_a_score_that_an_earlier_soi_noted_no_day_of_is_computed_again_by_the_day_it_may_have_been_given_by(
    tmp_path: Path, named_before
):
    home, day = Home(tmp_path), "2020-05-01T00:00:00+07:00"
    with contextlib.closing(open_store(home.database)) as db:
        posts.take_post(db, NewPost("s0", "https://s.example/0", FALSE, published=day if named_before else ""))
    db, bench, counts = scored(home, [FALSE])
    assert counts[StepOutcome.FLAGGED] == int(not named_before)
    posts.take_post(db, NewPost("s0", "https://s.example/0", FALSE, published=day))
    (version,) = posts.versions_of(db, 1)
    _, stored = scores.latest_score(db, 1)
    dayless = replace(stored, detail={name: value for name, value in stored.detail.items() if name != "day"})
    assert recompute(home, db, bench.model, version, dayless)[1] == {}


def test_the_audit_draw_is_repeatable_and_near_its_share():
    urls = [f"https://s.example/{n}" for n in range(5000)]
    drawn = [url for url in urls if drawn_for_audit(url, 0.02)]
    assert drawn == [url for url in urls if drawn_for_audit(url, 0.02)]
    assert 70 <= len(drawn) <= 130
    assert not any(drawn_for_audit(url, 0.0) for url in urls)
    assert all(drawn_for_audit(url, 1.0) for url in urls)


def test_the_index_is_made_again_only_when_the_evidence_changed(tmp_path: Path, db):
    home = Home(tmp_path)
    evidence.put_passages(db, [AGE])
    open_index(home, db, model())
    made = (home.index / "stamp").stat().st_mtime_ns
    open_index(home, db, model())
    assert (home.index / "stamp").stat().st_mtime_ns == made
    evidence.put_passages(db, [PassageRow("fact:b", "Công dân đủ 18 tuổi có quyền bầu cử.", "Hiến pháp", "primary")])
    assert len(open_index(home, db, model())) == 2


def test_who_opens_the_index_while_another_makes_it_waits_and_takes_that_one(tmp_path: Path):
    home, begin = Home(tmp_path), threading.Barrier(2)

    def opened() -> int:
        with contextlib.closing(open_store(home.database)) as db:
            begin.wait()
            return len(open_index(home, db, model()))

    with contextlib.closing(open_store(home.database)) as db:
        rows = [replace(AGE, eid=f"fact:{at}", text=f"{AGE.text} Số {at}.") for at in range(300)]
        evidence.put_passages(db, rows)
    with ThreadPoolExecutor(2) as pool:
        assert [one.result() for one in [pool.submit(opened), pool.submit(opened)]] == [300, 300]


def test_an_index_made_by_another_release_is_made_again(tmp_path: Path, db):
    home = Home(tmp_path)
    open_index(home, db, model())
    stamp = home.index / "stamp"
    now = stamp.read_text(encoding="utf-8")
    stamp.write_text(now.rpartition(" ")[0] + " 0123456789abcdef", encoding="utf-8")
    open_index(home, db, model())
    assert stamp.read_text(encoding="utf-8") == now


def test_an_open_index_stays_apart_from_one_that_another_soi_made_in_its_place(tmp_path: Path, monkeypatch):
    home = Home(tmp_path)
    rows = [replace(AGE, eid=f"fact:{at}", text=f"{AGE.text} Số {at}.") for at in range(3)]

    def found(index: PassageIndex) -> set[str]:
        return {hit.passage.eid for hit in index.search(AGE.text)}

    def kept_up(index: PassageIndex, row: PassageRow) -> PassageIndex:
        before = evidence.passages_now(db)
        evidence.put_passages(db, [row])
        return keep_up(home, db, model(), index, before=before, now=evidence.passages_now(db))

    with contextlib.closing(open_store(home.database)) as db:
        evidence.put_passages(db, rows[:1])
        ours = open_index(home, db, model())
        with monkeypatch.context() as another:
            another.setattr(indexing, "_indexing", lambda: "another")
            theirs = open_index(home, db, model())
        made = (home.index / "stamp").read_bytes()
        for number, row in enumerate(rows[1:], 2):
            ours = kept_up(ours, row)
            assert (len(found(ours)), ours.path) == (number, None)
        assert (home.index / "stamp").read_bytes() == made
        with monkeypatch.context() as another:
            another.setattr(indexing, "_indexing", lambda: "another")
            assert found(theirs) == {"fact:0"}
            assert len(kept_up(open_index(home, db, model()), replace(AGE, eid="fact:3"))) == 4
        open_index(home, db, model())
        assert len(found(kept_up(ours, replace(AGE, eid="fact:4")))) == len(found(open_index(home, db, model()))) == 5


def test_an_index_gives_way_to_another_while_those_who_have_it_open_lock_it(tmp_path: Path):
    home, done = Home(tmp_path), threading.Event()

    def lock() -> None:  # as readers do for a moment when they see that something was committed
        while not done.is_set():
            for name in range(20):
                with contextlib.suppress(FileNotFoundError):
                    (home.index / f".{name}.lock").touch()

    with contextlib.closing(open_store(home.database)) as db, ThreadPoolExecutor(1) as reader:
        evidence.put_passages(db, [AGE])
        locking = reader.submit(lock)
        try:
            for _ in range(20):
                (home.index / "stamp").unlink(missing_ok=True)
                assert len(open_index(home, db, model()).search(AGE.text)) == 1
        finally:
            done.set()
        locking.result()
    assert [path.name for path in home.index.parent.glob("soi.*") if path.is_dir()] == ["soi.index"]


def test_an_index_is_named_by_all_that_makes_it(monkeypatch):
    read: list[str] = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or b"")
    indexing._indexing.__wrapped__()
    assert {"evidence.py", "retrieval.py", "outline.py", "reading.py", "lexicon.py", "lexicon.toml"} <= set(read)


def test_how_texts_are_scored_is_named_by_all_that_does_it(monkeypatch):
    read: list[str] = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or b"")
    rescoring.scoring_of.__wrapped__()
    assert {"scoring.py", "contraries.py", "framing.py", "treaties.toml", "never.toml", "thesaurus.tsv"} <= set(read)


def test_a_person_finds_law_by_what_people_say_of_it(tmp_path: Path, monkeypatch):
    text = "Giờ chạy của đò\n1. Chủ phương tiện chở khách ngang sông ngừng hoạt động sau 20 giờ hằng ngày."
    law = Passage("law:9", text, "Luật Đò 2020, Điều 9", "primary", kind="law")
    spoken = expansion.Expansions([(expansion.keys(text), "quá tám giờ tối là bến nghỉ, hết qua bên kia")])
    with contextlib.closing(open_store(tmp_path / "soi.db")) as db:
        monkeypatch.setattr(expansion, "shipped", lambda: expansion.Expansions([]))
        assert import_evidence(db, [law]) == (1, 0, set())
        assert evidence.find_passages(db, "bến nghỉ") == []
        monkeypatch.setattr(expansion, "shipped", lambda: spoken)
        assert import_evidence(db, [law]) == (0, 0, set())
        for words in ("bến nghỉ", "ngang sông", "nghỉ ngang sông"):
            assert [row.text for row in evidence.find_passages(db, words)] == [text]
