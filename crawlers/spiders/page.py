"""An article page: the end of the road for feeds, sitemaps and listings."""

import re
from collections.abc import Sequence

from crawlers.addresses import leads_to_section
from crawlers.dates import iso, when
from crawlers.extract import Article, article, decode, tree_of
from crawlers.feeds import HEAD
from crawlers.headlines import ARTICLES, article_links
from crawlers.items import Fetch, Outcome, Page, Passage, Post, Reading
from crawlers.language import detect
from crawlers.settings import LEAST_ARTICLE
from crawlers.sources import Source
from crawlers.text import line

NOTICE = 600  # characters: what says that a page isn't there is shorter
AWAY = "it says that it isn't there"
_WHAT = r"(?:trang|bài(?: viết)?|tin|nội dung|đường dẫn|liên kết)(?: web)?(?: này| bạn (?:yêu cầu|cần|tìm|truy cập))?"
_AWAY = r"(?:không (?:còn )?tồn tại|không tìm thấy|(?:đã )?(?:bị )?(?:gỡ|xóa|xoá)(?: bỏ)?)"
_NOT_THERE = re.compile(  # of a title, a whole part
    rf"(?i)(?:lỗi |error |http )?404(?: error|,? (?:page )?not found)|lỗi 404|(?:404 )?(?:page )?not found"
    rf"|(?:404 )?không tìm thấy {_WHAT}|(?:404 )?{_WHAT} {_AWAY}(?: hoặc {_AWAY})?"
)
_ABSENT = re.compile(rf"(?i){_WHAT}[^.\n]{{0,40}} {_AWAY}|không tìm thấy {_WHAT}|not found")
_SORRY = re.compile(r"(?i)(?:rất tiếc|xin lỗi|sorry)\b")
LOGIN = "it asks who one is in an article's place, which we don't get around"
_LOGIN = r"(?:đăng nhập|log[- ]?in|sign[- ]?in)"
_LOGIN_TITLE = re.compile(  # a whole part
    rf"(?i)(?:trang )?{_LOGIN}"
    r"(?: (?:vào )?(?:hệ thống|tài khoản)| ?(?:[/&,]|hoặc|or) ?(?:đăng ký|sign[- ]?up|register))?"
)
_LOGIN_ASKED = re.compile(
    rf"(?i)(?:{_LOGIN}[.: ]+)?(?:{_SORRY.pattern[4:]}[,!. ]+)?"
    r"(?:(?:vui lòng|xin|mời|hãy|please|quý|bạn(?: đọc)?|độc giả|khách|you|cần|phải|must|(?:need|have) to|be) ){1,5}"
    rf"(?:{_LOGIN}|logged in)\b"
)
_PASSWORD = re.compile(rb"(?i)<input\b[^<>]{0,500}\btype\s*=\s*[\"']?password\b")
_KIND = re.compile(r"(?:application|audio|font|image|model|multipart|text|video)/[a-z0-9+-]{1,30}")
_MARKUP = ("html", "xml", "text/plain")
_LISTS = frozenset({"rss", "feed", "rdf", "urlset", "sitemapindex"})


def read(source: Source, fetch: Fetch, page: Page) -> Reading:
    """One post, or one passage when the source is there for evidence."""
    if page.content_type and not any(word in page.content_type.lower() for word in _MARKUP):
        return Reading(missed=Outcome.BROKEN, why=f"it is no page but {_kind(page.content_type)}")
    if (root := _root(page)) in _LISTS:  # where a site may lead from what it took away
        return Reading(missed=Outcome.BROKEN, why=f"it is no page but a list of them ({root})")
    found = article(page.body, url=page.url, content_type=page.content_type)
    if found and (why := _taken_away(fetch, page, found)):
        return Reading(missed=Outcome.GONE, why=why)
    if found and len(found.text) < NOTICE and _asks_who(page, found):
        return Reading(missed=Outcome.BLOCKED, why=LOGIN)
    if found is None or sum(map(str.isalpha, found.text[:1000])) < LEAST_ARTICLE:
        return Reading(missed=Outcome.EMPTY)
    if not found.url:  # a redirect led to one too long to keep
        return Reading(missed=Outcome.BAD_LINK)
    return reading_of(_item(source, fetch, found))


def _kind(content_type: str) -> str:
    """The kind of an answer that is no page, in letters that are no words of the site's to whoever runs this."""
    named = _KIND.match(content_type.strip().lower())
    return named[0] if named else "something else"


