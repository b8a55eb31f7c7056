"""The reading of a name is read as people type it: signs, accents, every width, decomposed too."""

import unicodedata

import pytest

from todoke.japanese.readings import is_reading


@pytest.mark.parametrize(
    "reading",
    [
        "ヤマダ",
        "やまだ",
        "ﾔﾏﾀﾞ",
        unicodedata.normalize("NFD", "ジュンペイ"),
        "メアリ－",
        "メアリ−",
        "メアリー",
        "ミスヾ",
        "ジャン＝ポール",
        "ジャン・ポール",
        "マリアＡ．",
        "ド’アンジェロ",
        "ジョン，ジュニア",
        "O'Connor",
        "Fernández",
        "Nguyễn",
        "de la Santísima",
        "",
    ],
)
def test_a_reading_is_accepted(reading: str) -> None:
    assert is_reading(reading)


@pytest.mark.parametrize("reading", ["123", "山田", "ヤマダ1", "(ヤマダ)", "<b>", "Петров"])
def test_what_is_no_reading_is_refused(reading: str) -> None:
    assert not is_reading(reading)
