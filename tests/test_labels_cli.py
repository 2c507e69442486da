"""The data and export commands, as a researcher types them."""

import contextlib
import json
import re
import subprocess
import sys
import time

import pytest
from filled import filled_home, typed
from typer.testing import CliRunner

from pipeline.home import Home
from pipeline.records import NewPost, ScoreRow, now
from pipeline.research import exported, publicsets, snapshots, tables
from pipeline.store import cases, open_store, posts, report, scores
from review.names import FLAGS
from soi.front import app, begun, table


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return filled_home(tmp_path_factory.mktemp("home"))


def soi(home, *words: str, ok: int = 0) -> str:
    done = typed(home, *words)
    assert bool(done.exit_code) == bool(ok), done.output[-1500:] + repr(done.exception)
    return done.output + (str(done.exception) if done.exception and ok else "")


def test_labels_leave_and_a_past_moment_gives_the_same_bytes(home, tmp_path):
    time.sleep(0.01)
    moment = now()
    soi(home, "export", "labels", tmp_path / "a", "--layout", "jsonl", "--until", moment)
    soi(home, "export", "labels", tmp_path / "b", "--layout", "jsonl", "--until", moment)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in names)
    assert [row.verdict for row in snapshots.read(tmp_path / "a")] == ["false"]
    assert "no view luck" in soi(home, "export", "labels", tmp_path / "c", "--view", "luck", ok=1)
    assert "2999-01-01 hasn't come yet" in soi(home, "export", "labels", tmp_path / "c", "--until", "2999-01-01", ok=1)
    assert not (tmp_path / "c").exists()


def test_a_set_comes_in_is_shown_and_checked(home, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "cau,dan,nhan\nXã có trường mới.,Xã mở trường.,SUPPORTS\nXã có trường mới.,Xã mở trường.,REFUTES\n",
        encoding="utf-8",
    )
    words = ["data", "import", path, "--name", "mine", "--map", "text=cau", "--map", "evidence=dan",
             "--map", "label=nhan", "--use", "verdict", "--label", "SUPPORTS=supported",
             "--label", "REFUTES=refuted"]  # fmt: skip
    assert "what the label really means" in soi(home, *words, ok=1)
    assert "**Licence**: MIT" in soi(home, *words, "--licence", "MIT", "--means", "chúng tôi gán")
    assert "**Checked**: not yet" in soi(home, "data", "card", "mine")
    checked = soi(home, "data", "check", "mine", "--no-noise", "--into", tmp_path / "found.csv")
    assert "conflicting_labels: 2 rows say the same" in checked
    assert "- 1 (labelled supported; 2 says refuted): Xã có trường mới." in checked
    assert "Not checked: exact_copies, because no part of the set is measured on" in checked
    assert "conflicting_labels,1,,labelled supported; 2 says refuted," in (tmp_path / "found.csv").read_text("utf-8")
    assert tmp_path / "found.csv" in exported.noted(home), "an erasure finds it"
    card = soi(home, "data", "card", "mine")
    assert "chúng tôi gán" in card
    assert "- conflicting_labels: 2 rows say the same" in card
    path.write_text(path.read_text(encoding="utf-8") + "Xã mở chợ.,Chợ mở.,SUPPORTS\n", encoding="utf-8")
    assert "there is a set mine already" in soi(home, *words, "--licence", "MIT", "--means", "chúng tôi gán", ok=1)
    assert "chúng tôi gán" in soi(home, "data", "card", "mine")
    soi(home, *words, "--licence", "MIT", "--means", "chúng tôi gán", "--force")
    assert "**Checked**: not yet" in soi(home, "data", "card", "mine"), "other rows, so the check says nothing of them"
    assert "mine" in soi(home, "data", "list")
    long = max((known.means for known in publicsets.KNOWN), key=len)
    assert "".join(begun(long, 80).split()) in "".join(soi(home, "data", "list").split()), (
        "cut between words, and marked"
    )
    refused = soi(home, *words, "--licence", "MIT", "--means", "x", "--label-follows", "loyalty", "--force", ok=1)
    assert "punish a side" in refused
    known = ["data", "import", path, "--name", "vfnd"]
    assert "--use goes with another --name" in soi(home, *known, "--use", "kind", ok=1)
    assert "There is no column nhan; map id" in soi(home, *known, "--map", "nhan=nhan", ok=1)


