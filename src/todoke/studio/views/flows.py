"""業務フロー: list, creation, import, editing and export of flows."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.file_validation.bounded_read import read_bounded
from todoke.flows.diagram.svg import page_boxes
from todoke.flows.flow_templates import template_by_key
from todoke.flows.import_export import export_flow, import_flow
from todoke.flows.models import Flow
from todoke.flows.step_table import StepTable
from todoke.lists.list_page import list_page
from todoke.procedures import flow_links
from todoke.procedures.models import Procedure
from todoke.studio.access import author_of, department_of, posted_revision
from todoke.studio.flow_editor import diagram_svg, editor_context, get_flow, posted_table
from todoke.studio.flow_lists import FlowList
from todoke.studio.forms.flows import FlowBeginForm, FlowFileForm
from todoke.studio.permissions import DESIGN
from todoke.web.actions import RefusalsOn, RefusalsSaid
from todoke.web.downloads import without_persons
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    return list_page(request, FlowList(user), "studio/flows/index.html", {"designs": DESIGN.held_by(user)})


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    context = {"begin": FlowBeginForm(initial=request.GET.dict()), "file": FlowFileForm()}
    return render(request, "studio/flows/library.html", context)


@require_POST
def addition(request: HttpRequest) -> HttpResponse:
    form = FlowBeginForm(request.POST)
    if not form.is_valid():
        return render(request, "studio/flows/library.html", {"begin": form, "file": FlowFileForm()}, status=422)
    by = staff(request)
    title, start = form.cleaned_data["title"], template_by_key(form.cleaned_data["start"])
    flow = Flow.begin(start.table() if start else StepTable(title=title), title, by=by, department=department_of(by))
    if procedure := Procedure.objects.filter(number=form.cleaned_data["procedure"]).first():
        flow_links.link_flow(flow, procedure, by=by)
    messages.success(request, f"「{title}」の表を作りました。手順を1行ずつ書いてください。")
    return redirect("studio:flow", flow.number)


@require_POST
def taking_in(request: HttpRequest) -> HttpResponse:
    form = FlowFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with RefusalsOn(form, "file"):
            table, said = read_bounded(import_flow, file.read(), file.name, form.cleaned_data["title"])
            by = staff(request)
            flow = Flow.begin(table, table.title or file.name, by=by, department=department_of(by))
            messages.success(request, f"「{flow.title}」を取り込みました(手順 {len(table.rows)} 行)。")
            for note in said:
                messages.warning(request, note)
            return redirect("studio:flow", flow.number)
    return render(request, "studio/flows/library.html", {"begin": FlowBeginForm(), "file": form}, status=422)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    flow = get_flow(number)
    may_edit = flow.can_edit(staff(request))
    return render(request, "studio/flows/show.html", {**editor_context(flow, flow.table), "may_edit": may_edit})


@require_POST
def preview(request: HttpRequest, number: str) -> HttpResponse:
    flow = get_flow(number)
    table, problems = posted_table(request, flow)
    return render(request, "studio/flows/preview.html", editor_context(flow, table, problems))


@require_POST
def edition(request: HttpRequest, number: str) -> HttpResponse:
    flow = get_flow(number)
    by = author_of(request, flow)
    table, problems = posted_table(request, flow)
    if not problems:
        with RefusalsSaid(request):
            flow.save_table(table, by=by, revision=posted_revision(request, 0))
            messages.success(request, "保存しました。")
            return redirect("studio:flow", number)
    return render(
        request, "studio/flows/show.html", {**editor_context(flow, table, problems), "may_edit": True}, status=422
    )


@require_POST
def revision(request: HttpRequest, number: str) -> HttpResponse:
    by = staff(request)
    copy = get_flow(number).copy_to_be(by=by, department=department_of(by))
    messages.success(
        request, "見直し案を作りました。なくす手順を消し、時間を直してください。現状はそのまま残っています。"
    )
    return redirect("studio:flow", copy.number)


@require_POST
def freezing(request: HttpRequest, number: str) -> HttpResponse:
    flow = get_flow(number)
    version = flow.freeze(by=author_of(request, flow), note=request.POST.get("note", "")[:300])
    messages.success(request, f"第{version.number}版として確定しました。この版は変わりません。")
    return redirect("studio:flow", number)


@require_GET
def file(request: HttpRequest, number: str, kind: str) -> HttpResponseBase:
    flow = get_flow(number)
    found = export_flow(flow.table, kind)
    if found is None:
        raise Http404
    content, content_type = found
    return without_persons(content, f"{flow.number}.{kind}", media_type=content_type)


@require_GET
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    flow = get_flow(number)
    table = flow.table
    parts = [diagram_svg(table, view=part) for part in page_boxes(table)] if table.rows else []
    return render(request, "studio/flows/sheet.html", {**editor_context(flow, table), "parts": parts, "here": "sheet"})
