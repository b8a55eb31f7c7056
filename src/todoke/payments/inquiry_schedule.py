"""Inquiry schedule 照会の予定: when a provider is asked again about a payment in doubt, and until when; pure."""

from datetime import datetime, timedelta

STEPS = tuple(timedelta(minutes=minutes) for minutes in (3, 5, 10, 15, 30, 60, 120, 240, 480))
"""The time before the first inquiry, before the second, and so on; the last one is repeated."""

LIMIT, SLIP_LIMIT = timedelta(days=2), timedelta(days=60)
KEY_LIFE = timedelta(hours=23)
"""How long a provider surely knows our idempotency key: Stripe forgets keys after 24 hours."""


def next_inquiry(asked: int, now: datetime) -> datetime:
    """Return when to ask next, after so many inquiries (次の照会)."""
    return now + STEPS[min(asked, len(STEPS) - 1)]


def given_up_at(requested_at: datetime, *, is_slip: bool) -> datetime:
    """Return when asking ends and a person settles the payment (照会の期限); a convenience-store slip waits longer."""
    return requested_at + (SLIP_LIMIT if is_slip else LIMIT)


def is_key_known(requested_at: datetime, now: datetime) -> bool:
    """Tell whether a repeated request under the same key is still the same request for the provider."""
    return now - requested_at < KEY_LIFE
