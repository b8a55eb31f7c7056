"""Case event log 案件の経過: our own cases as an event log for process mining, without names of people.

An event is one entry of a case's history (経過): its act and its instant. Variants with fewer than five cases are not
listed, so that nobody is recognised by an unusual course.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from todoke.cases.models import CaseEvent
from todoke.cases.models.status import Channel
from todoke.flows.mining.event_log import EventLog, log_from_frame
from todoke.japanese.calendar import start_of_day
from todoke.lazy_modules import pl
from todoke.offers.models import Offer
from todoke.runtime.refusals import Unreadable

FEWEST = 5


@dataclass(frozen=True)
class CaseSelection:
    """Which cases 対象の案件: by day of receipt, channel and service; empty means all."""

    since: date | None = None
    until: date | None = None
    channel: str = ""
    offer: Offer | None = None

    def case_events(self) -> QuerySet[CaseEvent]:
        """Return the events of the selected cases."""
        found = CaseEvent.objects.order_by("at", "pk")
        if self.since:
            found = found.filter(case__received_at__gte=start_of_day(self.since))
        if self.until:
            found = found.filter(case__received_at__lt=start_of_day(self.until + timedelta(days=1)))
        if self.channel:
            found = found.filter(case__channel=self.channel)
        if self.offer:
            found = found.filter(case__release__offer=self.offer)
        return found


def selection_from(chosen: Mapping[str, str]) -> CaseSelection:
    """Return the selection that was chosen as text: days, a channel and the code of a service, each empty for all."""
    since, until = (date.fromisoformat(chosen[name]) if chosen[name] else None for name in ("since", "until"))
    offer = Offer.objects.filter(code=chosen["offer"]).first() if chosen["offer"] else None
    return CaseSelection(since, until, chosen["channel"], offer)


def case_log(selection: CaseSelection) -> EventLog:
    """Return the event log of the selected cases. Raises Unreadable when there are none."""
    rows = list(selection.case_events().values_list("case__number", "act", "at", "case__channel"))
    if not rows:
        raise Unreadable("この条件で受け付けた案件はまだありません。期間や受付方法を広げてください。")
    names = dict(Channel.choices)
    case, activity, at, channel = zip(*rows, strict=True)
    table = pl.DataFrame(
        {"case": case, "activity": activity, "time": at, "channel": [names.get(one, one) for one in channel]}
    )
    return log_from_frame(table)
