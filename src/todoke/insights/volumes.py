"""Volumes 件数: yearly cases by procedure and channel: registered counts, then those received here."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate

from todoke.cases.models import Case
from todoke.cases.models.status import ONLINE
from todoke.japanese.calendar import JAPAN, fiscal_year, start_of_day
from todoke.procedures.models import ProcedureQuerySet, Volume

AS_DATA = Q(channel__in=ONLINE)


def fiscal_year_start(day: date) -> date:
    """Return 1 April of the fiscal year 年度 of a day."""
    return date(fiscal_year(day), 4, 1)


def with_yearly_volumes(procedures: ProcedureQuerySet, on: date, until: datetime) -> ProcedureQuerySet:
    """Return those of the procedures with a known count in the fiscal year of a day (年度の件数).

    Each has ``part``, what came in online, and ``whole``, what came in at all.
    """
    registered, received = _registered(on), _received(on, until)
    known = Q(pk__in=registered.values("procedure")) | Q(pk__in=received.values("release__offer__procedure"))
    before = registered.filter(procedure=OuterRef("pk")).order_by().values("procedure")
    here = received.filter(release__offer__procedure=OuterRef("pk")).order_by().values("release__offer__procedure")
    return procedures.filter(known).annotate(
        part=_one(before.annotate(count=Sum("online"))) + _one(here.annotate(count=Count("pk", filter=AS_DATA))),
        whole=_one(before.annotate(count=Sum("total"))) + _one(here.annotate(count=Count("pk"))),
    )


def yearly_totals(procedures: ProcedureQuerySet, on: date, until: datetime) -> tuple[int, int]:
    """Return how many cases of the procedures came in online, and at all, in the fiscal year of a day."""
    registered = _registered(on).filter(procedure__in=procedures).aggregate(online=Sum("online"), total=Sum("total"))
    received = _received(on, until).filter(release__offer__procedure__in=procedures)
    counts = received.aggregate(online=Count("pk", filter=AS_DATA), total=Count("pk"))
    return (registered["online"] or 0) + counts["online"], (registered["total"] or 0) + counts["total"]


def _one(rows: "QuerySet[Any, Any]") -> Coalesce:
    return Coalesce(Subquery(rows.values("count")), 0)


def _registered(on: date) -> QuerySet[Volume]:
    counted = Volume.objects.filter(total__isnull=False, online__isnull=False)
    return counted.filter(starts_on__gte=fiscal_year_start(on), ends_on__lte=on)


def _received(on: date, until: datetime) -> QuerySet[Case]:
    """Return the cases received here outside registered periods."""
    start = fiscal_year_start(on)
    covered = Volume.objects.filter(
        procedure=OuterRef("release__offer__procedure"),
        starts_on__gte=start,
        ends_on__gte=OuterRef("day"),
        starts_on__lte=OuterRef("day"),
        total__isnull=False,
        online__isnull=False,
    )
    cases = Case.objects.filter(received_at__gte=start_of_day(start), received_at__lte=until)
    return cases.alias(day=TruncDate("received_at", tzinfo=JAPAN)).filter(~Exists(covered))
