"""Rate limits 回数制限: fixed-window counters in the database, shared by all processes."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class RateLimit:
    """制限: so many times within a window of seconds."""

    name: str
    times: int
    seconds: int


class RateLimitCounter(models.Model):
    """試行枠: hits of one client on one limit in the current window. The client is stored as a keyed hash."""

    client = models.CharField("誰の何の枠か", max_length=64, unique=True)
    window = models.PositiveBigIntegerField("時間枠")
    hits = models.PositiveIntegerField("使った回数")
    seen_at = models.DateTimeField("最後の試行", auto_now=True)

    class Meta:
        verbose_name = "試行枠"

    def __str__(self) -> str:
        return f"試行枠{self.pk}"


def hit(limit: RateLimit, client: str) -> bool:
    """Count one hit of a client (an address, a receipt number); False when the limit is exceeded."""
    now = timezone.now()
    key = salted_hmac("todoke.accounts.rate_limits", f"{limit.name}:{client}", algorithm="sha256").hexdigest()
    window = int(now.timestamp()) // limit.seconds
    mine = RateLimitCounter.objects.filter(client=key)
    if mine.filter(window=window, hits__lt=limit.times).update(hits=F("hits") + 1, seen_at=now):
        return True
    if mine.filter(window__lt=window).update(window=window, hits=1, seen_at=now):
        return True
    made = RateLimitCounter.objects.bulk_create(
        [RateLimitCounter(client=key, window=window, hits=0)], ignore_conflicts=True
    )
    return bool(made) and bool(mine.filter(window=window, hits__lt=limit.times).update(hits=F("hits") + 1))


def is_exceeded(limit: RateLimit, client: str) -> bool:
    """Tell whether a client has reached a limit, without counting a hit."""
    now = timezone.now()
    key = salted_hmac("todoke.accounts.rate_limits", f"{limit.name}:{client}", algorithm="sha256").hexdigest()
    window = int(now.timestamp()) // limit.seconds
    return RateLimitCounter.objects.filter(client=key, window=window, hits__gte=limit.times).exists()


def delete_stale(older_than: timedelta = timedelta(days=2)) -> int:
    """Delete counters without a recent hit; return how many."""
    return RateLimitCounter.objects.filter(seen_at__lt=timezone.now() - older_than).delete()[0]
