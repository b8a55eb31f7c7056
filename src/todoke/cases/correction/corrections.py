"""Corrections 補正: the office requests corrections of named answers; the applicant changes only those."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.session_assurance import SessionAssurance
from todoke.audit.transitions import stamp_once
from todoke.cases.answers import summary_rows
from todoke.cases.correction.corrected_facts import current_fee, follow_answers
from todoke.cases.deadlines import ClockAct
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import Case, CorrectionItem, CorrectionRequest
from todoke.cases.models.status import Status
from todoke.cases.required_level import require_level
from todoke.federation.levels import Act
from todoke.formbuilder.answers.authorship import AnswerSource
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem
from todoke.formbuilder.models.requested_papers import request_papers
from todoke.japanese.calendar import format_date, today
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


@dataclass(frozen=True)
class CorrectionPoint:
    """補正事項: the answer to correct, the kind of reason, and a text for the applicant."""

    spot: AnswerKey
    reason: str
    text: str = ""


@dataclass(frozen=True)
class RequestedPaper:
    """追加の書類: a paper that the form did not ask for, and a text for the applicant."""

    label: str
    text: str = ""


@transaction.atomic
def request_correction(
    case: Case, points: Sequence[CorrectionPoint], *, by: Actor, message: str = "", due_on: date | None = None,
    papers: Sequence[RequestedPaper] = (),
) -> CorrectionRequest:  # fmt: skip
    """Create a correction request (補正の求め); the legal period is suspended meanwhile.

    ``papers`` are asked for although the form does not. Raises Refused without points and papers, or for questions that
    the application does not have.
    """
    case.require_department(by)
    if not points and not papers:
        raise Refused("直してもらう回答か、求める書類を一つ以上選んでください。")
    if papers:
        spots = request_papers(case.submission, [paper.label for paper in papers], by=by)
        missing = CorrectionItem.Reason.PAPER
        points = [
            *points,
            *(CorrectionPoint(spot, missing, each.text) for spot, each in zip(spots, papers, strict=True)),
        ]
    rows = {AnswerKey(row.question.id, row.row): row for row in summary_rows(case.submission)}
    unknown = [point.spot.question for point in points if point.spot not in rows]
    if unknown:
        raise Refused(f"この申請にない設問です: {'、'.join(unknown)}")
    case.transition(Status.CORRECTION, "補正の求め", by=by, reason=message)
    asked = CorrectionRequest.objects.create(case=case, message=message, due_on=due_on, requested_by=user_of(by))
    items = [
        CorrectionItem(
            request=asked, question=point.spot.question, row=point.spot.row, reason=point.reason, text=point.text,
            label=rows[point.spot].label, before=rows[point.spot].text,
        )
        for point in points
    ]  # fmt: skip
    for item in items:
        item.full_clean(exclude={"answered_at", "received_on", "received_by"})
    CorrectionItem.objects.bulk_create(items)
    case.record_clock(ClockAct.PAUSE, on=today(), reason="補正の求め")
    lines = "\n".join(f"・{item.label}: {item.get_reason_display()} {item.text}".rstrip() for item in items)
    notify_applicant(
        case, "case-correction", by=by, items=lines, due=format_date(due_on) if due_on else "できるだけ早いうち"
    )
    return asked


def answer_correction(
    asked: CorrectionRequest, data: Mapping[str, Any], *, by: Actor, session: SessionAssurance | None = None
) -> list[AnswerProblem]:
    """Save the corrected answers (補正の回答) from posted form ``data``, only those asked for; the period resumes.

    Returns the problems; while there are any, nothing has changed. Raises NotAllowed unless ``by`` is the applicant or
    the office, Conflict when the request is closed, LevelTooLow for an applicant whose ``session`` is below the level
    of the release.
    """
    case, user = asked.case, user_of(by)
    spots = asked.spots()
    if user is not None and user.pk != case.applicant_id and not case.can_process(user):
        raise NotAllowed("補正できるのは、申請した本人と担当部署の職員です。")
    if user is None or user.pk == case.applicant_id:
        require_level(case, Act.CORRECT, by=by, session=session)
    with transaction.atomic():
        if not asked.is_open or not _close(asked, "answered_at"):
            raise Conflict("この補正はすでに済んでいます。送り直す必要はありません。")
        fee = current_fee(case)
        problems = case.submission.correct(data, allowed=spots, by=by, source=_source(case, by))
        if any(not problem.warning for problem in problems):
            transaction.set_rollback(True)
            asked.answered_at = None
            return problems
        _note_answers(asked)
        follow_answers(case, fee, by=by)
        case.record_clock(ClockAct.RESUME, on=today(), reason="補正の回答")
        case.transition(Status.REVIEW, "補正の回答", by=by)
    return []


@transaction.atomic
def cancel_correction(asked: CorrectionRequest, *, by: Actor, reason: str) -> None:
    """Cancel a correction request (補正の求めの取消し); answers stay and the period resumes.

    Raises Conflict when closed.
    """
    case = asked.case
    case.require_department(by)
    if not asked.is_open or not _close(asked, "cancelled_at"):
        raise Conflict("この補正の求めは、すでに終わっています。")
    case.record_clock(ClockAct.RESUME, on=today(), reason=reason)
    case.transition(Status.REVIEW, "補正の求めの取消し", by=by, reason=reason)


def _source(case: Case, by: Actor) -> AnswerSource:
    """Return the role in which somebody answers: the applicant's side, or staff by telephone or at the counter."""
    user = user_of(by)
    if user is not None and user.pk != case.applicant_id:
        return AnswerSource.COUNTER
    found = case.submission.draft.answer_source
    return AnswerSource.RESIDENT if found == AnswerSource.COUNTER else found


def _close(asked: CorrectionRequest, field: str) -> bool:
    """Close the request if it is still open; False otherwise."""
    return stamp_once(asked, field, read={"answered_at": None, "cancelled_at": None})


def _note_answers(asked: CorrectionRequest) -> None:
    """Write the new answer on each item of the request that had not come before."""
    rows = {AnswerKey(row.question.id, row.row): row.text for row in summary_rows(asked.case.submission)}
    for item in asked.open_items():
        item.after, item.answered_at = rows.get(item.spot, ""), asked.answered_at
        item.means, item.received_on = CorrectionItem.Means.ONLINE, today()
        item.save(update_fields=["after", "answered_at", "means", "received_on"])
