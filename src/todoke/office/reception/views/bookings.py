"""予約の受付: the day sheet of a section, who came and who did not, and a booking that the office calls off."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from todoke.bookings.models import Booking
from todoke.japanese.calendar import start_of_day, today
from todoke.office.reception.day_sheet import day_sheet, manages_halls, next_day, receives_bookings
from todoke.office.reception.forms.bookings import CallingOffForm
from todoke.reception.booking_notices import moment
from todoke.reception.cancellations import call_off
from todoke.reception.models import FacilityUse, ManualNotice, Visit
from todoke.reception.video_rooms import room_address
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
    rows = day_sheet(user, start_of_day(day))
    context = {
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "rows": rows,
        "following": None if rows else next_day(user, start_of_day(day)),
        "receives": receives_bookings(user),
        "halls": manages_halls(user),
        "to_tell": ManualNotice.objects.visible_to(user).waiting().count(),
    }
    return render(request, "office/bookings/index.html", context)


def _booking(request: HttpRequest, number: str) -> Booking:
    rows = Booking.objects.visible_to(staff(request)).select_related("unit__resource", "registrant", "department")
    return get_object_or_404(rows, number=number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one booking and what can be done with it."""
    booking = _booking(request, number)
    visit = Visit.objects.select_related("purpose", "booking").filter(booking=booking).first()
    context = {
        "booking": booking,
        "when": f"{moment(booking.starts_at)}から{moment(booking.ends_at)[-5:]}まで",
        "visit": visit,
        "room": room_address(visit, timezone.now()) if visit else "",
        "reminders": booking.reminders.order_by("written_at"),
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
    """End a booking with a reason, give the whole fee back, and tell the person."""
    reason = cleaned(CallingOffForm(request.POST))["reason"]
    done = call_off(_booking(request, number), reason=reason, by=staff(request))
    money = f"使用料{done.yen:,}円の全額の還付を始めました。" if done.yen else ""
    if done.told:
        return f"予約を中止し、メールで知らせました。{money}"
    return f"予約を中止しました。{money}メールがないので、「電話・手紙で知らせる人」に入れました。"
