"""The database opens in Datasette with everything described, and nothing about people or secrets in view."""

import asyncio
import json

import pytest

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
    decisions.decide(db, NewDecision(case_id, "lan", Verdict.TRUE, "confirmed_by_record", ("fact:a",)))
    people.add(db, "lan", password_hash="$argon2id$bi-mat")
    people.start_session(db, "lan", hours=1)
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return datasette.Datasette([], immutables=[str(path)], metadata=readingroom.metadata())


def ask(room, address):
    """The status and JSON of an address."""

    async def one():
        answer = await room.client.get(address)
        return answer.status_code, answer.json() if "json" in address else answer.text

    return asyncio.run(one())


def test_every_table_opens_with_its_description_and_columns(room):
    hidden = {name for name in tables() if any(part in name for part in readingroom.HIDDEN)}
    for name, (sentence, columns) in tables().items():
        if name in hidden:
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
    words = {"search_posts": "?words=tuoi"}.get(name, "")
    status, found = ask(room, f"/soi/{name}.json{words}")
    assert status == 200, found
    assert found.get("ok", True), found
    if name in ("where_model_and_people_differ", "search_posts", "which_slots_differ"):
        assert len(found["rows"]) == 1


@pytest.mark.parametrize("name", ["users", "sessions", "api_tokens", "login_links", "drafts"])
def test_people_and_secrets_are_not_shown(room, name):
    status, page = ask(room, f"/soi/{name}")
    assert status == 403
    assert "bi-mat" not in page


def test_secrets_are_not_read_by_hand_written_queries_either(room):
    status, page = ask(room, "/soi?sql=select+password+from+users")
    assert status in (400, 403, 404)
    assert "argon2id" not in page


def test_the_metadata_is_a_file_that_datasette_reads(tmp_path):
    readingroom.write(tmp_path / "datasette.yaml")
    assert json.loads((tmp_path / "datasette.yaml").read_text(encoding="utf-8")) == readingroom.metadata()
