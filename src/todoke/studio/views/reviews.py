"""見直し: comparison of as-is and to-be, and trial calculations of both under the same conditions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from todoke.flows.calculations import begin
from todoke.flows.diagram.svg import CHANGE_STYLES, ChangeKind
from todoke.flows.diff import diff_tables
from todoke.flows.effort import case_effort
from todoke.flows.models import Calculation
from todoke.flows.tasks import simulate
from todoke.studio.flow_editor import diagram_svg, effort_rows, get_flow
from todoke.studio.flow_trials import trial_order
from todoke.studio.forms.flows import TrialForm
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


@require_GET
def comparison(request: HttpRequest, number: str) -> HttpResponse:
    flow = get_flow(number)
    if flow.origin is None:
        copies = flow.revisions.order_by("-edited_at")
        return render(request, "studio/flows/copies.html", {"flow": flow, "copies": copies, "here": "comparison"})
    before, after = flow.origin.table, flow.table
    if not before.rows or not after.rows:
        raise Http404
    marks, differences = diff_tables(before, after)
    context = {
        "before": diagram_svg(before, {k: m for k, m in marks.items() if m != ChangeKind.ADDED}),
        "after": diagram_svg(after, {k: m for k, m in marks.items() if m != ChangeKind.REMOVED}),
        "differences": [(CHANGE_STYLES[one.change], one) for one in differences],
        "effort": effort_rows(case_effort(after), case_effort(before)),
    }
    return render(request, "studio/flows/comparison.html", {**context, "flow": flow, "here": "comparison"})


def trial(request: HttpRequest, number: str) -> HttpResponse:
    """Show the form of a simulation; a POST asks for it and leads to its progress."""
    flow, by = get_flow(number), staff(request)
    form = TrialForm(request.POST.dict() if request.method == "POST" else {}, flow.table, flow.scenario)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            order = trial_order(flow, form)
            asked = begin(Calculation.Kind.SIMULATION, f"{flow.title}の試算", order, simulate, by=by)
            return redirect("studio:calculation", asked.token)
    context = {"flow": flow, "form": form, "here": "trial"}
    return render(request, "studio/flows/trial.html", context, status=422 if form.errors else 200)
