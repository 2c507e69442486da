"""Where the files that ship are, and what a file is."""

import hashlib
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]


def shipped(*parts: str) -> Path:
    """A file that ships with Soi, found alike in a checkout, an editable install and a wheel."""
    inside = _HERE.joinpath("soi", "shipped", *parts)
    return inside if inside.exists() else _HERE.joinpath(*parts)


def sha256(path: Path) -> str:
    """The sha256 of a file in hex; raises OSError where it can't be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
