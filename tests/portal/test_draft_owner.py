"""A guest's draft belongs to the browser; whoever signs in may take it, and then it is theirs alone."""

import pytest
from django.test import Client

from tests import cast
from tests.cast import levels
from tests.cast.application_steps import begun
from tests.cast.cases import FILLED, counter, filled
from todoke.cases.models import Case, Draft
from todoke.runtime.refusals import Conflict

pytestmark = pytest.mark.django_db


def test_a_draft_is_taken_into_an_account_and_then_opens_for_that_person_alone(client: Client) -> None:
    draft, hanako = begun(client, counter()), cast.resident()
    client.force_login(hanako)
    assert "自分のアカウントに入れる" in client.get(f"{draft}later/").content.decode()
    client.post(f"{draft}account/")
    assert (Draft.objects.get().applicant, Draft.objects.get().submission.owner) == (hanako, hanako)
    client.post("/accounts/logout/")
    assert client.post(f"{draft}pages/person/answers/", FILLED).status_code == 403
    assert cast.signed_in(hanako).get(f"{draft}pages/person/").status_code == 200


def test_nobody_takes_what_another_browser_began_or_another_person_holds(client: Client) -> None:
    draft, hanako = begun(client, counter()), cast.resident()
    assert cast.signed_in(hanako).post(f"{draft}account/").status_code == 404
    Draft.objects.get().claim(by=hanako)
    client.force_login(cast.resident("鈴木 一郎", "ichiro@example.jp"))
    assert client.post(f"{draft}account/").status_code == 404
    assert Draft.objects.get().applicant == hanako


def test_what_staff_enter_or_what_was_sent_is_taken_by_nobody() -> None:
    at, hanako = counter(), cast.resident()
    entered = filled(at, at.clerk, channel="counter")
    with pytest.raises(Conflict):
        entered.claim(by=hanako)
    assert Draft.objects.get().applicant is None


def test_a_guest_whose_service_asks_for_an_account_meanwhile_signs_in_takes_the_draft_and_sends_it(
    client: Client,
) -> None:
    at, hanako = levels.asking("none"), cast.resident()
    draft = begun(client, at)
    client.post(f"{draft}pages/person/answers/", FILLED)
    levels.ask(at, "account")
    assert "ログインする" in client.post(f"{draft}submission/", {"fee": "0"}).content.decode()
    client.force_login(hanako)
    assert "自分のアカウントに入れる" in client.post(f"{draft}submission/", {"fee": "0"}).content.decode()
    assert not Case.objects.exists()
    client.post(f"{draft}account/")
    client.post(f"{draft}submission/", {"fee": "0"})
    assert Case.objects.get().applicant == hanako
