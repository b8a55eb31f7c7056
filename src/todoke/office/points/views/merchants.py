"""加盟店: applications, approval, stops, and what a person should look at."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.points.access import staff_of_points
from todoke.office.points.forms.settlements import FindingForm, SuspensionForm
from todoke.office.points.merchant_list import MerchantList
from todoke.points.models import FraudAlert, Merchant
from todoke.points.permissions import PUBLISH_POINTS
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

ALERTS = 50


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, MerchantList(staff_of_points(request)), "office/points/merchants.html")


def merchant_of(request: HttpRequest, number: str) -> Merchant:
    shops = Merchant.objects.visible_to(staff_of_points(request)).select_related("department", "account")
    return get_object_or_404(shops, number=number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    shop = merchant_of(request, number)
    context = {
        "shop": shop, "may_approve": PUBLISH_POINTS.held_by(staff(request), shop.department),
        "alerts": [
            (alert, FindingForm(auto_id=f"finding{alert.pk}_%s"))
            for alert in shop.alerts.select_related("handled_by")[:ALERTS]
        ],
        "settlements": shop.settlements.all()[:24], "suspension_form": SuspensionForm(),
    }  # fmt: skip
    return render(request, "office/points/merchant.html", context)


@action("office:merchant", "number")
def approval(request: HttpRequest, number: str) -> str:
    shop = merchant_of(request, number)
    shop.approve(by=staff(request, PUBLISH_POINTS, shop.department))
    return "承認しました。この店でポイントを使えます。"


@action("office:merchant", "number")
def suspension(request: HttpRequest, number: str) -> str:
    shop = merchant_of(request, number)
    by = staff(request, PUBLISH_POINTS, shop.department)
    shop.suspend(cleaned(SuspensionForm(request.POST))["reason"], by=by)
    return "この店での利用を止めました。これまでの利用は支払います。"


@action("office:merchant", "number")
def end(request: HttpRequest, number: str) -> str:
    shop = merchant_of(request, number)
    shop.end(by=staff(request, PUBLISH_POINTS, shop.department))
    return "加盟を終えました。これまでの利用は支払います。"


@action("office:merchant", "number")
def finding(request: HttpRequest, number: str, pk: int) -> str:
    alert = get_object_or_404(FraudAlert, merchant=merchant_of(request, number), pk=pk)
    alert.handle(cleaned(FindingForm(request.POST))["finding"], by=staff(request))
    return "確かめた結果を残しました。"
