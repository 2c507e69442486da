"""Evidence from files: what is refused at the door, what one bad row may not do, and how passages are taken back."""

import json
import re
from contextlib import closing
from dataclasses import replace

import pytest
import structlog
from filled import LAW, NEWS, typed
from ours import model

from classifier.errors import BadEvidence
from classifier.evidence.facts import only_reworded, shipped_passages
from classifier.scoring import Item, score
from pipeline import indexing
from pipeline.indexing import open_index
from pipeline.operations.doctor import examine
from pipeline.records import NewDecision, NewPost, PassageRow, Verdict
from pipeline.registry import live_model
from pipeline.settings import DeskSettings
from pipeline.store import audit, cases, decisions, evidence, fetches, labels, open_store, pieces, posts, shippedfacts
from pipeline.store.erasure import TAKEN_BACK, erase, remove_evidence
from soi.facts import import_facts, import_files, read_passages

GOOD = {"eid": "so:1", "text": "Xã Hoa Ban có hai trường học.", "date": "2025-11-30"}


def file_of(tmp_path, *rows: object):
    path = tmp_path / "xa.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": "ngày hôm qua"}, '"date" must be a day'),
        ({"date": "2025"}, '"date" must be a day'),
        ({"date": "01/02/2025"}, '"date" must be a day'),
        ({"date": "2025-13-45"}, '"date" must be a day'),
        ({"date": "20251130"}, '"date" must be a day'),
        ({"date": 20251130}, '"date" must be a text'),
        ({"date": 0}, '"date" must be a text'),
        ({"valid_from": "2025-1-1"}, '"valid_from" must be a day'),
        ({"valid_to": "mãi mãi"}, '"valid_to" must be a day'),
        ({"valid_from": "2025-02-01", "valid_to": "2025-01-01"}, "is before"),
        ({"eid": " "}, '"eid" is empty'),
        ({"eid": 3}, '"eid" must be a text'),
        ({"eid": "so:\ud800"}, "whole characters"),
        ({"text": ""}, '"text" is empty'),
        ({"text": "x\ud800"}, "whole characters"),
        ({"source": ["a"]}, '"source" must be a text'),
        ({"role": "gov"}, "role must be"),
        ({"kind": "banana"}, '"kind" must be one of fact, law, news, not "banana"'),
        ({"kind": "factcheck"}, "a factcheck's text is the claim over again and no evidence of it; name a"),
        ({"kind": "decision"}, "a decision's text is the claim over again"),
        ({"kind": "withdrawn"}, '"kind" must be one of'),
        ({"Role": "primary"}, 'there is no "Role"; did you mean "role"?'),
        ({"sources": "Sổ"}, 'there is no "sources"; did you mean "source"?'),
        ({"knid": "news"}, 'there is no "knid"; did you mean "kind"?'),
        ({"valid_t": "2021-01-01"}, 'there is no "valid_t"; did you mean "valid_to"?'),
    ],
)
def test_a_line_that_is_no_passage_is_named_with_its_fault(tmp_path, change, said):
    path = file_of(tmp_path, GOOD, "", GOOD | change)
    with pytest.raises(BadEvidence, match=f"^xa.jsonl, line 3: .*{re.escape(said)}"):
        list(read_passages(path))


@pytest.mark.parametrize("held", ["", "\n \n"])
def test_a_file_without_a_passage_is_told_as_that_and_nothing_is_written(home, tmp_path, held):
    empty = tmp_path / "rong.jsonl"
    empty.write_text(held, encoding="utf-8")
    refused = typed(home, "evidence", "import", file_of(tmp_path, GOOD), empty)
    assert str(refused.exception) == (
        'rong.jsonl holds no line; each passage is a JSON object with "eid" and "text" on a line.'
    )
    with closing(open_store(home.database)) as db:
        assert evidence.passage(db, GOOD["eid"]) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"url": "so-xa"}, '"url" starts with https://'),
        ({"url": "https:///so-xa"}, '"url" starts with https://'),
        ({"url": " https://xa.example"}, '"url" starts with https://'),
        (
            {"url": "https://zalo.me/0912345678"},
            '"url" leads to a person (by a number, e-mail or page of theirs)',
        ),
        ({"text": "Xã Hoa Ban có ba trường học."}, '"so:1" has another text in an earlier line'),
    ],
)
def test_what_only_the_store_must_not_hold_is_refused_at_import_alone(home, tmp_path, change, said):
    path = file_of(tmp_path, GOOD, "", GOOD | change)
    assert f"xa.jsonl, line 3: {said}" in str(typed(home, "evidence", "import", path).exception)
    assert evidence.passage(open_store(home.database), "so:1") is None
    assert [getattr(list(read_passages(path))[-1], name) for name in change] == [*change.values()]


def test_an_address_in_capitals_comes_in_as_pages_link_it(home, tmp_path):
    path = file_of(tmp_path, GOOD | {"url": "HTTPS://xa.example/So"})
    assert typed(home, "evidence", "import", path).exit_code == 0
    assert evidence.passage(open_store(home.database), "so:1").url == "https://xa.example/So"


