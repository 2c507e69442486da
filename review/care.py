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
    "địt", "đm", "đmm", "đcm", "vcl", "cặc",
)  # fmt: skip
# Typed without diacritics these are other words as often, or more so.
OTHERWISE = {
    "thi thể", "tử thi", "máu me", "vũng máu", "đẫm máu", "đầy máu", "chảy máu", "rỉ máu", "chém", "treo cổ", "tự tử",
    "tự thiêu", "chôn sống", "cắt cổ", "hiếp", "dí điện", "đồ chó", "con chó", "con đĩ", "đồ đĩ", "thằng ngu", "mọi rợ",
    "đụ", "địt", "đm", "cặc",
}  # fmt: skip
_FORMS = (*GRAPHIC, *(bare(one) for one in GRAPHIC if one not in OTHERWISE))
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
