"""ポイント: programmes and grants."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.lists.csv_xlsx_export import list_response, table_response
from todoke.lists.query import wanted_format
from todoke.office.money.forms.points import GrantForm, ProgramForm
from todoke.office.money.point_program_list import PointProgramList
from todoke.office.money.views.payments import treasurer
from todoke.payments.models import PointGrant, PointProgram
from todoke.web.actions import action, cleaned

HEADS = ["付与番号", "利用者", "付与日", "付与ポイント", "残り", "有効期限", "失効日"]
PAGE = 50


def _listed(request: HttpRequest, form: ProgramForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **PointProgramList(treasurer(request)).page(request.GET).context()}
    return render(request, "office/payments/points.html", context, status=status)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show every programme with its holders and remaining points."""
    user = treasurer(request)
    if wanted_format(request.GET):
        return list_response(PointProgramList(user), request.GET)
    return _listed(request, ProgramForm())


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Create a programme."""
    treasurer(request)
    form = ProgramForm(request.POST)
    if not form.is_valid():
        return _listed(request, form, status=422)
    program = form.save()
    messages.success(request, f"「{program.title}」を始めました。")
    return redirect("office:points-program", code=program.code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the grants of one programme."""
    treasurer(request)
    program = get_object_or_404(PointProgram, code=code)
    grants = program.grants.select_related("user")
    if only_left := request.GET.get("left", ""):
        grants = grants.filter(left__gt=0)
    if kind := request.GET.get("export"):
        return table_response(program.title, HEADS, (_cells(grant) for grant in grants), kind)
    context = {
        "program": program, "page": Paginator(grants, PAGE).get_page(request.GET.get("page")), "form": GrantForm(),
        "totals": program.grants.aggregate(people=Count("pk"), granted=Sum("points"), left=Sum("left")),
        "only_left": only_left,
    }  # fmt: skip
    return render(request, "office/payments/points_program.html", context)


def _cells(grant: PointGrant) -> list[object]:
    who = str(grant.user or "宛名番号")
    return [grant.number, who, grant.granted_on, grant.points, grant.left, grant.expires_on, grant.expired_on]


@action("office:points-program", "code", note="何も付与していません。")
def grant(request: HttpRequest, code: str) -> str:
    """Grant the points once: to an account, or to a resident number."""
    user, program, form = treasurer(request), get_object_or_404(PointProgram, code=code), GrantForm(request.POST)
    cleaned(form, "この利用者は見つかりません。アドレスか宛名番号を確かめてください。")
    given = program.grant(by=user, **form.terms())
    return f"{given.points:,}ポイントを付与しました(付与番号 {given.number})。"
