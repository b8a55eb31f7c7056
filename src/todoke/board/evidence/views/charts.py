"""図: a named question with its words, its places and its table as a file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED
from todoke.board.evidence.chart_page import chart_picture
from todoke.board.evidence.forms.tables import ShareForm
from todoke.insights.models import Dashboard, SavedChart
from todoke.insights.permissions import KEEP_TABLE
from todoke.spreadsheets.writer import XLSX, xlsx_file
from todoke.web.actions import action, cleaned
from todoke.web.downloads import take
from todoke.web.permission_check import staff

MOST_LISTED = 200


def _of(request: HttpRequest, token: str) -> SavedChart:
    rows = SavedChart.objects.visible_to(staff(request)).select_related("table__department", "made_by")
    return get_object_or_404(rows, token=token)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the charts that a person may see."""
    rows = SavedChart.objects.visible_to(staff(request)).select_related("table__department")
    return render(request, "board/charts/index.html", {"charts": rows[:MOST_LISTED]})


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show one chart with what cannot be left off, and where it stands."""
    user, chart = staff(request), _of(request, token)
    boards = Dashboard.objects.visible_to(user).filter(tiles__chart=chart)
    own = chart.table.department is None or KEEP_TABLE.held_by(user, chart.table.department)
    page = {"chart": chart, "picture": chart_picture(chart), "boards": boards, "can_share": own}
    return render(request, "board/charts/show.html", page | {"form": ShareForm(user=user, chart=chart)})


@require_GET
def export(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the values of a chart as Excel, with its words below."""
    user, chart = staff(request), _of(request, token)
    found = chart.show()

    def content() -> bytes:
        rows: list[list[object]] = [[point, *cells] for point, cells in found.lines]
        fields = [field for field in chart._meta.fields if field.name in chart.WORDS]
        words = [(str(field.verbose_name), getattr(chart, field.name)) for field in fields]
        return xlsx_file([chart.asked.by, *(name or "値" for name, _ in found.series)], [*rows, [], *map(list, words)])

    return take(chart, content, f"{chart.title}.xlsx", by=user, media_type=XLSX)


@action("board:chart", "token", note=UNCHANGED)
def sharing(request: HttpRequest, token: str) -> str | HttpResponse:
    """Put the chart on a dashboard, an old or a new one."""
    user, chart = staff(request), _of(request, token)
    given = cleaned(ShareForm(request.POST, user=user, chart=chart))
    board = given["dashboard"]
    if board is None:
        staff(request, KEEP_TABLE, given["department"])
        facts = {name: given[name] for name in ("title", "department", "audience")}
        board = Dashboard.begin(by=user, **facts)
    board.add(chart, by=user)
    return redirect("board:dashboard", token=board.token)
