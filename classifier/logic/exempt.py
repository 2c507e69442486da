"""What has a rule of its own, so that one on the others says nothing of it: a private school beside public ones."""

import re

from classifier.logic.places import LANDS
from classifier.text.letters import WORD, fold
from classifier.text.patterns import Either, either

JOINING = frozenset({"la", "con", "thi", "va", "ma", "cho", "thoi", "hieu", "han"})  # between clauses
PARTS = re.compile(r"[,;:.]\s")
# what has a rule of its own, and whom or what a passage is of that speaks of the others alone
OWN_RULE = (
    (
        either(r"\btrợ cấp thất nghiệp\b|\bthất nghiệp\b.*\b(?:trợ cấp|\d+ tháng)\b"),
        either(r"\btrợ cấp thôi việc\b"),
    ),
    (either(r"\b(?:đại học|cao đẳng)\b"), either(r"\btiểu học\b")),
    (
        either(
            r"\bđóng\b[^.;]*\b\d+ tháng\b[^.;]*\b\d+ tháng\b|\bđóng (?:bảo hiểm |bh)?thất nghiệp (?:được )?\d+ tháng\b"
        ),
        either(r"\bphải nộp hồ sơ\b"),
    ),
    (either(r"\blương hưu\b|\bđóng\b[^.;]*\b\d+ năm\b"), either(r"\b(?:con|bản thân) ốm\b")),
    (
        either(
            r"\btrường (?:tư(?! (?:vấn|pháp|tưởng|cách|liệu|nhân))|dân lập|ngoài công lập|quốc tế)\b",
            r"\btruong (?:tu thuc|dan lap|ngoai cong lap|quoc te)\b",  # "trường từ"
        ),
        either(r"\btrường công\b"),
    ),
    (either(r"\bkhiếu nại\b.*\blần (?:thứ )?(?:hai|2)\b"), either(r"\bkhiếu nại\b.*\blần đầu\b")),
    (
        either(
            r"\b(?:quốc tế|thế giới) (?:về |vì |của )?(?:những )?người khuyết tật\b|\bkhuyết tật (?:quốc tế|thế giới)\b"
        ),
        either(r"\bngày người khuyết tật việt nam\b"),
    ),
    (
        either(r"\b(?:việt nam|nước (?:ta|mình))\b|\b(?:chưa|không) (?:tham gia|gia nhập|phê chuẩn|ký)\b"),
        either(r"\bở các nước đã tham gia\b"),
    ),
    (either(r"\b(?:chủ tịch|cán bộ|lãnh đạo|ban chấp hành) công đoàn\b"), either(r"\b(?:vào|gia nhập) công đoàn\b")),
    (  # who works here, and who goes abroad for it
        either(
            r"^(?!.*\b(?:nước ngoài|nước khác|xuất khẩu|xklđ|xuất cảnh|nước (?:bạn|sở tại)|xứ người)\b)"
            r"(?!.*\b(?:(?:đi|sang|qua)(?: (?:làm(?: việc| thợ)?|lao động))?(?: (?:ở|bên|tại))?|ở|bên|tại)"
            rf" (?:ả rập|{LANDS})\b)"
            r".*\bhợp đồng lao động\b"
        ),
        either(r"^người lao động đi làm việc ở nước ngoài\b"),
    ),
    (  # what another state does with ours
        either(
            r"\b(?:mỹ|hoa kỳ|hàn quốc|nhật(?: bản)?|đài loan|úc|đức|trung quốc|campuchia|thái lan|malaysia|singapore"
            r"|canada|nước (?:khác|ngoài|sở tại))\b[^,.;]*\btrục xuất\b"
        ),
        either(r"\bkhông được trục xuất\b"),
    ),
    (  # other stages of a case than its inquiry, and the inquiry than who is held for it
        either(r"\b(?:để|giai đoạn|thời hạn) (?:truy tố|xét xử)\b|\bchuẩn bị xét xử\b"),
        either(r"\bgiam để điều tra\b"),
    ),
    (either(r"\bthời hạn điều tra\b"), either(r"\bgiam để điều tra\b")),
    (either(r"\b(?:con nuôi|nhận nuôi)\b"), either(r"\bsẩy thai\b")),
    (either(r"\bkhai tử\b"), either(r"\bkhai sinh\b")),
    (either(r"\b(?:không(?: hề)? bị (?:tạm )?giam|án treo)\b.*\b\d+ ngày lương\b"), either(r"\bmỗi ngày bị bắt\b")),
    (  # what is paid in, and what is paid out
        either(r"^(?!.*\b(?:trả|hưởng|thanh toán|lo|chi|viện phí|bệnh)\b).*\bđóng\b.*\d ?(?:%|phần trăm\b)"),
        either(r"\bbảo hiểm y tế trả\b|\bcùng chi trả\b"),
    ),
    (
        either(
            r"\bhọc sinh (?:của |ở )?trường khác\b"
            r"|\bdạy thêm (?:ở )?trong (?:nhà )?trường\b.*\bkhông (?:được )?(?:phép )?thu\b"
        ),
        either(r"\b(?:học sinh|lớp) (?:của )?mình\b|\bngoài trường\b"),
    ),
    (  # not "giải thể một phòng"
        either(
            r"\b(?:công ty|doanh nghiệp|cơ sở)(?: đã| bị)? (?:giải thể|phá sản)\b"
            r"(?! (?:một|vài|phòng|bộ phận|chi nhánh|đội|tổ))"
        ),
        either(r"\bvì (?:kết hôn|mang thai)\b"),
    ),
    (either(r"\b(?:tạm giam|tạm giữ|án tù|bị kết án|tước quyền)\b.*\bứng cử\b"), either(r"\btuổi\b.*\bứng cử\b")),
    (either(r"\bbảo hiểm(?: xã hội)? tự nguyện\b"), either(r"\bcông ty phải chốt sổ\b")),
    (  # who has no insurance
        either(r"\b(?:không|chưa|chẳng)(?: hề)? (?:đóng|tham gia|có) (?:bảo hiểm|bhxh)\b"),
        either(r"\bnghỉ việc đi khám thai\b"),
    ),
    (either(r"\bmỗi lần\b[^.;]*\bngày\b"), either(r"\brút bảo hiểm xã hội một lần\b")),
    (
        either(
            r"\bbị hại\b[^.;]*\bkháng cáo\b[^.;]*\btăng\b"
            r"|\btăng (?:án|nặng|mức án)\b[^.;]*\bbị hại (?:\w+ ){0,2}kháng cáo\b"
        ),
        either(r"\bchỉ có bị cáo kháng cáo\b"),
    ),
    (either(r"\b1[567] (?:tuổi )?(?:đến|tới)\b|\b1[67] tuổi\b"), either(r"\b(?:chưa đủ|dưới) 15 tuổi\b")),
    (either(r"\bkhiếu nại (?:\w+ )?quyết định hành chính\b"), either(r"\bkỷ luật\b")),
    (  # who may buy, and who comes first among those
        either(r"\b(?:có|sở hữu) (?:nhà|căn hộ)(?: riêng)? (?:rồi|thì|mà)\b|\b(?:đã|đang) có nhà\b(?! (?:hai|ba|\d))"),
        either(r"\bcó hai, ba con\b"),
    ),
    (either(r"\b(?:mẹ|phụ nữ|lao động nữ) (?:đơn thân|không chồng)\b"), either(r"^chồng\b")),
    (either(r"\bkhiếu nại\b.*\bkỷ luật\b|\bkỷ luật\b.*\bkhiếu nại\b"), either(r"\bkhiếu nại hành chính\b")),
)


def has_its_own(claim: str, rule: str) -> bool:
    """Whether a claim, or a clause of it, speaks of what has a rule of its own, and a rule of the others alone: "trường
    tư" beside one on "trường công"; what else the claim says of the others must then stand in the rule."""
    return any(
        theirs.search(rule)
        and not mine.search(rule)
        and any(mine.search(part) for part in (claim, *PARTS.split(claim)))
        and (not theirs.search(claim) or _rest_stands(claim, rule, mine, theirs))
        for mine, theirs in OWN_RULE
    )


def _rest_stands(claim: str, rule: str, mine: Either, theirs: Either) -> bool:
    """Whether a claim tells in clauses of their own of what has a rule of its own and of the others, and of these no
    word that the rule hasn't: "khai sinh trong 60 ngày, khai tử trong 15 ngày"."""
    parts = [part for part in PARTS.split(claim) if part.strip()]
    others = [part for part in parts if not mine.search(part)]
    apart = len(others) < len(parts) and not any(mine.search(part) and theirs.search(part) for part in parts)
    said, told = (set(WORD.findall(fold(text))) for text in (" ".join(others), rule))
    return bool(apart and others) and said - JOINING <= told
