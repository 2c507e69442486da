"""Addresses as people paste them: which ones the posts they mean are kept under."""

import re

from crawlers.spiders import phpbb, vbulletin
from crawlers.spiders.threads import without
from crawlers.urls import canonical, in_either_case

# of each site that leads to a post by several addresses: how they look, and the one it is kept under
_SHAPES = (
    (r"(https?://(?:t|telegram)\.me)/(?:s/)?([\w-]+)/(\d+)(?:\?.*)?", r"\1/\2/\3"),
    (r"(https?://[^/?]+)/(?:@[\w.@-]+|users/[\w.-]+/statuses)/(\d+)/?(?:\?.*)?", r"\1/web/statuses/\2"),  # Mastodon
    (r"https?://(?:(?:www|m)\.youtube\.com/watch\?(?:.*&)?v=|youtu\.be/)([\w-]+)(?:[?&].*)?",
     r"https://www.youtube.com/watch?v=\1"),
    (r"(https?://[^/?]+/t)/(?:[^/?]*[^\d/?][^/?]*/)?(\d+)/(\d+)/?(?:\?.*)?", r"\1/\2/\3"),  # Discourse, of a post
    (r"(https?://[^/?]+/t)/(?:[^/?]*[^\d/?][^/?]*/)?(\d+)/?(?:\?.*)?", r"\1/\2/1"),  # and of a topic
)  # fmt: skip


def meant(url: str) -> tuple[str, ...]:
    """The addresses that may hold what one means, the likeliest first; () where it is no web address.

    A post that is named by the fragment of its thread's page doesn't mean the page.
    """
    page, _, fragment = url.strip().partition("#")
    page = canonical(page)
    if not page:
        return ()
    post = _xenforo(page, fragment) or _phpbb(page, fragment) or _vbulletin(page, fragment)
    found = [post] if post and fragment else [post or _shaped(page), page]
    return tuple(dict.fromkeys(one for address in filter(None, found) for one in in_either_case(address)))


def _shaped(page: str) -> str:
    return next((found.expand(kept) for look, kept in _SHAPES if (found := re.fullmatch(look, page))), "")


def _xenforo(page: str, fragment: str) -> str:
    thread = re.fullmatch(r"(.*[/?])(?:[^/?]*\.)?(\d+)/(?:page-\d+/?)?(?:post-(\d+)/?)?(?:\?.*)?", page)
    named = re.fullmatch(r"(?:js-)?post-(\d+)", fragment)
    number = named[1] if named else thread[3] if thread else None
    return f"{thread[1]}{thread[2]}/post-{number}" if thread and number else ""


def _phpbb(page: str, fragment: str) -> str:
    if not re.search(r"/viewtopic\.php(?:\?|$)", page):
        return ""
    number = re.fullmatch(r"p(\d+)", fragment) or re.search(r"[?&]p=(\d+)", page)
    return phpbb.post_url(page, number[1]) if number else ""


def _vbulletin(page: str, fragment: str) -> str:
    number = re.fullmatch(r"post(\d+)", fragment)
    if not number:
        return ""
    thread = re.sub(r"/page\d+/?(?=\?|$)", "", page)
    thread = without(thread, "p", "page", "viewfull", "s", "styleid", "goto")
    return vbulletin.post_url(vbulletin.key_of(thread), number[1])
