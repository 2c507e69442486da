"""Whether a writer stands by a claim of his text, denies it or only comments on its matter: his stance, read beside the
evidence that refutes it.

A debunk says the words of the claim it denies, and so does who jokes about it or asks for it. Words that the evidence
has too say what a text is about, and are read as a blank; the segment that holds the claim, and its clause, are read
apart from what stands before and behind. These are the stances of rumour evaluation, queries among the comments.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ClassifierError
from classifier.estimators import BaseEstimator, ClassifierMixin
from classifier.orthography import spelling
from classifier.readers import amid
from classifier.readers.amid import Amid
from classifier.readers.grams import BITS, gram_matrix, tokens
from classifier.readers.heads import (
    FOLDS,
    Apart,
    Features,
    Heads,
    Lesson,
    Reading,
    fit_heads,
    lesson_of,
    load_heads,
    read,
    save_heads,
    scores,
    thresholds_of,
)
from classifier.readers.linear import LinearReader
from classifier.text import fold
from classifier.text.clauses import CLAUSE, segments
from classifier.text.letters import WORD

STANCES = SUPPORT, DENY, COMMENT = "support", "deny", "comment"
NAME, POSTS = "stance", "posts"
THRESHOLDS = "deny_threshold", "comment_threshold", "support_threshold"
WEIGHED = "amid", "single"
SETTINGS = "strength", "kept", "stated", "passed", "seed"
STRENGTH = 10.0  # inverse regularisation; with 3 and 30 AUC is within 0.003
KEPT = 0.93  # share of claims that their writers stand by which must not be taken for denied, out of fold
STATED = 0.95  # likewise, which must not be taken for comments
PASSED = 0.01  # share of denials and comments that may be taken for claims whose writers stand by them, out of fold
MOST_GRAMS = 40_000  # of two heads
REACH = 3  # segments read before a claim, and behind it
ENDS = " \t\n.!…"  # of a segment that is said again
_BLANK = re.compile(r"_(?:\s+_)+")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim in its text: the segment that holds it and those before and behind, as they are read, and the words of
    its evidence as known_words gives them."""

    before: tuple[str, ...]
    claim: str
    behind: tuple[str, ...]
    known: frozenset[str]

    @property
    def whole(self) -> str:
        """All three."""
        return _joined(*self.before, self.claim, *self.behind)

    @property
    def around(self) -> int:
        """How many segments stand around the claim."""
        return len(self.before) + len(self.behind)

    def alone(self) -> Self:
        """The claim with nothing around it."""
        return replace(self, before=(), behind=())

    def apart(self) -> list[Self]:
        """The claim with nothing around it, and with each segment around it by itself."""
        alone = self.alone()
        before = [replace(alone, before=(one,)) for one in self.before]
        return [alone, *before, *(replace(alone, behind=(one,)) for one in self.behind)]


def known_words(*texts: str) -> frozenset[str]:
    """The words of texts without diacritics; numbers are left out: another one is how a debunk puts a claim right."""
    return frozenset(word for text in texts for word in WORD.findall(fold(spelling.meant(text))) if word.isalpha())


def told(
    text: str,
    known: frozenset[str],
    *,
    meant: Callable[[str], str],
    about: frozenset[str] = frozenset(),
    span: tuple[int, int] | None = None,
) -> Told:
    """A claim in its text, each segment as meant gives it. Of the segments that touch its span, of all without one,
    that holds it which has most words it is about; those are the known ones where none are given. Said again, it stands
    by itself."""
    cuts = segments(text)
    start, end = span or (0, len(text))
    touched = {at: meant(text[first:last]) for at, (first, last) in enumerate(cuts) if first < end and start < last}
    if not touched:
        return Told((), meant(text[start:end]), (), known)
    at = max(touched, key=lambda one: _shared(touched[one], about or known))
    claim = _again(text[slice(*cuts[at])])
    behind = (text[slice(*cut)] for cut in cuts[at + 1 :])
    before = (text[slice(*cut)] for cut in reversed(cuts[:at]))
    said_before, said_behind = (
        [meant(one) for one in islice((one for one in others if _again(one) != claim), REACH)]
        for others in (before, behind)
    )
    return Told(tuple(reversed(said_before)), touched[at], tuple(said_behind), known)


def _again(text: str) -> str:
    """A segment as it is known for the same where it is said again; a question isn't."""
    return fold(text).strip(ENDS)


