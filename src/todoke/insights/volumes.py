"""Volumes 件数: yearly cases by procedure and channel: registered counts, then those received here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from todoke.cases.models import IntakeCount
from todoke.cases.models.intake_count import DAY
from todoke.cases.models.status import ONLINE
from todoke.japanese.calendar import fiscal_year, start_of_day
from todoke.procedures.models import ProcedureQuerySet, Volume

AS_DATA = Q(channel__in=ONLINE)
PROCEDURE = "release__offer__procedure"


def fiscal_year_start(day: date) -> date:
    """Return 1 April of the fiscal year 年度 of a day."""
    return date(fiscal_year(day), 4, 1)


def with_yearly_volumes(procedures: ProcedureQuerySet, on: date) -> ProcedureQuerySet:
    """Return those of the procedures with a known count in the fiscal year of a day (年度の件数).

    Each has ``part``, what came in online, and ``whole``, what came in at all.
    """
    known, part, whole = Q(), list[Coalesce](), list[Coalesce]()
    for rows, procedure, online, every in _sources(on):
        known |= Q(pk__in=rows.values(procedure))
        own = rows.filter(**{procedure: OuterRef("pk")}).order_by().values(procedure)
        part.append(_one(own.annotate(count=online)))
        whole.append(_one(own.annotate(count=every)))
    return procedures.filter(known).annotate(part=sum(part[1:], part[0]), whole=sum(whole[1:], whole[0]))


def yearly_totals(procedures: ProcedureQuerySet, on: date) -> tuple[int, int]:
    """Return how many cases of the procedures came in online, and at all, in the fiscal year of a day."""
    part = whole = 0
    for rows, procedure, online, every in _sources(on):
        sums = rows.filter(Exists(procedures.filter(pk=OuterRef(procedure)))).aggregate(part=online, whole=every)
        part, whole = part + (sums["part"] or 0), whole + (sums["whole"] or 0)
    return part, whole


def received(on: date) -> "tuple[QuerySet[IntakeCount], QuerySet[Any, Any]]":
    """Return what came in the fiscal year until the end of a day: the counts of days, and the cases not in them.

    The expression lets a database begin at the few cases recorded since, not at all that were received in the year.
    """
    start = fiscal_year_start(on)
    counts = IntakeCount.objects.filter(received_on__gte=start, received_on__lte=on).alias(day=F("received_on"))
    since, until = start_of_day(start), start_of_day(on + DAY)
    cases = IntakeCount.uncounted().alias(receipt=Coalesce("received_at", "received_at"))
    return counts, cases.filter(receipt__gte=since, receipt__lt=until)


def _sources(on: date) -> "Sequence[tuple[QuerySet[Any, Any], str, Any, Any]]":
    """Return rows, the path to their procedure, and what they count of the fiscal year: online, and at all.

    What was received here counts outside registered periods only.
    """
    registered = Volume.objects.filter(
        total__isnull=False, online__isnull=False, starts_on__gte=fiscal_year_start(on), ends_on__lte=on
    )
    counts, cases = (rows.filter(~Exists(_covering(on).filter(procedure=OuterRef(PROCEDURE)))) for rows in received(on))
    return (
        (registered, "procedure", Sum("online"), Sum("total")),
        (counts, PROCEDURE, Sum("number", filter=AS_DATA), Sum("number")),
        (cases, PROCEDURE, Count("pk", filter=AS_DATA), Count("pk")),
    )


def _covering(on: date) -> QuerySet[Volume]:
    """Return the registered periods of the fiscal year that cover the ``day`` of a row."""
    return Volume.objects.filter(
        starts_on__gte=fiscal_year_start(on), ends_on__gte=OuterRef("day"), starts_on__lte=OuterRef("day"),
        total__isnull=False, online__isnull=False,
    )  # fmt: skip


def _one(rows: "QuerySet[Any, Any]") -> Coalesce:
    return Coalesce(Subquery(rows.values("count")), 0)
