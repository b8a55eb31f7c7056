"""Chart groups 図の組: small multiples on one scale, and stacked shares. Pure; x in per cent, y in pixels."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from todoke.design.chart_geometry import ChartMark, Segment, axis_maximum, format_value

PLOT, TOP = 64, 8
HEIGHT = PLOT + 2 * TOP
BASE = TOP + PLOT
LEFT, RIGHT = 2.0, 98.0
Series = Sequence[tuple[str, Sequence[float | None]]]


@dataclass(frozen=True)
class SmallCurve:
    """One small picture: its line (none over a gap), its dots, its last value, and what it says."""

    name: str
    segments: list[Segment]
    dots: list[ChartMark]
    last: str
    sentence: str


@dataclass(frozen=True)
class SmallCurves:
    """Small multiples: pictures on one scale from zero to ``top``, and the values as table rows."""

    curves: list[SmallCurve]
    top: str
    first: str
    last: str
    rows: list[tuple[str, list[str]]]


def small_curves(points: Sequence[str], series: Series, unit: str = "") -> SmallCurves:
    """Return one small picture for each series, all on the same scale, so that sizes may be compared."""
    top = axis_maximum(max((value for _, values in series for value in values if value is not None), default=0))
    step = (RIGHT - LEFT) / max(len(points) - 1, 1)

    def place(n: int, value: float) -> ChartMark:
        text = f"{points[n]} {format_value(value, unit)}"
        return ChartMark(round(LEFT + n * step, 2), round(BASE - max(value, 0) / top * PLOT, 1), text)

    drawn = []
    for name, values in series:
        marks = [None if value is None else place(n, value) for n, value in enumerate(values)]
        joined = [Segment(a.x, a.y, b.x, b.y) for a, b in itertools.pairwise(marks) if a is not None and b is not None]
        dots = [mark for mark in marks if mark is not None]
        drawn.append(SmallCurve(name, joined, dots, *_last(points, values, unit)))
    rows = [
        (point, [format_value(values[n] if n < len(values) else None, unit) for _, values in series])
        for n, point in enumerate(points)
    ]
    ends = (points[0], points[-1]) if points else ("", "")
    return SmallCurves(drawn, format_value(top, unit), *ends, rows)


def _last(points: Sequence[str], values: Sequence[float | None], unit: str) -> tuple[str, str]:
    """Return the last value as written, and how it differs from the one before."""
    known = [(points[n], value) for n, value in enumerate(values) if value is not None]
    gaps = sum(value is None for value in values)
    missing = f"値のない時点{gaps}。" if gaps else ""
    if not known:
        return "データなし", "値がありません。"
    point, value = known[-1]
    written = format_value(value, unit)
    if len(known) == 1:
        return written, f"{point}だけ。{missing}"
    change = value - known[-2][1]
    way = (
        "同じ"
        if not change
        else f"{format_value(abs(change), unit.replace('%', 'ポイント'))}{'増' if change > 0 else '減'}"
    )
    return written, f"{point}、前は{known[-2][0]}で{way}。{missing}"


@dataclass(frozen=True)
class Share:
    """One part of a stacked bar: beginning and width in per cent, its series and its place among the patterns."""

    x: float
    width: float
    name: str
    written: str
    place: int


def stacked_shares(points: Sequence[str], series: Series) -> list[tuple[str, list[Share]]]:
    """Return for each point the parts of its whole in per cent; a point without values has none."""
    return [(point, _parts([(name, values[n] or 0) for name, values in series])) for n, point in enumerate(points)]


def _parts(values: Sequence[tuple[str, float]]) -> list[Share]:
    whole, x, found = sum(value for _, value in values), 0.0, []
    for place, (name, value) in enumerate(values):
        if whole > 0 and value > 0:
            width = value / whole * 100
            found.append(Share(round(x, 2), round(width, 2), name, f"{width:.1f}%", place))
            x += width
    return found
