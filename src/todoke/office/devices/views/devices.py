"""機器: the register, one device, and what an administrator does with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.japanese.calendar import today
from todoke.lists.list_page import list_page
from todoke.office.devices.access import device_of, reader_of_devices
from todoke.office.devices.device_lists import DeviceList
from todoke.office.devices.forms.devices import LoanForm, LossForm, ReasonForm, RegistrationForm
from todoke.systems.devices.device_figures import count_devices, told_by_pool
from todoke.systems.devices.distribution_pdf import DistributionList
from todoke.systems.models import Device, DeviceLoan, LossReport
from todoke.systems.permissions import MANAGE_DEVICES, READ_DEVICES
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.downloads import take
from todoke.web.permission_check import staff

DONE = "記録しました。"


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the devices that the person sees, with their numbers by pool for who sees all."""
    user = reader_of_devices(request)
    counts = count_devices() if READ_DEVICES.held_by(user) else None
    more = {"counts": counts, "may_manage": MANAGE_DEVICES.held_by(user), "day": today()}
    return list_page(request, DeviceList(user), "office/devices/index.html", more)


@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest) -> HttpResponse:
    """Register devices, all of a table or none."""
    by, form = staff(request, MANAGE_DEVICES), RegistrationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            entries = form.entries()
            count = Device.register(form.cleaned_data["pool"], entries, by=by)
            messages.success(request, f"{count:,}台を登録しました({told_by_pool(entries)})。")
            return redirect("office:devices")
    return render(request, "office/devices/registration.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def distribution(request: HttpRequest) -> HttpResponseBase:
    """Return which section has which devices, by pool, as a paper."""
    user = reader_of_devices(request)
    return take(DistributionList(user), DistributionList(user).content, f"haifu-{today():%Y%m%d}.pdf", by=user)


@require_GET
def show(request: HttpRequest, asset_number: str) -> HttpResponse:
    device, user = device_of(request, asset_number), staff(request)
    loans = device.loans.visible_to(user).select_related("borrower", "department")
    context = {
        "device": device, "loans": loans[:50], "losses": device.losses.select_related("incident"),
        "may_manage": MANAGE_DEVICES.held_by(user), "loan_form": LoanForm(initial={"starts_on": today()}),
        "loss_form": LossForm(auto_id="loss_%s"), "repair_form": ReasonForm(auto_id="repair_%s"),
        "retirement_form": ReasonForm(auto_id="retirement_%s"),
    }  # fmt: skip
    return render(request, "office/devices/show.html", context)


@action("office:device", "asset_number")
def loan(request: HttpRequest, asset_number: str) -> str:
    """Lend the device today, or book it for a later day."""
    by, device, form = staff(request, MANAGE_DEVICES), device_of(request, asset_number), LoanForm(request.POST)
    given = cleaned(form)
    terms = {"department": given["department"], "borrower": form.borrower, "purpose": given["purpose"]}
    if given["starts_on"] > today():
        DeviceLoan.book(device, starts_on=given["starts_on"], due_on=given["due_on"], by=by, **terms)
        return "予約しました。渡す日に、貸出の画面で「渡した」を押します。"
    made = DeviceLoan.lend(device, due_on=given["due_on"], by=by, **terms)
    return f"貸し出しました(貸出番号 {made.number})。借りた人が自分の画面で受け取りを確かめます。"


@action("office:device", "asset_number")
def loss(request: HttpRequest, asset_number: str) -> str:
    by, device = staff(request, MANAGE_DEVICES), device_of(request, asset_number)
    report = LossReport.file(device, by=by, **cleaned(LossForm(request.POST)))
    return f"紛失を届け出て、障害 {report.incident.number} を登録しました。報告の期限を確かめてください。"


@action("office:device", "asset_number")
def repair(request: HttpRequest, asset_number: str) -> str:
    by, device = staff(request, MANAGE_DEVICES), device_of(request, asset_number)
    device.send_to_repair(cleaned(ReasonForm(request.POST))["reason"], by=by)
    return DONE


@action("office:device", "asset_number")
def mending(request: HttpRequest, asset_number: str) -> str:
    by = staff(request, MANAGE_DEVICES)
    device_of(request, asset_number).mend(by=by)
    return "在庫に戻しました。"


@action("office:device", "asset_number")
def recovery(request: HttpRequest, asset_number: str) -> str:
    by = staff(request, MANAGE_DEVICES)
    device_of(request, asset_number).recover(by=by)
    return "在庫に戻しました。障害の記録に、見つかったことを書いてください。"


@action("office:device", "asset_number")
def retirement(request: HttpRequest, asset_number: str) -> str:
    by, device = staff(request, MANAGE_DEVICES), device_of(request, asset_number)
    device.retire(cleaned(ReasonForm(request.POST))["reason"], by=by)
    return DONE
