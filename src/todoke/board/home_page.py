"""Home page いまの姿: key figures of plans, commitments and systems, for headquarters and for the public."""

from decimal import Decimal
from typing import Any

from todoke.board import trends
from todoke.insights import rates
from todoke.japanese.calendar import start_of_day, today
from todoke.meetings.models import Commitment, Decision, Meeting
from todoke.plans.models import Plan
from todoke.plans.summary import IndicatorStatus, PlanSummary, summarise
from todoke.systems.models import Change, DrillFinding, Incident, IncidentStep

SHOWN = 10


def _summaries() -> list[PlanSummary]:
    return [summarise(plan, today()) for plan in Plan.objects.filter(status=Plan.Status.PUBLISHED)]


def _moved(summaries: list[PlanSummary]) -> list[IndicatorStatus]:
    """Return indicators that changed since the value before."""
    rows = [each for summary in summaries for measure in summary.measures for each in measure.indicators]
    return [each for each in rows if each.change]


def own_count(key: str) -> dict[str, Any]:
    """Return numerator, denominator and date that the product itself counts for an indicator."""
    rate = rates.rate(key)
    return {
        "on": rate.on,
        "numerator": Decimal(rate.numerator),
        "denominator": Decimal(rate.denominator),
        "denominator_on": rate.on,
        "source": "手続の台帳と案件の記録(自動)",
        "missing_reason": "" if rate.denominator else "数える対象がまだありません",
    }


def state_context() -> dict[str, Any]:
    """Return the context of the headquarters' home page."""
    summaries, on = _summaries(), today()
    return {
        "today": on,
        "rates": trends.rate_changes(rates.rates()),
        "summaries": summaries,
        "moved": _moved(summaries),
        "late": Commitment.objects.overdue().select_related("department")[:SHOWN],
        "waiting": Commitment.objects.filter(status=Commitment.Status.ANSWERED).select_related("department")[:SHOWN],
        "counts": {
            "open": Commitment.objects.open().count(),
            "overdue": Commitment.objects.overdue().count(),
            "unresolved": Commitment.objects.unresolved().count(),
            "incidents": Incident.objects.filter(status=Incident.Status.INVESTIGATING).count(),
            "findings": DrillFinding.objects.filter(closed_on__isnull=True).count(),
            "demands": IncidentStep.objects.filter(kind="demand", done_on__isnull=True, due__lt=on).count(),
        },
        "next": Meeting.objects.planned().filter(held_on__gte=on).order_by("held_on").first(),
        "incidents": Incident.objects.filter(status=Incident.Status.INVESTIGATING).select_related("system")[:SHOWN],
        "changes": Change.objects.filter(ends_at__gte=start_of_day(on)).select_related("system")[:SHOWN],
    }


def council_context() -> dict[str, Any]:
    """Return the context of the public page: plans, decisions and commitments of recorded meetings."""
    recorded = Meeting.objects.filter(status=Meeting.Status.RECORDED)
    promises = Commitment.objects.filter(meeting__in=recorded).select_related("department", "meeting")
    return {
        "today": today(),
        "rates": rates.rates(),
        "summaries": _summaries(),
        "meetings": recorded[:SHOWN],
        "decisions": Decision.objects.filter(meeting__in=recorded).select_related("meeting")[: SHOWN * 3],
        "promises": promises.order_by("status", "due", "number")[: SHOWN * 5],
    }
