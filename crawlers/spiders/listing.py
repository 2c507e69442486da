"""Listing pages of outlets without a feed: the links on them that look like articles."""

from crawlers.extract import tree_of
from crawlers.headlines import article_links
from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.sources import Source
from crawlers.spiders import page as page_spider


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Links to articles, or the article behind one."""
    if fetch.step == "page":
        return page_spider.read(source, fetch, page)
    tree = tree_of(page.body, page.content_type)
    if tree is None:
        return Reading(missed=Outcome.EMPTY)
    found = article_links(tree, page.url)
    if not found:
        return Reading(missed=Outcome.EMPTY)
    fetches = tuple(Fetch(source.id, url, step="page", title=title) for url, title in found)
    return Reading(follow=fetches, missed=Outcome.LISTED)
