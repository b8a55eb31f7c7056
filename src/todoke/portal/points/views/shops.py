"""ポイントの店: the application, taking points of a customer, the day's uses, and what is paid."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from todoke.japanese.calendar import today
from todoke.points import shop_redemptions
from todoke.points.models import Merchant, PointProgram, Redemption
from todoke.portal.access import signed_in
from todoke.portal.points.forms.points import ShopForm, UseForm
from todoke.web.actions import RefusalsOn, RefusalsSaid


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show the person's own shops."""
    return render(request, "portal/points/shops.html", {"shops": signed_in(request).merchants.all()})


@require_http_methods(["GET", "POST"])
@login_required
def application(request: HttpRequest) -> HttpResponse:
    """Apply for a shop; a chief approves it."""
    user, form = signed_in(request), ShopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        latest = PointProgram.objects.published().first()
        department = latest.department if latest else None
        Merchant.apply(by=user, department=department, **form.cleaned_data)
        messages.success(request, _("申し込みました。承認されると、ポイントを使ってもらえます。"))
        return redirect("portal:shops")
    status = 422 if form.errors else 200
    return render(request, "portal/points/shop_application.html", {"form": form}, status=status)


def _shop(request: HttpRequest, number: str) -> Merchant:
    return get_object_or_404(signed_in(request).merchants.all(), number=number)


def _day(request: HttpRequest, shop: Merchant, form: UseForm) -> HttpResponse:
    uses = list(shop.redemptions.filter(day=today()))
    context = {
        "shop": shop, "form": form, "uses": uses, "settlements": shop.settlements.all()[:12],
        "taken": sum(use.points for use in uses if use.cancelled_at is None),
    }  # fmt: skip
    return render(request, "portal/points/shop.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the day of a shop, and take points of a customer; sent twice, it is one use."""
    user, shop = signed_in(request), _shop(request, number)
    form = UseForm(request.POST) if request.method == "POST" else UseForm.fresh()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with RefusalsOn(form):
            if given["code"]:
                use = shop_redemptions.use_code(shop, given["points"], key=given["key"], code=given["code"], by=user)
            else:
                card = {"number": given["card"], "pin": given["pin"]}
                use = shop_redemptions.use_card(shop, given["points"], key=given["key"], by=user, **card)
            messages.success(request, _("%(points)sポイントを受け取りました。") % {"points": f"{use.points:,}"})
            return redirect("portal:shop", shop.number)
    return _day(request, shop, form)


@require_POST
@login_required
def cancellation(request: HttpRequest, number: str, use: str) -> HttpResponse:
    """Give the points of a use back, before the shop is paid for it."""
    shop = _shop(request, number)
    found = get_object_or_404(Redemption, merchant=shop, number=use, settlement=None)
    with RefusalsSaid(request):
        found.cancel(by=signed_in(request))
        messages.success(request, _("取り消しました。ポイントはお客さまに戻りました。"))
    return redirect("portal:shop", shop.number)
