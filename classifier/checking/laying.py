"""Passages laid beside a claim: which one settles, what of it is compared, how it relates, and which slots differ."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from classifier import policy
from classifier.comparison.alignment import Slot, misreckoned, reckoned, slots, untelling
from classifier.comparison.numbers import quantities
from classifier.comparison.slots import opposed, telling
from classifier.entailment.verdict import NOTHING
from classifier.evidence.choose import Chosen, choose, excerpt, of_now
from classifier.evidence.retrieval import Hit, Passage
from classifier.loading import Model
from classifier.logic import agreeing, contraries, instances, instruments, joining, lawful, setting, superlatives
from classifier.logic.another import another, of_others
from classifier.logic.exempt import has_its_own
from classifier.logic.pairs import paired
from classifier.orthography import spelling
from classifier.text import Alignment, align, fold, normalise, sentences
from classifier.text.figures import DIGITS
from classifier.text.letters import WORD
from classifier.text.patterns import either, of
from classifier.text.syllables import read

SHOWN = 5  # passages laid beside a claim: more than a person reads
MAX_CLAIM, MAX_PASSAGE = 600, 6_000  # characters laid side by side; pairing costs their product

REFUTED, BORNE, PARTLY, AGAINST = "refuted", "borne out", "partly", "against"
BY_LOGIC = {BORNE: (0.95, 0.025, 0.025), REFUTED: (0.025, 0.95, 0.025)}  # verdicts on a treaty's status
BY_LOGIC |= {AGAINST: (0.03, 0.86, 0.11)}  # known to go against a fact: not all of it is false
WORDED = frozenset({"number", "negation", "quantifier", "modality", "direction", "other"})  # kinds of slots
SUMMED = either(  # a total of several, which a passage on one of them doesn't tell
    r"\b(?:cộng (?:lại|dồn|gộp)|tổng cộng|gộp (?:lại|cả)"
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
SHORTENED = re.compile(r"[A-ZĐ]{2}")  # UBND, VN
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
ADDRESS = re.compile("ông|bà|anh|chị|em|cháu|cô|chú|bác")
SURNAME = re.compile(
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|đoàn|trịnh|mai|lâm|tạ|lưu|cao|hà|tô"
)
HUSBAND = either(r"\bchồng\b")
TWICE_DENIED = either(contraries.TWICE_DENIED)  # a verdict takes it for either
# … and what asks to deny: "ai bị buộc phải khai đâu"
RHETORIC = either(
    r"^[^\w]*(?:(?:mà|chứ|thì|nào|có|làm gì|mấy) ){0,3}(?:ai|(?:luật|điều|người|đứa|nước|tòa|chỗ|nơi) nào)\b[^,;:?]*"
    r"\bđâu(?: (?:mà|nào|nha|nhé|con|em|anh|chị|bạn|bác|chú|cô|ạ|bà con|mọi người))*(?:[^\w]*$|,)"
)
# before what so many come to at a rate, where no part of them is left out and nobody gives more
GRANTED = either(
    r"^(?!.*\b(?:trong đó|hơn luật|thỏa thuận|(?:công ty|chủ|sếp) cho)\b).*\b(?:được|hưởng|nhận|lãnh)(?: \w+)? \d"
)
APPLYING = either(r"(?:nộp|gửi|làm|viết) đơn|nộp|xin|đòi|yêu cầu")  # "nộp đơn ly hôn" is to ask for a divorce
SUFFERED = {"bi"}  # "bị tai nạn" beside "vì tai nạn"
SOMEWHERE = either(r"ở (?:thôn|xóm|làng|bản|ấp|xã|phường|tổ|quê|địa phương|khu phố|công ty|đây)")
# what is lost, or whoever died, denies nothing
LOST = either(
    r"\bmất (?:thẻ|giấy|sổ|căn cước|hộ chiếu|bằng|việc|sức)\b|\b(?:mà|đã|khi) mất\b(?! (?:quyền|hiệu|luôn|hết|trắng))"
)
# before a number these are no answer and no denial
COUNTING = {"có": either(r"\bcó \d"), "chưa": either(r"\bchưa (?:đủ|đầy|đến|tới) \d")}
NAMED = 60  # characters in which somebody is named
YEARS = re.compile(r"\b(\d+) năm\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage beside the claim: how it relates, how sure that is, and which slots differ."""

    eid: str
    role: str
    relation: str
    p: float
    slot: str = ""
    slots: tuple[Slot, ...] = ()
    text: str = ""


Laid = tuple[policy.Finding, Evidence]


