"""年度の比較: volumes by year, and changed choices between survey editions."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.lists.csv_xlsx_export import table_response
from todoke.procedures import survey_years


@require_GET
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the last two counted periods by department, and the mapping from R6 to R7."""
    periods, rows = survey_years.volumes_by_department()
    if request.GET.get("format"):
        heads = ["所管部署", *(f"{kind} {period}" for period in periods for kind in ("総件数", "オンライン"))]
        lines = ([name, *(cell for pair in cells for cell in pair)] for name, cells in rows)
        return table_response("年度の比較", heads, lines, request.GET["format"])
    context = {"periods": periods, "rows": rows, "mapping": survey_years.renamed_choices()}
    return render(request, "office/years/show.html", context)
