"""A gap in a timeline means a vanished post only where the page leaves out nothing and stands in order."""

import json

import pytest

from crawlers import feeds
from crawlers.items import Fetch, Outcome, Page
from crawlers.settings import ITEMS_PER_PAGE
from crawlers.sources import Source
from crawlers.spiders import bluesky, discourse, forum, mastodon, sitemap, telegram

SOURCE = Source("nguon", "Nguồn", "mastodon", "https://may.example/", role="independent")
TEXT = "Trạm y tế xã khám bệnh miễn phí cho trẻ em vào sáng thứ bảy."


def page(path: str, data: object) -> Page:
    return Page(f"https://may.example{path}", "application/json", json.dumps(data).encode())


def status(n: int, day: int) -> dict[str, object]:
    return {"id": str(n), "content": f"<p>{TEXT}</p>", "created_at": f"2026-11-{day:02}T08:00:00Z"}


@pytest.mark.parametrize(("path", "days", "whole"), [
    ("/api/v1/timelines/public", (9, 8, 7), True), ("/api/v1/timelines/tag/nhanquyen", (9, 8, 7), True),
    ("/api/v1/timelines/public", (9, 2, 7), False), ("/api/v1/accounts/7/statuses", (9, 8, 7), False),
])  # fmt: skip
def test_only_an_ordered_mastodon_timeline_tells_gaps(path, days, whole):
    data = [status(n, day) for n, day in enumerate(days)]
    assert mastodon.read(SOURCE, Fetch("nguon", "x"), page(path, data)).timeline is whole


def answer(n: int) -> dict[str, object]:
    return {"post_number": n, "cooked": f"<p>{TEXT}</p>"}


AT = "at://did:plc:mau/app.bsky.feed.post"


def view(n: int, day: int, **more: object) -> dict[str, object]:
    record = {"text": TEXT, "createdAt": f"2026-11-{day:02}T08:00:00Z"}
    return {"post": {"uri": f"{AT}/{n}", "record": record}} | more


def test_a_bluesky_repost_is_not_its_authors_and_an_old_one_opens_no_gap():
    repost = {"reason": {"$type": "app.bsky.feed.defs#reasonRepost"}}
    data = {"feed": [view(1, 9), view(2, 1, **repost), view(3, 8)]}
    read = bluesky.read(SOURCE, Fetch("nguon", "x"), page("/xrpc/app.bsky.feed.getAuthorFeed", data))
    assert [item.url.rpartition("/")[2] for item in read.items] == ["1", "3"]
    assert read.timeline
    data["feed"].append(view(4, 9))
    assert not bluesky.read(SOURCE, Fetch("nguon", "x"), page("/xrpc/app.bsky.feed.getAuthorFeed", data)).timeline


def test_moments_of_several_time_zones_are_put_in_order_by_when_they_were():
    hours = ["2026-11-26T23:30:00Z", "2026-11-27T06:00:00+07:00", "2026-11-26T22:00:00Z", "2026-11-27T00:00:00+07:00"]
    told = [view(n, 9) for n in range(25)]
    for one, at in zip(told, [*hours, *hours[3:] * 21], strict=True):
        one["post"] |= {"record": {"text": TEXT, "createdAt": at}}  # type: ignore[operator]
    assert bluesky.read(SOURCE, Fetch("nguon", "x"), page("/xrpc/app.bsky.feed.getAuthorFeed", {"feed": told})).timeline
    found = {"posts": [one["post"] for one in told]}
    older = bluesky.read(SOURCE, Fetch("nguon", "x"), page("/xrpc/app.bsky.feed.searchPosts?q=x", found)).older
    assert older
    assert "until=2026-11-27T00%3A00%3A00%2B07%3A00" in older.url
    rows = [f"<url><loc>https://b.example/{n}</loc><lastmod>{at}</lastmod></url>" for n, at in enumerate(hours)]
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(rows[::-1])}</urlset>'.encode()
    assert [one.link[-1] for one in feeds.sitemap(body, url="https://b.example/map.xml").pages] == ["0", "1", "2", "3"]


def test_of_a_map_of_50_000_pages_only_those_taken_cost_more_than_their_date(monkeypatch):
    asked = []
    monkeypatch.setattr(feeds, "canonical", lambda link, base: asked.append(link) or link)
    rows = [
        f"<url><loc>https://b.example/{n}</loc><lastmod>2026-11-{1 + n % 27:02}</lastmod></url>" for n in range(50_000)
    ]
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(rows)}</urlset>'.encode()
    found = feeds.sitemap(body, url="https://b.example/map.xml").pages
    assert [one.link for one in found] == asked
    assert len(asked) == ITEMS_PER_PAGE
    assert {one.published[:10] for one in found} == {"2026-11-27"}


