"""What may be flagged is decided by probabilities and the role of evidence alone."""

import inspect
import itertools
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import policy
from classifier.policy import KINDS, Finding, Reason, Role, Thresholds, asks, flagged, may_flag, reasons, unsupported

LIMITS = Thresholds(claim=0.6, rights=0.4, refuted=0.8, supported=0.5)
CLAIM = (0.9, 0.04, 0.03, 0.02, 0.01)
ABOUT = (0.7, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
ASIDE = (0.2, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
REFUTED = (0.05, 0.9, 0.05)
SUPPORTED = (0.9, 0.05, 0.05)
UNKNOWN = (0.1, 0.2, 0.7)

probability = st.floats(0.0, 1.0)
kinds = st.tuples(*[probability] * 5)
eight = st.tuples(*[probability] * 8)
three = st.tuples(*[probability] * 3)


def test_a_claim_about_rights_refuted_by_a_settling_passage_may_be_flagged() -> None:
    assert may_flag(CLAIM, ABOUT, REFUTED, LIMITS, role="primary")
    assert may_flag(CLAIM, ABOUT, REFUTED, LIMITS, role="independent")


def test_a_partys_word_never_settles_however_sure_the_verdict() -> None:
    assert not may_flag((1, 0, 0, 0, 0), (1,) * 8, (0, 1, 0), LIMITS, role="party")


@pytest.mark.parametrize("kind", KINDS[1:])
@settings(max_examples=30, deadline=None)
@given(rights=eight, verdict=three)
def test_protected_and_other_kinds_are_never_flagged(
    kind: str, rights: tuple[float, ...], verdict: tuple[float, ...]
) -> None:
    row = tuple(0.96 if name == kind else 0.01 for name in KINDS)
    found = [Finding("e1", role, verdict, repeats=again) for role in get_args(Role) for again in (False, True)]
    held = reasons(row, rights, found, LIMITS)
    assert held == ()
    assert not flagged(held)


@settings(max_examples=30, deadline=None)
@given(kind=kinds, rights=eight, verdict=three)
def test_a_protected_kind_as_likely_as_a_claim_wins(
    kind: tuple[float, ...], rights: tuple[float, ...], verdict: tuple[float, ...]
) -> None:
    even = (kind[0], max(kind), *kind[2:])
    assert not may_flag(even, rights, verdict, LIMITS, role="primary")


@settings(max_examples=30, deadline=None)
@given(kind=kinds, rights=eight, verdicts=st.lists(three, max_size=4))
def test_parties_alone_never_lead_to_a_flag(
    kind: tuple[float, ...], rights: tuple[float, ...], verdicts: list[tuple[float, ...]]
) -> None:
    found = [Finding(f"e{n}", "party", verdict, repeats=bool(n % 2)) for n, verdict in enumerate(verdicts)]
    assert not flagged(reasons(kind, rights, found, LIMITS))


@settings(max_examples=30, deadline=None)
@given(kind=kinds, rights=eight, verdict=three)
def test_a_flag_needs_all_three_probabilities_at_their_thresholds(
    kind: tuple[float, ...], rights: tuple[float, ...], verdict: tuple[float, ...]
) -> None:
    if may_flag(kind, rights, verdict, LIMITS, role="independent"):
        assert kind[0] >= LIMITS.claim
        assert max(rights) >= LIMITS.rights
        assert verdict[1] >= LIMITS.refuted


@pytest.mark.parametrize(("kind", "rights", "verdict"), [(CLAIM, ASIDE, REFUTED), (CLAIM, ABOUT, UNKNOWN)])
def test_no_flag_without_rights_or_without_refutation(
    kind: tuple[float, ...], rights: tuple[float, ...], verdict: tuple[float, ...]
) -> None:
    assert not may_flag(kind, rights, verdict, LIMITS, role="primary")


def test_numbers_that_are_no_probabilities_argue_against_a_flag() -> None:
    nan = float("nan")
    assert not may_flag((nan, 0, 0, 0, 0), ABOUT, REFUTED, LIMITS, role="primary")
    assert not may_flag((0.9, nan, 0, 0, 0), ABOUT, REFUTED, LIMITS, role="primary")
    assert not may_flag(CLAIM, (nan,) * 8, REFUTED, LIMITS, role="primary")
    assert not may_flag(CLAIM, ABOUT, (0, nan, 0), LIMITS, role="primary")


def test_reasons_name_repetition_before_contradiction() -> None:
    found = [Finding("law", "primary", REFUTED), Finding("check", "independent", REFUTED, repeats=True)]
    assert reasons(CLAIM, ABOUT, found, LIMITS) == (Reason.REPEATS_REFUTED, Reason.CONTRADICTS_EVIDENCE)
    assert flagged(reasons(CLAIM, ABOUT, found, LIMITS))


def test_an_unsupported_claim_that_spreads_asks_for_a_check_and_is_not_flagged() -> None:
    held = asks(unsupported=unsupported(["related"], claim=True, about_rights=True), spread=3, least=3, audit=False)
    assert held == (Reason.UNSUPPORTED_SPREADING,)
    assert not flagged(held)
    assert asks(unsupported=True, spread=2, least=3, audit=False) == ()
    assert asks(unsupported=False, spread=9, least=3, audit=False) == ()
    assert not unsupported(["related", "supports"], claim=True, about_rights=True)
    assert not unsupported([], claim=False, about_rights=True)
    assert not unsupported([], claim=True, about_rights=False)


def test_a_passage_that_shares_little_with_a_claim_flags_nothing() -> None:
    assert reasons(CLAIM, ABOUT, [Finding("law", "primary", REFUTED, near=0.3)], LIMITS) == ()
    assert reasons(CLAIM, ABOUT, [Finding("law", "primary", REFUTED, near=0.5)], LIMITS)


def test_an_audit_says_nothing_of_a_protected_text() -> None:
    held = asks(unsupported=False, spread=9, least=3, audit=True)
    assert held == (Reason.AUDIT,)
    assert not flagged(held)
    assert asks(unsupported=True, spread=9, least=3, audit=True) == (Reason.UNSUPPORTED_SPREADING, Reason.AUDIT)


def test_no_signature_takes_a_source_an_author_or_a_text() -> None:
    told = {"source", "author", "outlet", "url", "publisher", "text", "byline", "handle"}
    for name, member in inspect.getmembers(policy, inspect.isfunction):
        assert not told & set(inspect.signature(member).parameters), name
    assert not told & set(Finding.__slots__)


def test_p_refuted_grows_with_claim_rights_and_refutation_and_tells_nothing_without_one() -> None:
    told = policy.p_refuted(CLAIM, ABOUT, REFUTED)
    assert told > policy.p_refuted((0.5, 0.5, 0, 0, 0), ABOUT, REFUTED) > policy.UNTOLD
    assert told > policy.p_refuted(CLAIM, ABOUT, SUPPORTED)
    assert policy.p_refuted((0.0, 1.0, 0, 0, 0), ABOUT, REFUTED) == pytest.approx(policy.UNTOLD)


def test_passages_beside_the_point_give_nearly_one_number_whatever_they_say() -> None:
    far = [policy.p_refuted((1.0, 0, 0, 0, 0), (1.0,), row, near=0.01) for row in (REFUTED, SUPPORTED)]
    near = [policy.p_refuted((1.0, 0, 0, 0, 0), (1.0,), row, near=0.99) for row in (REFUTED, SUPPORTED)]
    assert far[0] - far[1] < 0.05 < 0.4 < near[0] - near[1]


@pytest.mark.parametrize("name", ["claim", "rights", "refuted", "supported"])
def test_thresholds_that_would_flag_everything_are_refused(name: str) -> None:
    for value in (0.0, -0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match=name):
            Thresholds(**{name: value})


def test_relation_says_contradicts_only_at_the_threshold_of_refutation() -> None:
    words = [policy.relation(row, LIMITS) for row in (REFUTED, SUPPORTED, UNKNOWN)]
    assert words == ["contradicts", "supports", "related"]


def test_every_pair_of_role_and_kind_agrees_between_one_passage_and_reasons() -> None:
    for role, column in itertools.product(get_args(Role), range(5)):
        row = tuple(0.9 if at == column else 0.02 for at in range(5))
        one = may_flag(row, ABOUT, REFUTED, LIMITS, role=role)
        assert flagged(reasons(row, ABOUT, [Finding("e", role, REFUTED)], LIMITS)) == one
