"""Sign-in with a provider 認証元でのログイン: the way there, and every check of what comes back."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.federation.authentication_requests import AuthenticationRequest, SeenToken
from todoke.federation.identity_providers import IdentityProvider, ShownLevel
from todoke.federation.openid.client_assertion import client_assertion
from todoke.federation.openid.provider_http import fetch_json
from todoke.federation.openid.token_refusals import KeyUnknown, NotAccepted, TryLater
from todoke.federation.openid.token_validation import Expectation, ValidToken, validate_id_token, validate_logout_token
from todoke.federation.provider_word import ProviderWord
from todoke.runtime.links import absolute
from todoke.runtime.read_only_mode import read_only
from todoke.runtime.refusals import Closed

MOST_GROUPS = 200
ATTRIBUTES = ("name", "address", "birthdate", "corporate_number")
Purpose = AuthenticationRequest.Purpose


def begin(
    provider: IdentityProvider, *, purpose: str, browser: str, user: User | None = None,
    target: tuple[str, str] = ("arrival", ""),
) -> str:  # fmt: skip
    """Return the address at the provider to which a person is sent (認証の往復の開始). Raises Closed, TryLater.

    ``target`` is the name of the page that it leads back to, and its argument. Everything but a sign-in asks the person
    to show themselves anew; a recheck asks nothing of them.
    """
    if read_only() is not None:
        raise Closed("いまは参照専用のため、ほかのサービスでの本人確認はできません。メールアドレスでログインできます。")
    fresh = purpose not in {Purpose.SIGN_IN, Purpose.RECHECK}
    authorization = provider.endpoint("authorization_endpoint")
    request, state, nonce = AuthenticationRequest.begin(
        provider, browser=browser, purpose=purpose, user=user, authentication=provider.least_authentication,
        is_fresh=fresh, target=target,
    )  # fmt: skip
    asked = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": return_address(provider),
        "scope": provider.scopes, "state": state, "nonce": nonce, "code_challenge_method": "S256",
        "code_challenge": _challenge(request.verifier),
    }  # fmt: skip
    if acr := provider.asked_acr(provider.least_authentication):
        asked["acr_values"] = acr
    if fresh:
        asked |= {"prompt": "login", "max_age": "0"}
    if purpose == Purpose.RECHECK:
        asked["prompt"] = "none"
    return f"{authorization}{'&' if '?' in authorization else '?'}{urlencode(asked)}"


def state_of(address: str) -> str:
    """Return the state in the address at a provider to which somebody is sent."""
    return dict(parse_qsl(urlsplit(address).query))["state"]


def return_address(provider: IdentityProvider) -> str:
    """Return the address of our own to which this provider alone leads back."""
    return absolute("portal:sign-in-return", provider.slug)


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def receive(
    provider: IdentityProvider, given: Mapping[str, str], *, browser: str, by: Actor
) -> tuple[AuthenticationRequest, ProviderWord]:
    """Check what a provider sent a person back with; return what was asked and who was identified.

    The request is used up before the code is exchanged. Raises NotAccepted, TryLater, of which the trail says why, and
    AlreadyBack where this browser has brought the same before.
    """
    request = AuthenticationRequest.take(provider, state=given.get("state", ""), browser=browser)
    if request is None:
        earlier = AuthenticationRequest.earlier(provider, state=given.get("state", ""), browser=browser)
        raise AlreadyBack(earlier) if earlier else NotAccepted("この端末がはじめた往復ではないか、もう使われています")
    try:
        word = _checked(request, provider, given)
    except (NotAccepted, TryLater) as refusal:
        _refuse(request, refusal.reason, by=by)
        raise
    return request, word


class AlreadyBack(NotAccepted):
    """すでに戻っています: the same return came a second time in the same browser; ``request`` is what it belongs to."""

    status = 409

    def __init__(self, request: AuthenticationRequest) -> None:
        super().__init__("もう戻っています")
        self.request = request


@transaction.atomic
def _refuse(request: AuthenticationRequest, reason: str, *, by: Actor) -> None:
    request.end(AuthenticationRequest.Outcome.REFUSED)
    log.record(request, "本人確認の結果のお断り", by=by, reason=reason)


def refuse(request: AuthenticationRequest, reason: str, *, by: Actor) -> NotAccepted:
    """Note that what a request brought is not accepted after all; return the refusal to raise."""
    _refuse(request, reason, by=by)
    return NotAccepted(reason)


def _checked(request: AuthenticationRequest, provider: IdentityProvider, given: Mapping[str, str]) -> ProviderWord:
    if provider.sends_issuer and not hmac.compare_digest(given.get("iss", "").encode(), provider.issuer.encode()):
        raise NotAccepted("戻りの発行者が違います")
    if "error" in given:
        raise NotAccepted("認証元でやめたか、断られました")
    if not given.get("code"):
        raise NotAccepted("コードがありません")
    tokens = _exchange(request, provider, given["code"])
    id_token, access_token = tokens.get("id_token"), tokens.get("access_token")
    if not isinstance(id_token, str) or not isinstance(access_token, str):
        raise NotAccepted("トークンがありません")
    wanted = Expectation(
        issuer=provider.issuer, client_id=provider.client_id, algorithms=frozenset(provider.algorithms.split()),
        now=timezone.now(), nonce_hash=request.nonce_hash, access_token=access_token,
        auth_after=request.started_at if request.is_fresh else None,
    )  # fmt: skip
    token = _with_known_key(provider, lambda keys: validate_id_token(id_token, keys, wanted))
    level = provider.level_of(token.claims.get("acr"))
    if level.authentication < request.asked_authentication:
        raise NotAccepted("求めた強さに足りません")
    if not SeenToken.use(provider.issuer, token):
        raise NotAccepted("トークンは、もう使われています")
    more = _userinfo(provider, access_token, token.subject) if provider.reads_userinfo else {}
    return _word(provider, token, level, more, id_token)


def _with_known_key(provider: IdentityProvider, check: Any) -> ValidToken:
    """Check with the keys as kept, and once more with those read anew where the key was unknown."""
    try:
        found: ValidToken = check(provider.keys())
    except KeyUnknown:
        keys = provider.keys_after_change()
        if keys is None:
            raise
        found = check(keys)
    return found


def _exchange(request: AuthenticationRequest, provider: IdentityProvider, code: str) -> dict[str, Any]:
    data = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": return_address(provider),
        "code_verifier": request.verifier, "client_id": provider.client_id,
    }  # fmt: skip
    address = provider.endpoint("token_endpoint")
    if provider.proves_by_key:
        proof = client_assertion(
            provider.secret, client_id=provider.client_id, audience=provider.assertion_audience, now=timezone.now()
        )
        return fetch_json(address, data={**data, **proof})
    pair = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
    return fetch_json(address, data=data, basic=base64.b64encode(pair.encode()).decode())


def _userinfo(provider: IdentityProvider, access_token: str, subject: str) -> dict[str, Any]:
    found = fetch_json(provider.endpoint("userinfo_endpoint"), bearer=access_token)
    if found.get("sub") != subject:
        raise NotAccepted("属性が別の人のものです")
    return found


def _word(
    provider: IdentityProvider, token: ValidToken, level: ShownLevel, more: Mapping[str, Any], id_token: str
) -> ProviderWord:
    claims = token.claims
    groups, at = claims.get("groups"), claims.get("auth_time")
    return ProviderWord(
        provider, token.subject, level, acr=_short(claims.get("acr")), sid=_short(claims.get("sid")),
        authenticated_at=datetime.fromtimestamp(at, UTC) if isinstance(at, int) else None,
        groups=tuple(_short(name) for name in groups[:MOST_GROUPS]) if isinstance(groups, list) else (),
        attributes={name: _short(more.get(name, claims.get(name))) for name in ATTRIBUTES}, id_token=id_token,
    )  # fmt: skip


def _short(value: object) -> str:
    return value[:255] if isinstance(value, str) else ""


def receive_logout(provider: IdentityProvider, token: str) -> ValidToken:
    """Check a logout token of a provider and use it up (認証元からのログアウト). Raises NotAccepted, TryLater."""
    wanted = Expectation(
        issuer=provider.issuer, client_id=provider.client_id, algorithms=frozenset(provider.algorithms.split()),
        now=timezone.now(),
    )  # fmt: skip
    valid = _with_known_key(provider, lambda keys: validate_logout_token(token, keys, wanted))
    if not SeenToken.use(provider.issuer, valid):
        raise NotAccepted("ログアウトのトークンは、もう使われています")
    return valid