def sitemap_of(*entries: str, root: str = "urlset") -> bytes:
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
        ' xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'
    )
    return f"<{root} {spaces}>{''.join(entries)}</{root}>".encode()


def test_an_entry_of_a_sitemap_is_the_page_and_not_its_image_or_video():
    image = "<image:image><image:loc>https://cdn.example/a.jpg</image:loc><image:title>Ảnh</image:title></image:image>"
    day = "<video:publication_date>2020-01-01</video:publication_date>"
    video = f"<video:video><video:title>Phim</video:title>{day}</video:video>"
    news = (
        "<news:news><news:publication_date>2026-11-28</news:publication_date><news:title>Tin</news:title></news:news>"
    )
    told = [
        f"{image}{video}<loc>https://b.example/1</loc>{news}",
        f"<loc>https://b.example/2</loc>{news}{video}{image}",
    ]
    body = sitemap_of(
        *(f"<url>{one}</url>" for one in told), f"<url><loc>https://b.example/3</loc>{image}{video}</url>"
    )
    found = feeds.sitemap(body, url="https://b.example/map.xml").pages
    assert [(one.link[-1], one.title, one.published[:10]) for one in found] == [
        ("1", "Tin", "2026-11-28"), ("2", "Tin", "2026-11-28"), ("3", "", "")
    ]  # fmt: skip


def test_of_a_map_without_dates_both_ends_are_taken_as_either_may_be_the_new_one():
    body = sitemap_of(*(f"<url><loc>https://b.example/{n}</loc></url>" for n in range(2 * ITEMS_PER_PAGE)))
    found = {int(one.link.rpartition("/")[2]) for one in feeds.sitemap(body, url="https://b.example/map.xml").pages}
    half = ITEMS_PER_PAGE // 2
    assert found == {*range(half), *range(2 * ITEMS_PER_PAGE - half, 2 * ITEMS_PER_PAGE)}


@pytest.mark.parametrize(
    ("named", "taken"),
    [
        ([*(f"bai-{n}" for n in range(1, 13)), "trang-1", "nguoi-1"], ["bai-12", "trang-1", "nguoi-1"]),
        ([f"{year}-{month}" for year in (2024, 2025, 2026) for month in (1, 12)], ["2026-12", "2024-1", "2026-1"]),
        ([f"bai-{n}" for n in range(12, 0, -1)], ["bai-1", "bai-12", "bai-2"]),
        (["moi", "cu", "xua", "truoc"], ["moi", "cu", "xua"]),
    ],
)
def test_of_an_index_without_dates_the_ends_of_each_series_of_maps_are_read(named, taken):
    body = sitemap_of(
        *(f"<sitemap><loc>https://b2.example/{n}.xml</loc></sitemap>" for n in named), root="sitemapindex"
    )
    found = sitemap.read(SOURCE, Fetch("nguon", "x"), Page("https://b2.example/map.xml", "application/xml", body)).more
    assert [one.url for one in found] == [f"https://b2.example/{n}.xml" for n in taken]


def test_of_a_feed_of_50_000_items_only_those_taken_are_read(monkeypatch):
    import feedparser

    read, parse = [], feedparser.parse
    monkeypatch.setattr(feedparser, "parse", lambda body, **how: read.append(body.getvalue()) or parse(body, **how))
    items = "".join(f"<item><title>Tin {n}</title><link>https://b.example/{n}</link></item>" for n in range(50_000))
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>{items}</channel></rss>'.encode()
    found = feeds.entries(body, url="https://b.example/rss")
    assert [one.link for one in found] == [f"https://b.example/{n}" for n in range(ITEMS_PER_PAGE)]
    assert read[0].count(b"<item>") == ITEMS_PER_PAGE
    assert read[0].endswith(b"</item></channel></rss>")


@pytest.mark.parametrize("held", ["<![CDATA[{}]]>", "<!-- {} -->"])
def test_what_a_text_or_comment_of_a_feed_holds_of_items_is_not_counted(held):
    old = "".join(f"<item><title>Cũ {n}</title></item>" for n in range(ITEMS_PER_PAGE))
    rows = [
        f"<item><title>Tin {n}</title><link>https://b.example/{n}</link><description>{held.format(old)}</description>"
        "</item>" for n in range(3)
    ]  # fmt: skip
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>{"".join(rows)}</channel></rss>'.encode()
    found = feeds.entries(body, url="https://b.example/rss")
    assert [one.link for one in found] == [f"https://b.example/{n}" for n in range(3)]


