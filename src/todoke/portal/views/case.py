"""申請の状況: the status of an application, and the actions open to its applicant."""

from typing import IO, Any

from django.contrib import messages as flash
from django.db.models import BigIntegerField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.cases import messages
from todoke.cases.applicant_copy import ApplicantCopy
from todoke.cases.letters.online_letter import OnlineLetter
from todoke.cases.models import Case
from todoke.cases.models.case_event import CaseEvent
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.federation.levels import Act
from todoke.portal.access import (
    actor_of,
    open_case,
    redirect_to_access_code,
    require_level_here,
)
from todoke.portal.case_stages import StatusChange, stages
from todoke.web.downloads import take


def _passages_query() -> QuerySet[CaseEvent, tuple[Any, ...]]:
    of_one = CaseEvent.objects.filter(case=Parameter("case", BigIntegerField()), audience=CaseEvent.Audience.ALL)
    return of_one.order_by("pk").values_list("after", "at")


_PASSAGES = CompiledQuery(_passages_query)


@require_GET
@redirect_to_access_code
def show(request: HttpRequest, number: str) -> HttpResponse:
    case = open_case(request, number)
    untouched = case.status == Case.Status.RECEIVED
    events = [] if untouched else [StatusChange(*row) for row in _PASSAGES.rows(case=case.pk)]
    letters = [] if untouched else [letter for letter in case.letters.all() if letter.is_ready]
    asked = None if untouched else case.correction_requests.filter(answered_at=None, cancelled_at=None).first()
    context = {
        "case": case, "stages": stages(case, events), "letters": letters, "asked": asked,
        "exchanges": messages.read_by_applicant(case) if case.has_talked else [],
    }  # fmt: skip
    return render(request, "portal/case/show.html", context)


@require_GET
@redirect_to_access_code
def answers(request: HttpRequest, number: str) -> HttpResponse:
    """Show what was sent, as it stands after the last correction."""
    case = open_case(request, number)
    require_level_here(request, case, Act.DOWNLOAD, back=request.path)
    kept = ApplicantCopy(case)
    kept.require_taking(by=actor_of(request))
    context = {"case": case, "pages": kept.pages()}
    return render(request, "portal/case/answers.html", context)


@require_GET
@redirect_to_access_code
def copy(request: HttpRequest, number: str) -> HttpResponseBase:
    """Return the copy of what was sent as a PDF."""
    case = open_case(request, number)
    require_level_here(request, case, Act.DOWNLOAD, back=reverse("portal:case", args=[number]))
    kept = ApplicantCopy(case)
    return take(kept, kept.as_pdf, f"{case.number}-控え.pdf", by=actor_of(request))


@require_GET
@redirect_to_access_code
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    case = open_case(request, number)
    if case.is_closed:
        return redirect("portal:case", number)
    require_level_here(request, case, Act.WITHDRAW, back=request.path)
    return render(request, "portal/case/withdraw.html", {"case": case})


@require_POST
@redirect_to_access_code
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    case, reason = open_case(request, number), request.POST.get("reason", "")[:500]
    shown = require_level_here(request, case, Act.WITHDRAW, back=reverse("portal:withdraw", args=[number]))
    case.withdraw(by=actor_of(request), reason=reason, session=shown)
    flash.success(request, _("申請を取り下げました。"))
    return redirect("portal:case", number)


@require_GET
@redirect_to_access_code
def letter(request: HttpRequest, number: str, token: str) -> HttpResponseBase:
    case = open_case(request, number)
    found = case.letters.filter(token=token).first()
    if found is None or not found.is_ready:
        raise Http404
    require_level_here(request, case, Act.DOWNLOAD, back=reverse("portal:case", args=[number]))
    ready, actor = found, actor_of(request)

    def read() -> IO[bytes]:
        ready.mark_opened(by=actor)
        return ready.file.open("rb")

    return take(OnlineLetter(ready), read, f"{case.number}-{ready.get_kind_display()}.pdf", by=actor)
