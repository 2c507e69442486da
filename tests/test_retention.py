"""What is let go, what is kept, and what an erasure leaves."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from filled import CASE_URL, CLAIM, LAW, NEWS, PLAIN_URL

from classifier.files import shipped
from classifier.loading import load_model
from crawlers.items import Fetch, Visit
from crawlers.sources import Source
from pipeline.indexing import open_index
from pipeline.locks import alone
from pipeline.operations import retention
from pipeline.records import EvidenceRow, NewDecision, NewPost, PassageRow, ScoreRow, Verdict, later, now
from pipeline.research import exported, snapshots
from pipeline.research.tables import write_rows
from pipeline.settings import KeepSettings
from pipeline.store import (
    audit,
    cases,
    copies,
    decisions,
    drafts,
    erasable,
    erasure,
    evidence,
    fetches,
    holds,
    labels,
    moves,
    notes,
    open_store,
    pieces,
    posts,
    reading,
    report,
    scores,
    searching,
    write,
)
from pipeline.store import retention as store_retention
from pipeline.store.database import number_of
from pipeline.store.retention import let_go
from review import answer
from review.words import words

KEEP = KeepSettings()


@pytest.fixture
def db(home):
    opened = open_store(home.database)
    yield opened
    opened.close()


def everything(db) -> str:
    """All that the database says, for looking whether a word is still in it."""
    return json.dumps([[list(map(str, row)) for row in db.conn.execute(f"SELECT * FROM [{name}]")]
                       for name in db.table_names() if "_fts_" not in name], ensure_ascii=False)  # fmt: skip


def test_only_texts_that_were_never_a_case_are_let_go(db):
    assert retention.prune(db, KEEP, dry=True).texts == 1
    assert posts.post_by(db, PLAIN_URL).text
    assert retention.prune(db, KEEP).texts == 1
    assert posts.post_by(db, PLAIN_URL).text == ""
    assert CLAIM in posts.post_by(db, CASE_URL).text
    assert "cà phê" not in everything(db)
    assert list(searching.search(db, "cà phê")) == []
    assert retention.prune(db, KEEP).texts == 0


def edit_often(db, url, *, times, text="Bản thứ {} của bài về xã Quèo."):
    """A post that says another thing at each look; the numbers of its versions."""
    for n in range(times):
        posts.take_post(db, NewPost("bao", url, text.format(n)))
    return [version.id for version in posts.versions_of(db, posts.post_by(db, url).post_id)]


def with_words(db, url) -> list[int]:
    """Numbers of the versions of a post whose words are here."""
    return [version.id for version in posts.versions_of(db, posts.post_by(db, url).post_id) if version.reading]


def test_of_a_post_edited_at_each_look_the_first_and_the_newest_keep_their_words(db):
    url, usual = "https://bao.example/truc-tiep", "https://bao.example/thuong"
    numbers = edit_often(db, url, times=700)
    assert len(edit_often(db, usual, times=31)) == 31  # the first and the newest thirty
    told = []
    dry = retention.prune(db, KEEP, dry=True)
    assert len(with_words(db, url)) == 700
    done = retention.prune(db, KEEP, on_progress=lambda n, of: told.append((n, of)))
    assert (dry.texts, dry.versions) == (done.texts, done.versions) == (1, 669)
    assert told[-1] == (670, 670)
    assert with_words(db, url) == [numbers[0], *numbers[-30:]]
    assert len(with_words(db, usual)) == 31
    assert not list(searching.search(db, "xã Quèo bản 400"))
    assert [v.id for v in posts.versions_of(db, posts.post_by(db, url).post_id)] == numbers  # when each was seen stays
    assert retention.prune(db, KEEP).versions == 0
    assert posts.take_post(db, NewPost("bao", url, "Bản thứ 699 của bài về xã Quèo.")) == "known"


def test_what_a_case_or_its_verdict_rests_on_keeps_its_words_however_often_a_post_is_edited(db):
    """What it was opened on, what the post said when it joined, and what was judged; what was only scored goes."""
    url, said = "https://bao.example/sua-mai", "Bản {} nói trẻ em phải làm việc."

    def edit(first, last):
        for n in range(first, last):
            posts.take_post(db, NewPost("bao", url, said.format(n)))
            row = ScoreRow(posts.post_by(db, url).id, "m1", "claim", ("CRC",), 0.8, True, ("AUDIT",), said.format(n))
            made.append(scores.add_score(db, row, outcome="flagged"))
            time.sleep(0.002)  # seen at moments of their own

    made: list[int] = []
    edit(0, 40)
    post = posts.post_by(db, url)
    opened_on = scores.score_by_id(db, made[20]).version_id
    case_id = cases.open_case(db, post.post_id, claim=said.format(20), score_id=made[20])
    joined_with = post.id
    edit(40, 80)
    judged = posts.post_by(db, url).id
    decisions.decide(db, NewDecision(case_id, "an", Verdict.OPINION, "view"))
    time.sleep(0.002)
    edit(80, 160)
    assert posts.mark_gone(db, url)
    before = [(row.post_id, row.judged) for row in reading.case_posts(db, case_id)], reading.telling(db, case_id)
    labelled = db.conn.execute("SELECT version_id, text FROM labels WHERE case_id = ?", [case_id]).fetchall()
    retention.prune(db, KEEP)
    numbers = [version.id for version in posts.versions_of(db, post.post_id)]
    assert with_words(db, url) == sorted({numbers[0], opened_on, joined_with, judged, *numbers[-30:]})
    after = [(row.post_id, row.judged) for row in reading.case_posts(db, case_id)], reading.telling(db, case_id)
    assert after == before
    assert db.conn.execute("SELECT version_id, text FROM labels WHERE case_id = ?", [case_id]).fetchall() == labelled
    assert labelled == [(judged, said.format(79))]
    assert audit.check(db).words == ()
    assert said.format(100) not in everything(db)


def test_letting_a_text_go_takes_as_long_however_many_cases_there_are(db):
    """Each score that is put back without its words was looked for in all cases."""

    def steps(url) -> int:
        posts.take_post(db, NewPost("bao", url, "Một bài không thuộc vụ nào."))
        version = posts.post_by(db, url).id
        scores.add_score(db, ScoreRow(version, "m1", "claim", (), 0.1, False, (), "x"), outcome="to_check")
        counted = [0]
        db.conn.set_progress_handler(lambda: counted.__setitem__(0, counted[0] + 1), 10)
        let_go(db, [version])
        db.conn.set_progress_handler(None, 10)
        return counted[0]

    few = steps("https://bao.example/8")
    db["cases"].insert_all({"opened_at": now(), "claim": f"điều {n}", "score_id": 1} for n in range(3000))
    assert steps("https://bao.example/9") < few * 1.5


def test_a_post_that_is_gone_is_let_go_as_old_as_its_text_is(db):
    url = "https://bao.example/moi"
    posts.take_post(db, NewPost("bao", url, "Tin vừa đăng."))
    for gone in (PLAIN_URL, url):
        assert posts.mark_gone(db, gone)
    assert retention.prune(db, KEEP, dry=True).texts == 2
    assert retention.prune(db, KEEP).texts == 2
    assert "cà phê" not in everything(db)
    assert [one.text for one in posts.versions_of(db, posts.post_by(db, url).post_id)] == ["Tin vừa đăng."] * 2


def test_words_leave_the_search_indexes_with_the_next_letting_go(home, db):
    posts.take_post(db, NewPost("bao", "https://bao.example/3", "Xã Quèo vừa có tin."))
    erasure.take_out(db, [posts.post_by(db, "https://bao.example/3").post_id], person="an")  # and its merge was killed
    cases.open_case(db, 2, claim="nghe nói Xoăm", score_id=None)
    cases.claim_anew(db, 2, 2, claim="tin khác", score_id=None)
    copies.checkpoint(db)
    for word in (b"queo", b"xoam"):
        assert word in home.database.read_bytes()
    retention.prune(db, KEEP)
    for word in (b"queo", b"xoam"):
        assert word not in home.database.read_bytes()
    before = db.conn.total_changes
    copies.merge_search(db)
    assert db.conn.total_changes == before  # nothing is written where nothing was deleted


def test_a_text_let_go_leaves_its_digest_its_score_and_its_counts(home, db):
    before = db.conn.execute("SELECT digest, seen_at FROM versions WHERE id = 2").fetchone()
    retention.prune(db, KEEP)
    assert db.conn.execute("SELECT digest, seen_at FROM versions WHERE id = 2").fetchone() == before
    score = scores.score_by_id(db, 2)
    assert (score.p_refuted, score.claim, score.detail) == (0.9, "", {})
    assert db.conn.execute("SELECT p_refuted, claim FROM shadow_scores WHERE version_id = 2").fetchone() == (0.5, "")
    assert [(e.eid, e.slot, e.slots) for e in score.evidence] == [("fact:a", "number", ())]
    assert copies.problems(home.database) == []


def test_a_text_let_go_is_known_again_when_it_is_seen_and_is_never_scored_as_empty(db):
    retention.prune(db, KEEP)
    assert posts.count_unscored(db, "a-later-model") == 1
    assert labels.count_unshadowed(db, "a-later-model") == 1
    assert [version.id for version in labels.unshadowed(db, "a-later-model")] == [1]
    assert (
        posts.take_post(db, NewPost("bao", PLAIN_URL, "Giá cà phê Ea Nhôl tăng nhẹ.", title="Tiêu đề thử")) == "known"
    )


def test_a_text_let_go_while_a_challenger_or_a_choice_of_labels_read_it_leaves_no_word(db):
    words = "Bài này nói rằng Bàu Sậy có chợ đêm"
    chosen = []
    for n in (3, 4, 5):
        posts.take_post(db, NewPost("bao", f"https://bao.example/{n}", f"{words} số {n}."))
        version = posts.post_by(db, f"https://bao.example/{n}")
        row = ScoreRow(version.id, "m1", "claim", ("CRC",), 0.1, False, (), f"{words} số {n}")
        scores.add_score(db, row, outcome="to_check")
        chosen += [one for one in labels.candidates(db) if one.version_id == version.id]
    first, second, stays = chosen
    erasure.erase(db, "https://bao.example/3", person="an", reason="chủ bài yêu cầu")
    let_go(db, [second.version_id])
    said = [(one.version_id, "ch", "claim", "[]", 0.1, 0, "[]", one.claim, now()) for one in chosen]
    assert (labels.add_shadow(db, said), labels.add_shadow(db, said)) == (1, 0)
    assert [labels.bring_to_desk(db, one) is not None for one in chosen] == [False, False, True]
    for gone in (first, second):
        assert gone.claim
        assert gone.claim not in everything(db)
    assert stays.claim in everything(db)


def test_a_young_text_stays(db):
    posts.take_post(db, NewPost("bao", "https://bao.example/3", "Tin của hôm nay."))
    retention.prune(db, KEEP)
    assert posts.post_by(db, "https://bao.example/3").text == "Tin của hôm nay."


def test_a_headline_whose_page_is_left_unread_goes_when_a_texts_time_comes(db):
    headline = "Chị Mẫu kể chuyện bị đuổi việc"
    for name, at in (("cu", "2020-01-02T03:04:05.000Z"), ("moi", now())):
        with write(db):
            page = Fetch("off", f"https://bao.example/{name}", step="page", title=f"{headline}, bản {name}")
            fetches.plan(db, [page], at=at)
    assert retention.prune(db, KEEP, dry=True).headlines == 1
    assert f"{headline}, bản cu" in everything(db)
    assert retention.prune(db, KEEP).headlines == 1
    assert f"{headline}, bản cu" not in everything(db)
    assert f"{headline}, bản moi" in everything(db)


def test_pages_that_nobody_will_ask_for_go_when_a_runs_time_comes(db):
    long_ago = "2020-01-02T03:04:05.000Z"
    fetches.put_sources(db, [Source("bao", "Báo", "feed", "https://bao.example/rss")])
    pages = [  # (name, source, step, tried, due again)
        ("xong", "bao", "page", long_ago, ""), ("tat", "off", "page", long_ago, long_ago),
        ("doi", "bao", "page", long_ago, long_ago), ("moi", "bao", "page", now(), ""),
        ("danh-sach", "bao", "index", long_ago, ""), ("ten-khac", "bao", "page", long_ago, ""),
        ("tat-moi", "off", "page", long_ago, now()),
    ]  # fmt: skip
    with write(db):
        for name, source, step, at, due in pages:
            page = Fetch(source, f"https://bao.example/{name}", step=step)
            fetches.keep_visit(db, page, Visit(fetched_at=at), due_at=due, outcome="new", detail="")
        fetches.saw(db, "https://bao.example/ten-khac", [PLAIN_URL])  # by which the article is known too
    assert retention.prune(db, KEEP, dry=True).rows["fetches"] == 2
    meant = store_retention.old_pages(db, before=later(days=-KEEP.run_days))
    with write(db):
        fetches.plan(db, [Fetch("bao", "https://bao.example/xong", step="page")], at=now(), always=True)
    assert store_retention.let_pages_go(db, meant, before=later(days=-KEEP.run_days)) == 1  # one is due meanwhile
    change = "UPDATE fetches SET fetched_at = ?, next_visit = '' WHERE url LIKE '%/xong'"
    with write(db):
        db.conn.execute(change, [long_ago])
    assert retention.prune(db, KEEP).rows["fetches"] == 1
    left = {
        url.rpartition("/")[2] for (url,) in db.conn.execute("SELECT url FROM fetches WHERE url LIKE '%.example/%'")
    }
    assert left == {"doi", "moi", "danh-sach", "ten-khac", "tat-moi"}


def test_between_two_batches_of_a_long_letting_go_another_program_writes(home, db, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    for n in range(6):
        posts.take_post(db, NewPost("bao", f"https://bao.example/dai/{n}", f"Tin cũ số {n}."))
    db.execute("UPDATE versions SET seen_at = '2020-01-02T03:04:05.000Z'")
    begun, seen = threading.Event(), []

    def take_long() -> None:
        begun.set()
        time.sleep(0.3)

    db.conn.create_function("take_long", 0, take_long)
    db.execute("CREATE TEMP TRIGGER slow AFTER UPDATE OF let_go ON main.versions BEGIN SELECT take_long(); END")
    db.conn.commit()

    def meanwhile() -> None:
        with contextlib.closing(open_store(home.database)) as other:
            begun.wait()
            with write(other):
                seen.append(other.conn.execute("SELECT count(*) FROM versions WHERE let_go = ''").fetchone()[0])

    waits = threading.Thread(target=meanwhile)
    waits.start()
    assert retention.prune(db, KEEP).texts == 7
    waits.join()
    assert seen
    assert seen[0] > 1  # of the case's text, which stays, and of some that were still to go


def test_a_text_that_a_case_opens_on_while_others_are_let_go_keeps_its_words(home, db):
    other, opened = open_store(home.database), []

    def meanwhile(sql: str) -> None:
        if sql.startswith("BEGIN") and not opened:  # what was chosen before is chosen without knowing of the case
            opened.append(cases.open_case(other, 2, claim="giá cà phê tăng nhẹ", score_id=2))

    db.conn.set_trace_callback(meanwhile)
    retention.prune(db, KEEP)
    assert opened
    assert "cà phê" in posts.post_by(db, PLAIN_URL).text


def test_what_would_go_is_counted_while_another_program_writes(home, db):
    db.conn.execute("PRAGMA busy_timeout=0")
    with write(open_store(home.database)):
        assert retention.prune(db, KEEP, dry=True).rows["runs"] == 0


def test_old_runs_go_and_their_counts_with_them(db):
    db.conn.execute("UPDATE runs SET started_at = '2020-01-01T00:00:00.000Z'")
    db.conn.commit()
    assert retention.prune(db, KEEP, dry=True).rows["runs"] == 1
    assert retention.prune(db, KEEP).rows["runs"] == 1
    assert db.conn.execute("SELECT count(*) FROM run_outcomes").fetchone() == (0,)


def test_an_erased_post_is_nowhere_and_its_decision_stands(home, db):
    done = retention.erase(home, db, CASE_URL, person="an", reason="chủ bài yêu cầu").store
    assert (done.versions, done.cases, done.notes_left) == (1, 1, 1)
    said = everything(db)
    assert CLAIM not in said
    assert CASE_URL not in said
    assert CLAIM.encode() not in home.database.read_bytes() + home.database.with_suffix(".db-wal").read_bytes()
    assert cases.case(db, 1).claim == erasure.ERASED
    assert decisions.history(db, 1)[0].verdict == Verdict.FALSE
    assert list(searching.search(db, "công nhân")) == []
    assert copies.problems(home.database) == []


def test_an_erasure_takes_the_notes_that_are_of_the_post_and_counts_the_others(home, db):
    other = "https://bao.example/khac"
    posts.take_post(db, NewPost("bao", other, "Một bài khác về lớp học của xã bên."))
    cases.join_case(db, 1, posts.post_by(db, other).post_id)
    for text in (f"Họ viết: “{CLAIM}”", f"Xem {CASE_URL}", "Đã gọi, không ai nghe."):
        notes.add(db, 1, person="an", text=text)
    assert [what for what, *_ in erasable.held(db, CASE_URL)].count("note") == 2
    done = retention.erase(home, db, CASE_URL, person="an", reason="chủ bài yêu cầu").store
    assert (done.notes, done.notes_left) == (2, 2)  # of those left one is the decision's
    told = [note.text for note in notes.notes_of(db, 1)]
    assert told == [erasure.ERASED, erasure.ERASED, "Đã gọi, không ai nghe."]
    assert retention.erase(home, db, other, person="an", reason="chủ bài yêu cầu").store.notes == 1


def test_an_erasure_takes_what_people_filled_in_or_handed_on_that_quotes_the_post(home, db):
    other = cases.open_case(db, posts.post_by(db, PLAIN_URL).post_id, claim="giá cà phê tăng nhẹ", score_id=2)
    said = posts.post_by(db, CASE_URL).text
    drafts.keep_draft(db, "an", 1, {"note": ["Đang hỏi xã."]})  # of a case that holds no other text
    drafts.keep_draft(db, "an", other, {"note": ["Đang hỏi huyện."]})
    drafts.keep_draft(db, "binh", other, {"verdict": ["false"], "text": [f"Trích: {said}"]})
    notes.add(db, other, person="an", text=f"Cùng người: {CASE_URL}")
    holds.hand(db, other, "an", to="binh", note=f"Xem “{said}”")
    for name, sought in (("bài", CASE_URL), ("lời", said), ("khác", f"{CASE_URL}0")):
        drafts.save_view(db, "an", name, f"/?{urlencode({'q': sought, 'lane': 'claims'})}")
    retention.erase(home, db, CASE_URL, person="an", reason="chủ bài yêu cầu")
    said = everything(db)
    assert CLAIM not in said
    assert CASE_URL not in said
    assert [name for name, _ in drafts.saved_views(db, "an")] == ["khác"]
    assert drafts.draft(db, "an", 1) == drafts.draft(db, "binh", other) == {}
    assert drafts.draft(db, "an", other) == {"note": ["Đang hỏi huyện."]}
    assert (holds.holder(db, other).person, holds.holder(db, other).note) == ("binh", "")


def test_an_erasure_leaves_what_others_wrote_of_another_address_or_of_what_all_may_name(home, db):
    url, title = "https://dien-dan.example/threads/1/post-1", "Hiến pháp năm 2013"
    claim = "Xã Hòn Sỏi chưa trả lương cho ba mươi công nhân làm đường"
    flagged(db, url, claim)
    evidence.put_passages(db, [replace(NEWS, url=url, title=title)])
    other = cases.open_case(db, posts.post_by(db, PLAIN_URL).post_id, claim="giá cà phê tăng nhẹ", score_id=2)
    left = [f"Xem {url}0.", f"{url}.html", f"{url}?page=2", f"Theo {title} thì khác."]
    for text in left:
        notes.add(db, other, person="an", text=text)
    drafts.keep_draft(db, "an", other, {"note": left})
    holds.hand(db, other, "an", to="binh", note=left[0])
    told = [f"Xem {url}.", f"({url}#a)", f"{url}/ nói", f"Có phải {url}?", f"{url}?mibextid=Ab1", f"Lại nói: {claim}"]
    for text in told:
        notes.add(db, other, person="an", text=text)
    retention.erase(home, db, url, person="an", reason="chủ bài yêu cầu")
    assert [note.text for note in notes.notes_of(db, other)] == left + [erasure.ERASED] * len(told)
    assert drafts.draft(db, "an", other) == {"note": left}
    assert holds.holder(db, other).note == left[0]


def test_what_was_said_to_readers_of_a_claim_that_is_gone_is_said_no_more(home, db):
    decisions.reopen(db, 1, person="an", note="xem lại")
    told = {"explanation": "Chưa ai công bố.", "wording": "Một câu."}
    decisions.decide(db, NewDecision(1, "an", Verdict.UNVERIFIABLE, "not_public", **told))
    assert answer.brief(db, 1, say=words("vi")).claim == "Một câu."
    assert answer.brief(db, 1, say=words("vi")).explanation == "Chưa ai công bố."
    retention.erase(home, db, CASE_URL, person="an", reason="chủ bài yêu cầu")
    assert answer.brief(db, 1, say=words("vi")) is None


def test_a_wording_that_quotes_what_is_erased_goes_and_another_stays(home, db):
    claims = ("Xã Gò Nổi cấm trẻ em khuyết tật học trường công lập từ năm 2026", "Huyện Trà Sơn thu học phí tiểu học")
    (post, score), (other, _) = (flagged(db, f"https://bao.example/{n}", claim) for n, claim in enumerate(claims))
    case = cases.open_case(db, post, other, claim=claims[0], score_id=score)
    for wording in (f"Có tin rằng {claims[0]}.", "Trẻ khuyết tật bị cấm học trường công."):
        decisions.decide(db, NewDecision(case, "an", Verdict.UNVERIFIABLE, "not_public", wording=wording))
    assert [what for what, *_ in erasable.held(db, "https://bao.example/0")].count("wording") == 1
    retention.erase(home, db, "https://bao.example/0", person="an", reason="chủ bài yêu cầu")
    assert [one.wording for one in decisions.history(db, case)] == ["", "Trẻ khuyết tật bị cấm học trường công."]
    for change in ("wording = 'khác'", "verdict = 'true'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(f"UPDATE decisions SET {change}")


def flagged(db, url: str, claim: str, *, kind: str = "claim", evidence=()) -> tuple[int, int]:
    """A post with a score of its claim, as (post, score)."""
    posts.take_post(db, NewPost("bao", url, f"{claim}, theo lời kể."))
    (post, version) = db.conn.execute("SELECT post_id, max(id) FROM versions").fetchone()
    score = ScoreRow(version, "default", kind, ("CRC",), 0.9, True, ("CONTRADICTS_EVIDENCE",), claim, evidence=evidence)
    return post, scores.add_score(db, score, outcome="flagged")


def test_a_claim_that_was_split_off_with_another_post_goes_with_the_post_it_is_of(home, db):
    claim = "Xã Gò Nổi cấm trẻ em khuyết tật học trường công lập từ năm 2026"
    (post, score), (other, _), (same, _) = (
        flagged(db, f"https://bao.example/{n}", said) for n, said in enumerate((claim, "", claim))
    )
    case = cases.open_case(db, post, other, claim=claim, score_id=score)
    apart = moves.split(db, case, [other], person="an").to_case
    alike = cases.open_case(db, same, claim=claim, score_id=None)
    assert cases.case(db, apart).claim == claim
    assert [what for what, *_ in erasable.held(db, "https://bao.example/0")].count("claim of case") == 2
    retention.erase(home, db, "https://bao.example/0", person="an", reason="chủ bài yêu cầu")
    assert [cases.case(db, one) and cases.case(db, one).claim for one in (case, apart, alike)] == [
        None, erasure.ERASED, claim,
    ]  # fmt: skip


def test_a_case_is_told_by_the_claim_and_the_passages_that_an_erasure_leaves_it(home, db):
    claim, other = "Xã Gò Nổi cấm trẻ em khuyết tật học trường công", "Lương hưu bị cắt hết từ tháng sau"
    evidence.put_passages(db, [PassageRow("so:1", "Có 3 bến đò.", "Sổ", "primary", url="https://so.example/1")])
    shown = (EvidenceRow("so:1", "contradicts", 0.9, "primary", "number"),)
    (post, score), (left, _) = (
        flagged(db, f"https://bao.example/{said}", said, evidence=shown) for said in (claim, other)
    )
    case = cases.open_case(db, post, left, claim=claim, score_id=score, by_hand=True)
    moves.split(db, case, [post], person="an")

    def told() -> tuple[str, tuple[str, ...], str]:
        item = cases.case(db, case)
        return item.claim, item.reasons, item.slot

    assert told() == (claim, ("BY_HAND",), "")
    erasure.erase(db, f"https://bao.example/{claim}", person="an", reason="chủ bài yêu cầu")
    assert told() == (other, ("CONTRADICTS_EVIDENCE", "BY_HAND"), "number")
    erasure.remove_evidence(db, ["so:1"], person="an")
    assert told() == (other, ("CONTRADICTS_EVIDENCE", "BY_HAND"), "")


def test_a_case_whose_post_is_erased_takes_the_claim_of_another_and_without_one_is_told_to_nobody(home, db):
    one, two = "https://bao.example/a", "https://bao.example/b"
    found = "SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?"
    (first, score), (second, other) = flagged(db, one, "Lương hưu bị cắt hết"), flagged(db, two, "Cắt hết lương hưu")
    case_id = cases.open_case(db, first, second, claim="Lương hưu bị cắt hết", score_id=score)
    decisions.decide(db, NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", ("fact:a",)))

    def told() -> tuple[list[object], list[str]]:
        claims = [row["claim"] for row in report.published(db, "", "9999") if row["case_id"] == case_id]
        return claims, [row[1] for row in evidence.refuted_claims(db) if row[0] == "decision:2"]

    assert retention.erase(home, db, one, person="an", reason="chủ bài yêu cầu").store.cases == 1
    assert told() == (["Cắt hết lương hưu"], ["Cắt hết lương hưu"])
    assert db.conn.execute("SELECT score_id FROM cases WHERE id = ?", [case_id]).fetchone() == (other,)
    assert "Lương hưu bị cắt hết" not in everything(db)
    assert db.conn.execute(found, ['"cat het luong huu"']).fetchall() == [(case_id,)]
    assert db.conn.execute(found, ['"luong huu bi cat"']).fetchall() == []
    assert retention.erase(home, db, two, person="an", reason="chủ bài yêu cầu").store.cases == 1
    assert cases.case(db, case_id).claim == erasure.ERASED
    assert cases.case(db, case_id).state == "decided"
    assert told() == ([], [])


@pytest.mark.parametrize("left", ["by an edit", "by hand"])
def test_a_verdict_on_a_claim_that_outlives_the_posts_of_its_case_falls_with_its_evidence(home, db, left):
    one, two, claim = "https://bao.example/a", "https://bao.example/b", "Lương hưu bị cắt hết từ năm sau"
    (first, score), (copy, _) = flagged(db, one, claim), flagged(db, two, claim)
    case_id = cases.open_case(db, first, copy, claim=claim, score_id=score)
    evidence.put_passages(db, [PassageRow("so:1", "Lương hưu giữ nguyên.", "Sổ", "primary")])
    if left == "by hand":
        moves.split(db, case_id, [first], person="an")
    decisions.decide(db, NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", ("so:1",)))
    if left == "by an edit":
        posts.take_post(db, NewPost("bao", one, "Hôm nay trời mưa."))
        cases.open_case(db, first, claim="Hôm nay trời mưa", score_id=None)
    retention.erase(home, db, two, person="an", reason="chủ bài yêu cầu")

    def told() -> list[str]:
        claims = [str(row["claim"]) for row in report.published(db, "", "9999") if row["case_id"] == case_id]
        return claims + [row[1] for row in evidence.refuted_claims(db) if row[1] == claim]

    assert (told(), cases.wordless(db, case_id)) == ([claim, claim], False), "a claim that others made is told on"
    assert erasure.remove_evidence(db, ["so:1"], person="an") == [case_id]
    assert told() == []


def test_a_verdict_whose_claim_was_erased_carries_no_other_any_more(home, db):
    other = cases.open_case(db, 2, claim="giá cà phê tăng nhẹ", score_id=2)
    decisions.decide(db, NewDecision(other, "an", Verdict.FALSE, "repeats_refuted", ("decision:1",)))
    assert pieces.piece(db, "decision:1", case_id=other).role == "independent"
    retention.erase(home, db, CASE_URL, person="an", reason="chủ bài yêu cầu")
    assert pieces.piece(db, "decision:1", case_id=other).text == erasure.ERASED
    assert pieces.piece(db, "decision:1", case_id=other).role == ""
    assert [cases.case(db, one).state for one in (1, other)] == ["decided", "reopened"]
    done = retention.erase(home, db, PLAIN_URL, person="an", reason="chủ bài yêu cầu").store
    assert done.notes_left == 0  # why it was reopened is nobody's word


def test_no_case_takes_the_claim_of_a_testimony(home, db):
    url = "https://bao.example/a"
    first, score = flagged(db, url, "Xưởng thuê trẻ em")
    second, _ = flagged(db, url + "2", "Tôi bị bắt làm", kind="testimony")
    case_id = cases.open_case(db, first, second, claim="Xưởng thuê trẻ em", score_id=score)
    retention.erase(home, db, url, person="an", reason="chủ bài yêu cầu")
    assert cases.case(db, case_id).claim == erasure.ERASED


def test_a_claim_that_another_post_makes_in_the_same_words_stays_until_that_is_erased_too(home, db):
    words, urls = "Xưởng may thuê trẻ mười hai tuổi", ("https://bao.example/a", "https://bao.example/b")
    (first, score), (second, _) = [flagged(db, url, words) for url in urls]
    case_id = cases.open_case(db, first, second, claim=words, score_id=score)
    for url, left, lost in zip(urls, (words, erasure.ERASED), (0, 1), strict=True):
        assert len([row for row in erasable.held(db, url) if row[0] == "claim of case"]) == lost
        assert retention.erase(home, db, url, person="an", reason="chủ bài yêu cầu").store.cases == lost
        assert cases.case(db, case_id) is None or cases.case(db, case_id).claim == left
    assert words not in everything(db)


def test_scores_of_other_posts_quote_nothing_of_what_was_erased(home, db):
    eids, words = (NEWS.eid, "factcheck:1", "decision:1"), "mười hai tuổi đã vào xưởng"
    slots = ({"kind": "number", "claim_text": "mười", "evidence_text": words},)
    rows = tuple(EvidenceRow(eid, "contradicts", 0.9, "independent", "number", slots) for eid in eids)
    _, score = flagged(db, "https://bao.example/3", "Trẻ mười tuổi đã vào xưởng", evidence=rows)
    decisions.reopen(db, 1, person="an", note="")
    decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (NEWS.eid,)))  # so it is kept
    for n, url in enumerate((NEWS.url, "https://ban.example/1", CASE_URL), start=1):
        retention.erase(home, db, url, person="an", reason="chủ bài yêu cầu")
        assert [row.slots for row in scores.score_by_id(db, score).evidence] == [()] * n + [slots] * (3 - n)
    assert [row.eid for row in scores.score_by_id(db, score).evidence] == list(eids)
    assert words not in everything(db)
    assert copies.problems(home.database) == []


def test_an_erasure_that_broke_off_has_reached_the_files_and_is_brought_to_its_end_by_another(home, db, tmp_path):
    word = b"uachxitrum"
    posts.take_post(db, NewPost("bao", "https://bao.example/hiem", "Tên gọi hiếm thấy: Quachxitrum."))
    cases.open_case(db, 3, claim="Bà Quachxitrum bị bắt giữ ở Hà Nội", score_id=None)
    write_rows(report.all_cases(db), tmp_path / "vu.csv")
    exported.note(home, tmp_path / "vu.csv")

    def no_merge(action: int, table: str | None, *rest: object) -> int:
        merging = action == sqlite3.SQLITE_INSERT and table == "versions_fts"
        return sqlite3.SQLITE_DENY if merging else sqlite3.SQLITE_OK

    db.conn.set_authorizer(no_merge)
    with pytest.raises(sqlite3.DatabaseError):
        retention.erase(home, db, "https://bao.example/hiem", person="an", reason="chủ bài yêu cầu")
    assert word not in (tmp_path / "vu.csv").read_bytes()
    listed = retention.by_digest(retention.remembered(home.erased_list))
    assert list(listed) == [posts.url_digest("https://bao.example/hiem")]
    db.conn.set_authorizer(None)
    retention.erase(home, db, "https://bao.example/hiem", person="an", reason="chủ bài yêu cầu")
    assert word not in home.database.read_bytes() + home.database.with_suffix(".db-wal").read_bytes()


def test_an_undecided_case_whose_last_text_is_erased_leaves_the_queue(home, db):
    other = "https://bao.example/3"
    posts.take_post(db, NewPost("bao", other, "Tin khác."))
    case_id = cases.open_case(db, 2, 3, claim="giá cà phê tăng", score_id=2)
    retention.erase(home, db, PLAIN_URL, person="an", reason="chủ bài yêu cầu")
    assert [item.case_id for item in cases.queue(db)] == [case_id]
    retention.erase(home, db, other, person="an", reason="chủ bài yêu cầu")
    assert cases.queue(db) == []
    assert db.conn.execute("SELECT sum(n) FROM standing_counts").fetchone() == (1,)  # the decided one


def test_the_address_of_a_passage_that_a_verdict_rests_on_is_in_no_file_of_the_home_after_an_erasure(home, db):
    url = f"https://bao.example/goi-chi-hoa-0912345678-{'rat-' * 50}dai"
    eid = evidence.crawled_eid("bao", url)
    evidence.put_passages(db, [replace(NEWS, eid=eid, url=url)])
    decisions.reopen(db, 1, person="an", note="")
    decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (eid,)))
    audit.note(db, "an", "evidence added", subject=1, detail=eid)
    snapshots.write(snapshots.rows(db), home.root / "nhan", formats=["jsonl", "csv"], view="latest", until="")
    assert eid in (home.root / "nhan" / "labels.csv").read_text(encoding="utf-8")
    assert b"0912345678" not in (home.root / "nhan" / "labels.csv").read_bytes()
    retention.erase(home, db, url, person="an", reason="chủ bài yêu cầu")
    assert decisions.history(db, 1)[-1].note == f"evidence_changed: {eid}"
    held = [path for path in home.root.rglob("*") if path.is_file() and b"0912345678" in path.read_bytes()]
    assert held == []


def test_an_erased_passage_is_in_no_index_that_anybody_made_or_began(home, db):
    model = load_model(shipped("models", "default"))
    open_index(home, db, model)
    gone = subprocess.Popen(["true"])
    gone.wait()
    mine, left = home.index.with_suffix(f".{os.getppid()}"), home.index.with_suffix(f".{gone.pid}")
    for folder in (mine, left):
        shutil.copytree(home.index, folder)
    word = NEWS.text.split()[2].encode()
    assert word in b"".join(path.read_bytes() for path in left.rglob("*") if path.is_file())
    retention.erase(home, db, NEWS.url, person="an", reason="chủ bài yêu cầu")
    assert (home.index.exists(), left.exists(), mine.exists()) == (False, False, True)  # who lives puts its own away
    shutil.copytree(mine, left)
    assert len(open_index(home, db, model)) == 1
    assert not left.exists()


def test_an_erasure_behind_a_line_that_a_full_disk_cut_off_is_remembered_by_itself(home):
    first, second = (posts.url_digest(f"https://bao.example/{n}") for n in (1, 2))
    said = f"{first}\n{'[' * 99_999}\n{first[:20]}"
    home.erased_list.write_text(said, encoding="utf-8")
    for _ in range(2):
        retention.remember(home, [erasure.Erasure(second)])
    assert home.erased_list.read_text(encoding="utf-8") == f"{said}\n{second}\n"


def test_an_erasure_is_written_down_and_its_record_cannot_be_changed(home, db):
    retention.erase(home, db, PLAIN_URL, person="an", reason="chủ bài (0912345678, an@thu.example) yêu cầu")
    (record,) = erasure.erasures(db)
    assert (record.person, record.reason) == ("an", "chủ bài ([số điện thoại], [thư điện tử]) yêu cầu")
    assert json.loads(record.what)["versions"] == 1
    assert retention.by_digest(retention.remembered(home.erased_list)) == {record.url_digest: record}
    assert audit.entries(db)[0]["action"] == "erase"
    assert audit.first_broken(db) is None
    for sql in ("DELETE FROM erasures", "UPDATE erasures SET person = ''"):
        with pytest.raises(Exception, match="append-only"):
            db.conn.execute(sql)


def test_nothing_erased_can_be_tried_against_a_seal_and_the_log_holds(home, db):
    decisions.reopen(db, 1, person="an", note="")
    told = NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (NEWS.eid,), wording="Hồ nước đã cạn hẳn.")
    made = decisions.decide(db, told)
    audit.note(db, "an", "decide", subject=1, detail=audit.mark_of(db, made))
    asked = "SELECT what FROM decision_words WHERE decision_id = ? AND salt = '' ORDER BY what"
    over = "SELECT what FROM decision_words WHERE decision_id = ? AND what GLOB 'posts *'"
    both = ["claim", f"evidence {NEWS.eid}", *db.conn.execute(over, [made]).fetchone(), "wording"]
    said = "SELECT digest FROM versions WHERE post_id = 1"
    (before,) = db.conn.execute(said).fetchone()
    for url, gone in ((NEWS.url, [f"evidence {NEWS.eid}"]), (CASE_URL, both)):
        retention.erase(home, db, url, person="an", reason="chủ bài yêu cầu")
        assert [what for (what,) in db.conn.execute(asked, [made])] == gone
        lines = [row["detail"] for row in audit.entries(db) if row["action"] == audit.WORDS_ERASED]
        assert {f"#{made} {what}" for what in gone} == {line for line in lines if line.startswith(f"#{made} ")}
        assert holds_to_the_log(db)
    assert db.conn.execute(said).fetchone() != (before,)
    with pytest.raises(Exception, match="append-only"):
        db.conn.execute("UPDATE decision_words SET salt = 'x'")
    with pytest.raises(Exception, match="append-only"):
        db.conn.execute("DELETE FROM decision_words")


def test_a_post_that_went_and_came_back_as_it_was_seems_to_be_edited_by_no_erasure(home, db):
    said = posts.post_by(db, CASE_URL)
    assert posts.mark_gone(db, CASE_URL)
    posts.take_post(db, NewPost(said.source_id, CASE_URL, said.text, title=said.title))
    assert posts.mark_gone(db, CASE_URL)
    asked = "SELECT digest FROM versions WHERE post_id = ?"
    before = {digest for (digest,) in db.conn.execute(asked, [said.post_id])}
    (here,) = (one for one in reading.case_posts(db, 1) if one.post_id == said.post_id)
    retention.erase(home, db, CASE_URL, person="an", reason="chủ bài yêu cầu")
    after = {digest for (digest,) in db.conn.execute(asked, [said.post_id])}
    assert (len(before), len(after), before & after) == (1, 1, set())
    (left,) = (one for one in reading.case_posts(db, 1) if one.post_id == said.post_id)
    assert (left.versions, left.edited) == (here.versions, here.edited) == (1, False)


def holds_to_the_log(db) -> bool:
    found = audit.check(db)
    return (found.first_broken, found.decisions, found.words, found.cases) == (None, (), (), ())


def test_a_verdict_that_is_told_to_nobody_is_not_held_to_evidence_that_changes(home, db):
    made = decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (LAW.eid,)))
    audit.note(db, "an", "decide", subject=1, detail=audit.mark_of(db, made))
    retention.erase(home, db, CASE_URL, person="an", reason="chủ bài yêu cầu")
    evidence.put_passages(db, [replace(LAW, text="Tuổi lao động tối thiểu là đủ 16 tuổi.")])
    assert (cases.case(db, 1).state, holds_to_the_log(db)) == ("decided", True)


def test_a_reopening_past_the_log_is_named_where_no_verdict_has_its_line_yet(db):
    decisions.reopen(db, 1, person="an", note="")
    assert holds_to_the_log(db)
    db.conn.execute("INSERT INTO decisions (case_id, person, at, action) VALUES (1, 'an', '2026', 'reopen')")
    assert audit.check(db).decisions == (number_of(db, "SELECT max(id) FROM decisions"),)


def test_a_claim_that_comes_to_a_case_which_was_decided_without_one_leaves_the_log_whole(home, db):
    url, claim = "https://bao.example/mat-khang-dinh", "Xưởng gạch thuê trẻ em làm đêm"
    (first, score), (told, _), (back, _) = (
        flagged(db, f"{url}{n}", said, kind=kind)
        for n, (said, kind) in enumerate(
            [(claim, "claim"), ("Tôi làm đêm", "testimony"), (f"{claim} ở Hà Nam", "claim")]
        )
    )
    case = cases.open_case(db, first, told, back, claim=claim, score_id=score)
    apart = moves.split(db, case, [back], person="an")
    retention.erase(home, db, f"{url}0", person="an", reason="chủ bài yêu cầu")
    made = decisions.decide(db, NewDecision(case, "an", Verdict.UNVERIFIABLE, "no_evidence_yet"))
    audit.note(db, "an", "decide", subject=case, detail=audit.mark_of(db, made))
    moves.undo(db, apart.id, person="an")
    assert (cases.case(db, case).claim, holds_to_the_log(db)) == (f"{claim} ở Hà Nam", True)


def test_an_erased_address_is_not_taken_in_again(home, db):
    from crawlers.items import Fetch, Outcome, Post, Reading, Settled, Visit
    from pipeline.intake import StoreIntake
    from pipeline.store import runs

    retention.erase(home, db, PLAIN_URL, person="an", reason="chủ bài yêu cầu")
    intake = StoreIntake(db, runs.start_run(db, "crawl"))
    page = Fetch("bao", "https://bao.example/")
    reading = Reading(
        items=(Post("bao", PLAIN_URL, "Giá cà phê Ea Nhôl tăng nhẹ."),), follow=(Fetch("bao", PLAIN_URL),)
    )
    taken = intake.settle(Settled(page, Outcome.LISTED, Visit(), "", reading), now=now())
    assert taken.outcomes == (Outcome.KNOWN, Outcome.KNOWN, Outcome.LISTED)
    assert taken.planned == ()
    assert PLAIN_URL not in everything(db)


def test_a_passage_goes_unless_a_decision_names_it(home, db):
    retention.erase(home, db, NEWS.url, person="an", reason="chủ bài yêu cầu")
    assert db.conn.execute("SELECT count(*) FROM passages WHERE eid = ?", [NEWS.eid]).fetchone() == (0,)
    db.conn.execute("UPDATE passages SET url = 'https://luat.example/1' WHERE eid = ?", [LAW.eid])
    db.conn.commit()
    retention.erase(home, db, "https://luat.example/1", person="an", reason="chủ bài yêu cầu")
    assert db.conn.execute("SELECT text, role FROM passages WHERE eid = ?", [LAW.eid]).fetchone() == (
        erasure.ERASED,
        "primary",
    )


GOES = {
    "erased": (evidence.crawled_eid("bao", "https://bao.example/can"), "https://bao.example/can", "can"),
    "taken back": ("so:1", "", "so"),
    "fact-check erased": ("factcheck:1", "https://ban.example/1", ""),
}


@pytest.mark.parametrize(("eid", "url", "word"), GOES.values(), ids=GOES)
def test_what_was_erased_or_taken_back_reopens_its_verdicts_and_carries_no_other(home, db, eid, url, word):
    evidence.put_passages(db, [PassageRow(eid, f"Sổ {word} của xã.", "Xã", "primary", url=url)] if word else [])
    decisions.reopen(db, 1, person="an", note="")
    verdict = NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (eid,))
    number = decisions.decide(db, verdict)
    if url:
        retention.erase(home, db, url, person="an", reason="chủ bài yêu cầu")
    else:
        erasure.remove_evidence(db, [eid], person="an")
    assert cases.case(db, 1).state == "reopened"
    assert decisions.history(db, 1)[-1].note.startswith("evidence_changed: ")
    assert not url or url not in decisions.history(db, 1)[-1].note
    assert pieces.piece(db, eid).role == ""
    with pytest.raises(decisions.DecisionRefused, match="no evidence"):
        decisions.decide(db, verdict)
    assert evidence.find_passages(db, "taken back") == evidence.find_passages(db, "erased on request") == []
    assert eid not in [row.eid for row in evidence.passages(db)]
    assert decisions.history(db, 1)[-2].id == number


def test_a_case_shows_what_was_taken_back_without_a_role(db):
    assert [row.role for row in reading.evidence_for(db, 1, score_id=1)] == ["primary"]
    erasure.remove_evidence(db, [LAW.eid], person="an")
    assert [(row.role, row.text) for row in reading.evidence_for(db, 1, score_id=1)] == [("", erasure.TAKEN_BACK)]


def test_an_erasure_anew_that_breaks_off_records_nothing_that_is_there_still(home, db):
    gone = [erasure.Erasure(posts.url_digest(PLAIN_URL), now())]
    db.conn.execute("CREATE TRIGGER broken BEFORE DELETE ON fetches BEGIN SELECT RAISE(ABORT, 'broken off'); END")
    with write(db):
        fetches.plan(db, [Fetch("bao", PLAIN_URL, step="page")], at=now())
    with pytest.raises(sqlite3.IntegrityError):
        erasure.erase_again(db, gone, person="soi")
    assert (erasure.erasures(db), bool(posts.post_by(db, PLAIN_URL))) == ([], True)
    db.conn.execute("DROP TRIGGER broken")
    assert erasure.erase_again(db, gone, person="soi") == 1
    assert posts.post_by(db, PLAIN_URL) is None


def test_erasing_an_address_nobody_has_keeps_it_out_all_the_same(home, db):
    done = retention.erase(home, db, "https://khac.example/7", person="an", reason="yêu cầu trước").store
    assert done.versions == 0
    assert erasure.erased(db, ["https://khac.example/7", "https://khac.example/8"]) == {"https://khac.example/7"}


def test_tidying_gives_space_back_and_loses_nothing(home, db):
    for n in range(900):
        posts.take_post(
            db, NewPost("bao", f"https://bao.example/x{n}", "Một câu dài để chiếm chỗ. " * 40), at="2020-01-01"
        )
    retention.prune(db, KEEP)
    before, after = copies.tidy(db)
    assert after < before / 2
    assert posts.counts(db)["posts"] == 902
    assert list(searching.search(db, "công nhân")) == [1]
    assert copies.problems(home.database) == []


def test_copies_put_aside_go_after_a_month(home):
    old, young = (home.database.with_name(f"soi.db.before-{name}") for name in ("m001", "m002"))
    for path in (old, young):
        path.touch()
    os.utime(old, (0, 0))
    assert retention.old_copies(home, dry=True) == [old]
    assert old.exists()
    retention.old_copies(home)
    assert [path.exists() for path in (old, young)] == [False, True]


def test_the_copy_of_a_restore_that_was_killed_is_named_and_goes_after_a_month(home, db):
    left = home.database.parent / ".restore-x"
    (left / "home" / "data").mkdir(parents=True)
    assert left in retention.erase(home, db, PLAIN_URL, person="an", reason="chủ bài yêu cầu").copies
    assert retention.old_copies(home) == []
    os.utime(left, (0, 0))
    assert retention.old_copies(home) == [left]
    assert not left.exists()


def test_what_a_killed_backup_left_is_named_and_goes_at_once_unless_another_is_being_made(home, db):
    left = home.backups / ".work-x"
    left.mkdir(parents=True)
    (left / "soi.db").touch()
    assert left in retention.erase(home, db, PLAIN_URL, person="an", reason="chủ bài yêu cầu").copies
    with alone(home, "backup"):
        assert retention.old_copies(home) == []
    assert retention.old_copies(home, dry=True) == [left]
    assert left.exists()
    retention.old_copies(home)
    assert not left.exists()


def test_a_database_that_a_restore_put_aside_stays_a_month_from_then(home):
    stamp, long_ago = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}", "20250102T030405Z"
    young, old = (home.database.with_name(f"soi.db.before-{at}-wal") for at in (stamp, long_ago))
    for path in (young, old):
        path.touch()
        os.utime(path, (0, 0))
    assert retention.old_copies(home) == [old]
    assert young.exists()


def test_words_of_an_erased_text_are_gone_from_the_search_index_itself(home, db):
    for n in range(200):
        posts.take_post(db, NewPost("bao", f"https://bao.example/y{n}", f"Bài số {n} về chợ phiên vùng cao."))
    posts.take_post(db, NewPost("bao", "https://bao.example/hiem", "Tên gọi hiếm thấy: Quachxitrum."))
    indexed = "SELECT group_concat(hex(block), '') FROM versions_fts_data"
    word = b"quachxitrum".hex().upper()
    assert db.conn.execute("PRAGMA secure_delete").fetchone() == (1,)  # not every build of SQLite sets it
    assert word[2:] in db.conn.execute(indexed).fetchone()[0]
    retention.erase(home, db, "https://bao.example/hiem", person="an", reason="chủ bài yêu cầu")
    assert word[2:] not in db.conn.execute(indexed).fetchone()[0]
    assert b"uachxitrum" not in home.database.read_bytes()


def test_the_thread_of_an_answer_is_known_by_its_digest_in_an_older_backup(home, db):
    thread = "https://bao.example/chu-de"
    posts.take_post(db, NewPost("bao", "https://bao.example/dap", "Một câu đáp lại.", thread_url=thread))
    assert erasure.erase_again(db, [erasure.Erasure(posts.url_digest(thread))], person="an") == 1
    assert thread not in everything(db)


def test_the_digest_of_no_address_in_an_older_backup_takes_no_evidence_with_it(home, db):
    before = posts.counts(db)
    assert erasure.erase_again(db, [erasure.Erasure(posts.url_digest(""))], person="an") == 0
    assert posts.counts(db) == before
