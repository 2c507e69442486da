"""A whole model version out of labelled texts: every part trained, its thresholds chosen, its card written.

The same material, seed and settings give the same bytes on one machine; the version's name is made of all three.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from importlib.metadata import version as version_of
from pathlib import Path
from platform import python_version
from typing import Any

from classifier import policy
from classifier.atomic import built, replaced, under_way
from classifier.comparison import vectors
from classifier.entailment import meaning, verdict
from classifier.entailment.verdict import LABELS
from classifier.errors import ClassifierError
from classifier.evidence import ranking
from classifier.files import sha256
from classifier.judging import threshold_for_budget
from classifier.learning.figures import cross_validated, crossed_posts, crossed_stance
from classifier.learning.fits import (
    Judged,
    correct_kind,
    correct_rights,
    fit_kind,
    fit_ranker,
    fit_rights,
    fit_stance,
    judge,
)
from classifier.learning.material import Material, Settings, free, spread, taught
from classifier.loading import CARD, limits_of, read_card
from classifier.readers import kind, rights, stance
from classifier.readers.cues import Cues
from classifier.readers.linear import OnFit
from classifier.readers.seeding import READ
from classifier.semantics.lexicon import Lexicon
from classifier.text import READING_VERSION, neutral, restore

LIBRARIES = ("numpy", "scikit-learn", "scipy", "underthesea")
STEPS = ("rights", "kind", "stance", "words", "ranking", "verdict", "card", "done")
WORD_TEXTS = 40_000  # plain texts that word vectors are learned from; more pay little and cost minutes
LEAST_PAIRS = 100  # of each label, to take the place of a base's verdict: from fewer one knows far less than it does
OF_READERS = ("rights_strength", "kind_strength", "kind_kept")  # settings of the readers; the others are of the verdict

Progress = Callable[[str, int, int], None]  # the step's name, steps done, steps in all
Note = Callable[[Path, Material, Path | None, Path | None], object]


def train(
    material: Material,
    folder: Path,
    *,
    version: str,
    cues: Cues,
    lexicon: Lexicon,
    settings: Settings | None = None,
    seed: int = 0,
    base: Path | None = None,
    on_step: Progress | None = None,
    note: Note | None = None,
) -> dict[str, Any]:
    """Train every part into a fresh folder and return its card; nothing is left behind when it fails.

    base is the folder of a model whose word vectors are taken over where the material holds no plain texts, its order,
    verdict and their thresholds where the pairs are too few for a verdict, and its readers, corrected by what else the
    texts teach, where no public text is among them. note adds files to the folder before the card seals them by
    digest; it is told the folders whose verdict is kept and whose readers are, too. Raises ClassifierError for a folder
    that is there or being made, and for material that a part can't learn from, and ModelRefused for a base that can't
    be read.
    """
    if folder.exists():
        raise ClassifierError(f"{folder} is there already; a version is never trained over.")
    if under_way(folder):
        raise ClassifierError(f"{folder} is being made by another process; wait for it to end, or give another name.")
    if base is not None:
        check_base(base)
    _refuse_empty(material, base)
    with built(folder) as work:
        return _train(material, work, version, cues, lexicon, settings or Settings(), seed, base, on_step, note)


def check_base(base: Path) -> None:
    """Raise ClassifierError for a version that learned from a sample, and ModelRefused for one not as its card says:
    what is taken over is sealed anew."""
    if (share := read_card(base).get("sample", 1)) < 1:
        raise ClassifierError(f"{base.name} learned from {share:.1%} of its data alone; give another version as base.")


def lacks_pairs(material: Material, base: Path | None = None) -> str:
    """What a verdict lacks to be learned, in place of that of a base where there is one; "" where there are pairs
    enough of each label. What a desk decides never is "not enough"."""
    labels = Counter(row.label for row in material.pairs)
    least, over = (verdict.FOLDS, "") if base is None else (LEAST_PAIRS, f" in place of {base.name}'s")
    if min(labels[label] for label in LABELS) >= least:
        return ""
    held = ", ".join(f"{labels[label]} {label}" for label in LABELS)
    return (
        f"A verdict{over} needs at least {least} pairs of each label; there are {held}: give a public set or an"
        " imported one too (--data)"
    )


def _refuse_empty(material: Material, base: Path | None) -> None:
    lacks = lacks_pairs(material, base)
    if lacks and base is None:
        raise ClassifierError(f"{lacks}, or a version whose verdict is kept (--base).")
    if corrects(material, base):
        if lacks and not taught(material.texts):
            raise ClassifierError(
                "The data teach nothing: no label in them says how a text speaks or what it is about; decide cases."
                f" {lacks}."
            )
        return
    if not any(row.kind for row in material.texts) or not any(row.rights is not None for row in material.texts):
        raise ClassifierError("No text says how it speaks, or none what it is about; give the seed file or label some.")


def corrects(material: Material, base: Path | None) -> bool:
    """Whether the readers of a base are corrected: without public texts, new ones would know far less than they do."""
    return base is not None and not any(row.part == READ for row in material.texts)


def _train(
    material: Material, work: Path, version: str, cues: Cues, lexicon: Lexicon, settings: Settings, seed: int,
    base: Path | None, on_step: Progress | None, note: Note | None,
) -> dict[str, Any]:  # fmt: skip
    """Part by part: rights, kind, word vectors, ranking, verdict; then thresholds and the card."""

    def begin(step: str, within: str = "") -> None:
        if on_step:
            on_step(step + within, STEPS.index(step), len(STEPS) - 1)

    def fits(step: str) -> OnFit:
        return lambda done, whole: begin(step, f", fit {done + 1} of {whole}")

    readers = base if corrects(material, base) else None
    begin("rights")
    about = (
        correct_rights(readers, material)
        if readers
        else fit_rights(material, settings, cues, seed, on_fit=fits("rights"))
    )
    rights.save(about, work)
    begin("kind")
    speaks = (
        correct_kind(readers, material) if readers else fit_kind(material, settings, cues, seed, on_fit=fits("kind"))
    )
    kind.save(speaks, work)
    begin("stance")
    stood = _stances(material, work, base, cues, seed)
    kept = base if lacks_pairs(material, base) else None
    begin("words")
    _words(material if kept is None else replace(material, words=()), work, base, seed)
    begin("ranking")
    if kept is None:
        ranking.save(fit_ranker(material, lexicon, seed), work)
    begin("verdict")
    judged = judge(material, work, lexicon, settings, seed) if kept is None else _keep_verdict(kept, work, lexicon)
    begin("card")
    limits = replace(judged.limits, claim=round(float(speaks.claim_threshold_), 6),
                     rights=round(float(about.any_threshold_), 6))  # fmt: skip
    if note:
        note(work, material, kept, readers)
    crossed = {} if readers else {**cross_validated(material.texts, about, speaks), **stood}
    made = {"version": version, "reading": READING_VERSION, "wording": neutral.VERSION, "seed": seed,
            "made_with": made_with()}  # fmt: skip
    judged = replace(judged, limits=limits)
    card = _card(made, material, work, settings, judged, crossed, readers=readers, kept=kept)
    write_card(work, card)
    begin("done")
    return card


def _card(
    made: Mapping[str, Any], material: Material, work: Path, settings: Settings, judged: Judged,
    crossed: Mapping[str, Any], *, readers: Path | None, kept: Path | None,
) -> dict[str, Any]:  # fmt: skip
    """How a version was made, what it learned from, with which settings, and how well.

    Of readers and a verdict taken over from another version it is what that one's card says of them.
    """
    before: dict[str, Any] = {} if readers is None else read_card(readers)
    card: dict[str, Any] = {
        **made,
        "settings": {
            name: value for name, value in asdict(settings).items() if (readers if name in OF_READERS else kept) is None
        },
        "data": _learned_from(before, material),
        "rows": _rows(material, settings if kept is None else None, corrected=readers is not None),
        "thresholds": asdict(judged.limits),
        "files": {path.name: sha256(path) for path in sorted(work.iterdir())},
        "figures": {
            "out_of_fold": judged.figures,
            "cross_validated": before.get("figures", {}).get("cross_validated", {}) if before else crossed,
        },
    }
    card |= {} if judged.version is None else {"verdict_of": judged.version}
    if before:
        card["readers_of"] = str(before.get("readers_of") or before["version"])
        card["crossed"] = before.get("crossed", before.get("data", {}))
        card["corrected"] = [*_corrections(before), _correction(card)]
    return card | ({} if material.sample == 1 else {"sample": material.sample})


def _keep_verdict(base: Path, work: Path, lexicon: Lexicon) -> Judged:
    """Take the order and the verdict of another version over into a folder."""
    verdict.load_with(base, lexicon)
    for name in (ranking.FILE, verdict.FILE, meaning.FILE):
        if (base / name).exists():
            shutil.copyfile(base / name, work / name)
    card = read_card(base)
    figures = card.get("figures", {}).get("out_of_fold", {})
    return Judged(limits_of(card), figures, str(card.get("verdict_of") or card["version"]))


def _stances(material: Material, work: Path, base: Path | None, cues: Cues, seed: int) -> dict[str, Any]:
    """Learn stances into a folder, or take those of a base over, where it has some; the figures of the former."""
    if material.stances:
        reader = fit_stance(material, cues, seed)
        stance.save(reader, work)
        return crossed_stance(material.stances, reader) | crossed_posts(material.posts, reader)
    if base is not None and (kept := stance.load(base)):
        stance.save(kept, work)
    return {}


def _words(material: Material, work: Path, base: Path | None, seed: int) -> None:
    """Word vectors and syllable pairs learned from the plain texts, or the base model's taken over."""
    if material.words:
        vectors.save(vectors.train(spread(material.words, WORD_TEXTS), seed=seed), work)
        restore.save(restore.train(_accented(material)), work)
        return
    if base is None or not (base / vectors.FILE).exists():
        raise ClassifierError("There are no plain texts to learn word vectors from, and no base model that has some.")
    vectors.load(base)
    for name in (vectors.FILE, restore.FILE):
        if (base / name).exists():
            shutil.copyfile(base / name, work / name)


