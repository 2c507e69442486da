"""A home's own rows: brought with its passages, refused whole, used like those that ship, off with another wording."""

import gc
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import structlog
from filled import filled_home, typed
from ours import model

from classifier.errors import BadEvidence
from classifier.evaluation import ownrows as gate
from classifier.evidence.retrieval import Passage
from classifier.files import shipped
from classifier.logic import contraries, ownrows
from classifier.logic.ownrows import RowsFile
from classifier.logic.phrases import Phrases
from classifier.orthography.spelling import plain
from classifier.scoring import Item, score
from pipeline import cluster, indexing, rescoring
from pipeline.home import Home
from pipeline.operations.doctor import examine
from pipeline.records import NewPost, PassageRow
from pipeline.registry import live_model
from pipeline.research import trials
from pipeline.steps import bench_of, score_posts
from pipeline.store import audit, evidence, open_store, posts
from pipeline.store import contraries as kept
from pipeline.worker import Watcher
from soi.held import HeldEvidence

RENT = "Người thuê trọ ở tỉnh Đồng Vân được hỗ trợ 500.000 đồng tiền thuê nhà mỗi tháng, không cần hộ khẩu của tỉnh."
BUS = "Người khuyết tật nặng ở tỉnh Đồng Vân được đi xe buýt của tỉnh miễn phí."
RULES = {"thue": RENT, "buyt": BUS}
ROW = {
    "fact": "thue",
    "like": "Người thuê trọ ở Đồng Vân phải có hộ khẩu tỉnh mới được hỗ trợ tiền thuê nhà.",
    "said": ["<noi>", "tiền thuê", "phải có hộ khẩu"],
    "unless": "tỉnh khác",
    "against": "không cần hộ khẩu của tỉnh",
}
FALSE = "Ở Đồng Vân, phải có hộ khẩu tỉnh thì mới được hỗ trợ tiền thuê nhà hằng tháng."


def rows(*changes: dict[str, object], words: str = 'noi = "đồng vân | tỉnh mình"', also: str = "") -> str:
    """A file with a row for each change to ROW."""
    told = [
        "\n".join(f"{key} = {json.dumps(said, ensure_ascii=False)}" for key, said in (ROW | one).items() if said)
        for one in changes or ({},)
    ]
    return f"[words]\n{words}\n{also}\n" + "".join(f"[[contrary]]\n{one}\n" for one in told)


def passages(**texts: str) -> str:
    return "".join(
        json.dumps({"eid": eid, "text": text, "source": "Quy định tỉnh Đồng Vân", "role": "primary", "kind": "fact"})
        + "\n"
        for eid, text in texts.items()
    )


def of(text: str, **texts: str) -> RowsFile:
    return RowsFile("luat.toml", text, texts or RULES)


@pytest.fixture(scope="module", autouse=True)
def gate_read_once() -> Iterator[None]:
    """Each import tries its rows on all texts of the gate: here they are read once, which takes three seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "_words", cache(gate._words))
        yield


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return filled_home(tmp_path / "home")


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home into which rules and a row came by one command; for tests that only read it."""
    home = filled_home(tmp_path_factory.mktemp("brought"))
    came = bring(home)
    assert came.exit_code == 0, came.output
    assert "luat.toml counts from now on: 1 row on 1 passage." in came.output
    return home


def bring(home: Home, text: str | bytes = "", *options: str, name: str = "luat.toml", rules: str = ""):
    """`soi evidence import` of the rules and a file of rows."""
    law, file = home.root / "luat.jsonl", home.root / name
    law.write_text(rules or passages(**RULES), encoding="utf-8")
    file.write_bytes(text if isinstance(text, bytes) else (text or rows()).encode())
    return typed(home, "evidence", "import", law, file, *options)


