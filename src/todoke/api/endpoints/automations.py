"""Automations 自動化: what a robot of a section reports of its runs."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status
from ninja.params.functions import Path

from todoke.api.endpoint_shapes import RunEndIn, RunIn, RunShape
from todoke.api.key_authentication import user_of_machine
from todoke.integrations.scopes import Scope
from todoke.runtime.refusals import Conflict
from todoke.spreadsheets.column_difference import TableShape
from todoke.systems.models import Automation, AutomationRun

router = Router(tags=["自動化"])
CODE = Path(..., pattern=r"^[A-Za-z0-9_-]{1,20}$", description="自動化番号")
RUN = Path(..., pattern=r"^[A-Za-z0-9_-]{1,60}$", description="実行番号。ロボットが決める")


def _automation(request: HttpRequest, code: str) -> tuple[Automation, Any]:
    by = user_of_machine(request, Scope.AUTOMATIONS)
    rows = Automation.objects.reported_by(by).select_related("owner__department", "shape")
    return get_object_or_404(rows, code=code), by


@router.post(
    "/automations/{code}/runs", response={201: RunShape, 200: RunShape}, summary="実行を始める",
    operation_id="begin_run",
)  # fmt: skip
def begin(request: HttpRequest, told: RunIn, code: str = CODE) -> Status[dict[str, Any]]:
    """実行を始めると伝える。読む表の列がちがえば409(Conflict)で答え、自動化を止める。ロボットは何もせずに終わること。"""
    automation, by = _automation(request, code)
    shape = TableShape.of(told.columns, told.encoding, told.sheet) if told.columns else None
    run, again = AutomationRun.begin(automation, told.run, shape=shape, at=told.started_at, by=by)
    if run.outcome == AutomationRun.Outcome.SHAPE:
        raise Conflict(f"{run.difference_in_words()}自動化を止めました。何も処理せずに終わってください。")
    return Status(200 if again else 201, {"run": run.key, "again": again})


@router.post("/automations/{code}/runs/{run}/end", response=RunShape, summary="実行を終える", operation_id="end_run")
def end(request: HttpRequest, told: RunEndIn, code: str = CODE, run: str = RUN) -> dict[str, Any]:
    """実行の結果と件数を伝える。同じ結果は、何度伝えても一つになる。失敗した実行は、時間を減らさない。"""
    automation, by = _automation(request, code)
    found = get_object_or_404(AutomationRun, automation=automation, key=run)
    counts = {"units": told.units, "exceptions": told.exceptions, "human_minutes": told.human_minutes}
    return {"run": found.key, "again": not found.end(told.outcome, at=told.ended_at, by=by, **counts)}
