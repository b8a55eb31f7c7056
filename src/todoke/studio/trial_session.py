"""Trying 試し申請: a designer fills in a draft as a resident would; answers live in the session and nothing is sent."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from todoke.formbuilder.answers.journey import Journey, Spot
from todoke.formbuilder.answers.page_form import removals, typed_answers
from todoke.formbuilder.answers.sample_answers import filled
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import Document, Kind, Page
from todoke.formbuilder.models import FormDraft
from todoke.formbuilder.models.answer_writes import sealed
from todoke.japanese.calendar import today


def _key(draft: FormDraft) -> str:
    return f"trial-{draft.code}"


def journey_of(request: HttpRequest, draft: FormDraft) -> Journey:
    """Return the way so far."""
    stored: list[list[Any]] = request.session.get(_key(draft), [])
    document = draft.parsed
    answers: dict[Spot, Value] = {
        Spot(question, row): value for question, row, value in stored if question in document.by_id
    }
    return Journey(document, answers, today())


def keep(request: HttpRequest, draft: FormDraft, answers: Mapping[Spot, Value]) -> None:
    request.session[_key(draft)] = [[spot.question, spot.row, value] for spot, value in answers.items()]


def typed(request: HttpRequest, draft: FormDraft, page: Page) -> Journey:
    """Take in one typed page and return the way with it; a chosen file counts by its name."""
    journey = journey_of(request, draft)
    given = {**journey.answers, **typed_answers(page, request.POST)}
    for group_id, row in removals(request.POST):
        gone = {question.id for group, question in page.questions() if group.id == group_id}
        given = {spot: value for spot, value in given.items() if spot.row != row or spot.question not in gone}
    for name, file in request.FILES.items():
        question = draft.parsed.by_id.get(name.partition("-")[0])
        if question and question[2].kind is Kind.FILE and isinstance(file, UploadedFile):
            given[Spot(name.partition("-")[0], int(name.partition("-")[2] or 0))] = [str(file.name)]
    keep(request, draft, {spot: sealed(draft.parsed, spot, value) for spot, value in given.items()})
    return journey_of(request, draft)


def sampled(document: Document) -> Mapping[Spot, Value]:
    """Return answers with which the whole form is complete."""
    return filled(document, today())


def end(request: HttpRequest, draft: FormDraft) -> None:
    request.session.pop(_key(draft), None)
