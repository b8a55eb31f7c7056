"""Each of the definitions in a real browser, by axe: every page filled in, the first one empty and with its errors,
and the check page.

The address is plain http: run with ``TODOKE_HTTPS=0``, as ``./todoke test nightly`` does.
"""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import resident
from tests.cast.browser import Accessible
from tests.cast.formbuilder import photo
from tests.cast.portal import service
from todoke.accounts.models import User
from todoke.cases import intake
from todoke.cases.models import Draft
from todoke.formbuilder.answers.page_form import as_typed
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.form_templates import codes
from todoke.formbuilder.document.structure import QuestionKind
from todoke.japanese.calendar import today

pytestmark = [pytest.mark.browser, pytest.mark.nightly, pytest.mark.django_db(transaction=True)]


def complete(code: str, by: User) -> Draft:
    """An application filled in to the end and not yet sent."""
    draft = intake.begin(service(code), by=by)
    document, answers = draft.submission.document, sample_answers(draft.submission.document, today())
    for spot in answers:
        if document.question(spot.question).kind is QuestionKind.FILE:
            draft.submission.attach(spot.question, photo(), by=by, row=spot.row)
    for page in document.pages:
        draft.submission.save_page(page.id, as_typed(answers), by=by)
    return draft


def sign_in(page: Page, user: User, address: str) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@pytest.mark.parametrize("code", codes())
def test_a_definition_is_accessible_on_all_its_pages(
    phone: Page, accessible: Accessible, live_server: LiveServer, code: str
) -> None:
    person = resident()
    sign_in(phone, person, live_server.url)
    draft = complete(code, person)
    for sheet in draft.submission.journey().pages():
        phone.goto(f"/applications/{draft.submission.token}/pages/{sheet.id}/")
        expect(phone.get_by_role("heading", level=1)).to_have_text(sheet.title)
        accessible(phone)
    phone.goto(f"/applications/{draft.submission.token}/check/")
    expect(phone.get_by_role("button", name="この内容で申請する")).to_be_visible()
    accessible(phone)
    empty = intake.begin(draft.release, by=person)
    phone.goto(f"/applications/{empty.submission.token}/")
    accessible(phone)
    phone.get_by_role("button", name="次へ進む").last.click()
    accessible(phone)
