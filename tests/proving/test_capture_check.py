"""The proof of captures sees each way in which a fee is taken twice."""

from typing import Any

import pytest

from tests import cast
from tests.cast import payments
from todoke.payments import collection
from todoke.payments.models import Attempt, Charge, Overpayment
from todoke.payments.providers.interface import EventKind
from todoke.proving import capture_check

pytestmark = pytest.mark.django_db


def book(*captured: Attempt, second_tries: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"captured": {one.key: "" for one in captured}, "refunded": {}, "second_tries": second_tries}


def kinds(found: dict[str, Any]) -> set[str]:
    return {words.split()[0] for words in capture_check.check(found)}


def paid_twice() -> tuple[Attempt, Attempt]:
    charge: Charge = payments.charge()
    first = payments.attempt(charge)
    collection.handle_event(payments.told(first, EventKind.FAILED, event="1"))
    second = payments.attempt(charge)
    for event, attempt in (("2", second), ("3", first)):
        collection.handle_event(payments.told(attempt, event=event))
    return first, second


def test_a_double_that_was_told_is_no_problem_and_one_told_to_nobody_is() -> None:
    both = paid_twice()
    assert kinds(book(*both)) == set()
    Overpayment.objects.update(told_at=None)
    assert kinds(book(*both)) == {"K2"}
    Overpayment.objects.all().delete()
    assert kinds(book(*both)) == {"K2"}


def test_a_second_try_under_a_new_key_is_seen() -> None:
    assert kinds(book(second_tries=("0" * 32,))) == {"K1"}


def test_cash_taken_beside_a_payment_in_doubt_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed, silent, clerk = payments.attempt(), payments.attempt(), cast.clerk()
    collection.pay_at_counter(confirmed.charge, reference="till-1", by=clerk, despite="本人の申出")
    assert kinds(book()) == set()
    monkeypatch.setattr(Attempt, "require_none_live", classmethod(lambda cls, charge: None))
    collection.pay_at_counter(silent.charge, reference="till-2", by=clerk)
    assert kinds(book()) == {"K3"}


def test_money_that_was_taken_and_never_booked_is_seen() -> None:
    assert kinds(book(payments.attempt())) == {"K5"}
