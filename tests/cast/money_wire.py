"""The simulated provider without its socket: the same requests, answers, signatures and raw bodies, in this process."""

import json
from typing import Any

from django.conf import settings

from todoke.payments import collection
from todoke.payments.fake_provider import FakeProvider, Payment
from todoke.payments.providers import hmac_signature
from todoke.payments.providers.interface import InvalidSignature, ProviderDown
from todoke.payments.providers.registry import PROVIDERS
from todoke.payments.providers.simulator import Simulator


class Wire(Simulator):
    """The adapter to the simulator, whose requests reach the book of one process."""

    name = "wire"
    book = FakeProvider()

    @staticmethod
    def _ask(path: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
        if Wire.book.is_down():
            raise ProviderDown
        return Wire.book.handle_request(path, None if data is None else json.loads(json.dumps(data)), "http://psp")


def connect(seed: int) -> FakeProvider:
    """Put a fresh provider beside the simulator."""
    PROVIDERS[Wire.name] = Wire
    Wire.book = FakeProvider(seed=seed)
    return Wire.book


def deliver(payment: Payment, **changes: object) -> None:
    """Deliver a notice about a payment as the provider would, from the raw body, after a stranger tried to forge it."""
    body = json.dumps(Wire.book.notification_body(payment) | changes).encode()
    try:
        collection.handle_event(
            Wire().parse_webhook(body, {hmac_signature.HEADER: hmac_signature.sign(body, "a stranger's secret")})
        )
    except InvalidSignature:
        collection.handle_event(
            Wire().parse_webhook(body, {hmac_signature.HEADER: hmac_signature.sign(body, settings.PSP_SECRET)})
        )
