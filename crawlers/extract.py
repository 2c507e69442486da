"""The text of an article page: bytes in, title, lead, body, date and section out; never its author."""

import contextlib
import json
import re
from dataclasses import dataclass
from typing import Any

from crawlers import encodings
from crawlers.addresses import is_front, names_same, site_of
from crawlers.body import Body
from crawlers.dates import iso
from crawlers.markup import HIDES, SHOWS, fit
from crawlers.pruning import said, signs, without_others, without_signs
from crawlers.signatures import unsigned_lines
from crawlers.text import line, plain, tidy
from crawlers.urls import canonical

TITLED = 10  # characters of a heading that can be a title
SITE_NAME = 60  # characters: what is longer is no site's name
_NAMED = '@class="title" or @class="tieude" or @class="tieu-de" or contains(@id, "lblTitle")'
_SHOWN = f'//h1 | //h2 | //h3 | //*[{_NAMED} or contains(@class, "-title")]'  # titles, of articles among others
_ONE = f"//*[{_NAMED}][not(.//a) and not(ancestor::a)] | //h2[count(//h1 | //h2) = 1]"
_SITE_BEFORE, _SITE_BEHIND = re.compile(r"^[^|:–—-]{1,60}[|:–—-]\s+$"), re.compile(r"\s+[|–—-]\s")

_MARKS = re.compile(rf"^\s*{HIDES}|{SHOWS}\s{{0,99}}\Z")
UNWRITTEN = ("", "punycode", "unicode-escape", "raw-unicode-escape")  # encodings of Python that no page is written in
GUESSED = 100_000  # bytes by which an encoding is told
CUT = 20  # letters that make no UTF-8: fewer were cut in two, more are another encoding's


@dataclass(frozen=True, slots=True)
class Article:
    """What an article page says; every field may be "" except text."""

    text: str
    title: str = ""
    lead: str = ""
    published: str = ""
    section: str = ""
    url: str = ""  # canonical
    shown: str = ""  # a date that stands by the text: less sure than `published`, which the page states


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a page: UTF-8 where all of it is, else byte order mark, header, the page's own word, a guess.

    Letters with accents in any other encoding make no UTF-8 by chance, so a page that says otherwise is wrong; and
    one of whose letters few are UTF-8 is none, whoever says so. Of what Vietnamese pages were written in before, Python
    knows but one: the others go by their words, where as anything else it has none. A page that is put together from
    two is read piece by piece.
    """
    from w3lib.encoding import html_body_declared_encoding, html_to_unicode, http_content_type_encoding, read_bom

    is_other = False
    if not body.isascii():
        with contextlib.suppress(UnicodeDecodeError):
            return fit(body.decode("utf-8-sig"))
        if not _is_mostly_utf8(body) and not read_bom(body)[0]:
            words = (http_content_type_encoding(content_type or None), html_body_declared_encoding(body))
            # of what nobody names rightly, most from Viet Nam is windows-1258
            content_type = (
                f"text/html; charset={next((word for word in words if word not in (None, 'utf-8')), 'cp1258')}"
            )
            is_other = True
    try:
        named, text = html_to_unicode(content_type or None, body, default_encoding="utf8")
    except (UnicodeError, LookupError):
        named = ""
    if named in UNWRITTEN:
        text = body.decode("utf-8" if _is_mostly_utf8(body) else "cp1258", "replace")
    if is_other and (table := encodings.likelier(body, text)):
        text = encodings.read(body, table)
    elif named == "utf-8" and text.count("\ufffd") > CUT:
        text = "".join(map(_piece, re.split(rb"(?=<)", body)))
    return fit(text)


def _piece(body: bytes) -> str:
    return body.decode("utf-8" if body.isascii() or _is_mostly_utf8(body) else "cp1258", "replace")


def readable(body: bytes) -> bytes:
    """UTF-8 some of whose letters its site cut in two, without their halves, by which all of it is taken for another
    encoding; anything else as it is."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("utf-8", "ignore").encode() if _is_mostly_utf8(body) else body
    return body


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether more of the letters beyond ASCII are UTF-8 than aren't: one bad byte makes no other encoding."""
    text = body[:GUESSED].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(not letter.isascii() for letter in text) > 2 * bad


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
    names = {part for child in element.iterdescendants("*") if signs(child) for part in child.itertext()}
    return line(" ".join(part for part in element.itertext() if part not in names))


