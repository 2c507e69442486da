"""Which pages and maps of a sitemap are read."""

from dataclasses import replace

import pytest

from crawlers.items import Fetch, Page, Passage, Post, Reading
from crawlers.reading import read
from crawlers.sources import Source

ROOT = "https://bao.example/"
SOURCE = Source("nguon", "Nguồn", "sitemap", f"{ROOT}sitemap.xml", role="independent")
Named = list[tuple[str, str]]  # address and date


def reading(named: Named, *, root: str = "urlset", entry: str = "url") -> Reading:
    listed = "".join(
        f"<{entry}><loc>{ROOT}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{entry}>" for path, day in named
    )
    body = f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'.encode()
    return read(SOURCE, Fetch("nguon", SOURCE.url), Page(SOURCE.url, "text/xml", body))


def maps(named: Named) -> list[str]:
    found = reading(named, root="sitemapindex", entry="sitemap").more
    return [one.url.removeprefix(ROOT).removesuffix(".xml") for one in found]


DAY, LATER = "2026-11-29", "2026-11-30"


def test_authors_and_topics_of_a_sitemap_are_no_articles() -> None:
    named = [("author/ta-van-lun/", LATER), ("bai-viet-ve-luong/", DAY), ("category/xa-hoi/", DAY), ("tag/luong/", DAY)]
    found = reading(named)
    assert [one.url for one in found.follow] == [f"{ROOT}bai-viet-ve-luong/"]


@pytest.mark.parametrize(("others", "posts"), [
    (["author-sitemap", "category-sitemap", "post_tag-sitemap"], ["post-sitemap2", "post-sitemap1"]),
    (["wp-sitemap-users-1", "wp-sitemap-taxonomies-category-1"], ["wp-sitemap-posts-post-1"]),
    (["sitemap-tac-gia", "sitemap_categories", "tags"], ["sitemap-2026-11", "sitemap-2026-10", "sitemap-2026-9"]),
])  # fmt: skip
def test_maps_of_authors_and_topics_take_no_articles_place(others: list[str], posts: list[str]) -> None:
    days = [f"2026-11-{20 - n}" for n in range(len(posts))]
    named = [*((f"{one}.xml", LATER) for one in others), *zip((f"{one}.xml" for one in posts), days, strict=True)]
    assert maps(named) == posts


def test_maps_by_section_are_read_where_there_are_no_others() -> None:
    assert maps([("sitemap-category-1.xml", DAY), ("author-sitemap.xml", LATER)]) == ["sitemap-category-1"]


DAYS = [f"2026-11-{day}" for day in range(24, 31)]


@pytest.mark.parametrize("named", [DAYS, DAYS[::-1]])
@pytest.mark.parametrize("date", [LATER, f"{LATER}T08:00:01+07:00"])
def test_of_maps_of_one_date_both_ends_are_read(named: list[str], date: str) -> None:
    assert maps([(f"sitemap-{day}.xml", date) for day in named])[:2] in (
        ["sitemap-2026-11-30", "sitemap-2026-11-24"],
        ["sitemap-2026-11-24", "sitemap-2026-11-30"],
    )


def test_of_a_map_of_pages_of_one_date_both_ends_are_taken() -> None:
    found = {one.url for one in reading([(f"bai-{n}.html", DAY) for n in range(10_000, 11_500)]).follow}
    assert {f"{ROOT}bai-{n}.html" for n in (10_000, 11_499)} <= found


@pytest.mark.parametrize("turned", [1, -1])
def test_a_map_that_has_no_date_yet_is_as_new_as_its_neighbour(turned: int) -> None:
    named = [*((f"sitemap-{day}.xml", day) for day in DAYS[:-1]), (f"sitemap-{DAYS[-1]}.xml", "")]
    static = ("trang.xml", "")  # none of its kind is dated
    assert maps([*named[::turned], static]) == [f"sitemap-{day}" for day in DAYS[:-4:-1]]


@pytest.mark.parametrize("kind", ["sitemap", "evidence"])
@pytest.mark.parametrize(("shown", "dated", "changed"), [
    ('<span class="date">12/03/2024 08:30</span>', "2024-03-12", ""), ("", "", "2026-11-30"),
])  # fmt: skip
def test_evidence_of_a_sitemap_is_dated_by_its_page_and_not_by_when_it_was_changed(
    kind: str, shown: str, dated: str, changed: str
) -> None:
    words = "".join(f"<p>Xã Bến Mơ trả tiền công cho người làm đường vào ngày mười lăm, đoạn {n}.</p>" for n in "abcde")
    page = Page(f"{ROOT}bao-cao-1001.html", "text/html", f"<h1>Báo cáo của xã</h1>{shown}{words}".encode())
    fetch = Fetch("nguon", page.url, step="page", stamp=LATER, published=f"{LATER}T00:00:00+07:00")
    source = Source("nguon", "Nguồn", kind, f"{ROOT}sitemap.xml", role="primary")
    (passage,) = read(replace(source, use="evidence"), fetch, page).items
    assert isinstance(passage, Passage)
    assert (passage.published[:10], passage.changed[:10]) == (dated, changed)
    (post,) = read(source, fetch, page).items if kind == "sitemap" else (Post("", "", "", published=dated or changed),)
    assert isinstance(post, Post)
    assert post.published[:10] == (dated or changed)
