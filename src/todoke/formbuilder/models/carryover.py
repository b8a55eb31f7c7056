"""Carryover notices 引継ぎの知らせ: what an applicant must know after a form changed while it was being filled in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from todoke.formbuilder.answers.answer_migration import Notice, Reason

if TYPE_CHECKING:
    from todoke.formbuilder.models.submission import Submission


class CarryoverQuerySet(models.QuerySet["Carryover"]):
    def unread(self) -> CarryoverQuerySet:
        return self.filter(read_at=None)


class Carryover(models.Model):
    """引継ぎの知らせ: one thing about one question that changed, with what had been typed where it is not kept."""

    submission = models.ForeignKey(
        "formbuilder.Submission", models.CASCADE, related_name="carryovers", verbose_name="申請内容"
    )
    number = models.PositiveIntegerField("引き継いだ先の版")
    reason = models.CharField("理由", max_length=10, choices=[(reason.value, reason.value) for reason in Reason])
    question = models.CharField("設問", max_length=60)
    row = models.PositiveIntegerField("行", default=0)
    label = models.CharField("設問の文", max_length=300)
    typed = models.TextField("書いた内容", blank=True)
    message = models.CharField("知らせ", max_length=500)
    told_at = models.DateTimeField("知らせた日時", default=timezone.now)
    read_at = models.DateTimeField("読んだ日時", null=True, blank=True)

    objects = CarryoverQuerySet.as_manager()

    class Meta:
        verbose_name = "引継ぎの知らせ"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.message

    @staticmethod
    def tell(submission: Submission, number: int, notices: Iterable[Notice]) -> None:
        """Keep notices until the applicant has read them."""
        Carryover.objects.bulk_create(
            [
                Carryover(
                    submission=submission,
                    number=number,
                    reason=notice.reason.value,
                    question=notice.spot.question,
                    row=notice.spot.row,
                    label=notice.label,
                    typed=notice.typed,
                    message=notice.message,
                )
                for notice in notices
            ]
        )
