"""A gate follows from what people found, by a bound that the sample proves; too few fields prove nothing."""

import pytest

from todoke.scans.recognition.gates import error_bound, lowest_gate


def test_299_fields_without_an_error_bound_the_rate_at_one_percent_and_298_do_not() -> None:
    assert error_bound(0, 299) <= 0.01 < error_bound(0, 298)


@pytest.mark.parametrize(("errors", "number", "bound"), [(0, 100, 0.02951), (1, 100, 0.04656), (5, 200, 0.05190)])
def test_the_bound_is_that_of_the_tables(errors: int, number: int, bound: float) -> None:
    assert error_bound(errors, number) == pytest.approx(bound, abs=2e-4)


def test_nothing_checked_bounds_nothing() -> None:
    assert error_bound(0, 0) == 1.0
    assert error_bound(3, 3) == 1.0


def test_the_gate_is_the_lowest_confidence_that_the_limit_allows() -> None:
    sure, unsure = [(0.99, True)] * 200 + [(0.95, True)] * 150, [(0.8, False)] * 10
    assert lowest_gate(sure + unsure, 0.01) == 0.95
    assert lowest_gate(sure[:200] + unsure, 0.01) is None
    assert lowest_gate([], 0.5) is None


def test_equal_confidences_stand_or_fall_together() -> None:
    assert lowest_gate([(0.9, True)] * 300 + [(0.9, False)] * 30, 0.01) is None
