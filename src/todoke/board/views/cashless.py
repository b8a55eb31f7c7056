"""キャッシュレス: the cashless rate, its obstacles, and payments by method."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.forms.cashless import CountsForm
from todoke.board.rate_lists import CashlessList
from todoke.insights import cashless, channel_counts
from todoke.insights.permissions import IMPORT_CHANNEL_COUNTS
from todoke.insights.volumes import fiscal_year_start
from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import list_response
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the rate, obstacles, shares by method, and counts by channel."""
    paid = cashless.receipts_by_method()
    context = {
        "rate": cashless.cashless_rate(),
        "reasons": cashless.obstacle_counts(),
        "paid": paid,
        "bars": [(one.method, one.receipts) for one in paid],
        "channels": cashless.cases_by_channel(),
        "since": fiscal_year_start(today()),
        "on": today(),
        "form": CountsForm() if IMPORT_CHANNEL_COUNTS.held_by(staff(request)) else None,
    }
    return render(request, "board/cashless/show.html", context)


@require_GET
def procedures(request: HttpRequest) -> HttpResponse:
    """Show the rows of the rate; their sums are the rate."""
    context = {"rate": cashless.cashless_rate(), **CashlessList(staff(request)).page(request.GET).context()}
    return render(request, "board/cashless/procedures.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """Return the rows of the rate as a file."""
    return list_response(CashlessList(staff(request)), request)


@action("board:cashless", note="何も取り込んでいません。")
def counts(request: HttpRequest) -> str:
    """Import counts by channel from another system."""
    user = staff(request, IMPORT_CHANNEL_COUNTS)
    file = cleaned(CountsForm(request.POST, request.FILES), "ファイルを選んでから、「取り込む」を押してください。")[
        "file"
    ]
    taken = channel_counts.import_counts(file.name, file.read(), by=user)
    for each in taken.warnings():
        messages.warning(request, each)
    return f"{taken.taken}行を取り込みました。"
