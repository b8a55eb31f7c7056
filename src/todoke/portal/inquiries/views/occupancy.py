"""混雑: how full shelters and counters are now, at an address that never changes; old reports say how old they are."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.places.models import OccupancyPoint
from todoke.places.occupancy_level import Age, Level

KEPT, KEY = 10, "portal-crowding"
"""Seconds for which the rows are kept; the page shows their time."""


def _rows() -> tuple[datetime, list[OccupancyPoint]]:
    kept: tuple[datetime, list[OccupancyPoint]] | None = cache.get(KEY)
    if kept is None:
        kept = timezone.now(), list(OccupancyPoint.objects.with_latest())
        cache.set(KEY, kept, KEPT)
    return kept


def level_words(level: Level) -> str:
    """Return a level in the language of the page."""
    return {
        Level.FREE: _("空いています"), Level.SOME: _("やや混雑しています"),
        Level.CROWDED: _("混雑しています"), Level.FULL: _("いっぱいです"),
    }[level]  # fmt: skip


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    read_at, points = _rows()
    shown: list[dict[str, Any]] = []
    for point in points:
        found = point.state_at(timezone.now())
        at = point.last_at if found.age in (Age.FRESH, Age.OLD) else None  # type: ignore[attr-defined]
        words = level_words(found.level) if found.level else ""
        shown.append({"point": point, "age": found.age.value, "words": words, "at": at, "minutes": found.minutes})
    context = {"shown": shown, "read_at": read_at}
    return render(request, "portal/crowding/show.html", context)