@pytest.mark.parametrize(
    "spelled", ["https://xa.example/so", "http://xa.example/so/", "https://xa.example/so?utm_source=x"]
)
def test_what_was_erased_is_not_imported_again(home, tmp_path, spelled):
    erase(open_store(home.database), "https://xa.example/so", person="an", reason="theo yêu cầu")
    path = file_of(tmp_path, GOOD | {"eid": "so:2"}, GOOD | {"url": spelled})
    said = str(typed(home, "evidence", "import", path).exception)
    assert said == 'xa.jsonl, line 2: "url" was erased on request, and isn\'t taken in again; leave the line out.'
    assert evidence.passage(open_store(home.database), "so:2") is None
    path = file_of(tmp_path, GOOD | {"url": "https://xa.example/so-khac"})
    assert typed(home, "evidence", "import", path).exit_code == 0


def test_what_the_desk_published_itself_comes_in_as_a_partys_word_alone(home, tmp_path):
    with (home.root / "soi.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[desk]\npublish_url = "https://song.example/bai/"\npublisher = "Bàn Sông"\n')
    own = GOOD | {"url": "http://www.song.example/bai/4"}
    for told in (own, GOOD | {"url": "", "source": "bàn  sông"}):
        refused = typed(home, "evidence", "import", file_of(tmp_path, told | {"role": "independent"}))
        assert "this is this desk's own word" in str(refused.exception)
    assert typed(home, "evidence", "import", file_of(tmp_path, own | {"role": "party"})).exit_code == 0
    assert evidence.passage(open_store(home.database), "so:1").role == "party"


def test_what_people_took_in_under_the_desks_own_name_is_a_partys_while_that_is_its_name(db):
    crawled = PassageRow("bao:1", "Bàn Sông nói khác.", "Bàn Sông", "independent", source_id="bao")
    rows = [
        PassageRow("desk:1", "Không đúng.", "bàn  sông", "independent"),
        replace(crawled, url="https://bao.example/1"),
    ]
    evidence.put_passages(db, rows)
    posts.take_post(db, NewPost("bao", "https://bao.example/2", "Xã cấm trẻ đi học."))
    cases.open_case(db, 1, claim="Xã cấm trẻ đi học", score_id=None)
    decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "fabricated", ("desk:1",)))
    desk = DeskSettings(publisher="Bàn Sông", publish_url="https://song.example/bai")

    def stands() -> list[str]:
        return [evidence.passage(db, eid).role for eid in ("desk:1", "bao:1")] + [cases.case(db, 1).state]

    for own, told in ((DeskSettings(), "decided"), (desk, "reopened"), (DeskSettings(), "reopened")):
        fetches.put_sources(db, [], own=own)
        assert stands() == ["party" if own is desk else "independent", "independent", told]


def test_the_desks_own_word_is_known_in_any_spelling_of_its_name_and_address_and_others_are_not(db):
    own = [("desk:1", "BÀN  Bến Đò 100%", ""), ("desk:2", "Sổ", "HTTPS://www.Song.example:443/b\u00e0i/1")]
    others = [
        ("desk:3", "Bàn Bến Đò 100% khác", ""),
        ("desk:4", "Bàn Bên Đò 100%", ""),
        ("desk:5", "", "https://song.example/"),
    ]
    for eid, source, url in own + others:
        evidence.put_passages(db, [PassageRow(eid, "Không đúng.", source, "independent", url=url)])
    desk = DeskSettings(publisher=" bàn bến đò 100%", publish_url="https://song.example/b\u00e0i")
    fetches.put_sources(db, [], own=desk)
    roles = {eid: evidence.passage(db, eid).role for eid, *_ in own + others}
    assert {eid for eid, role in roles.items() if role == "party"} == {"desk:1", "desk:2"}


def test_a_crawl_reads_no_passage_that_cannot_be_the_desks_own(db):
    asked: list[str] = []
    evidence.put_passages(db, [PassageRow("so:1", "Có ba bến đò.", "Sổ", "primary")])
    db.conn.set_trace_callback(asked.append)
    fetches.put_sources(db, [], own=DeskSettings(publisher="Bàn Sông", publish_url="https://song.example/bai"))
    db.conn.set_trace_callback(None)
    plans = [db.conn.execute(f"EXPLAIN QUERY PLAN {one}").fetchall() for one in asked if "FROM passages" in one]
    steps = [step for plan in plans for *_, step in plan if step.startswith(("SCAN passages", "SCAN p "))]
    assert steps
    assert all("INDEX" in step for step in steps), steps


def test_a_misspelt_text_is_named_before_it_is_missed(tmp_path):
    with pytest.raises(BadEvidence, match='there is no "txt"; did you mean "text"'):
        list(read_passages(file_of(tmp_path, {"eid": "so:1", "txt": GOOD["text"]})))


@pytest.mark.parametrize("line", ["{", "[" * 100_000, "[1]", '{"eid": "a"}'])
def test_a_line_that_is_no_object_is_named(tmp_path, line):
    with pytest.raises(BadEvidence, match=r"^xa.jsonl, line 2: "):
        list(read_passages(file_of(tmp_path, GOOD, line)))