@pytest.mark.parametrize(("text", "said"), [
    (rows({"fact": "khong-co"}), "luat.toml, contrary 1: there is no fact khong-co"),
    (rows({}, {"against": "không cần sổ hộ khẩu"}), "contrary 2: 'không cần sổ hộ khẩu' isn't said in the fact thue"),
    (rows({"like": "Giá cà phê tăng."}), "contrary 1: it doesn't match its own like"),
    (rows({"unless": "hộ khẩu tỉnh mới"}), "contrary 1: it doesn't match its own like"),
    (rows({"said": ["đồng vân", "hỗ trợ", "không cần hộ khẩu"], "like": "Đồng Vân hỗ trợ, không cần hộ khẩu."}),
     "contrary 1: it matches what thue itself says"),
    (rows({"said": ["luật"], "like": "Luật bắt phải có hộ khẩu."}), "contrary 1: it matches what fact:"),
    (rows({"said": ["<tinh>", "tiền thuê"]}), "contrary 1 (thue): <tinh> isn't among [words] before this"),
    (rows({"said": ["đồng vân", "{500000} đồng"]}), "contrary 1 (thue): { isn't understood"),
    (rows({"said": ["… đồng vân"]}), "contrary 1 (thue): … đồng vân begins with …"),
    (rows({"said": []}), "contrary 1: said must be a non-empty list"),
    (rows({"sai": "x"}), "contrary 1: sai isn't a key of a contrary"),
    (rows({"said": ["a" + " … b" * 9]}), "contrary 1: with its <words> put in a phrase has 9 gaps (…), at most 8 pass"),
    (rows({"said": ["phí … <noi> … PHÍ … đồng"]}), "“phí … <noi> … PHÍ … đồng” has “phi” on both sides of a gap"),
    (rows({"said": ["{} … b … c … {}"]}), "has “{}” on both sides of a gap"),
    ('never = "hay không"\n' + rows(), "luat.toml must hold [words], [rights] and [[contrary]] rows and nothing else"),
    (rows(also='[rights]\nthue = ["HOUSING"]'), "luat.toml, thue of [rights]: it must be a list of CCPR, CESCR"),
    (rows({"fact": "maternity-leave-2026", "against": "6 tháng"}, also='[rights]\nmaternity-leave-2026 = ["CESCR"]'),
     "luat.toml, maternity-leave-2026 of [rights]: a fact that ships has its own"),
    (rows(also='[rights]\nkhac = ["CESCR"]'), "luat.toml, khac of [rights]: no row is on it"),
    ("[[contrary", "luat.toml can't be read as contraries"),
    ("[[contrary]]\nfact = 3", "luat.toml, contrary 1: fact must be a non-empty text"),
    ("contrary = [1]", "luat.toml, contrary 1: isn't a table of keys"),
])  # fmt: skip
def test_a_file_that_isnt_right_is_refused_with_its_row_in_one_sentence(text: str, said: str) -> None:
    ships = "fact:maternity-leave-2026"
    known = {**RULES, "khac-nua": "Tỉnh Đồng Vân có chợ.", ships: contraries.shipped_texts()[ships]}
    with pytest.raises(BadEvidence) as refused:
        ownrows.check(ownrows.joined([of(text, **known)]))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value).strip()


def test_words_that_would_grow_without_end_are_refused() -> None:
    grows = "\n".join(f'w{n + 1} = "<w{n}> <w{n}> | <w{n}> a"' for n in range(40))
    with pytest.raises(BadEvidence, match="letters, at most"):
        ownrows.joined([of(rows({"said": ["<w40>", "tiền thuê"]}, words=f'w0 = "a b | c"\n{grows}'))])
    deep = "\n".join(f'w{n + 1} = "<w{n}>"' for n in range(3000))
    with pytest.raises(BadEvidence, match=r"words within words|too deep"):
        ownrows.joined([of(rows({"said": ["<w3000>", "tiền thuê"]}, words=f'w0 = "đồng vân"\n{deep}'))])


