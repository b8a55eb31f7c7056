"""利用の流れ: views, starts, submissions and decisions by service."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.board.forms.funnel import PeriodForm
from todoke.insights.funnel import funnels
from todoke.japanese.calendar import today


def show(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.GET or None)
    since, until = form.period(default=(today() - timedelta(days=29), today()))
    found = [(funnel, [(stage.label, stage.count) for stage in funnel.stages]) for funnel in funnels(since, until)]
    return render(request, "board/funnel.html", {"form": form, "funnels": found, "since": since, "until": until})
