"""The port 接続口 that every payment provider fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Forged(Exception):
    """The signature or the time of a notification does not hold (署名が正しくない)."""


class ProviderDown(Exception):
    """The provider does not answer (決済事業者が応答しない); what was asked may or may not have happened."""


class NotOurs(Exception):
    """A genuine notification that is about nothing we wait for (関係のない通知)."""


class Kind(StrEnum):
    """What a provider can tell us about one payment; pending: a slip was issued and waits to be paid."""

    PENDING = "pending"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged_back"


@dataclass(frozen=True)
class Notification:
    """One verified fact from a provider (決済通知): yen, and both keys by which it is known."""

    provider: str
    event: str
    kind: Kind
    key: str
    reference: str
    yen: int
    happened_at: datetime
    body_hash: str = ""


@dataclass(frozen=True)
class Checkout:
    """Where the payer goes (支払先), and the provider's number for it."""

    url: str
    reference: str


class Provider(Protocol):
    """What we ask of a provider."""

    def begin(self, *, key: str, yen: int, title: str, method: str, return_url: str) -> Checkout:
        """Open a payment; the same key opens it once. Raises ProviderDown."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> Notification:
        """Verify and read a notification from its raw body. Raises Forged, NotOurs."""

    def look_up(self, *, key: str, reference: str) -> Notification | None:
        """Ask for the outcome of a payment by our key and the provider's number; None while there is none.

        Raises ProviderDown.
        """

    def refund(self, *, reference: str, yen: int, key: str) -> None:
        """Give money back; the same key gives it once. Raises ProviderDown."""
