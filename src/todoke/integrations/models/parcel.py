"""Parcels 引渡しの便: what goes between two installations without a network, in which order, and what became of it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import Transitions, transition
from todoke.cases.models import Case
from todoke.cases.models.stop_flag import flagged_cases
from todoke.integrations.models.handover_line import HandoverLine, require_carrier
from todoke.integrations.permissions import CARRY_PARCELS
from todoke.integrations.scopes import Scope
from todoke.runtime.refusals import Conflict, NotYet

RECEIPT_WITHIN = timedelta(hours=24)


def new_token() -> str:
    """Return a random token of 128 bits."""
    return secrets.token_urlsafe(16)


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def visible_to(self, user: User) -> ParcelQuerySet:
        """All parcels for whoever carries them; none for others."""
        return self if CARRY_PARCELS.held_by(user) else self.none()

    def outgoing(self) -> ParcelQuerySet:
        return self.filter(direction=Parcel.Direction.OUT)

    def arrived(self) -> ParcelQuerySet:
        """Incoming parcels whose records were or are being taken in."""
        return self.filter(direction=Parcel.Direction.IN, status__in=(Parcel.Status.TAKING, Parcel.Status.TAKEN))

    def without_receipt(self, at: datetime | None = None) -> ParcelQuerySet:
        """Parcels that were begun a day ago, and of which no receipt came."""
        return self.filter(Parcel.late(at))


class Parcel(models.Model):
    """引渡しの便: one signed file of a line; ``sequence`` and ``previous`` chain those of one direction."""

    class Direction(models.TextChoices):
        OUT = "out", "渡す便"
        IN = "in", "受け取る便"

    class Status(models.TextChoices):
        MAKING = "making", "作成中"
        MADE = "made", "作成"
        CARRIED = "carried", "搬出"
        RECEIVED = "received", "受領"
        TAKING = "taking", "取込中"
        TAKEN = "taken", "取込済み"
        MISMATCHED = "mismatched", "不一致"
        CANCELLED = "cancelled", "取りやめ"

    NEXT: ClassVar[Transitions] = {
        Status.MAKING: frozenset({Status.MADE, Status.CANCELLED}),
        Status.MADE: frozenset({Status.CARRIED, Status.RECEIVED}),
        Status.CARRIED: frozenset({Status.RECEIVED}),
        Status.RECEIVED: frozenset(),
        Status.TAKING: frozenset({Status.TAKEN, Status.MISMATCHED}),
        Status.TAKEN: frozenset(),
        Status.MISMATCHED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    line = models.ForeignKey(HandoverLine, models.PROTECT, related_name="parcels", verbose_name="経路")
    direction = models.CharField("向き", max_length=3, choices=Direction.choices)
    status = models.CharField("状態", max_length=10, choices=Status.choices)
    sequence = models.PositiveIntegerField("便の番号", null=True)
    previous = models.CharField("前の便の目録の照合値", max_length=64, blank=True)
    manifest = models.CharField("目録の照合値", max_length=64, blank=True)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="始めた人")
    begun_at = models.DateTimeField("始めた日時", default=timezone.now)
    made_at = models.DateTimeField("できた日時", null=True)
    carried_at = models.DateTimeField("はじめて搬出した日時", null=True)
    ended_at = models.DateTimeField("終わった日時", null=True)
    total = models.PositiveIntegerField("件数", default=0)
    done = models.PositiveIntegerField("済んだ件数", default=0)
    accepted = models.PositiveIntegerField("受け取った件数", null=True)
    refused = models.PositiveIntegerField("受け取れなかった件数", null=True)
    path = models.CharField("ファイル", max_length=200, blank=True)
    receipt = models.TextField("受領書", blank=True)
    by_code = models.BooleanField("受領の番号で確かめた", default=False)
    problem = models.TextField("できなかった理由", blank=True)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        verbose_name = "引渡しの便"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "direction", "sequence"], condition=~Q(status__in=["mismatched", "cancelled"]),
                name="integrations_one_parcel_of_a_number",
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(status="making"), name="integrations_one_parcel_is_made_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(status="taking"), name="integrations_one_parcel_is_taken_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["making", "cancelled"]) | (Q(sequence__isnull=False) & ~Q(manifest="")),
                name="integrations_a_sealed_parcel_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["received", "taken"]) | Q(accepted__isnull=False, refused__isnull=False),
                name="integrations_an_ended_parcel_is_counted",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.line} {self.name}"

    @property
    def name(self) -> str:
        """第3便."""
        return f"第{self.sequence}便" if self.sequence else "番号のない便"

    @property
    def file_name(self) -> str:
        """The name under which it is carried."""
        return f"引渡し_{self.line}_{self.sequence:05d}.zip"

    @property
    def is_busy(self) -> bool:
        return self.status in {self.Status.MAKING, self.Status.TAKING}

    @property
    def is_outgoing(self) -> bool:
        return self.direction == self.Direction.OUT

    @property
    def is_late(self) -> bool:
        """Whether a receipt should have come by now."""
        return Parcel.objects.filter(pk=self.pk).without_receipt().exists()

    @staticmethod
    def late(at: datetime | None = None) -> Q:
        """The condition of a parcel that was given and whose receipt should have come."""
        still = Q(direction=Parcel.Direction.OUT, status__in=(Parcel.Status.MADE, Parcel.Status.CARRIED))
        return still & Q(begun_at__lte=(at or timezone.now()) - RECEIPT_WITHIN)

    def count_of_kinds(self) -> dict[str, int]:
        """Return how many records of each kind it has, by the value of the kind."""
        rows = self.rows.order_by().values_list("kind").annotate(models.Count("pk"))
        return dict.fromkeys(ParcelRow.Kind.values, 0) | dict(rows)

    def signed_receipt(self) -> TakenReceipt:
        """Return the receipt of an incoming parcel, for a door that asks who takes it."""
        return TakenReceipt(self)

    def flagged_since(self) -> list[Case]:
        """Return its cases that name a person who is protected today."""
        cases = Case.objects.filter(parcel_rows__parcel=self).distinct()
        return list(cases.filter(pk__in=flagged_cases(cases)).order_by("pk")) if self.is_outgoing else []

    def require_taking(self, *, by: Actor) -> None:
        """Ask again whether a person may take it now.

        Raises NotAllowed to others than carriers, NotYet while it is unmade, the partner is not in use, or a person
        was flagged since, Conflict once it was received.
        """
        require_carrier(user_of(by))
        self.line.machine_for(Scope.ANSWERS)
        if not self.is_outgoing or self.status == self.Status.MAKING:
            raise NotYet("まだできあがっていません。できあがってから取り出してください。")
        if not self.path:
            raise Conflict("この便は、相手が受け取ったため、ファイルを消しました。")
        if flagged := self.flagged_since():
            numbers = "、".join(case.number for case in flagged[:5])
            raise NotYet(
                f"作ったあとに、支援措置が登録された人の案件があります({numbers})。"
                "この便は取り出せません。担当課と、渡してよいかを確かめてください。"
            )

    def note_carrying(self, *, by: User) -> None:
        """Record that it was carried out (搬出); again is the same."""
        if transition(self, self.Status.CARRIED, carried_at=timezone.now()):
            log.record(self, "引渡しの便の搬出", by=by, after={"便": self.name})

    @transaction.atomic
    def cancel(self, *, by: User) -> None:
        """Give up a parcel that is not made yet (取りやめ). Raises NotAllowed, Conflict."""
        require_carrier(by)
        if not transition(self, self.Status.CANCELLED, ended_at=timezone.now()):
            raise Conflict("この便は、もうできています。取りやめられません。")
        self.rows.all().delete()
        log.record(self, "引渡しの便の取りやめ", by=by)


class ParcelRow(models.Model):
    """便の記録: one application or state of a parcel; ``up_to`` is the last event of the case that it tells of."""

    class Kind(models.TextChoices):
        APPLICATION = "application", "申請"
        STATE = "state", "案件の動き"

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="rows", verbose_name="便")
    position = models.PositiveIntegerField("順")
    kind = models.CharField("種類", max_length=12, choices=Kind.choices)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="parcel_rows", verbose_name="案件")
    number = models.CharField("渡した側の受付番号", max_length=40)
    since = models.PositiveBigIntegerField("前に伝えた経過", default=0)
    up_to = models.PositiveBigIntegerField("伝えた経過", default=0)
    refusal = models.TextField("受け取れなかった理由", blank=True)

    class Meta:
        verbose_name = "便の記録"
        ordering = ["parcel", "position"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "position"], name="integrations_one_record_in_a_place"),
            models.CheckConstraint(
                condition=Q(up_to__gte=F("since")), name="integrations_a_record_tells_what_came_after"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TakenReceipt:
    """受領書の取出し: a receipt tells of no person; whoever carries parcels may take it once it is written."""

    def __init__(self, parcel: Parcel) -> None:
        self.parcel = parcel

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed to others than carriers, NotYet before the parcel is taken in."""
        require_carrier(user_of(by))
        if self.parcel.status != Parcel.Status.TAKEN:
            raise NotYet("受領書は、便を取り込み終わってからできます。")
