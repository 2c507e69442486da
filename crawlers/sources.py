"""sources.toml: the places we watch or take evidence from, read strictly."""

import contextlib
import difflib
import errno
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from itertools import chain, count
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from crawlers import toml
from crawlers.settings import DELAY, EVERY, EVERY_CAP, EVERY_FLOOR

POSTED = ("forum", "telegram", "mastodon", "bluesky")  # kinds that bring posts alone, whoever writes them
KINDS = ("feed", "sitemap", "listing", *POSTED, "factcheck", "evidence")
USES = ("watch", "evidence")
ROLES = ("primary", "independent", "party")
REQUIRED = ("id", "name", "kind", "url", "use", "role")
BLUESKY = ("bsky.app", "www.bsky.app")  # its pages, which are read through its API
# on t.me; "+…" and "joinchat" invite, "c" is private
CHANNEL = re.compile(r"/(?:s/)?(?!(?:s|c|joinchat)/)[A-Za-z]\w*(?:/\d+)?/?")


class SourcesError(Exception):
    """A sources.toml that can't be taken as meant; the message names the place and the nearest right name."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place we watch or take evidence from."""

    id: str
    name: str
    kind: str
    url: str
    use: str = "watch"
    role: str = "independent"
    every: float = EVERY  # minutes between polls to begin with, and at most while they bring anything
    delay: float = DELAY  # seconds between two requests to its host
    allow_private: bool = False  # lets its own host and port be private: a test, or the operator's own network
    off: bool = False
    note: str = ""


def shipped() -> Path:
    """The sources.toml that comes with Soi."""
    return Path(__file__).with_name("sources.toml")


def load(*paths: Path, every: float | str = EVERY) -> list[Source]:
    """Read source files in order; an entry with a known id replaces the earlier one.

    every is the rhythm of entries that name none.
    """
    found: dict[str, Source] = {}
    for path in paths:
        text = toml.text_of(path, refused=SourcesError)
        found.update({source.id: source for source in parse(text, origin=str(path), every=every)})
    return list(found.values())


def parse(text: str, *, origin: str = "sources.toml", every: float | str = EVERY) -> list[Source]:
    """Sources of one file; any key, kind or value that isn't known is an error."""
    document = toml.tables(text, name=origin, refused=SourcesError)
    for key in document:
        if key != "source":
            raise SourcesError(f"{origin}: unknown table [{key}]; entries are [[source]]")
    entries = document.get("source", [])
    if not isinstance(entries, list):
        raise SourcesError(f"{origin}: write [[source]] with two brackets, one for each source")
    sources = [_source(entry, f"{origin}, source {number}", every) for number, entry in enumerate(entries, 1)]
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise SourcesError(f'{origin}: id "{source.id}" is there twice')
        seen.add(source.id)
    return sources


def write(path: Path, source: Source) -> None:
    """Append an entry to a source file, making the file when there's none."""
    text = toml.text_of(path, refused=SourcesError) if os.path.lexists(path) else ""
    if any(known.id == source.id for known in parse(text, origin=str(path))):
        raise SourcesError(f'{path} already has a source with id "{source.id}"')
    joined = f"{text.rstrip()}\n\n{entry(source)}".lstrip()
    parse(joined, origin=str(path))
    put(path, joined)


def turn(path: Path, source_id: str, *, off: bool) -> None:
    """Switch a source of a file off or on, leaving every other line as it was; refuses a layout that it can't read."""
    text = toml.text_of(path, refused=SourcesError)
    sources = parse(text, origin=str(path))
    known = {source.id for source in sources}
    if source_id not in known:
        raise SourcesError(f'{path} has no source "{source_id}"{nearest(source_id, known)}')
    asked = [changed(replace(source, off=off), {}) if source.id == source_id else source for source in sources]
    try:
        turned = _turned(text, source_id, off=off)
        done = parse(turned) == asked
    except SourcesError:
        done = False
    if not done:
        raise SourcesError(f'{path}: "{source_id}" isn\'t laid out as usual; set its off to {_toml(off)} by hand.')
    put(path, turned)


def _turned(text: str, source_id: str, *, off: bool) -> str:
    blocks = re.split(r"(?m)^(?=[ \t]*\[\[[ \t]*source[ \t]*\]\])", text)
    for index, block in enumerate(blocks):
        if any(source.id == source_id for source in parse(block)):
            lines = re.sub(r"(?m)^[ \t]*off[ \t]*=.*\n?", "", block).split("\n")
            if off:  # before the comments that follow, which may speak of the next entry
                keys = [at for at, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#")]
                lines.insert(keys[-1], "off = true")
            blocks[index] = "\n".join(lines)
    return "".join(blocks)


def put(path: Path, text: str) -> None:
    """Write a file whole or not at all: a full disk leaves the one that is there as it was."""
    path = path.resolve()  # one that is linked to stays where it is
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        # not for everybody to read: an address may hold a token
        with open(unfinished, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o640)) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, unfinished)
            with contextlib.suppress(PermissionError):
                os.chown(unfinished, path.stat().st_uid, path.stat().st_gid)
        unfinished.replace(path)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        said = f"{path} is mounted as a file by itself, so it can't be replaced; change it where it is mounted from."
        raise SourcesError(said) from None
    finally:
        unfinished.unlink(missing_ok=True)


def changed(source: Source, given: dict[str, str]) -> Source:
    """A source with some values as a person typed them; raises SourcesError for one that can't be taken."""
    return _source(asdict(source) | given, "the entry", source.every)


