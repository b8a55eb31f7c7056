"""利用登録: who may take halls, a new registration, and limits of use with their ground."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.bookings.models import Booking, Registrant, Suspension
from todoke.lists.list_page import list_page
from todoke.office.reception.day_sheet import hall_manager
from todoke.office.reception.forms.registrants import LiftForm, RegistrantForm, SuspensionForm
from todoke.office.reception.registrant_list import RegistrantList
from todoke.reception import use_limits
from todoke.reception.booking_notices import moment
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.export_reason import asks_reason

SHOWN = 50


@asks_reason
def index(request: HttpRequest) -> HttpResponseBase:
    """Show who is registered."""
    return list_page(request, RegistrantList(hall_manager(request)), "office/registrants/index.html")


def registration(request: HttpRequest) -> HttpResponse:
    """Register a person or group that was verified."""
    by = hall_manager(request)
    form = RegistrantForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            typed = form.cleaned_data
            made = Registrant.register(
                typed["group"], form.details(), verified_by=typed["verified_by"], valid_until=typed["valid_until"],
                by=by,
            )  # fmt: skip
            messages.success(request, f"登録しました。登録番号は {made.number} です。登録証に書いて渡してください。")
            return redirect("office:registrant", made.number)
    return render(request, "office/registrants/registration.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one registration with its limits, and its bookings of one's own halls."""
    by = hall_manager(request)
    found = get_object_or_404(Registrant.objects.select_related("account"), number=number)
    bookings = Booking.objects.visible_to(by).filter(registrant=found).select_related("unit__resource")
    form = SuspensionForm(user=by)
    limits = found.suspensions.select_related("group__department")
    context = {
        "registrant": found,
        "limit": use_limits.limit_today(found),
        "limits": [(each, LiftForm(auto_id=f"lift-{each.pk}-%s"), each.group.can_suspend(by)) for each in limits],
        "form": form if form.groups else None,
        "bookings": [(each, moment(each.starts_at)) for each in bookings.order_by("-starts_at")[:SHOWN]],
    }
    return render(request, "office/registrants/show.html", context)


@action("office:registrant", "number")
def suspension(request: HttpRequest, number: str) -> str:
    """Limit the use of halls with a ground, and tell the registrant."""
    found, by = get_object_or_404(Registrant, number=number), hall_manager(request)
    told = use_limits.impose(found, **cleaned(SuspensionForm(request.POST, user=by)), by=by)
    return (
        "利用を制限し、メールで知らせました。"
        if told
        else "利用を制限しました。メールがないので、郵送か電話で知らせてください。"
    )


@action(lambda request, number, pk: reverse("office:registrant", args=[number]))
def lifting(request: HttpRequest, number: str, pk: int) -> str:
    """End a limit early, with a reason."""
    by = hall_manager(request)
    limits = Suspension.objects.select_related("group__department").filter(registrant__number=number)
    get_object_or_404(limits, pk=pk).lift(reason=cleaned(LiftForm(request.POST))["reason"], by=by)
    return "制限を解きました。"
