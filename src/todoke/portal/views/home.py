"""住民の入口: search, life events, going on where one stopped."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.guidance.models import LifeEvent


def show(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"life_events": LifeEvent.objects.all()})