def _accented(material: Material) -> Iterator[str]:
    """All texts with their diacritics: news has the common pairs of syllables, law and our claims those of rights."""
    own = (row.text for row in material.texts if row.part), (row.claim for row in material.pairs)
    yield from material.words
    yield from (passage.text for passage in material.law)
    yield from (text for texts in own for text in texts if not restore.is_unaccented(text))


def rethreshold(
    folder: Path,
    into: Path,
    *,
    version: str,
    why: str,
    refuted: float | None = None,
    budget: tuple[Any, int] | None = None,
) -> dict[str, Any]:
    """A version with the same parts and another threshold: as given, or what a review budget (p, how many) allows.

    Raises ClassifierError for a threshold that calls refuted what is likelier not, or none at all, and ModelRefused
    for parts that aren't those of their card.
    """
    if into.exists():
        raise ClassifierError(f"{into} is there already; a version is never written over.")
    card = read_card(folder)
    if (refuted is None) == (budget is None):
        raise ClassifierError(
            "Give one of the two: the threshold of refuted (--refuted), or a review budget (--budget)."
        )
    if refuted is not None and not policy.LEAST_REFUTED <= refuted <= 1:  # nor for one that is no number
        raise ClassifierError(f"The threshold of refuted is {policy.LEAST_REFUTED} to 1, not {refuted}.")
    at = threshold_for_budget(*budget) if budget is not None else float(refuted or 0)
    limits = replace(limits_of(card), refuted=min(1.0, max(policy.LEAST_REFUTED, at)))
    # what was measured went by the old threshold; the other figures are of parts that stay
    figures = {name: one for name, one in card.get("figures", {}).items() if name not in ("measured", "minds", "parts")}
    told = {name: one for name, one in card.items() if name != "corpora"}
    told |= {"version": version, "thresholds": asdict(limits), "from": card["version"], "why": why, "figures": figures}
    with built(into) as work:
        for path in (path for path in folder.iterdir() if not path.is_dir()):
            shutil.copyfile(path, work / path.name)  # without its mode: one that may only be read is retuned too
        write_card(work, told)
    return told


