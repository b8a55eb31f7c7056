"""時間外命令: asked for by the person, ordered by the chief within the limits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.lists.list_page import list_page
from todoke.office.attendance.attendance_lists import OrderList
from todoke.office.attendance.forms.attendance import OrderForm, ReasonForm
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.models import OvertimeOrder
from todoke.workforce.overtime_orders import give_order, rule_of, uses_with


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, OrderList(staff(request)), "office/attendance/orders.html", {"form": OrderForm()})


@require_POST
def addition(request: HttpRequest) -> HttpResponse:
    """Ask for an order; a refusal keeps what was typed."""
    user, form = staff(request), OrderForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form, note="何も申請していません。"):
            given, (starts, ends) = form.cleaned_data, form.span()
            more = {"afterwards_reason": given["afterwards_reason"], "special_work": given["special_work"]}
            made = OvertimeOrder.request(user, starts, ends, given["reason"], on=given["on"], by=user, **more)
            messages.success(request, "申請しました。課長の命令を待ってください。")
            return redirect("office:order", made.token)
    context = {**OrderList(user).page(request.GET).context(), "form": form}
    return render(request, "office/attendance/orders.html", context, status=422)


def order_of(request: HttpRequest, token: str) -> OvertimeOrder:
    """Return an order that the person sees. Raises Http404."""
    rows = OvertimeOrder.objects.visible_to(staff(request))
    return get_object_or_404(
        rows.select_related("user", "sheet__department", "special_work", "decided_by"), token=token
    )


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show an order, with what the limits would bear where it waits."""
    found, user = order_of(request, token), staff(request)
    may_decide = found.status == "requested" and found.sheet.can_approve(user)
    context = {
        "row": found, "form": ReasonForm(), "is_own": user.pk == found.user_id, "may_decide": may_decide,
        "uses": uses_with(found) if may_decide and rule_of(found.sheet) else [],
    }  # fmt: skip
    return render(request, "office/attendance/order.html", context)


@action("office:order", "token")
def approval(request: HttpRequest, token: str) -> str:
    give_order(order_of(request, token), by=staff(request))
    return "命じました。"


@action("office:order", "token")
def refusal(request: HttpRequest, token: str) -> str:
    reason = cleaned(ReasonForm(request.POST))["reason"]
    order_of(request, token).refuse(reason, by=staff(request))
    return "承認しないことにしました。"


@action("office:order", "token")
def withdrawal(request: HttpRequest, token: str) -> str:
    order_of(request, token).withdraw(by=staff(request))
    return "取り消しました。"
