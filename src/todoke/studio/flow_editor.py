"""Flow editor 作業台: the step table being edited, its diagram, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString, mark_safe

from todoke.flows.branches import Branch, branches_of
from todoke.flows.diagram.svg import ChangeKind, render_svg
from todoke.flows.durations import duration_text, minutes_of
from todoke.flows.effort import CaseEffort, case_effort
from todoke.flows.models import Flow
from todoke.flows.step_rows import (
    COLUMNS,
    MAX_ROWS,
    RowProblem,
    cells_from_table,
    table_from_cells,
)
from todoke.flows.step_table import NODE_KIND_LABELS, PARTY_KIND_LABELS, Box, NodeKind, StepTable
from todoke.flows.suggestions import EcrsSuggestion, ecrs_suggestions
from todoke.procedures.flow_links import procedure_of_flow
from todoke.studio.forms.flows import MAIN, MOST_WAYS, posted_cells

EFFORT_FIGURES = (
    ("steps", "手順", "回"),
    ("staff", "職員の時間", "分"),
    ("resident", "住民の時間", "分"),
    ("wait", "待ち", "分"),
    ("visits", "来庁", "回"),
    ("name_writes", "氏名を書く", "回"),
    ("copies", "写し", "部"),
    ("handovers", "担い手の交代", "回"),
)


@dataclass(frozen=True)
class CellInput:
    """One input of the table."""

    column: str
    name: str
    label: str
    value: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowInputs:
    """One row of inputs: the basic ones, and those behind 「くわしく」."""

    place: int
    key: str
    main: tuple[CellInput, ...]
    more: tuple[CellInput, ...]
    ways: tuple[Branch, ...]
    branches: bool


def get_flow(number: str) -> Flow:
    """Return a flow by its number. Raises Http404."""
    return get_object_or_404(Flow.objects.select_related("origin", "department", "edited_by"), number=number)


def diagram_svg(
    table: StepTable, changes: Mapping[str, ChangeKind] | None = None, view: Box | None = None
) -> SafeString:
    """Return the diagram as safe SVG; its texts are escaped by the renderer."""
    return mark_safe(render_svg(table, changes, view))  # noqa: S308 - the drawing escapes every text in it


def row_inputs(cells: list[dict[str, str]]) -> list[RowInputs]:
    """Return the inputs of every row, and two empty rows."""
    wanted = min(len(cells) + 2, MAX_ROWS)
    filled = [*cells, *({} for _ in range(wanted - len(cells)))]
    return [_line(place, cell) for place, cell in enumerate(filled)]


def _line(place: int, cell: dict[str, str]) -> RowInputs:
    ways = branches_of(cell.get("next", ""))
    choices = {"kind": tuple(NODE_KIND_LABELS.values()), "party_kind": ("", *PARTY_KIND_LABELS.values())}

    def made(column: str) -> CellInput:
        label = f"{place + 1}行目の{COLUMNS[column]}"
        value = cell.get(column, "") or (NODE_KIND_LABELS[NodeKind.TASK] if column == "kind" else "")
        if column == "wait" and value:
            value = wait_text(value)
        if column == "next" and ways:
            value = ""
        return CellInput(column, f"{column}_{place}", label, value, choices.get(column, ()))

    blank = [Branch("", "", "")] * (max(2, len(ways) + 1) - len(ways)) if len(ways) < MOST_WAYS else []
    rest = [column for column in COLUMNS if column not in {*MAIN, "number"}]
    main, more = tuple(made(c) for c in MAIN), tuple(made(c) for c in rest)
    return RowInputs(place, cell.get("key", ""), main, more, (*ways, *blank), bool(ways))


def wait_text(value: str) -> str:
    """Return a cell of minutes in days and hours; what cannot be read stays as it was typed."""
    minutes = minutes_of(value)
    return value if minutes is None else duration_text(minutes)


def posted_table(request: HttpRequest, flow: Flow) -> tuple[StepTable, list[RowProblem]]:
    """Return the posted table and its problems."""
    return table_from_cells(posted_cells(request.POST.dict()), request.POST.get("title", flow.title)[:120], flow.table)


def editor_context(flow: Flow, table: StepTable, problems: list[RowProblem] | None = None) -> dict[str, Any]:
    """Return the template context of the page of a flow."""
    named = [(problem, COLUMNS.get(problem.column, "")) for problem in problems or []]
    cells = cells_from_table(table)
    return {
        "flow": flow,
        "procedure": procedure_of_flow(flow),
        "table": table,
        "lines": row_inputs(cells),
        "rows": min(len(cells) + 2, MAX_ROWS),
        "terms": ["待ち" if column == "wait" else COLUMNS[column] for column in MAIN],
        "problems": named,
        "drawing": diagram_svg(table) if table.rows else "",
        "effort": effort_rows(case_effort(table)) if table.rows else [],
        "suggestions": suggestion_rows(table) if table.rows else [],
        "too_long": len(table.rows) > MAX_ROWS,
        "here": "table",
    }


def effort_rows(
    effort: CaseEffort, before: CaseEffort | None = None
) -> list[tuple[str, str, float, float | None, float]]:
    """Return term, unit, value, previous value and difference of each figure."""
    lines = []
    for name, term, unit in EFFORT_FIGURES:
        value = round(getattr(effort, name), 1)
        old = round(getattr(before, name), 1) if before else None
        lines.append((term, unit, value, old, round(value - (old or 0), 1)))
    return lines


def suggestion_rows(table: StepTable) -> list[tuple[EcrsSuggestion, str]]:
    """Return the suggestions with the savings in words."""
    found = []
    for suggestion in ecrs_suggestions(table):
        parts = [f"作業 {suggestion.saved_work:.1f}分"] if suggestion.saved_work >= 0.05 else []
        parts += [f"待ち {duration_text(suggestion.saved_wait)}"] if suggestion.saved_wait >= 0.5 else []
        parts += [f"来庁 {suggestion.saved_visits:.1f}回"] if suggestion.saved_visits >= 0.05 else []
        found.append((suggestion, "・".join(parts)))
    return found
