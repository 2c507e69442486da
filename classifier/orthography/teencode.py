"""Spellings of chats and comments and what they nearly always stand for; ours, from knowledge of the language."""

_WORDS = """
biết: bik bt bíêt pít pik bjt bjết
bị: bj bỵ bịk
bạn: bn pạn bợn
gì vậy: gz jz
này: nèy
nay: nai
rất: rấc
viết: vjết viếc
việc: vjệc vjec
luật: lựt
tiền: tjền
mỗi: mỗj
tai nạn lao động: tnlđ
tai nạn giao thông: tngt
tù nhân lương tâm: tnlt
bạo lực gia đình: blgđ
bộ luật tố tụng hình sự: bltths
bộ luật tố tụng dân sự: blttds
bộ luật dân sự: blds
hội đồng nhân dân: hđnd
mặt trận tổ quốc: mttq
công an nhân dân: cand
tòa án nhân dân tối cao: tandtc
viện kiểm sát nhân dân: vksnd
quân đội nhân dân: qđnd
an ninh quốc gia: anqg
an ninh trật tự: antt
an ninh mạng: anm
phòng chống tham nhũng: pctn
kinh tế xã hội: ktxh
xã hội chủ nghĩa: xhcn
đảng cộng sản việt nam: đcsvn
xã hội dân sự: xhds
nhà hoạt động: nhđ
khu công nghiệp: kcn
khu chế xuất: kcx
xuất khẩu lao động: xklđ
giải phóng mặt bằng: gpmb
tái định cư: tđc
thiên chúa giáo: tcg
trung học phổ thông: thpt
trung học cơ sở: thcs
kế hoạch hóa gia đình: khhgđ
hôn nhân gia đình: hngđ hnvgđ
tổng liên đoàn lao động: tlđlđ tlđ
quân đội: qđội
phường: phườg phừn
hưởng: hưởg
thường: thườg
không: ko kh khg hok hk hông hổng hem khum hôg khôg kôg kô hog khôngg hônggg
được: dc đc dk đk đx đượt đựơc đươc dx đợc đuợc đượk
quyết định: qđ
dân tộc thiểu số: dtts
đại học: đh
người lao động: nlđ nld
hợp đồng lao động: hđlđ
phụ nữ: pn phnữ pnữ pnu
người khuyết tật: nkt
viện kiểm sát: vks
hội đồng xét xử: hđxx
đại biểu quốc hội: đbqh
đảng cộng sản: đcs
liên hợp quốc: lhq
cơ quan điều tra: cqđt cqdt
bộ luật lao động: bllđ
bộ luật hình sự: blhs
số điện thoại: sđt sdt
nhân viên: nv nviên
thời gian: tgian
quan trọng: qtrọng qtrong
bình thường: bthg bthường bthuong
ủy ban: uban
biểu tình: btình
tự nguyện: tnguyện
nhà báo: nbáo
dân chủ: dchủ
bầu cử: bcử
chính sách: csách
người: ng ngừi nguời ngưòi ngườii
người ta: ngta ngt
mọi người: mn mng
anh em: ae
chị em: ce
bà con: bcon
cảnh sát: csát
cảnh sát giao thông: csgt
cảnh sát cơ động: cscđ
bảo hiểm y tế: bhyt
bảo hiểm xã hội: bhxh
bảo hiểm thất nghiệp: bhtn
công ty: cty cti
công nhân: cnhân
học sinh: hsinh hs
sinh viên: sviên sv
giáo viên: gviên gv
bác sĩ: bsĩ
bệnh viện: bviện bv
bệnh nhân: bnhân
gia đình: gđ gđình gdinh
chính quyền: cquyền cq
chính phủ: cphủ
nhà nước: nnước
việt nam: vn vnam
sài gòn: sg
hà nội: hn hnội
thành phố hồ chí minh: tphcm
ủy ban nhân dân: ubnd
tòa án nhân dân: tand
luật sư: lsư
tự do: tdo
nhân quyền: nquyền
người dân: ngdân ngdan
nhân dân: ndân
điện thoại: đt
tài khoản: tk
nhắn tin: nhtin
bình luận: cmt
quảng cáo: qcáo
thông tin: ttin
vấn đề: vđề vđ
bây giờ: bh bgiờ
bao nhiêu: bnhiu bnhiêu
nhiêu: nhiu
như thế nào: ntn
thế nào: tnào
như vậy: nvậy
tại sao: tsao
tại vì: tvì
làm gì: lgì
cái gì: cgì
không biết: kbiết hkbiết kbt
thích: thik thjk
với: vs zới dzới
vậy: zậy zị dzậy vại
vào: dô zô zào
vui: zui dzui
về: zề dzề dìa zìa
rồi: rùi ròi rầu òi roài gòi rồii
á: ák áh
ạ: ạk ạh
nè: nek nèk
cũng: cx cg cũg cũn
cùng: cùg
những: nhg nhữg nhưg
nhưng: nhm nhma nma
nhiều: nhìu nhìêu
trước: trc trướt
nước: nc nướt
đang: đag đg
trong: trg trog
không có: kcó
không phải: kphải
phải: fải phãi phảj pải
thôi: thoy thui thôy
luôn: lun lunn luônn
muốn: mún mõn
chuyện: chiện
quá: wá qá qúa
yêu: iu iêu
hiểu: hỉu
gì: gj rì
giờ: giừ jờ
làm: lm
nói: ns
mình: mk
tôi: tui tôy
chồng: ck
vợ: vk
em: iem
thì: thỳ thj
mà: mak
của: kủa cũa
đi: đy
nữa: nx
nhau: nhao
nhé: nhá nhoa
chưa: chx
trời: chời trùi
ơi: ơy ui
lắm: lém
đánh: oánh
xin: xjn
hôm: hum
hôm nay: hnay
hôm qua: hqua
tháng: thg thág
tất cả: tcả
tự nhiên: tnhiên
xã hội: xhội
kinh tế: ktế
pháp luật: pluật
mạng xã hội: mxh
triệu: chiệu
lương: lươg
"""
_ALONE = """
không: k
rồi: r
vậy: z
gì: j
giờ: h
tôi: t
"""

