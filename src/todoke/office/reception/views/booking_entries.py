"""予約の受付: a visit or a use of a hall entered at the telephone or the counter, and a hold by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from todoke.bookings.slots import Span
from todoke.office.reception.day_sheet import receiver
from todoke.office.reception.forms.bookings import HoldForm, PurposeForm, UseEntryForm, VisitEntryForm
from todoke.reception import facility_requests, staff_holds, visit_requests
from todoke.reception.facility_requests import FacilityRequest
from todoke.reception.visit_requests import VisitRequest
from todoke.web.actions import RefusalsOn


def visit(request: HttpRequest) -> HttpResponse:
    """Take a visit: the purpose first, then a free time and the name."""
    by = receiver(request)
    chosen = PurposeForm(request.GET or None, user=by)
    purpose = chosen.cleaned_data["purpose"] if chosen.is_bound and chosen.is_valid() else None
    form = VisitEntryForm(request.POST or None, purpose=purpose) if purpose else None
    if request.method == "POST" and purpose and form and form.is_valid():
        with RefusalsOn(form):
            typed = dict(form.cleaned_data)
            span, mode = form.spans[typed.pop("start")], purpose.modes.split()[0]
            made = visit_requests.request(VisitRequest(purpose, span, mode, **typed), by=by)
            messages.success(request, f"予約を受け付けました。予約番号は{made.booking.number}です。")
            return redirect("office:booking", made.booking.number)
    context = {"chosen": chosen, "purpose": purpose, "form": form}
    return render(request, "office/bookings/visit.html", context, status=422 if form and form.errors else 200)


def use(request: HttpRequest) -> HttpResponse:
    """Take a use of a hall for a registrant, under the limits that hold on the residents' page."""
    by = receiver(request)
    form = UseEntryForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = facility_requests.request(FacilityRequest(**form.cleaned_data), by=by)
            messages.success(request, f"予約を受け付けました。予約番号は{made.booking.number}です。")
            return redirect("office:booking", made.booking.number)
    context = {"form": form, "title": "電話・窓口で施設の予約を受ける", "button": "予約を受け付ける"}
    return render(request, "office/bookings/entry.html", context, status=422 if form.errors else 200)


def hold(request: HttpRequest) -> HttpResponse:
    """Hold a time for the office, under a label that the public reads."""
    by = receiver(request)
    form = HoldForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            typed = form.cleaned_data
            span = Span.on(typed["day"], typed["frame"].opens, typed["frame"].closes)
            made = staff_holds.hold(typed["unit"], span, label=typed["label"], reason=typed["reason"], by=by)
            messages.success(request, "押さえました。住民のページに、名目と理由が出ます。")
            return redirect("office:booking", made.number)
    context = {"form": form, "title": "施設の時間を押さえる", "button": "押さえる"}
    return render(request, "office/bookings/entry.html", context, status=422 if form.errors else 200)
