"""One sign-in for three services of the city, each of which knows the person by another number."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from tests import cast
from tests.cast.providers import administrator
from todoke.accounts.models import User
from todoke.federation.models import PairwiseSubject, RelyingParty, ServiceConsent
from todoke.federation.openid.provider_keys import ProviderKeys
from todoke.federation.openid.token_validation import Expectation, hash_of, validate_id_token
from todoke.organization.models import Post
from todoke.runtime.refusals import NotAllowed

pytestmark = pytest.mark.django_db
TOKEN = "/identity/o/api/token"


@dataclass
class Service:
    """A service of the city as its own program: its registration, secret, and what it asks with."""

    party: RelyingParty
    secret: str
    verifier: str = ""
    nonce: str = ""

    def asked(self, **other: str) -> dict[str, str]:
        self.verifier, self.nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        digest = hashlib.sha256(self.verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return {
            "client_id": str(self.party.client_id), "response_type": "code", "redirect_uri": self.party.return_address,
            "scope": self.party.scopes, "state": "s", "nonce": self.nonce, "code_challenge": challenge,
            "code_challenge_method": "S256", **other,
        }  # fmt: skip

    def exchange(self, code: str, **other: str) -> Any:
        pair = base64.b64encode(f"{self.party.client_id}:{self.secret}".encode()).decode()
        given = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.party.return_address,
            "code_verifier": self.verifier, **other,
        }  # fmt: skip
        return Client().post(TOKEN, given, headers={"Authorization": f"Basic {pair}"})


@pytest.fixture(autouse=True)
def _key(settings: Settings, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def second_administrator() -> User:
    found = User.objects.filter(email="second@example.lg.jp").first()
    return found or cast.staff("認証 二人目", "second@example.lg.jp", Post.Role.ADMINISTRATOR)


def service(name: str = "library", scopes: str = "openid") -> Service:
    """A service that one administrator registered and another approved."""
    party, secret = RelyingParty.register(
        name=f"サービス{name}", department=cast.department(), return_address=f"https://{name}.example/return",
        scopes=scopes, by=administrator(),
    )  # fmt: skip
    party.approve(by=second_administrator())
    return Service(party, secret)


def consented(client: Client, at: Service) -> str:
    """Consent where it is asked; return the code that the browser brings to the service."""
    asked = at.asked()
    page = client.get("/identity/o/authorize", asked)
    if "Refresh" not in page.headers:
        assert "渡すもの" in page.content.decode()
        client.post("/me/services/consent/", {"query": page.wsgi_request.META["QUERY_STRING"]})
        page = client.get("/identity/o/authorize", asked)
    address = page.headers["Refresh"].partition("url=")[2]
    assert address.startswith(f"{at.party.return_address}?")
    return str(dict(part.split("=", 1) for part in address.partition("?")[2].split("&"))["code"])


def claims(at: Service, answer: Any, issuer: str) -> dict[str, Any]:
    """Read the ID token as strictly as we read those of others."""
    given = json.loads(answer.content)
    keys = ProviderKeys(json.loads(Client().get("/.well-known/jwks.json").content))
    wanted = Expectation(
        issuer, str(at.party.client_id), frozenset({"RS256"}), datetime.now(UTC), nonce_hash=hash_of(at.nonce),
        access_token=given["access_token"],
    )  # fmt: skip
    return dict(validate_id_token(given["id_token"], keys, wanted).claims)


def test_one_sign_in_opens_three_services_that_cannot_be_joined(settings: Settings) -> None:
    hanako = cast.resident()
    client, subjects = cast.signed_in(hanako), []
    for name in ("library", "halls", "sports"):
        at = service(name)
        found = claims(at, at.exchange(consented(client, at)), settings.PUBLIC_URL)
        subjects.append(found["sub"])
        assert not {"name", "email", "address", "birthdate"} & found.keys()
    assert len(set(subjects)) == 3
    assert str(hanako.pk) not in subjects


def test_a_service_knows_the_person_again_without_asking_again(settings: Settings) -> None:
    client, at = cast.signed_in(cast.resident()), service(scopes="openid profile email")
    first = claims(at, at.exchange(consented(client, at)), settings.PUBLIC_URL)
    page = client.get("/identity/o/authorize", at.asked())
    assert "Refresh" in page.headers
    assert first["name"] == "山田 花子"
    assert PairwiseSubject.objects.get().subject == first["sub"]


def test_whoever_is_not_signed_in_signs_in_first() -> None:
    response = Client().get("/identity/o/authorize", service().asked())
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=/identity/o/authorize")


@pytest.mark.parametrize(
    "wrong",
    [
        {"response_type": "token"}, {"response_type": "code id_token"}, {"code_challenge_method": "plain"},
        {"code_challenge": ""}, {"code_challenge": "short"}, {"nonce": ""}, {"state": ""},
        {"redirect_uri": "https://library.example/return/"}, {"redirect_uri": "https://evil.example/return"},
        {"scope": "openid profile"}, {"client_id": "nobody"}, {"response_mode": "fragment"},
    ],
)  # fmt: skip
def test_a_request_that_is_not_as_strict_goes_nowhere(wrong: dict[str, str]) -> None:
    client, at = cast.signed_in(cast.resident()), service()
    ServiceConsent.give(at.party, by=User.objects.get(email="hanako@example.jp"))
    response = client.get("/identity/o/authorize", at.asked(**wrong))
    assert response.status_code == 422
    assert "Refresh" not in response.headers


def test_a_code_is_good_once_with_its_verifier_and_for_its_service() -> None:
    client, at, other = cast.signed_in(cast.resident()), service(), service("halls")
    code = consented(client, at)
    assert at.exchange(code).status_code == 200
    assert at.exchange(code).status_code == 400
    code = consented(client, at)
    assert at.exchange(code, code_verifier="x" * 64).status_code == 400
    code = consented(client, at)
    other.verifier = at.verifier
    assert other.exchange(code).status_code in {400, 401}
    assert at.exchange(code).status_code == 400


def test_cutting_a_service_off_asks_again_and_ends_its_tokens() -> None:
    hanako = cast.resident()
    client, at = cast.signed_in(hanako), service()
    given = json.loads(at.exchange(consented(client, at)).content)
    headers = {"Authorization": f"Bearer {given['access_token']}"}
    assert Client().get("/identity/o/api/userinfo", headers=headers).status_code == 200
    assert "サービスlibrary" in client.get("/me/services/").content.decode()
    client.post(f"/me/services/{at.party.client_id}/ending/")
    assert Client().get("/identity/o/api/userinfo", headers=headers).status_code in {401, 403}
    assert "渡すもの" in client.get("/identity/o/authorize", at.asked()).content.decode()


def test_a_service_needs_two_people_and_one_exact_address() -> None:
    terms: dict[str, Any] = {"name": "試し", "department": cast.department(), "scopes": "openid"}
    for address in ("http://library.example/", "https://*.example/", "https://a.example/#x"):
        with pytest.raises(ValidationError):
            RelyingParty.register(return_address=address, by=administrator(), **terms)
    party, _ = RelyingParty.register(return_address="https://a.example/r", by=administrator(), **terms)
    with pytest.raises(NotAllowed):
        party.approve(by=administrator())
    with pytest.raises(IntegrityError), transaction.atomic():
        RelyingParty.objects.filter(pk=party.pk).update(approved_by=administrator(), approved_at=party.registered_at)
    asked = Service(party, "").asked()
    assert cast.signed_in(cast.resident()).get("/identity/o/authorize", asked).status_code == 422


def test_what_is_not_offered_is_not_there() -> None:
    found = json.loads(Client().get("/.well-known/openid-configuration").content)
    assert found["subject_types_supported"] == ["pairwise"]
    assert found["response_types_supported"] == ["code"]
    assert "device_authorization_endpoint" not in found
    for path in ("/identity/o/device", "/identity/o/api/device/code", "/identity/o/logout"):
        assert Client().post(path).status_code == 404
    assert Client().post(TOKEN, {"grant_type": "refresh_token"}).status_code == 400


@pytest.mark.parametrize(("language", "said"), [("en", "Agree and connect"), ("ja-easy", "わかったので")])
def test_the_consent_is_asked_in_the_language_of_the_person(language: str, said: str, settings: Settings) -> None:
    client, at = cast.signed_in(cast.resident()), service(scopes="openid profile email")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert said in client.get("/identity/o/authorize", at.asked()).content.decode()


def test_an_administrator_registers_in_the_office_and_another_approves() -> None:
    first, second = cast.signed_in(administrator()), cast.signed_in(second_administrator())
    terms = {"name": "図書館", "department": str(cast.department().pk), "scopes": "openid"}
    page = first.post("/office/services/registration/", {**terms, "return_address": "https://a.example/r"})
    party = RelyingParty.objects.get()
    assert str(party.client_id) in page.content.decode()
    assert "図書館を承認する" not in first.get("/office/services/").content.decode()
    assert "図書館を承認する" in second.get("/office/services/").content.decode()
    second.post(f"/office/services/{party.client_id}/approval/")
    assert RelyingParty.objects.usable().get() == party
    first.post(f"/office/services/{party.client_id}/ending/")
    assert not RelyingParty.objects.usable().exists()