_CAPITALS = """
công an: CA
bảo hiểm: BH
người lao động: NLĐ
lao động: LĐ
nhà nước: NN
Việt Nam: VN
Trung Quốc: TQ
Liên Hợp Quốc: LHQ
Hội đồng Nhân quyền: HĐNQ
Hội đồng Bảo an: HĐBA
Hiến pháp: HP
Quốc hội: QH
Chính phủ: CP
Thủ tướng: TTg
trung ương: TW TƯ
Bộ Chính trị: BCT
Bộ Công an: BCA
Bộ Ngoại giao: BNG
Bộ Tư pháp: BTP
Bộ Y tế: BYT
nghị định: NĐ
nghị quyết: NQ
nghị định thư: NĐT
học sinh: HS
sinh viên: SV
giáo viên: GV
bệnh viện: BV
luật sư: LS
bác sĩ: BS
doanh nghiệp: DN
công nhân: CN
gia đình: GĐ
Hà Nội: HN
Sài Gòn: SG
"""
# words before and after which "ca" is the police, and words before and after it by which it is something else
_BEFORE = "bị mấy bọn tụi lũ bên đồn trụ sở do được thằng nhờ gọi báo lên"
_AFTER = "xã phường huyện tỉnh quận tp bắt đánh đập hốt gông còng mời triệu đuổi thả đến tới xông đòi ép"
_OTHERWISE = "sĩ khúc nhạc mổ nhiễm mắc dao nô dương đêm ngày sáng chiều tối trực bệnh ngợi tử từ trưởng ra vào khó làm"
_SHIFT = "tăng tang đổi làm xếp chia giao thay kẹt đứng nghỉ hết mỗi trực nhảy"  # folded "đổi" is "đói", "đợi" too
BESIDE_POLICE = (frozenset(_BEFORE.split()), frozenset(_AFTER.split()))
NOT_POLICE = (frozenset(_SHIFT.split()), frozenset(_OTHERWISE.split()))
# words that say "không" before these alone: rice is dried, a plan may be number 0, and a "nỏ" is a crossbow, too
DENIED = {
    "hong": frozenset(["ai", "hề", "thèm", "dám", "biết", "muốn", "chịu"]),
    "0": frozenset(["hề", "thèm", "dám"]),
    "nỏ": frozenset(["được", "cần", "ai", "hề", "biết", "thèm", "dám", "muốn", "chịu"]),
}
_THINGS = "bắn cung cái chiếc cây tên lẫy dùng làm thần súng mang giương"
THINGS = frozenset(_THINGS.split())  # words behind which it is that thing
# and what a short form means behind these words, folded: "đóng bh", "thẻ bh"
BEHIND = {
    "bh": ("bảo hiểm", frozenset(["dong", "mua", "the", "so", "tien", "quy", "nop", "rut", "co", "phi"])),
    "e": ("em", frozenset(["tre", "chi"])),
}
NOT_GOVERNMENT = frozenset(["ty", "cty", "tcty", "đoàn", "hàng"])  # words behind which "CP" is shares, or a name


def _turned(listed: str) -> dict[str, str]:
    rows = (line.split(": ") for line in listed.strip().splitlines())
    return {spelling: meant for meant, spellings in rows for spelling in spellings.split()}


WORDS = _turned(_WORDS)  # spelling in lower case → what it stands for
CAPITALS = _turned(_CAPITALS)  # short forms that are read only in capitals, in a text that isn't
OPENING = {"K": "Không", "k": "không", "t": "tôi", "T": "Tôi"}  # and those that may begin a text
ALONE = _turned(_ALONE)  # single letters, read so only after a word and never after a number
# letters written for others at the beginning of a syllable
ONSETS = (
    ("f", "ph"),
    ("w", "qu"),
    ("j", "gi"),
    ("z", "v"),
    ("z", "d"),
    ("z", "gi"),
    ("dz", "v"),
    ("dz", "d"),
    ("k", "c"),
)
# and at its end: a dropped n or h, a k for ch or c
CODAS = (("g", "ng"), ("k", "c"), ("k", "ch"), ("h", "nh"), ("j", "i"))
