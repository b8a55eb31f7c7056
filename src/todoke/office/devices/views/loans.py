"""機器の貸出: what is out, handed over, called back and checked at its return."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.devices.access import loan_of, reader_of_devices
from todoke.office.devices.device_lists import DeviceLoanList
from todoke.office.devices.forms.devices import CheckForm, DueForm
from todoke.systems.permissions import MANAGE_DEVICES
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, DeviceLoanList(reader_of_devices(request)), "office/devices/loans.html")


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    loan, user = loan_of(request, number), staff(request)
    context = {
        "loan": loan, "may_manage": MANAGE_DEVICES.held_by(user), "due_form": DueForm(auto_id="due_%s"),
        "check_form": CheckForm(),
    }  # fmt: skip
    return render(request, "office/devices/loan.html", context)


@action("office:device-loan", "number")
def hand_over(request: HttpRequest, number: str) -> str:
    by = staff(request, MANAGE_DEVICES)
    loan_of(request, number).hand_over(by=by)
    return "渡したことを記録しました。借りた人が自分の画面で受け取りを確かめます。"


@action("office:device-loan", "number")
def cancellation(request: HttpRequest, number: str) -> str:
    by = staff(request, MANAGE_DEVICES)
    loan_of(request, number).cancel(by=by)
    return "予約を取り消しました。"


@action("office:device-loan", "number")
def due_day(request: HttpRequest, number: str) -> str:
    by, loan = staff(request, MANAGE_DEVICES), loan_of(request, number)
    loan.reschedule(cleaned(DueForm(request.POST))["due_on"], by=by)
    return "返却の期限を変えました。"


@action("office:device-loan", "number")
def check(request: HttpRequest, number: str) -> str:
    by, loan = staff(request, MANAGE_DEVICES), loan_of(request, number)
    loan.take_back(by=by, **cleaned(CheckForm(request.POST)))
    return f"返却を確かめました。機器は「{loan.device.get_status_display()}」になりました。"
