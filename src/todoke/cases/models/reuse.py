"""Reused answers 前回からの引用: which answers of a draft were copied from an earlier case of the same person."""

from django.db import models

from todoke.cases.models.case import Case
from todoke.cases.models.draft import Draft


class ReusedAnswer(models.Model):
    """引用: one answer copied from an earlier case, marked as such and editable."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="reused_answers", verbose_name="申請の下書き")
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
