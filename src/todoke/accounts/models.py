"""Accounts 利用者: residents and staff who sign in. Permissions of staff come from the posts they hold."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from todoke.accounts.account_requests import AccountRequest
from todoke.accounts.one_time_codes import OneTimeCode
from todoke.accounts.rate_limits import RateLimitCounter
from todoke.accounts.used_codes import UsedCode
from todoke.runtime.read_only_mode import read_only

__all__ = ["AccountRequest", "OneTimeCode", "RateLimitCounter", "UsedCode", "User", "UserManager"]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create and return an account; the e-mail address is stored as typed, with its domain in lower case."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Return the account of an e-mail address in any case. Raises User.DoesNotExist."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """利用者: a person who signs in with an e-mail address, resident or staff."""

    email = models.EmailField("メールアドレス", max_length=254, unique=True)
    name = models.CharField("氏名", max_length=100, blank=True)
    kana = models.CharField("氏名(フリガナ)", max_length=100, blank=True)
    language = models.CharField("表示言語", max_length=10, default="ja")
    is_active = models.BooleanField("有効", default=True)
    session_epoch = models.PositiveIntegerField("ログインを終わらせた回数", default=0)
    joined_at = models.DateTimeField("登録日時", auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "利用者"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_one_account_per_email"),
        ]

    def __str__(self) -> str:
        return self.name or f"利用者{self.pk}"

    def end_sessions(self) -> None:
        """End every session of this person at once, on every process and machine; the caller records why."""
        User.objects.filter(pk=self.pk).update(session_epoch=F("session_epoch") + 1)

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Return what a session must carry to be this person's: it changes with the password and ``end_sessions``."""
        plain: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc] # Django has it, its stubs do not
        if not self.session_epoch:
            return plain
        mark = f"{plain}:{self.session_epoch}"
        return salted_hmac("todoke.accounts.models.User.session", mark, secret=secret, algorithm="sha256").hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; an update of ``last_login`` alone is skipped in read-only mode."""
        if read_only() is not None and kwargs.get("update_fields") == ["last_login"]:
            return
        super().save(*args, **kwargs)
