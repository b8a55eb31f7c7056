"""Correction receipts 補正の受領: staff take in what was asked for, as it comes to the counter or by post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.cases.answers import summary_rows
from todoke.cases.correction.corrected_facts import current_fee, follow_answers
from todoke.cases.deadlines import ClockAct
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import Case, CorrectionItem, CorrectionRequest
from todoke.cases.models.case_event import CaseEvent
from todoke.cases.models.status import Channel, Status
from todoke.formbuilder.answers.authorship import AnswerSource
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem
from todoke.formbuilder.document.structure import QuestionKind, Required
from todoke.japanese.calendar import business_date, format_date, today
from todoke.runtime.refusals import Conflict, Refused

Means = CorrectionItem.Means
OF_PAPERS = (Means.COPY, *CorrectionItem.ORIGINALS)


@dataclass(frozen=True)
class Arrival:
    """届き方: the way (窓口・郵送・電話) and the legal day of arrival (到達日) of what was brought or sent."""

    channel: str
    on: date


@transaction.atomic
def receive_answers(
    asked: CorrectionRequest, means: Mapping[AnswerKey, str], data: Mapping[str, Any], arrival: Arrival, *, by: User
) -> list[AnswerProblem]:
    """Take in answers and papers of a correction request (補正の受領); with the last, the request closes.

    ``means`` says of each how it came; answers are read from posted form ``data``, copies are attached before. An
    original that was seen (原本) needs no file. The legal period resumes on the day of the last arrival. Returns the
    problems; while there are any, nothing has changed. Raises NotAllowed for others than the office, Conflict when
    something of it came in meanwhile, Refused for a day before the request or after today.
    """
    case = asked.case
    case.require_department(by)
    held = CorrectionRequest.objects.select_for_update().get(pk=asked.pk)
    items = {item.spot: item for item in held.open_items()}
    if not held.is_open or held.case.status != Status.CORRECTION or not means.keys() <= items.keys():
        raise Conflict("ほかの画面で、先に受け取った記録があります。画面を開き直して、残りを確かめてください。")
    if not means:
        raise Refused("受け取ったものがありません。届いた書類や回答を選んでください。")
    _require_day(held, arrival.on)
    taken = [items[spot] for spot in means]
    for item in taken:
        item.means = means[item.spot]
        _require_fitting(case, item)
    fee = current_fee(case)
    if problems := _save(case, taken, data, by):
        transaction.set_rollback(True)
        return problems
    follow_answers(case, fee, by=by)
    _note(case, taken, arrival, by)
    _tell(held, case, taken, arrival, by)
    return []


def _require_day(asked: CorrectionRequest, on: date) -> None:
    if on > today():
        raise Refused("到達日が未来です。書類や回答が届いた日を入力してください。")
    if on < business_date(asked.requested_at):
        raise Refused(f"到達日は、補正を求めた{format_date(business_date(asked.requested_at))}より前にできません。")


def _require_fitting(case: Case, item: CorrectionItem) -> None:
    """Raises Refused where a paper is taken as an answer or an answer as a paper, or no copy was attached."""
    is_paper = case.submission.document.question(item.question).kind is QuestionKind.FILE
    if is_paper != (item.means in OF_PAPERS) or item.means == Means.ONLINE:
        raise Refused(f"「{item.label}」が届いた形を選び直してください。")
    there = case.submission.uploads.current().filter(question=item.question, row=item.row)
    if item.means == Means.COPY and not there.filter(uploaded_at__gte=item.request.requested_at).exists():
        raise Refused(
            f"「{item.label}」の写しが、まだ付いていません。スキャンしたファイルを選ぶか、"
            "「原本を確認して、返した」か「原本を確認して、預かった」を選んでください。"
        )


def _save(case: Case, taken: Sequence[CorrectionItem], data: Mapping[str, Any], by: User) -> list[AnswerProblem]:
    """Save the answers among what was taken and return their problems; an answer that is asked for is not empty."""
    answered = [item for item in taken if item.means == Means.ANSWER]
    if not answered:
        return []
    found = case.submission.correct(data, allowed=[item.spot for item in answered], by=by, source=AnswerSource.COUNTER)
    problems = [problem for problem in found if not problem.warning]
    journey = case.submission.journey()
    known = {AnswerKey(problem.question, problem.row) for problem in problems}
    for item in answered:
        question = journey.document.question(item.question)
        is_asked = journey.shown(item.question, item.row) and question.required is not Required.NO
        if is_asked and item.spot not in known and journey.value(item.question, item.row) is None:
            words = f"「{item.label}」の回答が空です。受け取った回答を入力してください。"
            problems.append(AnswerProblem(item.question, words, item.row))
    return problems


def _note(case: Case, taken: Sequence[CorrectionItem], arrival: Arrival, by: User) -> None:
    """Write on each item what it is now, and how it came."""
    rows = {AnswerKey(row.question.id, row.row): row.text for row in summary_rows(case.submission)}
    for item in taken:
        item.after = item.get_means_display() if item.is_seen_original else rows.get(item.spot, "")
        item.answered_at, item.received_by = timezone.now(), by
        item.received_on, item.received_through = arrival.on, arrival.channel
        item.save()


def _tell(asked: CorrectionRequest, case: Case, taken: Sequence[CorrectionItem], arrival: Arrival, by: User) -> None:
    """Close the request if nothing is left, and tell the applicant what came and what is still awaited."""
    left = list(asked.open_items())
    lines = [f"・{item.label}: {item.get_means_display()}" for item in taken]
    words = f"到達日 {format_date(arrival.on)}({Channel(arrival.channel).label})\n" + "\n".join(lines)
    log.record(
        asked, "補正の受領", by=by,
        after={
            "received_on": arrival.on, "channel": arrival.channel,
            "items": {item.label: item.get_means_display() for item in taken},
        },
    )  # fmt: skip
    if left:
        case.log_event("補正の一部の受領", by=by, reason=words, audience=CaseEvent.Audience.ALL)
    elif stamp_once(asked, "answered_at", read={"cancelled_at": None}):
        last = asked.items.aggregate(day=Max("received_on"))["day"] or arrival.on
        case.record_clock(ClockAct.RESUME, on=last, reason="補正の受領")
        case.transition(Status.REVIEW, "補正の受領", by=by, reason=words)
    rest = "\n".join(f"・{item.label}" for item in left)
    notify_applicant(
        case, "case-correction-received", by=by, day=format_date(arrival.on), items="\n".join(lines),
        rest=f"まだ届いていないもの:\n{rest}" if rest else "お願いしたものは、すべて届きました。審査を続けます。",
    )  # fmt: skip
