"""Which addresses are an article's, and whether two are of the same one."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers.urls import canonical

_NUMBER = re.compile(r"\d{4,}")  # of an article, in an address; shorter ones count sections and pages
_DAYS = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){1,2}/")
# of the parts of a query: what tells an article, and a number that is no article's
_NAMES = re.compile(r"(?i)(?:id|^p|^n|post|news|article|slug|alias|title|^name|^bai)$")
_OF_MANY = re.compile(r"(?i)cat|menu|zone|group|tag|user|author|tac-?gia")
# of an address without its scheme and query, and of its query
_LOGIN = re.compile(
    r"(?i)/(?:(?:wp-)?(?:log[-_]?(?:in|on)|sign[-_]?(?:in|up)|dang[-_]?(?:nhap|ky)|sso|register)|oauth2?|sessions?/new)"
    r"(?:\.\w{1,5})?(?:[/;]|$)|^//(?:login|sso|o?auth2?|accounts?|passport|identity)\."
)
_LOGIN_ASKED = re.compile(
    r"(?i)(?:^|&)(?:(?:action|mode|view|do)=log[-_]?in|(?:log[-_]?in|dang[-_]?nhap)=(?:1|true|required)?)(?:&|$)"
)
_TITLE = 2  # hyphens that the last part of an address has at least where it is a title
_LONG = 4  # and where it is surely no section: "van-hoa-xa-hoi" has three
_NOT_ARTICLES = re.compile(
    r"/(?:tags?|chu-de|tac-gia|authors?|users?|profiles?|login|dang-nhap|rss|search|tim-kiem|category|lien-he|quang-cao)(?:/|$)"
    r"|/(?:tac-gia|authors?|tags?|chu-de|category)(?:-[a-z]+){1,5}(?:-\d{1,6})?(?:\.\w{1,5})?$"  # headlines are longer
    r"|/(?:page|trang)[/-]\d+(?:/|$|\.)"
    r"|\.(?:jpe?g|png|gif|webp|pdf|mp[34]|zip|css|js|xml|rss)$",
    re.I,
)


def site_of(url: str) -> str:
    """Host and port of an address, alike for a site's copies for phones."""
    host = url.split("/")[2] if "//" in url else ""
    return re.sub(r"^(?:www|m|amp|mobile)\.", "", host)


def is_front(url: str) -> bool:
    """Whether it is a front page: as a canonical link a template's mistake, which would make all articles one."""
    return url.split("/", 3)[-1] in ("", "index.html", "index.php")


def leads_to_login(url: str, there: str) -> bool:
    """Whether where an address leads is where a site asks who one is, as it wasn't itself."""
    return _is_login(there) and not _is_login(url)


def _is_login(url: str) -> bool:
    place, _, query = url.partition("?")
    return bool(_LOGIN.search(place.partition(":")[2]) or _LOGIN_ASKED.search(query))


def leads_to_gate(url: str, there: str) -> bool:
    """Whether where an address leads is told it, so as to lead back to it once somebody has agreed to something."""
    if is_front(url) or url == there:
        return False
    asked = {url, f"/{url.split('/', 3)[-1]}"}
    return any(value in asked for _, value in parse_qsl(urlsplit(there).query))


def names_same(named: str, here: str) -> bool:
    """Whether a canonical link can be the article's at an address, not a section's or another's: it has the number of
    the article in the path; else the same title; else what tells it in the query, or of a number a long title."""
    path, _, query = unquote(here.split("/", 3)[-1]).partition("?")
    numbers = _NUMBER.findall(_DAYS.sub("/", f"/{path}"))
    if numbers:
        return set(numbers) <= set(_NUMBER.findall(named))
    there, _, asked = unquote(named.split("/", 3)[-1]).partition("?")
    last, title = _last(path), _last(there)
    titled = _is_title(last)
    tells = {
        key: value.lower()
        for key, value in parse_qsl(query)
        if _NAMES.search(key) and (value.isdecimal() or _is_title(value))
        if not (titled and len(key) == 1)  # a page of it
    }
    # a section's number tells where nothing else does: better two addresses of one article than one of many
    told = {tells[key] for key in tells if _is_articles(key)} or {*tells.values()}
    if last.isdecimal():
        told.add(last)
    if not told or (titled and title == last):
        return title == last
    if told <= {title, *re.findall(r"\d+", named), *(value.lower() for _, value in parse_qsl(asked))}:
        return True
    return all(map(str.isdecimal, told)) and title.count("-") >= _LONG


def leads_to_section(url: str, there: str) -> bool:
    """Whether an article's address leads, on its own site, to one that no article has, as what was taken away does."""
    url, there = canonical(url), canonical(there)
    if site_of(url) != site_of(there) or not _tells(url) or _tells(there):
        return False
    return not names_same(there, url)


def _tells(url: str) -> bool:
    """Whether an address tells an article: by its number or a long title."""
    path, _, query = unquote(url.split("/", 3)[-1]).partition("?")
    if _NUMBER.search(_DAYS.sub("/", f"/{path}")) or _last(path).count("-") >= _LONG:
        return True
    return any(_is_articles(key) and value.isdecimal() for key, value in parse_qsl(query))


def _is_articles(key: str) -> bool:
    """Whether a part of a query tells an article, not its section or writer."""
    return bool(_NAMES.search(key)) and not _OF_MANY.search(key)


def _last(path: str) -> str:
    """The last part of a path, alike for an article and its AMP copy or further page."""
    last = path.rstrip("/").removesuffix("/amp").rpartition("/")[2]
    return re.sub(r"(?:[-.]amp|-p(?:age)?-?\d+)?(?:\.\w{1,5})?$", "", last).lower()


def _is_title(word: str) -> bool:
    return word.count("-") >= _TITLE


def is_no_article(address: str) -> bool:
    """Whether an address is an author's, a topic's or a search's, or of a file."""
    return bool(_NOT_ARTICLES.search(urlsplit(address).path))


def looks_like_article(address: str) -> bool:
    """Whether an address has a number or a title, as articles' have."""
    if is_no_article(address):
        return False
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    if re.search(r"\d{3,}", last) or last.count("-") >= 3 or re.search(r"\d+\.(?:html?|aspx|tpo|vnp)$", last):
        return True
    return is_asked_for(address)


def is_asked_for(address: str) -> bool:
    """Whether a number in the query tells the article, as on portals of authorities."""
    asked = parse_qsl(urlsplit(address).query)
    return any(_is_articles(key) and re.fullmatch(r"\d{3,}", told) for key, told in asked)
