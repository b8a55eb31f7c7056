"""未済項目: open items of closed days, and the trial balance."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import table_response
from todoke.office.money.views.payments import treasurer
from todoke.payments import open_items, trial_balance
from todoke.payments.matching import Discrepancy
from todoke.payments.models import Journal, OpenItem

HEADS = ["発生日", "経過日数", "区分", "照合番号", "勘定", "金額(円)", "対応"]


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show open items, oldest first, and every account with its evidence."""
    treasurer(request)
    items = OpenItem.objects.open().select_related("finding__day_close")
    chosen = request.GET.get("difference", "")
    if chosen in Discrepancy.values:
        items = items.filter(finding__difference=chosen)
    rows = [(item, item.age(today())) for item in items[:500]]
    if request.GET.get("export"):
        return table_response("未済項目", HEADS, (_cells(*row) for row in rows), "csv")
    found = trial_balance.balances()
    context = {
        "rows": rows, "balances": found, "classes": Discrepancy.choices, "chosen": chosen,
        "unexplained": sum(abs(balance.unexplained) for balance in found),
    }  # fmt: skip
    return render(request, "office/payments/items.html", context)


@require_POST
def inquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """Poll the provider about an open item again."""
    user, item = treasurer(request), _item(request, reference)
    messages.info(request, f"{reference}: {open_items.requery(item, on=Journal.first_open(today()), by=user)}")
    return redirect("office:payments-items")


@require_POST
def concession(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a payment off: the fee is owed again."""
    user, item = treasurer(request), _item(request, reference)
    messages.info(request, f"{reference}: {open_items.reverse_receipt(item, on=Journal.first_open(today()), by=user)}")
    return redirect("office:payments-items")


def _item(request: HttpRequest, reference: str) -> OpenItem:
    named = {"finding__reference": reference, "finding__difference": request.POST.get("difference", "")}
    return get_object_or_404(OpenItem.objects.open().select_related("finding__day_close"), **named)


def _cells(item: OpenItem, age: int) -> list[object]:
    finding = item.finding
    words = [finding.get_difference_display(), finding.reference, item.account_name]
    return [item.opened_on, age, *words, item.yen, finding.explanation]
