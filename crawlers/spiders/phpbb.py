"""phpBB 3."""

import re
from math import gcd
from typing import Any

from crawlers.dates import iso
from crawlers.markup import PEOPLE, first_text, has_class, text_of
from crawlers.spiders.threads import Board, Message, Row, Thread, mark, numbered, without
from crawlers.urls import canonical

_QUOTES = f".//blockquote | .//*[{has_class('signature')}] | .//*[{has_class('notice')}] | {PEOPLE}"


def is_it(tree: Any) -> bool:
    """Whether a page comes from phpBB."""
    return bool(tree.xpath("boolean(//body[@id='phpbb'] | //a[contains(@href, 'viewtopic.php')][@class='topictitle'])"))


def post_url(page: str, number: str) -> str:
    """What a post is kept under, of any page of its forum."""
    return f"{canonical('viewtopic.php', base=page)}?p={number}#p{number}"


def board(tree: Any, url: str) -> Board:
    """Topics of a forum page."""
    rows = [row for link in tree.xpath(f"//a[{has_class('topictitle')}][@href]") if (row := _row(link, url))]
    return Board(tuple(rows), _clean(first_text(tree, "//a[@rel='next']/@href"), url))


def thread(tree: Any, url: str) -> Thread:
    """Posts of a topic page; page numbers come from `start`, which counts posts."""
    here = _clean(url, url)
    base = without(here, "start", "p")
    begin = _start(here)
    links = tree.xpath(f"//*[{has_class('pagination')}]//a/@href")
    starts = [begin, *(_start(str(link)) for link in links)]
    size = gcd(*starts)  # no page links to itself, so the least of them may be two pages
    top = max(starts) // size + 1 if size else 1
    return Thread(
        url=base,
        title=first_text(tree, f"//*[{has_class('topic-title')}]"),
        number=begin // size + 1 if size else 1,
        messages=tuple(m for post in tree.xpath(f"//div[{has_class('post')}][@id]") if (m := _message(post, here))),
        pages=numbered(top, first=base, make=lambda number: f"{base}&start={(number - 1) * size}"),
    )


def _start(url: str) -> int:
    """How many posts of a topic stand before a page of it."""
    found = re.search(r"[?&]start=(\d{1,9})(?!\d)", url)
    return int(found[1]) if found else 0


def _row(link: Any, url: str) -> Row | None:
    address = _clean(link.get("href"), url)
    if "viewtopic" not in address:
        return None
    rows = link.xpath(
        f"ancestor::*[self::li or self::tr][{has_class('row')} or {has_class('bg1')} or {has_class('bg2')}][1]"
    )
    row = rows[0] if rows else link.getparent()
    stamp = first_text(row, f".//*[{has_class('lastpost')}]//time/@datetime") or mark(
        first_text(row, f".//*[{has_class('lastpost')}]")
    )
    jumps = row.xpath(f".//*[{has_class('pagination')}]//a/@href")
    return Row(address, first_text(link, "."), stamp[:60], _clean(str(jumps[-1]), url) if jumps else "")


def _message(post: Any, here: str) -> Message | None:
    number = re.fullmatch(r"p(\d+)", str(post.get("id")))
    bodies = post.xpath(f".//*[{has_class('content')}]")
    if not number or not bodies:
        return None
    date = first_text(post, f".//*[{has_class('author')}]//time/@datetime")
    shown = first_text(post, f".//*[{has_class('author')}]").rpartition("»")[2]
    return Message(post_url(here, number[1]), text_of(bodies[0], drop=_QUOTES), iso(date) or iso(shown.strip()))


def _clean(href: str, url: str) -> str:
    """The address without the session, which differs at every visit."""
    return without(canonical(href, base=url), "sid", "hilit", "view")
