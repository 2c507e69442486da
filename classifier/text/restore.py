"""Put back the diacritics of a text typed on a bare keyboard: pairs of syllables counted on news, best path of all;
and the capitals of one typed small, by how news writes the same pairs.

A guess, for reading only: what is shown and stored stays as written. Words of the evidence, given as hints, win over
the model, because a claim is most often about the same people, places and things as its evidence.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain, compress, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier import files
from classifier.errors import ModelRefused
from classifier.text.letters import cased, fold
from classifier.text.reading import normalise

FILE = "restore.npz"
SEEN = 8  # times a form must occur to be one
PAIRS = 400_000  # pairs of forms kept, the commonest: with them the file stays under 1 MB
HINT, HINT_PAIR = 6.0, 8.0  # what a syllable and a pair of the evidence weigh, in log probability
TRUST = 0.9  # weight of the pair's count beside the form's own
FORMS = 12  # of one syllable that are weighed, the commonest
COMMON = 30  # times news must have a syllable for a guess to lead to it
SURE = 300  # and for a slip of the finger to be mended to it
LIMIT = 20_000  # characters of a text that are restored

_SYLLABLE = re.compile(r"[^\W\d_]+")
_UNIT = re.compile(r"[^\W\d_]+|\d[\d.,/-]*")
_NUMBER = "0"  # the form of every number: "nam 2015" is a year
_YEAR = re.compile(r"(?:19|20)\d\d\D*")
LEVELS = 4  # to which the share of capitals of either of a pair is rounded: 0 for never, 3 for always
GREAT = 0.8  # share of capitals from which a form standing alone is a name
_NEVER, _RARE = math.log(1e-8), math.log(1e-5)

Ints = NDArray[np.int64]
Option = tuple[int, str, float]  # number of the form or -1, the form, log probability of the form on its own
Way = tuple[float, int, str, int]  # score, number of the last form or -1, the form, which path it came from


class Restorer:
    """Counts of accented forms and of their pairs, and which are mostly written with capitals."""

    def __init__(
        self, forms: list[str], counts: list[int], pairs: dict[int, int], great: frozenset[str], cased: dict[int, int]
    ) -> None:
        """pairs: number of the first form * number of forms + number of the second → count; great: forms written
        with a capital within a sentence; cased: of a pair, the level of its first times LEVELS + that of its second."""
        self.forms, self.counts, self.pairs = forms, counts, pairs
        self.great, self.cased = great, cased
        total = sum(counts) or 1
        self.frequency: dict[str, int] = {}  # of a syllable without diacritics
        self._options: dict[str, list[Option]] = {}
        for number, (form, count) in enumerate(zip(forms, counts, strict=True)):
            bare = fold(form)
            self.frequency[bare] = self.frequency.get(bare, 0) + count
            self._options.setdefault(bare, []).append((number, form, math.log((1 - TRUST) * count / total)))
        for bare, options in self._options.items():
            options.sort(key=lambda option: -option[2])
            self._options[bare] = options[:FORMS]
        self.numbers = {form: number for number, form in enumerate(forms)}

    def count(self, form: str) -> int:
        """How often news has an accented form; 0 for an unknown one."""
        number = self.numbers.get(form)
        return 0 if number is None else self.counts[number]

    def forms_of(self, bare: str) -> list[str]:
        """The commonest forms of a syllable without diacritics."""
        return [form for _, form, _ in self._options.get(bare, ())]

    def together(self, one: str, two: str) -> int:
        """How often news has the one form before the other."""
        first, second = self.numbers.get(one), self.numbers.get(two)
        return 0 if first is None or second is None else self.pairs.get(first * len(self.forms) + second, 0)

    def follows(self, one: str, two: str) -> bool:
        """Whether news has the one form before the other."""
        return self.together(one, two) > 0

    def before(self, form: str, initial: str) -> str:
        """The form that news most often has before a known one, among those that begin so; "" when none stands out."""
        number = self.numbers[form]
        seconds, firsts, counts = self._turned
        low, high = np.searchsorted(seconds, [number, number + 1])
        found = [
            (int(count), self.forms[first])
            for first, count in zip(firsts[low:high].tolist(), counts[low:high].tolist(), strict=True)
            if self.forms[first].startswith(initial) and len(self.forms[first]) > len(initial)
        ]
        best = max(found, default=(0, ""))
        return best[1] if 2 * best[0] > sum(count for count, _ in found) and best[0] >= SEEN else ""

    @cached_property
    def _turned(self) -> tuple[Ints, Ints, Ints]:
        """Second forms in order, and beside them the first forms and counts of their pairs; made when first asked."""
        keys = np.fromiter(self.pairs, dtype=np.int64, count=len(self.pairs))
        counts = np.fromiter(self.pairs.values(), dtype=np.int64, count=len(self.pairs))
        firsts, seconds = np.divmod(keys, max(len(self.forms), 1))
        order = np.lexsort((firsts, seconds))
        return seconds[order], firsts[order], counts[order]

    def capitals(self, forms: Sequence[str]) -> list[bool]:
        """Which of the small forms of a clause news mostly writes with a capital where they stand."""
        numbers = [self.numbers.get(_unit(form), -1) for form in forms]
        pairs = [one * len(self.forms) + two if min(one, two) >= 0 else -1 for one, two in pairwise(numbers)]
        cases = [divmod(self.cased.get(pair, 0), LEVELS) if pair in self.pairs else None for pair in pairs]
        found = []
        for form, before, after in zip(forms, [None, *cases], [*cases, None], strict=False):  # no forms, no pairs
            levels = [*([before[1]] if before else []), *([after[0]] if after else [])]
            found.append(2 * sum(levels) > (LEVELS - 1) * len(levels) if levels else form in self.great)
        return found

    def restore(self, text: str, *, hints: Iterable[str] = ()) -> str:
        """The text with its likeliest diacritics; syllables that have some, and unknown ones, stay as they are."""
        found = list(_UNIT.finditer(text[:LIMIT]))
        chosen = self._best([match.group() for match in found], _Hints(hints))
        pieces, at = [], 0
        for match, form in zip(found, chosen, strict=True):
            if form == _NUMBER:
                continue
            pieces += [text[at : match.start()], form]
            at = match.end()
        return "".join(pieces) + text[at:]

    def _best(self, units: list[str], evidence: "_Hints") -> list[str]:
        """Viterbi over the forms of each syllable."""
        paths: list[Way] = [(0.0, -1, "", -1)]
        trail: list[list[Way]] = []
        syllables = list(map(_unit, units))
        for syllable, behind in zip(syllables, [*units, ""][1:], strict=True):
            # before a year evidence tells nothing: "nam 1990" is "năm 1990", beside "Việt Nam" too
            hinted = set() if _YEAR.fullmatch(behind) else evidence.by_bare.get(syllable.lower(), set())
            paths = self._extended(paths, self._forms_of(syllable, hinted), evidence.pairs)
            trail.append(paths)
        chosen: list[str] = []
        at = paths.index(max(paths))
        for column in reversed(trail):
            chosen.append(column[at][2])
            at = column[at][3]
        chosen.reverse()
        return [cased(form, written) for form, written in zip(chosen, syllables, strict=True)]

    def _forms_of(self, syllable: str, hinted: set[str]) -> list[Option]:
        lower = syllable.lower()
        if not lower.isascii():
            return [(self.numbers.get(lower, -1), lower, 0.0)]
        options = self._options.get(lower, [])
        if not hinted:
            return options or [(-1, lower, _NEVER)]
        known = [(number, form, own + (HINT if form in hinted else 0.0)) for number, form, own in options]
        listed = {form for _, form, _ in known}
        return known + [(self.numbers.get(form, -1), form, HINT + _RARE) for form in sorted(hinted - listed)]

    def _extended(self, paths: list[Way], options: list[Option], hinted: set[tuple[str, str]]) -> list[Way]:
        """For each form of the next syllable the best way to it."""
        pairs, size, counts = self.pairs, len(self.forms), self.counts
        bases = [(score, before * size, counts[before] if before >= 0 else 1, form) for score, before, form, _ in paths]
        extended = []
        for number, form, own in options:
            best, back = -math.inf, 0
            for place, (score, base, count, before) in enumerate(bases):
                seen = pairs.get(base + number, 0) if number >= 0 and base >= 0 else 0
                total = score + (math.log(math.exp(own) + TRUST * seen / count) if seen else own)
                if hinted and (before, form) in hinted:
                    total += HINT_PAIR
                if total > best:
                    best, back = total, place
            extended.append((best, number, form, back))
        return extended


class _Hints:
    """Syllables of the evidence and their neighbours."""

    def __init__(self, texts: Iterable[str]) -> None:
        read = [[match.group().lower() for match in _SYLLABLE.finditer(text[:LIMIT])] for text in texts]
        self.pairs = {pair for syllables in read for pair in pairwise(syllables)}
        self.by_bare: dict[str, set[str]] = {}
        for form in chain.from_iterable(read):
            self.by_bare.setdefault(fold(form), set()).add(form)


def _unit(written: str) -> str:
    return _NUMBER if written[0].isdigit() else written


@lru_cache(maxsize=256)
def is_unaccented(text: str) -> bool:
    """True for a text of several words that has none, or hardly any, of the diacritics Vietnamese needs."""
    text = text[:LIMIT]
    begun = text[: 2 * len(text) // 5].rpartition(" ")[0]
    if not begun.isascii():  # mostly its beginning tells, however many syllables the rest may have
        syllables = _SYLLABLE.findall(begun)
        if _marked(syllables) > (len(syllables) + (len(text) - len(begun)) // 2) // 12:
            return False
    syllables = _SYLLABLE.findall(text)
    return len(syllables) >= 3 and _marked(syllables) <= len(syllables) // 12


def _marked(syllables: Sequence[str]) -> int:
    """How many syllables have a diacritic."""
    return len(syllables) - sum(map(str.isascii, syllables))


def restore(text: str, *, hints: Iterable[str] = ()) -> str:
    """The text with its likeliest diacritics by the shipped model; hints are texts whose words are preferred."""
    return shipped().restore(text, hints=hints)


@lru_cache(maxsize=1)
def shipped() -> Restorer:
    """The model that comes with the program, in a checkout or in a wheel; raises ModelRefused without it."""
    folder = files.shipped("models", "default")
    if (folder / FILE).exists():
        return load(folder)
    raise ModelRefused(f"The model for diacritics ({FILE}) is missing from models/default; install Soi again.")


def train(texts: Iterable[str]) -> Restorer:
    """Count forms and pairs in texts that have their diacritics; the order of the texts doesn't matter."""
    ones: Counter[str] = Counter()
    twos: Counter[tuple[str, str]] = Counter()
    great: Counter[str] = Counter()  # times with a capital where no sentence begins
    inside: Counter[str] = Counter()
    first: Counter[tuple[str, str]] = Counter()
    second: Counter[tuple[str, str]] = Counter()
    quiet: Counter[tuple[str, str]] = Counter()  # pairs in a part that doesn't shout
    begun: Counter[tuple[str, str]] = Counter()  # pairs that begin one
    for text in texts:
        for part in re.split(r"[^\w\s]", normalise(text)):
            written = list(map(_unit, _UNIT.findall(part)))
            syllables = [one.lower() for one in written]
            pairs = list(pairwise(syllables))
            ones.update(syllables)
            twos.update(pairs)
            if part.isupper() or not pairs:
                continue
            capital = [one[0].isupper() for one in written]
            inside.update(syllables[1:])
            great.update(compress(syllables[1:], capital[1:]))
            quiet.update(pairs)
            begun[pairs[0]] += 1
            first.update(compress(pairs[1:], capital[1:]))
            second.update(compress(pairs, capital[1:]))
    forms = sorted(form for form, count in ones.items() if count >= SEEN)
    numbers = {form: number for number, form in enumerate(forms)}
    kept = sorted(
        ((count, one, two) for (one, two), count in twos.items() if count > 1 and one in numbers and two in numbers),
        key=lambda row: (-row[0], row[1], row[2]),
    )[:PAIRS]
    keys = {(one, two): numbers[one] * len(forms) + numbers[two] for _, one, two in kept}
    levels = {
        keys[pair]: LEVELS * _level(first[pair], quiet[pair] - begun[pair]) + _level(second[pair], quiet[pair])
        for pair in keys
    }
    return Restorer(
        forms,
        [ones[form] for form in forms],
        {keys[one, two]: count for count, one, two in kept},
        frozenset(form for form in forms if great[form] > GREAT * inside[form]),
        {key: level for key, level in levels.items() if level},
    )


