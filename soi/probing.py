"""What a researcher types to put a sentence encoder of their own to work."""

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
        Path, typer.Argument(help="A folder with model.onnx (there or in onnx/) and tokenizer.json of an encoder.")
    ],
    part: Annotated[str, typer.Option("--part", help="What it shall read: rights or kind.")],
    data: DataOption = None,
    name: Annotated[
        str, typer.Option("--name", help="Its folder under readers/; the encoder's and part's if none.")
    ] = "",
    seed: SeedOption = 0,
    threads: Annotated[int, typer.Option(min=1, help="Threads of the encoder while fitting; scoring takes one.")] = 1,
    home: HomeOption = None,
) -> None:
    """Fit a reader of rights or kind on a frozen sentence encoder (needs the neural extra), for [parts] of soi.toml."""
    from classifier.learning import probe as probing
    from classifier.readers.encoder import load_encoder
    from pipeline.research import learned, learning

    place = open_home(home)
    if name != Path(name).name:
        raise Refused(f'"{name}" is no name of a folder; readers/ is where it stands.')
    into = place.root / "readers" / (name or f"{encoder.resolve().name}-{part}")
    probing.check(part, into)
    found = load_encoder(encoder, threads=threads)
    with steps_shown("Fitting") as tell:
        tell("gathering", 0, 0)
        material = learning.gather(sources_of(place, data, place.settings().research.data), words=False)
        material = replace(material, pairs=())
        shown = replace(found, tell=partial(tell, "reading texts"))
        card = probing.fit(part, material, shown, encoder, into, seed=seed, note=learned.note)
    for what, one in card["figures"]["cross_validated"].items():
        print(f"{what}: {one['value']:.3f} ({one['low']:.3f} to {one['high']:.3f}), n {one['n']}, cross-validated")
    print(f"{into} reads {part}, fitted on {card['rows']} texts. Put it into soi.toml, then `soi evaluate`:")
    print(f'[parts]\n{part} = "{into.relative_to(place.root)}"')
