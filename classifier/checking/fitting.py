"""What differs between a claim and evidence and contradicts nothing: numbers told another way, a case of a rule, a
sentence passed on somebody, a question that asks to deny.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile

from classifier.comparison.arithmetic import follows, off_rate
from classifier.comparison.numbers import quantities
from classifier.comparison.pairing import Pair, pair
from classifier.comparison.slots import Slot
from classifier.loading import Model
from classifier.logic import agreeing, heard, instances, lawful, superlatives
from classifier.logic.pairs import paired
from classifier.logic.signs import DENIALS, with_bare
from classifier.text import fold
from classifier.text.figures import DIGITS
from classifier.text.letters import WORD
from classifier.text.patterns import either, is_bare
from classifier.text.syllables import read

WORDED = frozenset({"number", "negation", "quantifier", "modality", "direction", "other"})  # kinds of slots
SUMMED = either(  # a total of several, which a passage on one of them doesn't tell
    r"\b(?:cộng (?:lại|dồn|gộp)|tổng cộng|gộp (?:lại|cả)"
    r"|(?<!công )cộng (?!(?:với|hòa|đồng|sản|tác|sự)\b)(?:\w+ ){1,8}?(?:với|và)"
    r"|cả (?:hai|ba|bốn|\d) (?:chu kỳ|kỳ|lần|đợt|nhiệm kỳ|năm(?! tuổi))"
    r"|(?<!\w )(?:hai|ba|bốn|\d) (?:chu kỳ|kỳ|đợt|nhiệm kỳ)(?=,)"
    r"|(?:hai|ba|bốn|\d) (?:chu kỳ|kỳ|lần|đợt|nhiệm kỳ)(?: \w+){0,2} (?:gần (?:nhất|đây)|vừa qua|đầu|cuối|qua))\b"
)
# days off as they come, weekends among them, where a passage tells of those that are paid
DAYS_OFF = either(r"(?!.*\b(?:lương|chỉ|luật)\b).*\bnghỉ\b.* (\d+) ngày\b")
IN_ALL = either(r"(?=.*\blễ\b)(?=.*\btết\b).*\b(?:tới|đến|dài|tổng (?:cộng|số))\b")
IN_A_ROW = either(r"\b(?:cuối tuần|ngày (?:liên (?:tục|tiếp)|liền))\b")
LONGEST_ROW, MOST_IN_ALL = 9, 30  # the five paid days of Tết with two weekends; a year's with those beside them
PAID_HOLIDAYS = either(r"\b(?:lễ|tết|quốc khánh)\b.*\bnguyên lương\b")
TILL = either(r"\b(?:đến|tới)(?: hết| cuối)?(?: năm)? ((?:19|20)\d\d)\b")
DAY = re.compile(r"\b\d{1,2}/\d{1,2}/((?:19|20)\d\d)\b")
# what a claim sets itself against behind it, whose denial is none of its own: "…, không phải cứ giao cho cha"
CONCEDED = either(
    r"[,;]? (?:chứ )?(?:không|chẳng|chả|đâu)(?: có)? phải (?:cứ|hễ|lúc nào|ai cũng)\b[^,.;]*[.!]*$"
    r"|[,;] dù\b[^.;]*[.!]*$"
)
# a sentence passed on somebody, which isn't the most or least that may be: "lĩnh án 6 năm tù"
SENTENCED = either(
    r"(?:^[^\w]*(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d+|ông|bà|anh|chị|em|cô|chú|bị cáo|cựu|nguyên) .*\bbị phạt"
    r"|\b(?:(?:tuyên|xử) phạt|tuyên(?: án)?|bị xử|kết án|lĩnh(?: án)?|nhận(?: mức)? án))"
    r" (?:(?!(?:đến|tới|từ|quá|nhất|đa|thiểu|trên|dưới|hơn)\b)\w+ ){0,5}?(\d+) năm(?: \d+ tháng)? tù\b"
)
RULING = either(
    r"\b(?:khung|sẽ|có thể|tối đa|tối thiểu|nặng nhất|cao nhất|thấp nhất|quy định|người nào|mọi|đều|chỉ|hết mức"
    r"|chuẩn bị)\b|^[^\w]*(?:ai|điều|tội|hành vi)\b"
)
FINED = either(r"\bbị (?:xử )?phạt(?: vi phạm)?(?: hành chính| tiền)? \d[\d.,]* (?:nghìn|triệu|tỷ|tỉ|đồng)\b")
CALLED = "ông|bà|anh|chị|em|cháu"  # as people call each other
ADDRESS = re.compile(rf"{CALLED}|cô|chú|bác")
SURNAME = re.compile(
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|đoàn|trịnh|mai|lâm|tạ|lưu|cao|hà|tô"
)
HUSBAND = either(r"\bchồng\b")
TWICE_DENIED = either(heard.TWICE_DENIED)  # a verdict takes it for either
# … and what asks to deny: "ai bị buộc phải khai đâu"
RHETORIC = either(
    r"^[^\w]*(?:(?:mà|chứ|thì|nào|có|làm gì|mấy) ){0,3}(?:ai|(?:luật|điều|người|đứa|nước|tòa|chỗ|nơi) nào)\b[^,;:?]*"
    r"\bđâu(?: (?:mà|nào|nha|nhé|con|em|anh|chị|bạn|bác|chú|cô|ạ|bà con|mọi người))*(?:[^\w]*$|,)"
)
APPLYING = either(r"(?:nộp|gửi|làm|viết) đơn|nộp|xin|đòi|yêu cầu")  # "nộp đơn ly hôn" is to ask for a divorce
DENYING = frozenset.union(*DENIALS)  # the one denies as the other
# who a case is of, as it is called
PERSONS = with_bare(f"{CALLED}|bé|con|trẻ|người|cụ|mình|bạn".replace("|", " "))  # without "cô": "co" is "có" too
KIN = frozenset({"cô", "dì", "chú", "bác", "cậu"})  # as slots have it, "bác" rejects
SUFFERED = {"bi"}  # "bị tai nạn" beside "vì tai nạn"
SOMEWHERE = either(r"ở (?:thôn|xóm|làng|bản|ấp|xã|phường|tổ|quê|địa phương|khu phố|công ty|đây)")
# who it is told of, and till when: "em", "Chị Duyên", "bé tròn", "tới"
OF_WHOM = either(
    r"(?=\w)(?:(?:cho )?(?:tới|đến)(?: (?:khi|lúc))?)?"
    rf"(?:(?:^|\b )(?:{ADDRESS.pattern}|bé|con|trẻ|nó))?(?: (?:tròn|đủ))?"
)
# what is lost, or whoever died, denies nothing
LOST = either(
    r"\bmất (?:thẻ|giấy|sổ|căn cước|hộ chiếu|bằng|việc|sức)\b|\b(?:mà|đã|khi) mất\b(?! (?:quyền|hiệu|luôn|hết|trắng))"
)
# before a number these are no answer and no denial
COUNTING = {"có": either(r"\bcó \d"), "chưa": either(r"\bchưa (?:đủ|đầy|đến|tới) \d")}
COUNTING["mới"] = either(r"\bmới (?:\w+ ){0,2}\d")
NAMED = 60  # characters in which somebody is named
YEARS = re.compile(r"\b(\d+) năm\b")

Beside = Callable[[], Pair]  # two texts laid side by side once they are asked for


def fits(
    model: Model, written: str, claim: str, shown: str, rule: str, differing: Sequence[Slot], beside: Beside
) -> bool:
    """Whether a claim, as it was written and as it is meant, fits the sentences shown of evidence for all that differs;
    rule is the whole of it where it is a law or a fact, else ""; beside lays the claim beside the sentences."""
    if _says_the_same(claim, shown, differing, beside):
        return True
    # a case of the sentences shown isn't one of a bound that the others set
    whole = beside if rule == shown else partial(pair, claim, rule, vectors=model.verdict.vectors)
    if rule and all(is_case(model, claim, *one, differing) for one in {shown: beside, rule: whole}.items()):
        return True
    if rule and (_of_somebody(claim, shown) or lawful.keeps(claim, rule, model.lexicon)):
        return True
    if agreeing.agree(written, shown, differing):  # slots are told in the words as written
        return True
    return bool(TWICE_DENIED.search(claim)) or _is_asked(claim, differing)


def _is_asked(claim: str, differing: Sequence[Slot]) -> bool:
    """Whether a claim asks to deny what differs from the evidence most: "ai bị buộc phải khai đâu, …"."""
    asked = RHETORIC.search(claim)
    return asked is not None and differing[0].claim_span[0] < asked.end()  # the most telling comes first


def _says_the_same(claim: str, evidence: str, differing: Sequence[Slot], beside: Beside) -> bool:
    """Whether a claim tells the evidence's own numbers or superlative another way, how many of its days had come by a
    year, or a total of several of which the evidence tells one or only those that are paid, and differs in no name or
    day."""
    till = TILL.search(claim)
    apart = [slot for slot in differing if slot.kind not in WORDED and not _named_elsewhere(slot, evidence)]
    dated = till and all((slot.kind, slot.claim_text) == ("date", till[1]) for slot in apart)
    if till and dated and _so_many_till(int(till[1]), evidence, differing):
        return True
    if apart:
        return False
    if SUMMED.search(claim) and not SUMMED.search(evidence) and _at_least(differing):
        return True
    if _off_with_weekends(claim, evidence):
        return True
    if superlatives.tells_alike(claim, evidence):
        return True
    return follows_alike(differing, beside())


def follows_alike(differing: Sequence[Slot], pair: Pair) -> bool:
    """Whether a claim's numbers follow from the evidence's, told roughly where neither denies what the other says."""
    return follows(pair, roughly=all(slot.idle or slot.kind != "negation" for slot in differing))


def _at_least(differing: Sequence[Slot]) -> bool:
    """Whether no figure of a claim is less than the evidence's, as a total is of what it sums."""
    told = [(one.claim_text.replace(".", ""), one.evidence_text.replace(".", "")) for one in differing]
    return all(int(theirs) <= int(mine) for mine, theirs in told if mine.isdecimal() and theirs.isdecimal())