def free_id(source: Source, taken: Iterable[str]) -> str:
    """A source's id, or one like it that no other source has."""
    known = set(taken)
    path = re.sub(r"[^a-z0-9]+", "-", urlsplit(source.url).path.lower().rpartition(".")[0]).strip("-")
    others = (f"{source.id[:60]}-{n}" for n in count(2))
    return next(one for one in chain([source.id, f"{source.id}-{path}"[:64].strip("-")], others) if one not in known)


def read_otherwise(source: Source, others: Iterable[Source]) -> list[str]:
    """Which of the others that are on take pages of the same host for something else: a page is read for one alone."""
    host, taken_for = urlsplit(source.url).hostname, (source.use, source.kind == "factcheck")
    return [
        other.id
        for other in others
        if urlsplit(other.url).hostname == host
        and (other.use, other.kind == "factcheck") != taken_for
        and not other.off
    ]


def entry(source: Source) -> str:
    """The TOML text of a source, leaving out what is as by default."""
    lines = ["[[source]]"]
    for field in fields(Source):
        value = getattr(source, field.name)
        if field.name in REQUIRED or value != field.default:
            lines.append(f"{field.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", escaped) + '"'


def _source(table: Any, place: str, every: float | str) -> Source:
    if not isinstance(table, dict):
        raise SourcesError(f"{place}: a source is a table of keys")
    values: dict[str, Any] = dict(table)
    if isinstance(values.get("id"), str):
        place = f'{place} ("{values["id"]}")'
    names = [field.name for field in fields(Source)]
    for key in values:
        if key not in names:
            raise SourcesError(f'{place}: unknown key "{key}"{nearest(key, names)}')
    for key in REQUIRED:
        if not isinstance(values.get(key), str) or not values[key].strip():
            raise SourcesError(f'{place}: "{key}" is missing')
    _one_of(values, "kind", KINDS, place)
    _one_of(values, "use", USES, place)
    _one_of(values, "role", ROLES, place)
    _check_types(values, place)
    try:
        values["every"] = minutes(values.get("every", every))
    except ValueError as error:
        raise SourcesError(f"{place}: {error}") from None
    _check_values(values, place)
    return Source(**(values | {"delay": float(values.get("delay", DELAY))}))


def _check_types(values: dict[str, Any], place: str) -> None:
    for key in ("allow_private", "off"):
        if not isinstance(values.get(key, False), bool):
            raise SourcesError(f'{place}: "{key}" is true or false, without quotes')
    delay = values.get("delay", 0)
    if isinstance(delay, bool) or not isinstance(delay, int | float):
        raise SourcesError(f'{place}: "delay" is a number of seconds')
    if not isinstance(values.get("note", ""), str):
        raise SourcesError(f'{place}: "note" is a text')


def _check_values(values: dict[str, Any], place: str) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", values["id"]):
        raise SourcesError(f'{place}: an id is small letters, digits, ".", "_" and "-"')
    try:
        parts = urlsplit(values["url"])
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        good = False
    if not good:
        raise SourcesError(f'{place}: "url" must be an http(s) address without a login, not {values["url"]!r}')
    if values["kind"] == "evidence" and values["use"] != "evidence":
        raise SourcesError(
            f'{place}: a source of kind "evidence" has use = "evidence"; to watch it, say which kind its list is'
        )
    if values["use"] == "evidence" and values["kind"] in POSTED and not values.get("off"):
        raise SourcesError(
            f'{place}: a source of kind "{values["kind"]}" brings posts and no evidence; set use = "watch", or'
            " give the site, feed or document that publishes the same"
        )
    private = values.get("allow_private", False)
    if not private and not values.get("off") and (wrong := _unreadable(values["kind"], parts)):
        raise SourcesError(f"{place}: {wrong}")
    delay = values.get("delay", DELAY)
    if not 0 <= delay <= 86400:
        raise SourcesError(f'{place}: "delay" is between 0 seconds and a day')
    if delay < DELAY and not private:
        raise SourcesError(
            f'{place}: "delay" may make us slower than {DELAY:g} s, not quicker, unless allow_private = true'
        )


def _unreadable(kind: str, url: SplitResult) -> str:
    """Why nothing could ever be read at an address of this kind, "" where something may be."""
    if kind == "telegram" and not CHANNEL.fullmatch(url.path):
        return '"url" of a Telegram source is https://t.me/NAME of a public channel; invite links show no messages'
    if kind == "bluesky" and url.hostname not in BLUESKY and "/xrpc/" not in url.path:
        return '"url" of a Bluesky source is https://bsky.app/profile/NAME or https://bsky.app/search?q=WORDS'
    return ""


def _one_of(values: dict[str, Any], key: str, allowed: tuple[str, ...], place: str) -> None:
    if values[key] not in allowed:
        hint = nearest(values[key], allowed) or f"; it is one of {', '.join(allowed)}"
        raise SourcesError(f'{place}: {key} "{values[key]}" isn\'t known{hint}')


def minutes(value: Any) -> float:
    """Minutes of an `every`; raises ValueError when it isn't one, or one too short or too long."""
    unit = {"": 1, "m": 1, "min": 1, "h": 60, "d": 1440}
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(min|m|h|d|)\s*", str(value)) if not isinstance(value, bool) else None
    if not match:
        raise ValueError('"every" is minutes, or a text such as "30m", "2h", "1d"')
    found = float(match[1]) * unit[match[2]]
    if not EVERY_FLOOR <= found <= EVERY_CAP:
        raise ValueError(f'"every" is between {EVERY_FLOOR:g} minutes and {EVERY_CAP / 60:g} hours')
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that a wrong one is likely meant for, as the end of a sentence; "" when none is near."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""
