"""Limits of overtime are tried on record and plan; means look back two to six months."""

from datetime import date

import pytest

from todoke.workforce.overtime_limits import (
    LimitKind,
    LimitScope,
    LimitTerms,
    LimitUse,
    MonthMinutes,
    in_hours,
    month_before,
    uses_of,
    year_months,
)

MEAN = LimitTerms(LimitKind.MEAN, LimitScope.ALWAYS, 80 * 60, with_holidays=True)
HUNDRED = LimitTerms(LimitKind.MONTH, LimitScope.SPECIAL, 100 * 60, with_holidays=True, below=True)
MONTH = LimitTerms(LimitKind.MONTH, LimitScope.ORDINARY, 45 * 60, with_holidays=False)
YEAR = LimitTerms(LimitKind.YEAR, LimitScope.ORDINARY, 360 * 60, with_holidays=False)
SIX = LimitTerms(LimitKind.MONTHS_ABOVE, LimitScope.SPECIAL, 6, with_holidays=False, base=45 * 60)
JULY = date(2026, 7, 1)


def months(*hours: float) -> dict[date, MonthMinutes]:
    """Consecutive months that end with July."""
    ends = [month_before(JULY, back) for back in range(len(hours))][::-1]
    return {month: MonthMinutes(int(each * 60), int(each * 60)) for month, each in zip(ends, hours, strict=True)}


def uses(*limits: LimitTerms, of: dict[date, MonthMinutes], special: bool = False) -> list[LimitUse]:
    return list(uses_of(limits, of, JULY, first_month=4, special=special))


def test_pairs_of_80_and_75_hours_pass_and_three_months_of_81_hours_40_are_beyond() -> None:
    assert [use.is_beyond for use in uses(MEAN, of=months(95, 65))] == [False]
    pair, three = uses(MEAN, of=months(95, 65, 85))
    assert (int(pair.used), pair.is_beyond) == (75 * 60, False)
    assert (in_hours(int(three.used)), three.span, three.is_beyond) == ("81時間40分", 3, True)


@pytest.mark.parametrize(("minutes", "beyond"), [(99 * 60 + 59, False), (100 * 60, True)])
def test_99_h_59_passes_and_100_h_does_not(minutes: int, beyond: bool) -> None:
    [use] = uses(HUNDRED, of={JULY: MonthMinutes(minutes, minutes)}, special=True)
    assert use.is_beyond is beyond


def test_45_hours_pass_and_one_minute_more_does_not_unless_the_clause_is_used() -> None:
    assert [use.is_beyond for use in uses(MONTH, of=months(45))] == [False]
    assert [use.is_beyond for use in uses(MONTH, of={JULY: MonthMinutes(2701, 2701)})] == [True]
    assert uses(MONTH, of=months(90), special=True) == []


def test_work_on_holidays_counts_only_where_the_limit_says_so() -> None:
    [plain, all_of_it] = uses(MONTH, MEAN, of={JULY: MonthMinutes(0, 100 * 60), month_before(JULY): MonthMinutes(0, 0)})
    assert [int(use.used) for use in (plain, all_of_it)] == [0, 50 * 60]


def test_a_year_begins_where_the_rule_says() -> None:
    assert year_months(date(2026, 3, 1), 4)[0] == date(2025, 4, 1)
    assert year_months(date(2026, 4, 1), 4)[0] == date(2026, 4, 1)
    [use] = uses(YEAR, of=months(40, 100, 100, 100, 61))
    assert (int(use.used), use.is_beyond) == (361 * 60, True), "March lies in the year before"


def test_a_seventh_month_above_is_beyond() -> None:
    above = {month: MonthMinutes(46 * 60, 46 * 60) for month in year_months(JULY, 4)[:6]}
    assert not uses(SIX, of=above, special=True)[0].is_beyond
    above[date(2026, 10, 1)] = MonthMinutes(46 * 60, 46 * 60)
    assert uses(SIX, of=above, special=True)[0].sentence == "1か月の上限を超える月の数 7回、上限6回以下"


def test_a_warning_comes_at_eight_tenths() -> None:
    assert [use.is_near for use in uses(MONTH, of=months(36))] == [True]
    assert [use.is_near for use in uses(MONTH, of=months(35))] == [False]


def test_a_mean_does_not_take_what_was_before_the_record_as_zero() -> None:
    assert uses(MEAN, of=months(100)) == []


def test_hours_read_as_the_office_says_them() -> None:
    assert [in_hours(each) for each in (465, 480, 20, 0, -30)] == ["7時間45分", "8時間", "20分", "0分", "−30分"]
    [use] = uses(HUNDRED, of=months(81.5), special=True)
    assert use.sentence == "1か月 81時間30分、上限100時間未満"