def lay_all(model: Model, found: Sequence[tuple[str, Sequence[Hit], int]]) -> list[list[Laid]]:
    """Lay passages beside claims, given as (claim, hits, how many to lay): first the one that settles (never a
    party's), then the others as they were found.

    The one that settles is read with at most three sentences of its whole article; the others are shown, each with its
    own relation, and settle nothing: a verdict averaged or searched over many passages is near chance.
    """
    cut = [_beside(model, claim, hits, most) for claim, hits, most in found]
    pairs = [(mine, text) for mine, rows in cut for _, text in rows if text]
    verdicts = iter(said_of(model, pairs))  # all at once: each call costs as much as five rows do
    return [
        _unless_borne(
            model,
            mine,
            [(hit, _laid(model, claim, hit, text, next(verdicts)) if text else _elsewhere(hit)) for hit, text in rows],
        )
        for (claim, _, _), (mine, rows) in zip(found, cut, strict=True)
    ]


def said_of(model: Model, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    """Verdicts (n, 3) on normalised (claim, evidence) texts, those on which nothing can be told at NOTHING."""
    bare = [untelling(claim, evidence, vectors=model.verdict.vectors) for claim, evidence in pairs]
    return np.where(np.array(bare, dtype=bool)[:, None], NOTHING, model.verdict.predict_proba(pairs))


def _unless_borne(model: Model, mine: str, rows: Sequence[tuple[Hit, Laid]]) -> list[Laid]:
    """What is laid beside a claim; what is known to go against a fact counts for nothing where another passage bears
    the claim out as surely, and a number that differs where another has it and would rather bear it out, unless it
    isn't what the first one's rate comes to."""
    laid = [one for _, one in rows]
    others = [one for one in laid[1:] if one[1].role in policy.SETTLING]
    if not others or laid[0][1].relation != "contradicts":
        return laid
    told = status(mine, rows[0][0].passage)
    if told == AGAINST:
        sure = BY_LOGIC[AGAINST][policy.REFUTED]
        borne = any(evidence.relation == "supports" and evidence.p >= sure for _, evidence in others)
    else:  # what logic settles stays
        borne = told is None and any(_has_numbers(laid[0][1], *other) for other in others)
        borne = borne and not misreckoned(mine, _meant(laid[0][1].text), vectors=model.verdict.vectors)
    return [unsettled(*laid[0]), *laid[1:]] if borne else laid


def _has_numbers(first: Evidence, finding: policy.Finding, other: Evidence) -> bool:
    """Whether a claim differs from one passage in numbers or days that another has, which doesn't refute it; a digit
    alone stands anywhere."""
    supported, refuted, _ = finding.verdict
    apart = [slot.claim_text for slot in first.slots if slot.kind in ("number", "date")]
    has = all(re.search(rf"(?<![\d.,]){re.escape(one)}(?![\d]|[.,]\d)", other.text) for one in apart)
    return (
        bool(apart) and has and all(len(one) > 1 for one in apart) and (supported > 0.5 or supported > refuted == 0.0)
    )


def _beside(model: Model, claim: str, hits: Sequence[Hit], most: int) -> tuple[str, list[tuple[Hit, str]]]:
    """A claim as it is meant, and each passage to be shown beside it with what of it is compared, as it is meant too:
    "" where nothing is, since it neither settles nor speaks of the claim."""
    mine = spelling.plain(claim[:MAX_CLAIM])
    theirs = {hit.passage.eid: of_now(_meant(hit.passage.text[:MAX_PASSAGE]), mine) for hit in hits}
    settling = [hit for hit in hits if hit.passage.role in policy.SETTLING]
    read = [replace(hit, passage=replace(hit.passage, text=theirs[hit.passage.eid])) for hit in settling]
    chosen, apart = choose(mine, read), apart_from(model, claim[:MAX_CLAIM])
    if tells := next((hit for hit in settling if status(mine, hit.passage) in BY_LOGIC), None):
        chosen = Chosen(tells.passage.eid, excerpt(mine, theirs[tells.passage.eid]))
    elif any(hit.passage.eid == chosen.eid and apart(hit.passage) for hit in settling):
        speaks = [one for one, hit in zip(read, settling, strict=True) if not apart(hit.passage)]
        chosen = choose(mine, speaks) if speaks else chosen
    order = sorted(hits, key=lambda hit: hit.passage.eid != chosen.eid)[:most]
    texts = [
        excerpt(mine, theirs[hit.passage.eid]) if hit.near >= model.thresholds.near or not at else ""
        for at, hit in enumerate(order)
    ]
    if chosen.eid:
        texts[0] = chosen.text
    return mine, list(zip(order, texts, strict=True))


def status(claim: str, passage: Passage) -> str | None:
    """What a passage makes of what a claim, as it is meant, says of a treaty's status, see status_of; else AGAINST
    where it says what is known to go against a fact."""
    told = None
    if joining.told(claim).statuses or superlatives.tells_place(claim):
        told = status_of(claim, _meant(passage.text[:MAX_PASSAGE]), lasting=passage.kind in ("fact", "law"))
    return AGAINST if told not in BY_LOGIC and contraries.against(claim, passage) else told


def status_of(claim: str, evidence: str, *, lasting: bool = True) -> str | None:
    """Whether what a claim says of a treaty's status is REFUTED by normalised evidence, BORNE out where it says nothing
    else, or PARTLY; None where either doesn't tell it. So is which in order Viet Nam joined it."""
    if placed := superlatives.placed(claim, evidence):
        return BORNE if placed[0] else REFUTED
    borne = joining.borne(claim, evidence, lasting=lasting)
    return None if borne is None else REFUTED if not borne else BORNE if joining.told(claim).whole else PARTLY


def _meant(passage: str) -> str:
    """A passage as it is meant. Evidence is shortened by capitals alone; to look for more takes eight times as long."""
    return spelling.plain(passage) if SHORTENED.search(passage) else normalise(passage)


def _meant_back(passage: str) -> Alignment:
    """The same with the way back to the passage."""
    return spelling.read(passage) if SHORTENED.search(passage) else align(passage)


def _elsewhere(hit: Hit) -> Laid:
    """A passage that speaks of something else: it neither supports nor contradicts, whatever a verdict would say."""
    role, passage = role_of(hit.passage.role), hit.passage
    evidence = Evidence(passage.eid, role, "related", 1.0 - hit.near, text=passage.text)
    return policy.Finding(passage.eid, role, (0.0, 0.0, 1.0), near=hit.near), evidence


def _laid(model: Model, claim: str, hit: Hit, shown: str, p: np.ndarray) -> Laid:
    """One passage beside the claim, as the policy sees it and as a person does."""
    passage = hit.passage
    binding = passage.kind in ("law", "fact")
    said = spelling.plain(claim[:MAX_CLAIM])
    told = status(said, passage)
    row: Sequence[float] = BY_LOGIC[told] if told in BY_LOGIC else unrefuted(p) if told == PARTLY else tuple(p.tolist())
    if told is None and binding and of(GRANTED, said).search(said):
        row = BY_LOGIC[AGAINST] if misreckoned(said, shown, vectors=model.verdict.vectors) else row
    # a passage that speaks of something else neither supports nor contradicts, however sure the verdict is
    near = hit.near >= model.thresholds.near
    relation: policy.Relation = policy.relation(row, model.thresholds) if near else "related"
    differing: tuple[Slot, ...] = ()
    if relation != "related":
        mine = spelling.read(claim[:MAX_CLAIM])
        their = _meant_back(passage.text[:MAX_PASSAGE])
        differing = _contrary_slot(mine, passage) if told == AGAINST else differences(model, mine, their, shown)
    if relation == "supports":
        if told != BORNE and any(map(opposed, differing)) and not instances.agrees(mine.text, shown, model.lexicon):
            relation, row = "related", (0.0, row[policy.REFUTED], 1.0 - row[policy.REFUTED])
        differing = ()
    elif relation == "contradicts":
        # a flag must explain itself: where nothing differs that a reader can be shown, nothing contradicts
        fits = not telling(differing) or _says_the_same(model, mine.text, shown, differing)
        # a case of the sentences shown isn't one of a bound that the others set
        wholes = dict.fromkeys((shown, their.text)) if binding else ()
        fits = fits or bool(wholes and all(_is_case(model, mine.text, one, differing) for one in wholes))
        fits = fits or (binding and _of_somebody(mine.text, shown))
        fits = fits or agreeing.agree(claim[:MAX_CLAIM], shown, differing)  # slots are told in the words as written
        fits = fits or bool(of(TWICE_DENIED, mine.text).search(mine.text)) or _is_asked(mine.text, differing)
        if fits and told not in (REFUTED, AGAINST):
            # "nữ 16 tuổi chưa được kết hôn" isn't refuted by "từ đủ 18 tuổi"
            relation, row, differing = "related", unrefuted(row), ()
    sure = {"contradicts": row[policy.REFUTED], "supports": row[policy.SUPPORTED]}.get(relation, row[2])
    role = role_of(passage.role)
    shown_slots = tuple(_as_written(slot, claim, passage.text) for slot in telling(differing))
    evidence = Evidence(passage.eid, role, relation, sure, first_slot(differing), shown_slots, passage.text)
    return policy.Finding(passage.eid, role, row, near=hit.near), evidence


def _is_asked(claim: str, differing: Sequence[Slot]) -> bool:
    """Whether a claim asks to deny what differs from the evidence most: "ai bị buộc phải khai đâu, …"."""
    asked = of(RHETORIC, claim).search(claim)
    return asked is not None and differing[0].claim_span[0] < asked.end()  # the most telling comes first


def _says_the_same(model: Model, claim: str, evidence: str, differing: Sequence[Slot]) -> bool:
    """Whether a claim tells the evidence's own numbers or superlative another way, how many of its days had come by a
    year, or a total of several of which the evidence tells one or only those that are paid, and differs in no name or
    day."""
    till = of(TILL, claim).search(claim)
    apart = [slot for slot in differing if slot.kind not in WORDED and not _named_elsewhere(slot, evidence)]
    dated = till and all((slot.kind, slot.claim_text) == ("date", till[1]) for slot in apart)
    if till and dated and _so_many_till(int(till[1]), evidence, differing):
        return True
    if apart:
        return False
    if of(SUMMED, claim).search(claim) and not of(SUMMED, evidence).search(evidence) and _at_least(differing):
        return True
    if _off_with_weekends(claim, evidence):
        return True
    if superlatives.tells_alike(claim, evidence):
        return True
    alike = all(slot.idle or slot.kind != "negation" for slot in differing)
    return reckoned(claim, evidence, vectors=model.verdict.vectors, roughly=alike)


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
    off, paid = of(DAYS_OFF, claim).match(claim), of(PAID_HOLIDAYS, evidence).search(evidence)
    if not (off and paid):
        return False
    if of(IN_A_ROW, claim).search(claim):
        return int(off[1]) <= LONGEST_ROW
    most = max(map(int, re.findall(r"\b(\d+) ngày\b", evidence)), default=0)
    return bool(of(IN_ALL, claim).search(claim)) and most < int(off[1]) <= MOST_IN_ALL


def _so_many_till(year: int, evidence: str, differing: Sequence[Slot]) -> bool:
    """Whether a claim says how many of the days that evidence lists had come by a year: "đến năm 2019 … ba"."""
    days = list(map(int, DAY.findall(evidence)))
    said = [slot.claim_text.lower() for slot in differing if slot.kind == "number"]
    come = sum(day <= year for day in days)
    return said in ([str(come)], *([word] for word, one in DIGITS.items() if one == come))


def _is_case(model: Model, claim: str, rule: str, differing: Sequence[Slot]) -> bool:
    """Whether a claim tells a case of a rule as the rule has it, or differs in no more than such a case's number."""
    if misreckoned(claim, rule, vectors=model.verdict.vectors):
        return False
    if any(told(claim, rule, model.lexicon) for told in (instances.agrees, instances.outside, paired, lawful.lets_be)):
        return True
    unfit = [slot for slot in differing if not _fits(slot, claim, rule)]
    if not unfit and instances.inside(claim, rule, model.lexicon):
        return True
    return all(slot.kind == "other" for slot in unfit) and _sentenced(claim, rule)  # by whom, or for which words


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
    told, fined = (of(one, claim).search(claim) for one in (SENTENCED, FINED))
    if of(RULING, claim).search(claim):
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
    if slot.kind == "actor":
        return said.isdisjoint(theirs)
    if slot.kind == "other" and of(APPLYING, slot.claim_text).fullmatch(slot.claim_text):
        # what a husband may not ask for, his wife may
        return not of(HUSBAND, rule).search(rule) or bool(of(HUSBAND, claim).search(claim))
    if slot.kind == "negation" and not slot.claim_text:  # whether the case is allowed is told by its signs
        return True
    if slot.kind == "other" and said and (said <= theirs or said == SUFFERED):
        return True
    if slot.kind == "other" and of(SOMEWHERE, slot.claim_text).fullmatch(slot.claim_text):
        return True
    if slot.kind == "negation" and fold(slot.claim_text.lower()) == "mat" and of(LOST, claim).search(claim):
        return True
    if (counting := COUNTING.get(slot.claim_text.lower())) and of(counting, claim).search(claim):
        return True
    return slot.kind in instances.BESIDE or (slot.idle and slot.kind in ("negation", "other"))


def _as_written(slot: Slot, claim: str, passage: str) -> Slot:
    """A slot in the words of the claim and the passage, where its own have their diacritics put back."""
    said, told = claim[slice(*slot.claim_span)], passage[slice(*slot.evidence_span)]
    return replace(
        slot,
        claim_text=said if fold(said) == fold(slot.claim_text) else slot.claim_text,
        evidence_text=told if fold(told) == fold(slot.evidence_text) else slot.evidence_text,
    )


def differences(model: Model, mine: Alignment, their: Alignment, shown: str) -> tuple[Slot, ...]:
    """The slots that differ, their spans in the claim and the passage as they were written."""
    found = _status_slot(mine.text, shown) or slots(mine.text, shown, vectors=model.verdict.vectors)
    return tuple(
        replace(
            slot,
            claim_span=mine.original_span(*slot.claim_span),
            evidence_span=_in_passage(their, shown, slot.evidence_span),
        )
        for slot in found[:SHOWN]
    )


def _status_slot(mine: str, shown: str) -> list[Slot]:
    """What tells one treaty's status differently, or the place in the order of who joined it."""
    if (placed := superlatives.placed(mine, shown)) and not placed[0]:
        _, claimed, told = placed
        return [Slot("number", claimed, told, mine[slice(*claimed)], shown[slice(*told)])]
    if not (spans := joining.against(mine, shown)):
        return []
    kind, claimed, told = spans
    return [Slot(kind, claimed, told, mine[slice(*claimed)], shown[slice(*told)])]


def _contrary_slot(mine: Alignment, passage: Passage) -> tuple[Slot, ...]:
    """What is known to go against a fact, as it was written, and the fact's own words."""
    if (spans := contraries.against(mine.text, passage)) is None:
        return ()
    claimed, told = (mine.text[slice(*spans[0])], passage.text[slice(*spans[1])])
    kind = "number" if re.search(r"\d", claimed) else "other"
    return (Slot(kind, mine.original_span(*spans[0]), spans[1], claimed, told),)


def _in_passage(their: Alignment, shown: str, span: tuple[int, int]) -> tuple[int, int]:
    """Where a span of an excerpt lies in its passage: by the sentence it begins in, to its end, as the next may be of
    elsewhere; (0, 0) when it can't be told."""
    start, end = next(((a, b) for a, b in sentences(shown) if a <= span[0] < b), (span[0], span[1]))
    text = their.text.replace("\n", " ")  # lines chosen one after the other are joined by a blank
    at = max(text.find(shown[start:end]), of_now(text).find(shown[start:end]))
    if at < 0:
        return (0, 0)
    return their.original_span(at + span[0] - start, at + min(span[1], end) - start)


def apart_from(model: Model, claim: str) -> Callable[[Passage], bool]:
    """Whether a passage speaks of another country, time, law, treaty, body or thing than a claim."""
    cited, said = instruments.cited(claim, model.lexicon), spelling.plain(claim)
    named = joining.told(said).named

    def apart(passage: Passage) -> bool:
        meant = _meant(passage.text[:MAX_PASSAGE])
        if (
            setting.apart(claim, passage)
            or instruments.apart(cited, passage, model.lexicon)
            or instruments.other_body(said, passage.text)
            or (named and joining.apart(said, meant))
        ):
            return True
        # news tells the rest elsewhere, a fact or an article of law nowhere
        return passage.kind in ("law", "fact") and (
            joining.of_no_treaty(said, meant)
            or another(said, passage.text, passage.source)
            or of_others(said, passage.text, model.lexicon)
            or has_its_own(said, passage.text[:MAX_PASSAGE])
            or instruments.other_day(said, passage)
            or instruments.other_year(said, passage)
            or (passage.kind == "law" and setting.changes(said))
        )

    return apart


def unsettled(finding: policy.Finding, evidence: Evidence) -> Laid:
    """A passage that settles nothing of what a claim says, however alike their words: as if nothing were found."""
    if evidence.relation != "related":
        evidence = replace(evidence, relation="related", p=finding.verdict[2], slot="", slots=())
    return replace(finding, verdict=(0.0, policy.PRIOR, 1 - policy.PRIOR)), evidence


def unrefuted(row: Sequence[float] | np.ndarray) -> tuple[float, float, float]:
    """A verdict where what differs is no contradiction after all."""
    supported, refuted, untold = map(float, row)
    return supported, 0.0, refuted + untold


def role_of(role: str) -> policy.Role:
    """A role as the policy knows it; anything else is no more than a party's word."""
    return "primary" if role == "primary" else "independent" if role == "independent" else "party"


def first_slot(found: Sequence[Slot]) -> str:
    return next((slot.kind for slot in telling(found)), "")
