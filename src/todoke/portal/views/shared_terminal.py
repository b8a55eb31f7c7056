"""共用の端末: devices used by many people, cleared between them."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.cases.models import Draft
from todoke.portal import draft_cookie
from todoke.portal.access import actor_of
from todoke.portal.identities.provider_sessions import signing_out, way_out
from todoke.runtime.read_only_mode import read_only
from todoke.web.shared_terminal import is_shared, mark_shared


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/terminal/show.html")


@require_POST
def sharing(request: HttpRequest) -> HttpResponse:
    """Mark this browser as a shared terminal."""
    response = _cleaned(request)
    mark_shared(response)
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out and clear this browser; stored data is not affected."""
    return _cleaned(request)


@require_GET
def idle(request: HttpRequest) -> HttpResponse:
    """Clear a shared terminal after three idle minutes; other browsers are unaffected."""
    return _cleaned(request) if is_shared(request) else redirect("portal:home")


def _cleaned(request: HttpRequest) -> HttpResponse:
    """Sign out and empty this browser; a copy of its cookie opens nothing any more."""
    browser, tokens = draft_cookie.browser_of(request), draft_cookie.draft_tokens(request)
    if tokens and read_only() is None:
        Draft.objects.all().leave(browser, tokens, by=actor_of(request))
    address = way_out(request)
    logout(request)
    response = signing_out(request, address) if address else redirect("portal:home")
    draft_cookie.delete_drafts(response)
    response.delete_cookie("messages")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
