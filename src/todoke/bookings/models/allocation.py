"""Allocations 割当: the one invariant of bookings: unreleased allocations of a part never overlap."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from todoke.audit.log import lock_subject
from todoke.bookings.models.facility import ResourcePart
from todoke.bookings.slots import Span


def lock_parts(parts: Iterable[ResourcePart]) -> None:
    """Lock parts in their order until the transaction ends; whoever takes time locks before touching any booking."""
    for number in sorted(part.pk for part in parts):
        lock_subject(f"bookings/part/{number}")


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
