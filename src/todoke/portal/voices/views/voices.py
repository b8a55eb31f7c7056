"""声のゆくえ: from an opinion, an idea or a staff proposal to what it changed, promised and measures, and back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.voices.voice_chain import recent_chains, shares, voice_chain


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the newest chains and the four shares."""
    return render(request, "portal/voices/list.html", {"chains": recent_chains(), "shares": shares()})


@require_GET
def show(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show one chain, every hop of which is a link. Raises Http404."""
    chain = voice_chain(kind, pk)
    if chain is None:
        raise Http404
    return render(request, "portal/voices/show.html", {"chain": chain})
