"""ポイント: programmes and grants."""

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.money.forms.points import GrantForm, ProgramForm
from todoke.office.money.point_grant_list import PointGrantList
from todoke.office.money.point_program_list import PointProgramList
from todoke.payments.models import PointProgram
from todoke.payments.permissions import CLOSE_DAY
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


def _listed(request: HttpRequest, form: ProgramForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **PointProgramList(staff(request, CLOSE_DAY)).page(request.GET).context()}
    return render(request, "office/payments/points.html", context, status=status)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show every programme with its holders and remaining points."""
    user = staff(request, CLOSE_DAY)
    if wanted_format(request.GET):
        return list_response(PointProgramList(user), request.GET)
    return _listed(request, ProgramForm())


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Create a programme."""
    staff(request, CLOSE_DAY)
    form = ProgramForm(request.POST)
    if not form.is_valid():
        return _listed(request, form, status=422)
    program = form.save()
    messages.success(request, f"「{program.title}」を始めました。")
    return redirect("office:points-program", code=program.code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the grants of one programme."""
    rows = PointGrantList.at(staff(request, CLOSE_DAY), {"code": code})
    if wanted_format(request.GET):
        return list_response(rows, request.GET)
    totals = rows.program.grants.aggregate(people=Count("pk"), granted=Sum("points"), left=Sum("left"))
    context = {"program": rows.program, "form": GrantForm(), "totals": totals}
    return render(request, "office/payments/points_program.html", rows.page(request.GET).context() | context)


@action("office:points-program", "code", note="何も付与していません。")
def grant(request: HttpRequest, code: str) -> str:
    """Grant the points once: to an account, or to a resident number."""
    user, program, form = staff(request, CLOSE_DAY), get_object_or_404(PointProgram, code=code), GrantForm(request.POST)
    cleaned(form, "この利用者は見つかりません。アドレスか宛名番号を確かめてください。")
    given = program.grant(by=user, **form.terms())
    return f"{given.points:,}ポイントを付与しました(付与番号 {given.number})。"
