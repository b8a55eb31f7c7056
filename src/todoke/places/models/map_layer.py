"""Map layers 図面: drawings of the town with their source, accuracy and repairs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.organization.models import Department
from todoke.places.map_layer_import import LayerReading


class MapLayer(models.Model):
    """図面: a kind of drawing of the town, such as zoning or planned roads."""

    code = models.SlugField("コード", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="担当部署"
    )

    class Meta:
        verbose_name = "図面"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def take_in(
        self, reading: LayerReading, *, source: str, licence: str, as_of: date, accuracy_m: float, plane_system: int,
        by: Actor,
    ) -> "MapLayerVersion":  # fmt: skip
        """取込み: keep a drawing as its next version, with what was repaired on the way."""
        last = self.versions.order_by("-number").first()
        version = MapLayerVersion.objects.create(
            layer=self, number=last.number + 1 if last else 1, source=source, licence=licence, as_of=as_of,
            accuracy_m=accuracy_m, plane_system=plane_system, sha256=reading.sha256,
            repairs="\n".join(reading.repairs)[:4000],
        )  # fmt: skip
        MapFeature.objects.bulk_create(_features(version, reading.features))
        record(version, "図面の取込み", by=by, after={"図形": len(reading.features), "照合値": reading.sha256})
        return version


def _features(version: "MapLayerVersion", found: Sequence[Any]) -> list["MapFeature"]:
    return [
        MapFeature(
            version=version, number=each.number, name=each.name, attributes=dict(each.attributes),
            geometry=each.geometry, west=each.bounds[0], south=each.bounds[1], east=each.bounds[2],
            north=each.bounds[3],
        )
        for each in found
    ]  # fmt: skip


class MapLayerVersionQuerySet(models.QuerySet["MapLayerVersion"]):
    def in_use(self, code: str) -> "MapLayerVersion | None":
        """The latest version of a drawing that knows where its plane lies, with its department."""
        known = self.filter(layer__code=code, plane_system__isnull=False)
        return known.select_related("layer__department").order_by("-number").first()


class MapLayerVersion(ImmutableModel):
    """図面の版: one drawing with its source, day and accuracy, as it was taken in."""

    FROZEN, INSTEAD = "取り込んだ図面の版", "新しい版を取り込んでください。"

    layer = models.ForeignKey(MapLayer, models.PROTECT, related_name="versions", verbose_name="図面")
    number = models.PositiveIntegerField("版")
    source = models.CharField("出典", max_length=100)
    licence = models.CharField("利用条件", max_length=60)
    as_of = models.DateField("図面の日付")
    accuracy_m = models.FloatField("図面の精度(m)")
    plane_system = models.PositiveSmallIntegerField("平面直角座標の系", null=True)
    sha256 = models.CharField("照合値", max_length=64)
    repairs = models.TextField("直したところ", max_length=4000, blank=True)

    objects = MapLayerVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "図面の版"
        ordering = ["layer", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "number"], name="places_one_map_version_per_number"),
            models.CheckConstraint(condition=Q(accuracy_m__gt=0), name="places_map_has_an_accuracy"),
            models.CheckConstraint(
                condition=Q(plane_system__isnull=True) | Q(plane_system__range=(1, 19)),
                name="places_map_lies_in_a_plane_system",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layer} 第{self.number}版"


class MapFeatureQuerySet(models.QuerySet["MapFeature"]):
    def near(self, x: float, y: float, metres: float) -> "MapFeatureQuerySet":
        """Those whose box comes within so many metres of a point of the plane."""
        return self.filter(
            west__lte=x + metres, east__gte=x - metres, south__lte=y + metres, north__gte=y - metres
        ).order_by("pk")


class MapFeature(ImmutableModel):
    """図形: one area or line of a drawing in metres of the plane, found by its box."""

    FROZEN, INSTEAD = "図面の図形", "新しい版を取り込んでください。"

    version = models.ForeignKey(MapLayerVersion, models.PROTECT, related_name="features", verbose_name="図面の版")
    number = models.CharField("番号", max_length=40)
    name = models.CharField("名称", max_length=60, blank=True)
    attributes = models.JSONField("属性", default=dict)
    geometry = models.JSONField("形")
    west = models.FloatField("西の端(m)")
    south = models.FloatField("南の端(m)")
    east = models.FloatField("東の端(m)")
    north = models.FloatField("北の端(m)")

    objects = MapFeatureQuerySet.as_manager()

    class Meta:
        verbose_name = "図形"
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="places_one_feature_per_number")]
        indexes = [models.Index(fields=["version", "west", "east"], name="places_feature_box")]

    def __str__(self) -> str:
        return f"{self.name or '名称なし'} {self.number}"
