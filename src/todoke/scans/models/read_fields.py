"""Field readings 読取り: what an engine read in a field, with what, how sure, and which way it goes; written once."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.scans.models.scan_sheet import ScanSheet
from todoke.scans.recognition.routes import ROUTE_LABELS, Route


class FieldReading(models.Model):
    """読取り: the text that an engine read in a field of a sheet; only its erasure after the retention changes it."""

    sheet = models.ForeignKey(ScanSheet, models.CASCADE, related_name="readings", verbose_name="紙面")
    field = models.CharField("欄", max_length=120)
    text = models.TextField("読んだ文字", blank=True)
    confidence = models.FloatField("いちばん低い確からしさ", null=True)
    engine = models.CharField("読取りの部品", max_length=60)
    engine_version = models.CharField("部品の版", max_length=60)
    model_sha256 = models.CharField("モデルの照合値", max_length=64, blank=True)
    problem = models.CharField("検査で分かったこと", max_length=100, blank=True)
    route = models.CharField("確認の道", max_length=6, choices=[(route.value, ROUTE_LABELS[route]) for route in Route])
    read_at = models.DateTimeField("読んだ日時", default=timezone.now)

    class Meta:
        verbose_name = "読取り"
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "field"], name="scans_a_field_is_read_once"),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=0, confidence__lte=1),
                name="scans_confidence_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.field}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Raises TypeError for a stored one."""
        if self.pk is not None:
            raise TypeError("読取りは書き換えられません。")
        super().save(*args, **kwargs)
