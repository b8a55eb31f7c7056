"""オンライン化の割合: the four rates and the rows behind each."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board import trends
from todoke.insights import rates
from todoke.insights.rates import RateRow
from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.query import wanted_format

PAGE = 100
HEADS = ["手続番号", "手続名", "所管部署", "分子", "分母"]


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
    definition, lines, start = _behind(key, request)
    shown = lines[start : start + PAGE]
    context = {
        "definition": definition,
        "on": today(),
        "part": sum(line.part for line in lines),
        "whole": sum(line.whole for line in lines),
        "lines": shown,
        "previous": "?" if start else "",
        "following": f"?after={shown[-1].number}" if start + PAGE < len(lines) else "",
        "count": len(lines),
    }
    return render(request, "board/rates/show.html", context)


@require_GET
def export(request: HttpRequest, key: str) -> HttpResponseBase:
    """Return the rows of a rate as CSV."""
    definition, lines, _ = _behind(key, request)
    return table_response(definition.title, HEADS, _cells(lines), wanted_format(request.GET, "csv"))


def _behind(key: str, request: HttpRequest) -> tuple[rates.RateDefinition, list[RateRow], int]:
    if key not in rates.DEFINITIONS:
        raise Http404
    lines = rates.rate_rows(key)
    after = request.GET.get("after", "")
    start = next((place for place, line in enumerate(lines, 1) if line.number == after), 0)
    return rates.DEFINITIONS[key], lines, start


def _cells(lines: list[RateRow]) -> Iterator[list[object]]:
    for line in lines:
        yield [line.number, line.title, line.department, line.part, line.whole]