def test_whole_passages_are_read_with_a_mark_at_the_beginning_or_none_and_are_a_partys_unless_they_say(tmp_path):
    path = file_of(tmp_path, GOOD | {"valid_from": "2025-11-30T08:00:00Z", "source": None})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    (passage,) = read_passages(path)
    assert passage == PassageRow(
        "so:1", GOOD["text"], "", "party", "", date="2025-11-30", valid_from="2025-11-30T08:00:00Z"
    )


def test_a_passage_comes_with_its_address_and_what_else_a_file_tells_is_passed_over(home, tmp_path):
    more = {
        "url": "https://so-xa.example/1",
        "title": "Sổ xã",
        "source": "Sổ",
        "source_url": "x",
        "lang": "vi",
        "curl": "",
    }
    more |= {"dataset": "a", "updated": "b", "valid": "c"}
    assert typed(home, "evidence", "import", file_of(tmp_path, GOOD, GOOD | more)).exit_code == 0
    kept = evidence.passage(open_store(home.database), "so:1")
    assert kept is not None
    assert (kept.url, kept.reading) == ("https://so-xa.example/1", GOOD["text"])


def test_no_file_is_kept_where_one_behind_it_is_refused(home, tmp_path):
    good = file_of(tmp_path, GOOD | {"role": "party"})
    bad, none = tmp_path / "hong.jsonl", tmp_path / "khong-co.jsonl"
    bad.write_text("{", encoding="utf-8")
    for behind in (bad, none):
        assert behind.name in str(typed(home, "evidence", "import", good, behind).exception)
        assert {row.eid for row in evidence.passages(open_store(home.database))} == {NEWS.eid, LAW.eid}
    shown = typed(home, "evidence", "import", good, good).output.split()
    assert shown[-6:] == ["xa.jsonl", "1", "0", "xa.jsonl", "0", "0"]


RULE = "Người đủ 16 tuổi trở lên được tự mình nộp đơn khiếu nại quyết định hành chính."
OF_RULE = [f"Người {age} tuổi được tự mình nộp đơn khiếu nại quyết định hành chính." for age in (20, 12)]


@pytest.mark.parametrize(("source", "kind"), [("Quy chế xã Hoa Ban", "fact"), ("Quy chế xã Hoa Ban, Điều 4", "law")])
def test_a_primary_passage_without_a_kind_is_a_rule_whose_cases_do_not_contradict_it(home, tmp_path, source, kind):
    path = file_of(tmp_path, GOOD | {"text": RULE, "role": "primary", "source": source})
    assert typed(home, "evidence", "import", path).exit_code == 0
    row = evidence.passage(open_store(home.database), "so:1")
    assert (row.kind, row.text) == (kind, RULE)
    index = indexing.build_index([indexing.passage_of(row)], model())
    said = list(score(model(), [Item(str(n), text, "2025-12-01") for n, text in enumerate(OF_RULE)], index=index))
    assert [one.flagged for one in said] == [False, True]
    assert [one.evidence[0].relation for one in said] == ["related", "contradicts"]


@pytest.mark.parametrize(
    ("told", "kind", "kept"),
    [
        ({}, "", False),
        ({"role": "independent"}, "", False),
        ({"role": "primary"}, "law", False),
        ({"role": "primary", "kind": "news"}, "news", False),
        ({"role": "primary", "kind": "law"}, "law", True),
    ],
)
def test_only_what_is_told_to_be_law_keeps_all_its_numbers(home, tmp_path, told, kind, kept):
    said = {"text": "Gọi 0912 345 678 để khiếu nại.", "source": "Quy chế xã Hoa Ban, Điều 4"}
    assert typed(home, "evidence", "import", file_of(tmp_path, GOOD | said | told)).exit_code == 0
    row = evidence.passage(open_store(home.database), "so:1")
    assert (row.kind, "0912" in row.text) == (kind, kept)


def test_passages_without_a_role_are_counted_once_as_they_are_imported_and_as_they_are_given_to_a_pipe(home, tmp_path):
    path = file_of(tmp_path, GOOD, GOOD | {"eid": "so:2", "role": "primary"}, GOOD | {"eid": "so:3", "role": ""})
    told = "xa.jsonl: 2 of 3 passages have no role and are a party's, which settles nothing;"
    assert typed(home, "evidence", "import", path).stdout.count(told) == 1
    done = typed(home, "score", "--stdin", "--evidence", path)
    assert (done.stdout, done.stderr.count(told)) == ("", 1)
    path = file_of(tmp_path, GOOD | {"role": "party"})
    assert "no role" not in typed(home, "evidence", "import", path).stdout
    assert "no role" not in typed(home, "score", "--stdin", "--evidence", path).stderr


