"""障害: list, page and actions of incidents."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.board.access import UNCHANGED, invalid_form_page
from todoke.board.forms import systems as forms
from todoke.board.incident_page import incident_context
from todoke.board.register_forms import REGISTERS
from todoke.board.system_lists import IncidentList
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.systems.models import Incident, IncidentStep
from todoke.systems.permissions import HANDLE_INCIDENT
from todoke.web.actions import action
from todoke.web.permission_check import staff


def _index(request: HttpRequest, form: forms.IncidentForm, status: int = 200) -> HttpResponseBase:
    user = staff(request)
    rows = IncidentList(user)
    if wanted_format(request.GET):
        return list_response(rows, request)
    page = {"form": form, "can_edit": HANDLE_INCIDENT.held_by(user), **rows.page(request.GET).context()}
    return render(request, "board/incidents/index.html", page, status=status)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show incidents, newest first."""
    return _index(request, forms.IncidentForm())


@require_POST
def opening(request: HttpRequest) -> HttpResponseBase:
    """Open an incident."""
    user, form = staff(request, HANDLE_INCIDENT), forms.IncidentForm(request.POST)
    if not form.is_valid():
        return _index(request, form, 422)
    incident = Incident.open(by=user, **form.cleaned_data)
    messages.success(request, f"{incident.number} を登録しました。終結するまで「調査中」です。")
    return redirect("board:incident", incident.number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one incident."""
    incident = get_object_or_404(Incident.objects.select_related("system__department"), number=number)
    return render(request, "board/incidents/show.html", incident_context(incident, staff(request)))


@action("board:incident", "number", note=UNCHANGED)
def outage(request: HttpRequest, number: str) -> str | HttpResponse:
    """Record an outage."""
    staff(request, HANDLE_INCIDENT)
    incident, form = get_object_or_404(Incident, number=number), forms.OutageForm(request.POST)
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:incident", number)
    incident.outages.create(**form.cleaned_data)
    return "停止を記録しました。"


@action("board:incident", "number", note=UNCHANGED)
def step(request: HttpRequest, number: str) -> str | HttpResponse:
    """Record a step."""
    user, form = staff(request, HANDLE_INCIDENT), forms.StepForm(request.POST, auto_id="step_%s")
    incident = get_object_or_404(Incident, number=number)
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:incident", number)
    IncidentStep.add(incident, by=user, **form.cleaned_data)
    return "対応を記録しました。"


@action("board:incident", "number", note=UNCHANGED)
def cause(request: HttpRequest, number: str) -> str | HttpResponse:
    """Record the causes."""
    user, form = staff(request, HANDLE_INCIDENT), forms.CauseForm(request.POST)
    incident = get_object_or_404(Incident, number=number)
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:incident", number)
    incident.record_causes(by=user, **form.cleaned_data)
    return "原因を記録しました。"


@action("board:incident", "number", note=UNCHANGED)
def closing(request: HttpRequest, number: str) -> str:
    """Close an incident."""
    user, incident = staff(request, HANDLE_INCIDENT), get_object_or_404(Incident, number=number)
    incident.close(by=user)
    return "障害を終結しました。"


@action("board:incident", "number", note=UNCHANGED)
def impact(request: HttpRequest, number: str) -> str | HttpResponse:
    """Record how many people were affected."""
    user, form = staff(request, HANDLE_INCIDENT), forms.ImpactForm(request.POST, auto_id="impact_%s")
    incident = get_object_or_404(Incident, number=number)
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:incident", number)
    incident.count_affected(by=user, **form.cleaned_data)
    return "影響の実数を記録しました。"


@action("board:incident", "number", note=UNCHANGED)
def completion(request: HttpRequest, number: str, row_key: str) -> str | HttpResponse:
    """Mark a step done."""
    user, form = staff(request, HANDLE_INCIDENT), forms.DoneForm(request.POST)
    incident = get_object_or_404(Incident, number=number)
    found = REGISTERS["steps"].row(incident, row_key)
    if not isinstance(found, IncidentStep):
        raise Http404
    if not form.is_valid():
        return invalid_form_page(request, form, number, "board:incident", number)
    found.finish(by=user, **form.cleaned_data)
    return "済みにしました。"
