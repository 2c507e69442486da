"""vBulletin 3 to 5."""

import re
from typing import Any

from crawlers.dates import iso
from crawlers.markup import PEOPLE, first_text, has_class, text_of
from crawlers.spiders.threads import Board, Message, Row, Thread, last_page, mark, numbered, without
from crawlers.urls import canonical

_QUOTES = (
    f".//*[{has_class('bbcode_container')}][.//*[{has_class('bbcode_quote')}]] | .//*[{has_class('bbcode_quote')}]"
    f" | .//*[{has_class('quotecontainer')}] | .//*[{has_class('signature')}]"
    " | .//div[starts-with(normalize-space(.), 'Quote:')] | .//div[starts-with(normalize-space(.), 'Trích:')]"
    f" | {PEOPLE}"
)
_PAGE = r"(?:[?&]page=|/page)(\d+)"
_REPLIES = re.compile(r"(?i)repl(?:y|ies)|trả lời|bài (?:gửi|viết)|hồi âm|phản hồi|posts?\b")
_TITLE = r"(?<=[/?])(\d+)-[^/?&=]*(?==?/?(?:[?&]|$))"  # after a thread's number, which alone leads to it too


def is_it(tree: Any) -> bool:
    """Whether a page comes from vBulletin."""
    marks = (
        "//meta[@name='generator'][contains(@content, 'vBulletin')]",
        "//a[starts-with(@id, 'thread_title_')]",
        "//*[starts-with(@id, 'post_message_')]",
        f"//*[{has_class('js-post__content-text')}]",
    )
    return bool(tree.xpath(f"boolean({' | '.join(marks)})"))


def key_of(thread: str) -> str:
    """A thread's address without its title, which may change."""
    return re.sub(_TITLE, r"\1", thread)


def post_url(thread: str, number: str) -> str:
    """What a post of a thread is kept under."""
    return f"{thread}{'&' if '?' in thread else '?'}p={number}#post{number}"


def board(tree: Any, url: str) -> Board:
    """Threads of a forum page."""
    found = tree.xpath(f"//a[starts-with(@id, 'thread_title_')][@href] | //a[{has_class('topic-title')}][@href]")
    rows = [row for link in found if (row := _row(link, url))]
    return Board(tuple(rows), _clean(first_text(tree, "//a[@rel='next']/@href"), url))


def thread(tree: Any, url: str) -> Thread:
    """Posts of a thread page."""
    here = _clean(url, url)
    base = without(re.sub(r"/page\d+/?$", "", here), "page")
    found = re.search(_PAGE, here)
    links = tree.xpath(
        f"//*[{has_class('pagination')} or {has_class('pagenav')} or {has_class('pagenav-controls')}]//a/@href"
    )
    path_style = any(re.search(r"/page\d+", str(link)) for link in links)
    return Thread(
        url=base,
        title=first_text(tree, f"//*[{has_class('threadtitle')} or {has_class('main-title')}]") or _head_title(tree),
        number=int(found[1]) if found else 1,
        messages=tuple(m for body in _bodies(tree) if (m := _message(body, base))),
        key=key_of(base),
        pages=numbered(
            last_page(links, base=url, pattern=_PAGE),
            first=base,
            make=lambda number: _page(base, number, path_style),
        ),
    )


def _bodies(tree: Any) -> list[Any]:
    bodies: list[Any] = tree.xpath(
        f"//*[starts-with(@id, 'post_message_')] | //li[@data-node-id]//*[{has_class('js-post__content-text')}]"
    )
    return bodies


def _page(base: str, number: int, path_style: bool) -> str:
    if path_style:
        return f"{base.rstrip('/')}/page{number}"
    return f"{base}{'&' if '?' in base else '?'}page={number}"


def _row(link: Any, url: str) -> Row | None:
    address = _clean(link.get("href"), url)
    if not address:
        return None
    rows = link.xpath(f"ancestor::*[self::li[{has_class('threadbit')}] or self::tr][1]")
    row = rows[0] if rows else link.getparent()
    cells = " or ".join(map(has_class, ("threadlastpost", "lastpost", "cell-lastpost")))
    last, replies = first_text(row, f".//*[{cells}]"), _replies(row)
    if replies:  # with their number the hour is enough: "today" is "yesterday" tomorrow
        last = " ".join(re.findall(r"\d{1,2}:\d\d", last))
    jumps = [str(href) for href in row.xpath(".//a/@href") if re.search(_PAGE, str(href))]
    jump = _clean(jumps[-1], url) if jumps else ""
    return Row(address, first_text(link, "."), mark(f"{last} {replies}".strip()), jump)


def _replies(row: Any) -> str:
    """How many answers a thread has; the views beside them change with every reader."""
    told = [first_text(item, ".") for item in row.xpath(f".//*[{has_class('threadstats')}]//*[self::li or self::dd]")]
    return next((words for words in told if _REPLIES.match(words)), told[0] if told else "")


def _message(body: Any, base: str) -> Message | None:
    number = re.search(r"(\d+)$", str(body.get("id") or ""))
    holders = body.xpath(
        "ancestor::*[@data-node-id][1] | ancestor::li[starts-with(@id, 'post_')][1]"
        " | ancestor::table[starts-with(@id, 'post')][1]"
    )
    holder = holders[-1] if holders else body
    name = number[1] if number else str(holder.get("data-node-id") or "")
    if not name:
        return None
    date = first_text(holder, ".//time/@datetime") or first_text(
        holder, f".//*[{has_class('date')} or {has_class('thead')} or {has_class('b-post__timestamp')}]"
    )
    return Message(post_url(base, name), text_of(body, drop=_QUOTES), iso(date))


def _head_title(tree: Any) -> str:
    return first_text(tree, "//head/title").split(" - ")[0]


def _clean(href: str, url: str) -> str:
    return without(canonical(href, base=url), "s", "styleid", "goto")
