"""予約の受付: a visit or a use of a hall entered at the telephone or the counter, and a hold by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from todoke.accounts.models import User
from todoke.bookings.slots import Span
from todoke.office.reception.day_sheet import receiver
from todoke.office.reception.forms.bookings import HoldForm, PurposeForm, UnitDayForm, UseEntryForm, VisitEntryForm
from todoke.reception import facility_requests, staff_holds
from todoke.reception.facility_requests import FacilityRequest
from todoke.reception.visits import visit_requests
from todoke.reception.visits.visit_requests import VisitRequest
from todoke.web.actions import RefusalsOn


def visit(request: HttpRequest) -> HttpResponse:
    """Take a visit: the purpose first, where there are several, then a free time and the name."""
    by = receiver(request)
    chosen = PurposeForm(request.GET or None, user=by)
    if not request.GET and chosen.rows.count() == 1:
        return redirect(reverse("office:bookings-visit", query={"purpose": chosen.rows[0].code}))
    asked = chosen.cleaned_data if chosen.is_bound and chosen.is_valid() else None
    form = VisitEntryForm(request.POST or None, **asked) if asked else None
    if request.method == "POST" and asked and form and form.is_valid():
        with RefusalsOn(form):
            typed = dict(form.cleaned_data)
            span = form.spans[typed.pop("start")]
            made = visit_requests.request(VisitRequest(span=span, **asked, **typed), by=by)
            messages.success(request, f"予約を受け付けました。予約番号は{made.booking.number}です。")
            return redirect("office:booking", made.booking.number)
    context = {"chosen": chosen, "form": form}
    return render(request, "office/bookings/visit.html", context, status=422 if form and form.errors else 200)


def _unit_and_day(request: HttpRequest, by: User) -> tuple[UnitDayForm, bool]:
    """Return the form of hall and day in the address, and whether both are known."""
    chosen = UnitDayForm(request.GET if "day" in request.GET else None, user=by)
    return chosen, chosen.is_bound and chosen.is_valid()


def use(request: HttpRequest) -> HttpResponse:
    """Take a use of a hall for a registrant, under the limits that hold on the residents' page."""
    by = receiver(request)
    chosen, known = _unit_and_day(request, by)
    number = request.GET.get("registrant", "")
    form = UseEntryForm(request.POST or None, chosen=chosen, initial={"registrant": number}) if known else None
    if request.method == "POST" and form and form.is_valid():
        with RefusalsOn(form):
            made = facility_requests.request(FacilityRequest(**chosen.cleaned_data, **form.cleaned_data), by=by)
            messages.success(request, f"予約を受け付けました。予約番号は{made.booking.number}です。")
            return redirect("office:booking", made.booking.number)
    context = {
        "chosen": chosen,
        "form": form,
        "title": "施設の予約を受ける",
        "button": "予約を受け付ける",
        "number": number,
    }
    return render(request, "office/bookings/entry.html", context, status=422 if form and form.errors else 200)


def hold(request: HttpRequest) -> HttpResponse:
    """Hold a time for the office, under a label that the public reads."""
    by = receiver(request)
    chosen, known = _unit_and_day(request, by)
    form = HoldForm(request.POST or None, chosen=chosen) if known else None
    if request.method == "POST" and form and form.is_valid():
        with RefusalsOn(form):
            unit, frame, typed = chosen.cleaned_data["unit"], form.cleaned_data["frame"], form.cleaned_data
            span = Span.on(chosen.cleaned_data["day"], frame.opens, frame.closes)
            made = staff_holds.hold(unit, span, label=typed["label"], reason=typed["reason"], by=by)
            messages.success(request, "押さえました。住民のページに、名目と理由が出ます。")
            return redirect("office:booking", made.number)
    context = {"chosen": chosen, "form": form, "title": "施設の時間を押さえる", "button": "押さえる"}
    return render(request, "office/bookings/entry.html", context, status=422 if form and form.errors else 200)
