"""Calls for staff proposals 職員提案の募集: a period, the body that hears them, and lots for its agenda."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.meetings.models import Body
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.voices.permissions import RUN_PROPOSAL_CALL

LOT = 5


def require_secretariat(by: User) -> None:
    """Raises NotAllowed unless a person runs the calls for staff proposals."""
    if not RUN_PROPOSAL_CALL.held_by(by):
        raise NotAllowed("職員提案の募集と審査を進められるのは、DX推進本部事務局です。")


class ProposalCallQuerySet(models.QuerySet["ProposalCall"]):
    def open(self, on: date | None = None) -> "ProposalCallQuerySet":
        """Calls that take proposals on a day."""
        day = on or today()
        return self.filter(opens_on__lte=day, closes_on__gte=day)


class ProposalCall(models.Model):
    """職員提案の募集: one call to all staff, and the body before which the proposals come."""

    title = models.CharField("募集の名称", max_length=150)
    guidance = models.TextField("募集のことば", max_length=4000, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="proposal_calls", verbose_name="会議体")
    opens_on = models.DateField("始まり")
    closes_on = models.DateField("終わり")
    allows_anonymous = models.BooleanField("匿名でも出せる", default=True)

    objects = ProposalCallQuerySet.as_manager()

    class Meta:
        verbose_name = "職員提案の募集"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="voices_a_proposal_call_ends_after_it_begins",
                violation_error_message="終わりは、始まりより後の日にしてください。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def begin(cls, *, by: User, **facts: Any) -> "ProposalCall":
        """募集: begin a call. Raises NotAllowed."""
        require_secretariat(by)
        made = cls.objects.create(**facts)
        record(made, "職員提案の募集", by=by, after={"名称": made.title}, first=True)
        return made

    @property
    def is_open(self) -> bool:
        return self.opens_on <= today() <= self.closes_on

    @transaction.atomic
    def divide(self, sizes: Sequence[int] = (), *, by: User) -> list[int]:
        """まとまりに分ける: put the proposals in lots by number, evenly where no sizes are told; return the sizes.

        Raises NotAllowed, Refused where the sizes are not those of all proposals.
        """
        require_secretariat(by)
        rows = list(self.proposals.exclude(status="withdrawn").order_by("number"))
        sizes = list(sizes) or even_sizes(len(rows))
        if sum(sizes) != len(rows) or any(size < 1 for size in sizes):
            raise Refused(f"まとまりの数を足すと{sum(sizes)}件です。提案は{len(rows)}件です。")
        self.proposals.update(lot=None)
        self.lots.all().delete()
        at = 0
        for position, size in enumerate(sizes, 1):
            lot = self.lots.create(position=position, title=f"第{position}まとまり")
            self.proposals.filter(pk__in=[each.pk for each in rows[at : at + size]]).update(lot=lot)
            at += size
        record(self, "職員提案のまとまり", by=by, after={"件数": sizes})
        return sizes


def even_sizes(number: int, most: int = LOT) -> list[int]:
    """Return sizes of lots of at most ``most``, which differ by one at most."""
    lots = -(-number // most)
    return [number // lots + (1 if at < number % lots else 0) for at in range(lots)]


class ProposalLot(models.Model):
    """提案のまとまり: a few proposals that are heard together."""

    call = models.ForeignKey(ProposalCall, models.CASCADE, related_name="lots", verbose_name="職員提案の募集")
    position = models.PositiveSmallIntegerField("順")
    title = models.CharField("名称", max_length=100)

    class Meta:
        verbose_name = "提案のまとまり"
        ordering = ["call", "position"]
        constraints = [models.UniqueConstraint(fields=["call", "position"], name="voices_one_lot_per_position")]

    def __str__(self) -> str:
        return self.title
