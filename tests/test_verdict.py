"""The verdict learns, gives probabilities, keeps its numbers through a file, and refuses a file that isn't one."""

from pathlib import Path

import numpy as np
import pytest
from ours import model as shipped_model
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier

from classifier.checking.repeats import RefutedClaim, RefutedClaims
from classifier.comparison import vectors as word_vectors
from classifier.comparison.vectors import Vectors, learn
from classifier.entailment import verdict
from classifier.entailment.forest import averaged, boosted
from classifier.entailment.verdict import LABELS, VerdictModel, softmax
from classifier.errors import ModelRefused
from classifier.evidence.choose import choose, excerpt
from classifier.evidence.retrieval import Hit, Passage

PLACES = ("Hòn Sỏi", "Bến Cát Vàng", "Đồi Chè", "Suối Lạnh", "Cầu Gỗ", "Ao Sen")
THINGS = ("lớp học", "giường bệnh", "giếng nước", "phiên tòa", "chuyến xe", "suất học bổng")


def material() -> tuple[list[tuple[str, str]], list[str]]:
    """Our own sentences: the same number, another number, and a number of something else."""
    pairs, labels = [], []
    for at, place in enumerate(PLACES):
        for number, thing in enumerate(THINGS):
            count = 10 + at * 7 + number
            evidence = f"Năm nay xã {place} có {count} {thing} cho người nghèo, theo báo cáo của xã."
            pairs.append((f"Xã {place} có {count} {thing} cho người nghèo.", evidence))
            pairs.append((f"Xã {place} có {count + 3} {thing} cho người nghèo.", evidence))
            pairs.append((f"Ở {place} chưa ai biết bao giờ đường nhựa được sửa xong.", evidence))
            labels += ["supported", "refuted", "not_enough_info"]
    return pairs, labels


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    pairs, _ = material()
    return learn([text.lower().split() for pair in pairs for text in pair], {}, seed=1)


