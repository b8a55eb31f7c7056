"""Identity checks 本人確認の記録: how a person was identified, by which method, by whom and until when it holds."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.immutable import ImmutableModel
from todoke.federation.authentication_requests import AuthenticationRequest, SeenToken
from todoke.federation.factor_enrolments import FactorEnrolment
from todoke.federation.federated_sessions import FederatedSession
from todoke.federation.identity_providers import IdentityProvider
from todoke.federation.levels import Proof, check_level
from todoke.federation.linked_identities import LinkedIdentity
from todoke.federation.permissions import RECORD_IDENTITY_CHECK
from todoke.federation.provider_word import ProviderWord
from todoke.federation.service_sign_in.issued_codes import IssuedCode
from todoke.federation.service_sign_in.relying_parties import PairwiseSubject, RelyingParty, ServiceConsent
from todoke.federation.staff_arrivals import GroupMapping, StaffArrival
from todoke.federation.staff_groups import SeenGroup
from todoke.japanese.calendar import business_date
from todoke.runtime.refusals import NotAllowed, Refused

__all__ = [
    "AuthenticationRequest", "FactorEnrolment", "FederatedSession", "GroupMapping", "IdentityCheck",
    "IdentityCheckQuerySet", "IdentityProvider", "IssuedCode", "LinkedIdentity", "PairwiseSubject", "RelyingParty",
    "SeenGroup", "SeenToken", "ServiceConsent", "StaffArrival",
]  # fmt: skip

SEEN_BY_STAFF = ["counter", "document", "code"]
ANOTHER_PERSON = gettext_noop("この申請は、別の人が本人確認をしています。本人のカードで、もう一度確かめてください。")


class IdentityCheckQuerySet(models.QuerySet["IdentityCheck"]):
    def valid(self, at: datetime | None = None) -> "IdentityCheckQuerySet":
        """Checks that hold at an instant (default: now)."""
        at = at or timezone.now()
        return self.filter(checked_at__lte=at, valid_until__gt=at)

    def of(self, *, user: User | None, draft_token: str) -> "IdentityCheckQuerySet":
        """Checks of an account, and of one draft whoever makes it."""
        mine = Q(draft_token=draft_token) if draft_token else Q(pk=None)
        return self.filter(mine if user is None else mine | Q(user=user))

    def proofs(self, *, entering: bool = False) -> list[Proof]:
        """What they prove; a person before a clerk is authenticated by what the clerk saw, while ``entering`` only.

        Online no check authenticates whoever comes with a link: that is a fact about a session.
        """
        rows = self.order_by("pk").values_list("authentication", "proofing", "checked_at", "draft_token", "by")
        return [Proof(level, proofing, at, entering and bool(token and by)) for level, proofing, at, token, by in rows]


class IdentityCheck(ImmutableModel):
    """本人確認の記録: an account or one draft was identified by a method; immutable, also for the database."""

    FROZEN, INSTEAD = "本人確認の記録", "もう一度確かめて、新しく記録してください。"

    class Method(models.TextChoices):
        CARD = "card", "マイナンバーカードの読み取り"
        COUNTER = "counter", "窓口で本人確認書類を見た"
        DOCUMENT = "document", "本人確認書類の写しを確かめた"
        BUSINESS = "business", "事業者の認証"
        CODE = "code", "届いた確認番号を聞いた"

    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="identity_checks", verbose_name="利用者"
    )
    draft_token = models.CharField("下書きの合言葉", max_length=40, blank=True, db_index=True)
    method = models.CharField("方法", max_length=10, choices=Method.choices)
    authentication = models.PositiveSmallIntegerField("当人認証の強さ")
    proofing = models.PositiveSmallIntegerField("身元確認の強さ")
    provider = models.SlugField("認証元", max_length=40, blank=True)
    acr = models.CharField("認証元の示した強さ", max_length=255, blank=True, db_default="")
    seal = models.CharField("本人の印", max_length=64, blank=True, db_default="")
    checked_at = models.DateTimeField("確かめた日時")
    valid_until = models.DateTimeField("有効期限")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="確かめた職員")

    objects = IdentityCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "本人確認の記録"
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, draft_token="") | (Q(user__isnull=True) & ~Q(draft_token="")),
                name="federation_check_of_a_user_or_a_draft",
            ),
            models.CheckConstraint(
                condition=~Q(method="card") | ~Q(provider=""), name="federation_card_names_its_provider"
            ),
            models.CheckConstraint(
                condition=~Q(method__in=SEEN_BY_STAFF) | Q(by__isnull=False),
                name="federation_seen_by_a_staff_member",
            ),
            models.CheckConstraint(
                condition=Q(authentication__gte=1, authentication__lte=3, proofing__gte=0, proofing__lte=3),
                name="federation_levels_exist",
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=F("checked_at")), name="federation_check_holds_a_while"),
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(by__isnull=True) | ~Q(user=F("by")),
                name="federation_nobody_checks_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}(身元確認{self.proofing})"

    @classmethod
    @transaction.atomic
    def record(
        cls, *, method: str, by: Actor, user: User | None = None, draft_token: str = "",
        word: ProviderWord | None = None,
    ) -> "IdentityCheck":  # fmt: skip
        """Record that an account or a draft was identified now (本人確認の記録); one audit entry.

        The levels and the validity are those of the table; what a provider said, ``word``, can lower them. Raises
        Refused for a method that proves nothing there, NotAllowed unless staff saw what staff have to see, to whoever
        would check themselves, and where a draft was identified as somebody else before.
        """
        staff = user_of(by)
        if method in SEEN_BY_STAFF and (staff is None or not RECORD_IDENTITY_CHECK.held_by(staff)):
            raise NotAllowed("本人確認を記録できるのは、申請を受け付ける部署の職員です。")
        if method in SEEN_BY_STAFF and user is not None and user == staff:
            raise NotAllowed("自分の本人確認は記録できません。ほかの職員に頼んでください。")
        if word is not None and cls.objects.exclude(seal="").filter(cls._of_draft(draft_token, word)).exists():
            raise NotAllowed(gettext(ANOTHER_PERSON))
        now = timezone.now()
        proved = check_level(method, "user" if user else "draft", business_date(now))
        if proved is None:
            raise Refused(
                "この方法では、本人確認の記録になりません。窓口で本人確認書類を見て、もう一度記録してください。"
            )
        shown = word.level if word else proved
        made = cls.objects.create(
            user=user, draft_token=draft_token, method=method, provider=word.provider.slug if word else "",
            acr=word.acr if word else "", seal=word.seal if word else "", checked_at=now,
            authentication=min(proved.authentication, shown.authentication),
            proofing=min(proved.proofing, shown.proofing), valid_until=now + proved.valid_for,
            by=staff if method in SEEN_BY_STAFF else None,
        )  # fmt: skip
        log.record(made, "本人確認の記録", by=by, after={"方法": method, "身元確認": made.proofing})
        return made

    @classmethod
    def method_of(cls, word: ProviderWord) -> str:
        """Return the method of what a provider says: a business, or a card."""
        business = word.provider.audience == IdentityProvider.Audience.BUSINESS
        return cls.Method.BUSINESS if business else cls.Method.CARD

    @classmethod
    def keep(cls, user: User, word: ProviderWord) -> None:
        """Record what a provider says of an account, unless the same was recorded and still holds."""
        if word.provider.audience == IdentityProvider.Audience.STAFF:
            return
        held = cls.objects.valid().filter(user=user, seal=word.seal, proofing__gte=word.level.proofing)
        if not held.exists():
            cls.record(method=cls.method_of(word), user=user, by=user, word=word)

    @staticmethod
    def _of_draft(token: str, word: ProviderWord) -> Q:
        """Return the checks of a draft by somebody else than who was identified now."""
        return Q(draft_token=token) & ~Q(seal=word.seal) if token else Q(pk=None)
