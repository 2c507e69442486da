"""The random sample tells the truth about all posts, and says when it can't yet."""

import time

import numpy as np
import pytest

from classifier.intervals import needed, wilson
from pipeline.filing import drawn_for_audit
from pipeline.records import NewDecision, NewPost, PassageRow, ScoreRow, Verdict, now
from pipeline.research import audit
from pipeline.store import cases, decisions, evidence, labels, posts, scores, trends


def row(verdict: str, *, flagged: bool = False, rights: str = '["CAT"]', side: str = "") -> labels.Audited:
    return labels.Audited(1, rights, flagged, verdict, side)


def of(found, what: str, name: str = "all"):
    return next(one for one in found if (one.what, one.slice) == (what, name))


def test_shares_are_counted_over_the_posts_that_were_read():
    rows = [row("false", flagged=True)] * 6 + [row("misleading")] * 2 + [row("opinion")] * 90
    rows += [row("true", flagged=True)] * 2 + [row("")] * 50
    found = audit.estimates(rows)
    assert of(found, "prevalence").figure.value == pytest.approx(8 / 100)
    assert of(found, "recall").figure.value == pytest.approx(6 / 8)
    assert of(found, "false_flag_rate").figure.value == pytest.approx(2 / 92)
    assert audit.sample(rows, population=9000) == audit.Sample(150, 100, 9000)
    assert not audit.sample(rows, population=9000).complete


def test_each_right_and_each_side_has_its_own_rate():
    rows = [row("opinion", flagged=True, side="state_critical")] * 3 + [row("opinion", side="state_critical")] * 7
    rows += [row("opinion", rights='["CRC"]', side="state_favourable")] * 10
    found = audit.estimates(rows)
    assert of(found, "false_flag_rate", "state_critical").figure.value == pytest.approx(0.3)
    assert of(found, "false_flag_rate", "state_favourable").figure.value == 0
    assert of(found, "false_flag_rate", "CAT").figure.n == 10
    assert {one.slice for one in found} == {"all", "CAT", "CRC", "state_critical", "state_favourable"}


