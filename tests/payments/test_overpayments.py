"""Money that came twice is told to the payer and to the treasurer, and its refund lies prepared, within minutes."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from pytest_django import Settings

from tests import cast
from tests.cast import cases, payments, present, signed_in
from todoke.accounts.actors import Guest
from todoke.notices.models import Message
from todoke.organization.models import Post
from todoke.payments import collection, overpayments, slip_settlement
from todoke.payments.fake_provider import FakeProvider, Faults
from todoke.payments.matching import LineKind, StatementSide
from todoke.payments.models import Attempt, Charge, Overpayment, PaymentSlip, Receipt
from todoke.payments.models.overpayment import TOLD_WITHIN
from todoke.payments.providers.interface import EventKind
from todoke.payments.tasks import send_overpaid_refund
from todoke.runtime.rooms import RoomConfig

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(settings: Settings) -> Iterator[FakeProvider]:
    """The payment simulator, delivering no notices by itself."""
    with payments.simulator(settings, FakeProvider(faults=Faults(lost=1))) as book:
        yield book


def paid_twice(charge: Charge) -> Attempt:
    """A card payment is told as failed, the payer pays again, and then the first turns out captured."""
    first = payments.attempt(charge)
    collection.handle_event(payments.told(first, EventKind.FAILED, event="1"))
    for event, attempt in (("2", payments.attempt(charge)), ("3", first)):
        collection.handle_event(payments.told(attempt, event=event))
    return first


def owed(fee: int = 300) -> Charge:
    return present(cases.case(cases.counter(fee=fee)).charge)


def test_t64_a_late_capture_is_told_to_the_payer_at_once_with_its_refund_prepared() -> None:
    charge = owed()
    paid_twice(charge)
    found = Overpayment.objects.get()
    assert (found.yen, found.decided_at) == (charge.yen, None)
    assert found.told_at
    assert found.payer_mailed_at
    mail = Message.objects.get(code="fee-overpaid")
    assert found.number in mail.body
    assert "お返しします" in mail.body


def test_t64_a_slip_paid_after_the_card_is_told_too() -> None:
    charge = owed()
    slip = PaymentSlip.issue(charge, by=Guest())
    collection.handle_event(payments.told(payments.attempt(charge)))
    line = StatementSide(LineKind.CAPTURE, slip.number, charge.yen)
    for _ in range(2):
        slip_settlement.settle_slips(date(2026, 11, 29), [line])
    found = Overpayment.objects.get()
    assert (found.method, found.reference) == (Receipt.Method.SLIP, slip.number)
    assert Message.objects.filter(code="fee-overpaid").count() == 1


def test_t64_a_double_that_nobody_was_told_of_is_found_within_a_quarter_of_an_hour() -> None:
    charge = owed()
    paid_twice(charge)
    Overpayment.objects.all().delete()
    before = Message.objects.filter(code="fee-overpaid").count()
    room = apps.get_app_config("payments")
    assert isinstance(room, RoomConfig)
    _, every = room.periodic["二重の納付の確認"]
    assert isinstance(every, timedelta)
    assert every < TOLD_WITHIN
    assert overpayments.tell_all(timezone.now() + every) == 1
    assert overpayments.tell_all(timezone.now() + every) == 0
    assert Message.objects.filter(code="fee-overpaid").count() == before + 1


def test_t64_a_treasurer_finds_it_in_todays_work_and_gives_it_back_once(book: FakeProvider) -> None:
    charge = owed()
    first = paid_twice(charge)
    treasurer = signed_in(cast.staff("会計 者", "treasurer@example.lg.jp", Post.Role.TREASURER))
    assert "二重の納付の還付" in treasurer.get("/office/").content.decode()
    found = Overpayment.objects.get()
    assert found.number in treasurer.get("/office/payments/overpayments/").content.decode()
    press = f"/office/payments/overpayments/{found.number}/refund/"
    assert "還付を決めました" in treasurer.post(press, follow=True).content.decode()
    assert "二重に返ることはありません" in treasurer.post(press, follow=True).content.decode()
    payment = book.open(first.key, first.yen, "x", "card", "http://x/", "ward")
    book.by_reference[Attempt.objects.get(pk=first.pk).reference] = payment
    for _ in range(2):
        send_overpaid_refund.func(found.number)
    assert payment.refunded == {found.number: charge.yen}


def test_t63_a_treasurer_settles_what_nobody_knows(book: FakeProvider) -> None:
    attempt = payments.attempt(owed())
    attempt.move(Attempt.Status.UNSETTLED)
    treasurer = signed_in(cast.staff("会計 者", "treasurer@example.lg.jp", Post.Role.TREASURER))
    assert "結果のわからない支払" in treasurer.get("/office/").content.decode()
    assert attempt.charge.number in treasurer.get("/office/payments/attempts/?view=unsettled").content.decode()
    page = f"/office/payments/attempts/{attempt.key}/"
    assert "まだ結果がありません" in treasurer.post(f"{page}inquiry/", follow=True).content.decode()
    assert "理由に書いてください" in treasurer.post(f"{page}exclusion/", follow=True).content.decode()
    treasurer.post(f"{page}exclusion/", {"reason": "管理画面で不成立を確認"})
    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.CANCELLED
