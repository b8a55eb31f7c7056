"""Used codes 使用済みの番号: a code of an app or a recovery sheet is good once, on whichever process it comes."""

from datetime import timedelta
from typing import ClassVar

from django.core.cache import cache
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from todoke.runtime.read_only_mode import read_only


class UsedCode(models.Model):
    """使用済みの番号: stored as a keyed hash of factor and time step (or recovery code); a second use is refused."""

    OF_APP: ClassVar[timedelta] = timedelta(minutes=10)

    digest = models.CharField("番号の封印", max_length=64, unique=True)
    expires_at = models.DateTimeField("消してよい日時", null=True)

    class Meta:
        verbose_name = "使用済みの番号"

    def __str__(self) -> str:
        return f"使用済みの番号{self.pk}"

    @classmethod
    def use(cls, factor: str, code: str, valid: timedelta | None = None) -> bool:
        """Use a code up for all processes; False when it was used before. ``valid`` None keeps the row for ever.

        While nothing can be written (参照専用) each process remembers for itself.
        """
        digest = salted_hmac("todoke.accounts.used_codes", f"{factor}:{code}", algorithm="sha256").hexdigest()
        if read_only() is not None:
            return bool(cache.add(f"used-code:{digest}", 1, timeout=cls.OF_APP.total_seconds()))
        try:
            with transaction.atomic():
                cls.objects.create(digest=digest, expires_at=timezone.now() + valid if valid else None)
        except IntegrityError:
            return False
        return True

    @classmethod
    def delete_expired(cls) -> int:
        """Delete the codes that could not be entered any more anyway; return how many."""
        return cls.objects.filter(expires_at__lt=timezone.now()).delete()[0]
