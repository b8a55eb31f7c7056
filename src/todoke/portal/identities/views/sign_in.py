"""ほかの方法でのログイン: the ways to sign in, the way to a provider and back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.browser_id import browser_id
from todoke.accounts.models import User
from todoke.accounts.rate_limits import RateLimit, TooOften, hit
from todoke.federation import sign_in
from todoke.federation.models import AuthenticationRequest, FederatedSession, IdentityProvider
from todoke.federation.openid.token_refusals import NotAccepted
from todoke.portal.access import actor_of, client_address
from todoke.portal.identities import rechecks
from todoke.portal.identities.outcomes import answer_to
from todoke.portal.identities.provider_sessions import waiting_word
from todoke.portal.identities.return_targets import path_of, target_of

Purpose = AuthenticationRequest.Purpose
WAYS = RateLimit("認証元への往復", 300, 600)


@require_GET
def ways(request: HttpRequest) -> HttpResponse:
    """Show every way to sign in, none before the others."""
    usable = IdentityProvider.objects.usable()
    context = {
        "residents": usable.exclude(audience=IdentityProvider.Audience.STAFF),
        "staff": usable.filter(audience=IdentityProvider.Audience.STAFF),
        "next": request.GET.get("next", ""),
    }
    return render(request, "portal/identities/ways.html", context)


def _leave(request: HttpRequest, slug: str, purpose: str, **terms: Any) -> HttpResponse:
    """Show where the person goes, and go there; the page's own policy forbids a form to leave this site."""
    provider = get_object_or_404(IdentityProvider.objects.usable(), slug=slug)
    if not hit(WAYS, client_address(request)):
        raise TooOften
    user = request.user if isinstance(request.user, User) else None
    target = terms.get("target") or target_of(request.POST.get("next", ""))
    address = sign_in.begin(provider, purpose=purpose, browser=browser_id(request.session), user=user, target=target)
    response = render(request, "portal/identities/leaving.html", {"provider": provider, "address": address})
    response.headers["Refresh"] = f"0; url={address}"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    return _leave(request, slug, Purpose.SIGN_IN)


@require_POST
def identification(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a guest show who they are, for one application."""
    return _leave(request, slug, Purpose.IDENTIFY)


@require_POST
@login_required
def step_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a person whose account is linked show themselves once more."""
    return _leave(request, slug, Purpose.STEP_UP)


def leave_to_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a person link a provider to their account, after they confirmed themselves."""
    return _leave(request, slug, Purpose.LINK)


@require_GET
def come_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take what a provider sent the person back with."""
    provider = get_object_or_404(IdentityProvider.objects.usable(), slug=slug)
    given = {name: request.GET[name] for name in ("state", "code", "iss", "error") if name in request.GET}
    if rechecks.is_awaited(request, given.get("state", "")):
        return rechecks.come_back(request, provider, given)
    try:
        asked, word = sign_in.receive(provider, given, browser=browser_id(request.session), by=actor_of(request))
    except sign_in.AlreadyBack as again:
        return _already_back(request, again.request)
    return answer_to(request, asked, word)


def _already_back(request: HttpRequest, asked: AuthenticationRequest) -> HttpResponse:
    """Say that a return came once before, and lead to where the first went."""
    waiting = reverse("portal:identity-waiting") if waiting_word(request) else ""
    onward = waiting or path_of((asked.return_name, asked.return_argument))
    return render(request, "portal/identities/already_back.html", {"onward": onward}, status=409)


@require_GET
def keys(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the public keys by which a provider recognises this installation."""
    return JsonResponse(get_object_or_404(IdentityProvider.objects.usable(), slug=slug).public_keys)


@csrf_exempt
@sensitive_post_parameters()
@require_POST
def logout(request: HttpRequest, slug: str) -> HttpResponse:
    """End the sessions that a provider says are over: 200 when it was understood, 400 when it is not accepted."""
    provider = get_object_or_404(IdentityProvider.objects.usable(), slug=slug)
    try:
        token = sign_in.receive_logout(provider, request.POST.get("logout_token", ""))
    except NotAccepted:
        return JsonResponse({"error": "invalid_request"}, status=400)
    sid = token.claims.get("sid", "")
    FederatedSession.end_of(provider.issuer, subject=token.subject, sid=sid if isinstance(sid, str) else "")
    return HttpResponse(status=200)
