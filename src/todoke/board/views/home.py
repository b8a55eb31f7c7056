"""いまの姿: the home page of headquarters, and the public pages of figures and promises."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.board.home_page import council_context, state_context
from todoke.board.public_lists import PublicRateList
from todoke.insights import rates


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the home page of headquarters."""
    return render(request, "board/home.html", state_context())


@require_GET
def council(request: HttpRequest) -> HttpResponse:
    """Show the same figures to the council and the public, without sign-in."""
    return render(request, "board/public/council.html", council_context(request.GET))


@require_GET
def public_rate(request: HttpRequest, key: str) -> HttpResponse:
    """Show the procedures behind a rate to everybody; their sums are the rate."""
    rows = PublicRateList.at(User(), {"key": key})
    return render(request, "board/public/rate.html", {"rate": rates.rate(key), **rows.page(request.GET).context()})
