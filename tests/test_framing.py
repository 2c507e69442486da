"""What a sentence frames as not its own or not real, with and without diacritics."""

import pytest

from classifier.factuality.attribution import core, heard, introduced, unattributed
from classifier.factuality.framing import asserted, imagines
from classifier.factuality.instead import instead
from classifier.text.letters import fold

CLAIM = "trẻ em là người dưới 18 tuổi"


def is_asserted(text: str) -> bool:
    return asserted(text, (0, len(text)))


@pytest.mark.parametrize("frame", [
    "Tin nói {c} là sai.", "Thông tin cho rằng {c} là sai sự thật.", "Câu “{c}” lan truyền trên mạng là tin giả.",
    "[TIN GIẢ] {c}.", "Không có chuyện {c}.", "Làm gì có chuyện {c}.", "Đừng tin bài viết nói rằng {c}.",
    "Bóc trần luận điệu “{c}”", "Đính chính: bài hôm qua viết {c}.", "Hiểu lầm số 1: {c}.", "Không phải là {c}.",
    "Đài ở nước ngoài xuyên tạc rằng {c}.", "Nhiều người vẫn tưởng {c}.", "Đáp án A sai vì ghi {c}.",
    "Dự thảo luật đề xuất: {c}.", "Một đại biểu đề xuất sửa luật để {c}.", "Dự báo đến năm 2040, {c}.",
    "Tôi bị cán bộ bảo là {c}.", "Chồng tôi cứ cãi là {c}.", "{c} là tin giả.", "{c} là sai.", "{c} là không đúng.",
    "{c} là xuyên tạc.", "Nói {c} là bóp méo.", "Tin nói {c} phải lập báo là sai.", "{c}, bịa đặt!", "{c}: SAI.",
    "Vạch trần luận điệu: {c}.",
    "Một blogger bị phạt vì đăng tin {c}.", "Cán bộ phường bảo tôi rằng {c}.", "{c} (SAI)", "{c} – sai sự thật.",
    "Câu sau đây không đúng: {c}.", "Đừng bao giờ nói {c}.", "Chớ để {c}.", "Bố tôi bị đuổi về vì “{c}”.",
    "Myth: {c}.", "Fake: {c}.", "Theo lời đồn, {c}.", "Không ít phụ huynh hiểu lầm {c}.", "Ba tôi cứ đinh ninh {c}.",
    "Ai cũng nghĩ rằng {c}.", "Chữa bài: câu “{c}” phải sửa thành dưới 16.", "Điều 5 (dự thảo lần 2): {c}.",
    "Có người bảo {c}, hóa ra là dưới 16.", "{c} là không đúng đâu nha, dưới 16 cơ.",
    "Điều 5 (dự kiến). {c}.", "Khoản 2 (bản lấy ý kiến): {c}.",
    "Bộ đang lấy ý kiến: {c}.", "Bộ Tư pháp đang lấy ý kiến nhân dân: {c}.", "Đang lấy ý kiến rộng rãi: {c}.",
    # private papers and who has the say over the writer
    "Sếp thông báo: {c}.", "Nhân sự dán thông báo ở cổng: {c}.", "Công ty em ra nội quy: {c}.", "Hương ước làng: {c}.",
    "Trái với lời đồn {c}, luật quy định khác.", "Nói {c} là phóng đại.", "Bọn họ lừa bà con rằng theo luật, {c}.",
    "Tôi chẳng tin là {c}.", "Mình không tin theo luật, {c}.", "Nghe đồn theo luật, {c}, chưa biết thật giả.",
    "Ai dám bảo theo luật, {c} thì ra đây.", "Ai đồn {c} thì dẫn nguồn giùm.", "Hôm kia suýt nữa em tin là {c}.",
    "May mà không tin lời họ rằng {c}.",
    "Hợp đồng em ký ghi: “{c}”.", "Nội quy xưởng Mây: {c}.", "Già làng bảo {c}.", "Công an huyện dọa em {c}.",
])  # fmt: skip
def test_what_is_taken_back_or_only_told_is_not_asserted(frame: str) -> None:
    text = frame.format(c=CLAIM)
    assert not is_asserted(text)
    assert not is_asserted(fold(text))
    assert not imagines(text)


@pytest.mark.parametrize("frame", [
    "Luật rừng: {c}.", "Luật nhà vợ: {c}.", "Định luật công sở: {c}.",
    "Luật chơi ô ăn quan của bọn em: {c}.", "Luật của lớp mình: {c}.", "Nguyện vọng của tổ Mây: {c}.",
    "Mục tiêu phấn đấu năm 2040: {c}.", "Khẩu hiệu mít tinh sáng mai: {c}!", "Yêu cầu của má vợ: {c}.",
    "Chúng tôi yêu cầu: {c}.", "Mục tiêu của nhà nước: {c}.", "Mục tiêu của phong trào: {c}.",
    "Ước gì {c}.", "Giả sử {c}.", "Nếu {c} thì phải sửa luật.", "Trong bộ phim giả tưởng, {c}.", "Mong rằng {c}.",
    "Đêm qua nằm mơ thấy {c}.", "Kịch bản hài: {c}.", "Theo tôi, nên sửa luật theo hướng {c}.", "Đề nghị {c}.",
    "Không thể chấp nhận một đất nước mà {c}.", "Tôi kiến nghị Quốc hội: {c}.", "Nhận định sau đúng hay sai: {c}.",
    "Ai cũng mong được nghỉ 9 tháng vì luật chỉ cho 6 tháng.", "Xin cho con không phải nộp 100 triệu.",
    "Đề xuất {c} sớm được đưa vào luật.",
    "Phải chi {c}.", "Biết đâu {c}.", "Thật bất công nếu {c}.", "Lẽ ra {c}.", "Đã đến lúc {c}.",
    "Đề xuất {c}.", "Kêu gọi cho {c}!", "Yêu cầu cho {c}!", "Luật nên sửa: {c}.", "Ai cũng mong {c}.", "Đáng ra {c}.",
    "Em mơ một ngày {c}.", "{c} mới phải.", "{c} là vừa.", "{c} thì mới là nhân quyền.", "Phải là {c} mới đúng!",
    "Theo tôi {c} nên được sửa.",
    "Chúng tôi tha thiết kêu gọi để {c}.", "Quốc hội cần công nhận {c}.", "Nhà nước phải thừa nhận {c}.",
])  # fmt: skip
def test_what_is_wished_supposed_or_made_up_is_imagined(frame: str) -> None:
    text = frame.format(c=CLAIM)
    assert imagines(text)
    assert imagines(fold(text))
    assert not is_asserted(text)


@pytest.mark.parametrize("text", [
    "Việt Nam nên gia nhập Công ước về Mây.", "Nước mình cần sớm ký Công ước về Mây.", "Phải bỏ án tử hình.",
    "Vì tương lai con em, Việt Nam phải phê chuẩn Công ước về Mây!", "Việt Nam hãy tham gia Công ước về Mây.",
    "Việt Nam không nên gia nhập Công ước về Mây.", "Công nhân xưởng Mây nên được nghỉ thai sản 9 tháng.",
    "Người đã ly hôn cũng cần được nghỉ thêm 5 ngày.", "Thời hạn giữ người cần rút xuống còn 1 ngày.",
    "Bộ luật Mây cần có tội danh riêng.", "Theo tôi, nghỉ lễ nên tăng lên 15 ngày.", "Cần cho phép lập hội.",
])  # fmt: skip
def test_a_call_says_nothing_whoever_it_calls_on(text: str) -> None:
    assert imagines(text)
    assert imagines(fold(text))
    assert not is_asserted(text)


@pytest.mark.parametrize("text", [
    "Cấm quay phim công an là che mắt dân.", "Bỏ án tử hình tội giết người thì xã hội loạn, chấm hết.",
    "Thừa nhận hôn nhân đồng giới thì xã hội tốt lên, chấm hết.", "Không cho tự ứng cử là khóa cửa hội trường.",
    "Phạt người không đi bầu là tạt nước vào dân chủ.", "Tạm giữ 30 ngày là nuốt chửng một con người.",
])  # fmt: skip
def test_what_is_named_only_to_be_judged_is_not_said_to_be_so(text: str) -> None:
    assert imagines(text)
    assert imagines(fold(text))


@pytest.mark.parametrize("text", [
    "Bắt giữ người bậy thì kịch khung điều ấy là hai chục năm.",
    "Cấm quay phim công an là quy định mới.", "Bỏ án tử hình tội tham ô là có thật.",
    "Cấm đình công là chính sách lớn.", "Bắt người biểu tình thì không cần lệnh.", "Giữ bằng gốc của thợ là được phép.",
    "Tạm giữ người thì tối đa 30 ngày.", "Từ chối cấp cứu là phạm tội.", "Phạt người không đi bầu là nhiệm vụ của xã.",
])  # fmt: skip
def test_a_rule_told_of_what_is_named_is_said(text: str) -> None:
    assert not imagines(text)
    assert not imagines(fold(text))


@pytest.mark.parametrize("text", [
    "Nhà nước mà bỏ bảo hiểm thì khổ dân quá.", "Công ty mà đuổi bà bầu thì hết nói nổi.",
    "Luật mà cho công an đánh người thì ai chịu nổi.", "Việt Nam mà rút khỏi Công ước chống tra tấn thì buồn thật.",
    "Tạm giam mà không có thời hạn thì thành án oan hết.", "Công an mà được vào nhà không cần lệnh thì hết riêng tư.",
    "Nghỉ thai sản mà còn 2 tháng thì chị em khóc ròng.", "Nhà nước mà thu hồi đất kiểu ấy thì dân mất nhà hết.",
    "Trời ơi, Quốc hội mà bỏ luật sư là loạn hết.", "Bị can mà không được gặp luật sư thì tội quá.",
])  # fmt: skip
def test_what_is_supposed_only_to_be_sighed_over_is_not_said_to_be_so(text: str) -> None:
    assert imagines(text)
    assert imagines(fold(text))
    assert not is_asserted(text)


