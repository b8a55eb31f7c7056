"""ポイント: programmes and grants."""

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.money.forms.points import CancellationForm, GrantForm, ProgramForm
from todoke.office.money.point_grant_list import PointGrantList
from todoke.office.money.point_program_list import PointProgramList
from todoke.payments.models import PointGrant, PointProgram
from todoke.payments.permissions import CLOSE_DAY
from todoke.web.actions import RefusalsOn
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff


def _listed(request: HttpRequest, form: ProgramForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **PointProgramList(staff(request, CLOSE_DAY)).page(request.GET).context()}
    return render(request, "office/payments/points.html", context, status=status)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show every programme with its holders and remaining points."""
    user = staff(request, CLOSE_DAY)
    if wanted_format(request.GET):
        return list_response(PointProgramList(user), request)
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


def _program(request: HttpRequest, code: str, form: GrantForm, status: int = 200) -> HttpResponseBase:
    rows = PointGrantList.at(staff(request, CLOSE_DAY), {"code": code})
    if wanted_format(request.GET):
        return list_response(rows, request)
    grants = rows.program.grants.filter(cancelled_at=None)
    totals = grants.aggregate(people=Count("pk"), granted=Sum("points"), left=Sum("left"))
    context = {"program": rows.program, "form": form, "totals": totals, **rows.page(request.GET).context()}
    return render(request, "office/payments/points_program.html", context, status=status)


@asks_reason
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the grants of one programme."""
    return _program(request, code, GrantForm())


@require_POST
def grant(request: HttpRequest, code: str) -> HttpResponseBase:
    """Grant the points once: to an account, a resident number or both; a refusal keeps what was typed."""
    user, program, form = staff(request, CLOSE_DAY), get_object_or_404(PointProgram, code=code), GrantForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form, note="何も付与していません。"):
            given = program.grant(by=user, **form.terms())
            messages.success(request, f"{given.points:,}ポイントを付与しました(付与番号 {given.number})。")
            return redirect("office:points-program", code=code)
    return _program(request, code, form, status=422)


def _grant_page(
    request: HttpRequest, code: str, number: str, form: CancellationForm, status: int = 200
) -> HttpResponse:
    found = get_object_or_404(PointGrant.objects.select_related("program", "user"), program__code=code, number=number)
    [(_, moves)] = PointGrant.journals_of([found])
    context = {"grant": found, "moves": moves, "form": form}
    return render(request, "office/payments/point_grant.html", context, status=status)


@require_GET
def grant_page(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show one grant with what happened to its points, and let it be taken back."""
    staff(request, CLOSE_DAY)
    return _grant_page(request, code, number, CancellationForm())


@require_POST
def cancellation(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Take an unused grant back; a refusal keeps the reason typed."""
    user, form = staff(request, CLOSE_DAY), CancellationForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            get_object_or_404(PointGrant, program__code=code, number=number).cancel(by=user, **form.cleaned_data)
            messages.success(request, f"付与番号 {number} を取り消しました。あらためて付与できます。")
            return redirect("office:points-program", code=code)
    return _grant_page(request, code, number, form, status=422)
