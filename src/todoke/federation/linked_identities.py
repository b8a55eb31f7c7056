"""Linked identities 連携ID: which account a subject of a provider belongs to; nothing else ever finds an account."""

from typing import ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.federation.federated_sessions import FederatedSession
from todoke.federation.identity_providers import IdentityProvider
from todoke.federation.permissions import REGISTER_PROVIDER
from todoke.federation.provider_word import ProviderWord
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet


class LinkedIdentityQuerySet(models.QuerySet["LinkedIdentity"]):
    def active(self) -> "LinkedIdentityQuerySet":
        """Links that have not ended."""
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> "LinkedIdentityQuerySet":
        """The links of a person themselves."""
        return self.filter(user=user)


class LinkedIdentity(models.Model):
    """連携ID: a subject of an issuer signs in to one account, until the link is ended."""

    LINKED_ELSEWHERE: ClassVar[str] = (
        "この本人確認は、別のアカウントにつながっています。そのアカウントでログインして、連携を切ってください。"
    )

    user = models.ForeignKey(User, models.PROTECT, related_name="linked_identities", verbose_name="利用者")
    provider = models.ForeignKey(
        IdentityProvider, models.PROTECT, related_name="linked_identities", verbose_name="認証元"
    )
    issuer = models.CharField("発行者", max_length=200)
    subject = models.CharField("対象", max_length=255)
    linked_at = models.DateTimeField("つないだ日時", default=timezone.now)
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="つないだ人")
    ended_at = models.DateTimeField("切った日時", null=True)
    last_used_at = models.DateTimeField("最後に使った日時", null=True)

    objects = LinkedIdentityQuerySet.as_manager()

    class Meta:
        verbose_name = "連携ID"
        ordering = ["linked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=Q(ended_at=None), name="federation_a_subject_has_one_account"
            ),
            models.UniqueConstraint(
                fields=["user", "provider"], condition=Q(ended_at=None), name="federation_one_link_per_provider"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.user}"

    @classmethod
    def of(cls, word: ProviderWord) -> "LinkedIdentity | None":
        """Return the active link of who was identified, by issuer and subject alone."""
        found = cls.objects.active().filter(issuer=word.provider.issuer, subject=word.subject)
        return found.select_related("user", "provider").first()

    @classmethod
    @transaction.atomic
    def link(cls, user: User, word: ProviderWord, *, by: User) -> "LinkedIdentity":
        """Link who was identified to an account (連携). Raises Conflict where one of the two is linked already.

        A person links themselves; staff are linked by an administrator (``StaffArrival``), else NotAllowed is raised.
        """
        if word.provider.audience == IdentityProvider.Audience.STAFF and (
            by == user or not REGISTER_PROVIDER.held_by(by)
        ):
            raise NotAllowed("職員の連携は、システム管理担当が行います。")
        try:
            with transaction.atomic():
                made = cls.objects.create(
                    user=user, provider=word.provider, issuer=word.provider.issuer, subject=word.subject, linked_by=by,
                )  # fmt: skip
        except IntegrityError:
            raise Conflict(gettext(cls.LINKED_ELSEWHERE)) from None
        log.record(user, "本人確認の連携", by=by, after={"認証元": word.provider.name})
        return made

    def use(self) -> None:
        """Note that it was used to sign in now."""
        LinkedIdentity.objects.filter(pk=self.pk).update(last_used_at=timezone.now())

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """End the link and every session that it opened (連携の解除). Raises NotAllowed, NotYet, Conflict."""
        staff = self.provider.audience == IdentityProvider.Audience.STAFF
        if by != self.user or staff:
            raise NotAllowed("連携を切れるのは、本人だけです。職員の連携は、システム管理担当が切ります。")
        if not self._other_way_in():
            said = gettext("連携を切ると、ログインできなくなります。先に、パスワードかパスキーを用意してください。")
            raise NotYet(said, link=path_to("account_change_password"))
        self._end(by=by)

    @transaction.atomic
    def withdraw(self, *, by: User) -> None:
        """End the link of a member of staff (職員の連携の解除). Raises NotAllowed, Conflict."""
        if not REGISTER_PROVIDER.held_by(by):
            raise NotAllowed("職員の連携を切れるのは、システム管理担当だけです。")
        self._end(by=by)

    def _end(self, *, by: User) -> None:
        if not stamp_once(self, "ended_at"):
            raise Conflict(gettext("この連携は、もう切れています。"))
        FederatedSession.end_of(self.issuer, subject=self.subject)
        log.record(self.user, "本人確認の連携の解除", by=by, before={"認証元": self.provider.name}, after={})

    def _other_way_in(self) -> bool:
        person = self.user
        mailed = EmailAddress.objects.filter(user=person, verified=True).exists()
        return (
            (person.has_usable_password() and mailed)
            or Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()
            or LinkedIdentity.objects.active().filter(user=person).exclude(pk=self.pk).exists()
        )
