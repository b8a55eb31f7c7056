"""時間切れ: a form that comes back after its token or the session ended is handed back; until when a session lasts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.portal.unsaved_input import TYPIST, returned_input, typist_mark, typist_of

LONG = 20


def return_late_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Respond to an expired form with 403 and the typed input; after a new sign-in only to whoever typed it."""
    came_back, typist = TYPIST in request.POST, typist_of(request.POST)
    if came_back and not request.user.is_authenticated:
        return return_after_sign_in(request)
    foreign = came_back and typist not in {None, request.user.pk}
    context = {
        "typed": () if foreign else returned_input(request), "foreign": foreign, "came_back": came_back,
        "files": bool(request.FILES), "again": request.get_full_path(),
    }  # fmt: skip
    return render(request, "portal/expiry/hand_back.html", context, status=403)


def return_after_sign_in(request: HttpRequest, why: str = "", typist: int | None = None) -> HttpResponse:
    """Respond with 403, why the session ended, and what was typed, for whoever typed it to send after signing in."""
    typed = returned_input(request)
    mark = typist_mark(typist or typist_of(request.POST))
    context = {
        "why": why, "typed": typed, "pairs": [*typed, (TYPIST, mark)], "files": bool(request.FILES),
        "long": [value for _, value in typed if len(value) >= LONG], "again": request.get_full_path(),
    }  # fmt: skip
    return render(request, "portal/expiry/session_ended.html", context, status=403)


@login_required
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show until when this session lasts; opening the page is a use of it."""
    return render(request, "portal/expiry/session.html")
