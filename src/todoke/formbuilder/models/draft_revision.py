"""Draft revisions 様式案の履歴: a form draft as it stood before each of the last acts, so that they can be undone."""

from django.db import models
from django.utils import timezone

from todoke.accounts.models import User

KEPT = 50
"""How many acts of one draft can be undone."""


class DraftRevisionQuerySet(models.QuerySet["DraftRevision"]):
    def undoable(self) -> "DraftRevisionQuerySet":
        """Acts that were not undone, the last one first."""
        return self.filter(undone_at=None).order_by("-pk")


class DraftRevision(models.Model):
    """様式案の履歴: the document of a draft before one act, and what the act did in words."""

    draft = models.ForeignKey("formbuilder.FormDraft", models.CASCADE, related_name="revisions", verbose_name="様式案")
    revision = models.PositiveIntegerField("保存回数")
    document = models.JSONField("前の文書")
    act = models.CharField("したこと", max_length=200)
    at = models.DateTimeField("日時", default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="した人")
    undone_at = models.DateTimeField("取り消した日時", null=True)

    objects = DraftRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "様式案の履歴"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.act
