"""What a writer sets against what he takes back in one sentence: "Nhiều người tưởng X, nhưng luật cho Y" says Y.

The frame takes back what stands before the "nhưng" alone. Whoever hands on hearsay or tells of a fraud may still be
telling it behind a mere "nhưng", so there he must say that it is how things really are.
"""

from classifier.factuality.attribution import LEFT
from classifier.factuality.denials import takes_back
from classifier.orthography.spelling import plain, read
from classifier.text.patterns import MARK, either

WITHIN = 240  # characters in which what is taken back ends
READ = 2_000  # characters of a sentence that are read
_LAW = r"(?:(?:bộ )?luật(?! sư)|hiến pháp|nghị định|thông tư|quy định|pháp luật)"
_SO = (
    r"(?:thật ra|thực ra|đúng ra|kỳ thực|(?:trên )?thực tế|sự thật|thật sự|thực sự|theo (?:đúng )?"
    rf"{_LAW}(?: (?:hiện hành|mới|nay|lao động|hình sự|việt nam)){{0,2}}"
    rf"|{_LAW}(?= (?:thì|cho|cấm|buộc|bắt|quy định|ghi|nói)\b))(?:,? (?:thì|là|lại)){{0,2}},?"
)
_BELIEVED = (
    r"(?:(?:\w+ ){1,5}?(?<!tư )(?<!lý )(?<!tin )(?<!ý )(?<!ảo )(?<!mộng )(?<!hoang )(?<!không )(?<!đừng )"
    r"(?:tưởng(?! niệm| nhớ| thưởng| tượng)|ngỡ|đinh ninh|nghĩ(?! về| tới| đến| cách| ra)|hiểu (?:lầm|nhầm|sai)"
    r"|(?:nói|viết|ghi|bảo) sai)(?: (?:rằng|là))?"
    r"|(?:không|chẳng|làm gì|đâu)(?: hề)? có chuyện)"
)
_PASSED_ON = (
    r"(?:(?:\w+ ){0,5}?(?:đồn|(?:xuyên tạc|bịa|bịa đặt|lừa|vu khống|tung tin|tin đồn)(?: \w+){0,4}? (?:rằng|là)"
    r"|(?:bọn|kẻ|tụi|đám) lừa(?: đảo)? (?:nói|bảo|dọa|hứa)))"
)
_BUT = r"(?:nhưng|song|chứ|còn|mà)(?: mà)?"
# what is taken back, and in the group that ends it what is set against it
INSTEAD = either(
    rf"{MARK}(?:{_BELIEVED} [^.;:!?]{{8,200}}?(?:,? {_BUT} {_SO}|, (?:nhưng|song|chứ)(?: mà)?)"
    rf"|{_PASSED_ON} [^.;:!?]{{8,200}}?,? {_BUT} {_SO}"
    r"|(?:không|đâu|chẳng) phải (?!ai|cứ|hễ|lúc|tự|chỉ|vì|do|tại|nước|đâu|bây|mỗi|riêng)[^.;:!?,]{8,120}, mà(?: là)?) "
)
# what says of the same thing that it isn't so, and no more
BACK = either(
    r"[^\w]*(?:(?:nó|đó|đấy|vậy|thế|điều|chuyện|cái|(?:bộ )?luật|hiến pháp|quy định) )?"
    r"(?:không|chẳng|chả|đâu|chưa|làm gì)(?: \w+){0,6}"
    r" (?:vậy|thế|như vậy|như thế|đâu)[^\w]*$"
)


def instead(sentence: str) -> int:
    """Where in a sentence what its writer sets against what he takes back begins; 0 where he takes back nothing so, or
    what is left says little, or that it isn't so."""
    sentence = sentence[:READ]
    said = plain(sentence)
    found = INSTEAD.match(said, 0, WITHIN)
    left = said[found.end() :] if found else ""
    if not found or len(left.split()) <= LEFT or takes_back(left) or BACK.match(left):
        return 0
    return read(sentence).original_span(found.end(), len(said))[0]
