"""The store: posts keep their versions, decisions their history, and nothing is edited in place."""

import dataclasses
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from filled import LAW, READ_BY_TWO, read_by_two, store_at, the_day
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.evidence import facts
from crawlers.items import Fetch, Health, Visit
from crawlers.sources import Source
from pipeline.indexing import row_of
from pipeline.records import (
    RIGHTS,
    SOURCE_KINDS,
    EvidenceRow,
    FactCheckRow,
    Flag,
    NewDecision,
    NewPost,
    PassageRow,
    ScoreRow,
    Verdict,
    later,
    now,
)
from pipeline.store import (
    StoreError,
    cases,
    decisions,
    desk,
    erasable,
    erasure,
    evidence,
    factchecks,
    fetches,
    labels,
    moves,
    open_store,
    people,
    pieces,
    posts,
    reading,
    retention,
    runs,
    scores,
    searching,
    tips,
    watching,
    write,
)
from pipeline.store.database import number_of
from pipeline.store.migrations import migrations
from pipeline.store.pool import Pool

PARTY = PassageRow("news:b", "Chúng tôi khẳng định không có chuyện đó.", "Cơ quan bị nêu tên", "party", kind="news")


def a_case(db, url: str = "https://bao.example/1", source: str = "bao") -> int:
    posts.take_post(db, NewPost(source, url, "Luật cho trẻ 12 tuổi làm công nhân."))
    evidence.put_passages(db, [LAW, PARTY])
    version = posts.post_by(db, url)
    shown = (EvidenceRow("fact:a", "contradicts", 0.97, "primary", "number"),)
    row = ScoreRow(
        version.id, "m1", "claim", ("CRC",), 0.9, True, ("CONTRADICTS_EVIDENCE",), "trẻ 12 tuổi", evidence=shown
    )
    score_id = scores.add_score(db, row, outcome="flagged")
    return cases.open_case(db, version.post_id, claim="trẻ 12 tuổi", score_id=score_id)


def test_words_that_standings_hold_as_bits_keep_their_places():
    places = (
        ("CCPR", "CESCR", "CEDAW", "CERD", "CRC", "CRPD", "CAT", "OTHER_RIGHTS"),
        ("feed", "sitemap", "listing", "forum", "telegram", "mastodon", "bluesky", "other"),
        ("REPEATS_REFUTED", "CONTRADICTS_EVIDENCE", "UNSUPPORTED_SPREADING", "AUDIT", "BY_HAND"),
    )
    assert (RIGHTS, SOURCE_KINDS, tuple(map(str, Flag))) == places, (
        'a new right or flag goes last, a new kind before "other"; whatever moves a word needs a migration that works'
        " rights_bits, kinds_bits or reasons_bits of standings out anew from the words beside them, as m004 does"
    )


def test_a_post_is_stored_once_and_an_edit_becomes_a_version(db):
    first = NewPost("bao", "https://bao.example/1", "Nội dung đầu.", title="Tiêu đề")
    assert posts.take_post(db, first) == "new"
    assert posts.take_post(db, first) == "known"
    assert posts.take_post(db, NewPost("bao", first.url, "Nội dung đã sửa.", title="Tiêu đề")) == "edited"
    assert [v.text for v in posts.versions_of(db, 1)] == ["Nội dung đầu.", "Nội dung đã sửa."]


def test_a_post_takes_the_first_day_that_its_page_names_and_keeps_it(db):
    first, second = "2026-11-01T00:00:00+07:00", "2026-11-02T00:00:00+07:00"
    there, edited, both = (NewPost("bao", f"https://bao.example/{n}", "Nội dung.") for n in range(3))
    posts.take_posts(db, [there, edited])
    assert posts.take_post(db, there) == "known"
    assert posts.take_post(db, dataclasses.replace(there, published=first)) == "known"
    assert posts.take_post(db, dataclasses.replace(there, published=second)) == "known"
    assert posts.take_post(db, there) == "known"
    assert posts.take_post(db, dataclasses.replace(edited, text="Đã sửa.", published=second)) == "edited"
    days = [both, dataclasses.replace(both, published=first), dataclasses.replace(both, published=second)]
    assert posts.take_posts(db, days) == ["new", "known", "known"]
    told = db.conn.execute("SELECT published FROM posts ORDER BY id").fetchall()
    assert told == [(first,), (second,), (first,)]
    assert len(posts.versions_of(db, 1)) == 1


def test_posts_of_one_page_are_told_apart_in_order(db):
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Đã có."))
    posts.take_post(db, NewPost("bao", "https://bao.example/2", "Sắp sửa."))
    found = [
        NewPost("bao", "https://bao.example/1", "Đã có."),
        NewPost("bao", "https://bao.example/3", "Mới."),
        NewPost("bao", "https://bao.example/2", "Đã sửa."),
        NewPost("bao", "https://bao.example/3", "Mới."),
        NewPost("bao", "https://bao.example/3", "Mới, sửa ngay."),
        NewPost("bao", "https://bao.example/4", " "),
        NewPost("bao", "https://bao.example/\ud800", "Địa chỉ hỏng."),
        NewPost("bao", "https://bao.example/5", "Chuyên mục hỏng.", section="\ud800"),
        NewPost("bao", "https://bao.example/6", "Sau cùng."),
    ]
    said = posts.take_posts(db, found)
    assert said == ["known", "new", "edited", "known", "edited", "empty", "unreadable", "unreadable", "new"]
    assert [v.text for v in posts.versions_of(db, 2)] == ["Sắp sửa.", "Đã sửa."]
    assert [v.text for v in posts.versions_of(db, 3)] == ["Mới.", "Mới, sửa ngay."]
    assert [v.url for v in posts.versions_of(db, 4)] == ["https://bao.example/6"]


def test_a_vanished_post_is_marked_once_and_comes_back_as_a_version(db):
    post = NewPost("bao", "https://bao.example/1", "Nội dung.")
    posts.take_post(db, post)
    assert posts.mark_gone(db, post.url)
    assert not posts.mark_gone(db, post.url)
    assert posts.take_post(db, post) == "edited"
    assert [v.gone for v in posts.versions_of(db, 1)] == [False, True, False]


@pytest.mark.parametrize("words", ["quyền dân tộc", "quyen dan toc", "QUYEN  DAN", 'quyền"'])
def test_search_finds_words_with_and_without_diacritics(db, words):
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Bảo vệ quyền của đồng bào dân tộc thiểu số."))
    posts.take_post(db, NewPost("bao", "https://bao.example/2", "Giá cà phê tăng nhẹ."))
    assert list(searching.search(db, words)) == [1]


