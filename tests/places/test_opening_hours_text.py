"""The hours of 44 real places are read as a person reads them; what is not understood is named."""

import csv
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from todoke.places.opening_hours import OpeningHours, in_words
from todoke.places.opening_hours_text import read_opening_hours

ROWS = list(csv.DictReader((Path(__file__).parent / "data" / "yaizu_hours.csv").open(encoding="utf-8")))
WEEK = "月火水木金土日"
CENTRE, SPORTS = f"{WEEK} 09:00-21:30; 休: 月", f"{WEEK} 08:30-21:00; 休: 月・12/29-1/3"
ROOM = "月火水木金 09:00-19:00, 土日 09:00-17:00; 地域交流センターの休館日も休み"
LIBRARY = "月火水木金 09:00-19:00, 土日祝 09:00-17:00; 休: 月(翌平日)"
BY_A_PERSON = [
    CENTRE, f"{WEEK} 09:00-21:30; 休: 12/29-1/3", *[CENTRE] * 7,
    f"{WEEK} 08:30-21:00; 休: 12/29-1/3", f"{WEEK} 10:00-20:30; 休: 月", SPORTS, f"{WEEK} 09:00-21:00",
    f"{WEEK} 08:00-21:00; 休: 月・12/29-1/3", f"{WEEK} 09:00-22:00; 休: 月", SPORTS,
    f"{WEEK} 09:00-21:00; 休: 月(翌日)・12/29-1/3", SPORTS, SPORTS, SPORTS, SPORTS,
    f"{WEEK} 08:30-21:00; 休: 12/29-1/3", "不定期", f"{WEEK} 08:30-17:00; 休: 12/29-1/3",
    f"{WEEK} 08:30-17:00; 休: 12/29-1/3", f"{WEEK} 09:00-17:00; 休: 月", f"{WEEK} 09:00-21:30; 休: 月(翌平日)",
    "月火水木金 09:00-17:00, 土日祝 10:00-19:00; 休: 月(翌日)", f"{WEEK} 09:00-21:30; 休: 月(翌平日)",
    f"{WEEK} 09:00-17:00; 休: 月", f"{WEEK} 09:00-17:00; 休: 月・12/29-1/3",
    f"{WEEK} 09:00-21:30; 休: 第3日・祝", f"{WEEK} 09:00-21:30; 休: 第3日・祝",
    f"{LIBRARY}・月末日(直前の平日)", f"{LIBRARY}・第4金・1/4・12/29-1/3",
    ROOM, "火水木金土日 09:00-17:00; 地域交流センターの休館日も休み", *[ROOM] * 6,
    f"{WEEK} 09:00-17:00; 休: 月・第3日・12/29-1/3",
]  # fmt: skip
"""What each row says to a person, in their order; written with what the reader had found at hand."""


def read(place: int) -> OpeningHours:
    return read_opening_hours(ROWS[place]["利用可能日時特記事項"])


def test_all_rows_are_read_as_a_person_reads_them_or_flagged() -> None:
    wrong = [
        (ROWS[place]["名称"], in_words(read(place)), person)
        for place, person in enumerate(BY_A_PERSON)
        if in_words(read(place)) != person
    ]
    assert len(ROWS) == len(BY_A_PERSON) == 44
    assert wrong == []
    assert {ROWS[place]["名称"]: read(place).unread for place in range(44) if read(place).unread} == {
        "小泉八雲記念館": ("展示替に伴う臨時休館日",)
    }


CLOSED_BY_HAND = {
    1: {1, 2, 3, 4, 5, 13, 19, 23, 26}, 2: {2, 9, 16, 24, 27}, 3: {2, 9, 16, 23, 27, 30}, 4: {6, 13, 20, 24, 27},
    5: {7, 11, 18, 22, 25}, 6: {1, 8, 15, 22, 26, 29}, 7: {6, 13, 21, 24, 27}, 8: {3, 10, 17, 24, 28, 31},
    9: {7, 14, 24, 25, 28}, 10: {5, 13, 19, 23, 26}, 11: {2, 9, 16, 24, 27, 30}, 12: {7, 14, 21, 25, 28, 29, 30, 31},
}  # fmt: skip
"""The closed days of 2026 from a wall calendar: Mondays, the next weekday for a holiday (12 January, 23 February,
4 May with 5 and 6, 20 July, 21 September with 22 and 23, 12 October, 23 November), fourth Fridays, the year's end."""


def test_the_library_is_closed_on_the_days_of_a_year_made_by_hand() -> None:
    library = next(read(place) for place, row in enumerate(ROWS) if row["名称"] == "焼津図書館")
    found: dict[int, set[int]] = {month: set() for month in range(1, 13)}
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)):
        if library.on(day) is None:
            found[day.month].add(day.day)
    assert found == CLOSED_BY_HAND
    assert library.on(date(2026, 9, 21)) == (time(9), time(17))
    assert library.on(date(2026, 9, 26)) == (time(9), time(17))
    assert library.on(date(2026, 9, 29)) == (time(9), time(19))


def test_the_last_day_of_a_month_moves_before_a_weekend() -> None:
    library = next(read(place) for place, row in enumerate(ROWS) if row["名称"] == "大井川図書館")
    assert library.on(date(2026, 5, 29)) is None
    assert library.on(date(2026, 5, 31)) == (time(9), time(17))
    assert library.on(date(2026, 6, 30)) is None


@pytest.mark.parametrize(
    ("written", "unread"),
    [
        ("", ("開館時間",)),
        ("お問い合わせください", ("お問い合わせください", "開館時間")),
        ("【開館時間】9:00～17:00 【休館日】満月の夜", ("満月の夜",)),
    ],
)
def test_what_is_not_understood_is_named(written: str, unread: tuple[str, ...]) -> None:
    assert read_opening_hours(written).unread == unread


def test_half_hours_and_the_afternoon_are_read() -> None:
    assert in_words(read_opening_hours("午前8時半から午後5時15分")) == f"{WEEK} 08:30-17:15"
    assert read_opening_hours("9:00~24:00").hours[0] == (time(9), time(23, 59))
