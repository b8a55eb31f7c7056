"""いまの姿: the home page of headquarters and the public council page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.home_page import council_context, state_context


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the home page of headquarters."""
    return render(request, "board/home.html", state_context())


@require_GET
def council(request: HttpRequest) -> HttpResponse:
    """Show the same figures to the council and the public, without sign-in."""
    return render(request, "board/public/council.html", council_context())
