"""いまの姿: one page tells the state: what moved, what is late, what was promised."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.home_page import council_page, state_page


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The state for the headquarters."""
    return render(request, "board/home.html", state_page())


@require_GET
def council(request: HttpRequest) -> HttpResponse:
    """The same figures for the council and the public, who do not sign in."""
    return render(request, "board/public/council.html", council_page())
