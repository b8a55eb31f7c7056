"""Trying too often is refused, for the one who tries and nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from todoke.accounts.rate_limits import RateLimit, RateLimitCounter, delete_stale, hit

pytestmark = pytest.mark.django_db
THREE_A_DAY = RateLimit("お試し", 3, 86_400)


def test_the_fourth_try_of_a_day_is_refused() -> None:
    assert [hit(THREE_A_DAY, "192.0.2.1") for _ in range(4)] == [True, True, True, False]


def test_somebody_else_is_not_locked_out() -> None:
    for _ in range(4):
        hit(THREE_A_DAY, "192.0.2.1")
    assert hit(THREE_A_DAY, "192.0.2.2")


def test_the_next_day_starts_anew() -> None:
    for _ in range(4):
        hit(THREE_A_DAY, "192.0.2.1")
    RateLimitCounter.objects.update(window=0)
    assert hit(THREE_A_DAY, "192.0.2.1")


def test_addresses_are_not_kept_and_old_rows_are_forgotten() -> None:
    hit(THREE_A_DAY, "192.0.2.1")
    assert "192.0.2.1" not in RateLimitCounter.objects.get().client
    RateLimitCounter.objects.update(seen_at=timezone.now() - timedelta(days=3))
    assert delete_stale() == 1
