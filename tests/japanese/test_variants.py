"""A name is found whichever way its characters are written, and two names stay two."""

import pytest

from todoke.japanese.variants import alike_names, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"), ("山﨑", "山崎"), ("渡邉", "渡辺"), ("渡邊", "渡辺"), ("𠮷田", "吉田"), ("齋藤", "斎藤"),
        ("齊藤", "斉藤"), ("澤田", "沢田"), ("濵田", "浜田"), ("德川", "徳川"), ("冨田", "富田"), ("中嶋", "中島"),
        ("辻\U000e0102", "辻"), ("高橋　花子", "髙橋花子"), ("ﾔﾏﾀﾞ", "やまだ"), ("ＳＭＩＴＨ", "smith"),
    ],
)  # fmt: skip
def test_two_spellings_of_a_name_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("斉藤", "斎藤"), ("齊藤", "齋藤"), ("山崎", "山埼"), ("綱島", "網島"), ("玉", "王")]
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_two_names_that_sound_alike_are_both_searched_for() -> None:
    assert alike_names("斎藤") == ["斎藤", "斉藤"]
    assert alike_names("齊藤") == ["斉藤", "斎藤"]
    assert alike_names("山田") == ["山田"]
