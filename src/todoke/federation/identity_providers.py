"""Identity providers 認証元: who identifies residents, businesses and staff, and what their word is worth here."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.federation.openid.client_assertion import new_private_key, public_keys
from todoke.federation.openid.provider_http import fetch_json, is_allowed_address
from todoke.federation.openid.provider_keys import ALGORITHMS, ProviderKeys
from todoke.federation.openid.token_refusals import NotAccepted
from todoke.federation.permissions import REGISTER_PROVIDER
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.refusals import Conflict, NotAllowed

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def _may_register(by: Actor) -> bool:
    """Whether an administrator registers, or the operator by a file of the installation."""
    user = user_of(by)
    return isinstance(by, System) if user is None else REGISTER_PROVIDER.held_by(user)


class ShownLevel(NamedTuple):
    """示された強さ: what one ``acr`` of a provider is worth: authentication 1 to 3, proofing 0 to 3."""

    authentication: int
    proofing: int


LOWEST = ShownLevel(1, 0)


class IdentityProviderQuerySet(models.QuerySet["IdentityProvider"]):
    def usable(self, at: datetime | None = None) -> "IdentityProviderQuerySet":
        """Providers that may be used at an instant (default: now)."""
        at = at or timezone.now()
        return self.filter(valid_from__lte=at).filter(Q(valid_until=None) | Q(valid_until__gt=at))


class IdentityProvider(models.Model):
    """認証元: an OpenID provider of one audience; its secret is kept encrypted, its metadata and keys as last read."""

    class Audience(models.TextChoices):
        RESIDENT = "resident", "住民"
        BUSINESS = "business", "事業者"
        STAFF = "staff", "職員"

    class ClientProof(models.TextChoices):
        PRIVATE_KEY = "private_key_jwt", "鍵による署名"
        SECRET = "client_secret_basic", "合言葉"

    KEYS_FRESH: ClassVar[timedelta] = timedelta(minutes=10)
    METADATA_FRESH: ClassVar[timedelta] = timedelta(hours=6)
    REFETCH: ClassVar[timedelta] = timedelta(minutes=1)
    """Keys are read anew for an unknown one at most so often."""

    slug = models.SlugField("アドレスの名", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    audience = models.CharField("だれのため", max_length=10, choices=Audience.choices)
    issuer = models.URLField("発行者", max_length=200)
    client_id = models.CharField("利用者番号", max_length=200)
    client_proof = models.CharField("こちらの証明", max_length=20, choices=ClientProof.choices)
    sealed_secret = models.TextField("秘密(暗号化)")
    algorithms = models.CharField("認める署名の方式", max_length=60, default="ES256")
    scopes = models.CharField("求める範囲", max_length=200, default="openid")
    acr_levels = models.TextField("acrと強さ", blank=True)
    least_authentication = models.PositiveSmallIntegerField("求める当人認証", default=1)
    sends_issuer = models.BooleanField("戻りに発行者を入れる", default=True)
    reads_userinfo = models.BooleanField("属性を読む", default=False)
    assertion_to_token_endpoint = models.BooleanField("証明のあて先はトークンの窓口", default=False)
    metadata = models.JSONField("設定の写し", default=dict, blank=True, editable=False)
    metadata_at = models.DateTimeField("設定を読んだ日時", null=True, blank=True, editable=False)
    keys_document = models.JSONField("鍵の写し", default=dict, blank=True, editable=False)
    keys_at = models.DateTimeField("鍵を読んだ日時", null=True, blank=True, editable=False)
    refetched_at = models.DateTimeField("知らない鍵のために読んだ日時", null=True, blank=True, editable=False)
    valid_from = models.DateTimeField("使いはじめ", default=timezone.now)
    valid_until = models.DateTimeField("使うのをやめた日時", null=True, blank=True)

    objects = IdentityProviderQuerySet.as_manager()

    class Meta:
        verbose_name = "認証元"
        ordering = ["audience", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "client_id"], name="federation_one_provider_per_client"),
            models.CheckConstraint(condition=~Q(algorithms=""), name="federation_provider_has_algorithms"),
            models.CheckConstraint(
                condition=~Q(algorithms__icontains="none") & ~Q(algorithms__contains="HS"),
                name="federation_signatures_with_public_keys",
            ),
            models.CheckConstraint(
                condition=Q(least_authentication__gte=1, least_authentication__lte=3),
                name="federation_provider_asks_a_level",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Check what the database cannot. Raises ValidationError."""
        if set(self.algorithms.split()) - set(ALGORITHMS):
            raise ValidationError({"algorithms": "認める署名の方式は、公開鍵のものだけです(例: ES256 RS256)。"})
        if not is_allowed_address(self.issuer):
            raise ValidationError({"issuer": "発行者は https:// ではじまるアドレスです。"})
        self.levels()

    @classmethod
    @transaction.atomic
    def register(cls, *, by: Actor, secret: str = "", **terms: Any) -> "IdentityProvider":
        """Register a provider (認証元の登録); a key pair of its own is made where it proves us by a key.

        Raises NotAllowed, ValidationError.
        """
        if not _may_register(by):
            raise NotAllowed("認証元を登録できるのは、システム管理担当だけです。")
        made = cls(**terms)
        made.sealed_secret = encrypt_text(new_private_key() if made.proves_by_key else secret)
        made.full_clean()
        made.save()
        log.record(made, "認証元の登録", by=by, after=made.facts())
        return made

    @transaction.atomic
    def edit(self, *, by: Actor, secret: str = "", **terms: Any) -> None:
        """Change what was registered (認証元の変更); an empty secret keeps the old one. Raises NotAllowed."""
        if not _may_register(by):
            raise NotAllowed("認証元を変えられるのは、システム管理担当だけです。")
        before = self.facts()
        for name, value in terms.items():
            setattr(self, name, value)
        if secret and not self.proves_by_key:
            self.sealed_secret = encrypt_text(secret)
        self.full_clean()
        self.save()
        log.record(self, "認証元の変更", by=by, before=before, after=self.facts())

    @transaction.atomic
    def suspend(self, *, by: User) -> None:
        """Stop using the provider from now on (認証元の停止). Raises NotAllowed, Conflict."""
        if not REGISTER_PROVIDER.held_by(by):
            raise NotAllowed("認証元を止められるのは、システム管理担当だけです。")
        if not compare_and_set(self, {"valid_until": None}, valid_until=timezone.now()):
            raise Conflict("この認証元は、もう止まっています。")
        log.record(self, "認証元の停止", by=by)

    @transaction.atomic
    def resume(self, *, by: User) -> None:
        """Use the provider again (認証元の再開). Raises NotAllowed, Conflict."""
        if not REGISTER_PROVIDER.held_by(by):
            raise NotAllowed("認証元を再開できるのは、システム管理担当だけです。")
        if not compare_and_set(self, {"valid_until__isnull": False}, valid_until=None):
            raise Conflict("この認証元は、もう使われています。")
        log.record(self, "認証元の再開", by=by)

    @property
    def proves_by_key(self) -> bool:
        """Whether we prove ourselves by a key rather than a shared secret."""
        return self.client_proof == self.ClientProof.PRIVATE_KEY

    @property
    def secret(self) -> str:
        """Return the secret, or the private key as JSON, in clear. Raises KeyLost."""
        return decrypt_text(self.sealed_secret)

    @property
    def public_keys(self) -> dict[str, Any]:
        """Return the key set by which the provider recognises us; empty where a secret is shared."""
        return public_keys(self.secret) if self.proves_by_key else {"keys": []}

    @property
    def assertion_audience(self) -> str:
        """Return whom a client assertion is for: the issuer alone, or the token endpoint where the row says so."""
        return self.endpoint("token_endpoint") if self.assertion_to_token_endpoint else self.issuer

    def facts(self) -> dict[str, str]:
        """Return what the trail compares: no secret."""
        return {
            "名称": self.name, "だれのため": self.audience, "発行者": self.issuer, "利用者番号": self.client_id,
            "方式": self.algorithms, "acrと強さ": self.acr_levels, "求める当人認証": str(self.least_authentication),
        }  # fmt: skip

    def levels(self) -> dict[str, ShownLevel]:
        """Return what each ``acr`` is worth: lines of ``acr authentication proofing``. Raises ValidationError."""
        found: dict[str, ShownLevel] = {}
        for line in self.acr_levels.splitlines():
            words = line.split()
            if not words:
                continue
            if len(words) != 3 or words[1] not in "123" or words[2] not in "0123":
                raise ValidationError({"acr_levels": "1行に「acr 当人認証(1〜3) 身元確認(0〜3)」を書いてください。"})
            found[words[0]] = ShownLevel(int(words[1]), int(words[2]))
        return found

    def level_of(self, acr: object) -> ShownLevel:
        """Return what an ``acr`` is worth; an unknown or absent one the least."""
        return self.levels().get(acr, LOWEST) if isinstance(acr, str) else LOWEST

    def asked_acr(self, authentication: int) -> str:
        """Return the ``acr`` values that are at least so strong, as the provider is asked for them."""
        return " ".join(name for name, level in self.levels().items() if level.authentication >= authentication)

    def endpoint(self, name: str) -> str:
        """Return an address of the provider as its metadata says; read before if older than six hours."""
        if self.metadata_at is None or timezone.now() - self.metadata_at > self.METADATA_FRESH:
            self.read_metadata()
        return str(self.metadata.get(name, ""))

    def read_metadata(self) -> None:
        """Read what the provider publishes about itself. Raises NotAccepted, TryLater; then nothing is changed."""
        found = fetch_json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise NotAccepted("設定の発行者が違います")
        kept = {name: found.get(name) for name in (*ENDPOINTS, "userinfo_endpoint", "end_session_endpoint")}
        given = {name: value for name, value in kept.items() if isinstance(value, str) and value}
        if not all(is_allowed_address(url) for url in given.values()) or not set(ENDPOINTS) <= set(given):
            raise NotAccepted("設定のアドレスが認められていません")
        compare_and_set(self, {}, metadata=given, metadata_at=timezone.now())

    def keys(self) -> ProviderKeys:
        """Return the provider's public keys, at most ten minutes old. Raises NotAccepted, TryLater."""
        if self.keys_at is None or timezone.now() - self.keys_at > self.KEYS_FRESH:
            self._read_keys()
        return ProviderKeys(self.keys_document)

    def keys_after_change(self) -> ProviderKeys | None:
        """Return the keys read anew for one that was unknown; None where that was tried within the last minute."""
        now = timezone.now()
        waiting = Q(refetched_at=None) | Q(refetched_at__lt=now - self.REFETCH)
        if not type(self).objects.filter(waiting, pk=self.pk).update(refetched_at=now):
            return None
        self._read_keys()
        return ProviderKeys(self.keys_document)

    def _read_keys(self) -> None:
        found = fetch_json(self.endpoint("jwks_uri"))
        compare_and_set(self, {}, keys_document=found, keys_at=timezone.now())
