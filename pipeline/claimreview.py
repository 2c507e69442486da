"""A verdict as schema.org ClaimReview, for search engines and other fact-checkers."""

import json
from collections.abc import Iterable
from typing import Any

from pipeline.records import here

RATINGS = {"false": 1, "misleading": 2, "true": 5}  # 1 the worst, 5 the best; what can't be verified gets no number

# what a review holds, in order: the columns of a table of them, where each is a JSON text or empty
FIELDS = (
    "@context", "@type", "url", "claimReviewed", "datePublished", "dateModified", "inLanguage", "author",
    "reviewRating", "reviewBody", "correction", "itemReviewed", "citation",
)  # fmt: skip


def claim_review(
    *, claim: str, verdict: str, words: str, at: str, language: str, publisher: str, address: str, page: str,
    posts: Iterable[tuple[str, str]], evidence: Iterable[tuple[str, str]], explanation: str = "",
    changed: str = "", correction: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A verdict in a reader's words, given `at` a moment; posts are (url, published), evidence is (url, source).

    Days are those of Viet Nam. `address` is the publisher's and `page` the review's own; each is left out where empty,
    and the author where nobody is named as `publisher`. `changed` is when the verdict or its words last took the place
    of others, and `correction` says what did.
    """
    seen, rating = list(posts), {"@type": "Rating", "alternateName": words}
    first = min((day for _, published in seen if (day := _day(published))), default="")
    number = {"ratingValue": RATINGS[verdict], "worstRating": 1, "bestRating": 5} if verdict in RATINGS else {}
    told: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "ClaimReview", "url": page, "claimReviewed": claim,
        "datePublished": _day(at), "dateModified": _day(changed), "inLanguage": language,
        "author": {"@type": "Organization", "name": publisher} | ({"url": address} if address else {}),
        "reviewRating": rating | number, "reviewBody": explanation, "correction": correction,
        "itemReviewed": {
            "@type": "Claim", **({"datePublished": first} if first else {}),
            "appearance": [{"@type": "CreativeWork", "url": url} for url, _ in seen if _is_web(url)],
        },
        "citation": [{"@type": "CreativeWork", "name": name, **({"url": url} if _is_web(url) else {})}
                     for url, name in evidence],
    }  # fmt: skip
    told["author"] = told["author"] if publisher else ""
    return {name: told[name] for name in FIELDS if told[name] != ""}


def for_pages(value: Any) -> str:
    """JSON that may stand in a script element of a page: nothing in it can end that element."""
    plain = json.dumps(value, ensure_ascii=False)
    for sign in "<\u2028\u2029":
        plain = plain.replace(sign, f"\\u{ord(sign):04x}")
    return plain


def _day(at: str) -> str:
    """The day of a moment; nothing for what is none."""
    try:
        return here(at).date().isoformat()
    except ValueError:
        return ""


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))
