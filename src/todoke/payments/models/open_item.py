"""Open items 未済項目: named yen of a suspense account that stay open after a day close until they are settled."""

from datetime import date

from django.db import models, transaction

from todoke.accounts.actors import Actor, System
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.payments import ledger_accounts, matching
from todoke.payments.models.day_close import Finding
from todoke.payments.models.ledger import Journal


class OpenItemQuerySet(models.QuerySet["OpenItem"]):
    def open(self) -> "OpenItemQuerySet":
        """Items that nothing has settled yet."""
        return self.filter(settled_on__isnull=True)


class OpenItem(models.Model):
    """未済項目: a named part of a suspense account's balance, and the statement line that is expected to settle it."""

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="item", verbose_name="差異")
    account = models.CharField("勘定", max_length=24)
    yen = models.BigIntegerField("金額", help_text="円。借方は正、貸方は負")
    against = models.CharField("相手勘定", max_length=24, blank=True)
    waits_for = models.CharField(
        "待つ明細", max_length=12, blank=True, choices=[(kind.value, kind.name) for kind in matching.LineKind]
    )
    reference = models.CharField("照合番号", max_length=64)
    expected_yen = models.BigIntegerField("待つ金額", help_text="円")
    opened_on = models.DateField("発生日")
    settled_on = models.DateField("解消日", null=True, blank=True)
    settlement = models.CharField("解消の内容", max_length=200, blank=True)

    objects = OpenItemQuerySet.as_manager()

    class Meta:
        verbose_name = "未済項目"
        ordering = ["opened_on", "pk"]
        indexes = [models.Index(fields=["settled_on", "waits_for"], name="payments_item_open")]

    def __str__(self) -> str:
        return f"{self.finding} {self.yen:,}円"

    @property
    def account_name(self) -> str:
        return ledger_accounts.name(self.account)

    @property
    def gross_yen(self) -> int:
        """The absolute amount in yen."""
        return abs(self.yen)

    def age(self, on: date) -> int:
        """Return the number of days the item has been open."""
        return (on - self.opened_on).days

    @transaction.atomic
    def settle(self, settlement: str, *, on: date, against: str | None = None, by: Actor | None = None) -> bool:
        """Settle once (解消): book the yen off its account, and record what settled it; False when settled before.

        ``against`` names the other account when it is not the one that the awaited line moves; "" books nothing.
        """
        if not stamp_once(self, "settled_on", on, settlement=settlement[:200]):
            return False
        other = self.against if against is None else against
        if other:
            lines = [(self.account, -self.yen), (other, self.yen)]
            Journal.post(Journal.Kind.CORRECTION, f"{self.finding.difference}:{self.reference}"[:80], lines, day=on)
        log.record(self.finding.day_close, "未済項目の解消", by=by or System(), after={"item": self.pk, "on": on})
        return True
