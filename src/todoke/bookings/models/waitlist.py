"""Waiting lists 空き待ち: who is asked first when a time is given back, in order, for 24 hours each."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import Transitions, transition
from todoke.bookings import signals
from todoke.bookings.models.booking import Booking
from todoke.bookings.models.facility import BookableUnit, Resource
from todoke.bookings.models.registrant import Registrant
from todoke.bookings.slots import Span
from todoke.runtime.refusals import Closed, Conflict

OFFERED_FOR = timedelta(hours=24)


class WaitlistEntryQuerySet(models.QuerySet["WaitlistEntry"]):
    def asking(self, unit: BookableUnit, span: Span) -> "WaitlistEntryQuerySet":
        """Entries that wait for exactly this time of a unit, the next to be asked first."""
        wanted = self.filter(unit=unit, starts_at=span.start, ends_at=span.end, status=WaitlistEntry.Status.WAITING)
        return wanted.order_by("position")

    def meeting(self, resource: Resource, span: Span) -> "WaitlistEntryQuerySet":
        """Entries for a time of a hall that shares a moment with a span."""
        return self.filter(unit__resource=resource, starts_at__lt=span.end, ends_at__gt=span.start)

    def run_out(self, now: datetime) -> "WaitlistEntryQuerySet":
        """Offers that nobody took in time."""
        return self.filter(status=WaitlistEntry.Status.OFFERED, offered_until__lte=now)


class WaitlistEntry(models.Model):
    """空き待ち: a registrant waits for a time of a unit, and is offered it when its turn comes."""

    class Status(models.TextChoices):
        WAITING = "waiting", "待っています"
        OFFERED = "offered", "案内中"
        TAKEN = "taken", "予約した"
        LAPSED = "lapsed", "期限切れ"
        WITHDRAWN = "withdrawn", "取りやめ"
        CALLED_OFF = "called_off", "中止"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.OFFERED, Status.WITHDRAWN, Status.CALLED_OFF}),
        Status.OFFERED: frozenset({Status.TAKEN, Status.LAPSED, Status.WITHDRAWN, Status.CALLED_OFF}),
        Status.TAKEN: frozenset(),
        Status.LAPSED: frozenset(),
        Status.WITHDRAWN: frozenset(),
        Status.CALLED_OFF: frozenset(),
    }

    unit = models.ForeignKey(BookableUnit, models.PROTECT, related_name="waitlist", verbose_name="貸出単位")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    registrant = models.ForeignKey(Registrant, models.PROTECT, related_name="waits", verbose_name="利用登録")
    position = models.PositiveIntegerField("順")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.WAITING)
    offered_until = models.DateTimeField("案内の期限", null=True)
    returned = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="offers", verbose_name="返された予約")

    objects = WaitlistEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "空き待ち"
        ordering = ["unit", "starts_at", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starts_at", "ends_at", "position"], name="bookings_one_wait_per_position"
            ),
            models.UniqueConstraint(
                fields=["unit", "starts_at", "ends_at", "registrant"], condition=Q(status__in=["waiting", "offered"]),
                name="bookings_a_registrant_waits_once",
            ),
            models.UniqueConstraint(
                fields=["returned"], condition=Q(status="offered"), name="bookings_a_return_is_offered_to_one"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.position}番 {self.get_status_display()}"

    @property
    def span(self) -> Span:
        """The time that is waited for."""
        return Span(self.starts_at, self.ends_at)

    @classmethod
    @transaction.atomic
    def join(cls, unit: BookableUnit, span: Span, registrant: Registrant, *, by: Actor) -> "WaitlistEntry":
        """空き待ちの登録: wait at the end of the line; one audit entry. Raises Conflict where one waits already."""
        rows = cls.objects.filter(unit=unit, starts_at=span.start, ends_at=span.end)
        position = next_position(rows, unit, "position")
        if rows.filter(registrant=registrant, status__in=[cls.Status.WAITING, cls.Status.OFFERED]).exists():
            raise Conflict("この時間の空き待ちには、すでに登録しています。")
        made = cls.objects.create(
            unit=unit, starts_at=span.start, ends_at=span.end, registrant=registrant, position=position
        )
        record(made, "空き待ちの登録", by=by, after={"順": position}, first=True)
        return made

    @transaction.atomic
    def offer(self, returned: Booking, *, until: datetime) -> bool:
        """案内: offer a returned time to this entry until a moment; False when it does not wait any more."""
        if not transition(self, self.Status.OFFERED, offered_until=until, returned=returned):
            return False
        record(self, "空きの案内", by=System(), after={"期限": until})
        signals.offered.send(sender=WaitlistEntry, entry=self, by=System())
        return True

    @transaction.atomic
    def close(self, *, by: Actor, taken: bool = False) -> None:
        """Take up the offer, or withdraw. Raises Closed when the offer is over, or was answered before."""
        read = {"offered_until__gt": timezone.now()} if taken else {}
        if not transition(self, self.Status.TAKEN if taken else self.Status.WITHDRAWN, read=read):
            raise Closed("案内の期限が過ぎたか、すでに答えています。空きがあれば、ふつうの予約ができます。")
        record(self, "空きの予約" if taken else "空き待ちの取りやめ", by=by, after={"状態": self.status})

    @transaction.atomic
    def call_off(self, *, by: Actor, reason: str) -> bool:
        """中止: the office ends the wait, because the time is not lent any more; False when it ended meanwhile."""
        was = self.status
        if not transition(self, self.Status.CALLED_OFF):
            return False
        record(self, "空き待ちの中止", by=by, before={"状態": was}, after={"状態": self.status}, reason=reason)
        return True

    @transaction.atomic
    def run_out(self, now: datetime) -> bool:
        """期限切れ: end an offer that nobody took; False when it was answered meanwhile."""
        if not transition(self, self.Status.LAPSED, read={"offered_until__lte": now}):
            return False
        record(self, "空きの案内の期限切れ", by=System(), after={"状態": self.status})
        return True
