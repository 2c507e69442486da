"""One reading of Vietnamese: encodings, look-alikes, tone places, hostile runs, the way back to the original."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from classifier.orthography.spelling import plain, read
from classifier.text import align, fold, normalise, sentences, tokenize, words
from classifier.text.reading import HEAP, composed, heaps, is_usual, plain_letters, replaced, scripts
from classifier.text.redact import redact

SAID = "Toà án huyện Vĩnh Tuy xử kín vụ án, luật sư Hà Thuý không được vào."
HOSTILE = [
    "http://" + "." * 60,
    "1http://" + "." * 60,
    "báo.vn/" + "." * 60,
    "a.com/" + "!?" * 400,
    '"' * 3000,
    "?!;," * 800,
    "a." * 1500,
    "1." * 1500,
    "(" * 2000 + ")" * 2000,
    "x" * 5000,
    "H'" * 1000,
    "a-" * 1500,
    "a@" * 1500,
]


LETTERS = "aoeđ x\u0300\u0301\u0302\u0323\u031b\u0344\u0591\u05b0\u1100\u1161\u11a8\u212a\u3099か"
IN_PARTS = "\u0cc6\u0cc2\u0cd5\u0f40\u0f73\u0f75\u0f80"


@settings(max_examples=400)
@given(st.text(LETTERS + IN_PARTS, max_size=30))
def test_letters_are_composed_one_by_one_where_they_stand_apart(text: str) -> None:
    edits = composed(text)
    assert replaced(text, edits) == unicodedata.normalize("NFC", text)
    for start, end, new in edits:  # a letter with all its marks and parts, and nothing that stays as it was
        assert not any(map(unicodedata.combining, text[end : end + 1]))
        assert sum(not unicodedata.combining(sign) for sign in new) <= 1
        assert new == unicodedata.normalize("NFC", text[start:end]) != text[start:end]


def test_composed_and_decomposed_letters_read_the_same() -> None:
    assert normalise(unicodedata.normalize("NFD", SAID)) == normalise(SAID)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hoà thuỷ khoẻ Toà TOÀ", "hòa thủy khỏe Tòa TÒA"),
        ("toán quý giá quả gió thuyền", "toán quý giá quả gió thuyền"),
        ("baì vịêc hòan", "bài việc hoàn"),
        ("đơn kiệ\u200bn", "đơn kiện"),
        ("Вộ Сông аn", "Bộ Công an"),
        ("Ԍiáo dục", "Giáo dục"),
        ("𝐂𝐨̂𝐧𝐠 𝐚𝐧 ｘã", "Công an xã"),
        ("🅲ô🅽🅶 🅐🅝 ˣᵃ̃ ᴋÝ\u28001⃣", "CôNG AN xã kÝ 1⃣"),
        ("ông Ða\u00a0nói\r\n\r\nrồi\x00đi", "ông Đa nói\nrồi đi"),
        ("xem https://vi.example.com/a?b=1 đi", "xem đi"),
        ("Москва là thủ đô", "Москва là thủ đô"),
        ("\ud800", "\ufffd"),
        (" \u200b \t", ""),
        ("k̶ý̶ ̶C̲E̲D̲A̲W̲ 1̸5̸ t\u20ddu\u20ddổ\u20ddi", "ký CEDAW 15 tuổi"),
        ("e\u0336\u0302\u0336\u0323\u0336 cấ\u0330\u0316\u031d\u0304m a\u030d\u0301\u0e47 1\u0301", "ệ cấm a 1"),
        ("Na̶m N\u0336а\u0336m 15 ≠ 16, 15 =\u0338 16", "Nam Nam 15 ≠ 16, 15 ≠ 16"),
    ],
)
def test_spellings_that_mean_the_same_become_one(written: str, read: str) -> None:
    assert normalise(written) == read


@pytest.mark.parametrize("text", [
    "Êđê: ê̆ ô̆ ơ̆ ư̆ Čư̆ M’gar", "Zürich Ångström Dvořák Čapek Łódź", "Київ о́кна ᾧ", "ɔ́ɛ̀", "וְעַתָּה שָׁלוֹם", "مُحَمَّد رَسُول",
    "ภาษาไทย ที่นี่", "नमस्ते हिन्दी", "か\u3099", "1\u20e3 ❤",
])  # fmt: skip
def test_marks_that_are_part_of_a_word_stay(text: str) -> None:
    for typed in (text, unicodedata.normalize("NFD", text)):
        assert normalise(typed) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8] for text in HOSTILE])
def test_hostile_runs_give_the_stock_tokens_of_the_normalised_text(text: str) -> None:
    from underthesea import word_tokenize

    assert tokenize(text) == word_tokenize(normalise(text))


def test_of_a_run_without_end_only_the_beginning_is_read() -> None:
    assert tokenize("Trời ơi" + "!" * 1_000_000) == ["Trời", "ơi", *"!!!!!!!!"]
    assert len(normalise("x" * 1_000_000)) < 5_000
    assert len(normalise("bánh mì " * 100_000)) == 799_999


@pytest.mark.parametrize(
    "text",
    [
        "Ông A.\u200b \u200b", "xem https://a.vn/x", "Gặp bà B. https://a.vn/x", "VN.\u00a0", "\u200b",
        "TP. http://a.vn", "VN.\u200b", "www. ", "Về TP．",
        "a\x00b. c\x00", "Вộ Сông аn hoà", "!!!!!!!!!!!! VN.\n\n", "x" * 600 + " y.", "e\u0302 \u0301a.",
        "VN. \u2028 x",
    ],
)  # fmt: skip
def test_tokens_are_the_stock_ones_of_the_whole_normalised_text(text: str) -> None:
    from underthesea import word_tokenize

    assert tokenize(text) == word_tokenize(normalise(text))


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [*"aĐA.,-:!0оЖ", "hoà", "http:", "www.", "/", ".com", " ", " ", "\n", "\u200b", "\u0301", "\x00"]
        )
    )
)
def test_tokens_of_odd_strings_are_the_stock_ones(parts: list[str]) -> None:
    from underthesea import word_tokenize

    text = "".join(parts)
    assume(not re.search("(?:^|[^a-zA-ZĐоЖà])\u0301", text))  # a mark on no letter is a token of its own here
    assert tokenize(text) == word_tokenize(normalise(text))


ANY = st.text(st.characters(), max_size=80)
NASTY_PARTS = ["http:", "/", "a.com", ".", "oà", "о", "\u0301", "\u200b", "ж", " ", "\n", "x" * 200]
NASTY = st.lists(st.sampled_from(NASTY_PARTS))


@settings(deadline=None, max_examples=200)
@given(st.one_of(ANY, NASTY.map("".join)))
@example("\ud800\x00")
@example("x" * 100 + "a.com/")
@example("x" * 1000 + "a.com/")
@example("a." * 200 + "com/")
@example("a" + "\u0f73" * 20)
@example("a" + "\u0344" * 20)
def test_normalising_twice_changes_nothing_and_any_string_is_accepted(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert all(token for token in tokenize(once))


@settings(deadline=None, max_examples=200)
@given(st.one_of(ANY, NASTY.map("".join)))
def test_alignment_reads_the_same_and_never_runs_backwards(text: str) -> None:
    read = align(text)
    assert read.text == normalise(text)
    assert len(read.starts) == len(read.ends) == len(read.text)
    assert all(0 <= start <= end <= len(text) for start, end in zip(read.starts, read.ends, strict=True))
    assert list(read.starts) == sorted(read.starts)


def test_the_first_stages_leave_a_usual_text_as_it_is() -> None:
    usual = [letter for letter in map(chr, range(0x2100)) if is_usual(letter)]
    assert [is_usual(text) for text in ("Tòa “án” – 15/4…\n", "To\u0300a", "a\u200b")] == [True, False, False]
    assert {"ộ", "Ỹ", "đ", "\n", "~"} <= set(usual)
    for letter in usual:
        text = letter * (HEAP + 2) + "".join(letter + other for other in usual)
        for stage in (plain_letters, heaps, scripts, composed):
            assert replaced(text, stage(text)) == text


@pytest.mark.parametrize("around", ["b{}o", "\u0430{}", "h{}a", "\u043e{}\u0301"])
def test_letters_that_are_another_ones_old_form_are_read_as_that_one_is(around: str) -> None:
    for code in (*range(0x370, 0x530), *range(0x1E00, 0x2000), *range(0x2100, 0x2150)):
        text = around.format(chr(code))
        assert normalise(normalise(text)) == normalise(text) == align(text).text
    assert normalise("b\u1f71o c\u1f79") == "báo có"
    assert normalise("\u212a\u0430 \u212by") == "Ka Åy"


@pytest.mark.parametrize("text", [
    "   công an xã giữ ông ấy ba ngày rồi mới\n\nnhà ông ở gần chợ",
    "công an xã giữ   ông ấy   ba ngày   rồi mới\n\nnhà ông ở gần chợ",
    "bà lụa ở xóm đình đã kiện xã vì mảnh vườn\nmà xã lấy làm chợ rồi không đền cho nhà bà\nbuồn" + " " * 60,
    "nhà bà lụa và\nông tư ở xóm đình kiện xã vì đất\nmà xã lấy làm chợ rồi không đền cho nhà bà\nbuồn",
    "kiện xã vì mảnh vườn ở xóm đình của\nông nội bà lụa\n\nxã chưa trả lời bà lụa một chữ nào cả từ năm ngoái\nbuồn",
    "gồm hoặc\n\n3.5   ) rồi",
])  # fmt: skip
def test_blanks_tell_nothing_of_how_long_a_line_is_nor_do_lines_that_were_joined(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert read(text).text == plain(text)


def test_a_span_leads_back_to_the_original_letters() -> None:
    original = "Nghe  nói: Вộ trưởng ca\u0301 c\u0336ược\u0332 https://a.example.vn/x rồi"
    read = align(original)
    for word, there in [("Bộ", "Вộ"), ("cá", "ca\u0301"), ("cược", "c\u0336ược\u0332"), ("rồi", "rồi")]:
        at = read.text.index(word)
        start, end = read.original_span(at, at + len(word))
        assert original[start:end] == there


@pytest.mark.parametrize("typed", ["\u1112\u1161\u11ab", "\u0cc6\u0cc2\u0cd5", "\u0f40\u0f74\u0f73"])
def test_a_letter_typed_in_parts_moves_no_other_word(typed: str) -> None:
    original = f"Ca si\u0303 {typed} ha\u0301t. Xã Suối Mây cấm chợ."
    read = align(original)
    for word, there in [("sĩ", "si\u0303"), ("hát", "ha\u0301t"), ("Xã Suối", "Xã Suối")]:
        at = read.text.index(word)
        start, end = read.original_span(at, at + len(word))
        assert original[start:end] == there


def test_fold_leaves_bare_letters() -> None:
    said = "Đồng Nai ĐƯỢC Thuỷ e\u0302\u0301 ký\u0336\u20dd 1\u20e3"
    assert fold(said) == "dong nai duoc thuy e ky 1\u20e3"
    assert fold(said * 3) == fold(said) * 3


def test_words_are_lower_case_syllables_and_numbers() -> None:
    assert words("Phạt 1.500.000 đồng, theo Điều 20!") == ["phạt", "1.500.000", "đồng", "theo", "điều", "20"]


def test_sentences_stop_at_full_stops_but_not_after_initials() -> None:
    text = "TP. Hồ Chí Minh họp. Ông V. Nam nói gì?! “Không.” Hết\nMục hai…"
    assert [text[a:b] for a, b in sentences(text)] == [
        "TP. Hồ Chí Minh họp.",
        "Ông V. Nam nói gì?!",
        "“Không.”",
        "Hết",
        "Mục hai…",
    ]


def test_a_sentence_goes_on_in_small_letters_behind_a_quotation_that_ends_one() -> None:
    text = "Tin “Đủ 16 tuổi là được đi.” là tin sai sự thật. Ông nói: “Không.” Rồi về."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Tin “Đủ 16 tuổi là được đi.” là tin sai sự thật.",
        "Ông nói: “Không.”",
        "Rồi về.",
    ]


def test_the_root_logger_keeps_its_handlers() -> None:
    import logging

    before = list(logging.root.handlers)
    tokenize("xin chào")
    assert logging.root.handlers == before


def test_several_threads_may_come_first() -> None:
    import subprocess
    import sys

    code = (
        "from concurrent.futures import ThreadPoolExecutor as P; from classifier.text import tokenize\n"
        "print(len({tuple(t) for t in P(8).map(tokenize, ['Việt Nam có luật']*16)}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=180)
    assert done.stdout.strip() == "1"


@pytest.mark.parametrize("text", [
    "Người ký: " + "_" * 20_000 + "Nguyễn", "_a" * 20_000, "a" + "_-" * 20_000 + "abcdefgh", "." * 200_000 + "x",
    "a." * 50_000 + " https://x.vn/a", "a" + "\u0301\u0323" * 100_000, "a" + "\u0301\u200b\u0323" * 50_000,
    "a" + "\u0f73" * 20_000, "a" + "\u0336" * 200_000, "0\u20dd" * 100_000,
], ids=[
    "to sign on", "underscores", "dashes", "dots", "address", "marks", "marks apart", "vowels", "strokes", "frames",
])  # fmt: skip
def test_a_run_that_could_be_parted_in_many_ways_is_read_at_once(text):
    assert len(plain(text)) <= len(text)
    assert sentences(text)
    assert redact(text).text


def test_no_more_marks_are_read_on_one_letter_than_any_script_has():
    assert len(normalise("\u05d0" + "\u05b0\u05b7" * 500)) == HEAP + 1
    for twice in "\u0344\u0f73\u0f75\u0f81":  # one sign that is two marks
        assert len(normalise("a" + twice * 40)) <= HEAP + 1
    assert normalise(" ".join(["😀" * 60] * 20)) == " ".join(["😀" * 60] * 20)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Trại này cho thăm gặp,\nmỗi tháng 2 lần.", True),
        ("Trại này cho thăm gặp,\r\n2 lần mỗi tháng.", True),
        ("Bà Lụa ở xóm Đình kiện xã vì mảnh vườn của\nông nội bị lấy làm chợ mà nhà bà chưa hề\nđược đền.", True),
        ("bà lụa ở xóm đình đã kiện xã vì mảnh vườn\nxã chưa trả lời", False),
        ("bà lụa ở xóm đình đã kiện xã vì mảnh vườn\n\nxã chưa trả lời bà lụa một chữ nào cả\n\nbuồn", False),
        ("Trại này cho thăm gặp,\n\nmỗi tháng 2 lần.", False),
        ("mong xã sửa lệ\n\ntrẻ em chỉ được nghỉ hè 2 ngày", False),
        ("đừng tin lời đồn\ntrẻ em chỉ được nghỉ hè 2 ngày", False),
        ("trẻ em chỉ được nghỉ hè 2 ngày\n\ncó đúng không", False),
        ("Trẻ em được nghỉ hè 3 tháng\n\n2 tháng là ở quê", False),
        ("2019: 30\n2020: 40", False),
        ("Chúng tôi đòi tự do\nCông an bắt 300 người", False),
        ("nó ở\nCông an xã tìm mãi", False),
        ("Nó tin theo\nCông an xã tìm mãi", False),
        ("Thưa bà Lụa,\nXã phải trả đất.", False),
        ("Gồm các,\na, một", False),
        ("Gồm của và\n1.1. Mục một", False),
        ("Tòa án huyện Vĩnh Tuy xử kín vụ kiện của\nHồ Thị Lụa.", True),
        ("Bà Lụa được thăm con ❗2 lần ❗‼️ mỗi tháng.", True),
        ("Bà Lụa thắng kiện\nXã phải trả đất.", False),
        ("Bà Lụa thắng kiện❗ Xã phải trả đất.", False),
        ("Xã phải trả:\ntiền đất.", False),
        ("Bà Lụa nói “Không.”\nrồi về.", False),
        ("Xã phải trả\na) tiền đất", False),
        ("Xã phải trả\n1. tiền đất", False),
        ("Xem bài viết\nhttps://vi.example.com/a", False),
    ],
)
def test_a_line_end_or_a_drawn_cry_inside_a_sentence_ends_nothing(text: str, whole: bool) -> None:
    spans = sentences(text)
    assert (spans == ((0, len(text)),)) is whole
    assert normalise(normalise(text)) == normalise(text)
    assert (len(sentences(normalise(text))) == 1) is whole or "http" in text
    if whole:
        assert len(sentences(plain(text))) == 1
        assert "\n" not in plain(text)
