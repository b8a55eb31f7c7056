"""計画・指標: status, needs and summary of plans."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED, invalid_form_page
from todoke.board.cards_page import cards_context
from todoke.board.forms.plans import ClosingForm, ReportForm
from todoke.board.meeting_lists import PlanList
from todoke.board.own_figures import own_figure, own_figures
from todoke.japanese.calendar import today
from todoke.lists.list_page import list_page
from todoke.plans.models import Indicator, Plan
from todoke.plans.permissions import EDIT_PLANS
from todoke.plans.summary import status_of, summarise
from todoke.voices.voice_chain import sources_of
from todoke.web.actions import action
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the plans, newest first."""
    user = staff(request)
    return list_page(request, PlanList(user), "board/plans/index.html", {"can_edit": EDIT_PLANS.held_by(user)})


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one plan: strategies, measures, milestones, indicators."""
    plan = get_object_or_404(Plan.objects.select_related("predecessor"), code=code)
    summary = summarise(plan, today(), own_figures())
    page = {"plan": plan, "summary": summary, "can_edit": plan.can_edit(staff(request)), "form": ClosingForm()}
    return render(request, "board/plans/show.html", page)


@require_GET
def summing(request: HttpRequest, code: str) -> HttpResponse:
    """Show the summary on A4 with its evidence."""
    plan = get_object_or_404(Plan, code=code)
    page = {"plan": plan, "summary": summarise(plan, today(), own_figures()), "form": ClosingForm()}
    return render(request, "board/plans/summary.html", page | {"can_edit": plan.can_edit(staff(request))})


@requires_recent_factor
@action("board:plan", "code", note=UNCHANGED)
def publication(request: HttpRequest, code: str) -> str:
    """Publish a plan."""
    user, plan = staff(request, EDIT_PLANS), get_object_or_404(Plan, code=code)
    plan.publish(by=user)
    return "計画を公表しました。"


@action("board:plan-summary", "code", note=UNCHANGED)
def closing(request: HttpRequest, code: str) -> str:
    """Close a plan with a summary."""
    user, plan, form = staff(request, EDIT_PLANS), get_object_or_404(Plan, code=code), ClosingForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    plan.close(words=words, by=user)
    return "計画を総括しました。"


@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show one indicator: definition, curve, targets, need."""
    found = get_object_or_404(Indicator.objects.select_related("measure__plan"), code=code)
    now = status_of(found, today(), own_figures() if found.own_figure else None)
    known = [each for each in now.actuals if each.value is not None]
    page = {
        "indicator": found,
        "voices": sources_of(found),
        "now": now,
        "points": [each.on.isoformat() for each in known],
        "series": [("実績", [float(each.value or 0) for each in known])],
        "can_edit": found.measure.plan.can_edit(staff(request)),
        "form": ReportForm(),
    }
    return render(request, "board/plans/indicator.html", page)


@action("board:indicator", "code", note=UNCHANGED)
def report(request: HttpRequest, code: str) -> str | HttpResponse:
    """Record an actual."""
    user, found, form = staff(request, EDIT_PLANS), get_object_or_404(Indicator, code=code), ReportForm(request.POST)
    if not form.is_valid():
        return invalid_form_page(request, form, found.name, "board:indicator", code)
    found.report(by=user, **form.cleaned_data)
    return "実績を記録しました。"


@action("board:indicator", "code", note=UNCHANGED)
def figure(request: HttpRequest, code: str) -> str:
    """Record what the product itself counts today."""
    user, found = staff(request, EDIT_PLANS), get_object_or_404(Indicator.objects.exclude(own_figure=""), code=code)
    found.report(by=user, **own_figure(found.own_figure).facts())
    return "きょうの数を記録しました。"


@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """Show the card series of a municipality."""
    return render(request, "board/plans/cards.html", cards_context(request.GET))
