"""場所: whether a place is open today and on the days that follow; what is not known is not said."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.japanese.calendar import today
from todoke.places.models import Place, PlaceClosure
from todoke.places.open_days import open_days

MOST, DAYS = 100, 14


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the first hundred places by their reading, with today's hours; by name where one was typed."""
    typed, day = request.GET.get("q", "").strip()[:50], today()
    found = Place.objects.with_hours().filter(name__icontains=typed)[:MOST]
    closures = list(PlaceClosure.objects.between(day, day))
    shown = [(place, open_days(place, closures, day, 1)[0]) for place in found]
    return render(request, "portal/places/index.html", {"shown": shown, "typed": typed, "day": day})


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Place.objects.with_hours().select_related("department"), code=code)
    day = today()
    closures = list(PlaceClosure.objects.filter(place=place).between(day, day + timedelta(days=DAYS)))
    context = {"place": place, "days": open_days(place, closures, day, DAYS)}
    return render(request, "portal/places/show.html", context)
