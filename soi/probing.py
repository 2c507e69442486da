"""What a researcher types to put a sentence encoder of their own to work."""

import json
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from soi.front import HomeOption, Refused, open_home, steps_shown
from soi.training import DataOption, SeedOption, sources_of

commands = typer.Typer()


@commands.command()
def probe(
    encoder: Annotated[
        Path,
        typer.Argument(
            help="A folder with model.onnx (there or in onnx/) and tokenizer.json of a sentence encoder, and "
            "config.json of a cross-encoder."
        ),
    ],
    part: Annotated[str, typer.Option("--part", help="What it shall stand for: rights, kind or verdict.")],
    data: DataOption = None,
    name: Annotated[
        str, typer.Option("--name", help="Its folder under readers/; the encoder's and part's if none.")
    ] = "",
    seed: SeedOption = 0,
    threads: Annotated[int, typer.Option(min=1, help="Threads of the encoder while fitting; scoring takes one.")] = 1,
    home: HomeOption = None,
) -> None:
    """Fit rights or kind on a frozen sentence encoder, or a verdict on a cross-encoder, for [parts] of soi.toml.

    It needs the neural extra.
    """
    from classifier.evaluation import cards
    from classifier.learning import probe as probing
    from classifier.learning.material import Settings
    from pipeline import registry
    from pipeline.home import DEFAULT
    from pipeline.research import learned, learning

    place = open_home(home)
    if name != Path(name).name or name == "..":
        raise Refused(f'"{name}" is no name of a folder; readers/ is where it stands.')
    into = place.root / "readers" / (name or f"{encoder.resolve().name}-{part}")
    probing.check(part, into)
    found = probing.opened(part, encoder, threads=threads)
    wanted = place.settings().research
    with steps_shown("Fitting") as tell:
        tell("gathering", 0, 0)
        material = learning.gather(sources_of(place, data, wanted.data), words=False)
        what = "pairs" if part == "verdict" else "texts"
        taught = replace(material, texts=()) if part == "verdict" else replace(material, pairs=())
        card = probing.fit(
            part, taught, found, encoder, into, base=registry.model_folder(place, DEFAULT),
            settings=Settings(precision=wanted.precision), seed=seed, note=learned.note,
            tell=partial(tell, f"reading {what}"),
        )  # fmt: skip
    for name_of, one in card["figures"].get("cross_validated", {}).items():
        print(f"{name_of}: {one['value']:.3f} ({one['low']:.3f} to {one['high']:.3f}), n {one['n']}, cross-validated")
    for name_of, figure in cards.out_of_fold(card).items():
        print(f"{name_of}: {figure.value:.3f} ({figure.span}), n {figure.n}, out of fold")
    written = place.settings_file.read_text(encoding="utf-8") if place.settings_file.exists() else ""
    there = bool(re.search(r"(?m)^\s*\[\s*parts\s*\]", written))
    where = "under [parts] of soi.toml" if there else "into soi.toml"
    print(f"{into} reads {part}, fitted on {card['rows']} {what}. Put it {where}, then `soi evaluate`:")
    heading = "" if there else "[parts]\n"
    print(f"{heading}{part} = {json.dumps(str(into.relative_to(place.root)), ensure_ascii=False)}")
