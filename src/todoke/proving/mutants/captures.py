"""Mutants that take money twice 二重に受け取る欠陥, or tell nobody of it."""

from typing import Any

from todoke.payments import checkout
from todoke.payments.models import Attempt, Charge, Overpayment

opening: Any = checkout


def second_key() -> None:
    """Give up an unanswered attempt and begin anew under another key."""

    def anew(charge: Charge, provider_name: str, method: str, return_url: str, by: Any) -> Attempt:
        if charge.status != Charge.Status.UNPAID:
            raise checkout.NothingToPay
        Attempt.objects.live().filter(charge=charge).update(status=Attempt.Status.CANCELLED)
        return Attempt.start(charge, provider=provider_name, method=method, return_url=return_url, by=by)

    opening._clear = lambda earlier, method: None
    opening._resumed_or_started = anew


def double_told_to_nobody() -> None:
    """Record what came too much and tell neither payer nor office."""
    setattr(Overpayment, "tell", lambda self: False)  # noqa: B010 - a fault replaces a verb


def cash_in_doubt() -> None:
    """Take cash while a payment of the fee has no certain outcome."""
    setattr(Attempt, "require_none_live", classmethod(lambda cls, charge: None))  # noqa: B010 - the same