def test_others_write_during_a_long_import_and_one_that_broke_off_is_gone_on_with(home, tmp_path, monkeypatch):
    monkeypatch.setattr(indexing, "PASSAGES", 3)
    path, real = (
        file_of(tmp_path, *(GOOD | {"eid": f"so:{n}", "role": "party"} for n in range(8))),
        evidence.put_passages,
    )

    def put(db, rows, **how):
        if rows[0].eid == "so:3":
            with closing(open_store(home.database)) as other:
                other.conn.execute("PRAGMA busy_timeout=0")
                real(other, [PassageRow("khac:1", "Xã khác có ba trường học.", "Sổ", "party")])
        if rows[0].eid == "so:6":
            raise KeyboardInterrupt
        return real(db, rows, **how)

    with monkeypatch.context() as patch, closing(open_store(home.database)) as db:
        patch.setattr(indexing.evidence, "put_passages", put)
        with pytest.raises(KeyboardInterrupt):
            import_files(db, [path], desk=DeskSettings())
    with closing(open_store(home.database)) as db:
        assert [row.eid for row in evidence.listed(db, "khac:", limit=0)] == ["khac:1"]
        assert import_files(db, [path], desk=DeskSettings())[1:] == [("xa.jsonl", 2, 0, "", [])]
        assert len(evidence.listed(db, "so:", limit=0)) == 8


@pytest.mark.parametrize("eid", ["fact:crc-ratification", "decision:1", "factcheck:7"])
def test_an_id_of_sois_own_is_not_taken_over(home, tmp_path, eid):
    done = typed(home, "evidence", "import", file_of(tmp_path, GOOD, GOOD | {"eid": eid}))
    assert f'line 2: "{eid}" is an id of Soi\'s own' in str(done.exception)
    assert evidence.passage(open_store(home.database), "so:1") is None


@pytest.mark.parametrize("eid", ["https://bao.example/ban-bi-bat.html", "bao:HTTP://bao.example/ban-bi-bat#2"])
def test_an_id_that_an_erasure_would_leave_the_address_in_is_refused(home, tmp_path, eid):
    done = typed(home, "evidence", "import", file_of(tmp_path, GOOD, GOOD | {"eid": eid}))
    assert 'line 2: "eid" holds an address' in str(done.exception)
    assert evidence.passage(open_store(home.database), "so:1") is None


def test_a_stored_passage_with_a_bad_date_stops_nothing_and_is_named(home):
    db = open_store(home.database)
    evidence.put_passages(db, [PassageRow("cu", "Xã Hoa Ban họp chợ.", "sổ", "independent", date="ngày hôm qua")])
    with structlog.testing.capture_logs() as said:
        index = open_index(home, db, live_model(home, db))
    assert [(line["event"], line["n"]) for line in said] == [("left out for a date that can't be read", 1)]
    assert "cu" not in [hit.passage.eid for hit in index.search("Xã Hoa Ban họp chợ")]
    (check,) = [check for check in examine(home) if check.what == "evidence"]
    assert (check.state, "`soi evidence remove cu`" in check.advice) == ("odd", True)
    assert typed(home, "evidence", "remove", "cu").exit_code == 0
    (check,) = [check for check in examine(home) if check.what == "evidence"]
    assert check.state == "ok"


def test_passages_are_listed_by_how_their_ids_begin(home):
    shown = typed(home, "evidence", "list", "bao:").output
    assert ("1 of 2 passages" in shown, NEWS.eid in shown, LAW.eid in shown) == (True, True, False)
    assert "1 of 2 passages" in typed(home, "evidence", "list", "--limit", "1").output


def test_a_passage_taken_back_reopens_what_rests_on_it(home):
    db = open_store(home.database)
    assert "there is no passage bao:x" in str(typed(home, "evidence", "remove", NEWS.eid, "bao:x").exception)
    assert evidence.passage(db, NEWS.eid)
    done = typed(home, "evidence", "remove", NEWS.eid, LAW.eid, "--person", "an").output
    assert f"Removed: {NEWS.eid}, {LAW.eid}." in done
    assert "rests on them: case 1." in done
    assert evidence.passage(db, NEWS.eid) is None
    left = evidence.passage(db, LAW.eid)
    assert (left.text, left.date) == (TAKEN_BACK, "")
    assert cases.case(db, 1).state == "reopened"
    told = [(line["person"], line["subject"]) for line in audit.entries(db) if line["action"] == "evidence_remove"]
    assert told == [("command line (an)", LAW.eid), ("command line (an)", NEWS.eid)]


CEDAW, CRC, LEFT = "fact:cedaw-ratification", "fact:crc-ratification", "fact:xa-hoa-ban"
OLD = PassageRow(LEFT, "Xã Hoa Ban có hai trường học.", "Sổ xã", "primary", kind="fact", date="2025-11-30")


@pytest.mark.parametrize("way", [("score",), ("score", "--stdin"), ("init",)])
def test_a_home_of_an_earlier_soi_gets_the_facts_of_this_one(home, way):
    db = open_store(home.database)
    import_facts(db)
    right = evidence.passage(db, CRC)
    evidence.put_passages(db, [replace(right, text="Việt Nam chưa tham gia công ước nào."), OLD])
    decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (LEFT,)))
    db.execute("DELETE FROM passages WHERE eid = ?", [CEDAW])
    db.execute("DELETE FROM brought")
    db.conn.commit()
    done = typed(home, *way)
    assert "1 new" in done.output + done.stderr
    assert (evidence.passage(db, CRC), evidence.passage(db, CEDAW) is None) == (right, False)
    left = pieces.piece(db, LEFT)  # what rests on it is looked at again, and may be read
    assert (left.text, left.role, cases.case(db, 1).state) == (OLD.text, "", "reopened")
    assert LEFT not in {row.eid for row in evidence.passages(db)} | {
        row.eid for row in evidence.find_passages(db, "Xã Hoa Ban")
    }
    assert import_facts(db) == shippedfacts.Brought()


