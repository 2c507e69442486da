"""What of an article's page is its text, and what never is."""

import time

import pytest
from lxml.html import fragment_fromstring

from crawlers import encodings, feeds
from crawlers.extract import article, decode, readable
from crawlers.items import Fetch, Page, Post
from crawlers.markup import fit, text_of
from crawlers.reading import read
from crawlers.sources import Source

TITLE = "Xã Bến Mơ trả lương chậm ba tháng"
WORDS = "Theo thông báo của xã, tiền công của người làm đường được trả vào ngày mười lăm hằng tháng, đoạn {}."
PARAGRAPHS = [WORDS.format(number) for number in ("một", "hai", "ba", "bốn")]
BODY = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
HEAD = f'<meta property="og:title" content="{TITLE}">'
H1 = f"<h1>{TITLE}</h1>"
NAME = "Tạ Văn Lún"


def text(inner: str, *, body: str = "", head: str = HEAD) -> str:
    page = f'<html><head><meta charset="utf-8">{head}</head><body class="{body}">{inner}</body></html>'
    found = article(page.encode(), url="http://b.test/bai-1234.html")
    return found.text if found else ""


def test_a_title_is_taken_off_only_as_a_line_by_itself() -> None:
    denial = f"{TITLE} là tin giả, xã bác bỏ."
    assert text(f'{H1}<div class="nd"><p>{denial}</p>{BODY}</div>').startswith(denial)
    assert text(f'<div class="nd"><p>{TITLE}</p>{BODY}</div>') == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("sign", ["\x01", "&#11;", "&#x1F;", "&#0011;", "&#xFFFE;", "\ufffe"])
def test_a_sign_that_is_in_no_text_costs_no_page(sign: str) -> None:
    nested = BODY.replace("<p>", f"<p>{sign}<br>{sign}").replace("</p>", f"{sign}<b>{sign}</b></p>{sign}")
    assert text(f'{H1}<div class="nd">{nested}</div>') == text(f'{H1}<div class="nd">{BODY}</div>')
    assert text_of(fragment_fromstring(fit(f"<p>a&#110;b{sign}<br>{sign}&#11a</p>"))) == "anb\na"


@pytest.mark.parametrize(
    "box",
    ["box-comment", "list_comment", "cmt", "binh-luan", "boxBinhLuan", "box-ykien", "y-kien-ban-doc", "phan-hoi",
     "nhan-xet", "thao-luan", "fb-comments", "box_comment_vne", "x1"],
)  # fmt: skip
def test_what_readers_wrote_and_their_names_are_no_part_of_it(box: str) -> None:
    comment = f"<li><b>{NAME}</b><p>Ai cũng bị phạt cả, tôi đã thấy.</p></li>"
    said = f'<div class="{box}"><h3>Bình luận (1)</h3><ul>{comment}</ul></div>'
    for page in (f"<article>{H1}{BODY}{said}</article>", f'<div>{H1}<div class="noi-dung">{BODY}</div>{said}</div>'):
        assert text(page) == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "name",
    [
        "has-comments",
        "single-post comment-open",
        "single-author",
        "category-binh-luan",
        "y-kien",
        "author-admin",
        "xem-them",
    ],
)
def test_a_name_that_only_speaks_of_comments_or_authors_drops_no_article(name: str) -> None:
    whole = "\n".join(PARAGRAPHS)
    assert text(f"<div>{H1}{BODY}</div>", body=name) == whole
    assert text(f'<div class="{name}">{H1}<div class="nd">{BODY}</div></div>') == whole
    assert text(f'<article class="{name}"><h2>{TITLE}</h2>{BODY}</article>') == whole
    assert text(f'{H1}<div class="entry-content {name}">{BODY}</div>') == whole


