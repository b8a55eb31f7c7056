"""Comparison runs 類似の計算: finds near-identical and similar opinions of a consultation in the background."""

import time
from dataclasses import replace
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import Task

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.jobs.priority import Priority
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Refused
from todoke.voices.models.comment_point import CommentPoint, SimilarOpinion
from todoke.voices.models.consultation import Consultation
from todoke.voices.similarity import SimilarText, blocks, folded, similar_lists

MOST, LIMIT = 30_000, 300.0
"""Opinions that are compared, and seconds of processor time after which a computation ends without a result."""


class Stopped(Exception):
    """The computation was cancelled, or takes too long; the message says which."""


class ComparisonRun(models.Model):
    """類似の計算: one computation with how far it is; the lists it finds are proposals for people."""

    class Status(models.TextChoices):
        WAITING = "waiting", "順番を待っています"
        RUNNING = "running", "計算しています"
        DONE = "done", "終わりました"
        FAILED = "failed", "終わりませんでした"
        CANCELLED = "cancelled", "やめました"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.RUNNING, Status.CANCELLED}),
        Status.RUNNING: frozenset({Status.DONE, Status.FAILED, Status.CANCELLED}),
        Status.DONE: frozenset(),
        Status.FAILED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="comparisons", verbose_name="意見募集")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.WAITING)
    done = models.PositiveIntegerField("済んだ数", default=0)
    whole = models.PositiveIntegerField("全部の数", default=0)
    refusal = models.CharField("終わらなかった理由", max_length=300, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="頼んだ人")
    asked_at = models.DateTimeField("頼んだ日時", default=timezone.now)
    finished_at = models.DateTimeField("終わった日時", null=True)

    class Meta:
        verbose_name = "類似の計算"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(status__in=["waiting", "running"]),
                name="voices_one_open_comparison_each",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.consultation} {self.get_status_display()}"

    @property
    def is_open(self) -> bool:
        return self.status in {self.Status.WAITING, self.Status.RUNNING}

    @classmethod
    @transaction.atomic
    def request(cls, of: Consultation, task: Task[[int], None], *, by: User) -> "ComparisonRun":
        """類似の計算の依頼: ask for it; an open one is that one. Raises NotAllowed, Refused above 30,000 opinions."""
        of.require_running(by)
        if before := of.comparisons.filter(status__in=[cls.Status.WAITING, cls.Status.RUNNING]).first():
            return before
        number = of.points.count()
        if number > MOST:
            said = f"比べられるのは{MOST:,}件までです(いまは{number:,}件)。受付の一覧で読んでください。"
            raise Refused(said, link=path_to("office:consultation-receipts", of.number))
        made = cls.objects.create(consultation=of, asked_by=by, whole=3 * number)
        record(of, "類似の計算の依頼", by=by, after={"件数": number})
        task.using(priority=Priority.NORMAL).enqueue(made.pk)
        return made

    @transaction.atomic
    def cancel(self, *, by: User) -> None:
        """取りやめ: end it without a result. Raises NotAllowed, Refused where it has ended."""
        self.consultation.require_running(by)
        if not transition(self, self.Status.CANCELLED, finished_at=timezone.now()):
            raise Refused("この計算は、もう終わっています。")
        record(self.consultation, "類似の計算の取りやめ", by=by)

    def compute(self) -> None:
        """Compute it once, and keep the folds and the lists of similar ones."""
        if not transition(self, self.Status.RUNNING):
            return
        points = list(self.consultation.points.select_related("comment").order_by("pk"))
        try:
            first, near = self._found(points)
        except Stopped as stopped:
            transition(self, self.Status.FAILED, refusal=str(stopped), finished_at=timezone.now())
            return
        with transaction.atomic():
            for at, each in enumerate(points):
                each.fold_of = points[first[at]] if first[at] != at else None
            CommentPoint.objects.bulk_update(points, ["fold_of"], batch_size=500)
            SimilarOpinion.objects.filter(point__consultation=self.consultation).delete()
            SimilarOpinion.objects.bulk_create(
                (
                    SimilarOpinion(
                        point=points[at], other=points[found.place], rank=rank, score=found.score,
                        words="、".join(found.words)[:200],
                    )
                    for at, others in near.items()
                    for rank, found in enumerate(others, 1)
                ),
                batch_size=500,
            )  # fmt: skip
            transition(self, self.Status.DONE, done=self.whole, finished_at=timezone.now())

    def _found(self, points: list[CommentPoint]) -> tuple[list[int], dict[int, list[SimilarText]]]:
        """Return the first of the same words of each opinion, and the similar ones of each line. Raises Stopped."""
        texts, begun = [each.text for each in points], time.process_time()

        def told(done: int, _: int) -> None:
            if not compare_and_set(self, {"status": self.Status.RUNNING}, done=done):
                raise Stopped
            if time.process_time() - begun > LIMIT:
                raise Stopped("時間がかかりすぎるので、打ち切りました。意見をまとめてから、もう一度お試しください。")

        first = folded(texts, told=told)
        lines, near, before = sorted(set(first)), dict[int, list[SimilarText]](), len(points)
        for block in blocks([points[at].clause for at in lines]):
            places = [lines[at] for at in block]
            found = similar_lists(
                [texts[at] for at in places],
                told=lambda done, _, before=before: told(before + done, 0),  # type: ignore[misc] # a default binds the place
            )
            for at, others in zip(places, found, strict=True):
                near[at] = [replace(each, place=places[each.place]) for each in others]
            before += 2 * len(block)
        return first, near
