"""機器棚卸: begun, looked up device by device, and ended once nothing is left."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.devices.device_lists import StocktakeLineList, StocktakeList
from todoke.office.devices.forms.devices import SightForm
from todoke.systems.models import Stocktake
from todoke.systems.permissions import MANAGE_DEVICES
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request, MANAGE_DEVICES)
    more = {"is_open": Stocktake.objects.filter(closed_at=None).exists()}
    return list_page(request, StocktakeList(user), "office/devices/stocktakes.html", more)


@action("office:stocktakes")
def opening(request: HttpRequest) -> str:
    made = Stocktake.open(by=staff(request, MANAGE_DEVICES))
    return f"棚卸 {made.number} を始めました。対象は{made.lines.count():,}台です。"


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponseBase:
    rows = StocktakeLineList.at(staff(request, MANAGE_DEVICES), {"number": number})
    every, left = rows.stocktake.lines.count(), rows.stocktake.lines.filter(finding="").count()
    more = {"stocktake": rows.stocktake, "form": SightForm(), "left": left, "all": every, "done": every - left}
    return list_page(request, rows, "office/devices/stocktake.html", more)


@action("office:stocktake", "number")
def sighting(request: HttpRequest, number: str) -> str:
    by, stocktake = staff(request, MANAGE_DEVICES), get_object_or_404(Stocktake, number=number)
    given = cleaned(SightForm(request.POST))
    count = stocktake.sight(given["numbers"].splitlines(), given["finding"], place=given["place"], by=by)
    return f"{count:,}台の結果を記録しました。"


@action("office:stocktake", "number")
def closing(request: HttpRequest, number: str) -> str:
    by = staff(request, MANAGE_DEVICES)
    get_object_or_404(Stocktake, number=number).close(by=by)
    return "棚卸を終えました。なかった機器は、紛失届を出すか、台帳を直してください。"