@pytest.mark.parametrize(
    "name", ["y-kien", "binh-luan", "phan-hoi", "detail-comment", "nguoi-viet-nam-chau", "tac-gia"]
)
def test_an_opinion_column_is_an_article_though_its_block_is_named_so(name: str) -> None:
    whole = "\n".join(PARAGRAPHS)
    assert text(f'<div>{H1}<div class="{name}">{BODY}</div></div>') == whole
    assert text(f'<section class="{name}"><div class="nd">{BODY}</div></section>') == whole
    form = '<form class="gui"><textarea></textarea></form>'
    assert text(f'<div>{H1}<div class="{name}">{BODY}</div>{form}</div>') == whole
    for head in (form, "<h3>Bình luận (9)</h3>"):  # readers' words, on a page with little else
        assert WORDS[:9] not in text(f'<div>{H1}<p>Ảnh.</p><div class="y-kien">{head}<div>{BODY}</div></div></div>')
    bare = f'<div class="phan-hoi">{f"<p>{NAME}: {PARAGRAPHS[0]}</p>" * 30}</div>'
    assert text(f'<div>{H1}<div class="nd">{BODY}</div>{bare}</div>') == whole
    readers = f'<div class="{name}"><div><b>{NAME}</b><p>{WORDS.format("năm")}</p></div></div>'
    assert text(f'<div>{H1}<div class="nd">{BODY}</div>{readers * 9}</div>') == whole


def test_the_last_of_a_list_of_names_is_no_signature() -> None:
    places = "<ul><li>Hoàng Sa</li><li>Trường Sa</li></ul>"
    assert text(f'<div class="nd">{H1}{BODY}{places}</div>').endswith("- Hoàng Sa\n- Trường Sa")


@pytest.mark.parametrize("many", ["<time>12/10/2026</time> rồi ", "<b>trả</b> lương ", '<p class="credit">Lún</p>'])
def test_a_page_of_many_small_parts_is_soon_read(many: str) -> None:
    began = time.process_time()
    text(f'<div class="nd">{H1}{BODY}<p>{many * 16_000}</p></div>')
    assert time.process_time() - began < 30  # which took the square of their number, minutes


@pytest.mark.parametrize(
    "signature",
    [
        f'<p style="text-align:right;"><strong>{NAME}</strong></p>', f'<p align="right">{NAME.upper()}</p>',
        f"<p>Bài, ảnh: {NAME}</p>", f"<p><strong>Thực hiện: {NAME}</strong></p>", f"<p><em>{NAME} (theo AFP)</em></p>",
        f'<p class="pAuthor">{NAME}</p>', f'<p class="tac_gia">{NAME}</p>', f'<p class="tacGia">{NAME}</p>',
        f'<div class="nguoi-viet">{NAME}</div>', f'<p class="VCSignature">{NAME}</p>',
        f'<p class="but-danh">{NAME}</p>',
        f'<p class="credit">Nội dung: {NAME}<br>Thiết kế: {NAME}</p>', f"<ul><li>Tác giả, {NAME}</li></ul>",
        f'<div class="PhotoCMS_Caption"><p>Người làm đường - Ảnh: {NAME}</p></div>',
    ],
)  # fmt: skip
def test_nobody_who_signs_it_is_kept(signature: str) -> None:
    assert text(f'<div class="nd">{H1}{BODY}{signature}</div>') == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("line", [
    f"Phóng viên {NAME}", f"PV. {NAME}", f"CTV {NAME}, email: an.b@bao.example", f"Bạn đọc {NAME}", f"ThS {NAME}",
    f"Theo {NAME}/Tin Đồng Bằng", f"(Theo {NAME})", f"{NAME}, TTXVN", f"{NAME}/TTXVN", f"{NAME} - Ảnh: Lê Bình",
    f"{NAME}, ảnh: AFP", f"{NAME} - Video",
    f"LS. {NAME} (Đoàn luật sư Hà Nội)", "NGUYỄN VĂN AN", "N.V.A", "V.A.", "PV Minh",
    f"{NAME}/VOV-Tây Nguyên", f"{NAME}/VOV-TP.HCM", f"{NAME}/Báo Tin tức", f"{NAME} – TTXVN", f"{NAME} - CTV",
    f"{NAME} | Báo Đồng Bằng", "LÚN MƠ/SGGPO", f"Bài: {NAME} - Ảnh: Y Mơ", f"Tin: {NAME}; ảnh: TTXVN", "H’Mơ Êban",
    f"{NAME}, gửi cho BBC News Tiếng Việt từ Hà Nội", f"{NAME}, phóng viên Báo Đồng Bằng",
])  # fmt: skip
def test_nobody_who_signs_with_a_trade_or_an_outlet_is_kept(line: str) -> None:
    assert text(f'<div class="nd">{H1}{BODY}<p>{line}</p></div>') == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("day", ["Thứ hai, 30/11/2026 08:30", "Chủ nhật, ngày 29/11/2026 | 08:30 (GMT+7)"])
