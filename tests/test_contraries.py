"""What goes against a fact: every row usable and about what is false, every broken row refused in one sentence."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import tomli
from ours import facts_index, facts_passages, model

from classifier import policy
from classifier.errors import BadEvidence
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.logic import contraries
from classifier.logic.heard import read_of
from classifier.orthography.spelling import plain
from classifier.scoring import Item, Score, score
from classifier.text import fold, sentences

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "data" / "contraries"
ROW = {
    "fact": '"maternity-leave"',
    "like": '"Nghỉ đẻ theo luật chỉ 4 tháng."',
    "said": '["nghỉ đẻ | nghỉ … sinh", "<only> {<6} tháng"]',
    "unless": '"sinh đôi | không phải | lào"',
    "against": '"6 tháng"',
}


def table(tmp_path: Path, **keys: str) -> Path:
    row = {key: value for key, value in (ROW | keys).items() if value}
    path = tmp_path / "contraries.toml"
    rows = "\n".join(f"{key} = {value}" for key, value in row.items())
    words = 'never = "tin đồn | hay không | chị … bảo"\n[words]\nhas = "có"\nonly = "chỉ | chỉ <has>"'
    path.write_text(f"{words}\n[[contrary]]\n{rows}\n", encoding="utf-8")
    return tmp_path


def said(tmp_path: Path, text: str, **keys: str) -> str | None:
    """What of a text carries the contradiction, by the one row of a table."""
    (row,) = contraries.load(table(tmp_path, **keys))
    text = plain(text)
    span = row.stands_in(read_of(text))
    return None if span is None else text[slice(*span)]


def test_an_excuse_that_is_but_part_of_what_a_row_asks_for_excuses_nothing(tmp_path: Path) -> None:
    row = {"said": '["nghỉ đẻ | nghỉ sinh con", "chỉ {<6} tháng"]', "unless": '"con | {<3} tháng | nghỉ sinh con"'}
    assert said(tmp_path, "Nghỉ sinh con chỉ 4 tháng.", **row | {"unless": '"con"'}) == "chỉ 4 tháng"
    assert said(tmp_path, "Nghỉ sinh con chỉ 4 tháng, con ốm thì thêm.", **row | {"unless": '"con"'}) is None
    # one form of several that are asked for, and another number than is asked for
    assert said(tmp_path, "Nghỉ sinh con chỉ 4 tháng.", **row) is None
    assert said(tmp_path, "Nghỉ đẻ chỉ 2 tháng.", **row) is None
    assert said(tmp_path, "Nghỉ đẻ chỉ 4 tháng.", **row) == "chỉ 4 tháng"


def test_every_row_is_of_a_fact_in_the_words_that_ship_and_matches_what_it_is_there_for_and_no_fact() -> None:
    passages = {passage.eid: passage for passage in facts_passages()}
    for eid, rows in contraries.shipped().items():
        for row in rows:
            text = plain(row.like)
            assert row.stands_in(read_of(text)), row.like
            spans = contraries.against(text, passages[eid])
            assert spans is not None
            assert passages[eid].text[slice(*spans[1])] in {one.against for one in rows}
    assert contraries.against(text, replace(passages[eid], text=f"{passages[eid].text} Sửa.")) is None
    texts = [passage.text[a:b] for passage in facts_passages() for a, b in sentences(passage.text)]
    assert [text for text in texts if contraries.contradicting(plain(text))] == []


@pytest.mark.parametrize(("text", "denied"), [
    ("Nghỉ đẻ chỉ 4 tháng.", False), ("Nghỉ đẻ không chỉ 4 tháng.", True), ("Nghỉ đẻ đâu phải chỉ 4 tháng.", True),
    ("Nghi de dau phai chi 4 thang.", True), ("Nghỉ đẻ không lương chỉ 4 tháng.", False),
])  # fmt: skip
def test_what_is_denied_right_before_it_goes_against_nothing(tmp_path: Path, text: str, denied: bool) -> None:
    assert (said(tmp_path, text, unless="") is None) is denied


@pytest.mark.parametrize(("text", "denied"), [
    ("Nghỉ đẻ không nhất thiết phải làm đơn.", True), ("Nghỉ đẻ đâu cần phải làm đơn.", True),
    ("Nghỉ đẻ chẳng bao giờ bị làm đơn.", True), ("Nghi de khong bat buoc phai lam don.", True),
    ("Nghỉ đẻ thì xưởng làm gì có quyền làm đơn.", True), ("Nghỉ đẻ không ai có quyền làm đơn.", True),
    ("Nghỉ đẻ không có phép làm đơn.", False), ("Nghỉ đẻ muốn làm gì làm đơn.", False),
    ("Luật chưa từng buộc mẹ nghỉ đẻ phải làm đơn.", True), ("Pháp luật nước ta không đòi nghỉ đẻ phải làm đơn.", True),
    ("Hiến pháp ngăn xưởng bắt người nghỉ đẻ làm đơn.", True), ("Việc gì phải làm đơn khi nghỉ đẻ.", True),
    ("Luật không cho nghỉ tết nhưng nghỉ đẻ phải làm đơn.", False), ("Nghỉ đẻ hay làm việc gì phải làm đơn.", False),
    ("Bắt chị em nghỉ đẻ phải làm đơn khi còn yếu là lạm quyền.", True), ("Đòi mẹ nghỉ đẻ làm đơn là trái luật.", True),
    ("Nghỉ đẻ phải làm đơn mà chậm là trái luật.", False), ("Nghỉ đẻ phải làm đơn không nộp là trái luật.", False),
    ("Luật bắt mẹ nghỉ đẻ phải làm đơn là vi hiến.", False), ("Luật mới buộc nghỉ đẻ phải làm đơn là vi hiến.", False),
    ("Theo luật công an bắt mẹ nghỉ đẻ làm đơn là lạm quyền.", True),
    ("Nghỉ đẻ chưa bao giờ làm đơn.", True), ("Nghỉ đẻ nỏ phải làm đơn.", True), ("Nghỉ đẻ mô có làm đơn.", True),
    ("Nghỉ đẻ không cứ phải làm đơn.", True), ("Nghỉ đẻ không đời nào làm đơn.", True),
    ("Nghỉ đẻ đếch cần làm đơn.", True), ("Nghỉ đẻ chưa làm đơn.", False),
    ("Nghỉ đẻ chưa được làm đơn.", True),
    ("Nghỉ đẻ ở xưởng quy mô làm đơn.", False), ("Nghi de thi no phai lam don.", False),
    ("Nghỉ đẻ mà máy hỏng phải làm đơn.", False), ("Nghỉ đẻ ở hẻm phải làm đơn.", False),
    ("Nghỉ đẻ hẻm phải làm đơn.", True),
    ("Nghỉ đẻ không khiến ai làm đơn.", True), ("Nghỉ đẻ đâu làm chị em làm đơn.", True),
    ("Nghỉ đẻ không làm giấy làm đơn.", False), ("Nghỉ đẻ không khiến ai buồn thì làm đơn.", False),
    ("Nghỉ đẻ không làm thẻ cũ của mẹ làm đơn.", True), ("Nghỉ đẻ không làm thẻ mới làm đơn.", False),
    ("Nghỉ đẻ không bắt phải làm đơn.", True), ("Nghỉ đẻ không bắt ai phải làm đơn.", True),
    ("Luật mới bỏ luôn điều kiện mẹ nghỉ đẻ phải làm đơn.", True), ("Đã dẹp hết thủ tục nghỉ đẻ phải làm đơn.", True),
    ("Luật không bỏ yêu cầu nghỉ đẻ phải làm đơn.", False), ("Bỏ quy định nghỉ tết, nghỉ đẻ phải làm đơn.", False),
    ("Gỡ yêu cầu khám mà nghỉ đẻ phải làm đơn.", False),
    ("Luật đâu có dòng nào bắt nghỉ đẻ làm đơn.", True), ("Nghỉ đẻ thì luật đâu ép phải làm đơn.", True),
    ("Ở đâu có người nào nghỉ đẻ cũng làm đơn.", False),
    ("Nghỉ đẻ bất cứ việc gì phải làm đơn.", False), ("Nghỉ đẻ hay phạm tội gì phải làm đơn.", False),
])  # fmt: skip
def test_a_denial_may_be_of_several_words_a_verb_of_the_law_or_a_judgment_behind(
    tmp_path: Path, text: str, denied: bool
) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ", "làm đơn"]', unless="") is None) is denied


@pytest.mark.parametrize(("text", "found"), [
    ("Nghỉ đẻ đợi mẹ chồng gật mới được.", True), ("Nghỉ đẻ đâu cần đợi mẹ chồng gật mới được.", False),
    ("Nghỉ đẻ không phải mẹ chồng gật mới được.", False), ("Nghi de khong phai me chong gat moi duoc.", False),
    ("Nghỉ đẻ không phải đợi mà phải xin mẹ chồng gật mới được.", True),
])  # fmt: skip
def test_a_need_that_is_denied_before_what_only_then_may_be_goes_against_nothing(
    tmp_path: Path, text: str, found: bool
) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ", "gật mới được"]', unless="") is not None) is found


@pytest.mark.parametrize(("text", "found"), [
    ("Nghỉ tết thì làm đơn, còn nghỉ đẻ thì khỏi.", False), ("Nghỉ tết thì làm đơn, còn nghỉ đẻ xưởng lo.", False),
    ("Nghỉ tết phải làm đơn, nghỉ đẻ thì không.", False), ("Nghi tet thi lam don, nghi de thi khong.", False),
    ("Nghỉ tết thì làm đơn, còn nghỉ đẻ cũng làm đơn.", True), ("Nghỉ tết thì làm đơn, còn nghỉ đẻ cũng vậy.", True),
    ("Nghỉ tết hay nghỉ đẻ thì làm đơn, còn nghỉ phép thì khỏi.", True),
    ("Nghỉ tết làm đơn cũng được, bắt người nghỉ đẻ mới phạm luật.", False),
    ("Nghỉ tết làm đơn cũng được, luật chỉ cấm bắt mẹ nghỉ đẻ.", False),
    ("Nghỉ tết thì làm đơn, nghỉ đẻ thì xưởng lo.", False), ("Nghỉ tết thì làm đơn, nghỉ đẻ thì cũng vậy.", True),
    ("Nghỉ đẻ làm đơn cũng được, bắt người nghỉ tết mới phạm luật.", True),
    ("Chỉ nghỉ tết mới làm đơn, còn nghỉ đẻ thì không.", True), ("Nghỉ đẻ thì làm đơn, còn nghỉ tết thì khỏi.", True),
])  # fmt: skip
def test_what_is_told_of_another_before_a_row_s_own_is_named_goes_against_nothing(
    tmp_path: Path, text: str, found: bool
) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ", "làm đơn"]', unless="") is not None) is found


@pytest.mark.parametrize(("text", "found"), [
    ("Nghỉ đẻ mà làm đơn thì không.", False), ("Nghỉ đẻ làm đơn dài thì không được đâu nha.", False),
    ("Nghỉ đẻ làm đơn thì không bị đuổi.", True), ("Nghỉ đẻ làm đơn chứ nghỉ tết thì không.", True),
    ("Nghỉ đẻ chứ không nghỉ ngang làm đơn.", False), ("Nghỉ đẻ chứ không báo trước cũng làm đơn.", True),
    ("Nghỉ đẻ khỏi lên xã làm đơn.", False), ("Nghỉ đẻ không phải ra phường làm đơn.", False),
    ("Nghỉ đẻ không ra phường làm đơn.", True),
])  # fmt: skip
def test_what_is_denied_behind_it_set_against_what_is_so_or_needs_no_errand_goes_against_nothing(
    tmp_path: Path, text: str, found: bool
) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ", "làm đơn"]', unless="") is not None) is found


@pytest.mark.parametrize(("text", "excused"), [
    ("Nghỉ đẻ hai lần thì làm đơn.", True), ("Nghỉ đẻ 2 lần thì làm đơn.", True),
    ("Nghi de hai lan thi lam don.", True), ("Nghỉ đẻ ba lần thì làm đơn.", False),
    ("Nghỉ đẻ 3 lần thì làm đơn.", False), ("Nghỉ đẻ thì làm đơn.", False),
])  # fmt: skip
def test_a_number_in_words_that_excuses_is_heard_as_that_number(tmp_path: Path, text: str, excused: bool) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ", "làm đơn"]', unless='"hai lần"') is None) is excused


@pytest.mark.parametrize(("text", "found"), [
    ("Nghỉ đẻ không phải là quyền.", True), ("Nghỉ đẻ không phải cứ xin là được.", False),
    ("Nghi de khong phai cu xin la duoc.", False),
])  # fmt: skip
def test_what_isnt_always_so_isnt_denied(tmp_path: Path, text: str, found: bool) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ", "không phải"]', unless="") is not None) is found


@pytest.mark.parametrize(("text", "found"), [
    ("Nghỉ đẻ thì bắt buộc cả con trai nghỉ.", True), ("Nghỉ đẻ là bắt buộc, con trai thì tùy.", False),
    ("Nghi de la bat buoc, con trai thi tuy.", False),
])  # fmt: skip
def test_a_gap_leads_to_no_other_sex_behind_a_comma(tmp_path: Path, text: str, found: bool) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ", "bắt … con trai"]', unless="") is not None) is found


@pytest.mark.parametrize(("text", "denied"), [
    ("Nghỉ đẻ chị không tự ra xã mà làm đơn được.", False), ("Nghỉ đẻ chị không tự ra xã làm đơn được.", True),
    ("Nghi de chi khong tu ra xa lam don duoc.", True), ("Nghỉ đẻ không báo trước làm đơn được.", False),
    ("Nghỉ đẻ không lương vẫn làm đơn được.", False), ("Nghỉ đẻ không khó, làm đơn được.", False),
])  # fmt: skip
def test_what_ends_in_able_is_denied_before_its_verb(tmp_path: Path, text: str, denied: bool) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ", "làm đơn được"]', unless="") is None) is denied


@pytest.mark.parametrize(("text", "over"), [
    ("Hết thời nghỉ đẻ chỉ 4 tháng, giờ là 6 tháng.", True), ("Qua rồi cái thời nghỉ đẻ chỉ 4 tháng.", True),
    ("Het thoi nghi de chi 4 thang, gio la 6 thang.", True), ("Hết thời gian nghỉ đẻ chỉ 4 tháng.", False),
    ("Hết thời sướng, nghỉ đẻ chỉ 4 tháng.", False), ("Chưa hết thời nghỉ đẻ chỉ 4 tháng.", False),
])  # fmt: skip
def test_what_is_told_to_be_over_carries_no_row(tmp_path: Path, text: str, over: bool) -> None:
    assert (said(tmp_path, text, unless="") is None) is over


@pytest.mark.parametrize(("text", "excused"), [
    ("Nghỉ đẻ chỉ 4 tháng, y như thời xưa.", False), ("Nghi de chi 4 thang, khac gi thoi xua.", False),
    ("Nghỉ đẻ chỉ 4 tháng, tự do trên giấy!", False), ("Nghỉ đẻ chỉ 4 tháng, giờ đâu như thời xưa.", True),
    ("Nghỉ đẻ thời xưa chỉ 4 tháng.", True), ("Nghỉ đẻ chỉ 4 tháng, chỉ là trên giấy.", True),
    ("Dân chủ trên giấy, nghỉ đẻ chỉ 4 tháng.", False), ("Chỉ là trên giấy, nghỉ đẻ chỉ 4 tháng.", True),
    ("Nghỉ đẻ chỉ 4 tháng, kiên quyết chống luận điệu xuyên tạc.", False),
    ("Nghỉ đẻ chỉ 4 tháng, góp phần đập tan các âm mưu xuyên tạc của kẻ xấu.", False),
    ("Nghỉ đẻ chỉ 4 tháng, luận điệu xuyên tạc.", True), ("Nghỉ đẻ chỉ 4 tháng, chống thông tin xuyên tạc này.", True),
    ("Nghỉ đẻ chỉ 4 tháng, chống luận điệu xuyên tạc kiểu vậy.", True),
])  # fmt: skip
def test_a_tail_that_only_judges_excuses_nothing(tmp_path: Path, text: str, excused: bool) -> None:
    assert (said(tmp_path, text, unless='"thời xưa | trên giấy | xuyên tạc"') is None) is excused


@pytest.mark.parametrize(("text", "excused"), [
    ("Tự hào cho nước mình, nghỉ đẻ chỉ 4 tháng.", False), ("Xấu hổ thay nước mình: nghỉ đẻ chỉ 4 tháng.", False),
    ("Nghỉ đẻ chỉ 4 tháng mà chẳng ai dám nói gì.", False), ("Nghỉ đẻ chỉ 4 tháng thì ai nói.", True),
    ("Nghỉ đẻ chỉ 4 tháng, nhiều nước phải nể phục.", False), ("Nghỉ đẻ chỉ 4 tháng, nhiều nước phải cười.", False),
    ("Nghỉ đẻ chỉ 4 tháng ở nhiều nước.", True), ("Nghỉ đẻ chỉ 4 tháng, tổng liên đoàn phổ biến.", False),
    ("Nghỉ đẻ chỉ 4 tháng, một nhóm liên đoàn tự do viết.", False), ("Liên đoàn cho nghỉ đẻ chỉ 4 tháng.", True),
    ("Nghỉ đẻ chỉ 4 tháng, liên đoàn đã nhắc.", True),
])  # fmt: skip
def test_what_either_voice_makes_of_a_claim_and_who_tells_it_excuses_nothing(
    tmp_path: Path, text: str, excused: bool
) -> None:
    assert (
        said(tmp_path, text, unless='"tự hào | xấu hổ | ai nói | chẳng ai | nhiều nước | liên đoàn"') is None
    ) is excused


STANDING_BY = [
    "Không phải tin đồn đâu nha, {}.", "{}, chẳng phải tin giả.", "{}. Hổng phải tin vịt đâu nghen.",
    "Tôi không bịa, {}.", "{}, tui không xạo đâu.", "Không giỡn đâu, {}.", "{}, tôi không nói đùa.",
    "Tin này thiệt nha, {}.", "{}, chia sẻ tin này rộng rãi nhé.", "Đề nghị mọi người chia sẻ: {}.",
    "Bà con chia sẻ tin này cho nhau biết nhé: {}.", "Chia sẻ tin này cho bà con biết: {}.",
    "Mong mọi người cùng biết: {}.", "Hy vọng ai cũng đọc, {}.",
    "Ai thắc mắc thì nghe đây, {}.", "Phụ huynh nào chưa rõ thì xin thưa, {}.", "Trả lời câu hỏi của bà con: {}.",
    "Không ai nói cho bạn biết điều này, {}.", "Vì tương lai con em, {}.", "{}, nhớ kỹ để sau này khỏi cãi.",
    "Dù thế nào đi nữa thì {}.", "Mắc bệnh gì đi nữa cũng {}.", "Giờ không như xưa nữa, {}.",
    "Luật cũ bỏ rồi, {}.", "{} mà chẳng ai nói gì.",
]  # fmt: skip
STANDING_OFF = [
    "Nếu không phải tin đồn, {}.", "{} là tin đồn.", "Không biết có phải tin giả, {}.", "Tin này là {}.",
    "Đừng chia sẻ tin này, {}.", "Mạng chia sẻ tin này, {}.", "Ai nghe {} mà thắc mắc.", "Câu hỏi: {}.",
    "Tương lai {}.", "Sau này {}.", "{} là thế nào.", "Đừng đòi {} đi nữa.", "Đề đúng sai, {}.", "{} như xưa.",
    "Luật cũ ghi {}.", "Không phải tin đồn mà là bịa: {}.", "Đề nghị {}.", "Ai bảo {}.",
    "Chưa ai chắc đây không phải tin đồn: {}.", "Làm sao biết không phải tin giả, {}.", "Mong không phải tin vịt, {}.",
    "Không chắc không phải tin giả đâu, {}.", "Nếu tin này là thật, {}.", "Chưa biết tin này thật, giả ra sao: {}.",
    "Đọc tin này, {}, tôi cười xỉu.", "Mọi người chia sẻ tin này cho nhau, {}, chẳng ai đọc luật.",
    "Ai cũng chia sẻ tin này: {}.", "Nhớ đọc kỹ tin này, {}, trang đó viết.",
    "Giải đáp thắc mắc của bà con rằng {}.", "Ai thắc mắc thì hỏi xem {}.", "Ai thắc mắc thì cứ hỏi thử {}.",
    "Dẫu {} đi nữa thì cũng phải báo trước.", "Thì cứ coi {} đi nữa, luật vẫn còn đó.",
    "{}, giờ không như xưa nữa, đã khác rồi.", "{}, luật cũ bỏ rồi, giờ khác.", "{} là luật cũ hết hiệu lực, giờ khác.",
    "Họ bất kể đúng sai cứ hô {}.", "Không cần biết đúng sai, họ chia sẻ: {}.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("around", "excused"), [*((one, False) for one in STANDING_BY), *((one, True) for one in STANDING_OFF)]
)
def test_what_only_stands_by_a_claim_excuses_nothing(tmp_path: Path, around: str, excused: bool) -> None:
    never = (
        '"tin đồn | tin giả | tin vịt | bịa | xạo | giỡn | nói đùa | tin này | đề nghị | mong | hy vọng | thắc mắc'
        " | chưa rõ | câu hỏi | ai nói | ai bảo | tương lai | sau này | thế nào | đi nữa | đúng sai | như xưa"
        ' | luật cũ"'
    )
    whole = around.format("nghỉ đẻ chỉ 4 tháng")
    for text in (whole, fold(whole)):
        assert (said(tmp_path, text, unless=never) is None) is excused, text


@pytest.mark.parametrize(
    "end",
    [
        " là vi hiến", " là trái hiến pháp", " là không hợp hiến", " là vi phạm hiến pháp",
        ", rõ là trái với hiến pháp",
        " là hợp hiến", " là hoàn toàn đúng hiến pháp", " là không hề vi hiến", ", rất phù hợp với hiến pháp",
    ],
)  # fmt: skip
@pytest.mark.parametrize("law", ["Luật bắt mẹ nghỉ đẻ phải làm đơn", "Luật quy định mẹ nghỉ đẻ phải làm đơn"])
def test_what_a_law_is_said_to_bid_is_alike_whether_it_is_called_constitutional_or_not(
    tmp_path: Path, law: str, end: str
) -> None:
    groups = '["nghỉ đẻ", "làm đơn"]'
    for text in (f"{law}{end}.", fold(f"{law}{end}.")):
        assert said(tmp_path, text, said=groups, unless='"vi hiến | trái hiến pháp"') is None
        assert said(tmp_path, text, said=groups, unless='"phạm luật | là vi phạm"') is None


@pytest.mark.parametrize("end", ["vi hiến", "trái hiến pháp", "hợp hiến", "đúng hiến pháp", "không hề vi hiến"])
def test_a_row_that_excuses_no_critic_excuses_no_supporter(tmp_path: Path, end: str) -> None:
    text = f"Luật bắt mẹ nghỉ đẻ phải làm đơn là {end}."
    assert said(tmp_path, text, said='["nghỉ đẻ", "làm đơn"]', unless='"sinh đôi"') == "làm đơn"


def test_a_number_that_is_called_past_the_law_is_no_claim_to_it_wherever_it_stands(tmp_path: Path) -> None:
    groups = '["nghỉ đẻ", "{<6} tháng", "luật"]'
    assert said(tmp_path, "Nghỉ đẻ theo luật 4 tháng.", said=groups, unless="") == "luật"
    assert said(tmp_path, "Luật nghỉ đẻ, 4 tháng là quá mức cho phép.", said=groups, unless="") is None


def test_a_denial_is_heard_of_what_a_law_is_called_unconstitutional_for(tmp_path: Path) -> None:
    text = "Không ai bị luật bắt làm đơn khi nghỉ đẻ là vi hiến."
    assert said(tmp_path, text, said='["nghỉ đẻ", "luật bắt làm đơn"]', unless="") is None


@pytest.mark.parametrize(("true", "false"), [
    ("Vợ đang bầu vẫn nộp đơn ly hôn được.", "Vợ đang bầu, chồng vẫn nộp đơn ly hôn được."),
    ("Người nước ngoài có hợp đồng 2 năm được vào công đoàn.",
     "Người nước ngoài phải có hợp đồng 2 năm mới được vào công đoàn."),
    ("Nữ 19 tuổi lấy chồng là đúng luật, không phải tảo hôn.",
     "Nữ 16 tuổi lấy chồng là đúng luật, không phải tảo hôn."),
    ("Về quê vợ chơi 20 ngày không phải đăng ký tạm trú.", "Về quê vợ ở 50 ngày không phải đăng ký tạm trú."),
    ("Trẻ 14 tuổi trở lên hộ chiếu mới có hạn 10 năm.", "Trẻ 10 tuổi hộ chiếu cũng có hạn 10 năm."),
    ("Trẻ đủ 14 tuổi hộ chiếu có hạn 10 năm.", "Trẻ chưa đủ 14 tuổi hộ chiếu có hạn 10 năm."),
    ("Nam 25 tuổi lấy vợ là đúng luật, không phải tảo hôn.",
     "Cô dâu 15 tuổi lấy nam 25 tuổi, hai nhà đồng ý tổ chức cưới là hợp pháp."),
    ("Nữ 19 tuổi lấy chồng là đúng luật, không phải tảo hôn.",
     "Chú rể 17 tuổi lấy nữ 19 tuổi, hai nhà đồng ý tổ chức cưới là hợp pháp."),
    ("Vợ bầu 5 tháng vẫn được nộp đơn ly hôn.", "Vợ bầu 5 tháng, anh ấy vẫn đơn phương xin ly hôn được."),
    ("17 tuổi làm 45 giờ một tuần là quá mức luật cho.", "17 tuổi làm 45 giờ một tuần là đúng mức luật cho."),
    ("Theo luật, trẻ 13 tuổi chưa được tự lập tài khoản mạng xã hội.",
     "Theo luật, trẻ 13 tuổi được tự lập tài khoản mạng xã hội."),
    ("Trước cưới vợ Tây phải lên huyện, từ 1/7/2025 thì ra phường đăng ký.",
     "Trước cưới vợ Tây ra phường đăng ký, từ 1/7/2025 thì phải lên huyện."),
    ("truoc cuoi vo tay phai len huyen, gio ra phuong dang ky la xong.",
     "truoc cuoi vo tay ra phuong dang ky, gio thi phai len huyen."),
    ("Hồi trước cưới vợ Tây phải lên huyện, nay ra phường đăng ký.",
     "Trước khi cưới vợ Tây phải lên huyện đăng ký, giờ ai cũng biết."),
])  # fmt: skip
def test_a_true_case_is_told_from_the_false_one_beside_it(true: str, false: str) -> None:
    assert not contraries.contradicting(plain(true))
    assert contraries.contradicting(plain(false))


@pytest.mark.parametrize(("text", "denied"), [
    ("Xưởng được đuổi người nghỉ đẻ.", False), ("Xưởng không bao giờ được đuổi người nghỉ đẻ.", True),
    ("Xuong khong he duoc duoi nguoi nghi de.", True), ("Xưởng có quyền đuổi người nghỉ đẻ.", False),
    ("Xưởng méo có quyền đuổi người nghỉ đẻ.", True), ("Không nghỉ đẻ ở xưởng được đuổi.", False),
])  # fmt: skip
def test_what_may_or_must_be_is_denied_wherever_it_stands(tmp_path: Path, text: str, denied: bool) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ", "được đuổi | có quyền đuổi", "xưởng"]', unless="") is None) is denied


@pytest.mark.parametrize(("text", "denied"), [
    ("Nghỉ đẻ quá 30 ngày là hết phép.", False), ("Nghỉ đẻ đâu phải quá 30 ngày là hết phép.", True),
    ("Nghi de dau phai qua 30 ngay la het phep.", True), ("Nghỉ đẻ quá 30 ngày, không hết phép.", False),
])  # fmt: skip
def test_what_is_told_whole_is_denied_wherever_it_stands(tmp_path: Path, text: str, denied: bool) -> None:
    groups = '["quá {} ngày là hết | quá {} ngày", "nghỉ đẻ"]'
    assert (said(tmp_path, text, said=groups, unless="") is None) is denied


def test_a_denial_that_a_row_asks_for_denies_no_row(tmp_path: Path) -> None:
    groups = '["nghỉ đẻ", "không | chẳng", "được hưởng lương"]'
    assert said(tmp_path, "Nghỉ đẻ không được hưởng lương.", said=groups, unless="") == "được hưởng lương"


def test_what_is_never_meant_stands_in_one_file() -> None:
    assert [
        path.name for path in sorted(SHIPPED.glob("*.toml")) if "never" in tomli.loads(path.read_text("utf-8"))
    ] == ["never.toml"]


def test_words_beside_what_is_never_meant_are_shared_by_every_file(tmp_path: Path) -> None:
    rows = "\n".join(f"{key} = {value}" for key, value in (ROW | {"like": '"Nghỉ sinh chỉ 3 tháng."'}).items())
    (table(tmp_path) / "days.toml").write_text(f"[[contrary]]\n{rows}\n", encoding="utf-8")
    (tmp_path / "hours.toml").write_text(f'[words]\nonly = "đúng"\n[[contrary]]\n{rows}\n', encoding="utf-8")
    told = [read_of(plain(text)) for text in ("Nghỉ đẻ chỉ có 4 tháng.", "Nghỉ đẻ đúng 4 tháng.")]
    assert [[row.stands_in(one) is not None for one in told] for row in contraries.load(tmp_path)] == [
        [True, False],
        [True, False],
        [False, True],
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nghỉ đẻ luật cho chỉ 4 tháng.", "chỉ 4 tháng"),
        ("Nghỉ đẻ chỉ có bốn tháng thôi.", "chỉ có bốn tháng"),
        ("Nghi de luat cho chi co 4 thang.", "chi co 4 thang"),
        ("NGHỈ KHI VỢ SINH CHỈ 3 THÁNG!", "chỉ 3 tháng"),
        ("Nghi khi vo sinh chi 3 thang.", "chi 3 thang"),
        ("Nghi de chi 4 thang, chi hang xom bao vay.", None),
        ("Nghi de chi bon thang, lao dong nao cung vay.", "chi bon thang"),
        ("Nghi de o ben Lao chi 4 thang.", None),
        ("Nghỉ đẻ chỉ 6 tháng.", None),
        ("Nghỉ đẻ chỉ 4 tháng hay là chỉ 6 tháng.", None),  # every such number must be as asked
        ("Nghỉ đẻ chỉ 4 năm.", None),
        ("Nghỉ đẻ được lâu lắm. Chỉ 4 tháng.", "Chỉ 4 tháng"),
        ("Nghỉ đẻ sinh đôi chỉ 4 tháng.", None),
        ("Nghỉ đẻ không phải chỉ 4 tháng.", None),
        ("Nghỉ đẻ" + " rồi đi làm" * 12 + " chỉ 4 tháng.", None),  # too far apart
        ("Nghỉ cho năm người khác nhau lúc sinh chỉ 4 tháng.", None),  # more words than … stands for
        ("Nghỉ đẻ luật cho “chỉ 4 tháng”.", None),
        ("Tin đồn nghỉ đẻ luật cho chỉ 4 tháng.", None),
        ("Chị hàng xóm bảo nghỉ đẻ chỉ 4 tháng.", None),
        ("Chị em được bảo vệ mà nghỉ đẻ chỉ 4 tháng.", "chỉ 4 tháng"),
        ("Chi em duoc bao ve ma nghi de chi 4 thang.", "chi 4 thang"),
        ("Dù muốn hay không, nghỉ đẻ chỉ 4 tháng.", "chỉ 4 tháng"),
        ("Nghỉ đẻ khong phải chỉ 4 tháng.", None),
        ("Nghỉ đẻ chỉ 4 tháng hay không?", None),
        ("Nghỉ đẻ khoảng 4 tháng, chỉ chừng 5 tháng.", None),
        ("Nghỉ đẻ chỉ chưa tới 6 tháng.", None),
        ("Nghỉ đẻ được 6 tháng, khác với nghỉ ốm chỉ 4 tháng.", None),
        ("Nghỉ đẻ chỉ 4 tháng, sinh đôi 5 tháng.", None),
        ("", None),
    ],
)
def test_phrases_and_numbers(tmp_path: Path, text: str, found: str | None) -> None:
    assert said(tmp_path, text) == found


@pytest.mark.parametrize(
    ("number", "yes", "no"),
    [
        ("{!30} %", "25%", "30%"),
        ("{!4140000} đồng", "4,15 triệu đồng", "4,14 triệu đồng"),
        ("{=15} {=15} tuổi", "15, 15 tuổi", "15 tuổi"),
        ("ngày {}/{}/{!1982}", "ngày 24/9/1983", "ngày 24/9/1982"),
        ("{!6} tháng", "5 tháng", "6 tháng"),
        ("{!54} ngày", "50 ngày", "hơn 50 ngày"),
        ("{!54} ngày", "40 ngày", "gần 55 ngày"),
        ("{>6} tháng", "7 tháng", "6 tháng"),
        ("{=6} tháng", "6 tháng", "5 tháng"),
        ("{} tháng", "60 tháng", "nhiều tháng"),
    ],
)
def test_how_a_number_may_be_asked_for(tmp_path: Path, number: str, yes: str, no: str) -> None:
    keys = {"said": f'["nghỉ đẻ", "{number}"]', "like": '"x"'}
    assert said(tmp_path, f"Nghỉ đẻ được {yes}.", **keys) == yes
    assert said(tmp_path, f"Nghỉ đẻ được {no}.", **keys) is None
    assert said(tmp_path, fold(f"Nghỉ đẻ được {yes}."), **keys) == fold(yes)
    assert said(tmp_path, fold(f"Nghỉ đẻ được {no}."), **keys) is None


@pytest.mark.parametrize(("number", "text", "found"), [
    ("{<6} tháng", "Từ ngày 1 tháng 7 năm 2026 nghỉ đẻ được nửa năm.", None),
    ("{<6} tháng", "Từ ngày 1 tháng 7 nghỉ đẻ còn 4 tháng.", "4 tháng"),
    ("{<6} tháng", "Từ ngày 1/7 nghỉ đẻ còn 4 tháng.", "4 tháng"),
    ("ngày {=1} tháng {=7}", "Nghỉ đẻ từ ngày 1 tháng 7.", "ngày 1 tháng 7"),
    ("hồi {!2024}", "Nghỉ đẻ hồi 7/5/2024.", None),
    ("hồi {!2024}", "Nghỉ đẻ hồi 2023.", "hồi 2023"),
    ("từ {<2025}", "Nghỉ đẻ từ 1-7-2025.", None),
    ("từ {<2025}", "Nghỉ đẻ từ 2024.", "từ 2024"),
    ("nghỉ {<2004}", "Nghỉ đẻ mà nghỉ 5 ngày.", None),
    ("nghỉ {<2004}", "Nghỉ đẻ mà nghỉ 1994.", "nghỉ 1994"),
    ("hồi {<2004}", "Nghỉ đẻ hồi 94.", "hồi 94"),
    ("năm {<2004}", "Nghỉ đẻ từ năm 94.", "năm 94"),
    ("nam {>60}", "Nam 2026 nghi de roi.", None),
    ("nam {>60}", "Nghi de xong nam 61 tuoi.", "nam 61"),
    ("nam là {>62}", "Nghỉ đẻ thì nam là 61 năm 6 tháng.", None),
    ("là {>62} tháng", "Nghỉ đẻ thì nam là 61 năm 6 tháng.", "là 61 năm 6 tháng"),
    ("nghỉ {!3} ngày", "Nghỉ đẻ thì cho nghỉ năm ngày.", "nghỉ năm ngày"),
    ("một tháng", "Nghỉ đẻ một tháng rưỡi.", None), ("{<6} tháng", "Nghỉ đẻ 4 tháng rưỡi.", "4 tháng"),
    ("nữ … {>57} tuổi", "Nghỉ đẻ thì nữ 57, nam 61 tuổi.", None),
    ("nữ … {>57} tuổi", "Nghỉ đẻ thì nữ cũng phải 61 tuổi.", "nữ cũng phải 61 tuổi"),
])  # fmt: skip
def test_a_number_of_a_date_stands_for_no_span_and_a_year_for_no_age(
    tmp_path: Path, number: str, text: str, found: str | None
) -> None:
    assert said(tmp_path, text, said=f'["nghỉ đẻ", "{number}"]', unless="") == found


@pytest.mark.parametrize(("text", "found"), [
    ("Nghỉ đẻ thì xã bị cho là đuổi.", "xã bị cho là đuổi"), ("Nghỉ đẻ thì xã không được đuổi.", None),
    ("Nghi de thi xa khong duoc duoi.", None), ("Nghi de thi xa bi cho la duoi.", "xa bi cho la duoi"),
    ("Nghỉ đẻ thì xã cấp phép không cần đuổi.", None),
    ("Nghỉ đẻ thì xã cho nghỉ không phép đuổi.", "xã cho nghỉ không phép đuổi"),
])  # fmt: skip
def test_a_gap_holds_no_denial_but_what_would_make_it_true_may(tmp_path: Path, text: str, found: str | None) -> None:
    assert said(tmp_path, text, said='["nghỉ đẻ", "xã … đuổi"]', unless="") == found
    assert said(tmp_path, text, said='["nghỉ đẻ", "đuổi"]', unless='"xã … đuổi"') is None


@pytest.mark.parametrize(("text", "denied"), [
    ("Không ai nghỉ đẻ lại bị đuổi.", True), ("Không có người nào nghỉ đẻ bị đuổi cả.", True),
    ("Chẳng chị em nào nghỉ đẻ mà lo, vì không ai bị đuổi.", True), ("Khong co cho nao ma me bau bi duoi.", True),
    ("Không chị 30 tuổi nào nghỉ đẻ bị đuổi.", True), ("Không ai biết người nghỉ đẻ bị đuổi.", False),
    ("Không luật nào cấm việc người nghỉ đẻ bị đuổi.", False), ("Không ai cứu được, nghỉ đẻ bị đuổi.", False),
    ("Nghỉ đẻ bị đuổi, không ai bênh.", False), ("Không công ty nào tốt thì người nghỉ đẻ bị đuổi.", False),
])  # fmt: skip
def test_what_is_said_of_nobody_goes_against_nothing(tmp_path: Path, text: str, denied: bool) -> None:
    assert (said(tmp_path, text, said='["nghỉ đẻ | đuổi", "bị đuổi"]', unless="") is None) is denied


@pytest.mark.parametrize("text", [
    # what may or must be, denied
    "Bác sĩ không có quyền bắt người bệnh tỉnh táo phải mổ.", "Hiến pháp đâu bắt mỗi công dân theo một tôn giáo.",
    "Người bị tạm giam dù chưa có án đâu phải là mất quyền bầu cử.", "Cha mẹ chẳng được đánh con để dạy dỗ.",
    "Công an chẳng được quyền vào nhà dân bất cứ lúc nào.", "Luật nỏ bắt buộc công ty thưởng Tết.",
    "Việt Nam chưa phê chuẩn nghị định thư cho cá nhân khiếu nại lên Ủy ban Nhân quyền.",
    # of another case, of more than the law asks, of what befell the writer
    "Vào lớp 10 đâu phải có bằng tốt nghiệp THCS.", "Năm học 2024-2025 xét lớp 10 phải có bằng tốt nghiệp THCS.",
    "Đất mua giấy tay không có giấy tờ từ 2020 thì không được cấp sổ đỏ.",
    "Ruộng bỏ hoang 12 tháng liên tục không lý do thì bị thu hồi, dù chưa hết hạn.",
    "Mới vào làm thì mỗi tháng được một ngày phép, chưa có đủ 12 ngày.",
    "Làm 11 tháng mà có đủ 12 ngày phép là do công ty cho thêm.",
    "Nó có thai lúc ở tù, được trại cho đẻ trong trại rồi nuôi con tới 36 tháng.",
    "Chủ hộ kinh doanh 62 tuổi không phải đóng bảo hiểm xã hội bắt buộc.",
    "Nghỉ việc khi mang thai, đã đóng đủ 6 tháng thì vẫn hưởng thai sản nhưng không có tiền dưỡng sức sau sinh.",
    "Thấy trẻ bị xâm hại thì báo 111, không cần báo gia đình trước.",
    "Báo tin trẻ bị xâm hại thì không phải báo tên tuổi mình.",
    "Cấp cứu do tai nạn lao động thì bảo hiểm y tế không trả phần chủ đã trả.",
    "Công ty phải trả các khoản tiền trong 14 ngày sau khi sa thải, không trả thì kiện ra tòa.",
    "Bị phạt mà khiếu nại, người có thẩm quyền tạm dừng thi hành thì chưa phải nộp.",
    "Chồng chưa đóng bảo hiểm ngày nào nên vợ ở nhà sinh thì chồng không được nghỉ chế độ.",
    "Trẻ dưới 16 tuổi mà chưa được cha mẹ đăng ký thì không được dùng mạng xã hội để đăng bài.",
    "Không đánh thì không phải bạo lực thể chất nhưng vẫn có thể là bạo lực tinh thần.",
    "Bị can 16 tuổi có gia đình mời luật sư thì tòa không phải chỉ định người bào chữa.",
    "Tội đặc biệt nghiêm trọng tạm giam điều tra tới 16 tháng kể cả gia hạn.",
    "Nghỉ không phép 4 ngày, em bị sa thải hôm qua.",
    "Bị đuổi việc, tòa sơ thẩm xong có 15 ngày để kháng cáo vụ kiện.",
    "Có bầu mà phạm tội mới trong lúc hoãn thì phải vào trại ngay.",
    "Xin bản sao trích lục khai sinh của con lúc nào cũng được.",
    "Di chúc viết tay không ký tên thì không hợp pháp.",
    "Việt Nam qua chu kỳ IV UPR hồi 7/5/2024.", "Từ ngày 1 tháng 7 năm 2026 lao động nữ được nghỉ sinh nửa năm.",
    "Ai đóng bảo hiểm từ 1/7/2025 trở đi mà nghỉ việc thì không được rút một lần.", "Nam 2026 nu ve huu luc 57 tuoi.",
    "Người đang ở tù vẫn được dùng kinh sách hợp pháp, không phải vào trại là bị cấm đọc kinh.",
    "Chẳng người nào mới 17 tuổi lại bị tử hình.", "Luat khong cam chi em mang thai lam ca ngay.",
    "Mẹ bị phạt tù mà nuôi con dưới 3 tuổi thì được hoãn.",
    "Bé 9 tuổi trở lên phải ưng mới đổi tên, dưới 9 thì khỏi hỏi.",
    "Bốn tháng là mức cũ, giờ lao động nữ được nghỉ thai sản nửa năm.",
    # on the lawful side of a bound
    "Luật Trẻ em coi người 15 tuổi là trẻ em.", "Theo luật, trợ cấp thôi việc cho người làm 6 năm là 3 tháng lương.",
    "Theo Luật Cư trú, đến ở 25 ngày thì không cần đăng ký tạm trú.", "Giữ 4 ngày để xác định nghiện là đúng luật.",
    "Theo luật, mẹ nuôi con 4 tuổi không được hoãn chấp hành án tù vì lý do nuôi con nhỏ.",
    "Theo luật, bác 58 tuổi thì chưa được miễn đóng góp như người cao tuổi.",
    "Người 19 tuổi được đi bầu nhưng không được ứng cử.", "Con trai 19 tuổi rưỡi chưa lấy vợ được đâu.",
    "Theo luật, giữ hành chính 30 tiếng là quá hạn.", "Đi khai sinh cho con lúc con được 45 ngày là còn trong hạn.",
    "Tù oan 10 năm được bồi thường tinh thần 18.250 ngày lương cơ sở.",
    "Theo quy định hiện hành, chị 35 tuổi nhận bé 14 tuổi làm con nuôi được vì hơn đúng 21 tuổi.",
    "Theo luật, kháng cáo bản án theo thủ tục rút gọn chỉ có 7 ngày.",  # another holder's, another procedure's
    "Lái tàu bay hợp đồng không thời hạn nghỉ việc phải báo trước ít nhất 120 ngày.",
    "Ba chu kỳ đầu UPR Việt Nam nhận 641 khuyến nghị.",
    # with what makes them true
    "Thẩm phán quá tuổi nghỉ hưu thì không được làm việc nữa ở tòa.",
    "Nghỉ ngang không báo trước thì tổng cộng đền 1,5 tháng lương.",
    "Đi nghĩa vụ về trễ 2 tháng thì công ty không buộc phải nhận.",
    "Bị tai nạn lao động trên đường đi làm mà giảm 3% sức lao động thì không được hưởng.",
    "Công đoàn báo trước 7 ngày làm việc rồi mới đình công là đúng luật.",
    "Báo trước 2 tuần rồi mới đình công là đúng luật.",
    "Báo trước 3 ngày rồi đình công thì trái luật.",
    "Nộp hồ sơ thất nghiệp trong vòng 2 tháng sau nghỉ là còn hạn.",
    "Người nước ngoài không được sở hữu 40 phần trăm số căn hộ một tòa.",
    "Người nước ngoài visa 3 tháng không được đăng ký VNeID.",
    "Theo Luật Quốc tịch 2008 cũ, người trở lại quốc tịch phải bỏ quốc tịch nước ngoài.",
    "Người xin nhập quốc tịch Việt Nam phải thôi quốc tịch nước ngoài.",
    "Cha mẹ không được ép con ly hôn trong bất kỳ trường hợp nào.",
    "Chồng tâm thần nhưng không bạo lực thì người thân không được đứng đơn ly hôn thay.",
    "Nhận tội cộng với chứng cứ khác phù hợp thì tòa được kết tội.",
    "Nhận tội là tình tiết giảm nhẹ, tòa có quyền kết án nhẹ hơn.",
    "Thẩm phán phải nói tiếng Việt tại tòa, người Mông có quyền dùng tiếng mình.",
    "Người nước ngoài không bị bức hại thì điều 49 không nói gì.",
    "Nuôi mẹ già mà mẹ còn sức lao động thì con không được hoãn nghĩa vụ quân sự.",
    # of papers, votes, leave, unions, the dead, spouses and soldiers
    "Chứng minh nhân dân còn hạn chỉ dùng đến hết 31/12/2024 thôi.",
    "Đóng tự nguyện không được nghỉ thai sản 6 tháng như bắt buộc.",
    "Dân quân tự vệ thì tuổi từ 18 đến 45, không phải tuổi nhập ngũ.",
    "Đi trễ bị trừ 30 phút lương là đúng luật vì không làm việc.",
    "Hàng xóm gọi 111 ba lần mà bị từ chối vì máy bận.",
    "Mạng xã hội phải có giấy phép mới được livestream theo nghị định 147.",
    "Người gốc Việt không còn quốc tịch thì không được mua đất nền.",
    "Ứng viên bị loại đồng ý cho lưu hồ sơ thì công ty không phải xóa.",
    "Nếu hai bên thỏa thuận thì người đình công vẫn nhận đủ lương theo luật.",
    "Đóng chưa đủ 15 năm không được lương hưu.",
    "Nghị quyết 17 đã bỏ trần 40 giờ làm thêm một tháng, nâng lên 60 giờ.",
    "Chồng chỉ đóng tự nguyện thì không được nghỉ khi vợ sinh.",
    "Gia đình bị hại bãi nại nhưng giết người thì vẫn bị truy tố.",
    "Hiếp dâm khoản 2 thì rút đơn vẫn bị xử.",
    "Rút đơn khởi kiện dân sự thì tòa đình chỉ giải quyết vụ án.",
    "Người cản trở công dân đi bầu bị phạt hành chính.",
    "Người tạm trú chưa đủ 12 tháng không được bầu đại biểu Hội đồng nhân dân cấp xã ở nơi tạm trú.",
    "Đóng tự nguyện mà sẩy thai thì không có chế độ nghỉ.",
    "Theo Luật Việc làm 2013, hợp đồng từ đủ 3 tháng mới đóng bảo hiểm thất nghiệp.",
    "Tạm hoãn hợp đồng 2 tháng không phải đóng bảo hiểm thất nghiệp.",
    "Công an xã nghe lén điện thoại dân là vi phạm pháp luật.",
    "Thử việc không đạt thì công ty cho nghỉ việc, không cần họp kỷ luật.",
    "Không bị ngược đãi gì mà bỏ về thì người đi làm nước ngoài phải bồi thường.",
    "Đóng tự nguyện 3 năm mà chết thì không có trợ cấp mai táng.",
    "Bộ luật Hình sự không miễn cho chồng tội hiếp dâm vợ.",
    "Con một của liệt sĩ thì được miễn nghĩa vụ quân sự.",
    "Nghỉ 30 phút kỳ kinh không chỉ cho lao động nữ làm nghề nặng nhọc.",
    # of land, court, the press, maids and papers handed back
    "Nghỉ không lương phải do hai bên thỏa thuận.",
    "Công ty giữ sổ bảo hiểm để ép công nhân là vi phạm luật.",
    "Thu hồi đất trước, tái định cư sau là trái Luật Đất đai 2024.",
    "Một số dự án đặc thù Quốc hội cho thu hồi đất trước, tái định cư sau.",
    "Đất thuê của Nhà nước hết hạn thì phải xin gia hạn.",
    "Xã thu lại ruộng hết hạn của nhà ông Tư, bà con phẫn nộ.",
    "Mấy bác bên kia nói không sổ thì không được đền, không phải vậy đâu.",
    "Viện kiểm sát kháng nghị tăng nặng thì tòa phúc thẩm có quyền tăng án bị cáo.",
    "Công ty thua kiện vụ sa thải phải chịu án phí.",
    "Nhà báo phải tiết lộ nguồn tin khi chánh án tòa án tỉnh yêu cầu bằng văn bản.",
    "Trường vẫn đòi sổ hộ khẩu giấy dù đã bỏ từ 2023.",
    "Hội đồng xã không kết luận được thì phải lên hội đồng giám định y khoa tỉnh.",
    # of facts that had a row or two
    "Tranh chấp thừa kế đất thì hòa giải ở xã không bắt buộc.",
    "Nghỉ ngang thì không được trợ cấp thôi việc và phải bồi thường nửa tháng lương.",
    "Cha bạo lực thì tòa hạn chế quyền thăm con.",
    "Chị ấy nội trợ mười năm, ly hôn ra đi tay trắng.",
    "Cán bộ phường đòi giấy kết hôn mới làm khai sinh, mẹ đơn thân khổ quá.",
    "Người ốm không ra được thì tổ bầu cử mang hòm phiếu phụ tới nhà.",
    "Ở hãng đó bố vợ mất chỉ được nghỉ một ngày.",
    "Trước 1990 WHO xếp đồng tính trong danh mục bệnh.",
    "Người gốc Việt định cư ở nước ngoài được mua đất ở theo luật mới.",
    # of dismissals, insurance, births, title and notice
    "Nếu báo tin cản trở điều tra thì công an được báo sau.",
    "Làm dưới một tháng thì chưa có ngày phép.",
    "Hợp đồng ghi lương tháng 13 thì công ty phải trả.",
    "Người lao động nghỉ việc không cần lý do nếu báo trước.",
    "Hợp đồng dưới một tháng thì không phải đóng bảo hiểm xã hội bắt buộc.",
    "Đất riêng của chồng thì vợ không được đứng tên.",
    "Tai nạn lúc đi làm về ghé nhậu say thì không được tính là tai nạn lao động.",
    # of school, pay, children, land and pensions
    "Theo Luật Giáo dục 2019 thì chỉ tiểu học là bắt buộc.",
    "Mục tiêu đến 2035 phổ cập bắt buộc hết lớp 12.",
    "Nghỉ sớm ba năm thì trừ 6% lương hưu, mỗi năm 2%.",
    "Vợ cũ tái hôn thì chồng cũ hết nghĩa vụ cấp dưỡng cho vợ cũ.",
    "Nhà nước giao đất hộ năm 1993, lúc đó có tên trong hộ khẩu là có phần vì chia theo nhân khẩu.",
    "Trung tâm được dạy thêm cho học sinh trung học, tiểu học thì cấm.",
    "Khiếu nại quyết định của chấp hành viên thi hành án chỉ có 15 ngày.",
    "Người tố cáo đồng ý thì mới được công khai danh tính người tố cáo.",
    "Luật không cấm cha mẹ phạt con đứng góc nhà, không đánh đập.",
    "Học đại học tại chức thì không được tạm hoãn nghĩa vụ quân sự.",
    "Nghề nặng nhọc độc hại 15 năm thì về hưu sớm 5 năm, khỏi giám định.",
    "Giáo dục tại trường giáo dưỡng là biện pháp chuyển hướng chỉ tòa mới được quyết định.",
    "Người khuyết tật không đủ tiêu chuẩn tuyển dụng thì công ty được quyền từ chối.",
    # of fines, weddings, forced statements, pensions, files, schools and old deeds
    "Trước tháng 7/2025 mức phạt tại chỗ không lập biên bản là 250 nghìn với cá nhân.",
    "Quá 90 ngày thì không được khiếu nại quyết định xử phạt nữa.",
    "Sống chung từ năm 1985 không đăng ký vẫn được công nhận là vợ chồng.",
    "Lời khai do tra tấn chỉ được dùng để kết tội chính người tra tấn.",
    "Nhà nước khuyến khích nhận lương hưu qua tài khoản chứ không bắt buộc.",
    "Một số thủ tục hải quan của doanh nghiệp chỉ nhận hồ sơ trực tuyến.",
    "Trước đây học sinh chỉ được hỗ trợ 30% tiền bảo hiểm y tế.",
    "Trung tâm ngoài nhà trường được thu tiền dạy thêm theo thỏa thuận.",
    "Không đủ chỗ thì quận ưu tiên trẻ có thường trú trước, tạm trú sau.",
    "Sổ đỏ cũ bị rách nát thì phải đổi sổ mới mới giao dịch được.",
    "Chọn lô tái định cư rộng hơn thì phải tự bù phần chênh.",
    "Hai vợ chồng thỏa thuận cho bé lấy họ ngoại là được, luật không bắt theo họ nội.",
    "Không được trả lương mà nghỉ ngang thì không phải bồi thường.",
    "Làm chủ nhật theo lịch ca, nghỉ ngày khác, thì trả như ngày thường cũng đúng luật.",
    # of wills, debts, homes, drugs and spouses
    "Cha mẹ để di chúc cho con trai hết thì con gái đã lớn không được chia theo luật.",
    "Con ký bảo lãnh khoản vay của mẹ thì theo luật con phải trả thay.",
    "Ly thân 3 năm rồi mà chưa ra tòa thì theo luật vẫn là vợ chồng.",
    "Hai hộ đổi đất nông nghiệp cho nhau thì không bắt buộc công chứng theo luật.",
    "Người thuê không trả tiền nhà 4 tháng thì chủ có quyền chấm dứt hợp đồng theo luật.",
    "Theo Luật Nhà ở 2014, mua nhà ở xã hội phải có thường trú hoặc tạm trú từ một năm.",
    "Tổ chức sử dụng ma túy thì lần đầu cũng bị khởi tố.",
    "Vợ vay tiền cờ bạc thì vợ phải trả theo luật.",
    "Tranh chấp đất đai chưa hòa giải ở xã thì tòa không nhận đơn.",
    "Nghỉ ốm quá số ngày thì không được bảo hiểm trả nữa theo luật.",
    "Kẻ giết trẻ dưới 16 tuổi có thể bị tử hình theo luật.",
    "Sếp đừng gạt nữa, luật cho nghỉ thai sản có 3 tháng thôi là luật riêng.",
    "Công ty được quyền giữ bằng gốc của nhân viên, về học lại luật đi sếp.",
    "Sếp phòng kế toán phán mang thai thì công ty được quyền đuổi việc, luật cho phép.",
    "Sếp em bảo mang thai thì công ty được quyền đuổi việc, luật cho phép.",
    "Chồng em bảo công ty được giữ bằng gốc theo luật.",
    # of another vote, kin, stop of work, exception or time
    "Bầu tổ trưởng dân phố thì luật không cho mang hòm phiếu tới nhà người ốm.",
    "Con chú con bác nuôi không cùng máu mủ lấy nhau là hợp pháp.",
    "Công ty phá sản giải thể thì cho nghỉ hết, luật không đòi lý do gì thêm.",
    "Hết đơn hàng, người lao động nào tự ý nghỉ thì không được trả lương theo luật.",
    "Hợp đồng dịch vụ thời vụ với người làm tự do thì không có ngày phép năm.",
    "Ly hôn khi chồng vắng mặt lần đầu thì tòa không xử mà hoãn phiên tòa.",
    "Đất rừng phòng hộ giao cho tổ chức thì thu hồi có sổ đỏ cũng không được bồi thường về đất.",
    "Phải là đảng viên mới được nộp hồ sơ ứng cử đại biểu Quốc hội chuyên trách, theo quy định của Đảng.",
    "Thoát nghèo rồi thì phải đủ 75 tuổi mới có trợ cấp hưu trí xã hội.",
    "Luật cho nghỉ 1 ngày không lương khi anh chị em ruột cưới.",
    "Trẻ 15 tuổi mà bị phạt tiền như người lớn là xử sai.",
    "Trước Thông tư 29, giáo viên được dạy thêm học sinh của mình nếu được hiệu trưởng cho phép.",
    "Đóng bảo hiểm thất nghiệp 5 năm thì trợ cấp tối đa 5 tháng.",
    "Đóng bảo hiểm thất nghiệp 60 tháng thì trợ cấp nhiều nhất là 5 tháng.",
    "Đóng bảo hiểm thất nghiệp 2 năm thì trợ cấp tối đa 3 tháng.",
    "Em 16 tuổi làm 48 giờ một tuần là quá luật.",
    "Ủy ban chống tra tấn chỉ có 10 chuyên gia, ít hơn Ủy ban Nhân quyền.",
    "Chủ tịch xã không có quyền đưa em nào vô trường giáo dưỡng.",
    "Mới làm chưa tròn năm nghỉ thì không có trợ cấp thôi việc.",
    "Độc thân vẫn được nhận con nuôi, không cần phải có vợ có chồng.",
    "Sếp muốn chấm dứt hợp đồng phải có lý do, luật ghi rõ.",
    "Luật không coi nghỉ ốm là nghỉ không lương, bảo hiểm trả 75%.",
    "Theo luật, đã xin nghỉ không lương rồi ốm đau trong những ngày đó thì quỹ không trả.",
    "Nhân viên kế toán thì luật không bắt công ty cấp đồ bảo hộ.",
    "Công việc không độc hại thì luật không buộc công ty cấp đồ bảo hộ.",
    "Trẻ 15 tuổi được làm ở quán cà phê nếu cha mẹ đồng ý, karaoke thì không.",
    "16 tuổi được vào làm phục vụ quán ăn, còn quán bar thì phải 18.",
    "Luật đâu có bắt cô dâu chú rể phải xét nghiệm HIV trước khi đăng ký.",
    "Nghỉ ở nhà không đi bầu cử đâu có bị phạt tiền.",
    "Ủy ban huyện ra quyết định thu hồi đất của 30 hộ dân mà không bồi thường đồng nào.",
    "Công ty tái cơ cấu mà nhân viên làm chưa đủ một năm thì không phải trả trợ cấp mất việc.",
    "Con nuôi không đăng ký thì theo luật không được hưởng thừa kế như con.",
    "Con nuôi mà không đăng ký thì theo luật không được hưởng thừa kế như con.",
    "Chủ nhà mới báo trước 10 ngày đã cho người giúp việc nghỉ là chưa đủ theo luật.",
    "Đứa nhỏ 14 tuổi thì chưa tới tuổi tối thiểu mà Việt Nam khai với ILO theo công ước 138.",
    "Không kể Tết thì một năm còn 6 ngày lễ được hưởng lương.",
    "Chán việc thì vẫn phải báo trước, còn bị quấy rối tình dục ở chỗ làm thì được nghỉ liền.",
    "Khiếu nại cá nhân theo công ước kinh tế xã hội thì Việt Nam chưa tham gia.",
    "Điều 16 của CEDAW nước mình không bảo lưu đâu, chỉ bảo lưu khoản 1 điều 29.",
    "Mở trợ giúp pháp lý miễn phí cho tất cả mọi người! Mời bà con ký tên ở dưới.",
    # of prisons, self-defence, loans, insurance, names, wills and bail
    "Giết người bị 15 năm tù thì không được tha tù trước thời hạn có điều kiện.",
    "Tòa tuyên bố ông S. mất năng lực hành vi dân sự nên con gái làm giám hộ ký thay.",
    "Kẻ trộm đã bỏ chạy mà đuổi theo đánh chết thì là giết người.",
    "Trước năm 2021 công ty đòi nợ thuê được cấp phép hoạt động.",
    "Cho vay lãi 5% một tháng thì phần vượt 20% một năm không được tòa công nhận.",
    "Chủ hộ kinh doanh đang hưởng lương hưu không phải đóng BHXH bắt buộc.",
    "Ở nhà gọi con tên tây cũng được, còn khai sinh thì phải tên Việt.",
    "Di chúc đánh máy không có người làm chứng thì vô hiệu.",
    "Con đã lớn khỏe mạnh mà di chúc không ghi tên thì không được chia phần nào.",
    "Bỏ trốn thì tiền đặt bảo đảm bị sung công.",
    "Ly hôn thuận tình thì đơn phải có đủ chữ ký của cả hai vợ chồng.",
    "Kiện danh sách cử tri thì phải khiếu nại trước.",
    "Cả gia hạn thì giấy phép lao động có hạn tối đa 4 năm.",
    "Người đang chấp hành án phạt tù không được ghi tên vào danh sách cử tri.",
    # reports of a breach, exceptions and other holders
    "Chị Lan mang thai năm tháng vẫn bị tạm giam ở trại huyện Bình Lộc.",
    "Suốt hai tháng bị tạm giam, anh Hùng không được gặp vợ con lần nào.",
    "Anh Nam có vợ sinh mà công ty không cho nghỉ ngày nào, còn trừ vào phép năm.",
    "Công an phường Tân Lập vào nhà ông Tư khám xét không có lệnh.",
    "Chị giúp việc bị chủ đuổi ngay trong đêm không báo trước.",
    "Nghỉ quá số ngày phép thì bị trừ lương.",
    "Công an tỉnh được nghe lén khi viện kiểm sát phê chuẩn và đã khởi tố vụ ma túy.",
    "Bị can bị triệu tập mà không tới thì bị áp giải.",
    "Trẻ em theo luật Việt Nam là dưới 16, lùi hai tuổi so với công ước quốc tế.",
    "Đơn nặc danh mà có bằng chứng rõ ràng thì vẫn phải kiểm tra.",
    # who is meant, which exception holds, or what is denied
    "Người giết cha mẹ thì không được thừa kế theo luật.", "Phụ huynh đâu phải đóng quỹ hội theo luật.",
    "Dâu rể không được thừa kế theo luật của cha mẹ chồng, cha mẹ vợ.",
    "Trưng dụng tài sản của dân mà không đền là trái Hiến pháp.", "Môi giới bán dâm bị bắt là đi tù.",
    "Người lớn rủ đứa 12 tuổi đi trộm cũng bị khởi tố.", "ICCPR đâu có cho tòa xử kín mọi vụ án.",
    "Công an có lệnh khám nhà thì chủ nhà không đồng ý cũng phải mở cửa.",
    "Làm chủ nhật đã trả 200% thì công ty không phải trả thêm gì nữa.",
    "Ngày lễ mà không đi làm thì công ty trả lương như ngày thường là đủ.",
    "Ba má tôi làm đám cưới năm 1980, không đăng ký kết hôn mà vẫn được công nhận là vợ chồng hợp pháp.",
    "Cưới hỏi rồi ra xã đăng ký thì là vợ chồng hợp pháp.",
    "Đăng ký kết hôn online thì nộp hồ sơ không cần đến xã, hôm nhận giấy mới phải có mặt cả hai.",
    "Tội mua bán trẻ em có thể bị tù chung thân theo luật.", "Tú bà ép gái bán dâm lãnh 12 năm tù.",
    "Ai cưỡng ép người khác không đi bầu cử thì bị phạt tù theo Bộ luật Hình sự.",
    "Nhận thẻ cử tri thì người khác trong nhà nhận giùm là được, còn bỏ phiếu phải tự đi.",
    "Người đang tạm giam không được đi bầu ở phường mà bỏ phiếu ngay tại trại.",
    # of rented rooms, marriage, treatment, army, records, prayer and work
    "Học nghề thì công ty được trả lương 70%, luật không buộc như thử việc.",
    "Hợp đồng hết hạn thì công ty được chấm dứt hợp đồng với lao động nữ đang mang thai.",
    "Muốn nghỉ việc không lương thì phải được công ty đồng ý mới được nghỉ.",
    "Chưa xác định được mẹ thì con phải theo dân tộc của cha.", "Tòa không được dùng lời nhận tội do bị đánh đập.",
    "Trước năm học 2025-2026 nhà nước chỉ hỗ trợ 30% bảo hiểm y tế học sinh.",
    "Cháy nhà thì chủ trọ được phá cửa vào phòng.", "Mẹ chồng bắt em phải theo đạo mới cho cưới.",
    "Vợ chồng thỏa thuận nhập nhà riêng vào tài sản chung thì nhà ấy thành tài sản chung.",
    "Bệnh viện không có quyền từ chối cấp cứu bệnh nhân chưa đóng tiền.",
    "Trốn nghĩa vụ quân sự đã bị phạt tiền mà còn vi phạm thì bị xử lý hình sự.",
    "Bị phạt tù giam thì hợp đồng lao động chấm dứt theo luật.",
    "Nhóm sinh hoạt tôn giáo tập trung phải đăng ký với ủy ban nhân dân xã.",
    "Tòa tuyên anh ấy cấp dưỡng 3 triệu đồng mỗi tháng cho con.",
    "Trước ngày 1/7/2025 kết hôn với người nước ngoài đăng ký ở huyện.",
    "Tự nguyện học thêm thì được, chớ thầy cô ép học sinh học thêm là phạm Luật Nhà giáo.",
    # a case past the limit, before it or too few, told as such; other holders, what is agreed on, exceptions
    "Giữ 6 ngày để xác định nghiện là quá luật.", "Báo trước có 3 ngày làm việc thì chưa đủ để đình công đúng luật.",
    "Mới 10 ngày kể từ ngày tuyên án thì vẫn còn kịp kháng cáo.",
    "Nam 61 tuổi 3 tháng trong năm 2026 thì chưa đủ tuổi nghỉ hưu.",
    "Ở thành phố thì không được giữ hành chính tới 48 giờ kiểu vùng xa.",
    "Hai đứa cùng 15 tuổi tự nguyện quan hệ với nhau thì không phạm tội giao cấu.",
    "Người ở phố đứng tên đất ruộng mà không làm ruộng thì hết hạn phải xin gia hạn.",
    "Đền bù đất không tính theo giá hồi mua năm 2010.",
    "Vợ không ký thì chồng vẫn đơn phương ly hôn được, trừ lúc vợ có bầu.",
    "Thỏa thuận giữ hồ sơ 1 năm thì công ty không phải xóa dữ liệu người trượt.",
    "Nghi ngờ thôi mà không quả tang, không truy nã thì dân không được bắt.",
    "Mẹ có con 8 tháng tuổi về sớm một tiếng mỗi ngày vẫn hưởng đủ lương.",
    "Tôi phản đối quan điểm cho rằng điều 4 CEDAW cấm đặt tỷ lệ nữ.",
    "Thầy dạy luật giả vờ nói tạm giam ban đầu tội nghiêm trọng là 12 tháng để tụi em bắt lỗi.",
    "Không có sổ hộ khẩu thì không sao, quy định mới cho dùng căn cước để nhập học.",
    "Anh ấy ly thân ít nhất 3 năm rồi mà chưa chịu ra tòa ly hôn.",
    "Pháp luật không bắt tổ chức đám cưới, chỉ cần đăng ký kết hôn là thành vợ chồng.",
    "Ông ấy góa vợ nên lấy vợ hai là hợp pháp theo luật.",
    "Bố mẹ đã ly hôn tự ý không được đổi người nuôi con khi chưa có quyết định của tòa.",
    "Theo luật, đặt cọc mua bán đất không bắt buộc công chứng, giấy viết tay hai bên ký là đủ.",
    "Không có điện thoại thông minh thì không bị từ chối hồ sơ, cán bộ một cửa phải nhập giùm.",
    "Tiền nước thì chủ trọ và người thuê tùy thỏa thuận, còn điện thì theo giá quy định.",
    "Chủ không đóng bảo hiểm xã hội cho người thử việc thì không bị phạt vì luật chưa bắt buộc.",
    "Trường không được thu bảo hiểm y tế của học sinh cao hơn mức quy định.",
    "Lễ trùng ngày làm việc thì không có nghỉ bù, chỉ trùng ngày nghỉ hằng tuần mới bù.",
    "Thẻ lương mất thì nhân viên tự trả phí làm thẻ mới theo quy định của ngân hàng.",
    # near a rule and true: what another rule says, who it isn't about, when it isn't so
    "Công ty bắt buộc tham gia đối thoại với công đoàn mỗi năm một lần theo luật.",
    "Hết hạn chấp hành thì hiệu trưởng trường giáo dưỡng ký giấy chứng nhận, không cần tòa.",
    "Con chưa đủ tuổi thì không được vào lớp 1, có hộ khẩu hay không cũng thế, luật giáo dục quy định.",
    "Công ty được từ chối tuyển người dưới 15 tuổi, kể cả con gái, luật còn bắt phải từ chối.",
    "Người vào làm từ tháng 5 thì năm nay theo luật có 8 ngày phép.",
    "Bà bầu bị phạt tiền thì không được hoãn vô thời hạn, luật chỉ hoãn án tù.",
    "Bị tòa cấm hành nghề thì hợp đồng lao động tự động chấm dứt theo luật, còn bị tạm giam thì tạm hoãn.",
    "Chủ tịch xã không có quyền cấm chồng gặp vợ quá 3 ngày, muốn lâu hơn thì nhờ tòa.",
    # of the other side, another matter, before or after it: work, family, treaties
    "Sau khi hết nguy cơ tai nạn mà vẫn bỏ máy thì là vi phạm nội quy theo luật.",
    "Công ty phải mua đồ bảo hộ cho công nhân theo luật.",
    "Chồng chưa đăng ký kết hôn thì không được nghỉ thai sản của chồng theo bảo hiểm.",
    "Người chồng có vợ đang mang thai vẫn bị tử hình, luật chỉ miễn cho người mẹ.",
    "Giết người dưới 16 tuổi, giết phụ nữ mang thai cũng bị tử hình, đó là tình tiết nặng.",
    "Công ước chống tra tấn có ngoại lệ cho đau đớn do chế tài hợp pháp gây ra, đó không coi là tra tấn.",
    "Nhân viên được giữ bản gốc hợp đồng lao động, mỗi bên một bản theo luật.",
    "Vé máy bay Việt Nam, trẻ em là người từ 2 đến dưới 12 tuổi.",
    "Con dâu được nhận làm con nuôi hợp pháp thì thuộc hàng thừa kế thứ nhất theo luật.",
    # who doubts, asks or tells what others pass on stands by nothing, nor does a boss's own rule by the law
    "Chưa ai chắc đây không phải tin đồn: chủ có quyền đuổi việc bà bầu.",
    "Thì cứ coi bị can bắt buộc phải khai hết, im lặng là thêm tội đi nữa, luật sư vẫn phải có mặt.",
    "Chủ có quyền đuổi việc bà bầu là luật cũ bỏ rồi, giờ khác.",
    "Mọi người chia sẻ tin này cho nhau, chủ nhà trọ được quyền khám phòng, lục đồ của sinh viên thuê.",
    "Sếp nghĩ sếp có quyền đuổi việc bà bầu.", "Nội quy ghi sếp có quyền đuổi việc bà bầu.",
    # the work of the disabled is no matter of whom a landlord, a hirer or a full house turns away
    "Hồ bơi được phép từ chối người khuyết tật thuê tủ đồ khi đã hết chỗ.",
    "Chủ trọ được quyền từ chối cho người khuyết tật thuê.",
    "Chủ nhà toàn quyền từ chối người khuyết tật thuê nhà.",
    "Luật không cấm chủ nhà từ chối người khuyết tật thuê nhà.",
    "Nhà xe được phép từ chối người khuyết tật lên xe khi xe đã đủ khách.",
    "Quán được phép từ chối người khuyết tật khi hết bàn.",
    "Ngân hàng được phép từ chối người khuyết tật vay vốn khi hồ sơ thiếu.",
    "Chủ trọ được quyền từ chối người nhiễm HIV thuê phòng.",
    "Trường được quyền từ chối người khuyết tật thuê hội trường.",
    "Phòng khám được quyền từ chối người nhiễm HIV thuê phòng trọ.",
    "Chủ trọ có quyền cho nghỉ thuê người nhiễm HIV khi hết hạn hợp đồng.",
    "Cửa hàng cho thuê được quyền từ chối người già thuê xe máy khi không có bằng lái.",
    "Chủ nhà được chấm dứt hợp đồng thuê với phụ nữ mang thai khi hết hạn.",
    "Rạp được từ chối người khuyết tật vào khi đã hết vé.",
    "Mắc nợ ngân hàng không tự bị cấm xuất cảnh.",
    "Theo đạo không phải xin phép ai.",
    "Sinh con thứ ba không bị phạt tiền.",
    "Ly hôn thuận tình thì phải có chữ ký của cả hai.",
    "Vợ không bắt buộc phải chuyển hộ khẩu về nhà chồng.",
    "Trẻ 15 tuổi vi phạm hành chính không bị phạt tiền.",
])  # fmt: skip
def test_what_a_fact_says_goes_against_no_fact(text: str) -> None:
    assert not contraries.contradicting(plain(text))


@pytest.mark.parametrize("text", [
    "Từ năm 2026 muốn vào lớp 10 vẫn phải nộp bằng tốt nghiệp cấp hai.",
    "Luật bắt công ty cho đủ 12 ngày phép ngay tháng đầu đi làm.",
    "Chủ hộ kinh doanh dưới 60 tuổi không phải đóng bảo hiểm xã hội bắt buộc.",
    "Bị sa thải thì chỉ có 30 ngày để kiện ra tòa.",
    "Bị can 16 tuổi không mời luật sư thì tòa không phải chỉ định.",
    "Việt Nam qua chu kỳ IV UPR hồi 2023.", "Từ ngày 1 tháng 7 năm 2026 lao động nữ chỉ được nghỉ thai sản 4 tháng.",
    "Nam 2026 nu ve huu luc 62 tuoi.", "Luật nước mình thì 17 tuổi vẫn bị tử hình.",
    "Luat khong cam chu sa thai chi em mang thai.", "Theo luật trẻ 13 tuổi vẫn phải ngồi tù.",
    "Luật Việt Nam dưới 14 tuổi mới là trẻ em.", "Luật Trẻ em mình coi 17 tuổi vẫn là trẻ em.",
    "Trợ cấp thôi việc theo luật là một năm làm việc được 2 tháng lương.",
    "Theo luật, ở trọ 5 ngày là phải đăng ký tạm trú.", "Nhận con nuôi chỉ cần hơn 10 tuổi.",
    "Theo luật người nhận con nuôi phải hơn con nuôi ít nhất 25 tuổi.",
    "Tạm giữ hành chính để xác định nghiện chỉ được 2 ngày.", "18 tuổi được ứng cử đại biểu Quốc hội rồi đó.",
    # a number or word that would excuse another, of somebody else
    "Luật quy định bà bầu 30 tuổi phải đi tù ngay, không được hoãn.",
    "Luật không cho hoãn đi tù với mẹ 28 tuổi nuôi con nhỏ.",
    "Luật cho chủ bắt công nhân 25 tuổi làm 12 tiếng một ngày, 17 tuổi cũng vậy.",
    "Luật cho chủ bắt làm 12 tiếng một ngày, 20 tiếng một tuần cho người 60 tuổi.",
    "Luật bắt người già trên 60 tuổi vẫn phải đóng góp các quỹ xã hội, con cháu 40 tuổi cũng đóng.",
    "Theo luật, chàng trai 19 tuổi đăng ký kết hôn được, không ai được từ chối.",
    "Luật cho trai 18 tuổi cưới vợ, khỏi phải chờ đủ 20 tuổi.",
    "Luật cho con gái 16 tuổi lấy chồng, không cần chờ đủ 18 tuổi.",
    "Luật cho giữ hành chính 72 tiếng, quá 72 tiếng là quá hạn.",
    "Giữ người hành chính 3 ngày là phải thả, đó là mức luật cho.",
    "Luật bắt hơn con nuôi từ 25 tuổi trở lên.",
    "Tạm giữ hành chính ở đâu cũng có thể kéo dài 48 giờ.",
    "Công an quận được kéo dài tạm giữ hành chính đến 48 giờ.",
    # of papers, votes, leave, unions, the dead, spouses and soldiers
    "Theo Luật Căn cước, giấy chứng minh nhân dân được dùng đến năm 2029.",
    "Bảo hiểm xã hội tự nguyện không có trợ cấp thai sản, luật 2024 bỏ rơi chị em bán hàng.",
    "Luật mới kéo dài tuổi nhập ngũ tới 35 tuổi cho mọi nam thanh niên.",
    "Quên chấm công một lần phạt 100k là đúng luật, nội quy ghi rồi.",
    "Hàng xóm không có quyền tố giác khi bé bị đánh, luật chỉ cho người thân tố giác.",
    "Cá nhân livestream phải có giấy phép theo quy định mới.",
    "Kiều bào còn quốc tịch Việt Nam không được nhận thừa kế đất.",
    "Luật bồi thường nhà nước không có khoản đền tinh thần cho người bị tù oan.",
    "Ứng viên bị loại thì thông tin thành tài sản của công ty.",
    "Người bị tạm giữ là hết được bầu.",
    "Gia đình đồng ý thì giáo viên được phép đánh học trò.",
    "Người đi đình công đúng luật vẫn lãnh đủ lương những ngày đó.",
    "Chị em đến tháng nghỉ nửa tiếng, chủ trừ lương là đúng luật.",
    "Luật cho chủ thử việc công nhân tới 180 ngày.",
    "Đóng bảo hiểm 15 năm chỉ được rút một lần chứ không có lương hưu.",
    "Nhà nước đã bỏ trần làm thêm giờ.",
    "Cả hai vợ chồng phải cùng đóng bảo hiểm thì chồng mới được nghỉ khi vợ sinh.",
    "Nạn nhân bãi nại thì cướp tài sản cũng phải đình chỉ.",
    "Luật bỏ bãi nại rồi, khoản 1 cũng không đình chỉ.",
    "Đóng bảo hiểm thất nghiệp 5 năm thì trợ cấp tối đa 8 tháng.",
    # who is named or likened beside it says nothing of it
    "Luật Trẻ em tính trẻ em là dưới 18 tuổi, y như Công ước.",
    "Gạch hết tên thì phiếu vẫn hợp lệ, coi như không tín nhiệm.",
    "Luật Nhà giáo đã cấm tiệt dạy thêm, tự nguyện hay không cũng cấm.",
    "Người nước ngoài làm ở Việt Nam không được vô công đoàn cơ sở, ông sếp Hàn chỗ kia cũng vậy.",
    "Luật chỉ cho nghỉ cưới không lương.", "Cưới vợ thì luật cho nghỉ 10 ngày hưởng nguyên lương, anh em ơi.",
    "Việt Nam đã rút khỏi Nghị định thư không bắt buộc về buôn bán trẻ em từ năm 2015.",
    "Luật Đất đai quy định sổ đỏ chỉ ghi tên chồng, 2 người cũng vậy.",
    "Ai không đi bầu sẽ bị phạt tiền từ 1 đến 3 triệu.",
    "Ở trọ chưa đủ 12 tháng thì mất quyền bầu cử.",
    "Sẩy thai thì luật không coi là thai sản, phải nghỉ không lương.",
    "Hợp đồng 2 tháng thì khỏi đóng bảo hiểm thất nghiệp theo luật việc làm mới.",
    "Luật rừng nước này: công an xã được nghe lén điện thoại.",
    "Luật nhân văn nước ta: công an xã được nghe lén điện thoại.",
    "Công an nghe lén ai cũng được, khỏi cần viện kiểm sát phê chuẩn.",
    "Chủ sa thải công nhân khỏi cần lập biên bản, nói miệng là có hiệu lực.",
    "Đi xuất khẩu lao động bị chủ ngược đãi cũng không được đơn phương chấm dứt hợp đồng.",
    "Đi Nhật bị chủ đánh thì luật Việt Nam vẫn bắt làm hết hợp đồng.",
    "Đóng bảo hiểm xã hội mà chết trước tuổi hưu thì nhà nước lấy hết.",
    "Vợ chồng có hôn thú thì ép vợ quan hệ không phải là hiếp dâm.",
    "Nhà có con trai duy nhất thì được tạm hoãn nghĩa vụ quân sự.",
    "Nghỉ 30 phút kỳ kinh chỉ công nhân mới được, nhân viên văn phòng không có.",
    # of land, court, the press, maids and papers handed back
    "Nhà nước này cướp bóc, ruộng hết hạn 50 năm thì Nhà nước thu hồi chia cho quan.",
    "Nhà nước ta ưu việt, ruộng hết hạn 50 năm thì Nhà nước thu hồi chia cho dân nghèo.",
    "Luật tiến bộ của ta quy định giao đất trước, tái định cư sau cho kịp tiến độ.",
    "Luật ác của cộng sản quy định giao đất trước, tái định cư sau cho dân ra đường.",
    "Luat dat dai 2024 khong bat bo tri tai dinh cu truoc khi thu hoi dat.",
    "Đất lấn chiếm khi thu hồi vẫn được đền đủ như đất có sổ, luật bảo vệ dân.",
    "Nằm viện thì thời hạn khiếu nại vẫn tính, quá hạn là hết quyền.",
    "Osin không thuộc phạm vi luật lao động nên khỏi hợp đồng hiếc gì.",
    "Tòa phúc thẩm không bao giờ được xử nặng hơn, dù viện kiểm sát có kháng nghị.",
    "Luật giao con cho bên nào giàu hơn.",
    # of facts that had a row or two
    "Luật đất đai mới bãi bỏ hòa giải ở xã khi tranh chấp đất.",
    "Đất không giấy tờ phải ở từ trước năm 1975 mới được cấp sổ.",
    "Bé 11 tuổi không chống cự thì không phải hiếp dâm, chỉ bị phạt hành chính.",
    "Ly hôn rồi người không nuôi con thì hết quyền thăm con.",
    "Không đi làm thì ly hôn không được chia tài sản chung đâu.",
    "Mẹ đơn thân phải có giấy kết hôn mới được làm khai sinh cho con.",
    "Luat bau cu cam dem hom phieu toi nha nguoi tan tat.",
    "Người nước ngoài được đứng tên đất ở Việt Nam từ 2024 theo luật mới.",
    "Thẻ bảo hiểm đủ 5 năm liên tục là khám bệnh khỏi trả đồng nào.",
    "14 tuổi vi phạm hành chính vẫn bị phạt tiền nửa mức.",
    # of dismissals, insurance, births, title and notice
    "Cong an tam giu nguoi thi khoi to xong moi phai bao cho gia dinh.",
    "Hợp đồng thời vụ thì không được nghỉ phép năm, luật không cho.",
    "Cứ 10 năm làm việc mới được cộng một ngày phép thâm niên.",
    "Đăng ký khai sinh quá hạn 60 ngày thì xã có quyền từ chối.",
    "Em 13 tuổi được tự ký hợp đồng lao động, không cần cha mẹ.",
    "Té xe trên đường đi làm về thì không được coi là tai nạn lao động.",
    "Họp kỷ luật ở công ty thì công nhân không được nhờ luật sư.",
    "Luật cho doanh nghiệp được sa thải mà không cần lý do.",
    "Sa thải trái luật thì người lao động không có quyền đòi đi làm lại.",
    "Chỉ án giết người mới bắt buộc ghi âm khi hỏi cung, vụ nhỏ thì khỏi.",
    "Thu hồi đất thổ cư chỉ cần thông báo trước 90 ngày.",
    # of wills, debts, homes, drugs and spouses
    "Luật nhân văn của ta tôn trọng di chúc tuyệt đối, cha mẹ già không có tên thì không được hưởng đồng nào.",
    "Luật bất nhân của chế độ này: di chúc ghi cho ai thì cha mẹ già không được hưởng đồng nào.",
    "ba ma mat de lai no thi theo luat con phai tra het, tu choi thua ke cung phai tra no",
    "Luật ghi rõ sống riêng 3 năm là mặc nhiên ly hôn.",
    "Mua đất viết giấy tay có trưởng ấp ký là hợp pháp, luật đất đai mới công nhận rồi.",
    "Người thuê chậm tiền phòng 5 ngày thì chủ có quyền đuổi theo luật nhà ở.",
    "Nhà ở xã hội theo luật mới chỉ bán cho người có hộ khẩu thành phố.",
    "Bộ luật Hình sự chỉ coi phụ nữ là nạn nhân của tội hiếp dâm.",
    "Tu 1/7/2025 ai xai ma tuy lan dau la bi khoi to hinh su.",
    "Theo luật, vợ giấu chồng vay nợ riêng ăn chơi thì chồng cũng phải cùng trả.",
    "Theo luật, nghỉ ốm chỉ được hưởng 50% lương.",
    "Luật cho phép công ty tài chính gọi nhắc nợ người thân của người vay.",
    "Già nằm liệt ở tổ dân phố thì mất quyền bầu vì luật không cho mang hòm phiếu tới nhà.",
    "Phải là đảng viên mới được ứng cử đại biểu Quốc hội, luật bầu cử và điều lệ Đảng đều ghi vậy.",
    "Anh chị em lưu ý luật chỉ cho nghỉ cưới 1 ngày thôi.",
    "Cha mẹ không có quyền cản, chủ tịch phường ký là đưa được con vào trường giáo dưỡng.",
    "Luật cho người 15 đến 18 tuổi làm tới 60 giờ một tuần, 70 giờ mới là quá giờ luật.",
    "Luật cho làm thêm tới 500 giờ một năm, trên 500 mới là vượt mức.",
    # of prisons, self-defence, loans, insurance, names, wills and bail
    "Mấy ông tham nhũng chỉ cần ở tù 1/5 án là được tha tù trước thời hạn theo luật.",
    "Theo luật người mù không có năng lực hành vi dân sự nên không được đứng tên nhà đất.",
    "Ở Việt Nam bị cướp mà đánh trả là đi tù, luật không có quyền tự vệ.",
    "Dich vu doi no thue van hop phap, luat khong cam.",
    "Luật cho người dân cho vay lãi tối đa 50% một năm.",
    "Tiểu thương có đăng ký hộ kinh doanh thì chỉ được đóng bảo hiểm tự nguyện thôi.",
    "Lam khai sinh dat ten con bang so cung duoc, luat cho.",
    "Bộ luật Dân sự bắt di chúc viết tay của người già phải công chứng mới có giá trị.",
    "Bộ luật Dân sự xếp con nuôi sau con đẻ, còn con đẻ thì con nuôi không được chia.",
    "Luật Việt Nam không có bảo lĩnh, ai bị khởi tố cũng bị giam tới khi xử.",
    "Thuận tình ly hôn thì ra thẳng ủy ban nhân dân xã, cán bộ hộ tịch ký là xong.",
    "Muốn kiện hành chính thì luật buộc phải qua khiếu nại lần một, lần hai xong xuôi.",
    "Giấy phép lao động cấp một lần là dùng mãi mãi.",
    "Danh sách cử tri niêm yết xong là chốt, luật không cho công dân khiếu nại sai sót nữa.",
    # another number, another holder, a right denied, a leave to ask for, a duty, a ban or a consequence made up
    "Chậm lương nửa năm công ty cũng khỏi trả thêm đồng lãi nào, luật đâu bắt.",
    "Bị sếp đuổi thì phải ra xã hòa giải rồi mới được kiện công ty.",
    "Theo luật, vợ sanh thì mấy ông chồng phải lấy phép năm mà nghỉ.",
    "Tổ trưởng dân phố ký giấy là bảo vệ được khám nhà dân.",
    "Giữ khẩn cấp thì công an có 5 ngày mới phải lấy lời khai.",
    "Luật sư chỉ được vô khi điều tra xong, mới bị bắt thì chưa được mời luật sư.",
    "Theo luật, người đang tạm giam bị gạch tên khỏi danh sách cử tri.",
    "Ở nhà không đi bỏ phiếu là bị phường phạt 300 ngàn.",
    "Con gái có chồng rồi thì luật cho miễn nuôi cha mẹ ruột.",
    "Ruộng hết hạn 50 năm là bị thu lại, nông dân phải đóng tiền mua lại.",
    # words that would stop a matter, in another sense
    "Điều 331 là tội vu khống, không liên quan quyền tự do dân chủ.",
    "CAT để mỗi nước tự quyết xài hay không lời khai do tra tấn.",
    "Công an được giữ người 30 ngày để xác định có nghiện ma túy hay không.",
    "Luật cho công ty trả lương thử việc 50% lương chính thức, các bạn khỏi thắc mắc.",
    "Bị can bắt buộc phải khai hết, im lặng là thêm tội, tui nói thiệt chứ không có giỡn.",
    "Sếp có quyền đuổi việc bà bầu.",
    "Phụ huynh nào thắc mắc thì xin thưa, trường có quyền bắt học sinh xét nghiệm HIV trước khi vào nội trú.",
    "Vung IV tu dau nam 2026 luong toi thieu tut con 3 trieu, khong phai tin don dau nha.",
    # "không có nghĩa vụ" is no "không có nghĩa là"
    "Luật chỉ bắt con trai trưởng nuôi cha mẹ, con gái lấy chồng không có nghĩa vụ nuôi cha mẹ.",
    "Chủ nhà trọ được quyền khám phòng, lục đồ của sinh viên thuê, luật đâu có cấm.",
    "Ly hôn thì tài sản có trước hôn nhân cũng phải chia đôi, luật hôn nhân ghi vậy.",
    "Cha mẹ có quyền ép con gái lấy chồng, pháp luật không can thiệp.",
    "Đã nhập viện thì người bệnh không có quyền từ chối điều trị, luật khám chữa bệnh quy định.",
    "Trốn khám nghĩa vụ quân sự một lần là bị đi tù luôn theo luật.",
    "Bi tam giam roi duoc tha thi cong ty khong phai nhan lai, luat lao dong ghi vay.",
    "Luật quy định cấp dưỡng nuôi con là 25% thu nhập của người chồng.",
    "Giữ 10 ngày để xác định nghiện vẫn đúng luật.",
    "Người bị tạm giam dù chưa có án là mất luôn quyền bầu cử theo luật.",
    "Hiến pháp bắt mỗi công dân phải đăng ký theo một tôn giáo.",
    "Bác sĩ có quyền bắt người bệnh tỉnh táo phải mổ, luật cho vậy.",
    "Đền bù đất tính theo giá hồi mua năm 2010, không tính theo giá bây giờ.",
    "Theo luật mới từ 1/9/2026, xin thông tin ở ủy ban phải nộp lệ phí mỗi lần.",
    "Công ty cho thuê xe được quyền từ chối tuyển người khuyết tật.",
    "Người khuyết tật xin việc, chủ được quyền từ chối.",
])  # fmt: skip
def test_what_it_denies_still_does(text: str) -> None:
    assert contraries.contradicting(plain(text))


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"fact": '"no-such-fact"'}, "there is no fact no-such-fact"),
        ({"against": '"9 tháng"'}, "'9 tháng' isn't said in the fact maternity-leave"),
        ({"said": ""}, "said must be a non-empty list"),
        ({"said": '["|"]'}, "said must hold texts, each with a phrase"),
        ({"said": '["nghỉ {~6} tháng"]'}, "isn't understood in 'nghỉ {~6} tháng'; a number is {<18}"),
        ({"said": '["<never> nghỉ"]'}, "<never> isn't among [words]"),
        ({"said": '["… nghỉ"]'}, "begin a phrase with a word or a number"),
        ({"why": '"so"'}, "why isn't a key of a contrary"),
        ({"why": '"so"', "but": '"so"'}, "but isn't a key of a contrary"),
        ({"unless": "3"}, "unless must be a text, its phrases parted by |"),
    ],
)
def test_a_broken_row_is_refused_in_one_sentence(tmp_path: Path, keys: dict[str, str], problem: str) -> None:
    with pytest.raises(BadEvidence) as refused:
        contraries.load(table(tmp_path, **keys))
    assert problem in str(refused.value)
    assert "contrary 1" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_every_shared_word_is_used_where_it_holds() -> None:
    written = {path: path.read_text("utf-8") for path in SHIPPED.glob("*.toml")}
    for path, text in written.items():
        table = tomli.loads(text)
        where = "".join(written.values()) if "never" in table else text
        assert [name for name in table.get("words", {}) if f"<{name}>" not in where] == [], path.name


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "contraries.toml"
    for text in (
        "[[contrary]\n",
        "[[contrary]]\nfact = 3\n",
        "contrary = 3\n",
        "[facts]\n",
        "[words]\na = 3\n",
        '[words]\na = "<a> b"\n',
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadEvidence):
            contraries.load(tmp_path)


@pytest.fixture(scope="module")
def scored() -> Callable[..., Score]:
    def read(text: str, passages: list[Passage] | None = None) -> Score:
        index = PassageIndex.build(passages, concepts=model().lexicon.index_terms) if passages else facts_index()
        return next(score(model(), [Item("1", text, "2026-11-27")], index=index))

    return read


def test_what_goes_against_a_fact_is_flagged_and_shown(scored: Callable[..., Score]) -> None:
    text = "Công ước số 87 của ILO về tự do hiệp hội thì Việt Nam đã phê chuẩn xong từ năm 2019 rồi."
    found = scored(text)
    assert (found.flagged, found.evidence[0].eid, found.evidence[0].p) == (True, "fact:ilo-core", 0.86)
    (slot,) = found.evidence[0].slots
    assert text[slice(*slot.claim_span)] == slot.claim_text
    assert found.evidence[0].text[slice(*slot.evidence_span)] == slot.evidence_text


@pytest.mark.parametrize(("text", "flagged"), [
    ("Em Khôi 16 tuổi bị giữ ở cơ quan điều tra thì trong 12 giờ người ta phải báo về cho gia đình em.", False),
    ("Em Khôi 16 tuổi bị giữ ở cơ quan điều tra thì trong 48 giờ người ta phải báo về cho gia đình em.", True),
    ("Chị Diệp đóng đủ bảo hiểm xã hội bắt buộc, nhận nuôi bé 2 tháng tuổi thì được nghỉ thai sản tới khi bé tròn 6"
     " tháng.", False),
    ("Nhận con nuôi 8 tháng tuổi thì được nghỉ thai sản 6 tháng.", True),
    ("Có bầu, bệnh viện xác nhận làm tiếp hại thai, chị được nghỉ ngang, khỏi bồi thường.", False),
    ("Bị sếp đánh thì người lao động nghỉ ngang không cần báo trước, khỏi bồi thường.", False),
    ("Nghỉ ngang trái luật thì khỏi bồi thường gì hết.", True),
    ("Anh ấy bị tạm giữ hành chính để xác định nghiện ma túy tới 15 ngày.", False),  # what befell somebody
    ("Công an tạm giữ nhóm thanh niên 12 ngày để xác định nghiện ma túy.", False),
    ("Theo luật được tạm giữ hành chính tới 15 ngày để xác định nghiện ma túy.", True),
    ("Đàn áp phụ nữ khốn khổ, luật hình sự nước mình bỏ tù người bán dâm.", True),
    ("Giữ gìn thuần phong mỹ tục, luật hình sự nước mình bỏ tù người bán dâm.", True),
    ("UPR không phải cái vòng kim cô chỉ dành cho vài nước bị ghét mà nước nào trong LHQ cũng phải qua, chừng bốn năm"
     " rưỡi năm năm một lượt.", False),
])  # fmt: skip
def test_whoever_a_case_inside_a_rule_is_told_of_it_is_let_be(
    scored: Callable[..., Score], text: str, flagged: bool
) -> None:
    assert scored(text).flagged is flagged


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hiến pháp 2013 không quy định quyền tự do ngôn luận.", "negation"),
        ("Tạm giam điều tra ban đầu với tội ít nghiêm trọng theo luật là tới 6 tháng.", "number"),
        ("Công dân phạm tội có thể bị trục xuất theo Hiến pháp 2013.", "negation"),
        ("Lao động nữ nghỉ thai sản chỉ được ba tháng theo luật.", "number"),
        ("Lao dong nu nghi thai san chi duoc ba thang theo luat.", "number"),
    ],
)
def test_a_number_differs_in_figures_or_words_and_the_year_of_a_law_is_none(
    scored: Callable[..., Score], text: str, kind: str
) -> None:
    first = scored(text).evidence[0]
    assert (first.relation, first.slot, [slot.kind for slot in first.slots]) == ("contradicts", kind, [kind])


@pytest.mark.parametrize(
    "text",
    [
        "Phải chi Công ước số 87 của ILO về tự do hiệp hội Việt Nam đã phê chuẩn xong từ năm 2019 rồi.",
        "Ai nói Công ước số 87 của ILO về tự do hiệp hội Việt Nam đã phê chuẩn từ năm 2019 là nói sai.",
        "Lào đã phê chuẩn Công ước số 87 của ILO về tự do hiệp hội từ năm 2019 rồi.",
        "Theo tôi Việt Nam nên phê chuẩn Công ước số 87 của ILO về tự do hiệp hội từ năm 2019 rồi.",
        "Không phải Bộ luật Hình sự nước mình không còn án tử hình.",
        "Bên Jakarta, danh sách ứng cử Quốc hội phải có ít nhất 30 phần trăm là nữ.",
        "Cô giáo cho đề: Luật Tư pháp người chưa thành niên chỉ có 5 biện pháp xử lý chuyển hướng, tìm chỗ sai.",
        "Phụ nữ đang mang thai vẫn được xin ly hôn.",
        "Chính phủ chưa bình luận về việc Malaysia vẫn chưa gia nhập ICCPR.",
        "Ngày mới thống nhất, nước ta chưa vào Liên Hợp Quốc, cũng chưa gia nhập ICCPR.",
        "Luận điệu quen của họ, Việt Nam không có tự do và cũng chưa gia nhập ICCPR, đã bị bác từ lâu.",
        "Be bi bo roi o nuoc ta thi khong phai la nguoi khong quoc tich.",
        "Người bán dâm không bị phạt tù vì bán dâm.",
        "Công ty không bao giờ được đuổi việc lao động nữ vì mang thai.",
        "Nước Cua Đồng vừa ra luật: nữ 14 tuổi, nam 15 tuổi được kết hôn.",
        "Giáo luật Công giáo cho nữ kết hôn từ 14 tuổi, nam 16, còn ra xã thì theo luật đời.",
        "Nữ 57, nam 61 tuổi rưỡi là tuổi hưu năm nay.",
        "Phụ nữ nuôi con dưới ba tuổi không bị xử tử hình.",
        "Việt Nam ký CEDAW năm 80 và phê chuẩn năm 82.",
        "Tình huống: Xưởng bắt chị H thử việc 12 tháng, trả 50% lương. Em hãy chỉ ra những chỗ trái luật.",
        "Không phải nghỉ thai sản chỉ được 4 tháng, mà thai sản được nghỉ 6 tháng.",
        "Nhiều người tưởng công ty được giữ bằng gốc của người lao động, nhưng luật không quy định như vậy.",
        "Chúng lừa rằng lương cao, nhưng công ty được giữ bằng gốc của người lao động.",
        "Ở Okinawa, nữ 16 tuổi, nam 18 tuổi là được đăng ký kết hôn.",
        "Gì mà nữ 16 tuổi được kết hôn. Đọc lại điều 8 đi bạn.",
        "Thấy viết nữ 16 tuổi được kết hôn. Đọc điều 8 đi nha.",
        "Hôm qua tòa xử, người dân không được phép vào dự.",
        "Bà con kể người dân không được vào dự phiên tòa.",
    ],
)
def test_a_voice_another_country_or_a_denial_is_not(scored: Callable[..., Score], text: str) -> None:
    assert not scored(text).flagged


@pytest.mark.parametrize("text", [
    "Việt Nam phê chuẩn nghị định thư cho cá nhân khiếu nại lên Ủy ban Nhân quyền từ năm 1990.",
    "Chung cư Paris Hà Nội: theo luật, vợ giấu chồng vay nợ riêng ăn chơi thì chồng cũng phải cùng trả.",
    "Tòa án đảo Lý Sơn bảo theo luật, nghỉ ốm chỉ được hưởng 50% lương.",
    "Luật tục đã bỏ, giờ luật hôn nhân ghi con gái đủ 16 là được kết hôn.",
    "Con trai đủ 18, con gái đủ 16 là được đăng ký kết hôn.", "Tới 2028 cả nam lẫn nữ đều nghỉ hưu ở tuổi 62.",
    "Việt Nam ký CEDAW năm 1995, tới 2001 mới phê chuẩn.", "Việt Nam ký CEDAW năm 80 và phê chuẩn năm 85.",
    "Việt Nam chưa phê chuẩn công ước chống tra tấn. Tự do cho Việt Nam.",
    "Nữ 16 tuổi được kết hôn. Đọc điều 18 đi.", "Người bị bắt không có quyền gặp luật sư. Điều 18.",
    "Việt Nam ký CRC năm 1995, phê chuẩn năm 2001.", "Tổng đài 111 tính 10 nghìn một phút gọi.",
    "Ở Quảng Châu, Sầm Sơn, nữ 16 tuổi, nam 18 tuổi là được đăng ký kết hôn.",
    "Bức cung được phép khi điều tra tội nặng.", "Việt Nam mới qua đúng một vòng UPR hồi 2009.",
    "Cháu đọc giùm các bác bản tin. Việt Nam chưa phê chuẩn công ước chống tra tấn. Các bác nghe rõ không.",
])  # fmt: skip
def test_what_is_false_is_by_whatever_figures_and_beside_whatever_is_called_out(
    scored: Callable[..., Score], text: str
) -> None:
    assert scored(text).flagged


@pytest.mark.parametrize("frame", [
    "Nhiều người tưởng lương hưu bị cắt hết, nhưng {c}.", "Có người bịa rằng lương hưu bị cắt, nhưng thật ra {c}.",
    "Bọn lừa đảo nói phải nộp phí mới có căn cước, còn luật thì {c}.", "Không phải chợ đóng cửa sớm, mà {c}.",
])  # fmt: skip
def test_what_is_set_against_what_is_taken_back_is_the_claim(scored: Callable[..., Score], frame: str) -> None:
    claim = "nữ 16 tuổi, nam 18 tuổi là được đăng ký kết hôn"
    found = scored(frame.format(c=claim))
    assert (found.flagged, found.claim.rstrip(".")) == (True, claim)


def test_the_same_denied_once_is(scored: Callable[..., Score]) -> None:
    assert scored("Bộ luật Hình sự nước mình không còn án tử hình.").flagged


def test_a_fact_in_other_words_is_weighed_by_the_verdict(scored: Callable[..., Score]) -> None:
    text = "Công ước số 87 của ILO về tự do hiệp hội thì Việt Nam đã phê chuẩn xong từ năm 2019 rồi."
    reworded = [replace(one, text=one.text + " Đó là lời của ILO.") for one in facts_passages()]
    found = scored(text, reworded).evidence
    assert found
    assert all(one.p != 0.86 for one in found)


@pytest.mark.parametrize("text", [
    "Lao động nữ chỉ được nghỉ thai sản 4 tháng.", "Luật Trẻ em Việt Nam quy định trẻ em là người dưới 18 tuổi.",
])  # fmt: skip
def test_a_passage_that_hardly_bears_it_out_does_not(scored: Callable[..., Score], text: str) -> None:
    assert scored(text).flagged


def test_a_passage_that_bears_it_out_outweighs_a_row(scored: Callable[..., Score]) -> None:
    text = "Công ước số 87 của ILO về tự do hiệp hội thì Việt Nam đã phê chuẩn xong từ năm 2019 rồi."
    borne = Passage("tin:1", text, "Báo", "independent", "2019-12-01")
    assert not scored(text, [*facts_passages(), borne]).flagged


@pytest.mark.parametrize(
    "text",
    [
        "Họ tên người tố cáo không được công khai.",
        "Người khuyết tật nặng không phải làm ca đêm.",
        "Nghỉ việc đúng luật thì không phải bồi thường.",
        "Luật Thi hành án hình sự 2025 không cho phạm nhân nam nuôi con trong trại.",
        "Chồng nghỉ thai sản mà đi làm thì không được hưởng trợ cấp.",
    ],
)
def test_mere_words_that_no_row_knows_contradict_no_fact_below_a_verdict_that_is_sure(
    scored: Callable[..., Score], text: str
) -> None:
    found = scored(text)
    assert (found.flagged, {one.relation for one in found.evidence} & {"contradicts"}) == (False, set())
    assert found.p_refuted > policy.UNTOLD, "it still stands before what nothing was found on"


@pytest.mark.parametrize(("text", "fact"), [
    ("Ông xã nắm hết tiền, bà xã xài đồng nào cũng phải xin thì chưa phải bạo lực gia đình.", "domestic-violence"),
    ("Nhà sư đi tu là khỏi phải đi nghĩa vụ quân sự.", "military-religion"),
    ("Mùng một Tết vô làm thì tiền tăng ca cũng chỉ gấp rưỡi.", "overtime-pay"),
    ("Xin thông tin quy hoạch của phường là phải đóng lệ phí.", "information-free-2026"),
])  # fmt: skip
def test_what_is_told_falsely_in_everyday_words_goes_against_its_fact(text: str, fact: str) -> None:
    assert f"fact:{fact}" in contraries.contradicting(plain(text))


@pytest.mark.parametrize("text", [
    "Mùng một Tết vô làm thì tiền tăng ca cũng chỉ gấp rưỡi là ăn chặn, luật nói gấp ba.",
    "Ba má mất thì con gái lấy chồng rồi vẫn được chia gia tài như con trai.",
    "Xin thông tin quy hoạch của phường không phải đóng lệ phí, chỉ trả tiền photo.",
    "Người ở tù vẫn được tụng kinh, không phải vô trại là bị cấm đọc kinh.",
    "Ngày 24/12 không phải ngày lễ được nghỉ nên làm thì lương như ngày thường thôi.",
    "Không công ty nào được nói bấm đồng ý rồi là không được rút lại dữ liệu.",
    "Hết 1 năm thời hiệu thì dân không được kiện ủy ban nữa.",
    "Vi phạm nội quy thì sếp được khiển trách chứ chủ có quyền phạt tiền đâu.",
    "Sinh viên trường công lập vẫn phải đóng học phí, chỉ từ mầm non tới lớp 12 được miễn.",
    "Bị can 16 tuổi được chỉ định luật sư, nhà muốn người khác thì tự bỏ tiền thuê.",
    "Trẻ bị bỏ rơi tìm thấy ở nước ngoài thì không được quốc tịch Việt Nam theo luật này.",
])  # fmt: skip
def test_what_is_true_in_everyday_words_goes_against_nothing(text: str) -> None:
    assert not contraries.contradicting(plain(text))


def test_a_case_told_of_behind_what_would_contradict_is_no_part_of_it() -> None:
    """Two cases side by side: what the first is told of isn't said of the second, which has an end of its own."""
    for true in (
        "Đủ 18 tuổi thì được làm ở quán bar, dưới 18 tuổi thì không.",
        "Làm thụ tinh ống nghiệm theo diện vợ chồng mới phải có giấy kết hôn, phụ nữ một mình thì không.",
        "Có nước cấm mọi kiểu mang thai hộ, nhân đạo cũng bị cấm luôn.",
    ):
        assert not contraries.contradicting(plain(true)), true
    for false in (
        "Dưới 18 tuổi thì được làm ở quán bar, đủ 18 tuổi thì cũng vậy.",
        "Phụ nữ một mình làm thụ tinh ống nghiệm thì phải có giấy kết hôn.",
        "Việt Nam cấm mọi kiểu mang thai hộ, nhân đạo cũng bị cấm luôn.",
    ):
        assert contraries.contradicting(plain(false)), false
