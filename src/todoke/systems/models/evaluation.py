"""Evaluations 年次評価: each department scores each system once a year; a score below 3 needs a follow-up."""

from typing import Any

from django.db import models, transaction
from django.db.models import Avg, Q

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.organization.models import Department
from todoke.runtime.refusals import Refused
from todoke.systems.models.register import InformationSystem

QUESTIONS = ("操作のしやすさ", "処理の速さ", "安定性", "問合せへの対応", "業務への効果")


class Evaluation(models.Model):
    """年次評価: one department's scores of one system in one fiscal year."""

    system = models.ForeignKey(
        InformationSystem, models.CASCADE, related_name="evaluations", verbose_name="情報システム"
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="evaluations", verbose_name="部署")
    fiscal_year = models.PositiveIntegerField("年度")
    good_practice = models.TextField("うまくいった使い方", blank=True)

    class Meta:
        verbose_name = "年次評価"
        ordering = ["-fiscal_year", "system", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "department", "fiscal_year"], name="systems_one_evaluation_per_section_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.department} {self.fiscal_year}年度"

    @classmethod
    @transaction.atomic
    def submit(
        cls,
        *,
        system: InformationSystem,
        department: Department,
        fiscal_year: int,
        by: Actor,
        scores: dict[str, tuple[int, str, str]],
        good_practice: str = "",
    ) -> "Evaluation":
        """Store the scores (question → score, comment, follow-up). Raises Refused when one is incomplete."""
        missing = [question for question in QUESTIONS if question not in scores]
        if missing:
            raise Refused(f"まだ答えていない問いがあります: {'、'.join(missing)}")
        evaluation = cls.objects.create(
            system=system, department=department, fiscal_year=fiscal_year, good_practice=good_practice
        )
        for question, (score, comment, follow_up) in scores.items():
            if score < 3 and not (comment.strip() and follow_up.strip()):
                raise Refused(f"「{question}」は3未満です。理由と、これからの対応を書いてください。")
            evaluation.scores.create(question=question, score=score, comment=comment, follow_up=follow_up)
        record(evaluation, "年次評価の提出", by=by, after={q: s[0] for q, s in scores.items()})
        return evaluation

    @property
    def average(self) -> float | None:
        found: Any = self.scores.aggregate(average=Avg("score"))["average"]
        return float(found) if found is not None else None


class EvaluationScore(models.Model):
    """評価の点: one score from 1 to 5; below 3 with a comment and a follow-up."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="scores", verbose_name="年次評価")
    question = models.CharField("問い", max_length=60)
    score = models.PositiveSmallIntegerField("点")
    comment = models.CharField("理由・意見", max_length=300, blank=True)
    follow_up = models.CharField("これからの対応", max_length=300, blank=True)

    class Meta:
        verbose_name = "評価の点"
        ordering = ["evaluation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "question"], name="systems_one_score_per_question"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="systems_scores_go_from_one_to_five"),
            models.CheckConstraint(
                condition=Q(score__gte=3) | (~Q(comment="") & ~Q(follow_up="")), name="systems_a_low_score_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.score}"
