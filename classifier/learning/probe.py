"""Parts that learn on a frozen encoder of somebody's own, in a folder with a card: readers of rights or kind on a
sentence encoder, a verdict on a cross-encoder for natural language inference.

They learn, calibrate, set thresholds and are cross-validated as the parts that ship do, and see what those see; the
encoder's numbers stand beside it.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from classifier.atomic import built
from classifier.comparison import vectors
from classifier.comparison.alignment import Extra
from classifier.entailment import verdict
from classifier.entailment.crossencoder import CrossEncoder, load_cross_encoder
from classifier.errors import ClassifierError, ModelRefused
from classifier.files import sha256, shipped
from classifier.learning.figures import crossed_kind, crossed_rights
from classifier.learning.fits import fit_kind, fit_rights, judge
from classifier.learning.material import Material, Settings, spread
from classifier.learning.training import Note, lacks_pairs, made_with, write_card
from classifier.loading import load_lexicon, read_card
from classifier.policy import Thresholds
from classifier.readers import kind, rights
from classifier.readers.cues import load_cues
from classifier.readers.encoder import Embedded, Encoder, load_encoder
from classifier.text import READING_VERSION, neutral

READERS = ("rights", "kind")
PARTS = (*READERS, "verdict")
TRIED = 200  # texts, evenly spread, that an encoder is tried on before it is fitted
BLIND = 0.01  # of them may be without an embedding, as a text without tokens is

Part = rights.RightsReader | kind.KindReader | verdict.VerdictModel
Tell = Callable[[int, int], None]  # done, in all


def check(part: str, folder: Path) -> None:
    """Raise ClassifierError for a part that no encoder reads, and for a folder that is there already."""
    if part not in PARTS:
        raise ClassifierError(f"An encoder can read {', '.join(PARTS)}, not {part}.")
    if folder.exists():
        raise ClassifierError(f"{folder} is there already; a part is never fitted over, so give another --name.")


def opened(part: str, place: Path, *, threads: int = 1) -> Encoder | CrossEncoder:
    """The encoder at a place that a part stands on; raises ModelRefused when there is none that can be read."""
    return (load_cross_encoder if part == "verdict" else load_encoder)(place, threads=threads)


def fit(
    part: str,
    material: Material,
    encoder: Encoder | CrossEncoder,
    place: Path,
    folder: Path,
    *,
    base: Path | None = None,
    settings: Settings | None = None,
    seed: int = 0,
    note: Note | None = None,
    tell: Tell | None = None,
) -> dict[str, Any]:
    """Fit a part on the encoder that `opened` gave of a place, into a fresh folder; returns its card.

    base is the folder of the version whose word vectors a verdict takes over, the one that ships if none. note adds
    files to the folder before the card seals them by digest; tell is called with texts or pairs read and those in all.
    Raises ClassifierError as check does and for pairs too few for a verdict, and ModelRefused for an encoder that gives
    too many texts no embedding.
    """
    check(part, folder)
    wanted = settings or Settings()
    with built(folder) as work:
        if isinstance(encoder, CrossEncoder):
            told = _verdict(material, encoder, work, base or shipped("models", "default"), wanted, seed, tell)
        else:
            told = _reader(part, material, replace(encoder, tell=tell), place, work, wanted, seed)
        if note:
            note(work, material, None, None)
        card = {
            "version": folder.name,
            "part": part,
            "reading": READING_VERSION,
            "wording": neutral.VERSION,
            "made_with": made_with(),
            "encoder": os.path.relpath(place.resolve(), folder.resolve()),  # so that a home can move
            "seed": seed,
            "data": dict(sorted(material.digests.items())),
            "files": {path.name: sha256(path) for path in sorted(work.iterdir())},
            **told,
        }
        write_card(work, card)
    return card


def _reader(
    part: str, material: Material, encoder: Encoder, place: Path, work: Path, settings: Settings, seed: int
) -> dict[str, Any]:
    """Fit a reader on a sentence encoder into a folder; what its card says of it."""
    _refuse_blind(material, encoder, place)
    features = Embedded(load_cues(shipped("data", "cues.toml")), encoder)
    if part == "rights":
        about = fit_rights(material, settings, features, seed)
        rights.save(about, work)
        figures = crossed_rights(material.texts, about)
    else:
        speaks = fit_kind(material, settings, features, seed)
        kind.save(speaks, work)
        figures = crossed_kind(material.texts, speaks)
    rows = sum(getattr(row, part) is not None for row in material.texts)
    return {"rows": rows, "figures": {"cross_validated": figures}}


def _verdict(
    material: Material,
    encoder: CrossEncoder,
    work: Path,
    base: Path,
    settings: Settings,
    seed: int,
    tell: Tell | None,
) -> dict[str, Any]:
    """Fit a verdict with a cross-encoder's inferences among its features into a folder; what its card says of it."""
    if lacks := lacks_pairs(material):
        raise ClassifierError(f"{lacks}.")
    vectors.load(base)
    shutil.copyfile(base / vectors.FILE, work / vectors.FILE)
    in_all = len(material.pairs) + settings.law_pairs + verdict.STRANGERS
    group = _telling(encoder.group(), tell, in_all) if tell else encoder.group()
    learned = judge(material, work, load_lexicon(), settings, seed, extras=[group])
    return {
        "rows": len(material.pairs),
        "encoder_files": dict(encoder.source),
        "thresholds": {"refuted": learned.limits.refuted, "supported": learned.limits.supported},
        "figures": {"out_of_fold": learned.figures},
    }


