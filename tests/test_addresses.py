"""Which address an article goes by: its page's own, where that names the article."""

import json
from pathlib import Path

import pytest

from crawlers.addresses import leads_to_section
from crawlers.extract import article
from crawlers.pasted import meant
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
    ("/bai-123-p2.html", "/bai-123.html"), ("/?p=123", "/tre-em-co-the-moi"), ("/node/123", "/tre-em-co-the-moi"),
    ("/tre-em-20261.htm", "/y-te/tre-em-20261.htm"), ("/xem.php?newsid=55&cat=3", "/xem.php?newsid=55"),
    ("/xem.php?newsid=55&catid=3&userid=7", "/xem.php?newsid=55"),
    ("/tin/nghi-thai-san/amp", "/tin/nghi-thai-san/"), ("/amp/nghi-thai-san", "/nghi-thai-san"),
    ("/nghi-thai-san-amp.html", "/nghi-thai-san.html"), ("/Tin/Thai-San", "/tin/thai-san"),
    ("/ngh%E1%BB%89?amp=1", "/ngh%e1%bb%89"), ("/bai.php?slug=nghi-thai-san", "/nghi-thai-san"),
    ("/bai.php?slug=Nghi-thai-san&ref=home", "/bai.php?slug=Nghi-thai-san"),
    ("/?id=5&slug=nghi-thai-san&from=1", "/?id=5&slug=nghi-thai-san"), ("/chi-tiet-tin?id=5", "/tre-em-co-the-moi"),
    ("/xem?id=550e8400-e29b-41d4-a716-446655440000&x=1", "/xem?id=550e8400-e29b-41d4-a716-446655440000"),
    ("/tin/hoc-hoa?ref=trang-chu-moi", "/tin/hoc-hoa"), ("/tin/nghi?date=2026-11-26", "/tin/nghi"),
    ("/tin/nghi-thai-san?p=2", "/tin/nghi-thai-san"), ("/tin/nghi-thai-san?fbid=2", "/tin/nghi-thai-san"),
])  # fmt: skip
def test_an_article_goes_by_the_address_its_page_names(here, link):
    assert address(here, link) == link


@pytest.mark.parametrize(("here", "link"), [
    ("/news.aspx?id=1", "/news.aspx"), ("/y-te/tre-em-20261.htm", "/y-te"), ("/xem.php?newsid=55", "/thoi-su"),
    ("/tre-em-20261.htm", "/tre-em-co-the"), ("/tre-em-20261.htm", "/"),
    ("/tin/nghi-thai-san", "/tin/"), ("/tin/tre-khuyet-tat-hoc-hoa-nhap.html", "/tin.html"), ("/node/123", "/tin"),
    ("/bai.php?slug=nghi-thai-san", "/bai.php"), ("/xem.php?newsid=55", "/van-hoa-xa-hoi"),
    ("/node/123", "/chinh-tri-xa-hoi"), ("/xem.php?catid=3&so=55", "/xem.php"),
])  # fmt: skip
def test_a_link_that_many_articles_share_names_none_of_them(here, link):
    assert address(here, link) == here


@pytest.mark.parametrize(("there", "is_section"), [
    ("/xem.php?catid=12", True), ("/thoi-su", True), ("/xem.php?newsid=55&catid=12", False), ("/bai?id=56", False),
])  # fmt: skip
def test_a_number_that_many_articles_share_tells_a_section(there, is_section):
    assert leads_to_section("https://bao.example/xem.php?newsid=55", f"https://m.bao.example{there}") is is_section


@pytest.mark.parametrize("here", [
    "/kha/bai-khac", "/kha/viet-ve-nghi-thai-san", "/an/hoc-hoa", "/kha/", "/kha/bai-khac?ref=trang-chu-moi",
    "/kha/viet-ve-thai-san?p=2", "/kha.php?slug=viet-ve-thai-san",
])  # fmt: skip
def test_an_article_whose_address_holds_its_title_alone_goes_by_no_other_title(here):
    assert address(here, "/an/tre-em-hoc-hoa-nhap") == here


def test_where_a_reader_clicked_is_no_part_of_an_address():
    assert canonical("https://bao.example/tin?gidzl=a1B2&utm_source=zalo") == "https://bao.example/tin"


@pytest.mark.parametrize(("pasted", "kept"), [
    ("HTTP://Bao.Example/tin/1.html?utm_source=rss&fbclid=1#noi-dung", "http://bao.example/tin/1.html"),
    ("https://bao.example/tin-mới.html", "https://bao.example/tin-m%E1%BB%9Bi.html"),
    ("https://bao.example/tin-mới.html", "https://bao.example/tin-m%e1%bb%9bi.html"),
    ("https://dd.example/t/hoi-ve-dat.77/page-2#post-531", "https://dd.example/t/77/post-531"),
    ("https://dd.example/index.php?threads/hoi.77/post-531", "https://dd.example/index.php?threads/77/post-531"),
    ("https://pb.example/viewtopic.php?f=2&t=9&start=15#p61", "https://pb.example/viewtopic.php?p=61#p61"),
    ("https://pb.example/viewtopic.php?p=61", "https://pb.example/viewtopic.php?p=61#p61"),
    ("https://vb.example/showthread.php?t=44&page=2#post910", "https://vb.example/showthread.php?t=44&p=910#post910"),
    ("https://vb.example/threads/44-dat/page3?p=910&viewfull=1#post910", "https://vb.example/threads/44?p=910#post910"),
    ("https://dc.example/t/hoi-ve-dat/31/2?u=an", "https://dc.example/t/31/2"),
    ("https://dc.example/t/hoi-ve-dat/31", "https://dc.example/t/31/1"),
    ("https://t.me/s/kenhthu/21", "https://t.me/kenhthu/21"),
    ("https://t.me/kenhthu/21?single", "https://t.me/kenhthu/21"),
    ("https://ms.example/@an/111", "https://ms.example/web/statuses/111"),
    ("https://youtu.be/abc123?si=x", "https://www.youtube.com/watch?v=abc123"),
])  # fmt: skip
def test_a_pasted_address_means_the_one_its_post_is_kept_under(pasted: str, kept: str) -> None:
    assert kept in meant(pasted)


def test_every_post_that_was_read_is_meant_by_its_own_address_and_by_the_one_with_a_title() -> None:
    pages = [json.loads(path.read_text("utf-8")) for path in Path(__file__).parent.glob("pages/*/post.json")]
    posts = [item for page in pages for item in page["reading"].get("items", ()) if "url" in item]
    assert any("#" in post["url"] for post in posts)
    for post in posts:
        assert post["url"] in meant(post["url"])
        assert post["url"] in meant(post.get("named") or post["url"])


def test_a_post_named_on_its_threads_page_does_not_mean_the_page() -> None:
    assert meant("https://dd.example/t/hoi-ve-dat.77/#post-531") == ("https://dd.example/t/77/post-531",)
    assert meant("bao.example/1") == ()
