"""Signing in by a provider, linking, showing oneself once more, and being ended by the provider."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client

from tests import cast
from tests.cast import levels, providers
from tests.cast.providers import Simulator
from todoke.accounts.models import User
from todoke.accounts.session_expiry import OPENED_BY
from todoke.audit.models import Entry
from todoke.federation.models import FederatedSession, IdentityCheck, IdentityProvider, LinkedIdentity
from todoke.federation.provider_simulator.fictional_people import PEOPLE
from todoke.notices.models import Message

pytestmark = pytest.mark.django_db
RECORDS = "account_authentication_methods"


def linked(simulator: Simulator, person: User, house: str = "card", key: str = "hanako") -> IdentityProvider:
    """The registered house, to which a person has linked an account."""
    provider = simulator.register(house)
    asked = providers.leave(client := providers.confirmed(person), f"/me/identities/{house}/link/", "/me/identities/")
    assert providers.come_back(client, simulator.houses[house], asked, key).status_code == 302
    return provider


def test_a_linked_person_signs_in_as_strongly_as_the_card(simulator: Simulator) -> None:
    hanako, client = cast.resident(), Client()
    linked(simulator, hanako)
    key = client.session.session_key
    response = providers.sign_in(client, simulator.houses["card"], "hanako", "/me/")
    assert response.headers["Location"] == "/me/"
    assert client.session[SESSION_KEY] == str(hanako.pk)
    assert client.session[RECORDS][-1]["level"] == 3
    assert client.session.session_key != key
    assert Entry.objects.filter(act="ログイン", actor=hanako).exists()


def test_linking_is_told_to_the_mailbox_and_proves_who_it_is(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    check = IdentityCheck.objects.get(user=hanako)
    assert (check.method, check.authentication, check.proofing, check.provider) == ("card", 3, 3, "card")
    assert Entry.objects.filter(act="本人確認の連携").count() == 1
    assert [told.subject for told in Message.objects.all()] == ["【みらい区】アカウントに本人確認をつなぎました"]


def test_nobody_is_found_by_an_address_and_nothing_is_made(simulator: Simulator) -> None:
    cast.resident()
    simulator.register("card")
    client, people = Client(), User.objects.count()
    response = providers.sign_in(client, simulator.houses["card"], "hanako")
    assert response.headers["Location"] == "/sign-in/waiting/"
    assert SESSION_KEY not in client.session
    page = client.get("/sign-in/waiting/").content.decode()
    assert "すでにアカウントがある" in page
    assert "はじめて使う" in page
    assert User.objects.count() == people
    assert LinkedIdentity.objects.count() == 0


def test_who_was_identified_links_the_account_they_sign_in_to(simulator: Simulator) -> None:
    hanako, client = cast.resident(), Client()
    simulator.register("card")
    providers.sign_in(client, simulator.houses["card"], "hanako")
    providers.confirmed(hanako, client)
    client.post("/sign-in/waiting/link/")
    assert LinkedIdentity.objects.get().user == hanako
    assert client.post("/sign-in/waiting/link/").headers["Location"] == "/sign-in/waiting/"


def test_linking_asks_for_more_than_a_session_left_open(simulator: Simulator) -> None:
    hanako, client = cast.resident(), Client()
    simulator.register("card")
    levels.with_second_factor(client, hanako, minutes_ago=30)
    response = client.post("/me/identities/card/link/")
    assert response.status_code == 302
    assert "reauthenticate" in response.headers["Location"]


def test_a_card_that_is_linked_elsewhere_links_nobody_else(simulator: Simulator) -> None:
    linked(simulator, cast.resident())
    other = cast.resident("鈴木 一郎", "ichiro@example.jp")
    client = providers.confirmed(other)
    asked = providers.leave(client, "/me/identities/card/link/")
    assert providers.come_back(client, simulator.houses["card"], asked, "hanako").status_code == 409
    assert not IdentityCheck.objects.filter(user=other).exists()


def test_a_step_up_with_the_card_of_another_raises_nothing(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    client = cast.signed_in(hanako)
    for person, status in (("takasaki", 403), ("hanako", 302)):
        asked = providers.leave(client, "/sign-in/card/step-up/")
        assert (asked["prompt"], asked["max_age"]) == ("login", "0")
        assert providers.come_back(client, simulator.houses["card"], asked, person).status_code == status
        shown = [record.get("level") for record in client.session.get(RECORDS, [])]
        assert (3 in shown) is (person == "hanako")


def test_a_factor_of_ones_own_is_not_passed_by_a_weaker_provider(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    IdentityProvider.objects.update(acr_levels="urn:mynumber:aal3 1 0", least_authentication=1)
    assert Authenticator.objects.filter(user=hanako).exists()
    client = Client()
    assert providers.sign_in(client, simulator.houses["card"], "hanako").status_code == 403
    assert SESSION_KEY not in client.session


def test_an_account_that_was_closed_is_refused_like_any_other(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    User.objects.filter(pk=hanako.pk).update(is_active=False)
    response = providers.sign_in(Client(), simulator.houses["card"], "hanako")
    assert response.status_code == 403


def test_a_return_is_good_once_and_in_its_own_browser_only(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    house, mine, other = simulator.houses["card"], Client(), Client()
    asked, others = (providers.leave(one, "/sign-in/card/start/") for one in (mine, other))
    given = house.authorize(asked, PEOPLE["hanako"])
    assert other.get("/sign-in/return/card/", given).status_code == 403
    assert mine.get("/sign-in/return/card/", given | {"state": others["state"]}).status_code == 403
    assert mine.get("/sign-in/return/card/", given).status_code == 302
    assert mine.get("/sign-in/return/card/", given).status_code == 409
    assert FederatedSession.objects.count() == 2


def test_the_answer_of_one_provider_is_nothing_at_another(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    simulator.register("business")
    house, client = simulator.houses["card"], Client()
    asked = providers.leave(client, "/sign-in/card/start/")
    given = house.authorize(asked, PEOPLE["hanako"])
    assert client.get("/sign-in/return/business/", given).status_code == 403
    assert SESSION_KEY not in client.session


def test_an_error_of_the_provider_is_said_in_our_words(simulator: Simulator) -> None:
    provider = simulator.register("card")
    client = Client()
    asked = providers.leave(client, "/sign-in/card/start/")
    given = {"error": "<script>alert(1)</script>", "state": asked["state"], "iss": provider.issuer}
    response = client.get("/sign-in/return/card/", given)
    assert response.status_code == 403
    assert "alert(1)" not in response.content.decode()


def test_unlinking_leaves_a_way_in_and_ends_what_the_link_opened(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    by_card = Client()
    providers.sign_in(by_card, simulator.houses["card"], "hanako")
    client = providers.confirmed(hanako)
    assert client.post("/me/identities/card/ending/").status_code == 409
    EmailAddress.objects.create(user=hanako, email=hanako.email, verified=True, primary=True)
    assert client.post("/me/identities/card/ending/").status_code == 302
    by_card.get("/")
    assert SESSION_KEY not in by_card.session
    assert providers.sign_in(Client(), simulator.houses["card"], "hanako").headers["Location"] == "/sign-in/waiting/"


def test_the_provider_ends_every_session_that_it_opened(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    house, browsers, by_password = simulator.houses["card"], [Client() for _ in range(3)], cast.signed_in(hanako)
    for one in browsers:
        providers.sign_in(one, house, "hanako")
    response = Client().post("/sign-in/logout/card/", {"logout_token": house.logout_token(PEOPLE["hanako"])})
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store, private")
    for one in (*browsers, by_password):
        one.get("/me/")
    assert [SESSION_KEY in one.session for one in (*browsers, by_password)] == [False, False, False, True]


def test_one_sign_in_is_ended_by_its_number_and_the_others_stay(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    house, first, second = simulator.houses["card"], Client(), Client()
    for one in (first, second):
        providers.sign_in(one, house, "hanako")
    token = house.logout_token(PEOPLE["hanako"], sid=house.sids["hanako"][-2])
    Client().post("/sign-in/logout/card/", {"logout_token": token})
    for one in (first, second):
        one.get("/me/")
    assert [SESSION_KEY in one.session for one in (first, second)] == [False, True]


def test_a_provider_that_is_stopped_ends_its_sessions_and_takes_no_more(simulator: Simulator) -> None:
    hanako, client = cast.resident(), Client()
    provider = linked(simulator, hanako)
    providers.sign_in(client, simulator.houses["card"], "hanako")
    assert len(client.session[OPENED_BY]) == 1
    provider.suspend(by=providers.administrator())
    client.get("/me/")
    assert SESSION_KEY not in client.session
    assert Client().post("/sign-in/card/start/").status_code == 404


def test_what_leads_back_is_a_page_of_ours(simulator: Simulator) -> None:
    hanako = cast.resident()
    linked(simulator, hanako)
    for back in ("https://evil.example/", "//evil.example/", "/office/", "/nowhere/", ""):
        response = providers.sign_in(Client(), simulator.houses["card"], "hanako", back)
        assert response.headers["Location"] == "/arrival/"
