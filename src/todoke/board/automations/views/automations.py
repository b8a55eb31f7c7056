"""自動化: the register, one automation, and how it begins, stops and ends."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.board.automations.automation_lists import AutomationList
from todoke.board.automations.automation_page import automation_context
from todoke.board.automations.forms.automations import AutomationForm, StopForm
from todoke.lists.list_page import list_page
from todoke.systems.models import Automation, MissedRun
from todoke.systems.permissions import PROPOSE_AUTOMATION
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


def automation_of(code: str) -> Automation:
    rows = Automation.objects.with_orphans().select_related("owner__department", "deputy", "baseline", "shape")
    return get_object_or_404(rows, code=code)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    more = {"may_propose": bool(PROPOSE_AUTOMATION.departments_of(user)), "missed": MissedRun.objects.count()}
    return list_page(request, AutomationList(user), "board/automations/index.html", more)


@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest) -> HttpResponse:
    """Enter an automation of the person's section; nothing runs yet."""
    by = staff(request)
    form = AutomationForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = form.save(commit=False)
            made.apply(by=by)
            messages.success(request, f"「{made.title}」を申請しました。次に、手でかかる時間を測ってください。")
            return redirect("board:automation", code=made.code)
    return render(request, "board/automations/registration.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    context = automation_context(automation_of(code), staff(request))
    return render(request, "board/automations/show.html", context)


@action("board:automation", "code")
def trial(request: HttpRequest, code: str) -> str:
    automation_of(code).try_out(by=staff(request))
    return "試行を始めました。実行を記録し、効果を測ってください。"


@action("board:automation", "code")
def start(request: HttpRequest, code: str) -> str:
    automation_of(code).start(by=staff(request))
    return "稼働させました。"


@action("board:automation", "code")
def stop(request: HttpRequest, code: str) -> str:
    automation, by = automation_of(code), staff(request)
    automation.require_stopping(by=by)
    automation.stop(cleaned(StopForm(request.POST))["reason"], by=by)
    return "止めました。人がすることを、担当の部署で始めてください。"


@action("board:automation", "code")
def retirement(request: HttpRequest, code: str) -> str:
    automation_of(code).retire(by=staff(request))
    return "廃止しました。これまでの記録は残ります。"