def test_a_home_may_have_so_many_rows() -> None:
    many = ownrows.joined([of(rows(*[{}] * 40))])
    ownrows.check_limits(many)
    with pytest.raises(BadEvidence, match="makes 5,040 rows; a home may have 5,000"):
        ownrows.check_limits(replace(many, own=many.own * 126))


def test_own_rows_are_excused_by_what_excuses_all_and_by_another_wording() -> None:
    own = ownrows.joined([of(rows())])
    said = plain(FALSE)
    assert contraries.contradicting(said, own) == {"thue": RENT}
    assert not contraries.contradicting(said)
    for excused in (f"Tin đồn là {FALSE}", f"Có phải {FALSE[:-1]} không?", f"Tỉnh khác với nhau: {FALSE}"):
        assert not contraries.contradicting(plain(excused), own)
    rent = Passage("thue", RENT, role="primary", kind="fact")
    claimed, told = contraries.against(said, rent, own)
    assert (said[slice(*claimed)], RENT[slice(*told)]) == ("phải có hộ khẩu", ROW["against"])
    assert contraries.against(said, replace(rent, text=f"{RENT} Sửa."), own) is None
    assert contraries.against(said, rent) is None


def test_rows_on_a_fact_that_ships_stand_beside_its_own() -> None:
    row = {"fact": "maternity-leave-2026", "like": "Theo luật nghỉ đẻ chỉ được mấy tuần trăng.",
           "said": ["nghỉ đẻ", "tuần trăng"], "against": "6 tháng"}  # fmt: skip
    text = contraries.shipped_texts()["fact:maternity-leave-2026"]
    own = ownrows.joined([of(rows(row), **{"fact:maternity-leave-2026": text})])
    assert list(contraries.contradicting(plain(str(row["like"])), own)) == ["fact:maternity-leave-2026"]
    plainly = plain("Nghỉ thai sản theo luật chỉ có 4 tháng.")
    assert contraries.contradicting(plainly, own) == contraries.contradicting(plainly) != {}


def test_what_is_brought_is_scored_by_and_named_in_the_score(brought: Home) -> None:
    given = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(
        (FALSE, "Ở Đồng Vân thuê trọ không cần hộ khẩu vẫn được hỗ trợ tiền thuê nhà.",
         "Tôi thấy bắt phải có hộ khẩu tỉnh Đồng Vân mới cho tiền thuê nhà là quá đáng!",
         "Tin đồn ở Đồng Vân phải có hộ khẩu mới được hỗ trợ tiền thuê nhà là bịa."),
    ))  # fmt: skip
    said = [json.loads(line) for line in typed(brought, "score", "--stdin", given=given).stdout.splitlines()]
    assert [one["flagged"] for one in said] == [True, False, False, False]
    assert [(one["eid"], one["relation"]) for one in said[0]["evidence"][:1]] == [("thue", "contradicts")]


def test_a_post_is_explained_by_its_row_and_computed_again_bit_for_bit(home: Home) -> None:
    with closing(open_store(home.database)) as db:
        posts.take_post(db, NewPost("bao", "https://bao.example/thue", FALSE))
        score_posts(db, bench_of(home, db, live_model(home, db)))
    assert "CONTRADICTS" not in typed(home, "explain", "https://bao.example/thue").output
    assert bring(home).exit_code == 0
    with closing(open_store(home.database)) as db:  # what was seen lately is scored again
        bench = bench_of(home, db, live_model(home, db))
        assert rescoring.Rechecking(db, bench).all(bench).total() > 0
        assert rescoring.Rechecking(db, bench).done
    told = typed(home, "explain", "https://bao.example/thue").output
    assert "the same, bit for bit" in told
    digest = next(word for word in told.split() if word.startswith('"luat.toml'))
    assert digest == '"luat.toml'
    assert ', contrary 1"' in told
    assert typed(home, "evidence", "remove", "luat.toml").exit_code == 0
    told = typed(home, "explain", "https://bao.example/thue").output
    assert "differs" in told
    assert "The flag or its reasons would be others now." in told