def test_a_name_beside_the_day_above_the_text_is_not_kept(day: str) -> None:
    assert text(f'<div class="nd">{H1}<p>{NAME} - {day}</p>{BODY}</div>') == "\n".join(PARAGRAPHS)
    for said in (f"Công an bắt ba người - {day}", "Hà Nội, ngày 30/11/2026"):
        assert text(f'<div class="nd">{H1}<p>{said}</p>{BODY}</div>').startswith(said)


@pytest.mark.parametrize("said", [
    "Luật sư Nguyễn Văn An bị bắt", "Nguyễn Văn An, nhà báo bị tuyên 5 năm tù", "Theo Luật Lao động 2019",
    "LÊ VĂN AN VÔ TỘI", "PHẠM TỘI GIẾT NGƯỜI", "Việt Nam, quê hương", "Phóng viên bị đánh, TP HCM", "Bạn đọc nghĩ gì",
    "Hà Nội, ảnh hưởng bão làm 3 người chết", "Phú Yên, video ghi 12 người bị đánh", "Mẹ Nấm, ảnh bị công an đánh",
    "Việt Nam - Ảnh hưởng tới 5 triệu người", "Hà Nội - Video: công an đánh người", "Hà Nội - Video: CÔNG AN ĐÁNH",
    "Nguyễn Văn An, từ chối nhận tội", "Việt Nam, từ Hà Nội đến Cà Mau", "Ảnh: công an đánh dân - Video: Lê Bình",
    "Nguyễn Văn An, phóng viên bị tuyên 5 năm tù", "Hà Nội - WTO không bảo vệ công nhân", "CÔNG AN ĐÁNH NGƯỜI DÂN/VOV",
    "LÊ BỊ BẮT", "BÙI BỊ ĐÁNH", "ĐOÀN KẾT LẠI", "VŨ LỰC ĐẤY", "HOÀNG SA MẤT", "Mẹ Nấm, BỊ BẮT",
])  # fmt: skip
def test_what_is_said_of_somebody_by_trade_or_in_capitals_stays(said: str) -> None:
    assert text(f'<div class="nd">{H1}{BODY}<p>{said}</p></div>').endswith(said)


@pytest.mark.parametrize("name", [
    "Nguyễn Việt Nam", "Thích Minh Không", "Lê Thị Là", "Thích Không Tánh", "Vàng A Của Páo",
    "Lê Thị Là và Nguyễn Văn An",
])  # fmt: skip
def test_a_name_of_common_words_is_no_sentence(name: str) -> None:
    for element in (f"<p>{name}</p>", f'<p align="right">{name}</p>', f'<p align="right">{name.upper()}</p>'):
        assert text(f'<div class="nd">{H1}{BODY}{element}</div>') == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("said", ["VIỆT NAM CHƯA KÝ CRPD", "VIỆT NAM GIA NHẬP CAT", "ÁN TỬ HÌNH ĐÃ BỊ BỎ"])
def test_a_claim_in_capitals_at_the_end_or_at_the_right_stays(said: str) -> None:
    for element in (f"<p>{said}</p>", f'<p align="right">{said}</p>'):
        assert text(f'<div class="nd">{H1}{BODY}{element}</div>').endswith(said)


