"""Places 場所: where people go, and when it is open."""

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.organization.models import Department
from todoke.places.opening_hours import OpeningHours
from todoke.places.opening_hours_text import read_opening_hours
from todoke.places.permissions import DECLARE_CLOSURE


class PlaceQuerySet(models.QuerySet["Place"]):
    def with_hours(self) -> "PlaceQuerySet":
        """Those whose hours are written: what residents visit; a shelter without hours is none."""
        return self.exclude(hours_text="")

    def kept_by(self, user: User) -> "PlaceQuerySet":
        """Those whose closures a person declares."""
        if DECLARE_CLOSURE.held_by(user):
            return self
        return self.filter(department__in=DECLARE_CLOSURE.departments_of(user))


class Place(models.Model):
    """場所: an office, hall, library or shelter, as the open data names it, with its hours as written."""

    code = models.CharField("コード", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    kana = models.CharField("読み", max_length=200, blank=True)
    address = models.CharField("所在地", max_length=200, blank=True)
    latitude = models.FloatField("緯度", null=True)
    longitude = models.FloatField("経度", null=True)
    phone = models.CharField("電話番号", max_length=40, blank=True)
    hours_text = models.CharField("開館の定め", max_length=500, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="担当部署"
    )
    source = models.CharField("出典", max_length=100)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "場所"
        ordering = ["kana", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(20, 46), longitude__range=(122, 154)),
                name="places_lie_in_japan",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_kept_by(self, user: User) -> bool:
        """Whether a person declares when the place is closed."""
        return DECLARE_CLOSURE.held_by(user, self.department) if self.department else DECLARE_CLOSURE.held_by(user)

    @property
    def opening_hours(self) -> OpeningHours:
        """The hours as a person reads them; what was not understood is named in it."""
        return read_opening_hours(self.hours_text)
