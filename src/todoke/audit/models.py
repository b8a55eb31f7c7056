"""Audit 監査: append-only entries in one hash chain a subject, so that unrelated acts do not lock one another."""

from django.db import models

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel


class Entry(ImmutableModel):
    """監査記録: one act on one subject; its hash covers the hash of the entry before. Holds no personal data."""

    FROZEN = "監査記録"

    subject = models.CharField("対象", max_length=120)
    sequence = models.PositiveIntegerField("連番")
    at = models.DateTimeField("日時")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="行為者")
    actor_label = models.CharField("行為者の表示", max_length=100)
    act = models.CharField("行為", max_length=60)
    reason = models.TextField("理由", blank=True)
    changed = models.TextField("変わった項目", blank=True)
    before_hash = models.CharField("前の状態", max_length=64, blank=True)
    after_hash = models.CharField("後の状態", max_length=64, blank=True)
    previous_hash = models.CharField("直前の封印", max_length=64, blank=True)
    hash = models.CharField("封印", max_length=64)

    class Meta:
        verbose_name = "監査記録"
        ordering = ["subject", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "sequence"], name="audit_one_entry_per_step"),
        ]
        indexes = [models.Index(fields=["at"], name="audit_entry_at")]

    def __str__(self) -> str:
        return f"{self.subject}#{self.sequence} {self.act}"
