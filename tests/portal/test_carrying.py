"""The service is published anew while somebody is filling in: nothing typed is lost, and they are told what changed."""

import copy

import pytest
from django.test import Client

from tests.cast_cases import DOCUMENT, FILLED, Counter, counter
from tests.portal.journey import begun, filled, seen
from todoke.accounts.actors import System
from todoke.cases.models import Case, Draft
from todoke.procedures.models import Release

pytestmark = pytest.mark.django_db


def republish(at: Counter) -> Release:
    """Publish the form again with one question more and another gone."""
    document = copy.deepcopy(DOCUMENT)
    questions = document["pages"][0]["groups"][0]["questions"]
    questions[:] = [question for question in questions if question["id"] != "welfare"]
    questions.append({"id": "purpose", "kind": "short_text", "label": "使い道"})
    draft = at.release.form_version.draft
    draft.edit(document, by=System())
    return Release.publish(
        at.release.offer, by=System(), form_version=draft.publish(by=System()), route=at.release.route,
        standard_days=5, delivery="この画面で受け取る",
    )  # fmt: skip


def test_what_was_typed_is_carried_and_what_changed_is_told(client: Client) -> None:
    at = counter()
    draft = filled(client, at)
    newer = republish(at)
    shown = client.get(f"{draft}pages/person/").content.decode()
    assert "申請書が新しくなりました" in shown
    assert "山田" in shown
    assert "使い道" in shown
    assert Draft.objects.get().release == newer


def test_a_page_typed_on_the_old_form_is_not_lost(client: Client) -> None:
    at = counter()
    draft = begun(client, at)
    edition = at.release.form_version.number
    republish(at)
    client.post(f"{draft}pages/person/answers/", {**FILLED, "form__edition": str(edition), "next": "1"})
    assert "山田" in client.get(f"{draft}pages/person/").content.decode()


def test_the_notice_goes_when_it_was_read(client: Client) -> None:
    at = counter()
    draft = filled(client, at)
    republish(at)
    client.get(f"{draft}pages/person/")
    client.post(f"{draft}pages/person/answers/", {**FILLED, "purpose": "提出", "told": "1", "next": "1"})
    assert "申請書が新しくなりました" not in client.get(f"{draft}pages/person/").content.decode()


def test_sending_what_was_checked_before_the_change_asks_to_check_again(client: Client) -> None:
    at = counter()
    draft = filled(client, at)
    checked = seen(client, draft)
    republish(at)
    response = client.post(f"{draft}submission/", {"seen": checked}, follow=True)
    assert "内容を確かめ" in response.content.decode()
    assert not Case.objects.exists()


def test_a_sent_application_never_moves(client: Client) -> None:
    at = counter()
    draft = filled(client, at)
    client.post(f"{draft}submission/", {"seen": seen(client, draft)})
    republish(at)
    client.get(f"{draft}receipt/")
    assert Case.objects.get().release == at.release
