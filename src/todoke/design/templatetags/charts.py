"""Charts 図: template tags that render charts as SVG on the server, with the same figures as a table."""

from collections.abc import Sequence
from typing import Any

from django import template

from todoke.design import chart_geometry, chart_groups

register = template.Library()


@register.inclusion_tag("design/bar_chart.html")
def bar_chart(
    title: str, rows: Sequence[tuple[str, float | None]], unit: str = "", note: str = "", whole: float | None = None
) -> dict[str, Any]:
    """Render one bar per row, from zero, as a table whose middle column is the bar."""
    return {"title": title, "note": note, "bars": chart_geometry.bars(rows, unit, whole)}


@register.inclusion_tag("design/line_chart.html")
def line_chart(
    title: str,
    points: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    unit: str = "",
    note: str = "",
) -> dict[str, Any]:
    """Render lines over ``points`` in time, each labelled at its end; a missing value leaves a gap."""
    laid = chart_geometry.curves(points, series, unit)
    return {"title": title, "note": note, "drawing": laid, "height": chart_geometry.HEIGHT, "base": chart_geometry.BASE}


@register.inclusion_tag("design/small_multiples.html")
def small_multiples(
    title: str,
    points: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    unit: str = "",
    note: str = "",
) -> dict[str, Any]:
    """Render one small line for each series on one scale, each with its last value and its sentence."""
    laid = chart_groups.small_curves(points, series, unit)
    return {"title": title, "note": note, "drawing": laid, "height": chart_groups.HEIGHT, "base": chart_groups.BASE}


@register.inclusion_tag("design/share_chart.html")
def share_chart(
    title: str,
    points: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    unit: str = "",
    note: str = "",
) -> dict[str, Any]:
    """Render the parts of each whole as one bar of 100 per cent, in a table that says every share."""
    laid, names = chart_groups.stacked_shares(points, series), [name for name, _ in series]
    rows = [(point, parts, _shares(parts, names)) for point, parts in laid]
    return {"title": title, "note": note, "names": names, "rows": rows}


def _shares(parts: Sequence[chart_groups.Share], names: Sequence[str]) -> list[str]:
    written = {part.name: part.written for part in parts}
    return [written.get(name, "0%" if parts else "データなし") for name in names]
