"""Authentication requests 認証の往復: one way to a provider and back, used once, in the browser that began it."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.transitions import compare_and_set
from todoke.federation.identity_providers import IdentityProvider
from todoke.federation.openid.token_validation import ValidToken, hash_of
from todoke.runtime.field_encryption import decrypt_text, encrypt_text


class AuthenticationRequest(models.Model):
    """認証の往復: state and nonce are kept as hashes, the verifier encrypted; where it leads back is a name."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", "ログイン"
        LINK = "link", "連携"
        STEP_UP = "step_up", "もう一度の本人確認"
        IDENTIFY = "identify", "1件の申請のための本人確認"
        RECHECK = "recheck", "職員のログインの確かめ直し"

    class Outcome(models.TextChoices):
        STARTED = "started", "確かめている途中"
        DONE = "done", "成功"
        REFUSED = "refused", "お断り"
        BROKEN = "broken", "中断"

    VALID: ClassVar[timedelta] = timedelta(minutes=10)
    KEPT: ClassVar[timedelta] = timedelta(days=30)

    state_hash = models.CharField("stateの封印", max_length=64, unique=True)
    nonce_hash = models.CharField("nonceの封印", max_length=64)
    sealed_verifier = models.TextField("検証の元(暗号化)")
    provider = models.ForeignKey(IdentityProvider, models.PROTECT, related_name="+", verbose_name="認証元")
    browser_hash = models.CharField("端末の印の封印", max_length=64)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+", verbose_name="ログインしている人")
    purpose = models.CharField("目的", max_length=10, choices=Purpose.choices)
    asked_authentication = models.PositiveSmallIntegerField("求めた当人認証")
    is_fresh = models.BooleanField("あらためて確かめる")
    return_name = models.CharField("戻り先の名", max_length=40)
    return_argument = models.CharField("戻り先の値", max_length=60, blank=True)
    started_at = models.DateTimeField("はじめた日時", default=timezone.now)
    used_at = models.DateTimeField("戻った日時", null=True)
    outcome = models.CharField("結果", max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        verbose_name = "認証の往復"
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, outcome="") | (Q(used_at__isnull=False) & ~Q(outcome="")),
                name="federation_used_request_has_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["started_at"], name="federation_request_by_start")]

    def __str__(self) -> str:
        return f"認証の往復{self.pk}"

    @classmethod
    def begin(
        cls, provider: IdentityProvider, *, browser: str, purpose: str, user: User | None, authentication: int,
        is_fresh: bool, target: tuple[str, str],
    ) -> tuple["AuthenticationRequest", str, str]:  # fmt: skip
        """Store a request and return it with its state and its nonce in clear, which are not stored."""
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        made = cls.objects.create(
            state_hash=hash_of(state), nonce_hash=hash_of(nonce), provider=provider, browser_hash=hash_of(browser),
            sealed_verifier=encrypt_text(secrets.token_urlsafe(48)), user=user, purpose=purpose,
            asked_authentication=authentication, is_fresh=is_fresh, return_name=target[0], return_argument=target[1],
        )  # fmt: skip
        return made, state, nonce

    @classmethod
    def take(cls, provider: IdentityProvider, *, state: str, browser: str) -> "AuthenticationRequest | None":
        """Use the request of a return up and return it; None where there is none, or it was used before.

        One conditional update, before the code is exchanged: of two returns at one moment one goes on.
        """
        found = cls.objects.filter(
            state_hash=hash_of(state), provider=provider, browser_hash=hash_of(browser), used_at=None,
            started_at__gt=timezone.now() - cls.VALID,
        ).first()  # fmt: skip
        if found is None:
            return None
        used = compare_and_set(found, {"used_at": None}, used_at=timezone.now(), outcome=cls.Outcome.STARTED)
        return found if used else None

    @classmethod
    def earlier(cls, provider: IdentityProvider, *, state: str, browser: str) -> "AuthenticationRequest | None":
        """Return the request of a return that this browser has brought before, unless that was refused."""
        used = cls.objects.filter(used_at__gt=timezone.now() - cls.VALID).exclude(outcome=cls.Outcome.REFUSED)
        return used.filter(state_hash=hash_of(state), provider=provider, browser_hash=hash_of(browser)).first()

    def end(self, outcome: str) -> None:
        """Note how it ended; once."""
        compare_and_set(self, {"outcome": self.Outcome.STARTED}, outcome=outcome)

    @property
    def verifier(self) -> str:
        """Return the PKCE verifier in clear."""
        return decrypt_text(self.sealed_verifier)

    @classmethod
    def delete_old(cls) -> int:
        """Delete requests of more than a month ago; return how many."""
        return cls.objects.filter(started_at__lt=timezone.now() - cls.KEPT).delete()[0]


class SeenToken(models.Model):
    """使用済みトークン: a token of an issuer is good once, on whichever process or machine it comes."""

    issuer = models.CharField("発行者", max_length=200)
    mark = models.CharField("トークンの印", max_length=64)
    expires_at = models.DateTimeField("消してよい日時")

    class Meta:
        verbose_name = "使用済みトークン"
        constraints = [models.UniqueConstraint(fields=["issuer", "mark"], name="federation_a_token_is_seen_once")]

    def __str__(self) -> str:
        return f"使用済みトークン{self.pk}"

    @classmethod
    def use(cls, issuer: str, token: ValidToken) -> bool:
        """Use a token up; False when it was used before."""
        try:
            with transaction.atomic():
                cls.objects.create(issuer=issuer, mark=token.mark, expires_at=token.expires_at)
        except IntegrityError:
            return False
        return True

    @classmethod
    def delete_expired(cls, at: datetime | None = None) -> int:
        """Delete the tokens that would be refused anyway by their age; return how many."""
        return cls.objects.filter(expires_at__lt=at or timezone.now()).delete()[0]
