"""What an article's address says once its site took the article away."""

import pytest

from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.reading import read
from crawlers.sources import Source

HERE = "https://bao.example/xa-hoi/tien-cong-2026.html"
SORRY = "Rất tiếc, trang bạn yêu cầu không tồn tại hoặc đã bị gỡ bỏ. Mời bạn quay lại trang chủ để đọc các tin khác."
TOLD = "Xã Bến Mơ trả tiền công cho người làm đường vào ngày mười lăm hằng tháng."
SOURCE = Source("nguon", "Nguồn", "feed", "https://bao.example/rss")


def reading(title: str, body: str, *, asked: str = HERE, there: str = "", head: str = "") -> Reading:
    page = f'<html lang="vi"><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>'
    fetch = Fetch("nguon", asked, step="page", title="Xã trả tiền công chậm ba tháng")
    return read(SOURCE, fetch, Page(there or asked, "text/html; charset=utf-8", page.encode()))


@pytest.mark.parametrize(("content_type", "named"), [
    ("application/pdf", "application/pdf"), ("Image/PNG; name=x", "image/png"),
    ("vao-day.xau.example/login", "something else"), ("<!channel> <https://xau.example|Vào đây>", "something else"),
    ("image/png <https://xau.example>", "image/png"),
])  # fmt: skip
def test_what_is_no_page_is_named_in_no_words_of_the_sites(content_type: str, named: str) -> None:
    found = read(SOURCE, Fetch("nguon", HERE, step="page"), Page(HERE, content_type, b"%PDF"))
    assert (found.missed, found.why) == (Outcome.BROKEN, f"it is no page but {named}")


@pytest.mark.parametrize(("title", "words"), [
    ("404 - Không tìm thấy trang", SORRY), ("404", SORRY),
    ("Lỗi 404 | Báo Bến Mơ", "Mời bạn đọc các tin khác trong ngày."),
    ("Page not found – Báo Bến Mơ", TOLD), ("Trang không tồn tại", TOLD), ("Báo Bến Mơ", SORRY),
    ("Bài viết đã bị xóa", TOLD), ("Bài viết không tồn tại hoặc đã bị gỡ bỏ", SORRY), ("404 Not Found", SORRY),
    ("Không tìm thấy trang bạn yêu cầu.", SORRY),
])  # fmt: skip
def test_a_page_that_says_that_it_is_not_there_is_gone(title: str, words: str) -> None:
    found = reading(title, f"<p>{words}</p>")
    assert (found.missed, found.items) == (Outcome.GONE, ())


@pytest.mark.parametrize(("title", "words"), [
    ("404 người nhập viện ở Bến Mơ", TOLD), ("Trang không tồn tại", f"{TOLD} " * 20),
    ("Xã trả lương", f"{SORRY} {TOLD * 9}"),
    ("Bài viết đã bị xóa của ông Lún nói gì", TOLD), ("Không tìm thấy trang sổ lương của xã", TOLD),
    ("Bài viết về lương bị gỡ", "Bài viết của ông Lún đã bị gỡ bỏ sáng nay, xã Bến Mơ cho biết như thế."),
    ("Quán 404 - nơi người làm đường ăn trưa", TOLD), ("Không tìm thấy: đơn kiện của người làm đường", TOLD),
])  # fmt: skip
def test_an_article_about_what_was_taken_away_is_an_article(title: str, words: str) -> None:
    found = reading(title, f"<p>{words}</p>")
    assert (found.missed, len(found.items)) == (None, 1)


FORM = (
    '<form action="/vao"><label>Tên đăng nhập</label><input name="ten"><label>Mật khẩu</label>'
    '<input class="o" type="password" name="mat-khau"><button>Đăng nhập</button></form>'
)
ASKED = "để xem tiếp bài viết này và lưu lại những tin bạn muốn đọc sau."


