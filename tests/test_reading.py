"""Every golden page is read as its post.json says: what is kept, what is followed, what is dropped and why.

A golden page is a folder of tests/pages, named for its site and its case: the page as it is served (page.html, .xml,
.json or .bin), and post.json. There `page` is what the reader is told of it (kind and use of its source, step, address,
content type and link of the answer, what a Fetch holds besides), `authors` the names, handles and avatars that stand in
it and mustn't come through, `reading` the Reading without what is empty.
"""

import dataclasses
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from crawlers.items import Fetch, Outcome, Page, Reading
from crawlers.reading import read
from crawlers.settings import ITEMS_PER_PAGE
from crawlers.sources import KINDS, Source
from crawlers.wire import pack_reading, unpack_reading

PAGES = Path(__file__).parent / "pages"
CASES = sorted(path.name for path in PAGES.iterdir())


def spec_of(case: str) -> Any:
    return json.loads((PAGES / case / "post.json").read_text(encoding="utf-8"))


def body_of(case: str) -> bytes:
    return next(path for path in (PAGES / case).iterdir() if path.stem == "page").read_bytes()


def reading_of(case: str) -> Reading:
    spec = spec_of(case)["page"]
    source = Source(id="nguon", name="Nguồn thử", kind=spec["kind"], url=spec["url"], use=spec["use"])
    fetch = Fetch("nguon", spec["url"], step=spec["step"], **spec["fetch"])
    return read(source, fetch, Page(spec["url"], spec["content_type"], body_of(case), spec["link"]))


def told(value: Any) -> Any:
    """A reading as post.json writes it: without what is empty."""
    if isinstance(value, dict):
        return {k: told(v) for k, v in value.items() if v not in ("", 0, None, False, (), []) and k != "source_id"}
    if isinstance(value, list | tuple):
        return [told(part) for part in value]
    return value


@pytest.mark.parametrize("case", CASES)
def test_a_golden_page_is_read_as_written_beside_it(case: str) -> None:
    found = told(dataclasses.asdict(reading_of(case)))
    assert found == spec_of(case)["reading"], f"it is read as {json.dumps(found, ensure_ascii=False, indent=1)}"


@pytest.mark.parametrize("case", CASES)
def test_no_author_name_handle_or_avatar_comes_through(case: str) -> None:
    body, words = body_of(case), json.dumps(dataclasses.asdict(reading_of(case)), ensure_ascii=False)
    for name in spec_of(case)["authors"]:
        spelt = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")]
        assert any(one.encode(code) in body for one in spelt for code in ("utf-8", "utf-16-le")), f"{name}: not there"
        assert not any(one in words for one in spelt), name


def test_no_page_brings_more_than_a_number_of_entries_or_items_and_then_tells_no_gaps() -> None:
    message = (
        '<div class="tgme_widget_message" data-post="kenh/{}"><div class="tgme_widget_message_text">Trẻ em được khám'
        '</div><a class="tgme_widget_message_date"><time datetime="2026-10-01T08:00:00+07:00"></time></a></div>'
    )
    topics = {"topic_list": {"topics": [{"id": n} for n in range(ITEMS_PER_PAGE + 5)]}}
    bodies = {
        "telegram": "".join(message.format(n) for n in range(ITEMS_PER_PAGE + 5)),
        "forum": json.dumps(topics),
    }
    for kind, body in bodies.items():
        source, page = Source("nguon", "Nguồn", kind, "http://a.test/x"), Page("http://a.test/x", "", body.encode())
        reading = read(source, Fetch("nguon", "http://a.test/x"), page)
        assert len(reading.items) + len(reading.follow) == ITEMS_PER_PAGE
        assert not reading.complete
        assert not reading.timeline


def test_an_article_at_an_address_too_long_to_keep_is_no_post_without_one() -> None:
    body = (PAGES / "outlet-article" / "page.html").read_bytes()
    for use in ("watch", "evidence"):
        source, url = Source("nguon", "Nguồn", "feed", "http://a.test/rss", use=use), "http://b.test/" + "z" * 2048
        reading = read(source, Fetch("nguon", "http://a.test/1", step="page"), Page(url, "text/html", body))
        assert (reading.items, reading.missed) == ((), Outcome.BAD_LINK)


@pytest.mark.parametrize("case", CASES)
def test_a_reading_crosses_the_pipe_unchanged(case: str) -> None:
    reading = reading_of(case)
    packed = pack_reading(reading)
    assert unpack_reading(json.loads(packed[8:])) == reading


def test_every_kind_has_golden_pages_that_succeed_and_that_fail() -> None:
    specs = [spec_of(case) for case in CASES]
    for kind in KINDS:
        mine = [spec["reading"] for spec in specs if spec["page"]["kind"] == kind]
        assert any({"items", "follow", "then"} & reading.keys() for reading in mine), kind
        assert any(reading.get("missed", "listed") != "listed" or reading.get("dropped") for reading in mine), kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("step", ["index", "page", "thread"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x01\x02",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b"<",
        b"<html>",
        b"<rss>",
        b"\xff\xfe\x00\xd8",
        b"\xed\xa0\x80 lone surrogate",
        b"<html>" + b"<b>" * 3000,
        b"[" * 100_000,
        b'<html id="XF"><article class="message--post"></article></html>',
    ],
    ids=range(14),
)
def test_rubbish_is_an_outcome_and_never_an_error(kind: str, step: str, body: bytes) -> None:
    source = Source(id="nguon", name="Nguồn thử", kind=kind, url="http://a.test/x")
    reading = read(source, Fetch("nguon", "http://a.test/x", step=step), Page("http://a.test/x", "text/html", body))
    assert reading.items == ()
    assert reading.missed is not None or reading.dropped
