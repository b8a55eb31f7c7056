"""Chart page 図のページ: the context in which a table or a chart is drawn, with its table and its sentence."""

from typing import Any

from django.http import QueryDict

from todoke.board.evidence.forms.tables import ExploreForm, NameForm
from todoke.insights.models import DataTable, SavedChart
from todoke.insights.own_series import OWN_SERIES
from todoke.insights.tables.chart_question import FIGURES, ChartQuestion, Drawing
from todoke.insights.tables.exploration import Exploration, over_time
from todoke.japanese.calendar import format_date
from todoke.web.actions import RefusalsHeld, RefusalsOn


def drawn(asked: ChartQuestion, kinds: dict[str, str], found: Exploration, title: str) -> dict[str, Any]:
    """Return what the template of a picture takes."""
    drawing = asked.drawing
    if drawing is Drawing.LINES and len(found.series) > 4:
        drawing = Drawing.MULTIPLES
    if drawing is Drawing.BARS and len(found.series) > 1:
        drawing = Drawing.TABLE
    return {
        "title": title, "drawing": drawing.value, "found": found, "heads": [name or "値" for name, _ in found.series],
        "named": [(name or FIGURES[asked.figure].split("(")[0], values) for name, values in found.series],
        "sentence": found.sentence(over_time=over_time(asked, kinds)), "by": asked.by,
    }  # fmt: skip


def explored(table: DataTable, query: QueryDict, form: ExploreForm) -> dict[str, Any]:
    """Return the picture of an address and the form that names it; a refusal stands on the form."""
    if not form.is_valid():
        return {}
    with RefusalsOn(form):
        asked = ChartQuestion.read(query, table.kinds)
        return _named(table, asked, table.explore(asked))
    return {}


def _named(table: DataTable, asked: ChartQuestion, found: Exploration) -> dict[str, Any]:
    """Return the picture and the form in which its words are asked for, begun with what is known."""
    title = asked.words(table.kinds)
    series = OWN_SERIES.get(table.series)
    words = {"title": title, "base_day": format_date(table.as_of), "source": table.source}
    if series:
        words |= {"definition": series.definition, "denominator": series.denominator}
    return {"picture": drawn(asked, table.kinds, found, title), "name_form": NameForm(initial=words)}


def chart_picture(chart: SavedChart) -> dict[str, Any]:
    """Return the picture of a chart, or why it cannot be shown."""
    with RefusalsHeld() as held:
        return drawn(chart.asked, chart.table.kinds, chart.show(), chart.title) | {"chart": chart}
    return {"chart": chart, "refused": str(held.refusal)}
