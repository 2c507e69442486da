"""Feeds: RSS, Atom, RDF and JSON Feed, and sitemaps. Bytes in, entries out."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from crawlers.dates import iso, when
from crawlers.extract import readable
from crawlers.items import Outcome
from crawlers.settings import ITEMS_PER_PAGE
from crawlers.text import line, plain
from crawlers.unpacking import unpacked
from crawlers.urls import canonical

HEAD = 20_000  # bytes in which a feed or sitemap names itself
_BROKEN = "it breaks off or isn't well-formed, and no entry can be read"  # a parser's own words quote the site's
# the end of an item; what text and comments hold of one is none
_END = re.compile(rb"(?s)<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|(</\s*(?:\w+:)?(?:item|entry)\s*>)")


class NotAFeed(ValueError):
    """The answer is no feed or sitemap of any kind we know."""

    outcome = Outcome.NOT_A_FEED


class BrokenFeed(ValueError):
    """It set out to be a feed, and nothing of it can be read."""

    outcome = Outcome.BROKEN


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed or sitemap; its link is canonical, or "" when it isn't http(s)."""

    link: str
    title: str = ""
    summary: str = ""
    published: str = ""
    stamp: str = ""  # says that the entry changed: its updated or lastmod


def entries(body: bytes, *, url: str, content_type: str = "") -> list[Entry]:
    """Entries of a feed in its order; raises NotAFeed or BrokenFeed."""
    body = readable(body)
    start = _start(body)
    if start.startswith(b"{"):
        return _json_feed(body, url)
    if not re.search(rb"<\s*(?:\w+:)?(?:rss|feed|RDF|channel)\b", body[:HEAD]) and not start.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    ):
        raise NotAFeed("no RSS, Atom or JSON Feed in the answer")
    return _xml_feed(body, url, content_type)


def title(body: bytes, *, url: str, content_type: str = "") -> str:
    """What a feed, of which entries() gave the entries, calls itself; "" when it doesn't say."""
    body = readable(body)
    feed = json.loads(body) if _start(body).startswith(b"{") else _parsed(body, url, content_type).feed
    return line(plain(str(feed.get("title") or "")))


def _start(body: bytes) -> bytes:
    """How an answer begins, without byte order mark and blanks."""
    return body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")


def _parsed(body: bytes, url: str, content_type: str) -> Any:
    import feedparser

    # entity declarations have no place in a feed and are how XML bombs are built; they stand before the root, which
    # stands in the first HEAD bytes
    body = re.sub(rb"(?is)<!(?:DOCTYPE|ENTITY)[^>\[]*(?:\[.*?\]\s*)?>", b"", body[:HEAD]) + body[HEAD:]
    ends = [found.end() for found in _END.finditer(body) if found[1]]
    if len(ends) > ITEMS_PER_PAGE:  # those that aren't taken would cost the time to read the others
        body = body[: ends[ITEMS_PER_PAGE - 1]] + body[ends[-1] :]
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    return feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _xml_feed(body: bytes, url: str, content_type: str) -> list[Entry]:
    parsed = _parsed(body, url, content_type)
    if not parsed.entries:
        if not parsed.version:
            raise NotAFeed("no RSS or Atom in the answer")
        if parsed.bozo and not _is_complete(body):
            raise BrokenFeed(_BROKEN)
    base = canonical(str(parsed.feed.get("link", "")), base=url) or url
    found = [_entry(entry, base) for entry in parsed.entries[:ITEMS_PER_PAGE]]
    whole = [entry for entry in found if entry.link or entry.title]
    if found and not whole:
        raise BrokenFeed("entries without link and title")
    return whole


def _is_complete(body: bytes) -> bool:
    return re.search(rb"</\s*(?:\w+:)?(?:rss|feed|RDF)\s*>\s*$", body[-200:]) is not None


def _entry(entry: Any, base: str) -> Entry:
    values = dict(entry)  # feedparser's own lookup gives "published" for a missing "updated"
    content = values.get("content") or []
    summary = str(values.get("summary", "") or (content[0].get("value", "") if content else ""))
    first, changed = values.get("published") or values.get("dc_date"), values.get("updated")
    link = str(values.get("link", "")) or _address(values.get("id"))
    return Entry(
        link=canonical(link, base=base) if link else "",
        title=line(plain(str(values.get("title", "")))),
        summary=plain(summary),
        published=iso(first or changed),
        stamp=line(str(changed), limit=60) if changed and first and changed != first else "",
    )


