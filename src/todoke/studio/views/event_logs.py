"""記録の分析: process mining of event logs and own cases, compared with a drawn flow."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.flows.calculations import begin
from todoke.flows.dataclass_json import from_plain
from todoke.flows.mining.calibration import calibrate
from todoke.flows.mining.flow_draft import checked_cells
from todoke.flows.mining.log_analysis import LogAnalysis
from todoke.flows.models import Calculation, Flow
from todoke.flows.step_rows import table_from_cells
from todoke.flows.tasks import analyse_upload
from todoke.insights.tasks import analyse_cases
from todoke.runtime.refusals import Unreadable
from todoke.studio.access import author_of, department_of
from todoke.studio.flow_editor import get_flow
from todoke.studio.forms.event_logs import CasesForm, LogForm
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff

SHOWN = 10


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    return _page(request, LogForm(), CasesForm())


def _page(request: HttpRequest, form: LogForm, period: CasesForm, status: int = 200) -> HttpResponse:
    """Show both forms, and the results of the person that are still kept."""
    earlier = Calculation.objects.visible_to(staff(request)).analyses()[:SHOWN]
    context = {"form": form, "period": period, "earlier": earlier}
    return render(request, "studio/mining/show.html", context, status=status)


@require_POST
def analysis(request: HttpRequest) -> HttpResponse:
    form = LogForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with RefusalsOn(form, "file"):
            asked = begin(
                Calculation.Kind.LOG, file.name, form.order(), analyse_upload, by=staff(request), material=file.read()
            )
            return redirect("studio:calculation", asked.token)
    return _page(request, form, CasesForm(), 422)


@require_POST
def cases(request: HttpRequest) -> HttpResponse:
    form = CasesForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            asked = begin(Calculation.Kind.CASES, "この区の案件", form.order(), analyse_cases, by=staff(request))
            return redirect("studio:calculation", asked.token)
    return _page(request, LogForm(), form, 422)


@action("studio:mining")
def measurement(request: HttpRequest, number: str) -> HttpResponse:
    """Put the times that a finished analysis of own cases measured into a flow. Raises Unreadable without one."""
    flow, done = get_flow(number), Calculation.objects.visible_to(staff(request)).filter(kind=Calculation.Kind.CASES)
    asked = done.filter(status=Calculation.Status.DONE, token=request.POST.get("analysis", "")).first()
    if asked is None:
        raise Unreadable("分析の結果がありません。この区の案件をもう一度分析してください。")
    table, changed = calibrate(flow.table, from_plain(LogAnalysis, asked.result).findings, "案件の経過")
    flow.save_table(table, by=author_of(request, flow))
    messages.success(request, f"{len(changed)} 行の時間を計測した値に置き換えました。見積りの行はそのままです。")
    return redirect("studio:flow", number)


@action("studio:mining")
def draft(request: HttpRequest) -> HttpResponse:
    """Make what a log shows the draft of a flow, to be corrected like any other. Raises Unreadable without one."""
    by, title = staff(request), request.POST.get("title", "").strip()[:120] or "記録から見た流れ"
    try:
        cells = checked_cells(json.loads(request.POST.get("cells", "")))
    except ValueError:
        cells = []
    table, _ = table_from_cells(cells, title)
    if not table.rows:
        raise Unreadable("下書きにする流れがありません。記録をもう一度分析してください。")
    flow = Flow.begin(table, title, by=by, department=department_of(by))
    messages.success(request, f"「{title}」の下書きを作りました。担当と、分かれる理由を直してください。")
    return redirect("studio:flow", flow.number)
