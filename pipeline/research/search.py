"""A search over settings, one part at a time: seeded draws, judged by cross-validation, resumable from its file."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier import judging
from classifier.entailment.verdict import LABELS
from classifier.files import added_to
from classifier.learning.material import Material, Settings, articles, folds_by_matter
from classifier.policy import KINDS
from classifier.readers.seeding import Labelled
from pipeline.cluster import run_trials

SPACE: dict[str, dict[str, tuple[float, float, bool]]] = {  # part: setting: (low, high, drawn on a log scale)
    "rights": {"rights_strength": (0.1, 20.0, True)},
    "kind": {"kind_strength": (0.1, 20.0, True), "kind_kept": (0.8, 0.95, False)},
    "verdict": {"law_pairs": (0, 8000, False), "law_weight": (0.05, 1.0, True)},
}
FOLDS = 5
ANSWERS = (False, True, *KINDS, *LABELS)

Progress = Callable[[str, int, int], None]


class SearchRefused(Exception):
    """A search that can't be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Settings tried, and their cross-validated score."""

    settings: dict[str, float]
    score: float
    said: str = ""  # of each row, a letter each; "" in a file from before it was kept


def draw(part: str, number: int, seed: int) -> dict[str, float]:
    """The settings of trial `number`: the same on every machine, whatever ran before; number 0 is what stands now."""
    space = SPACE[part]
    if number == 0:
        return {name: getattr(Settings(), name) for name in space}
    random = np.random.default_rng([seed, number])
    found = {}
    for name, (low, high, log) in space.items():
        value = float(np.exp(random.uniform(np.log(low), np.log(high))) if log else random.uniform(low, high))
        whole = isinstance(getattr(Settings(), name), int)
        found[name] = int(value // 500 * 500) if whole else round(value, 4)
    return found


def run(
    material: Material,
    part: str,
    path: Path,
    *,
    trials: int,
    seed: int = 0,
    jobs: int = -1,
    address: str = "",
    on_step: Progress | None = None,
) -> list[Trial]:
    """Trials of a part, best first; each is written to the file as soon as it is known."""
    if part not in SPACE:
        raise SearchRefused(f"There is nothing to search in {part}; choose {', '.join(SPACE)}.")
    ground = ground_of(material, part, seed)
    done = _trials(_rows(path), part, ground)
    wanted = {_key(one): one for one in (draw(part, number, seed) for number in range(trials))}
    open_ones = [one for key, one in wanted.items() if key not in done]
    path.parent.mkdir(parents=True, exist_ok=True)
    judge = partial(judged, material=material, part=part, seed=seed)
    if on_step:
        on_step(part, len(wanted) - len(open_ones), len(wanted))
    with added_to(path) as file:
        for settings, (found, said) in run_trials(open_ones, judge, address=address, jobs=jobs):
            done[_key(settings)] = Trial(settings, found, said)
            told = {"part": part, "on": ground, "settings": settings, "score": found, "said": said}
            file.write(json.dumps(told) + "\n")
            file.flush()
            if on_step:
                on_step(part, sum(key in done for key in wanted), len(wanted))
    return sorted((done[key] for key in wanted), key=_best_first)


def ground_of(material: Material, part: str, seed: int) -> str:
    """A name for what trials are judged on: scores on other rows or folds can't be compared with these."""
    rows = material.pairs if part == "verdict" else material.texts
    seal = hashlib.sha256(f"{part} {seed} {FOLDS}{' by passage' if part == 'verdict' else ' by matter'}".encode())
    for row in rows:
        seal.update(json.dumps(asdict(row), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace"))
    return seal.hexdigest()[:16]


def _best_first(one: Trial) -> tuple[float, str]:
    return -one.score, _key(one.settings)


def _key(settings: dict[str, float]) -> str:
    return json.dumps(settings, sort_keys=True)


def _trials(rows: Sequence[Mapping[str, Any]], part: str, ground: str) -> dict[str, Trial]:
    """Those lines of a search's file that are trials of a part on one ground."""
    mine = [row for row in rows if (row["part"], row["on"]) == (part, ground)]
    return {_key(row["settings"]): Trial(row["settings"], row["score"], row.get("said", "")) for row in mine}


def _rows(path: Path) -> list[dict[str, Any]]:
    """Every whole line of a search's file, oldest first; raises SearchRefused when it isn't one."""
    rows = []
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []
    except OSError as error:
        raise SearchRefused(f"{path} can't be read ({type(error).__name__}).") from None
    for line in lines:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue  # the last line of a search that was stopped in the middle of it
        if not isinstance(row, dict) or not {"part", "on", "settings", "score"} <= set(row):
            raise SearchRefused(f"{path} isn't a file of trials of `soi search`; name another with --into.")
        rows.append(row)
    return rows


def judged(settings: dict[str, float], *, material: Material, part: str, seed: int) -> tuple[float, str]:
    """The cross-validated score of a part's settings (F1 of any right, macro-F1 of kinds or of verdicts), and what was
    said of each row, a letter each."""
    whole = replace(Settings(), **settings)  # type: ignore[arg-type]
    said = (_verdicts if part == "verdict" else _readings)(material, part, whole, seed)
    return _metric(part, _codes(asked(material, part)[0]), _codes(said)), said


def asked(material: Material, part: str) -> tuple[str, list[str]]:
    """The right answer to each row that a part is asked about, a letter each, and what each is never parted from."""
    if part == "verdict":
        return "".join(_letter(row.label) for row in material.pairs), articles(material.pairs)
    texts = _texts(material, part)
    right = (_letter(bool(row.rights) if part == "rights" else row.kind) for row in texts)
    return "".join(right), [row.matter or row.text for row in texts]


def lead(best: Trial, now: Trial, *, material: Material, part: str) -> judging.Figure | None:
    """How far one trial lies above another on the same rows; None for trials of before what was said was kept."""
    truth, groups = asked(material, part)
    if not len(truth) == len(best.said) == len(now.said):
        return None
    codes = (_codes(one) for one in (truth, now.said, best.said))
    return judging.paired(partial(_metric, part), *codes, groups=groups)


def _letter(answer: object) -> str:
    """An answer as one letter."""
    return chr(ord("a") + ANSWERS.index(answer))


def _codes(letters: str) -> NDArray[np.uint8]:
    return np.frombuffer(letters.encode(), dtype=np.uint8)


def _metric(part: str, truth: NDArray[np.uint8], said: NDArray[np.uint8]) -> float:
    if part == "rights":
        return judging.f1(truth == ord(_letter(True)), said == ord(_letter(True)))
    return judging.macro_f1(truth, said)


def _texts(material: Material, part: str) -> list[Labelled]:
    """The texts that say of themselves what a reader is asked."""
    return [row for row in material.texts if (row.rights if part == "rights" else row.kind) is not None]


def _readings(material: Material, part: str, settings: Settings, seed: int) -> str:
    from classifier.files import shipped
    from classifier.learning import fits
    from classifier.readers.cues import load_cues

    fit = fits.fit_rights if part == "rights" else fits.fit_kind
    cues, texts = load_cues(shipped("data", "cues.toml")), _texts(material, part)
    fold = folds_by_matter(texts, FOLDS, seed=seed)
    said = [""] * len(texts)
    for number in range(FOLDS):
        learn = replace(material, texts=[row for row, at in zip(texts, fold, strict=True) if at != number])
        reader = fit(learn, settings, cues, seed)
        held = np.flatnonzero(fold == number)
        for at, found in zip(held, reader.predict([texts[at].text for at in held]), strict=True):
            said[at] = _letter(bool(found.any()) if part == "rights" else str(found))
    return "".join(said)


def _verdicts(material: Material, part: str, settings: Settings, seed: int) -> str:
    from classifier.comparison import vectors
    from classifier.files import shipped
    from classifier.learning import fits
    from classifier.loading import load_lexicon

    words = vectors.load(shipped("models", "default"))
    model = fits.fit_verdict(material, words, load_lexicon(), settings, seed)
    return "".join(_letter(LABELS[at]) for at in model.out_of_fold_[: len(material.pairs)].argmax(axis=1))


def read_settings(path: Path) -> Settings:
    """Settings of the best trial of each part on the rows last searched over; raises SearchRefused for no trial."""
    best: dict[str, float] = {}
    rows = _rows(path)
    for part in SPACE:
        latest = next((row["on"] for row in reversed(rows) if row["part"] == part), "")
        found = sorted(_trials(rows, part, latest).values(), key=_best_first)
        best |= found[0].settings if found else {}
    known = {field.name for field in fields(Settings)}
    if not best or not set(best) <= known:
        raise SearchRefused(f"{path} holds no trial of a search; make one with `soi search`.")
    return Settings(**{**asdict(Settings()), **best})
