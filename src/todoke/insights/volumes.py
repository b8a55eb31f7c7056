"""Volumes 件数: yearly cases by procedure and channel: registered counts, then those received here."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import TruncDate

from todoke.cases.models import Case
from todoke.japanese.calendar import JAPAN, fiscal_year, start_of_day
from todoke.procedures.models import Procedure, Volume


@dataclass
class YearlyVolume:
    """One procedure's count in the fiscal year so far (年度の件数)."""

    procedure: int
    number: str
    title: str
    department: str
    online: int = 0
    total: int = 0


def fiscal_year_start(day: date) -> date:
    """Return 1 April of the fiscal year 年度 of a day."""
    return date(fiscal_year(day), 4, 1)


def yearly_volumes(on: date, until: datetime) -> list[YearlyVolume]:
    """Return every procedure with a known count in the fiscal year of a day, largest first."""
    start = fiscal_year_start(on)
    registered = Volume.objects.filter(starts_on__gte=start, ends_on__lte=on, total__isnull=False, online__isnull=False)
    counts: dict[int, tuple[int, int]] = {}
    for procedure, online, total in registered.values_list("procedure").annotate(Sum("online"), Sum("total")):
        counts[procedure] = (online, total)
    for procedure, online, total in _received(start, until):
        before = counts.get(procedure, (0, 0))
        counts[procedure] = (before[0] + online, before[1] + total)
    rows = Procedure.objects.existing_on(on).filter(pk__in=counts)
    found = [
        YearlyVolume(pk, number, title, department or "未定", *counts[pk])
        for pk, number, title, department in rows.values_list("pk", "number", "title", "department__name")
    ]
    return sorted(found, key=lambda tally: (-tally.total, tally.number))


def _received(start: date, until: datetime) -> list[tuple[int, int, int]]:
    """Count the cases received here outside registered periods."""
    day = TruncDate("received_at", tzinfo=JAPAN)
    covered = Volume.objects.filter(
        procedure=OuterRef("release__offer__procedure"),
        starts_on__gte=start,
        ends_on__gte=OuterRef("day"),
        starts_on__lte=OuterRef("day"),
        total__isnull=False,
        online__isnull=False,
    )
    cases = Case.objects.filter(received_at__gte=start_of_day(start), received_at__lte=until).annotate(day=day)
    return list(
        cases.filter(~Exists(covered))
        .order_by()
        .values_list("release__offer__procedure")
        .annotate(online=Count("pk", filter=Q(channel=Case.Channel.WEB)), total=Count("pk"))
    )
