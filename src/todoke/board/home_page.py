"""Home page いまの姿: key figures of plans, commitments and systems, for headquarters and for the public."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from todoke.accounts.models import User
from todoke.board import trends
from todoke.board.own_figures import own_figures
from todoke.board.public_lists import PublicCommitmentList
from todoke.insights import rates
from todoke.japanese.calendar import start_of_day, today
from todoke.meetings.models import Commitment, Decision, Meeting
from todoke.plans.models import Plan
from todoke.plans.summary import IndicatorStatus, PlanSummary, summarise
from todoke.systems.models import Change, DrillFinding, Incident, IncidentStep, InformationSystem

SHOWN = 10


def _summaries(found: Sequence[rates.Rate]) -> list[PlanSummary]:
    """Return the published plans with the figures that the same page shows."""
    published, counted = Plan.objects.filter(status=Plan.Status.PUBLISHED), own_figures(found)
    return [summarise(plan, today(), counted) for plan in published]


def _moved(summaries: list[PlanSummary]) -> list[IndicatorStatus]:
    """Return indicators that changed since the value before."""
    rows = [each for summary in summaries for measure in summary.measures for each in measure.indicators]
    return [each for each in rows if each.change]


def state_context() -> dict[str, Any]:
    """Return the context of the headquarters' home page."""
    found, on = rates.rates(), today()
    summaries = _summaries(found)
    return {
        "today": on,
        "rates": trends.rate_changes(found),
        "trend": trends.rate_history(),
        "promises": trends.commitment_history(),
        "summaries": summaries,
        "moved": _moved(summaries),
        "late": Commitment.objects.overdue().select_related("department")[:SHOWN],
        "waiting": Commitment.objects.filter(status=Commitment.Status.ANSWERED).select_related("department")[:SHOWN],
        "counts": {
            "open": Commitment.objects.open().count(),
            "overdue": Commitment.objects.overdue().count(),
            "unresolved": Commitment.objects.unresolved().count(),
            "incidents": Incident.objects.filter(status=Incident.Status.INVESTIGATING).count(),
            "unused": InformationSystem.objects.unused().count(),
            "findings": DrillFinding.objects.filter(closed_on__isnull=True).count(),
            "demands": IncidentStep.objects.filter(kind="demand", done_on__isnull=True, due__lt=on).count(),
        },
        "next": Meeting.objects.planned().filter(held_on__gte=on).order_by("held_on").first(),
        "incidents": Incident.objects.filter(status=Incident.Status.INVESTIGATING).select_related("system")[:SHOWN],
        "changes": Change.objects.filter(ends_at__gte=start_of_day(on)).select_related("system")[:SHOWN],
    }


def council_context(query: QueryDict) -> dict[str, Any]:
    """Return the context of the public page: plans, decisions and commitments of meetings with confirmed minutes.

    The words of a search narrow decisions and commitments alike.
    """
    found, page = rates.rates(), PublicCommitmentList(User()).page(query)
    decisions = Decision.objects.filter(meeting__status=Meeting.Status.RECORDED).select_related("meeting")
    if words := page.query.words:
        decisions = decisions.filter(text__icontains=words)
    return {
        "today": today(),
        "rates": trends.rate_changes(found),
        "trend": trends.rate_history(),
        "summaries": _summaries(found),
        "decisions": decisions.order_by("-meeting__held_on", "pk")[: SHOWN * 3],
        "unconfirmed": Meeting.objects.filter(status=Meeting.Status.HELD),
        **page.context(),
    }
