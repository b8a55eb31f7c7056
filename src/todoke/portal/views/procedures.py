"""手続: search, and the page of one procedure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.continuity.paperpack import file_name, print_form, releases
from todoke.guidance import procedure_summary
from todoke.guidance.finder import find_procedures
from todoke.guidance.models import LifeEvent
from todoke.guidance.plain_names import called
from todoke.guidance.service_summary import service_summary
from todoke.portal.forms.search import SearchForm
from todoke.procedures.models import Procedure
from todoke.web.downloads import without_persons


def index(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    event = LifeEvent.objects.filter(code=asked["event"]).first() if asked.get("event") else None
    whose, page = asked.get("whose", ""), asked.get("page") or 1
    finding = find_procedures(asked.get("q", ""), event=event, audience=whose, page=page)
    return render(request, "portal/procedures/index.html", {"finding": finding})


def _offline(number: str) -> Procedure:
    return get_object_or_404(Procedure.objects.current().select_related("department"), number=number)


@require_GET
def blank_form(request: HttpRequest, number: str) -> HttpResponseBase:
    """Return the form of an online service to be printed and filled in by hand, for the post."""
    release = releases(number).first()
    if release is None:
        raise Http404
    return without_persons(print_form(release), file_name(release), inline=True)


def show(request: HttpRequest, number: str) -> HttpResponse:
    offering = service_summary(number)
    procedure = offering.release.procedure if offering else _offline(number)
    context = {
        "procedure": procedure,
        "called": offering.called if offering else called(procedure),
        "offering": offering,
        "facts": None if offering else procedure_summary.summarise(procedure),
    }
    return render(request, "portal/procedures/show.html", context)
