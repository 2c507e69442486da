"""Mastodon and what speaks its API: a public timeline, a tag, or one account."""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from crawlers.dates import iso
from crawlers.items import Fetch, Outcome, Page, Post, Reading
from crawlers.language import detect
from crawlers.markup import PEOPLE, fit, text_of
from crawlers.settings import OLDER_PAGES
from crawlers.sources import Source
from crawlers.spiders.page import in_order, reading_of
from crawlers.urls import canonical, origin_of


def start(source: Source) -> list[Fetch]:
    """The API address of a timeline: /tags/WORD, /@account, or the local public timeline."""
    root, path = origin_of(source.url), urlsplit(source.url).path.rstrip("/")
    if "/api/" in path:
        return [Fetch(source.id, source.url)]
    if tag := re.fullmatch(r"/tags/([^/]+)", path):
        return [Fetch(source.id, f"{root}/api/v1/timelines/tag/{tag[1]}?limit=40")]
    if account := re.fullmatch(r"/@([\w.@-]+)", path):
        return [Fetch(source.id, f"{root}/api/v1/accounts/lookup?acct={quote(account[1])}")]
    return [Fetch(source.id, f"{root}/api/v1/timelines/public?local=true&limit=40")]


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Statuses of a timeline page; for an account's own record, where its statuses are."""
    try:
        data = json.loads(page.body)
    except (ValueError, RecursionError):
        return Reading(missed=Outcome.BROKEN if page.body.lstrip()[:1] in (b"[", b"{") else Outcome.NOT_A_FEED)
    if isinstance(data, dict) and "acct" in data and (account := _id(data)):
        address = f"{origin_of(page.url)}/api/v1/accounts/{account}/statuses?limit=40"
        if address == fetch.url:  # else it would be asked for again and again
            return Reading(missed=Outcome.NOT_A_FEED)
        return Reading(then=Fetch(source.id, address, depth=fetch.depth), missed=Outcome.LISTED)
    if not isinstance(data, list):
        return Reading(missed=Outcome.NOT_A_FEED)
    posts = [_post(source, status, page.url) for status in data if isinstance(status, dict)]
    if not posts:
        return Reading(missed=Outcome.LISTED)
    # an account's statuses hold boosts, which keep the date of what they repeat; timelines hold none
    whole = "/timelines/" in page.url and in_order(posts)
    return replace(reading_of(*posts), older=_older(source, fetch, page), timeline=whole)


def _older(source: Source, fetch: Fetch, page: Page) -> Fetch | None:
    """The next page of the Link header, as long as it stays on this host."""
    found = re.search(r'<([^<>]{1,2000})>\s*;\s*rel="?next"?', page.link)
    address = canonical(found[1], base=page.url) if found else ""
    if not address or origin_of(address) != origin_of(page.url) or fetch.depth >= OLDER_PAGES:
        return None
    return Fetch(source.id, address, depth=fetch.depth + 1)


def _id(record: dict[str, Any]) -> str:
    """What a status or account is known by: a number, of some servers a word or UUID; "" where it is none."""
    told = str(record.get("id") or "")
    return told if re.fullmatch(r"[\w-]+", told, re.ASCII) else ""


def _post(source: Source, status: dict[str, Any], url: str) -> Post | None:
    from lxml import html

    if isinstance(status.get("reblog"), dict):
        status = status["reblog"]
    if status.get("visibility", "public") not in ("public", "unlisted") or not (number := _id(status)):
        return None
    element = html.fromstring(fit(f"<div>{status.get('content') or ''}</div>"))
    text = "\n".join(filter(None, (str(status.get("spoiler_text") or "").strip(), text_of(element, drop=PEOPLE))))
    return Post(
        source_id=source.id,
        # the address without the account's handle; it leads to the same status
        url=f"{origin_of(url)}/web/statuses/{number}",
        text=text,
        published=iso(status.get("created_at")),
        language=detect(text),
    )
