"""Which words of violence and abuse are folded away for whoever asks, and which everyday ones aren't."""

import pytest

from review import care

HARD = (
    "bị đánh đến chết trong trại giam", "bị quản giáo đánh tử vong", "công an đánh gãy tay một người dân",
    "họ đổ xăng đốt cả nhà", "bị tạt axit giữa chợ", "bị tạt a-xít vào mặt",
    "người ta bảo anh thắt cổ trong buồng giam",
    "hắn bóp cổ chị", "bị siết cổ từ phía sau", "khám nghiệm thấy vỡ lá lách", "dập lá lách vì đòn",
    "bị rút móng tay từng ngón", "bị nhổ móng chân", "dùng roi điện lúc hỏi cung", "giao cấu với trẻ em",
    "kẻ ấu dâm ở xã", "bắt lột quần áo giữa sân", "bị lột truồng trước đám đông", "bắn vào đầu người biểu tình",
    "bắn thẳng vào ngực", "doạ phanh thây cả nhà", "Đ.m. chúng mày", "đ.m mày", "bọn chó cái", "đồ súc vật",
    "lũ súc vật ấy", "họ đối xử với tù nhân như súc vật", "đánh anh ấy đến bất tỉnh", "đánh người bị giam tới hộc máu",
    "bị đánh đập đến tàn phế", "đấm gãy mũi anh", "đập vỡ đầu một bà cụ", "đánh vỡ sọ", "đánh dập gan",
    "đấm dập phổi", "đánh chị đến sảy thai", "đốt chết cả gia đình", "bắn một em bé tử vong", "đâm anh ta tử vong",
    "dìm người ta đến chết", "tra khảo đến ngất", "hành hạ cháu bé đến chết", "đạp vào bụng bà bầu",
    "tát vào mặt phạm nhân", "bị treo ngược lên trần", "bị trấn nước nhiều lần", "dội nước sôi lên tay",
    "mổ cướp nội tạng tù nhân", "bị vứt xác ở bìa rừng", "phi tang xác trong đêm", "bị mổ bụng", "rạch mặt nạn nhân",
    "móc mắt", "lòi ruột ra ngoài", "cánh tay đứt lìa", "mặt mũi bầm dập", "lũ óc chó", "thằng chó đó", "cái lồn",
    "bị cưỡng bức tình dục", "danh den chet trong don", "bi danh gay tay", "tat axit vo cu", "hanh ha den chet",
)  # fmt: skip
EVERYDAY = (
    "bị phạt chết tiền", "phạt đến chết tiền", "đánh giá nguyên nhân dẫn đến tử vong", "đánh giá tác động môi trường",
    "súc vật nuôi trong nhà được tiêm phòng", "gia súc và súc vật thồ", "gãy tay vì ngã xe", "gãy chân khi đá bóng",
    "vỡ đầu gối vì tai nạn giao thông", "đập thủy điện bị vỡ", "đập lúa ngoài đồng", "đập thủy lợi xả nước",
    "đánh bắt cá xa bờ", "đánh cá đến tận khơi xa", "đánh thuế thu nhập", "đánh máy đơn khiếu nại",
    "bắn pháo hoa đêm 30",
    "bắn tốc độ trên cao tốc", "đốt rác ngoài đồng", "đốt vàng mã cho người chết", "đốt nến tưởng nhớ",
    "quả óc chó tốt cho tim", "dầu hạt óc chó", "đàn chó con trong xóm", "lũ chó con mới đẻ", "nhà nuôi chó giữ vườn",
    "ông Đ.M. 52 tuổi", "luật sư Đ.M. bào chữa", "siết chặt tay nhau", "bắt tay nhau", "nắm chặt tay",
    "đấm bóp cho người già", "lớp dạy đấm bốc", "đá bóng ở sân trường", "đá vào lưới đối phương", "bắn vào bia",
    "người bị tạm giam chết vì bệnh tim", "tử vong do ung thư", "tỷ lệ tử vong mẹ giảm", "bị ngất vì say nắng",
    "tai nạn lao động chết người", "chết vì sốt xuất huyết", "tội danh được nêu rõ",
    "danh sách người chết trong lũ", "danh sach nguoi chet vi lu", "danh gia dan den tu vong",
    "bao ve danh du den cung",
    "ban cua toi chet vi covid", "toi bi gay tay vi nga xe", "đổ xăng ở cây xăng", "giá xăng tăng", "bình ắc quy axit",
    "axit uric cao", "cắt móng tay", "sơn móng chân", "hiến nội tạng cứu người", "ghép tạng", "khám lá lách",
    "roi mây của thầy đồ", "điện giật do dây hở", "mặt trận Tổ quốc", "treo cờ ngày lễ", "vào đầu năm học",
    "lột vỏ quýt", "nước sôi để nguội", "cổ phiếu lao dốc", "bóp còi inh ỏi", "đạp xe gãy cổ phuộc",
)  # fmt: skip


@pytest.mark.parametrize("text", HARD)
def test_what_is_hard_to_read_is_folded(text: str) -> None:
    assert care.folds("graphic", text) == "graphic"


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_stay_open(text: str) -> None:
    assert care.folds("graphic", text) == ""
