"""年度の比較: volumes by year, and changed choices between survey editions."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.inventory.year_list import DepartmentVolumeList
from todoke.procedures import survey_years
from todoke.web.permission_check import staff


@require_GET
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the last two counted periods by department, and the mapping from R6 to R7."""
    return list_page(
        request,
        DepartmentVolumeList(staff(request)),
        "office/years/show.html",
        {"mapping": survey_years.renamed_choices()},
    )
