"""The text of an article page: bytes in, title, lead, body, date and section out; never its author."""

import contextlib
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from crawlers.dates import iso
from crawlers.text import line, plain, tidy
from crawlers.urls import canonical

# who wrote it is never kept
_AUTHOR = (
    '@rel="author" or @itemprop="author" or contains(concat(" ", translate(@class, "-_", "  "), " "), " author ")'
    ' or contains(@class, "byline") or contains(@class, "tac-gia") or contains(@class, "tacgia")'
    ' or contains(@class, "author-info") or contains(@class, "author_") or contains(@class, "article-author")'
)
_NUMBER = re.compile(r"\d{4,}")  # of an article, in an address; shorter ones count sections and pages
_DAYS = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){1,2}/")
_ID = re.compile(r"(?i)(?:id|^p|^n|post|news|article)$")
TITLE = 2  # hyphens that the last part of an address has at least where it is a title
_NOT_TEXT = [  # left out of the text
    # the menu, which would stand above a short article; one that was never closed holds the article too
    "//nav[not(.//h1 or .//article)]",
    "//time",  # kept as the date, and no part of the text
    '//*[self::span or self::div or self::p][contains(@class, "date") or contains(@class, "time")]'
    "[string-length(normalize-space(.)) < 60]",
    f"//*[{_AUTHOR}]",
]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # the parser would stop at some of these


@dataclass(frozen=True, slots=True)
class Article:
    """What an article page says; every field may be "" except text."""

    text: str
    title: str = ""
    lead: str = ""
    published: str = ""
    section: str = ""
    url: str = ""  # canonical


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a page: UTF-8 where all of it is, else byte order mark, header, the page's own word, a guess.

    Letters with accents in any other encoding make no UTF-8 by chance, so a page that says otherwise is wrong.
    """
    from w3lib.encoding import html_to_unicode

    if not body.isascii():
        with contextlib.suppress(UnicodeDecodeError):
            return _CONTROL.sub("", body.decode("utf-8-sig"))
    text: str = html_to_unicode(content_type or None, body, default_encoding="utf8", auto_detect_fun=_guess)[1]
    return _CONTROL.sub("", text)


def _guess(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # cut in the middle of a character is still UTF-8; anything else from Viet Nam is windows-1258
        return "utf-8" if error.start >= len(body) - 4 else "cp1258"
    return "utf-8"  # ASCII


def tree_of(body: bytes, content_type: str = "") -> Any | None:
    """The parsed page, or None when there's no markup in it."""
    from lxml import etree, html

    text = decode(body, content_type)
    if not text.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, ValueError):
        return None
    return tree if len(tree) else None


def unsigned(element: Any) -> str:
    """The words of an element on one line, without who wrote them."""
    names = set(element.xpath(f".//*[{_AUTHOR}]//text()"))
    return line(" ".join(part for part in element.itertext() if part not in names))


def article(body: bytes, *, url: str, content_type: str = "") -> Article | None:
    """An article, or None when the page holds no running text."""
    from trafilatura import bare_extraction

    tree = tree_of(body, content_type)
    if tree is None:
        return None
    data = _json_ld(tree)
    title = _title(tree, data)
    shown_lead = _shown_lead(tree)
    lead, shown = shown_lead or line(plain(_meta(tree, "og:description", "description"))), bool(shown_lead)
    found = {
        "published": _published(tree, data),
        "section": line(_meta(tree, "article:section", "og:section", "category") or _text(data.get("articleSection"))),
        "url": _canonical(tree, url),
    }
    document = bare_extraction(
        tree,
        url=url,
        fast=True,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
        prune_xpath=_NOT_TEXT,
    )
    text = tidy(getattr(document, "text", "") or "")
    return Article(text=_body(text, title, lead, shown), title=title, lead=lead, **found)


