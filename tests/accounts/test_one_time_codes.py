"""A code opens one thing once, for a short time, and not by guessing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from todoke.accounts.one_time_codes import OneTimeCode

pytestmark = pytest.mark.django_db


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_person_who_has_the_mail_gets_in_once() -> None:
    code = OneTimeCode.issue("案件 1")
    assert OneTimeCode.redeem("案件 1", code)
    assert not OneTimeCode.redeem("案件 1", code)


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_code_may_be_typed_in_full_width_digits_with_blanks(blank: str) -> None:
    wide = OneTimeCode.issue("案件 1").translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert OneTimeCode.redeem("案件 1", f"{blank}{wide[:3]}{blank}{wide[3:]}{blank}")


def test_the_code_itself_is_not_kept() -> None:
    code = OneTimeCode.issue("案件 1")
    assert code not in OneTimeCode.objects.get().code_hash


def test_a_code_of_one_case_does_not_open_another() -> None:
    code = OneTimeCode.issue("案件 1")
    OneTimeCode.issue("案件 2")
    assert not OneTimeCode.redeem("案件 2", code)


def test_a_new_code_replaces_the_old_one() -> None:
    old = OneTimeCode.issue("案件 1")
    new = OneTimeCode.issue("案件 1")
    if old != new:
        assert not OneTimeCode.redeem("案件 1", old)
    assert OneTimeCode.redeem("案件 1", new)


def test_five_wrong_guesses_close_the_code_even_for_the_right_one() -> None:
    code = OneTimeCode.issue("案件 1")
    for _ in range(OneTimeCode.TRIES):
        assert not OneTimeCode.redeem("案件 1", other_than(code))
    assert not OneTimeCode.redeem("案件 1", code)


def test_a_code_is_too_old_after_a_quarter_of_an_hour() -> None:
    code = OneTimeCode.issue("案件 1")
    OneTimeCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not OneTimeCode.redeem("案件 1", code)
