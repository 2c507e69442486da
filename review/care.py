"""What people may have folded away: passages with words of violence or abuse, told by a short list of our own."""

import re

from pipeline.store.posts import bare, composed
from review.show import CONTROLS

# Whole Vietnamese words and phrases; a bare syllable is left out where it means other things more often.
GRAPHIC = (
    "xác chết", "thi thể", "tử thi", "máu me", "vũng máu", "đẫm máu", "bê bết máu", "đầy máu", "chảy máu", "rỉ máu",
    "chém", "đâm chết", "đánh chết", "đánh hội đồng", "bắn chết", "giết", "sát hại", "hành quyết", "xử bắn", "treo cổ",
    "tự tử", "tự sát", "tự thiêu", "thiêu sống", "chôn sống", "cắt cổ", "chặt đầu", "chặt xác", "cụt tay", "cụt chân",
    "phân xác", "hiếp dâm", "cưỡng hiếp", "hãm hiếp", "hiếp", "xâm hại", "dâm ô", "lạm dụng tình dục", "tra tấn",
    "nhục hình", "bức cung", "đánh đập", "đánh dã man", "dùi cui", "chích điện", "dí điện", "bầm tím", "gãy xương",
    "gãy răng", "tàn sát", "thảm sát", "đồ chó", "con chó", "con đĩ", "đồ đĩ", "thằng ngu", "mọi rợ", "chết đi", "đụ",
    "địt", "đm", "đmm", "đcm", "vcl", "cặc", "lồn", "chó cái", "đồ khốn", "mất dạy", "thắt cổ", "bóp cổ",
    "siết cổ", "cứa cổ", "phanh thây", "mổ bụng", "moi ruột", "lòi ruột", "móc mắt", "xẻo thịt", "lột da", "rạch mặt",
    "đứt lìa", "bầm dập", "thâm tím", "vỡ lá lách", "dập lá lách", "rút móng", "nhổ móng", "roi điện", "gí điện",
    "tra điện", "treo ngược", "trấn nước", "dội nước sôi", "đấm đá", "đổ xăng đốt", "tưới xăng đốt", "tẩm xăng đốt",
    "tạt axit", "tạt a xít", "tạt a-xít", "xác người", "vứt xác", "phi tang xác", "cướp nội tạng", "mổ lấy nội tạng",
    "giao cấu", "ấu dâm", "loạn luân", "sàm sỡ", "cưỡng bức tình dục", "xâm phạm tình dục", "lột quần áo",
    "lột truồng", "lột trần", "uống thuốc trừ sâu",
)  # fmt: skip
_ACT = "(?:đánh(?! giá| bắt| cá| thuế| máy)|đấm|đập|đốt|bắn|đâm|bóp cổ|tra khảo|hành hạ|quất|đạp(?! xe)|dìm|dí điện)"
_PART = "(?:tay|chân|xương|sườn|răng|cổ|mũi|hàm|sọ|đầu|mặt|lách|gan|phổi|thận|môi)"
_ENDS_IN = f"(?:chết(?! tiền)|tử vong|bất tỉnh|ngất|hộc máu|tàn phế|sảy thai|(?:gãy|vỡ|dập|nát)(?: lá)? {_PART})"
# What words together tell, whatever stands between them.
PATTERNS = (
    f"{_ACT} (?:\\w+ ){{0,4}}?(?:đến|tới)(?: nỗi| mức)? {_ENDS_IN}",  # beaten, and whom, till they died
    f"{_ACT} (?:(?!cho |người |vàng )\\w+ ){{0,3}}?{_ENDS_IN}",
    "(?:bắn|đấm|đá|đạp|tát) (?:thẳng )?vào (?:đầu|mặt|ngực|bụng|lưng|người|gáy|vùng kín)",
    "(?:đồ|lũ|bọn|thằng|quân|loài|tụi|bầy|như|không bằng) súc vật(?! nuôi)",
    "(?:lũ|bọn|quân|thằng) chó(?! con)", "(?:đồ|lũ|bọn|thằng|quân) óc chó",
    r"(?-i:[đĐ]\.\s?m)\.?(?: mày)?",  # in capitals they are somebody's initials
)  # fmt: skip
# part by part: a long text is folded by numpy, which no desk loads at its start
_BARE_ENDS = "|".join(map(bare, _ENDS_IN.split("|")))
BARE = f"{bare('(?:đánh|bóp cổ|tra khảo|hành hạ) (?:đến |tới )?')}{_BARE_ENDS}"
# Typed without diacritics these are other words as often, or more so.
OTHERWISE = {
    "thi thể", "tử thi", "máu me", "vũng máu", "đẫm máu", "đầy máu", "chảy máu", "rỉ máu", "chém", "treo cổ", "tự tử",
    "tự thiêu", "chôn sống", "cắt cổ", "hiếp", "dí điện", "đồ chó", "con chó", "con đĩ", "đồ đĩ", "thằng ngu", "mọi rợ",
    "đụ", "địt", "đm", "cặc", "lồn", "chó cái", "đồ khốn", "mất dạy", "thắt cổ", "cứa cổ", "lột da", "lột trần",
    "đấm đá", "roi điện", "gí điện", "tra điện", "giao cấu", "bầm dập", "ấu dâm", "thâm tím",
}  # fmt: skip
_FORMS = (*GRAPHIC, *(bare(one) for one in GRAPHIC if one not in OTHERWISE), *PATTERNS, BARE)
# what a treaty or a law forbids isn't told to be done
_AGAINST = "".join(rf"(?<!{form}\s)" for word in ("chống", "cấm", "ước") for form in (word, bare(word)))
_WORDS = "|".join(_FORMS).replace("tra t", f"{_AGAINST}tra t").replace(" ", r"\s+")  # lines break anywhere
_GRAPHIC = re.compile(rf"(?<!\w)(?:{_WORDS})(?!\w)", re.IGNORECASE)


def folds(choice: object, text: str) -> str:
    """Why a passage is folded for somebody: `all`, `graphic`, or empty when it isn't."""
    if choice == "all":
        return "all"
    if choice != "graphic":
        return ""
    # an odd line end may stand between two words, or inside one
    read = {CONTROLS.sub(lambda m: m[0] if m[0].isspace() else "", text), CONTROLS.sub("", text)}
    return "graphic" if any(_GRAPHIC.search(composed(one)) for one in read) else ""