def _telling(group: Extra, tell: Tell, in_all: int) -> Extra:
    """A feature group that tells how many pairs it has read of those that there are about."""
    done = count(1)

    def compare(claim: str, evidence: str) -> Any:
        tell(min(next(done), in_all), in_all)
        return group.compare(claim, evidence)

    return replace(group, compare=compare)


def _refuse_blind(material: Material, encoder: Encoder, place: Path) -> None:
    texts = [row.text for row in spread(material.texts, TRIED)]
    blind = int((~encoder.embed(texts).any(axis=1)).sum())
    if blind > BLIND * len(texts):
        raise ModelRefused(
            f"The encoder in {place} gives no embedding, or numbers that aren't finite, for {blind} of {len(texts)}"
            " texts; export it again, in full precision."
        )


def load(folder: Path, part: str) -> tuple[Part, dict[str, Any]]:
    """The part in a folder, and its card; a verdict brings its thresholds along.

    Raises ModelRefused, in one sentence, when it is another part, is damaged, or was fitted on another encoder than
    the one its card names now is.
    """
    if not folder.is_dir():
        raise ModelRefused(
            f"There is no folder {folder} with a {part} part; make one with `soi probe`, or name code as"
            " package.module:factory."
        )
    card = read_card(folder)
    if card.get("part") != part or not isinstance(card.get("encoder"), str):
        raise ModelRefused(f"{folder} holds no {part} part on an encoder; make one with `soi probe`.")
    place = (folder / card["encoder"]).resolve()
    files = tuple(path.stat().st_mtime_ns for path in sorted(place.rglob("*")) if path.is_file())
    if part == "verdict":
        return _load_verdict(folder, card, _opened("verdict", place, files)), card
    return (rights if part == "rights" else kind).load(folder, encoder=_opened("readers", place, files)), card


def _load_verdict(folder: Path, card: dict[str, Any], encoder: CrossEncoder) -> verdict.VerdictModel:
    if card.get("encoder_files") != encoder.source:
        raise ModelRefused(
            f"verdict in {folder.name} was fitted on another encoder or tokenizer; bring it back or fit again."
        )
    model = verdict.load_with(folder, load_lexicon(), [encoder.group()])
    try:
        limits = Thresholds(**card["thresholds"])
    except (KeyError, TypeError, ValueError) as error:
        raise ModelRefused(f"The card of {folder.name} is damaged ({error}); bring it back.") from None
    model.refuted_threshold_, model.supported_threshold_ = limits.refuted, limits.supported
    return model


@lru_cache(maxsize=2)
def _opened(part: str, place: Path, _: tuple[int, ...]) -> Any:
    """Both readers of a model may stand on one encoder, which is nearly all of their memory."""
    return opened(part, place)
