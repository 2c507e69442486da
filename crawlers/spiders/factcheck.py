"""Fact-checkers: a feed, sitemap or listing of pages that carry ClaimReview."""

from crawlers.factchecks import reviews
from crawlers.items import FactCheck, Fetch, Outcome, Page, Reading
from crawlers.sources import Source
from crawlers.spiders import feed, listing, sitemap
from crawlers.urls import is_same


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """The checks of a page, or the pages of a list."""
    if fetch.step == "page":
        found = tuple(
            FactCheck(
                source_id=source.id,
                url=review.url,
                claim=review.claim,
                rating=review.rating,
                verdict=review.verdict,
                publisher=review.publisher or source.name,
                published=review.published or fetch.published,
                own_page=is_same(review.url, page.url),
            )
            for review in reviews(page.body, url=page.url, content_type=page.content_type)
        )
        return Reading(items=found, missed=None if found else Outcome.EMPTY)
    for reader in (feed.read, sitemap.read):
        listed = reader(source, fetch, page)
        if listed.missed is not Outcome.NOT_A_FEED:
            return listed
    return listing.read(source, fetch, page)
