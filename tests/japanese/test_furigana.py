"""Kanji get their reading; kana, numbers and names of persons are left alone."""

import pytest

from todoke.japanese.furigana import ruby_pairs


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("引っ越し", [("引", "ひ"), ("越", "こ")]),
        ("手数料はかかりません", [("手数", "てすう"), ("料", "りょう")]),
        ("犬を飼い始めた", [("犬", "いぬ"), ("飼", "か"), ("始", "はじ")]),
        ("日本語", [("日本", "にほん"), ("語", "ご")]),
        ("ひらがな ABC 123", []),
    ],
)
def test_kanji_get_their_reading(text: str, read: list[tuple[str, str]]) -> None:
    assert [piece for piece in ruby_pairs(text) if piece[1]] == read


@pytest.mark.parametrize("text", ["届いた日から14日以内に、窓口へ。", " 空白 も\n残る ", "髙橋 𠮷郎", ""])
def test_no_character_is_lost(text: str) -> None:
    assert "".join(part for part, _ in ruby_pairs(text)) == text


def test_only_its_bearer_knows_how_a_name_is_read() -> None:
    assert not any(sound for _, sound in ruby_pairs("山田花子"))


def test_the_front_of_a_card_is_omote() -> None:
    assert ("表", "おもて") in ruby_pairs("マイナンバーカードの 表")
    assert ("表", "おもて") in ruby_pairs("カード(表)")
    assert "".join(part for part, _ in ruby_pairs("代替表記")) == "代替表記"
    assert all(sound != "おもて" for _, sound in ruby_pairs("代替表記と表示"))
