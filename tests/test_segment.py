"""The fast decoder gives the tokens of the stock call, and steps aside for an underthesea it wasn't compared with."""

import gzip
import itertools
import json
import pathlib
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.text import segment

shared = pathlib.Path(__file__).parents[2] / "shared"
ALONE = """
import sys
from classifier.text import segment
segment.words("Luật sư chưa được gặp thân chủ.")
print(sum(name.startswith("underthesea") for name in sys.modules))
import underthesea
print(bool(underthesea.pos_tag("Tôi đi học")))
"""
NEWS = shared / "datasets" / "news.jsonl.gz"
OURS = """
Sáng 3-4, ông Lù A Sửng (52 tuổi, trú tại bản Pá Hốc) nộp đơn khiếu nại lên UBND xã.
TP.HCM đề nghị TAND xét xử công khai; luật sư nói: "Chúng tôi chưa được gặp thân chủ."
Theo Nghị định 12/2099/NĐ-CP, mức phạt từ 1.500.000 đến 3 triệu đồng, tăng 12,5% so với năm trước.
EOS và BOS là hai chữ viết tắt; máy EOS R5 giá 80tr :D :)) <3 -> hết...
This là chữ Anh, ThS. Phan và Th.S Lê cùng H'Hen, xã N’Thôn Hạ.
Toà án tuỳ nghi, hoà giải không thành thì qũy ðất vẫn còn.
biển số 51F-123.45, 43H-0530, 3x4, 20:15:30, 2014/08/20, 08-2014
ai biet khong vay ma van cu im lang hoai the nay
VN. TP. Đ.
BẮT NGƯỜI TRÁI PHÉP LÀ VI PHẠM HIẾN PHÁP!!!
Chị Ksor H'Blă, 16 tuổi, ở Ia Kdăm; e-mail thu@vidu.vn, trang vidu.com.vn/tin
0 1 10 2147483647 2147483648 99999999999 007
Α Σ ΑΣ İ ß ŉ ǅ
""".strip().splitlines()


def fast(text: str) -> list[str]:
    assert segment._decoder(None) is not None, "the installed underthesea isn't the one the decoder was proved on"
    return segment.words(text)


@pytest.mark.parametrize("text", OURS)
def test_our_sentences_give_the_stock_tokens(text: str) -> None:
    for said in (text, text + "\n", text + " ", text.upper(), text.lower(), text.title()):
        assert fast(said) == segment.stock()(said)


def test_every_beginning_and_end_of_a_sentence_gives_the_stock_tokens() -> None:
    words = " ".join(OURS[:4]).split()
    for first, last in itertools.combinations(range(0, 40), 2):
        said = " ".join(words[first:last])
        assert fast(said) == segment.stock()(said)


def test_shuffled_syllables_give_the_stock_tokens() -> None:
    dealt = random.Random(5)
    syllables = " ".join(OURS).split()
    for _ in range(300):
        said = " ".join(dealt.choices(syllables, k=dealt.randrange(1, 12)))
        assert fast(said) == segment.stock()(said)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from([*"aĐôЖ.,-'’:)(0", "Th", "is", " ", " ", "công", "an", "\n", "v.v", "12", "😡", "\u0301"]))
)
def test_odd_strings_give_the_stock_tokens(parts: list[str]) -> None:
    said = "".join(parts)
    assert fast(said) == segment.stock()(said)


@pytest.mark.parametrize("text", ["««««««««Mỗi", "####### 12", "[[[[[[[ 12", "• • • • • • • • • • • Đ", "→→→→→→→→→12"])
def test_a_tie_is_left_to_the_stock_call(text: str) -> None:
    with pytest.raises(segment.Tied):
        segment._decoder(None).words(text)
    assert fast(text) == segment.stock()(text)


def test_threads_share_it() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(segment.words, OURS * 20)) == [segment.words(text) for text in OURS * 20]


def test_full_caches_are_emptied_and_the_tokens_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "CHUNKS_KEPT", 3)
    decoder = segment._decoder.__wrapped__(None)
    assert [decoder.words(text) for text in OURS] == [segment.stock()(text) for text in OURS]
    assert len(decoder._chunks) <= 3


def test_another_underthesea_falls_back_to_the_stock_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "PROVED", frozenset())
    segment._decoder.cache_clear()
    try:
        assert segment._decoder(None) is None
        assert segment.words(OURS[0]) == segment.stock()(OURS[0])
    finally:
        segment._decoder.cache_clear()


@pytest.mark.shared
@pytest.mark.skipif(not NEWS.exists(), reason="needs ../shared/datasets/news.jsonl.gz")
def test_a_sample_of_real_news_gives_the_stock_tokens() -> None:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, 0, None, 240)]
    said = [text for row in rows for text in (row["title"], row["summary"])]
    assert [text for text in said if fast(text) != segment.stock()(text)] == []


def test_reading_a_text_loads_the_pattern_alone_and_leaves_the_whole_package_to_those_who_want_it() -> None:
    told = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["0", "True"]
