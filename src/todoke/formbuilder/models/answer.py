"""Answers 回答: the answers of submissions as rows of text, keyed by question id, row and part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.formbuilder.answers.answer_rows import AnswerRow
from todoke.formbuilder.answers.journey import AnswerKey

if TYPE_CHECKING:
    from todoke.formbuilder.models.submission import Submission


class Answer(models.Model):
    """回答: one row of an answer, as typed and normalised; a corrected row stays with the time it was superseded."""

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


class StoredRow(NamedTuple):
    """いまの回答の行: the primary key of a current row, and its content."""

    pk: int
    line: AnswerRow


def current_rows(submission: Submission) -> list[StoredRow]:
    """Return the current rows of a submission (one query)."""
    return [StoredRow(pk, AnswerRow(*line)) for pk, *line in _STORED.rows(submission=submission.pk)]


def _stored_query() -> models.QuerySet[Answer, tuple[Any, ...]]:
    of_one = Answer.objects.filter(submission=Parameter("submission", models.BigIntegerField()), superseded_at=None)
    return of_one.order_by("pk").values_list("pk", *AnswerRow._fields)


_STORED = CompiledQuery(_stored_query)


def replace_answers(
    submission: Submission,
    keys: Collection[AnswerKey],
    lines: Iterable[AnswerRow],
    *,
    superseding: bool = False,
    current: Sequence[StoredRow] | None = None,
) -> None:
    """Replace the current answers of some keys by the lines; only rows that differ are written.

    With ``superseding`` replaced rows are kept as history instead of being changed or deleted. A caller that has read
    the ``current`` rows in this transaction passes them and saves a query.
    """
    if not keys:
        return
    wanted = {(line.question, line.row, line.part): line for line in lines}
    now = timezone.now()
    old: list[int] = []
    changed: list[Answer] = []
    for pk, before in current_rows(submission) if current is None else current:
        if AnswerKey(before.question, before.row) not in keys:
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
