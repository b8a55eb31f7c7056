"""What people type is read in every width, with every hyphen and in every era; what cannot be is not guessed."""

from datetime import date

import pytest

from todoke.japanese import days, parsers


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("令和8年4月1日", date(2026, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R8.4.1", date(2026, 4, 1)),
        ("h31/4/30", date(2019, 4, 30)),
        ("S64-1-7", date(1989, 1, 7)),
        ("t15.12.24", date(1926, 12, 24)),
        ("M45.7.29", date(1912, 7, 29)),
        ("２０２６年４月１日", date(2026, 4, 1)),
        ("西暦2026年4月1日", date(2026, 4, 1)),
        ("2026ー4ー1", date(2026, 4, 1)),
        (" 2026/04/01 ", date(2026, 4, 1)),
        ("2026年11月22日(日)", date(2026, 11, 22)),
        ("20260401", date(2026, 4, 1)),
        ("1868-1-1", date(1868, 1, 1)),
        ("2200-12-31", date(2200, 12, 31)),
        ("平成31年5月1日", date(2019, 5, 1)),
        ("平成33年7月1日", date(2021, 7, 1)),
        ("昭和65年1月1日", date(1990, 1, 1)),
        ("Ｒ８．４．１", date(2026, 4, 1)),
        ("㋿8年4月1日", date(2026, 4, 1)),
        ("令8.4.1", date(2026, 4, 1)),
        ("令和七年四月一日", date(2025, 4, 1)),
        ("令和二十年十一月二十三日", date(2038, 11, 23)),
        ("二〇二六年十一月五日", date(2026, 11, 5)),
        ("令和2026年11月20日", date(2026, 11, 20)),
        ("2026/11/5 10:20", date(2026, 11, 5)),
        ("2026-11-05T09:00:00", date(2026, 11, 5)),
        ("2026年11月5日 9時30分", date(2026, 11, 5)),
        ("2026年11月5日木曜日", date(2026, 11, 5)),
        ("R080401", date(2026, 4, 1)),
        ("2026/11/5 24:00", date(2026, 11, 6)),
        ("20261105090000", date(2026, 11, 5)),
        ("2026-11-05T20:00:00Z", date(2026, 11, 6)),
    ],
)
def test_a_date_is_read_however_it_is_written(typed: str, read: date | None) -> None:
    assert days.parse_date(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "2026-02-30",
        "令和元年4月30日",
        "令和0年1月1日",
        "令和400年1月1日",
        "明治5年1月1日",
        "1867-12-31",
        "2201-01-01",
        "4月1日",
        "",
        "いつか",
    ],
)
def test_a_day_that_does_not_exist_is_not_guessed(typed: str) -> None:
    assert days.parse_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("１，２３４円", 1234),
        ("¥1,234", 1234),
        ("−５", -5),
        ("12 345", 12345),
        ("\\1,200", 1200),
        ("￥１、２００円也", 1200),
        ("▲300", -300),
        ("△1,300", -1300),
        ("−300", -300),
        ("(300)", -300),
        ("1200.00", 1200),
        ("1,23", None),
        ("約300", None),
        ("¥300-", None),
        ("(-300)", None),
        ("123456789012345", 123456789012345),
        ("1234567890123456", None),
        ("1.5", None),
        ("二", None),
        ("", None),
    ],
)
def test_a_whole_number_is_read_with_its_signs_of_money(typed: str, read: int | None) -> None:
    assert parsers.parse_integer(typed) == read


def test_every_hyphen_becomes_one_and_letters_stay() -> None:
    assert parsers.to_ascii_hyphens("０３‐１２３４―５６７８ー９") == "03-1234-5678-9"
    assert parsers.to_half_width("（ａ＠ｂ）１．５：２／３＋４，０") == "(ａ@ｂ)1.5:2/3+4,0"


def test_only_the_digits_of_a_number_are_kept() -> None:
    assert parsers.only_digits("〒１０４−００４５ 東京") == "1040045"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("46113.378472", "2026-04-01T09:05:00"),
        ("46113", "2026-04-01T00:00:00"),
        ("令和8年4月1日 24時00分", "2026-04-02T00:00:00"),
        ("令和8年4月1日9時5分", "2026-04-01T09:05:00"),
        ("2026/4/1 午前 9:05:00", "2026-04-01T09:05:00"),
        ("2026/4/1 午後 12:30", "2026-04-01T12:30:00"),
        ("2026/4/1 12:05 AM", "2026-04-01T00:05:00"),
        ("2026-04-01 25:10", "2026-04-02T01:10:00"),
        ("2026-04-01 09:05:00.25+09", "2026-04-01T09:05:00.250000+09:00"),
        ("2026-04-01T00:05Z", "2026-04-01T00:05:00+00:00"),
        ("12345678", None),
        ("2026-04-01 48:00", None),
        ("2026-04-01 9:60", None),
        ("2026-04-01 朝", None),
    ],
)
def test_a_moment_of_a_table_is_read_in_every_way_of_writing_it(written: str, read: str | None) -> None:
    moment = days.parse_cell_moment(written)
    assert (moment and moment.isoformat()) == read
