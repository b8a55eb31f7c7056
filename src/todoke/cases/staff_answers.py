"""Entering 職員の記入: the questions of a form that only staff answer; the applicant never sees them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.cases.models import Case
from todoke.cases.models.history import Passage
from todoke.formbuilder.answers.journey import Problem, Spot
from todoke.formbuilder.document.structure import SAYING, Kind, Question, Required
from todoke.runtime.refusals import Refused


def is_entry(question: Question) -> bool:
    """Tell whether staff write the answer after the receipt, too (職員記入欄)."""
    return question.required is Required.STAFF and question.kind not in {Kind.FILE, *SAYING}


@transaction.atomic
def enter(case: Case, data: Mapping[str, Any], *, by: Actor) -> list[Problem]:
    """Write the office's answers of a case (職員の記入), keeping the earlier ones; on a problem nothing changes.

    The applicant's answers and the hash of what was sent stay as they are. Raises Conflict when the case is closed,
    Refused when its form asks staff nothing.
    """
    case.only_office(by)
    case.only_open()
    journey = case.submission.journey(staff=True)
    spots = {
        Spot(question.id, row)
        for page in journey.pages()
        for _, question, row in journey.spots(page)
        if is_entry(question)
    }
    if not spots:
        raise Refused("この様式に、職員が記入する欄はありません。")
    problems = case.submission.correct(data, allowed=spots, by=by, staff=True)
    stopping = [problem for problem in problems if not problem.warning]
    if not stopping:
        case.note_passage("職員の記入", by=by, audience=Passage.Audience.OFFICE)
    return stopping
