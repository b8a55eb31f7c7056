"""Migration notices 引継ぎの知らせ: messages to an applicant whose draft was moved to a newer form version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from todoke.formbuilder.answers.answer_migration import AnswerNotice, NoticeReason

if TYPE_CHECKING:
    from todoke.formbuilder.models.submission import Submission


class MigrationNoticeQuerySet(models.QuerySet["MigrationNotice"]):
    def unread(self) -> MigrationNoticeQuerySet:
        """Notices that the applicant has not read."""
        return self.filter(read_at=None)


class MigrationNotice(models.Model):
    """引継ぎの知らせ: a message about one changed question, with the typed text where it is not kept."""

    submission = models.ForeignKey(
        "formbuilder.Submission", models.CASCADE, related_name="migration_notices", verbose_name="申請内容"
    )
    number = models.PositiveIntegerField("引き継いだ先の版")
    reason = models.CharField("理由", max_length=10, choices=[(reason.value, reason.value) for reason in NoticeReason])
    question = models.CharField("設問", max_length=60)
    row = models.PositiveIntegerField("行", default=0)
    label = models.CharField("設問の文", max_length=300)
    typed = models.TextField("書いた内容", blank=True)
    message = models.CharField("知らせ", max_length=500)
    told_at = models.DateTimeField("知らせた日時", default=timezone.now)
    read_at = models.DateTimeField("読んだ日時", null=True, blank=True)

    objects = MigrationNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "引継ぎの知らせ"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.message

    @staticmethod
    def create_all(submission: Submission, number: int, notices: Iterable[AnswerNotice]) -> None:
        """Insert notices for a submission, unread."""
        MigrationNotice.objects.bulk_create(
            [
                MigrationNotice(
                    submission=submission,
                    number=number,
                    reason=notice.reason.value,
                    question=notice.key.question,
                    row=notice.key.row,
                    label=notice.label,
                    typed=notice.typed,
                    message=notice.message,
                )
                for notice in notices
            ]
        )
