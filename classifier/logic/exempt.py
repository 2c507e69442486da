"""What has a rule of its own, so that one on the others says nothing of it: a private school beside public ones."""

from classifier.text.patterns import either, of

# what has a rule of its own, and whom or what a passage is of that speaks of the others alone
OWN_RULE = (
    (
        either(r"\btrợ cấp thất nghiệp\b|\bthất nghiệp\b.*\b(?:trợ cấp|\d+ tháng)\b"),
        either(r"\btrợ cấp thôi việc\b"),
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
    (  # what another state does with ours
        either(
            r"\b(?:mỹ|hoa kỳ|hàn quốc|nhật(?: bản)?|đài loan|úc|đức|trung quốc|campuchia|thái lan|malaysia|singapore"
            r"|canada|nước (?:khác|ngoài|sở tại))\b[^,.;]*\btrục xuất\b"
        ),
        either(r"\bkhông được trục xuất\b"),
    ),
    (either(r"\bkhiếu nại\b.*\bkỷ luật\b|\bkỷ luật\b.*\bkhiếu nại\b"), either(r"\bkhiếu nại hành chính\b")),
)


def has_its_own(claim: str, rule: str) -> bool:
    """Whether a claim speaks of what has a rule of its own, and a rule of the others alone: "trường tư" beside one on
    "trường công"."""
    return any(
        of(mine, claim).search(claim)
        and not of(theirs, claim).search(claim)
        and of(theirs, rule).search(rule)
        and not of(mine, rule).search(rule)
        for mine, theirs in OWN_RULE
    )
