"""年度の比較: volumes by year, and changed choices between survey editions."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.inventory.year_list import DepartmentVolumeList
from todoke.procedures import survey_years
from todoke.web.permission_check import staff


@require_GET
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the last two counted periods by department, and the mapping from R6 to R7."""
    rows = DepartmentVolumeList(staff(request))
    if wanted_format(request.GET):
        return list_response(rows, request.GET)
    context = {"mapping": survey_years.renamed_choices(), **rows.page(request.GET).context()}
    return render(request, "office/years/show.html", context)
