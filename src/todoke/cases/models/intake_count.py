"""Intake counts 受付件数: how many cases came on a day, so that figures of a year read days instead of cases.

A case is never deleted, and its release, its channel, and when it was received and recorded never change. So what was
recorded on a day that is over is counted once; figures add the cases recorded since.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Max, Min, Sum
from django.db.models.functions import TruncDate

from todoke.cases.models.case import Case
from todoke.cases.models.status import Channel
from todoke.japanese.calendar import JAPAN, business_date, start_of_day, today
from todoke.offers.models import Release

DAY = timedelta(days=1)


class IntakeCount(models.Model):
    """受付件数: how many of the cases recorded on one day were received on a day, for a release, by a channel."""

    recorded_on = models.DateField("記録した日")
    received_on = models.DateField("受付日")
    release = models.ForeignKey(Release, models.PROTECT, db_index=False, related_name="+", verbose_name="公開版")
    channel = models.CharField("受付経路", max_length=10, choices=Channel.choices)
    number = models.PositiveIntegerField("件数")

    class Meta:
        verbose_name = "受付件数"
        constraints = [
            models.UniqueConstraint(
                fields=["recorded_on", "received_on", "release", "channel"], name="cases_one_intake_count_of_a_kind"
            )
        ]
        indexes = [
            models.Index(fields=["received_on", "release", "channel", "number"], name="cases_intake_by_day"),
            models.Index(fields=["release", "received_on", "channel", "number"], name="cases_intake_by_release"),
        ]

    def __str__(self) -> str:
        return f"{self.received_on} {self.number}"

    @classmethod
    def last_day(cls) -> date | None:
        """Return the last day whose records are counted; None where none is."""
        found: date | None = cls.objects.aggregate(last=Max("recorded_on"))["last"]
        return found

    @classmethod
    def uncounted(cls) -> "models.QuerySet[Any, Any]":
        """Return the cases recorded since the last counted day, each with the ``day`` of its receipt."""
        last = cls.last_day()
        cases = Case.objects.filter(recorded_at__gte=start_of_day(last + DAY)) if last else Case.objects.all()
        return cases.order_by().alias(day=TruncDate("received_at", tzinfo=JAPAN))

    @classmethod
    def count_recorded(cls) -> None:
        """Count the days that are over and were not counted, each in a transaction, in their order (受付件数の集計)."""
        first: datetime | None = cls.uncounted().aggregate(first=Min("recorded_at"))["first"]
        day = business_date(first) if first else today()
        while day < today():
            cls._count(day)
            day += DAY

    @classmethod
    def _count(cls, day: date) -> None:
        recorded = Case.objects.filter(recorded_at__gte=start_of_day(day), recorded_at__lt=start_of_day(day + DAY))
        kinds = recorded.order_by().values_list(TruncDate("received_at", tzinfo=JAPAN), "release", "channel")
        IntakeCount.objects.bulk_create(
            (
                IntakeCount(recorded_on=day, received_on=received, release_id=release, channel=channel, number=number)
                for received, release, channel, number in kinds.annotate(Count("pk"))
            ),
            ignore_conflicts=True,  # somebody else counts the same days; a day that is over has one count
        )

    @classmethod
    @transaction.atomic
    def recount(cls) -> None:
        """Count all days anew (数え直し)."""
        cls.objects.all().delete()
        cls.count_recorded()

    @classmethod
    def difference(cls) -> int:
        """Return how many cases of the counted days are not in the counts; not 0 says that somebody has to recount."""
        last, counted = cls.last_day(), cls.objects.aggregate(sum=Sum("number"))["sum"] or 0
        return Case.objects.filter(recorded_at__lt=start_of_day(last + DAY)).count() - counted if last else 0
