"""What on an article's page is no part of its text: readers' comments, who wrote it, related titles, menus, dates.

Class names and ids are compared by whole words, however they are written: `box_comment`, `boxComment` and `box-comment`
alike. What holds the article itself is never taken out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from crawlers.signatures import NAME, SHORT, is_name
from crawlers.text import line

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+|--+")
_STATE = re.compile(  # "has-comments", "comment-open" and "category-binh-luan" say something of a whole page
    r"^(?:has|no|with|without|single|multi|category|cat|tag|term|type|format|status|allow|show|is)-"
    r"|-(?:open|closed|enabled|disabled|allowed|on|off|active)$"
)


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|-)(?:{'|'.join(words)})(?:-|$)")


_COMMENTS = _words(
    r"comments?(?:list|area|box|form|item|wrap|wrapper)?", "cmts?", r"(?:box|list)-?binhluan", r"binh-?luan",
    r"y-?kien(?:-?ban-?doc|-?doc-?gia)?", "phan-?hoi", "nhan-?xet", "thao-?luan", "disqus", "discussions?",
    "feedbacks?", "respond",
)  # fmt: skip
_AUTHOR = _words(r"authors?(?:name|info|box)?", "byline", "tac-?gia", "but-?danh", "nguoi-?viet", "vc-?signature")
_CREDIT = _words(  # in words that may name something else too: only what is short
    "writer", "reporter", "journalist", "signature", "p-source", "credits?", r"(?:photo-?cms-|wp-|img-|image-)?caption",
    "chu-?thich(?:-?anh)?",
)  # fmt: skip
_RELATED = _words(
    r"related(?:-?(?:news|posts?|articles?|box|stories))?", r"(?:tin|bai)?-?lien-?quan", "(?:tin|bai)-?khac",
    "other-?news", "recommend(?:ed|ations?)?", "insert-wiki-content", "read-?more", "(?:xem|doc)-?them", "most-?read",
    "xem-?nhieu",
)  # fmt: skip
_DATED = _words(
    "date", "time", "date-?time", "timestamp", "(?:date|time)-?published", "publish(?:ed)?-?(?:date|time|on)?",
    "posted-on", r"ngay(?:-?dang|-?gio)?", "thoi-?gian",
)  # fmt: skip
_TEXT = _words(  # beside another name: the article's own block, in a section "y-kien" or by an author
    "(?:entry|post|article|detail|main|news|page|single)-?(?:content|body|text)", "noi-?dung", "h-?entry",
)  # fmt: skip
_DAY = re.compile(r"\d{1,2}\s?[:hg/.-]\s?\d|\d{1,2} (?:giờ|tháng|phút|ngày)|[A-Z][a-z]{2} \d{1,2}, \d{4}")
_POSTED = re.compile(r"(?i)ngày|đăng|lúc|cập nhật|xuất bản|GMT")
LINKED = 1500  # characters of a box of related titles, at most
STAMP = 60  # of a date
RUN = 40  # of words outside links that make a paragraph rather than a label
INLINE = 500  # elements within one: trafilatura takes the square of their number

_READERS = re.compile(
    r"(?i)(?P<surely>(?:bình luận|ý kiến|nhận xét|phản hồi|thảo luận|comments?) ?\(\d+\)|\d+ (?:bình luận"
    r"|ý kiến|nhận xét|phản hồi|comments?)|(?:bình luận|ý kiến) (?:bạn đọc|độc giả|của bạn)(?: ?\(\d+\))?)"
    r"|bình luận|ý kiến|nhận xét|phản hồi"
)
_MORE = re.compile(
    r"(?i)(?:các )?(?:tin|bài)(?: viết| tức)? (?:liên quan|khác|cùng (?:chuyên )?mục|mới nhất|nổi bật|đọc nhiều)"
    r"|(?:xem|đọc) (?:thêm|nhiều)|bài đăng phổ biến|có thể bạn quan tâm"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "div", "p", "span")
_INLINE = frozenset({"a", "b", "em", "font", "i", "li", "p", "span", "strong", "td", "dd", "u", "blockquote"})
_RIGHT = re.compile(r"(?i)text-align\s*:\s*right")
_RIGHT_CLASS = re.compile(r"(?:^|-)(?:text|align|t)-?right$")


def names(element: Any) -> tuple[str, ...]:
    """Class names and id of an element, each as small words with hyphens between."""
    called = [element.get(key) or "" for key in ("class", "id", "aria-labelledby")]
    return _split(" ".join(called)[:500])


@lru_cache(maxsize=2048)  # a page repeats few names in thousands of elements
def _split(called: str) -> tuple[str, ...]:
    return tuple(_HUMP.sub("-", word).lower() for word in called.split())


def _named(element: Any, pattern: re.Pattern[str]) -> bool:
    called = names(element)
    return bool(called) and _any(called, pattern)


@lru_cache(maxsize=8192)
def _any(called: tuple[str, ...], pattern: re.Pattern[str]) -> bool:
    if not any(pattern.search(name) and not _STATE.search(name) for name in called):
        return False
    return not any(_TEXT.search(name) and not pattern.search(name) for name in called)


def signs(element: Any) -> bool:
    """Whether an element is marked as saying who wrote the text; that is never kept."""
    if element.tag == "article":  # blogs name its author in its class
        return False
    if element.get("rel") == "author" or element.get("itemprop") == "author" or _named(element, _AUTHOR):
        return True
    return _named(element, _CREDIT) and len(said(element, SHORT)) < SHORT


def said(element: Any, limit: int) -> str:
    """The words of an element, no further than a length."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length >= limit:
            break
    return line("".join(parts))