def test_other_words_of_a_passage_turn_its_rows_off_and_say_so(home: Home) -> None:
    bus = {"fact": "buyt", "like": "Đồng Vân bắt người khuyết tật mua vé xe buýt.",
           "said": ["đồng vân", "khuyết tật", "mua vé"], "against": "miễn phí"}  # fmt: skip
    assert bring(home, rows({}, bus)).exit_code == 0
    with closing(open_store(home.database)) as db:
        watcher = Watcher(home, db)
        assert {one.eid for one in watcher.bench.model.rows.own} == {"thue", "buyt"}
        evidence.put_passages(db, [PassageRow("thue", f"{RENT} Từ tháng 5.", "Quy định", "primary")])
        watcher.refresh()
        assert {one.eid for one in watcher.bench.model.rows.own} == {"buyt"}
        assert "thue" in typed(home, "evidence", "rows").output
        assert any(one.what == "rows" and "thue" in one.found for one in examine(home))
        evidence.put_passages(db, [PassageRow("thue", RENT, "Quy định", "primary")])
        watcher.refresh()
        assert {one.eid for one in watcher.bench.model.rows.own} == {"thue", "buyt"}
        typed(home, "evidence", "remove", "buyt")
        watcher.refresh()
        assert {one.eid for one in watcher.bench.model.rows.own} == {"thue"}
        before = watcher.bench.model
        watcher.refresh()
        assert watcher.bench.model is before
        # both anew between two looks
        evidence.put_passages(db, [PassageRow("thue", f"{RENT} Từ tháng 6.", "Quy định", "primary")])
        kept.put(db, "luat.toml", rows(), {"thue": f"{RENT} Từ tháng 6."}, person="")
        watcher.refresh()
        assert watcher.bench.model.rows.texts == {"thue": f"{RENT} Từ tháng 6."}


def test_an_import_that_words_a_passage_anew_says_whose_rows_count_no_more(home: Home) -> None:
    assert bring(home).exit_code == 0
    file = home.root / "luat.jsonl"
    file.write_text(passages(thue=RENT.replace("500", "700")), encoding="utf-8")
    assert "Rows of luat.toml count no more on thue" in typed(home, "evidence", "import", file).output


def test_a_pipe_that_stays_open_goes_by_rows_that_come_and_go(home: Home) -> None:
    held = HeldEvidence(home, None, None)
    assert not held.model.rows.own
    for does, n in ((lambda: bring(home), 1), (lambda: typed(home, "evidence", "remove", "luat.toml"), 0)):
        assert does().exit_code == 0
        held.look()
        assert len(held.model.rows.own) == n
        (said,) = score(held.model, [Item("", FALSE)], index=held.index)
        assert said.flagged is bool(n)


def test_a_file_that_is_refused_leaves_all_as_it_was(home: Home) -> None:
    assert bring(home).exit_code == 0
    before = kept_of(home)
    more = passages(**RULES, moi="Tỉnh Đồng Vân mở trường mới.")
    bad = (b" ", b"[words]", b"\xff\xfe\x00", b"[[contrary", rows({"fact": "mất"}).encode(), b"x" * 2_000_001)
    for text in bad:
        came = bring(home, text, rules=more)
        assert isinstance(came.exception, BadEvidence)
        assert str(came.exception).startswith("luat.toml")
    assert kept_of(home) == before
    assert "moi" not in typed(home, "evidence", "list").output
    party = json.dumps({"eid": "loi", "text": "Sở nói vậy.", "role": "party", "kind": "fact"})
    told = bring(home, rows({"fact": "loi", "against": "nói"}), rules=party)
    assert "luat.toml, loi: it is a party's, which settles nothing" in str(told.exception)
    news = json.dumps({"eid": "tin", "text": "Báo viết vậy.", "role": "independent", "kind": "news"})
    told = bring(home, rows({"fact": "tin", "against": "viết"}), rules=news)
    assert "tin: it is neither a fact nor law" in str(told.exception)