@pytest.mark.parametrize("text", [
    "Công nhân mà đình công thì bị đi tù.", "Trẻ mà dưới 6 tuổi thì phải mua bảo hiểm y tế.",
    "Con gái mà đi lấy chồng thì mất quyền thừa kế.", "Luật mà ghi thế thì đúng là: công an được đánh người.",
    "Luật cấm rồi mà công ty vẫn giữ bằng thì chịu.", "Thợ mà nghỉ ngang là mất lương tháng đó.",
    "Nhà nước đã bỏ án tử hình mà không ai biết thì lạ.", "Công ty mà chậm lương thì thợ phải chịu, không được kiện.",
])  # fmt: skip
def test_a_rule_told_of_who_does_a_thing_is_said(text: str) -> None:
    assert not imagines(text)
    assert not imagines(fold(text))


@pytest.mark.parametrize("text", [
    "Việt Nam đã ký Công ước về Mây nên cá nhân được kiện ở đó.", "Xưởng Mây nghèo nên trẻ em phải đi làm.",
    "Vì thiếu người nên giữ thêm 5 ngày.", "Ngồi tù khiến anh trở nên tốt hơn.",
    "Bà con nên nhớ Việt Nam đã bỏ tù 5 người.", "Hồ sơ cần 04 ảnh.", "Biểu tình cần được công an cho phép.",
    "Công ty chỉ cần báo trước 3 ngày.", "Công an bắt người không cần lệnh.",
    "Người dân phải tham gia bảo hiểm.",
    "Mọi người nên đọc: luật cho nghỉ 3 tháng.", "Xin gấp thì làm đơn rồi hãy nộp tiền.",
    "Người khuyết tật cần ký tên vào đơn.",
    # folded: cán bộ, nền, bị can, hay, đang ra, bàn
    "Cán bộ, công chức cấp xã được bắt người.", "Nền dân chủ được Hiến pháp bảo đảm.", "Bị can bắt buộc phải khai.",
    "Họ hay gia đình họ bị bắt.", "Ông Mây đang ra tòa vì viết báo.", "Các bạn biết Việt Nam gia nhập CEDAW năm 1995.",
])  # fmt: skip
def test_what_is_so_or_must_be_is_said(text: str) -> None:
    assert is_asserted(text)
    assert is_asserted(fold(text))
    assert not imagines(text)


@pytest.mark.parametrize("text", [
    "Hội Mây Trắng kêu gọi Việt Nam gia nhập Công ước về Mây.", "Nhiều nước khuyến nghị Việt Nam bỏ án tử hình.",
    "Việt Nam đang nghiên cứu gia nhập Công ước về Mây.", "Việt Nam từ chối khuyến nghị gia nhập Công ước về Mây.",
    "Việt Nam có thể gia nhập Công ước về Mây bất cứ lúc nào.", "Việt Nam cam kết sẽ phê chuẩn Công ước về Mây.",
    "Khi Việt Nam gia nhập Công ước về Mây, trại giam sẽ khác.", "Công ước về Mây đang được xem xét phê chuẩn.",
    "Hội Mây tranh đấu để Việt Nam gia nhập Công ước về Mây.",
    *(f"Việt Nam đang nghiên cứu gia nhập {name}." for name in ("ICERD", "OPAC", "OPSC", "OPIC", "ICPPED")),
    # corrections
    "Báo Mây viết Việt Nam có 100 tội tử hình, con số đúng là 10.", "Họ nói tuổi tối thiểu là 12, thật ra là 15.",
    "Trang Mây ghi nghỉ thai sản chỉ ba tháng, nhưng luật vẫn ghi sáu.",
    "Họ nói đã ký Công ước về Mây, thực tế là chưa.",
])  # fmt: skip
def test_what_is_hoped_for_promised_or_corrected_is_not_asserted(text: str) -> None:
    assert not is_asserted(text)
    assert not is_asserted(fold(text))
    assert not imagines(text)


@pytest.mark.parametrize("text", [
    "Việt Nam đã phê chuẩn Công ước về Mây và sẽ báo cáo.", "Từ tháng 7 sẽ cấm mọi cuộc biểu tình.",
    "Người bị oan chỉ có 1 năm để yêu cầu Nhà nước bồi thường.", "Luật Mây yêu cầu Nhà nước bồi thường 5 triệu đồng.",
    "Việt Nam chưa từng phê chuẩn Công ước về Mây.", "Việt Nam từ chối phê chuẩn Công ước về Mây.",
    "Việt Nam đóng bảo hiểm 25 năm, thực tế nhiều hơn.",  # folded, as "viết"
])  # fmt: skip
def test_what_is_done_or_refused_is_asserted(text: str) -> None:
    assert is_asserted(text)
    assert is_asserted(fold(text))


@pytest.mark.parametrize("frame", [
    # predictions
    "Sang năm {c}.", "Đến năm 2035, {c} sẽ được sửa.", "Sắp tới {c} cho mà xem.", "Tôi cá là {c}.", "Vài năm nữa {c}.",
    "Sớm muộn gì {c} cũng thành luật.", "Chắc {c} sắp được sửa.", "Rồi {c} cũng sẽ đổi.", "Thế nào {c} cũng bị bỏ.",
    "Mai mốt {c}, cứ chờ xem.", "Sang năm Bộ luật Mây năm 2019 được sửa.", "Đến năm 2020 {c} sẽ được sửa.",
    "Tôi cá là năm 2018 {c}.",
    "Luật Khoa nói Việt Nam sẽ bỏ {c}.",
    "Tuổi trẻ em sẽ tăng lên 18.", "Việt Nam sẽ thừa nhận {c}.", "Mai mốt {c}.", "Kỳ UPR tới Việt Nam sẽ nhận 400 lời.",
    "Vài năm nữa theo luật mới {c}.", "Tôi cá là từ năm 2028 {c}.", "Sang năm kiểu gì luật cũng quy định {c}.",
    "Kiểu gì từ năm 2028 {c} cho mà xem.", "Sang năm luật mới quy định: {c}.", "Bạn sẽ bất ngờ: sang năm {c}.",
    "Sang năm Nhà nước sẽ cấp thẻ cho trẻ dưới 10 tuổi.", "Nhà nước sẽ cấp thẻ cho trẻ dưới 10 tuổi vào năm tới.",
    # guesses and doubts
    "Có lẽ luật mới quy định: {c}.", "Hình như: {c}.", "Có lẽ {c}: tôi nghe thế.", "Hình như là thế này: {c}.",
    "Nghe đâu có quy định mới: {c}.", "Hình như {c} nhưng tôi không chắc.",
    "Không biết đúng không, {c}.", "Không chắc lắm, {c}.", "Chưa kiểm chứng: {c}.", "Tin chưa được xác nhận: {c}.",
    "Chả rõ thực hư, nghe đâu {c}.", "Chẳng biết thật hay giả, {c}.", "Em không chắc nhưng {c}.",
    # what is still a draft
    "Phương án 2 của dự luật: {c}.", "Phương án B của dự thảo là {c}.", "Điểm mới của dự luật: {c}.",
    "Người ta mới bàn thôi: {c}.", "Họ đang tính: {c}.",
    "Hình như {c}.", "Có lẽ {c}.", "Chắc là {c}.", "Nghe đâu {c}.", "Tôi nhớ mang máng {c}.", "Không biết có phải {c}.",
    "Có người nói {c}, tôi không tin.", "Cô em bảo {c} mà em thấy sai sai.", "Người ta kể {c}, không biết thật không.",
    "Nghe nói {c}, em không biết.", "Nghe nói {c} mà em không biết có đúng không.",
    "Nghe nói {c} mà chưa biết thực hư.", "Hình như báo chí viết {c}.",
    # items of an exam
    "Bán trắc nghiệm: {c}.", "Nhận định 12: {c}.", "Câu hỏi đúng/sai: {c}.",
    "Điền Đ hoặc S: {c}. ( )", "Điền đúng hay sai vào ô trống: {c}.",
    "Chọn câu sai: A. {c}. B. Người 20 tuổi là trẻ em.", "Chọn câu đúng: A. {c}. B. Người 20 tuổi là trẻ em.",
    "Câu 7. Khoanh tròn đáp án đúng nhất: A. {c}.",
    # jokes that say so
    "[Parody] {c}.", "{c} #satire", "{c} (đùa thôi)", "{c}, đùa đấy nhé.", "{c}, nói chơi cho vui thôi.",
    "{c}, vui thôi mà.", "{c}, nói vui đấy.", "{c}, nói cho vui thôi nhé.",
    "[Chỉ là đùa thôi] {c}.",
    "Cá tháng Tư: {c}!", "Báo Vịt Trời đưa tin {c}.", "Báo Mây (châm biếm): {c}.", "Thông tấn xã vỉa hè: {c}.",
])  # fmt: skip
def test_what_is_foretold_guessed_at_or_a_joke_is_not_asserted(frame: str) -> None:
    text = frame.format(c=CLAIM)
    assert not is_asserted(text)
    assert not is_asserted(fold(text))
    assert not imagines(text)


@pytest.mark.parametrize("end", [
    "là trái luật", "là vi phạm pháp luật", "là bất hợp pháp nha", "đã bị bãi bỏ", "bị luật cấm", "chưa thành luật",
    "bị Quốc hội bác", "là luật của nước khác", "là trái luật nha bà con",
])  # fmt: skip
def test_who_calls_what_may_be_done_unlawful_denies_it(end: str) -> None:
    text = f"Chủ được giữ bằng gốc của thợ {end}."
    assert not is_asserted(text)
    assert not is_asserted(fold(text))
    assert is_asserted(f"Thợ chỉ được vô công đoàn nhà nước, lập hội riêng {end}.")
    assert is_asserted(f"Nghỉ không báo trước {end}.")


