"""Whether two near copies make the same claim: what one says instead of the other's words parts true from false."""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise, takewhile
from sys import intern
from typing import NamedTuple

from classifier.checking.remarks import unframed
from classifier.checking.restated import KEPT, MARK, one_of, told
from classifier.factuality.denials import calls_untrue
from classifier.logic.places import countries
from classifier.orthography.spelling import plain
from classifier.text import words
from classifier.text.fingerprint import NEAR, said, similar
from classifier.text.letters import fold
from classifier.text.patterns import both, either, is_bare, of

LIMIT = 2_000  # characters read of each
ALIGNED = 60  # words of each that are laid side by side: where they are always the same, 60 take 1 ms and 900 took 4 s
# Folded, since half of what people write has no diacritics; a word that means something else too only parts two copies
# where one of them lacks it, and a case too many costs a glance while a case that mixes true and false costs a verdict.
DENIALS = "khong ko kg hok chua chang cha dung cam mien bo rut huy tang giam het ngung dinh chi"
NUMBERS = "mot hai ba bon nam sau bay tam chin muoi tram nghin ngan trieu ty nua"
DENYING = frozenset(DENIALS.split(" "))
TURNING = DENYING.union(NUMBERS.split(" "))
# what denies, supposes, calls for or nearly was, and what sets apart for whom or when it holds, where a few words more
# hold it; in more words they are a mere remark's
FEW = 5
TURNED = """đâu, gì, trái, phạm, nếu, nên, hãy, sắp, suýt, trừ, chỉ, riêng, miễn là, với điều kiện, dự thảo, dự kiến,
đề xuất, kiến nghị, trước đây, trước kia, ngày xưa, ngày trước, hồi xưa, hồi trước, thời xưa, thời trước"""
BORNE = "bi"  # turns who does a thing and who bears it, and the order in which they are named
# Words that name nobody and nothing, and phrases of those who pass a thing on: one stands for another as well as not.
EMPTY = """à ạ á ơi ôi nhé nha nhỉ đấy đó này nọ ấy kia thôi thế vậy nào gì rất cũng vẫn còn vừa mới rồi liền ngay lại
và cùng với hay hoặc nhưng mà thì là rằng của cho về tại ở trong từ đến tới khi lúc để do bởi vì nên nếu theo qua
các những cái chiếc việc vụ người có mức"""
CALLED = """tin nóng, tin hot, tin mới, tin khẩn, tin vui, tin buồn, nóng hổi, khẩn cấp, cảnh báo, lưu ý, chú ý,
cẩn thận, cập nhật, chia sẻ gấp, chia sẻ, share, cả nhà, bà con, anh chị em, anh em, chị em, các bạn, các bác,
mấy bác, các mẹ, mấy mẹ, quý vị, xin chào, xem ngay, đọc ngay, mọi người ơi, nhé mọi người, nha mọi người"""
RETOLD = """cho biết, cho hay, được biết, nguồn tin, thông tin, mới đây, vừa qua, hiện nay, hôm nay, hôm qua, sáng nay,
chiều nay, tối nay, ai chưa biết thì, ai chưa biết"""
# by which a thing is passed on as others tell it: no verdict on who holds it true is one on them
HEARSAY = "nghe nói, nghe đâu, nghe bảo, nghe đồn, người ta nói, cho rằng, nói rằng"
# How a thing is done, or that it is done by now: where one copy alone says so, both are of the same deed.
WAYS = """đã, đang, vừa, mới, ngay, ngay lập tức, lập tức, chính thức, bất ngờ, đột ngột, lặng lẽ, âm thầm, vội vàng,
vội vã, thẳng thừng, thẳng tay, dã man, tàn bạo, tàn nhẫn, thô bạo, hung hãn, liên tục, liên tiếp, rầm rộ, nhanh chóng,
đồng loạt, hoàn toàn, tuyệt đối, rõ, rõ ràng, thực sự, thật sự, quyết liệt, kiên quyết, cương quyết, dứt khoát, đều, đi,
một cách"""
LOUD = frozenset(["qua", "lam", "ghe", "that", "luon"])  # behind a claim: how much its writer minds it
# what tells which time is meant, though alone it tells nothing
TIMES = frozenset(["thang", "nam", "tuan", "ngay", "quy", "ky", "hop", "khoa", "dot", "mua", "phien", "hom"])
POINTING = frozenset(["nay", "toi", "sau", "truoc", "qua", "kia", "ngoai"])
# whole numbers that people write in words, where what they count follows: "sau" is mostly "after"
DIGITS = {"mot": "1", "hai": "2", "ba": "3", "bon": "4", "nam": "5", "bay": "7", "tam": "8", "chin": "9", "muoi": "10"}
TENS = DIGITS.keys() - {"nam"}  # "mỗi năm một lần"
COUNTED = frozenset(["thang", "nam", "ngay", "tuan", "gio", "tuoi", "lan", "nguoi", "lop"])
# About a claim that was decided every other word counts, and who is called upon only before it and behind.
REMARKS = f"""{RETOLD}, ad ơi, admin, alo, xin hỏi, cho em hỏi, cho mình hỏi,
cho hỏi, em hỏi, làm ơn, vui lòng, xin cảm ơn, cảm ơn, cám ơn, giúp em, giúp mình, giúp với, share ngay, khẩn, lan tỏa,
trời ơi, trời đất, khổ quá, quá đi, quá, báo viết lại, báo viết, báo đăng, báo đưa tin, luôn"""

