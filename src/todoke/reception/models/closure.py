"""Closures 休館: a hall is shut for a time; whom it hits is shown before, moved out with the whole fee, and told."""

from django.db import models
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.bookings.models import Booking, Resource
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.bookings.slots import Span


class ClosureQuerySet(models.QuerySet["Closure"]):
    def visible_to(self, user: User) -> "ClosureQuerySet":
        """Closures of the halls whose bookings the person receives today."""
        return self.filter(resource__department__in=[each.pk for each in MANAGE_BOOKINGS.departments_of(user)])


class Closure(models.Model):
    """休館: a hall is shut from an instant to another, for a reason that the public reads; its time is held."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="closures", verbose_name="予約対象")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    reason = models.CharField("理由", max_length=80)
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="closure", verbose_name="押さえ")
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="決めた人")
    declared_at = models.DateTimeField("決めた日時", auto_now_add=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = "休館"
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="reception_a_closure_has_a_length")
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.reason}"

    @property
    def span(self) -> Span:
        """The time in which the hall is shut."""
        return Span(self.starts_at, self.ends_at)


class ClosureEffect(models.Model):
    """休館の影響: one booking that a closure ended, what went back, and when its holder was told."""

    closure = models.ForeignKey(Closure, models.PROTECT, related_name="effects", verbose_name="休館")
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="closed_by", verbose_name="予約")
    refunded_yen = models.PositiveIntegerField("還付(円)", default=0)
    told_at = models.DateTimeField("知らせた日時", null=True)

    class Meta:
        verbose_name = "休館の影響"
        ordering = ["booking__starts_at", "pk"]

    def __str__(self) -> str:
        return self.booking.number