def test_to_choose_an_answer_or_to_hear_views_in_passing_leaves_a_claim_its_writers() -> None:
    assert is_asserted(f"Chọn câu đúng là khó, {CLAIM}.")
    assert is_asserted(f"Bộ lấy ý kiến xong rồi: {CLAIM}.")


def test_what_follows_a_law_of_somebodys_own_is_told_in_jest() -> None:
    for law, held in (("Hiến pháp phòng trọ số 3", False), ("Nghị định xóm Bầu Sen", False), ("Hiến pháp", True)):
        told = f"Theo {law}, em không được tiếp khách. Trẻ em là người dưới 18 tuổi. Em xin hứa."
        assert asserted(told, (told.index("Trẻ em"), told.index("Em xin hứa"))) is held


def test_a_law_in_a_version_of_somebodys_own_is_made_up() -> None:
    assert imagines("Luật An ninh mạng phiên bản vợ: gỡ tin nhắn lạ chậm nhất 6 giây.")
    assert imagines("Luật Hôn nhân phiên bản ba tôi: 30 tuổi mới được cưới.")
    for whose in ("mới", "nhà nước", "ba", "hội đồng"):
        assert not imagines(f"Luật An ninh mạng phiên bản {whose}: gỡ tin nhắn lạ chậm nhất 6 giây.")


@pytest.mark.parametrize("text", [
    "Người vi phạm sẽ bị phạt tù 12 năm.", "Theo luật, người đăng tin sai sẽ nộp phạt 20 triệu đồng.",
    "Nghị định này sẽ có hiệu lực từ 1/7/2026.", "Từ ngày 1/7/2026, lương hưu sẽ tăng 15%.",
    "Theo Luật Mây, năm 2028 tuổi nghỉ hưu của nam sẽ là 65.", "Lao động nữ sẽ được nghỉ thai sản 9 tháng.",
    "Ai trốn sẽ đi tù 5 năm.", "Rồi ông bị kết án 12 năm tù.", "Lao động nữ sắp sinh được nghỉ 2 tháng.",
    "Hai tỉnh sáp nhập, 500 cán bộ mất việc.", "Nhà sập đè chết 3 người.", "Tương lai của xã Mây: 500 em bỏ học.",
    f"Chắc chắn {CLAIM}.", f"Có lẽ nhiều người chưa biết, {CLAIM}.", "Có lẽ vì sợ dân, Nhà nước cấm biểu tình.",
    "Giữ người 30 ngày, không thể tin nổi.", "Họ đùa giỡn với tính mạng dân, 500 người chết.",
    "Công an bắt 3 người vì đăng bài châm biếm (trào phúng) lãnh đạo.", "Họ bị giữ 30 ngày, gia đình chưa biết tin.",
    "Pháp lệnh Mây quy định vợ chồng sẽ sinh tối đa hai con.",
    # a joke denied, what one hasn't known, and what others pass over
    f"[Không đùa] {CLAIM.capitalize()}.", f"(Không phải tin vịt) {CLAIM.capitalize()}.", f"{CLAIM} (không đùa).",
    f"{CLAIM} mà em không biết.", f"{CLAIM}, mà chưa biết.", f"{CLAIM} mà mình chẳng biết luôn.",
    f"Hình như báo chí lờ đi việc {CLAIM}.", f"Có lẽ chẳng ai nhắc tới chuyện {CLAIM}.",
    f"Hình như nhiều người không hay {CLAIM}.",
    f"{CLAIM}, vui đấy.", f"{CLAIM}, vui đó nha.",
    # another clause than the guess, the doubt, the time to come or what the reader will feel
    f"Có lẽ ít báo dám đăng: {CLAIM}.", f"Dường như chính quyền muốn giấu chuyện này: {CLAIM}.",
    f"Hình như báo chí không đưa nhưng {CLAIM}.", f"Chắc không ai nói với bạn điều này: {CLAIM}.",
    f"Không biết các bạn biết không, {CLAIM}.", f"Không biết sao báo im, {CLAIM}.",
    f"Sắp tới bầu cử rồi mà {CLAIM}.", f"Năm tới là bầu cử, {CLAIM}.", f"Vài tháng nữa là hết năm, mà {CLAIM}.",
    f"Thời gian tới xin mọi người nhớ: {CLAIM}.", f"Bạn sẽ bất ngờ: {CLAIM}.", f"Tôi tin bạn sẽ sốc: {CLAIM}.",
    f"Nhiều người sẽ giật mình khi biết {CLAIM}.", f"Mình đoán là bạn chưa biết, {CLAIM}.",
    f"{CLAIM}, không tin tra luật cho coi.", f"{CLAIM}, tra luật đi rồi chờ xem.", f"Kiểu gì cũng vậy, {CLAIM}.",
    f"Trước sau như một luật cũng ghi {CLAIM}.", f"Điểm mới của dự luật đã được thông qua là {CLAIM}.",
    "Làm ca kiểu gì cũng được nghỉ 60 phút mỗi ngày.", "Tổng đài Mây sẽ trực 12 giờ mỗi ngày.",
    "Nhà nước sẽ cấp thẻ bảo hiểm y tế miễn phí cho trẻ dưới 10 tuổi.",
    # what was or is so, and what a rule gives
    "Rồi năm 2018 Việt Nam cũng phê chuẩn Công ước về Mây.", "Sang năm 1990 Việt Nam phê chuẩn Công ước về Mây.",
    "Năm sau, tức 2014, Việt Nam phê chuẩn Công ước về Mây.", "Rồi Việt Nam cũng ký Công ước về Mây năm 2018.",
    "Lao động nữ sinh con sẽ nghỉ thai sản 4 tháng.", "Công dân sẽ bầu cử từ 16 tuổi.",
    "Thế nào Việt Nam cũng chưa phê chuẩn Công ước về Mây.", "Việt Nam chưa ký Công ước về Mây, cứ chờ xem.",
    # calls and wishes only at first sight
    f"Đề xuất đã xong, {CLAIM}.", f"Mọi người mong gì nữa, {CLAIM}.", f"Tôi muốn người dân biết {CLAIM}.",
    f"Theo tôi bà con nên biết {CLAIM}.", f"Theo tôi, nên nhớ {CLAIM}.",
    "Công nhân chỉ mong đủ sống vì lương tối thiểu là 2 triệu.", "Xin cho con nhập quốc tịch phải nộp 100 triệu.",
    "Mọi người đều mong được nghỉ nhiều hơn nhưng luật chỉ cho 4 tháng.",
    "Đề xuất tăng tuổi nghỉ hưu lên 65 đã trở thành luật.", "Xin nghỉ thai sản phải báo trước 90 ngày.",
    "Kêu gọi biểu tình bị phạt 12 năm tù.", "Yêu cầu của dân bị bác.", "Đề xuất bỏ án tử hình đã bị Quốc hội bác.",
    "Phải có lệnh mới được khám nhà.", "Nộp đủ giấy tờ mới đúng luật.", "Mọi người ước tính có 500 tù nhân.",
    "Theo tôi biết, xưởng Mây nghèo nên trẻ em phải đi làm.", "Tôi muốn biết vì sao luật phạt 12 năm tù.",
])  # fmt: skip
def test_a_rules_own_consequence_and_what_others_know_are_asserted(text: str) -> None:
    assert is_asserted(text)
    assert is_asserted(fold(text))
    assert not imagines(text)


@pytest.mark.parametrize("after", [" Đùa thôi mà.", " Em không tin lắm.", " Không biết thật không nữa."])
def test_a_claim_is_doubted_or_a_joke_by_the_sentence_behind_it(after: str) -> None:
    assert not asserted(f"{CLAIM}.{after}", (0, len(CLAIM) + 1))


@pytest.mark.parametrize(("verdict", "held"), [
    ("Kết luận: SAI.", False), ("Kết quả: Gây hiểu lầm.", False), ("Đánh giá: không có cơ sở.", False),
    ("Kết luận: ĐÚNG.", True),
])  # fmt: skip
def test_what_a_fact_check_finds_false_is_not_its_writers_whatever_stands_between(verdict: str, held: bool) -> None:
    checked = f"Phát ngôn: {CLAIM}."
    assert asserted(f"{checked} Đối chiếu: luật còn đó. {verdict}", (0, len(checked))) is held


@pytest.mark.parametrize("after", [" Chưa biết.", " Em không biết.", " Em không hề đùa."])
def test_a_claim_stays_asserted_before_who_only_did_not_know_it(after: str) -> None:
    assert asserted(f"{CLAIM}.{after}", (0, len(CLAIM) + 1))


@pytest.mark.parametrize("credit", [
    " (Nguồn: báo Mây)", " (Ảnh: Mây Lan).", ". (Theo Hội Mây)", " – Nguồn: Hội Mây", ". Ảnh minh họa: Mây",
])  # fmt: skip
def test_who_is_credited_behind_a_claim_is_left_out(credit: str) -> None:
    for text in (CLAIM + credit, fold(CLAIM + credit)):
        assert text[slice(*core(text))] == text[: len(CLAIM)]


@pytest.mark.parametrize("frame", ["Nhỡ {c} thì sao.", "Lỡ {c}.", "Hãy để {c}."])  # folded: nhớ, lo, hay
def test_a_frame_that_folds_to_common_words_is_told_with_diacritics_alone(frame: str) -> None:
    assert imagines(frame.format(c=CLAIM))
    assert not imagines(fold(frame.format(c=CLAIM)))


