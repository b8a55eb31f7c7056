"""案内の揃い具合: completeness of public pages by department."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.rate_lists import CompletenessList
from todoke.guidance.completeness import ITEMS, DepartmentGaps, gaps_by_department, mean_score
from todoke.lists.csv_xlsx_export import list_response
from todoke.web.permission_check import staff


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show departments with their gaps, and the pages, the emptiest first."""
    shown = CompletenessList(staff(request))
    gaps = gaps_by_department(shown.answers)
    score, pages = mean_score(gaps)
    context = {
        "gaps": [_linked(each) for each in gaps], "items": ITEMS.values(), "score": score,
        "pages": pages, **shown.page(request.GET).context(),
    }  # fmt: skip
    return render(request, "board/completeness/show.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """Return the pages and their gaps as a file."""
    return list_response(CompletenessList(staff(request)), request)


def _linked(each: DepartmentGaps) -> tuple[DepartmentGaps, list[tuple[int, str]]]:
    return each, [(count, f"?department={each.code}&lacks={item}#pages") for item, count in each.lacking]
