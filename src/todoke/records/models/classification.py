"""Classifications 文書分類: which files are kept how long, counted from when."""

from django.db import models
from django.db.models import Q

from todoke.records import retention


class Period(models.IntegerChoices):
    ONE = 1, "1年"
    THREE = 3, "3年"
    FIVE = 5, "5年"
    TEN = 10, "10年"
    THIRTY = 30, "30年"
    PERMANENT = retention.PERMANENT, "永年"


class StartRule(models.TextChoices):
    CALENDAR = retention.CALENDAR, "暦年(翌年1月1日から)"
    FISCAL = retention.FISCAL, "会計年度(翌年度4月1日から)"
    NEXT_DAY = retention.NEXT_DAY, "完結した日の翌日から"


class Classification(models.Model):
    """文書分類: a line of the table of classifications, with its period and its way of counting."""

    code = models.CharField("分類記号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=100)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上位の分類"
    )
    years = models.PositiveSmallIntegerField("保存期間", choices=Period.choices)
    start_rule = models.CharField("起算", max_length=10, choices=StartRule.choices, default=StartRule.FISCAL)
    basis = models.CharField("根拠", max_length=200, blank=True)

    class Meta:
        verbose_name = "文書分類"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(years__in=Period.values), name="records_period_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