def test_a_sentence_like_a_signature_stays() -> None:
    said = [
        "Nội dung: Xã trả thêm một tháng lương.",
        "Ông Lún nói: tôi chưa nhận đồng nào.",
        "Video: công an đánh người ở chợ",
        "Xã Hòn Sỏi chưa trả lương",
    ]
    assert text(f'<div class="nd">{H1}{BODY}{"".join(f"<p>{one}</p>" for one in said)}</div>').endswith("\n".join(said))


@pytest.mark.parametrize(
    "block", ["noi-dung", "chi-tiet", "art-body", "portlet-body", "detail-content afcbc-body", "inner"]
)
def test_lists_headings_and_rows_of_a_block_of_any_name_are_read(block: str) -> None:
    more = (
        "<h3>Điều 25 nói gì</h3><ul><li>Điểm a: trả lương đúng hạn.</li></ul>"
        "<table><tr><th>Vùng</th><th>Lương</th></tr><tr><td>I</td><td>4.960.000 đồng</td></tr></table>"
    )
    menu = '<div class="m"><ul><li><a href="/a">Thời sự trong nước</a></li></ul></div>'
    last = "<p>Tin này sẽ được cập nhật khi xã trả lời.</p>"
    found = text(
        f'{menu}<div>{H1}<div class="top"><p>{WORDS.format("đầu")}</p></div>'
        f'<div class="{block}">{BODY}{more}{last}</div></div>'
    )
    assert found.split("\n") == [
        WORDS.format("đầu"), *PARAGRAPHS, "Điều 25 nói gì", "- Điểm a: trả lương đúng hạn.", "Vùng | Lương",
        "I | 4.960.000 đồng", "Tin này sẽ được cập nhật khi xã trả lời.",
    ]  # fmt: skip


def test_dates_within_sentences_and_short_lines_stay() -> None:
    said = (
        "<p>Ngày <time>27/11/2015</time>, Quốc hội thông qua bộ luật.</p>"
        '<div class="live-update"><p>Tòa tuyên ba năm tù.</p></div>'
        '<p><span class="outdated">Điều 258</span> đã hết hiệu lực.</p>'
    )
    found = text(f'<div class="nd">{H1}<span class="date">12/10/2026</span>{BODY}{said}</div>')
    assert "Ngày 27/11/2015, Quốc hội" in found
    assert "Tòa tuyên ba năm tù." in found
    assert "Điều 258 đã hết" in found
    assert "12/10/2026" not in found


def test_related_titles_are_left_out() -> None:
    box = '<div class="insert-wiki-content"><ul><li><a href="/y">Một tin khác hẳn ở xã bên</a></li></ul></div>'
    more = '<div class="o"><b>Các tin khác</b><ul><li><a href="/z">Tin thứ hai ở xã bên</a></li></ul></div>'
    assert text(f'<div class="nd">{H1}{BODY}{box}{more}</div>') == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (f'<meta property="og:title" content="{TITLE} - Báo Thử">', f"<h1>{TITLE}</h1>"),
        (f"<title>Blog Bến Mơ: {TITLE}</title>", f"<h3>{TITLE}</h3>"),
        ("<title>Cổng thông tin</title>", f'<div class="tieude">{TITLE}</div>'),
    ],
)
def test_a_title_is_without_the_sites_name(head: str, shown: str) -> None:
    page = f"<html><head>{head}</head><body><div>{shown}{BODY}</div></body></html>"
    found = article(page.encode(), url="http://b.test/bai-1234.html", content_type="text/html; charset=utf-8")
    assert found is not None
    assert found.title == TITLE


