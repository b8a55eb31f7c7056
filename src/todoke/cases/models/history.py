"""What happened to a case: its passages 経過, the rows of its legal clock 期間の記録, and notes メモ."""

from django.db import models

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.cases.deadlines import Act


class Written(ImmutableModel):
    """追記だけの行: is added, never rewritten."""

    FROZEN = "経過の記録"

    class Meta:
        abstract = True


class Passage(Written):
    """経過: one step of a case as its history shows it, to the office and, where it says so, to the applicant."""

    class Audience(models.TextChoices):
        ALL = "all", "申請者にも見える"
        OFFICE = "office", "職員だけに見える"

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="passages", verbose_name="案件")
    at = models.DateTimeField("日時")
    act = models.CharField("行為", max_length=60)
    before = models.CharField("前の状態", max_length=12, blank=True)
    after = models.CharField("後の状態", max_length=12, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="行為者")
    actor_label = models.CharField("行為者の表示", max_length=100)
    reason = models.TextField("理由", blank=True)
    audience = models.CharField("見える人", max_length=10, choices=Audience.choices, default=Audience.ALL)

    class Meta:
        verbose_name = "経過"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.act


class ClockRow(Written):
    """期間の記録: the legal period starts, stands still, goes on, or is extended; deadlines are computed from these."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="clock_rows", verbose_name="案件")
    act = models.CharField("種類", max_length=10, choices=Act.choices)
    on = models.DateField("日付")
    days = models.PositiveSmallIntegerField("延長日数", default=0)
    reason = models.TextField("理由", blank=True)
    recorded_at = models.DateTimeField("記録日時", auto_now_add=True)

    class Meta:
        verbose_name = "期間の記録"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(act=Act.EXTEND) | (models.Q(days__gte=1) & ~models.Q(reason="")),
                name="cases_an_extension_has_days_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_act_display()


class Note(Written):
    """内部メモ: what colleagues should know; the applicant does not see it."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="notes", verbose_name="案件")
    text = models.TextField("内容", max_length=2000)
    written_at = models.DateTimeField("日時", auto_now_add=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")

    class Meta:
        verbose_name = "内部メモ"
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"メモ{self.pk}"
