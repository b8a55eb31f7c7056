"""時間切れ: CSRF failure; the input is handed back for another submit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.portal.unsaved_input import TYPIST, returned_input, typist_of
from todoke.portal.views.session_end import return_input as return_after_sign_in


def return_input(request: HttpRequest, reason: str = "") -> HttpResponse:
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