# without diacritics a child, an examination or what is private may be meant
_EMPTY = frozenset(EMPTY.split()), frozenset(fold(EMPTY).split()) - {"con", "thi", "tu", "thoi"}
_FILLING = both(one_of(f"{CALLED}, {RETOLD}, {HEARSAY}"))
_TURNED = both(one_of(TURNED))
_WAYS = both(one_of(WAYS))
_FOREIGN = either(r"\b(?:(?<=nước )ngoài|ngoại (?:quốc|kiều))\b")
# as they are typed, or folded; "còn" counts there, which without diacritics may be a child
_REMARK = both(one_of(",".join((REMARKS, *(word for word in EMPTY.split() if word != "còn")))))


class _Reading(NamedTuple):
    """A text as it is compared, and what of it parts claims."""

    said: str  # its words as they are typed, folded
    words: tuple[str, ...]  # in the spelling a claim is compared in, folded
    typed: list[str]  # the same as they are typed
    bare: bool  # typed without diacritics
    marked: frozenset[int]  # at which of them a mark stands before it
    turning: list[str]  # the numbers, denials and turned verbs among them, sorted
    telling: frozenset[str]  # those that name somebody or something


def same_claim(one: str, other: str) -> bool:
    """True for texts alike by word pairs (fingerprint.NEAR) that differ in no number, no denial and no turned verb, and
    neither of which says a thing where the other says another, or the same of each other's parties or of another
    country, nor narrows what the other says by words amid its own or stuck to them. What else one adds before or
    behind, and in what way a thing is done, parts nothing."""
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
    """True for texts that make the same claim, mere remarks around it aside, neither of which tells a thing that the
    other lacks, in the same order: beside what was read and decided, "… giữ hành chính" for "… giữ" makes a claim that
    nobody has read."""
    one, other = unframed(one), unframed(other)
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
    the wife alone, no word is lacking but one stands in its place; or amid the words of the other, which narrows what
    they say; or the same in such an order that each of two who are told of does what the other did. Where too many
    words differ nobody looks but for numbers and denials that stand in another order."""
    head, one, other = _differing(mine.words, theirs.words)
    if len(one) * len(other) > ALIGNED**2:
        return sorted(one) == sorted(other) and any(map(_turns, one))
    uneven = {word for word, times in _uneven(one, other) if times}
    gone, come = list[str](), list[str]()
    for change, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if change == "equal":
            continue
        if mine.telling.intersection(one[a:b]) and theirs.telling.intersection(other[c:d]):
            return True
        if _opposed(one[a:b], other[c:d]) or _opposed(other[c:d], one[a:b]):
            return True
        if _narrows(mine, head + a, head + b, uneven) or _narrows(theirs, head + c, head + d, uneven):
            return True
        gone += one[a:b]
        come += other[c:d]
    if BORNE in uneven:
        borne = _does_what_it_bore(mine.words, theirs.words) or _does_what_it_bore(theirs.words, mine.words)
        return borne or not (gone and come)
    once = mine.telling.intersection(gone, come)
    moved = {word for word in once if mine.words.count(word) == theirs.words.count(word) == 1}
    return [word for word in gone if word in moved] != [word for word in come if word in moved]


def _does_what_it_bore(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether of whom one text tells as borne, "thầy bị trò đánh", the other tells as done: "thầy đánh trò"."""
    beside = ((who, by) for who, word, by in zip(one, one[1:], one[2:], strict=False) if word == BORNE)
    return any(who in other and by in other[other.index(who) :] for who, by in beside)


