"""聞き取り: one question at a time (「そのあと、どうなりますか」), building the step table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.studio.access import author_of
from todoke.studio.flow_editor import diagram_svg, get_flow
from todoke.studio.forms.interviews import AnswerForm
from todoke.web.actions import RefusalsOn


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    flow = get_flow(number)
    table = flow.table
    context = {"flow": flow, "form": AnswerForm(None, table), "drawing": diagram_svg(table) if table.rows else ""}
    return render(request, "studio/flows/interview.html", {**context, "table": table, "here": "interview"})


@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    flow = get_flow(number)
    by, form = author_of(request, flow), AnswerForm(request.POST.dict(), flow.table)
    if form.is_valid():
        with RefusalsOn(form):
            flow.save_table(form.table(), by=by)
            return redirect("studio:flow" if form.is_last() else "studio:flow-interview", number)
    drawing = diagram_svg(flow.table) if flow.table.rows else ""
    context = {"flow": flow, "form": form, "drawing": drawing, "table": flow.table, "here": "interview"}
    return render(request, "studio/flows/interview.html", context, status=422)