def _json_feed(body: bytes, url: str) -> list[Entry]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BrokenFeed(_BROKEN) from error
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise NotAFeed("JSON, but no JSON Feed")
    items = feed.get("items")
    return [
        Entry(
            link=canonical(str(item.get("url") or item.get("external_url") or _address(item.get("id"))), base=url),
            title=line(plain(str(item.get("title") or ""))),
            summary=plain(str(item.get("content_text") or item.get("content_html") or item.get("summary") or "")),
            published=iso(item.get("date_published") or item.get("date_modified")),
            stamp=line(str(item.get("date_modified") or ""), limit=60),
        )
        for item in (items if isinstance(items, list) else [])[:ITEMS_PER_PAGE]
        if isinstance(item, dict)
    ]


def _address(value: Any) -> str:
    """An id when it is an address; many are just numbers."""
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else ""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages of a sitemap, newest first where it says so, and the further sitemaps it names."""

    pages: tuple[Entry, ...]
    sitemaps: tuple[Entry, ...]


def sitemap(body: bytes, *, url: str) -> Sitemap:
    """Read a sitemap or sitemap index, gzipped or not; raises NotAFeed, BrokenFeed or Unpacking."""
    from lxml import etree

    if body[:2] == b"\x1f\x8b":
        body = unpacked(body, "gzip")
    if not re.search(rb"<\s*(?:\w+:)?(?:urlset|sitemapindex)\b", body[:HEAD]):
        raise NotAFeed("no sitemap in the answer")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(body, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenFeed(_BROKEN) from error
    if root is None:
        raise BrokenFeed("no element can be read")
    # only what is taken is made an entry: a map of 50,000 pages, as large as they get, would take too long otherwise
    named = _in_order(list(_locations(root)))[:ITEMS_PER_PAGE]
    found = [
        (
            kind,
            Entry(
                link=canonical(values["loc"], base=url),
                title=line(values.get("title", "")),
                published=published,
                stamp=line(values.get("lastmod", ""), limit=60),
            ),
        )
        for kind, published, values in named
    ]
    return Sitemap(
        tuple(entry for kind, entry in found if kind == "url"),
        tuple(entry for kind, entry in found if kind == "sitemap"),
    )


_Location = tuple[str, str, dict[str, str]]  # kind, date and values of a place that a sitemap names


def _in_order(found: list[_Location]) -> list[_Location]:
    """The newest first; of one date, or of none, both ends of each series, as either may be the new one."""
    series: dict[str, list[_Location]] = {}
    for one in found:
        name = re.sub(r"\d+", "#", one[2]["loc"]) if one[0] == "sitemap" else ""
        series.setdefault(name, []).append(one)
    ranked: list[tuple[int, str, _Location]] = []
    for name, them in series.items():
        dates, count = [date for _, date, _ in them], len(them)
        dates = _filled(dates) if name else dates
        places = [n // 2 if n % 2 else count - 1 - n // 2 for n in range(count)]
        ranked += [(n, dates[place], them[place]) for n, place in enumerate(places)]
    ranked.sort(key=lambda one: one[0])
    return [one for _, _, one in sorted(ranked, key=lambda one: when(one[1]), reverse=True)]


def _filled(dates: list[str]) -> list[str]:
    """Dates of maps, where one without takes that of the one before, at the beginning that of the first: it may be
    written still."""
    last, filled = next(filter(None, dates), ""), []
    for date in dates:
        last = date or last
        filled.append(last)
    return filled


def _locations(root: Any) -> Iterator[_Location]:
    dated = cache(iso)  # many pages of a day have its date alone
    for element in root.iterchildren("*"):
        values: dict[str, str] = {}
        for child in element.iterchildren("*"):  # an image or a video in it has an address, title and day of its own
            for told in (child, *(child.iterchildren("*") if _name(child) == "news" else ())):
                values.setdefault(_name(told), told.text or "")
        kind = _name(element)
        if kind in ("url", "sitemap") and values.get("loc"):
            yield kind, dated(values.get("publication_date") or values.get("lastmod", "")), values


def _name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