def _opposed(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one says from where or when and the other to where or till when."""
    return "tu" in one and not {"den", "toi", "ve"}.isdisjoint(other)


def _narrows(text: _Reading, start: int, end: int, uneven: set[str]) -> bool:
    """Whether words of a text that another lacks there make another claim of it: a denial that stands elsewhere, which
    only a whole clause may, few words that deny or suppose it, and whatever tells of somebody or something amid the
    others, or stuck to their beginning or end without a mark."""
    added = text.words[start:end]
    if uneven.isdisjoint(added):
        return bool(added) and DENYING.issuperset(added)
    few, said = len(added) <= FEW, " ".join(text.typed[start:end])
    if DENYING.issuperset(added) or (few and _TURNED[text.bare].search(said)):
        return True
    last = end == len(text.words)
    if (not start or last) and not (few and _stuck(text, start, end)):
        return False
    left = [word for word in _WAYS[text.bare].sub("", said).split() if word not in _EMPTY[text.bare]]
    return not uneven.isdisjoint({*map(fold, left)} - {BORNE} - (LOUD if last else frozenset()))


def _stuck(text: _Reading, start: int, end: int) -> bool:
    """Whether no mark parts what begins or ends a text from its other words, particles aside."""
    around = range(start, end) if start else range(end - 1, -1, -1)
    telling = next((at for at in around if text.typed[at] not in _EMPTY[text.bare]), around[-1])
    between = range(start, telling + 1) if start else range(telling + 1, end + 1)
    return text.marked.isdisjoint(between)


def _uneven(one: Sequence[str], other: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Words of two rows with how many more the first has of each."""
    more = Counter(one)
    more.subtract(other)
    return more.items()


def _turns(word: str) -> bool:
    """Whether a folded word is a number, a denial or a turned verb."""
    return word in TURNING or not word.isalpha()


def _differing(one: Sequence[str], other: Sequence[str]) -> tuple[int, Sequence[str], Sequence[str]]:
    """How many words two rows begin with in common, and the rows without these and the end that they share."""
    head = _shared(one, other)
    one, other = one[head:], other[head:]
    tail = _shared(one[::-1], other[::-1])
    return head, one[: len(one) - tail], other[: len(other) - tail]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two rows begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@lru_cache(maxsize=KEPT)
def _untrue(text: str) -> bool:
    return calls_untrue(plain(text))


@lru_cache(maxsize=KEPT)
def _abroad(text: str) -> frozenset[str]:
    """The words of a text that say of which other country it speaks, folded."""
    said = plain(text)
    return frozenset(fold(" ".join([*countries(said), *of(_FOREIGN, said).full.findall(said)]).lower()).split())


@lru_cache(maxsize=KEPT)
def _named(text: str, *, bare: bool) -> list[str]:
    """The words of a text but those of a mere remark, folded, as they follow each other."""
    said = " ".join(words(told(plain(text))))
    return fold(_REMARK[bare].sub("", fold(said) if bare else said)).split()


@lru_cache(maxsize=KEPT)
def _read(text: str) -> _Reading:
    bare = is_bare(text)
    heard = _FILLING[bare].sub("", told(unframed(plain(text))))
    read, marked = list[str](), set[int]()
    for piece in MARK.split(heard):
        marked.add(len(read))
        read += words(piece)
    plainer = fold(" ".join(read)).split()
    found = tuple(map(intern, _in_figures(plainer)))
    telling = {word for word, typed in zip(found, read, strict=True) if typed not in _EMPTY[bare]}
    if not POINTING.isdisjoint(found):
        telling.update(word for before, word in pairwise(found) if word in POINTING and before in TIMES)
    return _Reading(
        said=" ".join(said(text)),
        words=found,
        typed=read,
        bare=bare,
        marked=frozenset(marked),
        turning=sorted(filter(_turns, found)),
        telling=frozenset(telling),
    )


def _in_figures(read: list[str]) -> list[str]:
    """Folded words with a small number in figures where what it counts follows."""
    if DIGITS.keys().isdisjoint(read) or COUNTED.isdisjoint(read):
        return read
    around = zip(("", *read), read, (*read[1:], ""), strict=False)
    return [
        DIGITS[word] if word in DIGITS and after in COUNTED and before not in TENS else word
        for before, word, after in around
    ]
