"""見直し: comparison of as-is and to-be, and trial calculations of both under the same conditions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.flows.diagram.svg import CHANGE_STYLES, ChangeKind
from todoke.flows.diff import diff_tables
from todoke.flows.effort import case_effort
from todoke.studio.flow_editor import diagram_svg, effort_rows, get_flow
from todoke.studio.flow_trials import trial_results
from todoke.studio.forms.flows import TrialForm
from todoke.web.actions import RefusalsOn


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


@require_GET
def trial(request: HttpRequest, number: str) -> HttpResponse:
    flow = get_flow(number)
    form = TrialForm(request.GET.dict(), flow.table, flow.scenario)
    context = {"flow": flow, "form": form, "here": "trial"}
    if request.GET and form.is_valid():
        with RefusalsOn(form):
            context |= trial_results(flow, form)
    return render(request, "studio/flows/trial.html", context)
