"""Ratings are read by a table; what isn't in it stays unknown."""

import time

import pytest

from crawlers.factchecks import reviews, verdict_of
from review.answer import ON_TRUTH
from review.names import VERDICTS
from review.words import LANGUAGES, words


@pytest.mark.parametrize(
    ("rating", "verdict"),
    [
        ("Sai", "false"), ("SAI SỰ THẬT", "false"), ("Tin giả.", "false"), ("Giả mạo", "false"), ("False", "false"),
        ("Không đúng sự thật", "false"), ("Bịa đặt", "false"), ("❌ Sai", "false"), ("Pants on fire!", "false"),
        ("Đúng", "true"), ("Chính xác", "true"), ("True", "true"), ("Mostly true", "true"), ("Đúng phần lớn", "true"),
        ("Gây hiểu lầm", "misleading"), ("Thiếu bối cảnh", "misleading"), ("Half true", "misleading"),
        ("Một phần sai", "misleading"), ("Missing Context", "misleading"), ("Cắt ghép", "misleading"),
        ("Chưa kiểm chứng", "unverifiable"), ("Không đủ căn cứ", "unverifiable"), ("Unproven", "unverifiable"),
        ("No evidence", "unverifiable"), ("Không có bằng chứng", "unverifiable"),
    ],
)  # fmt: skip
def test_known_ratings(rating: str, verdict: str) -> None:
    assert verdict_of(rating) == verdict


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", ON_TRUTH)
def test_another_desk_reads_a_published_verdict_as_it_was_meant(verdict: str, language: str) -> None:
    assert verdict_of(words(language).name(VERDICTS, verdict)) == verdict


def test_an_apostrophe_is_one_however_it_is_typed() -> None:
    assert verdict_of("Can’t be verified") == verdict_of("Can't be verified") == "unverifiable"


@pytest.mark.parametrize(
    "rating",
    [
        "", "Không sai", "Không giả", "Không phải tin giả", "Not false", "Not fake", "Isn't false", "Ba con cú",
        "Sai hay đúng?", "Falsehoods", "Chưa rõ sai hay đúng", "Tin", "4/5", "Satire", "Đúng hay sai", "Explainer",
    ],
)  # fmt: skip
def test_an_unknown_rating_stays_unknown(rating: str) -> None:
    assert verdict_of(rating) == "unknown"


@pytest.mark.parametrize("rating", ["Đúng", "True", "Không sai", "Not false", "Mostly true", "Chính xác", "Tin thật"])
@pytest.mark.parametrize("value", [1, 5, 3, None])
def test_a_rating_that_says_true_is_never_read_as_false(rating: str, value: object) -> None:
    assert verdict_of(rating, value=value, best=5, worst=1) in ("true", "unknown")


@pytest.mark.parametrize(
    ("value", "best", "worst", "verdict"),
    [
        (1, 5, 1, "false"), (5, 5, 1, "true"), ("1", "5", "1", "false"), (3, 5, 1, "unknown"),
        (1, None, None, "unknown"), (1, 1, 1, "unknown"), (1, 1, 5, "unknown"),
        ("x", 5, 1, "unknown"), (0, 5, 1, "unknown"),
    ],
)  # fmt: skip
def test_numbers_count_only_without_words_and_at_the_ends_of_a_stated_scale(
    value: object, best: object, worst: object, verdict: str
) -> None:
    assert verdict_of("", value=value, best=best, worst=worst) == verdict
    assert verdict_of("Ba con cú", value=value, best=best, worst=worst) == "unknown"


def test_a_deeply_nested_or_huge_block_ends() -> None:
    nested = '{"a":' * 500 + '{"@type":"ClaimReview","claimReviewed":"x"}' + "}" * 500
    page = f'<html><script type="application/ld+json">{nested}</script></html>'
    assert reviews(page.encode(), url="http://a.test/") == []


