"""The rules of automations by hand: saved minutes and when a run is due."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from todoke.japanese.calendar import JAPAN
from todoke.systems.automations.run_schedule import RunSchedule
from todoke.systems.automations.saved_minutes import RunFigures, saved_minutes

HOUR = timedelta(hours=1)


def test_five_hundred_units_of_six_minutes_and_two_hundred_by_people_save_2800() -> None:
    runs = [RunFigures(300, 120, is_finished=True), RunFigures(200, 50, is_finished=True)]
    assert saved_minutes(runs, Decimal(6), upkeep=30).minutes == 2800


def test_an_error_loop_of_a_hundred_runs_saves_nothing() -> None:
    assert saved_minutes([RunFigures(500, 0, is_finished=False)] * 100, Decimal(6)).minutes == 0


def test_minutes_of_people_on_failed_runs_count_against_it() -> None:
    assert saved_minutes([RunFigures(500, 15, is_finished=False)], Decimal(6)).minutes == -15


def test_without_a_baseline_nothing_is_said() -> None:
    assert saved_minutes([RunFigures(500, 0, is_finished=True)], None).minutes is None


def at(day: int, hour: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=JAPAN)


def test_two_mondays_are_two_moments() -> None:
    found = RunSchedule("weekly", time(9), HOUR).due_moments(at(1, 10), at(15, 10))
    assert list(found) == [at(8, 9), at(15, 9)]


def test_a_moment_counts_once_its_grace_is_over() -> None:
    schedule = RunSchedule("daily", time(9), HOUR)
    assert list(schedule.due_moments(at(1), at(1, 9))) == []
    assert list(schedule.due_moments(at(1), at(1, 10))) == [at(1, 9)]


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    schedule = RunSchedule("monthly", time(9), HOUR, day=31)
    assert [schedule.is_due(date(2026, 6, day)) for day in (29, 30)] == [False, True]
    assert [schedule.is_due(date(2026, 7, day)) for day in (30, 31)] == [False, True]


def test_office_days_leave_weekends_out() -> None:
    schedule = RunSchedule("office", time(9), HOUR)
    assert [schedule.is_due(date(2026, 6, day)) for day in (5, 6, 7, 8)] == [True, False, False, True]


@pytest.mark.parametrize(("cycle", "before"), [("daily", at(7, 9)), ("weekly", at(1, 9)), ("monthly", at(8, 9, 5))])
def test_the_run_before_is_found(cycle: str, before: datetime) -> None:
    assert RunSchedule(cycle, time(9), HOUR, day=8).previous(at(8, 9)) == before
