"""What a page may be before it is a source: its kind, its name, and where it leads. Pure; runs in the workers."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from crawlers import factchecks, feeds
from crawlers.extract import tree_of
from crawlers.headlines import ARTICLES, article_links
from crawlers.items import Look, Page
from crawlers.markup import first_text
from crawlers.spiders import discourse, forum
from crawlers.urls import canonical

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


def look(page: Page) -> Look:
    """All that a search for a source asks of one page."""
    listed = _listed(page)
    if listed == "feed" and (name := feeds.title(page.body, url=page.url, content_type=page.content_type)):
        return Look(listed, _short(name))
    tree = tree_of(page.body, page.content_type)
    kind = listed or _kind_of(page, tree)
    if kind or tree is None:
        return Look(kind, _title_of(tree))
    return Look(
        title=_title_of(tree),
        checks=bool(factchecks.reviews(page.body, url=page.url, content_type=page.content_type)),
        declared=tuple(_declared(tree, page.url)),
        lists=len(article_links(tree, page.url)) >= ARTICLES,
    )


def _listed(page: Page) -> str:
    """Feed or sitemap, "" where it is neither."""
    with suppress(ValueError):
        feeds.entries(page.body, url=page.url, content_type=page.content_type)
        return "feed"
    with suppress(ValueError):
        feeds.sitemap(page.body, url=page.url)
        return "sitemap"
    return ""


def _kind_of(page: Page, tree: Any | None) -> str:
    """The kind that a page shows by its marks, "" when it only leads to one."""
    if page.body.lstrip()[:1] == b"{" and b'"topic_list"' in page.body[:1_000_000]:
        return "forum"
    if tree is None:
        return ""
    if any(engine.is_it(tree) for engine in (*forum.ENGINES, discourse)):
        return "forum"
    if tree.xpath("boolean(//*[@id='mastodon'] | //meta[@name='generator'][contains(@content, 'Mastodon')])"):
        return "mastodon"
    return ""


def _declared(tree: Any, url: str) -> Iterator[str]:
    """Feeds that a page's head declares, comments' feeds last."""
    links = tree.xpath("//link[@rel='alternate'][@href]")
    named = [link for link in links if (link.get("type") or "").split(";")[0].strip().lower() in _FEED_TYPES]
    addresses = [canonical(link.get("href"), base=url) for link in named[:6]]
    yield from sorted(dict.fromkeys(filter(None, addresses)), key=lambda link: "comment" in link)


def _title_of(tree: Any | None) -> str:
    """What a page calls itself."""
    if tree is None:
        return ""
    return _short(first_text(tree, "//meta[@property='og:site_name']/@content") or first_text(tree, "//head/title"))


def _short(name: str) -> str:
    """A name without the motto behind it."""
    return re.split(r"\s+[|–—-]\s+", name)[0][:80]