@pytest.mark.parametrize("text", [
    f"{CLAIM.capitalize()}.", f"Bộ Công an nói rằng {CLAIM}.", f"Luật quy định {CLAIM}, không có chuyện tùy tiện.",
    "Việt Nam không phải là thành viên của Công ước chống tra tấn.", "Người đưa tin sai sự thật bị phạt tù 20 năm.",
    "Lao động nữ chỉ được nghỉ 3 tháng nếu sinh con.", "Kiến nghị của cử tri không được trả lời.",
    "Công dân không có quyền đề xuất.", "Chủ tài khoản bị phạt 7,5 triệu đồng vì đăng tin sai sự thật.",
    # folded, these hold words of a frame: giả định, thường tưởng, là giả, là đồn, bảo tôi, lo rằng, mong
    "Gia đình ba người bị công an đánh chết.", "Thượng tướng Lương Tam Quang nói rõ tuổi tối thiểu là đủ 12 tuổi.",
    "Tin từ gia đình: nạn nhân là gia đình bà Lan.", "Lời kể: đây là đơn tố cáo của bà con.",
    "Công an thông báo tới người dân phải nộp mật khẩu.", "Lộ rằng công an giấu xác 5 người.",
    "Mông Cổ bị lên án vì bắt nhà báo.", "Nến thay điện ở 20 xã.", "Bắc Bộ chuyển rét đậm, 500 tù nhân bị bỏ mặc.",
    # and these only look like one
    "Bài báo ghi nơi ông bị đánh chết là đồn công an phường 5.", "Chuyện bắt giữ 20 người là sai trái.",
    "Bài báo nêu 300 người bị bắt là không đúng luật.", "Bóc trần sự thật: công an đã giết 500 người.",
    "Vạch trần tội ác: công an giết 500 người.", "Blogger bị phạt 7,5 triệu vì đăng tin tham nhũng của bí thư.",
    "Dự luật Biểu tình đã được Quốc hội thông qua năm 2019.", "Quốc hội thông qua đề xuất bỏ án tử hình.",
    "Kiến nghị tăng tuổi nghỉ hưu lên 70 đã được Quốc hội thông qua.", "Đề nghị truy tố 12 người về tội khủng bố.",
    "Đề nghị mức án 20 năm tù với nhà báo.", "Hy vọng của dân bị dập tắt: Quốc hội bỏ quyền biểu tình.",
    "Cứ như vậy, công an đã giết 5 người.", "Trong phim tài liệu, công an bắt 30 diễn viên.",
    f"Trái với lời đồn, {CLAIM}.", f"Ai dám bảo vệ dân thì biết {CLAIM}.", f"Suýt bỏ lỡ tin này: {CLAIM}.",
    f"Tôi không tin là {CLAIM} cho đến khi đọc luật.", f"Không tin là {CLAIM} thì cứ tìm hiểu.",
    f"Không tin rằng {CLAIM} là chưa đọc luật.", f"Luật chơi mới của thị trường lao động: {CLAIM}.",
    f"Luật chơi bầu cử: {CLAIM}.", f"Xem tin mới: {CLAIM}.", f"Tôi không tin nổi: {CLAIM}.",
    f"Không tin là {CLAIM} thì cứ đọc luật.",
    f"Yêu cầu của luật: {CLAIM}.", f"Tuyên bố: {CLAIM}.",
    f"Nguyện vọng của dân bị bác: {CLAIM}.", f"Nói {CLAIM} là nói quá đúng.", f"Bài này là nói qua: {CLAIM}.",
    f"Luật chơi nghiệt lắm, {CLAIM}.", f"Luật của nước mình: {CLAIM}.", f"Dù ai nói rằng không, {CLAIM}.",
    f"Đừng quên {CLAIM}.", f"Hãy nhớ rằng {CLAIM}.", f"Đừng để họ bịt miệng, {CLAIM}.", f"Lỡ rồi, nói luôn: {CLAIM}.",
    f"Lỡ đánh mất giấy thì {CLAIM}.",
    f"Biết đâu được mà tránh, {CLAIM}.", f"{CLAIM} (không sai).", f"Dân bị bắt vì “{CLAIM}”.",
    f"Bộ Mây thông báo: {CLAIM}.", f"Công ty Luật Mây thông báo: {CLAIM}.", f"Tôi vẫn nghĩ rằng {CLAIM}.",
    f"Ông chủ tịch nói: {CLAIM}.", f"Nội quy kỳ họp Quốc hội: {CLAIM}.", f"Cái luật này nói: {CLAIM}.",
    f"Hợp đồng bí mật với nước Mây ghi: {CLAIM}.", f"Lý tưởng của họ: {CLAIM}.", "Họ vẫn nghỉ 3 tháng khi sinh con.",
    "Vụ hiểu lầm giữa công an và dân làm 3 người chết.", "Đại tướng Mây đã giết 500 người ở xã Sỏi.",
    "Mong Thọ có 3 người bị công an đánh chết.", "Tin buồn: họ đánh chết 3 người rồi nói là bịa đặt.",
])  # fmt: skip
def test_what_is_plainly_said_is_asserted(text: str) -> None:
    assert is_asserted(text)
    assert is_asserted(fold(text))
    assert not imagines(text)


@pytest.mark.parametrize(("before", "after"), [
    ("", " Đây là tin giả."), ("", " Sai bét!"), ("", " Thông tin này hoàn toàn sai."), ("TIN GIẢ\n", ""),
    ("", " Không đúng sự thật."), ("", " Tin này là fake."), ("", " Đó là tin đồn nhảm."),
    ("", " Cơ quan chức năng đã bác bỏ thông tin này."), ("", " Xin đính chính: không phải vậy."),
    ("", " Điều này không đúng."), ("", " Nó sai bét."), ("", " Cái tin bạn gửi đó bịa đặt."),
    ("", " Nói vậy là sai rồi bạn."), ("", " Nghĩ vậy là sai đó mấy mẹ."), ("", " Không đúng đâu các bác."),
    ("", " Nhầm to, dưới 16."), ("", " Câu này lan khắp nhóm tuần qua và nó sai bét."),
    ("", " Nhiều người chia sẻ lắm. Tin này sai sự thật."), ("", " Kết luận của nhóm: sai."),
    ("", " Mình viết nhầm, xin lỗi."),
    ("", "\n\nEDIT: nội dung trên không đúng, để lại cho ai cần."), ("", " Sự thật thì ngược lại: dưới 16."),
    ("", " Dưới 16 mới đúng."), ("Điểm tin giả tháng 6\n1. Mây ăn được.\n2. ", ""), ("Điều 5 (dự thảo 2). ", ""),
    ("Điều 5 (dự kiến). ", ""), ("Điều 5. ", " Ý kiến thẩm tra: chưa phù hợp."), ("", " Ban soạn thảo: sẽ cân nhắc."),
    ("", " Tôi xin rút lại câu này."), ("", "\nMẹ: Không phải đâu con."), ("Đoạn sau đây sai sự thật.\n", ""),
    ("", " Mọi người đừng tin."), ("", " Đừng vội tin clip này nha cả nhà."), ("", " Sai nhé cả nhà."),
    ("", " Đó là tin nhắn lừa đảo, đừng bấm vào."), ("", " À nhầm, để sửa lại sau."),
    ("", " Gõ lộn số, thiếu một nét."),
    ("", " Lộn, thừa một số không."), ("", " À không, đó là nước khác."), ("", " Mình tra lại thì không phải vậy."),
    ("", " Văn phòng ở Mây nói chưa từng nhận văn bản nào như thế."), ("", " Bộ Mây không ra quyết định nào như vậy."),
    ("", " Thông tin này sai, đề nghị bà con cân nhắc kỹ."), ("", " Suy diễn ấy sai, luật ghi khác."),
    ("", " Trang này nổi tiếng bịa."), ("", " Ông ấy hay nói xạo lắm."),
    ("", " Bạn nào chọn đáp án này thì bị trừ điểm."), ("", " Đó là chuyện trong cuốn tiểu thuyết tôi đang viết."),
    ("", " Trong game thì thế."), ("", " Thời trước năm 2015 thì có; giờ thì không."),
    ("", " Có thiệt không mấy bạn, hay tin vịt"),
    ("", " Đó là câu ông hàng xóm nói, còn tôi thì không tin."), ("", " Bảo tàng này tự cho thế, luật thì không có."),
    ("", " Cả ba sai nha các em."), ("", " Nhưng thực tế không phải vậy đâu."), ("", " Mà thật ra thì đâu phải thế."),
    ("", " Nhưng sự thật khác hẳn."), ("", " Nói quá."),
    ("", " Tào lao!"), ("", " Trật lất rồi mấy ông."), ("", " Nghe là biết chưa đọc luật."), ("", " Xạo quá trời."),
])  # fmt: skip
def test_a_claim_is_taken_back_by_its_heading_or_by_the_sentence_behind_it(before: str, after: str) -> None:
    said = f"{CLAIM.capitalize()}."
    assert not asserted(before + said + after, (len(before), len(before) + len(said)))


@pytest.mark.parametrize(("text", "left"), [
    ("Ai cũng nghĩ chợ sẽ đóng cửa, nhưng thật ra {c}.", True), ("Không có chuyện chợ đóng cửa, nhưng {c}.", True),
    ("Trên mạng xuyên tạc rằng chợ đóng cửa, song theo luật {c}.", True), ("Không phải chợ đóng cửa, mà {c}.", True),
    # what a rumour or a fraud tells may go on behind a mere "nhưng"
    ("Nghe đồn chợ đóng cửa, nhưng {c}.", False), ("Chúng lừa rằng lương cao, nhưng {c}.", False),
    ("Nhiều người tưởng {c}, nhưng luật không quy định như vậy.", False), ("Nhiều người tưởng {c}, nhưng sai.", False),
    ("Tư tưởng lớn gặp nhau ở chợ, nhưng {c}.", False), ("Không phải ai cũng biết, mà {c}.", False),
])  # fmt: skip
def test_what_is_set_against_what_is_taken_back_is_its_writers(text: str, left: bool) -> None:
    said = text.format(c=CLAIM)
    assert (said[instead(said) :] == f"{CLAIM}.") is left
    assert (instead(fold(said)) > 0) is left


