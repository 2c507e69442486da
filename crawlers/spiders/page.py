"""An article page: the end of the road for feeds, sitemaps and listings."""

from collections.abc import Sequence

from crawlers.extract import Article, article
from crawlers.items import Fetch, Item, Outcome, Page, Passage, Post, Reading
from crawlers.language import detect
from crawlers.settings import LEAST_ARTICLE
from crawlers.sources import Source

_MARKUP = ("html", "xml", "text/plain")


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """One post, or one passage when the source is there for evidence."""
    if page.content_type and not any(word in page.content_type.lower() for word in _MARKUP):
        return Reading(missed=Outcome.BROKEN)
    found = article(page.body, url=page.url, content_type=page.content_type)
    if found is None or sum(map(str.isalpha, found.text[:1000])) < LEAST_ARTICLE:
        return Reading(missed=Outcome.EMPTY)
    if not found.url:  # a redirect led to one too long to keep
        return Reading(missed=Outcome.BAD_LINK)
    return reading_of(_item(source, fetch, found))


def _item(source: Source, fetch: Fetch, found: Article) -> Post | Passage:
    title, published = found.title or fetch.title, found.published or fetch.published
    if source.use == "evidence":
        return Passage(source_id=source.id, url=found.url, text=found.text, title=title, published=published)
    return Post(
        source_id=source.id,
        url=found.url,
        text=found.text,
        title=title,
        lead=found.lead,
        published=published,
        section=found.section,
        language=detect(f"{title}\n{found.text}"),
    )


def in_order(posts: Sequence[Post | None]) -> bool:
    """Whether all posts are dated and stand in the order of their dates, so that a gap between two means something."""
    dates = [post.published if post else "" for post in posts]
    return all(dates) and (dates == sorted(dates) or dates == sorted(dates, reverse=True))


def reading_of(*items: Item | None, complete: bool = False) -> Reading:
    """Items that go on; posts without text (None) and in other languages are dropped and counted."""
    found = [item for item in items if item is not None]
    kept = tuple(item for item in found if not isinstance(item, Post) or item.language in ("vi", ""))
    dropped = (Outcome.NOT_VIETNAMESE,) * (len(found) - len(kept)) + (Outcome.EMPTY,) * (len(items) - len(found))
    missed = None if items else Outcome.EMPTY
    return Reading(items=kept, dropped=dropped, missed=missed, complete=complete and bool(kept))
