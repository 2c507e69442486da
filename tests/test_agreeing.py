"""What a true claim may put otherwise than its rule, and what is false all the same."""

import pytest
from ours import facts_index as index
from ours import model

from classifier.comparison.pairing import pair
from classifier.comparison.slots import slots_of
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.logic.agreeing import agree
from classifier.logic.exempt import has_its_own
from classifier.scoring import Item, score
from classifier.text import fold, normalise


@pytest.mark.parametrize(("claim", "rule", "alike"), [
    ("Con dưới 3 tuổi được giao cho mẹ.", "Con dưới 36 tháng được giao cho mẹ.", True),
    ("Con dưới 4 tuổi được giao cho mẹ.", "Con dưới 36 tháng được giao cho mẹ.", False),
    ("Thời hiệu của tội ấy là 15 năm.", "Thời hiệu là 5, 10, 15 và 20 năm tùy mức độ.", True),
    ("Thời hiệu của tội ấy là 25 năm.", "Thời hiệu là 5, 10, 15 và 20 năm tùy mức độ.", False),
    ("Từ đủ 16 tuổi phải chịu trách nhiệm, không cần chờ đến đủ 18 tuổi.",
     "Từ đủ 16 tuổi phải chịu trách nhiệm.", True),
    ("Từ đủ 18 tuổi mới phải chịu trách nhiệm.", "Từ đủ 16 tuổi phải chịu trách nhiệm.", False),
    ("Họp vào giữa năm 2001.", "Họp vào tháng 7/2001.", True),
    ("Họp vào cuối năm 2001.", "Họp vào tháng 7/2001.", False),
    ("Từ đủ 16 tuổi, không phải 18 tuổi, thì chịu trách nhiệm.", "Từ đủ 16 tuổi phải chịu trách nhiệm.", True),
    ("Từ đủ 18 tuổi, không phải 16 tuổi, thì chịu trách nhiệm.", "Từ đủ 16 tuổi phải chịu trách nhiệm.", False),
    ("Án tù không bị mất quyền bầu.", "Án tù vẫn được bầu.", True),
    ("Án tù không được quyền bầu.", "Án tù vẫn được bầu.", False),
    ("Bắt quả tang thì không phải chờ lệnh.", "Bắt người phải có lệnh, trừ khi bắt quả tang.", True),
    ("Kể cả bắt quả tang cũng phải chờ lệnh hai ngày.", "Bắt người phải có lệnh, trừ khi bắt quả tang.", False),
    ("Bắt người không phải chờ lệnh.", "Bắt người phải có lệnh, trừ khi bắt quả tang.", False),
    ("Cô ruột nhận cháu 19 tuổi được.", "Chỉ nhận người dưới 16 tuổi, trừ cô ruột nhận cháu dưới 18 tuổi.", False),
    ("Theo Bộ luật Lao động, được nghỉ trưa.", "Người làm công được nghỉ trưa.", True),
    ("Xưởng may chỉ cho nghỉ trưa 10 phút, vi phạm luật.", "Người làm công được nghỉ trưa 30 phút.", True),
    ("Xưởng chỉ cho nghỉ 10 phút, trong khi luật quy định 30.", "Người làm công được nghỉ trưa 30 phút.", True),
    ("Vi phạm luật hay không thì nghỉ trưa cũng chỉ 10 phút.", "Người làm công được nghỉ trưa 30 phút.", False),
    ("Cho nghỉ trưa quá 10 phút là phạm luật.", "Người làm công được nghỉ trưa 30 phút.", False),
    ("Hát rong không bị cấm nữa.", "Xã không cấp phép hát rong, nhưng không còn cấm.", True),
    ("Hát rong vẫn bị cấm.", "Xã không cấp phép hát rong, nhưng không còn cấm.", False),
    ("Vợ có bầu vẫn có quyền xin ly hôn.", "Chồng không được xin ly hôn khi vợ có thai; vợ thì được.", True),
    ("Luật không cấm phụ nữ mang thai ly hôn.", "Chồng không được xin ly hôn khi vợ có thai; vợ thì được.", True),
    ("Bà bầu được ly hôn, chồng thì không.", "Chồng không được xin ly hôn khi vợ có thai; vợ thì được.", True),
    ("Chồng được xin ly hôn khi vợ có thai.", "Chồng không được xin ly hôn khi vợ có thai; vợ thì được.", False),
    ("Kiện phường 1 năm, kiện hội chợ 5 ngày.", "Kiện phường trong 1 năm, kiện hội chợ có thời hạn riêng.", True),
    ("Kiện phường 3 năm, kiện hội chợ 5 ngày.", "Kiện phường trong 1 năm, kiện hội chợ có thời hạn riêng.", False),
    ("Người 16 tuổi làm 8 giờ một ngày, đúng luật.", "Người 15 và 16 tuổi không được làm quá 8 giờ một ngày.", True),
    ("Người 16 tuổi làm quá 8 giờ một ngày, đúng luật.", "Người 15 và 16 tuổi không được làm quá 8 giờ một ngày.",
     False),
    ("Không ai được ngăn người mù nuôi con.", "Luật cấm ngăn người mù nuôi con.", True),
    ("Người mù không được nuôi con.", "Luật cấm ngăn người mù nuôi con.", False),
    ("Hội gạch tên bệnh ấy ra khỏi danh sách.", "Hội bỏ tên bệnh ấy khỏi danh mục.", True),
    ("Người hết quốc tịch thì quyền hẹp hơn.", "Người không còn quốc tịch thì quyền hẹp hơn.", True),
    ("Tòa phải hỏi bé.", "Tòa phải hỏi ý con.", True),
    ("Đơn nộp trong 30 ngày, không phải chỉ có 3 ngày.", "Nộp đơn trong 30 ngày.", True),
    ("Đơn nộp chỉ có 3 ngày.", "Nộp đơn trong 30 ngày.", False),
    ("Ngâm gạo 6 ngày là quá hạn.", "Ngâm gạo không quá 5 ngày.", True),
    ("Ngâm gạo 4 ngày là quá hạn.", "Ngâm gạo không quá 5 ngày.", False),
    ("Tới năm 2026 xã vẫn chưa có luật riêng về múa lân.", "Đến năm 2025 xã chưa có luật riêng về múa lân.", True),
    ("Tới năm 2024 xã vẫn chưa có luật riêng về múa lân.", "Đến năm 2025 xã chưa có luật riêng về múa lân.", False),
    ("Danh sách hội chợ phải niêm yết 10 ngày.",
     "Bảng giá phải niêm yết 20 ngày, danh sách hội chợ có thời hạn riêng.", True),
    ("Bảng giá phải niêm yết 10 ngày.",
     "Bảng giá phải niêm yết 20 ngày, danh sách hội chợ có thời hạn riêng.", False),
    ("Muốn nghỉ bán báo trước 50 ngày càng tốt.", "Muốn nghỉ bán phải báo trước 30 ngày.", True),
    ("Muốn nghỉ bán phải báo trước 50 ngày.", "Muốn nghỉ bán phải báo trước 30 ngày.", False),
    ("Hết hạn thì thôi.", "Hết thời hiệu thì thôi.", True),
    ("Hết gạo thì thôi.", "Hết thời hiệu thì thôi.", False),
    ("Con dưới 3 tuổi được giao cho mẹ.", "Con dưới 36 tháng được giao cho mẹ, trên 9 tuổi thì hỏi con.", True),
    ("Con dưới 4 tuổi được giao cho mẹ.", "Con dưới 36 tháng được giao cho mẹ, trên 9 tuổi thì hỏi con.", False),
])  # fmt: skip
def test_what_a_slot_shows_may_be_said_alike(claim: str, rule: str, alike: bool) -> None:
    said, told = normalise(claim), normalise(rule)
    assert agree(said, told, slots_of(pair(said, told, vectors=model().verdict.vectors))) is alike
    said = fold(said)
    assert agree(said, told, slots_of(pair(said, told, vectors=model().verdict.vectors))) is alike


