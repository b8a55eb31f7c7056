"""The figures of devices by hand: lendable, lent, used and unknown device-days."""

from datetime import date, timedelta
from decimal import Decimal

from todoke.systems.devices.device_days import DeviceDays, device_days, lent_days
from todoke.systems.devices.loan_reminders import is_told

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


def test_a_month_of_two_devices_is_counted_by_hand() -> None:
    kept = {1: (date(2025, 4, 1), None), 2: (date(2026, 6, 11), None)}
    lent = {1: [(date(2026, 5, 20), date(2026, 6, 10)), (date(2026, 6, 10), date(2026, 6, 14))], 2: []}
    uses = {(1, FIRST + timedelta(days=n)): n < 7 for n in range(9)}
    found = device_days(kept, lent, uses, FIRST, LAST)
    assert found == DeviceDays(lendable=50, lent=14, used=7, unused=2)
    assert (found.unknown, found.lending_rate) == (5, Decimal("28.0"))
    assert (found.use_rate, found.highest_use_rate) == (Decimal("50.0"), Decimal("85.7"))


def test_a_device_that_is_gone_or_not_there_yet_cannot_be_lent() -> None:
    found = device_days({1: (date(2026, 7, 1), None), 2: (FIRST, FIRST)}, {1: [(FIRST, None)]}, {}, FIRST, LAST)
    assert (found.lendable, found.lent, found.use_rate) == (1, 0, None)


def test_nothing_divided_by_nothing_is_no_rate() -> None:
    found = device_days({}, {}, {}, FIRST, LAST)
    assert (found.lending_rate, found.use_rate, found.highest_use_rate) == (None, None, None)


def test_an_open_loan_reaches_to_the_day_that_is_asked() -> None:
    assert len(lent_days([(FIRST, None)], date(2026, 6, 3))) == 3


def test_a_borrower_is_told_three_days_before_on_the_day_and_every_week_after() -> None:
    told = [late for late in range(-10, 23) if is_told(FIRST, FIRST + timedelta(days=late))]
    assert told == [-3, 0, 7, 14, 21]
