"""Scan baselines 基準の測定: how long applications take that are typed from the picture without a reader."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.scans.models.scan_batch import ScanBatch
from todoke.scans.models.scan_template import ScanTemplate


class ScanBaseline(models.Model):
    """基準の測定: the seconds in which one person typed one application without reading."""

    template = models.ForeignKey(ScanTemplate, models.PROTECT, related_name="baselines", verbose_name="読取り様式")
    batch = models.ForeignKey(ScanBatch, models.PROTECT, related_name="baselines", verbose_name="読取り束")
    application = models.PositiveIntegerField("何件目")
    seconds = models.FloatField("かかった秒数")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="入力した人")
    measured_at = models.DateTimeField("測った日時", default=timezone.now)

    class Meta:
        verbose_name = "基準の測定"
        ordering = ["template", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "application"], name="scans_an_application_is_measured_once"),
            models.CheckConstraint(condition=Q(seconds__gt=0), name="scans_a_baseline_took_time"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.seconds:.0f}秒"
