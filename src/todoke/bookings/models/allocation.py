"""Allocations 割当: the one invariant of bookings: unreleased allocations of a part never overlap."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache, reduce
from operator import or_
from typing import cast

from django.db import models
from django.db.models import F, Q

from todoke.audit.log import lock_subject
from todoke.bookings.models.facility import ResourcePart
from todoke.bookings.slots import Span
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.japanese.calendar import business_date

MOST_DAYS = 7
"""Up to how many days of a part are locked one by one; for a longer time, all of them at once."""


def lock_parts(parts: Iterable[ResourcePart], span: Span) -> None:
    """Lock the days of some parts, in their order, until the transaction ends.

    Whoever takes time locks before touching any booking. Two that want other days of one part do not wait.
    """
    for part in sorted(parts, key=lambda each: each.pk):
        whole, name = part.resource.occupied(span), f"bookings/part/{part.pk}"
        first, last = business_date(whole.start), business_date(whole.end)
        if (last - first).days >= MOST_DAYS:
            lock_subject(name)
            continue
        for number in range((last - first).days + 1):
            lock_subject(f"{name}/{first + timedelta(days=number)}", within=name)


Taking = list[tuple[int, datetime | None]]


def unreleased(parts: Sequence[ResourcePart], span: Span) -> Taking:
    """Return the booking of each unreleased allocation in the way of a use of some parts, and the moment it ends."""
    values = {f"part{at}": part.pk for at, part in enumerate(parts)}
    taken = [part.resource.occupied(span) for part in parts]
    start, end = min(each.start for each in taken), max(each.end for each in taken)
    return cast(Taking, _unreleased(len(parts)).rows(start=start, end=end, **values))


@cache
def _unreleased(count: int) -> "CompiledQuery[tuple[int, datetime | None]]":
    def query() -> "models.QuerySet[Allocation, tuple[int, datetime | None]]":
        any_part = reduce(or_, (Q(part=Parameter(f"part{at}", models.BigIntegerField())) for at in range(count)))
        start, end = (Parameter(name, models.DateTimeField()) for name in ("start", "end"))
        rows = Allocation.objects.filter(any_part, released_at=None, starts_at__lt=end, ends_at__gt=start)
        return rows.order_by().values_list("booking", "opens_at")

    return CompiledQuery(query)


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def standing(self, now: datetime) -> "AllocationQuerySet":
        """Allocations that take time at an instant: not released, and not past the moment at which they end."""
        return self.filter(Q(opens_at=None) | Q(opens_at__gt=now), released_at=None)

    def lapsed(self, now: datetime) -> "AllocationQuerySet":
        """Allocations whose moment has come and which nobody released yet."""
        return self.filter(released_at=None, opens_at__lte=now)

    def meeting(self, span: Span) -> "AllocationQuerySet":
        """Allocations that share a moment with a span."""
        return self.filter(starts_at__lt=span.end, ends_at__gt=span.start)


class Allocation(models.Model):
    """割当: a booking takes a part for a time; ``opens_at`` is the announced moment at which it gives it back.

    The database refuses overlaps (``overlap_triggers``); a migration of this table installs the rule again.
    """

    booking = models.ForeignKey("bookings.Booking", models.PROTECT, related_name="allocations", verbose_name="予約")
    part = models.ForeignKey(ResourcePart, models.PROTECT, related_name="allocations", verbose_name="区画")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    opens_at = models.DateTimeField("空く日時", null=True, blank=True)
    released_at = models.DateTimeField("返した日時", null=True, blank=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = "割当"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="bookings_an_allocation_ends_after_it_starts"
            )
        ]
        indexes = [
            models.Index(fields=["part", "starts_at"], condition=Q(released_at=None), name="bookings_alloc_standing"),
            models.Index(fields=["opens_at"], condition=Q(released_at=None), name="bookings_alloc_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def span(self) -> Span:
        """The time that is taken."""
        return Span(self.starts_at, self.ends_at)
