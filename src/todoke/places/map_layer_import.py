"""Map layer import 図面の読取り: areas and lines of shapefiles, and what was repaired of them."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapefile

from todoke.lazy_modules import shapely
from todoke.runtime.refusals import Unreadable

MOST_SHAPES = 20_000
SLIVER_M2 = 2.0
"""An area below this is no zone but left over from drawing borders."""
_POLYGONS = {shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM}
_LINES = {shapefile.POLYLINE, shapefile.POLYLINEZ, shapefile.POLYLINEM}


@dataclass(frozen=True)
class ReadFeature:
    """読んだ図形: its geometry as GeoJSON in metres, its box (west, south, east, north) and its columns."""

    number: str
    name: str
    attributes: Mapping[str, Any]
    geometry: Mapping[str, Any]
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True)
class LayerReading:
    """図面の読取り結果: the shapes, and a sentence for each thing that was repaired or is missing."""

    features: Sequence[ReadFeature]
    repairs: Sequence[str]
    sha256: str
    invalid: int
    nameless: int
    open_parts: int
    parts: int
    slivers: int = 0


def read_layers(paths: Sequence[Path]) -> LayerReading:
    """Return several files, of which each draws one kind of zone, as one drawing. Raises Unreadable."""
    read = [read_layer(path) for path in paths]
    sums = "".join(each.sha256 for each in read)
    return LayerReading(
        [feature for each in read for feature in each.features], [said for each in read for said in each.repairs],
        hashlib.sha256(sums.encode()).hexdigest(), sum(each.invalid for each in read),
        sum(each.nameless for each in read), sum(each.open_parts for each in read), sum(each.parts for each in read),
        sum(each.slivers for each in read),
    )  # fmt: skip


def read_layer(path: Path, *, name_column: str = "") -> LayerReading:
    """Return what a shapefile draws. Raises Unreadable for another kind of file, or one that is too large."""
    try:
        with shapefile.Reader(str(path), encoding="cp932", encodingErrors="replace") as reader:
            if reader.shapeType not in _POLYGONS | _LINES or len(reader) > MOST_SHAPES:
                raise Unreadable(f"{path.name}は、面または線の図面({MOST_SHAPES:,}図形まで)ではありません。")
            rows = [(each.shape, each.record.as_dict()) for each in reader.iterShapeRecords()]
            areas = reader.shapeType in _POLYGONS
    except (shapefile.ShapefileException, OSError, ValueError, struct.error) as error:
        raise Unreadable(f"{path.name}を図面として読めません。.shpと.dbfがそろっているか確かめてください。") from error
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return _areas(rows, name_column or path.stem, sha256) if areas else _lines(rows, sha256)


def _areas(rows: Sequence[tuple[Any, dict[str, Any]]], layer: str, sha256: str) -> LayerReading:
    features, repairs, invalid, nameless, parts, slivers = list[ReadFeature](), list[str](), 0, 0, 0, 0
    for place, (drawn, columns) in enumerate(rows, start=1):
        area, parts = shapely.geometry.shape(drawn.__geo_interface__), parts + len(drawn.parts)
        if not area.is_valid:
            invalid += 1
            repairs.append(f"{layer} {place}: 境界が交わっていたので、交わらない形に直しました。")
            area = _only_areas(shapely.make_valid(area))
        name = str(columns.get("SAFIELD000") or "").strip()
        if not name:
            nameless += 1
            repairs.append(f"{layer} {place}: 名称がないので、図面の名前で補いました。")
        if area.area < SLIVER_M2:
            slivers += 1
            repairs.append(f"{layer} {place}: {area.area:.4f}m2しかない切れ端です。担当の部署で確かめてください。")
        features.append(_feature(f"{layer}-{place}", name or layer, columns, area))
    return LayerReading(features, repairs, sha256, invalid, nameless, 0, parts, slivers)


def _lines(rows: Sequence[tuple[Any, dict[str, Any]]], sha256: str) -> LayerReading:
    """Return outlines as areas where they close, else as lines, of which only the distance can be told."""
    features, repairs, open_parts, parts = list[ReadFeature](), list[str](), 0, 0
    for place, (drawn, columns) in enumerate(rows, start=1):
        starts = [*drawn.parts, len(drawn.points)]
        for part in range(len(drawn.parts)):
            points, parts = drawn.points[starts[part] : starts[part + 1]], parts + 1
            number = f"{place}-{part + 1}"
            closes = len(points) >= 4 and points[0] == points[-1]
            outline = shapely.Polygon(points) if closes else shapely.LineString(points)
            if closes and not outline.is_valid:
                repairs.append(f"{number}: 境界が交わっていたので、交わらない形に直しました。")
                outline = _only_areas(shapely.make_valid(outline))
            if not closes:
                open_parts += 1
                repairs.append(f"{number}: 線が閉じていないので、内側かどうかは分かりません。")
            features.append(_feature(number, "", columns, outline))
    return LayerReading(features, repairs, sha256, 0, len(features), open_parts, parts)


def _only_areas(found: shapely.Geometry) -> shapely.Geometry:
    areas = [each for each in shapely.get_parts(found) if each.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(areas)


def _feature(number: str, name: str, columns: Mapping[str, Any], drawn: shapely.Geometry) -> ReadFeature:
    west, south, east, north = map(float, drawn.bounds)
    kept = {key: value for key, value in columns.items() if isinstance(value, str | int | float) and value != ""}
    return ReadFeature(number, name, kept, dict(shapely.geometry.mapping(drawn)), (west, south, east, north))
