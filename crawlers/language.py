"""Which language a text is in; only Vietnamese posts go on."""

import re
from functools import lru_cache
from typing import Any

# the languages of Viet Nam's posts and their neighbours; unrestricted, short unaccented Vietnamese is taken for others
LANGUAGES = ("vi", "en", "zh", "fr", "ko", "ja", "ru", "de", "km", "lo", "th", "id")
# everyday syllables as typed without marks: a mixed sentence isn't an English one. Some are words of English too (rat,
# nay, qua), of which it seldom holds two, or many among others.
_UNMARKED = frozenset([
    "khong", "nguoi", "duoc", "cua", "nhung", "voi", "minh", "nhe", "nhi", "vay", "nay", "nhieu", "rat", "cac", "mot",
    "toi", "anh", "hom", "qua", "roi", "lam", "biet", "muon", "phai", "neu", "thi", "vi", "sao", "gi", "dc", "ko", "vn",
    "nhu", "cung", "chua", "dang", "viec", "nuoc", "quyen", "luat", "bac", "oi",
])  # fmt: skip
_VIETNAMESE_LETTERS = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def detect(text: str) -> str:
    """ISO 639-1 code of the language most of the text is in, "" when there are no words."""
    sample = text[:4000].lower()
    letters = sum(character.isalpha() for character in sample)
    if letters < 2:
        return ""
    # Vietnamese mixed with English is Vietnamese: its own letters are one in five or six when it is written with marks
    if sum(character in _VIETNAMESE_LETTERS for character in sample) >= 0.06 * letters:
        return "vi"
    language = str(_identifier().classify(sample)[0])
    if language != "vi" and sample.isascii():
        words = re.findall(r"[a-z]+", sample)
        marks = [word for word in words if word in _UNMARKED]
        if len(set(marks)) >= 2 and len(marks) >= 0.15 * len(words):
            return "vi"
    return language


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
