"""Whether two near copies make the same claim: what one says instead of the other's words parts true from false."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from sys import intern
from typing import NamedTuple

from classifier.factuality.denials import calls_untrue
from classifier.logic.places import countries
from classifier.orthography.spelling import plain
from classifier.text import words
from classifier.text.fingerprint import NEAR, said, similar
from classifier.text.letters import fold
from classifier.text.neutral import neutral
from classifier.text.patterns import either, is_bare, listed, of

LIMIT = 2_000  # characters read of each
ALIGNED = 60  # words of each that are laid side by side: where they are always the same, 60 take 1 ms and 900 took 4 s
COPIES = 2_048  # texts kept read: the copies of a claim come again with each further one, up to a thousand of them
# Folded, since half of what people write has no diacritics; a word that means something else too only parts two copies
# where one of them lacks it, and a case too many costs a glance while a case that mixes true and false costs a verdict.
DENIALS = "khong ko kg hok chua chang cha dung cam mien bo rut huy tang giam het ngung dinh chi"
NUMBERS = "mot hai ba bon nam sau bay tam chin muoi tram nghin ngan trieu ty nua"
DENYING = frozenset(DENIALS.split(" "))
TURNING = DENYING.union(NUMBERS.split(" "))
# what denies or supposes where a few words more hold it, and what calls for, allows or foretells amid the others, or
# tells of what nearly was; in more words, and calls before or behind ("Cần lan tỏa: …"), they are a mere remark's
HINTS, FEW = frozenset({"dau", "gi", "trai", "pham", "neu"}), 5
AMID = HINTS | {"choi", "nen", "can", "phai", "hay", "se", "duoc", "quyen", "sap", "suyt"}
BORNE = "bi"  # turns who does a thing and who bears it, and the order in which they are named
# Words that name nobody and nothing, and phrases of those who pass a thing on: one stands for another as well as not.
EMPTY = """à ạ á ơi ôi nhé nha nhỉ đấy đó này nọ ấy kia thôi thế vậy nào gì rất cũng vẫn còn vừa mới rồi liền ngay lại
và cùng với hay hoặc nhưng mà thì là rằng của cho về tại ở trong từ đến tới khi lúc để do bởi vì nên nếu theo qua
các những cái chiếc việc vụ người có"""
FILLING = """tin nóng, tin hot, tin mới, tin khẩn, tin vui, tin buồn, nóng hổi, khẩn cấp, cảnh báo, lưu ý, chú ý,
cẩn thận, cập nhật, chia sẻ gấp, chia sẻ, share, cả nhà, bà con, anh chị em, anh em, chị em, các bạn, các bác, quý vị,
xin chào, cho biết, cho hay, cho rằng, nói rằng, được biết, nghe nói, nghe đâu, xem ngay, đọc ngay, nguồn tin,
thông tin, mới đây, vừa qua, hiện nay, hôm nay, hôm qua, sáng nay, chiều nay, tối nay"""
# The same about a claim that was decided, where every other word counts.
REMARKS = """mọi người, các mẹ, ai chưa biết thì, ai chưa biết, ad ơi, admin, alo, xin hỏi, cho em hỏi, cho mình hỏi,
cho hỏi, em hỏi, làm ơn, vui lòng, xin cảm ơn, cảm ơn, cám ơn, dạ, vâng, giúp em, giúp mình, giúp với, share ngay, khẩn,
lan tỏa, trời ơi, trời đất, khổ quá, quá đi, quá, nghe bảo, nghe đồn, người ta nói, báo viết lại, báo viết, báo đăng,
báo đưa tin, luôn"""

_EMPTY = frozenset(f"{EMPTY} {fold(EMPTY)}".split())
_FILLING = re.compile(rf"\b(?:{'|'.join(listed(f'{FILLING},{fold(FILLING)}'))})\b")
_FOREIGN = either(r"\b(?:(?<=nước )ngoài|ngoại (?:quốc|kiều))\b")
# as they are typed, or folded; "còn" counts there, which without diacritics may be a child
_REMARK = either(rf"\b(?:{'|'.join((*listed(REMARKS), *(word for word in EMPTY.split() if word != 'còn')))})\b")


class _Reading(NamedTuple):
    """A text as it is compared, and what of it parts claims."""

    said: str  # its words as they are typed, folded
    words: tuple[str, ...]  # in the spelling a claim is compared in, folded
    turning: list[str]  # the numbers, denials and turned verbs among them, sorted
    telling: frozenset[str]  # those that name somebody or something


def same_claim(one: str, other: str) -> bool:
    """True for texts alike by word pairs (fingerprint.NEAR) that differ in no number, no denial and no turned verb, and
    neither of which says a thing where the other says another, or the same of each other's parties or of another
    country; what else only one adds, or a cut copy lacks, parts nothing."""
    begun, others = one[:LIMIT], other[:LIMIT]
    mine, theirs = _read(begun), _read(others)
    equal = mine.said == theirs.said
    # what costs least comes first: most of many candidates differ in a number or a name
    parted = not equal and (mine.turning != theirs.turning or _both_tell(mine, theirs))
    if parted or similar(one, other) < NEAR:
        return False
    if equal:
        return True
    of_one_land = _abroad(begun).issubset(theirs.words) and _abroad(others).issubset(mine.words)
    return of_one_land and _untrue(begun) == _untrue(others) and not _replaced(mine, theirs)


def adds_nothing(one: str, other: str) -> bool:
    """True for texts that make the same claim neither of which tells a thing that the other lacks, in the same order:
    beside what was read and decided, "… giữ hành chính" for "… giữ" makes a claim that nobody has read."""
    if not same_claim(one, other):
        return False
    begun, others = one[:LIMIT], other[:LIMIT]
    bare = is_bare(begun) or is_bare(others)
    return _named(begun, bare=bare) == _named(others, bare=bare)


def _both_tell(mine: _Reading, theirs: _Reading) -> bool:
    """Whether each of two texts tells something that the other lacks."""
    return bool(mine.telling.difference(theirs.words) and theirs.telling.difference(mine.words))


def _replaced(mine: _Reading, theirs: _Reading) -> bool:
    """Whether a text tells something where another tells something else: of a husband and his wife where the other has
    the wife alone, no word is lacking but one stands in its place; or the same in such an order that each of two who
    are told of does what the other did. Where too many words differ nobody looks but for numbers and denials that
    stand in another order."""
    one, other = _differing(mine.words, theirs.words)
    if len(one) * len(other) > ALIGNED**2:
        return sorted(one) == sorted(other) and any(map(_turns, one))
    first, last = mine.words[:1] != theirs.words[:1], mine.words[-1:] != theirs.words[-1:]
    gone, come = list[str](), list[str]()
    for change, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if change == "replace" and mine.telling.intersection(one[a:b]) and theirs.telling.intersection(other[c:d]):
            return True
        outside = (first and not a + c) or (last and b + d == len(one) + len(other))
        if change in ("insert", "delete") and _turned((*one[a:b], *other[c:d]), HINTS if outside else AMID):
            return True
        if change != "equal":
            gone += one[a:b]
            come += other[c:d]
    if mine.words.count(BORNE) != theirs.words.count(BORNE):
        return _does_what_it_bore(mine.words, theirs.words) or _does_what_it_bore(theirs.words, mine.words)
    once = mine.telling.intersection(gone, come)
    moved = {word for word in once if mine.words.count(word) == theirs.words.count(word) == 1}
    return [word for word in gone if word in moved] != [word for word in come if word in moved]


def _does_what_it_bore(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether of whom one text tells as borne, "thầy bị trò đánh", the other tells as done: "thầy đánh trò"."""
    beside = ((who, by) for who, word, by in zip(one, one[1:], one[2:], strict=False) if word == BORNE)
    return any(who in other and by in other[other.index(who) :] for who, by in beside)


