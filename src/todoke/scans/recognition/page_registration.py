"""Registration 位置合わせ: which marks of a picture are the four corners, and where a box of the page lies in it.

Places on the page are millimetres from its upper left corner, places in the picture are pixels. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from todoke.lazy_modules import np

if TYPE_CHECKING:
    import numpy.typing as npt


Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float, float, float, float]
A4: Point = (210.0, 297.0)
CENTRE, NEAREST = 7.6, 19.0
"""Millimetres from the edges to the centre of a corner mark, and how far from there it may be found."""
LEAST_SQUARE = 0.6
"""How nearly right the four corners must be: the shorter of two opposite sides by the longer."""


@dataclass(frozen=True)
class Box:
    """欄の枠: a rectangle in millimetres of the page or in pixels of a picture."""

    x: float
    y: float
    width: float
    height: float

    def wider(self, margin: float) -> Box:
        """Return the box with a margin on every side; the margin may be negative."""
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    @property
    def path(self) -> str:
        """The outline as a path of SVG."""
        return f"M{self.x:.1f} {self.y:.1f}h{self.width:.1f}v{self.height:.1f}h-{self.width:.1f}z"

    def within(self, width: float, height: float) -> Box:
        """Return the part of the box that lies in a picture of this size, at least one pixel of it."""
        left, top = min(max(self.x, 0.0), width - 1), min(max(self.y, 0.0), height - 1)
        right = min(max(self.x + self.width, left + 1), width)
        return Box(left, top, right - left, min(max(self.y + self.height, top + 1), height) - top)


def corners_of(size: Point) -> tuple[Point, Point, Point, Point]:
    """Return the centres of the four marks of a page: upper left, upper right, lower right, lower left."""
    right, low = size[0] - CENTRE, size[1] - CENTRE
    return (CENTRE, CENTRE), (right, CENTRE), (right, low), (CENTRE, low)


def choose_marks(found: Sequence[Point], picture: Point, size: Point = A4) -> tuple[Point, ...] | None:
    """Return the mark nearest to each expected corner; None unless all four are there and form a rectangle."""
    scale = (picture[0] / size[0], picture[1] / size[1])
    chosen: list[Point] = []
    for x, y in corners_of(size):
        near = [(((u / scale[0] - x) ** 2 + (v / scale[1] - y) ** 2) ** 0.5, (u, v)) for u, v in found]
        near = [(distance, point) for distance, point in near if distance <= NEAREST]
        if not near:
            return None
        chosen.append(min(near)[1])
    return tuple(chosen) if len(set(chosen)) == 4 and _is_rectangle(chosen) else None


def _is_rectangle(corners: Sequence[Point]) -> bool:
    sides = [
        float(np.hypot(a[0] - b[0], a[1] - b[1])) for a, b in zip(corners, (*corners[1:], corners[0]), strict=True)
    ]
    pairs = ((sides[0], sides[2]), (sides[1], sides[3]))
    return all(min(pair) >= LEAST_SQUARE * max(pair) > 0 for pair in pairs)


def page_to_picture(marks: Sequence[Point], size: Point = A4) -> Matrix:
    """Return the projective map from millimetres to pixels by the four marks. Raises ValueError where there is none."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners_of(size), marks, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    try:
        solved: npt.NDArray[np.float64] = np.linalg.solve(np.array(rows, float), np.array(wanted, float))
    except np.linalg.LinAlgError as error:
        raise ValueError("four marks on one line") from error
    return _matrix([*solved.tolist(), 1.0])


def whole_picture(picture: Point, size: Point = A4) -> Matrix:
    """Return the map of a picture that shows the whole page and nothing else."""
    return _matrix([picture[0] / size[0], 0, 0, 0, picture[1] / size[1], 0, 0, 0, 1])


def _matrix(values: Sequence[float]) -> Matrix:
    a, b, c, d, e, f, g, h, i = (float(value) for value in values)
    return a, b, c, d, e, f, g, h, i


def place_of(point: Point, matrix: Matrix) -> Point:
    """Return where a point of the page lies in the picture."""
    x, y = point
    below = matrix[6] * x + matrix[7] * y + matrix[8]
    return (
        (matrix[0] * x + matrix[1] * y + matrix[2]) / below,
        (matrix[3] * x + matrix[4] * y + matrix[5]) / below,
    )


def box_in_picture(box: Box, matrix: Matrix) -> Box:
    """Return the upright rectangle of the picture that a box of the page lies in."""
    right, low = box.x + box.width, box.y + box.height
    places = [place_of(point, matrix) for point in ((box.x, box.y), (right, box.y), (right, low), (box.x, low))]
    across, down = [place[0] for place in places], [place[1] for place in places]
    return Box(min(across), min(down), max(across) - min(across), max(down) - min(down))
