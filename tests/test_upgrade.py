"""Databases of every earlier schema open, keep what they held, and are copied first."""

import ast
import contextlib
import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from filled import READ_BY_TWO, read_by_two

from classifier.text.letters import fold
from pipeline.home import Home
from pipeline.locks import at_work
from pipeline.records import FactCheckRow, NewDecision, NewPost, PassageRow, ScoreRow, Verdict
from pipeline.settings import DeskSettings
from pipeline.store import (
    Database,
    StoreError,
    audit,
    cases,
    copies,
    decisions,
    drafts,
    erasure,
    evidence,
    factchecks,
    open_store,
    posts,
    reading,
    scores,
    searching,
)
from pipeline.store import migrations as schema
from pipeline.store.database import newest_schema, open_to_read
from pipeline.store.migrations import migrations

APPLIED = Path(__file__).with_name("migrations.txt")  # a digest of what each migration does, and its name
STORED = Path(__file__).with_name("soi-m003.db.gz")  # written by the schema of m003, with a decided case in it
NAMES = [migration.name for migration in migrations._migrations]
STANDING = {  # where the case of an old database stands, as every Soi wrote it down with the verdict
    "case_id": 1, "state": "decided", "verdict": "opinion", "lane": "claims", "priority": 0.0, "p_refuted": 0.0,
    "reasons": "[]", "rights": "[]", "posts": 1, "sources": 1, "first_seen": "2025-01-01", "last_seen": "2025-01-01",
    "decider": "an", "since": "2025-01-03", "judged_at": "2025-01-03",
}  # fmt: skip


def an_old_database(path: Path, upto: int) -> None:
    """What the first migrations made, with two posts and a case as far as that schema knows them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_migrations", migrations._migrations[:upto])
        db = open_store(path)
    for n in (1, 2):
        db.conn.execute("INSERT INTO posts (id, source_id, url, first_seen) VALUES (?, 'bao', ?, '2025-01-01')",
                        [n, f"https://bao.example/{n}"])  # fmt: skip
        db.conn.execute("INSERT INTO versions (id, post_id, text, digest, seen_at) VALUES (?, ?, ?, 'x', '2025-01-01')",
                        [n, n, f"Nội dung số {n} về quyền trẻ em."])  # fmt: skip
    if "m012_texts_are_indexed_folded_and_merged_apart" in NAMES[:upto]:  # before, a trigger did it
        posts.make_searchable(db, [(n, "", f"Nội dung số {n} về quyền trẻ em.") for n in (1, 2)])
    if "cases" in db.table_names():
        db.conn.execute("INSERT INTO cases (id, opened_at, claim) VALUES (1, '2025-01-02', 'điều đã nói')")
        db.conn.execute("INSERT INTO memberships (post_id, case_id, at) VALUES (1, 1, '2025-01-02')")
        db.conn.execute(
            "INSERT INTO decisions (case_id, person, at, action, verdict, reason)"
            " VALUES (1, 'an', '2025-01-03', 'decide', 'opinion', 'view')"
        )
        known = {column.name for column in db["standings"].columns}
        db["standings"].insert({name: value for name, value in STANDING.items() if name in known})
    db.conn.commit()
    db.close()


def not_run(db: Database, name: str) -> None:
    """Let a migration be run again at the next opening, of a store that a test brought back to what it was before."""
    db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [name])


def test_no_migration_that_homes_have_run_is_edited():
    """Such a home would never run the edit. A new migration's line is appended to the file, none is changed in it."""
    source = Path(schema.__file__).read_text(encoding="utf-8")
    here = {}
    for function in ast.parse(source).body:
        if isinstance(function, ast.FunctionDef):
            steps = function.body[ast.get_docstring(function) is not None :]
            told = " ".join(" ".join((ast.get_source_segment(source, step) or "").split()) for step in steps)
            here[function.name] = hashlib.sha256(told.encode()).hexdigest()[:16]
    kept = [line.split() for line in APPLIED.read_text(encoding="utf-8").splitlines()]
    assert here == {name: digest for digest, name in kept}


