"""Answers 回答: rows of text keyed by a question's stable id, so that they can be searched, counted and corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.formbuilder.answers.answer_rows import Line
from todoke.formbuilder.answers.journey import Spot

if TYPE_CHECKING:
    from todoke.formbuilder.models.submission import Submission


class Answer(models.Model):
    """回答: one line of an answer, as typed and normalised. A corrected line stays, with the time it was superseded."""

    submission = models.ForeignKey(
        "formbuilder.Submission", models.CASCADE, related_name="answers", verbose_name="申請内容"
    )
    question = models.CharField("設問", max_length=60)
    row = models.PositiveIntegerField("行", default=0)
    part = models.CharField("部分", max_length=60, blank=True)
    value = models.TextField("回答")
    normal = models.CharField("正規化した回答", max_length=300, blank=True)
    answered_at = models.DateTimeField("回答日時", default=timezone.now)
    superseded_at = models.DateTimeField("補正された日時", null=True, blank=True)

    class Meta:
        verbose_name = "回答"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "question", "row", "part"],
                condition=Q(superseded_at=None),
                name="formbuilder_one_current_answer_per_place",
            ),
        ]
        indexes = [models.Index(fields=["question", "normal"], name="formbuilder_answer_normal")]

    def __str__(self) -> str:
        return f"{self.question}-{self.row}"


class Stored(NamedTuple):
    """いまの回答の行: the id of a current answer's row, and its line."""

    pk: int
    line: Line


def stored(submission: Submission) -> list[Stored]:
    """Return the current lines of a submission (one query)."""
    return [Stored(pk, Line(*line)) for pk, *line in _STORED.rows(submission=submission.pk)]


def _stored_query() -> models.QuerySet[Answer, tuple[Any, ...]]:
    of_one = Answer.objects.filter(submission=Parameter("submission", models.BigIntegerField()), superseded_at=None)
    return of_one.order_by("pk").values_list("pk", *Line._fields)


_STORED = CompiledQuery(_stored_query)


def replace_answers(
    submission: Submission,
    spots: Collection[Spot],
    lines: Iterable[Line],
    *,
    superseding: bool = False,
    current: Sequence[Stored] | None = None,
) -> None:
    """Make the current answers of some places equal to the lines, touching only what differs.

    A caller in this transaction that has read the ``current`` lines already hands them over and saves a query.
    """
    if not spots:
        return
    wanted = {(line.question, line.row, line.part): line for line in lines}
    now = timezone.now()
    old: list[int] = []
    changed: list[Answer] = []
    for pk, before in stored(submission) if current is None else current:
        if Spot(before.question, before.row) not in spots:
            continue
        line = wanted.get((before.question, before.row, before.part))
        if line is not None and (not superseding or line == before):
            wanted.pop((before.question, before.row, before.part))
            if line != before:
                changed.append(Answer(pk=pk, value=line.value, normal=line.normal, answered_at=now))
        else:
            old.append(pk)
    gone = Answer.objects.filter(pk__in=old)
    if old and superseding:
        gone.update(superseded_at=now)
    elif old:
        gone.delete()
    if changed:
        Answer.objects.bulk_update(changed, ["value", "normal", "answered_at"])
    if wanted:
        Answer.objects.bulk_create(
            [Answer(submission=submission, answered_at=now, **line._asdict()) for line in wanted.values()]
        )
