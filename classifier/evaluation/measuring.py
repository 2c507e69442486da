"""A model measured on corpora: folders of JSON lines named after what they hold.

They are `posts*`, `claims*` (with `evidence.jsonl` beside them), `protected*`, `mirror*`, `obfuscated*` and
`vifactcheck.csv.gz`. Rows of one pair, article or voice are resampled together.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from classifier import judging, policy
from classifier.checking.repeats import RefutedClaim, RefutedClaims
from classifier.entailment.verdict import LABELS
from classifier.errors import ClassifierError
from classifier.evaluation import causes
from classifier.evaluation.causes import Cause
from classifier.evaluation.corpora import ALIKE, Row, files_of, passages, read
from classifier.evaluation.gate import Direction, Measure
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.files import sha256
from classifier.intervals import wilson
from classifier.judging import Figure, bootstrap
from classifier.learning.figures import LEAST_EXAMPLES, crossed_files, figures_of, of_kinds, of_rights
from classifier.loading import Model
from classifier.orthography import spelling
from classifier.readers.rights import flags
from classifier.scoring import Item, Score, compare, find, score
from classifier.text import fold

LESS_IS_BETTER = ("calibration_error", "unaccented_loss")  # of a verdict's figures
READER_OF = {"kind": "kind", "any_right": "rights"}  # whose answers the posts suite keeps under a name
PAIRS = 690  # pairs of a verdict corpus that are measured, at most: the interval is then +-0.03


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said of the rows of one corpus, for plots and for comparing two models on the same rows."""

    ids: tuple[str, ...]
    truth: tuple[Any, ...]
    said: tuple[Any, ...]
    p: tuple[float, ...] = ()
    groups: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    marks: causes.Marks = ()  # what each row is like, for grouping errors by cause

    def causes(self) -> list[Cause]:
        """The errors grouped by cause; [] where the rows carry no marks."""
        return causes.grouped(self.ids, self.truth, self.said, self.marks) if self.marks else []


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of a model, the digests of the corpora, the answers behind the figures by suite, and the model's
    thresholds: those of parts put in place of its own come before its card's.
    """

    measures: tuple[Measure, ...]
    corpora: dict[str, str]
    answers: dict[str, Said]
    thresholds: dict[str, float] = field(default_factory=dict)

    def causes(self) -> dict[str, list[Cause]]:
        """The errors of each suite grouped by cause."""
        return {name: said.causes() for name, said in self.answers.items()}


@dataclass(frozen=True, slots=True)
class Bench:
    """A model with the passages its claims are laid beside."""

    model: Model
    index: PassageIndex

    def scores(self, texts: Sequence[str]) -> list[Score]:
        """Every text scored in order."""
        return list(score(self.model, (Item(str(at), text) for at, text in enumerate(texts)), index=self.index))


def measure(
    model: Model,
    folders: Sequence[Path],
    *,
    facts: Sequence[Passage] = (),
    on_step: Callable[[str, int, int], None] | None = None,
) -> Measured:
    """Every suite whose corpus is in one of the folders; facts are passages beside those of its evidence.jsonl.

    A folder is measured with its own evidence alone, so that its figures are the same whatever is measured beside it.
    Raises ClassifierError for two corpora of one name, and for a row that isn't as described, before any is measured.
    """
    found: list[Measure] = []
    answers: dict[str, Said] = {}
    corpora: dict[str, str] = {}
    files = [(folder, path, suite) for folder in folders for suite, path in files_of(folder)]
    names = Counter(path.name for _, path, _ in files)
    if twice := [name for name, times in names.items() if times > 1]:
        raise ClassifierError(f"Two corpora are named {twice[0]}, by which figures are told apart; rename one of them.")
    beside = {folder: [*facts, *passages(folder)] for folder in dict.fromkeys(f for f, *_ in files)}
    eids = {folder: {passage.eid for passage in known} for folder, known in beside.items()}
    held = [read(path, suite, eids=eids[folder]) for folder, path, suite in files]
    indexes = {
        folder: PassageIndex.build(known, concepts=model.lexicon.index_terms) for folder, known in beside.items()
    }
    for at, ((folder, path, suite), asked) in enumerate(zip(files, held, strict=True)):
        if on_step:
            on_step(path.name, at, len(files))
        measures, said = SUITES[suite](Bench(model, indexes[folder]), asked, path)
        found += [one for one in measures if one.figure.n]  # a share of no rows is no figure
        answers |= {f"{name}@{path.name}": one for name, one in said.items()}
        corpora[path.name] = sha256(path)
    return Measured(tuple(found), corpora, answers, asdict(model.thresholds))


def _figure(
    part: str, what: str, figure: Figure, path: Path, slice: str = "all", direction: Direction = "at_least"
) -> Measure:
    return Measure(part, what, slice, figure, path.name, direction)


def _measures(found: Mapping[str, Figure], path: Path) -> list[Measure]:
    """Figures by part/what/slice."""
    told = ((key.split("/"), one) for key, one in found.items())
    return [_figure(part, what, one, path, slice) for (part, what, slice), one in told]


def _posts(bench: Bench, held: Sequence[Row], path: Path) -> tuple[list[Measure], dict[str, Said]]:
    """Rights and kind of whole texts; rows on which readers differed are left out.

    A reader that learned from these very texts is measured by the cross-validation of its training instead; one that
    was corrected afterwards by what it says of them too, where that is worse: it knows them by heart.
    """
    cards = {part: bench.model.card_of(part) for part in READER_OF.values()}
    learned = {part for part, card in cards.items() if sha256(path) in crossed_files(card)}
    corrected = {part for part in learned if "readers_of" in cards[part]}
    crossed = [one for part in sorted(learned) for one in _cross_validated(cards[part], part, path)]
    if len(learned) == len(READER_OF) and not corrected:
        return crossed, {}
    scored = bench.scores([row["text"] for row in held])
    told = [at for at, row in enumerate(held) if row["kind"]]
    kinds, said = [held[at]["kind"] for at in told], [scored[at].kind for at in told]
    agreed = [at for at, row in enumerate(held) if not row.get("rights_disputed")]
    found = [
        *_measures(of_kinds(np.array(kinds, dtype=str), np.array(said, dtype=str) == "claim"), path),
        *_rights([held[at] for at in agreed], [scored[at] for at in agreed], path),
    ]
    looks = [causes.of_text(row["text"]) for row in held]
    answers = {
        "kind": Said(tuple(held[at]["id"] for at in told), tuple(kinds), tuple(said),
                     texts=tuple(held[at]["text"] for at in told),
                     marks=tuple((f"is {held[at]['kind']}", *looks[at]) for at in told)),
        "any_right": Said(tuple(held[at]["id"] for at in agreed), tuple(bool(held[at]["rights"]) for at in agreed),
                          tuple(bool(scored[at].rights) for at in agreed),
                          tuple(_any(scored[at]) for at in agreed), texts=tuple(held[at]["text"] for at in agreed),
                          marks=tuple((*(f"about {one}" for one in held[at]["rights"] or ("no right",)), *looks[at])
                                      for at in agreed)),
    }  # fmt: skip
    own = {name: said for name, said in answers.items() if said.ids and READER_OF[name] not in learned}
    now = {(one.part, one.what, one.slice): one for one in found if one.part in corrected}
    worse = [min(one, now.get((one.part, one.what, one.slice), one), key=lambda of: of.figure.value) for one in crossed]
    return [*worse, *(one for one in found if one.part not in learned)], own


def _cross_validated(card: Mapping[str, Any], wanted: str, path: Path) -> list[Measure]:
    """A reader's figures from a card, by readers that never saw the text they were asked about."""
    crossed = card["figures"].get("cross_validated", {})
    return [one for one in _measures({key: Figure(**one) for key, one in crossed.items()}, path) if one.part == wanted]


