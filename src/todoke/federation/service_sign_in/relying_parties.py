"""Relying parties 連携サービス: the city's other services, for which this installation is the one sign-in."""

import secrets
from urllib.parse import urlsplit

from allauth.idp.oidc.models import Client
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.federation.openid.provider_http import is_allowed_address
from todoke.federation.permissions import REGISTER_PROVIDER
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed

SCOPES = ("openid", "profile", "email")


class RelyingPartyQuerySet(models.QuerySet["RelyingParty"]):
    def usable(self) -> "RelyingPartyQuerySet":
        """Services that a second person has approved and nobody has stopped."""
        return self.filter(approved_at__isnull=False, ended_at=None)


class RelyingParty(models.Model):
    """連携サービス: a service of the city that takes our sign-in; registered by one person, approved by another."""

    client = models.OneToOneField(Client, models.PROTECT, related_name="relying_party", verbose_name="利用者番号")
    name = models.CharField("名称", max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="所管の部署")
    sector = models.CharField("識別の範囲", max_length=100)
    scopes = models.CharField("渡すもの", max_length=60, default="openid")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登録した人")
    registered_at = models.DateTimeField("登録した日時", default=timezone.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="承認した人")
    approved_at = models.DateTimeField("承認した日時", null=True)
    ended_at = models.DateTimeField("やめた日時", null=True)

    objects = RelyingPartyQuerySet.as_manager()

    class Meta:
        verbose_name = "連携サービス"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("registered_by")),
                name="federation_two_people_connect_a_service",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="federation_an_approval_has_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def register(
        cls, *, name: str, department: Department, return_address: str, scopes: str, by: User
    ) -> tuple["RelyingParty", str]:
        """Register a service and return it with its secret, which is shown once (連携サービスの登録).

        Raises NotAllowed, ValidationError for an address that is not one exact https address.
        """
        if not REGISTER_PROVIDER.held_by(by):
            raise NotAllowed("連携サービスを登録できるのは、システム管理担当だけです。")
        if not is_allowed_address(return_address) or "*" in return_address:
            raise ValidationError({"return_address": "戻り先は、https:// ではじまる一つのアドレスです。"})
        if set(scopes.split()) - set(SCOPES) or "openid" not in scopes.split():
            raise ValidationError({"scopes": "渡せるのは openid、profile、email だけです。"})
        secret = secrets.token_urlsafe(32)
        client = Client(name=name, secret=make_password(secret), skip_consent=True, response_types="code")
        client.set_redirect_uris([return_address])
        client.set_scopes(scopes.split())
        client.save()
        made = cls.objects.create(
            client=client, name=name, department=department, sector=urlsplit(return_address).netloc,
            scopes=" ".join(scopes.split()), registered_by=by,
        )  # fmt: skip
        log.record(
            made, "連携サービスの登録", by=by, after={"名称": name, "戻り先": return_address, "渡すもの": scopes}
        )
        return made, secret

    @transaction.atomic
    def approve(self, *, by: User) -> None:
        """Let the service take our sign-in (連携サービスの承認). Raises NotAllowed, Conflict."""
        if not REGISTER_PROVIDER.held_by(by) or by == self.registered_by:
            raise NotAllowed("承認できるのは、登録した人とは別のシステム管理担当です。")
        if not stamp_once(self, "approved_at", None, approved_by=by):
            raise Conflict("このサービスは、もう承認されています。")
        log.record(self, "連携サービスの承認", by=by)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """Take our sign-in from the service for good (連携サービスの廃止). Raises NotAllowed, Conflict."""
        if not REGISTER_PROVIDER.held_by(by):
            raise NotAllowed("連携サービスをやめられるのは、システム管理担当だけです。")
        if not stamp_once(self, "ended_at"):
            raise Conflict("このサービスは、もうやめています。")
        self.client.token_set.all().delete()
        log.record(self, "連携サービスの廃止", by=by)

    @property
    def return_address(self) -> str:
        """Return the one address that it is led back to."""
        return str(self.client.get_redirect_uris()[0])


class PairwiseSubject(models.Model):
    """対ごとの識別子: what the services of one sector know a person by; those of another know something else."""

    sector = models.CharField("識別の範囲", max_length=100)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="利用者")
    subject = models.CharField("識別子", max_length=43, unique=True)

    class Meta:
        verbose_name = "対ごとの識別子"
        constraints = [models.UniqueConstraint(fields=["sector", "user"], name="federation_one_subject_in_a_sector")]

    def __str__(self) -> str:
        return f"対ごとの識別子{self.pk}"

    @classmethod
    def of(cls, sector: str, user: User) -> str:
        """Return the subject of a person in a sector, made at the first call."""
        found = cls.objects.filter(sector=sector, user=user).first()
        if found is None:
            try:
                with transaction.atomic():
                    found = cls.objects.create(sector=sector, user=user, subject=secrets.token_urlsafe(32))
            except IntegrityError:
                found = cls.objects.get(sector=sector, user=user)
        return found.subject


class ServiceConsent(models.Model):
    """サービスへの同意: a person lets a service know them, by what it asks for; asked again when it asks for more."""

    user = models.ForeignKey(User, models.CASCADE, related_name="service_consents", verbose_name="利用者")
    party = models.ForeignKey(RelyingParty, models.CASCADE, related_name="consents", verbose_name="連携サービス")
    scopes = models.CharField("渡すもの", max_length=60)
    given_at = models.DateTimeField("同意した日時", default=timezone.now)
    last_used_at = models.DateTimeField("最後に使った日時", null=True)
    ended_at = models.DateTimeField("切った日時", null=True)

    class Meta:
        verbose_name = "サービスへの同意"
        ordering = ["party__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "party"], condition=Q(ended_at=None), name="federation_one_consent_per_service"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.user}"

    @classmethod
    def of(cls, user: User, party: RelyingParty) -> "ServiceConsent | None":
        """Return the consent that covers what the service asks for now."""
        return cls.objects.filter(user=user, party=party, scopes=party.scopes, ended_at=None).first()

    @classmethod
    @transaction.atomic
    def give(cls, party: RelyingParty, *, by: User) -> "ServiceConsent":
        """Consent to a service for oneself (サービスへの同意)."""
        cls.objects.filter(user=by, party=party, ended_at=None).exclude(scopes=party.scopes).update(
            ended_at=timezone.now()
        )
        made, is_new = cls.objects.get_or_create(user=by, party=party, ended_at=None, defaults={"scopes": party.scopes})
        if is_new:
            log.record(by, "サービスへの同意", by=by, after={"サービス": party.name, "渡すもの": party.scopes})
        return made

    def use(self) -> None:
        """Note that the service was signed in to now."""
        ServiceConsent.objects.filter(pk=self.pk).update(last_used_at=timezone.now())

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """Cut the service off (つながりを切る). Raises NotAllowed, Conflict."""
        if by != self.user:
            raise NotAllowed("つながりを切れるのは、本人だけです。")
        if not stamp_once(self, "ended_at"):
            raise Conflict("このつながりは、もう切れています。")
        self.party.client.token_set.filter(user=by).delete()
        log.record(by, "サービスとのつながりの解除", by=by, before={"サービス": self.party.name}, after={})