def _body(text: str, title: str, lead: str, shown: bool) -> str:
    """The running text: without the title that begins it, with the lead when the page shows one above it."""
    if title and text.startswith(title):
        text = text[len(title) :].lstrip("\n ")
    if lead and (shown or not text) and lead[:80] not in text.replace("\n", " "):
        text = f"{lead}\n{text}".strip()
    return text


def _title(tree: Any, data: dict[str, Any]) -> str:
    heading = " ".join(tree.xpath("(//h1)[1]//text()")) if len(tree.xpath("//h1")) == 1 else ""
    title = _meta(tree, "og:title", "twitter:title") or _text(data.get("headline")) or heading
    return line(title or " ".join(tree.xpath("//head/title/text()")))


def _shown_lead(tree: Any) -> str:
    """The summary that Vietnamese outlets print above the text (sapo), "" when there's none."""
    spots = tree.xpath(
        '//*[contains(@class, "sapo") or contains(@class, "article-lead") or contains(@class, "detail-lead")'
        ' or (self::h2 and contains(@class, "summary")) or (self::p and @class="description")'
        ' or @data-role="sapo" or @itemprop="description"][not(self::meta)]'
    )
    for spot in spots[:3]:
        text = unsigned(spot)
        if len(text) > 20:
            return text
    return ""


def _published(tree: Any, data: dict[str, Any]) -> str:
    named = _meta(tree, "article:published_time", "og:published_time", "pubdate", "datePublished", "date", "dc.date")
    times = tree.xpath("//time/@datetime | //*[@itemprop='datePublished']/@content")
    shown = tree.xpath('//*[self::span or self::div][contains(@class, "date") or contains(@class, "time")]')
    texts = [" ".join(spot.itertext())[:80] for spot in shown[:3]]
    candidates = [named, _text(data.get("datePublished")), *times[:1], *texts]
    return next((date for date in map(iso, filter(None, candidates)) if date), "")


def _canonical(tree: Any, url: str) -> str:
    """The page's own canonical address when it is on the same site and names this article, else the fetched one."""
    links = tree.xpath("//link[@rel='canonical']/@href")
    named = canonical(str(links[0]), base=url) if links else ""
    here = canonical(url)
    if not named or _site(named) != _site(here) or is_front(named):
        return here
    return named if _names(named, here) else here


def _site(url: str) -> str:
    host = url.split("/")[2] if "//" in url else ""
    return re.sub(r"^(?:www|m|amp|mobile)\.", "", host)


def is_front(url: str) -> bool:
    """Whether it is a front page: as a canonical link a template's mistake, which would make all articles one."""
    return url.split("/", 3)[-1] in ("", "index.html", "index.php")


def _names(named: str, here: str) -> bool:
    """Whether a canonical link can be the article's at an address: not where it lacks the number of the article in the
    path, nor, where the query holds it, is neither that number's nor the article's own title, but a section's."""
    path, _, query = unquote(here.split("/", 3)[-1]).partition("?")
    numbers = _NUMBER.findall(_DAYS.sub("/", f"/{path}"))
    if numbers:
        return set(numbers) <= set(_NUMBER.findall(named))
    ids = {value for key, value in parse_qsl(query) if value.isdecimal() and _ID.search(key)}
    title = named.partition("?")[0].rstrip("/").rpartition("/")[2]
    return ids <= set(re.findall(r"\d+", named)) or title.count("-") >= TITLE


def _meta(tree: Any, *names: str) -> str:
    for name in names:
        values = tree.xpath("//meta[@property=$name or @name=$name or @itemprop=$name]/@content", name=name)
        if values and str(values[0]).strip():
            return str(values[0])
    return ""


def _json_ld(tree: Any) -> dict[str, Any]:
    """The article's own JSON-LD block, {} when there's none that can be read."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:10]:
        try:
            data = json.loads(str(script), strict=False)
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for node in graph if isinstance(graph, list) else []:
            if isinstance(node, dict) and "Article" in str(node.get("@type", "")):
                return node
    return {}


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""
