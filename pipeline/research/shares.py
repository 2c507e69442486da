"""How a model's scores fall on everyday news: noted on its card, so that the watch sees when they fall otherwise."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from classifier.evidence.facts import shipped_passages
from classifier.learning.material import spread
from classifier.learning.training import write_card
from classifier.loading import load_model
from classifier.scoring import Item, score
from pipeline.indexing import build_index
from pipeline.store.watching import part

SAMPLE = 4000  # texts scored for it: a part of 1 % then has forty


def note_shares(
    folder: Path, texts: Sequence[str], *, on_progress: Callable[[int, int], None] | None = None
) -> Counter[str]:
    """Score a sample of texts with the model in a folder, against the facts that ship; the counts go onto its card."""
    model = load_model(folder)
    index = build_index(shipped_passages(), model)
    sample = spread(texts, SAMPLE)
    counts: Counter[str] = Counter()
    for result in score(model, [Item(str(at), text) for at, text in enumerate(sample)], index=index):
        counts[part(result.kind, result.p_refuted)] += 1
        if on_progress:
            on_progress(counts.total(), len(sample))
    write_card(folder, {**model.card, "score_parts": dict(sorted(counts.items()))})
    return counts
