"""ログアウト: here first, then at the provider that opened the session, which may be down without any harm."""

from allauth.account.views import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.federation.sign_out import provider_left
from todoke.portal.identities.provider_sessions import signing_out, way_out


@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask, or sign out here and go on to the provider."""
    address = way_out(request) if request.method == "POST" else ""
    answer: HttpResponse = logout(request)
    return signing_out(request, address) if address else answer


@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that a person is signed out, also at the provider that sent them back."""
    provider = provider_left(request.GET.get("state", ""))
    return render(request, "portal/identities/signed_out.html", {"provider": provider})
