"""Speakers whom minutes name by a bare word before a blank, or after a clock."""

from todoke.meetings.minutes.loader import Source, numbered
from todoke.meetings.minutes.minutes_structure import structure_of
from todoke.meetings.minutes.repeated_labels import find_repeated_labels

BARE = [
    "A 夜間の当番医が空いています。",
    "市 10月から空きは1日になります。",
    "B バスの時刻が合いません。",
    "市 春に合わせます。",
    "A 表が見づらいです。",
    "B そうですね。",
    "市 作り直します。",
    "A 助かります。",
    "B 同感です。",
]
CLOCKED = [
    "13:32 司会(危機管理監) 始めます。",
    "13:34 消防団長 サイレンが聞こえませんでした。",
    "[13:36] 水道課 11月に直します。",
    "13時40分 赤十字の方 釜が壊れていました。",
]


def sides(lines: list[str]) -> list[tuple[str, str]]:
    """Return who speaks each sentence, and on which side."""
    return [(each.speaker, each.side) for each in structure_of(Source(lines)).contexts]


def test_a_word_that_begins_line_after_line_is_a_speaker_and_the_city_answers() -> None:
    found = sides(BARE)
    assert [who for who, _ in found] == ["A", "市", "B", "市", "A", "B", "市", "A", "B"]
    assert dict(found) == {"A": "member", "B": "member", "市": "office"}


def test_a_speaker_stands_behind_the_clock() -> None:
    assert sides(CLOCKED) == [
        ("司会(危機管理監)", "chair"),
        ("消防団長", "member"),
        ("水道課", "office"),
        ("赤十字の方", "member"),
    ]


def test_cells_of_a_table_and_words_that_come_once_are_no_speakers() -> None:
    assert find_repeated_labels(numbered([line.replace(" ", "\t") for line in BARE])) == {}
    assert find_repeated_labels(numbered(["会場 市役所です。", "市 よいです。", "町 はい、そうです。"])) == {}
    assert find_repeated_labels(numbered(["次回 10月です。"] * 3 + ["備考 ありません。"] * 3)) == {}
