"""While a payment is being asked about, nobody takes the fee a second time, and everybody is told what comes next."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests import cast
from tests.cast import cases, payments, present, signed_in
from tests.cast.races import together
from todoke.accounts.actors import Guest
from todoke.audit.models import Entry
from todoke.payments import checkout, collection, inquiry_schedule
from todoke.payments.fake_provider import FakeProvider, Faults
from todoke.payments.models import Attempt, Charge, InDoubt, PaymentSlip, Receipt
from todoke.payments.providers.interface import EventKind

pytestmark = pytest.mark.django_db
LATER = inquiry_schedule.LIMIT + timedelta(hours=1)


@pytest.fixture
def book(settings: Settings) -> Iterator[FakeProvider]:
    """The payment simulator, delivering no notices by itself."""
    with payments.simulator(settings, FakeProvider(faults=Faults(lost=1))) as book:
        yield book


def press(charge: Charge, method: str = "card") -> str:
    """A payer presses the button; the page or address that follows."""
    answer = Client().post(f"/payments/{charge.token}/attempt/", {"method": method})
    return str(answer["Location"])


def page(charge: Charge) -> str:
    return Client().get(f"/payments/{charge.token}/").content.decode()


def test_t62_the_database_holds_one_live_attempt_of_a_charge() -> None:
    first = payments.attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        payments.attempt(first.charge)
    first.move(Attempt.Status.UNSETTLED)
    with pytest.raises(IntegrityError), transaction.atomic():
        payments.attempt(first.charge)
    first.move(Attempt.Status.FAILED)
    assert payments.attempt(first.charge).is_live


def test_t62_whoever_presses_again_goes_on_under_the_same_key(book: FakeProvider) -> None:
    charge = payments.charge()
    assert press(charge) == press(charge) == press(charge)
    assert (Attempt.objects.count(), len(book.payments)) == (1, 1)


def test_t62_another_method_is_open_after_the_provider_closed_the_first(book: FakeProvider) -> None:
    charge = payments.charge()
    press(charge)
    press(charge, "code")
    assert [each.status for each in Attempt.objects.order_by("pk")] == ["cancelled", "started"]
    assert not book.second_tries


def test_t62_who_paid_and_lost_the_answer_is_not_charged_by_pressing_again(book: FakeProvider) -> None:
    charge = payments.charge()
    press(charge)
    book.decide(Attempt.objects.get().key, EventKind.CAPTURED)
    assert press(charge, "code") == f"/payments/{charge.token}/"
    assert "納付されました" in page(charge)
    assert (len(book.payments), Receipt.objects.count()) == (1, 1)


def test_t62_an_answer_lost_at_the_beginning_is_asked_for_under_the_same_key(book: FakeProvider) -> None:
    charge = payments.charge()
    book.faults = Faults(lost=1, unanswered=1)
    press(charge)
    attempt = Attempt.objects.get()
    assert attempt.reference == ""
    assert "二重に引き落とされることはありません" in page(charge)
    book.faults = Faults(lost=1)
    assert checkout.ask_due(timezone.now() + inquiry_schedule.STEPS[0] * 4) == 1
    attempt.refresh_from_db()
    assert attempt.reference == book.payments[attempt.key].reference
    assert len(book.payments) == 1


def test_t62_while_the_provider_is_silent_every_other_way_is_refused_in_words(book: FakeProvider) -> None:
    at = cases.counter(fee=300)
    charge = present(cases.case(at).charge)
    press(charge)
    book.faults = Faults(down=1)
    assert press(charge, "code") == f"/payments/{charge.token}/"
    assert Client().get(f"/payments/{charge.token}/slip.pdf")["Location"] == f"/payments/{charge.token}/"
    for act in (
        lambda: PaymentSlip.issue(charge, by=Guest()),
        lambda: collection.pay_at_counter(charge, reference="till-1", by=at.clerk),
        lambda: collection.exempt(charge, percent=50, reason="生活保護", evidence="証明書", by=at.clerk),
    ):
        with pytest.raises(InDoubt, match="二重に引き落とされることはありません"):
            act()
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(("minutes", "asked"), [(2, 0), (3, 1)])
def test_inquiries_follow_their_schedule(book: FakeProvider, minutes: int, asked: int) -> None:
    press(payments.charge())
    assert checkout.ask_due(timezone.now() + timedelta(minutes=minutes, seconds=1)) == asked
    assert Attempt.objects.get().asked_times == asked


def test_an_abandoned_page_is_closed_at_its_limit(book: FakeProvider) -> None:
    charge = payments.charge()
    press(charge)
    checkout.ask_due(timezone.now() + LATER)
    assert Attempt.objects.get().status == Attempt.Status.CANCELLED
    assert "もう一度お支払いください" in page(charge)


def test_t63_what_stays_unknown_at_its_limit_is_settled_by_a_person(book: FakeProvider) -> None:
    charge, treasurer = payments.charge(), cast.clerk()
    press(charge)
    book.faults = Faults(down=1)
    checkout.ask_due(timezone.now() + LATER)
    attempt = Attempt.objects.get()
    assert attempt.is_unsettled
    assert "職員が決済サービスに確かめています" in page(charge)
    assert press(charge) == f"/payments/{charge.token}/"
    assert checkout.rule_out(attempt, reason="事業者の管理画面で不成立を確認", by=treasurer)
    assert not checkout.rule_out(attempt, reason="もう一度", by=treasurer)
    book.faults = Faults(lost=1)
    assert "/pay/" in press(charge)


def test_t62_cash_beside_a_payment_in_doubt_needs_a_confirmation_and_a_reason(book: FakeProvider) -> None:
    at = cases.counter(fee=300)
    case, clerk = cases.case(at), signed_in(at.clerk)
    press(present(case.charge))
    assert (
        "結果がわかるまで、窓口では受け取らないでください"
        in clerk.get(f"/office/cases/{case.number}/").content.decode()
    )
    till, address = {"method": "cash", "reference": "till-1"}, f"/office/cases/{case.number}/payment/"
    for half in ({}, {"confirmed": "1"}, {"despite": "急ぐ"}, {"confirmed": "1", "despite": "  "}):
        assert "お金はまだ記録していません" in clerk.post(address, till | half, follow=True).content.decode()
    assert not Receipt.objects.exists()
    clerk.post(address, till | {"confirmed": "1", "despite": "カードの明細を見て確認"})
    assert Receipt.objects.get().method == Receipt.Method.CASH
    written = Entry.objects.get(act="確認中の支払がある中での収納")
    assert (written.actor, written.reason) == (at.clerk, "カードの明細を見て確認")
    checkout.ask_due()
    assert Attempt.objects.get().status == Attempt.Status.CANCELLED


def test_a_clerk_narrows_the_cases_to_those_whose_payment_is_in_doubt(book: FakeProvider) -> None:
    at = cases.counter(fee=300)
    asked, other = cases.case(at), cases.case(at)
    press(present(asked.charge))
    shown = signed_in(at.clerk).get("/office/cases/?view=all&payment=doubt").content.decode()
    assert asked.number in shown
    assert other.number not in shown


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_t62_card_and_cash_at_one_moment_take_the_fee_once(book: FakeProvider) -> None:
    charge, clerk = payments.charge(), cast.clerk()
    begin = {"provider_name": "simulator", "method": "card", "return_url": "http://x/"}
    done = together(
        *[lambda: checkout.begin(charge, **begin, by=Guest())] * 4,
        *[lambda: present(collection.pay_at_counter(charge, reference="till-1", by=clerk))] * 1,
    )
    assert Attempt.objects.count() + Receipt.objects.count() == 1
    assert any(done)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_charge_is_paid_or_cancelled_never_both() -> None:
    for trial in range(20):
        owed, clerk = payments.charge(), Guest()
        together(
            partial(collection.pay_at_counter, owed, reference=f"till-{trial}", by=clerk),
            partial(owed.cancel, by=clerk, reason="申請の取下げ"),
        )
        found = Charge.objects.select_related("receipt").get(pk=owed.pk)
        assert hasattr(found, "receipt") != (found.cancelled_at is not None)
