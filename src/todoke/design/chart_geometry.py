"""Chart geometry 作図: coordinates of bars and lines. Pure; x in per cent of the width, y in pixels from the top."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

TOP = 24
PLOT = 200
BASE = TOP + PLOT
HEIGHT = BASE + 32
LEFT = 1.0
RIGHT = 76.0
LINE = 34
SHORT = 5
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Bar:
    """One bar: its length in per cent of the longest, or None where there is no figure."""

    label: str
    written: str
    length: float | None


@dataclass(frozen=True)
class ChartMark:
    """A point (x in per cent, y in pixels) with its text."""

    x: float
    y: float
    text: str = ""


@dataclass(frozen=True)
class Segment:
    """A straight line between two points."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Curve:
    """One line of a chart: its segments (none over a gap), its dots, and the label at its end."""

    name: str
    segments: list[Segment]
    dots: list[ChartMark]
    end: ChartMark | None


@dataclass(frozen=True)
class Curves:
    """A line chart: grid lines, ticks, curves, and its values as table rows."""

    grid: list[ChartMark]
    ticks: list[ChartMark]
    curves: list[Curve]
    rows: list[tuple[str, list[str]]]


def format_value(value: float | None, unit: str = "") -> str:
    """Return a figure with its unit, such as 1,234件 or 12.5%; 「データなし」 for None."""
    if value is None:
        return "データなし"
    return f"{value:,.1f}".removesuffix(".0") + unit


def axis_maximum(largest: float) -> float:
    """Return the round number at or above the largest value, for the end of the axis."""
    if largest <= 0:
        return 1.0
    power: float = 10.0 ** floor(log10(largest))
    return next(step * power for step in STEPS if step * power >= largest * 0.999999)


def bars(rows: Sequence[tuple[str, float | None]], unit: str = "", whole: float | None = None) -> list[Bar]:
    """Return one bar per row, from zero; the longest, or ``whole`` (such as 100 %), has full length."""
    largest = whole or max((value or 0 for _, value in rows), default=0) or 1
    return [
        Bar(
            label, format_value(value, unit), None if value is None else round(min(max(value, 0) / largest, 1) * 100, 2)
        )
        for label, value in rows
    ]


def curves(points: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], unit: str = "") -> Curves:
    """Return a line chart of the series over ``points`` in time, on an axis that starts at zero."""
    top = axis_maximum(max((value for _, values in series for value in values if value is not None), default=0))
    step = (RIGHT - LEFT) / max(len(points) - 1, 1)

    def place(n: int, value: float) -> ChartMark:
        return ChartMark(
            round(LEFT + n * step, 2), round(BASE - value / top * PLOT, 1), f"{points[n]} {format_value(value, unit)}"
        )

    drawn = [_curve(name, [None if v is None else place(n, v) for n, v in enumerate(values)], _last(values, unit))
             for name, values in series]  # fmt: skip
    most = 6 if max(map(len, points), default=0) <= SHORT else 3
    every = max(1, -(-len(points) // most))
    ticks = [ChartMark(round(LEFT + n * step, 2), BASE + 20, point) for n, point in enumerate(points) if n % every == 0]
    grid = [ChartMark(0, round(BASE - part * PLOT, 1), format_value(top * part, unit)) for part in (0, 0.5, 1)]
    table = [
        (point, [format_value(values[n] if n < len(values) else None, unit) for _, values in series])
        for n, point in enumerate(points)
    ]
    return Curves(grid, ticks, _apart(drawn), table)


def _last(values: Sequence[float | None], unit: str) -> str:
    return format_value(next((value for value in reversed(values) if value is not None), None), unit)


def _curve(name: str, marks: Sequence[ChartMark | None], last: str) -> Curve:
    segments = [Segment(a.x, a.y, b.x, b.y) for a, b in itertools.pairwise(marks) if a is not None and b is not None]
    dots = [mark for mark in marks if mark is not None]
    return Curve(name, segments, dots, ChartMark(dots[-1].x + 2, dots[-1].y, last) if dots else None)


def _apart(drawn: list[Curve]) -> list[Curve]:
    """Move the labels at the ends of curves apart, so that none overlaps."""
    free_from = 0.0
    placed: dict[int, ChartMark] = {}
    for n, curve in sorted(enumerate(drawn), key=lambda pair: pair[1].end.y if pair[1].end else 0):
        if curve.end is not None:
            y = max(curve.end.y, free_from)
            placed[n] = ChartMark(curve.end.x, y, curve.end.text)
            free_from = y + LINE
    return [Curve(curve.name, curve.segments, curve.dots, placed.get(n)) for n, curve in enumerate(drawn)]
