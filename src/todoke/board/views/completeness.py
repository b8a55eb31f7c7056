"""案内の揃い具合: completeness of public pages by department."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.guidance.completeness import ITEMS, DepartmentGaps, PageCompleteness, gaps_by_department, page_scores
from todoke.spreadsheets.writer import csv_lines

PAGE = 50


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show departments with their gaps, and for a chosen department or question the pages."""
    every = page_scores()
    chosen = _chosen(request, every)
    after = request.GET.get("after", "")
    rows = [each for each in chosen if each.number > after]
    query = request.GET.copy()
    query["after"] = rows[PAGE - 1].number if len(rows) > PAGE else ""
    page = {
        "gaps": [_linked(each) for each in gaps_by_department(every)],
        "items": ITEMS.values(),
        "score": sum(each.score for each in every) / len(every) if every else 0,
        "pages": len(every),
        "rows": rows[:PAGE] if _asked(request) else [],
        "number": len(chosen),
        "following": f"?{query.urlencode()}" if query["after"] else "",
        "asked": _asked(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "board/completeness/show.html", page)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Return the pages and their gaps as CSV."""
    rows = (
        [each.number, each.title, each.department, each.score, each.words] for each in _chosen(request, page_scores())
    )
    content = "".join(csv_lines(["手続番号", "手続名", "所管部署", "点", "足りないもの"], rows))
    name = {"Content-Disposition": 'attachment; filename="completeness.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=name)


def _asked(request: HttpRequest) -> bool:
    return bool(request.GET.get("department") or request.GET.get("lacks"))


def _chosen(request: HttpRequest, every: list[PageCompleteness]) -> list[PageCompleteness]:
    department, lacks = request.GET.get("department", ""), request.GET.get("lacks", "")
    return [
        each for each in every if (not department or each.code == department) and (not lacks or lacks in each.lacks)
    ]


def _linked(each: DepartmentGaps) -> tuple[DepartmentGaps, list[tuple[int, str]]]:
    return each, [(count, f"?department={each.code}&lacks={item}") for item, count in each.lacking]
