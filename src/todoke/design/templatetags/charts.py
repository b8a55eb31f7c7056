"""Charts 図: template tags that render charts as SVG on the server, with the same figures as a table."""

from collections.abc import Sequence
from typing import Any

from django import template

from todoke.design import chart_geometry

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
