"""Addresses: which are worth a request, and which mean the same page."""

import re
from functools import lru_cache
from itertools import chain
from posixpath import normpath
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from crawlers.settings import URL_LENGTH

# parameters that say where a reader came from, never what the page shows
_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|gad_campaignid|srsltid|msclkid|yclid|ysclid|ttclid|twclid"
    r"|igsh|igshid|li_fat_id|sccid|epik|mkt_tok|_hsenc|_hsmi|mibextid"
    r"|mc_[ce]id|_ga|_gl|zarsrc|gidzl|ref_src|at_medium|at_campaign"
    r"|phpsessid|jsessionid|aspsessionid[a-z]*)$"  # or which visit it is
)
# likewise on Facebook's own pages: elsewhere some of these names may say what is shown
_OF_FACEBOOK = re.compile(r"^(rdid|share_url|sfnsn|_rdr|__cft__\[\d*\]|__tn__|__xts__\[\d*\]|__eep__|eav|paipv)$")
_FACEBOOK = re.compile(r"(?:.+\.)?(?:facebook\.com|fb\.(?:com|watch))")
_MIRROR = re.compile(r"^(?:www\.|m\.(?=[^.]+\.))+")  # a host's second names
_VISIT = re.compile(r"(?i);jsessionid=[^/?;]*")
_SID = re.compile(r"(?i)(?:sid|s|session_?id)=[0-9a-f]{26,64}")


def canonical(url: str, *, base: str = "") -> str:
    """The one spelling of an http(s) URL, without tracking and the visit's number; "" when it isn't one."""
    parts = _split(url, base)
    if parts is None:
        return ""
    try:
        host, port = _host(parts), parts.port
    except (ValueError, UnicodeError):
        return ""
    if not host:
        return ""
    if port and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        host = f"{host}:{port}"
    kept = [pair for pair in parts.query.split("&") if not _is_passing(pair, host)]
    query = "&".join(kept)
    if not query.isascii():
        query = urlencode(parse_qsl(query, keep_blank_values=True))
    path = quote(_VISIT.sub("", parts.path) or "/", safe="/%:@!$&'()*+,;=~-._")
    whole = urlunsplit((parts.scheme.lower(), host, path, query, ""))
    return whole if len(whole) <= URL_LENGTH else ""


def _is_passing(pair: str, host: str) -> bool:
    """Whether a parameter says how a reader came or which visit it is."""
    name = unquote(pair).partition("=")[0].lower()
    if _TRACKING.match(name) or _SID.fullmatch(pair):
        return True
    return bool(_OF_FACEBOOK.match(name) and _FACEBOOK.fullmatch(host))


def host_of(url: str) -> str:
    """The host name of a URL, small letters, "" when there's none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_under(url: str, place: str) -> bool:
    """Whether a URL is that of a place on the web or of a page below it, with or without scheme, www and last slash."""
    own_host, own_path, name = _place(place)
    if not own_host or (url.isascii() and url.isprintable() and name not in url.lower()):  # most are of other hosts
        return False
    host, path = _spot(url)
    return host == own_host and f"{path}/".startswith(f"{own_path}/")


@lru_cache(maxsize=8)
def _place(place: str) -> tuple[str, str, str]:
    """Host, path and host without port of a place on the web."""
    host, path = _spot(place) if place else ("", "")
    return host, path, host_of(f"https://{host}")


def place_host(place: str) -> str:
    """What every plain URL under a place on the web holds, in capitals or not; "" for no place."""
    return _place(place)[2]


def is_same(one: str, other: str) -> bool:
    """Whether two URLs are of one page, whatever their scheme, www and last slash."""
    queries = {urlsplit(canonical(url)).query for url in (one, other)}
    return len({_spot(one), _spot(other)}) == 1 and len(queries) == 1


def alike(url: str) -> list[str]:
    """The spellings of a canonical URL under which sites and people lead to the same page, itself the first: by either
    scheme, with and without www. or m. and a last slash, its %C3 in capitals or not."""
    found = re.fullmatch(r"https?://([^/?#]*)([^?#]*)(.*)", url, re.DOTALL)
    if not found:
        return [url]
    host, path, rest = _MIRROR.sub("", found[1]), found[2].rstrip("/"), found[3]
    names = (host, f"www.{host}", f"m.{host}")
    spelled = (
        f"{scheme}://{name}{path}{end}{rest}" for scheme in ("https", "http") for name in names for end in ("", "/")
    )
    return list(dict.fromkeys([url, *chain.from_iterable(map(in_either_case, spelled))]))


def in_either_case(url: str) -> tuple[str, ...]:
    """An address with its %C3 as it is, in capitals and in small letters: sites write either."""
    if "%" not in url:
        return (url,)
    return (
        url,
        re.sub(r"%[0-9a-fA-F]{2}", lambda one: one[0].upper(), url),
        re.sub(r"%[0-9a-fA-F]{2}", lambda one: one[0].lower(), url),
    )


def _spot(url: str) -> tuple[str, str]:
    parts = urlsplit(canonical(url if "://" in url else f"https://{url}"))
    path = normpath(re.sub("/+", "/", unquote(parts.path)))  # "/a/../b" and "//b" are "/b"
    return _MIRROR.sub("", parts.netloc), "" if path in ("/", ".") else path


def site_of(url: str) -> str:
    """Host and port of a URL without www: what is there is of one site."""
    return _spot(url)[0]


def origin_of(url: str) -> str:
    """Scheme, host and port: what a robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def place_of(url: str) -> str:
    """Host and port, by which a service is known; those of http and https are one, as sites lead from one to the other.

    One however they are spelled; "" where there is none, or a user is named.
    """
    parts = _split(url, "")
    try:
        host, port = (_host(parts), parts.port) if parts else ("", None)
    except (ValueError, UnicodeError):
        return ""
    return host and f"{host}:{'' if port in (80, 443, None) else port}"


def _split(url: str, base: str) -> SplitResult | None:
    cleaned = re.sub(r"[\t\r\n]", "", url).strip()
    if not cleaned or re.search(r"[\x00-\x20\x7f\ud800-\udfff]", cleaned.replace(" ", "")):
        return None
    try:
        parts = urlsplit(urljoin(base, cleaned.replace(" ", "%20")) if base else cleaned.replace(" ", "%20"))
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or parts.username is not None:
        return None
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".。．｡")  # IDNA makes one of each
    return f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
