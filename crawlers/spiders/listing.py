"""Listing pages of outlets without a feed: the links on them that look like articles."""

import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from crawlers.extract import tree_of, unsigned
from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.settings import ITEMS_PER_PAGE
from crawlers.sources import Source
from crawlers.spiders import page as page_spider
from crawlers.text import line
from crawlers.urls import canonical, host_of

_NOT_ARTICLES = re.compile(
    r"/(?:tag|tags|chu-de|tac-gia|author|login|dang-nhap|rss|search|tim-kiem|page|trang|category|lien-he|quang-cao)(?:/|$|-)"
    r"|\.(?:jpe?g|png|gif|webp|pdf|mp[34]|zip|css|js|xml|rss)$",
    re.I,
)


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Links to articles, or the article behind one."""
    if fetch.step == "page":
        return page_spider.read(source, fetch, page)
    tree = tree_of(page.body, page.content_type)
    if tree is None:
        return Reading(missed=Outcome.EMPTY)
    found = article_links(tree, page.url)
    if not found:
        return Reading(missed=Outcome.EMPTY)
    fetches = tuple(Fetch(source.id, url, step="page", title=title) for url, title in found[:ITEMS_PER_PAGE])
    return Reading(follow=fetches, missed=Outcome.LISTED)


def article_links(tree: Any, url: str) -> list[tuple[str, str]]:
    """Address and text of the links that look like articles: on this site, a slug or number, a headline's words.

    Menus are told from headlines by their length: a section's name has few syllables, a headline has many.
    """
    titles: dict[str, str] = {}
    for link in tree.xpath("//body//a[@href]")[:5000]:
        address = canonical(str(link.get("href")), base=url)
        if not address or _site(address) != _site(url) or address == canonical(url):
            continue
        if not _looks_like_article(address):
            continue
        title = unsigned(link) or line(link.get("title", ""))
        if len(title) > len(titles.get(address, "")):
            titles[address] = title
        else:
            titles.setdefault(address, title)
    headlines = {address: title for address, title in titles.items() if len(title.split()) >= 4}
    return [*_commonest_shape(headlines).items()]


def _looks_like_article(address: str) -> bool:
    path = urlsplit(address).path
    if _NOT_ARTICLES.search(path):
        return False
    last = path.rstrip("/").rpartition("/")[2]
    return bool(re.search(r"\d{3,}", last) or last.count("-") >= 3 or re.search(r"\d+\.(?:html?|aspx|tpo|vnp)$", last))


def _commonest_shape(headlines: dict[str, str]) -> dict[str, str]:
    """Only the shape of address that most headlines share, when there is a clear one."""
    shapes = Counter(map(_shape, headlines))
    if not shapes:
        return {}
    shape, count = shapes.most_common(1)[0]
    if count < 0.6 * len(headlines):
        return headlines
    return {address: title for address, title in headlines.items() if _shape(address) == shape}


def _shape(address: str) -> str:
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    return f"{last.rpartition('.')[2] if '.' in last else ''}:{'digits' if re.search(r'[0-9]{3,}', last) else 'words'}"


def _site(address: str) -> str:
    return re.sub(r"^(?:www|m)\.", "", host_of(address))
