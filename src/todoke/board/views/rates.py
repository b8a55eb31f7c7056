"""オンライン化の割合: the rates and the rows behind each."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board import trends
from todoke.board.rate_lists import RateList
from todoke.insights import rates
from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import list_response
from todoke.web.permission_check import staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    found = rates.rates()
    context = {
        "rates": trends.rate_changes(found),
        "on": today(),
        "trend": trends.rate_history(),
        "departments": rates.by_department(),
        "among_online": rates.among_online(),
    }
    return render(request, "board/rates/list.html", context)


@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show the rows of a rate; their sums are the rate."""
    rows = RateList.at(staff(request), {"key": key})
    context = {"rate": rates.rate(key), **rows.page(request.GET).context()}
    return render(request, "board/rates/show.html", context)


@require_GET
def export(request: HttpRequest, key: str) -> HttpResponseBase:
    """Return the rows of a rate as a file."""
    return list_response(RateList.at(staff(request), {"key": key}), request)
