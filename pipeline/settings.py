"""What can be set in soi.toml and by SOI_* variables: each a name, a default and a sentence."""

import re
import unicodedata
from ipaddress import IPv6Address
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from crawlers.sources import minutes
from crawlers.urls import is_under, place_host
from pipeline import cron

PARTS = ("rights", "kind", "stance", "verdict")  # of a model, as classifier.loading has them: it takes long to load

MEMORY_MB = 768  # scoring a few dozen posts takes 530
DAYS, HOURS, MINUTES = 36_500, 36_500 * 24, 36_500 * 1440  # a hundred years: no date lies much further back or ahead


def origin(host: str, port: int) -> str:
    """What addresses of a server begin with, opened on its own machine: one that listens everywhere listens there."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # listened at, never opened
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def link_base(value: str) -> str:
    """What links begin with, or nothing; raises ValueError for what none can begin with."""
    if value and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", value):
        raise ValueError(f"no link can begin with {value!r}; write it like https://desk.example")
    return value


class Section(BaseModel):
    """A table of soi.toml; a key it doesn't know is an error, and so is a number without end, or true for a number."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _no_switch(cls, value: Any, info: ValidationInfo) -> Any:
        """A switch where a number belongs would count as 1 or 0: of days, after which texts are let go."""
        if isinstance(value, bool) and cls.model_fields[str(info.field_name)].annotation in (int, float):
            raise ValueError(f"{str(value).lower()} is no number")
        return value


class CrawlSettings(Section):
    """[crawl]"""

    contact: str = Field("", description="URL or e-mail that the user agent names, so that a site can reach you")
    max_pages: int = Field(500, ge=1, le=1_000_000, description="Pages fetched from one source in one run, at most")
    every: str = Field(
        "60m",
        description="How often a source is looked at to begin with, and at least while it brings anything",
    )

    @field_validator("contact")
    @classmethod
    def _reachable(cls, value: str) -> str:
        """Something a site's people can write to, or nothing yet; blanks and line ends around it aren't of it."""
        value = value.strip()
        if {"Cc", "Cs"} & {unicodedata.category(sign) for sign in value}:  # it goes into a header of every request
            raise ValueError(f"{value!r} holds what can't be printed; a URL or e-mail stands on one line")
        if value and not re.search(r"https?://\S|\S@\S", value):
            raise ValueError(f"{value!r} is no URL or e-mail; a site's people must be able to reach you by it")
        return value

    @field_validator("every")
    @classmethod
    def _rhythm(cls, value: str) -> str:
        """As in sources.toml."""
        minutes(value)
        return value


class ScoreSettings(Section):
    """[score]"""

    batch: int = Field(64, ge=1, le=4096, description="Posts read at a time; larger is faster and takes more memory")
    spreading_sources: int = Field(
        3, ge=2, description="Sources that must carry an unsupported claim to ask for a check"
    )
    audit_share: float = Field(0.02, ge=0, le=1, description="Share of all posts drawn at random for the audit sample")
    rescore_days: float = Field(
        7,
        ge=0,
        le=DAYS,
        description="Undecided posts seen in so many days are scored again after a promotion or an upgrade, their"
        " claims when evidence changes; 0 is none",
    )


def _is_v6(address: str) -> bool:
    try:
        return bool(IPv6Address(address))
    except ValueError:
        return False