@pytest.mark.parametrize("mark", ["\u00ad", "\u200c", "\u200d", "\u2060"])
def test_an_invisible_mark_within_a_word_or_a_number_parts_it_for_no_search(db, mark):
    said = f"Xã Gò Nổi chi 1{mark}250 triệu cho bảo hi{mark}ểm của đồng bào."
    posts.take_post(db, NewPost("bao", "https://bao.example/1", said))
    for words in ("bảo hiểm", "bao hiem", f"bảo h{mark}iểm", "1250"):
        assert list(searching.search(db, words)) == [1]
        assert searching.holding(words)(said)


def test_d_with_stroke_is_found_without_it(db):
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Đồng bào được hỗ trợ."))
    assert list(searching.search(db, "dong bao duoc")) == [1]
    assert list(searching.search(db, "đồng bào")) == [1]


def test_a_post_of_many_versions_keeps_no_other_from_being_found(db):
    for edit in range(3):
        posts.take_post(db, NewPost("bao", "https://bao.example/1", f"Trạm thu phí, bản {edit}"))
    posts.take_post(db, NewPost("bao", "https://bao.example/2", "Trạm thu phí bị phản đối ở mọi nơi khác"))
    posts.take_post(db, NewPost("bao", "https://bao.example/3", "Trạm thu phí bị phản đối ở mọi nơi khác, ai cũng rõ"))
    assert list(searching.search(db, "trạm thu phí", limit=2)) == [1, 2]


def test_words_of_every_script_are_found_again(db):
    words = [f"x{chr(code)}" for code in range(0x80, 0x3000) if chr(code).isalpha()]
    posts.take_posts(db, [NewPost("bao", f"https://bao.example/{word}", word) for word in words])
    assert [word for at, word in enumerate(words, 1) if at not in searching.search(db, word, limit=len(words))] == []


def test_the_words_of_a_vanished_version_are_found_too(db):
    post = NewPost("bao", "https://bao.example/1", "Bài ngắn.")
    posts.take_post(db, post)
    posts.mark_gone(db, post.url)
    assert db.conn.execute("SELECT count(*) FROM versions_fts WHERE versions_fts MATCH 'ngan'").fetchone() == (2,)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_any_text_is_stored_or_called_empty(db, text):
    (before,) = db.conn.execute("SELECT count(*) FROM versions").fetchone()
    outcome = posts.take_post(db, NewPost("bao", f"https://bao.example/{uuid4()}", text))
    assert outcome == ("new" if posts.storable(text).strip() else "empty")
    (after,) = db.conn.execute("SELECT count(*) FROM versions").fetchone()
    assert after - before == (outcome == "new")


