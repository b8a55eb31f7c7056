"""Spans in minutes: united, cut, compared."""

from todoke.workforce.minute_spans import latest, minutes_in, united, within, without


def test_spans_that_touch_become_one_and_empty_ones_go() -> None:
    assert united([(60, 90), (0, 60), (100, 100), (200, 210)]) == [(0, 90), (200, 210)]


def test_what_two_have_in_common_and_what_is_left() -> None:
    assert within([(0, 100)], [(50, 60), (90, 120)]) == [(50, 60), (90, 100)]
    assert without([(0, 100)], [(50, 60), (90, 120)]) == [(0, 50), (60, 90)]
    assert without([(0, 100)], []) == [(0, 100)]


def test_the_last_minutes_of_spans() -> None:
    assert latest([(0, 60), (100, 130)], 50) == [(40, 60), (100, 130)]
    assert minutes_in(latest([(0, 10)], 50)) == 10
    assert latest([(0, 10)], 0) == []
