"""予約の指標: use of halls, losers of draws and absences of a month, with what is behind each figure."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from todoke.bookings.models import Resource
from todoke.insights import booking_figures
from todoke.insights.class_figures import CAME, class_figures
from todoke.japanese.calendar import today
from todoke.runtime.parameters import YEARS


def _month(request: HttpRequest) -> date:
    """Return the first day of the month in the address; this month for anything else."""
    try:
        found = parse_date(f"{request.GET.get('month', '')[:7]}-01")
    except ValueError:
        found = None
    return found if found and found.year in YEARS else today().replace(day=1)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the rates of a month, hall by hall and draw by draw."""
    month = _month(request)
    halls, draws = booking_figures.hall_uses(month), booking_figures.draws(month)
    paid = booking_figures.payments(month)
    context = {
        "month": month,
        "before": month - timedelta(days=1),
        "after": month + timedelta(days=31),
        "rates": booking_figures.rates(halls, draws, booking_figures.absences(month), paid),
        "definitions": (*booking_figures.DEFINITIONS, CAME),
        "classes": class_figures(month),
        "halls": halls,
        "draws": draws,
        "paid": paid,
        "channels": booking_figures.channels(month),
        "on": today(),
    }
    return render(request, "board/bookings/show.html", context)


@require_GET
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """Show the bookings behind the use of one hall; it names nobody."""
    month = _month(request)
    found = get_object_or_404(Resource.objects.filter(group__isnull=False), code=code)
    paid = booking_figures.payments(month, found)
    rows = booking_figures.day_uses(found, month)
    context = {"month": month, "hall": found, "rows": rows, "paid": paid[0] if paid else None, "on": today()}
    return render(request, "board/bookings/hall.html", context)
