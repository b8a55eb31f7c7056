"""変更予定・訓練・復元試験: what is planned against busy periods, and what was practised."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.board.access import attempt, keeper, may_keep, person
from todoke.board.register_forms import SHEETS, places_in
from todoke.board.system_lists import ChangeList
from todoke.lists.download import list_response
from todoke.lists.query import wanted_format
from todoke.systems.models import Change, InformationSystem, RestoreTest


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The change calendar against busy periods and other work."""
    user = person(request)
    rows = ChangeList(user)
    if wanted_format(request.GET):
        return list_response(rows, request.GET)
    tests, busy = places_in("restores"), SHEETS["busy"].rows(None).select_related("department").order_by("starts_on")
    page = {
        **rows.page(request.GET).context(),
        "busy": busy,
        "drills": SHEETS["drills"].rows(None).prefetch_related("systems", "departments").order_by("-held_on"),
        "findings": SHEETS["findings"].rows(None).select_related("department", "drill").order_by("closed_on", "due"),
        "restores": [(each, tests[each.pk]) for each in RestoreTest.objects.select_related("system")],
        "can_edit": may_keep(user),
        "systems": InformationSystem.objects.all(),
    }
    return render(request, "board/changes/index.html", page)


@require_POST
def telling(request: HttpRequest, code: str, place: int) -> HttpResponse:
    """Tell the sections concerned."""
    user, system = keeper(request), get_object_or_404(InformationSystem, code=code)
    change = SHEETS["changes"].row(system, place)
    if not isinstance(change, Change):
        raise Http404
    attempt(request, lambda: change.notify_departments(by=user), "関係する部署の課長に知らせました。")
    return redirect("board:changes")
