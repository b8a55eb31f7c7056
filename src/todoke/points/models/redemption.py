"""Redemptions 利用: points used in a shop, taken from the grants that end first, all or nothing."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import today
from todoke.payments.models import Journal
from todoke.points.models.fraud_alert import FraudAlert
from todoke.points.models.merchant import Merchant
from todoke.points.models.merchant_settlement import MerchantSettlement
from todoke.points.models.point_grant import PointGrant
from todoke.points.models.point_holder import PointHolder
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

OFTEN, WITHIN = 5, timedelta(hours=1)
"""More uses of one person than this within the time are shown to a member of staff."""


class RedemptionQuerySet(models.QuerySet["Redemption"]):
    def visible_to(self, user: User) -> "RedemptionQuerySet":
        """Uses in the shops that a person sees."""
        return self.filter(merchant__in=Merchant.objects.visible_to(user))

    def live(self) -> "RedemptionQuerySet":
        return self.filter(cancelled_at=None)


class Redemption(models.Model):
    """利用: points used in a shop; the same key of a shop is one use however often it is sent."""

    class Means(models.TextChoices):
        CODE = "code", "支払番号"
        CARD = "card", "ポイントカード"

    number = models.CharField("利用番号", max_length=20, unique=True)
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="redemptions", verbose_name="加盟店")
    holder = models.ForeignKey(PointHolder, models.PROTECT, related_name="redemptions", verbose_name="持ち主")
    key = models.CharField("取引の鍵", max_length=64)
    points = models.PositiveIntegerField("ポイント")
    means = models.CharField("使い方", max_length=8, choices=Means.choices)
    at = models.DateTimeField("利用日時")
    day = models.DateField("業務日")
    cancelled_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    cancelled_on = models.DateField("取消しの業務日", null=True, blank=True)
    settlement = models.ForeignKey(
        MerchantSettlement, models.PROTECT, null=True, related_name="redemptions", verbose_name="精算"
    )
    cancel_settlement = models.ForeignKey(
        MerchantSettlement, models.PROTECT, null=True, related_name="cancellations", verbose_name="取消しの精算"
    )

    objects = RedemptionQuerySet.as_manager()

    class Meta:
        verbose_name = "利用"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "key"], name="points_one_use_per_key"),
            models.CheckConstraint(condition=Q(points__gt=0), name="points_use_of_something"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_on=None)
                | Q(cancelled_at__isnull=False, cancelled_on__isnull=False),
                name="points_cancelled_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(cancel_settlement=None) | Q(settlement__isnull=False, cancelled_on__isnull=False),
                name="points_cancellation_settled_after_use",
            ),
        ]
        indexes = [
            models.Index(fields=["merchant", "day"], name="points_use_shop_day"),
            models.Index(fields=["holder", "at"], name="points_use_holder_at"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def known(cls, merchant: Merchant, key: str, points: int) -> "Redemption | None":
        """Return the use of this key, None for a new key. Raises Conflict where it was of another amount."""
        found = cls.objects.filter(merchant=merchant, key=key).first()
        if found is not None and found.points != points:
            said = gettext("この取引は、別の金額でもう済んでいます。きょうの利用の一覧で確かめてください。")
            raise Conflict(said, link=path_to("portal:shop", merchant.number))
        return found

    @classmethod
    @transaction.atomic
    def take(
        cls, merchant: Merchant, holder: PointHolder, points: int, *, key: str, means: "Redemption.Means", by: Actor
    ) -> "Redemption":
        """Use points of a person in a shop (利用), from the grants that end first.

        Raises Refused below one point, for a person who is stopped, and where fewer points can be used here; NotAllowed
        for a shop that is not approved; Conflict for a key that came before.
        """
        if points <= 0:
            raise Refused(gettext("1円以上の金額を入れてください。"))
        if not Merchant.objects.filter(pk=merchant.pk, status=Merchant.Status.APPROVED).exists():
            raise NotAllowed(gettext("この店では、いまポイントを使えません。担当の部署にお問い合わせください。"))
        holder = PointHolder.objects.select_for_update(no_key=True).get(pk=holder.pk)
        if holder.blocked_at is not None:
            raise Refused(
                gettext("このポイントは、いま使えません。持ち主の方に、窓口で確かめていただくようお伝えください。")
            )
        parts = cls._parts(merchant, holder, points, means)
        day = Journal.first_open(today())
        try:
            with transaction.atomic():
                use = cls.objects.create(
                    number=f"PU{secrets.randbelow(10**12):012}", merchant=merchant, holder=holder, key=key,
                    points=points, means=means, at=timezone.now(), day=day,
                )  # fmt: skip
        except IntegrityError as problem:
            said = gettext("この取引は、もう済んでいます。きょうの利用の一覧で確かめてください。")
            raise Conflict(said, link=path_to("portal:shop", merchant.number)) from problem
        for grant, part in parts:
            if (journal := grant.take(part)) is None:
                raise Conflict(gettext("残りがいま変わりました。何も使っていません。もう一度お試しください。"))
            RedemptionPart.objects.create(redemption=use, grant=grant, points=part, journal=journal)
        cls._look_for_fraud(use)
        log.record(use, "ポイントの利用", by=by, after={"points": points, "merchant": merchant.number}, first=True)
        return use

    @staticmethod
    def _parts(
        merchant: Merchant, holder: PointHolder, points: int, means: "Redemption.Means"
    ) -> list[tuple[PointGrant, int]]:
        """Return which grants give how much. Raises Refused where they do not suffice."""
        live = holder.grants.filter(left__gt=0, expires_on__gte=today(), expired_on=None, cancelled_at=None)
        usable = live.exclude(program__excluded__category=merchant.category).select_related("program")
        rest, parts = points, list[tuple[PointGrant, int]]()
        for grant in usable.order_by("expires_on", "pk"):
            most, cap = grant.left, grant.program.card_daily_cap
            if cap is not None and means == Redemption.Means.CARD:
                most = min(most, max(0, cap - _used_by_card_today(holder, grant)))
            if part := min(rest, most):
                parts.append((grant, part))
                rest -= part
        if rest:
            raise Refused(
                gettext(
                    "この店でいま使えるのは%(points)sポイントまでです。何も使っていません。金額を減らすか、残りを現金などでお支払いください。"
                )
                % {"points": f"{points - rest:,}"}
            )
        return parts

    @staticmethod
    def _look_for_fraud(use: "Redemption") -> None:
        """Note what a person should look at; nothing is refused for it."""
        kinds = []
        if use.holder.user_id is not None and use.holder.user_id == use.merchant.account_id:
            kinds.append(FraudAlert.Kind.OWN_SHOP)
        if Redemption.objects.filter(holder=use.holder, at__gt=use.at - WITHIN).count() > OFTEN:
            kinds.append(FraudAlert.Kind.OFTEN)
        for kind in kinds:
            FraudAlert.objects.get_or_create(kind=kind, merchant=use.merchant, holder=use.holder, day=use.day)

    @transaction.atomic
    def cancel(self, *, by: Actor) -> None:
        """Give the points back (取消し); what is paid for them is taken off the next settlement of the shop.

        Raises Conflict when it was cancelled before, or its programme has ended.
        """
        day = Journal.first_open(today())
        if self.parts.filter(grant__program__closed_at__isnull=False).exists():
            raise Conflict(gettext("この事業は終わっているので、取り消せません。担当の部署にお問い合わせください。"))
        if not stamp_once(self, "cancelled_at", cancelled_on=day):
            raise Conflict(gettext("この利用は、もう取り消しています。"))
        for part in self.parts.select_related("grant"):
            part.reversal = part.grant.give_back(part.points)
            part.save(update_fields=["reversal"])
        log.record(self, "ポイントの利用の取消し", by=by, before={"points": self.points}, after={"points": 0})


def _used_by_card_today(holder: PointHolder, grant: PointGrant) -> int:
    uses = RedemptionPart.objects.filter(
        redemption__holder=holder, redemption__means=Redemption.Means.CARD, redemption__cancelled_at=None,
        redemption__day=today(), grant__program=grant.program_id,
    )  # fmt: skip
    return uses.aggregate(total=Sum("points"))["total"] or 0


class RedemptionPart(models.Model):
    """利用の内訳: the points that one grant gave for a use, with the journals of use and cancellation."""

    redemption = models.ForeignKey(Redemption, models.PROTECT, related_name="parts", verbose_name="利用")
    grant = models.ForeignKey(PointGrant, models.PROTECT, related_name="parts", verbose_name="付与")
    points = models.PositiveIntegerField("ポイント")
    journal = models.OneToOneField(Journal, models.PROTECT, related_name="+", verbose_name="仕訳")
    reversal = models.OneToOneField(Journal, models.PROTECT, null=True, related_name="+", verbose_name="取消しの仕訳")

    class Meta:
        verbose_name = "利用の内訳"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["redemption", "grant"], name="points_one_part_per_grant"),
            models.CheckConstraint(condition=Q(points__gt=0), name="points_part_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.redemption} {self.points:,}"
