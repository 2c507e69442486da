"""News sitemaps and sitemap indexes, newest first."""

from crawlers import feeds
from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.sources import Source
from crawlers.spiders import feed
from crawlers.spiders import page as page_spider
from crawlers.unpacking import Unpacking

DEPTH = 2  # an index of indexes is as deep as any real site goes
NEWEST = 3  # sitemaps of an index that are read in one run: older ones hold older pages


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Pages and further sitemaps, or the article behind an entry."""
    if fetch.step == "page":
        return page_spider.read(source, fetch, page)
    try:
        found = feeds.sitemap(page.body, url=page.url)
    except (feeds.NotAFeed, feeds.BrokenFeed, Unpacking) as error:
        return Reading(missed=error.outcome, why=str(error))
    listed = feed.listing(source, list(found.pages))
    further = found.sitemaps[:NEWEST] if fetch.depth < DEPTH else ()
    more = tuple(
        Fetch(source.id, entry.link, stamp=entry.stamp, depth=fetch.depth + 1) for entry in further if entry.link
    )
    return Reading(follow=listed.follow, more=more, dropped=listed.dropped, missed=Outcome.LISTED)
