"""時間切れ: a form came back too late; what was typed is handed back, ready to be sent again."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.portal.unsaved_input import pairs_of

MOST_LETTERS = 200_000


def from_this_house(request: HttpRequest) -> bool:
    """Tell whether the browser says that the form was ours; a stranger's form is never filled in for anybody."""
    came_from = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(came_from) and urlsplit(came_from).netloc == request.get_host()


def _typed(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    if request.path_info.startswith("/accounts/") or not from_this_house(request):
        return ()
    pairs = pairs_of(request.POST)
    return pairs if sum(len(value) for _, value in pairs) <= MOST_LETTERS else ()


def hand_back(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection ran out: 403, with the typed answers in it."""
    context = {"typed": _typed(request), "files": bool(request.FILES), "again": request.get_full_path()}
    return render(request, "portal/expiry/hand_back.html", context, status=403)
