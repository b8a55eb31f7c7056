"""打刻の訂正: what was asked for, decided by the chief."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.attendance.attendance_lists import CorrectionList
from todoke.office.attendance.forms.attendance import ReasonForm
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.models import ClockCorrection


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, CorrectionList(staff(request)), "office/attendance/corrections.html")


def correction_of(request: HttpRequest, token: str) -> ClockCorrection:
    """Return a correction that the person sees. Raises Http404."""
    rows = ClockCorrection.objects.visible_to(staff(request)).select_related("user", "sheet__department", "event")
    return get_object_or_404(rows, token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    found, user = correction_of(request, token), staff(request)
    context = {
        "row": found, "form": ReasonForm(), "is_own": user.pk == found.user_id,
        "may_decide": found.status == "requested" and found.sheet.can_approve(user),
    }  # fmt: skip
    return render(request, "office/attendance/correction.html", context)


@action("office:correction", "token")
def approval(request: HttpRequest, token: str) -> str:
    correction_of(request, token).approve(by=staff(request))
    return "承認しました。もとの打刻も、そのまま残っています。"


@action("office:correction", "token")
def refusal(request: HttpRequest, token: str) -> str:
    reason = cleaned(ReasonForm(request.POST))["reason"]
    correction_of(request, token).refuse(reason, by=staff(request))
    return "承認しないことにしました。"


@action("office:correction", "token")
def withdrawal(request: HttpRequest, token: str) -> str:
    correction_of(request, token).withdraw(by=staff(request))
    return "取り下げました。"
