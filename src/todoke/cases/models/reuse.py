"""Reuse 前回からの引用: which answers of a draft were taken from an earlier application of the same person."""

from django.db import models

from todoke.cases.models.case import Case
from todoke.cases.models.draft import Draft


class Reuse(models.Model):
    """引用: one answer that was filled in from an earlier case, shown as such and free to be changed."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="reuses", verbose_name="申請の下書き")
    source = models.ForeignKey(Case, models.CASCADE, related_name="+", verbose_name="引用元の案件")
    question = models.CharField("設問", max_length=100)
    row = models.PositiveIntegerField("行", default=0)

    class Meta:
        verbose_name = "引用"
        constraints = [
            models.UniqueConstraint(fields=["draft", "question", "row"], name="cases_one_reuse_per_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.question}-{self.row}"
