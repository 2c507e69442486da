"""What may be told of a passage beside its words: its kind, and the days it holds from and to."""

import re
from datetime import datetime

PASSAGE_KINDS = ("fact", "law", "news")
OF_CLAIMS = ("factcheck", "decision")  # of what repeats the claim that it judges: its text would support it
DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ARTICLE = re.compile(r"\b[Đđ]iều \d")


def untold_kind(role: str, source: str) -> str:
    """The kind of a passage of which none was told: of a primary one law where its source names an article, else fact;
    "" for others. Cases of a rule, other times and other matters are told apart beside law and facts alone."""
    return "" if role != "primary" else "law" if cites_article(source) else "fact"


def cites_article(source: str) -> bool:
    """Whether a source names an article of law."""
    return bool(_ARTICLE.search(source))


def is_day(word: str) -> bool:
    """Whether a word is an ISO day such as 2025-11-30, or a moment that begins with one."""
    return bool(DAY.match(word)) and moment_of(word) is not None


def moment_of(word: str) -> datetime | None:
    """The moment that an ISO day or date and time is, None for what is neither."""
    try:
        return datetime.fromisoformat(word)
    except ValueError:
        return None