def test_a_home_that_ran_migrations_before_they_were_edited_gets_what_they_lacked(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m044_what_earlier_ones_were_given_after_homes_had_run_them"))
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.executescript("""
        DROP INDEX factchecks_page;
        CREATE INDEX factchecks_page ON factchecks (page_url) WHERE page_url <> '';
        ALTER TABLE factchecks DROP COLUMN own;
        ALTER TABLE factchecks DROP COLUMN missed_at;
        DROP VIEW labels;
        CREATE VIEW labels AS SELECT 1 AS case_id;
        UPDATE posts SET source_id = 'by hand' WHERE id = 1;
        """)
    page = "https://kiem.example/1"
    with contextlib.closing(open_store(path)) as db, contextlib.closing(open_store(tmp_path / "new.db")) as fresh:
        check = FactCheckRow("kiem", page, "Điều đã nói", "sai", "false", "Kiểm", page_url=page)
        assert factchecks.take(db, check) == "new"
        factchecks.miss(db, page, "", source_id="kiem", at="2026-11-29T00:00:00.000Z")
        evidence.take_own(db, DeskSettings(publish_url="https://kiem.example"))
        named = "SELECT sql FROM sqlite_master WHERE name IN ('labels', 'factchecks_page') ORDER BY name"
        assert db.conn.execute(named).fetchall() == fresh.conn.execute(named).fetchall()
        assert [row["verdict"] for row in db.query("SELECT verdict FROM labels")] == ["opinion"]
        assert db.conn.execute("SELECT sources FROM standings").fetchall() == [(0,)]
    assert copies.problems(path) == []


@pytest.mark.parametrize("upto", range(1, len(NAMES)), ids=NAMES[:-1])
def test_every_earlier_schema_is_brought_up_to_date(tmp_path, monkeypatch, upto):
    path = tmp_path / "data" / "soi.db"
    an_old_database(path, upto)
    path.chmod(0o600)
    modes, copymode = [], shutil.copymode  # no mode of its own makes the copy anybody else's before it has the store's
    monkeypatch.setattr(shutil, "copymode", lambda a, b: modes.append(b.stat().st_mode & 0o777) or copymode(a, b))
    with contextlib.closing(open_store(path)) as db:
        assert modes == [0o600]
        assert set(copies.schema_of(db)) == set(NAMES)
        assert list(searching.search(db, "quyen tre em")) == [1, 2]
        assert posts.count_unscored(db, "m") == 2
        assert audit.check(db).cases == ()
        assert posts.take_post(db, NewPost("bao", "https://bao.example/3", "Bài mới.")) == "new"
        case_id = cases.open_case(db, 3, claim="điều khác", score_id=None)
        decisions.decide(db, NewDecision(case_id, "an", Verdict.OPINION, "view"))
    assert copies.problems(path) == []
    kept = path.with_name(f"soi.db.before-{NAMES[upto]}")
    assert sqlite3.connect(kept).execute("SELECT count(*) FROM posts").fetchone() == (2,)
    assert copies.problems(kept) == []
    assert kept.stat().st_mode & 0o777 == 0o600


def test_the_page_that_a_text_was_said_to_be_from_is_still_told(tmp_path):
    path = tmp_path / "data" / "soi.db"
    an_old_database(path, NAMES.index("m037_every_page_that_a_text_was_said_to_be_from"))
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE posts SET thread_url = 'https://trang.example/' || id")
        db.execute("UPDATE posts SET source_id = 'by hand' WHERE id = 1")
        db.commit()
    with contextlib.closing(open_store(path)) as db:
        assert reading.case_posts(db, 1)[0].said_at == ("https://trang.example/1",)
        assert db.execute("SELECT sources FROM standings").fetchall() == [(0,)], "whoever brings a text in is none"
        assert db.execute("SELECT thread_url FROM posts ORDER BY id").fetchall() == [
            ("",),
            ("https://trang.example/2",),
        ]


def test_a_stored_old_database_keeps_its_decision(tmp_path):
    path = tmp_path / "soi.db"
    path.write_bytes(gzip.decompress(STORED.read_bytes()))
    with contextlib.closing(open_store(path)) as db:
        assert [row["verdict"] for row in db.query("SELECT verdict FROM labels")] == ["opinion"]
        assert cases.case(db, 1).claim == "điều đã nói"
        assert audit.check(db).cases == ()
        told = db.conn.execute("SELECT decider, since = at, judged_at = at FROM standings, decisions").fetchall()
        assert told == [("an", 1, 1)]
    assert copies.problems(path) == []


def test_a_case_that_was_changed_before_an_upgrade_is_still_told_after_it(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m061_cases_that_were_decided_before_m004_stand_as_their_verdicts_say"))
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.execute("UPDATE standings SET verdict = 'false', decider = ''")
        old.commit()
    with contextlib.closing(open_store(path)) as db:
        assert audit.check(db).cases == (1,)


def test_titles_that_listings_gave_are_gone_after_an_upgrade(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m013_no_titles_of_listings"))
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.execute("INSERT INTO fetches (url, source_id, fetched_at, title) VALUES ('u', 'bao', '', 'gọi 0912345678')")
        old.commit()
    with contextlib.closing(open_store(path)) as db:
        assert db.conn.execute("SELECT url, title FROM fetches").fetchall() == [("u", "")]


def test_scores_keep_their_numbers_and_what_hangs_on_them_after_an_upgrade(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m020_a_model_may_score_a_text_again"))
    with contextlib.closing(sqlite3.connect(path)) as old:
        for number in (3, 7):
            old.execute("INSERT INTO scores (id, version_id, model, kind, rights, p_refuted, flagged, reasons, outcome,"
                        " scored_at) VALUES (?, 1, ?, 'claim', '[]', 0.5, 0, '[]', 'to_check', '2025')",
                        [number, f"m{number}"])  # fmt: skip
            old.execute("INSERT INTO evidence (score_id, rank, eid, role, relation, p) VALUES (?, 0, 'a', 'party',"
                        " 'related', 0.5)", [number])  # fmt: skip
        before = old.execute("SELECT * FROM scores").fetchall()
        old.commit()
    with contextlib.closing(open_store(path)) as db:
        assert db.conn.execute("SELECT * FROM scores").fetchall() == before
        assert db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError):
            db.conn.execute("INSERT INTO evidence (score_id, rank, eid, role, relation, p) SELECT 9, 0, '', '', '', 0")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.conn.execute("UPDATE scores SET p_refuted = 1")
        db.rollback()
        row = scores.score_by_id(db, 7)
        assert scores.add_score(db, row, outcome="to_check") == 8
    assert copies.problems(path) == []


def test_what_people_wrote_before_loses_the_numbers_of_persons_at_an_upgrade(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m027_no_numbers_of_persons_in_what_people_wrote"))
    with contextlib.closing(sqlite3.connect(path)) as old:
        (case,) = old.execute("SELECT min(id) FROM cases").fetchone()
        old.execute("INSERT INTO decisions (case_id, person, at, action, note) VALUES (?, 'lan', '', 'reopen', ?)",
                    [case, "Hỏi chị Hoa 0901234567"])  # fmt: skip
        old.execute("INSERT INTO users (name, display, role, pseudonym, created_at) VALUES ('lan', '', 'lead', '', '')")
        old.execute("INSERT INTO drafts (person, case_id, fields, at) VALUES ('lan', ?, ?, '')",
                    [case, '{"note": ["a.b@mail.vn"], "evidence": ["desk:2026-11-25-90123456"]}'])  # fmt: skip
        old.commit()
    with contextlib.closing(open_store(path)) as db:
        assert db.conn.execute("SELECT note FROM decisions WHERE note <> ''").fetchall() == [
            ("Hỏi chị Hoa [số điện thoại]",)
        ]
        assert drafts.draft(db, "lan", case) == {"note": ["[thư điện tử]"], "evidence": ["desk:2026-11-25-90123456"]}
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.conn.execute("UPDATE decisions SET note = ''")
        db.rollback()


def test_ids_of_crawled_passages_lose_their_addresses_at_an_upgrade_wherever_they_are_named(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m031_ids_of_crawled_passages_hold_no_address"))
    there, gone = "https://b.example/ban-0912345678.html", "https://b.example/xoa-0912345678.html"
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.executemany("INSERT INTO passages (eid, kind, text, source, role, url, source_id, added_at)"
                        " VALUES (?, 'news', 'Có ba bến đò.', 'Sổ', 'primary', ?, ?, '')",
                        [(f"bao:{there}", there, "bao"), (f"bao:{gone}", "erased:x", "bao"),
                         ("so:1", "", "")])  # fmt: skip
        old.execute("INSERT INTO scores (id, version_id, model, kind, rights, p_refuted, flagged, reasons, outcome,"
                    " scored_at) VALUES (3, 1, 'm', 'claim', '[]', 0.5, 0, '[]', 'to_check', '2025')")  # fmt: skip
        for rank, eid in enumerate((f"bao:{there}", "so:1")):
            old.execute("INSERT INTO evidence (score_id, rank, eid, role, relation, p) VALUES (3, ?, ?, '', '', 0)",
                        [rank, eid])  # fmt: skip
        old.execute("INSERT INTO decision_evidence (decision_id, eid, role, rank) VALUES (1, ?, 'primary', 0)",
                    [f"bao:{gone}"])  # fmt: skip
        old.execute("INSERT INTO case_evidence (case_id, eid, person, at) VALUES (1, ?, 'lan', '')", [f"bao:{there}"])
        old.execute("INSERT INTO decisions (case_id, person, at, action, note) VALUES (1, 'soi', '', 'reopen', ?)",
                    [f"evidence_changed: bao:{there}"])  # fmt: skip
        old.execute("INSERT INTO users (name, display, role, pseudonym, created_at) VALUES ('lan', '', 'lead', '', '')")
        old.execute("INSERT INTO drafts (person, case_id, fields, at) VALUES ('lan', 1, ?, '')",
                    [json.dumps({"evidence": ["so:1", f"bao:{there}"]})])  # fmt: skip
        old.commit()
    first, second = (evidence.crawled_eid("bao", url) for url in (there, gone))
    with contextlib.closing(open_store(path)) as db:
        assert db.conn.execute("SELECT eid FROM passages ORDER BY id").fetchall() == [(first,), (second,), ("so:1",)]
        assert [row.eid for row in evidence.find_passages(db, "ba bến đò")] == [first, second, "so:1"]
        assert db.conn.execute("SELECT eid FROM evidence ORDER BY rank").fetchall() == [(first,), ("so:1",)]
        assert db.conn.execute("SELECT eid FROM decision_evidence").fetchall() == [(second,)]
        assert evidence.put_beside(db, first) == [(1, "lan")]
        assert decisions.history(db, 1)[-1].note == f"evidence_changed: {first}"
        assert drafts.draft(db, "lan", 1) == {"evidence": ["so:1", first]}
        for table, column in (("evidence", "eid"), ("decision_evidence", "eid"), ("decisions", "note")):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.conn.execute(f"UPDATE {table} SET {column} = ''")
        db.rollback()
    assert copies.problems(path) == []


def test_no_address_that_a_file_gave_as_an_id_outlives_its_erasure_after_an_upgrade(tmp_path):
    path, url = tmp_path / "soi.db", "https://b.example/ban-bi-bat.html"
    an_old_database(path, NAMES.index("m040_ids_of_imported_passages_hold_no_address"))
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.executemany("INSERT INTO passages (eid, kind, text, source, role, url, source_id, added_at)"
                        " VALUES (?, 'news', 'Có ba bến đò.', 'Sổ', 'primary', ?, '', '2025-01-02')",
                        [(url, url), (f"bao {url}#2", url), ("so:1", "")])  # fmt: skip
        old.execute("INSERT INTO decision_evidence (decision_id, eid, role, rank) VALUES (1, ?, 'primary', 0)", [url])
        old.execute("INSERT INTO decisions (case_id, person, at, action, note) VALUES (1, 'soi', '', 'reopen', ?)",
                    [f"evidence_changed: {url}"])  # fmt: skip
        old.commit()
    with contextlib.closing(open_store(path)) as db:
        first, second, third = db.conn.execute("SELECT eid, worded_at, added_at FROM passages ORDER BY id").fetchall()
        assert (second[0].startswith("bao "), third) == (True, ("so:1", "", "2025-01-02"))
        assert first[1] == second[1] == "2025-01-02" < min(first[2], second[2])  # so that the index is made anew
        assert decisions.history(db, 1)[-1].note == f"evidence_changed: {first[0]}"
        assert db.conn.execute("SELECT eid FROM decision_evidence").fetchall() == [first[:1]]
        erasure.erase(db, url, person="an", reason="chủ bài yêu cầu")
        assert "ban-bi-bat" not in "".join(db.conn.iterdump())
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.conn.execute("UPDATE decision_evidence SET eid = ''")
        db.rollback()
    assert copies.problems(path) == []


def test_passages_of_before_are_still_found_and_new_ones_are_indexed_once(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m038_a_new_passage_is_indexed_once"))
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.execute("INSERT INTO passages (eid, kind, text, source, role, url, source_id, added_at)"
                    " VALUES ('so:1', 'news', 'Có ba bến đò.', 'Sổ', 'primary', '', '', '')")  # fmt: skip
        old.commit()
    with contextlib.closing(open_store(path)) as db:
        by_triggers = []  # what is written within a statement, and by which

        def written(action: int, table: str | None, _: object, __: object, trigger: str | None) -> int:
            if (action, table) == (sqlite3.SQLITE_INSERT, "passages_fts"):
                by_triggers.append(trigger)
            return sqlite3.SQLITE_OK

        db.conn.set_authorizer(written)
        evidence.put_passages(db, [PassageRow("so:2", "Có bốn bến đò.", "Sổ", "primary")])
        db.conn.set_authorizer(None)
        assert by_triggers == [None]
        assert [row.eid for row in evidence.find_passages(db, "bến đò")] == ["so:1", "so:2"]
        evidence.put_passages(db, [PassageRow("so:2", "Có bốn con đập.", "Sổ", "primary")])
        assert [row.eid for row in evidence.find_passages(db, "bến đò")] == ["so:1"]
        assert [row.eid for row in evidence.find_passages(db, "con đập")] == ["so:2"]
    assert copies.problems(path) == []


def test_passages_of_before_are_found_by_their_source_after_an_upgrade_and_by_what_people_said_of_others(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m005_evidence_that_people_add") + 1)
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.executemany("INSERT INTO passages (eid, kind, text, source, role, url, source_id, added_at)"
                        " VALUES (?, 'law', 'Không ai bị giam quá hạn.', ?, 'primary', '', '', '')",
                        [("so:1", 'Bộ luật "Bến Đò", Điều 118'), ("so:2", "—")])  # fmt: skip
        old.commit()
    before = NAMES.index("m046_passages_of_before_are_found_by_their_source")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_migrations", migrations._migrations[:before])
        with contextlib.closing(open_store(path)) as db:
            known = PassageRow("so:3", "Có ba con đập.", "Bộ luật Bến Đò, Điều 118", "primary", kind="law")
            evidence.put_passages(db, [known], said={"so:3": "thủy điện"})
            assert [row.eid for row in evidence.find_passages(db, "Bến Đò điều 118")] == ["so:3"]
            evidence.put_passages(db, [PassageRow("so:4", "Cấm đò dọc \U0001f921.", "Bến Đò, Điều 118", "primary")])
            evidence.put_passages(db, [PassageRow("so:5", "Cấm đò ngang.", "Sổ", "primary")])
            # before sources were indexed, without and with what people said
            for eid, text in (("so:4", "cam do doc \U0001f921"), ("so:5", "cam do ngang thuyen be")):
                (n,) = db.conn.execute("SELECT id FROM passages WHERE eid = ?", [eid]).fetchone()
                db.conn.execute("DELETE FROM passages_fts WHERE rowid = ?", [n])
                db.conn.execute("INSERT INTO passages_fts (rowid, title, text) VALUES (?, '', ?)", [n, text])
            db.conn.commit()
    with contextlib.closing(open_store(path)) as db:
        assert {row.eid for row in evidence.find_passages(db, "Bến Đò điều 118")} == {"so:1", "so:3", "so:4"}
        assert {row.eid for row in evidence.find_passages(db, "giam quá hạn")} == {"so:1", "so:2"}
        assert [row.eid for row in evidence.find_passages(db, "thủy điện")] == ["so:3"]
        assert [row.eid for row in evidence.find_passages(db, "thuyền bè")] == ["so:5"]
    assert copies.problems(path) == []


def test_what_is_no_claim_loses_its_chance_of_being_false_at_an_upgrade_and_stands_as_it_is_worked_out(tmp_path):
    path = tmp_path / "soi.db"
    told = (("testimony", 0.1, 1), ("claim", 0.1, 2), ("testimony", 0.9, 3), ("claim", 0.1, 3))  # the last two together
    with contextlib.closing(open_store(path)) as db:
        for number, (kind, p, case) in enumerate(told, 1):
            posts.take_post(db, NewPost("bao", f"https://bao.example/{number}", f"Bài số {number}."))
            row = ScoreRow(number, "m1", kind, ("CRC",), p, False, (), f"Bài số {number}")
            score = scores.add_score(db, row, outcome="x")
            if number > case:
                cases.join_case(db, case, number)
            else:
                cases.open_case(db, number, claim=f"Bài số {number}", score_id=score)
        with db.atomic():  # as an earlier Soi worked it out
            db.conn.execute("UPDATE standings SET priority = 0.1, p_refuted = 0.1, slot = 'number'")
            db.conn.execute("UPDATE standings SET priority = 1, p_refuted = 0.9 WHERE case_id = 3")
            not_run(db, "m047_what_is_no_claim_has_no_chance_of_being_false")

    def standing(db: Database) -> list[tuple[object, ...]]:
        return db.conn.execute("SELECT p_refuted, slot, priority FROM standings ORDER BY case_id").fetchall()

    with contextlib.closing(open_store(path)) as db:
        assert standing(db) == [(0.0, "", 0.0), (0.1, "number", 0.1), (0.1, "", 0.2)]
        for number in (1, 3):
            cases.refresh(db, number)
        assert standing(db) == [(0.0, "", 0.0), (0.1, "number", 0.1), (0.1, "", 0.2)]


def test_a_verdict_that_two_people_read_stands_since_the_second_did_after_an_upgrade(tmp_path):
    path = tmp_path / "soi.db"
    standing = "SELECT case_id, state, verdict, since, judged_at FROM standings ORDER BY case_id"
    with contextlib.closing(open_store(path)) as db:
        read_by_two(db)
        with db.atomic():  # as an earlier Soi worked it out
            db.conn.execute("UPDATE standings SET since = judged_at WHERE judged_at <> ''")
            db.conn.execute("DROP INDEX standings_judged")
            db.conn.execute("ALTER TABLE standings DROP COLUMN judged_at")
            not_run(db, "m050_a_verdict_that_two_people_read_stands_since_the_second_did")
    with contextlib.closing(open_store(path)) as db:
        found = db.conn.execute(standing).fetchall()
        for case_id, *_ in found:
            cases.refresh(db, case_id)
        assert len(found) == len(READ_BY_TWO)
        assert db.conn.execute(standing).fetchall() == found


def test_a_hidden_mark_within_a_word_of_before_hides_it_from_no_search_after_an_upgrade(tmp_path):
    path = tmp_path / "soi.db"
    name = "m052_no_invisible_mark_hides_a_word_of_before_from_a_search"
    with contextlib.closing(open_store(path)) as db:
        texts = {"a": "Xã mở trư\u00adờng học.", "b": "Xã mở trường học.", "c": "Ấp có tr\u200bạm y tế."}
        for at, text in texts.items():
            posts.take_post(db, NewPost("bao", f"https://bao.example/{at}", text))
        case_id = cases.open_case(db, 1, claim=texts["a"], score_id=None)
        posts.mark_gone(db, "https://bao.example/c")
        put = [PassageRow(f"so:{at}", text, "Sổ t\u00aday", "primary") for at, text in texts.items()]
        evidence.put_passages(db, put, said={"so:c": "ngôi nhà trắng"})
        for table, kept in (  # as they were indexed before
            ("versions_fts (rowid, title, text)", "SELECT id, title, text FROM versions"),
            ("claims_fts (rowid, claim)", "SELECT id, claim FROM cases"),
            ("passages_fts (rowid, title, text)", "SELECT id, title || char(10) || source,"
             " text || iif(eid = 'so:c', char(10) || 'ngôi nhà trắng', '') FROM passages"),
        ):  # fmt: skip
            for number, *words in db.conn.execute(kept).fetchall():
                db.conn.execute(f"DELETE FROM {table.split()[0]} WHERE rowid = ?", [number])
                db.conn.execute(f"INSERT INTO {table} VALUES (?{', ?' * len(words)})", [number, *map(fold, words)])
        assert list(searching.search(db, "trường học")) == [2]
        not_run(db, name)
        db.conn.commit()
    with contextlib.closing(open_store(path)) as db:
        assert sorted(searching.search(db, "trường học")) == [1, 2]
        assert list(searching.search(db, "trạm y tế")) == [3]
        assert cases.worded_like(db, "trường", testimony=False) == [(case_id, texts["a"], "new")]
        assert {row.eid for row in evidence.find_passages(db, "trường học sổ tay")} == {"so:a", "so:b"}
        assert [row.eid for row in evidence.find_passages(db, "ngôi nhà trắng")] == ["so:c"]
    assert copies.problems(path) == []


def test_no_digest_of_what_was_erased_before_is_left_by_an_upgrade(tmp_path):
    path = tmp_path / "soi.db"
    with contextlib.closing(open_store(path)) as db:
        for n in (1, 2):
            posts.take_post(db, NewPost("bao", f"https://bao.example/{n}", f"Tôi bị giữ {n} ngày."))
            cases.open_case(db, n, claim=f"Tôi bị giữ {n} ngày.", score_id=None)
            decisions.decide(db, NewDecision(n, "an", Verdict.TESTIMONY, "own_experience"))
        db.conn.execute("UPDATE posts SET url = 'erased:' || hex(id) WHERE id = 1")  # as an erasure left it before
        db.conn.execute("UPDATE versions SET title = '', text = '', let_go = seen_at WHERE post_id = 1")
        before = db.conn.execute("SELECT digest FROM versions ORDER BY id").fetchall()
        not_run(db, "m056_no_digest_tells_what_an_erased_post_said")
        db.conn.commit()
    with contextlib.closing(open_store(path)) as db:
        after = db.conn.execute("SELECT digest FROM versions ORDER BY id").fetchall()
        assert (after[0] != before[0], after[1:]) == (True, before[1:])
        asked = "SELECT decision_id, salt = '' FROM decision_words WHERE what GLOB 'posts *' ORDER BY 1"
        assert db.conn.execute(asked).fetchall() == [(1, 1), (2, 0)]
        assert [(row["person"], row["action"]) for row in audit.entries(db)] == [("soi", audit.WORDS_ERASED)]
        assert "posts" not in [what for _, what in audit.check(db).words]


def test_what_fact_checks_said_before_loses_the_numbers_of_persons_at_an_upgrade(tmp_path):
    path, said = tmp_path / "soi.db", {1: "Sai, gọi 0912 345 678", 2: "Sai"}
    with contextlib.closing(open_store(path)) as db:
        for n, rating in said.items():
            posts.take_post(db, NewPost("bao", f"https://bao.example/{n}", "Xã thu 2 khoản phí."))
            factchecks.take(db, FactCheckRow("kc", f"https://kc.example/{n}", "Xã thu phí.", "Sai", "false"))
            publisher = "Nhóm, soat.tin@example.com"
            db.conn.execute("UPDATE factchecks SET rating = ?, publisher = ? WHERE id = ?", [rating, publisher, n])
            case_id = cases.open_case(db, n, claim="Xã thu phí.", score_id=None)
            decisions.decide(
                db, NewDecision(case_id, "an", Verdict.FALSE, "repeats_refuted", evidence=(f"factcheck:{n}",))
            )
        not_run(db, "m060_no_numbers_of_persons_in_what_a_fact_check_says")
        db.conn.commit()
    with contextlib.closing(open_store(path)) as db:
        kept = db.conn.execute("SELECT rating, publisher FROM factchecks ORDER BY id").fetchall()
        assert kept == [("Sai, gọi [số điện thoại]", "Nhóm, [thư điện tử]"), ("Sai", "Nhóm, [thư điện tử]")]
        asked = "SELECT decision_id, salt = '' FROM decision_words WHERE what GLOB 'evidence *' ORDER BY 1"
        assert db.conn.execute(asked).fetchall() == [(1, 1), (2, 0)]
        assert audit.check(db).words == ()


def test_addresses_that_people_wrote_lose_the_numbers_of_persons_at_an_upgrade(tmp_path):
    path, kept = tmp_path / "soi.db", "https://b.example/post4912345678.html"
    an_old_database(path, NAMES.index("m029_no_numbers_of_persons_in_addresses_people_wrote"))
    with contextlib.closing(sqlite3.connect(path)) as old:
        (case,) = old.execute("SELECT min(id) FROM cases").fetchone()
        old.executemany("INSERT INTO passages (eid, kind, text, source, role, url, source_id, added_at)"
                        " VALUES (?, 'news', 'Có ba bến đò.', 'Sổ', 'primary', ?, ?, '')",
                        [("desk:1", "https://zalo.me/0912345678", ""), ("desk:2", kept, ""),
                         ("bao:1", "https://b.example/ban-0912345678.html", "bao")])  # fmt: skip
        old.execute("INSERT INTO users (name, display, role, pseudonym, created_at) VALUES ('lan', '', 'lead', '', '')")
        old.execute("INSERT INTO drafts (person, case_id, fields, at) VALUES ('lan', ?, ?, '')",
                    [case, '{"text": ["Có"], "url": ["https://zalo.me/0912345678"]}'])  # fmt: skip
        old.commit()
    with contextlib.closing(open_store(path)) as db:
        urls = dict(db.conn.execute("SELECT eid, url FROM passages WHERE text = 'Có ba bến đò.'").fetchall())
        # what was crawled is known by its address
        assert urls == {"desk:1": "", "desk:2": kept, "bao:1": "https://b.example/ban-0912345678.html"}
        assert drafts.drafted(db, "lan", case) == {"text": "Có"}


def test_forum_posts_take_the_number_of_their_thread_at_an_upgrade_and_none_comes_twice(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m022_forum_posts_go_by_the_number_of_their_thread"))
    shown = [
        ("voz", "https://voz.example/t/ten.cu.7/post-11", "https://voz.example/t/7/post-11", 2),
        ("voz", "https://voz.example/t/ten-moi.7/post-11", "", 0),
        ("voz", "https://voz.example/threads/8/post-12", "https://voz.example/threads/8/post-12", 0),
        (
            "vb",
            "https://vb.example/showthread.php?12-ten=&p=5#post5",
            "https://vb.example/showthread.php?12=&p=5#post5",
            0,
        ),
        ("vb", "https://vb.example/2019-tin/13-ten?p=6#post6", "https://vb.example/2019-tin/13?p=6#post6", 1),
        (
            "vb",
            "https://vb.example/showthread.php?t=14&p=7#post7",
            "https://vb.example/showthread.php?t=14&p=7#post7",
            0,
        ),
        ("bao", "https://bao.example/bai-a.7/post-11", "https://bao.example/bai-a.7/post-11", 0),
    ]
    with contextlib.closing(sqlite3.connect(path)) as old:
        for name, kind in (("voz", "forum"), ("vb", "forum"), ("bao", "feed")):
            old.execute("INSERT INTO sources (id, name, kind, url, use, role) VALUES (?, '', ?, '', 'watch', 'party')",
                        [name, kind])  # fmt: skip
        for n, (source, url, _, missed) in enumerate(shown, start=10):
            old.execute("INSERT INTO posts (id, source_id, url, first_seen) VALUES (?, ?, ?, '')", [n, source, url])
            old.execute("INSERT INTO sightings (url, page_url, missed) VALUES (?, ?, ?)", [url, f"page {n}", missed])
        old.commit()
    with contextlib.closing(open_store(path)) as db:
        kept = [url for (url,) in db.conn.execute("SELECT url FROM posts WHERE id >= 10 ORDER BY id")]
        assert kept == [after or before for _, before, after, _ in shown]
        seen = {url: tuple(rest) for url, *rest in db.conn.execute("SELECT url, page_url, missed FROM sightings")}
    assert seen.pop("https://voz.example/t/7/post-11") == ("page 11", 0)
    assert {url: missed for url, (_, missed) in seen.items()} == {after: missed for *_, after, missed in shown[2:]}


def test_an_empty_database_is_not_copied_before_an_upgrade(tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_migrations", migrations._migrations[:2])
        open_store(tmp_path / "soi.db").close()
    open_store(tmp_path / "soi.db").close()
    assert not list(tmp_path.glob("*.before-*"))


def test_whoever_went_back_and_upgrades_again_has_a_copy_of_what_came_between(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, 3)
    first = tmp_path / f"soi.db.before-{NAMES[3]}"
    second = first.with_name(f"{first.name}-2")
    open_store(path).close()
    shutil.copyfile(first, path)
    with contextlib.closing(sqlite3.connect(path)) as back:
        back.execute("INSERT INTO posts (source_id, url, first_seen) VALUES ('bao', 'https://bao.example/3', '2025')")
        back.commit()
    for _ in range(2):  # the second time nothing came between
        open_store(path).close()
        with contextlib.closing(sqlite3.connect(first)) as one, contextlib.closing(sqlite3.connect(second)) as other:
            held = [db.execute("SELECT count(*) FROM posts").fetchone() for db in (one, other)]
        assert held == [(2,), (3,)]
        assert set(tmp_path.glob("*.before-*")) == {first, second}
        shutil.copyfile(second, path)
    assert copies.problems(second) == []


def test_an_upgrade_that_is_tried_again_makes_no_second_copy_where_one_holds_the_same(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m044_what_earlier_ones_were_given_after_homes_had_run_them"))
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.executescript("DROP VIEW labels; CREATE TABLE labels (at)")  # the migration breaks off at it
        for n in (3, 4):
            with pytest.raises(StoreError, match="labels"):
                open_store(path)
            made, changed = set(tmp_path.glob("*.before-*")), tmp_path.stat().st_mtime_ns
            with pytest.raises(StoreError, match="labels"):
                open_store(path)
            assert tmp_path.stat().st_mtime_ns == changed, "no file was made, nor taken away"
            other.execute("INSERT INTO posts (source_id, url, first_seen) VALUES ('bao', ?, '2025')", [f"b{n}"])
            other.commit()
        assert len(made) == 2
    assert [copies.problems(copy) for copy in made] == [[], []]


def test_an_upgrade_that_breaks_off_leaves_the_store_to_the_soi_that_made_it_and_one_copy(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, 3)
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.executescript("DROP VIEW labels; CREATE TABLE labels (at)")  # a later migration breaks off at it
    for _ in range(2):
        with pytest.raises(StoreError, match="labels"):
            open_store(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_migrations", migrations._migrations[:3])
        with contextlib.closing(open_store(path)) as earlier:
            assert copies.schema_of(earlier) == NAMES[:3]
    (kept,) = tmp_path.glob("*.before-*")
    assert copies.problems(kept) == []


def test_no_schema_is_changed_under_the_soi_run_of_an_earlier_soi_and_what_an_upgrade_did_is_told(tmp_path, caplog):
    home = Home(tmp_path)
    an_old_database(home.database, 3)
    held = "import sys; from pathlib import Path; from pipeline.home import Home; from pipeline.locks import alone\n"
    held += "with alone(Home(Path(sys.argv[1])), 'run'): print(flush=True); sys.stdin.read()"
    words = [sys.executable, "-c", held, str(tmp_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as earlier:
        assert earlier.stdout.readline()
        for way in (open_store, open_to_read):
            with pytest.raises(StoreError, match=f"soi run` is at work here.*kill {earlier.pid}"):
                way(home.database)
        home.settings_file.touch()
        another = [sys.executable, "-m", "soi", "run", "--home", str(tmp_path)]
        said = subprocess.run(another, capture_output=True, text=True, check=False)
        assert (said.returncode, "`soi run` is at work in" in said.stderr) == (75, True)
        with contextlib.closing(sqlite3.connect(home.database)) as db:
            assert copies.schema_of(Database(db)) == NAMES[:3]
        assert not list(home.database.parent.glob("*.before-*"))
        earlier.communicate()
    open_store(home.database).close()
    (kept,) = home.database.parent.glob("*.before-*")
    told = f"soi.db was brought up to date, from schema m003 to {newest_schema()}; as it was: {kept}"
    assert [record.getMessage() for record in caplog.records] == [told]


def test_no_schema_is_changed_under_a_desk_or_a_scoring_of_an_earlier_soi(tmp_path):
    home = Home(tmp_path)
    an_old_database(home.database, 3)
    held = "import sys; from pathlib import Path; from pipeline.home import Home; from pipeline.locks import at_work\n"
    held += "with at_work(Home(Path(sys.argv[1]))): print(flush=True); sys.stdin.read()"
    words = [sys.executable, "-c", held, str(tmp_path)]
    with (
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as desk,
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as scoring,
        at_work(home),  # itself is no other
    ):
        assert desk.stdout.readline()
        assert scoring.stdout.readline()
        both = " ".join(map(str, sorted((desk.pid, scoring.pid))))
        for way in (open_store, open_to_read):
            with pytest.raises(StoreError, match=f"schema of an earlier Soi, of which.*`kill {both}`"):
                way(home.database)
        with contextlib.closing(sqlite3.connect(home.database)) as db:
            assert copies.schema_of(Database(db)) == NAMES[:3]
        for earlier in (desk, scoring):
            earlier.communicate()
        open_store(home.database).close()


def test_a_copy_that_can_not_be_read_is_no_copy_and_stays(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, 3)
    damaged = tmp_path / f"soi.db.before-{NAMES[3]}"
    damaged.write_bytes(b"no database" * 99)
    open_store(path).close()
    assert damaged.read_bytes() == b"no database" * 99
    assert copies.problems(damaged.with_name(f"{damaged.name}-2")) == []


def test_half_a_copy_of_a_killed_upgrade_is_cleared_away(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, 3)
    old, young = (tmp_path / f"soi.db.before-{NAMES[3]}.{pid}" for pid in (11, 22))
    for half in (old, young):
        half.write_bytes(b"half")
    os.utime(old, (0, 0))
    open_store(path).close()
    assert [half.exists() for half in (old, young)] == [False, True]
    assert copies.problems(tmp_path / f"soi.db.before-{NAMES[3]}") == []


def test_what_readers_were_told_before_is_searched(tmp_path):
    path = tmp_path / "soi.db"
    an_old_database(path, NAMES.index("m058_what_readers_are_told_of_a_case_is_searched"))
    old = sqlite3.connect(path)
    old.execute(
        "INSERT INTO decisions (case_id, person, at, action, verdict, reason, wording, explanation)"
        " VALUES (1, 'an', '2025-01-04', 'decide', 'opinion', 'view', 'Đò ngang', 'Vì nghỉ.')"
    )
    old.commit()
    old.close()
    db = open_store(path)
    found = "SELECT rowid FROM told_fts WHERE told_fts MATCH ?"
    number = db.conn.execute("SELECT max(id) FROM decisions").fetchone()
    assert [db.conn.execute(found, [words]).fetchall() for words in ('"do ngang"', "nghi", "khac")] == [
        [number]
    ] * 2 + [[]]