def article(body: bytes, *, url: str, content_type: str = "") -> Article | None:
    """An article, or None when the page holds no running text."""
    from trafilatura import bare_extraction

    tree = tree_of(body, content_type)
    if tree is None:
        return None
    data = _json_ld(tree)
    title = _title(tree, data)
    found = {
        "published": _published(tree, data),
        "section": line(_meta(tree, "article:section", "og:section", "category") or _text(data.get("articleSection"))),
        "url": _canonical(tree, url),
    }
    without_others(tree, title)
    place = Body(tree, title)
    found["shown"] = next((date for stamp in place.stamps() if (date := _date_of(stamp))), "")
    shown_lead = _shown_lead(tree)
    lead, shown = shown_lead or line(plain(_meta(tree, "og:description", "description"))), bool(shown_lead)
    without_signs(tree, title)
    place.ready()
    document = bare_extraction(
        tree,
        url=url,
        fast=True,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
    )
    text = unsigned_lines(tidy(getattr(document, "text", "") or ""))
    return Article(text=_body(text, title, lead, shown), title=title, lead=lead, **found)


def _body(text: str, title: str, lead: str, shown: bool) -> str:
    """The running text: without the title as a line above it, with the lead when the page shows one there."""
    if title and f"{text}\n".startswith(f"{title}\n"):
        text = text[len(title) :].lstrip("\n ")
    if lead and (shown or not text) and lead[:80] not in text.replace("\n", " "):
        text = f"{lead}\n{text}".strip()
    return text


def _title(tree: Any, data: dict[str, Any]) -> str:
    """What the page calls the article, without the site's name that stands before or behind it."""
    only = tree.xpath("//h1[count(//h1) = 1]")
    stated = line(_meta(tree, "og:title", "twitter:title") or _text(data.get("headline")))
    title = stated or (line(" ".join(only[0].itertext())) if only else "")
    title = title or line(" ".join(tree.xpath("//head/title/text()")))
    shown = [said(spot, 300) for spot in tree.xpath(_SHOWN)[:20]]
    if title in shown:
        return title
    for heading in shown:
        before, found, behind = title.partition(heading) if len(heading) >= TITLED else ("", "", "")
        led = not before or (not stated and _SITE_BEFORE.match(before))
        if found and led and (not behind or _SITE_BEHIND.match(behind)):
            return heading
    if stated or len(title) > SITE_NAME:
        return title
    one = {text for spot in tree.xpath(_ONE)[:9] if len(text := said(spot, 300)) >= TITLED}
    return one.pop() if len(one) == 1 else title  # which is a site's name alone


def _shown_lead(tree: Any) -> str:
    """The summary that Vietnamese outlets print above the text (sapo), "" when there's none."""
    spots = tree.xpath(
        '//*[contains(@class, "sapo") or contains(@class, "chappeau") or contains(@class, "chapeau")'
        ' or @class="tomtat" or @class="tom-tat" or contains(@class, "article-lead") or contains(@class, "detail-lead")'
        ' or (self::h2 and contains(@class, "summary")) or (self::p and @class="description")'
        ' or @data-role="sapo" or @itemprop="description"][not(self::meta)]'
    )
    for spot in spots[:3]:
        text = unsigned(spot)
        if len(text) > 20:
            return text
    return ""


def _published(tree: Any, data: dict[str, Any]) -> str:
    """The date that the page states for machines."""
    named = _meta(tree, "article:published_time", "og:published_time", "pubdate", "datePublished", "date", "dc.date")
    return iso(named) or iso(_text(data.get("datePublished")))


def _date_of(stamp: Any) -> str:
    return iso(stamp.get("datetime")) or iso(said(stamp, 80))


def _canonical(tree: Any, url: str) -> str:
    """The page's own canonical address when it is on the same site and names this article, else the fetched one."""
    links = tree.xpath("//link[@rel='canonical']/@href")
    named = canonical(str(links[0]), base=url) if links else ""
    here = canonical(url)
    if not named or site_of(named) != site_of(here) or is_front(named):
        return here
    return named if names_same(named, here) else here


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
            data = _data(str(script))
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for node in graph if isinstance(graph, list) else []:
            for part in (node, node.get("mainEntity")) if isinstance(node, dict) else ():
                if isinstance(part, dict) and "Article" in str(part.get("@type", "")):
                    return part
    return {}


def _data(script: str) -> Any:
    """What a script holds, without the comment marks that templates put around it and the commas they leave behind."""
    script = _MARKS.sub("", script)
    try:
        return json.loads(script, strict=False)
    except ValueError:
        return json.loads(re.sub(r",\s{0,200}([}\]])", r"\1", script), strict=False)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""
