"""周知・マニュアル: a sheet for residents and a handbook for the office, from the form as it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.formbuilder.manual import manual_of
from todoke.procedures.models import Release
from todoke.studio.doors import draft_of


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    draft = draft_of(code)
    here = Release.objects.open().filter(form_version__draft=draft).select_related("offer__procedure").first()
    path = reverse("portal:procedure", args=[here.procedure.number]) if here else reverse("portal:home")
    context = {"draft": draft, "manual": manual_of(draft.parsed, request.build_absolute_uri(path))}
    return render(request, "studio/manuals/show.html", context)
