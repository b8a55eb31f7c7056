"""地域ポイント: what was granted, used, ended and owed, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.japanese.calendar import today
from todoke.points.models import PointProgram
from todoke.points.point_figures import figures

SHOWN = 6


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """Show the figures of the latest programmes."""
    programs = PointProgram.objects.published()[:SHOWN]
    context = {"programs": [figures(program) for program in programs], "on": today()}
    return render(request, "board/public/points.html", context)
