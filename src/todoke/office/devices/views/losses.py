"""紛失届: what is gone, what was done about it, and by when the law wants to be told."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.devices.access import reader_of_devices
from todoke.office.devices.device_lists import LossReportList
from todoke.office.devices.forms.devices import PoliceForm
from todoke.systems.models import LossReport
from todoke.systems.permissions import MANAGE_DEVICES
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, LossReportList(reader_of_devices(request)), "office/devices/losses.html")


def report_of(request: HttpRequest, number: str) -> LossReport:
    rows = LossReportList(reader_of_devices(request)).rows("").select_related("reported_by")
    return get_object_or_404(rows, number=number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    report = report_of(request, number)
    may_manage = MANAGE_DEVICES.held_by(staff(request))
    context = {"report": report, "deadlines": report.deadlines(), "form": PoliceForm(), "may_manage": may_manage}
    return render(request, "office/devices/loss.html", context)


@action("office:device-loss", "number")
def wipe(request: HttpRequest, number: str) -> str:
    by = staff(request, MANAGE_DEVICES)
    report_of(request, number).record_wipe(by=by)
    return "遠隔で消去したことを記録しました。"


@action("office:device-loss", "number")
def police(request: HttpRequest, number: str) -> str:
    by, report = staff(request, MANAGE_DEVICES), report_of(request, number)
    report.record_police(cleaned(PoliceForm(request.POST))["number"], by=by)
    return "警察の受理番号を記録しました。"
