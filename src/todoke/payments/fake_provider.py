"""Fake provider 決済シミュレーター: an in-memory payment provider with configurable faults."""

import random
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from todoke.payments.providers.interface import EventKind


@dataclass
class Faults:
    """故障の割合: rates between 0 and 1 of no answer, late, duplicate, lost, and wrong-amount notifications.

    ``unanswered`` requests are done and their answer is lost; a ``crossed`` payment is told as failed and captured
    after all. What is late or crossed comes after ``late_seconds``.
    """

    down: float = 0.0
    unanswered: float = 0.0
    crossed: float = 0.0
    late: float = 0.0
    late_seconds: float = 5.0
    doubled: float = 0.0
    lost: float = 0.0
    lying: float = 0.0


@dataclass
class Payment:
    """One payment as the provider knows it."""

    key: str
    reference: str
    yen: int
    title: str
    method: str
    return_url: str
    opened_at: datetime
    merchant: str
    outcome: EventKind | None = None
    crossed: bool = False
    refunded: dict[str, int] = field(default_factory=dict)


class FakeProvider:
    """The payments a provider holds, by our key and by its own reference."""

    def __init__(self, *, seed: int = 0, faults: Faults | None = None) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - faults are repeated from a seed, nothing is kept secret
        self.faults = faults or Faults()
        self.payments: dict[str, Payment] = {}
        self.by_reference: dict[str, Payment] = {}
        self.second_tries: list[str] = []
        self.events = 0

    def is_down(self) -> bool:
        return self.chance.random() < self.faults.down

    def loses_answer(self) -> bool:
        """Whether a request is done but its answer is lost."""
        return self.chance.random() < self.faults.unanswered

    def crosses(self) -> bool:
        """Whether a payment is told as failed and captured after all."""
        return self.chance.random() < self.faults.crossed

    def open(
        self, key: str, yen: int, title: str, method: str, return_url: str, merchant: str, at: datetime | None = None
    ) -> Payment:
        """Open a payment; the same key opens it once. Another key for what may be paid already is a second try."""
        if key not in self.payments:
            beside = [other for other in self.payments.values() if other.return_url == return_url]
            if any(other.outcome in {None, EventKind.CAPTURED} and not other.crossed for other in beside):
                self.second_tries.append(key)
            reference = f"psp{len(self.payments) + 1:08}{secrets.token_hex(2)}"
            opened = at or datetime.now(UTC)
            self.payments[key] = self.by_reference[reference] = Payment(
                key, reference, yen, title, method, return_url, opened, merchant
            )
        return self.payments[key]

    def decide(self, key: str, outcome: EventKind) -> Payment:
        """Set the payer's outcome (paid, failed, cancelled) unless one is set."""
        payment = self.payments[key]
        if payment.outcome is None:
            payment.outcome = outcome
        return payment

    def refund(self, reference: str, yen: int, key: str) -> None:
        """Refund once per key. Raises KeyError for an unknown reference."""
        self.by_reference[reference].refunded.setdefault(key, yen)

    def notification_body(self, payment: Payment) -> dict[str, object]:
        """Return the webhook body for a payment; with the ``lying`` fault its amount is one yen too high."""
        self.events += 1
        yen = payment.yen + (1 if self.chance.random() < self.faults.lying else 0)
        return {
            "event": f"evt{self.events:08}",
            "merchant": payment.merchant,
            "kind": payment.outcome,
            "key": payment.key,
            "reference": payment.reference,
            "yen": yen,
            "happened_at": payment.opened_at.isoformat(),
        }

    def summary(self) -> dict[str, Any]:
        """Return what was captured by our key, what was refunded, and the keys of second tries (検証用)."""
        paid = {key: one.return_url for key, one in self.payments.items() if one.outcome == EventKind.CAPTURED}
        back = {key: sum(one.refunded.values()) for key, one in self.payments.items() if one.refunded}
        return {"captured": paid, "refunded": back, "second_tries": self.second_tries}

    def handle_request(self, path: str, asked: dict[str, Any] | None, address: str) -> dict[str, Any]:
        """Return the response to an API request (要求への応答). Raises KeyError for an unknown payment."""
        noun, _, key = path.strip("/").partition("/")
        if noun == "book":
            return self.summary()
        if asked is None:
            payment = self.payments[key]
            return self.notification_body(payment) if payment.outcome else {}
        if noun == "payments":
            payment = self.open(**asked)
            return {"url": f"{address}/pay/{payment.key}", "reference": payment.reference}
        if noun == "cancellations":
            return self.notification_body(self.decide(asked["key"], EventKind.CANCELLED))
        if noun == "refunds":
            self.refund(**asked)
        elif noun == "faults":
            self.faults = Faults(**asked)
        return {}
