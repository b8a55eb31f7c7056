"""Map position 位置の判定: where a point lies in areas and beside lines, as a band of metres.

Every length is a band: the true value may be off by the accuracy of the drawing and that of the point together. A band
that crosses nought says that the drawing cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from todoke.lazy_modules import shapely

NEAR_M = 50.0
"""How far from a line it is still told."""


class Position(StrEnum):
    """位置: of a point to an area; unclear where the drawing cannot tell."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Band:
    """幅のある長さ: metres from the edge, negative inside; the true value lies between the two."""

    low: float
    high: float

    @property
    def position(self) -> Position:
        if self.high < 0:
            return Position.INSIDE
        return Position.OUTSIDE if self.low > 0 else Position.UNCLEAR


@dataclass(frozen=True)
class DrawnArea:
    """図面の面または線: prepared for questions; ``closed`` is False where only a distance can be told."""

    number: str
    name: str
    attributes: Mapping[str, Any]
    drawn: shapely.Geometry
    closed: bool

    @classmethod
    def of(cls, number: str, name: str, attributes: Mapping[str, Any], geometry: Mapping[str, Any]) -> DrawnArea:
        drawn = shapely.geometry.shape(geometry)
        shapely.prepare(drawn)
        return cls(number, name, attributes, drawn, drawn.geom_type in ("Polygon", "MultiPolygon"))

    def signed_distance(self, x: float, y: float) -> float:
        """Return the metres from a point to the edge, negative inside an area."""
        point = shapely.Point(x, y)
        if not self.closed:
            return float(self.drawn.distance(point))
        away = float(self.drawn.boundary.distance(point))
        return -away if self.drawn.contains(point) else away

    def band(self, x: float, y: float, accuracy_m: float) -> Band:
        """Return where the edge lies, as exactly as drawing and point allow."""
        away = self.signed_distance(x, y)
        if not self.closed:
            return Band(max(0.0, away - accuracy_m), away + accuracy_m)
        return Band(away - accuracy_m, away + accuracy_m)


class MapIndex:
    """図面の索引: areas and lines found by a tree over their boxes."""

    def __init__(self, areas: Iterable[DrawnArea]) -> None:
        self._areas = list(areas)
        self._tree = shapely.STRtree([each.drawn for each in self._areas])

    def near(self, x: float, y: float, metres: float) -> Sequence[DrawnArea]:
        """Return what lies within so many metres of a point, in the order of the drawing."""
        found = self._tree.query(shapely.Point(x, y), predicate="dwithin", distance=metres)
        return [self._areas[place] for place in sorted(found.tolist())]
