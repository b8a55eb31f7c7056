"""The simulated provider 決済シミュレーター: honest by default, and as faulty as it is told to be."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from todoke.payments.providers.port import Kind

FEE_PERMILLE = 30
PAYOUT_AFTER_DAYS = 2


@dataclass
class Faults:
    """Shares between 0 and 1 of what goes wrong (故障の割合)."""

    down: float = 0.0
    late: float = 0.0
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
    outcome: Kind | None = None
    refunded: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportLine:
    """One line of the provider's daily report (利用明細): yen before fees, and when it is paid out."""

    day: date
    kind: Kind
    reference: str
    yen: int
    fee_yen: int
    payout: str
    payout_on: date | None


class Book:
    """Everything the provider remembers."""

    def __init__(self, *, seed: int = 0, faults: Faults | None = None) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - faults are repeated from a seed, nothing is kept secret
        self.faults = faults or Faults()
        self.payments: dict[str, Payment] = {}
        self.events = 0

    def is_down(self) -> bool:
        return self.chance.random() < self.faults.down

    def open(
        self, key: str, yen: int, title: str, method: str, return_url: str, merchant: str, at: datetime | None = None
    ) -> Payment:
        """Open a payment; the same key opens it once."""
        if key not in self.payments:
            reference = f"psp{len(self.payments) + 1:08}{secrets.token_hex(2)}"
            opened = at or datetime.now(UTC)
            self.payments[key] = Payment(key, reference, yen, title, method, return_url, opened, merchant)
        return self.payments[key]

    def decide(self, key: str, outcome: Kind) -> Payment:
        """Let the payer pay, fail or give up; a decided payment stays decided."""
        payment = self.payments[key]
        if payment.outcome is None:
            payment.outcome = outcome
        return payment

    def refund(self, reference: str, yen: int, key: str) -> None:
        """Give back once per key. Raises KeyError for an unknown reference."""
        payment = next(found for found in self.payments.values() if found.reference == reference)
        payment.refunded.setdefault(key, yen)

    def tell(self, payment: Payment) -> dict[str, object]:
        """Return the body of a notification about a payment; a lying provider changes the amount."""
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

    def report(self, day: date) -> Iterator[ReportLine]:
        """Yield the daily report of captures and refunds of payments opened on a day (UTC date of opening)."""
        for payment in self.payments.values():
            if payment.opened_at.date() != day or payment.outcome is not Kind.CAPTURED:
                continue
            payout_on = day + timedelta(days=PAYOUT_AFTER_DAYS)
            payout = f"PO{payout_on:%Y%m%d}"
            fee = payment.yen * FEE_PERMILLE // 1000
            yield ReportLine(day, Kind.CAPTURED, payment.reference, payment.yen, fee, payout, payout_on)
            for key, yen in payment.refunded.items():
                yield ReportLine(day, Kind.REFUNDED, key, yen, 0, payout, payout_on)