def _named_elsewhere(slot: Slot, evidence: str) -> bool:
    """Whether a slot names what the evidence has too, only at another place: one term or round of several."""
    return slot.kind == "actor" and bool(re.search(rf"\b{re.escape(slot.claim_text)}\b", evidence, re.IGNORECASE))


def _off_with_weekends(claim: str, evidence: str) -> bool:
    """Whether a claim tells of as many days off in a row, or in all, as those that evidence says are paid can be with
    weekends."""
    off, paid = DAYS_OFF.match(claim), PAID_HOLIDAYS.search(evidence)
    if not (off and paid):
        return False
    if IN_A_ROW.search(claim):
        return int(off[1]) <= LONGEST_ROW
    most = max(map(int, re.findall(r"\b(\d+) ngày\b", evidence)), default=0)
    return bool(IN_ALL.search(claim)) and most < int(off[1]) <= MOST_IN_ALL


def _so_many_till(year: int, evidence: str, differing: Sequence[Slot]) -> bool:
    """Whether a claim says how many of the days that evidence lists had come by a year: "đến năm 2019 … ba"."""
    days = list(map(int, DAY.findall(evidence)))
    said = [slot.claim_text.lower() for slot in differing if slot.kind == "number"]
    come = sum(day <= year for day in days)
    return said in ([str(come)], *([word] for word, one in DIGITS.items() if one == come))


