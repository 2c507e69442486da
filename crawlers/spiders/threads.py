"""What every forum engine's pages come down to."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.items import Post
from crawlers.language import detect
from crawlers.sources import Source
from crawlers.urls import canonical


@dataclass(frozen=True, slots=True)
class Row:
    """A thread in a list of threads."""

    url: str
    title: str
    stamp: str  # says that something was added: the time of the last post, or how many there are
    last_page: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """One page of a list of threads."""

    rows: tuple[Row, ...]
    next_page: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One post of a thread, without who wrote it."""

    url: str
    text: str
    published: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of a thread."""

    url: str
    title: str
    number: int  # of this page
    messages: tuple[Message, ...]
    pages: dict[int, str] = field(default_factory=dict)  # the first one too
    key: str = ""  # stands for the url in its posts' addresses, where the url holds a title, which may change

    def posts(self, source: Source) -> Iterator[Post]:
        """Posts, without text where one says nothing itself; only the one that opens the thread carries its title."""
        for place, message in enumerate(self.messages):
            title = self.title if self.number == 1 and place == 0 else ""
            text = message.text or title
            url = self.key + message.url.removeprefix(self.url) if self.key else message.url
            yield Post(
                source_id=source.id,
                url=url,
                text=text,
                title=title,
                published=message.published,
                # a reply of three words is too short to tell: the thread's title helps
                language=detect(text) if len(text) > 40 else detect(f"{self.title} {text}"),
                thread_url=self.url,
                named=message.url if url != message.url else "",
            )


def mark(text: str) -> str:
    """A short word that changes with a text that may name people, and so isn't kept itself."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest() if text else ""


def without(url: str, *names: str) -> str:
    """A URL without some query parameters, such as a session's."""
    parts = urlsplit(url)
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in names]
    return canonical(urlunsplit(parts._replace(query=urlencode(kept), fragment="")))


def last_page(links: list[Any], *, base: str, pattern: str) -> int:
    """The highest page that a navigation names."""
    numbers = [int(found[1]) for link in links if (found := re.search(pattern, canonical(str(link), base=base)))]
    return max(numbers, default=1)


def numbered(last: int, *, first: str, make: Callable[[int], str]) -> dict[int, str]:
    """The first page, and every one from 2 to the last, those that a navigation leaves out included."""
    return {1: first} | {number: make(number) for number in range(2, min(last, 5000) + 1)}
