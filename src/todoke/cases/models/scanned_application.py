"""Scanned applications 読取りの申請: which application the sheets of a batch became."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from todoke.formbuilder.models import Submission
from todoke.scans.models import ScanBatch


class ScannedApplication(models.Model):
    """読取りの申請: the submission that the sheets of one application of a batch were entered into."""

    batch = models.ForeignKey(ScanBatch, models.PROTECT, related_name="applications", verbose_name="読取り束")
    application = models.PositiveIntegerField("何件目")
    submission = models.OneToOneField(
        Submission, models.CASCADE, related_name="scanned_application", verbose_name="申請内容"
    )
    begun_at = models.DateTimeField("始めた日時", default=timezone.now)

    class Meta:
        verbose_name = "読取りの申請"
        ordering = ["batch", "application"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "application"], name="cases_one_submission_a_scanned_application")
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.application}件目"
