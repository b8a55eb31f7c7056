"""Rechecks 確かめ直し: the provider that opened a session of staff is asked, without a word to the person, if it holds.

So a clerk whose group is gone loses the session although the provider told nobody. What the provider says can only take
away. While it does not answer, nothing is taken, and it is asked again a few minutes later.
"""

import time
from collections.abc import Mapping
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import escape_leading_slashes

from todoke.accounts.browser_id import browser_id
from todoke.accounts.models import User
from todoke.accounts.session_expiry import CONFIRMED, OPENED_BY
from todoke.federation import sign_in
from todoke.federation.models import (
    AuthenticationRequest,
    FederatedSession,
    GroupMapping,
    IdentityProvider,
    LinkedIdentity,
    SeenGroup,
)
from todoke.federation.openid.token_refusals import NotAccepted, TryLater
from todoke.federation.openid.token_validation import hash_of
from todoke.federation.provider_word import ProviderWord
from todoke.portal.access import actor_of
from todoke.portal.identities.provider_sessions import may_sign_in, note_confirmed
from todoke.runtime.refusals import Closed

LEFT, AGAIN = "provider-recheck", 5 * 60
ANOTHER, NO_GROUP = "本人のものではない認証です", "職位に要るグループがありません"


class LeftForRecheck(TypedDict):
    """確かめ直しの途中: the hash of the state under which the person was sent, and the page that they asked for."""

    state_hash: str
    back: str


def leave(request: HttpRequest) -> HttpResponse | None:
    """Send a member of staff to the provider to be confirmed; None where no post asks for a group, or it is down."""
    kept = request.session[CONFIRMED]
    provider = IdentityProvider.objects.usable().filter(slug=kept["provider"]).first()
    if provider is None or not isinstance(request.user, User):
        return None
    if not GroupMapping.is_asked_of(request.user, provider):
        note_confirmed(request, provider)
        return None
    try:
        provider.read_metadata()
        address = sign_in.begin(
            provider, purpose=AuthenticationRequest.Purpose.RECHECK, browser=browser_id(request.session),
            user=request.user,
        )  # fmt: skip
    except (TryLater, NotAccepted, Closed):
        _later(request, provider)
        return None
    state = sign_in.state_of(address)
    request.session[LEFT] = LeftForRecheck(
        state_hash=hash_of(state), back=escape_leading_slashes(request.get_full_path())
    )
    return redirect(address)


def _later(request: HttpRequest, provider: IdentityProvider) -> None:
    note_confirmed(request, provider, time.time() - settings.STAFF_RECHECK.total_seconds() + AGAIN)


def is_awaited(request: HttpRequest, state: str) -> bool:
    """Whether a return belongs to a recheck of this session."""
    left: LeftForRecheck | None = request.session.get(LEFT)
    return left is not None and left["state_hash"] == hash_of(state)


def come_back(request: HttpRequest, provider: IdentityProvider, given: Mapping[str, str]) -> HttpResponse:
    """Take what the provider says of a session; where it does not confirm it, the page that follows says it ended."""
    left: LeftForRecheck = request.session.pop(LEFT)
    try:
        asked, word = sign_in.receive(provider, given, browser=browser_id(request.session), by=actor_of(request))
        _confirm(request, asked, word)
    except TryLater:
        _later(request, provider)
    except NotAccepted:
        FederatedSession.end_marked(request.session.get(OPENED_BY, []))
    return redirect(left["back"])


def _confirm(request: HttpRequest, asked: AuthenticationRequest, word: ProviderWord) -> None:
    """Note that a session holds. Raises NotAccepted where it does not."""
    found = LinkedIdentity.of(word)
    if found is None or found.user != request.user or not may_sign_in(found.user, word):
        raise sign_in.refuse(asked, ANOTHER, by=actor_of(request))
    if GroupMapping.takes_away(found.user, word):
        FederatedSession.end_of(word.provider.issuer, subject=word.subject)
        raise sign_in.refuse(asked, NO_GROUP, by=actor_of(request))
    SeenGroup.keep(found, word)
    note_confirmed(request, word.provider)
    asked.end(AuthenticationRequest.Outcome.DONE)
