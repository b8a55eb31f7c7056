"""声: what was heard, answered and changed, for headquarters; and the same in public with promises and figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.board.voices.voices_page import board_context, public_context
from todoke.meetings.models import Commitment
from todoke.plans.models import Indicator, Plan
from todoke.voices.voice_chain import public_commitment, sources_of


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show headquarters what was heard and what is late."""
    return render(request, "board/voices/show.html", board_context())


@require_GET
def council(request: HttpRequest) -> HttpResponse:
    """Show the figures to the council and the public, without sign-in."""
    return render(request, "board/voices/council.html", public_context())


@require_GET
def commitment(request: HttpRequest, number: str) -> HttpResponse:
    """Show a promise, what became of it, and the voices behind it."""
    found = get_object_or_404(Commitment.objects.select_related("meeting", "department"), number=number)
    if not public_commitment(found):
        raise Http404
    kinds = ["fulfilled", "dropped", "moved"]
    context = {"commitment": found, "events": found.events.filter(kind__in=kinds).order_by("at"),
               "voices": sources_of(found)}  # fmt: skip
    return render(request, "board/voices/commitment.html", context)


@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show an indicator with its definition and actuals, and the voices behind it."""
    rows = Indicator.objects.exclude(measure__plan__status=Plan.Status.DRAFT).select_related("measure__plan")
    found = get_object_or_404(rows, code=code)
    context = {"indicator": found, "actuals": found.actuals.order_by("-on")[:12], "voices": sources_of(found)}
    return render(request, "board/voices/indicator.html", context)
