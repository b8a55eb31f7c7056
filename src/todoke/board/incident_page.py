"""Context of an incident's page 障害の頁, including its affected cases."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from todoke.accounts.models import User
from todoke.board.forms import systems as forms
from todoke.board.register_forms import REGISTERS
from todoke.cases.models import Case
from todoke.japanese.calendar import business_date, today
from todoke.systems.models import Incident, IncidentNotice

SHOWN = 20


@dataclass(frozen=True)
class AffectedCases:
    """影響する案件: open cases of dependent procedures, and those with a deadline during the outage."""

    first: date
    last: date
    count: int
    people: int
    due: list[Case]


def affected_cases(incident: Incident) -> AffectedCases:
    """Return the affected cases; due are those from its first day to the day after its end."""
    outages = list(incident.outages.all())
    first = business_date(outages[0].starts_at if outages else incident.detected_at)
    ends = [business_date(each.ends_at) if each.ends_at else today() for each in outages]
    last = max(ends, default=first) + timedelta(days=1)
    rows = Case.objects.open().filter(release__offer__procedure__dependencies__system=incident.system)
    due = rows.filter(due_on__gte=first, due_on__lte=last).select_related("release__offer__procedure", "department")
    people = rows.exclude(applicant=None).values("applicant").distinct().count()
    return AffectedCases(first, last, rows.count(), people, list(due.order_by("due_on", "number")[:SHOWN]))


def incident_context(incident: Incident, user: User) -> dict[str, Any]:
    """Return the context of an incident's page."""
    open_to_write = incident.can_edit(user) and incident.status == Incident.Status.INVESTIGATING
    steps = REGISTERS["steps"].rows(incident).order_by("at", "pk")
    return {
        "incident": incident,
        "touched": incident.affected_procedures(),
        "cases": affected_cases(incident),
        "steps": [each for each in steps if each.kind != "demand"],
        "demands": [each for each in steps if each.kind == "demand"],
        "outages": REGISTERS["outages"].rows(incident).order_by("starts_at"),
        "notices": REGISTERS["notices"].rows(incident).order_by("pk"),
        "audiences": IncidentNotice.Audience.choices,
        "today": today(),
        "can_edit": open_to_write,
        "may_tell": incident.can_edit(user),
        "impact_form": forms.ImpactForm(auto_id="impact_%s"),
        "done_form": forms.DoneForm(auto_id=False),
        "outage_form": forms.OutageForm(),
        "step_form": forms.StepForm(auto_id="step_%s"),
        "cause_form": forms.CauseForm(initial={"direct": incident.direct_cause, "root": incident.root_cause}),
    }
