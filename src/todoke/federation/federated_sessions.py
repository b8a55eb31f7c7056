"""Federated sessions 連携ログイン: sessions that a provider opened here and can end, on every process."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.federation.identity_providers import IdentityProvider
from todoke.federation.openid.token_validation import hash_of
from todoke.federation.provider_word import ProviderWord

ENDED = "認証元でログインが終わったため、ここでもログインを終わりました。"


class FederatedSession(models.Model):
    """連携ログイン: one session opened by a provider; the session holds a mark, the row its hash."""

    KEPT: ClassVar[timedelta] = timedelta(days=2)
    """Longer than any session lasts."""

    mark_hash = models.CharField("接続の印の封印", max_length=64, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="利用者")
    provider = models.ForeignKey(IdentityProvider, models.PROTECT, related_name="+", verbose_name="認証元")
    issuer = models.CharField("発行者", max_length=200)
    subject = models.CharField("対象", max_length=255)
    sid = models.CharField("認証元のログインの番号", max_length=255, blank=True)
    authentication = models.PositiveSmallIntegerField("当人認証の強さ")
    began_at = models.DateTimeField("はじまり", default=timezone.now)
    ended_at = models.DateTimeField("終わり", null=True)

    class Meta:
        verbose_name = "連携ログイン"
        indexes = [models.Index(fields=["issuer", "subject"], name="federation_session_by_subject")]

    def __str__(self) -> str:
        return f"連携ログイン{self.pk}"

    @classmethod
    def begin(cls, user: User, word: ProviderWord) -> str:
        """Note a session that a provider opened; return the mark that the session has to hold."""
        mark = secrets.token_urlsafe(24)
        cls.objects.create(
            mark_hash=hash_of(mark), user=user, provider=word.provider, issuer=word.provider.issuer,
            subject=word.subject, sid=word.sid, authentication=word.level.authentication,
        )  # fmt: skip
        return mark

    @classmethod
    def end_of(cls, issuer: str, *, subject: str = "", sid: str = "") -> int:
        """End every session of a subject, or of one sign-in at the provider; return how many were open."""
        if not subject and not sid:
            return 0
        found = cls.objects.filter(issuer=issuer, ended_at=None)
        if subject:
            found = found.filter(subject=subject)
        if sid:
            found = found.filter(sid=sid)
        return found.update(ended_at=timezone.now())

    @classmethod
    def end_marked(cls, marks: list[str]) -> int:
        """End the session that holds these marks; return how many were open."""
        found = cls.objects.filter(mark_hash__in=[hash_of(mark) for mark in marks], ended_at=None)
        return found.update(ended_at=timezone.now())

    @classmethod
    def delete_old(cls, at: datetime | None = None) -> int:
        """Delete rows of sessions that are over; return how many."""
        return cls.objects.filter(began_at__lt=(at or timezone.now()) - cls.KEPT).delete()[0]


def why_ended(marks: list[str]) -> str:
    """Return why the session with these marks has ended, in Japanese; empty while it holds. One query."""
    open_now = Q(provider__valid_until=None) | Q(provider__valid_until__gt=timezone.now())
    hashes = [hash_of(mark) for mark in marks]
    holding = FederatedSession.objects.filter(open_now, mark_hash__in=hashes, ended_at=None).count()
    return "" if holding == len(hashes) else ENDED
