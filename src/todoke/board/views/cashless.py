"""キャッシュレス: the cashless rate, its obstacles, and payments by method."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.board.forms.cashless import CountsForm
from todoke.insights import cashless, channel_counts
from todoke.insights.volumes import fiscal_year_start
from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import table_response
from todoke.lists.query import wanted_format
from todoke.organization.models import Post
from todoke.organization.permissions import has_role
from todoke.web.actions import action, cleaned

HEADS = ["手続番号", "手続名", "所管部署", "分子", "分母", "納め方・妨げ"]


def _may_import(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and has_role(user, Post.Role.HEADQUARTERS, Post.Role.TREASURER)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the rate, obstacles, shares by method, and counts by channel."""
    paid, rows = cashless.receipts_by_method(), cashless.payment_obstacles()
    context = {
        "rate": cashless.cashless_rate(rows),
        "reasons": cashless.obstacle_counts(rows),
        "paid": paid,
        "bars": [(one.method, one.receipts) for one in paid],
        "channels": cashless.cases_by_channel(),
        "since": fiscal_year_start(today()),
        "on": today(),
        "form": CountsForm() if _may_import(request) else None,
    }
    return render(request, "board/cashless/show.html", context)


@require_GET
def procedures(request: HttpRequest) -> HttpResponse:
    """Show the rows of the rate; their sums are the rate."""
    rows = cashless.payment_obstacles()
    why = request.GET.get("why", "")
    shown = [row for row in rows if not why or row[1] == why]
    context = {
        "rate": cashless.cashless_rate(rows), "rows": shown, "why": why, "on": today(),
        "reasons": sorted({reason for _, reason in rows}),
        "part": sum(line.part for line, _ in shown), "whole": len(shown),
    }  # fmt: skip
    return render(request, "board/cashless/procedures.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """Return the rows of the rate as CSV."""
    cells = (
        [line.number, line.title, line.department, line.part, line.whole, why]
        for line, why in cashless.payment_obstacles()
    )
    return table_response("キャッシュレス", HEADS, cells, wanted_format(request.GET, "csv"))


@action("board:cashless", note="何も取り込んでいません。")
def counts(request: HttpRequest) -> str:
    """Import counts by channel from another system."""
    if not _may_import(request) or not isinstance(request.user, User):
        raise PermissionDenied
    file = cleaned(CountsForm(request.POST, request.FILES), "ファイルを選んでから、「取り込む」を押してください。")[
        "file"
    ]
    return f"{channel_counts.import_counts(file.name, file.read(), by=request.user)}行を取り込みました。"
