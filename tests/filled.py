"""A small home with something of everything in it, for the tests of what keeps it."""

import atexit
import contextlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sqlite_utils import Database
from typer.testing import CliRunner, Result

from pipeline.home import Home
from pipeline.records import EvidenceRow, FactCheckRow, NewDecision, NewPost, PassageRow, ScoreRow, Verdict
from pipeline.store import cases, copies, decisions, evidence, factchecks, open_store, posts, runs, scores, write
from soi.front import app

LAW = PassageRow("fact:a", "Tuổi lao động tối thiểu là đủ 15 tuổi.", "Bộ luật Lao động", "primary", date="2021-01-01")
NEWS = PassageRow(
    evidence.crawled_eid("bao", "https://bao.example/tin"), "Xưởng may nhận trẻ mười hai tuổi.", "Báo", "independent",
    kind="news", url="https://bao.example/tin",
)  # fmt: skip
CLAIM = "trẻ mười hai tuổi được làm công nhân"
CASE_URL, PLAIN_URL = "https://bao.example/1", "https://bao.example/2"
WHEN = "2020-01-02T03:04:05.000Z"
FIRST, SAME, OTHER = (("decide", "true", 0), ("decide", "true", 1), ("decide", "unverifiable", 1))
# What was done on a case, a day each, and where it stands by that: its state, since which day, and the day of the
# verdict. The first verdict was to be read blind.
READ_BY_TWO = (
    ([FIRST], ("second", 1, 1)),
    ([FIRST, SAME], ("decided", 2, 1)),
    ([FIRST, OTHER], ("disputed", 2, 1)),
    ([FIRST, SAME, ("undo", 2)], ("disputed", 3, 1)),
    ([FIRST, SAME, ("undo", 1)], ("disputed", 3, 1)),
    ([FIRST, OTHER, ("undo", 2)], ("disputed", 2, 1)),
    ([FIRST, OTHER, FIRST], ("decided", 3, 3)),
    ([FIRST, SAME, FIRST, ("undo", 3)], ("decided", 2, 1)),
    ([FIRST, SAME, ("reopen",)], ("reopened", 3, 0)),
)


def store_at(path: Path) -> Database:
    """The store there; a new one is copied from one that was made once, as each runs every migration there ever was."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(empty_file(), path)
    return open_store(path)


@cache
def empty_file() -> Path:
    """The file of an empty store, to be copied."""
    kept = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    open_store(kept / "soi.db").close()
    return kept / "soi.db"


def the_day(number: int) -> str:
    """A day of READ_BY_TWO, after all that is done meanwhile; "" for none."""
    return f"2999-11-{number:02}T00:00:00.000Z" if number else ""


def read_by_two(db: Database) -> list[int]:
    """The cases of READ_BY_TWO."""
    made = []
    for number, (deeds, _) in enumerate(READ_BY_TWO):
        posts.take_post(db, NewPost("bao", f"https://bao.example/two/{number}", f"Luật mới cho {CLAIM}."))
        (post,) = db.conn.execute("SELECT max(id) FROM posts").fetchone()
        made.append(case_id := cases.open_case(db, post, claim=CLAIM, score_id=None))
        ids: list[int] = []
        for at, (action, *told) in enumerate(deeds, 1):
            verdict, blind = told if action == "decide" else ("", 0)
            with write(db):
                ids += db.conn.execute(
                    "INSERT INTO decisions (case_id, person, at, action, verdict, reason, blind, undoes)"
                    " VALUES (?, 'an', ?, ?, ?, '', ?, ?) RETURNING id",
                    [case_id, the_day(at), action, verdict, blind, ids[told[0] - 1] if action == "undo" else None],
                ).fetchone()
        decisions.ask_second(db, ids[0], at=the_day(1))
    return made


def filled_home(root: Path) -> Home:
    """A home with two posts (one of them a decided case), evidence, a fact-check and a run."""
    shutil.copytree(_template(), root, dirs_exist_ok=True)
    return Home(root)


@cache
def _template() -> Path:
    """Such a home, made once and copied from then on."""
    home = Home(Path(tempfile.mkdtemp()) / "filled")
    atexit.register(shutil.rmtree, home.root.parent, ignore_errors=True)
    db = open_store(home.database)
    evidence.put_passages(db, [LAW, NEWS])
    factchecks.take(db, FactCheckRow("ban", "https://ban.example/1", "Nghỉ thai sản còn ba tháng", "Sai", "false"))
    with runs.run(db, "crawl") as run_id:
        for url, text in ((CASE_URL, f"Luật mới cho {CLAIM}."), (PLAIN_URL, "Giá cà phê Ea Nhôl tăng nhẹ.")):
            posts.take_post(db, NewPost("bao", url, text, title="Tiêu đề thử"), at=WHEN)
        runs.add_outcomes(db, run_id, Counter({("bao", "new"): 2, ("bao", "listed"): 1}))
    for version_id, claim in ((1, CLAIM), (2, "giá cà phê tăng nhẹ")):
        beside = (EvidenceRow("fact:a", "contradicts", 0.9, "primary", "number", ({"claim_text": claim},)),)
        row = ScoreRow(version_id, "default", "claim", ("CRC",), 0.9, True, ("CONTRADICTS_EVIDENCE",), claim,
                       detail={"words": claim}, evidence=beside)  # fmt: skip
        scores.add_score(db, row, outcome="flagged")
        shadow = {"version_id": version_id, "model": "v2", "kind": "claim", "rights": "[]", "p_refuted": 0.5}
        db["shadow_scores"].insert({**shadow, "flagged": 0, "reasons": "[]", "claim": claim, "scored_at": WHEN})
        cases.set_bands(db, version_id, [11, 12])
    case_id = cases.open_case(db, 1, claim=CLAIM, score_id=1)
    decisions.decide(db, NewDecision(case_id, "an", Verdict.FALSE, "contradicted_by_record", ("fact:a",), note="x"))
    db.close()
    home.settings_file.write_text("[keep]\ndaily = 2\n", encoding="utf-8")
    return home.root


def typed(home: Home, *words: object, given: str = "") -> Result:
    """A command typed in a home, at a wide terminal."""
    told = [*map(str, words), "--home", str(home.root)]
    return CliRunner().invoke(app(), told, input=given, env={"COLUMNS": "200"})


@contextlib.contextmanager
def powerless() -> Iterator[None]:
    """Without root's powers, where the tests have them."""
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(os.getuid())


def damage(database: Path, table: str) -> None:
    """Overwrite where a table begins: the file still opens, and what reads that table fails."""
    with contextlib.closing(open_store(database)) as db:
        copies.checkpoint(db)
        (page,) = db.conn.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
        (size,) = db.conn.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x55" * size)
