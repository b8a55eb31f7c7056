"""加盟店の精算: made by the treasurer, checked, approved by a chief, paid on the day that the bank says."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from todoke.audit.data_exports import Export
from todoke.lists.list_page import list_page
from todoke.office.points.access import staff_of_points
from todoke.office.points.forms.settlements import PayerForm, PaymentForm, RunForm
from todoke.office.points.settlement_list import SettlementList
from todoke.points import point_balances, settlement_run
from todoke.points.models import MerchantSettlement
from todoke.points.payment_file import PaymentFile
from todoke.points.permissions import PUBLISH_POINTS, SETTLE_POINTS
from todoke.points.zengin_transfer import Payer
from todoke.web.actions import action, cleaned
from todoke.web.downloads import export
from todoke.web.permission_check import staff

PAYER = tuple(Payer.__dataclass_fields__)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff_of_points(request)
    more = {
        "form": RunForm(),
        "payer_form": PayerForm(),
        "may_settle": SETTLE_POINTS.held_by(user),
        "balances": point_balances.balances(),
    }
    return list_page(request, SettlementList(user), "office/points/settlements.html", more)


@action("office:settlements")
def run(request: HttpRequest) -> str:
    by = staff(request, SETTLE_POINTS)
    made = settlement_run.settle(cleaned(RunForm(request.POST))["ends_on"], by=by)
    total = sum(each.payable for each in made)
    return f"{len(made):,}店の精算を作りました。支払額の合計は{total:,}円で、台帳と一円まで一致しています。"


@require_POST
def transfer(request: HttpRequest) -> HttpResponseBase:
    """Return the bank's file of what is approved; a refusal is a page of its own."""
    staff(request, SETTLE_POINTS)
    given = cleaned(PayerForm(request.POST))
    file = PaymentFile(Payer(**{name: given[name] for name in PAYER}), given["on"])
    name = f"furikomi-{given['on']:%Y%m%d}.txt"
    exported = Export("加盟店の精算の振込データ", name, len(file.transfers()), "txt", reason="加盟店への支払")
    return export(request, file, file.content, exported, media_type="text/plain; charset=shift_jis")


def settlement_of(request: HttpRequest, number: str) -> MerchantSettlement:
    rows = MerchantSettlement.objects.visible_to(staff_of_points(request))
    rows = rows.select_related("merchant__department", "made_by", "checked_by", "approved_by")
    return get_object_or_404(rows, number=number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    found, user = settlement_of(request, number), staff(request)
    context = {
        "made": found, "uses": found.redemptions.all()[:200], "cancellations": found.cancellations.all()[:200],
        "may_settle": SETTLE_POINTS.held_by(user), "form": PaymentForm(),
        "may_approve": PUBLISH_POINTS.held_by(user, found.merchant.department),
    }  # fmt: skip
    return render(request, "office/points/settlement.html", context)


@action("office:settlement", "number")
def check(request: HttpRequest, number: str) -> str:
    settlement_of(request, number).check_against_ledger(by=staff(request, SETTLE_POINTS))
    return "照合を終えました。課長の決裁を待ちます。"


@action("office:settlement", "number")
def approval(request: HttpRequest, number: str) -> str:
    found = settlement_of(request, number)
    found.approve(by=staff(request, PUBLISH_POINTS, found.merchant.department))
    return "決裁しました。会計担当が支払います。"


@action("office:settlement", "number")
def payment(request: HttpRequest, number: str) -> str:
    by = staff(request, SETTLE_POINTS)
    settlement_of(request, number).pay(cleaned(PaymentForm(request.POST))["on"], by=by)
    return "支払を記帳しました。"
