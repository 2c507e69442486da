"""What asks claims nothing, however its question is typed."""

import time

import pytest

from classifier.factuality.asking import asked_about, asks, only_asks, stated, unstating, untagged


@pytest.mark.parametrize(("text", "said"), [
    ("Xã Hòn Sỏi đóng trường rồi à?", True),
    ("Xã Hòn Sỏi đóng trường rồi à?!", True),
    ("Xã Hòn Sỏi đóng trường rồi à? :)", True),
    ("Xã Hòn Sỏi đóng trường rồi à ❓", True),
    ('"Xã Hòn Sỏi đóng trường rồi à?".', True),
    ("Xã Hòn Sỏi đóng trường phải không mọi người", True),
    ("xa Hon Soi dong truong phai khong", True),
    ("Có phải xã Hòn Sỏi đã cho đóng hết cả ba ngôi trường tiểu học của bà con không", True),
    ("Co phai xa Hon Soi da cho dong het ca ba ngoi truong tieu hoc cua ba con khong", True),
    ("Xã Hòn Sỏi đã đóng trường chưa ạ", True),
    ("Xa Hon Soi da dong truong chua", False),  # or "chùa"
    ("Nha nuoc da dap pha nha chua", False),
    ("Viet Nam da cam tin do tho Chua", False),
    ("Người dân được hỏi đều nói chưa", False),
    ("Nhiều nước đã phê chuẩn CRC Việt Nam chưa", False),
    ("Việt Nam đã phê chuẩn CRC chưa", True),
    ("Trẻ em Hòn Sỏi được đến trường chưa", True),
    ("Xã Mây đã đóng trường còn xã Hòn Sỏi thì chưa", False),
    ("Xã Mây đã đóng trường, xã Hòn Sỏi chưa", False),
    ("Phải chăng xã Hòn Sỏi đóng trường", True),
    ("Liệu xã Hòn Sỏi có đóng trường", True),
    ("Không lẽ xã Hòn Sỏi đóng trường", True),
    ("Không lẽ lại im, xã Hòn Sỏi đóng trường", False),
    ("Xã Hòn Sỏi đóng trường؟", True),
    ("Xã Hòn Sỏi đóng trường ⸮", True),
    ("Xã Hòn Sỏi đóng trường﹖", True),
    ("Xã Hòn Sỏi đóng trường‽", True),
    ("Xã Hòn Sỏi đóng trường vậy ta", True),
    ("Xã Hòn Sỏi đóng trường luôn hả các bác, mai em nộp hồ sơ", True),
    ("Hả, xã Hòn Sỏi đóng trường, mai em nộp hồ sơ", False),
    ("xa Hon Soi dong truong ha moi nguoi", True),
    ("xa Hon Soi dong truong dung khong", True),
    ("xa Hon Soi dong truong, co dung khong a", True),
    ("Cho em hỏi xã Hòn Sỏi đóng trường phải không ạ.", True),
    ("Trường của chúng ta", False),
    ("Bà Bình họ Hà, các bạn gọi là Hạ", False),
    ("Có phải đóng học phí thì mới được học", False),
    ("Liệu pháp ấy không có ở xã", False),
    ("Liệu trình tiêm chủng đã giết 20 trẻ em", False),
    ("Xã Hòn Sỏi đóng trường.", False),
    ("Xã Hòn Sỏi đóng trường!!! :)", False),
    ('Bà Bình bị mắng vì hỏi "sao lại đóng trường?".', False),
    ("họ bắt người mà lệnh thì không", False),
    ("Xã Hòn Sỏi đóng trường!?!", False),
    ("Xã Hòn Sỏi mở trường cho năm trăm em (?)", False),
    ("", False),
])  # fmt: skip
def test_a_question_is_known_by_its_mark_or_by_its_first_or_last_words(text, said):
    assert asks(text) is said


def test_a_text_asks_when_all_its_sentences_do_and_a_smiley_is_none():
    assert only_asks("Ai đóng trường? Vì sao? :(")
    assert not only_asks("Xã đóng trường. Vì sao? :(")


def test_a_text_of_wishes_is_an_opinion_and_states_what_it_says_beside_them():
    assert unstating("Ước gì xã Hòn Sỏi mở trường. Có ai thấy vậy không?") == "opinion"
    assert unstating("Ai đóng trường? Vì sao?") == "question"
    said = "Ước gì mọi xã đều có trường học cho trẻ em. Xã Hòn Sỏi đóng trường."
    assert unstating(said) == unstating("") == ""
    assert said[slice(*stated(said))] == "Xã Hòn Sỏi đóng trường."


def test_what_a_text_states_is_its_longest_sentence_that_does_not_ask():
    text = "Sáng nay mưa. Xã Hòn Sỏi đóng trường học. Có phải ai cũng biết chuyện trường đóng cửa hay không?"
    assert text[slice(*stated(text))] == "Xã Hòn Sỏi đóng trường học."
    assert stated("Ai? Vì sao?") == (0, 11)
    assert untagged(text) == text  # a question of some length has matter of its own
    assert untagged("Xã Hòn Sỏi đóng trường. Có ai biết không?!") == "Xã Hòn Sỏi đóng trường."


