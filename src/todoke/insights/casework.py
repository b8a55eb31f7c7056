"""Casework 案件の経過: our own cases as an event log for process mining, without names of people.

An event is one passage of a case (経過): its act and its instant. Variants taken by fewer than five cases are not
shown by name, so that nobody is recognised from an unusual way.
"""

from datetime import date

import polars as pl

from todoke.cases.models import Passage
from todoke.cases.models.standing import Channel
from todoke.flows.log import EventLog, from_table
from todoke.flows.log_columns import UnreadableLog

FEWEST = 5


def case_log(*, since: date | None = None, until: date | None = None, release: int | None = None) -> EventLog:
    """Return the log of all cases received in a span of days. Raises UnreadableLog when there are none."""
    passages = Passage.objects.order_by("at", "pk")
    if since:
        passages = passages.filter(case__received_at__date__gte=since)
    if until:
        passages = passages.filter(case__received_at__date__lte=until)
    if release:
        passages = passages.filter(case__release=release)
    rows = list(passages.values_list("case__number", "act", "at", "case__channel"))
    if not rows:
        raise UnreadableLog("この期間に受け付けた案件はまだありません。期間を広げてください。")
    names = dict(Channel.choices)
    case, activity, time, channel = zip(*rows, strict=True)
    table = pl.DataFrame(
        {"case": case, "activity": activity, "time": time, "channel": [names.get(one, one) for one in channel]}
    )
    return from_table(table)
