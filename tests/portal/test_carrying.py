"""The service is published anew while somebody is filling in: nothing typed is lost, and they are told what changed."""

import copy
import re
from typing import Any

import pytest
from django.test import Client

from tests.cast.application_steps import begun, filled, seen
from tests.cast.cases import FILLED, Counter, counter
from todoke.accounts.actors import System
from todoke.cases.models import Case, Draft
from todoke.offers.models import Release

pytestmark = pytest.mark.django_db


def republish(at: Counter, *, without: str = "welfare", asking: str = "使い道") -> Release:
    """Publish the form again with one question more and another gone."""
    document = copy.deepcopy(at.release.form_version.draft.document)
    questions = document["pages"][0]["groups"][0]["questions"]
    questions[:] = [question for question in questions if question["id"] != without]
    questions.append({"id": f"instead_of_{without}", "kind": "short_text", "label": asking})
    return publish(at, document)


def publish(at: Counter, document: dict[str, Any]) -> Release:
    draft = at.release.form_version.draft
    draft.edit(document, by=System())
    return Release.publish(
        at.release.offer, by=System(), form_version=draft.publish(by=System()), route=at.release.route,
        standard_days=5, delivery="この画面で受け取る",
    )  # fmt: skip


def told_in(response: Any) -> str:
    """The hidden mark by which a page says up to when its notices go."""
    found = re.search(r'name="told" value="([^"]+)"', response.content.decode())
    return found.group(1) if found else ""


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
    told = told_in(client.get(f"{draft}pages/person/"))
    client.post(f"{draft}pages/person/answers/", {**FILLED, "instead_of_welfare": "提出", "told": told, "next": "1"})
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


def test_a_notice_that_came_after_the_page_was_shown_stays_unread(client: Client) -> None:
    at = counter()
    draft = filled(client, at)
    republish(at)
    told = told_in(client.get(f"{draft}pages/person/"))
    republish(at, without="email", asking="ほかの使い道")
    client.post(f"{draft}pages/person/answers/", {**FILLED, "told": told, "next": "1"})
    assert "「メールアドレス」は不要" in client.get(f"{draft}pages/person/").content.decode()


def test_somebody_at_the_check_page_is_told_too(client: Client) -> None:
    at = counter()
    draft = filled(client, at)
    republish(at)
    checked = client.get(f"{draft}check/")
    assert "申請書が新しくなりました" in checked.content.decode()
    assert told_in(checked)


def test_a_page_that_is_gone_while_it_is_typed_hands_back_what_was_typed(client: Client) -> None:
    at = counter()
    draft = filled(client, at)
    document = copy.deepcopy(at.release.form_version.document)
    document["pages"][0]["id"] = "somebody"
    document["pages"][0]["groups"][0]["questions"] = [{"id": "fresh", "kind": "short_text", "label": "新しい設問"}]
    publish(at, document)
    typed = {**FILLED, "form__edition": "1", "next": "1"}
    autosaved = client.post(f"{draft}pages/person/draft/", typed).json()
    assert autosaved["changed"]
    page = client.post(f"{draft}pages/person/answers/", typed, follow=True)
    assert page.status_code == 200
    assert "山田" in page.content.decode()
    assert client.post(f"{draft}pages/nowhere/answers/", typed).status_code == 404