def made_with() -> dict[str, str]:
    """The versions of Python and of the libraries whose numbers a model holds."""
    return {"python": python_version(), **{name: version_of(name) for name in LIBRARIES}}


def write_card(folder: Path, card: Mapping[str, Any]) -> None:
    """The card as JSON, its keys in order, whole or not at all: without its card a model isn't used."""
    text = json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True)
    with replaced(folder / CARD) as unfinished:
        unfinished.write_text(text + "\n", encoding="utf-8")


def _learned_from(before: Mapping[str, Any], material: Material) -> dict[str, str]:
    """The digests of what a version and those that it corrects learned from; other bytes of one name are numbered."""
    told: dict[str, str] = dict(before.get("data", {}))
    for name, digest in material.digests.items():
        told[free(name, {known for known, held in told.items() if held != digest})] = digest
    return dict(sorted(told.items()))


def _corrections(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the readers of a card's version were corrected by, the earliest first; none for those learned anew."""
    if "corrected" in card or "readers_of" not in card:
        return list(card.get("corrected", ()))
    return [_correction(card)]  # of before each was kept: the last


def _correction(card: Mapping[str, Any]) -> dict[str, Any]:
    counted = {name: card["rows"][name] for name in ("texts_with_rights", "texts_with_kind")}
    return {"version": card["version"], **counted}


def _rows(material: Material, settings: Settings | None, *, corrected: bool) -> dict[str, int]:
    """How much was learned from; settings are those of the verdict, None where it is another version's.

    Readers that were corrected learned from what doesn't ship alone.
    """
    texts = taught(material.texts) if corrected else material.texts
    counts = Counter(row.label for row in material.pairs)
    return {
        **{f"pairs_{label}": counts[label] for label in LABELS},
        "pairs_generated": settings.law_pairs + settings.meaning_pairs if settings else 0,
        "texts_with_kind": sum(row.kind is not None for row in texts),
        "texts_with_rights": sum(row.rights is not None for row in texts),
        "texts_with_stance": len(material.stances) + len(material.posts),
        "plain_texts": len(material.words),
    }