def without_others(tree: Any, title: str) -> None:
    """Take out what others wrote, and what leads to other articles."""
    for menu in list(tree.iter("nav")):
        if menu.find(".//h1") is not None or menu.find(".//article") is not None:
            menu.tag = "div"  # it was never closed, and holds the article too
    _drop(tree, title, _is_others)


def without_signs(tree: Any, title: str) -> None:
    """Take out who wrote it, captions, and the dates that stand by themselves."""
    from lxml.etree import strip_tags

    _drop(tree, title, lambda element: signs(element) or is_stamp(element) or _is_signature(element))
    for time in list(tree.iter("time")):
        time.tag = "span"  # a date within a sentence, which trafilatura leaves out
    for crowded in [element for element in tree.iter() if len(element) > INLINE]:
        strip_tags(crowded, "b", "em", "font", "i", "span", "strong", "u")
        for part in (crowded, *crowded):  # their words as one text again, else each costs a walk over all
            part.text, part.tail = part.text, part.tail


def is_stamp(element: Any) -> bool:
    """Whether an element is the article's date, and no words of a sentence."""
    timed = element.tag == "time"
    if not timed and not (
        element.tag in ("span", "div", "p", "i", "td", "li", "h2", "abbr") and _named(element, _DATED)
    ):
        return False
    text = said(element, STAMP)
    if len(text) >= STAMP or not (timed or _DAY.search(text)):
        return False
    return not _in_a_sentence(element, text)


def _in_a_sentence(element: Any, text: str) -> bool:
    parent = element.getparent()
    if parent is None or parent.tag not in _INLINE:
        before = element.getprevious()
        ahead = before.tail if before is not None else parent.text if parent is not None else ""
        around = f"{ahead or ''}{element.tail or ''}"
    else:
        around = said(parent, STAMP + 200).replace(text, "", 1)
    return sum(map(str.isalpha, _POSTED.sub("", around))) > 3


def _is_signature(element: Any) -> bool:
    """Whether a short line at the right edge is a name."""
    if element.tag not in ("p", "div", "td", "span", "h4", "h5", "h6"):
        return False
    right = element.get("align") == "right" or _RIGHT.search((element.get("style") or "")[:300])
    if not right and not any(_RIGHT_CLASS.search(name) for name in names(element)):
        return False
    return is_name(said(element, 130), most=2 * NAME, loud=True)