def test_a_table_without_rows_has_its_columns(home, tmp_path):
    (tmp_path / "one.csv").write_text("cau,nhan\nXã có trường mới.,claim\n", encoding="utf-8")
    words = ("--map", "text=cau", "--map", "label=nhan", "--use", "kind", "--licence", "MIT", "--means", "ta gán")
    soi(home, "data", "import", tmp_path / "one.csv", "--name", "one", *words)
    soi(home, "data", "check", "one", "--no-noise", "--into", tmp_path / "found.csv")
    open_store(Home(tmp_path / "new").database)
    soi(Home(tmp_path / "new"), "export", "cases", tmp_path / "cases.csv")
    soi(Home(tmp_path / "new"), "export", "reasons", tmp_path / "reasons.csv")
    heads = {name: (tmp_path / f"{name}.csv").read_text("utf-8-sig") for name in ("found", "cases", "reasons")}
    assert heads == {
        "found": "finding,id,part,note,text\n",
        "cases": f"{','.join(report.OF_A_CASE)}\n",
        "reasons": f"{','.join(report.OF_A_REASON)}\n",
    }


def test_cases_reasons_reviews_and_the_report_leave_as_files(home, tmp_path):
    soi(home, "export", "cases", tmp_path / "cases.csv")
    for what in (("cases",), ("reasons",), ("claimreview", "--publisher", "Nhóm", "--url", "https://a.example")):
        assert "is there already; --force" in soi(home, "export", *what, tmp_path / "cases.csv", ok=1)
    assert "cases.csv should end in .yaml or .json" in soi(home, "export", "datasette", tmp_path / "cases.csv", ok=1)
    soi(home, "export", "cases", tmp_path / "cases.csv", "--force")
    soi(home, "export", "reasons", tmp_path / "reasons.jsonl")
    soi(home, "export", "claimreview", tmp_path / "reviews.jsonl", "--publisher", "Nhóm", "--url", "https://a.example")
    soi(home, "export", "transparency", tmp_path / "report", "--language", "en")
    soi(home, "export", "transparency", tmp_path / "bao-cao", "--since", "2026-01-31")
    told = (tmp_path / "report" / "transparency.md").read_text("utf-8")
    assert (told.startswith("# Transparency report, "), "January 2000" in told) == (True, False)  # from the first post
    assert (
        (tmp_path / "bao-cao" / "transparency.md").read_text("utf-8").startswith("# Báo cáo minh bạch, 31/1/2026 đến")
    )
    named = ("--publisher", "Nhóm", "--url", "https://a.example")
    soi(home, "export", "claimreview", tmp_path / "english.jsonl", *named, "--language", "en")
    assert json.loads((tmp_path / "english.jsonl").read_text("utf-8"))["reviewRating"]["alternateName"] == "False"
    for what in (("export", "transparency", tmp_path / "rapport"), ("brief", "1")):
        assert "no language fr" in soi(home, *what, "--language", "fr", ok=1)
    soi(home, "export", "datasette", tmp_path / "metadata.yaml")
    assert "is there already; --force" in soi(home, "export", "datasette", tmp_path / "metadata.yaml", ok=1)
    assert (
        json.loads((tmp_path / "reviews.jsonl").read_text(encoding="utf-8"))["reviewRating"]["alternateName"] == "Sai"
    )
    assert {path.suffix for path in (tmp_path / "report").iterdir()} == {".md", ".html", ".json"}
    assert json.loads((tmp_path / "metadata.yaml").read_text(encoding="utf-8"))["databases"]["soi"]["tables"]["posts"]


def test_an_address_that_no_link_can_begin_with_is_named_as_that(home, tmp_path):
    words = ("export", "claimreview", tmp_path / "x.jsonl")
    said = soi(home, *words, "--publisher", "Nhóm", "--url", "kc.example", ok=1)
    assert "--url: no link can begin with 'kc.example'; write it like https://" in said
    assert "name who publishes" in soi(home, *words, "--url", "https://kc.example", ok=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["la", ""])
@pytest.mark.parametrize("command", ["card", "check"])
def test_a_set_that_is_not_there_is_told_as_that(home, command, name):
    assert "There is no data set in" in soi(home, "data", command, name, ok=1)


def test_a_report_that_is_there_is_written_over_only_by_force(home, tmp_path):
    words = ("export", "transparency", tmp_path / "report", "--since")
    soi(home, *words, "2026-01-31")
    (tmp_path / "report" / "transparency.md").unlink()
    assert "transparency.html is there already; --force" in soi(home, *words, "2026-02-28", ok=1)
    assert not (tmp_path / "report" / "transparency.md").exists()
    soi(home, *words, "2026-02-28", "--force")
    assert "28/2/2026" in (tmp_path / "report" / "transparency.md").read_text("utf-8")


