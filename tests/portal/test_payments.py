"""Whoever holds the link can pay: the resident, or somebody for them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from structlog.testing import capture_logs

from tests.cast import payments, present
from todoke.payments import checkout, inquiry_schedule
from todoke.payments.fake_provider import FakeProvider, Faults
from todoke.payments.models import Attempt, Charge, Receipt
from todoke.payments.providers import hmac_signature
from todoke.payments.providers.interface import EventKind

pytestmark = pytest.mark.django_db
NOTICES = "/payments/notices/simulator/"
FIRST = inquiry_schedule.STEPS[0]


@pytest.fixture
def book(settings: Settings) -> Iterator[FakeProvider]:
    """The payment simulator, delivering no notices by itself."""
    with payments.simulator(settings, FakeProvider(faults=Faults(lost=1))) as book:
        yield book


def page(client: Client, charge: Charge) -> str:
    return client.get(f"/payments/{charge.token}/").content.decode()


def notice(book: FakeProvider, settings: Settings, *, secret: str = "", at: int | None = None) -> dict[str, Any]:
    """A signed notice about the newest payment, as keyword arguments of a post."""
    body = json.dumps(book.notification_body(list(book.payments.values())[-1]))
    seal = hmac_signature.sign(body.encode(), secret or settings.PSP_SECRET, at=at)
    return {"data": body, "content_type": "application/json", "headers": {hmac_signature.HEADER: seal}}


def test_a_payer_pays_and_sees_the_receipt(client: Client, book: FakeProvider, settings: Settings) -> None:
    charge = payments.charge()
    assert "まだ支払われていません" in page(client, charge)
    answer = client.post(f"/payments/{charge.token}/attempt/", {"method": "card"})
    assert answer["Location"].startswith(settings.PSP_URL)
    book.decide(Attempt.objects.get().key, EventKind.CAPTURED)
    client.get(f"/payments/{charge.token}/return/")
    paid = page(client, charge)
    assert Receipt.objects.get().number in paid
    assert 'class="button button--secondary" href="/payments/' in paid
    assert paid.count('href="/status/"') == 2


def test_a_payer_who_cancels_is_told_so_and_pays_later(client: Client, book: FakeProvider) -> None:
    charge = payments.charge()
    for outcome, words in (
        (EventKind.CANCELLED, "お金は引き落とされていません"),
        (EventKind.CAPTURED, "納付されました"),
    ):
        client.post(f"/payments/{charge.token}/attempt/", {"method": "card"})
        book.decide(present(Attempt.objects.first()).key, outcome)
        client.get(f"/payments/{charge.token}/return/")
        assert words in page(client, charge)
    assert Receipt.objects.count() == 1


def test_a_silent_provider_leaves_the_charge_unpaid_and_says_so(client: Client, book: FakeProvider) -> None:
    book.faults = Faults(down=1)
    charge = payments.charge()
    answer = client.post(f"/payments/{charge.token}/attempt/", {"method": "card"}, follow=True)
    assert "決済サービスが応答しません" in answer.content.decode()
    assert charge.status == Charge.Status.UNPAID


def test_a_notice_before_the_payer_returns_settles_the_charge(
    client: Client, book: FakeProvider, settings: Settings
) -> None:
    charge = payments.charge()
    client.post(f"/payments/{charge.token}/attempt/", {"method": "card"})
    book.decide(Attempt.objects.get().key, EventKind.CAPTURED)
    for _ in range(3):
        assert client.post(NOTICES, **notice(book, settings)).status_code == 204
    client.get(f"/payments/{charge.token}/return/")
    assert Receipt.objects.count() == 1


def test_a_forged_or_stale_notice_changes_nothing(client: Client, book: FakeProvider, settings: Settings) -> None:
    charge = payments.charge()
    client.post(f"/payments/{charge.token}/attempt/", {"method": "card"})
    book.decide(Attempt.objects.get().key, EventKind.CAPTURED)
    now = int(timezone.now().timestamp())
    bad: list[dict[str, Any]] = [{"secret": "another"}, {"at": now - 601}, {"at": now + 601}]
    assert [client.post(NOTICES, **notice(book, settings, **kind)).status_code for kind in bad] == [400, 400, 400]
    assert client.post(NOTICES, data="{}", content_type="application/json").status_code == 400
    assert Charge.objects.get().status == Charge.Status.UNPAID


def test_a_payment_without_a_notice_is_asked_about_after_minutes(client: Client, book: FakeProvider) -> None:
    charge = payments.charge()
    client.post(f"/payments/{charge.token}/attempt/", {"method": "card"})
    book.decide(Attempt.objects.get().key, EventKind.CAPTURED)
    assert checkout.ask_due() == 0
    assert checkout.ask_due(timezone.now() + FIRST) == 1
    assert Charge.objects.get().status == Charge.Status.PAID


def test_a_payment_that_never_reached_the_provider_holds_up_nobody(client: Client, book: FakeProvider) -> None:
    paid, others = payments.charge(), [payments.charge() for _ in range(checkout.MAX_FAILURES + 1)]
    client.post(f"/payments/{paid.token}/attempt/", {"method": "card"})
    book.decide(Attempt.objects.get().key, EventKind.CAPTURED)
    for charge in others:
        payments.attempt(charge)
    assert checkout.ask_due(timezone.now() + FIRST) == len(others) + 1
    assert paid.status == Charge.Status.PAID
    assert {charge.status for charge in others} == {Charge.Status.UNPAID}


def test_a_silent_provider_is_not_asked_about_everybody(client: Client, book: FakeProvider) -> None:
    charges = [payments.charge() for _ in range(checkout.MAX_FAILURES + 1)]
    for charge in charges:
        client.post(f"/payments/{charge.token}/attempt/", {"method": "card"})
        book.decide(present(Attempt.objects.first()).key, EventKind.CAPTURED)
    book.faults = Faults(down=1)
    with capture_logs() as said:
        assert checkout.ask_due(timezone.now() + FIRST) == 0
    assert len(said) == checkout.MAX_FAILURES
    book.faults = Faults()
    assert checkout.ask_due(timezone.now() + FIRST * 3) == len(charges)


def test_an_unknown_link_opens_nothing(client: Client) -> None:
    payments.charge()
    assert client.get("/payments/unknown/").status_code == 404
    assert client.post("/payments/notices/nobody/").status_code == 404
    assert client.post("/api/webhooks/payments/nobody/").status_code == 404
