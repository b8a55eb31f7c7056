"""予約の受付: the day sheet of a section, who came and who did not, and a booking that the office calls off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from todoke.bookings.models import Booking
from todoke.japanese.calendar import start_of_day, today
from todoke.office.reception.day_sheet import day_sheet, receives_bookings
from todoke.office.reception.forms.bookings import CallingOffForm
from todoke.reception.booking_notices import moment, tell
from todoke.reception.models import FacilityUse, Visit
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


def _day(request: HttpRequest) -> str:
    return request.GET.get("day", "")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show a day: visits and halls in the order of their times."""
    try:
        day = parse_date(_day(request)) or today()
    except ValueError:
        day = today()
    day = day if abs((day - today()).days) < 800 else today()
    user = staff(request)
    context = {"day": day, "rows": day_sheet(user, start_of_day(day)), "receives": receives_bookings(user)}
    return render(request, "office/bookings/index.html", context)


def _booking(request: HttpRequest, number: str) -> Booking:
    rows = Booking.objects.visible_to(staff(request)).select_related("unit__resource", "registrant", "department")
    return get_object_or_404(rows, number=number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one booking and what can be done with it."""
    booking = _booking(request, number)
    context = {
        "booking": booking,
        "when": f"{moment(booking.starts_at)}から{moment(booking.ends_at)[-5:]}まで",
        "visit": Visit.objects.select_related("purpose").filter(booking=booking).first(),
        "use": FacilityUse.objects.select_related("charge__receipt").filter(booking=booking).first(),
        "live": booking.status in {"held", "confirmed"},
        "form": CallingOffForm(),
    }
    return render(request, "office/bookings/show.html", context)


@action("office:booking", "number")
def arrival(request: HttpRequest, number: str) -> str:
    """Note that the person came."""
    _booking(request, number).check_in(by=staff(request))
    return "来場を記録しました。"


@action("office:booking", "number")
def absence(request: HttpRequest, number: str) -> str:
    """Note that nobody came."""
    _booking(request, number).mark_absent(by=staff(request))
    return "不来場を記録しました。"


@action("office:booking", "number")
def calling_off(request: HttpRequest, number: str) -> str:
    """End a booking with a reason, and tell the person."""
    booking, by = _booking(request, number), staff(request)
    booking.call_off(reason=cleaned(CallingOffForm(request.POST))["reason"], by=by)
    told = tell(booking, "booking-cancelled", by=by)
    return (
        "予約を中止し、メールで知らせました。"
        if told
        else "予約を中止しました。メールがないので、電話で知らせてください。"
    )
