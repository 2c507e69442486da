"""Each part of a model fitted on labelled texts and pairs: the readers, the order of passages, the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from classifier import policy
from classifier.comparison import vectors
from classifier.comparison.alignment import Extra
from classifier.entailment import meaning, verdict
from classifier.evidence import ranking
from classifier.evidence.rewording import Quoted
from classifier.judging import threshold_for_precision
from classifier.learning.figures import LEAST_MEASURED, figures_of, rounded
from classifier.learning.material import Material, Settings, articles, law_pairs, spread, taught
from classifier.learning.stances import columns
from classifier.readers import kind, rights, stance
from classifier.readers.cues import Cues
from classifier.readers.heads import Features
from classifier.readers.linear import OnFit
from classifier.readers.seeding import CONTRASTED, MEASURED, SHIPPED, VOICED, Labelled
from classifier.semantics import bearing
from classifier.semantics.lexicon import Lexicon
from classifier.text import normalise

BESIDE = 2_000  # texts of ours that a correction of readers leaves as they are read
MEANING_FOLDS = 3


def fit_rights(
    material: Material, settings: Settings, cues: Features, seed: int, *, on_fit: OnFit | None = None
) -> rights.RightsReader:
    """A reader of rights, fitted on the texts that say what they are about."""
    told = [row for row in material.texts if row.rights is not None]
    y = rights.flags(row.rights for row in told)
    reader = rights.RightsReader(cues, strength=settings.rights_strength, seed=seed)
    return reader.fit([row.text for row in told], y, *_weights(told), on_fit=on_fit)


def correct_rights(base: Path, material: Material) -> rights.RightsReader:
    """The base's reader of rights, corrected by the texts that don't ship."""
    reader = rights.load(base)
    told = [row for row in taught(material.texts) if row.rights is not None]
    y = rights.flags(row.rights for row in told)
    return (
        reader.correct([row.text for row in told], y, _weights(told)[0], beside=_beside(material)) if told else reader
    )


def fit_kind(
    material: Material, settings: Settings, cues: Features, seed: int, *, on_fit: OnFit | None = None
) -> kind.KindReader:
    """A reader of kinds, fitted on the texts that say how they speak."""
    told = [row for row in material.texts if row.kind is not None]
    reader = kind.KindReader(cues, strength=settings.kind_strength, kept=settings.kind_kept, seed=seed)
    return reader.fit([row.text for row in told], [str(row.kind) for row in told], *_weights(told), on_fit=on_fit)


def correct_kind(base: Path, material: Material) -> kind.KindReader:
    """The base's reader of kinds, corrected as correct_rights does."""
    reader = kind.load(base)
    told = [row for row in taught(material.texts) if row.kind is not None]
    texts, kinds = [row.text for row in told], [str(row.kind) for row in told]
    return reader.correct(texts, kinds, _weights(told)[0], beside=_beside(material)) if told else reader


def _beside(material: Material) -> list[str]:
    """Of the texts that ship, in the voices that people have, those that a correction leaves as they are read."""
    return spread([row.text for row in material.texts if row.part in (VOICED, CONTRASTED)], BESIDE)


def _weights(told: Sequence[Labelled]) -> tuple[Any, Any, list[str]]:
    """Weight, set and group of each text, (n,) each.

    Where hardly any was measured, what ships is judged too, alike as one set: what a desk decided or somebody brought
    along may say no alone, and would move every threshold.
    """
    sets = np.array([row.part for row in told])
    if (sets == MEASURED).sum() < LEAST_MEASURED:
        sets[np.isin(sets, SHIPPED)] = MEASURED
    return np.array([row.weight for row in told]), sets, [row.matter or row.text for row in told]


def fit_stance(material: Material, cues: Cues, seed: int) -> stance.StanceReader:
    """A reader of stances, fitted on claims stood by, denied and commented on, and then on whole posts."""
    reader = stance.StanceReader(cues, seed=seed).fit(*columns(material.stances))
    return reader.fit_posts(*columns(material.posts)) if material.posts else reader


