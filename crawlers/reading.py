"""From a page's bytes to what it holds: finds the reader of its kind. Pure; runs in the workers."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from typing import Any

from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.settings import ITEMS_PER_PAGE
from crawlers.sources import Source
from crawlers.urls import host_of


def start(source: Source) -> list[Fetch]:
    """Where to begin with a source: at its address, unless its reader knows a better one."""
    begin: Callable[[Source], list[Fetch]] | None = getattr(_spider(source.kind), "start", None)
    return begin(source) if begin else [Fetch(source.id, source.url)]


def hosts(source: Source, planned: Iterable[str] = ()) -> set[str]:
    """The hosts a source is read from: where it begins, and where its planned pages are."""
    return {host_of(url) for url in (*(fetch.url for fetch in start(source)), *planned)}


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """What a page holds, up to a number of each; an answer without a body is empty, whatever its kind."""
    if not page.body.strip():
        return Reading(missed=Outcome.EMPTY)
    reader: Callable[[Source, Fetch, Page], Reading] = _spider(source.kind).read
    found = reader(source, fetch, page)
    if max(map(len, (found.items, found.follow, found.more))) <= ITEMS_PER_PAGE:
        return found
    few = slice(ITEMS_PER_PAGE)
    items, follow, more = found.items[few], found.follow[few], found.more[few]
    return replace(found, items=items, follow=follow, more=more, complete=False, timeline=False)


def _spider(kind: str) -> Any:
    return import_module(f"crawlers.spiders.{kind}")