def test_a_fact_that_somebody_changed_or_removed_stays_so(home):
    db = open_store(home.database)
    import_facts(db)
    ours = replace(evidence.passage(db, CRC), text="Việt Nam là nước thứ hai phê chuẩn công ước.")
    evidence.put_passages(db, [ours])
    assert f"Removed: {CEDAW}." in typed(home, "evidence", "remove", CEDAW).output
    for earlier in ("UPDATE brought SET seal = 'cũ' WHERE eid = ''", "DELETE FROM brought WHERE eid = ''"):
        db.execute(earlier)
        db.conn.commit()
        assert typed(home, "init").exit_code == 0
        assert (evidence.passage(db, CRC), evidence.passage(db, CEDAW)) == (ours, None)


@pytest.mark.parametrize("named", [False, True])  # by a verdict, for which the passage is kept without its words
def test_a_fact_that_was_removed_comes_back_by_its_id(home, named):
    db = open_store(home.database)
    import_facts(db)
    was = evidence.passage(db, CEDAW)
    if named:
        decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (CEDAW,)))
    assert "none was removed here" in str(typed(home, "evidence", "restore", CEDAW).exception)
    typed(home, "evidence", "remove", CEDAW, NEWS.eid)
    assert "with every fact; 1 removed here stays so (`soi evidence restore`)." in typed(home, "init").output
    (told,) = [check for check in examine(home) if check.what == "facts"]
    assert (told.state, told.found) == ("ok", "1 that ship removed here")
    assert f"`soi evidence restore {CEDAW}`" in told.advice
    for eid in (CRC, NEWS.eid, "fact:x"):
        assert f"removed here: {CEDAW}" in str(typed(home, "evidence", "restore", CEDAW, eid).exception)
    before = cases.case(db, 1).state
    assert f"Brought back: {CEDAW}." in typed(home, "evidence", "restore", CEDAW, "--person", "an").output
    assert (evidence.passage(db, CEDAW), cases.case(db, 1).state) == (was, before)
    assert CEDAW in {row.eid for row in evidence.find_passages(db, " ".join(was.text.split()[:5]))}
    line = audit.entries(db)[0]
    assert [line[name] for name in ("person", "action", "subject")] == ["command line (an)", "evidence_restore", CEDAW]
    assert "with every fact." in typed(home, "init").output
    assert "facts" not in {check.what for check in examine(home)}


def test_all_facts_come_back_where_all_were_removed(home):
    db = open_store(home.database)
    import_facts(db)
    every = [row.eid for row in evidence.listed(db, "fact:", limit=0) if row.eid != LAW.eid]
    remove_evidence(db, every, person="an")
    assert typed(home, "evidence", "restore", *every).exit_code == 0
    assert not shippedfacts.removed(db)


CAT, TOLD = "fact:cat-ratification", "; 1 verdict that rests on them is reopened"


def decided_under_an_earlier_soi(db, *, as_of="", **was):
    """A verdict on a shipped fact that an earlier Soi had brought in otherwise; the fact as it was."""
    import_facts(db)
    old = replace(evidence.passage(db, CAT), **was)
    db.execute(
        "UPDATE passages SET text = ?, role = ?, valid_from = ? WHERE eid = ?",
        [old.text, old.role, old.valid_from, CAT],
    )
    db.execute("UPDATE brought SET seal = ?, as_of = ? WHERE eid = ?", [shippedfacts._seal(old), as_of, CAT])
    db.execute("UPDATE brought SET seal = '' WHERE eid = ''")
    db.conn.commit()
    decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (NEWS.eid, CAT)))
    return old


def worded(**change):
    """The fact's words with one thing put otherwise."""
    (fact,) = [passage for passage in shipped_passages() if passage.eid == CAT]
    ((old, new),) = change.items()
    words = {"nation": "có hiệu lực với Việt Nam", "day": "7/3/2015", "denial": "và phê chuẩn"}
    assert words[old] in fact.text
    return fact.text.replace(words[old], new)


def test_a_fact_that_comes_back_first_after_an_upgrade_tells_which_verdicts_the_others_reopen(home):
    db = open_store(home.database)
    decided_under_an_earlier_soi(db, text=worded(day="7/4/2015"), as_of="2025-12-01")
    typed(home, "evidence", "remove", CEDAW)
    assert f"{TOLD}." in typed(home, "evidence", "restore", CEDAW, CEDAW).output
    assert cases.case(db, 1).state == "reopened"
    assert [line["action"] for line in audit.entries(db)].count("evidence_restore") == 1


