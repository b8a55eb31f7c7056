"""An address has one key, however its 丁目, 番地 and 号 are written."""

import pytest

from todoke.japanese.addresses import address_key, whole_number

CITY = "静岡県焼津市"


@pytest.mark.parametrize(
    "written",
    [
        "本町2-16-32", "本町２－１６－３２", "本町二丁目16番32号", "本町2丁目16−32", "本町２丁目１６番地の３２",
        "静岡県焼津市本町2-16-32", "焼津市本町二丁目十六番三十二号",
        "〒425-8502 静岡県焼津市 本町2丁目 16番 32号 市役所",
        "本町2ー16ー32", "本町二丁目16-32", "本町2丁目16番の32", "大字本町2-16-32", "本町2-16-32号室なし",
    ],
)  # fmt: skip
def test_every_way_of_writing_it_gives_one_key(written: str) -> None:
    key = address_key(written, CITY)
    assert (key.town, key.numbers, key.number) == ("本町", (2, 16, 32), "2-16-32")


@pytest.mark.parametrize(
    ("written", "town", "numbers"),
    [
        ("三ケ名724-1", "三け名", (724, 1)),
        ("三ヶ名 724番地の1", "三け名", (724, 1)),
        ("静岡県焼津市石脇82", "石脇", (82,)),
        ("八楠4丁目9-8", "八楠", (4, 9, 8)),
        ("焼津市焼津3-10-1", "焼津", (3, 10, 1)),
        ("静岡県焼津市八楠-13-7", "八楠", (13, 7)),
        ("中根新田643の2", "中根新田", (643, 2)),
        ("焼津市藤守1544番地の1付近", "藤守", (1544, 1)),
        ("本町2-16-32-101", "本町", (2, 16, 32, 101)),
        ("五ケ堀之内字道南2", "五け堀之内道南", (2,)),
        ("花沢", "花沢", ()),
        ("", "", ()),
        ("12-3", "", (12, 3)),
    ],
)
def test_towns_keep_their_numerals_and_numbers_their_order(written: str, town: str, numbers: tuple[int, ...]) -> None:
    key = address_key(written, CITY)
    assert (key.town, key.numbers) == (town, numbers)


def test_another_town_with_the_same_street_has_another_key() -> None:
    assert address_key("静岡市葵区本町2-16-32", CITY).town != "本町"
    assert address_key("静岡県焼津市本町2-16-32").town != "本町"


@pytest.mark.parametrize(
    ("kanji", "number"),
    [("二", 2), ("十", 10), ("十六", 16), ("二十", 20), ("三十二", 32), ("百五", 105), ("二三", 23), ("一〇五", 105),
     ("千二百三十四", 1234)],
)  # fmt: skip
def test_numbers_in_kanji_are_read_both_ways(kanji: str, number: int) -> None:
    assert whole_number(kanji) == number


def test_a_long_text_is_cut_and_read_in_linear_time() -> None:
    assert address_key("町" * 5_000 + "1-2-3").numbers == ()
    assert address_key("本町" + "1-" * 5_000).numbers[:3] == (1, 1, 1)
