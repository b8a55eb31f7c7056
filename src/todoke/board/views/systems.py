"""情報システム: the register, standardised tasks, service levels and evaluations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED
from todoke.board.forms.systems import EvaluationForm, YearForm
from todoke.board.standard_task_list import StandardTaskList
from todoke.board.system_lists import SystemList
from todoke.board.system_pages import (
    SCORE_HEADS,
    evaluations_context,
    level_context,
    score_rows,
    standards_context,
    system_context,
)
from todoke.japanese.calendar import fiscal_year, today
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.list_page import list_page
from todoke.lists.query import wanted_format
from todoke.systems.models import Evaluation, InformationSystem, ServiceLevel
from todoke.systems.permissions import EDIT_REGISTER, SUBMIT_EVALUATION
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the register."""
    user = staff(request)
    return list_page(
        request,
        SystemList(user),
        "board/systems/index.html",
        {"can_edit": EDIT_REGISTER.held_by(user)} | standards_context(),
    )


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one system."""
    system = get_object_or_404(InformationSystem.objects.select_related("department", "standard_task"), code=code)
    return render(request, "board/systems/show.html", system_context(system, staff(request)))


@require_GET
def tasks(request: HttpRequest) -> HttpResponseBase:
    """Show the twenty standardised tasks, their delay, their totals and the goal of their costs."""
    return list_page(request, StandardTaskList(staff(request)), "board/systems/standards.html", standards_context())


@require_GET
def level(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Show a service level in a period: formula and evidence by window."""
    rows = ServiceLevel.objects.filter(contract__system__code=code).select_related("contract__system")
    found = get_object_or_404(rows, pk__in=rows.order_by("pk").values_list("pk", flat=True)[position - 1 : position])
    page = level_context(found, request.GET) | {"position": position}
    return render(request, "board/systems/level.html", page, status=422 if page["form"].errors else 200)


@require_GET
def scores(request: HttpRequest) -> HttpResponseBase:
    """Show the yearly evaluations by department."""
    last = Evaluation.objects.values_list("fiscal_year", flat=True).order_by("-fiscal_year").first()
    form = YearForm(request.GET if "year" in request.GET else {"year": last or fiscal_year(today())})
    if not form.is_valid():
        return render(request, "board/systems/scores.html", evaluations_context(None) | {"form": form}, status=422)
    year = form.cleaned_data["year"]
    if file_format := wanted_format(request.GET):
        return table_response(request, f"年次評価{year}年度", SCORE_HEADS, score_rows(year), file_format)
    return render(request, "board/systems/scores.html", evaluations_context(year) | {"form": form})


def evaluation(request: HttpRequest) -> HttpResponse:
    """Submit a department's evaluation of a system."""
    user = staff(request)
    form = EvaluationForm(
        request.POST or None,
        sections=SUBMIT_EVALUATION.departments_of(user),
        initial={"fiscal_year": fiscal_year(today()) - 1},
    )
    if request.method == "POST" and form.is_valid():
        picked = {name: form.cleaned_data[name] for name in ("system", "department", "fiscal_year", "good_practice")}
        said = "評価を提出しました。"
        with RefusalsOn(form, note=UNCHANGED):
            Evaluation.submit(scores=form.scores(), by=user, **picked)
            messages.success(request, said)
            return redirect("board:scores")
    return render(request, "board/systems/evaluation.html", {"form": form}, status=422 if form.errors else 200)
