"""Audit 監査: append-only entries in one hash chain a subject, so that unrelated acts do not lock one another.

Beside them stands what was taken away, in words that people can read later.
"""

from django.db import models
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel


def new_token() -> str:
    """Return 32 random letters and digits."""
    return get_random_string(32)


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


class DataExport(ImmutableModel):
    """持出し記録: who took which list or file away, by which conditions, of how many persons, which columns, and why.

    Holds no names of the persons in it: of the words that somebody searched for it says only that there were some.
    """

    FROZEN = "持出し記録"

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    at = models.DateTimeField("日時", auto_now_add=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="持ち出した人")
    departments = models.CharField("そのときの部署", max_length=200, blank=True)
    title = models.CharField("持ち出したもの", max_length=200)
    file_format = models.CharField("形式", max_length=10)
    rows = models.PositiveIntegerField("件数")
    persons = models.PositiveIntegerField("人数", null=True)
    conditions = models.TextField("条件")
    columns = models.TextField("項目", blank=True)
    reason = models.TextField("理由", blank=True)

    class Meta:
        verbose_name = "持出し記録"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["at"], name="audit_data_export_at")]

    def __str__(self) -> str:
        return f"持出し{self.pk} {self.title}"
