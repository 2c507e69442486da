"""Only Vietnamese goes on, with and without marks, mixed with English too."""

import pytest

from crawlers.language import detect


@pytest.mark.parametrize(
    "text",
    [
        "Mọi người đều có quyền được học hành.",
        "moi nguoi deu co quyen duoc hoc hanh",
        "Cong ty giu luong hai thang cua ca xuong roi",
        "Hôm nay họp online với team, deadline dí quá trời",
        "hom nay meeting voi team ve deadline project, met qua",
        "QUYỀN ĐƯỢC KHÁM BỆNH CỦA TRẺ EM",
        "Con em mình học ở trường này được không ạ",
        "Toàn tỉnh đã tiêm 1.200 mũi",
    ],
)
def test_vietnamese(text: str) -> None:
    assert detect(text) == "vi"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Everyone has the right to education, and it shall be free.", "en"),
        ("The commune says every child under six is seen for free at the station", "en"),
        ("Toute personne a droit à l'éducation et elle doit être gratuite.", "fr"),
        ("人人都有受教育的权利，教育应当免费。", "zh"),
        ("모든 사람은 교육을 받을 권리를 가진다", "ko"),
        ("Каждый человек имеет право на образование", "ru"),
        ("12345 !!! ...", ""),
        ("", ""),
    ],
)
def test_other_languages(text: str, language: str) -> None:
    assert detect(text) == language
