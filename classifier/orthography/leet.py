"""Digits and signs written for letters: b4o, c0n9."""

import re
from functools import lru_cache

from classifier.text import Edit, letters
from classifier.text.letters import WORD, fold, is_syllable
from classifier.text.restore import COMMON, is_unaccented, shipped

_LEET = re.compile(r"(?:[\w@$|]|(?<=[^\W_])!(?=[^\W_]))+")
_FIGURE = re.compile(r"[0-9@$|]|(?<=[^\W_])!(?=[^\W_])")
_MIXED = re.compile(r"[0-9@$|!](?:[^\W0-9]|(?<=[^\W0-9].))")  # in every word that has letters and figures
_FIGURES = str.maketrans("013456789@$|!", "oieasgtbgasli")
_FIGURES_L = str.maketrans("013456789@$|!", "oleasgtbgasll")
_CODE = re.compile(r"[^\W\d_]{1,3}[0-9]+")  # x4, b1: a word, or the name of a thing
_MEASURE = re.compile(r"[0-9]+[^\W\d_]{1,3}[0-9]*|[^\W\d_]{1,3}[0-9]+|[0-9@$|]+", re.ASCII)


def figures(said: str) -> list[Edit]:
    """Digits and signs written for letters: b4o, c0n9."""
    if not _MIXED.search(said):
        return []
    words = (match for match in _LEET.finditer(said) if not match[0].isalpha() and _FIGURE.search(match[0]))
    found = [(match, figured(match.group())) for match in words]
    if not any(new for _, new in found):
        return []
    sure = any(new and not _MEASURE.fullmatch(match.group()) for match, new in found)
    bare = is_unaccented(said)
    edits = []
    for match, new in found:
        written = match.group()
        if not new or (sure and written.isdecimal()):
            continue
        meant, fits = (
            (new, False)
            if bare
            else _in_place(new, said[: match.start()], _LEET.sub(_plainer, said[match.end() :][:24]))
        )
        if sure or not _MEASURE.fullmatch(written) or (fits and written.islower() and _CODE.fullmatch(written)):
            edits.append((match.start(), match.end(), meant))
    return edits


def _plainer(word: re.Match[str]) -> str:
    return (_FIGURE.search(word.group()) and figured(word.group())) or word.group()


def _in_place(new: str, before: str, after: str) -> tuple[str, bool]:
    """A syllable whose marks a digit may have taken, with those its neighbours ask for; whether they know it."""
    left, right = WORD.findall(before[-24:])[-2:], WORD.findall(after[:24])[:2]
    model = shipped()
    likely = model.restore(" ".join([*left, fold(new), *right])).split()
    meant = likely[len(left)] if len(likely) == len(left) + 1 + len(right) else new
    if letters.split_tone(new)[1] or not _keeps(new.lower(), meant):
        meant = new.lower()
    beside = [(one, meant) for one in left[-1:]] + [(meant, one) for one in right[:1]]
    known = bool(beside) and all(model.follows(one.lower(), two.lower()) for one, two in beside)
    return (meant.capitalize() if new[:1].isupper() else meant), known


def _keeps(new: str, meant: str) -> bool:
    """Whether a form has every mark that was written."""
    return len(new) == len(meant) and all(
        a in (b, fold(b)) for a, b in zip(new, letters.split_tone(meant)[0], strict=False)
    )


@lru_cache(maxsize=8192)
def figured(word: str) -> str:
    """The syllable that figures and signs spell, "" for none."""
    if not any(letter.isalpha() for letter in word) or len(word) > 10:
        return ""
    for table in (_FIGURES, _FIGURES_L):
        meant = word.lower().translate(table)
        if word.isascii() and meant in ("ko", "hok", "hong"):
            return "không"
        if is_syllable(meant) and shipped().frequency.get(fold(meant), 0) > COMMON:
            return meant.capitalize() if word[:1].isupper() else meant
    return ""
