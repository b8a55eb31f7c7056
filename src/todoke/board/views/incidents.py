"""障害・変更・訓練: what broke, what is planned, what was practised."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.board.door import attempt, keeper, person
from todoke.board.forms import systems as forms
from todoke.systems.models import BusyPeriod, Change, Drill, Incident, IncidentStep, RestoreTest


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Incidents, newest first; those still 調査中 are marked."""
    rows = Incident.objects.select_related("system").prefetch_related("outages")
    return render(request, "board/incidents/index.html", {"incidents": rows, "form": forms.IncidentForm()})


@require_POST
def opening(request: HttpRequest) -> HttpResponse:
    """Open an incident."""
    user, form = keeper(request), forms.IncidentForm(request.POST)
    if not form.is_valid():
        return render(request, "board/incidents/index.html", {"incidents": [], "form": form}, status=422)
    incident = Incident.open(by=user, **form.cleaned_data)
    attempt(request, lambda: None, f"{incident.number} を登録しました。終結するまで「調査中」です。")
    return redirect("board:incident", incident.number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One incident on one page."""
    incident = get_object_or_404(Incident.objects.select_related("system__department"), number=number)
    page = {
        "incident": incident,
        "touched": incident.touched(),
        "steps": incident.steps.all(),
        "can_edit": incident.can_edit(person(request)) and incident.status == Incident.Status.INVESTIGATING,
        "outage_form": forms.OutageForm(),
        "step_form": forms.StepForm(auto_id="step_%s"),
        "cause_form": forms.CauseForm(initial={"direct": incident.direct_cause, "root": incident.root_cause}),
    }
    return render(request, "board/incidents/show.html", page)


@require_POST
def outage(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a stretch without the function."""
    keeper(request)
    incident, form = get_object_or_404(Incident, number=number), forms.OutageForm(request.POST)
    if not form.is_valid():
        return render(request, "board/incidents/refused.html", {"incident": incident, "form": form}, status=422)
    attempt(request, lambda: incident.outages.create(**form.cleaned_data), "停止を記録しました。")
    return redirect("board:incident", number)


@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Write down what was done."""
    user, form = keeper(request), forms.StepForm(request.POST, auto_id="step_%s")
    incident = get_object_or_404(Incident, number=number)
    if not form.is_valid():
        return render(request, "board/incidents/refused.html", {"incident": incident, "form": form}, status=422)
    attempt(request, lambda: IncidentStep.add(incident, by=user, **form.cleaned_data), "対応を記録しました。")
    return redirect("board:incident", number)


@require_POST
def cause(request: HttpRequest, number: str) -> HttpResponse:
    """Write down the causes."""
    user, form = keeper(request), forms.CauseForm(request.POST)
    incident = get_object_or_404(Incident, number=number)
    if not form.is_valid():
        return render(request, "board/incidents/refused.html", {"incident": incident, "form": form}, status=422)
    attempt(request, lambda: incident.explain(by=user, **form.cleaned_data), "原因を記録しました。")
    return redirect("board:incident", number)


@require_POST
def closing(request: HttpRequest, number: str) -> HttpResponse:
    """Close an incident."""
    user, incident = keeper(request), get_object_or_404(Incident, number=number)
    attempt(request, lambda: incident.close(by=user), "障害を終結しました。")
    return redirect("board:incident", number)


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """The change calendar against busy periods and other work."""
    rows = [(each, each.clashes(), each.departments()) for each in Change.objects.select_related("system__department")]
    page = {
        "changes": rows,
        "busy": BusyPeriod.objects.all(),
        "drills": Drill.objects.prefetch_related("systems", "departments", "findings__department"),
        "restores": RestoreTest.objects.select_related("system"),
    }
    return render(request, "board/changes/index.html", page)
