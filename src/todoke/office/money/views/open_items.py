"""未済項目: open items of closed days, and the trial balance."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.money.open_item_list import OpenItemList
from todoke.payments import open_items, trial_balance
from todoke.payments.models import Journal, OpenItem
from todoke.payments.permissions import CLOSE_DAY
from todoke.points import point_balances
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show open items, oldest first, and every account with its evidence."""
    rows = OpenItemList(staff(request, CLOSE_DAY))
    if wanted_format(request.GET):
        return list_response(rows, request)
    found = [*trial_balance.balances(), *point_balances.balances()]
    context = {"balances": found, "unexplained": sum(abs(balance.unexplained) for balance in found)}
    return render(request, "office/payments/items.html", rows.page(request.GET).context() | context)


@require_POST
def inquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """Poll the provider about an open item again."""
    user, item = staff(request, CLOSE_DAY), _item(request, reference)
    messages.info(request, f"{reference}: {open_items.requery(item, on=Journal.first_open(today()), by=user)}")
    return redirect("office:payments-items")


@require_POST
def concession(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a payment off: the fee is owed again."""
    user, item = staff(request, CLOSE_DAY), _item(request, reference)
    messages.info(request, f"{reference}: {open_items.reverse_receipt(item, on=Journal.first_open(today()), by=user)}")
    return redirect("office:payments-items")


def _item(request: HttpRequest, reference: str) -> OpenItem:
    named = {"finding__reference": reference, "finding__difference": request.POST.get("difference", "")}
    return get_object_or_404(OpenItem.objects.open().select_related("finding__day_close"), **named)