@pytest.mark.parametrize(("title", "body"), [
    ("Đăng nhập | Báo Bến Mơ", f"{FORM}<p>Nếu chưa có tài khoản, mời bạn đọc đăng ký.</p>"),
    ("Đăng nhập / Đăng ký", f"{FORM}<p>Báo Bến Mơ giữ kín thông tin của bạn đọc.</p>"),
    ("Sign in", f"{FORM}<p>Báo Bến Mơ giữ kín thông tin của bạn đọc.</p>"),
    ("Báo Bến Mơ", f"<p>Vui lòng đăng nhập {ASKED}</p>{FORM}"),
    ("Xã trả tiền công chậm ba tháng", f"<p>Rất tiếc, bạn cần phải đăng nhập {ASKED}</p>{FORM}"),
    ("Đăng nhập vào hệ thống", f"<p>Bạn phải đăng nhập {ASKED}</p>"),  # a script makes the form
])  # fmt: skip
def test_a_login_under_an_articles_own_address_is_no_post(title: str, body: str) -> None:
    found = reading(title, body)
    assert (found.missed, found.items) == (Outcome.BLOCKED, ())


@pytest.mark.parametrize(("title", "body"), [
    ("Xã trả tiền công chậm ba tháng", f"<p>{TOLD}</p>"),
    ("Xã trả tiền công chậm ba tháng", f"<p>{TOLD}</p><p>Vui lòng đăng nhập {ASKED}</p>"),
    ("Đăng nhập sổ lương: bốn lỗi hay gặp", f"<p>{TOLD} Người làm đường đăng nhập để xem.</p>"),
    ("Đăng nhập", f"<p>{f'{TOLD} ' * 9}</p>"),
])  # fmt: skip
def test_an_article_that_bears_a_login_is_an_article(title: str, body: str) -> None:
    assert len(reading(title, f"<header>{FORM}</header>{body}").items) == 1


def test_an_article_that_begins_with_whom_a_login_is_asked_of_is_an_article() -> None:
    assert len(reading("Sổ lương của xã", f"<p>Bạn đọc phải đăng nhập mới xem được sổ lương. {TOLD}</p>").items) == 1


HEADS = "".join(
    f'<article><h3><a href="/tin-{n}.html">Người dân xã {n} được khám bệnh miễn phí</a></h3><p>{TOLD}</p></article>'
    for n in range(9)
)
DATED = '<meta property="article:published_time" content="2026-11-30T08:00:00+07:00">'


@pytest.mark.parametrize("there", ["/thoi-su", "/van-hoa-xa-hoi/", "/tin-tuc/thoi-su.html", "/xa-hoi?page=2"])
def test_an_article_that_leads_to_a_section_is_gone(there: str) -> None:
    for asked in (
        HERE,
        "https://bao.example/index.php?id=77",
        "https://www.bao.example/xa-tra-tien-cong-cham-ba-thang",
    ):
        found = reading("Thời sự", HEADS, asked=asked, there=f"https://bao.example{there}")
        assert (found.missed, found.items) == (Outcome.GONE, ())


@pytest.mark.parametrize(("there", "title", "head", "body"), [
    ("https://bao.example/tien-cong-2026/", "Xã trả tiền công", "", HEADS),  # its number
    ("https://bao.example/xa-tra-tien-cong-cham-ba-thang", "Xã trả tiền công", "", HEADS),  # a long title
    ("https://bao.example/tien-cong", "Xã trả tiền công", DATED, HEADS),
    ("https://bao.example/tien-cong", "Xã trả tiền công chậm ba tháng", "", HEADS),
    ("https://bao.example/tien-cong", "Xã trả tiền công", "", f"<p>{TOLD}</p>"),
    ("https://khac.example/tien-cong", "Xã trả tiền công", "", HEADS),
])  # fmt: skip
def test_an_article_that_moved_is_still_there(there: str, title: str, head: str, body: str) -> None:
    assert len(reading(title, body, there=there, head=head).items) == 1


def test_a_section_that_is_listed_itself_is_read() -> None:
    assert len(reading("Thời sự", HEADS, asked="https://bao.example/thoi-su").items) == 1
