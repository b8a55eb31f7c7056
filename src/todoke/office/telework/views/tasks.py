"""業務と妨げ: what a section spends its minutes on, what keeps them in the office, and whether it is fair."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.japanese.calendar import today
from todoke.lists.list_page import list_page
from todoke.office.telework.forms.telework import BarrierForm, CasesForm, TaskForm
from todoke.office.telework.telework_lists import SectionTaskList
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.models import SectionTask, TeleworkTrial
from todoke.workforce.permissions import DESCRIBE_TASKS
from todoke.workforce.task_suitability import by_section, suitability
from todoke.workforce.telework_figures import fairness


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    return list_page(request, SectionTaskList(user), "office/telework/tasks.html", {"form": TaskForm(user=user)})


@require_POST
def addition(request: HttpRequest) -> HttpResponse:
    """Describe a task; a refusal keeps what was typed."""
    user = staff(request)
    if not DESCRIBE_TASKS.held_by(user) and not DESCRIBE_TASKS.departments_of(user):
        raise PermissionDenied
    form = TaskForm(request.POST, user=user)
    if form.is_valid():
        with RefusalsOn(form, note="何も加えていません。"):
            given = dict(form.cleaned_data)
            terms = {name: given.pop(name) for name in ("department", "name", "minutes", "source")}
            made = SectionTask.describe(**terms, **given, by=user)
            messages.success(request, "業務を加えました。次に、庁舎でしかできない分を書いてください。")
            return redirect("office:telework-task", made.token)
    context = {**SectionTaskList(user).page(request.GET).context(), "form": form}
    return render(request, "office/telework/tasks.html", context, status=422)


def task_of(request: HttpRequest, token: str) -> SectionTask:
    """Return a task that the person sees. Raises Http404."""
    rows = SectionTask.objects.visible_to(staff(request)).select_related("department", "procedure", "flow")
    return get_object_or_404(rows, token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    found = task_of(request, token)
    [minutes] = SectionTask.objects.filter(pk=found.pk).minutes()
    context = {
        "row": found, "minutes": minutes, "barriers": found.barriers.all(), "form": BarrierForm(),
        "cases_form": CasesForm(), "may": DESCRIBE_TASKS.held_by(staff(request), found.department),
    }  # fmt: skip
    return render(request, "office/telework/task.html", context)


@action("office:telework-task", "token")
def barrier(request: HttpRequest, token: str) -> str:
    given = cleaned(BarrierForm(request.POST))
    task_of(request, token).note_barrier(given["kind"], given["minutes"], given["remedy"], by=staff(request))
    return "妨げを書きました。"


@action("office:telework-task", "token")
def flow(request: HttpRequest, token: str) -> str:
    minutes = task_of(request, token).take_from_flow(cleaned(CasesForm(request.POST))["cases"], by=staff(request))
    return f"業務フローから、1か月{minutes:,}分と計算しました。"


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show what could be done elsewhere in the sections that the person sees, what barriers cost, and the fairness."""
    tasks = SectionTask.objects.visible_to(staff(request)).minutes()
    context = {
        "whole": suitability(tasks), "sections": by_section(tasks), "tasks": tasks, "fair": fairness(today()),
        "trials": TeleworkTrial.objects.all()[:3], "on": today(),
    }  # fmt: skip
    return render(request, "office/telework/suitability.html", context)
