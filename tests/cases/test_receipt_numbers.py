"""A receipt number is read however it is typed, and a slip of the finger is noticed."""

import pytest

from todoke.cases import receipt_numbers


@pytest.mark.parametrize(
    "typed", ["2026-000123-{c}", "2026000123{c}", " ２０２６－０００１２３－{c} ", "2026ー000123ー{c}"]
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    number = receipt_numbers.format_number(2026, 123)
    assert receipt_numbers.parse_number(typed.format(c=number[-1])) == number


def test_every_single_wrong_digit_is_noticed() -> None:
    number = receipt_numbers.format_number(2026, 123456)
    for place, char in enumerate(number[:11]):
        for other in "0123456789":
            if char.isdigit() and other != char:
                assert receipt_numbers.parse_number(number[:place] + other + number[place + 1 :]) is None


def test_two_exchanged_neighbours_are_noticed() -> None:
    number = receipt_numbers.format_number(2026, 987654).replace("-", "")
    for place in range(9):
        if number[place] != number[place + 1]:
            wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            assert receipt_numbers.parse_number(wrong) is None
