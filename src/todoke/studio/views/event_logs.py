"""記録の分析: process mining of event logs and own cases, compared with a drawn flow."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.file_validation.bounded_read import ReadLimits, read_bounded, read_within
from todoke.flows.mining.calibration import calibrate
from todoke.flows.mining.conformance import check_conformance
from todoke.flows.mining.discovery import DiscoveryResult, discover, discover_file
from todoke.flows.mining.flow_draft import checked_cells, draft_cells
from todoke.flows.mining.process_map import process_map_table
from todoke.flows.models import Flow
from todoke.flows.step_rows import table_from_cells
from todoke.flows.step_table import with_implicit_nodes
from todoke.insights.case_event_log import FEWEST, case_log
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.query import wanted_format
from todoke.runtime.refusals import Unreadable
from todoke.studio.access import author_of, department_of
from todoke.studio.flow_editor import diagram_svg, get_flow
from todoke.studio.forms.event_logs import ROLES, CasesForm, LogForm
from todoke.web.actions import RefusalsHeld, RefusalsOn, action
from todoke.web.permission_check import staff

LIMITS = ReadLimits(seconds=30, megabytes=500)
PAIR_HEADS = ["前の作業", "次の作業", "回数", "中央値(時間)", "95%(時間)"]


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "studio/mining/show.html", {"form": LogForm(), "period": CasesForm()})


@require_POST
def analysis(request: HttpRequest) -> HttpResponse:
    form = LogForm(request.POST, request.FILES)
    if form.is_valid():
        file, given = form.cleaned_data["file"], form.cleaned_data
        with RefusalsOn(form, "file"):
            findings = read_bounded(discover_file, file.read(), file.name, {role: given[role] for role in ROLES})
            context = _findings(form.narrowed(findings), given["flow"], fewest=1)
            return render(request, "studio/mining/result.html", {**context, "source": file.name})
    return render(request, "studio/mining/show.html", {"form": form, "period": CasesForm()}, status=422)


@require_GET
def cases(request: HttpRequest) -> HttpResponseBase:
    form = CasesForm(request.GET)
    if form.is_valid():
        with RefusalsOn(form):
            findings = form.narrowed(read_within(LIMITS, discover, case_log(form.selection())))
            if wanted := wanted_format(request.GET):
                return table_response(request, "実際の流れ", PAIR_HEADS, _pairs(findings, FEWEST), wanted)
            context = _findings(findings, form.cleaned_data["flow"], fewest=FEWEST)
            return render(request, "studio/mining/result.html", {**context, "source": "この区の案件", "own": form})
    return render(request, "studio/mining/show.html", {"form": LogForm(), "period": form}, status=422)


@action("studio:mining")
def measurement(request: HttpRequest, number: str) -> HttpResponse:
    flow, form = get_flow(number), CasesForm(request.POST)
    if not form.is_valid():
        return render(request, "studio/mining/show.html", {"form": LogForm(), "period": form}, status=422)
    table, changed = calibrate(flow.table, read_within(LIMITS, discover, case_log(form.selection())), "案件の経過")
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


def _pairs(findings: DiscoveryResult, fewest: int) -> list[list[object]]:
    """Return what follows what, for a file; pairs of too few cases are left out."""
    return [
        [each.source, each.target, each.count, round(each.median_hours, 2), round(each.p95_hours, 1)]
        for each in findings.directly_follows
        if each.count >= fewest
    ]


def _findings(findings: DiscoveryResult, flow: Flow | None, fewest: int) -> dict[str, Any]:
    table, hidden = process_map_table(findings)
    variants = [one for one in findings.variants if one.count >= fewest]
    found: dict[str, Any] = {"findings": findings, "drawing": diagram_svg(table), "hidden": hidden, "flow": flow}
    found["cells"] = json.dumps(draft_cells(findings), ensure_ascii=False)
    found |= {"variants": variants[:10], "kept_back": len(findings.variants) - len(variants)}
    found["slow"] = sorted(findings.directly_follows, key=lambda one: -one.count * one.median_hours)[:10]
    if flow:
        with RefusalsHeld() as held:
            found["conformance"] = check_conformance(with_implicit_nodes(flow.table), findings.variants)
        if held.refusal:
            found["refusal"] = str(held.refusal)
    return found
