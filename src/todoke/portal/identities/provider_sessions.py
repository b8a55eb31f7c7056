"""Provider sessions 認証元によるログイン: what a session holds after a provider identified its person."""

import time
from typing import Any, TypedDict

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.accounts.models import User
from todoke.accounts.session_assurance import FEDERATED, SECOND_FACTOR
from todoke.accounts.session_expiry import CONFIRMED, OPENED_BY
from todoke.federation.identity_providers import ShownLevel
from todoke.federation.models import FederatedSession, IdentityCheck, IdentityProvider
from todoke.federation.provider_word import ProviderWord
from todoke.federation.sign_out import end_session_address

WAITING = "identity-waiting"
WAITS = 30 * 60
SHOWN = "provider-shown"
"""Which provider opened the session, and its ID token, by which it recognises who signs out."""


class WaitingIdentity(TypedDict):
    """本人確認の結果待ち: who was identified without an account, for half an hour."""

    provider: str
    subject: str
    authentication: int
    proofing: int
    acr: str
    until: float


def may_sign_in(user: User, word: ProviderWord) -> bool:
    """Whether a provider's word is as strong as what the account asks of its person."""
    return user.is_active and (
        word.level.authentication >= SECOND_FACTOR
        or word.provider.audience == IdentityProvider.Audience.STAFF
        or not Authenticator.objects.filter(user=user).exists()
    )


def open_session(request: HttpRequest, user: User, word: ProviderWord) -> None:
    """Sign a person in under a new session key, as strongly as the provider says."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    raise_level(request, user, word)


def raise_level(request: HttpRequest, user: User, word: ProviderWord) -> None:
    """Note in the session what the provider showed and when, under a new session key; nothing is lowered."""
    request.session.cycle_key()
    at = word.authenticated_at.timestamp() if word.authenticated_at else 0.0
    terms: dict[str, Any] = {"at": min(at, time.time()), "level": word.level.authentication}
    record_authentication(request, user, FEDERATED, provider=word.provider.slug, **terms)
    marks = request.session.get(OPENED_BY, [])
    request.session[OPENED_BY] = [*marks, FederatedSession.begin(user, word)]
    request.session[SHOWN] = {"provider": word.provider.slug, "id_token": word.id_token}
    note_confirmed(request, word.provider)
    IdentityCheck.keep(user, word)


def note_confirmed(request: HttpRequest, provider: IdentityProvider, at: float | None = None) -> None:
    """Note that a staff provider confirmed the session now, or ``at`` seconds since 1970."""
    if provider.audience == IdentityProvider.Audience.STAFF:
        request.session[CONFIRMED] = {"provider": provider.slug, "at": time.time() if at is None else at}


def way_out(request: HttpRequest) -> str:
    """Return where the person signs out at the provider that opened the session; to be asked before it ends."""
    kept: dict[str, str] | None = request.session.get(SHOWN)
    return end_session_address(kept["provider"], kept["id_token"]) if kept else ""


def signing_out(request: HttpRequest, address: str) -> HttpResponse:
    """Return the page that says that a person is signed out here, and goes on to sign out at the provider."""
    response = render(request, "portal/identities/signing_out.html", {"address": address})
    response.headers["Refresh"] = f"1; url={address}"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def wait_for_account(request: HttpRequest, word: ProviderWord) -> None:
    """Keep who was identified until they sign in to their account or make one."""
    request.session.cycle_key()
    request.session[WAITING] = WaitingIdentity(
        provider=word.provider.slug, subject=word.subject, authentication=word.level.authentication,
        proofing=word.level.proofing, acr=word.acr, until=time.time() + WAITS,
    )  # fmt: skip


def waiting_word(request: HttpRequest) -> ProviderWord | None:
    """Return who was identified in this browser and has no account yet; None after half an hour."""
    kept: WaitingIdentity | None = request.session.get(WAITING)
    if kept is None or kept["until"] < time.time():
        return None
    provider = IdentityProvider.objects.usable().filter(slug=kept["provider"]).first()
    if provider is None:
        return None
    return ProviderWord(
        provider, kept["subject"], ShownLevel(kept["authentication"], kept["proofing"]), acr=kept["acr"]
    )
