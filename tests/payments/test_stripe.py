"""Stripe's protocol through its own library, against a server of our own that answers with recorded shapes."""

import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import stripe
from django.test import Client
from pytest_django import Settings

from tests import cast
from tests.cast import payments
from todoke.payments import checkout, collection
from todoke.payments.models import Attempt, Charge, Receipt, Refund
from todoke.payments.providers.interface import EventKind, InvalidSignature, ProviderDown
from todoke.payments.providers.stripe import HEADER, Stripe

pytestmark = pytest.mark.django_db
SECRET = "whsec_test"
NOTICES = "/payments/notices/stripe/"


class Recorded(BaseHTTPRequestHandler):
    """Answers as Stripe's API did when it was recorded, and keeps what was asked."""

    asked: list[tuple[str, str, dict[str, str], str]]
    session: dict[str, Any]
    broken = False

    def _answer(self, body: str) -> None:
        Recorded.asked.append(
            (self.command, self.path, dict(urllib.parse.parse_qsl(body)), self.headers["Idempotency-Key"])
        )
        found: dict[str, Any] = {"id": "re_1", "object": "refund", "amount": 600, "status": "succeeded"}
        if "sessions" in self.path:
            found = self.session
        elif "payment_intents" in self.path:
            found = {"id": "pi_1", "object": "payment_intent", "metadata": {"key": self.session["client_reference_id"]}}
        text = json.dumps(found if not self.broken else {"error": {"type": "api_error", "message": "down"}}).encode()
        self.send_response(500 if self.broken else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def _stripe(settings: Settings) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Recorded)
    Recorded.asked, Recorded.broken = [], False
    Recorded.session = {
        "id": "cs_test_a1", "object": "checkout.session", "url": "https://checkout.stripe.com/c/pay/cs_test_a1",
        "status": "open", "payment_status": "unpaid", "amount_total": 600, "currency": "jpy", "created": 1780000000,
        "client_reference_id": "", "payment_intent": "pi_1", "metadata": {},
    }  # fmt: skip
    settings.STRIPE_URL = f"http://127.0.0.1:{server.server_port}"
    settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_1", SECRET
    settings.PAYMENT_PROVIDER = "stripe"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


@pytest.fixture
def attempt() -> Attempt:
    """A payer who was sent to Stripe's page."""
    charge = payments.charge()
    Client().post(f"/payments/{charge.token}/attempt/", {"method": "card"})
    found = Attempt.objects.get()
    Recorded.session["client_reference_id"] = found.key
    return found


def event(kind: str, **changes: Any) -> bytes:
    thing = Recorded.session | changes
    made = {"id": "evt_1", "object": "event", "type": kind, "created": 1780000060, "data": {"object": thing}}
    return json.dumps(made).encode()


def sealed(body: bytes, *, secret: str = SECRET, at: int | None = None) -> str:
    """The header as Stripe's own library makes it."""
    moment = at or int(time.time())
    seal = stripe.WebhookSignature._compute_signature(f"{moment}.{body.decode()}", secret)  # noqa: SLF001 - theirs
    return f"t={moment},v1={seal}"


def deliver(body: bytes, **how: Any) -> int:
    header = how.pop("header", None) or sealed(body, **how)
    return Client().post(NOTICES, data=body, content_type="application/json", headers={HEADER: header}).status_code


def test_a_payer_is_sent_to_the_hosted_page_with_the_charges_own_amount(attempt: Attempt) -> None:
    method, path, sent, idempotency = Recorded.asked[0]
    assert (method, path, idempotency) == ("POST", "/v1/checkout/sessions", attempt.key)
    assert sent["line_items[0][price_data][unit_amount]"] == "600"
    assert sent["line_items[0][price_data][currency]"] == "jpy"
    assert sent["client_reference_id"] == attempt.key
    assert Attempt.objects.get().reference == "cs_test_a1"


def test_a_paid_notice_settles_once(attempt: Attempt) -> None:
    body = event("checkout.session.completed", payment_status="paid", status="complete")
    assert [deliver(body) for _ in range(3)] == [204] * 3
    assert Receipt.objects.get().reference == "cs_test_a1"


