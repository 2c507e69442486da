"""Headlines on a page: the links that look like articles, told by their address and words."""

import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from crawlers.addresses import is_asked_for, looks_like_article, site_of
from crawlers.extract import unsigned
from crawlers.text import line
from crawlers.urls import canonical

ARTICLES = 5  # links to articles that make a page a list of them


def article_links(tree: Any, url: str) -> list[tuple[str, str]]:
    """Address and text of the links that look like articles: on this site, a slug or number, a headline's words.

    Menus are told from headlines by their length: a section's name has few syllables, a headline has many.
    """
    here = canonical(url)
    titles: dict[str, str] = {}
    for link in tree.xpath("//body//a[@href]")[:5000]:
        address = canonical(str(link.get("href")), base=url)
        if not address or address == here or site_of(address) != site_of(here) or not looks_like_article(address):
            continue
        title = unsigned(link) or line(link.get("title", ""))
        titles[address] = max(titles.get(address, ""), title, key=len)
    headlines = {address: title for address, title in titles.items() if len(title.split()) >= 4}
    return [*_commonest_shape(headlines).items()]


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
    told = "digits" if re.search(r"[0-9]{3,}", last) else "asked" if is_asked_for(address) else "words"
    return f"{last.rpartition('.')[2] if '.' in last else ''}:{told}"
