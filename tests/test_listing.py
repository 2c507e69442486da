"""Which links of a listing are articles."""

import pytest

from crawlers.addresses import is_no_article
from crawlers.extract import tree_of
from crawlers.headlines import article_links


def taken(address: str, *links: tuple[str, str]) -> list[str]:
    page = "".join(f'<h3><a href="{href}">{words}</a></h3>' for href, words in links)
    tree = tree_of(f"<html><body>{page}</body></html>".encode())
    return [url.partition(".example")[2] for url, _ in article_links(tree, address)]


def test_a_headline_that_begins_like_a_menu_is_an_article() -> None:
    slugs = (
        "tim-kiem-nan-nhan-vu-lat-do", "trang-bi-kien-thuc-cho-tho-moc", "quang-cao-viec-nhe-luong-cao-lua-tho",
        "tac-gia-bai-viet-ve-ruong-bi-phat", "chu-de-quyen-tre-em-nong-o-xa", "dang-nhap-bang-van-tay-tu-thang-mot",
        "lien-he-giua-ngheo-va-bo-hoc",
    )  # fmt: skip
    links = [(f"/{slug}-2026113{n}.html", f"Tin thứ {n} của xã") for n, slug in enumerate(slugs)]
    assert taken("https://bao.example/thoi-su", *links) == [href for href, _ in links]


@pytest.mark.parametrize("path", [
    "/author/ta-van-lun/", "/tac-gia/ta-van-lun-123.html", "/tac-gia-ta-van-lun-123.htm", "/author-ta-van-lun",
    "/users/lun", "/tag/luong", "/chu-de-tien-luong-12.html", "/category/xa-hoi/giao-duc/", "/trang-2.html", "/page/3",
    "/tim-kiem?q=xa", "/anh/xa.jpg",
])  # fmt: skip
def test_pages_of_authors_topics_and_searches_are_no_articles(path: str) -> None:
    assert is_no_article(f"https://bao.example{path}")


@pytest.mark.parametrize("form", [
    "/qt/Pages/thoi-su.aspx?ItemID={}", "/chi-tiet-tin?id={}", "/index.php?option=com_content&view=article&id={}",
    "/tin-tuc.aspx?newsid={}",
])  # fmt: skip
def test_an_article_that_its_query_tells_is_found(form: str) -> None:
    links = [(form.format(n), f"Ủy ban xã trả lời lần {n}") for n in (5123, 5124, 5125)]
    section = ("/muc.aspx?CateID=5120&menuid=5121", "Các tin tức của xã Bến Mơ")
    assert taken("https://xa.example/", *links, section) == [href for href, _ in links]