def test_a_konbini_slip_waits_until_the_money_is_there(attempt: Attempt) -> None:
    deliver(event("checkout.session.completed", status="complete"))
    assert Attempt.objects.get().status == Attempt.Status.PENDING
    assert Charge.objects.get().status == Charge.Status.UNPAID
    deliver(event("checkout.session.async_payment_succeeded", payment_status="paid").replace(b"evt_1", b"evt_2"))
    assert Charge.objects.get().status == Charge.Status.PAID


@pytest.mark.parametrize("kind", ["checkout.session.async_payment_failed", "checkout.session.expired"])
def test_what_did_not_come_about_is_not_paid(attempt: Attempt, kind: str) -> None:
    assert deliver(event(kind)) == 204
    assert not Receipt.objects.exists()


def test_notices_with_a_bad_seal_or_time_are_turned_away(attempt: Attempt) -> None:
    body, now = event("checkout.session.completed", payment_status="paid"), int(time.time())
    assert [deliver(body, secret="another"), deliver(body, at=now - 600), deliver(body, at=now + 600)] == [400] * 3
    assert [deliver(body, header=bad) for bad in ("t=1", "v1=abc", "t=x,v1=y", "nonsense")] == [400] * 4
    assert deliver(body + b" ", header=sealed(body)) == 400
    assert not Receipt.objects.exists()


def test_without_a_secret_nothing_is_believed(attempt: Attempt, settings: Settings) -> None:
    settings.STRIPE_WEBHOOK_SECRET = ""
    body = event("checkout.session.completed", payment_status="paid")
    with pytest.raises(InvalidSignature):
        Stripe().parse_webhook(body, {HEADER: sealed(body, secret="")})


def test_notices_about_other_things_are_answered_and_left_alone(attempt: Attempt) -> None:
    assert deliver(event("customer.created")) == 204
    assert not Receipt.objects.exists()


def test_a_dispute_is_led_back_to_its_payment(attempt: Attempt) -> None:
    deliver(event("checkout.session.completed", payment_status="paid"))
    dispute = {"id": "dp_1", "object": "dispute", "payment_intent": "pi_1", "amount": 600}
    made = {"id": "evt_9", "object": "event", "type": "charge.dispute.created", "created": 1780000099}
    assert deliver(json.dumps(made | {"data": {"object": dispute}}).encode()) == 204
    assert Attempt.objects.get().status == Attempt.Status.CHARGED_BACK


def test_a_payment_without_a_notice_is_asked_after(attempt: Attempt) -> None:
    assert Stripe().fetch_outcome(key=attempt.key, reference="cs_test_a1") is None
    Recorded.session |= {"status": "complete", "payment_status": "paid"}
    told = Stripe().fetch_outcome(key=attempt.key, reference="cs_test_a1")
    assert told is not None
    assert (told.kind, told.yen) == (EventKind.CAPTURED, 600)
    assert Stripe().fetch_outcome(key="another", reference="cs_test_a1") is None


def test_a_refund_is_sent_under_its_own_number(attempt: Attempt) -> None:
    deliver(event("checkout.session.completed", payment_status="paid"))
    given = collection.refund(Receipt.objects.get(), yen=200, seen_refunded_yen=0, reason="誤り", by=cast.clerk())
    assert given is not None
    checkout.send_refund(given.number)
    method, path, sent, idempotency = Recorded.asked[-1]
    assert (method, path, idempotency) == ("POST", "/v1/refunds", given.number)
    assert (sent["payment_intent"], sent["amount"]) == ("pi_1", "200")
    assert Refund.objects.get().paid_on is not None


def test_a_broken_service_is_said_to_be_down(attempt: Attempt) -> None:
    Recorded.broken = True
    with pytest.raises(ProviderDown):
        Stripe().refund(reference="cs_test_a1", yen=1, key="K1")


def test_a_page_that_is_given_up_is_expired_and_what_came_of_it_is_told(attempt: Attempt) -> None:
    assert Stripe().cancel(key=attempt.key, reference="cs_test_a1") is None
    assert Recorded.asked[-1][:2] == ("POST", "/v1/checkout/sessions/cs_test_a1/expire")
    for status, payment_status, kind in (
        ("expired", "unpaid", EventKind.CANCELLED),
        ("complete", "paid", EventKind.CAPTURED),
    ):
        Recorded.session |= {"status": status, "payment_status": payment_status}
        told = Stripe().cancel(key=attempt.key, reference="cs_test_a1")
        assert told is not None
        assert told.kind == kind
