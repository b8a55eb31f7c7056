"""Each of the thirty named faults of a provider: 29 are refused, and a changed key is read once more."""

from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from tests import cast
from tests.cast import providers
from tests.cast.providers import Simulator
from todoke.audit.models import Entry
from todoke.federation.models import AuthenticationRequest, FederatedSession, IdentityProvider, LinkedIdentity
from todoke.federation.openid import provider_http
from todoke.federation.provider_simulator.fictional_people import PEOPLE
from todoke.federation.provider_simulator.provider_faults import ENDURED, FAULTS

pytestmark = pytest.mark.django_db
LATER = {"slow", "down", "500"}
"""What a person is asked to try later; everything else is not accepted."""
ONLY_IF_ASKED = {"stale-auth-time"}
OF_LOGOUT = {"logout-replayed", "logout-with-nonce"}
WHY = {
    "wrong-iss": "発行者が違います", "other-iss-same-code": "戻りの発行者が違います",
    "wrong-aud": "ほかのサービスあてのトークンです", "two-aud-no-azp": "知らないあて先があります",
    "no-sub": "subがありません", "no-iat": "iatがありません", "expired": "トークンの期限切れ",
    "future": "トークンの発行日時が合いません", "wrong-nonce": "nonceが一致しません", "no-nonce": "nonceが一致しません",
    "alg-none": "署名の方式が認められていません", "hs256-with-public-key": "署名の方式が認められていません",
    "bad-signature": "署名が違います", "unknown-kid": "知らない鍵です",
    "kid-absent-two-keys": "鍵の名がなく、鍵が二つ以上あります", "userinfo-other-sub": "属性が別の人のものです",
    "wrong-at-hash": "at_hashが違います", "weak-acr": "求めた強さに足りません", "stale-auth-time": "auth_timeが古い",
    "token-twice": "nonceが一致しません", "code-twice": "認証元が断りました",
    "slow": "認証元の答えが遅すぎます", "down": "認証元につながりません", "500": "認証元の故障",
    "huge-answer": "認証元の答えが長すぎます", "redirecting-token-endpoint": "認証元がほかのアドレスへ送ろうとしました",
}  # fmt: skip
"""The check that has to notice it: a fault that another one stops first would prove nothing of its own."""


def linked(simulator: Simulator, person: str = "hanako") -> IdentityProvider:
    """A resident whose account is linked to the card house."""
    provider, client = simulator.register("card"), Client()
    hanako = cast.resident()
    client.force_login(hanako)
    house = simulator.houses["card"]
    LinkedIdentity.objects.create(
        user=hanako, provider=provider, issuer=provider.issuer, subject=PEOPLE[person].subject(house.client_id),
        linked_by=hanako,
    )  # fmt: skip
    return provider


def attempt(simulator: Simulator, fault: str, client: Client) -> Any:
    """Sign in with a fault switched on; where the fault shows only on a step-up, step up."""
    house = simulator.houses["card"]
    start = "/sign-in/card/start/"
    if fault in ONLY_IF_ASKED:
        providers.sign_in(client, house, "hanako")
        start = "/sign-in/card/step-up/"
    house.faults = {fault}
    return providers.come_back(client, house, providers.leave(client, start), "hanako")


def test_the_list_is_the_thirty_of_the_design() -> None:
    assert len(FAULTS) == len(set(FAULTS)) == 30
    assert set(WHY) == set(FAULTS) - ENDURED - OF_LOGOUT - {"discovery-other-issuer"}


@pytest.mark.parametrize("fault", WHY)
def test_a_fault_signs_nobody_in(simulator: Simulator, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_http, "WITHIN", 0.6)
    linked(simulator)
    client = Client()
    if fault in {"token-twice", "code-twice"}:
        providers.sign_in(Client(), simulator.houses["card"], "hanako")
    sessions, entries = FederatedSession.objects.count(), Entry.objects.count()
    response = attempt(simulator, fault, client)
    asked = AuthenticationRequest.objects.latest("pk")
    assert response.status_code == (503 if fault in LATER else 403)
    assert (SESSION_KEY in client.session) is (fault in ONLY_IF_ASKED)
    assert FederatedSession.objects.count() == sessions + (fault in ONLY_IF_ASKED)
    assert asked.outcome == AuthenticationRequest.Outcome.REFUSED
    refused = Entry.objects.filter(act="本人確認の結果のお断り")
    assert [entry.reason for entry in refused] == [WHY[fault]]
    assert Entry.objects.count() == entries + 1 + 2 * (fault in ONLY_IF_ASKED)


def test_metadata_of_another_issuer_lead_nowhere(simulator: Simulator) -> None:
    linked(simulator)
    simulator.houses["card"].faults = {"discovery-other-issuer"}
    response = Client().post("/sign-in/card/start/")
    assert response.status_code == 403
    assert AuthenticationRequest.objects.count() == 0


def test_a_changed_key_is_read_once_more_and_signs_in(simulator: Simulator) -> None:
    linked(simulator)
    house, client = simulator.houses["card"], Client()
    providers.sign_in(Client(), house, "hanako")
    house.faults, before = {"rotated-key"}, house.key_reads
    response = providers.sign_in(client, house, "hanako")
    assert response.status_code == 302
    assert SESSION_KEY in client.session
    assert house.key_reads == before + 1


def test_unknown_keys_do_not_make_us_read_again_and_again(simulator: Simulator) -> None:
    linked(simulator)
    house = simulator.houses["card"]
    for _ in range(3):
        attempt(simulator, "unknown-kid", Client())
    assert house.key_reads == 2


@pytest.mark.parametrize(("fault", "answers"), [("logout-replayed", [200, 400]), ("logout-with-nonce", [400])])
def test_a_logout_that_is_replayed_or_forged_is_not_accepted(
    simulator: Simulator, fault: str, answers: list[int]
) -> None:
    linked(simulator)
    house, client = simulator.houses["card"], Client()
    providers.sign_in(client, house, "hanako")
    house.faults = {fault}
    token = house.logout_token(PEOPLE["hanako"])
    given = [Client().post("/sign-in/logout/card/", {"logout_token": token}).status_code for _ in answers]
    assert given == answers
    client.get("/me/")
    assert (SESSION_KEY in client.session) is (200 not in answers)
