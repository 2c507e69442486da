"""RSS, Atom and JSON Feed; YouTube's own channel feeds too, whose entries are the posts or passages."""

from crawlers.feeds import BrokenFeed, Entry, NotAFeed, entries
from crawlers.items import Fetch, Outcome, Page, Passage, Post, Reading
from crawlers.language import detect
from crawlers.sources import Source
from crawlers.spiders import page as page_spider
from crawlers.urls import host_of

_ENTRY_IS_ALL = ("youtube.com", "www.youtube.com", "youtu.be")  # the page behind it holds no text


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Entries of the feed, or the article behind one of them."""
    if fetch.step == "page":
        return page_spider.read(source, fetch, page)
    try:
        found = entries(page.body, url=page.url, content_type=page.content_type)
    except (NotAFeed, BrokenFeed) as error:
        return Reading(missed=error.outcome, why=str(error))
    # another's feed that links to videos would put its words in their makers' mouths
    if found and all(host_of(url) in _ENTRY_IS_ALL for url in (page.url, *(entry.link for entry in found))):
        return page_spider.reading_of(*(_item(source, entry) for entry in found))
    return listing(source, found)


def listing(source: Source, found: list[Entry]) -> Reading:
    """The pages that a feed or sitemap names, each once; a link that isn't http(s) is counted."""
    fetches: dict[str, Fetch] = {}
    dropped = []
    for entry in found:
        if not entry.link or entry.link in fetches:
            dropped.append(Outcome.KNOWN if entry.link else Outcome.BAD_LINK)
        else:
            fetches[entry.link] = Fetch(
                source.id, entry.link, step="page", stamp=entry.stamp, title=entry.title, published=entry.published
            )
    return Reading(follow=tuple(fetches.values()), dropped=tuple(dropped), missed=Outcome.LISTED)


def _item(source: Source, entry: Entry) -> Post | Passage:
    text = "\n".join(filter(None, (entry.title, entry.summary)))
    if source.use == "evidence":
        return Passage(source.id, entry.link, text, title=entry.title, published=entry.published)
    return Post(
        source_id=source.id,
        url=entry.link,
        text=text,
        title=entry.title,
        published=entry.published,
        language=detect(text),
    )
