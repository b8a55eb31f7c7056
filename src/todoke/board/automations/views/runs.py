"""自動化の実行: what was reported, what is missing, and a run that a person reports."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from todoke.board.automations.automation_lists import AutomationRunList, MissedRunList
from todoke.board.automations.forms.automations import RunForm
from todoke.board.automations.views.automations import automation_of
from todoke.board.automations.views.measures import colleague
from todoke.lists.list_page import list_page
from todoke.systems.models import AutomationRun
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def missed(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, MissedRunList(staff(request)), "board/automations/missed.html")


@require_GET
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    rows = AutomationRunList.at(staff(request), {"code": code})
    return list_page(request, rows, "board/automations/runs.html", {"automation": rows.automation})


@action("board:automation", "code")
def run(request: HttpRequest, code: str) -> str:
    """Report a run that is over."""
    automation = automation_of(code)
    by, given = colleague(request, automation), cleaned(RunForm(request.POST))
    key = f"hand-{timezone.now():%Y%m%d%H%M%S%f}"
    AutomationRun.report(automation, key, by=by, **given)
    return "実行を記録しました。"