def is_case(model: Model, claim: str, rule: str, beside: Beside, differing: Sequence[Slot]) -> bool:
    """Whether a claim tells a case of a rule, or of a sentence passed on somebody as a rule on prison lets it be."""
    if tells_case(model, claim, rule, beside, differing):
        return True
    unfit = (slot for slot in differing if not _fits(slot, claim, rule))  # by whom, or for which words
    return all(slot.kind == "other" for slot in unfit) and _sentenced(claim, rule) and not off_rate(beside())


def tells_case(model: Model, claim: str, rule: str, beside: Beside, differing: Sequence[Slot]) -> bool:
    """Whether a claim tells a case of a rule as the rule has it, or differs in no more than such a case's number."""
    if off_rate(beside()):
        return False
    if any(told(claim, rule, model.lexicon) for told in (instances.agrees, instances.outside, paired, lawful.lets_be)):
        return True
    if not all(_fits(slot, claim, rule) for slot in differing):
        return False
    conceded = CONCEDED.search(claim)
    return instances.inside(claim[: conceded.start()] if conceded else claim, rule, model.lexicon)


def is_unclear(model: Model, claim: str, rules: Sequence[str], beside: Beside, differing: Sequence[Slot]) -> bool:
    """Whether a claim differs first in the number of a case that none of the bounds of a rule, or of its sentences
    shown, is found to be against, and in nobody and nothing else; what a rate doesn't come to is clear."""
    if off_rate(beside()):
        return False
    if not all(_fits(slot, claim, rule) for slot in differing if slot.kind in ("actor", "other") for rule in rules):
        return False
    by_figure = bool(differing) and differing[0].kind == "number" and not lawful.judges(claim)  # the most telling first
    return by_figure and all(instances.unclear(claim, rule, model.lexicon) for rule in rules)