def kept_of(home: Home) -> list[object]:
    with closing(open_store(home.database)) as db:
        return [kept.files(db), evidence.passages_now(db), kept.seal(db)]


def test_rows_that_would_flag_a_protected_text_are_refused_whatever_is_said(home: Home) -> None:
    korea = "Hàn Quốc phê chuẩn công ước 87 của ILO từ sớm."
    row = {"fact": "han", "like": protected("Hàn Quốc mãi 2021"), "said": ["hàn quốc", "giàu là làm sớm"],
           "unless": "", "against": "từ sớm"}  # fmt: skip
    for options in ((), ("--why", "cứ đưa vào")):
        told = str(bring(home, rows({}, row), *options, rules=passages(**RULES, han=korea)).exception)
        assert told.startswith("luat.toml, contrary 2 would flag 1 protected text, such as “Hàn Quốc mãi 2021")
        assert "--why" not in told
    assert kept_of(home)[0] == []
    # by rows that came in all the same, as before the text was protected, the gate fails
    with closing(open_store(home.database)) as db:
        evidence.put_passages(db, [PassageRow("han", korea, "Luật", "primary")])
        kept.put(db, "luat.toml", rows(row), {"han": korea}, person="")
    assert trials.by_own_rows(home, shipped("models", "default"))[0].startswith(
        "luat.toml, contrary 1 would flag 1 prot"
    )
    assert trials.by_own_rows(Home(home.root / "none"), shipped("models", "default")) == []


def protected(begins: str) -> str:
    texts = (one for what, pair in gate.held() if what == gate.PROTECTED for one in pair)
    return next(text for text in texts if text.startswith(begins))


def test_rows_that_would_flag_a_true_claim_need_a_reason(home: Home) -> None:
    text = next(one for what, (one, *_) in gate.held() if what == gate.TRUE and one.startswith("Án sơ thẩm tuyên rồi"))
    law = "Theo quy định mới thì khác: sau án sơ thẩm, còn kháng cáo, chưa có hiệu lực thì bị cáo được coi là có tội."
    row = {"fact": "an", "like": text, "said": ["án sơ", "coi là không có tội"], "unless": "", "against": "khác"}
    rules = passages(**RULES, an=law)
    told = str(bring(home, rows(row), rules=rules).exception)
    assert told.startswith("luat.toml, contrary 1 would flag 1 true claim, such as “Án sơ thẩm tuyên rồi")
    assert "--why" in told
    assert kept_of(home)[0] == []
    came = bring(home, rows(row), "--why", "luật mới từ 2026", "--person", "an", rules=rules)
    assert came.exit_code == 0
    assert "would flag 1 true claim" in came.output
    with closing(open_store(home.database)) as db:
        (line, *_) = audit.entries(db)
    assert [line[name] for name in ("person", "action", "subject", "detail")] == [
        "command line (an)", "contraries_import", "luat.toml", "luật mới từ 2026",
    ]  # fmt: skip


def test_a_mirror_pair_is_told_of_where_one_voice_alone_is_flagged() -> None:
    pair = next(pair for what, pair in gate.held() if what == gate.MIRROR and pair[0].startswith("Nhà nước tổ chức di"))
    law = "Theo quy định mới thì khác: tổ chức di dời 120 hộ dân khỏi khu quy hoạch Bãi Cạn, bố trí tái định."
    row = {"fact": "cu", "like": pair[0], "said": ["nhà nước", "cư theo quy định"], "unless": "", "against": "khác"}
    beside = Passage("cu", law, "Luật", "primary", kind="fact")

    def told(**change: object) -> list[str]:
        own = ownrows.joined([of(rows(row | change), cu=law)])
        return [one.what for one in gate.harms(replace(model(), rows=own), [beside])]

    assert told() == [gate.MIRROR]