def test_a_sentence_without_end_is_read_as_far_as_it_may_take_something_back() -> None:
    said = f"Không có chuyện chợ đóng cửa, nhưng {CLAIM}" + " và mưa" * 400
    assert instead(said) == instead(f"{said} là bịa") > 0
    assert not instead(f"{said[:1000]} là bịa")


@pytest.mark.parametrize(("text", "held"), [
    ("Lột mặt nạ tuyên truyền: {c}.", False), ("Bóc mẽ tuyên truyền của nhà nước: {c}.", False),
    ("Vạch mặt luận điệu: {c}.", False), ("Bóc mẽ tuyên truyền viên {c}.", True),
    ("Tình huống 2: {c}. Các em hãy chỉ ra chỗ trái luật.", False),
    ("Tình huống: {c}. Nó xảy ra ở Mây. Anh/chị hãy nhận xét.", False),
    ("Bóc mẽ tuyên truyền của họ đi, sự thật là {c}.", True), ("Tình huống: {c}. Em hãy tìm chỗ trái luật.", False),
    ("Tình huống: {c}. Anh (chị) hãy xử lý tình huống trên.", False),
    ("Tình huống: {c}. Chị xử lý hồ sơ nhớ báo mọi người.", True),
    ("Tình huống: {c}. Em giải thích vậy là đúng luật.", True), ("Tình huống: {c}. Em giải thích vì sao sai.", False),
    ("Tình huống: {c}. Anh phân tích thì thấy hoàn toàn hợp pháp.", True),
    ("Tình huống: {c}. Em phân tích vậy là đúng luật hay trái luật.", False),
    ("Tình huống: {c}. Công ty làm đúng luật.", True), ("{c}. Các em hãy chỉ ra chỗ trái luật.", True),
])  # fmt: skip
def test_a_heading_of_what_is_exposed_and_a_case_set_as_a_task_hold_nothing_true(text: str, held: bool) -> None:
    said = text.format(c=CLAIM)
    assert asserted(said, (0, said.index(".") + 1)) is held


@pytest.mark.parametrize("text", [
    "Bà hàng nước kể: cán bộ bảo {c}. Bà cãi lại.", "Loa rao là {c}. Chiều loa đính chính, bà con vỗ tay.",
    "Chuyện tiếu lâm: gà lên loa đọc {c}.", "Có người nói {c}, mình tra lại thì không phải.",
    "Hồi thi mình viết {c}, bị trừ hai điểm.", "Bài kiểm tra mình ghi {c}, bị thầy gạch đỏ lòm.",
    "Mấy ông ngoài quán kháo {c}, sai toét nha.", "Ai rảnh ngồi phán {c}, đếm thiếu rồi.",
    "Trên mạng rao {c}, đó là hiểu bậy.",
])  # fmt: skip
def test_a_claim_told_of_to_be_contradicted_is_not_its_writers(text: str) -> None:
    said = text.format(c=CLAIM)
    assert not asserted(said, (0, said.index(".") + 1))


@pytest.mark.parametrize("said", [
    "Theo tôi đọc luật thì phải vậy, {c}.", "Thí sinh nghèo đi thi, bị trừ hai điểm vì nói giọng lạ, {c}.",
])  # fmt: skip
def test_who_looked_it_up_or_tells_of_an_exam_asserts_it(said: str) -> None:
    text = said.format(c=CLAIM)
    assert asserted(text, (0, len(text)))


@pytest.mark.parametrize(("before", "after"), [
    ("", " Đây là luật."), ("", " Đó là đồn công an phường nói thế."), ("", " Đây là gia đình thứ hai mất con."),
    ("", " Điều này là không đúng với đạo lý."), ("", " Thông tin này công an cho là sai, nhưng tôi có video."),
    ("Tin giả về dịch bệnh, 12 người bị phạt tù\n", ""), ("", " Điều này không đúng luật quốc tế."),
    ("", " Nó không sai."),
    ("", " Tôi không nghĩ tin này sai."), ("", " Làm vậy là sai."), ("", " Bộ nói luật cấm. Điều đó là bịa đặt."),
    ("", " Có công bằng không? Không."), ("", " Công an nói: sai."), ("", " Ngoại lệ: không có."),
    ("", " Tôi bị phạt nhầm."),
    ("", " 4 lần như thế mới đúng."), ("Điểm tin tháng 6\n1. ", ""), ("", " EDIT: công an làm sai nên tôi viết."),
    ("Kể về tin giả: bộ nói một đằng, dân biết một nẻo từ lâu\n1. ", ""), ("", " Luật ngược lại với lòng dân."),
    ("", " Tôi đã sai khi tin họ."), ("Điều sau đây không sai. ", ""), ("Chính quyền làm sai. ", ""),
    ("", " Đừng tin mấy đứa nói khác."), ("", " Không tin thì đọc luật đi."), ("", " Thật không công bằng."),
    ("", " Luật quy định khác nhau tùy vùng."), ("", " Lộn xộn hết cả."),
    ("", " Trong nhà tù thì thế nào ai cũng biết."),
    ("", " Hồi đó có hứa, giờ im re."), ("", " Tra lại mới thấy đúng vậy."), ("", " Cán bộ cãi lại cũng vậy thôi."),
    ("Nhận định 3: ", " Đáp án: đúng."), ("Mệnh đề 1: ", " Đó là sự thật, chia sẻ giùm."),
    ("", " Nhưng không phải ai cũng biết."), ("", " Thực tế không đúng luật."), ("", " Nói quá hay."),
    ("", " Người ta bị trừ điểm bằng lái mà im."), ("", " Có thật là dân mình khổ."),
])  # fmt: skip
def test_a_claim_stays_its_writers_beside_words_that_only_look_like_a_denial(before: str, after: str) -> None:
    said = f"{CLAIM.capitalize()}."
    for text in (before + said + after, fold(before + said + after)):
        assert asserted(text, (len(before), len(before) + len(said)))


@pytest.mark.parametrize(("text", "said"), [
    ("– {c}.\n– Luật nào vậy?", False), ("Nam: {c}.\nHà: Ai bảo thế?", False), ("– {c}.\n– Đúng vậy.", True),
    ("Nhớ nhé:\n- {c}.\n- Ai chịu trách nhiệm?", True),
])  # fmt: skip
def test_a_turn_that_is_answered_by_a_question_is_its_speakers(text: str, said: bool) -> None:
    start = text.index("{c}")
    assert asserted(text.format(c=CLAIM), (start, start + len(CLAIM) + 1)) is said


@pytest.mark.parametrize(("text", "said"), [
    ("con: mẹ ơi {c}, cô giáo nói đó\nmẹ: cô nào\ncon: cô Én lớp đàn", False),
    ("Trưởng nhóm: {c} nha cả nhà.\nBảy (bán cá): vậy hả\nTrưởng nhóm: hôm qua mơ thấy vậy\nBảy đã rời nhóm.", False),
    ("Lưu ý: {c}.\nMức phạt: 2 triệu.\nNơi nộp: phường.", True),
    ("Hỏi: luật nào?\nĐáp: Luật Trẻ em.\nHỏi: bao nhiêu tuổi?\nĐáp: {c}.", True),
    ("Chú ý: {c}.\nCòn lại thì tùy nhà.\nAi hỏi thì nhắn.", True),
])  # fmt: skip
def test_who_speaks_in_a_talk_is_not_its_writer(text: str, said: bool) -> None:
    told = text.format(c=CLAIM)
    start = told.index(CLAIM)
    assert asserted(told, (start, start + len(CLAIM))) is said


@pytest.mark.parametrize("frame", [
    "Không, {c}", "Không đúng, {c}", "Sai rồi, {c}", "Bộ Quốc phòng đưa tin rằng {c}", "Việt Tân cho biết {c}",
    "Luật sư Đặng Đình Mạnh nói rằng {c}", "Theo Tổ chức Ân xá Quốc tế, {c}", "(RFA) - {c}", "Trích BBC – {c}",
    "Không phải 20 năm, {c}", "Đâu phải từ 18 tuổi, {c}", "Không phải năm 1978, {c}",
    "Không, báo Nhân Dân viết rằng {c}", "Không ai không biết {c}", "Không phải tự nhiên mà {c}",
    "Bà con ơi, {c}", "Thưa các đồng chí, {c}", "Mấy chị em ơi, {c}",
    "Bà con xóm chài khẳng định rằng {c}", "Hội Chị em dệt may nói rằng {c}", "Theo Cục Trẻ em, {c}",
])  # fmt: skip
def test_who_says_a_thing_and_what_it_answers_are_left_out(frame: str) -> None:
    text = frame.format(c=CLAIM) + "."
    assert text[slice(*core(text))] == f"{CLAIM}."
    assert fold(text)[slice(*core(fold(text)))] == fold(f"{CLAIM}.")


@pytest.mark.parametrize("of", ["Theo ICCPR,", "Theo CRPD:", "Theo công ước CEDAW,", "Theo Luật Trẻ em 2016,"])
def test_the_treaty_or_law_that_a_claim_is_of_is_part_of_it(of: str) -> None:
    said = f"{of} {CLAIM}."
    assert said[slice(*core(said))] == said
    assert fold(said)[slice(*core(fold(said)))] == fold(said)


