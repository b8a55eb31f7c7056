"""機器の利用: lending and use rates of a period, and the record of a gateway."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.japanese.calendar import today
from todoke.japanese.periods import this_month
from todoke.office.devices.forms.devices import ConnectionForm, DevicePeriodForm
from todoke.systems.devices.device_figures import measure_devices
from todoke.systems.models import DeviceUse
from todoke.systems.permissions import MANAGE_DEVICES, READ_DEVICES
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the device-days of a period with both rates, their definitions and what is not known."""
    user = staff(request)
    if not READ_DEVICES.held_by(user):
        raise PermissionDenied
    form = DevicePeriodForm(request.GET if "period" in request.GET else {"period": this_month(today()).label})
    period = form.cleaned_data["period"] if form.is_valid() else None
    context = {
        "form": form, "period": period, "figures": measure_devices(period) if period else None, "day": today(),
        "may_manage": MANAGE_DEVICES.held_by(user), "connection_form": ConnectionForm(auto_id="connection_%s"),
    }  # fmt: skip
    return render(request, "office/devices/usage.html", context, status=422 if form.errors else 200)


@action("office:device-usage")
def connections(request: HttpRequest) -> str:
    """Import what a gateway saw."""
    by, form = staff(request, MANAGE_DEVICES), ConnectionForm(request.POST, request.FILES)
    period = cleaned(form)["period"]
    made, elsewhere = DeviceUse.import_gateway(form.connections(), period, by=by)
    return f"{made:,}台日を記録しました。貸していない機器か日の行が{elsewhere:,}行あり、数えていません。"
