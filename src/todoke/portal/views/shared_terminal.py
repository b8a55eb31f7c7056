"""共用の端末: a device that many people use one after the other, and that ends clean between them."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.portal import draft_cookie


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/terminal/show.html")


@require_POST
def sharing(request: HttpRequest) -> HttpResponse:
    """Make this browser a shared terminal from now on."""
    response = _cleaned(request)
    draft_cookie.share(response)
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End: sign out, and leave nothing of this person on this browser; what was saved or sent stays in the office."""
    return _cleaned(request)


@require_GET
def idle(request: HttpRequest) -> HttpResponse:
    """Three quiet minutes on a shared terminal end by themselves; any other browser stays as it is."""
    return _cleaned(request) if draft_cookie.is_shared(request) else redirect("portal:home")


def _cleaned(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("portal:home")
    draft_cookie.let_go(response)
    response.delete_cookie("messages")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
