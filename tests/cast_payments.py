"""Money of the tests: charges, attempts and what a provider says of them."""

from datetime import date, timedelta

from django.utils import timezone

from todoke.accounts.actors import Guest
from todoke.payments.models import Attempt, Charge, Due
from todoke.payments.providers.port import Kind, Notification

COPY_OF_RESIDENT_RECORD = Due("住民票の写し", "13-01-01", 300, quantity=2)


def charge(*dues: Due, due_on: date | None = None) -> Charge:
    chosen = dues or (COPY_OF_RESIDENT_RECORD,)
    return Charge.assess("住民票の写しの交付", chosen, applied_on=date(2026, 11, 22), due_on=due_on, by=Guest())


def attempt(of: Charge | None = None) -> Attempt:
    return Attempt.start(of or charge(), provider="simulator", method="card", by=Guest())


def told(
    attempt: Attempt, kind: Kind = Kind.CAPTURED, *, event: str = "evt-1", yen: int | None = None, late: int = 1
) -> Notification:
    """What the provider tells of an attempt, some seconds later."""
    return Notification(
        provider=attempt.provider,
        event=event,
        kind=kind,
        key=attempt.key,
        reference=f"psp-{attempt.key[:8]}",
        yen=attempt.yen if yen is None else yen,
        happened_at=timezone.now() + timedelta(seconds=late),
    )