@pytest.mark.parametrize(("before", "behind"), [
    ("", ""), ("<!--\n", "\n-->"), ("<!--", "//-->"), ("//<![CDATA[\n", "\n//]]>"), ("/* <![CDATA[ */", "/* ]]> */"),
    ("<![CDATA[", "]]>"),
])  # fmt: skip
def test_a_review_is_read_however_its_script_is_wrapped(before: str, behind: str) -> None:
    held = '{"@type": "ClaimReview", "claimReviewed": "Tin --> cấm ]]> đi", "reviewRating": {"alternateName": "Sai"}}'
    page = f'<!-- old --><p>Tin</p><script type="application/ld+json">{before}{held}{behind}</script>'
    found = reviews(page.encode(), url="https://kc.example/1")
    assert [(review.claim, review.verdict) for review in found] == [("Tin --> cấm ]]> đi", "false")]


@pytest.mark.parametrize("many", [
    " " * 200_000, f"<script>{' ' * 200_000}", "<script " * 30_000, "// " * 70_000, "/* ]]> " * 30_000,
    f"//{' ' * 99_000}]]>{' ' * 99_000}", "--> " * 50_000, "]]> */ " * 30_000, f"<script>/*{' ' * 200_000}<!",
], ids=range(9))  # fmt: skip
def test_a_page_of_blanks_and_half_wrappings_is_soon_read(many: str) -> None:
    began = time.process_time()
    reviews(f"<p>ClaimReview</p>{many}x".encode(), url="https://kc.example/1")
    assert time.process_time() - began < 10  # which took the square of their number, minutes


def test_a_review_in_a_comment_of_the_page_is_none() -> None:
    held = '{"@type": "ClaimReview", "claimReviewed": "Tin cấm đi học", "reviewRating": {"alternateName": "Sai"}}'
    assert reviews(f'<!-- <script type="application/ld+json">{held}</script> -->'.encode(), url="https://kc.vn/1") == []


@pytest.mark.parametrize(("script", "shown", "verdict"), [
    ('"alternateName": "Sai", "ratingValue": 2', '"ratingValue">2', "false"),
    ('"ratingValue": 2', '"alternateName">Sai', "false"),
    ('"alternateName": "Sai"', '"alternateName">Gây hiểu lầm', "false"),
    ('"ratingValue": 2', '"ratingValue">2', "unknown"),
])  # fmt: skip
def test_of_a_claim_that_a_page_checks_twice_the_rating_that_is_known_counts_once(
    script: str, shown: str, verdict: str
) -> None:
    held = f'{{"@type": "ClaimReview", "claimReviewed": "Tin cấm đi học", "reviewRating": {{{script}}}}}'
    rated = f'<div itemprop="reviewRating" itemscope><b itemprop={shown}</b></div>'
    page = (
        f'<script type="application/ld+json">{held}</script><div itemscope itemtype="https://schema.org/ClaimReview">'
    )
    page += f'<b itemprop="claimReviewed">Tin cấm đi học</b>{rated}</div>'
    found = reviews(page.encode(), url="https://kc.example/1")
    assert [(review.claim, review.verdict) for review in found] == [("Tin cấm đi học", verdict)]


@pytest.mark.parametrize("address", ["", '"url": "http://www.kc.example/1/", '])
def test_what_one_form_of_a_fact_check_names_counts_with_the_rating_of_the_other(address: str) -> None:
    named = f'{address}"author": {{"@type": "Organization", "name": "Bạn"}}, "datePublished": "2026-10-10"'
    held = f'{{"@type": "ClaimReview", "claimReviewed": "Tin", {named}, "reviewRating": {{"ratingValue": 2}}}}'
    rated = '<div itemprop="reviewRating" itemscope><b itemprop="alternateName">Sai</b></div>'
    page = f'<script type="application/ld+json">{held}</script>'
    page += '<div itemscope itemtype="https://schema.org/ClaimReview"><b itemprop="claimReviewed">Tin</b>'
    found = reviews(f"{page}{rated}</div>".encode(), url="https://kc.example/1")
    assert [(one.verdict, one.publisher, one.published[:10]) for one in found] == [("false", "Bạn", "2026-10-10")]
