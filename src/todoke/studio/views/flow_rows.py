"""手順の行: adding, removing and moving a row without losing unsaved input."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from todoke.flows.diff import insert_step, move_step_up, remove_steps
from todoke.flows.models import Flow
from todoke.flows.step_table import StepTable
from todoke.studio.access import author_of, posted_revision
from todoke.studio.flow_editor import editor_context, get_flow, posted_table
from todoke.web.actions import RefusalsSaid

Act = Callable[[StepTable, str], StepTable]


def _done(request: HttpRequest, number: str, key: str, act: Act, said: str) -> HttpResponse:
    flow: Flow = get_flow(number)
    by = author_of(request, flow)
    table, problems = posted_table(request, flow)
    if problems or key not in {row.key for row in table.rows}:
        return render(
            request, "studio/flows/show.html", {**editor_context(flow, table, problems), "may_edit": True}, status=422
        )
    with RefusalsSaid(request):
        flow.save_table(act(table, key), by=by, revision=posted_revision(request, 0))
        messages.success(request, said)
    return redirect("studio:flow", number)


@require_POST
def addition(request: HttpRequest, number: str, key: str) -> HttpResponse:
    return _done(request, number, key, insert_step, "行を入れました。「次の手順」の番号は自動で直しました。")


@require_POST
def removal(request: HttpRequest, number: str, key: str) -> HttpResponse:
    said = "行を消しました。前の手順は、消した行の次につなぎました。"
    return _done(request, number, key, lambda table, one: remove_steps(table, {one}), said)


@require_POST
def move(request: HttpRequest, number: str, key: str) -> HttpResponse:
    return _done(request, number, key, move_step_up, "行を1つ上に動かしました。つながりは変えていません。")
