"""What a pipe that stays open answers by: the model and the evidence of a home as they are by then."""

import json
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from filled import typed
from test_survives import sealed

from classifier.files import shipped
from pipeline import records
from pipeline.home import Home
from pipeline.operations.backup import make_backup, restore
from pipeline.operations.retention import erase
from pipeline.records import FactCheckRow, PassageRow
from pipeline.registry import promote
from pipeline.store import StoreError, copies, evidence, factchecks, open_store
from pipeline.store.erasure import remove_evidence
from soi import pipe
from soi.held import HeldEvidence, HeldModel

ROOT = Path(__file__).resolve().parents[1]
WORDS = "Chợ nổi Vàm Xáng ở xã Gò Nổi cấm trẻ em khuyết tật vào bán hàng từ năm 2021."
PAGE = "https://bao.example/vam-xang"


def another_model(home: Home, name: str) -> None:
    card = shutil.copytree(shipped("models", "default"), home.models / name) / "card.json"
    card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8")) | {"version": name}), encoding="utf-8")


def test_an_open_pipe_forgets_what_was_taken_back_or_erased_and_takes_the_model_that_is_live(home: Home) -> None:
    with closing(open_store(home.database)) as db:
        evidence.put_passages(db, [PassageRow(f"so:{n}", f"{WORDS} Sổ {n}.", "Sổ xã", "primary") for n in (1, 2)])
        factchecks.take(db, FactCheckRow("ban", PAGE, WORDS, "Sai", "false"))
    command = [sys.executable, "-m", "soi", "score", "--stdin", "--home", str(home.root)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as at_work:

        def asked() -> dict[str, Any]:
            assert at_work.stdin
            assert at_work.stdout
            at_work.stdin.write(json.dumps({"id": 1, "text": WORDS}) + "\n")
            at_work.stdin.flush()
            told: dict[str, Any] = json.loads(at_work.stdout.readline())
            return told

        def cited() -> set[str]:
            return {one["eid"] for one in asked()["evidence"]} & {"so:1", "so:2", "so:3", "factcheck:2"}

        before = asked()
        assert cited() == {"so:1", "so:2", "factcheck:2"}
        assert asked() == before
        with closing(open_store(home.database)) as db:
            remove_evidence(db, ["so:1"], person="an")
            assert cited() == {"so:2", "factcheck:2"}
            erase(home, db, PAGE, person="an", reason="chủ bài yêu cầu")
            assert cited() == {"so:2"}
            evidence.put_passages(db, [PassageRow("so:3", f"{WORDS} Sổ 3.", "Sổ xã", "primary")])
            assert cited() == {"so:2", "so:3"}
            another_model(home, "v-moi")
            promote(home, db, "v-moi")
            assert (before["model"], asked()["model"]) == ("default", "v-moi")
        at_work.communicate()


def test_where_nobody_wrote_a_look_costs_one_short_question(home: Home) -> None:
    held, asked = HeldEvidence(home, None, None), list[str]()
    assert held._db is not None
    held._db.conn.set_trace_callback(asked.append)
    model, index, refuted = held.model, held.index, held.refuted
    held.look()
    assert asked == ["PRAGMA data_version"]
    with closing(open_store(home.database)) as db, db.atomic():
        db.conn.execute("UPDATE posts SET section = 'tin'")
    held.look()
    assert (held.model, held.index, held.refuted) == (model, index, refuted)


def test_what_a_look_broke_off_at_is_taken_in_by_the_next(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    held = HeldEvidence(home, None, None)
    another_model(home, "v-moi")
    with closing(open_store(home.database)) as db:
        promote(home, db, "v-moi")
        evidence.put_passages(db, [PassageRow("so:1", WORDS, "Sổ xã", "primary")])
    with monkeypatch.context() as full:
        full.setattr("pipeline.steps.open_index", Mock(side_effect=OSError("đầy đĩa")))
        with pytest.raises(OSError, match="đầy đĩa"):
            held.look()
    held.look()
    assert "so:1" in {hit.passage.eid for hit in held.index.search(WORDS)}


def said_of_so(held: HeldEvidence) -> str:
    (passage,) = [hit.passage for hit in held.index.search(WORDS) if hit.passage.eid == "so:1"]
    return passage.text


def test_an_open_pipe_answers_by_the_backup_that_was_brought_back_and_ends_in_a_sentence_where_the_store_is_gone(
    home: Home,
) -> None:
    row = PassageRow("so:1", WORDS, "Sổ xã", "primary")
    with closing(open_store(home.database)) as db:
        evidence.put_passages(db, [row])
    backup = make_backup(home)
    with closing(open_store(home.database)) as db:
        evidence.put_passages(db, [replace(row, text=f"{WORDS} Nay cho vào.")])
    another_model(home, "v-moi")
    with closing(open_store(home.database)) as db:
        promote(home, db, "v-moi")
    held, named = HeldEvidence(home, None, None), HeldModel(home, "v-moi")
    assert (said_of_so(held), held.model.version) == (f"{WORDS} Nay cho vào.", "v-moi")
    restore(home, backup.path, force=True)
    for one in (held, named):
        one.look()
    assert (said_of_so(held), held.model.version, named.model.version) == (WORDS, "default", "v-moi")
    with closing(open_store(home.database)) as db:
        evidence.put_passages(db, [replace(row, text=f"{WORDS} Từ chợ sáng.")])
    held.look()
    assert said_of_so(held) == f"{WORDS} Từ chợ sáng."
    home.database.rename(home.root / "soi.db")
    with pytest.raises(StoreError, match="isn't there any more; bring it back, then begin anew"):
        held.look()


def test_a_pipe_in_a_home_that_it_can_not_write_follows_whoever_writes_there(home: Home, tmp_path: Path) -> None:
    row, view = PassageRow("so:1", WORDS, "Sổ xã", "primary"), Home(tmp_path / "view")
    with closing(open_store(home.database)) as db:
        evidence.put_passages(db, [row])
        copies.checkpoint(db)
    with sealed(home.root, view.root):
        held = HeldEvidence(view, None, None)
        index, asked = held.index, list[str]()
        held.look()
        assert (said_of_so(held), held.index) == (WORDS, index)
        for more in ("Nay cho vào.", "Từ chợ sáng."):
            with closing(open_store(home.database)) as db:
                evidence.put_passages(db, [replace(row, text=f"{WORDS} {more}")])
                if more == "Nay cho vào.":
                    held.look()  # while its owner has it open
                    assert said_of_so(held) == f"{WORDS} {more}"
            held.look()
            assert said_of_so(held) == f"{WORDS} {more}"
        assert held._db is not None
        held._db.conn.set_trace_callback(asked.append)
        index = held.index
        held.look()
        assert (len(asked), held.index) == (1, index)


def test_what_a_look_can_not_take_in_ends_a_pipe_in_a_sentence_and_is_no_lines_fault(home: Home) -> None:
    command = [sys.executable, "-m", "soi", "verify", "--stdin", "--home", str(home.root)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as at_work:  # type: ignore[call-overload]
        line = json.dumps({"id": 1, "claim": WORDS, "evidence": WORDS}) + "\n"
        at_work.stdin.write(line)
        at_work.stdin.flush()
        assert json.loads(at_work.stdout.readline())["p"]
        home.database.rename(home.root / "soi.db")
        told, said = at_work.communicate(line)
    assert (told, said.count("\n"), at_work.returncode) == ("", 1, 2)
    assert "soi.db isn't there any more" in said


def test_a_version_that_is_named_stays_and_without_a_database_the_one_that_ships_answers(
    home: Home, tmp_path: Path
) -> None:
    another_model(home, "v-moi")
    named, live = HeldModel(home, "default"), HeldModel(home, None)
    with closing(open_store(home.database)) as db:
        promote(home, db, "v-moi")
    named.look()
    live.look()
    assert (named.model.version, live.model.version) == ("default", "v-moi")
    (tmp_path / "bare").mkdir()
    assert HeldModel(Home(tmp_path / "bare"), None).model.version == "default"


def test_a_text_without_a_date_is_of_the_day_on_which_it_is_answered(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "so.jsonl"
    row = {"eid": "so:1", "text": WORDS, "role": "primary", "valid_to": "2030-01-01"}
    path.write_text(json.dumps(row), encoding="utf-8")
    found = []

    def run(answer: Any, *_: Any, **__: Any) -> None:
        for day in (1, 2):
            clock = {"now.return_value": datetime(2030, 1, day, tzinfo=UTC)}
            monkeypatch.setattr(records, "datetime", Mock(wraps=datetime, **clock))
            found.append([one["eid"] for one in answer([pipe.Line({"text": WORDS})])[0]["evidence"]])

    monkeypatch.setattr(pipe, "run", run)
    typed(home, "score", "--stdin", "--evidence", path)
    assert found == [["so:1"], []]
