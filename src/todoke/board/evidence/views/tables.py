"""集計表: the catalogue of tables, the import of a file, and what is seen in it."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from todoke.accounts.models import User
from todoke.board.access import UNCHANGED
from todoke.board.evidence.chart_page import explored
from todoke.board.evidence.forms import tables as forms
from todoke.board.evidence.table_list import TableList
from todoke.insights.models import DataTable, SavedChart
from todoke.insights.own_series import OWN_SERIES
from todoke.insights.permissions import KEEP_TABLE
from todoke.insights.tables.chart_question import ChartQuestion
from todoke.lists.list_page import list_page
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


def _of(token: str, by: User) -> DataTable:
    """Return a table that the person may open. Raises Http404 where there is none, NotAllowed where it is another's."""
    try:
        table = DataTable.at(token)
    except DataTable.DoesNotExist:
        raise Http404 from None
    table.require_taking(by=by)
    return table


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the catalogue of all tables by name, and the office's own series."""
    return list_page(request, TableList(staff(request)), "board/tables/index.html", {"series": OWN_SERIES.values()})


@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest) -> HttpResponse:
    """Read a file as a table."""
    user = staff(request)
    form = forms.TableFileForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        staff(request, KEEP_TABLE, given["department"])
        with RefusalsOn(form, "file"):
            made = DataTable.upload(given.pop("file").read(), by=user, **given)
            return redirect("board:table", token=made.token)
    return render(request, "board/tables/reading.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Explore a table; every choice is in the address."""
    table = _of(token, staff(request))
    kinds = table.kinds
    form = forms.ExploreForm(request.GET or None, kinds=kinds)
    page = {"table": table, "form": form, "kinds": kinds, "query": request.GET.urlencode()}
    if request.GET:
        page |= explored(table, request.GET, form)
    return render(request, "board/tables/show.html", page, status=422 if form.errors else 200)


def _explored_page(request: HttpRequest, token: str) -> str:
    return f"{reverse('board:table', args=[token])}?{request.GET.urlencode()}"


@action(_explored_page, note=UNCHANGED)
def naming(request: HttpRequest, token: str) -> str | HttpResponse:
    """Keep what is shown as a chart with its words."""
    user = staff(request)
    table = _of(token, user)
    query: QueryDict = request.GET
    asked = ChartQuestion.read(query, table.kinds)
    chart = SavedChart.name_it(table, asked, by=user, **cleaned(forms.NameForm(request.POST)))
    return redirect("board:chart", token=chart.token)


@action("board:tables", note=UNCHANGED)
def erasure(request: HttpRequest, token: str) -> str:
    """Erase the contents of a table before its day."""
    user, table = staff(request), get_object_or_404(DataTable, token=token, series="")
    staff(request, KEEP_TABLE, table.department)
    table.erase(by=user)
    return "表の中身を消しました。図の題名と定義は残っています。"
