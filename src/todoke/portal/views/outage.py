"""参照専用のあいだ: input that cannot be stored is handed back, or stored offline under a number."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from todoke.continuity import offline_submissions
from todoke.portal.unsaved_input import MARK, NOT_ANSWERS, UnsavedInput, read_input
from todoke.portal.views.csrf_failure import is_same_origin

RETRY_AFTER = "60"


def return_input(request: HttpRequest) -> HttpResponse:
    """Respond with 503 and everything that was typed."""
    found = read_input(request, request.path_info, request.POST) if is_same_origin(request) else None
    context = {"typed": found, "files": bool(request.FILES), "again": request.get_full_path(), "mark": MARK}
    answer = render(request, "portal/outage/hand_back.html", context, status=503)
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


@require_POST
def deposit(request: HttpRequest) -> HttpResponse:
    """Store the input offline until it can be replayed."""
    data = request.POST.copy()
    for name in [name for name in data if not name.startswith(MARK)]:
        del data[name]
    for name in list(data):
        data.setlist(name.removeprefix(MARK), data.pop(name))
    found = read_input(request, request.POST.get("path", ""), data)
    try:
        number = _kept(found, data, send="send" in request.POST)
    except (offline_submissions.TooLarge, OSError):
        number = ""
    context = {"number": number, "at": timezone.now(), "typed": found, "send": "send" in request.POST}
    return render(request, "portal/outage/deposit.html", context, status=200 if number else 503)


def _kept(found: UnsavedInput, data: QueryDict, *, send: bool) -> str:
    if not found.can_be_kept:
        return ""
    fields = {name: [value for key, value in found.pairs if key == name] for name in data if name not in NOT_ANSWERS}
    return offline_submissions.store(
        at=timezone.now(), token=found.token, page=found.page, fields=fields, send=send or found.sending
    )
