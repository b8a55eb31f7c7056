"""The municipality's data beside the national survey: legal bases, paper forms, volumes."""

from django.db import models
from django.db.models import F, Q

from todoke.procedures.models.procedure import Procedure


class LegalBasis(models.Model):
    """根拠法令: a law, ordinance or rule on which a procedure is based, and who can amend it."""

    class Rank(models.TextChoices):
        LAW = "law", "法律"
        CABINET_ORDER = "cabinet_order", "政令"
        MINISTERIAL_ORDER = "ministerial_order", "府省令"
        ORDINANCE = "ordinance", "条例"
        RULE = "rule", "規則"
        GUIDELINE = "guideline", "要綱"
        OTHER = "other", "その他"

    class Amender(models.TextChoices):
        DIET = "diet", "国会"
        STATE = "state", "国の行政機関"
        PREFECTURE = "prefecture", "都道府県"
        COUNCIL = "council", "区議会"
        MAYOR = "mayor", "区長"
        DEPARTMENT = "department", "所管課"

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="legal_bases", verbose_name="手続")
    rank = models.CharField("種別", max_length=20, choices=Rank)
    title = models.CharField("名称", max_length=300)
    number = models.CharField("法令番号", max_length=120, blank=True)
    article = models.CharField("条項号", max_length=120, blank=True)
    amendable_by = models.CharField("改正できる者", max_length=20, choices=Amender)

    class Meta:
        verbose_name = "根拠法令"
        ordering = ["procedure", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "title", "article"], name="procedures_one_legal_basis_per_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.article}"


class PaperForm(models.Model):
    """様式: a paper form of a procedure, by its official number."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="paper_forms", verbose_name="手続")
    number = models.CharField("様式番号", max_length=60)
    title = models.CharField("様式名", max_length=200)

    class Meta:
        verbose_name = "様式"
        ordering = ["procedure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedures_one_paper_form_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Volume(models.Model):
    """年間件数: cases of a procedure in a period, by channel. An empty count is unknown, not zero."""

    class Precision(models.TextChoices):
        EXACT = "exact", "実数"
        ESTIMATE = "estimate", "概数・推定"

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="volumes", verbose_name="手続")
    starts_on = models.DateField("期間の初日")
    ends_on = models.DateField("期間の末日")
    total = models.PositiveIntegerField("総件数", null=True, blank=True)
    online = models.PositiveIntegerField("オンライン", null=True, blank=True)
    counter = models.PositiveIntegerField("窓口", null=True, blank=True)
    post = models.PositiveIntegerField("郵送", null=True, blank=True)
    other = models.PositiveIntegerField("その他", null=True, blank=True)
    precision = models.CharField("精度", max_length=10, choices=Precision, default=Precision.EXACT)
    source = models.CharField("出典", max_length=200)

    class Meta:
        verbose_name = "年間件数"
        ordering = ["procedure", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "starts_on"], name="procedures_one_volume_per_period"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="procedures_volume_ends_after_start"),
            models.CheckConstraint(
                condition=Q(online__isnull=True) | Q(total__isnull=True) | Q(online__lte=F("total")),
                name="procedures_volume_online_within_total",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.starts_on}〜{self.ends_on}"
