"""Telegram's public channel previews (t.me/s/…), which need no account."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from crawlers.dates import iso
from crawlers.extract import tree_of
from crawlers.items import Fetch, Outcome, Page, Post, Reading
from crawlers.language import detect
from crawlers.markup import PEOPLE, first_text, has_class, text_of
from crawlers.settings import OLDER_PAGES
from crawlers.sources import Source
from crawlers.spiders.page import in_order, reading_of
from crawlers.urls import canonical


def start(source: Source) -> list[Fetch]:
    """The preview of a channel, whichever of its addresses is given."""
    parts = urlsplit(source.url)
    path = parts.path if parts.path.startswith("/s/") else f"/s{parts.path}"
    return [Fetch(source.id, canonical(urlunsplit(parts._replace(path=path.rstrip("/"), query=""))))]


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Messages of a preview, and the page before it."""
    tree = tree_of(page.body, page.content_type)
    if tree is None:
        return Reading(missed=Outcome.EMPTY)
    messages = tree.xpath(f"//*[{has_class('tgme_widget_message')}][@data-post]")
    if not messages:
        # a group, or a channel without a preview, sends to a page that only offers to open the app
        return Reading(missed=Outcome.BLOCKED if tree.xpath(f"//*[{has_class('tgme_page')}]") else Outcome.EMPTY)
    posts = [_post(source, message, page.url) for message in messages]
    before = first_text(tree, f"//a[{has_class('tme_messages_more')}][@data-before]/@href") or first_text(
        tree, "//link[@rel='prev']/@href"
    )
    address, older = canonical(before, base=page.url) if before else "", None
    if address and fetch.depth < OLDER_PAGES:
        older = Fetch(source.id, address, depth=fetch.depth + 1)
    return replace(reading_of(*posts), older=older, timeline=in_order(posts))


def _post(source: Source, message: Any, url: str) -> Post | None:
    bodies = message.xpath(
        f".//*[{has_class('tgme_widget_message_text')}][not(ancestor::*[{has_class('tgme_widget_message_reply')}])]"
    )
    number = re.fullmatch(r"([\w-]+)/(\d+)", str(message.get("data-post")))
    text = text_of(bodies[-1], drop=PEOPLE) if bodies else ""
    if not number:
        return None
    return Post(
        source_id=source.id,
        url=canonical(f"/{number[1]}/{number[2]}", base=url),
        text=text,
        published=iso(first_text(message, f".//*[{has_class('tgme_widget_message_date')}]//time/@datetime")),
        language=detect(text),
    )