PUBLIC = "/api/v1/timelines/public"
HALF = "\ud83d"  # of a picture, as a text cut in two has it
ODD = {
    "status": (mastodon, PUBLIC, [status(1, 9) | {"id": HALF}, status(2, 8)]),
    "control signs": (mastodon, PUBLIC, [status(1, 9) | {"content": "&#11;<br>\x01"}, status(2, 8)]),
    "post": (bluesky, "/xrpc/x", {"feed": [{"post": view(1, 9)["post"] | {"uri": f"{AT}/{HALF}"}}, view(2, 8)]}),  # type: ignore[operator]
    "cursor": (bluesky, "/xrpc/x", {"feed": [view(2, 8)], "cursor": HALF}),
    "long cursor": (bluesky, "/xrpc/x", {"feed": [view(2, 8)], "cursor": "x" * 3000}),
    "answer": (discourse, "/t/7.json", {"id": 7, "post_stream": {
        "stream": 5, "posts": [answer(1) | {"post_number": HALF}, answer(2)]}}),
}  # fmt: skip


@pytest.mark.parametrize(("spider", "path", "data"), ODD.values(), ids=ODD)
def test_what_is_odd_in_an_answer_costs_itself_alone(spider, path, data):
    read = spider.read(SOURCE, Fetch("nguon", "x"), page(path, data))
    assert [(item.url.rpartition("/")[2], item.text) for item in read.items] == [("2", TEXT)]
    assert read.older is None


def test_a_channel_whose_page_before_is_at_no_web_address_has_none():
    message = (
        f'<div class="tgme_widget_message" data-post="tram/2"><p class="tgme_widget_message_text">{TEXT}</p></div>'
    )
    for before, older in (("/s/tram?before=2", "https://t.me/s/tram?before=2"), ("tg://resolve?domain=tram", None)):
        body = f'<html><head><link rel="prev" href="{before}"></head><body>{message}</body></html>'.encode()
        read = telegram.read(SOURCE, Fetch("nguon", "x"), Page("https://t.me/s/tram", "text/html", body))
        assert (len(read.items), read.older and read.older.url) == (1, older)


@pytest.mark.parametrize(("spider", "data"), [
    (mastodon, {"id": HALF, "acct": "tram"}), (discourse, {"id": HALF, "post_stream": {"posts": [answer(1)]}}),
    (discourse, {"id": 7, "post_stream": {"posts": 5}}), (discourse, {"topic_list": {"topics": 5}}),
])  # fmt: skip
def test_an_answer_of_an_odd_form_is_missed(spider, data):
    read = spider.read(SOURCE, Fetch("nguon", "x"), page("/t/7.json", data))
    assert (read.missed is None, read.items, read.follow, read.then) == (False, (), (), None)


def test_a_discourse_that_leads_every_address_to_one_page_is_asked_for_its_json_once():
    login = Page("https://may.example/login", "text/html", b"<meta name=generator content='Discourse 3.4'>")
    first = forum.read(SOURCE, Fetch("nguon", "https://may.example/latest"), login)
    assert first.then.url == "https://may.example/login.json"
    again = forum.read(SOURCE, first.then, login)
    assert (again.then, again.missed) == (None, Outcome.NOT_A_FEED)


def test_a_mastodon_that_answers_every_address_with_an_account_is_asked_for_its_posts_once():
    account = page("/api/v1/accounts/lookup?acct=tram", {"id": "7", "acct": "tram"})
    first = mastodon.read(SOURCE, Fetch("nguon", account.url), account)
    assert first.then.url == "https://may.example/api/v1/accounts/7/statuses?limit=40"
    again = mastodon.read(SOURCE, first.then, account)
    assert (again.then, again.missed) == (None, Outcome.NOT_A_FEED)


def test_of_a_list_of_discourse_topics_what_cannot_be_kept_is_left_out():
    topics = [{"id": HALF}, {"id": 7, "title": f"Trạm {HALF}", "last_posted_at": HALF}]
    data = {"topic_list": {"topics": topics, "more_topics_url": HALF}}
    read = discourse.read(SOURCE, Fetch("nguon", "x"), page("/latest.json", data))
    assert [(one.url, one.title, one.stamp) for one in read.follow] == [("https://may.example/t/7.json", "Trạm", "")]
    assert read.older is None
