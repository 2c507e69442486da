"""Words that turn a statement: negation, quantifiers, modality, degree, direction and everyday opposites."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from classifier.text.syllables import Syllables

GROUPS: dict[str, str] = {
    "negation": (
        "không, chưa, chẳng, chả, đừng, chớ, không hề, chưa từng, chưa hề, không phải, chẳng hề, khỏi, vô, phi, "
        "không còn, không thể, không được, không có"
    ),
    "refusal": (
        "cấm, nghiêm cấm, từ chối, phủ nhận, bác bỏ, phản đối, bác, khước từ, ngừng, dừng, tạm dừng, hủy, hủy bỏ, "
        "hoãn, chấm dứt, bãi bỏ, thu hồi, tránh, thiếu, mất, thất bại, trừ, ngoại trừ, miễn, bỏ"
    ),
    "all": (
        "tất cả, toàn bộ, mọi, toàn thể, mỗi, cả, hết thảy, bất kỳ, bất kể, bất cứ, đều, luôn, luôn luôn, hoàn toàn, "
        "toàn, suốt, trọn"
    ),
    "most": "hầu hết, đa số, phần lớn, đa phần, chủ yếu, hầu như, nhiều, phần đông, thường, thường xuyên, đông đảo",
    "some": "một số, một vài, vài, một phần, mấy, đôi khi, có khi, thỉnh thoảng, ít, hiếm, hiếm khi, thiểu số",
    "only": "chỉ, duy nhất, độc nhất, mỗi một, riêng, chỉ có, chỉ riêng, mới có",
    "also": (
        "cũng, còn, ngoài ra, bên cạnh đó, đồng thời, thêm vào đó, hơn nữa, kể cả, lẫn, cùng với, và cả, không chỉ, "
        "không những, mà còn"
    ),
    "approximate": "khoảng, gần, hơn, xấp xỉ, chừng, ước tính, trên, dưới, ngót, hàng",
    "least": "ít nhất, tối thiểu, từ đủ, trở lên, tối thiểu là",
    "most_bound": "tối đa, không quá, nhiều nhất, trở xuống, cao nhất",
    "best": "nhất, đầu tiên, hàng đầu, đứng đầu, cuối cùng, số một, kỷ lục, chưa từng có, lớn nhất, quan trọng nhất",
    "must": "phải, bắt buộc, buộc, cần, cần phải, nhất thiết, có nghĩa vụ, có trách nhiệm, yêu cầu",
    "may": "có thể, được phép, được, được quyền, có quyền, khả năng, có khả năng, nên, có lẽ, dường như, có vẻ, nghi",
    "will": "sẽ, dự kiến, sắp, kế hoạch, định, dự định, muốn, mong muốn, đề xuất, kiến nghị, đề nghị, hy vọng, kỳ vọng",
    "done": "đã, xong, hoàn thành, rồi, từng, vừa, mới, đã từng",
    "ongoing": "đang, vẫn, vẫn còn, tiếp tục, hiện, hiện nay",
    "certain": "chắc chắn, khẳng định, xác nhận, rõ ràng, chứng minh, quyết định, chính thức, thực sự, cam kết",
    "said": "cho biết, nói, theo, cho rằng, cho hay, chia sẻ, nhận định, tiết lộ, thông báo, báo cáo, đánh giá",
    "because": "vì, do, bởi, bởi vì, nhờ, để, nhằm, do đó, vì vậy, khiến, dẫn đến, gây, gây ra, từ đó",
    "but": "nhưng, tuy nhiên, tuy, dù, mặc dù, song, trong khi, ngược lại, thay vì",
    "if": "nếu, khi, trường hợp, trước khi, sau khi, trong trường hợp, với điều kiện, trừ khi",
}
PAIRS = (
    "tăng/giảm, cao/thấp, hơn/kém, lên/xuống, trước/sau, đầu/cuối, nhiều/ít, lớn/nhỏ, mới/cũ, nhanh/chậm, thắng/thua, "
    "mua/bán, nhập/xuất, trong/ngoài, nam/nữ, sáng/tối, sáng/chiều, dễ/khó, tốt/xấu, mạnh/yếu, giàu/nghèo, đúng/sai, "
    "đóng/mở, vào/ra, dài/ngắn, rộng/hẹp, dày/mỏng, nặng/nhẹ, nóng/lạnh, sống/chết, còn/hết, có/không, được/bị, "
    "cho phép/cấm, đồng ý/từ chối, ủng hộ/phản đối, công khai/bí mật, tự nguyện/bắt buộc, tự nguyện/ép buộc, "
    "hợp pháp/trái phép, hợp pháp/bất hợp pháp, bắt buộc/tùy chọn, cần/không cần, tích cực/tiêu cực, "
    "thành công/thất bại, thuận lợi/khó khăn, an toàn/nguy hiểm, trẻ/già, trên/dưới, bắc/nam, đông/tây, trái/phải, "
    "cha/mẹ, bố/mẹ, anh/em, vợ/chồng, ông/bà, con trai/con gái, thêm/bớt, mở rộng/thu hẹp, bắt đầu/kết thúc, "
    "khởi công/hoàn thành, chính thức/tạm thời, tạm thời/vĩnh viễn, trực tiếp/gián tiếp, trực tiếp/trực tuyến, "
    "trong nước/nước ngoài, nội địa/quốc tế, công lập/tư nhân, công/tư, thiếu/thừa, thiếu/đủ, thiếu/dư, lỗ/lãi, "
    "nợ/có, cho/nhận, gửi/nhận, cho vay/vay, thuê/mua, giữ/bỏ, duy trì/bãi bỏ, bảo vệ/xâm phạm, tôn trọng/vi phạm, "
    "tuân thủ/vi phạm, khẳng định/phủ nhận, thừa nhận/phủ nhận, nhận tội/chối tội, có tội/vô tội, khen/chê, "
    "khen thưởng/kỷ luật, thưởng/phạt, tuyển dụng/sa thải, bổ nhiệm/miễn nhiệm, gia nhập/rút khỏi, ký/hủy, "
    "phê chuẩn/bác bỏ, thông qua/bác bỏ, chấp thuận/từ chối, chấp nhận/từ chối, đình chỉ/khôi phục, bắt/thả, "
    "tạm giam/trả tự do, khởi tố/đình chỉ, tấn công/phòng thủ, chủ động/bị động, đoàn kết/chia rẽ, "
    "bình đẳng/phân biệt, phổ biến/hiếm, thường xuyên/hiếm khi, tất cả/một số, toàn bộ/một phần, đa số/thiểu số, "
    "hầu hết/một số, mọi/một số, tối đa/tối thiểu, ít nhất/nhiều nhất, lớn nhất/nhỏ nhất, cao nhất/thấp nhất, "
    "đầu tiên/cuối cùng, sớm/muộn, sớm/trễ, gần/xa, cùng/khác, giống/khác, chung/riêng, "
    "chính/phụ, tập trung/phân tán, tập thể/cá nhân, người lớn/trẻ em, thành thị/nông thôn, đồng bằng/miền núi, "
    "hiện đại/truyền thống, tự nhiên/nhân tạo, khô/ướt, sạch/bẩn, vui/buồn, yêu/ghét, thích/ghét, hài lòng/thất vọng, "
    "lạc quan/bi quan, tin tưởng/nghi ngờ, ổn định/bất ổn, hòa bình/chiến tranh, bạn/thù, tiến/lùi, đi/về, đến/đi, "
    "nâng/hạ, nâng cao/hạ thấp, cải thiện/xấu đi, hồi phục/suy giảm, tiếp tục/dừng, tiếp tục/ngừng, hoạt động/ngừng, "
    "phát triển/suy thoái, đẩy mạnh/hạn chế, khuyến khích/hạn chế, đẩy nhanh/trì hoãn, tăng cường/giảm, "
    "gia tăng/giảm, tăng/hạ, tăng/sụt, dương/âm, đông/vắng, đắt/rẻ, miễn phí/trả phí"
)

T = TypeVar("T")
Words = tuple[str, ...]
Turned = dict[Words, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cue:
    """A turning word: its group and syllables."""

    group: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opposite:
    """A word of the claim whose opposite stands in the evidence."""

    claim: tuple[int, int]
    evidence: tuple[int, int]


def cues(text: Syllables) -> list[Cue]:
    """Turning words in order, the longest at each place."""
    return [Cue(group, at) for at, group in spot(text, _cue_words())]


def turned(text: Syllables) -> Turned:
    """The first place of each word that has an opposite."""
    places: Turned = {}
    for at, word in spot(text, _opposite_words()[1]):
        places.setdefault(word, at)
    return places


def opposites(said: Turned, other: Turned) -> list[Opposite]:
    """Words of the claim that the evidence hasn't, and whose opposite the evidence has and the claim hasn't."""
    known = _opposite_words()[0]
    found: list[Opposite] = []
    for words, at in said.items():
        if words not in other:
            found.extend(Opposite(at, other[one]) for one in sorted(known[words]) if one in other and one not in said)
    return sorted(found, key=lambda one: (one.claim, one.evidence))


def spot(text: Syllables, lexicon: dict[str, dict[Words, T]]) -> list[tuple[tuple[int, int], T]]:
    """Entries of a lexicon, filed under their first syllable, longest first at each place, none overlapping."""
    found: list[tuple[tuple[int, int], T]] = []
    lower, end, free = text.lower, len(text.lower), 0
    for at, entries in enumerate(map(lexicon.get, lower)):
        if entries is None or at < free:
            continue
        size = next((n for n in range(min(3, end - at), 0, -1) if lower[at : at + n] in entries), 0)
        if size:
            found.append(((at, at + size), entries[lower[at : at + size]]))
            free = at + size
    return found


@lru_cache(maxsize=1)
def _cue_words() -> dict[str, dict[Words, str]]:
    """Every turning word's group; a word named twice belongs to the first."""
    table: dict[Words, str] = {}
    for group, words in GROUPS.items():
        for word in words.split(", "):
            table.setdefault(tuple(word.split()), group)
    return _filed(table)


@lru_cache(maxsize=1)
def _opposite_words() -> tuple[dict[Words, frozenset[Words]], dict[str, dict[Words, Words]]]:
    """Every word's opposites, both ways, and the words filed for spotting."""
    table: dict[Words, set[Words]] = {}
    for pair in PAIRS.split(", "):
        one, two = (tuple(side.split()) for side in pair.split("/"))
        table.setdefault(one, set()).add(two)
        table.setdefault(two, set()).add(one)
    return {word: frozenset(others) for word, others in table.items()}, _filed({word: word for word in table})


def _filed(table: dict[Words, T]) -> dict[str, dict[Words, T]]:
    """Entries under their first syllable."""
    filed: dict[str, dict[Words, T]] = {}
    for words, entry in table.items():
        filed.setdefault(words[0], {})[words] = entry
    return filed
