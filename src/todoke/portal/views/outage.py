"""参照専用のあいだ: what cannot be written is handed back, or taken into keeping under a number of its own."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from todoke.continuity import offline_submissions
from todoke.portal.unsaved_input import MARK, NOT_ANSWERS, Typed, typed
from todoke.portal.views.csrf_failure import from_this_house

RETRY_AFTER = "60"


def hand_back(request: HttpRequest) -> HttpResponse:
    """Answer a form that cannot be taken now: 503, with everything that was typed."""
    found = typed(request, request.path_info, request.POST) if from_this_house(request) else None
    context = {"typed": found, "files": bool(request.FILES), "again": request.get_full_path(), "mark": MARK}
    answer = render(request, "portal/outage/hand_back.html", context, status=503)
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


@require_POST
def deposit(request: HttpRequest) -> HttpResponse:
    """Keep what was typed until the office can write again."""
    data = request.POST.copy()
    for name in [name for name in data if not name.startswith(MARK)]:
        del data[name]
    for name in list(data):
        data.setlist(name.removeprefix(MARK), data.pop(name))
    found = typed(request, request.POST.get("path", ""), data)
    try:
        number = _kept(found, data, send="send" in request.POST)
    except (offline_submissions.TooLarge, OSError):
        number = ""
    context = {"number": number, "at": timezone.now(), "typed": found, "send": "send" in request.POST}
    return render(request, "portal/outage/deposit.html", context, status=200 if number else 503)


def _kept(found: Typed, data: QueryDict, *, send: bool) -> str:
    if not found.can_be_kept:
        return ""
    fields = {name: [value for key, value in found.pairs if key == name] for name in data if name not in NOT_ANSWERS}
    return offline_submissions.store(
        at=timezone.now(), token=found.token, page=found.page, fields=fields, send=send or found.sending
    )
