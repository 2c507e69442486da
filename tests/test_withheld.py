"""Whether evidence denies people what a claim says they may not do."""

import pytest

from classifier.logic.withheld import unborne


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (
            "Lao động nữ không được nghỉ thai sản.",
            "Chủ không được sa thải lao động nữ vì kết hôn, mang thai, nghỉ thai sản hoặc nuôi con dưới 12 tháng.",
        ),
        (
            "Lao động nữ không được nghỉ thai sản.",
            "Lương 80%, 95% và 100%. Chủ không được sa thải lao động nữ vì nghỉ thai sản.",
        ),
        ("Người khuyết tật không được kết hôn.", "Luật cấm cản trở người khuyết tật kết hôn và nuôi con."),
        ("Người khuyết tật không có quyền bầu cử.", "Luật cấm cản trở người khuyết tật kết hôn và nuôi con."),
        ("nguoi khuyet tat khong duoc ket hon", "Luật cấm cản trở người khuyết tật kết hôn và nuôi con."),
        ("Người lao động không được đình công.", "Người tham gia đình công không được trả lương."),
        ("Phụ nữ không được ứng cử đại biểu Quốc hội.", "Phạm nhân không được ứng cử đại biểu Quốc hội."),
        ("Người dân tộc thiểu số không được tự ứng cử.", "Luật cho công dân tự ứng cử đại biểu Quốc hội."),
    ],
)
def test_what_protects_a_right_or_bars_others_bears_out_no_denial_of_it(lexicon, claim, evidence):
    assert unborne(claim, evidence, lexicon)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Công ty không được sa thải lao động nữ vì mang thai.", "Chủ không được sa thải lao động nữ vì mang thai."),
        ("Không ai được cản trở người khuyết tật kết hôn.", "Luật cấm cản trở người khuyết tật kết hôn và nuôi con."),
        ("Phạm nhân không được ứng cử.", "Phạm nhân không được ứng cử đại biểu Quốc hội."),
        ("Chồng không được đơn phương ly hôn.", "Chồng không được xin ly hôn khi vợ đang có thai."),
        ("Trẻ dưới 15 tuổi không được làm đêm.", "Trẻ dưới 15 tuổi làm đêm bị cấm."),
        ("Phụ nữ có thai bị phạt tù có thể được hoãn.", "Phụ nữ có thai bị phạt tù có thể được hoãn chấp hành."),
        ("Người lao động không được làm thêm quá 40 giờ một tháng.", "Làm thêm không quá 40 giờ một tháng."),
        ("Người đang chấp hành án tù không được bầu cử.", "Không được bầu cử: người đang chấp hành án tù."),
        ("Người lao động được đình công.", "Người tham gia đình công không được trả lương."),
    ],
)
def test_a_denial_of_the_same_act_to_the_same_people_does(lexicon, claim, evidence):
    assert not unborne(claim, evidence, lexicon)
