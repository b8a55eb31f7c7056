"""Identity checks 本人確認の記録: how a person was identified, by which method, by whom and until when it holds."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.immutable import ImmutableModel
from todoke.federation.factor_enrolments import FactorEnrolment
from todoke.federation.levels import Proof, check_level
from todoke.federation.permissions import RECORD_IDENTITY_CHECK
from todoke.japanese.calendar import business_date
from todoke.runtime.refusals import NotAllowed, Refused

__all__ = ["FactorEnrolment", "IdentityCheck", "IdentityCheckQuerySet"]

SEEN_BY_STAFF = ["counter", "document", "code"]


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
        """What they prove; a person before a clerk is authenticated by what the clerk saw, while ``entering`` only."""
        rows = self.order_by("pk").values_list("authentication", "proofing", "checked_at", "draft_token", "by")
        return [
            Proof(level, proofing, at, bool(token) and entering is bool(by)) for level, proofing, at, token, by in rows
        ]


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
        cls, *, method: str, by: Actor, user: User | None = None, draft_token: str = "", provider: str = ""
    ) -> "IdentityCheck":
        """Record that an account or a draft was identified now (本人確認の記録); one audit entry.

        The levels and the validity are those of the table. Raises Refused for a method that proves nothing there,
        NotAllowed unless staff saw what staff have to see, and to whoever would check themselves.
        """
        staff = user_of(by)
        if method in SEEN_BY_STAFF and (staff is None or not RECORD_IDENTITY_CHECK.held_by(staff)):
            raise NotAllowed("本人確認を記録できるのは、申請を受け付ける部署の職員です。")
        if user is not None and user == staff:
            raise NotAllowed("自分の本人確認は記録できません。ほかの職員に頼んでください。")
        now = timezone.now()
        proved = check_level(method, "user" if user else "draft", business_date(now))
        if proved is None:
            raise Refused(
                "この方法では、本人確認の記録になりません。窓口で本人確認書類を見て、もう一度記録してください。"
            )
        made = cls.objects.create(
            user=user, draft_token=draft_token, method=method, provider=provider, checked_at=now,
            authentication=proved.authentication, proofing=proved.proofing, valid_until=now + proved.valid_for,
            by=staff,
        )  # fmt: skip
        log.record(made, "本人確認の記録", by=by, after={"方法": method, "身元確認": made.proofing})
        return made
