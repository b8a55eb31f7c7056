"""Receivers of signals of cases, which outlive them as facts, and of incidents, which other ways stand in for."""

from typing import Any

from django.dispatch import receiver

from todoke.cases import signals
from todoke.cases.models import Case, Draft
from todoke.cases.models.status import DECIDED, Status
from todoke.insights.certificates.outage_notices import draft_for, withdraw_for
from todoke.insights.funnel import record_event
from todoke.insights.models import UseEvent
from todoke.systems import signals as system_signals
from todoke.systems.models import Incident


@receiver(signals.begun)
def on_begun(sender: object, *, draft: Draft, **kwargs: Any) -> None:
    """Count a draft begun."""
    record_event(draft.release, UseEvent.Step.STARTED, channel=draft.channel)


@receiver(signals.accepted)
def on_accepted(sender: object, *, case: Case, **kwargs: Any) -> None:
    """Count an application received."""
    record_event(case.release, UseEvent.Step.SUBMITTED, channel=case.channel)


@receiver(signals.status_changed)
def on_moved(sender: object, *, case: Case, after: str, **kwargs: Any) -> None:
    """Count a decision."""
    steps: dict[str, str] = dict.fromkeys(DECIDED, UseEvent.Step.DECIDED)
    steps |= {Status.CORRECTION: UseEvent.Step.RETURNED, Status.WITHDRAWN: UseEvent.Step.WITHDRAWN}
    if after in steps:
        record_event(case.release, steps[after], channel=case.channel)


@receiver(system_signals.incident_opened)
def on_incident(sender: object, *, incident: Incident, **kwargs: Any) -> None:
    """Draft a notice that names the other ways to a certificate."""
    draft_for(incident)


@receiver(system_signals.incident_closed)
def on_incident_over(sender: object, *, incident: Incident, **kwargs: Any) -> None:
    """Withdraw what named the other ways."""
    withdraw_for(incident)