@pytest.mark.parametrize(
    ("way", "was", "reopened"),
    [
        ("score", {"text": worded(nation="có hiệu lực với nước ta"), "as_of": "2025-12-01"}, False),
        ("score", {"text": worded(day="7/4/2015"), "as_of": "2025-12-01"}, True),
        ("init", {"text": worded(nation="có hiệu lực với nước ta"), "as_of": "2025-12-01"}, False),
        ("init", {"text": worded(nation="có hiệu lực với nước ta")}, False),
        ("init", {"text": worded(nation="có hiệu lực với nước ta"), "as_of": "2024-12-01"}, True),
        ("init", {"text": worded(day="7/4/2015"), "as_of": "2025-12-01"}, True),
        ("init", {"text": worded(denial="và chưa phê chuẩn"), "as_of": "2025-12-01"}, True),
        ("init", {"valid_from": "2015-03-07", "as_of": "2025-12-01"}, True),
        ("init", {"as_of": "2024-12-01"}, False),
    ],
)
def test_a_verdict_stands_where_a_fact_is_only_reworded_and_an_upgrade_tells_of_those_it_reopens(
    home, way, was, reopened
):
    db = open_store(home.database)
    old = decided_under_an_earlier_soi(db, **was)
    done = typed(home, way)
    assert (TOLD in done.output + done.stderr, cases.case(db, 1).state) == (
        reopened,
        "reopened" if reopened else "decided",
    )
    now = evidence.passage(db, CAT)
    assert now.text == next(passage.text for passage in shipped_passages() if passage.eid == CAT)
    assert db.conn.execute("SELECT as_of FROM brought WHERE eid = ?", [CAT]).fetchone() == ("2025-12-01",)
    if reopened:
        return
    words = {row.eid: row.words for row in decisions.history(db, 1)[-1].evidence}
    assert words == {NEWS.eid: "", CAT: old.text if old.text != now.text else ""}  # as the verdict was given on it
    (label,) = labels.labels(db)
    assert {text for eid, _, text in label.evidence if eid == CAT} == {old.text}
    assert typed(home, "evidence", "remove", CAT).exit_code == 0
    assert {row.words for row in decisions.history(db, 1)[0].evidence} == {""}


def test_a_verdict_given_on_the_new_words_shows_no_former_ones(home):
    db = open_store(home.database)
    decided_under_an_earlier_soi(db, text=worded(nation="có hiệu lực với nước ta"))
    import_facts(db)
    decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", (CAT,)))
    assert [row.words for row in decisions.history(db, 1)[-1].evidence] == [""]


def test_the_year_of_a_law_that_is_named_before_a_fact_is_no_other_figure():
    (age,) = [passage for passage in shipped_passages() if passage.eid == "fact:min-work-age"]
    assert age.text.startswith("Bộ luật Lao động 2019: t")
    before = replace(age, text=f"T{age.text.removeprefix('Bộ luật Lao động 2019: t')}")
    assert only_reworded(before, age)
    assert not only_reworded(replace(before, text=before.text.replace("đủ 15", "đủ 16")), age)
    assert not only_reworded(replace(before, role="party"), age)


@pytest.mark.parametrize("words", ["", "zzzz qqqq"])
def test_a_search_that_finds_nothing_says_so(home, words):
    assert "No passage is near these words" in typed(home, "evidence", "search", words).output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stdin", "--limit", "1"), "--limit can't go with --stdin"),
        (("--stdin", "--cluster", "tcp://127.0.0.1:1"), "--cluster can't go with --stdin"),
        (("--evidence", "a.jsonl"), "--evidence needs --stdin"),
        (("--stdin", "--watch"), "--stdin can't go with --watch"),
        (("--watch", "--model", "default"), "--model can't go with --watch"),
    ],
)
def test_an_option_that_would_be_passed_over_is_refused(home, words, said):
    assert said in str(typed(home, "score", *words).exception)


def test_a_law_of_ones_own_comes_in_under_its_title_or_its_files_name(home, tmp_path):
    path = tmp_path / "huong-uoc.txt"
    path.write_text("\ufeffĐiều 1. Làng họp mỗi tháng.\nĐiều 2. Họp chợ\nChợ họp mồng năm.\n", encoding="utf-8")
    assert typed(home, "evidence", "import", path).exit_code == 0
    db = open_store(home.database)
    assert evidence.passage(db, "law:huong-uoc:1").source == "huong uoc, Điều 1"
    typed(home, "evidence", "import", path, "--title", "Hương ước Làng Hoa", "--since", "2031-01-01")
    law = evidence.passage(db, "law:Hương-ước-Làng-Hoa:2")
    assert (law.source, law.valid_from) == ("Hương ước Làng Hoa, Điều 2", "2031-01-01")


def test_what_was_taken_for_issued_with_a_law_is_told_and_an_article_that_stands_twice_refused(home, tmp_path):
    path, rules = tmp_path / "le-lang.txt", "Điều 1. Người bán\nAi cũng bán.\nĐiều 3. Giá\nGiá do người bán định.\n"
    path.write_text(f"Điều 1. Họp\nLàng họp.\n\nĐiều 2. Chợ\nChợ họp.\n{rules}", encoding="utf-8")
    told = typed(home, "evidence", "import", path).output
    assert "taken for issued with it" in told
    assert "1: Điều 1, 3" in told
    path.write_text("Điều 1. Họp\nLàng họp.\n\nĐiều 2. Chợ\nChợ họp.\nĐiều 2. Trùng\nKhác.\n", encoding="utf-8")
    refused = str(typed(home, "evidence", "import", path).exception)
    assert "le-lang.txt: Điều 2 stands twice (again in line 6)" in refused
    path.write_text("Điều 1. Họp\nLàng họp.\nĐiều 2. Chợ\nChợ họp.\n", encoding="utf-8")
    assert "issued with" not in typed(home, "evidence", "import", path).output


