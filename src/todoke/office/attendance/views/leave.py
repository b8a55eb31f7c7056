"""休暇: asked for by the person, approved by the chief; balances stay in the office's own system."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.lists.list_page import list_page
from todoke.office.attendance.attendance_lists import LeaveList
from todoke.office.attendance.forms.attendance import LeaveForm, ReasonForm
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.models import LeaveDay


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, LeaveList(staff(request)), "office/attendance/leave.html", {"form": LeaveForm()})


@require_POST
def addition(request: HttpRequest) -> HttpResponse:
    """Ask for leave; a refusal keeps what was typed."""
    user, form = staff(request), LeaveForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form, note="何も申請していません。"):
            given = form.cleaned_data
            made = LeaveDay.request(given["kind"], given["on"], given["begins"], form.length(), by=user)
            messages.success(request, "休暇を申請しました。課長の承認を待ってください。")
            return redirect("office:leave-page", made.token)
    context = {**LeaveList(user).page(request.GET).context(), "form": form}
    return render(request, "office/attendance/leave.html", context, status=422)


def leave_of(request: HttpRequest, token: str) -> LeaveDay:
    """Return leave that the person sees. Raises Http404."""
    rows = LeaveDay.objects.visible_to(staff(request)).select_related("user", "sheet__department", "kind")
    return get_object_or_404(rows, token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    found, user = leave_of(request, token), staff(request)
    context = {
        "row": found, "form": ReasonForm(), "is_own": user.pk == found.user_id,
        "may_decide": found.status == "requested" and found.sheet.can_approve(user),
    }  # fmt: skip
    return render(request, "office/attendance/leave_page.html", context)


@action("office:leave-page", "token")
def approval(request: HttpRequest, token: str) -> str:
    leave_of(request, token).approve(by=staff(request))
    return "承認しました。"


@action("office:leave-page", "token")
def refusal(request: HttpRequest, token: str) -> str:
    reason = cleaned(ReasonForm(request.POST))["reason"]
    leave_of(request, token).refuse(reason, by=staff(request))
    return "承認しないことにしました。"


@action("office:leave-page", "token")
def withdrawal(request: HttpRequest, token: str) -> str:
    leave_of(request, token).withdraw(by=staff(request))
    return "取り消しました。"
