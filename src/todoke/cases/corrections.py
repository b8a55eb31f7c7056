"""Correcting 補正: the office names answers to put right; the applicant changes those and no others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.cases.answers import summary_rows
from todoke.cases.applicant_notices import tell
from todoke.cases.deadlines import Act
from todoke.cases.models import Case, CorrectionItem, CorrectionRequest
from todoke.cases.models.status import Status
from todoke.formbuilder.answers.journey import Problem, Spot
from todoke.japanese.calendar import on_page, today
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


@dataclass(frozen=True)
class Point:
    """What is to be put right (補正事項): an answer, the kind of reason, and words for the applicant."""

    spot: Spot
    reason: str
    text: str = ""


@transaction.atomic
def request_correction(
    case: Case, points: Sequence[Point], *, by: Actor, message: str = "", due_on: date | None = None
) -> CorrectionRequest:
    """Ask the applicant to put named answers right (補正の求め); the legal period stands still meanwhile."""
    case.only_office(by)
    if not points:
        raise Refused("直してもらう回答を一つ以上選んでください。")
    rows = {Spot(row.question.id, row.row): row for row in summary_rows(case.submission)}
    unknown = [point.spot.question for point in points if point.spot not in rows]
    if unknown:
        raise Refused(f"この申請にない設問です: {'、'.join(unknown)}")
    case.move(Status.CORRECTION, "補正の求め", by=by, reason=message)
    asked = CorrectionRequest.objects.create(case=case, message=message, due_on=due_on, requested_by=user_of(by))
    items = [
        CorrectionItem(
            request=asked, question=point.spot.question, row=point.spot.row, reason=point.reason, text=point.text,
            label=rows[point.spot].label, before=rows[point.spot].text,
        )
        for point in points
    ]  # fmt: skip
    for item in items:
        item.full_clean(exclude={"answered_at"})
    CorrectionItem.objects.bulk_create(items)
    case.tick(Act.PAUSE, on=today(), reason="補正の求め")
    lines = "\n".join(f"・{item.label}: {item.get_reason_display()} {item.text}".rstrip() for item in items)
    tell(case, "case-correction", by=by, items=lines, due=on_page(due_on) if due_on else "できるだけ早いうち")
    return asked


def answer_correction(asked: CorrectionRequest, data: Mapping[str, Any], *, by: Actor) -> list[Problem]:
    """Take the corrected answers (補正の回答), those asked for and none else; the period goes on.

    ``data`` is what a page of the form posts. Returns what still stops the applicant; then nothing has changed.
    """
    case, user = asked.case, user_of(by)
    if user is not None and user.pk != case.applicant_id and not case.can_process(user):
        raise NotAllowed("補正できるのは、申請した本人と担当部署の職員です。")
    with transaction.atomic():
        if not asked.is_open or not _close(asked, "answered_at"):
            raise Conflict("この補正はすでに済んでいます。送り直す必要はありません。")
        problems = case.submission.correct(data, allowed=asked.spots(), by=by)
        if any(not problem.warning for problem in problems):
            transaction.set_rollback(True)
            asked.answered_at = None
            return problems
        _note_answers(asked)
        case.tick(Act.RESUME, on=today(), reason="補正の回答")
        case.move(Status.REVIEW, "補正の回答", by=by)
    return []


@transaction.atomic
def cancel_correction(asked: CorrectionRequest, *, by: Actor, reason: str) -> None:
    """Take a request back (補正の求めの取消し); the answers stay and the period goes on."""
    case = asked.case
    case.only_office(by)
    if not asked.is_open or not _close(asked, "cancelled_at"):
        raise Conflict("この補正の求めは、すでに終わっています。")
    case.tick(Act.RESUME, on=today(), reason=reason)
    case.move(Status.REVIEW, "補正の求めの取消し", by=by, reason=reason)


def _close(asked: CorrectionRequest, field: str) -> bool:
    """Close the request where it is still open."""
    now = timezone.now()
    setattr(asked, field, now)
    still = CorrectionRequest.objects.filter(pk=asked.pk, answered_at__isnull=True, cancelled_at__isnull=True)
    return bool(still.update(**{field: now}))


def _note_answers(asked: CorrectionRequest) -> None:
    """Write beside each item what it was changed to."""
    rows = {Spot(row.question.id, row.row): row.text for row in summary_rows(asked.case.submission)}
    for item in asked.items.all():
        item.after, item.answered_at = rows.get(item.spot, ""), asked.answered_at
        item.save(update_fields=["after", "answered_at"])
