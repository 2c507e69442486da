"""A superlative told by denying every other: "không nước nào … trước Việt Nam" beside "nước đầu tiên".

Patterns are of folded letters, so that a text without diacritics is read alike.
"""

import re

from classifier.deontic import COMMON
from classifier.letters import fold
from classifier.setting import SAME
from classifier.treaties import masked

BEFORE = 3  # syllables before a superlative that say among whom: "nước châu Á đầu tiên"
NO = r"\b(?:khong|chua|chang|cha)\b"
# none … before, more or but this one: how it is so, and who that is
NONE = re.compile(rf"{NO}(?: co)?(?: (?!(?:nao|hon)\b)\w+){{1,9}} nao\b(?P<behind>[^.;!?\n]*)")
THAN = re.compile(r"\b(?:(?P<how>\w+) hon|truoc(?: ca)?|(?P<but>ngoai|tru|ngoai tru))(?: ca)? (?P<one>\w+(?: \w+)?)")
IN = re.compile(r" (?:o|tai|trong|tren|cua|thuoc) (\w+ \w+)")  # behind one: "đầu tiên ở châu Á"
FIRST, SOLE = "dau tien|som nhat", "duy nhat"
ALIKE = tuple(frozenset(map(fold, names)) for names in SAME)
COMMON_BARE = frozenset(map(fold, COMMON))


def tells_alike(claim: str, evidence: str) -> bool:
    """Whether a normalised claim denies of every other what the evidence says of one as the first, the most or the
    only one, among the same and of the same one."""
    said, told = fold(claim).lower(), fold(evidence).lower()
    none = NONE.search(said)
    than = THAN.search(said, none.start("behind")) if none else None
    if none is None or than is None or than.start() >= none.end():
        return False
    how = than["how"]
    most = SOLE if than["but"] else FIRST if how in (None, "som") else rf"{how} nhat"
    found = re.search(rf"\b(?:{most})\b", told)
    if found is None or not _names(than["one"], told):
        return False
    among = set(re.findall(r"\w+", told[: found.start()])[-BEFORE:])
    behind = IN.match(told, found.end())
    among = among.union(behind[1].split() if behind else ()) - COMMON_BARE
    rest = re.split(r"[.;!?\n]", told[found.end() :], maxsplit=1)[0]
    turned = len(re.findall(NO, none["behind"])) - len(re.findall(NO, rest))
    return among.issubset(re.findall(r"\w+", said)) and turned % 2 == 0 and _of_one(said, told)


def _of_one(said: str, told: str) -> bool:
    """Whether no treaty that one names is left out by the other, where both name any."""
    mine, theirs = (set(masked(text)[1]) for text in (said, told))
    return not mine or not theirs or mine <= theirs


def _names(one: str, text: str) -> bool:
    """Whether a text names one, by this name or by another of the same, which the first of two words may be."""
    names = {one, one.split(maxsplit=1)[0]}
    same = {other for names_alike in ALIKE if names & names_alike for other in names_alike}
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in {one, *same})
