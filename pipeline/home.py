"""The folder Soi works in: every path, and the settings in force."""

import difflib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

CHECKOUT = Path(__file__).resolve().parents[1]
SHIPPED = CHECKOUT / "soi" / "shipped"  # where a wheel keeps what a checkout has at its top level


class HomeError(Exception):
    """The home folder can't be used as it is; the message says what to do."""


def shipped(*parts: str) -> Path:
    """A file that ships with Soi, found alike in a checkout, an editable install and a wheel."""
    inside = SHIPPED.joinpath(*parts)
    return inside if inside.exists() else CHECKOUT.joinpath(*parts)


class Section(BaseModel):
    """A table of soi.toml; a key it doesn't know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CrawlSettings(Section):
    """[crawl]"""

    contact: str = Field("", description="URL or e-mail that the user agent names, so that a site can reach you")
    max_pages: int = Field(500, ge=1, description="Pages fetched from one source in one run, at most")
    every: str = Field("60m", description="How often a source is looked at before its own rhythm is known")


class ScoreSettings(Section):
    """[score]"""

    batch: int = Field(64, ge=1, le=4096, description="Posts read at a time; larger is faster and takes more memory")
    spreading_sources: int = Field(
        3, ge=2, description="Sources that must carry an unsupported claim to ask for a check"
    )
    audit_share: float = Field(0.02, ge=0, le=1, description="Share of all posts drawn at random for the audit sample")


class DeskSettings(Section):
    """[desk]"""

    host: str = Field("127.0.0.1", description="Address the desk listens on; keep it on loopback behind a TLS proxy")
    port: int = Field(8765, ge=0, le=65535, description="Port of the desk; a taken one gives way to the next free one")
    second_reader_share: float = Field(0.1, ge=0, le=1, description="Share of decisions read blind by a second person")
    hold_minutes: int = Field(10, ge=1, description="How long an opened case stays with the person who opened it")
    secure_cookies: bool = Field(False, description="Set when the desk is served over TLS")


class Settings(BaseSettings):
    """soi.toml and SOI_* variables; each setting is a name, a default and a sentence."""

    model_config = SettingsConfigDict(extra="forbid", env_prefix="SOI_", env_nested_delimiter="__", frozen=True)
    crawl: CrawlSettings = CrawlSettings()
    score: ScoreSettings = ScoreSettings()
    desk: DeskSettings = DeskSettings()
    parts: dict[str, str] = Field(default_factory=dict, description="Model parts replaced by a dotted path")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment outranks the file; nothing else is read."""
        path = settings_cls.model_config.get("toml_file")
        if path is None:
            return init_settings, env_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)


def load_settings(path: Path) -> Settings:
    """Settings of a soi.toml (defaults where there is none); a typo is an error with the nearest name."""
    bound = type("HomeSettings", (Settings,), {"model_config": {**Settings.model_config, "toml_file": path}})
    try:
        settings: Settings = bound()
    except tomllib.TOMLDecodeError as error:
        raise HomeError(f"{path.name} isn't valid TOML ({error}); mend that line and try again.") from None
    except ValidationError as error:
        raise HomeError(f"{path.name}: {_first_problem(error)}") from None
    return settings


def _first_problem(error: ValidationError) -> str:
    """One sentence for the first thing pydantic found wrong."""
    problem: dict[str, Any] = dict(error.errors()[0])
    where = [str(part) for part in problem["loc"]]
    if problem["type"] == "extra_forbidden":
        model: Any = Settings
        for part in where[:-1]:
            model = model.model_fields[part].annotation
        near = difflib.get_close_matches(where[-1], list(model.model_fields), n=1)
        hint = f" Did you mean {near[0]}?" if near else " `soi settings` lists them all."
        return f"there is no setting {'.'.join(where)}.{hint}"
    return f"{'.'.join(where)}: {problem['msg']}."


@dataclass(frozen=True, slots=True)
class Home:
    """One home folder."""

    root: Path
    db_name: str = "soi.db"

    @property
    def database(self) -> Path:
        """Where everything lands."""
        return self.root / "data" / self.db_name

    @property
    def sources(self) -> Path:
        """The operator's own sources."""
        return self.root / "sources.toml"

    @property
    def settings_file(self) -> Path:
        """The operator's own settings."""
        return self.root / "soi.toml"

    @property
    def models(self) -> Path:
        """One folder a model version."""
        return self.root / "models"

    @property
    def index(self) -> Path:
        """The evidence index, made again from the store whenever it is missing."""
        return self.database.with_suffix(".index")

    def settings(self) -> Settings:
        """What is in force here."""
        return load_settings(self.settings_file)

    def model(self, version: str) -> Path:
        """The folder of a model version: the home's own, else the one that ships."""
        own = self.models / version
        return own if own.exists() else shipped("models", version)

    def require(self) -> "Home":
        """This home, or one sentence on what is missing."""
        if not self.root.is_dir():
            raise HomeError(f"There is no folder {self.root}; make a home there with `soi init --home {self.root}`.")
        return self


def explain_settings(path: Path) -> list[tuple[str, str, str, str]]:
    """Every setting as (name, value in force, where it comes from, its sentence)."""
    settings = load_settings(path)
    file = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    rows = []
    for name, value in settings:
        if not isinstance(value, Section):
            rows.append((name, str(value), path.name if name in file else "default", _sentence(Settings, name)))
            continue
        for key, inner in value:
            origin = path.name if key in file.get(name, {}) else "default"
            variable = f"SOI_{name}__{key}".upper()
            origin = variable if variable in {key.upper() for key in os.environ} else origin
            rows.append((f"{name}.{key}", str(inner), origin, _sentence(type(value), key)))
    return rows


def _sentence(model: type[BaseModel], name: str) -> str:
    return model.model_fields[name].description or ""
