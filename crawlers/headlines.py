"""Headlines on a page: the links that look like articles, told by their address and words."""

import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawlers.extract import NAMES, unsigned
from crawlers.text import line
from crawlers.urls import canonical, host_of

ARTICLES = 5  # links to articles that make a page a list of them
_NOT_ARTICLES = re.compile(
    r"/(?:tags?|chu-de|tac-gia|authors?|users?|profiles?|login|dang-nhap|rss|search|tim-kiem|category|lien-he|quang-cao)(?:/|$)"
    r"|/(?:tac-gia|authors?|tags?|chu-de|category)(?:-[a-z]+){1,5}(?:-\d{1,6})?(?:\.\w{1,5})?$"  # headlines are longer
    r"|/(?:page|trang)[/-]\d+(?:/|$|\.)"
    r"|\.(?:jpe?g|png|gif|webp|pdf|mp[34]|zip|css|js|xml|rss)$",
    re.I,
)
_OF_MANY = re.compile(
    r"(?i)cat|menu|zone|group|tag|user|author|tac-?gia"
)  # in the name of a number that is no article's


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


def is_no_article(address: str) -> bool:
    """Whether an address is an author's, a topic's or a search's, or of a file."""
    return bool(_NOT_ARTICLES.search(urlsplit(address).path))


def _looks_like_article(address: str) -> bool:
    if is_no_article(address):
        return False
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    if re.search(r"\d{3,}", last) or last.count("-") >= 3 or re.search(r"\d+\.(?:html?|aspx|tpo|vnp)$", last):
        return True
    return _is_asked_for(address)


def _is_asked_for(address: str) -> bool:
    """Whether a number in the query tells the article, as on portals of authorities."""
    asked = parse_qsl(urlsplit(address).query)
    return any(NAMES.search(key) and not _OF_MANY.search(key) and re.fullmatch(r"\d{3,}", told) for key, told in asked)


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
    told = "digits" if re.search(r"[0-9]{3,}", last) else "asked" if _is_asked_for(address) else "words"
    return f"{last.rpartition('.')[2] if '.' in last else ''}:{told}"


def _site(address: str) -> str:
    return re.sub(r"^(?:www|m)\.", "", host_of(address))
