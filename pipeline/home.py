"""The folder Soi works in: every path."""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from classifier.files import names_code, shipped
from crawlers.sources import SourcesError
from crawlers.sources import shipped as shipped_list
from pipeline.inforce import HomeError, load_settings
from pipeline.settings import Settings

DEFAULT = "default"  # the model version that ships


def card_of(folder: Path) -> dict[str, Any]:
    """The card of a model in a folder; raises OSError and ValueError where there is none that can be read."""
    try:
        card: dict[str, Any] = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except RecursionError as error:
        raise ValueError(str(error)) from None
    return card


def card_version(folder: Path) -> str:
    """The version a folder's card names, "" where there is no readable card."""
    try:
        return str(card_of(folder)["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


@dataclass(frozen=True, slots=True)
class Home:
    """One home folder."""

    root: Path

    @property
    def database(self) -> Path:
        """Where everything lands."""
        return self.root / "data" / "soi.db"

    @property
    def has_database(self) -> bool:
        """Whether it is there; a file of no bytes is what a full disk, or a copy that was cut off, leaves of one."""
        return self.database.exists() and self.database.stat().st_size > 0

    @property
    def no_database(self) -> str:
        """In which way it isn't there, as the beginning of a sentence."""
        how = "is empty" if self.database.exists() else "isn't there"
        return f"{self.database} {how}"

    def make_data(self) -> None:
        """Make the folders of all that is written, where there are none: texts and decisions are nobody else's."""
        self.database.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        self.locks.mkdir(exist_ok=True)

    @property
    def sources(self) -> Path:
        """The operator's own sources."""
        return self.root / "sources.toml"

    @property
    def has_sources(self) -> bool:
        """Whether it has a list of its own; one whose link leads nowhere is away, as its disk may be, and not none."""
        return self.sources.exists() or self.sources.is_symlink()

    @property
    def own_list(self) -> Path:
        """A file that is there once a list of its own was: a home may have settings and never had one."""
        return self.root / "data" / "own-sources"

    @property
    def source_list(self) -> Path:
        """The list in force: its own, or the one that ships; raises SourcesError for an own one that is away."""
        if self.has_sources:
            self.remember_list()
            return self.sources
        if self.own_list.exists():
            again = "put it back, or write the one that ships with `soi init`"
            raise SourcesError(f"{self.sources} isn't there; {again}. No crawl begins until then.")
        return shipped_list()

    def remember_list(self) -> None:
        """Note that there is one of its own, where that can be written: what it leaves out isn't to be crawled."""
        if not self.own_list.exists():
            with contextlib.suppress(OSError):
                self.own_list.write_text(f"Where {self.sources.name} is away none that ships takes its place.\n")

    @property
    def settings_file(self) -> Path:
        """The operator's own settings."""
        return self.root / "soi.toml"

    @property
    def backups(self) -> Path:
        """Where backups go."""
        return self.root / self.settings().keep.backups

    @property
    def locks(self) -> Path:
        """Files that say which process is at work."""
        return self.root / "data" / "locks"

    @property
    def sets(self) -> Path:
        """Where imported data sets are."""
        return self.root / "data" / "sets"

    @property
    def erased_list(self) -> Path:
        """The erasures: a digest a line, as it is known before anything goes, and records in JSON after."""
        return self.root / "data" / "erased.txt"

    @property
    def exports(self) -> Path:
        """Where something was exported to, and which backups were brought back since."""
        return self.root / "data" / "exports.jsonl"

    @property
    def evaluations(self) -> Path:
        """Reports of models through the gate, one folder a version."""
        return self.root / "data" / "evaluations"

    @property
    def models(self) -> Path:
        """One folder a model version."""
        return self.root / "models"

    @property
    def index(self) -> Path:
        """The evidence index, made again from the store whenever it is missing."""
        return self.database.with_suffix(".index")

    @property
    def readers(self) -> set[Path]:
        """The folders of parts fitted by `soi probe`: those where it puts them, and those that soi.toml names."""
        return {*(self.root / "readers").glob("[!.]*"), *(Path(at) for at in self.parts.values() if not names_code(at))}

    @property
    def parts(self) -> dict[str, str]:
        """Model parts replaced here, as they are loaded."""
        return self.placed(self.settings().parts)

    def placed(self, parts: Mapping[str, str]) -> dict[str, str]:
        """Parts as soi.toml names them, as they are loaded: a folder is absolute, or inside the home."""
        return {name: said if names_code(said) else str(self.root / said) for name, said in parts.items()}

    def settings(self) -> Settings:
        """What is in force here."""
        return load_settings(self.settings_file)

    def model(self, version: str) -> Path:
        """The folder of a model version, the one that ships by either of its names; there may be none."""
        ours = shipped("models", DEFAULT)
        return ours if version in (DEFAULT, card_version(ours)) else self.models / version

    @property
    def made_by(self) -> str:
        """The command that makes one here, to be copied."""
        return f"`soi init --home {quote(str(self.root))}`"

    def require(self) -> "Home":
        """This home, or one sentence on what is missing."""
        if not self.root.is_dir():
            raise HomeError(f"There is no folder {self.root}; make a home there with {self.made_by}.")
        return self

    @property
    def is_made(self) -> bool:
        """Whether it holds at least one of what makes a home."""
        return self.has_sources or self.settings_file.exists() or self.database.exists()

    def require_made(self) -> "Home":
        """The same, and that it is made."""
        if not self.is_made:
            raise HomeError(f"{self.root} is no home yet; make one with {self.made_by}.")
        return self

    def require_kept(self) -> "Home":
        """The same where models are: made, or a folder of versions, as a checkout has."""
        return self if self.models.is_dir() else self.require_made()
