"""持出し記録: who took which list or file away, for the records section, the auditor and the administrator."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.audit.permissions import SEE_EXPORTS
from todoke.lists.csv_xlsx_export import list_response
from todoke.office.records.data_export_list import DataExportList
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = DataExportList(staff(request, SEE_EXPORTS)).page(request.GET)
    return render(request, "office/data_exports/index.html", page.context())


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    return list_response(DataExportList(staff(request, SEE_EXPORTS)), request)