def fit_ranker(material: Material, lexicon: Lexicon, seed: int) -> ranking.Ranker:
    """The order of passages, and when one speaks of a claim, learned from the pairs and the plain texts."""
    named = zip(material.pairs, articles(material.pairs), strict=True)
    quoted = [Quoted(row.claim, row.evidence, article, row.own) for row, article in named]
    return ranking.train(quoted, material.words, law=material.law, lexicon=lexicon, seed=seed)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict in a folder: its thresholds, its figures out of fold, and the version it was taken over from."""

    limits: policy.Thresholds
    figures: Mapping[str, Any]
    version: str | None = None


def judge(
    material: Material, work: Path, lexicon: Lexicon, settings: Settings, seed: int, *, extras: Sequence[Extra] = ()
) -> Judged:
    """Learn a verdict into a folder that holds word vectors; extras are feature groups beside its own."""
    learned = fit_verdict(material, vectors.load(work), lexicon, settings, seed, extras=extras)
    verdict.save(learned, work)
    said = out_of_fold_proba(learned, material, lexicon, settings, seed)
    truth = [row.label for row in material.pairs]
    figures = rounded(figures_of(said, truth, articles(material.pairs)))
    return Judged(thresholds(said, truth, settings), figures)


def fit_verdict(
    material: Material,
    words: vectors.Vectors,
    lexicon: Lexicon,
    settings: Settings,
    seed: int,
    *,
    extras: Sequence[Extra] = (),
) -> verdict.VerdictModel:
    """A verdict model, fitted on pairs that no article shares between folds, with its meaning reader mixed in; extras
    are feature groups beside its own."""
    pairs = [*material.pairs, *law_pairs(settings, seed)]
    told = [(row.claim, row.evidence) for row in material.pairs], [row.label for row in material.pairs]
    return verdict.train(
        [(row.claim, row.evidence) for row in pairs],
        [row.label for row in pairs],
        vectors=words,
        seed=seed,
        articles=articles(pairs),
        weights=[row.weight for row in pairs],
        extras=(*verdict.extras_of(lexicon), *extras),
        reader=meaning.train(*told, lexicon=lexicon, seed=seed, generated=settings.meaning_pairs),
        rounds=settings.rounds,
        grown=settings.grown,
    )


def out_of_fold_proba(
    judge: verdict.VerdictModel, material: Material, lexicon: Lexicon, settings: Settings, seed: int
) -> Any:
    """Probabilities (n, 3) of the material's pairs by parts that never saw their article, the meaning reader mixed in.

    The blend's own out-of-fold answers leave the meaning reader out, and thresholds set on them would be another
    model's.
    """
    from sklearn.model_selection import GroupKFold

    pairs = [(row.claim, row.evidence) for row in material.pairs]
    labels = [row.label for row in material.pairs]
    odds = np.zeros(len(pairs))
    read = [(normalise(claim), normalise(evidence)) for claim, evidence in pairs]
    rows = bearing.matrix(read, lexicon)
    folds = GroupKFold(MEANING_FOLDS, shuffle=True, random_state=seed)
    for learn, test in folds.split(pairs, groups=articles(material.pairs)):
        held = [pairs[at] for at in learn], [labels[at] for at in learn]
        reader = meaning.train(*held, lexicon=lexicon, seed=seed, generated=settings.meaning_pairs)
        odds[test] = reader.odds_of(rows[test])
    return meaning.mixed(judge.out_of_fold_[: len(pairs)], odds, share=meaning.shares(rows))


def thresholds(said: Any, truth: Sequence[str], settings: Settings) -> policy.Thresholds:
    """Thresholds of a verdict that reach the precision aimed at; those of the readers are theirs.

    said (n, 3) are out-of-fold probabilities of the labels in truth. Where the aim can't be reached nothing is called
    refuted by evidence: the threshold is 1.
    """
    labels = np.asarray(truth)
    refuted = threshold_for_precision(labels == "refuted", said[:, policy.REFUTED], settings.precision)
    supported = threshold_for_precision(labels == "supported", said[:, policy.SUPPORTED], settings.supported)
    return policy.Thresholds(
        refuted=1.0 if refuted is None else max(policy.LEAST_REFUTED, refuted),
        supported=1.0 if supported is None else max(policy.LEAST_REFUTED, supported),
    )
