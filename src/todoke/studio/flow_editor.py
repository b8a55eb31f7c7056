"""The bench 作業台 of a flow page: a table being edited, its drawing, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString, mark_safe

from todoke.flows.diagram.svg import Mark, draw
from todoke.flows.effort import Burden, burden_of
from todoke.flows.models import Flow
from todoke.flows.step_rows import COLUMNS, MOST_ROWS, Problem, cells_of, table_of
from todoke.flows.step_table import KIND_TERMS, PARTY_TERMS, Box, Kind, Table
from todoke.flows.suggestions import Hint, hints_of
from todoke.studio.forms.flows import MAIN, cells_in

BURDENS = (
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
class Cell:
    """One input of the table."""

    column: str
    name: str
    label: str
    value: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One row of inputs: what is always seen, and what is behind 「くわしく」."""

    place: int
    key: str
    main: tuple[Cell, ...]
    more: tuple[Cell, ...]


def flow_of(number: str) -> Flow:
    """Return a flow by its number, or 404."""
    return get_object_or_404(Flow.objects.select_related("origin", "department", "edited_by"), number=number)


def picture(table: Table, marks: Mapping[str, Mark] | None = None, view: Box | None = None) -> SafeString:
    """Return the drawing for a page. Safe: every text in it is escaped by the drawing itself."""
    return mark_safe(draw(table, marks, view))  # noqa: S308 - the drawing escapes every text in it


def lines_of(cells: list[dict[str, str]]) -> list[Line]:
    """Return the inputs of every row, and two empty rows to go on writing."""
    wanted = min(len(cells) + 2, MOST_ROWS)
    filled = [*cells, *({} for _ in range(wanted - len(cells)))]
    return [_line(place, cell) for place, cell in enumerate(filled)]


def _line(place: int, cell: dict[str, str]) -> Line:
    choices = {"kind": tuple(KIND_TERMS.values()), "party_kind": ("", *PARTY_TERMS.values())}

    def made(column: str) -> Cell:
        label = f"{place + 1}行目の{COLUMNS[column]}"
        value = cell.get(column, "") or (KIND_TERMS[Kind.TASK] if column == "kind" else "")
        return Cell(column, f"{column}_{place}", label, value, choices.get(column, ()))

    rest = [column for column in COLUMNS if column not in {*MAIN, "number"}]
    return Line(place, cell.get("key", ""), tuple(made(c) for c in MAIN), tuple(made(c) for c in rest))


def posted(request: HttpRequest, flow: Flow) -> tuple[Table, list[Problem]]:
    """Read the table that was posted."""
    return table_of(cells_in(request.POST.dict()), request.POST.get("title", flow.title)[:120], flow.table)


def bench(flow: Flow, table: Table, problems: list[Problem] | None = None) -> dict[str, Any]:
    """Return everything that the page of a flow shows."""
    named = [(problem, COLUMNS.get(problem.column, "")) for problem in problems or []]
    cells = cells_of(table)
    return {
        "flow": flow,
        "table": table,
        "lines": lines_of(cells),
        "rows": min(len(cells) + 2, MOST_ROWS),
        "terms": [COLUMNS[column] for column in MAIN],
        "problems": named,
        "drawing": picture(table) if table.rows else "",
        "burden": burden_lines(burden_of(table)) if table.rows else [],
        "hints": hint_lines(table) if table.rows else [],
        "too_long": len(table.rows) > MOST_ROWS,
        "here": "table",
    }


def burden_lines(burden: Burden, before: Burden | None = None) -> list[tuple[str, str, float, float | None, float]]:
    """Return term, unit, figure, the figure before, and the difference."""
    lines = []
    for name, term, unit in BURDENS:
        value = round(getattr(burden, name), 1)
        old = round(getattr(before, name), 1) if before else None
        lines.append((term, unit, value, old, round(value - (old or 0), 1)))
    return lines


def hint_lines(table: Table) -> list[tuple[Hint, str]]:
    """Return the hints, each with what it would save in words."""
    found = []
    for hint in hints_of(table):
        parts = [f"作業 {hint.saved_work:.1f}分"] if hint.saved_work >= 0.05 else []
        parts += [f"待ち {hint.saved_wait:,.0f}分"] if hint.saved_wait >= 0.5 else []
        parts += [f"来庁 {hint.saved_visits:.1f}回"] if hint.saved_visits >= 0.05 else []
        found.append((hint, "・".join(parts)))
    return found