@pytest.mark.parametrize(("claim", "alike"), [
    ("Ngày làm 8 giờ là đúng luật.", True), ("Ngày làm 8 giờ là trái luật.", False),
    ("Ngày làm 9 giờ là đúng luật.", False),
])  # fmt: skip
def test_what_comes_to_a_limit_may_be_called_lawful(claim: str, alike: bool) -> None:
    rule = "Ngày làm không quá 8 giờ là chuẩn."
    assert agree(claim, rule, slots_of(pair(claim, rule, vectors=model().verdict.vectors))) is alike


@pytest.mark.parametrize(("text", "flagged"), [
    ("Mười bảy tuổi thì tội gì cũng không lãnh án tử đâu, luật chừa ra rồi.", False),
    ("17 tuổi giết người vẫn bị tử hình, luật ghi rõ.", True),
    ("Giỗ Tổ Hùng Vương nghỉ không bị trừ lương đâu bà con.", False),
    ("Người đang đi tù không bị mất quyền bày tỏ niềm tin tôn giáo.", False),
    ("Lương tối thiểu vùng 1 năm 2019 là 4tr180 nha mọi người.", False),
    ("Lương tối thiểu một tháng năm 2025 ở vùng 1 là 4.960.000 đồng, vùng 2 là 4.410.000 đồng.", False),
    ("Từ ngày 1/1/2026 lương tối thiểu tháng ở vùng I là 5,31 triệu đồng, vùng IV là 3,7 triệu đồng.", False),
    ("Từ ngày 1/1/2026 lương tối thiểu tháng ở vùng I là 6,31 triệu đồng, vùng IV là 4,7 triệu đồng.", True),
    ("Nhật mãi 2022 mới phê chuẩn công ước 105 về lao động cưỡng bức.", False),
    ("Công ty nọ chỉ cho lao động nữ nghỉ thai sản 3 tháng khi sinh con đầu, vi phạm luật.", False),
    ("Lao động nữ chỉ được nghỉ thai sản 3 tháng khi sinh con đầu.", True),
    ("Ông 59 tuổi thì chưa được miễn đóng góp theo luật người cao tuổi.", False),
    ("Ông 61 tuổi thì chưa được miễn đóng góp theo luật người cao tuổi.", True),
    ("Đóng bảo hiểm 5 tháng trong năm trước khi sinh thì chưa đủ hưởng thai sản, trừ khi phải dưỡng thai.", False),
    ("Bỏ việc 5 ngày cộng dồn trong 30 ngày không lý do mới bị sa thải, chứ mới nghỉ 2 ngày thì chưa đủ căn cứ.",
     False),
    ("Nghỉ không lý do đủ 5 ngày trong vòng 30 ngày là có thể bị sa thải, mới nghỉ 2 ngày thì chưa đủ.", False),
    ("ung thu thi van rut bhxh 1 lan duoc du moi dong tu sau 1/7/2025", False),
    ("Tới giữa năm 2026 vẫn chưa có luật riêng về chuyển đổi giới tính.", False),
    ("Đi làm lại sớm vừa có lương vừa vẫn lãnh tiền thai sản tới hết 6 tháng.", False),
    ("Ngày người khuyết tật Việt Nam đâu phải là 27/7.", False),
    ("Ngày người khuyết tật Việt Nam là 27/7.", True),
    ("Con 5 tuổi ốm thì mẹ nghỉ tối đa 15 ngày một năm.", False),
    ("Con 5 tuổi ốm thì mẹ nghỉ tối đa 10 ngày một năm.", True),
    ("Từ 2015 tới trước 2026 CEDAW chưa xét báo cáo thứ chín của Việt Nam.", False),
    ("Bé 5 tuổi 11 tháng đi khám bảo hiểm y tế được trả 100%.", False),
    ("Từ 2026 khách hàng đổi ý không cho xử lý dữ liệu nữa thì nói lúc nào cũng được.", False),
    ("Cấp một trường công khỏi đóng học phí, lại là bậc học bắt buộc, điều 61 Hiến pháp ghi đó.", False),
    ("Ai bị ép phải tự khai ra tội của mình đâu.", False),
    ("Nước mình không cấm đám cưới đồng giới nữa, chỉ là chưa công nhận.", False),
    ("Hôn nhân đồng giới ở Việt Nam vẫn bị cấm.", True),
    ("Mẹ bầu vẫn có quyền nộp đơn ly hôn.", False),
    ("Chồng được nộp đơn ly hôn khi vợ có thai.", True),
    ("Khiếu nại lần hai, vụ phức tạp ở vùng xa không quá 70 ngày.", False),
    ("Khiếu nại lần đầu, vụ phức tạp ở vùng xa không quá 90 ngày.", True),
    ("Ngày Quốc tế Người khuyết tật là 3/12.", False),
    ("Đóng 6 năm bảo hiểm thất nghiệp thì được 6 tháng trợ cấp.", False),
    ("Con ốm được nghỉ 40 ngày một năm khi con dưới 3 tuổi.", True),
    ("Ngày Người khuyết tật Việt Nam là 3/12.", True),
    ("Tiểu ban chống tra tấn chưa thể tự đến thăm nhà tù ở Việt Nam.", False),
    ("Ở các nước đã tham gia OPCAT, Tiểu ban không được tự đến thăm nhà tù.", True),
    ("Chồng không được ly hôn khi vợ nuôi con dưới 6 tháng, còn vợ vẫn được.", True),
    ("Luật cho phép người đàn ông ly hôn vợ đang mang thai.", True),
    ("Con 45 ngày tuổi thì xã vẫn làm khai sinh cho bé.", False),
    ("Năm 2027 tuổi nghỉ hưu là 61 tuổi 9 tháng với nam và 57 tuổi 3 tháng với nữ.", True),
    ("Năm 2027 tuổi nghỉ hưu là 61 tuổi 9 tháng với nam và 57 tuổi 4 tháng với nữ.", False),
    ("Từ 16 tuổi được đi bầu cử. Góp ý: nhắn cho trang nhé.", True),
    ("Hàn Quốc vẫn trục xuất công dân Việt Nam vi phạm.", False),
    ("Công dân Việt Nam phạm tội thì bị trục xuất.", True),
    ("Người nước ngoài không được làm cán bộ công đoàn.", False),
    ("Người nước ngoài không được vào công đoàn.", True),
    ("Tuổi nghỉ hưu năm 2026 là 61 tuổi 6 tháng với nam, 57 tuổi với nữ.", False),
    ("Bà cụ 82 tuổi mới nộp đơn xin trợ cấp hưu trí xã hội.", False),
    # of two facts the one that has the numbers tells
    ("Mỗi tháng người lao động làm thêm không quá 40 giờ, trừ một số ngành 60 giờ.", False),
    ("Mỗi tháng người lao động làm thêm không quá 80 giờ, trừ một số ngành 90 giờ.", True),
    ("Việt Nam trúng cử Hội đồng Nhân quyền năm 2013 với hơn 180 phiếu.", False),
    ("Việt Nam trúng cử Hội đồng Nhân quyền năm 2017 với hơn 180 phiếu.", True),
    ("Mãi 2020 Việt Nam mới phê chuẩn CRPD.", True),
    ("Ho chieu ng tu du 14t han 10 nam, con duoi 14t thi 5 nam.", False),
    ("Ho chieu pho thong cua ng tu du 14t chi han 5 nam.", True),
    ("Chỉ khi luật cho phép mới được thu giữ điện thoại, còn tự tiện là trái điều 21 Hiến pháp.", False),
    ("Công dân dưới 21 tuổi không được ứng cử đại biểu Quốc hội.", False),
    ("Theo Hiến pháp hiện hành, bắt người phạm tội quả tang không phải chờ quyết định của tòa án.", False),
    ("Người sử dụng lao động không được từ chối người đủ tiêu chuẩn vì lý do khuyết tật.", False),
    ("Người từ đủ 75 tuổi, không phải 80 tuổi, không có lương hưu được trợ cấp hưu trí xã hội.", False),
    ("Người từ đủ 60 tuổi, không phải 75 tuổi, không có lương hưu được trợ cấp hưu trí xã hội.", True),
    ("Luật Trẻ em 2016 quy định trẻ em là người dưới 16 tuổi, không phải dưới 13 tuổi.", False),
    ("Luật Trẻ em 2016 quy định trẻ em là người dưới 13 tuổi, không phải dưới 16 tuổi.", True),
    ("Việt Nam phê chuẩn Công ước về quyền trẻ em năm 1990, đâu phải năm 1993, bà con nhớ nhé.", False),
    ("Việt Nam phê chuẩn Công ước về quyền trẻ em năm 1993, đâu phải năm 1990, bà con nhớ nhé.", True),
    ("Chu kỳ bốn UPR Việt Nam chấp thuận 271 khuyến nghị.", False),
    ("Việt Nam không chấp thuận 50 khuyến nghị ở chu kỳ 3 UPR.", False),
    ("Việt Nam không chấp thuận 27 khuyến nghị ở chu kỳ đầu tiên UPR.", False),
    ("Chu kỳ thứ hai UPR Việt Nam chấp thuận 241 khuyến nghị.", True),
    ("Người già không có lương hưu được trợ cấp hưu trí xã hội 6 triệu đồng một năm.", False),
    ("Trợ cấp hưu trí xã hội mỗi năm là 12 triệu đồng.", True),
    ("Danh sách ứng cử Quốc hội phải có hơn một phần ba là phụ nữ.", False),
    ("Danh sách ứng cử Quốc hội phải có trên 20 phần trăm là phụ nữ.", True),
    ("Ly hôn thì bé dưới 3 tuổi tòa giao cho mẹ, trừ khi mẹ không đủ điều kiện nuôi.", False),
    # the cases of a rule's exceptions, sums and extensions
    ("Cháu 17 tuổi được cô ruột nhận làm con nuôi.", False),
    ("Con 17 tuổi được nhận làm con nuôi.", True),
    ("Phụ nữ mang thai bỏ trốn bị truy nã thì vẫn bị tạm giam.", False),
    ("Phụ nữ nuôi con 20 tháng vẫn bị tạm giam như người khác.", True),
    ("Tổng thời hạn tạm giam để điều tra kể cả gia hạn với tội đặc biệt nghiêm trọng là 12 tháng.", False),
    ("Tổng thời hạn tạm giam để điều tra kể cả gia hạn với tội ít nghiêm trọng là 36 tháng.", True),
    ("Tạm giam điều tra tội ít nghiêm trọng kể cả gia hạn là 6 tháng.", True),
    ("Tạm giam điều tra tội ít nghiêm trọng gia hạn hết cỡ là 3 tháng.", False),
    ("Tố cáo vụ phức tạp cả gia hạn là 90 ngày.", True),
    ("Vụ phức tạp gia hạn một lần thì tố cáo giải quyết tối đa 60 ngày.", False),
    ("Đối với vụ đặc biệt phức tạp, giải quyết tố cáo chỉ được gia hạn một lần, không quá 60 ngày.", True),
    ("Tạm giữ 6 ngày thì viện kiểm sát phải phê chuẩn gia hạn.", False),
    ("Đóng bảo hiểm thất nghiệp 48 tháng được 4 tháng trợ cấp.", False),
    ("Đóng thất nghiệp 60 tháng được 12 tháng trợ cấp.", True),
    ("Đóng bảo hiểm thất nghiệp 60 tháng được 12 tháng trợ cấp.", True),
    ("Đóng 48 tháng thì được 4 tháng trợ cấp thất nghiệp.", False),
    ("Đóng 40 tháng được 3 tháng trợ cấp thất nghiệp.", False),
    ("Đóng 30 tháng được 3 tháng trợ cấp thất nghiệp.", False),
    ("Làm 20 năm cho cùng một chủ thì được cộng 4 ngày phép.", False),
    ("Làm chưa đủ năm thì không được đủ 12 ngày phép, mới 8 tháng thì được 8 ngày.", False),
    ("Bé 5 tuổi phải đồng chi trả 20% bảo hiểm y tế.", True),
    ("Tham gia bảo hiểm y tế 7 năm liên tục, cùng chi trả quá 6 lần lương cơ sở thì được trả 100%.", False),
    ("Tham gia bảo hiểm y tế liên tục 3 năm là được miễn cùng chi trả.", True),
    ("Người 65 tuổi mất thẻ căn cước thì vẫn phải làm lại.", False),
    ("Bị tai nạn trên đường đi làm về, giảm 10% sức lao động thì được hưởng chế độ tai nạn lao động.", False),
    ("Cụ 65 tuổi được miễn đóng góp các hoạt động xã hội ở thôn.", False),
    ("Cụ 55 tuổi được miễn đóng góp các hoạt động xã hội ở thôn.", True),
    ("Công ước chống tra tấn không cấm mọi vụ dẫn độ, chỉ cấm khi có nguy cơ bị tra tấn.", False),
    ("Quyền lập công đoàn ở điều 22 ICCPR, không phải điều 21.", False),
    ("Quyền lập công đoàn ở điều 21 ICCPR, không phải điều 22.", True),
    ("Điều 13 ICESCR không bắt đại học phải miễn phí ngay.", False),
    ("Điều 167 Bộ luật Hình sự không có mức 10 năm tù, tối đa 5 năm thôi.", False),
    ("Khiếu nại lần đầu trong 90 ngày kể từ ngày biết quyết định, 80 ngày thì còn kịp.", False),
    ("Hợp đồng không thời hạn nghỉ việc báo trước 45 ngày, báo 50 ngày càng tốt.", False),
    ("Tạm giam gia hạn thì được 5 tháng với tội ít nghiêm trọng.", True),
    ("Làm 5 năm mất việc vì tái cơ cấu được 10 tháng lương.", True),
    ("Ngồi tù oan thì mỗi ngày được tính 5 ngày lương cơ sở, có ba năm để yêu cầu.", False),
    ("Làm 3 năm mất việc do cơ cấu lại được 3 tháng lương.", False),
    ("Làm 3 năm mất việc do đổi cơ cấu được 9 tháng lương.", True),
    ("Người 20 tuổi giao cấu thuận tình với người 15 tuổi thì không phạm tội.", True),
    ("Chồng không được đòi ly hôn khi vợ nuôi con 8 tháng.", False),
    ("Tội đặc biệt nghiêm trọng tạm giam điều tra tới 16 tháng kể cả gia hạn.", False),
    ("Tội nghiêm trọng tạm giam điều tra tới 16 tháng kể cả gia hạn.", True),
    ("Người 65 tuổi ở tù thì phải đủ phân nửa án mới được xét tha tù trước thời hạn.", False),
    ("Người 65 tuổi ở tù chỉ cần một phần ba án là được xét tha tù trước thời hạn.", True),
    ("Thằng con 19 tuổi được đi bầu nhưng chưa được ứng cử đại biểu Quốc hội.", False),
    ("Làm căn cước lúc 24 tuổi thì dùng tới 40 tuổi mới phải đổi.", False),
    ("Làm căn cước lúc 20 tuổi thì dùng tới 40 tuổi mới phải đổi.", True),
    ("Việt kiều đã bỏ quốc tịch chỉ được nhận đất ở dự án thôi, không được như người trong nước.", False),
    ("Việt kiều còn quốc tịch chỉ được nhận đất ở dự án thôi, không được như người trong nước.", True),
    ("Tháng 5/2025 cảnh sát chỉ được phạt tại chỗ tới 250 nghìn với cá nhân.", False),
    ("Đất không có giấy tờ mà dùng ổn định từ trước 1980 thì được cấp sổ, còn đang tranh chấp thì không.", False),
])  # fmt: skip
def test_beside_our_facts_the_false_sentence_is_flagged_and_the_true_ones_are_not(text: str, flagged: bool) -> None:
    (found,) = score(model(), [Item("t", text)], index=index())
    assert found.flagged is flagged


