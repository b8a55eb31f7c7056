"""Ticket queues 番号札: who waits at a counter today, in which order, and who is called to which window."""

import secrets
from dataclasses import dataclass
from datetime import time, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

COUNTED = 20
"""How many of the last tickets tell how long one takes."""


@dataclass(frozen=True)
class QueueDetails:
    """列の内容: name, windows, numbers a day, and the hours in which numbers are given."""

    name: str
    windows: int
    most_a_day: int
    opens: time
    closes: time


class TicketQueueQuerySet(models.QuerySet["TicketQueue"]):
    def visible_to(self, user: User) -> "TicketQueueQuerySet":
        """Queues of the sections whose bookings the person receives today."""
        return self.filter(department__in=[each.pk for each in MANAGE_BOOKINGS.departments_of(user)])

    def with_waiting(self) -> "TicketQueueQuerySet":
        """Queues with ``waiting``, how many people of today wait in each."""
        here = Q(tickets__day=today(), tickets__status="waiting")
        return self.annotate(waiting=Count("tickets", filter=here))


class TicketQueue(models.Model):
    """番号札の列: one line at a counter with its windows, its hours and so many tickets a day."""

    code = models.SlugField("列コード", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    windows = models.PositiveSmallIntegerField("窓口の数", default=1)
    most_a_day = models.PositiveSmallIntegerField("1日の上限", default=300)
    opens = models.TimeField("始まり")
    closes = models.TimeField("終わり")

    objects = TicketQueueQuerySet.as_manager()

    class Meta:
        verbose_name = "番号札の列"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(windows__gte=1), name="reception_a_queue_has_a_window"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="reception_a_queue_closes_later"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def open(cls, department: Department, details: "QueueDetails", *, by: User) -> "TicketQueue":
        """列の開設: give numbers at a counter from now on; one audit entry.

        Raises NotAllowed, Refused where it closes before it opens or has no window.
        """
        if not MANAGE_BOOKINGS.held_by(by, department):
            raise NotAllowed("番号札の列を開けるのは、窓口の担当部署の人だけです。")
        cls._require_sense(details)
        made = cls.objects.create(code=secrets.token_hex(6), department=department, **vars(details))
        record(made, "番号札の列の開設", by=by, after=vars(details), first=True)
        return made

    @transaction.atomic
    def change(self, details: "QueueDetails", *, by: User) -> None:
        """列の変更: other windows, hours or limits from now on; numbers that were given stay. Raises as ``open``."""
        self.require_manager(by)
        self._require_sense(details)
        before = {name: getattr(self, name) for name in vars(details)}
        if compare_and_set(self, before, **vars(details)):
            record(self, "番号札の列の変更", by=by, before=before, after=vars(details))

    @staticmethod
    def _require_sense(details: "QueueDetails") -> None:
        if not details.name.strip() or details.opens >= details.closes or not details.windows:
            raise Refused("名称、始まりより後の終わり、1つ以上の窓口を入れてください。")

    def require_manager(self, by: User) -> None:
        """Raises NotAllowed to whoever does not receive people at this counter."""
        if not MANAGE_BOOKINGS.held_by(by, self.department):
            raise NotAllowed("この番号札の列を扱えるのは、担当部署の人だけです。")

    @transaction.atomic
    def issue(self, *, channel: str, by: Actor) -> "QueueTicket":
        """発券: give the next number of today. Raises Closed outside the hours or beyond the day's number."""
        now = timezone.localtime()
        if not self.opens <= now.time() < self.closes:
            raise Closed(f"番号札は、{self.opens:%H:%M}から{self.closes:%H:%M}まで取れます。")
        rows = self.tickets.filter(day=now.date())
        number = next_position(rows, self, "number")
        if number > self.most_a_day:
            raise Closed("きょうの番号札は終わりました。日時を決めて予約できます。")
        ticket = QueueTicket.objects.create(
            queue=self, day=now.date(), number=number, token=secrets.token_urlsafe(32), channel=channel
        )
        record(ticket, "番号札の発券", by=by, after={"番号": number, "方法": channel}, first=True)
        return ticket

    @transaction.atomic
    def call_next(self, window: int, *, by: User) -> "QueueTicket":
        """呼出し: call the first who waits to a window; what that window served before is finished.

        Raises NotAllowed, Closed when nobody waits.
        """
        self.require_manager(by)
        for served in self.tickets.filter(day=today(), window=window, status=QueueTicket.Status.CALLED):
            served.finish(by=by)
        for ticket in self.tickets.waiting().order_by("skipped", "number"):
            if ticket.call(window, by=by):
                return ticket
        raise Closed("待っている人はいません。")

    def minutes_each(self) -> int | None:
        """Return how many minutes a person takes, the middle of the last twenty of today; None before three."""
        rows = self.tickets.filter(day=today(), finished_at__isnull=False, called_at__isnull=False)
        spent = sorted(
            finished - called
            for called, finished in rows.order_by("-finished_at").values_list("called_at", "finished_at")[:COUNTED]
            if called and finished
        )
        return None if len(spent) < 3 else max(1, round(spent[len(spent) // 2] / timedelta(minutes=1)))


class QueueTicketQuerySet(models.QuerySet["QueueTicket"]):
    def waiting(self) -> "QueueTicketQuerySet":
        """Tickets of today that were not called yet, or were passed over and wait again."""
        return self.filter(day=today(), status=QueueTicket.Status.WAITING)

    def called(self) -> "QueueTicketQuerySet":
        """Tickets of today that are at a window, or on their way to it."""
        return self.filter(day=today(), status=QueueTicket.Status.CALLED)


class QueueTicket(models.Model):
    """番号札: a number of a day in one queue; it names nobody."""

    class Status(models.TextChoices):
        WAITING = "waiting", "待っています"
        CALLED = "called", "お呼びしました"
        SERVED = "served", "済みました"
        GONE = "gone", "いらっしゃいません"

    class Channel(models.TextChoices):
        ONLINE = "online", "インターネット"
        COUNTER = "counter", "窓口"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.CALLED, Status.GONE}),
        Status.CALLED: frozenset({Status.SERVED, Status.GONE, Status.WAITING}),
        Status.SERVED: frozenset(),
        Status.GONE: frozenset(),
    }
    MOST_SKIPS: ClassVar = 2

    queue = models.ForeignKey(TicketQueue, models.PROTECT, related_name="tickets", verbose_name="番号札の列")
    day = models.DateField("日")
    number = models.PositiveIntegerField("番号")
    token = models.CharField("番号札リンク", max_length=43, unique=True, editable=False)
    channel = models.CharField("発券の方法", max_length=10, choices=Channel)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.WAITING)
    issued_at = models.DateTimeField("発券日時", auto_now_add=True)
    called_at = models.DateTimeField("呼び出した日時", null=True)
    window = models.PositiveSmallIntegerField("窓口", null=True)
    skipped = models.PositiveSmallIntegerField("飛ばした回数", default=0)
    finished_at = models.DateTimeField("終わった日時", null=True)

    objects = QueueTicketQuerySet.as_manager()

    class Meta:
        verbose_name = "番号札"
        ordering = ["queue", "day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["queue", "day", "number"], name="reception_a_number_once_a_day"),
            models.CheckConstraint(
                condition=~Q(status="called") | Q(called_at__isnull=False, window__isnull=False),
                name="reception_a_call_has_a_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}番"

    @property
    def is_waiting(self) -> bool:
        """Whether the ticket is of today and was not called yet."""
        return self.day == today() and self.status == self.Status.WAITING

    @property
    def is_live(self) -> bool:
        """Whether the ticket is of today and not over."""
        return self.day == today() and self.status in {self.Status.WAITING, self.Status.CALLED}

    @property
    def ahead(self) -> int:
        """How many people of today are called before this ticket."""
        rows = self.queue.tickets.waiting().exclude(pk=self.pk)
        before = Q(skipped__lt=self.skipped) | Q(skipped=self.skipped, number__lt=self.number)
        return rows.filter(before).count()

    def call(self, window: int, *, by: User) -> bool:
        """呼出し: call to a window; False when somebody else called it first."""
        if not transition(self, self.Status.CALLED, window=window, called_at=timezone.now()):
            return False
        record(self, "番号札の呼出し", by=by, after={"窓口": window})
        return True

    @transaction.atomic
    def finish(self, *, by: User) -> None:
        """済み: note that the person was served. Raises NotAllowed, Conflict when it is not being served."""
        self.queue.require_manager(by)
        if not transition(self, self.Status.SERVED, finished_at=timezone.now()):
            raise Conflict("この番号は、すでに終わっています。")
        record(self, "番号札の済み", by=by)

    @transaction.atomic
    def skip(self, *, by: User) -> None:
        """飛ばし: nobody came; the ticket waits again behind the others, and is gone after the third call.

        Raises NotAllowed, Conflict when it is not being called.
        """
        self.queue.require_manager(by)
        is_last = self.skipped >= self.MOST_SKIPS
        to = self.Status.GONE if is_last else self.Status.WAITING
        if self.status != self.Status.CALLED or not transition(self, to, window=None, skipped=self.skipped + 1):
            raise Conflict("この番号は、いま呼び出していません。")
        record(self, "番号札の飛ばし", by=by, after={"回": self.skipped})

    @transaction.atomic
    def leave(self, *, by: Actor) -> None:
        """取りやめ: the person does not wait any more. Raises Conflict when it was called or is over."""
        if self.status != self.Status.WAITING or not transition(self, self.Status.GONE, finished_at=None):
            raise Conflict("この番号は、もう呼ばれたか、終わっています。")
        record(self, "番号札の取りやめ", by=by)
