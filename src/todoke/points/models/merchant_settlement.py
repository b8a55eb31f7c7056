"""Merchant settlements 精算: what a shop is paid for the points that it took until a day, to the yen."""

from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.audit import log
from todoke.audit.transitions import Transitions, transition
from todoke.payments import ledger_accounts
from todoke.payments.models import Journal
from todoke.points.models.merchant import Merchant
from todoke.runtime.refusals import Conflict, NotAllowed


class MerchantSettlementQuerySet(models.QuerySet["MerchantSettlement"]):
    def visible_to(self, user: User) -> "MerchantSettlementQuerySet":
        """Settlements of the shops that a person sees."""
        return self.filter(merchant__in=Merchant.objects.visible_to(user))


class MerchantSettlement(models.Model):
    """精算: uses less cancellations, fee and earlier carry; below zero nothing is paid and the rest is carried."""

    class Status(models.TextChoices):
        DRAFT = "draft", "作成"
        CHECKED = "checked", "照合"
        PROPOSED = "proposed", "決裁中"
        APPROVED = "approved", "決裁"
        PAID = "paid", "支払済"

    NEXT: ClassVar[Transitions] = {
        "draft": frozenset({"checked"}),
        "checked": frozenset({"proposed"}),
        "proposed": frozenset({"approved", "checked"}),
        "approved": frozenset({"paid"}),
        "paid": frozenset(),
    }

    number = models.CharField("精算番号", max_length=24, unique=True)
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="settlements", verbose_name="加盟店")
    starts_on = models.DateField("期間の初日")
    ends_on = models.DateField("期間の末日")
    gross = models.BigIntegerField("利用", help_text="円")
    cancelled = models.BigIntegerField("取消し", help_text="円")
    carry_in = models.BigIntegerField("前期からの繰越", help_text="円。0以下")
    fee = models.BigIntegerField(
        "手数料", default=0, db_default=0, help_text="円。期間の利用に率を掛け、1円未満は切り捨て"
    )
    fee_rule = models.ForeignKey(
        "points.SettlementFeeRule", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="手数料の定め"
    )
    payable = models.BigIntegerField("支払額", help_text="円")
    carry_out = models.BigIntegerField("次期への繰越", help_text="円。0以下")
    status = models.CharField("状態", max_length=8, choices=Status.choices, default=Status.DRAFT)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="作成した人")
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="照合した人")
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="settlements", verbose_name="起案"
    )
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決裁した人")
    paid_on = models.DateField("支払日", null=True, blank=True)

    objects = MerchantSettlementQuerySet.as_manager()

    class Meta:
        verbose_name = "精算"
        ordering = ["-ends_on", "merchant__number"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "ends_on"], name="points_one_settlement_a_period"),
            models.UniqueConstraint(fields=["merchant", "starts_on"], name="points_no_period_begins_twice"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="points_period_in_order"),
            models.CheckConstraint(
                condition=Q(payable=F("gross") - F("cancelled") - F("fee") + F("carry_in") - F("carry_out")),
                name="points_settlement_to_the_yen_with_its_fee",
            ),
            models.CheckConstraint(
                condition=Q(fee__gte=0, fee__lte=F("gross")) & (Q(fee=0) | Q(fee_rule__isnull=False)),
                name="points_settlement_fee_by_a_rule",
            ),
            models.CheckConstraint(
                condition=~Q(status="proposed") | Q(proposal__isnull=False), name="points_settlement_of_a_proposal"
            ),
            models.CheckConstraint(
                condition=Q(payable__gte=0, carry_in__lte=0, carry_out__lte=0) & (Q(payable=0) | Q(carry_out=0)),
                name="points_settlement_pays_or_carries",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("checked_by")), name="points_settlement_by_two"
            ),
            models.CheckConstraint(
                condition=~Q(status="paid") | Q(paid_on__isnull=False), name="points_settlement_paid_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def check_against_ledger(self, *, by: Actor) -> None:
        """Sign that the uses were compared with the shop's statement (照合). Raises Conflict unless it is a draft."""
        self._move(self.Status.CHECKED, "精算の照合", by=by, checked_by=user_of(by))

    def propose(self, proposal: Proposal, *, by: Actor) -> None:
        """Send the payment on the way to its approval (起案). Raises Conflict unless it was checked."""
        self._move(self.Status.PROPOSED, "精算の起案", by=by, proposal=proposal)

    def approve(self, *, by: Actor) -> None:
        """Approve the payment, as its proposal was decided (決裁). Raises NotAllowed for who checked it, Conflict."""
        if user_of(by) == self.checked_by:
            raise NotAllowed("照合した人は決裁できません。ほかの人が決裁してください。")
        self._move(self.Status.APPROVED, "精算の決裁", by=by, approved_by=user_of(by))

    def come_back(self, *, by: Actor) -> None:
        """Wait for a proposal again, which was returned or came to nothing (起案の戻り)."""
        self._move(self.Status.CHECKED, "精算の起案の戻り", by=by)

    @transaction.atomic
    def pay(self, on: date, *, by: Actor) -> None:
        """Book payment and fee on the day that the bank says (支払). Raises Conflict unless approved, DayLocked."""
        self._move(self.Status.PAID, "精算の支払", by=by, paid_on=on)
        if self.payable or self.fee:
            lines = [
                (ledger_accounts.POINTS_OWED, self.payable + self.fee),
                (ledger_accounts.POINTS_PAID, -self.payable),
                (ledger_accounts.SHOP_FEES, -self.fee),
            ]
            Journal.post(Journal.Kind.SETTLED, self.number, lines, day=Journal.first_open(on))

    @transaction.atomic
    def _move(self, to: "MerchantSettlement.Status", act: str, *, by: Actor, **changes: Any) -> None:
        if not transition(self, to, **changes):
            raise Conflict(f"この精算は、いま「{self.Status(self.status).label}」です。何も変わっていません。")
        log.record(self, act, by=by, after={"status": to, "payable": self.payable})
