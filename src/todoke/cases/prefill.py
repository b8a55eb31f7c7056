"""Reusing 前回からの引用: answers of earlier applications, put into a new draft for its owner to see and change."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.cases.letters.issue import is_flagged
from todoke.cases.models import Case, Draft, Reuse
from todoke.formbuilder.answers.journey import Journey, Spot
from todoke.formbuilder.answers.page_form import name_of
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import SAYING, Document, Kind

CONTACT = (Kind.NAME, Kind.ADDRESS, Kind.PHONE, Kind.EMAIL)
NEVER = frozenset({Kind.FILE, Kind.DECLARATION, Kind.MY_NUMBER}) | SAYING


def contact_answers(source: Journey, target: Document) -> dict[Spot, Value]:
    """Return the first name, address, telephone number and e-mail address of one form for another form's first ones."""
    found: dict[Spot, Value] = {}
    for kind in CONTACT:
        given = next((source.value(*spot) for spot in source.present() if _kind(source.document, spot) is kind), None)
        asked = next((question.id for _, _, question in target.by_id.values() if question.kind is kind), None)
        if given is not None and asked is not None and not target.question(asked).sensitive:
            found[Spot(asked)] = given
    return found


def all_answers(source: Journey, target: Document) -> dict[Spot, Value]:
    """Return every answer whose question the target asks too, in the same kind; never files or declarations."""
    return {
        spot: value
        for spot, value in source.present().items()
        if spot.question in target.by_id
        and target.question(spot.question).kind is _kind(source.document, spot)
        and _kind(source.document, spot) not in NEVER
    }


def _kind(document: Document, spot: Spot) -> Kind:
    return document.question(spot.question).kind


@transaction.atomic
def fill_in(draft: Draft, source: Case, answers: Mapping[Spot, Value], *, by: Actor) -> int:
    """Write answers of an earlier case into a fresh draft and note where they came from; return how many."""
    document = draft.submission.document
    for page in document.pages:
        here = {spot: value for spot, value in answers.items() if document.by_id[spot.question][0] is page}
        if here:
            draft.submission.save_page(page.id, posted(here), by=by)
    kept = [spot for spot in answers if spot in draft.submission.answers_now()]
    Reuse.objects.bulk_create(
        [Reuse(draft=draft, source=source, question=spot.question, row=spot.row) for spot in kept]
    )
    return len(kept)


def posted(answers: Mapping[Spot, Value]) -> dict[str, Any]:
    """Return answers as a page of the form would post them."""
    data: dict[str, Any] = {}
    for spot, value in answers.items():
        if isinstance(value, dict):
            data |= {name_of(spot.question, spot.row, part): text for part, text in value.items()}
        else:
            data[name_of(spot.question, spot.row)] = value
    return data


def newest_case(draft: Draft) -> Case | None:
    """Return the applicant's latest application of any kind; guests have none that we could know of."""
    if draft.applicant_id is None:
        return None
    mine = Case.objects.filter(applicant=draft.applicant_id).select_related("submission__version")
    return mine.order_by("-received_at").first()


def fill_in_contact(draft: Draft, *, by: Actor) -> int:
    """Put the applicant's own name, address and contact of last time into a fresh draft; return how many answers.

    Nothing is put in for a person under a stop flag: whoever sits at the account would learn the address.
    """
    source = newest_case(draft)
    if source is None or is_flagged(source):
        return 0
    return fill_in(draft, source, contact_answers(source.submission.journey(), draft.submission.document), by=by)
