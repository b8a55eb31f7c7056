"""混雑: how full shelters and counters are now, at an address that never changes; old reports say how old they are."""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.places.models import OccupancyPoint
from todoke.places.occupancy_level import Age, Level
from todoke.web.shared_pages import MadePage, shared_page

KEPT, KEY = timedelta(seconds=10), "portal-crowding"
"""How long the rows are kept; the page shows their time."""


def _rows() -> tuple[datetime, list[OccupancyPoint]]:
    kept: tuple[datetime, list[OccupancyPoint]] | None = cache.get(KEY)
    if kept is None or timezone.now() >= kept[0] + KEPT:
        kept = timezone.now(), list(OccupancyPoint.objects.with_latest())
        cache.set(KEY, kept, KEPT.total_seconds())
    return kept


def level_words(level: Level) -> str:
    """Return a level in the language of the page."""
    return {
        Level.FREE: _("空いています"), Level.SOME: _("やや混雑しています"),
        Level.CROWDED: _("混雑しています"), Level.FULL: _("いっぱいです"),
    }[level]  # fmt: skip


def _shown(point: OccupancyPoint, now: datetime) -> dict[str, Any]:
    found = point.state_at(now)
    at = point.told_at if found.age in (Age.FRESH, Age.OLD) else None
    words = level_words(found.level) if found.level else ""
    return {"point": point, "age": found.age.value, "words": words, "at": at, "minutes": found.minutes}


def _same_until(points: list[OccupancyPoint], now: datetime, latest: datetime) -> datetime:
    """Return the first moment at which the age of a report changes what the page says, at most ``latest``."""
    changes = (point.same_until(point.state_at(now), now) for point in points)
    return min([latest, *(change for change in changes if change is not None)])


def _made(request: HttpRequest) -> MadePage:
    """Return the page with the ages of this moment, and until when nothing on it changes."""
    now = timezone.now()
    read_at, points = _rows()
    context = {"shown": [_shown(point, now) for point in points], "read_at": read_at}
    until = _same_until(points, now, read_at + KEPT)
    return MadePage(render(request, "portal/crowding/show.html", context), until)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    return shared_page(request, KEY, _made)
