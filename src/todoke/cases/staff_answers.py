"""Staff answers 職員の記入: the questions of a form that only staff answer; the applicant never sees them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.cases.models import Case
from todoke.cases.models.case_event import CaseEvent
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem
from todoke.formbuilder.document.structure import WITHOUT_INPUT, Question, QuestionKind, Required
from todoke.runtime.refusals import Refused


def is_staff_question(question: Question) -> bool:
    """Tell whether staff answer the question, also after the receipt (職員記入欄)."""
    return question.required is Required.STAFF and question.kind not in {QuestionKind.FILE, *WITHOUT_INPUT}


@transaction.atomic
def save_staff_answers(case: Case, data: Mapping[str, Any], *, by: Actor) -> list[AnswerProblem]:
    """Save the staff's answers of a case (職員の記入); returns problems, with which nothing changes.

    Earlier answers are kept; the applicant's answers and the hash of what was sent stay. Raises Conflict when the case
    is closed, Refused when its form has no such questions.
    """
    case.require_department(by)
    case.require_open()
    journey = case.submission.journey(staff=True)
    spots = {
        AnswerKey(question.id, row)
        for page in journey.pages()
        for _, question, row in journey.shown_questions(page)
        if is_staff_question(question)
    }
    if not spots:
        raise Refused("この様式に、職員が記入する欄はありません。")
    problems = case.submission.correct(data, allowed=spots, by=by, staff=True)
    stopping = [problem for problem in problems if not problem.warning]
    if not stopping:
        case.log_event("職員の記入", by=by, audience=CaseEvent.Audience.OFFICE)
    return stopping
