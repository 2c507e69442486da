"""An article page: the end of the road for feeds, sitemaps and listings."""

import re
from collections.abc import Sequence

from crawlers.dates import iso, when
from crawlers.extract import Article, article, decode
from crawlers.feeds import HEAD
from crawlers.items import Fetch, Outcome, Page, Passage, Post, Reading
from crawlers.language import detect
from crawlers.settings import LEAST_ARTICLE
from crawlers.sources import Source
from crawlers.text import line

_MARKUP = ("html", "xml", "text/plain")
_LISTS = frozenset({"rss", "feed", "rdf", "urlset", "sitemapindex"})


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """One post, or one passage when the source is there for evidence."""
    if page.content_type and not any(word in page.content_type.lower() for word in _MARKUP):
        return Reading(missed=Outcome.BROKEN, why=f"it is no page but {line(page.content_type, limit=60)}")
    if (root := _root(page)) in _LISTS:  # where a site may lead from what it took away
        return Reading(missed=Outcome.BROKEN, why=f"it is no page but a list of them ({root})")
    found = article(page.body, url=page.url, content_type=page.content_type)
    if found is None or sum(map(str.isalpha, found.text[:1000])) < LEAST_ARTICLE:
        return Reading(missed=Outcome.EMPTY)
    if not found.url:  # a redirect led to one too long to keep
        return Reading(missed=Outcome.BAD_LINK)
    return reading_of(_item(source, fetch, found))


def _root(page: Page) -> str:
    """The name of the first element, without its namespace."""
    head = re.sub(r"(?s)<!--.*?(?:-->|\Z)", "", decode(page.body[:HEAD], page.content_type))
    found = re.search(r"<(?:\w+:)?(\w+)", head)
    return found[1].lower() if found else ""


def _item(source: Source, fetch: Fetch, found: Article) -> Post | Passage:
    title, (published, changed) = found.title or fetch.title, _days(source, fetch, found)
    if source.use == "evidence":
        return Passage(source.id, found.url, found.text, title=title, published=published, changed=changed)
    return Post(
        source_id=source.id,
        url=found.url,
        text=found.text,
        title=title,
        lead=found.lead,
        published=published or changed,
        section=found.section,
        language=detect(f"{title}\n{found.text}"),
    )


def _days(source: Source, fetch: Fetch, found: Article) -> tuple[str, str]:
    """When an article was published; where nobody says so, "" and when its sitemap says that it was changed."""
    maps = source.kind in ("sitemap", "evidence", "factcheck")
    changed = fetch.published if maps and fetch.stamp and iso(fetch.stamp) == fetch.published else ""
    listed = "" if changed else fetch.published
    # a feed knows an article's date better than the eye; a sitemap may only know when it was changed
    told = (found.shown, listed) if source.kind == "sitemap" else (listed, found.shown)
    published = next(filter(None, (found.published, *told)), "")
    return published, "" if published else changed


def in_order(posts: Sequence[Post | None]) -> bool:
    """Whether all posts with text are dated and in their dates' order, so that a gap between two means something."""
    told = [post.published for post in posts if post and post.text]
    dates = [when(day) for day in told]
    return all(told) and (dates == sorted(dates) or dates == sorted(dates, reverse=True))


def reading_of(*items: Post | Passage | None, complete: bool = False) -> Reading:
    """Items that go on; posts without text (None, where they have no address) and in other languages are dropped."""
    found = [item for item in items if item is not None]
    kept, rest = tuple(filter(_goes_on, found)), [item for item in found if not _goes_on(item)]
    foreign = sum(bool(item.text) for item in rest)
    dropped = (Outcome.NOT_VIETNAMESE,) * foreign + (Outcome.EMPTY,) * (len(items) - len(kept) - foreign)
    seen = tuple(item.url for item in rest)
    missed = None if items else Outcome.EMPTY
    return Reading(items=kept, dropped=dropped, seen=seen, missed=missed, complete=complete and bool(kept))


def _goes_on(item: Post | Passage) -> bool:
    return bool(item.text) and (not isinstance(item, Post) or item.language in ("vi", ""))