class StanceReader(LinearReader, ClassifierMixin, BaseEstimator):
    """Three stances by two heads, p(deny) and p(comment), calibrated on texts they did not learn from; it is asked of
    claims in their texts."""

    def __init__(
        self,
        cues: Features,
        *,
        strength: float = STRENGTH,
        kept: float = KEPT,
        stated: float = STATED,
        passed: float = PASSED,
        seed: int = 0,
    ) -> None:
        self.cues = cues
        self.strength = strength
        self.kept = kept
        self.stated = stated
        self.passed = passed
        self.seed = seed

    deny_threshold_: float  # p(deny) from which on a claim counts as denied
    comment_threshold_: float  # p(comment) from which on nothing is claimed
    support_threshold_: float  # p(support) from which on a writer surely stands by a claim
    amid: Amid | None = None  # what weighs claims amid other sentences, where whole posts were learned from
    single: Amid | None = None  # likewise claims with nothing around them, where enough of these were
    posts_: Heads | None = None  # what the n-grams of those say, unless it was learned before there was such a head
    held_apart_: Floats  # p(held) of each of those posts by others

    def fit(self, rows: Sequence[Told], y: Sequence[str], groups: Sequence[str] | None = None) -> Self:
        """Learn from claims in their texts and the stances to them; claims of a group are never parted by a fold.
        Raises ClassifierError unless each has one of STANCES, and each of these stands for some."""
        stances = np.asarray(y)
        if len(stances) != len(rows) or set(stances) != set(STANCES):
            raise ClassifierError(f"stances must be one of {', '.join(STANCES)} for each of {len(rows)} texts, and all")
        from sklearn.model_selection import GroupKFold

        reading, targets = self._read(rows), np.stack([stances == DENY, stances == COMMENT], axis=1)
        lesson = lesson_of(targets, None, None, self.cues.manner())
        fold_of, logits = np.zeros(len(rows), dtype=np.int64), np.zeros(targets.shape)
        parted = GroupKFold(min(FOLDS, len(set(groups or range(len(rows))))), shuffle=True, random_state=self.seed)
        for number, (learn, test) in enumerate(parted.split(rows, groups=groups or range(len(rows)))):
            found = self._heads(reading.take(learn), lesson.take(learn))
            fold_of[test], logits[test] = number, scores(reading.take(test), found)
        apart = Apart(logits, targets, lesson.weights, fold_of)
        p = self._settle(self._heads(reading, lesson), apart, STANCES)
        limits = self._limits(shares(p), stances == SUPPORT)
        self.support_threshold_, self.deny_threshold_, self.comment_threshold_ = limits
        return self

    def crossed(self) -> tuple[Floats, NDArray[np.bool_]]:
        """Probabilities (n, 3) of the texts learned from, and which reach their threshold, each by weights, calibration
        and thresholds of others; in the order of STANCES."""
        stood = ~np.asarray(self.apart_.targets.any(axis=1))
        p = np.zeros((len(stood), len(STANCES)))
        reached = np.zeros(p.shape, dtype=bool)
        for mine, found in self.apart_.crossed(self.heads_):
            every = shares(found)
            p[mine] = every[mine]
            reached[mine] = every[mine] >= self._limits(every[~mine], stood[~mine])
        return p, reached

    def fit_posts(self, rows: Sequence[Told], y: Sequence[str], groups: Sequence[str]) -> Self:
        """Learn from whole posts, of which fit saw none, how its answers are to be weighed amid other sentences."""
        held, reading = np.asarray(y) == SUPPORT, self._read(rows)
        lesson = lesson_of(held[:, None], None, None, self.cues.manner())
        self.posts_, said = amid.fit_said(reading, lesson, groups, seed=self.seed)
        numbers = amid.features(rows, self.weigh(reading), self._alone(rows), said)
        single = np.array([not row.around for row in rows])
        if min(held[single].sum(), (~held[single]).sum()) < amid.ENOUGH:
            single[:] = False
        self.held_apart_ = np.zeros(len(rows))
        for name, mine in (("amid", ~single), ("single", single)):
            found, p = amid.fit(numbers[mine], held[mine], np.asarray(groups)[mine]) if mine.any() else (None, 0.0)
            setattr(self, name, found)
            self.held_apart_[mine] = p
        return self

    def held_amid(self, rows: Sequence[Told]) -> tuple[Floats, Floats]:
        """The stances (n, 3) read of claims in their texts, as predict_proba has them, and p(held) (n,) amid other
        sentences, by a reader that learned from whole posts."""
        assert self.amid is not None  # noqa: S101  # whoever asks has looked
        reading = self._read(rows)
        p = self.weigh(reading)
        said = scores(reading, self.posts_)[:, 0] if self.posts_ else None
        numbers = amid.features(rows, p, self._alone(rows), said)
        held = self.amid.p_held(numbers)
        if self.single:
            held = np.where([row.around for row in rows], held, self.single.p_held(numbers))
        return p, held

    def _alone(self, rows: Sequence[Told]) -> Floats:
        return self.predict_proba([row.alone() for row in rows])

    def _read(self, asked: Sequence[Told]) -> Reading:
        return _read(asked, self.cues)

    def _divided(self, p: Floats) -> Floats:
        return shares(p)

    def _heads(self, reading: Reading, lesson: Lesson) -> Heads:
        return fit_heads(reading, lesson, c=self.strength, seed=self.seed, most=MOST_GRAMS)

    def _limits(self, p: Floats, stood: NDArray[np.bool_]) -> list[float]:
        """The thresholds, in the order of STANCES, of p (n, 3) where some claims (n,) are stood by; the highest where
        there is nothing to set one by."""
        asked = [(p[~stood, 0], 1 - self.passed, 0.5), (p[stood, 1], self.kept, 0.5), (p[stood, 2], self.stated, 0.2)]
        return [float(np.clip(np.quantile(one, share) if len(one) else 1, least, 0.99)) for one, share, least in asked]


