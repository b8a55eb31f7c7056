"""Simulator adapter: speaks to the payment simulator (決済シミュレーター), its own process ``./todoke psp``."""

import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from todoke.payments.providers import hmac_signature
from todoke.payments.providers.interface import Checkout, EventKind, InvalidSignature, Notification, ProviderDown

NAME = "simulator"
WITHIN = 5


class UnknownPayment(ProviderDown):
    """The provider has no such payment (決済事業者に届いていない): we stopped before the request was sent."""


class Simulator:
    """Provider that speaks to the simulator over loopback HTTP."""

    name = NAME

    def begin(self, *, key: str, yen: int, title: str, method: str, return_url: str) -> Checkout:
        asked = {
            "merchant": settings.PSP_MERCHANT,
            "key": key,
            "yen": yen,
            "title": title,
            "method": method,
            "return_url": return_url,
        }
        found = self._ask("/payments", asked)
        return Checkout(url=found["url"], reference=found["reference"])

    def parse_webhook(self, body: bytes, headers: Mapping[str, str]) -> Notification:
        """Verify the HMAC signature and parse the JSON body. Raises InvalidSignature, UnrelatedEvent."""
        hmac_signature.verify(body, headers, settings.PSP_SECRET)
        try:
            found = json.loads(body)
            if found["merchant"] != settings.PSP_MERCHANT:
                raise InvalidSignature("ほかの加盟店あての通知です。")
            return self._notification(found, body)
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as problem:
            raise InvalidSignature("通知の本文を読み取れません。") from problem

    def fetch_outcome(self, *, key: str, reference: str) -> Notification | None:
        try:
            found = self._ask(f"/payments/{key}")
        except UnknownPayment:
            return None
        return self._notification(found, json.dumps(found).encode()) if found.get("kind") else None

    def cancel(self, *, key: str, reference: str) -> Notification | None:
        """Close the payment; one that never reached the provider is cancelled, too. Raises ProviderDown."""
        try:
            found = self._ask("/cancellations", {"key": key})
        except UnknownPayment:
            return Notification(self.name, f"unknown-{key}", EventKind.CANCELLED, key, reference, 0, datetime.now(UTC))
        return self._notification(found, json.dumps(found).encode())

    def refund(self, *, reference: str, yen: int, key: str) -> None:
        self._ask("/refunds", {"reference": reference, "yen": yen, "key": key})

    def _notification(self, found: dict[str, Any], body: bytes) -> Notification:
        return Notification(
            provider=self.name,
            event=found["event"],
            kind=EventKind(found["kind"]),
            key=found["key"],
            reference=found["reference"],
            yen=found["yen"],
            happened_at=datetime.fromisoformat(found["happened_at"]),
            body_hash=hashlib.sha256(body).hexdigest(),
        )

    @staticmethod
    def _ask(path: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(settings.PSP_URL + path, data=body)  # noqa: S310 - address of an installation's own setting
        try:
            with urllib.request.urlopen(request, timeout=WITHIN) as answer:  # noqa: S310 - the same
                found: dict[str, Any] = json.load(answer)
                return found
        except urllib.error.HTTPError as problem:
            raise (UnknownPayment if problem.code == 404 else ProviderDown)("決済サービスが応答しません。") from problem
        except (OSError, ValueError) as problem:
            raise ProviderDown("決済サービスが応答しません。") from problem
