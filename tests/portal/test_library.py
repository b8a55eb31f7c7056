"""Each of the definitions over the web: shown, refused where it is wrong, filled in, sent, and received by number."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from tests.cast.formbuilder import WRONG, photo
from tests.cast.portal import service
from todoke.cases.models import Case
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import as_typed, input_name
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.form_templates import codes
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import FormPage, QuestionKind
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db


def inputs(journey: Journey, page: FormPage, answers: dict[AnswerKey, Value]) -> dict[str, Any]:
    """What a browser posts for one page: the texts, and a photo for each paper."""
    spots = {AnswerKey(question.id, row): question for _, question, row in journey.shown_questions(page)}
    typed = as_typed({spot: value for spot, value in answers.items() if spot in spots})
    files = {input_name(*spot): photo() for spot, question in spots.items() if question.kind is QuestionKind.FILE}
    return {key: value for key, value in typed.items() if key not in files} | files | {"next": "1"}


@pytest.mark.parametrize("code", codes())
def test_anybody_applies_and_is_told_beside_the_question_what_is_wrong(client: Client, code: str) -> None:
    release = service(code)
    document = release.form_version.parsed
    answers = sample_answers(document, today())
    journey = Journey(document, answers, today())
    number = release.offer.procedure.number
    told = client.get(f"/procedures/{number}/").content.decode()
    assert all(escape(step) in told for step in document.guide.steps)
    client.post(f"/procedures/{number}/application/")
    token = release.drafts.get().submission.token
    for page in journey.pages():
        typed = inputs(journey, page, answers)
        address = f"/applications/{token}/pages/{page.id}/answers/"
        spot = next(
            (spot for spot in answers if document.by_id[spot.question][0] is page and is_typed(document, spot)), None
        )
        if spot is not None:
            texts = {key: value for key, value in typed.items() if not isinstance(value, SimpleUploadedFile)}
            wrong = as_typed({spot: WRONG[document.question(spot.question).kind]})
            refused = client.post(address, {**texts, **wrong})
            assert refused.status_code == 200
            assert f'id="id_{input_name(*spot)}_error"' in refused.content.decode()
        assert client.post(address, typed).status_code == 302, page.title
    check = client.get(f"/applications/{token}/check/")
    assert check.context["stopping"] == []
    sent = client.post(f"/applications/{token}/submission/", {"seen": check.context["seen"]}, follow=True)
    assert Case.objects.get().number in sent.content.decode()


def is_typed(document: Any, spot: AnswerKey) -> bool:
    return document.question(spot.question).kind is not QuestionKind.FILE
