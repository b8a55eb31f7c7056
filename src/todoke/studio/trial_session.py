"""Trial session 試し申請: a designer fills in a draft as a resident would; answers are kept in the session only."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import parse_answers, removed_rows
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import Document, FormPage, QuestionKind
from todoke.formbuilder.models import FormDraft
from todoke.formbuilder.models.answer_writes import stored_value
from todoke.japanese.calendar import today


def _key(draft: FormDraft) -> str:
    return f"trial-{draft.code}"


def journey_of(request: HttpRequest, draft: FormDraft) -> Journey:
    """Return the journey with the answers so far."""
    stored: list[list[Any]] = request.session.get(_key(draft), [])
    document = draft.parsed
    answers: dict[AnswerKey, Value] = {
        AnswerKey(question, row): value for question, row, value in stored if question in document.by_id
    }
    return Journey(document, answers, today())


def save_answers(request: HttpRequest, draft: FormDraft, answers: Mapping[AnswerKey, Value]) -> None:
    """Store the answers in the session."""
    request.session[_key(draft)] = [[spot.question, spot.row, value] for spot, value in answers.items()]


def with_page_answers(request: HttpRequest, draft: FormDraft, page: FormPage) -> Journey:
    """Return the journey with one posted page; a chosen file counts by its name."""
    journey = journey_of(request, draft)
    given = {**journey.answers, **parse_answers(page, request.POST)}
    for group_id, row in removed_rows(request.POST):
        gone = {question.id for group, question in page.questions() if group.id == group_id}
        given = {spot: value for spot, value in given.items() if spot.row != row or spot.question not in gone}
    for name, file in request.FILES.items():
        question = draft.parsed.by_id.get(name.partition("-")[0])
        if question and question[2].kind is QuestionKind.FILE and isinstance(file, UploadedFile):
            given[AnswerKey(name.partition("-")[0], int(name.partition("-")[2] or 0))] = [str(file.name)]
    save_answers(request, draft, {spot: stored_value(draft.parsed, spot, value) for spot, value in given.items()})
    return journey_of(request, draft)


def complete_answers(document: Document) -> Mapping[AnswerKey, Value]:
    """Return answers that complete the whole form."""
    return sample_answers(document, today())


def delete_answers(request: HttpRequest, draft: FormDraft) -> None:
    """Delete the answers from the session."""
    request.session.pop(_key(draft), None)
