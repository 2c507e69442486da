"""A claim in many spellings is read as one; ordinary writing is left alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.orthography.spaced import cut
from classifier.orthography.spelling import plain, read
from classifier.text import normalise, words
from classifier.text.letters import fold

CLEAN = "Công an xã bắt giữ người dân vì không chịu giao đất"


@pytest.mark.parametrize(
    "noisy",
    [
        "C ô n g   a n   x ã   b ắ t   g i ữ   n g ư ờ i   d â n   v ì   k h ô n g   c h ị u   g i a o   đ ấ t",
        "C.ô.n.g a.n xã b.ắ.t giữ người dân vì không chịu giao đ.ấ.t",
        "C.ô.n.g-a.n xã b.ắ.t giữ người dân vì không chịu giao đ.ấ.t",
        "C/ô/n/g a/n xã bắt giữ người dân vì không chịu giao đất",
        "cô.ng an xã bắ.t gi.ữ người dân vì không chịu giao đất",
        "c o n g a n xa b a t giu nguoi dan vi k h o n g chiu giao dat",
        "C0ng 4n xã b4t giữ ng.ười dân vì không chịu giao đất",
        "Coong an xax bawts giuwx nguwowif daan vif khoong chiuj giao ddaats",
        "công an xã bắt giữ ng dân vì ko chịu giao đất",
        "công an xã bắt jữ ngừi dân vì hok chịu giao đất",
        "C.ông a.n xã bắ;t giữ ng.ười dân vì kh.ông ch!u giao đ4t",
        "CA xã bắt jữ ng dân vì kh chịu giao đất",
        "Công an xã bắt giữ người dânn vì khhông chịu giao đất",
        "👮 xã bắt giữ người dân vì không chịu giao đất 😡",
        "Côngggg an xã bắttt giữ người dân vì khônggg chịu giao đất",
        "😡 Công an xã bắt giữ 👮 người dân vì không chịu giao đất 🔥🔥",
        "Сông аn хã bắt giữ người dân vì kh\u200bông chịu giao đất",
        "CÔNG AN XÃ BẮT GIỮ NGƯỜI DÂN VÌ KHÔNG CHỊU GIAO ĐẤT",
        "Co6ng an xa4 ba81t giu74 nguo7i2 da6n vi2 kho6ng chiu5 giao d9a61t",
        "Công an xa4 bắt giữ ngươ2i dân vi2 không chịu giao đâ1t",
        "Cong an xa bắt giữ nguoi dân vi khong chịu giao dat",
        "#CôngAn xã #bắt_giữ #NgườiDân vì không chịu #giao_đất",
        "Công an xã bắt giữ người dân νì không chịu giao đất",
        "CA xã bắt jữ ng dân vì k chịu giao đất",
    ],
)
def test_many_spellings_read_as_one(noisy: str) -> None:
    assert words(fold(plain(noisy))) == words(fold(plain(CLEAN)))


@pytest.mark.parametrize(("typed", "read"), [
    ("Nghỉ việc rồi mà vẫn đóng bh thì tốt.", "Nghỉ việc rồi mà vẫn đóng bảo hiểm thì tốt."),
    ("Trẻ e thử vjec là đúng lựt.", "Trẻ em thử việc là đúng luật."),
    ("Xưởng nỏ được giữ bằng, cung nỏ được bày.", "Xưởng không được giữ bằng, cung nỏ được bày."),
    ("Mất thẻ bh vẫn đi khám được.", "Mất thẻ bảo hiểm vẫn đi khám được."),
    ("Luật bh lo hết.", "Luật bây giờ lo hết."), ("Tui bh mới biết.", "Tui bây giờ mới biết."),
])  # fmt: skip
def test_a_short_form_is_read_by_the_word_before_it(typed: str, read: str) -> None:
    assert plain(typed).lower() == plain(read).lower()


def test_a_name_in_initials_is_set_apart_only_where_words_are() -> None:
    for typed in ("k ý   C Ô N G   Ư Ớ C   ( C E D A W )", "C E D A W   l à   C ô n g   ư ớ c"):
        assert "cedaw" in words(plain(typed).lower()), typed
    assert "cedaw" not in words(plain("Các mục C E D A W của bảng").lower())


@pytest.mark.parametrize(
    "text",
    [
        "Điều 20 Luật số 45/2019/QH14, mức phạt 1.500.000 đồng/kg, v.v.",
        "TP.HCM, P.Hải Châu, GD-ĐT, anh N.T.H và bà L. ở Hong Kong, Đắk Lắk",
        "Sân bóng có fan của đội Lee, xem show trên visa, Windows, max 4G, 5k, 20h30, A1, B52",
        "Cửa khít, đi khập khiễng, ngồi khóc; ý à, ở ổ.",
        "Ngày 1/2/2024, tỷ số 3-2, đoàn 1 2 3 4 tới.",
        "Bà con xã tôi, huyện nhà và tỉnh này đi 3km2, ở nhà A1, lớp b2.",
        "Bạn Tran Van Tu và Le Minh nói thế.",
        "Tranh khổ A4, lớp 5a1, F0 và F1, mp3, covid19, H5N1, 36tr, tầng B2, xe 4x4, ngài ấy, ổng căm lắm",
        "Bị cáo khai: “Tôi không biết gì.”",
        "Con cóc được nuôi, nỏ bị cấm, thóc hong khô, số 0 được ghi, vua Khải thế kỷ XVIII, ứ đọng",
        "Dùng nỏ phải xin phép. Súng, nỏ phải nộp lại. Thịt cóc có thể gây chết người. Trứng cóc có độc.",
        "Lãi suất 0 cho hộ nghèo. Phương án 0 được chọn. Bệnh nhân 0 được chữa. Ra số 0 ai cũng biết.",
        "Hàng ứ được giải tỏa, nó éo người.",
    ],
)
def test_ordinary_writing_stays(text: str) -> None:
    assert plain(text) == normalise(text)


@pytest.mark.parametrize(
    ("noisy", "meant"),
    [
        ("họ làm đơn t0 cáo", "họ làm đơn tố cáo"),  # the digit took the marks, the neighbours give them back
        ("Quân đ01 chiếm đất", "Quân đội chiếm đất"),
        ("theo qđịnh của bviện", "theo quy định của bệnh viện"),
        ("bị ca phường mời, ca sĩ hát", "bị công an phường mời, ca sĩ hát"),
        ("luật cho tăng ca tới 60 giờ, thấy ca tới nhà", "luật cho tăng ca tới 60 giờ, thấy công an tới nhà"),
        ("HỌ CẤM NGƯỜI DÂN HỘI HỌP. TÔI NGHE VẬY", "Họ cấm người dân hội họp. Tôi nghe vậy"),
        ("bị chặn ở cổng vì đi ♿ một mình", "bị chặn ở cổng vì đi xe lăn một mình"),
        ("ở sân bay ✈️ từ sáng", "ở sân bay từ sáng"),
        ("bị đuổi học là đúng luật ❓❓ Lạ thật❗️", "bị đuổi học là đúng luật ? Lạ thật!"),
        ("tu du 21 tuoi dc ung cu", "tu du 21 tuoi duoc ung cu"),  # no marks beside none
        (
            "Thẻ BHYT, BHXH do NN cấp, theo NĐ 12 của CP",
            "Thẻ bảo hiểm y tế, bảo hiểm xã hội do nhà nước cấp, theo nghị định 12 của Chính phủ",
        ),
        ("CÔNG AN XÃ HÒA SƠN CẤM DÂN VIỆT NAM HỌP", "Công an xã Hòa Sơn cấm dân Việt Nam họp"),
        (
            "Dân hong dám họp, xã 0 thèm trả lời, hong ai hỏi",
            "Dân không dám họp, xã không thèm trả lời, không ai hỏi",
        ),
        ("Dân 0 hề họp, xã khong cho", "Dân không hề họp, xã không cho"),
        ("Dân ở Hòaaaa Sơn kiện, Ởởở đó", "Dân ở Hòa Sơn kiện, Ở đó"),
        ("Dân k🔥hông họp suốt 3🔥6 ngày vì bị👮bắt", "Dân không họp suốt 36 ngày vì bị công an bắt"),
        ("Theo UPR, VN chưa nhận", "Theo UPR, Việt Nam chưa nhận"),
        ("K ai bjt, t bị bắt vjết giấy", "Không ai biết, tôi bị bắt viết giấy"),
    ],
)
def test_a_guess_takes_its_neighbours_along(noisy: str, meant: str) -> None:
    assert plain(noisy) == meant


@pytest.mark.parametrize("said", [
    "Ở chu kỳ thứ tư, xã họp.", "Ở chu kỳ bốn, xã họp.", "Ở chu kỳ 4, xã họp.", "Ở chu kỳ iv, xã họp.",
])  # fmt: skip
def test_a_round_is_told_as_records_write_it(said: str) -> None:
    assert plain(said) == "Ở chu kỳ IV, xã họp."
    assert plain(fold(said)) == "o chu ky IV, xa hop."
    found = read(said)
    at = found.text.index("IV")
    assert said[slice(*found.original_span(at, at + 2))] in ("thứ tư", "bốn", "4", "iv")


def test_how_long_and_how_many_rounds_are_is_no_round() -> None:
    assert plain("Chu kỳ đầu tiên của UPR và chu kỳ UPR thứ hai") == "Chu kỳ I của UPR và chu kỳ UPR II"
    assert plain("Ở chu kỳ 3 năm 2019") == "Ở chu kỳ III năm 2019"
    for said in ("Chu kỳ hai năm một lần", "Chu kỳ 28 ngày", "Chu kỳ 4,5 năm", "Hai chu kỳ đầu tiên", "Chu kỳ 3 và 4"):
        assert plain(said) == said
        assert plain(fold(said)) == fold(said)


def test_hashtags_become_words_and_mentions_go() -> None:
    assert fold(plain("#NhanQuyen #tudo_ngonluan @ai_do hỏi")) == "nhan quyen tu do ngon luan hoi"


def test_letters_without_gaps_are_cut_into_syllables() -> None:
    assert cut("nhanquyen") == ["nhan", "quyen"]
    assert cut("xzwq") == []


def test_a_guess_leads_back_to_the_original() -> None:
    original = "Dân b.ị ko cho đi"
    found = read(original)
    at = found.text.index("không")
    start, end = found.original_span(at, at + 5)
    assert original[start:end] == "ko"
    at = found.text.index("bị")
    start, end = found.original_span(at, at + 2)
    assert original[start:end] == "b.ị"


@settings(deadline=None, max_examples=200)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["a", "ô", ".", " ", "n", "#", "@", "4", "ko", "/", "Ж", "\ud800"])).map("".join)
)
def test_any_string_is_read_and_led_back(text: str) -> None:
    found = read(text)
    assert found.text == plain(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))


def test_long_odd_runs_end() -> None:
    for unit in ("a ", "a.", "4a", "#a", "@a ", "k ", "ô/", "aaaa", "n h à "):
        plain(unit * 20_000)


def test_a_picture_beside_letters_without_end_costs_what_they_cost() -> None:
    plain("👮 xã")  # what is loaded once
    begun = time.process_time()
    plain("😀 " + "ngày" * 10_000)
    assert time.process_time() - begun < 5  # which took the square of their number, a minute


@pytest.mark.parametrize("line", ["_" * 13, "***", "- - - -"])
def test_a_ruled_line_is_read_as_it_stands(line):
    assert line in plain(f"Họ nói thế. {line} Rồi thôi.")


@pytest.mark.parametrize("said", ["Gạo hong được hai nắng", "Thóc hong phải khô", "Phương án 0 được chọn"])
def test_what_may_be_another_word_denies_nothing(said: str) -> None:
    assert "không" not in plain(said)


@pytest.mark.parametrize(("text", "meant"), [
    ("Trẻ dưới 16t, người đủ 13T.", "Trẻ dưới 16 tuổi, người đủ 13 tuổi."),
    ("Đủ 18t chứ đâu phải 15t.", "Đủ 18 tuổi chứ đâu phải 15 tuổi."),
    ("tre duoi 16t di lam", "tre duoi 16 tuoi di lam"),
    ("Bé đủ 15t, con dưới 30t, trẻ 20t.", "Bé đủ 15t, con dưới 30t, trẻ 20t."),  # months
    ("Phạt từ 20t, xe trên 15t.", "Phạt từ 20t, xe trên 15t."),
    ("Nghỉ 6t, đóng đủ 36t, lương 15t, phòng 14t.", "Nghỉ 6t, đóng đủ 36t, lương 15t, phòng 14t."),
])  # fmt: skip
def test_a_t_behind_what_is_likely_an_age_is_of_years(text: str, meant: str) -> None:
    assert plain(text) == meant