def _is_others(element: Any) -> bool:
    if element.tag == "nav" or _named(element, _COMMENTS):
        return True
    if _named(element, _RELATED):
        text, linked = _linked(element)
        return len(text) < LINKED and 3 * linked > len(text)
    return _is_headed(element)


def _linked(element: Any) -> tuple[str, int]:
    """The words of an element, and how many characters of them are links."""
    return said(element, LINKED), sum(len(said(link, LINKED)) for link in element.iterfind(".//a"))


def _heading(element: Any) -> str:
    """What a block begins with, as its heading would be; "" when it has none."""
    first = next((child for child in element if isinstance(child.tag, str)), None)
    if first is None or first.tag not in _HEADINGS or (element.text or "").strip():
        return ""
    return said(first, 60).rstrip(": ")


def _is_headed(element: Any) -> bool:
    """Whether a block says in its heading that readers' words or related titles follow."""
    if element.tag not in ("div", "section", "aside", "ul", "table"):
        return False
    heading = _heading(element)
    if found := _READERS.fullmatch(heading):
        return bool(found["surely"]) or element.find(".//form") is not None or element.find(".//li") is not None
    if not _MORE.fullmatch(heading):
        return False
    text, linked = _linked(element)
    return len(text) < LINKED and 2 * linked > len(text) - len(heading)


def _letter(text: str) -> str:
    return unicodedata.normalize("NFD", text[:1])[:1]


def headings(tree: Any, title: str) -> Iterator[Any]:
    """Elements that show the title."""
    for element in tree.iter("h1", "h2", "h3", "h4", "div", "span", "td", "p"):
        start = (element.text or "").strip() or (said(element, 40) if element.tag in ("h1", "h2", "h3") else "")
        if (
            start
            and _letter(start) == _letter(title)
            and title.startswith(line(start)[:20])
            and said(element, len(title) + 40) == title
        ):
            yield element


def _asks(element: Any) -> bool:
    """Whether a block's heading counts readers' words, or it holds a field for one more."""
    found = _READERS.fullmatch(_heading(element))
    return (found is not None and bool(found["surely"])) or element.find(".//textarea") is not None


def unlinked(element: Any) -> int:
    """Characters of an element outside its links."""
    return len(said(element, 2000)) - sum(len(said(link, 2000)) for link in element.iterfind(".//a"))


def _running_text(tree: Any) -> Iterator[Any]:
    """The first block with paragraphs of its own, if they are most of the page's: readers' words come otherwise."""
    sizes: dict[Any, list[int]] = {}
    for paragraph in tree.iter("p"):
        if (size := unlinked(paragraph)) >= RUN:
            sizes.setdefault(paragraph.getparent(), []).append(size)
    block = next((element for element in sizes if len(sizes[element]) > 1), None)
    if block is None or 3 * sum(sizes[block]) < 2 * sum(map(sum, sizes.values())):
        return
    around = (block, *block.iterancestors("div", "section", "article", "aside", "td"))
    if not any(_asks(element) for element in around if _is_others(element)):
        yield block


def _drop(tree: Any, title: str, unwanted: Callable[[Any], bool]) -> None:
    marked = tree.xpath("//h1 | //*[contains(@itemprop, 'articleBody')]")
    own = (*marked, *headings(tree, title), *_running_text(tree))
    kept = {part for element in own for part in (element, *element.iterancestors())}
    body = tree.find("body")
    waiting = list(body) if body is not None else []
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if element not in kept and element.tag not in ("body", "main") and unwanted(element):
            element.drop_tree()
        else:
            waiting.extend(element)
    for element in kept:  # trafilatura would take it for a comment box
        if _COMMENTS.search(" ".join(names(element)).replace(" ", "-")):
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)
