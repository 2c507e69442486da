"""XenForo 2 (voz, otofun, tinhte and many others)."""

import re
from typing import Any

from crawlers.dates import iso
from crawlers.markup import PEOPLE, first_text, has_class, text_of
from crawlers.spiders.threads import Board, Message, Row, Thread, last_page, numbered
from crawlers.urls import canonical

_QUOTES = f".//blockquote[{has_class('bbCodeBlock--quote')}] | .//*[{has_class('message-signature')}] | {PEOPLE}"
_PAGE = r"/page-(\d+)/?$"
_TITLE = r"[^/?]*\.(?=\d+/$)"  # before a thread's number, which alone leads to it too


def is_it(tree: Any) -> bool:
    """Whether a page comes from XenForo."""
    return bool(tree.get("id") == "XF" or tree.xpath("boolean(//html[@data-app='public'] | //*[@data-xf-init])"))


def board(tree: Any, url: str) -> Board:
    """Threads of a forum page."""
    rows = [row for item in tree.xpath(f"//*[{has_class('structItem--thread')}]") if (row := _row(item, url))]
    return Board(tuple(rows), canonical(first_text(tree, f"//a[{has_class('pageNav-jump--next')}]/@href"), base=url))


def thread(tree: Any, url: str) -> Thread:
    """Posts of a thread page."""
    here = canonical(url)
    base = re.sub(_PAGE, "/", here)
    base = base if base.endswith("/") else base + "/"
    found = re.search(_PAGE, here)
    links = tree.xpath(f"//*[{has_class('pageNav-main')}]//a/@href")
    return Thread(
        url=base,
        title=_title(tree),
        number=int(found[1]) if found else 1,
        messages=tuple(
            m for post in tree.xpath(f"//article[{has_class('message--post')}]") if (m := _message(post, base))
        ),
        key=re.sub(_TITLE, "", base),
        pages=numbered(
            last_page(links, base=url, pattern=_PAGE), first=base, make=lambda number: f"{base}page-{number}"
        ),
    )


def _row(item: Any, url: str) -> Row | None:
    links = item.xpath(f".//*[{has_class('structItem-title')}]//a[not({has_class('labelLink')})][@href]")
    if not links:
        return None
    address = re.sub(r"/(?:unread|latest)/?$", "/", canonical(links[-1].get("href"), base=url))
    jumps = item.xpath(f".//*[{has_class('structItem-pageJump')}]//a/@href")
    latest = item.xpath(f".//time[{has_class('structItem-latestDate')}]")
    stamp = (latest[-1].get("data-time") or latest[-1].get("datetime") or "") if latest else ""
    stamp = stamp or first_text(item, f".//*[{has_class('structItem-cell--meta')}]//dd")
    last = canonical(str(jumps[-1]), base=url) if jumps else ""
    return Row(address, first_text(links[-1], "."), stamp, last) if address else None


def _title(tree: Any) -> str:
    headings = tree.xpath(f"//h1[{has_class('p-title-value')}]")
    return text_of(headings[0], drop=f".//*[{has_class('label')} or {has_class('label-append')}]") if headings else ""


def _message(post: Any, base: str) -> Message | None:
    name = str(post.get("data-content") or post.get("id") or "").removeprefix("js-")
    bodies = post.xpath(f".//*[{has_class('message-body')}]//*[{has_class('bbWrapper')}]")
    number = re.search(r"post-(\d+)", name)
    if not bodies or not number:
        return None
    dates = post.xpath(f".//*[{has_class('message-attribution')}]//time/@datetime") or post.xpath(".//time/@datetime")
    return Message(f"{base}post-{number[1]}", text_of(bodies[0], drop=_QUOTES), iso(dates[0]) if dates else "")
