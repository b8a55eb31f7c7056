"""Overtime by the minute: schedules, orders, nights, the sixty-hour line, and rounding once a month."""

from datetime import date, timedelta

import pytest

from todoke.workforce.clock_intervals import ClockReading
from todoke.workforce.overtime import (
    Bucket,
    DayFacts,
    DayKind,
    DayResult,
    PremiumTerms,
    day_result,
    month_result,
    substitute_excess,
)

WORKING, REST, HOLIDAY, MOVED = DayKind.WORKING, DayKind.WEEKLY_REST, DayKind.HOLIDAY, DayKind.SUBSTITUTED
NIGHT = (22 * 60, 29 * 60)
EXAMPLE = PremiumTerms(frozenset({WORKING, REST, HOLIDAY}), 60 * 60, NIGHT, 60, 30)
MONDAY = date(2026, 11, 2)
OFFICE, NOON = (510, 1035), (720, 780)


def at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


def working(on: date, *present: tuple[int, int], ordered: tuple[tuple[int, int], ...] = (), **more: object) -> DayFacts:
    """A day of 8:30 to 17:15 with an hour of rest."""
    facts: dict[str, object] = {"scheduled": (OFFICE,), "rest": (NOON,), "ordered": ordered} | more
    return DayFacts(on, (WORKING, WORKING), ClockReading(present), **facts)  # type: ignore[arg-type] # a test's shorthand


def day(facts: DayFacts) -> DayResult:
    return day_result(facts, NIGHT)


def buckets(*days: DayFacts) -> dict[Bucket, int]:
    return month_result([day(each) for each in days], EXAMPLE).raw


def test_an_ordinary_day_is_seven_hours_and_forty_five_minutes_without_a_gap() -> None:
    found = day(working(MONDAY, OFFICE))
    assert (found.worked, found.scheduled, found.overtime, found.gap) == (465, 465, 0, 0)


def test_an_order_until_half_past_eleven_is_4_h_45_and_1_h_30_of_night() -> None:
    found = buckets(working(MONDAY, (510, at(23, 30)), ordered=((at(17, 15), at(23, 30)),)))
    assert found == {Bucket(WORKING, False, False): 285, Bucket(WORKING, True, False): 90}


def test_what_was_worked_and_not_ordered_is_a_gap_and_no_overtime() -> None:
    found = day(working(MONDAY, (510, at(19, 15))))
    assert (found.overtime, found.gap, found.has_gap) == (0, 120, True)


def test_what_was_ordered_and_not_worked_is_a_gap_too() -> None:
    found = day(working(MONDAY, OFFICE, ordered=((at(17, 15), at(19, 15)),)))
    assert (found.overtime, found.gap, found.has_gap) == (0, -120, True)


@pytest.mark.parametrize(("minutes", "asked"), [(29, False), (30, True)])
def test_a_gap_is_asked_for_from_thirty_minutes_on(minutes: int, asked: bool) -> None:
    assert day(working(MONDAY, (510, 1035 + minutes))).has_gap is asked


def test_half_a_day_of_leave_and_half_a_day_of_work_leave_no_gap() -> None:
    found = day(working(MONDAY, (510, 720), leave=((780, 1035),)))
    assert (found.worked, found.leave, found.gap) == (210, 255, 0)


def test_leave_counts_once_where_somebody_worked_in_it() -> None:
    assert day(working(MONDAY, (510, 800), leave=((780, 1035),))).gap == 0


def test_a_night_shift_lies_on_the_day_that_began_it_and_its_minutes_on_the_days_they_are_of() -> None:
    friday = date(2026, 11, 6)
    shift = DayFacts(friday, (WORKING, REST), ClockReading(((at(18), at(31, 10)),)), ordered=((at(18), at(31, 10)),))
    found = month_result([day(shift)], EXAMPLE)
    assert set(found.by_day) == {friday}
    assert found.raw == {
        Bucket(WORKING, False, False): 240, Bucket(WORKING, True, False): 120,
        Bucket(REST, True, False): 300, Bucket(REST, False, False): 130,
    }  # fmt: skip


def test_twenty_evenings_of_three_hours_fill_the_line_and_a_saturday_lies_beyond_it() -> None:
    evening = ((at(17, 15), at(20, 15)),)
    days = [working(MONDAY + timedelta(days=n), (510, at(20, 15)), ordered=evening) for n in range(20)]
    saturday = MONDAY + timedelta(days=26)
    span = ((510, 990),)
    off = DayFacts(saturday, (REST, REST), ClockReading(span), ordered=span)
    assert buckets(*days, off) == {Bucket(WORKING, False, False): 3600, Bucket(REST, False, True): 480}
    plain = PremiumTerms(frozenset({WORKING}), 3600, NIGHT, 60, 30)
    uncounted = month_result([day(each) for each in (*days, off)], plain)
    assert uncounted.raw[Bucket(REST, False, False)] == 480


def test_the_line_is_crossed_within_an_evening() -> None:
    short = PremiumTerms(frozenset({WORKING}), 60, NIGHT, 60, 30)
    found = month_result([day(working(MONDAY, (510, 1155), ordered=((1035, 1155),)))], short)
    assert found.raw == {Bucket(WORKING, False, False): 60, Bucket(WORKING, False, True): 60}


@pytest.mark.parametrize(("minutes", "closed"), [(at(12, 29), at(12)), (at(12, 30), at(13)), (0, 0), (30, 60)])
def test_a_month_is_rounded_once_in_each_bucket(minutes: int, closed: int) -> None:
    assert EXAMPLE.rounded(minutes) == closed


def test_minutes_of_many_days_are_added_before_they_are_rounded() -> None:
    days = [working(MONDAY + timedelta(days=n), (510, 1050), ordered=((1035, 1050),)) for n in range(4)]
    found = month_result([day(each) for each in days], EXAMPLE)
    assert (list(found.raw.values()), list(found.rounded.values())) == ([60], [60])


def test_a_clocked_break_takes_the_place_of_the_patterns() -> None:
    facts = DayFacts(
        MONDAY, (WORKING, WORKING), ClockReading((OFFICE,), ((750, 780),)), scheduled=(OFFICE,), rest=(NOON,)
    )
    assert day(facts).worked == 495


def test_a_forgotten_clock_out_shows_what_is_missing_and_no_invented_hour() -> None:
    facts = DayFacts(MONDAY, (WORKING, WORKING), ClockReading(missing=("退勤がありません",)), scheduled=(OFFICE,))
    found = day(facts)
    assert (found.worked, found.missing) == (0, ("退勤がありません",))


def test_a_moved_saturday_beyond_the_weeks_hours_has_a_bucket_of_its_own() -> None:
    saturday = date(2026, 11, 7)
    week = {date(2026, 11, 2) + timedelta(days=n): 465 for n in range(6)}
    assert substitute_excess(week, [saturday], 2325) == {saturday: 465}
    facts = working(saturday, OFFICE, substitute_excess=465)
    assert buckets(facts) == {Bucket(MOVED, False, False): 465}
    assert (day(facts).overtime, day(facts).gap) == (0, 0)


def test_a_day_moved_within_its_week_has_no_excess() -> None:
    week = {date(2026, 11, 3) + timedelta(days=n): 465 for n in range(5)}
    assert substitute_excess(week, [date(2026, 11, 7)], 2325) == {}


def test_a_bucket_reads_as_the_office_says_it() -> None:
    assert Bucket(REST, True, True).label == "週休日・深夜(60時間超)"