def _level(cased: int, times: int) -> int:
    """The share of capitals, rounded to one of LEVELS."""
    return round((LEVELS - 1) * cased / times) if times else 0


def save(model: Restorer, folder: Path) -> None:
    """Write the model; the same counts give the same bytes."""
    keys = np.array(sorted(model.pairs), dtype=np.int64)
    counts = np.array([model.pairs[int(key)] for key in keys], dtype=np.float64)
    np.savez_compressed(
        folder / FILE,
        forms=files.packed_words(model.forms),
        counts=np.array(model.counts, dtype=np.uint32),
        steps=np.diff(keys, prepend=0).astype(np.uint32),
        pairs=np.round(np.log2(counts) * 8).astype(np.uint8),  # within 4.5 % of the count
        great=np.packbits([form in model.great for form in model.forms]),
        cased=np.array([model.cased.get(int(key), 0) for key in keys], dtype=np.uint8),
    )


def load(folder: Path) -> Restorer:
    """Read a model back; ModelRefused for a file that isn't one."""
    with files.arrays_of(folder / FILE) as kept:
        forms = files.unpacked_words(kept["forms"])
        counts = kept["counts"].tolist()
        keys = np.cumsum(kept["steps"].astype(np.int64)).tolist()
        pairs = np.round(2.0 ** (kept["pairs"] / 8)).astype(np.int64).tolist()
        bits, cases = np.unpackbits(kept["great"]).tolist(), kept["cased"].tolist()
        if not (len(counts) == len(forms) <= len(bits) and len(keys) == len(pairs) == len(cases)):
            raise ValueError("tables of different length")
    great = frozenset(form for form, bit in zip(forms, bits, strict=False) if bit)
    cased = {key: case for key, case in zip(keys, cases, strict=True) if case}
    return Restorer(forms, counts, dict(zip(keys, pairs, strict=True)), great, cased)
