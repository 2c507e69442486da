"""Discourse, by the JSON that it serves beside every page."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from crawlers.dates import iso
from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.markup import PEOPLE, fit, text_of
from crawlers.settings import OLDER_PAGES, THREAD_PAGES
from crawlers.sources import Source
from crawlers.spiders.page import reading_of
from crawlers.spiders.threads import Message, Thread
from crawlers.text import line
from crawlers.urls import canonical

_QUOTES = f".//aside | .//blockquote | {PEOPLE}"
PAGE = 20  # posts on one page of a topic's JSON


def is_it(tree: Any) -> bool:
    """Whether a page comes from Discourse."""
    return bool(tree.xpath("boolean(//meta[@name='generator'][starts-with(@content, 'Discourse')])"))


def instead(source: Source, fetch: Fetch, page: Page) -> Reading:
    """The JSON of an HTML page; where that is one itself, or leads to one, nothing: it would be asked for again and
    again."""
    parts = urlsplit(page.url)
    path = parts.path.rstrip("/").removesuffix(".json") or "/latest"
    address = canonical(urlunsplit(parts._replace(path=f"{path}.json")))
    if address in {canonical(page.url), canonical(fetch.url)}:
        return Reading(missed=Outcome.NOT_A_FEED)
    return Reading(then=Fetch(source.id, address, step=fetch.step, depth=fetch.depth), missed=Outcome.LISTED)


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Topics of a list, or posts of a topic."""
    try:
        data = json.loads(page.body)
    except (ValueError, RecursionError):
        return Reading(missed=Outcome.BROKEN)
    if not isinstance(data, dict):
        return Reading(missed=Outcome.NOT_A_FEED)
    if isinstance(data.get("post_stream"), dict) and isinstance(data.get("id"), int):
        return _topic(source, fetch, page, data)
    topics = data.get("topic_list")
    if not isinstance(topics, dict):
        return Reading(missed=Outcome.NOT_A_FEED)
    return _topics(source, fetch, page, topics)


def _topics(source: Source, fetch: Fetch, page: Page, topics: dict[str, Any]) -> Reading:
    follow = []
    for topic in _listed(topics, "topics"):
        if not isinstance(topic, dict) or not isinstance(topic.get("id"), int):
            continue
        address = canonical(f"/t/{topic['id']}.json", base=page.url)
        stamp = line(f"{topic.get('last_posted_at') or topic.get('bumped_at') or ''} {topic.get('posts_count') or ''}")
        follow.append(Fetch(source.id, address, step="thread", stamp=stamp, title=line(str(topic.get("title") or ""))))
    older = None
    url = canonical(str(topics.get("more_topics_url") or ""), base=page.url)
    if topics.get("more_topics_url") and url and fetch.depth < OLDER_PAGES:
        parts = urlsplit(url)
        path = parts.path if parts.path.endswith(".json") else f"{parts.path}.json"
        older = Fetch(source.id, urlunsplit(parts._replace(path=path)), depth=fetch.depth + 1)
    return Reading(follow=tuple(follow), older=older, missed=Outcome.LISTED if follow else Outcome.EMPTY)


def _topic(source: Source, fetch: Fetch, page: Page, data: dict[str, Any]) -> Reading:
    root = canonical(f"/t/{data['id']}", base=page.url)
    posts = [post for post in _listed(data["post_stream"], "posts") if isinstance(post, dict)]
    messages = tuple(message for post in posts if (message := _message(post, root)))
    begins = bool(posts) and posts[0].get("post_number") == 1
    topic = Thread(url=root, title=line(str(data.get("title") or "")), number=1 if begins else 2, messages=messages)
    total = len(_listed(data["post_stream"], "stream")) if begins else 0
    last = (total + PAGE - 1) // PAGE
    more = tuple(
        Fetch(
            source.id,
            _page(root, number),
            step="thread",
            stamp=fetch.stamp if number == last else "full",
        )
        for number in range(max(2, last - THREAD_PAGES + 1), last + 1)  # where posts are added
    )
    before = _page_of(page.url) - 1
    older = Fetch(source.id, _page(root, before), step="thread", stamp=fetch.stamp) if before > 0 else None
    return replace(reading_of(*topic.posts(source), complete=True), more=more, older=older)


def _listed(record: dict[str, Any], name: str) -> list[Any]:
    """What a record lists under a name, nothing where that is no list."""
    told = record.get(name)
    return told if isinstance(told, list) else []


def _page(root: str, number: int) -> str:
    return f"{root}.json?page={number}" if number > 1 else f"{root}.json"


def _page_of(url: str) -> int:
    number = parse_qs(urlsplit(url).query).get("page", ["1"])[0]
    return int(number) if number.isdecimal() else 1


def _message(post: dict[str, Any], root: str) -> Message | None:
    from lxml import html

    number, cooked = post.get("post_number"), fit(str(post.get("cooked") or ""))
    if post.get("post_type", 1) != 1 or post.get("hidden") or not isinstance(number, int) or not cooked.strip():
        return None
    element = html.fromstring(f"<div>{cooked}</div>")
    return Message(f"{root}/{number}", text_of(element, drop=_QUOTES), iso(post.get("created_at")))
