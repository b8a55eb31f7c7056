"""Service levels SLA: the promised availability, its hours, and the refund when it is missed."""

from django.db import models
from django.db.models import F, Q

from todoke.systems.availability import CreditStep, Window
from todoke.systems.models.register import Contract, InformationSystem


class ServiceLevel(models.Model):
    """サービス水準: the availability that a contract promises within service hours."""

    class Hours(models.TextChoices):
        ALWAYS = "always", "24時間365日"
        OFFICE = "office", "開庁時間(開庁日 8:30〜17:15)"
        CUSTOM = "custom", "個別に定める時間"

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="levels", verbose_name="契約")
    target = models.DecimalField("約束する稼働率(%)", max_digits=6, decimal_places=3)
    hours = models.CharField("サービス時間帯", max_length=10, choices=Hours, blank=True)
    opens = models.TimeField("開始", null=True, blank=True)
    closes = models.TimeField("終了", null=True, blank=True)
    weekdays = models.CharField("曜日", max_length=7, default="01234")
    clause = models.CharField("契約書の条項", max_length=200, blank=True)

    class Meta:
        verbose_name = "サービス水準"
        ordering = ["contract", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__gt=0, target__lte=100),
                name="systems_target_is_a_percentage",
                violation_error_message="稼働率は、0より大きく100以下で書いてください。",
            ),
            models.CheckConstraint(
                condition=~Q(hours="custom") | Q(opens__isnull=False, closes__isnull=False),
                name="systems_custom_hours_are_written",
                violation_error_message="個別に定める時間のときは、開始と終了の時刻を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.target}%"

    @property
    def system(self) -> InformationSystem:
        return self.contract.system

    @property
    def promised(self) -> str:
        """The promised rate as text: 97.5%."""
        return f"{float(self.target):g}%"

    def window(self) -> Window | None:
        """The promised hours, or None where the contract does not state them."""
        if not self.hours:
            return None
        if self.opens and self.closes:
            return Window(self.hours, self.opens, self.closes, frozenset(int(each) for each in self.weekdays))
        return Window(self.hours)

    def steps(self) -> list[CreditStep]:
        return [CreditStep(step.below, step.percent) for step in self.credit_steps.all()]


class CreditStepRow(models.Model):
    """減額の段階: below which rate which share of the monthly fee is refunded."""

    level = models.ForeignKey(ServiceLevel, models.CASCADE, related_name="credit_steps", verbose_name="サービス水準")
    below = models.DecimalField("稼働率がこれを下回るとき(%)", max_digits=6, decimal_places=3)
    percent = models.DecimalField("月額利用料の減額(%)", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "減額の段階"
        ordering = ["level", "-below"]
        constraints = [models.UniqueConstraint(fields=["level", "below"], name="systems_one_credit_per_rate")]

    def __str__(self) -> str:
        return f"{self.written}未満 {self.percent}%"

    @property
    def written(self) -> str:
        """The rate as text: 97.5%."""
        return f"{float(self.below):g}%"


class PlannedStop(models.Model):
    """計画停止: an announced outage that does not count (稼働率の対象外)."""

    system = models.ForeignKey(
        InformationSystem, models.CASCADE, related_name="planned_stops", verbose_name="情報システム"
    )
    starts_at = models.DateTimeField("開始")
    ends_at = models.DateTimeField("終了")
    reason = models.CharField("理由", max_length=200)

    class Meta:
        verbose_name = "計画停止"
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="systems_stop_ends_after_it_starts",
                violation_error_message="終了は、開始より後の時刻にしてください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.reason}"


class Probe(models.Model):
    """監視の結果: whether a system answered at an instant."""

    system = models.ForeignKey(InformationSystem, models.CASCADE, related_name="probes", verbose_name="情報システム")
    at = models.DateTimeField("日時")
    outcome = models.CharField("結果", max_length=4, choices=[("ok", "応答あり"), ("fail", "応答なし")])

    class Meta:
        verbose_name = "監視の結果"
        ordering = ["system", "at"]
        constraints = [models.UniqueConstraint(fields=["system", "at"], name="systems_one_probe_per_moment")]

    def __str__(self) -> str:
        return f"{self.system} {self.at} {self.outcome}"
