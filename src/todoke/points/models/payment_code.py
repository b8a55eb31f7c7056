"""Payment codes 支払番号: eight digits that a resident shows in a shop, once, within 60 seconds."""

import secrets
from datetime import timedelta
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.typed_codes import plain_code
from todoke.points.models.point_holder import PointHolder
from todoke.points.point_keys import payment_code_hash
from todoke.runtime.secret_text import SecretText


class PaymentCode(models.Model):
    """支払番号: valid once and for 60 seconds; only its keyed hash is stored."""

    DIGITS: ClassVar[int] = 8
    VALID: ClassVar[timedelta] = timedelta(seconds=60)

    holder = models.ForeignKey(PointHolder, models.CASCADE, related_name="+", verbose_name="持ち主")
    code_hash = models.CharField("番号の封印", max_length=64, unique=True)
    expires_at = models.DateTimeField("有効期限")
    used_at = models.DateTimeField("使った日時", null=True, blank=True)

    class Meta:
        verbose_name = "支払番号"

    def __str__(self) -> str:
        return f"支払番号{self.pk}"

    @classmethod
    @transaction.atomic
    def issue(cls, holder: PointHolder) -> SecretText:
        """Delete earlier codes of a holder and return a new one in clear, which is not stored."""
        cls.objects.filter(holder=holder).delete()
        until = timezone.now() + cls.VALID
        code = SecretText(f"{secrets.randbelow(10**cls.DIGITS):0{cls.DIGITS}}", until)
        cls.objects.create(holder=holder, code_hash=payment_code_hash(code), expires_at=until)
        return code

    @classmethod
    def redeem(cls, typed: str) -> PointHolder | None:
        """Use a code up and return whose it is; None for one that is wrong, used or too old."""
        now = timezone.now()
        live = cls.objects.filter(code_hash=payment_code_hash(plain_code(typed)), used_at=None, expires_at__gt=now)
        found = live.select_related("holder").first()
        return found.holder if found is not None and live.update(used_at=now) else None
