"""Whoever signs out here signs out at the city's provider too; and whoever comes back twice is told so."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from tests import cast
from tests.cast import providers
from tests.cast.providers import Simulator
from todoke.federation.models import AuthenticationRequest, LinkedIdentity
from todoke.federation.provider_simulator.fictional_people import PEOPLE
from todoke.federation.provider_simulator.simulated_provider import AnsweredNo

pytestmark = pytest.mark.django_db


def signed_on(simulator: Simulator) -> Client:
    """A resident who signed in by the card house."""
    provider, hanako, client = simulator.register("card"), cast.resident(), Client()
    house = simulator.houses["card"]
    LinkedIdentity.objects.create(
        user=hanako, provider=provider, issuer=provider.issuer, subject=PEOPLE["hanako"].subject(house.client_id),
        linked_by=hanako,
    )  # fmt: skip
    providers.sign_in(client, house, "hanako")
    assert SESSION_KEY in client.session
    return client


def way_out(answer: Any) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(answer.headers["Refresh"].partition("url=")[2]).query))


def test_signing_out_here_goes_on_to_the_provider_and_comes_back(simulator: Simulator) -> None:
    client, house = signed_on(simulator), simulator.houses["card"]
    assert client.get("/accounts/logout/").status_code == 200
    answer = client.post("/accounts/logout/")
    assert SESSION_KEY not in client.session
    assert "ログアウトしました" in answer.content.decode()
    back = house.sign_out(way_out(answer))
    page = client.get(back.partition("testserver")[2] or urlsplit(back).path, dict(parse_qsl(urlsplit(back).query)))
    assert "「カード認証(練習用)」からもログアウトしました" in page.content.decode()


def test_a_provider_that_is_down_or_offers_no_sign_out_keeps_nobody_signed_in(simulator: Simulator) -> None:
    client, house = signed_on(simulator), simulator.houses["card"]
    house.faults = {"down"}
    answer = client.post("/accounts/logout/")
    assert SESSION_KEY not in client.session
    with pytest.raises(AnsweredNo):
        house.sign_out(way_out(answer))
    assert "そのサービスが応答しなくても" in answer.content.decode()
    other = cast.signed_in(cast.resident("鈴木 一郎", "ichiro@example.jp"))
    assert other.post("/accounts/logout/").status_code == 302


def test_a_forged_return_names_no_provider(simulator: Simulator, client: Client) -> None:
    simulator.register("card")
    for state in ("", "card", "card:x:y"):
        page = client.get("/sign-in/ended/", {"state": state}).content.decode()
        assert "ログアウトしました" in page
        assert "カード認証" not in page


def test_the_token_by_which_the_provider_knows_who_signs_out_is_on_no_page_before(simulator: Simulator) -> None:
    client = signed_on(simulator)
    assert "id_token_hint" not in client.get("/accounts/logout/").content.decode()


def test_a_shared_terminal_signs_out_at_the_provider_too(simulator: Simulator) -> None:
    client = signed_on(simulator)
    answer = client.post("/leave/")
    assert SESSION_KEY not in client.session
    assert simulator.houses["card"].sign_out(way_out(answer))
    assert answer.headers["Clear-Site-Data"]


def test_who_comes_back_twice_is_led_to_where_the_first_went(simulator: Simulator) -> None:
    provider, hanako, client = simulator.register("card"), cast.resident(), Client()
    house = simulator.houses["card"]
    LinkedIdentity.objects.create(
        user=hanako, provider=provider, issuer=provider.issuer, subject=PEOPLE["hanako"].subject(house.client_id),
        linked_by=hanako,
    )  # fmt: skip
    asked = providers.leave(client, "/sign-in/card/start/", "/me/")
    given = house.authorize(asked, PEOPLE["hanako"])
    path = urlsplit(asked["redirect_uri"]).path
    assert client.get(path, given).headers["Location"] == "/me/"
    again = client.get(path, given)
    page = unescape(again.content.decode())
    assert again.status_code == 409
    assert "すでに戻っています" in page
    assert re.search(r'href="/me/">\s*続きを開く', page)
    assert len(house.access_tokens) == 1
    assert SESSION_KEY in client.session
    elsewhere = Client().get(path, given)
    assert elsewhere.status_code == 403
    assert "すでに戻っています" not in elsewhere.content.decode()
    assert AuthenticationRequest.objects.get().outcome == "done"


def test_a_return_that_was_refused_is_refused_again(simulator: Simulator) -> None:
    simulator.register("card")
    client, house = Client(), simulator.houses["card"]
    asked = providers.leave(client, "/sign-in/card/start/")
    house.faults = {"wrong-aud"}
    given = house.authorize(asked, PEOPLE["hanako"])
    path = urlsplit(asked["redirect_uri"]).path
    assert [client.get(path, given).status_code for _ in range(2)] == [403, 403]