@pytest.fixture(scope="module")
def model(vectors: Vectors) -> VerdictModel:
    """A model of a few trees, enough for these sentences."""
    pairs, labels = material()
    places = [str(at // 18) for at in range(len(pairs))]
    return verdict.train(pairs, labels, vectors=vectors, seed=3, articles=places, rounds=30, grown=10)


@pytest.fixture(scope="module")
def ours() -> VerdictModel:
    """The model that ships."""
    return shipped_model().verdict


def test_it_tells_the_same_number_from_another_and_from_silence(model: VerdictModel) -> None:
    evidence = "Năm nay xã Gò Mây có 31 giếng nước cho người nghèo, theo báo cáo của xã."
    claims = ("Xã Gò Mây có 31 giếng nước cho người nghèo.", "Xã Gò Mây có 38 giếng nước cho người nghèo.")
    said = model.predict_proba([(claim, evidence) for claim in claims]).argmax(axis=1)
    assert [LABELS[at] for at in said] == ["supported", "refuted"]


def test_without_diacritics_the_verdict_stays(model: VerdictModel) -> None:
    evidence = "Năm nay xã Gò Mây có 31 giếng nước cho người nghèo, theo báo cáo của xã."
    accented, plain = "Xã Gò Mây có 38 giếng nước cho người nghèo.", "Xa Go May co 38 gieng nuoc cho nguoi ngheo."
    one, two = model.predict_proba([(accented, evidence), (plain, evidence)])
    assert one == pytest.approx(two, abs=0.05)


def test_probabilities_sum_to_one_in_label_order(model: VerdictModel) -> None:
    pairs, labels = material()
    proba = model.predict_proba(pairs)
    assert proba.shape == (len(pairs), len(LABELS))
    assert proba.sum(axis=1) == pytest.approx(1)
    assert np.mean(proba.argmax(axis=1) == [LABELS.index(label) for label in labels]) > 0.9
    assert model.out_of_fold_.shape == proba.shape


def test_out_of_fold_a_pair_is_answered_by_a_blend_and_a_relevance_of_other_folds() -> None:
    chance, n = np.random.default_rng(0), 60
    articles = [str(at // 4) for at in range(n)]
    y, w = chance.integers(3, size=n), np.ones(n)
    votes, rows = chance.normal(size=(n, 12)), chance.normal(size=(n, 8)).astype(np.float32)
    drawn, folds = verdict._strangers(n, articles, 0), verdict._folds(y, articles, 0)
    strangers = chance.normal(size=(len(drawn), 8)).astype(np.float32)
    found = verdict._crossed(folds, votes, rows, y, w, strangers=strangers, drawn=drawn)
    assert all(articles[one] != articles[two] for one, two in drawn)
    for _, test in folds:
        other, moved, mine = y.copy(), strangers.copy(), np.isin(drawn, test).any(axis=1)
        other[test], moved[mine] = (y[test] + 1) % 3, moved[mine] + 5  # its own labels, and strangers out of its pairs
        again = verdict._crossed(folds, votes, rows, other, w, strangers=moved, drawn=drawn)
        assert np.array_equal(again[test], found[test])
        assert not np.allclose(again, found)


def test_evidence_that_speaks_of_something_else_tells_nothing(ours: VerdictModel) -> None:
    claim = "Phụ nữ được nghỉ thai sản 6 tháng."
    others = "Tàu hỏa đi Lào Cai khởi hành lúc 22 giờ.", "Phở là món ăn sáng quen thuộc.", "Giá vàng hôm nay tăng nhẹ."
    told = ours.predict_proba([(claim, other) for other in others])
    assert (told.argmax(axis=1) == LABELS.index("not_enough_info")).all()
    same = ours.predict_proba(
        [(claim, "Lao động nữ được nghỉ thai sản 6 tháng."), (claim, "Lao động nữ được nghỉ thai sản 4 tháng.")]
    )
    assert (same.argmax(axis=1) != LABELS.index("not_enough_info")).all()


def test_no_pairs_give_no_rows(model: VerdictModel) -> None:
    assert model.predict_proba([]).shape == (0, 3)


def test_a_pair_scores_the_same_alone_and_in_a_batch(model: VerdictModel) -> None:
    pairs, _ = material()
    alone = np.vstack([model.predict_proba([pair]) for pair in pairs[:12]])
    assert alone == pytest.approx(model.predict_proba(pairs[:12]), abs=1e-12)


def test_what_a_list_forbids_stays_below_its_heading() -> None:
    text = (
        "Những hành vi bị nghiêm cấm\n1. Đánh đập người lao động.\n2. Giữ giấy tờ của người lao động.\nQuyền\nĐi lại."
    )
    assert excerpt("giữ giấy tờ của người lao động", text) == (
        "Những hành vi bị nghiêm cấm\nGiữ giấy tờ của người lao động."
    )
    assert excerpt("được đi lại", text) == "Đi lại."


@pytest.mark.parametrize("heading", [
    "Bãi bỏ lệnh cấm xuất cảnh", "Không cấm những việc sau đây:", "Thẩm quyền cấm xuất cảnh",
    "Công an cấm dân đi lại", "Nghiêm cấm tra tấn\nĐiều 9. Đi lại.", "Hành vi bị nghiêm cấm\nQuyền của công dân",
])  # fmt: skip
def test_a_heading_that_forbids_nothing_below_it_stays_away(heading: str) -> None:
    assert excerpt("đi lại tự do trong nước", f"{heading}\na) Đi lại tự do trong nước.").endswith(
        "lại tự do trong nước."
    )
    assert "cấm" not in excerpt("đi lại tự do trong nước", f"{heading}\na) Đi lại tự do trong nước.")


@pytest.mark.parametrize("claim", ["", "…", "\x00", "😀" * 400, "a" * 5000, "1." * 900, "không " * 500])
def test_any_text_gets_a_verdict(model: VerdictModel, claim: str) -> None:
    assert np.isfinite(model.predict_proba([(claim, "Xã có 12 lớp học."), ("Xã có 12 lớp học.", claim)])).all()


def test_a_saved_model_gives_the_same_numbers_and_bytes(model: VerdictModel, tmp_path: Path) -> None:
    pairs, _ = material()
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    for folder in ("one", "two"):
        word_vectors.save(model.vectors, tmp_path / folder)
        verdict.save(model, tmp_path / folder)
    loaded = verdict.load(tmp_path / "one", vectors=word_vectors.load(tmp_path / "one"))
    assert np.array_equal(loaded.predict_proba(pairs), model.predict_proba(pairs))
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


@pytest.mark.parametrize("name", [verdict.FILE, word_vectors.FILE])
@pytest.mark.parametrize("harm", ["missing", "cut", "text"])
def test_a_damaged_file_is_refused_in_one_sentence(model: VerdictModel, tmp_path: Path, name: str, harm: str) -> None:
    word_vectors.save(model.vectors, tmp_path)
    verdict.save(model, tmp_path)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    if harm != "missing":
        (tmp_path / name).write_bytes(whole[: len(whole) // 2] if harm == "cut" else b"not a model")
    with pytest.raises(ModelRefused, match="missing or damaged"):
        verdict.load(tmp_path, vectors=word_vectors.load(tmp_path))


def test_a_pickle_in_place_of_numbers_is_refused(model: VerdictModel, tmp_path: Path) -> None:
    word_vectors.save(model.vectors, tmp_path)
    np.savez(tmp_path / verdict.FILE, names=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ModelRefused):
        verdict.load(tmp_path, vectors=word_vectors.load(tmp_path))


def test_a_verdict_with_other_features_is_refused_and_says_what_to_do(
    model: VerdictModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict.save(model, tmp_path)
    monkeypatch.setattr(verdict, "features_of", lambda extras: ["another"])
    with pytest.raises(ModelRefused, match="made for other features than this program reads: train anew with `soi tr"):
        verdict.load(tmp_path, vectors=model.vectors)


def test_flat_trees_give_scikit_learns_numbers() -> None:
    draw = np.random.default_rng(0)
    rows = draw.normal(size=(300, 8)).astype(np.float32)
    y = draw.integers(0, 3, 300)
    trees = HistGradientBoostingClassifier(max_iter=20, random_state=0).fit(rows, y)
    extra = ExtraTreesClassifier(20, min_samples_leaf=3, random_state=0).fit(rows, y)
    base = np.asarray(trees._baseline_prediction).ravel()
    assert softmax(boosted(trees).total(rows) + base) == pytest.approx(trees.predict_proba(rows), abs=1e-6)
    assert averaged(extra).total(rows) == pytest.approx(extra.predict_proba(rows), abs=1e-6)


def test_evidence_comes_from_one_article_in_at_most_three_sentences() -> None:
    page = "Bão tan. Xã Hòn Sỏi có 12 lớp học. Chợ đông. Lớp học ở Hòn Sỏi do dân góp. Trời mưa. Cô giáo tên Cát. Hết."
    hits = [
        Hit(Passage("a", "Xã Đồi Chè mở hội.", "https://bao.example/1", "independent"), 8.1),
        Hit(Passage("b", page, "https://bao.example/2", "primary"), 8.0),
        Hit(Passage("c", "Chợ Hòn Sỏi mở lại.", "https://bao.example/2", "primary"), 3.0),
    ]
    chosen = choose("Xã Hòn Sỏi có 12 lớp học do dân góp", hits)
    assert chosen.eid == "b"
    assert chosen.text == "Xã Hòn Sỏi có 12 lớp học. Lớp học ở Hòn Sỏi do dân góp."


def test_pages_of_one_outlet_are_never_joined_to_a_text_that_stands_nowhere() -> None:
    pages = ("Tòa xử ông An Sỏi bảy năm tù.", "Bà Bình Cát bị bắt hôm qua.")
    hits = [Hit(Passage(str(at), page, "Báo Sỏi", "independent", kind="news"), 8.0) for at, page in enumerate(pages)]
    assert choose("Tòa xử bà Bình Cát bảy năm tù, bà bị bắt hôm qua", hits).text in pages
    joined = [Hit(Passage(str(at), page, "https://bao.example/1", kind="news"), 8.0) for at, page in enumerate(pages)]
    assert choose("Tòa xử bà Bình Cát bảy năm tù, bà bị bắt hôm qua", joined).text == " ".join(pages)


def test_no_hits_choose_nothing() -> None:
    assert choose("Xã Hòn Sỏi có 12 lớp học", []).text == ""


def test_an_excerpt_is_part_of_the_passage() -> None:
    text = "Điều 5. Nghỉ phép.\n1. Người lao động nghỉ 12 ngày.\n2. Ngày lễ nghỉ riêng.\n3. Nghỉ ốm có lương."
    cut = excerpt("nghỉ 12 ngày mỗi năm", text)
    assert "Người lao động nghỉ 12 ngày." in cut
    assert len(cut) < len(text)


@pytest.mark.parametrize(
    "claim", ["Xã Đồi Chè có 24 lớp học cho người nghèo.", "xa doi che co 24 lop hoc cho nguoi ngheo"]
)
def test_a_refuted_claim_is_found_again_with_and_without_diacritics(model: VerdictModel, claim: str) -> None:
    known = [
        RefutedClaim("f1", "Xã Đồi Chè có 24 lớp học cho người nghèo.", "independent"),
        RefutedClaim("f2", "Chợ Ao Sen đóng cửa vì bão.", "primary"),
    ]
    found = RefutedClaims.build(known, verdict=model).match(claim)
    assert (found[0].eid, found[0].role, found[0].same) == ("f1", "independent", True)


@pytest.mark.parametrize(
    ("claim", "again"),
    [("ba tháng", "3 tháng"), ("3 tháng", "ba tháng"), ("hai mươi lăm ngày", "25 ngày"), ("mười ngày", "10 ngày")],
)
def test_a_refuted_claim_is_the_same_with_its_number_in_words_or_figures(
    model: VerdictModel, claim: str, again: str
) -> None:
    text = "Từ năm nay lao động nữ chỉ còn được nghỉ thai sản hưởng {}."
    known = RefutedClaims.build([RefutedClaim("f1", text.format(claim), "independent")], verdict=model)
    as_it_was, otherwise = (known.match(text.format(said))[0].p for said in (claim, again))
    assert otherwise >= as_it_was - 0.02


def test_a_claim_with_another_number_is_alike_but_not_the_same(model: VerdictModel) -> None:
    known = [RefutedClaim("f1", "Xã Đồi Chè có 24 lớp học cho người nghèo, theo báo cáo của xã.", "independent")]
    found = RefutedClaims.build(known, verdict=model).match("Xã Đồi Chè có 31 lớp học cho người nghèo.")
    assert [one.same for one in found] == [False]


def test_what_parties_found_false_crowds_no_other_finding_out(model: VerdictModel) -> None:
    claim = "Xã Đồi Chè có 24 lớp học cho người nghèo."
    parties = [RefutedClaim(f"p{at}", claim, "party") for at in range(20)]
    settling = RefutedClaim("f1", f"Theo báo cáo thì {claim}", "independent")
    found = RefutedClaims.build([*parties, settling], verdict=model).match(claim)
    assert [(one.role, one.same) for one in found] == [("independent", True), *[("party", True)] * 3]


def test_nothing_alike_gives_no_match(model: VerdictModel) -> None:
    assert RefutedClaims.build([], verdict=model).match("Xã Đồi Chè có 24 lớp học.") == []