def test_more_labels_are_asked_for_until_the_interval_is_narrow():
    few = of(audit.estimates([row("false")] * 4 + [row("true")] * 36, half=0.05), "prevalence")
    assert few.more > 90
    read = 40 + few.more
    many = of(
        audit.estimates([row("false")] * (read // 10) + [row("true")] * (read - read // 10), half=0.05), "prevalence"
    )
    assert many.more <= 1
    assert (many.figure.high - many.figure.low) / 2 <= 0.052


def test_two_of_two_ask_for_as_many_labels_as_any_share_they_may_stand_for():
    found = of(audit.estimates([row("false", flagged=True)] * 2), "recall")
    assert found.more == needed(0.5, 0.05) - 2


def test_nothing_read_gives_no_share_and_the_widest_interval():
    found = of(audit.estimates([row("")]), "prevalence")
    assert np.isnan(found.figure.value)
    assert (found.figure.low, found.figure.high) == (0, 1)


def test_how_many_labels_a_share_of_posts_needs_is_not_told_before_one_of_them_was_read():
    found = audit.estimates([row("true")] * 30)
    assert of(found, "recall").more is None
    assert of(found, "false_flag_rate").more is not None
    assert of(audit.estimates([row("false"), *[row("true")] * 30]), "recall").more > 31 * 300
    assert of(audit.estimates([]), "prevalence").more == needed(0.5, 0.05)


def test_the_intervals_hold_the_truth_about_as_often_as_they_say():
    random = np.random.default_rng(3)
    truth = random.random(8_000) < 0.06
    flagged = np.where(truth, random.random(8_000) < 0.5, random.random(8_000) < 0.01)
    held = {"prevalence": 0, "recall": 0, "false_flag_rate": 0}
    real = {"prevalence": truth.mean(), "recall": flagged[truth].mean(), "false_flag_rate": flagged[~truth].mean()}
    for start in range(150):
        drawn = [at for at in range(8_000) if drawn_for_audit(f"https://{start}.example/{at}", 0.05)]
        rows = [row("false" if truth[at] else "true", flagged=bool(flagged[at])) for at in drawn]
        for one in audit.estimates(rows):
            if one.slice == "all":
                held[one.what] += one.figure.low <= real[one.what] <= one.figure.high
    assert all(0.9 <= n / 150 <= 1 for n in held.values()), held


def test_the_store_gives_the_sample_with_its_verdicts_and_sides(db):
    for number, reasons in enumerate([("AUDIT",), ("CONTRADICTS_EVIDENCE", "AUDIT"), ("CONTRADICTS_EVIDENCE",), ()]):
        posts.take_post(db, NewPost("bao", f"https://bao.example/{number}", f"Bài số {number}."))
        flagged = "CONTRADICTS_EVIDENCE" in reasons
        score = scores.add_score(db, ScoreRow(number + 1, "m1", "claim", ("CAT",), 0.9, flagged, reasons), outcome="x")
        if reasons:
            cases.open_case(db, number + 1, claim="", score_id=score)
    decisions.decide(db, NewDecision(1, "lan", Verdict.OPINION, "view"))
    labels.mark_side(db, 1, "neutral", person="lan")
    labels.mark_side(db, 1, "state_critical", person="lan")
    found = labels.audited(db)
    assert [(one.post_id, one.verdict, one.flagged, one.side) for one in found] == [
        (1, "opinion", False, "state_critical"), (2, "", True, "")]  # fmt: skip
    assert labels.population(db) == 4


def test_a_drawn_post_counts_as_read_once_its_case_is_decided(db):
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Bài số 1."))
    drawn = ScoreRow(1, "m1", "claim", ("CAT",), 0.9, False, ("AUDIT",))
    cases.open_case(db, 1, claim="", score_id=scores.add_score(db, drawn, outcome="x"))

    def found() -> list[str]:
        return [one.verdict for one in labels.audited(db)]

    decisions.decide(db, NewDecision(1, "lan", Verdict.OPINION, "view"), second_share=1.0)
    assert found() == [""], "its second reader hasn't read it"
    decisions.decide(db, NewDecision(1, "minh", Verdict.UNVERIFIABLE, "not_public", blind=True))
    assert found() == [""], "a lead is to settle it"
    decisions.decide(db, NewDecision(1, "lead", Verdict.UNVERIFIABLE, "not_public"))
    assert found() == ["unverifiable"]
    decisions.reopen(db, 1, person="lan", note="")
    assert found() == [""]


def test_a_score_that_knows_the_verdict_is_not_what_the_sample_measures(db):
    for number in (1, 2):
        posts.take_post(db, NewPost("bao", f"https://bao.example/{number}", f"Bài số {number}."))

    def score(model: str, *reasons: str, version: int = 1) -> int:
        row = ScoreRow(version, model, "claim", ("CAT",), 0.9, len(reasons) > 1, reasons)
        found = scores.add_score(db, row, outcome="x")
        time.sleep(0.01)  # the store tells milliseconds apart
        return found

    score("m1", "AUDIT", "CONTRADICTS_EVIDENCE")
    cases.open_case(db, 1, claim="", score_id=score("m2", "AUDIT"))
    decisions.decide(db, NewDecision(1, "lan", Verdict.UNVERIFIABLE, "not_public"))
    time.sleep(0.01)
    score("m3", "AUDIT", "REPEATS_REFUTED")
    decisions.decide(db, NewDecision(1, "lan", Verdict.OPINION, "view"))
    cases.open_case(db, 2, claim="", score_id=None)
    decisions.decide(db, NewDecision(2, "lan", Verdict.OPINION, "view"))
    time.sleep(0.01)
    score("m3", "AUDIT", "REPEATS_REFUTED", version=2)
    score("m4", "AUDIT", version=2)
    found = [(one.flagged, one.verdict) for one in labels.audited(db)]
    assert found == [(False, "opinion"), (True, "opinion")], "the second has no earlier one"


def test_a_post_scored_again_stays_in_the_sample_and_in_its_period(db):
    for number in (1, 2, 3, 4):
        posts.take_post(db, NewPost("bao", f"https://bao.example/{number}", f"Bài số {number}."))
    for number, reasons in ((1, ("AUDIT",)), (2, ("AUDIT",)), (3, ())):
        score = scores.add_score(db, ScoreRow(number, "m1", "claim", ("CAT",), 0.1, False, reasons), outcome="x")
        cases.open_case(db, number, claim="", score_id=score)
    decisions.decide(db, NewDecision(1, "lan", Verdict.OPINION, "view"))
    time.sleep(0.01)
    moment = now()
    for number, flagged, reasons in ((2, True, ()), (3, False, ("AUDIT",)), (4, False, ("AUDIT",))):
        scores.add_score(db, ScoreRow(number, "m2", "claim", ("CAT",), 0.9, flagged, reasons), outcome="x")

    def found(**period: str) -> list[tuple[int, str, bool]]:
        return [(one.post_id, one.verdict, one.flagged) for one in labels.audited(db, **period)]

    before = [(1, "opinion", False), (2, "", True)]  # 3 was drawn by a larger share, when some had been decided
    assert (found(until=moment), labels.population(db, until=moment)) == (before, 3)
    assert (found(since=moment), labels.population(db, since=moment)) == ([(4, "", False)], 1)
    assert (found(), labels.population(db)) == ([*before, (4, "", False)], 4)
    decisions.decide(db, NewDecision(2, "lan", Verdict.OPINION, "view"))
    decisions.decide(db, NewDecision(3, "lan", Verdict.OPINION, "view"))
    assert [(one.case_id, one.audit) for one in labels.labels(db)] == [(1, True), (2, True), (3, False)]


def test_wilsons_interval_covers_the_true_share_nearly_as_often_as_it_says():
    random = np.random.default_rng(7)
    found = [wilson(random.binomial(120, 0.03), 120) for _ in range(2000)]
    assert 0.93 <= sum(low <= 0.03 <= high for low, high in found) / 2000 <= 0.99


@pytest.mark.parametrize("half", [0.01, 0.05, 0.2])
@pytest.mark.parametrize("share", [0.0, 0.004, 0.2, 0.5, 1.0])
def test_the_labels_needed_give_the_width_asked_for_and_one_less_does_not(share, half):
    def width(n: int) -> float:
        low, high = wilson(share * n, n)
        return (high - low) / 2

    n = needed(share, half)
    assert width(n) <= half < width(n - 1)


def test_a_drawn_post_that_is_edited_into_another_claim_counts_once_and_as_read_also_by_a_later_verdict(db):
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Bài số 1."))

    def score(version: int) -> int:
        drawn = ScoreRow(version, "m1", "claim", ("CAT",), 0.9, False, ("AUDIT",), f"Điều {version}")
        return scores.add_score(db, drawn, outcome="audited")

    def found() -> tuple[list[tuple[int, ...]], list[tuple[int, str]]]:
        return [row[1:] for row in trends.audit_sample(db)], [(one.post_id, one.verdict) for one in labels.audited(db)]

    cases.open_case(db, 1, claim="Điều 1", score_id=score(1))
    assert found() == ([(1, 0, 0)], [(1, "")])
    time.sleep(0.01)  # the store tells milliseconds apart
    evidence.put_passages(db, [PassageRow("fact:a", "Luật nói khác.", "Luật", "primary")])
    decisions.decide(db, NewDecision(1, "lan", Verdict.FALSE, "contradicted_by_record", ("fact:a",)))
    time.sleep(0.01)
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Bài số 1 nay nói điều khác."))
    cases.open_case(db, 1, claim="Điều 2", score_id=score(2))
    assert found() == ([(1, 1, 1)], [(1, "false")])
    time.sleep(0.01)
    decisions.reopen(db, 1, person="lan", note="")
    assert found() == ([(1, 0, 0)], [(1, "")])
    decisions.decide(db, NewDecision(1, "lan", Verdict.MISLEADING, "missing_context", ("fact:a",)))
    assert found() == ([(1, 1, 1)], [(1, "misleading")]), "what it said was read before the edit"
    decisions.decide(db, NewDecision(2, "lan", Verdict.OPINION, "view"))
    assert found() == ([(1, 1, 0)], [(1, "opinion")])
    decisions.undo(db, 4, person="lan")
    decisions.reopen(db, 1, person="lan", note="")
    assert found() == ([(1, 0, 0)], [(1, "")])