def _rights(held: Sequence[Row], scored: Sequence[Score], path: Path) -> list[Measure]:
    if not held:
        return []
    truth = flags(row["rights"] for row in held)
    off = bootstrap(judging.calibration_error, truth.any(axis=1), np.array([_any(one) for one in scored]))
    return [
        *_measures(of_rights(truth, flags(one.rights for one in scored)), path),
        _figure("rights", "any_calibration_error", off, path, direction="at_most"),
    ]


def _claims(bench: Bench, held: Sequence[Row], path: Path) -> tuple[list[Measure], dict[str, Said]]:
    """False against true: with the right passage given, and with evidence found in all passages."""
    false = np.array([row["truth"] == "false" for row in held])
    groups = np.array([str(row.get("pair") or row["id"]) for row in held])
    beside = compare(bench.model, [(row["text"], row["evidence"]) for row in held])
    given = np.array([p["refuted"] - p["supported"] for p, *_ in beside])
    whole = bench.scores([row["text"] for row in held])
    found = np.array([one.p_refuted for one in whole])
    hits = [find(bench.model, bench.index, spelling.plain(row["text"])) for row in held]
    right = np.array([
        bool({row["eid"], *(row.get("eid_alt") or ())} & {hit.passage.eid for hit in hit_list})
        for row, hit_list in zip(held, hits, strict=True)
    ])  # fmt: skip
    measures = []
    for name, inside in _slices(held):
        if inside.sum() < LEAST_EXAMPLES or len(set(false[inside])) < 2:
            continue
        for what, p in (("auc_given", given), ("auc_found", found)):
            figure = bootstrap(judging.auc, false[inside], p[inside], groups=groups[inside])
            measures.append(_figure("claims", what, figure, path, name))
        figure = judging.share(right[inside], groups=groups[inside])
        measures.append(_figure("retrieval", "right_in_5", figure, path, name))
    flagged = np.array([one.flagged for one in whole])
    of_false, of_true = (judging.share(flagged[of], groups=groups[of]) for of in (false, ~false))
    measures.append(_figure("claims", "false_flagged", of_false, path))
    measures.append(_figure("claims", "true_flagged", of_true, path, direction="at_most"))
    measures += _matching(bench, [row["text"] for row in held if row["truth"] == "false"], path)
    looks, broke = _claim_marks(bench, held, whole)
    answers = {
        "claims_given": _answer(held, false, given > 0, given, groups, looks),
        "claims_found": _answer(
            held, false, [one.flagged for one in whole], found, groups, causes.joined(broke, looks)
        ),
    }
    return measures, answers


