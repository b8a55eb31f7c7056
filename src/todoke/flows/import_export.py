"""Exchange 取込みと書出し: a flow from and to the files of other programs."""

import json
from dataclasses import replace

from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.bpmn.bpmn_writer import write_bpmn
from todoke.flows.bpmn.positions import with_positions
from todoke.flows.bpmn.safe_xml import LARGEST_DOCUMENT
from todoke.flows.diagram.svg import draw
from todoke.flows.step_rows import COLUMNS, cells_of
from todoke.flows.step_table import Table, completed
from todoke.flows.step_workbook import read_workbook, write_workbook
from todoke.runtime.refusals import Unreadable

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def taken_in(raw: bytes, name: str, title: str = "") -> tuple[Table, list[str]]:
    """Read a BPMN or Excel file; returns the table and what the reader should know. Raises Unreadable."""
    if len(raw) > LARGEST_DOCUMENT:
        raise Unreadable(f"ファイルが大きすぎます({LARGEST_DOCUMENT // 1_000_000}MB まで)。")
    if name.lower().endswith((".xlsx", ".xlsm")):
        table, problems = read_workbook(raw, title)
        return table, [f"{problem.row}行目: {problem.text}" for problem in problems]
    table = read_bpmn(raw)
    return replace(table, title=title or table.title), list(table.notes)


def handed_out(table: Table, kind: str) -> tuple[bytes | str, str] | None:
    """Return content and media type of a flow as ``bpmn``, ``svg``, ``xlsx`` or ``json``; None for any other kind."""
    if kind == "bpmn":
        return write_bpmn(with_positions(completed(table))), "application/xml; charset=utf-8"
    if kind == "svg":
        return draw(table), "image/svg+xml; charset=utf-8"
    if kind == "xlsx":
        return write_workbook(table), EXCEL
    if kind == "json":
        data = {"title": table.title, "columns": COLUMNS, "steps": cells_of(table), "notes": list(table.notes)}
        return json.dumps(data, ensure_ascii=False, indent=2), "application/json; charset=utf-8"
    return None
