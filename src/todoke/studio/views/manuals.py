"""周知・マニュアル: a leaflet for residents and a manual for the office, generated from the draft."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.formbuilder.publication.manual import build_manual
from todoke.studio.access import get_draft, public_url


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    draft = get_draft(code)
    context = {"draft": draft, "manual": build_manual(draft.parsed, public_url(request, draft))}
    return render(request, "studio/manuals/show.html", context)
