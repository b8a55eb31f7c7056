"""募集枠: the seats as a grid of facilities and classes with both reports, and one pool."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.admissions.models import SeatPool
from todoke.office.selection.forms.admissions import ReasonForm, SeatReportForm
from todoke.office.selection.round_access import round_of
from todoke.office.selection.selection_page import seat_grid
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


def _pool(request: HttpRequest, pk: int, pool: int) -> SeatPool:
    rows = round_of(request, pk).pools.select_related("facility", "round__scheme")
    return get_object_or_404(rows.prefetch_related("classes", "seat_reports__reported_by"), pk=pool)


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the grid."""
    of = round_of(request, pk)
    heads = ["施設", *(of.scheme.class_name(number) for number in of.scheme.classes)]
    return render(request, "office/admissions/seats.html", {"round": of, "heads": heads, "rows": seat_grid(of)})


@require_GET
def pool(request: HttpRequest, pk: int, pool: int) -> HttpResponse:
    """Show one pool with all its reports."""
    found = _pool(request, pk, pool)
    forms = {"form": SeatReportForm(), "reason": ReasonForm(initial={"reason": found.reason})}
    return render(request, "office/admissions/pool.html", {"pool": found, "round": found.round, **forms})


@action("office:admission-pool", "pk", "pool", note="報告は入っていません。")
def report(request: HttpRequest, pk: int, pool: int) -> str:
    """Write the number that one side reports."""
    found = _pool(request, pk, pool)
    made = found.report(by=staff(request), **cleaned(SeatReportForm(request.POST)))
    return f"{made.get_side_display()}を{made.seats}人と入れました。"


@action("office:admission-pool", "pk", "pool", note="理由は入っていません。")
def reason(request: HttpRequest, pk: int, pool: int) -> str:
    """Say why the number differs from last year's or from the places."""
    _pool(request, pk, pool).explain(by=staff(request), **cleaned(ReasonForm(request.POST)))
    return "理由を残しました。"
