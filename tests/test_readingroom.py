"""The database opens in Datasette with everything described, and nothing about people or secrets in view."""

import asyncio
import json
from contextlib import closing
from urllib.parse import urlencode

import pytest
from filled import typed

from pipeline.home import Home
from pipeline.records import EvidenceRow, NewDecision, NewPost, PassageRow, ScoreRow, Verdict
from pipeline.research import readingroom
from pipeline.research.describe import tables
from pipeline.store import cases, decisions, evidence, open_store, people, posts, scores

datasette = pytest.importorskip("datasette.app")


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    path = tmp_path_factory.mktemp("room") / "soi.db"
    db = open_store(path)
    evidence.put_passages(
        db, [PassageRow("fact:a", "Tuổi lao động tối thiểu là đủ 15.", "Bộ luật Lao động", "primary")]
    )
    posts.take_post(db, NewPost("bao", "https://bao.example/1", "Luật cho trẻ 12 tuổi đi làm."))
    shown = (EvidenceRow("fact:a", "contradicts", 0.97, "primary", "number"),)
    row = ScoreRow(1, "m1", "claim", ("CRC",), 0.9, True, ("CONTRADICTS_EVIDENCE",), "trẻ 12 tuổi", evidence=shown)
    case_id = cases.open_case(db, 1, claim="trẻ 12 tuổi", score_id=scores.add_score(db, row, outcome="flagged"))
    scores.add_score(db, row, outcome="flagged")  # again, as when evidence came
    decisions.decide(db, NewDecision(case_id, "lan", Verdict.TRUE, "confirmed_by_record", ("fact:a",)))
    posts.take_post(db, NewPost("bao", "https://bao.example/2", "Luật cho trẻ 13 tuổi đi làm."))
    row = ScoreRow(2, "m1", "claim", ("CRC",), 0.9, True, ("CONTRADICTS_EVIDENCE",), "trẻ 13 tuổi", evidence=shown)
    waits = cases.open_case(db, 2, claim="trẻ 13 tuổi", score_id=scores.add_score(db, row, outcome="flagged"))
    first = NewDecision(waits, "hanh", Verdict.FALSE, "contradicted_by_record", ("fact:a",), note="dặn riêng nhau")
    decisions.decide(db, first, second_share=1.0)
    people.add(db, "lan")
    people.change(db, "lan", password="$argon2id$bi-mat")
    people.start_session(db, "lan", hours=1)
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return datasette.Datasette([str(path)], metadata=readingroom.metadata())


def ask(room, address):
    """The status and JSON of an address."""

    async def one():
        answer = await room.client.get(address)
        return answer.status_code, answer.json() if "json" in answer.headers["content-type"] else answer.text

    return asyncio.run(one())


def test_every_table_opens_with_its_description_and_columns(room):
    for name, (sentence, columns) in tables().items():
        if readingroom.closed(name, columns):
            continue
        status, page = ask(room, f"/soi/{name}")
        assert status == 200, name
        assert sentence.replace("'", "&#39;") in page, name
        for words in columns.values():
            assert (
                words.replace("'", "&#39;").replace('"', "&#34;").replace("<", "&lt;").replace(">", "&gt;") in page
            ), (name, words)


def test_facets_count_what_is_there(room):
    status, found = ask(room, "/soi/scores.json?_facet=kind&_facet=model")
    assert status == 200
    facets = found["facet_results"]
    facets = facets.get("results", facets)
    assert facets["kind"]["results"][0]["value"] == "claim"


@pytest.mark.parametrize("name", readingroom.QUERIES)
def test_every_canned_query_runs(room, name):
    words = {"search_posts": "?words=12+tuoi"}.get(name, "")
    status, found = ask(room, f"/soi/{name}.json{words}")
    assert status == 200, found
    assert found.get("ok", True), found
    if name in ("where_model_and_people_differ", "search_posts", "which_slots_differ"):
        assert len(found["rows"]) == 1