def _turned(added: Sequence[str], hints: frozenset[str]) -> bool:
    """Whether words that one text has and another lacks there turn what it says: a denial that stands elsewhere, which
    only a whole clause may, or few words that deny or call for it."""
    return DENYING.issuperset(added) or (len(added) <= FEW and not hints.isdisjoint(added))


def _turns(word: str) -> bool:
    """Whether a folded word is a number, a denial or a turned verb."""
    return word in TURNING or not word.isalpha()


def _differing(one: Sequence[str], other: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Two rows of words without the beginning and the end that they share."""
    head = _shared(one, other)
    one, other = one[head:], other[head:]
    tail = _shared(one[::-1], other[::-1])
    return one[: len(one) - tail], other[: len(other) - tail]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two rows begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@lru_cache(maxsize=COPIES)
def _untrue(text: str) -> bool:
    return calls_untrue(plain(text))


@lru_cache(maxsize=COPIES)
def _abroad(text: str) -> frozenset[str]:
    """The words of a text that say of which other country it speaks, folded."""
    said = plain(text)
    return frozenset(fold(" ".join([*countries(said), *of(_FOREIGN, said).full.findall(said)]).lower()).split())


def _told(text: str) -> str:
    """A text as it is meant, without phrases of those who pass it on."""
    return _FILLING.sub("", " ".join(words(neutral(plain(text)))))


@lru_cache(maxsize=COPIES)
def _named(text: str, *, bare: bool) -> list[str]:
    """The words of a text but those of a mere remark, folded, as they follow each other."""
    told = fold(_told(text)) if bare else _told(text)
    return fold(_REMARK[bare].full.sub("", _FILLING.sub("", told))).split()


@lru_cache(maxsize=COPIES)
def _read(text: str) -> _Reading:
    told = _told(text)
    read, bare = told.split(), tuple(map(intern, fold(told).split()))
    return _Reading(
        said=" ".join(said(text)),
        words=bare,
        turning=sorted(filter(_turns, bare)),
        telling=frozenset(plainer for plainer, word in zip(bare, read, strict=True) if word not in _EMPTY),
    )
