"""Which address an article goes by: its page's own, where that names the article."""

import pytest

from crawlers.extract import article
from crawlers.urls import canonical

TEXT = "Xã Hòa Mẫu vừa cấp thẻ khám bệnh cho bốn trăm trẻ em trong tháng này, còn mười tám em chưa có thẻ. "


def address(here: str, link: str) -> str:
    page = f'<html><head><title>Tin</title><link rel="canonical" href="{link}"></head>'
    page += f"<body><article><h1>Tin</h1><p>{TEXT * 4}</p></article></body></html>"
    found = article(page.encode(), url=f"https://bao.example{here}", content_type="text/html; charset=utf-8")
    assert found is not None
    return found.url.removeprefix("https://bao.example")


@pytest.mark.parametrize(("here", "link"), [
    ("/tin/abc?ref=home1", "/tin/abc"), ("/tin/abc?v=1732600000", "/tin/abc"),
    ("/2024/11/26/tre-em-co-the/", "/tre-em-co-the/"), ("/c1-thoi-su/bai-123.html", "/thoi-su/bai-123.html"),
    ("/bai-123-p2.html", "/bai-123.html"), ("/?p=123", "/tre-em-co-the"), ("/node/123", "/tre-em-co-the"),
    ("/tre-em-20261.htm", "/y-te/tre-em-20261.htm"), ("/xem.php?newsid=55&cat=3", "/xem.php?newsid=55"),
])  # fmt: skip
def test_an_article_goes_by_the_address_its_page_names(here, link):
    assert address(here, link) == link


@pytest.mark.parametrize(("here", "link"), [
    ("/news.aspx?id=1", "/news.aspx"), ("/y-te/tre-em-20261.htm", "/y-te"), ("/xem.php?newsid=55", "/thoi-su"),
    ("/tre-em-20261.htm", "/tre-em-co-the"), ("/tre-em-20261.htm", "/"),
])  # fmt: skip
def test_a_link_that_many_articles_share_names_none_of_them(here, link):
    assert address(here, link) == here


def test_where_a_reader_clicked_is_no_part_of_an_address():
    assert canonical("https://bao.example/tin?gidzl=a1B2&utm_source=zalo") == "https://bao.example/tin"
