"""The card says how scores fall on everyday texts, and the watch raises an alert when they fall otherwise here."""

import shutil
from collections import Counter

import pytest

from classifier.files import shipped
from classifier.learning.training import write_card
from classifier.loading import read_card
from pipeline.home import Home
from pipeline.indexing import open_index, open_refuted
from pipeline.operations import watch
from pipeline.records import NewPost, now
from pipeline.registry import live_model, promote
from pipeline.research.shares import note_shares
from pipeline.steps import Bench, score_posts
from pipeline.store import open_store, posts, watching
from soi.facts import import_facts

TEXTS = [
    "Giá cà phê ở chợ huyện Ea Nhôl giảm hai tuần liền, nông dân chưa muốn bán.",
    "Theo tôi, trường làng nên mở thư viện cả ngày chủ nhật cho trẻ em.",
    "Bộ luật Lao động năm 2019 quy định tuổi lao động tối thiểu là đủ 15 tuổi.",
    "Sao bản mình mấy hôm nay vẫn chưa có nước sạch vậy bà con?",
    "Bộ luật Lao động năm 2019 cho người đủ 12 tuổi làm công nhân hầm mỏ.",
]


@pytest.fixture
def home(tmp_path):
    """A home whose live model is a version of its own."""
    home = Home(tmp_path / "home")
    db = open_store(home.database)
    import_facts(db)
    folder = shutil.copytree(shipped("models", "default"), home.models / "moi")
    write_card(folder, {**read_card(folder), "version": "moi"})
    promote(home, db, "moi")
    return home


def scored(home, texts) -> list[str]:
    """The alerts that stand after a home scored some texts."""
    db = open_store(home.database)
    for n, text in enumerate(texts):
        posts.take_post(db, NewPost("bao", f"https://bao.example/chia/{n}", f"{text} Bài số {n}."))
    model = live_model(home, db)
    score_posts(db, Bench(model, open_index(home, db, model), open_refuted(db, model), home.settings().score))
    return [found.key for found in watch.look(home, db, at=now())]


def test_the_card_holds_one_count_for_each_text_and_stays_whole(home):
    folder = home.models / "moi"
    counts = note_shares(folder, TEXTS * 3)
    assert sum(read_card(folder)["score_parts"].values()) == counts.total() == 3 * len(TEXTS)


def test_the_parts_are_those_the_store_counts(home):
    scored(home, TEXTS)
    db = open_store(home.database)
    rows = db.conn.execute("SELECT kind, p_refuted FROM scores").fetchall()
    assert watching.score_shares(db, "moi") == Counter(watching.part(kind, p) for kind, p in rows)


@pytest.mark.parametrize(("texts", "told"), [(TEXTS, False), (TEXTS[1:2], True)])
def test_scores_that_fall_otherwise_than_the_card_says_raise_an_alert(home, monkeypatch, texts, told):
    monkeypatch.setattr(watch, "ENOUGH_SCORES", 60)
    usual = [f"{text} Bài số {n}." for n, text in enumerate(TEXTS * 12)]
    note_shares(home.models / "moi", usual)
    assert ("model.drift" in scored(home, texts * (60 // len(texts)))) is told
