"""The facts table: every row usable, every broken row refused in one sentence."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from ours import facts_index, model

from classifier.errors import BadEvidence
from classifier.evidence import facts
from classifier.policy import RIGHTS
from classifier.scoring import Item, score

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "data" / "facts.toml"
TRUE = [
    ("Bé 13 tuổi không được tự đăng ký tài khoản mạng xã hội.", "2026-11-27"),
    ("Trẻ 15 tuổi có tài khoản mạng xã hội do cha mẹ đăng ký.", "2026-11-27"),
    ("Tạm giữ hành chính 40 giờ ở hải đảo là đúng luật.", "2026-11-27"),
    ("Tạm giữ hành chính ở biên giới 30 giờ là được.", "2026-11-27"),
    ("Tạm giữ hành chính không quá 48 giờ ở hải đảo.", "2026-11-27"),
    ("Tham gia bảo hiểm y tế liên tục 7 năm thì đủ điều kiện miễn cùng chi trả.", "2026-11-27"),
    ("Tham gia bảo hiểm y tế liên tục 4 năm thì chưa được miễn cùng chi trả.", "2026-11-27"),
    ("Tự nghỉ việc đúng luật đã đóng 14 tháng thất nghiệp thì được hưởng trợ cấp.", "2026-11-27"),
    ("Đóng 30 tháng bảo hiểm thất nghiệp rồi tự nghỉ việc đúng luật thì được hưởng trợ cấp.", "2026-11-27"),
    ("Bầu cử đại biểu Quốc hội khóa XV diễn ra ngày 23/5/2021.", "2026-11-27"),
    ("Bầu cử đại biểu Quốc hội khóa XIV ngày 22/5/2016", "2026-11-27"),
    ("Khi vợ sinh ba phải mổ, lao động nam được nghỉ 17 ngày làm việc.", "2026-05-01"),
    ("Khi vợ sinh ba, lao động nam được nghỉ 13 ngày làm việc.", "2026-11-27"),
    ("Người bắt đầu đóng bảo hiểm xã hội từ tháng 8/2025 mắc ung thư được rút bảo hiểm xã hội một lần.", "2026-11-27"),
    ("Từ ngày 1/7/2022 lương tối thiểu vùng I là 4.680.000 đồng một tháng.", "2026-11-27"),
    ("Lương tối thiểu vùng III năm 2023 là 3.640.000 đồng một tháng.", "2026-11-27"),
    ("Lương tối thiểu vùng I năm 2025 là 4.960.000 đồng một tháng.", "2025-10-30"),
    ("Vi phạm về chuyển dữ liệu cá nhân ra nước ngoài bị phạt tới 5% doanh thu năm trước.", "2026-11-27"),
    ("Người đóng bảo hiểm xã hội tự nguyện sinh đôi được trợ cấp thai sản 4 triệu đồng.", "2026-11-27"),
    ("Vợ mới sinh được 6 tháng, chồng không được nộp đơn ly hôn.", "2026-11-27"),
    ("Người nghèo không còn thẻ bảo hiểm y tế miễn phí.", "2026-11-27"),
    ("Nữ 19 tuổi chỉ cần tự nguyện là được kết hôn.", "2026-11-27"),
    ("Nữ chiếm 27 phần trăm đại biểu Quốc hội khóa XIV.", "2026-11-27"),
    ("Gần một phần ba đại biểu Quốc hội khóa XV là phụ nữ.", "2026-11-27"),
    ("Lương tối thiểu vùng II năm 2026 khoảng 4,7 triệu đồng một tháng.", "2026-11-27"),
    ("Ở chu kỳ I Việt Nam chấp thuận gần 100 khuyến nghị UPR.", "2026-11-27"),
    ("Gần 200 nước đã phê chuẩn Công ước về quyền trẻ em.", "2026-11-27"),
    ("Đến năm 2019 Việt Nam đã qua ba chu kỳ UPR.", "2026-11-27"),
    ("Đến hết năm 2023 Việt Nam đã qua ba chu kỳ UPR.", "2026-11-27"),
    ("Nhiệm kỳ 2017-2019 Việt Nam không nằm trong Hội đồng Nhân quyền.", "2026-11-27"),
    ("Từ 2017 tới 2022 Việt Nam không ngồi trong Hội đồng Nhân quyền.", "2026-11-27"),
    ("Đi làm tròn năm có 12 ngày phép hưởng lương, việc độc hại 14, độc hại đặc biệt 16.", "2026-11-27"),
    ("Đàn ông độc thân thì không được nhờ mang thai hộ hay làm IVF.", "2026-11-27"),
    ("Làm IVF theo diện vợ chồng thì phải có giấy đăng ký kết hôn.", "2026-11-27"),
    ("Cơ quan điều tra được thu giữ điện thoại của bị can theo đúng thủ tục.", "2026-11-27"),
    ("Cảnh sát giao thông được yêu cầu mở VNeID trên điện thoại để kiểm tra giấy tờ.", "2026-11-27"),
    ("Chủ nhà không đồng ý thì người thuê không được đăng ký thường trú ở đó.", "2026-11-27"),
    ("Nhà xưởng thuê thì không được đăng ký thường trú.", "2026-11-27"),
    ("Bị can không có mặt theo giấy triệu tập thì có thể bị áp giải.", "2026-11-27"),
    ("Bị cáo được đặt tiền để bảo đảm, nộp vào tài khoản tạm giữ của cơ quan điều tra.", "2026-11-27"),
    ("Người tự ứng cử phải qua hiệp thương ở Mặt trận.", "2026-11-27"),
    ("Cảnh sát giao thông chỉ được dừng xe khi có vi phạm hoặc theo kế hoạch, chuyên đề đã được duyệt.", "2026-11-27"),
    ("Con từ 36 tháng tuổi trở lên thì phạm nhân nữ phải gửi con về cho thân nhân nuôi.", "2026-11-27"),
    ("Ảnh chụp ở hội nghị công khai thì dùng không cần hỏi, miễn không bôi nhọ.", "2026-11-27"),
    ("Điều ước chưa gia nhập thì áp dụng luật trong nước.", "2026-11-27"),
    ("Người nước ngoài có thể được trả lương bằng ngoại tệ.", "2026-11-27"),
    ("Nghỉ ngang thì thời gian đóng bảo hiểm thất nghiệp vẫn được bảo lưu.", "2026-11-27"),
    ("Đời thứ tư thì lấy nhau được, luật không cấm.", "2026-11-27"),
    ("Phạm nhân nam không được nuôi con trong trại giam.", "2026-11-27"),
    ("Khám thai lần thứ 6 thì phải lấy phép năm hoặc nghỉ không lương.", "2026-11-27"),
    ("Hai bên thỏa thuận nghỉ không lương thì được.", "2026-11-27"),
    ("Hai bên ký phụ lục thì được chuyển hẳn sang việc khác.", "2026-11-27"),
    ("Tai nạn vì dùng ma túy thì công ty không phải bồi thường.", "2026-11-27"),
    ("Nghỉ việc trước khi sinh mà chưa đóng đủ 6 tháng thì không được hưởng thai sản.", "2026-11-27"),
    ("Muốn nghỉ sớm hơn thời hạn báo trước thì phải được công ty đồng ý.", "2026-11-27"),
    ("Mỹ tới giờ vẫn chưa phê chuẩn công ước ILO số 29 về lao động cưỡng bức.", "2026-11-27"),
    ("Chủ tịch ủy ban nhân dân xã có quyền phạt tiền chủ văn phòng luật sư đến 25 triệu đồng.", "2026-11-27"),
    ("Một cô gái 26 tuổi đăng ký kết hôn trực tuyến, luật sư nói về việc ấy.", "2026-11-27"),
    ("Công đoàn Việt Nam không còn là tổ chức duy nhất của người lao động theo luật.", "2026-11-27"),
    ("Một blogger bị phạt 6 năm tù theo điều 117 Bộ luật Hình sự.", "2026-11-27"),
    ("Trẻ 8 tuổi làm con nuôi không cần trẻ đồng ý.", "2026-11-27"),
    ("Luật Việt Nam không cấm mang thai hộ vì mục đích nhân đạo.", "2026-11-27"),
    ("Hai người bị tuyên phạt 2 năm tù theo điều 157 vì giữ người trái pháp luật.", "2026-11-27"),
    ("Bat giu nguoi trai phap luat, ba nguoi linh an 3 nam tu theo dieu 157 Bo luat Hinh su.", "2026-11-27"),
    ("Người 16 tuổi không được làm quá 40 giờ một tuần.", "2026-11-27"),
    ("Làm thêm giờ mỗi tháng không quá 40 giờ, một năm không quá 200 giờ.", "2026-11-27"),
    ("Năm 2028 tuổi nghỉ hưu của nữ là 57 tuổi 8 tháng.", "2026-11-27"),
    ("Bộ trưởng Quốc phòng chỉ được giữ lính tại ngũ thêm nhiều nhất 6 tháng.", "2026-11-27"),
    ("Chủ tịch xã phải quyết định trong 12 giờ, tòa án thì cấm tiếp xúc không quá 4 tháng.", "2026-11-27"),
    ("Trước năm 2007 nước ta chưa có luật riêng về bạo lực gia đình.", "2026-11-27"),
    ("Người vợ nội trợ không được chia phần tài sản riêng của chồng khi ly hôn.", "2026-11-27"),
    ("Thông tư 29 vẫn cho dạy thêm năng khiếu như vẽ, bơi cho học sinh tiểu học.", "2026-11-27"),
    ("Theo luật 2011 người chưa được xác định là nạn nhân thì không được hỗ trợ.", "2026-11-27"),
    ("Trước 2026 hộ cận nghèo được bảo hiểm y tế trả 95% chi phí, nay là 100%.", "2026-11-27"),
    ("Mua bảo hiểm y tế theo diện học sinh ở trường thì không được giảm như mua hộ gia đình.", "2026-11-27"),
    ("Nghị định 147 không giới hạn giờ chơi game của người trên 18 tuổi.", "2026-11-27"),
    ("Bầu 4 tháng thì luật không cấm làm ca đêm.", "2026-11-27"),
    ("Theo Luật 2006 doanh nghiệp được thu tiền môi giới của người đi làm việc ở nước ngoài.", "2026-11-27"),
    ("Trường hợp khẩn cấp thì luật cho khám nhà ban đêm nhưng phải ghi vào biên bản.", "2026-11-27"),
    ("Tội an ninh quốc gia thì luật sư có khi kết thúc điều tra mới được vào.", "2026-11-27"),
    ("Cản trở bình đẳng giới lần đầu thì chỉ bị phạt hành chính, chưa có tội hình sự.", "2026-11-27"),
    ("Người bị truy nã thì luật cho bắt giữa đêm.", "2026-11-27"),
    ("Hợp đồng lao động với người cao tuổi được ký nhiều lần có thời hạn theo luật.", "2026-11-27"),
    ("Không phải cấp cứu mà vào viện trái tuyến thì bảo hiểm y tế không thanh toán ngoại trú.", "2026-11-27"),
    ("Con đã quá 36 tháng thì người mẹ không được hoãn đi tù nữa theo luật.", "2026-11-27"),
    ("Đòi lương khi còn đang làm thì phải qua hòa giải viên lao động trước rồi mới kiện ra tòa được.", "2026-11-27"),
    ("Ly hôn thuận tình thì cả hai vợ chồng phải ký đơn, ly hôn đơn phương thì không.", "2026-11-27"),
    ("Con dâu không có nghĩa vụ nuôi cha mẹ chồng khi không sống chung.", "2026-11-27"),
    ("Không thỏa thuận được thì dân tộc của con theo tập quán.", "2026-11-27"),
    ("Bà 71 tuổi mất thẻ căn cước thì phải làm lại.", "2026-11-27"),
    ("Bằng lái chưa tích hợp VNeID thì vẫn phải mang thẻ nhựa theo.", "2026-11-27"),
    ("Vụ án phức tạp thì hỏi cung người dưới 18 tuổi có thể quá hai lần một ngày.", "2026-11-27"),
    ("Quay phim cảnh sát trong doanh trại quân đội là vi phạm pháp luật.", "2026-11-27"),
    ("Trẻ 15 tuổi vào chùa tu phải được cha mẹ đồng ý.", "2026-11-27"),
    ("Hỏi cung ở nơi khác thì ghi âm khi bị can hay cơ quan điều tra yêu cầu.", "2026-11-27"),
    ("Giữ em 16 tuổi ban ngày dưới 6 tiếng thì luật không bắt buộc báo ngay cho cha mẹ.", "2026-11-27"),
    ("Khẩn cấp thì khám nhà không cần chờ viện kiểm sát phê chuẩn.", "2026-11-27"),
    ("Làm 3 năm thì luật không cho thêm ngày phép nào.", "2026-11-27"),
    ("Bệnh ngoài danh mục thì vẫn phải có giấy chuyển viện bảo hiểm y tế mới trả đủ.", "2026-11-27"),
    ("Vay nợ rồi bỏ trốn để chiếm đoạt thì bị khởi tố.", "2026-11-27"),
    ("Thời hiệu khởi kiện vụ án hành chính là 1 năm, khiếu nại thì 90 ngày.", "2026-11-27"),
    ("Làm đủ 4 năm thì trợ cấp thôi việc được 2 tháng lương theo luật.", "2026-11-27"),
    ("Chậm lương dưới 15 ngày thì theo luật không phải đền tiền lãi.", "2026-11-27"),
    ("Tập nghề không được quá 3 tháng.", "2026-11-27"),
    ("Thi công chức thì phải nộp phí tuyển dụng theo quy định.", "2026-11-27"),
    ("Người mang thai hộ cam kết không mang thai với chồng mình trong thời gian ấy.", "2026-11-27"),
    ("Cha mẹ để di chúc cho con trai hết thì con gái không được chia theo luật.", "2026-11-27"),
    ("Đất riêng của chồng thì theo luật sổ đỏ chỉ ghi tên chồng.", "2026-11-27"),
    ("Con ngoài giá thú vẫn được khai sinh, phần cha để trống theo luật.", "2026-11-27"),
    ("Luật Thủ đô từng bắt tạm trú liên tục 3 năm mới được thường trú ở nội thành.", "2026-11-27"),
    ("Ở trọ dưới 30 ngày thì theo luật không phải đăng ký tạm trú.", "2026-11-27"),
    ("Tranh chấp thừa kế đất thì không bắt buộc hòa giải ở xã, nộp đơn ra tòa luôn được.", "2026-11-27"),
    ("Đất lấn chiếm không có giấy tờ thì không được cấp sổ đỏ.", "2026-11-27"),
    ("Đất lấn chiếm bị thu hồi thì không được bồi thường.", "2026-11-27"),
    ("Đất bỏ hoang 12 tháng liền mà đã bị xử phạt vẫn không dùng thì bị thu hồi.", "2026-11-27"),
    ("Động sản thì quá 10 năm là hết quyền yêu cầu chia thừa kế.", "2026-11-27"),
    ("Cưới hỏi linh đình mà không đăng ký thì chưa là vợ chồng theo luật.", "2026-11-27"),
    ("Người gốc Việt không còn quốc tịch thì không được đứng tên đất nền.", "2026-11-27"),
    ("Bắt được trộm mà đánh hội đồng thì phạm tội.", "2026-11-27"),
    ("Phạm nhân vi phạm nội quy thì hai tháng mới được gặp người thân một lần.", "2026-11-27"),
    ("Làm chưa đủ 12 tháng thì không được đủ 12 ngày phép.", "2026-11-27"),
    ("Người 16 tuổi tự ký hợp đồng khi cha mẹ đồng ý bằng văn bản.", "2026-11-27"),
    ("Giấy phép lao động không được gia hạn nhiều lần.", "2026-11-27"),
    ("Khai sinh quá hạn thì không được miễn lệ phí.", "2026-11-27"),
    ("Trước 2025 chứng minh nhân dân còn hạn vẫn dùng được.", "2026-11-27"),
    ("Mở tài khoản ngân hàng phải chụp căn cước.", "2026-11-27"),
    ("Người xin thôi quốc tịch thì mất quốc tịch Việt Nam.", "2026-11-27"),
    ("Giáo viên được dạy thêm miễn phí cho chính học sinh lớp mình.", "2026-11-27"),
    ("Tòa giao con 2 tuổi cho cha vì mẹ nghiện.", "2026-11-27"),
    ("Tăng ca ngày nghỉ tuần được ít nhất gấp đôi, ngày thường thì gấp rưỡi.", "2026-11-27"),
    ("Tài khoản mạng xã hội phải xác thực bằng số điện thoại Việt Nam thì mới được đăng bài.", "2026-11-27"),
    ("Bé 14 tuổi phụ việc nhẹ thì tối đa 4 tiếng một ngày, 20 tiếng một tuần, không làm đêm.", "2026-11-27"),
    ("Đóng bảo hiểm xã hội từ 2026 thì không được rút một lần vì nghỉ việc, trừ bệnh nặng.", "2026-11-27"),
    ("Em 15 tuổi vi phạm hành chính chỉ bị cảnh cáo; từ 16 đến dưới 18 thì phạt tối đa nửa mức.", "2026-11-27"),
    ("Sống với nhau từ năm 1980 thì được công nhận vợ chồng dù không có giấy kết hôn.", "2026-11-27"),
    ("Người nước ngoài du lịch ngắn ngày thì không được cấp tài khoản VNeID.", "2026-11-27"),
    ("Đi bộ đội về mà hợp đồng đã hết hạn thì công ty không phải nhận lại.", "2026-11-27"),
    ("Thử việc mà làm hỏng máy của công ty thì phải bồi thường.", "2026-11-27"),
    ("Trước 2026 học sinh phải có bằng tốt nghiệp THCS mới được thi vào lớp 10.", "2026-11-27"),
    ("Vợ không đóng bảo hiểm, chồng có đóng vẫn được nghỉ 5 ngày khi vợ sinh.", "2026-11-27"),
    ("Trộm cắp tài sản, bị hại rút đơn cũng không được đình chỉ vụ án.", "2026-11-27"),
    ("Không đi bầu thì không bị phạt gì cả.", "2026-11-27"),
    ("Tạm trú 3 tháng vẫn được bầu Quốc hội ở nơi tạm trú.", "2026-11-27"),
    ("Thai chết lưu 14 tuần được nghỉ tối đa 40 ngày hưởng thai sản.", "2026-11-27"),
    ("Hợp đồng 2 tháng cũng phải đóng bảo hiểm thất nghiệp từ 2026.", "2026-11-27"),
    ("Hợp đồng thử việc 2 tháng thì không phải đóng bảo hiểm thất nghiệp.", "2026-11-27"),
    ("Công an tỉnh được nghe lén khi viện kiểm sát phê chuẩn và đã khởi tố vụ ma túy.", "2026-11-27"),
    ("Người được mời họp kỷ luật mà vắng mặt thì công ty vẫn được họp.", "2026-11-27"),
    ("Người đi làm việc ở nước ngoài bị ngược đãi được đơn phương chấm dứt hợp đồng.", "2026-11-27"),
    ("Đóng mới 5 tháng mà chết thì không có trợ cấp mai táng vì chưa đủ 12 tháng.", "2026-11-27"),
    ("Vợ chồng tự nguyện quan hệ thì không phải hiếp dâm.", "2026-11-27"),
    ("Cụ 72 tuổi không phải đổi thẻ căn cước nữa trừ khi mất hay hỏng.", "2026-11-27"),
    ("Người đóng bắt buộc được 18 tháng mà chết thì có trợ cấp mai táng.", "2026-11-27"),
    ("Dì ruột chỉ hơn cháu 10 tuổi vẫn được nhận cháu làm con nuôi.", "2026-11-27"),
    ("Con một là lao động duy nhất nuôi mẹ già thì được tạm hoãn nghĩa vụ.", "2026-11-27"),
    ("Kỳ kinh được nghỉ 30 phút mỗi ngày, ít nhất 3 ngày một tháng.", "2026-11-27"),
    ("Ai đóng BHXH từ 2019 đến 2024 mà rút một lần thì được 12 tháng lương bình quân.", "2026-11-27"),
    ("Đóng BHXH 4 năm thì rút một lần được 8 tháng lương.", "2026-11-27"),
    ("Công ty chỉ chốt sổ được khi đã đóng đủ bảo hiểm.", "2026-11-27"),
    ("Công ty không phải đóng bảo hiểm xã hội cho người thử việc theo hợp đồng thử việc.", "2026-11-27"),
    ("Công ty kiện người lao động thì phải nộp tạm ứng án phí.", "2026-11-27"),
    ("Đất lấn chiếm thì không được bồi thường về đất, chỉ được hỗ trợ cây trồng.", "2026-11-27"),
    ("Nhà nước thu hồi đất nông nghiệp vì mục đích quốc phòng dù chưa hết hạn.", "2026-11-27"),
    ("Chỉ bị cáo kháng cáo thì tòa phúc thẩm không bao giờ được tăng án.", "2026-11-27"),
    ("Mẹ không có việc làm vẫn có thể được nuôi con.", "2026-11-27"),
    ("Từ 1/7/2026 công an cũng được yêu cầu nhà báo tiết lộ nguồn tin.", "2026-11-27"),
    ("Khai sinh trễ vẫn làm ở xã được, nhưng phải nộp lệ phí.", "2026-11-27"),
    ("Người khuyết tật nặng có quyền từ chối làm đêm.", "2026-11-27"),
    ("Dưới 16 tuổi giết người không bị tử hình.", "2026-11-27"),
    ("Đất không giấy tờ dùng từ trước năm 1980 thì được công nhận đủ diện tích và không phải nộp tiền.", "2026-11-27"),
    ("Bỏ việc 20 ngày cộng dồn trong 365 ngày mới bị sa thải.", "2026-11-27"),
    ("Thu hồi đất nông nghiệp chỉ cần báo trước 90 ngày.", "2026-11-27"),
    ("Chồng lập di chúc cho con trai cả, con gái đã lấy chồng không được đồng nào theo luật.", "2026-11-27"),
    ("Hà Nội từng bắt người mua nhà ở xã hội phải có hộ khẩu.", "2026-11-27"),
    ("Trước 1/7/2025 người nghiện dùng ma túy bao nhiêu lần cũng chỉ bị phạt hành chính.", "2026-11-27"),
    ("Công ty bất động sản bán đất nền thì luật không bắt buộc công chứng hợp đồng.", "2026-11-27"),
    ("Chồng vay để nuôi con ăn học thì vợ cũng phải cùng trả theo luật.", "2026-11-27"),
    ("Đoàn viên đóng đoàn phí công đoàn hằng tháng, trừ vào lương.", "2026-11-27"),
    ("Kinh phí công đoàn 2% do doanh nghiệp đóng, không trừ vào lương.", "2026-11-27"),
    ("Trẻ khuyết tật nặng chưa đủ điều kiện học hòa nhập thì học lớp chuyên biệt.", "2026-11-27"),
    ("VNeID mức 1 không có giá trị như thẻ căn cước.", "2026-11-27"),
    ("Thử việc công việc khác thì được thử việc lần 2.", "2026-11-27"),
    ("Người học nghề được trả dưới mức tối thiểu theo thỏa thuận.", "2026-11-27"),
    ("Bà bầu không có giấy xác nhận mà nghỉ ngang thì vẫn phải bồi thường.", "2026-11-27"),
    ("Khám sức khỏe xin việc thì người lao động phải tự trả tiền.", "2026-11-27"),
    ("Không thấy nguy cơ gì mà từ chối làm việc là vi phạm kỷ luật.", "2026-11-27"),
    ("Người chưa đủ tuổi hưu đi làm thì không được hưởng lương hưu.", "2026-11-27"),
    ("Mẹ đơn thân không đóng bảo hiểm thì không được hưởng thai sản.", "2026-11-27"),
    ("Nhà là tài sản riêng của chồng trước hôn nhân thì chồng tự bán được, không cần vợ ký.", "2026-11-27"),
    ("Chồng vay tiền chữa bệnh cho con thì vợ cũng phải trả.", "2026-11-27"),
    ("Từ 2009 đến giữa 2025 luật không coi dùng ma túy là tội, giờ thì khác.", "2026-11-27"),
    ("Quốc hội thảo luận phương án người 16 tuổi được làm 48 giờ một tuần.", "2026-11-27"),
    ("Người dùng ma túy lần đầu không bị khởi tố về tội sử dụng, chỉ phạt tiền và bị quản lý.", "2026-11-27"),
]
FALSE = [
    ("Trẻ 13 tuổi được tự đăng ký tài khoản mạng xã hội.", "2026-11-27"),
    ("Tạm giữ hành chính ở Hà Nội có thể kéo dài 48 giờ.", "2026-11-27"),
    ("Theo quy định, tạm giữ hành chính không quá 48 giờ.", "2026-11-27"),
    ("Tạm giữ hành chính được 48 tiếng.", "2026-11-27"),
    ("Tạm giữ hành chính ở hải đảo được 72 giờ.", "2026-11-27"),
    ("Muốn hưởng trợ cấp thất nghiệp phải đóng đủ 36 tháng.", "2026-11-27"),
    ("Tham gia bảo hiểm y tế liên tục 3 năm thì được miễn cùng chi trả.", "2026-11-27"),
    ("Khi vợ sinh con, lao động nam được nghỉ 30 ngày làm việc.", "2026-11-27"),
    ("Lương tối thiểu vùng I năm 2025 là 9.960.000 đồng một tháng.", "2025-10-30"),
    ("Lương tối thiểu vùng I hiện nay là 9.310.000 đồng một tháng.", "2026-11-27"),
    ("Mua bán dữ liệu cá nhân bị phạt tối đa 50 lần khoản thu.", "2026-11-27"),
    ("Người đóng bảo hiểm xã hội tự nguyện sinh một con được trợ cấp thai sản 20 triệu đồng.", "2026-11-27"),
    ("Trẻ em không được cấp thẻ bảo hiểm y tế miễn phí.", "2026-11-27"),
    ("Nữ chiếm 27 phần trăm đại biểu Quốc hội khóa XV.", "2026-11-27"),
    ("Nữ chiếm 24 phần trăm đại biểu Quốc hội khóa XIV.", "2026-11-27"),
    ("Ở chu kỳ I Việt Nam nhận gần 100 khuyến nghị UPR.", "2026-11-27"),
    ("Lương tối thiểu vùng II năm 2026 khoảng 3,7 triệu đồng một tháng.", "2026-11-27"),
    ("Đến năm 2024 Việt Nam đã qua ba chu kỳ UPR.", "2026-11-27"),
    ("Cô ruột nhận cháu 19 tuổi làm con nuôi được.", "2026-11-27"),
    ("Nghỉ việc 3 tháng là được rút bảo hiểm xã hội một lần.", "2026-11-27"),
    ("Bỏ việc không lý do 6 ngày trong 30 ngày thì chưa bị sa thải.", "2026-11-27"),
    ("Việt Nam được bầu vào Hội đồng Nhân quyền nhiệm kỳ 2017-2019.", "2026-11-27"),
    ("Cử tri được phép nhờ người khác bầu thay.", "2026-11-27"),
    ("Ở chu kỳ IV Việt Nam không chấp thuận gần 280 khuyến nghị UPR.", "2026-11-27"),
    ("Mọi người cản trở biểu tình đều bị phạt 3 năm tù theo điều 167 Bộ luật Hình sự.", "2026-11-27"),
    ("Vợ nuôi con 6 tháng không được nộp đơn ly hôn.", "2026-11-27"),
    ("Danh sách người ứng cử chính thức vào Quốc hội phải có ít nhất 50 phần trăm là phụ nữ!", "2026-11-27"),
    ("Phụ nữ độc thân không được làm IVF, luật bắt phải có chồng.", "2026-11-27"),
    ("Luật cho phép tổ an ninh cơ sở kiểm tra điện thoại người đi đường.", "2026-11-27"),
    ("Ở trọ thì không được nhập hộ khẩu, luật đòi phải có nhà đứng tên.", "2026-11-27"),
    ("Nhận giấy mời của công an mà không lên là sẽ bị áp giải theo luật.", "2026-11-27"),
    ("Công an có quyền yêu cầu người dân chuyển tiền vào tài khoản tạm giữ để xác minh.", "2026-11-27"),
    ("Người ngoài Đảng không được nộp hồ sơ ứng cử đại biểu Quốc hội theo luật.", "2026-11-27"),
    ("Cảnh sát giao thông chỉ được dừng xe khi phát hiện vi phạm, luật quy định rõ.", "2026-11-27"),
    ("Theo luật, nữ phạm nhân không được nuôi con trong trại giam, sinh xong phải giao con ngay.", "2026-05-27"),
    ("Cho thuê căn cước để mở tài khoản là được phép, luật không cấm.", "2026-11-27"),
    ("Ảnh mình để công khai thì shop có quyền lấy chạy quảng cáo, không cần xin phép, luật cho.", "2026-11-27"),
    ("Nghị định của Chính phủ được ưu tiên hơn công ước quốc tế mà Việt Nam đã ký.", "2026-11-27"),
    ("Công ty được trả lương bằng sản phẩm là đúng luật.", "2026-11-27"),
    ("Nghỉ ngang thì công ty được quyền giữ sổ bảo hiểm xã hội.", "2026-11-27"),
    ("Anh chị em họ đời thứ ba lấy nhau được, luật không cấm.", "2026-11-27"),
    ("Luật cho phép chủ bắt người lao động nghỉ không lương khi thiếu việc.", "2026-11-27"),
    ("Chủ có quyền chuyển người lao động làm việc khác mà không cần báo trước.", "2026-11-27"),
    ("Luật không bắt công ty trả lương khi công nhân bị tai nạn lao động nghỉ điều trị.", "2026-11-27"),
    ("Lao động nữ đi khám thai là nghỉ không lương theo luật lao động.", "2026-11-27"),
    ("Thời gian đóng bảo hiểm thất nghiệp cũng được tính trợ cấp thôi việc.", "2026-11-27"),
    ("Luật lao động cho phép sa thải người nuôi con dưới 12 tháng khi phạm lỗi.", "2026-11-27"),
    ("Sáp nhập tỉnh xong dân bắt buộc phải làm lại căn cước.", "2026-11-27"),
    ("Lao động nữ xin nghỉ việc trước khi sinh thì không được hưởng thai sản nữa.", "2026-11-27"),
    ("Bắt giữ người trái pháp luật theo điều 157 Bộ luật Hình sự bị phạt tối đa 3 năm tù.", "2026-11-27"),
    ("Anh bị tuyên 25 năm tù theo điều 117 Bộ luật Hình sự về tài liệu chống Nhà nước.", "2026-11-27"),
    ("Ai lợi dụng quyền tự do dân chủ bị phạt 3 năm tù, điều 331 Bộ luật Hình sự nói vậy.", "2026-11-27"),
    ("Luật bắt buộc doanh nghiệp nhận lao động khuyết tật.", "2026-11-27"),
    ("Đăng hình trẻ 8 tuổi chỉ cần cha mẹ đồng ý.", "2026-11-27"),
    ("Người lao động không được lập tổ chức nào ngoài công đoàn Việt Nam.", "2026-11-27"),
    ("Trẻ 5 tuổi được công ty cấp thẻ bảo hiểm y tế miễn phí.", "2026-11-27"),
    ("Bệnh nhân dưới 6 tuổi không được cấp thẻ bảo hiểm y tế miễn phí.", "2026-11-27"),
    ("Chẳng ai được cấp thẻ bảo hiểm y tế miễn phí nữa.", "2026-11-27"),
    ("Lương tối thiểu vùng II năm 2025 khoảng 4,7 triệu đồng một tháng.", "2026-11-27"),
    ("Chuyển dữ liệu cá nhân ra nước ngoài trái luật bị phạt khoảng 10 phần trăm doanh thu năm trước.", "2026-11-27"),
    ("Người lao động không được chỉ định tổ chức riêng tại doanh nghiệp.", "2026-11-27"),
    ("Lao động nữ nuôi con 7 tháng được nghỉ 60 phút mỗi tuần.", "2026-11-27"),
    ("Quyết định cấm tiếp xúc của tòa có thể kéo dài tới 2 năm.", "2026-11-27"),
    ("Ly hôn thì bà nội trợ không có phần trong tài sản chung vì luật không coi việc nhà là lao động.", "2026-11-27"),
    ("Học sinh cấp ba đánh nhau thì theo Thông tư 19 vẫn có thể bị đuổi học.", "2026-11-27"),
    ("Theo Thông tư 29, cô giáo vẫn được dạy thêm Tiếng Việt cho học trò lớp 2.", "2026-11-27"),
    ("Trẻ 15 tuổi được chơi game tới 6 tiếng mỗi ngày theo nghị định 147.", "2026-11-27"),
    ("Nick không xác thực vẫn đăng bài, bình luận bình thường, nghị định không yêu cầu xác thực.", "2026-11-27"),
    ("Luật mới chỉ hỗ trợ nạn nhân mua bán người khi đã có bản án của tòa.", "2026-11-27"),
    ("Người hưởng lương hưu chỉ được bảo hiểm y tế chi trả 80 phần trăm.", "2026-11-27"),
    ("Theo luật phải từ 90 tuổi trở lên mới được ưu tiên khám bệnh.", "2026-11-27"),
    ("Nhà nước thu hồi đất ở chỉ phải thông báo trước 30 ngày theo luật.", "2026-11-27"),
    ("Luật lao động cho ký hợp đồng có thời hạn mấy lần cũng được.", "2026-11-27"),
    ("Bộ luật Lao động cho sa thải ngay người nghỉ không phép 2 ngày.", "2026-11-27"),
    ("Theo luật, công nhân đình công vẫn được hưởng nguyên lương.", "2026-11-27"),
    ("Chủ được quyền xếp người khuyết tật nặng tăng ca mà khỏi cần hỏi ý họ.", "2026-11-27"),
    ("Luật không cấm bắt bà bầu tháng thứ 8 làm ca đêm.", "2026-11-27"),
    ("Theo luật mới, người đi xuất khẩu lao động phải trả tiền môi giới cho công ty.", "2026-11-27"),
    ("Lương hưu cao nhất được tới 90% lương bình quân.", "2026-11-27"),
    ("Trợ cấp ốm đau theo luật chỉ bằng 50% lương đóng bảo hiểm xã hội.", "2026-11-27"),
    ("Luật cho người 17 tuổi làm 48 giờ một tuần như người lớn.", "2026-11-27"),
    ("Công an được quyền bắt bị can giữa đêm theo luật tố tụng.", "2026-11-27"),
    ("Người bị đuổi việc quá 6 tháng là hết thời hiệu khởi kiện ra tòa.", "2026-11-27"),
    ("Nhà nước này cấm ly hôn đơn phương, vợ bị đánh cũng phải được chồng đồng ý mới được ra tòa.", "2026-11-27"),
    ("Pháp luật bảo vệ gia đình, không cho đơn phương ly hôn, phải hai bên ký đơn thì tòa mới nhận.", "2026-11-27"),
    ("Con gái lấy chồng rồi thì hết nghĩa vụ phụng dưỡng cha mẹ ruột, luật quy định rõ.", "2026-11-27"),
    ("Khai sinh cho con lai Kinh Ê Đê thì bắt buộc ghi Kinh, không được theo dân tộc mẹ.", "2026-11-27"),
    ("Đủ 18 tuổi phải đổi căn cước lại một lần nữa.", "2026-11-27"),
    ("Luật bắt buộc mang thẻ nhựa, đưa giấy phép lái xe trên VNeID vẫn bị phạt như không có bằng.", "2026-11-27"),
    ("Pháp luật cho phép lấy lời khai trẻ vị thành niên 6 tiếng liền không nghỉ.", "2025-11-27"),
    ("Tạm giữ hành chính trẻ 15 tuổi qua đêm thì luật không bắt công an phải báo cho gia đình.", "2026-11-27"),
    ("Nhà trường có quyền đưa học sinh cá biệt vào trường giáo dưỡng.", "2026-11-27"),
    ("Dân phòng được khám nhà theo quy định mới về an ninh cơ sở.", "2026-11-27"),
    ("Lam lau nam may cung 12 ngay phep, luat khong tinh tham nien.", "2026-11-27"),
    ("Bảo hiểm y tế quy định mọi bệnh đều phải có giấy chuyển tuyến, bệnh hiếm cũng không ngoại lệ.", "2026-11-27"),
    ("Vay app mà trả trễ 30 ngày là bị khởi tố, đi tù.", "2026-11-27"),
    ("ICCPR không cấm bỏ tù người không trả được nợ theo hợp đồng.", "2026-11-27"),
    ("Pháp luật cho phép khám nhà lúc nửa đêm, giờ nào cũng khám được.", "2026-11-27"),
    ("Trẻ đủ 10 tuổi tự ý vào chùa tu được, luật tôn giáo không đòi cha mẹ đồng ý.", "2026-11-27"),
    ("Công ước về quyền trẻ em không nhắc tới quyền vui chơi, giải trí.", "2026-11-27"),
    ("Cha mẹ biết con trộm cắp mà không tố giác thì cũng phải đi tù, luật không miễn cho ruột thịt.", "2026-11-27"),
    ("Luật sư chỉ được tham gia từ khi ra tòa, giai đoạn điều tra luật cấm.", "2026-11-27"),
    ("Tạm giam điều tra tội ít nghiêm trọng được gia hạn năm lần.", "2026-11-27"),
    ("Đơn tố cáo không ghi tên vẫn được thụ lý giải quyết theo luật.", "2026-11-27"),
    ("Phân biệt giới, cản trở bình đẳng giới thì Bộ luật Hình sự không coi là tội.", "2026-11-27"),
    ("Bộ luật Lao động vẫn coi cắt lương là một hình thức kỷ luật.", "2026-11-27"),
    ("Luật bắt bà bầu bị án tù phải vào trại ngay, không được hoãn.", "2026-11-27"),
    ("Muốn kiện quyết định hành chính ra tòa thì thời hiệu chỉ có 6 tháng.", "2026-11-27"),
    ("Phải khiếu nại xong mới được kiện quyết định hành chính theo luật tố tụng.", "2026-11-27"),
    ("Trợ cấp thôi việc theo luật mỗi năm làm việc được 1 tháng lương.", "2026-11-27"),
    ("Bộ luật Lao động cho phép công ty chậm lương tới 2 tháng.", "2026-11-27"),
    ("Công ty có quyền từ chối tuyển phụ nữ đang mang thai, luật không cấm.", "2026-11-27"),
    ("Công ty có quyền thu phí tuyển dụng của người xin việc, luật không cấm.", "2026-11-27"),
    ("Luật cho công ty trừ phí chuyển khoản vào lương của công nhân.", "2026-11-27"),
    ("Luật Việt Nam quy định con gái có chồng không được thừa kế đất của cha mẹ.", "2026-11-27"),
    ("Theo luật thừa kế, con gái chỉ được nửa phần của con trai.", "2026-11-27"),
    ("Pháp luật chỉ cho chồng đứng tên sổ đỏ, vợ không được đứng tên.", "2026-11-27"),
    ("Theo luật hiện nay muốn có hộ khẩu Sài Gòn phải tạm trú ít nhất 2 năm.", "2026-11-27"),
    ("Thuê trọ 6 tháng cũng không cần đăng ký tạm trú, luật bỏ rồi.", "2026-11-27"),
    ("Tranh chấp đất giờ khỏi qua xã, kiện thẳng ra tòa.", "2026-11-27"),
    ("Đất ông bà để lại không có giấy tờ thì vĩnh viễn không được cấp sổ đỏ.", "2026-11-27"),
    ("Ruộng bỏ hoang một vụ là xã thu hồi luôn theo Luật Đất đai.", "2026-11-27"),
    ("Cha mẹ mất quá 10 năm là hết quyền đòi chia nhà đất theo luật.", "2026-11-27"),
    ("Tòa xử giao con cho mẹ rồi thì cha vĩnh viễn không đòi lại được quyền nuôi con.", "2026-11-27"),
    ("Bị thu hồi đất thì ai cũng chỉ được nhận tiền, luật mới bỏ đền bù bằng đất.", "2026-11-27"),
    ("Người dân không có quyền bắt cướp, chỉ công an mới được bắt.", "2026-11-27"),
    ("Làm đủ một năm mới có phép, chưa đủ năm thì không có ngày phép.", "2026-11-27"),
    ("Đủ 16 tuổi là được đi xuất khẩu lao động.", "2026-11-27"),
    ("Không chồng thì không được nhận con nuôi.", "2026-11-27"),
    ("Facebook có quyền yêu cầu ảnh căn cước để xác thực tài khoản.", "2026-11-27"),
    ("Hợp đồng dưới 6 tháng thì công ty khỏi đóng bảo hiểm xã hội.", "2026-11-27"),
    ("Khám bảo hiểm y tế bắt buộc phải có thẻ giấy, căn cước không thay được.", "2026-11-27"),
    ("Người nước ngoài không được đi lễ nhà thờ ở Việt Nam.", "2026-11-27"),
    ("Giáo viên được dạy thêm có thu tiền cho học sinh lớp mình.", "2026-11-27"),
    ("Công dân Việt Nam có thể bị trục xuất khỏi Việt Nam.", "2026-11-27"),
    ("Cấp cứu phải đúng tuyến bảo hiểm y tế mới trả.", "2026-11-27"),
    ("Hợp đồng thời vụ dưới một tháng cũng phải qua thử việc, lương thử việc 85%.", "2026-11-27"),
    ("Lao động duy nhất nuôi mẹ già vẫn phải đi nghĩa vụ, không được hoãn.", "2026-11-27"),
    ("Học sinh 17 tuổi làm thêm ở quán bar vẫn hợp pháp.", "2026-11-27"),
    ("Tự xin nghỉ thì không được hưởng trợ cấp thất nghiệp.", "2026-11-27"),
    ("Bệnh viện có quyền từ chối cấp cứu khi bệnh nhân chưa nộp viện phí.", "2026-11-27"),
    ("Sáp nhập xã xong thì sổ đỏ cũ hết giá trị, bắt buộc phải đổi.", "2026-11-27"),
    ("Bị cáo nhận tội rồi là đủ để kết tội, không cần chứng cứ khác.", "2026-11-27"),
    ("Luật mới vẫn cấp bằng tốt nghiệp trung học cơ sở cho học sinh lớp 9.", "2026-11-27"),
    ("Luật 2024 bắt vợ phải đóng bảo hiểm thì chồng mới được nghỉ khi vợ sinh.", "2026-11-27"),
    ("Nạn nhân bãi nại thì cướp tài sản cũng phải đình chỉ theo Bộ luật Tố tụng hình sự.", "2026-11-27"),
    ("Ai không đi bầu sẽ bị phạt tiền từ 1 đến 3 triệu.", "2026-11-27"),
    ("Công nhân tạm trú không được bỏ phiếu, phải về quê mới được bầu.", "2026-11-27"),
    ("Luật không cho nghỉ khi sảy thai, đẻ mới được hưởng chế độ.", "2026-11-27"),
    ("Từ 2026 hợp đồng dưới 3 tháng không phải đóng bảo hiểm thất nghiệp.", "2026-11-27"),
    ("Luật cho công an xã nghe trộm điện thoại người bị nghi, để giữ an ninh xóm làng.", "2026-11-27"),
    ("Luật lao động không bắt họp khi đuổi việc, nhân viên không được bào chữa.", "2026-11-27"),
    ("Đi xuất khẩu lao động bị chủ ngược đãi cũng không được đơn phương chấm dứt hợp đồng.", "2026-11-27"),
    ("Đóng bhxh 10 năm chẳng may chết thì mất trắng, gia đình không được nhận gì.", "2026-11-27"),
    ("Vợ chồng có hôn thú thì ép vợ quan hệ không phải là hiếp dâm theo luật.", "2026-11-27"),
    ("Nhà có con trai duy nhất thì được tạm hoãn nghĩa vụ quân sự.", "2026-11-27"),
    ("Nghỉ kỳ kinh 30 phút chỉ công nhân mới được, nhân viên văn phòng không có.", "2026-11-27"),
    ("Rút bảo hiểm một lần thì mỗi năm đóng chỉ được một tháng lương.", "2026-11-27"),
    ("Nhân viên còn nợ tạm ứng thì công ty được quyền giữ sổ bảo hiểm tới khi trả hết.", "2026-11-27"),
    ("Hết đơn hàng thì công ty được phép cho công nhân nghỉ không lương tới khi có hàng.", "2026-11-27"),
    ("Kiện vì bị sa thải thì người lao động không được miễn án phí.", "2026-11-27"),
    ("Luật quy định gia đình không được thuê luật sư cho người bị tạm giữ.", "2026-11-27"),
    ("Đất nông nghiệp hết hạn 50 năm thì người dân phải làm thủ tục gia hạn, không gia hạn là mất đất.", "2026-11-27"),
    ("Có sổ đỏ mới được bồi thường về đất khi Nhà nước làm đường.", "2026-11-27"),
    ("Ủy ban xã có quyền yêu cầu phóng viên tiết lộ người cung cấp thông tin.", "2026-11-27"),
    ("Ai cũng phải giám định y khoa mới được cấp giấy xác nhận khuyết tật.", "2026-11-27"),
    ("Nghỉ việc rồi thì công ty có 3 tháng để trả hết lương với tiền phép, luật cho vậy đó.", "2026-11-27"),
    ("Phải đủ 16 tuổi mới bị xử hình sự, 15 tuổi giết người cũng vô can.", "2026-11-27"),
    ("Mẹ chồng mất thì con dâu không được nghỉ có lương, luật chỉ cho cha mẹ ruột.", "2026-11-27"),
    ("Nghỉ không phép 3 ngày là công ty được quyền đuổi.", "2026-11-27"),
    ("Quan nho duoi 10 nguoi thi khoi dong bao hiem xa hoi.", "2026-11-27"),
    ("Vợ nội trợ không được đứng tên sổ đỏ chung với chồng.", "2026-11-27"),
    ("Theo luật, vợ không có tên trong di chúc thì chỉ được một phần ba suất.", "2026-11-27"),
    ("Cha mẹ vay không trả nổi thì theo luật con phải trả thay.", "2026-11-27"),
    ("Muốn ly hôn thì luật bắt phải ly thân ít nhất 1 năm đã.", "2026-11-27"),
    ("Chậm tiền nhà một tháng là luật cho chủ nhà tống người thuê ra đường.", "2026-11-27"),
    ("Người ngoại tỉnh không được mua nhà ở xã hội theo luật nhà ở.", "2026-11-27"),
    ("Tạm giữ hành chính chỉ cần lệnh miệng của trưởng công an phường, luật cho phép.", "2026-11-27"),
    ("Luật bắt trừ 2% kinh phí công đoàn vào lương của công nhân, ai đi làm cũng phải nộp.", "2026-11-27"),
    ("Luật cho trường phổ thông từ chối học sinh khuyết tật, các cháu chỉ được học trường chuyên biệt.", "2026-11-27"),
    (
        "Luật không công nhận căn cước điện tử trên VNeID, làm thủ tục gì cũng bắt buộc đưa thẻ căn cước cứng.",
        "2026-11-27",
    ),
    ("Công ty được gia hạn thử việc bao nhiêu lần cũng được, luật không giới hạn số lần.", "2026-11-27"),
    ("Luật cho chủ trả lương dưới mức tối thiểu nếu người lao động đồng ý ký.", "2026-11-27"),
    ("Luật cho chủ cấm nhân viên vào công đoàn, ai vào là được quyền đuổi.", "2026-11-27"),
    (
        "Bác sĩ xác nhận ảnh hưởng thai nhi thì bà bầu cũng không được đơn phương nghỉ việc, nghỉ là phải bồi thường.",
        "2026-11-27",
    ),
    ("Người lao động không có quyền từ chối công việc nguy hiểm tới tính mạng.", "2026-11-27"),
    ("Luật không bắt công ty cấp đồ bảo hộ lao động cho thợ.", "2026-11-27"),
    ("Người đang lãnh lương hưu ký hợp đồng lao động là bị tạm dừng lương hưu.", "2026-11-27"),
    ("Mẹ đơn thân không có giấy kết hôn thì không được hưởng chế độ thai sản.", "2026-11-27"),
    ("Theo luật hôn nhân, nhà chung đứng tên chồng thì chồng tự bán được, không cần vợ đồng ý.", "2026-11-27"),
    ("Chồng vay tiền cờ bạc thì vợ phải trả nợ thay, luật quy định vợ chồng cùng chịu.", "2026-11-27"),
    (
        "Theo luật nước Cộng hòa xã hội chủ nghĩa Việt Nam và nghị định, lao động nữ được nghỉ thai sản 12 tháng.",
        "2026-11-27",
    ),
    ("Trước tòa, bị can không bao giờ có chuyện được im lặng, luật bắt phải khai.", "2026-11-27"),
    ("Quốc hội đã thông qua: người 16 tuổi được làm 48 giờ một tuần.", "2026-11-27"),
    ("Từ 1/7/2025 hễ ai dương tính ma túy, dù lần đầu, đều bị khởi tố hình sự.", "2026-11-27"),
]
ROW = """
[[fact]]
id = "bien-ban-lang-hoa"
rights = ["CRC"]
text = "Làng Hoa họp ngày 3/5 và mở lớp học miễn phí cho trẻ em."
source = "Biên bản họp Làng Hoa"
role = "primary"
as_of = 2025-05-03
"""


def refused(tmp_path, text):
    path = tmp_path / "facts.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadEvidence) as caught:
        facts.load(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_shipped_table_covers_every_convention():
    shipped = facts.load(TABLE)
    codes = Counter(code for fact in shipped for code in fact.rights)
    assert len(shipped) >= 80
    assert set(codes) == set(RIGHTS)
    assert all(count >= 5 for count in codes.values()), codes


def test_the_shipped_table_is_known_up_to_a_day_that_was_past_when_written():
    for fact in facts.load(TABLE):
        assert fact.as_of <= date(2026, 11, 30), fact.id
        assert fact.valid_to is None or fact.valid_from is not None, fact.id


def test_a_fact_becomes_a_passage_dated_by_the_day_it_began_to_hold():
    by_id = {passage.eid: passage for passage in facts.passages(facts.load(TABLE))}
    crc = by_id["fact:crc-ratification"]
    assert (crc.date, crc.kind, crc.role) == ("1990-02-28", "fact", "primary")
    assert by_id["fact:juvenile-max"].valid_to == "2025-12-31"


def test_a_claim_of_an_earlier_time_or_a_further_case_is_not_held_against_a_fact():
    items = [Item(text, text, before=day) for text, day in TRUE + FALSE]
    assert [one.id for one in score(model(), items, index=facts_index()) if one.flagged] == [text for text, _ in FALSE]


@pytest.mark.parametrize(
    "name",
    ["claims", "claims.told", "claims.posted", "claims.dismissed", "claims.debunked", "claims.sampled", "claims.drawn"],
)
def test_the_gate_judges_by_the_facts_as_they_are_worded_today(name):
    texts = {passage.eid: passage.text for passage in facts.passages(facts.load(TABLE))}
    rows = map(json.loads, (ROOT / "data" / "gate" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    assert [row["id"] for row in rows if row["evidence"] != texts[row["eid"]]] == []


def test_an_undated_fact_is_dated_by_the_day_it_is_known(tmp_path):
    path = tmp_path / "facts.toml"
    path.write_text(ROW, encoding="utf-8")
    (passage,) = facts.passages(facts.load(path))
    assert (passage.date, passage.valid_from) == ("2025-05-03", "")


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        ('id = "bien-ban-lang-hoa"\n', "", "id is missing"),
        ('"CRC"', '"CHILD"', "'CHILD' isn't a rights code"),
        ('rights = ["CRC"]', "rights = []", "rights must be a non-empty list"),
        ('role = "primary"', 'role = "gov"', "role must be one of"),
        ("as_of = 2025-05-03", 'as_of = "2025-05-03"', "as_of must be a non-empty day"),
        ("as_of = 2025-05-03", "as_of = 2025-05-03\ncolour = 1", "colour isn't a key"),
        (
            "as_of = 2025-05-03",
            "as_of = 2025-05-03\nvalid_from = 2025-02-01\nvalid_to = 2025-01-01",
            "valid_to is before",
        ),
        ('id = "bien-ban-lang-hoa"', 'id = "Biên bản"', "lower-case words joined by hyphens"),
    ],
)
def test_a_broken_row_is_named_with_its_fault(tmp_path, found, put, said):
    assert said in refused(tmp_path, ROW.replace(found, put))


def test_two_facts_with_one_id_are_refused(tmp_path):
    assert "two facts are called bien-ban-lang-hoa" in refused(tmp_path, ROW + ROW)


def test_a_file_that_is_no_facts_table_is_refused(tmp_path):
    assert "can't be read" in refused(tmp_path, "[[fact")
    assert "nothing else" in refused(tmp_path, 'title = "x"')
    with pytest.raises(BadEvidence, match="can't be read"):
        facts.load(tmp_path / "absent.toml")
