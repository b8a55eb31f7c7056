"""Settlement fee rules 手数料の定め: the share of its uses that a shop bears, by versions with the day they begin."""

from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Max, Q

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.immutable import ImmutableModel
from todoke.points.models.merchant_settlement import MerchantSettlement
from todoke.points.permissions import SETTLE_POINTS
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

WHOLE = 10_000
"""A rate is told in parts of this: 250 is 2.5 %."""


class SettlementFeeRule(ImmutableModel):
    """手数料の定め: one version, in force for periods that end on its first day or later, until the next begins.

    ``rate`` is in hundredths of a percent of what was used in a shop and a period; 0 ends the fee.
    """

    FROZEN, INSTEAD = "手数料の定め", "新しい版を登録してください。"

    valid_from = models.DateField("適用を始める日", unique=True)
    rate = models.PositiveIntegerField("率(1万分の1)")
    source = models.CharField("根拠", max_length=200)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登録した人")

    class Meta:
        verbose_name = "手数料の定め"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(rate__lt=WHOLE), name="points_a_fee_is_less_than_the_use"),
            models.CheckConstraint(condition=~Q(source=""), name="points_a_fee_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.percent}%"

    @property
    def percent(self) -> str:
        """Return the rate in percent as it is written, such as 2.5."""
        return f"{Decimal(self.rate * 100) / WHOLE:f}"

    @classmethod
    def in_force(cls, on: date) -> "SettlementFeeRule | None":
        """Return the version of a period that ends on a day; None before the first."""
        return cls.objects.filter(valid_from__lte=on).order_by("-valid_from").first()

    @classmethod
    @transaction.atomic
    def establish(cls, *, valid_from: date, percent: Decimal, source: str, by: User) -> "SettlementFeeRule":
        """Register a version (手数料の定めの登録).

        Raises NotAllowed, Refused for a rate that cannot be or days that are settled already, Conflict for a second one
        on a day.
        """
        if not SETTLE_POINTS.held_by(by):
            raise NotAllowed("手数料の定めを登録できるのは、会計担当の職員です。")
        rate = percent * WHOLE / 100
        if not 0 <= rate < WHOLE or rate != int(rate) or not source.strip():
            raise Refused("率は0%から99.99%まで、小数は2けたまでです。根拠も書いてください。")
        log.lock_subject("points/fee-rules")
        if cls.objects.filter(valid_from=valid_from).exists():
            raise Conflict("同じ日に始まる定めがあります。始まる日を変えてください。")
        settled = MerchantSettlement.objects.aggregate(last=Max("ends_on"))["last"]
        if settled is not None and valid_from <= settled:
            raise Refused("もう精算した期間の手数料は変えられません。まだ精算していない期間の日から始めてください。")
        made = cls.objects.create(valid_from=valid_from, rate=int(rate), source=source.strip(), registered_by=by)
        log.record(made, "手数料の定めの登録", by=by, after={"率": str(made), "始まる日": valid_from}, first=True)
        return made
