"""Money is taken in once, in whatever order and however often the provider tells us."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests import cast
from tests.cast import payments
from todoke.payments import collection, ledger_accounts
from todoke.payments.models import Attempt, Charge, Due, LedgerLine, Overpayment, ProviderEvent, Receipt
from todoke.payments.providers.interface import EventKind
from todoke.payments.signals import settled
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db


def test_a_resident_pays_and_the_ledger_sums_to_zero() -> None:
    attempt = payments.attempt()
    assert collection.handle_event(payments.told(attempt)).outcome == "収納しました"
    charge = Charge.objects.get()
    assert (charge.status, charge.receipt.yen) == (Charge.Status.PAID, 600)
    assert LedgerLine.total() == 0
    assert LedgerLine.balance(ledger_accounts.AGENT) == 600
    assert LedgerLine.balance(ledger_accounts.RECEIVABLE) == 0


def test_the_same_notice_twice_gives_one_receipt_and_one_piece_of_news() -> None:
    news = []
    settled.connect(listener := lambda **kwargs: news.append(kwargs["charge"]), weak=False)
    attempt = payments.attempt()
    for _ in range(10):
        collection.handle_event(payments.told(attempt))
    settled.disconnect(listener)
    assert (Receipt.objects.count(), ProviderEvent.objects.count(), len(news)) == (1, 1, 1)


def test_a_late_failure_does_not_undo_a_payment() -> None:
    attempt = payments.attempt()
    for event, kind in (("1", EventKind.CAPTURED), ("2", EventKind.FAILED), ("3", EventKind.CAPTURED)):
        collection.handle_event(payments.told(attempt, kind, event=event))
    assert Charge.objects.get().status == Charge.Status.PAID
    assert Receipt.objects.count() == 1


def test_a_success_after_a_cancelled_try_still_counts() -> None:
    attempt = payments.attempt()
    collection.handle_event(payments.told(attempt, EventKind.CANCELLED, event="1"))
    collection.handle_event(payments.told(attempt, EventKind.CAPTURED, event="2"))
    assert Charge.objects.get().status == Charge.Status.PAID


def test_a_failed_payment_never_settles() -> None:
    attempt = payments.attempt()
    collection.handle_event(payments.told(attempt, EventKind.FAILED))
    assert Charge.objects.get().status == Charge.Status.UNPAID
    assert Attempt.objects.get().status == Attempt.Status.FAILED


def test_a_wrong_amount_is_kept_and_not_taken() -> None:
    event = collection.handle_event(payments.told(payments.attempt(), yen=1))
    assert "金額が違います" in event.outcome
    assert Charge.objects.get().status == Charge.Status.UNPAID


def test_a_second_card_payment_is_owed_back() -> None:
    charge = payments.charge()
    for number in ("1", "2"):
        outcome = collection.handle_event(payments.told(payments.attempt(charge), event=number)).outcome
    assert outcome == f"二重の納付です。還付 {Overpayment.objects.get().number} を起案しました"
    assert LedgerLine.balance(ledger_accounts.OVERPAID) == -600
    assert LedgerLine.total() == 0


def test_an_unknown_payment_changes_nothing() -> None:
    attempt = payments.attempt()
    stranger = payments.told(attempt)
    attempt.key = "0" * 32
    assert collection.handle_event(payments.told(attempt)).outcome == "該当する支払がありません"
    assert stranger.key != attempt.key
    assert Receipt.objects.count() == 0


def test_the_counter_cannot_take_money_twice() -> None:
    charge, clerk = payments.charge(), cast.clerk()
    assert collection.pay_at_counter(charge, reference="till-1", by=clerk)
    assert collection.pay_at_counter(charge, reference="till-2", by=clerk) is None
    assert LedgerLine.balance(ledger_accounts.CASH) == 600


def test_a_refund_goes_back_to_the_revenue_it_came_from() -> None:
    clerk = cast.clerk()
    charge = payments.charge(Due("写し", "A", 300), Due("郵送", "B", 110))
    receipt = collection.pay_at_counter(charge, reference="till-1", by=clerk)
    assert receipt
    collection.refund(receipt, yen=350, seen_refunded_yen=0, reason="誤り", by=clerk)
    collection.refund(receipt, yen=60, seen_refunded_yen=350, reason="取下げ", by=clerk)
    assert Charge.objects.get().status == Charge.Status.REFUNDED
    assert LedgerLine.balance(ledger_accounts.revenue("A")) == LedgerLine.balance(ledger_accounts.revenue("B")) == 0
    assert LedgerLine.total() == 0


def test_two_clerks_refunding_at_once_give_back_once() -> None:
    clerk = cast.clerk()
    receipt = collection.pay_at_counter(payments.charge(), reference="till-1", by=clerk)
    assert receipt
    assert collection.refund(receipt, yen=600, seen_refunded_yen=0, reason="誤り", by=clerk)
    assert collection.refund(receipt, yen=600, seen_refunded_yen=0, reason="誤り", by=clerk) is None
    with pytest.raises(Refused, match="残り以下"):
        collection.refund(receipt, yen=1, seen_refunded_yen=600, reason="誤り", by=clerk)


def test_a_charge_that_was_paid_cannot_be_cancelled() -> None:
    clerk, charge = cast.clerk(), payments.charge()
    collection.pay_at_counter(charge, reference="till-1", by=clerk)
    assert charge.cancel(by=clerk, reason="取下げ") is False
    other = payments.charge()
    assert other.cancel(by=clerk, reason="取下げ") is True
    assert LedgerLine.balance(ledger_accounts.RECEIVABLE) == 0


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_ten_copies_of_one_notice_at_the_same_moment_give_one_receipt() -> None:
    notification = payments.told(payments.attempt())

    def deliver(_: int) -> str:
        try:
            return collection.handle_event(notification).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        outcomes = set(pool.map(deliver, range(10)))
    assert outcomes == {"収納しました"}
    assert Receipt.objects.count() == 1
    assert LedgerLine.total() == 0