@pytest.mark.parametrize("behind", [
    ", gọi [số điện thoại].", ". LH zalo [số điện thoại]", ", xem [trang cá nhân]!", " - liên hệ [thư điện tử].",
])  # fmt: skip
def test_whom_to_ask_further_is_left_out(behind: str) -> None:
    text = CLAIM + behind
    assert text[slice(*core(text))] == unattributed(text) == CLAIM
    assert "[số điện thoại]" in unattributed(f"Họ đòi bà con gọi [số điện thoại] rồi {CLAIM}.")


@pytest.mark.parametrize("name", [
    "Phạm Minh Chính", "Lê Thị Như Ý", "Thích Minh Đạo", "Trần Hữu Phải", "Vũ Thị Em", "Lê Văn Khi", "Giàng A Chống",
])  # fmt: skip
@pytest.mark.parametrize("frame", [
    "{n} cho biết {c}", "Theo {n}, {c}", "{n} khẳng định {c}", "Ông {n}, phó giám đốc sở, cho biết {c}",
    "Ông {n}, nhà hoạt động vì nhân quyền cho biết {c}", "Bà {n} (người bán vé số) cho biết {c}",
    "Ông {n}, 45 tuổi, cựu tù nhân chính trị, cho biết {c}",
])  # fmt: skip
def test_no_name_and_no_title_changes_what_is_said(name: str, frame: str) -> None:
    said = frame.format(n=name, c=CLAIM) + "."
    assert said[slice(*core(said))] == f"{CLAIM}."
    bare = frame.format(n=fold(name).title(), c=CLAIM) + "."
    bare = bare[:1] + "".join(fold(one) if one.islower() else fold(one).upper() for one in bare[1:])
    assert bare[slice(*core(bare))] == fold(f"{CLAIM}.")


@pytest.mark.parametrize("last", [
    " nhé các bác.", " nghen bà con.", " á nha.", " nghe mấy o mấy mệ.", " đó nghe bây.", " đấy ạ.", " nghen.",
])  # fmt: skip
def test_particles_behind_a_claim_are_left_out(last: str) -> None:
    for text in (CLAIM + last, fold(CLAIM + last)):
        assert len(text[slice(*core(text))]) == len(CLAIM)


def test_who_its_writer_says_he_is_is_left_out_but_not_what_he_has_seen() -> None:
    for who in ("Tôi là công nhân. ", "Mình là luật sư ở Mây. ", "Tôi là nhà báo. ", "Tôi là đàn ông. "):
        assert introduced(who + CLAIM) == CLAIM
        assert introduced(fold(who + CLAIM)) == fold(CLAIM)
    seen = (
        f"Tôi là mẹ cháu. {CLAIM}",
        f"Tôi là cựu tù nhân. {CLAIM}",
        "Tôi là thợ. Tôi bị đuổi vì có bầu đó.",
        "Em là thợ may. Xưởng bắt làm 14 tiếng một ngày.",
    )
    for kept in seen:
        assert introduced(kept) == kept


def test_a_claim_that_begins_with_only_is_told_apart_from_who_says_it() -> None:
    text = f"Bộ Quốc phòng cho biết chỉ {CLAIM}."
    assert text[slice(*core(text))] == f"chỉ {CLAIM}."


@pytest.mark.parametrize("text", [
    f"Không phải 18 tuổi mà 16 tuổi, {CLAIM}.",
    f"Theo Luật Trẻ em, {CLAIM}.", f"Không ai nói rằng {CLAIM} cả.", f"Mẹ tôi nói rằng {CLAIM}.",
    f"Chị em nói rằng {CLAIM}.",
    f"{CLAIM} (theo Luật Trẻ em).", f"{CLAIM} (16 theo luật cũ).",
    "Trẻ em không được về nhà.", "Công dân có quyền nói và nghe.", "Trẻ em bị giữ ở đó.", "Hội nghị ấy ở châu Á.",
    "Trẻ em được giúp khi bị hen.", "Người phạm tội nhẹ.", "Đường vào trại bị tắc nghẽn.",
    f"Tại Mây, báo chí đưa tin rằng {CLAIM}.", f"Nữ 16 tuổi cưới được, bà Mây nói rằng {CLAIM}.",
    f"Hội theo Công ước Mây, {CLAIM}.",
    "Tòa án tuyên là ông Hai không có tội.", "Bộ Quốc phòng cho biết đã đạt thỏa thuận trao đổi.", "Không, sai.",
    "Tiền thuế của dân chứ chẳng phải ơn ai: trẻ em được cấp thẻ bảo hiểm y tế.", "",
])  # fmt: skip
def test_what_belongs_to_a_claim_stays(text: str) -> None:
    assert core(text) == (0, len(text))
    assert core(fold(text)) == (0, len(text))


def test_who_insists_on_what_ought_to_be_doesnt_say_that_it_is() -> None:
    for insists in ("Làm đêm phải trả thêm ít nhất 50 phần trăm chứ!", "Người từ 12 tuổi phải được tự xét nghiệm HIV!"):
        assert imagines(insists)
        assert imagines(fold(insists))
    assert imagines("Danh sách phải một nửa là nữ, không thương lượng.")
    assert imagines("Nghỉ Tết mười ngày, hưởng đủ lương, triển luôn các bác ơi!!!")
    assert imagines("Quốc hội bỏ điều luật này đi, còn chờ gì nữa!")
    assert imagines("Việt Nam ký công ước ấy luôn cho bà con nhờ, trông từng ngày!")
    for tells in ("Nữ phải đủ 20 tuổi mới được kết hôn chứ!", "Luật ghi trẻ 5 tuổi phải được cha mẹ cho phép!",
                  "Cha mẹ phải nộp tiền học tiểu học!", "Nhà nước thu đất rồi đuổi bà con đi, không đền bù!",
                  "Nhà nước miễn học phí rồi cho dân nhờ.",
                  "Chính quyền bắt người không cần lệnh đem đi, luật cho vậy."):  # fmt: skip
        assert not imagines(tells)
        assert not imagines(fold(tells))


def test_what_is_praised_as_done_is_said_to_be_so() -> None:
    for judged in ("hợp lý", "vô lý", "công bằng", "bất công", "phải đạo", "trái đạo"):
        assert imagines(f"Nghỉ thai sản chín tháng là {judged}.")
    assert not imagines("Nước Mây đã phê chuẩn công ước ấy là hợp lý.")


def test_what_a_claim_is_set_against_is_left_out() -> None:
    text = f"Luật quy định {CLAIM} chứ không phải dưới 16 tuổi."
    assert text[slice(*core(text))] == f"Luật quy định {CLAIM}"


@pytest.mark.parametrize("tail", [
    ", không phải 3 tháng.", " (không phải 3).", ", chẳng phải dưới 3 tháng như tin đồn!",
    " – không phải 3 tháng.", "; đâu có phải chỉ 3 tháng.", ", không có chuyện 3 tháng.",
    " chứ không có chuyện 3 tháng.", ", đâu phải ba tháng, theo Bộ luật Lao động.",
])  # fmt: skip
def test_the_number_that_another_is_set_against_is_left_out(tail: str) -> None:
    for said in ("Lao động nữ nghỉ 6 tháng", "Lao động nữ được nghỉ sáu tháng"):
        for text, left in ((said + tail, said), (fold(said + tail), fold(said))):
            assert text[slice(*core(text))] == left


@pytest.mark.parametrize("text", [
    "Việt Nam nhận 320 khuyến nghị, không phải 291 khuyến nghị ở chu kỳ IV.",  # the round is said of both
    "Người lao động nghỉ ngay được, không phải báo trước 30 ngày.",
    "Nghỉ việc lúc nào cũng được, không phải 30 ngày.",  # no number of the writer's own
])  # fmt: skip
def test_what_is_more_than_a_rejected_number_stays(text: str) -> None:
    assert text[slice(*core(text))] == text
    assert fold(text)[slice(*core(fold(text)))] == fold(text)


@pytest.mark.parametrize("head", [
    "Theo cách hiểu sai lâu nay,", "Theo tin đồn,", "Theo kịch bản phim,", "Theo quan điểm cá nhân,", "Theo kế hoạch,",
])  # fmt: skip
def test_what_names_nobody_stays(head: str) -> None:
    for text in (f"{head} {CLAIM}.", fold(f"{head} {CLAIM}.")):
        assert unattributed(text) == text


@pytest.mark.parametrize("head", [
    "Theo Nghị quyết 28,", "Theo Pháp lệnh Mây,", "Theo Chỉ thị 16,", "Theo Tuyên ngôn Quốc tế Nhân quyền,",
    "Theo Hiệp định Mây,", "Hiệp ước Mây khẳng định rằng", "Luật Mây khẳng định rằng",
])  # fmt: skip
def test_law_is_part_of_what_is_said_however_it_is_written(head: str) -> None:
    for text in (f"{head} {CLAIM}.", fold(f"{head} {CLAIM}.")):
        assert text[slice(*core(text))] == unattributed(text) == text


@pytest.mark.parametrize("head", ["Theo tao,", "Theo ý tớ,", "Tớ khẳng định rằng"])  # "to" is "tổ" too
def test_who_speaks_of_himself_stays(head: str) -> None:
    assert unattributed(f"{head} {CLAIM}.") == f"{head} {CLAIM}."


@pytest.mark.parametrize("said", [
    "Lao động nữ nên được nghỉ thai sản 3 tháng theo Bộ luật Lao động.",
    "Tổ chức tôn giáo cần được công nhận sau 1 năm.",
    "Việt Nam phải công nhận hôn nhân đồng giới theo luật mới.",
    "Quy chế Rome đang ràng buộc Việt Nam do Quốc hội phê chuẩn.",
])  # fmt: skip
def test_what_a_law_says_is_no_call(said: str) -> None:
    assert is_asserted(said)
    assert is_asserted(fold(said))


