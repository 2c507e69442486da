"""Bluesky: an account's posts, or a search, newest first."""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from crawlers.dates import iso, when
from crawlers.items import Fetch, Outcome, Page, Post, Reading
from crawlers.language import detect
from crawlers.settings import OLDER_PAGES
from crawlers.sources import BLUESKY, Source
from crawlers.spiders.page import in_order, reading_of
from crawlers.text import tidy
from crawlers.urls import canonical, host_of, origin_of

_API = "https://public.api.bsky.app"
# an account may be addressed by its name (a handle, or did:web), which isn't kept
_ADDRESS = re.compile(r"at://(did:plc:\w+)/app\.bsky\.feed\.post/([\w.~:-]+)", re.ASCII)


def start(source: Source) -> list[Fetch]:
    """The API address behind a profile's or a search's page."""
    parts = urlsplit(source.url)
    if "/xrpc/" in parts.path:
        return [Fetch(source.id, source.url)]
    root = _API if host_of(source.url) in BLUESKY else origin_of(source.url)
    words = parse_qs(parts.query).get("q", [""])[0]
    if words:
        query = urlencode({"q": words, "sort": "latest", "limit": "50"})
        return [Fetch(source.id, f"{root}/xrpc/app.bsky.feed.searchPosts?{query}")]
    actor = parts.path.removeprefix("/profile/").strip("/").split("/")[0]
    query = urlencode({"actor": actor, "filter": "posts_and_author_threads", "limit": "50"})
    return [Fetch(source.id, f"{root}/xrpc/app.bsky.feed.getAuthorFeed?{query}")]


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Posts of one page, and the page before it."""
    try:
        data = json.loads(page.body)
    except (ValueError, RecursionError):
        return Reading(missed=Outcome.BROKEN if page.body.lstrip()[:1] == b"{" else Outcome.NOT_A_FEED)
    views = data.get("feed", data.get("posts")) if isinstance(data, dict) else None
    if not isinstance(views, list):
        return Reading(missed=Outcome.NOT_A_FEED)
    # a repost is another's post, dated by when that was written; it is read at its own author's feed, if at all
    found = [view.get("post", view) for view in views if isinstance(view, dict) and not view.get("reason")]
    posts = [_post(source, view, page.url) for view in found if isinstance(view, dict)]
    if not posts:
        return Reading(missed=Outcome.LISTED)
    older = _older(source, fetch, page, data, [post for post in posts if post])
    # a search may leave out what its index has not got yet; an author's feed leaves out nothing
    whole = "getAuthorFeed" in page.url and in_order(posts)
    return replace(reading_of(*posts), older=older, timeline=whole)


def _older(source: Source, fetch: Fetch, page: Page, data: dict[str, Any], posts: list[Post]) -> Fetch | None:
    """By cursor; a search that gives none goes on by time, up to the oldest post seen."""
    if fetch.depth >= OLDER_PAGES:
        return None
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query))
    oldest = min((post.published for post in posts if post.published), key=when, default="")
    cursor = data.get("cursor")
    if isinstance(cursor, str) and cursor and cursor.isprintable():
        query["cursor"] = cursor
    elif "searchPosts" in parts.path and len(posts) >= 25 and oldest:
        query["until"] = oldest
    else:
        return None
    address = canonical(urlunsplit(parts._replace(query=urlencode(query))))
    return Fetch(source.id, address, depth=fetch.depth + 1) if address else None  # a cursor may be too long for one


def _post(source: Source, view: dict[str, Any], url: str) -> Post | None:
    """A post; its address holds the account's number (DID), because Bluesky has no other, but never a name."""
    record, address = view.get("record"), _ADDRESS.fullmatch(str(view.get("uri") or ""))
    if not isinstance(record, dict) or not address:
        return None
    text = tidy(_without_people(record))
    root = "https://bsky.app" if host_of(url) == host_of(_API) else origin_of(url)
    return Post(
        source_id=source.id,
        url=f"{root}/profile/{address[1]}/post/{quote(address[2])}",
        text=text,
        published=iso(record.get("createdAt")),
        language=detect(text),
    )


def _without_people(record: dict[str, Any]) -> str:
    """The text without the handles that its facets mark; a facet counts bytes of UTF-8."""
    text = bytearray(str(record.get("text") or "").encode("utf-8", "surrogatepass"))
    facets = record.get("facets")
    for facet in facets if isinstance(facets, list) else []:
        try:
            start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
            mention = any(str(feature["$type"]).endswith("#mention") for feature in facet["features"])
            if mention and 0 <= start <= end <= len(text):
                text[start:end] = b" " * (end - start)
        except (KeyError, TypeError):
            continue  # as its client wrote it
    return text.decode("utf-8", "ignore")
