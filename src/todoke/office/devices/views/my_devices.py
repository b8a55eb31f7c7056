"""借りている機器: what a person answers for: receiving, use, return and loss."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.office.devices.forms.devices import AnnouncementForm, LossForm, UseForm
from todoke.systems.models import DeviceLoan, DeviceUse, LossReport
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

ENDED = 20


def loan_held(request: HttpRequest, number: str) -> DeviceLoan:
    loans = DeviceLoan.objects.held_by(staff(request)).select_related("device__pool__system", "borrower")
    return get_object_or_404(loans, number=number)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what the person has, with the next step of each, and what came back."""
    loans = DeviceLoan.objects.held_by(staff(request)).select_related("device", "department", "checked_by")
    context = {
        "loans": [
            (loan, AnnouncementForm(auto_id=f"return{loan.pk}_%s"), UseForm(auto_id=f"use{loan.pk}_%s"),
             LossForm(auto_id=f"loss{loan.pk}_%s"))
            for loan in loans.open()
        ],
        "booked": loans.booked(), "ended": loans.exclude(returned_at=None, lost_at=None)[:ENDED],
    }  # fmt: skip
    return render(request, "office/devices/mine.html", context)


@action("office:my-devices")
def acceptance(request: HttpRequest, number: str) -> str:
    loan_held(request, number).accept(by=staff(request))
    return "受け取ったことを記録しました。"


@action("office:my-devices")
def return_(request: HttpRequest, number: str) -> str:
    loan, given = loan_held(request, number), cleaned(AnnouncementForm(request.POST))
    loan.announce_return(given["explanation"], is_broken=given["is_broken"], by=staff(request))
    return "返却を申し出ました。機器をシステム管理担当へ渡してください。確かめると、この一覧から消えます。"


@action("office:my-devices")
def use(request: HttpRequest, number: str) -> str:
    loan, given = loan_held(request, number), cleaned(UseForm(request.POST))
    DeviceUse.report(loan, given["day"], is_used=given["is_used"], by=staff(request))
    return "利用を記録しました。"


@action("office:my-devices")
def loss(request: HttpRequest, number: str) -> str:
    loan, given = loan_held(request, number), cleaned(LossForm(request.POST))
    report = LossReport.of_loan(loan, by=staff(request), **given)
    return f"紛失を届け出ました(届出番号 {report.number})。システム管理担当に電話もしてください。"
