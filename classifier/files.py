"""Where the files that ship are, and what a file holds."""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO
from zipfile import ZIP_LZMA, ZipFile, ZipInfo

import tomli

from classifier.errors import BadEvidence, ClassifierError, NotUnpacked, refusing

UNPACKED = 2**30  # bytes that a gzipped file may hold: a small one can hold more than a disk

_HERE = Path(__file__).resolve().parents[1]


def shipped(*parts: str) -> Path:
    """A file that ships with Soi, found alike in a checkout, an editable install and a wheel."""
    inside = _HERE.joinpath("soi", "shipped", *parts)
    return inside if inside.exists() else _HERE.joinpath(*parts)


def names_code(part: str) -> bool:
    """Whether a part in soi.toml is package.module:factory; a folder, which lies in another, may hold a colon too."""
    return ":" in part and "/" not in part


def sha256(path: Path) -> str:
    """The sha256 of a file in hex; raises OSError where it can't be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def led_out(path: Path, folder: Path) -> str:
    """A sentence for what a link in a folder leads to outside of it; none for the rest, be the folder a link or not."""
    if path.resolve().is_relative_to(folder.resolve()):
        return ""
    return f"{path} leads out of its folder, to {path.resolve()}; put the file itself there, or take the link away."


def unpacked(path: Path) -> bytes:
    """What a file holds, unpacked where it is gzipped; raises NotUnpacked where that can't be, or is too much."""
    if path.suffix != ".gz":
        return path.read_bytes()
    try:
        with gzip.open(path) as file:
            raw = file.read(UNPACKED + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NotUnpacked(f"{path.name} is no whole gzip file ({error}); fetch or pack it again.") from None
    if len(raw) > UNPACKED:
        raise NotUnpacked(f"{path.name} unpacks to over {UNPACKED >> 20} MB; unpack it first, if it is meant to.")
    return raw


def text_of(path: Path) -> str:
    """The text of a file, of a gzipped one too; raises ClassifierError where it isn't UTF-8."""
    try:
        return unpacked(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ClassifierError(f"{path.name} isn't readable as UTF-8 text; save it again as that.") from None


def table_of(path: Path, what: str) -> dict[str, Any]:
    """What a TOML file holds; raises BadEvidence where it can't be read as `what` it should be."""
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError, RecursionError) as error:
        raise BadEvidence(f"{path} can't be read as {what}: {error}") from error


def save_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays as np.savez_compressed does, a fifth smaller; np.load reads them. The same ones, the same bytes."""
    import numpy as np

    with ZipFile(path, "w") as held:
        for name, array in arrays.items():
            member = ZipInfo(f"{name}.npy")  # without a time
            member.compress_type = ZIP_LZMA
            with held.open(member, "w") as file:
                np.lib.format.write_array(file, np.asarray(array), allow_pickle=False)


@contextmanager
def arrays_of(path: Path) -> Iterator[Mapping[str, Any]]:
    """The arrays of a model's file by their names, each read when it is asked for; raises ModelRefused where it is
    missing or damaged, as whoever reads them may find too."""
    import numpy as np

    with refusing(f"{path} is missing or damaged: restore it or retrain"), np.load(path, allow_pickle=False) as held:
        yield held


def packed_words(words: Iterable[str]) -> Any:
    """Words as an array (bytes,) uint8; none of them holds a line break."""
    import numpy as np

    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def unpacked_words(array: Any) -> list[str]:
    """The words that packed_words made an array of; [""] for none."""
    return bytes(array).decode().split("\n")


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON object of each line, of a gzipped file too, with the line's number; raises ClassifierError naming the
    first that holds none."""
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if not isinstance(row, dict):
                raise ClassifierError(f"{path.name}, line {number}: isn't a JSON object; write it again, whole.")
            yield number, row


@contextmanager
def added_to(path: Path) -> Iterator[TextIO]:
    """A file of lines, made where there is none, to write more to: a last one that was cut off stays by itself."""
    with path.open("a", encoding="utf-8") as file, path.open("rb") as held:
        if held.seek(0, os.SEEK_END):
            held.seek(-1, os.SEEK_END)
            file.write("\n" * (held.read() != b"\n"))
        yield file