@pytest.mark.parametrize(
    ("words", "n"),
    [("đi làm", 2), ("ĐI", 2), ('"12 tuoi"', 1), ('"tuoi 12"', 0), ('12"tuoi', 1), ("12 tuổi OR", 0), ("NEAR(", 0),
     ("text:12", 0), ("12*", 1), ("^12", 1), ("(12", 1), ("12 - tuổi", 1), ("12 AND tuổi", 0), ("-", 0), ('"', 0),
     ("'", 0), ("", 0), (" ", 0)],
)  # fmt: skip
def test_any_words_can_be_searched(room, words, n):
    status, found = ask(room, f"/soi/search_posts.json?{urlencode({'words': words})}")
    assert status == 200, found
    assert len(found["rows"]) == n


@pytest.mark.parametrize(
    "name",
    ["users", "sessions", "api_tokens", "login_links", "drafts", "audit", "golden_readings", "holds", "second_readings",
     "sides", "memberships", "decisions", "standing_decisions", "decision_evidence", "decision_words", "standings",
     "queue"],
)  # fmt: skip
def test_people_secrets_and_verdicts_to_be_read_blind_are_not_shown(room, name):
    for address in (f"/soi/{name}", f"/soi/{name}/1", f"/soi/{name}.json?_shape=array"):
        status, page = ask(room, address)
        assert status in (403, 404)
        assert "bi-mat" not in str(page)


def test_no_page_names_a_colleague_a_note_or_a_verdict_that_waits_for_its_second_reader(room):
    pages = [f"/soi/{name}.json?_shape=array" for name in tables()]
    asked = [ask(room, page) for page in [*pages, *(f"/soi/{name}.json?_shape=array" for name in readingroom.QUERIES)]]
    shown = json.dumps([found for status, found in asked if status == 200], ensure_ascii=False)
    assert "trẻ 13 tuổi" in shown
    assert not [word for word in ('"lan"', '"hanh"', "dặn riêng", '"false"') if word in shown]


def test_which_slots_differ_is_told_of_each_model_and_of_what_was_found_false_before_apart(tmp_path):
    passage = EvidenceRow("fact:a", "contradicts", 0.9, "primary", "number")
    before = EvidenceRow("factcheck:1", "contradicts", 0.8, "independent", "")
    with closing(open_store(tmp_path / "soi.db")) as db:
        posts.take_post(db, NewPost("bao", "https://bao.example/1", "Luật cho trẻ 12 tuổi đi làm."))
        for model, shown in (("m1", (passage,)), ("m2", (passage, before))):
            row = ScoreRow(1, model, "claim", ("CRC",), 0.9, True, ("CONTRADICTS_EVIDENCE",), "trẻ", evidence=shown)
            scores.add_score(db, row, outcome="flagged")
        told = db.conn.execute(readingroom.QUERIES["which_slots_differ"][1]).fetchall()
    assert sorted(told) == [
        ("m1", "passage", "number", 1, 0.9), ("m2", "passage", "number", 1, 0.9), ("m2", "repeats", "", 1, 0.8)
    ]  # fmt: skip


def test_what_was_decided_is_there_for_researchers(room):
    _, found = ask(room, "/soi/decisions_on_decided_cases.json?_shape=array")
    assert [(row["case_id"], row["verdict"], row["evidence"]) for row in found] == [(1, "true", "fact:a")]
    _, found = ask(room, "/soi/where_cases_stand.json?_shape=array")
    assert [(row["case_id"], row["state"], row["verdict"]) for row in found] == [
        (2, "second", ""),
        (1, "decided", "true"),
    ]
    _, found = ask(room, "/soi/verdicts_by_right.json?_shape=array")
    assert [tuple(row.values()) for row in found] == [("CRC", "true", 1)]


def test_the_database_is_not_handed_out_as_it_is_served(room, tmp_path):
    (tmp_path / "data").mkdir()
    open_store(tmp_path / "data" / "soi.db").close()
    said = typed(Home(tmp_path), "export", "datasette", tmp_path / "m.yaml").output
    assert "datasette serve" in said
    assert "--immutable" not in said
    assert ask(room, "/soi.db")[0] == 403


def test_secrets_are_not_read_by_hand_written_queries_either(room):
    status, page = ask(room, "/soi?sql=select+password+from+users")
    assert status in (400, 403, 404)
    assert "argon2id" not in page


def test_the_metadata_is_a_file_that_datasette_reads(tmp_path):
    readingroom.write(tmp_path / "datasette.yaml")
    assert json.loads((tmp_path / "datasette.yaml").read_text(encoding="utf-8")) == readingroom.metadata()
