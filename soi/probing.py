"""What a researcher types to put a sentence encoder of their own to work."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from soi.front import HomeOption, Refused, open_home, steps_shown
from soi.measuring import live
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
    from pipeline.inforce import read_toml
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
    where, heading = _place_of(part, read_toml(place.settings_file))
    print(f"{into} reads {part}, fitted on {card['rows']} {what}. Put it {where}, then `soi promote {live(place)}`:")
    print(f"{heading}{part} = {json.dumps(str(into.relative_to(place.root)), ensure_ascii=False)}")


def _place_of(part: str, written: Mapping[str, Any]) -> tuple[str, str]:
    """Where in a soi.toml the line that names a part goes, and the heading it needs: TOML takes none twice."""
    parts = written.get("parts")
    if parts is None:
        return "into soi.toml", "[parts]\n"
    return f"in place of {part} in [parts] of soi.toml" if part in parts else "under [parts] of soi.toml", ""
