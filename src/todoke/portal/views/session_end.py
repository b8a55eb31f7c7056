"""ログインの終わり: what was typed when the session ended is handed back; and until when a session lasts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.portal.unsaved_input import TYPIST, returned_input, typist_mark, typist_of

LONG = 20


def return_input(request: HttpRequest, why: str = "", typist: int | None = None) -> HttpResponse:
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
