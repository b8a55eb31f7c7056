"""Answers 回答: the answers of submissions as rows of text, keyed by question id, row and part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.formbuilder.answers.answer_rows import AnswerRow
from todoke.formbuilder.answers.authorship import AnswerSource, Authorship, is_answer_to
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.answers.name_spellings import ALTERNATIVE_PARTS
from todoke.formbuilder.document.structure import Document

if TYPE_CHECKING:
    from todoke.formbuilder.models.submission import Submission

NAME_PARTS = ("family", "given", *ALTERNATIVE_PARTS)


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
    source = models.CharField(
        "記入者の区分", max_length=10, choices=AnswerSource.choices, default=AnswerSource.RESIDENT
    )
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="記入した利用者"
    )
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
            models.CheckConstraint(condition=Q(source__in=AnswerSource.values), name="formbuilder_answer_has_a_source"),
        ]
        indexes = [models.Index(fields=["question", "normal"], name="formbuilder_answer_normal")]

    def __str__(self) -> str:
        return f"{self.question}-{self.row}"


class StoredRow(NamedTuple):
    """いまの回答の行: the primary key of a current row, its content and who wrote it."""

    pk: int
    line: AnswerRow
    author: Authorship


class AuthoredRow(NamedTuple):
    """記入者の付いた回答の行: a row to write, and who writes it."""

    line: AnswerRow
    author: Authorship


def current_rows(submission: Submission) -> list[StoredRow]:
    """Return the current rows of a submission (one query)."""
    return [
        StoredRow(pk, AnswerRow(*line), Authorship(AnswerSource(source), user))
        for pk, source, user, *line in _STORED.rows(submission=submission.pk)
    ]


def given_names(submissions: Collection[int]) -> dict[int, list[dict[str, str]]]:
    """Return the parts of every name in the current answers by submission, also of questions that are not shown.

    One query, however many submissions.
    """
    found: dict[int, dict[AnswerKey, dict[str, str]]] = {}
    rows = Answer.objects.filter(submission__in=submissions, part__in=NAME_PARTS, superseded_at=None).order_by("pk")
    for submission, question, row, part, value in rows.values_list("submission", "question", "row", "part", "value"):
        found.setdefault(submission, {}).setdefault(AnswerKey(question, row), {})[part] = value
    return {submission: list(names.values()) for submission, names in found.items()}


def answer_sources(submission: Submission) -> dict[AnswerKey, AnswerSource]:
    """Return who wrote each current answer of a submission (記入者の区分)."""
    return {AnswerKey(row.line.question, row.line.row): row.author.source for row in current_rows(submission)}


def counts(document: Document, row: StoredRow) -> bool:
    """Tell whether a row answers its question: an office's entry never for the applicant, nor the other way round."""
    found = document.by_id.get(row.line.question)
    return found is not None and is_answer_to(row.author.source, found[2])


def _stored_query() -> models.QuerySet[Answer, tuple[Any, ...]]:
    of_one = Answer.objects.filter(submission=Parameter("submission", models.BigIntegerField()), superseded_at=None)
    return of_one.order_by("pk").values_list("pk", "source", "written_by", *AnswerRow._fields)


_STORED = CompiledQuery(_stored_query)


def replace_answers(
    submission: Submission,
    keys: Collection[AnswerKey],
    lines: Iterable[AuthoredRow],
    *,
    superseding: bool = False,
    current: Sequence[StoredRow] | None = None,
) -> None:
    """Replace the current answers of some keys by the lines; only rows that differ are written.

    A row whose text stays keeps its author. With ``superseding`` replaced rows are kept as history instead of being
    changed or deleted; a row never passes from the office to the applicant's side or back, so such a one always is. A
    caller that has read the ``current`` rows in this transaction passes them and saves a query.
    """
    if not keys:
        return
    wanted = {(new.line.question, new.line.row, new.line.part): new for new in lines}
    now = timezone.now()
    old, kept = list[int](), list[int]()
    changed: list[Answer] = []
    for pk, before, author in current_rows(submission) if current is None else current:
        if AnswerKey(before.question, before.row) not in keys:
            continue
        place = (before.question, before.row, before.part)
        new = wanted.get(place)
        if new is not None and _changes_sides(author, new.author):
            kept.append(pk)
        elif new is not None and (not superseding or new.line == before):
            wanted.pop(place)
            if new.line != before:
                changed.append(_changed(pk, new, now))
        else:
            (kept if superseding else old).append(pk)
    if kept:
        Answer.objects.filter(pk__in=kept).update(superseded_at=now)
    if old:
        Answer.objects.filter(pk__in=old).delete()
    if changed:
        Answer.objects.bulk_update(changed, ["value", "normal", "source", "written_by", "answered_at"])
    if wanted:
        Answer.objects.bulk_create([_created(submission, new, now) for new in wanted.values()])


def _changes_sides(before: Authorship, after: Authorship) -> bool:
    return (before.source == AnswerSource.OFFICE) != (after.source == AnswerSource.OFFICE)


def _changed(pk: int, new: AuthoredRow, now: datetime) -> Answer:
    by = {"source": new.author.source, "written_by_id": new.author.user}
    return Answer(pk=pk, value=new.line.value, normal=new.line.normal, answered_at=now, **by)


def _created(submission: Submission, new: AuthoredRow, now: datetime) -> Answer:
    by = {"source": new.author.source, "written_by_id": new.author.user}
    return Answer(submission=submission, answered_at=now, **by, **new.line._asdict())