@pytest.mark.parametrize(("true", "false"), [
    ("Dưới 14 tuổi thì phạm tội gì cũng không bị xử hình sự.",
     "Dưới 16 tuổi thì phạm tội gì cũng không bị xử hình sự."),
    ("Công nhân làm hư máy thì theo luật không được hưởng lương những ngày ngừng việc.",
     "Máy hư phải ngừng việc thì công nhân theo luật không được hưởng lương."),
    ("Chủ nhà muốn cho giúp việc nghỉ thì luật không đòi lý do, chỉ cần báo trước 15 ngày.",
     "Công ty trả đủ lương là muốn cho ai nghỉ cũng được, luật không đòi lý do."),
    ("Công ty không phải chốt sổ cho người đóng bảo hiểm tự nguyện.",
     "Công ty không phải chốt sổ bảo hiểm khi chấm dứt hợp đồng."),
    ("Ly hôn rồi mà bố bạo hành thì tòa ra lệnh, mẹ có quyền cấm bố gặp con theo luật.",
     "Tòa giao con cho mẹ rồi thì mẹ có quyền cấm bố gặp con, luật cho."),
    ("Luật trong nước trái điều ước thì áp dụng điều ước, nhưng Hiến pháp vẫn đứng trên điều ước.", ""),
    ("Hai bên thỏa thuận thì công ty được cho công nhân nghỉ không lương.",
     "Công ty được tự ý bắt công nhân nghỉ không lương."),
    ("Tai nạn do lỗi của người lao động thì công ty không phải bồi thường, chỉ trợ cấp.",
     "Người bị tai nạn lao động không được chủ trả lương trong thời gian điều trị."),
    ("Lao động nữ không đóng bảo hiểm xã hội thì đi khám thai không được hưởng tiền.",
     "Luật quy định lao động nữ đóng bảo hiểm đi khám thai không được hưởng tiền."),
    ("Bị hại kháng cáo đòi tăng nặng thì tòa phúc thẩm được tăng án, dù viện kiểm sát không kháng nghị.",
     "Chỉ bị cáo kháng cáo thì tòa phúc thẩm vẫn được tăng án."),
    ("Phạm nhân vi phạm nội quy bị kỷ luật thì bị hạn chế thăm gặp.", ""),
])  # fmt: skip
def test_an_exception_that_a_rule_makes_is_not_flagged_and_what_denies_the_rule_is(true: str, false: str) -> None:
    items = [Item(text, text) for text in (true, false) if text]
    assert [one.id for one in score(model(), items, index=index()) if one.flagged] == [false][: len(items) - 1]