@pytest.mark.parametrize(("text", "about"), [
    ("Xã Hòn Sỏi đóng trường, có đúng không?", "Xã Hòn Sỏi đóng trường"),
    ("Có đúng là xã Hòn Sỏi đóng trường không ạ?", "xã Hòn Sỏi đóng trường"),
    ("Có đúng là xã Hòn Sỏi đóng trường hôn?", "xã Hòn Sỏi đóng trường"),
    ("Xã Hòn Sỏi đóng trường, có thật hơm mọi người?", "Xã Hòn Sỏi đóng trường"),
    ("Ad ơi cho em hỏi: xã Hòn Sỏi đóng trường. Tin này có thật không?", "xã Hòn Sỏi đóng trường."),
    ("Cho hỏi có phải xã Hòn Sỏi\nđóng trường không", "xã Hòn Sỏi\nđóng trường"),
    ("Nghe nói xã Hòn Sỏi đóng trường, có phải là sự thật không?", "xã Hòn Sỏi đóng trường"),
    ("Nghe bảo xã Hòn Sỏi đóng trường, đúng không?", "xã Hòn Sỏi đóng trường"),
    ("Cho em hỏi, em có nghe đồn là xã Hòn Sỏi đóng trường, thật không ạ?", "xã Hòn Sỏi đóng trường"),
    ("Nghe đâu xã Hòn Sỏi đóng trường, đúng không?", "xã Hòn Sỏi đóng trường"),
    ("Nghe bao xa Hon Soi dong truong, dung khong?", "xa Hon Soi dong truong"),
    ("Nghe nói xã đóng, đúng không?", "Nghe nói xã đóng"),
    ("Nghe bảo vệ nói xã Hòn Sỏi đóng trường, đúng không?", "Nghe bảo vệ nói xã Hòn Sỏi đóng trường"),
    ("Xa Hon Soi dong truong, co dung khong a", "Xa Hon Soi dong truong"),
    ("Co phai xa Hon Soi dong truong khong?", "xa Hon Soi dong truong"),
    ("Xã Hòn Sỏi đóng trường hả?", "Xã Hòn Sỏi đóng trường"),
    ("cho em hỏi xã Hòn Sỏi đóng trường thật hả mọi người", "xã Hòn Sỏi đóng trường"),
    ("Xa Hon Soi dong truong ha?", "Xa Hon Soi dong truong"),
    ("Xã Hòn Sỏi đóng trường?", "Xã Hòn Sỏi đóng trường"),
    ("Xã Hòn Sỏi đóng trường, thật hả ad?", "Xã Hòn Sỏi đóng trường"),
    ("Có đúng là nam 18 tuổi được kết hôn?", "Có đúng là nam 18 tuổi được kết hôn"),
    *[(asked, asked) for asked in (
        "Co dung la luong nu thap hon?",
        "Ai cho đóng trường ở xã Hòn Sỏi?", "Trẻ em có được đến trường không?", "Trường này có dùng không?",
        "Nghe nói xã Hòn Sỏi đóng trường.",
        "Có đúng không?", "Tôi không biết có đúng không.", "Xã Hòn Sỏi đóng trường.", "", "Sao lại đóng trường hả?",
        "Xã Hòn Sỏi đóng trường chưa?", "Xã Hòn Sỏi đóng hay mở trường?", "Chết rồi. Xã Hòn Sỏi đóng trường hả?",
        "Định đóng trường ở xã Hòn Sỏi à?", "Cho em hỏi muốn đóng trường ở Hòn Sỏi hả?", "Phai dong truong Hon Soi a?",
        "Xã Hòn Sỏi đóng trường, quá đáng vậy hả?", "Xã Hòn Sỏi đóng trường hoặc phải sửa lại?",
    )],
])  # fmt: skip
def test_what_asks_whether_something_is_so_is_about_that(text: str, about: str) -> None:
    found = asked_about(text)
    assert (found.strip(), len(found)) == (about, len(text))
    at = text.index(about)
    assert found[at : at + len(about)] == about


@pytest.mark.parametrize("text", [
    f"Xa Hon Soi dong truong ha{' a' * 24} b?", f"{'ha ' * 30}xa Hon Soi dong truong?", f"{'hả ' * 20_000}trường?",
    f"Xã Hòn {'!' * 20_000}Sỏi đóng trường?", f"Xa Hon Soi dong truong dung khong{' ha' * 30} b",
    f"Xa Hon Soi dong truong vay ha{' a' * 13} b",
])  # fmt: skip
def test_a_long_run_of_particles_is_read_at_once(text: str) -> None:
    begun = time.process_time()
    asks(text)
    asked_about(text)
    assert time.process_time() - begun < 1
