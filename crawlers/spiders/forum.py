"""Forums: a list of threads, and threads whose posts are posts. Finds the engine by its marks."""

from dataclasses import replace

from crawlers.extract import tree_of
from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.settings import OLDER_PAGES, THREAD_PAGES
from crawlers.sources import Source
from crawlers.spiders import discourse, phpbb, vbulletin, xenforo
from crawlers.spiders.page import reading_of
from crawlers.spiders.threads import Board, Thread

ENGINES = (xenforo, phpbb, vbulletin)


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """Threads of a board, or posts of a thread."""
    if page.body.lstrip()[:1] in (b"{", b"["):
        return discourse.read(source, fetch, page)
    tree = tree_of(page.body, page.content_type)
    if tree is None:
        return Reading(missed=Outcome.EMPTY)
    if discourse.is_it(tree):
        return discourse.instead(source, fetch, page)
    for engine in ENGINES:
        if engine.is_it(tree):
            if fetch.step == "thread":
                return _posts(source, fetch, engine.thread(tree, page.url))
            return _threads(source, fetch, engine.board(tree, page.url))
    return Reading(missed=Outcome.NOT_A_FEED)


def _threads(source: Source, fetch: Fetch, board: Board) -> Reading:
    """Threads to read: the first page when it is new, the last when its stamp says that something was added."""
    follow: dict[str, Fetch] = {}
    more: dict[str, Fetch] = {}
    for row in board.rows:
        many = bool(row.last_page) and row.last_page != row.url
        stamp = "full" if many else row.stamp
        follow[row.url] = Fetch(source.id, row.url, step="thread", stamp=stamp, title=row.title)
        if many:
            more[row.last_page] = Fetch(source.id, row.last_page, step="thread", stamp=row.stamp, title=row.title)
    if not follow:
        return Reading(missed=Outcome.EMPTY)
    older = None
    if board.next_page and fetch.depth < OLDER_PAGES:
        older = Fetch(source.id, board.next_page, depth=fetch.depth + 1)
    return Reading(follow=tuple(follow.values()), more=tuple(more.values()), older=older, missed=Outcome.LISTED)


def _posts(source: Source, fetch: Fetch, thread: Thread) -> Reading:
    """Posts of one page, the other pages of the thread, and the one before, to which posts move up when others go."""
    pages = sorted(thread.pages.items())[-THREAD_PAGES:]
    last = max(thread.pages, default=1)
    newest = "" if fetch.stamp == "full" else fetch.stamp  # an inner page knows nothing of the last one
    more = tuple(
        Fetch(source.id, url, step="thread", stamp=newest if number == last else "full")
        for number, url in pages
        if number not in (1, thread.number)
    )
    before = thread.pages.get(thread.number - 1)
    older = Fetch(source.id, before, step="thread", stamp="full") if before else None
    return replace(reading_of(*thread.posts(source), complete=True), more=more, older=older)
