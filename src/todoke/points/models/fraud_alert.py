"""Fraud alerts 不正の疑い: what a person should look at; nothing is punished by itself."""

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.points.models.merchant import Merchant
from todoke.points.models.point_holder import PointHolder
from todoke.runtime.refusals import Conflict, Refused


class FraudAlert(models.Model):
    """不正の疑い: one pattern seen at a shop, and what a person found."""

    class Kind(models.TextChoices):
        OFTEN = "often", "一人が短い間に何度も使った"
        OWN_SHOP = "own_shop", "自分の店で使った"
        GUESSED = "guessed", "暗証番号を続けてまちがえた"

    kind = models.CharField("種類", max_length=10, choices=Kind.choices)
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="alerts", verbose_name="加盟店")
    holder = models.ForeignKey(PointHolder, models.PROTECT, null=True, related_name="+", verbose_name="持ち主")
    day = models.DateField("日")
    seen_at = models.DateTimeField("気づいた日時", auto_now_add=True)
    finding = models.CharField("確かめた結果", max_length=300, blank=True)
    handled_at = models.DateTimeField("確かめた日時", null=True, blank=True)
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確かめた人")

    class Meta:
        verbose_name = "不正の疑い"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "merchant", "holder", "day"], name="points_one_alert_a_day"),
            models.CheckConstraint(
                condition=Q(handled_at=None) | ~Q(finding=""), name="points_alert_handled_with_finding"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.Kind(self.kind).label} {self.merchant}"

    @transaction.atomic
    def handle(self, finding: str, *, by: Actor) -> None:
        """Write down what was found (確認). Raises Refused without words, Conflict when somebody did before."""
        if not finding.strip():
            raise Refused("確かめた結果を書いてください。")
        if not stamp_once(self, "handled_at", finding=finding.strip(), handled_by=user_of(by)):
            raise Conflict("ほかの人がもう確かめました。")
        log.record(self, "不正の疑いの確認", by=by, reason=self.finding)
