"""かかった時間: what reading saved, measured against typing; said where nothing can be said yet, or where it cost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.japanese.calendar import today
from todoke.scans.checking_time import checking_times
from todoke.web.permission_check import staff


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the times of each template of one's departments."""
    return render(request, "office/scans/figures.html", {"times": checking_times(staff(request)), "on": today()})
