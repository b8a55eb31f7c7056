"""ダッシュボード: charts side by side, each with its table and its sentence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED
from todoke.board.evidence.chart_page import chart_picture
from todoke.insights.models import Dashboard, SavedChart
from todoke.insights.permissions import KEEP_TABLE
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the dashboards that a person may see."""
    rows = Dashboard.objects.visible_to(staff(request)).select_related("department").prefetch_related("tiles")
    return render(request, "board/dashboards/index.html", {"boards": rows})


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the charts of a dashboard."""
    user = staff(request)
    board = get_object_or_404(Dashboard.objects.visible_to(user).select_related("department"), token=token)
    charts = SavedChart.objects.filter(tiles__dashboard=board).select_related("table").order_by("tiles__position")
    page = {"board": board, "pictures": [chart_picture(each) for each in charts]}
    return render(
        request, "board/dashboards/show.html", page | {"can_edit": KEEP_TABLE.held_by(user, board.department)}
    )


@action("board:dashboard", "token", note=UNCHANGED)
def removal(request: HttpRequest, token: str, chart: str) -> str:
    """Take a chart off a dashboard."""
    user = staff(request)
    board = get_object_or_404(Dashboard.objects.visible_to(user), token=token)
    staff(request, KEEP_TABLE, board.department)
    board.remove(get_object_or_404(SavedChart, token=chart), by=user)
    return "図をダッシュボードから外しました。"