def _taken_away(fetch: Fetch, page: Page, found: Article) -> str:
    """Why a page stands for one that its site took away, "" where it says what was asked for."""
    if len(found.text) < NOTICE and _says_so(line(found.title), found.text):
        return AWAY
    # a section states no date of its own, and bears another title than the list that named the article told
    if leads_to_section(fetch.url, page.url) and not found.published and found.title != line(fetch.title):
        tree = tree_of(page.body, page.content_type)
        if tree is not None and len(article_links(tree, page.url)) >= ARTICLES:
            return "it leads to a section"
    return ""


def _says_so(title: str, text: str) -> bool:
    """Whether a short page says that it isn't there: in a whole part of its title, or it begins with regret."""
    parts = _parts(title)
    if any(_NOT_THERE.fullmatch(part) for part in parts):
        return True
    return says_absent(text) and ("404" in parts or _SORRY.match(text) is not None)


def _asks_who(page: Page, found: Article) -> bool:
    """Whether a short page is a site's login: by two of its title, its first words and a field for a password, which an
    article may bear one of."""
    signs = (
        any(_LOGIN_TITLE.fullmatch(part) for part in _parts(line(found.title))),
        _LOGIN_ASKED.match(line(found.text)),
        _PASSWORD.search(page.body),
    )
    return sum(map(bool, signs)) > 1


def _parts(title: str) -> list[str]:
    """What stands between the marks of a title."""
    return re.split(r"\s*[|:.!–-]\s+|[.!]+$", title)


def says_absent(text: str) -> bool:
    """Whether a short text has it that a page isn't there, or was taken away: an article may have it of another."""
    return len(text) < NOTICE and _ABSENT.search(text) is not None


def _root(page: Page) -> str:
    """The name of the first element, without its namespace."""
    head = re.sub(r"(?s)<!--.*?(?:-->|\Z)", "", decode(page.body[:HEAD], page.content_type))
    found = re.search(r"<(?:\w+:)?(\w+)", head)
    return found[1].lower() if found else ""


def _item(source: Source, fetch: Fetch, found: Article) -> Post | Passage:
    title, (published, changed) = found.title or fetch.title, _days(source, fetch, found)
    if source.use == "evidence":
        return Passage(source.id, found.url, found.text, title=title, published=published, changed=changed)
    return Post(
        source_id=source.id,
        url=found.url,
        text=found.text,
        title=title,
        lead=found.lead,
        published=published or changed,
        section=found.section,
        language=detect(f"{title}\n{found.text}"),
    )


def _days(source: Source, fetch: Fetch, found: Article) -> tuple[str, str]:
    """When an article was published; where nobody says so, "" and when its sitemap says that it was changed."""
    maps = source.kind in ("sitemap", "evidence", "factcheck")
    changed = fetch.published if maps and fetch.stamp and iso(fetch.stamp) == fetch.published else ""
    listed = "" if changed else fetch.published
    # a feed knows an article's date better than the eye; a sitemap may only know when it was changed
    told = (found.shown, listed) if source.kind == "sitemap" else (listed, found.shown)
    published = next(filter(None, (found.published, *told)), "")
    return published, "" if published else changed


def in_order(posts: Sequence[Post | None]) -> bool:
    """Whether all posts with text are dated and in their dates' order, so that a gap between two means something."""
    told = [post.published for post in posts if post and post.text]
    dates = [when(day) for day in told]
    return all(told) and (dates == sorted(dates) or dates == sorted(dates, reverse=True))


def reading_of(*items: Post | Passage | None, complete: bool = False) -> Reading:
    """Items that go on; posts without text (None, where they have no address) and in other languages are dropped."""
    found = [item for item in items if item is not None]
    kept, rest = tuple(filter(_goes_on, found)), [item for item in found if not _goes_on(item)]
    foreign = sum(bool(item.text) for item in rest)
    dropped = (Outcome.NOT_VIETNAMESE,) * foreign + (Outcome.EMPTY,) * (len(items) - len(kept) - foreign)
    seen = tuple(item.url for item in rest)
    missed = None if items else Outcome.EMPTY
    return Reading(items=kept, dropped=dropped, seen=seen, missed=missed, complete=complete and bool(kept))


def _goes_on(item: Post | Passage) -> bool:
    return bool(item.text) and (not isinstance(item, Post) or item.language in ("vi", ""))
