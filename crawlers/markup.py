"""The words of an element, without what quotes others or belongs to the page."""

import copy
import re
from typing import Any

from crawlers.text import line, tidy

_BREAKS = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "h1", "h2", "h3", "h4", "section"}
)
# what lxml stops at, or reads and then writes into no text; references to it too
_UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)
# what hides a script from browsers that know none, and from XML: no JSON begins or ends so
HIDES = r"(?:(?://|/\*)\s{0,9})?(?:<!--|<!\[CDATA\[)(?:\s{0,9}\*/)?"
SHOWS = r"(?:(?://|/\*)\s{0,9})?(?:-->|\]\]>)(?:\s{0,9}\*/)?"
_INLINE = frozenset({"a", "b", "em", "i", "span", "strong"})


def fit(markup: str) -> str:
    """Markup without characters that are in no text."""
    return _UNFIT.sub("", markup)


def text_of(element: Any, *, drop: str = "") -> str:
    """Text of an element with its line breaks; `drop` is an XPath of what to leave out."""
    element = copy.deepcopy(element)
    element.tail = None
    for unwanted in element.xpath(".//script | .//style | .//noscript | .//template" + (f" | {drop}" if drop else "")):
        unwanted.tail = (" " if unwanted.tag in _INLINE else "\n") + (unwanted.tail or "")
        unwanted.drop_tree()
    for part in element.iter():
        if isinstance(part.tag, str) and part.tag.lower() in _BREAKS and part is not element:
            part.tail = "\n" + (part.tail or "")
            if part.tag.lower() != "br":
                part.text = "\n" + (part.text or "")
    text = tidy("".join(element.itertext()))
    return "\n".join(filter(None, (part.strip() for part in text.split("\n"))))


def first_text(element: Any, xpath: str) -> str:
    """One line of the first element or attribute that matches, "" when none does."""
    found = element.xpath(xpath)
    if not found:
        return ""
    return line(found[0] if isinstance(found[0], str) else " ".join(found[0].itertext()))


def has_class(name: str) -> str:
    """XPath condition: the element has this class."""
    return f'contains(concat(" ", normalize-space(@class), " "), " {name} ")'


# people who are spoken to, as forums, Telegram and Mastodon mark them; a hashtag is a word of the text
PEOPLE = " | ".join(
    (
        f".//*[{has_class('mention')} or {has_class('h-card')}][not({has_class('hashtag')})]",
        f".//*[{has_class('username')} or {has_class('username-coloured')} or {has_class('b-bbcode-user')}]",
        ".//a[contains(@href, 'member.php') or contains(@href, 'memberlist.php') or starts-with(@href, 'tg://user')]",
        ".//a[starts-with(normalize-space(.), '@')]",
    )
)