def _claim_marks(bench: Bench, held: Sequence[Row], whole: Sequence[Score]) -> tuple[causes.Marks, causes.Marks]:
    """How each claim differs from its right passage, and where the way to that passage broke."""
    looks = causes.of_pairs(bench.model.verdict, [(row["text"], row["evidence"]) for row in held])
    broke = []
    for row, one in zip(held, whole, strict=True):
        right = (row["eid"], *(row.get("eid_alt") or ()))
        broke.append((causes.of_chain(one.kind, one.rights, [e.eid for e in one.evidence], right),))
    return causes.joined(looks, map(causes.told, held)), tuple(broke)


def _slices(held: Sequence[Row]) -> Iterator[tuple[str, Any]]:
    everything = np.ones(len(held), dtype=bool)
    paraphrased = np.array([bool(row.get("paraphrased")) for row in held])
    bare = np.array([row.get("diacritics") is False for row in held])
    yield from (("all", everything), ("close", ~paraphrased), ("paraphrased", paraphrased), ("unaccented", bare))


def _matching(bench: Bench, texts: Sequence[str], path: Path) -> list[Measure]:
    """A refuted claim said again without diacritics and with a word in eight dropped: is it found first?"""
    claims = [RefutedClaim(f"r{at}", text, "independent") for at, text in enumerate(texts)]
    refuted = RefutedClaims.build(claims, verdict=bench.model.verdict)
    first = [bool(m := refuted.match(_perturbed(text), k=1)) and m[0].eid == f"r{at}" for at, text in enumerate(texts)]
    return [_figure("matching", "perturbed_first", judging.share(first), path)]


def _perturbed(text: str) -> str:
    return " ".join(word for at, word in enumerate(fold(text).split(), start=1) if at % 8)


def _protected(bench: Bench, held: Sequence[Row], path: Path) -> tuple[list[Measure], dict[str, Said]]:
    """Texts that may never be flagged: how many are, and how many read as no claim at all."""
    scored = bench.scores([row["text"] for row in held])
    flagged, kept = np.array([one.flagged for one in scored]), np.array([one.kind != "claim" for one in scored])
    n = int(flagged.sum())
    low, high = wilson(n, len(held))
    count = Figure(float(n), low * len(held), high * len(held), len(held))  # of so many texts like these
    found = [_figure("protected", "flagged", count, path, direction="at_most")]
    found.append(_figure("protected", "kept_from_claim", judging.share(kept), path))
    for side in sorted({row.get("stance") or "" for row in held} - {""}):
        inside = np.array([row.get("stance") == side for row in held])
        if inside.sum() >= LEAST_EXAMPLES:
            found.append(_figure("protected", "kept_from_claim", judging.share(kept[inside]), path, side))
    p = [one.p_refuted for one in scored]
    marks = causes.joined([[f"is {row['kind']}"] if row.get("kind") else [] for row in held], map(causes.told, held))
    return found, {
        "protected": _answer(held, np.zeros(len(held), dtype=bool), flagged, p, [row["id"] for row in held], marks)
    }


