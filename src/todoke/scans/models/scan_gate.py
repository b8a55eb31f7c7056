"""Scan gates 通してよい確からしさ: for each field and way of arrival, by what people found; renewed every night."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.scans.models.scan_batch import ScanBatch
from todoke.scans.models.scan_template import ScanTemplate

LIMIT = 0.01
"""The most errors among fields that pass unchecked."""


class ScanGate(models.Model):
    """通してよい確からしさ: the lowest confidence at which errors stay below the limit; none while unproved."""

    template = models.ForeignKey(ScanTemplate, models.CASCADE, related_name="gates", verbose_name="読取り様式")
    channel = models.CharField("届き方", max_length=10, choices=ScanBatch.Channel.choices)
    field = models.CharField("欄", max_length=120)
    gate = models.FloatField("通してよい確からしさ", null=True)
    number = models.PositiveIntegerField("確かめた数")
    errors = models.PositiveIntegerField("違っていた数")
    renewed_at = models.DateTimeField("計算した日時", default=timezone.now)

    class Meta:
        verbose_name = "通してよい確からしさ"
        ordering = ["template", "channel", "field"]
        constraints = [
            models.UniqueConstraint(fields=["template", "channel", "field"], name="scans_one_gate_a_field_and_channel"),
            models.CheckConstraint(
                condition=Q(gate=None) | Q(gate__gte=0, gate__lte=1), name="scans_a_gate_is_a_share"
            ),
            models.CheckConstraint(condition=Q(errors__lte=models.F("number")), name="scans_errors_are_of_the_checked"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.field}"

    @classmethod
    def thresholds(cls, template: ScanTemplate, channel: str) -> dict[str, float]:
        """Return the gate of each field that has one, for sheets that come by a way."""
        rows = cls.objects.filter(template=template, channel=channel, gate__isnull=False)
        return {row.field: row.gate for row in rows if row.gate is not None}