@pytest.mark.parametrize("period", [
    ("--since", "2026-11-30", "--until", "2026-11-01"), ("--since", "2026-11-01", "--until", "2026-11-01"),
    ("--since", "2999-01-01"),
], ids=" ".join)  # fmt: skip
@pytest.mark.parametrize("words", [("audit",), ("export", "transparency"), ("export", "claimreview")], ids=" ".join)
def test_a_period_that_ends_before_it_begins_is_refused_and_nothing_written(home, tmp_path, words, period):
    into = [tmp_path / ("x" if "transparency" in words else "x.jsonl")] * (len(words) - 1)
    named = ["--publisher", "Nhóm", "--url", "https://a.example"] * ("claimreview" in words)
    assert f"nothing lies between {period[1]} and " in soi(home, *words, *into, *named, *period, ok=1)
    assert list(tmp_path.iterdir()) == []


def test_no_report_tells_of_a_time_before_anything_was_seen(home, tmp_path):
    assert "nothing lies between" in soi(home, "export", "transparency", tmp_path / "x", "--until", "2000-01-01", ok=1)
    assert not (tmp_path / "x").exists()


def test_the_audit_and_the_next_labels_are_told(home):
    assert "0 of 2 posts were drawn" in soi(home, "audit")
    rows = [json.loads(line) for line in soi(home, "audit", "--json", "--mark", "2=neutral").splitlines()]
    assert {row["what"] for row in rows} == {"prevalence", "recall", "false_flag_rate"}
    assert all(row["value"] is None for row in rows)
    assert "2=left? Mark a post's number" in soi(home, "audit", "--mark", "1=neutral", "--mark", "2=left", ok=1)
    assert "no post 99; nothing was marked" in soi(home, "audit", "--mark", "1=neutral", "--mark", "99=neutral", ok=1)
    twice = ("audit", "--mark", "1=neutral", "--mark")
    assert '"1" is given twice; nothing was done' in soi(home, *twice, "1=state_critical", ok=1)
    assert "01=state_critical? Mark a post's number" in soi(home, *twice, "01=state_critical", ok=1)
    sides = open_store(home.database).conn.execute("SELECT post_id, person FROM sides")
    assert sides.fetchall() == [(2, "command line")]
    assert "1 post is marked" in soi(home, "audit", "--mark", "2=neutral")
    assert "marked" not in soi(home, "audit")
    chosen = [json.loads(line) for line in soi(home, "sample", "3", "--json").splitlines()]
    assert [one["post"] for one in chosen] == [2]  # the other one has a standing verdict
    assert chosen[0]["case"] is None
    said = soi(home, "sample", "3")
    assert "--open brings them to the desk" in said
    assert "p_against" in said
    assert "p(refuted)" not in said, "of a testimony that is another number"
    assert "add up to 1" in soi(home, "sample", "--share", "random=0.2", ok=1)


def test_posts_without_a_case_are_brought_to_the_desk_once(home):
    db = open_store(home.database)
    before = db.conn.execute("SELECT count(*) FROM cases").fetchone()[0]
    opened = [json.loads(line) for line in soi(home, "sample", "3", "--open", "--json").splitlines()]
    assert [one["case"] for one in opened] == [cases.case_of(db, 2)]
    assert [json.loads(line) for line in soi(home, "sample", "3", "--open", "--json").splitlines()] == opened
    assert [(one.case_id, one.state) for one in cases.queue(db)] == [(opened[0]["case"], "new")]
    (waiting,) = [json.loads(line) for line in soi(home, "cases", "--json").splitlines()]
    assert (waiting["case"], waiting["first_post"]) == (opened[0]["case"], 2)
    shown = soi(home, "cases")
    assert "first post" in shown
    assert FLAGS["CONTRADICTS_EVIDENCE"] in shown, "a flag has one name here and at the desk"
    assert "`soi posts WORDS` finds a post's number" in soi(home, "explain", "999", ok=1)
    assert db.conn.execute("SELECT count(*) FROM cases").fetchone()[0] == before + 1


