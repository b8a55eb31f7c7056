"""変更予定・訓練・復元試験: planned changes against busy periods, drills and restore tests."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED
from todoke.board.register_forms import REGISTERS
from todoke.board.system_lists import ChangeList
from todoke.continuity.models import RecoveryCheck
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.systems.models import Change, InformationSystem, RestoreTest
from todoke.systems.permissions import EDIT_REGISTER
from todoke.web.actions import action
from todoke.web.permission_check import staff

SHOWN = 10


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the change calendar."""
    user = staff(request)
    rows = ChangeList(user)
    if wanted_format(request.GET):
        return list_response(rows, request)
    busy = REGISTERS["busy"].rows(None).select_related("department").order_by("starts_on")
    page = {
        **rows.page(request.GET).context(),
        "busy": busy,
        "drills": REGISTERS["drills"].rows(None).prefetch_related("systems", "departments").order_by("-held_on"),
        "findings": REGISTERS["findings"].rows(None).select_related("department", "drill").order_by("closed_on", "due"),
        "restores": RestoreTest.objects.select_related("system"),
        "checks": RecoveryCheck.objects.all()[:SHOWN],
        "can_edit": EDIT_REGISTER.held_by(user),
        "systems": InformationSystem.objects.all(),
    }
    return render(request, "board/changes/index.html", page)


def _change(code: str, row_key: str) -> Change:
    change = REGISTERS["changes"].row(get_object_or_404(InformationSystem, code=code), row_key)
    if not isinstance(change, Change):
        raise Http404
    return change


@action("board:changes", note=UNCHANGED)
def approval(request: HttpRequest, code: str, row_key: str) -> str:
    """Approve a change as a second person."""
    user = staff(request, EDIT_REGISTER)
    _change(code, row_key).approve(by=user)
    return "変更の予定を承認しました。"


@action("board:changes", note=UNCHANGED)
def telling(request: HttpRequest, code: str, row_key: str) -> str:
    """Notify the departments concerned."""
    user = staff(request, EDIT_REGISTER)
    _change(code, row_key).notify_departments(by=user)
    return "関係する部署の課長に知らせました。"
