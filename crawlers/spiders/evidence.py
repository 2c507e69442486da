"""Places that evidence is taken from: a feed, sitemap or listing, or one document by itself."""

from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.sources import Source
from crawlers.spiders import feed, listing, sitemap
from crawlers.spiders import page as page_spider


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Passages; a list is tried first, then the page is taken as the document itself."""
    if fetch.step == "page":
        return page_spider.read(source, fetch, page)
    for reader in (feed.read, sitemap.read):
        listed = reader(source, fetch, page)
        if listed.missed is not Outcome.NOT_A_FEED:
            return listed
    document = page_spider.read(source, fetch, page)
    listed = listing.read(source, fetch, page)
    if not document.items:
        return listed
    # a page whose words are mostly headlines of other pages is a list of documents
    linked = sum(len(entry.title) for entry in listed.follow)
    return listed if linked > 0.5 * sum(len(getattr(item, "text", "")) for item in document.items) else document