def test_a_case_that_was_opened_to_be_labelled_is_told_to_have_no_flag(tmp_path):
    home = filled_home(tmp_path)
    with contextlib.closing(open_store(home.database)) as db:
        posts.take_post(db, NewPost("bao", "https://bao.example/3", "Xã mở thêm lớp học."), at=now())
        row = ScoreRow(3, "default", "claim", ("CRC",), 0.1, False, (), "Xã mở thêm lớp học", detail={}, evidence=())
        scores.add_score(db, row, outcome="to_check")
        soi(home, "sample", "3", "--open")
        (waiting,) = (one for one in cases.queue(db) if one.claim == row.claim)
    assert (waiting.lane, waiting.reasons) == ("claims", ())
    assert re.search(r"\bno flag {2,}", soi(home, "cases")), "it never had one"


def test_a_table_that_goes_into_a_file_is_not_folded_at_a_screens_edge(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    table("Bảng", ["tên", "số"], [["a" * 100, 1]])
    assert "a" * 100 in capsys.readouterr().out


@pytest.mark.parametrize(("width", "spared"), [("80", True), ("120", False)])
def test_the_claim_of_a_case_can_be_read_in_a_terminal_of_any_width(tmp_path, width, spared):
    home = filled_home(tmp_path)
    soi(home, "sample", "3", "--open")
    said = CliRunner().invoke(app(), ("cases", "--home", str(home.root)), env={"COLUMNS": width}).output
    head = said.splitlines()[1]
    assert int(width) - head.index("claim") >= 20
    assert [name in head for name in ("case", "why", "rights", "posts")] == [True] * 4
    assert [name not in head for name in ("first post", "differs", "sources")] == [spared] * 3


@pytest.mark.parametrize("words", [("labels", "-"), ("labels", "nhãn.zip"), ("transparency", "báo-cáo.DOCX")])
def test_a_folder_is_not_made_of_what_reads_as_a_file_or_a_pipe(home, tmp_path, words):
    kind, name = words
    assert f"and {name} is no name of one" in soi(home, "export", kind, tmp_path / name, ok=1)
    assert not (tmp_path / name).exists()
    (tmp_path / "2026.md").mkdir()
    assert soi(home, "export", "transparency", tmp_path / "2026.md")


@pytest.mark.parametrize("word", ["yesterday", "2099-99-99", "01/12/2026", "20261201", "2026", "2026-12-01Tnoon"])
@pytest.mark.parametrize(("command", "option"), [("labels", "--until"), ("claimreview", "--until"),
                                                 ("claimreview", "--since"), ("transparency", "--since")])  # fmt: skip
def test_a_moment_that_is_none_is_refused(home, tmp_path, command, option, word):
    assert f'"{word}" is no day' in soi(home, "export", command, tmp_path / "x", option, word, ok=1)
    assert not (tmp_path / "x").exists()


def test_a_moment_is_taken_as_the_tables_write_it(home, tmp_path):
    said = soi(home, "export", "labels", tmp_path / "x", "--until", "2025-12-01T07:00+07:00")
    assert "until 2025-12-01T00:00:00.000Z" in said
    assert "until 2025-12-02" in soi(home, "export", "labels", tmp_path / "y", "--until", "2025-12-02")


def test_a_table_of_semicolons_or_tabs_is_read_by_its_head(tmp_path):
    path = tmp_path / "bang.csv"
    for mark in ";\t,":
        path.write_text(f'\ufeffcau{mark}nhan\n"một; hai, ba"{mark}1\n', encoding="utf-8")
        assert list(tables.read(path)) == [{"cau": "một; hai, ba", "nhan": "1"}]


def test_a_file_that_somebody_hands_over_steers_no_terminal(home, tmp_path):
    rows = [{"text": f"Câu số {n} của bài {n}, dài vừa đủ.", "label\x1b[2J": f"sai\x1b[{n % 2}m"} for n in range(9)]
    (tmp_path / "lab.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    about = ("import", tmp_path / "lab.jsonl", "--means", "x", "--licence", "x", "--name")
    parted = ("--map", "label=label\x1b[2J", "--map", "part=label\x1b[2J")
    words = (
        (*about, "x", "--map", "text=cau"),
        (*about, "tay", *parted),
        ("card", "tay"),
        ("check", "tay", "--no-noise"),
    )
    told = [[sys.executable, "-m", "soi", "data", *one, "--home", tmp_path / "home"] for one in words]
    typed(Home(tmp_path / "home"), "init")
    said = [subprocess.run([*map(str, one)], capture_output=True, check=False) for one in told]
    assert [one.returncode for one in said] == [2, 0, 0, 0], said
    assert not any(b"\x1b" in one.stdout + one.stderr for one in said)
    assert all(b"\\u001b" in one.stdout + one.stderr for one in said)
