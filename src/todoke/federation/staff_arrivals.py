"""Staff arrivals 到着した職員: a provider makes no account; an administrator joins who came to a colleague.

Groups of a provider give nothing. Where a mapping says so, a missing group takes the sign-in away.
"""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.federation.identity_providers import IdentityProvider, ShownLevel
from todoke.federation.linked_identities import LinkedIdentity
from todoke.federation.permissions import REGISTER_PROVIDER
from todoke.federation.provider_word import ProviderWord
from todoke.organization.models import Post, Tenure
from todoke.organization.permissions import is_staff
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


class GroupMapping(models.Model):
    """グループ対応: a group of a provider goes with a post; where it is missing, it can only take away."""

    provider = models.ForeignKey(IdentityProvider, models.CASCADE, related_name="mappings", verbose_name="認証元")
    value = models.CharField("グループの名", max_length=255)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="職位")
    absence_closes = models.BooleanField("なければログインさせない", default=True)

    class Meta:
        verbose_name = "グループ対応"
        ordering = ["value", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "value", "post"], name="federation_one_mapping"),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.post}"

    @classmethod
    @transaction.atomic
    def register(
        cls, provider: IdentityProvider, *, value: str, post: Post, absence_closes: bool, by: User
    ) -> "GroupMapping":
        """Say which group goes with a post (グループ対応の登録). Raises NotAllowed, Conflict."""
        if not REGISTER_PROVIDER.held_by(by):
            raise NotAllowed("グループの対応を決められるのは、システム管理担当だけです。")
        made, is_new = cls.objects.get_or_create(
            provider=provider, value=value, post=post, defaults={"absence_closes": absence_closes}
        )
        if not is_new:
            raise Conflict("この対応は、もうあります。")
        log.record(provider, "グループ対応の登録", by=by, after={"グループ": value, "職位": str(post)})
        return made

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        """Forget the mapping (グループ対応の取消し). Raises NotAllowed."""
        if not REGISTER_PROVIDER.held_by(by):
            raise NotAllowed("グループの対応を決められるのは、システム管理担当だけです。")
        log.record(self.provider, "グループ対応の取消し", by=by, before={"グループ": self.value}, after={})
        self.delete()

    @classmethod
    def takes_away(cls, user: User, word: ProviderWord) -> bool:
        """Whether a group is missing without which a person may not come in with the posts they hold."""
        held = Tenure.objects.of(user).current().values("post")
        needed = cls.objects.filter(provider=word.provider, absence_closes=True, post__in=held)
        return needed.exclude(value__in=word.groups).exists()

    @classmethod
    def is_asked_of(cls, user: User, provider: IdentityProvider) -> bool:
        """Whether the posts that a person holds ask for a group of the provider."""
        held = Tenure.objects.of(user).current().values("post")
        return cls.objects.filter(provider=provider, absence_closes=True, post__in=held).exists()


class StaffArrival(models.Model):
    """到着した職員: who came by a staff provider without a link, with name and groups as sent."""

    provider = models.ForeignKey(IdentityProvider, models.PROTECT, related_name="arrivals", verbose_name="認証元")
    subject = models.CharField("対象", max_length=255)
    name = models.CharField("氏名(認証元の記載)", max_length=255, blank=True)
    groups = models.TextField("グループ(認証元の記載)", blank=True)
    arrived_at = models.DateTimeField("最後に来た日時", default=timezone.now)
    settled_at = models.DateTimeField("決めた日時", null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")

    class Meta:
        verbose_name = "到着した職員"
        ordering = ["-arrived_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "subject"], condition=Q(settled_at=None), name="federation_one_open_arrival"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.provider}"

    @classmethod
    def note(cls, word: ProviderWord) -> "StaffArrival":
        """Note who came; again and again while nobody has settled it."""
        sent = {"name": (word.attributes or {}).get("name", ""), "groups": "\n".join(word.groups)}
        made, _ = cls.objects.update_or_create(
            provider=word.provider, subject=word.subject, settled_at=None,
            defaults={**sent, "arrived_at": timezone.now()},
        )  # fmt: skip
        return made

    @transaction.atomic
    def join(self, user: User, *, by: User) -> LinkedIdentity:
        """Join who came to a colleague who holds a post today (職員の連携). Raises NotAllowed, Refused, Conflict."""
        if not REGISTER_PROVIDER.held_by(by):
            raise NotAllowed("職員の連携を決められるのは、システム管理担当だけです。")
        if user == by:
            raise NotAllowed("自分の連携は決められません。別のシステム管理担当に頼んでください。")
        if not is_staff(user):
            said = "きょう職位に就いている職員にだけつなげます。先に着任を登録してください。"
            raise Refused(said, link=path_to("office:organization"))
        if not stamp_once(self, "settled_at", None, settled_by=by):
            raise Conflict("この人の連携は、もう決まっています。")
        return LinkedIdentity.link(user, ProviderWord(self.provider, self.subject, ShownLevel(1, 0)), by=by)

    @transaction.atomic
    def dismiss(self, *, by: User) -> None:
        """Settle that who came is nobody of the office (連携しない). Raises NotAllowed, Conflict."""
        if not REGISTER_PROVIDER.held_by(by):
            raise NotAllowed("職員の連携を決められるのは、システム管理担当だけです。")
        if not stamp_once(self, "settled_at", None, settled_by=by):
            raise Conflict("この人の連携は、もう決まっています。")
        log.record(self.provider, "職員の連携の見送り", by=by)
