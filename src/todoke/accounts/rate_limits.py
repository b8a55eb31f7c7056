"""Limits 回数制限: how often somebody may try something, counted in the database and so across all processes."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """So many times within a stretch of seconds (制限)."""

    name: str
    times: int
    seconds: int


class Allowance(models.Model):
    """試行枠: what one party has used of a limit in the present stretch. The party is kept as a keyed hash."""

    party = models.CharField("誰の何の枠か", max_length=64, unique=True)
    stretch = models.PositiveBigIntegerField("時間枠")
    used = models.PositiveIntegerField("使った回数")
    seen_at = models.DateTimeField("最後の試行", auto_now=True)

    class Meta:
        verbose_name = "試行枠"

    def __str__(self) -> str:
        return f"試行枠{self.pk}"


def spend(limit: Limit, party: str) -> bool:
    """Count one try of a party (an address, a receipt number); False when the limit is used up."""
    now = timezone.now()
    key = salted_hmac("todoke.accounts.rate_limits", f"{limit.name}:{party}", algorithm="sha256").hexdigest()
    stretch = int(now.timestamp()) // limit.seconds
    mine = Allowance.objects.filter(party=key)
    if mine.filter(stretch=stretch, used__lt=limit.times).update(used=F("used") + 1, seen_at=now):
        return True
    if mine.filter(stretch__lt=stretch).update(stretch=stretch, used=1, seen_at=now):
        return True
    made = Allowance.objects.bulk_create([Allowance(party=key, stretch=stretch, used=0)], ignore_conflicts=True)
    return bool(made) and bool(mine.filter(stretch=stretch, used__lt=limit.times).update(used=F("used") + 1))


def is_spent(limit: Limit, party: str) -> bool:
    """Tell whether a party has used a limit up, without counting this question."""
    now = timezone.now()
    key = salted_hmac("todoke.accounts.rate_limits", f"{limit.name}:{party}", algorithm="sha256").hexdigest()
    stretch = int(now.timestamp()) // limit.seconds
    return Allowance.objects.filter(party=key, stretch=stretch, used__gte=limit.times).exists()


def sweep(older_than: timedelta = timedelta(days=2)) -> int:
    """Forget parties that have tried nothing for a while; return how many."""
    return Allowance.objects.filter(seen_at__lt=timezone.now() - older_than).delete()[0]