class DeskSettings(Section):
    """[desk]"""

    host: str = Field("127.0.0.1", description="Address the desk listens on; keep it on loopback behind a TLS proxy")
    port: int = Field(8765, ge=0, le=65535, description="Port of the desk; a taken one gives way to the next free one")
    address: str = Field(
        "", description="Where people reach the desk, as https://desk.example, a host of its own: login links begin so"
    )
    second_reader_share: float = Field(0.1, ge=0, le=1, description="Share of decisions read blind by a second person")
    hold_minutes: int = Field(
        10, ge=1, le=MINUTES, description="How long an opened case stays with the person who opened it"
    )
    secure_cookies: bool = Field(False, description="Set when the desk is served over TLS")
    publisher: str = Field("", description="Who answers: stands under a rebuttal, in ClaimReview and the corrections")
    contact: str = Field("", description="Where to write to whoever answers; stands under a rebuttal")
    publish_url: str = Field(
        "", description="Where your rebuttals stand on the web, for ClaimReview and corrections: the desk is closed"
    )

    @field_validator("host")
    @classmethod
    def _listened_at(cls, value: str) -> str:
        """An address or a name, alone, its port apart: none at all would be every address of the machine."""
        if not (_is_v6(value) if ":" in value else re.fullmatch(r"\w(?:[\w.-]*\w)?", value)):
            raise ValueError(f"{value!r} is no address to listen on; write it like 127.0.0.1")
        return value

    @field_validator("address", "publish_url")
    @classmethod
    def _begins_a_link(cls, value: str) -> str:
        """With its scheme, or nothing yet."""
        return link_base(value)

    @field_validator("address")
    @classmethod
    def _host_of_its_own(cls, value: str) -> str:
        """Without a path: the desk's pages link to each other from the top of its host."""
        if value and not re.fullmatch(r"https?://[^/]+/?", value):
            raise ValueError(f"the desk needs a host of its own, as https://desk.example; {value!r} has a path")
        return value

    @property
    def base_url(self) -> str:
        """What login links made at the command line begin with."""
        return self.address or origin(self.host, self.port)

    @property
    def signature(self) -> str:
        """What stands under an answer to the world."""
        return " · ".join(part for part in (self.publisher, self.contact) if part)

    @property
    def unsigned(self) -> str:
        """The settings that it lacks, "" for none."""
        return ", ".join(f"desk.{name}" for name in ("publisher", "contact") if not getattr(self, name))

    @property
    def own_host(self) -> str:
        """What every plain URL of this desk's own holds, in capitals or not; "" where it publishes nowhere."""
        return place_host(self.publish_url)

    def published(self, url: str, *, publisher: str = "") -> bool:
        """Whether something on the web is this desk's own word: it stands where its rebuttals do, or under its name."""
        signed = bool(self.publisher) and _folded(publisher) == _folded(self.publisher)
        return signed or is_under(url, self.publish_url)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


class ScheduleSettings(Section):
    """[schedule]"""

    tick: float = Field(5, ge=0.2, le=60, description="Seconds between two looks for sources whose time has come")
    crawls: int = Field(3, ge=1, le=16, description="Crawls at a time, each a process, never two on one host")
    crawl_minutes: float = Field(
        15, gt=0, le=MINUTES, description="A crawl ends after this long; what is left waits for the next"
    )
    job_minutes: float = Field(120, gt=0, le=MINUTES, description="Any other job is stopped after this long")
    memory_mb: int = Field(2048, ge=MEMORY_MB, le=1 << 24, description="Memory that one job may take")
    check: str = Field("*/5 * * * *", description="When the watch looks for trouble (cron, or off)")
    backup: str = Field("10 3 * * *", description="When a backup is made (cron, or off)")
    prune: str = Field("40 3 * * *", description="When old texts are let go (cron, or off)")
    tidy: str = Field("20 4 1 * *", description="When the database file is compacted (cron, or off)")
    timezone: str = Field("Asia/Ho_Chi_Minh", description="The time zone those times are in")

    @field_validator("check", "backup", "prune", "tidy")
    @classmethod
    def _cron(cls, value: str) -> str:
        """Five cron fields, or off."""
        if value.strip().lower() == "off":
            return "off"
        try:
            cron.trigger(value, "UTC")
        except ValueError as error:
            raise ValueError(f"{value!r} isn't five cron fields like '10 3 * * *', nor off ({error})") from None
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        """A name of the time zone database."""
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(
                f"there is no time zone {value!r}; write it like Asia/Ho_Chi_Minh (a bare system needs tzdata)"
            ) from None
        return value


class AlertSettings(Section):
    """[alerts]; the log is always told"""

    email_to: str = Field("", description="Where alerts are mailed, addresses separated by commas")
    email_from: str = Field("soi@localhost", description="Sender of alert mails")
    smtp_host: str = Field("", description="Mail server; none means no mail")
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the mail server is spoken to: starttls, tls or none"
    )
    smtp_user: str = Field("", description="Name at the mail server, when it asks for one")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password at the mail server (secret)")
    webhook_url: SecretStr = Field(SecretStr(""), description="Address that alerts are posted to (secret)")
    webhook_shape: Literal["slack", "mattermost", "telegram", "json"] = Field(
        "slack", description="What the receiver of the webhook understands: slack, mattermost, telegram or json"
    )
    telegram_chat: str = Field("", description="Chat that a Telegram bot writes to")
    remind_hours: float = Field(24, gt=0, le=HOURS, description="An alert that stands is told again after this long")
    settle_minutes: float = Field(
        10, ge=0, le=MINUTES, description="Trouble must be gone this long before it counts as over"
    )


