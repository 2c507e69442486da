"""Whether a claim says of an act what a rule's sentence says of it: allowed, due or granted, or not."""

from itertools import pairwise

from classifier.semantics.deontic import BACK, COMMON, REACH, SIGNS, Meaning
from classifier.semantics.ranges import LEAST, MOST, UNDER
from classifier.text.letters import fold

Words = tuple[frozenset[str], frozenset[str]]  # as typed with diacritics, and without


def with_bare(words: str) -> Words:
    """Words to be looked up by how a text is typed: without diacritics "chi" is "chỉ", with them it spends."""
    return frozenset(words.split()), frozenset(fold(words).split())


DENIALS = (frozenset({"không", "chưa", "chẳng", "chả"}), frozenset({"khong", "chua", "chang"}))  # "cha" is a father
THEN = with_bare("thì")
BOUNDS = frozenset((*UNDER, *MOST, *LEAST))
COMMON_BARE = frozenset(map(fold, COMMON))
NEAR = 4  # syllables before a word in which it is denied
AFAR = 6  # … as one of two: "không có đe dọa hay lừa gạt"


def counted_in(text: Meaning) -> set[int]:
    """The syllables of a text's numbers with what they count."""
    return {at for one in text.numbers for at in range(one.first, one.last)}


def acts_of(text: Meaning) -> set[int]:
    """The syllables of what is allowed, due or granted, or not: "không được hưởng", but not a bare "không"."""
    return {at for one in text.cues if one.id != "negation" for at in range(one.first, one.last)}


def denied_at(claim: Meaning, at: int, near: int = NEAR) -> bool:
    """Whether a claim denies a word, and not the act before it: "không thuộc hộ nghèo", "không được trợ cấp"."""
    acts = acts_of(claim)
    denials = [one for one in range(max(0, at - near), at) if claim.cut.words[one] in DENIALS[claim.cut.bare]]
    return bool(denials) and acts.isdisjoint(range(denials[-1], at))


def turns(claim: Meaning, rule: Meaning, sentence: int) -> bool | None:
    """Whether a claim says the opposite of a sentence of a rule: it denies an act that this grants, or the other way
    round. False where both say alike, or the claim has no sign and the rule denies nothing; else None."""
    places: dict[tuple[str, str], list[int]] = {}
    for at, words in enumerate(pairwise(rule.folded)):
        if rule.cut.sentence[at] == sentence and not COMMON_BARE.issuperset(words):
            places.setdefault(words, []).append(at)
    counted = counted_in(claim)  # "75 phần trăm" is no act
    met = [
        (at, place)
        for at, words in enumerate(pairwise(claim.folded))
        if at not in counted
        for place in places.get(words, ())
    ]
    for behind in (0, BACK + 2):
        signs = [(sign_at(claim, at, behind=behind), at, place) for at, place in met]
        said: dict[int, set[bool]] = {}
        for one, at, place in signs:
            if one and (behind or not _forbids_behind(rule, place)):
                # needless, where a rule calls it lacking: "không cần lừa gạt", "dù không có lừa gạt"
                theirs = sign_at(rule, place, behind=behind) or (-1 if one < 0 and denied_at(rule, place, AFAR) else 1)
                said.setdefault(at, set()).add(one != theirs)
        # what a rule says both ways tells nothing: "miễn cùng chi trả khi tiền cùng chi trả …"
        votes = {one for both in said.values() if len(both) == 1 for one in both}
        # "có lương hưu" where the rule has "không có lương hưu"
        votes |= {
            True
            for one, at, place in signs
            if not one
            and sign_at(rule, place, reach=0) < 0
            and not DENIALS[rule.cut.bare].isdisjoint(rule.cut.words[max(0, place - 2) : place + 1])
            and claim.cut.words[at] not in DENIALS[claim.cut.bare]
            and not denied_at(claim, at)
        }
        if len(votes) > 1:  # what comes of a case says more than the case and what is told behind
            main = main_clause(claim)
            votes = {one for at, both in said.items() if at in main and len(both) == 1 for one in both}
        if votes:
            return votes.pop() if len(votes) == 1 else None
    return None if claim.cues or any(sign_at(rule, place) < 0 for _, place in met) else False


def main_clause(text: Meaning) -> range:
    """The syllables behind a text's first "thì" up to the next break: "chưa được tự đăng ký" in "15 tuổi thì chưa được
    tự đăng ký, cha mẹ phải đăng ký giùm"; none without it."""
    words = text.cut.words
    then = next((at for at, word in enumerate(words) if word in THEN[text.cut.bare]), len(words))
    return range(then, next((at for at in range(then + 1, len(words)) if parted(text, at - 1, at)), len(words)))


def _forbids_behind(rule: Meaning, at: int) -> bool:
    """Whether a rule only names at a syllable what it forbids behind it: "thuốc này cấm dùng cho …"."""
    sentence = rule.cut.sentence
    cues = [one for one in rule.cues if sentence[one.first] == sentence[at] and not is_bounding(rule, one.first)]
    return bool(cues) and at < cues[0].first <= at + BACK + 2 and all(one.id == "ban" for one in cues)


def sign_at(text: Meaning, at: int, *, reach: int = REACH, behind: int = 0) -> int:
    """The sign of the words that allow or forbid what stands at a syllable, before it or else behind; 0 for none."""
    sentence = text.cut.sentence
    near = [one for one in text.cues if sentence[one.first] == sentence[at] and not is_bounding(text, one.first)]
    ruling = [one for one in near if one.first <= at <= one.last + reach]
    ruling = ruling or [one for one in near if at < one.first <= at + behind and not parted(text, at, one.first)][:1]
    if not ruling:
        return 0
    sign, first = SIGNS[ruling[-1].id], ruling[-1].first
    for one in reversed(ruling[:-1]):
        if one.last < first:
            break
        sign, first = sign * SIGNS[one.id], one.first
    # a longer cue that starts inside another swallows it: "không được trợ giúp"
    swallowed = DENIALS[text.cut.bare].intersection(text.cut.words[max(0, first - 1) : first]) and all(
        one.last != first for one in near
    )
    return -sign if swallowed else sign


def parted(text: Meaning, one: int, two: int) -> bool:
    """Whether more than a blank stands somewhere between two syllables."""
    spans = text.cut.spans[one : two + 1]
    return any(after[0] - before[1] > 1 for before, after in pairwise(spans))


def is_bounding(text: Meaning, first: int) -> bool:
    """Whether a cue belongs to a number: "chưa đủ 15"."""
    return any(" ".join(text.cut.words[first : one.first]) in BOUNDS for one in text.numbers if one.first > first)
