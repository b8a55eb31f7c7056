"""手続とのつながり: which procedure of the inventory a flow or a survey is about, found by words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from todoke.flows.models import ExperienceSurvey
from todoke.flows.permissions import WALK_SURVEY
from todoke.procedures import flow_links, search
from todoke.procedures.models import Procedure
from todoke.studio.access import author_of
from todoke.studio.flow_editor import get_flow
from todoke.studio.forms.flows import ProcedureChoiceForm
from todoke.web.permission_check import staff

MOST_SHOWN = 20


@require_http_methods(["GET", "POST"])
def flow(request: HttpRequest, number: str) -> HttpResponse:
    """Say which procedure a flow shows."""
    found = get_flow(number)
    by = author_of(request, found)
    form = _form(request, flow_links.procedure_of_flow(found))
    back = reverse("studio:flow", args=[number])
    if request.method == "POST" and form.is_valid():
        flow_links.link_flow(found, form.procedure(), by=by)
        return _said(request, form, back)
    return _page(request, form, found.title, back)


@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, number: str) -> HttpResponse:
    """Say in which procedure a survey was walked."""
    by = staff(request, WALK_SURVEY)
    found = get_object_or_404(ExperienceSurvey.objects.select_related("flow"), number=number)
    form = _form(request, flow_links.procedure_of_survey(found))
    back = reverse("studio:survey", args=[number])
    if request.method == "POST" and form.is_valid():
        flow_links.link_survey(found, form.procedure(), by=by)
        return _said(request, form, back)
    return _page(request, form, found.title, back)


def _form(request: HttpRequest, now: Procedure | None) -> ProcedureChoiceForm:
    """Return the choice among what the words find; what was posted is among them."""
    words, posted = request.GET.get("q", "").strip()[:100], request.POST.get("number", "")[:12]
    rows = Procedure.objects.current().order_by("serial")
    found = rows.filter(number=posted) if posted else rows.filter(search.matching(words))
    shown = list(found[:MOST_SHOWN]) if posted or words else []
    return ProcedureChoiceForm(request.POST.dict() if request.method == "POST" else None, found=shown, now=now)


def _said(request: HttpRequest, form: ProcedureChoiceForm, back: str) -> HttpResponse:
    chosen = form.procedure()
    messages.success(request, f"手続「{chosen.title}」につなぎました。" if chosen else "手続とのつながりを外しました。")
    return redirect(back)


def _page(request: HttpRequest, form: ProcedureChoiceForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "words": request.GET.get("q", "").strip()[:100]}
    return render(request, "studio/flows/procedure.html", context, status=422 if form.errors else 200)
