"""Retry keys 再送キー: what a machine handed in, so that the same sending twice is done once."""

from __future__ import annotations

from django.db import models

from todoke.cases.models import Case
from todoke.integrations.models.partner import MachineAccount


class HandedIn(models.Model):
    """再送キー: a sending of a machine and the case that it led to; a retry finds it and does nothing else."""

    machine = models.ForeignKey(
        MachineAccount, models.PROTECT, related_name="handed_in", verbose_name="連携用アカウント"
    )
    key = models.CharField("再送キー", max_length=100)
    act = models.CharField("行為", max_length=20)
    body_hash = models.CharField("内容の照合値", max_length=64)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+", verbose_name="案件")
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "再送キー"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["machine", "key"], name="integrations_one_sending_per_key"),
        ]

    def __str__(self) -> str:
        return self.key
