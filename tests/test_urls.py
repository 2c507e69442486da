"""One spelling for each page, and nothing that isn't a web address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.dates import iso
from crawlers.text import plain, tidy
from crawlers.urls import alike, canonical, host_of, is_same, is_under, origin_of, place_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Bao.TEST:80/a?utm_source=rss&id=1#x", "http://bao.test/a?id=1"),
        ("https://bao.test:443/a?fbclid=1", "https://bao.test/a"),
        ("https://bao.test", "https://bao.test/"),
        ("https://bao.test:8443/a", "https://bao.test:8443/a"),
        (
            "https://bao.test/tin mới?q=quyền con người",
            "https://bao.test/tin%20m%E1%BB%9Bi?q=quy%E1%BB%81n+con+ng%C6%B0%E1%BB%9Di",
        ),
        ("https://bao.test/?threads/bai.7/&q=a%20b&utm_source=rss", "https://bao.test/?threads/bai.7/&q=a%20b"),
        ("https://báo.test/", "https://xn--bo-mia.test/"),
        ("https://bao.test。/a", "https://bao.test/a"),
        ("http://[2606:4700::1]:8080/x", "http://[2606:4700::1]:8080/x"),
        ("https://bao.test/a\n/b", "https://bao.test/a/b"),
        ("https://bao.test/web/x;jsessionid=AB12.n1?p=1&PHPSESSID=ab", "https://bao.test/web/x?p=1"),
        ("https://bao.test/x?sid=0123456789abcdef0123456789abcdef", "https://bao.test/x"),
        ("https://bao.test/x?sid=5", "https://bao.test/x?sid=5"),
        ("https://bao.test/x?gad_source=1&gclid=a&gclsrc=aw.ds&gbraid=b&wbraid=c&fbclid=d", "https://bao.test/x"),
        ("http://.vn/", ""),
        ("http://a..b/", ""),
        (f"http://{'a' * 64}.vn/", ""),
        (
            "https://www.facebook.com/a/posts/7?mibextid=Nif5oz&rdid=a&__cft__[0]=b&__tn__=%2CO&share_url=c&_rdr",
            "https://www.facebook.com/a/posts/7",
        ),
        ("https://m.fb.com/story.php?id=7&_rdr&eav=a", "https://m.fb.com/story.php?id=7"),
        ("https://so-lieu.test/a?eav=cao&rdid=3&mibextid=b", "https://so-lieu.test/a?eav=cao&rdid=3"),
        ("https://xfacebook.com/a?share_url=b", "https://xfacebook.com/a?share_url=b"),
        ("https://bao.test/x?igsh=a&mc_cid=b&li_fat_id=c&ScCid=d&_hsenc=e&mkt_tok=f&ysclid=g", "https://bao.test/x"),
    ],
)
def test_one_spelling(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    ("url", "place", "under"),
    [
        ("https://kc.test/bai/4", "https://kc.test/bai/", True),
        ("http://www.kc.test/bai/4/", "https://KC.test/bai", True),
        ("https://kc.test/bai", "kc.test/bai/", True), ("https://KC.test:443/bai/4?x=1#y", "www.kc.test/bai", True),
        ("https://kc.test/b%C3%A0i/4", "https://kc.test/bài", True), ("https://kc.test/x", "https://kc.test", True),
        ("https://kc.test/baibac/4", "https://kc.test/bai", False), ("https://kc.test/", "https://kc.test/bai", False),
        ("https://xkc.test/bai/4", "kc.test/bai", False), ("https://kc.test.xa.test/bai/4", "kc.test/bai", False),
        ("https://kc.test//bai/4", "kc.test/bai", True), ("https://kc.test/a/../bai/4", "kc.test/bai", True),
        ("https://m.kc.test/bai/4", "kc.test/bai", True), ("https://kc.test/bai/4", "https://m.kc.test/bai/", True),
        ("https://kc.test/bai/../tin", "kc.test/bai", False), ("https://m.test/bai", "https://xm.test/bai", False),
        ("https://kc.test/bai/4", "", False), ("", "https://kc.test", False), ("", "", False), ("x", "://", False),
        ("https://kc.te\nst.:443/bai/4", "kc.test/bai", True), ("https://kc.test:8080/bai", "kc.test:8080", True),
        ("https://kc.test/bai", "kc.test:8080/bai", False),
    ],
)  # fmt: skip
def test_what_stands_at_a_place_or_below_it(url: str, place: str, under: bool) -> None:
    assert is_under(url, place) is under


def test_an_address_on_another_host_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_under("https://kc.test/bai/4", "kc.test/bai")
    monkeypatch.setattr("crawlers.urls.canonical", None)
    assert not is_under("https://bao.test/x-4000123.htm?a=1", "kc.test/bai")


def test_one_page_under_two_spellings() -> None:
    assert is_same("http://www.kc.test/bai/4/", "https://kc.test/bai/4?utm_source=rss")
    assert not is_same("https://kc.test/bai?id=4", "https://kc.test/bai?id=5")
    assert not is_same("https://kc.test/bai/4", "https://kc.test/bai")


def test_all_spellings_that_lead_to_one_page_are_known_from_any_of_them() -> None:
    spelled = set(alike("https://bao.test/b%C3%A0i/?p=1#p1"))
    for other in ("http://bao.test/b%C3%A0i?p=1#p1", "https://www.bao.test/b%c3%a0i?p=1#p1",
                  "https://m.bao.test/b%C3%A0i/?p=1#p1"):  # fmt: skip
        assert other in spelled
        assert set(alike(other)) == spelled
        assert is_same(other, "https://bao.test/bài?p=1")
    assert not spelled & set(alike("https://bao.test/b%C3%A0i/?p=1"))
    assert alike("by-hand:0a") == ["by-hand:0a"]


@pytest.mark.parametrize(
    "url",
    [
        "", "file:///etc/passwd", "javascript:alert(1)", "ftp://a.test/", "data:text/html,x", "//a.test/x", "/x",
        "mailto:a@b.c",
        "http://", "http:///x", "http://user:pw@a.test/", "http://[bad/", "http://a.test:99999/", "http://a.test/\x00",
        "http://a.test/" + "x" * 3000, "gopher://a.test/", "http://a.test/\ud800",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_nothing(url: str) -> None:
    assert canonical(url) == ""


def test_relative_links_are_resolved() -> None:
    assert canonical("../b.html?utm_medium=x", base="http://a.test/c/d.html") == "http://a.test/b.html"
    assert canonical("file:///x", base="http://a.test/") == ""


@given(st.text())
def test_any_text_is_an_address_or_nothing_and_the_second_time_changes_nothing(text: str) -> None:
    once = canonical(text, base="http://a.test/x/")
    assert canonical(once) == once
    assert once == "" or once.startswith(("http://", "https://"))


@given(st.text())
def test_tidied_text_can_be_stored_and_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    once.encode("utf-8")
    assert "\x00" not in once


def test_less_than_is_no_tag() -> None:
    assert plain("Trẻ em <16 tuổi và người >60 tuổi được <b>khám</b>") == "Trẻ em <16 tuổi và người >60 tuổi được khám"
    assert plain("Giá < 5 triệu và > 3 triệu<br/>một tháng") == "Giá < 5 triệu và > 3 triệu\nmột tháng"


def test_markup_never_survives_as_markup() -> None:
    assert plain("<script>alert(1)</script><p>Xin <b>chào</b></p><p>bạn &amp; tôi</p>") == "Xin chào\nbạn & tôi"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a<script>x</script>b<STYLE>y</style >c<!-- z -->d", "a b c d"),
        (f"a<script>{'x' * 60_000}</script>b<!--{'<b>' * 20_000}-->c", "a b c"),
        ("a<script>d.write('<script src=x></script>b", "a b"),
        ("a<!-- <script> -->b</script>c", "a bc"),
        ("a<template>b <i>c</i>", "ab c"),
    ],
)
def test_what_a_page_hides_is_no_text(markup: str, expected: str) -> None:
    assert plain(markup) == expected


def test_openings_without_an_end_are_read_in_time() -> None:
    for opening in (
        "<script ",
        "<!-- ",
        "<!--<style <template ",
    ):  # which took the square of their number, here minutes
        assert plain(opening * 60_000)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-10-12T08:30:00+0700", "2026-10-12T08:30:00+07:00"),
        ("2026-10-12T01:30:00Z", "2026-10-12T01:30:00+00:00"),
        ("2026-10-12 08:30", "2026-10-12T08:30:00+07:00"),
        ("Mon, 12 Oct 2026 08:30:00 +0700", "2026-10-12T08:30:00+07:00"),
        ("Thứ hai, 12/10/2026, 08:30 (GMT+7)", "2026-10-12T08:30:00+07:00"),
        ("Mon, 12 Oct 2026 01:30:00 -0000", "2026-10-12T01:30:00+00:00"),
        ("Mon, 12 Oct 2026 08:30:00", "2026-10-12T08:30:00+07:00"),
        ("12/10/2026 8:30:00 CH", "2026-10-12T20:30:00+07:00"),
        ("12/10/2026 8:30:00 SA", "2026-10-12T08:30:00+07:00"),
        ("12/10/2026 - 08:30 PM", "2026-10-12T20:30:00+07:00"),
        ("12:05 AM 12/10/2026", "2026-10-12T00:05:00+07:00"),
        ("12:05 pm 12/10/2026", "2026-10-12T12:05:00+07:00"),
        ("20h30 CH 12/10/2026", "2026-10-12T20:30:00+07:00"),
        ("08:30 chưa sửa 12/10/2026", "2026-10-12T08:30:00+07:00"),
        ("Oct 12, 2026 8:30 PM", "2026-10-12T20:30:00+07:00"),
        ("08:30 | 12/10/2026", "2026-10-12T08:30:00+07:00"),
        ("12-10-2026", "2026-10-12T00:00:00+07:00"),
        ("Mon, 12 Oct 2026 08:30:00 +07", "2026-10-12T08:30:00+07:00"),
        ("Mon, 12 Oct 2026 08:30:00 +7", "2026-10-12T08:30:00+07:00"),
        ("Ngày 12 tháng 10 năm 2026", "2026-10-12T00:00:00+07:00"),
        ("2026/10/12 08:30", "2026-10-12T08:30:00+07:00"),
        ("2026.10.12", "2026-10-12T00:00:00+07:00"),
        ("2026-10-2", "2026-10-02T00:00:00+07:00"),
        ("2026-10-12 08:30:00 UTC", "2026-10-12T08:30:00+00:00"),
        ("Oct 12, 2026", "2026-10-12T00:00:00+07:00"),
        ("8 giờ 30 ngày 12/10/2026", "2026-10-12T08:30:00+07:00"),
        ("8g30 12/10/2026", "2026-10-12T08:30:00+07:00"),
        ("10/12/2026 8:30:00 PM", "2026-10-12T20:30:00+07:00"),
        ("2:30 chiều 12/10/2026", "2026-10-12T14:30:00+07:00"),
        ("8h30 Tối, 12/10/2026", "2026-10-12T20:30:00+07:00"),
        ("8 giờ 30 tối ngày 12/10/2026", "2026-10-12T20:30:00+07:00"),
        ("12:05 sáng 12/10/2026", "2026-10-12T00:05:00+07:00"),
        ("14:30 chiều 12/10/2026", "2026-10-12T14:30:00+07:00"),
        ("12/10/2026 10:30 (cập nhật 14:30 chiều)", "2026-10-12T10:30:00+07:00"),
        ("Đăng lúc 09:15 12/10/2026, sửa 7:30 tối", "2026-10-12T09:15:00+07:00"),
        ("2 giờ 30 phút chiều 12/10/2026", "2026-10-12T14:30:00+07:00"),
        ("2:30 buổi chiều 12/10/2026, sửa 9:10 sáng", "2026-10-12T14:30:00+07:00"),
        ("00:30 tối 12/10/2026", "2026-10-12T00:30:00+07:00"),
        ("00:30 PM 12/10/2026", "2026-10-12T12:30:00+07:00"),
        (1760232600, "2025-10-12T01:30:00+00:00"),
        ("1760232600000", "2025-10-12T01:30:00+00:00"),
        ("32/13/2026", ""),
        ("hôm qua", ""),
        ("0001-01-01", ""),
        ("Mon, 01 Jan 0001 00:00:00 GMT", ""),
        ("Wed, 30 Nov -0001 00:00:00 +0000", ""),
        ("Mon, 12 Oct 26 00:07:00 +0030", "2026-10-12T00:07:00+00:30"),
        ("2999-01-01", ""),
        (None, ""),
        (True, ""),
        (10**400, ""),
        ("Tue, 24 Nov 2026 10:30:00 +7000000000000", ""),
        ("Tue, 24 Nov 20261124000000 10:30:00 +0700", ""),
    ],
)
def test_dates(value: object, expected: str) -> None:
    assert iso(value) == expected


def test_hosts_and_origins() -> None:
    assert host_of("https://Bao.test:8443/x") == "bao.test"
    assert host_of("http://[bad") == ""
    assert place_of("http://Bao.test/x") == place_of("https://bao.test:443/") == "bao.test:"
    assert place_of("http://[::1]:8443/x") == "[::1]:8443"
    assert place_of("http://nhà.test./x") == place_of("http://xn--nh-kia.test/") == "xn--nh-kia.test:"
    assert [place_of(f"http://{odd}/") for odd in ("a.test:99999", "[bad", "lan@a.test", "a..test")] == [""] * 4
    assert origin_of("https://lun:mat-khau@Bao.test:8443/x") == "https://bao.test:8443"
    assert origin_of("https://Bao.test:8443/x") == "https://bao.test:8443"


def test_marks_piled_on_one_letter_are_levelled_and_drawn_signs_stay() -> None:
    assert len(tidy("a" + "\u0301\u0323" * 100_000)) == 32
    assert len(tidy("a" + "\u0f73" * 30_000)) == 33  # a sign that is two marks
    assert tidy("😀" * 100) == "😀" * 100
