"""Town plan 都市計画の自己確認: zone and planned roads of a place, with all that the drawings leave open."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from todoke.guidance.zone_names import zone_name
from todoke.places.address_search import FoundPlace
from todoke.places.map_position import NEAR_M, Band, DrawnArea, MapIndex, Position
from todoke.places.models import MapLayerVersion
from todoke.places.plane_coordinates import to_plane

ZONES, ROADS = "zones", "roads"
"""Codes of the two drawings that are asked."""


@dataclass(frozen=True)
class ZoneFinding:
    """用途地域: a zone in which the point lies, or may lie; building coverage and floor area ratio in per cent."""

    name: str
    coverage: int | None
    floor_area: int | None
    position: Position

    @property
    def called(self) -> str:
        """The zone in the language of the page."""
        return zone_name(self.name)


@dataclass(frozen=True)
class RoadFinding:
    """計画道路: an outline that the point lies in or near, with the band of metres to its edge."""

    number: str
    band: Band
    closed: bool

    @property
    def in_words(self) -> str:
        """Where the point lies to the outline, in the language of the page."""
        if not self.closed:
            told = {"band": _between(self.band.low, self.band.high)}
            return _("計画の線まで%(band)s。線が閉じていないので、内側かどうかは分かりません。") % told
        return {
            Position.INSIDE: _("計画道路にかかります(境から%(band)s内側)。"),
            Position.OUTSIDE: _("計画道路にはかかりません(境から%(band)s外側)。"),
            Position.UNCLEAR: _("計画道路にかかるかどうか、この図面では分かりません(%(band)s)。"),
        }[self.band.position] % {"band": band_words(self.band)}


def band_words(band: Band) -> str:
    """Return a length as およそ2.3〜3.7m in the language of the page."""
    if band.position == Position.UNCLEAR:
        return _("境から%(metres)sm以内") % {"metres": _metres(max(-band.low, band.high), band.high - band.low)}
    return _between(*sorted((abs(band.low), abs(band.high))))


def _between(near: float, far: float) -> str:
    told = {"near": _metres(near, far - near), "far": _metres(far, far - near)}
    return _("およそ%(near)s〜%(far)sm") % told


def _metres(length: float, width: float) -> str:
    """Return a length to a decimetre, or to a metre where the band is wider than 20 m."""
    return f"{length:.0f}" if width > 20 else f"{length:.1f}"


@dataclass(frozen=True)
class PlanAnswer:
    """都市計画の確認結果: zones and roads of a point; two zones near a border, and both are said."""

    zones: Sequence[ZoneFinding]
    roads: Sequence[RoadFinding]
    accuracy_m: float

    @property
    def near_border(self) -> bool:
        """Whether the drawing leaves open in which zone the point lies."""
        return any(each.position == Position.UNCLEAR for each in self.zones)

    @property
    def reach_m(self) -> int:
        """Whole metres within which the true place lies."""
        return math.ceil(self.accuracy_m)

    @property
    def zone_words(self) -> str:
        """The zone in words of the page's language; never more certain than the drawing."""
        names = list(dict.fromkeys(each.called for each in self.zones))
        if not names:
            return _("この場所に用途地域は描かれていません。区域の外か、定めのない場所です。")
        if not self.near_border:
            return _("用途地域は%(names)sです。") % {"names": _("と").join(names)}
        if len(names) == 1:
            names.append(_("用途地域の定めのない場所"))
        told = {"names": _("か、").join(names), "metres": self.reach_m}
        return _("境に近いため、%(names)sのどちらかです(位置のずれは%(metres)sm以内)。") % told


def zones_at(x: float, y: float, accuracy_m: float, zones: MapIndex) -> list[ZoneFinding]:
    """Return the zones in which a point in metres of the plane lies, or may lie."""
    found = []
    for area in zones.near(x, y, accuracy_m):
        position = area.band(x, y, accuracy_m).position
        if position != Position.OUTSIDE:
            ratios = (area.attributes.get("SAFIELD002"), area.attributes.get("SAFIELD001"))
            coverage, floor_area = (int(each) if isinstance(each, int | float) else None for each in ratios)
            found.append(ZoneFinding(area.name, coverage, floor_area, position))
    return found


def roads_at(x: float, y: float, accuracy_m: float, roads: MapIndex) -> list[RoadFinding]:
    """Return the outlines of planned roads within 50 m, or what is left open, nearest first."""
    near = roads.near(x, y, max(NEAR_M, accuracy_m))
    found = [RoadFinding(each.number, each.band(x, y, accuracy_m), each.closed) for each in near]
    return sorted(found, key=lambda each: (each.band.low, each.number))


def check_point(x: float, y: float, *, accuracy_m: float, zones: MapIndex, roads: MapIndex) -> PlanAnswer:
    """Return what concerns a point in metres of the plane; ``accuracy_m`` is that of drawing and point together."""
    return PlanAnswer(zones_at(x, y, accuracy_m, zones), roads_at(x, y, accuracy_m, roads), accuracy_m)


@dataclass(frozen=True)
class PlanCheck:
    """都市計画の自己確認: the answer for a place, and the drawings it rests on; either drawing may be absent."""

    place: FoundPlace
    answer: PlanAnswer
    zones: MapLayerVersion | None
    roads: MapLayerVersion | None

    @property
    def drawings(self) -> list[MapLayerVersion]:
        return [each for each in (self.zones, self.roads) if each]


def is_ready() -> bool:
    """Whether a drawing was taken in that can be asked (one query)."""
    return MapLayerVersion.objects.filter(layer__code__in=(ZONES, ROADS), plane_system__isnull=False).exists()


def check_place(place: FoundPlace) -> PlanCheck:
    """Return what the latest drawings say of a place; four queries, however large the drawings are."""
    zones, roads = (MapLayerVersion.objects.in_use(code) for code in (ZONES, ROADS))
    accuracy = place.accuracy_m + max((each.accuracy_m for each in (zones, roads) if each), default=0.0)
    answer = PlanAnswer(
        zones_at(*_position(place, zones), accuracy, _index(place, zones, accuracy)) if zones else [],
        roads_at(*_position(place, roads), accuracy, _index(place, roads, accuracy)) if roads else [],
        accuracy,
    )
    return PlanCheck(place, answer, zones, roads)


def _position(place: FoundPlace, version: MapLayerVersion) -> tuple[float, float]:
    return to_plane(place.latitude, place.longitude, version.plane_system or 0)


def _index(place: FoundPlace, version: MapLayerVersion, accuracy_m: float) -> MapIndex:
    """Return the shapes of a drawing whose box is near a place."""
    near = version.features.near(*_position(place, version), max(NEAR_M, accuracy_m))
    return MapIndex(DrawnArea.of(each.number, each.name, each.attributes, each.geometry) for each in near)
