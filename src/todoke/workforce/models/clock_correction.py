"""Clock corrections 打刻の訂正: a person asks, the chief decides, and both the old and the new event stay visible."""

import secrets
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.japanese.calendar import start_of_day
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.clock_intervals import ClockKind
from todoke.workforce.models.clock_event import ClockEvent
from todoke.workforce.models.month_sheet import MonthSheet, token
from todoke.workforce.permissions import APPROVE_ATTENDANCE

WITHIN = timedelta(hours=36)


class ClockCorrectionQuerySet(models.QuerySet["ClockCorrection"]):
    def visible_to(self, user: User) -> "ClockCorrectionQuerySet":
        """Corrections of the months that a person sees."""
        return self.filter(sheet__in=MonthSheet.objects.visible_to(user))

    def waiting_for(self, user: User) -> "ClockCorrectionQuerySet":
        """Corrections that a person may decide."""
        sections = [each.pk for each in APPROVE_ATTENDANCE.departments_of(user)]
        return self.filter(status="requested", sheet__department__in=sections).exclude(user=user)


class ClockCorrection(models.Model):
    """打刻の訂正: another time for an event, an event that was forgotten, or (without a time) a strike-out."""

    class Status(models.TextChoices):
        REQUESTED = "requested", "申請中"
        APPROVED = "approved", "承認"
        REFUSED = "refused", "不承認"
        WITHDRAWN = "withdrawn", "取下げ"

    NEXT: ClassVar[Transitions] = {
        Status.REQUESTED: frozenset({Status.APPROVED, Status.REFUSED, Status.WITHDRAWN}),
        Status.APPROVED: frozenset(),
        Status.REFUSED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    sheet = models.ForeignKey(MonthSheet, models.PROTECT, related_name="corrections", verbose_name="月の出勤簿")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="職員")
    on = models.DateField("勤務日")
    event = models.ForeignKey(
        ClockEvent, models.PROTECT, null=True, related_name="corrections", verbose_name="直す打刻"
    )
    kind = models.CharField("種類", max_length=8, choices=ClockKind)
    place = models.CharField("場所", max_length=10, choices=ClockEvent.Place, default=ClockEvent.Place.OFFICE)
    wanted_at = models.DateTimeField("正しい時刻", null=True)
    reason = models.CharField("理由", max_length=200)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.REQUESTED)
    requested_at = models.DateTimeField("申請日時", default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")
    decided_at = models.DateTimeField("決めた日時", null=True)
    answer = models.CharField("不承認の理由", max_length=200, blank=True)

    objects = ClockCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "打刻の訂正"
        ordering = ["-requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(status="requested"), name="workforce_one_open_correction_an_event"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("user")), name="workforce_no_own_correction"
            ),
            models.CheckConstraint(
                condition=Q(wanted_at__isnull=False) | Q(event__isnull=False),
                name="workforce_a_correction_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}の訂正"

    @property
    def department(self) -> Department:
        """The section whose chief decides."""
        return self.sheet.department

    @classmethod
    @transaction.atomic
    def request(
        cls, on: date, kind: str, wanted_at: datetime | None, reason: str, *, by: User,
        event: ClockEvent | None = None, place: str = "office",
    ) -> "ClockCorrection":  # fmt: skip
        """訂正を申請する: of one's own record; it counts only once it was approved.

        Raises Refused for a time to come or not of that day, Closed for a closed month, Conflict where one waits.
        """
        if event is not None and (event.user_id != by.pk or event.on != on or not _stands(event)):
            raise Conflict("この打刻は、もう直されています。画面を開き直して、いまの打刻を選んでください。")
        if wanted_at is not None and not _is_of_day(wanted_at, on):
            raise Refused("正しい時刻は、その勤務日に始まる勤務の、いままでの時刻にしてください。")
        if not reason.strip() or (wanted_at is None and event is None):
            raise Refused("正しい時刻か、取り消す打刻を選び、理由を書いてください。")
        sheet = MonthSheet.write(by, on)
        try:
            with transaction.atomic():
                made = cls.objects.create(
                    sheet=sheet, user=by, on=on, event=event, kind=event.kind if event else kind, place=place,
                    wanted_at=wanted_at, reason=reason.strip(),
                )  # fmt: skip
        except IntegrityError as waiting:
            raise Conflict("この打刻の訂正は、もう申請されています。課長の承認を待ってください。") from waiting
        record(made, "打刻の訂正の申請", by=by, after={"勤務日": on, "種類": made.kind}, reason=made.reason, first=True)
        return made

    @transaction.atomic
    def approve(self, *, by: User) -> ClockEvent:
        """承認する: write the new event beside the old one, and return it.

        Raises NotAllowed, Closed for a closed month, Conflict when it was decided or the event was replaced before.
        """
        self._require_decider(by)
        MonthSheet.write(self.user, self.on)
        if not transition(self, self.Status.APPROVED, decided_by=by, decided_at=timezone.now()):
            raise Conflict("この訂正は、もう決まっています。")
        kind = self.kind if self.wanted_at else ClockEvent.Kind.VOID
        at = self.wanted_at or (self.event.at if self.event else timezone.now())
        try:
            with transaction.atomic():
                made = ClockEvent.note(
                    self.user, kind, at, source=ClockEvent.Source.CORRECTION, key=f"correction-{secrets.token_hex(16)}",
                    place=self.place, on=self.on, replaces=self.event,
                )  # fmt: skip
        except IntegrityError as replaced:
            raise Conflict("この打刻は、別の訂正で直されています。何も変わっていません。") from replaced
        record(self, "打刻の訂正の承認", by=by, after={"状態": self.status})
        return made

    @transaction.atomic
    def refuse(self, answer: str, *, by: User) -> None:
        """承認しない: with a reason that the person reads. Raises NotAllowed, Refused without one, Conflict."""
        self._require_decider(by)
        if not answer.strip():
            raise Refused("承認しない理由を書いてください。本人に見えます。")
        if not transition(self, self.Status.REFUSED, decided_by=by, decided_at=timezone.now(), answer=answer.strip()):
            raise Conflict("この訂正は、もう決まっています。")
        record(self, "打刻の訂正の不承認", by=by, after={"状態": self.status}, reason=answer.strip())

    @transaction.atomic
    def withdraw(self, *, by: User) -> None:
        """取り下げる. Raises NotAllowed for anybody else, Conflict when it was decided."""
        if by.pk != self.user_id:
            raise NotAllowed("取り下げられるのは、申請した本人だけです。")
        if not transition(self, self.Status.WITHDRAWN):
            raise Conflict("この訂正は、もう決まっています。")
        record(self, "打刻の訂正の取下げ", by=by, after={"状態": self.status})

    def _require_decider(self, by: User) -> None:
        if not self.sheet.can_approve(by):
            raise NotAllowed("訂正を決められるのは、部署の課長(課長の分は部長)です。自分の分は決められません。")


def _stands(event: ClockEvent) -> bool:
    return ClockEvent.objects.standing().filter(pk=event.pk).exists()


def _is_of_day(at: datetime, on: date) -> bool:
    begins = start_of_day(on)
    return begins <= at <= min(timezone.now(), begins + WITHIN)
