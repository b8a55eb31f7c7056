"""A number or a year in an address is one, or counts as not given."""

import pytest

from todoke.runtime.parameters import Malformed, instant, whole_number, year


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "²", "٣", "1_0", " 1", "9" * 10, "9" * 5000, "1e3", "0x1"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert whole_number(text) is None


def test_a_number_is_read_up_to_its_digits() -> None:
    assert [whole_number(text) for text in ("0", "7", "007", "9" * 9)] == [0, 7, 7, 999_999_999]
    assert whole_number("100", digits=2) is None


def test_a_year_is_one_that_people_reckon_with() -> None:
    assert [year(text) for text in ("1900", "2026", "2199")] == [1900, 2026, 2199]
    assert [year(text) for text in ("", "0", "1899", "2200", "9999", "10000", "令和8")] == [None] * 7


@pytest.mark.parametrize("text", ["2026-11-20", "2026-13-45T00:00:00Z", "x" * 300, "0001-01-01T00:00:00+14:00", "\x07"])
def test_a_moment_that_is_none_is_malformed(text: str) -> None:
    with pytest.raises(Malformed, match="壊れています"):
        instant(text)
