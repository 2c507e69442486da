"""Readers of rights or kind that learn on a frozen sentence encoder: linear probes, in a folder with a card.

They learn, calibrate, set thresholds and are cross-validated as the readers that ship do, and see what those see; the
encoder's numbers stand beside it.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from classifier.errors import ClassifierError, ModelRefused
from classifier.files import built, sha256, shipped
from classifier.learning.figures import crossed_kind, crossed_rights
from classifier.learning.material import Material, Settings
from classifier.learning.training import Note, fit_kind, fit_rights, write_card
from classifier.loading import read_card
from classifier.readers import kind, rights
from classifier.readers.cues import load_cues
from classifier.readers.encoder import Embedded, Encoder, load_encoder
from classifier.text import READING_VERSION

PARTS = ("rights", "kind")
TRIED = 200  # texts, evenly spread, that an encoder is tried on before it is fitted
BLIND = 0.01  # of them may be without an embedding, as a text without tokens is

Reader = rights.RightsReader | kind.KindReader


def check(part: str, folder: Path) -> None:
    """Raise ClassifierError for another part than rights and kind, and for a folder that is there already."""
    if part not in PARTS:
        raise ClassifierError(f"An encoder can read {' or '.join(PARTS)}, not {part}.")
    if folder.exists():
        raise ClassifierError(f"{folder} is there already; a reader is never fitted over, so give another --name.")


def fit(
    part: str,
    material: Material,
    encoder: Encoder,
    place: Path,
    folder: Path,
    *,
    seed: int = 0,
    note: Note | None = None,
) -> dict[str, Any]:
    """Fit a reader of a part on the encoder at a place, into a fresh folder; returns its card.

    note adds files to the folder before the card seals them by digest. Raises ClassifierError as check does, and for an
    encoder that gives too many texts no embedding.
    """
    check(part, folder)
    _refuse_blind(material, encoder, place)
    features = Embedded(load_cues(shipped("data", "cues.toml")), encoder)
    with built(folder) as work:
        if part == "rights":
            about = fit_rights(material, Settings(), features, seed)
            rights.save(about, work)
            figures = crossed_rights(material.texts, about)
        else:
            speaks = fit_kind(material, Settings(), features, seed)
            kind.save(speaks, work)
            figures = crossed_kind(material.texts, speaks)
        if note:
            note(work, material, None, None)
        card = {
            "version": folder.name,
            "part": part,
            "reading": READING_VERSION,
            "encoder": os.path.relpath(place.resolve(), folder.resolve()),  # so that a home can move
            "seed": seed,
            "data": dict(sorted(material.digests.items())),
            "rows": sum(getattr(row, part) is not None for row in material.texts),
            "files": {path.name: sha256(path) for path in sorted(work.iterdir())},
            "figures": {"cross_validated": figures},
        }
        write_card(work, card)
    return card


def _refuse_blind(material: Material, encoder: Encoder, place: Path) -> None:
    texts = [row.text for row in material.texts[:: max(1, len(material.texts) // TRIED)]]
    blind = int((~encoder.embed(texts).any(axis=1)).sum())
    if blind > BLIND * len(texts):
        raise ModelRefused(
            f"The encoder in {place} gives no embedding, or numbers that aren't finite, for {blind} of {len(texts)}"
            " texts; export it again, in full precision."
        )


def load(folder: Path, part: str) -> tuple[Reader, dict[str, Any]]:
    """The reader of a part in a folder, and its card.

    Raises ModelRefused, in one sentence, when it reads another part, is damaged, or was fitted on another encoder than
    the one its card names now is.
    """
    if not folder.is_dir():
        raise ModelRefused(
            f"There is no folder {folder} with a reader of {part}; make one with `soi probe`, or name code as"
            " package.module:factory."
        )
    card = read_card(folder)
    if card.get("part") != part or not isinstance(card.get("encoder"), str):
        raise ModelRefused(f"{folder} holds no reader of {part} on an encoder; make one with `soi probe`.")
    place = (folder / card["encoder"]).resolve()
    encoder = _opened(place, tuple(path.stat().st_mtime_ns for path in sorted(place.rglob("*"))))
    return (rights if part == "rights" else kind).load(folder, encoder=encoder), card


@lru_cache(maxsize=1)
def _opened(place: Path, _: tuple[int, ...]) -> Encoder:
    """Both readers of a model may stand on one encoder, which is nearly all of their memory."""
    return load_encoder(place)
