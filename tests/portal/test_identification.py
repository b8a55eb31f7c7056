"""A guest shows who they are for one application: no account is made, and only the same person shows it again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import levels, providers
from tests.cast.cases import FILLED, Counter
from tests.cast.providers import Simulator
from todoke.accounts.models import User
from todoke.cases.models import Case, Draft
from todoke.federation.models import IdentityCheck
from todoke.formbuilder.models import Answer
from todoke.portal import draft_cookie
from todoke.portal.identities.identification_marks import KEY

pytestmark = pytest.mark.django_db


def identified(simulator: Simulator, client: Client, back: str, person: str = "hanako") -> Any:
    """Show in a browser who one is, for the page that one comes from."""
    asked = providers.leave(client, "/sign-in/card/identification/", back)
    return providers.come_back(client, simulator.houses["card"], asked, person)


def start(at: Counter) -> str:
    return f"/procedures/{at.release.offer.procedure.number}/start/"


def begun(simulator: Simulator, at: Counter, client: Client) -> str:
    """An application that a guest began with a card; its path."""
    return str(identified(simulator, client, start(at)).headers["Location"])


def send(client: Client, draft: str) -> Any:
    client.post(f"{draft}pages/person/answers/", {**FILLED, "next": "1"})
    return client.post(f"{draft}submission/", {"fee": "0"})


def test_a_guest_with_a_card_applies_without_an_account(simulator: Simulator) -> None:
    at, client = levels.asking("card"), Client()
    simulator.register("card")
    page = client.get(start(at)).content.decode()
    assert "カード認証(練習用)" in page
    assert "カードがなくても申請できます" in page
    people = User.objects.count()
    draft = begun(simulator, at, client)
    assert send(client, draft).headers["Location"] == f"{draft}receipt/"
    assert (Case.objects.count(), User.objects.count()) == (1, people)
    check = IdentityCheck.objects.get()
    assert (check.user, check.method, check.proofing, check.valid_until - check.checked_at) == (
        None, "card", 3, timedelta(days=1),
    )  # fmt: skip


def test_without_the_card_nothing_begins(simulator: Simulator) -> None:
    at = levels.asking("card")
    simulator.register("card")
    response = Client().post(start(at).replace("start", "application"))
    assert response.status_code == 403
    assert "カード認証(練習用)" in response.content.decode()
    assert Draft.objects.count() == 0


def test_half_an_hour_later_the_card_is_asked_again_and_what_was_typed_is_kept(simulator: Simulator) -> None:
    at, client = levels.asking("card"), Client()
    simulator.register("card")
    draft = begun(simulator, at, client)
    client.post(f"{draft}pages/person/answers/", {**FILLED, "next": "1"})
    _age(client, minutes=31)
    late = client.post(f"{draft}submission/", {"fee": "0"})
    assert late.status_code == 403
    assert Answer.objects.filter(value=FILLED["copies"]).exists()
    assert identified(simulator, client, draft).headers["Location"] == draft
    assert client.post(f"{draft}submission/", {"fee": "0"}).headers["Location"] == f"{draft}receipt/"


def test_what_was_typed_stays_on_its_page_while_the_card_is_read_on_another(simulator: Simulator) -> None:
    at, mine, other = levels.asking("card"), Client(), Client()
    simulator.register("card")
    draft = begun(simulator, at, mine)
    other.cookies[draft_cookie.COOKIE] = mine.cookies[draft_cookie.COOKIE].value
    refused = other.post(f"{draft}pages/person/answers/", {**FILLED, "name__family": "書きかけ"})
    assert refused.status_code == 403
    assert "書きかけ" in refused.content.decode()
    assert 'card/identification/" target="_blank"' in refused.content.decode()


def _age(client: Client, *, minutes: int) -> None:
    """Let the person of a browser have shown the card so long ago."""
    session = client.session
    session[KEY] = {token: {**mark, "at": mark["at"] - minutes * 60} for token, mark in session[KEY].items()}
    session.save()


def test_the_card_of_another_does_not_go_on(simulator: Simulator) -> None:
    at, client = levels.asking("card"), Client()
    simulator.register("card")
    draft = begun(simulator, at, client)
    assert identified(simulator, client, draft, "takasaki").status_code == 403
    assert IdentityCheck.objects.count() == 1


def test_whoever_has_the_link_has_not_shown_the_card(simulator: Simulator) -> None:
    at, mine, other = levels.asking("card"), Client(), Client()
    simulator.register("card")
    draft = begun(simulator, at, mine)
    mine.post(f"{draft}pages/person/answers/", {**FILLED, "next": "1"})
    other.cookies[draft_cookie.COOKIE] = mine.cookies[draft_cookie.COOKIE].value
    assert other.get(f"{draft}pages/person/").status_code == 403
    assert other.post(f"{draft}submission/", {"fee": "0"}).status_code == 403
    assert identified(simulator, other, draft, "takasaki").status_code == 403
    assert identified(simulator, other, draft).status_code == 302
    assert other.get(f"{draft}pages/person/").status_code == 200


def test_another_browser_shows_a_card_for_nothing_of_ours(simulator: Simulator) -> None:
    at, stranger = levels.asking("card"), Client()
    simulator.register("card")
    draft = begun(simulator, at, Client())
    assert identified(simulator, stranger, draft, "takasaki").status_code == 404
    assert IdentityCheck.objects.count() == 1


def test_an_application_of_an_account_is_shown_by_that_account(simulator: Simulator) -> None:
    at, hanako = levels.asking("card"), cast.resident()
    simulator.register("card")
    levels.identified(hanako, at.clerk)
    draft = levels.filled(at, hanako)
    client = levels.with_second_factor(Client(), hanako)
    path = f"/applications/{draft.submission.token}/"
    assert identified(simulator, client, path, "takasaki").status_code == 403
    assert not IdentityCheck.objects.filter(method="card").exists()


def test_what_was_sent_without_a_card_is_joined_to_none_afterwards(simulator: Simulator) -> None:
    at, client = levels.asking("none"), Client()
    simulator.register("card")
    draft = client.post(start(at).replace("start", "application")).headers["Location"].partition("pages/")[0]
    send(client, draft)
    number = Case.objects.get().number
    assert identified(simulator, client, f"/cases/{number}/").status_code == 403
    assert IdentityCheck.objects.count() == 0


def test_a_company_is_identified_as_a_company_and_not_by_a_card(simulator: Simulator) -> None:
    at, client = levels.asking("card"), Client()
    simulator.register("business")
    asked = providers.leave(client, "/sign-in/business/identification/", start(at))
    response = providers.come_back(client, simulator.houses["business"], asked, "shop")
    assert response.status_code == 302
    check = IdentityCheck.objects.get()
    assert (check.method, check.authentication, check.proofing) == ("business", 2, 2)