def test_a_cluster_scores_by_own_rows_too(brought: Home) -> None:
    with closing(open_store(brought.database)) as db:
        passages = list(indexing.indexable(evidence.passages(db)))
        kit = cluster.pack(shipped("models", "default"), passages, [], indexing.row_files(db))
        bench = bench_of(brought, db, live_model(brought, db))
    items = [Item("", FALSE)]
    (far,) = cluster.score_kit(kit, items)
    (here,) = score(bench.model, items, index=bench.index)
    assert far.flagged
    assert far == here
    bare = cluster.pack(shipped("models", "default"), passages, [])
    assert bare.digest != kit.digest
    assert not cluster.score_kit(bare, items)[0].flagged


def test_rows_that_a_newer_soi_cant_read_are_left_out_and_the_others_count(home: Home) -> None:
    assert bring(home).exit_code == 0
    with closing(open_store(home.database)) as db:
        kept.put(db, "cu.toml", rows({"said": ["<gone>", "tiền thuê"]}), {"thue": RENT}, person="")
        with structlog.testing.capture_logs() as logs:
            found = indexing.with_rows(db, model())
        assert [one.where.split()[0] for one in found.rows.own] == ["luat.toml"]
        assert "cu.toml, contrary 1 (thue): <gone>" in logs[0]["said"]
        assert indexing.with_rows(db, found) is found
    told = typed(home, "evidence", "rows")
    assert told.exit_code == 0, told.output
    assert "<gone>" in told.output
    assert bring(home, name="moi.toml").exit_code == 0  # nor does it stand in another's way


def test_a_passage_worded_anew_takes_other_rows_than_those_of_another_file(home: Home) -> None:
    """What the other file has on it counts no more, for the trial as afterwards."""
    assert bring(home, name="cu.toml").exit_code == 0
    anew = RENT.replace("không cần hộ khẩu của tỉnh", "có hộ khẩu ở đâu cũng được")
    row = {"against": "có hộ khẩu ở đâu cũng được"}
    came = bring(home, rows(row), name="moi.toml", rules=passages(thue=anew))
    assert came.exit_code == 0, came.output
    assert "Rows of cu.toml count no more on thue" in came.output
    (said,) = typed(home, "score", "--stdin", given=json.dumps({"id": 1, "text": FALSE})).stdout.splitlines()
    assert json.loads(said)["flagged"]


def test_a_law_comes_in_with_its_title_and_rows_on_it_by_one_command(home: Home) -> None:
    law, file = home.root / "le.txt", home.root / "le.toml"
    law.write_text(f"Điều 1. Hỗ trợ\n{RENT}\n\nĐiều 2. Xe buýt\n{BUS}\n", encoding="utf-8")
    first = ("evidence", "import", law, "--title", "Lệ tỉnh Đồng Vân", "--since", "2026-01-01")
    assert typed(home, *first).exit_code == 0
    with closing(open_store(home.database)) as db:
        (eid,) = (one.eid for one in evidence.passages(db) if one.kind == "law" and "tiền thuê nhà" in one.text)
    file.write_text(rows({"fact": eid}), encoding="utf-8")
    came = typed(home, *first[:3], file, *first[3:])
    assert came.exit_code == 0, came.output
    assert "le.toml counts from now on: 1 row on 1 passage." in came.output
    assert "--title" in str(typed(home, *first[:3], law, *first[3:]).exception)
    assert "--why" in str(typed(home, *first, "--why", "luật mới").exception)


def test_rows_that_others_took_the_place_of_are_let_go() -> None:
    def phrases() -> int:
        gc.collect()
        return sum(isinstance(one, Phrases) for one in gc.get_objects())

    counts = list[int]()
    for _ in range(4):
        indexing.rows_of([of(rows(*[{}] * 300))], seal="")
        counts.append(phrases())
    assert counts[-1] == counts[-2]
