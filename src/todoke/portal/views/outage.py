"""参照専用のあいだ: input that cannot be stored is handed back, or stored offline under a number."""

import structlog
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from todoke.accounts.session_assurance import session_assurance
from todoke.continuity import offline_submissions
from todoke.continuity.offline_submissions import Depositor
from todoke.federation.levels import Act
from todoke.portal.access import client_address, open_draft
from todoke.portal.unsaved_input import MARK, NOT_ANSWERS, UnsavedInput, read_input
from todoke.runtime.read_only_mode import read_only
from todoke.web.actions import RefusalsHeld
from todoke.web.same_origin import is_same_origin

RETRY_AFTER = "60"
log = structlog.get_logger()


def return_input(request: HttpRequest) -> HttpResponse:
    """Respond with 503 and everything that was typed."""
    found = read_input(request, request.path_info, request.POST) if is_same_origin(request) else None
    context = {"typed": found, "files": bool(request.FILES), "again": request.get_full_path(), "mark": MARK}
    answer = render(request, "portal/outage/hand_back.html", context, status=503)
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


@require_POST
def deposit(request: HttpRequest) -> HttpResponse:
    """Store the input offline until it can be replayed; in ordinary operation it is handed back for the page itself."""
    data = request.POST.copy()
    for name in [name for name in data if not name.startswith(MARK)]:
        del data[name]
    for name in list(data):
        data.setlist(name.removeprefix(MARK), data.pop(name))
    found = read_input(request, request.POST.get("path", ""), data)
    if read_only() is None:
        context = {"typed": found, "again": request.POST.get("path", "")}
        return render(request, "portal/outage/closed.html", context, status=409)
    number = ""
    with RefusalsHeld() as held:
        number = _kept(request, found, data, send="send" in request.POST)
    reason = str(held.refusal or "")
    context = {"number": number, "reason": reason, "at": timezone.now(), "typed": found, "send": "send" in request.POST}
    return render(request, "portal/outage/deposit.html", context, status=200 if number else 503)


def _kept(request: HttpRequest, found: UnsavedInput, data: QueryDict, *, send: bool) -> str:
    """Return the number under which the input was stored, or nothing where it was not."""
    if not found.can_be_kept:
        return ""
    open_draft(request, found.token, Act.SEND if send or found.sending else Act.SAVE)
    fields = {name: [value for key, value in found.pairs if key == name] for name in data if name not in NOT_ANSWERS}
    shown = session_assurance(request)
    by = Depositor(request.user.pk, shown.level, shown.at.isoformat() if shown.at else None)
    try:
        return offline_submissions.store(
            at=timezone.now(), token=found.token, page=found.page, fields=fields, send=send or found.sending, by=by,
            client=client_address(request),
        )  # fmt: skip
    except OSError:
        log.error("the deposit could not be written")
        return ""
