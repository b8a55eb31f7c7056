"""The adapter to the payment simulator (決済シミュレーター), which runs as its own process: ``./todoke psp``."""

import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from todoke.payments.providers import hmac_signature
from todoke.payments.providers.interface import Checkout, Forged, Kind, Notification, ProviderDown

NAME = "simulator"
WITHIN = 5


class UnknownThere(ProviderDown):
    """The provider never heard of it (決済事業者に届いていない): we died before we asked."""


class Simulator:
    """Speaks to the simulator over loopback HTTP, as an adapter speaks to a real provider."""

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

    def read(self, body: bytes, headers: Mapping[str, str]) -> Notification:
        hmac_signature.verify(body, headers, settings.PSP_SECRET)
        try:
            found = json.loads(body)
            if found["merchant"] != settings.PSP_MERCHANT:
                raise Forged("ほかの加盟店あての通知です。")
            return self._notification(found, body)
        except (KeyError, TypeError, ValueError) as problem:
            raise Forged("通知の本文を読み取れません。") from problem

    def look_up(self, *, key: str, reference: str) -> Notification | None:
        try:
            found = self._ask(f"/payments/{key}")
        except UnknownThere:
            return None
        return self._notification(found, json.dumps(found).encode()) if found.get("kind") else None

    def refund(self, *, reference: str, yen: int, key: str) -> None:
        self._ask("/refunds", {"reference": reference, "yen": yen, "key": key})

    def _notification(self, found: dict[str, Any], body: bytes) -> Notification:
        return Notification(
            provider=self.name,
            event=str(found["event"]),
            kind=Kind(found["kind"]),
            key=str(found["key"]),
            reference=str(found["reference"]),
            yen=int(found["yen"]),
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
            raise (UnknownThere if problem.code == 404 else ProviderDown)("決済サービスが応答しません。") from problem
        except (OSError, ValueError) as problem:
            raise ProviderDown("決済サービスが応答しません。") from problem
