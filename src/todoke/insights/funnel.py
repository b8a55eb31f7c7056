"""The funnel 利用の流れ: viewed → started → submitted → decided, counted from events as they happen.

Definitions. Viewed: the page before the start was opened. Started: an application was begun. Submitted: it was
received. Decided: it was granted, granted in part or refused. A share is always of the step before, over the same days;
people who start today and submit tomorrow count on both days, so that a share over few days may exceed 100 %.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from todoke.cases.models.status import Channel
from todoke.insights.models import UseEvent
from todoke.japanese.calendar import today
from todoke.offers.models import Offer, Release
from todoke.runtime.read_only_mode import read_only

STEPS = (UseEvent.Step.VIEWED, UseEvent.Step.STARTED, UseEvent.Step.SUBMITTED, UseEvent.Step.DECIDED)


@dataclass(frozen=True)
class Stage:
    """One step of the funnel (段階): how many, and which share of the step before; None when there was none before."""

    step: str
    label: str
    count: int
    share: float | None

    @property
    def percent(self) -> str | None:
        return None if self.share is None else f"{self.share * 100:.1f}"


@dataclass(frozen=True)
class Funnel:
    """The funnel of one service (利用の流れ) over days, both included."""

    title: str
    code: str
    stages: tuple[Stage, ...]
    returned: int
    withdrawn: int


def note(release: Release, step: str, *, channel: str = Channel.WEB) -> None:
    """Write that a step was taken, by nobody in particular; while nothing is written, nothing is counted."""
    if read_only() is not None:
        return
    UseEvent.objects.create(offer_id=release.offer_id, release=release, step=step, channel=channel, on=today())


def funnels(since: date, until: date, *, channel: str = Channel.WEB) -> list[Funnel]:
    """Return the funnel of every service for the applications of one channel."""
    events = UseEvent.objects.filter(on__gte=since, on__lte=until, channel=channel)
    rows = events.values_list("offer", "step").annotate(count=Count("pk")).order_by()
    counts = {(offer, step): count for offer, step, count in rows}
    return [
        Funnel(
            str(offer),
            offer.code,
            tuple(_stages({step: counts.get((offer.pk, step), 0) for step in STEPS})),
            counts.get((offer.pk, UseEvent.Step.RETURNED), 0),
            counts.get((offer.pk, UseEvent.Step.WITHDRAWN), 0),
        )
        for offer in Offer.objects.select_related("procedure")
    ]


def _stages(counts: dict[UseEvent.Step, int]) -> list[Stage]:
    found: list[Stage] = []
    for step, count in counts.items():
        before = found[-1].count if found else 0
        found.append(Stage(step, str(step.label), count, count / before if before else None))
    return found
