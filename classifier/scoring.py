"""One text in, one Score out: read it, find its claim, lay evidence beside it, and say why it stands before a person.

The same text, evidence and model give the same Score, bit for bit. Nothing here is told who speaks or where.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from classifier import policy
from classifier.checking import claims, typed
from classifier.checking.asked import MAX_TEXT, Asked, as_asked, asserts, whole
from classifier.checking.finding import find
from classifier.checking.laying import unclaimed
from classifier.checking.repeats import RefutedClaims
from classifier.checking.scored import Item, Score, named
from classifier.checking.weighing import compare, look_up, spoken_of, weigh
from classifier.evidence.retrieval import PassageIndex
from classifier.factuality import asking, attribution, calls, praise
from classifier.loading import Model, uncollected
from classifier.logic import contraries, joining
from classifier.orthography import spelling
from classifier.policy import KINDS, RIGHTS
from classifier.readers import both as readers
from classifier.readers.kind import name as kind_name
from classifier.readers.rights import codes
from classifier.text import by_sentence
from classifier.text.patterns import either

__all__ = ["Item", "Score", "asserts", "compare", "find", "score"]

# treaties whose short name alone is read as no right; what a claim is about is then what its fact is
TREATY = re.compile(rf"\b(?:{calls.SHORT.upper()})\b")
# what the constitution lays down for people is about rights, in however plain words
CONSTITUTION = either(  # the words that lay down are looked for once: words that recur would else take for ever
    r"\bhiến pháp\b(?>[^.!?\n]{0,200}?\b(?:cho|cấm|bắt|buộc|quy định|bảo đảm)\b)[^.!?\n]{0,200}"
    r"\b(?:người|dân|ai|trẻ em|phụ nữ)\b"
)
CLAIMS = 5  # sentences of a post laid beside evidence, until one is refuted
LEAST_ANY_RIGHT = 0.03  # below this, what goes against a fact is looked for in single sentences alone
MIN_ANY_RIGHT = 0.06  # below this no evidence is looked up: three quarters of news, and it couldn't be flagged


def score(
    model: Model,
    items: Iterable[Item],
    *,
    index: PassageIndex,
    refuted: RefutedClaims | None = None,
    batch: int = 64,
) -> Iterator[Score]:
    """Score texts in order, `batch` at a time; any string of any length gives one Score."""
    stream = iter(items)
    while block := list(islice(stream, batch)):
        ways = [typed.one_way(item.text[:MAX_TEXT]) for item in block]
        read = [replace(item, text=way.text) if way else item for item, way in zip(block, ways, strict=True)]
        with uncollected():
            scored = list(_score_block(model, read, index, refuted))
        for item, way, one in zip(block, ways, scored, strict=True):
            yield typed.as_typed(one, item.text, way) if way else one


def _score_block(
    model: Model, block: Sequence[Item], index: PassageIndex, refuted: RefutedClaims | None
) -> Iterator[Score]:
    """Read a block together, find the claims of those about rights together, then go through them one by one."""
    texts = [item.text[:MAX_TEXT] for item in block]
    clean = [praise.alike(attribution.unattributed(asking.untagged(spelling.meant(text)))) for text in texts]
    reading = readers.read(model.rights, model.kind, clean)
    about = [
        at
        for at, (said, row) in enumerate(zip(clean, reading.rights, strict=True))
        if said.strip() and (max(row) >= MIN_ANY_RIGHT or _names_right(said, max(row), model.rows))
    ]
    found = claims.find_claims(
        [texts[at] for at in about], kind=model.kind, rights=model.rights, limit=CLAIMS, against=model.rows
    )
    spans = {
        at: one or ([whole(texts[at])] if joining.told(clean[at]).whole else [])
        for at, one in zip(about, found, strict=True)
    }
    rows = zip(block, clean, reading.rights, _kinds(model, clean, reading.kind), strict=True)
    plain = [_read_only(model, item, said, rights, kind) for item, said, rights, kind in rows]
    asked = [as_asked(model, plain[at], texts[at], next(iter(spans[at]), None), block[at].before) for at in about]
    looked = look_up(model, asked, index)
    scored = dict(zip(about, weigh(model, asked, looked, refuted), strict=True))
    further = [
        (at, as_asked(model, plain[at], texts[at], span, block[at].before))
        for at in about
        if _may_flag_yet(model, scored[at])
        for span in spans[at][1:]
    ]
    further += [
        (at, part)
        for at, one, (_, hits, _) in zip(about, asked, looked, strict=True)
        if not scored[at].flagged and (part := spoken_of(model, index, one, hits))
    ]
    for at, other in _refuted_ones(model, further, index, refuted):
        if not scored[at].flagged:  # of several the sentence worth most
            scored[at] = other
    for at, item in enumerate(block):
        if not clean[at].strip():
            yield Score(item.id, "other", (), 0.0, False, text_ok=False, model=model.version)
        elif at not in scored:
            yield plain[at]
        elif spans[at] or scored[at].flagged:
            yield scored[at]
        else:
            beside = tuple(map(unclaimed, scored[at].evidence))
            yield replace(scored[at], claim="", claim_start=0, claim_end=0, evidence=beside)


def _names_right(said: str, p: float, rows: contraries.Rows) -> bool:
    """Whether a text speaks of a treaty or of what the constitution lays down for people, or says what goes against a
    fact, as a whole or in a sentence that others around would excuse: all are about rights however they read."""
    if TREATY.search(said) or CONSTITUTION.search(said) or joining.told(said).statuses:
        return True
    if p >= LEAST_ANY_RIGHT and contraries.contradicting(said, rows):
        return True
    return any(contraries.contradicting(one, rows) for one in by_sentence(said)[: claims.MOST])


def _may_flag_yet(model: Model, first: Score) -> bool:
    """Whether another sentence of a text may be refuted, where the one worth most isn't."""
    kind = first.read_as("p_kind")
    return bool(first.rights) and not first.flagged and policy.is_checkable(kind, model.thresholds)


