"""打刻: one press a moment, by the clock of the server."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from todoke.japanese.calendar import JAPAN, business_date
from todoke.office.attendance.forms.attendance import ClockForm
from todoke.office.attendance.month_page import clock_words
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.clock_intervals import ClockKind
from todoke.workforce.left_out import LEFT_OUT
from todoke.workforce.models import ClockEvent, MonthSheet
from todoke.workforce.models.clock_event import work_day_of
from todoke.workforce.permissions import CLOSE_ATTENDANCE

SHOWN = 8


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the one next press, the others, and what was pressed on this work day."""
    user, now = staff(request), timezone.now()
    day = work_day_of(user, ClockKind.OUT, now)
    events = list(ClockEvent.objects.standing().filter(user=user, on=day))
    last = events[-1].kind if events else ""
    following = {"": ClockKind.IN, "in": ClockKind.OUT, "break": ClockKind.RETURN, "return": ClockKind.OUT}
    place = events[-1].place if events else ClockEvent.Place.OFFICE
    context = {
        "now": timezone.localtime(now, JAPAN), "day": day, "is_yesterday": day != business_date(now),
        "events": [(each, clock_words(each)) for each in events[-SHOWN:]],
        "following": following.get(last, ClockKind.IN), "kinds": ClockKind, "place": place,
        "places": ClockEvent.Place.choices, "key": secrets.token_urlsafe(24), "left_out": LEFT_OUT,
        "sheet": MonthSheet.objects.filter(user=user, month=day.replace(day=1)).first(),
        "may_close": CLOSE_ATTENDANCE.held_by(user),
    }  # fmt: skip
    return render(request, "office/attendance/clock.html", context)


@action("office:clock")
def event(request: HttpRequest) -> str:
    """Note one press; the same form sent twice is one event."""
    given = cleaned(ClockForm(request.POST))
    made = ClockEvent.clock(given["kind"], given["place"], key=given["key"], by=staff(request))
    return f"{made.get_kind_display()}を{clock_words(made)}に記録しました。"
