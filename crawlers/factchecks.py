"""Published fact-checks: schema.org ClaimReview in JSON-LD or microdata, and what their ratings mean here."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from crawlers.dates import iso
from crawlers.extract import decode
from crawlers.markup import HIDES, SHOWS
from crawlers.text import line, plain
from crawlers.urls import canonical

# Ratings as fact-checkers publish them, folded (small letters, no marks). Only a whole rating matches,
# so that "không sai" is never read as "sai" and "not false" never as "false".
_RATINGS = {
    "true": """
        true | correct | accurate | mostly true | mostly correct | mostly accurate | verified | confirmed |
        dung | dung su that | chinh xac | dung phan lon | phan lon dung | gan dung | tin that | that | su
        that | da xac minh | co that | tin chinh xac | tin dung | hoan toan dung | vrai | richtig
    """,
    "false": """
        false | fake | incorrect | inaccurate | wrong | untrue | not true | pants on fire | mostly false |
        hoax | fabricated | debunked | fake news | false claim | totally false | completely false | sai |
        sai su that | gia | tin gia | tin sai | bia dat | gia mao | phan lon sai | sai phan lon | khong dung
        | khong dung su that | hoan toan sai | sai hoan toan | tin gia mao | khong chinh xac | bac bo | tin
        bia dat | tin sai su that | khong co that | faux | falsch
    """,
    "misleading": """
        misleading | half true | half-true | partly false | partly true | partially false | partially true |
        mixture | mixed | missing context | lacks context | out of context | altered | altered photo |
        altered video | cherry picking | exaggerated | distorted | miscaptioned | decontextualized | gay
        hieu lam | gay hieu nham | de gay hieu lam | sai lech | xuyen tac | thieu boi canh | thieu ngu canh
        | sai ngu canh | sai boi canh | mot phan sai | sai mot phan | dung mot phan | mot phan dung | nua
        dung nua sai | cat ghep | phong dai | danh trao khai niem
    """,
    "unverifiable": """
        unverifiable | unproven | unverified | no evidence | unsupported | not enough evidence | unconfirmed
        | unsubstantiated | chua xac minh | chua duoc xac minh | chua du can cu | khong du can cu | chua
        kiem chung | chua duoc kiem chung | khong co bang chung | khong the kiem chung | thieu can cu | chua
        co co so | khong co co so | chua ro | khong the xac minh | chua xac dinh | khong kiem chung duoc |
        can't be verified | cannot be verified
    """,
}
_VERDICTS = {word: verdict for verdict, words in _RATINGS.items() for word in " ".join(words.split()).split(" | ")}

_WRAPPING = re.compile(rf"(<script\b[^<>]*>)\s*{HIDES}|{SHOWS}\s*(?=</script>)", re.I)
_ADDRESS = re.compile(r"^https?://(?:www\.)?|/$")  # what two forms of a page may write otherwise


@dataclass(frozen=True, slots=True)
class Review:
    """One ClaimReview of a page."""

    claim: str
    rating: str
    verdict: str
    url: str
    publisher: str = ""
    published: str = ""


def verdict_of(rating: str, *, value: Any = None, best: Any = None, worst: Any = None) -> str:
    """What a published rating means: false, misleading, true, unverifiable, or unknown when we aren't sure.

    The words decide; the numbers are used only without words, and only at the two ends of a stated scale.
    """
    word = _fold(rating)
    if word in _VERDICTS:
        return _VERDICTS[word]
    if word and not re.fullmatch(r"[\d.,/ ]+", word):
        return "unknown"
    try:
        at, low, high = float(value), float(worst), float(best)
    except (TypeError, ValueError):
        return "unknown"
    if low < high and at in (low, high):
        return "true" if at == high else "false"
    return "unknown"


def reviews(body: bytes, *, url: str, content_type: str = "") -> list[Review]:
    """Every ClaimReview of a page; broken ones are left out."""
    import extruct

    text = decode(body, content_type)
    if "ClaimReview" not in text:
        return []
    text = _WRAPPING.sub(lambda found: found[1] or "", text)
    data = extruct.extract(text, base_url=url, syntaxes=["json-ld", "microdata"], uniform=False, errors="ignore")
    found = [_review(_flat(node), url) for group in ("json-ld", "microdata") for node in _nodes(data.get(group, []))]
    unique: dict[tuple[str, str], Review] = {}  # a page may say the same in both, and the numbers alone in one
    for review in filter(None, found):
        key = review.claim, _ADDRESS.sub("", review.url)
        known = unique.get(key, review)
        best, other = (review, known) if known.verdict == "unknown" else (known, review)
        publisher, published = best.publisher or other.publisher, best.published or other.published
        unique[key] = replace(best, publisher=publisher, published=published)
    return list(unique.values())


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every ClaimReview in the data, however deeply it is wrapped."""
    if depth > 8:
        return
    if isinstance(value, list):
        for part in value[:200]:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        if any("ClaimReview" in str(kind) for kind in _list(value.get("@type", value.get("type")))):
            yield value
            return
        for part in value.values():
            yield from _nodes(part, depth + 1)


def _flat(value: Any) -> Any:
    """Microdata's {type, properties} in the shape of JSON-LD."""
    if isinstance(value, list):
        return [_flat(part) for part in value]
    if isinstance(value, dict):
        inner = value.get("properties")
        flat = {key: _flat(part) for key, part in (inner if isinstance(inner, dict) else value).items()}
        return flat | {"@type": value.get("type", value.get("@type", ""))}
    return value


def _review(node: dict[str, Any], url: str) -> Review | None:
    claim = line(plain(_word(node.get("claimReviewed"))))
    if not claim:
        return None
    rating = _first(node.get("reviewRating"))
    rating = rating if isinstance(rating, dict) else {"alternateName": rating}
    shown = line(plain(_word(rating.get("alternateName")) or _word(rating.get("name"))))
    value = rating.get("ratingValue")
    publisher = _first(node.get("author")) or _first(node.get("publisher"))
    organisation = isinstance(publisher, dict) and "Organization" in str(publisher.get("@type", ""))
    return Review(
        claim=claim,
        rating=shown or _word(value),
        verdict=verdict_of(shown, value=value, best=rating.get("bestRating"), worst=rating.get("worstRating")),
        url=canonical(_word(node.get("url")), base=url) or canonical(url),
        publisher=line(_word(publisher.get("name"))) if isinstance(publisher, dict) and organisation else "",
        published=iso(_word(node.get("datePublished"))),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    return next(iter(value), None) if isinstance(value, list) else value


def _word(value: Any) -> str:
    value = _first(value)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id") or value.get("name")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("’", "'"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", bare).strip(" .!?:;\"'“”‘’*_-–—[]()✅❌✔✘⚠️")
