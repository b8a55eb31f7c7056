"""One-time codes 確認番号: short numbers mailed to a person, who shows with one that the mailbox is theirs."""

import secrets
from datetime import timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "todoke.accounts.one-time-code"


def _seal(subject: str, code: str) -> str:
    return salted_hmac(_SALT, f"{subject}:{code}", algorithm="sha256").hexdigest()


class OneTimeCodeQuerySet(models.QuerySet["OneTimeCode"]):
    def open(self) -> "OneTimeCodeQuerySet":
        """Codes that may still be used: not used, not replaced, not expired, not guessed at too often."""
        return self.filter(closed_at__isnull=True, expires_at__gt=timezone.now(), tries__lt=OneTimeCode.TRIES)


class OneTimeCode(models.Model):
    """確認番号: six digits that open one subject once, within 15 minutes and five tries; only a keyed hash is kept."""

    DIGITS: ClassVar[int] = 6
    TRIES: ClassVar[int] = 5
    VALID: ClassVar[timedelta] = timedelta(minutes=15)

    subject = models.CharField("対象", max_length=120)
    seal = models.CharField("番号の封印", max_length=64)
    issued_at = models.DateTimeField("発行日時")
    expires_at = models.DateTimeField("有効期限")
    tries = models.PositiveSmallIntegerField("入力回数", default=0)
    closed_at = models.DateTimeField("使用・失効日時", null=True)

    objects = OneTimeCodeQuerySet.as_manager()

    class Meta:
        verbose_name = "確認番号"
        indexes = [models.Index(fields=["subject", "-issued_at"], name="accounts_code_by_subject")]

    def __str__(self) -> str:
        return f"確認番号({self.subject})"

    @classmethod
    @transaction.atomic
    def issue(cls, subject: str) -> str:
        """Close earlier codes of a subject and return a new one, to be mailed and then forgotten."""
        now = timezone.now()
        cls.objects.filter(subject=subject, closed_at__isnull=True).update(closed_at=now)
        code = f"{secrets.randbelow(10**cls.DIGITS):0{cls.DIGITS}}"
        cls.objects.create(subject=subject, seal=_seal(subject, code), issued_at=now, expires_at=now + cls.VALID)
        return code

    @classmethod
    def redeem(cls, subject: str, code: str) -> bool:
        """Use a code up. Each call is a counted try, so that parallel guesses cannot exceed the limit."""
        newest = cls.objects.open().filter(subject=subject).order_by("-issued_at", "-pk").first()
        fits = constant_time_compare(newest.seal if newest else "", _seal(subject, code))
        if newest is None or not cls.objects.open().filter(pk=newest.pk).update(tries=F("tries") + 1):
            return False
        now = timezone.now()
        return fits and cls.objects.filter(pk=newest.pk, closed_at__isnull=True).update(closed_at=now) == 1