@pytest.mark.parametrize(("text", "flagged"), [
    ("Chủ xưởng bị phạt 30 triệu đồng vì bắt lao động nữ mang thai làm việc ban đêm.", False),
    ("Chủ xưởng bị phạt 60 triệu đồng vì bắt lao động nữ mang thai làm việc ban đêm.", True),
    ("Công ty Mây Trắng bị phạt 60 triệu đồng vì bắt lao động nữ mang thai làm việc ban đêm.", False),  # a report
])  # fmt: skip
def test_a_fine_between_a_rules_least_and_most_does_not_contradict_it(text: str, flagged: bool) -> None:
    rule = "Bắt lao động nữ mang thai làm việc ban đêm bị phạt tiền từ 20 triệu đồng đến 40 triệu đồng."
    beside = PassageIndex.build(
        [Passage("x:1", rule, role="primary", kind="fact")], concepts=model().lexicon.index_terms
    )
    (found,) = score(model(), [Item("t", text)], index=beside)
    assert found.flagged is flagged


@pytest.mark.parametrize(("claim", "rule", "own"), [
    ("Nữ đóng 30 năm thì hưởng 75%.", "Con ốm thì cha mẹ hưởng 75 phần trăm lương.", True),
    ("Con ốm thì mẹ đóng 3 năm được hưởng 60%.", "Con ốm thì cha mẹ hưởng 75 phần trăm lương.", False),
    ("Trợ cấp thất nghiệp 10 năm được 10 tháng.", "Trợ cấp thôi việc là nửa tháng lương cho mỗi năm.", True),
    ("Trợ cấp thôi việc khi thất nghiệp là một tháng.", "Trợ cấp thôi việc là nửa tháng lương cho mỗi năm.", False),
    ("Khiếu nại lần hai mất 70 ngày.", "Giải quyết khiếu nại lần đầu không quá 30 ngày.", True),
    ("Khiếu nại lần đầu và lần hai mất 70 ngày.", "Giải quyết khiếu nại lần đầu không quá 30 ngày.", False),
    ("Tạm giam để truy tố không quá 20 ngày.", "Tạm giam để điều tra không quá 2 tháng.", True),
    ("Tạm giam để điều tra rồi truy tố không quá 20 ngày.", "Tạm giam để điều tra không quá 2 tháng.", False),
    ("Chuẩn bị xét xử trong 45 ngày.", "Tạm giam để điều tra không quá 2 tháng.", True),
    ("Thời hạn điều tra là 4 tháng.", "Tạm giam để điều tra không quá 2 tháng.", True),
    ("Người lao động đóng 1,5% cho bảo hiểm y tế.", "Bảo hiểm y tế trả 80 phần trăm chi phí.", True),
    ("Người bệnh đóng 50%, bảo hiểm y tế lo 50%.", "Bảo hiểm y tế trả 80 phần trăm chi phí.", False),
    ("Oan mà không bị giam thì mỗi ngày 2 ngày lương.", "Oan: mỗi ngày bị bắt, giam tính 5 ngày lương.", True),
    ("Bị giam oan thì mỗi ngày 2 ngày lương.", "Oan: mỗi ngày bị bắt, giam tính 5 ngày lương.", False),
    ("Đóng bảo hiểm tự nguyện thì công ty không phải chốt sổ.", "Nghỉ việc thì công ty phải chốt sổ.", True),
    ("Chưa đóng bảo hiểm thì khám thai không có tiền.", "Được nghỉ việc đi khám thai, hưởng tiền.", True),
    ("Bị hại kháng cáo thì tòa được tăng án.", "Chỉ có bị cáo kháng cáo thì không được tăng án.", True),
    ("Được tăng án khi bị hại kháng cáo.", "Chỉ có bị cáo kháng cáo thì không được tăng án.", True),
    ("Đóng thất nghiệp 11 tháng thì chưa được trợ cấp.", "Mất việc thì phải nộp hồ sơ trong 3 tháng.", True),
    ("Đóng rồi thì nộp hồ sơ trong 11 tháng.", "Mất việc thì phải nộp hồ sơ trong 3 tháng.", False),
    ("Từ 15 đến dưới 18 tuổi thì 8 giờ.", "Người chưa đủ 15 tuổi không được làm quá 4 giờ.", True),
    ("Em 16 tuổi làm 8 giờ được.", "Người chưa đủ 15 tuổi không được làm quá 4 giờ.", True),
    ("Em 14 tuổi làm 8 giờ được.", "Người chưa đủ 15 tuổi không được làm quá 4 giờ.", False),
    ("Bị cáo kháng cáo thì tòa được tăng án.", "Chỉ có bị cáo kháng cáo thì không được tăng án.", False),
    ("Dạy thêm học sinh trường khác được thu tiền.", "Không được dạy thêm có thu tiền với chính học sinh mình.", True),
    ("Công ty giải thể được đuổi bà bầu.", "Không được đuổi lao động nữ vì kết hôn, mang thai.", True),
    ("Công ty giải thể một phòng được đuổi bà bầu.", "Không được đuổi lao động nữ vì kết hôn, mang thai.", False),
    ("Người bị tạm giam không được ứng cử.", "Từ đủ 21 tuổi được ứng cử.", True),
    ("Khai sinh trong 60 ngày, khai tử trong 15 ngày.", "Phải khai sinh cho con trong 60 ngày.", True),
    ("Khai sinh trong 30 ngày, khai tử trong 15 ngày.", "Phải khai sinh cho con trong 60 ngày.", False),
    ("Không khai sinh trong 60 ngày, khai tử trong 15 ngày.", "Phải khai sinh cho con trong 60 ngày.", False),
    ("Khám thai 5 lần, mỗi lần 2 ngày.", "Rút bảo hiểm xã hội một lần được 2 lần lương tháng mỗi năm.", True),
    ("Mỗi năm đóng được 4 lần lương.", "Rút bảo hiểm xã hội một lần được 2 lần lương tháng mỗi năm.", False),
    ("Thời hạn truy tố 20 ngày, tạm giam để điều tra là 2 tháng.", "Tạm giam để điều tra không quá 2 tháng.", True),
    ("Lao động đóng 1,5%, bảo hiểm y tế trả 80 phần trăm.", "Bảo hiểm y tế trả 80 phần trăm chi phí.", True),
    ("Lao động đóng 1,5%, bảo hiểm y tế trả 20 phần trăm.", "Bảo hiểm y tế trả 80 phần trăm chi phí.", False),
    ("Khiếu nại kỷ luật 15 ngày, khiếu nại quyết định hành chính 90 ngày.", "Khiếu nại kỷ luật trong 15 ngày.", True),
    ("Khiếu nại kỷ luật 90 ngày, khiếu nại quyết định hành chính 90 ngày.", "Khiếu nại kỷ luật trong 15 ngày.", False),
    ("Người có nhà rồi thì không được mua nhà ở xã hội.", "Người có hai, ba con được ưu tiên mua nhà ở xã hội.", True),
    ("Người có hai, ba con không được mua nhà ở xã hội.", "Người có hai, ba con được ưu tiên mua nhà ở xã hội.", False),
    ("Em 16 tuổi đi làm theo hợp đồng lao động.", "Người lao động đi làm việc ở nước ngoài phải đủ 18.", True),
    ("Em 16 tuổi đi Ba Lan theo hợp đồng lao động.", "Người lao động đi làm việc ở nước ngoài phải đủ 18.", False),
    ("Em sang làm ở Ả Rập theo hợp đồng lao động.", "Người lao động đi làm việc ở nước ngoài phải đủ 18.", False),
    ("Nhận nuôi bé 3 tháng thì nghỉ tới khi bé đủ 6 tháng.", "Sẩy thai được nghỉ tối đa 50 ngày.", True),
    ("Mẹ đơn thân chưa đóng quỹ thì không được nghỉ.", "Chồng đóng quỹ thì được nghỉ, dù vợ không đóng.", True),
])  # fmt: skip
def test_what_has_a_rule_of_its_own_is_held_against_no_other(claim: str, rule: str, own: bool) -> None:
    assert has_its_own(claim, rule) is own
    assert has_its_own(fold(claim), rule) is own