def test_articles_that_are_missing_between_others_are_named(home, tmp_path):
    path, rules = tmp_path / "le-lang.txt", "Điều 1. Người bán\nAi cũng bán.\nĐiều 3. Giá\nGiá do người bán định.\n"
    path.write_text(f"{rules}Điều 4 Chợ\nChợ họp.\nĐiều 5 - Thu\nXã thu.\nĐiều 6a. Phạt\nXã phạt.\n", encoding="utf-8")
    said = " ".join(typed(home, "evidence", "import", path).output.split())
    assert 'le-lang.txt has no Điều 2, 4, 5. If the law does, begin each on a line such as "Điều 2."' in said
    part = "".join(f"Điều {n}. Họp\nLàng họp {n} lần.\n" for n in ("7", "7a", "8"))
    path.write_text(f"{part}{part}Điều 10. Thôi\nThôi họp.\n", encoding="utf-8")
    said = " ".join(typed(home, "evidence", "import", path, "--title", "Lệ họp").output.split())
    assert "le-lang.txt has no Điều 9 in what is issued with it" in said
    path.write_text(part, encoding="utf-8")
    assert "has no" not in typed(home, "evidence", "import", path, "--title", "Lệ bán").output


def test_a_law_whose_file_is_called_like_anothers_replaces_nothing_of_it_and_a_newer_text_does(home, tmp_path):
    lands = "Điều 1. Làng giữ đất chung.\nĐiều 2. Mỗi nhà nhận ba sào ruộng.\n"
    newer = lands.replace("ba", "bốn")
    child = "Điều 1. Trẻ nhỏ được học ở nhà văn hóa.\nĐiều 2. Ai cũng phải trông trẻ.\n"
    paths = []
    for folder, text in (("dat", lands), ("moi", newer), ("tre", child)):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "le-lang.txt")
        paths[-1].write_text(text, encoding="utf-8")
    db = open_store(home.database)
    for files in (paths, paths[1:]):  # the same whether the other law stands in the store or in a file before
        refused = str(typed(home, "evidence", "import", *files).exception)
        assert 'under the name "le lang" says other things' in refused
        assert "--title" in refused
        assert (evidence.passage(db, "law:le-lang:2") is None) == (files is paths)
        assert typed(home, "evidence", "import", *paths[:2]).exit_code == 0
    assert "bốn sào" in evidence.passage(db, "law:le-lang:2").text
    assert typed(home, "evidence", "import", paths[-1], "--title", "Lệ trẻ").exit_code == 0
    assert evidence.passage(db, "law:Lệ-trẻ:2").text == "Ai cũng phải trông trẻ."
    assert "bốn sào" in evidence.passage(db, "law:le-lang:2").text
    assert typed(home, "evidence", "import", paths[-1], "--title", "le lang").exit_code == 0
    assert evidence.passage(db, "law:le-lang:2").text == "Ai cũng phải trông trẻ."


LONG = "Điều 1. Chợ\n" + "".join(
    f"{n}. Hàng {n} bán ở dãy thứ {n} của chợ, {'theo sổ của làng, ' * 6}\n" for n in range(1, 9)
)
FEES = "Điều 1. Phạm vi\nLệ này nói về học phí.\nĐiều 2. Mức\nHọc phí là 200 đồng.\nĐiều 3. Thu\nXã thu học phí.\n"


def brought_in(home, tmp_path, text, *words):
    """What an import of a law's text says, with the ids of its passages in force on and after 2027-01-01."""
    (tmp_path / "le.txt").write_text(text, encoding="utf-8")
    done = typed(home, "evidence", "import", tmp_path / "le.txt", "--title", "Lệ", *words)
    with closing(open_store(home.database)) as db:
        rows = {row.eid: row.valid_to for row in evidence.passages(db) if row.eid.startswith("law:")}
    return " ".join(done.output.split()), {eid.removeprefix("law:Lệ:") for eid, ends in rows.items() if not ends}, rows


def test_what_the_newest_text_of_a_law_drops_ends_with_the_day_before_it(home, tmp_path):
    brought_in(home, tmp_path, FEES, "--since", "2025-01-01")
    db = open_store(home.database)
    decisions.decide(db, NewDecision(1, "an", Verdict.FALSE, "contradicted_by_record", ("law:Lệ:2",)))
    newer = FEES.replace("Điều 2. Mức\nHọc phí là 200 đồng.\n", "")
    said, left, rows = brought_in(home, tmp_path, newer, "--since", "2026-11-01")
    assert "1 passage no more in le.txt, ended on 2026-10-31: law:Lệ:2." in said
    assert (left, rows["law:Lệ:2"], cases.case(db, 1).state) == ({"1", "3"}, "2026-10-31", "reopened")
    law = evidence.passage(db, "law:Lệ:2")
    assert (law.text, law.valid_from) == ("Mức\nHọc phí là 200 đồng.", "2025-01-01")
    index = open_index(home, db, live_model(home, db))
    for day, found in (("2026-10-31", True), ("2026-11-01", False)):
        assert ("law:Lệ:2" in {hit.passage.eid for hit in index.search("Học phí là 200 đồng", before=day)}) == found
    said, left, rows = brought_in(home, tmp_path, newer, "--since", "2027-01-01")
    assert ("no more in" in said, left, rows["law:Lệ:2"]) == (False, {"1", "3"}, "2026-10-31")