def _refuted_ones(
    model: Model, further: Sequence[tuple[int, Asked]], index: PassageIndex, refuted: RefutedClaims | None
) -> Iterator[tuple[int, Score]]:
    """Of further sentences and parts, each with its text's place in the block, those that are flagged. Most have no
    passage near them, which is told at a third of the price."""
    further = [(at, one) for at, one in further if one.asserted]
    asked = [one for _, one in further]
    seen = weigh(model, asked, look_up(model, asked, index, few=True), refuted)
    found = [one for one, score in zip(further, seen, strict=True) if score.flagged]
    asked = [one for _, one in found]
    said = weigh(model, asked, look_up(model, asked, index), refuted)
    yield from ((at, score) for (at, _), score in zip(found, said, strict=True) if score.flagged)


def _kinds(model: Model, clean: Sequence[str], kinds: np.ndarray) -> np.ndarray:
    """The kinds read of texts, of those in which a writer says who he is without that."""
    bare = {at: left for at, said in enumerate(clean) if (left := attribution.introduced(said)) != said}
    if bare:
        kinds = kinds.copy()
        kinds[list(bare)] = readers.read(model.rights, model.kind, list(bare.values())).kind
    return kinds


def _read_only(model: Model, item: Item, said: str, rights: np.ndarray, kind: np.ndarray) -> Score:
    """What the readers alone say of a text; one that only asks or wishes claims nothing, whatever it presumes."""
    if unstating := asking.unstating(said):
        kind = kind.copy()
        kind[KINDS.index(unstating)] += kind[policy.CLAIM]
        kind[policy.CLAIM] = 0.0
    elif joining.told(said).whole:  # that and nothing else is a claim, in whatever words
        kind = np.eye(len(KINDS))[policy.CLAIM]
    detail: dict[str, object] = {"p_kind": named(KINDS, kind), "p_rights": named(RIGHTS, rights)}
    said_as = kind_name(kind, model.kind.claim_threshold_)
    held = codes(rights, model.rights.thresholds_, model.rights.any_threshold_)
    return Score(item.id, said_as, held, policy.UNTOLD, False, model=model.version, detail=detail)
