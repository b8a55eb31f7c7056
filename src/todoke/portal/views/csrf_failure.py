"""時間切れ: CSRF failure; the input is handed back for another submit."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.portal.unsaved_input import field_values

MOST_LETTERS = 200_000


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser states that the form came from this site; other forms are not handed back."""
    came_from = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(came_from) and urlsplit(came_from).netloc == request.get_host()


def _typed(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    if request.path_info.startswith("/accounts/") or not is_same_origin(request):
        return ()
    pairs = field_values(request.POST)
    return pairs if sum(len(value) for _, value in pairs) <= MOST_LETTERS else ()


def return_input(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Respond to an expired form with 403 and the typed input."""
    context = {"typed": _typed(request), "files": bool(request.FILES), "again": request.get_full_path()}
    return render(request, "portal/expiry/hand_back.html", context, status=403)
