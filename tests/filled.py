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
from pipeline.store import cases, copies, decisions, evidence, open_store, posts, runs, scores
from soi.front import app

LAW = PassageRow("fact:a", "Tuổi lao động tối thiểu là đủ 15 tuổi.", "Bộ luật Lao động", "primary", date="2021-01-01")
NEWS = PassageRow(
    evidence.crawled_eid("bao", "https://bao.example/tin"), "Xưởng may nhận trẻ mười hai tuổi.", "Báo", "independent",
    kind="news", url="https://bao.example/tin",
)  # fmt: skip
CLAIM = "trẻ mười hai tuổi được làm công nhân"
CASE_URL, PLAIN_URL = "https://bao.example/1", "https://bao.example/2"
WHEN = "2020-01-02T03:04:05.000Z"


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
    evidence.take_factcheck(
        db, FactCheckRow("ban", "https://ban.example/1", "Nghỉ thai sản còn ba tháng", "Sai", "false")
    )
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