class WatchSettings(Section):
    """[watch]"""

    metrics_token: SecretStr = Field(
        SecretStr(""), description="What /metrics asks for; without one it answers this machine alone (secret)"
    )
    disk_free_mb: int = Field(1024, ge=0, description="Less free disk than this is an alert")
    backlog_minutes: float = Field(10, gt=0, le=MINUTES, description="A post unscored for longer is an alert")
    undecided_days: float = Field(7, gt=0, le=DAYS, description="A case undecided for longer is an alert")
    silent_hours: float = Field(
        24, ge=1, le=HOURS, description="A lively source must be silent this long to be an alert"
    )
    drift: float = Field(0.25, gt=0, description="Population stability index of scores above which the model drifts")


class KeepSettings(Section):
    """[keep]"""

    post_days: int = Field(
        90, ge=1, le=DAYS, description="Texts of posts that were never a case are let go after this long"
    )
    run_days: int = Field(
        400,
        ge=31,
        le=DAYS,
        description="What runs did is kept this long, and what was noted of pages that are due no more",
    )
    backups: str = Field(
        "backups",
        description="Folder of this home's backups alone; absolute, or inside the home but for data and models",
    )
    daily: int = Field(7, ge=1, description="Backups kept, one a day")
    weekly: int = Field(4, ge=0, description="Backups kept beyond those, one a week")
    monthly: int = Field(
        6,
        ge=0,
        le=1200,
        description="Months of which the first backup is kept, this one among them; one made by hand as long",
    )
    age_recipient: str = Field(
        "", description="Public age key (age1…) that backups are encrypted to; needs the age extra"
    )

    @field_validator("backups")
    @classmethod
    def _folder_of_their_own(cls, value: str) -> str:
        """Beside data and models, whose files come and go; nowhere outside the home that isn't said in full."""
        path = Path(value.strip())
        inside = path.parts and path.parts[0] not in {"data", "models"} and ".." not in path.parts
        if not (path.is_absolute() or inside) or path.parts[0].startswith("~"):  # which no shell expands here
            raise ValueError(
                f"backups can't go to {value!r}; name a folder of their own in the home, or an absolute one"
            )
        return value.strip()

    @field_validator("age_recipient")
    @classmethod
    def _public(cls, value: str) -> str:
        """No private key, which isn't repeated either: settings are printed, and packed into backups."""
        if "AGE-SECRET-KEY-" in value.upper():
            raise ValueError(
                "this is a private key, which doesn't belong here; put the public one (age1…), and as it was written"
                " down make a new pair (`age-keygen`)"
            )
        return value


class ResearchSettings(Section):
    """[research]"""

    corpora: tuple[str, ...] = Field(
        (), description="Folders of measuring sets the gate uses beside our own; absolute, or inside the home"
    )
    data: tuple[str, ...] = Field((), description="Folders a training learns from when none is named")
    precision: float = Field(
        0.95, gt=0.5, lt=1, description="Precision that the threshold of refuted is aimed at when a model is trained"
    )


class LogSettings(Section):
    """[log]"""

    form: Literal["auto", "console", "json"] = Field("auto", description="auto is console at a terminal, else JSON")
    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="What is worth a line: debug, info, warning or error"
    )


class Settings(BaseSettings):
    """soi.toml and SOI_* variables; each setting is a name, a default and a sentence."""

    model_config = SettingsConfigDict(extra="forbid", env_prefix="SOI_", env_nested_delimiter="__", frozen=True)
    crawl: CrawlSettings = CrawlSettings()
    score: ScoreSettings = ScoreSettings()
    desk: DeskSettings = DeskSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    alerts: AlertSettings = AlertSettings()
    watch: WatchSettings = WatchSettings()
    keep: KeepSettings = KeepSettings()
    research: ResearchSettings = ResearchSettings()
    log: LogSettings = LogSettings()
    parts: dict[str, str] = Field(
        default_factory=dict,
        description="Model parts replaced: the folder of a reader made by `soi probe`, or package.module:factory",
    )

    @field_validator("parts")
    @classmethod
    def _of_a_model(cls, value: dict[str, str]) -> dict[str, str]:
        """Names of parts; whether each can be put in place, its loading says."""
        if unknown := [name for name in value if name not in PARTS]:
            raise ValueError(f"there is no model part {unknown[0]}; those that can be replaced are {', '.join(PARTS)}")
        return value
