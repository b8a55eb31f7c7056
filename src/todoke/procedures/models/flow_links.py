"""Links of a procedure 手続とのつながり: the business flows and experience surveys that are about it."""

from django.db import models

from todoke.flows.models import ExperienceSurvey, Flow
from todoke.procedures.models.procedure import Procedure


class ProcedureFlow(models.Model):
    """手続の業務フロー: the procedure that a flow as it is today shows; its to-be copies show the same."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="flow_links", verbose_name="手続")
    flow = models.OneToOneField(Flow, models.CASCADE, related_name="procedure_link", verbose_name="業務フロー")

    class Meta:
        verbose_name = "手続の業務フロー"
        ordering = ["procedure", "pk"]

    def __str__(self) -> str:
        return f"{self.procedure} {self.flow}"


class ProcedureSurvey(models.Model):
    """手続の窓口体験調査: the procedure in which a survey was walked."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="survey_links", verbose_name="手続")
    survey = models.OneToOneField(
        ExperienceSurvey, models.CASCADE, related_name="procedure_link", verbose_name="窓口体験調査"
    )

    class Meta:
        verbose_name = "手続の窓口体験調査"
        ordering = ["procedure", "pk"]

    def __str__(self) -> str:
        return f"{self.procedure} {self.survey}"