def shares(p: Floats) -> Floats:
    """Probabilities (n, 3) in the order of STANCES, where p (n, 2) are p(deny) and, of what denies nothing,
    p(comment)."""
    deny, comment = p[:, 0], p[:, 1]
    return np.stack([(1 - deny) * (1 - comment), deny, (1 - deny) * comment], axis=1)


def save(reader: StanceReader, directory: Path) -> None:
    """Write the reader's files; the same reader gives the same bytes."""
    limits = {name: round(getattr(reader, f"{name}_"), 6) for name in THRESHOLDS}
    extra = limits | {name: getattr(reader, name) for name in SETTINGS}
    extra |= {name: asdict(found) for name in WEIGHED if (found := getattr(reader, name))}
    save_heads(reader.heads_, reader.cues, extra, directory, NAME)
    if reader.posts_:
        save_heads(reader.posts_, reader.cues, {"strength": amid.GRAMS, "seed": reader.seed}, directory, POSTS)


def load(directory: Path) -> StanceReader | None:
    """Read what save wrote, None for a model made before there were stances; raises ModelRefused in one sentence when
    it can't be trusted."""
    if not (directory / f"{NAME}.json").exists():
        return None
    heads, cues, said = load_heads(directory, NAME, heads=len(STANCES) - 1, needs=(*THRESHOLDS, *SETTINGS))
    reader = StanceReader(cues, **{name: said[name] for name in SETTINGS})
    reader._keep(heads, STANCES)
    for name in THRESHOLDS:
        setattr(reader, f"{name}_", float(thresholds_of(NAME, said, name, 1)[0]))
    if "amid" in said:
        if (directory / f"{POSTS}.json").exists():
            reader.posts_, _, _ = load_heads(directory, POSTS, heads=1, needs=())
        for name in filter(said.__contains__, WEIGHED):
            setattr(reader, name, Amid.of(said[name], features=amid.FEATURES + bool(reader.posts_)))
    return reader


def _read(rows: Sequence[Told], cues: Features) -> Reading:
    """Features of claims in their texts: n-grams and cues of the whole, and n-grams of each part with its blanks."""
    whole = read([row.whole for row in rows], cues)
    grams = whole.grams
    said = [(_joined(*row.before), row.claim, _joined(*row.behind), *_by_clause(row)) for row in rows]
    parts = zip(*said, strict=True)
    for number, texts in enumerate(parts, start=1):
        blanked = [_blanked(text, row.known) for text, row in zip(texts, rows, strict=True)]
        grams = grams + _elsewhere(gram_matrix(tokens(blanked)), number)
    return Reading(grams.tocsr(), whole.cues)


def _by_clause(row: Told) -> tuple[str, str, str]:
    """All before the clause that has most known words, that clause, and all behind it."""
    clauses = CLAUSE.split(row.claim)
    at = max(range(len(clauses)), key=lambda at: _shared(clauses[at], row.known))
    return _joined(*row.before, *clauses[:at]), clauses[at], _joined(*clauses[at + 1 :], *row.behind)


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _shared(text: str, words: frozenset[str]) -> int:
    """How many words of a text are among some."""
    return sum(word in words for word in WORD.findall(fold(text)))


def _blanked(part: str, known: frozenset[str]) -> str:
    """A part with one blank for each run of known words."""
    return _BLANK.sub("_", WORD.sub(lambda one: "_" if fold(one.group()) in known else one.group(), part))


def _elsewhere(grams: Any, number: int) -> Any:
    """N-grams of one part of a text, CSR (n, 2**BITS), as other ones than those of the whole."""
    from scipy import sparse

    columns = np.bitwise_xor(grams.indices, (number * 0x9E377) & ((1 << BITS) - 1))
    return sparse.csr_matrix((grams.data, columns, grams.indptr), shape=grams.shape)
