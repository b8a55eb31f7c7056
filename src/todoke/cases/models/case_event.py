"""Case history 経過: events, the rows of the legal clock 期間の記録, and internal notes メモ."""

from django.db import models

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.cases.deadlines import ClockAct


class CaseHistoryRow(ImmutableModel):
    """追記だけの行: append-only."""

    FROZEN = "経過の記録"

    class Meta:
        abstract = True


class CaseEvent(CaseHistoryRow):
    """経過: one event of a case's history, visible to the office and, where it says so, to the applicant."""

    class Audience(models.TextChoices):
        ALL = "all", "申請者にも見える"
        OFFICE = "office", "職員だけに見える"

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="events", verbose_name="案件")
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


class ClockRow(CaseHistoryRow):
    """期間の記録: the legal period starts, is suspended, resumes, or is extended; deadlines are computed from these."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="clock_rows", verbose_name="案件")
    act = models.CharField("種類", max_length=10, choices=ClockAct.choices)
    on = models.DateField("日付")
    days = models.PositiveSmallIntegerField("延長日数", default=0)
    reason = models.TextField("理由", blank=True)
    recorded_at = models.DateTimeField("記録日時", auto_now_add=True)

    class Meta:
        verbose_name = "期間の記録"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(act=ClockAct.EXTEND) | (models.Q(days__gte=1) & ~models.Q(reason="")),
                name="cases_an_extension_has_days_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_act_display()


class Note(CaseHistoryRow):
    """内部メモ: a note for colleagues, not visible to the applicant."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="notes", verbose_name="案件")
    text = models.TextField("内容", max_length=2000)
    written_at = models.DateTimeField("日時", auto_now_add=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")

    class Meta:
        verbose_name = "内部メモ"
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"メモ{self.pk}"
