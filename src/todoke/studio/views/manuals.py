"""周知・マニュアル: a sheet for residents and a handbook for the office, from the form as it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.formbuilder.publication.manual import build_manual
from todoke.studio.access import address_of, draft_of


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    draft = draft_of(code)
    context = {"draft": draft, "manual": build_manual(draft.parsed, address_of(request, draft))}
    return render(request, "studio/manuals/show.html", context)