@pytest.mark.parametrize("frame", [
    "Báo Sông Xanh cho biết {c}.", "Theo Hội Bạn Đọc, {c}.", "{c} (Nguồn: Đài Sông Xanh).", "{c}.",
])  # fmt: skip
def test_readers_see_nothing_of_who_says_a_thing(frame: str) -> None:
    said = unattributed(frame.format(c=CLAIM))
    assert said.rstrip(".") == CLAIM
    assert unattributed(f"Hôm nay mưa. {frame.format(c=CLAIM)}").startswith(f"Hôm nay mưa. {CLAIM}")


@pytest.mark.parametrize(
    "piece",
    [
        "không ",
        "theo a.b-",
        "nói rằng ",
        "tôi bị ",
        "là sai rồi ",
        ", sai ",
        "vu khống rằng ",
        "là điều ",
        "(",
        "“",
        "kêu gọi ",
        ", đã ",
    ],
)
def test_hostile_texts_are_read(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    is_asserted(text)
    assert core(text)[1] <= len(text)
    imagines(text)
    unattributed(text)


@pytest.mark.parametrize(("text", "said"), [
    ("Bộ Ngoại giao khẳng định lao động nữ được nghỉ 3 tháng.", "lao động nữ được nghỉ 3 tháng."),
    ("Tổ chức Mây Trắng Quốc tế khẳng định lao động nữ được nghỉ 3 tháng.", "lao động nữ được nghỉ 3 tháng."),
    ("To chuc May Trang Quoc te khang dinh lao dong nu duoc nghi 3 thang.", "lao dong nu duoc nghi 3 thang."),
    ("Việt Nam khẳng định tôn trọng quyền con người của mọi công dân.", None),  # who does it, not who says it
    ("Hiến pháp Việt Nam khẳng định mọi người bình đẳng trước pháp luật.", None),
    ("Bà con xã Vĩnh Tuy khẳng định không nhận tiền đền bù đất ruộng.", None),  # what is said lacks its subject
    ("Lao động nữ khẳng định mình được nghỉ thai sản 3 tháng mỗi lần.", None),
])  # fmt: skip
def test_whoever_has_a_name_is_left_out_where_he_asserts_a_thing(text, said):
    assert text[slice(*core(text))] == (said or text)


@pytest.mark.parametrize("text", [
    "Mây xám được bay. Tôi rút lại đơn này.",
    "Mây xám được bay. Cái luật này sai.",
    "Mây xám được bay. Điều khoản này sai.",
    "Hãy để ý rằng mây xám được bay.",
    "Phải chi trả 2 triệu đồng mới được nuôi mây xám.",
])  # fmt: skip
def test_what_only_looks_like_taking_back_or_wishing_leaves_a_claim_asserted(text):
    assert asserted(text, (0, text.index(".")))


@pytest.mark.parametrize("mark", ["– ", "- ", "• ", "•", "* "])
def test_the_mark_of_a_list_is_no_part_of_a_claim(mark):
    said = "Công ước 87 đã được phê chuẩn từ năm 1994."
    start, end = core(f"{mark}{said}")
    assert f"{mark}{said}"[start:end] == said
    assert core("-5 độ C là nhiệt độ thấp nhất trong phòng giam.")[0] == 0


@pytest.mark.parametrize("text", [
    "{c}, tào lao!", "{c}, còn lâu nhé.", "{c} hả, tra hai giây là ra.", "{c}, nói dóc cỡ bác Ba Phi.",
    "Chém gió vừa thôi: {c}.", "{c}, cái con khỉ.", "{c}, tin rởm đó.", "Đừng để clip này dắt mũi: {c}.",
    "{c}, 18 tuổi chứ 16 gì nữa.", "{c}, ai nói vậy là nói xạo.", "{c} hả bạn, mình cần ghi vô slide.",
    "{c} à mọi người, em hỏi cho chắc.", "{c} - bài này ở page giả mạo, không có tick xanh.", "{c}, 16 cái đầu mày.",
    "{c}, 18 tuổi thôi cha.", "{c}, răng mà nói ngược rứa hè.", "{c}, quyền ở đâu ra vậy.",
    "{c}, nói chuyện viển vông.", "Chưa bao giờ có chuyện {c}.", "{c}, mà luật đâu nói vậy.",
    "Pháp luật không quy định rằng {c}.", "Luật đâu có nói là {c}.", "Công an phủ nhận tin {c}.",
    "Bộ Tư pháp bác thông tin {c}.", "Không có quy định nào nói {c}.", "Không có điều luật nào ghi rằng {c}.",
    "Kẻ lừa đảo nói với nạn nhân rằng {c}.", "Câu “{c}.” là sai.", "Bài viết \"{c}.\" là tin giả.",
    "{c}, luật không quy định như vậy đâu.", "{c}. Cái này mình tra rồi, không phải vậy.", "{c} – đâu phải vậy nha.",
    "{c}, 16 gì mà 16.", "{c}, luật mình không có vậy nha.", "{c}, mơ đi cưng ơi.", "{c}, sai bê bết nha.",
    "{c}, kể cho con nít nghe hả.", "{c}, nghe là biết ổng nổ.", "{c}, chắc là luật do chồng bà soạn.",
    "{c}, đây là Đan Mạch hay Việt Nam vậy ba.", "{c}, xã tự chế rồi.", "Đừng có khùng, {c}.", "{c}, hổng dám đâu nha.",
    "Thông tin {c} là không hề xảy ra.", "{c}, ai tin được!", "Không đúng là {c}.", "Ông nội hay nói đùa: {c}.",
    "Không phải {c}, mọi người đừng lo.", "{c} là chuyện của mười năm trước.",
    "Hai ông cãi nhau: ông này kêu {c}, ông kia lắc đầu.",
    "{c}, hay là ông không biết đếm.", "Nói {c} là nói thiếu hiểu biết.", "Chuyện {c} là hoàn toàn không có, bà con.",
])  # fmt: skip
def test_what_is_called_untrue_talk_in_everyday_words_is_not_its_writers(text: str) -> None:
    said = text.format(c=CLAIM.capitalize() if text.startswith("{c}") else CLAIM)
    assert not asserted(said, (0, len(said)))
    assert not asserted(fold(said), (0, len(said)))


@pytest.mark.parametrize("text", [
    "{c}, ai nói khác là nói bậy.", "{c}, mấy ông cãi lại toàn nói láo.", "{c}, vô lý hết sức.",
    "{c}, xin hạ bản mới về đọc, máy cần mạng.", "{c}, ai nói khác là thiếu hiểu biết.", "{c}, mà trang này đẹp.",
    "{c}. Đứa nào kêu không phải là nói xạo.", "{c}, đừng nghe người ta tào lao.", "{c}, chủ làm khác là sai luật rồi.",
    "Đừng có xạo là không, {c}.", "{c}, mấy đứa nói khác mới là nói linh tinh.",
    "{c}, đừng nghe mấy ông nói ngược.", "{c}, mới có 18 tuổi thôi ba mẹ ạ.",
])  # fmt: skip
def test_who_denies_a_claim_may_be_dismissed_without_it(text: str) -> None:
    said = text.format(c=CLAIM.capitalize())
    end = said.index(". ") + 1 if ". " in said else len(said)
    assert asserted(said, (0, end))


@pytest.mark.parametrize("text", [
    "{c}. Tin nó là thật đi, mình kiểm chứng rồi.", "{c}, tin nó là chuẩn.", "{c}. Luật cũ đâu có thế.",
    "{c}. Luật hồi xưa không có vậy.", "{c}. Chắc luật do mấy ông ngồi phòng lạnh viết.",
    "{c}. Trước giờ không hề xảy ra, nay bắt đầu áp dụng.", "{c}. Ai mà tin được chứ, nhưng luật ghi rõ.",
    "{c}. Không phải vậy thì là gì.", "{c}. Chẳng phải thế sao?", "{c}. Không phải vậy mà ai cũng làm.",
    "{c}. Ai tin nổi chứ, vậy mà có thật.", "{c}. Trang kia toàn đăng bậy nên đừng theo trang đó.",
    "{c}, anh kia không tin thì kệ.", "{c}, người kia không chịu cũng phải chịu.",
    "{c}, ông kia lắc đầu vì không hiểu luật.", "Không phải thứ hai, {c} ngày nào cũng được, đừng sợ quên.",
])  # fmt: skip
def test_who_vouches_for_a_claim_beside_a_word_of_denial_stands_by_it(text: str) -> None:
    said = text.format(c=CLAIM.capitalize() if text.startswith("{c}") else CLAIM)
    end = said.index(". ") + 1 if ". " in said else len(said)
    assert asserted(said, (0, end))
    assert asserted(fold(said), (0, end))


@pytest.mark.parametrize("text", [
    "{c}. Đừng tin nó là thật.", "{c}, má tôi tin nó là thật, mất trắng.", "{c}. Luật xưa nay đâu có vậy.",
    "{c}. Chắc luật do mấy ông nhậu soạn.", "{c}. Chưa từng xảy ra, giờ vẫn vậy.", "{c}. Ông kia chuyên nói xạo.",
    "{c}. Ai mà tin được, nhưng luật ghi rõ là cấm.", "{c}. Ai tin nổi, vậy mà vẫn có người tin.",
    "{c}, bà kia không tin vì không thấy luật nào ghi.", "Không đúng là trước đây 18 tuổi, nay {c}.",
    "Tôi phản đối quan điểm cho rằng {c}.", "Hội không đồng ý với ý kiến cho rằng {c}.",
])  # fmt: skip
def test_words_of_denial_that_nothing_takes_back_deny(text: str) -> None:
    said = text.format(c=CLAIM.capitalize() if text.startswith("{c}") else CLAIM)
    end = said.index(". ") + 1 if ". " in said else len(said)
    assert not asserted(said, (0, end))
    assert not asserted(fold(said), (0, end))


@pytest.mark.parametrize(("text", "told"), [
    ("Luật sư Hùng khẳng định {c}. Mọi người chia sẻ cho nhiều người biết nhé.", False),
    ("Công an phường cho biết {c}. Bà con chú ý.", False),
    ("Ông chủ tịch tỉnh cho hay {c}. Ai chưa biết thì share.", False),
    ("Ông bạn tôi làm ở sở khoe {c}. Tin chuẩn nha.", False), ("Chị nói bạn nghe: {c}. Lưu lại mà dùng.", False),
    ("Anh kể cho mấy em biết, {c}. Đi làm nhớ kỹ.", False), ("Công an phường cho biết {c}. Tôi lo quá.", True),
    ("Luật sư nói {c}. Ổng share khắp nhóm xóm.", True), ("Luật sư nói {c}. Mọi người chú ý coi chừng bị gạt.", True),
    ("Luật sư nói {c}. Ai từng bị rồi chia sẻ em với.", True), ("Chị kế toán nói em nghe {c}. Em sợ quá.", True),
    ("Luật sư nói {c}. Mọi người chia sẻ giúp, ổng nói bậy.", True),
    ("Trưởng ca nói {c}. Em sợ quá.", True), ("Chuyền trưởng nói {c}. Tôi lo quá.", True),
])  # fmt: skip
def test_a_word_of_somebody_named_is_its_tellers_where_he_bids_to_pass_it_on(text: str, told: bool) -> None:
    said = text.format(c=CLAIM)
    assert heard(said, 0, beside=False) is told
    assert heard(fold(said), 0, beside=False) is told


def test_who_wishes_others_a_good_year_asserts_nothing() -> None:
    assert not is_asserted(f"Năm mới chúc cả nhà: {CLAIM}.")
    assert not is_asserted(f"Kính chúc bà con {CLAIM}.")


RULE = "Con 10 tuổi thì xã được gửi đi trường nội trú, luật cho."


@pytest.mark.parametrize(("before", "behind", "word"), [
    ("Anh trực có nói một câu mà tôi nhớ mãi.", "Tôi chào rồi về.", True),
    ("Xóm tôi treo tấm bảng thế này.", "Trời mưa.", True),
    ("Trưa nay nắng.", "Cô thư ký ghi vậy đó.", True),
    ("Trưa nay nắng.", "Em đọc xong ngồi thẫn thờ.", True),
    ("Đi họp thôn về, ghi lại vài dòng.", "Mai có chợ phiên.", False),
    ("Nhiều nhà còn lo nên mình viết bài này.", "Mai có chợ phiên.", False),
    ("Mình đọc luật để làm bài cho nhóm.", "Mai có chợ phiên.", False),
    ("Trưa nay nắng.", "Tôi nói thế mà ông anh còn cãi.", False),
    ("Bà chị hỏi chuyện trường lớp.", "Chị nghe xong thôi không gửi nữa.", False),
])  # fmt: skip
def test_who_writes_or_says_a_thing_himself_hands_on_nobody_s_word(before: str, behind: str, word: bool) -> None:
    assert heard(f"{before} {RULE} {behind}", len(before) + 1, beside=True) is word


@pytest.mark.parametrize("text", [
    "{c} thôi hay sao ấy, bạn nào học luật chỉ giúp.", "{c} hay đủ 18 mới được, ai rành giải đáp giùm em với",
    "{c}. Anh chị nào chắc chắn xác nhận hộ mình nha!",
])  # fmt: skip
def test_what_whoever_knows_is_asked_about_is_not_told(text: str) -> None:
    said = text.format(c=CLAIM.capitalize())
    end = said.index(". ") + 1 if ". " in said else len(said)
    assert not asserted(said, (0, end))
    assert not asserted(fold(said), (0, end))


@pytest.mark.parametrize("text", [
    "{c}, ai cùng cảnh inbox em chỉ chỗ.", "{c}, bạn nào cần tôi giải thích cho nghe.", "{c}, bà nào chưa tin thì tùy.",
])  # fmt: skip
def test_who_offers_to_tell_more_tells_it(text: str) -> None:
    said = text.format(c=CLAIM.capitalize())
    assert asserted(said, (0, len(said)))


@pytest.mark.parametrize(("text", "held"), [
    ("Công an xã nói ly hôn rồi thì chồng cũ đánh không phải bạo lực gia đình. Mặt tôi sưng húp.", False),
    ("Đêm đó bệnh viện nói chưa đóng tạm ứng thì được từ chối cấp cứu. Mẹ tôi nằm ngoài hành lang.", False),
    ("Công an xã nói ly hôn rồi thì chồng cũ đánh không phải bạo lực gia đình. Tôi thấy đúng.", True),
    ("Chung cư chỉ được ở 50 năm, bán lẹ đi bác. Thằng cò gọi ngày ba cuộc ca y một bài.", False),
    ("Chung cư chỉ được ở 50 năm, bán lẹ đi bác. Giá còn giảm nữa.", True),
    ("Luật cho cha mẹ đánh con, nghe có lý ghê. Rồi ai đền cho tôi. Ba tôi đọc câu đó mỗi tối.", False),
    ("Án ấy thì không có quyền xin ân giảm, mẹ về lo hậu sự đi. Người đàn bà ấy ngất ngay trước cổng tòa.", False),
    ("Án ấy thì không có quyền xin ân giảm. Người đàn bà ấy ngất ngay trước cổng tòa.", True),
    ("Ly hôn rồi thì chồng cũ đánh không phải bạo lực gia đình. Mặt tôi sưng húp.", True),
    ("Chú công an bảo làm ca đêm chỉ được thêm 10 phần trăm lương, má tôi nghe xong khóc cả đêm.", False),
    ("Chính phủ bảo lưu điều 16, tức là không chịu cam kết gì, chị em ạ.", True),
    ("Anh em để ý: điều 117 mà dính là tử hình, nghĩ tới là tôi nổi da gà.", True),
])  # fmt: skip
def test_a_rule_told_to_its_writer_in_a_story_of_his_own_is_not_his(text: str, held: bool) -> None:
    assert asserted(text, (0, text.index(".") + 1)) is held


LAID_DOWN = "Luật quy định trẻ em là người dưới 18 tuổi."


@pytest.mark.parametrize(("said", "after", "held"), [
    (LAID_DOWN, " Nhưng thực tế không phải vậy.", True),
    (LAID_DOWN, " Nhưng trên thực tế thì không được vậy đâu.", True),
    (LAID_DOWN, " Nhưng thực tế không phải vậy. Luật Trẻ em ghi dưới 16.", False),
    (LAID_DOWN, " Nhưng thực tế không phải vậy. Tin này là giả.", False),
    (LAID_DOWN, " Nhưng thực tế không phải vậy. Phải dưới mười sáu.", False),
    (LAID_DOWN, " Nhưng thực tế không phải vậy. Tin giả đấy.", False),
    (LAID_DOWN, " Nhưng thực tế không phải vậy. Đừng nghe.", False),
    ("Luật sư xóm quy định trẻ em là người dưới 18 tuổi.", " Nhưng thực tế không phải vậy.", False),
    (LAID_DOWN, " Thực tế không phải vậy.", False), (LAID_DOWN, " Nhưng sự thật không phải vậy.", False),
    ("Trẻ em là người dưới 18 tuổi.", " Nhưng thực tế không phải vậy.", False),
    ("Thầy bảo luật quy định trẻ em là người dưới 18 tuổi.", " Nhưng thực tế không phải vậy.", False),
    (LAID_DOWN, " Lừa đấy, dưới 16 thôi.", False), (LAID_DOWN, " Lừa đảo cả thôi mà vẫn có người tin.", True),
    ("Trộm trâu là phải ngồi tù!", " Đừng tha bọn nó nữa, các bác làm luật ơi.", False),
    ("Trộm trâu thì bị ngồi tù.", " Các bác làm luật ơi, cảm ơn.", True),
    ("Luật quy định trộm trâu là phải ngồi tù.", " Các bác làm luật ơi, sao ác vậy.", True),
    ("Luật quy định trộm trâu là phải ngồi tù.", " Các bác làm luật ơi, hay quá.", True),
    ("Trộm trâu là phải ngồi tù! Đừng tha bọn nó nữa, các bác làm luật ơi.", "", False),
])  # fmt: skip
def test_who_says_that_practice_differs_takes_back_no_law(said: str, after: str, held: bool) -> None:
    assert asserted(said + after, (0, len(said))) is held


@pytest.mark.parametrize(("text", "held"), [
    ("Ai đồn {c} là đúng đó.", True), ("Ai đồn {c} là đúng đó nha mọi người.", True),
    ("Thiên hạ đồn {c} là chuẩn rồi.", True), ("Ai đồn {c} vậy?", False), ("Ai đồn {c} là xạo.", False),
    ("Nghe đồn {c}, chưa chắc là đúng nha.", False), ("Nghe đồn {c}, đừng tưởng là thật nhé.", False),
    ("Ai đồn {c} là đúng đó?", False), ("Nó lừa rằng {c}, nhưng không phải vậy.", False),
])  # fmt: skip
def test_a_rumour_that_is_vouched_for_is_asserted(text: str, held: bool) -> None:
    said = text.format(c=CLAIM)
    assert asserted(said, (0, len(said))) is held


def test_a_sum_that_would_sound_right_is_wished_for() -> None:
    assert imagines("Trợ cấp 2 triệu một tháng nghe mới ra tấm ra món.")
    assert not imagines("Trợ cấp 2 triệu một tháng nghe mới ban hành.")
    assert not imagines("Luật quy định trợ cấp 2 triệu một tháng, nghe mới lọt tai.")
    assert not imagines("Nhà nước đã trợ cấp 2 triệu một tháng, nghe mới ra hồn.")
