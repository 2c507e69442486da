"""TOML files that a person writes: read, or refused in one sentence that says what to mend."""

import contextlib
import os
import re
from pathlib import Path
from shlex import quote
from typing import Any

import tomli

MISTAKES = {  # how the parser begins what it says, and what that means in such a file
    "Cannot declare": "stands twice: put both into one",
    "Cannot overwrite a value": "a key stands twice",
    "Invalid value": "a text needs quotes",
    "Expected newline or end of document": "more stands behind a value; a text needs quotes",
    "Expected '=' after a key": "a name has no = behind it",
    "Illegal character": "a text lacks its second quote",
    "Unterminated string": "a text lacks its second quote",
    "Unclosed array": "a list lacks its ]",
}


def dead_link(path: Path) -> str:
    """A sentence for a link that leads nowhere, as its disk may be away; none for any other path, there or not."""
    if path.exists() or not path.is_symlink():
        return ""
    return f"{path.name} is a link to {path.readlink()}, which isn't there; mount its disk, or mend the link."


def text_of(path: Path, *, refused: type[Exception]) -> str:
    """What stands in a file, without the mark that Windows sets before it; raises refused where it can't be read."""
    if said := dead_link(path):
        raise refused(said)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(f"{path} isn't UTF-8; save it as UTF-8 and try again.") from error
    except PermissionError as error:
        raise refused(f"{path} is closed to this user: {_opens(path)}, and try again.") from error
    except OSError as error:
        raise refused(f"{path} can't be read: {error}") from error


def _opens(path: Path) -> str:
    """What opens a file to this user: its own mode, or whose it is, as root may have made it."""
    with contextlib.suppress(OSError):
        if path.stat().st_uid == os.geteuid():
            return f"`chmod u+r {quote(str(path))}`"
    return f"`chown {os.geteuid()} {quote(str(path))}` as root"


def tables(text: str, *, name: str, refused: type[Exception]) -> dict[str, Any]:
    """The tables of a file's text; raises refused with the line that is to be mended where it isn't TOML."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        said = next((words for begins, words in MISTAKES.items() if error.msg.startswith(begins)), error.msg)
        if table := re.findall(r"'([^']+)'", error.msg) if error.msg.startswith("Cannot declare") else []:
            said = f"[{'.'.join(table)}] {said}"
        told = f"{name} isn't valid TOML: {said} (line {error.lineno}); mend that line and try again."
        raise refused(told) from error
    except RecursionError as error:
        raise refused(f"{name} isn't valid TOML: it is nested too deep; mend it and try again.") from error
