"""テレワーク日: planned by the person, approved by the chief, noted as done by the person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.japanese.calendar import today
from todoke.lists.list_page import list_page
from todoke.office.telework.forms.telework import AnswerForm, DayForm
from todoke.office.telework.telework_lists import TeleworkDayList
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.models import TeleworkDay


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, TeleworkDayList(staff(request)), "office/telework/days.html", {"form": DayForm()})


@require_POST
def addition(request: HttpRequest) -> HttpResponse:
    """Plan a day; a refusal keeps what was typed."""
    user, form = staff(request), DayForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form, note="何も計画していません。"):
            given = form.cleaned_data
            made = TeleworkDay.plan(given["on"], given["halves"], given["tasks"], by=user)
            messages.success(request, "計画しました。課長の承認を待ってください。")
            return redirect("office:telework-day", made.token)
    context = {**TeleworkDayList(user).page(request.GET).context(), "form": form}
    return render(request, "office/telework/days.html", context, status=422)


def day_of(request: HttpRequest, token: str) -> TeleworkDay:
    """Return a day that the person sees. Raises Http404."""
    rows = TeleworkDay.objects.visible_to(staff(request)).select_related("user", "department", "decided_by")
    return get_object_or_404(rows, token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    found, user = day_of(request, token), staff(request)
    context = {
        "row": found, "form": AnswerForm(), "is_own": user.pk == found.user_id, "has_come": found.on <= today(),
        "may_decide": found.status == "planned" and found.can_decide(user),
    }  # fmt: skip
    return render(request, "office/telework/day.html", context)


@action("office:telework-day", "token")
def approval(request: HttpRequest, token: str) -> str:
    day_of(request, token).approve(by=staff(request))
    return "承認しました。"


@action("office:telework-day", "token")
def refusal(request: HttpRequest, token: str) -> str:
    day_of(request, token).refuse(cleaned(AnswerForm(request.POST))["reason"], by=staff(request))
    return "承認しないことにしました。"


@action("office:telework-day", "token")
def completion(request: HttpRequest, token: str) -> str:
    day_of(request, token).note_done(by=staff(request))
    return "実施を記録しました。"


@action("office:telework-day", "token")
def withdrawal(request: HttpRequest, token: str) -> str:
    day_of(request, token).withdraw(by=staff(request))
    return "取り消しました。"