def test_clauses_that_an_article_no_longer_has_end_whether_it_was_kept_by_clause_or_is_now(home, tmp_path):
    first = LONG + FEES.partition("\n")[2].partition("\n")[2]
    _, left, _ = brought_in(home, tmp_path, first, "--since", "2025-01-01")
    assert left == {*(f"1:{n}" for n in range(1, 9)), "2", "3"}
    said, left, _ = brought_in(home, tmp_path, LONG[: LONG.index("8.")], "--since", "2025-06-01")
    assert "2025-05-31: law:Lệ:1:8, law:Lệ:2, law:Lệ:3." in said
    assert left == {f"1:{n}" for n in range(1, 8)}
    said, left, _ = brought_in(home, tmp_path, FEES, "--since", "2026-01-01")
    assert "7 passages no more in le.txt, ended on 2025-12-31: law:Lệ:1:1, law:Lệ:1:2," in said
    assert left == {"1", "2", "3"}
    _, left, rows = brought_in(home, tmp_path, LONG.replace("Điều 1", "Điều 2"), "--since", "2027-01-01")
    assert left == {"1", *(f"2:{n}" for n in range(1, 9)), "3"}  # a part of the law, which says all of its own article
    assert rows["law:Lệ:2"] == "2026-12-31"


def test_what_a_text_corrected_under_its_own_day_no_longer_has_is_taken_back(home, tmp_path):
    for day in ((), ("--since", "2025-01-01")):
        twice = FEES + FEES.replace("Lệ này", "Nội quy này")
        brought_in(home, tmp_path, twice, *day)
        said, left, _ = brought_in(home, tmp_path, FEES, *day)
        assert "3 passages no more in le.txt, taken back: law:Lệ-ban-hành-kèm-theo-1:1," in said
        assert left == {"1", "2", "3"}


def test_an_older_text_a_part_and_another_law_end_nothing(home, tmp_path):
    brought_in(home, tmp_path, FEES, "--since", "2026-01-01")
    start, whole = FEES[: FEES.index("Điều 2")], {"1", "2", "3"}
    for since in (("--since", "2025-01-01"), ()):
        said, left, _ = brought_in(home, tmp_path, start, *since)
        assert "2 passages not in le.txt are left as they were, as a newer text came before: law:Lệ:2," in said
        assert left == whole
    said, left, _ = brought_in(home, tmp_path, FEES[FEES.index("Điều 3") :], "--since", "2027-01-01")
    assert ("in le.txt" in said, left) == (False, whole)
    for title in ("Lệ phí", "Lệ ban hành"):
        said, left, _ = brought_in(home, tmp_path, start, "--since", "2028-01-01", "--title", title)
        assert ("in le.txt" in said, whole <= left) == (False, True)
    (tmp_path / "Lệ.txt").write_text(LONG, encoding="utf-8")
    assert "says other things" in str(typed(home, "evidence", "import", tmp_path / "Lệ.txt").exception)


def test_a_law_comes_in_and_what_it_drops_ends_at_once_or_not_at_all(home, tmp_path, monkeypatch):
    brought_in(home, tmp_path, FEES, "--since", "2025-01-01")
    monkeypatch.setattr("soi.facts.put_passages", lambda *_, **__: 1 // 0)
    start = FEES[: FEES.index("Điều 2")].replace("nói về", "bàn về")
    with closing(open_store(home.database)) as db:
        (tmp_path / "le.txt").write_text(start, encoding="utf-8")
        with pytest.raises(ZeroDivisionError):
            import_files(db, [tmp_path / "le.txt"], desk=DeskSettings(), title="Lệ", since="2026-01-01")
        assert "nói về" in evidence.passage(db, "law:Lệ:1").text


@pytest.mark.parametrize(
    ("name", "content", "words", "said"),
    [
        ("a.pdf", b"%PDF-1.7 \x00", (), "PDF and Word files aren't read"),
        ("a.txt", "Hôm nay trời đẹp.".encode(), (), 'begins a line with "Điều 1."'),
        ("a.txt", "Điều 1. a".encode(), ("--since", "hôm qua"), "must be a day"),
    ],
)
def test_a_file_that_is_no_law_is_refused_with_what_is_wanted(home, tmp_path, name, content, words, said):
    (tmp_path / name).write_bytes(content)
    assert said in str(typed(home, "evidence", "import", tmp_path / name, *words).exception)


@pytest.mark.parametrize("harm", ["*.idx", "meta.json", "cut"])
def test_a_damaged_index_is_made_again(home, harm):
    assert LAW.eid in typed(home, "evidence", "search", "tuổi lao động").output
    for file in home.index.glob("*.idx" if harm == "cut" else harm):
        file.write_bytes(file.read_bytes()[:10]) if harm == "cut" else file.unlink()
    assert LAW.eid in typed(home, "evidence", "search", "tuổi lao động").output
