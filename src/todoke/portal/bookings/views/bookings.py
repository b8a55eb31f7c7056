"""予約: the page of one booking for whoever holds its link, its calendar and permit, and one's own bookings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.bookings.models import Booking, WaitlistEntry
from todoke.portal.access import actor_of, signed_in
from todoke.portal.bookings.booking_page import booking_context, booking_of
from todoke.portal.bookings.span_words import span_in_words
from todoke.reception import facility_requests
from todoke.reception.calendar_file import calendar_file
from todoke.reception.models import FacilityUse, Visit
from todoke.reception.permit import permit_pdf
from todoke.reception.visits import visit_requests
from todoke.reception.waiting_offers import take
from todoke.runtime.links import absolute
from todoke.web.actions import action
from todoke.web.downloads import take as take_file
from todoke.web.downloads import without_persons
from todoke.workforce import help_bookings
from todoke.workforce.models import HelpSession


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show one booking: state, time, what to do next."""
    return render(request, "portal/bookings/show.html", booking_context(booking_of(token)))


@action("portal:booking", "token")
def confirmation(request: HttpRequest, token: str) -> str:
    """Confirm a held visit, or a held seat at a help session."""
    booking = booking_of(token)
    if HelpSession.objects.of_booking(booking):
        help_bookings.confirm(booking, by=actor_of(request))
        return _("予約が決まりました。")
    visit = get_object_or_404(Visit.objects.select_related("booking__department", "purpose"), booking__token=token)
    visit_requests.confirm(visit, by=actor_of(request))
    return _("予約が決まりました。")


@action("portal:booking", "token")
def cancellation(request: HttpRequest, token: str) -> str:
    """Give the time back, and what the rules give back of the fee."""
    booking, by = booking_of(token), actor_of(request)
    if visit := Visit.objects.select_related("booking").filter(booking=booking).first():
        visit_requests.cancel(visit, by=by)
        return _("予約を取り消しました。")
    if HelpSession.objects.of_booking(booking):
        help_bookings.cancel(booking, by=by)
        return _("予約を取り消しました。")
    yen = facility_requests.cancel(get_object_or_404(FacilityUse, booking=booking), by=by)
    if yen:
        return _("予約を取り消しました。使用料 %(yen)s円をお返しします。") % {"yen": f"{yen:,}"}
    return _("予約を取り消しました。")


@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the booking for a calendar; it names nobody."""
    booking = booking_of(token)
    content = calendar_file(booking, absolute("portal:booking", token))
    return without_persons(content, f"{booking.number}.ics", media_type="text/calendar")


@require_GET
def permit(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the permit as a PDF."""
    rows = FacilityUse.objects.select_related(
        "booking__unit__resource", "booking__registrant", "booking__department", "charge"
    )
    use = get_object_or_404(rows, booking__token=token)
    return take_file(use, lambda: permit_pdf(use), f"{use.permit_number}.pdf", by=actor_of(request), inline=True)


@require_GET
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Show whether a permit is good: hall and time, no name."""
    use = get_object_or_404(FacilityUse.objects.select_related("booking__unit__resource"), permit_number=number)
    context = {"use": use, "when": span_in_words(use.booking.span), "good": use.is_permitted}
    return render(request, "portal/bookings/check.html", context)


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show the signed-in person's bookings to come, offers, and places on waiting lists."""
    user = signed_in(request)
    rows = (
        Booking.objects.of(user).filter(ends_at__gte=timezone.now(), public_label="").select_related("unit__resource")
    )
    waits = WaitlistEntry.objects.filter(registrant__account=user, status__in=["waiting", "offered"])
    context = {
        "bookings": [(each, span_in_words(each.span)) for each in rows.order_by("starts_at")[:100]],
        "waits": [(each, span_in_words(each.span)) for each in waits.select_related("unit__resource")[:100]],
    }
    return render(request, "portal/bookings/mine.html", context)


@action(lambda request, **keys: reverse("portal:my-bookings"))
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a time that is offered from the waiting list."""
    user = signed_in(request)
    rows = WaitlistEntry.objects.select_related("unit__resource__group", "registrant", "returned")
    use = take(get_object_or_404(rows, pk=pk, registrant__account=user), by=user)
    messages.success(request, _("予約しました。"))
    return redirect("portal:booking", use.booking.token)


@action(lambda request, **keys: reverse("portal:my-bookings"))
def wait_withdrawal(request: HttpRequest, pk: int) -> str:
    """Leave a waiting list."""
    user = signed_in(request)
    get_object_or_404(WaitlistEntry, pk=pk, registrant__account=user).close(by=user)
    return _("空き待ちをやめました。")
