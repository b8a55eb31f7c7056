"""Provider interface 接続口: the protocol that every payment provider implements, and its data types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

LONGEST = 200
MOST_YEN = 1_000_000_000


class InvalidSignature(Exception):
    """The signature or the time of a webhook event is not valid (署名が正しくない)."""


class ProviderDown(Exception):
    """The provider does not answer (決済事業者が応答しない); what was asked may or may not have happened."""


class UnrelatedEvent(Exception):
    """A genuine webhook event about nothing we wait for (関係のない通知)."""


class EventKind(StrEnum):
    """What a provider reports about one payment; pending: a slip was issued and waits to be paid."""

    PENDING = "pending"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged_back"


@dataclass(frozen=True)
class Notification:
    """One verified webhook event (決済通知): yen, and both keys by which the payment is known.

    Raises InvalidSignature for nested, endless or impossible values, which a signature alone does not rule out.
    """

    provider: str
    event: str
    kind: EventKind
    key: str
    reference: str
    yen: int
    happened_at: datetime
    body_hash: str = ""

    def __post_init__(self) -> None:
        texts = (self.event, self.key, self.reference)
        plain = all(isinstance(text, str) and len(text) <= LONGEST and text.isprintable() for text in texts)
        counted = isinstance(self.yen, int) and not isinstance(self.yen, bool) and abs(self.yen) < MOST_YEN
        if not (plain and counted and self.happened_at.tzinfo):
            raise InvalidSignature("通知の値の形が正しくありません。")


@dataclass(frozen=True)
class Checkout:
    """An opened payment: the address of the payer's page (支払先), and the provider's reference."""

    url: str
    reference: str


class Provider(Protocol):
    """Protocol of a payment provider."""

    def begin(self, *, key: str, yen: int, title: str, method: str, return_url: str) -> Checkout:
        """Open a payment; idempotent by ``key``. Raises ProviderDown."""

    def parse_webhook(self, body: bytes, headers: Mapping[str, str]) -> Notification:
        """Verify and parse a webhook request from its raw body. Raises InvalidSignature, UnrelatedEvent."""

    def fetch_outcome(self, *, key: str, reference: str) -> Notification | None:
        """Return the outcome of a payment by our key and the provider's reference; None while there is none.

        Raises ProviderDown.
        """

    def cancel(self, *, key: str, reference: str) -> Notification | None:
        """Close the payer's page so that nothing can be captured any more; return the outcome, None if uncertain.

        A payment that was captured before stays captured, and the outcome says so. Raises ProviderDown.
        """

    def refund(self, *, reference: str, yen: int, key: str) -> None:
        """Refund yen of a payment; idempotent by ``key``. Raises ProviderDown."""
