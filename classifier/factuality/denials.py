"""The words by which a text calls something untrue: by them a denial is told from what it denies, and a claim that is
taken back from one that is held."""

import re
from functools import lru_cache

from classifier.text.letters import fold
from classifier.text.neutral import neutral
from classifier.text.patterns import either, listed
from classifier.text.restore import is_unaccented, restore

# By these a text calls something untrue; in a text without diacritics DOUBTFUL ones count where restore() gives them.
REFUTING = """sai sự thật, tin sai, fake, đồn đoán, xuyên tạc, bác bỏ tin, bác bỏ thông tin, đính chính,
không có chuyện, không hề có chuyện, chẳng có chuyện, làm gì có chuyện, đâu có chuyện, không có thật,
không đúng sự thật, không đúng với sự thật, không đúng thực tế, không đúng với thực tế, không chính xác,
sự thật không phải, đừng tin lời đồn, đừng tin tin đồn"""
DOUBTFUL = """tin giả, tin vịt, đừng tin, chớ tin, hoang tin, thất thiệt, bịa đặt, bác bỏ, phủ nhận, cải chính,
hoàn toàn không đúng"""
# What is said of a claim that is false: what is wrong, against the law or a police station isn't untrue. Patterns hold
# no capitals, so that folding keeps them; without diacritics a price or a complaint ("gia", "don") must be called news.
_WRONG = (
    r"sai(?! (?:trái|phạm|luật|lầm|pháp luật|quy|thẩm|đạo)\b)|bịa đặt|fake(?: news)?|xuyên tạc|bóp méo|vu khống"
    r"|phóng đại|thổi phồng|vô căn cứ|thất thiệt"
    r"|không (?:hề )?(?:đúng(?! (?:với )?(?:pháp|luật|đạo|quy|thẩm|lúc|người|ý|hạn)\b)|chính xác"
    r"|có thật|có căn cứ)"
)
_MADE_UP = (
    r"(?:bịa|nói quá(?: lời| lên|(?! (?!rồi|đấy|đó|nha|nhé)\w))|giả(?! (?:mạo|định|sử)\b)|vịt"
    r"|đồn(?! (?:công an|biên phòng|cảnh sát|trú|điền)\b))"
)
_NEWS = r"(?:tin|thông tin|chuyện|điều|luận điệu|sự)"
FALSE = rf"(?:(?:{_NEWS} ){{0,2}}(?:{_WRONG}|{_MADE_UP})\b)"
FALSE_BARE = rf"(?:(?:{_NEWS} ){{0,2}}(?:{_WRONG})\b|tin {_MADE_UP}\b)"
_TO = (
    "(?: (?:con|em|anh|chị|bạn|bác|chú|cô|ông|bà|cậu|mày|cả nhà|mọi người|bà con|anh em|chị em"
    r"|(?:các|mấy) (?:con|em|anh|chị|bạn|bác|mẹ|má|cụ))(?: ơi)?)?"
)
MORE = rf"(?:,? (?:bét|hoàn toàn|(?:với )?sự thật|(?:với )?thực tế|nhảm|cả|hết|(?:rồi|đâu|nhé|nha|ạ){_TO}))*"
TAIL = rf"{MORE}[^\w]*$"
# the label of what is false
FALSE_NEWS = (
    r"(?:(?:tin|thông tin) (?:giả|đồn|vịt|bịa đặt|bịa|thất thiệt|xuyên tạc|sai sự thật|sai)|fake(?: ?news)?|myth"
    r"|sai sự thật"
    r"|xuyên tạc|bịa đặt|luận điệu(?: xuyên tạc| sai trái)?|hiểu lầm|ngộ nhận|lầm tưởng|sai lầm)"
)
# beside a claim, by which it may be taken back
_TAKEN_BACK = either(
    r"\b(?:sai|bậy|xạo|bịa|phịa|nhầm|lầm|lừa|đồn|tin giả|tin vịt|không đúng|không phải vậy|đính chính|bác bỏ|thật ra"
    r"|thực ra|sự thật|tưởng|ngỡ|làm gì có|đâu có|vạch mặt|đừng tin|chế)\b"
)


def _is(*others: str) -> str:
    """The "là" of who calls a thing false himself: not of "coi là", "nói là"."""
    return "".join(f"(?<!{other} )" for other in others) + r"\blà"


IS = _is("cho", "coi", "gọi", "xem", "nói", "bảo", "buộc")
IS_BARE = _is("cho", "coi", "gọi", "xem", "nói", "buộc")  # "báo là sai"


def ending(false: str, is_: str) -> str:
    """A pattern of the end of what is called false."""
    return rf"(?:(?:{is_}|\b(?:toàn|đều)|[,:–—→]) |[(\[])(?:(?:hoàn toàn|toàn|đều|một) )*{false}{TAIL}"


_REFUTING = re.compile(
    rf"\b(?:{'|'.join(listed(f'{REFUTING},{fold(REFUTING)},{DOUBTFUL}'))})\b|\bkhông đúng\W*\Z|{ending(FALSE, IS)}",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_024)
def calls_untrue(text: str) -> bool:
    """Whether a text, as it is meant, calls something untrue: a denial is no repeat of what it denies."""
    told = neutral(text)
    return bool(_REFUTING.search(f"{told}\n{restore(told)}" if is_unaccented(told) else told))


def takes_back(*around: str) -> bool:
    """Whether what stands around it may say that it isn't so, in words that seldom mean something else."""
    return any(_TAKEN_BACK.search(one) for one in around)