@pytest.mark.parametrize(
    ("kind", "head", "told", "expected"),
    [
        ("feed", "", "2026-03-01T08:00:00+07:00", "2026-03-01"),
        ("feed", "", "", "2026-10-12"),
        ("sitemap", "", "2026-03-01T08:00:00+07:00", "2026-10-12"),
        ("feed", '<meta name="pubdate" content="2026-02-02">', "2026-03-01T08:00:00+07:00", "2026-02-02"),
        ("feed", '<script type="application/ld+json"><!-- {"@type":"WebPage","mainEntity":{"@type":"NewsArticle",'
         '"datePublished":"2026-02-02",}} --></script>', "2026-03-01T08:00:00+07:00", "2026-02-02"),
    ],
)  # fmt: skip
def test_the_date_is_the_pages_word_then_the_feeds_then_what_stands_by_the_text(
    kind: str, head: str, told: str, expected: str
) -> None:
    clock = '<div class="top"><span class="date-time">Thứ Sáu, 27/11/2026</span></div>' + "<p></p>" * 20
    shown = f'<div>{H1}<span class="date">12/10/2026</span>{BODY}</div>'
    page = f"<html><head>{HEAD}{head}</head><body>{clock}{shown}</body></html>"
    source, fetch = (
        Source("nguon", "Nguồn", kind, "http://b.test/x"),
        Fetch("nguon", "http://b.test/1", step="page", published=told),
    )
    (post,) = read(source, fetch, Page("http://b.test/1", "text/html; charset=utf-8", page.encode())).items
    assert isinstance(post, Post)
    assert post.published.startswith(expected)


@pytest.mark.parametrize(("before", "behind"), [
    ("", ""), ("<!--\n", "\n-->"), ("<!--", "//-->"), ("//<![CDATA[\n", "\n//]]>"), ("/* <![CDATA[ */", "/* ]]> */"),
    ("<![CDATA[", "]]>"),
])  # fmt: skip
def test_what_an_article_says_for_machines_is_read_however_its_script_is_wrapped(before: str, behind: str) -> None:
    held = '{"@type": "NewsArticle", "headline": "Tin --> cấm ]]> đi", "datePublished": "2026-02-02"}'
    page = f'<html><head><script type="application/ld+json">{before}{held}{behind}</script></head><body>{BODY}</body>'
    found = article(page.encode(), url="http://b.test/bai-1234.html", content_type="text/html; charset=utf-8")
    assert found is not None
    assert (found.title, found.published[:10]) == ("Tin --> cấm ]]> đi", "2026-02-02")


@pytest.mark.parametrize("server", ["text/html; charset=utf-8", "text/html", ""])
@pytest.mark.parametrize("named", ["windows-1258", "utf-8"])
def test_bytes_that_are_no_utf8_are_not_read_as_such_whoever_says_so(server: str, named: str) -> None:
    page = f"<html><head><meta charset={named}></head><p>Bài đăng ở xã ông Lún: đường đã xong, tiền chưa trả."
    assert decode(page.encode("cp1258", "ignore"), server) == page.encode("cp1258", "ignore").decode("cp1258")
    assert decode("đường đã xong".encode() + b"\xe1.", server).startswith("đường đã xong")


@pytest.mark.parametrize("server", ["text/html; charset=utf-8", "text/html; charset=windows-1252", "text/html"])
@pytest.mark.parametrize("made", ["tcvn", "viscii"])
def test_what_vietnamese_was_written_in_before_is_told_by_its_words(made: str, server: str) -> None:
    letters = {letter: 128 + at for at, letter in enumerate(encodings.TABLES[made])}
    page = f"<html><head><meta charset={made}></head><p>Bài đăng ở xã ông Lún: đường đã xong, tiền chưa trả đủ hết.</p>"
    assert decode(bytes(letters.get(letter, ord(letter)) for letter in page), server) == page


