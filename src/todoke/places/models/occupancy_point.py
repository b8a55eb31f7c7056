"""Occupancy points 混雑地点: shelters and counters, whether they are open, and reports that age."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.organization.models import Department
from todoke.places.models.place import Place
from todoke.places.occupancy_level import Level, OccupancyState, level_of, same_until, state
from todoke.places.permissions import REPORT_CROWDING
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused


class OccupancyPointQuerySet(models.QuerySet["OccupancyPoint"]):
    def with_latest(self) -> "OccupancyPointQuerySet":
        """With level and time of the last report; of two the later time holds (one query)."""
        reports = OccupancyReport.objects.filter(point=OuterRef("pk")).order_by("-at", "-pk")
        return self.select_related("place", "department").annotate(
            last_level=Subquery(reports.values("level")[:1]), last_at=Subquery(reports.values("at")[:1])
        )

    def reportable_by(self, user: User) -> "OccupancyPointQuerySet":
        """Those that a person reports on."""
        if REPORT_CROWDING.held_by(user):
            return self
        return self.filter(department__in=REPORT_CROWDING.departments_of(user))


class OccupancyPoint(models.Model):
    """混雑地点: a shelter or counter of a section, with the people it holds and how long a report stays fresh."""

    class Kind(models.TextChoices):
        SHELTER = "shelter", "避難所"
        COUNTER = "counter", "窓口"

    place = models.OneToOneField(Place, models.PROTECT, related_name="occupancy_point", verbose_name="場所")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    kind = models.CharField("種類", max_length=10, choices=Kind.choices)
    capacity = models.PositiveIntegerField("収容できる人数", null=True, blank=True)
    formula = models.CharField("人数の求め方", max_length=100, blank=True)
    fresh_minutes = models.PositiveSmallIntegerField("新しいとみなす分", default=60)
    opened_at = models.DateTimeField("開設した日時", null=True, blank=True)

    objects = OccupancyPointQuerySet.as_manager()

    class Meta:
        verbose_name = "混雑地点"
        ordering = ["kind", "place__kana", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(fresh_minutes__gte=1), name="places_a_report_is_fresh_for_a_while")
        ]

    def __str__(self) -> str:
        return str(self.place)

    @property
    def told_at(self) -> datetime | None:
        """The time of the last report since it was opened; the row comes from ``with_latest``."""
        at: datetime | None = self.last_at  # type: ignore[attr-defined] # annotated by the query
        return at if at and self.opened_at and at >= self.opened_at else None

    def state_at(self, now: datetime) -> OccupancyState:
        """Return what may be said now; the row comes from ``with_latest``."""
        level: str | None = self.last_level  # type: ignore[attr-defined]
        at, fresh = self.told_at, timedelta(minutes=self.fresh_minutes)
        return state(Level(level) if level and at else None, at, now, fresh=fresh, is_open=self.opened_at is not None)

    def same_until(self, found: OccupancyState, now: datetime) -> datetime | None:
        """Return when what ``state_at`` found changes by its age alone; None where only a report changes it."""
        return same_until(found, self.told_at, now, fresh=timedelta(minutes=self.fresh_minutes))

    @transaction.atomic
    def open(self, *, by: User) -> None:
        """開設: from now on reports are taken. Raises NotAllowed, Conflict."""
        self._move({"opened_at__isnull": True}, timezone.now(), "混雑地点の開設", by=by)

    @transaction.atomic
    def close(self, *, by: User) -> None:
        """閉鎖: it is shown as closed, never as free. Raises NotAllowed, Conflict."""
        self._move({"opened_at__isnull": False}, None, "混雑地点の閉鎖", by=by)

    def _move(self, read: dict[str, Any], opened_at: datetime | None, act: str, *, by: User) -> None:
        self._require(by)
        if not compare_and_set(self, read, opened_at=opened_at):
            raise Conflict("ほかの人が先に開け閉めしました。一覧を開き直してください。")
        record(self, act, by=by)

    @transaction.atomic
    def report(
        self, level: str = "", *, by: User, people: int | None = None, source: str = "staff"
    ) -> "OccupancyReport":
        """報告: a level, or a count from which it follows. Raises NotAllowed, Closed, Refused without either."""
        self._require(by)
        if self.opened_at is None:
            raise Closed("開設していない地点です。先に開設してから報告してください。")
        if people is not None and self.capacity:
            level = level_of(people, self.capacity)
        if level not in list(Level):
            raise Refused("混雑の程度を選ぶか、収容できる人数がある地点では、人数を入れてください。")
        made = OccupancyReport.objects.create(point=self, level=level, people=people, source=source, by=by)
        record(self, "混雑の報告", by=by, after={"程度": level, "人数": people})
        return made

    def _require(self, by: User) -> None:
        if not REPORT_CROWDING.held_by(by, self.department):
            raise NotAllowed("この地点を扱えるのは、担当部署の人と推進本部事務局です。")


class OccupancyReport(ImmutableModel):
    """混雑の報告: what somebody saw at a moment; it is never altered, only followed by the next."""

    FROZEN, INSTEAD = "混雑の報告", "新しい報告を送ってください。"

    class Source(models.TextChoices):
        STAFF = "staff", "職員"
        PHONE = "phone", "電話"
        TICKET = "ticket", "番号札"

    point = models.ForeignKey(OccupancyPoint, models.PROTECT, related_name="reports", verbose_name="混雑地点")
    level = models.CharField("程度", max_length=8)
    people = models.PositiveIntegerField("人数", null=True)
    at = models.DateTimeField("日時", default=timezone.now)
    source = models.CharField("報告のしかた", max_length=8, choices=Source.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="報告した人")

    class Meta:
        verbose_name = "混雑の報告"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["point", "-at"], name="places_latest_report")]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["free", "some", "crowded", "full"]), name="places_known_occupancy_level"
            )
        ]

    def __str__(self) -> str:
        return f"{self.point} {self.level}"
