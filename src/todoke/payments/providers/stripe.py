"""Stripe adapter, through Stripe's own library: hosted checkout, signed webhooks, refunds; amounts in whole yen."""

import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import stripe
from django.conf import settings

from todoke.payments.providers.interface import (
    Checkout,
    EventKind,
    InvalidSignature,
    Notification,
    ProviderDown,
    UnrelatedEvent,
)

NAME = "stripe"
HEADER = "Stripe-Signature"
TOLERANCE = 300
METHODS = {"card": ["card"], "code": ["paypay"], "konbini": ["konbini"]}
SESSIONS: dict[str, EventKind] = {
    "checkout.session.async_payment_succeeded": EventKind.CAPTURED,
    "checkout.session.async_payment_failed": EventKind.FAILED,
    "checkout.session.expired": EventKind.CANCELLED,
}


class Stripe:
    """Provider that speaks Stripe's API; an attempt's key is Stripe's idempotency key."""

    name = NAME

    def begin(self, *, key: str, yen: int, title: str, method: str, return_url: str) -> Checkout:
        item = {"price_data": {"currency": "jpy", "unit_amount": yen, "product_data": {"name": title}}, "quantity": 1}
        session = _asked(
            lambda client: client.v1.checkout.sessions.create(
                params={
                    "mode": "payment",
                    "locale": "ja",
                    "line_items": [item],
                    "payment_method_types": METHODS[method],
                    "client_reference_id": key,
                    "metadata": {"key": key},
                    "payment_intent_data": {"metadata": {"key": key}},
                    "success_url": return_url,
                    "cancel_url": return_url,
                },
                options={"idempotency_key": key},
            )
        )
        return Checkout(url=session.url, reference=session.id)

    def parse_webhook(self, body: bytes, headers: Mapping[str, str]) -> Notification:
        """Verify with Stripe's library and parse the event. Raises InvalidSignature, UnrelatedEvent.

        A time in the future, which the library lets pass, is refused, too.
        """
        header, secret = headers.get(HEADER, ""), settings.STRIPE_WEBHOOK_SECRET
        if not secret:
            raise InvalidSignature("署名の鍵が設定されていません。")
        try:
            event = stripe.Webhook.construct_event(body, header, secret, tolerance=TOLERANCE)
        except (stripe.SignatureVerificationError, ValueError, AttributeError, IndexError) as problem:
            raise InvalidSignature("通知の署名が正しくありません。") from problem
        sent = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
        if int(sent["t"]) - time.time() > TOLERANCE:
            raise InvalidSignature("通知の時刻が正しくありません。")
        try:
            return self._told(event, body)
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as problem:
            raise InvalidSignature("通知の本文を読み取れません。") from problem

    def fetch_outcome(self, *, key: str, reference: str) -> Notification | None:
        if not reference:
            return None
        session = _asked(lambda client: client.v1.checkout.sessions.retrieve(reference))
        return _outcome(session, key)

    def cancel(self, *, key: str, reference: str) -> Notification | None:
        """Expire an open checkout session; a konbini slip that was issued cannot be expired. Raises ProviderDown."""
        if not reference:
            return None
        session = _asked(lambda client: client.v1.checkout.sessions.retrieve(reference))
        if session.status == "open" and session.client_reference_id == key:
            session = _asked(lambda client: client.v1.checkout.sessions.expire(reference))
        return _outcome(session, key)

    def refund(self, *, reference: str, yen: int, key: str) -> None:
        session = _asked(lambda client: client.v1.checkout.sessions.retrieve(reference))
        terms = {"payment_intent": session.payment_intent, "amount": yen, "metadata": {"key": key}}
        _asked(lambda client: client.v1.refunds.create(params=terms, options={"idempotency_key": key}))

    def _told(self, event: Any, body: bytes) -> Notification:
        thing, seal = event.data.object, hashlib.sha256(body).hexdigest()
        if event.type == "checkout.session.completed" or event.type in SESSIONS:
            kind = SESSIONS.get(event.type) or _kind_of("complete", thing.payment_status)
            key = thing.client_reference_id or ""
            return _notification(event.id, kind, key, thing.id, thing.amount_total, event.created, seal)
        if event.type in {"charge.dispute.created", "refund.created"}:
            kind = EventKind.REFUNDED if event.type == "refund.created" else EventKind.CHARGED_BACK
            key = self._key_of(thing.payment_intent)
            return _notification(event.id, kind, key, thing.payment_intent, thing.amount, event.created, seal)
        raise UnrelatedEvent(event.type)

    @staticmethod
    def _key_of(intent: str) -> str:
        """Look up the attempt's key of a payment intent: disputes and refunds do not carry it."""
        found = _asked(lambda client: client.v1.payment_intents.retrieve(intent))
        return str(found.metadata["key"]) if "key" in found.metadata else ""


def _kind_of(status: str, payment_status: str) -> EventKind | None:
    """Return the outcome of a checkout session; completed and unpaid means that a konbini slip waits to be paid."""
    if payment_status == "paid":
        return EventKind.CAPTURED
    if status == "expired":
        return EventKind.CANCELLED
    return EventKind.PENDING if status == "complete" else None


def _outcome(session: Any, key: str) -> Notification | None:
    """Return what a checkout session of our key has come to; None while it is open or waits for a slip."""
    kind = _kind_of(session.status, session.payment_status)
    if kind in {None, EventKind.PENDING} or session.client_reference_id != key:
        return None
    return _notification(f"asked-{session.id}-{kind}", kind, key, session.id, session.amount_total, session.created)


def _notification(
    event: str, kind: EventKind | None, key: str, reference: str, yen: int, at: int, seal: str = ""
) -> Notification:
    happened = datetime.fromtimestamp(at, UTC)
    return Notification(NAME, event, kind or EventKind.PENDING, key, reference, yen, happened, seal)


def _asked(ask: Callable[[Any], Any]) -> Any:
    """Call Stripe once. Raises ProviderDown when it refuses or does not answer."""
    addresses: Any = {"api": settings.STRIPE_URL} if settings.STRIPE_URL else {}
    client = stripe.StripeClient(settings.STRIPE_KEY, base_addresses=addresses, max_network_retries=0)
    try:
        return ask(client)
    except stripe.StripeError as problem:
        raise ProviderDown("決済サービスが応答しません。") from problem
