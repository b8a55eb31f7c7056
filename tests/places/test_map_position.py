"""Real drawings are taken in with what was repaired; points agree with a geometry computed apart; borders say both."""

import math
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from tests import cast
from tests.cast.places import drawn, reading
from todoke.guidance.town_plan import check_point
from todoke.places.map_layer_import import LayerReading, read_layer
from todoke.places.map_position import Band, DrawnArea, MapIndex, Position
from todoke.places.models import MapFeature
from todoke.runtime.refusals import Unreadable

SLIVERS = {"第一種住居地域-5": 0.0836, "第一種住居地域-6": 0.0028}
"""Areas of the real drawing, in square metres, that are narrower than a centimetre: left over from drawing borders."""
Ring = Sequence[Sequence[float]]


def zones() -> LayerReading:
    return reading("zones")


def roads() -> LayerReading:
    return reading("roads")


def areas(reading: LayerReading) -> list[DrawnArea]:
    return [DrawnArea.of(each.number, each.name, each.attributes, each.geometry) for each in reading.features]


def rings_of(geometry: dict[str, object]) -> list[Ring]:
    drawn = geometry["coordinates"]
    return [ring for area in (drawn if geometry["type"] == "MultiPolygon" else [drawn]) for ring in area]  # type: ignore[attr-defined]


def is_inside(rings: Sequence[Ring], x: float, y: float) -> bool:
    """Even-odd rule, computed here without the library."""
    inside = False
    for ring in rings:
        for (ax, ay, *_), (bx, by, *_) in pairwise(ring):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def away(rings: Sequence[Ring], x: float, y: float) -> float:
    """Metres to the nearest edge, computed here without the library."""
    best = math.inf
    for ring in rings:
        for (ax, ay, *_), (bx, by, *_) in pairwise(ring):
            dx, dy = bx - ax, by - ay
            along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy or 1.0)
            along = min(1.0, max(0.0, along))
            best = min(best, math.hypot(x - ax - along * dx, y - ay - along * dy))
    return best


def test_the_drawings_are_taken_in_with_what_was_repaired() -> None:
    assert (len(zones().features), zones().invalid, zones().nameless) == (98, 5, 5)
    assert zones().slivers == 3
    assert len(zones().repairs) == 13
    assert len({each.number.partition("-")[0] for each in roads().features}) == 300
    assert (roads().parts, roads().open_parts) == (301, 78)
    assert sum("閉じていない" in each for each in roads().repairs) == 78


@pytest.mark.slow
def test_five_thousand_points_agree_with_a_geometry_computed_apart() -> None:
    dice, drawn = random.Random(52), areas(zones())
    index, shapes = MapIndex(drawn), [(each, rings_of(dict(each.geometry))) for each in zones().features]
    boxes = [each.bounds for each in zones().features]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    inside = 0
    for _ in range(5_000):
        x, y = dice.uniform(west, east), dice.uniform(south, north)
        found = {each.number for each in index.near(x, y, 0.0) if each.signed_distance(x, y) < 0}
        apart = {
            each.number for each, rings in shapes
            if each.bounds[0] <= x <= each.bounds[2] and each.bounds[1] <= y <= each.bounds[3]
            and is_inside(rings, x, y)
        }  # fmt: skip
        assert found == apart, (x, y)
        inside += bool(found)
    assert 500 < inside < 4_500


def test_distances_to_roads_agree_with_a_geometry_computed_apart() -> None:
    dice, drawn = random.Random(53), areas(roads())
    for _ in range(300):
        place = dice.randrange(len(drawn))
        feature, area = roads().features[place], drawn[place]
        x = dice.uniform(feature.bounds[0] - 40, feature.bounds[2] + 40)
        y = dice.uniform(feature.bounds[1] - 40, feature.bounds[3] + 40)
        rings = rings_of(dict(feature.geometry)) if area.closed else [feature.geometry["coordinates"]]
        expected = away(rings, x, y) * (-1 if area.closed and is_inside(rings, x, y) else 1)
        assert area.signed_distance(x, y) == pytest.approx(expected, abs=1e-6)


def test_a_point_near_a_border_is_told_both_possibilities() -> None:
    index, none, both = MapIndex(areas(zones())), MapIndex([]), 0
    for feature in zones().features:
        (ax, ay, *_), (bx, by, *_) = rings_of(dict(feature.geometry))[0][:2]
        answer = check_point((ax + bx) / 2, (ay + by) / 2, accuracy_m=2.5, zones=index, roads=none)
        assert answer.near_border
        assert "どちらか" in answer.zone_words
        both += len({each.name for each in answer.zones}) > 1
    assert both > 40


def test_a_point_inside_is_told_its_zone_and_only_slivers_have_no_inside() -> None:
    """96 of 98: the other two are slivers in which no point is a centimetre from the edge. One sliver lies in a zone
    of another kind, and both kinds are told."""
    index, none, unclear = MapIndex(areas(zones())), MapIndex([]), {}
    for feature in zones().features:
        drawn = DrawnArea.of(feature.number, feature.name, {}, feature.geometry).drawn
        middle = drawn.representative_point()
        answer = check_point(middle.x, middle.y, accuracy_m=0.01, zones=index, roads=none)
        if answer.near_border:
            unclear[feature.number] = round(drawn.area, 4)
        else:
            assert feature.name in answer.zone_words
            kinds = {each.name for each in answer.zones}
            assert kinds == {feature.name} or (feature.number == "第二種住居地域-3" and len(kinds) == 2)
    assert unclear == SLIVERS


@pytest.mark.parametrize(
    ("band", "position"),
    [
        (Band(-3.7, -2.3), Position.INSIDE),
        (Band(2.3, 3.7), Position.OUTSIDE),
        (Band(-0.5, 4.5), Position.UNCLEAR),
        (Band(0.0, 1.0), Position.UNCLEAR),
    ],
)
def test_a_band_that_crosses_nought_says_that_nobody_can_tell(band: Band, position: Position) -> None:
    assert band.position == position


def test_beyond_the_town_the_answer_says_so() -> None:
    answer = check_point(0.0, 0.0, accuracy_m=2.5, zones=MapIndex(areas(zones())), roads=MapIndex(areas(roads())))
    assert answer.zone_words.startswith("この場所に用途地域は描かれていません")
    assert answer.roads == []


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.shp").write_bytes(b"no drawing")
    with pytest.raises(Unreadable):
        read_layer(tmp_path / "a.shp")


@pytest.mark.django_db
def test_a_drawing_is_kept_as_a_version_that_nobody_alters() -> None:
    for number in (1, 2):
        version = drawn("roads")
        assert (version.number, version.features.count()) == (number, 301)
    assert "閉じていない" in version.repairs
    kept = cast.present(MapFeature.objects.first())
    with pytest.raises(TypeError):
        kept.save()