def _of_somebody(claim: str, rule: str) -> bool:
    """Whether a claim tells of somebody by full name whom a rule doesn't name: what may be done isn't what was done."""
    words = WORD.findall(claim[:NAMED])
    addressed = bool(words and ADDRESS.fullmatch(words[0].lower()))
    name = list(takewhile(str.istitle, words[addressed:]))
    if len(name) < 3 - addressed or not SURNAME.fullmatch(name[0].lower()):
        return False
    return " ".join(name).lower() not in rule.lower()


def _sentenced(claim: str, rule: str) -> bool:
    """Whether a claim tells of a sentence passed on somebody, no longer than a rule on prison lets it be: a court may
    go below a rule's least; or of a fine between a rule's least and most."""
    told, fined = (one.search(claim) for one in (SENTENCED, FINED))
    if RULING.search(claim):
        return False
    if told and " tù" in rule:
        return int(told[1]) <= max(map(int, YEARS.findall(rule)), default=0)
    paid, sums = (_sums(claim[fined.start() :]), _sums(rule)) if fined else ([], [])
    return bool(paid) and len(sums) > 1 and min(sums) <= paid[0] <= max(sums)


def _sums(text: str) -> list[float]:
    return [one.value for one in quantities(read(text, worded=False)) if one.kind == "money"]


def _fits(slot: Slot, claim: str, rule: str) -> bool:
    """Whether a slot differs as it may beside a case's number: by a bound's words, a denial or words of the rule that
    stand elsewhere in it, by asking for what the rule is of, or by who it is told of where the rule names nobody so."""
    said, theirs = set(WORD.findall(fold(slot.claim_text))), set(WORD.findall(fold(rule)))
    typed = set(WORD.findall(slot.claim_text.lower()))  # "còn" is no "con"
    if slot.kind == "actor":
        return said.isdisjoint(theirs)
    if slot.kind == "other" and APPLYING.fullmatch(slot.claim_text):
        # what a husband may not ask for, his wife may
        return not HUSBAND.search(rule) or bool(HUSBAND.search(claim))
    if slot.kind == "negation" and KIN.issuperset((slot.claim_text.lower(), slot.evidence_text.lower())):
        return True
    if slot.kind == "negation" and (not slot.claim_text or slot.claim_text.lower() in DENYING):
        return True  # whether the case is allowed is told by its signs
    if slot.kind == "other" and said and (said <= theirs or typed <= PERSONS[is_bare(claim)] or said == SUFFERED):
        return True
    called = " ".join(word for at, word in enumerate(slot.claim_text.split()) if not (at and word.istitle()))
    if slot.kind == "other" and any(one.fullmatch(called) for one in (SOMEWHERE, OF_WHOM)):
        return True
    if slot.kind == "negation" and fold(slot.claim_text) == "mat" and LOST.search(claim):
        return True
    if (counting := COUNTING.get(slot.claim_text.lower())) and counting.search(claim):
        return True
    return slot.kind in instances.BESIDE or (slot.idle and slot.kind in ("negation", "other"))
