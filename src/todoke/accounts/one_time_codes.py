"""One-time codes 確認番号: six digits mailed to a person to verify that the mailbox is theirs."""

import secrets
from datetime import timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from todoke.accounts.typed_codes import plain_code
from todoke.runtime.secret_text import SecretText

_SALT = "todoke.accounts.one-time-code"


def _hash(subject: str, code: str) -> str:
    return salted_hmac(_SALT, f"{subject}:{code}", algorithm="sha256").hexdigest()


class OneTimeCodeQuerySet(models.QuerySet["OneTimeCode"]):
    def usable(self) -> "OneTimeCodeQuerySet":
        """Codes that are not used, replaced, expired or tried too often."""
        return self.filter(closed_at__isnull=True, expires_at__gt=timezone.now(), tries__lt=OneTimeCode.TRIES)


class OneTimeCode(models.Model):
    """確認番号: valid once for one subject, for 15 minutes and five tries; only its HMAC-SHA256 is stored."""

    DIGITS: ClassVar[int] = 6
    TRIES: ClassVar[int] = 5
    VALID: ClassVar[timedelta] = timedelta(minutes=15)

    subject = models.CharField("対象", max_length=120)
    code_hash = models.CharField("番号の封印", max_length=64)
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
    def issue(cls, subject: str) -> SecretText:
        """Invalidate earlier codes of a subject and return a new one in clear, which is not stored."""
        now = timezone.now()
        cls.objects.filter(subject=subject, closed_at__isnull=True).update(closed_at=now)
        until = now + cls.VALID
        code = SecretText(f"{secrets.randbelow(10**cls.DIGITS):0{cls.DIGITS}}", until)
        cls.objects.create(subject=subject, code_hash=_hash(subject, code), issued_at=now, expires_at=until)
        return code

    @classmethod
    def redeem(cls, subject: str, code: str) -> bool:
        """Tell whether a code is right however it was typed, and use it up.

        Each call counts as a try, also when calls run in parallel.
        """
        code = plain_code(code)
        newest = cls.objects.usable().filter(subject=subject).order_by("-issued_at", "-pk").first()
        matches = constant_time_compare(newest.code_hash if newest else "", _hash(subject, code))
        if newest is None or not cls.objects.usable().filter(pk=newest.pk).update(tries=F("tries") + 1):
            return False
        now = timezone.now()
        return matches and cls.objects.filter(pk=newest.pk, closed_at__isnull=True).update(closed_at=now) == 1
