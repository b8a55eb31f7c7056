"""混雑の報告: opening and closing shelters, and how full they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from todoke.places.models import OccupancyPoint
from todoke.places.occupancy_level import LEVEL_WORDS
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    now, points = timezone.now(), OccupancyPoint.objects.reportable_by(staff(request)).with_latest()
    shown = [(point, point.state_at(now)) for point in points]
    context = {"shown": shown, "levels": [(level.value, words) for level, words in LEVEL_WORDS.items()]}
    return render(request, "office/crowding/index.html", context)


def _point(request: HttpRequest, number: int) -> OccupancyPoint:
    return get_object_or_404(OccupancyPoint.objects.reportable_by(staff(request)), pk=number)


@action("office:crowding")
def report(request: HttpRequest, number: int) -> str:
    point = _point(request, number)
    point.report(request.POST.get("level", ""), by=staff(request))
    return f"{point}の混雑を報告しました。"


@action("office:crowding")
def opening(request: HttpRequest, number: int) -> str:
    point = _point(request, number)
    point.open(by=staff(request))
    return f"{point}を開設しました。続けて混雑を報告してください。"


@action("office:crowding")
def closure(request: HttpRequest, number: int) -> str:
    point = _point(request, number)
    point.close(by=staff(request))
    return f"{point}を閉じました。住民には「開設していません」と出ます。"
