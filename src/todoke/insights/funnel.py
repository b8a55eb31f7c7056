"""The funnel 利用の流れ: viewed → started → submitted → decided, counted from events as they happen.

Viewed: the start page was opened. Started: a draft was begun. Submitted: it was received. Decided: granted, partly
granted or refused. A share is always of the step before over the same days; starting today and submitting tomorrow
counts on both days, so a share over few days may exceed 100 %.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count

from todoke.cases.models.status import Channel
from todoke.insights.models import UseEvent
from todoke.japanese.calendar import today
from todoke.offers.models import Offer, Release
from todoke.runtime.read_only_mode import read_only

STEPS = (UseEvent.Step.VIEWED, UseEvent.Step.STARTED, UseEvent.Step.SUBMITTED, UseEvent.Step.DECIDED)


@dataclass(frozen=True)
class FunnelStep:
    """One step (段階): its count, and its share of the step before, None where that is 0."""

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
    stages: tuple[FunnelStep, ...]
    returned: int
    withdrawn: int


def record_event(release: Release, step: str, *, channel: str = Channel.WEB) -> None:
    """Count one step of an anonymous user; in read-only mode nothing is counted.

    In a transaction, whose flush others share; a statement alone would be flushed while nobody else may write.
    """
    if read_only() is not None:
        return
    with transaction.atomic(savepoint=False):
        UseEvent.objects.create(offer_id=release.offer_id, release=release, step=step, channel=channel, on=today())


def funnels(since: date, until: date, *, channel: str = Channel.WEB) -> list[Funnel]:
    """Return the funnel of every service for one channel."""
    offers = list(Offer.objects.select_related("procedure"))
    events = UseEvent.objects.filter(offer__in=offers, on__gte=since, on__lte=until, channel=channel)
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
        for offer in offers
    ]


def _stages(counts: dict[UseEvent.Step, int]) -> list[FunnelStep]:
    found: list[FunnelStep] = []
    for step, count in counts.items():
        before = found[-1].count if found else 0
        found.append(FunnelStep(step, str(step.label), count, count / before if before else None))
    return found
