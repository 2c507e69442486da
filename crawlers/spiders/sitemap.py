"""News sitemaps and sitemap indexes, newest first."""

import re
from collections.abc import Sequence

from crawlers import feeds
from crawlers.addresses import is_no_article
from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.sources import Source
from crawlers.spiders import feed
from crawlers.spiders import page as page_spider
from crawlers.unpacking import Unpacking

DEPTH = 2  # an index of indexes is as deep as any real site goes
NEWEST = 3  # sitemaps of an index that are read in one run: older ones hold older pages
_PEOPLE = re.compile(r"(?i)(?:^|[-_.])(?:authors?|tac-?gia|users?|members?|profiles?)(?=[-_.\d]|$)")
_TOPICS = re.compile(r"(?i)(?:^|[-_.])(?:categor(?:y|ies)|chuyen-?muc|(?:post_?)?tags?|taxonom(?:y|ies))(?=[-_.\d]|$)")


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Pages and further sitemaps, or the article behind an entry."""
    if fetch.step == "page":
        return page_spider.read(source, fetch, page)
    try:
        found = feeds.sitemap(page.body, url=page.url)
    except (feeds.NotAFeed, feeds.BrokenFeed, Unpacking) as error:
        return Reading(missed=error.outcome, why=str(error))
    listed = feed.listing(source, [entry for entry in found.pages if not is_no_article(entry.link)])
    further = _of_articles(found.sitemaps)[:NEWEST] if fetch.depth < DEPTH else ()
    more = tuple(
        Fetch(source.id, entry.link, stamp=entry.stamp, depth=fetch.depth + 1) for entry in further if entry.link
    )
    return Reading(follow=listed.follow, more=more, dropped=listed.dropped, missed=Outcome.LISTED)


def _of_articles(maps: Sequence[feeds.Entry]) -> list[feeds.Entry]:
    """The maps that hold articles by their names: never those of authors, of topics where there are no others."""
    named = {entry: entry.link.rstrip("/").rpartition("/")[2] for entry in maps}
    found = [entry for entry in maps if not _PEOPLE.search(named[entry])]
    return [entry for entry in found if not _TOPICS.search(named[entry])] or found
