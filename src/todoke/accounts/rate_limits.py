"""Rate limits 回数制限: fixed-window counters in the database, shared by all processes."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from todoke.runtime.read_only_mode import read_only
from todoke.runtime.refusals import Refused


@dataclass(frozen=True)
class RateLimit:
    """制限: so many times within a window of seconds."""

    name: str
    times: int
    seconds: int


class TooOften(Refused):
    """回数の制限: a rate limit was exceeded; nothing was done."""

    status = 429
    retry_after = 900

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "短い時間に何度も試されたため、受け付けを止めています。申請には何も起きていません。15分ほどたってから、もう一度お試しください。"
            )
        )


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


def _place(limit: RateLimit, client: str) -> tuple[str, int]:
    key = salted_hmac("todoke.accounts.rate_limits", f"{limit.name}:{client}", algorithm="sha256").hexdigest()
    return key, int(timezone.now().timestamp()) // limit.seconds


def _hit_in_memory(limit: RateLimit, client: str) -> bool:
    name = "rate-limit:{}:{}".format(*_place(limit, client))
    cache.add(name, 0, timeout=limit.seconds)
    return cache.incr(name) <= limit.times


def hit(limit: RateLimit, client: str) -> bool:
    """Count one hit of a client (an address, a receipt number); False when the limit is exceeded.

    While nothing can be written (参照専用) each process counts for itself.
    """
    if read_only() is not None:
        return _hit_in_memory(limit, client)
    now = timezone.now()
    key, window = _place(limit, client)
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
    key, window = _place(limit, client)
    return RateLimitCounter.objects.filter(client=key, window=window, hits__gte=limit.times).exists()


def take_back(limit: RateLimit, client: str) -> None:
    """Take one hit of a client back, for example after a right password; nothing while nothing can be written."""
    if read_only() is not None:
        return
    key, window = _place(limit, client)
    RateLimitCounter.objects.filter(client=key, window=window, hits__gt=0).update(hits=F("hits") - 1)


def forget(limit: RateLimit, client: str) -> None:
    """Take all hits of a client back; nothing while nothing can be written."""
    if read_only() is not None:
        return
    key, window = _place(limit, client)
    RateLimitCounter.objects.filter(client=key, window=window).update(hits=0)


def delete_stale(older_than: timedelta = timedelta(days=2)) -> int:
    """Delete counters without a recent hit; return how many."""
    return RateLimitCounter.objects.filter(seen_at__lt=timezone.now() - older_than).delete()[0]
