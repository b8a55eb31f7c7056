"""Bookings 予約: who has which time, from the hold to the use; each verb moves only what still is as read."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.bookings import overlap_triggers, signals
from todoke.bookings.models.allocation import Allocation, lock_parts, unreleased
from todoke.bookings.models.booking_details import BookingDetails, BookingQuerySet
from todoke.bookings.models.facility import BookableUnit, ResourcePart
from todoke.bookings.models.registrant import Registrant
from todoke.bookings.models.use_rules import UseRules
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.bookings.slots import Span
from todoke.compiled_queries import CompiledInsert
from todoke.organization.models import Department
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused

TAKEN = "この時間は、たった今ほかの人が予約しました。別の時間を選んでください。"
ABSENT_AFTER = timedelta(minutes=15)
"""How long a booked person is waited for."""


class Taken(Conflict):
    """先約: somebody else has the time already; nothing was booked."""


class Booking(models.Model):
    """予約: a unit, or the parts that are taken together, for a time; all of its allocations stand or none."""

    class Status(models.TextChoices):
        HELD = "held", "仮予約"
        CONFIRMED = "confirmed", "確定"
        USED = "used", "利用済"
        ABSENT = "absent", "不来場"
        EXPIRED = "expired", "期限切れ"
        CANCELLED = "cancelled", "取消"
        CALLED_OFF = "called_off", "中止"

    class Channel(models.TextChoices):
        ONLINE = "online", "インターネット"
        PHONE = "phone", "電話"
        COUNTER = "counter", "窓口"
        PAPER = "paper", "郵送・紙"
        STAFF = "staff", "職員"

    NEXT: ClassVar[Transitions] = {
        Status.HELD: frozenset({Status.CONFIRMED, Status.EXPIRED, Status.CANCELLED, Status.CALLED_OFF}),
        Status.CONFIRMED: frozenset({Status.USED, Status.ABSENT, Status.CANCELLED, Status.CALLED_OFF}),
        Status.USED: frozenset(),
        Status.ABSENT: frozenset(),
        Status.EXPIRED: frozenset({Status.CONFIRMED}),
        Status.CANCELLED: frozenset(),
        Status.CALLED_OFF: frozenset(),
    }

    number = models.CharField("予約番号", max_length=12, unique=True)
    token = models.CharField("予約リンク", max_length=43, unique=True, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    unit = models.ForeignKey(BookableUnit, models.PROTECT, null=True, related_name="bookings", verbose_name="貸出単位")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    registrant = models.ForeignKey(
        Registrant, models.PROTECT, null=True, related_name="bookings", verbose_name="利用登録"
    )
    contact_name = models.CharField("氏名", max_length=100, blank=True)
    contact_email = models.EmailField("メールアドレス", blank=True)
    contact_phone = models.CharField("電話番号", max_length=20, blank=True)
    purpose = models.CharField("目的", max_length=100, blank=True)
    people = models.PositiveIntegerField("人数", default=1)
    channel = models.CharField("受付の方法", max_length=10, choices=Channel)
    status = models.CharField("状態", max_length=12, choices=Status)
    held_until = models.DateTimeField("仮予約の期限", null=True)
    rules = models.ForeignKey(UseRules, models.PROTECT, null=True, related_name="+", verbose_name="利用条件の版")
    public_label = models.CharField("公開する名目", max_length=100, blank=True)
    form_key = models.CharField("送信の鍵", max_length=43, null=True, unique=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="受け付けた人")
    booked_at = models.DateTimeField("予約日時")
    checked_in_at = models.DateTimeField("来場日時", null=True)
    moves = models.PositiveIntegerField("変更回数", default=0)
    erased_at = models.DateTimeField("氏名を消した日時", null=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = "予約"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="bookings_a_booking_has_a_length"),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(held_until__isnull=False), name="bookings_a_hold_has_an_end"
            ),
        ]
        indexes = [
            models.Index(fields=["department", "starts_at"], name="bookings_day_sheet"),
            models.Index(fields=["held_until"], condition=Q(status="held"), name="bookings_holds_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_status_display()}"

    @property
    def span(self) -> Span:
        """The time that was booked, without preparation and tidying."""
        return Span(self.starts_at, self.ends_at)

    @classmethod
    def take(
        cls, parts: Sequence[ResourcePart], span: Span, details: BookingDetails, *, by: Actor,
        until: datetime | None = None,
    ) -> "Booking":  # fmt: skip
        """予約: take all parts for a time or none; held until ``until``, confirmed where there is none.

        Expires the holds whose time is over and that are in the way. A form that is sent twice is one booking.
        Raises Taken, Refused for no parts.
        """
        if not parts:
            raise Refused("予約する部屋や窓口を選んでください。")
        booking = cls(
            number=f"B{secrets.randbelow(10**10):010}", token=secrets.token_urlsafe(32), starts_at=span.start,
            ends_at=span.end, status=cls.Status.CONFIRMED if until is None else cls.Status.HELD, held_until=until,
            recorded_by=user_of(by), booked_at=timezone.now(), **details.as_columns(),
        )  # fmt: skip
        try:
            with transaction.atomic():
                booking._allocate(parts, span, first=True)
                booking._record_taken(parts, by)
        except IntegrityError as problem:
            if details.form_key and (known := cls.objects.filter(form_key=details.form_key).first()):
                return known
            if not _is_overlap(problem):
                raise
            raise Taken(TAKEN) from problem
        return booking

    def _record_taken(self, parts: Sequence[ResourcePart], by: Actor) -> None:
        facts = {"状態": self.status, "始まり": self.starts_at, "終わり": self.ends_at}
        act, why = "予約" if self.held_until is None else "仮予約", self.public_label
        record(self, act, by=by, after={**facts, "区画": [part.pk for part in parts]}, reason=why, first=True)

    @staticmethod
    def require_free(parts: Sequence[ResourcePart], span: Span) -> None:
        """Raises Taken where a part of one resource is taken by now; nothing is locked: the database decides later."""
        now = timezone.now()
        if any(ends is None or ends > now for _, ends in unreleased(parts, span)):
            raise Taken(TAKEN)

    def _allocate(self, parts: Sequence[ResourcePart], span: Span, *, first: bool = False) -> None:
        """Take parts in their order, each with its preparation and tidying; raises what the database refuses with."""
        ordered = sorted(parts, key=lambda part: part.pk)
        lock_parts(ordered, span)
        _release_lapsed(ordered, span)
        if first:
            _BOOKING.save(self)
        for part in ordered:
            _ALLOCATION.save(self._allocation(part, span))

    def _allocation(self, part: ResourcePart, span: Span) -> Allocation:
        whole, ends = part.resource.occupied(span), self.held_until if self.status == self.Status.HELD else None
        return Allocation(booking=self, part=part, starts_at=whole.start, ends_at=whole.end, opens_at=ends)

    def _give_back(self, opens_at: datetime | None = None) -> None:
        """Give the time back now, or keep it from everybody until an announced moment."""
        standing = self.allocations.filter(released_at=None)
        standing.update(released_at=timezone.now()) if opens_at is None else standing.update(opens_at=opens_at)

    @transaction.atomic
    def confirm(self, *, by: Actor, late: bool = False) -> None:
        """確定: make a hold a booking. Raises Closed when its time is over, unless ``late`` and nobody has the time."""
        read = {} if late else {"held_until__gt": timezone.now()}
        if not transition(self, self.Status.CONFIRMED, read=read):
            raise Closed("仮予約の期限が過ぎたか、取り消されています。空いていれば、もう一度予約できます。")
        self.allocations.filter(released_at=None).update(opens_at=None)
        record(self, "予約の確定", by=by, before={"状態": "held"}, after={"状態": self.status})
        signals.confirmed.send(sender=Booking, booking=self, by=by)

    @transaction.atomic
    def take_again(self, *, by: Actor) -> None:
        """取り直し: make an expired hold a booking where its time is still free. Raises Taken, Closed."""
        parts = list(ResourcePart.objects.filter(allocations__booking=self).select_related("resource").distinct())
        lock_parts(parts, self.span)
        if not transition(self, self.Status.CONFIRMED, read={"status": self.Status.EXPIRED}):
            raise Closed("この予約は、取り直せません。")
        with _or_taken():
            self._allocate(parts, self.span)
        record(self, "予約の取り直し", by=by, before={"状態": "expired"}, after={"状態": self.status})
        signals.confirmed.send(sender=Booking, booking=self, by=by)

    @transaction.atomic
    def cancel(self, *, by: Actor, reason: str = "", opens_at: datetime | None = None) -> None:
        """取消: give the time back, at once or at an announced moment. Raises Closed when it is not live any more."""
        self._end(self.Status.CANCELLED, "予約の取消", by=by, reason=reason, opens_at=opens_at)

    @transaction.atomic
    def call_off(self, *, by: Actor, reason: str) -> None:
        """中止: the office ends a booking, with a reason. Raises Closed, Refused without a reason."""
        if not reason.strip():
            raise Refused("予約を中止する理由を書いてください。予約した人に伝わります。")
        self._end(self.Status.CALLED_OFF, "予約の中止", by=by, reason=reason)

    def _end(self, to: str, act: str, *, by: Actor, reason: str = "", opens_at: datetime | None = None) -> None:
        was = self.status
        if not transition(self, to):
            raise Closed("この予約は、すでに終わっているか、取り消されています。")
        self._give_back(opens_at)
        record(self, act, by=by, before={"状態": was}, after={"状態": to, "空く日時": opens_at}, reason=reason)
        signals.released.send(sender=Booking, booking=self, was=was, by=by)

    @transaction.atomic
    def lapse(self, now: datetime) -> None:
        """期限切れ: end a hold whose time is over, or open a returned time whose moment has come; else nothing."""
        if self.status == self.Status.HELD:
            if transition(self, self.Status.EXPIRED, read={"held_until__lte": now}):
                self._give_back()
                record(self, "仮予約の期限切れ", by=System(), before={"状態": "held"}, after={"状態": self.status})
                signals.released.send(sender=Booking, booking=self, was="held", by=System())
        elif self.allocations.lapsed(now).update(released_at=now):
            record(self, "返却枠の開放", by=System(), after={"空いた日時": now})

    @transaction.atomic
    def move(self, parts: Sequence[ResourcePart], span: Span, *, by: Actor) -> None:
        """変更: take other times and give the old ones back, under the same number; the old stay if the new are taken.

        Raises Taken, Closed when it is not live, Conflict when it was moved meanwhile.
        """
        if self.status not in {self.Status.HELD, self.Status.CONFIRMED}:
            raise Closed("この予約は、すでに終わっているか、取り消されています。")
        before = {"始まり": self.starts_at, "終わり": self.ends_at}
        lock_parts(parts, span)
        with _or_taken():
            read = {"status": self.status, "moves": self.moves}
            if not compare_and_set(self, read, starts_at=span.start, ends_at=span.end, moves=self.moves + 1):
                raise Conflict("この予約は、ほかの人が先に変えました。開き直して確かめてください。")
            self._give_back()
            self._allocate(parts, span)
        record(self, "予約の変更", by=by, before=before, after={"始まり": span.start, "終わり": span.end})

    @transaction.atomic
    def check_in(self, *, by: User) -> None:
        """来場: note that the person came. Raises NotAllowed, Closed when it is not a confirmed booking."""
        self._require_manager(by)
        if not transition(self, self.Status.USED, checked_in_at=timezone.now()):
            raise Closed("この予約は確定していないか、すでに受け付けています。")
        record(self, "来場の確認", by=by, after={"状態": self.status})

    @transaction.atomic
    def mark_absent(self, *, by: User) -> None:
        """不来場: note that nobody came. Raises NotAllowed, NotYet within 15 minutes of the start, Closed."""
        self._require_manager(by)
        if timezone.now() < self.starts_at + ABSENT_AFTER:
            raise NotYet("始まりから15分たつまでは、不来場にできません。")
        if not transition(self, self.Status.ABSENT):
            raise Closed("この予約は確定していないか、すでに受け付けています。")
        record(self, "不来場", by=by, after={"状態": self.status})

    def _require_manager(self, by: User) -> None:
        if not MANAGE_BOOKINGS.held_by(by, self.department):
            raise NotAllowed("この予約を扱えるのは、担当部署の人だけです。")


_BOOKING, _ALLOCATION = CompiledInsert(Booking), CompiledInsert(Allocation)


def _is_overlap(problem: IntegrityError) -> bool:
    return overlap_triggers.NAME in str(problem)


@contextmanager
def _or_taken() -> Iterator[None]:
    """Undo the block and raise Taken where the database refuses an overlap."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        if not _is_overlap(problem):
            raise
        raise Taken(TAKEN) from problem


def _release_lapsed(parts: Sequence[ResourcePart], span: Span) -> None:
    """Expire the holds, and open the returned times, that are over and in the way of a span on some parts."""
    now = timezone.now()
    found = {number for number, ends in unreleased(parts, span) if ends is not None and ends <= now}
    for booking in Booking.objects.filter(pk__in=found).order_by("pk") if found else ():
        booking.lapse(now)
