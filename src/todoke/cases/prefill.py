"""Prefill 前回からの引用: copies answers of earlier applications into a new draft of the same person."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.cases.models import Case, Draft, ReusedAnswer
from todoke.cases.models.stop_flag import is_flagged
from todoke.formbuilder.answers.authorship import AnswerSource
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import input_name
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import Document, QuestionKind

CONTACT = (QuestionKind.NAME, QuestionKind.ADDRESS, QuestionKind.PHONE, QuestionKind.EMAIL)


def contact_answers(source: Journey, target: Document) -> dict[AnswerKey, Value]:
    """Return the first name, address, telephone number and e-mail address, keyed for another form's first ones."""
    found: dict[AnswerKey, Value] = {}
    for kind in CONTACT:
        given = next((source.value(*spot) for spot in source.present() if _kind(source.document, spot) is kind), None)
        asked = next((question.id for _, _, question in target.by_id.values() if question.kind is kind), None)
        if given is not None and asked is not None and not target.question(asked).sensitive:
            found[AnswerKey(asked)] = given
    return found


def _kind(document: Document, spot: AnswerKey) -> QuestionKind:
    return document.question(spot.question).kind


@transaction.atomic
def prefill(draft: Draft, source: Case, answers: Mapping[AnswerKey, Value], *, by: Actor) -> int:
    """Save answers of an earlier case in a fresh draft, and record their source; return how many."""
    document = draft.submission.document
    for page in document.pages:
        here = {spot: value for spot, value in answers.items() if document.by_id[spot.question][0] is page}
        if here:
            draft.submission.save_page(page.id, as_form_data(here), by=by, source=AnswerSource.PREFILL)
    kept = [spot for spot in answers if spot in draft.submission.current_answers()]
    ReusedAnswer.objects.bulk_create(
        [ReusedAnswer(draft=draft, source=source, question=spot.question, row=spot.row) for spot in kept]
    )
    return len(kept)


def as_form_data(answers: Mapping[AnswerKey, Value]) -> dict[str, Any]:
    """Return answers as posted form data."""
    data: dict[str, Any] = {}
    for spot, value in answers.items():
        if isinstance(value, dict):
            data |= {input_name(spot.question, spot.row, part): text for part, text in value.items()}
        else:
            data[input_name(spot.question, spot.row)] = value
    return data


def newest_case(draft: Draft) -> Case | None:
    """Return the applicant's latest application to any service; None for guests."""
    if draft.applicant_id is None:
        return None
    mine = Case.objects.filter(applicant=draft.applicant_id).select_related("submission__version")
    return mine.order_by("-received_at").first()


def prefill_contact(draft: Draft, *, by: Actor) -> int:
    """Copy the applicant's name, address and contact from the newest case into a fresh draft; return how many answers.

    Nothing is copied for a person under a stop flag: whoever uses the account would learn the address.
    """
    source = newest_case(draft)
    if source is None or is_flagged(source):
        return 0
    return prefill(draft, source, contact_answers(source.submission.journey(), draft.submission.document), by=by)