def _mirror(bench: Bench, held: Sequence[Row], path: Path) -> tuple[list[Measure], dict[str, Said]]:
    """The same claim in two voices: the signed mean is the bias, the largest gap the worst single case, the claim gap
    how much oftener one side's is read as a claim."""
    one, two = (bench.scores([row[side] for row in held]) for side in "ab")
    gap = np.array([mine.p_refuted - theirs.p_refuted for mine, theirs in zip(one, two, strict=True)])
    read = np.array([(mine.kind == "claim") - (theirs.kind == "claim") for mine, theirs in zip(one, two, strict=True)])
    same = np.array([(row.get("kind") or ALIKE) == ALIKE for row in held])
    figures = [_leaning("mean_signed_gap", gap, path)]
    if same.any():
        largest = float(np.abs(gap[same]).max())
        worst = Figure(largest, math.nan, math.nan, int(same.sum()))
        figures.append(_figure("mirror", "largest_gap", worst, path, direction="at_most"))
        figures.append(_leaning("claim_gap", read[same], path))
    return figures, {}


def _leaning(what: str, gaps: np.ndarray, path: Path) -> Measure:
    """The mean of gaps a - b (n,) by its size, and the side it leans to."""
    leans = "a" if gaps.mean() > 0 else "b" if gaps.mean() < 0 else ""
    return Measure("mirror", what, "all", judging.leaning(gaps), path.name, "at_most", leans)


def _obfuscated(bench: Bench, held: Sequence[Row], path: Path) -> tuple[list[Measure], dict[str, Said]]:
    """Clean and noisy spellings of one text: the same kind, about rights or not alike, flagged or not alike."""
    clean, noisy = (bench.scores([row[side] for row in held]) for side in ("clean", "noisy"))
    same = np.array([_outcome(one) == _outcome(two) for one, two in zip(clean, noisy, strict=True)])
    gap = np.array([abs(one.p_refuted - two.p_refuted) for one, two in zip(clean, noisy, strict=True)])
    return [
        _figure("obfuscated", "same_outcome", judging.share(same), path),
        _figure("obfuscated", "mean_gap", bootstrap(np.mean, gap), path, direction="at_most"),
    ], {"obfuscated": _answer(held, same | True, same, (), (), causes.joined(map(causes.told, held)))}


def _outcome(found: Score) -> tuple[str, bool, bool]:
    return found.kind, bool(found.rights), found.flagged


def _vifactcheck(bench: Bench, held: Sequence[Row], path: Path) -> tuple[list[Measure], dict[str, Said]]:
    """Verdicts on pairs of the dev part, gold evidence; articles are resampled together."""
    held = held[:PAIRS]
    labels = np.array([row["label"] for row in held])
    groups = np.array([row["url"] for row in held])
    p = _proba(bench.model, [(row["statement"], row["evidence"]) for row in held])
    bare = _proba(bench.model, [(fold(row["statement"]), row["evidence"]) for row in held])
    said, plain = (np.array(LABELS)[one.argmax(axis=1)] for one in (p, bare))
    figures = figures_of(p, labels, groups)
    figures["unaccented_loss"] = judging.paired(judging.macro_f1, labels, plain, said, groups=groups)
    found = [
        _figure("verdict", what, figure, path, direction="at_most" if what in LESS_IS_BETTER else "at_least")
        for what, figure in figures.items()
    ]
    looks = causes.of_pairs(bench.model.verdict, [(row["statement"], row["evidence"]) for row in held])
    answer = Said(tuple(map(str, range(len(held)))), tuple(labels), tuple(said),
                  tuple(map(float, p[:, policy.REFUTED])), tuple(groups),
                  tuple(row["statement"] for row in held),
                  causes.joined(looks, [[f"is {label}"] for label in labels]))  # fmt: skip
    return found, {"verdict": answer}


def _proba(model: Model, pairs: Sequence[tuple[str, str]]) -> Any:
    return np.array([[p[label] for label in LABELS] for p, *_ in compare(model, pairs)])


SUITES: dict[str, Callable[[Bench, Sequence[Row], Path], tuple[list[Measure], dict[str, Said]]]] = {
    "posts": _posts, "claims": _claims, "protected": _protected, "mirror": _mirror, "obfuscated": _obfuscated,
    "vifactcheck": _vifactcheck,
}  # fmt: skip


def _any(found: Score) -> float:
    values: Any = found.detail.get("p_rights", {})
    return max(values.values(), default=0.0)


def _answer(held: Sequence[Row], truth: Any, said: Any, p: Any, groups: Any, marks: causes.Marks) -> Said:
    texts, ids = tuple(row.get("text") or row["noisy"] for row in held), tuple(row["id"] for row in held)
    yes = tuple(bool(one) for one in truth), tuple(bool(one) for one in said)
    return Said(ids, *yes, tuple(float(one) for one in p), tuple(map(str, groups)), texts, marks)
