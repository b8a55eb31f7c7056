"""Closures 臨時休館: days on which a place is closed beside its own rules, told before and never deleted."""

from datetime import date

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import today
from todoke.places.models.place import Place
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

LONGEST_DAYS = 366


class PlaceClosureQuerySet(models.QuerySet["PlaceClosure"]):
    def told(self) -> "PlaceClosureQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def between(self, first: date, last: date) -> "PlaceClosureQuerySet":
        """Those that touch a span of days."""
        return self.told().filter(starts_on__lte=last, ends_on__gte=first)


class PlaceClosure(models.Model):
    """場所の臨時休館: a place is closed from a day to a day, both included, with the reason that residents read."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="closures", verbose_name="場所")
    starts_on = models.DateField("休みのはじめの日")
    ends_on = models.DateField("休みの終わりの日")
    reason = models.CharField("理由", max_length=100)
    declared_at = models.DateTimeField("決めた日時", default=timezone.now)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="決めた人")
    withdrawn_at = models.DateTimeField("取り消した日時", null=True)

    objects = PlaceClosureQuerySet.as_manager()

    class Meta:
        verbose_name = "場所の臨時休館"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="places_closure_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="places_closure_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.starts_on}"

    @classmethod
    @transaction.atomic
    def declare(cls, place: Place, starts_on: date, ends_on: date, reason: str, *, by: User) -> "PlaceClosure":
        """臨時休館の決定: residents read it at once. Raises NotAllowed, Refused for days that are over."""
        if not place.is_kept_by(by):
            raise NotAllowed("臨時休館を決められるのは、担当部署の人とDX推進本部事務局です。")
        if ends_on < starts_on or ends_on < today() or (ends_on - starts_on).days > LONGEST_DAYS:
            raise Refused("休みの終わりの日は、きょうより前でなく、はじめの日から1年以内にしてください。")
        if not reason.strip():
            raise Refused("住民が読む理由を書いてください。")
        made = cls.objects.create(
            place=place, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()[:100], declared_by=by
        )
        record(place, "臨時休館の決定", by=by, after={"はじめ": starts_on, "終わり": ends_on, "理由": made.reason})
        return made

    @transaction.atomic
    def withdraw(self, *, by: User) -> None:
        """取消し: the place is open by its rules again. Raises NotAllowed, Conflict."""
        if not self.place.is_kept_by(by):
            raise NotAllowed("臨時休館を取り消せるのは、担当部署の人とDX推進本部事務局です。")
        if not stamp_once(self, "withdrawn_at"):
            raise Conflict("この臨時休館は、すでに取り消されています。")
        record(self.place, "臨時休館の取消し", by=by, before={"はじめ": self.starts_on, "終わり": self.ends_on})
