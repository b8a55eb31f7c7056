"""What reading saved is told with its interval, also when it cost time, and not at all before it was measured."""

import pytest

from todoke.scans.recognition.time_saved import IDLE, time_saved, worked_seconds


def test_thirty_sheets_by_two_people_are_a_baseline_and_fewer_are_none() -> None:
    assert time_saved([60.0] * 29, 2, [20.0] * 30) is None
    assert time_saved([60.0] * 30, 1, [20.0] * 30) is None
    assert time_saved([60.0] * 30, 2, []) is None


def test_the_saving_is_the_baseline_less_all_that_reading_took() -> None:
    found = time_saved([50.0, 70.0] * 15, 2, [20.0, 24.0] * 20, handling=8)
    assert found is not None
    assert found.saved == pytest.approx(60 - 22 - 8)
    assert found.low < found.saved < found.high
    assert found == time_saved([50.0, 70.0] * 15, 2, [20.0, 24.0] * 20, handling=8), "the same numbers, the same answer"


def test_a_loss_is_told_as_one() -> None:
    found = time_saved([30.0, 34.0] * 15, 3, [90.0, 94.0] * 15)
    assert found is not None
    assert found.high < 0


def test_who_leaves_the_desk_is_not_at_work() -> None:
    assert worked_seconds(100.0, 112.5) == (12.5, False)
    assert worked_seconds(0.0, 3_600.0) == (IDLE, True)
    assert worked_seconds(10.0, 9.0) == (0.0, False)
