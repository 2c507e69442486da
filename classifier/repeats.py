"""Whether two near copies make the same claim: what one says instead of the other's words parts true from false."""

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from classifier.denials import calls_untrue
from classifier.fingerprint import NEAR, said, similar
from classifier.letters import fold
from classifier.neutral import neutral
from classifier.spelling import plain
from classifier.text import words

__all__ = ["calls_untrue", "same_claim"]

LIMIT = 2_000  # characters read of each
_FIGURE = re.compile(r"\d")
# Folded, since half of what people write has no diacritics; a word that means something else too only parts two copies
# where one of them lacks it, and a case too many costs a glance while a case that mixes true and false costs a verdict.
DENIALS = "khong ko kg hok chua chang cha dung cam mien bo rut huy tang giam het ngung dinh chi"
NUMBERS = "mot hai ba bon nam sau bay tam chin muoi tram nghin ngan trieu ty nua"
TURNING = frozenset(f"{DENIALS} {NUMBERS}".split(" "))
# Words that name nobody and nothing, and phrases of those who pass a thing on: one stands for another as well as not.
EMPTY = """à ạ á ơi ôi nhé nha nhỉ đấy đó này nọ ấy kia thôi thế vậy nào gì rất cũng vẫn còn vừa mới rồi liền ngay lại
và cùng với hay hoặc nhưng mà thì là rằng của cho về tại ở trong từ đến tới khi lúc để do bởi vì nên nếu theo qua
các những cái chiếc việc vụ người có"""
FILLING = """tin nóng, tin hot, tin mới, tin khẩn, tin vui, tin buồn, nóng hổi, khẩn cấp, cảnh báo, lưu ý, chú ý,
cẩn thận, cập nhật, chia sẻ gấp, chia sẻ, share, cả nhà, bà con, anh chị em, anh em, chị em, các bạn, các bác, quý vị,
xin chào, cho biết, cho hay, cho rằng, nói rằng, được biết, nghe nói, nghe đâu, xem ngay, đọc ngay, nguồn tin,
thông tin, mới đây, vừa qua, hiện nay, hôm nay, hôm qua, sáng nay, chiều nay, tối nay"""


def _phrases(listed: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in listed.split(",")]


_EMPTY = frozenset(f"{EMPTY} {fold(EMPTY)}".split())
_FILLING = [f" {phrase} " for phrase in _phrases(f"{FILLING},{fold(FILLING)}")]


def same_claim(one: str, other: str) -> bool:
    """True for texts alike by word pairs (fingerprint.NEAR) that differ in no number, no denial and no turned verb, and
    neither of which says a thing where the other says another; what only one adds, or a cut copy lacks, parts nothing.
    """
    if similar(one, other) < NEAR:
        return False
    one, other = one[:LIMIT], other[:LIMIT]
    if said(one) == said(other):
        return True
    (mine, telling), (theirs, told) = _read(one), _read(other)
    differing = (Counter(mine) - Counter(theirs)) + (Counter(theirs) - Counter(mine))
    if any(word in TURNING or _FIGURE.search(word) for word in differing):
        return False
    if telling.difference(theirs) and told.difference(mine):
        return False
    # of a husband and his wife where the other has the wife alone, no word is lacking but one stands in its place
    changes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes() if differing else []
    if any(
        change == "replace" and telling.intersection(mine[a:b]) and told.intersection(theirs[c:d])
        for change, a, b, c, d in changes
    ):
        return False
    return calls_untrue(plain(one)) == calls_untrue(plain(other))


@lru_cache(maxsize=256)  # the copies of one claim come again with each further copy
def _read(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a text in the spelling a claim is compared in, folded; and those of them that tell claims apart."""
    told = f" {' '.join(words(neutral(plain(text))))} "
    for phrase in _FILLING:
        told = told.replace(phrase, " ")
    read, bare = told.split(), fold(told).split()
    return tuple(bare), frozenset(plainer for plainer, word in zip(bare, read, strict=True) if word not in _EMPTY)
