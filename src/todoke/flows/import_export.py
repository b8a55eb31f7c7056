"""Import and export 取込みと書出し: a flow as BPMN 2.0, xlsx, SVG or JSON."""

import json
from dataclasses import replace

from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.bpmn.bpmn_writer import write_bpmn
from todoke.flows.bpmn.positions import with_positions
from todoke.flows.bpmn.safe_xml import MAX_XML_BYTES
from todoke.flows.diagram.svg import render_svg
from todoke.flows.step_rows import COLUMNS, cells_from_table
from todoke.flows.step_table import StepTable, with_implicit_nodes
from todoke.flows.step_workbook import read_workbook, write_workbook
from todoke.runtime.refusals import Unreadable

XLSX_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MAX_STEPS = 500


def import_flow(raw: bytes, name: str, title: str = "") -> tuple[StepTable, list[str]]:
    """Return the step table of a BPMN or xlsx file and messages for the reader. Raises Unreadable."""
    if len(raw) > MAX_XML_BYTES:
        raise Unreadable(f"ファイルが大きすぎます({MAX_XML_BYTES // 1_000_000}MB まで)。")
    if name.lower().endswith((".xlsx", ".xlsm")):
        table, problems = read_workbook(raw, title)
        return table, [f"{problem.row}行目: {problem.text}" for problem in problems]
    table = read_bpmn(raw)
    if len(table.rows) > MAX_STEPS:
        raise Unreadable(f"手順が多すぎます({len(table.rows):,}。{MAX_STEPS:,}まで)。図を分けて書き出してください。")
    return replace(table, title=title or table.title), list(table.notes)


def export_flow(table: StepTable, kind: str) -> tuple[bytes | str, str] | None:
    """Return content and media type of a flow as ``bpmn``, ``svg``, ``xlsx`` or ``json``; None for any other format."""
    if kind == "bpmn":
        return write_bpmn(with_positions(with_implicit_nodes(table))), "application/xml; charset=utf-8"
    if kind == "svg":
        return render_svg(table), "image/svg+xml; charset=utf-8"
    if kind == "xlsx":
        return write_workbook(table), XLSX_MEDIA_TYPE
    if kind == "json":
        data = {"title": table.title, "columns": COLUMNS, "steps": cells_from_table(table), "notes": list(table.notes)}
        return json.dumps(data, ensure_ascii=False, indent=2), "application/json; charset=utf-8"
    return None