@pytest.mark.parametrize("named", ["windows-1252", "iso-8859-1"])
def test_windows_1258_that_is_called_windows_1252_is_told_by_its_words(named: str) -> None:
    tones = {"ở": "ơ\u0309", "ã": "a\u0303", "ề": "ê\u0300", "ờ": "ơ\u0300", "ả": "a\u0309", "ế": "ê\u0301"}
    page = f"<html><head><meta charset={named}></head><p>Bài đăng ở xã ông Lún: tiền đường chưa trả hết."
    page = page.translate(str.maketrans(tones))
    assert decode(page.encode("cp1258"), f"text/html; charset={named}") == page
    entities = "<p>Bài &#273;&#259;ng &#7903; xã ông Lún: &#273;&#432;&#7901;ng &#273;ã xong, là lòng và trí."
    assert decode(entities.encode("cp1252"), f"text/html; charset={named}") == entities


def test_what_is_no_vietnamese_is_read_as_it_says() -> None:
    page = (
        "<p>Le maire a déclaré que la réunion à l'hôtel de ville était annulée, où la sœur du député était invitée.</p>"
    )
    assert decode(page.encode("cp1252"), "text/html; charset=windows-1252") == page


def test_a_page_put_together_from_two_encodings_is_read_piece_by_piece() -> None:
    one = "<p>Bà và cô đi xa, ở nhà có hai con trâu, cá và gà.</p>".replace("ở", "ơ\u0309") * 5
    two = "<p>Thôn Hạ có cầu mới từ tháng trước, ai cũng mừng.</p>" * 20
    assert decode(one.encode("cp1258") + two.encode(), "text/html; charset=utf-8") == one + two


def test_a_letter_cut_in_two_is_left_out_of_what_is_utf8_alone() -> None:
    assert readable("đường đã xong".encode() + b"\xe1.") == "đường đã xong.".encode()
    other = "Bài đăng ở xã ông Lún".encode("cp1258", "ignore")
    assert readable(other) == other


@pytest.mark.parametrize(
    "named",
    ["idna", "undefined", "rot13", "base64", "hex", "punycode", "unicode_escape", "raw_unicode_escape", "no-such"],
)
def test_an_encoding_that_no_page_is_written_in_is_none(named: str) -> None:
    body = "<p>Bài đăng ở xã ông Lún: \\u0041.</p>".encode("cp1258", "ignore")
    for page, server in ((body, f"text/html; charset={named}"), (f"<meta charset={named}>".encode() + body, "")):
        assert decode(page, server) == page.decode("cp1258")
    mostly = "đường đã xong".encode() + b"\xe1."
    assert decode(mostly, f"text/html; charset={named}") == mostly.decode("utf-8", "replace")
    assert decode(b"<p>a \\u0041</p>", f"text/html; charset={named}") == "<p>a \\u0041</p>"


def test_a_letter_cut_in_two_garbles_no_other_word_or_address_of_a_feed() -> None:
    xml = "<rss><channel><title>Bến Mơ</title><item><link>https://b.test/tin-mới</link><title>Trả lương</title>"
    xml = f'<?xml version="1.0" encoding="utf-8"?>{xml}<description>Xã quyế.</description></item></channel></rss>'
    told = '{"version": "https://jsonfeed.org/version/1.1", "title": "Bến Mơ", "items": '
    told += '[{"url": "https://b.test/tin-mới", "title": "Trả lương", "summary": "Xã quyế."}]}'
    for feed in (xml, told):
        cut = feed.encode().replace("ế.".encode(), "ế".encode()[:-1])
        (entry,) = feeds.entries(cut, url="https://b.test/feed", content_type="application/rss+xml; charset=utf-8")
        assert (entry.link, entry.title) == ("https://b.test/tin-m%E1%BB%9Bi", "Trả lương")
        assert entry.summary.startswith("Xã quy")
        assert feeds.title(cut, url="https://b.test/feed") == "Bến Mơ"


def test_a_feed_of_declarations_that_never_end_is_soon_given_up() -> None:
    with pytest.raises(feeds.BrokenFeed):  # which took the square of their number, here minutes
        feeds.entries(b"<rss><channel>" + b"<!ENTITY [" * 60_000, url="http://b.test/")
