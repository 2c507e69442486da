"""The door to the store: redacted, all or nothing, one outcome for each input."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from crawlers.items import FactCheck, Fetch, Health, Outcome, Passage, Post, Reading, Robots, Settled, Visit
from crawlers.run import CrawlRefused, crawl
from crawlers.sources import Source
from crawlers.visits import after
from pipeline.intake import StoreIntake, open_intake, redacted
from pipeline.records import FactCheckRow, NewDecision, NewPost, PassageRow, Verdict
from pipeline.store import cases, copies, decisions, erasure, evidence, factchecks, fetches, posts, searching, write
from pipeline.store.database import number_of

NOW = "2026-11-02T12:00:00.000Z"
BAO = Source("bao", "Báo", "feed", "http://a.test/rss", role="party")
PAGE = Fetch("bao", "http://a.test/1", step="page")


@pytest.fixture
def intake(db: Any) -> Any:
    with open_intake(db, [BAO]) as opened:
        yield opened


def post(n: int, text: str = "Trạm y tế xã khám bệnh miễn phí cho trẻ em.") -> Post:
    return Post("bao", f"http://a.test/{n}", text, language="vi")


def settled(*items: Any, **values: Any) -> Settled:
    reading = Reading(items=items, **{k: v for k, v in values.items() if k in Reading.__dataclass_fields__})
    rest = {k: v for k, v in values.items() if k not in Reading.__dataclass_fields__}
    return Settled(**({"fetch": PAGE, "outcome": None, "visit": Visit(), "due_at": "", "reading": reading} | rest))


def test_numbers_that_name_a_person_are_out_before_anything_is_written(db: Any, intake: StoreIntake) -> None:
    text = "Liên hệ chị Mẫu 0912 345 678 hoặc mau.thu@example.com để nhận mẫu đơn xin cấp thẻ."
    intake.settle(settled(replace(post(1, text), section="Việc làm, gọi 0912 345 678")), now=NOW)
    row = db.conn.execute("SELECT text, redactions FROM versions").fetchone()
    assert "345" not in row[0]
    assert "mau.thu" not in row[0]
    assert row[1] == 2
    for table in ("posts", "versions", "fetches", "sightings"):
        assert "345 678" not in str(db.conn.execute(f"SELECT * FROM {table}").fetchall())


def test_a_fact_check_is_kept_without_the_numbers_of_persons_that_its_rating_and_publisher_hold(
    db: Any, intake: StoreIntake
) -> None:
    said = FactCheck("bao", "http://a.test/kiem", "Xã thu 2 khoản phí.", "Sai, hỏi chị Mẫu 0912 345 678", "unknown")
    said = replace(said, publisher="Nhóm Soát Tin, soat.tin@example.com")
    for outcome in (Outcome.NEW, Outcome.KNOWN):
        assert intake.settle(settled(said), now=NOW).outcomes == (outcome,)
    kept = db.conn.execute("SELECT claim, rating, publisher FROM factchecks").fetchall()
    assert kept == [(said.claim, "Sai, hỏi chị Mẫu [số điện thoại]", "Nhóm Soát Tin, [thư điện tử]")]


def test_a_listings_title_names_nobody_and_goes_when_the_page_is_due_no_more(db: Any, intake: StoreIntake) -> None:
    title = "Chị Mẫu xin việc, gọi 0912 345 678"
    page = Fetch("bao", "http://a.test/viec", step="page", stamp="1", title=title)
    thread = Fetch("bao", "http://a.test/de-tai", step="thread", title=title)
    index = Fetch("bao", "http://a.test/rss")
    taken = intake.settle(settled(fetch=index, outcome=Outcome.LISTED, follow=(page,), more=(thread,)), now=NOW)
    shown = "Chị Mẫu xin việc, gọi [số điện thoại]"
    assert [fetch.title for fetch in taken.planned] == [shown, ""]
    assert {fetch.step: fetch.title for fetch in intake.due("bao", now=NOW, limit=9)} == {"page": shown, "thread": ""}

    def kept(due_at: str) -> str:
        intake.settle(settled(fetch=page, outcome=Outcome.UNCHANGED, due_at=due_at), now=NOW)
        return str(db.conn.execute("SELECT title FROM fetches WHERE url = ?", [page.url]).fetchone()[0])

    assert kept("2026-11-02T13:00:00.000Z") == shown  # an article without a title is read with it again
    assert kept("") == ""
    intake.settle(settled(fetch=index, outcome=Outcome.LISTED, follow=(replace(page, stamp="2"),)), now=NOW)
    assert [fetch.title for fetch in intake.due("bao", now=NOW, limit=9) if fetch.url == page.url] == [shown]
    assert "345" not in str(db.conn.execute("SELECT * FROM fetches").fetchall())


def test_an_erased_address_comes_back_by_no_door(db: Any, intake: StoreIntake) -> None:
    thread = "http://a.test/chu-de"
    one, two = replace(post(1), thread_url=thread), replace(post(2), thread_url=thread)
    page = Fetch("bao", thread, step="thread")
    intake.settle(settled(replace(one, url=thread), one, fetch=page), now=NOW)
    erasure.erase(db, thread, person="an", reason="chủ bài yêu cầu")
    assert db.conn.execute("SELECT count(*) FROM posts WHERE thread_url <> ''").fetchone() == (0,)
    taken = intake.settle(settled(two, fetch=page, follow=(page,), more=(page,), then=page, older=page), now=NOW)
    assert (taken.outcomes, taken.planned) == ((Outcome.NEW, Outcome.KNOWN), ())
    everywhere = [db.conn.execute(f"SELECT * FROM {name}").fetchall() for name in ("posts", "fetches", "sightings")]
    assert thread not in str(everywhere)


@pytest.mark.parametrize("other", ["http://a.test/b%C3%A0i", "https://www.a.test/b%C3%A0i/", "https://a.test/b%c3%a0i"])
def test_an_erased_page_comes_back_under_no_other_spelling_of_its_address(
    db: Any, intake: StoreIntake, other: str
) -> None:
    erasure.erase(db, "https://a.test/b%C3%A0i", person="an", reason="chủ bài yêu cầu")
    said = replace(post(1), url=other)
    taken = intake.settle(settled(said, fetch=PAGE, follow=(Fetch("bao", other),)), now=NOW)
    assert (taken.outcomes, taken.planned) == ((Outcome.KNOWN, Outcome.KNOWN), ())
    posts.take_post(db, NewPost("bao", other, said.text))  # as an older backup has it
    assert erasure.erase_again(db, erasure.erasures(db), person="restore") == 1
    assert posts.post_by(db, other) is None


def test_an_erased_article_leaves_no_headline_in_the_plan_and_comes_back_by_none_of_its_addresses(
    db: Any, intake: StoreIntake
) -> None:
    headline = "Chị Mẫu kể chuyện bị đuổi việc vì mang thai"
    article, later = replace(post(1), title=headline), "2026-11-02T13:00:00.000Z"
    aliases = [Fetch("bao", f"http://a.test/{section}/1", step="page", title=headline) for section in ("tin", "moi")]
    own = [replace(post(2), url="http://a.test/rieng"), Fetch("bao", "http://a.test/rieng", step="page")]
    intake.settle(settled(own[0], fetch=own[1]), now=NOW)
    for fetch in aliases:
        intake.settle(settled(article, fetch=fetch, due_at=later, visit=Visit(body_hash="a", etag="b")), now=NOW)
    erasure.erase(db, article.url, person="an", reason="chủ bài yêu cầu")
    assert headline not in str(db.conn.execute("SELECT * FROM fetches").fetchall())
    assert {intake.visit(fetch).body_hash for fetch in aliases} == {""}  # so that it is read, whatever it says
    for fetch in (*aliases, own[1]):
        assert intake.settle(settled(article, fetch=fetch, due_at=later), now=NOW).outcomes == (Outcome.KNOWN,)
    assert erasure.erased(db, [fetch.url for fetch in (*aliases, own[1])]) == {fetch.url for fetch in aliases}
    for fetch in aliases:  # the page names no other address as its own any more
        again = settled(replace(article, url=fetch.url), fetch=fetch, follow=(fetch,), due_at=later)
        assert intake.settle(again, now=NOW).outcomes == (Outcome.KNOWN, Outcome.KNOWN)
    assert headline not in str([db.conn.execute(f"SELECT * FROM {x}").fetchall() for x in ("versions", "fetches")])


@pytest.mark.parametrize("kept", ["unread", "passage"])
def test_the_headline_of_an_erased_page_that_is_no_post_leaves_the_plan_too(db: Any, kept: str) -> None:
    headline, (page, other) = "Chị Mẫu kể chuyện bị đuổi việc", (f"http://a.test/{name}/1" for name in ("tin", "moi"))
    planned = [
        Fetch("bao", url, step="page", title=headline) for url in (page, other) if kept == "unread" or url == other
    ]
    with write(db):
        fetches.plan(db, planned, at=NOW)
    if kept == "passage":
        row = PassageRow("bao:1", "Một đoạn.", "Báo", "independent", title=headline, url=page, source_id="bao")
        evidence.put_passages(db, [row])
    erasure.erase(db, page, person="an", reason="chủ bài yêu cầu")
    assert db.conn.execute("SELECT url, title FROM fetches").fetchall() == [(other, "")]


def test_a_page_that_names_an_erased_article_erases_nothing_that_is_known_by_its_own_address(
    db: Any, intake: StoreIntake
) -> None:
    own, article = replace(post(2), url="https://www.a.test/rieng"), post(1)
    posts.take_post(db, redacted(own))
    report = PassageRow("file:1", "Có 12 em phải nghỉ học.", "Mái Hiên", "independent", url="http://a.test/bao-cao/")
    evidence.put_passages(db, [report])
    check = FactCheckRow("bao", "http://a.test/kiem", "Trẻ em nghỉ học.", "Sai", "false")
    factchecks.take(db, check)
    erasure.erase(db, article.url, person="an", reason="chủ bài yêu cầu")
    for name in ("rieng", "bao-cao", "kiem"):
        fetch = Fetch("bao", f"http://a.test/{name}", step="page")
        assert intake.settle(settled(article, fetch=fetch), now=NOW).outcomes == (Outcome.KNOWN,)
    erasure.erase_again(db, erasure.erasures(db), person="restore")
    assert posts.post_by(db, own.url)
    assert [row.text for row in evidence.passages(db)] == [report.text]
    assert db.conn.execute("SELECT claim FROM factchecks").fetchall() == [(check.claim,)]


def test_a_post_erased_under_its_threads_title_comes_back_under_no_number(db: Any, intake: StoreIntake) -> None:
    by_title = replace(post(1), url="http://a.test/t/ten.7/post-1")
    intake.settle(settled(by_title), now=NOW)
    erasure.erase(db, by_title.url, person="an", reason="người viết yêu cầu")
    by_number = replace(by_title, url="http://a.test/t/7/post-1", named=by_title.url)
    assert intake.settle(settled(by_number), now=NOW).outcomes == (Outcome.KNOWN,)
    assert "a.test/t/" not in str([db.conn.execute(f"SELECT url FROM {x}").fetchall() for x in ("posts", "sightings")])


def test_an_item_is_new_then_known_then_edited(intake: StoreIntake) -> None:
    outcomes = [
        intake.settle(settled(post(1, text)), now=NOW).outcomes for text in ("Một câu.", "Một câu.", "Câu khác.")
    ]
    assert outcomes == [(Outcome.NEW,), (Outcome.KNOWN,), (Outcome.EDITED,)]


def test_nothing_is_kept_of_an_attempt_that_fails_half_way(db: Any, intake: StoreIntake, monkeypatch: Any) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(fetches, "keep_visit", fail)
    with pytest.raises(OSError, match="disk full"):
        intake.settle(settled(post(1), post(2), follow=(PAGE,)), now=NOW)
    for table in ("posts", "versions", "fetches", "run_outcomes"):
        assert db.conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_the_search_index_is_merged_between_pages(db: Any, intake: StoreIntake) -> None:
    for number in range(200):
        intake.settle(settled(post(number)), now=NOW)
    segments = db.conn.execute("SELECT count(DISTINCT segid) FROM versions_fts_idx").fetchone()[0]
    assert 0 < segments < 48  # fewer than sixteen a level, and those in the making; without merging 200
    assert not copies.merge_some(db)
    assert len(list(searching.search(db, "tram", limit=500))) == 200


def test_a_listed_page_is_planned_once_and_again_when_its_stamp_changes(intake: StoreIntake) -> None:
    index = Fetch("bao", "http://a.test/rss")

    def listing(stamp: str) -> tuple[tuple[Outcome, ...], int]:
        page = Fetch("bao", "http://a.test/9", step="thread", stamp=stamp)
        taken = intake.settle(settled(fetch=index, outcome=Outcome.LISTED, follow=(page,)), now=NOW)
        return taken.outcomes, len(taken.planned)

    assert listing("a") == ((Outcome.LISTED,), 1)
    assert listing("a") == ((Outcome.KNOWN, Outcome.LISTED), 0)
    assert listing("b") == ((Outcome.LISTED,), 1)
    assert listing("") == ((Outcome.KNOWN, Outcome.LISTED), 0)
    assert [fetch.url for fetch in intake.due("bao", now=NOW, limit=9)] == ["http://a.test/9"]


def test_a_page_that_its_list_calls_changed_each_time_and_never_is_waits_for_days(db: Any, intake: StoreIntake) -> None:
    def is_read(day: float, stamp: int, outcome: Outcome = Outcome.UNCHANGED) -> bool:
        at = db.conn.execute("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', ?, ? || ' days')", [NOW, day]).fetchone()[0]
        page, index = replace(PAGE, stamp=f"t{stamp}"), Fetch("bao", BAO.url)
        planned = intake.settle(settled(fetch=index, outcome=Outcome.LISTED, follow=(page,)), now=at).planned
        if planned:
            visit, due = after(intake.visit(page), page, outcome, datetime.fromisoformat(at))
            intake.settle(settled(fetch=page, outcome=outcome, visit=visit, due_at=due), now=at)
        return bool(planned)

    assert [is_read(n / 24, n) for n in range(6)] == [True] * 5 + [False]
    assert [is_read(1.2 + n, 6 + n) for n in range(5)] == [True] * 5
    assert [is_read(6.4 + n, 11 + n) for n in range(2)] == [False, True]
    assert is_read(10.4, 13, Outcome.EDITED)
    assert is_read(10.5, 14)  # it does change, or did


def test_a_fact_check_that_is_watched_too_is_read_for_its_fact_checks(db: Any, intake: StoreIntake) -> None:
    checks = replace(BAO, id="kc", kind="factcheck", use="evidence", url="http://a.test/kc")
    fetches.put_sources(db, [checks, replace(checks, id="tl", kind="feed", url="http://a.test/tl")])
    read_for = []
    for source in ("bao", "tl", "bao", "kc", "tl", "bao", "kc"):
        page, index = replace(PAGE, source_id=source, stamp=source), Fetch(source, f"http://a.test/{source}")
        if intake.settle(settled(fetch=index, outcome=Outcome.LISTED, follow=(page,)), now=NOW).planned:
            read_for.append(source)
            assert intake.visit(page) == Visit()  # nothing passes for unchanged
            seen = Visit(visits=1, body_hash="x")
            intake.settle(settled(fetch=page, outcome=Outcome.UNCHANGED, visit=seen), now=NOW)
    assert read_for == ["bao", "tl", "kc"]


def test_the_older_page_is_planned_only_while_something_is_new(intake: StoreIntake) -> None:
    older = Fetch("bao", "http://a.test/rss?page=2", depth=1)
    assert intake.settle(settled(post(1), older=older), now=NOW).planned == (older,)
    assert intake.settle(settled(post(1), older=older), now=NOW).planned == ()
    assert intake.settle(settled(post(1), post(2), older=older), now=NOW).planned == (older,)


def test_an_edited_vanished_and_returned_post_keeps_its_whole_history(db: Any, intake: StoreIntake) -> None:
    for shown in ((1, 2), (1,), (1,), (1, 2)):
        intake.settle(settled(*map(post, shown), complete=True), now=NOW)
    versions = posts.versions_of(db, posts.post_by(db, "http://a.test/2").post_id)  # type: ignore[union-attr]
    assert [version.gone for version in versions] == [False, True, False]
    assert [version.gone for version in posts.versions_of(db, 1)] == [False]


def test_fact_checks_and_passages_carry_the_role_of_their_source(db: Any, intake: StoreIntake) -> None:
    check = FactCheck("bao", "http://a.test/kc", "Câu sai.", "Sai", "false")
    passage = Passage("bao", "http://a.test/bc", "Báo cáo nói rõ điều đó.", published="2026-09-30T18:00:00+00:00")
    assert intake.settle(settled(check, passage), now=NOW).outcomes == (Outcome.NEW, Outcome.NEW)
    assert intake.settle(settled(check, passage), now=NOW).outcomes == (Outcome.KNOWN, Outcome.KNOWN)
    assert db.conn.execute("SELECT role, verdict FROM factchecks").fetchall() == [("party", "false")]
    assert db.conn.execute("SELECT role, date FROM passages").fetchall() == [("party", "2026-10-01")]


def test_a_passage_that_only_its_sitemap_dates_keeps_its_day_while_it_keeps_its_words(
    db: Any, intake: StoreIntake
) -> None:
    told = Passage("bao", "http://a.test/bc", "Năm nay có 120 vụ việc.", changed="2026-09-28T00:00:00+07:00")
    later = replace(told, changed="2026-09-29T00:00:00+07:00")
    for passage, outcome, day in (
        (told, Outcome.NEW, "2026-09-28"),
        (later, Outcome.KNOWN, "2026-09-28"),
        (replace(later, text="Năm nay có 210 vụ việc."), Outcome.EDITED, "2026-09-29"),
        (replace(later, published="2024-03-12T00:00:00+07:00"), Outcome.EDITED, "2024-03-12"),
    ):
        assert intake.settle(settled(passage), now=NOW).outcomes == (outcome,)
        assert db.conn.execute("SELECT date FROM passages").fetchall() == [(day,)]


def test_a_page_that_is_listed_anew_is_read_by_what_its_list_says_now(db: Any, intake: StoreIntake) -> None:
    for day in ("2026-09-28", "2026-09-29"):
        one = replace(PAGE, stamp=day, published=f"{day}T00:00:00+07:00")
        intake.settle(settled(outcome=Outcome.LISTED, fetch=Fetch("bao", BAO.url), follow=(one,)), now=NOW)
    assert fetches.due(db, "bao", at=NOW, limit=9) == [one]


@pytest.mark.parametrize("named", [False, True])
def test_a_passage_that_a_person_took_back_stays_so_whatever_its_page_shows_until_it_is_imported(
    db: Any, intake: StoreIntake, named: bool
) -> None:
    passage = Passage("bao", "http://a.test/bc", "Báo cáo nói rõ điều đó.")
    eid = evidence.crawled_eid("bao", passage.url)
    assert intake.settle(settled(passage), now=NOW).outcomes == (Outcome.NEW,)
    if named:
        posts.take_post(db, redacted(post(1)))
        case = cases.open_case(db, 1, claim="Trạm y tế xã khám miễn phí.", score_id=None)
        decisions.decide(db, NewDecision(case, "an", Verdict.UNVERIFIABLE, "not_public", (eid,)))
    erasure.remove_evidence(db, [eid], person="an")
    for words in (passage.text, "Báo cáo nói khác."):
        again = Passage("bao", passage.url, words)
        assert intake.settle(settled(again), now=NOW).outcomes == (Outcome.KNOWN,)
        assert list(evidence.passages(db)) == []
    evidence.put_passages(db, [PassageRow(eid, "Báo cáo nói thế.", "Báo", "party", source_id="bao")])
    assert intake.settle(settled(passage), now=NOW).outcomes == (Outcome.EDITED,)


def test_a_passage_that_was_taken_back_stays_so_when_its_source_has_another_id(db: Any) -> None:
    for source, outcome in ((BAO, Outcome.NEW), (replace(BAO, id="bao-vn"), Outcome.KNOWN)):
        fetches.put_sources(db, [source], whole=True)
        with open_intake(db, [source]) as intake:
            passage = Passage(source.id, "http://a.test/bc", "Năm nay có 120 vụ việc.")
            assert intake.settle(settled(passage), now=NOW).outcomes == (outcome,)
        erasure.remove_evidence(db, [evidence.crawled_eid("bao", passage.url)], person="an")
    assert list(evidence.passages(db)) == []


@pytest.mark.parametrize("off", [False, True])
def test_a_corrected_page_takes_the_place_of_what_a_source_that_is_off_now_has_of_it(db: Any, off: bool) -> None:
    said = ["Năm nay có 120 vụ việc.", "Năm nay có 210 vụ việc."]
    for source, words in zip((BAO, replace(BAO, id="bao-vn")), said, strict=True):
        fetches.put_sources(db, [source], whole=off)
        with open_intake(db, [source]) as intake:
            taken = intake.settle(settled(Passage(source.id, "http://a.test/bc", words)), now=NOW)
    assert taken.outcomes == (Outcome.EDITED if off else Outcome.NEW,)
    assert [row.text for row in evidence.passages(db)] == (said[1:] if off else said)


def test_what_hosts_and_sources_asked_of_us_is_kept(db: Any, intake: StoreIntake) -> None:
    intake.keep_robots(Robots("http://a.test", 200, "User-agent: *", NOW))
    intake.pause("a.test", "2026-11-03T00:00:00.000Z")
    intake.pause("a.test", "2026-11-02T13:00:00.000Z")
    assert intake.robots("http://a.test") == Robots("http://a.test", 200, "User-agent: *", NOW)
    assert intake.paused_until("a.test") == "2026-11-03T00:00:00.000Z"
    assert intake.paused_until("b.test") == ""
    assert intake.health("bao") == Health()
    told = Health("failing", 0.5, 90.0, "", "server_error", "2026-11-02T14:00:00.000Z")
    intake.keep_health(BAO, told)
    assert intake.health("bao") == told
    assert [(row["id"], row["health"], row["last_problem"]) for row in fetches.all_health(db)] == [
        ("bao", "failing", "server_error")
    ]
    assert fetches.due_sources(db, at="2026-11-02T13:59:00.000Z") == set()
    assert fetches.due_sources(db, at="2026-11-02T14:00:00.000Z") == {"bao"}


@given(
    items=st.lists(st.tuples(st.integers(1, 5), st.text(max_size=30)), max_size=6),
    dropped=st.lists(st.sampled_from([Outcome.BAD_LINK, Outcome.NOT_VIETNAMESE, Outcome.EMPTY]), max_size=4),
    listed=st.lists(st.integers(1, 5), max_size=5, unique=True),
    outcome=st.sampled_from([None, *Outcome]),
)
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_outcomes_sum_to_inputs(
    db: Any, items: list[tuple[int, str]], dropped: list[Outcome], listed: list[int], outcome: Outcome | None
) -> None:
    with open_intake(db, [BAO]) as intake:
        follow = tuple(Fetch("bao", f"http://a.test/p{n}", step="page") for n in listed)
        things = [post(n, text) for n, text in items]
        taken = intake.settle(settled(*things, dropped=tuple(dropped), follow=follow, outcome=outcome), now=NOW)
    assert len(taken.outcomes) + len(taken.planned) == len(items) + len(dropped) + len(listed) + (outcome is not None)
    run, inputs = db.conn.execute("SELECT id, inputs FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    counted = db.conn.execute("SELECT coalesce(sum(n), 0) FROM run_outcomes WHERE run_id = ?", [run]).fetchone()[0]
    assert counted == inputs == len(taken.outcomes)


def test_the_public_internet_is_not_crawled_without_a_contact(intake: StoreIntake) -> None:
    with pytest.raises(CrawlRefused, match="set contact"):
        crawl([BAO], intake)


def test_a_post_missing_twice_from_inside_a_timeline_has_vanished(db: Any, intake: StoreIntake) -> None:
    def at(n: int) -> Post:
        return replace(post(n), published=f"2026-11-0{n}T08:00:00+07:00")

    for shown in ((1, 2, 3, 4), (2, 4), (2, 4, 5), (2, 4, 5)):
        intake.settle(settled(*map(at, shown), timeline=True), now=NOW)
    gone = {n for n in range(1, 6) if posts.versions_of(db, posts.post_by(db, f"http://a.test/{n}").post_id)[-1].gone}
    assert gone == {3}  # the first only scrolled out of sight


def test_a_timeline_page_reads_the_posts_of_its_days_alone(db: Any) -> None:
    days = [f"20{n // 300:02d}-{n // 25 % 12 + 1:02d}-{n % 25 + 1:02d}T08:00:00+07:00" for n in range(3000)]
    shown = [(f"http://a.test/{n}", day) for n, day in enumerate(days)]
    with write(db):
        sql = "INSERT INTO posts (source_id, url, published, first_seen) VALUES ('bao', ?, ?, '2026')"
        db.conn.executemany(sql, shown)
        fetches.saw(db, "http://a.test/", [url for url, _ in shown])
    steps: list[int] = []
    db.conn.set_progress_handler(lambda: steps.append(1), 100)
    fetches.missing_between(db, "bao", [shown[-1][0], shown[-5][0]])
    db.conn.set_progress_handler(None, 0)
    assert db.conn.execute("SELECT count(*) FROM sightings WHERE missed").fetchone() == (3,)
    assert len(steps) < 20  # in hundreds of SQLite's steps; all posts of the source take 500


def named(n: int, length: int = 100) -> Settled:
    """A look at a list that names ten pages no other look did."""
    pages = tuple(Fetch("bao", f"http://a.test/{n:02d}-{i}-{'x' * length}", step="page") for i in range(10))
    return settled(fetch=Fetch("bao", BAO.url), outcome=Outcome.LISTED, follow=pages)


def test_a_list_that_names_other_pages_at_each_look_keeps_no_more_waiting_than_fits(
    db: Any, intake: StoreIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetches, "UNREAD_BYTES", 36_000)
    fetches.keep_visit(db, PAGE, Visit(failures=1, fetched_at=NOW), due_at=NOW, outcome="failed", detail="")
    for n in range(20):
        planned = intake.settle(named(n), now=f"2026-11-02T12:{n:02d}:00.000Z").planned
        assert len(planned) == 10
    urls = {url for (url,) in db.conn.execute("SELECT url FROM fetches WHERE step = 'page'")}
    row = 700 + 3 * len(planned[0].url)
    assert 36_000 * 7 // 8 - row < (len(urls) - 1) * row <= 36_000
    assert {PAGE.url, *(fetch.url for fetch in planned)} <= urls  # what was asked for, and what is named now
    (gone,) = db.conn.execute("SELECT overflow FROM sources").fetchone()
    assert gone == 200 + 1 - len(urls)
    intake.settle(named(20), now="2026-11-04T12:00:00.000Z")  # counted anew
    left = db.conn.execute("SELECT count(*) FROM fetches WHERE step = 'page'").fetchone()[0]
    assert db.conn.execute("SELECT overflow, overflow_at FROM sources").fetchone() == (
        len(urls) + 10 - left, "2026-11-04T12:00:00.000Z"
    )  # fmt: skip


@pytest.mark.parametrize("length", [20, 1000, 2000])
def test_what_is_kept_waiting_counts_as_it_takes_the_disk(db: Any, intake: StoreIntake, length: int) -> None:
    def pages() -> int:
        return number_of(db, "PRAGMA page_count") - number_of(db, "PRAGMA freelist_count")

    size, before = number_of(db, "PRAGMA page_size"), pages()
    for n in range(10):
        follow = tuple(
            Fetch("bao", f"http://a.test/{hashlib.sha256(b'%d' % (100 * n + i)).hexdigest()[:20]:x<{length}}",
                  step="page", title="\U0001f33e" * 999)
            for i in range(100)
        )  # fmt: skip
        intake.settle(settled(fetch=Fetch("bao", BAO.url), outcome=Outcome.LISTED, follow=follow), now=NOW)
    told = number_of(db, f"SELECT sum({fetches._BYTES}) {fetches._WAITING}", {"source": "bao", "page": size})
    assert told / 2 < size * (pages() - before) < told * 2


def test_a_sitemap_of_fifty_thousand_long_addresses_loses_none(db: Any, intake: StoreIntake) -> None:
    with write(db):
        columns = "url, source_id, step, title, fetched_at, next_visit"
        sql = f"INSERT INTO fetches ({columns}) VALUES (?, 'bao', 'page', ?, '', ?)"
        title = "Xã mở lớp học miễn phí cho trẻ em và người lớn tuổi ở vùng cao từ tháng tới, ai cũng được ghi tên"
        pages = ((f"http://a.test/{'xa-mo-lop-hoc-mien-phi-' * 9}{n:05d}.html", title, NOW) for n in range(50_000))
        db.conn.executemany(sql, pages)
    intake.settle(named(1), now=NOW)
    assert db.conn.execute("SELECT count(*) FROM fetches WHERE step = 'page'").fetchone() == (50_010,)
    assert db.conn.execute("SELECT overflow FROM sources").fetchone() == (0,)
