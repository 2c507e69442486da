"""Pictures in a text: a few that stand for a word nobody wrote, and the rest, which say how somebody felt."""

import re

from classifier.text import Edit
from classifier.text.letters import fold, is_syllable
from classifier.text.reading import goes_on

NEAR = 36  # characters on either side in which the word a picture stands for may be written out
_DRAWN = "\U0001f000-\U0001faff\u2600-\u27bf\u2190-\u21ff\u2b00-\u2bff\u20e3\u203c\u2049\U0001f1e6-\U0001f1ff"
_PICTURE = re.compile(f"[{_DRAWN}]+")
_PARTED = re.compile(rf"(?<![^\W_])[^\W_]+(?:[{_DRAWN}]+[^\W_]+)+")
_MARKS = (("❓❔⁉", "?"), ("❗❕‼", "!"))  # drawn for the marks they show
# the picture, the word it stands for, and words beside which it only decorates
_LISTED = """
👮 công an: công an, cảnh sát, csgt, đồn
🚓 xe cảnh sát: công an, cảnh sát, csgt, xe
⚖ tòa án: tòa, luật, xử, công lý, kiện
⛓ xiềng xích: tù, giam, bắt, nhốt, xích, còng
🏥 bệnh viện: viện, khám, chữa, y tế, trạm
🏫 trường học: trường, lớp, học
🏭 nhà máy: xưởng, công ty, khu công nghiệp, nhà máy
♿ xe lăn: khuyết tật, lăn, tàn tật
🐟 cá: cá, biển, tôm
✈ máy bay: bay, sân bay, chuyến
🚗 ô tô: xe, ô tô
🚌 xe buýt: xe
🗳 bầu cử: bầu, phiếu, cử tri, ứng cử
⛪ nhà thờ: chúa, giáo, đạo, nhà thờ
👶 trẻ em: trẻ, bé, con, em, cháu
🤰 phụ nữ mang thai: thai, bầu, sinh, đẻ
👩 phụ nữ: phụ nữ, chị, cô, bà, gái, vợ, mẹ, nữ
👵 cụ bà: bà, cụ, già, tuổi
👴 cụ ông: ông, cụ, già, tuổi
👷 công nhân: công nhân, lao động, thợ
🌾 ruộng lúa: ruộng, lúa, đất, nông
🏠 nhà: nhà, căn, hộ
💧 nước: nước, sông, mưa
💉 tiêm: tiêm, vắc, vaccine, chích, thuốc
💊 thuốc: thuốc, bệnh
🔫 súng: súng, bắn
📰 báo chí: báo, tin, bài
💰 tiền: tiền, lương, triệu, tỷ, đồng, thưởng, phạt
💵 tiền: tiền, lương, triệu, tỷ, đồng, thưởng, phạt
🐄 bò: bò, trâu
🐷 lợn: lợn, heo
"""
_MEANT = {
    row[0]: (row[2:].split(": ")[0], tuple(fold(word) for word in row.split(": ")[1].split(", ")))
    for row in _LISTED.strip().splitlines()
}
_WORD = re.compile(r"\w+")
_HINT = re.compile("[" + "".join(_MEANT) + "]")


def edits(said: str) -> list[Edit]:
    """Pictures become blanks, the mark they show, or the word they stand for where none beside them says it."""
    if said.isascii() or not _PICTURE.search(said):  # dearer to look for between letters
        return []
    inside = {at for run in _PARTED.finditer(said) if _is_one(run.group()) for at in range(*run.span())}
    found = _PICTURE.finditer(said)
    return [(match.start(), match.end(), "" if match.start() in inside else _read(said, match)) for match in found]


def _is_one(parted: str) -> bool:
    """Whether letters that pictures part are one syllable, or figures one number."""
    joined = _PICTURE.sub("", parted)
    return joined.isdecimal() or is_syllable(joined)


def _read(said: str, match: re.Match[str]) -> str:
    for drawn, mark in _MARKS:
        if any(one in drawn for one in match.group()):
            return " " if mark == "!" and goes_on(said, match.end()) else mark
    found = _HINT.search(match.group())
    if not found or not _takes_a_place(said, match):
        return " "
    word, beside = _MEANT[found.group()]
    around = fold(said[max(0, match.start() - NEAR) : match.end() + NEAR])
    near = f" {' '.join(_WORD.findall(around))} "
    return " " if any(f" {one} " in near for one in (*beside, fold(word))) else f" {word} "


def _takes_a_place(said: str, match: re.Match[str]) -> bool:
    """Whether words go on after a picture as if it were one: in the same sentence, in small letters."""
    after = said[match.end() : match.end() + 3].lstrip()[:1]
    return after.isalpha() and after.islower()