def test_a_verdict_of_false_needs_evidence_that_is_not_a_partys(db):
    case_id = a_case(db)
    for named in ((), ("news:b",)):
        with pytest.raises(decisions.DecisionRefused, match="isn't a party's"):
            decisions.decide(db, NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", named))
    with pytest.raises(decisions.DecisionRefused, match="no evidence nothing"):
        decisions.decide(db, NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", ("nothing",)))
    assert decisions.history(db, case_id) == []


def role_of(db, eid: str, *, case_id: int) -> str | None:
    """The role of a piece of evidence for a verdict on a case; None where it carries none."""
    found = pieces.piece(db, eid, case_id=case_id)
    return (found.role or None) if found else None


def false(case_id: int, *named: str) -> NewDecision:
    return NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", named)


def test_passages_are_found_by_likeness_a_law_before_its_decrees_and_parties_last(db, monkeypatch):
    long = "Sổ theo dõi do người sử dụng lao động lập" + ", giữ và nộp" * 20
    found = [
        PassageRow("a", f"Tuổi làm việc. {long}.", "Sổ tay", "independent", date="2026-01-01"),
        PassageRow("b", "Tuổi làm việc ở bến đò là đủ 15 tuổi.", "Thông tư Bến đò 2021, Điều 1", "primary", "law"),
        PassageRow("c", "Tuổi làm việc ở bến đò là đủ 15 tuổi nhé.", "Bộ luật Đò 2020, Điều 1", "primary", "law"),
        PassageRow("d", "Tuổi làm việc.", "Chủ bến đò", "party", date="2026-02-02"),
    ]
    evidence.put_passages(db, found + [PassageRow(f"x{n}", long, "Sổ tay", "independent") for n in range(400)])
    evidence.put_passages(db, [PassageRow("z", "Sổ theo dõi.", "Sổ tay", "independent")])
    assert [row.eid for row in evidence.find_passages(db, "tuoi lam viec")] == ["c", "b", "a", "d"]
    assert evidence.find_passages(db, "sổ theo dõi")[0].eid == "z"  # after four hundred that hold the words
    monkeypatch.setattr(evidence, "RANKED", 2)
    assert [row.eid for row in evidence.find_passages(db, "tuoi lam viec")] == ["c", "d"]


def test_passages_that_hold_the_words_as_they_were_typed_come_first(db):
    nearer = PassageRow("nghị", "Khuyến nghị về việc làm.", "Ủy ban", "primary")
    meant = PassageRow("nghỉ", "Cả tổ đã Nghỉ việc từ hôm qua, và chưa ai hay biết.", "Báo Bến Sông", "independent")
    party = PassageRow("bên", "Họ tự nghỉ việc.", "Chủ bến đò", "party")
    evidence.put_passages(db, [nearer, meant, party])
    assert [row.eid for row in evidence.find_passages(db, "nghi viec")] == ["nghị", "nghỉ", "bên"]
    assert [row.eid for row in evidence.find_passages(db, "nghỉ việc")] == ["nghỉ", "nghị", "bên"]
    typed_apart = unicodedata.normalize("NFD", "nghỉ việc")
    assert [row.eid for row in evidence.find_passages(db, typed_apart)] == ["nghỉ", "nghị", "bên"]


@pytest.mark.parametrize("words", ["Điều 9", "điều 9 luật đò 2020", "luat do 2020 ngừng chạy"])
def test_a_passage_is_found_by_its_source(db, words):
    law = PassageRow(
        "law:9", "Đò ngừng chạy sau 20 giờ.", "Luật Đò 2020, Điều 9", "primary", "law", source_id="cong-bao"
    )
    other = PassageRow("law:8", "Đò ngừng chạy khi có bão.", "Luật Đò 2020, Điều 8", "primary", "law")
    assert evidence.put_passages(db, [law, other]) == (2, 0, set())
    assert evidence.find_passages(db, words)[0].eid == "law:9"
    evidence.put_passages(db, [dataclasses.replace(law, text="Đò ngừng chạy sau 21 giờ.")])
    evidence.take_role(db, "cong-bao", "independent")
    assert evidence.find_passages(db, words)[0].eid == "law:9"
    db.conn.execute("UPDATE passages SET title = title")  # the index as an earlier version left it
    assert evidence.find_passages(db, "luật") == []
    evidence.put_passages(db, [law, other], said={})
    assert len(evidence.find_passages(db, "luật")) == 2


def test_fact_checks_are_found_by_their_claim_and_publisher_and_passages_by_some_of_the_words(db):
    for n, (claim, role) in enumerate([("Cầu Đá sập.", "party"), ("Cầu Đá mở.", "independent"), ("Lúa Mới.", "party")]):
        check = FactCheckRow("ban", f"https://ban.example/{n}", claim, "Sai", "false", publisher="Bàn Lúa", role=role)
        factchecks.take(db, check)
    found = factchecks.find(db, "cau da, ban lua")
    assert [(row.eid, row.title) for row in found] == [("factcheck:2", "Sai"), ("factcheck:1", "Sai")]
    assert factchecks.find(db, "...") == factchecks.find(db, "cầu đò") == []
    evidence.put_passages(
        db, [PassageRow("a", "Cầu Đá mở lại.", "x", "primary"), PassageRow("b", "Đò.", "x", "primary")]
    )
    assert [row.eid for row in evidence.find_passages(db, "cầu đá đã mở chưa", some=True)] == ["a"]


def test_a_corrected_fact_check_reopens_the_verdicts_that_rest_on_it(db):
    case_id = a_case(db)
    check = FactCheckRow("ban", "https://ban.example/1", "trẻ 12 tuổi được làm công nhân", "Sai \ud800", "false")
    assert factchecks.take(db, check) == "new"
    decisions.decide(db, false(case_id, "factcheck:1"))
    assert factchecks.take(db, check) == "known"
    assert cases.case(db, case_id).state == "decided"
    assert factchecks.take(db, dataclasses.replace(check, rating="Đúng", verdict="true")) == "edited"
    assert cases.case(db, case_id).state == "reopened"
    assert decisions.history(db, case_id)[-1].note == "evidence_changed: factcheck:1"


def test_no_other_source_turns_the_verdict_of_a_fact_check(db):
    case_id = a_case(db)
    check = FactCheckRow("ban", "https://ban.example/1", "trẻ 12 tuổi được làm công nhân", "Sai", "false", "Bạn")
    factchecks.take(db, check)
    decisions.decide(db, false(case_id, "factcheck:1"))
    turned = dataclasses.replace(check, source_id="so", rating="Đúng", verdict="true", publisher="Sở", role="party")
    assert factchecks.take(db, turned) == "known"
    assert db.conn.execute("SELECT rating, verdict, publisher, role FROM factchecks").fetchall() == [
        ("Sai", "false", "Bạn", "independent")
    ]
    assert cases.case(db, case_id).state == "decided"


@pytest.mark.parametrize(("on", "source", "role"), [(True, "ban", "independent"), (False, "so", "party")])
def test_what_its_own_page_says_corrects_a_fact_check_whichever_source_read_it(db, on, source, role):
    old = Source("ban", "Bạn", "factcheck", "https://ban.example/rss", use="evidence")
    new = dataclasses.replace(old, id="so", role="party")
    fetches.put_sources(db, [old])
    case_id = a_case(db)
    check = FactCheckRow("ban", "https://ban.example/1", "trẻ 12 tuổi được làm công nhân", "Sai", "false", "Bạn")
    factchecks.take(db, check)
    decisions.decide(db, false(case_id, "factcheck:1"))
    fetches.put_sources(db, [old, new] if on else [new], whole=True)
    turned = dataclasses.replace(check, source_id="so", rating="Đúng", verdict="true", role="party", page_url=check.url)
    assert [factchecks.take(db, turned) for _ in range(2)] == ["edited", "known"]
    assert list(evidence.refuted_claims(db)) == []
    assert db.conn.execute("SELECT source_id, role FROM factchecks").fetchall() == [(source, role)]
    assert cases.case(db, case_id).state == "reopened"
    assert factchecks.take(db, check) == "known"  # another page still says otherwise
    assert list(evidence.refuted_claims(db)) == []


def test_a_fact_check_takes_the_role_its_source_has_now_and_another_name_reopens_nothing(db):
    case_id = a_case(db)
    check = FactCheckRow("ban", "https://ban.example/1", "trẻ 12 tuổi được làm công nhân", "Sai", "false", "Bạn")
    factchecks.take(db, check)
    decisions.decide(db, false(case_id, "factcheck:1"))
    assert factchecks.take(db, dataclasses.replace(check, publisher="Bạn đọc")) == "edited"
    assert pieces.piece(db, "factcheck:1").source == "Bạn đọc"
    assert cases.case(db, case_id).state == "decided"
    assert factchecks.take(db, dataclasses.replace(check, role="party")) == "edited"
    assert pieces.piece(db, "factcheck:1").role == "party"
    assert cases.case(db, case_id).state == "reopened"


def test_a_fact_check_whose_source_has_another_id_is_known_since_when_it_was(db):
    old = Source("ban", "Bạn", "factcheck", "https://ban.example/rss", use="evidence")
    fetches.put_sources(db, [old])
    url = "https://ban.example/1"
    check = FactCheckRow("ban", url, "trẻ 12 tuổi được làm công nhân", "Sai", "false", "Bạn", page_url=url)
    factchecks.take(db, check)
    moment = now()
    known = list(evidence.refuted_claims(db, until=moment))
    time.sleep(0.005)
    fetches.put_sources(db, [dataclasses.replace(old, id="ban-moi")], whole=True)
    factchecks.take(db, dataclasses.replace(check, source_id="ban-moi", publisher="Bạn đọc"))
    assert pieces.piece(db, "factcheck:1").source == "Bạn đọc"
    assert list(evidence.refuted_claims(db, until=moment)) == known != []


def test_a_crawled_passage_is_kept_under_its_own_id_else_its_sources_else_the_last_that_is_left_of_its_page(db):
    url = "https://bao.example/1"
    sources = [Source(name, "Báo", "feed", f"https://bao.example/{name}", use="evidence") for name in ("a", "b", "c")]
    fetches.put_sources(db, sources)
    fetches.put_sources(db, sources[2:], whole=True)
    passage = PassageRow("c:1", "Có 120 vụ.", "Báo", "party", url=url, source_id="c")
    eids = ["c:1"]
    for eid in ("c:0", "a:1", "b:1", "c:1"):
        row = dataclasses.replace(passage, eid=eid, source_id=eid[0])
        evidence.put_passages(db, [row])
        eids.append(evidence.as_kept(db, passage).eid)
    assert eids == ["c:1", "c:0", "c:0", "c:0", "c:1"]
    db.conn.execute("DELETE FROM passages WHERE source_id = 'c'")
    assert evidence.as_kept(db, passage).eid == "b:1"


def test_evidence_follows_a_source_whose_role_changed(db):
    source = Source("bao", "Báo", "feed", "https://bao.example/rss", use="evidence", role="independent")
    fetches.put_sources(db, [source])
    one, two, three = (a_case(db, f"https://bao.example/{n}") for n in (1, 2, 3))
    evidence.put_passages(db, [PassageRow("bao:x", "Sổ của xã.", "Báo", "independent", source_id="bao")])
    factchecks.take(db, FactCheckRow("bao", "https://bao.example/kc", "trẻ 12 tuổi", "Sai", "false"))
    for case_id, eid in ((one, "bao:x"), (two, "factcheck:1"), (three, "fact:a")):
        decisions.decide(db, false(case_id, eid))
    fetches.put_sources(db, [source])
    assert [cases.case(db, number).state for number in (one, two, three)] == ["decided"] * 3
    fetches.put_sources(db, [dataclasses.replace(source, role="party")])
    assert [pieces.piece(db, eid).role for eid in ("bao:x", "factcheck:1", "fact:a")] == ["party", "party", "primary"]
    assert [cases.case(db, number).state for number in (one, two, three)] == ["reopened", "reopened", "decided"]


def test_a_source_that_is_read_from_elsewhere_is_due_and_as_new(db):
    source = Source("bao", "Báo", "feed", "https://bao.example/rss")
    at, ahead = now(), later(hours=2)
    failing = Health("failing", 1.0, 60.0, "", "server_error", ahead)
    for changed in ({"url": "https://bao.example/feed"}, {"kind": "sitemap"}, {"use": "evidence"}):
        fetches.put_sources(db, [source])
        fetches.keep_health(db, source, failing, at=at)
        fetches.put_sources(db, [dataclasses.replace(source, name="Báo Mới", role="party")])
        assert (fetches.health(db, "bao"), fetches.due_sources(db, at=at)) == (failing, set())
        fetches.put_sources(db, [dataclasses.replace(source, **changed)])
        assert (fetches.health(db, "bao"), fetches.due_sources(db, at=at)) == (Health(), {"bao"})
        fetches.keep_health(db, source, failing, at=ahead)  # by a look that began before
        assert (fetches.health(db, "bao"), fetches.due_sources(db, at=at)) == (Health(), {"bao"})
        assert fetches.last_looks(db) == {"bao": ahead}


@pytest.mark.parametrize(("changed", "forgotten", "due"), [
    ({"url": "https://bao.example/feed"}, 0, 0), ({"kind": "listing"}, 2, 0), ({"kind": "factcheck"}, 2, 1),
    ({"use": "evidence"}, 2, 1),
])  # fmt: skip
def test_what_is_read_as_something_else_is_read_anew(db, changed, forgotten, due):
    source = Source("bao", "Báo", "feed", "https://bao.example/rss")
    other = Source("khac", "Khác", "feed", "https://khac.example/rss")
    fetches.put_sources(db, [source, other])
    for one in (source, other):
        for fetch in (Fetch(one.id, one.url), Fetch(one.id, f"{one.url}/1", step="page", stamp="x")):
            seen = Visit("e", "m", "h", now(), now(), now(), visits=1)
            fetches.keep_visit(db, fetch, seen, due_at="", outcome="new", detail="")
    fetches.put_sources(db, [dataclasses.replace(source, **changed), other])
    anew = "SELECT count(*), total(next_visit <> '') FROM fetches WHERE etag || last_modified || body_hash = ''"
    assert db.conn.execute(anew).fetchone() == (forgotten, due)


def test_another_rhythm_is_counted_from_the_last_look_and_what_is_due_stays_due(db):
    source = Source("bao", "Báo", "feed", "https://bao.example/rss", every=15)
    at = now()
    looked = datetime.fromisoformat(at)

    def next_check(every: float, *, weight: float = 0.0, due: str = later(hours=2)) -> datetime:
        fetches.put_sources(db, [source])
        fetches.keep_health(db, source, Health("ok", weight, 22.5, at, "", due), at=at)
        fetches.put_sources(db, [dataclasses.replace(source, every=every)])
        return datetime.fromisoformat(fetches.health(db, "bao").next_at)

    assert next_check(360) - looked == timedelta(hours=6)
    assert fetches.health(db, "bao").every == 360
    assert next_check(60, weight=0.5) - looked == timedelta(minutes=90)
    assert next_check(1440, weight=2.0) - looked == timedelta(days=1)
    assert next_check(360, due=at) == looked
    assert next_check(15) - looked > timedelta(minutes=110)  # the same as before: as adapted


def test_the_history_names_evidence_in_the_order_it_was_given(db):
    case_id, named = a_case(db), ("news:b", "fact:a")
    decisions.decide(db, false(case_id, *named))
    assert [row.eid for row in decisions.history(db, case_id)[0].evidence] == list(named)


def test_a_label_is_of_the_text_that_was_judged(db):
    case_id, url = a_case(db), "https://bao.example/1"
    decisions.decide(db, false(case_id, "fact:a"))
    posts.take_post(db, NewPost("bao", url, "Đính chính: phải đủ 15 tuổi."), at="2999-01-01T00:00:00.000Z")
    posts.take_post(db, NewPost("khac", "https://khac.example/2", "Nghe nói trẻ 12 tuổi đi làm được."))
    cases.join_case(db, case_id, 2)
    texts = ["Luật cho trẻ 12 tuổi làm công nhân.", "Nghe nói trẻ 12 tuổi đi làm được."]
    assert [row["text"] for row in db.query("SELECT text FROM labels ORDER BY post_id")] == texts
    assert [label.text for label in labels.labels(db)] == texts


def test_evidence_names_nobody_by_number_but_a_law_keeps_the_mailbox_of_its_office(db):
    told = "Gọi bà Hạnh 0912 345 678, CCCD 001099012345, hanh@thu.example."
    rows = [PassageRow("desk:1", told, told, "independent", "news", told), PassageRow("fact:1", told, "Sổ", "primary"),
            PassageRow("law:1", "Gửi về so@tinh.gov.vn.", "Thông tư", "primary", "law")]  # fmt: skip
    evidence.put_passages(db, rows, said={"fact:1": "bà Hạnh kể"})
    assert evidence.put_passages(db, rows) == (0, 0, set())
    kept = db.conn.execute("SELECT text, source, title FROM passages").fetchall()
    assert not [word for word in ("345", "99012", "thu.example") if word in str(kept)]
    assert "so@tinh.gov.vn" in str(kept)
    assert [evidence.find_passages(db, word) for word in ("0912", "001099012345", "hanh@thu.example")] == [[]] * 3


def test_what_ships_as_facts_is_stored_as_it_is_written(db):
    rows = [row_of(passage) for passage in facts.shipped_passages()]
    evidence.put_passages(db, rows)
    assert list(evidence.passages(db)) == rows


def test_a_case_cannot_rest_on_its_own_earlier_verdict(db):
    case_id = a_case(db)
    first = decisions.decide(db, NewDecision(case_id, "an", Verdict.OPINION, "view"))
    decisions.reopen(db, case_id, person="an", note="")
    with pytest.raises(decisions.DecisionRefused, match="isn't a party's"):
        decisions.decide(db, false(case_id, f"decision:{first}"))


def test_only_a_verdict_on_truth_that_stands_and_rests_on_more_than_verdicts_carries_another(db):
    one, two, three, four = (a_case(db, f"https://bao.example/{n}") for n in (1, 2, 3, 4))
    opinion = decisions.decide(db, NewDecision(four, "an", Verdict.OPINION, "view"))
    second = decisions.decide(db, false(one, "fact:a"), second_share=1.0)
    blind = decisions.decide(db, dataclasses.replace(false(one, "fact:a"), blind=True))
    for number, role, why in ((opinion, "party", "isn't a party's"), (blind, None, "no evidence")):
        assert role_of(db, f"decision:{number}", case_id=two) == role
        with pytest.raises(decisions.DecisionRefused, match=why):
            decisions.decide(db, false(two, f"decision:{number}"))
    assert role_of(db, f"decision:{second}", case_id=one) == "party"
    repeated = decisions.decide(db, false(two, f"decision:{second}"))
    assert role_of(db, f"decision:{repeated}", case_id=three) == "party"  # it rests on a verdict alone
    decisions.reopen(db, one, person="an", note="")
    assert role_of(db, f"decision:{second}", case_id=three) is None  # it stands no more
    with pytest.raises(decisions.DecisionRefused, match="or reopened"):  # the reopening ended it
        decisions.undo(db, second, person="an")
    again = decisions.decide(db, false(one, "fact:a"))
    decisions.undo(db, again, person="an")
    with pytest.raises(decisions.DecisionRefused, match=f"no evidence decision:{again}"):
        decisions.decide(db, false(three, f"decision:{again}"))


def test_a_reopened_case_reopens_those_that_rest_on_its_verdict(db):
    one, two, three = (a_case(db, f"https://bao.example/{n}") for n in (1, 2, 3))
    first = decisions.decide(db, false(one, "fact:a"))
    decisions.decide(db, false(two, f"decision:{first}"))
    decisions.decide(db, false(three, "fact:a"))
    decisions.reopen(db, one, person="an", note="")
    assert [cases.case(db, number).state for number in (one, two, three)] == ["reopened", "reopened", "decided"]
    assert decisions.history(db, two)[-1].note == f"evidence_taken_back: decision:{first}"


def test_what_rests_on_a_verdict_that_another_took_the_place_of_is_open_again(db):
    one, two = (a_case(db, f"https://bao.example/{n}") for n in (1, 2))
    first = decisions.decide(db, false(one, "fact:a"))
    decisions.decide(db, false(two, f"decision:{first}"))
    # that it names its own earlier verdict opens nothing
    decisions.decide(db, NewDecision(one, "an", Verdict.TRUE, "confirmed_by_record", ("fact:a", f"decision:{first}")))
    assert [cases.case(db, number).state for number in (one, two)] == ["decided", "reopened"]
    assert decisions.history(db, two)[-1].note == f"evidence_taken_back: decision:{first}"


def test_what_rests_on_a_verdict_that_is_disputed_afterwards_is_open_again(db):
    one, two = (a_case(db, f"https://bao.example/{n}") for n in (1, 2))
    first = decisions.decide(db, false(one, "fact:a"), second_share=1.0)
    blind = decisions.decide(db, dataclasses.replace(false(one, "fact:a"), blind=True))
    decisions.decide(db, false(two, f"decision:{first}"))
    assert cases.case(db, two).state == "decided"
    decisions.undo(db, blind, person="an")
    assert [cases.case(db, number).state for number in (one, two)] == ["disputed", "reopened"]


def test_no_verdict_lands_on_a_text_that_its_moderator_did_not_see(db):
    case_id, url = a_case(db), "https://bao.example/1"
    posts.take_post(db, NewPost("khac", "https://khac.example/2", "Nghe nói trẻ 12 tuổi đi làm được."))
    seen = decisions.last_event(db, case_id)
    posts.take_post(db, NewPost("khac", "https://khac.example/2", "Nghe nói trẻ 12 tuổi đi làm được rồi."))
    time.sleep(0.002)
    cases.join_case(db, case_id, 2)
    posts.mark_gone(db, url)
    time.sleep(0.002)
    assert decisions.last_event(db, case_id) == seen  # a post that joins says what the case does
    posts.take_post(db, NewPost("bao", url, "Đính chính: phải đủ 15 tuổi, chúng tôi xin lỗi bạn đọc."))
    with pytest.raises(decisions.DecisionRefused, match="left or were edited, while you had it open"):
        decisions.decide(db, false(case_id, "fact:a"), seen=seen)
    seen = decisions.last_event(db, case_id)
    moves.split(db, case_id, [1], person="an")
    with pytest.raises(decisions.DecisionRefused, match="left or were edited, while you had it open"):
        decisions.decide(db, false(case_id, "fact:a"), seen=seen)
    assert decisions.last_event(db, case_id) > seen
    seen = decisions.last_event(db, case_id)
    time.sleep(0.002)
    posts.take_post(db, NewPost("bao", url, "Nay đủ 15 tuổi như cũ, bạn đọc đừng lo."))
    assert decisions.last_event(db, case_id) == seen  # it stood elsewhere by then
    decisions.decide(db, false(case_id, "fact:a"), seen=seen)


def test_a_post_that_is_gone_and_back_word_for_word_while_a_case_is_open_refuses_no_verdict(db):
    case_id, url = a_case(db), "https://bao.example/1"
    said = posts.versions_of(db, 1)[-1]
    seen = decisions.last_event(db, case_id)
    time.sleep(0.002)
    for text in (said.text, f"{said.text} Thêm một câu."):
        assert decisions.last_event(db, case_id) == seen
        posts.mark_gone(db, url)
        posts.take_post(db, NewPost("bao", url, text, title=said.title))
    assert [version.gone for version in posts.versions_of(db, 1)] == [False, True, False, True, False]
    assert decisions.last_event(db, case_id) > seen  # it says more now


def test_a_case_that_its_post_gives_another_claim_takes_no_verdict_formed_on_the_one_before(db):
    case_id, url = a_case(db), "https://bao.example/1"
    posts.take_post(db, NewPost("bao", url, "Trường ở Gò Nổi nghỉ học hai tuần."))
    seen = decisions.last_event(db, case_id)  # the post is edited already, and its case stands as before
    assert cases.claim_anew(db, case_id, 1, claim="Trường ở Gò Nổi nghỉ học hai tuần.", score_id=None)
    with pytest.raises(decisions.DecisionRefused, match="while you had it open"):
        decisions.decide(db, false(case_id, "fact:a"), seen=seen)


def test_one_correction_reopens_a_case_once_and_says_what_lies_nearest(db):
    one, two, three = (a_case(db, f"https://bao.example/{n}") for n in (1, 2, 3))
    first = decisions.decide(db, false(one, "fact:a"))
    second = decisions.decide(db, false(two, "fact:a", f"decision:{first}"))
    decisions.decide(db, false(three, f"decision:{first}", f"decision:{second}"))
    evidence.put_passages(db, [dataclasses.replace(LAW, text="Đủ 15 tuổi, trừ việc nhẹ.")])
    notes = [[row.note for row in decisions.history(db, n) if row.action == "reopen"] for n in (one, two, three)]
    told = "evidence_changed: fact:a"
    assert notes == [[told], [told], [f"evidence_taken_back: decision:{first}"]]
    with pytest.raises(decisions.DecisionRefused, match=f"Case {two} is open already"):
        decisions.reopen(db, two, person="an", note="")
    assert len(decisions.history(db, two)) == 2


def test_a_case_is_in_its_state_since_it_came_into_it_and_judged_by_what_its_posts_said_at_the_first_reading(db):
    for case_id, (_, (state, since, judged)) in zip(read_by_two(db), READ_BY_TWO, strict=True):
        found = db.conn.execute("SELECT state, since, judged_at FROM standings WHERE case_id = ?", [case_id]).fetchone()
        assert found == (state, the_day(since), the_day(judged))
        assert cases.case(db, case_id).since == the_day(since)
        assert cases.judged_at(db, case_id) == (the_day(judged) if state == "decided" else cases.NEVER)


def test_an_edit_between_two_readings_of_a_verdict_is_told_as_made_since(db):
    case_id = read_by_two(db)[1]  # both agreed
    (url,) = db.conn.execute("SELECT url FROM posts WHERE id = ?", cases.posts_of(db, case_id)).fetchone()
    posts.take_post(db, NewPost("bao", url, "Đính chính: phải đủ 15 tuổi."), at=the_day(1).replace("T00", "T12"))
    (post,) = reading.case_posts(db, case_id)
    assert post.edited
    assert [v.text for v in posts.versions_of(db, post.post_id) if v.id == post.judged] == [
        "Luật mới cho trẻ mười hai tuổi được làm công nhân."]  # fmt: skip


def test_a_verdict_awaiting_its_second_reader_is_no_evidence(db):
    one, two = a_case(db), a_case(db, "https://bao.example/2")
    number = decisions.decide(db, false(one, "fact:a"), second_share=1.0)
    assert role_of(db, f"decision:{number}", case_id=two) is None
    decisions.decide(db, dataclasses.replace(false(one, "fact:a"), blind=True))
    assert role_of(db, f"decision:{number}", case_id=two) == "independent"


@pytest.mark.parametrize("eid", ["factcheck:²", "factcheck:99999999999999999999", "decision:٣", "decision:-1",
                                 "decision:01", "decision:1\n", "factcheck:", ":", ""])  # fmt: skip
def test_an_id_that_names_nothing_is_no_evidence(db, eid):
    case_id = a_case(db)
    decisions.decide(db, false(case_id, "fact:a"))
    assert pieces.piece(db, eid) is None
    with pytest.raises(decisions.DecisionRefused, match="no evidence"):
        decisions.decide(db, false(a_case(db, "https://bao.example/2"), eid))


def test_a_decision_makes_a_label_and_undo_takes_it_back_keeping_both_rows(db):
    case_id = a_case(db)
    number = decisions.decide(db, NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", ("fact:a",)))
    assert [row["verdict"] for row in db.query("SELECT verdict FROM labels")] == ["false"]
    assert cases.queue(db) == []
    decisions.undo(db, number, person="an")
    assert list(db.query("SELECT * FROM labels")) == []
    assert [item.case_id for item in cases.queue(db)] == [case_id]
    assert [row.action for row in decisions.history(db, case_id)] == ["decide", "undo"]
    with pytest.raises(decisions.DecisionRefused, match="taken back already"):
        decisions.undo(db, number, person="an")


def test_a_decision_covers_posts_that_join_later_until_it_is_reopened(db):
    case_id = a_case(db)
    decisions.decide(db, NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", ("fact:a",)))
    posts.take_post(db, NewPost("khac", "https://khac.example/2", "Nghe nói trẻ 12 tuổi đi làm được."))
    cases.join_case(db, case_id, 2)
    assert [row["post_id"] for row in db.query("SELECT post_id FROM labels ORDER BY post_id")] == [1, 2]
    decisions.reopen(db, case_id, person="an", note="có bằng chứng mới")
    assert list(db.query("SELECT * FROM labels")) == []
    assert cases.queue(db)[0].state == "reopened"


@pytest.mark.parametrize("sql", [
    "UPDATE decisions SET verdict = 'true'", "DELETE FROM decisions", "UPDATE scores SET p_refuted = 0",
    "UPDATE memberships SET case_id = NULL", "DELETE FROM memberships", "UPDATE evidence SET p = 0",
])  # fmt: skip
def test_history_cannot_be_edited(db, sql):
    case_id = a_case(db)
    decisions.decide(db, NewDecision(case_id, "an", Verdict.OPINION, "view"))
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        db.conn.execute(sql)


def test_a_retrain_adds_a_score_and_rewrites_none(db):
    a_case(db)
    for number, model in enumerate(("m2", "m1"), start=2):  # m1 again, beside other evidence
        assert scores.add_score(db, ScoreRow(1, model, "opinion", (), 0.0, False), outcome="protected") == number
    assert scores.score_by_id(db, 1).kind == "claim"
    assert scores.latest_score(db, 1)[0] == 3


def test_a_newer_database_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "soi.db"
    db = open_store(path)
    migrations._record_applied(db, "m999_from_the_future")
    db.conn.commit()
    db.close()
    with pytest.raises(StoreError, match=r"newer Soi \(it has m999_from_the_future\); upgrade"):
        open_store(path)


def test_a_file_that_is_no_database_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "soi.db"
    path.write_bytes(b"not a database at all, " * 100)
    with pytest.raises(StoreError, match="soi restore"):
        open_store(path)
    assert path.read_bytes().startswith(b"not a database")


def test_a_missing_database_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"There is no database .*`soi init` makes one, --home names another"):
        open_store(tmp_path / "soi.db", create=False)


def test_two_programs_opening_a_new_store_at_once_do_not_race(tmp_path):
    errors: list[BaseException] = []

    def start() -> None:
        try:
            open_store(tmp_path / "soi.db").close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert errors == []


def test_what_cannot_be_committed_leaves_no_transaction_open_in_which_later_writes_would_be_lost(tmp_path):
    db = open_store(tmp_path / "soi.db")

    def write_of_no_post() -> None:
        with write(db):
            db.conn.execute("PRAGMA defer_foreign_keys=ON")  # as letting texts go does: held to at the commit alone
            db.conn.execute("INSERT INTO sides (post_id, side, person, at) VALUES (9, 'neutral', 'an', '')")

    with pytest.raises(sqlite3.IntegrityError):
        write_of_no_post()
    people.add(db, "lan")
    assert people.person(open_store(tmp_path / "soi.db"), "lan")


def test_writers_take_turns_and_no_post_is_lost(tmp_path):
    path = tmp_path / "soi.db"
    open_store(path).close()

    def work(name: str) -> None:
        db = open_store(path)
        for n in range(25):
            posts.take_post(db, NewPost(name, f"https://{name}.example/{n}", f"Bài số {n}"))
        db.close()

    threads = [threading.Thread(target=work, args=(f"s{k}",)) for k in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert posts.counts(open_store(path))["posts"] == 100


def test_a_run_that_never_ended_is_marked_when_the_next_begins(db):
    runs.start_run(db, "crawl")
    db.conn.execute("UPDATE runs SET started_at = '2020-01-01T00:00:00.000Z'")
    db.conn.commit()
    with runs.run(db, "crawl"):
        pass
    assert [row.status for row in runs.last_runs(db)] == ["done", "stopped"]


def test_a_failed_run_says_so(db):
    with pytest.raises(ZeroDivisionError), runs.run(db, "score"):
        1 / 0  # noqa: B018
    assert runs.last_runs(db)[0].status == "failed"


def plans_of(db, work: Callable[[], object], *, begun: str = "SELECT") -> list[str]:
    """How SQLite goes about what some work asks of it."""
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    work()
    db.conn.set_trace_callback(None)
    kept = [sql for sql in asked if sql.startswith(begun)]
    return [" ".join(row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")) for sql in kept]


def test_what_waits_is_looked_for_without_reading_the_rows_of_texts(db):
    def look() -> None:
        posts.unscored(db, "", limit=8)
        watching.unscored(db)
        posts.outdated(db, "default", since="2026", before=9, limit=8)

    assert ["versions_live" in plan for plan in plans_of(db, look)] == [True] * 3


def test_a_challenger_goes_on_from_where_it_was_without_looking_at_all_texts_again(db):
    for n in range(1, 5):
        posts.take_post(db, NewPost("bao", f"https://bao.example/{n}", f"Bài {n}."))
        if n != 3:
            scores.add_score(db, ScoreRow(n, "m", "claim", (), 0.1, False, ()), outcome="to_check")
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Bài 1, đã sửa."))
    scores.add_score(db, ScoreRow(5, "m", "claim", (), 0.1, False, ()), outcome="to_check")
    assert [one.id for one in labels.unshadowed(db, "ch")] == [2, 4, 5]
    assert [one.post_id for one in labels.unshadowed(db, "ch", after=2)] == [4, 1]
    labels.add_shadow(db, [(4, "ch", "claim", "[]", 0.1, 0, "[]", "", "2026")])
    assert [one.id for one in labels.unshadowed(db, "ch")] == [2, 5]
    assert labels.count_unshadowed(db, "ch") == 2
    plans = plans_of(db, lambda: labels.unshadowed(db, "ch", after=2))
    assert ["SEARCH v USING COVERING INDEX versions_live (id>?)" in plan for plan in plans] == [True]


@pytest.mark.parametrize("work", [desk.counts, desk.listing, desk.among])
def test_words_are_searched_once_whatever_hangs_on_what_they_find(db, work):
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    work(db, desk.Filters(state="reading", q="tạm giữ"))
    db.conn.set_trace_callback(None)
    assert sum("claims_fts MATCH" in sql for sql in asked) == 1


def test_a_pool_that_is_closed_closes_what_it_lent_once_that_is_given_back(tmp_path):
    store_at(tmp_path / "soi.db").close()
    pool = Pool(tmp_path / "soi.db")
    with pool.lend() as lent, pool.lend() as other:
        pool.close()
        assert number_of(lent, "SELECT 1") == number_of(other, "SELECT 1") == 1
    for db in (lent, other):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            number_of(db, "SELECT 1")


def test_a_passage_is_taken_back_without_reading_the_evidence_of_all_scores(db):
    evidence.put_passages(db, [PassageRow("fact:a", "Đủ 15 tuổi.", "Bộ luật Lao động", "primary")])
    plans = plans_of(db, lambda: erasure.remove_evidence(db, ["fact:a"], person="an"), begun="DELETE FROM evidence ")
    assert ["evidence_eid" in plan for plan in plans] == [True]


def test_of_names_of_before_that_are_alike_none_is_meant_by_a_third_spelling(db):
    people.add(db, "lan")
    db.conn.execute("INSERT INTO users (name, display, role, pseudonym, created_at) VALUES ('Lan', '', '', 'p', '')")
    for name in ("lan", "Lan", "LAN", "ｌａｎ"):
        assert people.known_as(db, name) == name
    with pytest.raises(people.PersonRefused, match="somebody named"):
        people.add(db, "LAN")


@pytest.mark.parametrize("name", ["soi", "Soi", "ｓｏｉ", "operator", "Restore", "Command_Line"])
def test_nobody_gets_the_name_by_which_the_machine_signs_however_it_is_typed(db, name):
    with pytest.raises(people.PersonRefused, match="Nobody is named"):
        people.add(db, name)


def test_words_brought_in_twice_are_one_post_whatever_unkept_signs_and_blanks_are_around_them(db):
    assert len({tips.bring_in(db, text, "") for text in ("Hai điều.", "\x00 Hai điều.", " Hai điều. \x00\n")}) == 1


def test_what_was_brought_in_is_taken_out_from_beside_what_was_erased(db):
    said = [f"Công an xã tạm giữ 14 người ngày 3 tháng 6, buổi {part}." for part in ("sáng", "tối")]
    brought = [tips.bring_in(db, text, "") for text in said]
    case_id = cases.open_case(db, *brought, claim=said[0], score_id=None, by_hand=True)
    erasure.erase(db, tips.brought_address(said[0]), person="an", reason="x")
    erasure.take_out(db, cases.posts_of(db, case_id), person="an")
    assert said[1] not in "".join(db.conn.iterdump())
    assert cases.case(db, case_id) is None


def test_old_texts_are_found_without_reading_the_others(db):
    plans = plans_of(db, lambda: retention.old_texts(db, before="2025", limit=8), begun="WITH old")
    assert ["SEARCH g USING INDEX versions_post (post_id=? AND id>?)" in plan for plan in plans] == [True]


def test_an_address_is_asked_for_without_reading_all_passages_nor_a_new_passage_the_whole_log(db):
    def look() -> None:
        erasable.held(db, "https://bao.example/1")
        evidence.is_taken_back(db, "crawl:a")
        evidence.passages_now(db)
        tips.others_share(db, 1, "an")

    plans = " ".join(plans_of(db, look, begun=""))
    indexes = ("passages_url", "audit_taken_back", "audit_brought_in")
    assert [plans.count(f"INDEX {one}") for one in indexes] == [2, 2, 1]


def test_claims_scored_again_on_one_day_are_still_those_of_all_their_days(db):
    for n, day in ((1, "2026-01-01"), (2, "2026-01-05")):
        posts.take_post(db, NewPost("bao", f"https://bao.example/{n}", f"Bài {n}."))
        for at, p in ((day, 0.25), ("2026-01-06", 0.5)):
            db["scores"].insert({"version_id": n, "model": "m", "kind": "claim", "rights": '["CRC"]', "p_refuted": p,
                                 "flagged": 0, "reasons": "[]", "detail": f'{{"p_against": {p}}}', "outcome": "x",
                                 "scored_at": at})  # fmt: skip
    db["scores"].insert({"version_id": 1, "model": "khác", "kind": "claim", "rights": '["CRC"]', "p_refuted": 0.9,
                         "flagged": 0, "reasons": "[]", "detail": '{"p_against": 0.9}', "outcome": "x",
                         "scored_at": "2026-01-07"})  # fmt: skip
    db["scores"].insert({"version_id": 2, "model": "m", "kind": "claim", "rights": '["CRC"]', "p_refuted": 0.8,
                         "flagged": 0, "reasons": "[]", "outcome": "x", "scored_at": "2026-01-08",
                         "detail": '{"p_against": 0.8, "parts": {"verdict": "a:b"}}'})  # fmt: skip
    assert labels.models_that_scored(db) == ["khác", "m"]
    assert labels.against_by_day(db, ["m"], part="a:b") == ([0.8], 1)
    assert labels.against_by_day(db, ["m"]) == ([0.5, 0.5], 5)  # the first and the last are two days of work
    assert labels.against_by_day(db, ["lạ"]) == ([], 1)


@pytest.mark.parametrize(("asked", "text", "found"), [
    ("BHYT", "Thu thẻ bảo hiểm y tế của người nghèo.", True),
    ("bảo hiểm y tế", "Thu thẻ BHYT của người nghèo.", True),
    ("bao hiem y te ngheo", "Thu thẻ bhyt của người nghèo.", True),
    ("thẻ BHYT người nghèo", "Thu the bao hiem y te cua nguoi ngheo.", True),
    ("BHYT,", "Bảo hiểm thì không, y tế thì có.", False),  # its words in another order and place aren't the name
    ("HĐXX", "Toà nghị án, Hội đồng xét xử vắng mặt.", True),
    ("hội đồng xét xử", "HĐXX vắng mặt.", True),
    ("TAND tỉnh", "Toà án nhân dân tỉnh xử kín.", True),
    ("Điều 98 BLLĐ", "Theo Điều 98 Bộ luật Lao động thì sao?", True),
    ("bộ luật tố tụng hình sự", "BLTTHS nói gì?", True),
    ("BLTTHS", "Bộ luật Tố tụng hình sự nói gì?", True),
    ("tòa án nhân dân tối cao", "TAND tối cao xử kín.", True),
    ("TANDTC", "Tòa án nhân dân tối cao xử kín.", True),
    ("HP", "Hiến pháp nói gì?", False),
    ("bảo hiểm xã hội", "Thu thẻ BHYT của người nghèo.", False),
    ("bảo hiểm", "Thu thẻ BHYT của người nghèo.", False),
])  # fmt: skip
def test_a_name_is_found_in_full_and_by_its_initials_whichever_was_typed(db, asked, text, found):
    posts.take_post(db, NewPost("s", "https://s.example/1", text))
    case = cases.open_case(db, 1, claim=text, score_id=None)
    # of another case that holds every word as it was typed
    posts.take_post(db, NewPost("s", "https://s.example/2", f"Bản tin: {asked}."))
    other = cases.open_case(db, 2, claim=f"Bản tin: {asked}.", score_id=None)
    assert sorted(desk.search(db, asked)[0]) == ([case, other] if found else [other])
    assert sorted(searching.search(db, asked)) == ([1, 2] if found else [2])


@pytest.mark.parametrize(("asked", "name"), [("BHYT", "bảo hiểm y tế"), ("bảo hiểm y tế", "BHYT")])
def test_a_post_found_by_the_other_form_of_a_name_is_shown_from_there(db, asked, name):
    text = f"{'Sáng nay trời mưa. ' * 60}Người nghèo bị thu thẻ {name}. {'Chiều nay nắng. ' * 60}"
    posts.take_post(db, NewPost("bao", "https://bao.example/dai", text))
    assert name in desk.collected(db, asked)[0].peek
